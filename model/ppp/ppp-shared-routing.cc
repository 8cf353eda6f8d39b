/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-shared-routing.h"

#include "ppp-shared-net-device.h"

#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/output-stream-wrapper.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppSharedRouting);

TypeId
PppSharedRouting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppSharedRouting").SetParent<Ipv4RoutingProtocol>().SetGroupName("L2tp");
    return tid;
}

PppSharedRouting::PppSharedRouting(PppSharedNetDevice* device)
    : m_device(device)
{
}

PppSharedRouting::~PppSharedRouting() = default;

void
PppSharedRouting::DoDispose()
{
    m_device = nullptr;
    m_ip = nullptr;
    Ipv4RoutingProtocol::DoDispose();
}

bool
PppSharedRouting::HasBetterStatic(Ipv4Address destination,
                                  const PppDestinations::Match& match) const
{
    if (match.length == PppDestinations::HOST && match.metric == 0)
    {
        return false; // the peer's own address: nearly all
    }
    const auto routes = L2tpVrfRouting::GetRoutesOf(*m_ip, m_ip->GetInterfaceForDevice(m_device));
    for (uint32_t i = 0; routes && i < routes->GetNRoutes(); ++i)
    {
        const Ipv4RoutingTableEntry route = routes->GetRoute(i);
        const Ipv4Mask mask = route.GetDestNetworkMask();
        if (mask.IsMatch(destination, route.GetDestNetwork()) &&
            (mask.GetPrefixLength() > match.length ||
             (mask.GetPrefixLength() == match.length && routes->GetMetric(i) < match.metric)))
        {
            return true;
        }
    }
    return false;
}

Ptr<Ipv4Route>
PppSharedRouting::FindRoute(Ipv4Address destination) const
{
    if (!m_device || destination.IsBroadcast() || destination.IsMulticast())
    {
        return nullptr;
    }
    const auto match = m_device->Find(destination);
    if (!match.line || HasBetterStatic(destination, match))
    {
        return nullptr;
    }
    auto route = Create<Ipv4Route>();
    route->SetDestination(destination);
    route->SetSource(match.line->GetLocalAddress());
    route->SetGateway(Ipv4Address::GetZero());
    route->SetOutputDevice(m_device);
    return route;
}

Ptr<Ipv4Route>
PppSharedRouting::RouteOutput(Ptr<Packet> /* packet */,
                              const Ipv4Header& header,
                              Ptr<NetDevice> device,
                              Socket::SocketErrno& error)
{
    const bool isElsewhere = device && device != m_device;
    auto route = isElsewhere ? nullptr : FindRoute(header.GetDestination());
    error = route ? Socket::ERROR_NOTERROR : Socket::ERROR_NOROUTETOHOST;
    return route;
}

bool
PppSharedRouting::RouteInput(Ptr<const Packet> packet,
                             const Ipv4Header& header,
                             Ptr<const NetDevice> /* device */,
                             RouteInputTypes::Unicast unicast,
                             RouteInputTypes::Multicast /* multicast */,
                             RouteInputTypes::Local /* local */,
                             RouteInputTypes::Error /* failed */)
{
    // The list has delivered what is for the node, and asked whether it forwards.
    const auto route = FindRoute(header.GetDestination());
    if (!route)
    {
        return false;
    }
    unicast(route, packet, header);
    return true;
}

void
PppSharedRouting::NotifyInterfaceUp(uint32_t /* interface */)
{
}

void
PppSharedRouting::NotifyInterfaceDown(uint32_t /* interface */)
{
}

void
PppSharedRouting::NotifyAddAddress(uint32_t /* interface */, Ipv4InterfaceAddress /* address */)
{
}

void
PppSharedRouting::NotifyRemoveAddress(uint32_t /* interface */, Ipv4InterfaceAddress /* address */)
{
}

void
PppSharedRouting::SetIpv4(Ptr<Ipv4> ipv4)
{
    m_ip = ipv4;
}

void
PppSharedRouting::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit /* unit */) const
{
    *stream->GetStream() << "PPP: " << (m_device ? m_device->GetNLines() : 0) << " lines\n";
}

} // namespace ns3
