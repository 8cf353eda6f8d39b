/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_APPLICATION_LOOKUP_H
#define L2TP_APPLICATION_LOOKUP_H

#include "ns3/node.h"
#include "ns3/ptr.h"
#include "ns3/simulator.h"

namespace ns3
{

/**
 * @brief Find an application on a node.
 * @tparam T its class
 * @param node the node
 * @return the first one, or null
 */
template <typename T>
Ptr<T>
FindL2tpApplication(Ptr<Node> node)
{
    for (uint32_t i = 0; i < node->GetNApplications(); ++i)
    {
        if (Ptr<T> found = DynamicCast<T>(node->GetApplication(i)))
        {
            return found;
        }
    }
    return nullptr;
}

/**
 * @brief Tell whether this process simulates a node, in a distributed simulation.
 * @param node the node
 * @return true if it does; always without MPI
 */
inline bool
IsL2tpNodeLocal(Ptr<const Node> node)
{
    return node->GetSystemId() == Simulator::GetSystemId();
}

} // namespace ns3

#endif /* L2TP_APPLICATION_LOOKUP_H */
