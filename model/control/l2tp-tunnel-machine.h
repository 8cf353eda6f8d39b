/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TUNNEL_MACHINE_H
#define L2TP_TUNNEL_MACHINE_H

#include "l2tp-state-table.h"

#include <cstdint>
#include <string>

namespace ns3
{

/// States of a control connection (RFC 2661, section 7.2.1).
enum class L2tpTunnelState : uint8_t
{
    IDLE,           //!< idle
    WAIT_CTL_REPLY, //!< wait-ctl-reply
    WAIT_CTL_CONN,  //!< wait-ctl-conn
    ESTABLISHED,    //!< established
    COUNT,          //!< how many states there are
};

/// Events of a control connection (RFC 2661, section 7.2.1, and those that the table leaves out).
enum class L2tpTunnelEvent : uint8_t
{
    LOCAL_OPEN_REQUEST,           //!< Local Open request
    RECEIVE_SCCRQ_ACCEPTABLE,     //!< Receive SCCRQ, acceptable
    RECEIVE_SCCRQ_NOT_ACCEPTABLE, //!< Receive SCCRQ, not acceptable
    RECEIVE_SCCRQ_LOSE_TIE,       //!< Receive SCCRQ, lose tie-breaker
    RECEIVE_SCCRP_ACCEPTABLE,     //!< Receive SCCRP, acceptable
    RECEIVE_SCCRP_NOT_ACCEPTABLE, //!< Receive SCCRP, not acceptable
    RECEIVE_SCCCN_ACCEPTABLE,     //!< Receive SCCCN, acceptable
    RECEIVE_SCCCN_NOT_ACCEPTABLE, //!< Receive SCCCN, not acceptable
    RECEIVE_STOPCCN,              //!< Receive StopCCN
    ADMIN_TUNNEL_CLOSE,           //!< Admin Tunnel Close
    INVALID_MESSAGE,              //!< an invalid or malformed control message (section 7.1)
    NOT_IN_TIME,                  //!< the tunnel was not established in time
    PEER_DEAD,                    //!< no acknowledgement after all retransmissions (section 5.8)
    LOCAL_CRASH,                  //!< the endpoint crashes, and tells nobody
    CROWDED_OUT,                  //!< too many tunnels are half open, and this one is the oldest
    COUNT,                        //!< how many events there are
};

/// Actions of a control connection (RFC 2661, section 7.2.1).
enum class L2tpTunnelAction : uint8_t
{
    NONE,             //!< nothing
    SEND_SCCRQ,       //!< Send SCCRQ
    SEND_SCCRP,       //!< Send SCCRP
    SEND_SCCCN,       //!< Send SCCCN
    SEND_STOPCCN,     //!< Send StopCCN
    SEND_TUNNEL_OPEN, //!< Send tunnel-open event to waiting sessions
    CLEAN_UP,         //!< Clean up
    REQUEUE_SCCRQ,    //!< Re-queue SCCRQ for idle state
};

/// A row of the tunnel's table.
using L2tpTunnelTransition = L2tpTransition<L2tpTunnelState, L2tpTunnelEvent, L2tpTunnelAction>;

/**
 * @brief The rows of RFC 2661, section 7.2.1, in its order, then those that other sections imply.
 * @return pointer to the first row
 */
const L2tpTunnelTransition* GetL2tpTunnelTransitions();

/// How many rows GetL2tpTunnelTransitions() has. @return the number
std::size_t GetNL2tpTunnelTransitions();

/**
 * @brief Look a transition up.
 * @param state the present state
 * @param event what happens
 * @return the row, or null if nothing is to be done
 */
const L2tpTunnelTransition* FindL2tpTunnelTransition(L2tpTunnelState state, L2tpTunnelEvent event);

/// The RFC's name of a state. @param state the state @return "wait-ctl-reply" and so on
const char* L2tpTunnelStateName(L2tpTunnelState state);

/// The RFC's name of an event. @param event the event @return "Receive SCCRQ, acceptable" and so on
const char* L2tpTunnelEventName(L2tpTunnelEvent event);

/// The RFC's name of an action. @param action the action @return "Send SCCRQ" and so on
const char* L2tpTunnelActionName(L2tpTunnelAction action);

/// The table as a graph. @return the text of a Graphviz dot file
std::string L2tpTunnelMachineDot();

} // namespace ns3

#endif /* L2TP_TUNNEL_MACHINE_H */
