/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-lns-helper.h"

#include "l2tp-application-lookup.h"

#include "ns3/abort.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/pointer.h"
#include "ns3/ppp-user-name.h"
#include "ns3/string.h"

#include <algorithm>

namespace ns3
{

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
L2tpLnsHelper::SetTerminator(const std::string& typeId)
{
    TypeId type;
    NS_ABORT_MSG_UNLESS(TypeId::LookupByNameFailSafe(typeId, &type) &&
                            type.IsChildOf(L2tpPppTerminator::GetTypeId()),
                        "L2tpLnsHelper::SetTerminator(): "
                            << typeId << " is no L2tpPppTerminator: say "
                            << "ns3::L2tpInterfacePerSession or ns3::L2tpAggregatedInterface");
    m_told = true;
    m_terminatorFactory.SetTypeId(type);
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
    PppUserProfile profile;
    profile.address = address;
    AddUser(name, secret, profile);
}

void
L2tpLnsHelper::AddUser(const std::string& name,
                       const std::string& secret,
                       const PppUserProfile& profile)
{
    m_told = true;
    m_users->AddUser(name, secret, profile);
    if (profile.address != Ipv4Address::GetAny())
    {
        m_fixed.emplace_back(name, profile);
        for (const auto& terminator : m_terminators)
        {
            terminator->Reserve(name, profile);
        }
    }
}

void
L2tpLnsHelper::AddDomain(const std::string& domain, Ipv4Address network, Ipv4Mask mask)
{
    m_told = true;
    const std::string name = PppSmallLettersOf(domain);
    NS_ABORT_MSG_IF(m_domains.count(name),
                    "L2tpLnsHelper: there is a domain " << name << " already: add each once");
    NS_ABORT_MSG_IF(!m_terminators.empty(),
                    "L2tpLnsHelper: an LNS was installed without domain "
                        << name << ": add domains before installing");
    Domain& added = m_domains[name];
    added.network = network.CombineMask(mask);
    added.mask = mask;
    added.factory.SetTypeId(L2tpDomain::GetTypeId());
    added.factory.Set("Name", StringValue(name));
    added.factory.Set("LocalAddress", Ipv4AddressValue(Ipv4Address(added.network.Get() + 1)));
}

L2tpLnsHelper::Domain&
L2tpLnsHelper::GetDomain(const std::string& name)
{
    const auto found = m_domains.find(PppSmallLettersOf(name));
    NS_ABORT_MSG_IF(found == m_domains.end(),
                    "L2tpLnsHelper: there is no domain " << name << ": add it first (AddDomain)");
    return found->second;
}

void
L2tpLnsHelper::SetDomainAttribute(const std::string& domain,
                                  const std::string& name,
                                  const AttributeValue& value)
{
    NS_ABORT_MSG_IF(!m_terminators.empty(),
                    "L2tpLnsHelper: an LNS was installed before attribute "
                        << name << " of domain " << domain << " was set: set it before");
    Domain& changed = GetDomain(domain);
    const std::string before = TableOf(changed);
    changed.factory.Set(name, value);
    NS_ABORT_MSG_IF(changed.isRouted && TableOf(changed) != before,
                    "L2tpLnsHelper: domain " << domain
                                             << " got networks or routes before attribute " << name
                                             << ", which changes its table: set it before");
}

std::string
L2tpLnsHelper::TableOf(const Domain& domain)
{
    return domain.factory.Create<L2tpDomain>()->GetTable();
}

void
L2tpLnsHelper::AttachNetwork(const std::string& domain, Ptr<NetDevice> device)
{
    if (!IsL2tpNodeLocal(device->GetNode()))
    {
        return;
    }
    GetRoutes(domain, device->GetNode()); // makes the table
    const auto ipv4 = device->GetNode()->GetObject<Ipv4>();
    const int32_t interface = ipv4->GetInterfaceForDevice(device);
    NS_ABORT_MSG_IF(interface < 0,
                    "L2tpLnsHelper: the device to the network of domain "
                        << domain << " has no IPv4 address: assign one first");
    if (const auto tables = L2tpVrfRouting::Find(*ipv4))
    {
        tables->SetTable(interface, TableOf(GetDomain(domain)));
    }
}

Ptr<Ipv4StaticRouting>
L2tpLnsHelper::GetRoutes(const std::string& domain, Ptr<Node> lns)
{
    Domain& routed = GetDomain(domain);
    routed.isRouted = true;
    const std::string table = TableOf(routed);
    return table.empty() ? Ipv4StaticRoutingHelper().GetStaticRouting(lns->GetObject<Ipv4>())
                         : L2tpVrfRouting::Install(lns)->AddTable(table);
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
    if (auto terminator = DynamicCast<L2tpPppTerminator>(lns->GetTerminator()))
    {
        m_terminators.push_back(terminator);
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
                          PointerValue(m_terminatorFactory.Create<L2tpPppTerminator>()));
    }
    if (auto terminator = DynamicCast<L2tpPppTerminator>(lns->GetTerminator()))
    {
        SetUp(*terminator);
    }
    return lns;
}

Ptr<L2tpPppTerminator>
L2tpLnsHelper::MakeTerminator()
{
    auto terminator = m_terminatorFactory.Create<L2tpPppTerminator>();
    SetUp(*terminator);
    m_terminators.push_back(terminator);
    return terminator;
}

Ptr<L2tpDomain>
L2tpLnsHelper::MakeDomain(const Domain& domain)
{
    auto made = domain.factory.Create<L2tpDomain>();
    if (!made->GetPool()->HasNetwork())
    {
        made->GetPool()->SetNetwork(domain.network, domain.mask);
    }
    return made;
}

void
L2tpLnsHelper::SetUp(L2tpPppTerminator& terminator) const
{
    if (!terminator.GetPool()->HasNetwork())
    {
        terminator.GetPool()->SetNetwork(m_network, m_mask);
    }
    for (const auto& [name, domain] : m_domains)
    {
        terminator.AddDomain(MakeDomain(domain));
    }
    for (const auto& [user, profile] : m_fixed)
    {
        terminator.Reserve(user, profile);
    }
    PointerValue users;
    terminator.GetAttribute("UserTable", users);
    if (!users.GetObject())
    {
        terminator.SetAttribute("UserTable", PointerValue(m_users));
    }
}

} // namespace ns3
