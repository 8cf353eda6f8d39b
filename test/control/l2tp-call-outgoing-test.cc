/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Outgoing calls beyond their tables (RFC 2661, sections 4.4.3, 4.4.4, 6.9 to 6.11 and 7.5).

#include "tunnel-fixture.h"

using namespace ns3;

namespace
{

using State = L2tpCallState;

class L2tpCallOutgoingTest : public TunnelTest
{
  protected:
    /// A LAC's call whose bearer is being opened. @return the call
    Ptr<L2tpCall> Dialling()
    {
        m_host->m_role = L2tpCallRole::LAC_INCOMING;
        Establish();
        Receive(Ocrq());
        return m_tunnel->GetCalls().at(0);
    }

    /// An LNS's call that waits for its OCCN. @return the call
    Ptr<L2tpCall> WaitingForOccn()
    {
        Establish();
        const auto call = PlaceOutgoing();
        Receive(Ocrp(), call->GetLocalId());
        return call;
    }

    /**
     * @brief Place a call by a LAC with some capabilities.
     * @param bearers its Bearer Capabilities AVP, nothing if it sends none
     * @param parameters what to ask for
     * @param lacOpens whether the LAC has opened the tunnel, and says it in an SCCRQ
     * @return the call
     */
    Ptr<L2tpCall> PlaceBy(std::optional<uint32_t> bearers,
                          const L2tpCallParameters& parameters,
                          bool lacOpens)
    {
        NewTunnel();
        L2tpControlMessage start(lacOpens ? Type::SCCRQ : Type::SCCRP);
        start.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION);
        start.Add(L2tpAvps::FRAMING_CAPABILITIES, L2tpFraming::SYNCHRONOUS);
        start.Add(L2tpAvps::HOST_NAME, std::string("peer"));
        start.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, PEER_ID);
        if (bearers)
        {
            start.Add(L2tpAvps::BEARER_CAPABILITIES, *bearers);
        }
        if (lacOpens)
        {
            Receive(start);
            Receive(L2tpControlMessage(Type::SCCCN));
        }
        const auto call = m_tunnel->MakeOutgoingCall();
        call->Request(parameters);
        if (!lacOpens)
        {
            Receive(start);
        }
        Acknowledge();
        return call;
    }
};

} // namespace

// Section 6.9: what MUST be there, and the Sub-Address only if there is one.
// RFC 2661: 4.4.4-04, 5.3-02, 6.9-02
TEST_F(L2tpCallOutgoingTest, OcrqSaysWhatIsWanted)
{
    Establish();
    L2tpCallParameters parameters;
    parameters.serialNumber = 0x01020304;
    parameters.minimumBps = 2400;
    parameters.maximumBps = 56000;
    parameters.bearerType = L2tpBearer::ANALOG;
    parameters.framingType = L2tpFraming::ASYNCHRONOUS;
    const auto call = m_tunnel->MakeOutgoingCall();
    call->Request(parameters);
    const auto ocrq = Last("OCRQ");
    EXPECT_EQ(ocrq.header.GetSessionId(), 0) << "section 4.4.4: the LAC has assigned none yet";
    EXPECT_EQ(ocrq.message.GetNAvps(), 8U);
    EXPECT_EQ(ocrq.message.Get(L2tpAvps::ASSIGNED_SESSION_ID), call->GetLocalId());
    EXPECT_EQ(ocrq.message.Get(L2tpAvps::CALL_SERIAL_NUMBER), 0x01020304U);
    EXPECT_EQ(ocrq.message.Get(L2tpAvps::MINIMUM_BPS), 2400U);
    EXPECT_EQ(ocrq.message.Get(L2tpAvps::MAXIMUM_BPS), 56000U);
    EXPECT_EQ(ocrq.message.Get(L2tpAvps::BEARER_TYPE), L2tpBearer::ANALOG);
    EXPECT_EQ(ocrq.message.Get(L2tpAvps::FRAMING_TYPE), L2tpFraming::ASYNCHRONOUS);
    EXPECT_EQ(ocrq.message.Get(L2tpAvps::CALLED_NUMBER), "") << "it MUST be there";

    NewTunnel();
    Establish();
    parameters.subAddress = "7";
    m_tunnel->MakeOutgoingCall()->Request(parameters);
    EXPECT_EQ(Last("OCRQ").header.GetSessionId(), 0);
    EXPECT_EQ(Last("OCRQ").message.GetNAvps(), 9U);
    EXPECT_EQ(Last("OCRQ").message.Get(L2tpAvps::SUB_ADDRESS), "7");
}

// Sections 6.10 and 6.11, at both ends.
// RFC 2661: 4.4.4-03, 7.1-07
TEST_F(L2tpCallOutgoingTest, OcrpAndOccnSayWhatIsKnown)
{
    const auto lac = Dialling();
    EXPECT_EQ(Last("OCRP").header.GetSessionId(), PEER_SESSION);
    EXPECT_EQ(Last("OCRP").message.GetNAvps(), 2U) << "no Physical Channel ID is known";
    lac->BearerAnswered({28800, 33600, L2tpFraming::ASYNCHRONOUS});
    const auto occn = Last("OCCN");
    EXPECT_EQ(occn.header.GetSessionId(), PEER_SESSION);
    EXPECT_EQ(occn.message.Get(L2tpAvps::TX_CONNECT_SPEED), 28800U);
    EXPECT_EQ(occn.message.Get(L2tpAvps::RX_CONNECT_SPEED), 33600U);
    EXPECT_EQ(occn.message.Get(L2tpAvps::FRAMING_TYPE), L2tpFraming::ASYNCHRONOUS);

    NewTunnel();
    Establish();
    const auto lns = PlaceOutgoing();
    Receive(Ocrp().Add(L2tpAvps::PHYSICAL_CHANNEL_ID, uint32_t(23)), lns->GetLocalId());
    EXPECT_FALSE(lns->GetSession()->IsUp());
    Receive(Occn().Add(L2tpAvps::RX_CONNECT_SPEED, uint32_t(9600)), lns->GetLocalId());
    EXPECT_TRUE(lns->GetSession()->IsUp()) << "the session may now exchange data";
    EXPECT_EQ(lns->GetParameters().physicalChannelId, 23U);
    EXPECT_EQ(lns->GetParameters().txConnectSpeed, 64000U);
    EXPECT_EQ(lns->GetParameters().rxConnectSpeed, 9600U);
    EXPECT_EQ(lns->GetPeerId(), PEER_SESSION);
}

// Section 6.9: the LNS "MUST have received a Bearer Capabilities AVP". Section 4.4.4: bits "MUST
// only be set by the LNS" that the LAC advertised.
// RFC 2661: 4.4.3-03, 4.4.3-05, 4.4.4-10, 4.4.4-13, 6.9-01
TEST_F(L2tpCallOutgoingTest, AsksForWhatTheLacHasAdvertised)
{
    for (const bool lacOpens : {false, true})
    {
        SCOPED_TRACE(lacOpens);
        L2tpCallParameters parameters;
        parameters.bearerType = L2tpBearer::DIGITAL | L2tpBearer::ANALOG;
        parameters.framingType = L2tpFraming::SYNCHRONOUS | L2tpFraming::ASYNCHRONOUS;
        PlaceBy(L2tpBearer::ANALOG, parameters, lacOpens);
        EXPECT_EQ(Last("OCRQ").message.Get(L2tpAvps::BEARER_TYPE), L2tpBearer::ANALOG);
        EXPECT_EQ(Last("OCRQ").message.Get(L2tpAvps::FRAMING_TYPE), L2tpFraming::SYNCHRONOUS);

        const auto expectNone = [&](std::optional<uint32_t> bearers) {
            const auto call = PlaceBy(bearers, parameters, lacOpens);
            EXPECT_EQ(Sent(), lacOpens ? Texts({"SCCRP"}) : Texts({"SCCRQ", "SCCCN"}));
            EXPECT_EQ(call->GetState(), State::IDLE);
            EXPECT_EQ(m_host->m_cleared.size(), 1U);
        };
        expectNone(std::nullopt);
        expectNone(0);
        parameters.bearerType = 0;
        expectNone(std::nullopt);
        PlaceBy(0, parameters, lacOpens);
        EXPECT_EQ(Last("OCRQ").message.Get(L2tpAvps::BEARER_TYPE), 0U);
        parameters.framingType = L2tpFraming::ASYNCHRONOUS;
        expectNone(0);
    }
}

// The same for a second call, and in a tunnel that the LAC has opened.
// RFC 2661: 4.4.4-10, 4.4.4-13, 6.9-01
TEST_F(L2tpCallOutgoingTest, AsksEveryLacForNoMoreThanItHasAdvertised)
{
    const uint32_t any = L2tpBearer::DIGITAL | L2tpBearer::ANALOG;
    for (const bool lacOpens : {false, true})
    {
        for (const std::optional<uint32_t> bearers :
             {std::optional(L2tpBearer::ANALOG), std::optional(any), std::optional<uint32_t>()})
        {
            NewTunnel();
            L2tpControlMessage start(lacOpens ? Type::SCCRQ : Type::SCCRP);
            start.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION);
            start.Add(L2tpAvps::FRAMING_CAPABILITIES, L2tpFraming::SYNCHRONOUS);
            start.Add(L2tpAvps::HOST_NAME, std::string("peer"));
            start.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, PEER_ID);
            if (bearers)
            {
                start.Add(L2tpAvps::BEARER_CAPABILITIES, *bearers);
            }
            lacOpens ? void() : m_tunnel->Open();
            Receive(start);
            lacOpens ? void(Receive(L2tpControlMessage(Type::SCCCN))) : Acknowledge();
            ASSERT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
            L2tpCallParameters parameters;
            for (const uint32_t wanted : {any, uint32_t(L2tpBearer::DIGITAL), uint32_t(0)})
            {
                parameters.bearerType = wanted;
                parameters.framingType = L2tpFraming::SYNCHRONOUS | L2tpFraming::ASYNCHRONOUS;
                m_tunnel->MakeOutgoingCall()->Request(parameters);
                Acknowledge();
            }
            parameters.framingType = L2tpFraming::ASYNCHRONOUS;
            m_tunnel->MakeOutgoingCall()->Request(parameters);
            Acknowledge();
            parameters.framingType = 0;
            m_tunnel->MakeOutgoingCall()->Request(parameters);
            Acknowledge();
            std::vector<uint32_t> asked;
            std::vector<uint32_t> framings;
            for (const auto& sent : m_host->m_sent)
            {
                if (sent.Name() == "OCRQ")
                {
                    asked.push_back(sent.message.Get(L2tpAvps::BEARER_TYPE).value_or(99));
                    framings.push_back(sent.message.Get(L2tpAvps::FRAMING_TYPE).value_or(99));
                }
            }
            EXPECT_EQ(asked,
                      !bearers          ? std::vector<uint32_t>()
                      : *bearers == any ? std::vector<uint32_t>({any, L2tpBearer::DIGITAL, 0, 0})
                                        : std::vector<uint32_t>({L2tpBearer::ANALOG, 0, 0}));
            // The last one leaves the framing to the LAC.
            std::vector<uint32_t> expected(asked.size(), L2tpFraming::SYNCHRONOUS);
            std::fill_n(expected.rbegin(), expected.empty() ? 0 : 1, 0);
            EXPECT_EQ(framings, expected);
        }
    }
}

// Section 5: the tunnel "MUST be established before an incoming or outgoing call is initiated",
// whichever end opens it.
// RFC 2661: 5.0-01, 5.1-01
TEST_F(L2tpCallOutgoingTest, CallsOfEitherWayWaitForTheTunnel)
{
    for (const bool outgoing : {false, true})
    {
        const std::string request = outgoing ? "OCRQ" : "ICRQ";
        NewTunnel();
        auto call = outgoing ? PlaceOutgoing() : Place();
        EXPECT_EQ(Sent(), Texts({"SCCRQ"}));
        Acknowledge();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(Sent(), Texts({"SCCRQ"}));
        EXPECT_EQ(call->GetState(), State::WAIT_TUNNEL);
        Receive(Start(Type::SCCRP));
        Acknowledge();
        EXPECT_EQ(Sent(), Texts({"SCCRQ", "SCCCN", request}));

        NewTunnel();
        Receive(Start(Type::SCCRQ));
        call = outgoing ? PlaceOutgoing() : Place();
        Acknowledge();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(Sent(), Texts({"SCCRP"}));
        EXPECT_EQ(call->GetState(), State::WAIT_TUNNEL);
        Receive(L2tpControlMessage(Type::SCCCN));
        EXPECT_EQ(Sent(), Texts({"SCCRP", request}));
    }
}

// Sections 4.4.3 and 4.4.4, at the LAC.
// RFC 2661: 4.4.3-03, 4.4.4-10
TEST_F(L2tpCallOutgoingTest, RefusesAnOcrqForWhatItHasNotAdvertised)
{
    const auto refuse = [this](uint32_t bearer, uint32_t framing, uint32_t min, uint32_t max) {
        NewTunnel();
        m_host->m_role = L2tpCallRole::LAC_INCOMING;
        m_host->m_config.bearerCapabilities = L2tpBearer::DIGITAL;
        m_host->m_config.framingCapabilities = L2tpFraming::SYNCHRONOUS;
        Establish();
        Receive(AcceptableOcrq(PEER_SESSION, min, max, bearer, framing));
        const bool refused = Sent().back() == "CDN";
        EXPECT_EQ(m_host->m_dialled.size(), refused ? 0U : 1U);
        return refused ? CodeOf("CDN").message : "";
    };
    EXPECT_EQ(refuse(0, 1, 0, 0xffffffff), "");
    EXPECT_EQ(refuse(1, 1, 9600, 9600), "");
    EXPECT_EQ(refuse(2, 1, 0, 9600), "Bearer Type is none of our Bearer Capabilities");
    EXPECT_EQ(refuse(3, 1, 0, 9600), "Bearer Type is none of our Bearer Capabilities");
    EXPECT_EQ(refuse(1, 3, 0, 9600), "Framing Type is none of our Framing Capabilities");
    EXPECT_EQ(refuse(1, 1, 9601, 9600), "Minimum BPS is above Maximum BPS");
}

// Section 4.4.3, as in an ICCN.
// RFC 2661: 4.4.3-03
TEST_F(L2tpCallOutgoingTest, OccnThatIsNotAcceptable)
{
    auto call = WaitingForOccn();
    L2tpControlMessage occn(Type::OCCN);
    occn.Add(L2tpAvps::TX_CONNECT_SPEED, uint32_t(64000));
    occn.Add(L2tpAvps::FRAMING_TYPE, uint32_t(4));
    Receive(occn, call->GetLocalId());
    EXPECT_EQ(call->GetState(), State::IDLE);
    EXPECT_EQ(CodeOf("CDN"),
              L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                           "Framing Type is none of our Framing Capabilities"));
    EXPECT_FALSE(call->GetSession()->IsUp());
}

// Section 4.4.4: Sequencing Required in an OCCN, sent and obeyed as in an ICCN (section 5.4).
// RFC 2661: 4.4.4-26, 5.4-01, 6.11-02
TEST_F(L2tpCallOutgoingTest, OccnThatRequiresSequencing)
{
    for (const bool required : {false, true})
    {
        NewTunnel();
        m_host->m_config.requireSequencing = required;
        const auto lac = Dialling();
        lac->BearerAnswered({64000});
        EXPECT_EQ(Last("OCCN").message.Has(L2tpAvps::SEQUENCING_REQUIRED), required);
        EXPECT_EQ(lac->GetSession()->IsSequencing(), required);

        NewTunnel();
        const auto lns = WaitingForOccn();
        auto occn = Occn();
        if (required)
        {
            occn.Add(L2tpAvps::SEQUENCING_REQUIRED, L2tpPresence{});
        }
        Receive(occn, lns->GetLocalId());
        ASSERT_EQ(lns->GetState(), State::ESTABLISHED);
        EXPECT_EQ(lns->GetParameters().sequencingRequired, required);
        EXPECT_EQ(lns->GetSession()->IsSequencing(), required);
        EXPECT_EQ(lns->GetSession()->SetSequencing(false), !required) << "the LNS decides, or none";
    }
}

// Which table is for a message about a call that nobody knows, at either end.
TEST_F(L2tpCallOutgoingTest, MessagesForAnUnknownSession)
{
    for (const auto role : {L2tpCallRole::LAC_INCOMING, L2tpCallRole::LNS_INCOMING})
    {
        NewTunnel();
        m_host->m_role = role;
        Establish();
        const std::size_t before = SentSoFar();
        Receive(Occn(), 999);
        Receive(Cdn(), 999);
        EXPECT_EQ(Sent(before), Texts());
        Receive(Ocrp(), 999);
        const bool isLac = IsL2tpCallAtLac(role);
        EXPECT_EQ(Sent(before), isLac ? Texts({"CDN"}) : Texts()) << "section 7.5.1, 7.5.2";
        EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
        EXPECT_TRUE(m_host->m_dropped.empty());
    }
}

// A message of the one direction about a call of the other is in no table.
TEST_F(L2tpCallOutgoingTest, MessagesOfTheOtherDirection)
{
    const auto outgoing = Dialling();
    Receive(Icrq().Add(L2tpAvps::CALLED_NUMBER, std::string("0")), outgoing->GetLocalId());
    Receive(Icrp(), outgoing->GetLocalId());
    Receive(Iccn(), outgoing->GetLocalId());
    EXPECT_EQ(outgoing->GetState(), State::WAIT_CS_ANSWER);
    EXPECT_EQ(outgoing->GetParameters().calledNumber, "5551234");
    EXPECT_EQ(m_host->m_dropped,
              std::vector<L2tpDropReason>(3, L2tpDropReason::UNEXPECTED_MESSAGE));

    NewTunnel();
    Establish();
    const auto incoming = Place();
    Receive(Ocrp(300), incoming->GetLocalId());
    EXPECT_EQ(incoming->GetPeerId(), 0U) << "nothing is learnt from it";
    EXPECT_EQ(incoming->GetState(), State::WAIT_REPLY);
    EXPECT_EQ(m_host->m_dropped,
              std::vector<L2tpDropReason>(1, L2tpDropReason::UNEXPECTED_MESSAGE));
    // Section 7.1: one that is malformed as well clears the call.
    Receive(WithUnknownAvp(Ocrp(300)), incoming->GetLocalId());
    EXPECT_EQ(incoming->GetState(), State::IDLE);
    EXPECT_EQ(CodeOf("CDN"),
              L2tpResultCode::GeneralError(L2tpErrorCode::UNKNOWN_MANDATORY_AVP, "AVP 77"));
}

// The bearer may answer within the very action that opens it.
TEST_F(L2tpCallOutgoingTest, BearersThatAnswerAtOnce)
{
    m_host->m_onOpenBearer = [](L2tpCall& call) { call.BearerAnswered({64000}); };
    const auto call = Dialling();
    EXPECT_EQ(Sent(), Texts({"SCCRQ", "SCCCN", "OCRP", "OCCN"}));
    EXPECT_EQ(call->GetState(), State::ESTABLISHED);
    EXPECT_EQ(m_host->m_established.size(), 1U);
    // And again, which is once too often.
    call->BearerAnswered({64000});
    call->BearerFailed(L2tpResultCode::Of(L2tpCallResult::BUSY));
    EXPECT_EQ(call->GetState(), State::ESTABLISHED);
    EXPECT_EQ(call->GetParameters().txConnectSpeed, 64000U);
    EXPECT_EQ(Sent().size(), 4U);

    NewTunnel();
    m_host->m_onOpenBearer = [](L2tpCall& call) {
        call.BearerFailed(L2tpResultCode::Of(L2tpCallResult::NO_DIAL_TONE));
    };
    m_host->m_role = L2tpCallRole::LAC_INCOMING;
    Establish();
    Receive(Ocrq());
    EXPECT_EQ(Sent(), Texts({"SCCRQ", "SCCCN", "OCRP", "CDN"}));
    EXPECT_EQ(CodeOf("CDN"), L2tpResultCode::Of(L2tpCallResult::NO_DIAL_TONE));
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
    EXPECT_EQ(m_host->m_cleared.size(), 1U);
}

// Section 4.4.2, result 10: exactly when the time is up, for both ends.
TEST_F(L2tpCallOutgoingTest, SetupTimeOut)
{
    m_host->m_config.helloInterval = Seconds(0);
    const auto lac = Dialling();
    const auto lns = PlaceOutgoing();
    Acknowledge();
    Receive(Ocrp(300), lns->GetLocalId());
    Acknowledge();
    RunToJustBefore(Seconds(60));
    EXPECT_EQ(lac->GetState(), State::WAIT_CS_ANSWER);
    EXPECT_EQ(lns->GetState(), State::WAIT_CONNECT);
    RunUntil(Seconds(60));
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
    EXPECT_EQ(CodeOf("CDN"), L2tpResultCode::Of(L2tpCallResult::NOT_IN_TIME));
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
}

// Section 4.4.4: a CDN from a LAC that gave no ID yet, to a call that stands in WAIT_REPLY.
TEST_F(L2tpCallOutgoingTest, ALacRefusesByTheCallsOwnId)
{
    Establish();
    const auto call = PlaceOutgoing();
    L2tpControlMessage cdn(Type::CDN);
    cdn.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpCallResult::BUSY));
    cdn.Add(L2tpAvps::ASSIGNED_SESSION_ID, PEER_SESSION);
    Receive(cdn, call->GetLocalId());
    EXPECT_EQ(call->GetState(), State::IDLE);
    EXPECT_EQ(call->GetClearReason(), "Receive CDN: 8 busy signal detected");
}

// Section 5.1: no call before the tunnel stands.
// RFC 2661: 5.0-01
TEST_F(L2tpCallOutgoingTest, OcrqBeforeScccnClearsTheTunnel)
{
    Receive(Start(Type::SCCRQ));
    Receive(Ocrq());
    EXPECT_EQ(Sent(), Texts({"SCCRP", "StopCCN"}));
    EXPECT_EQ(CodeOf("StopCCN"), L2tpResultCode::Of(L2tpStopResult::FSM_ERROR));
}
