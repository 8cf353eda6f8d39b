/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REPORT_OBJECTS_H
#define L2TP_REPORT_OBJECTS_H

#include "ns3/node.h"
#include "ns3/object.h"

#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Finds the objects of nodes: applications, devices, and what their attributes point to.
 */
class L2tpReportObjects
{
  public:
    /// Told of an object, once, and of the node that it was found at.
    using Visitor = std::function<void(Ptr<Node> node, Ptr<Object> object)>;

    /**
     * @brief Find what is there now and was not told of before.
     * @param node the node
     * @param visitor told of each object
     */
    void Visit(Ptr<Node> node, const Visitor& visitor);

    /**
     * @brief Write how objects of this module are configured.
     *
     * Objects that are configured alike, as all clients of a scenario are, are one entry.
     * @return JSON, a member of an object: "config"
     */
    std::string ToJson() const;

  private:
    /// An object, and where it was found.
    struct Found
    {
        Ptr<Node> node;     //!< the node
        Ptr<Object> object; //!< the object
    };

    /// Go to an object. @param found the object @param visitor told of it
    void Reach(const Found& found, const Visitor& visitor);

    std::unordered_set<const Object*> m_seen; //!< all that were told of
    std::vector<Found> m_objects;             //!< those of this module
};

} // namespace ns3

#endif /* L2TP_REPORT_OBJECTS_H */
