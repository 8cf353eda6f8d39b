/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "channel-fixture.h"

using namespace ns3;

namespace
{

using Reception = L2tpReception;
using Texts = std::vector<std::string>;

/// Sequence numbers, duplicates, order (RFC 2661, section 5.8), and the examples of Appendix B.
class L2tpControlChannelTest : public ChannelTest
{
  protected:
    /**
     * @brief Expect the next message to have a number, as if all before it had come.
     * @param nr the number
     */
    void Expect(uint16_t nr)
    {
        m_user.m_channel->SetInitialSequence(0, nr);
    }

    /// How many ZLBs were sent. @return the number
    uint64_t ZlbsSent() const
    {
        return m_user.m_channel->GetStatistics().zlbSent;
    }

    ChannelUser m_user{"it", {}, AckAtOnce()}; //!< a channel whose peer is the test
};

} // namespace

// Appendix B.1: lock-step tunnel establishment.
TEST_F(L2tpControlChannelTest, AppendixB1)
{
    ChannelUser lac("LAC");
    ChannelUser lns("LNS");
    ChannelWire wire(lac, lns, MilliSeconds(10));
    lns.m_onDeliver = [&](const std::string& text) {
        if (text == "SCCRQ")
        {
            lns.Send("SCCRP");
        }
    };
    lac.m_onDeliver = [&](const std::string&) { lac.Send("SCCCN"); };
    lac.Send("SCCRQ");
    Simulator::Run();
    EXPECT_EQ(wire.m_log,
              Texts({"LAC: SCCRQ Nr 0 Ns 0",
                     "LNS: SCCRP Nr 1 Ns 0",
                     "LAC: SCCCN Nr 1 Ns 1",
                     "LNS: ZLB Nr 2 Ns 1"}));
}

// Appendix B.2: lost packet with retransmission, once the tunnel of B.1 stands.
TEST_F(L2tpControlChannelTest, AppendixB2)
{
    ChannelUser lac("LAC");
    ChannelUser lns("LNS");
    lac.m_channel->SetInitialSequence(2, 1);
    lns.m_channel->SetInitialSequence(1, 2);
    ChannelWire wire(lac, lns, MilliSeconds(10));
    wire.Drop("ICRP", 1);
    lns.m_onDeliver = [&](const std::string& text) {
        if (text == "ICRQ")
        {
            // "LAC's timer started first, so fires first"
            DoAt(Simulator::Now() + MilliSeconds(5), [&] { lns.Send("ICRP"); });
        }
    };
    lac.m_onDeliver = [&](const std::string&) { lac.Send("ICCN"); };
    lac.Send("ICRQ");
    Simulator::Run();
    EXPECT_EQ(wire.m_log,
              Texts({"LAC: ICRQ Nr 1 Ns 2",
                     "LNS: ICRP Nr 3 Ns 1 (lost)",
                     "LAC: ICRQ Nr 1 Ns 2",
                     "LNS: ZLB Nr 3 Ns 2",
                     "LNS: ICRP Nr 3 Ns 1",
                     "LAC: ICCN Nr 2 Ns 3",
                     "LNS: ZLB Nr 4 Ns 2"}));
    EXPECT_EQ(lns.m_delivered, Texts({"ICRQ", "ICCN"}));
    EXPECT_EQ(lac.m_delivered, Texts({"ICRP"}));
}

// Section 5.8: "if the last received sequence number was 15, then messages with sequence numbers 0
// through 15, as well as 32784 through 65535, would be considered less than or equal".
// RFC 2661: 5.8-01
TEST_F(L2tpControlChannelTest, TheRangeOfDuplicatesIsTheRfcsExample)
{
    Expect(16);
    for (uint32_t ns = 0; ns <= 65535; ++ns)
    {
        const bool old = ns <= 15 || ns >= 32784;
        if (ns != 16)
        {
            const auto reception = m_user.Receive(ns, 0, "message");
            ASSERT_EQ(reception == Reception::DUPLICATE, old) << "Ns " << ns;
        }
    }
    EXPECT_TRUE(m_user.m_delivered.empty());
}

// Section 5.8, with the example moved so that the range ends at, and lies across, the wrap.
TEST_F(L2tpControlChannelTest, TheRangeOfDuplicatesMovesAcrossTheWrap)
{
    for (const uint16_t last : {65535, 0, 32766, 32767, 32768})
    {
        ChannelUser user("it");
        user.m_channel->SetInitialSequence(0, last + 1);
        const auto at = [&](int distance) {
            return user.Receive(static_cast<uint16_t>(last + distance), 0, "message");
        };
        EXPECT_EQ(at(0), Reception::DUPLICATE) << last;
        EXPECT_EQ(at(-32767), Reception::DUPLICATE) << last;
        EXPECT_EQ(at(-32768), Reception::OUT_OF_WINDOW) << last;
        EXPECT_EQ(at(17), Reception::OUT_OF_WINDOW) << last;
        EXPECT_EQ(at(16), Reception::EARLY) << last;
        EXPECT_EQ(at(1), Reception::NEW) << last;
    }
}

// Section 5.8: "receipt of duplicate messages MUST be acknowledged" (case 15).
// RFC 2661: 5.8-01
TEST_F(L2tpControlChannelTest, ADuplicateIsAcknowledgedAtOnceAndNotDelivered)
{
    ChannelUser user("it"); // which delays the acknowledgement of new messages
    EXPECT_EQ(user.Receive(0, 0, "SCCRQ"), Reception::NEW);
    EXPECT_EQ(user.Sent(), Texts());
    EXPECT_EQ(user.Receive(0, 0, "SCCRQ"), Reception::DUPLICATE);
    EXPECT_EQ(user.Sent(), Texts({"it: ZLB Nr 1 Ns 0"}));
    Simulator::Run();
    EXPECT_EQ(user.Sent().size(), 1U) << "acknowledged already";
    EXPECT_EQ(user.m_delivered, Texts({"SCCRQ"}));
    EXPECT_EQ(user.m_channel->GetStatistics().duplicates, 1U);
    // However often it comes, and also once this end has begun to close.
    EXPECT_EQ(user.Receive(0, 0, "SCCRQ"), Reception::DUPLICATE);
    EXPECT_EQ(user.Sent().size(), 2U);
    user.SendFinal("StopCCN");
    EXPECT_EQ(user.Receive(0, 0, "SCCRQ"), Reception::DUPLICATE);
    EXPECT_EQ(user.Sent(),
              Texts({"it: ZLB Nr 1 Ns 0",
                     "it: ZLB Nr 1 Ns 0",
                     "it: StopCCN Nr 1 Ns 0",
                     "it: ZLB Nr 1 Ns 1"}));
}

// Section 5.8: "Ns is not incremented after a ZLB message is sent".
TEST_F(L2tpControlChannelTest, AZlbTakesNoNumber)
{
    m_user.Receive(0, 0, "one");
    m_user.Receive(1, 0, "two");
    m_user.Send("three");
    EXPECT_EQ(m_user.Sent(),
              Texts({"it: ZLB Nr 1 Ns 0", "it: ZLB Nr 2 Ns 0", "it: three Nr 2 Ns 0"}));
}

// Section 5.8: a ZLB bears the number that the next message will have (case 14).
TEST_F(L2tpControlChannelTest, AZlbThenAMessageWithTheSameNs)
{
    EXPECT_EQ(m_user.Receive(0, 0), Reception::ZLB);
    EXPECT_EQ(m_user.m_channel->GetNr(), 0);
    EXPECT_EQ(m_user.Receive(0, 0, "SCCRQ"), Reception::NEW);
    EXPECT_EQ(m_user.Receive(1, 0), Reception::ZLB);
    EXPECT_EQ(m_user.Receive(1, 0, "CDN"), Reception::NEW);
    EXPECT_EQ(m_user.m_delivered, Texts({"SCCRQ", "CDN"}));
    EXPECT_EQ(m_user.m_channel->GetStatistics().zlbReceived, 2U);
}

// Section 5.8: nothing answers a ZLB, whatever its Ns.
TEST_F(L2tpControlChannelTest, AZlbIsNotAcknowledged)
{
    for (const uint16_t ns : {0, 1, 40000, 65535})
    {
        EXPECT_EQ(m_user.Receive(ns, 0), Reception::ZLB);
    }
    Simulator::Run();
    EXPECT_EQ(m_user.Sent(), Texts());
}

// Section 5.8: "the Nr value MUST be updated", and Ns stays; also in what was sent before.
// RFC 2661: 5.8-03
TEST_F(L2tpControlChannelTest, ARetransmissionHasTheOldNsAndANewNr)
{
    m_user.Send("SCCRP");
    m_user.Receive(0, 0, "one");
    m_user.Receive(1, 0, "two");
    RunUntil(Seconds(1));
    EXPECT_EQ(m_user.m_sent.front().Describe(), "it: SCCRP Nr 0 Ns 0");
    EXPECT_EQ(m_user.m_sent.back().Describe(), "it: SCCRP Nr 2 Ns 0");
    EXPECT_EQ(m_user.m_sent.back().attempt, 2U);
}

// Section 5.8: "Messages arriving out of order may be queued" (case 16).
// RFC 2661: 5.8-01, 5.8-14
TEST_F(L2tpControlChannelTest, EarlyMessagesWaitForTheGapToBeFilled)
{
    EXPECT_EQ(m_user.Receive(2, 0, "two"), Reception::EARLY);
    EXPECT_EQ(m_user.Receive(1, 0, "one"), Reception::EARLY);
    EXPECT_EQ(m_user.Receive(4, 0, "four"), Reception::EARLY);
    EXPECT_EQ(ZlbsSent(), 0U) << "nothing to acknowledge yet";
    EXPECT_EQ(m_user.Receive(2, 0, "two"), Reception::DUPLICATE) << "once more";
    EXPECT_EQ(m_user.Sent(), Texts({"it: ZLB Nr 0 Ns 0"})) << "at once, as for any duplicate";
    EXPECT_TRUE(m_user.m_delivered.empty());
    EXPECT_EQ(m_user.Receive(0, 0, "zero"), Reception::NEW);
    EXPECT_EQ(m_user.m_delivered, Texts({"zero", "one", "two"}));
    EXPECT_EQ(m_user.Sent(), Texts({"it: ZLB Nr 0 Ns 0", "it: ZLB Nr 3 Ns 0"}))
        << "one for the three of them";
    EXPECT_EQ(m_user.Receive(3, 0, "three"), Reception::NEW);
    EXPECT_EQ(m_user.m_delivered, Texts({"zero", "one", "two", "three", "four"}));
    EXPECT_EQ(m_user.m_channel->GetStatistics().duplicates, 1U);
}

// Case 16: a gap that is never filled blocks delivery, and nothing is skipped.
TEST_F(L2tpControlChannelTest, AGapThatIsNeverFilledIsNeverSkipped)
{
    for (uint16_t ns = 1; ns < 40; ++ns)
    {
        EXPECT_EQ(m_user.Receive(ns, 0, "early"),
                  ns < 16 ? Reception::EARLY : Reception::OUT_OF_WINDOW);
    }
    RunUntil(Seconds(1000));
    EXPECT_TRUE(m_user.m_delivered.empty());
    EXPECT_EQ(m_user.m_channel->GetNr(), 0);
}

// Section 5.8: the window that was advertised, and no more, is kept.
TEST_F(L2tpControlChannelTest, WhatIsOutsideTheReceiveWindowIsDropped)
{
    for (const uint16_t size : {1, 4, 16})
    {
        L2tpControlChannel::Config config;
        config.receiveWindowSize = size;
        ChannelUser user("it", config, AckAtOnce());
        EXPECT_EQ(user.Receive(size, 0, "beyond"), Reception::OUT_OF_WINDOW);
        for (uint16_t ns = size - 1; ns > 0; --ns)
        {
            EXPECT_EQ(user.Receive(ns, 0, "early"), Reception::EARLY);
        }
        EXPECT_EQ(user.Receive(0, 0, "first"), Reception::NEW);
        EXPECT_EQ(user.m_delivered.size(), size) << "without the one beyond";
    }
}

// Case 13: an Nr for what was never sent belongs to another life of the peer.
TEST_F(L2tpControlChannelTest, AnNrThatAcknowledgesMoreThanWasSentIsRefused)
{
    EXPECT_EQ(m_user.Receive(0, 1), Reception::ACKNOWLEDGES_MORE);
    EXPECT_EQ(m_user.Receive(0, 1, "SCCRQ"), Reception::ACKNOWLEDGES_MORE);
    m_user.Send("one");
    m_user.Send("two"); // which waits, since the congestion window is one
    EXPECT_EQ(m_user.Receive(0, 2), Reception::ACKNOWLEDGES_MORE);
    EXPECT_EQ(m_user.Receive(0, 32768), Reception::ACKNOWLEDGES_MORE);
    EXPECT_EQ(m_user.m_channel->GetQueueLength(), 2U);
    EXPECT_EQ(m_user.Receive(0, 1), Reception::ZLB);
    EXPECT_EQ(m_user.m_channel->GetQueueLength(), 1U);
    EXPECT_TRUE(m_user.m_delivered.empty());
}

// An Nr that is overtaken by a later one is no news, and no fault.
TEST_F(L2tpControlChannelTest, AnOldNrIsNoNews)
{
    m_user.m_channel->SetInitialSequence(1, 0);
    m_user.Send("one");
    EXPECT_EQ(m_user.Receive(0, 0), Reception::ZLB);
    EXPECT_EQ(m_user.Receive(0, 1), Reception::ZLB);
    EXPECT_EQ(m_user.Receive(0, 32770), Reception::ZLB) << "32,767 before what is awaited";
    EXPECT_EQ(m_user.m_channel->GetInFlight(), 1);
}

// Case 13: Ns wraps from 65535 to 0; more than a full turn, in both directions.
TEST_F(L2tpControlChannelTest, SequenceNumbersWrap)
{
    const uint32_t count = 65536 + 100;
    ChannelUser lac("LAC", {}, AckAtOnce());
    ChannelUser lns("LNS", {}, AckAtOnce());
    uint32_t atLac = 0;
    uint32_t atLns = 0;
    // No wire, and no list of what was sent: this is long enough as it is.
    std::vector<ChannelDatagram> onTheWay;
    const auto carry = [&](const ChannelDatagram& datagram) { onTheWay.push_back(datagram); };
    lac.m_onTransmit = carry;
    lns.m_onTransmit = carry;
    lac.m_onDeliver = [&](const std::string&) { ++atLac; };
    lns.m_onDeliver = [&](const std::string& text) {
        ++atLns;
        lns.Send(text);
    };
    for (uint32_t n = 0; n < count; ++n)
    {
        lac.Send("x");
        while (!onTheWay.empty())
        {
            const ChannelDatagram datagram = onTheWay.front();
            onTheWay.erase(onTheWay.begin());
            (datagram.from == "LAC" ? lns : lac).Receive(datagram.ns, datagram.nr, datagram.body);
        }
        ASSERT_EQ(atLns, n + 1);
        ASSERT_EQ(atLac, n + 1);
        lac.m_sent.clear();
        lns.m_sent.clear();
    }
    EXPECT_EQ(lac.m_channel->GetNs(), 100);
    EXPECT_EQ(lns.m_channel->GetNr(), 100);
    EXPECT_EQ(lac.m_channel->GetStatistics().retransmitted, 0U);
}

// Early messages and retransmission work across the wrap too.
TEST_F(L2tpControlChannelTest, OrderIsKeptAcrossTheWrap)
{
    Expect(65534);
    EXPECT_EQ(m_user.Receive(1, 0, "d"), Reception::EARLY);
    EXPECT_EQ(m_user.Receive(65535, 0, "b"), Reception::EARLY);
    EXPECT_EQ(m_user.Receive(0, 0, "c"), Reception::EARLY);
    EXPECT_EQ(m_user.Receive(65534, 0, "a"), Reception::NEW);
    EXPECT_EQ(m_user.m_delivered, Texts({"a", "b", "c", "d"}));
    EXPECT_EQ(m_user.Receive(65535, 0, "b"), Reception::DUPLICATE);
    EXPECT_EQ(m_user.m_channel->GetNr(), 2);
}

// The user may let go of the channel while it is told of a message.
TEST_F(L2tpControlChannelTest, TheUserMayDisposeOfTheChannelInDeliver)
{
    m_user.Send("unacknowledged");
    m_user.m_onDeliver = [&](const std::string&) { m_user.m_channel->Dispose(); };
    m_user.Receive(1, 0, "early");
    EXPECT_EQ(m_user.Receive(0, 0, "first"), Reception::NEW);
    EXPECT_EQ(m_user.m_delivered, Texts({"first"}));
    EXPECT_EQ(m_user.Receive(1, 0, "second"), Reception::CLOSED);
    Simulator::Run();
    EXPECT_EQ(m_user.m_sent.size(), 1U);
    EXPECT_TRUE(m_user.m_dead.empty());
}

// What the statistics count, message by message.
TEST_F(L2tpControlChannelTest, Statistics)
{
    m_user.Send("one");
    RunUntil(Seconds(1));
    m_user.Receive(0, 1, "two");
    m_user.Receive(0, 1, "two");
    m_user.Receive(1, 1);
    const auto& statistics = m_user.m_channel->GetStatistics();
    EXPECT_EQ(statistics.sent, 1U);
    EXPECT_EQ(statistics.retransmitted, 1U);
    EXPECT_EQ(statistics.received, 1U);
    EXPECT_EQ(statistics.duplicates, 1U);
    EXPECT_EQ(statistics.zlbSent, 2U);
    EXPECT_EQ(statistics.zlbReceived, 1U);
}

// Each reception has a name of its own, for traces.
TEST_F(L2tpControlChannelTest, ReceptionNames)
{
    const Texts names{"new",
                      "early",
                      "zlb",
                      "duplicate",
                      "out-of-window",
                      "discarded",
                      "no-room",
                      "acknowledges-more",
                      "control-closed",
                      "unknown"};
    for (std::size_t n = 0; n < names.size(); ++n)
    {
        EXPECT_EQ(L2tpReceptionName(static_cast<Reception>(n)), names[n]);
    }
}
