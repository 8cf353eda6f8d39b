/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-attributes.h"

#include "ns3/assert.h"

#include <algorithm>
#include <boost/endian/conversion.hpp>

namespace ns3
{

namespace
{

constexpr std::size_t HEADER_SIZE = 2;        //!< octets of Type and Length
constexpr std::size_t VENDOR_SIZE = 4;        //!< octets of Vendor-Id
constexpr std::size_t VENDOR_HEADER_SIZE = 2; //!< octets of Vendor-Type and Vendor-Length
constexpr std::size_t INTEGER_SIZE = 4;       //!< octets of an integer
constexpr uint32_t MAX_TAGGED = 0xffffff;     //!< the largest integer beside a tag

} // namespace

template <>
std::vector<uint8_t>
RadiusCodec<std::string>::Write(const std::string& value)
{
    return {value.begin(), value.end()};
}

template <>
std::optional<std::string>
RadiusCodec<std::string>::Read(L2tpByteView octets)
{
    return octets.ToString();
}

template <>
std::vector<uint8_t>
RadiusCodec<uint32_t>::Write(const uint32_t& value)
{
    std::vector<uint8_t> octets(INTEGER_SIZE);
    boost::endian::store_big_u32(octets.data(), value);
    return octets;
}

template <>
std::optional<uint32_t>
RadiusCodec<uint32_t>::Read(L2tpByteView octets)
{
    if (octets.size() != INTEGER_SIZE)
    {
        return std::nullopt;
    }
    return boost::endian::load_big_u32(octets.data());
}

template <>
std::vector<uint8_t>
RadiusCodec<Ipv4Address>::Write(const Ipv4Address& value)
{
    return RadiusCodec<uint32_t>::Write(value.Get());
}

template <>
std::optional<Ipv4Address>
RadiusCodec<Ipv4Address>::Read(L2tpByteView octets)
{
    const auto value = RadiusCodec<uint32_t>::Read(octets);
    return value ? std::optional<Ipv4Address>(Ipv4Address(*value)) : std::nullopt;
}

template <>
std::vector<uint8_t>
RadiusCodec<Ipv6Address>::Write(const Ipv6Address& value)
{
    std::vector<uint8_t> octets(16);
    value.GetBytes(octets.data());
    return octets;
}

template <>
std::optional<Ipv6Address>
RadiusCodec<Ipv6Address>::Read(L2tpByteView octets)
{
    uint8_t bytes[16];
    if (octets.size() != sizeof(bytes))
    {
        return std::nullopt;
    }
    std::copy(octets.begin(), octets.end(), bytes);
    return Ipv6Address(bytes);
}

template <>
std::vector<uint8_t>
RadiusCodec<RadiusTagged<std::string>>::Write(const RadiusTagged<std::string>& value)
{
    NS_ASSERT_MSG(value.tag <= RADIUS_MAX_TAG, "a tag is at most 31");
    if (value.value.empty())
    {
        return {}; // "This field must be present" (RFC 2868, section 3.6)
    }
    std::vector<uint8_t> octets{value.tag};
    octets.insert(octets.end(), value.value.begin(), value.value.end());
    return octets;
}

template <>
std::optional<RadiusTagged<std::string>>
RadiusCodec<RadiusTagged<std::string>>::Read(L2tpByteView octets)
{
    // "If the Tag field is greater than 0x1F, it SHOULD be interpreted as the first byte of the
    // following String field" (RFC 2868, section 3.3).
    const bool tagged = !octets.empty() && octets[0] <= RADIUS_MAX_TAG;
    return RadiusTagged<std::string>{tagged ? octets[0] : uint8_t(0),
                                     octets.Sub(tagged ? 1 : 0).ToString()};
}

template <>
std::vector<uint8_t>
RadiusCodec<RadiusTagged<uint32_t>>::Write(const RadiusTagged<uint32_t>& value)
{
    NS_ASSERT_MSG(value.tag <= RADIUS_MAX_TAG, "a tag is at most 31");
    NS_ASSERT_MSG(value.value <= MAX_TAGGED, "beside a tag there is room for 24 bits");
    auto octets = RadiusCodec<uint32_t>::Write(value.value);
    octets[0] = value.tag;
    return octets;
}

template <>
std::optional<RadiusTagged<uint32_t>>
RadiusCodec<RadiusTagged<uint32_t>>::Read(L2tpByteView octets)
{
    const auto value = RadiusCodec<uint32_t>::Read(octets);
    if (!value)
    {
        return std::nullopt;
    }
    const bool tagged = octets[0] <= RADIUS_MAX_TAG;
    return RadiusTagged<uint32_t>{tagged ? octets[0] : uint8_t(0), *value & MAX_TAGGED};
}

std::size_t
RadiusAttributes::GetSize() const
{
    std::size_t size = 0;
    for (const auto& attribute : m_all)
    {
        size += HEADER_SIZE + attribute.value.size();
    }
    return size;
}

void
RadiusAttributes::Append(RadiusAttribute attribute)
{
    NS_ASSERT_MSG(attribute.value.size() <= RADIUS_MAX_VALUE, "an attribute holds 253 octets");
    m_all.push_back(std::move(attribute));
}

void
RadiusAttributes::Append(const RadiusAttributes& others)
{
    m_all.insert(m_all.end(), others.m_all.begin(), others.m_all.end());
}

bool
RadiusAttributes::AddOctets(uint8_t type, std::vector<uint8_t> value)
{
    if (value.empty() || value.size() > RADIUS_MAX_VALUE)
    {
        return false;
    }
    m_all.push_back({type, std::move(value)});
    return true;
}

bool
RadiusAttributes::AddVendor(RadiusVendorKey key, L2tpByteView value)
{
    if (value.size() > RADIUS_MAX_VALUE - VENDOR_SIZE - VENDOR_HEADER_SIZE)
    {
        return false;
    }
    auto octets = RadiusCodec<uint32_t>::Write(key.vendor);
    octets.push_back(key.type);
    octets.push_back(static_cast<uint8_t>(VENDOR_HEADER_SIZE + value.size()));
    octets.insert(octets.end(), value.begin(), value.end());
    return AddOctets(RadiusKeys::VENDOR_SPECIFIC, std::move(octets));
}

void
RadiusAttributes::Remove(uint8_t type)
{
    m_all.erase(std::remove_if(m_all.begin(),
                               m_all.end(),
                               [&](const auto& attribute) { return attribute.type == type; }),
                m_all.end());
}

std::size_t
RadiusAttributes::Count(uint8_t type) const
{
    return std::count_if(m_all.begin(), m_all.end(), [&](const auto& attribute) {
        return attribute.type == type;
    });
}

const RadiusAttribute*
RadiusAttributes::Find(uint8_t type) const
{
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const auto& attribute) {
        return attribute.type == type;
    });
    return found == m_all.end() ? nullptr : &*found;
}

std::optional<std::vector<uint8_t>>
RadiusAttributes::GetVendor(RadiusVendorKey key) const
{
    for (const auto& attribute : m_all)
    {
        const L2tpByteView octets(attribute.value);
        if (attribute.type != RadiusKeys::VENDOR_SPECIFIC || octets.size() < VENDOR_SIZE ||
            boost::endian::load_big_u32(octets.data()) != key.vendor)
        {
            continue;
        }
        // "Multiple subattributes MAY be encoded"; anything else is "undistinguished octets".
        auto rest = octets.Sub(VENDOR_SIZE);
        while (rest.size() >= VENDOR_HEADER_SIZE && rest[1] >= VENDOR_HEADER_SIZE &&
               rest[1] <= rest.size())
        {
            if (rest[0] == key.type)
            {
                const auto value = rest.Sub(VENDOR_HEADER_SIZE, rest[1] - VENDOR_HEADER_SIZE);
                const auto row = FindRadiusVendorAttribute(key.vendor, key.type);
                const bool isGood =
                    !row || (value.size() >= row->minSize && value.size() <= row->maxSize);
                return isGood ? std::optional<std::vector<uint8_t>>({value.begin(), value.end()})
                              : std::nullopt;
            }
            rest = rest.Sub(rest[1]);
        }
    }
    return std::nullopt;
}

} // namespace ns3
