/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-result-code.h"

#include <array>

namespace ns3
{

namespace
{

/// The words of RFC 2661, section 4.4.2, for the results of a StopCCN; the index is the code.
constexpr std::array<const char*, 8> STOP_RESULTS{
    "reserved",
    "general request to clear control connection",
    "general error",
    "control channel already exists",
    "requester is not authorized to establish a control channel",
    "protocol version not supported",
    "requester is being shut down",
    "finite state machine error",
};

/// The words of RFC 2661, section 4.4.2, for the results of a CDN; the index is the code.
constexpr std::array<const char*, 12> CALL_RESULTS{
    "reserved",
    "call disconnected due to loss of carrier",
    "general error",
    "call disconnected for administrative reasons",
    "lack of appropriate facilities (temporary)",
    "lack of appropriate facilities (permanent)",
    "invalid destination",
    "no carrier detected",
    "busy signal detected",
    "lack of a dial tone",
    "call was not established within the time allotted",
    "connected but no appropriate framing was detected",
};

/// The words of RFC 2661, section 4.4.2, for the General Error codes; the index is the code.
constexpr std::array<const char*, 9> ERRORS{
    "no general error",
    "no control connection exists yet",
    "length is wrong",
    "field value out of range or reserved field non-zero",
    "insufficient resources",
    "session ID is invalid in this context",
    "vendor-specific error",
    "try another",
    "unknown AVP with the M-bit set",
};

/**
 * @brief Look a code up in one of the tables above.
 * @tparam N the table's size
 * @param table the table
 * @param code the code
 * @return the words
 */
template <std::size_t N>
const char*
Words(const std::array<const char*, N>& table, uint16_t code)
{
    return code < N ? table[code] : "not defined by RFC 2661";
}

} // namespace

L2tpResultCode
L2tpResultCode::Of(L2tpStopResult result)
{
    return {static_cast<uint16_t>(result), {}, {}};
}

L2tpResultCode
L2tpResultCode::Of(L2tpCallResult result)
{
    return {static_cast<uint16_t>(result), {}, {}};
}

L2tpResultCode
L2tpResultCode::Of(L2tpCallResult result, const std::string& message)
{
    return {static_cast<uint16_t>(result), static_cast<uint16_t>(L2tpErrorCode::NONE), message};
}

L2tpResultCode
L2tpResultCode::GeneralError(L2tpErrorCode error, const std::string& message)
{
    static_assert(static_cast<uint16_t>(L2tpStopResult::GENERAL_ERROR) ==
                  static_cast<uint16_t>(L2tpCallResult::GENERAL_ERROR));
    return {static_cast<uint16_t>(L2tpStopResult::GENERAL_ERROR),
            static_cast<uint16_t>(error),
            message};
}

std::string
L2tpResultCode::Describe(L2tpMessageType type) const
{
    std::string text = std::to_string(result);
    if (error)
    {
        text += "/" + std::to_string(*error);
    }
    text += " ";
    text +=
        type == L2tpMessageType::CDN ? Words(CALL_RESULTS, result) : Words(STOP_RESULTS, result);
    // Only result 2 makes the Error Code a General Error; with result 5 of a StopCCN it is a
    // version.
    if (error && result == static_cast<uint16_t>(L2tpStopResult::GENERAL_ERROR))
    {
        text += ": ";
        text += Words(ERRORS, *error);
    }
    if (!message.empty())
    {
        text += " (" + message + ")";
    }
    return text;
}

} // namespace ns3
