/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-interface-per-session.h"

#include "ns3/ipv4.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-ipv6-config.h"
#include "ns3/trace-source-accessor.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpInterfacePerSession);

TypeId
L2tpInterfacePerSession::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpInterfacePerSession")
            .SetParent<L2tpPppTerminator>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpInterfacePerSession>()
            .AddTraceSource("Session",
                            "A session got its device; PPP is about to begin",
                            MakeTraceSourceAccessor(&L2tpInterfacePerSession::m_sessionTrace),
                            "ns3::L2tpInterfacePerSession::SessionTracedCallback");
    return tid;
}

L2tpInterfacePerSession::L2tpInterfacePerSession() = default;
L2tpInterfacePerSession::~L2tpInterfacePerSession() = default;

void
L2tpInterfacePerSession::DoDispose()
{
    m_devices.clear();
    L2tpPppTerminator::DoDispose();
}

Ptr<PppNetDevice>
L2tpInterfacePerSession::GetDevice(Ptr<const L2tpLeg> leg) const
{
    const std::size_t port = FindPort(*leg);
    return port == NO_PORT ? nullptr : m_devices[port];
}

uint32_t
L2tpInterfacePerSession::GetPortNumber(Ptr<const L2tpLeg> leg) const
{
    return m_devices[FindPort(*leg)]->GetIfIndex();
}

void
L2tpInterfacePerSession::DoStart()
{
    // Devices are made as sessions come.
}

void
L2tpInterfacePerSession::AddPort(std::size_t port, Ptr<PppLink> link)
{
    auto device = CreateObject<PppNetDevice>();
    device->SetLink(link);
    GetNode()->AddDevice(device);
    CreateObject<PppIpv4Config>()->Install(device);
    if (HasIpv6())
    {
        auto config = CreateObject<PppIpv6Config>();
        config->SetAttribute("Prefix", Ipv6AddressValue(GetIpv6Prefix(port)));
        config->Install(device);
    }
    m_devices.push_back(device);
    TellNewDevice(device);
}

void
L2tpInterfacePerSession::PortUsed(std::size_t port, Ptr<const L2tpLeg> leg)
{
    m_sessionTrace(leg, m_devices[port]);
}

void
L2tpInterfacePerSession::PortAdmitted(std::size_t port, const L2tpDomain& domain)
{
    const auto ipv4 = GetNode()->GetObject<Ipv4>();
    if (const auto tables = L2tpVrfRouting::Find(*ipv4))
    {
        tables->SetTable(ipv4->GetInterfaceForDevice(m_devices[port]), domain.GetTable());
    }
}

void
L2tpInterfacePerSession::PortStreamAssigned(std::size_t port, int64_t stream)
{
    if (const auto ipv6 = m_devices[port]->GetObject<PppIpv6Config>())
    {
        ipv6->AssignStreams(stream); // that of its link
    }
}

} // namespace ns3
