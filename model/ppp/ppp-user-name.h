/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_USER_NAME_H
#define PPP_USER_NAME_H

#include <string>

namespace ns3
{

// What a user's name says of where the user belongs: "bob@isp.example" is of the domain
// "isp.example" (RFC 2809, section 4.1.2.3). Capitals make no difference in domains.

/// Make ASCII letters small, whatever the locale. @param text any octets @return the same
std::string PppSmallLettersOf(std::string text);

/**
 * @brief The domain of a user's name.
 * @param name the name, any octets
 * @param suffixDelimiters the domain is behind the last one of these
 * @param prefixDelimiters or, if there is none of those, before the first one of these
 * @return the domain in small letters; empty if there is none
 */
std::string PppDomainOf(const std::string& name,
                        const std::string& suffixDelimiters = "@",
                        const std::string& prefixDelimiters = "");

} // namespace ns3

#endif /* PPP_USER_NAME_H */
