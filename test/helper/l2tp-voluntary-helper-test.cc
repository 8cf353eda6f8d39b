/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The helpers that put LACs, LNSs and clients on nodes.

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

using namespace ns3;

namespace
{

class L2tpVoluntaryHelperTest : public L2tpNetworkTest
{
};

using L2tpVoluntaryHelperDeathTest = L2tpVoluntaryHelperTest;

} // namespace

TEST_F(L2tpVoluntaryHelperTest, InstallsAClientAndALacOnEachHost)
{
    Build(3);
    Install();
    ASSERT_EQ(tunnels.GetN(), 3U);
    for (uint32_t i = 0; i < 3; ++i)
    {
        EXPECT_EQ(Client(i)->GetNode(), net->hosts.Get(i));
        EXPECT_EQ(Lac(i)->GetNode(), net->hosts.Get(i));
        EXPECT_EQ(tunnels.GetDevice(i), Client(i)->GetDevice());
        EXPECT_EQ(tunnels.GetDevice(i)->GetNode(), net->hosts.Get(i));
        EXPECT_EQ(tunnels.GetClientAddress(i), Ipv4Address::GetAny());
        EXPECT_FALSE(tunnels.GetSession(i));
    }
    EXPECT_EQ(Lns()->GetNode(), net->lns);
    RunUntil(Seconds(1));
    for (uint32_t i = 0; i < 3; ++i)
    {
        EXPECT_EQ(tunnels.GetClientAddress(i), Client(i)->GetAddress());
        EXPECT_EQ(tunnels.GetSession(i), Client(i)->GetCall()->GetSession());
    }
}

TEST_F(L2tpVoluntaryHelperTest, FindsTheLnsAndTheLacThatAreThere)
{
    Build(2);
    tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
    vpn->SetCredentials("bob", "builder");
    const auto later = vpn->Install(net->hosts, net->lns);
    EXPECT_EQ(later.GetLns(), Lns());
    EXPECT_EQ(later.GetLac(0), Lac());
    EXPECT_EQ(net->lns->GetNApplications(), 1U);
    EXPECT_EQ(net->hosts.Get(0)->GetNApplications(), 3U); // a LAC, two clients
    RunUntil(Seconds(1));
    EXPECT_TRUE(Client()->IsUp());
    EXPECT_TRUE(later.GetClient(0)->IsUp()) << later.GetClient(0)->GetLastReason();
    EXPECT_TRUE(later.GetClient(1)->IsUp()) << later.GetClient(1)->GetLastReason();
    EXPECT_EQ(Lns()->GetNCalls(), 3U);
    EXPECT_EQ(Lns()->GetNTunnels(), 2U);
}

TEST_F(L2tpVoluntaryHelperTest, ANetworkBehindAClientIsReachedIfItsProfileSaysSo)
{
    Build();
    PppUserProfile profile;
    profile.routes.push_back({"192.168.7.0", "255.255.255.0"});
    vpn->SetCredentials("site", "secret", profile);
    Install();
    RunUntil(Seconds(1));
    ASSERT_TRUE(Client()->IsUp());
    const std::string routes = L2tpTestNetwork::RoutesOf(net->lns);
    EXPECT_NE(routes.find("192.168.7.0"), std::string::npos) << routes;
}

TEST_F(L2tpVoluntaryHelperTest, DialsTheFirstAddressOfTheLnsUnlessToldOtherwise)
{
    Build();
    vpn->SetLnsAddress(Ipv4Address::GetAny());
    Install();
    RunUntil(Seconds(1));
    ASSERT_TRUE(Client()->IsUp());
    EXPECT_EQ(Lac()->GetTunnels().at(0)->GetPath()->GetPeer().address, net->lnsAddress);
    Clear();
    Build();
    vpn->SetLnsAddress("10.3.0.1"); // its other interface
    Install();
    RunUntil(Seconds(1));
    ASSERT_TRUE(Client()->IsUp());
    EXPECT_EQ(Lac()->GetTunnels().at(0)->GetPath()->GetPeer().address, Ipv4Address("10.3.0.1"));
    ExpectTraffic();
}

TEST_F(L2tpVoluntaryHelperTest, SetsAttributesOfAllThatItMakes)
{
    Build();
    vpn->SetLacAttribute("HostName", StringValue("lac.example"));
    vpn->SetLnsAttribute("HostName", StringValue("lns.example"));
    vpn->SetEndpointAttribute("LengthInData", BooleanValue(true));
    vpn->SetClientAttribute("Mru", UintegerValue(1300));
    vpn->SetSessionAttribute("Mru", UintegerValue(1200));
    Install();
    uint64_t withoutLength = 0;
    net->internet->watch = [&](const L2tpTestDatagram& datagram) {
        withoutLength += datagram.header.HasFlag(L2tpHeader::FLAG_LENGTH) ? 0 : 1;
    };
    RunUntil(Seconds(1));
    ExpectTraffic();
    EXPECT_EQ(withoutLength, 0U);
    EXPECT_EQ(Lac()->GetTunnels().at(0)->GetPeerHostName(), "lns.example");
    EXPECT_EQ(Lns()->GetTunnels().at(0)->GetPeerHostName(), "lac.example");
    EXPECT_EQ(Client()->GetDevice()->GetMtu(), 1200);
    const auto terminator = DynamicCast<L2tpInterfacePerSession>(Lns()->GetTerminator());
    const auto call = Lns()->GetTunnels().at(0)->GetCalls().at(0);
    EXPECT_EQ(terminator->GetDevice(Lns()->GetLeg(call))->GetMtu(), 1300);
}

TEST_F(L2tpVoluntaryHelperTest, StartsAndStopsClients)
{
    Build();
    Install();
    tunnels.Start(Seconds(2));
    tunnels.Stop(Seconds(5));
    RunUntil(Seconds(2) - NanoSeconds(1));
    EXPECT_TRUE(Lac()->IsRunning()) << "for other clients that share it";
    EXPECT_EQ(Lac()->GetNTunnelsHeld(), 0U);
    RunUntil(Seconds(3));
    EXPECT_TRUE(Client()->IsUp());
    RunUntil(Seconds(6));
    EXPECT_FALSE(Client()->IsUp());
    EXPECT_EQ(Lac()->GetNTunnels(), 0U);
    EXPECT_TRUE(Lac()->IsRunning());
    RunUntil(Seconds(15));
    EXPECT_FALSE(Lac()->IsRunning());
    RunOut();
    ExpectNothingLeft();
}

TEST_F(L2tpVoluntaryHelperTest, StopsALacWithTheLastOfItsClients)
{
    Build();
    Install();
    const auto other = vpn->Install(net->hosts, net->lns);
    ASSERT_EQ(other.GetLac(0), Lac());
    other.Stop(Seconds(40));
    tunnels.Stop(Seconds(5));
    RunUntil(Seconds(30));
    EXPECT_FALSE(Client()->IsUp());
    EXPECT_TRUE(other.GetClient(0)->IsUp());
    RunUntil(Seconds(50));
    EXPECT_FALSE(Lac()->IsRunning());
    RunOut();
    ExpectNothingLeft();
}

TEST_F(L2tpVoluntaryHelperTest, LeavesTimeForAllTerminateRequests)
{
    Build();
    Install();
    const auto lcp = Client()->GetDevice()->GetLink()->GetLcp();
    lcp->SetAttribute("RestartTimer", TimeValue(Seconds(5)));
    lcp->SetAttribute("MaxTerminate", UintegerValue(4));
    tunnels.Stop(Seconds(5));
    RunUntil(Seconds(5) + Seconds(20));
    EXPECT_TRUE(Lac()->IsRunning());
    RunUntil(Seconds(5) + Seconds(24));
    EXPECT_FALSE(Lac()->IsRunning());
}

TEST_F(L2tpVoluntaryHelperTest, ReservesTheUsersFixedAddresses)
{
    L2tpLnsHelper helper;
    helper.SetAddressPool("10.8.0.0", "255.255.255.248");
    helper.AddUser("carol", "king", "10.8.0.2");
    const auto lns = helper.Install(CreateObject<Node>());
    helper.AddUser("dave", "brubeck", "10.8.0.4");
    const auto pool = DynamicCast<L2tpInterfacePerSession>(lns->GetTerminator())->GetPool();
    pool->Reserve("10.8.0.1"); // the LNS itself does so when it starts
    EXPECT_EQ(pool->Acquire(), Ipv4Address("10.8.0.3"));
    EXPECT_EQ(pool->Acquire(), Ipv4Address("10.8.0.5"));
}

TEST_F(L2tpVoluntaryHelperTest, AssignsTheSameStreamsOnEachRank)
{
    const auto build = [this] {
        Build();
        vpn->SetSessionAttribute("MaxSessions", UintegerValue(10));
    };
    const auto assign = [this](uint32_t first, uint32_t second, uint32_t lns) {
        // A node whose system ID is not that of this process is on another rank.
        NodeContainer hosts(CreateObject<Node>(first), CreateObject<Node>(second));
        InternetStackHelper().Install(hosts);
        tunnels = vpn->Install(hosts, CreateObject<Node>(lns));
        return L2tpVoluntaryHelper::AssignStreams(tunnels, 100);
    };
    constexpr int64_t used = 2 + 2 + 1 + 10;
    build();
    EXPECT_EQ(assign(0, 0, 0), used);
    EXPECT_EQ(Lac(0)->GetIdStream()->GetStream(), 100);
    EXPECT_EQ(Lac(1)->GetIdStream()->GetStream(), 102);
    EXPECT_EQ(Lns()->GetIdStream()->GetStream(), 104);
    Clear();
    build();
    EXPECT_EQ(assign(1, 0, 1), used);
    ASSERT_EQ(tunnels.GetN(), 1U);
    EXPECT_FALSE(Lns());
    EXPECT_EQ(Lac()->GetIdStream()->GetStream(), 102);
    Clear();
    build();
    EXPECT_EQ(assign(1, 1, 0), used);
    EXPECT_EQ(tunnels.GetN(), 0U);
    EXPECT_EQ(Lns()->GetIdStream()->GetStream(), 104);
}

TEST_F(L2tpVoluntaryHelperTest, AssignsStreamsToTheLnsWithItsLinks)
{
    Build();
    vpn->SetSessionAttribute("MaxSessions", UintegerValue(10));
    Install();
    L2tpStreamUser& lns = *Lns();
    EXPECT_EQ(lns.AssignStreams(50), 1 + 10);
    EXPECT_EQ(Lns()->GetIdStream()->GetStream(), 50);
    const auto bare = CreateObject<L2tpLns>();
    EXPECT_EQ(bare->AssignStreams(50), 1);
}

TEST_F(L2tpVoluntaryHelperTest, KeepsTheUsersTerminatorPoolAndTable)
{
    const auto users = CreateObject<PppLocalUserTable>();
    const auto pool = CreateObject<L2tpAddressPool>();
    pool->SetNetwork("10.9.0.0", "255.255.255.0");
    L2tpLnsHelper helper;
    helper.SetSessionAttribute("UserTable", PointerValue(users));
    helper.SetSessionAttribute("Pool", PointerValue(pool));
    const auto lns = helper.Install(CreateObject<Node>());
    const auto made = DynamicCast<L2tpInterfacePerSession>(lns->GetTerminator());
    PointerValue table;
    made->GetAttribute("UserTable", table);
    EXPECT_EQ(table.GetObject(), users);
    EXPECT_EQ(made->GetPool(), pool);
    EXPECT_EQ(pool->Acquire(), Ipv4Address("10.9.0.1"));

    const auto terminator = CreateObject<L2tpInterfacePerSession>();
    helper = L2tpLnsHelper();
    helper.SetAttribute("Terminator", PointerValue(terminator));
    EXPECT_EQ(helper.Install(CreateObject<Node>())->GetTerminator(), terminator);
    // What it lacks, it gets.
    terminator->GetAttribute("UserTable", table);
    EXPECT_TRUE(table.GetObject());
    EXPECT_EQ(terminator->GetPool()->Acquire(), Ipv4Address("10.8.0.1"));
}

TEST_F(L2tpVoluntaryHelperDeathTest, IgnoresNoSettingsOfASecondHelper)
{
    Build();
    Install();
    L2tpVoluntaryHelper second;
    second.SetLnsAddress(net->lnsAddress);
    second.SetClientAttribute("Username", StringValue("alice"));
    second.SetClientAttribute("Password", StringValue("wonderland"));
    // It has nothing to say of the LAC and the LNS.
    const auto found = second.Install(net->hosts, net->lns);
    EXPECT_EQ(found.GetLns(), Lns());
    EXPECT_EQ(found.GetLac(0), Lac());
    second.SetLacAttribute("HostName", StringValue("other"));
    EXPECT_DEATH(second.Install(net->hosts, net->lns),
                 "L2tpLacHelper: node .* has a LAC that this helper did not install");
    second.SetCredentials("bob", "builder");
    EXPECT_DEATH(second.Install(net->hosts, net->lns),
                 "L2tpLnsHelper: node .* has an LNS that this helper did not install.*of no "
                 "effect: set them at");
}

TEST_F(L2tpVoluntaryHelperDeathTest, NamesWhatIsMissing)
{
    Build();
    vpn->SetLnsAddress(Ipv4Address::GetAny());
    auto bare = CreateObject<Node>();
    EXPECT_DEATH(vpn->Install(net->hosts, bare), "the LNS on node .* has no IPv4 address: assign");
    InternetStackHelper().Install(bare);
    EXPECT_DEATH(vpn->Install(net->hosts, bare), "the LNS on node .* has no IPv4 address: assign");
}
