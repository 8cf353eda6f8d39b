/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tunnel-fixture.h"

using namespace ns3;

namespace
{

/// What once went wrong with tunnels and calls, each test named for it.
class L2tpControlRegressionTest : public TunnelTest
{
};

} // namespace

// Section 4.4.3: the Assigned Tunnel ID of a StopCCN lets the peer "identify the appropriate
// tunnel even if a StopCCN is sent before" an SCCRP. Its ZLB went to Tunnel ID 0.
// RFC 2661: 4.4.3-21
TEST_F(L2tpControlRegressionTest, RefusalIsAcknowledgedToTunnelZero)
{
    m_tunnel->Open();
    Receive(StopCcn(L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED)));
    EXPECT_EQ(m_host->m_sent.back().Name(), "ZLB");
    EXPECT_EQ(m_host->m_sent.back().header.GetTunnelId(), PEER_ID);
    EXPECT_EQ(m_tunnel->GetPeerId(), PEER_ID);
}

// The ID of a StopCCN does not replace one that is known.
TEST_F(L2tpControlRegressionTest, StopCcnDoesNotRenameThePeer)
{
    Establish();
    L2tpControlMessage stop(Type::STOPCCN);
    stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(PEER_ID + 1));
    stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    Receive(stop);
    EXPECT_EQ(m_host->m_sent.back().header.GetTunnelId(), PEER_ID);
}

// A cleared tunnel is idle again, but its channel is closed: a call placed in it waited for ever.
TEST_F(L2tpControlRegressionTest, CallPlacedInAClearedTunnel)
{
    Establish();
    Place();
    Acknowledge();
    Ptr<L2tpCall> again;
    m_host->m_onCallCleared = [&](L2tpCall&) { again = Place(); };
    Receive(StopCcn());
    EXPECT_FALSE(again);
    EXPECT_FALSE(Place());
    m_tunnel->Open();
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::IDLE);
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
    Simulator::Run();
    EXPECT_EQ(m_host->m_finished.size(), 1U);
}

// Section 5.1 (case 18): a faulty ICRQ before SCCCN was answered by a CDN, as if the tunnel stood.
TEST_F(L2tpControlRegressionTest, FaultyIcrqBeforeScccn)
{
    Receive(Start(Type::SCCRQ));
    Receive(WithUnknownAvp(Icrq()));
    EXPECT_EQ(Sent(), Texts({"SCCRP", "StopCCN"}));
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::IDLE);
}

// Messages for calls that do not exist were filed under the ID they named, for ever, and a CDN
// without a Session ID then missed the call that has that ID.
TEST_F(L2tpControlRegressionTest, UnknownCallTakesTheIdOfAnother)
{
    for (const auto& message :
         {Icrp(), L2tpControlMessage(Type::OCRP).Add(L2tpAvps::ASSIGNED_SESSION_ID, PEER_SESSION)})
    {
        NewTunnel();
        Establish();
        Receive(Icrq());
        const auto call = m_tunnel->GetCalls().at(0);
        Receive(message, 999 == call->GetLocalId() ? 998 : 999);
        Receive(Cdn(), 0);
        EXPECT_EQ(call->GetState(), L2tpCallState::IDLE);
        EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
    }
}

// A call that was closed by whom it told of its change went on with the rest of its old row.
TEST_F(L2tpControlRegressionTest, CallClosedWhileItTellsOfAChange)
{
    for (const auto when :
         {L2tpCallState::WAIT_TUNNEL, L2tpCallState::WAIT_REPLY, L2tpCallState::ESTABLISHED})
    {
        NewTunnel();
        Establish();
        m_host->m_onCallChanged = [&](L2tpCall& call) {
            if (call.GetState() == when)
            {
                call.Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
            }
        };
        const auto call = Place();
        Acknowledge();
        if (when == L2tpCallState::ESTABLISHED)
        {
            Receive(Icrp(), call->GetLocalId());
        }
        EXPECT_EQ(call->GetState(), L2tpCallState::IDLE);
        EXPECT_EQ(m_host->m_cleared.size(), 1U);
        EXPECT_TRUE(m_host->m_established.empty());
        EXPECT_FALSE(call->GetSession()->IsUp());
        EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
        const Texts sent = Sent();
        EXPECT_EQ(std::count(sent.begin(), sent.end(), "ICCN"), 0);
    }
}

// The same when the session's user closes the call as soon as it hears that the session is up.
TEST_F(L2tpControlRegressionTest, CallClosedByTheUserOfItsSession)
{
    Establish();
    Receive(Icrq());
    const auto call = m_tunnel->GetCalls().at(0);
    const auto close = +[](Ptr<L2tpCall> which, bool up) {
        if (up)
        {
            which->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        }
    };
    call->GetSession()->Attach(L2Circuit::ReceiveCallback(), MakeBoundCallback(close, call));
    Receive(Iccn(), call->GetLocalId());
    EXPECT_EQ(m_host->m_cleared.size(), 1U);
    EXPECT_TRUE(m_host->m_established.empty());
    EXPECT_FALSE(call->GetSession()->IsUp());
    call->GetSession()->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
}

// A tunnel that was closed by whom it told of its change went on to send what it had in mind.
TEST_F(L2tpControlRegressionTest, TunnelClosedWhileItTellsOfAChange)
{
    m_host->m_onTunnelChanged = [](L2tpTunnel& tunnel) {
        if (tunnel.GetState() == L2tpTunnelState::ESTABLISHED)
        {
            tunnel.Close(L2tpResultCode::Of(L2tpStopResult::SHUTTING_DOWN));
        }
    };
    m_tunnel->Open();
    Receive(Start(Type::SCCRP));
    EXPECT_EQ(Sent(), Texts({"SCCRQ", "StopCCN"}));
    Acknowledge();
    Simulator::Run();
    EXPECT_EQ(m_host->m_finished, std::vector<Time>({Seconds(31)}));
}

// A set-up time-out of 0 is none for the tunnel; it cleared each call at once.
TEST_F(L2tpControlRegressionTest, NoSetupTimeOutForCalls)
{
    m_host->m_config.setupTimeout = Seconds(0);
    m_host->m_config.helloInterval = Seconds(0);
    Establish();
    const auto call = Place();
    Acknowledge();
    Simulator::Run();
    EXPECT_EQ(call->GetState(), L2tpCallState::WAIT_REPLY);
}

// Case 11: data before ICCN. The session dropped it, but the endpoint did not count it.
TEST_F(L2tpControlRegressionTest, DataBeforeIccnIsNotCounted)
{
    Establish();
    Receive(Icrq());
    L2tpHeader header;
    header.SetTunnelId(LOCAL_ID);
    header.SetSessionId(m_tunnel->GetCalls().at(0)->GetLocalId());
    auto message = Create<Packet>(10);
    message->AddHeader(header);
    EXPECT_TRUE(m_tunnel->ReceiveData(header, message, 0));
    const auto reason = static_cast<std::size_t>(L2tpDropReason::SESSION_NOT_ESTABLISHED);
    EXPECT_EQ(m_host->m_data->dropped[reason], 1U);
}

// The same while the ICCN goes out: the session was opened for a call that was cleared.
TEST_F(L2tpControlRegressionTest, CallClosedWhileItsIccnIsSent)
{
    for (const bool wholeTunnel : {false, true})
    {
        NewTunnel();
        Establish();
        const auto call = Place();
        Acknowledge();
        m_host->m_onSent = [&](const std::string& name) {
            if (name == "ICCN" && wholeTunnel)
            {
                m_tunnel->Close(L2tpResultCode::Of(L2tpStopResult::SHUTTING_DOWN));
            }
            else if (name == "ICCN")
            {
                call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
            }
        };
        Receive(Icrp(), call->GetLocalId());
        EXPECT_EQ(call->GetState(), L2tpCallState::IDLE);
        EXPECT_FALSE(call->GetSession()->IsUp());
        EXPECT_TRUE(m_host->m_established.empty());
        EXPECT_EQ(m_host->m_cleared.size(), 1U);
        EXPECT_EQ(Sent().back(), wholeTunnel ? "StopCCN" : "CDN");
    }
}

// Section 7.5.1, idle: an OCRQ that is not acceptable is answered by a CDN. It was dropped.
TEST_F(L2tpControlRegressionTest, OutgoingCallsAreRefused)
{
    for (const auto role : {L2tpCallRole::LAC_INCOMING, L2tpCallRole::LNS_INCOMING})
    {
        NewTunnel();
        m_host->m_role = role;
        m_host->m_callRefusal = L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT);
        Establish();
        Receive(Ocrq());
        EXPECT_EQ(CodeOf("CDN"), L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT));
        EXPECT_EQ(Last("CDN").header.GetSessionId(), PEER_SESSION);
        EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
        EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
        Receive(WithUnknownAvp(Ocrq()));
        EXPECT_EQ(CodeOf("CDN"),
                  L2tpResultCode::GeneralError(L2tpErrorCode::UNKNOWN_MANDATORY_AVP, "AVP 77"));
    }
}

// Section 4.4.3: a Framing Type that was not advertised "will result in the call being rejected".
// RFC 2661: 4.4.3-03
TEST_F(L2tpControlRegressionTest, IccnWithAFramingTypeThatWasNotAdvertised)
{
    const auto frame = [this](uint32_t advertised, uint32_t type) {
        NewTunnel();
        m_host->m_config.framingCapabilities = advertised;
        Establish();
        EXPECT_EQ(m_tunnel->GetPeerFramingCapabilities(), 3U);
        Receive(Icrq());
        const auto call = m_tunnel->GetCalls().at(0);
        L2tpControlMessage iccn(Type::ICCN);
        iccn.Add(L2tpAvps::TX_CONNECT_SPEED, uint32_t(64000));
        iccn.Add(L2tpAvps::FRAMING_TYPE, type);
        Receive(iccn, call->GetLocalId());
        return call->GetState() == L2tpCallState::ESTABLISHED;
    };
    for (const uint32_t type : {0U, 1U, 2U, 3U})
    {
        EXPECT_TRUE(frame(3, type)) << type;
    }
    EXPECT_TRUE(frame(L2tpFraming::SYNCHRONOUS, L2tpFraming::SYNCHRONOUS));
    EXPECT_FALSE(frame(L2tpFraming::SYNCHRONOUS, L2tpFraming::ASYNCHRONOUS));
    EXPECT_EQ(CodeOf("CDN"),
              L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                           "Framing Type is none of our Framing Capabilities"));
    EXPECT_FALSE(frame(3, 4));
}

// Section 4.4.3: an SCCRP that came while a StopCCN waited to be sent was not looked at, and the
// StopCCN went to Tunnel ID 0, although the peer had said its own.
TEST_F(L2tpControlRegressionTest, StopCcnLearnsThePeersIdWhileItWaits)
{
    m_tunnel->Open();
    m_tunnel->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    EXPECT_EQ(Sent(), Texts({"SCCRQ"})) << "a window of one";
    const auto sccrp = Start(Type::SCCRP);
    const auto header = L2tpHeader::MakeControl(LOCAL_ID, 0, m_peerNs++, 1, sccrp.GetBody().size());
    m_tunnel->ReceiveControl(header,
                             sccrp.GetBody(),
                             m_tunnel->GetChannel()->Classify(header, sccrp.GetBody()));
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::IDLE);
    EXPECT_EQ(m_tunnel->GetPeerId(), PEER_ID);
    EXPECT_EQ(Last("StopCCN").header.GetTunnelId(), PEER_ID);
}

// A refused SCCRQ or ICRQ was neither told of nor counted, since the state stays idle.
TEST_F(L2tpControlRegressionTest, RefusalsAreToldOf)
{
    m_host->m_tunnelRefusal = L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED);
    Receive(Start(Type::SCCRQ));
    EXPECT_EQ(m_host->m_log, Texts({"tunnel idle -> idle: Receive SCCRQ, not acceptable"}));
    EXPECT_NE(m_tunnel->GetClearReason(), "");
    NewTunnel();
    Establish();
    m_host->m_callRefusal = L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY);
    m_host->m_log.clear();
    Receive(Icrq());
    EXPECT_EQ(m_host->m_log, Texts({"call idle -> idle: Receive ICRQ, not acceptable"}));
    EXPECT_TRUE(m_host->m_cleared.empty()) << "there never was a call";
}

// A call in a tunnel that was never opened said "Tunnel closed: ", and no cause, after a crash.
TEST_F(L2tpControlRegressionTest, ACrashInTheFirstStateHasACause)
{
    Ptr<L2tpCall> call;
    m_host->m_onCallChanged = [this](L2tpCall& changed) {
        if (changed.GetState() == L2tpCallState::WAIT_TUNNEL)
        {
            m_tunnel->Crash();
        }
    };
    call = Place();
    EXPECT_EQ(call->GetClearReason(), "Tunnel closed: Crash");
}

// Section 5.8: a window of 0 is taken as 1, and said to be wrong.
TEST_F(L2tpControlRegressionTest, AWindowOfZeroIsNoticed)
{
    for (const uint16_t window : {0, 1})
    {
        NewTunnel();
        L2tpControlMessage message(Type::SCCRQ);
        message.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION);
        message.Add(L2tpAvps::FRAMING_CAPABILITIES, uint32_t(3));
        message.Add(L2tpAvps::HOST_NAME, std::string("peer"));
        message.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, PEER_ID);
        message.Add(L2tpAvps::RECEIVE_WINDOW_SIZE, window);
        Receive(message);
        EXPECT_EQ(m_host->m_zeroWindows, window == 0 ? 1U : 0U);
    }
}

// Section 5.6: a CDN of the peer that crossed our own met the next call, if that had got the same
// Session ID; the new call was cleared at one end only.
TEST_F(L2tpControlRegressionTest, ACrossingCdnMeetsAnotherCall)
{
    m_host->m_ids->SetAttribute("Min", DoubleValue(7));
    m_host->m_ids->SetAttribute("Max", DoubleValue(7));
    Establish();
    for (const auto& message : {Cdn(), Iccn()})
    {
        Receive(Icrq());
        const auto old = m_tunnel->GetCalls().at(0);
        old->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        Receive(Icrq(PEER_SESSION + 1));
        const auto next = m_tunnel->GetCalls().at(0);
        EXPECT_NE(next->GetLocalId(), old->GetLocalId());
        Receive(message, old->GetLocalId());
        EXPECT_EQ(next->GetState(), L2tpCallState::WAIT_CONNECT);
        Receive(Cdn(PEER_SESSION + 1), next->GetLocalId());
        EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
    }
}

// Two retransmission cycles later nobody speaks of the old call any more, and its ID comes again.
TEST_F(L2tpControlRegressionTest, ASessionIdComesAgainAfterTwoCycles)
{
    m_host->m_ids->SetAttribute("Min", DoubleValue(7));
    m_host->m_ids->SetAttribute("Max", DoubleValue(7));
    m_host->m_config.helloInterval = Time();
    Establish();
    Receive(Icrq());
    m_tunnel->GetCalls().at(0)->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    Acknowledge();
    // Appendix A's timers: 1, 2, 4, 8, 8 and 8 s.
    const auto expectNext = [this](uint16_t id) {
        const auto call = m_tunnel->MakeIncomingCall();
        EXPECT_EQ(call->GetLocalId(), id) << Simulator::Now();
        m_tunnel->RemoveCall(*call);
    };
    Simulator::Schedule(Seconds(62) - TimeStep(1), [&] { expectNext(8); });
    Simulator::Schedule(Seconds(62), [&] { expectNext(7); });
    Simulator::Stop(Seconds(63));
    Simulator::Run();
}
