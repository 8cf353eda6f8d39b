/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-domain-table.h"

#include "ns3/abort.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/ppp-user-name.h"

#include <utility>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpDomainTable);

TypeId
L2tpDomainTable::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpDomainTable")
                            .SetParent<PppUserTable>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpDomainTable>();
    return tid;
}

L2tpDomainTable::L2tpDomainTable()
    : m_default(CreateObject<L2tpDomain>())
{
}

L2tpDomainTable::~L2tpDomainTable() = default;

void
L2tpDomainTable::DoDispose()
{
    m_default = nullptr;
    m_domains.clear();
    PppUserTable::DoDispose();
}

Ptr<L2tpDomain>
L2tpDomainTable::GetDefault() const
{
    return m_default;
}

void
L2tpDomainTable::Add(Ptr<L2tpDomain> domain)
{
    NS_ABORT_MSG_IF(domain->GetName().empty(),
                    "L2tpDomain::Name is empty: give the domain the name that its users have "
                    "behind the \"@\"");
    NS_ABORT_MSG_IF(!m_domains.emplace(domain->GetName(), domain).second,
                    "L2tpDomain::Name " << domain->GetName()
                                        << " is taken: two domains of an LNS need two names");
    domain->Take();
}

Ptr<L2tpDomain>
L2tpDomainTable::Find(const std::string& name) const
{
    const auto found = m_domains.find(PppSmallLettersOf(name));
    return found == m_domains.end() ? nullptr : found->second;
}

Ptr<L2tpDomain>
L2tpDomainTable::FindFor(const std::string& user, const PppUserProfile& profile) const
{
    if (!profile.domain.empty())
    {
        return Find(profile.domain);
    }
    const auto domain = Find(PppDomainOf(user));
    return domain ? domain : m_default;
}

void
L2tpDomainTable::Start(Ptr<Node> node)
{
    m_default->Start();
    for (const auto& [name, domain] : m_domains)
    {
        domain->Start();
        if (!domain->GetTable().empty())
        {
            L2tpVrfRouting::Install(node)->AddTable(domain->GetTable());
        }
    }
}

std::string
L2tpDomainTable::FindUserWithoutAddress(bool othersToo) const
{
    const auto users = DynamicCast<PppLocalUserTable>(m_default->GetUsers());
    const auto lacks = [this, othersToo](const std::string& name, const PppUserProfile& profile) {
        const auto domain = FindFor(name, profile);
        return domain && (domain != m_default || othersToo) && !domain->HasAddressFor(profile);
    };
    return users ? users->FindUser(lacks) : "";
}

bool
L2tpDomainTable::HasIsolated() const
{
    return !GetTables().empty();
}

std::vector<std::string>
L2tpDomainTable::GetTables() const
{
    std::vector<std::string> tables;
    for (const auto& [name, domain] : m_domains)
    {
        if (!domain->GetTable().empty())
        {
            tables.push_back(domain->GetTable());
        }
    }
    return tables;
}

void
L2tpDomainTable::Authenticate(const PppAuthAttempt& attempt, VerdictCallback done)
{
    const auto domain = FindFor(attempt.name, {});
    const auto own = domain == m_default ? nullptr : domain->GetUsers();
    const auto common = m_default->GetUsers();
    if (!own && !common)
    {
        done({false, {}, "no user is known"});
        return;
    }
    if (!own)
    {
        common->Authenticate(attempt, std::move(done));
        return;
    }
    const std::string name = domain->GetName();
    own->Authenticate(attempt, [name, done = std::move(done)](const PppAuthVerdict& verdict) {
        PppAuthVerdict within = verdict;
        within.profile.domain = name;
        done(within);
    });
}

} // namespace ns3
