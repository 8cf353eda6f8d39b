/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-router-solicitation.h"

#include "ns3/icmpv6-header.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/ipv6-address.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

namespace
{
constexpr std::size_t IPV6_HEADER = 40;      //!< octets
constexpr std::size_t PAYLOAD_LENGTH_AT = 4; //!< where the IPv6 header has it
constexpr std::size_t NEXT_HEADER_AT = 6;    //!< and the protocol
constexpr std::size_t HOP_LIMIT_AT = 7;      //!< and the hop limit
constexpr std::size_t SOURCE_AT = 8;         //!< and the source, followed by the destination
constexpr uint8_t NEIGHBOUR_HOP_LIMIT = 255; //!< what has not been forwarded
constexpr std::size_t FIXED_PART = 8;        //!< of a Router Solicitation, octets
constexpr std::size_t OPTION_UNIT = 8;       //!< of which options' lengths are multiples, octets
constexpr uint8_t SOURCE_LINK_LAYER = 1;     //!< Source Link-Layer Address option
constexpr std::size_t ADDRESSES = 2 * 16;    //!< source and destination, octets

/// Add octets as 16-bit words. @param from the first octet @param to behind the last one @param sum
/// to what @return the sum
uint32_t
Sum(const uint8_t* from, const uint8_t* to, uint32_t sum)
{
    for (; to - from > 1; from += 2)
    {
        sum += from[0] << 8 | from[1];
    }
    return to == from ? sum : sum + (from[0] << 8);
}

/// Whether an ICMPv6 message has the right checksum (RFC 4443, section 2.3). @param octets the IPv6
/// packet @return true if so
bool
IsChecksumRight(const std::vector<uint8_t>& octets)
{
    const uint8_t* all = octets.data();
    uint32_t sum =
        Icmpv6L4Protocol::PROT_NUMBER + static_cast<uint32_t>(octets.size() - IPV6_HEADER);
    sum = Sum(all + SOURCE_AT, all + SOURCE_AT + ADDRESSES, sum);
    sum = Sum(all + IPV6_HEADER, all + octets.size(), sum);
    while (sum >> 16)
    {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return sum == 0xffff;
}

/// Whether the options are as they must be. @param octets the IPv6 packet @return true if so
bool
AreOptionsRight(const std::vector<uint8_t>& octets)
{
    const bool isAnonymous = Ipv6Address::Deserialize(&octets[SOURCE_AT]).IsAny();
    for (auto at = IPV6_HEADER + FIXED_PART; at < octets.size();)
    {
        const std::size_t length = at + 1 < octets.size() ? octets[at + 1] * OPTION_UNIT : 0;
        if (length == 0 || length > octets.size() - at ||
            (isAnonymous && octets[at] == SOURCE_LINK_LAYER))
        {
            return false;
        }
        at += length;
    }
    return true;
}

} // namespace

bool
IsPppRouterSolicitation(Ptr<const Packet> packet)
{
    // Nearly all packets are something else: look at little.
    std::array<uint8_t, IPV6_HEADER + 2> head;
    if (packet->CopyData(head.data(), head.size()) < head.size() || head[0] >> 4 != 6 ||
        head[NEXT_HEADER_AT] != Icmpv6L4Protocol::PROT_NUMBER ||
        head[IPV6_HEADER] != Icmpv6Header::ICMPV6_ND_ROUTER_SOLICITATION ||
        head[IPV6_HEADER + 1] != 0 || head[HOP_LIMIT_AT] != NEIGHBOUR_HOP_LIMIT)
    {
        return false;
    }
    const std::size_t length = head[PAYLOAD_LENGTH_AT] << 8 | head[PAYLOAD_LENGTH_AT + 1];
    if (length < FIXED_PART || length > packet->GetSize() - IPV6_HEADER)
    {
        return false;
    }
    std::vector<uint8_t> octets(IPV6_HEADER + length);
    packet->CopyData(octets.data(), octets.size());
    return IsChecksumRight(octets) && AreOptionsRight(octets);
}

} // namespace ns3
