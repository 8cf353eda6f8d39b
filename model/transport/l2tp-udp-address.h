/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_UDP_ADDRESS_H
#define L2TP_UDP_ADDRESS_H

#include "l2tp-ip-address.h"

#include "ns3/address.h"

#include <cstdint>
#include <optional>
#include <ostream>

namespace ns3
{

/// The UDP port that is registered for L2TP (RFC 2661, section 8.1).
inline constexpr uint16_t L2TP_UDP_PORT = 1701;

/// One end of a UDP conversation, over IPv4 or IPv6.
struct L2tpUdpAddress
{
    L2tpIpAddress address; //!< IP address
    uint16_t port{0};      //!< UDP port

    /**
     * @brief Read an address as ns-3's applications take them.
     * @param address an Ipv4Address, Ipv6Address, InetSocketAddress or Inet6SocketAddress
     * @param port the port, unless the address brings one
     * @param interface the node's IPv6 interface, if the address is link-local
     * @return the address and port, or nothing if it is an address of another kind
     */
    static std::optional<L2tpUdpAddress> Of(const Address& address,
                                            uint16_t port,
                                            uint32_t interface = 0);

    bool operator==(const L2tpUdpAddress& other) const
    {
        return address == other.address && port == other.port;
    }

    bool operator!=(const L2tpUdpAddress& other) const
    {
        return !(*this == other);
    }

    bool operator<(const L2tpUdpAddress& other) const;
};

/// As "192.0.2.1:1701" or "[fe80::1%2]:1701". @param os where to @param address it @return os
std::ostream& operator<<(std::ostream& os, const L2tpUdpAddress& address);

} // namespace ns3

#endif /* L2TP_UDP_ADDRESS_H */
