/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-exponential-backoff.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpExponentialBackoff);

TypeId
L2tpExponentialBackoff::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpExponentialBackoff")
            .SetParent<L2tpRetransmissionPolicy>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpExponentialBackoff>()
            .AddAttribute("InitialInterval",
                          "How long to wait before the first retransmission; each further one "
                          "waits twice as long (RFC 2661, section 5.8, recommends 1 s).",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&L2tpExponentialBackoff::m_initialInterval),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("MaxInterval",
                          "The cap on the interval. RFC 2661, section 5.8, asks for no less than "
                          "8 s; see AllowShortCap.",
                          TimeValue(Seconds(8)),
                          MakeTimeAccessor(&L2tpExponentialBackoff::m_maxInterval),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("MaxRetransmissions",
                          "How often a message is retransmitted before the peer is taken for dead "
                          "and the tunnel cleared. 0 means that it is sent once only.",
                          UintegerValue(5),
                          MakeUintegerAccessor(&L2tpExponentialBackoff::m_maxRetransmissions),
                          MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute(
                "MaxInitialRetransmissions",
                "How often the first message is retransmitted as long as nothing at all "
                "was heard of the peer; MaxRetransmissions, if that is less.",
                UintegerValue(1000),
                MakeUintegerAccessor(&L2tpExponentialBackoff::m_maxInitialRetransmissions),
                MakeUintegerChecker<uint32_t>(0, 1000))
            .AddAttribute("AllowShortCap",
                          "Whether MaxInterval may be under 8 s, against RFC 2661, for a study.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpExponentialBackoff::m_allowShortCap),
                          MakeBooleanChecker());
    return tid;
}

void
L2tpExponentialBackoff::NotifyConstructionCompleted()
{
    L2tpRetransmissionPolicy::NotifyConstructionCompleted();
    NS_ABORT_MSG_IF(m_maxInterval < Seconds(8) && !m_allowShortCap,
                    "L2tpExponentialBackoff::MaxInterval is "
                        << m_maxInterval.As(Time::S)
                        << ", but RFC 2661, section 5.8, asks for no less than 8 s: raise it, or "
                           "set AllowShortCap if a study wants it so");
}

Time
L2tpExponentialBackoff::GetInterval(uint32_t retransmissions) const
{
    Time interval = m_initialInterval;
    for (uint32_t n = 0; n < retransmissions && interval < m_maxInterval; ++n)
    {
        // Not twice as long if that is beyond the cap, which may be as long as Time can express.
        interval += std::min(interval, m_maxInterval - interval);
    }
    return std::min(interval, m_maxInterval);
}

uint32_t
L2tpExponentialBackoff::GetMaxRetransmissions() const
{
    return m_maxRetransmissions;
}

uint32_t
L2tpExponentialBackoff::GetMaxInitialRetransmissions() const
{
    return std::min(m_maxInitialRetransmissions, m_maxRetransmissions);
}

} // namespace ns3
