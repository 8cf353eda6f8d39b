/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ROUTE_OUTLOOK_H
#define L2TP_ROUTE_OUTLOOK_H

#include "ns3/node.h"
#include "ns3/ptr.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Tell whether a node may come to have routes by itself that it does not have now.
 *
 * It may if a routing protocol finds some: any but Ipv4StaticRouting, Ipv4GlobalRouting and
 * Ipv6StaticRouting, in lists or not. It may if an interface, other than the loopback, is down or
 * has no address, since routes come with those; a PPP interface does not count, unless there are
 * no others, because tunnels have them. Over IPv6 it may if an interface is that of a host, to
 * which routers advertise themselves (RFC 4861, section 6.3.4).
 *
 * @param node the node
 * @param ipv6 whether it is about routes of IPv6, and not of IPv4
 * @return true if it may; false if it will have no others but those that the scenario adds
 */
bool MayL2tpRouteAppear(Ptr<const Node> node, bool ipv6);

} // namespace ns3

#endif /* L2TP_ROUTE_OUTLOOK_H */
