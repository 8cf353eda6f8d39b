/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/l2tp-udp-address.h"
#include "ns3/mac48-address.h"

#include <gtest/gtest.h>
#include <sstream>

using namespace ns3;

namespace
{

/// An address in words. @param address what L2tpUdpAddress::Of() made
std::string
Words(const std::optional<L2tpUdpAddress>& address)
{
    std::ostringstream words;
    if (address)
    {
        words << *address;
    }
    return words.str();
}

} // namespace

// As ns-3's own applications take addresses: with a port or without.
TEST(L2tpUdpAddressTest, OfAnAddressOfNs3)
{
    EXPECT_EQ(Words(L2tpUdpAddress::Of(Ipv4Address("192.0.2.1"), 1701)), "192.0.2.1:1701");
    EXPECT_EQ(Words(L2tpUdpAddress::Of(Ipv6Address("2001:2::1"), 1701)), "[2001:2::1]:1701");
    EXPECT_EQ(Words(L2tpUdpAddress::Of(InetSocketAddress("192.0.2.1", 1702), 1701)),
              "192.0.2.1:1702");
    EXPECT_EQ(Words(L2tpUdpAddress::Of(Inet6SocketAddress("2001:2::1", 1702), 1701)),
              "[2001:2::1]:1702");
    EXPECT_EQ(Words(L2tpUdpAddress::Of(Ipv6Address("fe80::1"), 1701, 2)), "[fe80::1%2]:1701");
    EXPECT_EQ(Words(L2tpUdpAddress::Of(Inet6SocketAddress("fe80::1", 1702), 1701, 2)),
              "[fe80::1%2]:1702");
    EXPECT_FALSE(L2tpUdpAddress::Of(Address(), 1701));
    EXPECT_FALSE(L2tpUdpAddress::Of(Mac48Address("00:00:00:00:00:01"), 1701));
}

TEST(L2tpUdpAddressTest, ThePortCounts)
{
    const L2tpUdpAddress one{Ipv6Address("2001:2::1"), 1701};
    const L2tpUdpAddress two{Ipv6Address("2001:2::1"), 1702};
    const L2tpUdpAddress three{Ipv6Address("2001:2::2"), 1};
    EXPECT_EQ(one, one);
    EXPECT_NE(one, two);
    EXPECT_TRUE(one < two);
    EXPECT_FALSE(two < one);
    EXPECT_TRUE(two < three);
    EXPECT_NE(one, (L2tpUdpAddress{Ipv4Address("192.0.2.1"), 1701}));
}
