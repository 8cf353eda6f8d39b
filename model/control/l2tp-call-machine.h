/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CALL_MACHINE_H
#define L2TP_CALL_MACHINE_H

#include "l2tp-state-table.h"

#include <cstdint>
#include <string>

namespace ns3
{

/// Which of the tables of RFC 2661, sections 7.4 and 7.5, a call follows.
enum class L2tpCallRole : uint8_t
{
    LAC_INCOMING, //!< LAC Incoming Call States (section 7.4.1)
    LNS_INCOMING, //!< LNS Incoming Call States (section 7.4.2)
    LAC_OUTGOING, //!< LAC Outgoing Call States (section 7.5.1)
    LNS_OUTGOING, //!< LNS Outgoing Call States (section 7.5.2)
    COUNT,        //!< how many roles there are
};

/// States of a call (RFC 2661, sections 7.4 and 7.5).
enum class L2tpCallState : uint8_t
{
    IDLE,           //!< idle
    WAIT_TUNNEL,    //!< wait-tunnel
    WAIT_REPLY,     //!< wait-reply
    WAIT_CONNECT,   //!< wait-connect
    WAIT_CS_ANSWER, //!< wait-cs-answer
    ESTABLISHED,    //!< established
    COUNT,          //!< how many states there are
};

/// Events of a call (RFC 2661, sections 7.4 and 7.5, and those that the tables leave out).
enum class L2tpCallEvent : uint8_t
{
    BEARER_RING,                 //!< Bearer Ring or Ready to indicate incoming conn.
    TUNNEL_OPEN,                 //!< tunnel-open
    LOCAL_CLOSE,                 //!< Bearer line drop or local close request
    RECEIVE_ICRQ_ACCEPTABLE,     //!< Receive ICRQ, acceptable
    RECEIVE_ICRQ_NOT_ACCEPTABLE, //!< Receive ICRQ, not acceptable
    RECEIVE_ICRP_ACCEPTABLE,     //!< Receive ICRP, acceptable
    RECEIVE_ICRP_NOT_ACCEPTABLE, //!< Receive ICRP, not acceptable
    RECEIVE_ICCN_ACCEPTABLE,     //!< Receive ICCN, acceptable
    RECEIVE_ICCN_NOT_ACCEPTABLE, //!< Receive ICCN, not acceptable
    LOCAL_OPEN,                  //!< Local open request
    BEARER_ANSWER,               //!< Bearer answer, framing detected
    BEARER_FAILURE,              //!< Bearer failure
    RECEIVE_OCRQ_ACCEPTABLE,     //!< Receive OCRQ, acceptable
    RECEIVE_OCRQ_NOT_ACCEPTABLE, //!< Receive OCRQ, not acceptable
    RECEIVE_OCRP_ACCEPTABLE,     //!< Receive OCRP, acceptable
    RECEIVE_OCRP_NOT_ACCEPTABLE, //!< Receive OCRP, not acceptable
    RECEIVE_OCCN_ACCEPTABLE,     //!< Receive OCCN, acceptable
    RECEIVE_OCCN_NOT_ACCEPTABLE, //!< Receive OCCN, not acceptable
    RECEIVE_CDN,                 //!< Receive CDN
    INVALID_MESSAGE,             //!< a malformed message about the call (sections 4.1 and 7.1)
    NOT_IN_TIME,                 //!< the call was not established in time (section 4.4.2)
    TUNNEL_CLOSED,               //!< the tunnel was cleared, and the call with it (section 5.7)
    COUNT,                       //!< how many events there are
};

/// Actions of a call (RFC 2661, sections 7.4 and 7.5).
enum class L2tpCallAction : uint8_t
{
    NONE,             //!< nothing
    OPEN_TUNNEL,      //!< Initiate local tunnel open
    SEND_ICRQ,        //!< Send ICRQ
    SEND_ICRP,        //!< Send ICRP
    SEND_ICCN,        //!< Send ICCN
    SEND_OCRQ,        //!< Send OCRQ
    SEND_OCRP,        //!< Send OCRP
    SEND_OCCN,        //!< Send OCCN
    SEND_CDN,         //!< Send CDN
    OPEN_BEARER,      //!< Open bearer
    PREPARE_FOR_DATA, //!< Prepare for data
    CLEAN_UP,         //!< Clean up
};

/// A row of a call's table.
using L2tpCallTransition = L2tpTransition<L2tpCallState, L2tpCallEvent, L2tpCallAction>;

/**
 * @brief The rows of a role's table, in the RFC's order, then those that other sections imply.
 * @param role which table
 * @return pointer to the first row
 */
const L2tpCallTransition* GetL2tpCallTransitions(L2tpCallRole role);

/// How many rows a role's table has. @param role which table @return the number
std::size_t GetNL2tpCallTransitions(L2tpCallRole role);

/**
 * @brief Look a transition up.
 * @param role which table
 * @param state the present state
 * @param event what happens
 * @return the row, or null if nothing is to be done
 */
const L2tpCallTransition* FindL2tpCallTransition(L2tpCallRole role,
                                                 L2tpCallState state,
                                                 L2tpCallEvent event);

/**
 * @brief Tell which way a role's calls go.
 * @param role the role
 * @return true if the LNS asks for the call (section 7.5), false if the LAC does (section 7.4)
 */
bool IsL2tpCallOutgoing(L2tpCallRole role);

/**
 * @brief Tell which end of a call has a role.
 * @param role the role
 * @return true for the LAC, false for the LNS
 */
bool IsL2tpCallAtLac(L2tpCallRole role);

/// The name of a role. @param role the role @return "LAC incoming" and so on
const char* L2tpCallRoleName(L2tpCallRole role);

/// The RFC's name of a state. @param state the state @return "wait-tunnel" and so on
const char* L2tpCallStateName(L2tpCallState state);

/// The RFC's name of an event. @param event the event @return "Receive ICRQ, acceptable" and so on
const char* L2tpCallEventName(L2tpCallEvent event);

/// The RFC's name of an action. @param action the action @return "Send ICRQ" and so on
const char* L2tpCallActionName(L2tpCallAction action);

/// A role's table as a graph. @param role which table @return the text of a Graphviz dot file
std::string L2tpCallMachineDot(L2tpCallRole role);

} // namespace ns3

#endif /* L2TP_CALL_MACHINE_H */
