/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The message sequence ladder in text.

#include "l2tp-test-network.h"

#include "ns3/l2tp-ladder.h"

#include <algorithm>
#include <ios>
#include <sstream>

using namespace ns3;

namespace
{

using L2tpLadderTest = L2tpNetworkTest;

} // namespace

TEST_F(L2tpLadderTest, LeavesTheFormatOfTheStreamAlone)
{
    Build();
    Install();
    L2tpLadder ladder(Lac(), "LAC", Lns(), "LNS");
    RunUntil(Seconds(1));
    std::ostringstream plain;
    std::ostringstream odd;
    odd << std::left << std::scientific << std::showpos;
    odd.precision(2);
    const auto flags = odd.flags();
    ladder.Print(plain);
    ladder.Print(odd);
    EXPECT_NE(plain.str().find("SCCRQ"), std::string::npos);
    EXPECT_EQ(odd.str(), plain.str());
    EXPECT_EQ(odd.flags(), flags);
    EXPECT_EQ(odd.precision(), 2);
}

// The rows are of the messages that cross between the two, over either IP.
TEST_F(L2tpLadderTest, IsTheSameOverIpv6)
{
    std::string words[2];
    for (const int version : {4, 6})
    {
        Build(1, version);
        Install();
        L2tpLadder ladder(Lac(), "LAC", Lns(), "LNS");
        RunUntil(Seconds(1));
        std::ostringstream printed;
        ladder.Print(printed);
        words[version == 6] = printed.str();
        Clear();
    }
    EXPECT_NE(words[0].find("ICCN"), std::string::npos);
    EXPECT_EQ(words[1], words[0]);
}

// A part of a run is shown as in the whole, and what is of either end's moment with it.
TEST_F(L2tpLadderTest, ShowsWhatWasSentInSomeTime)
{
    Build();
    Install();
    L2tpLadder ladder(Lac(), "LAC", Lns(), "LNS");
    for (const auto& time : {Seconds(2), Seconds(3), Seconds(4)})
    {
        RunUntil(time);
        ladder.Note("now");
    }
    std::ostringstream whole;
    std::ostringstream all;
    std::ostringstream part;
    ladder.Print(whole);
    ladder.PrintBetween(all, Seconds(0), Seconds(4));
    ladder.PrintBetween(part, Seconds(2), Seconds(3));
    EXPECT_EQ(all.str(), whole.str());
    const std::string text = part.str();
    const auto rows = text.substr(text.find('\n') + 1);
    EXPECT_EQ(text.substr(0, text.find('\n')), whole.str().substr(0, whole.str().find('\n')));
    EXPECT_EQ(rows.find("  2.000000"), 0U);
    EXPECT_EQ(std::count(rows.begin(), rows.end(), '\n'), 2);
}

// Of peers that are not simulated only what arrives is known, and that all they are sent has left.
TEST_F(L2tpLadderTest, ShowsPeersThatCannotBeWatched)
{
    Build();
    Install();
    L2tpLadder whole(Lac(), "LAC", Lns(), "LNS");
    L2tpLadder half;
    half.AddOutsiders("LAC");
    half.AddLifeline("LNS", {Lns()});
    net->internet->lose = [lost = 0](const L2tpTestDatagram&) mutable { return lost++ == 0; };
    RunUntil(Seconds(5));
    std::ostringstream both;
    std::ostringstream one;
    whole.Print(both);
    half.Print(one);
    const auto count = [](const std::string& text, const std::string& word) {
        std::size_t number = 0;
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        {
            ++number;
        }
        return number;
    };
    // The first SCCRQ is lost: the LNS knows nothing of it.
    EXPECT_EQ(count(both.str(), "-- SCCRQ -"), 2);
    EXPECT_EQ(count(one.str(), "-- SCCRQ -"), 1);
    EXPECT_EQ(count(one.str(), "(lost)"), 0);
    for (const char* message :
         {"- SCCRP --|", "-- SCCCN -", "-- ICRQ -", "- ICRP --|", "-- ICCN -"})
    {
        EXPECT_EQ(count(one.str(), message), 1) << message << " in\n" << one.str();
    }
}
