/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-ppp-result.h"

#include "ns3/ppp-protocol.h"

#include <string>

namespace ns3
{

namespace
{

using Direction = L2tpDisconnectDirection;

/// What RFC 3145, section 3, has for a reason.
struct CauseRow
{
    PppReason reason;    //!< why PPP ended
    uint16_t lcpCode;    //!< Disconnect Code, if LCP or authentication failed
    uint16_t ncpCode;    //!< Disconnect Code, if IPCP failed
    Direction direction; //!< in which direction the code applies
};

/// Reasons that are not here are code 0, no information: the RFC has nothing that fits.
constexpr CauseRow CAUSES[] = {
    {PppReason::ADMINISTRATIVE, 3, 3, Direction::AT_LOCAL},
    {PppReason::PEER_TERMINATED, 3, 3, Direction::AT_PEER},
    {PppReason::NO_RESPONSE, 5, 17, Direction::GLOBAL},
    {PppReason::NOT_CONVERGING, 0, 19, Direction::AT_PEER},
    {PppReason::LOOPED_BACK, 7, 0, Direction::GLOBAL},
    {PppReason::ECHO_TIMEOUT, 8, 0, Direction::GLOBAL},
    {PppReason::REJECTED_FATALLY, 0, 18, Direction::GLOBAL},
    {PppReason::NETWORK_REJECTED, 18, 18, Direction::GLOBAL},
    {PppReason::AUTH_REFUSED, 15, 0, Direction::AT_PEER},
    {PppReason::AUTH_TIMEOUT, 13, 0, Direction::GLOBAL},
    {PppReason::PEER_AUTH_FAILED, 16, 0, Direction::AT_PEER},
    {PppReason::LOCAL_AUTH_FAILED, 16, 0, Direction::AT_LOCAL},
    // Which end lacks the address is not known here.
    {PppReason::NO_ADDRESS, 20, 20, Direction::GLOBAL},
    {PppReason::SESSION_TIMEOUT, 1, 1, Direction::GLOBAL},
    {PppReason::IDLE_TIMEOUT, 1, 1, Direction::GLOBAL},
    {PppReason::REPLACED, 1, 1, Direction::GLOBAL},
};

} // namespace

L2tpResultCode
L2tpResultOfPpp(PppReason reason)
{
    const std::string words = std::string("PPP: ") + PppReasonName(reason);
    switch (reason)
    {
    case PppReason::ADMINISTRATIVE:
    case PppReason::PEER_TERMINATED:
        return L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE);
    case PppReason::SESSION_TIMEOUT:
    case PppReason::IDLE_TIMEOUT:
    case PppReason::REPLACED:
        return L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE, words);
    case PppReason::NO_ADDRESS:
        return L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY, words);
    default:
        return L2tpResultCode::GeneralError(L2tpErrorCode::VENDOR_SPECIFIC, words);
    }
}

L2tpDisconnectCause
L2tpDisconnectCauseOfPpp(PppReason reason, uint16_t protocol)
{
    L2tpDisconnectCause cause;
    cause.message = PppReasonName(reason);
    for (const CauseRow& row : CAUSES)
    {
        if (row.reason == reason)
        {
            const bool isNcp = protocol == ppp_protocol::IPCP || protocol == ppp_protocol::IPV6CP;
            cause.code = isNcp ? row.ncpCode : row.lcpCode;
            cause.direction = cause.code ? static_cast<uint8_t>(row.direction) : 0;
        }
    }
    // Section 3.1: for global errors it MUST be 0.
    const bool global = L2TP_DISCONNECT_CODES[cause.code].group == L2tpDisconnectGroup::GLOBAL;
    cause.protocol = global ? 0 : protocol;
    return cause;
}

} // namespace ns3
