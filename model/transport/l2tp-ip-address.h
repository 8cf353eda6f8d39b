/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_IP_ADDRESS_H
#define L2TP_IP_ADDRESS_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <ostream>

namespace ns3
{

class Node;

/**
 * @ingroup l2tp
 *
 * @brief An IPv4 or IPv6 address, to be compared and sorted in a few instructions.
 *
 * A link-local IPv6 address means nothing without the link (RFC 4007, section 6): it bears the
 * number of the node's IPv6 interface to that link, and is another address on another link.
 */
class L2tpIpAddress
{
  public:
    /// No address: it equals no other.
    L2tpIpAddress() = default;

    /// An IPv4 address. @param address it
    L2tpIpAddress(Ipv4Address address)
        : m_low(address.Get()),
          m_version(4)
    {
    }

    /**
     * @brief An IPv6 address.
     * @param address it
     * @param interface the node's IPv6 interface to its link, if it is link-local; 0 if that is not
     *        known. Of no meaning for other addresses.
     */
    L2tpIpAddress(Ipv6Address address, uint32_t interface = 0);

    /// Whether it is an IPv4 address.
    bool IsIpv4() const
    {
        return m_version == 4;
    }

    /// Whether it is an IPv6 address.
    bool IsIpv6() const
    {
        return m_version == 6;
    }

    /// Whether it stands for any address: there is none, or it is 0.0.0.0 or ::.
    bool IsAny() const
    {
        return m_high == 0 && m_low == 0;
    }

    /// Whether a packet may come from it: neither any address, nor multicast, nor broadcast.
    bool IsUnicast() const;

    /// Whether it is an IPv6 address of one link.
    bool IsLinkLocal() const;

    /**
     * @brief Whether a node has this address.
     * @param node the node
     * @return true if so
     */
    bool IsOn(Ptr<const Node> node) const;

    /// As an IPv4 address. @return 0.0.0.0 if it is none
    Ipv4Address GetIpv4() const;
    /// As an IPv6 address. @return :: if it is none
    Ipv6Address GetIpv6() const;
    /// The interface of a link-local address. @return the interface, 0 if not known or not needed
    uint32_t GetInterface() const;

    bool operator==(const L2tpIpAddress& other) const
    {
        return m_low == other.m_low && m_high == other.m_high && m_version == other.m_version &&
               m_interface == other.m_interface;
    }

    bool operator!=(const L2tpIpAddress& other) const
    {
        return !(*this == other);
    }

    bool operator<(const L2tpIpAddress& other) const;

  private:
    uint64_t m_high{0};      //!< the first 64 bits of an IPv6 address
    uint64_t m_low{0};       //!< the other 64, or an IPv4 address
    uint32_t m_interface{0}; //!< of a link-local address
    uint8_t m_version{0};    //!< 4, 6, or 0 for none
};

std::ostream& operator<<(std::ostream& os, const L2tpIpAddress& address);

} // namespace ns3

#endif /* L2TP_IP_ADDRESS_H */
