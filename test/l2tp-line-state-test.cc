/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What LAC and LNS tell each other of a call's line, from end to end: SLI and WEN (RFC 2661,
// sections 4.4.6, 6.13 and 6.14).

#include "l2tp-outgoing-call-fixture.h"

#include <utility>
#include <vector>

using namespace ns3;

namespace
{

/// Calls that have a line of the LAC's behind them, which is where errors and ACCMs are.
class L2tpLineStateTest : public L2tpOutgoingCallTest
{
};

} // namespace

// Section 6.14: the LNS tells what PPP has negotiated with the remote system on the line.
// RFC 2661: 6.14-01
TEST_F(L2tpLineStateTest, ALineIsToldItsAccm)
{
    BuildEnds();
    std::vector<L2tpAccm> told;
    lac->TraceConnectWithoutContext(
        "LinkInfo",
        Callback<void, Ptr<const L2tpCall>, const L2tpAccm&>(
            [&told](Ptr<const L2tpCall>, const L2tpAccm& accm) { told.push_back(accm); }));
    // A remote system by hand, since ours never asks for an ACCM: RFC 1662, section 7.1.
    const auto frame = [](std::vector<uint8_t> octets) {
        octets.insert(octets.begin(), {0xff, 0x03, 0xc0, 0x21});
        return Create<Packet>(octets.data(), octets.size());
    };
    std::vector<uint8_t> request{1, 1, 0, 10, 2, 6, 0x00, 0x0a, 0x00, 0x00};
    Ptr<L2tpSession> line;
    dialer->onConnect = [&](Ptr<L2tpCall> call) {
        line = call->GetSession();
        line->Attach(L2Circuit::ReceiveCallback([&](Ptr<Packet> received) {
                         std::vector<uint8_t> octets(received->GetSize());
                         received->CopyData(octets.data(), octets.size());
                         if (octets.size() > 8 && octets[2] == 0xc0 && octets[4] == 1)
                         {
                             octets[4] = 2; // the LNS's Configure-Request: all of it is fine
                             line->Send(Create<Packet>(octets.data(), octets.size()));
                         }
                     }),
                     L2Circuit::StatusCallback());
        line->Send(frame(request));
    };
    const auto placed = Place();
    RunUntil(Seconds(2));
    const L2tpAccm first{0x000a0000, 0xffffffff};
    EXPECT_EQ(told, std::vector<L2tpAccm>{first});
    EXPECT_EQ(Last(L2tpMessageType::SLI).Get(L2tpAvps::ACCM), first);
    EXPECT_EQ(dialer->connected.at(0)->GetAccm(), first);
    // "These options can change at any time during the life of the call."
    request = {1, 2, 0, 10, 2, 6, 0, 0, 0, 0};
    line->Send(frame(request));
    RunUntil(Seconds(3));
    EXPECT_EQ(told, (std::vector<L2tpAccm>{first, {0, 0xffffffff}}));
    // The same once more is no news; without the option it is the default again.
    line->Send(frame({1, 3, 0, 10, 2, 6, 0, 0, 0, 0}));
    RunUntil(Seconds(4));
    EXPECT_EQ(told.size(), 2U);
    line->Send(frame({1, 4, 0, 4}));
    RunUntil(Seconds(5));
    EXPECT_EQ(told, (std::vector<L2tpAccm>{first, {0, 0xffffffff}, L2tpAccm{}}));
    EXPECT_EQ(lac->GetStatistics().linkInfosReceived, 3U);
    line->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
}

// Section 4.4.6: the default of the LAC is not worth a message.
TEST_F(L2tpLineStateTest, NoSliForTheDefault)
{
    BuildEnds();
    PutPppOnTheLine();
    Place();
    RunUntil(Seconds(2));
    EXPECT_TRUE(remote->GetLink()->IsNetworkUp());
    EXPECT_EQ(Count(L2tpMessageType::SLI), 0U);
}

// Section 6.13: cumulative counters, and "not more than once every 60 seconds".
// RFC 2661: 6.13-01
TEST_F(L2tpLineStateTest, TheLnsIsToldOfErrorsOnTheLine)
{
    BuildEnds();
    PutPppOnTheLine();
    std::vector<std::pair<Time, L2tpCallErrors>> told;
    lns->TraceConnectWithoutContext("WanErrors",
                                    Callback<void, Ptr<const L2tpCall>, const L2tpCallErrors&>(
                                        [&told](Ptr<const L2tpCall>, const L2tpCallErrors& errors) {
                                            told.emplace_back(Simulator::Now(), errors);
                                        }));
    const auto placed = Place();
    RunUntil(Seconds(2));
    Ptr<L2tpCall> call = dialer->connected.at(0);
    for (uint32_t second = 0; second < 10; ++second)
    {
        EXPECT_TRUE(call->ReportErrors({1 + second, 2, 3, 4, 5, 6}));
        RunUntil(Seconds(3 + second));
    }
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].second, (L2tpCallErrors{1, 2, 3, 4, 5, 6}));
    RunUntil(Seconds(200));
    ASSERT_EQ(told.size(), 2U) << "nothing new, no message";
    EXPECT_EQ(told[1].first - told[0].first, Seconds(60));
    EXPECT_EQ(told[1].second, (L2tpCallErrors{10, 2, 3, 4, 5, 6}));
    EXPECT_EQ(placed->call->GetCallErrors(), told[1].second);
    EXPECT_EQ(lns->GetStatistics().wanErrorsReceived, 2U);
    EXPECT_EQ(Count(L2tpMessageType::WEN), 2U);
}
