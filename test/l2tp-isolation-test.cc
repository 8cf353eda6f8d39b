/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Who can reach whom on an LNS that several domains share, and who can get into whose session:
// nobody but those of one domain, and nobody but the tunnel's peer.

#include "l2tp-domain-fixture.h"

#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/ipv4-raw-socket-factory.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/udp-socket-factory.h"

#include <functional>
#include <map>

using namespace ns3;

namespace
{

/// Two domains with the same addresses, and a server each, with the same address, too.
class L2tpIsolationTest : public L2tpDomainTest
{
  protected:
    void SetUp() override
    {
        L2tpDomainTest::SetUp();
        for (const char* domain : {"isp-a.example", "isp-b.example"})
        {
            lns.AddDomain(domain, "10.20.0.0", "255.255.0.0");
            lns.AddUser(std::string("ann@") + domain, "secret");
            lns.AddUser(std::string("bob@") + domain, "secret");
            uplinks.push_back(AddUplink(domain, "172.16.0.0"));
        }
        lns.AddUser("eve", "secret");
    }

    /// Ann of each of the domains dials. @return when they are up
    void DialBoth()
    {
        Dial("ann@isp-a.example");
        Dial("ann@isp-b.example");
        RunUntil(Simulator::Now() + Seconds(3));
        ASSERT_EQ(AddressOf(0), Ipv4Address("10.20.0.2"));
        ASSERT_EQ(AddressOf(1), Ipv4Address("10.20.0.2"));
    }

    /// How many packets a step made pass on the domains' links. @param step it
    std::vector<uint64_t> Passed(const std::function<void()>& step)
    {
        std::vector<uint64_t> passed;
        for (const auto& uplink : uplinks)
        {
            passed.push_back(uplink.channel->packets);
        }
        step();
        for (std::size_t i = 0; i < uplinks.size(); ++i)
        {
            passed[i] = uplinks[i].channel->packets - passed[i];
        }
        return passed;
    }

    /// Expect that nobody answers. @param from which host asks @param to whom
    void ExpectUnreachable(uint32_t from, const char* to)
    {
        L2tpTestProbe probe(net->hosts.Get(from), to);
        probe.Send();
        probe.Ping();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(probe.echoed, 0U);
        EXPECT_EQ(probe.pinged, 0U);
    }

    /// Take the LNS's own default route away.
    void RemoveDefaultRoute()
    {
        const auto routes = L2tpTestNetwork::RoutingOf(net->lns);
        for (uint32_t i = routes->GetNRoutes(); i-- > 0;)
        {
            if (routes->GetRoute(i).IsDefault())
            {
                routes->RemoveRoute(i);
            }
        }
    }

    /// A data message with an IPv4 packet in PPP. @param tunnel Tunnel ID @param session Session ID
    static std::vector<uint8_t> Data(uint16_t tunnel, uint16_t session)
    {
        L2tpHeader header;
        header.SetTunnelId(tunnel);
        header.SetSessionId(session);
        auto packet = Create<Packet>(20);
        Ipv4Header ip;
        ip.SetSource("10.20.0.2");
        ip.SetDestination("172.16.0.2");
        ip.SetTtl(64);
        ip.SetProtocol(17);
        ip.SetPayloadSize(20);
        packet->AddHeader(ip);
        packet->AddHeader(PppFrameHeader(0x0021, true, false));
        packet->AddHeader(header);
        std::vector<uint8_t> octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        return octets;
    }

    /// How many data messages the LNS dropped for a reason. @param reason why
    uint64_t Dropped(L2tpDropReason reason) const
    {
        return Server()->GetDataStatistics()->dropped[static_cast<std::size_t>(reason)];
    }

    std::vector<L2tpTestUplink> uplinks; //!< of the domains
};

using Counts = std::vector<uint64_t>;

} // namespace

TEST_F(L2tpIsolationTest, TheSameAddressesReachEachTheirOwnServer)
{
    DialBoth();
    EXPECT_EQ(Passed([&] { EXPECT_EQ(Ping(0, "172.16.0.2"), 1U); }), (Counts{2, 0}));
    EXPECT_EQ(Passed([&] { EXPECT_EQ(Ping(1, "172.16.0.2"), 1U); }), (Counts{0, 2}));
    // And back.
    for (std::size_t i = 0; i < 2; ++i)
    {
        const uint64_t before = net->access.at(1 - i)->packets;
        EXPECT_EQ(L2tpTestProbe::PingOnce(uplinks[i].server, "10.20.0.2"), 1U);
        EXPECT_EQ(net->access.at(1 - i)->packets, before);
    }
}

// Acceptance: a subscriber of one provider can't reach another's private network, with and without
// global routes, which know nothing of tables.
TEST_F(L2tpIsolationTest, NobodyReachesBeyondTheDomain)
{
    for (const bool global : {false, true})
    {
        SCOPED_TRACE(global);
        if (global)
        {
            TearDown();
            lns = L2tpLnsHelper();
            dialled.clear();
            uplinks.clear();
            SetUp();
        }
        uplinks.push_back(AddUplink("isp-b.example", "172.17.0.0"));
        lns.AddUser("eve@isp-b.example", "secret", Ipv4Address("10.20.0.99"));
        if (global)
        {
            Ipv4GlobalRoutingHelper::PopulateRoutingTables();
            RemoveDefaultRoute(); // static routes come first
        }
        DialBoth();
        Dial("eve");
        RunUntil(Simulator::Now() + Seconds(3));
        ASSERT_EQ(AddressOf(2), Ipv4Address("10.8.0.2"));
        // The other's network, its address in the LNS, the outer network, a subscriber of the
        // default domain, and the LNS on other networks.
        for (const char* to : {"172.17.0.2",
                               "172.17.0.1",
                               "10.3.0.2",
                               "10.3.0.1",
                               "10.2.0.1",
                               "10.8.0.2",
                               "10.8.0.1"})
        {
            SCOPED_TRACE(to);
            EXPECT_EQ(Passed([&] { ExpectUnreachable(0, to); }), (Counts{0, 0, 0}));
        }
        EXPECT_TRUE(net->served.empty());
        // Nor does one of the default domain get into any of the others.
        for (const char* to : {"172.16.0.2", "172.17.0.2", "10.20.0.2", "10.20.0.1"})
        {
            SCOPED_TRACE(to);
            EXPECT_EQ(Passed([&] { ExpectUnreachable(2, to); }), (Counts{0, 0, 0}));
        }
        EXPECT_EQ(Tables()->GetNDropped() > 0, global);
        EXPECT_EQ(Ping(2, "10.3.0.2"), 1U);
        EXPECT_EQ(Ping(1, "172.17.0.2"), 1U);
        EXPECT_EQ(L2tpTestProbe::PingOnce(net->server, "10.20.0.2"), 0U);
    }
}

TEST_F(L2tpIsolationTest, SubscribersOfOneDomainReachEachOther)
{
    Dial("ann@isp-a.example");
    Dial("bob@isp-a.example");
    Dial("ann@isp-b.example");
    RunUntil(Seconds(3));
    ASSERT_EQ(AddressOf(1), Ipv4Address("10.20.0.3"));
    EXPECT_EQ(Ping(0, "10.20.0.3"), 1U);
    EXPECT_EQ(Ping(2, "10.20.0.3"), 0U) << "nobody has that address in this domain";
}

// What the LNS itself answers goes back into the domain that it is asked from.
TEST_F(L2tpIsolationTest, TheAnswersOfTheLnsGoBackToWhoAsked)
{
    DialBoth();
    for (std::size_t i = 0; i < 2; ++i)
    {
        EXPECT_EQ(Ping(i, "10.20.0.1"), 1U);
        EXPECT_EQ(Ping(i, "172.16.0.1"), 1U) << "another interface of the domain";
        EXPECT_EQ(L2tpTestProbe::PingOnce(uplinks[i].server, "172.16.0.1"), 1U);
        EXPECT_EQ(L2tpTestProbe::PingOnce(uplinks[i].server, "10.20.0.1"), 1U);
        // RFC 792: Time Exceeded, and Destination Unreachable for a port.
        std::map<uint8_t, uint32_t> errors;
        auto icmp = Socket::CreateSocket(net->hosts.Get(i), Ipv4RawSocketFactory::GetTypeId());
        icmp->SetAttribute("Protocol", UintegerValue(1));
        icmp->Bind();
        icmp->SetRecvCallback(ForEachPacket([&](Ptr<Packet> packet, const Address&) {
            Ipv4Header ip;
            Icmpv4Header header;
            packet->RemoveHeader(ip);
            packet->RemoveHeader(header);
            ++errors[header.GetType()];
        }));
        auto udp = Socket::CreateSocket(net->hosts.Get(i), UdpSocketFactory::GetTypeId());
        udp->SetIpTtl(1);
        udp->SendTo(Create<Packet>(10), 0, InetSocketAddress("172.16.0.2", 9));
        udp->SetIpTtl(64);
        udp->SendTo(Create<Packet>(10), 0, InetSocketAddress("10.20.0.1", 9));
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(errors[Icmpv4Header::ICMPV4_TIME_EXCEEDED], 1U);
        EXPECT_EQ(errors[Icmpv4Header::ICMPV4_DEST_UNREACH], 1U);
        icmp->SetRecvCallback(Callback<void, Ptr<Socket>>());
    }
}

// ns-3 sends what goes to a broadcast address by every interface that has the network.
TEST_F(L2tpIsolationTest, TheLnsCantBeMadeToAnswerIntoAnotherDomain)
{
    uplinks.push_back(AddUplink("isp-b.example", "172.17.0.0"));
    DialBoth();
    for (const char* source : {"172.17.0.255", "255.255.255.255"})
    {
        const uint64_t other = net->access.at(1)->packets;
        EXPECT_EQ(Passed([&] {
                      Spoof(net->hosts.Get(0), source, "10.20.0.1", {}, 9); // port unreachable
                      RunUntil(Simulator::Now() + Seconds(1));
                  }),
                  (Counts{0, 0, 0}))
            << source;
        EXPECT_EQ(net->access.at(1)->packets, other) << source;
    }
    EXPECT_EQ(Tables()->GetNDropped(), 2U);
}

// RFC 1122, section 3.3.2: Time Exceeded when the rest of a datagram does not come. By then nothing
// is handled any more that the answer could follow.
TEST_F(L2tpIsolationTest, TheLnsDoesntTellAnotherDomainThatFragmentsAreMissing)
{
    DialBoth();
    std::vector<Ipv4Address> told;
    net->lns->GetObject<Ipv4>()->TraceConnectWithoutContext(
        "SendOutgoing",
        Callback<void, const Ipv4Header&, Ptr<const Packet>, uint32_t>(
            [&](const Ipv4Header& header, Ptr<const Packet>, uint32_t) {
                if (header.GetProtocol() == 1)
                {
                    told.push_back(header.GetDestination());
                }
            }));
    Ipv4Header first;
    first.SetDestination("10.20.0.1");
    first.SetProtocol(17);
    first.SetTtl(64);
    first.SetPayloadSize(64);
    first.SetMoreFragments();
    for (const char* source : {"10.20.0.2", "10.3.0.2"}) // the latter is of the outer network
    {
        first.SetSource(source);
        const auto ipv4 = net->hosts.Get(0)->GetObject<Ipv4>();
        const auto packet = Create<Packet>(64);
        Socket::SocketErrno error = Socket::ERROR_NOTERROR;
        const auto route = ipv4->GetRoutingProtocol()->RouteOutput(packet, first, nullptr, error);
        ASSERT_TRUE(route);
        ipv4->SendWithHeader(packet, first, route);
    }
    RunUntil(Simulator::Now() + Minutes(2));
    EXPECT_EQ(told, std::vector<Ipv4Address>());
    EXPECT_EQ(Tables()->GetNDropped(), 2U);
}

TEST_F(L2tpIsolationTest, ADeviceGoesFromOneDomainToAnother)
{
    Dial("ann@isp-a.example");
    RunUntil(Seconds(3));
    EXPECT_EQ(Ping(0, "172.16.0.2"), 1U);
    const uint32_t devices = net->lns->GetNDevices();
    const uint32_t interface = net->lns->GetObject<Ipv4>()->GetNInterfaces() - 1;
    EXPECT_EQ(Tables()->GetTable(interface), "isp-a.example");
    for (const char* user : {"ann@isp-b.example", "eve"})
    {
        dialled.back().GetClient(0)->HangUp();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(lns.GetRoutes("isp-a.example", net->lns)->GetNRoutes(), 1U);
        Dial(user);
        RunUntil(Simulator::Now() + Seconds(3));
        EXPECT_EQ(net->lns->GetNDevices(), devices) << "the device is used again";
    }
    EXPECT_EQ(Tables()->GetTable(interface), "");
    EXPECT_EQ(Ping(2, "10.3.0.2"), 1U);
    EXPECT_EQ(Passed([&] { EXPECT_EQ(Ping(2, "172.16.0.2"), 0U); }), (Counts{0, 0}));
}

// The tunnels' own packets don't go by the table of what is inside them, although a domain may
// have any addresses, even those of the LACs.
TEST_F(L2tpIsolationTest, ADomainMayHaveTheAddressesOfTheOuterNetwork)
{
    auto uplink = AddUplink("isp-a.example", "10.1.0.0"); // where host 0 is, and 10.2.0.2
    AddSimpleAddress(AddSimpleDevice(net->lns, CreateObject<SimpleChannel>()), "10.2.0.2");
    lns.AttachNetwork("isp-a.example", net->lns->GetDevice(net->lns->GetNDevices() - 1));
    DialBoth();
    const uint64_t before = uplink.channel->packets;
    for (uint32_t second = 0; second < 5; ++second) // the route is looked up each second
    {
        EXPECT_EQ(L2tpTestProbe::PingOnce(uplinks[0].server, "10.20.0.2"), 1U);
    }
    EXPECT_EQ(uplink.channel->packets, before);
}

// Acceptance: nobody gets into another's session by guessing IDs, from a wrong address or with a
// wrong tunnel (RFC 2661, section 8.1; section 9.1: "hijacking of a session").
TEST_F(L2tpIsolationTest, GuessedIdsFromAWrongAddressOrWithAWrongTunnelComeOutNowhere)
{
    DialBoth();
    const auto call = CallOf(1);
    ASSERT_TRUE(call);
    const uint16_t tunnel = call->GetTunnel()->GetLocalId();
    const uint16_t id = call->GetLocalId();
    const uint16_t otherTunnel = CallOf(0)->GetTunnel()->GetLocalId();
    const uint16_t otherId = CallOf(0)->GetLocalId();
    const auto lnsAddress = net->lnsAddress;
    const auto send = [&](Ptr<Node> node, uint32_t as, const std::vector<uint8_t>& octets) {
        return Passed([&] {
            Spoof(node, net->GetHostAddress(as), lnsAddress, octets);
            RunUntil(Simulator::Now() + Seconds(1));
        });
    };
    // The right address with the right IDs: it would work.
    EXPECT_EQ(send(net->router, 1, Data(tunnel, id)), (Counts{0, 2})); // and an answer of ICMP
    // The right IDs, from the address of another LAC, and from one of nobody.
    EXPECT_EQ(send(net->router, 0, Data(tunnel, id)), (Counts{0, 0}));
    EXPECT_EQ(send(net->router, 2, Data(tunnel, id)), (Counts{0, 0}));
    EXPECT_EQ(Dropped(L2tpDropReason::WRONG_SOURCE), 2U);
    // A LAC of another tunnel: its own tunnel, and the other's session.
    EXPECT_NE(id, otherId);
    EXPECT_EQ(send(net->router, 0, Data(otherTunnel, id)), (Counts{0, 0}));
    EXPECT_EQ(Dropped(L2tpDropReason::UNKNOWN_SESSION), 1U);
    // All kinds of wrong guesses from the right address.
    for (uint16_t guess = 1; guess < 100; ++guess)
    {
        const auto wrong = static_cast<uint16_t>(id ^ guess);
        EXPECT_EQ(send(net->router, 1, Data(tunnel, wrong)), (Counts{0, 0}));
    }
    EXPECT_EQ(Dropped(L2tpDropReason::UNKNOWN_SESSION), 100U);
}

// A subscriber may send anything, in the name of any LAC, to an address of the LNS that it reaches.
TEST_F(L2tpIsolationTest, ASubscriberCantGetIntoTunnelsFromWithinItsDomain)
{
    DialBoth();
    const auto call = CallOf(1);
    ASSERT_TRUE(call);
    const auto data = Data(call->GetTunnel()->GetLocalId(), call->GetLocalId());
    const auto rx = call->GetSession()->GetStatistics().rxPackets;
    EXPECT_EQ(Passed([&] {
                  Spoof(net->hosts.Get(0), net->GetHostAddress(1), "10.20.0.1", data);
                  Spoof(net->hosts.Get(0), net->GetHostAddress(1), "172.16.0.1", data);
                  RunUntil(Simulator::Now() + Seconds(1));
              }),
              (Counts{0, 0}));
    EXPECT_EQ(Dropped(L2tpDropReason::ISOLATED_SOURCE), 2U);
    EXPECT_EQ(call->GetSession()->GetStatistics().rxPackets, rx);
    // Nor can it open a tunnel of its own, or clear another's.
    L2tpTestPeer peer(net->hosts.Get(0), 4000, {Ipv4Address("10.20.0.1"), L2TP_UDP_PORT});
    peer.Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 77));
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_TRUE(peer.received.empty());
    EXPECT_EQ(Server()->GetNTunnels(), 2U);
    const auto& dropped = Server()->GetStatistics().controlDropped;
    EXPECT_EQ(dropped[static_cast<std::size_t>(L2tpDropReason::ISOLATED_SOURCE)], 1U);
}
