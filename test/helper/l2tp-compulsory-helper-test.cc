/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// L2tpCompulsoryHelper: hosts that dial, an access server, LNSs.

#include "l2tp-test-network.h"
#include "simple-interfaces.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2tp-compulsory-helper.h"
#include "ns3/simple-net-device.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <vector>

using namespace ns3;

namespace
{

/// The access server is host 0 of the network of most tests; LNSs are the LNS and host 1.
class L2tpCompulsoryHelperTest : public L2tpNetworkTest
{
  protected:
    void SetUp() override
    {
        L2tpNetworkTest::SetUp();
        Build(2);
        subscribers.Create(2);
        InternetStackHelper().Install(subscribers);
        helper.SetAddressPool("10.8.0.0", "255.255.0.0");
        helper.SetCredentials("alice@isp.example", "wonderland");
        helper.SetTelephoneAttribute("SetupTime", TimeValue(Seconds(1)));
    }

    /// The access server's node.
    Ptr<Node> Access() const
    {
        return net->hosts.Get(0);
    }

    /// Give the nodes of this test devices of one Ethernet. @return the devices, the last one of
    /// the access server
    NetDeviceContainer MakeEthernet()
    {
        return MakeEthernet({subscribers.Get(0), subscribers.Get(1), Access()});
    }

    /// Give nodes devices of one Ethernet. @param nodes them @return the devices
    static NetDeviceContainer MakeEthernet(const std::vector<Ptr<Node>>& nodes)
    {
        auto channel = CreateObject<SimpleChannel>();
        NetDeviceContainer devices;
        for (const auto& node : nodes)
        {
            auto device = CreateObject<SimpleNetDevice>();
            device->SetAddress(Mac48Address::Allocate());
            device->SetMtu(1500);
            device->SetChannel(channel);
            node->AddDevice(device);
            devices.Add(device);
        }
        return devices;
    }

    /// Expect that each host is up and reaches the server.
    void ExpectUp(const L2tpAccessContainer& calls)
    {
        for (uint32_t i = 0; i < calls.GetN(); ++i)
        {
            ASSERT_TRUE(calls.GetHost(i)->IsUp()) << calls.GetHost(i)->GetLastReason();
            L2tpTestProbe probe(calls.GetHost(i)->GetNode(), net->serverAddress);
            probe.Ping();
            RunUntil(Simulator::Now() + Seconds(1));
            EXPECT_EQ(probe.pinged, 1U);
        }
    }

    NodeContainer subscribers;   //!< hosts that know nothing of L2TP
    L2tpCompulsoryHelper helper; //!< the helper
};

} // namespace

TEST_F(L2tpCompulsoryHelperTest, DialUpByDomain)
{
    helper.AddDomain("isp.example", net->lns);
    helper.SetLacAttribute("HostName", StringValue("lac.example"));
    helper.SetLineAttribute("Synchronous", BooleanValue(true));
    const auto calls = helper.InstallDialUp(subscribers, Access());
    EXPECT_GT(calls.AssignStreams(100), 5);
    calls.Start(Seconds(1));
    calls.Stop(Seconds(20));
    ASSERT_EQ(calls.GetN(), 2U);
    ASSERT_EQ(calls.GetNLns(), 1U);
    RunUntil(Seconds(10));
    ExpectUp(calls);
    EXPECT_EQ(calls.GetHostAddress(0).CombineMask("255.255.0.0"), Ipv4Address("10.8.0.0"));
    EXPECT_EQ(calls.GetServer()->GetStatistics().joined, 2U);
    EXPECT_EQ(calls.GetServer()->GetStatistics().asked, 2U);
    ASSERT_EQ(calls.GetLns(0)->GetNTunnels(), 1U);
    EXPECT_EQ(calls.GetLns(0)->GetTunnels().at(0)->GetPeerHostName(), "lac.example");
    EXPECT_EQ(calls.GetPppDevice(0), calls.GetHost(0)->GetDevice());
    EXPECT_EQ(calls.GetHostDevice(1)->GetNode(), subscribers.Get(1));
    EXPECT_EQ(calls.GetAccessDevice(1)->GetNode(), Access());
    RunUntil(Seconds(30));
    EXPECT_EQ(calls.GetServer()->GetNCalls(), 0U);
    EXPECT_EQ(calls.GetLac()->GetNTunnels(), 0U);
}

// Where calls of a domain go, and what the LNS does with them, are two things.
TEST_F(L2tpCompulsoryHelperTest, TheLnsMayServeTheDomain)
{
    helper.GetLnsHelper().AddDomain("isp.example", "10.20.0.0", "255.255.0.0");
    helper.GetLnsHelper().AttachNetwork("isp.example", net->lns->GetDevice(2)); // to the server
    helper.AddDomain("isp.example", net->lns);
    EXPECT_DEATH(helper.GetLnsHelper().AddDomain("other.example", "10.30.0.0", "255.255.0.0"),
                 "other.example: add domains before installing");
    const auto calls = helper.InstallDialUp(subscribers, Access());
    calls.Start(Seconds(1));
    RunUntil(Seconds(10));
    ExpectUp(calls);
    EXPECT_EQ(calls.GetHostAddress(0).CombineMask("255.255.0.0"), Ipv4Address("10.20.0.0"));
}

TEST_F(L2tpCompulsoryHelperTest, DialUpByNumber)
{
    helper.AddCalledNumber("2001", net->lns);
    const auto calls = helper.InstallDialUp(subscribers, Access(), "2001");
    calls.Start(Seconds(1));
    RunUntil(Seconds(10));
    ExpectUp(calls);
    EXPECT_EQ(calls.GetServer()->GetStatistics().asked, 0U);
}

TEST_F(L2tpCompulsoryHelperTest, PppoeByDomainOrService)
{
    for (const bool byService : {false, true})
    {
        SCOPED_TRACE(byService);
        if (byService)
        {
            TearDown();
            subscribers = NodeContainer();
            helper = L2tpCompulsoryHelper();
            SetUp();
            helper.AddService("isp", net->lns);
        }
        else
        {
            helper.AddDomain("isp.example", net->lns);
        }
        const auto ethernet = MakeEthernet();
        const auto calls = helper.InstallPppoe(NetDeviceContainer(ethernet.Get(0), ethernet.Get(1)),
                                               ethernet.Get(2),
                                               byService ? "isp" : "");
        EXPECT_GT(calls.AssignStreams(100), 5);
        calls.Start(Seconds(1));
        RunUntil(Seconds(10));
        ExpectUp(calls);
        EXPECT_EQ(calls.GetServer()->GetStatistics().joined, 2U);
        EXPECT_EQ(calls.GetServer()->GetStatistics().asked, byService ? 0U : 2U);
        const auto told = calls.GetLns(0)->GetTunnels().at(0)->GetCalls().at(0)->GetParameters();
        EXPECT_EQ(told.calledNumber, byService ? "isp" : "");
        EXPECT_EQ(told.callingNumber.size(), 17U); // of a MAC address
    }
}

// The hosts' part of the code is the same; nothing of L2TP is there.
TEST_F(L2tpCompulsoryHelperTest, WithoutRulesPppEndsAtTheAccessServer)
{
    const auto calls = helper.InstallDialUp(subscribers, Access());
    calls.AssignStreams(100);
    calls.Start(Seconds(1));
    RunUntil(Seconds(10));
    EXPECT_EQ(calls.GetServer()->GetStatistics().local, 2U);
    EXPECT_FALSE(calls.GetLac());
    EXPECT_EQ(calls.GetNLns(), 0U);
    for (uint32_t i = 0; i < 2; ++i)
    {
        EXPECT_TRUE(calls.GetHost(i)->IsUp());
        EXPECT_EQ(calls.GetHostAddress(i).CombineMask("255.255.0.0"), Ipv4Address("10.8.0.0"));
    }
}

TEST_F(L2tpCompulsoryHelperTest, SomeMayEndHere)
{
    helper.AddDomain("other.example", net->lns);
    helper.EndOthersHere();
    const auto calls = helper.InstallDialUp(subscribers, Access());
    calls.Start(Seconds(1));
    RunUntil(Seconds(10));
    EXPECT_EQ(calls.GetServer()->GetStatistics().local, 2U);
    EXPECT_EQ(calls.GetServer()->GetStatistics().asked, 2U);
    EXPECT_TRUE(calls.GetLac());
}

TEST_F(L2tpCompulsoryHelperTest, SeveralLnssShareOrStandBy)
{
    helper.AddDomain("isp.example", net->lns);
    helper.SetAddressPool("10.9.0.0", "255.255.0.0");
    helper.AddDomain("isp.example", net->hosts.Get(1));
    const auto calls = helper.InstallDialUp(subscribers, Access());
    calls.Start(Seconds(1));
    RunUntil(Seconds(10));
    ASSERT_EQ(calls.GetNLns(), 2U);
    EXPECT_EQ(calls.GetLns(0)->GetNCalls(), 1U);
    EXPECT_EQ(calls.GetLns(1)->GetNCalls(), 1U);
}

TEST_F(L2tpCompulsoryHelperTest, MoreHostsMayComeToTheSameAccessServer)
{
    helper.AddDomain("isp.example", net->lns);
    const auto first = helper.InstallDialUp(NodeContainer(subscribers.Get(0)), Access());
    const auto second = helper.InstallDialUp(NodeContainer(subscribers.Get(1)), Access());
    EXPECT_EQ(first.GetServer(), second.GetServer());
    L2tpCompulsoryHelper other;
    EXPECT_DEATH(other.InstallDialUp(subscribers, Access()),
                 "has an access server that this helper");
    first.Start(Seconds(1));
    second.Start(Seconds(2));
    RunUntil(Seconds(10));
    EXPECT_EQ(first.GetServer()->GetStatistics().joined, 2U);
}

TEST_F(L2tpCompulsoryHelperTest, RulesComeBeforeAccessServers)
{
    helper.InstallDialUp(subscribers, Access());
    EXPECT_DEATH(helper.AddDomain("isp.example", net->lns), "add the first rule before");
}

TEST_F(L2tpCompulsoryHelperTest, ADeviceServesPppoeOnce)
{
    helper.AddDomain("isp.example", net->lns);
    const auto device = MakeEthernet().Get(2);
    helper.InstallPppoe(NetDeviceContainer(), device, "gold");
    EXPECT_DEATH(helper.InstallPppoe(NetDeviceContainer(), device, "silver"),
                 "install all of its hosts at once");
}

// RFC 2661, section 2: an LNS can't tell a voluntary tunnel from a compulsory one.
TEST_F(L2tpCompulsoryHelperTest, VoluntaryAndCompulsoryTunnelsLeadToOneLns)
{
    tunnels = vpn->Install(NodeContainer(net->hosts.Get(1)), net->lns);
    tunnels.Start(Seconds(1));
    helper.SetCredentials("alice", "wonderland"); // whom the LNS knows
    helper.AddCalledNumber("2000", net->lnsAddress);
    const auto calls = helper.InstallDialUp(subscribers, Access());
    EXPECT_EQ(calls.GetNLns(), 0U);
    calls.Start(Seconds(1));
    calls.Stop(Seconds(20));
    tunnels.Stop(Seconds(20));
    RunUntil(Seconds(10));
    ExpectUp(calls);
    ExpectTraffic(0);
    EXPECT_EQ(Lns()->GetNTunnels(), 2U);
    EXPECT_EQ(Lns()->GetNCalls(), 3U);
    RunUntil(Seconds(100));
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U);
    EXPECT_EQ(Lns()->GetNCalls(), 0U);
    EXPECT_EQ(calls.GetServer()->GetNCalls(), 0U);
}

// A node whose system ID is not that of this process is on another rank: nothing is installed
// there, and all that is here gets the streams that it would have without other ranks.
TEST_F(L2tpCompulsoryHelperTest, InstallsOnItsOwnRankAlone)
{
    constexpr uint32_t MAX_CALLS = 10;
    const auto build = [this](bool dialUp, uint32_t access, uint32_t lns) {
        helper = L2tpCompulsoryHelper();
        helper.SetAccessAttribute("MaxCalls", UintegerValue(MAX_CALLS));
        helper.SetSessionAttribute("MaxSessions", UintegerValue(20));
        NodeContainer nodes(CreateObject<Node>(access),
                            CreateObject<Node>(access),
                            CreateObject<Node>(access));
        const auto lnsNode = CreateObject<Node>(lns);
        InternetStackHelper().Install(nodes);
        InternetStackHelper().Install(lnsNode);
        AddSimpleAddress(AddSimpleDevice(lnsNode, CreateObject<SimpleChannel>()), "10.99.0.1");
        helper.AddDomain("isp.example", lnsNode);
        helper.AddDomain("other.example", lnsNode); // it counts once
        if (dialUp)
        {
            return helper.InstallDialUp({nodes.Get(0), nodes.Get(1)}, nodes.Get(2));
        }
        const auto devices = MakeEthernet({nodes.Get(0), nodes.Get(1), nodes.Get(2)});
        return helper.InstallPppoe({devices.Get(0), devices.Get(1)}, devices.Get(2));
    };
    for (const bool dialUp : {true, false})
    {
        SCOPED_TRACE(dialUp);
        // Two hosts with their lines or PPPoE clients; the server's askers, its lines or Access
        // Concentrator; LAC; LNS and its links.
        const int64_t ofServer = 2 * 2 + MAX_CALLS + (dialUp ? 2 : 1);
        const int64_t used = ofServer + 1 + 1 + 20;
        const auto here = build(dialUp, 0, 0);
        EXPECT_EQ(here.AssignStreams(100), used);
        EXPECT_EQ(here.GetLac()->GetIdStream()->GetStream(), 100 + ofServer);
        EXPECT_EQ(here.GetLns(0)->GetIdStream()->GetStream(), 100 + ofServer + 1);
        const auto lnsThere = build(dialUp, 0, 1);
        EXPECT_EQ(lnsThere.GetN(), 2U);
        EXPECT_EQ(lnsThere.GetNLns(), 0U);
        EXPECT_EQ(lnsThere.AssignStreams(100), used);
        EXPECT_EQ(lnsThere.GetLac()->GetIdStream()->GetStream(), 100 + ofServer);
        const auto accessThere = build(dialUp, 1, 0);
        EXPECT_EQ(accessThere.GetN(), 0U);
        EXPECT_FALSE(accessThere.GetServer());
        EXPECT_FALSE(accessThere.GetLac());
        EXPECT_EQ(accessThere.AssignStreams(100), used);
        EXPECT_EQ(accessThere.GetLns(0)->GetIdStream()->GetStream(), 100 + ofServer + 1);
    }
}

// An access server on another rank may get lines in several goes, as one here may.
TEST_F(L2tpCompulsoryHelperTest, StreamsOfAnotherRanksServerGrowWithItsLines)
{
    std::vector<int64_t> used;
    for (const uint32_t rank : {0, 1})
    {
        helper = L2tpCompulsoryHelper();
        helper.EndOthersHere();
        NodeContainer nodes(CreateObject<Node>(rank), CreateObject<Node>(rank));
        InternetStackHelper().Install(nodes);
        const auto first = helper.InstallDialUp(NodeContainer(nodes.Get(0)), nodes.Get(1));
        const auto second = helper.InstallDialUp(NodeContainer(nodes.Get(0)), nodes.Get(1), "2001");
        used.push_back(first.AssignStreams(100));
        used.push_back(second.AssignStreams(100));
    }
    EXPECT_EQ(used[0], used[2]);
    EXPECT_EQ(used[1], used[3]);
}

// A line leads from node to node without packets, and so not to another rank.
TEST_F(L2tpCompulsoryHelperTest, HostsAreOnTheRankOfTheirAccessServer)
{
    const auto host = CreateObject<Node>(1);
    helper.EndOthersHere();
    EXPECT_DEATH(helper.InstallDialUp(NodeContainer(host), Access()), "give both the same system");
}

TEST_F(L2tpCompulsoryHelperTest, AnLnsMustHaveAnAddress)
{
    EXPECT_DEATH(helper.AddDomain("isp.example", Mac48Address("00:00:00:00:00:01")),
                 "is no address of an LNS: give it");
    auto bare = CreateObject<Node>();
    InternetStackHelper().Install(bare);
    EXPECT_DEATH(helper.AddDomain("isp.example", bare), "has no IPv4 address: assign one");
}
