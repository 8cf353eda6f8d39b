/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-adaptive-timeout.h"

#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpAdaptiveTimeout);

TypeId
L2tpAdaptiveTimeout::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpAdaptiveTimeout")
            .SetParent<L2tpRetransmissionPolicy>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpAdaptiveTimeout>()
            .AddAttribute("InitialTimeout",
                          "The time-out before a round trip was measured (RFC 6298, 2.1).",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&L2tpAdaptiveTimeout::m_initialTimeout),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("MinTimeout",
                          "The least time-out (RFC 6298, 2.4: 1 s). Longer than the peer's "
                          "acknowledgement delay, or each delayed one comes too late.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&L2tpAdaptiveTimeout::m_minTimeout),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("MaxTimeout",
                          "The longest time-out (RFC 6298, 2.5: at least 60 s). RFC 2661, section "
                          "5.8, asks for no less than 8 s.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&L2tpAdaptiveTimeout::m_maxTimeout),
                          MakeTimeChecker(Seconds(8)))
            .AddAttribute("Granularity",
                          "The granularity G of the clock: the least that is added for variation "
                          "(RFC 6298, 2.2).",
                          TimeValue(MilliSeconds(1)),
                          MakeTimeAccessor(&L2tpAdaptiveTimeout::m_granularity),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("MaxRetransmissions",
                          "How often a message is retransmitted before the peer is taken for dead "
                          "and the tunnel cleared. 0 means that it is sent once only.",
                          UintegerValue(5),
                          MakeUintegerAccessor(&L2tpAdaptiveTimeout::m_maxRetransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000));
    return tid;
}

Time
L2tpAdaptiveTimeout::GetInterval(uint32_t retransmissions) const
{
    Time timeout = m_initialTimeout;
    if (m_measured)
    {
        timeout = std::max(m_smoothed + std::max(m_granularity, 4 * m_variation), m_minTimeout);
    }
    for (uint32_t n = 0; n < m_backoffs + retransmissions && timeout < m_maxTimeout; ++n)
    {
        // Not twice as long if that is beyond the cap, which may be as long as Time can express.
        timeout += std::min(timeout, m_maxTimeout - timeout);
    }
    return std::min(timeout, m_maxTimeout);
}

uint32_t
L2tpAdaptiveTimeout::GetMaxRetransmissions() const
{
    return m_maxRetransmissions;
}

void
L2tpAdaptiveTimeout::OnAcknowledgement(uint32_t retransmissions, std::optional<Time> roundTrip)
{
    if (!roundTrip)
    {
        // No more than it takes to double one tick to the longest Time.
        m_backoffs = std::min<uint32_t>(m_backoffs + retransmissions, 64);
        return;
    }
    m_backoffs = 0;
    if (!m_measured)
    {
        m_measured = true;
        m_smoothed = *roundTrip;
        m_variation = *roundTrip / 2;
        return;
    }
    // 2.3: RTTVAR first, with the SRTT from before; alpha is 1/8, beta 1/4.
    m_variation = (m_variation * 3 + Abs(m_smoothed - *roundTrip)) / 4;
    m_smoothed = (m_smoothed * 7 + *roundTrip) / 8;
}

Time
L2tpAdaptiveTimeout::GetSmoothedRoundTrip() const
{
    return m_smoothed;
}

Time
L2tpAdaptiveTimeout::GetVariation() const
{
    return m_variation;
}

} // namespace ns3
