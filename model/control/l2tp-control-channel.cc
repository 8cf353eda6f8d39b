/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-control-channel.h"

#include "ns3/assert.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>
#include <optional>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpControlChannel");
NS_OBJECT_ENSURE_REGISTERED(L2tpControlChannel);

TypeId
L2tpControlChannel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpControlChannel")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpControlChannel>()
            .AddTraceSource("Ns",
                            "Ns of the next new message",
                            MakeTraceSourceAccessor(&L2tpControlChannel::m_ns),
                            "ns3::TracedValueCallback::Uint16")
            .AddTraceSource("Nr",
                            "Ns of the message expected next",
                            MakeTraceSourceAccessor(&L2tpControlChannel::m_nr),
                            "ns3::TracedValueCallback::Uint16")
            .AddTraceSource("InFlight",
                            "Messages that are out and not acknowledged",
                            MakeTraceSourceAccessor(&L2tpControlChannel::m_inFlight),
                            "ns3::TracedValueCallback::Uint16")
            .AddTraceSource("CongestionWindow",
                            "CWND of RFC 2661, Appendix A, in messages",
                            MakeTraceSourceAccessor(&L2tpControlChannel::m_congestionWindow),
                            "ns3::TracedValueCallback::Uint16")
            .AddTraceSource("SlowStartThreshold",
                            "SSTHRESH of RFC 2661, Appendix A, in messages",
                            MakeTraceSourceAccessor(&L2tpControlChannel::m_slowStartThreshold),
                            "ns3::TracedValueCallback::Uint16")
            .AddTraceSource("RetransmissionInterval",
                            "How long the message at the front waits for its acknowledgement",
                            MakeTraceSourceAccessor(&L2tpControlChannel::m_interval),
                            "ns3::TracedValueCallback::Time");
    return tid;
}

L2tpControlChannel::L2tpControlChannel() = default;
L2tpControlChannel::~L2tpControlChannel() = default;

void
L2tpControlChannel::Setup(L2tpControlChannelUser* user,
                          const Config& config,
                          const Policies& policies)
{
    m_user = user;
    m_config = config;
    m_policy = policies.retransmission;
    m_window = policies.congestion;
    m_acks = policies.acknowledgement;
    m_queueing = policies.queueing;
    m_peerWindow = config.peerWindow ? config.peerWindow : m_peerWindow;
    m_window->SetAdvertisedWindow(m_peerWindow);
    UpdateTraces();
}

void
L2tpControlChannel::DoDispose()
{
    m_phase = Phase::DEAD;
    Simulator::Remove(m_event); // as L2tpTunnel::CleanUp() does
    m_user = nullptr;
    m_policy = nullptr;
    m_window = nullptr;
    m_acks = nullptr;
    m_queueing = nullptr;
    m_due.clear();
    Dequeue(0, m_queue.size());
    ForgetEarly();
    Object::DoDispose();
}

void
L2tpControlChannel::SetInitialSequence(uint16_t ns, uint16_t nr)
{
    NS_ASSERT_MSG(m_queue.empty(), "sequence numbers can't change once a message was sent");
    m_firstNs = ns;
    m_ns = ns;
    m_nr = nr;
    m_heard = true; // how else would they be known
}

void
L2tpControlChannel::SetPeerWindow(uint16_t size)
{
    if (m_config.peerWindow)
    {
        return;
    }
    m_peerWindow = std::max<uint16_t>(size, 1);
    m_window->SetAdvertisedWindow(m_peerWindow);
    UpdateTraces();
}

bool
L2tpControlChannel::HasRoom(std::size_t size) const
{
    return m_backlog + size <= m_config.maxBacklog;
}

void
L2tpControlChannel::ForgetEarly()
{
    for (const auto& early : m_early)
    {
        m_backlog -= early.second.body.size();
    }
    m_early.clear();
}

void
L2tpControlChannel::Enqueue(uint16_t sessionId, std::vector<uint8_t> body)
{
    m_backlog += body.size();
    m_queue.push_back({sessionId, 0, Time(), Time(), std::move(body)});
    m_ns = m_ns + 1;
}

void
L2tpControlChannel::Dequeue(std::size_t first, std::size_t last)
{
    for (std::size_t i = first; i < last; ++i)
    {
        m_backlog -= m_queue[i].body.size();
        if (!m_due.empty())
        {
            m_due.erase({m_queue[i].dueAt, static_cast<uint16_t>(m_firstNs + i)});
        }
    }
    m_queue.erase(m_queue.begin() + first, m_queue.begin() + last);
}

bool
L2tpControlChannel::Send(uint16_t sessionId, std::vector<uint8_t> body)
{
    NS_LOG_FUNCTION(this << sessionId << body.size());
    if (m_phase != Phase::OPEN)
    {
        return true;
    }
    if (!HasRoom(body.size()))
    {
        NS_LOG_INFO("no room for " << body.size() << " octets, with " << m_backlog << " kept");
        return false;
    }
    Enqueue(sessionId, std::move(body));
    SendQueued();
    Rearm();
    return true;
}

void
L2tpControlChannel::SendFinal(uint16_t sessionId, std::vector<uint8_t> body)
{
    NS_LOG_FUNCTION(this << sessionId << body.size());
    if (m_phase != Phase::OPEN)
    {
        return;
    }
    Dequeue(m_everSent, m_queue.size());
    m_ns = m_firstNs + m_everSent;
    Enqueue(sessionId, std::move(body));
    // Before it is sent: whoever sees it go may end the channel for good.
    m_phase = Phase::CLOSING;
    SendQueued();
    Rearm();
}

void
L2tpControlChannel::Linger()
{
    NS_LOG_FUNCTION(this);
    if (m_phase != Phase::OPEN && m_phase != Phase::CLOSING)
    {
        return;
    }
    m_due.clear();
    // ZLBs go on with the Ns that the next message would have had.
    m_firstNs += m_everSent;
    m_ns = m_firstNs;
    Dequeue(0, m_queue.size());
    m_everSent = 0;
    m_inFlight = 0;
    StartLinger();
    SendZlb();
    Rearm();
}

L2tpReception
L2tpControlChannel::Classify(const L2tpHeader& header, L2tpByteView body) const
{
    if (m_phase == Phase::DEAD)
    {
        return L2tpReception::CLOSED;
    }
    const uint16_t acknowledged = header.GetNr() - m_firstNs;
    const uint16_t before = m_firstNs - header.GetNr();
    // An Nr from before is no news; one from after what was sent is no Nr of this channel.
    if (acknowledged > m_everSent && before >= 32768)
    {
        return L2tpReception::ACKNOWLEDGES_MORE;
    }
    if (body.empty())
    {
        return L2tpReception::ZLB;
    }
    // Section 5.8: the last received number and the 32767 before it are "less than or equal".
    const uint16_t behind = m_nr - 1 - header.GetNs();
    if (behind < 32768 || m_early.count(header.GetNs()) > 0)
    {
        return L2tpReception::DUPLICATE;
    }
    const uint16_t ahead = header.GetNs() - m_nr;
    if (ahead >= m_config.receiveWindowSize)
    {
        return L2tpReception::OUT_OF_WINDOW;
    }
    if (m_phase != Phase::OPEN)
    {
        return L2tpReception::CLOSED;
    }
    if (ahead == 0)
    {
        return L2tpReception::NEW;
    }
    // Section 5.8: messages out of order "may be queued [...], or they may be discarded requiring a
    // retransmission".
    if (!HasRoom(body.size()))
    {
        return L2tpReception::NO_ROOM;
    }
    return m_queueing->Keeps(ahead, m_early.size()) ? L2tpReception::EARLY
                                                    : L2tpReception::DISCARDED;
}

void
L2tpControlChannel::Receive(const L2tpHeader& header, L2tpByteView body, L2tpReception reception)
{
    NS_LOG_FUNCTION(this << header.GetNs() << header.GetNr() << body.size()
                         << L2tpReceptionName(reception));
    if (m_phase == Phase::DEAD || reception == L2tpReception::ACKNOWLEDGES_MORE)
    {
        return;
    }
    // The user may let go of the channel in Deliver().
    Ptr<L2tpControlChannel> self(this);
    m_heard = true;
    Acknowledge(header.GetNr());
    if (m_phase == Phase::DEAD)
    {
        return;
    }
    switch (reception)
    {
    case L2tpReception::NEW:
        DeliverInOrder(header.GetSessionId(), body);
        break;
    case L2tpReception::EARLY:
        m_early.emplace(header.GetNs(), Early{header.GetSessionId(), {body.begin(), body.end()}});
        m_backlog += body.size();
        break;
    case L2tpReception::ZLB:
        ++m_statistics.zlbReceived;
        break;
    case L2tpReception::DUPLICATE:
        ++m_statistics.duplicates;
        m_ackPending = true;
        m_ackAt = Simulator::Now();
        break;
    case L2tpReception::CLOSED:
        if (header.GetNs() == m_nr)
        {
            DeliverNext(header.GetSessionId(), body);
        }
        break;
    case L2tpReception::DISCARDED:
        if (m_queueing->AnswersDiscarded())
        {
            m_ackAtOnce = true;
            AwaitAcknowledgement(Simulator::Now());
        }
        break;
    case L2tpReception::OUT_OF_WINDOW:
    case L2tpReception::NO_ROOM:
    case L2tpReception::ACKNOWLEDGES_MORE:
        break;
    }
    if (m_phase == Phase::DEAD)
    {
        return;
    }
    if (m_phase == Phase::CLOSING && m_queue.empty())
    {
        StartLinger();
    }
    SendQueued();
    // Section 5.8: duplicates MUST be acknowledged; the peer's timer runs already, so at once.
    const bool atOnce =
        m_ackAtOnce || reception == L2tpReception::DUPLICATE || reception == L2tpReception::CLOSED;
    if (m_ackPending && atOnce)
    {
        SendZlb();
    }
    Rearm();
}

void
L2tpControlChannel::Acknowledge(uint16_t nr)
{
    const uint16_t acknowledged = nr - m_firstNs;
    if (acknowledged == 0 || acknowledged > m_everSent)
    {
        return;
    }
    // Of what was sent again nobody knows which transmission is acknowledged (Karn's algorithm).
    const Outgoing& last = m_queue[acknowledged - 1];
    std::optional<Time> roundTrip;
    if (m_queue.front().attempts == 1 && last.attempts == 1)
    {
        roundTrip = Simulator::Now() - last.sentAt;
    }
    m_policy->OnAcknowledgement(m_expiries, roundTrip);
    Dequeue(0, acknowledged);
    m_firstNs = nr;
    m_everSent -= acknowledged;
    m_inFlight = m_inFlight - std::min<uint16_t>(m_inFlight.Get(), acknowledged);
    m_expiries = 0;
    m_window->OnAcknowledgement();
    m_interval = m_policy->GetInterval(0);
    m_retransmitAt = Simulator::Now() + m_interval.Get();
    UpdateTraces();
}

void
L2tpControlChannel::DeliverInOrder(uint16_t sessionId, L2tpByteView body)
{
    DeliverNext(sessionId, body);
    while (m_phase == Phase::OPEN)
    {
        const auto next = m_early.find(m_nr);
        if (next == m_early.end())
        {
            break;
        }
        const Early early = std::move(next->second);
        m_early.erase(next);
        m_backlog -= early.body.size();
        DeliverNext(early.sessionId, early.body);
    }
}

void
L2tpControlChannel::DeliverNext(uint16_t sessionId, L2tpByteView body)
{
    m_nr = m_nr + 1;
    const Time delay = m_acks->GetDelay(++m_ackWaiting);
    m_ackAtOnce = m_ackAtOnce || delay.IsZero();
    AwaitAcknowledgement(delay < Time::Max() - Simulator::Now() ? Simulator::Now() + delay
                                                                : Time::Max());
    if (m_phase == Phase::OPEN)
    {
        ++m_statistics.received;
        m_user->Deliver(sessionId, body);
    }
}

void
L2tpControlChannel::AwaitAcknowledgement(Time at)
{
    if (!m_ackPending || at < m_ackAt)
    {
        m_ackPending = true;
        m_ackAt = at;
    }
}

void
L2tpControlChannel::ForgetAcknowledgement()
{
    m_ackPending = false;
    m_ackAtOnce = false;
    m_ackWaiting = 0;
}

void
L2tpControlChannel::SendQueued()
{
    // The user may close the channel, or send more, whenever a message goes out: look again.
    while (MaySend())
    {
        if (m_inFlight == 0)
        {
            m_interval = m_policy->GetInterval(m_expiries);
            m_retransmitAt = Simulator::Now() + m_interval.Get();
        }
        m_inFlight = m_inFlight + 1;
        TransmitQueued(m_inFlight - 1);
    }
}

bool
L2tpControlChannel::MaySend() const
{
    return (m_phase == Phase::OPEN || m_phase == Phase::CLOSING) &&
           m_inFlight <
               std::min<std::size_t>({m_window->GetWindow(), m_peerWindow, m_queue.size()});
}

void
L2tpControlChannel::TransmitQueued(std::size_t index)
{
    Outgoing& message = m_queue[index];
    if (++message.attempts == 1)
    {
        ++m_everSent;
        ++m_statistics.sent;
    }
    else
    {
        ++m_statistics.retransmitted;
    }
    ForgetAcknowledgement();
    const uint16_t ns = m_firstNs + index;
    message.sentAt = Simulator::Now();
    if (m_config.resend == L2TP_RESEND_EACH)
    {
        m_due.erase({message.dueAt, ns});
        message.dueAt = message.sentAt + m_policy->GetInterval(message.attempts - 1);
        m_due.insert({message.dueAt, ns});
    }
    NS_LOG_LOGIC("Ns " << ns << " Nr " << m_nr << " attempt " << message.attempts);
    // A copy: the queue may change before the user is done with it.
    const std::vector<uint8_t> body = message.body;
    m_user->Transmit(message.sessionId, ns, m_nr, body, message.attempts);
}

void
L2tpControlChannel::SendZlb()
{
    if (m_phase == Phase::DEAD)
    {
        return;
    }
    NS_LOG_LOGIC("ZLB, Ns " << m_firstNs + m_everSent << " Nr " << m_nr);
    ForgetAcknowledgement();
    ++m_statistics.zlbSent;
    // Section 5.8: a ZLB takes no slot; it bears the Ns of the next message to be sent anew.
    m_user->Transmit(0, m_firstNs + m_everSent, m_nr, {}, 1);
}

void
L2tpControlChannel::UpdateTraces()
{
    Ptr<L2tpCongestionWindow> window = m_window;
    m_congestionWindow = window->GetWindow();
    m_slowStartThreshold = window->GetThreshold();
}

const L2tpControlChannel::Statistics&
L2tpControlChannel::GetStatistics() const
{
    return m_statistics;
}

uint16_t
L2tpControlChannel::GetNs() const
{
    return m_ns;
}

uint16_t
L2tpControlChannel::GetNr() const
{
    return m_nr;
}

uint16_t
L2tpControlChannel::GetInFlight() const
{
    return m_inFlight;
}

std::size_t
L2tpControlChannel::GetQueueLength() const
{
    return m_queue.size();
}

std::size_t
L2tpControlChannel::GetBacklog() const
{
    return m_backlog;
}

} // namespace ns3
