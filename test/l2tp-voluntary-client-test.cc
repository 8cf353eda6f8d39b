/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A host that tunnels of its own will, from the first SCCRQ to the last linger.

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/pointer.h"
#include "ns3/string.h"

using namespace ns3;

namespace
{

class L2tpVoluntaryClientTest : public L2tpNetworkTest
{
  protected:
    void SetUp() override
    {
        L2tpNetworkTest::SetUp();
        Build();
        routes = L2tpTestNetwork::RoutesOf(net->hosts.Get(0));
    }

    std::string routes; //!< the host's routes before there was a tunnel
};

} // namespace

TEST_F(L2tpVoluntaryClientTest, GoesUpCarriesTrafficAndLeavesNothing)
{
    // Sections 5.1 to 5.7: tunnel, session, data, CDN, StopCCN.
    Install();
    std::vector<std::string> messages;
    Time last;
    net->internet->watch = [&](const L2tpTestDatagram& datagram) {
        if (datagram.IsControl() && !datagram.IsZlb())
        {
            messages.push_back(L2tpMessageName(datagram.message.GetType()));
            last = datagram.time;
        }
    };
    Ipv4Address up;
    Ipv4Address peer;
    Client()->TraceConnectWithoutContext(
        "Up",
        Callback<void, Ipv4Address, Ipv4Address>([&](Ipv4Address local, Ipv4Address remote) {
            up = local;
            peer = remote;
        }));
    tunnels.Start(Seconds(1));
    tunnels.Stop(Seconds(10));
    RunUntil(Seconds(2));
    EXPECT_EQ(up, Ipv4Address("10.8.0.2"));
    EXPECT_EQ(peer, Ipv4Address("10.8.0.1"));
    EXPECT_EQ(Client()->GetDevice()->GetLink()->GetPeerName(), "");
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    ExpectTraffic();
    const std::vector<std::string> setUp{"SCCRQ", "SCCRP", "SCCCN", "ICRQ", "ICRP", "ICCN"};
    EXPECT_EQ(messages, setUp);
    messages.clear();

    RunUntil(Seconds(11));
    const std::vector<std::string> clearing{"CDN", "StopCCN"};
    EXPECT_EQ(messages, clearing);
    EXPECT_EQ(Lns()->GetNTunnels(), 0U);
    // Section 5.7: state is kept for a full retransmission cycle after the StopCCN came.
    const Time gone = last + MilliSeconds(5) + Seconds(31);
    RunUntil(gone - NanoSeconds(1));
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 1U);
    RunUntil(gone + NanoSeconds(1));
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U);
    RunOut();
    ExpectNothingLeft();
    EXPECT_EQ(L2tpTestNetwork::RoutesOf(net->hosts.Get(0)), routes);
    EXPECT_EQ(Lac()->GetStatistics().tunnelsEstablished, 1U);
    EXPECT_EQ(Lac()->GetStatistics().tunnelsCleared, 1U);
    EXPECT_EQ(Lns()->GetStatistics().sessionsCleared, 1U);
    EXPECT_EQ(Lns()->GetStatistics().controlRetransmitted, 0U);
}

TEST_F(L2tpVoluntaryClientTest, LeavesTheRouteToTheLnsOutsideTheTunnel)
{
    Install();
    RunUntil(Seconds(1));
    ASSERT_TRUE(Client()->IsUp());
    // No datagram of the probe goes beside the tunnel, none of the tunnel's own into it.
    uint64_t others = 0;
    net->internet->watch = [&](const L2tpTestDatagram& datagram) {
        others += datagram.to.port != L2TP_UDP_PORT ? 1 : 0;
    };
    ExpectTraffic();
    EXPECT_EQ(others, 0U);
    EXPECT_EQ(Client()->GetCall()->GetSession()->GetStatistics().dropped,
              (std::array<uint64_t, L2TP_DROP_REASONS>{}));
}

TEST_F(L2tpVoluntaryClientTest, TunnelsOnlyThePrefixesNamed)
{
    vpn->AddPrefix("10.3.0.0", "255.255.255.0");
    Install();
    RunUntil(Seconds(1));
    ExpectTraffic();
    L2tpTestProbe outside(net->hosts.Get(0), net->lnsAddress);
    outside.Ping();
    RunUntil(Seconds(3));
    EXPECT_EQ(outside.pinged, 1U);
    Client()->HangUp();
    RunUntil(Seconds(4));
    EXPECT_EQ(L2tpTestNetwork::RoutesOf(net->hosts.Get(0)), routes);
    // Without the tunnel, the server is reached as before, from the host's own address.
    L2tpTestProbe direct(net->hosts.Get(0), net->serverAddress);
    direct.Send();
    RunUntil(Seconds(5));
    EXPECT_EQ(net->served[net->GetHostAddress(0)], 1U);
}

TEST_F(L2tpVoluntaryClientTest, RestoresTheRoutesWhenHungUpBetweenTwoDials)
{
    vpn->SetClientAttribute("Redial", BooleanValue(true));
    vpn->SetLnsAddress("10.2.0.77"); // nobody
    Install();
    RunUntil(Seconds(33)); // given up at 31 s, to be dialled again at 36 s
    ASSERT_FALSE(Client()->GetCall());
    EXPECT_EQ(Client()->GetLastReason(), "Tunnel closed: Peer dead");
    Client()->HangUp();
    EXPECT_EQ(L2tpTestNetwork::RoutesOf(net->hosts.Get(0)), routes);
    RunOut();
    EXPECT_EQ(Client()->GetNDials(), 1U);
    ExpectNothingLeft();
}

TEST_F(L2tpVoluntaryClientTest, IsRefusedWithAWrongPassword)
{
    vpn->SetClientAttribute("Password", StringValue("looking-glass"));
    Install();
    RunUntil(MilliSeconds(50));
    Ptr<L2tpCall> call = Client()->GetCall();
    ASSERT_TRUE(call);
    RunUntil(Seconds(1));
    EXPECT_FALSE(Client()->IsUp());
    EXPECT_NE(Client()->GetLastReason(), "");
    // RFC 3145, section 3.3: whichever end hangs up first says that CHAP failed.
    const std::vector<L2tpDisconnectCause> causes = call->GetDisconnectCauses();
    ASSERT_EQ(causes.size(), 1U);
    EXPECT_EQ(causes[0].code, 16) << causes[0].Describe();
    EXPECT_EQ(causes[0].protocol, 0xc223);
    EXPECT_EQ(L2tpTestNetwork::RoutesOf(net->hosts.Get(0)), routes);
    EXPECT_EQ(Lns()->GetNCalls(), 0U);
    RunOut();
    ExpectNothingLeft();
}

TEST_F(L2tpVoluntaryClientTest, ComesBackAfterItsInterfaceWasDown)
{
    vpn->SetClientAttribute("Redial", BooleanValue(true));
    vpn->SetEndpointAttribute("HelloInterval", TimeValue(Seconds(10)));
    Install();
    RunUntil(Seconds(5));
    ASSERT_TRUE(Client()->IsUp());
    // The tunnel's default route is preferred to the one that comes back, also for the LNS.
    Ptr<Ipv4> ipv4 = net->hosts.Get(0)->GetObject<Ipv4>();
    ipv4->SetDown(1); // and with it, all routes through the interface
    RunUntil(Seconds(6));
    ipv4->SetUp(1);
    L2tpTestNetwork::RoutingOf(net->hosts.Get(0))->SetDefaultRoute("10.1.0.1", 1, 10);
    RunUntil(Seconds(100));
    EXPECT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
    EXPECT_EQ(Client()->GetNDials(), 1U) << "the tunnel outlives a second without a network";
    ExpectTraffic();
}

TEST_F(L2tpVoluntaryClientTest, GoesUpWhenTheNetworkDoes)
{
    auto routing = L2tpTestNetwork::RoutingOf(net->hosts.Get(0));
    routing->RemoveRoute(routing->GetNRoutes() - 1);
    vpn->SetLacAttribute("RequireRoute", BooleanValue(false));
    Install();
    RunUntil(Seconds(2));
    EXPECT_GT(Lac()
                  ->GetStatistics()
                  .controlDropped[static_cast<std::size_t>(L2tpDropReason::SEND_NO_ROUTE)],
              0U);
    routing->SetDefaultRoute("10.1.0.1", 1);
    RunUntil(Seconds(5));
    EXPECT_TRUE(Client()->IsUp());
    ExpectTraffic();
    Client()->HangUp();
    RunUntil(Seconds(7));
    EXPECT_EQ(L2tpTestNetwork::RoutesOf(net->hosts.Get(0)), routes);
}

TEST_F(L2tpVoluntaryClientTest, MayBeNextDoorToTheLns)
{
    routes = L2tpTestNetwork::RoutesOf(net->router);
    tunnels = vpn->Install(NodeContainer(net->router), net->lns);
    // The internet's network route is more specific than the tunnel's default route.
    L2tpTestNetwork::RoutingOf(net->router)->RemoveRoute(2);
    RunUntil(Seconds(1));
    ExpectTraffic();
    Client()->HangUp();
    RunOut();
    ExpectNothingLeft();
}

TEST_F(L2tpVoluntaryClientTest, MayHangUpInEachPhaseOfTheSetUp)
{
    for (uint32_t ms = 1; ms <= 100; ms += 3)
    {
        SCOPED_TRACE(ms);
        Clear();
        Build();
        Install();
        tunnels.Start(Seconds(1));
        RunUntil(Seconds(1) + MilliSeconds(ms));
        Client()->HangUp();
        RunOut();
        EXPECT_NE(Client()->GetLastReason(), "");
        EXPECT_EQ(L2tpTestNetwork::RoutesOf(net->hosts.Get(0)), routes);
        ExpectNothingLeft();
    }
}

TEST_F(L2tpVoluntaryClientTest, DialsAgainAfterHangingUp)
{
    Install();
    RunUntil(Seconds(1));
    Client()->HangUp();
    RunUntil(Seconds(2));
    EXPECT_EQ(Client()->GetAddress(), Ipv4Address::GetAny());
    Client()->Dial();
    RunUntil(Seconds(3));
    // The pool's next address: the first one rests (l2tp-address-pool).
    EXPECT_EQ(Client()->GetAddress(), Ipv4Address("10.8.0.3"));
    EXPECT_EQ(Client()->GetNDials(), 2U);
    ExpectTraffic();
}

TEST_F(L2tpVoluntaryClientTest, SaysWhyALacThatDoesNotRunIsOfNoUse)
{
    Install();
    RunUntil(Seconds(1));
    Lac()->Stop();
    RunUntil(Seconds(2));
    EXPECT_EQ(L2tpTestNetwork::RoutesOf(net->hosts.Get(0)), routes);
    Client()->Dial();
    EXPECT_EQ(Client()->GetLastReason(), "the LAC does not run or has no room for a call");
    EXPECT_EQ(L2tpTestNetwork::RoutesOf(net->hosts.Get(0)), routes);
}

using L2tpVoluntaryClientDeathTest = L2tpVoluntaryClientTest;

TEST_F(L2tpVoluntaryClientDeathTest, NamesTheAttributeThatIsMissing)
{
    auto client = CreateObject<L2tpVoluntaryClient>();
    net->hosts.Get(0)->AddApplication(client);
    EXPECT_DEATH(RunUntil(Seconds(1)), "L2tpVoluntaryClient::Lac must be an L2tpLac on node .*set");
    client->SetAttribute("Lac", PointerValue(L2tpLacHelper().Install(net->router)));
    EXPECT_DEATH(RunUntil(Seconds(1)), "L2tpVoluntaryClient::Lac must be an L2tpLac on node .*set");
    client->SetAttribute("Lac", PointerValue(L2tpLacHelper().Install(net->hosts.Get(0))));
    EXPECT_DEATH(RunUntil(Seconds(1)),
                 "L2tpVoluntaryClient::LnsAddress is not set: give it the address");
}
