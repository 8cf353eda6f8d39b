/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_AVP_H
#define L2TP_AVP_H

#include "l2tp-byte-view.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief One Attribute Value Pair, as found in a message (RFC 2661, section 4.1).
 *
 * @verbatim
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |M|H| rsvd  |      Length       |           Vendor ID           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Attribute Type        |        Attribute Value...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * @endverbatim
 */
struct L2tpAvp
{
    static constexpr std::size_t HEADER_SIZE = 6;      //!< octets before the value
    static constexpr std::size_t MAX_SIZE = 1023;      //!< most octets of an AVP (10-bit Length)
    static constexpr uint16_t FLAG_MANDATORY = 0x8000; //!< M
    static constexpr uint16_t FLAG_HIDDEN = 0x4000;    //!< H
    static constexpr uint16_t RESERVED_BITS = 0x3c00;  //!< rsvd
    static constexpr uint16_t LENGTH_BITS = 0x03ff;    //!< Length

    uint16_t flags{0};    //!< M, H and the reserved bits, in their places of the first word
    uint16_t vendor{0};   //!< Vendor ID, 0 for the IETF
    uint16_t type{0};     //!< Attribute Type
    L2tpByteView value{}; //!< Attribute Value; the message owns the octets

    /// The M bit. @return true if set
    bool IsMandatory() const
    {
        return flags & FLAG_MANDATORY;
    }

    /// The H bit. @return true if set
    bool IsHidden() const
    {
        return flags & FLAG_HIDDEN;
    }

    /// The reserved bits. @return true if any is set, so that the AVP is unrecognized
    bool HasReservedBits() const
    {
        return flags & RESERVED_BITS;
    }
};

/// What can be wrong with the form of an AVP (RFC 2661, section 4.1).
enum class L2tpAvpError : uint8_t
{
    NONE,      //!< nothing
    TRUNCATED, //!< fewer than 6 octets are left
    TOO_SHORT, //!< Length is below 6
    OVERRUN,   //!< Length runs beyond the message
};

/**
 * @brief The name of an AVP error.
 * @param error the error
 * @return a word of lower-case letters and hyphens
 */
const char* L2tpAvpErrorName(L2tpAvpError error);

/**
 * @brief Parse the AVP at the start of some octets.
 *
 * Each success consumes at least 6 octets, so that a loop over a body ends.
 *
 * @param octets what is left of the message; the AVP's octets are taken off
 * @param avp receives the AVP if there is no error
 * @return what is wrong, or NONE
 */
L2tpAvpError ParseL2tpAvp(L2tpByteView& octets, L2tpAvp& avp);

/**
 * @brief Append an AVP to a message body.
 *
 * @param avp the AVP; its value at most MAX_SIZE - HEADER_SIZE octets, else the program stops; it
 * may lie in the body
 * @param body what to append to
 */
void AppendL2tpAvp(const L2tpAvp& avp, std::vector<uint8_t>& body);

} // namespace ns3

#endif /* L2TP_AVP_H */
