/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_UDP_PORT_H
#define L2TP_UDP_PORT_H

#include "ns3/callback.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-route.h"
#include "ns3/net-device.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/simple-ref-count.h"

#include <cstdint>

namespace ns3
{

class Ipv4;
class Ipv4EndPoint;
class Ipv4Interface;
class Node;
class UdpL4Protocol;

/// The UDP port that is registered for L2TP (RFC 2661, section 8.1).
inline constexpr uint16_t L2TP_UDP_PORT = 1701;

/// One end of a UDP conversation.
struct L2tpUdpAddress
{
    Ipv4Address address{Ipv4Address::GetAny()}; //!< IPv4 address
    uint16_t port{0};                           //!< UDP port

    bool operator==(const L2tpUdpAddress& other) const
    {
        return address == other.address && port == other.port;
    }

    bool operator!=(const L2tpUdpAddress& other) const
    {
        return !(*this == other);
    }
};

std::ostream& operator<<(std::ostream& os, const L2tpUdpAddress& address);

class L2tpUdpPort;

/**
 * @ingroup l2tp
 *
 * @brief The way to one peer: both addresses and ports, and the route, kept between packets.
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
     * @param local the local address; if it is 0.0.0.0, the first route decides, for good
     * @param peer the peer
     */
    L2tpUdpPath(Ptr<L2tpUdpPort> port, Ipv4Address local, const L2tpUdpAddress& peer);

    /**
     * @brief Send a datagram.
     * @param packet its payload; owned by the path from here on
     * @return false if there is no route
     */
    bool Send(Ptr<Packet> packet);

    /// Look the route up anew for the next packet.
    void Refresh();

    /// The peer. @return its address and port
    const L2tpUdpAddress& GetPeer() const;

    /// Follow the peer to another address or port. @param peer where it is now
    void SetPeer(const L2tpUdpAddress& peer);

    /// The local address. @return it, or 0.0.0.0 as long as no packet was sent
    Ipv4Address GetLocal() const;

  private:
    /**
     * @brief Look the route up.
     * @param packet what is to be sent, for routing protocols that look at it
     * @return false if there is none
     */
    bool FindRoute(Ptr<Packet> packet);

    /**
     * @brief Send a datagram by the route that was found.
     * @param packet its payload
     */
    void SendByRoute(Ptr<Packet> packet);

    Ptr<L2tpUdpPort> m_port; //!< the local port
    Ipv4Address m_local;     //!< the local address
    L2tpUdpAddress m_peer;   //!< the peer
    Ptr<Ipv4Route> m_route;  //!< the route, or null if it is to be looked up
    Time m_routeUntil;       //!< when the route is to be looked up anew
    Ptr<NetDevice> m_via;    //!< where the last good route led
    bool m_isLocal{false};   //!< whether the peer is on this node
};

/**
 * @ingroup l2tp
 *
 * @brief A UDP port of a node, used without the socket layer in between.
 *
 * All control and data messages of an endpoint come in by one port; there is nothing that a socket
 * would add, and it costs as much again as the whole of L2TP.
 */
class L2tpUdpPort : public Object
{
  public:
    /// Tells whether a device leads into a tunnel.
    using TunnelPredicate = Callback<bool, Ptr<NetDevice>>;
    /// Called with each datagram: payload, who sent it, and to which local address.
    using ReceiveCallback = Callback<void, Ptr<Packet>, const L2tpUdpAddress&, Ipv4Address>;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpUdpPort();
    ~L2tpUdpPort() override;

    /**
     * @brief Take a port of a node.
     * @param node the node, with an internet stack
     * @param port the port, or 0 for any that is free
     * @param receive takes what arrives
     * @return false if somebody else has the port
     */
    bool Open(Ptr<Node> node, uint16_t port, ReceiveCallback receive);

    /**
     * @brief Say which devices lead into tunnels; see L2tpUdpPath.
     * @param leadsIntoTunnel tells for a device
     */
    void SetTunnelPredicate(TunnelPredicate leadsIntoTunnel);

    /// Give the port back. What arrives from now on is not taken.
    void Close();

    /// The port. @return its number, 0 if closed
    uint16_t GetPort() const;

  protected:
    void DoDispose() override;

  private:
    friend class L2tpUdpPath;

    /**
     * @brief Take a datagram from UDP.
     * @param packet its payload
     * @param header its IP header
     * @param port where it comes from
     * @param interface where it came in
     */
    void Receive(Ptr<Packet> packet,
                 Ipv4Header header,
                 uint16_t port,
                 Ptr<Ipv4Interface> interface);

    /// UDP lets go of the end point, since the node goes away.
    void Destroyed();

    Ptr<UdpL4Protocol> m_udp;          //!< the node's UDP
    Ptr<Ipv4> m_ipv4;                  //!< the node's IP, which knows the routes
    Ipv4EndPoint* m_endPoint{nullptr}; //!< the port, owned by UDP
    ReceiveCallback m_receive;         //!< takes what arrives
    TunnelPredicate m_leadsIntoTunnel; //!< tells which devices lead into tunnels
};

} // namespace ns3

#endif /* L2TP_UDP_PORT_H */
