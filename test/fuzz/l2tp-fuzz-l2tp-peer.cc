/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fuzz-l2tp-peer.h"

#include "l2tp-fuzz-messages.h"

#include "ns3/l2tp-tunnel-auth.h"

#include <algorithm>
#include <optional>

namespace ns3
{

uint16_t
FuzzL2tpPeer::TunnelId(std::size_t index)
{
    return static_cast<uint16_t>(0x0101 * (index + 1));
}

uint16_t
FuzzL2tpPeer::SessionId(std::size_t tunnel, std::size_t index)
{
    return static_cast<uint16_t>(TunnelId(tunnel) + 0x1000 * (index + 1));
}

bool
FuzzL2tpPeer::IsFitForIp(const OctetString& datagram)
{
    L2tpHeader header;
    if (L2tpHeader::Parse(datagram, datagram.size(), header) != L2tpHeaderError::NONE ||
        header.IsControl())
    {
        return true;
    }
    const L2tpByteView frame = L2tpByteView(datagram).Sub(header.GetSerializedSize(),
                                                          header.GetPayloadSize(datagram.size()));
    return FuzzPppPeer::IsFitForIp({frame.begin(), frame.end()});
}

void
FuzzL2tpPeer::Hear(const OctetString& datagram)
{
    L2tpHeader header;
    if (L2tpHeader::Parse(datagram, datagram.size(), header) != L2tpHeaderError::NONE)
    {
        return;
    }
    const L2tpByteView payload = L2tpByteView(datagram).Sub(header.GetSerializedSize(),
                                                            header.GetPayloadSize(datagram.size()));
    if (header.IsControl())
    {
        L2tpControlMessage message;
        L2tpControlMessage::Parse(payload, message);
        message.Reveal(m_secret);
        HearControl(header, message);
        return;
    }
    for (std::size_t t = 0; t < m_tunnels.size(); ++t)
    {
        for (std::size_t c = 0; c < m_tunnels[t].calls.size(); ++c)
        {
            if (header.GetTunnelId() == TunnelId(t) && header.GetSessionId() == SessionId(t, c))
            {
                m_tunnels[t].calls[c].ppp.Hear({payload.begin(), payload.end()});
            }
        }
    }
}

void
FuzzL2tpPeer::HearControl(const L2tpHeader& header, const L2tpControlMessage& message)
{
    std::optional<std::size_t> index;
    for (std::size_t t = 0; t < m_tunnels.size(); ++t)
    {
        if (header.GetTunnelId() == TunnelId(t))
        {
            index = t;
        }
    }
    if (message.Is(L2tpMessageType::SCCRQ))
    {
        // The second tunnel, so that the peer may open the first at the same time.
        index = m_tunnels.size() - 1;
        m_tunnels[*index] = Tunnel();
    }
    if (!index)
    {
        return;
    }
    Tunnel& tunnel = m_tunnels[*index];
    if (message.GetNAvps() > 0 && header.GetNs() == tunnel.nr)
    {
        ++tunnel.nr;
    }
    if (message.Is(L2tpMessageType::SCCRQ) || message.Is(L2tpMessageType::SCCRP))
    {
        tunnel.remote = message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
        tunnel.challenge = message.Get(L2tpAvps::CHALLENGE).value_or("");
    }
    const uint16_t assigned = message.Get(L2tpAvps::ASSIGNED_SESSION_ID).value_or(0);
    if (message.Is(L2tpMessageType::ICRQ) || message.Is(L2tpMessageType::OCRQ))
    {
        Call& call = tunnel.calls[tunnel.begun++ % tunnel.calls.size()];
        call = Call();
        call.remote = assigned;
    }
    if (message.Is(L2tpMessageType::ICRP) || message.Is(L2tpMessageType::OCRP))
    {
        for (std::size_t c = 0; c < tunnel.calls.size(); ++c)
        {
            if (header.GetSessionId() == SessionId(*index, c))
            {
                tunnel.calls[c].remote = assigned;
            }
        }
    }
}

L2tpControlMessage
FuzzL2tpPeer::Make(const L2tpMessageInfo& info,
                   uint8_t optional,
                   std::size_t tunnel,
                   std::size_t call)
{
    L2tpControlMessage message = FuzzMessage(info, optional);
    FuzzReplace(message, L2tpAvps::ASSIGNED_TUNNEL_ID, TunnelId(tunnel));
    FuzzReplace(message, L2tpAvps::ASSIGNED_SESSION_ID, SessionId(tunnel, call));
    FuzzReplace(message, L2tpAvps::FRAMING_CAPABILITIES, uint32_t(3));
    if (message.Is(L2tpMessageType::SCCRQ) || message.Is(L2tpMessageType::SCCRP))
    {
        // Who has none is asked for no outgoing call.
        FuzzReplace(message, L2tpAvps::BEARER_CAPABILITIES, uint32_t(3));
        if (!message.Has(L2tpAvps::BEARER_CAPABILITIES))
        {
            message.Add(L2tpAvps::BEARER_CAPABILITIES, uint32_t(3));
        }
    }
    FuzzReplace(message, L2tpAvps::MAXIMUM_BPS, uint32_t(64000));
    FuzzReplace(message, L2tpAvps::BEARER_TYPE, uint32_t(optional & 1));
    const std::string& challenge = m_tunnels[tunnel].challenge;
    const bool isAnswer =
        info.type == L2tpMessageType::SCCRP || info.type == L2tpMessageType::SCCCN;
    if (isAnswer && !challenge.empty())
    {
        const std::string response = L2tpTunnelAuth::Respond(info.type, m_secret, challenge);
        FuzzReplace(message, L2tpAvps::CHALLENGE_RESPONSE, response);
        if (!message.Has(L2tpAvps::CHALLENGE_RESPONSE))
        {
            message.Add(L2tpAvps::CHALLENGE_RESPONSE, response);
        }
    }
    return message;
}

void
FuzzL2tpPeer::AddExtras(FuzzInput& input, L2tpControlMessage& message)
{
    for (uint8_t n = input.Octet() % 4; n > 0; --n)
    {
        const uint8_t which = input.Octet();
        const uint8_t how = input.Octet();
        L2tpAvp avp;
        avp.flags = static_cast<uint16_t>(how << 8 & ~L2tpAvp::LENGTH_BITS);
        avp.vendor = how & 2 ? L2TP_EXAMPLE_VENDOR : 0;
        avp.type = which;
        const L2tpAvpInfo* info = FindL2tpAvp(avp.vendor, avp.type);
        const OctetString value = info && how & 1 ? FuzzAvpValue(*info) : input.Counted();
        avp.value = value;
        message.AddRaw(avp);
    }
}

FuzzL2tpPeer::OctetString
FuzzL2tpPeer::SayControl(FuzzInput& input)
{
    const uint8_t how = input.Octet();
    const std::size_t t = how & 1;
    const std::size_t c = how >> 1 & 1;
    Tunnel& tunnel = m_tunnels[t];
    const uint8_t which = input.Octet() % (L2TP_MESSAGES.size() + 2);
    L2tpControlMessage message; // a ZLB
    const L2tpMessageInfo* info = nullptr;
    if (which < L2TP_MESSAGES.size())
    {
        info = &L2TP_MESSAGES[which];
        const bool isBegin =
            info->type == L2tpMessageType::ICRQ || info->type == L2tpMessageType::OCRQ;
        if (info->type == L2tpMessageType::SCCRQ)
        {
            tunnel = Tunnel();
        }
        if (isBegin)
        {
            tunnel.calls[c] = Call();
        }
        message = Make(*info, how & OPTIONAL ? input.Octet() : 0, t, c);
    }
    else if (which > L2TP_MESSAGES.size())
    {
        message = L2tpControlMessage(static_cast<L2tpMessageType>(input.Octet()));
    }
    if (how & EXTRA_AVPS)
    {
        AddExtras(input, message);
    }
    if (how & HIDDEN && !m_secret.empty())
    {
        message.Hide(m_secret, [this] { return ++m_random; });
    }
    const bool isOfCall = info && info->scope == L2tpMessageScope::SESSION;
    uint16_t ns = tunnel.ns;
    uint16_t nr = tunnel.nr;
    if (how & SEQUENCE)
    {
        ns += static_cast<int8_t>(input.Octet());
        nr += static_cast<int8_t>(input.Octet());
    }
    else if (message.GetNAvps() > 0)
    {
        ++tunnel.ns;
    }
    const uint16_t tunnelId = how & TUNNEL_ID ? input.Number() : tunnel.remote;
    const uint16_t sessionId = how & SESSION_ID ? input.Number()
                               : isOfCall       ? tunnel.calls[c].remote
                                                : 0;
    return FuzzDatagram(
        L2tpHeader::MakeControl(tunnelId, sessionId, ns, nr, message.GetBody().size()),
        message.GetBody());
}

FuzzL2tpPeer::OctetString
FuzzL2tpPeer::SayData(FuzzInput& input)
{
    const uint8_t how = input.Octet();
    Tunnel& tunnel = m_tunnels[how & 1];
    Call& call = tunnel.calls[how >> 1 & 1];
    L2tpHeader header;
    header.SetTunnelId(how & 4 ? input.Number() : tunnel.remote);
    header.SetSessionId(how & 8 ? input.Number() : call.remote);
    header.SetPriority(how & 16);
    if (how & 32)
    {
        call.ns += static_cast<int8_t>(input.Octet());
        header.SetSequence(call.ns++, 0);
    }
    if (how & 64)
    {
        header.SetOffsetPad(OctetString(input.Octet()));
    }
    const OctetString frame = call.ppp.Say(input);
    if (how & 128)
    {
        header.SetLength(0);
        header.SetLength(static_cast<uint16_t>(header.GetSerializedSize() + frame.size()));
    }
    return FuzzDatagram(header, frame);
}

FuzzL2tpPeer::OctetString
FuzzL2tpPeer::SayRaw(FuzzInput& input) const
{
    const uint8_t how = input.Octet();
    OctetString datagram = input.Counted();
    if (how & 1 && datagram.size() >= L2tpHeader::CONTROL_SIZE)
    {
        const uint16_t tunnel = m_tunnels[how >> 1 & 1].remote;
        const std::size_t at = datagram[0] & 0x40 ? 4 : 2;
        datagram[at] = static_cast<uint8_t>(tunnel >> 8);
        datagram[at + 1] = static_cast<uint8_t>(tunnel);
    }
    return datagram;
}

} // namespace ns3
