/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/l2tp-fixed-interval.h"
#include "ns3/object-factory.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>

using namespace ns3;

// An interval that doesn't grow, against RFC 2661, section 5.8, as some implementations have it.
TEST(L2tpFixedIntervalTest, NeverGrows)
{
    ObjectFactory factory("ns3::L2tpFixedInterval");
    factory.Set("Interval", TimeValue(Seconds(30)));
    factory.Set("MaxRetransmissions", UintegerValue(3));
    const auto policy = factory.Create<L2tpRetransmissionPolicy>();
    for (uint32_t n = 0; n <= 3; ++n)
    {
        EXPECT_EQ(policy->GetInterval(n), Seconds(30)) << n;
    }
    EXPECT_EQ(policy->GetMaxRetransmissions(), 3U);
    EXPECT_EQ(policy->GetMaxInitialRetransmissions(), 3U);
    EXPECT_EQ(policy->GetFullCycle(), Seconds(120));
}

// The defaults: the RFC's first interval, and its number of retransmissions.
TEST(L2tpFixedIntervalTest, Defaults)
{
    EXPECT_EQ(CreateObject<L2tpFixedInterval>()->GetFullCycle(), Seconds(6));
}
