/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_TUNNEL_H
#define RADIUS_TUNNEL_H

#include "radius-attributes.h"

#include "ns3/l2tp-ip-address.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/// One of the tunnels that a user may be given: the attributes of RFC 2868 that have the same tag.
struct RadiusTunnel
{
    uint8_t tag{0};                    //!< 1 to 31, or 0 if there is but one tunnel
    uint32_t type{RADIUS_TUNNEL_L2TP}; //!< Tunnel-Type, 24 bits
    uint32_t medium{0};                //!< Tunnel-Medium-Type, 24 bits; 0: as the endpoints are
    std::string clientEndpoint{};      //!< Tunnel-Client-Endpoint: the LAC's address; empty: any
    std::string serverEndpoint{};      //!< Tunnel-Server-Endpoint: the LNS's address
    std::string password{};            //!< Tunnel-Password; empty: not sent
    std::string privateGroupId{};      //!< Tunnel-Private-Group-ID; empty: not sent
    std::string assignmentId{};        //!< Tunnel-Assignment-ID; empty: not sent
    uint32_t preference{0};            //!< Tunnel-Preference, 24 bits: lower ones are preferred
    std::string clientAuthId{};        //!< Tunnel-Client-Auth-ID; empty: not sent
    std::string serverAuthId{};        //!< Tunnel-Server-Auth-ID; empty: not sent

    /**
     * @brief The LNS's address.
     * @return it; nothing if the endpoint is no address of the medium's kind, as a name is, since
     *         nobody is there to resolve it
     */
    std::optional<L2tpIpAddress> GetServerAddress() const;
};

/**
 * @brief Read an address as texts of RADIUS have it (RFC 2868, section 3.3).
 * @param text "192.0.2.1", or an IPv6 address in any form
 * @return the address; nothing if the text is anything else
 */
std::optional<L2tpIpAddress> ReadRadiusAddress(const std::string& text);

/// Whether an attribute is one of RFC 2868. @param type its Type @return true if so
bool IsRadiusTunnelAttribute(uint8_t type);

/**
 * @brief Read the tunnels of an Access-Accept.
 * @param clear its attributes in the clear
 * @return the tunnels of any type, the most preferred first; those of equal preference in the order
 *         of their tags. A tunnel without a preference is preferred to none: it counts as 0.
 */
std::vector<RadiusTunnel> GetRadiusTunnels(const RadiusAttributes& clear);

/**
 * @brief Write a tunnel. One among several has a tag of its own.
 * @param tunnel the tunnel; a medium of 0 is written as the server endpoint's kind
 * @param clear receives its attributes in the clear
 * @return false if a text is too long for an attribute, and is left out
 */
bool AddRadiusTunnel(const RadiusTunnel& tunnel, RadiusAttributes& clear);

/**
 * @brief Write what an Accounting-Request tells of a tunnel (RFC 2867, section 3): type, medium,
 * endpoints, and what RFC 2868 wants there beside: all but password and preference.
 * @param tunnel the tunnel
 * @param attributes receives its attributes
 */
void AddRadiusTunnelToAccounting(const RadiusTunnel& tunnel, RadiusAttributes& attributes);

} // namespace ns3

#endif /* RADIUS_TUNNEL_H */
