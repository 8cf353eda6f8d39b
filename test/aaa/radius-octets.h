/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TEST_RADIUS_OCTETS_H
#define TEST_RADIUS_OCTETS_H

#include "wire/octets.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace ns3
{

/// The link type of captures that begin with the IP header.
inline constexpr uint32_t LINK_TYPE_RAW = 101;

/**
 * @brief Put a UDP payload into a datagram over IPv4, with a good IP checksum and no UDP one.
 * @param payload the payload
 * @param from source port
 * @param to destination port
 * @param isReply whether it goes from 10.0.0.2 to 10.0.0.1, and not the other way
 * @return the datagram from its IP header on
 */
inline std::vector<uint8_t>
InUdp(const std::vector<uint8_t>& payload, uint16_t from, uint16_t to, bool isReply = false)
{
    const auto udp = static_cast<uint16_t>(8 + payload.size());
    const auto total = static_cast<uint16_t>(20 + udp);
    const auto high = [](uint16_t value) { return static_cast<uint8_t>(value >> 8); };
    const auto low = [](uint16_t value) { return static_cast<uint8_t>(value & 0xff); };
    std::vector<uint8_t> datagram(28 + payload.size());
    datagram[0] = 0x45; // version 4, header of five words
    datagram[2] = high(total);
    datagram[3] = low(total);
    datagram[8] = 64; // TTL
    datagram[9] = 17; // UDP
    datagram[12] = datagram[16] = 10;
    datagram[15] = isReply ? 2 : 1;
    datagram[19] = isReply ? 1 : 2;
    datagram[20] = high(from);
    datagram[21] = low(from);
    datagram[22] = high(to);
    datagram[23] = low(to);
    datagram[24] = high(udp);
    datagram[25] = low(udp);
    std::copy(payload.begin(), payload.end(), datagram.begin() + 28);
    uint32_t sum = 0;
    for (std::size_t i = 0; i < 20; i += 2)
    {
        sum += datagram[i] << 8 | datagram[i + 1];
    }
    sum = (sum & 0xffff) + (sum >> 16);
    const auto checksum = static_cast<uint16_t>(~((sum & 0xffff) + (sum >> 16)));
    datagram[10] = high(checksum);
    datagram[11] = low(checksum);
    return datagram;
}

} // namespace ns3

#endif /* TEST_RADIUS_OCTETS_H */
