/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_CONTROL_PACKET_H
#define PPP_CONTROL_PACKET_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/// Values of the Code field of LCP and the NCPs (RFC 1661, section 5).
enum class PppCode : uint8_t
{
    CONFIGURE_REQUEST = 1, //!< section 5.1
    CONFIGURE_ACK = 2,     //!< section 5.2
    CONFIGURE_NAK = 3,     //!< section 5.3
    CONFIGURE_REJECT = 4,  //!< section 5.4
    TERMINATE_REQUEST = 5, //!< section 5.5
    TERMINATE_ACK = 6,     //!< section 5.5
    CODE_REJECT = 7,       //!< section 5.6
    PROTOCOL_REJECT = 8,   //!< section 5.7, LCP only
    ECHO_REQUEST = 9,      //!< section 5.8, LCP only
    ECHO_REPLY = 10,       //!< section 5.8, LCP only
    DISCARD_REQUEST = 11   //!< section 5.9, LCP only
};

/**
 * @brief Name a code of LCP or an NCP.
 * @param code the value of the Code field
 * @return its name in the RFC, or "unknown"
 */
const char* PppCodeName(uint8_t code);

/// Why a control packet could not be read.
enum class PppControlError : uint8_t
{
    NONE,             //!< it was read
    TRUNCATED,        //!< fewer than the four octets of Code, Identifier and Length
    LENGTH_TOO_SHORT, //!< Length below four
    LENGTH_TOO_LONG   //!< Length beyond the end of the packet
};

/**
 * @brief Name an error of a control packet.
 * @param error the error
 * @return its name
 */
const char* PppControlErrorName(PppControlError error);

/**
 * @ingroup l2tp
 *
 * @brief The packet format that LCP, the NCPs, PAP and CHAP share: Code, Identifier, Length, Data
 * (RFC 1661, section 5; RFC 1334, section 2.2; RFC 1994, section 4).
 */
struct PppControlPacket
{
    /// Octets of Code, Identifier and Length.
    static constexpr std::size_t HEADER_SIZE = 4;

    uint8_t code{0};           //!< the Code field
    uint8_t identifier{0};     //!< the Identifier field
    std::vector<uint8_t> data; //!< the Data field, at most 65531 octets

    /**
     * @brief Read a packet; what follows the octets of its Length is padding and ignored.
     * @param octets the octets of the PPP Information field
     * @param size how many there are
     * @param packet set to what was read, if the result is NONE
     * @return NONE, or what is wrong
     */
    static PppControlError Parse(const uint8_t* octets, std::size_t size, PppControlPacket& packet);

    /**
     * @brief Write the packet.
     * @return its octets
     */
    std::vector<uint8_t> Serialize() const;
};

} // namespace ns3

#endif /* PPP_CONTROL_PACKET_H */
