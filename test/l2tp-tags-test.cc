/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Tags of packets and of bytes go through tunnels of all models, as they go through routers: ns-3's
// statistics and many applications follow packets by them.

#include "l2tp-test-network.h"
#include "simple-interfaces.h"

#include "ns3/boolean.h"
#include "ns3/flow-id-tag.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2tp-compulsory-helper.h"
#include "ns3/l2tp-multihop-helper.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <cstdint>
#include <optional>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint16_t TAG_PORT = 4000; //!< of both ends

/// What is seen of the tags of a packet.
struct Seen
{
    std::optional<uint32_t> packetTag; //!< of the packet
    std::optional<uint32_t> byteTag;   //!< of its bytes
    bool onAllBytes{false};            //!< whether that is on each of them

    bool operator==(const Seen& other) const
    {
        return packetTag == other.packetTag && byteTag == other.byteTag &&
               onAllBytes == other.onAllBytes;
    }
};

/// For messages of failed tests. @param out where @param seen what
void
PrintTo(const Seen& seen, std::ostream* out)
{
    *out << "packet " << seen.packetTag.value_or(0) << " bytes " << seen.byteTag.value_or(0)
         << (seen.onAllBytes ? "" : " not all");
}

/// A socket that sends packets with tags, and looks for tags in those that come.
class TaggingSocket
{
  public:
    /// Open it. @param node where
    explicit TaggingSocket(Ptr<Node> node)
        : m_socket(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId()))
    {
        m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), TAG_PORT));
        m_socket->SetRecvCallback(ForEachPacket([this](Ptr<Packet> packet, const Address& address) {
            from = address;
            seen.push_back(Look(packet));
        }));
    }

    ~TaggingSocket()
    {
        m_socket->SetRecvCallback(Callback<void, Ptr<Socket>>());
    }

    /// Send a packet with both tags. @param to whom @param number of the tags @param size octets
    void Send(const Address& to, uint32_t number, uint32_t size)
    {
        auto packet = Create<Packet>(size);
        packet->AddPacketTag(FlowIdTag(number));
        packet->AddByteTag(FlowIdTag(number + 1000));
        EXPECT_EQ(m_socket->SendTo(packet, 0, to), static_cast<int>(size));
    }

    std::vector<Seen> seen; //!< of the packets that came
    Address from;           //!< where the last one came from

  private:
    /// Look for tags. @param packet where
    static Seen Look(Ptr<const Packet> packet)
    {
        Seen seen;
        FlowIdTag tag;
        if (packet->PeekPacketTag(tag))
        {
            seen.packetTag = tag.GetFlowId();
        }
        uint32_t tagged = 0;
        for (auto tags = packet->GetByteTagIterator(); tags.HasNext();)
        {
            const auto item = tags.Next();
            if (item.GetTypeId() == FlowIdTag::GetTypeId())
            {
                item.GetTag(tag);
                seen.byteTag = tag.GetFlowId();
                tagged += item.GetEnd() - item.GetStart();
            }
        }
        seen.onAllBytes = tagged == packet->GetSize();
        return seen;
    }

    Ptr<Socket> m_socket; //!< it
};

class L2tpTagsTest : public L2tpNetworkTest
{
  protected:
    /// Send packets from a node to the server and back, and expect their tags at the other end.
    /// @param node which @param size octets of the payload
    void ExpectTags(Ptr<Node> node, uint32_t size = 100)
    {
        TaggingSocket host(node);
        TaggingSocket server(net->server);
        host.Send(InetSocketAddress(net->serverAddress, TAG_PORT), 1, size);
        host.Send(InetSocketAddress(net->serverAddress, TAG_PORT), 2, size);
        RunUntil(Simulator::Now() + Seconds(2));
        EXPECT_EQ(server.seen, (std::vector<Seen>{{1, 1001, true}, {2, 1002, true}}));
        ASSERT_FALSE(server.seen.empty());
        server.Send(server.from, 3, size);
        RunUntil(Simulator::Now() + Seconds(2));
        EXPECT_EQ(host.seen, (std::vector<Seen>{{3, 1003, true}}));
    }

    /// Expect tags from hosts that dial an access server on host 0. @param helper installs them
    /// @param pppoe whether by PPPoE
    void ExpectTagsOfSubscriber(L2tpCompulsoryHelper& helper, bool pppoe)
    {
        Build(1);
        auto subscriber = CreateObject<Node>();
        InternetStackHelper().Install(subscriber);
        helper.SetAddressPool("10.8.0.0", "255.255.0.0");
        helper.SetCredentials("alice@isp.example", "wonderland");
        helper.AddDomain("isp.example", net->lns);
        L2tpAccessContainer calls;
        if (pppoe)
        {
            auto channel = CreateObject<SimpleChannel>();
            NetDeviceContainer devices;
            for (const auto& node : {subscriber, net->hosts.Get(0)})
            {
                devices.Add(AddSimpleDevice(node, channel));
                devices.Get(devices.GetN() - 1)
                    ->SetAttribute("PointToPointMode", BooleanValue(false));
            }
            calls = helper.InstallPppoe(NetDeviceContainer(devices.Get(0)), devices.Get(1));
        }
        else
        {
            calls = helper.InstallDialUp(NodeContainer(subscriber), net->hosts.Get(0));
        }
        calls.Start(Seconds(1));
        RunUntil(Seconds(10));
        ASSERT_TRUE(calls.GetHost(0)->IsUp());
        ExpectTags(subscriber);
    }
};

} // namespace

TEST_F(L2tpTagsTest, ThroughAVoluntaryTunnelOverEitherIp)
{
    for (const int version : {4, 6})
    {
        SCOPED_TRACE(version);
        Clear();
        Build(1, version);
        Install();
        RunUntil(Seconds(1));
        ExpectTags(net->hosts.Get(0));
    }
}

// A packet tag is on each fragment of its packet, a byte tag on its own bytes; what is put together
// again has the first fragment's packet tags.
TEST_F(L2tpTagsTest, ThroughFragmentsOfTheOuterPackets)
{
    for (const int version : {4, 6})
    {
        SCOPED_TRACE(version);
        Clear();
        Build(1, version);
        vpn->SetClientAttribute("Mru", UintegerValue(1500));
        vpn->SetSessionAttribute("Mru", UintegerValue(1500));
        Install();
        RunUntil(Seconds(1));
        ExpectTags(net->hosts.Get(0), 1472);
        EXPECT_EQ(net->internet->fragments, 6U);
    }
}

// Those that come before their turn wait (RFC 2661, section 5.4); the first has the longer way.
TEST_F(L2tpTagsTest, ThroughABufferForReordering)
{
    Build();
    vpn->SetLacAttribute("RequireSequencing", BooleanValue(true));
    vpn->SetLnsAttribute("ReorderTimeout", TimeValue(MilliSeconds(100)));
    Install();
    RunUntil(Seconds(1));
    TaggingSocket host(net->hosts.Get(0));
    TaggingSocket server(net->server);
    const InetSocketAddress to(net->serverAddress, TAG_PORT);
    for (uint32_t i = 1; i <= 3; ++i)
    {
        net->internet->SetAttribute("Delay", TimeValue(MilliSeconds(40 - 10 * i)));
        host.Send(to, i, 100);
        RunUntil(Simulator::Now() + MilliSeconds(2));
    }
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(server.seen, (std::vector<Seen>{{1, 1001, true}, {2, 1002, true}, {3, 1003, true}}));
    EXPECT_EQ(Lns()->GetDataStatistics()->rxReordered, 2U);
}

TEST_F(L2tpTagsTest, ThroughATunnelSwitch)
{
    Build(2);
    L2tpMultihopHelper hops;
    const auto row = hops.Install(NodeContainer(net->hosts.Get(1)), net->lns);
    vpn->SetLnsAddress(row.GetAddress(0));
    tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
    RunUntil(Seconds(2));
    ASSERT_TRUE(Client()->IsUp());
    ExpectTags(net->hosts.Get(0));
}

// The octets on an asynchronous line are others than those of the packet (RFC 1662, section 4.2).
TEST_F(L2tpTagsTest, ThroughASerialLine)
{
    for (const bool synchronous : {false, true})
    {
        SCOPED_TRACE(synchronous);
        Clear();
        L2tpCompulsoryHelper helper;
        helper.SetLineAttribute("Synchronous", BooleanValue(synchronous));
        ExpectTagsOfSubscriber(helper, false);
    }
}

TEST_F(L2tpTagsTest, ThroughPppoe)
{
    L2tpCompulsoryHelper helper;
    ExpectTagsOfSubscriber(helper, true);
}
