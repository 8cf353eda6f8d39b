/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// IPCP between two links (RFC 1332, RFC 1877).

#include "ppp-test-link.h"

using namespace ns3;

namespace
{
constexpr uint16_t IPCP = ppp_protocol::IPCP;
} // namespace

// RFC 1332, section 3.3: 0.0.0.0 is naked with the address; the requests seen on the wire.
TEST_F(PppLinkTest, AddressIsAssignedByNak)
{
    OpenBoth();
    RunUntil(Seconds(1));
    EXPECT_EQ(server->circuit->Last(IPCP, PppCode::CONFIGURE_NAK).packet.data,
              (std::vector<uint8_t>{3, 6, 10, 8, 0, 2}));
    EXPECT_EQ(client->circuit->Last(IPCP, PppCode::CONFIGURE_REQUEST).packet.data,
              (std::vector<uint8_t>{3, 6, 10, 8, 0, 2}));
    EXPECT_EQ(client->local, Ipv4Address("10.8.0.2"));
}

// RFC 1332, section 3.3: a wish that isn't granted is naked, too; the client gives in, unless it is
// told to insist.
TEST_F(PppLinkTest, AnotherAddressThanWished)
{
    client->link->GetIpcp()->SetAttribute("LocalAddress", Ipv4AddressValue("10.8.0.9"));
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    EXPECT_EQ(client->local, Ipv4Address("10.8.0.2"));
    TearDown();
    SetUp();
    client->link->GetIpcp()->SetAttribute("LocalAddress", Ipv4AddressValue("10.8.0.9"));
    client->link->GetIpcp()->SetAttribute("KeepLocalAddress", BooleanValue(true));
    OpenBoth();
    RunUntil(Seconds(60));
    // Five naks (Max-Failure), then a reject; but the server wants that address and no other.
    EXPECT_EQ(server->circuit->Count(IPCP, PppCode::CONFIGURE_NAK), 5);
    EXPECT_EQ(server->ups, 0);
    EXPECT_EQ(server->finishReason, PppReason::NO_ADDRESS);
}

// Both know their addresses: nothing to assign.
TEST_F(PppLinkTest, BothEndsKnowTheirAddresses)
{
    server->link->GetIpcp()->SetAttribute("PeerAddress", Ipv4AddressValue("0.0.0.0"));
    client->link->GetIpcp()->SetAttribute("LocalAddress", Ipv4AddressValue("192.168.7.1"));
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    EXPECT_EQ(client->local, Ipv4Address("192.168.7.1"));
    EXPECT_EQ(server->circuit->Count(IPCP, PppCode::CONFIGURE_NAK), 0);
}

// Neither has an address for the client: no use.
TEST_F(PppLinkTest, NobodyHasAnAddress)
{
    server->link->GetIpcp()->SetAttribute("PeerAddress", Ipv4AddressValue("0.0.0.0"));
    OpenBoth();
    RunUntil(Seconds(20));
    EXPECT_EQ(client->ups, 0);
    EXPECT_EQ(client->finishReason, PppReason::NO_ADDRESS);
}

// RFC 1332, section 3.3: the option that the peer left out is appended to a Configure-Nak.
// RFC 2661: 8.1-08
TEST_F(PppLinkTest, MissingAddressIsAskedFor)
{
    OpenBoth();
    client->circuit->lose = [](const auto& frame) { return frame.protocol == IPCP; };
    RunUntil(Seconds(1));
    // An address is all that either end asks for.
    for (const auto& end : {client->circuit, server->circuit})
    {
        const auto& asked = end->Last(IPCP, PppCode::CONFIGURE_REQUEST).packet.data;
        ASSERT_EQ(asked.size(), 6U);
        EXPECT_EQ(asked[0], 3);
    }
    server->circuit->Inject(IPCP, {1, 1, {}});
    EXPECT_EQ(server->circuit->Last(IPCP, PppCode::CONFIGURE_NAK).packet.data,
              (std::vector<uint8_t>{3, 6, 10, 8, 0, 2}));
    // Section 3.2: IP-Compression-Protocol, and the deprecated IP-Addresses, are rejected.
    server->circuit->Inject(IPCP, {1, 2, {2, 6, 0, 0x2d, 15, 1, 1, 10, 0, 0, 0,
                                          0, 0, 0, 0,    0,  3, 6, 10, 8, 0, 2}});
    EXPECT_EQ(server->circuit->Last(IPCP, PppCode::CONFIGURE_REJECT).packet.data,
              (std::vector<uint8_t>{2, 6, 0, 0x2d, 15, 1, 1, 10, 0, 0, 0, 0, 0, 0, 0, 0}));
}

// RFC 1877, section 1: DNS servers are asked for with 0.0.0.0; what isn't on offer is rejected.
TEST_F(PppLinkTest, DnsServers)
{
    client->link->GetIpcp()->SetAttribute("RequestDns", BooleanValue(true));
    server->link->GetIpcp()->SetAttribute("PrimaryDns", Ipv4AddressValue("10.8.0.53"));
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    EXPECT_EQ(client->link->GetIpcp()->GetReceivedPrimaryDns(), Ipv4Address("10.8.0.53"));
    EXPECT_EQ(client->link->GetIpcp()->GetReceivedSecondaryDns(), Ipv4Address("0.0.0.0"));
    EXPECT_EQ(server->circuit->Last(IPCP, PppCode::CONFIGURE_REJECT).packet.data,
              (std::vector<uint8_t>{131, 6, 0, 0, 0, 0}));
}

// The address provider is asked for the proven user; 0.0.0.0 ends the link.
TEST_F(PppLinkTest, AddressProvider)
{
    Demand(PPP_AUTH_CHAP, "bob", "builder");
    std::string asked;
    server->link->SetAddressProvider(
        PppLink::AddressProvider([&asked](const std::string& user, const PppUserProfile& profile) {
            asked = user;
            EXPECT_EQ(profile.address, Ipv4Address("10.8.0.77"));
            return Ipv4Address("10.8.0.5");
        }));
    OpenBoth();
    RunUntil(Seconds(5));
    ExpectUp();
    EXPECT_EQ(asked, "bob");
    EXPECT_EQ(client->local, Ipv4Address("10.8.0.5"));

    client->link->Close();
    RunUntil(Seconds(10));
    server->link->SetAddressProvider(PppLink::AddressProvider(
        [](const std::string&, const PppUserProfile&) { return Ipv4Address::GetAny(); }));
    client->link->Open();
    RunUntil(Seconds(30));
    EXPECT_EQ(server->finishReason, PppReason::NO_ADDRESS);
    EXPECT_EQ(server->ups, 1);
}

// captures/xl-xl-lwip-ppp.pcap: lwIP's own packets bring a link up; it compresses everything.
TEST_F(PppLinkTest, LwipsPacketsBringALinkUp)
{
    const auto lcp = server->link->GetLcp();
    server->link->GetIpcp()->SetAttribute("LocalAddress", Ipv4AddressValue("10.99.0.1"));
    server->link->GetIpcp()->SetAttribute("PeerAddress", Ipv4AddressValue("10.99.0.10"));
    server->link->Open();
    server->circuit->Set(true);
    // Frame 10: LCP Configure-Request.
    server->circuit->Inject({0xff, 0x03, 0xc0, 0x21, 1,    1,    0,    0x14, 2, 6, 0, 0,
                             0,    0,    5,    6,    0x86, 0x40, 0x4f, 0x7c, 7, 2, 8, 2});
    auto request = server->circuit->Last(ppp_protocol::LCP, PppCode::CONFIGURE_REQUEST).packet;
    request.code = 2;
    server->circuit->Inject(ppp_protocol::LCP, request);
    EXPECT_EQ(lcp->GetState(), PppState::OPENED);
    EXPECT_EQ(lcp->GetPeerMagic(), 0x86404f7cu);
    // Frames 14 and 15: Echo-Request; IPCP Configure-Request with VJ compression.
    server->circuit->Inject({0xff, 0x03, 0xc0, 0x21, 9, 0, 0, 8, 0x86, 0x40, 0x4f, 0x7c});
    EXPECT_EQ(server->circuit->Count(ppp_protocol::LCP, PppCode::ECHO_REPLY), 1);
    server->circuit->Inject(
        {0xff, 0x03, 0x80, 0x21, 1, 1, 0, 0x10, 2, 6, 0, 0x2d, 15, 1, 3, 6, 0, 0, 0, 0});
    EXPECT_EQ(server->circuit->Last(IPCP, PppCode::CONFIGURE_REJECT).packet.data,
              (std::vector<uint8_t>{2, 6, 0, 0x2d, 15, 1}));
    // What lwIP says then, without VJ; its pings come compressed to one octet of header.
    server->circuit->Inject(IPCP, {1, 2, {3, 6, 0, 0, 0, 0}});
    server->circuit->Inject(IPCP, {1, 3, {3, 6, 10, 99, 0, 10}});
    request = server->circuit->Last(IPCP, PppCode::CONFIGURE_REQUEST).packet;
    request.code = 2;
    server->circuit->Inject(IPCP, request);
    EXPECT_EQ(server->ups, 1);
    EXPECT_EQ(server->peer, Ipv4Address("10.99.0.10"));
    server->circuit->Inject({0x21, 0x45, 0, 0, 60});
    EXPECT_EQ(server->received, std::vector<uint32_t>{4});
    server->link->SendNetwork(Create<Packet>(4), ppp_protocol::IPV4);
    EXPECT_EQ(server->circuit->sent.back().header.GetSerializedSize(), 1u);
}
