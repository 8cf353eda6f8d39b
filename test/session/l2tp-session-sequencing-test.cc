/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "session-fixture.h"

using namespace ns3;

namespace
{

/// Sequence numbers on the data channel (RFC 2661, section 5.4).
class L2tpSessionSequencingTest : public L2tpSessionTest
{
};

/// Note a count. @param notes where @param count it
void
NoteCount(std::vector<uint16_t>* notes, uint16_t count)
{
    notes->push_back(count);
}

/// Note what a traced value was and is. @param notes where @param old before @param now after
void
NoteChange(std::string* notes, bool old, bool now)
{
    *notes += old ? "1" : "0";
    *notes += now ? "1 " : "0 ";
}

} // namespace

// Section 5.4: the LNS enables and disables at any time; enabled again "the sequence number state
// picks up where it left off before". Section 3.1: Nr is reserved.
// RFC 2661: 4.4.4-03
TEST_F(L2tpSessionSequencingTest, LnsControlsSequencing)
{
    std::string changes;
    m_session->TraceConnectWithoutContext("Sequencing", MakeBoundCallback(&NoteChange, &changes));
    m_mode = L2tpSequencingMode::CONTROL;
    EXPECT_FALSE(m_session->SetSequencing(true)) << "not open yet";
    Open();
    EXPECT_FALSE(m_session->IsSequencing());
    SendFirst();
    Send("aa");
    EXPECT_TRUE(m_session->SetSequencing(true));
    Send("aa");
    Send("aa");
    EXPECT_TRUE(m_session->SetSequencing(false));
    Send("aa");
    EXPECT_TRUE(m_session->SetSequencing(true));
    EXPECT_TRUE(m_session->IsSequencing());
    Send("aa");
    EXPECT_EQ(AtPeer(),
              Strings({"0002001400c8aa",
                       "0802001400c800000000aa",
                       "0802001400c800010000aa",
                       "0002001400c8aa",
                       "0802001400c800020000aa"}));
    EXPECT_EQ(changes, "01 10 01 ");
    m_session->Close();
    EXPECT_FALSE(m_session->SetSequencing(false)) << "not open any more";
}

// Section 5.4: "including the first data message sent".
TEST_F(L2tpSessionSequencingTest, LnsBeginsWithSequencing)
{
    m_config.sequencing = true;
    m_mode = L2tpSequencingMode::CONTROL;
    Open();
    Send("aa");
    m_session->Close();
    Open();
    Send("bb");
    EXPECT_EQ(AtPeer(), Strings({"0802001400c800000000aa", "0802001400c800000000bb"}))
        << "another session begins at zero";
}

// Section 5.4: what the LNS does is not changed by what the LAC does.
TEST_F(L2tpSessionSequencingTest, LnsDoesNotFollow)
{
    m_mode = L2tpSequencingMode::CONTROL;
    Open();
    Attach();
    Receive("0802 000a 0064 0000 0000 aa");
    EXPECT_FALSE(m_session->IsSequencing());
    m_session->SetSequencing(true);
    Receive("0002 000a 0064 bb");
    EXPECT_TRUE(m_session->IsSequencing());
    EXPECT_EQ(m_frames, Strings({"aa", "bb"})) << "the LAC has not heard of it yet";
}

// Section 5.4: a LAC "MUST stop" and "MUST begin" as the LNS does.
// RFC 2661: 5.4-02, 5.4-03
TEST_F(L2tpSessionSequencingTest, LacFollows)
{
    m_config.sequencing = true; // of an LNS; it means nothing here
    Open();
    Attach();
    SendFirst();
    Send("aa");
    EXPECT_FALSE(m_session->SetSequencing(true)) << "up to the LNS";
    Receive("0802 000a 0064 0000 0000 01");
    Send("bb");
    Receive("0802 000a 0064 0001 0000 02");
    Send("cc");
    Receive("0002 000a 0064 03");
    Send("dd");
    EXPECT_FALSE(m_session->SetSequencing(true));
    Receive("0802 000a 0064 0002 0000 04");
    Send("ee");
    EXPECT_EQ(m_frames, Strings({"01", "02", "03", "04"}));
    EXPECT_EQ(AtPeer(),
              Strings({"0002001400c8aa",
                       "0802001400c800000000bb",
                       "0802001400c800010000cc",
                       "0002001400c8dd",
                       "0802001400c800020000ee"}));
    EXPECT_TRUE(m_drops.empty());
    EXPECT_EQ(m_session->GetStatistics().rxLost, 0U);
}

// Whatever else the message without a number says, and whatever still waits for its turn.
// RFC 2661: 5.4-02
TEST_F(L2tpSessionSequencingTest, LacFollowsWhateverElseThereIs)
{
    m_config.order.reorderTimeout = MilliSeconds(20);
    for (const std::string word : {"0002", "0102"})
    {
        for (const bool holds : {false, true})
        {
            Open();
            Attach();
            Receive("0802 000a 0064 0000 0000 01");
            EXPECT_TRUE(m_session->IsSequencing());
            if (holds)
            {
                Receive("0802 000a 0064 0002 0000 03"); // early
            }
            Receive(word + " 000a 0064 04");
            EXPECT_FALSE(m_session->IsSequencing()) << word << (holds ? " while one is held" : "");
            m_session->Close();
        }
    }
}

// Section 5.4: after Sequencing Required "sequence numbers MUST be present at all times".
// RFC 2661: 4.4.4-26, 5.4-01
TEST_F(L2tpSessionSequencingTest, SequencingRequired)
{
    m_mode = L2tpSequencingMode::ALWAYS;
    Open();
    Attach();
    EXPECT_FALSE(m_session->SetSequencing(false)) << "nobody may disable it";
    Send("aa");
    Receive("0002 000a 0064 ff03c021");
    Receive("0802 000a 0064 0000 0000 ff03c021");
    Send("bb");
    EXPECT_EQ(m_frames, Strings({"ff03c021"}));
    EXPECT_EQ(m_drops, Strings({"data-without-sequence 0002000a0064ff03c021"}));
    EXPECT_EQ(Dropped(Reason::DATA_WITHOUT_SEQUENCE), 1U);
    EXPECT_EQ(AtPeer(), Strings({"0802001400c800000000aa", "0802001400c800010000bb"}));
}

// Section 3.1: Ns increments modulo 2**16.
TEST_F(L2tpSessionSequencingTest, NsWraps)
{
    m_mode = L2tpSequencingMode::ALWAYS;
    Open();
    for (uint32_t n = 0; n < 65537; ++n)
    {
        Send("");
        Simulator::Run();
    }
    ASSERT_EQ(m_atB.size(), 65537U);
    EXPECT_EQ(Hex(m_atB[65535].octets), "0802001400c8ffff0000");
    EXPECT_EQ(Hex(m_atB[65536].octets), "0802001400c800000000");
}

// A message that did not go out does not use up a number.
TEST_F(L2tpSessionSequencingTest, NsOfWhatWasNotSent)
{
    m_mode = L2tpSequencingMode::ALWAYS;
    Open();
    m_port->Close();
    EXPECT_FALSE(Send("ff03"));
    EXPECT_EQ(m_drops, Strings({"send-no-route ff03"})) << "the frame, without an L2TP header";
    EXPECT_TRUE(m_port->Open(m_nodes[0], 1701, NoteIn(m_atA)));
    EXPECT_TRUE(Send("ff04"));
    EXPECT_EQ(AtPeer(), Strings({"0802001400c800000000ff04"}));
}

// Section 5.4: "to detect lost packets"; what comes late or again is dropped.
TEST_F(L2tpSessionSequencingTest, OutOfOrder)
{
    std::vector<uint16_t> lost;
    m_session->TraceConnectWithoutContext("Lost", MakeBoundCallback(&NoteCount, &lost));
    Open();
    Attach();
    for (const char* ns : {"0000", "0003", "0003", "0001", "0004"})
    {
        Receive("0802 000a 0064" + std::string(ns) + "0000" + ns);
    }
    EXPECT_EQ(m_frames, Strings({"0000", "0003", "0004"}));
    EXPECT_EQ(m_drops, Strings({"data-duplicate 0003", "data-out-of-order 0001"}));
    EXPECT_EQ(Dropped(Reason::DATA_DUPLICATE), 1U);
    EXPECT_EQ(Dropped(Reason::DATA_OUT_OF_ORDER), 1U);
    EXPECT_EQ(lost, std::vector<uint16_t>({2}));
    EXPECT_EQ(m_session->GetStatistics().rxLost, 2U);
    EXPECT_EQ(m_endpoint->rxLost, 2U);
    EXPECT_EQ(m_session->GetStatistics().rxPackets, 3U);
    EXPECT_EQ(m_session->GetStatistics().rxBytes, 6U);
    EXPECT_EQ(m_session->GetStatistics().rxReordered, 0U);
}

// Section 5.4: "and/or restore the original sequence".
TEST_F(L2tpSessionSequencingTest, Reorders)
{
    m_config.order.reorderTimeout = MilliSeconds(20);
    Open();
    Attach();
    for (const char* ns : {"0002", "0001", "0000", "0004"})
    {
        Receive("0802 000a 0064" + std::string(ns) + "0000" + ns);
    }
    EXPECT_EQ(m_frames, Strings({"0000", "0001", "0002"}));
    EXPECT_EQ(m_session->GetStatistics().rxReordered, 2U);
    EXPECT_EQ(m_session->GetStatistics().rxPackets, 3U) << "what waits is not delivered yet";
    Simulator::Run();
    EXPECT_EQ(Simulator::Now(), MilliSeconds(20));
    EXPECT_EQ(m_frames, Strings({"0000", "0001", "0002", "0004"}));
    EXPECT_EQ(m_session->GetStatistics().rxLost, 1U);
    EXPECT_EQ(m_endpoint->rxReordered, 3U);
}

// A peer that begins at zero again in the midst of a session is heard again.
TEST_F(L2tpSessionSequencingTest, PeerRestarts)
{
    Open();
    Attach();
    for (const char* ns : {"1000", "0000", "0001", "0002", "0003", "0004", "0005"})
    {
        Receive("0802 000a 0064" + std::string(ns) + "0000" + ns);
    }
    EXPECT_EQ(m_frames, Strings({"1000", "0004", "0005"}));
    EXPECT_EQ(m_session->GetStatistics().rxRestarts, 1U);
    EXPECT_EQ(m_endpoint->rxRestarts, 1U);
    EXPECT_EQ(Dropped(Reason::DATA_OUT_OF_ORDER), 4U);
}

// What waits was sent before a message without number, and is delivered before it.
TEST_F(L2tpSessionSequencingTest, DisabledWhileFramesWait)
{
    m_config.order.reorderTimeout = MilliSeconds(20);
    Open();
    Attach();
    Receive("0802 000a 0064 0001 0000 01");
    Receive("0002 000a 0064 02");
    EXPECT_EQ(m_frames, Strings({"01", "02"}));
    Receive("0802 000a 0064 0002 0000 03");
    EXPECT_EQ(m_frames, Strings({"01", "02", "03"})) << "where it left off";
}

// Nothing is delivered after Close(), what waits is dropped, and another session starts afresh.
TEST_F(L2tpSessionSequencingTest, ClosedWhileFramesWait)
{
    m_config.order.reorderTimeout = MilliSeconds(20);
    Open();
    Attach();
    Receive("0802 000a 0064 0001 0000 01");
    m_session->Close();
    Simulator::Run();
    EXPECT_EQ(m_frames, Strings());
    EXPECT_EQ(m_session->GetStatistics().rxLost, 0U);
    const auto& dropped = m_session->GetStatistics().dropped;
    const auto notEstablished = static_cast<std::size_t>(L2tpDropReason::SESSION_NOT_ESTABLISHED);
    EXPECT_EQ(dropped[notEstablished], 1U);
    Open();
    Receive("0802 000a 0064 0000 0000 02");
    EXPECT_EQ(m_frames, Strings({"02"}));
    // Nor after it was disposed of.
    Receive("0802 000a 0064 0002 0000 03");
    m_session->Dispose();
    Simulator::Run();
    EXPECT_EQ(m_frames, Strings({"02"}));
    EXPECT_EQ(dropped[notEstablished], 2U);
}

// Whoever is told of a drop when the session is closed, or disposed of, finds it down.
TEST_F(L2tpSessionSequencingTest, NothingIsSentWhileItCloses)
{
    m_config.order.reorderTimeout = MilliSeconds(20);
    for (const bool dispose : {false, true})
    {
        m_session = CreateObject<L2tpSession>();
        std::vector<bool> sent;
        m_session->TraceConnectWithoutContext(
            "Drop",
            Callback<void, L2tpDropReason, Ptr<const Packet>>(
                [&](L2tpDropReason reason, Ptr<const Packet>) {
                    if (reason == L2tpDropReason::SESSION_NOT_ESTABLISHED)
                    {
                        sent.push_back(m_session->Send(Create<Packet>(4)));
                    }
                }));
        Open();
        Receive("0802 000a 0064 0001 0000 01");
        dispose ? m_session->Dispose() : m_session->Close();
        EXPECT_EQ(sent, std::vector<bool>{false});
    }
}

// Whoever is told of a loss or of a frame, or takes one, may close the session.
TEST_F(L2tpSessionSequencingTest, ClosedByWhoeverIsTold)
{
    m_config.order.reorderTimeout = MilliSeconds(20);
    for (const std::string moment : {"Lost", "Rx", "delivery"})
    {
        m_session = CreateObject<L2tpSession>();
        m_frames.clear();
        const auto close = [&] { m_session->Close(); };
        m_session->TraceConnectWithoutContext("Lost", Callback<void, uint16_t>([&](uint16_t) {
                                                  if (moment == "Lost")
                                                  {
                                                      close();
                                                  }
                                              }));
        m_session->TraceConnectWithoutContext(
            "Rx",
            Callback<void, Ptr<const Packet>>([&](Ptr<const Packet>) {
                if (moment == "Rx")
                {
                    close();
                }
            }));
        m_session->Attach(Callback<void, Ptr<Packet>>([&](Ptr<Packet> frame) {
                              m_frames.push_back(HexOf(frame));
                              close();
                          }),
                          L2Circuit::StatusCallback());
        Open();
        Receive("0802 000a 0064 0001 0000 01");
        Receive("0802 000a 0064 0002 0000 02");
        Receive("0802 000a 0064 0004 0000 04");
        Simulator::Run();
        EXPECT_EQ(m_frames, moment == "delivery" ? Strings({"01"}) : Strings()) << moment;
        EXPECT_EQ(m_session->GetStatistics().rxLost, 1U);
        const auto notEstablished =
            static_cast<std::size_t>(L2tpDropReason::SESSION_NOT_ESTABLISHED);
        EXPECT_EQ(m_session->GetStatistics().dropped[notEstablished] + m_frames.size(), 3U)
            << moment << ": each is delivered or dropped";
        EXPECT_FALSE(m_session->IsUp());
    }
}
