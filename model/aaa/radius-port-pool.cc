/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-port-pool.h"

#include "ns3/abort.h"

#include <algorithm>
#include <utility>

namespace ns3
{

RadiusPortPool::RadiusPortPool(Ptr<Node> node, uint32_t maxPorts, ReceiveCallback receive)
    : m_node(node),
      m_maxPorts(maxPorts),
      m_receive(receive)
{
}

RadiusPortPool::~RadiusPortPool()
{
    for (const auto& port : m_ports)
    {
        port->udp->Dispose();
    }
}

RadiusPortPool::Port&
RadiusPortPool::Open()
{
    auto port = std::make_unique<Port>();
    port->udp = CreateObject<L2tpUdpPort>();
    const bool opened =
        port->udp->Open(m_node,
                        0,
                        MakeBoundCallback(&RadiusPortPool::Receive, this, m_ports.size()));
    NS_ABORT_MSG_IF(!opened,
                    "RadiusClient: node "
                        << m_node->GetId()
                        << " has no free UDP port: let other applications use fewer");
    m_ports.push_back(std::move(port));
    return *m_ports.back();
}

std::optional<RadiusPortPool::Place>
RadiusPortPool::Take(Sent sent)
{
    auto it = std::find_if(m_ports.begin(), m_ports.end(), [](const auto& port) {
        return port->used < port->sent.size();
    });
    const auto index = static_cast<std::size_t>(it - m_ports.begin());
    if (index == m_maxPorts)
    {
        return std::nullopt;
    }
    Port& port = it == m_ports.end() ? Open() : **it;
    while (port.sent[port.next])
    {
        ++port.next;
    }
    const auto identifier = port.next++;
    port.sent[identifier] = std::move(sent);
    ++port.used;
    return Place{index, identifier};
}

RadiusPortPool::Sent&
RadiusPortPool::At(const Place& place)
{
    return *m_ports[place.port]->sent[place.identifier];
}

const RadiusPortPool::Sent*
RadiusPortPool::Find(std::size_t port, uint8_t identifier) const
{
    const auto& sent = m_ports[port]->sent[identifier];
    return sent ? &*sent : nullptr;
}

void
RadiusPortPool::Free(const Place& place)
{
    m_ports[place.port]->sent[place.identifier].reset();
    --m_ports[place.port]->used;
}

bool
RadiusPortPool::Send(const Place& place, const L2tpUdpAddress& server)
{
    auto& port = *m_ports[place.port];
    auto& path = port.paths[server];
    if (!path)
    {
        path = Create<L2tpUdpPath>(port.udp, L2tpIpAddress(), server);
    }
    const auto& octets = At(place).octets;
    return path->Send(Create<Packet>(octets.data(), octets.size()));
}

std::size_t
RadiusPortPool::GetPorts() const
{
    return m_ports.size();
}

void
RadiusPortPool::Receive(RadiusPortPool* pool,
                        std::size_t port,
                        Ptr<Packet> packet,
                        const L2tpUdpAddress& from,
                        const L2tpIpAddress& /* to */)
{
    pool->m_receive(port, packet, from);
}

} // namespace ns3
