/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What an endpoint does with the datagrams that come in: which tunnel they are for, and what
// becomes of those that are for none.

#include "l2tp-endpoint.h"

#include "ns3/l2tp-digest.h"
#include "ns3/log.h"

#include <sstream>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpEndpointReceive");

namespace
{

/**
 * @brief Read the header of a datagram; most have a short one, and need no iterator.
 * @param datagram the datagram
 * @param header receives the header if there is no error
 * @return what is wrong, or NONE
 */
L2tpHeaderError
ReadHeader(Ptr<const Packet> datagram, L2tpHeader& header)
{
    uint8_t prefix[L2tpHeader::MAX_FIXED_SIZE];
    const uint32_t size = datagram->CopyData(prefix, sizeof(prefix));
    const L2tpHeaderError error = L2tpHeader::Parse({prefix, size}, datagram->GetSize(), header);
    if (error != L2tpHeaderError::TRUNCATED || size < sizeof(prefix))
    {
        return error;
    }
    // Offset padding, which is longer than the prefix.
    datagram->PeekHeader(header);
    return header.GetError();
}

} // namespace

void
L2tpEndpoint::Receive(Ptr<Packet> datagram, const L2tpUdpAddress& from, const L2tpIpAddress& to)
{
    ++m_statistics.datagramsReceived;
    L2tpHeader header;
    const L2tpHeaderError error = ReadHeader(datagram, header);
    if (error != L2tpHeaderError::NONE)
    {
        DropControl(L2tpDropReasonOf(error), datagram);
        return;
    }
    if (header.IsControl())
    {
        ReceiveControl(header, datagram, from, to);
        return;
    }
    Ptr<L2tpTunnel> tunnel = m_tunnels.Find(header.GetTunnelId());
    if (!tunnel)
    {
        DropData(L2tpDropReason::UNKNOWN_TUNNEL, datagram);
    }
    else if (tunnel->GetPath()->GetPeer() != from)
    {
        DropData(L2tpDropReason::WRONG_SOURCE, datagram);
    }
    else if (!tunnel->ReceiveData(header, datagram, m_port->GetReceivedClass()))
    {
        DropData(L2tpDropReason::UNKNOWN_SESSION, datagram);
    }
}

void
L2tpEndpoint::RefuseStranger(Ptr<Packet> datagram)
{
    ++m_statistics.datagramsReceived;
    L2tpHeader header;
    const bool isData =
        ReadHeader(datagram, header) == L2tpHeaderError::NONE && !header.IsControl();
    if (isData)
    {
        DropData(L2tpDropReason::ISOLATED_SOURCE, datagram);
    }
    else
    {
        DropControl(L2tpDropReason::ISOLATED_SOURCE, datagram);
    }
}

void
L2tpEndpoint::ReceiveControl(const L2tpHeader& header,
                             Ptr<Packet> datagram,
                             const L2tpUdpAddress& from,
                             const L2tpIpAddress& to)
{
    if (!from.address.IsUnicast())
    {
        // RFC 1122, section 4.1.3.6. No packet could answer it, and ns-3 has no route for one.
        DropControl(L2tpDropReason::WRONG_SOURCE, datagram);
        return;
    }
    std::vector<uint8_t> octets(header.GetLength());
    datagram->CopyData(octets.data(), octets.size());
    const L2tpByteView body = L2tpByteView(octets).Sub(header.GetSerializedSize());
    L2tpDropReason reason = L2tpDropReason::UNKNOWN_TUNNEL;
    Ptr<L2tpTunnel> tunnel = header.GetTunnelId() == 0
                                 ? TunnelOfUnnumbered(header, body, from, to, reason)
                                 : m_tunnels.Find(header.GetTunnelId());
    if (!tunnel)
    {
        AnswerWhileIdle(header, body, from, to, reason);
        DropControl(reason, datagram);
        return;
    }
    if (tunnel->GetPath()->GetPeer() != from && !FollowsReply(*tunnel, header, body, from))
    {
        DropControl(L2tpDropReason::WRONG_SOURCE, datagram);
        return;
    }
    const L2tpReception reception = tunnel->GetChannel()->Classify(header, body);
    NS_LOG_LOGIC("tunnel " << header.GetTunnelId() << " Ns " << header.GetNs() << " Nr "
                           << header.GetNr() << ", " << body.size()
                           << " octets: " << L2tpReceptionName(reception));
    m_controlRxTrace(tunnel, header, datagram, reception);
    switch (reception)
    {
    case L2tpReception::NEW:
    case L2tpReception::EARLY:
        ++m_statistics.controlReceived;
        break;
    case L2tpReception::ZLB:
        ++m_statistics.zlbReceived;
        break;
    case L2tpReception::DUPLICATE:
        ++m_statistics.duplicates;
        break;
    case L2tpReception::OUT_OF_WINDOW:
        DropControl(L2tpDropReason::OUT_OF_WINDOW, datagram);
        break;
    case L2tpReception::DISCARDED:
        DropControl(L2tpDropReason::CONTROL_OUT_OF_ORDER, datagram);
        break;
    case L2tpReception::NO_ROOM:
        DropControl(L2tpDropReason::NO_RESOURCES, datagram);
        break;
    case L2tpReception::ACKNOWLEDGES_MORE:
        DropControl(L2tpDropReason::ACKNOWLEDGES_MORE, datagram);
        break;
    case L2tpReception::CLOSED:
        DropControl(L2tpDropReason::CONTROL_CLOSED, datagram);
        break;
    }
    tunnel->ReceiveControl(header, body, reception);
}

bool
L2tpEndpoint::FollowsReply(L2tpTunnel& tunnel,
                           const L2tpHeader& header,
                           L2tpByteView body,
                           const L2tpUdpAddress& from)
{
    // Section 8.1: the recipient of an SCCRQ may answer from another port, and from then on both
    // remain static. Only the very reply that is awaited, or the refusal, may move the tunnel.
    L2tpControlMessage message;
    const bool sameIp = from.address.IsIpv6() == tunnel.GetPath()->GetPeer().address.IsIpv6();
    if (!sameIp || tunnel.GetState() != L2tpTunnelState::WAIT_CTL_REPLY || header.GetNr() != 1 ||
        tunnel.GetChannel()->Classify(header, body) != L2tpReception::NEW ||
        L2tpControlMessage::Parse(body, message) != L2tpAvpError::NONE ||
        !(message.Is(L2tpMessageType::SCCRP) || message.Is(L2tpMessageType::STOPCCN)))
    {
        return false;
    }
    message.Reveal(tunnel.GetSecretOf(message));
    // Who was challenged must prove who it is before the tunnel follows: anybody may guess its ID.
    // A refusal proves nothing, and so must come from where the SCCRQ went.
    if (message.Check() || !tunnel.IsAnsweredBy(message))
    {
        return false;
    }
    m_opening.erase({tunnel.GetPath()->GetPeer().address, tunnel.GetLocalId()});
    tunnel.GetPath()->SetPeer(from);
    return true;
}

Ptr<L2tpTunnel>
L2tpEndpoint::TunnelOfUnnumbered(const L2tpHeader& header,
                                 L2tpByteView body,
                                 const L2tpUdpAddress& from,
                                 const L2tpIpAddress& to,
                                 L2tpDropReason& reason)
{
    L2tpControlMessage message;
    const L2tpAvpError error = L2tpControlMessage::Parse(body, message);
    message.Reveal(GetSecretFor(message.Get(L2tpAvps::HOST_NAME).value_or("")));
    // So that AVPs are ignored here that the tunnel will ignore: both must learn the same ID.
    const auto fault = message.Check();
    const uint16_t peerId = message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
    const auto known = m_byPeer.find({from, peerId});
    if (known != m_byPeer.end())
    {
        return known->second;
    }
    if (!message.Is(L2tpMessageType::SCCRQ))
    {
        return message.Is(L2tpMessageType::STOPCCN) ? TunnelOfHiddenStopCcn(body, from) : nullptr;
    }
    if (error != L2tpAvpError::NONE || peerId == 0)
    {
        // Nobody to answer to.
        reason = L2tpDropReason::MALFORMED_MESSAGE;
        return nullptr;
    }
    // The first message of a control connection: nothing is before it, nothing to acknowledge. The
    // channel of a new tunnel must not drop it, or nobody would ever clear the tunnel.
    if (header.GetNs() != 0 || header.GetNr() != 0 || !m_running)
    {
        reason = !m_running            ? L2tpDropReason::CONTROL_CLOSED
                 : header.GetNs() != 0 ? L2tpDropReason::OUT_OF_WINDOW
                                       : L2tpDropReason::ACKNOWLEDGES_MORE;
        return nullptr;
    }
    Ptr<L2tpTunnel> tunnel = MakeTunnel(from, to);
    if (!tunnel)
    {
        reason = L2tpDropReason::NO_RESOURCES;
        return nullptr;
    }
    // A tunnel that will be refused anyway takes part in no tie.
    const bool isAcceptable = !fault && !JudgeTunnel(*tunnel, message);
    if (isAcceptable && !SettleTie(message, from.address))
    {
        m_tunnels.Erase(tunnel->GetLocalId());
        tunnel->Dispose();
        reason = L2tpDropReason::TIE_LOST;
        return nullptr;
    }
    m_byPeer[{from, peerId}] = tunnel;
    m_halfOpen.Add(tunnel);
    if (m_halfOpen.GetN() > m_maxHalfOpen)
    {
        m_halfOpen.GetOldest()->GiveWay();
    }
    return tunnel;
}

Ptr<L2tpTunnel>
L2tpEndpoint::TunnelOfHiddenStopCcn(L2tpByteView body, const L2tpUdpAddress& from)
{
    for (auto it = m_byPeer.lower_bound({from, 0}); it != m_byPeer.end() && it->first.first == from;
         ++it)
    {
        L2tpControlMessage message;
        L2tpControlMessage::Parse(body, message);
        message.Reveal(it->second->GetSecretOf(message));
        message.Check();
        if (message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID) == it->first.second)
        {
            return it->second;
        }
    }
    return nullptr;
}

bool
L2tpEndpoint::SettleTie(const L2tpControlMessage& message, const L2tpIpAddress& peer)
{
    const std::optional<uint64_t> theirs = message.Get(L2tpAvps::TIE_BREAKER);
    std::vector<Ptr<L2tpTunnel>> losers;
    bool theyWin = true;
    for (auto it = m_opening.lower_bound({peer, 0}); it != m_opening.end() && it->first == peer;
         ++it)
    {
        Ptr<L2tpTunnel> tunnel = m_tunnels.Find(it->second);
        const std::optional<uint64_t> ours = tunnel->GetTieBreaker();
        // Whoever sends a Tie Breaker wins against one who does not; of two the lower value wins,
        // and of equal values neither. If neither side has one there are two tunnels.
        const bool weLose = theirs && (!ours || *theirs <= *ours);
        theyWin = theyWin && (!ours || (theirs && *theirs < *ours));
        if (weLose)
        {
            losers.push_back(tunnel);
        }
    }
    for (const auto& loser : losers)
    {
        loser->LoseTie();
    }
    return theyWin;
}

void
L2tpEndpoint::AnswerWhileIdle(const L2tpHeader& header,
                              L2tpByteView body,
                              const L2tpUdpAddress& from,
                              const L2tpIpAddress& to,
                              L2tpDropReason reason)
{
    L2tpControlMessage message;
    if (!m_running || L2tpControlMessage::Parse(body, message) != L2tpAvpError::NONE)
    {
        return;
    }
    message.Reveal(GetSecretFor(message.Get(L2tpAvps::HOST_NAME).value_or("")));
    if (message.Check())
    {
        return;
    }
    // Of all rows for the idle state only that for an SCCRP answers a message for an unknown
    // tunnel. An SCCRQ that there is no room for is refused by JudgeTunnel(), once for each time
    // it is repeated; section 4.4.3: with the same Assigned Tunnel ID.
    const bool refused = reason == L2tpDropReason::NO_RESOURCES;
    const bool answered = header.GetTunnelId() != 0 && message.Is(L2tpMessageType::SCCRP);
    const uint16_t id =
        refused ? IdOfRefused(from, message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0))
                : header.GetTunnelId();
    if (id == 0 || !(refused || answered))
    {
        return;
    }
    auto idle = CreateObject<L2tpTunnel>();
    idle->Setup(this, id, Create<L2tpUdpPath>(m_port, to, from));
    idle->ReceiveWhileIdle(header, message);
    idle->Dispose();
}

uint16_t
L2tpEndpoint::IdOfRefused(const L2tpUdpAddress& peer, uint16_t peerId)
{
    if (!m_refusalSalt)
    {
        m_refusalSalt = m_ids->GetInteger(0, UINT32_MAX);
    }
    std::ostringstream tunnel;
    tunnel << *m_refusalSalt << " " << peer << " " << peerId;
    const L2tpMd5Digest digest = L2tpMd5().Add(tunnel.str()).Finish();
    return m_tunnels.FindFree(static_cast<uint16_t>(digest[0] << 8 | digest[1]));
}

} // namespace ns3
