/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_SHARED_IPV4_CONFIG_H
#define PPP_SHARED_IPV4_CONFIG_H

#include "ns3/ipv4-address.h"
#include "ns3/object.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <map>
#include <string>

namespace ns3
{

class PppSharedNetDevice;

/**
 * @ingroup l2tp
 *
 * @brief Joins a PppSharedNetDevice to its node's IPv4.
 *
 * The interface is up, and has the addresses of this end, each with a mask of 32 bits, while there
 * is a line that has negotiated it. Destinations that lines lead to are routed by
 * PppSharedRouting, so that the node has no route for each.
 */
class PppSharedIpv4Config : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppSharedIpv4Config();
    ~PppSharedIpv4Config() override;

    /**
     * @brief Configure a device's node from now on. This is aggregated to the device.
     *
     * Adds the interface, so it must not be called while the node hands a packet to its protocols:
     * ns-3 walks through lists of handlers then, which a new interface changes.
     * @param device the device, on a node that has an Ipv4 with an Ipv4ListRouting
     * @param table the routing table that the interface belongs to (L2tpVrfRouting), which exists;
     * empty for the node's own
     */
    void Install(Ptr<PppSharedNetDevice> device, const std::string& table);

    /// A line carries IPv4. @param local the address of this end
    void LineUp(Ipv4Address local);

    /// A line carries it no more. @param local the address of this end
    void LineDown(Ipv4Address local);

  protected:
    void DoDispose() override;

  private:
    PppSharedNetDevice* m_device{nullptr};       //!< the device, which this is aggregated to
    uint32_t m_interface{0};                     //!< the node's interface for it
    std::map<Ipv4Address, std::size_t> m_locals; //!< how many lines have which address of this end
};

} // namespace ns3

#endif /* PPP_SHARED_IPV4_CONFIG_H */
