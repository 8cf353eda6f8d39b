/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "two-nodes.h"

#include "ns3/inet6-socket-address.h"
#include "ns3/ipv6-end-point.h"
#include "ns3/socket.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/udp-socket-factory.h"

#include <memory>

using namespace ns3;

namespace
{

/// A UDP port of a node (RFC 2661, section 8.1).
class L2tpUdpPortTest : public TwoNodesTest
{
  protected:
    /// Open a port on A. @param port its number, 0 for any @return whether it could be had
    bool Open(uint16_t port)
    {
        return m_port->Open(m_nodes[0], port, NoteIn(m_taken));
    }

    /**
     * @brief Send a datagram from B to A over both IP versions.
     * @param port the port of A
     */
    void SendToA(uint16_t port)
    {
        const auto from = CreateObject<L2tpUdpPort>();
        ASSERT_TRUE(from->Open(m_nodes[1], 0, NoteIn(m_taken)));
        for (const L2tpIpAddress& to :
             {L2tpIpAddress(Ipv4Address("10.1.0.1")), L2tpIpAddress(Ipv6Address("fd00:1::1"))})
        {
            Create<L2tpUdpPath>(from, L2tpIpAddress(), L2tpUdpAddress{to, port})
                ->Send(Create<Packet>(1));
        }
        Simulator::Run();
    }

    /// A node with one IP version. @param version which @return the node
    static Ptr<Node> NodeWith(int version)
    {
        InternetStackHelper stack;
        stack.SetIpv4StackInstall(version == 4);
        stack.SetIpv6StackInstall(version == 6);
        auto node = CreateObject<Node>();
        stack.Install(node);
        return node;
    }

    Ptr<L2tpUdpPort> m_port{CreateObject<L2tpUdpPort>()}; //!< the port
    std::vector<Datagram> m_taken;                        //!< what it took
};

} // namespace

// One port takes what comes over either IP version, and tells them apart.
TEST_F(L2tpUdpPortTest, OverBothIpVersions)
{
    ASSERT_TRUE(Open(1701));
    SendToA(1701);
    ASSERT_EQ(m_taken.size(), 2U);
    EXPECT_EQ(m_taken[0].from.address, L2tpIpAddress(Ipv4Address("10.1.0.2")));
    EXPECT_EQ(m_taken[0].to, L2tpIpAddress(Ipv4Address("10.1.0.1")));
    EXPECT_EQ(m_taken[1].from.address, L2tpIpAddress(Ipv6Address("fd00:1::2")));
    EXPECT_EQ(m_taken[1].to, L2tpIpAddress(Ipv6Address("fd00:1::1")));
    EXPECT_EQ(m_taken[1].from.port, m_taken[0].from.port);
}

// A node may have only one of them.
TEST_F(L2tpUdpPortTest, OverOneIpVersion)
{
    for (const int version : {4, 6})
    {
        for (const uint16_t number : {1701, 0})
        {
            const auto port = CreateObject<L2tpUdpPort>();
            ASSERT_TRUE(port->Open(NodeWith(version), number, NoteIn(m_taken)));
            EXPECT_NE(port->GetPort(), 0);
            EXPECT_EQ(port->GetIpv4() != nullptr, version == 4);
            EXPECT_EQ(port->GetIpv6() != nullptr, version == 6);
            const auto path = Create<L2tpUdpPath>(
                port,
                L2tpIpAddress(),
                L2tpUdpAddress{version == 4 ? L2tpIpAddress(Ipv6Address("::1"))
                                            : L2tpIpAddress(Ipv4Address("127.0.0.1")),
                               1701});
            EXPECT_FALSE(path->Send(Create<Packet>(1))) << "there is no route without IP";
        }
    }
}

// Section 8.1: a port that somebody has is not to be had, on that node.
TEST_F(L2tpUdpPortTest, PortTaken)
{
    ASSERT_TRUE(Open(1701));
    const auto another = CreateObject<L2tpUdpPort>();
    EXPECT_FALSE(another->Open(m_nodes[0], 1701, NoteIn(m_taken)));
    EXPECT_EQ(another->GetPort(), 0);
    EXPECT_TRUE(another->Open(m_nodes[0], 1702, NoteIn(m_taken)));
    EXPECT_EQ(another->GetPort(), 1702);
    EXPECT_TRUE(another->Open(m_nodes[1], 1701, NoteIn(m_taken)));
}

// A port that is taken over one IP version is not half opened over the other.
TEST_F(L2tpUdpPortTest, PortTakenOverIpv6)
{
    const auto udp = m_nodes[0]->GetObject<UdpL4Protocol>();
    Ipv6EndPoint* taken = udp->Allocate6(nullptr, 1701);
    EXPECT_FALSE(Open(1701));
    EXPECT_EQ(m_port->GetPort(), 0);
    udp->DeAllocate(taken);
    EXPECT_TRUE(Open(1701));
}

// Section 8.1: "picks an available source UDP port (which may or may not be 1701)".
TEST_F(L2tpUdpPortTest, AnyFreePort)
{
    ASSERT_TRUE(Open(0));
    const uint16_t first = m_port->GetPort();
    EXPECT_NE(first, 0);
    // The next two are free over IPv4 only.
    const auto udp = m_nodes[0]->GetObject<UdpL4Protocol>();
    ASSERT_TRUE(udp->Allocate6(nullptr, first + 1));
    ASSERT_TRUE(udp->Allocate6(nullptr, first + 2));
    const auto another = CreateObject<L2tpUdpPort>();
    ASSERT_TRUE(another->Open(m_nodes[0], 0, NoteIn(m_taken)));
    EXPECT_EQ(another->GetPort(), first + 3);
    SendToA(first + 3);
    EXPECT_EQ(m_taken.size(), 2U) << "the same over both";
}

// What is on the way when the port closes is not taken.
TEST_F(L2tpUdpPortTest, ClosedWhileADatagramIsOnTheWay)
{
    ASSERT_TRUE(Open(1701));
    Simulator::ScheduleNow(&L2tpUdpPort::Close, m_port);
    SendToA(1701);
    EXPECT_TRUE(m_taken.empty());
}

// Whoever takes a datagram may close the port, and is not lost while he does.
TEST_F(L2tpUdpPortTest, ClosedByWhoTakesADatagram)
{
    struct State
    {
        Ptr<L2tpUdpPort> port;     //!< the port
        std::weak_ptr<int> holder; //!< what the callback holds
        int there{0};              //!< how often it was there after the port was closed
    };

    State state{m_port, {}, 0};
    const auto from = CreateObject<L2tpUdpPort>();
    ASSERT_TRUE(from->Open(m_nodes[1], 0, NoteIn(m_taken)));
    for (const L2tpIpAddress& to :
         {L2tpIpAddress(Ipv4Address("10.1.0.1")), L2tpIpAddress(Ipv6Address("fd00:1::1"))})
    {
        auto held = std::make_shared<int>();
        state.holder = held;
        ASSERT_TRUE(m_port->Open(
            m_nodes[0],
            1701,
            L2tpUdpPort::ReceiveCallback([held, at = &state](auto, const auto&, const auto&) {
                State* const state = at;
                state->port->Close();
                state->there += state->holder.expired() ? 0 : 1;
            })));
        held = nullptr;
        Create<L2tpUdpPath>(from, L2tpIpAddress(), L2tpUdpAddress{to, 1701})
            ->Send(Create<Packet>(1));
        Simulator::Run();
        EXPECT_TRUE(state.holder.expired());
    }
    EXPECT_EQ(state.there, 2);
}

// A port that is disposed of gives its number back, over both IP versions.
TEST_F(L2tpUdpPortTest, DisposalCloses)
{
    ASSERT_TRUE(Open(1701));
    m_port->Dispose();
    const auto another = CreateObject<L2tpUdpPort>();
    EXPECT_TRUE(another->Open(m_nodes[0], 1701, NoteIn(m_taken)));
}

// A node without an internet stack is a mistake, told with what to do about it.
TEST(L2tpUdpPortDeathTest, NoInternetStack)
{
    const auto port = CreateObject<L2tpUdpPort>();
    EXPECT_DEATH(port->Open(CreateObject<Node>(), 1701, L2tpUdpPort::ReceiveCallback()),
                 "has no internet stack: install one");
    Simulator::Destroy();
}
