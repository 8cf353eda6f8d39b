/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "simulation-test.h"

#include "ns3/l2tp-outage-error-model.h"
#include "ns3/packet.h"
#include "ns3/string.h"

#include <vector>

using namespace ns3;

namespace
{

/// An outage model that is asked at certain times.
class L2tpOutageErrorModelTest : public SimulationTest
{
  protected:
    /// Whether what arrives at a time, not before now, is lost. @param at the time @return so it is
    bool IsLostAt(Time at)
    {
        RunUntil(at);
        return m_model->IsCorrupt(Create<Packet>(1));
    }

    Ptr<L2tpOutageErrorModel> m_model{CreateObject<L2tpOutageErrorModel>()}; //!< the model
};

using L2tpOutageErrorModelDeathTest = L2tpOutageErrorModelTest;

} // namespace

// To the tick: what arrives at the start is lost, what arrives at the end passes.
TEST_F(L2tpOutageErrorModelTest, FromStartToEnd)
{
    m_model->SetAttribute("Outages", StringValue("60s+500ms 10s+5s"));
    EXPECT_FALSE(IsLostAt(Seconds(10) - NanoSeconds(1)));
    EXPECT_TRUE(IsLostAt(Seconds(10)));
    EXPECT_TRUE(IsLostAt(Seconds(15) - NanoSeconds(1)));
    EXPECT_FALSE(IsLostAt(Seconds(15)));
    EXPECT_TRUE(IsLostAt(Seconds(60)));
    EXPECT_FALSE(IsLostAt(MilliSeconds(60500)));
}

// Outages that overlap or touch are one; the order in which they are told is of no account.
TEST_F(L2tpOutageErrorModelTest, Overlapping)
{
    m_model->AddOutage(Seconds(20), Seconds(10));
    m_model->AddOutage(Seconds(10), Seconds(100));
    m_model->AddOutage(Seconds(30), Seconds(5));
    m_model->AddOutage(Seconds(5), Seconds(5));
    EXPECT_FALSE(IsLostAt(Seconds(4)));
    for (const int second : {5, 9, 10, 19, 25, 32, 50, 109})
    {
        EXPECT_TRUE(IsLostAt(Seconds(second))) << second;
    }
    EXPECT_FALSE(IsLostAt(Seconds(110)));
}

// None by default; setting them again forgets the old ones.
TEST_F(L2tpOutageErrorModelTest, Replaced)
{
    EXPECT_FALSE(IsLostAt(Seconds(1)));
    m_model->SetOutages("2s+1s");
    m_model->SetOutages("4s+1s");
    EXPECT_FALSE(IsLostAt(Seconds(2)));
    EXPECT_TRUE(IsLostAt(Seconds(4)));
    m_model->Disable();
    EXPECT_FALSE(IsLostAt(Seconds(4)));
}

TEST_F(L2tpOutageErrorModelDeathTest, Mistakes)
{
    for (const char* outages : {"10s", "+5s", "10s+", "1s+2s 3s"})
    {
        EXPECT_DEATH(m_model->SetOutages(outages), "is no START\\+LENGTH") << outages;
    }
    EXPECT_DEATH(m_model->SetOutages("1s+0s"), "a length of more than 0");
    EXPECT_DEATH(m_model->SetOutages("-1s+2s"), "a start of 0 or later");
}
