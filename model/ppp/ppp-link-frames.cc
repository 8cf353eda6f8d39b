/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How frames pass through a PppLink.

#include "ppp-link.h"
#include "ppp-protocol.h"

#include <vector>

namespace ns3
{

void
PppLink::SendControl(uint16_t protocol, const PppControlPacket& packet)
{
    if (!m_circuit)
    {
        return;
    }
    // RFC 1661, sections 6.5 and 6.6: nothing of an LCP packet is ever compressed.
    const bool addressControl = protocol == ppp_protocol::LCP || !m_lcp->IsAddressCompressed();
    const auto octets = packet.Serialize();
    auto frame = Create<Packet>(octets.data(), octets.size());
    frame->AddHeader(PppFrameHeader(protocol, addressControl, false));
    m_controlTxTrace(frame);
    Passes(frame);
    m_txTrace(frame);
    if (!m_circuit->Send(frame))
    {
        Drop(PppDropReason::TX_REFUSED, frame);
    }
}

void
PppLink::ControlDropped(PppDropReason reason)
{
    Drop(reason, m_frame);
}

void
PppLink::Passes(Ptr<const Packet> frame)
{
    if (m_network)
    {
        m_network->FramePasses(frame);
    }
}

bool
PppLink::SendNetwork(Ptr<Packet> packet, uint16_t protocol)
{
    const bool known = protocol == ppp_protocol::IPV4 || protocol == ppp_protocol::IPV6;
    const auto& layer = LayerOf(protocol);
    if (!known || !layer.up || !m_circuit)
    {
        Drop(PppDropReason::TX_NOT_OPENED, packet);
        return false;
    }
    if (packet->GetSize() > GetMtu())
    {
        Drop(PppDropReason::TX_TOO_LONG, packet);
        return false;
    }
    packet->AddHeader(layer.header);
    Passes(packet);
    m_txTrace(packet);
    if (!m_circuit->Send(packet))
    {
        Drop(PppDropReason::TX_REFUSED, packet);
        return false;
    }
    m_userTimers.Touch();
    return true;
}

void
PppLink::Receive(Ptr<Packet> frame)
{
    Passes(frame);
    m_rxTrace(frame);
    uint8_t octets[PppFrameHeader::MAX_SIZE];
    PppFrameHeader header;
    const auto error =
        PppFrameHeader::Parse(octets, frame->CopyData(octets, sizeof(octets)), header);
    if (error != PppFrameError::NONE)
    {
        Drop(error == PppFrameError::TRUNCATED ? PppDropReason::FRAME_TRUNCATED
                                               : PppDropReason::FRAME_CONTROL,
             frame);
    }
    else if (header.GetProtocol() != ppp_protocol::IPV4 &&
             (header.GetProtocol() != ppp_protocol::IPV6 || !m_ipv6.wanted))
    {
        m_controlRxTrace(frame);
        const Ptr<PppLink> alive(this); // a callback may drop the last other reference
        const auto outer = m_frame;
        m_frame = frame;
        ReceiveControl(frame, header.GetProtocol(), header.GetSerializedSize());
        m_frame = outer;
    }
    else if (!LayerOf(header.GetProtocol()).up)
    {
        Drop(m_phase == PppPhase::NETWORK ? PppDropReason::NETWORK_NOT_OPENED
                                          : PppDropReason::WRONG_PHASE,
             frame);
    }
    else if (!m_network)
    {
        Drop(PppDropReason::NO_RECEIVER, frame);
    }
    else
    {
        m_userTimers.Touch();
        frame->RemoveAtStart(header.GetSerializedSize());
        m_network->Received(frame, header.GetProtocol());
    }
}

void
PppLink::ReceiveControl(Ptr<Packet> frame, uint16_t protocol, uint32_t headerSize)
{
    std::vector<uint8_t> octets(frame->GetSize());
    frame->CopyData(octets.data(), octets.size());
    octets.erase(octets.begin(), octets.begin() + headerSize);

    const bool isLcp = protocol == ppp_protocol::LCP;
    const bool isIpcp = protocol == ppp_protocol::IPCP;
    const bool isIpv6cp = protocol == ppp_protocol::IPV6CP && m_ipv6.wanted;
    const bool isAuth = protocol == ppp_protocol::PAP || protocol == ppp_protocol::CHAP;
    const bool network = m_phase == PppPhase::NETWORK;
    if (!isLcp && !network && !(isAuth && m_phase == PppPhase::AUTHENTICATE))
    {
        // RFC 1661, sections 3.4, 3.5 and 3.7: what isn't for this phase is silently discarded.
        Drop(PppDropReason::WRONG_PHASE, frame);
        return;
    }
    if (!isLcp && !isIpcp && !isIpv6cp && !isAuth)
    {
        Drop(PppDropReason::UNKNOWN_PROTOCOL, frame);
        m_lcp->SendProtocolReject(protocol, octets);
        return;
    }
    PppControlPacket packet;
    if (PppControlPacket::Parse(octets.data(), octets.size(), packet) != PppControlError::NONE)
    {
        Drop(PppDropReason::CONTROL_MALFORMED, frame);
    }
    else if (isLcp)
    {
        m_lcp->Receive(packet);
    }
    else if (isIpcp)
    {
        m_ipcp->Receive(packet);
    }
    else if (isIpv6cp)
    {
        m_ipv6cp->Receive(packet);
    }
    else
    {
        m_auth.Receive(protocol, packet);
    }
}

} // namespace ns3
