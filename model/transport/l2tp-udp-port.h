/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_UDP_PORT_H
#define L2TP_UDP_PORT_H

#include "l2tp-udp-address.h"

#include "ns3/callback.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv6-header.h"
#include "ns3/net-device.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

class Ipv4;
class Ipv4EndPoint;
class Ipv4Interface;
class Ipv6;
class Ipv6EndPoint;
class Ipv6Interface;
class Node;
class UdpL4Protocol;

/**
 * @ingroup l2tp
 *
 * @brief A UDP port of a node, over IPv4 and IPv6 as far as the node has them, used without the
 * socket layer in between.
 *
 * All control and data messages of an endpoint come in by one port; there is nothing that a socket
 * would add, and it costs as much again as the whole of L2TP.
 */
class L2tpUdpPort : public Object
{
  public:
    /// Tells whether a device leads into a tunnel.
    using TunnelPredicate = Callback<bool, Ptr<NetDevice>>;
    /// Called with each datagram that came in from a network isolated from the tunnels': payload.
    using StrangerCallback = Callback<void, Ptr<Packet>>;
    /// Called with each datagram: payload, who sent it, and to which local address.
    using ReceiveCallback =
        Callback<void, Ptr<Packet>, const L2tpUdpAddress&, const L2tpIpAddress&>;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpUdpPort();
    ~L2tpUdpPort() override;

    /**
     * @brief Take a port of a node, the same over both IP versions.
     * @param node the node, with an internet stack
     * @param port the port, or 0 for any that is free
     * @param receive takes what arrives
     * @return false if somebody else has the port, over either IP version
     */
    bool Open(Ptr<Node> node, uint16_t port, ReceiveCallback receive);

    /**
     * @brief Say which devices lead into tunnels; see L2tpUdpPath.
     * @param leadsIntoTunnel tells for a device
     */
    void SetTunnelPredicate(TunnelPredicate leadsIntoTunnel);

    /**
     * @brief Say who is told of datagrams that are not taken since they came in by an interface of
     * another table than the default one (L2tpVrfRouting): a subscriber may have sent them, in the
     * name of any peer.
     * @param stranger told of each; null for nobody
     */
    void SetStrangerCallback(StrangerCallback stranger);

    /// Whether a device leads into a tunnel. @param device the device @return true if so
    bool LeadsIntoTunnel(Ptr<NetDevice> device) const;

    /// Give the port back. What arrives from now on is not taken.
    void Close();

    /**
     * @brief Take no datagram any more, but keep the port from anybody else: a host that is off
     * doesn't answer that a port is unreachable. It counts as closed, and can be opened again.
     */
    void FallSilent();

    /// The port. @return its number, 0 if closed
    uint16_t GetPort() const
    {
        return m_number;
    }

    /// The traffic class of the datagram that is being received: the octet of its IP header with
    /// DSCP and ECN. @return it, while the callback that takes datagrams is called
    uint8_t GetReceivedClass() const
    {
        return m_receivedClass;
    }

    /// @name For sending; null if the port is closed
    /// @{

    /// The node's UDP.
    const Ptr<UdpL4Protocol>& GetUdp() const
    {
        return m_udp;
    }

    /// The node's IPv4, null if it has none.
    Ptr<Ipv4> GetIpv4() const;
    /// The node's IPv6, null if it has none.
    Ptr<Ipv6> GetIpv6() const;
    /// @}

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Take the end points of a port.
     * @param port the port, or 0 for any that is free
     * @return false if not all are to be had; then there is none
     */
    bool Allocate(uint16_t port);

    /**
     * @brief Take a datagram from UDP over IPv4.
     * @param packet its payload
     * @param header its IP header
     * @param port where it comes from
     * @param interface where it came in
     */
    void ReceiveIpv4(Ptr<Packet> packet,
                     Ipv4Header header,
                     uint16_t port,
                     Ptr<Ipv4Interface> interface);

    /**
     * @brief Take a datagram from UDP over IPv6.
     * @param packet its payload
     * @param header its IP header
     * @param port where it comes from
     * @param interface where it came in
     */
    void ReceiveIpv6(Ptr<Packet> packet,
                     Ipv6Header header,
                     uint16_t port,
                     Ptr<Ipv6Interface> interface);

    /// UDP lets go of the IPv4 end point, since the node goes away.
    void DestroyedIpv4();
    /// UDP lets go of the IPv6 end point, since the node goes away.
    void DestroyedIpv6();
    /// Forget an end point that is not there any more, and the port with the last of them.
    void CloseIfGone();

    uint16_t m_number{0};               //!< the port, 0 if closed
    uint8_t m_receivedClass{0};         //!< traffic class of the datagram that is being received
    Ptr<UdpL4Protocol> m_udp;           //!< the node's UDP
    Ptr<Ipv4> m_ipv4;                   //!< the node's IPv4, which knows the routes
    Ptr<Ipv6> m_ipv6;                   //!< the node's IPv6, which knows the routes
    Ipv4EndPoint* m_endPoint4{nullptr}; //!< the port over IPv4, owned by UDP
    Ipv6EndPoint* m_endPoint6{nullptr}; //!< the port over IPv6, owned by UDP
    ReceiveCallback m_receive;          //!< takes what arrives
    TunnelPredicate m_leadsIntoTunnel;  //!< tells which devices lead into tunnels
    StrangerCallback m_stranger;        //!< told of datagrams from other tables
};

} // namespace ns3

#endif /* L2TP_UDP_PORT_H */
