/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2_ENUM_ACCESSOR_H
#define L2_ENUM_ACCESSOR_H

#include "ns3/attribute.h"
#include "ns3/enum.h"
#include "ns3/ptr.h"

namespace ns3
{

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

} // namespace ns3

#endif /* L2_ENUM_ACCESSOR_H */
