/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-aggregated-interface.h"

#include "ns3/abort.h"
#include "ns3/ppp-shared-ipv4-config.h"
#include "ns3/ppp-shared-ipv6-config.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpAggregatedInterface);

TypeId
L2tpAggregatedInterface::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpAggregatedInterface")
                            .SetParent<L2tpPppTerminator>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpAggregatedInterface>();
    return tid;
}

L2tpAggregatedInterface::L2tpAggregatedInterface() = default;
L2tpAggregatedInterface::~L2tpAggregatedInterface() = default;

void
L2tpAggregatedInterface::DoDispose()
{
    for (std::size_t port = 0; port < m_lines.size(); ++port)
    {
        m_lines[port].reset();
        GetLinkOf(port)->Dispose();
    }
    m_lines.clear();
    m_devices.clear();
    L2tpPppTerminator::DoDispose();
}

Ptr<PppSharedNetDevice>
L2tpAggregatedInterface::GetDevice(const std::string& table) const
{
    const auto found = m_devices.find(table);
    return found == m_devices.end() ? nullptr : found->second;
}

PppSharedLine*
L2tpAggregatedInterface::GetLine(Ptr<const L2tpLeg> leg) const
{
    const std::size_t port = FindPort(*leg);
    return port == NO_PORT ? nullptr : m_lines[port].get();
}

uint32_t
L2tpAggregatedInterface::GetPortNumber(Ptr<const L2tpLeg> leg) const
{
    return static_cast<uint32_t>(FindPort(*leg) + 1);
}

void
L2tpAggregatedInterface::DoStart()
{
    MakeDevice("");
    for (const auto& table : GetDomains().GetTables())
    {
        MakeDevice(table);
    }
}

void
L2tpAggregatedInterface::MakeDevice(const std::string& table)
{
    Ptr<PppSharedNetDevice>& device = m_devices[table];
    if (device)
    {
        return; // the LNS starts again
    }
    device = CreateObject<PppSharedNetDevice>();
    GetNode()->AddDevice(device);
    CreateObject<PppSharedIpv4Config>()->Install(device, table);
    if (HasIpv6())
    {
        CreateObject<PppSharedIpv6Config>()->Install(device, GetIpv6Pool(), GetIpv6PoolLength());
    }
    TellNewDevice(device);
}

void
L2tpAggregatedInterface::AddPort(std::size_t port, Ptr<PppLink> link)
{
    const auto device = GetDevice();
    auto line = std::make_unique<PppSharedLine>(link, device);
    if (HasIpv6())
    {
        line->SetIpv6Prefix(GetIpv6Prefix(port));
        link->GetIpv6cp()->SetAttribute("InterfaceIdentifier",
                                        UintegerValue(device->GetIdentifier()));
    }
    m_lines.push_back(std::move(line));
}

void
L2tpAggregatedInterface::PortUsed(std::size_t port, Ptr<const L2tpLeg> /* leg */)
{
    m_lines[port]->MoveTo(GetDevice());
    m_lines[port]->SetMtu(UINT16_MAX); // the limit was of the session before
}

void
L2tpAggregatedInterface::PortAdmitted(std::size_t port, const L2tpDomain& domain)
{
    const auto device = GetDevice(domain.GetTable());
    NS_ABORT_MSG_IF(!device,
                    "L2tpAggregatedInterface: domain "
                        << domain.GetName()
                        << " was added after the LNS had started, and has no interface: add it "
                           "before");
    m_lines[port]->MoveTo(device);
}

void
L2tpAggregatedInterface::PortStreamAssigned(std::size_t port, int64_t stream)
{
    m_lines[port]->AssignStream(stream); // that of its link
}

} // namespace ns3
