/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-udp-port.h"

#include "ns3/abort.h"
#include "ns3/ipv4-end-point.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/loopback-net-device.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/udp-l4-protocol.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpUdpPort);

std::ostream&
operator<<(std::ostream& os, const L2tpUdpAddress& address)
{
    return os << address.address << ":" << address.port;
}

L2tpUdpPath::L2tpUdpPath(Ptr<L2tpUdpPort> port, Ipv4Address local, const L2tpUdpAddress& peer)
    : m_port(port),
      m_local(local),
      m_peer(peer)
{
}

bool
L2tpUdpPath::Send(Ptr<Packet> packet)
{
    if (!m_port->m_endPoint || !FindRoute(packet))
    {
        return false;
    }
    if (m_isLocal)
    {
        // ns-3 would deliver it before this returns, and the peer's answer, too.
        Simulator::ScheduleNow(&L2tpUdpPath::SendByRoute, Ptr<L2tpUdpPath>(this), packet);
    }
    else
    {
        SendByRoute(packet);
    }
    return true;
}

void
L2tpUdpPath::SendByRoute(Ptr<Packet> packet)
{
    if (m_port->m_endPoint && m_route)
    {
        m_port->m_udp->Send(packet,
                            m_local,
                            m_peer.address,
                            m_port->m_endPoint->GetLocalPort(),
                            m_peer.port,
                            m_route);
    }
}

bool
L2tpUdpPath::FindRoute(Ptr<Packet> packet)
{
    if (m_route && Simulator::Now() < m_routeUntil)
    {
        return true;
    }
    Ptr<Ipv4RoutingProtocol> routing = m_port->m_ipv4->GetRoutingProtocol();
    if (!routing)
    {
        return false;
    }
    Ipv4Header header;
    header.SetSource(m_local);
    header.SetDestination(m_peer.address);
    header.SetProtocol(UdpL4Protocol::PROT_NUMBER);
    Socket::SocketErrno error = Socket::ERROR_NOTERROR;
    m_route = routing->RouteOutput(packet, header, nullptr, error);
    const bool leadsIntoTunnel = m_route && m_via && m_route->GetOutputDevice() != m_via &&
                                 !m_port->m_leadsIntoTunnel.IsNull() &&
                                 m_port->m_leadsIntoTunnel(m_route->GetOutputDevice());
    if (leadsIntoTunnel)
    {
        m_route = routing->RouteOutput(packet, header, m_via, error);
    }
    if (!m_route)
    {
        return false;
    }
    m_via = m_route->GetOutputDevice();
    if (m_local == Ipv4Address::GetAny())
    {
        // Section 8.1: addresses and ports, once established, remain static.
        m_local = m_route->GetSource();
    }
    // Protocols for ad hoc networks let a packet wait behind the loopback device for its real
    // route.
    const bool isLoopback = DynamicCast<LoopbackNetDevice>(m_via) != nullptr;
    m_isLocal = isLoopback || m_port->m_ipv4->GetInterfaceForAddress(m_peer.address) != -1;
    m_routeUntil = Simulator::Now() + (isLoopback ? Seconds(0) : Seconds(1));
    return true;
}

void
L2tpUdpPath::Refresh()
{
    m_route = nullptr;
}

const L2tpUdpAddress&
L2tpUdpPath::GetPeer() const
{
    return m_peer;
}

void
L2tpUdpPath::SetPeer(const L2tpUdpAddress& peer)
{
    m_peer = peer;
    Refresh();
}

Ipv4Address
L2tpUdpPath::GetLocal() const
{
    return m_local;
}

TypeId
L2tpUdpPort::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpUdpPort")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpUdpPort>();
    return tid;
}

L2tpUdpPort::L2tpUdpPort() = default;
L2tpUdpPort::~L2tpUdpPort() = default;

void
L2tpUdpPort::DoDispose()
{
    Close();
    Object::DoDispose();
}

bool
L2tpUdpPort::Open(Ptr<Node> node, uint16_t port, ReceiveCallback receive)
{
    m_udp = node->GetObject<UdpL4Protocol>();
    m_ipv4 = node->GetObject<Ipv4>();
    NS_ABORT_MSG_IF(!m_udp || !m_ipv4,
                    "Node " << node->GetId()
                            << " has no internet stack: install one (InternetStackHelper) before "
                               "L2TP is started on it");
    m_endPoint = port == 0 ? m_udp->Allocate() : m_udp->Allocate(nullptr, port);
    if (!m_endPoint)
    {
        return false;
    }
    m_receive = receive;
    m_endPoint->SetRxCallback(MakeCallback(&L2tpUdpPort::Receive, this));
    m_endPoint->SetDestroyCallback(MakeCallback(&L2tpUdpPort::Destroyed, this));
    return true;
}

void
L2tpUdpPort::SetTunnelPredicate(TunnelPredicate leadsIntoTunnel)
{
    m_leadsIntoTunnel = leadsIntoTunnel;
}

void
L2tpUdpPort::Close()
{
    if (m_endPoint)
    {
        // UDP would call back from within DeAllocate().
        m_endPoint->SetDestroyCallback(Callback<void>());
        m_udp->DeAllocate(m_endPoint);
        m_endPoint = nullptr;
    }
    m_receive = ReceiveCallback();
    m_udp = nullptr;
    m_ipv4 = nullptr;
}

void
L2tpUdpPort::Destroyed()
{
    m_endPoint = nullptr;
    Close();
}

uint16_t
L2tpUdpPort::GetPort() const
{
    return m_endPoint ? m_endPoint->GetLocalPort() : 0;
}

void
L2tpUdpPort::Receive(Ptr<Packet> packet,
                     Ipv4Header header,
                     uint16_t port,
                     Ptr<Ipv4Interface> /* interface */)
{
    m_receive(packet, {header.GetSource(), port}, header.GetDestination());
}

} // namespace ns3
