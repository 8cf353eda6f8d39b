/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-test-network.h"

#include "simple-interfaces.h"

#include "ns3/boolean.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/ipv6-static-routing-helper.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/udp-socket-factory.h"

#include <sstream>

namespace ns3
{

L2tpTestNetwork::L2tpTestNetwork(uint32_t nHosts, bool ipv6)
    : router(CreateObject<Node>()),
      lns(CreateObject<Node>()),
      server(CreateObject<Node>())
{
    hosts.Create(nHosts);
    const NodeContainer all(hosts, NodeContainer(router, lns, server));
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(ipv6);
    stack.Install(all);
    for (auto it = all.Begin(); ipv6 && it != all.End(); ++it)
    {
        // Neither Duplicate Address Detection nor Router Solicitations.
        (*it)->GetObject<Icmpv6L4Protocol>()->SetAttribute("DAD", BooleanValue(false));
        (*it)->GetObject<Ipv6>()->SetAttribute("IpForward", BooleanValue(true));
    }
    internet = Join(router, lns, "10.2.0.0", MilliSeconds(5));
    Join(lns, server, "10.3.0.0", MilliSeconds(1));
    RoutingOf(router)->AddNetworkRouteTo("10.0.0.0", "255.0.0.0", lnsAddress, 1);
    RoutingOf(lns)->SetDefaultRoute("10.2.0.1", 1);
    RoutingOf(server)->SetDefaultRoute("10.3.0.1", 1);
    for (uint32_t i = 0; i < nHosts; ++i)
    {
        const std::string network = "10.1." + std::to_string(i) + ".";
        access.push_back(Join(router, hosts.Get(i), (network + "0").c_str(), MilliSeconds(1)));
        RoutingOf(hosts.Get(i))->SetDefaultRoute((network + "1").c_str(), 1);
        if (ipv6)
        {
            const Ipv6Address gateway = Ipv6Of(Ipv4Address((network + "1").c_str()));
            Routing6Of(hosts.Get(i))->SetDefaultRoute(gateway, 1);
        }
    }
    if (ipv6)
    {
        Routing6Of(lns)->SetDefaultRoute(Ipv6Of("10.2.0.1"), 1);
        Routing6Of(router)->SetDefaultRoute(Ipv6Of(lnsAddress), 1);
        Routing6Of(server)->SetDefaultRoute(Ipv6Of("10.3.0.1"), 1);
    }
    m_echo = Socket::CreateSocket(server, UdpSocketFactory::GetTypeId());
    m_echo->Bind(InetSocketAddress(Ipv4Address::GetAny(), L2TP_TEST_ECHO_PORT));
    m_echo->SetRecvCallback(ForEachPacket([this](Ptr<Packet> packet, const Address& from) {
        ++served[InetSocketAddress::ConvertFrom(from).GetIpv4()];
        m_echo->SendTo(packet, 0, from);
    }));
}

L2tpTestNetwork::~L2tpTestNetwork()
{
    m_echo->SetRecvCallback(Callback<void, Ptr<Socket>>());
}

Ptr<L2tpTestChannel>
L2tpTestNetwork::Join(Ptr<Node> left, Ptr<Node> right, const char* network, Time delay)
{
    auto channel = CreateObject<L2tpTestChannel>();
    channel->SetAttribute("Delay", TimeValue(delay));
    uint32_t address = Ipv4Address(network).Get();
    for (const auto& node : {left, right})
    {
        const auto device = AddSimpleDevice(node, channel);
        AddSimpleAddress(device, Ipv4Address(++address));
        if (Ptr<Ipv6> ipv6 = node->GetObject<Ipv6>())
        {
            const uint32_t interface6 = ipv6->AddInterface(device);
            ipv6->SetUp(interface6);
            ipv6->AddAddress(interface6, {Ipv6Of(Ipv4Address(address)), Ipv6Prefix(64)});
        }
    }
    return channel;
}

Ipv4Address
L2tpTestNetwork::GetHostAddress(uint32_t i) const
{
    return hosts.Get(i)->GetObject<Ipv4>()->GetAddress(1, 0).GetLocal();
}

Ipv6Address
L2tpTestNetwork::Ipv6Of(Ipv4Address address)
{
    std::ostringstream words;
    const uint32_t number = address.Get();
    words << "fd00:" << (number >> 16 & 0xff) << ":" << (number >> 8 & 0xff)
          << "::" << (number & 0xff);
    return Ipv6Address(words.str().c_str());
}

Ptr<Ipv6StaticRouting>
L2tpTestNetwork::Routing6Of(Ptr<Node> node)
{
    return Ipv6StaticRoutingHelper().GetStaticRouting(node->GetObject<Ipv6>());
}

Ptr<Ipv4StaticRouting>
L2tpTestNetwork::RoutingOf(Ptr<Node> node)
{
    return Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
        node->GetObject<Ipv4>()->GetRoutingProtocol());
}

std::string
L2tpTestNetwork::RoutesOf(Ptr<Node> node)
{
    std::ostringstream words;
    const auto routing = RoutingOf(node);
    for (uint32_t i = 0; i < routing->GetNRoutes(); ++i)
    {
        words << routing->GetRoute(i) << "\n";
    }
    return words.str();
}

void
L2tpNetworkTest::SetUp()
{
    m_seed = RngSeedManager::GetSeed();
    m_run = RngSeedManager::GetRun();
}

void
L2tpNetworkTest::TearDown()
{
    Clear();
    RngSeedManager::SetSeed(m_seed);
    RngSeedManager::SetRun(m_run);
}

void
L2tpNetworkTest::Build(uint32_t nHosts, int version)
{
    net = std::make_unique<L2tpTestNetwork>(nHosts, version == 6);
    vpn = std::make_unique<L2tpVoluntaryHelper>();
    vpn->SetAddressPool("10.8.0.0", "255.255.255.0");
    vpn->SetCredentials("alice", "wonderland");
    if (version == 6)
    {
        vpn->UseIpv6();
    }
    else
    {
        vpn->SetLnsAddress(net->lnsAddress);
    }
}

void
L2tpNetworkTest::Clear()
{
    tunnels = L2tpVpnContainer();
    vpn.reset();
    net.reset();
    Simulator::Destroy();
}

void
L2tpNetworkTest::Install()
{
    tunnels = vpn->Install(net->hosts, net->lns);
    L2tpVoluntaryHelper::AssignStreams(tunnels, 1000);
}

void
L2tpNetworkTest::RunOut()
{
    Simulator::Schedule(Seconds(3600), [] {
        EXPECT_TRUE(Simulator::IsFinished()) << "events are left";
        Simulator::Stop();
    });
    Simulator::Run();
}

void
L2tpNetworkTest::ExpectNothingLeft() const
{
    for (uint32_t i = 0; i < tunnels.GetN(); ++i)
    {
        EXPECT_EQ(Lac(i)->GetNTunnels(), 0U) << "client " << i;
        EXPECT_EQ(Lac(i)->GetNTunnelsHeld(), 0U) << "client " << i;
        EXPECT_EQ(Lac(i)->GetNCalls(), 0U) << "client " << i;
        EXPECT_FALSE(Client(i)->IsUp()) << "client " << i;
        EXPECT_FALSE(Client(i)->GetCall()) << "client " << i;
    }
    EXPECT_EQ(Lns()->GetNTunnels(), 0U);
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U);
    EXPECT_EQ(Lns()->GetNCalls(), 0U);
}

void
L2tpNetworkTest::ExpectTraffic(uint32_t i)
{
    const Ipv4Address address = Client(i)->GetAddress();
    ASSERT_NE(address, Ipv4Address::GetAny()) << Client(i)->GetLastReason();
    L2tpTestProbe probe(Client(i)->GetNode(), net->serverAddress);
    const uint32_t before = net->served[address];
    probe.Send();
    probe.Ping();
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(net->served[address], before + 1) << "client " << i;
    EXPECT_EQ(probe.echoed, 1U) << "client " << i;
    EXPECT_EQ(probe.pinged, 1U) << "client " << i;
}

Ptr<L2tpLac>
L2tpNetworkTest::Lac(uint32_t i) const
{
    return tunnels.GetLac(i);
}

Ptr<L2tpVoluntaryClient>
L2tpNetworkTest::Client(uint32_t i) const
{
    return tunnels.GetClient(i);
}

Ptr<L2tpLns>
L2tpNetworkTest::Lns() const
{
    return tunnels.GetLns();
}

} // namespace ns3
