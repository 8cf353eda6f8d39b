/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// IPv6 inside tunnels, beside IPv4 (RFC 5072; RFC 4861, section 6.2, and RFC 4862, section 5.5).

#include "l2tp-test-network.h"
#include "ppp/tshark.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/icmpv6-header.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/ipv6-header.h"
#include "ns3/ipv6-interface.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/ipv6-raw-socket-factory.h"
#include "ns3/ipv6-routing-table-entry.h"
#include "ns3/l2tp-aggregated-interface.h"
#include "ns3/ppp-ipv6-config.h"
#include "ns3/ppp-protocol.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <memory>
#include <set>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint16_t ECHO_PORT = 7; //!< of the server

class L2tpIpv6InsideTest : public L2tpNetworkTest
{
  protected:
    /// Build the network. IPv6 is on all nodes, but hosts have no route to the server by it.
    /// @param nHosts how many hosts
    void BuildBoth(uint32_t nHosts = 1)
    {
        Build(nHosts, 6);
        vpn->SetLnsAddress(net->lnsAddress); // over IPv4
        vpn->EnableIpv6Inside("fd08::");
        for (uint32_t i = 0; i < nHosts; ++i)
        {
            const auto routing = L2tpTestNetwork::Routing6Of(net->hosts.Get(i));
            for (uint32_t route = routing->GetNRoutes(); route-- > 0;)
            {
                if (routing->GetRoute(route).IsDefault())
                {
                    routing->RemoveRoute(route);
                }
            }
        }
        m_server = Socket::CreateSocket(net->server, UdpSocketFactory::GetTypeId());
        m_server->Bind(Inet6SocketAddress(Ipv6Address::GetAny(), ECHO_PORT));
        m_server->SetRecvCallback(Callback<void, Ptr<Socket>>([this](Ptr<Socket> socket) {
            Address from;
            while (Ptr<Packet> packet = socket->RecvFrom(from))
            {
                served.insert(Inet6SocketAddress::ConvertFrom(from).GetIpv6());
                socket->SendTo(packet, 0, from);
            }
        }));
    }

    void TearDown() override
    {
        if (m_server)
        {
            m_server->SetRecvCallback(Callback<void, Ptr<Socket>>());
            m_server = nullptr;
        }
        L2tpNetworkTest::TearDown();
    }

    /// The global address of a client's tunnel. @param i which client @return it
    Ipv6Address GlobalOf(uint32_t i = 0) const
    {
        return Client(i)->GetDevice()->GetObject<PppIpv6Config>()->GetGlobalAddress();
    }

    /// Send UDP and an ICMPv6 echo request, and count the replies. @param i by which client
    /// @param to whom @return how many came, of two
    uint32_t Probe(uint32_t i, Ipv6Address to)
    {
        uint32_t replies = 0;
        const auto udp = Socket::CreateSocket(net->hosts.Get(i), UdpSocketFactory::GetTypeId());
        udp->Bind6();
        udp->SetRecvCallback(Callback<void, Ptr<Socket>>([&replies](Ptr<Socket> socket) {
            while (socket->Recv())
            {
                ++replies;
            }
        }));
        udp->SendTo(Create<Packet>(100), 0, Inet6SocketAddress(to, ECHO_PORT));
        const auto icmp =
            Socket::CreateSocket(net->hosts.Get(i), Ipv6RawSocketFactory::GetTypeId());
        icmp->SetAttribute("Protocol", UintegerValue(Icmpv6L4Protocol::PROT_NUMBER));
        icmp->Bind(Inet6SocketAddress(GlobalOf(i), 0));
        icmp->SetRecvCallback(Callback<void, Ptr<Socket>>([&replies](Ptr<Socket> socket) {
            while (Ptr<Packet> packet = socket->Recv())
            {
                Ipv6Header header;
                packet->RemoveHeader(header);
                uint8_t type = 0;
                packet->CopyData(&type, sizeof(type));
                replies += type == Icmpv6Header::ICMPV6_ECHO_REPLY;
            }
        }));
        Icmpv6Echo request(true);
        request.SetId(1);
        auto packet = Create<Packet>(56);
        request.CalculatePseudoHeaderChecksum(GlobalOf(i),
                                              to,
                                              packet->GetSize() + request.GetSerializedSize(),
                                              Icmpv6L4Protocol::PROT_NUMBER);
        packet->AddHeader(request);
        icmp->SendTo(packet, 0, Inet6SocketAddress(to, 0));
        RunUntil(Simulator::Now() + Seconds(1));
        for (const auto& socket : {udp, icmp})
        {
            socket->SetRecvCallback(Callback<void, Ptr<Socket>>());
            socket->Close();
        }
        return replies;
    }

    /// Solicit routers from a host, by its tunnel. @param i which client
    void Solicit(uint32_t i = 0)
    {
        const auto link = Client(i)->GetDevice()->GetLink();
        const auto source = PppIpv6cp::LinkLocal(link->GetIpv6cp()->GetLocalIdentifier());
        const auto destination = Ipv6Address::GetAllRoutersMulticast();
        Icmpv6RS solicitation;
        solicitation.CalculatePseudoHeaderChecksum(
            source,
            destination,
            static_cast<uint16_t>(solicitation.GetSerializedSize()),
            Icmpv6L4Protocol::PROT_NUMBER);
        auto packet = Create<Packet>();
        packet->AddHeader(solicitation);
        Ipv6Header header;
        header.SetSource(source);
        header.SetDestination(destination);
        header.SetNextHeader(Icmpv6L4Protocol::PROT_NUMBER);
        header.SetHopLimit(255);
        header.SetPayloadLength(static_cast<uint16_t>(packet->GetSize()));
        packet->AddHeader(header);
        EXPECT_TRUE(link->SendNetwork(packet, ppp_protocol::IPV6));
    }

    /// Note when advertisements come to a host. @param i which client @return the times, which go
    /// on
    std::shared_ptr<std::vector<Time>> WatchAdvertisements(uint32_t i = 0)
    {
        auto times = std::make_shared<std::vector<Time>>();
        Client(i)->CreateDevice()->TraceConnectWithoutContext(
            "MacRx",
            Callback<void, Ptr<const Packet>>([times](Ptr<const Packet> packet) {
                uint8_t octets[41] = {};
                packet->CopyData(octets, sizeof(octets));
                if (octets[6] == Icmpv6L4Protocol::PROT_NUMBER &&
                    octets[40] == Icmpv6Header::ICMPV6_ND_ROUTER_ADVERTISEMENT)
                {
                    times->push_back(Simulator::Now());
                }
            }));
        return times;
    }

    /// The IPv6 address of the server.
    Ipv6Address Server() const
    {
        return L2tpTestNetwork::Ipv6Of(net->serverAddress);
    }

    std::set<Ipv6Address> served; //!< whose datagrams the server saw

  private:
    Ptr<Socket> m_server; //!< the server's
};

using L2tpIpv6InsideDeathTest = L2tpIpv6InsideTest;

} // namespace

TEST_F(L2tpIpv6InsideTest, ReachesTheServerBehindTheLns)
{
    BuildBoth();
    Install();
    RunUntil(Seconds(2));
    const auto link = Client()->GetDevice()->GetLink();
    ASSERT_TRUE(link->IsIpv6Up());
    // RFC 5072, section 5: both addresses have the interface identifier.
    const auto identifier = link->GetIpv6cp()->GetLocalIdentifier();
    const auto linkLocal = PppIpv6cp::LinkLocal(identifier);
    const auto ipv6 = net->hosts.Get(0)->GetObject<Ipv6L3Protocol>();
    const auto interface = ipv6->GetInterfaceForDevice(Client()->GetDevice());
    EXPECT_EQ(ipv6->GetInterface(interface)->GetLinkLocalAddress().GetAddress(), linkLocal);
    EXPECT_EQ(ipv6->GetNAddresses(interface), 2U);
    const auto global = GlobalOf();
    EXPECT_EQ(global.CombinePrefix(Ipv6Prefix(64)), Ipv6Address("fd08::"));
    uint8_t octets[16];
    uint8_t local[16];
    global.GetBytes(octets);
    linkLocal.GetBytes(local);
    EXPECT_TRUE(std::equal(octets + 8, octets + 16, local + 8));
    EXPECT_EQ(Probe(0, Server()), 2U);
    EXPECT_EQ(served, std::set<Ipv6Address>{global});
    ExpectTraffic(); // IPv4 as ever
}

TEST_F(L2tpIpv6InsideTest, EachSessionHasAPrefixOfItsOwn)
{
    BuildBoth(3);
    Install();
    RunUntil(Seconds(2));
    std::set<Ipv6Address> prefixes;
    for (uint32_t i = 0; i < 3; ++i)
    {
        prefixes.insert(GlobalOf(i).CombinePrefix(Ipv6Prefix(64)));
        EXPECT_EQ(Probe(i, Server()), 2U) << "client " << i;
    }
    EXPECT_EQ(prefixes, (std::set<Ipv6Address>{"fd08::", "fd08:0:0:1::", "fd08:0:0:2::"}));
    EXPECT_EQ(served.size(), 3U);
}

// What a session had is gone with it, and the next one has it all again.
TEST_F(L2tpIpv6InsideTest, GoesAndComesWithTheSession)
{
    BuildBoth();
    Install();
    const auto routing = L2tpTestNetwork::Routing6Of(net->hosts.Get(0));
    const auto routes = routing->GetNRoutes();
    for (int round = 0; round < 3; ++round)
    {
        RunUntil(Simulator::Now() + Seconds(2));
        ASSERT_TRUE(Client()->GetDevice()->GetLink()->IsIpv6Up()) << "round " << round;
        EXPECT_EQ(Probe(0, Server()), 2U) << "round " << round;
        Client()->HangUp();
        RunUntil(Simulator::Now() + Seconds(2));
        EXPECT_EQ(GlobalOf(), Ipv6Address::GetAny());
        EXPECT_EQ(routing->GetNRoutes(), routes);
        Client()->Dial();
    }
    Client()->HangUp();
    // ns-3 must not solicit routers any more from an address that is gone.
    RunUntil(Simulator::Now() + Seconds(60));
    EXPECT_EQ(GlobalOf(), Ipv6Address::GetAny());
}

// The first advertisement may be lost: two more come within 16 s each.
TEST_F(L2tpIpv6InsideTest, ALostAdvertisementIsRepeated)
{
    BuildBoth();
    Install();
    uint32_t seen = 0;
    net->internet->lose = [&seen](const L2tpTestDatagram& datagram) {
        const std::vector<uint8_t> allNodes{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        const bool isAdvertisement = std::search(datagram.octets.begin(),
                                                 datagram.octets.end(),
                                                 allNodes.begin(),
                                                 allNodes.end()) != datagram.octets.end();
        return isAdvertisement && seen++ == 0;
    };
    RunUntil(Seconds(10));
    EXPECT_TRUE(Client()->GetDevice()->GetLink()->IsIpv6Up());
    EXPECT_EQ(GlobalOf(), Ipv6Address::GetAny());
    RunUntil(Seconds(20));
    EXPECT_NE(GlobalOf(), Ipv6Address::GetAny());
    EXPECT_GE(seen, 2U);
    EXPECT_EQ(Probe(0, Server()), 2U);
}

// RFC 4861, section 6.2.6: a solicitation is answered on its session, after a random time of at
// most 0.5 s; and the interval begins anew.
TEST_F(L2tpIpv6InsideTest, ASolicitationIsAnswered)
{
    BuildBoth(2);
    Install();
    const auto times = WatchAdvertisements(0);
    const auto others = WatchAdvertisements(1);
    RunUntil(Seconds(100));
    ASSERT_EQ(times->size(), 3U); // the initial ones
    ASSERT_EQ(others->size(), 3U);
    Solicit();
    RunUntil(Seconds(102));
    ASSERT_EQ(times->size(), 4U);
    const Time oneWay = MilliSeconds(20); // no more than that, and back
    EXPECT_GT(times->back(), Seconds(100));
    EXPECT_LT(times->back(), Seconds(100.5) + oneWay);
    EXPECT_EQ(others->size(), 3U);
    const Time answered = times->back();
    RunUntil(answered + Seconds(599));
    EXPECT_EQ(times->size(), 4U);
    RunUntil(answered + Seconds(601));
    EXPECT_EQ(times->size(), 5U);
    // Not all delays are the same.
    std::set<Time> delays;
    for (int i = 0; i < 4; ++i)
    {
        RunUntil(Simulator::Now() + Seconds(10));
        const Time asked = Simulator::Now();
        Solicit();
        RunUntil(asked + Seconds(1));
        delays.insert(times->back() - asked);
    }
    EXPECT_GT(delays.size(), 2U);
}

// The same: "no more than one advertisement every MIN_DELAY_BETWEEN_RAS seconds", which are 3; a
// single one answers all solicitations before it, and the one that is due anyway is not late.
TEST_F(L2tpIpv6InsideTest, AnswersAreRateLimited)
{
    BuildBoth();
    Install();
    const auto times = WatchAdvertisements();
    RunUntil(Seconds(100));
    const auto before = times->size();
    for (int i = 0; i < 100; ++i)
    {
        Solicit();
        RunUntil(Simulator::Now() + MilliSeconds(100));
    }
    RunUntil(Seconds(120));
    const auto answers = times->size() - before;
    EXPECT_GE(answers, 3U);
    EXPECT_LE(answers, 5U); // in 10 s, and one after that
    for (auto i = before + 1; i < times->size(); ++i)
    {
        EXPECT_GE(times->at(i) - times->at(i - 1), Seconds(3));
    }
}

// What was asked in a session is not answered in the next one.
TEST_F(L2tpIpv6InsideTest, ASolicitationEndsWithItsSession)
{
    BuildBoth();
    Install();
    RunUntil(Seconds(60));
    Solicit();
    RunUntil(Seconds(60) + MilliSeconds(20));
    Client()->HangUp();
    RunUntil(Seconds(62));
    EXPECT_EQ(GlobalOf(), Ipv6Address::GetAny());
    const auto times = WatchAdvertisements();
    Client()->Dial();
    RunUntil(Seconds(70));
    EXPECT_EQ(times->size(), 1U);
    Solicit();
    RunUntil(Seconds(74));
    EXPECT_EQ(times->size(), 2U);
}

// With one interface for all sessions: each has its prefix, by which the LNS finds it, and is told
// of it alone; a solicitation is answered on its session (RFC 4861, section 6.2.6).
TEST_F(L2tpIpv6InsideTest, OneInterfaceCarriesIpv6OfAllSessions)
{
    BuildBoth(3);
    vpn->SetTerminator("ns3::L2tpAggregatedInterface");
    Install();
    std::vector<std::shared_ptr<std::vector<Time>>> times;
    for (uint32_t i = 0; i < 3; ++i)
    {
        times.push_back(WatchAdvertisements(i));
    }
    RunUntil(Seconds(2));
    std::set<Ipv6Address> prefixes;
    for (uint32_t i = 0; i < 3; ++i)
    {
        prefixes.insert(GlobalOf(i).CombinePrefix(Ipv6Prefix(64)));
        EXPECT_EQ(Probe(i, Server()), 2U) << "client " << i;
    }
    EXPECT_EQ(prefixes, (std::set<Ipv6Address>{"fd08::", "fd08:0:0:1::", "fd08:0:0:2::"}));
    EXPECT_EQ(served.size(), 3U);
    EXPECT_EQ(Probe(0, GlobalOf(1)), 1U); // a host answers echo requests, and has no echo server
    RunUntil(Seconds(100));
    for (const auto& seen : times)
    {
        EXPECT_EQ(seen->size(), 3U); // the initial ones
    }
    Solicit(1);
    RunUntil(Seconds(102));
    EXPECT_EQ(times[0]->size(), 3U);
    EXPECT_EQ(times[1]->size(), 4U);
    EXPECT_EQ(times[2]->size(), 3U);
    ExpectTraffic(2); // IPv4 as ever
}

// RFC 5072, section 5: link-local addresses are made of the interface identifiers, by which the LNS
// finds a session; it has one itself. What is for all nodes goes to all sessions.
TEST_F(L2tpIpv6InsideTest, OneInterfaceFindsLinkLocalAddresses)
{
    BuildBoth(3);
    vpn->SetTerminator("ns3::L2tpAggregatedInterface");
    Install();
    RunUntil(Seconds(60));
    const auto device = DynamicCast<L2tpAggregatedInterface>(Lns()->GetTerminator())->GetDevice();
    std::vector<uint32_t> got(3);
    std::set<PppSharedLine*> lines;
    for (uint32_t i = 0; i < 3; ++i)
    {
        Client(i)->GetDevice()->TraceConnectWithoutContext(
            "MacRx",
            Callback<void, Ptr<const Packet>>([&got, i](Ptr<const Packet>) { ++got[i]; }));
        const auto ipv6cp = Client(i)->GetDevice()->GetLink()->GetIpv6cp();
        EXPECT_EQ(ipv6cp->GetPeerIdentifier(), device->GetIdentifier());
        lines.insert(device->Find(PppIpv6cp::LinkLocal(ipv6cp->GetLocalIdentifier())));
    }
    EXPECT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines.count(nullptr), 0U);
    const auto send = [&](Ipv6Address to) {
        const auto source = PppIpv6cp::LinkLocal(device->GetIdentifier());
        Icmpv6Echo reply(false); // which nobody answers
        reply.CalculatePseudoHeaderChecksum(source,
                                            to,
                                            static_cast<uint16_t>(reply.GetSerializedSize()),
                                            Icmpv6L4Protocol::PROT_NUMBER);
        auto packet = Create<Packet>();
        packet->AddHeader(reply);
        Ipv6Header header;
        header.SetSource(source);
        header.SetDestination(to);
        header.SetNextHeader(Icmpv6L4Protocol::PROT_NUMBER);
        header.SetPayloadLength(static_cast<uint16_t>(packet->GetSize()));
        packet->AddHeader(header);
        const bool isSent = device->Send(packet, device->GetBroadcast(), 0x86dd);
        RunUntil(Simulator::Now() + Seconds(1));
        return isSent;
    };
    const auto second = Client(1)->GetDevice()->GetLink()->GetIpv6cp()->GetLocalIdentifier();
    EXPECT_TRUE(send(PppIpv6cp::LinkLocal(second)));
    EXPECT_EQ(got, (std::vector<uint32_t>{0, 1, 0}));
    EXPECT_TRUE(send(Ipv6Address::GetAllNodesMulticast()));
    EXPECT_EQ(got, (std::vector<uint32_t>{1, 2, 1}));
    EXPECT_FALSE(send(PppIpv6cp::LinkLocal(second ^ 1)));
    EXPECT_FALSE(send("fd08:0:0:77::1"));
    EXPECT_EQ(got, (std::vector<uint32_t>{1, 2, 1}));
}

// RFC 1661, section 5.7: an LNS without IPv6 rejects it, and IPv4 goes on.
TEST_F(L2tpIpv6InsideTest, AnLnsWithoutIpv6IsNoObstacle)
{
    BuildBoth();
    vpn->SetSessionAttribute("Ipv6Pool", Ipv6AddressValue(Ipv6Address::GetAny()));
    Install();
    RunUntil(Seconds(2));
    EXPECT_TRUE(Client()->IsUp());
    EXPECT_FALSE(Client()->GetDevice()->GetLink()->IsIpv6Up());
    EXPECT_EQ(GlobalOf(), Ipv6Address::GetAny());
    ExpectTraffic();
}

// Another reading of what is on the link.
TEST_F(L2tpIpv6InsideTest, TsharkReadsAllOfIt)
{
    if (!HasTshark())
    {
        GTEST_SKIP() << "no tshark";
    }
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    BuildBoth();
    Install();
    std::vector<std::vector<uint8_t>> frames;
    Client()->CreateDevice()->TraceConnectWithoutContext(
        "Sniffer",
        Callback<void, Ptr<const Packet>>([&frames](Ptr<const Packet> frame) {
            frames.emplace_back(frame->GetSize());
            frame->CopyData(frames.back().data(), frames.back().size());
        }));
    RunUntil(Seconds(2));
    EXPECT_EQ(Probe(0, Server()), 2U);
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    constexpr uint32_t DLT_PPP = 9;
    const std::string name = "l2tp-ipv6-inside.pcap";
    std::string found;
    ASSERT_TRUE(AskTshark(name,
                          DLT_PPP,
                          frames,
                          "-o ip.check_checksum:TRUE -o udp.check_checksum:TRUE "
                          "-Y '_ws.malformed || _ws.expert || icmpv6.checksum.status == 0'",
                          found));
    EXPECT_EQ(found, "");
    ASSERT_TRUE(AskTshark(name,
                          DLT_PPP,
                          frames,
                          "-Y 'icmpv6.type == 134' -T fields -e ipv6.hlim "
                          "-e icmpv6.opt.prefix -e icmpv6.nd.ra.router_lifetime",
                          found));
    EXPECT_EQ(found, "255\tfd08::\t9000\n");
    ASSERT_TRUE(AskTshark(name, DLT_PPP, frames, "-Y 'ipv6cp' -T fields -e ppp.code", found));
    EXPECT_EQ(found, "1\n1\n2\n2\n");
}

TEST_F(L2tpIpv6InsideDeathTest, WrongPools)
{
    BuildBoth();
    vpn->SetSessionAttribute("Ipv6Pool", Ipv6AddressValue("fd08:0:0:1::"));
    EXPECT_DEATH((Install(), RunUntil(Seconds(1))), "Ipv6Pool .* more bits than Ipv6PoolLength");
    vpn->EnableIpv6Inside("2001:db8::");
    EXPECT_DEATH((Install(), RunUntil(Seconds(1))), "Ipv6Pool .* is for documentation");
    vpn->EnableIpv6Inside("fd08::", 60);
    EXPECT_DEATH((Install(), RunUntil(Seconds(1))), "Ipv6PoolLength leaves fewer");
}

TEST_F(L2tpIpv6InsideDeathTest, AnLnsWithoutIpv6)
{
    Build();
    L2tpLnsHelper helper;
    helper.SetSessionAttribute("Ipv6Pool", Ipv6AddressValue("fd08::"));
    helper.Install(net->lns);
    EXPECT_DEATH(RunUntil(Seconds(1)),
                 "Ipv6Pool is set, but the LNS's node has no IPv6: install an internet stack");
}
