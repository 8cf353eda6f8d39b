/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_SHARED_IPV6_CONFIG_H
#define PPP_SHARED_IPV6_CONFIG_H

#include "ns3/ipv6-address.h"
#include "ns3/object.h"
#include "ns3/ptr.h"

#include <cstddef>
#include <cstdint>

namespace ns3
{

class PppSharedNetDevice;

/**
 * @ingroup l2tp
 *
 * @brief Joins a PppSharedNetDevice to its node's IPv6, as a router (RFC 5072, section 5).
 *
 * While a line carries IPv6 the interface is up with the link-local address of the device's
 * identifier, and the node has one route to it: of the prefix that has those of all lines. What is
 * for a prefix of no line is dropped at the device.
 */
class PppSharedIpv6Config : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppSharedIpv6Config();
    ~PppSharedIpv6Config() override;

    /**
     * @brief Configure a device's node from now on. This is aggregated to the device.
     *
     * Adds the interface, so it must not be called while the node hands a packet to its protocols.
     * @param device the device, on a node that has an Ipv6 with an Ipv6StaticRouting
     * @param prefix what has the prefixes of all lines
     * @param length how many bits of it count
     */
    void Install(Ptr<PppSharedNetDevice> device, Ipv6Address prefix, uint8_t length);

    /// A line carries IPv6.
    void LineUp();

    /// A line carries it no more.
    void LineDown();

  protected:
    void DoDispose() override;

  private:
    PppSharedNetDevice* m_device{nullptr}; //!< the device, which this is aggregated to
    uint32_t m_interface{0};               //!< the node's interface for it
    Ipv6Address m_prefix;                  //!< of all lines
    uint8_t m_length{0};                   //!< how many bits of it count
    std::size_t m_lines{0};                //!< how many carry IPv6
};

} // namespace ns3

#endif /* PPP_SHARED_IPV6_CONFIG_H */
