/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What a device that several links share needs; what it does is tested with the LNS that has it.

#include "ppp-test-link.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/node.h"
#include "ns3/ppp-shared-ipv4-config.h"
#include "ns3/ppp-shared-line.h"
#include "ns3/ppp-shared-net-device.h"

using namespace ns3;

namespace
{

using PppSharedDeviceDeathTest = PppLinkTest;

} // namespace

TEST_F(PppSharedDeviceDeathTest, NamesWhatIsMissing)
{
    const auto device = CreateObject<PppSharedNetDevice>();
    const auto config = CreateObject<PppSharedIpv4Config>();
    EXPECT_DEATH(config->Install(device, ""), "the device has no node: add it to one first");
    const auto node = CreateObject<Node>();
    node->AddDevice(device);
    EXPECT_DEATH(config->Install(device, ""), "node .* has no IPv4: install an internet stack");
}

TEST_F(PppSharedDeviceDeathTest, ALineInUseStaysWhereItIs)
{
    const auto node = CreateObject<Node>();
    InternetStackHelper().Install(node);
    const auto device = CreateObject<PppSharedNetDevice>();
    node->AddDevice(device);
    CreateObject<PppSharedIpv4Config>()->Install(device, "");
    PppSharedLine line(server->link, device);
    line.MoveTo(device);
    OpenBoth();
    RunUntil(Seconds(1));
    EXPECT_EQ(device->GetNLines(), 1U);
    EXPECT_DEATH(line.MoveTo(device), "a line can't move .*: take its link down first");
}
