/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "two-nodes.h"

#include <set>
#include <sstream>

using namespace ns3;

namespace
{

/// An address in words. @param address it
std::string
Words(const L2tpIpAddress& address)
{
    std::ostringstream words;
    words << address;
    return words.str();
}

} // namespace

TEST(L2tpIpAddressTest, IsWhatItWasMadeOf)
{
    const L2tpIpAddress none;
    EXPECT_FALSE(none.IsIpv4());
    EXPECT_FALSE(none.IsIpv6());
    const L2tpIpAddress ipv4(Ipv4Address("192.0.2.1"));
    EXPECT_TRUE(ipv4.IsIpv4());
    EXPECT_FALSE(ipv4.IsIpv6());
    EXPECT_EQ(ipv4.GetIpv4(), Ipv4Address("192.0.2.1"));
    EXPECT_EQ(ipv4.GetIpv6(), Ipv6Address::GetAny());
    EXPECT_EQ(Words(ipv4), "192.0.2.1");
    const L2tpIpAddress ipv6(Ipv6Address("2001:2:3:4:5:6:7:8"));
    EXPECT_FALSE(ipv6.IsIpv4());
    EXPECT_TRUE(ipv6.IsIpv6());
    EXPECT_EQ(ipv6.GetIpv4(), Ipv4Address::GetAny());
    EXPECT_EQ(ipv6.GetIpv6(), Ipv6Address("2001:2:3:4:5:6:7:8"));
    EXPECT_EQ(Words(ipv6), "2001:2:3:4:5:6:7:8");
}

TEST(L2tpIpAddressTest, EachIsAnotherAndHasItsPlace)
{
    const std::vector<L2tpIpAddress> all{
        L2tpIpAddress(),
        Ipv4Address("0.0.0.0"),
        Ipv4Address("0.0.0.1"),
        Ipv4Address("192.0.2.1"),
        Ipv6Address("::"),
        Ipv6Address("::1"),
        Ipv6Address("::c000:201"),
        Ipv6Address("2001:2::1"),
        Ipv6Address("2001:2:0:1::1"),
        {Ipv6Address("fe80::1"), 0},
        {Ipv6Address("fe80::1"), 1},
        {Ipv6Address("fe80::1"), 2},
    };
    for (std::size_t i = 0; i < all.size(); ++i)
    {
        for (std::size_t j = 0; j < all.size(); ++j)
        {
            EXPECT_EQ(all[i] == all[j], i == j) << i << " " << j;
            EXPECT_EQ(all[i] != all[j], i != j) << i << " " << j;
            EXPECT_EQ(all[i] < all[j], i < j) << i << " " << j;
        }
    }
}

// RFC 4007, section 6: only a link-local address means nothing without its link.
TEST(L2tpIpAddressTest, TheInterfaceCountsIfLinkLocal)
{
    const L2tpIpAddress local(Ipv6Address("fe80::1"), 3);
    EXPECT_TRUE(local.IsLinkLocal());
    EXPECT_EQ(local.GetInterface(), 3U);
    EXPECT_EQ(Words(local), "fe80::1%3");
    EXPECT_TRUE(L2tpIpAddress(Ipv6Address("febf::1")).IsLinkLocal());
    const L2tpIpAddress global(Ipv6Address("fec0::1"), 3);
    EXPECT_FALSE(global.IsLinkLocal());
    EXPECT_EQ(global.GetInterface(), 0U);
    EXPECT_EQ(global, L2tpIpAddress(Ipv6Address("fec0::1"), 4));
    EXPECT_FALSE(L2tpIpAddress(Ipv4Address("169.254.0.1")).IsLinkLocal());
}

// RFC 1122, section 3.2.1.3, and RFC 4291, section 2.7: what is no source of a packet.
TEST(L2tpIpAddressTest, Unicast)
{
    for (const char* yes : {"0.0.0.1", "10.0.0.1", "223.255.255.255", "240.0.0.1"})
    {
        EXPECT_TRUE(L2tpIpAddress(Ipv4Address(yes)).IsUnicast()) << yes;
    }
    for (const char* no : {"0.0.0.0", "224.0.0.0", "239.255.255.255", "255.255.255.255"})
    {
        EXPECT_FALSE(L2tpIpAddress(Ipv4Address(no)).IsUnicast()) << no;
    }
    for (const char* yes : {"::1", "2001:2::1", "fe80::1", "fd00::1"})
    {
        EXPECT_TRUE(L2tpIpAddress(Ipv6Address(yes)).IsUnicast()) << yes;
    }
    for (const char* no : {"::", "ff02::1", "ff0e::1", "ffff::"})
    {
        EXPECT_FALSE(L2tpIpAddress(Ipv6Address(no)).IsUnicast()) << no;
    }
    EXPECT_FALSE(L2tpIpAddress().IsUnicast());
    EXPECT_TRUE(L2tpIpAddress().IsAny());
    EXPECT_TRUE(L2tpIpAddress(Ipv6Address("::")).IsAny());
    EXPECT_FALSE(L2tpIpAddress(Ipv6Address("1::")).IsAny());
    EXPECT_FALSE(L2tpIpAddress(Ipv6Address("::1")).IsAny());
}

namespace
{

class L2tpIpAddressOnNodeTest : public TwoNodesTest
{
};

} // namespace

TEST_F(L2tpIpAddressOnNodeTest, IsOnTheNodeThatHasIt)
{
    for (const uint32_t node : {0U, 1U})
    {
        EXPECT_EQ(L2tpIpAddress(Ipv4Address("10.2.0.2")).IsOn(m_nodes[node]), node == 1);
        EXPECT_EQ(L2tpIpAddress(Ipv6Address("fd00:2::2")).IsOn(m_nodes[node]), node == 1);
    }
    const auto bare = CreateObject<Node>();
    EXPECT_FALSE(L2tpIpAddress(Ipv4Address("127.0.0.1")).IsOn(bare));
    EXPECT_FALSE(L2tpIpAddress(Ipv6Address("::1")).IsOn(bare));
}
