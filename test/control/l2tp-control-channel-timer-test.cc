/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "channel-fixture.h"

#include "ns3/uinteger.h"

using namespace ns3;

namespace
{

using Texts = std::vector<std::string>;
using Instants = std::vector<double>;

/// Retransmission and delayed acknowledgement (RFC 2661, section 5.8), and the window.
class L2tpControlChannelTimerTest : public ChannelTest
{
  protected:
    /// A channel with a peer window of 16. @return its user
    ChannelUser& WithWindow()
    {
        m_user.m_channel->SetPeerWindow(16);
        return m_user;
    }

    /**
     * @brief Put messages into the queue.
     * @param count how many
     */
    void SendMany(uint32_t count)
    {
        for (uint32_t n = 0; n < count; ++n)
        {
            m_user.Send("m" + std::to_string(n));
        }
    }

    ChannelUser m_user{"it"}; //!< a channel whose peer is the test
};

/**
 * @brief A row of the table of other settings.
 */
struct Schedule
{
    double initial;           //!< InitialInterval, s
    double cap;               //!< MaxInterval, s
    uint32_t retransmissions; //!< MaxRetransmissions
    Instants sends;           //!< when the message is sent, s
    double givenUp;           //!< when the peer is dead, s
};

} // namespace

// Section 5.8 with its recommended values: intervals of 1, 2, 4, 8, 8, 8 s.
// RFC 2661: 5.8-02, 5.8-04, 5.8-05, 5.8-06
TEST_F(L2tpControlChannelTimerTest, TheScheduleOfTheRfc)
{
    m_user.Send("SCCRQ");
    RunToJustBefore(Seconds(31));
    EXPECT_EQ(m_user.SentAt(), Instants({0, 1, 3, 7, 15, 23}));
    EXPECT_TRUE(m_user.m_dead.empty());
    RunUntil(Seconds(31));
    EXPECT_EQ(m_user.m_dead, std::vector<Time>({Seconds(31)}));
    Simulator::Run();
    EXPECT_EQ(m_user.m_sent.size(), 6U);
    EXPECT_EQ(m_user.m_dead.size(), 1U);
    EXPECT_TRUE(m_user.m_finished.empty());
}

// Section 5.8: exactly when the second transmission leaves.
// RFC 2661: 5.8-02
TEST_F(L2tpControlChannelTimerTest, TheFirstRetransmissionIsNotATickEarly)
{
    m_user.Send("SCCRQ");
    RunToJustBefore(Seconds(1));
    EXPECT_EQ(m_user.m_sent.size(), 1U);
    RunUntil(Seconds(1));
    EXPECT_EQ(m_user.m_sent.size(), 2U);
}

// Section 5.8: first interval, cap and number are settings.
// RFC 2661: 5.8-08
TEST_F(L2tpControlChannelTimerTest, OtherSchedules)
{
    for (const Schedule& row : std::vector<Schedule>{
             {1, 8, 0, {0}, 1},
             {1, 8, 1, {0, 1}, 3},
             {1, 16, 5, {0, 1, 3, 7, 15, 31}, 47},
             {1, 1000, 5, {0, 1, 3, 7, 15, 31}, 63},
             {3, 8, 3, {0, 3, 9, 17}, 25},
             {10, 8, 1, {0, 8}, 16},
         })
    {
        ChannelUser user("it");
        user.m_policy->SetAttribute("InitialInterval", TimeValue(Seconds(row.initial)));
        user.m_policy->SetAttribute("MaxInterval", TimeValue(Seconds(row.cap)));
        user.m_policy->SetAttribute("MaxRetransmissions", UintegerValue(row.retransmissions));
        const Time start = Simulator::Now();
        user.Send("SCCRQ");
        Simulator::Run();
        Instants sends = row.sends;
        for (double& at : sends)
        {
            at += start.GetSeconds();
        }
        EXPECT_EQ(user.SentAt(), sends);
        EXPECT_EQ(user.m_dead, std::vector<Time>({start + Seconds(row.givenUp)}));
    }
}

// Section 5.8: "If no peer response is detected"; one tick before the end is in time.
TEST_F(L2tpControlChannelTimerTest, AnAcknowledgementOneTickBeforeGivingUpIsInTime)
{
    m_user.Send("SCCRQ");
    RunToJustBefore(Seconds(31));
    EXPECT_EQ(m_user.Receive(0, 1), L2tpReception::ZLB);
    Simulator::Run();
    EXPECT_TRUE(m_user.m_dead.empty());
    EXPECT_EQ(m_user.m_channel->GetQueueLength(), 0U);
}

// After the peer was given up nothing is taken or sent.
TEST_F(L2tpControlChannelTimerTest, ADeadChannelIsSilent)
{
    m_user.Send("SCCRQ");
    Simulator::Run();
    EXPECT_EQ(m_user.Receive(0, 1, "SCCRP"), L2tpReception::CLOSED);
    m_user.Send("more");
    m_user.SendFinal("final");
    m_user.m_channel->Linger();
    Simulator::Run();
    EXPECT_EQ(m_user.m_sent.size(), 6U);
    EXPECT_TRUE(m_user.m_delivered.empty());
    EXPECT_TRUE(m_user.m_finished.empty());
}

// Section 5.8: the backoff belongs to a message; the next begins with 1 s.
// RFC 2661: 5.8-04
TEST_F(L2tpControlChannelTimerTest, ProgressResetsTheBackoff)
{
    m_user.Send("one");
    m_user.Send("two");
    RunUntil(Seconds(10));
    EXPECT_EQ(m_user.SentAt(), Instants({0, 1, 3, 7}));
    m_user.Receive(0, 1);
    RunToJustBefore(Seconds(41));
    EXPECT_EQ(m_user.SentAt(), Instants({0, 1, 3, 7, 10, 11, 13, 17, 25, 33}));
    EXPECT_TRUE(m_user.m_dead.empty());
    RunUntil(Seconds(41));
    EXPECT_EQ(m_user.m_dead.size(), 1U);
}

// Section 5.8: an acknowledgement of a part gives the new front its time.
// RFC 2661: 5.8-02
TEST_F(L2tpControlChannelTimerTest, AnAcknowledgementRestartsTheTimerOfTheNewFront)
{
    WithWindow().Send("m0");
    m_user.Receive(0, 1); // CWND is 2
    m_user.Send("m1");
    m_user.Send("m2");
    RunUntil(MilliSeconds(600));
    m_user.Receive(0, 2);
    RunToJustBefore(MilliSeconds(1600));
    EXPECT_EQ(m_user.m_channel->GetStatistics().retransmitted, 0U);
    RunUntil(MilliSeconds(1600));
    EXPECT_EQ(m_user.m_sent.back().Describe(), "it: m2 Nr 0 Ns 2");
    EXPECT_EQ(m_user.m_sent.back().attempt, 2U);
}

// After a time-out the rest follows as acknowledgements open the window again (Appendix A).
// RFC 2661: 5.8-03, 5.8-13
TEST_F(L2tpControlChannelTimerTest, AfterATimeOutTheRestFollowsInOrder)
{
    WithWindow();
    SendMany(3);
    m_user.Receive(0, 1);
    m_user.Receive(0, 2); // CWND is 3
    m_user.Receive(0, 3); // CWND is 4
    m_user.m_sent.clear();
    SendMany(5);
    EXPECT_EQ(m_user.m_channel->GetInFlight(), 4);
    RunUntil(Seconds(1));
    EXPECT_EQ(m_user.m_channel->GetInFlight(), 1);
    m_user.m_sent.clear();
    m_user.Receive(0, 4);
    EXPECT_EQ(m_user.Sent(), Texts({"it: m1 Nr 0 Ns 4", "it: m2 Nr 0 Ns 5"}));
    m_user.Receive(0, 6);
    EXPECT_EQ(m_user.m_sent.back().Describe(), "it: m4 Nr 0 Ns 7") << "new, behind the old";
    EXPECT_EQ(m_user.m_sent.back().attempt, 1U);
}

// Appendix A: CWND grows "each time an ACK is received", however many messages that acknowledges.
// RFC 2661: 5.8-13
TEST_F(L2tpControlChannelTimerTest, AnAcknowledgementOfSeveralOpensTheWindowByOne)
{
    WithWindow();
    SendMany(1);
    m_user.Receive(0, 1); // CWND is 2
    SendMany(2);
    m_user.Receive(0, 3);
    SendMany(10);
    EXPECT_EQ(m_user.m_channel->GetInFlight(), 3);
}

// What the peer had kept is acknowledged with the front, and not sent a second time.
TEST_F(L2tpControlChannelTimerTest, WhatThePeerHadKeptIsNotSentAgain)
{
    WithWindow();
    SendMany(1);
    m_user.Receive(0, 1);
    m_user.Send("lost");
    m_user.Send("kept");
    RunUntil(Seconds(1));
    m_user.Receive(0, 3);
    Simulator::Run();
    EXPECT_EQ(m_user.Sent(),
              Texts({"it: m0 Nr 0 Ns 0",
                     "it: lost Nr 0 Ns 1",
                     "it: kept Nr 0 Ns 2",
                     "it: lost Nr 0 Ns 1"}));
}

// Section 5.8: an acknowledgement waits for a message to ride on, for as long as is set.
// RFC 2661: 5.8-14
TEST_F(L2tpControlChannelTimerTest, AZlbComesAfterTheDelay)
{
    m_user.Receive(0, 0, "one");
    RunUntil(MilliSeconds(30));
    m_user.Receive(1, 0, "two"); // which doesn't put it off
    RunToJustBefore(MilliSeconds(50));
    EXPECT_TRUE(m_user.m_sent.empty());
    RunUntil(MilliSeconds(50));
    EXPECT_EQ(m_user.Sent(), Texts({"it: ZLB Nr 2 Ns 0"}));
}

// Section 5.8: "piggybacked on a message in queue".
TEST_F(L2tpControlChannelTimerTest, AMessageCarriesTheAcknowledgement)
{
    m_user.Receive(0, 0, "SCCRQ");
    RunToJustBefore(MilliSeconds(50));
    m_user.Send("SCCRP");
    RunUntil(MilliSeconds(999));
    EXPECT_EQ(m_user.Sent(), Texts({"it: SCCRP Nr 1 Ns 0"}));
}

// A message that the window holds back carries nothing, even if it is the last one.
// RFC 2661: 5.8-14
TEST_F(L2tpControlChannelTimerTest, AMessageThatWaitsDoesNotHoldTheAcknowledgementBack)
{
    for (const bool isFinal : {false, true})
    {
        ChannelUser user("it");
        const Time start = Simulator::Now();
        user.Send("one");
        user.Receive(0, 0, "ICRQ");
        // The congestion window is one.
        isFinal ? user.SendFinal("two") : user.Send("two");
        RunUntil(start + MilliSeconds(50));
        EXPECT_EQ(user.Sent(), Texts({"it: one Nr 0 Ns 0", "it: ZLB Nr 1 Ns 1"})) << isFinal;
    }
}

// Nor do messages that take up most of the room that there is for them, of either end.
// RFC 2661: 5.8-14
TEST_F(L2tpControlChannelTimerTest, AFullBacklogDoesNotHoldTheAcknowledgementBack)
{
    L2tpControlChannel::Config config;
    config.maxBacklog = 4096;
    ChannelUser user("it", config);
    user.Send(std::string(2000, 'a'));
    user.Send(std::string(1000, 'b'));
    user.Receive(2, 0, std::string(1000, 'c'));
    user.Receive(3, 0, std::string(90, 'd'));
    ASSERT_GT(user.m_channel->GetBacklog(), 4000U);
    user.m_sent.clear();
    user.Receive(0, 0, "ICRQ");
    RunUntil(MilliSeconds(50));
    EXPECT_EQ(user.Sent(), Texts({"it: ZLB Nr 1 Ns 1"}));
    // Nor that of what is repeated, since that has been lost.
    user.m_sent.clear();
    user.Receive(0, 0, "ICRQ");
    RunUntil(MilliSeconds(50));
    EXPECT_EQ(user.Sent(), Texts({"it: ZLB Nr 1 Ns 1"}));
    // A message in its turn needs no room, however long it is. Those behind it follow at once.
    user.m_sent.clear();
    EXPECT_EQ(user.Receive(1, 0, std::string(1000, 'e')), L2tpReception::NEW);
    RunUntil(MilliSeconds(100));
    EXPECT_EQ(user.Sent(), Texts({"it: ZLB Nr 4 Ns 1"}));
}

// Nor do messages that wait behind a gap, as many as the receive window has room for.
// RFC 2661: 5.8-14
TEST_F(L2tpControlChannelTimerTest, MessagesBehindAGapDoNotHoldTheAcknowledgementBack)
{
    for (uint16_t ns = 15; ns > 1; --ns)
    {
        EXPECT_EQ(m_user.Receive(ns, 0, "early"), L2tpReception::EARLY);
    }
    m_user.Receive(0, 0, "ICRQ");
    RunUntil(MilliSeconds(50));
    EXPECT_EQ(m_user.Sent(), Texts({"it: ZLB Nr 1 Ns 0"}));
}

// An acknowledgement delay of 0 is a ZLB at once, unless the user answers at once.
TEST_F(L2tpControlChannelTimerTest, NoDelay)
{
    ChannelUser user("it", {}, AckAtOnce());
    user.m_onDeliver = [&](const std::string& text) {
        if (text == "SCCRQ")
        {
            user.Send("SCCRP");
        }
    };
    user.Receive(0, 0, "SCCRQ");
    EXPECT_EQ(user.Sent(), Texts({"it: SCCRP Nr 1 Ns 0"}));
    user.Receive(1, 1, "SCCCN");
    EXPECT_EQ(user.m_sent.back().Describe(), "it: ZLB Nr 2 Ns 1");
    Simulator::Run();
    EXPECT_EQ(user.m_sent.size(), 2U);
    EXPECT_EQ(Simulator::Now(), Seconds(1)) << "nothing but the timer of SCCRP, come to nothing";
}

// Section 5.8 and Appendix A: never more out than CWND and the peer's window allow.
// RFC 2661: 4.4.3-26, 5.8-11, 5.8-12, A-01
TEST_F(L2tpControlChannelTimerTest, TheWindowIsNeverExceeded)
{
    for (const uint16_t size : {1, 2, 4, 7, 16, 65535})
    {
        ChannelUser user("it");
        user.m_channel->SetPeerWindow(size);
        for (uint32_t n = 0; n < 200; ++n)
        {
            user.Send("message");
        }
        uint16_t widest = 0;
        for (uint32_t nr = 1; nr <= 200; ++nr)
        {
            ASSERT_LE(user.m_channel->GetInFlight(), std::min(size, user.m_window->GetWindow()));
            widest = std::max(widest, user.m_channel->GetInFlight());
            user.Receive(0, nr);
        }
        EXPECT_EQ(widest, std::min<uint16_t>(size, 100)) << size;
        EXPECT_EQ(user.m_channel->GetStatistics().retransmitted, 0U);
        EXPECT_EQ(user.m_channel->GetQueueLength(), 0U);
    }
}

// Section 4.4.3: without the AVP a window of 4; 0 is invalid (case 19).
// RFC 2661: 4.4.3-25
TEST_F(L2tpControlChannelTimerTest, AnAbsentWindowIsFourAndZeroIsOne)
{
    const auto widest = [](ChannelUser& user) {
        for (uint32_t n = 0; n < 30; ++n)
        {
            user.Send("message");
        }
        for (uint32_t nr = 1; nr <= 10; ++nr)
        {
            user.Receive(0, nr);
        }
        return user.m_channel->GetInFlight();
    };
    EXPECT_EQ(widest(m_user), 4);
    ChannelUser zero("it");
    zero.m_channel->SetPeerWindow(0);
    EXPECT_EQ(widest(zero), 1);
}

// A window that opens lets waiting messages go with what arrives next.
TEST_F(L2tpControlChannelTimerTest, TheWindowMayBecomeKnownWhileMessagesWait)
{
    m_user.m_onDeliver = [&](const std::string&) { m_user.m_channel->SetPeerWindow(1); };
    SendMany(6);
    m_user.Receive(0, 1);
    m_user.Receive(0, 2);
    EXPECT_EQ(m_user.m_channel->GetInFlight(), 3);
    m_user.Receive(0, 2, "SCCRP");
    m_user.Receive(0, 4);
    EXPECT_EQ(m_user.m_channel->GetInFlight(), 1);
}

// The trace source tells the interval that is counted now.
TEST_F(L2tpControlChannelTimerTest, TheTracedIntervalFollowsTheBackoff)
{
    std::vector<Time> intervals;
    const auto note = +[](std::vector<Time>* notes, Time, Time now) { notes->push_back(now); };
    m_user.m_channel->TraceConnectWithoutContext("RetransmissionInterval",
                                                 MakeBoundCallback(note, &intervals));
    WithWindow();
    SendMany(1);
    m_user.Receive(0, 1);
    SendMany(2);
    RunUntil(Seconds(4));
    m_user.Receive(0, 2);
    EXPECT_EQ(intervals, std::vector<Time>({Seconds(1), Seconds(2), Seconds(4), Seconds(1)}));
}
