/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Remote dial as users install it.

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2tp-remote-dial-helper.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

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

TEST_F(L2tpRemoteDialHelperTest, AWrongOrderStopsAtOnce)
{
    BuildBranch();
    L2tpRemoteDialHelper dial;
    EXPECT_DEATH(dial.InstallSite(branch, "1", "10.8.1.1"), "call InstallLac.. and InstallLns..");
    dial.InstallLac(net->hosts.Get(0), 1);
    EXPECT_DEATH(dial.InstallSite(branch, "1", "10.8.1.1"), "call InstallLac.. and InstallLns..");
    EXPECT_DEATH(dial.InstallLac(net->hosts.Get(0), 1), "InstallLac.. was called twice: use");
}
