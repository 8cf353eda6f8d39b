/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-automaton.h"

#include <sstream>

namespace ns3
{

namespace
{

constexpr auto tlu = PppAction::TLU;
constexpr auto tld = PppAction::TLD;
constexpr auto tls = PppAction::TLS;
constexpr auto tlf = PppAction::TLF;
constexpr auto irc = PppAction::IRC;
constexpr auto zrc = PppAction::ZRC;
constexpr auto scr = PppAction::SCR;
constexpr auto sca = PppAction::SCA;
constexpr auto scn = PppAction::SCN;
constexpr auto str = PppAction::STR;
constexpr auto sta = PppAction::STA;
constexpr auto scj = PppAction::SCJ;
constexpr auto ser = PppAction::SER;
constexpr auto nop = PppAction::NONE;

using Row = std::array<PppTransition, PPP_STATES>;
using T = PppTransition;

/// Go to a state, taking actions.
constexpr T
Go(int next, PppAction a = nop, PppAction b = nop, PppAction c = nop, char note = ' ')
{
    return T{true, {a, b, c}, static_cast<PppState>(next), note};
}

/// Go to a state with one of the RFC's footnotes.
constexpr T
Note(int next, char note, PppAction a = nop, PppAction b = nop)
{
    return Go(next, a, b, nop, note);
}

/// The dash: an illegal transition.
constexpr T ILL{};

// clang-format off
// RFC 1661, section 4.1. Both halves of the RFC's table side by side, one event after the other.
constexpr std::array<Row, PPP_EVENTS> TABLE{{
    // Up: 0 Initial .. 5 Stopping, 6 Req-Sent .. 9 Opened
    {{Go(2), Go(6, irc, scr), ILL, ILL, ILL, ILL,
      ILL, ILL, ILL, ILL}},
    // Down
    {{ILL, ILL, Go(0), Go(1, tls), Go(0), Go(1),
      Go(1), Go(1), Go(1), Go(1, tld)}},
    // Open
    {{Go(1, tls), Go(1), Go(6, irc, scr), Note(3, 'r'), Note(5, 'r'), Note(5, 'r'),
      Go(6), Go(7), Go(8), Note(9, 'r')}},
    // Close
    {{Go(0), Go(0, tlf), Go(2), Go(2), Go(4), Go(4),
      Go(4, irc, str), Go(4, irc, str), Go(4, irc, str), Go(4, tld, irc, str)}},
    // TO+
    {{ILL, ILL, ILL, ILL, Go(4, str), Go(5, str),
      Go(6, scr), Go(6, scr), Go(8, scr), ILL}},
    // TO-
    {{ILL, ILL, ILL, ILL, Go(2, tlf), Go(3, tlf),
      Note(3, 'p', tlf), Note(3, 'p', tlf), Note(3, 'p', tlf), ILL}},
    // RCR+
    {{ILL, ILL, Go(2, sta), Go(8, irc, scr, sca), Go(4), Go(5),
      Go(8, sca), Go(9, sca, tlu), Go(8, sca), Go(8, tld, scr, sca)}},
    // RCR-
    {{ILL, ILL, Go(2, sta), Go(6, irc, scr, scn), Go(4), Go(5),
      Go(6, scn), Go(7, scn), Go(6, scn), Go(6, tld, scr, scn)}},
    // RCA
    {{ILL, ILL, Go(2, sta), Go(3, sta), Go(4), Go(5),
      Go(7, irc), Note(6, 'x', scr), Go(9, irc, tlu), Note(6, 'x', tld, scr)}},
    // RCN
    {{ILL, ILL, Go(2, sta), Go(3, sta), Go(4), Go(5),
      Go(6, irc, scr), Note(6, 'x', scr), Go(8, irc, scr), Note(6, 'x', tld, scr)}},
    // RTR
    {{ILL, ILL, Go(2, sta), Go(3, sta), Go(4, sta), Go(5, sta),
      Go(6, sta), Go(6, sta), Go(6, sta), Go(5, tld, zrc, sta)}},
    // RTA
    {{ILL, ILL, Go(2), Go(3), Go(2, tlf), Go(3, tlf),
      Go(6), Go(6), Go(8), Go(6, tld, scr)}},
    // RUC
    {{ILL, ILL, Go(2, scj), Go(3, scj), Go(4, scj), Go(5, scj),
      Go(6, scj), Go(7, scj), Go(8, scj), Go(9, scj)}},
    // RXJ+
    {{ILL, ILL, Go(2), Go(3), Go(4), Go(5),
      Go(6), Go(6), Go(8), Go(9)}},
    // RXJ-
    {{ILL, ILL, Go(2, tlf), Go(3, tlf), Go(2, tlf), Go(3, tlf),
      Go(3, tlf), Go(3, tlf), Go(3, tlf), Go(5, tld, irc, str)}},
    // RXR
    {{ILL, ILL, Go(2), Go(3), Go(4), Go(5),
      Go(6), Go(7), Go(8), Go(9, ser)}},
}};
// clang-format on

constexpr const char* STATE_NAMES[PPP_STATES] = {"Initial",
                                                 "Starting",
                                                 "Closed",
                                                 "Stopped",
                                                 "Closing",
                                                 "Stopping",
                                                 "Req-Sent",
                                                 "Ack-Rcvd",
                                                 "Ack-Sent",
                                                 "Opened"};

constexpr const char* EVENT_NAMES[PPP_EVENTS] = {"Up",
                                                 "Down",
                                                 "Open",
                                                 "Close",
                                                 "TO+",
                                                 "TO-",
                                                 "RCR+",
                                                 "RCR-",
                                                 "RCA",
                                                 "RCN",
                                                 "RTR",
                                                 "RTA",
                                                 "RUC",
                                                 "RXJ+",
                                                 "RXJ-",
                                                 "RXR"};

constexpr const char* ACTION_NAMES[] = {"-",
                                        "tlu",
                                        "tld",
                                        "tls",
                                        "tlf",
                                        "irc",
                                        "zrc",
                                        "scr",
                                        "sca",
                                        "scn",
                                        "str",
                                        "sta",
                                        "scj",
                                        "ser"};

} // namespace

std::string
PppTransition::ToString() const
{
    if (!legal)
    {
        return "-";
    }
    std::string text;
    for (const auto action : actions)
    {
        if (action != PppAction::NONE)
        {
            text += text.empty() ? "" : ",";
            text += PppActionName(action);
        }
    }
    text += text.empty() ? "" : "/";
    text += std::to_string(static_cast<int>(next));
    if (note != ' ')
    {
        text += note;
    }
    return text;
}

const PppTransition&
GetPppTransition(PppState state, PppEvent event)
{
    return TABLE[static_cast<std::size_t>(event)][static_cast<std::size_t>(state)];
}

const char*
PppStateName(PppState state)
{
    return STATE_NAMES[static_cast<std::size_t>(state)];
}

const char*
PppEventName(PppEvent event)
{
    return EVENT_NAMES[static_cast<std::size_t>(event)];
}

const char*
PppActionName(PppAction action)
{
    return ACTION_NAMES[static_cast<std::size_t>(action)];
}

std::string
PppAutomatonDot()
{
    std::ostringstream dot;
    dot << "digraph \"RFC 1661, section 4.1\" {\n";
    for (std::size_t state = 0; state < PPP_STATES; ++state)
    {
        dot << "  " << state << " [label=\"" << state << " " << STATE_NAMES[state] << "\"];\n";
    }
    for (std::size_t state = 0; state < PPP_STATES; ++state)
    {
        for (std::size_t event = 0; event < PPP_EVENTS; ++event)
        {
            const auto& cell = TABLE[event][state];
            if (cell.legal)
            {
                dot << "  " << state << " -> " << static_cast<int>(cell.next) << " [label=\""
                    << EVENT_NAMES[event] << ": " << cell.ToString() << "\"];\n";
            }
        }
    }
    dot << "}\n";
    return dot.str();
}

PppState
PppAutomaton::GetState() const
{
    return m_state;
}

void
PppAutomaton::SetTransitionCallback(TransitionCallback callback)
{
    m_onTransition = callback;
}

const PppTransition&
PppAutomaton::Handle(PppEvent event)
{
    const auto& cell = GetPppTransition(m_state, event);
    if (cell.legal)
    {
        const auto old = m_state;
        m_state = cell.next;
        if (m_onTransition)
        {
            m_onTransition(old, event, m_state);
        }
    }
    return cell;
}

bool
PppAutomaton::IsTimed(PppState state)
{
    return GetPppTransition(state, PppEvent::TO_POSITIVE).legal;
}

} // namespace ns3
