/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A tunnel's own packets stay outside of tunnels that came up later, and the user's routes are the
// user's (see L2tpUdpPath).

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

using namespace ns3;

namespace
{

class L2tpTunnelRouteTest : public L2tpNetworkTest
{
  protected:
    /**
     * @brief Put two clients on one host, let the first hang up, and see whether the other goes on.
     * @param share whether they share a tunnel
     */
    void LoseOneOfTwo(bool share)
    {
        Build(1);
        vpn->SetLacAttribute("ShareTunnel", BooleanValue(share));
        Install();
        Ptr<L2tpVoluntaryClient> first = Client();
        tunnels = vpn->Install(net->hosts, net->lns);
        RunUntil(Seconds(5));
        ASSERT_TRUE(first->IsUp());
        ASSERT_TRUE(Client()->IsUp());
        first->HangUp();
        RunUntil(Seconds(10));
        ASSERT_FALSE(first->IsUp());
        ExpectTraffic();
        RunUntil(Seconds(300));
        EXPECT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
        EXPECT_EQ(Lns()->GetNCalls(), 1U);
        ExpectTraffic();
    }

    /// Frames of a LAC's sessions that went round in circles. @return how many
    uint64_t Recursions() const
    {
        const auto reason = static_cast<std::size_t>(L2tpDropReason::SEND_RECURSION);
        return Lac()->GetDataStatistics()->dropped[reason];
    }
};

} // namespace

TEST_F(L2tpTunnelRouteTest, ASecondSessionOutlivesTheFirst)
{
    LoseOneOfTwo(true);
    EXPECT_EQ(Recursions(), 0U);
}

TEST_F(L2tpTunnelRouteTest, ASecondTunnelOutlivesTheFirst)
{
    LoseOneOfTwo(false);
    EXPECT_EQ(Recursions(), 0U);
}

TEST_F(L2tpTunnelRouteTest, TheUsersRoutesAreLeftAlone)
{
    Build(1);
    auto routing = L2tpTestNetwork::RoutingOf(net->hosts.Get(0));
    routing->AddHostRouteTo(net->lnsAddress, "10.1.0.1", 1);
    const std::string before = L2tpTestNetwork::RoutesOf(net->hosts.Get(0));
    Install();
    RunUntil(Seconds(5));
    ASSERT_TRUE(Client()->IsUp());
    Client()->HangUp();
    RunUntil(Seconds(10));
    EXPECT_EQ(L2tpTestNetwork::RoutesOf(net->hosts.Get(0)), before);
    Client()->Dial();
    RunUntil(Seconds(15));
    EXPECT_TRUE(Client()->IsUp());
}

// The LNS and the LAC on one node: what one sends the other has only after the sender is done.
TEST_F(L2tpTunnelRouteTest, ANodeMayDialItself)
{
    Build(1);
    vpn->SetLacAttribute("LocalPort", UintegerValue(0));
    vpn->SetLnsAddress(net->lnsAddress);
    vpn->SetClientAttribute("DefaultRoute", BooleanValue(false));
    tunnels = vpn->Install(NodeContainer(net->lns), net->lns);
    RunUntil(Seconds(5));
    EXPECT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
    EXPECT_EQ(Lac()->GetNCalls(), 1U);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    Client()->HangUp();
    RunOut();
    ExpectNothingLeft();
}

// Section 7.4.1, established, Receive ICRQ: that call is cleared, its client is told, no other is.
TEST_F(L2tpTunnelRouteTest, AnIcrqOutOfSequenceClearsTheCallThatItNames)
{
    Build(1);
    Install();
    const auto second = vpn->Install(net->hosts, net->lns);
    RunUntil(Seconds(5));
    Ptr<L2tpCall> named = Client()->GetCall();
    Ptr<L2tpTunnel> tunnel = Lns()->GetTunnels().at(0);
    L2tpControlMessage icrq(L2tpMessageType::ICRQ);
    icrq.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(4711));
    icrq.Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(2));
    tunnel->SendMessage(named->GetLocalId(), icrq);
    RunUntil(Seconds(6));
    EXPECT_EQ(Client()->GetCall(), nullptr);
    EXPECT_NE(Client()->GetLastReason(), "");
    EXPECT_TRUE(second.GetClient(0)->IsUp());
    EXPECT_EQ(Lac()->GetNCalls(), 1U);
}
