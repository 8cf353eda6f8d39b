/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/boolean.h"
#include "ns3/l2tp-exponential-backoff.h"
#include "ns3/object-factory.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>
#include <vector>

using namespace ns3;

namespace
{

/**
 * @brief Make a policy.
 * @param initial InitialInterval
 * @param cap MaxInterval
 * @param retransmissions MaxRetransmissions
 * @param allowShortCap AllowShortCap
 * @return the policy
 */
Ptr<L2tpRetransmissionPolicy>
Policy(Time initial, Time cap, uint32_t retransmissions, bool allowShortCap = false)
{
    ObjectFactory factory("ns3::L2tpExponentialBackoff");
    factory.Set("InitialInterval", TimeValue(initial));
    factory.Set("MaxInterval", TimeValue(cap));
    factory.Set("MaxRetransmissions", UintegerValue(retransmissions));
    factory.Set("AllowShortCap", BooleanValue(allowShortCap));
    return factory.Create<L2tpRetransmissionPolicy>();
}

/**
 * @brief The first intervals of a policy.
 * @param policy the policy
 * @param count how many
 * @return the intervals, in seconds
 */
std::vector<double>
Intervals(Ptr<L2tpRetransmissionPolicy> policy, uint32_t count)
{
    std::vector<double> intervals;
    for (uint32_t n = 0; n < count; ++n)
    {
        intervals.push_back(policy->GetInterval(n).GetSeconds());
    }
    return intervals;
}

using Values = std::vector<double>;

} // namespace

// Section 5.8: 1 s, then 2, then 4, capped at 8 s, with 5 retransmissions: 31 s in all.
// RFC 2661: 5.8-04, 5.8-05, 5.8-06, 5.8-08
TEST(L2tpExponentialBackoffTest, TheRfcsRecommendation)
{
    const auto policy = CreateObject<L2tpExponentialBackoff>();
    EXPECT_EQ(Intervals(policy, 6), Values({1, 2, 4, 8, 8, 8}));
    EXPECT_EQ(policy->GetMaxRetransmissions(), 5U);
    EXPECT_EQ(policy->GetFullCycle(), Seconds(31));
}

// Section 5.8: the cap binds the first interval too, and need not be a power of two.
// RFC 2661: 5.8-06
TEST(L2tpExponentialBackoffTest, TheCapBinds)
{
    EXPECT_EQ(Intervals(Policy(Seconds(3), Seconds(10), 5), 4), Values({3, 6, 10, 10}));
    EXPECT_EQ(Intervals(Policy(Seconds(20), Seconds(8), 5), 2), Values({8, 8}));
    EXPECT_EQ(Policy(Seconds(3), Seconds(10), 2)->GetFullCycle(), Seconds(19));
    EXPECT_EQ(Policy(Seconds(3), Seconds(10), 0)->GetFullCycle(), Seconds(3));
}

// No number of retransmissions makes the interval run over.
TEST(L2tpExponentialBackoffTest, ManyRetransmissionsDoNotOverflow)
{
    EXPECT_EQ(Policy(Seconds(1), Seconds(8), 1000)->GetInterval(1000), Seconds(8));
    EXPECT_EQ(Policy(Seconds(1), Time::Max(), 1000)->GetInterval(1000), Time::Max());
}

// Section 5.8: "This cap MUST be no less than 8 seconds": exactly 8 s is allowed.
// RFC 2661: 5.8-07
TEST(L2tpExponentialBackoffTest, ACapOfExactlyEightSecondsIsAllowed)
{
    EXPECT_EQ(Policy(Seconds(1), Seconds(8), 5)->GetInterval(9), Seconds(8));
}

// A shorter cap has to be asked for by name.
TEST(L2tpExponentialBackoffTest, AShortCapIsAllowedForAStudy)
{
    EXPECT_EQ(Intervals(Policy(Seconds(2), Seconds(2), 5, true), 3), Values({2, 2, 2}));
}

// One nanosecond below 8 s stops the program, with words that say what to do.
// RFC 2661: 5.8-07
TEST(L2tpExponentialBackoffDeathTest, AShortCapIsAMistake)
{
    EXPECT_DEATH(Policy(Seconds(1), Seconds(8) - NanoSeconds(1), 5),
                 "section 5.8, asks for no less than 8 s: raise it, or set AllowShortCap");
}
