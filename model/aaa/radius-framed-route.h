/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_FRAMED_ROUTE_H
#define RADIUS_FRAMED_ROUTE_H

#include "ns3/ipv4-address.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

/// A route to a network behind a user, as Framed-Route has it (RFC 2865, section 5.22).
struct RadiusFramedRoute
{
    Ipv4Address network{Ipv4Address::GetAny()}; //!< the destination
    Ipv4Mask mask{Ipv4Mask::GetOnes()};         //!< how much of it counts
    Ipv4Address gateway{Ipv4Address::GetAny()}; //!< 0.0.0.0: "the IP address of the user"
    uint32_t metric{1};                         //!< the first of its metrics

    /**
     * @brief Read a route.
     * @param text a destination prefix, of which "/" and its length in bits may be left out for the
     *        default of its class; a space and a gateway; and perhaps more of both: metrics, of
     * which the first one is read. As "192.168.1.0/24 192.168.1.1 1".
     * @return the route; nothing if the text is no such thing, or the prefix has bits that its
     * length leaves out
     */
    static std::optional<RadiusFramedRoute> Parse(const std::string& text);

    /// Write the route. @return its text
    std::string Serialize() const;
};

} // namespace ns3

#endif /* RADIUS_FRAMED_ROUTE_H */
