/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-shared-net-device.h"

#include "ppp-protocol.h"
#include "ppp-shared-ipv4-config.h"
#include "ppp-shared-ipv6-config.h"

#include "ns3/mac48-address.h"

#include <algorithm>
#include <array>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppSharedNetDevice);

namespace
{

constexpr std::size_t IPV4_DESTINATION_AT = 16; //!< where the IPv4 header has it
constexpr std::size_t IPV6_DESTINATION_AT = 24; //!< where the IPv6 header has it
constexpr std::size_t IPV4_HEADER = 20;         //!< octets
constexpr std::size_t IPV6_HEADER = 40;         //!< octets

/// Read a number in network order. @param octets the first of its eight octets @return it
uint64_t
Read64(const uint8_t* octets)
{
    uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof(number); ++i)
    {
        number = number << 8 | octets[i];
    }
    return number;
}

/// The part of an address that is its prefix. @param address it @return 64 bits
uint64_t
PrefixOf(Ipv6Address address)
{
    std::array<uint8_t, 16> octets;
    address.GetBytes(octets.data());
    return Read64(octets.data());
}

/// The part of an address that is its interface identifier. @param address it @return 64 bits
uint64_t
IdentifierOf(Ipv6Address address)
{
    std::array<uint8_t, 16> octets;
    address.GetBytes(octets.data());
    return Read64(octets.data() + sizeof(uint64_t));
}

/// The length of a mask. @param mask it @return bits
uint8_t
LengthOf(Ipv4Mask mask)
{
    return static_cast<uint8_t>(mask.GetPrefixLength());
}

} // namespace

TypeId
PppSharedNetDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppSharedNetDevice")
            .SetParent<PppDevice>()
            .SetGroupName("L2tp")
            .AddConstructor<PppSharedNetDevice>()
            .AddAttribute("AdvertisementInterval",
                          "Time between advertisements of each line's IPv6 prefix, after the first "
                          "three, which are at most 16 s apart.",
                          TimeValue(Seconds(600)),
                          MakeTimeAccessor(&PppSharedNetDevice::m_advertisementInterval),
                          MakeTimeChecker(Seconds(4), Seconds(1800)));
    return tid;
}

PppSharedNetDevice::PppSharedNetDevice()
{
    // The modified EUI-64 of an address of 48 bits (RFC 4291, appendix A).
    std::array<uint8_t, 6> own;
    Mac48Address::ConvertFrom(GetAddress()).CopyTo(own.data());
    const std::array<uint8_t, 8> identifier{static_cast<uint8_t>(own[0] ^ 2),
                                            own[1],
                                            own[2],
                                            0xff,
                                            0xfe,
                                            own[3],
                                            own[4],
                                            own[5]};
    m_identifier = Read64(identifier.data());
    SetIdentifier(m_identifier);
}

PppSharedNetDevice::~PppSharedNetDevice() = default;

void
PppSharedNetDevice::DoDispose()
{
    m_lines.clear();
    m_mtus.clear();
    m_ipv4 = {};
    m_byIdentifier.clear();
    m_byPrefix.clear();
    PppDevice::DoDispose();
}

PppDestinations::Match
PppSharedNetDevice::Find(Ipv4Address destination) const
{
    return m_ipv4.Find(destination);
}

PppSharedLine*
PppSharedNetDevice::Find(Ipv6Address destination) const
{
    const bool isLinkLocal = destination.IsLinkLocal();
    const Lines& lines = isLinkLocal ? m_byIdentifier : m_byPrefix;
    const auto found = lines.find(isLinkLocal ? IdentifierOf(destination) : PrefixOf(destination));
    return found == lines.end() ? nullptr : found->second;
}

std::size_t
PppSharedNetDevice::GetNLines() const
{
    return m_lines.size();
}

uint64_t
PppSharedNetDevice::GetNUnroutable() const
{
    return m_unroutable;
}

Time
PppSharedNetDevice::GetAdvertisementInterval() const
{
    return m_advertisementInterval;
}

uint64_t
PppSharedNetDevice::GetIdentifier() const
{
    return m_identifier;
}

uint16_t
PppSharedNetDevice::GetMtu() const
{
    return m_mtus.empty() ? GetOwnMtu() : std::min(GetOwnMtu(), m_mtus.rbegin()->first);
}

uint16_t
PppSharedNetDevice::GetMtuTo(Ipv4Address destination) const
{
    const auto* line = Find(destination).line;
    return line ? std::min(GetOwnMtu(), line->m_mtu) : GetMtu();
}

bool
PppSharedNetDevice::IsLinkUp() const
{
    return !m_lines.empty();
}

bool
PppSharedNetDevice::IsPointToPoint() const
{
    return false;
}

bool
PppSharedNetDevice::Transmit(Ptr<Packet> packet, uint16_t protocol)
{
    std::array<uint8_t, IPV6_HEADER> header{};
    PppSharedLine* line = nullptr;
    if (protocol == ppp_protocol::IPV4)
    {
        packet->CopyData(header.data(), IPV4_HEADER);
        const auto destination = Ipv4Address::Deserialize(&header[IPV4_DESTINATION_AT]);
        if (destination.IsBroadcast() || destination.IsMulticast())
        {
            return Replicate(packet, protocol);
        }
        line = Find(destination).line;
    }
    else
    {
        packet->CopyData(header.data(), IPV6_HEADER);
        const auto destination = Ipv6Address::Deserialize(&header[IPV6_DESTINATION_AT]);
        if (destination.IsMulticast())
        {
            return Replicate(packet, protocol);
        }
        line = Find(destination);
    }
    if (!line)
    {
        ++m_unroutable;
        TraceDrop(PppDropReason::TX_NOT_OPENED, packet);
        return false;
    }
    return line->Send(packet, protocol);
}

bool
PppSharedNetDevice::Replicate(Ptr<const Packet> packet, uint16_t protocol)
{
    const bool isIpv4 = protocol == ppp_protocol::IPV4;
    bool isSent = false;
    for (PppSharedLine* line : m_lines)
    {
        if (isIpv4 ? line->m_ipv4 : line->m_ipv6)
        {
            isSent = line->m_link->SendNetwork(packet->Copy(), protocol) || isSent;
        }
    }
    return isSent;
}

void
PppSharedNetDevice::Join(PppSharedLine& line)
{
    line.m_index = m_lines.size();
    line.m_mtu = std::min(line.m_limit, line.m_link->GetMtu());
    m_lines.push_back(&line);
    ++m_mtus[line.m_mtu];
}

void
PppSharedNetDevice::Leave(PppSharedLine& line)
{
    if (m_lines.empty())
    {
        return; // disposed of
    }
    m_lines[line.m_index] = m_lines.back();
    m_lines[line.m_index]->m_index = line.m_index;
    m_lines.pop_back();
    const auto mtu = m_mtus.find(line.m_mtu);
    if (--mtu->second == 0)
    {
        m_mtus.erase(mtu);
    }
}

void
PppSharedNetDevice::AddIpv4(PppSharedLine& line,
                            Ipv4Address local,
                            Ipv4Address peer,
                            const std::vector<PppUserRoute>& routes)
{
    if (peer != Ipv4Address::GetAny())
    {
        m_ipv4.Add(peer, PppDestinations::HOST, 0, &line);
    }
    for (const auto& route : routes)
    {
        m_ipv4.Add(route.network, LengthOf(route.mask), route.metric, &line);
    }
    if (const auto config = GetObject<PppSharedIpv4Config>())
    {
        config->LineUp(local);
    }
}

void
PppSharedNetDevice::RemoveIpv4(PppSharedLine& line,
                               Ipv4Address local,
                               Ipv4Address peer,
                               const std::vector<PppUserRoute>& routes)
{
    if (peer != Ipv4Address::GetAny())
    {
        m_ipv4.Remove(peer, PppDestinations::HOST, 0, &line);
    }
    for (const auto& route : routes)
    {
        m_ipv4.Remove(route.network, LengthOf(route.mask), route.metric, &line);
    }
    if (const auto config = GetObject<PppSharedIpv4Config>())
    {
        config->LineDown(local);
    }
}

void
PppSharedNetDevice::AddIpv6(PppSharedLine& line, uint64_t identifier, Ipv6Address prefix)
{
    m_byIdentifier[identifier] = &line;
    if (prefix != Ipv6Address::GetAny())
    {
        m_byPrefix[PrefixOf(prefix)] = &line;
    }
    if (const auto config = GetObject<PppSharedIpv6Config>())
    {
        config->LineUp();
    }
}

void
PppSharedNetDevice::RemoveIpv6(PppSharedLine& line, uint64_t identifier, Ipv6Address prefix)
{
    Remove(m_byIdentifier, identifier, line);
    if (prefix != Ipv6Address::GetAny())
    {
        Remove(m_byPrefix, PrefixOf(prefix), line);
    }
    if (const auto config = GetObject<PppSharedIpv6Config>())
    {
        config->LineDown();
    }
}

void
PppSharedNetDevice::Remove(Lines& lines, uint64_t key, const PppSharedLine& line)
{
    const auto found = lines.find(key);
    if (found != lines.end() && found->second == &line)
    {
        lines.erase(found);
    }
}

} // namespace ns3
