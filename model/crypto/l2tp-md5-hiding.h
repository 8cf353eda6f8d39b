/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_MD5_HIDING_H
#define L2TP_MD5_HIDING_H

#include "l2tp-digest.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

// The way of L2TP and RADIUS to hide octets by MD5 and a secret: each block of 16 octets is
// combined by exclusive-or with a digest, the first one with a digest that the caller makes, each
// other with that of the secret and the block of ciphertext before it. RFC 2661, section 4.3; RFC
// 2865, section 5.2; RFC 2868, section 3.5.

/**
 * @brief Hide octets.
 * @param octets the octets, of any number
 * @param secret the secret
 * @param first the digest for the first block
 */
void L2tpMd5Hide(std::vector<uint8_t>& octets,
                 const std::string& secret,
                 const L2tpMd5Digest& first);

/**
 * @brief Find octets that were hidden.
 * @param octets the octets, of any number
 * @param secret the secret
 * @param first the digest for the first block
 */
void L2tpMd5Reveal(std::vector<uint8_t>& octets,
                   const std::string& secret,
                   const L2tpMd5Digest& first);

} // namespace ns3

#endif /* L2TP_MD5_HIDING_H */
