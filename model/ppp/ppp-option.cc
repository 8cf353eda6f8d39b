/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-option.h"

#include <algorithm>

namespace ns3
{

namespace
{
constexpr std::size_t OPTION_HEADER = 2; //!< octets of Type and Length
} // namespace

PppOption
PppOption::Of16(uint8_t type, uint16_t value)
{
    return PppOption{type, {static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)}};
}

PppOption
PppOption::Of32(uint8_t type, uint32_t value)
{
    return PppOption{type,
                     {static_cast<uint8_t>(value >> 24),
                      static_cast<uint8_t>(value >> 16),
                      static_cast<uint8_t>(value >> 8),
                      static_cast<uint8_t>(value)}};
}

uint16_t
PppOption::Get16() const
{
    return data.size() < 2 ? 0 : static_cast<uint16_t>(data[0] << 8 | data[1]);
}

uint32_t
PppOption::Get32() const
{
    if (data.size() < 4)
    {
        return 0;
    }
    return static_cast<uint32_t>(data[0]) << 24 | static_cast<uint32_t>(data[1]) << 16 |
           static_cast<uint32_t>(data[2]) << 8 | data[3];
}

bool
PppOption::operator==(const PppOption& other) const
{
    return type == other.type && data == other.data;
}

bool
ParsePppOptions(const uint8_t* data, std::size_t size, PppOptionList& options)
{
    PppOptionList read;
    std::size_t at = 0;
    while (at < size)
    {
        if (size - at < OPTION_HEADER)
        {
            return false;
        }
        const std::size_t length = data[at + 1];
        if (length < OPTION_HEADER || length > size - at)
        {
            return false;
        }
        read.push_back(PppOption{data[at], {data + at + OPTION_HEADER, data + at + length}});
        at += length;
    }
    options = std::move(read);
    return true;
}

std::vector<uint8_t>
SerializePppOptions(const PppOptionList& options)
{
    std::vector<uint8_t> octets;
    for (const auto& option : options)
    {
        octets.push_back(option.type);
        octets.push_back(static_cast<uint8_t>(option.data.size() + OPTION_HEADER));
        octets.insert(octets.end(), option.data.begin(), option.data.end());
    }
    return octets;
}

const PppOption*
FindPppOption(const PppOptionList& options, uint8_t type)
{
    const auto found =
        std::find_if(options.begin(), options.end(), [type](const PppOption& option) {
            return option.type == type;
        });
    return found == options.end() ? nullptr : &*found;
}

} // namespace ns3
