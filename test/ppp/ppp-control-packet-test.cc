/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/ppp-control-packet.h"
#include "ns3/ppp-option.h"

#include <gtest/gtest.h>
#include <vector>

using namespace ns3;

namespace
{

// captures/xl-xl-lwip-ppp.pcap, frame 10: lwIP's LCP Configure-Request (ACCM, Magic, PFC, ACFC).
const std::vector<uint8_t> LCP_REQUEST{0x01, 0x01, 0x00, 0x14, 0x02, 0x06, 0x00, 0x00, 0x00, 0x00,
                                       0x05, 0x06, 0x86, 0x40, 0x4f, 0x7c, 0x07, 0x02, 0x08, 0x02};
// Frame 19: IPCP Configure-Nak with the address 10.99.0.10.
const std::vector<uint8_t> IPCP_NAK{0x03, 0x01, 0x00, 0x0a, 0x03, 0x06, 0x0a, 0x63, 0x00, 0x0a};
// Frame 14: LCP Echo-Request.
const std::vector<uint8_t> ECHO{0x09, 0x00, 0x00, 0x08, 0x86, 0x40, 0x4f, 0x7c};

} // namespace

// RFC 1661, section 5: real packets, read and written.
TEST(PppControlPacket, ForeignBytesBothWays)
{
    for (const auto& octets : {LCP_REQUEST, IPCP_NAK, ECHO})
    {
        PppControlPacket packet;
        ASSERT_EQ(PppControlPacket::Parse(octets.data(), octets.size(), packet),
                  PppControlError::NONE);
        EXPECT_EQ(packet.code, octets[0]);
        EXPECT_EQ(packet.identifier, octets[1]);
        EXPECT_EQ(packet.Serialize(), octets);
    }
}

// RFC 1661, section 6: the options of a real Configure-Request.
TEST(PppControlPacket, OptionsOfALcpRequest)
{
    PppControlPacket packet;
    ASSERT_EQ(PppControlPacket::Parse(LCP_REQUEST.data(), LCP_REQUEST.size(), packet),
              PppControlError::NONE);
    PppOptionList options;
    ASSERT_TRUE(ParsePppOptions(packet.data.data(), packet.data.size(), options));
    ASSERT_EQ(options.size(), 4u);
    EXPECT_EQ(options[0], PppOption::Of32(2, 0));
    EXPECT_EQ(options[1], PppOption::Of32(5, 0x86404f7c));
    EXPECT_EQ(options[1].Get32(), 0x86404f7cu);
    EXPECT_EQ(options[2], (PppOption{7, {}}));
    EXPECT_EQ(options[3], (PppOption{8, {}}));
    EXPECT_EQ(SerializePppOptions(options), packet.data);
    EXPECT_EQ(FindPppOption(options, 7), &options[2]);
    EXPECT_EQ(FindPppOption(options, 3), nullptr);
}

// RFC 1661, section 5: "Octets outside the range of the Length field are treated as padding".
TEST(PppControlPacket, PaddingIsIgnored)
{
    auto padded = ECHO;
    padded.insert(padded.end(), 5, 0xa5);
    PppControlPacket packet;
    ASSERT_EQ(PppControlPacket::Parse(padded.data(), padded.size(), packet), PppControlError::NONE);
    EXPECT_EQ(packet.Serialize(), ECHO);
}

TEST(PppControlPacket, TruncationAtEveryLength)
{
    for (std::size_t size = 0; size < LCP_REQUEST.size(); ++size)
    {
        PppControlPacket packet;
        EXPECT_EQ(PppControlPacket::Parse(LCP_REQUEST.data(), size, packet),
                  size < 4 ? PppControlError::TRUNCATED : PppControlError::LENGTH_TOO_LONG);
    }
}

TEST(PppControlPacket, LengthBelowFour)
{
    for (uint8_t length = 0; length < 4; ++length)
    {
        const uint8_t octets[] = {1, 1, 0, length, 0, 0};
        PppControlPacket packet;
        EXPECT_EQ(PppControlPacket::Parse(octets, sizeof(octets), packet),
                  PppControlError::LENGTH_TOO_SHORT);
    }
}

// RFC 1661, section 6: an option that extends beyond the end spoils the entire packet.
TEST(PppControlPacket, MalformedOptions)
{
    PppOptionList options;
    const auto* data = LCP_REQUEST.data() + 4;
    for (std::size_t size = 0; size <= LCP_REQUEST.size() - 4; ++size)
    {
        const bool whole = size == 0 || size == 6 || size == 12 || size == 14 || size == 16;
        EXPECT_EQ(ParsePppOptions(data, size, options), whole) << size;
    }
    const uint8_t zero[] = {1, 0};
    EXPECT_FALSE(ParsePppOptions(zero, sizeof(zero), options));
    const uint8_t one[] = {1, 1};
    EXPECT_FALSE(ParsePppOptions(one, sizeof(one), options));
}

TEST(PppControlPacket, NumbersOfShortOptionsAreZero)
{
    EXPECT_EQ((PppOption{1, {5}}).Get16(), 0);
    EXPECT_EQ((PppOption{1, {5, 6, 7}}).Get32(), 0u);
}
