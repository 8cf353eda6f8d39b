/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_STATE_DOT_H
#define L2TP_STATE_DOT_H

#include <cstddef>
#include <sstream>
#include <string>

namespace ns3
{

/**
 * @brief Draw a state table as a graph in Graphviz's dot language, an edge for each row and state.
 * @param title the caption
 * @param rows the rows, each an L2tpTransition
 * @param count how many rows
 * @param stateName names states
 * @param eventName names events
 * @param actionName names actions
 * @return the text of a dot file
 */
template <typename State, typename Event, typename Action, typename Row>
std::string
L2tpStateDot(const std::string& title,
             const Row* rows,
             std::size_t count,
             const char* (*stateName)(State),
             const char* (*eventName)(Event),
             const char* (*actionName)(Action))
{
    std::ostringstream dot;
    dot << "digraph \"" << title << "\" {\n    node [shape=box, style=rounded];\n";
    for (const Row* row = rows; row != rows + count; ++row)
    {
        std::string label;
        for (std::size_t event = 0; event < static_cast<std::size_t>(Event::COUNT); ++event)
        {
            if (row->events >> event & 1)
            {
                label += std::string(eventName(static_cast<Event>(event))) + "\\n";
            }
        }
        for (const Action action : row->actions)
        {
            label += action == Action{} ? "" : std::string("/ ") + actionName(action) + "\\n";
        }
        for (std::size_t state = 0; state < static_cast<std::size_t>(State::COUNT); ++state)
        {
            if (row->states >> state & 1)
            {
                dot << "    \"" << stateName(static_cast<State>(state)) << "\" -> \""
                    << stateName(row->next) << "\" [label=\"" << label << "\"];\n";
            }
        }
    }
    dot << "}\n";
    return dot.str();
}

} // namespace ns3

#endif /* L2TP_STATE_DOT_H */
