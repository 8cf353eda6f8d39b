/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DISCONNECT_CAUSE_H
#define L2TP_DISCONNECT_CAUSE_H

#include <array>
#include <cstdint>
#include <string>

namespace ns3
{

/// In which direction a Disconnect Code applies, seen from the sender (RFC 3145, section 2).
enum class L2tpDisconnectDirection : uint8_t
{
    GLOBAL = 0,   //!< global error
    AT_PEER = 1,  //!< at peer
    AT_LOCAL = 2, //!< at local
};

/// What a Disconnect Code says about the Control Protocol Number (RFC 3145, section 3).
enum class L2tpDisconnectGroup : uint8_t
{
    GLOBAL,         //!< section 3.1: it MUST be 0
    LCP,            //!< section 3.2: it MUST be C021 hexadecimal
    AUTHENTICATION, //!< section 3.3: it MUST be that of the authentication protocol in use
    NETWORK,        //!< section 3.4: it SHOULD be that of the Network Control Protocol
};

/// A row of the table of Disconnect Codes.
struct L2tpDisconnectCodeInfo
{
    uint16_t code;             //!< Disconnect Code
    L2tpDisconnectGroup group; //!< which kind of error
    const char* words;         //!< the RFC's words
    const char* atPeer;        //!< what direction 1 says; null if the RFC gives it no meaning
    const char* atLocal;       //!< what direction 2 says; null if the RFC gives it no meaning
};

/// Every Disconnect Code of RFC 3145, section 3, by its number.
extern const std::array<L2tpDisconnectCodeInfo, 21> L2TP_DISCONNECT_CODES;

/**
 * @ingroup l2tp
 *
 * @brief The value of a PPP Disconnect Cause Code AVP: why PPP ended, and the call with it
 * (RFC 3145, section 2). It is for people and logs only; nothing is done because of it.
 */
struct L2tpDisconnectCause
{
    uint16_t code{0};      //!< Disconnect Code
    uint16_t protocol{0};  //!< Control Protocol Number, a PPP protocol; 0 for none
    uint8_t direction{0};  //!< of L2tpDisconnectDirection; other values are reserved
    std::string message{}; //!< descriptive text, UTF-8, may be empty

    /**
     * @brief The cause in words, as the RFC has them.
     * @return for example "16 PPP authentication failure: Authentication failed (bad name,
     * password, or secret), Authentication of peer identity by local system, protocol c223"
     */
    std::string Describe() const;

    bool operator==(const L2tpDisconnectCause& other) const
    {
        return code == other.code && protocol == other.protocol && direction == other.direction &&
               message == other.message;
    }
};

} // namespace ns3

#endif /* L2TP_DISCONNECT_CAUSE_H */
