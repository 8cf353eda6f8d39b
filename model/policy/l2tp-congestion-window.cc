/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-congestion-window.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpCongestionWindow);

TypeId
L2tpCongestionWindow::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpCongestionWindow").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

} // namespace ns3
