/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-ipv4-config.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppIpv4Config);

TypeId
PppIpv4Config::GetTypeId()
{
    static TypeId tid = TypeId("ns3::PppIpv4Config")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<PppIpv4Config>()
                            .AddAttribute("DefaultRoute",
                                          "Whether to add a default route through the peer, too.",
                                          BooleanValue(false),
                                          MakeBooleanAccessor(&PppIpv4Config::m_defaultRoute),
                                          MakeBooleanChecker())
                            .AddAttribute("Metric",
                                          "Metric of the routes; the one with the least is used.",
                                          UintegerValue(0),
                                          MakeUintegerAccessor(&PppIpv4Config::m_metric),
                                          MakeUintegerChecker<uint32_t>());
    return tid;
}

PppIpv4Config::PppIpv4Config() = default;

void
PppIpv4Config::DoDispose()
{
    m_device = nullptr;
    Object::DoDispose();
}

void
PppIpv4Config::Install(Ptr<PppNetDevice> device)
{
    NS_ABORT_MSG_IF(m_device, "ns3::PppIpv4Config: one object serves one device: create another");
    NS_ABORT_MSG_IF(!device->GetLink(),
                    "ns3::PppIpv4Config: the device has no link: set its attribute Link first");
    const auto node = device->GetNode();
    NS_ABORT_MSG_IF(!node, "ns3::PppIpv4Config: the device has no node: add it to one first");
    const auto ipv4 = node->GetObject<Ipv4>();
    NS_ABORT_MSG_IF(!ipv4,
                    "ns3::PppIpv4Config: node " << node->GetId()
                                                << " has no IPv4: install an internet stack");
    if (ipv4->GetInterfaceForDevice(device) == -1)
    {
        ipv4->AddInterface(device);
    }
    m_device = PeekPointer(device);
    m_device->AggregateObject(this);
    m_device->AddLinkChangeCallback(MakeCallback(&PppIpv4Config::LinkChanged, this));
    LinkChanged();
}

void
PppIpv4Config::LinkChanged()
{
    if (!m_device || !m_device->GetNode())
    {
        return; // being disposed of
    }
    const auto link = m_device->GetLink();
    const bool up = link && link->IsNetworkUp();
    if (up == m_configured)
    {
        return; // it was another network layer
    }
    if (up)
    {
        Configure();
    }
    else
    {
        Deconfigure();
    }
}

void
PppIpv4Config::Configure()
{
    const auto ipv4 = m_device->GetNode()->GetObject<Ipv4>();
    const auto interface = ipv4->GetInterfaceForDevice(m_device);
    const auto routing = L2tpVrfRouting::GetRoutesOf(*ipv4, interface);
    NS_ABORT_MSG_IF(!routing,
                    "ns3::PppIpv4Config: node "
                        << m_device->GetNode()->GetId()
                        << " has no Ipv4StaticRouting: add one to its list of routing protocols");
    m_local = m_device->GetLink()->GetIpcp()->GetLocalAddress();
    // Before SetUp(), so that ns-3 adds no network route for the address.
    ipv4->AddAddress(interface, Ipv4InterfaceAddress(m_local, Ipv4Mask::GetOnes()));
    ipv4->SetUp(interface);
    const auto peer = m_device->GetLink()->GetIpcp()->GetPeerAddress();
    if (peer != Ipv4Address::GetAny())
    {
        routing->AddHostRouteTo(peer, interface, m_metric);
    }
    for (const auto& route : m_device->GetLink()->GetPeerProfile().routes)
    {
        routing->AddNetworkRouteTo(route.network, route.mask, interface, route.metric);
    }
    if (m_defaultRoute)
    {
        routing->SetDefaultRoute(peer, interface, m_metric);
    }
    m_configured = true;
}

void
PppIpv4Config::Deconfigure()
{
    m_configured = false;
    const auto ipv4 = m_device->GetNode()->GetObject<Ipv4>();
    const auto interface = ipv4 ? ipv4->GetInterfaceForDevice(m_device) : -1;
    if (interface == -1)
    {
        return; // the node is being disposed of
    }
    ipv4->SetDown(interface); // with all static routes through it
    ipv4->RemoveAddress(interface, m_local);
}

} // namespace ns3
