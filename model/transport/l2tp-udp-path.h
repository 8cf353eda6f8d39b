/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_UDP_PATH_H
#define L2TP_UDP_PATH_H

#include "l2tp-udp-port.h"
#include "l2tp-udp-route.h"

#include "ns3/net-device.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/simple-ref-count.h"

#include <cstdint>
#include <memory>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The way to one peer: both addresses and ports, and the route, kept between packets.
 *
 * It is over IPv4 or IPv6 as the peer's address is.
 *
 * The route is looked up anew when Refresh() was called and after at most a second, so that
 * packets follow a change of routing, while a look-up is not paid for by each of them.
 *
 * A tunnel's own packets must not go into a tunnel that came up later, whatever the routing table
 * says by then: often its default route leads into the tunnel itself. So a route through a tunnel's
 * device is not followed, unless the first route led through that very device (a tunnel in a
 * tunnel); the device of the last good route is asked for instead.
 */
class L2tpUdpPath : public SimpleRefCount<L2tpUdpPath>
{
  public:
    /**
     * @brief Make a path.
     * @param port the local port
     * @param local the local address; if it is any, the first route decides, for good
     * @param peer the peer
     */
    L2tpUdpPath(Ptr<L2tpUdpPort> port, const L2tpIpAddress& local, const L2tpUdpAddress& peer);

    /**
     * @brief Send a datagram.
     * @param packet its payload, of at most GetMaxPayload() octets; owned by the path from here on
     * @param trafficClass the octet of its IP header with DSCP and ECN. Unless it is 0 it also says
     *        which priority the packet has in queue discs of this node, if it has none yet.
     * @return false if there is no route
     */
    bool Send(Ptr<Packet> packet, uint8_t trafficClass = 0);

    /// Look the route up anew for the next packet.
    void Refresh();

    /// Look for a route to the peer, as Send() does. @return whether there is one
    bool HasRoute();

    /// How many octets a datagram can carry, fragments or not. @return the number
    uint32_t GetMaxPayload() const
    {
        return m_maxPayload;
    }

    /// The peer. @return its address and port
    const L2tpUdpAddress& GetPeer() const;

    /// Follow the peer to another address of the same IP version or another port. @param peer where
    /// it is now
    void SetPeer(const L2tpUdpAddress& peer);

    /// The local address. @return it, or any as long as no packet was sent
    L2tpIpAddress GetLocal() const;

  private:
    /**
     * @brief Look the route up.
     * @param packet what is to be sent, for routing protocols that look at it
     * @return false if there is none
     */
    bool FindRoute(const Ptr<Packet>& packet);

    /**
     * @brief Send a datagram by the route that was found.
     * @param packet its payload
     * @param trafficClass of its IP header
     */
    void SendByRoute(Ptr<Packet> packet, uint8_t trafficClass);

    Ptr<L2tpUdpPort> m_port;               //!< the local port
    L2tpUdpAddress m_peer;                 //!< the peer
    std::unique_ptr<L2tpUdpRoute> m_route; //!< the route
    const uint32_t m_maxPayload;           //!< octets of a datagram
    bool m_found{false};                   //!< whether the route was looked up
    Time m_routeUntil;                     //!< when the route is to be looked up anew
    Ptr<NetDevice> m_via;                  //!< where the last good route led
    bool m_isLocal{false};                 //!< whether the peer is on this node
};

} // namespace ns3

#endif /* L2TP_UDP_PATH_H */
