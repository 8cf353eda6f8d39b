/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-interface.h"

#include "packet-socket-net-device.h"

#include "ns3/abort.h"
#include "ns3/fd-net-device-helper.h"
#include "ns3/global-value.h"
#include "ns3/mac48-address.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <csignal>
#include <iostream>
#include <utility>

namespace ns3
{

namespace
{

/// How long the simulation goes on once it is to end, so that the peer can answer.
const Time PATIENCE = Seconds(2);

/// Whether Linux has asked the program to end.
volatile std::sig_atomic_t g_isAsked = 0;

/// A signal has come.
void
Asked(int /* signal */)
{
    g_isAsked = 1;
}

/// Look whether the program is to end, and again later. @param finish what to do then
void
Watch(const std::function<void()>& finish)
{
    if (g_isAsked)
    {
        finish();
        Simulator::Stop(PATIENCE);
        return;
    }
    Simulator::Schedule(MilliSeconds(50), [finish]() { Watch(finish); });
}

} // namespace

void
L2tpScenarioInterface::AddTo(CommandLine& cmd)
{
    cmd.AddValue("Interface",
                 "the Linux interface to the real peer, which should have no address",
                 m_interface);
}

void
L2tpScenarioInterface::Begin() const
{
    NS_ABORT_MSG_IF(m_interface.empty(),
                    "--Interface is missing: name the Linux interface to the real peer");
    GlobalValue::Bind("SimulatorImplementationType", StringValue("ns3::RealtimeSimulatorImpl"));
}

Ptr<NetDevice>
L2tpScenarioInterface::AddDevice(Ptr<Node> node)
{
    auto device = CreateObject<L2tpPacketSocketNetDevice>();
    device->SetAddress(Mac48Address("02:00:00:00:4c:32"));
    const std::string problem = device->Open(m_interface);
    NS_ABORT_MSG_UNLESS(problem.empty(), "--Interface=" << m_interface << ": " << problem);
    node->AddDevice(device);
    m_device = device;
    return device;
}

void
L2tpScenarioInterface::EnablePcap(const std::string& path) const
{
    FdNetDeviceHelper().EnablePcap(path, m_device, true, true);
}

void
L2tpScenarioInterface::Run(Time duration, std::function<void()> finish)
{
    std::signal(SIGINT, Asked);
    std::signal(SIGTERM, Asked);
    Simulator::Schedule(duration, []() { g_isAsked = 1; });
    Simulator::ScheduleNow([finish = std::move(finish)]() {
        // For whoever waits to start the real peer.
        std::cout << "Running on the interface" << std::endl;
        Watch(finish);
    });
    Simulator::Run();
}

} // namespace ns3
