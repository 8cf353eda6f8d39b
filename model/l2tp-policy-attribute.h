/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_POLICY_ATTRIBUTE_H
#define L2TP_POLICY_ATTRIBUTE_H

#include "ns3/abort.h"
#include "ns3/object-factory.h"

// For attributes of an endpoint that name a class of policies.

namespace ns3
{

/**
 * @brief Make a factory. Not by name: while the program is loaded, not all names are known yet.
 * @tparam T what it makes
 * @return the factory
 */
template <typename T>
ObjectFactory
L2tpFactoryOf()
{
    ObjectFactory factory;
    factory.SetTypeId(T::GetTypeId());
    return factory;
}

/**
 * @brief Stop the program if a factory would give an attribute of what it makes a value that is out
 * of range. ns-3 itself leaves such an attribute unset, without a word.
 * @param attribute the attribute whose value the factory is
 * @param factory the factory
 */
void L2tpCheckRanges(const char* attribute, const ObjectFactory& factory);

/**
 * @brief Stop the program unless a factory makes what an attribute asks for.
 * @tparam T the class that the policies of the attribute derive from
 * @param attribute its name
 * @param factory its value
 */
template <typename T>
void
L2tpCheckPolicy(const char* attribute, const ObjectFactory& factory)
{
    NS_ABORT_MSG_IF(!factory.GetTypeId().IsChildOf(T::GetTypeId()),
                    "L2tpEndpoint::" << attribute << " is '" << factory.GetTypeId().GetName()
                                     << "': name a class that derives from "
                                     << T::GetTypeId().GetName());
    L2tpCheckRanges(attribute, factory);
}

} // namespace ns3

#endif /* L2TP_POLICY_ATTRIBUTE_H */
