/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What the ends of an established call tell each other of the line (RFC 2661, sections 4.4.6, 6.13
// and 6.14). No table has a word of it: it changes no state.

#include "l2tp-call.h"
#include "l2tp-tunnel.h"

#include "ns3/simulator.h"

namespace ns3
{

bool
L2tpCall::ReportErrors(const L2tpCallErrors& errors)
{
    if (m_state != L2tpCallState::ESTABLISHED || !IsL2tpCallAtLac(m_role))
    {
        return false;
    }
    m_newErrors = errors;
    if (!m_wenTimer.IsRunning())
    {
        SendWen();
    }
    return true;
}

void
L2tpCall::SendWen()
{
    // Section 6.13: "only be sent when an error occurs, and not more than once every 60 seconds".
    if (m_newErrors == m_errors)
    {
        return;
    }
    m_errors = m_newErrors;
    m_wenTimer = Simulator::Schedule(Seconds(WAN_ERRORS_INTERVAL_S), &L2tpCall::SendWen, this);
    L2tpControlMessage message(L2tpMessageType::WEN);
    message.Add(L2tpAvps::CALL_ERRORS, m_errors);
    m_tunnel->SendMessage(m_peerId, message);
}

bool
L2tpCall::SetLinkInfo(const L2tpAccm& accm)
{
    if (m_state != L2tpCallState::ESTABLISHED || IsL2tpCallAtLac(m_role))
    {
        return false;
    }
    if (!(accm == m_accm))
    {
        m_accm = accm;
        L2tpControlMessage message(L2tpMessageType::SLI);
        message.Add(L2tpAvps::ACCM, m_accm);
        m_tunnel->SendMessage(m_peerId, message);
    }
    return true;
}

void
L2tpCall::ReceiveStatus(const L2tpControlMessage& message)
{
    L2tpTunnelHost& host = m_tunnel->GetHost();
    const bool isUp = m_state == L2tpCallState::ESTABLISHED;
    const bool atLac = IsL2tpCallAtLac(m_role);
    if (isUp && !atLac && message.Is(L2tpMessageType::WEN))
    {
        m_errors = message.Get(L2tpAvps::CALL_ERRORS).value_or(L2tpCallErrors{});
        host.WanErrorsReceived(*this);
        m_wanErrorsTrace(m_errors);
    }
    else if (isUp && atLac && message.Is(L2tpMessageType::SLI))
    {
        m_accm = message.Get(L2tpAvps::ACCM).value_or(L2tpAccm{});
        host.LinkInfoReceived(*this);
        m_linkInfoTrace(m_accm);
    }
    else
    {
        host.ControlDropped(L2tpDropReason::UNEXPECTED_MESSAGE);
    }
}

void
L2tpCall::SetPhysicalChannelId(uint32_t id)
{
    m_parameters.physicalChannelId = id;
}

const L2tpCallErrors&
L2tpCall::GetCallErrors() const
{
    return m_errors;
}

const L2tpAccm&
L2tpCall::GetAccm() const
{
    return m_accm;
}

} // namespace ns3
