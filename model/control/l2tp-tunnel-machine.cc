/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-tunnel-machine.h"

#include "l2tp-state-dot.h"

namespace ns3
{

namespace
{

using S = L2tpTunnelState;
using E = L2tpTunnelEvent;
using A = L2tpTunnelAction;

/// The states of a row.
constexpr auto In = [](auto... states) { return L2tpSetOf(states...); };
/// The events of a row.
constexpr auto On = In;
/// Receive SCCRQ, whatever it says. (There is a tie to lose in wait-ctl-reply only.)
constexpr uint32_t SCCRQ = On(E::RECEIVE_SCCRQ_ACCEPTABLE, E::RECEIVE_SCCRQ_NOT_ACCEPTABLE);
/// Receive SCCRP, whatever it says.
constexpr uint32_t SCCRP = On(E::RECEIVE_SCCRP_ACCEPTABLE, E::RECEIVE_SCCRP_NOT_ACCEPTABLE);
/// Receive SCCCN, whatever it says.
constexpr uint32_t SCCCN = On(E::RECEIVE_SCCCN_ACCEPTABLE, E::RECEIVE_SCCCN_NOT_ACCEPTABLE);
/// Every state but idle.
constexpr uint32_t NOT_IDLE = In(S::WAIT_CTL_REPLY, S::WAIT_CTL_CONN, S::ESTABLISHED);

// A row a line, so that it can be laid beside the page of the RFC.
// clang-format off
constexpr std::array<L2tpTunnelTransition, 23> ROWS{{
    {In(S::IDLE),           On(E::LOCAL_OPEN_REQUEST),           {A::SEND_SCCRQ},                      S::WAIT_CTL_REPLY, "7.2.1"},
    {In(S::IDLE),           On(E::RECEIVE_SCCRQ_ACCEPTABLE),     {A::SEND_SCCRP},                      S::WAIT_CTL_CONN,  "7.2.1"},
    {In(S::IDLE),           On(E::RECEIVE_SCCRQ_NOT_ACCEPTABLE), {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.2.1"},
    {In(S::IDLE),           SCCRP,                               {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.2.1"},
    {In(S::IDLE),           SCCCN,                               {A::CLEAN_UP},                        S::IDLE,           "7.2.1"},
    {In(S::WAIT_CTL_REPLY), On(E::RECEIVE_SCCRP_ACCEPTABLE),     {A::SEND_SCCCN, A::SEND_TUNNEL_OPEN}, S::ESTABLISHED,    "7.2.1"},
    {In(S::WAIT_CTL_REPLY), On(E::RECEIVE_SCCRP_NOT_ACCEPTABLE), {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.2.1"},
    {In(S::WAIT_CTL_REPLY), On(E::RECEIVE_SCCRQ_LOSE_TIE),       {A::CLEAN_UP, A::REQUEUE_SCCRQ},      S::IDLE,           "7.2.1"},
    {In(S::WAIT_CTL_REPLY), SCCCN,                               {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.2.1"},
    {In(S::WAIT_CTL_CONN),  On(E::RECEIVE_SCCCN_ACCEPTABLE),     {A::SEND_TUNNEL_OPEN},                S::ESTABLISHED,    "7.2.1"},
    {In(S::WAIT_CTL_CONN),  On(E::RECEIVE_SCCCN_NOT_ACCEPTABLE), {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.2.1"},
    {In(S::WAIT_CTL_CONN),  SCCRP | SCCRQ,                       {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.2.1"},
    {In(S::ESTABLISHED),    On(E::LOCAL_OPEN_REQUEST),           {A::SEND_TUNNEL_OPEN},                S::ESTABLISHED,    "7.2.1"},
    {In(S::ESTABLISHED),    On(E::ADMIN_TUNNEL_CLOSE),           {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.2.1"},
    {In(S::ESTABLISHED),    SCCRQ | SCCRP | SCCCN,               {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.2.1"},
    {In(S::IDLE) | NOT_IDLE, On(E::RECEIVE_STOPCCN),             {A::CLEAN_UP},                        S::IDLE,           "7.2.1"},
    // What the table leaves out, and other sections say: a tunnel may be closed while it is set up
    // (5.7), an SCCRQ addressed to a tunnel that waits for its reply is out of sequence (7.1), as
    // are malformed messages, and a peer that does not answer is given up (5.8).
    {In(S::WAIT_CTL_REPLY, S::WAIT_CTL_CONN), On(E::ADMIN_TUNNEL_CLOSE, E::NOT_IN_TIME), {A::SEND_STOPCCN, A::CLEAN_UP}, S::IDLE, "5.7"},
    {In(S::WAIT_CTL_REPLY), SCCRQ,                               {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.1"},
    {NOT_IDLE,              On(E::INVALID_MESSAGE),              {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.1"},
    {In(S::IDLE),           On(E::INVALID_MESSAGE),              {A::SEND_STOPCCN, A::CLEAN_UP},       S::IDLE,           "7.1"},
    {NOT_IDLE,              On(E::PEER_DEAD),                    {A::CLEAN_UP},                        S::IDLE,           "5.8"},
    // Ours, as no RFC speaks of it: an endpoint that crashes has cleared its tunnels.
    {NOT_IDLE,              On(E::LOCAL_CRASH),                  {A::CLEAN_UP},                        S::IDLE,           "ours"},
    // Nor does any say what to do about a flood of SCCRQs. No StopCCN: its address may be somebody else's.
    {In(S::WAIT_CTL_CONN),  On(E::CROWDED_OUT),                  {A::CLEAN_UP},                        S::IDLE,           "ours"},
}};
// clang-format on

constexpr L2tpStateTable<L2tpTunnelTransition,
                         ROWS.size(),
                         static_cast<std::size_t>(S::COUNT),
                         static_cast<std::size_t>(E::COUNT)>
    TABLE(ROWS); //!< the rows, indexed

} // namespace

const L2tpTunnelTransition*
GetL2tpTunnelTransitions()
{
    return ROWS.data();
}

std::size_t
GetNL2tpTunnelTransitions()
{
    return ROWS.size();
}

const L2tpTunnelTransition*
FindL2tpTunnelTransition(L2tpTunnelState state, L2tpTunnelEvent event)
{
    return TABLE.Find(state, event);
}

const char*
L2tpTunnelStateName(L2tpTunnelState state)
{
    static constexpr std::array<const char*, static_cast<std::size_t>(S::COUNT)> NAMES{
        "idle",
        "wait-ctl-reply",
        "wait-ctl-conn",
        "established"};
    return NAMES.at(static_cast<std::size_t>(state));
}

const char*
L2tpTunnelEventName(L2tpTunnelEvent event)
{
    static constexpr std::array<const char*, static_cast<std::size_t>(E::COUNT)> NAMES{
        "Local Open request",
        "Receive SCCRQ, acceptable",
        "Receive SCCRQ, not acceptable",
        "Receive SCCRQ, lose tie-breaker",
        "Receive SCCRP, acceptable",
        "Receive SCCRP, not acceptable",
        "Receive SCCCN, acceptable",
        "Receive SCCCN, not acceptable",
        "Receive StopCCN",
        "Admin Tunnel Close",
        "Invalid message",
        "Not in time",
        "Peer dead",
        "Crash",
        "Crowded out"};
    return NAMES.at(static_cast<std::size_t>(event));
}

const char*
L2tpTunnelActionName(L2tpTunnelAction action)
{
    static constexpr std::array<const char*, 8> NAMES{"none",
                                                      "Send SCCRQ",
                                                      "Send SCCRP",
                                                      "Send SCCCN",
                                                      "Send StopCCN",
                                                      "Send tunnel-open event",
                                                      "Clean up",
                                                      "Re-queue SCCRQ"};
    return NAMES.at(static_cast<std::size_t>(action));
}

std::string
L2tpTunnelMachineDot()
{
    return L2tpStateDot("Control connection",
                        ROWS.data(),
                        ROWS.size(),
                        L2tpTunnelStateName,
                        L2tpTunnelEventName,
                        L2tpTunnelActionName);
}

} // namespace ns3
