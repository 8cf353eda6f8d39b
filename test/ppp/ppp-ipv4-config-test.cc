/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What the configuration of IP4 needs; what it does is tested with the devices.

#include "ppp-test-link.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/node.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-net-device.h"

using namespace ns3;

namespace
{

using PppIpv4ConfigDeathTest = PppLinkTest;

} // namespace

TEST_F(PppIpv4ConfigDeathTest, NamesWhatIsMissing)
{
    const auto device = CreateObject<PppNetDevice>();
    const auto config = CreateObject<PppIpv4Config>();
    EXPECT_DEATH(config->Install(device),
                 "PppIpv4Config: the device has no link: set its attribute");
    device->SetLink(client->link);
    EXPECT_DEATH(config->Install(device), "PppIpv4Config: the device has no node: add it to one");
    const auto node = CreateObject<Node>();
    node->AddDevice(device);
    EXPECT_DEATH(config->Install(device),
                 "PppIpv4Config: node .* has no IPv4: install an internet");
    InternetStackHelper().Install(node);
    config->Install(device);
    EXPECT_DEATH(config->Install(device), "PppIpv4Config: one object serves one device: create");
}

TEST_F(PppIpv4ConfigDeathTest, NeedsStaticRoutes)
{
    const auto node = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetRoutingHelper(Ipv4GlobalRoutingHelper());
    stack.Install(node);
    const auto device = CreateObject<PppNetDevice>();
    device->SetLink(client->link);
    node->AddDevice(device);
    CreateObject<PppIpv4Config>()->Install(device);
    OpenBoth();
    EXPECT_DEATH(RunUntil(Seconds(1)), "PppIpv4Config: node .* has no Ipv4StaticRouting: add one");
}
