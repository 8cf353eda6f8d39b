/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// L2TP through a NAT and through a firewall.

#include "l2tp-test-network.h"
#include "simple-interfaces.h"

#include "ns3/boolean.h"
#include "ns3/global-value.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2tp-firewall.h"
#include "ns3/l2tp-nat.h"

#include <gtest/gtest.h>
#include <vector>

using namespace ns3;

namespace
{

const Ipv4Address LNS("10.0.0.2");    //!< outside
const Ipv4Address SHARED("10.0.0.1"); //!< of the NAT
const char* const HOSTS[]{"192.168.0.2", "192.168.0.3"};

/// Two hosts, a box, and an LNS outside, which knows nothing of the addresses inside.
class L2tpMiddleboxTest : public SimulationTest
{
  protected:
    void SetUp() override
    {
        GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
        nodes.Create(3);
        InternetStackHelper().Install(nodes);
        vpn.SetAddressPool("10.8.0.0", "255.255.255.0");
        vpn.SetCredentials("alice", "wonderland");
        vpn.SetClientAttribute("Redial", BooleanValue(true));
    }

    void TearDown() override
    {
        GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
        tunnels.clear();
        vpn = L2tpVoluntaryHelper();
        nodes = NodeContainer();
        SimulationTest::TearDown();
    }

    /// Put a box between. @param box it @param outer the network outside's address of the box
    void Connect(Ptr<L2tpMiddlebox> box)
    {
        auto node = CreateObject<Node>();
        for (uint32_t i = 0; i < 2; ++i)
        {
            const auto inside = CreateObject<SimpleChannel>();
            AddSimpleAddress(AddSimpleDevice(nodes.Get(i), inside), HOSTS[i]);
            box->AddInside(AddSimpleDevice(node, inside));
            L2tpTestNetwork::RoutingOf(nodes.Get(i))->SetDefaultRoute("192.168.0.1", 1);
        }
        const auto outside = CreateObject<SimpleChannel>();
        outside->SetAttribute("Delay", TimeValue(MilliSeconds(5)));
        AddSimpleAddress(AddSimpleDevice(nodes.Get(2), outside), LNS);
        L2tpTestNetwork::RoutingOf(nodes.Get(2))->SetDefaultRoute(SHARED, 1);
        box->SetOutside(AddSimpleDevice(node, outside));
        node->AggregateObject(box);
    }

    /// Have both hosts dial, with the same Tunnel IDs. @param starts when each of them begins
    void Dial(std::vector<Time> starts)
    {
        for (uint32_t i = 0; i < 2; ++i)
        {
            tunnels.push_back(vpn.Install(NodeContainer(nodes.Get(i)), nodes.Get(2)));
            tunnels.back().GetLac(0)->AssignStreams(77);
            tunnels.back().Start(starts[i]);
        }
    }

    /// Whether a host reaches the LNS through its tunnel. @param i which
    bool Reaches(uint32_t i)
    {
        return L2tpTestProbe::PingOnce(nodes.Get(i), "10.8.0.1") == 1;
    }

    /// The LNS.
    Ptr<L2tpLns> Lns() const
    {
        return tunnels[0].GetLns();
    }

    NodeContainer nodes;                   //!< both hosts, the LNS
    L2tpVoluntaryHelper vpn;               //!< makes tunnels
    std::vector<L2tpVpnContainer> tunnels; //!< each host's
};

} // namespace

// Two LACs behind one address, both with port 1701, and with the same Tunnel ID.
TEST_F(L2tpMiddleboxTest, TwoClientsBehindOneNat)
{
    auto nat = CreateObject<L2tpNat>();
    nat->SetAttribute("Address", Ipv4AddressValue(SHARED));
    Connect(nat);
    Dial({Seconds(1), Seconds(1)});
    RunUntil(Seconds(5));
    for (uint32_t i = 0; i < 2; ++i)
    {
        ASSERT_TRUE(tunnels[i].GetClient(0)->IsUp()) << i;
        EXPECT_TRUE(Reaches(i)) << i;
    }
    const auto held = Lns()->GetTunnels();
    ASSERT_EQ(held.size(), 2U);
    EXPECT_EQ(held[0]->GetPeerId(), held[1]->GetPeerId());
    EXPECT_EQ(held[0]->GetPath()->GetPeer().address, held[1]->GetPath()->GetPeer().address);
    EXPECT_EQ(nat->GetMappedPort(HOSTS[0], L2TP_UDP_PORT), L2TP_UDP_PORT);
    EXPECT_EQ(nat->GetMappedPort(HOSTS[1], L2TP_UDP_PORT), L2TP_UDP_PORT + 1);
    EXPECT_EQ(nat->GetNDropped(L2tpMiddleboxDrop::UNSOLICITED), 0U);
    // One hangs up, and the other doesn't notice.
    tunnels[0].GetClient(0)->HangUp();
    RunUntil(Simulator::Now() + Seconds(5));
    EXPECT_TRUE(Reaches(1));
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
}

// RFC 2661, section 8.1: address and port "MUST remain static". A mapping that has timed out, and
// whose port another host has got, makes a stranger of the first one.
TEST_F(L2tpMiddleboxTest, SilenceCostsTheMapping)
{
    auto nat = CreateObject<L2tpNat>();
    nat->SetAttribute("Address", Ipv4AddressValue(SHARED));
    nat->SetAttribute("MappingTimeout", TimeValue(Seconds(120)));
    Connect(nat);
    vpn.SetLnsAttribute("HelloInterval", TimeValue(Seconds(0)));
    vpn.SetLacAttribute("HelloInterval", TimeValue(Seconds(200)));
    Dial({Seconds(1), Seconds(150)});
    RunUntil(Seconds(100));
    EXPECT_TRUE(Reaches(0));
    // Now it is silent for more than two minutes; the other one comes.
    RunUntil(Seconds(230));
    ASSERT_TRUE(tunnels[1].GetClient(0)->IsUp());
    EXPECT_EQ(nat->GetMappedPort(HOSTS[0], L2TP_UDP_PORT), 0);
    EXPECT_EQ(nat->GetMappedPort(HOSTS[1], L2TP_UDP_PORT), L2TP_UDP_PORT + 1)
        << "150 s are less than 100 + 120";
    RunUntil(Seconds(280));
    EXPECT_TRUE(Reaches(0)) << "nobody has taken its port";
}

TEST_F(L2tpMiddleboxTest, ALostMappingWhosePortIsTakenEndsTheTunnel)
{
    auto nat = CreateObject<L2tpNat>();
    nat->SetAttribute("Address", Ipv4AddressValue(SHARED));
    nat->SetAttribute("MappingTimeout", TimeValue(Seconds(20)));
    Connect(nat);
    vpn.SetLnsAttribute("HelloInterval", TimeValue(Seconds(0)));
    vpn.SetLacAttribute("HelloInterval", TimeValue(Seconds(60)));
    Dial({Seconds(1), Seconds(30)});
    RunUntil(Seconds(40));
    EXPECT_EQ(nat->GetMappedPort(HOSTS[1], L2TP_UDP_PORT), L2TP_UDP_PORT);
    EXPECT_FALSE(Reaches(0)) << "its data comes from a port that isn't the tunnel's";
    const auto reason = static_cast<std::size_t>(L2tpDropReason::WRONG_SOURCE);
    EXPECT_EQ(Lns()->GetDataStatistics()->dropped[reason], 1U);
    // Its HELLO has no answer; it dials again, and gets through.
    RunUntil(Seconds(60 + 31 + 20));
    EXPECT_TRUE(tunnels[0].GetClient(0)->IsUp());
    EXPECT_TRUE(Reaches(0));
    EXPECT_GT(Lns()->GetStatistics().controlDropped[reason], 4U) << "HELLO, five times again";
}

// Whoever isn't asked doesn't get in, and what has no ports doesn't pass.
TEST_F(L2tpMiddleboxTest, ANatDropsWhatNobodyAskedFor)
{
    auto nat = CreateObject<L2tpNat>();
    nat->SetAttribute("Address", Ipv4AddressValue(SHARED));
    Connect(nat);
    L2tpTestPeer outside(nodes.Get(2), 5000, L2tpUdpAddress{SHARED, L2TP_UDP_PORT});
    L2tpTestPeer inside(nodes.Get(0), L2TP_UDP_PORT, L2tpUdpAddress{LNS, 4000});
    RunUntil(Seconds(1));
    outside.Send({1, 2, 3});
    RunUntil(Seconds(2));
    EXPECT_EQ(nat->GetNDropped(L2tpMiddleboxDrop::UNSOLICITED), 1U) << "no mapping";
    inside.Send({1, 2, 3});
    RunUntil(Seconds(3));
    EXPECT_EQ(nat->GetNMappings(), 1U);
    outside.Send({1, 2, 3});
    RunUntil(Seconds(4));
    EXPECT_EQ(nat->GetNDropped(L2tpMiddleboxDrop::UNSOLICITED), 2U) << "another port";
    EXPECT_TRUE(inside.received.empty());
    nat->SetAttribute("FilterPorts", BooleanValue(false));
    outside.Send({1, 2, 3});
    RunUntil(Seconds(5));
    EXPECT_EQ(inside.received.size(), 1U);
    EXPECT_EQ(L2tpTestProbe::PingOnce(nodes.Get(0), LNS), 0U);
    EXPECT_EQ(nat->GetNDropped(L2tpMiddleboxDrop::NOT_UDP), 2U)
        << "the ping, and before it that port 4000 is closed";
}

// Section 8.1 lets the LNS answer from another port; a stateful firewall doesn't.
TEST_F(L2tpMiddleboxTest, AFirewallStopsASccrpFromAnotherPort)
{
    auto firewall = CreateObject<L2tpFirewall>();
    Connect(firewall);
    L2tpTestPeer lns(nodes.Get(2),
                     L2TP_UDP_PORT,
                     L2tpUdpAddress{Ipv4Address(HOSTS[0]), L2TP_UDP_PORT});
    L2tpTestPeer other(nodes.Get(2), 5000, L2tpUdpAddress{Ipv4Address(HOSTS[0]), L2TP_UDP_PORT});
    auto lac = L2tpLacHelper().Install(nodes.Get(0));
    const auto nothing = Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {});
    RunUntil(Seconds(1));
    lac->PlaceCall({LNS, L2TP_UDP_PORT}, L2tpCallParameters(), nothing, nothing);
    RunUntil(Seconds(1) + MilliSeconds(100));
    ASSERT_EQ(lns.Count(L2tpMessageType::SCCRQ), 1U);
    const uint16_t id =
        lns.Last(L2tpMessageType::SCCRQ).message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
    other.Send(id, 0, 0, 1, L2tpTestPeer::Start(L2tpMessageType::SCCRP, 9));
    RunUntil(Seconds(1) + MilliSeconds(200));
    EXPECT_EQ(firewall->GetNDropped(L2tpMiddleboxDrop::UNSOLICITED), 1U);
    EXPECT_EQ(lac->GetStatistics().tunnelsEstablished, 0U);
    lns.Send(id, 0, 0, 1, L2tpTestPeer::Start(L2tpMessageType::SCCRP, 9));
    RunUntil(Seconds(1) + MilliSeconds(300));
    EXPECT_EQ(lac->GetStatistics().tunnelsEstablished, 1U);
}

// Keepalives keep a firewall's state, whoever sends them.
TEST_F(L2tpMiddleboxTest, AFirewallForgetsWhoIsSilent)
{
    for (const auto& [hello, expected] : {std::pair(Seconds(20), true), {Seconds(0), false}})
    {
        SCOPED_TRACE(hello);
        auto firewall = CreateObject<L2tpFirewall>();
        if (tunnels.empty())
        {
            Connect(firewall);
        }
        else
        {
            TearDown();
            SetUp();
            Connect(firewall);
        }
        vpn.SetLnsAttribute("HelloInterval", TimeValue(Seconds(0)));
        vpn.SetLacAttribute("HelloInterval", TimeValue(hello));
        Dial({Seconds(1), Seconds(1)});
        RunUntil(Seconds(100));
        // The LNS says something.
        const uint64_t before = tunnels[0].GetLac(0)->GetDataStatistics()->rxPackets;
        const Ipv4Address host = tunnels[0].GetClientAddress(0);
        L2tpTestProbe probe(nodes.Get(2), host);
        probe.Ping();
        RunUntil(Seconds(101));
        EXPECT_EQ(tunnels[0].GetLac(0)->GetDataStatistics()->rxPackets > before, expected);
        EXPECT_EQ(probe.pinged, expected ? 1U : 0U);
    }
}

TEST_F(L2tpMiddleboxTest, NamesOfReasons)
{
    EXPECT_STREQ(L2tpMiddleboxDropName(L2tpMiddleboxDrop::NOT_UDP), "not-udp");
    EXPECT_STREQ(L2tpMiddleboxDropName(L2tpMiddleboxDrop::UNSOLICITED), "unsolicited");
    EXPECT_STREQ(L2tpMiddleboxDropName(L2tpMiddleboxDrop::NO_PORT), "no-port");
}

using L2tpMiddleboxDeathTest = L2tpMiddleboxTest;

TEST_F(L2tpMiddleboxDeathTest, NeedsDevicesOfANode)
{
    auto nat = CreateObject<L2tpNat>();
    for (const Ptr<NetDevice>& device : {Ptr<NetDevice>(), Ptr<NetDevice>(new SimpleNetDevice())})
    {
        EXPECT_DEATH(nat->AddInside(device), "AddInside.. needs a device of the box's node: add");
        EXPECT_DEATH(nat->SetOutside(device), "SetOutside.. needs a device of the box's node: add");
    }
}

TEST_F(L2tpMiddleboxDeathTest, ANatWithoutAddress)
{
    auto nat = CreateObject<L2tpNat>();
    Connect(nat);
    EXPECT_DEATH(nat->SetOutside(nullptr), "L2tpMiddlebox::SetOutside.. was called twice");
    Dial({Seconds(1), Seconds(1)});
    EXPECT_DEATH(RunUntil(Seconds(2)), "L2tpNat::Address is not set");
}
