/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-receive-queueing.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpReceiveQueueing);

TypeId
L2tpReceiveQueueing::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpReceiveQueueing").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

} // namespace ns3
