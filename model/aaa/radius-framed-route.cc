/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-framed-route.h"

#include "radius-tunnel.h"

#include <sstream>

namespace ns3
{

namespace
{

constexpr uint32_t ADDRESS_BITS = 32; //!< bits of an IPv4 address

/// Read a decimal number. @param text the text @param max the largest one @return the number, or
/// nothing if it is none
std::optional<uint32_t>
ReadNumber(const std::string& text, uint32_t max)
{
    uint64_t value = 0;
    for (const char letter : text)
    {
        if (letter < '0' || letter > '9')
        {
            return std::nullopt;
        }
        value = value * 10 + (letter - '0');
        if (value > max)
        {
            return std::nullopt;
        }
    }
    return text.empty() ? std::nullopt : std::make_optional(static_cast<uint32_t>(value));
}

/// The prefix length of an address' class. @param address the address @return 8, 16 or 24 bits
uint32_t
BitsOfClass(Ipv4Address address)
{
    const auto value = address.Get();
    if (value < 0x80000000)
    {
        return 8;
    }
    return value < 0xc0000000 ? 16 : 24;
}

} // namespace

std::optional<RadiusFramedRoute>
RadiusFramedRoute::Parse(const std::string& text)
{
    std::istringstream words(text);
    std::string prefix;
    std::string gateway;
    std::string metric;
    words >> prefix >> gateway >> metric;
    const auto slash = prefix.find('/');
    const auto destination = ReadRadiusAddress(prefix.substr(0, slash));
    const auto via = ReadRadiusAddress(gateway);
    if (!destination || !destination->IsIpv4() || !via || !via->IsIpv4())
    {
        return std::nullopt;
    }
    const auto network = destination->GetIpv4();
    const auto bits = slash == std::string::npos
                          ? BitsOfClass(network)
                          : ReadNumber(prefix.substr(slash + 1), ADDRESS_BITS);
    const auto first = metric.empty() ? 1 : ReadNumber(metric, UINT32_MAX);
    if (!bits || !first)
    {
        return std::nullopt;
    }
    const Ipv4Mask mask(*bits == 0 ? 0 : UINT32_MAX << (ADDRESS_BITS - *bits));
    if (network.CombineMask(mask) != network)
    {
        return std::nullopt;
    }
    return RadiusFramedRoute{network, mask, via->GetIpv4(), *first};
}

std::string
RadiusFramedRoute::Serialize() const
{
    std::ostringstream text;
    text << network << "/" << mask.GetPrefixLength() << " " << gateway << " " << metric;
    return text.str();
}

} // namespace ns3
