/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RESULT_CODE_H
#define L2TP_RESULT_CODE_H

#include "l2tp-message-catalog.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

/// Result Code values of a StopCCN (RFC 2661, section 4.4.2).
enum class L2tpStopResult : uint16_t
{
    GENERAL_REQUEST = 1,       //!< general request to clear control connection
    GENERAL_ERROR = 2,         //!< general error; the Error Code indicates the problem
    ALREADY_EXISTS = 3,        //!< control channel already exists
    NOT_AUTHORIZED = 4,        //!< requester is not authorized to establish a control channel
    VERSION_NOT_SUPPORTED = 5, //!< protocol version not supported; Error Code: highest supported
    SHUTTING_DOWN = 6,         //!< requester is being shut down
    FSM_ERROR = 7,             //!< finite state machine error
};

/// Result Code values of a CDN (RFC 2661, section 4.4.2).
enum class L2tpCallResult : uint16_t
{
    LOSS_OF_CARRIER = 1,         //!< call disconnected due to loss of carrier
    GENERAL_ERROR = 2,           //!< call disconnected for the reason in the Error Code
    ADMINISTRATIVE = 3,          //!< call disconnected for administrative reasons
    NO_FACILITIES_TEMPORARY = 4, //!< lack of appropriate facilities, temporary condition
    NO_FACILITIES_PERMANENT = 5, //!< lack of appropriate facilities, permanent condition
    INVALID_DESTINATION = 6,     //!< invalid destination
    NO_CARRIER = 7,              //!< call failed due to no carrier detected
    BUSY = 8,                    //!< call failed due to detection of a busy signal
    NO_DIAL_TONE = 9,            //!< call failed due to lack of a dial tone
    NOT_IN_TIME = 10,            //!< call was not established within time allotted by LAC
    NO_FRAMING = 11,             //!< call was connected but no appropriate framing was detected
};

/// General Error Code values (RFC 2661, section 4.4.2).
enum class L2tpErrorCode : uint16_t
{
    NONE = 0,                  //!< no general error
    NO_CONTROL_CONNECTION = 1, //!< no control connection exists yet for this LAC-LNS pair
    LENGTH = 2,                //!< length is wrong
    OUT_OF_RANGE = 3,          //!< a field value was out of range or a reserved field non-zero
    NO_RESOURCES = 4,          //!< insufficient resources to handle this operation now
    INVALID_SESSION_ID = 5,    //!< the Session ID is invalid in this context
    VENDOR_SPECIFIC = 6,       //!< a generic vendor-specific error occurred in the LAC
    TRY_ANOTHER = 7,           //!< try another LNS
    UNKNOWN_MANDATORY_AVP = 8, //!< receipt of an unknown AVP with the M-bit set
};

/**
 * @ingroup l2tp
 *
 * @brief The value of a Result Code AVP: why a tunnel or a call is cleared (section 4.4.2).
 */
struct L2tpResultCode
{
    uint16_t result{0};              //!< Result Code; its meaning depends on the message
    std::optional<uint16_t> error{}; //!< Error Code, if present
    std::string message{};           //!< Error Message, UTF-8, only with an Error Code

    /// Why a tunnel is cleared. @param result the reason @return the AVP's value
    static L2tpResultCode Of(L2tpStopResult result);
    /// Why a call is cleared. @param result the reason @return the AVP's value
    static L2tpResultCode Of(L2tpCallResult result);
    /**
     * @brief Why a call is cleared, with words for a person to read.
     *
     * An Error Message can't be without an Error Code: it is 0, "no general error".
     * @param result the reason
     * @param message the Error Message
     * @return the AVP's value
     */
    static L2tpResultCode Of(L2tpCallResult result, const std::string& message);
    /**
     * @brief A general error: result 2 of either message.
     * @param error what the error is
     * @param message the Error Message, for a person to read
     * @return the AVP's value
     */
    static L2tpResultCode GeneralError(L2tpErrorCode error, const std::string& message);

    /**
     * @brief The code in words, as the RFC has them.
     * @param type STOPCCN or CDN, which decides what the Result Code means
     * @return for example "2/8 general error: unknown AVP with the M-bit set (AVP 77)"
     */
    std::string Describe(L2tpMessageType type) const;

    bool operator==(const L2tpResultCode& other) const
    {
        return result == other.result && error == other.error && message == other.message;
    }
};

} // namespace ns3

#endif /* L2TP_RESULT_CODE_H */
