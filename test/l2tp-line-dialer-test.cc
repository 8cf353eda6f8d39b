/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Outgoing calls on the lines of a LAC (RFC 2661, sections 4.4.2, 4.4.4, 5.2.2, 6.9 to 6.14 and
// 7.5.1).

#include "l2tp-remote-dial-fixture.h"

#include "ns3/error-model.h"
#include "ns3/l2tp-interface-per-session.h"

#include <string>

using namespace ns3;

namespace
{

/// What goes wrong, and what the LNS is told.
struct Failure
{
    const char* name;                                               //!< of the case
    L2LineCause cause;                                              //!< what the LAC's line says
    L2tpCallResult result;                                          //!< what the CDN says
    void (*spoil)(Ptr<L2SerialLine> lac, Ptr<L2SerialLine> remote); //!< makes it go wrong
    const char* number;                                             //!< what the LNS asks for
};

/// One for each way in which a line gets no connection.
class L2tpLineDialerFailureTest : public L2tpRemoteDialTest,
                                  public ::testing::WithParamInterface<Failure>
{
};

} // namespace

// Section 7.5.1, all of its rows of a call that comes up; sections 6.10 and 6.11: what OCRP and
// OCCN tell; section 1.2: the LAC "forwards packets to and from each".
TEST_F(L2tpRemoteDialTest, DialsAndJoinsTheLineWithTheCall)
{
    for (const bool synchronous : {false, true})
    {
        BuildDial(2);
        for (const auto& line : {pool[0], pool[1], RemoteLine()})
        {
            SetSynchronous(line, synchronous);
        }
        lac->SetDialer(lines); // its bearers are others now
        pool[0]->SetAttribute("BitRate", DataRateValue(DataRate("64kbps")));
        RemoteLine()->SetAttribute("BitRate", DataRateValue(DataRate("48kbps")));
        const Time placedAt = Simulator::Now();
        const auto placed = Place();
        RunUntil(Seconds(5));
        EXPECT_EQ(placed->established, 1U);
        // The tunnel takes two round trips over 6 ms and two hops, dialling 1.01 s.
        EXPECT_GT(placed->establishedAt - placedAt, MilliSeconds(1010));
        EXPECT_LT(placed->establishedAt - placedAt, MilliSeconds(1100));
        EXPECT_EQ(Last(L2tpMessageType::OCRP).Get(L2tpAvps::PHYSICAL_CHANNEL_ID), 1U);
        const auto& occn = Last(L2tpMessageType::OCCN);
        EXPECT_EQ(occn.Get(L2tpAvps::TX_CONNECT_SPEED), 48000U) << "the slower end's";
        EXPECT_FALSE(occn.Get(L2tpAvps::RX_CONNECT_SPEED)) << "no other";
        EXPECT_EQ(occn.Get(L2tpAvps::FRAMING_TYPE),
                  synchronous ? L2tpFraming::SYNCHRONOUS : L2tpFraming::ASYNCHRONOUS);
        // Section 4.4.4: the numbers that the line dials are those of the OCRQ.
        EXPECT_EQ(RemoteLine()->GetCallNumbers().called, "5551234");
        EXPECT_EQ(RemoteLine()->GetCallNumbers().subAddress, "7");
        // PPP between the remote system and the LNS, and traffic.
        ASSERT_TRUE(remotes[0]->system->IsUp());
        EXPECT_EQ(L2tpTestProbe::PingOnce(remotes[0]->node, net->serverAddress), 1U);
        EXPECT_EQ(lines->GetNIdle(), 1U);
        // Section 6.14: the LNS tells the maps, and the line has them. None with default maps.
        EXPECT_EQ(Count(L2tpMessageType::SLI) > 0, placed->call->GetAccm().send != 0xffffffff);
        remotes[0]->system->HangUp();
        ExpectAllIdleInTheEnd();
        EXPECT_EQ(placed->cleared, 1U);
        ClearDial();
    }
}

// Section 4.4.2: the Result Codes of a CDN, each in its own words.
TEST_P(L2tpLineDialerFailureTest, TheCdnSaysWhy)
{
    BuildDial();
    pool[0]->SetAttribute("AnswerTimeout", TimeValue(Seconds(20)));
    GetParam().spoil(pool[0], RemoteLine());
    std::vector<L2LineCause> causes;
    lines->TraceConnectWithoutContext(
        "Failed",
        Callback<void, Ptr<const L2tpCall>, L2LineCause>(
            [&causes](Ptr<const L2tpCall>, L2LineCause cause) { causes.push_back(cause); }));
    auto wanted = Wanted();
    wanted.calledNumber = GetParam().number;
    const auto placed = Place(wanted);
    RunUntil(Seconds(40));
    EXPECT_EQ(placed->established, 0U);
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(causes, std::vector<L2LineCause>{GetParam().cause});
    EXPECT_EQ(Count(L2tpMessageType::OCRP), 1U) << "it could be attempted";
    EXPECT_EQ(Count(L2tpMessageType::OCCN), 0U);
    EXPECT_EQ(Count(L2tpMessageType::CDN), 1U);
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(GetParam().result));
    EXPECT_EQ(placed->call->GetClearCode(), L2tpResultCode::Of(GetParam().result));
    EXPECT_EQ(L2tpLineDialer::ResultOf(GetParam().cause), L2tpResultCode::Of(GetParam().result));
    RemoteLine()->HangUp();
    ExpectAllIdleInTheEnd();
}

INSTANTIATE_TEST_SUITE_P(
    Causes,
    L2tpLineDialerFailureTest,
    ::testing::Values(
        Failure{"InvalidDestination",
                L2LineCause::NO_SUCH_NUMBER,
                L2tpCallResult::INVALID_DESTINATION,
                [](Ptr<L2SerialLine>, Ptr<L2SerialLine>) {},
                "5550000"},
        Failure{"NoCarrier",
                L2LineCause::NO_CARRIER,
                L2tpCallResult::NO_CARRIER,
                [](Ptr<L2SerialLine>, Ptr<L2SerialLine> remote) {
                    remote->SetAttribute("Synchronous", BooleanValue(true));
                },
                "5551234"},
        Failure{"BusySignal",
                L2LineCause::BUSY,
                L2tpCallResult::BUSY,
                [](Ptr<L2SerialLine>, Ptr<L2SerialLine> remote) { remote->SetInService(false); },
                "5551234"},
        Failure{"NoDialTone",
                L2LineCause::NO_DIAL_TONE,
                L2tpCallResult::NO_DIAL_TONE,
                [](Ptr<L2SerialLine> lac, Ptr<L2SerialLine>) { lac->SetInService(false); },
                "5551234"},
        Failure{"NotInTime",
                L2LineCause::NO_ANSWER,
                L2tpCallResult::NOT_IN_TIME,
                [](Ptr<L2SerialLine>, Ptr<L2SerialLine> remote) {
                    remote->SetIncomingCallback(L2SerialLine::IncomingCallback());
                },
                "5551234"},
        Failure{"Rejected",
                L2LineCause::REJECTED,
                L2tpCallResult::ADMINISTRATIVE,
                [](Ptr<L2SerialLine>, Ptr<L2SerialLine> remote) {
                    remote->SetIncomingCallback(
                        Callback<void, Ptr<L2SerialLine>, const L2CallNumbers&>(
                            [](Ptr<L2SerialLine> line, const L2CallNumbers&) { line->Reject(); }));
                },
                "5551234"}),
    [](const auto& info) { return std::string(info.param.name); });

// Section 4.4.2, result 7: it was answered, and hung up before there was a carrier; or the line was
// cut before that.
TEST_F(L2tpRemoteDialTest, WithoutACarrierTheCallFails)
{
    for (const bool cut : {false, true})
    {
        BuildDial();
        network->SetAttribute("TrainingTime", TimeValue(Seconds(10)));
        const auto placed = Place();
        RunUntil(Seconds(5));
        ASSERT_EQ(pool[0]->GetState(), L2LineState::CONNECTING);
        cut ? pool[0]->Cut() : RemoteLine()->HangUp();
        RunUntil(Seconds(6));
        EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::NO_CARRIER));
        ExpectAllIdleInTheEnd();
        ClearDial();
    }
}

// Section 4.4.2, results 4 and 5: "lack of appropriate facilities", temporary or permanent.
TEST_F(L2tpRemoteDialTest, RefusesWhatNoLineCanDo)
{
    BuildDial();
    auto wanted = Wanted();
    EXPECT_FALSE(lines->Judge(wanted));
    wanted.bearerType = 0;
    wanted.framingType = 0;
    EXPECT_FALSE(lines->Judge(wanted)) << "any will do";
    const auto expectPermanent = [this](const L2tpCallParameters& parameters) {
        const auto refusal = lines->Judge(parameters);
        ASSERT_TRUE(refusal);
        EXPECT_EQ(refusal->result, 5U);
    };
    wanted = Wanted();
    wanted.bearerType = L2tpBearer::DIGITAL;
    expectPermanent(wanted);
    wanted = Wanted();
    wanted.framingType = L2tpFraming::SYNCHRONOUS;
    expectPermanent(wanted);
    wanted = Wanted();
    wanted.minimumBps = 56000;
    EXPECT_FALSE(lines->Judge(wanted)) << "as fast as the line";
    wanted.minimumBps = 56001;
    expectPermanent(wanted);
    // On the wire.
    const auto refused = Place(wanted);
    RunUntil(Seconds(1));
    EXPECT_EQ(CodeOfCdn().result, 5U);
    EXPECT_EQ(Count(L2tpMessageType::OCRP), 0U);
    // All lines taken.
    const auto first = Place();
    const auto second = Place();
    RunUntil(Seconds(3));
    EXPECT_EQ(first->established, 1U);
    EXPECT_EQ(second->cleared, 1U);
    EXPECT_EQ(CodeOfCdn().result, 4U);
    first->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    const auto third = Place();
    RunUntil(Seconds(6));
    EXPECT_EQ(third->established, 1U) << "the line is free again";
    third->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    ExpectAllIdleInTheEnd();
}

// Section 4.4.3: a LAC without lines has no Bearer Capabilities, so that the LNS can't ask.
TEST_F(L2tpRemoteDialTest, ALacWithoutLinesIsNotAsked)
{
    BuildDial(0);
    EXPECT_EQ(lines->GetBearerCapabilities(), 0U);
    const auto refusal = lines->Judge(Wanted());
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->result, 5U);
    const auto placed = Place();
    RunUntil(Seconds(2));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(placed->call->GetClearCode().result, 5U);
    EXPECT_EQ(Count(L2tpMessageType::OCRQ), 0U);
    ExpectAllIdleInTheEnd();
}

// Section 4.4.3: A for modems, D for ISDN.
// RFC 2661: 4.4.3-08
TEST_F(L2tpRemoteDialTest, AdvertisesTheBearersOfItsLines)
{
    BuildDial(2);
    EXPECT_EQ(lines->GetBearerCapabilities(), uint32_t(L2tpBearer::ANALOG));
    SetSynchronous(pool[1], true);
    EXPECT_EQ(lines->GetBearerCapabilities(), L2tpBearer::ANALOG | L2tpBearer::DIGITAL);
    lac->SetDialer(lines);
    SetSynchronous(RemoteLine(), true);
    auto wanted = Wanted();
    wanted.bearerType = L2tpBearer::DIGITAL;
    const auto placed = Place(wanted);
    RunUntil(Seconds(3));
    EXPECT_EQ(Last(L2tpMessageType::SCCRP).Get(L2tpAvps::BEARER_CAPABILITIES), 3U);
    EXPECT_EQ(Last(L2tpMessageType::OCRP).Get(L2tpAvps::PHYSICAL_CHANNEL_ID), 2U);
    EXPECT_EQ(placed->established, 1U);
    placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    ExpectAllIdleInTheEnd();
}

// Section 4.4.2, result 11: "call was connected but no appropriate framing was detected".
TEST_F(L2tpRemoteDialTest, ALineThatFallsBackToAnotherFramingIsNotAppropriate)
{
    for (const uint32_t framing : {L2tpFraming::ASYNCHRONOUS, 3U})
    {
        BuildDial();
        network->SetAttribute("TrainingTime", TimeValue(Seconds(2)));
        auto wanted = Wanted();
        wanted.framingType = framing;
        const auto placed = Place(wanted);
        RunUntil(Seconds(3));
        ASSERT_EQ(pool[0]->GetState(), L2LineState::CONNECTING);
        SetSynchronous(pool[0], true);
        SetSynchronous(RemoteLine(), true);
        RunUntil(Seconds(4));
        EXPECT_EQ(placed->established, framing == 3U ? 1U : 0U);
        if (framing != 3U)
        {
            EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::NO_FRAMING));
        }
        placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        ExpectAllIdleInTheEnd();
        ClearDial();
    }
}

// Section 4.4.4: a line faster than the Maximum BPS, or slower than the Minimum BPS by the other
// end's doing, is no acceptable one.
TEST_F(L2tpRemoteDialTest, TheSpeedMustFit)
{
    BuildDial();
    auto wanted = Wanted();
    wanted.maximumBps = 55999;
    const auto tooFast = Place(wanted);
    RunUntil(Seconds(3));
    EXPECT_EQ(tooFast->cleared, 1U);
    EXPECT_EQ(CodeOfCdn().result, 4U);
    RemoteLine()->SetAttribute("BitRate", DataRateValue(DataRate("9599bps")));
    const auto tooSlow = Place();
    RunUntil(Seconds(6));
    EXPECT_EQ(tooSlow->cleared, 1U);
    EXPECT_EQ(CodeOfCdn().result, 4U);
    ExpectAllIdleInTheEnd();
}

// Section 7.5.1, established: "Bearer line drop -> Send CDN, clean up", with result 1 of section
// 4.4.2.
// RFC 2661: 7.5.1-02
TEST_F(L2tpRemoteDialTest, ALineThatDropsClearsTheCall)
{
    for (const bool cut : {false, true})
    {
        BuildDial();
        const auto placed = Place();
        RunUntil(Seconds(5));
        ASSERT_TRUE(remotes[0]->system->IsUp());
        cut ? pool[0]->Cut() : RemoteLine()->HangUp();
        RunUntil(Seconds(6));
        EXPECT_EQ(placed->cleared, 1U);
        EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
        EXPECT_EQ(lac->GetStatistics().sessionsCleared, 1U);
        ExpectAllIdleInTheEnd();
        ClearDial();
    }
}

// Section 7.5.1, established: "Receive CDN -> clean up": the line is hung up. Also in
// wait-cs-answer, where the line still dials.
TEST_F(L2tpRemoteDialTest, ACdnHangsTheLineUp)
{
    for (const bool early : {false, true})
    {
        BuildDial();
        const auto placed = Place();
        RunUntil(Seconds(early ? 1 : 5));
        ASSERT_EQ(pool[0]->GetState(), early ? L2LineState::DIALLING : L2LineState::CONNECTED);
        placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        RunUntil(Simulator::Now() + MilliSeconds(20));
        EXPECT_EQ(pool[0]->GetState(), L2LineState::IDLE);
        EXPECT_EQ(lines->GetNIdle(), 1U);
        RunUntil(Simulator::Now() + Seconds(2));
        EXPECT_EQ(RemoteLine()->GetLastCause(), L2LineCause::REMOTE_HANG_UP);
        ExpectAllIdleInTheEnd();
        ClearDial();
    }
}

// A LAC that vanishes leaves no line off the hook; the LNS finds out by its own means.
TEST_F(L2tpRemoteDialTest, ACrashHangsAllLinesUp)
{
    BuildDial(2);
    AddRemote("5555678");
    const auto joined = Place();
    RunUntil(Seconds(5));
    auto wanted = Wanted();
    wanted.calledNumber = "5555678";
    const auto dialling = Place(wanted);
    RunUntil(Seconds(5) + MilliSeconds(500));
    ASSERT_EQ(lines->GetNIdle(), 0U);
    lac->Crash();
    EXPECT_EQ(lines->GetNIdle(), 2U);
    RunUntil(Seconds(8));
    for (const auto& line : {pool[0], pool[1], RemoteLine(0), RemoteLine(1)})
    {
        EXPECT_EQ(line->GetState(), L2LineState::IDLE);
    }
    EXPECT_EQ(joined->cleared, 0U) << "nobody has told the LNS";
    lns->Stop();
    ExpectAllIdleInTheEnd();
}

// Lines take turns, so that a dead one fails every other call at most.
TEST_F(L2tpRemoteDialTest, LinesTakeTurns)
{
    BuildDial(2);
    pool[0]->SetInService(false);
    uint32_t failed = 0;
    for (int attempt = 0; attempt < 4; ++attempt)
    {
        const auto placed = Place();
        RunUntil(Simulator::Now() + Seconds(3));
        failed += placed->established == 0 ? 1 : 0;
        placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        RunUntil(Simulator::Now() + Seconds(3));
    }
    EXPECT_EQ(failed, 2U);
    ExpectAllIdleInTheEnd();
}

// Section 6.13: errors on the line go to the LNS as a WEN.
TEST_F(L2tpRemoteDialTest, ErrorsOnTheLineAreReported)
{
    BuildDial();
    const auto placed = Place();
    RunUntil(Seconds(5));
    auto damage = CreateObject<ReceiveListErrorModel>();
    damage->SetList({0});
    pool[0]->SetAttribute("ReceiveErrorModel", PointerValue(damage));
    EXPECT_EQ(L2tpTestProbe::PingOnce(remotes[0]->node, net->serverAddress), 0U);
    EXPECT_EQ(Count(L2tpMessageType::WEN), 1U);
    EXPECT_EQ(placed->call->GetCallErrors(), pool[0]->GetCallErrors());
    EXPECT_FALSE(placed->call->GetCallErrors() == L2tpCallErrors());
}

// The pool's lines are for dialling out.
TEST_F(L2tpRemoteDialTest, CallsToItsLinesAreRejected)
{
    BuildDial();
    RemoteLine()->Dial("2000");
    RunUntil(Seconds(3));
    EXPECT_EQ(RemoteLine()->GetLastCause(), L2LineCause::REJECTED);
    EXPECT_EQ(lines->GetNIdle(), 1U);
}

TEST_F(L2tpRemoteDialTest, ABadPoolStopsAtOnce)
{
    BuildDial();
    EXPECT_DEATH(lines->AddLine(nullptr), "AddLine.. was given no line: give it");
    EXPECT_DEATH(lines->AddLine(pool[0]), "AddLine.. was given line 2000 twice: give it once");
}
