/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-udp-port.h"

#include "ns3/abort.h"
#include "ns3/ipv4-end-point.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-end-point.h"
#include "ns3/ipv6-interface.h"
#include "ns3/ipv6.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/node.h"
#include "ns3/udp-l4-protocol.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpUdpPort);

namespace
{

/// How many ports UDP chooses from when any will do: 49152 to 65535 (RFC 6335, section 6).
constexpr uint32_t EPHEMERAL_PORTS = 65536 - 49152;

} // namespace

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

L2tpUdpPort::~L2tpUdpPort()
{
    // Nobody may have disposed of it, and UDP must not call back.
    Close();
}

void
L2tpUdpPort::DoDispose()
{
    Close();
    Object::DoDispose();
}

bool
L2tpUdpPort::Open(Ptr<Node> node, uint16_t port, ReceiveCallback receive)
{
    Close(); // it may have fallen silent
    m_udp = node->GetObject<UdpL4Protocol>();
    m_ipv4 = node->GetObject<Ipv4>();
    m_ipv6 = node->GetObject<Ipv6>();
    NS_ABORT_MSG_IF(!m_udp || (!m_ipv4 && !m_ipv6),
                    "Node " << node->GetId()
                            << " has no internet stack: install one (InternetStackHelper) before "
                               "L2TP is started on it");
    // A port that is free over IPv4 may be taken over IPv6: then the next is tried, if there is
    // one.
    bool open = Allocate(port);
    for (uint32_t tries = 1; !open && port == 0 && m_number != 0 && tries < EPHEMERAL_PORTS;
         ++tries)
    {
        open = Allocate(port);
    }
    if (!open)
    {
        Close();
        return false;
    }
    m_receive = receive;
    if (m_endPoint4)
    {
        m_endPoint4->SetRxCallback(MakeCallback(&L2tpUdpPort::ReceiveIpv4, this));
        m_endPoint4->SetDestroyCallback(MakeCallback(&L2tpUdpPort::DestroyedIpv4, this));
    }
    if (m_endPoint6)
    {
        m_endPoint6->SetRxCallback(MakeCallback(&L2tpUdpPort::ReceiveIpv6, this));
        m_endPoint6->SetDestroyCallback(MakeCallback(&L2tpUdpPort::DestroyedIpv6, this));
    }
    return true;
}

bool
L2tpUdpPort::Allocate(uint16_t port)
{
    m_number = 0;
    if (m_ipv4)
    {
        m_endPoint4 = port == 0 ? m_udp->Allocate() : m_udp->Allocate(nullptr, port);
        if (!m_endPoint4)
        {
            return false;
        }
        port = m_endPoint4->GetLocalPort();
        m_number = port;
    }
    if (m_ipv6)
    {
        m_endPoint6 = port == 0 ? m_udp->Allocate6() : m_udp->Allocate6(nullptr, port);
        if (!m_endPoint6)
        {
            if (m_endPoint4)
            {
                m_udp->DeAllocate(m_endPoint4);
                m_endPoint4 = nullptr;
            }
            return false;
        }
        port = m_endPoint6->GetLocalPort();
    }
    m_number = port;
    return true;
}

void
L2tpUdpPort::SetTunnelPredicate(TunnelPredicate leadsIntoTunnel)
{
    m_leadsIntoTunnel = leadsIntoTunnel;
}

void
L2tpUdpPort::SetStrangerCallback(StrangerCallback stranger)
{
    m_stranger = stranger;
}

bool
L2tpUdpPort::LeadsIntoTunnel(Ptr<NetDevice> device) const
{
    return !m_leadsIntoTunnel.IsNull() && m_leadsIntoTunnel(device);
}

void
L2tpUdpPort::Close()
{
    // UDP would call back from within DeAllocate().
    if (m_endPoint4)
    {
        m_endPoint4->SetDestroyCallback(Callback<void>());
        m_udp->DeAllocate(m_endPoint4);
        m_endPoint4 = nullptr;
    }
    if (m_endPoint6)
    {
        m_endPoint6->SetDestroyCallback(Callback<void>());
        m_udp->DeAllocate(m_endPoint6);
        m_endPoint6 = nullptr;
    }
    m_receive = ReceiveCallback();
    m_udp = nullptr;
    m_ipv4 = nullptr;
    m_ipv6 = nullptr;
    m_number = 0;
}

void
L2tpUdpPort::FallSilent()
{
    m_receive = ReceiveCallback();
    m_number = 0;
}

void
L2tpUdpPort::DestroyedIpv4()
{
    m_endPoint4 = nullptr;
    CloseIfGone();
}

void
L2tpUdpPort::DestroyedIpv6()
{
    m_endPoint6 = nullptr;
    CloseIfGone();
}

void
L2tpUdpPort::CloseIfGone()
{
    // UDP destroys one after the other, and must not be asked for the second meanwhile.
    m_number = 0;
    if (!m_endPoint4 && !m_endPoint6)
    {
        Close();
    }
}

Ptr<Ipv4>
L2tpUdpPort::GetIpv4() const
{
    return m_ipv4;
}

Ptr<Ipv6>
L2tpUdpPort::GetIpv6() const
{
    return m_ipv6;
}

void
L2tpUdpPort::ReceiveIpv4(Ptr<Packet> packet,
                         Ipv4Header header,
                         uint16_t port,
                         Ptr<Ipv4Interface> interface)
{
    if (m_receive.IsNull())
    {
        return;
    }
    const auto tables = L2tpVrfRouting::Find(*m_ipv4);
    if (tables && !tables->GetTable(m_ipv4->GetInterfaceForDevice(interface->GetDevice())).empty())
    {
        if (!m_stranger.IsNull())
        {
            m_stranger(packet);
        }
        return;
    }
    const ReceiveCallback receive = m_receive; // it stays, even if it closes the port
    m_receivedClass = header.GetTos();
    receive(packet, {header.GetSource(), port}, header.GetDestination());
}

void
L2tpUdpPort::ReceiveIpv6(Ptr<Packet> packet,
                         Ipv6Header header,
                         uint16_t port,
                         Ptr<Ipv6Interface> interface)
{
    if (m_receive.IsNull())
    {
        return;
    }
    L2tpIpAddress from(header.GetSource());
    L2tpIpAddress to(header.GetDestination());
    if ((from.IsLinkLocal() || to.IsLinkLocal()) && interface)
    {
        const uint32_t link = m_ipv6->GetInterfaceForDevice(interface->GetDevice());
        from = {header.GetSource(), link};
        to = {header.GetDestination(), link};
    }
    const ReceiveCallback receive = m_receive; // it stays, even if it closes the port
    m_receivedClass = header.GetTrafficClass();
    receive(packet, {from, port}, to);
}

} // namespace ns3
