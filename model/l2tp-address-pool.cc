/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-address-pool.h"

#include "ns3/abort.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpAddressPool);

TypeId
L2tpAddressPool::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpAddressPool")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpAddressPool>();
    return tid;
}

L2tpAddressPool::L2tpAddressPool() = default;
L2tpAddressPool::~L2tpAddressPool() = default;

void
L2tpAddressPool::SetNetwork(Ipv4Address network, Ipv4Mask mask)
{
    NS_ABORT_MSG_IF(mask.GetPrefixLength() > 30,
                    "The address pool " << network << "/" << mask.GetPrefixLength()
                                        << " holds no hosts: give it a mask of at most 30 bits");
    NS_ABORT_MSG_IF(
        !m_assigned.empty(),
        "The address pool can't change its network while addresses are assigned: set it "
        "before the LNS starts");
    const uint32_t base = network.CombineMask(mask).Get();
    m_next = base + 1;
    m_last = (base | mask.GetInverse()) - 1;
    m_returned.clear();
}

void
L2tpAddressPool::Reserve(Ipv4Address address)
{
    m_reserved.insert(address.Get());
}

Ipv4Address
L2tpAddressPool::Acquire()
{
    while (m_next != 0 && m_next <= m_last && m_reserved.count(m_next))
    {
        ++m_next;
    }
    while (!m_returned.empty() && m_reserved.count(m_returned.front()))
    {
        m_returned.pop_front();
    }
    uint32_t address = 0;
    if (m_next != 0 && m_next <= m_last)
    {
        address = m_next++;
    }
    else if (!m_returned.empty())
    {
        address = m_returned.front();
        m_returned.pop_front();
    }
    else
    {
        return Ipv4Address::GetAny();
    }
    m_assigned.insert(address);
    return Ipv4Address(address);
}

void
L2tpAddressPool::Release(Ipv4Address address)
{
    if (m_assigned.erase(address.Get()))
    {
        m_returned.push_back(address.Get());
    }
}

std::size_t
L2tpAddressPool::GetNAssigned() const
{
    return m_assigned.size();
}

} // namespace ns3
