/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-session.h"

#include "ns3/log.h"
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
                                            "ns3::L2tpSession::DropTracedCallback");
    return tid;
}

L2tpSession::L2tpSession() = default;
L2tpSession::~L2tpSession() = default;

void
L2tpSession::DoDispose()
{
    m_path = nullptr;
    L2Circuit::DoDispose();
}

void
L2tpSession::SetEndpointStatistics(std::shared_ptr<L2tpDataStatistics> statistics)
{
    m_endpoint = std::move(statistics);
}

void
L2tpSession::Open(Ptr<L2tpUdpPath> path, uint16_t peerTunnelId, uint16_t peerSessionId)
{
    m_path = path;
    m_header.SetTunnelId(peerTunnelId);
    m_header.SetSessionId(peerSessionId);
    SetUp(true);
}

void
L2tpSession::Close()
{
    SetUp(false);
    m_path = nullptr;
}

void
L2tpSession::SetLengthPresent(bool present)
{
    m_lengthPresent = present;
    if (!present)
    {
        L2tpHeader header;
        header.SetTunnelId(m_header.GetTunnelId());
        header.SetSessionId(m_header.GetSessionId());
        m_header = header;
    }
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
    if (m_lengthPresent)
    {
        m_header.SetLength(0);
        m_header.SetLength(m_header.GetSerializedSize() + frameSize);
    }
    if (frameSize + m_header.GetSerializedSize() > m_path->GetMaxPayload())
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
    frame->AddHeader(m_header);
    m_sending = true;
    const bool sent = m_path->Send(frame);
    m_sending = false;
    if (!sent)
    {
        frame->RemoveAtStart(m_header.GetSerializedSize());
        Drop(L2tpDropReason::SEND_NO_ROUTE, frame);
        return false;
    }
    ++m_own.txPackets;
    m_own.txBytes += frameSize;
    ++m_endpoint->txPackets;
    m_endpoint->txBytes += frameSize;
    return true;
}

void
L2tpSession::Receive(const L2tpHeader& header, Ptr<Packet> message)
{
    if (!IsUp())
    {
        Drop(L2tpDropReason::SESSION_NOT_ESTABLISHED, message);
        return;
    }
    const uint32_t payload = header.GetPayloadSize(message->GetSize());
    message->RemoveAtStart(header.GetSerializedSize());
    if (message->GetSize() > payload)
    {
        message->RemoveAtEnd(message->GetSize() - payload);
    }
    m_rxTrace(message);
    if (!Deliver(message))
    {
        Drop(L2tpDropReason::NO_RECEIVER, message);
        return;
    }
    ++m_own.rxPackets;
    m_own.rxBytes += payload;
    ++m_endpoint->rxPackets;
    m_endpoint->rxBytes += payload;
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
