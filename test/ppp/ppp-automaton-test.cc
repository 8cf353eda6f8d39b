/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "source-file.h"

#include "ns3/ppp-automaton.h"

#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// The cells of the RFC's table by event and then state, as the RFC prints them.
std::map<std::string, std::vector<std::string>>
ReadRfcTable()
{
    std::map<std::string, std::vector<std::string>> table;
    std::istringstream file(ReadSourceFile("test/ppp/ppp-automaton-rfc1661.txt"));
    std::string line;
    while (std::getline(file, line))
    {
        const auto bar = line.find('|');
        std::string event;
        if (bar == std::string::npos || line[0] == '#' ||
            !(std::istringstream(line.substr(0, bar)) >> event) || event == "Events")
        {
            continue;
        }
        std::istringstream cells(line.substr(bar + 1));
        for (std::string cell; cells >> cell;)
        {
            table[event].push_back(cell);
        }
    }
    return table;
}

} // namespace

// RFC 1661, section 4.1: every state and every event, beside the RFC's own page.
TEST(PppAutomaton, EveryCellIsTheRfcs)
{
    const auto table = ReadRfcTable();
    ASSERT_EQ(table.size(), PPP_EVENTS);
    for (std::size_t event = 0; event < PPP_EVENTS; ++event)
    {
        const auto name = PppEventName(static_cast<PppEvent>(event));
        ASSERT_EQ(table.count(name), 1u) << name;
        const auto& row = table.at(name);
        ASSERT_EQ(row.size(), PPP_STATES) << name;
        for (std::size_t state = 0; state < PPP_STATES; ++state)
        {
            const auto& cell =
                GetPppTransition(static_cast<PppState>(state), static_cast<PppEvent>(event));
            EXPECT_EQ(cell.ToString(), row[state])
                << name << " in " << PppStateName(static_cast<PppState>(state));
        }
    }
}

// RFC 1661, section 4.1: "The states in which the Restart timer is running are identifiable by the
// presence of TO events."
TEST(PppAutomaton, TimedStates)
{
    for (std::size_t state = 0; state < PPP_STATES; ++state)
    {
        EXPECT_EQ(PppAutomaton::IsTimed(static_cast<PppState>(state)), state >= 4 && state <= 8);
    }
}

// RFC 1661, section 4.4: an illegal event takes no transition.
TEST(PppAutomaton, IllegalEventChangesNothing)
{
    PppAutomaton automaton;
    int told = 0;
    automaton.SetTransitionCallback(Callback<void, PppState, PppEvent, PppState>(
        [&told](PppState, PppEvent, PppState) { ++told; }));
    EXPECT_FALSE(automaton.Handle(PppEvent::RCA).legal);
    EXPECT_EQ(automaton.GetState(), PppState::INITIAL);
    EXPECT_EQ(told, 0);
}

// RFC 1661, sections 4.2 and 4.3: the usual way from Initial to Opened and back.
TEST(PppAutomaton, TheUsualWay)
{
    PppAutomaton automaton;
    std::string path;
    automaton.SetTransitionCallback(Callback<void, PppState, PppEvent, PppState>(
        [&path](PppState, PppEvent event, PppState next) {
            path += std::string(PppEventName(event)) + ">" + PppStateName(next) + " ";
        }));
    for (const auto event : {PppEvent::OPEN,
                             PppEvent::UP,
                             PppEvent::RCR_POSITIVE,
                             PppEvent::RCA,
                             PppEvent::RTR,
                             PppEvent::TO_NEGATIVE,
                             PppEvent::DOWN,
                             PppEvent::CLOSE})
    {
        EXPECT_TRUE(automaton.Handle(event).legal);
    }
    EXPECT_EQ(path,
              "Open>Starting Up>Req-Sent RCR+>Ack-Sent RCA>Opened RTR>Stopping TO->Stopped "
              "Down>Starting Close>Initial ");
}

// The graph for the documentation has every state and every legal transition.
TEST(PppAutomaton, DotHasEveryTransition)
{
    const auto dot = PppAutomatonDot();
    std::size_t edges = 0;
    for (auto at = dot.find("->"); at != std::string::npos; at = dot.find("->", at + 1))
    {
        ++edges;
    }
    std::size_t legal = 0;
    for (const auto& [event, row] : ReadRfcTable())
    {
        for (const auto& cell : row)
        {
            legal += cell != "-";
        }
    }
    EXPECT_EQ(edges, legal);
    EXPECT_NE(dot.find("8 -> 9 [label=\"RCA: irc,tlu/9\"]"), std::string::npos);
}
