/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_UNPREDICTABLE_IDS_H
#define L2TP_UNPREDICTABLE_IDS_H

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <gtest/gtest.h>
#include <set>
#include <vector>

namespace ns3
{

/**
 * @brief Expect that IDs of 16 bits look as if drawn at random (RFC 2661, section 9.1).
 *
 * Neighbours are as far from each other as two numbers drawn at random, about a third of all there
 * are; and either may be the greater one.
 * @param ids them, in the order in which they were given
 */
inline void
ExpectUnpredictable(const std::vector<uint16_t>& ids)
{
    double distance = 0;
    std::size_t rising = 0;
    std::set<uint16_t> steps;
    for (std::size_t n = 1; n < ids.size(); ++n)
    {
        distance += std::abs(ids[n] - ids[n - 1]);
        rising += ids[n] > ids[n - 1] ? 1 : 0;
        steps.insert(ids[n] - ids[n - 1]);
    }
    EXPECT_GT(distance / ids.size(), 65536 / 6.0);
    EXPECT_GT(steps.size(), ids.size() / 2) << "no sequence of equal steps, however long";
    EXPECT_GT(rising, ids.size() / 4);
    EXPECT_LT(rising, ids.size() * 3 / 4);
}

} // namespace ns3

#endif /* L2TP_UNPREDICTABLE_IDS_H */
