/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Remote dial as users install it.

#include "l2tp-test-network.h"
#include "simple-interfaces.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2tp-remote-dial-helper.h"
#include "ns3/simple-net-device.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <string>
#include <utility>

using namespace ns3;

namespace
{

/// The network, with a branch on a node of its own.
class L2tpRemoteDialHelperTest : public L2tpNetworkTest
{
  protected:
    /// Build it. @param version 4 or 6: over which IP the tunnel is to run
    void BuildBranch(int version = 4)
    {
        Build(1, version);
        branch = CreateObject<Node>();
        InternetStackHelper().Install(branch);
    }

    Ptr<Node> branch; //!< the remote system's node
};

} // namespace

// RFC 2661, section 7.5: what it installs works, over IPv4 and IPv6.
TEST_F(L2tpRemoteDialHelperTest, InstallsWhatDials)
{
    for (const int version : {4, 6})
    {
        BuildBranch(version);
        L2tpRemoteDialHelper dial;
        dial.SetLineAttribute("BitRate", StringValue("128kbps"));
        dial.SetSiteAttribute("SubAddress", StringValue("9"));
        dial.SetTelephoneAttribute("SetupTime", StringValue("3s"));
        if (version == 6)
        {
            dial.UseIpv6();
        }
        const auto lac = dial.InstallLac(net->hosts.Get(0), 2);
        const auto lns = dial.InstallLns(net->lns);
        dial.SetCredentials("branch", "wonderland");
        const L2tpRemoteSite made = dial.InstallSite(branch, "5551234", "10.8.1.1");
        // Two lines, the site's line, remote system and site, beside LAC and LNS.
        EXPECT_EQ(dial.AssignStreams(100),
                  lac->AssignStreams(100) + lns->AssignStreams(200) + 2 + 3);
        RunUntil(Seconds(1));
        made.site->Dial();
        RunUntil(Seconds(3));
        EXPECT_FALSE(made.site->IsUp());
        EXPECT_EQ(dial.GetDialer()->GetNIdle(), 1U);
        RunUntil(Seconds(6));
        EXPECT_TRUE(made.site->IsUp());
        EXPECT_EQ(made.system->GetAddress(), Ipv4Address("10.8.1.1"));
        EXPECT_EQ(made.site->GetDevice()->GetLink()->GetPeerName(), "branch");
        EXPECT_EQ(made.site->GetDevice()->GetMtu(), version == 6 ? 1430 : 1450);
        EXPECT_EQ(dial.GetLines().size(), 2U);
        EXPECT_EQ(dial.GetLines()[0]->GetLine()->GetCallBitRate(), DataRate("128kbps"));
        EXPECT_EQ(made.port->GetLine()->GetCallNumbers().subAddress, "9");
        EXPECT_EQ(L2tpTestProbe::PingOnce(net->server, "10.8.1.1"), 1U);
        branch = nullptr;
        Clear();
    }
}

// An LNS may ask a tunnel switch in place of the LAC itself.
TEST_F(L2tpRemoteDialHelperTest, WhomToAskMayBeSaid)
{
    BuildBranch();
    L2tpRemoteDialHelper dial;
    dial.InstallLac(net->hosts.Get(0), 1);
    dial.InstallLns(net->lns);
    const auto asked = [&](const std::string& number) {
        AddressValue address;
        dial.InstallSite(branch, number, "10.8.1.1").site->GetAttribute("LacAddress", address);
        return address.Get();
    };
    EXPECT_EQ(asked("1"), Address(net->GetHostAddress(0)));
    const InetSocketAddress other("10.2.0.9", 1702);
    dial.SetSiteAttribute("LacAddress", AddressValue(other));
    EXPECT_EQ(asked("2"), Address(other));
}

// A node whose system ID is not that of this process is on another rank: nothing is installed
// there, and all that is here gets the streams that it would have without other ranks.
TEST_F(L2tpRemoteDialHelperTest, InstallsOnItsOwnRankAlone)
{
    for (const auto& [lacRank, lnsRank] : {std::pair(0, 0), std::pair(0, 1), std::pair(1, 0)})
    {
        SCOPED_TRACE(std::to_string(lacRank) + std::to_string(lnsRank));
        L2tpRemoteDialHelper dial;
        const auto lacNode = CreateObject<Node>(lacRank);
        const auto lnsNode = CreateObject<Node>(lnsRank);
        const auto remote = CreateObject<Node>(lacRank);
        for (const auto& node : {lacNode, lnsNode, remote})
        {
            InternetStackHelper().Install(node);
        }
        AddSimpleAddress(AddSimpleDevice(lacNode, CreateObject<SimpleChannel>()), "10.99.0.1");
        const auto lac = dial.InstallLac(lacNode, 3);
        const auto lns = dial.InstallLns(lnsNode);
        dial.SetCredentials("branch", "wonderland");
        const auto made = dial.InstallSite(remote, "5551234", "10.8.1.1");
        const bool isLacHere = lacRank == 0;
        const bool isLnsHere = lnsRank == 0;
        EXPECT_EQ(!!lac, isLacHere);
        EXPECT_EQ(!!dial.GetDialer(), isLacHere);
        EXPECT_EQ(dial.GetLines().size(), isLacHere ? 3U : 0U);
        EXPECT_EQ(!!made.system, isLacHere);
        EXPECT_EQ(!!made.port, isLacHere);
        EXPECT_EQ(remote->GetNApplications(), isLacHere ? 1U : 0U);
        EXPECT_EQ(remote->GetNDevices(), isLacHere ? 3U : 1U); // loopback, line and PPP
        EXPECT_EQ(!!lns, isLnsHere);
        EXPECT_EQ(!!made.site, isLnsHere);
        EXPECT_EQ(lnsNode->GetNApplications(), isLnsHere ? 2U : 0U);
        // LAC, LNS and its links, three lines; the site's line, remote system and site.
        EXPECT_EQ(dial.AssignStreams(100), 1 + 1 + 65535 + 3 + 3);
        if (isLnsHere)
        {
            EXPECT_EQ(lns->GetIdStream()->GetStream(), 101);
        }
    }
}

// A line leads from node to node without packets, and so not to another rank.
TEST_F(L2tpRemoteDialHelperTest, SitesAreOnTheRankOfTheLac)
{
    BuildBranch();
    L2tpRemoteDialHelper dial;
    dial.InstallLac(net->hosts.Get(0), 1);
    dial.InstallLns(net->lns);
    EXPECT_DEATH(dial.InstallSite(CreateObject<Node>(1), "1", "10.8.1.1"), "the same system ID");
}

TEST_F(L2tpRemoteDialHelperTest, AWrongOrderStopsAtOnce)
{
    BuildBranch();
    L2tpRemoteDialHelper dial;
    EXPECT_DEATH(dial.InstallSite(branch, "1", "10.8.1.1"), "call InstallLac.. and InstallLns..");
    dial.InstallLac(net->hosts.Get(0), 1);
    EXPECT_DEATH(dial.InstallSite(branch, "1", "10.8.1.1"), "call InstallLac.. and InstallLns..");
    EXPECT_DEATH(dial.InstallLac(net->hosts.Get(0), 1), "InstallLac.. was called twice: use");
    dial.InstallLns(net->lns);
    EXPECT_DEATH(dial.InstallLns(net->lns), "InstallLns.. was called twice: use another helper");
    EXPECT_DEATH(L2tpRemoteDialHelper().InstallLac(net->hosts.Get(0), 1),
                 "the LAC of node .* has a dialer already.*with one helper");
}
