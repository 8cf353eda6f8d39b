/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "transport/two-nodes.h"
#include "wire/octets.h"

#include "ns3/ipv4-l3-protocol.h"
#include "ns3/l2tp-session.h"

using namespace ns3;

namespace
{

using Reason = L2tpDropReason;

/// The data plane of a call between two nodes (RFC 2661, sections 3.1 and 5.3).
class L2tpSessionTest : public TwoNodesTest
{
  protected:
    L2tpSessionTest()
    {
        EXPECT_TRUE(m_port->Open(m_nodes[0], 1701, NoteIn(m_atA)));
        EXPECT_TRUE(m_peer->Open(m_nodes[1], 1701, NoteIn(m_atB)));
        m_path =
            Create<L2tpUdpPath>(m_port, Ipv4Address::GetAny(), L2tpUdpAddress{PeerAddress(), 1701});
        m_session->TraceConnectWithoutContext("Drop", MakeBoundCallback(&NoteDrop, &m_drops));
        m_session->SetEndpointStatistics(m_endpoint);
        m_session->TraceConnectWithoutContext("Tx", MakeBoundCallback(&NoteFrame, &m_tx));
        m_session->TraceConnectWithoutContext("Rx", MakeBoundCallback(&NoteFrame, &m_rx));
    }

    /// Open the session, to the peer's tunnel 20 and session 200.
    void Open()
    {
        m_session->Open(m_path, 20, 200);
    }

    /// Attach somebody who notes the frames that arrive.
    void Attach()
    {
        m_session->Attach(MakeBoundCallback(&NotePacket, &m_frames), L2Circuit::StatusCallback());
    }

    /**
     * @brief Send a frame.
     * @param hex its octets
     * @return whether it was sent
     */
    bool Send(const std::string& hex)
    {
        const auto octets = Octets(hex);
        return m_session->Send(Create<Packet>(octets.data(), octets.size()));
    }

    /**
     * @brief Let a data message arrive.
     * @param hex its octets, as they are on the wire
     */
    void Receive(const std::string& hex)
    {
        const auto octets = Octets(hex);
        L2tpHeader header;
        ASSERT_EQ(L2tpHeader::Parse(octets, octets.size(), header), L2tpHeaderError::NONE);
        m_session->Receive(header, Create<Packet>(octets.data(), octets.size()));
    }

    /// What the peer's port took. @return the datagrams, in hexadecimal
    std::vector<std::string> AtPeer()
    {
        Simulator::Run();
        std::vector<std::string> all;
        for (const Datagram& datagram : m_atB)
        {
            all.push_back(Hex(datagram.octets));
        }
        return all;
    }

    /**
     * @brief How often frames were dropped for a reason.
     * @param reason the reason
     * @return the session's count, after a check that the endpoint has counted as many
     */
    uint64_t Dropped(Reason reason) const
    {
        const auto index = static_cast<std::size_t>(reason);
        EXPECT_EQ(m_session->GetStatistics().dropped[index], m_endpoint->dropped[index]);
        return m_session->GetStatistics().dropped[index];
    }

    using Strings = std::vector<std::string>;

    std::vector<Datagram> m_atA;                             //!< what A's port took
    std::vector<Datagram> m_atB;                             //!< what B's port took
    Strings m_frames;                                        //!< what the session delivered
    Strings m_tx;                                            //!< traced
    Strings m_rx;                                            //!< traced
    Strings m_drops;                                         //!< traced
    Ptr<L2tpUdpPort> m_port{CreateObject<L2tpUdpPort>()};    //!< A's
    Ptr<L2tpUdpPort> m_peer{CreateObject<L2tpUdpPort>()};    //!< B's
    Ptr<L2tpUdpPath> m_path;                                 //!< from A to B
    Ptr<L2tpSession> m_session{CreateObject<L2tpSession>()}; //!< A's end
    std::shared_ptr<L2tpDataStatistics> m_endpoint{
        std::make_shared<L2tpDataStatistics>()}; //!< of A

    /// A packet's octets. @param packet it @return hexadecimal digits
    static std::string HexOf(Ptr<const Packet> packet)
    {
        std::vector<uint8_t> octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        return Hex(octets);
    }

    /// Note a packet. @param notes where @param packet it
    static void NotePacket(Strings* notes, Ptr<Packet> packet)
    {
        notes->push_back(HexOf(packet));
    }

    /// Note a traced frame. @param notes where @param frame it
    static void NoteFrame(Strings* notes, Ptr<const Packet> frame)
    {
        notes->push_back(HexOf(frame));
    }

    /// Note a drop. @param notes where @param reason why @param frame what
    static void NoteDrop(Strings* notes, Reason reason, Ptr<const Packet> frame)
    {
        notes->push_back(std::string(L2tpDropReasonName(reason)) + " " + HexOf(frame));
    }
};

/**
 * @brief Send another frame as soon as one leaves the node.
 * @param session where to
 */
void
SendAgain(Ptr<L2tpSession> session, Ptr<const Packet>, Ptr<Ipv4>, uint32_t)
{
    EXPECT_FALSE(session->Send(Create<Packet>(3)));
}

/**
 * @brief Note a status.
 * @param notes where
 * @param up the status
 */
void
NoteStatus(std::vector<bool>* notes, bool up)
{
    notes->push_back(up);
}

} // namespace

// Section 3.1: without options the header is version, Tunnel ID and Session ID.
// RFC 2661: 3.1-02, 3.1-08, 4.4.3-21, 4.4.4-03
TEST_F(L2tpSessionTest, HeaderOfADataMessage)
{
    Open();
    EXPECT_TRUE(Send("ff03 c021 01"));
    EXPECT_TRUE(Send(""));
    EXPECT_EQ(AtPeer(), Strings({"0002001400c8ff03c02101", "0002001400c8"}));
    EXPECT_EQ(m_tx, Strings({"ff03c02101", ""})) << "the frames as they came";
    EXPECT_EQ(m_session->GetStatistics().txPackets, 2U);
    EXPECT_EQ(m_session->GetStatistics().txBytes, 5U);
    EXPECT_EQ(m_endpoint->txPackets, 2U);
    EXPECT_EQ(m_endpoint->txBytes, 5U);
}

// Section 3.1: with L the Length of the whole message, anew for each.
TEST_F(L2tpSessionTest, LengthInDataMessages)
{
    m_session->SetLengthPresent(true);
    Open();
    Send("ff03 c021 01");
    Send("ff03");
    EXPECT_EQ(AtPeer(), Strings({"4002000d001400c8ff03c02101", "4002000a001400c8ff03"}));
}

// Section 3.1: all that a peer may set, and a receiver has to take.
TEST_F(L2tpSessionTest, ReceivesWithEveryOption)
{
    Open();
    Attach();
    Receive("0002 000a 0064 ff03c021");                                // none
    Receive("4002 000c 000a 0064 ff03c021");                           // L
    Receive("0802 000a 0064 0007 0000 ff03c021");                      // S
    Receive("0102 000a 0064 ff03c021");                                // P
    Receive("0202 000a 0064 0000 ff03c021");                           // O, of 0 octets
    Receive("0202 000a 0064 0003 aabbcc ff03c021");                    // O
    Receive("4b02 0017 000a 0064 0007 0000 0005 aabbccddee ff03c021"); // all
    EXPECT_EQ(m_frames, Strings(7, "ff03c021"));
    EXPECT_EQ(m_rx, m_frames);
    EXPECT_EQ(m_session->GetStatistics().rxPackets, 7U);
    EXPECT_EQ(m_session->GetStatistics().rxBytes, 28U);
    EXPECT_EQ(m_endpoint->rxPackets, 7U);
    EXPECT_EQ(m_endpoint->rxBytes, 28U);
    EXPECT_TRUE(m_drops.empty());
}

// Section 3.1: octets beyond Length are not part of the message (case 3).
TEST_F(L2tpSessionTest, TrailingOctetsAreCutOff)
{
    Open();
    Attach();
    Receive("4002 000c 000a 0064 ff03c021 00000000");
    Receive("4002 0008 000a 0064 ff03c021");
    EXPECT_EQ(m_frames, Strings({"ff03c021", ""}));
    EXPECT_EQ(m_session->GetStatistics().rxBytes, 4U);
}

// Case 11: data before the session is open, and after it was closed.
// RFC 2661: 5.0-02
TEST_F(L2tpSessionTest, NothingPassesBeforeOpenAndAfterClose)
{
    Attach();
    Receive("0002 000a 0064 ff03c021");
    EXPECT_FALSE(Send("ff03"));
    EXPECT_EQ(m_drops,
              Strings({"session-not-established 0002000a0064ff03c021", "send-session-down ff03"}));
    Open();
    EXPECT_TRUE(Send("ff03"));
    m_session->Close();
    Receive("0002 000a 0064 ff03c021");
    EXPECT_FALSE(Send("ff03"));
    EXPECT_TRUE(m_frames.empty());
    EXPECT_EQ(AtPeer().size(), 1U);
    EXPECT_EQ(Dropped(Reason::SESSION_NOT_ESTABLISHED), 2U);
    EXPECT_EQ(Dropped(Reason::SEND_SESSION_DOWN), 2U);
}

// A circuit tells its user when frames pass.
TEST_F(L2tpSessionTest, StatusFollowsOpenAndClose)
{
    std::vector<bool> status;
    m_session->Attach(L2Circuit::ReceiveCallback(), MakeBoundCallback(&NoteStatus, &status));
    Open();
    m_session->Close();
    m_session->Close();
    EXPECT_EQ(status, std::vector<bool>({true, false}));
}

// A session may be opened again, to another session of the peer.
TEST_F(L2tpSessionTest, OpenedAgain)
{
    Open();
    m_session->Close();
    m_session->Open(m_path, 21, 201);
    EXPECT_TRUE(Send("ff"));
    EXPECT_EQ(AtPeer(), Strings({"0002001500c9ff"}));
}

// The route to the peer leads into the session: one frame, not one for ever.
TEST_F(L2tpSessionTest, Recursion)
{
    m_nodes[0]->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
        "Tx",
        MakeBoundCallback(&SendAgain, m_session));
    Open();
    EXPECT_TRUE(Send("ff03"));
    EXPECT_EQ(Dropped(Reason::SEND_RECURSION), 1U);
    EXPECT_TRUE(Send("ff04")) << "the guard is off again";
    EXPECT_EQ(AtPeer(), Strings({"0002001400c8ff03", "0002001400c8ff04"}));
}

// The longest frame that fits a UDP datagram, and one octet more.
TEST_F(L2tpSessionTest, TooLong)
{
    for (const bool length : {false, true})
    {
        m_session->SetLengthPresent(length);
        Open();
        const uint32_t most = 65535 - 20 - 8 - (length ? 8 : 6);
        m_drops.clear();
        EXPECT_TRUE(m_session->Send(Create<Packet>(most)));
        EXPECT_FALSE(m_session->Send(Create<Packet>(most + 1)));
        EXPECT_EQ(m_drops.size(), 1U);
        EXPECT_EQ(m_drops[0].substr(0, 14), "send-too-long ");
        Simulator::Run();
        ASSERT_FALSE(m_atB.empty());
        EXPECT_EQ(m_atB.back().octets.size(), 65507U);
        m_session->Close();
        m_session = CreateObject<L2tpSession>();
        m_session->TraceConnectWithoutContext("Drop", MakeBoundCallback(&NoteDrop, &m_drops));
    }
}

// Nobody to take a frame.
TEST_F(L2tpSessionTest, NoReceiver)
{
    Open();
    Receive("0002 000a 0064 ff03c021");
    EXPECT_EQ(m_drops, Strings({"no-receiver ff03c021"}));
    EXPECT_EQ(Dropped(Reason::NO_RECEIVER), 1U);
    EXPECT_EQ(m_session->GetStatistics().rxPackets, 0U);
}

// No route to the peer, or no port any more.
TEST_F(L2tpSessionTest, NoRoute)
{
    Open();
    m_port->Close();
    EXPECT_FALSE(Send("ff03"));
    EXPECT_EQ(Dropped(Reason::SEND_NO_ROUTE), 1U);
    EXPECT_EQ(m_session->GetStatistics().txPackets, 0U);
    EXPECT_EQ(m_drops, Strings({"send-no-route ff03"})) << "the frame, without an L2TP header";
}

// Once it was set the Length stayed, and was that of the last message with one.
TEST_F(L2tpSessionTest, NoLengthAnyMore)
{
    Open();
    m_session->SetLengthPresent(true);
    Send("ff03 c021 01");
    m_session->SetLengthPresent(false);
    Send("ff03");
    EXPECT_EQ(AtPeer(), Strings({"4002000d001400c8ff03c02101", "0002001400c8ff03"}));
}
