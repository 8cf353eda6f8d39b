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
/// Receive OCRQ, whatever it says.
constexpr uint32_t OCRQ = On(E::RECEIVE_OCRQ_ACCEPTABLE, E::RECEIVE_OCRQ_NOT_ACCEPTABLE);
/// Receive OCRP, whatever it says.
constexpr uint32_t OCRP = On(E::RECEIVE_OCRP_ACCEPTABLE, E::RECEIVE_OCRP_NOT_ACCEPTABLE);
/// Receive OCCN, whatever it says.
constexpr uint32_t OCCN = On(E::RECEIVE_OCCN_ACCEPTABLE, E::RECEIVE_OCCN_NOT_ACCEPTABLE);

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

constexpr std::array<L2tpCallTransition, 14> LAC_OUTGOING_ROWS{{
    {In(S::IDLE),           On(E::RECEIVE_OCRQ_ACCEPTABLE),     {A::SEND_OCRP, A::OPEN_BEARER}, S::WAIT_CS_ANSWER, "7.5.1"},
    {In(S::IDLE),           On(E::RECEIVE_OCRQ_NOT_ACCEPTABLE), {A::SEND_CDN, A::CLEAN_UP},     S::IDLE,           "7.5.1"},
    {In(S::IDLE),           OCRP,                               {A::SEND_CDN, A::CLEAN_UP},     S::IDLE,           "7.5.1"},
    {In(S::IDLE),           OCCN | On(E::RECEIVE_CDN),          {A::CLEAN_UP},                  S::IDLE,           "7.5.1"},
    {In(S::WAIT_CS_ANSWER), On(E::BEARER_ANSWER),               {A::SEND_OCCN},                 S::ESTABLISHED,    "7.5.1"},
    {In(S::WAIT_CS_ANSWER), On(E::BEARER_FAILURE),              {A::SEND_CDN, A::CLEAN_UP},     S::IDLE,           "7.5.1"},
    {In(S::WAIT_CS_ANSWER), OCRQ | OCRP | OCCN,                 {A::SEND_CDN, A::CLEAN_UP},     S::IDLE,           "7.5.1"},
    {In(S::ESTABLISHED),    OCRQ | OCRP | OCCN,                 {A::SEND_CDN, A::CLEAN_UP},     S::IDLE,           "7.5.1"},
    {In(S::WAIT_CS_ANSWER, S::ESTABLISHED), On(E::RECEIVE_CDN), {A::CLEAN_UP},                  S::IDLE,           "7.5.1"},
    {In(S::ESTABLISHED),    On(E::LOCAL_CLOSE),                 {A::SEND_CDN, A::CLEAN_UP},     S::IDLE,           "7.5.1"},
    // What the table leaves out, as above. A close request while the bearer is being opened is in
    // the words below the table: "if the call is not completed".
    {In(S::WAIT_CS_ANSWER), On(E::LOCAL_CLOSE),                 {A::SEND_CDN, A::CLEAN_UP},     S::IDLE,           "7.5.1"},
    {In(S::WAIT_CS_ANSWER, S::ESTABLISHED), On(E::INVALID_MESSAGE), {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,           "7.1"},
    {In(S::WAIT_CS_ANSWER), On(E::NOT_IN_TIME),                 {A::SEND_CDN, A::CLEAN_UP},     S::IDLE,           "4.4.2"},
    {In(S::WAIT_CS_ANSWER, S::ESTABLISHED), On(E::TUNNEL_CLOSED), {A::CLEAN_UP},                S::IDLE,           "5.7"},
}};

constexpr std::array<L2tpCallTransition, 17> LNS_OUTGOING_ROWS{{
    {In(S::IDLE),         On(E::LOCAL_OPEN),                  {A::OPEN_TUNNEL},           S::WAIT_TUNNEL,  "7.5.2"},
    // The RFC has CDN here, too, and once more in the row for all states below.
    {In(S::IDLE),         OCCN | OCRP,                        {A::CLEAN_UP},              S::IDLE,         "7.5.2"},
    {In(S::WAIT_TUNNEL),  On(E::TUNNEL_OPEN),                 {A::SEND_OCRQ},             S::WAIT_REPLY,   "7.5.2"},
    {In(S::WAIT_REPLY),   On(E::RECEIVE_OCRP_ACCEPTABLE),     {A::NONE},                  S::WAIT_CONNECT, "7.5.2"},
    {In(S::WAIT_REPLY),   On(E::RECEIVE_OCRP_NOT_ACCEPTABLE), {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.5.2"},
    {In(S::WAIT_REPLY),   OCCN | OCRQ,                        {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.5.2"},
    // "none" is for messages: the session "may now exchange data", as the words below it say.
    {In(S::WAIT_CONNECT), On(E::RECEIVE_OCCN_ACCEPTABLE),     {A::NONE},                  S::ESTABLISHED,  "7.5.2"},
    {In(S::WAIT_CONNECT), OCRQ | OCRP,                        {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.5.2"},
    {In(S::IDLE, S::WAIT_REPLY, S::WAIT_CONNECT, S::ESTABLISHED), On(E::RECEIVE_CDN), {A::CLEAN_UP}, S::IDLE, "7.5.2"},
    {In(S::ESTABLISHED),  OCRQ | OCRP | OCCN,                 {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.5.2"},
    {In(S::WAIT_REPLY, S::WAIT_CONNECT, S::ESTABLISHED), On(E::LOCAL_CLOSE), {A::SEND_CDN, A::CLEAN_UP}, S::IDLE, "7.5.2"},
    {In(S::WAIT_TUNNEL),  On(E::LOCAL_CLOSE),                 {A::CLEAN_UP},              S::IDLE,         "7.5.2"},
    // What the table leaves out, as above. It knows no OCCN that is not acceptable.
    {In(S::WAIT_CONNECT), On(E::RECEIVE_OCCN_NOT_ACCEPTABLE), {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "7.1"},
    {In(S::WAIT_REPLY, S::WAIT_CONNECT, S::ESTABLISHED), On(E::INVALID_MESSAGE), {A::SEND_CDN, A::CLEAN_UP}, S::IDLE, "7.1"},
    {In(S::WAIT_TUNNEL),  On(E::NOT_IN_TIME),                 {A::CLEAN_UP},              S::IDLE,         "4.4.2"},
    {In(S::WAIT_REPLY, S::WAIT_CONNECT), On(E::NOT_IN_TIME),  {A::SEND_CDN, A::CLEAN_UP}, S::IDLE,         "4.4.2"},
    {In(S::WAIT_TUNNEL, S::WAIT_REPLY, S::WAIT_CONNECT, S::ESTABLISHED), On(E::TUNNEL_CLOSED), {A::CLEAN_UP}, S::IDLE, "5.7"},
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
constexpr Table<LAC_OUTGOING_ROWS.size()> LAC_OUTGOING_TABLE(LAC_OUTGOING_ROWS); //!< indexed
constexpr Table<LNS_OUTGOING_ROWS.size()> LNS_OUTGOING_TABLE(LNS_OUTGOING_ROWS); //!< indexed

/// What is known of a role.
struct RoleInfo
{
    const char* name;               //!< for people
    bool atLac;                     //!< which end has it
    bool outgoing;                  //!< which way the call goes
    const L2tpCallTransition* rows; //!< its table
    std::size_t nRows;              //!< how many rows that has
};

/// The roles, in their order.
constexpr std::array<RoleInfo, static_cast<std::size_t>(L2tpCallRole::COUNT)> ROLES{{
    {"LAC incoming", true, false, LAC_INCOMING_ROWS.data(), LAC_INCOMING_ROWS.size()},
    {"LNS incoming", false, false, LNS_INCOMING_ROWS.data(), LNS_INCOMING_ROWS.size()},
    {"LAC outgoing", true, true, LAC_OUTGOING_ROWS.data(), LAC_OUTGOING_ROWS.size()},
    {"LNS outgoing", false, true, LNS_OUTGOING_ROWS.data(), LNS_OUTGOING_ROWS.size()},
}};

/// What is known of a role. @param role the role @return it
const RoleInfo&
InfoOf(L2tpCallRole role)
{
    return ROLES.at(static_cast<std::size_t>(role));
}

} // namespace

const L2tpCallTransition*
GetL2tpCallTransitions(L2tpCallRole role)
{
    return InfoOf(role).rows;
}

std::size_t
GetNL2tpCallTransitions(L2tpCallRole role)
{
    return InfoOf(role).nRows;
}

const L2tpCallTransition*
FindL2tpCallTransition(L2tpCallRole role, L2tpCallState state, L2tpCallEvent event)
{
    switch (role)
    {
    case L2tpCallRole::LAC_INCOMING:
        return LAC_INCOMING_TABLE.Find(state, event);
    case L2tpCallRole::LNS_INCOMING:
        return LNS_INCOMING_TABLE.Find(state, event);
    case L2tpCallRole::LAC_OUTGOING:
        return LAC_OUTGOING_TABLE.Find(state, event);
    case L2tpCallRole::LNS_OUTGOING:
        return LNS_OUTGOING_TABLE.Find(state, event);
    case L2tpCallRole::COUNT:
        break;
    }
    return nullptr;
}

bool
IsL2tpCallOutgoing(L2tpCallRole role)
{
    return InfoOf(role).outgoing;
}

bool
IsL2tpCallAtLac(L2tpCallRole role)
{
    return InfoOf(role).atLac;
}

const char*
L2tpCallRoleName(L2tpCallRole role)
{
    return InfoOf(role).name;
}

const char*
L2tpCallStateName(L2tpCallState state)
{
    static constexpr std::array<const char*, static_cast<std::size_t>(S::COUNT)>
        NAMES{"idle", "wait-tunnel", "wait-reply", "wait-connect", "wait-cs-answer", "established"};
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
        "Local open request",
        "Bearer answer, framing detected",
        "Bearer failure",
        "Receive OCRQ, acceptable",
        "Receive OCRQ, not acceptable",
        "Receive OCRP, acceptable",
        "Receive OCRP, not acceptable",
        "Receive OCCN, acceptable",
        "Receive OCCN, not acceptable",
        "Receive CDN",
        "Invalid message",
        "Not in time",
        "Tunnel closed"};
    return NAMES.at(static_cast<std::size_t>(event));
}

const char*
L2tpCallActionName(L2tpCallAction action)
{
    static constexpr std::array<const char*, 12> NAMES{"none",
                                                       "Initiate local tunnel open",
                                                       "Send ICRQ",
                                                       "Send ICRP",
                                                       "Send ICCN",
                                                       "Send OCRQ",
                                                       "Send OCRP",
                                                       "Send OCCN",
                                                       "Send CDN",
                                                       "Open bearer",
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
