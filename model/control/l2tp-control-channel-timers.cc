/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What a control channel does when time has passed: retransmission, delayed acknowledgement, and
// the end of lingering.

#include "l2tp-control-channel.h"

#include "ns3/log.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpControlChannelTimers");

void
L2tpControlChannel::StartLinger()
{
    m_phase = Phase::LINGERING;
    ForgetEarly();
    const bool fullCycle = m_config.lingerTime.IsZero();
    m_lingerUntil = Simulator::Now() + (fullCycle ? GetFullCycle() : m_config.lingerTime);
}

Time
L2tpControlChannel::GetFullCycle() const
{
    return m_policy->GetFullCycle();
}

uint32_t
L2tpControlChannel::GetMaxRetransmissions() const
{
    return m_heard ? m_policy->GetMaxRetransmissions() : m_policy->GetMaxInitialRetransmissions();
}

Time
L2tpControlChannel::GetRetransmissionTime() const
{
    if (m_config.resend != L2TP_RESEND_EACH)
    {
        return m_retransmitAt;
    }
    return m_due.empty() ? Time::Max() : m_due.begin()->first;
}

void
L2tpControlChannel::Retransmit()
{
    std::size_t index = 0;
    if (m_config.resend == L2TP_RESEND_EACH)
    {
        index = static_cast<uint16_t>(m_due.begin()->second - m_firstNs);
        m_expiries = m_queue[index].attempts - 1;
    }
    const uint16_t ns = m_firstNs + index;
    if (m_expiries >= GetMaxRetransmissions())
    {
        NS_LOG_INFO("no acknowledgement of Ns " << ns << ": the peer is dead");
        m_phase = Phase::DEAD;
        m_user->PeerIsDead();
        return;
    }
    ++m_expiries;
    m_window->OnRetransmission();
    m_interval = m_policy->GetInterval(m_expiries);
    NS_LOG_LOGIC("no acknowledgement of Ns " << ns << " in time, the next try waits "
                                             << m_interval.Get().As(Time::S));
    m_retransmitAt = Simulator::Now() + m_interval.Get();
    if (m_config.resend == L2TP_RESEND_ALL)
    {
        m_inFlight = 1;
    }
    UpdateTraces();
    // Whoever was told may have changed the queue.
    if (index < m_queue.size())
    {
        TransmitQueued(index);
    }
    SendQueued();
}

void
L2tpControlChannel::Rearm()
{
    Time earliest = Time::Max();
    if (m_inFlight > 0)
    {
        earliest = GetRetransmissionTime();
    }
    if (m_ackPending)
    {
        earliest = std::min(earliest, m_ackAt);
    }
    if (m_phase == Phase::LINGERING)
    {
        earliest = std::min(earliest, m_lingerUntil);
    }
    if (m_phase == Phase::DEAD || earliest == Time::Max())
    {
        m_event.Cancel();
        return;
    }
    // An event that comes too early costs less than cancelling it: Expire() looks again.
    if (m_event.IsExpired() || m_eventAt > earliest)
    {
        m_event.Cancel();
        m_eventAt = earliest;
        m_event =
            Simulator::Schedule(earliest - Simulator::Now(), &L2tpControlChannel::Expire, this);
    }
}

void
L2tpControlChannel::Expire()
{
    Ptr<L2tpControlChannel> self(this);
    const Time now = Simulator::Now();
    if (m_phase == Phase::LINGERING && m_lingerUntil <= now)
    {
        NS_LOG_LOGIC("lingered to the end");
        m_phase = Phase::DEAD;
        m_user->Finished();
        return;
    }
    if (m_inFlight > 0 && GetRetransmissionTime() <= now)
    {
        Retransmit();
    }
    if (m_phase != Phase::DEAD && m_ackPending && m_ackAt <= now)
    {
        SendZlb();
    }
    Rearm();
}

} // namespace ns3
