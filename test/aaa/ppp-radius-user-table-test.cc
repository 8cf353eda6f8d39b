/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "aaa/radius-network.h"

#include "ns3/pointer.h"
#include "ns3/ppp-chap.h"
#include "ns3/ppp-ms-chap.h"
#include "ns3/ppp-radius-user-table.h"
#include "ns3/radius-ppp.h"

#include <algorithm>

using namespace ns3;

namespace
{

using K = RadiusKeys;

/// PPP's users, known to a server.
class PppRadiusUserTableTest : public RadiusNetworkTest
{
  protected:
    PppRadiusUserTableTest()
        : m_table(CreateObject<PppRadiusUserTable>()),
          m_server(InstallServer())
    {
        UseServer();
        m_table->SetAttribute("Client", PointerValue(m_client));
        m_table->TraceConnectWithoutContext(
            "Answer",
            Callback<void, const PppAuthAttempt&, const RadiusResult&>(
                [this](const PppAuthAttempt& attempt, const RadiusResult& result) {
                    m_answers.emplace_back(attempt.name, result);
                }));
        Allow({});
    }

    void TearDown() override
    {
        m_table->Dispose();
        RadiusNetworkTest::TearDown();
    }

    /// Let alice in. @param clear the attributes of the Access-Accept
    void Allow(const RadiusAttributes& clear)
    {
        m_server->GetDirectory()->AddUser("alice", "wonderland", clear);
    }

    /// Judge, and wait for the verdict. @param attempt the attempt @return the verdict
    PppAuthVerdict Judge(const PppAuthAttempt& attempt)
    {
        std::vector<PppAuthVerdict> verdicts;
        m_table->Authenticate(attempt, [&](const auto& verdict) { verdicts.push_back(verdict); });
        Simulator::Run();
        EXPECT_EQ(verdicts.size(), 1U);
        return verdicts.empty() ? PppAuthVerdict() : verdicts[0];
    }

    /// An attempt by PAP. @param password the password @return it
    static PppAuthAttempt Pap(const std::string& password)
    {
        PppAuthAttempt attempt;
        attempt.protocol = PPP_AUTH_PAP;
        attempt.name = "alice";
        attempt.password = password;
        return attempt;
    }

    /// An attempt by CHAP. @param secret the secret @return it
    static PppAuthAttempt Chap(const std::string& secret)
    {
        PppAuthAttempt attempt;
        attempt.protocol = PPP_AUTH_CHAP;
        attempt.name = "alice";
        attempt.identifier = 200;
        attempt.challenge = Octets("00112233445566778899aabbccddeeff");
        const auto digest = PppChapDigest(attempt.identifier, secret, attempt.challenge);
        attempt.response.assign(digest.begin(), digest.end());
        return attempt;
    }

    /// An attempt by MS-CHAP-V2. @param password the password @return it
    static PppAuthAttempt MsChap(const std::string& password)
    {
        PppAuthAttempt attempt;
        attempt.protocol = PPP_AUTH_MSCHAP_V2;
        attempt.name = "alice";
        attempt.identifier = 201;
        attempt.challenge = Octets("00112233445566778899aabbccddeeff");
        PppMsChapExchange exchange;
        std::copy(attempt.challenge.begin(),
                  attempt.challenge.end(),
                  exchange.authenticatorChallenge.begin());
        exchange.peerChallenge.fill(7);
        exchange.userName = attempt.name;
        PppMsChapResponse response;
        response.peerChallenge = exchange.peerChallenge;
        response.ntResponse = PppMsChapNtResponse(exchange, password);
        attempt.response = response.Serialize();
        return attempt;
    }

    Ptr<PppRadiusUserTable> m_table;                             //!< the table
    Ptr<RadiusServer> m_server;                                  //!< who is asked
    std::vector<std::pair<std::string, RadiusResult>> m_answers; //!< what was traced
};

} // namespace

// RFC 2865, section 2.2: PAP and CHAP; RFC 2548: MS-CHAP-V2 with the server's proof, which is the
// same that a table of this node would give.
TEST_F(PppRadiusUserTableTest, AllProtocols)
{
    EXPECT_TRUE(Judge(Pap("wonderland")).accepted);
    EXPECT_FALSE(Judge(Pap("Wonderland")).accepted);
    EXPECT_FALSE(Judge(Pap("")).accepted);
    EXPECT_TRUE(Judge(Chap("wonderland")).accepted);
    EXPECT_FALSE(Judge(Chap("Wonderland")).accepted);
    const auto verdict = Judge(MsChap("wonderland"));
    EXPECT_TRUE(verdict.accepted);
    EXPECT_EQ(verdict.proof, PppMsChapJudge(MsChap("wonderland"), "wonderland"));
    EXPECT_FALSE(Judge(MsChap("Wonderland")).accepted);
    ASSERT_EQ(m_answers.size(), 7U);
    EXPECT_EQ(m_answers[0].first, "alice");
    EXPECT_EQ(m_answers[0].second.outcome, RadiusOutcome::ACCEPT);
    EXPECT_EQ(m_answers[1].second.outcome, RadiusOutcome::REJECT);
    for (const auto& sent : m_sent)
    {
        EXPECT_EQ(sent.packet.Check(), RadiusError::NONE);
    }
    EXPECT_EQ(m_sent[0].packet.attributes.Get(K::SERVICE_TYPE), RadiusServiceType::FRAMED);
    EXPECT_EQ(m_sent[0].packet.attributes.Get(K::FRAMED_PROTOCOL), RADIUS_FRAMED_PPP);
}

// An empty password is hidden, too, in 16 octets (RFC 2865, section 5.2).
TEST_F(PppRadiusUserTableTest, EmptyPassword)
{
    m_server->GetDirectory()->AddUser("alice", "");
    EXPECT_TRUE(Judge(Pap("")).accepted);
    EXPECT_EQ(m_sent[0].packet.attributes.Find(2)->value.size(), 16U);
}

// RFC 2865, section 5.8: the user's address, or that somebody else picks it.
TEST_F(PppRadiusUserTableTest, Address)
{
    for (const auto& [sent, told] : {std::pair("10.8.0.7", "10.8.0.7"),
                                     {"255.255.255.253", "255.255.255.253"},
                                     {"255.255.255.254", "0.0.0.0"},
                                     {"255.255.255.255", "0.0.0.0"}})
    {
        RadiusAttributes clear;
        clear.Add(K::FRAMED_IP_ADDRESS, Ipv4Address(sent));
        Allow(clear);
        const auto verdict = Judge(Pap("wonderland"));
        EXPECT_TRUE(verdict.accepted);
        EXPECT_EQ(verdict.profile.address, Ipv4Address(told));
    }
}

// RFC 2865, sections 5.22, 5.27 and 5.28; RFC 2869, section 5.18.
TEST_F(PppRadiusUserTableTest, Profile)
{
    RadiusAttributes clear;
    clear.Add(K::FRAMED_ROUTE, "192.168.7.0/24 0.0.0.0 1");
    clear.Add(K::FRAMED_ROUTE, "no route");
    clear.Add(K::FRAMED_ROUTE, "10.9.0.0/16 10.8.0.7 5");
    clear.Add(K::FRAMED_POOL, "gold");
    clear.Add(K::SESSION_TIMEOUT, 3600);
    clear.Add(K::IDLE_TIMEOUT, 0xffffffff);
    Allow(clear);
    auto verdict = Judge(Pap("wonderland"));
    ASSERT_TRUE(verdict.accepted);
    const auto& profile = verdict.profile;
    EXPECT_EQ(profile.address, Ipv4Address::GetAny());
    ASSERT_EQ(profile.routes.size(), 2U) << "one that can't be read is none";
    EXPECT_EQ(profile.routes[0].network, Ipv4Address("192.168.7.0"));
    EXPECT_EQ(profile.routes[0].mask, Ipv4Mask("255.255.255.0"));
    EXPECT_EQ(profile.routes[0].metric, 1U);
    EXPECT_EQ(profile.routes[1].network, Ipv4Address("10.9.0.0"));
    EXPECT_EQ(profile.routes[1].metric, 5U);
    EXPECT_EQ(profile.pool, "gold");
    EXPECT_EQ(profile.domain, "") << "a server can't put a user into another domain";
    EXPECT_EQ(profile.sessionTimeout, Seconds(3600));
    EXPECT_EQ(profile.idleTimeout, Seconds(4294967295.0));
    verdict = Judge(Pap("wrong"));
    EXPECT_TRUE(verdict.profile.routes.empty());
    EXPECT_EQ(verdict.profile.sessionTimeout, Seconds(0));
}

// RFC 2865, section 1.1: "A NAS MUST treat a RADIUS access-accept authorizing an unavailable
// service as an access-reject instead."
TEST_F(PppRadiusUserTableTest, UnavailableService)
{
    RadiusAttributes clear;
    clear.Add(K::SERVICE_TYPE, RadiusServiceType::FRAMED);
    clear.Add(K::FRAMED_PROTOCOL, RADIUS_FRAMED_PPP);
    Allow(clear);
    EXPECT_TRUE(Judge(Pap("wonderland")).accepted);
    clear.Set(K::FRAMED_PROTOCOL, 2); // SLIP
    Allow(clear);
    EXPECT_FALSE(Judge(Pap("wonderland")).accepted);
    clear = {};
    clear.Add(K::SERVICE_TYPE, 1); // Login
    Allow(clear);
    EXPECT_FALSE(Judge(Pap("wonderland")).accepted);
}

// RFC 2865, section 5.18: the words are for the user.
TEST_F(PppRadiusUserTableTest, Words)
{
    RadiusAttributes clear;
    clear.Add(K::REPLY_MESSAGE, std::string(200, 'a'));
    clear.Add(K::REPLY_MESSAGE, std::string(200, 'b'));
    Allow(clear);
    EXPECT_EQ(Judge(Pap("wonderland")).message, std::string(200, 'a') + std::string(55, 'b'));
    EXPECT_EQ(Judge(Pap("x")).message, "unknown user or wrong secret");
}

// RFC 2865, section 4.4: "If the NAS does not support challenge/response, it MUST treat an
// Access-Challenge as though it had received an Access-Reject"; silence accepts nobody either.
TEST_F(PppRadiusUserTableTest, ChallengeAndSilence)
{
    m_server->Dispose();
    EXPECT_FALSE(Judge(Pap("wonderland")).accepted);
    EXPECT_EQ(m_answers.back().second.outcome, RadiusOutcome::TIMEOUT);
    FakeServer server(m_nodes[1], RADIUS_PORT, nullptr);
    server.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        server.Send(Reply(RadiusCode::ACCESS_CHALLENGE, request).Serialize(), from);
    };
    const auto verdict = Judge(Pap("wonderland"));
    EXPECT_FALSE(verdict.accepted);
    EXPECT_EQ(verdict.message, "RADIUS: challenge");
}

// An Access-Accept that proves nothing does not do for MS-CHAP-V2, whose peer wants the proof; nor
// one with the proof of another Ident.
TEST_F(PppRadiusUserTableTest, MsChapWithoutProof)
{
    m_server->Dispose();
    std::vector<uint8_t> proof(43, 'x');
    FakeServer server(m_nodes[1], RADIUS_PORT, nullptr);
    server.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        auto reply = Reply(RadiusCode::ACCESS_ACCEPT, request);
        reply.attributes.AddVendor(K::MS_CHAP2_SUCCESS, proof);
        SignRadiusReply(reply, request.authenticator, RADIUS_TEST_SECRET);
        server.Send(reply.Serialize(), from);
    };
    EXPECT_FALSE(Judge(MsChap("wonderland")).accepted);
    proof[0] = 201;
    EXPECT_TRUE(Judge(MsChap("wonderland")).accepted); // PPP's peer finds out that it is wrong
    proof.pop_back();
    EXPECT_FALSE(Judge(MsChap("wonderland")).accepted);
}

// What RADIUS can't carry is refused at once.
TEST_F(PppRadiusUserTableTest, WhatCannotBeSent)
{
    auto attempt = Pap("x");
    attempt.name = "";
    EXPECT_FALSE(Judge(attempt).accepted);
    attempt.name = std::string(254, 'x');
    EXPECT_FALSE(Judge(attempt).accepted);
    EXPECT_FALSE(Judge(Pap(std::string(254, 'x'))).accepted);
    attempt = Chap("x");
    attempt.response.pop_back();
    EXPECT_FALSE(Judge(attempt).accepted);
    attempt = MsChap("x");
    attempt.response.push_back(0);
    EXPECT_FALSE(Judge(attempt).accepted);
    attempt.protocol = PPP_AUTH_NONE;
    EXPECT_FALSE(Judge(attempt).accepted);
    EXPECT_TRUE(m_sent.empty());
    EXPECT_FALSE(Judge(Pap(std::string(129, 'x'))).accepted); // told by the client
    EXPECT_TRUE(m_sent.empty());
}

// Each attempt goes into RADIUS and comes out the same.
TEST_F(PppRadiusUserTableTest, ThereAndBack)
{
    auto msChap = MsChap("wonderland");
    msChap.response.back() = 0x55; // Flags, the last octet of PPP, the second one of RADIUS
    for (const auto& attempt : {Pap("wonderland"), Chap("wonderland"), msChap})
    {
        RadiusAttributes clear;
        ASSERT_TRUE(AddRadiusPppAttempt(attempt, clear));
        const auto back = GetRadiusPppAttempt(clear, {});
        ASSERT_TRUE(back);
        EXPECT_EQ(back->protocol, attempt.protocol);
        EXPECT_EQ(back->name, attempt.name);
        EXPECT_EQ(back->password, attempt.password);
        EXPECT_EQ(back->identifier, attempt.identifier);
        EXPECT_EQ(back->challenge, attempt.challenge);
        EXPECT_EQ(back->response, attempt.response);
    }
    EXPECT_FALSE(GetRadiusPppAttempt({}, {}));
    RadiusAttributes clear;
    ASSERT_TRUE(AddRadiusPppAttempt(msChap, clear));
    EXPECT_EQ((*clear.GetVendor(K::MS_CHAP2_RESPONSE))[1], 0x55);
}

TEST_F(PppRadiusUserTableTest, BadConfiguration)
{
    auto table = CreateObject<PppRadiusUserTable>();
    EXPECT_DEATH(table->Authenticate(Pap("x"), nullptr), "PppRadiusUserTable::Client");
}
