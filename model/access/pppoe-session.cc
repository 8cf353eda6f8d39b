/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pppoe-session.h"

#include "pppoe-port.h"

#include "ns3/log.h"
#include "ns3/trace-source-accessor.h"

#include <array>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PppoeSession");
NS_OBJECT_ENSURE_REGISTERED(PppoeSession);

const char*
PppoeEndName(PppoeEnd end)
{
    static constexpr std::array<const char*, 8> NAMES{"none",
                                                      "local",
                                                      "peer",
                                                      "no-answer",
                                                      "service-name-error",
                                                      "ac-system-error",
                                                      "generic-error",
                                                      "session-in-use"};
    const auto index = static_cast<std::size_t>(end);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

TypeId
PppoeSession::GetTypeId()
{
    static TypeId tid = TypeId("ns3::PppoeSession")
                            .SetParent<L2Circuit>()
                            .SetGroupName("L2tp")
                            .AddConstructor<PppoeSession>()
                            .AddTraceSource("Tx",
                                            "A frame is sent; it begins with its Protocol-ID",
                                            MakeTraceSourceAccessor(&PppoeSession::m_txTrace),
                                            "ns3::PppoeSession::FrameTracedCallback")
                            .AddTraceSource("Rx",
                                            "A frame was received; it begins with its Protocol-ID",
                                            MakeTraceSourceAccessor(&PppoeSession::m_rxTrace),
                                            "ns3::PppoeSession::FrameTracedCallback")
                            .AddTraceSource("Ended",
                                            "The session has ended, with the reason",
                                            MakeTraceSourceAccessor(&PppoeSession::m_endedTrace),
                                            "ns3::PppoeSession::EndedTracedCallback");
    return tid;
}

PppoeSession::PppoeSession() = default;
PppoeSession::~PppoeSession() = default;

void
PppoeSession::DoDispose()
{
    m_port = nullptr;
    m_onEnded = EndedCallback();
    L2Circuit::DoDispose();
}

void
PppoeSession::Bind(Ptr<PppoePort> port,
                   Mac48Address peer,
                   uint16_t sessionId,
                   const std::string& service,
                   uint16_t maxPayload)
{
    m_port = port;
    m_peer = peer;
    m_sessionId = sessionId;
    m_service = service;
    m_maxPayload = maxPayload;
}

void
PppoeSession::Start()
{
    NS_LOG_INFO("session " << m_sessionId << " with " << m_peer << " begins");
    SetUp(true);
}

bool
PppoeSession::Send(Ptr<Packet> frame)
{
    if (!m_port)
    {
        return false; // disposed of; nobody is left to count it
    }
    if (!IsUp())
    {
        m_port->Drop(PppoeDropReason::SESSION_DOWN, frame);
        return false;
    }
    // RFC 2516, section 6: "The frame begins with the PPP Protocol-ID". No protocol is ff03.
    static constexpr std::array<uint8_t, 2> ADDRESS_AND_CONTROL{0xff, 0x03};
    std::array<uint8_t, 2> first{};
    if (frame->CopyData(first.data(), first.size()) == first.size() && first == ADDRESS_AND_CONTROL)
    {
        frame->RemoveAtStart(first.size());
    }
    if (frame->GetSize() > m_maxPayload + pppoe::PROTOCOL_SIZE)
    {
        m_port->Drop(PppoeDropReason::SEND_TOO_LONG, frame);
        return false;
    }
    const Ptr<PppoeSession> alive(this);
    const auto port = m_port;
    m_txTrace(frame);
    const auto size = frame->GetSize();
    if (!IsUp())
    {
        port->Drop(PppoeDropReason::SESSION_DOWN, frame); // a listener has ended it
        return false;
    }
    if (!port->SendSession(frame, m_peer, m_sessionId))
    {
        return false;
    }
    ++m_statistics.txFrames;
    m_statistics.txOctets += size;
    return true;
}

uint16_t
PppoeSession::GetMaxPayload() const
{
    return m_maxPayload;
}

bool
PppoeSession::HasAddressControl() const
{
    return false;
}

void
PppoeSession::Receive(Ptr<Packet> frame)
{
    const Ptr<PppoeSession> alive(this);
    const auto port = m_port;
    const auto size = frame->GetSize();
    m_rxTrace(frame);
    if (!Deliver(frame))
    {
        port->Drop(PppoeDropReason::NO_RECEIVER, frame);
        return;
    }
    ++m_statistics.rxFrames;
    m_statistics.rxOctets += size;
}

void
PppoeSession::Close(PppoeEnd end)
{
    if (!m_port || m_end != PppoeEnd::NONE)
    {
        return;
    }
    m_port->Send(PppoeDiscovery(PppoeCode::PADT, m_sessionId), m_peer);
    End(end);
}

void
PppoeSession::Terminated()
{
    End(PppoeEnd::PEER);
}

void
PppoeSession::End(PppoeEnd end)
{
    NS_LOG_INFO("session " << m_sessionId << " with " << m_peer
                           << " has ended: " << PppoeEndName(end));
    const Ptr<PppoeSession> alive(this);
    m_end = end;
    m_port->RemoveSession(m_peer, m_sessionId);
    SetUp(false);
    m_endedTrace(end);
    const auto onEnded = m_onEnded;
    m_onEnded = EndedCallback();
    if (!onEnded.IsNull())
    {
        onEnded(this, end);
    }
}

void
PppoeSession::SetEndedCallback(EndedCallback callback)
{
    m_onEnded = callback;
}

PppoeEnd
PppoeSession::GetEnd() const
{
    return m_end;
}

uint16_t
PppoeSession::GetSessionId() const
{
    return m_sessionId;
}

Mac48Address
PppoeSession::GetPeer() const
{
    return m_peer;
}

const std::string&
PppoeSession::GetService() const
{
    return m_service;
}

const PppoeStatistics&
PppoeSession::GetStatistics() const
{
    return m_statistics;
}

} // namespace ns3
