/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-lns-helper.h"

#include "l2tp-application-lookup.h"

#include "ns3/abort.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/pointer.h"

#include <algorithm>

namespace ns3
{

namespace
{

/**
 * @brief Whether a pool has got addresses already, since the user set it up.
 * @param pool the pool, which is left as it is
 * @return true if so
 */
bool
HasAddress(Ptr<const L2tpAddressPool> pool)
{
    return CopyObject<L2tpAddressPool>(pool)->Acquire() != Ipv4Address::GetAny();
}

} // namespace

L2tpLnsHelper::L2tpLnsHelper()
    : m_network("10.8.0.0"),
      m_mask("255.255.0.0"),
      m_users(CreateObject<PppLocalUserTable>())
{
    m_factory.SetTypeId(L2tpLns::GetTypeId());
    m_terminatorFactory.SetTypeId(L2tpInterfacePerSession::GetTypeId());
}

void
L2tpLnsHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_told = true;
    m_factory.Set(name, value);
}

void
L2tpLnsHelper::SetSessionAttribute(const std::string& name, const AttributeValue& value)
{
    m_told = true;
    m_terminatorFactory.Set(name, value);
}

void
L2tpLnsHelper::SetAddressPool(Ipv4Address network, Ipv4Mask mask)
{
    m_network = network.CombineMask(mask);
    m_mask = mask;
    SetSessionAttribute("LocalAddress", Ipv4AddressValue(Ipv4Address(m_network.Get() + 1)));
}

void
L2tpLnsHelper::AddUser(const std::string& name, const std::string& secret, Ipv4Address address)
{
    m_told = true;
    m_users->AddUser(name, secret, address);
    if (address != Ipv4Address::GetAny())
    {
        m_reserved.push_back(address);
        for (const auto& pool : m_pools)
        {
            pool->Reserve(address);
        }
    }
}

Ptr<L2tpLns>
L2tpLnsHelper::Install(Ptr<Node> node)
{
    if (!IsL2tpNodeLocal(node))
    {
        return nullptr;
    }
    if (Ptr<L2tpLns> present = FindL2tpApplication<L2tpLns>(node))
    {
        const bool isOurs =
            std::find(m_installed.begin(), m_installed.end(), present) != m_installed.end();
        NS_ABORT_MSG_IF(m_told && !isOurs,
                        "L2tpLnsHelper: node "
                            << node->GetId()
                            << " has an LNS that this helper did not install, so that the users, "
                               "pool and attributes set here would be of no effect: set them at "
                               "the helper that installs it");
        return present;
    }
    Ptr<L2tpLns> lns = Make();
    if (auto terminator = DynamicCast<L2tpInterfacePerSession>(lns->GetTerminator()))
    {
        m_pools.push_back(terminator->GetPool());
    }
    node->AddApplication(lns);
    m_installed.push_back(lns);
    return lns;
}

int64_t
L2tpLnsHelper::GetNStreams() const
{
    // Nobody but the LNS itself and its terminator knows: ask one that is thrown away.
    return MakeStandIn()->AssignStreams(0);
}

Ptr<L2tpLns>
L2tpLnsHelper::MakeStandIn() const
{
    return Make();
}

Ptr<L2tpLns>
L2tpLnsHelper::Make() const
{
    Ptr<L2tpLns> lns = m_factory.Create<L2tpLns>();
    if (!lns->GetTerminator())
    {
        lns->SetAttribute("Terminator",
                          PointerValue(m_terminatorFactory.Create<L2tpInterfacePerSession>()));
    }
    if (auto terminator = DynamicCast<L2tpInterfacePerSession>(lns->GetTerminator()))
    {
        SetUp(*terminator);
    }
    return lns;
}

Ptr<L2tpInterfacePerSession>
L2tpLnsHelper::MakeTerminator()
{
    auto terminator = m_terminatorFactory.Create<L2tpInterfacePerSession>();
    SetUp(*terminator);
    m_pools.push_back(terminator->GetPool());
    return terminator;
}

void
L2tpLnsHelper::SetUp(L2tpInterfacePerSession& terminator) const
{
    if (!HasAddress(terminator.GetPool()))
    {
        terminator.GetPool()->SetNetwork(m_network, m_mask);
    }
    for (const auto& address : m_reserved)
    {
        terminator.GetPool()->Reserve(address);
    }
    PointerValue users;
    terminator.GetAttribute("UserTable", users);
    if (!users.GetObject())
    {
        terminator.SetAttribute("UserTable", PointerValue(m_users));
    }
}

} // namespace ns3
