/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_STATE_TABLE_H
#define L2TP_STATE_TABLE_H

#include <array>
#include <cstddef>
#include <cstdint>

namespace ns3
{

/**
 * @brief A set of states or events, a bit each, from its members.
 * @param members the members
 * @return the set
 */
template <typename... Members>
constexpr uint32_t
L2tpSetOf(Members... members)
{
    return ((uint32_t(1) << static_cast<uint32_t>(members)) | ... | uint32_t(0));
}

/**
 * @brief A row of a state table of RFC 2661, section 7.
 * @tparam State the states
 * @tparam Event the events
 * @tparam Action the actions; a value-initialised Action means "none"
 */
template <typename State, typename Event, typename Action>
struct L2tpTransition
{
    uint32_t states;               //!< the states that the row is for, see L2tpSetOf()
    uint32_t events;               //!< the events that the row is for
    std::array<Action, 2> actions; //!< what to do, in order
    State next;                    //!< the new state
    const char* section;           //!< the section of RFC 2661 that the row comes from
};

/**
 * @ingroup l2tp
 *
 * @brief A state machine's table, indexed at compile time by state and event.
 * @tparam Row the rows, an L2tpTransition
 * @tparam ROWS how many rows there are
 * @tparam STATES how many states
 * @tparam EVENTS how many events
 */
template <typename Row, std::size_t ROWS, std::size_t STATES, std::size_t EVENTS>
class L2tpStateTable
{
  public:
    /**
     * @brief Index the rows. Two rows for the same state and event do not compile.
     * @param rows the rows, in the RFC's order
     */
    constexpr explicit L2tpStateTable(const std::array<Row, ROWS>& rows)
        : m_rows(rows),
          m_index()
    {
        for (auto& state : m_index)
        {
            for (auto& cell : state)
            {
                cell = NO_ROW;
            }
        }
        for (std::size_t row = 0; row < ROWS; ++row)
        {
            for (std::size_t state = 0; state < STATES; ++state)
            {
                for (std::size_t event = 0; event < EVENTS; ++event)
                {
                    if ((rows[row].states >> state & 1) && (rows[row].events >> event & 1))
                    {
                        if (m_index[state][event] != NO_ROW)
                        {
                            throw "two rows for one state and event";
                        }
                        m_index[state][event] = row;
                    }
                }
            }
        }
    }

    /**
     * @brief Look a transition up.
     * @param state the present state
     * @param event what happens
     * @return the row, or null if the table has none
     */
    template <typename State, typename Event>
    constexpr const Row* Find(State state, Event event) const
    {
        const uint8_t row =
            m_index[static_cast<std::size_t>(state)][static_cast<std::size_t>(event)];
        return row == NO_ROW ? nullptr : &m_rows[row];
    }

  private:
    static constexpr uint8_t NO_ROW = 255;                   //!< marks a cell that no row is for
    std::array<Row, ROWS> m_rows;                            //!< the rows
    std::array<std::array<uint8_t, EVENTS>, STATES> m_index; //!< the row of each cell
};

} // namespace ns3

#endif /* L2TP_STATE_TABLE_H */
