/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-dont-fragment.h"

#include "l2-path-mtu.h"
#include "l2tp-vrf-routing.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/icmpv4-l4-protocol.h"
#include "ns3/icmpv4.h"
#include "ns3/ip-l4-protocol.h"
#include "ns3/log.h"
#include "ns3/output-stream-wrapper.h"
#include "ns3/socket.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpDontFragment");
NS_OBJECT_ENSURE_REGISTERED(L2tpDontFragment);

namespace
{

/// The TTL of packets whose socket doesn't say. @param ipv4 of the node @return its attribute
uint8_t
DefaultTtlOf(const Ipv4& ipv4)
{
    UintegerValue ttl;
    ipv4.GetAttribute("DefaultTtl", ttl);
    return ttl.Get();
}

/// Whether there may be an ICMP error about a packet (RFC 1812, section 4.3.2.7): not about ICMP
/// errors, nor about fragments behind the first, nor to what is no host's address. @param header
/// of the packet @param packet it without header @return true if so
bool
MayBeAnswered(const Ipv4Header& header, Ptr<const Packet> packet)
{
    const Ipv4Address source = header.GetSource();
    if (header.GetFragmentOffset() != 0 || source.IsAny() || source.IsBroadcast() ||
        source.IsMulticast())
    {
        return false;
    }
    uint8_t type = 0;
    if (header.GetProtocol() != Icmpv4L4Protocol::PROT_NUMBER || packet->CopyData(&type, 1) == 0)
    {
        return true;
    }
    constexpr uint8_t SOURCE_QUENCH = 4;
    constexpr uint8_t REDIRECT = 5;
    constexpr uint8_t PARAMETER_PROBLEM = 12;
    return type != Icmpv4Header::ICMPV4_DEST_UNREACH && type != SOURCE_QUENCH && type != REDIRECT &&
           type != Icmpv4Header::ICMPV4_TIME_EXCEEDED && type != PARAMETER_PROBLEM;
}

/// Whether an ICMP error is as long as it says: it quotes an IP header, and eight octets of what
/// followed. @param packet the ICMP message @return true if so
bool
IsErrorWhole(Ptr<const Packet> packet)
{
    constexpr uint32_t ERROR_SIZE = 8;  // octets before the quotation
    constexpr uint32_t QUOTED_DATA = 8; // octets behind the quoted header
    uint8_t octets[ERROR_SIZE + 1];
    if (packet->CopyData(octets, sizeof(octets)) < sizeof(octets))
    {
        return false;
    }
    const uint32_t quotedHeader = (octets[ERROR_SIZE] & 0x0f) * 4;
    return quotedHeader >= Ipv4Header().GetSerializedSize() &&
           packet->GetSize() >= ERROR_SIZE + quotedHeader + QUOTED_DATA;
}

} // namespace

TypeId
L2tpDontFragment::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpDontFragment")
            .SetParent<Ipv4ListRouting>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpDontFragment>()
            .AddAttribute("SetBit",
                          "Whether packets of this node's TCP and UDP bear the Don't Fragment bit.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpDontFragment::m_setBit),
                          MakeBooleanChecker())
            .AddAttribute("SendIcmp",
                          "Whether senders are told that a packet was too long. Without it the "
                          "node is what RFC 2923, section 2.1, calls a black hole.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpDontFragment::m_sendIcmp),
                          MakeBooleanChecker())
            .AddTraceSource("Drop",
                            "A packet was too long: its header, the packet, the MTU.",
                            MakeTraceSourceAccessor(&L2tpDontFragment::m_dropTrace),
                            "ns3::L2tpDontFragment::DropTracedCallback")
            .AddTraceSource("PathMtu",
                            "A router has said that a packet of this node was too long: the "
                            "packet's destination, the MTU.",
                            MakeTraceSourceAccessor(&L2tpDontFragment::m_pathMtuTrace),
                            "ns3::L2tpDontFragment::PathMtuTracedCallback");
    return tid;
}

L2tpDontFragment::L2tpDontFragment() = default;

L2tpDontFragment::~L2tpDontFragment() = default;

void
L2tpDontFragment::DoDispose()
{
    if (m_protocol)
    {
        m_protocol->Dispose();
        m_protocol = nullptr;
    }
    m_ip = nullptr;
    Ipv4ListRouting::DoDispose();
}

void
L2tpDontFragment::DoInitialize()
{
    // It may have been set since.
    m_ttl = DefaultTtlOf(*m_ip);
    m_protocol->Initialize();
    Ipv4ListRouting::DoInitialize();
}

Ptr<L2tpDontFragment>
L2tpDontFragment::Install(Ptr<Node> node)
{
    const auto ipv4 = node->GetObject<Ipv4>();
    NS_ABORT_MSG_IF(!ipv4 || !ipv4->GetRoutingProtocol(),
                    "L2tpDontFragment: node " << node->GetId()
                                              << " has no IPv4 routing: install an internet stack");
    if (const auto present = DynamicCast<L2tpDontFragment>(ipv4->GetRoutingProtocol()))
    {
        return present;
    }
    NS_ABORT_MSG_IF(L2tpVrfRouting::Find(*ipv4),
                    "L2tpDontFragment: node " << node->GetId()
                                              << " has isolated networks already: install this "
                                                 "before domains are added");
    auto made = CreateObject<L2tpDontFragment>();
    made->m_protocol = ipv4->GetRoutingProtocol();
    ipv4->SetRoutingProtocol(made);
    made->m_ttl = DefaultTtlOf(*ipv4);
    made->Divert(UdpL4Protocol::PROT_NUMBER);
    made->Divert(TcpL4Protocol::PROT_NUMBER);
    NS_ABORT_MSG_UNLESS(ipv4->TraceConnectWithoutContext(
                            "LocalDeliver",
                            MakeCallback(&L2tpDontFragment::Delivered, PeekPointer(made))),
                        "L2tpDontFragment: the IPv4 of node "
                            << node->GetId() << " can't be watched: use Ipv4L3Protocol");
    return made;
}

void
L2tpDontFragment::Divert(int number)
{
    if (const auto protocol = m_ip->GetProtocol(number))
    {
        protocol->SetDownTarget(MakeCallback(&L2tpDontFragment::Send, this));
    }
}

void
L2tpDontFragment::Send(Ptr<Packet> packet,
                       Ipv4Address source,
                       Ipv4Address destination,
                       uint8_t protocol,
                       Ptr<Ipv4Route> route)
{
    // A packet to many has no path whose MTU could be found.
    if (!m_setBit || !route || destination.IsBroadcast() || destination.IsMulticast())
    {
        m_ip->Send(packet, source, destination, protocol, route);
        return;
    }
    Ipv4Header header;
    header.SetSource(source);
    header.SetDestination(destination);
    header.SetProtocol(protocol);
    header.SetPayloadSize(packet->GetSize());
    header.SetDontFragment();
    // It needs none unless a router fragments it all the same, as ns-3's do: counted, so that
    // fragments of several packets aren't taken for those of one.
    header.SetIdentification(m_identification++);
    SocketIpTtlTag ttl;
    header.SetTtl(packet->RemovePacketTag(ttl) ? ttl.GetTtl() : m_ttl);
    SocketIpTosTag tos;
    header.SetTos(packet->RemovePacketTag(tos) ? tos.GetTos() : 0);
    if (!IsTooLong(*route, header, packet))
    {
        m_ip->SendWithHeader(packet, header, route);
    }
}

bool
L2tpDontFragment::IsTooLong(const Ipv4Route& route,
                            const Ipv4Header& header,
                            Ptr<const Packet> packet)
{
    if (!header.IsDontFragment())
    {
        return false;
    }
    const uint16_t mtu = L2MtuTo(route.GetOutputDevice(), header.GetDestination());
    if (header.GetSerializedSize() + packet->GetSize() <= mtu)
    {
        return false;
    }
    NS_LOG_LOGIC("too long for a link of " << mtu << " octets: " << packet->GetSize() << " to "
                                           << header.GetDestination());
    ++m_dropped;
    m_dropTrace(header, packet, mtu);
    return true;
}

void
L2tpDontFragment::Refuse(const Ipv4Header& header, Ptr<const Packet> packet, uint16_t mtu) const
{
    if (!m_sendIcmp || !MayBeAnswered(header, packet))
    {
        return;
    }
    const auto icmp = m_ip->GetObject<Icmpv4L4Protocol>();
    if (icmp)
    {
        icmp->SendDestUnreachFragNeeded(header, packet, mtu);
    }
}

bool
L2tpDontFragment::MayForward(const Ipv4Route& route,
                             const Ipv4Header& header,
                             Ptr<const Packet> packet)
{
    // One at the end of its life is refused for that.
    if (header.GetTtl() <= 1 || !IsTooLong(route, header, packet))
    {
        return true;
    }
    Refuse(header, packet, L2MtuTo(route.GetOutputDevice(), header.GetDestination()));
    return false;
}

bool
L2tpDontFragment::RouteInput(Ptr<const Packet> packet,
                             const Ipv4Header& header,
                             Ptr<const NetDevice> device,
                             RouteInputTypes::Unicast unicast,
                             RouteInputTypes::Multicast multicast,
                             RouteInputTypes::Local local,
                             RouteInputTypes::Error failed)
{
    // A protocol may keep the callbacks, and call them later.
    const auto forward = [this, unicast](Ptr<Ipv4Route> route,
                                         Ptr<const Packet> sent,
                                         const Ipv4Header& sentHeader) {
        if (MayForward(*route, sentHeader, sent))
        {
            unicast(route, sent, sentHeader);
        }
    };
    return m_protocol->RouteInput(packet,
                                  header,
                                  device,
                                  UnicastForwardCallback(forward),
                                  multicast,
                                  local,
                                  failed);
}

void
L2tpDontFragment::Delivered(const Ipv4Header& header,
                            Ptr<const Packet> packet,
                            uint32_t /* interface */)
{
    if (header.GetProtocol() != Icmpv4L4Protocol::PROT_NUMBER || !IsErrorWhole(packet))
    {
        return;
    }
    Icmpv4Header icmp;
    Icmpv4DestinationUnreachable unreachable;
    const Ptr<Packet> message = packet->Copy();
    message->RemoveHeader(icmp);
    if (icmp.GetType() != Icmpv4Header::ICMPV4_DEST_UNREACH ||
        icmp.GetCode() != Icmpv4DestinationUnreachable::ICMPV4_FRAG_NEEDED)
    {
        return;
    }
    message->RemoveHeader(unreachable);
    const Ipv4Header quoted = unreachable.GetHeader();
    const uint16_t mtu = unreachable.GetNextHopMtu();
    // RFC 5927, section 7.2: it must be about what this node may have sent. A router that knows
    // nothing of RFC 1191 says 0, which names no MTU.
    const bool isOurs = m_ip->GetInterfaceForAddress(quoted.GetSource()) >= 0;
    const bool isPlausible =
        mtu >= MIN_MTU && mtu < quoted.GetSerializedSize() + quoted.GetPayloadSize();
    if (isOurs && isPlausible)
    {
        m_pathMtuTrace(quoted.GetDestination(), mtu);
    }
}

uint64_t
L2tpDontFragment::GetNDropped() const
{
    return m_dropped;
}

void
L2tpDontFragment::AddRoutingProtocol(Ptr<Ipv4RoutingProtocol> protocol, int16_t priority)
{
    const auto list = DynamicCast<Ipv4ListRouting>(m_protocol);
    NS_ABORT_MSG_IF(!list,
                    "L2tpDontFragment: the node had no Ipv4ListRouting that another protocol "
                    "could be added to: install its internet stack with one");
    list->AddRoutingProtocol(protocol, priority);
}

uint32_t
L2tpDontFragment::GetNRoutingProtocols() const
{
    return 1;
}

Ptr<Ipv4RoutingProtocol>
L2tpDontFragment::GetRoutingProtocol(uint32_t /* index */, int16_t& priority) const
{
    priority = 0;
    return m_protocol;
}

Ptr<Ipv4Route>
L2tpDontFragment::RouteOutput(Ptr<Packet> packet,
                              const Ipv4Header& header,
                              Ptr<NetDevice> device,
                              Socket::SocketErrno& error)
{
    return m_protocol->RouteOutput(packet, header, device, error);
}

void
L2tpDontFragment::NotifyInterfaceUp(uint32_t interface)
{
    m_protocol->NotifyInterfaceUp(interface);
}

void
L2tpDontFragment::NotifyInterfaceDown(uint32_t interface)
{
    m_protocol->NotifyInterfaceDown(interface);
}

void
L2tpDontFragment::NotifyAddAddress(uint32_t interface, Ipv4InterfaceAddress address)
{
    m_protocol->NotifyAddAddress(interface, address);
}

void
L2tpDontFragment::NotifyRemoveAddress(uint32_t interface, Ipv4InterfaceAddress address)
{
    m_protocol->NotifyRemoveAddress(interface, address);
}

void
L2tpDontFragment::SetIpv4(Ptr<Ipv4> ipv4)
{
    // The routing protocol below has got it when it was the node's own.
    m_ip = ipv4;
}

void
L2tpDontFragment::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    m_protocol->PrintRoutingTable(stream, unit);
}

} // namespace ns3
