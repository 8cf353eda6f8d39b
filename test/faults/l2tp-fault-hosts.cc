/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fault-hosts.h"

#include "ns3/inet-socket-address.h"
#include "ns3/udp-socket-factory.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint16_t ECHO_PORT = 7;       //!< the LNSs'
constexpr uint16_t HOST_PORT = 4000;    //!< the hosts'
constexpr uint32_t PACKET_OCTETS = 100; //!< of a packet, the first four being the host's number

/// The number in a packet. @param packet it
uint32_t
NumberIn(Ptr<const Packet> packet)
{
    uint8_t octets[4]{};
    packet->CopyData(octets, sizeof(octets));
    return octets[0] << 24 | octets[1] << 16 | octets[2] << 8 | octets[3];
}

} // namespace

L2tpFaultHosts::L2tpFaultHosts(const L2tpFaultNetwork& network, FailCallback fail)
    : m_network(network),
      m_fail(std::move(fail))
{
    for (uint32_t i = 0; i < network.hosts.size(); ++i)
    {
        m_talkers.push_back({&network.hosts[i], nullptr, Ipv4Address(), 0});
    }
    for (uint32_t i = 0; i < m_talkers.size(); ++i)
    {
        Talker& talker = m_talkers[i];
        talker.socket = Socket::CreateSocket(talker.host->node, UdpSocketFactory::GetTypeId());
        talker.socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), HOST_PORT));
        talker.socket->SetRecvCallback(
            Callback<void, Ptr<Socket>>([this, i](Ptr<Socket> socket) { Returned(i, socket); }));
        talker.host->app->TraceConnectWithoutContext(
            "Up",
            MakeBoundCallback(&L2tpFaultHosts::Up, &talker));
    }
    for (uint32_t i = 0; !m_talkers.empty() && i < network.lnses; ++i)
    {
        Ptr<Node> node = network.ends[network.lacs + i].node;
        m_echoes.push_back(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId()));
        m_echoes.back()->Bind(InetSocketAddress(Ipv4Address::GetAny(), ECHO_PORT));
        m_echoes.back()->SetRecvCallback(
            Callback<void, Ptr<Socket>>([this](Ptr<Socket> socket) { Return(socket); }));
    }
}

void
L2tpFaultHosts::Up(Talker* talker, Ipv4Address /* local */, Ipv4Address peer)
{
    talker->server = peer;
}

void
L2tpFaultHosts::Dial(uint32_t host)
{
    const auto& chosen = m_network.hosts[host];
    chosen.site ? chosen.site->Dial() : chosen.app->Dial();
}

void
L2tpFaultHosts::HangUp(uint32_t host)
{
    m_network.hosts[host].app->HangUp();
}

void
L2tpFaultHosts::Renegotiate(uint32_t host)
{
    Ptr<PppLink> link = m_network.hosts[host].app->GetDevice()->GetLink();
    if (Ptr<L2Circuit> circuit = link->GetCircuit())
    {
        link->SetCircuit(nullptr);
        link->SetCircuit(circuit);
    }
}

void
L2tpFaultHosts::Send(uint32_t host, uint32_t packets)
{
    Talker& talker = m_talkers[host];
    if (!talker.host->app->IsUp())
    {
        return;
    }
    std::vector<uint8_t> octets(PACKET_OCTETS);
    octets[3] = host;
    for (uint32_t i = 0; i < packets; ++i)
    {
        talker.socket->SendTo(Create<Packet>(octets.data(), octets.size()),
                              0,
                              InetSocketAddress(talker.server, ECHO_PORT));
    }
}

void
L2tpFaultHosts::Return(Ptr<Socket> socket)
{
    Address from;
    while (Ptr<Packet> packet = socket->RecvFrom(from))
    {
        socket->SendTo(packet, 0, from);
    }
}

void
L2tpFaultHosts::Returned(uint32_t i, Ptr<Socket> socket)
{
    while (Ptr<Packet> packet = socket->Recv())
    {
        ++returned;
        Talker& talker = m_talkers[i];
        const uint32_t number = NumberIn(packet);
        // An address may have gone from one host to the other meanwhile; not once all is calm.
        if (number != i && talker.expected > 0)
        {
            m_fail(talker.host->name + " receives a packet of " +
                   m_network.hosts[number % m_network.hosts.size()].name);
        }
        talker.expected -= talker.expected > 0 ? 1 : 0;
    }
}

void
L2tpFaultHosts::GiveUp()
{
    for (const auto& host : m_network.hosts)
    {
        if (host.site && !host.site->IsUp())
        {
            host.site->HangUp();
        }
        if (!host.app->IsUp())
        {
            host.app->HangUp();
        }
    }
}

void
L2tpFaultHosts::CheckEqual(const std::string& what, uint64_t is, uint64_t should) const
{
    if (is != should)
    {
        m_fail(what + " is " + std::to_string(is) + " instead of " + std::to_string(should));
    }
}

void
L2tpFaultHosts::CheckAgreement()
{
    if (m_talkers.empty())
    {
        return;
    }
    std::vector<uint64_t> up(m_network.lacs);
    for (const auto& host : m_network.hosts)
    {
        up[host.lac] += host.app->IsUp() ? 1 : 0;
        if (host.site && host.site->IsUp() != host.app->IsUp())
        {
            m_fail(host.name + (host.app->IsUp() ? " is up, but not for its LNS"
                                                 : " is up for its LNS, but not by itself"));
        }
    }
    uint64_t calls = 0;
    uint64_t all = 0;
    for (uint32_t i = 0; i < m_network.lacs; ++i)
    {
        CheckEqual(m_network.ends[i].name + ": number of calls",
                   m_network.ends[i].endpoint->GetNCalls(),
                   up[i]);
        all += up[i];
    }
    for (uint32_t i = 0; i < m_network.lnses; ++i)
    {
        calls += m_network.ends[m_network.lacs + i].endpoint->GetNCalls();
    }
    CheckEqual("Number of calls of all LNSs", calls, all);
    for (uint32_t i = 0; i < m_talkers.size(); ++i)
    {
        m_talkers[i].expected = m_talkers[i].host->app->IsUp() ? 1 : 0;
        Send(i, 1);
    }
}

void
L2tpFaultHosts::Finish()
{
    for (const auto& talker : m_talkers)
    {
        CheckEqual(talker.host->name + ": packets that did not return", talker.expected, 0);
        if (talker.host->site)
        {
            talker.host->site->HangUp();
        }
        talker.host->app->HangUp();
    }
}

void
L2tpFaultHosts::CheckEnd() const
{
    for (const auto& host : m_network.hosts)
    {
        CheckEqual(host.name + ": up", host.app->IsUp(), false);
    }
    for (const auto& terminator : m_network.terminators)
    {
        CheckEqual("Number of addresses assigned", terminator->GetPool()->GetNAssigned(), 0);
    }
    for (const auto& server : m_network.servers)
    {
        const L2tpAccessStatistics& counted = server->GetStatistics();
        CheckEqual("Number of calls of an access server", server->GetNCalls(), 0);
        CheckEqual("Number of its calls that ended", counted.ended, counted.arrived);
        CheckEqual("Number of its calls that were joined or failed",
                   counted.joined + counted.local + counted.failed,
                   counted.ended);
    }
    for (const auto& tunnelSwitch : m_network.switches)
    {
        CheckEqual("Number of calls of a switch", tunnelSwitch->GetNCalls(), 0);
    }
    for (const auto& dialer : m_network.dialers)
    {
        CheckEqual("Number of idle lines of a pool", dialer->GetNIdle(), dialer->GetNLines());
    }
    for (const auto& line : m_network.lines)
    {
        CheckEqual("State of line " + line->GetNumber(),
                   static_cast<uint64_t>(line->GetState()),
                   static_cast<uint64_t>(L2LineState::IDLE));
    }
    for (const auto& concentrator : m_network.concentrators)
    {
        CheckEqual("Number of PPPoE sessions", concentrator->GetSessions().size(), 0);
    }
}

} // namespace ns3
