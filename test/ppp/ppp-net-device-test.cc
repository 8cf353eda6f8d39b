/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Two nodes with internet stacks, joined by PPP.

#include "ppp-test-link.h"

#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/node.h"
#include "ns3/pcap-file.h"
#include "ns3/pointer.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-net-device.h"
#include "ns3/trace-helper.h"
#include "ns3/udp-socket-factory.h"

#include <cstdio>
#include <map>
#include <memory>

using namespace ns3;

namespace
{

/// A node with a device over one of the two links.
struct Host
{
    Ptr<Node> node{CreateObject<Node>()};                     //!< the node
    Ptr<PppNetDevice> device{CreateObject<PppNetDevice>()};   //!< its PPP device
    Ptr<PppIpv4Config> config{CreateObject<PppIpv4Config>()}; //!< configures its IPv4
    Ptr<Socket> socket;                                       //!< UDP, port 7
    std::vector<uint32_t> received;                           //!< sizes of datagrams

    void Build(Ptr<PppLink> link)
    {
        InternetStackHelper().Install(node);
        device->SetLink(link);
        node->AddDevice(device);
        config->Install(device);
        socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), 7));
        socket->SetRecvCallback(Callback<void, Ptr<Socket>>([this](Ptr<Socket> from) {
            while (auto packet = from->Recv())
            {
                received.push_back(packet->GetSize());
            }
        }));
    }

    int SendTo(const char* address, uint32_t size)
    {
        return socket->SendTo(Create<Packet>(size), 0, InetSocketAddress(address, 7));
    }

    Ptr<Ipv4> Ip() const
    {
        return node->GetObject<Ipv4>();
    }
};

class PppNetDeviceTest : public PppLinkTest
{
  protected:
    void SetUp() override
    {
        PppLinkTest::SetUp();
        left = std::make_unique<Host>();
        right = std::make_unique<Host>();
        left->Build(client->link);
        right->Build(server->link);
        client->circuit->context = left->node->GetId();
        server->circuit->context = right->node->GetId();
    }

    void TearDown() override
    {
        left.reset();
        right.reset();
        PppLinkTest::TearDown();
    }

    std::unique_ptr<Host> left;  //!< the client's
    std::unique_ptr<Host> right; //!< the server's
};

} // namespace

TEST(PppNetDeviceDeathTest, NeedsALink)
{
    const auto device = CreateObject<PppNetDevice>();
    EXPECT_DEATH(device->Send(Create<Packet>(100), device->GetBroadcast(), 0x0800),
                 "PppNetDevice: no link to send over: set attribute Link");
}

// RFC 1332, section 2.1: IP datagrams pass while IPCP is Opened, both ways.
TEST_F(PppNetDeviceTest, DatagramsPass)
{
    EXPECT_FALSE(left->device->IsLinkUp());
    const int32_t interface = left->Ip()->GetInterfaceForDevice(left->device);
    ASSERT_NE(interface, -1);
    EXPECT_FALSE(left->Ip()->IsUp(interface));
    EXPECT_EQ(left->Ip()->GetNAddresses(interface), 0U);
    OpenBoth();
    RunUntil(Seconds(1));
    EXPECT_TRUE(left->device->IsLinkUp());
    EXPECT_EQ(left->SendTo("10.8.0.1", 100), 100);
    EXPECT_EQ(right->SendTo("10.8.0.2", 200), 200);
    RunUntil(Seconds(2));
    EXPECT_EQ(left->received, std::vector<uint32_t>{200});
    EXPECT_EQ(right->received, std::vector<uint32_t>{100});
}

// RFC 1661, section 6.1: IPv4 fragments to what the peer can receive.
TEST_F(PppNetDeviceTest, MtuFollowsThePeersMru)
{
    server->link->GetLcp()->SetAttribute("Mru", UintegerValue(600));
    OpenBoth();
    RunUntil(Seconds(1));
    EXPECT_EQ(left->device->GetMtu(), 600);
    EXPECT_EQ(right->device->GetMtu(), 1500);
    left->SendTo("10.8.0.1", 1400);
    RunUntil(Seconds(2));
    EXPECT_EQ(right->received, std::vector<uint32_t>{1400});
    int frames = 0;
    for (const auto& frame : client->circuit->sent)
    {
        frames += frame.protocol == ppp_protocol::IPV4;
        EXPECT_LE(frame.octets.size(), 600u);
    }
    EXPECT_EQ(frames, 3);
    // The device's own limit is lower still.
    EXPECT_TRUE(right->device->SetMtu(500));
    EXPECT_EQ(right->device->GetMtu(), 500);
    EXPECT_FALSE(right->device->SetMtu(67));
}

// Any number of times: address and route come and go with the network layer.
TEST_F(PppNetDeviceTest, AddressesAndRoutesComeAndGo)
{
    left->config->SetAttribute("DefaultRoute", BooleanValue(true));
    const auto routes = [this] {
        return Ipv4StaticRoutingHelper().GetStaticRouting(left->Ip())->GetNRoutes();
    };
    const auto before = routes();
    int changes = 0;
    left->device->AddLinkChangeCallback(Callback<void>([&changes] { ++changes; }));
    for (int round = 1; round < 4; ++round)
    {
        OpenBoth();
        RunUntil(Simulator::Now() + Seconds(10));
        const auto interface = left->Ip()->GetInterfaceForDevice(left->device);
        ASSERT_EQ(interface, 1);
        EXPECT_TRUE(left->Ip()->IsUp(interface));
        ASSERT_EQ(left->Ip()->GetNAddresses(interface), 1u);
        EXPECT_EQ(left->Ip()->GetAddress(interface, 0).GetLocal(), Ipv4Address("10.8.0.2"));
        EXPECT_EQ(left->Ip()->GetAddress(interface, 0).GetMask(), Ipv4Mask::GetOnes());
        EXPECT_EQ(routes(), before + 2);
        left->SendTo("10.8.0.1", 100);
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(right->received.size(), static_cast<std::size_t>(round));

        client->link->Close();
        RunUntil(Simulator::Now() + Seconds(10));
        EXPECT_FALSE(left->device->IsLinkUp());
        EXPECT_FALSE(left->Ip()->IsUp(interface));
        EXPECT_EQ(left->Ip()->GetNAddresses(interface), 0u);
        EXPECT_EQ(routes(), before);
        EXPECT_EQ(left->SendTo("10.8.0.1", 100), -1);
        EXPECT_EQ(changes, 2 * round);
    }
}

// What a NetDevice says about itself, and its traces.
TEST_F(PppNetDeviceTest, TracesAndProperties)
{
    const auto device = left->device;
    EXPECT_TRUE(device->IsPointToPoint());
    EXPECT_FALSE(device->NeedsArp());
    EXPECT_FALSE(device->SupportsSendFrom());
    EXPECT_FALSE(device->IsBridge());
    EXPECT_FALSE(device->SendFrom(Create<Packet>(), Address(), Address(), 0x0800));
    std::map<std::string, int> counts;
    for (const auto* trace : {"MacTx", "MacTxDrop", "MacRx", "PhyRxDrop", "Sniffer"})
    {
        auto& count = counts[trace];
        device->TraceConnectWithoutContext(
            trace,
            Callback<void, Ptr<const Packet>>([&count](Ptr<const Packet>) { ++count; }));
    }
    EXPECT_FALSE(device->Send(Create<Packet>(10), device->GetBroadcast(), 0x0800)); // not up
    OpenBoth();
    RunUntil(Seconds(1));
    const auto control = counts["Sniffer"];
    EXPECT_EQ(control,
              static_cast<int>(client->circuit->sent.size() + server->circuit->sent.size()));
    EXPECT_FALSE(device->Send(Create<Packet>(10), device->GetBroadcast(), 0x0806)); // ARP
    EXPECT_FALSE(device->Send(Create<Packet>(10), device->GetBroadcast(), 0x86dd)); // IPv6
    left->SendTo("10.8.0.1", 100);
    right->SendTo("10.8.0.2", 100);
    client->circuit->Inject({0xff});
    RunUntil(Seconds(2));
    EXPECT_EQ(counts["MacTx"], 4);
    EXPECT_EQ(counts["MacTxDrop"], 3);
    EXPECT_EQ(counts["MacRx"], 1);
    EXPECT_EQ(counts["PhyRxDrop"], 1);
    EXPECT_EQ(counts["Sniffer"], control + 3);
}

// Everything is reached by Config paths, and by traces with a context.
TEST_F(PppNetDeviceTest, ConfigPaths)
{
    const std::string link = "/NodeList/*/DeviceList/*/$ns3::PppNetDevice/Link/";
    Config::Set(link + "Lcp/Mru", UintegerValue(1300));
    int opened = 0;
    Config::ConnectWithoutContext(
        link + "Ipcp/Transition",
        Callback<void, PppState, PppEvent, PppState>(
            [&opened](PppState, PppEvent, PppState now) { opened += now == PppState::OPENED; }));
    OpenBoth();
    RunUntil(Seconds(1));
    EXPECT_EQ(left->device->GetMtu(), 1300);
    EXPECT_EQ(right->device->GetMtu(), 1300);
    EXPECT_EQ(opened, 2);
}

// RFC 1661, section 2: a capture with DLT_PPP holds every frame from its PPP header on.
TEST_F(PppNetDeviceTest, PcapHasTheFrames)
{
    Demand(PPP_AUTH_CHAP, "alice", "wonderland");
    const std::string name = ::testing::TempDir() + "ppp-net-device-test.pcap";
    PcapHelper pcap;
    auto file = pcap.CreateFile(name, std::ios::out, PcapHelper::DLT_PPP);
    pcap.HookDefaultSink<PppNetDevice>(left->device, "PromiscSniffer", file);
    OpenBoth();
    RunUntil(Seconds(1));
    left->SendTo("10.8.0.1", 100);
    RunUntil(Seconds(2));
    file = nullptr;
    TearDown(); // closes the file

    PcapFile read;
    read.Open(name, std::ios::in);
    ASSERT_FALSE(read.Fail());
    EXPECT_EQ(read.GetDataLinkType(), PcapHelper::DLT_PPP);
    std::map<uint16_t, int> protocols;
    uint8_t data[2000];
    uint32_t seconds;
    uint32_t microseconds;
    uint32_t inclLen;
    uint32_t origLen;
    uint32_t readLen;
    for (;;)
    {
        read.Read(data, sizeof(data), seconds, microseconds, inclLen, origLen, readLen);
        if (read.Eof() || read.Fail())
        {
            break;
        }
        PppFrameHeader header;
        ASSERT_EQ(PppFrameHeader::Parse(data, readLen, header), PppFrameError::NONE);
        EXPECT_TRUE(header.HasAddressControl());
        ++protocols[header.GetProtocol()];
    }
    read.Close();
    EXPECT_EQ(protocols[ppp_protocol::LCP], 4);
    EXPECT_EQ(protocols[ppp_protocol::CHAP], 3);
    EXPECT_EQ(protocols[ppp_protocol::IPCP], 6);
    EXPECT_EQ(protocols[ppp_protocol::IPV4], 1);
    std::remove(name.c_str());
}
