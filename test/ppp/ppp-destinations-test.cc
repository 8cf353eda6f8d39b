/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Which of many lines an IPv4 destination is reached by.

#include "ns3/ppp-destinations.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <tuple>
#include <vector>

using namespace ns3;

namespace
{

/// A line that is nothing but its address. @param number which @return it
PppSharedLine*
Line(std::size_t number)
{
    static char lines[256];
    return reinterpret_cast<PppSharedLine*>(&lines[number]);
}

/// A route as Add() takes it.
struct Route
{
    uint32_t network;    //!< the network
    uint8_t length;      //!< bits of it that count
    uint32_t metric;     //!< the least is used
    PppSharedLine* line; //!< where it leads
};

/// The mask of a length. @param length bits @return it
uint32_t
MaskOf(uint8_t length)
{
    return length == 0 ? 0 : ~0U << (32 - length);
}

/// What a walk over all routes finds. @param routes in the order of Add() @param destination where
/// to @return the line, or null
PppSharedLine*
Walk(const std::vector<Route>& routes, uint32_t destination)
{
    const Route* best = nullptr;
    for (const Route& route : routes)
    {
        const bool fits = ((destination ^ route.network) & MaskOf(route.length)) == 0;
        if (fits && (!best || route.length > best->length ||
                     (route.length == best->length && route.metric <= best->metric)))
        {
            best = &route;
        }
    }
    return best ? best->line : nullptr;
}

} // namespace

TEST(PppDestinationsTest, TheLongestPrefixIsUsed)
{
    PppDestinations table;
    EXPECT_EQ(table.Find("10.0.0.1").line, nullptr);
    table.Add("0.0.0.0", 0, 1, Line(0));
    table.Add("10.0.0.0", 8, 1, Line(1));
    table.Add("10.1.0.0", 16, 9, Line(2));
    table.Add("10.1.0.7", 32, 0, Line(3));
    EXPECT_EQ(table.Find("192.0.2.1").line, Line(0));
    EXPECT_EQ(table.Find("10.2.0.1").line, Line(1));
    const auto match = table.Find("10.1.255.255");
    EXPECT_EQ(match.line, Line(2));
    EXPECT_EQ(match.length, 16);
    EXPECT_EQ(match.metric, 9U);
    EXPECT_EQ(table.Find("10.1.0.7").line, Line(3));
    table.Remove("10.1.0.7", 32, 0, Line(3));
    EXPECT_EQ(table.Find("10.1.0.7").line, Line(2));
}

// As ns-3's static routing has it.
TEST(PppDestinationsTest, OfSeveralTheLeastMetricAndThenTheLastIsUsed)
{
    PppDestinations table;
    table.Add("192.168.0.0", 16, 2, Line(0));
    table.Add("192.168.0.0", 16, 1, Line(1));
    table.Add("192.168.0.0", 16, 1, Line(2));
    EXPECT_EQ(table.Find("192.168.3.4").line, Line(2));
    table.Remove("192.168.0.0", 16, 1, Line(2));
    EXPECT_EQ(table.Find("192.168.3.4").line, Line(1));
    table.Remove("192.168.0.0", 16, 7, Line(1)); // which it is not
    EXPECT_EQ(table.Find("192.168.3.4").line, Line(1));
    table.Remove("192.168.0.0", 16, 1, Line(1));
    EXPECT_EQ(table.Find("192.168.3.4").line, Line(0));
    table.Remove("192.168.0.0", 16, 2, Line(0));
    EXPECT_EQ(table.Find("192.168.3.4").line, nullptr);
}

TEST(PppDestinationsTest, FindsWhatAWalkOverAllRoutesFinds)
{
    std::mt19937 random(1);
    PppDestinations table;
    std::vector<Route> routes;
    for (int step = 0; step < 4000; ++step)
    {
        if (routes.size() < 60 || random() % 2)
        {
            const auto length = static_cast<uint8_t>(random() % 33);
            // Few networks, so that many overlap.
            const uint32_t network =
                (random() % 4 << 30 | random() % 4 << 8 | random() % 4) & MaskOf(length);
            const Route route{network,
                              length,
                              static_cast<uint32_t>(random() % 3),
                              Line(random() % 256)};
            routes.push_back(route);
            table.Add(Ipv4Address(network), length, route.metric, route.line);
        }
        else
        {
            const auto gone = routes.begin() + random() % routes.size();
            // The same may be there twice: the one that is found goes.
            const Route route = *gone;
            const auto count = std::count_if(routes.begin(), routes.end(), [&](const Route& other) {
                return std::tie(other.network, other.length, other.metric, other.line) ==
                       std::tie(route.network, route.length, route.metric, route.line);
            });
            if (count == 1)
            {
                routes.erase(gone);
                table.Remove(Ipv4Address(route.network), route.length, route.metric, route.line);
            }
        }
        const uint32_t destination = random() % 4 << 30 | random() % 4 << 8 | random() % 4;
        ASSERT_EQ(table.Find(Ipv4Address(destination)).line, Walk(routes, destination))
            << Ipv4Address(destination);
    }
}
