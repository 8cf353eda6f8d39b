/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "session-fixture.h"

#include "ns3/ipv4-l3-protocol.h"
#include "ns3/socket.h"

using namespace ns3;

namespace
{

/// A session over each IP version.
class L2tpSessionOfBothIpTest : public L2tpSessionTest, public ::testing::WithParamInterface<int>
{
  protected:
    L2tpSessionOfBothIpTest()
        : L2tpSessionTest(GetParam())
    {
    }
};

INSTANTIATE_TEST_SUITE_P(BothIp, L2tpSessionOfBothIpTest, ::testing::Values(4, 6), NameOfIp);

/// Note the priority of a packet that a node sends. @param notes where @param packet it
void
NotePriority(std::vector<int>* notes, Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
{
    SocketPriorityTag tag;
    notes->push_back(packet->PeekPacketTag(tag) ? tag.GetPriority() : -1);
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
//
// RFC 2661: 3.1-02, 3.1-08, 4.4.3-21, 4.4.4-03
TEST_P(L2tpSessionOfBothIpTest, HeaderOfADataMessage)
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
    m_config.lengthPresent = true;
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
    Receive("4b02 0017 000a 0064 0008 ffff 0005 aabbccddee ff03c021"); // all
    EXPECT_EQ(m_frames, Strings(7, "ff03c021"));
    EXPECT_EQ(m_rx, m_frames);
    EXPECT_EQ(m_session->GetStatistics().rxPackets, 7U);
    EXPECT_EQ(m_session->GetStatistics().rxBytes, 28U);
    EXPECT_EQ(m_endpoint->rxPackets, 7U);
    EXPECT_EQ(m_endpoint->rxBytes, 28U);
    EXPECT_TRUE(m_drops.empty());
}

// Section 3.1: "In data messages, Nr is reserved and [...] MUST be ignored upon receipt."
// RFC 2661: 3.1-10
TEST_F(L2tpSessionTest, NrIsIgnored)
{
    for (const auto mode :
         {L2tpSequencingMode::FOLLOW, L2tpSequencingMode::CONTROL, L2tpSequencingMode::ALWAYS})
    {
        m_mode = mode;
        Open();
        Attach();
        m_frames.clear();
        m_atB.clear();
        EXPECT_TRUE(Send("00"));
        EXPECT_EQ(AtPeer(),
                  Strings({mode == L2tpSequencingMode::ALWAYS ? "0802001400c80000000000"
                                                              : "0002001400c800"}));
        Receive("0802 000a 0064 0000 ffff 01");
        EXPECT_EQ(m_session->IsSequencing(), mode != L2tpSequencingMode::CONTROL);
        Receive("0802 000a 0064 0001 0000 02");
        Receive("0802 000a 0064 0002 8000 03");
        Receive("0802 000a 0064 0003 0007 04");
        EXPECT_EQ(m_session->IsSequencing(), mode != L2tpSequencingMode::CONTROL);
        EXPECT_EQ(m_frames, Strings({"01", "02", "03", "04"}));
        EXPECT_TRUE(m_drops.empty());
        // Nor does what was received so far tell the peer anything: what is sent has Nr 0, and the
        // Ns that follows what was sent.
        m_atB.clear();
        EXPECT_TRUE(Send("05"));
        EXPECT_EQ(AtPeer(),
                  Strings({mode == L2tpSequencingMode::CONTROL  ? "0002001400c805"
                           : mode == L2tpSequencingMode::ALWAYS ? "0802001400c80001000005"
                                                                : "0802001400c80000000005"}));
        m_session->Close();
    }
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
TEST_P(L2tpSessionOfBothIpTest, Recursion)
{
    WatchTx([this](uint32_t /* interface */) { EXPECT_FALSE(m_session->Send(Create<Packet>(3))); });
    Open();
    EXPECT_TRUE(Send("ff03"));
    EXPECT_EQ(Dropped(Reason::SEND_RECURSION), 1U);
    EXPECT_TRUE(Send("ff04")) << "the guard is off again";
    EXPECT_EQ(AtPeer(), Strings({"0002001400c8ff03", "0002001400c8ff04"}));
}

// The longest frame that fits a UDP datagram, and one octet more.
TEST_P(L2tpSessionOfBothIpTest, TooLong)
{
    for (const bool length : {false, true})
    {
        m_config.lengthPresent = length;
        Open();
        const uint32_t datagram = m_version == 6 ? 65535 - 8 : 65535 - 20 - 8;
        const uint32_t most = datagram - (length ? 8 : 6);
        m_drops.clear();
        EXPECT_TRUE(m_session->Send(Create<Packet>(most)));
        EXPECT_FALSE(m_session->Send(Create<Packet>(most + 1)));
        EXPECT_EQ(m_drops.size(), 1U);
        EXPECT_EQ(m_drops[0].substr(0, 14), "send-too-long ");
        Simulator::Run();
        ASSERT_FALSE(m_atB.empty());
        EXPECT_EQ(m_atB.back().octets.size(), datagram);
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
TEST_P(L2tpSessionOfBothIpTest, NoRoute)
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
    m_config.lengthPresent = true;
    Open();
    Send("ff03 c021 01");
    m_session->Close();
    m_config.lengthPresent = false;
    Open();
    Send("ff03");
    EXPECT_EQ(AtPeer(), Strings({"4002000d001400c8ff03c02101", "0002001400c8ff03"}));
}

// Section 3.1: O, Offset Size and as many octets before the payload.
TEST_F(L2tpSessionTest, OffsetInDataMessages)
{
    m_config.offset = 3;
    Open();
    Send("ff03 c021");
    m_session->Close();
    m_config.lengthPresent = true;
    Open();
    Send("ff03");
    EXPECT_EQ(AtPeer(),
              Strings({"0202001400c80003000000ff03c021", "4202000f001400c80003000000ff03"}));
}

// Section 3.1: P for "LCP echo requests used as a keepalive", and others of PPP's own.
// RFC 2661: 3.1-05, 3.1-06
TEST_F(L2tpSessionTest, PriorityOfPppControl)
{
    const std::vector<std::pair<std::string, bool>> frames{
        {"ff03 c021 09", true},  // LCP
        {"c021 09", true},       // with Address and Control compressed away
        {"ff03 c223 01", true},  // CHAP
        {"ff03 8021 01", true},  // IPCP
        {"8021 01", true},       //
        {"ff03 0021 45", false}, // IPv4
        {"21 45", false},        // with all compressed away
        {"ff03 7fff", false},    // the last that is none of those
        {"ff03 c0", false},      // no frame of PPP's
        {"", false},             //
    };
    m_config.priority = L2TP_PRIORITY_PPP_CONTROL;
    Open();
    SendFirst();
    std::vector<int> priorities;
    m_nodes[0]->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
        "Tx",
        MakeBoundCallback(&NotePriority, &priorities));
    Strings expected;
    std::vector<int> expectedPriorities;
    for (const auto& frame : frames)
    {
        Send(frame.first);
        expected.push_back((frame.second ? "0102001400c8" : "0002001400c8") +
                           Hex(Octets(frame.first)));
        expectedPriorities.push_back(frame.second ? Socket::NS3_PRIO_INTERACTIVE : -1);
    }
    EXPECT_EQ(AtPeer(), expected);
    EXPECT_EQ(priorities, expectedPriorities) << "\"preferential treatment in its local queuing\"";
}

// Section 3.1: P is set, and the message "receive[s] preferential treatment", whatever it bears.
// RFC 2661: 3.1-05, 3.1-06
TEST_F(L2tpSessionTest, PriorityOfAll)
{
    m_config.priority = L2TP_PRIORITY_ALL;
    Open();
    SendFirst();
    std::vector<int> priorities;
    m_nodes[0]->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
        "Tx",
        MakeBoundCallback(&NotePriority, &priorities));
    Send("ff03 0021 45");
    Send("");
    EXPECT_EQ(AtPeer(), Strings({"0102001400c8ff03002145", "0102001400c8"}));
    EXPECT_EQ(priorities, std::vector<int>(2, Socket::NS3_PRIO_INTERACTIVE));
}

// Section 3.1: a receiver takes a message with P as any other; they are counted.
TEST_F(L2tpSessionTest, PriorityReceived)
{
    Open();
    Attach();
    Receive("0102 000a 0064 ff03c021");
    Receive("0002 000a 0064 ff03c021");
    EXPECT_EQ(m_frames.size(), 2U);
    EXPECT_EQ(m_session->GetStatistics().rxPriority, 1U);
    EXPECT_EQ(m_endpoint->rxPriority, 1U);
}

// All options at once, in the order of figure 3.1.
// RFC 2661: 3.1-02, 3.1-06
TEST_F(L2tpSessionTest, EveryOptionSent)
{
    m_config.lengthPresent = true;
    m_config.offset = 1;
    m_config.priority = L2TP_PRIORITY_ALL;
    m_mode = L2tpSequencingMode::ALWAYS;
    Open();
    Send("ff03");
    Send("ff03");
    EXPECT_EQ(AtPeer(),
              Strings({"4b020011001400c8000000000001"
                       "00ff03",
                       "4b020011001400c8000100000001"
                       "00ff03"}));
}
