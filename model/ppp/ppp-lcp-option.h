/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_LCP_OPTION_H
#define PPP_LCP_OPTION_H

#include <cstdint>

namespace ns3
{

/// Types and values of LCP's Configuration Options (RFC 1661, section 6).
namespace lcp_option
{
constexpr uint8_t MRU = 1;     //!< Maximum-Receive-Unit, section 6.1
constexpr uint8_t ACCM = 2;    //!< Async-Control-Character-Map (RFC 1662, section 7.1)
constexpr uint8_t AUTH = 3;    //!< Authentication-Protocol, section 6.2
constexpr uint8_t QUALITY = 4; //!< Quality-Protocol, section 6.3
constexpr uint8_t MAGIC = 5;   //!< Magic-Number, section 6.4
constexpr uint8_t PFC = 7;     //!< Protocol-Field-Compression, section 6.5
constexpr uint8_t ACFC = 8;    //!< Address-and-Control-Field-Compression, section 6.6

constexpr uint16_t DEFAULT_MRU = 1500; //!< octets, section 6.1
constexpr uint8_t CHAP_MD5 = 5;        //!< CHAP's Algorithm field (RFC 1994, section 3)
constexpr uint8_t CHAP_MS_V2 = 0x81;   //!< the same (RFC 2759, section 2)

constexpr uint32_t DEFAULT_ACCM = 0xffffffff; //!< all characters, RFC 1662, section 7.1
} // namespace lcp_option

} // namespace ns3

#endif /* PPP_LCP_OPTION_H */
