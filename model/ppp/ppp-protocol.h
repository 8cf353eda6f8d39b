/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_PROTOCOL_H
#define PPP_PROTOCOL_H

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Values of the PPP Protocol field (RFC 1661, section 2; "Assigned Numbers").
 *
 * A plain integer type with named values: every 16-bit value may come from the network.
 */
namespace ppp_protocol
{
constexpr uint16_t IPV4 = 0x0021;   //!< Internet Protocol (RFC 1332, section 2.1)
constexpr uint16_t IPV6 = 0x0057;   //!< Internet Protocol version 6 (RFC 5072)
constexpr uint16_t IPCP = 0x8021;   //!< IP Control Protocol (RFC 1332, section 2)
constexpr uint16_t IPV6CP = 0x8057; //!< IPv6 Control Protocol (RFC 5072)
constexpr uint16_t CCP = 0x80fd;    //!< Compression Control Protocol (RFC 1962)
constexpr uint16_t LCP = 0xc021;    //!< Link Control Protocol (RFC 1661, section 5)
constexpr uint16_t PAP = 0xc023;    //!< Password Authentication Protocol (RFC 1334)
constexpr uint16_t LQR = 0xc025;    //!< Link Quality Report (RFC 1661, section 6.3)
constexpr uint16_t CHAP = 0xc223;   //!< Challenge Handshake Authentication (RFC 1994)

/// Smallest value of control protocols: of NCPs, and from 0xc000 on LCP and its like (RFC 1661,
/// section 2).
constexpr uint16_t FIRST_CONTROL = 0x8000;

/// Largest value that Protocol-Field-Compression sends in one octet (RFC 1661, section 6.5).
constexpr uint16_t LARGEST_COMPRESSIBLE = 0x00ff;
} // namespace ppp_protocol

/**
 * @brief Name a PPP protocol.
 * @param protocol the value of the Protocol field
 * @return its usual abbreviation, or "unknown"
 */
const char* PppProtocolName(uint16_t protocol);

} // namespace ns3

#endif /* PPP_PROTOCOL_H */
