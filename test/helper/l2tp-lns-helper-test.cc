/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// LNSs as users install them; what they do with sessions and domains is tested elsewhere.

#include "ns3/ipv4-address.h"
#include "ns3/l2tp-lns-helper.h"
#include "ns3/simulator.h"

#include <gtest/gtest.h>

using namespace ns3;

TEST(L2tpLnsHelperTest, TheSecondInstallationFindsTheLns)
{
    const auto node = CreateObject<Node>();
    L2tpLnsHelper helper;
    helper.AddUser("alice", "wonderland");
    const auto lns = helper.Install(node);
    EXPECT_EQ(helper.Install(node), lns);
    EXPECT_EQ(L2tpLnsHelper().Install(node), lns) << "it has nothing to say of it";
    EXPECT_EQ(node->GetNApplications(), 1U);
    Simulator::Destroy();
}

TEST(L2tpLnsHelperDeathTest, NothingIsSetOnceAnLnsIsInstalled)
{
    const auto node = CreateObject<Node>();
    L2tpLnsHelper helper;
    helper.AddDomain("isp.example", "10.20.0.0", "255.255.0.0");
    helper.Install(node);
    EXPECT_DEATH(
        helper.SetDomainAttribute("isp.example", "PrimaryDns", Ipv4AddressValue("10.20.0.53")),
        "an LNS was installed before attribute PrimaryDns of domain isp.example was set: "
        "set it before");
    L2tpLnsHelper other;
    other.AddUser("bob", "builder");
    EXPECT_DEATH(other.Install(node), "has an LNS that this helper did not install.*set them at");
    Simulator::Destroy();
}
