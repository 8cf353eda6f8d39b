/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "simulation-test.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/double.h"
#include "ns3/l2tp-fault-model.h"
#include "ns3/pointer.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;

namespace
{

/// A fault model that is asked about frames.
class L2tpFaultModelTest : public SimulationTest
{
  protected:
    using Told = std::pair<L2tpFault, Time>;

    L2tpFaultModelTest()
    {
        m_faults->TraceConnectWithoutContext(
            "Fault",
            Callback<void, L2tpFault, Ptr<const Packet>, Time>(
                [this](L2tpFault fault, Ptr<const Packet>, Time delay) {
                    m_told.emplace_back(fault, delay);
                }));
    }

    Ptr<L2tpFaultModel> m_faults{CreateObject<L2tpFaultModel>()}; //!< asked
    std::vector<Told> m_told;                                     //!< what it traced
};

} // namespace

TEST_F(L2tpFaultModelTest, LetsAllPassByDefault)
{
    for (int i = 0; i < 10; ++i)
    {
        const auto fate = m_faults->Judge(Create<Packet>(10));
        EXPECT_EQ(fate.copies, 1U);
        EXPECT_EQ(fate.delays[0], Time());
    }
    EXPECT_EQ(m_faults->GetStatistics().frames, 10U);
    EXPECT_TRUE(m_told.empty());
}

TEST_F(L2tpFaultModelTest, LosesWhatTheErrorModelSays)
{
    auto list = CreateObject<ReceiveListErrorModel>();
    list->SetList({1, 3});
    m_faults->SetAttribute("Loss", PointerValue(list));
    std::vector<uint32_t> copies;
    for (int i = 0; i < 5; ++i)
    {
        copies.push_back(m_faults->Judge(Create<Packet>(10)).copies);
    }
    EXPECT_EQ(copies, (std::vector<uint32_t>{1, 0, 1, 0, 1}));
    EXPECT_EQ(m_told, (std::vector<Told>{{L2tpFault::LOST, Time()}, {L2tpFault::LOST, Time()}}));
    EXPECT_EQ(m_faults->GetStatistics().lost, 2U);
}

TEST_F(L2tpFaultModelTest, DamagesABitOfWhatItMay)
{
    m_faults->SetAttribute("CorruptRate", DoubleValue(1));
    m_faults->SetAttribute("CorruptFrom", UintegerValue(9));
    for (int i = 0; i < 50; ++i)
    {
        const auto fate = m_faults->Judge(Create<Packet>(10));
        EXPECT_EQ(fate.copies, 1U);
        ASSERT_TRUE(fate.damagedBit);
        EXPECT_GE(*fate.damagedBit, 72U);
        EXPECT_LT(*fate.damagedBit, 80U);
    }
    EXPECT_FALSE(m_faults->Judge(Create<Packet>(9)).damagedBit) << "none of its octets may be";
    EXPECT_EQ(m_faults->GetStatistics().damaged, 50U);
    EXPECT_EQ(m_told, std::vector<Told>(50, {L2tpFault::DAMAGED, Time()}));
}

TEST_F(L2tpFaultModelTest, DelaysAndThenDuplicates)
{
    m_faults->SetAttribute("DelayRate", DoubleValue(1));
    m_faults->SetAttribute("Delay", StringValue("ns3::ConstantRandomVariable[Constant=2]"));
    m_faults->SetAttribute("DuplicateRate", DoubleValue(1));
    m_faults->SetAttribute("DuplicateDelay",
                           StringValue("ns3::ConstantRandomVariable[Constant=3]"));
    const auto fate = m_faults->Judge(Create<Packet>(10));
    EXPECT_EQ(fate.copies, 2U);
    EXPECT_EQ(fate.delays[0], Seconds(2));
    EXPECT_EQ(fate.delays[1], Seconds(5));
    EXPECT_EQ(
        m_told,
        (std::vector<Told>{{L2tpFault::DELAYED, Seconds(2)}, {L2tpFault::DUPLICATED, Seconds(5)}}));
    EXPECT_EQ(m_faults->GetStatistics().delayed, 1U);
    EXPECT_EQ(m_faults->GetStatistics().duplicated, 1U);
}

TEST_F(L2tpFaultModelTest, TakesADelayBelowZeroAsNone)
{
    m_faults->SetAttribute("DelayRate", DoubleValue(1));
    m_faults->SetAttribute("Delay", StringValue("ns3::ConstantRandomVariable[Constant=-1]"));
    EXPECT_EQ(m_faults->Judge(Create<Packet>(10)).delays[0], Time());
}

TEST_F(L2tpFaultModelTest, IsSwitchedOffAndCutAtAnyTime)
{
    m_faults->SetAttribute("DuplicateRate", DoubleValue(1));
    m_faults->SetAttribute("Enabled", BooleanValue(false));
    EXPECT_EQ(m_faults->Judge(Create<Packet>(10)).copies, 1U);
    m_faults->SetAttribute("Cut", BooleanValue(true));
    EXPECT_EQ(m_faults->Judge(Create<Packet>(10)).copies, 0U) << "a cut line is cut all the same";
    m_faults->SetAttribute("Enabled", BooleanValue(true));
    m_faults->SetAttribute("Cut", BooleanValue(false));
    EXPECT_EQ(m_faults->Judge(Create<Packet>(10)).copies, 2U);
}

TEST_F(L2tpFaultModelTest, KeepsToItsRates)
{
    auto loss = CreateObject<RateErrorModel>();
    loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    loss->SetRate(0.3);
    m_faults->SetAttribute("Loss", PointerValue(loss));
    m_faults->SetAttribute("DuplicateRate", DoubleValue(0.2));
    m_faults->SetAttribute("DelayRate", DoubleValue(0.1));
    m_faults->AssignStreams(50);
    for (int i = 0; i < 10000; ++i)
    {
        m_faults->Judge(Create<Packet>(10));
    }
    // Five standard deviations.
    const auto& counted = m_faults->GetStatistics();
    EXPECT_NEAR(counted.lost, 3000, 230);
    EXPECT_NEAR(counted.duplicated, 1400, 175);
    EXPECT_NEAR(counted.delayed, 700, 130);
}

// A delay that nobody can tell is a mistake, as soon as it is asked for.
TEST_F(L2tpFaultModelTest, ADelayThatIsNotSetStopsAtOnce)
{
    const std::array<std::string, 2> names{"ns3::L2tpFaultModel::Delay",
                                           "ns3::L2tpFaultModel::DuplicateDelay"};
    for (const auto& name : names)
    {
        Config::SetDefault(name, PointerValue());
    }
    m_faults = CreateObject<L2tpFaultModel>();
    Config::Reset();
    EXPECT_EQ(m_faults->AssignStreams(50), 3);
    EXPECT_EQ(m_faults->Judge(Create<Packet>(10)).copies, 1U) << "neither is needed";
    m_faults->SetAttribute("DelayRate", DoubleValue(1));
    EXPECT_DEATH(m_faults->Judge(Create<Packet>(10)),
                 "L2tpFaultModel::Delay is not set: give it a random variable");
    m_faults->SetAttribute("DelayRate", DoubleValue(0));
    m_faults->SetAttribute("DuplicateRate", DoubleValue(1));
    EXPECT_DEATH(m_faults->Judge(Create<Packet>(10)),
                 "L2tpFaultModel::DuplicateDelay is not set: give it a random variable");
}

TEST_F(L2tpFaultModelTest, DoesTheSameWithTheSameStreams)
{
    std::vector<std::vector<uint32_t>> copies(2);
    for (auto& list : copies)
    {
        auto faults = CreateObject<L2tpFaultModel>();
        auto burst = CreateObject<BurstErrorModel>();
        burst->SetBurstRate(0.2);
        faults->SetAttribute("Loss", PointerValue(burst));
        faults->SetAttribute("DuplicateRate", DoubleValue(0.2));
        EXPECT_EQ(faults->AssignStreams(70), 5);
        for (int i = 0; i < 500; ++i)
        {
            list.push_back(faults->Judge(Create<Packet>(10)).copies);
        }
    }
    EXPECT_EQ(copies[0], copies[1]);
}
