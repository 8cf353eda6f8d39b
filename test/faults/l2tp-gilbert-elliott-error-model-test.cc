/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/double.h"
#include "ns3/l2tp-gilbert-elliott-error-model.h"
#include "ns3/packet.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

using namespace ns3;

namespace
{

/// What becomes of many packets.
class L2tpGilbertElliottErrorModelTest : public ::testing::Test
{
  protected:
    static constexpr uint32_t PACKETS = 200000; //!< how many

    /// Set an attribute. @param name it @param value its value
    void Set(const std::string& name, double value)
    {
        m_model->SetAttribute(name, DoubleValue(value));
    }

    /// Ask about many packets. @return which are lost
    std::vector<bool> Ask()
    {
        m_model->AssignStreams(7);
        std::vector<bool> lost;
        for (uint32_t n = 0; n < PACKETS; ++n)
        {
            lost.push_back(m_model->IsCorrupt(Create<Packet>(1)));
        }
        return lost;
    }

    /// How many are lost. @param lost which @return the part, 0 to 1
    static double Rate(const std::vector<bool>& lost)
    {
        return static_cast<double>(std::count(lost.begin(), lost.end(), true)) / lost.size();
    }

    /// How long losses in a row are. @param lost which are lost @return the mean number of packets
    static double MeanRun(const std::vector<bool>& lost)
    {
        uint32_t runs = 0;
        uint32_t packets = 0;
        for (std::size_t n = 0; n < lost.size(); ++n)
        {
            packets += lost[n] ? 1 : 0;
            runs += lost[n] && (n == 0 || !lost[n - 1]) ? 1 : 0;
        }
        return static_cast<double>(packets) / runs;
    }

    Ptr<L2tpGilbertElliottErrorModel> m_model{
        CreateObject<L2tpGilbertElliottErrorModel>()}; //!< the model
};

using L2tpGilbertElliottErrorModelDeathTest = L2tpGilbertElliottErrorModelTest;

} // namespace

// Bursts and gaps are as long as they are said to be, in the mean. The tolerances are four standard
// deviations and more; the stream is fixed.
TEST_F(L2tpGilbertElliottErrorModelTest, BurstsAndGaps)
{
    for (const double burst : {1.0, 2.0, 10.0})
    {
        m_model = CreateObject<L2tpGilbertElliottErrorModel>();
        Set("MeanBurst", burst);
        Set("MeanGap", 50);
        EXPECT_DOUBLE_EQ(m_model->GetMeanLoss(), burst / (burst + 50));
        const auto lost = Ask();
        EXPECT_NEAR(Rate(lost), burst / (burst + 50), 0.1 * burst / (burst + 50)) << burst;
        EXPECT_NEAR(MeanRun(lost), burst, 0.1 * burst) << burst;
    }
}

// A loss that is wanted, at any length of bursts.
TEST_F(L2tpGilbertElliottErrorModelTest, TheGapForALoss)
{
    for (const double burst : {1.0, 5.0, 20.0})
    {
        m_model = CreateObject<L2tpGilbertElliottErrorModel>();
        Set("MeanBurst", burst);
        Set("MeanGap", L2tpGilbertElliottErrorModel::GetGapFor(0.1, burst));
        EXPECT_DOUBLE_EQ(m_model->GetMeanLoss(), 0.1);
        EXPECT_NEAR(Rate(Ask()), 0.1, 0.01) << burst;
    }
}

// Elliott's addition: some losses in gaps, some packets that pass in bursts.
TEST_F(L2tpGilbertElliottErrorModelTest, LossInEachState)
{
    Set("MeanBurst", 10);
    Set("MeanGap", 30);
    Set("LossInBurst", 0.6);
    Set("LossInGap", 0.02);
    EXPECT_DOUBLE_EQ(m_model->GetMeanLoss(), (10 * 0.6 + 30 * 0.02) / 40);
    EXPECT_NEAR(Rate(Ask()), m_model->GetMeanLoss(), 0.01);
}

// The same stream, the same losses; a reset begins in a gap.
TEST_F(L2tpGilbertElliottErrorModelTest, IsDeterministic)
{
    const auto first = Ask();
    m_model->Reset();
    EXPECT_EQ(Ask(), first);
}

TEST_F(L2tpGilbertElliottErrorModelTest, CanBeDisabled)
{
    Set("LossInGap", 1);
    m_model->Disable();
    EXPECT_FALSE(m_model->IsCorrupt(Create<Packet>(1)));
}

TEST_F(L2tpGilbertElliottErrorModelDeathTest, NoSuchGap)
{
    EXPECT_DEATH(L2tpGilbertElliottErrorModel::GetGapFor(0.6, 1), "at most 0.5");
    EXPECT_DEATH(L2tpGilbertElliottErrorModel::GetGapFor(0, 1), "more than 0");
}
