/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-md5-hiding.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr std::size_t BLOCK = std::tuple_size<L2tpMd5Digest>::value; //!< octets of a block

/**
 * @brief Hide octets, or find hidden ones.
 * @param octets the octets
 * @param isCipher whether they are hidden
 * @param secret the secret
 * @param digest the digest for the first block
 */
void
Transform(std::vector<uint8_t>& octets,
          bool isCipher,
          const std::string& secret,
          L2tpMd5Digest digest)
{
    for (std::size_t at = 0; at < octets.size(); at += BLOCK)
    {
        const std::size_t size = std::min(BLOCK, octets.size() - at);
        const bool isLast = at + size == octets.size();
        // bi = MD5(S + c(i-1))
        const auto next = [&] { return L2tpMd5().Add(secret).Add(&octets[at], size).Finish(); };
        const auto ofCipher = isCipher && !isLast ? next() : L2tpMd5Digest();
        for (std::size_t i = 0; i < size; ++i)
        {
            octets[at + i] ^= digest[i];
        }
        if (!isLast)
        {
            digest = isCipher ? ofCipher : next();
        }
    }
}

} // namespace

void
L2tpMd5Hide(std::vector<uint8_t>& octets, const std::string& secret, const L2tpMd5Digest& first)
{
    Transform(octets, false, secret, first);
}

void
L2tpMd5Reveal(std::vector<uint8_t>& octets, const std::string& secret, const L2tpMd5Digest& first)
{
    Transform(octets, true, secret, first);
}

} // namespace ns3
