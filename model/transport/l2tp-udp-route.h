/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_UDP_ROUTE_H
#define L2TP_UDP_ROUTE_H

#include "l2tp-udp-address.h"

#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <memory>

namespace ns3
{

class L2tpUdpPort;

/**
 * @ingroup l2tp
 *
 * @brief All that differs between IPv4 and IPv6 when datagrams are sent to a peer: how a route is
 * looked up, which own address it gives, how long a datagram may be.
 */
class L2tpUdpRoute
{
  public:
    /**
     * @brief Make a route, over the IP version of the peer's address. It is not looked up yet.
     * @param local own address; if it is any, the first look-up decides, for good
     * @param peer the peer
     * @return the route
     */
    static std::unique_ptr<L2tpUdpRoute> Make(const L2tpIpAddress& local,
                                              const L2tpUdpAddress& peer);

    virtual ~L2tpUdpRoute() = default;

    /**
     * @brief Look the route up in the routing tables of a port's node.
     * @param port the port
     * @param packet what is to be sent, for routing protocols that look at it
     * @param device the device that it must lead to, null for any
     * @return the device that it leads to, null if there is none
     */
    virtual Ptr<NetDevice> LookUp(const L2tpUdpPort& port,
                                  Ptr<Packet> packet,
                                  Ptr<NetDevice> device) = 0;

    /// Take the own address that the route gives, if there was none. @param port the port @return
    /// false if the route gives none that the peer could answer to
    virtual bool SettleLocal(const L2tpUdpPort& port) = 0;

    /**
     * @brief Send a datagram by the route that was looked up last.
     * @param port the port to send from
     * @param packet its payload
     * @param trafficClass the octet of its IP header with DSCP and ECN; 0 leaves what IP has by
     * default
     */
    virtual void Send(const L2tpUdpPort& port, const Ptr<Packet>& packet, uint8_t trafficClass) = 0;

    /// The own address. @return it, or any as long as none was settled
    virtual L2tpIpAddress GetLocal() const = 0;

    /// How many octets a datagram can carry. @return the number
    virtual uint32_t GetMaxPayload() const = 0;
};

} // namespace ns3

#endif /* L2TP_UDP_ROUTE_H */
