/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DONT_FRAGMENT_H
#define L2TP_DONT_FRAGMENT_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4.h"
#include "ns3/l2-ns3-version.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/traced-callback.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The Don't Fragment bit of IPv4 on one node (RFC 791, section 2.3), and what path MTU
 * discovery needs of it (RFC 1191). ns-3's IPv4 never sets the bit, and fragments what bears it.
 *
 * As a router, the node drops a packet that bears the bit and is too long for the next link, and
 * says so to its sender: Destination Unreachable, fragmentation needed, with the link's MTU (RFC
 * 1191, section 4; RFC 1812, sections 4.2.2.7 and 4.3.3.1).
 *
 * As a host, it sets the bit in what its TCP and UDP send, L2TP included; what is too long for the
 * first link is dropped. Whoever is to send less learns of it by the trace source PathMtu: nothing
 * of ns-3 does so by itself.
 *
 * It is put over the routing protocol of the node, and finds no routes itself. Packets in which it
 * has set the bit are not told by Ipv4L3Protocol's trace source SendOutgoing, and so FlowMonitor
 * doesn't know them: ns-3 has no other way to send a packet with a header of one's own.
 */
class L2tpDontFragment : public Ipv4ListRouting
{
  public:
    /// The types of the callbacks that RouteInput() has in this ns-3.
    using RouteInputTypes = L2RouteInputOf<decltype(&Ipv4RoutingProtocol::RouteInput)>;

    static constexpr uint16_t MIN_MTU = 68; //!< octets, of any link (RFC 791, section 3.2)

    /// TracedCallback signature: a packet that was dropped; its header, the packet without it, and
    /// the MTU that it exceeded, in octets.
    using DropTracedCallback = void (*)(const Ipv4Header& header,
                                        Ptr<const Packet> packet,
                                        uint16_t mtu);

    /// TracedCallback signature: a router has said that a packet of this node was too long; where
    /// to the packet was, and the MTU of the link, in octets.
    using PathMtuTracedCallback = void (*)(Ipv4Address destination, uint16_t mtu);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpDontFragment();
    ~L2tpDontFragment() override;

    /**
     * @brief Put it on a node, or find it there. A node that is to have isolated networks
     * (L2tpVrfRouting) must have this before, and it is then of effect in all of them.
     * @param node the node, with an IPv4 internet stack, with UDP, and with TCP or not
     * @return it
     */
    static Ptr<L2tpDontFragment> Install(Ptr<Node> node);

    /// How many packets were dropped, as they were too long. @return the number
    uint64_t GetNDropped() const;

    /**
     * @brief Whether a packet may be forwarded by a route. If it bears the bit and is too long, it
     * is counted, traced, and refused to its sender.
     * @param route the route
     * @param header the packet's header
     * @param packet the packet, without header
     * @return true if it may
     */
    bool MayForward(const Ipv4Route& route, const Ipv4Header& header, Ptr<const Packet> packet);

    bool RouteInput(Ptr<const Packet> packet,
                    const Ipv4Header& header,
                    Ptr<const NetDevice> device,
                    RouteInputTypes::Unicast unicast,
                    RouteInputTypes::Multicast multicast,
                    RouteInputTypes::Local local,
                    RouteInputTypes::Error failed) override;

    // All else is done by the routing protocol that was there.
    void AddRoutingProtocol(Ptr<Ipv4RoutingProtocol> protocol, int16_t priority) override;
    uint32_t GetNRoutingProtocols() const override;
    Ptr<Ipv4RoutingProtocol> GetRoutingProtocol(uint32_t index, int16_t& priority) const override;
    Ptr<Ipv4Route> RouteOutput(Ptr<Packet> packet,
                               const Ipv4Header& header,
                               Ptr<NetDevice> device,
                               Socket::SocketErrno& error) override;
    void NotifyInterfaceUp(uint32_t interface) override;
    void NotifyInterfaceDown(uint32_t interface) override;
    void NotifyAddAddress(uint32_t interface, Ipv4InterfaceAddress address) override;
    void NotifyRemoveAddress(uint32_t interface, Ipv4InterfaceAddress address) override;
    void SetIpv4(Ptr<Ipv4> ipv4) override;
    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream,
                           Time::Unit unit = Time::S) const override;

  protected:
    void DoDispose() override;
    void DoInitialize() override;

  private:
    /// Have a transport protocol send through here. @param number the protocol's, of IP
    void Divert(int number);
    /// Send a packet of this node, with the bit. The parameters are those of Ipv4::Send().
    void Send(Ptr<Packet> packet,
              Ipv4Address source,
              Ipv4Address destination,
              uint8_t protocol,
              Ptr<Ipv4Route> route);
    /// Whether a packet that bears the bit is too long for a route; if so, count and trace it.
    /// @param route the route @param header the packet's header @param packet it without header
    /// @return true if so
    bool IsTooLong(const Ipv4Route& route, const Ipv4Header& header, Ptr<const Packet> packet);
    /// Tell a packet's sender that it is too long. @param header its header @param packet it
    /// without header @param mtu of the link
    void Refuse(const Ipv4Header& header, Ptr<const Packet> packet, uint16_t mtu) const;
    /// A packet for this node has arrived. @param header its header @param packet it without
    /// header
    void Delivered(const Ipv4Header& header, Ptr<const Packet> packet, uint32_t interface);

    Ptr<Ipv4> m_ip;                      //!< the node's IPv4
    Ptr<Ipv4RoutingProtocol> m_protocol; //!< what finds routes
    bool m_setBit{true};                 //!< attribute SetBit
    bool m_sendIcmp{true};               //!< attribute SendIcmp
    uint8_t m_ttl{0};                    //!< of packets whose socket doesn't say
    uint16_t m_identification{0};        //!< of the next packet that the bit is set in
    uint64_t m_dropped{0};               //!< packets that were too long
    TracedCallback<const Ipv4Header&, Ptr<const Packet>, uint16_t> m_dropTrace; //!< the same
    TracedCallback<Ipv4Address, uint16_t> m_pathMtuTrace; //!< what routers said
};

} // namespace ns3

#endif /* L2TP_DONT_FRAGMENT_H */
