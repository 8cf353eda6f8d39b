/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-switch-container.h"

namespace ns3
{

void
L2tpSwitchContainer::Add(Ptr<L2tpLns> lns, const Address& address)
{
    m_lnss.push_back(lns);
    m_addresses.push_back(address);
}

uint32_t
L2tpSwitchContainer::GetN() const
{
    return static_cast<uint32_t>(m_lnss.size());
}

Ptr<L2tpTunnelSwitch>
L2tpSwitchContainer::GetSwitch(uint32_t i) const
{
    const auto lns = GetLns(i);
    return lns ? DynamicCast<L2tpTunnelSwitch>(lns->GetTerminator()) : nullptr;
}

Ptr<L2tpLns>
L2tpSwitchContainer::GetLns(uint32_t i) const
{
    return m_lnss.at(i);
}

Ptr<L2tpLac>
L2tpSwitchContainer::GetLac(uint32_t i) const
{
    const auto found = GetSwitch(i);
    return found ? found->GetLac() : nullptr;
}

const Address&
L2tpSwitchContainer::GetAddress(uint32_t i) const
{
    return m_addresses.at(i);
}

} // namespace ns3
