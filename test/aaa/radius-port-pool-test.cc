/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/internet-stack-helper.h"
#include "ns3/radius-client.h"
#include "ns3/simulator.h"
#include "ns3/udp-l4-protocol.h"

#include <gtest/gtest.h>

using namespace ns3;

// What a node's other applications have taken (RFC 6335, section 6: 49152 to 65535 are for all).
TEST(RadiusPortPoolDeathTest, NoUdpPortIsLeft)
{
    const auto node = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(node);
    const auto client = CreateObject<RadiusClient>();
    client->SetNode(node);
    client->AddServer({Ipv4Address("10.1.0.2"), RADIUS_PORT}, "xyzzy5461");
    const auto udp = node->GetObject<UdpL4Protocol>();
    for (uint32_t port = 49152; port <= 65535; ++port)
    {
        ASSERT_TRUE(udp->Allocate(nullptr, static_cast<uint16_t>(port)));
    }
    EXPECT_DEATH(client->Ask({}, nullptr), "RadiusClient: node .* has no free UDP port: let other");
    client->Dispose();
    Simulator::Destroy();
}
