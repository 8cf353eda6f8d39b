/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "study-runs.h"

#include "ns3/simulator.h"

#include <utility>

namespace ns3
{

L2tpStudyRuns::L2tpStudyRuns(Time delay, const L2tpProfile& profile)
    : m_tunnel(delay, profile)
{
}

L2tpStudyTunnel&
L2tpStudyRuns::GetTunnel()
{
    return m_tunnel;
}

const L2tpStudyTunnel&
L2tpStudyRuns::GetTunnel() const
{
    return m_tunnel;
}

void
L2tpStudyRuns::Run(uint64_t count)
{
    m_count = count;
    Simulator::ScheduleNow(&L2tpStudyRuns::Next, this);
    Simulator::Run();
}

void
L2tpStudyRuns::Next()
{
    if (m_begun == m_count)
    {
        // Nothing that was to be done later is waited for.
        Simulator::Stop();
        return;
    }
    ++m_begun;
    m_isUnderWay = true;
    m_start = Simulator::Now();
    m_tunnel.Mend();
    m_tunnel.Start();
    Begin();
}

bool
L2tpStudyRuns::Finish()
{
    if (!m_isUnderWay)
    {
        return false;
    }
    m_isUnderWay = false;
    // The caller may be told of something by an endpoint, which goes on when it returns.
    Simulator::ScheduleNow([this]() {
        m_tunnel.Crash();
        // What is still on the link arrives before the next one begins.
        Simulator::Schedule(m_tunnel.GetDelay() * 2, &L2tpStudyRuns::Next, this);
    });
    return true;
}

bool
L2tpStudyRuns::IsUnderWay() const
{
    return m_isUnderWay;
}

void
L2tpStudyRuns::Later(Time delay, std::function<void()> what)
{
    Simulator::Schedule(delay, [this, number = m_begun, what = std::move(what)]() {
        if (m_isUnderWay && number == m_begun)
        {
            what();
        }
    });
}

Time
L2tpStudyRuns::GetStart() const
{
    return m_start;
}

} // namespace ns3
