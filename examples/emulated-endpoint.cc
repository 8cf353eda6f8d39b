/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "emulated-endpoint.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/ppp-link.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <iostream>

namespace ns3
{

L2tpEmulatedEndpoint::L2tpEmulatedEndpoint(const std::string& scenario,
                                           const std::string& peer,
                                           const std::string& name)
    : m_scenario(scenario),
      m_name(name),
      m_summary(scenario)
{
    m_options.loss = 0;
    m_ladder.AddOutsiders(peer);
}

void
L2tpEmulatedEndpoint::AddTo(CommandLine& cmd)
{
    m_options.AddTo(cmd);
    m_emulation.AddTo(cmd);
    cmd.AddValue("Profile", "whose habits it has, as in the other scenarios", m_profile);
    cmd.AddValue("Secret", "the secret of the tunnels", m_secret);
    cmd.AddValue("Challenge", "whether the peer must prove that it knows it", m_challenge);
    cmd.AddValue("Hide", "whether AVPs are hidden with it", m_hide);
    cmd.AddValue("Length", "whether data messages bear the Length field", m_length);
    cmd.AddValue("Hello", "silence before a HELLO; 0: none are sent", m_hello);
    cmd.AddValue("ClearAfter",
                 "how long after the first session to clear what --Clear says; 0: never",
                 m_clearAfter);
    cmd.AddValue("Clear", "what is cleared then: call or tunnel", m_clear);
}

void
L2tpEmulatedEndpoint::Begin(CommandLine& cmd, int argc, char** argv)
{
    m_options.Parse(cmd, argc, argv);
    NS_ABORT_MSG_IF(m_clear != "call" && m_clear != "tunnel",
                    "--Clear=" << m_clear << ": choose call or tunnel");
    L2tpScenarioCheck("ClearAfter", m_clearAfter, Seconds(0), Days(365));
    L2tpScenarioCheck("Hello", m_hello, Seconds(0), Days(365));
    NS_ABORT_MSG_IF((m_challenge || m_hide) && m_secret.empty(),
                    "--" << (m_challenge ? "Challenge" : "Hide") << " needs --Secret");
    if (!m_profile.empty())
    {
        L2tpProfile::Get(m_profile); // an unknown one stops the program
    }
    NS_ABORT_MSG_IF(m_options.ipv6, "--Ipv6: the interface is used with IPv4 only");
    m_emulation.Begin();
}

void
L2tpEmulatedEndpoint::Build(Ptr<Node> node)
{
    m_emulation.Build(m_options, node);
    if (m_options.pcap)
    {
        m_emulation.EnablePcap(m_options.PathOf(m_scenario));
    }
}

void
L2tpEmulatedEndpoint::ApplyBy(const L2tpProfile::Setter& set) const
{
    if (!m_profile.empty())
    {
        L2tpProfile::Get(m_profile).ApplyBy(set);
    }
    set("HostName", StringValue(m_name + ".example"));
    set("SharedSecret", StringValue(m_secret));
    set("ChallengePeer", BooleanValue(m_challenge));
    set("HideAvps", BooleanValue(m_hide));
    set("LengthInData", BooleanValue(m_length));
    set("HelloInterval", TimeValue(m_hello));
}

void
L2tpEmulatedEndpoint::Watch(Ptr<L2tpEndpoint> endpoint)
{
    m_endpoint = endpoint;
    endpoint->TraceConnectWithoutContext("TunnelState",
                                         MakeCallback(&L2tpEmulatedEndpoint::TunnelChanged, this));
    endpoint->TraceConnectWithoutContext("CallState",
                                         MakeCallback(&L2tpEmulatedEndpoint::CallChanged, this));
    m_summary.AddEndpoint(m_name, endpoint);
    m_ladder.AddLifeline(m_name, {endpoint});
}

void
L2tpEmulatedEndpoint::WatchPpp(Ptr<PppNetDevice> device, Ptr<Node> from)
{
    m_ladder.WatchLink(device->GetLink());
    device->GetLink()->TraceConnectWithoutContext(
        "NetworkUp",
        Callback<void, Ipv4Address, Ipv4Address>([this, from](Ipv4Address, Ipv4Address peer) {
            ++m_ppp;
            // The other end has to learn that it is up as well.
            Simulator::Schedule(Seconds(1), [this, from, peer]() {
                L2tpScenarioPing(from, peer, PINGS, MilliSeconds(500), [this](Time) {
                    ++m_answers;
                });
            });
        }));
}

void
L2tpEmulatedEndpoint::TunnelChanged(Ptr<const L2tpTunnel> tunnel, L2tpTunnelState, L2tpTunnelEvent)
{
    if (tunnel->GetState() == L2tpTunnelState::ESTABLISHED)
    {
        m_tunnels.insert(tunnel);
    }
}

void
L2tpEmulatedEndpoint::CallChanged(Ptr<const L2tpCall> call, L2tpCallState, L2tpCallEvent)
{
    if (call->GetState() != L2tpCallState::ESTABLISHED || !m_calls.insert(call).second)
    {
        return;
    }
    m_ladder.Note("session " + std::to_string(call->GetLocalId()) + " is established");
    if (m_calls.size() == 1 && !m_clearAfter.IsZero())
    {
        Simulator::Schedule(m_clearAfter, &L2tpEmulatedEndpoint::Clear, this);
    }
}

void
L2tpEmulatedEndpoint::Clear()
{
    const bool isTunnel = m_clear == "tunnel";
    m_ladder.Note("the " + m_name + (isTunnel ? " clears its tunnels" : " clears all calls"));
    for (const auto& tunnel : m_endpoint->GetTunnels())
    {
        if (isTunnel)
        {
            tunnel->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
            continue;
        }
        for (const auto& call : tunnel->GetCalls())
        {
            call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        }
    }
}

void
L2tpEmulatedEndpoint::Run(std::function<void()> finish)
{
    L2tpScenarioInterface::Run(m_options.duration, [this, finish = std::move(finish)]() {
        m_ladder.Note("the " + m_name + " ends");
        finish();
    });
}

int
L2tpEmulatedEndpoint::Report()
{
    m_summary.Set("established",
                  {{"tunnels", static_cast<double>(m_tunnels.size())},
                   {"sessions", static_cast<double>(m_calls.size())},
                   {"ppp", static_cast<double>(m_ppp)}});
    m_summary.Set("pings_answered", m_answers);
    m_summary.Set("left_behind",
                  static_cast<double>(m_endpoint->GetNTunnels() + m_endpoint->GetNCalls()));
    m_summary.Write(m_options.PathOf("summary.json"));
    m_ladder.Print(std::cout);
    std::cout << "\n";
    m_summary.Print(std::cout);
    std::cout << "established: " << m_tunnels.size() << " tunnels, " << m_calls.size()
              << " sessions, PPP " << m_ppp << " times; pings answered: " << m_answers << " of "
              << PINGS * m_ppp << "\n";
    return m_tunnels.empty() ? 1 : 0;
}

Ipv4Address
L2tpEmulatedEndpoint::GetPeer() const
{
    return m_emulation.GetPeer();
}

} // namespace ns3
