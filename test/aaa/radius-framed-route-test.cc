/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/radius-framed-route.h"

#include <gtest/gtest.h>

using namespace ns3;

// RFC 2865, section 5.22: "For example, "192.168.1.0/24 192.168.1.1 1 2 -1 3 400"".
TEST(RadiusFramedRoute, Parse)
{
    auto route = RadiusFramedRoute::Parse("192.168.1.0/24 192.168.1.1 1 2 -1 3 400");
    ASSERT_TRUE(route);
    EXPECT_EQ(route->network, Ipv4Address("192.168.1.0"));
    EXPECT_EQ(route->mask, Ipv4Mask("255.255.255.0"));
    EXPECT_EQ(route->gateway, Ipv4Address("192.168.1.1"));
    EXPECT_EQ(route->metric, 1U);
    EXPECT_EQ(route->Serialize(), "192.168.1.0/24 192.168.1.1 1");
    // "The length specifier may be omitted, in which case it defaults to 8 bits for class A
    // prefixes, 16 bits for class B prefixes, and 24 bits for class C prefixes."
    for (const auto& [text, mask] : {std::pair("10.0.0.0 0.0.0.0", "255.0.0.0"),
                                     {"127.0.0.0 0.0.0.0", "255.0.0.0"},
                                     {"128.0.0.0 0.0.0.0", "255.255.0.0"},
                                     {"191.255.0.0 0.0.0.0", "255.255.0.0"},
                                     {"192.0.0.0 0.0.0.0", "255.255.255.0"},
                                     {"0.0.0.0/0 0.0.0.0", "0.0.0.0"},
                                     {"10.8.0.7/32 0.0.0.0", "255.255.255.255"}})
    {
        route = RadiusFramedRoute::Parse(text);
        ASSERT_TRUE(route) << text;
        EXPECT_EQ(route->mask, Ipv4Mask(mask)) << text;
        EXPECT_EQ(route->gateway, Ipv4Address::GetAny());
    }
}

// What comes from the network may be anything.
TEST(RadiusFramedRoute, NoRoutes)
{
    for (const char* bad : {"",
                            " ",
                            "192.168.1.0/24",
                            "192.168.1.0/33 0.0.0.0",
                            "192.168.1.0/ 0.0.0.0",
                            "192.168.1.0/-1 0.0.0.0",
                            "192.168.1.0/24x 0.0.0.0",
                            "192.168.1.0/99999999999 0.0.0.0",
                            "192.168.1.1/24 0.0.0.0",
                            "192.168.1/24 0.0.0.0",
                            "192.168.256.0/24 0.0.0.0",
                            "192.168.1.0/24 gateway",
                            "192.168.1.0/24 0.0.0.0 x",
                            "192.168.1.0/24 0.0.0.0 4294967296",
                            "fd00::/64 ::"})
    {
        EXPECT_FALSE(RadiusFramedRoute::Parse(bad)) << bad;
    }
    EXPECT_FALSE(RadiusFramedRoute::Parse(std::string("192.168.1.0\0/24 0.0.0.0", 23)));
}
