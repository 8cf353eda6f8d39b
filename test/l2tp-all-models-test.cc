/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// All tunnelling models at one LNS at the same time, which can't tell one from the other (RFC 2661,
// section 2.0): voluntary, compulsory, through a tunnel switch, and a remote site that is dialled.

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2-serial-net-device.h"
#include "ns3/l2tp-compulsory-helper.h"
#include "ns3/l2tp-dial-on-demand.h"
#include "ns3/l2tp-line-dialer.h"
#include "ns3/l2tp-multihop-helper.h"
#include "ns3/l2tp-remote-system.h"
#include "ns3/l2tp-tunnel-switch.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"

using namespace ns3;

namespace
{

/**
 * @brief All models at once.
 *
 * Host 0 is the voluntary client, host 1 the access server of two subscribers; host 2 is the tunnel
 * switch, through which host 3 dials; host 4 is the LAC that dials the branch, 10.9.0.2.
 */
class L2tpAllModelsTest : public L2tpNetworkTest
{
  protected:
    /// The address of the branch.
    static constexpr const char* BRANCH = "10.9.0.2";

    void SetUp() override
    {
        L2tpNetworkTest::SetUp();
        Build(5);
        tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
        row = hops.Install(NodeContainer(net->hosts.Get(2)), net->lns);
        vpn->SetLnsAddress(row.GetAddress(0));
        switched = vpn->Install(NodeContainer(net->hosts.Get(3)), net->lns);
        subscribers.Create(2);
        InternetStackHelper().Install(subscribers);
        access.SetCredentials("alice", "wonderland");
        access.AddCalledNumber("2000", net->lnsAddress);
        calls = access.InstallDialUp(subscribers, net->hosts.Get(1));
        InstallBranch();
        L2tpVoluntaryHelper::AssignStreams(tunnels, 1000);
        L2tpVoluntaryHelper::AssignStreams(switched, 100000);
        L2tpMultihopHelper::AssignStreams(row, 200000);
        calls.AssignStreams(300000);
        dialLac->AssignStreams(400000);
        site->AssignStreams(400001);
        branch->AssignStreams(400002);
    }

    void TearDown() override
    {
        sender = nullptr;
        site = nullptr;
        branch = nullptr;
        dialLac = nullptr;
        calls = L2tpAccessContainer();
        access = L2tpCompulsoryHelper();
        switched = L2tpVpnContainer();
        row = L2tpSwitchContainer();
        hops = L2tpMultihopHelper();
        subscribers = NodeContainer();
        branchNode = nullptr;
        L2tpNetworkTest::TearDown();
    }

    /// Put the branch, the LAC that dials it and what has it dialled in their places.
    void InstallBranch()
    {
        dialLac = L2tpLacHelper().Install(net->hosts.Get(4));
        const auto pool = CreateObject<L2SerialNetDevice>();
        net->hosts.Get(4)->AddDevice(pool);
        phones->Attach(pool, "3000");
        const auto dialer = CreateObject<L2tpLineDialer>();
        dialer->AddLine(pool->GetLine());
        dialLac->SetDialer(dialer);
        InternetStackHelper().Install(branchNode);
        const auto port = CreateObject<L2SerialNetDevice>();
        branchNode->AddDevice(port);
        phones->Attach(port, "5551234");
        branch = CreateObject<L2tpRemoteSystem>();
        branch->SetAttribute("Line", PointerValue(port->GetLine()));
        branch->SetAttribute("Username", StringValue("alice"));
        branch->SetAttribute("Password", StringValue("wonderland"));
        branchNode->AddApplication(branch);
        site = CreateObject<L2tpDialOnDemand>();
        site->SetAttribute("Lns", PointerValue(Lns()));
        site->SetAttribute("LacAddress", AddressValue(net->GetHostAddress(4)));
        site->SetAttribute("CalledNumber", StringValue("5551234"));
        site->SetAttribute("RemoteAddress", Ipv4AddressValue(BRANCH));
        site->SetAttribute("IdleTimeout", TimeValue(Seconds(300)));
        net->lns->AddApplication(site);
    }

    /// Have the branch dialled, by traffic for it.
    void SendToBranch()
    {
        sender = Socket::CreateSocket(net->server, UdpSocketFactory::GetTypeId());
        sender->SendTo(Create<Packet>(100), 0, InetSocketAddress(BRANCH, 9));
    }

    /// Expect that a host reaches the server, by UDP and ping, from an address. @param node the
    /// host
    /// @param address its address
    void ExpectReaches(Ptr<Node> node, Ipv4Address address)
    {
        SCOPED_TRACE(address);
        L2tpTestProbe probe(node, net->serverAddress);
        const uint32_t before = net->served[address];
        probe.Send();
        probe.Ping();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(net->served[address], before + 1);
        EXPECT_EQ(probe.echoed, 1U);
        EXPECT_EQ(probe.pinged, 1U);
    }

    /// Which of the hosts are expected to be up.
    struct Up
    {
        bool direct{true};      //!< the voluntary client
        bool subscribers{true}; //!< of the access server
        bool switched{true};    //!< the client behind the switch
        bool branch{true};      //!< the branch
    };

    /// Expect who is up, and that these reach the server; and how many calls the LNS has.
    /// @param up who
    void ExpectUp(const Up& up)
    {
        EXPECT_EQ(Client()->IsUp(), up.direct);
        EXPECT_EQ(switched.GetClient(0)->IsUp(), up.switched);
        EXPECT_EQ(branch->IsUp(), up.branch);
        EXPECT_EQ(site->IsUp(), up.branch);
        const std::size_t expected = up.direct + 2 * up.subscribers + up.switched + up.branch;
        EXPECT_EQ(Lns()->GetNCalls(), expected);
        EXPECT_EQ(Lns()->GetNTunnels(), up.direct + up.subscribers + up.switched + up.branch);
        if (up.direct)
        {
            ExpectReaches(Client()->GetNode(), Client()->GetAddress());
        }
        for (uint32_t i = 0; i < calls.GetN(); ++i)
        {
            EXPECT_EQ(calls.GetHost(i)->IsUp(), up.subscribers);
            if (up.subscribers)
            {
                ExpectReaches(calls.GetHost(i)->GetNode(), calls.GetHostAddress(i));
            }
        }
        if (up.switched)
        {
            ExpectReaches(switched.GetClient(0)->GetNode(), switched.GetClientAddress(0));
        }
        if (up.branch)
        {
            ExpectReaches(branchNode, BRANCH);
        }
    }

    /// Expect that nothing is left, anywhere.
    void ExpectAllIdle() const
    {
        for (const auto& end : std::vector<Ptr<L2tpEndpoint>>{Lns(),
                                                              Lac(),
                                                              switched.GetLac(0),
                                                              calls.GetLac(),
                                                              row.GetLns(0),
                                                              row.GetLac(0),
                                                              dialLac})
        {
            SCOPED_TRACE("node " + std::to_string(end->GetNode()->GetId()));
            EXPECT_EQ(end->GetNCalls(), 0U);
            EXPECT_EQ(end->GetNTunnels(), 0U);
            EXPECT_EQ(end->GetNTunnelsHeld(), 0U);
            const auto& counted = end->GetStatistics();
            EXPECT_EQ(counted.sessionsEstablished, counted.sessionsCleared);
            EXPECT_EQ(counted.tunnelsEstablished, counted.tunnelsCleared);
            EXPECT_EQ(counted.sessionsFailed, 0U);
            EXPECT_EQ(counted.tunnelsFailed, 0U);
        }
        EXPECT_EQ(row.GetSwitch(0)->GetNCalls(), 0U);
        EXPECT_EQ(calls.GetServer()->GetNCalls(), 0U);
        EXPECT_EQ(Lns()->GetStatistics().sessionsEstablished, 5U);
        EXPECT_EQ(Lns()->GetStatistics().tunnelsEstablished, 4U);
        EXPECT_EQ(Lns()->GetStatistics().callsPlaced.established, 1U);
        EXPECT_EQ(row.GetSwitch(0)->GetStatistics().joined, 1U);
        EXPECT_EQ(calls.GetServer()->GetStatistics().joined, 2U);
    }

    L2tpMultihopHelper hops;                                            //!< makes the switch
    L2tpSwitchContainer row;                                            //!< the switch
    L2tpVpnContainer switched;                                          //!< who dials it
    NodeContainer subscribers;                                          //!< of the access server
    L2tpCompulsoryHelper access;                                        //!< makes that
    L2tpAccessContainer calls;                                          //!< their calls
    Ptr<L2TelephoneNetwork> phones{CreateObject<L2TelephoneNetwork>()}; //!< leads to the branch
    Ptr<L2tpLac> dialLac;                                               //!< dials the branch
    Ptr<Node> branchNode{CreateObject<Node>()};                         //!< the branch's
    Ptr<L2tpRemoteSystem> branch;                                       //!< at the branch
    Ptr<L2tpDialOnDemand> site;                                         //!< has it dialled
    Ptr<Socket> sender;                                                 //!< has traffic for it
};

} // namespace

// All at the same time, with traffic through each; each is cleared, in its own way, and the others
// do not notice.
TEST_F(L2tpAllModelsTest, ShareOneLns)
{
    RunUntil(Seconds(5));
    SendToBranch();
    RunUntil(Seconds(30));
    Up up;
    ExpectUp(up);
    // The voluntary client says good-bye.
    Client()->HangUp();
    up.direct = false;
    RunUntil(Simulator::Now() + Seconds(5));
    ExpectUp(up);
    // The subscribers hang up.
    calls.GetHost(0)->HangUp();
    calls.GetHost(1)->HangUp();
    up.subscribers = false;
    RunUntil(Simulator::Now() + Seconds(5));
    ExpectUp(up);
    // The LNS clears the call that came through the switch.
    for (const auto& tunnel : Lns()->GetTunnels())
    {
        if (tunnel->GetPath()->GetPeer().address == L2tpIpAddress(net->GetHostAddress(2)))
        {
            tunnel->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
        }
    }
    up.switched = false;
    RunUntil(Simulator::Now() + Seconds(5));
    ExpectUp(up);
    // The branch is hung up on by the LNS.
    site->HangUp();
    up.branch = false;
    RunUntil(Simulator::Now() + Seconds(5));
    ExpectUp(up);
    RunUntil(Simulator::Now() + Seconds(60)); // until nothing lingers
    ExpectAllIdle();
}

// The LNS stops, and all of them end at once.
TEST_F(L2tpAllModelsTest, EndWithTheirLns)
{
    RunUntil(Seconds(5));
    SendToBranch();
    RunUntil(Seconds(30));
    ExpectUp(Up());
    Lns()->Stop();
    RunUntil(Simulator::Now() + Seconds(5));
    ExpectUp({false, false, false, false});
    RunUntil(Simulator::Now() + Seconds(60));
    ExpectAllIdle();
}
