/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-udp-address.h"

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"

#include <tuple>

namespace ns3
{

std::optional<L2tpUdpAddress>
L2tpUdpAddress::Of(const Address& address, uint16_t port, uint32_t interface)
{
    if (Ipv4Address::IsMatchingType(address))
    {
        return L2tpUdpAddress{Ipv4Address::ConvertFrom(address), port};
    }
    if (Ipv6Address::IsMatchingType(address))
    {
        return L2tpUdpAddress{{Ipv6Address::ConvertFrom(address), interface}, port};
    }
    if (InetSocketAddress::IsMatchingType(address))
    {
        const auto socket = InetSocketAddress::ConvertFrom(address);
        return L2tpUdpAddress{socket.GetIpv4(), socket.GetPort()};
    }
    if (Inet6SocketAddress::IsMatchingType(address))
    {
        const auto socket = Inet6SocketAddress::ConvertFrom(address);
        return L2tpUdpAddress{{socket.GetIpv6(), interface}, socket.GetPort()};
    }
    return std::nullopt;
}

bool
L2tpUdpAddress::operator<(const L2tpUdpAddress& other) const
{
    return std::tie(address, port) < std::tie(other.address, other.port);
}

std::ostream&
operator<<(std::ostream& os, const L2tpUdpAddress& address)
{
    if (address.address.IsIpv6())
    {
        return os << "[" << address.address << "]:" << address.port;
    }
    return os << address.address << ":" << address.port;
}

} // namespace ns3
