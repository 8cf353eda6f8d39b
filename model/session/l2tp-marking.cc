/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-marking.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpMarking);

TypeId
L2tpMarking::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpMarking").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

} // namespace ns3
