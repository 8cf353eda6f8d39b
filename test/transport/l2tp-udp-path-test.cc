/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "two-nodes.h"

#include "ns3/global-value.h"
#include "ns3/udp-l4-protocol.h"

using namespace ns3;

namespace
{

/// Ways from a UDP port of a node to peers (RFC 2661, section 8.1).
class L2tpUdpPathTest : public TwoNodesTestOfBothIp
{
  protected:
    L2tpUdpPathTest()
    {
        WatchTx([this](uint32_t interface) { m_interfaces.push_back(interface); });
    }

    /// Open port 1701 on both nodes.
    void OpenBoth()
    {
        ASSERT_TRUE(m_ports[0]->Open(m_nodes[0], 1701, NoteIn(m_atA)));
        ASSERT_TRUE(m_ports[1]->Open(m_nodes[1], 1701, NoteIn(m_atB)));
    }

    /// A path from A. @param to the address that it leads to @return the path
    Ptr<L2tpUdpPath> PathTo(const L2tpIpAddress& to) const
    {
        return Create<L2tpUdpPath>(m_ports[0], L2tpIpAddress(), L2tpUdpAddress{to, 1701});
    }

    /// A path from A to B. @return the path
    Ptr<L2tpUdpPath> PathToB() const
    {
        return PathTo(PeerAddress());
    }

    /**
     * @brief Let time pass and send.
     * @param path the way
     * @param at when
     * @return the interface that the packet left by, 0 for none
     */
    uint32_t SendAt(Ptr<L2tpUdpPath> path, Time at)
    {
        RunUntil(at);
        m_interfaces.clear();
        return path->Send(Create<Packet>(100)) ? m_interfaces.at(0) : 0;
    }

    std::array<Ptr<L2tpUdpPort>, 2> m_ports{CreateObject<L2tpUdpPort>(),
                                            CreateObject<L2tpUdpPort>()}; //!< A's and B's
    std::vector<Datagram> m_atA;                                          //!< what A's port took
    std::vector<Datagram> m_atB;                                          //!< what B's port took
    std::vector<uint32_t> m_interfaces; //!< by which interface A's packets left
};

/// Over IPv6 only.
class L2tpUdpPathOverIpv6Test : public L2tpUdpPathTest
{
  protected:
    /**
     * @brief A link-local address.
     * @param node whose
     * @param network 1 or 2
     * @param interface the interface to it, of whoever uses the address
     */
    L2tpIpAddress LinkLocalOf(uint32_t node, uint32_t network, uint32_t interface) const
    {
        return {m_nodes[node]->GetObject<Ipv6>()->GetAddress(network, 0).GetAddress(), interface};
    }
};

INSTANTIATE_TEST_SUITE_P(BothIp, L2tpUdpPathTest, ::testing::Values(4, 6), NameOfIp);
INSTANTIATE_TEST_SUITE_P(Ip, L2tpUdpPathOverIpv6Test, ::testing::Values(6), NameOfIp);

} // namespace

// Section 8.1: request to port 1701, answer to the address and port it came from.
TEST_P(L2tpUdpPathTest, ThereAndBack)
{
    ASSERT_TRUE(m_ports[0]->Open(m_nodes[0], 0, NoteIn(m_atA)));
    ASSERT_TRUE(m_ports[1]->Open(m_nodes[1], 1701, NoteIn(m_atB)));
    const uint8_t request[] = {1, 2, 3};
    const auto there = PathToB();
    EXPECT_TRUE(there->Send(Create<Packet>(request, 3)));
    Simulator::Run();
    ASSERT_EQ(m_atB.size(), 1U);
    EXPECT_EQ(m_atB[0].octets, std::vector<uint8_t>({1, 2, 3}));
    EXPECT_EQ(m_atB[0].from, (L2tpUdpAddress{AddressIn(1, 0), m_ports[0]->GetPort()}));
    EXPECT_EQ(m_atB[0].to, PeerAddress());
    const auto back = Create<L2tpUdpPath>(m_ports[1], m_atB[0].to, m_atB[0].from);
    EXPECT_TRUE(back->Send(Create<Packet>(5)));
    Simulator::Run();
    ASSERT_EQ(m_atA.size(), 1U);
    EXPECT_EQ(m_atA[0].from, there->GetPeer()) << "from where it was sent to";
    EXPECT_EQ(m_atA[0].octets.size(), 5U);
}

// A change of routing is followed after a second at most, and not looked for before.
TEST_P(L2tpUdpPathTest, ARouteIsKeptForASecond)
{
    OpenBoth();
    const auto path = PathToB();
    EXPECT_EQ(SendAt(path, Seconds(5)), 1U);
    RouteVia(2);
    EXPECT_EQ(SendAt(path, Seconds(6) - NanoSeconds(1)), 1U);
    EXPECT_EQ(SendAt(path, Seconds(6)), 2U);
    RouteVia(1);
    EXPECT_EQ(SendAt(path, Seconds(6) + MilliSeconds(500)), 2U);
    path->Refresh();
    EXPECT_EQ(SendAt(path, Seconds(6) + MilliSeconds(600)), 1U) << "at once, when asked to";
}

// A route that leads into a tunnel later on is passed over; one that did from the first is not.
TEST_P(L2tpUdpPathTest, ARouteIntoATunnelIsPassedOver)
{
    Ptr<NetDevice> tunnel = m_nodes[0]->GetDevice(2);
    m_ports[0]->SetTunnelPredicate(Callback<bool, Ptr<NetDevice>>(
        [tunnel](Ptr<NetDevice> device) { return device == tunnel; }));
    OpenBoth();
    RouteTheRestVia2();
    const auto inside = PathTo(AddressIn(2, 1));
    EXPECT_EQ(SendAt(inside, Seconds(1)), 2U) << "a tunnel in a tunnel";
    EXPECT_EQ(SendAt(inside, Seconds(3)), 2U);
    const auto outside = PathTo(AddressIn(1, 1));
    EXPECT_EQ(SendAt(outside, Seconds(4)), 1U);
    const L2tpIpAddress there = AddressIn(1, 1);
    if (m_version == 6)
    {
        Routing6()->AddHostRouteTo(there.GetIpv6(), "fd00:2::2", 2);
    }
    else
    {
        Routing4()->AddHostRouteTo(there.GetIpv4(), "10.2.0.2", 2);
    }
    EXPECT_EQ(SendAt(PathTo(there), Seconds(6)), 2U) << "there is such a route";
    EXPECT_EQ(SendAt(outside, Seconds(6)), 1U);
}

// Section 8.1: addresses "MUST remain static for the life of the tunnel", whatever the route.
//
// RFC 2661: 8.1-01
TEST_P(L2tpUdpPathTest, TheLocalAddressIsFixedByTheFirstRoute)
{
    OpenBoth();
    const auto path = PathToB();
    EXPECT_EQ(path->GetLocal(), Any());
    SendAt(path, Seconds(0));
    EXPECT_EQ(path->GetLocal(), AddressIn(1, 0));
    RouteVia(2);
    EXPECT_EQ(SendAt(path, Seconds(2)), 2U);
    Simulator::Run();
    EXPECT_EQ(path->GetLocal(), AddressIn(1, 0));
    ASSERT_EQ(m_atB.size(), 2U);
    EXPECT_EQ(m_atB[1].from, m_atB[0].from);
    // Nor is it another because the peer answers from another port.
    path->SetPeer({PeerAddress(), 4711});
    EXPECT_EQ(path->GetLocal(), AddressIn(1, 0));
    EXPECT_EQ(SendAt(path, Seconds(4)), 2U);
    EXPECT_EQ(path->GetLocal(), AddressIn(1, 0));
}

// Section 8.1: who answers does so from the address that was asked.
TEST_P(L2tpUdpPathTest, AGivenLocalAddressIsUsed)
{
    OpenBoth();
    const auto path =
        Create<L2tpUdpPath>(m_ports[1], PeerAddress(), L2tpUdpAddress{AddressIn(2, 0), 1701});
    EXPECT_TRUE(path->Send(Create<Packet>(1)));
    Simulator::Run();
    ASSERT_EQ(m_atA.size(), 1U);
    EXPECT_EQ(m_atA[0].from.address, PeerAddress());
}

// Without a route nothing is sent; with one again it is, without delay.
TEST_P(L2tpUdpPathTest, NoRoute)
{
    OpenBoth();
    const auto path = PathTo(Of("172.16.0.1", "fd00:16::1"));
    EXPECT_EQ(SendAt(path, Seconds(1)), 0U);
    EXPECT_EQ(path->GetLocal(), Any());
    RouteTheRestVia2();
    EXPECT_EQ(SendAt(path, Seconds(1)), 2U);
}

// Section 8.1: the peer may answer from another port, which then is its port.
TEST_P(L2tpUdpPathTest, FollowsThePeer)
{
    OpenBoth();
    const auto path = PathToB();
    SendAt(path, Seconds(0));
    Simulator::Run();
    path->SetPeer({AddressIn(2, 1), 1701});
    EXPECT_EQ(SendAt(path, Simulator::Now() + MilliSeconds(1)), 2U)
        << "the route of the old peer is not kept";
    EXPECT_EQ(path->GetLocal(), AddressIn(1, 0)) << "the own address is";
    Simulator::Run();
    ASSERT_EQ(m_atB.size(), 2U);
    EXPECT_EQ(m_atB[1].to, AddressIn(2, 1));
}

// What is for the same node arrives only after Send() has returned.
TEST_P(L2tpUdpPathTest, LocalDeliveryIsDeferred)
{
    OpenBoth();
    const auto path = PathTo(AddressIn(1, 0));
    EXPECT_TRUE(path->Send(Create<Packet>(7)));
    EXPECT_TRUE(m_atA.empty());
    Simulator::Run();
    ASSERT_EQ(m_atA.size(), 1U);
    EXPECT_EQ(m_atA[0].octets.size(), 7U);
    EXPECT_EQ(m_atA[0].to, AddressIn(1, 0));
}

// A path lasts over a closing of its port.
TEST_P(L2tpUdpPathTest, CloseAndReopen)
{
    OpenBoth();
    const auto path = PathToB();
    m_ports[1]->Close();
    EXPECT_EQ(m_ports[1]->GetPort(), 0);
    SendAt(path, Seconds(0));
    Simulator::Run();
    EXPECT_TRUE(m_atB.empty());
    ASSERT_TRUE(m_ports[1]->Open(m_nodes[1], 1701, NoteIn(m_atB)));
    SendAt(path, Seconds(2));
    Simulator::Run();
    EXPECT_EQ(m_atB.size(), 1U);
    m_ports[0]->Close();
    m_ports[0]->Close();
    EXPECT_FALSE(path->Send(Create<Packet>(1)));
    ASSERT_TRUE(m_ports[0]->Open(m_nodes[0], 1701, NoteIn(m_atA)));
    EXPECT_TRUE(path->Send(Create<Packet>(1)));
}

// The node goes away while its port is open, as at the end of a simulation.
TEST_P(L2tpUdpPathTest, NodeDestroyedWhileOpen)
{
    OpenBoth();
    const auto path = PathToB();
    SendAt(path, Seconds(1));
    m_nodes[0]->Dispose();
    EXPECT_EQ(m_ports[0]->GetPort(), 0);
    EXPECT_FALSE(path->Send(Create<Packet>(1)));
    m_ports[0]->Close();
}

// The longest datagram (RFC 791, section 3.1; RFC 8200, section 3), in fragments that only the
// sender makes, arrives in one piece. SimpleNetDevice has an MTU of 65535 by default.
TEST_P(L2tpUdpPathTest, TheLongestDatagram)
{
    OpenBoth();
    const auto path = PathToB();
    EXPECT_EQ(path->GetMaxPayload(), m_version == 6 ? 65527U : 65507U);
    for (const uint16_t mtu : {65535, 1500, 1280})
    {
        m_nodes[0]->GetDevice(1)->SetMtu(mtu);
        m_interfaces.clear();
        m_atB.clear();
        std::vector<uint8_t> octets(path->GetMaxPayload());
        for (std::size_t i = 0; i < octets.size(); ++i)
        {
            octets[i] = static_cast<uint8_t>(i * 31 >> 3);
        }
        EXPECT_TRUE(path->Send(Create<Packet>(octets.data(), octets.size())));
        Simulator::Run();
        ASSERT_EQ(m_atB.size(), 1U) << "MTU " << mtu;
        EXPECT_TRUE(m_atB[0].octets == octets) << "MTU " << mtu;
        if (mtu < 65535)
        {
            // Per fragment a header of 20 octets, or of 40 and 8 for the Fragment header.
            const std::size_t room = (mtu - (m_version == 6 ? 48 : 20)) / 8 * 8;
            EXPECT_EQ(m_interfaces.size(), (octets.size() + 8 + room - 1) / room);
        }
    }
}

// RFC 4007, section 6: a link-local address is one of a link. With it, it is reached.
TEST_P(L2tpUdpPathOverIpv6Test, ALinkLocalPeer)
{
    OpenBoth();
    for (const uint32_t network : {1U, 2U})
    {
        m_atA.clear();
        m_atB.clear();
        const auto there = PathTo(LinkLocalOf(1, network, network));
        EXPECT_EQ(SendAt(there, Seconds(network)), network);
        EXPECT_EQ(there->GetLocal(), LinkLocalOf(0, network, network));
        Simulator::Run();
        ASSERT_EQ(m_atB.size(), 1U);
        EXPECT_EQ(m_atB[0].from.address, LinkLocalOf(0, network, network));
        EXPECT_EQ(m_atB[0].to, LinkLocalOf(1, network, network));
        const auto back = Create<L2tpUdpPath>(m_ports[1], m_atB[0].to, m_atB[0].from);
        EXPECT_TRUE(back->Send(Create<Packet>(1)));
        Simulator::Run();
        ASSERT_EQ(m_atA.size(), 1U);
        EXPECT_EQ(m_atA[0].from, there->GetPeer());
    }
}

// RFC 4007, section 6: without the link there is no telling where it is.
TEST_P(L2tpUdpPathOverIpv6Test, ALinkLocalPeerOfUnknownLink)
{
    OpenBoth();
    RouteTheRestVia2();
    EXPECT_EQ(SendAt(PathTo(LinkLocalOf(1, 1, 0)), Seconds(1)), 0U);
    EXPECT_EQ(SendAt(PathTo(LinkLocalOf(1, 1, 99)), Seconds(1)), 0U);
}

// A next hop may have a link-local address; a peer beyond it needs one that it can answer to.
TEST_P(L2tpUdpPathOverIpv6Test, ALinkLocalNextHop)
{
    OpenBoth();
    const L2tpIpAddress hop = LinkLocalOf(1, 2, 2);
    Routing6()->AddHostRouteTo("fd00:9::2", hop.GetIpv6(), 2, "::", 0);
    Routing6()->RemoveRoute("fd00:9::2", Ipv6Prefix(128), 1, "::");
    const auto path = PathToB();
    EXPECT_EQ(SendAt(path, Seconds(1)), 2U);
    EXPECT_EQ(path->GetLocal(), AddressIn(2, 0));
    Simulator::Run();
    EXPECT_EQ(m_atB.size(), 1U);
}

// RFC 8200, section 8.1: a UDP checksum is mandatory, and real when ns-3 is told to have any.
TEST_P(L2tpUdpPathOverIpv6Test, AChecksumIsNeverZero)
{
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    OpenBoth();
    Ptr<L2tpUdpPath> path = PathToB();
    uint16_t checksum = 0;
    m_nodes[0]->GetObject<Ipv6L3Protocol>()->TraceConnectWithoutContext(
        "Tx",
        Callback<void, Ptr<const Packet>, Ptr<Ipv6>, uint32_t>(
            [&](Ptr<const Packet> packet, Ptr<Ipv6>, uint32_t) {
                uint8_t octets[48];
                ASSERT_EQ(packet->CopyData(octets, sizeof(octets)), sizeof(octets));
                checksum = octets[46] << 8 | octets[47];
            }));
    path->Send(Create<Packet>(20));
    Simulator::Run();
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    EXPECT_NE(checksum, 0);
    EXPECT_EQ(m_atB.size(), 1U);
}
