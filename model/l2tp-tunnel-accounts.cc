/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-tunnel-accounts.h"

#include "l2tp-terminate-cause.h"

#include "ns3/l2tp-tunnel-machine.h"

#include <algorithm>

namespace ns3
{

namespace
{

/**
 * @brief Whether a tunnel that is idle has never been more, and is so for this event (RFC 2867,
 * section 3.3).
 * @param old its state before
 * @param event the event
 * @return false if it was established, if the peer's is there instead, or if it was open after the
 * event and somebody who was told of that has closed it, which has been told already
 */
bool
IsRefused(L2tpTunnelState old, L2tpTunnelEvent event)
{
    const auto* row = FindL2tpTunnelTransition(old, event);
    return old != L2tpTunnelState::ESTABLISHED &&
           event != L2tpTunnelEvent::RECEIVE_SCCRQ_LOSE_TIE && row &&
           row->next == L2tpTunnelState::IDLE;
}

} // namespace

L2tpTunnelAccounts::L2tpTunnelAccounts(const L2tpAccountKeeping& keeping)
    : m_keeping(keeping)
{
}

L2tpTunnelAccounts::~L2tpTunnelAccounts()
{
    for (const auto& endpoint : m_endpoints)
    {
        endpoint->TraceDisconnectWithoutContext(
            "TunnelState",
            MakeCallback(&L2tpTunnelAccounts::TunnelChanged, this));
        endpoint->TraceDisconnectWithoutContext(
            "CallState",
            MakeCallback(&L2tpTunnelAccounts::CallChanged, this));
    }
}

void
L2tpTunnelAccounts::SetTunnels(bool on)
{
    m_withTunnels = on;
}

void
L2tpTunnelAccounts::Watch(Ptr<L2tpEndpoint> endpoint)
{
    if (std::find(m_endpoints.begin(), m_endpoints.end(), endpoint) == m_endpoints.end())
    {
        m_endpoints.push_back(endpoint);
        endpoint->TraceConnectWithoutContext(
            "TunnelState",
            MakeCallback(&L2tpTunnelAccounts::TunnelChanged, this));
        endpoint->TraceConnectWithoutContext("CallState",
                                             MakeCallback(&L2tpTunnelAccounts::CallChanged, this));
    }
}

RadiusAccountInfo
L2tpTunnelAccounts::Describe(const L2tpTunnel& tunnel)
{
    RadiusAccountInfo info;
    info.tunnel = L2tpDescribeTunnel(tunnel);
    info.userName = info.tunnel->clientAuthId;
    // RFC 2867, section 4.1: the Tunnel IDs; the client's comes first.
    const auto own = std::to_string(tunnel.GetLocalId());
    const auto other = std::to_string(tunnel.GetPeerId());
    info.tunnelConnection = tunnel.IsOriginator() ? own + "/" + other : other + "/" + own;
    return info;
}

void
L2tpTunnelAccounts::TunnelChanged(Ptr<const L2tpTunnel> tunnel,
                                  L2tpTunnelState old,
                                  L2tpTunnelEvent event)
{
    if (!m_keeping.accounting || !m_withTunnels)
    {
        return;
    }
    if (tunnel->GetState() == L2tpTunnelState::ESTABLISHED)
    {
        auto& account = m_tunnels[PeekPointer(tunnel)];
        account.id = m_keeping.accounting->Begin(RadiusAccount::TUNNEL, Describe(*tunnel));
    }
    else if (tunnel->GetState() == L2tpTunnelState::IDLE)
    {
        const auto cause = L2tpTerminateCauseOfTunnel(tunnel->GetClearCode());
        if (m_tunnels.count(PeekPointer(tunnel)))
        {
            EndTunnel(*tunnel, cause);
        }
        else if (IsRefused(old, event))
        {
            m_keeping.accounting->Reject(RadiusAccount::TUNNEL,
                                         Describe(*tunnel),
                                         L2tpTerminateCauseOfRejection(cause));
        }
    }
}

void
L2tpTunnelAccounts::EndTunnel(const L2tpTunnel& tunnel, RadiusTerminateCause cause)
{
    for (const auto& call : tunnel.GetCalls())
    {
        EndCall(*call, cause);
    }
    const auto node = m_tunnels.extract(&tunnel);
    m_keeping.accounting->End(node.mapped().id, node.mapped().usage, cause);
}

void
L2tpTunnelAccounts::CallChanged(Ptr<const L2tpCall> call, L2tpCallState old, L2tpCallEvent event)
{
    if (!m_keeping.accounting)
    {
        return;
    }
    const bool hasTunnel = m_tunnels.count(call->GetTunnel());
    if (call->GetState() == L2tpCallState::ESTABLISHED && hasTunnel)
    {
        BeginLink(*call);
    }
    else if (call->GetState() == L2tpCallState::IDLE)
    {
        const bool isReceived = event == L2tpCallEvent::RECEIVE_CDN;
        const auto cause = L2tpTerminateCauseOfCall(*call, isReceived);
        if (m_links.count(PeekPointer(call)))
        {
            EndCall(*call, cause);
        }
        else if (hasTunnel && old != L2tpCallState::WAIT_TUNNEL &&
                 old != L2tpCallState::ESTABLISHED)
        {
            auto info = L2tpDescribeCall(*call);
            info.multiSessionId = m_tunnels.at(call->GetTunnel()).id;
            m_keeping.accounting->Reject(RadiusAccount::TUNNEL_LINK,
                                         info,
                                         L2tpTerminateCauseOfRejection(cause));
        }
    }
}

void
L2tpTunnelAccounts::BeginLink(const L2tpCall& call)
{
    auto info = L2tpDescribeCall(call);
    info.multiSessionId = m_tunnels.at(call.GetTunnel()).id;
    m_links[&call].id = m_keeping.accounting->Begin(RadiusAccount::TUNNEL_LINK, info);
}

void
L2tpTunnelAccounts::BeginService(Ptr<L2tpCall> call, const RadiusAccountInfo& info)
{
    if (m_keeping.accounting)
    {
        m_links[PeekPointer(call)].service =
            std::make_unique<L2tpServiceAccount>(m_keeping, info, [call] {
                return L2tpUsageOf(*call);
            });
    }
}

void
L2tpTunnelAccounts::Identify(Ptr<const L2tpCall> call, const std::string& userName)
{
    const auto found = m_links.find(PeekPointer(call));
    if (found != m_links.end() && !found->second.id.empty())
    {
        auto info = m_keeping.accounting->GetInfo(found->second.id);
        info.userName = userName;
        m_keeping.accounting->SetInfo(found->second.id, info);
    }
}

void
L2tpTunnelAccounts::EndCall(const L2tpCall& call, RadiusTerminateCause cause)
{
    const auto node = m_links.extract(&call);
    if (!node)
    {
        return; // never established, or ended with its tunnel
    }
    if (node.mapped().service)
    {
        node.mapped().service->End(cause);
    }
    if (node.mapped().id.empty())
    {
        return;
    }
    const auto usage = L2tpUsageOf(call);
    auto& sum = m_tunnels.at(call.GetTunnel()).usage;
    sum.inputOctets += usage.inputOctets;
    sum.outputOctets += usage.outputOctets;
    sum.inputPackets += usage.inputPackets;
    sum.outputPackets += usage.outputPackets;
    sum.packetsLost += usage.packetsLost;
    m_keeping.accounting->End(node.mapped().id, usage, cause);
}

void
L2tpTunnelAccounts::EndAll(RadiusTerminateCause cause)
{
    for (const auto& endpoint : m_endpoints)
    {
        for (const auto& tunnel : endpoint->GetTunnels())
        {
            for (const auto& call : tunnel->GetCalls())
            {
                EndCall(*call, cause);
            }
            if (m_tunnels.count(PeekPointer(tunnel)))
            {
                EndTunnel(*tunnel, cause);
            }
        }
    }
}

void
L2tpTunnelAccounts::Forget()
{
    m_links.clear();
    m_tunnels.clear();
}

} // namespace ns3
