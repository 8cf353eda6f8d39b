/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What a dialled site needs.

#include "simulation-test.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/l2tp-dial-on-demand.h"
#include "ns3/node.h"

using namespace ns3;

namespace
{

using L2tpDialOnDemandConfigDeathTest = SimulationTest;

} // namespace

TEST_F(L2tpDialOnDemandConfigDeathTest, ANodeWithoutIp)
{
    const auto site = CreateObject<L2tpDialOnDemand>();
    CreateObject<Node>()->AddApplication(site);
    EXPECT_DEATH(site->CreateDevice(),
                 "L2tpDialOnDemand: node .* has no IPv4: install an internet");
}

TEST_F(L2tpDialOnDemandConfigDeathTest, ANodeWithoutStaticRoutes)
{
    const auto node = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetRoutingHelper(Ipv4GlobalRoutingHelper());
    stack.Install(node);
    const auto site = CreateObject<L2tpDialOnDemand>();
    site->SetAttribute("RemoteAddress", Ipv4AddressValue("10.9.0.2"));
    node->AddApplication(site);
    EXPECT_DEATH(site->CreateDevice(), "node .* has no Ipv4StaticRouting: add one to its list");
}
