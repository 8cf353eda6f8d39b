/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_DESTINATIONS_H
#define PPP_DESTINATIONS_H

#include "ns3/ipv4-address.h"

#include <array>
#include <cstdint>
#include <unordered_map>

namespace ns3
{

class PppSharedLine;

/**
 * @ingroup l2tp
 *
 * @brief Which of many lines leads to an IPv4 destination: the one with the longest prefix; of
 * several such ones the one with the least metric; of those the one that was added last, as ns-3's
 * static routing has it.
 *
 * All costs are those of at most 33 look-ups by hash, one for each length of prefix in use: the
 * number of lines doesn't matter.
 */
class PppDestinations
{
  public:
    static constexpr uint8_t HOST = 32; //!< length of a prefix that is one address

    /// What a destination is reached by.
    struct Match
    {
        PppSharedLine* line{nullptr}; //!< the line, or null if there is none
        uint8_t length{0};            //!< of the prefix, in bits
        uint32_t metric{0};           //!< of the route
    };

    /**
     * @brief Add a route.
     * @param network the network, whose other bits are 0
     * @param length how many bits of it count, 0 to 32
     * @param metric the least is used
     * @param line where it leads
     */
    void Add(Ipv4Address network, uint8_t length, uint32_t metric, PppSharedLine* line);

    /**
     * @brief Remove a route. Its parameters are those of Add().
     * @param network the network
     * @param length how many bits of it count
     * @param metric the metric
     * @param line where it leads
     */
    void Remove(Ipv4Address network, uint8_t length, uint32_t metric, const PppSharedLine* line);

    /// Find the best route. @param destination where to @return it
    Match Find(Ipv4Address destination) const;

  private:
    /// A route.
    struct Route
    {
        PppSharedLine* line; //!< where it leads
        uint32_t metric;     //!< the least is used
        uint32_t serial;     //!< of several, the one that was added last is used
    };

    /// Routes of one length of prefix, by network.
    using Routes = std::unordered_multimap<uint32_t, Route>;

    /// The bits of an address that count. @param address it @param length how many @return them
    static uint32_t NetworkOf(Ipv4Address address, uint8_t length);

    std::array<Routes, HOST + 1> m_routes; //!< by length of prefix
    uint64_t m_lengths{0};                 //!< which lengths are in use, a bit for each
    uint32_t m_serial{0};                  //!< of the route added last
};

} // namespace ns3

#endif /* PPP_DESTINATIONS_H */
