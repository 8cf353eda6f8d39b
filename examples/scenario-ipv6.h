/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_IPV6_H
#define SCENARIO_IPV6_H

#include "ns3/net-device-container.h"

#include <cstdint>

namespace ns3
{

/**
 * @brief Gives links IPv6 addresses, and all nodes the routes between them.
 *
 * ns-3 has no global routing for IPv6; static routes do the same. The networks are those of RFC
 * 5180, 2001:2::/48, since ns-3 does not forward packets for 2001:db8::/32.
 */
class L2tpScenarioIpv6
{
  public:
    /**
     * @brief Put the devices of a link into a network of their own.
     * @param link the devices
     */
    void Assign(const NetDeviceContainer& link);

    /// Let each node reach all links that were given addresses, once all are.
    void PopulateRoutingTables() const;

  private:
    uint16_t m_networks{0};    //!< networks used
    NetDeviceContainer m_ends; //!< devices with addresses
};

} // namespace ns3

#endif /* SCENARIO_IPV6_H */
