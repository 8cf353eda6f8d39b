/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/double.h"
#include "ns3/l2tp-id-table.h"
#include "ns3/simple-ref-count.h"
#include "ns3/simulator.h"

#include <gtest/gtest.h>
#include <set>

using namespace ns3;

namespace
{

/// Something that has an ID.
struct Entry : public SimpleRefCount<Entry>
{
};

/// The table of Tunnel and Session IDs.
class L2tpIdTableTest : public ::testing::Test
{
  protected:
    /**
     * @brief Where the search begins.
     * @param start always this number
     * @return a stream that says so
     */
    static Ptr<RandomVariableStream> StartingAt(uint16_t start)
    {
        auto stream = CreateObject<ConstantRandomVariable>();
        stream->SetAttribute("Constant", DoubleValue(start));
        return stream;
    }

    /**
     * @brief Take all IDs but some.
     * @param free the IDs that stay free
     */
    void FillBut(const std::set<uint16_t>& free)
    {
        for (uint32_t id = 1; id <= 65535; ++id)
        {
            if (free.count(id) == 0)
            {
                m_table.Insert(id, m_entry);
            }
        }
    }

    L2tpIdTable<Entry> m_table;          //!< the table
    Ptr<Entry> m_entry{Create<Entry>()}; //!< what is in it
};

} // namespace

// Section 4.4.3: an ID is not 0; the search steps over it, and wraps.
// RFC 2661: 5.3-01
TEST_F(L2tpIdTableTest, NeverPicksZero)
{
    EXPECT_EQ(m_table.PickFree(StartingAt(0)), 1);
    EXPECT_EQ(m_table.PickFree(StartingAt(65535)), 65535);
    m_table.Insert(65535, m_entry);
    EXPECT_EQ(m_table.PickFree(StartingAt(65535)), 1);
}

// Every ID is picked once until all are taken; then there is none.
TEST_F(L2tpIdTableTest, PicksEachIdOnceUntilTheTableIsFull)
{
    auto random = CreateObject<UniformRandomVariable>();
    random->SetAttribute("Min", DoubleValue(1));
    random->SetAttribute("Max", DoubleValue(65535));
    random->SetStream(7);
    for (uint32_t n = 0; n < 65535; ++n)
    {
        const uint16_t id = m_table.PickFree(random);
        ASSERT_NE(id, 0);
        ASSERT_FALSE(m_table.Find(id));
        m_table.Insert(id, m_entry);
    }
    EXPECT_EQ(m_table.GetSize(), L2tpIdTable<Entry>::CAPACITY);
    EXPECT_EQ(m_table.PickFree(random), 0);
}

// The last free ID is found wherever the search begins, in one turn at most.
TEST_F(L2tpIdTableTest, FindsTheLastFreeId)
{
    FillBut({300});
    for (const uint16_t start : {1, 299, 300, 301, 65535})
    {
        EXPECT_EQ(m_table.PickFree(StartingAt(start)), 300);
        EXPECT_EQ(m_table.FindFree(start), 300);
    }
    m_table.Insert(300, m_entry);
    EXPECT_EQ(m_table.PickFree(StartingAt(300)), 0);
    m_table.Erase(42);
    EXPECT_EQ(m_table.PickFree(StartingAt(300)), 42);
}

// A retired ID is free at once, and picked again when it has rested: not one tick before.
TEST_F(L2tpIdTableTest, RetiredIdsRest)
{
    m_table.Insert(300, m_entry);
    m_table.Retire(300, Seconds(62));
    EXPECT_FALSE(m_table.Find(300));
    EXPECT_EQ(m_table.GetSize(), 0U);
    const auto expectPick = [this](uint16_t id) {
        EXPECT_EQ(m_table.PickFree(StartingAt(300)), id) << Simulator::Now();
    };
    Simulator::Schedule(Seconds(62) - TimeStep(1), [&] { expectPick(301); });
    Simulator::Schedule(Seconds(62), [&] { expectPick(300); });
    Simulator::Run();
    Simulator::Destroy();
}

// When IDs run out they rest no longer: nothing is refused for their sake.
TEST_F(L2tpIdTableTest, RetiredIdsComeAgainWhenIdsRunOut)
{
    FillBut({300, 301});
    m_table.Retire(7, Seconds(62));
    m_table.Retire(8, Seconds(62));
    for (const uint16_t id : {301, 7, 8, 300})
    {
        EXPECT_EQ(m_table.PickFree(StartingAt(301)), id);
        m_table.Insert(id, m_entry);
    }
    EXPECT_EQ(m_table.PickFree(StartingAt(301)), 0);
}

// How many rest is bounded, so that free ones are found soon: those that were retired first come
// again first.
TEST_F(L2tpIdTableTest, WhatRestsIsBounded)
{
    constexpr uint16_t ALL = L2tpIdTable<Entry>::CAPACITY;
    constexpr uint16_t AGAIN = ALL - L2tpIdTable<Entry>::CROWDED + 1;
    for (uint32_t id = 1; id <= ALL; ++id)
    {
        ASSERT_EQ(m_table.PickFree(StartingAt(id)), id);
        m_table.Insert(id, m_entry);
        m_table.Retire(id, Seconds(62));
    }
    EXPECT_EQ(m_table.PickFree(StartingAt(AGAIN)), AGAIN);
    EXPECT_EQ(m_table.PickFree(StartingAt(AGAIN + 1)), 1);
}

// What is not there is not found; what is replaced or erased twice does no harm.
TEST_F(L2tpIdTableTest, FindInsertErase)
{
    EXPECT_FALSE(m_table.Find(5));
    m_table.Insert(5, m_entry);
    EXPECT_EQ(m_table.Find(5), m_entry);
    const auto other = Create<Entry>();
    m_table.Insert(5, other);
    EXPECT_EQ(m_table.Find(5), other);
    EXPECT_EQ(m_table.GetSize(), 1U);
    m_table.Erase(5);
    m_table.Erase(5);
    EXPECT_FALSE(m_table.Find(5));
    EXPECT_EQ(m_table.GetSize(), 0U);
}

// The order of all entries does not depend on how they came in.
TEST_F(L2tpIdTableTest, AllEntriesByRisingId)
{
    std::vector<Ptr<Entry>> expected;
    for (const uint16_t id : {7, 40000, 3, 65535})
    {
        m_table.Insert(id, Create<Entry>());
    }
    for (const uint16_t id : {3, 7, 40000, 65535})
    {
        expected.push_back(m_table.Find(id));
    }
    EXPECT_EQ(m_table.GetAll(), expected);
}
