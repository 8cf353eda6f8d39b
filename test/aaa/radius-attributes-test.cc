/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "aaa/radius-octets.h"

#include "ns3/radius-attributes.h"

#include <gtest/gtest.h>
#include <string>

using namespace ns3;

namespace
{

using TaggedText = RadiusCodec<RadiusTagged<std::string>>;
using TaggedInteger = RadiusCodec<RadiusTagged<uint32_t>>;

} // namespace

// RFC 2865, section 5: the types of values, most significant octet first.
TEST(RadiusAttributes, Values)
{
    RadiusAttributes attributes;
    EXPECT_TRUE(attributes.Add(RadiusKeys::NAS_PORT, 0x01020304));
    EXPECT_TRUE(attributes.Add(RadiusKeys::NAS_IP_ADDRESS, Ipv4Address("192.168.1.16")));
    EXPECT_TRUE(attributes.Add(RadiusKeys::NAS_IPV6_ADDRESS, Ipv6Address("fd00::2")));
    EXPECT_TRUE(attributes.Add(RadiusKeys::USER_NAME, std::string("a\0b", 3)));
    EXPECT_EQ(attributes.GetSize(), 6U + 6U + 18U + 5U);
    EXPECT_EQ(Hex(attributes.Find(5)->value), "01020304");
    EXPECT_EQ(Hex(attributes.Find(4)->value), "c0a80110");
    EXPECT_EQ(Hex(attributes.Find(95)->value), "fd000000000000000000000000000002");
    EXPECT_EQ(attributes.Get(RadiusKeys::NAS_PORT), 0x01020304U);
    EXPECT_EQ(attributes.Get(RadiusKeys::NAS_IP_ADDRESS), Ipv4Address("192.168.1.16"));
    EXPECT_EQ(attributes.Get(RadiusKeys::NAS_IPV6_ADDRESS), Ipv6Address("fd00::2"));
    EXPECT_EQ(attributes.Get(RadiusKeys::USER_NAME), std::string("a\0b", 3)); // "embedded nulls"
    EXPECT_FALSE(attributes.Get(RadiusKeys::STATE));
}

// RFC 2865, section 5: "Text of length zero (0) MUST NOT be sent; omit the entire attribute".
TEST(RadiusAttributes, WhatNoAttributeHolds)
{
    RadiusAttributes attributes;
    EXPECT_FALSE(attributes.Add(RadiusKeys::USER_NAME, ""));
    EXPECT_FALSE(attributes.Add(RadiusKeys::USER_NAME, std::string(254, 'x')));
    EXPECT_TRUE(attributes.IsEmpty());
    EXPECT_TRUE(attributes.Add(RadiusKeys::USER_NAME, std::string(253, 'x')));
    EXPECT_FALSE(attributes.AddVendor({9, 1}, std::vector<uint8_t>(248)));
    EXPECT_TRUE(attributes.AddVendor({9, 1}, std::vector<uint8_t>(247)));
    EXPECT_EQ(attributes.GetVendor({9, 1})->size(), 247U);
}

// Values of a wrong size are none.
TEST(RadiusAttributes, WrongSizes)
{
    RadiusAttributes attributes;
    attributes.Append(RadiusAttribute{5, {1, 2, 3}});
    attributes.Append(RadiusAttribute{5, {0, 0, 0, 7}});
    attributes.Append(RadiusAttribute{4, {1, 2, 3, 4, 5}});
    attributes.Append(RadiusAttribute{95, std::vector<uint8_t>(15)});
    attributes.Append(RadiusAttribute{64, {0, 1}});
    EXPECT_FALSE(attributes.Get(RadiusKeys::NAS_PORT));
    EXPECT_EQ(attributes.GetEach(RadiusKeys::NAS_PORT), std::vector<uint32_t>{7});
    EXPECT_FALSE(attributes.Get(RadiusKeys::NAS_IP_ADDRESS));
    EXPECT_FALSE(attributes.Get(RadiusKeys::NAS_IPV6_ADDRESS));
    EXPECT_FALSE(attributes.Get(RadiusKeys::TUNNEL_TYPE));
}

// RFC 2868, sections 3.1 and 3.3: a tag is at most 0x1F; a first octet above it is text.
TEST(RadiusAttributes, Tags)
{
    EXPECT_EQ(Hex(TaggedInteger::Write({31, 3})), "1f000003");
    EXPECT_EQ(Hex(TaggedInteger::Write({0, 0xffffff})), "00ffffff");
    EXPECT_EQ(TaggedInteger::Read(Octets("1f000003"))->tag, 31);
    EXPECT_EQ(TaggedInteger::Read(Octets("20000003"))->tag, 0);
    EXPECT_EQ(TaggedInteger::Read(Octets("20000003"))->value, 3U);
    EXPECT_EQ(Hex(TaggedText::Write({1, "ab"})), "016162");
    EXPECT_TRUE(TaggedText::Write({1, ""}).empty());
    EXPECT_EQ(TaggedText::Read(Octets("016162"))->tag, 1);
    EXPECT_EQ(TaggedText::Read(Octets("016162"))->value, "ab");
    EXPECT_EQ(TaggedText::Read(Octets("1f6162"))->tag, 31);
    EXPECT_EQ(TaggedText::Read(Octets("206162"))->tag, 0);
    EXPECT_EQ(TaggedText::Read(Octets("206162"))->value, " ab");
    EXPECT_EQ(TaggedText::Read({})->value, "");
}

// RFC 2865, section 5.26: "Multiple subattributes MAY be encoded within a single" attribute.
TEST(RadiusAttributes, VendorSpecific)
{
    const RadiusVendorKey first{9, 1};
    const RadiusVendorKey second{9, 2};
    RadiusAttributes attributes;
    attributes.AddVendor({10, 1}, std::vector<uint8_t>{9});
    attributes.Append(RadiusAttribute{26, Octets("00000009 02 04 6162 01 03 63")});
    EXPECT_EQ(Hex(*attributes.GetVendor(first)), "63");
    EXPECT_EQ(Hex(*attributes.GetVendor(second)), "6162");
    EXPECT_FALSE(attributes.GetVendor({9, 3}));
    // A length that leads nowhere ends it.
    for (const char* bad : {"000000",
                            "00000009",
                            "00000009 01",
                            "00000009 01 01",
                            "00000009 01 00",
                            "00000009 01 04 61",
                            "00000009 02 05 6162 01 03 63"})
    {
        RadiusAttributes hostile;
        hostile.Append(RadiusAttribute{26, Octets(bad)});
        EXPECT_FALSE(hostile.GetVendor(first) && hostile.GetVendor(second)) << bad;
        EXPECT_FALSE(hostile.GetVendor(first)) << bad;
    }
    // One that the catalogue knows has its size.
    RadiusAttributes microsoft;
    microsoft.AddVendor(RadiusKeys::MS_CHAP2_SUCCESS, std::vector<uint8_t>(42));
    EXPECT_FALSE(microsoft.GetVendor(RadiusKeys::MS_CHAP2_SUCCESS));
    microsoft = {};
    microsoft.AddVendor(RadiusKeys::MS_CHAP2_SUCCESS, std::vector<uint8_t>(43));
    EXPECT_TRUE(microsoft.GetVendor(RadiusKeys::MS_CHAP2_SUCCESS));
}

TEST(RadiusAttributes, SetAndRemove)
{
    RadiusAttributes attributes;
    attributes.Add(RadiusKeys::CLASS, "a");
    attributes.Add(RadiusKeys::NAS_PORT, 1);
    attributes.Add(RadiusKeys::CLASS, "b");
    EXPECT_EQ(attributes.Count(25), 2U);
    EXPECT_EQ(attributes.GetEach(RadiusKeys::CLASS), (std::vector<std::string>{"a", "b"}));
    attributes.Set(RadiusKeys::CLASS, "c");
    EXPECT_EQ(attributes.GetEach(RadiusKeys::CLASS), std::vector<std::string>{"c"});
    RadiusAttributes others;
    others.Add(RadiusKeys::CLASS, "d");
    attributes.Append(others);
    EXPECT_EQ(attributes.GetEach(RadiusKeys::CLASS), (std::vector<std::string>{"c", "d"}));
    EXPECT_FALSE(attributes == others);
}
