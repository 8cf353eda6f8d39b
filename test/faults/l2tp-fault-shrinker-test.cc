/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fault-run.h"
#include "l2tp-fault-shrinker.h"

#include <gtest/gtest.h>
#include <set>
#include <sstream>

using namespace ns3;

TEST(L2tpFaultShrinkerTest, ReadsAndWritesParts)
{
    EXPECT_EQ(L2tpFaultShrinker::ToText({0, 1, 2, 3, 7, 9, 10}), "0-3,7,9-10");
    EXPECT_EQ(L2tpFaultShrinker::FromText("0-3,7,9-10"), (L2tpFaultParts{0, 1, 2, 3, 7, 9, 10}));
    EXPECT_EQ(L2tpFaultShrinker::FromText(""), L2tpFaultParts());
    EXPECT_FALSE(L2tpFaultShrinker::FromText("some"));
    EXPECT_FALSE(L2tpFaultShrinker::FromText("1,2-"));
    EXPECT_FALSE(L2tpFaultShrinker::FromText("1;2"));
}

// The test says what fails: a plan that has two actions of its choice. All others can go.
TEST(L2tpFaultShrinkerTest, LeavesWhatIsNeededToFail)
{
    const L2tpFaultParts needed{3, 11};
    L2tpFaultShrinker shrinker(1, [&needed](const L2tpFaultParts& without) {
        return without.count(3) == 0 && without.count(11) == 0;
    });
    const uint32_t parts = L2tpFaultPlan::Draw(1).CountParts();
    ASSERT_GT(parts, 12U);
    const L2tpFaultParts without = shrinker.Shrink();
    EXPECT_EQ(without.size(), parts - 2);
    EXPECT_EQ(without.count(3) + without.count(11), 0U);
    EXPECT_LT(shrinker.GetTries(), 3 * parts);
}

// A seed that violates nothing doesn't fail, whatever is left out.
TEST(L2tpFaultShrinkerTest, RunsInProcessesOfTheirOwn)
{
    L2tpFaultShrinker shrinker(1);
    EXPECT_FALSE(shrinker.Fails({}));
    EXPECT_FALSE(shrinker.Fails({0, 1, 2}));
}

TEST(L2tpFaultPlanTest, LeavesOutParts)
{
    L2tpFaultPlan plan = L2tpFaultPlan::Draw(7);
    const uint32_t actions = plan.actions.size();
    const uint32_t links = plan.links.size();
    plan.links[0].lossRate = 0.5;
    plan.lacs[0].hideAvps = true;
    const std::string second = plan.links[1].name;
    plan.links[1].corruptRate = 0.25;
    ASSERT_GT(actions, 2U);
    const Time kept = plan.actions[1].time;
    plan.LeaveOut({0, 2, actions, actions + links});
    EXPECT_EQ(plan.actions.size(), actions - 2);
    EXPECT_EQ(plan.actions[0].time, kept);
    EXPECT_EQ(plan.links[0].lossRate, 0);
    EXPECT_EQ(plan.links[1].corruptRate, 0.25);
    EXPECT_EQ(plan.links[1].name, second);
    EXPECT_FALSE(plan.lacs[0].hideAvps);
    EXPECT_EQ(plan.links.size(), links);
}

// All that there is to be drawn is drawn within a thousand seeds.
TEST(L2tpFaultPlanTest, DrawsAllThereIs)
{
    std::set<L2tpFaultAccess> accesses;
    std::set<L2tpFaultDeed> deeds;
    std::set<std::string> profiles;
    std::set<std::string> settings;
    uint32_t fewIds = 0;
    for (uint64_t seed = 1; seed <= 1000; ++seed)
    {
        const L2tpFaultPlan plan = L2tpFaultPlan::Draw(seed);
        fewIds += plan.fewIds ? 1 : 0;
        for (const auto& action : plan.actions)
        {
            deeds.insert(action.deed);
        }
        for (const auto* list : {&plan.lacs, &plan.lnses})
        {
            for (const auto& end : *list)
            {
                accesses.insert(end.access);
                profiles.insert(end.profile);
                for (const auto& setting : end.settings)
                {
                    settings.insert(setting.first);
                }
            }
        }
        std::ostringstream words;
        plan.Print(words);
        EXPECT_EQ(words.str().find("unknown"), std::string::npos) << seed;
    }
    EXPECT_EQ(accesses.size(), 5U);
    EXPECT_EQ(deeds.size(), 13U);
    EXPECT_EQ(profiles.size(), 15U) << "14, and none";
    EXPECT_EQ(settings.size(), 9U);
    EXPECT_GT(fewIds, 10U);
}
