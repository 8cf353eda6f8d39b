/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-domain.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/log.h"
#include "ns3/pointer.h"
#include "ns3/ppp-user-name.h"
#include "ns3/string.h"

#include <utility>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpDomain");
NS_OBJECT_ENSURE_REGISTERED(L2tpDomain);

TypeId
L2tpDomain::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpDomain")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpDomain>()
            .AddAttribute("Name",
                          "Its name: what stands behind the \"@\" in its users' names.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpDomain::SetName, &L2tpDomain::GetName),
                          MakeStringChecker())
            .AddAttribute("Isolated",
                          "Whether its sessions have a routing table of their own, of the domain's "
                          "name, so that they reach nothing else and its addresses may be those of "
                          "other domains.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpDomain::m_isolated),
                          MakeBooleanChecker())
            .AddAttribute("LocalAddress",
                          "The address of the LNS on its PPP links; its pools never assign it.",
                          Ipv4AddressValue(Ipv4Address("10.8.0.1")),
                          MakeIpv4AddressAccessor(&L2tpDomain::m_localAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("PrimaryDns",
                          "The DNS server to offer to its remote systems; 0.0.0.0 offers none.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&L2tpDomain::m_primaryDns),
                          MakeIpv4AddressChecker())
            .AddAttribute("Pool",
                          "The addresses to assign.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpDomain::m_pool),
                          MakePointerChecker<L2tpAddressPool>())
            .AddAttribute("UserTable",
                          "Who its users are; null asks the LNS's own table. What a table of its "
                          "own says of a user never leads out of the domain.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpDomain::m_users),
                          MakePointerChecker<PppUserTable>());
    return tid;
}

L2tpDomain::L2tpDomain()
    : m_pool(CreateObject<L2tpAddressPool>())
{
}

L2tpDomain::~L2tpDomain() = default;

void
L2tpDomain::DoDispose()
{
    m_pool = nullptr;
    m_users = nullptr;
    m_leases.clear();
    m_pools.clear();
    Object::DoDispose();
}

void
L2tpDomain::SetName(std::string name)
{
    m_name = PppSmallLettersOf(std::move(name));
}

const std::string&
L2tpDomain::GetName() const
{
    return m_name;
}

const std::string&
L2tpDomain::GetTable() const
{
    static const std::string NODES;
    return m_isolated ? m_name : NODES;
}

Ipv4Address
L2tpDomain::GetLocalAddress() const
{
    return m_localAddress;
}

Ipv4Address
L2tpDomain::GetPrimaryDns() const
{
    return m_primaryDns;
}

Ptr<L2tpAddressPool>
L2tpDomain::GetPool() const
{
    return m_pool;
}

Ptr<PppUserTable>
L2tpDomain::GetUsers() const
{
    return m_users;
}

void
L2tpDomain::AddPool(const std::string& name, Ptr<L2tpAddressPool> pool)
{
    NS_ABORT_MSG_IF(!pool, "L2tpDomain: pool " << name << " is null: give it an address pool");
    m_pools[name] = pool;
    KeepBack(*pool);
}

void
L2tpDomain::KeepBack(L2tpAddressPool& pool) const
{
    for (const Ipv4Address address : m_reserved)
    {
        pool.Reserve(address);
    }
}

void
L2tpDomain::Reserve(Ipv4Address address)
{
    m_reserved.insert(address);
    m_pool->Reserve(address);
    for (const auto& [name, pool] : m_pools)
    {
        pool->Reserve(address);
    }
}

void
L2tpDomain::Take()
{
    NS_ABORT_MSG_IF(m_isTaken,
                    "L2tpDomain " << m_name
                                  << " was added to another LNS already, and their users would get "
                                     "each other's addresses: make an L2tpDomain for each LNS");
    m_isTaken = true;
}

void
L2tpDomain::Start()
{
    Reserve(m_localAddress);
    KeepBack(*m_pool); // attribute Pool may be of after Reserve()
}

Ptr<L2tpAddressPool>
L2tpDomain::GetPoolFor(const PppUserProfile& profile) const
{
    const auto named = m_pools.find(profile.pool);
    return named == m_pools.end() ? m_pool : named->second;
}

bool
L2tpDomain::HasAddressFor(const PppUserProfile& profile) const
{
    return profile.address != Ipv4Address::GetAny() || GetPoolFor(profile)->HasNetwork();
}

Ipv4Address
L2tpDomain::Assign(std::size_t holder,
                   const std::string& user,
                   const PppUserProfile& profile,
                   const EvictCallback& evict)
{
    Ipv4Address address = profile.address;
    if (address == Ipv4Address::GetAny())
    {
        const auto pool = GetPoolFor(profile);
        address = pool->Acquire();
        if (address != Ipv4Address::GetAny())
        {
            m_leases[address.Get()] = Lease{holder, user, pool};
        }
        return address;
    }
    if (address == m_localAddress)
    {
        NS_LOG_WARN("address " << address << " of '" << user << "' is the LNS's own");
        return Ipv4Address::GetAny();
    }
    // So that it stays the user's while the user is away, and nobody is given it meanwhile.
    Reserve(address);
    const auto lease = m_leases.find(address.Get());
    if (lease != m_leases.end())
    {
        const Lease other = lease->second;
        if (other.user != user)
        {
            NS_LOG_WARN("address " << address << " of '" << user << "' is in use by '" << other.user
                                   << "'");
            return Ipv4Address::GetAny();
        }
        Release(other.holder, address);
        evict(other.holder);
    }
    m_leases[address.Get()] = Lease{holder, user, nullptr};
    return address;
}

void
L2tpDomain::Release(std::size_t holder, Ipv4Address address)
{
    const auto lease = m_leases.find(address.Get());
    if (lease == m_leases.end() || lease->second.holder != holder)
    {
        return;
    }
    if (lease->second.pool)
    {
        lease->second.pool->Release(address);
    }
    m_leases.erase(lease);
}

} // namespace ns3
