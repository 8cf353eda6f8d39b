/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-immediate-acknowledgement.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpImmediateAcknowledgement);

TypeId
L2tpImmediateAcknowledgement::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpImmediateAcknowledgement")
                            .SetParent<L2tpAcknowledgementPolicy>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpImmediateAcknowledgement>();
    return tid;
}

Time
L2tpImmediateAcknowledgement::GetDelay(uint32_t /* waiting */) const
{
    return Seconds(0);
}

} // namespace ns3
