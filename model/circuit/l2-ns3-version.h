/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2_NS3_VERSION_H
#define L2_NS3_VERSION_H

// What differs between the versions of ns-3 that the module is built with, as far as it needs code:
// here, and nowhere else. The compiler finds out what there is.

#include "ns3/attribute.h"
#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/object-base.h"
#include "ns3/ptr.h"

#include <type_traits>

namespace ns3
{

class Ipv4Header;
class Ipv4RoutingProtocol;
class PingHelper;   // ns-3.38 and later
class V4PingHelper; // ns-3.40 and earlier

/**
 * @brief MakeEnumAccessor() of ns-3.41 and later, which needs the type of the enum.
 * @tparam E the enum
 * @tparam M the type of the member pointer
 * @param member the member
 * @return the accessor
 */
template <typename E, typename M>
auto
MakeL2EnumAccessor(M member, int) -> decltype(MakeEnumAccessor<E>(member))
{
    return MakeEnumAccessor<E>(member);
}

/**
 * @brief MakeEnumAccessor() of ns-3.40 and earlier.
 * @tparam E the enum
 * @tparam M the type of the member pointer
 * @param member the member
 * @return the accessor
 */
template <typename E, typename M>
auto
MakeL2EnumAccessor(M member, long) -> decltype(MakeEnumAccessor(member))
{
    return MakeEnumAccessor(member);
}

/// Reads the types of a method's parameters. @tparam M the method's type
template <typename M>
struct L2RouteInputOf;

/**
 * @brief Reads them off Ipv4RoutingProtocol::RouteInput(), whose callbacks are passed by value up
 * to ns-3.38 and by reference later.
 * @tparam P the packet @tparam D the device that it came in by @tparam U unicast forwarding
 * @tparam M multicast forwarding @tparam L local delivery @tparam E errors
 */
template <typename P, typename D, typename U, typename M, typename L, typename E>
struct L2RouteInputOf<bool (Ipv4RoutingProtocol::*)(P, const Ipv4Header&, D, U, M, L, E)>
{
    using Unicast = U;   //!< how the unicast callback is passed
    using Multicast = M; //!< how the multicast callback is passed
    using Local = L;     //!< how the local delivery callback is passed
    using Error = E;     //!< how the error callback is passed
};

/**
 * @brief Make IPv4 a strong host, by the attribute's name in ns-3.41 and later or that of before.
 * @param ipv4 the IPv4
 * @return whether it has such an attribute
 */
inline bool
MakeL2StrongHost(ObjectBase& ipv4)
{
    return ipv4.SetAttributeFailSafe("StrongEndSystemModel", BooleanValue(true)) ||
           ipv4.SetAttributeFailSafe("WeakEsModel", BooleanValue(false));
}

/// One of two classes: the new one if its header was included. @tparam N new @tparam O old
template <typename N, typename O, typename = void>
struct L2NewOrOld
{
    using Type = O; //!< the old one
};

/// Where there is the new one. @tparam N new @tparam O old
template <typename N, typename O>
struct L2NewOrOld<N, O, std::void_t<decltype(sizeof(N))>>
{
    using Type = N; //!< the new one
};

} // namespace ns3

#endif /* L2_NS3_VERSION_H */
