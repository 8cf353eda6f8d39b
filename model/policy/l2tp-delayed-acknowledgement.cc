/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-delayed-acknowledgement.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpDelayedAcknowledgement);

TypeId
L2tpDelayedAcknowledgement::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpDelayedAcknowledgement")
            .SetParent<L2tpAcknowledgementPolicy>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpDelayedAcknowledgement>()
            .AddAttribute("Delay",
                          "How long the acknowledgement of a control message waits for another "
                          "message to ride on, before a ZLB is sent. 0 sends a ZLB at once unless "
                          "the answer goes out at once.",
                          TimeValue(MilliSeconds(50)),
                          MakeTimeAccessor(&L2tpDelayedAcknowledgement::m_delay),
                          MakeTimeChecker(Seconds(0)));
    return tid;
}

Time
L2tpDelayedAcknowledgement::GetDelay(uint32_t /* waiting */) const
{
    return m_delay;
}

} // namespace ns3
