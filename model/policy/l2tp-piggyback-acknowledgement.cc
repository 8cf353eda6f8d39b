/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-piggyback-acknowledgement.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpPiggybackAcknowledgement);

TypeId
L2tpPiggybackAcknowledgement::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpPiggybackAcknowledgement")
                            .SetParent<L2tpAcknowledgementPolicy>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpPiggybackAcknowledgement>();
    return tid;
}

Time
L2tpPiggybackAcknowledgement::GetDelay(uint32_t /* waiting */) const
{
    return Time::Max();
}

} // namespace ns3
