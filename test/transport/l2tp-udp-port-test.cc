/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "two-nodes.h"

#include "ns3/ipv4-l3-protocol.h"

using namespace ns3;

namespace
{

/// A UDP port of a node, and the ways from it to peers (RFC 2661, section 8.1).
class L2tpUdpPortTest : public TwoNodesTest
{
  protected:
    L2tpUdpPortTest()
    {
        m_nodes[0]->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
            "Tx",
            MakeBoundCallback(&L2tpUdpPortTest::NoteInterface, &m_interfaces));
    }

    /// Open port 1701 on both nodes.
    void OpenBoth()
    {
        ASSERT_TRUE(m_ports[0]->Open(m_nodes[0], 1701, NoteIn(m_atA)));
        ASSERT_TRUE(m_ports[1]->Open(m_nodes[1], 1701, NoteIn(m_atB)));
    }

    /// A path from A to B. @return the path
    Ptr<L2tpUdpPath> PathToB() const
    {
        return Create<L2tpUdpPath>(m_ports[0],
                                   Ipv4Address::GetAny(),
                                   L2tpUdpAddress{PeerAddress(), 1701});
    }

    /**
     * @brief Let time pass and send.
     * @param path the way
     * @param at when
     * @return the interface that the packet left by, 0 for none
     */
    uint32_t SendAt(Ptr<L2tpUdpPath> path, Time at)
    {
        Simulator::Stop(at - Simulator::Now());
        Simulator::Run();
        m_interfaces.clear();
        return path->Send(Create<Packet>(100)) ? m_interfaces.at(0) : 0;
    }

    std::array<Ptr<L2tpUdpPort>, 2> m_ports{CreateObject<L2tpUdpPort>(),
                                            CreateObject<L2tpUdpPort>()}; //!< A's and B's
    std::vector<Datagram> m_atA;                                          //!< what A's port took
    std::vector<Datagram> m_atB;                                          //!< what B's port took
    std::vector<uint32_t> m_interfaces; //!< by which interface A's packets left

  private:
    /// Note by which interface a packet left. @param notes where to note @param interface it
    static void NoteInterface(std::vector<uint32_t>* notes,
                              Ptr<const Packet> /* packet */,
                              Ptr<Ipv4> /* ipv4 */,
                              uint32_t interface)
    {
        notes->push_back(interface);
    }
};

} // namespace

// Section 8.1: request to port 1701, answer to the address and port it came from.
TEST_F(L2tpUdpPortTest, ThereAndBack)
{
    ASSERT_TRUE(m_ports[0]->Open(m_nodes[0], 0, NoteIn(m_atA)));
    ASSERT_TRUE(m_ports[1]->Open(m_nodes[1], 1701, NoteIn(m_atB)));
    const uint8_t request[] = {1, 2, 3};
    const auto there = PathToB();
    EXPECT_TRUE(there->Send(Create<Packet>(request, 3)));
    Simulator::Run();
    ASSERT_EQ(m_atB.size(), 1U);
    EXPECT_EQ(m_atB[0].octets, std::vector<uint8_t>({1, 2, 3}));
    EXPECT_EQ(m_atB[0].from, (L2tpUdpAddress{Ipv4Address("10.1.0.1"), m_ports[0]->GetPort()}));
    EXPECT_EQ(m_atB[0].to, PeerAddress());
    const auto back = Create<L2tpUdpPath>(m_ports[1], m_atB[0].to, m_atB[0].from);
    EXPECT_TRUE(back->Send(Create<Packet>(5)));
    Simulator::Run();
    ASSERT_EQ(m_atA.size(), 1U);
    EXPECT_EQ(m_atA[0].from, there->GetPeer()) << "from where it was sent to";
    EXPECT_EQ(m_atA[0].octets.size(), 5U);
}

// Section 8.1: a port that somebody has is not to be had, on that node.
TEST_F(L2tpUdpPortTest, PortTaken)
{
    OpenBoth();
    const auto another = CreateObject<L2tpUdpPort>();
    EXPECT_FALSE(another->Open(m_nodes[0], 1701, NoteIn(m_atA)));
    EXPECT_EQ(another->GetPort(), 0);
    EXPECT_TRUE(another->Open(m_nodes[0], 1702, NoteIn(m_atA)));
    EXPECT_EQ(another->GetPort(), 1702);
}

// Section 8.1: "picks an available source UDP port (which may or may not be 1701)".
TEST_F(L2tpUdpPortTest, AnyFreePort)
{
    ASSERT_TRUE(m_ports[0]->Open(m_nodes[0], 0, NoteIn(m_atA)));
    ASSERT_TRUE(m_ports[1]->Open(m_nodes[0], 0, NoteIn(m_atB)));
    EXPECT_NE(m_ports[0]->GetPort(), 0);
    EXPECT_NE(m_ports[1]->GetPort(), 0);
    EXPECT_NE(m_ports[0]->GetPort(), m_ports[1]->GetPort());
}

// A change of routing is followed after a second at most, and not looked for before.
TEST_F(L2tpUdpPortTest, ARouteIsKeptForASecond)
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

// Section 8.1: addresses "MUST remain static for the life of the tunnel", whatever the route.
// RFC 2661: 8.1-01
TEST_F(L2tpUdpPortTest, TheLocalAddressIsFixedByTheFirstRoute)
{
    OpenBoth();
    const auto path = PathToB();
    EXPECT_EQ(path->GetLocal(), Ipv4Address::GetAny());
    SendAt(path, Seconds(0));
    EXPECT_EQ(path->GetLocal(), Ipv4Address("10.1.0.1"));
    RouteVia(2);
    EXPECT_EQ(SendAt(path, Seconds(2)), 2U);
    Simulator::Run();
    EXPECT_EQ(path->GetLocal(), Ipv4Address("10.1.0.1"));
    ASSERT_EQ(m_atB.size(), 2U);
    EXPECT_EQ(m_atB[1].from, m_atB[0].from);
}

// Section 8.1: who answers does so from the address that was asked.
TEST_F(L2tpUdpPortTest, AGivenLocalAddressIsUsed)
{
    OpenBoth();
    const auto path = Create<L2tpUdpPath>(m_ports[1],
                                          PeerAddress(),
                                          L2tpUdpAddress{Ipv4Address("10.2.0.1"), 1701});
    EXPECT_TRUE(path->Send(Create<Packet>(1)));
    Simulator::Run();
    ASSERT_EQ(m_atA.size(), 1U);
    EXPECT_EQ(m_atA[0].from.address, PeerAddress());
}

// Without a route nothing is sent; with one again it is, without delay.
TEST_F(L2tpUdpPortTest, NoRoute)
{
    OpenBoth();
    const auto path = Create<L2tpUdpPath>(m_ports[0],
                                          Ipv4Address::GetAny(),
                                          L2tpUdpAddress{Ipv4Address("172.16.0.1"), 1701});
    EXPECT_EQ(SendAt(path, Seconds(1)), 0U);
    EXPECT_EQ(path->GetLocal(), Ipv4Address::GetAny());
    Routing()->SetDefaultRoute(Ipv4Address("10.2.0.2"), 2);
    EXPECT_EQ(SendAt(path, Seconds(1)), 2U);
}

// Section 8.1: the peer may answer from another port, which then is its port.
TEST_F(L2tpUdpPortTest, FollowsThePeer)
{
    OpenBoth();
    const auto path = PathToB();
    SendAt(path, Seconds(0));
    Simulator::Run();
    path->SetPeer({Ipv4Address("10.2.0.2"), 1701});
    EXPECT_EQ(SendAt(path, Simulator::Now() + MilliSeconds(1)), 2U)
        << "the route of the old peer is not kept";
    Simulator::Run();
    ASSERT_EQ(m_atB.size(), 2U);
    EXPECT_EQ(m_atB[1].to, Ipv4Address("10.2.0.2"));
}

// A port that is closed neither takes nor sends; opened again it does both.
TEST_F(L2tpUdpPortTest, CloseAndReopen)
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

// What is on the way when the port closes is not taken.
TEST_F(L2tpUdpPortTest, ClosedWhileADatagramIsOnTheWay)
{
    OpenBoth();
    PathToB()->Send(Create<Packet>(1));
    m_ports[1]->Close();
    Simulator::Run();
    EXPECT_TRUE(m_atB.empty());
}

// The node goes away while its port is open, as at the end of a simulation.
TEST_F(L2tpUdpPortTest, NodeDestroyedWhileOpen)
{
    OpenBoth();
    const auto path = PathToB();
    SendAt(path, Seconds(1));
    m_nodes[0]->Dispose();
    EXPECT_EQ(m_ports[0]->GetPort(), 0);
    EXPECT_FALSE(path->Send(Create<Packet>(1)));
    m_ports[0]->Close();
}

// A port that is disposed of gives its number back.
TEST_F(L2tpUdpPortTest, DisposalCloses)
{
    OpenBoth();
    m_ports[0]->Dispose();
    const auto another = CreateObject<L2tpUdpPort>();
    EXPECT_TRUE(another->Open(m_nodes[0], 1701, NoteIn(m_atA)));
}

// A node without an internet stack is a mistake, told with what to do about it.
TEST(L2tpUdpPortDeathTest, NoInternetStack)
{
    const auto port = CreateObject<L2tpUdpPort>();
    EXPECT_DEATH(port->Open(CreateObject<Node>(), 1701, L2tpUdpPort::ReceiveCallback()),
                 "has no internet stack: install one");
    Simulator::Destroy();
}
