/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-udp-path.h"

#include "ns3/assert.h"
#include "ns3/loopback-net-device.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"

namespace ns3
{

namespace
{

/// Say which priority a packet has in queue discs of its node, as sockets do, unless it has one.
/// @param packet the packet @param trafficClass of its IP header
void
Prioritise(Packet& packet, uint8_t trafficClass)
{
    SocketPriorityTag tag;
    const uint8_t priority = Socket::IpTos2Priority(trafficClass);
    if (priority != 0 && !packet.PeekPacketTag(tag))
    {
        tag.SetPriority(priority);
        packet.AddPacketTag(tag);
    }
}

} // namespace

L2tpUdpPath::L2tpUdpPath(Ptr<L2tpUdpPort> port,
                         const L2tpIpAddress& local,
                         const L2tpUdpAddress& peer)
    : m_port(port),
      m_peer(peer),
      m_route(L2tpUdpRoute::Make(local, peer)),
      m_maxPayload(m_route->GetMaxPayload())
{
}

bool
L2tpUdpPath::Send(Ptr<Packet> packet, uint8_t trafficClass)
{
    if (m_port->GetPort() == 0)
    {
        return false;
    }
    if (!(m_found && Simulator::Now() < m_routeUntil) && !FindRoute(packet))
    {
        return false;
    }
    if (trafficClass != 0)
    {
        Prioritise(*packet, trafficClass);
    }
    if (m_isLocal)
    {
        // ns-3 would deliver it before this returns, and the peer's answer, too.
        Simulator::ScheduleNow(&L2tpUdpPath::SendByRoute,
                               Ptr<L2tpUdpPath>(this),
                               packet,
                               trafficClass);
    }
    else
    {
        m_route->Send(*m_port, packet, trafficClass);
    }
    return true;
}

void
L2tpUdpPath::SendByRoute(Ptr<Packet> packet, uint8_t trafficClass)
{
    if (m_port->GetPort() != 0 && m_found)
    {
        m_route->Send(*m_port, packet, trafficClass);
    }
}

bool
L2tpUdpPath::HasRoute()
{
    return m_port->GetPort() != 0 && FindRoute(Create<Packet>());
}

bool
L2tpUdpPath::FindRoute(const Ptr<Packet>& packet)
{
    Ptr<NetDevice> via = m_route->LookUp(*m_port, packet, nullptr);
    if (via && m_via && via != m_via && m_port->LeadsIntoTunnel(via))
    {
        via = m_route->LookUp(*m_port, packet, m_via);
    }
    // Section 8.1: addresses and ports, once established, remain static.
    m_found = via && m_route->SettleLocal(*m_port);
    if (!m_found)
    {
        return false;
    }
    m_via = via;
    // Protocols for ad hoc networks let a packet wait behind the loopback device for its real
    // route.
    const bool isLoopback = DynamicCast<LoopbackNetDevice>(m_via) != nullptr;
    m_isLocal = isLoopback || m_peer.address.IsOn(m_via->GetNode());
    m_routeUntil = Simulator::Now() + (isLoopback ? Seconds(0) : Seconds(1));
    return true;
}

void
L2tpUdpPath::Refresh()
{
    m_found = false;
}

const L2tpUdpAddress&
L2tpUdpPath::GetPeer() const
{
    return m_peer;
}

void
L2tpUdpPath::SetPeer(const L2tpUdpAddress& peer)
{
    NS_ASSERT_MSG(peer.address.IsIpv6() == m_peer.address.IsIpv6(),
                  "the local address would be of another IP version");
    const L2tpIpAddress local = GetLocal();
    m_peer = peer;
    m_route = L2tpUdpRoute::Make(local, peer);
    Refresh();
}

L2tpIpAddress
L2tpUdpPath::GetLocal() const
{
    return m_route->GetLocal();
}

} // namespace ns3
