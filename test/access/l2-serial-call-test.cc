/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How calls are made, answered and ended.

#include "serial-fixture.h"

#include "ns3/boolean.h"

using namespace ns3;

using SerialCallTest = SerialTest;

// RFC 2661, section 2.0: a remote system calls an LAC, which learns who calls whom.
TEST_F(SerialCallTest, TheLineCalledLearnsTheNumbersAndAnswersLater)
{
    EXPECT_TRUE(host.line->Dial("2000", "12"));
    EXPECT_EQ(host.line->GetState(), L2LineState::DIALLING);
    RunUntil(Seconds(3));
    EXPECT_EQ(lac.log, "rings:1000>2000/12@2005 ");
    EXPECT_EQ(lac.line->GetState(), L2LineState::RINGING);
    EXPECT_FALSE(lac.line->IsUp());
    EXPECT_FALSE(lac.line->Dial("1000")); // it is not idle
    lac.line->Answer();
    RunUntil(Seconds(4));
    EXPECT_EQ(lac.log, "rings:1000>2000/12@2005 connected@3000 ");
    EXPECT_EQ(host.log, "connected@3005 ");
    EXPECT_EQ(lac.line->GetCallNumbers().calling, "1000");
    EXPECT_EQ(lac.line->GetCallNumbers().subAddress, "12");
    EXPECT_EQ(host.line->GetCallNumbers().called, "2000");
    EXPECT_TRUE(host.device->IsLinkUp());
    EXPECT_EQ(host.device->GetChannel(), network);
}

TEST_F(SerialCallTest, AnswersByItselfIfNobodyIsTold)
{
    lac.line->SetIncomingCallback(L2SerialLine::IncomingCallback());
    lac.line->SetAttribute("AutoAnswer", BooleanValue(true));
    host.line->Dial("2000");
    RunUntil(Seconds(3));
    EXPECT_EQ(lac.log, "connected@2005 ");
    EXPECT_EQ(host.log, "connected@2010 ");
}

TEST_F(SerialCallTest, ModemsTakeTheirTimeToTrain)
{
    network->SetAttribute("TrainingTime", TimeValue(Seconds(20)));
    lac.onRing = [this] { lac.line->Answer(); };
    host.line->Dial("2000");
    RunUntil(Seconds(10));
    EXPECT_EQ(host.line->GetState(), L2LineState::CONNECTING);
    EXPECT_EQ(lac.line->GetState(), L2LineState::CONNECTING);
    RunUntil(Seconds(30));
    EXPECT_EQ(lac.log, "rings:1000>2000@2005 connected@22005 ");
    EXPECT_EQ(host.log, "connected@22010 ");
}

// RFC 2661, section 4.4.2: the outcomes that a CDN can tell of.
TEST_F(SerialCallTest, Busy)
{
    SerialTestEnd other(CreateObject<Node>(), network, "3000");
    Connect();
    other.line->Dial("2000");
    RunUntil(Seconds(10));
    EXPECT_EQ(other.log, "busy@4020 "); // dialled at 2.010: 2 s, there and back
    EXPECT_EQ(lac.log, "");
    EXPECT_TRUE(host.line->IsUp());
    other.line->Dial("3000"); // itself
    RunUntil(Seconds(20));
    EXPECT_EQ(other.log, "busy@4020 busy@12010 ");
}

TEST_F(SerialCallTest, NoAnswer)
{
    host.line->SetAttribute("AnswerTimeout", TimeValue(Seconds(30)));
    host.line->Dial("2000");
    RunUntil(Seconds(60));
    EXPECT_EQ(host.log, "no-answer@30000 ");
    EXPECT_EQ(lac.log, "rings:1000>2000@2005 remote-hang-up@30005 ");
    EXPECT_EQ(host.line->GetLastCause(), L2LineCause::NO_ANSWER);
}

// Exactly in time, and one nanosecond late.
TEST_F(SerialCallTest, AnAnswerCountsUntilTheTimeout)
{
    host.line->SetAttribute("AnswerTimeout", TimeValue(Seconds(30)));
    for (const int late : {-1, 1})
    {
        const Time start = Simulator::Now();
        host.log.clear();
        host.line->Dial("2000");
        Simulator::ScheduleWithContext(lac.node->GetId(),
                                       Seconds(30) - MilliSeconds(5) + NanoSeconds(late),
                                       &L2SerialLine::Answer,
                                       lac.line);
        RunUntil(start + Seconds(50));
        EXPECT_EQ(host.line->IsUp(), late < 0);
        EXPECT_EQ(lac.line->IsUp(), late < 0);
        host.line->HangUp();
        RunUntil(start + Seconds(60));
    }
    EXPECT_EQ(host.line->GetLastCause(), L2LineCause::NO_ANSWER);
}

TEST_F(SerialCallTest, NoDialTone)
{
    host.line->SetAttribute("InService", BooleanValue(false));
    EXPECT_TRUE(host.line->Dial("2000"));
    EXPECT_EQ(host.log, ""); // not from within Dial()
    RunUntil(Seconds(10));
    EXPECT_EQ(host.log, "no-dial-tone@0 ");
    EXPECT_EQ(lac.log, "");
}

TEST_F(SerialCallTest, ALineOutOfServiceCannotBeCalled)
{
    lac.line->SetInService(false);
    host.line->Dial("2000");
    RunUntil(Seconds(10));
    EXPECT_EQ(host.log, "busy@2010 ");
    lac.line->SetInService(true);
    Connect();
}

TEST_F(SerialCallTest, NoSuchNumber)
{
    host.line->Dial("9999");
    RunUntil(Seconds(10));
    EXPECT_EQ(host.log, "no-such-number@2000 ");
}

TEST_F(SerialCallTest, Rejected)
{
    lac.onRing = [this] { lac.line->Reject(); };
    host.line->Dial("2000");
    RunUntil(Seconds(10));
    EXPECT_EQ(host.log, "rejected@2010 ");
    EXPECT_EQ(lac.log, "rings:1000>2000@2005 local-hang-up@2005 ");
    lac.onRing = [this] { lac.line->Reject(L2LineCause::BUSY); };
    host.line->Dial("2000");
    RunUntil(Seconds(20));
    EXPECT_EQ(host.log, "rejected@2010 busy@12010 ");
}

TEST_F(SerialCallTest, ASynchronousLineAndAModemHaveNoCarrier)
{
    host.line->SetAttribute("Synchronous", BooleanValue(true));
    lac.onRing = [this] { lac.line->Answer(); };
    host.line->Dial("2000");
    RunUntil(Seconds(10));
    EXPECT_EQ(host.log.substr(0, 10), "no-carrier");
    EXPECT_EQ(lac.log, "rings:1000>2000@2005 no-carrier@2005 ");
    EXPECT_TRUE(host.line->IsFree());
}

// An LAC's lines share a number: each call goes to one that is idle.
TEST_F(SerialCallTest, LinesOfOneNodeFormAGroup)
{
    SerialTestEnd second(lac.node, network, "2000");
    SerialTestEnd other(CreateObject<Node>(), network, "3000");
    SerialTestEnd third(CreateObject<Node>(), network, "4000");
    Connect();
    second.onRing = [&second] { second.line->Answer(); };
    other.line->Dial("2000");
    RunUntil(Seconds(10));
    EXPECT_TRUE(other.line->IsUp());
    EXPECT_EQ(second.log, "rings:3000>2000@4015 connected@4015 ");
    third.line->Dial("2000");
    RunUntil(Seconds(20));
    EXPECT_EQ(third.log, "busy@12010 ");
    // The first one again, once it is idle.
    host.line->HangUp();
    RunUntil(Seconds(21));
    lac.log.clear();
    third.line->Dial("2000");
    RunUntil(Seconds(30));
    EXPECT_EQ(lac.log, "rings:4000>2000@23005 connected@23005 ");
}

TEST_F(SerialCallTest, EitherEndHangsUp)
{
    Connect();
    host.line->HangUp();
    EXPECT_EQ(host.log, "local-hang-up@2010 ");
    RunUntil(Seconds(10));
    EXPECT_EQ(lac.log, "remote-hang-up@2015 ");
    Connect();
    lac.line->HangUp();
    RunUntil(Seconds(20));
    EXPECT_EQ(lac.log, "local-hang-up@12010 ");
    EXPECT_EQ(host.log, "remote-hang-up@12015 ");
    host.line->HangUp(); // there is no call
    EXPECT_EQ(host.log, "remote-hang-up@12015 ");
}

// RFC 2661, section 4.4.2, result code 1: loss of carrier.
TEST_F(SerialCallTest, ALineIsCutAtATimeSetBefore)
{
    Connect();
    Simulator::ScheduleWithContext(lac.node->GetId(), Seconds(5), &L2SerialLine::Cut, lac.line);
    RunUntil(Seconds(10));
    EXPECT_EQ(lac.log, "loss-of-carrier@7010 ");
    EXPECT_EQ(host.log, "loss-of-carrier@7015 ");
    Connect();
    host.line->SetInService(false);
    RunUntil(Seconds(20));
    EXPECT_EQ(lac.log, "loss-of-carrier@12015 ");
}

TEST_F(SerialCallTest, TheCallerGivesUpBeforeTheOtherEndRings)
{
    host.line->Dial("2000");
    RunUntil(Seconds(1));
    host.line->HangUp();
    RunUntil(Seconds(10));
    EXPECT_EQ(lac.log, "rings:1000>2000@2005 remote-hang-up@2005 ");
    EXPECT_TRUE(lac.line->IsFree());
}

// The answer and the end of the call meet on the way.
TEST_F(SerialCallTest, TheCallerGivesUpWhileTheAnswerIsOnItsWay)
{
    host.line->Dial("2000");
    RunUntil(Seconds(3));
    lac.line->Answer();
    RunUntil(Seconds(3) + MilliSeconds(2));
    host.line->HangUp();
    RunUntil(Seconds(10));
    EXPECT_EQ(host.log, "local-hang-up@3002 ");
    EXPECT_EQ(lac.log, "rings:1000>2000@2005 connected@3000 remote-hang-up@3007 ");
}

TEST_F(SerialCallTest, BothHangUpAtOnce)
{
    Connect();
    host.line->HangUp();
    lac.line->HangUp();
    RunUntil(Seconds(10));
    EXPECT_EQ(host.log, "local-hang-up@2010 ");
    EXPECT_EQ(lac.log, "local-hang-up@2010 ");
}

TEST_F(SerialCallTest, RedialsFromWithinTheCallback)
{
    Connect();
    host.onEnd = [this] {
        host.onEnd = nullptr;
        EXPECT_TRUE(host.line->Dial("2000"));
    };
    lac.line->HangUp();
    RunUntil(Seconds(10));
    EXPECT_EQ(host.log, "remote-hang-up@2015 connected@4025 ");
    EXPECT_TRUE(lac.line->IsUp());
}

TEST_F(SerialCallTest, MayBeDisposedOfWhenToldOfTheEnd)
{
    Connect();
    host.onEnd = [this] { host.device->Dispose(); };
    lac.line->HangUp();
    RunUntil(Seconds(10));
    EXPECT_EQ(host.log, "remote-hang-up@2015 ");
    lac.line->Dial("1000");
    RunUntil(Seconds(20));
    EXPECT_EQ(lac.line->GetLastCause(), L2LineCause::BUSY);
}

TEST_F(SerialCallTest, StatesAreTraced)
{
    std::string states;
    lac.line->TraceConnectWithoutContext(
        "State",
        Callback<void, L2LineState, L2LineState>([&states](L2LineState, L2LineState now) {
            states += std::string(L2LineStateName(now)) + " ";
        }));
    std::string ends;
    lac.line->TraceConnectWithoutContext("Ended",
                                         Callback<void, L2LineCause>([&ends](L2LineCause cause) {
                                             ends += L2LineCauseName(cause);
                                         }));
    int changes = 0;
    lac.device->AddLinkChangeCallback(Callback<void>([&changes] { ++changes; }));
    Connect();
    lac.line->HangUp();
    EXPECT_EQ(states, "Ringing Connecting Connected Idle ");
    EXPECT_EQ(ends, "local-hang-up");
    EXPECT_EQ(changes, 2);
}

TEST_F(SerialCallTest, BadConfigurationsStopAtOnce)
{
    EXPECT_DEATH(CreateObject<L2SerialLine>()->Dial("1"), "no network.*Attach");
    auto device = CreateObject<L2SerialNetDevice>();
    EXPECT_DEATH(network->Attach(device, "1"), "on a node");
    CreateObject<Node>()->AddDevice(device);
    EXPECT_DEATH(network->Attach(device, ""), "needs a number");
    EXPECT_DEATH(network->Attach(device, "2000"), "number 2000 is taken by node");
    EXPECT_DEATH(network->Attach(lac.device, "2001"), "attached already");
    lac.line->SetAttribute("BitRate", DataRateValue(DataRate(0)));
    host.line->Dial("2000");
    EXPECT_DEATH(RunUntil(Seconds(5)), "BitRate of line 1000 or 2000 is 0: set it");
}
