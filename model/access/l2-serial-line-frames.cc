/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How a line sends and receives frames.

#include "l2-serial-line.h"
#include "l2-telephone-network.h"

#include "ns3/simulator.h"
#include "ns3/tag.h"

#include <limits>
#include <memory>

namespace ns3
{

namespace
{

constexpr uint64_t BITS_OF_OCTET = 8;        //!< on a synchronous line
constexpr uint64_t BITS_OF_ASYNC_OCTET = 10; //!< with start and stop bit (RFC 1662, section 4.5.2)
constexpr uint64_t BITS_OF_FLAG = 8;         //!< between two frames (RFC 1662, section 5.1)

/// No octet of any packet.
constexpr std::size_t NOWHERE = std::numeric_limits<std::size_t>::max();

/// Put the tags of bytes on a packet that says the same in other octets, so that who follows
/// packets by them (FlowMonitor does) finds them.
void
CopyByteTags(Ptr<const Packet> from, Ptr<const Packet> to)
{
    for (auto tags = from->GetByteTagIterator(); tags.HasNext();)
    {
        const auto item = tags.Next();
        if (!item.GetTypeId().HasConstructor())
        {
            continue;
        }
        const std::unique_ptr<ObjectBase> made(item.GetTypeId().GetConstructor()());
        if (auto* tag = dynamic_cast<Tag*>(made.get()))
        {
            item.GetTag(*tag);
            to->AddByteTag(*tag);
        }
    }
}

/// Make a packet of other octets, that is otherwise the same: its identity and its tags stay.
Ptr<Packet>
WithOctets(Ptr<const Packet> packet, const std::vector<uint8_t>& octets)
{
    auto other = packet->Copy();
    // In this order: where packets keep metadata, an empty one takes the identity of what is added.
    other->AddAtEnd(Create<Packet>(octets.data(), octets.size()));
    other->RemoveAtStart(packet->GetSize());
    CopyByteTags(packet, other);
    return other;
}

} // namespace

const char*
L2LineDropReasonName(L2LineDropReason reason)
{
    static constexpr std::array<const char*, L2_LINE_DROP_REASONS> NAMES{"no-call",
                                                                         "queue-full",
                                                                         "hung-up",
                                                                         "bad-fcs",
                                                                         "too-short",
                                                                         "aborted",
                                                                         "too-long",
                                                                         "bad-octet",
                                                                         "no-receiver"};
    const auto index = static_cast<std::size_t>(reason);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

bool
L2SerialLine::Send(Ptr<Packet> frame)
{
    if (m_state != L2LineState::CONNECTED)
    {
        Drop(L2LineDropReason::NO_CALL, frame);
        return false;
    }
    if (m_sending.IsExpired())
    {
        Transmit(frame);
        return true;
    }
    if (!m_queue->Enqueue(frame))
    {
        ++m_errors.bufferOverruns;
        Drop(L2LineDropReason::QUEUE_FULL, frame);
        return false;
    }
    return true;
}

void
L2SerialLine::Transmit(Ptr<Packet> frame)
{
    const auto call = m_call;
    const Ptr<L2SerialLine> alive(this);
    m_txTrace(frame);
    if (m_call != call)
    {
        Drop(L2LineDropReason::HUNG_UP, frame); // by a listener
        return;
    }
    uint64_t bits = 0;
    const auto octets = Encode(frame, bits);
    ++m_statistics.txFrames;
    m_statistics.txOctets += octets->GetSize();
    m_txOctetsTrace(octets);
    if (m_call != call)
    {
        return;
    }
    const Time duration = m_callBitRate.CalculateBitsTxTime(bits);
    m_network->Transmit(m_peer, m_call, octets, duration);
    m_sending = Simulator::Schedule(duration, &L2SerialLine::TransmitNext, this);
    m_lastSent = Simulator::Now() + duration;
}

Ptr<Packet>
L2SerialLine::Encode(Ptr<Packet> frame, uint64_t& bits)
{
    m_txFrame.resize(frame->GetSize());
    frame->CopyData(m_txFrame.data(), m_txFrame.size());
    if (m_synchronous)
    {
        const std::size_t size = m_txFrame.size();
        AppendPppFcs16(m_txFrame);
        bits = m_txFrame.size() * BITS_OF_OCTET + BITS_OF_FLAG;
        frame->AddAtEnd(Create<Packet>(m_txFrame.data() + size, ppp_hdlc::FCS_SIZE));
        return frame;
    }
    // RFC 1662, section 4.4.2: unless this frame is back-to-back with the last one.
    const bool opening = m_lastSent != Simulator::Now();
    m_txOctets.clear();
    m_encoder.Encode(m_txFrame.data(), m_txFrame.size(), opening, m_txOctets);
    bits = m_txOctets.size() * BITS_OF_ASYNC_OCTET;
    return WithOctets(frame, m_txOctets);
}

void
L2SerialLine::TransmitNext()
{
    if (const auto frame = m_queue->Dequeue())
    {
        Transmit(frame);
    }
}

void
L2SerialLine::ReceiveOctets(uint64_t call, Ptr<Packet> packet)
{
    if (!HasCall(call) || m_state != L2LineState::CONNECTED)
    {
        Drop(L2LineDropReason::HUNG_UP, packet);
        return;
    }
    // Whoever is told may hang up, and let go of the line.
    const Ptr<L2SerialLine> alive(this);
    m_statistics.rxOctets += packet->GetSize();
    m_rxOctetsTrace(packet);
    if (!HasCall(call))
    {
        Drop(L2LineDropReason::HUNG_UP, packet);
        return;
    }
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), octets.size());
    const std::size_t broken = Damage(packet, octets);
    if (m_synchronous)
    {
        ReceiveSynchronous(packet, octets);
        return;
    }
    for (std::size_t at = 0; at < octets.size() && HasCall(call); ++at)
    {
        const auto result = at == broken ? m_decoder.PushViolation() : m_decoder.Push(octets[at]);
        if (result == PppHdlcResult::FRAME)
        {
            Accept(WithOctets(packet, m_decoder.GetFrame()));
        }
        else if (result != PppHdlcResult::NONE)
        {
            Refuse(result, packet);
        }
    }
}

std::size_t
L2SerialLine::Damage(Ptr<Packet> packet, std::vector<uint8_t>& octets)
{
    if (!m_errorModel || octets.empty() || !m_errorModel->IsCorrupt(packet))
    {
        return NOWHERE;
    }
    const uint64_t bits = m_synchronous ? BITS_OF_OCTET : BITS_OF_ASYNC_OCTET;
    const uint64_t at = m_random->GetInteger(0, octets.size() * bits - 1);
    const auto bit = at % bits;
    if (bit >= BITS_OF_OCTET)
    {
        return at / bits;
    }
    octets[at / bits] ^= 1 << bit;
    return NOWHERE;
}

void
L2SerialLine::ReceiveSynchronous(Ptr<Packet> packet, const std::vector<uint8_t>& octets)
{
    if (octets.size() < ppp_hdlc::MIN_FRAME)
    {
        Refuse(PppHdlcResult::TOO_SHORT, packet);
    }
    else if (octets.size() > m_maxFrame + ppp_hdlc::FCS_SIZE)
    {
        Refuse(PppHdlcResult::TOO_LONG, packet);
    }
    else if (!CheckPppFcs16(octets.data(), octets.size()))
    {
        Refuse(PppHdlcResult::BAD_FCS, packet);
    }
    else
    {
        packet->RemoveAtEnd(ppp_hdlc::FCS_SIZE);
        Accept(packet);
    }
}

void
L2SerialLine::Accept(Ptr<Packet> frame)
{
    m_rxTrace(frame);
    if (Deliver(frame))
    {
        ++m_statistics.rxFrames;
        return;
    }
    Drop(L2LineDropReason::NO_RECEIVER, frame);
}

void
L2SerialLine::Refuse(PppHdlcResult result, Ptr<const Packet> packet)
{
    switch (result)
    {
    case PppHdlcResult::BAD_FCS:
        ++m_errors.crcErrors;
        Drop(L2LineDropReason::BAD_FCS, packet);
        break;
    case PppHdlcResult::TOO_SHORT:
        ++m_errors.framingErrors;
        Drop(L2LineDropReason::TOO_SHORT, packet);
        break;
    case PppHdlcResult::ABORTED:
        ++m_errors.framingErrors;
        Drop(L2LineDropReason::ABORTED, packet);
        break;
    case PppHdlcResult::TOO_LONG:
        ++m_errors.hardwareOverruns;
        Drop(L2LineDropReason::TOO_LONG, packet);
        break;
    case PppHdlcResult::BAD_OCTET:
        ++m_errors.alignmentErrors;
        Drop(L2LineDropReason::BAD_OCTET, packet);
        break;
    case PppHdlcResult::NONE:
    case PppHdlcResult::FRAME:
        break;
    }
}

void
L2SerialLine::Drop(L2LineDropReason reason, Ptr<const Packet> what)
{
    ++m_statistics.dropped[static_cast<std::size_t>(reason)];
    m_dropTrace(reason, what);
}

} // namespace ns3
