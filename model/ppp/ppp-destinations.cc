/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-destinations.h"

#include <algorithm>

namespace ns3
{

uint32_t
PppDestinations::NetworkOf(Ipv4Address address, uint8_t length)
{
    return length == 0 ? 0 : address.Get() >> (HOST - length) << (HOST - length);
}

void
PppDestinations::Add(Ipv4Address network, uint8_t length, uint32_t metric, PppSharedLine* line)
{
    m_routes[length].emplace(NetworkOf(network, length), Route{line, metric, ++m_serial});
    m_lengths |= 1ULL << length;
}

void
PppDestinations::Remove(Ipv4Address network,
                        uint8_t length,
                        uint32_t metric,
                        const PppSharedLine* line)
{
    Routes& routes = m_routes[length];
    const auto [first, last] = routes.equal_range(NetworkOf(network, length));
    const auto route = std::find_if(first, last, [&](const auto& entry) {
        return entry.second.line == line && entry.second.metric == metric;
    });
    if (route != last)
    {
        routes.erase(route);
    }
    if (routes.empty())
    {
        m_lengths &= ~(1ULL << length);
    }
}

PppDestinations::Match
PppDestinations::Find(Ipv4Address destination) const
{
    for (uint8_t length = HOST + 1; length-- > 0;)
    {
        if (!(m_lengths >> length & 1))
        {
            continue;
        }
        const auto [first, last] = m_routes[length].equal_range(NetworkOf(destination, length));
        const auto best = std::min_element(first, last, [](const auto& a, const auto& b) {
            return a.second.metric != b.second.metric ? a.second.metric < b.second.metric
                                                      : a.second.serial > b.second.serial;
        });
        if (best != last)
        {
            return {best->second.line, length, best->second.metric};
        }
    }
    return {};
}

} // namespace ns3
