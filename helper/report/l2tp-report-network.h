/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REPORT_NETWORK_H
#define L2TP_REPORT_NETWORK_H

#include "ns3/l2tp-ip-address.h"
#include "ns3/mac48-address.h"
#include "ns3/node.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The nodes of a simulation, and what joins them: for a report's picture, and to find the
 * node of an address.
 */
class L2tpReportNetwork
{
  public:
    /// What stands for a node that isn't known.
    static constexpr int32_t NOBODY = -1;

    /**
     * @brief Name a node.
     * @param node the node
     * @return its name in ns-3's Names, or "node 3"
     */
    static std::string NameOf(Ptr<const Node> node);

    /**
     * @brief Find the node of an address.
     * @param address the address
     * @return the node's number, or NOBODY
     */
    int32_t Find(const L2tpIpAddress& address);

    /**
     * @brief Find the node of an Ethernet address.
     * @param address the address
     * @return the node's number, or NOBODY
     */
    int32_t Find(const Mac48Address& address);

    /**
     * @brief Write the nodes and what joins them.
     * @return JSON, two members of an object: "nodes" and "links"
     */
    static std::string ToJson();

  private:
    std::map<L2tpIpAddress, int32_t> m_byAddress; //!< those found
    std::map<Mac48Address, int32_t> m_byMac;      //!< those found
};

/**
 * @brief Put a text into JSON that stands in an HTML page.
 * @param text any octets; what is no UTF-8 is replaced
 * @return a JSON string, quotes included, that ends no element of HTML
 */
std::string L2tpReportQuote(const std::string& text);

} // namespace ns3

#endif /* L2TP_REPORT_NETWORK_H */
