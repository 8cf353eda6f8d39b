/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "aaa/radius-octets.h"

#include "ns3/radius-packet.h"
#include "ns3/radius-tunnel.h"

#include <gtest/gtest.h>
#include <string>

using namespace ns3;

namespace
{

using K = RadiusKeys;

/// A tunnel with all that it may have.
RadiusTunnel
FullTunnel()
{
    RadiusTunnel tunnel;
    tunnel.tag = 3;
    tunnel.clientEndpoint = "10.1.0.1";
    tunnel.serverEndpoint = "10.3.0.1";
    tunnel.password = "secret";
    tunnel.privateGroupId = "blue";
    tunnel.assignmentId = "gold";
    tunnel.preference = 0x010203;
    tunnel.clientAuthId = "lac";
    tunnel.serverAuthId = "lns";
    return tunnel;
}

/// Octets of all attributes, in their order.
std::string
HexOf(const RadiusAttributes& attributes)
{
    RadiusPacket packet;
    packet.attributes = attributes;
    return Hex(packet.Serialize()).substr(2 * RADIUS_HEADER_SIZE);
}

} // namespace

// RFC 2868, sections 3.1 to 3.10: the tag comes first in each of them.
TEST(RadiusTunnel, Octets)
{
    RadiusAttributes clear;
    EXPECT_TRUE(AddRadiusTunnel(FullTunnel(), clear));
    EXPECT_EQ(HexOf(clear),
              Hex(Octets("40 06 03 000003"           // Tunnel-Type L2TP
                         "41 06 03 000001"           // Tunnel-Medium-Type IPv4
                         "53 06 03 010203"           // Tunnel-Preference
                         "42 0b 03 31302e312e302e31" // Tunnel-Client-Endpoint 10.1.0.1
                         "43 0b 03 31302e332e302e31" // Tunnel-Server-Endpoint 10.3.0.1
                         "45 09 03 736563726574"     // Tunnel-Password, in the clear
                         "51 07 03 626c7565"         // Tunnel-Private-Group-ID
                         "52 07 03 676f6c64"         // Tunnel-Assignment-ID
                         "5a 06 03 6c6163"           // Tunnel-Client-Auth-ID
                         "5b 06 03 6c6e73")));       // Tunnel-Server-Auth-ID
    const auto tunnels = GetRadiusTunnels(clear);
    ASSERT_EQ(tunnels.size(), 1U);
    EXPECT_EQ(tunnels[0].tag, 3);
    EXPECT_EQ(tunnels[0].type, RADIUS_TUNNEL_L2TP);
    EXPECT_EQ(tunnels[0].medium, RadiusMedium::IPV4);
    EXPECT_EQ(tunnels[0].preference, 0x010203U);
    EXPECT_EQ(tunnels[0].clientEndpoint, "10.1.0.1");
    EXPECT_EQ(tunnels[0].password, "secret");
    EXPECT_EQ(tunnels[0].privateGroupId, "blue");
    EXPECT_EQ(tunnels[0].assignmentId, "gold");
    EXPECT_EQ(tunnels[0].clientAuthId, "lac");
    EXPECT_EQ(tunnels[0].serverAuthId, "lns");
    EXPECT_EQ(tunnels[0].GetServerAddress(), L2tpIpAddress(Ipv4Address("10.3.0.1")));
    EXPECT_FALSE(clear == RadiusAttributes());
}

// RFC 2868, section 3.8: "higher preference is given to lower values"; equal ones by tag.
TEST(RadiusTunnel, Preference)
{
    RadiusAttributes clear;
    for (const auto& [tag, preference] :
         {std::pair<uint8_t, uint32_t>(31, 5), {2, 0xffffff}, {9, 5}, {4, 0}})
    {
        RadiusTunnel tunnel;
        tunnel.tag = tag;
        tunnel.preference = preference;
        tunnel.serverEndpoint = "10.3.0." + std::to_string(tag);
        AddRadiusTunnel(tunnel, clear);
    }
    std::string order;
    for (const auto& tunnel : GetRadiusTunnels(clear))
    {
        order += std::to_string(tunnel.tag) + " " + tunnel.serverEndpoint + ";";
    }
    EXPECT_EQ(order, "4 10.3.0.4;9 10.3.0.9;31 10.3.0.31;2 10.3.0.2;");
}

// RFC 2868, section 3.3: without a tag, or with a first octet above 0x1F, it is the one tunnel
// without a number.
TEST(RadiusTunnel, WithoutTag)
{
    RadiusAttributes clear;
    clear.Append(RadiusAttribute{64, {0, 0, 0, 3}});
    clear.Append(RadiusAttribute{67, {'1', '0', '.', '3', '.', '0', '.', '1'}});
    clear.Append(RadiusAttribute{90, {0, 'l', 'a', 'c'}});
    const auto tunnels = GetRadiusTunnels(clear);
    ASSERT_EQ(tunnels.size(), 1U);
    EXPECT_EQ(tunnels[0].tag, 0);
    EXPECT_EQ(tunnels[0].serverEndpoint, "10.3.0.1");
    EXPECT_EQ(tunnels[0].clientAuthId, "lac");
    EXPECT_TRUE(GetRadiusTunnels({}).empty());
}

// RFC 2868, sections 3.2 and 3.4: the medium says what the endpoint's text is.
TEST(RadiusTunnel, ServerAddress)
{
    const auto addressOf = [](const std::string& endpoint, uint32_t medium) {
        RadiusTunnel tunnel;
        tunnel.serverEndpoint = endpoint;
        tunnel.medium = medium;
        return tunnel.GetServerAddress();
    };
    EXPECT_EQ(addressOf("10.3.0.1", 0), L2tpIpAddress(Ipv4Address("10.3.0.1")));
    EXPECT_EQ(addressOf("10.3.0.1", RadiusMedium::IPV4), L2tpIpAddress(Ipv4Address("10.3.0.1")));
    EXPECT_EQ(addressOf("FD00:0:0:0:0:0:0:1", RadiusMedium::IPV6),
              L2tpIpAddress(Ipv6Address("fd00::1"))); // the preferred form
    EXPECT_EQ(addressOf("fd00::1", 0), L2tpIpAddress(Ipv6Address("fd00::1")));
    EXPECT_FALSE(addressOf("fd00::1", RadiusMedium::IPV4));
    EXPECT_FALSE(addressOf("10.3.0.1", RadiusMedium::IPV6));
    EXPECT_FALSE(addressOf("10.3.0.1", 7)); // E.163
    for (const char* bad : {"",
                            "lns.isp.example",
                            "10.3.0",
                            "10.3.0.256",
                            "10.3.0.1 ",
                            "0.0.0.0",
                            "255.255.255.255",
                            "224.0.0.1",
                            "::",
                            "ff02::1",
                            "fd00:::1"})
    {
        EXPECT_FALSE(addressOf(bad, 0)) << bad;
    }
    EXPECT_FALSE(addressOf(std::string("10.3.0.1\0x", 10), 0));
}

// The medium is written as the endpoint's kind.
TEST(RadiusTunnel, Medium)
{
    RadiusTunnel tunnel;
    tunnel.serverEndpoint = "fd00::1";
    RadiusAttributes clear;
    AddRadiusTunnel(tunnel, clear);
    EXPECT_EQ(clear.Get(K::TUNNEL_MEDIUM_TYPE)->value, RadiusMedium::IPV6);
}

// RFC 2867, section 5: neither password nor preference is told to accounting.
TEST(RadiusTunnel, InAccounting)
{
    RadiusPacket packet;
    packet.code = RadiusCode::ACCOUNTING_REQUEST;
    AddRadiusTunnelToAccounting(FullTunnel(), packet.attributes);
    EXPECT_EQ(packet.attributes.GetAll().size(), 8U);
    EXPECT_FALSE(packet.attributes.Find(69));
    EXPECT_FALSE(packet.attributes.Find(83));
    packet.attributes.Add(K::ACCT_STATUS_TYPE, 12);
    packet.attributes.Add(K::ACCT_SESSION_ID, "1");
    packet.attributes.Add(K::NAS_IDENTIFIER, "lac");
    EXPECT_EQ(packet.Check(), RadiusError::NONE);
}

TEST(RadiusTunnel, TooLong)
{
    auto tunnel = FullTunnel();
    tunnel.clientAuthId = std::string(253, 'x');
    RadiusAttributes clear;
    EXPECT_FALSE(AddRadiusTunnel(tunnel, clear));
    EXPECT_FALSE(clear.Find(90));
    EXPECT_TRUE(clear.Find(91));
    EXPECT_TRUE(IsRadiusTunnelAttribute(91));
    EXPECT_FALSE(IsRadiusTunnelAttribute(68));
    EXPECT_FALSE(IsRadiusTunnelAttribute(1));
}
