/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What a run comes to, in summary.json.

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-run-summary.h"

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

class L2tpRunSummaryTest : public L2tpNetworkTest
{
  protected:
    /// Write, read and delete summary.json. @param summary what to write
    static nlohmann::json Read(const L2tpRunSummary& summary)
    {
        const std::string path = ::testing::TempDir() + "l2tp-run-summary-" +
                                 ::testing::UnitTest::GetInstance()->current_test_info()->name() +
                                 ".json";
        summary.Write(path);
        std::ifstream file(path);
        nlohmann::json read = nlohmann::json::parse(file);
        std::remove(path.c_str());
        return read;
    }
};

} // namespace

TEST_F(L2tpRunSummaryTest, StopsIfTheFileCantBeWritten)
{
    EXPECT_DEATH(L2tpRunSummary("test").Write("/no-such-folder/summary.json"),
                 "The summary /no-such-folder/summary.json can't be written: check the folder");
}

TEST_F(L2tpRunSummaryTest, CountsDialsThatTheLacRefuses)
{
    Build();
    vpn->SetClientAttribute("Redial", BooleanValue(true));
    Install();
    L2tpRunSummary summary("test");
    summary.AddEndpoint("lac", Lac());
    summary.AddClient("client", Client());
    RunUntil(Seconds(2));
    ASSERT_TRUE(Client()->IsUp());
    EXPECT_EQ(Read(summary)["ppp"], nlohmann::json({{"up", 1}, {"failed", 0}}));
    Lac()->Crash(); // what was up has ended; it did not fail
    EXPECT_EQ(Read(summary)["ppp"], nlohmann::json({{"up", 1}, {"failed", 0}}));
    RunUntil(Seconds(8));
    EXPECT_EQ(Client()->GetNDials(), 2U);
    EXPECT_EQ(Read(summary)["ppp"], nlohmann::json({{"up", 1}, {"failed", 1}}));
    RunUntil(Seconds(13));
    EXPECT_EQ(Client()->GetNDials(), 3U);
    EXPECT_EQ(Read(summary)["ppp"], nlohmann::json({{"up", 1}, {"failed", 2}}));
    Lac()->Start();
    RunUntil(Seconds(20));
    EXPECT_TRUE(Client()->IsUp());
    EXPECT_EQ(Read(summary)["ppp"], nlohmann::json({{"up", 2}, {"failed", 2}}));
}

TEST_F(L2tpRunSummaryTest, HasZerosWithoutALac)
{
    Build();
    Install();
    L2tpRunSummary summary("test");
    const nlohmann::json zeros = {{"established", 0}, {"failed", 0}, {"cleared", 0}};
    EXPECT_EQ(Read(summary)["tunnels"], zeros);
    EXPECT_EQ(Read(summary)["control"]["sent"], 0);
    for (const char* counter :
         {"rx_lost", "rx_reordered", "rx_restarts", "rx_priority", "rx_ce", "rx_unused_ecn"})
    {
        EXPECT_EQ(Read(summary)["data"][counter], 0) << counter;
    }
    summary.AddEndpoint("lns", Lns());
    RunUntil(Seconds(2));
    EXPECT_EQ(Read(summary)["tunnels"], zeros);
    EXPECT_EQ(Read(summary)["sessions"], zeros);
    EXPECT_GT(Read(summary)["control"]["sent"], 0);
}

TEST_F(L2tpRunSummaryTest, TakesResultsOfSeveralNumbers)
{
    L2tpRunSummary summary("test");
    summary.Set("radius", {{"accepts", 3.0}, {"rejects", 0.0}});
    EXPECT_EQ(Read(summary)["radius"], nlohmann::json({{"accepts", 3.0}, {"rejects", 0.0}}));
}

TEST_F(L2tpRunSummaryTest, PrintsSoManyClients)
{
    Build(3);
    Install();
    L2tpRunSummary summary("test");
    for (uint32_t i = 0; i < 3; ++i)
    {
        summary.AddClient("client-" + std::to_string(i), Client(i));
    }
    std::ostringstream all;
    std::ostringstream some;
    summary.Print(all);
    summary.Print(some, 2);
    EXPECT_NE(all.str().find("client-2: never came up"), std::string::npos);
    EXPECT_EQ(all.str().find("more"), std::string::npos);
    EXPECT_NE(some.str().find("client-1: never came up\n... and 1 more\n"), std::string::npos);
    EXPECT_EQ(some.str().find("client-2"), std::string::npos);
}
