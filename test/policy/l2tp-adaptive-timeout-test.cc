/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// RFC 6298, sentence by sentence.

#include "ns3/l2tp-adaptive-timeout.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/// A policy that is told of round trips.
class L2tpAdaptiveTimeoutTest : public ::testing::Test
{
  protected:
    L2tpAdaptiveTimeoutTest()
    {
        // So that what is computed is seen, and not the least.
        m_policy->SetAttribute("MinTimeout", TimeValue(MilliSeconds(1)));
    }

    /// A message that was sent once is acknowledged. @param after so long
    void RoundTrip(Time after)
    {
        m_policy->OnAcknowledgement(0, after);
    }

    /// A message that was sent again is acknowledged. @param retransmissions how often it was
    void Ambiguous(uint32_t retransmissions)
    {
        m_policy->OnAcknowledgement(retransmissions, std::nullopt);
    }

    Ptr<L2tpAdaptiveTimeout> m_policy{CreateObject<L2tpAdaptiveTimeout>()}; //!< the policy
};

} // namespace

// 2.1: "Until a round-trip time (RTT) measurement has been made [...], the sender SHOULD set RTO <-
// 1 second, though the 'backing off' on repeated retransmission discussed in (5.5) still applies".
TEST_F(L2tpAdaptiveTimeoutTest, BeforeTheFirstMeasurement)
{
    EXPECT_EQ(m_policy->GetInterval(0), Seconds(1));
    EXPECT_EQ(m_policy->GetInterval(1), Seconds(2));
    EXPECT_EQ(m_policy->GetInterval(5), Seconds(32));
    EXPECT_EQ(m_policy->GetFullCycle(), Seconds(1 + 2 + 4 + 8 + 16 + 32));
}

// 2.2: "SRTT <- R, RTTVAR <- R/2, RTO <- SRTT + max (G, K*RTTVAR) where K = 4".
TEST_F(L2tpAdaptiveTimeoutTest, TheFirstMeasurement)
{
    RoundTrip(MilliSeconds(100));
    EXPECT_EQ(m_policy->GetSmoothedRoundTrip(), MilliSeconds(100));
    EXPECT_EQ(m_policy->GetVariation(), MilliSeconds(50));
    EXPECT_EQ(m_policy->GetInterval(0), MilliSeconds(300));
}

// 2.3: "RTTVAR <- (1 - beta) * RTTVAR + beta * |SRTT - R'|, SRTT <- (1 - alpha) * SRTT + alpha *
// R'", "in the above order", with alpha = 1/8 and beta = 1/4.
TEST_F(L2tpAdaptiveTimeoutTest, FurtherMeasurements)
{
    RoundTrip(MilliSeconds(100));
    RoundTrip(MilliSeconds(180));
    EXPECT_EQ(m_policy->GetVariation(), MicroSeconds(57500));
    EXPECT_EQ(m_policy->GetSmoothedRoundTrip(), MilliSeconds(110));
    EXPECT_EQ(m_policy->GetInterval(0), MilliSeconds(340));
    // The other way round.
    RoundTrip(MilliSeconds(30));
    EXPECT_EQ(m_policy->GetVariation(), MicroSeconds(43125 + 20000));
    EXPECT_EQ(m_policy->GetSmoothedRoundTrip(), MilliSeconds(100));
}

// 2.2 and 2.3: what is added for variation is at least the clock's granularity.
TEST_F(L2tpAdaptiveTimeoutTest, Granularity)
{
    m_policy->SetAttribute("Granularity", TimeValue(MilliSeconds(5)));
    RoundTrip(MilliSeconds(100));
    for (int n = 0; n < 100; ++n)
    {
        RoundTrip(MilliSeconds(100));
    }
    EXPECT_EQ(m_policy->GetInterval(0), MilliSeconds(105));
}

// 2.4: "Whenever RTO is computed, if it is less than 1 second, then the RTO SHOULD be rounded up to
// 1 second": the default.
TEST_F(L2tpAdaptiveTimeoutTest, TheLeastTimeout)
{
    const auto policy = CreateObject<L2tpAdaptiveTimeout>();
    policy->OnAcknowledgement(0, MilliSeconds(20));
    EXPECT_EQ(policy->GetInterval(0), Seconds(1));
    policy->OnAcknowledgement(0, Seconds(2));
    EXPECT_GT(policy->GetInterval(0), Seconds(1));
}

// 5.5: "The host MUST set RTO <- RTO * 2", and 2.5: a maximum of 60 s, which is the cap of RFC
// 2661, section 5.8.
// RFC 2661: 5.8-06
TEST_F(L2tpAdaptiveTimeoutTest, BacksOff)
{
    RoundTrip(Seconds(4)); // 4 + 4 * 2
    EXPECT_EQ(m_policy->GetInterval(0), Seconds(12));
    EXPECT_EQ(m_policy->GetInterval(1), Seconds(24));
    EXPECT_EQ(m_policy->GetInterval(2), Seconds(48));
    EXPECT_EQ(m_policy->GetInterval(3), Seconds(60));
    EXPECT_EQ(m_policy->GetInterval(1000), Seconds(60));
}

// Section 3, Karn's algorithm, and the note in section 5: what was sent again measures nothing, and
// the time-out stays as long as it has become until there is a measurement.
TEST_F(L2tpAdaptiveTimeoutTest, KarnsAlgorithm)
{
    RoundTrip(MilliSeconds(100));
    Ambiguous(2);
    EXPECT_EQ(m_policy->GetSmoothedRoundTrip(), MilliSeconds(100));
    EXPECT_EQ(m_policy->GetInterval(0), MilliSeconds(1200));
    EXPECT_EQ(m_policy->GetInterval(1), MilliSeconds(2400));
    Ambiguous(1);
    EXPECT_EQ(m_policy->GetInterval(0), MilliSeconds(2400));
    // "which may result in 'collapsing' RTO back down"
    RoundTrip(MilliSeconds(100));
    EXPECT_EQ(m_policy->GetVariation(), MicroSeconds(37500));
    EXPECT_EQ(m_policy->GetInterval(0), MilliSeconds(250));
}

// However often a peer is late, numbers don't run over.
TEST_F(L2tpAdaptiveTimeoutTest, ManyBackoffsDoNotOverflow)
{
    for (int n = 0; n < 100; ++n)
    {
        Ambiguous(4000000000U);
    }
    EXPECT_EQ(m_policy->GetInterval(0), Seconds(60));
    RoundTrip(MilliSeconds(100));
    EXPECT_EQ(m_policy->GetInterval(0), MilliSeconds(300));
}
