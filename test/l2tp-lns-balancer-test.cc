/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Which of several LNSs is next (RFC 2868, section 3.8).

#include "ns3/enum.h"
#include "ns3/l2tp-lns-balancer.h"
#include "ns3/simulator.h"

#include <gtest/gtest.h>
#include <string>

using namespace ns3;

namespace
{

using Outcome = L2tpPlacementOutcome;

class L2tpLnsBalancerTest : public ::testing::Test
{
  protected:
    void TearDown() override
    {
        Simulator::Destroy();
    }

    /// Add an LNS. @param preference its preference
    void Add(uint32_t preference)
    {
        L2tpTunnelPeer peer;
        peer.server = {L2tpIpAddress(Ipv4Address(0xc0000201 + peers.size())), L2TP_UDP_PORT};
        peer.preference = preference;
        peers.push_back(peer);
    }

    /// Place calls that are all established. @param n how many @return the LNSs chosen
    std::string Place(int n)
    {
        std::string chosen;
        for (int i = 0; i < n; ++i)
        {
            const auto index = balancer->Choose(peers);
            chosen += std::to_string(index);
            balancer->Attempted(peers[index], 1);
            balancer->Settled(peers[index], Outcome::ESTABLISHED);
        }
        return chosen;
    }

    /// Let an attempt fail. @param i with which LNS @param outcome how
    void Fail(std::size_t i, Outcome outcome)
    {
        balancer->Attempted(peers[i], 1);
        balancer->Settled(peers[i], outcome);
    }

    /// Let time pass. @param time how much
    static void Wait(Time time)
    {
        Simulator::Stop(time);
        Simulator::Run();
    }

    std::vector<L2tpTunnelPeer> peers;                              //!< the LNSs
    Ptr<L2tpLnsBalancer> balancer{CreateObject<L2tpLnsBalancer>()}; //!< the balancer
};

} // namespace

// RFC 2868, section 3.8: "the tunnel having the numerically lowest value in the Value field ...
// SHOULD be given the highest preference."
TEST_F(L2tpLnsBalancerTest, TheLowestPreferenceIsFirst)
{
    Add(5);
    Add(2);
    Add(0xffffff);
    EXPECT_EQ(Place(3), "111");
    peers.erase(peers.begin() + 1);
    EXPECT_EQ(Place(2), "00");
}

TEST_F(L2tpLnsBalancerTest, EqualOnesTakeTurns)
{
    Add(1);
    Add(1);
    Add(2);
    Add(1);
    EXPECT_EQ(Place(7), "0130130");
    EXPECT_EQ(balancer->GetNCalls(peers[0]), 3U);
    EXPECT_EQ(balancer->GetNCalls(peers[2]), 0U);
    EXPECT_EQ(balancer->GetCount(Outcome::ESTABLISHED), 7U);
}

TEST_F(L2tpLnsBalancerTest, OrTheOneWithTheFewestCallsIsNext)
{
    balancer->SetAttribute("LoadSharing", EnumValue(L2TP_LEAST_CALLS));
    Add(1);
    Add(1);
    EXPECT_EQ(Place(4), "0101");
    balancer->Cleared(peers[0], false);
    balancer->Cleared(peers[0], false);
    EXPECT_EQ(balancer->GetNCalls(peers[0]), 0U);
    EXPECT_EQ(Place(4), "0010"); // the third time they are even: the one not used for longer
    // A call that is being placed counts as well.
    balancer->Attempted(peers[0], 1);
    EXPECT_EQ(balancer->GetNCalls(peers[0]), 4U);
    balancer->Settled(peers[0], Outcome::TRY_ANOTHER);
    EXPECT_EQ(balancer->GetNCalls(peers[0]), 3U);
}

// Two LNSs of one address are two if the LAC has another name for the one, or other tunnels.
TEST_F(L2tpLnsBalancerTest, TunnelsByAnotherNameAreOthers)
{
    Add(1);
    peers.push_back(peers[0]);
    peers[1].assignmentId = "isp-2";
    peers.push_back(peers[0]);
    peers[2].hostName = "lac.isp-2.example";
    EXPECT_EQ(Place(3), "012");
    Fail(1, Outcome::NO_TUNNEL);
    EXPECT_FALSE(balancer->IsBusiedOut(peers[0]));
    EXPECT_TRUE(balancer->IsBusiedOut(peers[1]));
    EXPECT_FALSE(balancer->IsBusiedOut(peers[2]));
}

TEST_F(L2tpLnsBalancerTest, OneThatIsDownIsBusiedOut)
{
    std::string busied;
    balancer->TraceConnectWithoutContext("BusyOut",
                                         Callback<void, const L2tpTunnelPeer&, Time>(
                                             [&busied](const L2tpTunnelPeer& peer, Time until) {
                                                 busied += std::to_string(peer.preference) + "@" +
                                                           std::to_string(until.GetMilliSeconds()) +
                                                           " ";
                                             }));
    balancer->SetAttribute("BusyOutTime", TimeValue(Seconds(30)));
    Add(1);
    Add(2);
    Wait(Seconds(10));
    Fail(0, Outcome::NO_TUNNEL);
    Fail(0, Outcome::NO_TUNNEL); // two calls that waited for the same tunnel
    EXPECT_EQ(busied, "1@40000 ");
    EXPECT_EQ(Place(2), "11");
    Wait(Seconds(30) - NanoSeconds(1));
    EXPECT_EQ(Place(1), "1");
    Wait(NanoSeconds(1));
    EXPECT_EQ(Place(1), "0");
    // Lost while there are calls.
    balancer->Cleared(peers[0], true);
    EXPECT_EQ(busied, "1@40000 1@70000 ");
    EXPECT_EQ(Place(1), "1");
}

TEST_F(L2tpLnsBalancerTest, OnlyWantOfATunnelBusiesOut)
{
    Add(1);
    for (const auto outcome :
         {Outcome::TRY_ANOTHER, Outcome::REFUSED, Outcome::NO_ROOM, Outcome::WITHDRAWN})
    {
        Fail(0, outcome);
        EXPECT_FALSE(balancer->IsBusiedOut(peers[0])) << L2tpPlacementOutcomeName(outcome);
        EXPECT_EQ(balancer->GetCount(outcome), 1U);
    }
    EXPECT_EQ(balancer->GetNCalls(peers[0]), 0U);
}

// An LNS that is back is not left out for longer than it was away.
TEST_F(L2tpLnsBalancerTest, TheLastResortIsTriedAndRehabilitated)
{
    Add(1);
    Add(2);
    Fail(0, Outcome::NO_TUNNEL);
    Fail(1, Outcome::NO_TUNNEL);
    EXPECT_EQ(Place(1), "0");
    EXPECT_FALSE(balancer->IsBusiedOut(peers[0]));
    EXPECT_TRUE(balancer->IsBusiedOut(peers[1]));
}
