/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_AUTOMATON_H
#define PPP_AUTOMATON_H

#include "ns3/callback.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace ns3
{

/// The states of the option negotiation automaton, numbered as in RFC 1661, section 4.1.
enum class PppState : uint8_t
{
    INITIAL,      //!< lower layer down, no Open
    STARTING,     //!< lower layer down, Open
    CLOSED,       //!< lower layer up, no Open
    STOPPED,      //!< lower layer up, Open; finished or waiting for the peer
    CLOSING,      //!< terminating, no Open
    STOPPING,     //!< terminating, Open
    REQUEST_SENT, //!< Configure-Request sent
    ACK_RECEIVED, //!< and acknowledged by the peer
    ACK_SENT,     //!< the peer's acknowledged by this end
    OPENED        //!< both acknowledged
};

/// The events of the automaton, in the order of RFC 1661, section 4.1.
enum class PppEvent : uint8_t
{
    UP,            //!< Up: lower layer is up
    DOWN,          //!< Down: lower layer is down
    OPEN,          //!< Open: administrative Open
    CLOSE,         //!< Close: administrative Close
    TO_POSITIVE,   //!< TO+: timeout with counter > 0
    TO_NEGATIVE,   //!< TO-: timeout with counter expired
    RCR_POSITIVE,  //!< RCR+: Receive-Configure-Request (good)
    RCR_NEGATIVE,  //!< RCR-: Receive-Configure-Request (bad)
    RCA,           //!< RCA: Receive-Configure-Ack
    RCN,           //!< RCN: Receive-Configure-Nak/Rej
    RTR,           //!< RTR: Receive-Terminate-Request
    RTA,           //!< RTA: Receive-Terminate-Ack
    RUC,           //!< RUC: Receive-Unknown-Code
    RXJ_PERMITTED, //!< RXJ+: Receive-Code-Reject (permitted) or Receive-Protocol-Reject
    RXJ_FATAL,     //!< RXJ-: Receive-Code-Reject (catastrophic) or Receive-Protocol-Reject
    RXR            //!< RXR: Receive-Echo-Request, -Echo-Reply or -Discard-Request
};

/// The actions of the automaton (RFC 1661, section 4.4).
enum class PppAction : uint8_t
{
    NONE, //!< fills the rows of the table
    TLU,  //!< This-Layer-Up
    TLD,  //!< This-Layer-Down
    TLS,  //!< This-Layer-Started
    TLF,  //!< This-Layer-Finished
    IRC,  //!< Initialize-Restart-Count
    ZRC,  //!< Zero-Restart-Count
    SCR,  //!< Send-Configure-Request
    SCA,  //!< Send-Configure-Ack
    SCN,  //!< Send-Configure-Nak/Rej
    STR,  //!< Send-Terminate-Request
    STA,  //!< Send-Terminate-Ack
    SCJ,  //!< Send-Code-Reject
    SER   //!< Send-Echo-Reply
};

/// How many states there are.
constexpr std::size_t PPP_STATES = 10;
/// How many events there are.
constexpr std::size_t PPP_EVENTS = 16;

/**
 * @brief A cell of the state transition table: actions, new state and footnote.
 */
struct PppTransition
{
    bool legal{false};                  //!< false for the RFC's dash, an illegal transition
    std::array<PppAction, 3> actions{}; //!< what to do, in order; NONE fills up
    PppState next{PppState::INITIAL};   //!< the new state
    char note{' '};                     //!< the RFC's footnote: p, r, x, or a space

    /**
     * @brief Write the cell as the RFC does, such as "irc,scr/6", "3r" or "-".
     * @return the text
     */
    std::string ToString() const;
};

/**
 * @brief Look up the state transition table.
 * @param state the present state
 * @param event what happens
 * @return the cell
 */
const PppTransition& GetPppTransition(PppState state, PppEvent event);

/**
 * @brief Name a state.
 * @param state the state
 * @return its name in the RFC's table, such as "Req-Sent"
 */
const char* PppStateName(PppState state);

/**
 * @brief Name an event.
 * @param event the event
 * @return its name in the RFC's table, such as "RCR+"
 */
const char* PppEventName(PppEvent event);

/**
 * @brief Name an action.
 * @param action the action
 * @return its name in the RFC's table, such as "tlu"
 */
const char* PppActionName(PppAction action);

/**
 * @brief Draw the automaton from its table.
 * @return a graph in the language of Graphviz' dot
 */
std::string PppAutomatonDot();

/**
 * @ingroup l2tp
 *
 * @brief The option negotiation automaton of RFC 1661, section 4, without timers or packets.
 *
 * Tell it what happens; it changes its state and answers what is to be done.
 */
class PppAutomaton
{
  public:
    /// Called with the old state, the event and the new state.
    using TransitionCallback = std::function<void(PppState, PppEvent, PppState)>;

    /**
     * @brief Get the state.
     * @return the state
     */
    PppState GetState() const;

    /**
     * @brief Set who is told of each transition, also of those that keep the state.
     * @param callback is called after the state has changed and before any action is taken
     */
    void SetTransitionCallback(TransitionCallback callback);

    /**
     * @brief Change the state.
     * @param event what happens
     * @return the cell of the table: the actions to take. If it isn't legal, nothing has changed.
     */
    const PppTransition& Handle(PppEvent event);

    /**
     * @brief Tell whether the Restart timer runs in a state, which "the presence of TO events"
     * says (RFC 1661, section 4.1).
     * @param state the state
     * @return true if it does
     */
    static bool IsTimed(PppState state);

  private:
    PppState m_state{PppState::INITIAL}; //!< the state
    TransitionCallback m_onTransition;   //!< told of transitions
};

} // namespace ns3

#endif /* PPP_AUTOMATON_H */
