/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Tunnels whose UDP runs over IPv6, alone and beside others over IPv4 (RFC 2661, section 8.1).

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/l2tp-lac-helper.h"
#include "ns3/pointer.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/uinteger.h"

#include <set>

using namespace ns3;

namespace
{

class L2tpOverIpv6Test : public L2tpNetworkTest
{
  protected:
    void SetUp() override
    {
        L2tpNetworkTest::SetUp();
        Build(2, 6);
    }

    void TearDown() override
    {
        peers.clear();
        L2tpNetworkTest::TearDown();
    }

    /// The address of the LNS. @return the IPv6 address
    Ipv6Address LnsAddress() const
    {
        return L2tpTestNetwork::Ipv6Of(net->lnsAddress);
    }

    /// The address of a host. @param i which @return the IPv6 address
    Ipv6Address HostAddress(uint32_t i) const
    {
        return L2tpTestNetwork::Ipv6Of(net->GetHostAddress(i));
    }

    /**
     * @brief Put a scripted peer on a host.
     * @param host which
     * @param port his UDP port
     * @param to whom he sends to; that decides over which IP
     */
    L2tpTestPeer& MakePeer(uint32_t host, uint16_t port, const L2tpIpAddress& to)
    {
        peers.push_back(std::make_unique<L2tpTestPeer>(net->hosts.Get(host),
                                                       port,
                                                       L2tpUdpAddress{to, L2TP_UDP_PORT}));
        return *peers.back();
    }

    /// Put a client on host 0 that dials host 1, and run until it has. @return its Tunnel ID
    uint16_t DialHost1(L2tpTestPeer& host1)
    {
        vpn->SetLnsAddress(HostAddress(1));
        tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
        tunnels.Start(Seconds(1));
        RunUntil(Seconds(1) + MilliSeconds(100));
        const auto& sccrq = host1.Last(L2tpMessageType::SCCRQ);
        return sccrq.message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
    }

    /// Put clients and LNS where they belong, with tunnels that take whole packets, and run.
    void InstallWithMru1500()
    {
        vpn->SetClientAttribute("Mru", UintegerValue(1500));
        vpn->SetSessionAttribute("Mru", UintegerValue(1500));
        Install();
        RunUntil(Seconds(1));
    }

    /// Let a moment pass.
    static void Wait()
    {
        RunUntil(Simulator::Now() + MilliSeconds(100));
    }

    /// How many control messages an endpoint has dropped for a reason.
    static uint64_t Dropped(Ptr<L2tpEndpoint> endpoint, L2tpDropReason reason)
    {
        return endpoint->GetStatistics().controlDropped[static_cast<std::size_t>(reason)];
    }

    /// How many data messages an endpoint has dropped for a reason.
    static uint64_t DataDropped(Ptr<L2tpEndpoint> endpoint, L2tpDropReason reason)
    {
        return endpoint->GetDataStatistics()->dropped[static_cast<std::size_t>(reason)];
    }

    std::vector<std::unique_ptr<L2tpTestPeer>> peers; //!< those made by MakePeer()
};

using L2tpOverIpv6DeathTest = L2tpOverIpv6Test;

} // namespace

TEST_F(L2tpOverIpv6Test, GoesUpCarriesTrafficAndLeavesNothing)
{
    Install();
    std::vector<std::string> messages;
    std::set<bool> versions;
    uint32_t data = 0;
    net->internet->watch = [&](const L2tpTestDatagram& datagram) {
        versions.insert(datagram.from.address.IsIpv6());
        data += datagram.IsControl() ? 0 : 1;
        if (datagram.IsControl() && !datagram.IsZlb() &&
            (datagram.from.address == HostAddress(0) || datagram.to.address == HostAddress(0)))
        {
            messages.push_back(L2tpMessageName(datagram.message.GetType()));
        }
    };
    tunnels.Start(Seconds(1));
    tunnels.Stop(Seconds(10));
    RunUntil(Seconds(2));
    ASSERT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
    EXPECT_EQ(Lac()->GetTunnels().at(0)->GetPath()->GetPeer(),
              (L2tpUdpAddress{LnsAddress(), L2TP_UDP_PORT}));
    std::set<L2tpIpAddress> peersOfLns;
    for (const auto& tunnel : Lns()->GetTunnels())
    {
        peersOfLns.insert(tunnel->GetPath()->GetPeer().address);
        EXPECT_EQ(tunnel->GetPath()->GetLocal(), L2tpIpAddress(LnsAddress()));
    }
    EXPECT_EQ(peersOfLns, (std::set<L2tpIpAddress>{HostAddress(0), HostAddress(1)}));
    ExpectTraffic(0);
    ExpectTraffic(1);
    EXPECT_GT(data, 8U);
    RunOut();
    ExpectNothingLeft();
    EXPECT_EQ(messages,
              std::vector<std::string>(
                  {"SCCRQ", "SCCRP", "SCCCN", "ICRQ", "ICRP", "ICCN", "CDN", "StopCCN"}));
    EXPECT_EQ(versions, std::set<bool>{true}) << "nothing over IPv4";
}

TEST_F(L2tpOverIpv6Test, RepairsTheLossOfEachMessage)
{
    for (const auto type : {L2tpMessageType::SCCRQ,
                            L2tpMessageType::SCCRP,
                            L2tpMessageType::SCCCN,
                            L2tpMessageType::ICRQ,
                            L2tpMessageType::ICRP,
                            L2tpMessageType::ICCN,
                            L2tpMessageType::CDN,
                            L2tpMessageType::STOPCCN})
    {
        SCOPED_TRACE(L2tpMessageName(static_cast<uint16_t>(type)));
        Clear();
        Build(1, 6);
        Install();
        uint32_t lost = 0;
        net->internet->lose = [&lost, type](const L2tpTestDatagram& datagram) {
            return datagram.Is(type) && lost++ == 0;
        };
        RunUntil(Seconds(5));
        EXPECT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
        ExpectTraffic();
        tunnels.Stop(Seconds(10));
        Client()->HangUp();
        RunUntil(Seconds(60));
        EXPECT_GE(lost, 2U) << "it was repeated";
        ExpectNothingLeft();
    }
}

TEST_F(L2tpOverIpv6Test, NeedsNoFragmentsByDefault)
{
    // 1430 octets and the headers of PPP, L2TP, UDP and IPv6 are within an MTU of 1500.
    Install();
    RunUntil(Seconds(1));
    EXPECT_EQ(Client()->GetDevice()->GetMtu(), 1430);
    L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
    probe.Send(1430 - 28);
    Wait();
    EXPECT_EQ(probe.echoed, 1U);
    EXPECT_EQ(net->internet->fragments, 0U);
}

TEST_F(L2tpOverIpv6Test, FragmentsOutsideIfTheTunnelTakesWholePackets)
{
    // Only the two ends fragment (RFC 8200, section 4.5): the router forwards what it gets.
    InstallWithMru1500();
    EXPECT_EQ(Client()->GetDevice()->GetMtu(), 1500);
    L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
    probe.Send(1500 - 28);
    Wait();
    EXPECT_EQ(probe.echoed, 1U);
    EXPECT_EQ(net->access.at(0)->fragments, 4U); // two there, two back
    EXPECT_EQ(net->internet->fragments, 4U);
}

TEST_F(L2tpOverIpv6Test, FollowsThePathMtu)
{
    // The router's link to the LNS takes less: ICMPv6 Packet Too Big, and fragments from then on.
    InstallWithMru1500();
    net->router->GetDevice(1)->SetMtu(1280); // 0 is loopback
    L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
    probe.Send(1300);
    Wait();
    EXPECT_EQ(probe.echoed, 0U) << "lost for the message Packet Too Big";
    probe.Send(1300);
    Wait();
    EXPECT_EQ(probe.echoed, 1U);
}

// Section 8.1: the source of a tunnel's messages is its peer's address and port, over its own IP.
TEST_F(L2tpOverIpv6Test, DropsWhatComesFromTheWrongPlace)
{
    tunnels = vpn->Install(NodeContainer(), net->lns);
    L2tpTestPeer& peer = MakePeer(0, 1701, LnsAddress());
    RunUntil(Seconds(1));
    peer.Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 77));
    Wait();
    const auto& sccrp = peer.Last(L2tpMessageType::SCCRP);
    EXPECT_EQ(sccrp.from, (L2tpUdpAddress{LnsAddress(), L2TP_UDP_PORT}));
    const uint16_t id = sccrp.message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
    peer.Send(id, 0, 1, 1, L2tpControlMessage(L2tpMessageType::SCCCN));
    Wait();
    ASSERT_EQ(Lns()->GetStatistics().tunnelsEstablished, 1U);

    L2tpTestPeer& otherPort = MakePeer(0, 1702, LnsAddress());
    L2tpTestPeer& otherHost = MakePeer(1, 1701, LnsAddress());
    L2tpTestPeer& otherIp = MakePeer(0, 1701, net->lnsAddress);
    L2tpControlMessage stop(L2tpMessageType::STOPCCN);
    stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(77));
    stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    uint64_t dropped = 0;
    for (L2tpTestPeer* stranger : {&otherPort, &otherHost, &otherIp})
    {
        stranger->Send(id, 0, 2, 1, stop);
        stranger->SendData(id, 1, {0xff, 0x03, 0xc0, 0x21});
        Wait();
        ++dropped;
        EXPECT_EQ(Dropped(Lns(), L2tpDropReason::WRONG_SOURCE), dropped);
        EXPECT_EQ(DataDropped(Lns(), L2tpDropReason::WRONG_SOURCE), dropped);
        EXPECT_TRUE(stranger->received.empty());
    }
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    peer.Send(id, 0, 2, 1, stop);
    Wait();
    EXPECT_EQ(Lns()->GetNTunnels(), 0U);
}

// Section 8.1: the reply may come from another port, which is static from then on. A reply over the
// other IP is none: it is not to the address that the SCCRQ came from.
TEST_F(L2tpOverIpv6Test, FollowsAnSccrpFromAnotherPort)
{
    L2tpTestPeer& listener = MakePeer(1, L2TP_UDP_PORT, HostAddress(0));
    L2tpTestPeer& replier = MakePeer(1, 4711, HostAddress(0));
    L2tpTestPeer& otherIp = MakePeer(1, L2TP_UDP_PORT, net->GetHostAddress(0));
    const uint16_t id = DialHost1(listener);
    otherIp.Send(id, 0, 0, 1, L2tpTestPeer::Start(L2tpMessageType::SCCRP, 76));
    Wait();
    EXPECT_EQ(Dropped(Lac(), L2tpDropReason::WRONG_SOURCE), 1U);
    EXPECT_EQ(Lac()->GetStatistics().tunnelsEstablished, 0U);

    replier.Send(id, 0, 0, 1, L2tpTestPeer::Start(L2tpMessageType::SCCRP, 77));
    Wait();
    EXPECT_EQ(Lac()->GetStatistics().tunnelsEstablished, 1U);
    EXPECT_EQ(replier.Count(L2tpMessageType::SCCCN), 1U);
    EXPECT_EQ(listener.Count(L2tpMessageType::SCCCN), 0U);
    EXPECT_EQ(Lac()->GetTunnels().at(0)->GetPath()->GetPeer(),
              (L2tpUdpAddress{HostAddress(1), 4711}));
    listener.Send(id, 0, 0, 1, L2tpTestPeer::Start(L2tpMessageType::SCCRP, 78));
    Wait();
    EXPECT_EQ(Dropped(Lac(), L2tpDropReason::WRONG_SOURCE), 2U);
}

// Section 8.1: so may the reply that refuses the tunnel; it is acknowledged where it came from.
// One that acknowledges no SCCRQ, or comes over the other IP, is none.
TEST_F(L2tpOverIpv6Test, FollowsAStopCcnFromAnotherPort)
{
    L2tpTestPeer& listener = MakePeer(1, L2TP_UDP_PORT, HostAddress(0));
    L2tpTestPeer& replier = MakePeer(1, 4711, HostAddress(0));
    L2tpTestPeer& otherIp = MakePeer(1, L2TP_UDP_PORT, net->GetHostAddress(0));
    const uint16_t id = DialHost1(listener);
    L2tpControlMessage stop(L2tpMessageType::STOPCCN);
    stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(77));
    stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED));
    otherIp.Send(id, 0, 0, 1, stop);
    replier.Send(id, 0, 0, 0, stop);
    Wait();
    EXPECT_EQ(Dropped(Lac(), L2tpDropReason::WRONG_SOURCE), 2U);
    EXPECT_EQ(Lac()->GetNTunnels(), 1U);

    const std::size_t heard = listener.received.size();
    replier.Send(id, 0, 0, 1, stop);
    Wait();
    EXPECT_EQ(Lac()->GetNTunnels(), 0U);
    EXPECT_EQ(Lac()->GetStatistics().tunnelsFailed, 1U);
    ASSERT_EQ(replier.received.size(), 1U);
    EXPECT_TRUE(replier.received.at(0).IsZlb());
    EXPECT_EQ(replier.received.at(0).header.GetTunnelId(), 77);
    EXPECT_EQ(replier.received.at(0).header.GetNr(), 1);
    EXPECT_EQ(listener.received.size(), heard);
}

// RFC 1122, section 4.1.3.6: what comes from no host is not answered, whichever IP brings it.
TEST_F(L2tpOverIpv6Test, DropsWhatComesFromNoHost)
{
    tunnels = vpn->Install(NodeContainer(), net->lns);
    RunUntil(Seconds(1));
    L2tpTestPeer& peer = MakePeer(0, 1701, LnsAddress());
    peer.Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 77));
    std::vector<uint8_t> octets;
    net->internet->watch = [&octets](const L2tpTestDatagram& datagram) {
        octets = datagram.Is(L2tpMessageType::SCCRQ) ? datagram.octets : octets;
    };
    Wait();
    ASSERT_FALSE(octets.empty());
    const std::size_t held = Lns()->GetNTunnelsHeld();
    const auto udp = net->router->GetObject<UdpL4Protocol>();
    for (const char* source : {"224.0.0.1", "255.255.255.255", "0.0.0.0"})
    {
        udp->Send(Create<Packet>(octets.data(), octets.size()),
                  Ipv4Address(source),
                  net->lnsAddress,
                  1701,
                  1701);
    }
    for (const char* source : {"ff02::1", "ff0e::1", "::"})
    {
        udp->Send(Create<Packet>(octets.data(), octets.size()),
                  Ipv6Address(source),
                  LnsAddress(),
                  1701,
                  1701);
    }
    Wait();
    EXPECT_EQ(Dropped(Lns(), L2tpDropReason::WRONG_SOURCE), 6U);
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), held);
}

TEST_F(L2tpOverIpv6Test, ALacHasTunnelsOverBothAtOnce)
{
    for (const bool ipv6 : {true, false})
    {
        SCOPED_TRACE(ipv6);
        Clear();
        Build(1, 6);
        Install();
        vpn->SetLnsAddress(net->lnsAddress);
        const auto overIpv4 = vpn->Install(net->hosts, net->lns);
        ASSERT_EQ(overIpv4.GetLac(0), Lac());
        RunUntil(Seconds(1));
        EXPECT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
        EXPECT_TRUE(overIpv4.GetClient(0)->IsUp()) << overIpv4.GetClient(0)->GetLastReason();
        EXPECT_EQ(Lac()->GetNTunnels(), 2U) << "one for each address, shared by none";
        EXPECT_EQ(Lns()->GetNTunnels(), 2U);
        // Each goes on without the other.
        Ptr<L2tpVoluntaryClient> left = ipv6 ? Client() : overIpv4.GetClient(0);
        (ipv6 ? overIpv4.GetClient(0) : Client())->HangUp();
        RunUntil(Seconds(4));
        EXPECT_EQ(Lac()->GetNTunnels(), 1U);
        uint32_t seen[2] = {0, 0};
        net->internet->watch = [&seen](const L2tpTestDatagram& datagram) {
            ++seen[datagram.from.address.IsIpv6() ? 1 : 0];
        };
        L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
        probe.Send();
        Wait();
        EXPECT_EQ(probe.echoed, 1U);
        EXPECT_EQ(net->served[left->GetAddress()], 1U);
        EXPECT_EQ(seen[ipv6], 2U);
        EXPECT_EQ(seen[!ipv6], 0U);
    }
}

// Section 8.1: the SCCRP goes "to the initiator's UDP port and address", from the address called.
TEST_F(L2tpOverIpv6Test, AnLnsAnswersFromTheAddressThatItWasCalledAt)
{
    tunnels = vpn->Install(NodeContainer(), net->lns);
    RunUntil(Seconds(1));
    const Ipv4Address other4("10.3.0.1");
    uint16_t port = 1701;
    for (const L2tpIpAddress& called : {L2tpIpAddress(LnsAddress()),
                                        L2tpIpAddress(L2tpTestNetwork::Ipv6Of(other4)),
                                        L2tpIpAddress(net->lnsAddress),
                                        L2tpIpAddress(other4)})
    {
        L2tpTestPeer& peer = MakePeer(0, port, called);
        peer.Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, port));
        Wait();
        EXPECT_EQ(peer.Last(L2tpMessageType::SCCRP).from, (L2tpUdpAddress{called, L2TP_UDP_PORT}));
        ++port;
    }
    EXPECT_EQ(Lns()->GetNTunnels(), 4U);
}

// Section 4.4.3: "The lower value wins", between the same two addresses.
TEST_F(L2tpOverIpv6Test, BreaksTies)
{
    Ptr<L2tpLac> lac[2];
    Ptr<L2tpTunnel> own[2];
    for (uint32_t i : {0U, 1U})
    {
        L2tpLacHelper helper;
        helper.SetAttribute("AcceptTunnels", BooleanValue(true));
        helper.SetAttribute("KeepTunnel", BooleanValue(true));
        helper.SetAttribute("TieBreaker", BooleanValue(true));
        lac[i] = helper.Install(net->hosts.Get(i));
        lac[i]->AssignStreams(10 * i);
        Simulator::ScheduleWithContext(net->hosts.Get(i)->GetId(), Seconds(1), [&, i] {
            const auto nobody = Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {});
            lac[i]->PlaceCall({HostAddress(1 - i), L2TP_UDP_PORT},
                              L2tpCallParameters(),
                              nobody,
                              nobody);
            own[i] = lac[i]->GetTunnels().at(0);
        });
    }
    RunUntil(Seconds(2));
    ASSERT_TRUE(own[0]->GetTieBreaker() && own[1]->GetTieBreaker());
    const int winner = *own[0]->GetTieBreaker() < *own[1]->GetTieBreaker() ? 0 : 1;
    EXPECT_EQ(own[winner]->GetState(), L2tpTunnelState::ESTABLISHED);
    EXPECT_EQ(own[1 - winner]->GetClearReason(), "Receive SCCRQ, lose tie-breaker");
    EXPECT_EQ(lac[0]->GetNTunnelsHeld(), 1U);
    EXPECT_EQ(lac[1]->GetNTunnelsHeld(), 1U);
    EXPECT_EQ(Dropped(lac[winner], L2tpDropReason::TIE_LOST), 1U);
}

TEST_F(L2tpOverIpv6Test, DialsALinkLocalAddress)
{
    // Host 1 dials the router, which is on its link. There is a link-local address on each link.
    const auto interface =
        net->router->GetObject<Ipv6>()->GetInterfaceForAddress(L2tpTestNetwork::Ipv6Of("10.1.1.1"));
    ASSERT_EQ(interface, 3);
    vpn->SetLnsAddress(net->router->GetObject<Ipv6>()->GetAddress(interface, 0).GetAddress());
    vpn->SetClientAttribute("LnsInterface", UintegerValue(1));
    tunnels = vpn->Install(NodeContainer(net->hosts.Get(1)), net->router);
    RunUntil(Seconds(1));
    ASSERT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
    const auto& peer = Lns()->GetTunnels().at(0)->GetPath()->GetPeer().address;
    EXPECT_TRUE(peer.IsLinkLocal());
    EXPECT_EQ(peer.GetInterface(), 3U);
    ExpectTraffic();
    Client()->HangUp();
    RunUntil(Seconds(60));
    ExpectNothingLeft();
}

TEST_F(L2tpOverIpv6Test, DialsAnotherPort)
{
    vpn->SetLnsAttribute("LocalPort", UintegerValue(1702));
    vpn->SetLnsAddress(Inet6SocketAddress(LnsAddress(), 1702));
    Install();
    RunUntil(Seconds(1));
    EXPECT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
}

// A node that has no IPv4 outside, and IPv4 within the tunnel.
TEST_F(L2tpOverIpv6Test, NeedsNoIpv4AddressOutside)
{
    for (const auto& node : {net->hosts.Get(0), net->router, net->lns})
    {
        Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
        const int32_t lan = ipv4->GetInterfaceForAddress("10.3.0.1");
        for (int32_t i = 1; i < static_cast<int32_t>(ipv4->GetNInterfaces()); ++i)
        {
            while (i != lan && ipv4->GetNAddresses(i) > 0)
            {
                ipv4->RemoveAddress(i, 0U);
            }
        }
        const auto routing = L2tpTestNetwork::RoutingOf(node);
        for (uint32_t n = routing->GetNRoutes(); n-- > 0;)
        {
            if (routing->GetRoute(n).IsGateway())
            {
                routing->RemoveRoute(n);
            }
        }
    }
    tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
    RunUntil(Seconds(1));
    ExpectTraffic();
}

TEST_F(L2tpOverIpv6DeathTest, NamesWhatIsMissing)
{
    auto bare = CreateObject<Node>();
    EXPECT_DEATH(vpn->Install(net->hosts, bare),
                 "the LNS on node .* has no global IPv6 address: assign one");
    InternetStackHelper().Install(bare);
    EXPECT_DEATH(vpn->Install(net->hosts, bare),
                 "the LNS on node .* has no global IPv6 address: assign one");
    InternetStackHelper onlyIpv4;
    onlyIpv4.SetIpv6StackInstall(false);
    auto old = CreateObject<Node>();
    onlyIpv4.Install(old);
    const auto clients = vpn->Install(NodeContainer(old), net->lns);
    EXPECT_DEATH(clients.GetClient(0)->Dial(),
                 "LnsAddress is fd00:2::2 and node .* has no IPv6: install it");
    vpn->SetLnsAddress(Ipv6Address("fe80::1"));
    for (const uint32_t interface : {0, 99})
    {
        vpn->SetClientAttribute("LnsInterface", UintegerValue(interface));
        const auto local = vpn->Install(net->hosts, net->lns);
        EXPECT_DEATH(local.GetClient(0)->Dial(),
                     "LnsAddress is link-local and LnsInterface is .*: set it");
    }
}
