/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "simple-interfaces.h"
#include "simulation-test.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv6.h"
#include "ns3/l2tp-dont-fragment.h"
#include "ns3/l2tp-route-outlook.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/node.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-link.h"
#include "ns3/ppp-net-device.h"
#include "ns3/rip-helper.h"
#include "ns3/ripng-helper.h"

using namespace ns3;

namespace
{

/// A node with an interface that is up and has an address.
class L2tpRouteOutlookTest : public SimulationTest
{
  protected:
    void TearDown() override
    {
        RunUntil(Seconds(1)); // ns-3's RIP can't be disposed of before it has started
        SimulationTest::TearDown();
    }

    /// Make the node anew. @param stack its internet stack
    void Make(const InternetStackHelper& stack = InternetStackHelper())
    {
        node = CreateObject<Node>();
        stack.Install(node);
        device = AddSimpleDevice(node, CreateObject<SimpleChannel>());
        interface = AddSimpleAddress(device, "10.1.0.1");
    }

    /// Add a PPP device that is down.
    void AddPpp() const
    {
        const auto ppp = CreateObject<PppNetDevice>();
        ppp->SetLink(CreateObject<PppLink>());
        node->AddDevice(ppp);
        CreateObject<PppIpv4Config>()->Install(ppp);
    }

    Ptr<Node> node;        //!< the node
    Ptr<NetDevice> device; //!< its device
    uint32_t interface {
        0
    }; //!< and that one's interface
};

} // namespace

TEST_F(L2tpRouteOutlookTest, StaticAndGlobalRoutesDontComeByThemselves)
{
    Make(); // a list with both
    EXPECT_FALSE(MayL2tpRouteAppear(node, false));
    L2tpDontFragment::Install(node);
    EXPECT_FALSE(MayL2tpRouteAppear(node, false));
    L2tpVrfRouting::Install(node);
    EXPECT_FALSE(MayL2tpRouteAppear(node, false));
    InternetStackHelper stack;
    stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
    Make(stack);
    EXPECT_FALSE(MayL2tpRouteAppear(node, false));
    stack.SetRoutingHelper(Ipv4GlobalRoutingHelper());
    Make(stack);
    EXPECT_FALSE(MayL2tpRouteAppear(node, false));
}

TEST_F(L2tpRouteOutlookTest, ProtocolsFindRoutes)
{
    InternetStackHelper stack;
    stack.SetRoutingHelper(RipHelper());
    Make(stack);
    EXPECT_TRUE(MayL2tpRouteAppear(node, false));
    Ipv4ListRoutingHelper list;
    list.Add(Ipv4StaticRoutingHelper(), 0);
    list.Add(RipHelper(), 10);
    stack.SetRoutingHelper(list);
    Make(stack);
    EXPECT_TRUE(MayL2tpRouteAppear(node, false));
    L2tpDontFragment::Install(node);
    L2tpVrfRouting::Install(node);
    EXPECT_TRUE(MayL2tpRouteAppear(node, false)) << "it is under those";
}

TEST_F(L2tpRouteOutlookTest, InterfacesBringRoutes)
{
    Make();
    const auto ipv4 = node->GetObject<Ipv4>();
    ipv4->SetDown(interface);
    EXPECT_TRUE(MayL2tpRouteAppear(node, false));
    ipv4->SetUp(interface);
    EXPECT_FALSE(MayL2tpRouteAppear(node, false));
    ipv4->RemoveAddress(interface, 0);
    EXPECT_TRUE(MayL2tpRouteAppear(node, false)) << "a DHCP client may be there";
}

TEST_F(L2tpRouteOutlookTest, PppCountsIfThereIsNothingElse)
{
    Make();
    AddPpp();
    EXPECT_FALSE(MayL2tpRouteAppear(node, false)) << "it is a tunnel's";
    node = CreateObject<Node>();
    InternetStackHelper().Install(node);
    AddPpp();
    EXPECT_TRUE(MayL2tpRouteAppear(node, false)) << "tunnels run over it";
}

// RFC 4861, section 6.3.4: a host learns default routers; a router does not listen.
TEST_F(L2tpRouteOutlookTest, HostsListenToRoutersOverIpv6)
{
    Make();
    const auto ipv6 = node->GetObject<Ipv6>();
    const uint32_t interface6 = ipv6->AddInterface(device);
    ipv6->SetUp(interface6);
    EXPECT_TRUE(MayL2tpRouteAppear(node, true));
    ipv6->SetForwarding(interface6, true);
    EXPECT_FALSE(MayL2tpRouteAppear(node, true));
    EXPECT_FALSE(MayL2tpRouteAppear(node, false));
    InternetStackHelper stack;
    stack.SetRoutingHelper(RipNgHelper());
    Make(stack);
    EXPECT_TRUE(MayL2tpRouteAppear(node, true));
}

TEST_F(L2tpRouteOutlookTest, WithoutIpThereIsNoHope)
{
    node = CreateObject<Node>();
    EXPECT_FALSE(MayL2tpRouteAppear(node, false));
    EXPECT_FALSE(MayL2tpRouteAppear(node, true));
}
