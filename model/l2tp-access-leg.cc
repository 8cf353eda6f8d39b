/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-access-leg.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpAccessLeg);

TypeId
L2tpAccessLeg::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpAccessLeg").SetParent<L2tpLeg>().SetGroupName("L2tp");
    return tid;
}

L2tpAccessLeg::L2tpAccessLeg() = default;
L2tpAccessLeg::~L2tpAccessLeg() = default;

void
L2tpAccessLeg::SetProxyState(const L2tpProxyState& proxy)
{
    m_proxy = proxy;
}

void
L2tpAccessLeg::DoRelease(const L2tpLegEnd& /* why */)
{
    HangUp();
}

L2tpCallParameters
L2tpAccessLeg::GetParameters() const
{
    L2tpCallParameters parameters = DescribeCircuit();
    parameters.proxy = m_proxy;
    return parameters;
}

} // namespace ns3
