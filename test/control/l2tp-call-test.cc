/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tunnel-fixture.h"
#include "unpredictable-ids.h"

using namespace ns3;

namespace
{

using State = L2tpCallState;

/// Calls beyond their tables: what messages say, which call they find, time, and faults.
class L2tpCallTest : public TunnelTest
{
  protected:
    /// An LNS's call that waits for its ICCN. @return the call
    Ptr<L2tpCall> Ringing()
    {
        Establish();
        Receive(Icrq());
        return m_tunnel->GetCalls().at(0);
    }

    /// An LNS's outgoing call that waits for its OCCN. @return the call
    Ptr<L2tpCall> Answering()
    {
        Establish();
        const Ptr<L2tpCall> call = PlaceOutgoing();
        Receive(Ocrp(), call->GetLocalId());
        return call;
    }
};

} // namespace

// Sections 6.6 and 6.8: what the LAC was told of the call is what it says.
// RFC 2661: 4.4.4-03, 4.4.4-04, 4.4.4-06, 5.3-02, 7.1-07
TEST_F(L2tpCallTest, IcrqAndIccnSayWhatIsKnown)
{
    Establish();
    L2tpCallParameters parameters;
    parameters.serialNumber = 0x01020304;
    parameters.bearerType = L2tpBearer::ANALOG;
    parameters.callingNumber = "5551234";
    parameters.calledNumber = "5554321";
    parameters.subAddress = "7";
    parameters.txConnectSpeed = 56000;
    parameters.rxConnectSpeed = 33600;
    parameters.framingType = L2tpFraming::ASYNCHRONOUS;
    const auto call = m_tunnel->MakeIncomingCall();
    call->Ring(parameters);
    const auto icrq = Last("ICRQ");
    EXPECT_EQ(icrq.header.GetSessionId(), 0) << "section 3.1: the LNS has assigned none yet";
    EXPECT_EQ(icrq.message.Get(L2tpAvps::ASSIGNED_SESSION_ID), call->GetLocalId());
    EXPECT_EQ(icrq.message.Get(L2tpAvps::CALL_SERIAL_NUMBER), 0x01020304U);
    EXPECT_EQ(icrq.message.Get(L2tpAvps::BEARER_TYPE), L2tpBearer::ANALOG);
    EXPECT_EQ(icrq.message.Get(L2tpAvps::CALLING_NUMBER), "5551234");
    EXPECT_EQ(icrq.message.Get(L2tpAvps::CALLED_NUMBER), "5554321");
    EXPECT_EQ(icrq.message.Get(L2tpAvps::SUB_ADDRESS), "7");
    Receive(Icrp(), call->GetLocalId());
    const auto iccn = Last("ICCN");
    EXPECT_EQ(iccn.header.GetSessionId(), PEER_SESSION);
    EXPECT_EQ(iccn.message.Get(L2tpAvps::TX_CONNECT_SPEED), 56000U);
    EXPECT_EQ(iccn.message.Get(L2tpAvps::RX_CONNECT_SPEED), 33600U);
    EXPECT_EQ(iccn.message.Get(L2tpAvps::FRAMING_TYPE), L2tpFraming::ASYNCHRONOUS);
}

// Section 9.1: Session IDs "SHOULD be selected in an unpredictable manner rather than
// sequentially", those of calls that this end begins as well.
// RFC 2661: 9.1-02
TEST_F(L2tpCallTest, OwnCallsHaveUnpredictableIds)
{
    constexpr std::size_t COUNT = 50;
    std::vector<uint16_t> ids[2]; // with one stream of random numbers, and with another
    for (const int stream : {0, 1})
    {
        NewTunnel();
        m_host->m_ids->SetStream(7 + stream);
        for (std::size_t n = 0; n < COUNT; ++n)
        {
            const auto call =
                n % 2 == 0 ? m_tunnel->MakeIncomingCall() : m_tunnel->MakeOutgoingCall();
            ASSERT_TRUE(call);
            ids[stream].push_back(call->GetLocalId());
        }
        ExpectUnpredictable(ids[stream]);
    }
    EXPECT_NE(ids[0], ids[1]) << "they come from the stream";
}

// Sections 6.6 and 6.8: what is not known is not said.
TEST_F(L2tpCallTest, EmptyNumbersAreNotSent)
{
    Establish();
    const auto call = Place();
    EXPECT_EQ(Last("ICRQ").message.GetNAvps(), 4U) << "type, ID, serial number, bearer";
    Receive(Icrp(), call->GetLocalId());
    EXPECT_FALSE(Last("ICCN").message.Has(L2tpAvps::RX_CONNECT_SPEED));
}

// Section 4.4.3: a peer "MUST NOT request an incoming or outgoing call with a Framing Type AVP"
// that the other did not advertise.
//
// RFC 2661: 4.4.3-03
TEST_F(L2tpCallTest, AsksForNoFramingThatTheLnsHasNot)
{
    for (const bool lnsOpens : {false, true})
    {
        for (const uint32_t framing :
             {uint32_t(L2tpFraming::SYNCHRONOUS),
              uint32_t(L2tpFraming::ASYNCHRONOUS),
              uint32_t(L2tpFraming::SYNCHRONOUS | L2tpFraming::ASYNCHRONOUS)})
        {
            NewTunnel();
            L2tpCallParameters parameters;
            parameters.framingType = framing;
            const auto call = m_tunnel->MakeIncomingCall();
            L2tpControlMessage start(lnsOpens ? Type::SCCRQ : Type::SCCRP);
            start.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION);
            start.Add(L2tpAvps::FRAMING_CAPABILITIES, L2tpFraming::SYNCHRONOUS);
            start.Add(L2tpAvps::HOST_NAME, std::string("peer"));
            start.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, PEER_ID);
            if (lnsOpens)
            {
                Receive(start);
                Receive(L2tpControlMessage(Type::SCCCN));
            }
            call->Ring(parameters);
            if (!lnsOpens)
            {
                Receive(start);
            }
            Acknowledge();
            const bool advertised = framing == L2tpFraming::SYNCHRONOUS;
            Texts expected = lnsOpens ? Texts({"SCCRP"}) : Texts({"SCCRQ", "SCCCN"});
            expected.insert(expected.end(), advertised ? 1 : 0, "ICRQ");
            EXPECT_EQ(Sent(), expected);
            EXPECT_EQ(call->GetState(), advertised ? State::WAIT_REPLY : State::IDLE);
            EXPECT_EQ(m_host->m_cleared.size(), advertised ? 0U : 1U);
        }
    }
}

// Sections 6.6 to 6.8, at the LNS.
// RFC 2661: 4.4.4-03
TEST_F(L2tpCallTest, TheLnsLearnsWhatTheLacSays)
{
    Establish();
    Receive(Icrq()
                .Add(L2tpAvps::CALLING_NUMBER, std::string("5551234"))
                .Add(L2tpAvps::CALLED_NUMBER, std::string("5554321"))
                .Add(L2tpAvps::SUB_ADDRESS, std::string("7"))
                .Add(L2tpAvps::BEARER_TYPE, L2tpBearer::DIGITAL));
    const auto call = m_tunnel->GetCalls().at(0);
    EXPECT_EQ(Last("ICRP").header.GetSessionId(), PEER_SESSION);
    EXPECT_EQ(Last("ICRP").message.Get(L2tpAvps::ASSIGNED_SESSION_ID), call->GetLocalId());
    Receive(Iccn().Add(L2tpAvps::RX_CONNECT_SPEED, uint32_t(33600)), call->GetLocalId());
    const L2tpCallParameters& told = call->GetParameters();
    EXPECT_EQ(told.serialNumber, 7U);
    EXPECT_EQ(told.bearerType, L2tpBearer::DIGITAL);
    EXPECT_EQ(told.callingNumber, "5551234");
    EXPECT_EQ(told.calledNumber, "5554321");
    EXPECT_EQ(told.subAddress, "7");
    EXPECT_EQ(told.txConnectSpeed, 64000U);
    EXPECT_EQ(told.rxConnectSpeed, 33600U);
    EXPECT_EQ(told.framingType, L2tpFraming::SYNCHRONOUS);
    EXPECT_EQ(call->GetRole(), L2tpCallRole::LNS_INCOMING);
}

// Section 4.4.2, result 10: exactly when the time is up, for both ends.
TEST_F(L2tpCallTest, SetupTimeOut)
{
    m_host->m_config.helloInterval = Seconds(0);
    const auto lns = Ringing();
    const auto lac = Place();
    Acknowledge();
    RunToJustBefore(Seconds(60));
    EXPECT_EQ(m_tunnel->GetNCalls(), 2U);
    RunUntil(Seconds(60));
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
    EXPECT_EQ(CodeOf("CDN"), L2tpResultCode::Of(L2tpCallResult::NOT_IN_TIME));
    EXPECT_EQ(lac->GetClearReason(),
              "Not in time: 10 call was not established within the time allotted");
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
}

// A call that is established has all the time there is.
TEST_F(L2tpCallTest, NoTimeOutOnceEstablished)
{
    m_host->m_config.helloInterval = Seconds(0);
    const auto call = Ringing();
    Receive(Iccn(), call->GetLocalId());
    Acknowledge();
    Simulator::Run();
    EXPECT_EQ(call->GetState(), State::ESTABLISHED);
}

// Case 5: in a message about a call it clears the call only, and in its own words.
// RFC 2661: 4.1-03, 4.4.2-05
TEST_F(L2tpCallTest, UnknownMandatoryAvpClearsTheCall)
{
    Establish();
    Receive(WithUnknownAvp(Icrq()));
    EXPECT_EQ(CodeOf("CDN"),
              L2tpResultCode::GeneralError(L2tpErrorCode::UNKNOWN_MANDATORY_AVP, "AVP 77"));
    EXPECT_EQ(Last("CDN").header.GetSessionId(), PEER_SESSION);
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
}

// Section 4.1: without the M bit "the control message must then continue to be processed as if the
// AVP had not been present", for every message about a call, be the AVP its first or its last.
// RFC 2661: 4.1-05, 4.1-06
TEST_F(L2tpCallTest, UnknownOptionalAvpIsIgnoredInEveryMessage)
{
    for (const bool first : {true, false})
    {
        const auto with = [first](const L2tpControlMessage& message) {
            L2tpControlMessage changed(static_cast<Type>(message.GetType()));
            changed = first ? WithUnknownAvp(changed, false) : changed;
            for (std::size_t n = 1; n < message.GetNAvps(); ++n)
            {
                changed.AddRaw(message.GetAvp(n));
            }
            return first ? changed : WithUnknownAvp(changed, false);
        };
        const auto ignored = [this] {
            const std::size_t count = m_host->m_ignored.size();
            m_host->m_ignored.clear();
            return count;
        };
        NewTunnel();
        Establish();
        Receive(with(Icrq()));
        ASSERT_EQ(m_tunnel->GetNCalls(), 1U);
        auto call = m_tunnel->GetCalls().at(0);
        EXPECT_EQ(call->GetParameters().serialNumber, 7U);
        Receive(with(Iccn()), call->GetLocalId());
        EXPECT_EQ(call->GetState(), State::ESTABLISHED);
        Receive(with(L2tpControlMessage(Type::WEN).Add(L2tpAvps::CALL_ERRORS,
                                                       L2tpCallErrors{1, 2, 3, 4, 5, 6})),
                call->GetLocalId());
        EXPECT_EQ(m_host->m_wanErrors.size(), 1U);
        Receive(with(Cdn()), call->GetLocalId());
        EXPECT_EQ(call->GetState(), State::IDLE);
        EXPECT_EQ(ignored(), 4U);

        call = PlaceOutgoing();
        Receive(with(Ocrp(201)), call->GetLocalId());
        EXPECT_EQ(call->GetState(), State::WAIT_CONNECT);
        Receive(with(Occn()), call->GetLocalId());
        EXPECT_EQ(call->GetState(), State::ESTABLISHED);
        EXPECT_EQ(ignored(), 2U);

        m_host->m_role = L2tpCallRole::LAC_INCOMING;
        call = Place();
        Receive(with(Icrp(202)), call->GetLocalId());
        EXPECT_EQ(call->GetState(), State::ESTABLISHED);
        Receive(with(L2tpControlMessage(Type::SLI).Add(L2tpAvps::ACCM, L2tpAccm{1, 2})),
                call->GetLocalId());
        EXPECT_EQ(m_host->m_linkInfos.size(), 1U);
        Receive(with(Ocrq(203)));
        EXPECT_EQ(m_host->m_dialled.size(), 1U);
        EXPECT_EQ(ignored(), 3U);
        EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
    }
}

// Section 7.1's own example: a malformed Rx Connect Speed without the M bit, of which a local error
// is logged, in both messages that may have it, and hidden as well. A good one behind it counts.
// RFC 2661: 7.1-04, 7.1-06, 7.1-08
TEST_F(L2tpCallTest, MalformedRxConnectSpeedIsIgnored)
{
    const std::vector<uint8_t> two{1, 2};
    for (const bool isOutgoing : {false, true})
    {
        for (const bool isHidden : {false, true})
        {
            for (const bool isFollowed : {false, true})
            {
                SCOPED_TRACE(std::to_string(isOutgoing) + std::to_string(isHidden) +
                             std::to_string(isFollowed));
                NewTunnel();
                m_host->m_config.sharedSecret = "secret";
                const auto call = isOutgoing ? Answering() : Ringing();
                L2tpControlMessage message = isOutgoing ? Occn() : Iccn();
                message.AddRaw({0, 0, L2tpAvps::RX_CONNECT_SPEED.type, two});
                if (isFollowed)
                {
                    message.Add(L2tpAvps::RX_CONNECT_SPEED, 33600U);
                }
                if (isHidden)
                {
                    message.Hide("secret", [] { return uint8_t(7); });
                }
                Receive(message, call->GetLocalId());
                EXPECT_EQ(call->GetState(), State::ESTABLISHED);
                EXPECT_EQ(call->GetParameters().rxConnectSpeed,
                          isFollowed ? std::optional(33600U) : std::nullopt);
                EXPECT_EQ(m_host->m_ignored, Texts({"AVP 38: Rx Connect Speed"}));
            }
        }
    }
}

// Section 7.1: a malformed AVP with the M bit ends the call "with a proper Result or Error Code",
// in whatever message about it.
// RFC 2661: 7.1-03, 7.1-05
TEST_F(L2tpCallTest, MalformedMandatoryAvpClearsTheCall)
{
    const std::vector<uint8_t> three{1, 2, 3};
    const L2tpControlMessage faulty[]{
        Iccn().AddRaw({L2tpAvp::FLAG_MANDATORY, 0, L2tpAvps::RX_CONNECT_SPEED.type, three}),
        L2tpControlMessage(Type::WEN).AddRaw(
            {L2tpAvp::FLAG_MANDATORY, 0, L2tpAvps::CALL_ERRORS.type, three})};
    for (const auto& message : faulty)
    {
        NewTunnel();
        const auto call = Ringing();
        Receive(message, call->GetLocalId());
        EXPECT_EQ(call->GetState(), State::IDLE);
        const bool isIccn = message.Is(Type::ICCN);
        EXPECT_EQ(CodeOf("CDN"),
                  L2tpResultCode::GeneralError(L2tpErrorCode::LENGTH,
                                               isIccn ? "Rx Connect Speed" : "Call Errors"));
        EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
    }
    // As is one whose value is none that it may have.
    NewTunnel();
    Establish();
    Receive(Icrq(0));
    EXPECT_EQ(CodeOf("CDN"),
              L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE, "Assigned Session ID"));
}

// Sections 4.4.4 and 5.8: the Session ID of a message is the same whenever it is sent.
// RFC 2661: 4.4.4-03, 4.4.4-04, 5.3-02
TEST_F(L2tpCallTest, RetransmissionsBearTheSameSessionId)
{
    Establish();
    const auto call = Place();
    RunUntil(Simulator::Now() + Seconds(3));
    EXPECT_EQ(Last("ICRQ").attempt, 3U);
    EXPECT_EQ(Last("ICRQ").header.GetSessionId(), 0);
    Receive(Icrp(), call->GetLocalId());
    RunUntil(Simulator::Now() + Seconds(3));
    EXPECT_EQ(Last("ICCN").attempt, 3U);
    EXPECT_EQ(Last("ICCN").header.GetSessionId(), PEER_SESSION);
    Acknowledge();
    call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Simulator::Now() + Seconds(3));
    EXPECT_EQ(Last("CDN").attempt, 3U);
    EXPECT_EQ(Last("CDN").header.GetSessionId(), PEER_SESSION);
}

// Section 5.1 (case 18): no call before the tunnel stands.
// RFC 2661: 5.0-01, 5.1-01
TEST_F(L2tpCallTest, IcrqBeforeScccnClearsTheTunnel)
{
    Receive(Start(Type::SCCRQ));
    Receive(Icrq());
    EXPECT_EQ(Sent(), Texts({"SCCRP", "StopCCN"}));
    EXPECT_EQ(CodeOf("StopCCN"), L2tpResultCode::Of(L2tpStopResult::FSM_ERROR));
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
}

// Section 4.4.4 (case 21): a CDN from who does not know our ID names its own.
// RFC 2661: 5.3-03
TEST_F(L2tpCallTest, CdnWithSessionIdZeroFindsTheCallByThePeersId)
{
    const auto call = Ringing();
    Receive(Cdn(PEER_SESSION + 1), 0);
    EXPECT_EQ(m_tunnel->GetNCalls(), 1U) << "of another call";
    Receive(Cdn(), 0);
    EXPECT_EQ(call->GetState(), State::IDLE);
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
}

// Section 7.4: messages for a session that is not known change nothing for those that are.
TEST_F(L2tpCallTest, MessagesForAnUnknownSession)
{
    for (const auto role : {L2tpCallRole::LAC_INCOMING, L2tpCallRole::LNS_INCOMING})
    {
        NewTunnel();
        m_host->m_role = role;
        const auto call = Ringing();
        const uint16_t unknown = call->GetLocalId() ^ 1;
        const std::size_t before = SentSoFar();
        Receive(Cdn(300), unknown);
        Receive(Iccn(), unknown);
        EXPECT_EQ(Sent(before), Texts());
        Receive(Icrp(300), unknown);
        const bool isLns = role == L2tpCallRole::LNS_INCOMING;
        EXPECT_EQ(Sent(before), isLns ? Texts({"CDN"}) : Texts());
        EXPECT_EQ(call->GetState(), State::WAIT_CONNECT);
        EXPECT_EQ(m_tunnel->GetNCalls(), 1U);
        EXPECT_TRUE(m_host->m_cleared.empty());
    }
}

// Section 5.1: all calls that waited go on when the tunnel is open, each once and in order.
// RFC 2661: 5.0-01, 5.1-01
TEST_F(L2tpCallTest, AThousandWaitingCalls)
{
    std::vector<Ptr<L2tpCall>> calls;
    for (int n = 0; n < 1000; ++n)
    {
        calls.push_back(Place());
        EXPECT_EQ(calls.back()->GetState(), State::WAIT_TUNNEL);
    }
    EXPECT_EQ(Sent(), Texts({"SCCRQ"})) << "one tunnel for all";
    Receive(Start(Type::SCCRP));
    while (m_tunnel->GetChannel()->GetQueueLength() > 0)
    {
        Acknowledge();
    }
    std::vector<uint16_t> expected;
    std::vector<uint16_t> found;
    for (const auto& call : calls)
    {
        EXPECT_EQ(call->GetState(), State::WAIT_REPLY);
        expected.push_back(call->GetLocalId());
    }
    for (const auto& sent : m_host->m_sent)
    {
        if (sent.Name() == "ICRQ")
        {
            found.push_back(sent.message.Get(L2tpAvps::ASSIGNED_SESSION_ID).value_or(0));
        }
    }
    EXPECT_EQ(found, expected);
    // Each changed twice, and nothing else did: no call was told more than once.
    EXPECT_EQ(m_host->m_log.size(), 1000 * 2 + 2U);
}

// Section 4.4.4: with all Session IDs taken no call is placed, and none is accepted.
TEST_F(L2tpCallTest, NoSessionIdIsFree)
{
    Receive(Start(Type::SCCRQ)); // the calls below only wait
    for (uint32_t n = 0; n < 65535; ++n)
    {
        ASSERT_TRUE(Place());
    }
    EXPECT_FALSE(Place());
    EXPECT_EQ(m_tunnel->GetNCalls(), 65535U);
    Receive(L2tpControlMessage(Type::SCCCN));
    const std::size_t before = m_tunnel->GetChannel()->GetQueueLength();
    Receive(Icrq());
    Acknowledge();
    EXPECT_EQ(m_tunnel->GetNCalls(), 65535U);
    m_tunnel->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
    EXPECT_GT(before, 65000U) << "an ICRQ for each that waited";
}

// What is refused for want of an ID names the peer's, since the AVP must not be 0.
// RFC 2661: 5.3-01
TEST_F(L2tpCallTest, TheCdnWithoutASessionIdOfItsOwn)
{
    Establish();
    auto call = CreateObject<L2tpCall>();
    call->Setup(PeekPointer(m_tunnel), L2tpCallRole::LNS_INCOMING, 0);
    call->Receive(Icrq(),
                  L2tpResultCode::GeneralError(L2tpErrorCode::NO_RESOURCES, "none is free"));
    EXPECT_EQ(CodeOf("CDN"),
              L2tpResultCode::GeneralError(L2tpErrorCode::NO_RESOURCES, "none is free"));
    EXPECT_EQ(Last("CDN").message.Get(L2tpAvps::ASSIGNED_SESSION_ID), PEER_SESSION);
}

// An LAC's call is cleared with the tunnel, without a CDN (section 5.7).
TEST_F(L2tpCallTest, TheTunnelClearsItsCallsWithoutAMessageForEach)
{
    Establish();
    const auto call = Place();
    Receive(Icrp(), call->GetLocalId());
    Acknowledge();
    const std::size_t before = SentSoFar();
    m_tunnel->Close(L2tpResultCode::Of(L2tpStopResult::SHUTTING_DOWN));
    EXPECT_EQ(Sent(before), Texts({"StopCCN"}));
    EXPECT_FALSE(call->GetSession()->IsUp());
    EXPECT_EQ(call->GetClearReason(),
              "Tunnel closed: Admin Tunnel Close: 6 requester is being shut down");
}

// RFC 3145, section 2: in the CDN, beside the Result Code, and not marked mandatory.
TEST_F(L2tpCallTest, TheCdnSaysWhyPppEnded)
{
    const auto call = Ringing();
    Receive(Iccn(), call->GetLocalId());
    const L2tpDisconnectCause cause{8, 0xc021, 0, "echo timeout"};
    const auto code = L2tpResultCode::GeneralError(L2tpErrorCode::VENDOR_SPECIFIC, "PPP");
    call->Close(code, cause);
    const L2tpControlMessage cdn = Last("CDN").message;
    EXPECT_EQ(CodeOf("CDN"), code);
    EXPECT_EQ(cdn.Get(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE), cause);
    const L2tpAvp avp = cdn.GetAvp(cdn.GetNAvps() - 1);
    EXPECT_EQ(avp.type, 46);
    EXPECT_EQ(avp.flags, 0);
    EXPECT_EQ(call->GetClearReason(),
              "Bearer line drop or local close request: 2/6 general error: vendor-specific error "
              "(PPP); PPP: 8 LCP link failure: Echo Request timeout, protocol c021 (echo timeout)");
}

// RFC 3145, section 1: it is "for informational and logging purposes only".
TEST_F(L2tpCallTest, AReceivedPppCauseIsPartOfTheClearReason)
{
    const auto call = Ringing();
    const std::vector<uint8_t> tooShort{0, 1, 0, 0};
    Receive(Cdn()
                .Add(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE, L2tpDisconnectCause{17, 0x8021, 0, ""})
                .AddRaw({0, 0, 46, tooShort})
                .Add(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE, L2tpDisconnectCause{3, 0, 1, "bye"}),
            call->GetLocalId());
    EXPECT_EQ(call->GetState(), State::IDLE);
    ASSERT_EQ(call->GetDisconnectCauses().size(), 2u);
    EXPECT_EQ(call->GetDisconnectCauses()[0].code, 17);
    EXPECT_EQ(call->GetClearReason(),
              "Receive CDN: 1 call disconnected due to loss of carrier; PPP: 17 FSM Timeout error, "
              "protocol 8021; PPP: 3 Normal Disconnection, LCP Terminate-Request sent, LCP "
              "Terminate-Request sent by peer (bye)");
}

// A CDN for another reason says nothing of PPP.
TEST_F(L2tpCallTest, NoPppCauseWithoutPpp)
{
    const auto call = Ringing();
    call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    EXPECT_FALSE(Last("CDN").message.Has(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE));
    EXPECT_TRUE(call->GetDisconnectCauses().empty());
}

// Section 4.4.6: the LAC's configuration, or what is known of the call, requires sequence numbers.
// RFC 2661: 4.4.4-26, 5.4-01
TEST_F(L2tpCallTest, LacRequiresSequencing)
{
    for (const bool configured : {false, true})
    {
        NewTunnel();
        m_host->m_config.requireSequencing = configured;
        Establish();
        L2tpCallParameters parameters;
        parameters.sequencingRequired = !configured;
        const auto call = m_tunnel->MakeIncomingCall();
        call->Ring(parameters);
        Receive(Icrp(), call->GetLocalId());
        const auto& body = Last("ICCN").message.GetBody();
        // M is 1, H is 0, Length 6; no value.
        const std::vector<uint8_t> avp{0x80, 6, 0, 0, 0, 39};
        EXPECT_NE(std::search(body.begin(), body.end(), avp.begin(), avp.end()), body.end());
        EXPECT_TRUE(call->GetParameters().sequencingRequired);
        EXPECT_TRUE(call->GetSession()->IsSequencing());
    }
    NewTunnel();
    Establish();
    const auto call = Place();
    Receive(Icrp(), call->GetLocalId());
    EXPECT_FALSE(Last("ICCN").message.Has(L2tpAvps::SEQUENCING_REQUIRED));
    EXPECT_FALSE(call->GetSession()->IsSequencing());
    EXPECT_FALSE(call->GetSession()->SetSequencing(true)) << "section 5.4: the LNS controls it";
}

// Section 5.4: with Sequencing Required numbers "MUST be present at all times"; "if this AVP is not
// present, sequencing presence is under control of the LNS".
// RFC 2661: 4.4.4-26, 5.4-01
TEST_F(L2tpCallTest, LnsObeysSequencingRequired)
{
    for (const bool required : {false, true})
    {
        for (const bool first : {false, true})
        {
            NewTunnel();
            m_host->m_config.session.sequencing = first;
            const auto call = Ringing();
            auto iccn = Iccn();
            if (required)
            {
                iccn.Add(L2tpAvps::SEQUENCING_REQUIRED, L2tpPresence{});
            }
            Receive(iccn, call->GetLocalId());
            ASSERT_EQ(call->GetState(), State::ESTABLISHED);
            EXPECT_EQ(call->GetParameters().sequencingRequired, required);
            const auto session = call->GetSession();
            EXPECT_EQ(session->IsSequencing(), required || first);
            EXPECT_EQ(session->SetSequencing(false), !required);
            EXPECT_EQ(session->IsSequencing(), required);
        }
    }
}
