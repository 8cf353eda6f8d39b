/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What a channel makes of its policies: what is resent, how round trips are measured, when a
// message is acknowledged, and what becomes of those that come before their turn.

#include "channel-fixture.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-adaptive-timeout.h"
#include "ns3/l2tp-discard-early.h"
#include "ns3/l2tp-fixed-window.h"
#include "ns3/l2tp-piggyback-acknowledgement.h"
#include "ns3/uinteger.h"

#include <memory>
#include <optional>

using namespace ns3;

namespace
{

using Reception = L2tpReception;
using Texts = std::vector<std::string>;
using Instants = std::vector<double>;

/// A policy that notes what it is told.
class Listener : public L2tpExponentialBackoff
{
  public:
    void OnAcknowledgement(uint32_t retransmissions, std::optional<Time> roundTrip) override
    {
        m_retransmissions.push_back(retransmissions);
        m_roundTrips.push_back(roundTrip ? roundTrip->GetSeconds() : -1);
    }

    std::vector<uint32_t> m_retransmissions; //!< what it was told
    Instants m_roundTrips;                   //!< what it was told, -1 for nothing
};

/// Acknowledges every second message at once, others after 1 s.
class EverySecond : public L2tpAcknowledgementPolicy
{
  public:
    Time GetDelay(uint32_t waiting) const override
    {
        return waiting < 2 ? Seconds(1) : Seconds(0);
    }
};

/// Channels with other policies than the RFC's.
class L2tpControlChannelPoliciesTest : public ChannelTest
{
  protected:
    /**
     * @brief Make a channel that has messages out: m0, m1 and m2, sent at 0, 0.5 and 0.6 s.
     * @param resend what it sends again
     * @param window its congestion window
     * @return its user
     */
    std::unique_ptr<ChannelUser> ThreeOut(L2tpResend resend, Ptr<L2tpCongestionWindow> window)
    {
        L2tpControlChannel::Config config;
        config.resend = resend;
        L2tpControlChannel::Policies policies;
        policies.congestion = window;
        auto user = std::make_unique<ChannelUser>("it", config, policies);
        user->m_channel->SetPeerWindow(16);
        user->Send("m0");
        DoAt(MilliSeconds(500), [channel = user.get()] { channel->Send("m1"); });
        DoAt(MilliSeconds(600), [channel = user.get()] { channel->Send("m2"); });
        RunUntil(MilliSeconds(600));
        EXPECT_EQ(user->Sent(),
                  Texts({"it: m0 Nr 0 Ns 0", "it: m1 Nr 0 Ns 1", "it: m2 Nr 0 Ns 2"}));
        user->m_sent.clear();
        return user;
    }

    /// What was sent, each with its time. @param user by whom @return for example "1 m0"
    static Texts SentWhen(const ChannelUser& user)
    {
        Texts all;
        for (const ChannelDatagram& datagram : user.m_sent)
        {
            std::ostringstream os;
            os << datagram.at.GetSeconds() << " " << datagram.Name();
            all.push_back(os.str());
        }
        return all;
    }
};

} // namespace

// All that is out goes again when the front's time is up, as the window allows it.
TEST_F(L2tpControlChannelPoliciesTest, ResendAll)
{
    const auto user = ThreeOut(L2TP_RESEND_ALL, CreateObject<L2tpFixedWindow>());
    RunUntil(Seconds(3));
    EXPECT_EQ(SentWhen(*user), Texts({"1 m0", "1 m1", "1 m2", "3 m0", "3 m1", "3 m2"}));
    EXPECT_EQ(user->m_channel->GetInFlight(), 3);
    EXPECT_EQ(user->m_channel->GetStatistics().retransmitted, 6U);
}

// With a window that shrinks to one (Appendix A) that is the front, and the others follow as they
// may.
TEST_F(L2tpControlChannelPoliciesTest, ResendAllWithinTheWindow)
{
    auto window = CreateObject<L2tpSlowStart>();
    window->SetAdvertisedWindow(16);
    window->OnAcknowledgement();
    window->OnAcknowledgement();
    const auto user = ThreeOut(L2TP_RESEND_ALL, window);
    RunUntil(Seconds(1));
    EXPECT_EQ(SentWhen(*user), Texts({"1 m0"}));
    user->Receive(0, 1);
    EXPECT_EQ(SentWhen(*user), Texts({"1 m0", "1 m1", "1 m2"}));
}

// The front alone: the others wait until they are the front.
TEST_F(L2tpControlChannelPoliciesTest, ResendFront)
{
    const auto user = ThreeOut(L2TP_RESEND_FRONT, CreateObject<L2tpFixedWindow>());
    RunUntil(Seconds(3));
    EXPECT_EQ(SentWhen(*user), Texts({"1 m0", "3 m0"}));
    EXPECT_EQ(user->m_channel->GetInFlight(), 3);
    user->Receive(0, 1); // an acknowledgement restarts the timer
    RunUntil(Seconds(4));
    EXPECT_EQ(SentWhen(*user), Texts({"1 m0", "3 m0", "4 m1"}));
    user->Receive(0, 3);
    RunUntil(Seconds(60));
    EXPECT_EQ(user->m_sent.size(), 3U);
    EXPECT_TRUE(user->m_dead.empty());
}

// Each by its own timer, which an acknowledgement of others does not touch.
TEST_F(L2tpControlChannelPoliciesTest, ResendEach)
{
    const auto user = ThreeOut(L2TP_RESEND_EACH, CreateObject<L2tpFixedWindow>());
    RunUntil(Seconds(2));
    EXPECT_EQ(SentWhen(*user), Texts({"1 m0", "1.5 m1", "1.6 m2"}));
    user->Receive(0, 1);
    RunUntil(Seconds(4));
    EXPECT_EQ(SentWhen(*user), Texts({"1 m0", "1.5 m1", "1.6 m2", "3.5 m1", "3.6 m2"}));
    user->Receive(0, 3);
    RunUntil(Seconds(60));
    EXPECT_EQ(user->m_sent.size(), 5U);
    EXPECT_TRUE(user->m_dead.empty());
}

// Section 5.8: the peer is dead once one message had all its retransmissions, whichever mode, and
// no interval between them is longer than the cap.
// RFC 2661: 5.8-06, 5.8-09
TEST_F(L2tpControlChannelPoliciesTest, EachModeGivesUp)
{
    for (const auto resend : {L2TP_RESEND_ALL, L2TP_RESEND_FRONT, L2TP_RESEND_EACH})
    {
        L2tpControlChannel::Config config;
        config.resend = resend;
        ChannelUser user("it", config);
        const Time start = Simulator::Now();
        user.Send("m0");
        RunUntil(start + Seconds(100));
        const double at = start.GetSeconds();
        EXPECT_EQ(user.SentAt(), Instants({at, at + 1, at + 3, at + 7, at + 15, at + 23}));
        EXPECT_EQ(user.m_dead, std::vector<Time>({start + Seconds(31)})) << resend;
    }
}

// The final message drops what waits, in each mode; what is out is resent with it.
TEST_F(L2tpControlChannelPoliciesTest, ResendEachUpToTheEnd)
{
    const auto user = ThreeOut(L2TP_RESEND_EACH, CreateObject<L2tpFixedWindow>());
    user->SendFinal("StopCCN");
    user->Receive(0, 3);
    RunUntil(Seconds(2));
    EXPECT_EQ(SentWhen(*user), Texts({"0.6 StopCCN", "1.6 StopCCN"}));
    user->m_channel->Linger();
    RunUntil(Seconds(60));
    EXPECT_EQ(user->m_sent.size(), 3U) << "no more than the ZLB of lingering";
    EXPECT_EQ(user->m_finished.size(), 1U);
}

// A window that the peer does not offer, as some take it, against section 5.8.
TEST_F(L2tpControlChannelPoliciesTest, APeerWindowThatIsTakenAnyway)
{
    L2tpControlChannel::Config config;
    config.peerWindow = 8;
    L2tpControlChannel::Policies policies;
    policies.congestion = CreateObject<L2tpFixedWindow>();
    ChannelUser user("it", config, policies);
    user.m_channel->SetPeerWindow(2);
    for (int n = 0; n < 10; ++n)
    {
        user.Send("m");
    }
    EXPECT_EQ(user.m_sent.size(), 8U);
}

// Lock step: a message waits until the one before it is acknowledged, as in Appendix B.1.
TEST_F(L2tpControlChannelPoliciesTest, LockStep)
{
    L2tpControlChannel::Policies policies;
    policies.congestion = CreateObject<L2tpFixedWindow>();
    policies.congestion->SetAttribute("Size", UintegerValue(1));
    ChannelUser user("it", {}, policies);
    user.m_channel->SetPeerWindow(16);
    user.Send("SCCCN");
    user.Send("ICRQ");
    EXPECT_EQ(user.Sent(), Texts({"it: SCCCN Nr 0 Ns 0"}));
    user.Receive(0, 1);
    EXPECT_EQ(user.Sent(), Texts({"it: SCCCN Nr 0 Ns 0", "it: ICRQ Nr 0 Ns 1"}));
}

// As long as nothing was heard of the peer the first message may be given up sooner.
TEST_F(L2tpControlChannelPoliciesTest, InitialRetransmissions)
{
    ChannelUser silent("silent");
    silent.m_policy->SetAttribute("MaxInitialRetransmissions", UintegerValue(2));
    silent.Send("SCCRQ");
    RunUntil(Seconds(20));
    EXPECT_EQ(silent.SentAt(), Instants({0, 1, 3}));
    EXPECT_EQ(silent.m_dead, std::vector<Time>({Seconds(7)}));

    ChannelUser heard("heard");
    heard.m_policy->SetAttribute("MaxInitialRetransmissions", UintegerValue(2));
    heard.Receive(0, 0, "SCCRQ");
    heard.Send("SCCRP");
    RunUntil(Seconds(100));
    EXPECT_EQ(heard.SentAt(), Instants({20, 21, 23, 27, 35, 43}));
    EXPECT_EQ(heard.m_dead, std::vector<Time>({Seconds(51)}));

    // So does a channel that begins with what an SCCRQ told, as that of a tunnel's responder.
    ChannelUser responder("responder");
    responder.m_policy->SetAttribute("MaxInitialRetransmissions", UintegerValue(2));
    responder.m_channel->SetInitialSequence(0, 1);
    responder.Send("SCCRP");
    RunUntil(Seconds(200));
    EXPECT_EQ(responder.SentAt(), Instants({100, 101, 103, 107, 115, 123}));
    EXPECT_EQ(responder.m_dead, std::vector<Time>({Seconds(131)}));
}

// More than that is no more than for any message.
TEST_F(L2tpControlChannelPoliciesTest, InitialRetransmissionsAreNoMoreThanOthers)
{
    const auto policy = CreateObject<L2tpExponentialBackoff>();
    EXPECT_EQ(policy->GetMaxInitialRetransmissions(), 5U);
    policy->SetAttribute("MaxInitialRetransmissions", UintegerValue(6));
    EXPECT_EQ(policy->GetMaxInitialRetransmissions(), 5U);
    policy->SetAttribute("MaxInitialRetransmissions", UintegerValue(0));
    EXPECT_EQ(policy->GetMaxInitialRetransmissions(), 0U);
}

// RFC 6298, section 3: a round trip is that of a message that was sent once; the last one that is
// acknowledged counts.
TEST_F(L2tpControlChannelPoliciesTest, RoundTrips)
{
    const auto policy = CreateObject<Listener>();
    L2tpControlChannel::Policies policies;
    policies.retransmission = policy;
    policies.congestion = CreateObject<L2tpFixedWindow>();
    ChannelUser user("it", {}, policies);
    user.Send("m0");
    DoAt(MilliSeconds(100), [&] { user.Send("m1"); });
    DoAt(MilliSeconds(300), [&] { user.Receive(0, 2); });
    // No news is no measurement.
    DoAt(MilliSeconds(400), [&] { user.Receive(0, 2); });
    DoAt(Seconds(10), [&] { user.Send("m2"); });
    DoAt(Seconds(12), [&] { user.Send("m3"); });
    // m2 was sent again at 11 s, so that nobody knows which one is acknowledged, and m3 with it.
    DoAt(MilliSeconds(12100), [&] { user.Receive(0, 4); });
    DoAt(Seconds(20), [&] { user.Send("m4"); });
    DoAt(MilliSeconds(20050), [&] { user.Receive(0, 5); });
    RunUntil(Seconds(30));
    EXPECT_EQ(policy->m_roundTrips, Instants({0.2, -1, 0.05}));
    EXPECT_EQ(policy->m_retransmissions, std::vector<uint32_t>({0, 1, 0}));
}

// A channel with a policy that measures waits as long as it says, from the next message on.
TEST_F(L2tpControlChannelPoliciesTest, AdaptiveTimeout)
{
    const auto policy = CreateObject<L2tpAdaptiveTimeout>();
    policy->SetAttribute("MinTimeout", TimeValue(MilliSeconds(200)));
    L2tpControlChannel::Policies policies;
    policies.retransmission = policy;
    ChannelUser user("it", {}, policies);
    user.Send("m0");
    DoAt(MilliSeconds(100), [&] { user.Receive(0, 1); });
    DoAt(Seconds(5), [&] { user.Send("m1"); });
    RunUntil(MilliSeconds(6500));
    // SRTT 100 ms, RTTVAR 50 ms: 300 ms, doubled each time.
    EXPECT_EQ(user.SentAt(), Instants({0, 5, 5.3, 5.9}));
}

// A policy that acknowledges each second message: the earliest time of all counts.
TEST_F(L2tpControlChannelPoliciesTest, EverySecondMessageIsAcknowledged)
{
    L2tpControlChannel::Policies policies;
    policies.acknowledgement = CreateObject<EverySecond>();
    ChannelUser user("it", {}, policies);
    user.Receive(0, 0, "one");
    EXPECT_EQ(user.Sent(), Texts());
    user.Receive(1, 0, "two");
    EXPECT_EQ(user.Sent(), Texts({"it: ZLB Nr 2 Ns 0"}));
    user.Receive(2, 0, "three"); // the first one again
    RunUntil(Seconds(1) - NanoSeconds(1));
    EXPECT_EQ(user.m_sent.size(), 1U);
    RunUntil(Seconds(1));
    EXPECT_EQ(user.m_sent.back().Describe(), "it: ZLB Nr 3 Ns 0");
    // A message that goes out acknowledges all, and counting begins anew.
    user.Receive(3, 0, "four");
    user.Send("answer");
    user.Receive(4, 0, "five");
    EXPECT_EQ(user.m_sent.back().Describe(), "it: answer Nr 4 Ns 0");
}

// No ZLB of one's own accord: the acknowledgement waits for a message.
TEST_F(L2tpControlChannelPoliciesTest, PiggybackOnly)
{
    L2tpControlChannel::Policies policies;
    policies.acknowledgement = CreateObject<L2tpPiggybackAcknowledgement>();
    ChannelUser user("it", {}, policies);
    user.Receive(0, 0, "one");
    RunUntil(Hours(1));
    EXPECT_EQ(user.Sent(), Texts());
    user.Send("answer");
    EXPECT_EQ(user.Sent(), Texts({"it: answer Nr 1 Ns 0"}));
    // Section 5.8: "receipt of duplicate messages MUST be acknowledged": else nothing would go on.
    user.Receive(0, 1, "one");
    EXPECT_EQ(user.m_sent.back().Describe(), "it: ZLB Nr 1 Ns 1");
}

// Section 5.8: messages out of order "may be discarded requiring a retransmission by the peer".
TEST_F(L2tpControlChannelPoliciesTest, EarlyMessagesAreDiscarded)
{
    L2tpControlChannel::Policies policies = AckAtOnce();
    policies.queueing = CreateObject<L2tpDiscardEarly>();
    ChannelUser user("it", {}, policies);
    EXPECT_EQ(user.Receive(1, 0, "two"), Reception::DISCARDED);
    EXPECT_EQ(user.m_channel->GetBacklog(), 0U);
    EXPECT_EQ(user.Sent(), Texts());
    EXPECT_EQ(user.Receive(0, 0, "one"), Reception::NEW);
    EXPECT_EQ(user.Receive(1, 0, "two"), Reception::NEW);
    EXPECT_EQ(user.m_delivered, Texts({"one", "two"}));
}

// Some say at once what they want.
TEST_F(L2tpControlChannelPoliciesTest, EarlyMessagesAreAnswered)
{
    L2tpControlChannel::Policies policies;
    policies.queueing = CreateObject<L2tpDiscardEarly>();
    policies.queueing->SetAttribute("Answer", BooleanValue(true));
    ChannelUser user("it", {}, policies);
    EXPECT_EQ(user.Receive(2, 0, "three"), Reception::DISCARDED);
    EXPECT_EQ(user.Sent(), Texts({"it: ZLB Nr 0 Ns 0"}));
    // That does not hasten the acknowledgement of what comes next.
    EXPECT_EQ(user.Receive(0, 0, "one"), Reception::NEW);
    EXPECT_EQ(user.Sent().size(), 1U);
}

// As many as there is a place for are kept.
TEST_F(L2tpControlChannelPoliciesTest, SomeEarlyMessagesAreKept)
{
    L2tpControlChannel::Policies policies;
    policies.queueing = CreateObject<L2tpKeepEarly>();
    policies.queueing->SetAttribute("MaxMessages", UintegerValue(2));
    ChannelUser user("it", {}, policies);
    EXPECT_EQ(user.Receive(5, 0, "six"), Reception::EARLY);
    EXPECT_EQ(user.Receive(1, 0, "two"), Reception::EARLY);
    EXPECT_EQ(user.Receive(2, 0, "three"), Reception::DISCARDED);
    EXPECT_EQ(user.Sent(), Texts());
    EXPECT_EQ(user.Receive(0, 0, "one"), Reception::NEW);
    EXPECT_EQ(user.m_delivered, Texts({"one", "two"}));
    EXPECT_EQ(user.Receive(2, 0, "three"), Reception::NEW);
}
