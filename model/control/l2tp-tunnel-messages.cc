/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The messages that a tunnel sends, and the names and secret that are in them.

#include "l2tp-tunnel.h"

#include "ns3/log.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpTunnelMessages");

void
L2tpTunnel::SendStart(L2tpMessageType type)
{
    const L2tpTunnelConfig& config = m_host->GetTunnelConfig();
    StartTimer(config.setupTimeout);
    L2tpControlMessage message(type);
    message.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION);
    message.Add(L2tpAvps::FRAMING_CAPABILITIES, config.framingCapabilities);
    message.Add(L2tpAvps::BEARER_CAPABILITIES, config.bearerCapabilities);
    if (type == L2tpMessageType::SCCRQ && config.tieBreaker)
    {
        m_tieBreaker = DrawTieBreaker();
        message.Add(L2tpAvps::TIE_BREAKER, *m_tieBreaker);
    }
    message.Add(L2tpAvps::HOST_NAME,
                m_identity.hostName.empty() ? config.hostName : m_identity.hostName);
    message.Add(L2tpAvps::VENDOR_NAME, std::string("ns-3 L2TP module"));
    message.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, m_localId);
    if (config.advertiseWindow)
    {
        message.Add(L2tpAvps::RECEIVE_WINDOW_SIZE, config.channel.receiveWindowSize);
    }
    m_auth.AddTo(message, config.challengePeer, GetSecret(), m_host->GetIdStream());
    SendMessage(0, message);
}

void
L2tpTunnel::SendScccn()
{
    const L2tpTunnelConfig& config = m_host->GetTunnelConfig();
    L2tpControlMessage message(L2tpMessageType::SCCCN);
    m_auth.AddTo(message, config.challengePeer, GetSecret(), m_host->GetIdStream());
    SendMessage(0, message);
}

void
L2tpTunnel::SendStopCcn(const L2tpResultCode& code)
{
    NS_LOG_LOGIC("tunnel " << m_localId
                           << ": sends StopCCN: " << code.Describe(L2tpMessageType::STOPCCN));
    L2tpControlMessage message(L2tpMessageType::STOPCCN);
    message.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, m_localId);
    message.Add(L2tpAvps::RESULT_CODE, code);
    m_channel->SendFinal(0, Hidden(message).GetBody());
}

uint64_t
L2tpTunnel::DrawTieBreaker() const
{
    uint64_t value = 0;
    for (int i = 0; i < 4; ++i)
    {
        value = value << 16 | m_host->GetIdStream()->GetInteger();
    }
    return value;
}

void
L2tpTunnel::SendMessage(uint16_t peerSessionId, const L2tpControlMessage& message)
{
    NS_LOG_LOGIC("tunnel " << m_localId << ": sends " << L2tpMessageName(message.GetType())
                           << " for session " << peerSessionId);
    if (!m_host || m_channel->Send(peerSessionId, Hidden(message).GetBody()))
    {
        return;
    }
    m_host->ControlDropped(L2tpDropReason::NO_RESOURCES);
    // Section 5.8: acknowledgements MUST NOT be withheld to slow a peer down, and messages that
    // are to be reliable can't be left out: what can be ended is the tunnel.
    Close(L2tpResultCode::GeneralError(L2tpErrorCode::NO_RESOURCES,
                                       "too many messages wait to be acknowledged"));
}

L2tpControlMessage
L2tpTunnel::Hidden(const L2tpControlMessage& message) const
{
    const L2tpTunnelConfig& config = m_host->GetTunnelConfig();
    L2tpControlMessage sent = message;
    if (config.hideAvps)
    {
        Ptr<RandomVariableStream> random = m_host->GetIdStream();
        sent.Hide(GetSecret(), [&random]() { return static_cast<uint8_t>(random->GetInteger()); });
    }
    return sent;
}

void
L2tpTunnel::SetIdentity(const L2tpTunnelIdentity& identity)
{
    m_identity = identity;
}

const std::string&
L2tpTunnel::GetSecret() const
{
    return m_identity.secret.empty() ? m_host->GetSecretFor(m_peerHostName) : m_identity.secret;
}

const std::string&
L2tpTunnel::GetSecretOf(const L2tpControlMessage& message) const
{
    const bool starts = message.Is(L2tpMessageType::SCCRQ) || message.Is(L2tpMessageType::SCCRP);
    const auto name = starts ? message.Get(L2tpAvps::HOST_NAME) : std::nullopt;
    return name && m_identity.secret.empty() ? m_host->GetSecretFor(*name) : GetSecret();
}

} // namespace ns3
