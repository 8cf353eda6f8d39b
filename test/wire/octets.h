/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_OCTETS_H
#define L2TP_TEST_OCTETS_H

#include "ns3/l2tp-byte-view.h"

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief Octets from hexadecimal digits.
 * @param hex pairs of digits, with spaces between pairs where it helps the reader
 * @return the octets
 */
inline std::vector<uint8_t>
Octets(const std::string& hex)
{
    std::vector<uint8_t> octets;
    for (std::size_t at = 0; at < hex.size();)
    {
        if (hex[at] == ' ')
        {
            ++at;
            continue;
        }
        octets.push_back(static_cast<uint8_t>(std::stoul(hex.substr(at, 2), nullptr, 16)));
        at += 2;
    }
    return octets;
}

/**
 * @brief Octets as hexadecimal digits, so that a failed comparison can be read.
 * @param octets the octets
 * @return pairs of digits without spaces
 */
inline std::string
Hex(L2tpByteView octets)
{
    std::string hex;
    for (const uint8_t octet : octets)
    {
        char pair[3];
        std::snprintf(pair, sizeof(pair), "%02x", octet);
        hex += pair;
    }
    return hex;
}

} // namespace ns3

#endif /* L2TP_TEST_OCTETS_H */
