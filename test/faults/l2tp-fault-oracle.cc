/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What the oracle makes of what it is told while a run goes on.

#include "l2tp-fault-oracle.h"

#include "ns3/ipv4-header.h"
#include "ns3/ipv4.h"
#include "ns3/simulator.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

namespace
{

/// The octets of a packet. @param packet it
std::vector<uint8_t>
OctetsOf(Ptr<const Packet> packet)
{
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), octets.size());
    return octets;
}

/// Whether a message is of a type. @param body what follows its header @param type the type
bool
IsOf(const std::vector<uint8_t>& body, L2tpMessageType type)
{
    // The Message Type AVP comes first and is never hidden (RFC 2661, sections 3.1 and 4.4.1).
    return body.size() >= 8 && body[6] == 0 && body[7] == static_cast<uint8_t>(type);
}

} // namespace

L2tpFaultOracle::L2tpFaultOracle(const L2tpFaultNetwork& network)
{
    std::set<const Node*> nodes;
    for (const auto& end : network.ends)
    {
        m_ends.emplace_back();
        Watched* watched = &m_ends.back();
        watched->oracle = this;
        watched->end = &end;
        const auto connect = [&end](const char* source, const CallbackBase& sink) {
            NS_ABORT_UNLESS(end.endpoint->TraceConnectWithoutContext(source, sink));
        };
        connect("ControlTx", MakeBoundCallback(&L2tpFaultOracle::Transmitted, watched));
        connect("ControlRx", MakeBoundCallback(&L2tpFaultOracle::Received, watched));
        connect("ControlDeliver", MakeBoundCallback(&L2tpFaultOracle::Delivered, watched));
        connect("ControlDrop", MakeBoundCallback(&L2tpFaultOracle::Dropped, watched));
        connect("TunnelState", MakeBoundCallback(&L2tpFaultOracle::TunnelChanged, watched));
        connect("CallState", MakeBoundCallback(&L2tpFaultOracle::CallChanged, watched));
        m_isLax = m_isLax || end.isLax;
        if (nodes.insert(PeekPointer(end.node)).second)
        {
            NS_ABORT_UNLESS(end.node->GetObject<Ipv4>()->TraceConnectWithoutContext(
                "LocalDeliver",
                MakeBoundCallback(&L2tpFaultOracle::Arrived, this, PeekPointer(end.node))));
        }
    }
    for (const auto& link : network.links)
    {
        for (const auto& faults : {link.fromLac, link.fromLns})
        {
            NS_ABORT_UNLESS(faults->TraceConnectWithoutContext(
                "Fault",
                MakeBoundCallback(&L2tpFaultOracle::Fault, this)));
        }
    }
}

void
L2tpFaultOracle::Fail(const std::string& text)
{
    std::ostringstream words;
    words << Simulator::Now().As(Time::S) << ": " << text;
    violations.push_back(words.str());
}

std::string
L2tpFaultOracle::Name(const TunnelRecord& record)
{
    return record.end->end->name + ", tunnel " + std::to_string(record.tunnel->GetLocalId());
}

std::string
L2tpFaultOracle::Name(const CallRecord& record)
{
    return record.end->end->name + ", tunnel " + std::to_string(record.tunnelId) + ", call " +
           std::to_string(record.call->GetLocalId());
}

L2tpFaultOracle::TunnelRecord&
L2tpFaultOracle::Of(Watched* end, Ptr<const L2tpTunnel> tunnel)
{
    TunnelRecord*& record = m_tunnelOf[PeekPointer(tunnel)];
    if (!record)
    {
        m_tunnels.emplace_back();
        record = &m_tunnels.back();
        record->tunnel = tunnel;
        record->end = end;
    }
    return *record;
}

void
L2tpFaultOracle::Transmitted(Watched* end,
                             Ptr<const L2tpTunnel> tunnel,
                             const L2tpHeader& header,
                             Ptr<const Packet> datagram,
                             uint32_t attempt)
{
    L2tpFaultOracle& oracle = *end->oracle;
    TunnelRecord& record = oracle.Of(end, tunnel);
    oracle.m_senderOf[datagram->GetUid()] = &record;
    ++oracle.m_underway[datagram->GetUid()];
    std::vector<uint8_t> octets = OctetsOf(datagram);
    for (const uint8_t octet : octets)
    {
        oracle.digest = (oracle.digest ^ octet) * 1099511628211U;
    }
    oracle.digest ^= Simulator::Now().GetTimeStep();
    const std::vector<uint8_t> body(octets.begin() + header.GetSerializedSize(), octets.end());
    const uint16_t next = record.sent.empty() ? header.GetNs() : record.sent.back().ns + 1;
    if (body.empty())
    {
        ++end->counted.zlbSent;
        if (header.GetNs() != next)
        {
            oracle.Fail(Name(record) + " sends a ZLB with Ns " + std::to_string(header.GetNs()) +
                        " instead of " + std::to_string(next));
        }
    }
    else if (attempt == 1)
    {
        ++end->counted.controlSent;
        ++oracle.messages;
        if (header.GetNs() != next || record.closing)
        {
            oracle.Fail(
                Name(record) + " sends a new message with Ns " + std::to_string(header.GetNs()) +
                (record.closing ? " after its StopCCN" : " instead of " + std::to_string(next)));
        }
        record.sent.push_back({header.GetNs(), header.GetSessionId(), body});
        record.closing = IsOf(body, L2tpMessageType::STOPCCN);
    }
    else
    {
        ++end->counted.controlRetransmitted;
        const uint16_t back = record.sent.empty() ? 0 : record.sent.back().ns - header.GetNs();
        if (back >= record.sent.size() || record.sent[record.sent.size() - 1 - back].body != body)
        {
            oracle.Fail(Name(record) + " repeats Ns " + std::to_string(header.GetNs()) +
                        " with other content");
        }
        // An acknowledgement may come later than the first interval ends, but not as late as that;
        // unless a peer is bid goodbye that knows nothing of the tunnel: it has refused that at
        // once, or has said goodbye itself and doesn't linger.
        const bool isToNobody =
            IsOf(body, L2tpMessageType::STOPCCN) && (!record.peer || oracle.m_isLax);
        if (oracle.m_calm && attempt > 2 && !isToNobody)
        {
            oracle.Fail(Name(record) + " repeats Ns " + std::to_string(header.GetNs()) +
                        " again, though nothing goes wrong");
        }
    }
    // A closed channel acknowledges what it does not deliver any more.
    const bool closed = record.closing || record.cleared;
    if (closed ? uint16_t(header.GetNr() - record.delivered) >= 32768
               : header.GetNr() != uint16_t(record.delivered))
    {
        oracle.Fail(Name(record) + " acknowledges up to Nr " + std::to_string(header.GetNr()) +
                    " when " + std::to_string(record.delivered) + " messages were delivered");
    }
}

void
L2tpFaultOracle::Received(Watched* end,
                          Ptr<const L2tpTunnel> tunnel,
                          const L2tpHeader& header,
                          Ptr<const Packet> datagram,
                          L2tpReception reception)
{
    L2tpFaultOracle& oracle = *end->oracle;
    TunnelRecord& record = oracle.Of(end, tunnel);
    const auto sender = oracle.m_senderOf.find(datagram->GetUid());
    if (sender == oracle.m_senderOf.end())
    {
        oracle.Fail(Name(record) + " receives a control message that nobody has sent");
        return;
    }
    switch (reception)
    {
    case L2tpReception::NEW:
    case L2tpReception::EARLY:
        ++end->counted.controlReceived;
        record.received.emplace(header.GetNs(), sender->second);
        break;
    case L2tpReception::ZLB:
        ++end->counted.zlbReceived;
        break;
    case L2tpReception::DUPLICATE:
        ++end->counted.duplicates;
        break;
    case L2tpReception::OUT_OF_WINDOW:
    case L2tpReception::ACKNOWLEDGES_MORE:
    case L2tpReception::CLOSED:
    case L2tpReception::DISCARDED:
    case L2tpReception::NO_ROOM:
        // Told by ControlDrop, too.
        break;
    }
}

void
L2tpFaultOracle::Delivered(Watched* end,
                           Ptr<const L2tpTunnel> tunnel,
                           uint16_t ns,
                           uint16_t sessionId,
                           L2tpByteView body)
{
    L2tpFaultOracle& oracle = *end->oracle;
    TunnelRecord& record = oracle.Of(end, tunnel);
    if (ns != uint16_t(record.delivered))
    {
        oracle.Fail(Name(record) + " is delivered Ns " + std::to_string(ns) + " instead of " +
                    std::to_string(record.delivered));
    }
    ++record.delivered;
    const auto sender = record.received.find(ns);
    if (sender == record.received.end())
    {
        oracle.Fail(Name(record) + " is delivered Ns " + std::to_string(ns) +
                    ", which did not arrive");
        return;
    }
    TunnelRecord& from = *sender->second;
    record.received.erase(sender);
    oracle.CheckDelivery(record, from, ns, sessionId, body);
    if (sessionId != 0 && IsOf({body.begin(), body.end()}, L2tpMessageType::CDN))
    {
        // Not before the tunnel has had it.
        Simulator::ScheduleNow([&oracle, &record, sessionId] {
            if (record.tunnel->FindCall(sessionId))
            {
                oracle.Fail(Name(record) + " was told that call " + std::to_string(sessionId) +
                            " is cleared, and keeps it");
            }
        });
    }
}

void
L2tpFaultOracle::CheckDelivery(TunnelRecord& to,
                               TunnelRecord& from,
                               uint16_t ns,
                               uint16_t sessionId,
                               L2tpByteView body)
{
    const std::string what =
        "Ns " + std::to_string(ns) + " of " + Name(from) + ", delivered to " + Name(to) + ", ";
    const uint16_t back = from.sent.empty() ? 0 : from.sent.back().ns - ns;
    if (back >= from.sent.size())
    {
        Fail(what + "was never sent");
        return;
    }
    Sent& sent = from.sent[from.sent.size() - 1 - back];
    if (sent.sessionId != sessionId ||
        !std::equal(body.begin(), body.end(), sent.body.begin(), sent.body.end()))
    {
        Fail(what + "is not what was sent");
    }
    // An end that crashed does not know what it was delivered before.
    if (sent.to && !sent.to->forgotten && !m_isLax)
    {
        Fail(what + "was delivered to " + Name(*sent.to) + " already");
    }
    sent.to = &to;
    to.peer = to.peer ? to.peer : &from;
    // An end that knows nothing of a tunnel (any more) answers with a StopCCN from the idle state.
    const bool isAnswerWhileIdle = !from.opened && IsOf(sent.body, L2tpMessageType::STOPCCN);
    if (to.peer != &from && !isAnswerWhileIdle)
    {
        Fail(what + "is of another control connection than " + Name(*to.peer));
    }
}

bool
L2tpFaultOracle::IsQuiet() const
{
    return std::all_of(m_tunnels.begin(), m_tunnels.end(), [](const TunnelRecord& record) {
        const Ptr<L2tpControlChannel> channel = record.tunnel->GetChannel();
        const std::size_t unanswered =
            std::min<std::size_t>(channel->GetInFlight(), record.sent.size());
        return !record.tunnel->GetPath() ||
               (channel->GetQueueLength() == 0 &&
                std::all_of(
                    record.sent.end() - unanswered,
                    record.sent.end(),
                    [](const Sent& sent) { return IsOf(sent.body, L2tpMessageType::HELLO); }));
    });
}

void
L2tpFaultOracle::Dropped(Watched* end, L2tpDropReason reason, Ptr<const Packet> datagram)
{
    ++end->counted.controlDropped[static_cast<std::size_t>(reason)];
    end->droppedDatagrams += datagram ? 1 : 0;
    // Nobody sends what is malformed, acknowledges too much or exceeds the peer's window.
    const bool isExcess =
        reason == L2tpDropReason::ACKNOWLEDGES_MORE || reason == L2tpDropReason::OUT_OF_WINDOW;
    if ((isExcess && !end->oracle->m_isLax) || reason == L2tpDropReason::UNKNOWN_MESSAGE ||
        reason == L2tpDropReason::MALFORMED_MESSAGE || reason < L2tpDropReason::UNKNOWN_TUNNEL)
    {
        end->oracle->Fail(end->end->name +
                          " drops a control message: " + L2tpDropReasonName(reason));
    }
}

void
L2tpFaultOracle::TunnelChanged(Watched* end,
                               Ptr<const L2tpTunnel> tunnel,
                               L2tpTunnelState old,
                               L2tpTunnelEvent event)
{
    L2tpFaultOracle& oracle = *end->oracle;
    TunnelRecord& record = oracle.Of(end, tunnel);
    const L2tpTunnelState now = tunnel->GetState();
    const L2tpTunnelTransition* row = FindL2tpTunnelTransition(old, event);
    if (record.state != old || !row || row->next != now)
    {
        oracle.Fail(Name(record) + " goes from " + L2tpTunnelStateName(old) + " to " +
                    L2tpTunnelStateName(now) + " for " + L2tpTunnelEventName(event) +
                    ", but was in " + L2tpTunnelStateName(record.state));
    }
    record.state = now;
    record.lastEvent = event;
    oracle.tunnelEvents.insert(event);
    record.opened = true;
    end->counted.tunnelsEstablished += now == L2tpTunnelState::ESTABLISHED ? 1 : 0;
    if (now == L2tpTunnelState::IDLE)
    {
        record.cleared = true;
        const bool wasUp = old == L2tpTunnelState::ESTABLISHED;
        ++(wasUp ? end->counted.tunnelsCleared : end->counted.tunnelsFailed);
    }
    if (event == L2tpTunnelEvent::PEER_DEAD)
    {
        ++oracle.deaths;
        // Nobody lingers for a peer that is gone; if it comes back, it is not known any more.
        record.forgotten = true;
        if (oracle.m_calm)
        {
            oracle.Fail(Name(record) + " takes its peer for dead, though nothing goes wrong");
        }
    }
}

void
L2tpFaultOracle::CallChanged(Watched* end,
                             Ptr<const L2tpCall> call,
                             L2tpCallState old,
                             L2tpCallEvent event)
{
    L2tpFaultOracle& oracle = *end->oracle;
    CallRecord*& record = oracle.m_callOf[PeekPointer(call)];
    if (!record)
    {
        oracle.m_calls.emplace_back();
        record = &oracle.m_calls.back();
        record->call = call;
        record->session = call->GetSession();
        record->end = end;
        record->tunnelId = call->GetTunnel()->GetLocalId();
        record->session->TraceConnectWithoutContext(
            "Tx",
            MakeBoundCallback(&L2tpFaultOracle::FrameSent, &oracle, record));
        record->session->TraceConnectWithoutContext(
            "Rx",
            MakeBoundCallback(&L2tpFaultOracle::FrameReceived, &oracle, record));
        record->session->TraceConnectWithoutContext(
            "Drop",
            MakeBoundCallback(&L2tpFaultOracle::FrameDropped, &oracle));
    }
    const L2tpCallState now = call->GetState();
    const L2tpCallTransition* row = FindL2tpCallTransition(call->GetRole(), old, event);
    if (record->state != old || !row || row->next != now)
    {
        oracle.Fail(Name(*record) + " goes from " + L2tpCallStateName(old) + " to " +
                    L2tpCallStateName(now) + " for " + L2tpCallEventName(event) + ", but was in " +
                    L2tpCallStateName(record->state));
    }
    if (record->opened && old == L2tpCallState::IDLE)
    {
        oracle.Fail(Name(*record) + " begins anew");
    }
    record->opened = true;
    record->state = now;
    oracle.callEvents.insert(event);
    oracle.established += now == L2tpCallState::ESTABLISHED ? 1 : 0;
    end->counted.sessionsEstablished += now == L2tpCallState::ESTABLISHED ? 1 : 0;
    if (now == L2tpCallState::IDLE)
    {
        const bool wasUp = old == L2tpCallState::ESTABLISHED;
        ++(wasUp ? end->counted.sessionsCleared : end->counted.sessionsFailed);
    }
}

void
L2tpFaultOracle::Arrived(L2tpFaultOracle* oracle,
                         Node* node,
                         const Ipv4Header& header,
                         Ptr<const Packet> packet,
                         uint32_t /* interface */)
{
    // What hosts send has other addresses than the links.
    if (header.GetProtocol() != UdpL4Protocol::PROT_NUMBER ||
        !Ipv4Mask("/16").IsMatch(header.GetDestination(), Ipv4Address("10.1.0.0")))
    {
        return;
    }
    const auto underway = oracle->m_underway.find(packet->GetUid());
    if (underway == oracle->m_underway.end())
    {
        oracle->Fail("Node " + std::to_string(node->GetId()) +
                     " is sent a datagram that no session or tunnel sent");
        return;
    }
    --underway->second;
    UdpHeader udp;
    udp.EnableChecksums();
    udp.InitializeChecksum(header.GetSource(), header.GetDestination(), header.GetProtocol());
    packet->PeekHeader(udp);
    Watched* end = oracle->Find(node, udp.GetDestinationPort());
    if (end && (udp.IsChecksumOk() || !Node::ChecksumEnabled()))
    {
        ++end->arrived;
    }
}

void
L2tpFaultOracle::FrameSent(L2tpFaultOracle* oracle, CallRecord* call, Ptr<const Packet> frame)
{
    // One that is switched on is the same packet, sent by another session.
    ++oracle->m_framesSent;
    oracle->m_frames[frame->GetUid()].push_back({OctetsOf(frame), call, oracle->m_framesSent});
    ++oracle->m_underway[frame->GetUid()];
}

void
L2tpFaultOracle::FrameReceived(L2tpFaultOracle* oracle, CallRecord* call, Ptr<const Packet> frame)
{
    ++oracle->frames;
    const auto sent = oracle->m_frames.find(frame->GetUid());
    if (sent == oracle->m_frames.end())
    {
        oracle->Fail(Name(*call) + " receives a frame that nobody has sent");
        return;
    }
    const auto isMirror = [call](const Frame& candidate) {
        const CallRecord& from = *candidate.from;
        return from.call->GetPeerId() == call->call->GetLocalId() &&
               from.call->GetLocalId() == call->call->GetPeerId() && from.end != call->end;
    };
    const std::vector<Frame>& frames = sent->second;
    if (std::none_of(frames.begin(), frames.end(), isMirror))
    {
        oracle->Fail(Name(*call) + " receives a frame of " + Name(*frames.back().from));
        return;
    }
    // What came twice to an LNS is returned twice, and not alike: the IP header has another number.
    const auto found = std::find_if(frames.rbegin(),
                                    frames.rend(),
                                    [&isMirror, octets = OctetsOf(frame)](const Frame& candidate) {
                                        return isMirror(candidate) && candidate.octets == octets;
                                    });
    if (found == frames.rend())
    {
        oracle->Fail(Name(*call) + " receives a frame that nobody has sent like that");
        return;
    }
    // Section 5.4: then all data messages are numbered, and none is delivered twice or late.
    if (call->call->GetParameters().sequencingRequired && found->order <= call->lastFrame)
    {
        oracle->Fail(Name(*call) + " receives a frame out of order");
    }
    call->lastFrame = found->order;
}

void
L2tpFaultOracle::FrameDropped(L2tpFaultOracle* oracle,
                              L2tpDropReason reason,
                              Ptr<const Packet> frame)
{
    const bool isToBeSent = reason >= L2tpDropReason::SEND_SESSION_DOWN;
    const auto underway = oracle->m_underway.find(frame->GetUid());
    if (isToBeSent && underway != oracle->m_underway.end())
    {
        // It was told of as sent before.
        --underway->second;
    }
}

void
L2tpFaultOracle::Fault(L2tpFaultOracle* oracle,
                       L2tpFault fault,
                       Ptr<const Packet> frame,
                       Time /* delay */)
{
    const auto underway = oracle->m_underway.find(frame->GetUid());
    if (underway != oracle->m_underway.end())
    {
        underway->second += fault == L2tpFault::LOST ? -1 : fault == L2tpFault::DUPLICATED ? 1 : 0;
    }
}

} // namespace ns3
