/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What MUST and what MAY be present in each message (RFC 2661, sections 6.1 to 6.14): in those that
// a tunnel sends, and in those that it takes.

#include "l2tp-allowed-sccrqs.h"
#include "tunnel-fixture.h"

#include <map>
#include <set>

using namespace ns3;

namespace
{

using Role = L2tpCallRole;

/// Sections 6.1 to 6.14, "MUST be present", by Attribute Type.
const std::map<std::string, std::set<uint16_t>> NEEDED{
    {"SCCRQ", {0, 2, 7, 3, 9}},
    {"SCCRP", {0, 2, 3, 7, 9}},
    {"SCCCN", {0}},
    {"StopCCN", {0, 9, 1}},
    {"HELLO", {0}},
    {"ICRQ", {0, 14, 15}},
    {"ICRP", {0, 14}},
    {"ICCN", {0, 24, 19}},
    {"OCRQ", {0, 14, 15, 16, 17, 18, 19, 21}},
    {"OCRP", {0, 14}},
    {"OCCN", {0, 24, 19}},
    {"CDN", {0, 1, 14}},
    {"WEN", {0, 34}},
    {"SLI", {0, 35}},
};

/// With everything in clear, and with all hidden that may be.
class L2tpMessageListsTest : public TunnelTest, public ::testing::WithParamInterface<bool>
{
  protected:
    L2tpMessageListsTest()
    {
        BeginAs(Role::LNS_INCOMING);
    }

    /// Begin with a new tunnel. @param role of the calls that come to it
    void BeginAs(Role role)
    {
        NewTunnel();
        m_host->m_role = role;
        m_host->m_config.sharedSecret = "secret";
        m_host->m_config.hideAvps = GetParam();
    }

    /**
     * @brief Let a message of the peer arrive, of which nothing is to be ignored.
     * @param message the message
     * @param sessionId for its header
     */
    void Give(L2tpControlMessage message, uint16_t sessionId = 0)
    {
        if (GetParam())
        {
            message.Hide("secret", [] { return uint8_t(7); });
        }
        EXPECT_EQ(Receive(message, sessionId), L2tpReception::NEW);
        EXPECT_EQ(m_host->m_ignored, Texts());
        EXPECT_TRUE(m_host->m_dropped.empty());
    }

    /// An SCCRQ or SCCRP with all that both may have. @param type which @return it
    static L2tpControlMessage FullStart(Type type)
    {
        return Start(type)
            .Add(L2tpAvps::FIRMWARE_REVISION, uint16_t(0x0690))
            .Add(L2tpAvps::VENDOR_NAME, std::string("vendor"))
            .Add(L2tpAvps::CHALLENGE, std::string(16, 'c'));
    }

    /**
     * @brief The answer to the tunnel's challenge.
     * @param type of the message that it is for
     * @param in the message that bore the challenge
     * @return the answer
     */
    std::string AnswerTo(Type type, const std::string& in) const
    {
        const auto challenge = Last(in).message.Get(L2tpAvps::CHALLENGE);
        EXPECT_TRUE(challenge);
        return L2tpTunnelAuth::Respond(type, "secret", challenge.value_or(""));
    }

    /// Note which AVPs are in what was sent, and that none is missing.
    void JudgeSent()
    {
        for (const auto& sent : m_host->m_sent)
        {
            SCOPED_TRACE(sent.Name());
            if (sent.Name() == "ZLB")
            {
                continue;
            }
            ASSERT_EQ(NEEDED.count(sent.Name()), 1U);
            std::set<uint16_t> missing = NEEDED.at(sent.Name());
            for (std::size_t n = 0; n < sent.message.GetNAvps(); ++n)
            {
                missing.erase(sent.message.GetAvp(n).type);
            }
            EXPECT_EQ(missing, std::set<uint16_t>());
            m_judged.insert(sent.Name());
        }
    }

    std::set<std::string> m_judged; //!< messages that were judged
};

} // namespace

// RFC 2661: 6.1-01, 6.2-01, 6.3-01, 6.4-01, 6.5-05, 6.6-01, 6.7-01, 6.8-01, 6.9-02, 6.10-01,
//   6.11-01, 6.12-02, 6.13-02, 6.14-02
TEST_P(L2tpMessageListsTest, WhatMustBePresentIsSent)
{
    // A LAC that knows no more of its call than it must.
    Establish();
    const auto incoming = Place();
    Receive(Icrp(), incoming->GetLocalId());
    incoming->ReportErrors({1, 2, 3, 4, 5, 6});
    Acknowledge();
    RunUntil(Simulator::Now() + Seconds(60));
    incoming->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    m_tunnel->Close(L2tpResultCode::Of(L2tpStopResult::SHUTTING_DOWN));
    for (int n = 0; n < 5; ++n)
    {
        Acknowledge();
    }
    EXPECT_EQ(Sent(), Texts({"SCCRQ", "SCCCN", "ICRQ", "ICCN", "WEN", "HELLO", "CDN", "StopCCN"}));
    JudgeSent();

    // An LNS, and a LAC that is asked for a call.
    BeginAs(Role::LNS_INCOMING);
    Receive(Start(Type::SCCRQ));
    Receive(L2tpControlMessage(Type::SCCCN));
    Receive(Icrq());
    const auto taken = m_tunnel->GetCalls().at(0);
    Receive(Iccn(), taken->GetLocalId());
    taken->SetLinkInfo({0, 0});
    PlaceOutgoing();
    Acknowledge();
    EXPECT_EQ(Sent(), Texts({"SCCRP", "ICRP", "SLI", "OCRQ"}));
    JudgeSent();
    for (const bool knowsMore : {false, true})
    {
        BeginAs(Role::LAC_INCOMING);
        m_host->m_onCallChanged = [knowsMore](L2tpCall& call) {
            if (knowsMore)
            {
                call.SetPhysicalChannelId(23);
            }
        };
        Establish();
        L2tpControlMessage ocrq = Ocrq();
        L2tpBearerLine line{64000};
        if (knowsMore)
        {
            ocrq.Add(L2tpAvps::SUB_ADDRESS, std::string("7"));
            line.rxConnectSpeed = 33600;
        }
        Receive(ocrq);
        m_tunnel->GetCalls().at(0)->BearerAnswered(line);
        Acknowledge();
        EXPECT_EQ(Sent(), Texts({"SCCRQ", "SCCCN", "OCRP", "OCCN"}));
        EXPECT_EQ(Last("OCRP").message.Has(L2tpAvps::PHYSICAL_CHANNEL_ID), knowsMore);
        EXPECT_EQ(Last("OCCN").message.Has(L2tpAvps::RX_CONNECT_SPEED), knowsMore);
        JudgeSent();
    }
    EXPECT_EQ(m_judged.size(), 14U) << "all messages that there are";
}

// RFC 2661: 6.1-02, 6.2-02, 6.3-02
TEST_P(L2tpMessageListsTest, WhatMayBePresentIsTakenInMessagesAboutTheTunnel)
{
    for (const bool challenges : {false, true})
    {
        BeginAs(Role::LNS_INCOMING);
        m_host->m_config.challengePeer = challenges;
        Give(FullStart(Type::SCCRQ).Add(L2tpAvps::TIE_BREAKER, uint64_t(1)));
        EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::WAIT_CTL_CONN);
        // An answer that nobody asked for harms nobody.
        Give(L2tpControlMessage(Type::SCCCN)
                 .Add(L2tpAvps::CHALLENGE_RESPONSE,
                      challenges ? AnswerTo(Type::SCCCN, "SCCRP") : std::string(16, 'r')));
        EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
        BeginAs(Role::LNS_INCOMING);
        m_host->m_config.challengePeer = challenges;
        m_tunnel->Open();
        Give(FullStart(Type::SCCRP)
                 .Add(L2tpAvps::CHALLENGE_RESPONSE,
                      challenges ? AnswerTo(Type::SCCRP, "SCCRQ") : std::string(16, 'r')));
        EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
    }
}

// What an SCCRQ may have, each alone, too, and with none of it.
// RFC 2661: 6.1-02
TEST_P(L2tpMessageListsTest, AnSccrqMayHaveAnyOfWhatItMayHave)
{
    for (const L2tpControlMessage& sccrq : AllowedSccrqs(PEER_ID))
    {
        SCOPED_TRACE(*sccrq.Get(L2tpAvps::ASSIGNED_TUNNEL_ID));
        BeginAs(Role::LNS_INCOMING);
        Give(sccrq);
        EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::WAIT_CTL_CONN);
        EXPECT_EQ(Sent(), Texts({"SCCRP"}));
    }
}

// RFC 2661: 4.3-05, 6.6-02, 6.8-02, 6.12-03
TEST_P(L2tpMessageListsTest, WhatMayBePresentIsTakenInIncomingCalls)
{
    Establish();
    Give(Icrq()
             .Add(L2tpAvps::BEARER_TYPE, L2tpBearer::ANALOG)
             .Add(L2tpAvps::PHYSICAL_CHANNEL_ID, uint32_t(23))
             .Add(L2tpAvps::CALLING_NUMBER, std::string("5551234"))
             .Add(L2tpAvps::CALLED_NUMBER, std::string("5554321"))
             .Add(L2tpAvps::SUB_ADDRESS, std::string("7")));
    ASSERT_EQ(m_tunnel->GetNCalls(), 1U);
    const auto call = m_tunnel->GetCalls().at(0);
    L2tpProxyState proxy{"a", "b", "c", L2tpProxyAuthen::CHAP, "alice", "challenge", 1, "d"};
    L2tpControlMessage iccn = Iccn();
    proxy.AddTo(iccn);
    Give(iccn.Add(L2tpAvps::PRIVATE_GROUP_ID, std::string("group"))
             .Add(L2tpAvps::RX_CONNECT_SPEED, uint32_t(33600))
             .Add(L2tpAvps::SEQUENCING_REQUIRED, L2tpPresence{}),
         call->GetLocalId());
    EXPECT_EQ(call->GetState(), L2tpCallState::ESTABLISHED);
    const L2tpCallParameters& told = call->GetParameters();
    EXPECT_EQ(told.bearerType, L2tpBearer::ANALOG);
    EXPECT_EQ(told.physicalChannelId, 23U);
    EXPECT_EQ(told.callingNumber, "5551234");
    EXPECT_EQ(told.calledNumber, "5554321");
    EXPECT_EQ(told.subAddress, "7");
    EXPECT_EQ(told.privateGroupId, "group");
    EXPECT_EQ(told.rxConnectSpeed, 33600U);
    EXPECT_TRUE(told.sequencingRequired);
    EXPECT_EQ(told.proxy.lastReceivedConfReq, "c");
    EXPECT_EQ(told.proxy.authenResponse, "d");
    Give(Cdn().Add(L2tpAvps::Q931_CAUSE_CODE, L2tpQ931Cause{16, 0x45, "bye"}), call->GetLocalId());
    EXPECT_EQ(call->GetState(), L2tpCallState::IDLE);
    EXPECT_EQ(call->GetClearCode(), *Cdn().Get(L2tpAvps::RESULT_CODE)) << "taken for invalid";
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
}

// Each of them alone, too, and as long as an AVP may be.
// RFC 2661: 6.6-02
TEST_P(L2tpMessageListsTest, EachAvpThatAnIcrqMayHaveIsTakenAlone)
{
    const std::string longest(1000, '5');
    for (const int which : {0, 1, 2, 3, 4})
    {
        SCOPED_TRACE(which);
        BeginAs(Role::LNS_INCOMING);
        Establish();
        L2tpControlMessage icrq = Icrq();
        switch (which)
        {
        case 0:
            icrq.Add(L2tpAvps::BEARER_TYPE, L2tpBearer::DIGITAL);
            break;
        case 1:
            icrq.Add(L2tpAvps::PHYSICAL_CHANNEL_ID, uint32_t(23));
            break;
        case 2:
            icrq.Add(L2tpAvps::CALLING_NUMBER, longest);
            break;
        case 3:
            icrq.Add(L2tpAvps::CALLED_NUMBER, longest);
            break;
        default:
            icrq.Add(L2tpAvps::SUB_ADDRESS, longest);
        }
        Give(icrq);
        ASSERT_EQ(m_tunnel->GetNCalls(), 1U);
        const L2tpCallParameters& told = m_tunnel->GetCalls().at(0)->GetParameters();
        EXPECT_EQ(told.callingNumber.size() + told.calledNumber.size() + told.subAddress.size(),
                  which < 2 ? 0U : longest.size());
    }
}

// RFC 2661: 6.9-03, 6.10-02, 6.11-02, 6.12-03
TEST_P(L2tpMessageListsTest, WhatMayBePresentIsTakenInOutgoingCalls)
{
    BeginAs(Role::LAC_INCOMING);
    Establish();
    Give(Ocrq().Add(L2tpAvps::SUB_ADDRESS, std::string("7")));
    ASSERT_EQ(m_tunnel->GetNCalls(), 1U);
    EXPECT_EQ(m_tunnel->GetCalls().at(0)->GetState(), L2tpCallState::WAIT_CS_ANSWER);
    EXPECT_EQ(m_tunnel->GetCalls().at(0)->GetParameters().subAddress, "7");

    BeginAs(Role::LNS_INCOMING);
    Establish();
    const auto call = PlaceOutgoing();
    Give(Ocrp().Add(L2tpAvps::PHYSICAL_CHANNEL_ID, uint32_t(23)), call->GetLocalId());
    EXPECT_EQ(call->GetState(), L2tpCallState::WAIT_CONNECT);
    Give(Occn()
             .Add(L2tpAvps::RX_CONNECT_SPEED, uint32_t(33600))
             .Add(L2tpAvps::SEQUENCING_REQUIRED, L2tpPresence{}),
         call->GetLocalId());
    EXPECT_EQ(call->GetState(), L2tpCallState::ESTABLISHED);
    EXPECT_EQ(call->GetParameters().physicalChannelId, 23U);
    EXPECT_EQ(call->GetParameters().rxConnectSpeed, 33600U);
    EXPECT_TRUE(call->GetParameters().sequencingRequired);
    Give(Cdn().Add(L2tpAvps::Q931_CAUSE_CODE, L2tpQ931Cause{16, 0x45, ""}), call->GetLocalId());
    EXPECT_EQ(call->GetState(), L2tpCallState::IDLE);
    EXPECT_EQ(call->GetClearCode(), *Cdn().Get(L2tpAvps::RESULT_CODE)) << "taken for invalid";
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Ways, L2tpMessageListsTest, ::testing::Bool());
