/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_IPV6_CONFIG_H
#define PPP_IPV6_CONFIG_H

#include "ppp-net-device.h"
#include "ppp-router-advertiser.h"

#include "ns3/event-id.h"
#include "ns3/ipv6-address.h"
#include "ns3/ipv6-interface-address.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/socket.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Joins a PppNetDevice to its node's IPv6, and takes it out again (RFC 5072, section 5).
 *
 * When IPv6 goes up: the interface is up with the link-local address of the interface identifier,
 * without Duplicate Address Detection, which the negotiation makes needless. When it goes down: the
 * interface is down, without addresses and routes.
 *
 * With a Prefix this end is a router: it has a route to the prefix, and tells the peer of it by
 * Router Advertisements, unasked and when the peer solicits them (RFC 4861, section 6.2). Without
 * one it is a host, which doesn't
 * forward what comes by this interface, and to which ns-3 gives an
 * address and a default route when such a message comes.
 */
class PppIpv6Config : public Object
{
  public:
    /// Bits of the prefixes that are advertised.
    static constexpr uint8_t PREFIX_LENGTH = PppRouterAdvertiser::PREFIX_LENGTH;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppIpv6Config();
    ~PppIpv6Config() override;

    /**
     * @brief Configure a device's node from now on. This is aggregated to the device.
     *
     * Adds the interface, so it must not be called while the node hands a packet to its protocols:
     * ns-3 walks through lists of handlers then, which a new interface changes.
     * @param device the device, which has its link and its node; the node has an Ipv6 with an
     *        Ipv6StaticRouting
     */
    void Install(Ptr<PppNetDevice> device);

    /**
     * @brief Get the global address that the device has.
     * @return the first one; "::" if there is none
     */
    Ipv6Address GetGlobalAddress() const;

    /**
     * @brief Fix the stream of the random variable (delays of solicited advertisements).
     * @param stream the first stream to use
     * @return how many streams are used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /// The device's link went up or down.
    void LinkChanged();
    /// Configure the node.
    void Configure();
    /// Undo that.
    void Deconfigure();
    /// Set the state of the link-local address. @param state it
    void SetState(Ipv6InterfaceAddress::State_e state);
    /// Send an advertisement. @param message of ICMPv6
    void SendAdvertisement(Ptr<Packet> message);
    /// A packet has come from the peer. @param packet it
    void Received(Ptr<const Packet> packet);
    /// Advertise no more.
    void StopAdvertising();

    Ipv6Address m_prefix;             //!< attribute Prefix
    Time m_advertisementInterval;     //!< attribute AdvertisementInterval
    PppNetDevice* m_device{nullptr};  //!< the device, which this is aggregated to
    uint32_t m_interface{0};          //!< the node's interface for it
    bool m_configured{false};         //!< whether there is something to undo
    EventId m_usableEvent;            //!< when a host's address becomes usable
    Ptr<Socket> m_socket;             //!< sends advertisements
    PppRouterAdvertiser m_advertiser; //!< makes them
};

} // namespace ns3

#endif /* PPP_IPV6_CONFIG_H */
