/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-access-container.h"

namespace ns3
{

void
L2tpAccessContainer::Add(Ptr<L2tpDialingHost> host, Ptr<NetDevice> device, Ptr<NetDevice> peer)
{
    m_hosts.push_back(host);
    m_devices.Add(device);
    m_peers.Add(peer);
}

void
L2tpAccessContainer::SetServer(Ptr<L2tpAccessServer> server, const std::vector<Ptr<L2tpLns>>& lnss)
{
    m_server = server;
    m_lnss = lnss;
}

uint32_t
L2tpAccessContainer::GetN() const
{
    return static_cast<uint32_t>(m_hosts.size());
}

Ptr<L2tpDialingHost>
L2tpAccessContainer::GetHost(uint32_t i) const
{
    return m_hosts.at(i);
}

Ipv4Address
L2tpAccessContainer::GetHostAddress(uint32_t i) const
{
    return m_hosts.at(i)->GetAddress();
}

Ptr<PppNetDevice>
L2tpAccessContainer::GetPppDevice(uint32_t i) const
{
    return m_hosts.at(i)->GetDevice();
}

Ptr<NetDevice>
L2tpAccessContainer::GetHostDevice(uint32_t i) const
{
    return m_devices.Get(i);
}

Ptr<NetDevice>
L2tpAccessContainer::GetAccessDevice(uint32_t i) const
{
    return m_peers.Get(i);
}

Ptr<L2tpAccessServer>
L2tpAccessContainer::GetServer() const
{
    return m_server;
}

Ptr<L2tpLac>
L2tpAccessContainer::GetLac() const
{
    return m_server ? m_server->GetLac() : nullptr;
}

uint32_t
L2tpAccessContainer::GetNLns() const
{
    return static_cast<uint32_t>(m_lnss.size());
}

Ptr<L2tpLns>
L2tpAccessContainer::GetLns(uint32_t i) const
{
    return m_lnss.at(i);
}

void
L2tpAccessContainer::Start(Time start) const
{
    for (const auto& host : m_hosts)
    {
        host->SetStartTime(start);
    }
}

void
L2tpAccessContainer::Stop(Time stop) const
{
    for (const auto& host : m_hosts)
    {
        host->SetStopTime(stop);
    }
}

void
L2tpAccessContainer::AddStreams(Ptr<Application> user)
{
    m_streamUsers.emplace_back([user](int64_t stream) {
        return dynamic_cast<L2tpStreamUser&>(*user).AssignStreams(stream);
    });
}

void
L2tpAccessContainer::AddLineStreams(Ptr<L2SerialLine> line)
{
    m_streamUsers.emplace_back([line](int64_t stream) { return line->AssignStreams(stream); });
}

int64_t
L2tpAccessContainer::AssignStreams(int64_t stream) const
{
    int64_t used = 0;
    for (const auto& assign : m_streamUsers)
    {
        used += assign(stream + used);
    }
    return used;
}

} // namespace ns3
