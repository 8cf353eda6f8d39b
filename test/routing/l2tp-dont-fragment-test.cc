/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-test-network.h"
#include "simple-interfaces.h"
#include "simulation-test.h"

#include "ns3/boolean.h"
#include "ns3/icmpv4-l4-protocol.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/l2tp-dont-fragment.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/output-stream-wrapper.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/udp-socket-factory.h"

#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint16_t PORT = 9;             //!< of the receiver
constexpr uint32_t HEADERS = 28;         //!< octets of UDP's and IP's headers
constexpr const char* HOST = "10.1.0.1"; //!< the sender

/// A host, a router, and a receiver; the second link has an MTU of 1000 octets.
class L2tpDontFragmentTest : public SimulationTest
{
  protected:
    L2tpDontFragmentTest()
    {
        InternetStackHelper().Install(NodeContainer(host, router, receiver));
        const auto first = CreateObject<SimpleChannel>();
        const auto second = CreateObject<SimpleChannel>();
        AddSimpleAddress(AddSimpleDevice(host, first), HOST);
        AddSimpleAddress(AddSimpleDevice(router, first), "10.1.0.2");
        AddSimpleAddress(AddSimpleDevice(router, second, 1000), "10.2.0.1");
        AddSimpleAddress(AddSimpleDevice(receiver, second, 1000), "10.2.0.2");
        RoutesOf(host)->SetDefaultRoute("10.1.0.2", 1);
        RoutesOf(receiver)->SetDefaultRoute("10.2.0.1", 1);
        arrivals = Socket::CreateSocket(receiver, UdpSocketFactory::GetTypeId());
        arrivals->Bind(InetSocketAddress(Ipv4Address::GetAny(), PORT));
        sender = Socket::CreateSocket(host, UdpSocketFactory::GetTypeId());
        sender->Connect(InetSocketAddress("10.2.0.2", PORT));
        receiver->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
            "Rx",
            Callback<void, Ptr<const Packet>, Ptr<Ipv4>, uint32_t>(
                [this](Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t) {
                    headers.emplace_back();
                    packet->PeekHeader(headers.back());
                }));
    }

    /// A node's static routes. @param node it @return them
    static Ptr<Ipv4StaticRouting> RoutesOf(Ptr<Node> node)
    {
        return Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
            node->GetObject<Ipv4>()->GetRoutingProtocol());
    }

    /// Install it, and watch it. @param node where @return it
    Ptr<L2tpDontFragment> Install(Ptr<Node> node)
    {
        auto made = L2tpDontFragment::Install(node);
        made->TraceConnectWithoutContext(
            "PathMtu",
            Callback<void, Ipv4Address, uint16_t>([this](Ipv4Address destination, uint16_t mtu) {
                EXPECT_EQ(destination, Ipv4Address("10.2.0.2"));
                pathMtus.push_back(mtu);
            }));
        made->TraceConnectWithoutContext(
            "Drop",
            Callback<void, const Ipv4Header&, Ptr<const Packet>, uint16_t>(
                [this](const Ipv4Header& header, Ptr<const Packet> packet, uint16_t mtu) {
                    EXPECT_EQ(header.GetPayloadSize(), packet->GetSize());
                    drops.push_back(mtu);
                }));
        return made;
    }

    /// Send a datagram from the host. @param size of its IP packet, in octets @return whether it
    /// arrived
    bool Send(uint32_t size)
    {
        sender->Send(Create<Packet>(size - HEADERS));
        Simulator::Run();
        const Ptr<Packet> packet = arrivals->Recv();
        EXPECT_TRUE(!packet || packet->GetSize() == size - HEADERS);
        return packet != nullptr;
    }

    /// Have the router forward a packet of the host. @param header its header, but for source,
    /// destination and size @param packet it
    void Forward(Ipv4Header header, Ptr<Packet> packet)
    {
        header.SetSource(HOST);
        header.SetDestination("10.2.0.2");
        header.SetTtl(header.GetTtl() == 0 ? 64 : header.GetTtl());
        header.SetPayloadSize(packet->GetSize());
        Socket::SocketErrno error = Socket::ERROR_NOTERROR;
        const Ptr<Ipv4> ip = host->GetObject<Ipv4>();
        ip->SendWithHeader(packet,
                           header,
                           ip->GetRoutingProtocol()->RouteOutput(packet, header, nullptr, error));
        Simulator::Run();
    }

    /// Give the host an ICMP message from the router. @param code of Destination Unreachable
    /// @param quoted header of the packet that it is about @param mtu that it names
    void Tell(uint8_t code, const Ipv4Header& quoted, uint16_t mtu)
    {
        Icmpv4DestinationUnreachable unreachable;
        unreachable.SetHeader(quoted);
        unreachable.SetNextHopMtu(mtu);
        auto packet = Create<Packet>();
        packet->AddHeader(unreachable);
        Icmpv4Header icmp;
        icmp.SetType(Icmpv4Header::ICMPV4_DEST_UNREACH);
        icmp.SetCode(code);
        packet->AddHeader(icmp);
        Tell(packet);
    }

    /// Give the host an ICMP message from the router. @param packet it
    void Tell(Ptr<Packet> packet)
    {
        router->GetObject<Ipv4>()->Send(packet, "10.1.0.2", HOST, 1, nullptr);
        Simulator::Run();
    }

    Ptr<Node> host{CreateObject<Node>()};     //!< sends
    Ptr<Node> router{CreateObject<Node>()};   //!< is between
    Ptr<Node> receiver{CreateObject<Node>()}; //!< receives
    Ptr<Socket> sender;                       //!< the host's
    Ptr<Socket> arrivals;                     //!< the receiver's
    std::vector<Ipv4Header> headers;          //!< of what reached the receiver
    std::vector<uint16_t> pathMtus;           //!< what the trace source PathMtu told
    std::vector<uint16_t> drops;              //!< MTUs that the trace source Drop told
};

using L2tpDontFragmentDeathTest = L2tpDontFragmentTest;

/// The header of a packet of the host that a router may have found too long. @param size of the
/// packet in octets @return it
Ipv4Header
Quoted(uint16_t size)
{
    Ipv4Header header;
    header.SetSource(HOST);
    header.SetDestination("10.2.0.2");
    header.SetProtocol(17);
    header.SetPayloadSize(size - 20);
    return header;
}

} // namespace

TEST_F(L2tpDontFragmentTest, WithoutItNs3FragmentsAnything)
{
    EXPECT_TRUE(Send(1400));
    EXPECT_EQ(headers.size(), 2);
    EXPECT_FALSE(headers.front().IsDontFragment());
}

TEST_F(L2tpDontFragmentTest, AHostSetsTheBit)
{
    Install(host);
    EXPECT_TRUE(Send(1000));
    ASSERT_EQ(headers.size(), 1);
    EXPECT_TRUE(headers.front().IsDontFragment());
    EXPECT_TRUE(headers.front().IsLastFragment());
    EXPECT_EQ(headers.front().GetTtl(), 63);
    EXPECT_EQ(headers.front().GetTos(), 0);
}

TEST_F(L2tpDontFragmentTest, WhatSocketsSayOfTtlAndTypeOfServiceHolds)
{
    host->GetObject<Ipv4>()->SetAttribute("DefaultTtl", UintegerValue(20));
    Install(host);
    EXPECT_TRUE(Send(100));
    sender->SetIpTtl(7);
    sender->SetIpTos(0xb8);
    EXPECT_TRUE(Send(100));
    ASSERT_EQ(headers.size(), 2);
    EXPECT_EQ(headers[0].GetTtl(), 19);
    EXPECT_EQ(headers[1].GetTtl(), 6);
    EXPECT_EQ(headers[1].GetTos(), 0xb8);
}

TEST_F(L2tpDontFragmentTest, AHostNeedNotSetTheBit)
{
    Install(host)->SetAttribute("SetBit", BooleanValue(false));
    EXPECT_TRUE(Send(1400));
    EXPECT_EQ(headers.size(), 2);
    EXPECT_FALSE(headers.front().IsDontFragment());
}

TEST_F(L2tpDontFragmentTest, WhatIsTooLongForTheFirstLinkIsDropped)
{
    const auto made = Install(host);
    EXPECT_TRUE(Send(1500));
    EXPECT_FALSE(Send(1501));
    EXPECT_EQ(made->GetNDropped(), 1);
    EXPECT_EQ(drops, std::vector<uint16_t>{1500});
    EXPECT_TRUE(pathMtus.empty()); // no router has said so
}

TEST_F(L2tpDontFragmentTest, PacketsToManyDoNotBearTheBit)
{
    Install(host);
    sender->SetAllowBroadcast(true);
    Ipv4Header seen;
    router->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
        "Rx",
        Callback<void, Ptr<const Packet>, Ptr<Ipv4>, uint32_t>(
            [&seen](Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t) { packet->PeekHeader(seen); }));
    sender->SendTo(Create<Packet>(10), 0, InetSocketAddress("255.255.255.255", PORT));
    Simulator::Run();
    EXPECT_EQ(seen.GetDestination(), Ipv4Address::GetBroadcast());
    EXPECT_FALSE(seen.IsDontFragment());
}

TEST_F(L2tpDontFragmentTest, ARouterDropsAndTellsTheMtu)
{
    // RFC 1191, section 4.
    Install(host);
    const auto made = Install(router);
    EXPECT_TRUE(Send(1000));
    EXPECT_FALSE(Send(1001));
    EXPECT_EQ(made->GetNDropped(), 1);
    EXPECT_EQ(drops, std::vector<uint16_t>{1000});
    EXPECT_EQ(pathMtus, std::vector<uint16_t>{1000});
}

TEST_F(L2tpDontFragmentTest, PacketsAreToldApartWhereTheBitIsNotHonoured)
{
    // RFC 791, section 2.3: the identification tells fragments of one packet from others.
    Install(host);
    EXPECT_TRUE(Send(1400));
    EXPECT_TRUE(Send(1400));
    ASSERT_EQ(headers.size(), 4);
    EXPECT_EQ(headers[0].GetIdentification(), headers[1].GetIdentification());
    EXPECT_NE(headers[0].GetIdentification(), headers[2].GetIdentification());
}

TEST_F(L2tpDontFragmentTest, ARouterStillFragmentsWhatDoesNotBearTheBit)
{
    Install(router);
    EXPECT_TRUE(Send(1400));
    EXPECT_EQ(headers.size(), 2);
    EXPECT_TRUE(drops.empty());
}

TEST_F(L2tpDontFragmentTest, ARouterMayKeepSilent)
{
    Install(host);
    Install(router)->SetAttribute("SendIcmp", BooleanValue(false));
    EXPECT_FALSE(Send(1001));
    EXPECT_EQ(drops, std::vector<uint16_t>{1000});
    EXPECT_TRUE(pathMtus.empty());
}

TEST_F(L2tpDontFragmentTest, NoErrorAboutWhatMayNotBeAnswered)
{
    // RFC 1812, section 4.3.2.7.
    Install(host);
    Install(router);
    uint32_t icmp = 0;
    host->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
        "Rx",
        Callback<void, Ptr<const Packet>, Ptr<Ipv4>, uint32_t>(
            [&icmp](Ptr<const Packet>, Ptr<Ipv4>, uint32_t) { ++icmp; }));
    Ipv4Header later;
    later.SetDontFragment();
    later.SetProtocol(17);
    later.SetFragmentOffset(8);
    Forward(later, Create<Packet>(1400));
    Ipv4Header error;
    error.SetDontFragment();
    error.SetProtocol(1);
    for (const uint8_t type : {3, 4, 5, 11, 12})
    {
        std::vector<uint8_t> octets(1400);
        octets[0] = type;
        Forward(error, Create<Packet>(octets.data(), octets.size()));
    }
    EXPECT_EQ(drops.size(), 6);
    EXPECT_EQ(icmp, 0);
    std::vector<uint8_t> echo(1400);
    echo[0] = Icmpv4Header::ICMPV4_ECHO;
    Forward(error, Create<Packet>(echo.data(), echo.size()));
    EXPECT_EQ(drops.size(), 7);
    EXPECT_EQ(icmp, 1);
}

TEST_F(L2tpDontFragmentTest, ATtlThatEndsIsToldAsSuch)
{
    Install(host);
    Install(router);
    uint8_t type = 0;
    host->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
        "LocalDeliver",
        Callback<void, const Ipv4Header&, Ptr<const Packet>, uint32_t>(
            [&type](const Ipv4Header&, Ptr<const Packet> packet, uint32_t) {
                packet->CopyData(&type, 1);
            }));
    Ipv4Header header;
    header.SetDontFragment();
    header.SetProtocol(17);
    header.SetTtl(1);
    Forward(header, Create<Packet>(1400));
    EXPECT_TRUE(drops.empty());
    EXPECT_EQ(type, Icmpv4Header::ICMPV4_TIME_EXCEEDED);
}

TEST_F(L2tpDontFragmentTest, OnlyAPlausibleMtuIsBelieved)
{
    Install(host);
    constexpr uint8_t NEEDED = Icmpv4DestinationUnreachable::ICMPV4_FRAG_NEEDED;
    Tell(NEEDED, Quoted(1400), 1000);
    EXPECT_EQ(pathMtus, std::vector<uint16_t>{1000});
    // RFC 1191, section 4: never less than 68; and less than the packet was.
    Tell(NEEDED, Quoted(1400), L2tpDontFragment::MIN_MTU);
    EXPECT_EQ(pathMtus.size(), 2);
    Tell(NEEDED, Quoted(1400), L2tpDontFragment::MIN_MTU - 1);
    Tell(NEEDED, Quoted(1400), 0);
    Tell(NEEDED, Quoted(1400), 1400);
    Tell(Icmpv4DestinationUnreachable::ICMPV4_PORT_UNREACHABLE, Quoted(1400), 1000);
    Ipv4Header others = Quoted(1400);
    others.SetSource("10.9.0.1");
    Tell(NEEDED, others, 1000);
    EXPECT_EQ(pathMtus.size(), 2);
}

TEST_F(L2tpDontFragmentTest, AnErrorThatIsCutShortIsIgnored)
{
    Install(host);
    // Destination Unreachable, fragmentation needed, MTU 1000; and a header of 20 octets, 8 more.
    std::vector<uint8_t> octets{3,  4, 0,    0, 0,  0,  0x03, 0xe8, 0x45, 0, 0x05, 0x78,
                                0,  0, 0x40, 0, 64, 17, 0,    0,    10,   1, 0,    1,
                                10, 2, 0,    2, 0,  1,  0,    9,    0,    8, 0,    0};
    // ns-3's own ICMP would read beyond the end of these.
    host->GetObject<Ipv4>()->Remove(host->GetObject<Icmpv4L4Protocol>());
    const auto deliver = [&](std::size_t size) { Tell(Create<Packet>(octets.data(), size)); };
    deliver(octets.size());
    EXPECT_EQ(pathMtus.size(), 1);
    for (std::size_t size = 0; size < octets.size(); ++size)
    {
        deliver(size);
    }
    octets[8] = 0x46; // a longer header than there is
    deliver(octets.size());
    octets[8] = 0x44; // a shorter one than there can be
    deliver(octets.size());
    EXPECT_EQ(pathMtus.size(), 1);
}

TEST_F(L2tpDontFragmentTest, TheRoutesThatWereThereAreFoundAndChanged)
{
    Install(router);
    EXPECT_EQ(L2tpDontFragment::Install(router), router->GetObject<Ipv4>()->GetRoutingProtocol());
    ASSERT_NE(RoutesOf(router), nullptr);
    RoutesOf(router)->AddNetworkRouteTo("10.5.0.0", "255.255.0.0", "10.2.0.2", 2);
    std::ostringstream text;
    router->GetObject<Ipv4>()->GetRoutingProtocol()->PrintRoutingTable(
        Create<OutputStreamWrapper>(&text));
    EXPECT_NE(text.str().find("10.5.0.0"), std::string::npos);
    // Interfaces that go down and come up again are the old protocol's matter.
    EXPECT_TRUE(Send(500));
    router->GetObject<Ipv4>()->SetDown(2);
    EXPECT_FALSE(Send(500));
    router->GetObject<Ipv4>()->SetUp(2);
    EXPECT_TRUE(Send(500));
    router->GetObject<Ipv4>()->RemoveAddress(2, 0);
    EXPECT_FALSE(Send(500));
}

TEST_F(L2tpDontFragmentTest, IsolatedNetworksMayComeOverIt)
{
    Install(host);
    Install(router);
    const auto tables = L2tpVrfRouting::Install(router);
    tables->AddTable("a");
    EXPECT_TRUE(Send(1000));
    EXPECT_FALSE(Send(1001));
    EXPECT_EQ(pathMtus, std::vector<uint16_t>{1000});
    // And in them.
    tables->SetTable(1, "a");
    tables->SetTable(2, "a");
    EXPECT_TRUE(Send(1000));
    EXPECT_FALSE(Send(1001));
    EXPECT_EQ(pathMtus, (std::vector<uint16_t>{1000, 1000}));
    EXPECT_EQ(drops.size(), 2);
}

TEST_F(L2tpDontFragmentDeathTest, NotOverIsolatedNetworks)
{
    L2tpVrfRouting::Install(router);
    EXPECT_DEATH(L2tpDontFragment::Install(router), "before domains are added");
}

TEST_F(L2tpDontFragmentDeathTest, NotWithoutIp)
{
    EXPECT_DEATH(L2tpDontFragment::Install(CreateObject<Node>()), "install an internet stack");
}

TEST_F(L2tpDontFragmentDeathTest, AnotherProtocolNeedsAList)
{
    const auto node = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
    stack.Install(node);
    EXPECT_DEATH(
        L2tpDontFragment::Install(node)->AddRoutingProtocol(CreateObject<Ipv4StaticRouting>(), 0),
        "no Ipv4ListRouting that another protocol could be added to: install its internet stack");
}
