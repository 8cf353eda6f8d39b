/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-ip-address.h"

#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/node.h"

#include <tuple>

namespace ns3
{

namespace
{

/**
 * @brief Read 64 bits in network byte order.
 * @param octets eight octets
 * @return the number
 */
uint64_t
Read64(const uint8_t* octets)
{
    uint64_t number = 0;
    for (int i = 0; i < 8; ++i)
    {
        number = number << 8 | octets[i];
    }
    return number;
}

/**
 * @brief Write 64 bits in network byte order.
 * @param octets receives eight octets
 * @param number the number
 */
void
Write64(uint8_t* octets, uint64_t number)
{
    for (int i = 8; i-- > 0; number >>= 8)
    {
        octets[i] = static_cast<uint8_t>(number);
    }
}

} // namespace

L2tpIpAddress::L2tpIpAddress(Ipv6Address address, uint32_t interface)
    : m_version(6)
{
    uint8_t octets[16];
    address.GetBytes(octets);
    m_high = Read64(octets);
    m_low = Read64(octets + 8);
    m_interface = IsLinkLocal() ? interface : 0;
}

bool
L2tpIpAddress::IsUnicast() const
{
    if (IsAny())
    {
        return false;
    }
    return IsIpv4() ? m_low >> 28 != 0xe && m_low != 0xffffffff : m_high >> 56 != 0xff;
}

bool
L2tpIpAddress::IsLinkLocal() const
{
    // RFC 4291, section 2.4: fe80::/10.
    return IsIpv6() && m_high >> 54 == 0xfe80 >> 6;
}

bool
L2tpIpAddress::IsOn(Ptr<const Node> node) const
{
    if (IsIpv6())
    {
        Ptr<Ipv6> ipv6 = node->GetObject<Ipv6>();
        return ipv6 && ipv6->GetInterfaceForAddress(GetIpv6()) != -1;
    }
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    return ipv4 && ipv4->GetInterfaceForAddress(GetIpv4()) != -1;
}

Ipv4Address
L2tpIpAddress::GetIpv4() const
{
    return IsIpv4() ? Ipv4Address(static_cast<uint32_t>(m_low)) : Ipv4Address::GetAny();
}

Ipv6Address
L2tpIpAddress::GetIpv6() const
{
    if (!IsIpv6())
    {
        return Ipv6Address::GetAny();
    }
    uint8_t octets[16];
    Write64(octets, m_high);
    Write64(octets + 8, m_low);
    return Ipv6Address(octets);
}

uint32_t
L2tpIpAddress::GetInterface() const
{
    return m_interface;
}

bool
L2tpIpAddress::operator<(const L2tpIpAddress& other) const
{
    return std::tie(m_version, m_high, m_low, m_interface) <
           std::tie(other.m_version, other.m_high, other.m_low, other.m_interface);
}

std::ostream&
operator<<(std::ostream& os, const L2tpIpAddress& address)
{
    if (!address.IsIpv6())
    {
        return os << address.GetIpv4();
    }
    os << address.GetIpv6();
    if (address.GetInterface() != 0)
    {
        // As in RFC 4007, section 11.
        os << "%" << address.GetInterface();
    }
    return os;
}

} // namespace ns3
