/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-session.h"

#include "ns3/log.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-protocol.h"
#include "ns3/socket.h"
#include "ns3/trace-source-accessor.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpSession");
NS_OBJECT_ENSURE_REGISTERED(L2tpSession);

TypeId
L2tpSession::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpSession")
                            .SetParent<L2Circuit>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpSession>()
                            .AddTraceSource("Tx",
                                            "A frame goes into the session; it begins with its "
                                            "layer-2 header",
                                            MakeTraceSourceAccessor(&L2tpSession::m_txTrace),
                                            "ns3::L2tpSession::FrameTracedCallback")
                            .AddTraceSource("Rx",
                                            "A frame comes out of the session",
                                            MakeTraceSourceAccessor(&L2tpSession::m_rxTrace),
                                            "ns3::L2tpSession::FrameTracedCallback")
                            .AddTraceSource("Drop",
                                            "A frame is dropped, with the reason",
                                            MakeTraceSourceAccessor(&L2tpSession::m_dropTrace),
                                            "ns3::L2tpSession::DropTracedCallback")
                            .AddTraceSource("UnusedEcn",
                                            "A frame's datagram had an ECN field that nobody uses "
                                            "together with that of the packet in the frame (RFC "
                                            "6040, section 4.2)",
                                            MakeTraceSourceAccessor(&L2tpSession::m_unusedEcnTrace),
                                            "ns3::L2tpSession::UnusedEcnTracedCallback")
                            .AddTraceSource("Lost",
                                            "Frames that the peer numbered are given up; how many",
                                            MakeTraceSourceAccessor(&L2tpSession::m_lostTrace),
                                            "ns3::L2tpSession::LostTracedCallback")
                            .AddTraceSource("Sequencing",
                                            "Whether data messages are sent with numbers",
                                            MakeTraceSourceAccessor(&L2tpSession::m_sequencing),
                                            "ns3::TracedValueCallback::Bool");
    return tid;
}

L2tpSession::L2tpSession() = default;

L2tpSession::~L2tpSession()
{
    CloseSequencer();
}

void
L2tpSession::DoDispose()
{
    m_path = nullptr;
    L2Circuit::DoDispose();
    CloseSequencer();
}

void
L2tpSession::SetEndpointStatistics(std::shared_ptr<L2tpDataStatistics> statistics)
{
    m_endpoint = std::move(statistics);
}

void
L2tpSession::Configure(const L2tpSessionConfig& config)
{
    m_config = config;
}

void
L2tpSession::SetSequencingMode(L2tpSequencingMode mode)
{
    m_mode = mode;
}

void
L2tpSession::Open(Ptr<L2tpUdpPath> path, uint16_t peerTunnelId, uint16_t peerSessionId)
{
    NS_LOG_FUNCTION(this << peerTunnelId << peerSessionId);
    m_path = path;
    m_peerTunnelId = peerTunnelId;
    m_peerSessionId = peerSessionId;
    // Section 3.1: "beginning at zero".
    m_ns = 0;
    UseSequencing(m_mode == L2tpSequencingMode::ALWAYS ||
                  (m_mode == L2tpSequencingMode::CONTROL && m_config.sequencing));
    SetUp(true);
}

void
L2tpSession::Close()
{
    NS_LOG_FUNCTION(this);
    // Down first: whoever is told of a drop may send, and must find no way.
    Ptr<L2tpSession> self(this);
    const Ptr<L2tpDataSequencer> sequencer = m_sequencer;
    m_sequencer = nullptr;
    m_path = nullptr;
    SetUp(false);
    if (sequencer)
    {
        sequencer->Close();
    }
}

void
L2tpSession::CloseSequencer()
{
    const Ptr<L2tpDataSequencer> sequencer = m_sequencer;
    m_sequencer = nullptr;
    if (sequencer)
    {
        sequencer->Close();
    }
}

bool
L2tpSession::SetSequencing(bool on)
{
    const bool mayDecide = IsUp() && m_mode == L2tpSequencingMode::CONTROL;
    if (mayDecide)
    {
        UseSequencing(on);
    }
    return mayDecide;
}

bool
L2tpSession::IsSequencing() const
{
    return m_sequencing;
}

void
L2tpSession::UseSequencing(bool on)
{
    m_sequencing = on;
    MakeHeader();
}

void
L2tpSession::MakeHeader()
{
    m_header = L2tpHeader();
    m_header.SetTunnelId(m_peerTunnelId);
    m_header.SetSessionId(m_peerSessionId);
    if (m_config.lengthPresent)
    {
        m_header.SetLength(0);
    }
    if (m_sequencing)
    {
        m_header.SetSequence(m_ns, 0);
    }
    if (m_config.offset > 0)
    {
        m_header.SetOffsetPad(std::vector<uint8_t>(m_config.offset));
    }
    m_headerSize = m_header.GetSerializedSize();
}

bool
L2tpSession::HasPriority(Ptr<const Packet> frame) const
{
    if (m_config.priority != L2TP_PRIORITY_PPP_CONTROL)
    {
        return m_config.priority == L2TP_PRIORITY_ALL;
    }
    uint8_t start[PppFrameHeader::MAX_SIZE];
    const uint32_t size = frame->CopyData(start, sizeof(start));
    PppFrameHeader header;
    return PppFrameHeader::Parse(start, size, header) == PppFrameError::NONE &&
           header.GetProtocol() >= ppp_protocol::FIRST_CONTROL;
}

bool
L2tpSession::Send(Ptr<Packet> frame)
{
    if (!IsUp())
    {
        Drop(L2tpDropReason::SEND_SESSION_DOWN, frame);
        return false;
    }
    // The route to the peer leads into the tunnel: without this, the packet would go round forever.
    if (m_sending)
    {
        Drop(L2tpDropReason::SEND_RECURSION, frame);
        return false;
    }
    const uint32_t frameSize = frame->GetSize();
    if (frameSize + m_headerSize > m_path->GetMaxPayload())
    {
        Drop(L2tpDropReason::SEND_TOO_LONG, frame);
        return false;
    }
    // Whoever is told may close the session, and let go of it.
    Ptr<L2tpSession> self(this);
    m_txTrace(frame);
    if (!IsUp())
    {
        Drop(L2tpDropReason::SEND_SESSION_DOWN, frame);
        return false;
    }
    const uint32_t headerSize = m_headerSize;
    const bool sequenced = m_sequencing;
    if (m_config.lengthPresent)
    {
        m_header.SetLength(headerSize + frameSize);
    }
    if (sequenced)
    {
        // Section 3.1: Nr is reserved in data messages.
        m_header.SetSequence(m_ns++, 0);
    }
    uint8_t trafficClass = 0;
    if (m_config.marking)
    {
        // The outer header says how urgent it is, not the socket that the frame comes from.
        SocketPriorityTag inner;
        frame->RemovePacketTag(inner);
        trafficClass = m_config.marking->GetDataClass(frame);
    }
    if (m_config.priority != L2TP_PRIORITY_NONE)
    {
        const bool priority = HasPriority(frame);
        m_header.SetPriority(priority);
        if (priority)
        {
            SocketPriorityTag tag;
            tag.SetPriority(Socket::NS3_PRIO_INTERACTIVE);
            frame->ReplacePacketTag(tag);
        }
    }
    frame->AddHeader(m_header);
    m_sending = true;
    const bool sent = m_path->Send(frame, trafficClass);
    m_sending = false;
    if (!sent)
    {
        // Its number is the next one's: nothing was lost on the way.
        m_ns -= sequenced ? 1 : 0;
        frame->RemoveAtStart(headerSize);
        Drop(L2tpDropReason::SEND_NO_ROUTE, frame);
        return false;
    }
    Count(&L2tpDataStatistics::txPackets);
    Count(&L2tpDataStatistics::txBytes, frameSize);
    return true;
}

void
L2tpSession::Receive(const L2tpHeader& header, Ptr<Packet> message, uint8_t trafficClass)
{
    if (!IsUp())
    {
        Drop(L2tpDropReason::SESSION_NOT_ESTABLISHED, message);
        return;
    }
    const uint16_t flags = header.GetFlagWord();
    const bool sequenced = flags & L2tpHeader::FLAG_SEQUENCE;
    if (!sequenced && m_mode == L2tpSequencingMode::ALWAYS)
    {
        Drop(L2tpDropReason::DATA_WITHOUT_SEQUENCE, message);
        return;
    }
    const uint32_t payload = header.GetPayloadSize(message->GetSize());
    message->RemoveAtStart(header.GetSerializedSize());
    if (message->GetSize() > payload)
    {
        message->RemoveAtEnd(message->GetSize() - payload);
    }
    if (flags & L2tpHeader::FLAG_PRIORITY)
    {
        Count(&L2tpDataStatistics::rxPriority);
    }
    // Section 5.4: the LAC follows each message that it receives, whatever becomes of its frame.
    if (m_mode == L2tpSequencingMode::FOLLOW && m_sequencing != sequenced)
    {
        UseSequencing(sequenced);
    }
    if (m_config.marking && !Unmark(message, trafficClass))
    {
        return;
    }
    if (sequenced && IsUp())
    {
        if (!m_sequencer)
        {
            m_sequencer = Create<L2tpDataSequencer>(this, m_config.order);
        }
        if (!m_sequencer->Receive(header.GetNs(), message))
        {
            Drop(L2tpDropReason::SESSION_NOT_ESTABLISHED, message);
        }
        return;
    }
    if (m_sequencer)
    {
        m_sequencer->Flush();
    }
    // Whoever was told in between may have closed the session.
    if (!IsUp())
    {
        Drop(L2tpDropReason::SESSION_NOT_ESTABLISHED, message);
        return;
    }
    Accept(message);
}

bool
L2tpSession::Unmark(const Ptr<Packet>& frame, uint8_t trafficClass)
{
    const L2tpMarkingOutcome outcome = m_config.marking->Receive(frame, trafficClass);
    if (outcome.isCe)
    {
        Count(&L2tpDataStatistics::rxCe);
    }
    if (outcome.use != L2tpEcnUse::USED)
    {
        Count(&L2tpDataStatistics::rxUnusedEcn);
        m_unusedEcnTrace(outcome.use, frame);
    }
    if (outcome.isDropped)
    {
        // As if a router had dropped it: its number, if it has one, stays missing.
        Drop(L2tpDropReason::DATA_CE_NOT_ECT, frame);
        return false;
    }
    return true;
}

void
L2tpSession::Accept(const Ptr<Packet>& frame)
{
    const uint32_t size = frame->GetSize();
    m_rxTrace(frame);
    if (!IsUp())
    {
        Drop(L2tpDropReason::SESSION_NOT_ESTABLISHED, frame);
        return;
    }
    if (!Deliver(frame))
    {
        Drop(L2tpDropReason::NO_RECEIVER, frame);
        return;
    }
    Count(&L2tpDataStatistics::rxPackets);
    Count(&L2tpDataStatistics::rxBytes, size);
}

void
L2tpSession::DeliverInOrder(Ptr<Packet> frame, bool wasHeld)
{
    // Whoever takes it may close the session, and let go of it.
    Ptr<L2tpSession> self(this);
    if (wasHeld)
    {
        Count(&L2tpDataStatistics::rxReordered);
    }
    Accept(frame);
}

void
L2tpSession::DropFrame(L2tpDropReason reason, Ptr<Packet> frame)
{
    Drop(reason, frame);
}

void
L2tpSession::FramesMissing(uint16_t count)
{
    Ptr<L2tpSession> self(this);
    Count(&L2tpDataStatistics::rxLost, count);
    m_lostTrace(count);
}

void
L2tpSession::PeerRestarted()
{
    NS_LOG_LOGIC("the peer counts anew");
    Count(&L2tpDataStatistics::rxRestarts);
}

void
L2tpSession::Drop(L2tpDropReason reason, Ptr<const Packet> frame)
{
    NS_LOG_LOGIC(L2tpDropReasonName(reason));
    ++m_own.dropped[static_cast<std::size_t>(reason)];
    ++m_endpoint->dropped[static_cast<std::size_t>(reason)];
    m_dropTrace(reason, frame);
}

const L2tpDataStatistics&
L2tpSession::GetStatistics() const
{
    return m_own;
}

} // namespace ns3
