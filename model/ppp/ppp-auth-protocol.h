/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_AUTH_PROTOCOL_H
#define PPP_AUTH_PROTOCOL_H

#include "ns3/attribute.h"
#include "ns3/enum.h"
#include "ns3/ptr.h"

namespace ns3
{

/// How an end of a link proves who it is. Unscoped, as EnumValue of ns-3.40 and earlier needs it.
enum PppAuthProtocol
{
    PPP_AUTH_NONE, //!< it need not
    PPP_AUTH_PAP,  //!< by its password in clear (RFC 1334)
    PPP_AUTH_CHAP  //!< by the MD5 digest of a challenge and its secret (RFC 1994)
};

/**
 * @brief MakeEnumAccessor() of ns-3.41 and later, which needs the type of the enum.
 * @tparam E the enum
 * @tparam M the type of the member pointer
 * @param member the member
 * @return the accessor
 */
template <typename E, typename M>
auto
MakePppEnumAccessor(M member, int) -> decltype(MakeEnumAccessor<E>(member))
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
MakePppEnumAccessor(M member, long) -> decltype(MakeEnumAccessor(member))
{
    return MakeEnumAccessor(member);
}

} // namespace ns3

#endif /* PPP_AUTH_PROTOCOL_H */
