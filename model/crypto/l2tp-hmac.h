/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_HMAC_H
#define L2TP_HMAC_H

#include "l2tp-digest.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief HMAC-MD5 (RFC 2104), by libgcrypt: a digest that only who has the key can make.
 * @param key the key, of any length
 * @param data the octets
 * @param size how many
 * @return the digest
 */
L2tpMd5Digest L2tpHmacMd5(const std::vector<uint8_t>& key, const uint8_t* data, std::size_t size);

} // namespace ns3

#endif /* L2TP_HMAC_H */
