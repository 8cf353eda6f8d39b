/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-acknowledgement-policy.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpAcknowledgementPolicy);

TypeId
L2tpAcknowledgementPolicy::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpAcknowledgementPolicy").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

} // namespace ns3
