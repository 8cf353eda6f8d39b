/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/global-value.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/l2tp-faulty-wire.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"
#include "ns3/pointer.h"
#include "ns3/simple-net-device-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// Two hosts, A and B, and a box between them; a link in ARP's way if true, else point-to-point.
class L2tpFaultyWireTest : public ::testing::TestWithParam<bool>
{
  protected:
    L2tpFaultyWireTest()
    {
        m_nodes.Create(3);
        SimpleNetDeviceHelper link;
        link.SetNetDevicePointToPointMode(!GetParam());
        link.SetChannelAttribute("Delay", TimeValue(MilliSeconds(1)));
        const auto left = link.Install(NodeContainer(m_nodes.Get(0), m_nodes.Get(1)));
        const auto right = link.Install(NodeContainer(m_nodes.Get(1), m_nodes.Get(2)));
        m_wire->Join(left.Get(1), right.Get(0));
        m_wire->SetFaults(m_there, m_back);
        m_nodes.Get(1)->AggregateObject(m_wire);
        InternetStackHelper internet;
        internet.SetIpv6StackInstall(false);
        internet.Install(NodeContainer(m_nodes.Get(0), m_nodes.Get(2)));
        Ipv4AddressHelper("10.0.0.0", "255.255.255.0")
            .Assign(NetDeviceContainer(left.Get(0), right.Get(1)));
        for (int i = 0; i < 2; ++i)
        {
            m_sockets[i] = Socket::CreateSocket(m_nodes.Get(2 * i), UdpSocketFactory::GetTypeId());
            m_sockets[i]->Bind(InetSocketAddress(Ipv4Address::GetAny(), 9));
            m_sockets[i]->SetRecvCallback(
                Callback<void, Ptr<Socket>>([this, i](Ptr<Socket> socket) {
                    while (Ptr<Packet> packet = socket->Recv())
                    {
                        m_received[i].push_back(packet->GetSize());
                        m_last = Simulator::Now();
                    }
                }));
        }
        // The stacks are not ready before.
        Wait();
    }

    void TearDown() override
    {
        for (auto& socket : m_sockets)
        {
            socket->SetRecvCallback(Callback<void, Ptr<Socket>>());
            socket = nullptr;
        }
        Simulator::Destroy();
    }

    /// Send a datagram. @param from 0: A, 1: B @param size octets, by which it is known again
    void Send(int from, uint32_t size)
    {
        const Ipv4Address to(from == 0 ? "10.0.0.2" : "10.0.0.1");
        EXPECT_EQ(m_sockets[from]->SendTo(Create<Packet>(size), 0, InetSocketAddress(to, 9)),
                  int(size));
    }

    /// Let a while pass.
    static void Wait()
    {
        Simulator::Stop(Seconds(1));
        Simulator::Run();
    }

    using Sizes = std::vector<uint32_t>;

    NodeContainer m_nodes;                                       //!< A, the box, B
    Ptr<L2tpFaultyWire> m_wire{CreateObject<L2tpFaultyWire>()};  //!< in the box
    Ptr<L2tpFaultModel> m_there{CreateObject<L2tpFaultModel>()}; //!< from A to B
    Ptr<L2tpFaultModel> m_back{CreateObject<L2tpFaultModel>()};  //!< from B to A
    Ptr<Socket> m_sockets[2];                                    //!< of A and B
    Sizes m_received[2];                                         //!< by A and by B
    Time m_last;                                                 //!< when the last one came
};

} // namespace

TEST_P(L2tpFaultyWireTest, DeliversDamagedFramesForTheChecksumToNotice)
{
    m_there->SetAttribute("CorruptRate", DoubleValue(1));
    m_there->SetAttribute("CorruptFrom", UintegerValue(28)); // behind the headers of IPv4 and UDP
    Send(0, 100);
    Wait();
    EXPECT_EQ(m_received[1], (Sizes{100})) << "without checksums nobody notices";
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    Send(0, 100);
    Send(0, 1);
    Wait();
    m_there->SetAttribute("DuplicateRate", DoubleValue(1));
    Send(0, 200); // its duplicate is whole
    Wait();
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    EXPECT_EQ(m_received[1], (Sizes{100, 200}));
    EXPECT_EQ(m_there->GetStatistics().damaged, 4U);
}

TEST_P(L2tpFaultyWireTest, IsAWireWithoutFaults)
{
    Send(0, 100);
    Send(1, 200);
    Wait();
    Send(0, 1400);
    Wait();
    EXPECT_EQ(m_received[1], (Sizes{100, 1400}));
    EXPECT_EQ(m_received[0], (Sizes{200}));
    EXPECT_EQ(m_last, Seconds(2) + MilliSeconds(2)) << "the box takes no time";
}

TEST_P(L2tpFaultyWireTest, HasFaultsOfItsOwnEachWay)
{
    Send(0, 1);
    Send(1, 2);
    Wait();
    m_there->SetAttribute("Cut", BooleanValue(true));
    Send(0, 100);
    Send(1, 200);
    Wait();
    EXPECT_EQ(m_received[1], (Sizes{1}));
    EXPECT_EQ(m_received[0], (Sizes{2, 200}));
    EXPECT_EQ(m_there->GetStatistics().lost, 1U);
    EXPECT_EQ(m_back->GetStatistics().lost, 0U);
}

TEST_P(L2tpFaultyWireTest, Duplicates)
{
    Send(0, 1);
    Wait();
    m_there->SetAttribute("DuplicateRate", DoubleValue(1));
    m_there->SetAttribute("DuplicateDelay",
                          StringValue("ns3::ConstantRandomVariable[Constant=0.5]"));
    Send(0, 100);
    Wait();
    EXPECT_EQ(m_received[1], (Sizes{1, 100, 100}));
    EXPECT_EQ(m_last, Seconds(2.5) + MilliSeconds(2));
}

TEST_P(L2tpFaultyWireTest, LetsAFrameOvertakeAnother)
{
    Send(0, 1);
    Wait();
    m_there->SetAttribute("Delay", StringValue("ns3::ConstantRandomVariable[Constant=0.3]"));
    m_there->SetAttribute("DelayRate", DoubleValue(1));
    Send(0, 100);
    Simulator::Schedule(MilliSeconds(100), [this] {
        m_there->SetAttribute("DelayRate", DoubleValue(0));
        Send(0, 200);
    });
    Wait();
    EXPECT_EQ(m_received[1], (Sizes{1, 200, 100}));
    EXPECT_EQ(m_last, Seconds(2.3) + MilliSeconds(2));
}

TEST_P(L2tpFaultyWireTest, IsReachedByConfigPaths)
{
    PointerValue value;
    m_nodes.Get(1)->GetObject<L2tpFaultyWire>()->GetAttribute("LeftToRight", value);
    EXPECT_EQ(value.Get<L2tpFaultModel>(), m_there);
    EXPECT_EQ(m_wire->AssignStreams(10), 6);
}

INSTANTIATE_TEST_SUITE_P(Links, L2tpFaultyWireTest, ::testing::Bool(), [](const auto& link) {
    return link.param ? "Broadcast" : "PointToPoint";
});

// Regression: the node called a wire that was gone.
TEST(L2tpFaultyWireLifetimeTest, TheNodeKeepsItAndADisposedOnePassesNothing)
{
    NodeContainer nodes;
    nodes.Create(3);
    SimpleNetDeviceHelper link;
    const auto left = link.Install(NodeContainer(nodes.Get(0), nodes.Get(1)));
    const auto right = link.Install(NodeContainer(nodes.Get(1), nodes.Get(2)));
    int heard = 0;
    nodes.Get(2)->RegisterProtocolHandler(
        Node::ProtocolHandler([&heard](Ptr<NetDevice>,
                                       Ptr<const Packet>,
                                       uint16_t,
                                       const Address&,
                                       const Address&,
                                       NetDevice::PacketType) { ++heard; }),
        0,
        right.Get(1));
    auto wire = CreateObject<L2tpFaultyWire>();
    wire->Join(left.Get(1), right.Get(0));
    L2tpFaultyWire* const kept = PeekPointer(wire);
    wire = nullptr;
    left.Get(0)->Send(Create<Packet>(100), left.Get(0)->GetBroadcast(), 0x800);
    Simulator::Run();
    EXPECT_EQ(heard, 1);
    kept->Dispose();
    left.Get(0)->Send(Create<Packet>(100), left.Get(0)->GetBroadcast(), 0x800);
    Simulator::Run();
    EXPECT_EQ(heard, 1);
    Simulator::Destroy();
}

TEST(L2tpFaultyWireDeathTest, NamesWhatIsWrongWithTheDevices)
{
    NodeContainer nodes;
    nodes.Create(2);
    const auto devices = SimpleNetDeviceHelper().Install(nodes);
    auto wire = CreateObject<L2tpFaultyWire>();
    EXPECT_DEATH(wire->Join(devices.Get(0), devices.Get(1)), "two devices of one node");
    EXPECT_DEATH(wire->Join(devices.Get(0), devices.Get(0)), "two devices of one node");
    EXPECT_DEATH(wire->Join(devices.Get(0), nullptr), "two devices of one node");
    NodeContainer box(nodes.Get(0));
    const auto second = SimpleNetDeviceHelper().Install(box);
    wire->Join(devices.Get(0), second.Get(0));
    EXPECT_DEATH(wire->Join(devices.Get(0), second.Get(0)), "Join.. was called twice: make a wire");
    Simulator::Destroy();
}
