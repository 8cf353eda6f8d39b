/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-user-timers.h"

namespace ns3
{

PppUserTimers::~PppUserTimers()
{
    Stop();
}

void
PppUserTimers::SetExpiredCallback(ExpiredCallback expired)
{
    m_expired = expired;
}

void
PppUserTimers::Start(Time session, Time idle)
{
    const Time now = Simulator::Now();
    const Time since = m_since.value_or(now);
    Stop();
    m_since = since;
    if (session.IsStrictlyPositive())
    {
        m_sessionEnd = Simulator::Schedule(Max(since + session - now, Seconds(0)),
                                           &PppUserTimers::Expire,
                                           this,
                                           PppReason::SESSION_TIMEOUT);
    }
    m_idle = idle;
    m_lastPacket = now;
    if (idle.IsStrictlyPositive())
    {
        m_idleCheck = Simulator::Schedule(idle, &PppUserTimers::CheckIdle, this);
    }
}

void
PppUserTimers::Stop()
{
    m_sessionEnd.Cancel();
    m_idleCheck.Cancel();
    m_since.reset();
    m_idle = Time();
}

void
PppUserTimers::CheckIdle()
{
    const Time left = m_lastPacket + m_idle - Simulator::Now();
    if (left.IsStrictlyPositive())
    {
        m_idleCheck = Simulator::Schedule(left, &PppUserTimers::CheckIdle, this);
    }
    else
    {
        Expire(PppReason::IDLE_TIMEOUT);
    }
}

void
PppUserTimers::Expire(PppReason reason)
{
    Stop();
    m_expired(reason);
}

} // namespace ns3
