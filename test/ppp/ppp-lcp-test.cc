/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// LCP between two links: options, lost messages, keepalive, loops, rejects, termination.

#include "ppp-test-link.h"

using namespace ns3;

namespace
{
constexpr uint16_t LCP = ppp_protocol::LCP;
constexpr uint16_t IPCP = ppp_protocol::IPCP;
} // namespace

// RFC 1661, section 6.1: what one end requests is the other's MTU.
TEST_F(PppLinkTest, MruIsThePeersMtu)
{
    client->link->GetLcp()->SetAttribute("Mru", UintegerValue(1400));
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    EXPECT_EQ(server->link->GetMtu(), 1400);
    EXPECT_EQ(client->link->GetMtu(), 1500);
    EXPECT_FALSE(server->link->SendNetwork(Create<Packet>(1401), ppp_protocol::IPV4));
    EXPECT_TRUE(server->link->SendNetwork(Create<Packet>(1400), ppp_protocol::IPV4));
}

// RFC 1661, sections 5.3 and 6.1: too small an MRU is naked with the smallest that will do.
TEST_F(PppLinkTest, TinyMruIsNaked)
{
    server->link->Open();
    server->circuit->Set(true);
    server->circuit->Inject(LCP, {1, 7, {1, 4, 0, 67}});
    const auto nak = server->circuit->Last(LCP, PppCode::CONFIGURE_NAK);
    EXPECT_EQ(nak.packet.identifier, 7);
    EXPECT_EQ(nak.packet.data, (std::vector<uint8_t>{1, 4, 0, 68}));
    server->circuit->Inject(LCP, {1, 8, {1, 4, 0, 68}});
    EXPECT_EQ(server->circuit->Last(LCP, PppCode::CONFIGURE_ACK).packet.identifier, 8);
}

// RFC 1661, section 5.4: unknown options are rejected as they are, in their order; ACCM is agreed
// to (RFC 1662, section 7.1); what is repeated is rejected (section 6).
TEST_F(PppLinkTest, UnknownOptionsAreRejected)
{
    server->link->Open();
    server->circuit->Set(true);
    // Quality-Protocol, ACCM, callback (13), MRU twice.
    server->circuit->Inject(LCP, {1, 1, {4, 4, 0xc0, 0x25, 2, 6,   0, 0, 0, 0,  13,
                                         3, 6, 1,    4,    5, 220, 1, 4, 5, 220}});
    EXPECT_EQ(server->circuit->Last(LCP, PppCode::CONFIGURE_REJECT).packet.data,
              (std::vector<uint8_t>{4, 4, 0xc0, 0x25, 13, 3, 6, 1, 4, 5, 220}));
}

// RFC 1661, sections 6.5 and 6.6: compressed from Opened on, but never LCP.
TEST_F(PppLinkTest, BothCompressions)
{
    for (const auto* option : {"ProtocolFieldCompression", "AddressControlCompression"})
    {
        client->link->GetLcp()->SetAttribute(option, BooleanValue(true));
    }
    client->link->GetLcp()->SetAttribute("EchoInterval", TimeValue(Seconds(1)));
    OpenBoth();
    RunUntil(Seconds(2));
    ExpectUp();
    server->link->SendNetwork(Create<Packet>(10), ppp_protocol::IPV4);
    client->link->SendNetwork(Create<Packet>(10), ppp_protocol::IPV4);
    RunUntil(Seconds(3));
    EXPECT_EQ(client->received.size(), 1u);
    EXPECT_EQ(server->received.size(), 1u);
    for (const auto& frame : server->circuit->sent)
    {
        EXPECT_EQ(frame.header.HasAddressControl(), frame.protocol == LCP);
        EXPECT_EQ(frame.header.IsCompressed(), frame.protocol == ppp_protocol::IPV4);
    }
    for (const auto& frame : client->circuit->sent)
    {
        EXPECT_TRUE(frame.header.HasAddressControl());
        EXPECT_FALSE(frame.header.IsCompressed());
    }
}

// RFC 1661, section 6.6: lwIP leaves out Address and Control even of LCP; that is understood.
TEST_F(PppLinkTest, LcpWithoutAddressControl)
{
    server->link->Open();
    server->circuit->Set(true);
    server->circuit->Inject({0xc0, 0x21, 1, 1, 0, 4});
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::CONFIGURE_ACK), 1);
}

struct LossCase
{
    uint16_t protocol;
    PppCode code;
};

class PppLinkLossTest : public PppLinkTest, public ::testing::WithParamInterface<LossCase>
{
};

INSTANTIATE_TEST_SUITE_P(EachKind,
                         PppLinkLossTest,
                         ::testing::Values(LossCase{LCP, PppCode::CONFIGURE_REQUEST},
                                           LossCase{LCP, PppCode::CONFIGURE_ACK},
                                           LossCase{LCP, PppCode::CONFIGURE_NAK},
                                           LossCase{LCP, PppCode::CONFIGURE_REJECT},
                                           LossCase{IPCP, PppCode::CONFIGURE_REQUEST},
                                           LossCase{IPCP, PppCode::CONFIGURE_ACK},
                                           LossCase{IPCP, PppCode::CONFIGURE_NAK},
                                           LossCase{IPCP, PppCode::CONFIGURE_REJECT}));

// RFC 1661, section 4.6: the Restart timer mends every loss, here of the first two of a kind from
// either end.
TEST_P(PppLinkLossTest, LostMessagesAreMended)
{
    Demand(PPP_AUTH_PAP, "alice", "wonderland");
    client->link->GetLcp()->SetAttribute("AcceptPap", BooleanValue(false)); // a Configure-Nak
    server->link->GetLcp()->SetAttribute("PapFallback", BooleanValue(true));
    server->link->SetAttribute("AuthProtocol", StringValue("Chap"));
    client->link->GetIpcp()->SetAttribute("RequestDns", BooleanValue(true)); // a Configure-Reject
    client->circuit->lose = LoseFirst(2, GetParam().protocol, GetParam().code);
    server->circuit->lose = LoseFirst(2, GetParam().protocol, GetParam().code);
    OpenBoth();
    RunUntil(Seconds(29));
    ExpectUp();
    EXPECT_EQ(client->finishes + server->finishes, 0);
}

// RFC 1661, section 4.6: Max-Configure requests, three seconds apart, then This-Layer-Finished; the
// same packet each time.
TEST_F(PppLinkTest, SilentPeerIsGivenUpAfterMaxConfigure)
{
    client->link->Open();
    client->circuit->Set(true);
    RunUntil(Seconds(30) - NanoSeconds(1));
    EXPECT_EQ(client->circuit->sent.size(), 10u);
    EXPECT_EQ(client->circuit->sent.front().octets, client->circuit->sent.back().octets);
    EXPECT_EQ(client->circuit->sent.back().time, Seconds(27));
    EXPECT_EQ(client->finishes, 0);
    RunUntil(Seconds(30));
    EXPECT_EQ(client->finishes, 1);
    EXPECT_EQ(client->finishReason, PppReason::NO_RESPONSE);
    EXPECT_EQ(client->phases, "Establish(lower layer up) Dead(no response) ");
}

// RFC 1661, section 4.6: Max-Failure naks, then rejects.
TEST_F(PppLinkTest, MaxFailureTurnsNaksIntoRejects)
{
    server->link->Open();
    server->circuit->Set(true);
    for (uint8_t i = 0; i < 7; ++i)
    {
        server->circuit->Inject(LCP, {1, i, {1, 4, 0, 10}});
    }
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::CONFIGURE_NAK), 5);
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::CONFIGURE_REJECT), 2);
}

// RFC 1661, section 4.5: a peer that naks for ever doesn't hold the link for ever.
TEST_F(PppLinkTest, EndlessNaksEndTheNegotiation)
{
    client->link->GetLcp()->SetAttribute("Mru", UintegerValue(1400));
    client->link->Open();
    client->circuit->Set(true);
    for (int i = 0; i < 100; ++i)
    {
        const auto request = client->circuit->Last(LCP, PppCode::CONFIGURE_REQUEST).packet;
        client->circuit->Inject(LCP, {3, request.identifier, {1, 4, 4, static_cast<uint8_t>(i)}});
    }
    EXPECT_EQ(client->circuit->Count(LCP, PppCode::CONFIGURE_REQUEST), 11);
    RunUntil(Seconds(10));
    EXPECT_EQ(client->finishReason, PppReason::NOT_CONVERGING);
}

// RFC 1661, section 5.2 to 5.4: replies that don't fit the request are silently discarded.
TEST_F(PppLinkTest, RepliesMustFitTheRequest)
{
    client->link->Open();
    client->circuit->Set(true);
    const auto request = client->circuit->Last(LCP, PppCode::CONFIGURE_REQUEST).packet;
    const auto wrong = static_cast<uint8_t>(request.identifier + 1);
    for (uint8_t code = 2; code <= 4; ++code)
    {
        client->circuit->Inject(LCP, {code, wrong, request.data});
    }
    EXPECT_EQ(client->link->GetDropCount(PppDropReason::STALE_IDENTIFIER), 3u);
    auto other = request.data;
    other.back() ^= 1;
    client->circuit->Inject(LCP, {2, request.identifier, other});
    client->circuit->Inject(LCP, {2, request.identifier, {}});
    client->circuit->Inject(LCP, {4, request.identifier, other});
    client->circuit->Inject(LCP, {4, request.identifier, {}});
    client->circuit->Inject(LCP, {3, request.identifier, {}});
    EXPECT_EQ(client->link->GetDropCount(PppDropReason::OPTIONS_MISMATCH), 5u);
    client->circuit->Inject(LCP, {3, request.identifier, {1}});
    client->circuit->Inject(LCP, {1, 1, {1, 5, 0}});
    EXPECT_EQ(client->link->GetDropCount(PppDropReason::OPTIONS_MALFORMED), 2u);
    EXPECT_EQ(client->link->GetLcp()->GetState(), PppState::REQUEST_SENT);
    client->circuit->Inject(LCP, {2, request.identifier, request.data});
    EXPECT_EQ(client->link->GetLcp()->GetState(), PppState::ACK_RECEIVED);
    // A duplicate is out of sequence (section 4.3, RCA) and doesn't undo anything.
    client->circuit->Inject(LCP, {2, request.identifier, request.data});
    EXPECT_EQ(client->link->GetLcp()->GetState(), PppState::ACK_RECEIVED);
}

// RFC 1661, section 6.4: a link whose far end is this end finds out.
TEST_F(PppLinkTest, LoopedBackLinkIsNoticed)
{
    for (const bool authenticate : {false, true})
    {
        TearDown();
        SetUp();
        if (authenticate)
        {
            server->link->SetAttribute("AuthProtocol", StringValue("Chap"));
        }
        server->circuit->other = PeekPointer(server->circuit);
        server->link->Open();
        server->circuit->Set(true);
        RunUntil(Seconds(60));
        EXPECT_EQ(server->finishReason, PppReason::LOOPED_BACK);
        EXPECT_EQ(server->circuit->Count(LCP, PppCode::CONFIGURE_NAK), 5);
        EXPECT_EQ(server->circuit->Count(LCP, PppCode::CONFIGURE_ACK), 0);
        EXPECT_EQ(server->ups, 0);
    }
}

// RFC 1661, section 6.4: a link that becomes looped back later is noticed by its echoes.
TEST_F(PppLinkTest, LoopAfterOpenedIsNoticed)
{
    client->link->GetLcp()->SetAttribute("EchoInterval", TimeValue(Seconds(1)));
    OpenBoth();
    RunUntil(Seconds(5));
    ExpectUp();
    client->circuit->other = PeekPointer(client->circuit);
    RunUntil(Seconds(20));
    EXPECT_EQ(client->downReason, PppReason::LOOPED_BACK);
}

// RFC 1661, section 6.4: a Magic-Number of zero MUST be naked, and naks of it never turn into
// rejects.
TEST_F(PppLinkTest, MagicNumberZeroIsNaked)
{
    server->link->Open();
    server->circuit->Set(true);
    for (uint8_t i = 0; i < 20; ++i)
    {
        server->circuit->Inject(LCP, {1, i, {5, 6, 0, 0, 0, 0}});
    }
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::CONFIGURE_NAK), 20);
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::CONFIGURE_REJECT), 0);
}

// RFC 1661, section 5.8: the peer that doesn't answer EchoFailures requests is dead one interval
// after the last, and not a moment before.
TEST_F(PppLinkTest, EchoFindsTheDeadPeer)
{
    client->link->GetLcp()->SetAttribute("EchoInterval", TimeValue(Seconds(10)));
    OpenBoth();
    RunUntil(Seconds(35));
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::ECHO_REPLY), 3);
    const auto opened = client->circuit->Last(LCP, PppCode::ECHO_REQUEST).time - Seconds(30);
    server->circuit->lose = [](const auto&) { return true; };
    // The fourth to sixth request have no reply.
    RunUntil(opened + Seconds(70) - NanoSeconds(1));
    EXPECT_EQ(client->downs, 0);
    EXPECT_EQ(client->circuit->Count(LCP, PppCode::ECHO_REQUEST), 6);
    RunUntil(opened + Seconds(70));
    EXPECT_EQ(client->downs, 1);
    EXPECT_EQ(client->downReason, PppReason::ECHO_TIMEOUT);
    // RFC 1661, section 4.6: Max-Terminate requests, then finished.
    RunUntil(opened + Seconds(76) - NanoSeconds(1));
    EXPECT_EQ(client->finishes, 0);
    RunUntil(opened + Seconds(76));
    EXPECT_EQ(client->finishReason, PppReason::ECHO_TIMEOUT);
    EXPECT_EQ(client->circuit->Count(LCP, PppCode::TERMINATE_REQUEST), 2);
}

// RFC 1661, section 5.8: echoes bear the Magic-Number, and the reply the request's data.
TEST_F(PppLinkTest, EchoReplyHasTheData)
{
    OpenBoth();
    RunUntil(Seconds(1));
    auto data = PppOption::Of32(0, client->link->GetLcp()->GetLocalMagic()).data;
    data.insert(data.end(), {1, 2, 3});
    server->circuit->Inject(LCP, {9, 99, data});
    const auto reply = server->circuit->Last(LCP, PppCode::ECHO_REPLY).packet;
    EXPECT_EQ(reply.identifier, 99);
    EXPECT_EQ(PppOption({0, reply.data}).Get32(), server->link->GetLcp()->GetLocalMagic());
    EXPECT_EQ(std::vector<uint8_t>(reply.data.begin() + 4, reply.data.end()),
              (std::vector<uint8_t>{1, 2, 3}));
    // Section 6.4: another's Magic-Number; section 5.9: Discard-Request; both without a reply.
    server->circuit->Inject(LCP, {9, 100, {1, 2, 3, 4}});
    data[0] = 0;
    server->circuit->Inject(LCP, {9, 100, {1, 2, 3}});
    server->circuit->Inject(
        LCP,
        {11, 1, PppOption::Of32(0, client->link->GetLcp()->GetLocalMagic()).data});
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::ECHO_REPLY), 1);
    EXPECT_EQ(server->link->GetDropCount(PppDropReason::BAD_MAGIC), 1u);
    EXPECT_EQ(server->link->GetDropCount(PppDropReason::CONTROL_MALFORMED), 1u);
    EXPECT_EQ(server->link->GetDropCount(PppDropReason::DISCARD_REQUEST), 1u);
    ExpectUp();
}

// RFC 1661, section 5.6: unknown codes (RFC 1570's Identification is 12) are rejected, the link
// stays.
TEST_F(PppLinkTest, UnknownCodesAreRejected)
{
    OpenBoth();
    RunUntil(Seconds(1));
    server->circuit->Inject(LCP, {12, 5, {0, 0, 0, 0, 'h', 'i'}});
    EXPECT_EQ(server->circuit->Last(LCP, PppCode::CODE_REJECT).packet.data,
              (std::vector<uint8_t>{12, 5, 0, 10, 0, 0, 0, 0, 'h', 'i'}));
    // RFC 1332, section 2: IPCP knows codes 1 to 7 only.
    server->circuit->Inject(IPCP, {8, 5, {0, 0}});
    EXPECT_EQ(server->circuit->Count(IPCP, PppCode::CODE_REJECT), 1);
    ExpectUp();
    // A permitted Code-Reject (RXJ+) changes nothing, a catastrophic one (RXJ-) ends the link.
    server->circuit->Inject(LCP, {7, 1, {12, 1, 0, 4}});
    server->circuit->Inject(LCP, {7, 1, {}});
    EXPECT_EQ(server->link->GetLcp()->GetState(), PppState::OPENED);
    server->circuit->Inject(LCP, {7, 2, {1, 1, 0, 4}});
    EXPECT_EQ(server->downReason, PppReason::REJECTED_FATALLY);
}

// RFC 1661, section 5.6: the rejected packet is truncated to the peer's MRU.
TEST_F(PppLinkTest, CodeRejectIsTruncated)
{
    client->link->GetLcp()->SetAttribute("Mru", UintegerValue(100));
    OpenBoth();
    RunUntil(Seconds(1));
    server->circuit->Inject(LCP, {200, 5, std::vector<uint8_t>(500)});
    EXPECT_EQ(server->circuit->Last(LCP, PppCode::CODE_REJECT).octets.size(), 100u);
}

// RFC 1661, sections 3.4, 3.6 and 5.7: unknown protocols are rejected in the Network phase, and
// silently discarded earlier.
TEST_F(PppLinkTest, UnknownProtocolsAreRejected)
{
    client->link->Open();
    client->circuit->Set(true);
    client->circuit->Inject({0xff, 0x03, 0x80, 0x57, 1, 1, 0, 4});
    EXPECT_EQ(client->link->GetDropCount(PppDropReason::WRONG_PHASE), 1u);
    server->link->Open();
    server->circuit->Set(true);
    RunUntil(Seconds(10));
    ExpectUp();
    client->circuit->Inject({0xff, 0x03, 0x80, 0x57, 1, 1, 0, 4});
    EXPECT_EQ(client->link->GetDropCount(PppDropReason::UNKNOWN_PROTOCOL), 1u);
    EXPECT_EQ(client->circuit->Last(LCP, PppCode::PROTOCOL_REJECT).packet.data,
              (std::vector<uint8_t>{0x80, 0x57, 1, 1, 0, 4}));
    ExpectUp();
}

// RFC 1661, section 5.7: a protocol that the peer rejects isn't sent any more.
TEST_F(PppLinkTest, ProtocolRejectsFromThePeer)
{
    OpenBoth();
    RunUntil(Seconds(1));
    client->circuit->Inject(LCP, {8, 1, {0x80, 0x57}});
    client->circuit->Inject(LCP, {8, 1, {0x80}});
    ExpectUp();
    client->circuit->Inject(LCP, {8, 1, {0x00, 0x21, 0x45}});
    EXPECT_EQ(client->downReason, PppReason::NETWORK_REJECTED);
    EXPECT_FALSE(client->link->SendNetwork(Create<Packet>(1), ppp_protocol::IPV4));
    RunUntil(Seconds(10));
    EXPECT_EQ(client->finishReason, PppReason::NETWORK_REJECTED);
}
