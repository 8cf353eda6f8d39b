/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_DROP_REASON_H
#define RADIUS_DROP_REASON_H

#include "radius-packet.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace ns3
{

/// Why a RADIUS packet was dropped. Each drop has one reason, and is traced with it.
enum class RadiusDropReason : uint8_t
{
    TRUNCATED,             //!< RadiusError::TRUNCATED
    LENGTH,                //!< RadiusError::LENGTH
    CODE,                  //!< RadiusError::CODE
    ATTRIBUTE_LENGTH,      //!< RadiusError::ATTRIBUTE_LENGTH
    ATTRIBUTE_VALUE,       //!< RadiusError::ATTRIBUTE_VALUE
    ATTRIBUTE_COUNT,       //!< RadiusError::ATTRIBUTE_COUNT
    ATTRIBUTE_MISSING,     //!< RadiusError::ATTRIBUTE_MISSING
    UNEXPECTED_CODE,       //!< a code that nobody sends to this port
    UNKNOWN_CLIENT,        //!< from an address for which there is no secret (RFC 2865, section 2)
    NO_REQUEST,            //!< no request with this Identifier waits at this port
    WRONG_SOURCE,          //!< not from the server that was asked
    AUTHENTICATOR,         //!< a wrong Authenticator (RFC 2865, section 3; RFC 2866, section 3)
    MESSAGE_AUTHENTICATOR, //!< Message-Authenticator is wrong, or missing (RFC 2869, section 5.14)
    HIDDEN_VALUE,          //!< a hidden value can't be found
    SEND_TOO_LONG,         //!< a reply that is longer than a packet may be
    SEND_NO_ROUTE,         //!< there is no route to the peer
    COUNT,                 //!< how many reasons there are
};

/// How many reasons there are, as a size.
inline constexpr std::size_t RADIUS_DROP_REASONS =
    static_cast<std::size_t>(RadiusDropReason::COUNT);

/// How often something was dropped, by RadiusDropReason.
using RadiusDropCounts = std::array<uint64_t, RADIUS_DROP_REASONS>;

/**
 * @brief The name of a reason.
 * @param reason the reason
 * @return words of lower-case letters, joined by hyphens
 */
const char* RadiusDropReasonName(RadiusDropReason reason);

/**
 * @brief The reason for dropping a packet with an error.
 * @param error the error, not NONE
 * @return the reason
 */
RadiusDropReason RadiusDropReasonOf(RadiusError error);

} // namespace ns3

#endif /* RADIUS_DROP_REASON_H */
