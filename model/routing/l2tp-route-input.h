/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ROUTE_INPUT_H
#define L2TP_ROUTE_INPUT_H

#include "ns3/ipv4-routing-protocol.h"

namespace ns3
{

/// Reads the types of a method's parameters. @tparam M the method's type
template <typename M>
struct L2tpRouteInputOf;

/**
 * @brief Reads them off Ipv4RoutingProtocol::RouteInput(), whose callbacks are passed by value up
 * to ns-3.38 and by reference later.
 * @tparam P the packet @tparam D the device that it came in by @tparam U unicast forwarding
 * @tparam M multicast forwarding @tparam L local delivery @tparam E errors
 */
template <typename P, typename D, typename U, typename M, typename L, typename E>
struct L2tpRouteInputOf<bool (Ipv4RoutingProtocol::*)(P, const Ipv4Header&, D, U, M, L, E)>
{
    using Unicast = U;   //!< how the unicast callback is passed
    using Multicast = M; //!< how the multicast callback is passed
    using Local = L;     //!< how the local delivery callback is passed
    using Error = E;     //!< how the error callback is passed
};

/// The types of the callbacks of Ipv4RoutingProtocol::RouteInput(), in any ns-3.
using L2tpRouteInput = L2tpRouteInputOf<decltype(&Ipv4RoutingProtocol::RouteInput)>;

} // namespace ns3

#endif /* L2TP_ROUTE_INPUT_H */
