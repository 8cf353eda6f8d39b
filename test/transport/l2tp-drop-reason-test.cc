/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/l2tp-drop-reason.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

using namespace ns3;

// summary.json counts by these names: each reason has one of its own.
TEST(L2tpDropReasonTest, EachReasonHasANameOfItsOwn)
{
    std::set<std::string> names;
    for (std::size_t n = 0; n < L2TP_DROP_REASONS; ++n)
    {
        const std::string name = L2tpDropReasonName(static_cast<L2tpDropReason>(n));
        EXPECT_NE(name, "unknown");
        EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string::npos);
        EXPECT_TRUE(names.insert(name).second) << name;
    }
    EXPECT_STREQ(L2tpDropReasonName(L2tpDropReason::COUNT), "unknown");
    EXPECT_STREQ(L2tpDropReasonName(L2tpDropReason::SEND_RECURSION), "send-recursion");
}

// A bad header is dropped for what is wrong with it, in the codec's own words.
TEST(L2tpDropReasonTest, HeaderErrors)
{
    for (const auto error : {L2tpHeaderError::TRUNCATED,
                             L2tpHeaderError::VERSION,
                             L2tpHeaderError::CONTROL_BITS,
                             L2tpHeaderError::LENGTH,
                             L2tpHeaderError::OFFSET})
    {
        EXPECT_STREQ(L2tpDropReasonName(L2tpDropReasonOf(error)), L2tpHeaderErrorName(error));
    }
}
