/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-vpn-container.h"

#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

namespace
{

/**
 * @brief How long a client may take to hang up: LCP may need all its Terminate-Requests.
 * @param client the client
 * @return the time, with that of the call's own good-bye
 */
Time
GoodByeOf(const L2tpVoluntaryClient& client)
{
    const Time margin = Seconds(3);
    Ptr<PppLcp> lcp = client.GetDevice()->GetLink()->GetLcp();
    TimeValue restartTimer;
    UintegerValue maxTerminate;
    lcp->GetAttribute("RestartTimer", restartTimer);
    lcp->GetAttribute("MaxTerminate", maxTerminate);
    return NanoSeconds(restartTimer.Get().GetNanoSeconds() *
                       static_cast<int64_t>(maxTerminate.Get())) +
           margin;
}

} // namespace

void
L2tpVpnContainer::Add(Ptr<L2tpVoluntaryClient> client, Ptr<L2tpLac> lac)
{
    m_clients.push_back(client);
    m_lacs.push_back(lac);
    m_places.push_back(m_nPlaces++);
}

void
L2tpVpnContainer::AddRemote()
{
    ++m_nPlaces;
}

void
L2tpVpnContainer::SetLns(Ptr<L2tpLns> lns)
{
    m_lns = lns;
}

void
L2tpVpnContainer::SetRemoteLns(int64_t streams)
{
    m_remoteLnsStreams = streams;
}

uint32_t
L2tpVpnContainer::GetN() const
{
    return m_clients.size();
}

Ptr<L2tpVoluntaryClient>
L2tpVpnContainer::GetClient(uint32_t i) const
{
    return m_clients.at(i);
}

Ptr<L2tpLac>
L2tpVpnContainer::GetLac(uint32_t i) const
{
    return m_lacs.at(i);
}

Ptr<L2tpLns>
L2tpVpnContainer::GetLns() const
{
    return m_lns;
}

Ptr<PppNetDevice>
L2tpVpnContainer::GetDevice(uint32_t i) const
{
    return m_clients.at(i)->GetDevice();
}

Ipv4Address
L2tpVpnContainer::GetClientAddress(uint32_t i) const
{
    return m_clients.at(i)->GetAddress();
}

uint32_t
L2tpVpnContainer::GetNPlaces() const
{
    return m_nPlaces;
}

uint32_t
L2tpVpnContainer::GetPlace(uint32_t i) const
{
    return m_places.at(i);
}

int64_t
L2tpVpnContainer::GetRemoteLnsStreams() const
{
    return m_remoteLnsStreams;
}

Ptr<L2tpSession>
L2tpVpnContainer::GetSession(uint32_t i) const
{
    Ptr<L2tpCall> call = m_clients.at(i)->GetCall();
    return call ? call->GetSession() : nullptr;
}

void
L2tpVpnContainer::Start(Time start) const
{
    for (uint32_t i = 0; i < GetN(); ++i)
    {
        m_clients[i]->SetStartTime(start);
    }
}

void
L2tpVpnContainer::Stop(Time stop) const
{
    for (uint32_t i = 0; i < GetN(); ++i)
    {
        m_clients[i]->SetStopTime(stop);
        // Another client may share the LAC and need it for longer.
        TimeValue present;
        m_lacs[i]->GetAttribute("StopTime", present);
        m_lacs[i]->SetStopTime(std::max(present.Get(), stop + GoodByeOf(*m_clients[i])));
    }
}

} // namespace ns3
