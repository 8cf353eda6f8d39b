/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How calls and tunnels come to an end on purpose, and how a silent peer is noticed (RFC 2661,
// sections 4.4.2, 5.5, 5.6 and 5.7), as seen on the wire.

#include "l2tp-scripted-peer.h"

#include "ns3/boolean.h"

#include <set>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

class L2tpTeardownTest : public L2tpScriptedPeerTest
{
  protected:
    /// Build two clients of one host, whose calls share a tunnel, and note StopCCNs and CDNs.
    void InstallTwo()
    {
        Build();
        net->internet->watch = [this](const L2tpTestDatagram& datagram) {
            const auto type = static_cast<L2tpMessageType>(datagram.message.GetType());
            if (const auto code = datagram.message.Get(L2tpAvps::RESULT_CODE))
            {
                goodByes.push_back(L2tpMessageName(datagram.message.GetType()) + " " +
                                   code->Describe(type));
                last = datagram;
            }
        };
        Install();
        second = vpn->Install(net->hosts, net->lns);
    }

    std::vector<std::string> goodByes; //!< StopCCNs and CDNs, in words
    L2tpTestDatagram last;             //!< the last of them
    L2tpVpnContainer second;           //!< the second client
};

} // namespace

// Section 4.4.2, result 1. In whatever state the call is, both ends agree in the end.
TEST_F(L2tpTeardownTest, BearerLineDropInEachPhase)
{
    std::set<L2tpCallState> states;
    for (uint32_t ms = 1; ms <= 60; ms += 2)
    {
        SCOPED_TRACE(ms);
        InstallTwo();
        RunUntil(MilliSeconds(ms));
        const Ptr<L2tpCall> call = Client()->GetCall();
        ASSERT_TRUE(call);
        const L2tpCallState state = call->GetState();
        states.insert(state);
        goodByes.clear();
        call->Close(L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
        EXPECT_FALSE(Client()->GetCall());
        RunUntil(Seconds(3));
        // Before the ICRQ is sent there is nobody to tell (section 7.4.1, wait-tunnel).
        const bool tells = state != L2tpCallState::WAIT_TUNNEL;
        EXPECT_EQ(goodByes,
                  std::vector<std::string>(tells ? 1 : 0,
                                           "CDN 1 call disconnected due to loss of carrier"));
        if (tells)
        {
            EXPECT_EQ(last.message.Get(L2tpAvps::ASSIGNED_SESSION_ID), call->GetLocalId());
            EXPECT_EQ(last.header.GetSessionId(), call->GetPeerId());
        }
        EXPECT_EQ(Lns()->GetNCalls(), 1U);
        EXPECT_EQ(Lac()->GetNCalls(), 1U);
        EXPECT_TRUE(second.GetClient(0)->IsUp()) << "the other call goes on";
        goodByes.clear();
        Clear();
    }
    EXPECT_EQ(states.size(), 3U);
}

// Section 5.6: a CDN of either end clears one call.
TEST_F(L2tpTeardownTest, AdministrativeCloseOfACallByTheLns)
{
    InstallTwo();
    RunUntil(Seconds(1));
    const Ptr<L2tpCall> call = Lns()->GetTunnels().at(0)->GetCalls().at(0);
    const uint16_t id = call->GetPeerId();
    call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Seconds(2));
    EXPECT_EQ(goodByes,
              std::vector<std::string>({"CDN 3 call disconnected for administrative reasons"}));
    EXPECT_EQ(last.header.GetSessionId(), id);
    EXPECT_EQ(Lac()->GetNCalls(), 1U);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    EXPECT_NE(Client()->IsUp(), second.GetClient(0)->IsUp());
    const auto cleared = Client()->IsUp() ? second.GetClient(0) : Client();
    EXPECT_EQ(cleared->GetLastReason(),
              "Receive CDN: 3 call disconnected for administrative reasons");
}

// Section 5.7: "it is not necessary to clear each session individually".
TEST_F(L2tpTeardownTest, AdministrativeCloseOfATunnel)
{
    for (const bool byLns : {false, true})
    {
        SCOPED_TRACE(byLns);
        InstallTwo();
        RunUntil(Seconds(1));
        const Ptr<L2tpEndpoint> closer =
            byLns ? Ptr<L2tpEndpoint>(Lns()) : Ptr<L2tpEndpoint>(Lac());
        closer->GetTunnels().at(0)->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
        RunUntil(Seconds(2));
        EXPECT_EQ(
            goodByes,
            std::vector<std::string>({"StopCCN 1 general request to clear control connection"}));
        EXPECT_FALSE(Client()->IsUp());
        EXPECT_FALSE(second.GetClient(0)->IsUp());
        RunOut();
        ExpectNothingLeft();
        goodByes.clear();
        Clear();
    }
}

// Section 5.7: a StopCCN is acknowledged "over at least a full retransmission cycle".
// RFC 2661: 5.7-01, 5.8-10, 7.1-09, 7.6-02
TEST_F(L2tpTeardownTest, ARepeatedStopCcnIsAcknowledgedForAFullCycle)
{
    TalkToLns();
    OpenTunnel();
    const uint16_t stopNs = ns;
    Say(StopCcn());
    const Time closed = Simulator::Now() - MilliSeconds(100);
    for (const uint32_t second : {1, 15, 30})
    {
        RunUntil(closed + Seconds(second));
        peer->received.clear();
        peer->Send(tunnelId, 0, stopNs, 1, StopCcn());
        Wait();
        ASSERT_EQ(peer->received.size(), 1U) << second;
        EXPECT_TRUE(peer->received[0].IsZlb());
        EXPECT_EQ(peer->received[0].header.GetTunnelId(), PEER_TUNNEL);
        EXPECT_EQ(peer->received[0].header.GetNr(), stopNs + 1);
    }
    RunUntil(closed + Seconds(32));
    peer->received.clear();
    peer->Send(tunnelId, 0, stopNs, 1, StopCcn());
    Wait();
    EXPECT_TRUE(peer->received.empty());
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U);
    EXPECT_EQ(Dropped(L2tpDropReason::UNKNOWN_TUNNEL), 1U);
}

// Sections 5.5 and 6.5: a HELLO is about the tunnel, has nothing but its type, and wants no answer
// but the acknowledgement, which keeps the tunnel for another interval: 60 s by default.
// RFC 2661: 6.5-02, 6.5-03
TEST_F(L2tpTeardownTest, HelloIsAcknowledgedAndNotAnswered)
{
    TalkToLns();
    OpenTunnel();
    RunUntil(Simulator::Now() + Seconds(60) - MilliSeconds(200));
    EXPECT_EQ(peer->Count(L2tpMessageType::HELLO), 0U);
    RunUntil(Simulator::Now() + MilliSeconds(200));
    const L2tpTestDatagram& hello = peer->Last(L2tpMessageType::HELLO);
    EXPECT_EQ(hello.header.GetTunnelId(), PEER_TUNNEL);
    EXPECT_EQ(hello.header.GetSessionId(), 0);
    EXPECT_EQ(hello.message.GetNAvps(), 1U);
    Acknowledge();
    peer->received.clear();
    Say(L2tpControlMessage(L2tpMessageType::HELLO));
    ASSERT_EQ(peer->received.size(), 1U);
    EXPECT_TRUE(peer->received[0].IsZlb());
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
}

// Section 5.5: each end has its own interval; one end that sends HELLOs keeps both content, since a
// HELLO is a message received at the one, and its acknowledgement at the other.
// RFC 2661: 6.5-03
TEST_F(L2tpTeardownTest, HellosOfOneEndServeBoth)
{
    Build();
    vpn->SetLacAttribute("HelloInterval", TimeValue(Seconds(20)));
    uint32_t ofLac = 0;
    uint32_t ofLns = 0;
    net->internet->watch = [&](const L2tpTestDatagram& datagram) {
        const bool isHello = datagram.Is(L2tpMessageType::HELLO);
        ofLns += isHello && datagram.from.address == net->lnsAddress ? 1 : 0;
        ofLac += isHello && datagram.from.address != net->lnsAddress ? 1 : 0;
    };
    Install();
    RunUntil(Seconds(610));
    EXPECT_GE(ofLac, 29U);
    EXPECT_LE(ofLac, 30U);
    EXPECT_EQ(ofLns, 0U);
    ExpectTraffic();
}

// Section 6.5: "a recommended default is 60 seconds, but SHOULD be configurable", at each end, to
// more as well as to less.
// RFC 2661: 6.5-03
TEST_F(L2tpTeardownTest, EachEndSendsHellosAsItIsToldTo)
{
    for (const bool byLac : {true, false})
    {
        for (const uint32_t seconds : {60, 20, 150})
        {
            SCOPED_TRACE(std::string(byLac ? "LAC " : "LNS ") + std::to_string(seconds));
            Build();
            const TimeValue never(Seconds(0));
            byLac ? vpn->SetLnsAttribute("HelloInterval", never)
                  : vpn->SetLacAttribute("HelloInterval", never);
            if (seconds != 60)
            {
                const TimeValue interval{Seconds(seconds)};
                byLac ? vpn->SetLacAttribute("HelloInterval", interval)
                      : vpn->SetLnsAttribute("HelloInterval", interval);
            }
            std::vector<Time> hellos;
            net->internet->watch = [&](const L2tpTestDatagram& datagram) {
                if (datagram.Is(L2tpMessageType::HELLO))
                {
                    EXPECT_EQ(datagram.from.address != net->lnsAddress, byLac);
                    hellos.push_back(Simulator::Now());
                }
            };
            Install();
            RunUntil(Seconds(610));
            EXPECT_EQ(hellos.size(), 610 / seconds);
            Time last;
            for (const Time& hello : hellos)
            {
                // The peer's acknowledgement, or the set-up, was the last that was heard of it.
                EXPECT_GE(hello - last, Seconds(seconds));
                EXPECT_LT(hello - last, Seconds(seconds + 1));
                last = hello;
            }
            Clear();
        }
    }
}
