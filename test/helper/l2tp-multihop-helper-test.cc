/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Tunnel switches as users install them.

#include "l2tp-multihop-fixture.h"

#include "ns3/l2tp-lac-helper.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/pointer.h"

#include <sstream>

using namespace ns3;

namespace
{

using L2tpMultihopHelperTest = L2tpMultihopTest;

} // namespace

TEST_F(L2tpMultihopHelperTest, EachSwitchLeadsToTheNext)
{
    BringUp(2);
    ASSERT_EQ(row.GetN(), 2U);
    for (uint32_t i = 0; i < 2; ++i)
    {
        SCOPED_TRACE(i);
        EXPECT_EQ(row.GetAddress(i), Address(net->GetHostAddress(1 + i)));
        EXPECT_EQ(row.GetLns(i)->GetTerminator(), row.GetSwitch(i));
        EXPECT_EQ(row.GetLac(i)->GetNode(), row.GetLns(i)->GetNode());
        // RFC 2661, section 8.1: the LNS has the registered port, the LAC any other one.
        EXPECT_EQ(row.GetLns(i)->GetPort(), L2TP_UDP_PORT);
        EXPECT_NE(row.GetLac(i)->GetPort(), L2TP_UDP_PORT);
    }
    EXPECT_EQ(row.GetSwitch(0)->GetCalls().at(0)->GetPeer().server.address,
              L2tpIpAddress(net->GetHostAddress(2)));
    EXPECT_EQ(row.GetSwitch(1)->GetCalls().at(0)->GetPeer().server.address,
              L2tpIpAddress(net->lnsAddress));
}

TEST_F(L2tpMultihopHelperTest, StreamsAreFixed)
{
    BuildRow(3);
    EXPECT_EQ(L2tpMultihopHelper::AssignStreams(row, 10), 6);
    EXPECT_EQ(L2tpMultihopHelper::AssignStreams(L2tpSwitchContainer(), 10), 0);
}

TEST_F(L2tpMultihopHelperTest, OverIpv6)
{
    Build(2, 6);
    hops.UseIpv6();
    row = hops.Install(NodeContainer(net->hosts.Get(1)), net->lns);
    vpn->SetLnsAddress(row.GetAddress(0));
    tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
    RunUntil(Seconds(2));
    EXPECT_TRUE(Ipv6Address::IsMatchingType(row.GetAddress(0)));
    ExpectTraffic();
    EXPECT_TRUE(OnwardCall(0)->GetTunnel()->GetPath()->GetPeer().address.IsIpv6());
}

TEST_F(L2tpMultihopHelperTest, ANodeHasOneLns)
{
    BuildNodes(1);
    InstallCaller(net->lnsAddress);
    EXPECT_DEATH(hops.InstallSwitch(net->lns, CreateObject<L2tpTunnelTable>()),
                 "L2tpMultihopHelper: node .* has an LNS already");
}

TEST_F(L2tpMultihopHelperTest, AnAddressIsOneOfIp)
{
    BuildNodes(1);
    hops.SetLnsAddress(Mac48Address("00:00:00:00:00:01"));
    EXPECT_DEATH(InstallRow(), "is not an IP address: give SetLnsAddress\\(\\) one");
}

TEST_F(L2tpMultihopHelperTest, ASwitchNeedsALacAndASelector)
{
    BuildNodes(2);
    auto tunnelSwitch = CreateObject<L2tpTunnelSwitch>();
    auto lns = CreateObject<L2tpLns>();
    lns->SetAttribute("Terminator", PointerValue(tunnelSwitch));
    net->hosts.Get(1)->AddApplication(lns);
    EXPECT_DEATH(lns->Start(), "L2tpTunnelSwitch::Lac is not set");
    tunnelSwitch->SetAttribute("Lac", PointerValue(L2tpLacHelper().Install(net->hosts.Get(2))));
    EXPECT_DEATH(lns->Start(), "L2tpTunnelSwitch::Lac is that of another node");
    tunnelSwitch->SetAttribute("Lac", PointerValue(L2tpLacHelper().Install(net->hosts.Get(1))));
    EXPECT_DEATH(lns->Start(), "L2tpTunnelSwitch::Selector is not set");
    tunnelSwitch->SetAttribute("Selector", PointerValue(CreateObject<L2tpTunnelTable>()));
    EXPECT_DEATH(lns->Start(), "LocalPort 1701 is taken on node");
    EXPECT_DEATH(hops.InstallSwitch(net->hosts.Get(0), nullptr), "there is no selector");
}

// The ladder has a lifeline for each, and a message goes from one to the next.
TEST_F(L2tpMultihopHelperTest, ALadderOfSeveral)
{
    BuildRow(1);
    L2tpLadder ladder;
    ladder.AddLifeline("LAC", {Lac()});
    ladder.AddLifeline("switch", {row.GetLns(0), row.GetLac(0)});
    ladder.AddLifeline("LNS", {Lns()});
    net->internet->lose = [](const L2tpTestDatagram& datagram) {
        return datagram.Is(L2tpMessageType::SCCRQ);
    };
    RunUntil(MilliSeconds(500));
    std::ostringstream printed;
    ladder.Print(printed);
    const std::string gap(22, ' ');
    EXPECT_EQ(printed.str().substr(0, printed.str().find('\n')),
              "    time/s  LAC" + std::string(17, ' ') + "switch" + std::string(18, ' ') + "LNS");
    EXPECT_NE(printed.str().find("|-- SCCRQ ------------>|" + gap + "|  Ns 0"), std::string::npos)
        << printed.str();
    EXPECT_NE(printed.str().find("|<------------ SCCRP --|" + gap + "|  Ns 0"), std::string::npos);
    EXPECT_NE(printed.str().find("|" + gap + "|-- SCCRQ -X           |  Ns 0"), std::string::npos);
}
