/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-tunnel-selector.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpTunnelSelector);

TypeId
L2tpTunnelSelector::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpTunnelSelector").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

} // namespace ns3
