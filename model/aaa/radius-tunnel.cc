/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-tunnel.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <map>

namespace ns3
{

namespace
{

using K = RadiusKeys;

/// A text of a tunnel, and the attribute that has it.
struct TextField
{
    K::TaggedText key;               //!< the attribute
    std::string RadiusTunnel::*text; //!< the text
    bool isAccounted;                //!< whether an Accounting-Request may have it
};

/// A number of a tunnel, and the attribute that has it.
struct NumberField
{
    K::TaggedInteger key;           //!< the attribute
    uint32_t RadiusTunnel::*number; //!< the number
    bool isAccounted;               //!< whether an Accounting-Request may have it
};

/// The numbers, in the order of RFC 2868.
constexpr std::array<NumberField, 3> NUMBERS{{
    {K::TUNNEL_TYPE, &RadiusTunnel::type, true},
    {K::TUNNEL_MEDIUM_TYPE, &RadiusTunnel::medium, true},
    {K::TUNNEL_PREFERENCE, &RadiusTunnel::preference, false},
}};

/// The texts, in the order of RFC 2868.
constexpr std::array<TextField, 7> TEXTS{{
    {K::TUNNEL_CLIENT_ENDPOINT, &RadiusTunnel::clientEndpoint, true},
    {K::TUNNEL_SERVER_ENDPOINT, &RadiusTunnel::serverEndpoint, true},
    {K::TUNNEL_PASSWORD, &RadiusTunnel::password, false},
    {K::TUNNEL_PRIVATE_GROUP_ID, &RadiusTunnel::privateGroupId, true},
    {K::TUNNEL_ASSIGNMENT_ID, &RadiusTunnel::assignmentId, true},
    {K::TUNNEL_CLIENT_AUTH_ID, &RadiusTunnel::clientAuthId, true},
    {K::TUNNEL_SERVER_AUTH_ID, &RadiusTunnel::serverAuthId, true},
}};

/// Write a tunnel. @param tunnel the tunnel @param accounted whether for an Accounting-Request
/// @param attributes receives it @return false if a text is too long
bool
Write(RadiusTunnel tunnel, bool accounted, RadiusAttributes& attributes)
{
    if (tunnel.medium == 0)
    {
        const auto address = ReadRadiusAddress(tunnel.serverEndpoint);
        tunnel.medium = address && address->IsIpv6() ? RadiusMedium::IPV6 : RadiusMedium::IPV4;
    }
    for (const auto& field : NUMBERS)
    {
        if (field.isAccounted || !accounted)
        {
            attributes.Add(field.key, {tunnel.tag, tunnel.*field.number});
        }
    }
    bool fits = true;
    for (const auto& field : TEXTS)
    {
        const auto& text = tunnel.*field.text;
        if ((field.isAccounted || !accounted) && !text.empty())
        {
            fits = attributes.Add(field.key, {tunnel.tag, text}) && fits;
        }
    }
    return fits;
}

} // namespace

std::optional<L2tpIpAddress>
ReadRadiusAddress(const std::string& text)
{
    std::array<uint8_t, 16> octets;
    if (text.find('\0') != std::string::npos)
    {
        return std::nullopt; // inet_pton() would see no more than what is before it
    }
    if (inet_pton(AF_INET, text.c_str(), octets.data()) == 1)
    {
        return L2tpIpAddress(Ipv4Address::Deserialize(octets.data()));
    }
    if (inet_pton(AF_INET6, text.c_str(), octets.data()) == 1)
    {
        return L2tpIpAddress(Ipv6Address(octets.data()));
    }
    return std::nullopt;
}

std::optional<L2tpIpAddress>
RadiusTunnel::GetServerAddress() const
{
    const auto address = ReadRadiusAddress(serverEndpoint);
    const bool fits =
        address && (medium == 0 || (medium == RadiusMedium::IPV4 && address->IsIpv4()) ||
                    (medium == RadiusMedium::IPV6 && address->IsIpv6()));
    return fits && address->IsUnicast() ? address : std::nullopt;
}

bool
IsRadiusTunnelAttribute(uint8_t type)
{
    const auto isIt = [type](const auto& field) { return field.key.type == type; };
    return std::any_of(NUMBERS.begin(), NUMBERS.end(), isIt) ||
           std::any_of(TEXTS.begin(), TEXTS.end(), isIt);
}

std::vector<RadiusTunnel>
GetRadiusTunnels(const RadiusAttributes& clear)
{
    std::map<uint8_t, RadiusTunnel> byTag;
    const auto tunnelOf = [&byTag](uint8_t tag) -> RadiusTunnel& {
        const auto [it, isNew] = byTag.try_emplace(tag);
        if (isNew)
        {
            it->second.tag = tag;
            it->second.type = 0; // until it is told
        }
        return it->second;
    };
    for (const auto& field : NUMBERS)
    {
        for (const auto& value : clear.GetEach(field.key))
        {
            tunnelOf(value.tag).*field.number = value.value;
        }
    }
    for (const auto& field : TEXTS)
    {
        for (const auto& value : clear.GetEach(field.key))
        {
            tunnelOf(value.tag).*field.text = value.value;
        }
    }
    std::vector<RadiusTunnel> tunnels;
    tunnels.reserve(byTag.size());
    for (const auto& [tag, tunnel] : byTag)
    {
        tunnels.push_back(tunnel);
    }
    std::stable_sort(tunnels.begin(), tunnels.end(), [](const auto& a, const auto& b) {
        return a.preference < b.preference;
    });
    return tunnels;
}

bool
AddRadiusTunnel(const RadiusTunnel& tunnel, RadiusAttributes& clear)
{
    return Write(tunnel, false, clear);
}

void
AddRadiusTunnelToAccounting(const RadiusTunnel& tunnel, RadiusAttributes& attributes)
{
    Write(tunnel, true, attributes);
}

} // namespace ns3
