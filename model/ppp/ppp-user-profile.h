/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_USER_PROFILE_H
#define PPP_USER_PROFILE_H

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// A network behind a user, which is reached through it.
struct PppUserRoute
{
    Ipv4Address network{Ipv4Address::GetAny()}; //!< the network
    Ipv4Mask mask{Ipv4Mask::GetOnes()};         //!< how much of it counts
    uint32_t metric{1};                         //!< the least of several routes is used
};

/// What a user gets, once it has proved who it is.
struct PppUserProfile
{
    Ipv4Address address{Ipv4Address::GetAny()}; //!< its fixed address, 0.0.0.0 for none
    std::vector<PppUserRoute> routes{};         //!< networks behind it
    std::string domain{};                       //!< its domain; empty: the one of its name
    std::string pool{};    //!< the pool of that domain for its address; empty: the domain's own
    Time sessionTimeout{}; //!< how long it may stay, 0 for ever
    Time idleTimeout{};    //!< how long it may stay without a packet, 0 for ever
};

} // namespace ns3

#endif /* PPP_USER_PROFILE_H */
