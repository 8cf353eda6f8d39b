/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// L2tpRadiusHelper: servers, clients, and those who ask by them.

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-radius-helper.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <vector>

using namespace ns3;

namespace
{

/// Hosts 0 and 1 are a LAC and a RADIUS server, host 2 is another server.
class L2tpRadiusHelperTest : public L2tpNetworkTest
{
  protected:
    void SetUp() override
    {
        L2tpNetworkTest::SetUp();
        Build(3);
        tunnel.password = "tunnel secret";
        tunnel.assignmentId = "gold";
        tunnel.clientAuthId = "lac.example";
        tunnel.serverAuthId = "lns.example";
    }

    /// Choose for a user of isp.example. @param selector who chooses @return the choice
    static L2tpTunnelChoice Select(Ptr<L2tpRadiusSelector> selector)
    {
        L2tpTunnelQuery query;
        PppAuthAttempt attempt;
        attempt.protocol = PPP_AUTH_PAP;
        attempt.name = "alice@isp.example";
        query.attempt = attempt;
        std::vector<L2tpTunnelChoice> choices;
        selector->Select(query, [&choices](const auto& choice) { choices.push_back(choice); });
        RunUntil(Simulator::Now() + Seconds(60));
        EXPECT_EQ(choices.size(), 1U);
        return choices.empty() ? L2tpTunnelChoice() : choices[0];
    }

    /// Judge a user. @param users who judges @param password what alice says @return the verdict
    static bool IsAccepted(Ptr<PppUserTable> users, const std::string& password)
    {
        PppAuthAttempt attempt;
        attempt.protocol = PPP_AUTH_PAP;
        attempt.name = "alice@isp.example";
        attempt.password = password;
        std::vector<bool> verdicts;
        users->Authenticate(attempt, [&verdicts](const auto& verdict) {
            verdicts.push_back(verdict.accepted);
        });
        RunUntil(Simulator::Now() + Seconds(60));
        EXPECT_EQ(verdicts.size(), 1U);
        return !verdicts.empty() && verdicts[0];
    }

    L2tpRadiusHelper helper; //!< the helper
    RadiusTunnel tunnel;     //!< a tunnel, but for where it leads
};

} // namespace

// RFC 2868, sections 3.1 and 3.8; RFC 2809, section 4.1.2.3: tagged alternatives, the first one
// preferred.
TEST_F(L2tpRadiusHelperTest, TunnelsOfADomain)
{
    helper.InstallServer(net->hosts.Get(1));
    helper.AddTunnel("isp.example", net->lnsAddress, tunnel);
    helper.AddTunnel("isp.example", Ipv4Address("192.0.2.9"), tunnel);
    const auto choice = Select(helper.MakeSelector(net->hosts.Get(0)));
    EXPECT_EQ(choice.kind, L2tpTunnelChoice::Kind::TUNNEL);
    ASSERT_EQ(choice.peers.size(), 2U);
    EXPECT_EQ(choice.peers[0].server, (L2tpUdpAddress{net->lnsAddress, L2TP_UDP_PORT}));
    EXPECT_EQ(choice.peers[1].server, (L2tpUdpAddress{Ipv4Address("192.0.2.9"), L2TP_UDP_PORT}));
    for (uint32_t i = 0; i < 2; ++i)
    {
        EXPECT_EQ(choice.peers[i].preference, i + 1);
        EXPECT_EQ(choice.peers[i].secret, "tunnel secret");
        EXPECT_EQ(choice.peers[i].assignmentId, "gold");
        EXPECT_EQ(choice.peers[i].hostName, "lac.example");
        EXPECT_EQ(choice.peers[i].expectedHostName, "lns.example");
    }
}

TEST_F(L2tpRadiusHelperTest, TunnelsKeepAPreferenceOfTheirOwn)
{
    helper.InstallServer(net->hosts.Get(1));
    tunnel.preference = 7;
    helper.AddTunnel("isp.example", net->lnsAddress, tunnel);
    helper.AddTunnel("isp.example", Ipv6Address("2001:2::1"), tunnel); // they share the load
    const auto choice = Select(helper.MakeSelector(net->hosts.Get(0)));
    ASSERT_EQ(choice.peers.size(), 2U);
    EXPECT_EQ(choice.peers[0].preference, 7U);
    EXPECT_EQ(choice.peers[1].preference, 7U);
    EXPECT_EQ(choice.peers[1].server.address, L2tpIpAddress(Ipv6Address("2001:2::1")));
}

TEST_F(L2tpRadiusHelperTest, Users)
{
    helper.InstallServer(net->hosts.Get(1));
    helper.AddUser("alice@isp.example", "wonderland");
    const auto users = helper.MakeUserTable(net->lns);
    EXPECT_TRUE(IsAccepted(users, "wonderland"));
    EXPECT_FALSE(IsAccepted(users, "looking-glass"));
}

// RFC 2866, section 2: from Start to Stop, by the client that asks about users as well.
TEST_F(L2tpRadiusHelperTest, Accounts)
{
    const auto server = helper.InstallServer(net->hosts.Get(1));
    helper.SetAccountantAttribute("Tunnels", BooleanValue(false));
    const auto accountant = helper.InstallAccountant(net->lns);
    Install();
    accountant->WatchLns(Lns());
    RunUntil(Seconds(2));
    ASSERT_TRUE(Client()->IsUp());
    Client()->HangUp();
    RunUntil(Seconds(4));
    std::vector<uint32_t> stati;
    for (const auto& record : server->GetRecords())
    {
        stati.push_back(record.attributes.Get(RadiusKeys::ACCT_STATUS_TYPE).value_or(0));
    }
    EXPECT_EQ(stati, (std::vector<uint32_t>{7, 1, 1, 1, 2})); // On; Start of each host, Stop of one
}

// RFC 2865, section 2.4: another server is asked when there is no answer. One client serves all
// who ask on a node, and knows servers that were installed after it.
TEST_F(L2tpRadiusHelperTest, ServersInARow)
{
    helper.SetSecret("s");
    const auto first = helper.InstallServer(net->hosts.Get(1));
    helper.AddTunnel("isp.example", net->lnsAddress, tunnel);
    const auto selector = helper.MakeSelector(net->hosts.Get(0));
    helper.SetServerAttribute("AccessPort", UintegerValue(1645));
    const auto second = helper.InstallServer(net->hosts.Get(2));
    EXPECT_EQ(helper.InstallClient(net->hosts.Get(0)), helper.InstallClient(net->hosts.Get(0)));
    EXPECT_EQ(helper.AssignStreams(50), 3);
    EXPECT_EQ(Select(selector).kind, L2tpTunnelChoice::Kind::TUNNEL);
    EXPECT_EQ(first->GetReplies(RadiusCode::ACCESS_ACCEPT), 1U);
    net->access[1]->cut = true;
    EXPECT_EQ(Select(selector).kind, L2tpTunnelChoice::Kind::TUNNEL);
    EXPECT_EQ(second->GetReplies(RadiusCode::ACCESS_ACCEPT), 1U);
}

TEST_F(L2tpRadiusHelperTest, BadConfigurationStopsAtOnce)
{
    EXPECT_DEATH(helper.InstallServer(CreateObject<Node>()), "has no IPv4 address: assign one");
    EXPECT_DEATH(helper.InstallClient(CreateObject<Node>()), "has no IPv4 address: assign one");
    EXPECT_DEATH(helper.AddTunnel("isp.example", Mac48Address("00:00:00:00:00:01"), tunnel),
                 "is no address of an LNS");
    tunnel.assignmentId = std::string(300, 'x');
    EXPECT_DEATH(helper.AddTunnel("isp.example", net->lnsAddress, tunnel), "too long");
    tunnel.assignmentId.clear();
    for (uint32_t i = 0; i < 31; ++i)
    {
        helper.AddTunnel("isp.example", net->lnsAddress, tunnel);
    }
    EXPECT_DEATH(helper.AddTunnel("isp.example", net->lnsAddress, tunnel), "no more tags");
    helper.InstallServer(net->hosts.Get(1));
    EXPECT_DEATH(helper.SetSecret("late"), "set it before any is installed");
}
