/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-no-marking.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpNoMarking);

TypeId
L2tpNoMarking::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpNoMarking")
                            .SetParent<L2tpMarking>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpNoMarking>();
    return tid;
}

uint8_t
L2tpNoMarking::GetControlClass() const
{
    return 0;
}

uint8_t
L2tpNoMarking::GetDataClass(const Ptr<const Packet>& /* frame */) const
{
    return 0;
}

L2tpMarkingOutcome
L2tpNoMarking::Receive(const Ptr<Packet>& /* frame */, uint8_t /* outer */) const
{
    return {};
}

} // namespace ns3
