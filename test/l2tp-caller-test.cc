/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What placing calls needs of the node, and what becomes of tunnels without calls.

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/l2tp-lns-helper.h"

using namespace ns3;

namespace
{

class L2tpCallerTest : public L2tpNetworkTest
{
  protected:
    void SetUp() override
    {
        L2tpNetworkTest::SetUp();
        Build();
    }

    /// Take a node's default routes away. @param node it
    static void RemoveDefaultRoute(Ptr<Node> node)
    {
        const auto routing = L2tpTestNetwork::RoutingOf(node);
        for (uint32_t i = routing->GetNRoutes(); i-- > 0;)
        {
            if (routing->GetRoute(i).IsDefault())
            {
                routing->RemoveRoute(i);
            }
        }
    }

    /// How many messages host 0 could not send.
    uint64_t CountUnsent() const
    {
        const auto& dropped = Lac()->GetStatistics().controlDropped;
        return dropped[static_cast<std::size_t>(L2tpDropReason::SEND_NO_ROUTE)];
    }
};

using L2tpCallerDeathTest = L2tpCallerTest;

} // namespace

TEST_F(L2tpCallerDeathTest, ALacWithoutARoute)
{
    RemoveDefaultRoute(net->hosts.Get(0));
    Install();
    EXPECT_DEATH(
        RunUntil(Seconds(1)),
        "L2tpLac: node .* has no route to 10.2.0.2, to which it places a call: add one.*or "
        "set attribute RequireRoute to false");
}

TEST_F(L2tpCallerDeathTest, AnLnsWithoutARoute)
{
    const auto lns = L2tpLnsHelper().Install(net->lns);
    RemoveDefaultRoute(net->lns);
    RunUntil(Seconds(1));
    EXPECT_DEATH(lns->PlaceCall({Ipv4Address("203.0.113.1"), L2TP_UDP_PORT}, {}, {}, {}),
                 "L2tpLns: node .* has no route to 203.0.113.1, to which it places a call");
}

TEST_F(L2tpCallerTest, ARouteThatComesWithAnInterfaceMayBeAwaited)
{
    const auto ipv4 = net->hosts.Get(0)->GetObject<Ipv4>();
    ipv4->SetDown(1); // and with it, all routes through the interface
    Install();
    RunUntil(Seconds(2));
    EXPECT_GT(CountUnsent(), 0U);
    ipv4->SetUp(1);
    L2tpTestNetwork::RoutingOf(net->hosts.Get(0))->SetDefaultRoute("10.1.0.1", 1);
    RunUntil(Seconds(5));
    EXPECT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
}

TEST_F(L2tpCallerTest, ARouteThatWasThereMayGo)
{
    vpn->SetClientAttribute("Redial", BooleanValue(true));
    Install();
    RunUntil(Seconds(2));
    ASSERT_TRUE(Client()->IsUp());
    Client()->HangUp();
    RunUntil(Seconds(4));
    RemoveDefaultRoute(net->hosts.Get(0));
    Client()->Dial();
    RunUntil(Seconds(6));
    EXPECT_FALSE(Client()->IsUp());
    EXPECT_GT(CountUnsent(), 0U);
}

// RFC 2661, section 7.6 leaves it to us when a tunnel is closed. One that no call can share is of
// no use after its own, whatever KeepTunnel says.
TEST_F(L2tpCallerTest, KeepsNoTunnelThatNobodyCanShare)
{
    for (const bool share : {true, false})
    {
        vpn->SetLacAttribute("KeepTunnel", BooleanValue(true));
        vpn->SetLacAttribute("ShareTunnel", BooleanValue(share));
        Install();
        RunUntil(Seconds(1));
        ASSERT_TRUE(Client()->IsUp());
        Client()->HangUp();
        RunUntil(Seconds(5));
        EXPECT_EQ(Lac()->GetNTunnels(), share ? 1U : 0U);
        EXPECT_EQ(Lns()->GetNTunnels(), share ? 1U : 0U);
        Clear();
        Build();
    }
}
