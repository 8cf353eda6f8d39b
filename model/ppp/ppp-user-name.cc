/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-user-name.h"

#include <algorithm>

namespace ns3
{

std::string
PppSmallLettersOf(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

std::string
PppDomainOf(const std::string& name,
            const std::string& suffixDelimiters,
            const std::string& prefixDelimiters)
{
    const auto suffix = name.find_last_of(suffixDelimiters);
    if (suffix != std::string::npos)
    {
        return PppSmallLettersOf(name.substr(suffix + 1));
    }
    const auto prefix = name.find_first_of(prefixDelimiters);
    return prefix == std::string::npos ? "" : PppSmallLettersOf(name.substr(0, prefix));
}

} // namespace ns3
