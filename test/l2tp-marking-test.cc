/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// DSCP and ECN of tunnels from end to end, by the attribute Marking of both ends (RFC 2983, section
// 4; RFC 3308, sections 3 and 4; RFC 6040, section 4.1).

#include "l2tp-test-network.h"

#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2tp-compulsory-helper.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

using Octets = std::vector<uint8_t>;

constexpr uint8_t CS6 = 48 << 2;  //!< the traffic class of control messages
constexpr uint8_t AF11 = 10 << 2; //!< that of PPP's own frames
constexpr uint8_t EF = 46 << 2;   //!< that of voice
constexpr uint8_t ECT_0 = 2;      //!< of an ECN-capable transport

/// A marking that has a DSCP for everything.
const StringValue MARKING("ns3::L2tpCopyMarking[ControlDscp=48|SessionDscp=10]");

/// What a run puts on the wire.
struct Seen
{
    std::set<uint8_t> control;   //!< traffic classes of control messages
    std::vector<uint8_t> inside; //!< of data messages with IP in them, in their order
    std::set<uint8_t> others;    //!< of other data messages
    std::vector<Octets> packets; //!< all IP packets, with the traffic class set to 0
};

class L2tpMarkingTest : public L2tpNetworkTest
{
  protected:
    /// Watch the link before the LNS. @param version the outer IP
    void Watch(int version)
    {
        seen = {};
        net->internet->watchPacket = [this, version](Ptr<const Packet> packet) {
            Note(packet->Copy(), version);
        };
    }

    /// Send a datagram to the server, and wait. @param from whose node @param trafficClass its own
    void SendMarked(Ptr<Node> from, uint8_t trafficClass)
    {
        auto socket = Socket::CreateSocket(from, UdpSocketFactory::GetTypeId());
        auto packet = Create<Packet>(100);
        SocketIpTosTag tag; // what sockets have IP do it by, in any version of ns-3
        tag.SetTos(trafficClass);
        packet->AddPacketTag(tag);
        socket->SendTo(packet, 0, InetSocketAddress(net->serverAddress, L2TP_TEST_ECHO_PORT));
        RunUntil(Simulator::Now() + MilliSeconds(100));
    }

    /// A tunnel comes up, two datagrams go through it. @param version the outer IP @param marking
    /// of both ends, or null for what they have without it
    Seen RunOnce(int version, const StringValue* marking)
    {
        Clear();
        Build(1, version);
        if (marking)
        {
            vpn->SetEndpointAttribute("Marking", *marking);
        }
        Watch(version);
        Install();
        RunUntil(Seconds(1));
        EXPECT_TRUE(Client()->IsUp());
        SendMarked(net->hosts.Get(0), EF);
        SendMarked(net->hosts.Get(0), ECT_0);
        return seen;
    }

    Seen seen; //!< on the link before the LNS

  private:
    /// Note an IP packet, all of which carry L2TP. @param packet it @param version of its header
    void Note(Ptr<Packet> packet, int version)
    {
        Octets octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        const std::size_t l2tp = (version == 4 ? 20 : 40) + 8;
        ASSERT_GT(octets.size(), l2tp);
        ASSERT_EQ(octets[0] >> 4, version);
        uint8_t outer = octets[1];
        if (version == 6)
        {
            outer = static_cast<uint8_t>(octets[0] << 4 | octets[1] >> 4);
            octets[0] &= 0xf0;
            octets[1] &= 0x0f;
        }
        else
        {
            octets[1] = 0;
        }
        // The header has 6 octets, and PPP 4.
        if (octets[l2tp] & 0x80)
        {
            seen.control.insert(outer);
            EXPECT_EQ(octets[l2tp], 0xc8) << "T, L and S, whatever class it is of";
        }
        else if (octets[l2tp + 8] == 0x00 && octets[l2tp + 9] == 0x21)
        {
            seen.inside.push_back(outer);
        }
        else
        {
            seen.others.insert(outer);
        }
        seen.packets.push_back(octets);
    }
};

using L2tpMarkingDeathTest = L2tpMarkingTest;

} // namespace

// RFC 2661: 3.1-07
TEST_F(L2tpMarkingTest, EachMessageHasItsClass)
{
    for (const int version : {4, 6})
    {
        SCOPED_TRACE(version);
        const Seen marked = RunOnce(version, &MARKING);
        EXPECT_EQ(marked.control, std::set<uint8_t>{CS6}) << "RFC 3308, section 3";
        EXPECT_EQ(marked.others, std::set<uint8_t>{AF11}) << "RFC 3308, section 4";
        // The server's echoes have no mark.
        EXPECT_EQ(marked.inside, (std::vector<uint8_t>{EF, 0, ECT_0, 0}));
    }
}

// What there was before there were marks: zeros, and the same octets.
TEST_F(L2tpMarkingTest, ByDefaultThereIsNone)
{
    const StringValue none("ns3::L2tpNoMarking");
    for (const int version : {4, 6})
    {
        SCOPED_TRACE(version);
        const Seen plain = RunOnce(version, nullptr);
        EXPECT_EQ(plain.control, std::set<uint8_t>{0});
        EXPECT_EQ(plain.others, std::set<uint8_t>{0});
        EXPECT_EQ(plain.inside, std::vector<uint8_t>(4, 0));
        EXPECT_EQ(RunOnce(version, &none).packets, plain.packets);
        EXPECT_EQ(RunOnce(version, &MARKING).packets, plain.packets)
            << "marks change no other octet";
    }
}

// The LAC marks what the subscriber, who knows nothing of L2TP, has marked; each end for itself.
TEST_F(L2tpMarkingTest, CompulsoryTunnelsAreMarkedByTheLac)
{
    Build(1);
    auto subscriber = CreateObject<Node>();
    InternetStackHelper().Install(subscriber);
    L2tpCompulsoryHelper helper;
    helper.SetAddressPool("10.8.0.0", "255.255.0.0");
    helper.SetCredentials("alice@isp.example", "wonderland");
    helper.AddDomain("isp.example", net->lns);
    helper.SetLacAttribute("Marking", StringValue("ns3::L2tpCopyMarking[ControlDscp=48]"));
    const auto calls = helper.InstallDialUp(NodeContainer(subscriber), net->hosts.Get(0));
    Watch(4);
    calls.Start(Seconds(1));
    RunUntil(Seconds(10));
    ASSERT_TRUE(calls.GetHost(0)->IsUp());
    EXPECT_EQ(seen.control, (std::set<uint8_t>{0, CS6})) << "the LNS has no marking";
    seen = {};
    SendMarked(subscriber, EF | ECT_0);
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(seen.inside, (std::vector<uint8_t>{EF | ECT_0, 0}));
}

TEST_F(L2tpMarkingDeathTest, NamesWhatIsNoMarking)
{
    Build();
    vpn->SetLacAttribute("Marking", StringValue("ns3::L2tpKeepEarly"));
    EXPECT_DEATH(
        {
            Install();
            RunUntil(Seconds(1));
        },
        "L2tpEndpoint::Marking is 'ns3::L2tpKeepEarly': name a class that derives from "
        "ns3::L2tpMarking");
}
