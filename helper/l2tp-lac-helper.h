/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LAC_HELPER_H
#define L2TP_LAC_HELPER_H

#include "ns3/l2tp-lac.h"
#include "ns3/node.h"
#include "ns3/object-factory.h"

#include <string>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Puts LACs on nodes.
 */
class L2tpLacHelper
{
  public:
    L2tpLacHelper();

    /**
     * @brief Set an attribute of the LACs to come.
     * @param name the attribute
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Put a LAC on a node, or find the one that is there.
     *
     * It is an error to find one that another helper has installed if attributes were set at this
     * one: they would be of no effect.
     * @param node the node
     * @return the LAC; null if another rank of a distributed simulation has the node
     */
    Ptr<L2tpLac> Install(Ptr<Node> node);

  private:
    ObjectFactory m_factory;               //!< makes LACs
    std::vector<Ptr<L2tpLac>> m_installed; //!< the LACs installed
    bool m_told{false};                    //!< whether an attribute was set
};

} // namespace ns3

#endif /* L2TP_LAC_HELPER_H */
