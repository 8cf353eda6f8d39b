/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-half-open-tunnels.h"

namespace ns3
{

void
L2tpHalfOpenTunnels::Add(Ptr<L2tpTunnel> tunnel)
{
    m_places[PeekPointer(tunnel)] = m_tunnels.insert(m_tunnels.end(), tunnel);
}

void
L2tpHalfOpenTunnels::Remove(const L2tpTunnel& tunnel)
{
    const auto place = m_places.find(&tunnel);
    if (place != m_places.end())
    {
        m_tunnels.erase(place->second);
        m_places.erase(place);
    }
}

void
L2tpHalfOpenTunnels::Clear()
{
    m_places.clear();
    m_tunnels.clear();
}

std::size_t
L2tpHalfOpenTunnels::GetN() const
{
    return m_tunnels.size();
}

Ptr<L2tpTunnel>
L2tpHalfOpenTunnels::GetOldest() const
{
    return m_tunnels.empty() ? nullptr : m_tunnels.front();
}

} // namespace ns3
