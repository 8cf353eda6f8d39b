/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// WEN and SLI (RFC 2661, sections 4.4.6, 6.13 and 6.14), and what an ICCN tells of the time before
// the call (section 4.4.5).

#include "tunnel-fixture.h"

using namespace ns3;

namespace
{

using State = L2tpCallState;
using Role = L2tpCallRole;

class L2tpCallStatusTest : public TunnelTest
{
  protected:
    /// A WEN. @return it
    static L2tpControlMessage Wen()
    {
        return L2tpControlMessage(Type::WEN).Add(L2tpAvps::CALL_ERRORS, ERRORS);
    }

    /// An SLI. @return it
    static L2tpControlMessage Sli()
    {
        return L2tpControlMessage(Type::SLI).Add(L2tpAvps::ACCM, MASKS);
    }

    /// The first octets of the one AVP of a WEN or SLI. @param name which @return two octets
    std::string ReservedOf(const std::string& name) const
    {
        const auto& message = Last(name).message;
        EXPECT_EQ(message.GetNAvps(), 2U);
        return message.GetAvp(1).value.Sub(0, 2).ToString();
    }

    static constexpr L2tpCallErrors ERRORS{1, 2, 3, 4, 5, 6}; //!< of the line
    static constexpr L2tpAccm MASKS{0x000a0000, 0xffffffff};  //!< negotiated
};

} // namespace

// Section 6.13: "sent by the LAC to the LNS"; section 6.14: "sent by the LNS to the LAC". Section
// 4.4.6: reserved octets "MUST be 0".
// RFC 2661: 4.4.4-03, 4.4.6-01, 6.0-01, 7.1-07
TEST_F(L2tpCallStatusTest, WhoMaySendWhat)
{
    for (const Role role : ROLES)
    {
        SCOPED_TRACE(L2tpCallRoleName(role));
        const bool isLac = IsL2tpCallAtLac(role);
        const auto call = Established(role);
        const std::size_t before = SentSoFar();
        EXPECT_EQ(call->ReportErrors(ERRORS), isLac);
        EXPECT_EQ(call->SetLinkInfo(MASKS), !isLac);
        EXPECT_EQ(Sent(before), Texts({isLac ? "WEN" : "SLI"}));
        if (isLac)
        {
            EXPECT_EQ(Last("WEN").header.GetSessionId(), PEER_SESSION);
            EXPECT_EQ(Last("WEN").message.Get(L2tpAvps::CALL_ERRORS), ERRORS);
            EXPECT_EQ(ReservedOf("WEN"), std::string(2, '\0'));
        }
        else
        {
            EXPECT_EQ(Last("SLI").header.GetSessionId(), PEER_SESSION);
            EXPECT_EQ(Last("SLI").message.Get(L2tpAvps::ACCM), MASKS);
            EXPECT_EQ(ReservedOf("SLI"), std::string(2, '\0'));
        }
        EXPECT_EQ(call->GetState(), State::ESTABLISHED);
    }
}

// Section 6.14: "the LAC MUST be able to update its internal call information".
// RFC 2661: 6.14-01
TEST_F(L2tpCallStatusTest, WhoTakesWhat)
{
    for (const Role role : ROLES)
    {
        SCOPED_TRACE(L2tpCallRoleName(role));
        const bool isLac = IsL2tpCallAtLac(role);
        const auto call = Established(role);
        std::vector<L2tpCallErrors> errors;
        std::vector<L2tpAccm> masks;
        call->TraceConnectWithoutContext(
            "WanErrors",
            Callback<void, const L2tpCallErrors&>(
                [&errors](const L2tpCallErrors& told) { errors.push_back(told); }));
        call->TraceConnectWithoutContext(
            "LinkInfo",
            Callback<void, const L2tpAccm&>(
                [&masks](const L2tpAccm& told) { masks.push_back(told); }));
        EXPECT_EQ(call->GetAccm(), (L2tpAccm{0xffffffff, 0xffffffff})) << "the default";
        Receive(Wen(), call->GetLocalId());
        Receive(Sli(), call->GetLocalId());
        EXPECT_EQ(call->GetState(), State::ESTABLISHED);
        EXPECT_EQ(m_host->m_dropped,
                  std::vector<L2tpDropReason>(1, L2tpDropReason::UNEXPECTED_MESSAGE))
            << "the one that this end sends";
        EXPECT_EQ(errors.size(), isLac ? 0U : 1U);
        EXPECT_EQ(m_host->m_wanErrors, errors);
        EXPECT_EQ(call->GetCallErrors(), isLac ? L2tpCallErrors{} : ERRORS);
        EXPECT_EQ(masks.size(), isLac ? 1U : 0U);
        EXPECT_EQ(m_host->m_linkInfos, masks);
        EXPECT_EQ(call->GetAccm(), isLac ? MASKS : L2tpAccm{});
    }
}

// Before the call is established there is no line, and no link.
TEST_F(L2tpCallStatusTest, NotBeforeTheCallIsEstablished)
{
    Establish();
    Receive(Icrq());
    const auto call = m_tunnel->GetCalls().at(0);
    EXPECT_FALSE(call->SetLinkInfo(MASKS));
    Receive(Wen(), call->GetLocalId());
    Receive(Sli(), call->GetLocalId());
    Receive(Wen(), 999);
    EXPECT_EQ(call->GetState(), State::WAIT_CONNECT);
    EXPECT_EQ(m_host->m_dropped,
              std::vector<L2tpDropReason>(3, L2tpDropReason::UNEXPECTED_MESSAGE));
    EXPECT_EQ(m_tunnel->GetNCalls(), 1U);
}

// Section 6.13: "not more than once every 60 seconds", to the tick.
// RFC 2661: 6.13-01
TEST_F(L2tpCallStatusTest, OneWenInSixtySeconds)
{
    const auto call = Established(Role::LAC_INCOMING);
    const std::size_t before = SentSoFar();
    EXPECT_TRUE(call->ReportErrors({}));
    EXPECT_EQ(Sent(before), Texts()) << "no error, no WEN";
    call->ReportErrors({1, 0, 0, 0, 0, 0});
    Acknowledge();
    call->ReportErrors({2, 0, 0, 0, 0, 0});
    call->ReportErrors({3, 0, 0, 0, 0, 0});
    RunToJustBefore(Seconds(60));
    EXPECT_EQ(Sent(before), Texts({"WEN"}));
    RunUntil(Seconds(60));
    EXPECT_EQ(Sent(before), Texts({"WEN", "WEN"}));
    EXPECT_EQ(Last("WEN").message.Get(L2tpAvps::CALL_ERRORS), (L2tpCallErrors{3, 0, 0, 0, 0, 0}));
    Acknowledge();
    RunUntil(Seconds(120));
    EXPECT_EQ(Sent(before).size(), 2U) << "no news, no WEN";
    call->ReportErrors({4, 0, 0, 0, 0, 0});
    EXPECT_EQ(Sent(before).size(), 3U);
    Acknowledge();
    // What is left to tell goes with the call.
    call->ReportErrors({5, 0, 0, 0, 0, 0});
    call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    Acknowledge();
    RunUntil(Seconds(300));
    EXPECT_EQ(Sent(before), Texts({"WEN", "WEN", "WEN", "CDN"}));
    EXPECT_FALSE(call->ReportErrors({6, 0, 0, 0, 0, 0}));
}

// Section 6.14: the LNS tells when the options change.
TEST_F(L2tpCallStatusTest, AnSliForEachChange)
{
    const auto call = Established(Role::LNS_INCOMING);
    const std::size_t before = SentSoFar();
    EXPECT_TRUE(call->SetLinkInfo({0xffffffff, 0xffffffff}));
    EXPECT_EQ(Sent(before), Texts()) << "section 4.4.6: the default";
    EXPECT_TRUE(call->SetLinkInfo(MASKS));
    EXPECT_TRUE(call->SetLinkInfo(MASKS));
    EXPECT_TRUE(call->SetLinkInfo({0, 0}));
    EXPECT_EQ(Sent(before), Texts({"SLI", "SLI"}));
    EXPECT_EQ(call->GetAccm(), (L2tpAccm{0, 0}));
}

// Section 4.4.5: all that the LAC knows is in the ICCN, and the LNS has it as it was; hidden too,
// as is recommended for cleartext passwords.
// RFC 2661: 4.4.4-24, 4.4.5-06, 4.4.5-08, 4.4.5-10, 4.4.5-11, 4.4.5-13, 4.4.5-14, 6.8-02, 9.5-01
TEST_F(L2tpCallStatusTest, ProxyAvpsGoThroughUnchanged)
{
    L2tpCallParameters parameters;
    parameters.physicalChannelId = 0x12345678;
    parameters.privateGroupId = std::string("\0group", 6);
    parameters.proxy.initialReceivedConfReq = std::string("\1\4\5\xdc", 4);
    parameters.proxy.lastSentConfReq = std::string("\3\5\xc2\x23\5", 5);
    parameters.proxy.lastReceivedConfReq = "";
    parameters.proxy.authenChallenge = std::string("\0\1\2\3", 4);
    parameters.proxy.authenId = 0xfe;
    parameters.proxy.authenResponse = "wonderland";
    for (int n = 0; n < 24; ++n)
    {
        SCOPED_TRACE(n);
        const bool hides = n % 2 == 1;
        const uint16_t type = n / 2 % 6;
        parameters.proxy.authenType = type;
        parameters.proxy.authenName = n < 12 ? "alice" : ""; // which is a name, too
        NewTunnel();
        m_host->m_config.sharedSecret = "secret";
        m_host->m_config.hideAvps = hides;
        Establish();
        const auto lac = m_tunnel->MakeIncomingCall();
        lac->Ring(parameters);
        Receive(Icrp(), lac->GetLocalId());
        const L2tpControlMessage icrq = Last("ICRQ").message;
        const L2tpControlMessage iccn = Last("ICCN").message;
        EXPECT_EQ(icrq.Get(L2tpAvps::PHYSICAL_CHANNEL_ID), 0x12345678U);
        EXPECT_EQ(iccn.GetNAvps(), 3U + 8U + 1U + (hides ? 1U : 0U))
            << "type, speed, framing; proxy; group; vector";
        const std::string octets = L2tpByteView(iccn.GetBody()).ToString();
        EXPECT_EQ(octets.find("wonderland") == std::string::npos, hides);

        // What was sent, to an LNS.
        NewTunnel();
        m_host->m_config.sharedSecret = "secret";
        Establish();
        Receive(icrq);
        const auto lns = m_tunnel->GetCalls().at(0);
        Receive(iccn, lns->GetLocalId());
        ASSERT_EQ(lns->GetState(), State::ESTABLISHED);
        EXPECT_TRUE(m_host->m_ignored.empty());
        const L2tpCallParameters& told = lns->GetParameters();
        EXPECT_EQ(told.physicalChannelId, parameters.physicalChannelId);
        EXPECT_EQ(told.privateGroupId, parameters.privateGroupId);
        EXPECT_EQ(told.proxy.initialReceivedConfReq, parameters.proxy.initialReceivedConfReq);
        EXPECT_EQ(told.proxy.lastSentConfReq, parameters.proxy.lastSentConfReq);
        EXPECT_EQ(told.proxy.lastReceivedConfReq, "") << "empty is not absent";
        EXPECT_EQ(told.proxy.authenType, type);
        EXPECT_EQ(told.proxy.authenName, parameters.proxy.authenName);
        EXPECT_EQ(told.proxy.authenChallenge, parameters.proxy.authenChallenge);
        EXPECT_EQ(told.proxy.authenId, 0xfeU);
        EXPECT_EQ(told.proxy.authenResponse, "wonderland");
    }
}

// Section 4.4.4: "may be hidden" of each is true at the end that takes it.
// RFC 2661: 4.4.4-19, 4.4.6-06
TEST_F(L2tpCallStatusTest, TakesWhatIsHidden)
{
    const auto hidden = [](L2tpControlMessage message) {
        message.Hide("secret", [] { return uint8_t(7); });
        return message;
    };
    NewTunnel();
    m_host->m_config.sharedSecret = "secret";
    m_host->m_role = Role::LAC_INCOMING;
    Establish();
    const auto placed = Place();
    Receive(Icrp(), placed->GetLocalId());
    Receive(hidden(Sli()), placed->GetLocalId());
    EXPECT_EQ(placed->GetAccm(), MASKS);

    NewTunnel();
    m_host->m_config.sharedSecret = "secret";
    Establish();
    Receive(Icrq());
    const auto taken = m_tunnel->GetCalls().at(0);
    Receive(hidden(Iccn().Add(L2tpAvps::RX_CONNECT_SPEED, uint32_t(9600))), taken->GetLocalId());
    EXPECT_EQ(taken->GetState(), State::ESTABLISHED);
    EXPECT_EQ(taken->GetParameters().rxConnectSpeed, 9600U);
    Receive(hidden(Wen()), taken->GetLocalId());
    EXPECT_EQ(taken->GetCallErrors(), ERRORS);
    EXPECT_TRUE(m_host->m_ignored.empty());
}

// Section 4.4.5: what the LAC does not know is not there.
TEST_F(L2tpCallStatusTest, NoProxyAvpsUnlessThereAreAny)
{
    const auto call = Established(Role::LNS_INCOMING);
    const L2tpCallParameters& told = call->GetParameters();
    EXPECT_FALSE(told.physicalChannelId);
    EXPECT_FALSE(told.privateGroupId);
    EXPECT_FALSE(told.proxy.initialReceivedConfReq);
    EXPECT_FALSE(told.proxy.lastSentConfReq);
    EXPECT_FALSE(told.proxy.lastReceivedConfReq);
    EXPECT_FALSE(told.proxy.authenType);
    EXPECT_FALSE(told.proxy.authenName);
    EXPECT_FALSE(told.proxy.authenChallenge);
    EXPECT_FALSE(told.proxy.authenId);
    EXPECT_FALSE(told.proxy.authenResponse);
}

// Section 4.4.5: the Challenge "MUST be present for Proxy Authen Types 2 and 5".
// RFC 2661: 4.4.5-08
TEST_F(L2tpCallStatusTest, AnIccnThatLacksAProxyAvp)
{
    Establish();
    Receive(Icrq());
    const auto call = m_tunnel->GetCalls().at(0);
    Receive(Iccn()
                .Add(L2tpAvps::PROXY_AUTHEN_TYPE, L2tpProxyAuthen::CHAP)
                .Add(L2tpAvps::PROXY_AUTHEN_NAME, std::string("alice"))
                .Add(L2tpAvps::PROXY_AUTHEN_ID, uint16_t(1))
                .Add(L2tpAvps::PROXY_AUTHEN_RESPONSE, std::string(16, 'r')),
            call->GetLocalId());
    EXPECT_EQ(call->GetState(), State::IDLE);
    EXPECT_EQ(CodeOf("CDN"),
              L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                           "ICCN without the AVP Proxy Authen Challenge"));
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
}

// Section 5.4: a LAC "MUST stop" and "MUST begin" to send sequence numbers as the LNS does,
// whichever way the call goes; the LNS does as it likes.
// RFC 2661: 5.4-02, 5.4-03
TEST_F(L2tpCallStatusTest, LacsFollowTheSequencingOfTheLns)
{
    for (const Role role : ROLES)
    {
        SCOPED_TRACE(L2tpCallRoleName(role));
        const auto session = Established(role)->GetSession();
        uint16_t ns = 0;
        for (const bool sequenced : {true, false, true, true, false, false, true})
        {
            L2tpHeader header;
            header.SetTunnelId(LOCAL_ID);
            if (sequenced)
            {
                header.SetSequence(ns++, 0);
            }
            auto message = Create<Packet>(10);
            message->AddHeader(header);
            session->Receive(header, message);
            EXPECT_EQ(session->IsSequencing(), sequenced && IsL2tpCallAtLac(role));
        }
    }
}
