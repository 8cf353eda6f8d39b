/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Runs with random loss, damage, duplication, reordering, delay, crashes and closes: control
// messages are delivered once and in order, both ends agree, and nothing is left (RFC 2661,
// sections 5.5, 5.7 and 5.8). ./l2tp swarm does as many of them as are wanted.

#include "l2tp-fault-run.h"
#include "simulation-test.h"

#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <iostream>
#include <random>
#include <set>
#include <string>

using namespace ns3;

namespace
{

/// Do a run; the test fails, with all there is to know of the run, if anything was violated.
/// @param seed which
L2tpFaultResult
ExpectNothingViolated(uint64_t seed)
{
    const L2tpFaultResult result = L2tpFaultRun(seed).Execute();
    if (!result.violations.empty())
    {
        L2tpFaultRun again(seed);
        again.DrawLadders(100);
        again.Execute();
        again.Print(std::cout);
        ADD_FAILURE() << "seed " << seed << ": " << result.violations.front()
                      << "\nTo see it: ./l2tp swarm --seed=" << seed;
    }
    return result;
}

/// An oracle that watches a LAC and an LNS, with no fault but those of the test.
class L2tpFaultOracleTest : public SimulationTest
{
  protected:
    void SetUp() override
    {
        RngSeedManager::SetSeed(1);
        RngSeedManager::SetRun(1);
        plan.lacs.resize(1);
        plan.lnses.resize(1);
        plan.links.resize(2);
        plan.lacs[0].name = "LAC";
        plan.lnses[0].name = "LNS";
        plan.initialInterval = Seconds(1);
        plan.maxInterval = Seconds(8);
        plan.setupTimeout = Seconds(60);
        plan.linkDelay = MilliSeconds(10);
        network = std::make_unique<L2tpFaultNetwork>(plan);
        oracle = std::make_unique<L2tpFaultOracle>(*network);
        Simulator::Schedule(Seconds(1), [this] { PlaceCall(); });
        RunUntil(Seconds(2));
        ASSERT_EQ(Lns()->GetNCalls(), 1U);
        ASSERT_TRUE(oracle->violations.empty());
        tunnel = Lns()->GetTunnels().at(0);
        call = tunnel->GetCalls().at(0);
    }

    void TearDown() override
    {
        tunnel = nullptr;
        call = nullptr;
        oracle.reset();
        network.reset();
        SimulationTest::TearDown();
    }

    /// The LAC calls the LNS.
    void PlaceCall()
    {
        const auto take = Callback<void, Ptr<L2tpCall>>(
            [](Ptr<L2tpCall> placed) { L2tpFaultTerminator::TakeFrames(placed->GetSession()); });
        network->ends[0].lac->PlaceCall(network->GetLns(0, 0), L2tpCallParameters(), take, take);
    }

    /// The LNS.
    Ptr<L2tpEndpoint> Lns() const
    {
        return network->ends[1].endpoint;
    }

    /// Whether a violation was told that has some words. @param words they
    bool Told(const std::string& words) const
    {
        return std::any_of(oracle->violations.begin(),
                           oracle->violations.end(),
                           [&words](const std::string& violation) {
                               return violation.find(words) != std::string::npos;
                           });
    }

    L2tpFaultPlan plan;                        //!< of the network
    std::unique_ptr<L2tpFaultNetwork> network; //!< it
    std::unique_ptr<L2tpFaultOracle> oracle;   //!< watches
    Ptr<L2tpTunnel> tunnel;                    //!< the LNS's
    Ptr<L2tpCall> call;                        //!< the LNS's
};

} // namespace

TEST(L2tpFaultRunTest, NothingIsViolatedInTheFirstSeeds)
{
    L2tpFaultResult sum;
    for (uint64_t seed = 1; seed <= 400; ++seed)
    {
        const L2tpFaultResult result = ExpectNothingViolated(seed);
        sum.retransmitted += result.retransmitted;
        sum.frames += result.frames;
        sum.established += result.established;
        sum.deaths += result.deaths;
        sum.lost += result.lost;
        sum.duplicated += result.duplicated;
        sum.delayed += result.delayed;
        sum.damaged += result.damaged;
        sum.returned += result.returned;
        sum.tunnelEvents.insert(result.tunnelEvents.begin(), result.tunnelEvents.end());
        sum.callEvents.insert(result.callEvents.begin(), result.callEvents.end());
    }
    // They did what they are for.
    EXPECT_GT(sum.retransmitted, 400U);
    EXPECT_GT(sum.frames, 400U);
    EXPECT_GT(sum.established, 400U);
    EXPECT_GT(sum.deaths, 40U);
    EXPECT_GT(sum.lost, 400U);
    EXPECT_GT(sum.duplicated, 400U);
    EXPECT_GT(sum.delayed, 400U);
    EXPECT_GT(sum.damaged, 400U);
    EXPECT_GT(sum.returned, 200U);
    for (const auto event : {L2tpTunnelEvent::RECEIVE_SCCRQ_LOSE_TIE,
                             L2tpTunnelEvent::RECEIVE_STOPCCN,
                             L2tpTunnelEvent::ADMIN_TUNNEL_CLOSE,
                             L2tpTunnelEvent::PEER_DEAD,
                             L2tpTunnelEvent::NOT_IN_TIME,
                             L2tpTunnelEvent::LOCAL_CRASH})
    {
        EXPECT_EQ(sum.tunnelEvents.count(event), 1U) << L2tpTunnelEventName(event);
    }
    for (const auto event : {L2tpCallEvent::LOCAL_CLOSE,
                             L2tpCallEvent::TUNNEL_CLOSED,
                             L2tpCallEvent::NOT_IN_TIME,
                             L2tpCallEvent::RECEIVE_ICCN_ACCEPTABLE,
                             L2tpCallEvent::RECEIVE_OCCN_ACCEPTABLE,
                             L2tpCallEvent::RECEIVE_CDN})
    {
        EXPECT_EQ(sum.callEvents.count(event), 1U) << L2tpCallEventName(event);
    }
}

TEST(L2tpFaultRunTest, NothingIsViolatedInFreshSeeds)
{
    std::random_device fresh;
    for (int i = 0; i < 200; ++i)
    {
        ExpectNothingViolated(1000000 + fresh() % 1000000000);
    }
}

TEST(L2tpFaultRunTest, DoesTheSameWithTheSameSeed)
{
    // Whatever ran before in the same process.
    std::set<uint64_t> digests;
    for (uint64_t seed = 1; seed <= 20; ++seed)
    {
        const uint64_t digest = L2tpFaultRun(seed).Execute().digest;
        digests.insert(digest);
        L2tpFaultRun(seed + 100).Execute();
        EXPECT_EQ(L2tpFaultRun(seed).Execute().digest, digest) << seed;
    }
    EXPECT_EQ(digests.size(), 20U);
}

TEST_F(L2tpFaultOracleTest, IsContentWithARunWithoutFaults)
{
    oracle->CheckAgreement();
    for (const auto& end : network->ends)
    {
        end.endpoint->Stop();
    }
    RunUntil(Seconds(200));
    tunnel = nullptr;
    call = nullptr;
    oracle->CheckEnd();
    EXPECT_TRUE(oracle->violations.empty()) << oracle->violations.front();
}

TEST_F(L2tpFaultOracleTest, TellsOfAMessageThatIsDeliveredTwice)
{
    const std::vector<uint8_t> hello{0x80, 8, 0, 0, 0, 0, 0, 6};
    Lns()->ControlDelivered(*tunnel, 2, 0, hello);
    EXPECT_TRUE(Told("is delivered Ns 2 instead of 4"));
    EXPECT_TRUE(Told("which did not arrive"));
}

TEST_F(L2tpFaultOracleTest, TellsOfAnAcknowledgementOfWhatWasNotDelivered)
{
    const auto zlb = L2tpHeader::MakeControl(tunnel->GetPeerId(), 0, 2, 5, 0);
    Ptr<Packet> packet = Create<Packet>();
    packet->AddHeader(zlb);
    Lns()->ControlSent(*tunnel, zlb, packet, 1);
    EXPECT_TRUE(Told("acknowledges up to Nr 5 when 4 messages were delivered"));
}

TEST_F(L2tpFaultOracleTest, TellsOfAChangeOfStateThatNoTableHas)
{
    Lns()->TunnelChanged(*tunnel,
                         L2tpTunnelState::WAIT_CTL_REPLY,
                         L2tpTunnelEvent::LOCAL_OPEN_REQUEST);
    EXPECT_TRUE(Told("but was in established"));
}

TEST_F(L2tpFaultOracleTest, TellsOfACallThatOneEndKnows)
{
    // The LAC forgets all, and the LNS is looked at before its HELLO.
    network->ends[0].endpoint->Crash();
    oracle->CheckAgreement();
    EXPECT_TRUE(Told("knows nothing of it"));
}

TEST_F(L2tpFaultOracleTest, TellsOfAFrameThatNobodySent)
{
    L2tpHeader header;
    header.SetTunnelId(tunnel->GetLocalId());
    header.SetSessionId(call->GetLocalId());
    Ptr<Packet> message = Create<Packet>(10);
    message->AddHeader(header);
    call->GetSession()->Receive(header, message);
    EXPECT_TRUE(Told("receives a frame that nobody has sent"));
}

TEST_F(L2tpFaultOracleTest, TellsOfWhatIsLeft)
{
    oracle->CheckEnd();
    EXPECT_TRUE(Told("number of tunnels is 1 instead of 0"));
    EXPECT_TRUE(Told("tunnels held is 1 instead of 0"));
    EXPECT_TRUE(Told("number of calls is 1 instead of 0"));
    EXPECT_TRUE(Told("references is 3 instead of 1")) << "the LNS's table, and this test's";
    EXPECT_TRUE(Told("was never cleared"));
    EXPECT_TRUE(Told("sessions cleared is 0 instead of 1"));
}
