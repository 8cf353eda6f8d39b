/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Outgoing calls from end to end (RFC 2661, sections 5.2.2, 6.9 to 6.11, 7.5.1 and 7.5.2).

#include "l2tp-outgoing-call-fixture.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace ns3;

namespace
{

/// A test that loses the first messages of a type.
class L2tpOutgoingLossTest : public L2tpOutgoingCallTest,
                             public ::testing::WithParamInterface<L2tpMessageType>
{
};

} // namespace

// RFC 2661: 4.4.3-06, 7.5-01
TEST_F(L2tpOutgoingCallTest, OpensTheTunnelDialsAndPassesFramesBothWays)
{
    BuildEnds();
    PutPppOnTheLine();
    const auto placed = Place();
    ASSERT_TRUE(placed->call);
    RunUntil(Seconds(2));
    EXPECT_EQ(placed->established, 1U);
    EXPECT_EQ(placed->cleared, 0U);
    EXPECT_GT(placed->establishedAt, MilliSeconds(700)) << "not before the line is up";
    EXPECT_EQ(placed->call->GetRole(), L2tpCallRole::LNS_OUTGOING);
    ASSERT_EQ(dialer->connected.size(), 1U);
    EXPECT_EQ(dialer->connected[0]->GetRole(), L2tpCallRole::LAC_OUTGOING);
    // The session goes to the terminator, as that of an incoming call.
    const auto terminator = DynamicCast<L2tpInterfacePerSession>(lns->GetTerminator());
    const auto device = terminator->GetDevice(lns->GetLeg(placed->call));
    ASSERT_TRUE(device);
    EXPECT_EQ(device->GetLink()->GetPeerName(), "alice");
    ExpectTrafficOverTheLine();
    // The good-bye of PPP is the LNS's reason to clear the call (3 s later, RFC 1661, section 4.4).
    remote->GetLink()->Close();
    RunUntil(Seconds(8));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    ExpectNothingLeftInTheEnd();
    EXPECT_EQ(lns->GetStatistics().sessionsEstablished, 1U);
    EXPECT_EQ(lns->GetStatistics().sessionsCleared, 1U);
    EXPECT_EQ(lac->GetStatistics().sessionsEstablished, 1U);
    EXPECT_EQ(Count(L2tpMessageType::STOPCCN), 1U) << "from the end that opened the tunnel";
}

// Sections 6.9 to 6.11: every AVP, on the wire and at the other end.
// RFC 2661: 6.9-03
TEST_F(L2tpOutgoingCallTest, EveryAvpIsOnTheWire)
{
    BuildEnds();
    dialer->bearers = L2tpBearer::ANALOG;
    lac->SetDialer(dialer);
    dialer->channel = 0x00010017;
    dialer->line.txConnectSpeed = 56000;
    dialer->line.rxConnectSpeed = 33600;
    dialer->line.framingType = L2tpFraming::ASYNCHRONOUS;
    const auto placed = Place();
    RunUntil(Seconds(1));
    const auto& ocrq = Last(L2tpMessageType::OCRQ);
    EXPECT_EQ(ocrq.GetNAvps(), 9U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::ASSIGNED_SESSION_ID), placed->call->GetLocalId());
    EXPECT_EQ(ocrq.Get(L2tpAvps::CALL_SERIAL_NUMBER), 1U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::MINIMUM_BPS), 9600U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::MAXIMUM_BPS), 128000U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::BEARER_TYPE), L2tpBearer::ANALOG)
        << "section 4.4.4: only what the LAC advertised";
    EXPECT_EQ(ocrq.Get(L2tpAvps::FRAMING_TYPE), 3U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::CALLED_NUMBER), "5551234");
    EXPECT_EQ(ocrq.Get(L2tpAvps::SUB_ADDRESS), "7");
    const auto& ocrp = Last(L2tpMessageType::OCRP);
    EXPECT_EQ(ocrp.GetNAvps(), 3U);
    EXPECT_EQ(ocrp.Get(L2tpAvps::ASSIGNED_SESSION_ID), placed->call->GetPeerId());
    EXPECT_EQ(ocrp.Get(L2tpAvps::PHYSICAL_CHANNEL_ID), 0x00010017U);
    const auto& occn = Last(L2tpMessageType::OCCN);
    EXPECT_EQ(occn.GetNAvps(), 4U);
    EXPECT_EQ(occn.Get(L2tpAvps::TX_CONNECT_SPEED), 56000U);
    EXPECT_EQ(occn.Get(L2tpAvps::RX_CONNECT_SPEED), 33600U);
    EXPECT_EQ(occn.Get(L2tpAvps::FRAMING_TYPE), L2tpFraming::ASYNCHRONOUS);
    // What the LAC asked its dialer, and what the LNS has learnt.
    ASSERT_EQ(dialer->asked.size(), 1U);
    EXPECT_EQ(dialer->asked[0].calledNumber, "5551234");
    EXPECT_EQ(dialer->asked[0].minimumBps, 9600U);
    EXPECT_EQ(dialer->asked[0].maximumBps, 128000U);
    const L2tpCallParameters& learnt = placed->call->GetParameters();
    EXPECT_EQ(learnt.physicalChannelId, 0x00010017U);
    EXPECT_EQ(learnt.txConnectSpeed, 56000U);
    EXPECT_EQ(learnt.rxConnectSpeed, 33600U);
    EXPECT_EQ(learnt.framingType, L2tpFraming::ASYNCHRONOUS);
    EXPECT_EQ(learnt.calledNumber, "5551234");
}

// Section 4.4.2: each of the results that a bearer can have comes to the LNS as it is.
TEST_F(L2tpOutgoingCallTest, TellsWhyTheBearerFailed)
{
    for (const auto result : {L2tpCallResult::NO_CARRIER,
                              L2tpCallResult::BUSY,
                              L2tpCallResult::NO_DIAL_TONE,
                              L2tpCallResult::NOT_IN_TIME,
                              L2tpCallResult::NO_FRAMING})
    {
        for (const auto& dialTime : {Seconds(0), MilliSeconds(200)})
        {
            BuildEnds();
            dialer->failure = L2tpResultCode::Of(result);
            dialer->dialTime = dialTime;
            const auto placed = Place();
            RunUntil(Seconds(2));
            EXPECT_EQ(placed->established, 0U);
            EXPECT_EQ(placed->cleared, 1U);
            EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(result));
            EXPECT_EQ(placed->call->GetClearReason(),
                      "Receive CDN: " + L2tpResultCode::Of(result).Describe(L2tpMessageType::CDN));
            EXPECT_EQ(Count(L2tpMessageType::OCRP), 1U) << "before the CDN";
            ExpectNothingLeftInTheEnd();
            EXPECT_EQ(lns->GetStatistics().sessionsFailed, 1U);
            Clear();
            wire.clear();
        }
    }
}

// Section 7.5.1, wait-cs-answer: "a timer expires waiting for the call to complete".
TEST_F(L2tpOutgoingCallTest, NobodyAnswers)
{
    BuildEnds();
    lac->SetAttribute("SetupTimeout", TimeValue(Seconds(20)));
    lac->Stop();
    lac->Start();
    dialer->answers = false;
    const auto placed = Place();
    RunUntil(Seconds(20));
    EXPECT_EQ(placed->cleared, 0U);
    EXPECT_EQ(placed->call->GetState(), L2tpCallState::WAIT_CONNECT);
    RunUntil(Seconds(22));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::NOT_IN_TIME));
    // 6 ms there and back to open the tunnel and to send OCRQ, 6 ms for the CDN.
    EXPECT_EQ(placed->clearedAt, MilliSeconds(500) + Seconds(20) + 4 * MilliSeconds(6));
    // An answer that comes too late is for nobody.
    dialer->dialled.at(0)->BearerAnswered({64000});
    EXPECT_EQ(Count(L2tpMessageType::OCCN), 0U);
    ExpectNothingLeftInTheEnd();
}

// Section 4.4.4: "progressively increasing values", of an LNS too.
// RFC 2661: 4.4.4-06
TEST_F(L2tpOutgoingCallTest, CallSerialNumbersIncrease)
{
    BuildEnds();
    uint32_t last = 0;
    for (int n = 0; n < 4; ++n)
    {
        const auto placed = Place();
        RunUntil(Simulator::Now() + Seconds(1));
        const auto number = Last(L2tpMessageType::OCRQ).Get(L2tpAvps::CALL_SERIAL_NUMBER);
        EXPECT_GT(number.value_or(0), last);
        last = number.value_or(0);
        placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        RunUntil(Simulator::Now() + Seconds(1));
    }
}

// Section 4.4.2, result 5: a LAC that has no lines.
TEST_F(L2tpOutgoingCallTest, ALacWithoutDialerRefuses)
{
    BuildEnds(false);
    L2tpCallParameters parameters = Wanted();
    parameters.bearerType = 0; // any will do
    const auto placed = Place(parameters);
    RunUntil(Seconds(2));
    EXPECT_EQ(Count(L2tpMessageType::OCRQ), 1U);
    EXPECT_EQ(Count(L2tpMessageType::OCRP), 0U);
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT));
    ExpectNothingLeftInTheEnd();
}

// Section 4.4.4: a bearer that the LAC has not advertised must not be asked for.
TEST_F(L2tpOutgoingCallTest, AsksForNoBearerThatTheLacHasNot)
{
    BuildEnds();
    L2tpCallParameters parameters = Wanted();
    parameters.bearerType = L2tpBearer::ANALOG; // the dialer has digital lines only
    const auto placed = Place(parameters);
    RunUntil(Seconds(2));
    EXPECT_EQ(Count(L2tpMessageType::OCRQ), 0U);
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(placed->call->GetClearReason(),
              "Bearer line drop or local close request: 5 lack of appropriate facilities "
              "(permanent)");
    ExpectNothingLeftInTheEnd();
}

// The same in a tunnel that stands already: the call is cleared before PlaceCall() returns.
TEST_F(L2tpOutgoingCallTest, AsksForNoBearerThatTheLacHasNotInATunnelThatStands)
{
    BuildEnds();
    const auto good = Place();
    RunUntil(Seconds(2));
    L2tpCallParameters parameters = Wanted();
    parameters.bearerType = L2tpBearer::ANALOG;
    const auto bad = Place(parameters);
    ASSERT_TRUE(bad->call);
    EXPECT_EQ(bad->call->GetState(), L2tpCallState::IDLE);
    EXPECT_EQ(bad->cleared, 1U);
    RunUntil(Seconds(3));
    EXPECT_EQ(Count(L2tpMessageType::OCRQ), 1U);
    EXPECT_EQ(good->cleared, 0U);
    EXPECT_EQ(lns->GetNCalls(), 1U);
}

// Section 5.8: a LAC that does not answer is given up after 31 s.
TEST_F(L2tpOutgoingCallTest, TheLacIsNotThere)
{
    BuildEnds();
    net->internet->cut = true;
    const auto placed = Place();
    RunUntil(MilliSeconds(500) + Seconds(31) - NanoSeconds(1));
    EXPECT_EQ(placed->cleared, 0U);
    RunUntil(MilliSeconds(500) + Seconds(31) + NanoSeconds(1));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(lns->GetStatistics().tunnelsOpened.failed, 1U);
    EXPECT_EQ(lns->GetStatistics().callsPlaced.failed, 1U);
    ExpectNothingLeftInTheEnd();
}

// Section 7.5: "is this LNS allowed to dial an international call?"
// RFC 2661: 7.5-01
TEST_F(L2tpOutgoingCallTest, TheDialerMayRefuse)
{
    BuildEnds();
    dialer->refusal = L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION);
    const auto placed = Place();
    RunUntil(Seconds(2));
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(dialer->reserved, 0U);
    ExpectNothingLeftInTheEnd();
}

// Section 4.4.4: "lowest acceptable line speed", "highest acceptable line speed".
TEST_F(L2tpOutgoingCallTest, ALineOfAnotherSpeedWillNotDo)
{
    for (const uint32_t bps : {9599U, 9600U, 128000U, 128001U})
    {
        BuildEnds();
        dialer->line.txConnectSpeed = bps;
        const auto placed = Place();
        RunUntil(Seconds(2));
        const bool willDo = bps == 9600 || bps == 128000;
        EXPECT_EQ(placed->established, willDo ? 1U : 0U) << bps;
        if (!willDo)
        {
            EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY));
        }
        Clear();
        wire.clear();
    }
}

// Section 4.4.2, result 1.
// RFC 2661: 7.5.1-02
TEST_F(L2tpOutgoingCallTest, TheLineDrops)
{
    BuildEnds();
    PutPppOnTheLine();
    const auto placed = Place();
    RunUntil(Seconds(2));
    ASSERT_EQ(dialer->connected.size(), 1U);
    dialer->connected[0]->Close(L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    RunUntil(Seconds(3));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    EXPECT_FALSE(remote->GetLink()->IsNetworkUp());
    ExpectNothingLeftInTheEnd();
}

// Section 7.5.2: the LNS closes while it waits for the tunnel, for OCRP, and for OCCN.
// RFC 2661: 7.5.1-01
TEST_F(L2tpOutgoingCallTest, TheLnsChangesItsMind)
{
    // A message takes 6 ms: SCCRQ, SCCRP, then SCCCN with OCRQ, then OCRP.
    const std::vector<std::pair<Time, L2tpCallState>> moments{
        {MilliSeconds(5), L2tpCallState::WAIT_TUNNEL},
        {MilliSeconds(15), L2tpCallState::WAIT_REPLY},
        {MilliSeconds(100), L2tpCallState::WAIT_CONNECT}};
    for (const auto& moment : moments)
    {
        BuildEnds();
        // So that no StopCCN takes the place of the CDN.
        lns->SetAttribute("KeepTunnel", BooleanValue(true));
        const auto placed = Place();
        RunUntil(MilliSeconds(500) + moment.first);
        ASSERT_EQ(placed->call->GetState(), moment.second);
        placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        EXPECT_EQ(placed->cleared, 1U);
        RunUntil(Seconds(2));
        const bool isKnown = moment.second != L2tpCallState::WAIT_TUNNEL;
        EXPECT_EQ(Count(L2tpMessageType::CDN), isKnown ? 1U : 0U);
        EXPECT_EQ(Count(L2tpMessageType::OCRQ), isKnown ? 1U : 0U);
        EXPECT_EQ(lac->GetNCalls(), 0U);
        EXPECT_EQ(placed->established, 0U);
        EXPECT_EQ(dialer->connected.size(), 0U);
        EXPECT_EQ(lns->GetNTunnels(), 1U);
        lns->Stop();
        ExpectNothingLeftInTheEnd();
        Clear();
        wire.clear();
    }
}

// Both ways at once in one tunnel, each with the same Call Serial Number.
TEST_F(L2tpOutgoingCallTest, IncomingAndOutgoingCallsShareATunnel)
{
    BuildEnds();
    const auto out = Place();
    Ptr<L2tpCall> in;
    uint32_t inEstablished = 0;
    uint32_t inCleared = 0;
    RunUntil(MilliSeconds(600)); // the tunnel stands, the line is being dialled
    in = lac->PlaceCall({net->lnsAddress, L2TP_UDP_PORT},
                        L2tpCallParameters(),
                        Callback<void, Ptr<L2tpCall>>([&](Ptr<L2tpCall>) { ++inEstablished; }),
                        Callback<void, Ptr<L2tpCall>>([&](Ptr<L2tpCall>) { ++inCleared; }));
    RunUntil(Seconds(2));
    EXPECT_EQ(out->established, 1U);
    EXPECT_EQ(inEstablished, 1U);
    EXPECT_EQ(in->GetParameters().serialNumber, out->call->GetParameters().serialNumber);
    EXPECT_EQ(lac->GetNTunnels(), 1U);
    EXPECT_EQ(lns->GetNTunnels(), 1U);
    EXPECT_EQ(lac->GetNCalls(), 2U);
    EXPECT_EQ(lns->GetNCalls(), 2U);
    ASSERT_EQ(dialer->connected.size(), 1U);
    EXPECT_NE(dialer->connected[0], in);
    // Each ends by itself, and the tunnel with the last.
    out->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Seconds(3));
    EXPECT_EQ(inCleared, 0U);
    EXPECT_EQ(lac->GetNCalls(), 1U);
    EXPECT_EQ(lac->GetNTunnels(), 1U);
    in->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Seconds(4));
    EXPECT_EQ(inCleared, 1U);
    EXPECT_EQ(out->cleared, 1U);
    ExpectNothingLeftInTheEnd();
}

// An outgoing call goes into the tunnel that a client's LAC has opened.
TEST_F(L2tpOutgoingCallTest, SharesTheTunnelOfAVoluntaryClient)
{
    Build();
    Install();
    lac = Lac();
    lns = Lns();
    dialer = CreateObject<L2tpTestDialer>();
    lac->SetDialer(dialer);
    RunUntil(Seconds(1));
    const auto placed = Place();
    RunUntil(Seconds(2));
    EXPECT_EQ(placed->established, 1U);
    EXPECT_EQ(lns->GetNTunnels(), 1U);
    ExpectTraffic();
    Client()->HangUp();
    RunUntil(Seconds(3));
    EXPECT_EQ(lac->GetNTunnels(), 1U) << "there is a call left";
    placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    ExpectNothingLeftInTheEnd();
}

TEST_F(L2tpOutgoingCallTest, AnsweredAtOnce)
{
    BuildEnds();
    dialer->dialTime = Seconds(0);
    const auto placed = Place();
    RunUntil(Seconds(1));
    EXPECT_EQ(placed->established, 1U);
    std::vector<std::string> names;
    for (const auto& datagram : wire)
    {
        if (datagram.IsControl() && !datagram.IsZlb())
        {
            names.push_back(L2tpMessageName(datagram.message.GetType()));
        }
    }
    EXPECT_EQ(names, (std::vector<std::string>{"SCCRQ", "SCCRP", "SCCCN", "OCRQ", "OCRP", "OCCN"}));
}

// A call is dialled by whoever has reserved a line for it, though another dialer was set meanwhile.
TEST_F(L2tpOutgoingCallTest, AnotherDialerWhileACallIsAccepted)
{
    BuildEnds();
    lac->TraceConnectWithoutContext(
        "CallState",
        Callback<void, Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent>(
            [this](Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent) {
                lac->SetDialer(nullptr);
            }));
    const auto placed = Place();
    RunUntil(Seconds(2));
    EXPECT_EQ(placed->established, 1U);
    EXPECT_EQ(dialer->dialled.size(), 1U);
}

// A LAC that refuses tunnels is no place to dial from.
TEST_F(L2tpOutgoingCallTest, ALacThatRefusesTunnels)
{
    BuildEnds(false);
    lac->SetAttribute("AcceptTunnels", BooleanValue(false));
    const auto placed = Place();
    RunUntil(Seconds(2));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(placed->call->GetClearReason(),
              "Tunnel closed: Receive StopCCN: 4 requester is not authorized to establish a "
              "control channel");
    ExpectNothingLeftInTheEnd();
    // With a dialer it is one.
    lac->SetDialer(dialer);
    const auto second = Place();
    RunUntil(Simulator::Now() + Seconds(2));
    EXPECT_EQ(second->established, 1U);
}

TEST_F(L2tpOutgoingCallTest, PlacesNoCallWithoutRoomOrBeforeItRuns)
{
    BuildEnds();
    lns->GetTerminator()->SetAttribute("MaxSessions", UintegerValue(1));
    EXPECT_TRUE(Place()->call);
    EXPECT_FALSE(Place()->call) << "one is expected already";
    lns->Stop();
    EXPECT_FALSE(Place()->call);
}

TEST_F(L2tpOutgoingCallTest, SpeedsThatNoLineCanHave)
{
    L2tpCallParameters parameters;
    parameters.minimumBps = 2;
    parameters.maximumBps = 1;
    EXPECT_DEATH(
        {
            BuildEnds();
            Place(parameters);
        },
        "L2tpCallParameters::minimumBps 2 is above maximumBps 1");
}

// Either end loses all its state in the midst of a call.
TEST_F(L2tpOutgoingCallTest, EndsCrash)
{
    for (const bool lnsCrashes : {true, false})
    {
        for (const Time& at : {MilliSeconds(600), Seconds(2)})
        {
            BuildEnds();
            const auto placed = Place();
            RunUntil(at);
            if (lnsCrashes)
            {
                lns->Crash();
                EXPECT_EQ(placed->cleared, 1U);
            }
            else
            {
                lac->Crash();
                EXPECT_EQ(dialer->released.size(), 1U);
            }
            ExpectNothingLeftInTheEnd();
            EXPECT_EQ(placed->cleared, 1U);
            Clear();
            wire.clear();
        }
    }
}

// What is printed of a run with an outgoing call.
TEST_F(L2tpOutgoingCallTest, LadderAndSummary)
{
    BuildEnds();
    L2tpLadder ladder(lac, "LAC", lns, "LNS");
    L2tpRunSummary summary("test");
    summary.AddEndpoint("lac", lac);
    summary.AddEndpoint("lns", lns);
    const auto good = Place();
    RunUntil(Seconds(2));
    dialer->connected.at(0)->ReportErrors({1, 2, 3, 4, 5, 6});
    good->call->SetLinkInfo({0xa0000, 0xffffffff});
    // One that the LAC has not even begun.
    dialer->refusal = L2tpResultCode::Of(L2tpCallResult::BUSY);
    Place();
    RunUntil(Seconds(3));
    std::ostringstream text;
    ladder.Print(text);
    for (const char* words : {"OCRQ",
                              "  called 5551234",
                              "OCRP",
                              "OCCN",
                              "  64000 bit/s",
                              "  errors: CRC 1, framing 2, hardware 3, buffer 4, time-out 5, "
                              "alignment 6",
                              "  send ACCM 0xa0000, receive 0xffffffff"})
    {
        EXPECT_NE(text.str().find(words), std::string::npos) << words << "\n" << text.str();
    }
    const std::string path = ::testing::TempDir() + "l2tp-outgoing-call-summary.json";
    summary.Write(path);
    std::ifstream file(path);
    const auto read = nlohmann::json::parse(file);
    std::remove(path.c_str());
    EXPECT_EQ(read["tunnels"], nlohmann::json({{"established", 1}, {"failed", 0}, {"cleared", 0}}));
    EXPECT_EQ(read["sessions"], nlohmann::json({{"established", 1}, {"failed", 1}, {"cleared", 0}}))
        << "each once, also the one that the LAC refused";
    EXPECT_EQ(read["control"]["wen"], 1);
    EXPECT_EQ(read["control"]["sli"], 1);
}

TEST_P(L2tpOutgoingLossTest, IsRepairedByOneRetransmissionEach)
{
    // Retransmitted after 1 s, then 2 s later (section 5.8).
    for (uint32_t times = 1; times <= 2; ++times)
    {
        SCOPED_TRACE(times);
        BuildEnds();
        PutPppOnTheLine();
        uint32_t left = times;
        net->internet->lose = [&left](const L2tpTestDatagram& datagram) {
            return datagram.Is(GetParam()) && left > 0 && left-- > 0;
        };
        const auto placed = Place();
        RunUntil(Seconds(12));
        EXPECT_EQ(placed->established, 1U);
        EXPECT_EQ(dialer->dialled.size(), 1U) << "once";
        // Tunnel and request take 24 ms, dialling 200 ms. OCRP is repaired by the time of OCCN.
        const Time delay = Seconds(times == 1 ? 1 : 3);
        const Time least = MilliSeconds(500 + 200 + 24) + delay;
        const bool beside = GetParam() == L2tpMessageType::OCRP;
        EXPECT_GE(placed->establishedAt, least - (beside ? MilliSeconds(200) : Seconds(0)));
        EXPECT_LT(placed->establishedAt, least + MilliSeconds(100));
        ExpectTrafficOverTheLine();
        Clear();
        wire.clear();
    }
}

INSTANTIATE_TEST_SUITE_P(
    Messages,
    L2tpOutgoingLossTest,
    ::testing::Values(L2tpMessageType::OCRQ, L2tpMessageType::OCRP, L2tpMessageType::OCCN),
    [](const auto& type) { return L2tpMessageName(static_cast<uint16_t>(type.param)); });
