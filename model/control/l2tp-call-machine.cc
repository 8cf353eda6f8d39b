/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-call-machine.h"

#include "l2tp-state-dot.h"

namespace ns3
{

namespace
{

using S = L2tpCallState;
using E = L2tpCallEvent;
using A = L2tpCallAction;

/// The states of a row.
constexpr auto In = [](auto... states) { return L2tpSetOf(states...); };
/// The events of a row.
constexpr auto On = In;
/// Receive ICRQ, whatever it says.
constexpr uint32_t ICRQ = On(E::RECEIVE_ICRQ_ACCEPTABLE, E::RECEIVE_ICRQ_NOT_ACCEPTABLE);
/// Receive ICRP, whatever it says.
constexpr uint32_t ICRP = On(E::RECEIVE_ICRP_ACCEPTABLE, E::RECEIVE_ICRP_NOT_ACCEPTABLE);
/// Receive ICCN, whatever it says.
constexpr uint32_t ICCN = On(E::RECEIVE_ICCN_ACCEPTABLE, E::RECEIVE_ICCN_NOT_ACCEPTABLE);

// A row a line, so that it can be laid beside the page of the RFC.
// clang-format off
constexpr std::array<L2tpCallTransition, 16> LAC_INCOMING_ROWS{{
    {In(S::IDLE),        On(E::BEARER_RING),                 {A::OPEN_TUNNEL},           S::WAIT_TUNNEL, "7.4.1"},
    {In(S::IDLE),        ICCN | ICRP | On(E::RECEIVE_CDN),   {A::CLEAN_UP},              S::IDLE,        "7.4.1"},
    {In(S::WAIT_TUNNEL), On(E::LOCAL_CLOSE),                 {A::CLEAN_UP},              S::IDLE,        "7.4.1"},
    {In(S::WAIT_TUNNEL), On(E::TUNNEL_OPEN),                 {A::SEND_ICRQ},             S::WAIT_REPLY,  "7.4.1"},
    {In(S::WAIT_REPLY),  On(E::RECEIVE_ICRP_ACCEPTABLE),     {A::SEND_ICCN},             S::ESTABLISHED, "7.4.1"},
    {In(S::WAIT_REPLY),  On(E::RECEIVE_ICRP_NOT_ACCEPTABLE), {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,        "7.4.1"},
    {In(S::WAIT_REPLY),  ICRQ,                               {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,        "7.4.1"},
    {In(S::WAIT_REPLY),  ICCN | On(E::RECEIVE_CDN),          {A::CLEAN_UP},              S::IDLE,        "7.4.1"},
    {In(S::WAIT_REPLY),  On(E::LOCAL_CLOSE),                 {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,        "7.4.1"},
    {In(S::ESTABLISHED), On(E::RECEIVE_CDN),                 {A::CLEAN_UP},              S::IDLE,        "7.4.1"},
    {In(S::ESTABLISHED), ICRQ | ICRP | ICCN,                 {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,        "7.4.1"},
    {In(S::ESTABLISHED), On(E::LOCAL_CLOSE),                 {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,        "7.4.1"},
    // What the table leaves out: malformed messages (7.1), the time allotted (4.4.2, result 10),
    // and a tunnel that is cleared with its calls (5.7).
    {In(S::WAIT_REPLY, S::ESTABLISHED), On(E::INVALID_MESSAGE),  {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,    "7.1"},
    {In(S::WAIT_TUNNEL), On(E::NOT_IN_TIME),                 {A::CLEAN_UP},              S::IDLE,        "4.4.2"},
    {In(S::WAIT_REPLY),  On(E::NOT_IN_TIME),                 {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,        "4.4.2"},
    {In(S::WAIT_TUNNEL, S::WAIT_REPLY, S::ESTABLISHED), On(E::TUNNEL_CLOSED), {A::CLEAN_UP}, S::IDLE,    "5.7"},
}};

constexpr std::array<L2tpCallTransition, 13> LNS_INCOMING_ROWS{{
    {In(S::IDLE),         On(E::RECEIVE_ICRQ_ACCEPTABLE),     {A::SEND_ICRP},             S::WAIT_CONNECT, "7.4.2"},
    {In(S::IDLE),         On(E::RECEIVE_ICRQ_NOT_ACCEPTABLE), {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.4.2"},
    {In(S::IDLE),         ICRP,                               {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.4.2"},
    {In(S::IDLE),         ICCN,                               {A::CLEAN_UP},              S::IDLE,         "7.4.2"},
    {In(S::WAIT_CONNECT), On(E::RECEIVE_ICCN_ACCEPTABLE),     {A::PREPARE_FOR_DATA},      S::ESTABLISHED,  "7.4.2"},
    {In(S::WAIT_CONNECT), On(E::RECEIVE_ICCN_NOT_ACCEPTABLE), {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.4.2"},
    {In(S::WAIT_CONNECT), ICRQ | ICRP,                        {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.4.2"},
    {In(S::IDLE, S::WAIT_CONNECT, S::ESTABLISHED), On(E::RECEIVE_CDN), {A::CLEAN_UP},     S::IDLE,         "7.4.2"},
    {In(S::WAIT_CONNECT, S::ESTABLISHED), On(E::LOCAL_CLOSE), {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.4.2"},
    {In(S::ESTABLISHED),  ICRQ | ICRP | ICCN,                 {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.4.2"},
    // What the table leaves out, as above.
    {In(S::WAIT_CONNECT, S::ESTABLISHED), On(E::INVALID_MESSAGE), {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,     "7.1"},
    {In(S::WAIT_CONNECT), On(E::NOT_IN_TIME),                 {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "4.4.2"},
    {In(S::WAIT_CONNECT, S::ESTABLISHED), On(E::TUNNEL_CLOSED), {A::CLEAN_UP},            S::IDLE,         "5.7"},
}};
// clang-format on

/**
 * @brief The type of the indexed table of some rows.
 * @tparam ROWS how many rows
 */
template <std::size_t ROWS>
using Table = L2tpStateTable<L2tpCallTransition,
                             ROWS,
                             static_cast<std::size_t>(S::COUNT),
                             static_cast<std::size_t>(E::COUNT)>;

constexpr Table<LAC_INCOMING_ROWS.size()> LAC_INCOMING_TABLE(LAC_INCOMING_ROWS); //!< indexed
constexpr Table<LNS_INCOMING_ROWS.size()> LNS_INCOMING_TABLE(LNS_INCOMING_ROWS); //!< indexed

} // namespace

const L2tpCallTransition*
GetL2tpCallTransitions(L2tpCallRole role)
{
    return role == L2tpCallRole::LAC_INCOMING ? LAC_INCOMING_ROWS.data() : LNS_INCOMING_ROWS.data();
}

std::size_t
GetNL2tpCallTransitions(L2tpCallRole role)
{
    return role == L2tpCallRole::LAC_INCOMING ? LAC_INCOMING_ROWS.size() : LNS_INCOMING_ROWS.size();
}

const L2tpCallTransition*
FindL2tpCallTransition(L2tpCallRole role, L2tpCallState state, L2tpCallEvent event)
{
    return role == L2tpCallRole::LAC_INCOMING ? LAC_INCOMING_TABLE.Find(state, event)
                                              : LNS_INCOMING_TABLE.Find(state, event);
}

const char*
L2tpCallRoleName(L2tpCallRole role)
{
    return role == L2tpCallRole::LAC_INCOMING ? "LAC incoming" : "LNS incoming";
}

const char*
L2tpCallStateName(L2tpCallState state)
{
    static constexpr std::array<const char*, static_cast<std::size_t>(S::COUNT)>
        NAMES{"idle", "wait-tunnel", "wait-reply", "wait-connect", "established"};
    return NAMES.at(static_cast<std::size_t>(state));
}

const char*
L2tpCallEventName(L2tpCallEvent event)
{
    static constexpr std::array<const char*, static_cast<std::size_t>(E::COUNT)> NAMES{
        "Bearer Ring or Ready to indicate incoming conn.",
        "tunnel-open",
        "Bearer line drop or local close request",
        "Receive ICRQ, acceptable",
        "Receive ICRQ, not acceptable",
        "Receive ICRP, acceptable",
        "Receive ICRP, not acceptable",
        "Receive ICCN, acceptable",
        "Receive ICCN, not acceptable",
        "Receive CDN",
        "Invalid message",
        "Not in time",
        "Tunnel closed"};
    return NAMES.at(static_cast<std::size_t>(event));
}

const char*
L2tpCallActionName(L2tpCallAction action)
{
    static constexpr std::array<const char*, 8> NAMES{"none",
                                                      "Initiate local tunnel open",
                                                      "Send ICRQ",
                                                      "Send ICRP",
                                                      "Send ICCN",
                                                      "Send CDN",
                                                      "Prepare for data",
                                                      "Clean up"};
    return NAMES.at(static_cast<std::size_t>(action));
}

std::string
L2tpCallMachineDot(L2tpCallRole role)
{
    return L2tpStateDot(L2tpCallRoleName(role),
                        GetL2tpCallTransitions(role),
                        GetNL2tpCallTransitions(role),
                        L2tpCallStateName,
                        L2tpCallEventName,
                        L2tpCallActionName);
}

} // namespace ns3
