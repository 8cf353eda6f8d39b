/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-retransmission-policy.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpRetransmissionPolicy);

TypeId
L2tpRetransmissionPolicy::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpRetransmissionPolicy").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

Time
L2tpRetransmissionPolicy::GetFullCycle() const
{
    Time cycle;
    for (uint32_t n = 0; n <= GetMaxRetransmissions(); ++n)
    {
        cycle += GetInterval(n);
    }
    return cycle;
}

uint32_t
L2tpRetransmissionPolicy::GetMaxInitialRetransmissions() const
{
    return GetMaxRetransmissions();
}

void
L2tpRetransmissionPolicy::OnAcknowledgement(uint32_t /* retransmissions */,
                                            std::optional<Time> /* roundTrip */)
{
}

} // namespace ns3
