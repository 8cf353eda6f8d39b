/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-dialer.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpDialer);

TypeId
L2tpDialer::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpDialer").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

} // namespace ns3
