/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_PACKET_H
#define RADIUS_PACKET_H

#include "radius-attributes.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

inline constexpr uint16_t RADIUS_PORT = 1812;            //!< UDP port (RFC 2865, section 3)
inline constexpr uint16_t RADIUS_ACCOUNTING_PORT = 1813; //!< UDP port (RFC 2866, section 3)
inline constexpr std::size_t RADIUS_HEADER_SIZE = 20;    //!< octets before the attributes

/// The Code field (RFC 2865, section 3; RFC 2866, section 3).
enum class RadiusCode : uint8_t
{
    ACCESS_REQUEST = 1,      //!< may this user have access?
    ACCESS_ACCEPT = 2,       //!< yes, and so
    ACCESS_REJECT = 3,       //!< no
    ACCOUNTING_REQUEST = 4,  //!< this is what a user did
    ACCOUNTING_RESPONSE = 5, //!< it is recorded
    ACCESS_CHALLENGE = 11    //!< what does the user say to this?
};

/// A row of the table of codes.
struct RadiusCodeInfo
{
    RadiusCode code;                            //!< Code
    const char* name;                           //!< the RFC's name
    uint16_t maxSize;                           //!< most octets of a packet
    RadiusCount RadiusAttributeInfo::*quantity; //!< how often an attribute may be in it, or null
    uint16_t rfc;                               //!< the RFC that defines it
    const char* section;                        //!< where
};

/// The codes; that of Accounting-Response has no column as it has no attributes that mean anything.
extern const std::array<RadiusCodeInfo, 6> RADIUS_CODES;

/// Look a code up. @param code the code @return its row, or null if there is none
const RadiusCodeInfo* FindRadiusCode(RadiusCode code);

/// Name a code. @param code the code @return the RFC's name, "unknown" for others
const char* RadiusCodeName(RadiusCode code);

/// What is wrong with a packet.
enum class RadiusError : uint8_t
{
    NONE,              //!< nothing
    TRUNCATED,         //!< it ends within its header, or before its Length
    LENGTH,            //!< Length is below 20, or above what the code allows
    CODE,              //!< a Code that is not known
    ATTRIBUTE_LENGTH,  //!< an attribute's Length is below 2, or leads beyond the packet's
    ATTRIBUTE_VALUE,   //!< a value of a wrong size
    ATTRIBUTE_COUNT,   //!< an attribute that must not be there, or not so often
    ATTRIBUTE_MISSING, //!< an attribute that must be there
};

/// Name an error. @param error the error @return words of lower-case letters, joined by hyphens
const char* RadiusErrorName(RadiusError error);

/// The Authenticator field.
using RadiusAuthenticator = std::array<uint8_t, 16>;

/**
 * @ingroup l2tp
 *
 * @brief A RADIUS packet, as it is on the wire (RFC 2865, section 3).
 *
 * Serialising a packet that was parsed gives the octets it was parsed from, without what lies
 * behind its Length.
 */
struct RadiusPacket
{
    RadiusCode code{RadiusCode::ACCESS_REQUEST}; //!< Code
    uint8_t identifier{0};                       //!< Identifier: matches requests and replies
    RadiusAuthenticator authenticator{};         //!< Authenticator
    RadiusAttributes attributes;                 //!< the attributes, their values hidden or not

    /**
     * @brief Parse a packet.
     * @param octets the UDP datagram's; those behind Length are ignored, as they are padding
     * @param packet set to what was read if the result is NONE; with CODE and ATTRIBUTE_LENGTH, all
     *        before what is wrong
     * @return NONE, or the first thing wrong with its form; see Check() for its content
     */
    static RadiusError Parse(L2tpByteView octets, RadiusPacket& packet);

    /**
     * @brief Look whether each attribute has a legal size, and is in the packet as often as its RFC
     * has it (RFC 2865, section 5.44, and its likes).
     * @return NONE, ATTRIBUTE_VALUE, ATTRIBUTE_COUNT or ATTRIBUTE_MISSING
     */
    RadiusError Check() const;

    /// How long it is. @return octets
    std::size_t GetSize() const;

    /// The octets. @return the packet, of at most 65535
    std::vector<uint8_t> Serialize() const;
};

} // namespace ns3

#endif /* RADIUS_PACKET_H */
