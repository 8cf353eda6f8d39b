/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_IPV4_CONFIG_H
#define PPP_IPV4_CONFIG_H

#include "ppp-net-device.h"

#include "ns3/ipv4.h"
#include "ns3/object.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Gives a PppNetDevice's addresses to its node's IPv4, and takes them away again.
 *
 * When the network layer goes up: the interface has the local address
 * with a mask of 32 bits and is up, and the peer is reached through it by a static host route, the
 * networks behind its user by static network routes; all in the interface's own table, if the node
 * has several (L2tpVrfRouting). When it goes down: the interface is down, without an address, and
 * ns-3 removes all routes through it.
 */
class PppIpv4Config : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppIpv4Config();

    /**
     * @brief Configure a device's node from now on. This is aggregated to the device.
     *
     * Adds the interface, so it must not be called while the node hands a packet to its protocols:
     * ns-3 walks through lists of handlers then, which a new interface changes.
     * @param device the device, which has its link and its node; the node has an Ipv4 with an
     *        Ipv4StaticRouting
     */
    void Install(Ptr<PppNetDevice> device);

  protected:
    void DoDispose() override;

  private:
    /// The device's link went up or down.
    void LinkChanged();
    /// Configure the node.
    void Configure();
    /// Undo that.
    void Deconfigure();

    bool m_defaultRoute;                        //!< whether to add a default route
    uint32_t m_metric;                          //!< metric of the routes
    PppNetDevice* m_device{nullptr};            //!< the device, which this is aggregated to
    bool m_configured{false};                   //!< whether there is something to undo
    Ipv4Address m_local{Ipv4Address::GetAny()}; //!< the address that was added
};

} // namespace ns3

#endif /* PPP_IPV4_CONFIG_H */
