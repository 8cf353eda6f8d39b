/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-terminate-cause.h"

#include "ns3/l2tp-tunnel.h"

#include <array>

namespace ns3
{

namespace
{

using Cause = RadiusTerminateCause;

/// What a reason of PPP is to RADIUS.
struct PppRow
{
    PppReason reason; //!< why PPP ended
    Cause cause;      //!< RFC 2866, section 5.10
};

/// Reasons that are not here are NAS Request.
constexpr PppRow PPP_ROWS[] = {
    {PppReason::LOWER_LAYER_DOWN, Cause::LOST_CARRIER},
    {PppReason::ADMINISTRATIVE, Cause::ADMIN_RESET},
    {PppReason::PEER_TERMINATED, Cause::USER_REQUEST}, // "for example with LCP Terminate"
    {PppReason::RENEGOTIATION, Cause::USER_REQUEST},
    {PppReason::NO_RESPONSE, Cause::LOST_CARRIER},
    {PppReason::NOT_CONVERGING, Cause::USER_ERROR},
    {PppReason::LOOPED_BACK, Cause::PORT_ERROR},
    {PppReason::ECHO_TIMEOUT, Cause::LOST_CARRIER},
    {PppReason::REJECTED_FATALLY, Cause::USER_ERROR},
    {PppReason::NETWORK_REJECTED, Cause::USER_ERROR},
    {PppReason::AUTH_REFUSED, Cause::USER_ERROR},
    {PppReason::AUTH_TIMEOUT, Cause::USER_ERROR},
    {PppReason::PEER_AUTH_FAILED, Cause::USER_ERROR},
    {PppReason::LOCAL_AUTH_FAILED, Cause::NAS_ERROR},
    {PppReason::NO_ADDRESS, Cause::SERVICE_UNAVAILABLE},
    {PppReason::SESSION_TIMEOUT, Cause::SESSION_TIMEOUT},
    {PppReason::IDLE_TIMEOUT, Cause::IDLE_TIMEOUT},
};

/// By Result Code of a StopCCN (RFC 2661, section 4.4.2); 0: the peer is silent.
constexpr std::array<Cause, 8> STOP_CAUSES{
    Cause::LOST_SERVICE,
    Cause::NAS_REQUEST,
    Cause::NAS_ERROR,
    Cause::SERVICE_UNAVAILABLE,
    Cause::SERVICE_UNAVAILABLE,
    Cause::SERVICE_UNAVAILABLE,
    Cause::ADMIN_REBOOT,
    Cause::NAS_ERROR,
};

/// By Result Code of a CDN, from 1 on (RFC 2661, section 4.4.2).
constexpr std::array<Cause, 11> CALL_CAUSES{
    Cause::LOST_CARRIER,
    Cause::NAS_ERROR,
    Cause::ADMIN_RESET,
    Cause::SERVICE_UNAVAILABLE,
    Cause::SERVICE_UNAVAILABLE,
    Cause::SERVICE_UNAVAILABLE,
    Cause::SERVICE_UNAVAILABLE,
    Cause::SERVICE_UNAVAILABLE,
    Cause::SERVICE_UNAVAILABLE,
    Cause::SERVICE_UNAVAILABLE,
    Cause::SERVICE_UNAVAILABLE,
};

/// By Disconnect Code (RFC 3145, section 3); none: the Result Code says it. Of code 3 it is the
/// direction that tells whether the user has ended PPP.
constexpr std::array<std::optional<Cause>, 21> DISCONNECT_CAUSES{
    std::nullopt,               // no information
    Cause::ADMIN_RESET,         // administrative disconnect
    Cause::NAS_ERROR,           // no proxy LCP
    Cause::ADMIN_RESET,         // Terminate-Request, not the user's
    Cause::USER_ERROR,          // encryption refused
    Cause::LOST_CARRIER,        // LCP timeout
    Cause::LOST_CARRIER,        // no LCP packets
    Cause::PORT_ERROR,          // looped back
    Cause::LOST_CARRIER,        // echo timeout
    Cause::USER_ERROR,          // Endpoint-Discriminator
    Cause::USER_ERROR,          // MRRU
    Cause::USER_ERROR,          // Short-Sequence-Number
    Cause::USER_ERROR,          // call-back refused
    Cause::USER_ERROR,          // authentication timeout
    Cause::USER_ERROR,          // name of another bundle
    Cause::USER_ERROR,          // authentication protocol unacceptable
    Cause::USER_ERROR,          // authentication failed
    Cause::LOST_CARRIER,        // NCP timeout
    Cause::USER_ERROR,          // no NCPs
    Cause::USER_ERROR,          // addresses do not converge
    Cause::SERVICE_UNAVAILABLE, // no address permitted
};

/// The Disconnect Code of an LCP Terminate-Request (RFC 3145, section 3.1).
constexpr uint16_t TERMINATE_REQUEST = 3;

/**
 * @brief Read a table that a number from the network leads to.
 * @param table the table
 * @param index the number
 * @param unknown what numbers beyond it are
 * @return the entry
 */
template <typename Table, typename Value>
Value
At(const Table& table, std::size_t index, Value unknown)
{
    return index < table.size() ? Value(table[index]) : unknown;
}

} // namespace

RadiusTerminateCause
L2tpTerminateCauseOfPpp(PppReason reason)
{
    for (const auto& row : PPP_ROWS)
    {
        if (row.reason == reason)
        {
            return row.cause;
        }
    }
    return Cause::NAS_REQUEST;
}

RadiusTerminateCause
L2tpTerminateCauseOfTunnel(const L2tpResultCode& code)
{
    return At(STOP_CAUSES, code.result, Cause::NAS_ERROR);
}

RadiusTerminateCause
L2tpTerminateCauseOfCall(const L2tpCall& call, bool isReceived)
{
    if (!call.GetDisconnectCauses().empty())
    {
        const auto& said = call.GetDisconnectCauses().front();
        const bool saidByLac = IsL2tpCallAtLac(call.GetRole()) != isReceived;
        const auto user =
            saidByLac ? L2tpDisconnectDirection::AT_LOCAL : L2tpDisconnectDirection::AT_PEER;
        if (said.code == TERMINATE_REQUEST && said.direction == static_cast<uint8_t>(user))
        {
            return Cause::USER_REQUEST;
        }
        if (const auto cause = At(DISCONNECT_CAUSES, said.code, std::optional<Cause>()))
        {
            return *cause;
        }
    }
    const uint16_t result = call.GetClearCode().result;
    if (result != 0)
    {
        return At(CALL_CAUSES, result - 1U, Cause::NAS_ERROR);
    }
    const L2tpTunnel* tunnel = call.GetTunnel();
    return tunnel ? L2tpTerminateCauseOfTunnel(tunnel->GetClearCode()) : Cause::LOST_SERVICE;
}

RadiusTerminateCause
L2tpTerminateCauseOfRejection(RadiusTerminateCause cause)
{
    const bool isEnd = cause == Cause::LOST_SERVICE || cause == Cause::NAS_REQUEST;
    return isEnd ? Cause::SERVICE_UNAVAILABLE : cause;
}

} // namespace ns3
