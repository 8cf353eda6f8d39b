/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What an endpoint counts, and tells its listeners, of what becomes of tunnels, calls and messages.

#include "l2tp-endpoint.h"

#include "ns3/log.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpEndpointEvents");

namespace
{

/**
 * @brief What a change of state makes of a tunnel or call.
 * @param isUp whether it is established now
 * @param isIdle whether it is cleared now
 * @param wasUp whether it was established before
 * @return one of the counters is 1, or none
 */
L2tpOutcomes
OutcomeOf(bool isUp, bool isIdle, bool wasUp)
{
    return {isUp ? 1U : 0U, isIdle && !wasUp ? 1U : 0U, isIdle && wasUp ? 1U : 0U};
}

} // namespace

void
L2tpEndpoint::TunnelChanged(L2tpTunnel& tunnel, L2tpTunnelState old, L2tpTunnelEvent event)
{
    const L2tpTunnelState now = tunnel.GetState();
    const L2tpIpAddress peer = tunnel.GetPath()->GetPeer().address;
    if (now == L2tpTunnelState::WAIT_CTL_REPLY)
    {
        m_opening.emplace(peer, tunnel.GetLocalId());
    }
    if (old == L2tpTunnelState::WAIT_CTL_REPLY)
    {
        m_opening.erase({peer, tunnel.GetLocalId()});
    }
    if (now == L2tpTunnelState::ESTABLISHED)
    {
        m_halfOpen.Remove(tunnel);
    }
    m_active += old == L2tpTunnelState::IDLE ? 1 : 0;
    m_active -= now == L2tpTunnelState::IDLE ? 1 : 0;
    const L2tpOutcomes outcome = OutcomeOf(now == L2tpTunnelState::ESTABLISHED,
                                           now == L2tpTunnelState::IDLE,
                                           old == L2tpTunnelState::ESTABLISHED);
    m_statistics.tunnelsEstablished += outcome.established;
    m_statistics.tunnelsFailed += outcome.failed;
    m_statistics.tunnelsCleared += outcome.cleared;
    if (tunnel.IsOriginator())
    {
        m_statistics.tunnelsOpened += outcome;
    }
    m_tunnelTrace(Ptr<const L2tpTunnel>(&tunnel), old, event);
}

void
L2tpEndpoint::CallChanged(L2tpCall& call, L2tpCallState old, L2tpCallEvent event)
{
    const L2tpCallState now = call.GetState();
    m_calls += old == L2tpCallState::IDLE ? 1 : 0;
    m_calls -= now == L2tpCallState::IDLE ? 1 : 0;
    const L2tpOutcomes outcome = OutcomeOf(now == L2tpCallState::ESTABLISHED,
                                           now == L2tpCallState::IDLE,
                                           old == L2tpCallState::ESTABLISHED);
    m_statistics.sessionsEstablished += outcome.established;
    m_statistics.sessionsFailed += outcome.failed;
    m_statistics.sessionsCleared += outcome.cleared;
    // The LAC places incoming calls, the LNS outgoing ones.
    if (IsL2tpCallAtLac(call.GetRole()) != IsL2tpCallOutgoing(call.GetRole()))
    {
        m_statistics.callsPlaced += outcome;
    }
    m_callTrace(Ptr<const L2tpCall>(&call), old, event);
}

void
L2tpEndpoint::WanErrorsReceived(L2tpCall& call)
{
    ++m_statistics.wanErrorsReceived;
    m_wanErrorsTrace(Ptr<const L2tpCall>(&call), call.GetCallErrors());
}

void
L2tpEndpoint::LinkInfoReceived(L2tpCall& call)
{
    ++m_statistics.linkInfosReceived;
    m_linkInfoTrace(Ptr<const L2tpCall>(&call), call.GetAccm());
}

void
L2tpEndpoint::ControlSent(const L2tpTunnel& tunnel,
                          const L2tpHeader& header,
                          Ptr<const Packet> packet,
                          uint32_t attempt)
{
    if (header.GetLength() == L2tpHeader::CONTROL_SIZE)
    {
        ++m_statistics.zlbSent;
    }
    else
    {
        ++(attempt > 1 ? m_statistics.controlRetransmitted : m_statistics.controlSent);
    }
    m_controlTxTrace(Ptr<const L2tpTunnel>(&tunnel), header, packet, attempt);
}

void
L2tpEndpoint::ControlDelivered(const L2tpTunnel& tunnel,
                               uint16_t ns,
                               uint16_t sessionId,
                               L2tpByteView body)
{
    m_controlDeliverTrace(Ptr<const L2tpTunnel>(&tunnel), ns, sessionId, body);
}

void
L2tpEndpoint::ControlDropped(L2tpDropReason reason)
{
    DropControl(reason, nullptr);
}

void
L2tpEndpoint::ZeroWindowOffered(const L2tpTunnel& tunnel)
{
    NS_LOG_INFO("tunnel " << tunnel.GetLocalId() << ": the peer offers a window of 0");
    ++m_statistics.zeroWindows;
}

void
L2tpEndpoint::AvpIgnored(const L2tpTunnel& tunnel, uint16_t vendor, uint16_t type)
{
    NS_LOG_WARN("tunnel " << tunnel.GetLocalId() << ": ignores " << L2tpAvpLabel(vendor, type));
    ++m_statistics.avpsIgnored;
}

void
L2tpEndpoint::DropControl(L2tpDropReason reason, Ptr<const Packet> datagram)
{
    NS_LOG_INFO("control dropped: " << L2tpDropReasonName(reason));
    ++m_statistics.controlDropped[static_cast<std::size_t>(reason)];
    m_controlDropTrace(reason, datagram);
}

void
L2tpEndpoint::DropData(L2tpDropReason reason, Ptr<const Packet> datagram)
{
    NS_LOG_INFO("data dropped: " << L2tpDropReasonName(reason));
    ++m_data->dropped[static_cast<std::size_t>(reason)];
    m_dataDropTrace(reason, datagram);
}

const L2tpEndpointStatistics&
L2tpEndpoint::GetStatistics() const
{
    return m_statistics;
}

} // namespace ns3
