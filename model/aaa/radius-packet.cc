/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-packet.h"

#include "ns3/assert.h"

#include <algorithm>
#include <boost/endian/conversion.hpp>

namespace ns3
{

namespace
{

using Info = RadiusAttributeInfo;

constexpr std::size_t ATTRIBUTE_HEADER_SIZE = 2; //!< octets of an attribute's Type and Length

/// Whether a packet has one attribute or another. @param attributes its @param types which @return
/// true if so
bool
HasOneOf(const RadiusAttributes& attributes, std::initializer_list<uint8_t> types)
{
    return std::any_of(types.begin(), types.end(), [&](uint8_t type) {
        return attributes.Find(type) != nullptr;
    });
}

} // namespace

const std::array<RadiusCodeInfo, 6> RADIUS_CODES{{
    {RadiusCode::ACCESS_REQUEST, "Access-Request", 4096, &Info::request, 2865, "4.1"},
    {RadiusCode::ACCESS_ACCEPT, "Access-Accept", 4096, &Info::accept, 2865, "4.2"},
    {RadiusCode::ACCESS_REJECT, "Access-Reject", 4096, &Info::reject, 2865, "4.3"},
    {RadiusCode::ACCOUNTING_REQUEST, "Accounting-Request", 4095, &Info::accounting, 2866, "4.1"},
    {RadiusCode::ACCOUNTING_RESPONSE, "Accounting-Response", 4095, nullptr, 2866, "4.2"},
    {RadiusCode::ACCESS_CHALLENGE, "Access-Challenge", 4096, &Info::challenge, 2865, "4.4"},
}};

const RadiusCodeInfo*
FindRadiusCode(RadiusCode code)
{
    const auto row = std::find_if(RADIUS_CODES.begin(), RADIUS_CODES.end(), [&](const auto& info) {
        return info.code == code;
    });
    return row == RADIUS_CODES.end() ? nullptr : &*row;
}

const char*
RadiusCodeName(RadiusCode code)
{
    const auto row = FindRadiusCode(code);
    return row ? row->name : "unknown";
}

const char*
RadiusErrorName(RadiusError error)
{
    static constexpr std::array<const char*, 8> NAMES{
        "none",
        "truncated",
        "length",
        "code",
        "attribute-length",
        "attribute-value",
        "attribute-count",
        "attribute-missing",
    };
    const auto index = static_cast<std::size_t>(error);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

RadiusError
RadiusPacket::Parse(L2tpByteView octets, RadiusPacket& packet)
{
    if (octets.size() < RADIUS_HEADER_SIZE)
    {
        return RadiusError::TRUNCATED;
    }
    const std::size_t length = boost::endian::load_big_u16(octets.data() + 2);
    if (length > octets.size())
    {
        return RadiusError::TRUNCATED;
    }
    packet.code = static_cast<RadiusCode>(octets[0]);
    packet.identifier = octets[1];
    std::copy_n(octets.begin() + 4, packet.authenticator.size(), packet.authenticator.begin());
    packet.attributes = RadiusAttributes();
    const auto row = FindRadiusCode(packet.code);
    if (!row)
    {
        return RadiusError::CODE;
    }
    if (length < RADIUS_HEADER_SIZE || length > row->maxSize)
    {
        return RadiusError::LENGTH;
    }
    auto rest = octets.Sub(RADIUS_HEADER_SIZE, length - RADIUS_HEADER_SIZE);
    while (!rest.empty())
    {
        if (rest.size() < ATTRIBUTE_HEADER_SIZE || rest[1] < ATTRIBUTE_HEADER_SIZE ||
            rest[1] > rest.size())
        {
            return RadiusError::ATTRIBUTE_LENGTH;
        }
        const auto value = rest.Sub(ATTRIBUTE_HEADER_SIZE, rest[1] - ATTRIBUTE_HEADER_SIZE);
        packet.attributes.Append(RadiusAttribute{rest[0], {value.begin(), value.end()}});
        rest = rest.Sub(rest[1]);
    }
    return RadiusError::NONE;
}

RadiusError
RadiusPacket::Check() const
{
    std::array<uint16_t, 256> counts{};
    for (const auto& attribute : attributes.GetAll())
    {
        const auto row = FindRadiusAttribute(attribute.type);
        const auto size = attribute.value.size();
        if (row && (size < row->minSize || size > row->maxSize ||
                    (row->hiding == RadiusHiding::PASSWORD && size % 16 != 0)))
        {
            return RadiusError::ATTRIBUTE_VALUE;
        }
        ++counts[attribute.type];
    }
    const auto info = FindRadiusCode(code);
    if (!info || !info->quantity)
    {
        return RadiusError::NONE;
    }
    for (const auto& row : RADIUS_ATTRIBUTES)
    {
        const auto allowed = row.*info->quantity;
        const auto count = counts[row.type];
        if ((allowed == RadiusCount::NONE && count > 0) ||
            (allowed != RadiusCount::ANY && count > 1))
        {
            return RadiusError::ATTRIBUTE_COUNT;
        }
        if (allowed == RadiusCount::EXACTLY_1 && count == 0)
        {
            return RadiusError::ATTRIBUTE_MISSING;
        }
    }
    const bool isAccess = code == RadiusCode::ACCESS_REQUEST;
    if (!isAccess && code != RadiusCode::ACCOUNTING_REQUEST)
    {
        return RadiusError::NONE;
    }
    // The notes below the tables: RFC 2865, section 5.44; RFC 2866, section 5.13; RFC 3162, 2.1.
    if (isAccess && HasOneOf(attributes, {RadiusKeys::USER_PASSWORD.type}) &&
        HasOneOf(attributes, {RadiusKeys::CHAP_PASSWORD.type}))
    {
        return RadiusError::ATTRIBUTE_COUNT;
    }
    const bool isNamed = HasOneOf(attributes,
                                  {RadiusKeys::NAS_IP_ADDRESS.type,
                                   RadiusKeys::NAS_IDENTIFIER.type,
                                   RadiusKeys::NAS_IPV6_ADDRESS.type});
    const bool isProven = !isAccess ||
                          HasOneOf(attributes,
                                   {RadiusKeys::USER_PASSWORD.type,
                                    RadiusKeys::CHAP_PASSWORD.type,
                                    RadiusKeys::STATE.type}) ||
                          attributes.GetVendor(RadiusKeys::MS_CHAP2_RESPONSE);
    return isNamed && isProven ? RadiusError::NONE : RadiusError::ATTRIBUTE_MISSING;
}

std::size_t
RadiusPacket::GetSize() const
{
    return RADIUS_HEADER_SIZE + attributes.GetSize();
}

std::vector<uint8_t>
RadiusPacket::Serialize() const
{
    const auto size = GetSize();
    NS_ASSERT_MSG(size <= UINT16_MAX, "the Length field has 16 bits");
    std::vector<uint8_t> octets(RADIUS_HEADER_SIZE);
    octets.reserve(size);
    octets[0] = static_cast<uint8_t>(code);
    octets[1] = identifier;
    boost::endian::store_big_u16(&octets[2], static_cast<uint16_t>(size));
    std::copy(authenticator.begin(), authenticator.end(), octets.begin() + 4);
    for (const auto& attribute : attributes.GetAll())
    {
        octets.push_back(attribute.type);
        octets.push_back(static_cast<uint8_t>(ATTRIBUTE_HEADER_SIZE + attribute.value.size()));
        octets.insert(octets.end(), attribute.value.begin(), attribute.value.end());
    }
    return octets;
}

} // namespace ns3
