/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "channel-fixture.h"

using namespace ns3;

namespace
{

using Reception = L2tpReception;
using Texts = std::vector<std::string>;
using Times = std::vector<Time>;

/// The end of a control connection (RFC 2661, sections 5.7 and 5.8).
class L2tpControlChannelCloseTest : public ChannelTest
{
  protected:
    ChannelUser m_user{"it"}; //!< a channel whose peer is the test
};

} // namespace

// Section 5.7: StopCCN, ZLB; both keep state for a full cycle of 31 s after that.
// RFC 2661: 5.7-01, 5.8-10, 7.6-01, 7.6-02
TEST_F(L2tpControlChannelCloseTest, BothEndsLingerForAFullCycle)
{
    ChannelUser one("one");
    ChannelUser other("other");
    ChannelWire wire(one, other, MilliSeconds(10));
    other.m_onDeliver = [&](const std::string&) { other.m_channel->Linger(); };
    one.SendFinal("StopCCN");
    Simulator::Run();
    EXPECT_EQ(wire.m_log, Texts({"one: StopCCN Nr 0 Ns 0", "other: ZLB Nr 1 Ns 0"}));
    EXPECT_EQ(other.m_finished, Times({Seconds(31) + MilliSeconds(10)}));
    EXPECT_EQ(one.m_finished, Times({Seconds(31) + MilliSeconds(20)}));
    EXPECT_TRUE(one.m_dead.empty() && other.m_dead.empty());
}

// Section 5.7: "in case the ZLB ACK is lost" (case 15).
// RFC 2661: 5.7-01, 5.8-03, 5.8-10, 7.1-09
TEST_F(L2tpControlChannelCloseTest, ALostZlbIsMadeGoodDuringTheLinger)
{
    ChannelUser one("one");
    ChannelUser other("other");
    ChannelWire wire(one, other, MilliSeconds(10));
    wire.Drop("ZLB", 1);
    wire.Drop("ZLB", 2);
    other.m_onDeliver = [&](const std::string&) { other.m_channel->Linger(); };
    one.SendFinal("StopCCN");
    Simulator::Run();
    EXPECT_EQ(wire.m_log,
              Texts({"one: StopCCN Nr 0 Ns 0",
                     "other: ZLB Nr 1 Ns 0 (lost)",
                     "one: StopCCN Nr 0 Ns 0",
                     "other: ZLB Nr 1 Ns 0 (lost)",
                     "one: StopCCN Nr 0 Ns 0",
                     "other: ZLB Nr 1 Ns 0"}));
    EXPECT_EQ(other.m_delivered, Texts({"StopCCN"}));
    EXPECT_EQ(one.m_finished, Times({Seconds(34) + MilliSeconds(20)}));
}

// Section 5.8: a final message that nobody acknowledges ends like any other.
// RFC 2661: 7.6-01
TEST_F(L2tpControlChannelCloseTest, AFinalMessageThatIsNeverAcknowledged)
{
    m_user.SendFinal("StopCCN");
    Simulator::Run();
    EXPECT_EQ(m_user.SentAt(), std::vector<double>({0, 1, 3, 7, 15, 23}));
    EXPECT_EQ(m_user.m_dead, Times({Seconds(31)}));
    EXPECT_TRUE(m_user.m_finished.empty());
}

// The linger time ends exactly then, for who sent the final message and who received it.
TEST_F(L2tpControlChannelCloseTest, FinishedExactlyAtTheEndOfTheLinger)
{
    ChannelUser receiver("receiver");
    DoAt(Seconds(5), [&] { receiver.m_channel->Linger(); });
    m_user.SendFinal("StopCCN");
    DoAt(Seconds(5), [&] { m_user.Receive(0, 1); });
    RunToJustBefore(Seconds(36));
    EXPECT_TRUE(m_user.m_finished.empty() && receiver.m_finished.empty());
    RunUntil(Seconds(36));
    EXPECT_EQ(m_user.m_finished, Times({Seconds(36)}));
    EXPECT_EQ(receiver.m_finished, Times({Seconds(36)}));
}

// The linger time may be set; its default follows the retransmission policy.
TEST_F(L2tpControlChannelCloseTest, OtherLingerTimes)
{
    L2tpControlChannel::Config config;
    config.lingerTime = Seconds(60);
    ChannelUser longer("longer", config);
    longer.m_channel->Linger();
    m_user.m_policy->SetAttribute("MaxInterval", TimeValue(Seconds(16)));
    m_user.m_channel->Linger();
    Simulator::Run();
    EXPECT_EQ(longer.m_finished, Times({Seconds(60)}));
    EXPECT_EQ(m_user.m_finished, Times({Seconds(1 + 2 + 4 + 8 + 16 + 16)}));
}

// Section 5.7: duplicates are acknowledged to the last tick of the linger, and not after it.
// RFC 2661: 5.7-01, 5.8-01, 5.8-10, 7.6-02
TEST_F(L2tpControlChannelCloseTest, DuplicatesAreAcknowledgedToTheEndOfTheLinger)
{
    m_user.m_onDeliver = [&](const std::string&) { m_user.m_channel->Linger(); };
    m_user.Receive(0, 0, "StopCCN");
    EXPECT_EQ(m_user.Sent(), Texts({"it: ZLB Nr 1 Ns 0"})) << "at once";
    RunToJustBefore(Seconds(31));
    EXPECT_EQ(m_user.Receive(0, 0, "StopCCN"), Reception::DUPLICATE);
    EXPECT_EQ(m_user.m_sent.size(), 2U);
    RunUntil(Seconds(31));
    EXPECT_EQ(m_user.m_finished.size(), 1U);
    EXPECT_EQ(m_user.Receive(0, 0, "StopCCN"), Reception::CLOSED);
    EXPECT_EQ(m_user.m_sent.size(), 2U);
}

// The sender of the final message acknowledges what comes, and delivers nothing.
TEST_F(L2tpControlChannelCloseTest, AfterTheFinalMessageNothingIsDelivered)
{
    m_user.SendFinal("StopCCN");
    EXPECT_EQ(m_user.Receive(0, 0, "crossing"), Reception::CLOSED);
    EXPECT_EQ(m_user.m_sent.back().Describe(), "it: ZLB Nr 1 Ns 1");
    EXPECT_EQ(m_user.Receive(2, 0, "early"), Reception::CLOSED);
    EXPECT_EQ(m_user.m_sent.size(), 2U) << "can't be acknowledged";
    EXPECT_EQ(m_user.Receive(1, 1, "crossing too"), Reception::CLOSED);
    EXPECT_EQ(m_user.Receive(2, 1, "late"), Reception::CLOSED);
    EXPECT_EQ(m_user.m_sent.back().Describe(), "it: ZLB Nr 3 Ns 1");
    EXPECT_TRUE(m_user.m_delivered.empty());
    EXPECT_EQ(m_user.m_channel->GetStatistics().received, 0U);
}

// A message that was kept as early is not delivered once its gap is filled after the end.
TEST_F(L2tpControlChannelCloseTest, EarlyMessagesAreForgotten)
{
    m_user.m_onDeliver = [&](const std::string&) { m_user.m_channel->Linger(); };
    m_user.Receive(1, 0, "behind the StopCCN");
    m_user.Receive(0, 0, "StopCCN");
    EXPECT_EQ(m_user.m_delivered, Texts({"StopCCN"}));
    EXPECT_EQ(m_user.m_channel->GetNr(), 1);
}

// The final message goes before what was not sent yet, and after what was.
TEST_F(L2tpControlChannelCloseTest, SendFinalDropsWhatWaits)
{
    m_user.m_channel->SetPeerWindow(16);
    m_user.Send("first");
    m_user.Receive(0, 1);
    for (const char* text : {"out", "out too", "waits", "waits too"})
    {
        m_user.Send(text);
    }
    m_user.SendFinal("StopCCN");
    m_user.Receive(0, 3);
    EXPECT_EQ(m_user.Sent(),
              Texts({"it: first Nr 0 Ns 0",
                     "it: out Nr 0 Ns 1",
                     "it: out too Nr 0 Ns 2",
                     "it: StopCCN Nr 0 Ns 3"}));
    m_user.Receive(0, 4);
    Simulator::Run();
    EXPECT_EQ(m_user.m_finished, Times({Seconds(31)}));
}

// What was sent before a time-out has its number, and is delivered before the final message.
TEST_F(L2tpControlChannelCloseTest, SendFinalAfterATimeOutKeepsWhatWasEverSent)
{
    m_user.m_channel->SetPeerWindow(16);
    m_user.Send("first");
    m_user.Receive(0, 1);
    m_user.Send("one");
    m_user.Send("two");
    RunUntil(Seconds(1));
    EXPECT_EQ(m_user.m_channel->GetInFlight(), 1);
    m_user.SendFinal("StopCCN");
    m_user.m_sent.clear();
    m_user.Receive(0, 2);
    EXPECT_EQ(m_user.Sent(), Texts({"it: two Nr 0 Ns 2", "it: StopCCN Nr 0 Ns 3"}));
}

// Nothing is sent, finally or otherwise, behind the final message.
TEST_F(L2tpControlChannelCloseTest, NothingFollowsTheFinalMessage)
{
    m_user.SendFinal("StopCCN");
    m_user.Send("more");
    m_user.SendFinal("more");
    m_user.Receive(0, 1);
    m_user.Send("more");
    Simulator::Run();
    EXPECT_EQ(m_user.Sent(), Texts({"it: StopCCN Nr 0 Ns 0"}));
}

// Both ends send their StopCCN at once: both are acknowledged, and both finish.
// RFC 2661: 5.7-01
TEST_F(L2tpControlChannelCloseTest, FinalMessagesThatCross)
{
    ChannelUser one("one");
    ChannelUser other("other");
    ChannelWire wire(one, other, MilliSeconds(10));
    one.SendFinal("StopCCN");
    other.SendFinal("StopCCN");
    Simulator::Run();
    EXPECT_EQ(wire.m_log,
              Texts({"one: StopCCN Nr 0 Ns 0",
                     "other: StopCCN Nr 0 Ns 0",
                     "other: ZLB Nr 1 Ns 1",
                     "one: ZLB Nr 1 Ns 1"}));
    EXPECT_EQ(one.m_finished.size(), 1U);
    EXPECT_EQ(other.m_finished.size(), 1U);
}

// Section 5.7: who receives a StopCCN no longer waits for its own messages to be acknowledged.
TEST_F(L2tpControlChannelCloseTest, LingerDropsOwnMessages)
{
    m_user.Send("one");
    m_user.Send("two");
    m_user.m_onDeliver = [&](const std::string&) { m_user.m_channel->Linger(); };
    m_user.Receive(0, 0, "StopCCN");
    EXPECT_EQ(m_user.Receive(1, 1), Reception::ZLB) << "an acknowledgement that comes late";
    EXPECT_EQ(m_user.Receive(1, 2), Reception::ACKNOWLEDGES_MORE) << "two was never sent";
    Simulator::Run();
    EXPECT_EQ(m_user.Sent(), Texts({"it: one Nr 0 Ns 0", "it: ZLB Nr 1 Ns 1"}));
    EXPECT_TRUE(m_user.m_dead.empty());
    EXPECT_EQ(m_user.m_finished.size(), 1U);
}

// A second StopCCN, or a second thought, does not lengthen the linger.
TEST_F(L2tpControlChannelCloseTest, LingerCountsFromTheFirst)
{
    m_user.m_channel->Linger();
    RunUntil(Seconds(20));
    m_user.m_channel->Linger();
    Simulator::Run();
    EXPECT_EQ(m_user.m_finished, Times({Seconds(31)}));
}

// What was allowed was reckoned once: after the user had ended the channel from Transmit() the
// rest of a queue that was gone was sent.
TEST_F(L2tpControlChannelCloseTest, EndedWhileTheQueueIsSent)
{
    enum class How
    {
        FINAL,
        LINGER,
        DISPOSE
    };
    for (const How how : {How::FINAL, How::LINGER, How::DISPOSE})
    {
        ChannelUser user("LNS");
        user.m_channel->SetPeerWindow(16);
        for (uint32_t n = 0; n < 6; ++n)
        {
            user.Send("M" + std::to_string(n));
        }
        // Slow start: M0 was sent. Its acknowledgement lets two go, and the first ends it all.
        ASSERT_EQ(user.m_sent.size(), 1U);
        user.m_onTransmit = [&user, how](const ChannelDatagram& datagram) {
            if (datagram.body != "M1")
            {
                return;
            }
            switch (how)
            {
            case How::FINAL:
                user.SendFinal("bye");
                break;
            case How::LINGER:
                user.m_channel->Linger();
                break;
            case How::DISPOSE:
                user.m_channel->Dispose();
                break;
            }
        };
        user.Receive(0, 1);
        std::vector<std::string> sent;
        for (const auto& datagram : user.m_sent)
        {
            sent.push_back(datagram.Name());
        }
        std::vector<std::string> expected{"M0", "M1"};
        if (how == How::FINAL)
        {
            expected.emplace_back("bye");
        }
        if (how == How::LINGER)
        {
            expected.emplace_back("ZLB");
        }
        EXPECT_EQ(sent, expected);
        Simulator::Run();
    }
}
