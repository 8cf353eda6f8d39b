/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What the oracle demands once the faults are over, and when all is stopped.

#include "l2tp-fault-oracle.h"

#include <algorithm>
#include <iterator>

namespace ns3
{

void
L2tpFaultOracle::CheckEqual(const std::string& what, uint64_t is, uint64_t should)
{
    if (is != should)
    {
        Fail(what + " is " + std::to_string(is) + " instead of " + std::to_string(should));
    }
}

void
L2tpFaultOracle::Crashing(uint32_t end)
{
    const Watched* crashing = &*std::next(m_ends.begin(), end);
    for (auto& record : m_tunnels)
    {
        record.forgotten = record.forgotten || record.end == crashing;
    }
}

const L2tpFaultOracle::Watched*
L2tpFaultOracle::Find(const L2tpUdpAddress& peer) const
{
    for (const auto& end : m_ends)
    {
        if (peer.address.IsOn(end.end->node) && peer.port == end.end->endpoint->GetPort())
        {
            return &end;
        }
    }
    return nullptr;
}

L2tpFaultOracle::Watched*
L2tpFaultOracle::Find(const Node* node, uint16_t port)
{
    for (auto& end : m_ends)
    {
        if (PeekPointer(end.end->node) == node && end.end->endpoint->GetPort() == port)
        {
            return &end;
        }
    }
    return nullptr;
}

void
L2tpFaultOracle::CheckAgreement()
{
    m_calm = true;
    for (auto& record : m_tunnels)
    {
        record.wasCalm = record.state == L2tpTunnelState::ESTABLISHED;
    }
    for (const auto& end : m_ends)
    {
        for (const auto& tunnel : end.end->endpoint->GetTunnels())
        {
            // What lingers in the idle state has no calls, and need not be known to the peer.
            if (tunnel->GetState() != L2tpTunnelState::IDLE)
            {
                CheckAgreementOf(end, tunnel);
            }
        }
    }
}

void
L2tpFaultOracle::CheckAgreementOf(const Watched& end, Ptr<L2tpTunnel> tunnel)
{
    const std::string name = end.end->name + ", tunnel " + std::to_string(tunnel->GetLocalId());
    if (tunnel->GetState() != L2tpTunnelState::ESTABLISHED)
    {
        Fail(name + " is still in " + L2tpTunnelStateName(tunnel->GetState()));
    }
    const Watched* other = Find(tunnel->GetPath()->GetPeer());
    if (!other)
    {
        Fail(name + " is up, and its other end, whose port is closed, knows nothing of it");
        return;
    }
    Ptr<L2tpTunnel> peer;
    for (const auto& candidate : other->end->endpoint->GetTunnels())
    {
        peer = candidate->GetLocalId() == tunnel->GetPeerId() ? candidate : peer;
    }
    if (!peer || peer->GetState() != tunnel->GetState() ||
        peer->GetPeerId() != tunnel->GetLocalId())
    {
        Fail(name + " is up, and its other end, " + other->end->name + ", knows nothing of it");
        return;
    }
    for (const auto& call : tunnel->GetCalls())
    {
        const std::string callName = name + ", call " + std::to_string(call->GetLocalId());
        if (call->GetState() != L2tpCallState::ESTABLISHED)
        {
            Fail(callName + " is still in " + L2tpCallStateName(call->GetState()));
        }
        Ptr<L2tpCall> mirror = peer->FindCall(call->GetPeerId());
        if (!mirror || mirror->GetState() != call->GetState() ||
            mirror->GetPeerId() != call->GetLocalId() ||
            mirror->GetSession()->IsUp() != call->GetSession()->IsUp())
        {
            Fail(callName + " is up, and its other end, " + other->end->name +
                 ", knows nothing of it");
        }
    }
}

void
L2tpFaultOracle::CheckEnd()
{
    for (const auto& end : m_ends)
    {
        CheckEqual(end.end->name + ": number of tunnels", end.end->endpoint->GetNTunnels(), 0);
        CheckEqual(end.end->name + ": tunnels held", end.end->endpoint->GetNTunnelsHeld(), 0);
        CheckEqual(end.end->name + ": number of calls", end.end->endpoint->GetNCalls(), 0);
        CheckEqual(end.end->name + ": open port", end.end->endpoint->GetPort(), 0);
        CheckCountsOf(end);
    }
    for (const auto& datagram : m_underway)
    {
        CheckEqual("What is left underway of a datagram", datagram.second, 0);
    }
    for (const auto& record : m_tunnels)
    {
        // Nobody but this oracle knows the tunnel any more, and nobody but the tunnel its channel.
        CheckEqual(Name(record) + ": references", record.tunnel->GetReferenceCount(), 1);
        CheckEqual(Name(record) + ": references to its channel",
                   record.tunnel->GetChannel()->GetReferenceCount(),
                   2);
        CheckEqual(Name(record) + ": octets kept", record.tunnel->GetChannel()->GetBacklog(), 0);
        if (record.state != L2tpTunnelState::IDLE || record.tunnel->GetPath())
        {
            Fail(Name(record) + " was never cleared");
        }
        if (!record.wasCalm)
        {
            continue;
        }
        // It closed in order: all that it sent was delivered, unless its peer closed by itself.
        const TunnelRecord* peer = record.peer;
        const bool peerWasTold = peer && peer->lastEvent == L2tpTunnelEvent::RECEIVE_STOPCCN;
        if (!peer || (record.lastEvent != L2tpTunnelEvent::ADMIN_TUNNEL_CLOSE &&
                      record.lastEvent != L2tpTunnelEvent::RECEIVE_STOPCCN))
        {
            Fail(Name(record) + " did not close in order: " + record.tunnel->GetClearReason());
        }
        for (const auto& message : record.sent)
        {
            if (peerWasTold && message.to != peer)
            {
                Fail(Name(record) + ": Ns " + std::to_string(message.ns) + " was not delivered");
            }
        }
    }
    for (const auto& record : m_calls)
    {
        CheckEqual(Name(record) + ": references", record.call->GetReferenceCount(), 1);
        if (record.session->GetReferenceCount() > 2 || record.session->IsUp() ||
            record.state != L2tpCallState::IDLE || record.call->GetTunnel())
        {
            Fail(Name(record) + " was never cleared");
        }
    }
}

void
L2tpFaultOracle::CheckCountsOf(const Watched& end)
{
    const L2tpEndpointStatistics& counted = end.end->endpoint->GetStatistics();
    const std::string name = end.end->name + ": ";
    const auto check = [this, &end, &counted, &name](const char* what,
                                                     uint64_t L2tpEndpointStatistics::*counter) {
        CheckEqual(name + what, counted.*counter, end.counted.*counter);
    };
    check("tunnels established", &L2tpEndpointStatistics::tunnelsEstablished);
    check("tunnels failed", &L2tpEndpointStatistics::tunnelsFailed);
    check("tunnels cleared", &L2tpEndpointStatistics::tunnelsCleared);
    check("sessions established", &L2tpEndpointStatistics::sessionsEstablished);
    check("sessions failed", &L2tpEndpointStatistics::sessionsFailed);
    check("sessions cleared", &L2tpEndpointStatistics::sessionsCleared);
    check("messages sent", &L2tpEndpointStatistics::controlSent);
    check("retransmissions", &L2tpEndpointStatistics::controlRetransmitted);
    check("ZLBs sent", &L2tpEndpointStatistics::zlbSent);
    check("messages received", &L2tpEndpointStatistics::controlReceived);
    check("ZLBs received", &L2tpEndpointStatistics::zlbReceived);
    check("duplicates", &L2tpEndpointStatistics::duplicates);
    CheckEqual(name + "tunnels cleared", counted.tunnelsCleared, counted.tunnelsEstablished);
    CheckEqual(name + "sessions cleared", counted.sessionsCleared, counted.sessionsEstablished);
    CheckEqual(name + "datagrams received", counted.datagramsReceived, end.arrived);
    const auto data = end.end->endpoint->GetDataStatistics();
    uint64_t taken = counted.controlReceived + counted.zlbReceived + counted.duplicates +
                     end.droppedDatagrams + data->rxPackets;
    for (std::size_t reason = 0; reason < L2TP_DROP_REASONS; ++reason)
    {
        CheckEqual(name + "drops, " + L2tpDropReasonName(L2tpDropReason(reason)),
                   counted.controlDropped[reason],
                   end.counted.controlDropped[reason]);
        taken +=
            L2tpDropReason(reason) < L2tpDropReason::SEND_SESSION_DOWN ? data->dropped[reason] : 0;
    }
    CheckEqual(name + "datagrams taken or dropped", taken, counted.datagramsReceived);
}

} // namespace ns3
