/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A link that carries IPv6 beside IPv4 (RFC 5072; RFC 1661, sections 3.6, 4.4 and 5.7).

#include "ppp-test-link.h"

using namespace ns3;

namespace
{

constexpr uint16_t LCP = ppp_protocol::LCP;
constexpr uint16_t IPCP = ppp_protocol::IPCP;
constexpr uint16_t IPV6CP = ppp_protocol::IPV6CP;

class PppLinkIpv6Test : public PppLinkTest
{
  protected:
    /// Both ends carry IPv6.
    void WantBoth()
    {
        client->link->SetAttribute("Ipv6", BooleanValue(true));
        server->link->SetAttribute("Ipv6", BooleanValue(true));
    }
};

} // namespace

TEST_F(PppLinkIpv6Test, BothNetworkLayersComeUp)
{
    WantBoth();
    Demand(PPP_AUTH_CHAP, "alice", "wonderland");
    uint64_t local = 0;
    uint64_t peer = 0;
    client->link->TraceConnectWithoutContext(
        "Ipv6Up",
        Callback<void, uint64_t, uint64_t>([&](uint64_t mine, uint64_t yours) {
            local = mine;
            peer = yours;
        }));
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    EXPECT_TRUE(client->link->IsIpv6Up());
    EXPECT_TRUE(server->link->IsIpv6Up());
    EXPECT_NE(local, 0U);
    EXPECT_EQ(local, server->link->GetIpv6cp()->GetPeerIdentifier());
    EXPECT_EQ(peer, server->link->GetIpv6cp()->GetLocalIdentifier());
    // RFC 5072, section 2: one IPv6 packet in the Information field, protocol 0x0057.
    EXPECT_TRUE(client->link->SendNetwork(Create<Packet>(1500), ppp_protocol::IPV6));
    EXPECT_EQ(client->circuit->sent.back().protocol, 0x0057);
    EXPECT_FALSE(client->link->SendNetwork(Create<Packet>(1501), ppp_protocol::IPV6));
    EXPECT_FALSE(client->link->SendNetwork(Create<Packet>(100), 0x002b)); // IPX
    RunUntil(Seconds(2));
    EXPECT_EQ(server->received, std::vector<uint32_t>{1500});
}

// RFC 1661, section 5.7: who doesn't know IPV6CP rejects it, and IPv4 goes on.
TEST_F(PppLinkIpv6Test, APeerWithoutIpv6StaysWithIpv4)
{
    client->link->SetAttribute("Ipv6", BooleanValue(true));
    OpenBoth();
    RunUntil(Seconds(60));
    ExpectUp();
    EXPECT_FALSE(client->link->IsIpv6Up());
    EXPECT_EQ(client->ups, 1);
    EXPECT_EQ(client->circuit->Count(IPV6CP, PppCode::CONFIGURE_REQUEST), 1);
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::PROTOCOL_REJECT), 1);
    EXPECT_EQ(server->circuit->Count(IPV6CP, PppCode::CONFIGURE_REQUEST), 0);
}

// Section 3.6: each NCP may be opened and closed at any time.
TEST_F(PppLinkIpv6Test, Ipv6MayBeUpAlone)
{
    WantBoth();
    server->link->SetAddressProvider(PppLink::AddressProvider(
        [](const std::string&, const PppUserProfile&) { return Ipv4Address::GetAny(); }));
    OpenBoth();
    RunUntil(Seconds(60));
    EXPECT_TRUE(client->link->IsIpv6Up());
    EXPECT_TRUE(server->link->IsIpv6Up());
    EXPECT_EQ(client->ups + server->ups, 0);
    EXPECT_EQ(client->finishes + server->finishes, 0);
    EXPECT_TRUE(server->link->SendNetwork(Create<Packet>(100), ppp_protocol::IPV6));
    EXPECT_FALSE(server->link->SendNetwork(Create<Packet>(100), ppp_protocol::IPV4));
}

TEST_F(PppLinkIpv6Test, Ipv4MayBeLeftWhenIpv6IsRejectedLater)
{
    WantBoth();
    std::vector<PppReason> downs;
    client->link->TraceConnectWithoutContext(
        "Ipv6Down",
        Callback<void, PppReason>([&downs](PppReason reason) { downs.push_back(reason); }));
    OpenBoth();
    RunUntil(Seconds(1));
    const auto sent = client->circuit->sent.size();
    client->circuit->Inject(LCP, {8, 1, {0x00, 0x57, 1, 2, 3}});
    EXPECT_EQ(downs, std::vector<PppReason>{PppReason::NETWORK_REJECTED});
    EXPECT_FALSE(client->link->IsIpv6Up());
    EXPECT_TRUE(client->link->IsNetworkUp());
    EXPECT_EQ(client->circuit->sent.size(), sent) << "nothing more of it";
    // With IPv4 rejected as well there is nothing left.
    client->circuit->Inject(LCP, {8, 2, {0x80, 0x21, 1, 2, 3}});
    RunUntil(Seconds(10));
    EXPECT_EQ(client->finishReason, PppReason::NETWORK_REJECTED);
    EXPECT_EQ(client->link->GetReasonProtocol(), IPCP);
}

// A negotiation without a reply ends it, not the link that another protocol has.
TEST_F(PppLinkIpv6Test, SilenceOfOneProtocolLeavesTheOther)
{
    WantBoth();
    client->circuit->lose = [](const PppTestFrame& frame) { return frame.protocol == IPV6CP; };
    OpenBoth();
    RunUntil(Seconds(120));
    ExpectUp();
    EXPECT_FALSE(server->link->IsIpv6Up());
    EXPECT_EQ(client->finishes + server->finishes, 0);
    EXPECT_EQ(server->circuit->Count(IPV6CP, PppCode::CONFIGURE_REQUEST), 10);
}

TEST_F(PppLinkIpv6Test, BothGoDownAndUpWithLcp)
{
    WantBoth();
    std::vector<PppReason> downs;
    server->link->TraceConnectWithoutContext(
        "Ipv6Down",
        Callback<void, PppReason>([&downs](PppReason reason) { downs.push_back(reason); }));
    OpenBoth();
    RunUntil(Seconds(1));
    client->circuit->Set(false);
    client->circuit->Set(true);
    RunUntil(Seconds(10));
    EXPECT_EQ(downs, std::vector<PppReason>{PppReason::RENEGOTIATION});
    ExpectUp();
    EXPECT_TRUE(server->link->IsIpv6Up());
    client->link->Close();
    RunUntil(Seconds(20));
    EXPECT_EQ(downs.size(), 2U);
    EXPECT_EQ(downs.back(), PppReason::PEER_TERMINATED);
    EXPECT_FALSE(client->link->IsIpv6Up());
}

// RFC 5072, section 2: the information field must take 1280 octets.
TEST_F(PppLinkIpv6Test, NoIpv6OverAShortMru)
{
    WantBoth();
    client->link->GetLcp()->SetAttribute("Mru", UintegerValue(1279));
    OpenBoth();
    RunUntil(Seconds(60));
    ExpectUp();
    EXPECT_FALSE(client->link->IsIpv6Up());
    EXPECT_FALSE(server->link->IsIpv6Up());
    EXPECT_EQ(server->circuit->Count(IPV6CP, PppCode::CONFIGURE_REQUEST), 0);
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::PROTOCOL_REJECT), 1);
}

// Section 3.6: packets of a layer that isn't opened are silently discarded.
TEST_F(PppLinkIpv6Test, PacketsBeforeIpv6IsUp)
{
    WantBoth();
    server->circuit->lose = [](const PppTestFrame& frame) { return frame.protocol == IPV6CP; };
    OpenBoth();
    RunUntil(Seconds(1));
    client->circuit->Inject({0xff, 0x03, 0x00, 0x57, 0x60, 0, 0, 0});
    EXPECT_EQ(client->link->GetDropCount(PppDropReason::NETWORK_NOT_OPENED), 1U);
    EXPECT_EQ(client->circuit->Count(LCP, PppCode::PROTOCOL_REJECT), 0);
    EXPECT_TRUE(client->received.empty());
}
