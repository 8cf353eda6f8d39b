/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-udp-route.h"

#include "l2tp-udp-port.h"

#include "ns3/ipv4-header.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-header.h"
#include "ns3/ipv6-route.h"
#include "ns3/ipv6-routing-protocol.h"
#include "ns3/ipv6.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/socket.h"
#include "ns3/udp-l4-protocol.h"

#include <optional>

namespace ns3
{

namespace
{

constexpr uint32_t UDP_HEADER_SIZE = 8; //!< octets

/// IPv4, as a route sees it.
struct OverIpv4
{
    using Ip = Ipv4;             //!< the node's IP
    using Header = Ipv4Header;   //!< IP header
    using Route = Ipv4Route;     //!< route
    using Address = Ipv4Address; //!< IP address

    /// The Total Length field counts the header as well (RFC 791, section 3.1).
    static constexpr uint32_t MAX_PAYLOAD = 65535 - 20 - UDP_HEADER_SIZE;

    /// An address, as ns-3 has it. @param address it
    static Address Of(const L2tpIpAddress& address)
    {
        return address.GetIpv4();
    }

    /// The node's IP, null if it has none. @param port a port of the node
    static Ptr<Ip> IpOf(const L2tpUdpPort& port)
    {
        return port.GetIpv4();
    }

    /// Say in a header that it is followed by UDP. @param header it
    static void SetUdp(Header& header)
    {
        header.SetProtocol(UdpL4Protocol::PROT_NUMBER);
    }

    /// Find a route, whatever packet is just handled: it may be inside the one that is sent.
    /// @param ip the node's IP @param packet what is sent @param header its header @param device
    /// where the route must lead, null for anywhere @return the route, or null
    static Ptr<Route> FindRoute(Ip& ip,
                                Ptr<Packet> packet,
                                const Header& header,
                                Ptr<NetDevice> device)
    {
        return L2tpVrfRouting::FindDefaultRoute(ip, packet, header, device);
    }

    /// The device that a peer is to be reached by. @return null, for any
    static Ptr<NetDevice> DeviceTo(const L2tpIpAddress& /* peer */, Ip& /* ip */)
    {
        return nullptr;
    }

    /// An own address. @param address as ns-3 has it
    static L2tpIpAddress Ours(Address address, const L2tpIpAddress& /* peer */)
    {
        return address;
    }

    /// Whether a route to a peer can be used. @return true
    static bool IsUsable(const L2tpIpAddress& /* peer */, Ptr<NetDevice> /* device */)
    {
        return true;
    }

    /// The address to send from by a route. @param route the route
    static Address SourceOf(const Route& route, const L2tpIpAddress& /* peer */, Ip& /* ip */)
    {
        return route.GetSource();
    }

    /// Say with what type of service IP is to send. @param packet what @param trafficClass the
    /// octet
    static void Mark(Packet& packet, uint8_t trafficClass)
    {
        SocketIpTosTag tag;
        tag.SetTos(trafficClass);
        packet.ReplacePacketTag(tag);
    }
};

/// IPv6, as a route sees it.
struct OverIpv6
{
    using Ip = Ipv6;             //!< the node's IP
    using Header = Ipv6Header;   //!< IP header
    using Route = Ipv6Route;     //!< route
    using Address = Ipv6Address; //!< IP address

    /// The Payload Length field does not count the header (RFC 8200, section 3); no jumbograms.
    static constexpr uint32_t MAX_PAYLOAD = 65535 - UDP_HEADER_SIZE;

    /// An address, as ns-3 has it. @param address it
    static Address Of(const L2tpIpAddress& address)
    {
        return address.GetIpv6();
    }

    /// The node's IP, null if it has none. @param port a port of the node
    static Ptr<Ip> IpOf(const L2tpUdpPort& port)
    {
        return port.GetIpv6();
    }

    /// Say in a header that it is followed by UDP. @param header it
    static void SetUdp(Header& header)
    {
        header.SetNextHeader(UdpL4Protocol::PROT_NUMBER);
    }

    /// Find a route. @param ip the node's IP @param packet what is sent @param header its header
    /// @param device where the route must lead, null for anywhere @return the route, or null
    static Ptr<Route> FindRoute(Ip& ip,
                                Ptr<Packet> packet,
                                const Header& header,
                                Ptr<NetDevice> device)
    {
        Socket::SocketErrno error = Socket::ERROR_NOTERROR;
        return ip.GetRoutingProtocol()->RouteOutput(packet, header, device, error);
    }

    /**
     * @brief The device that a peer is to be reached by.
     * @param peer the peer
     * @param ip the node's IP
     * @return the device to the link of a link-local address, null for any and if it is not known
     */
    static Ptr<NetDevice> DeviceTo(const L2tpIpAddress& peer, Ip& ip)
    {
        const uint32_t interface = peer.GetInterface();
        const bool known = interface > 0 && interface < ip.GetNInterfaces();
        return known ? ip.GetNetDevice(interface) : nullptr;
    }

    /// An own address. @param address as ns-3 has it @param peer on whose link it is
    static L2tpIpAddress Ours(Address address, const L2tpIpAddress& peer)
    {
        return {address, peer.GetInterface()};
    }

    /**
     * @brief Whether a route to a peer can be used: to a link-local address only on its link.
     * @param peer the peer
     * @param device what DeviceTo() has said
     */
    static bool IsUsable(const L2tpIpAddress& peer, Ptr<NetDevice> device)
    {
        return !peer.IsLinkLocal() || device;
    }

    /**
     * @brief The address to send from by a route.
     *
     * ns-3's static routing gives one that reaches the next hop. If that has a link-local address,
     * so has the route's source, and a peer beyond the link could not answer to it.
     * @param route the route
     * @param peer the peer
     * @param ip the node's IP
     * @return the address, :: if there is none that the peer could answer to
     */
    static Address SourceOf(const Route& route, const L2tpIpAddress& peer, Ip& ip)
    {
        if (!route.GetSource().IsLinkLocal() || peer.IsLinkLocal())
        {
            return route.GetSource();
        }
        const int32_t interface = ip.GetInterfaceForDevice(route.GetOutputDevice());
        for (uint32_t i = 0; interface >= 0 && i < ip.GetNAddresses(interface); ++i)
        {
            const Ipv6InterfaceAddress address = ip.GetAddress(interface, i);
            if (address.GetScope() == Ipv6InterfaceAddress::GLOBAL)
            {
                return address.GetAddress();
            }
        }
        return Ipv6Address::GetAny();
    }

    /// Say with what traffic class IP is to send. @param packet what @param trafficClass the octet
    static void Mark(Packet& packet, uint8_t trafficClass)
    {
        SocketIpv6TclassTag tag;
        tag.SetTclass(trafficClass);
        packet.ReplacePacketTag(tag);
    }
};

/// A route over one IP version. @tparam Family which
template <typename Family>
class RouteOver : public L2tpUdpRoute
{
  public:
    /// Make a route. @param local own address @param peer the peer
    RouteOver(const L2tpIpAddress& local, const L2tpUdpAddress& peer)
        : m_peer(peer.address),
          m_destination(Family::Of(peer.address)),
          m_port(peer.port)
    {
        Settle(Family::Of(local));
    }

    Ptr<NetDevice> LookUp(const L2tpUdpPort& port,
                          Ptr<Packet> packet,
                          Ptr<NetDevice> device) override
    {
        m_route = nullptr;
        const Ptr<typename Family::Ip> ip = Family::IpOf(port);
        if (!ip || !ip->GetRoutingProtocol())
        {
            return nullptr;
        }
        if (!device)
        {
            device = Family::DeviceTo(m_peer, *ip);
        }
        if (!Family::IsUsable(m_peer, device))
        {
            return nullptr;
        }
        typename Family::Header header;
        header.SetSource(m_local.value_or(Family::Address::GetAny()));
        header.SetDestination(m_destination);
        Family::SetUdp(header);
        m_route = Family::FindRoute(*ip, packet, header, device);
        return m_route ? m_route->GetOutputDevice() : nullptr;
    }

    bool SettleLocal(const L2tpUdpPort& port) override
    {
        if (!m_local)
        {
            Settle(Family::SourceOf(*m_route, m_peer, *Family::IpOf(port)));
        }
        return m_local.has_value();
    }

    void Send(const L2tpUdpPort& port, const Ptr<Packet>& packet, uint8_t trafficClass) override
    {
        if (trafficClass != 0)
        {
            Family::Mark(*packet, trafficClass);
        }
        port.GetUdp()->Send(packet, *m_local, m_destination, port.GetPort(), m_port, m_route);
    }

    L2tpIpAddress GetLocal() const override
    {
        return Family::Ours(m_local.value_or(Family::Address::GetAny()), m_peer);
    }

    uint32_t GetMaxPayload() const override
    {
        return Family::MAX_PAYLOAD;
    }

  private:
    /// Learn the own address. @param local the address, all zeros if it isn't known yet
    void Settle(const typename Family::Address& local)
    {
        if (local != Family::Address::GetAny())
        {
            m_local.emplace(local);
        }
    }

    const L2tpIpAddress m_peer;                      //!< the peer
    std::optional<typename Family::Address> m_local; //!< own address, once it is known
    const typename Family::Address m_destination;    //!< the peer
    const uint16_t m_port;                           //!< the peer's
    Ptr<typename Family::Route> m_route;             //!< what was looked up last
};

} // namespace

std::unique_ptr<L2tpUdpRoute>
L2tpUdpRoute::Make(const L2tpIpAddress& local, const L2tpUdpAddress& peer)
{
    if (peer.address.IsIpv6())
    {
        return std::make_unique<RouteOver<OverIpv6>>(local, peer);
    }
    return std::make_unique<RouteOver<OverIpv4>>(local, peer);
}

} // namespace ns3
