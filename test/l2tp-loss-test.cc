/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Losses on the way: named ones, and a seeded grid of random ones (RFC 2661, section 5.8).

#include "l2tp-test-network.h"

#include "ns3/rng-seed-manager.h"

#include <map>

using namespace ns3;

namespace
{

/// What went over the internet link, told apart by the end that sent it.
struct WireCount
{
    uint64_t messages{0};                           //!< control messages, each once
    uint64_t retransmissions{0};                    //!< further transmissions of them
    uint64_t zlbs{0};                               //!< ZLBs
    std::map<std::vector<uint8_t>, uint32_t> times; //!< how often each message was sent

    void Add(const L2tpTestDatagram& datagram)
    {
        if (datagram.IsZlb())
        {
            ++zlbs;
        }
        else if (datagram.IsControl())
        {
            ++(++times[datagram.Identity()] > 1 ? retransmissions : messages);
        }
    }
};

class L2tpLossTest : public L2tpNetworkTest
{
  protected:
    /// Build the network, and count what passes.
    void BuildAndInstall()
    {
        Build();
        Install();
        wire.clear();
        net->internet->watch = [this](const L2tpTestDatagram& datagram) {
            wire[datagram.from.address].Add(datagram);
        };
    }

    /// The same, with random loss. @param run its RngRun @param rate how much is lost, 0 to 1
    void BuildAndInstallLossy(uint32_t run, double rate)
    {
        RngSeedManager::SetRun(run);
        BuildAndInstall();
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(500);
        net->internet->lose = [random, rate](const L2tpTestDatagram&) {
            return random->GetValue() < rate;
        };
    }

    /// Expect that an end has counted what went over the wire.
    void ExpectCounted(const L2tpEndpoint& end, Ipv4Address address)
    {
        const L2tpEndpointStatistics& counted = end.GetStatistics();
        const WireCount& seen = wire[address];
        EXPECT_EQ(counted.controlSent, seen.messages);
        EXPECT_EQ(counted.controlRetransmitted, seen.retransmissions);
        EXPECT_EQ(counted.zlbSent, seen.zlbs);
    }

    /// Lose messages of a type, whoever sends them. @param type which @param times how many
    void Lose(L2tpMessageType type, uint32_t times)
    {
        net->internet->lose = [type, times](const L2tpTestDatagram& datagram) mutable {
            return datagram.Is(type) && times > 0 && times-- > 0;
        };
    }

    /// Until when the set-up takes at the latest.
    Time WaitForTheEndOfTheSetUp()
    {
        Time ended;
        while (ended < Seconds(200) && !Client()->IsUp() && Client()->GetLastReason().empty())
        {
            ended += MilliSeconds(10);
            RunUntil(ended);
        }
        return ended;
    }

    std::map<L2tpIpAddress, WireCount> wire; //!< what was sent, by sender
};

/// A test that loses the first messages of a type.
class L2tpMessageLossTest : public L2tpLossTest,
                            public ::testing::WithParamInterface<L2tpMessageType>
{
};

} // namespace

// Section 5.8: what is sent again is what was lost, with the same IDs and an Nr that is not stale.
// RFC 2661: 4.4.3-22, 5.8-03
TEST_P(L2tpMessageLossTest, IsRepairedByOneRetransmissionEach)
{
    // Retransmitted after 1 s, then 2 s later.
    for (uint32_t times = 1; times <= 2; ++times)
    {
        SCOPED_TRACE(times);
        BuildAndInstall();
        Lose(GetParam(), times);
        const Time up = WaitForTheEndOfTheSetUp();
        EXPECT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
        // The LAC's first Configure-Request is lost with the ICCN that it follows: it is repeated
        // every 3 s (RFC 1661, section 4.6).
        const bool wait = GetParam() == L2tpMessageType::ICCN;
        const Time least = Seconds(times == 1 ? (wait ? 3 : 1) : (wait ? 6 : 3));
        EXPECT_GE(up, least);
        EXPECT_LT(up, least + MilliSeconds(200));
        RunUntil(up + Seconds(2));
        ExpectCounted(*Lac(), net->GetHostAddress(0));
        ExpectCounted(*Lns(), net->lnsAddress);
        ExpectTraffic();
        Clear();
    }
}

INSTANTIATE_TEST_SUITE_P(Messages,
                         L2tpMessageLossTest,
                         ::testing::Values(L2tpMessageType::SCCRQ,
                                           L2tpMessageType::SCCRP,
                                           L2tpMessageType::SCCCN,
                                           L2tpMessageType::ICRQ,
                                           L2tpMessageType::ICRP,
                                           L2tpMessageType::ICCN),
                         [](const auto& type) {
                             return L2tpMessageName(static_cast<uint16_t>(type.param));
                         });

TEST_F(L2tpLossTest, CarriesTrafficUntilTheLackOfEveryZlbLooksLikeDeath)
{
    // Robustness case 15: the message is repeated, and acknowledged again by what is sent next.
    BuildAndInstall();
    net->internet->lose = [](const L2tpTestDatagram& datagram) { return datagram.IsZlb(); };
    RunUntil(Seconds(5));
    ExpectTraffic();
    // The last message of each end has only ZLBs to acknowledge it: the peer seems to be dead.
    RunUntil(Seconds(32));
    EXPECT_FALSE(Client()->IsUp());
    EXPECT_EQ(Lac()->GetTunnels().size(), 0U);
}

TEST_F(L2tpLossTest, ClearsBothEndsWhateverIsLostOfTheGoodBye)
{
    for (const auto type : {L2tpMessageType::CDN, L2tpMessageType::STOPCCN})
    {
        for (const uint32_t times : {1, 2, 5, 1000})
        {
            SCOPED_TRACE(times);
            BuildAndInstall();
            Lose(type, times);
            RunUntil(Seconds(1));
            Client()->HangUp();
            // The LAC gives up after 31 s, the LNS finds out by a HELLO after 60 s of silence.
            RunUntil(Seconds(2));
            EXPECT_FALSE(Client()->IsUp());
            EXPECT_EQ(Lac()->GetNCalls(), 0U);
            RunUntil(Seconds(1 + 60 + 31 + 31 + 1));
            ExpectNothingLeft();
            ExpectCounted(*Lac(), net->GetHostAddress(0));
            ExpectCounted(*Lns(), net->lnsAddress);
            Clear();
        }
    }
}

TEST_F(L2tpLossTest, EndsWellOrClearedAtBothEndsInAHundredSeeds)
{
    // A call has 60 s (SetupTimeout). Then PPP has 10 tries of 3 s each for LCP, authentication
    // and IPCP, and each may begin anew some times. A message that is not acknowledged clears its
    // tunnel 31 s after it was sent, and a HELLO is sent after 60 s of silence.
    const Time last = Seconds(60 + 3 * 30);
    uint32_t ups = 0;
    for (uint32_t run = 1; run <= 100; ++run)
    {
        SCOPED_TRACE("RngRun " + std::to_string(run));
        BuildAndInstallLossy(run, 0.3);
        const Time ended = WaitForTheEndOfTheSetUp();
        EXPECT_LE(ended, last);
        if (!Client()->IsUp())
        {
            EXPECT_NE(Client()->GetLastReason(), "");
        }
        ExpectCounted(*Lac(), net->GetHostAddress(0));
        ExpectCounted(*Lns(), net->lnsAddress);
        // From here on nothing is lost: whatever is half open is noticed within a HELLO's time, a
        // set-up's, and that of lingering.
        net->internet->lose = nullptr;
        RunUntil(ended + Seconds(60 + 60 + 31 + 31 + 1));
        const std::size_t one = Client()->IsUp() ? 1 : 0;
        EXPECT_EQ(Lac()->GetNTunnelsHeld(), one);
        EXPECT_EQ(Lns()->GetNTunnelsHeld(), one);
        EXPECT_EQ(Lac()->GetNCalls(), one);
        EXPECT_EQ(Lns()->GetNCalls(), one);
        ExpectCounted(*Lac(), net->GetHostAddress(0));
        ExpectCounted(*Lns(), net->lnsAddress);
        if (one)
        {
            ++ups;
            ExpectTraffic();
        }
        Clear();
    }
    EXPECT_GT(ups, 50U);
}

// RFC 2661: 5.8-09
TEST_F(L2tpLossTest, GivesAPeerUpExactlyAfterAFullCycle)
{
    // For each tunnel that is cleared since the peer is dead, whichever message it was: it went
    // out, or became the first that is not acknowledged, 31 s before, and was repeated after 1, 3,
    // 7, 15 and 23 s.
    uint32_t deaths = 0;
    for (uint32_t run = 1; run <= 30; ++run)
    {
        SCOPED_TRACE("RngRun " + std::to_string(run));
        BuildAndInstallLossy(run, 0.6);
        for (const Ptr<L2tpEndpoint>& end : {Ptr<L2tpEndpoint>(Lac()), Ptr<L2tpEndpoint>(Lns())})
        {
            auto repeats = std::make_shared<std::vector<Time>>();
            end->TraceConnectWithoutContext("ControlTx",
                                            Callback<void,
                                                     Ptr<const L2tpTunnel>,
                                                     const L2tpHeader&,
                                                     Ptr<const Packet>,
                                                     uint32_t>([repeats](Ptr<const L2tpTunnel>,
                                                                         const L2tpHeader&,
                                                                         Ptr<const Packet>,
                                                                         uint32_t attempt) {
                                                if (attempt > 1)
                                                {
                                                    repeats->push_back(Simulator::Now());
                                                }
                                            }));
            end->TraceConnectWithoutContext(
                "TunnelState",
                Callback<void, Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent>(
                    [repeats,
                     &deaths](Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent event) {
                        if (event == L2tpTunnelEvent::PEER_DEAD)
                        {
                            ++deaths;
                            ASSERT_GE(repeats->size(), 5U);
                            const Time began = Simulator::Now() - Seconds(31);
                            const std::vector<Time> due{began + Seconds(1),
                                                        began + Seconds(3),
                                                        began + Seconds(7),
                                                        began + Seconds(15),
                                                        began + Seconds(23)};
                            EXPECT_EQ(std::vector<Time>(repeats->end() - 5, repeats->end()), due);
                        }
                    }));
        }
        RunUntil(Seconds(120));
        Clear();
    }
    EXPECT_GT(deaths, 5U);
}
