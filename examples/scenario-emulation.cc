/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-emulation.h"

#include "packet-socket-net-device.h"

#include "ns3/fd-net-device-helper.h"
#include "ns3/global-value.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/mac48-address.h"
#include "ns3/names.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <csignal>
#include <utility>

namespace ns3
{

namespace
{

/// Whether Linux has asked the program to end.
volatile std::sig_atomic_t g_isAsked = 0;

/// A signal has come.
void
Asked(int /* signal */)
{
    g_isAsked = 1;
}

/// Look whether the program is to end, and again later. @param finish what to do then
/// @param patience how long to go on then
void
Watch(const std::function<void()>& finish, Time patience)
{
    if (g_isAsked)
    {
        finish();
        Simulator::Stop(patience);
        return;
    }
    Simulator::Schedule(MilliSeconds(50), [finish, patience]() { Watch(finish, patience); });
}

} // namespace

void
L2tpScenarioEmulation::AddTo(CommandLine& cmd)
{
    cmd.AddValue("Interface",
                 "the Linux interface to the real peer, which should have no address",
                 m_interface);
    cmd.AddValue("Gateway",
                 "address of the simulated gateway on that interface, in a network of 24 bits",
                 m_gateway);
    cmd.AddValue("Peer", "address of the real peer in that network", m_peer);
}

void
L2tpScenarioEmulation::Begin() const
{
    NS_ABORT_MSG_IF(m_gateway == m_peer || m_gateway.CombineMask("255.255.255.0") !=
                                               m_peer.CombineMask("255.255.255.0"),
                    "--Gateway=" << m_gateway << " and --Peer=" << m_peer
                                 << ": give two addresses of one network of 24 bits");
    NS_ABORT_MSG_IF(m_interface.empty(),
                    "--Interface is missing: name the Linux interface to the real peer");
    GlobalValue::Bind("SimulatorImplementationType", StringValue("ns3::RealtimeSimulatorImpl"));
}

void
L2tpScenarioEmulation::Build(const L2tpScenarioOptions& options, Ptr<Node> endpoint)
{
    auto gateway = CreateObject<Node>();
    Names::Add("gateway", gateway);
    InternetStackHelper().Install(gateway);
    auto device = CreateObject<L2tpPacketSocketNetDevice>();
    device->SetAddress(Mac48Address("02:00:00:00:4c:32"));
    const std::string problem = device->Open(m_interface);
    NS_ABORT_MSG_UNLESS(problem.empty(), "--Interface=" << m_interface << ": " << problem);
    gateway->AddDevice(device);
    m_device = device;
    const Ptr<Ipv4> ipv4 = gateway->GetObject<Ipv4>();
    const uint32_t interface = ipv4->AddInterface(device);
    ipv4->AddAddress(interface, {m_gateway, Ipv4Mask("/24")});
    ipv4->SetUp(interface);

    m_link.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
    m_link.SetChannelAttribute("Delay", TimeValue(options.delay));
    m_internet = m_link.Install(gateway, endpoint);
    for (uint32_t i = 0; i < m_internet.GetN(); ++i)
    {
        m_internet.Get(i)->SetAttribute("ReceiveErrorModel", PointerValue(options.MakeLoss(i + 1)));
    }
    Ipv4AddressHelper("192.0.2.0", "255.255.255.252").Assign(m_internet);
    const Ptr<Ipv4> endpointIpv4 = endpoint->GetObject<Ipv4>();
    Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(endpointIpv4->GetRoutingProtocol())
        ->SetDefaultRoute("192.0.2.1", endpointIpv4->GetInterfaceForDevice(m_internet.Get(1)));
}

void
L2tpScenarioEmulation::EnablePcap(const std::string& prefix)
{
    FdNetDeviceHelper().EnablePcap(prefix + "-interface.pcap", m_device, true, true);
    m_link.EnablePcap(prefix + "-endpoint.pcap", m_internet.Get(1), true, true);
}

Ipv4Address
L2tpScenarioEmulation::GetPeer() const
{
    return m_peer;
}

void
L2tpScenarioEmulation::Run(Time duration, std::function<void()> finish, Time patience)
{
    std::signal(SIGINT, Asked);
    std::signal(SIGTERM, Asked);
    Simulator::Schedule(duration, []() { g_isAsked = 1; });
    Simulator::ScheduleNow([finish = std::move(finish), patience]() { Watch(finish, patience); });
    Simulator::Run();
}

} // namespace ns3
