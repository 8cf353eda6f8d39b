/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-route-outlook.h"

#include "ns3/ipv4-global-routing.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-list-routing.h"
#include "ns3/ipv6-static-routing.h"
#include "ns3/ipv6.h"
#include "ns3/loopback-net-device.h"
#include "ns3/ppp-device.h"

namespace ns3
{

namespace
{

/// Whether a protocol finds no routes by itself. @param protocol one that is no list
bool
IsFixed(const Ptr<Ipv4RoutingProtocol>& protocol)
{
    return DynamicCast<Ipv4StaticRouting>(protocol) || DynamicCast<Ipv4GlobalRouting>(protocol);
}

/// Whether a protocol finds no routes by itself. @param protocol one that is no list
bool
IsFixed(const Ptr<Ipv6RoutingProtocol>& protocol)
{
    return DynamicCast<Ipv6StaticRouting>(protocol) != nullptr;
}

/// Whether a protocol, or one in a list, finds routes by itself. @tparam List the type of lists
/// @param protocol the protocol or list
template <typename List, typename Protocol>
bool
FindsRoutes(const Ptr<Protocol>& protocol)
{
    const auto list = DynamicCast<List>(protocol);
    if (!list)
    {
        return !IsFixed(protocol);
    }
    for (uint32_t i = 0; i < list->GetNRoutingProtocols(); ++i)
    {
        int16_t priority = 0;
        if (FindsRoutes<List>(list->GetRoutingProtocol(i, priority)))
        {
            return true;
        }
    }
    return false;
}

/// Whether routers may tell of themselves. @return false: over IPv4 nobody listens
bool
IsHost(const Ipv4& /* ip */, uint32_t /* interface */)
{
    return false;
}

/// Whether routers may tell of themselves. @param ip a node's IP @param interface of the node
bool
IsHost(const Ipv6& ip, uint32_t interface)
{
    return !ip.IsForwarding(interface);
}

/// Whether routes may come with interfaces. @param ip a node's IP
template <typename Ip>
bool
MayInterfacesBring(const Ip& ip)
{
    bool isOnline = false;
    for (uint32_t i = 0; i < ip.GetNInterfaces(); ++i)
    {
        const auto device = const_cast<Ip&>(ip).GetNetDevice(i);
        if (DynamicCast<LoopbackNetDevice>(device) || DynamicCast<PppDevice>(device))
        {
            continue;
        }
        if (!ip.IsUp(i) || ip.GetNAddresses(i) == 0 || IsHost(ip, i))
        {
            return true;
        }
        isOnline = true;
    }
    return !isOnline;
}

} // namespace

bool
MayL2tpRouteAppear(Ptr<const Node> node, bool ipv6)
{
    if (ipv6)
    {
        const auto ip = node->GetObject<Ipv6>();
        return ip &&
               (FindsRoutes<Ipv6ListRouting>(ip->GetRoutingProtocol()) || MayInterfacesBring(*ip));
    }
    const auto ip = node->GetObject<Ipv4>();
    return ip &&
           (FindsRoutes<Ipv4ListRouting>(ip->GetRoutingProtocol()) || MayInterfacesBring(*ip));
}

} // namespace ns3
