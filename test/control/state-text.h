/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_STATE_TEXT_H
#define L2TP_TEST_STATE_TEXT_H

#include "source-file.h"

#include "ns3/l2tp-state-table.h"

#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @brief Cut a text in pieces.
 * @param text the text
 * @param separator what stands between the pieces
 * @return the pieces, without spaces around them
 */
inline std::vector<std::string>
SplitStateText(const std::string& text, char separator)
{
    std::vector<std::string> pieces;
    std::istringstream stream(text);
    for (std::string piece; std::getline(stream, piece, separator);)
    {
        const auto from = piece.find_first_not_of(' ');
        const auto to = piece.find_last_not_of(' ');
        pieces.push_back(from == std::string::npos ? "" : piece.substr(from, to - from + 1));
    }
    return pieces;
}

/**
 * @brief Compare a machine with a text table: every state with every event.
 * @tparam State the states
 * @tparam Event the events
 * @param file the text table
 * @param stateName names states
 * @param eventName names events
 * @param actionName names actions
 * @param find looks transitions up
 */
template <typename State,
          typename Event,
          typename StateName,
          typename EventName,
          typename ActionName,
          typename Find>
void
ExpectStatesAsInText(const std::string& file,
                     StateName stateName,
                     EventName eventName,
                     ActionName actionName,
                     Find find)
{
    std::map<std::pair<std::string, std::string>, std::string> cells;
    std::istringstream text(ReadSourceFile("test/control/" + file));
    ASSERT_TRUE(text.good()) << file;
    for (std::string line; std::getline(text, line);)
    {
        if (line.empty() || line[0] == '#')
        {
            continue;
        }
        const auto row = SplitStateText(line, '|');
        ASSERT_EQ(row.size(), 4U) << line;
        for (const std::string& state : SplitStateText(row[0], ';'))
        {
            for (const std::string& prefix : SplitStateText(row[1], ';'))
            {
                int matches = 0;
                for (std::size_t e = 0; e < static_cast<std::size_t>(Event::COUNT); ++e)
                {
                    const std::string event = eventName(static_cast<Event>(e));
                    if (event == prefix || event.rfind(prefix + ",", 0) == 0)
                    {
                        ++matches;
                        const bool isNew =
                            cells.emplace(std::pair(state, event), row[2] + " | " + row[3]).second;
                        EXPECT_TRUE(isNew) << state << ", " << event << " stands there twice";
                    }
                }
                EXPECT_GT(matches, 0) << "no such event: " << prefix;
            }
        }
    }
    for (std::size_t s = 0; s < static_cast<std::size_t>(State::COUNT); ++s)
    {
        for (std::size_t e = 0; e < static_cast<std::size_t>(Event::COUNT); ++e)
        {
            const std::string state = stateName(static_cast<State>(s));
            const std::string event = eventName(static_cast<Event>(e));
            const auto* row = find(static_cast<State>(s), static_cast<Event>(e));
            std::string found;
            if (row)
            {
                for (const auto action : row->actions)
                {
                    const std::string name = actionName(action);
                    found += name == "none" ? "" : (found.empty() ? "" : "; ") + name;
                }
                found += std::string(" | ") + stateName(row->next);
                EXPECT_STRNE(row->section, "");
            }
            const auto cell = cells.find({state, event});
            EXPECT_EQ(found, cell == cells.end() ? "" : cell->second) << state << ", " << event;
            if (cell != cells.end())
            {
                cells.erase(cell);
            }
        }
    }
    for (const auto& [key, value] : cells)
    {
        ADD_FAILURE() << "no such state: " << key.first;
    }
}

} // namespace ns3

#endif /* L2TP_TEST_STATE_TEXT_H */
