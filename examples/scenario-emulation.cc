/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-emulation.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/names.h"
#include "ns3/pointer.h"
#include "ns3/string.h"

namespace ns3
{

void
L2tpScenarioEmulation::AddTo(CommandLine& cmd)
{
    m_interface.AddTo(cmd);
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
    m_interface.Begin();
}

void
L2tpScenarioEmulation::Build(const L2tpScenarioOptions& options, Ptr<Node> endpoint)
{
    auto gateway = CreateObject<Node>();
    Names::Add("gateway", gateway);
    InternetStackHelper().Install(gateway);
    const Ptr<NetDevice> device = m_interface.AddDevice(gateway);
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
    m_interface.EnablePcap(prefix + "-interface.pcap");
    m_link.EnablePcap(prefix + "-endpoint.pcap", m_internet.Get(1), true, true);
}

Ipv4Address
L2tpScenarioEmulation::GetPeer() const
{
    return m_peer;
}

} // namespace ns3
