/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Marks of a session's datagrams on the wire, over either IP, and what their arrival does.

#include "inner-ip-frames.h"
#include "session-fixture.h"

#include "ns3/l2tp-copy-marking.h"
#include "ns3/socket.h"
#include "ns3/string.h"

using namespace ns3;

namespace
{

constexpr uint8_t EF = 46 << 2; //!< a traffic class

class L2tpSessionMarkingTest : public L2tpSessionTest, public ::testing::WithParamInterface<int>
{
  protected:
    L2tpSessionMarkingTest()
        : L2tpSessionTest(GetParam())
    {
        m_peer->Close();
        EXPECT_TRUE(
            m_peer->Open(m_nodes[1],
                         1701,
                         L2tpUdpPort::ReceiveCallback(
                             [this](Ptr<Packet>, const L2tpUdpAddress&, const L2tpIpAddress&) {
                                 m_classes.push_back(m_peer->GetReceivedClass());
                             })));
        m_session->TraceConnectWithoutContext(
            "UnusedEcn",
            Callback<void, L2tpEcnUse, Ptr<const Packet>>(
                [this](L2tpEcnUse use, Ptr<const Packet>) { m_uses.push_back(use); }));
    }

    /// Open the session with a marking, and somebody who takes what it delivers.
    void OpenMarking()
    {
        m_config.marking = CreateObject<L2tpCopyMarking>();
        Open();
        Attach();
    }

    /// Send an IP packet. @param trafficClass its own @return that of its datagram at the peer
    int ClassAtPeer(uint8_t trafficClass)
    {
        m_classes.clear();
        EXPECT_TRUE(m_session->Send(IpFrame(4, trafficClass)));
        Simulator::Run();
        return m_classes.size() == 1 ? m_classes[0] : -1;
    }

    /// Call a function for each packet of A's IP. @param function the function
    template <typename Function>
    void WatchPackets(Function function)
    {
        if (m_version == 6)
        {
            m_nodes[0]->GetObject<Ipv6L3Protocol>()->TraceConnectWithoutContext(
                "Tx",
                Callback<void, Ptr<const Packet>, Ptr<Ipv6>, uint32_t>(
                    [function](Ptr<const Packet> packet, Ptr<Ipv6>, uint32_t) {
                        function(packet);
                    }));
        }
        else
        {
            m_nodes[0]->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
                "Tx",
                Callback<void, Ptr<const Packet>, Ptr<Ipv4>, uint32_t>(
                    [function](Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t) {
                        function(packet);
                    }));
        }
    }

    /// Let a message with an IP packet arrive. @param inner its traffic class @param outer that of
    /// the datagram @param ns its number, if it has one
    void Arrive(uint8_t inner, uint8_t outer, std::optional<uint16_t> ns = std::nullopt)
    {
        auto message = IpFrame(4, inner);
        L2tpHeader header;
        header.SetTunnelId(1);
        header.SetSessionId(2);
        if (ns)
        {
            header.SetSequence(*ns, 0);
        }
        message->AddHeader(header);
        m_session->Receive(header, message, outer);
    }

    /// An IP packet in hexadecimal digits. @param trafficClass its own
    static std::string Ip(uint8_t trafficClass)
    {
        return HexOf(IpFrame(4, trafficClass));
    }

    std::vector<uint8_t> m_classes; //!< of the datagrams that the peer got
    std::vector<L2tpEcnUse> m_uses; //!< traced
};

} // namespace

INSTANTIATE_TEST_SUITE_P(OverBoth, L2tpSessionMarkingTest, ::testing::Values(4, 6), NameOfIp);

TEST_P(L2tpSessionMarkingTest, WithoutMarkingAllIsZero)
{
    Open();
    Attach();
    EXPECT_EQ(ClassAtPeer(EF | 2), 0);
    Arrive(0, 3);
    EXPECT_EQ(m_frames, Strings{Ip(0)});
}

// RFC 2983, section 4; RFC 6040, section 4.1.
TEST_P(L2tpSessionMarkingTest, DatagramsAreMarkedAsTheirPackets)
{
    OpenMarking();
    EXPECT_EQ(ClassAtPeer(EF | 2), EF | 2);
    EXPECT_EQ(ClassAtPeer(0), 0);
    EXPECT_EQ(ClassAtPeer(3), 3);
}

// As sockets do for what they mark: queue discs of this node see the outer header's priority,
// unless the P bit says more.
TEST_P(L2tpSessionMarkingTest, QueueDiscsOfThisNodeAreTold)
{
    std::vector<int> priorities;
    WatchPackets([&priorities](Ptr<const Packet> packet) {
        SocketPriorityTag tag;
        priorities.push_back(packet->PeekPacketTag(tag) ? tag.GetPriority() : 0);
    });
    for (const auto p : {L2TP_PRIORITY_NONE, L2TP_PRIORITY_ALL})
    {
        m_config.priority = p;
        OpenMarking();
        priorities.clear();
        auto frame = IpFrame(4, 0);
        SocketPriorityTag inner;
        inner.SetPriority(Socket::NS3_PRIO_CONTROL);
        frame->AddPacketTag(inner);
        m_session->Send(frame);
        m_session->Send(IpFrame(4, EF));
        Simulator::Run();
        const int none = p == L2TP_PRIORITY_ALL ? Socket::NS3_PRIO_INTERACTIVE : 0;
        const int marked = p == L2TP_PRIORITY_ALL ? uint8_t(Socket::NS3_PRIO_INTERACTIVE)
                                                  : Socket::IpTos2Priority(EF);
        EXPECT_EQ(priorities, (std::vector<int>{none, marked}));
        m_session->Close();
    }
}

// RFC 6040, section 4.2: congestion on the tunnel's way is told inside.
TEST_P(L2tpSessionMarkingTest, CongestionIsToldInside)
{
    OpenMarking();
    Arrive(EF | 2, EF | 3);
    Arrive(EF | 2, EF | 2);
    Arrive(1, 2);
    EXPECT_EQ(m_frames, (Strings{Ip(EF | 3), Ip(EF | 2), Ip(1)}));
    EXPECT_EQ(m_session->GetStatistics().rxCe, 1U);
    EXPECT_EQ(m_endpoint->rxCe, 1U);
    EXPECT_EQ(m_uses, std::vector<L2tpEcnUse>{L2tpEcnUse::POSSIBLY_DANGEROUS});
    EXPECT_EQ(m_endpoint->rxUnusedEcn, 1U);
}

// RFC 6040, section 4.2: "the decapsulator MUST drop the packet"; "SHOULD log the event".
TEST_P(L2tpSessionMarkingTest, CongestionThatCanNotBeToldIsALoss)
{
    OpenMarking();
    Arrive(EF, EF | 3);
    EXPECT_TRUE(m_frames.empty());
    EXPECT_EQ(m_drops, Strings{"data-ce-not-ect " + Ip(EF)});
    EXPECT_EQ(Dropped(Reason::DATA_CE_NOT_ECT), 1U);
    EXPECT_EQ(m_uses, std::vector<L2tpEcnUse>{L2tpEcnUse::DANGEROUS});
    EXPECT_EQ(m_endpoint->rxPackets, 0U);
    // Its number is missing, as if a router had dropped it.
    Arrive(EF, EF, 0);
    Arrive(EF, EF | 3, 1);
    Arrive(EF, EF, 2);
    EXPECT_EQ(m_frames, (Strings{Ip(EF), Ip(EF)}));
    EXPECT_EQ(m_endpoint->rxLost, 1U);
}

// RFC 2661, section 5.4: the LAC has received the message, though nobody gets the packet.
// RFC 2661: 5.4-02, 5.4-03
TEST_P(L2tpSessionMarkingTest, LacFollowsWhatIsLost)
{
    OpenMarking();
    Arrive(EF, EF | 3, 0);
    EXPECT_TRUE(m_session->IsSequencing());
    Arrive(EF, EF | 3);
    EXPECT_FALSE(m_session->IsSequencing());
    EXPECT_EQ(Dropped(Reason::DATA_CE_NOT_ECT), 2U);
}

// Whoever is told may close the session.
TEST_P(L2tpSessionMarkingTest, MayBeClosedMeanwhile)
{
    OpenMarking();
    m_session->TraceConnectWithoutContext(
        "UnusedEcn",
        Callback<void, L2tpEcnUse, Ptr<const Packet>>(
            [this](L2tpEcnUse, Ptr<const Packet>) { m_session->Close(); }));
    Arrive(1, 2);
    EXPECT_TRUE(m_frames.empty());
    EXPECT_EQ(Dropped(Reason::SESSION_NOT_ESTABLISHED), 1U);
}
