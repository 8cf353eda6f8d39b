/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A whole link: phases, authentication, addresses, termination.

#include "ppp-test-link.h"

#include "ns3/ppp-ms-chap.h"

#include <memory>

using namespace ns3;

namespace
{
constexpr uint16_t LCP = ppp_protocol::LCP;
constexpr uint16_t IPCP = ppp_protocol::IPCP;
constexpr uint16_t PAP = ppp_protocol::PAP;
constexpr uint16_t CHAP = ppp_protocol::CHAP;
} // namespace

// RFC 1661, section 3.2: the phases, without authentication.
TEST_F(PppLinkTest, ComesUpWithoutAuthentication)
{
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    EXPECT_EQ(client->phases, "Establish(lower layer up) Network(LCP opened) ");
    EXPECT_EQ(client->local, Ipv4Address("10.8.0.2"));
    EXPECT_EQ(client->peer, Ipv4Address("10.8.0.1"));
    EXPECT_EQ(client->link->GetPeerName(), "");
    EXPECT_EQ(client->circuit->Count(LCP, PppCode::CONFIGURE_REQUEST), 1);
}

TEST_F(PppLinkTest, DataPassesOnceUp)
{
    EXPECT_FALSE(client->link->SendNetwork(Create<Packet>(100), ppp_protocol::IPV4));
    OpenBoth();
    RunUntil(Seconds(1));
    EXPECT_TRUE(client->link->SendNetwork(Create<Packet>(1500), ppp_protocol::IPV4));
    EXPECT_FALSE(client->link->SendNetwork(Create<Packet>(1501), ppp_protocol::IPV4));
    EXPECT_FALSE(client->link->SendNetwork(Create<Packet>(100), ppp_protocol::IPV6));
    RunUntil(Seconds(2));
    EXPECT_EQ(server->received, std::vector<uint32_t>{1500});
    EXPECT_EQ(client->link->GetDropCount(PppDropReason::TX_NOT_OPENED), 2u);
    EXPECT_EQ(client->link->GetDropCount(PppDropReason::TX_TOO_LONG), 1u);
}

// RFC 1334, section 2: PAP, with the RFC's octets on the wire.
TEST_F(PppLinkTest, Pap)
{
    Demand(PPP_AUTH_PAP, "alice", "wonderland");
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    EXPECT_EQ(server->link->GetPeerName(), "alice");
    EXPECT_EQ(server->phases,
              "Establish(lower layer up) Authenticate(LCP opened) Network(authenticated) ");
    const auto request = client->circuit->Last(PAP, uint8_t(1));
    EXPECT_EQ(std::string(request.packet.data.begin(), request.packet.data.end()),
              "\005alice\012wonderland");
    EXPECT_EQ(server->circuit->Last(PAP, uint8_t(2)).packet.identifier, request.packet.identifier);
}

// RFC 1994, section 4: CHAP.
TEST_F(PppLinkTest, Chap)
{
    Demand(PPP_AUTH_CHAP, "alice", "wonderland");
    OpenBoth();
    RunUntil(Seconds(1));
    ExpectUp();
    EXPECT_EQ(server->link->GetPeerName(), "alice");
    EXPECT_EQ(client->link->GetPeerName(), "");
    const auto challenge = server->circuit->Last(CHAP, uint8_t(1)).packet;
    ASSERT_EQ(challenge.data.size(), 1u + 16 + 3);
    EXPECT_EQ(challenge.data[0], 16);
    EXPECT_EQ(std::string(challenge.data.begin() + 17, challenge.data.end()), "ns3");
    const auto response = client->circuit->Last(CHAP, uint8_t(2)).packet;
    EXPECT_EQ(response.identifier, challenge.identifier);
    EXPECT_EQ(std::string(response.data.begin() + 17, response.data.end()), "alice");
}

// RFC 1661, section 6.2: "There is no requirement that authentication be full-duplex or that the
// same protocol be used in both directions."
TEST_F(PppLinkTest, BothWaysByDifferentProtocols)
{
    Demand(PPP_AUTH_CHAP, "alice", "wonderland");
    auto servers = CreateObject<PppLocalUserTable>();
    servers->AddUser("lns", "secret");
    client->link->SetUserTable(servers);
    client->link->SetAttribute("AuthProtocol", StringValue("Pap"));
    server->link->SetAttribute("Username", StringValue("lns"));
    server->link->SetAttribute("Password", StringValue("secret"));
    OpenBoth();
    RunUntil(Seconds(10));
    ExpectUp();
    EXPECT_EQ(client->link->GetPeerName(), "lns");
    EXPECT_EQ(server->link->GetPeerName(), "alice");
}

class PppLinkAuthTest : public PppLinkTest, public ::testing::WithParamInterface<PppAuthProtocol>
{
};

INSTANTIATE_TEST_SUITE_P(EachProtocol,
                         PppLinkAuthTest,
                         ::testing::Values(PPP_AUTH_PAP, PPP_AUTH_CHAP, PPP_AUTH_MSCHAP_V2));

// RFC 1334, section 2.2.2; RFC 1994, section 4.2; RFC 2759, section 9.1.3: the refusal, then the
// link is terminated.
TEST_P(PppLinkAuthTest, WrongPassword)
{
    Demand(GetParam(), "alice", "looking-glass");
    OpenBoth();
    RunUntil(Seconds(60));
    EXPECT_EQ(server->ups, 0);
    EXPECT_EQ(client->ups, 0);
    EXPECT_EQ(server->link->GetPeerName(), "");
    EXPECT_EQ(server->finishReason, PppReason::PEER_AUTH_FAILED);
    EXPECT_EQ(client->finishReason, PppReason::LOCAL_AUTH_FAILED);
    EXPECT_EQ(server->link->GetReasonProtocol(), GetParam() == PPP_AUTH_PAP ? PAP : CHAP);
    EXPECT_EQ(client->link->GetReasonProtocol(), GetParam() == PPP_AUTH_PAP ? PAP : CHAP);
    EXPECT_EQ(server->link->GetPhase(), PppPhase::DEAD);
    EXPECT_EQ(server->circuit->Count(PAP, uint8_t(3)) + server->circuit->Count(CHAP, uint8_t(4)),
              1);
}

TEST_P(PppLinkAuthTest, UnknownUser)
{
    Demand(GetParam(), "mallory", "wonderland");
    OpenBoth();
    RunUntil(Seconds(60));
    EXPECT_EQ(server->ups, 0);
    EXPECT_EQ(server->finishReason, PppReason::PEER_AUTH_FAILED);
}

// RFC 1661, section 5.4: a peer without a name rejects the option; the link can't be.
TEST_P(PppLinkAuthTest, PeerWithoutName)
{
    Demand(GetParam(), "", "");
    OpenBoth();
    RunUntil(Seconds(60));
    EXPECT_EQ(server->ups, 0);
    EXPECT_EQ(server->finishReason, PppReason::AUTH_REFUSED);
    EXPECT_EQ(server->link->GetReasonProtocol(), GetParam() == PPP_AUTH_PAP ? PAP : CHAP);
}

// The user table says which address a user has.
TEST_P(PppLinkAuthTest, FixedAddressOfTheUser)
{
    Demand(GetParam(), "bob", "builder");
    OpenBoth();
    RunUntil(Seconds(5));
    ExpectUp();
    EXPECT_EQ(client->local, Ipv4Address("10.8.0.77"));
}

// RFC 1334, section 2.2.1; RFC 1994, section 4.1: each lost message is sent again, and a lost
// reply is repeated with the same code in the Network phase.
TEST_P(PppLinkAuthTest, LostMessages)
{
    const auto protocol = GetParam() == PPP_AUTH_PAP ? PAP : CHAP;
    for (uint8_t code = 1; code <= 3; ++code)
    {
        TearDown();
        SetUp();
        Demand(GetParam(), "alice", "wonderland");
        client->circuit->lose = LoseFirst(2, protocol, code);
        server->circuit->lose = LoseFirst(2, protocol, code);
        OpenBoth();
        RunUntil(Seconds(20));
        ExpectUp();
        EXPECT_EQ(server->link->GetPeerName(), "alice");
    }
}

// The peer that says nothing is given up after AuthTries intervals, and not a moment before.
TEST_P(PppLinkAuthTest, SilentPeerIsGivenUp)
{
    const auto protocol = GetParam() == PPP_AUTH_PAP ? PAP : CHAP;
    Demand(GetParam(), "alice", "wonderland");
    client->link->SetAttribute("AuthTries", UintegerValue(100));
    client->circuit->lose = [protocol](const auto& frame) { return frame.protocol == protocol; };
    OpenBoth();
    RunUntil(Seconds(1));
    ASSERT_EQ(server->link->GetPhase(), PppPhase::AUTHENTICATE);
    const auto opened = MilliSeconds(20); // one round trip
    RunUntil(opened + Seconds(30) - NanoSeconds(1));
    EXPECT_EQ(server->link->GetPhase(), PppPhase::AUTHENTICATE);
    RunUntil(opened + Seconds(30));
    EXPECT_EQ(server->link->GetPhase(), PppPhase::TERMINATE);
    RunUntil(Seconds(40));
    EXPECT_EQ(server->finishReason, PppReason::AUTH_TIMEOUT);
    EXPECT_EQ(server->link->GetReasonProtocol(), protocol);
}

// Regression: who is told of a phase takes the circuit away, and that phase began all the same.
TEST_F(PppLinkTest, CircuitIsTakenAwayInThePhaseTrace)
{
    for (const PppPhase phase : {PppPhase::AUTHENTICATE, PppPhase::NETWORK})
    {
        SCOPED_TRACE(PppPhaseName(phase));
        TearDown();
        SetUp();
        Demand(PPP_AUTH_CHAP, "alice", "wonderland");
        server->link->TraceConnectWithoutContext(
            "Phase",
            Callback<void, PppPhase, PppPhase, PppReason>(
                [this, phase](PppPhase, PppPhase now, PppReason) {
                    if (now == phase)
                    {
                        server->link->SetCircuit(nullptr);
                    }
                }));
        OpenBoth();
        RunUntil(Simulator::Now() + Seconds(40));
        EXPECT_EQ(server->link->GetPhase(), PppPhase::DEAD);
        EXPECT_EQ(server->link->GetDropCount(PppDropReason::TX_NOT_OPENED), 0u);
        EXPECT_EQ(server->link->GetIpcp()->GetState(), PppState::INITIAL);
    }
}

// RFC 1661, section 6.2: an end that does CHAP only naks PAP with CHAP; the server doesn't want it.
TEST_F(PppLinkTest, ClientNaksPapWithChap)
{
    Demand(PPP_AUTH_PAP, "alice", "wonderland");
    client->link->GetLcp()->SetAttribute("AcceptPap", BooleanValue(false));
    OpenBoth();
    RunUntil(Seconds(60));
    const auto nak = client->circuit->Last(LCP, PppCode::CONFIGURE_NAK).Options();
    ASSERT_EQ(nak.size(), 1u);
    EXPECT_EQ(nak[0], (PppOption{3, {0xc2, 0x23, 5}}));
    EXPECT_EQ(server->finishReason, PppReason::AUTH_REFUSED);
}

// RFC 1661, section 6.2: "SHOULD attempt the next most desirable protocol".
TEST_F(PppLinkTest, PapFallback)
{
    Demand(PPP_AUTH_CHAP, "alice", "wonderland");
    client->link->GetLcp()->SetAttribute("AcceptChap", BooleanValue(false));
    client->link->GetLcp()->SetAttribute("AcceptMsChapV2", BooleanValue(false));
    server->link->GetLcp()->SetAttribute("PapFallback", BooleanValue(true));
    OpenBoth();
    RunUntil(Seconds(5));
    ExpectUp();
    EXPECT_EQ(server->circuit->Count(PAP, uint8_t(2)), 1);
}

// RFC 1994, section 4.1: challenges in the Network phase; one that fails ends the link.
TEST_F(PppLinkTest, ChallengesInTheNetworkPhase)
{
    Demand(PPP_AUTH_CHAP, "alice", "wonderland");
    server->link->SetAttribute("ChapInterval", TimeValue(Seconds(10)));
    OpenBoth();
    RunUntil(Seconds(25));
    ExpectUp();
    EXPECT_EQ(server->circuit->Count(CHAP, uint8_t(1)), 3);
    EXPECT_EQ(server->circuit->Count(CHAP, uint8_t(3)), 3);
    users->AddUser("alice", "changed");
    RunUntil(Seconds(60));
    EXPECT_EQ(server->downReason, PppReason::PEER_AUTH_FAILED);
    EXPECT_EQ(client->downReason, PppReason::LOCAL_AUTH_FAILED);
}

// RFC 1994, section 4.1: a response that was judged has the same reply again; a guess doesn't help.
TEST_F(PppLinkTest, ChapReplyStaysTheSame)
{
    Demand(PPP_AUTH_CHAP, "alice", "wonderland");
    OpenBoth();
    RunUntil(Seconds(1));
    auto response = client->circuit->Last(CHAP, uint8_t(2)).packet;
    response.data[5] ^= 1;
    server->circuit->Inject(CHAP, response);
    RunUntil(Seconds(2));
    EXPECT_EQ(server->circuit->Count(CHAP, uint8_t(3)), 2);
    EXPECT_EQ(server->circuit->Count(CHAP, uint8_t(4)), 0);
    ExpectUp();
}

namespace
{

/// A user table that answers after some time, as one that asks a server does.
class SlowUserTable : public PppUserTable
{
  public:
    void Authenticate(const PppAuthAttempt& attempt, VerdictCallback done) override
    {
        ++asked;
        name = attempt.name;
        const auto proof = PppMsChapJudge(attempt, "any").value_or(""); // if it is MS-CHAP-V2
        PppUserProfile profile;
        profile.address = Ipv4Address("10.8.0.33");
        const PppAuthVerdict verdict{true, profile, "at last", proof};
        Simulator::Schedule(Seconds(8), [done, verdict] { done(verdict); });
    }

    int asked{0};     //!< how often it was asked
    std::string name; //!< for whom
};

} // namespace

// The verdict may come late: the peer repeats itself meanwhile, and is asked about once.
TEST_P(PppLinkAuthTest, VerdictComesLate)
{
    auto slow = CreateObject<SlowUserTable>();
    Demand(GetParam(), "carol", "any");
    server->link->SetUserTable(slow);
    OpenBoth();
    RunUntil(Seconds(5));
    EXPECT_EQ(server->link->GetPhase(), PppPhase::AUTHENTICATE);
    RunUntil(Seconds(10));
    ExpectUp();
    EXPECT_EQ(slow->asked, 1);
    EXPECT_EQ(server->link->GetPeerName(), "carol");
    EXPECT_EQ(client->local, Ipv4Address("10.8.0.33"));
}

// Or when the link is gone.
TEST_P(PppLinkAuthTest, VerdictComesTooLate)
{
    Demand(GetParam(), "carol", "any");
    server->link->SetUserTable(CreateObject<SlowUserTable>());
    OpenBoth();
    RunUntil(Seconds(5));
    server->link->Close();
    RunUntil(Seconds(20));
    EXPECT_EQ(server->ups, 0);
    EXPECT_EQ(server->finishReason, PppReason::ADMINISTRATIVE);
    EXPECT_EQ(server->link->GetReasonProtocol(), 0) << "Close() is no protocol's doing";
}

// Max-Configure requests without an answer: the reason is the same, and the protocol tells.
TEST_F(PppLinkTest, NoResponseIsOfOneProtocol)
{
    for (const uint16_t protocol : {LCP, IPCP})
    {
        TearDown();
        SetUp();
        client->circuit->lose = [protocol](const auto& frame) {
            return frame.protocol == protocol;
        };
        OpenBoth();
        RunUntil(Seconds(200));
        EXPECT_EQ(server->finishReason, PppReason::NO_RESPONSE);
        EXPECT_EQ(server->link->GetReasonProtocol(), protocol);
    }
}

// Configuration that can't work says so.
TEST_F(PppLinkTest, AuthProtocolNeedsUserTable)
{
    server->link->SetUserTable(nullptr);
    server->link->SetAttribute("AuthProtocol", StringValue("Chap"));
    EXPECT_DEATH(server->link->Open(), "UserTable");
}

// RFC 1334, section 2.2.1: the Peer-ID Length and Passwd-Length fields are one octet.
TEST_F(PppLinkTest, NamesAndPasswordsHaveALength)
{
    for (const char* attribute : {"Username", "Password"})
    {
        client->link->SetAttribute(attribute, StringValue(std::string(255, 'x')));
        client->link->Open();
        client->link->Close();
        client->link->SetAttribute(attribute, StringValue(std::string(256, 'x')));
        EXPECT_DEATH(client->link->Open(), "may have 255 octets at most.*shorten them");
        client->link->SetAttribute(attribute, StringValue(""));
    }
}

// No success before the peer proved it: forged successes and IPCP don't open the server's network.
TEST_F(PppLinkTest, NoNetworkBeforeProof)
{
    Demand(PPP_AUTH_CHAP, "alice", "looking-glass");
    client->circuit->lose = [](const auto& frame) { return frame.protocol == CHAP; };
    OpenBoth();
    RunUntil(Seconds(1));
    for (uint8_t code = 0; code < 12; ++code)
    {
        for (int identifier = 0; identifier < 256; ++identifier)
        {
            const PppControlPacket packet{code, static_cast<uint8_t>(identifier), {}};
            server->circuit->Inject(PAP, packet);
            server->circuit->Inject(IPCP, packet);
            server->circuit->Inject(CHAP, packet);
        }
    }
    server->circuit->Inject({0xff, 0x03, 0x00, 0x21, 0x45, 0x00});
    EXPECT_EQ(server->ups, 0);
    EXPECT_TRUE(server->received.empty());
    EXPECT_NE(server->link->GetPhase(), PppPhase::NETWORK);
}
