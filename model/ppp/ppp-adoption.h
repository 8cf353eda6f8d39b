/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_ADOPTION_H
#define PPP_ADOPTION_H

#include "ppp-user-table.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What another system has come to with the peer, before it hands the circuit over to a
 * PppLink: so an L2TP access concentrator does (RFC 2661, section 4.4.5).
 *
 * All of it may be any octets.
 */
struct PppAdoption
{
    std::vector<uint8_t> sentRequest;      //!< options of LCP's last Configure-Request to the peer
    std::vector<uint8_t> receivedRequest;  //!< and of the last one from the peer
    std::optional<PppAuthAttempt> attempt; //!< what the peer told to prove who it is
};

/// What LCP thinks of an adoption.
enum class PppAdoptionVerdict : uint8_t
{
    ADOPTED,         //!< LCP is Opened without a packet
    MALFORMED,       //!< the options can't be read, or one is there twice (RFC 1661, section 6)
    AUTH_MISMATCH,   //!< the peer agreed to prove who it is otherwise than it must
    MRU_TOO_LARGE,   //!< the peer may send longer packets than this end takes
    OPTION_UNWANTED, //!< this end would not have requested another option so
    PEER_UNWANTED    //!< this end would not have acknowledged the peer's request
};

/// How many verdicts there are.
constexpr std::size_t PPP_ADOPTION_VERDICTS = 6;

/**
 * @brief Name a verdict.
 * @param verdict the verdict
 * @return its name in words
 */
const char* PppAdoptionVerdictName(PppAdoptionVerdict verdict);

} // namespace ns3

#endif /* PPP_ADOPTION_H */
