/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What the configuration of IP6 needs; what it does is tested with the devices.

#include "ppp-test-link.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv6-list-routing-helper.h"
#include "ns3/node.h"
#include "ns3/ppp-ipv6-config.h"
#include "ns3/ppp-net-device.h"

using namespace ns3;

namespace
{

using PppIpv6ConfigDeathTest = PppLinkTest;

} // namespace

TEST_F(PppIpv6ConfigDeathTest, NamesWhatIsMissing)
{
    const auto device = CreateObject<PppNetDevice>();
    const auto config = CreateObject<PppIpv6Config>();
    EXPECT_DEATH(config->Install(device),
                 "PppIpv6Config: the device has no link: set its attribute");
    device->SetLink(client->link);
    EXPECT_DEATH(config->Install(device), "PPP with IPv6: the device has no node: add it to one");
    const auto node = CreateObject<Node>();
    node->AddDevice(device);
    EXPECT_DEATH(config->Install(device),
                 "PPP with IPv6: node .* has no IPv6: install an internet");
    InternetStackHelper().Install(node);
    config->Install(device);
    EXPECT_DEATH(config->Install(device), "PppIpv6Config: one object serves one device: create");
}

TEST_F(PppIpv6ConfigDeathTest, NeedsStaticRoutes)
{
    const auto node = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetRoutingHelper(Ipv6ListRoutingHelper());
    stack.Install(node);
    const auto device = CreateObject<PppNetDevice>();
    device->SetLink(client->link);
    node->AddDevice(device);
    CreateObject<PppIpv6Config>()->Install(device);
    client->link->SetAttribute("Ipv6", BooleanValue(true));
    server->link->SetAttribute("Ipv6", BooleanValue(true));
    OpenBoth();
    EXPECT_DEATH(RunUntil(Seconds(1)), "PPP with IPv6: the node has no Ipv6StaticRouting: add one");
}
