/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-test-link.h"
#include "tshark.h"

#include "ns3/ppp-ms-chap.h"

#include <algorithm>

using namespace ns3;

namespace
{

constexpr uint16_t LCP = ppp_protocol::LCP;
constexpr uint16_t CHAP = ppp_protocol::CHAP;
constexpr uint8_t CHALLENGE = 1;
constexpr uint8_t RESPONSE = 2;
constexpr uint8_t SUCCESS = 3;
constexpr uint8_t FAILURE = 4;

/// The Message field of a Success or Failure.
std::string
MessageOf(const PppTestFrame& frame)
{
    return {frame.packet.data.begin(), frame.packet.data.end()};
}

/// A user table that accepts whoever comes, and says what it is told to.
class ForgingUserTable : public PppUserTable
{
  public:
    void Authenticate(const PppAuthAttempt& attempt, VerdictCallback done) override
    {
        const auto proof = PppMsChapJudge(attempt, "wonderland").value_or("");
        done({true, {}, "welcome", forge(proof)});
    }

    std::function<std::string(std::string)> forge; //!< makes something of the right proof
};

/// Two links that do MS-CHAP-V2 if both may.
class PppMsChapTest : public PppLinkTest
{
  protected:
    void SetUp() override
    {
        PppLinkTest::SetUp();
        Demand(PPP_AUTH_MSCHAP_V2, "alice", "wonderland");
    }
};

} // namespace

// RFC 2759, section 4: 16 octets Peer-Challenge, 8 reserved, 24 NT-Response, 1 Flags.
TEST(PppMsChapResponse, Layout)
{
    std::vector<uint8_t> value(49);
    for (std::size_t i = 0; i < value.size(); ++i)
    {
        value[i] = static_cast<uint8_t>(i + 1);
    }
    const auto response = PppMsChapResponse::Parse(value);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->peerChallenge.front(), 1);
    EXPECT_EQ(response->peerChallenge.back(), 16);
    EXPECT_EQ(response->ntResponse.front(), 25);
    EXPECT_EQ(response->ntResponse.back(), 48);
    // "Reserved, must be zero"; Flags "MUST be zero".
    std::fill_n(value.begin() + 16, 8, 0);
    value[48] = 0;
    EXPECT_EQ(response->Serialize(), value);
}

TEST(PppMsChapResponse, OtherLengthsAreNone)
{
    for (std::size_t size = 0; size < 256; ++size)
    {
        EXPECT_EQ(PppMsChapResponse::Parse(std::vector<uint8_t>(size)).has_value(), size == 49);
    }
}

// RFC 2759, section 6.
TEST(PppMsChapFailure, IsReadAndWritten)
{
    const std::string text = "E=648 R=1 C=5B5D7C7D7B3F2F3E3C2C602132262628 V=3 M=Password expired";
    const auto failure = PppMsChapFailure::Parse(text);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->error, 648U);
    EXPECT_TRUE(failure->retry);
    EXPECT_EQ(failure->challenge.front(), 0x5b);
    EXPECT_EQ(failure->challenge.back(), 0x28);
    EXPECT_EQ(failure->version, 3U);
    EXPECT_EQ(failure->message, "Password expired");
    EXPECT_EQ(failure->Serialize(), text);
}

// RFC 2759, section 6: numbers "need not be 10 digits", codes "not on this list"; no <msg> is one.
TEST(PppMsChapFailure, IsReadGracefully)
{
    const std::string challenge(32, '0');
    EXPECT_TRUE(PppMsChapFailure::Parse("E=0000000691 R=0 C=" + challenge + " V=0000000003 M="));
    const auto big = PppMsChapFailure::Parse("E=4294967295 R=0 C=" + challenge + " V=0 M=x");
    ASSERT_TRUE(big);
    EXPECT_EQ(big->error, 4294967295U);
    EXPECT_TRUE(PppMsChapFailure::Parse("E=1 R=0 C=5b5d7c7d7b3f2f3e3c2c602132262628 V=3 M="));
}

TEST(PppMsChapFailure, WhatIsNotOne)
{
    const std::string challenge(32, '0');
    const std::string good = "E=691 R=0 C=" + challenge + " V=3 M=";
    for (std::size_t size = 0; size < good.size(); ++size)
    {
        EXPECT_FALSE(PppMsChapFailure::Parse(good.substr(0, size))) << size;
    }
    for (const std::string& text : {"E= R=0 C=" + challenge + " V=3 M=",
                                    "E=4294967296 R=0 C=" + challenge + " V=3 M=",
                                    "E=99999999999999999999999 R=0 C=" + challenge + " V=3 M=",
                                    "E=-1 R=0 C=" + challenge + " V=3 M=",
                                    "E=691 R=2 C=" + challenge + " V=3 M=",
                                    "E=691 R=0 C=0" + challenge + " V=3 M=",
                                    "E=691 R=0 C=G" + challenge.substr(1) + " V=3 M=",
                                    "E=691 R=0 V=3 M=" + challenge})
    {
        EXPECT_FALSE(PppMsChapFailure::Parse(text)) << text;
    }
}

// RFC 2759, sections 2 to 5 and 9.1.1: what is on the wire when all is well.
TEST_F(PppMsChapTest, SuccessfulAuthentication)
{
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    EXPECT_EQ(server->link->GetPeerName(), "alice");
    const auto request = server->circuit->Last(LCP, PppCode::CONFIGURE_REQUEST).Options();
    EXPECT_NE(std::find(request.begin(), request.end(), (PppOption{3, {0xc2, 0x23, 0x81}})),
              request.end());
    const auto challenge = server->circuit->Last(CHAP, CHALLENGE).packet;
    EXPECT_EQ(challenge.data.at(0), 16);
    const auto response = client->circuit->Last(CHAP, RESPONSE).packet;
    ASSERT_EQ(response.data.size(), 1U + 49 + 5);
    EXPECT_EQ(response.identifier, challenge.identifier);
    EXPECT_EQ(response.data[0], 49);
    EXPECT_EQ(std::string(response.data.begin() + 50, response.data.end()), "alice");
    EXPECT_EQ(std::count(response.data.begin() + 17, response.data.begin() + 25, 0), 8);
    EXPECT_EQ(response.data[49], 0);
    const std::string message = MessageOf(server->circuit->Last(CHAP, SUCCESS));
    ASSERT_EQ(message.size(), std::string("S= M=welcome").size() + 40);
    EXPECT_EQ(message.substr(0, 2), "S=");
    EXPECT_EQ(message.find_first_not_of("0123456789ABCDEF", 2), 42U);
    EXPECT_EQ(message.substr(42), " M=welcome");
}

// RFC 2759, section 4: the domain is part of the name and not of the proof.
TEST_F(PppMsChapTest, NameWithADomain)
{
    users->AddUser("BIGCO\\johndoe", "secret");
    Demand(PPP_AUTH_MSCHAP_V2, "BIGCO\\johndoe", "secret");
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    EXPECT_EQ(server->link->GetPeerName(), "BIGCO\\johndoe");
}

// RFC 2759, sections 6 and 9.1.3: the Failure; it allows no retry.
TEST_F(PppMsChapTest, FailedAuthentication)
{
    Demand(PPP_AUTH_MSCHAP_V2, "alice", "looking-glass");
    OpenBoth();
    RunUntil(Seconds(60));
    EXPECT_EQ(client->finishReason, PppReason::LOCAL_AUTH_FAILED);
    EXPECT_EQ(server->finishReason, PppReason::PEER_AUTH_FAILED);
    const auto failure = PppMsChapFailure::Parse(MessageOf(server->circuit->Last(CHAP, FAILURE)));
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->error, 691U);
    EXPECT_FALSE(failure->retry);
    EXPECT_EQ(failure->version, 3U);
    EXPECT_NE(failure->challenge, PppMsChapChallenge{});
}

// RFC 2759, section 5: "If the authenticator response is either missing or incorrect, the peer MUST
// end the session"; "The hexadecimal digits A-F (if present) MUST be uppercase".
TEST_F(PppMsChapTest, AuthenticatorThatDoesNotKnowThePassword)
{
    const std::vector<std::function<std::string(std::string)>> forgers{
        [](const std::string&) { return ""; },
        [](const std::string& proof) { return proof.substr(0, 41); },
        [](const std::string& proof) { return proof.substr(2); },
        [](const std::string& proof) { return "s" + proof.substr(1); },
        [](const std::string& proof) { return " " + proof; },
        [](const std::string&) { return "S=" + std::string(40, '0'); },
        [](std::string proof) {
            proof.back() = proof.back() == '0' ? '1' : '0';
            return proof;
        },
        [](std::string proof) {
            // The digits are those of this seed; there are letters among them.
            EXPECT_NE(proof.find_first_of("ABCDEF", 2), std::string::npos);
            std::transform(proof.begin() + 2, proof.end(), proof.begin() + 2, ::tolower);
            return proof;
        }};
    for (std::size_t i = 0; i < forgers.size(); ++i)
    {
        SCOPED_TRACE(i);
        TearDown();
        SetUp();
        auto forging = CreateObject<ForgingUserTable>();
        forging->forge = forgers[i];
        server->link->SetUserTable(forging);
        OpenBoth();
        RunUntil(Seconds(60));
        EXPECT_EQ(server->circuit->Count(CHAP, SUCCESS), 1);
        EXPECT_EQ(client->ups, 0);
        EXPECT_EQ(client->finishReason, PppReason::PEER_AUTH_FAILED);
        EXPECT_EQ(client->link->GetReasonProtocol(), CHAP);
        EXPECT_EQ(server->finishReason, PppReason::PEER_TERMINATED);
    }
}

// RFC 2759, section 5: " M=<message>" is for humans; without it the proof is as good.
TEST_F(PppMsChapTest, SuccessWithoutWords)
{
    server->circuit->lose = [this](const auto& frame) {
        if (!frame.Is(CHAP, SUCCESS))
        {
            return false;
        }
        auto packet = frame.packet;
        packet.data.resize(42);
        client->circuit->Inject(CHAP, packet);
        return true;
    };
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
}

// A peer that only does CHAP with MD5 naks with that; whether it will do is the server's to say.
TEST_F(PppMsChapTest, PeerThatDoesMd5Only)
{
    for (const bool fallback : {false, true})
    {
        SCOPED_TRACE(fallback);
        TearDown();
        SetUp();
        client->link->GetLcp()->SetAttribute("AcceptMsChapV2", BooleanValue(false));
        server->link->GetLcp()->SetAttribute("ChapFallback", BooleanValue(fallback));
        OpenBoth();
        RunUntil(Seconds(60));
        const auto nak = client->circuit->Last(LCP, PppCode::CONFIGURE_NAK).Options();
        EXPECT_EQ(nak, (PppOptionList{{3, {0xc2, 0x23, 5}}}));
        if (fallback)
        {
            ExpectUp();
            EXPECT_EQ(client->circuit->Last(CHAP, RESPONSE).packet.data[0], 16);
        }
        else
        {
            EXPECT_EQ(server->finishReason, PppReason::AUTH_REFUSED);
            EXPECT_EQ(server->link->GetReasonProtocol(), CHAP);
        }
    }
}

// The same for a peer that only does PAP, and for one that naks MD5 with MS-CHAP-V2: that isn't
// what was asked for.
TEST_F(PppMsChapTest, OtherFallbacks)
{
    client->link->GetLcp()->SetAttribute("AcceptMsChapV2", BooleanValue(false));
    client->link->GetLcp()->SetAttribute("AcceptChap", BooleanValue(false));
    server->link->GetLcp()->SetAttribute("PapFallback", BooleanValue(true));
    OpenBoth();
    RunUntil(Seconds(5));
    ExpectUp();
    EXPECT_EQ(server->circuit->Count(ppp_protocol::PAP, uint8_t(2)), 1);

    TearDown();
    SetUp();
    Demand(PPP_AUTH_CHAP, "alice", "wonderland");
    client->link->GetLcp()->SetAttribute("AcceptChap", BooleanValue(false));
    OpenBoth();
    RunUntil(Seconds(60));
    EXPECT_EQ(client->circuit->Last(LCP, PppCode::CONFIGURE_NAK).Options(),
              (PppOptionList{{3, {0xc2, 0x23, 0x81}}}));
    EXPECT_EQ(server->finishReason, PppReason::AUTH_REFUSED);
}

// RFC 2759, section 3: a challenge has 16 octets; others are dropped, and the good one is answered.
TEST_F(PppMsChapTest, ChallengesOfOtherLengths)
{
    client->circuit->lose = [](const auto& frame) { return frame.protocol == CHAP; };
    OpenBoth();
    RunUntil(Seconds(1));
    ASSERT_EQ(client->circuit->Count(CHAP, RESPONSE), 1);
    for (std::size_t size = 0; size < 256; ++size)
    {
        std::vector<uint8_t> data(1 + size, static_cast<uint8_t>(size));
        client->circuit->Inject(CHAP, {CHALLENGE, 77, data});
        data.pop_back();
        client->circuit->Inject(CHAP, {CHALLENGE, 78, data}); // cut short
    }
    EXPECT_EQ(client->circuit->Count(CHAP, RESPONSE), 2);
    EXPECT_EQ(client->circuit->Last(CHAP, RESPONSE).packet.identifier, 77);
    EXPECT_EQ(client->link->GetDropCount(PppDropReason::AUTH_MALFORMED), 2U * 256 - 1);
}

// RFC 2759, section 4: a response has 49 octets; others are dropped, and the good one is judged.
// Section 7: Change-Password isn't taken.
TEST_F(PppMsChapTest, ResponsesOfOtherLengths)
{
    std::vector<PppTestFrame> held;
    client->circuit->lose = [&held](const auto& frame) {
        held.push_back(frame);
        return frame.protocol == CHAP;
    };
    OpenBoth();
    RunUntil(Seconds(1));
    const auto response = held.back().packet;
    ASSERT_EQ(response.code, RESPONSE);
    for (std::size_t size = 0; size < 256; ++size)
    {
        if (size != 49)
        {
            std::vector<uint8_t> data(1 + size, static_cast<uint8_t>(size));
            server->circuit->Inject(CHAP, {RESPONSE, response.identifier, data});
        }
    }
    EXPECT_EQ(server->link->GetDropCount(PppDropReason::AUTH_MALFORMED), 255U);
    server->circuit->Inject(CHAP, {7, response.identifier, std::vector<uint8_t>(582)});
    EXPECT_EQ(server->link->GetDropCount(PppDropReason::AUTH_UNEXPECTED), 1U);
    EXPECT_EQ(server->link->GetPhase(), PppPhase::AUTHENTICATE);
    client->circuit->lose = nullptr;
    server->circuit->Inject(CHAP, response);
    RunUntil(Seconds(2));
    ExpectUp();
}

// RFC 2759, section 6: a Failure ends it, whatever its words are.
TEST_F(PppMsChapTest, FailuresInOtherWords)
{
    for (const std::string& words : {std::string(),
                                     std::string("E="),
                                     std::string("E=691 R=1 V=3"),
                                     std::string(1400, '\xff'),
                                     "E=648 R=1 C=" + std::string(32, 'F') + " V=3 M=expired"})
    {
        TearDown();
        SetUp();
        server->circuit->lose = [this, &words](const auto& frame) {
            if (!frame.Is(CHAP, SUCCESS))
            {
                return false;
            }
            client->circuit->Inject(
                CHAP,
                {FAILURE, frame.packet.identifier, {words.begin(), words.end()}});
            return true;
        };
        OpenBoth();
        RunUntil(Seconds(60));
        EXPECT_EQ(client->finishReason, PppReason::LOCAL_AUTH_FAILED);
    }
}

// What tshark makes of the frames.
TEST_F(PppMsChapTest, TsharkReadsIt)
{
    if (!HasTshark())
    {
        GTEST_SKIP() << "no tshark";
    }
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    std::vector<std::vector<uint8_t>> frames;
    const auto add = [&frames](const PppTestFrame& frame) {
        auto packet = Create<Packet>(frame.octets.data(), frame.octets.size());
        packet->AddHeader(frame.header);
        frames.emplace_back(packet->GetSize());
        packet->CopyData(frames.back().data(), frames.back().size());
    };
    std::for_each(client->circuit->sent.begin(), client->circuit->sent.end(), add);
    std::for_each(server->circuit->sent.begin(), server->circuit->sent.end(), add);
    const std::string name = ::testing::TempDir() + "ppp-ms-chap.pcap";
    std::string output;
    ASSERT_TRUE(
        AskTshark(name, 9, frames, "-Y '_ws.malformed || _ws.expert.severity >= 8388608'", output));
    EXPECT_EQ(output, "");
    ASSERT_TRUE(
        AskTshark(name, 9, frames, "-Y chap -T fields -e chap.code -e chap.value_size", output));
    EXPECT_EQ(output, "2\t49\n1\t16\n3\t\n");
    ASSERT_TRUE(
        AskTshark(name, 9, frames, "-Y 'lcp.opt.algorithm == 0x81' -T fields -e ppp.code", output));
    EXPECT_EQ(output, "2\n1\n");
}
