/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fixed-interval.h"

#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpFixedInterval);

TypeId
L2tpFixedInterval::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpFixedInterval")
            .SetParent<L2tpRetransmissionPolicy>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpFixedInterval>()
            .AddAttribute("Interval",
                          "How long to wait before each retransmission, and before giving up.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&L2tpFixedInterval::m_interval),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("MaxRetransmissions",
                          "How often a message is retransmitted before the peer is taken for dead "
                          "and the tunnel cleared. 0 means that it is sent once only.",
                          UintegerValue(5),
                          MakeUintegerAccessor(&L2tpFixedInterval::m_maxRetransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000));
    return tid;
}

Time
L2tpFixedInterval::GetInterval(uint32_t /* retransmissions */) const
{
    return m_interval;
}

uint32_t
L2tpFixedInterval::GetMaxRetransmissions() const
{
    return m_maxRetransmissions;
}

} // namespace ns3
