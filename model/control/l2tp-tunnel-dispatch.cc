/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What a tunnel does with the messages that its channel delivers: judge them, find the call that
// they are about, and turn them into events.

#include "l2tp-tunnel.h"

#include "ns3/log.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpTunnelDispatch");

void
L2tpTunnel::Deliver(uint16_t sessionId, L2tpByteView body)
{
    m_host->ControlDelivered(*this, m_channel->GetNr() - 1, sessionId, body);
    if (!m_host)
    {
        // Who was told has made an end of the endpoint.
        return;
    }
    L2tpControlMessage message;
    const L2tpAvpError error = L2tpControlMessage::Parse(body, message);
    if (error != L2tpAvpError::NONE)
    {
        // Section 7.1: a malformed message that can't be recovered from clears the tunnel.
        DispatchInvalid(
            sessionId,
            message,
            {true, L2tpResultCode::GeneralError(L2tpErrorCode::LENGTH, L2tpAvpErrorName(error))});
        return;
    }
    NS_LOG_LOGIC("tunnel " << m_localId << ": receives " << L2tpMessageName(message.GetType())
                           << " for session " << sessionId);
    message.Reveal(GetSecretOf(message));
    if (const auto fault = message.Check())
    {
        DispatchInvalid(sessionId, message, *fault);
        return;
    }
    for (std::size_t i = 0; message.GetIgnored() > 0 && i < message.GetNAvps(); ++i)
    {
        if (message.IsIgnored(i))
        {
            const L2tpAvp avp = message.GetAvp(i);
            m_host->AvpIgnored(*this, avp.vendor, avp.type);
        }
    }
    Dispatch(sessionId, message);
}

void
L2tpTunnel::DispatchInvalid(uint16_t sessionId,
                            const L2tpControlMessage& message,
                            const L2tpMessageFault& fault)
{
    NS_LOG_INFO("tunnel " << m_localId << ": faulty " << L2tpMessageName(message.GetType()) << ": "
                          << fault.code.Describe(L2tpMessageType::CDN));
    // Section 5.1: before the tunnel is established there are no calls to clear.
    if (!fault.clearsTunnel && m_state == L2tpTunnelState::ESTABLISHED)
    {
        CallOf(sessionId, message)->ReceiveInvalid(message, fault.code);
        return;
    }
    Learn(message);
    // Whatever is wrong with a StopCCN, the peer has let go of the tunnel.
    Handle(message.Is(L2tpMessageType::STOPCCN) ? L2tpTunnelEvent::RECEIVE_STOPCCN
                                                : L2tpTunnelEvent::INVALID_MESSAGE,
           fault.code);
}

void
L2tpTunnel::Dispatch(uint16_t sessionId, const L2tpControlMessage& message)
{
    const L2tpMessageInfo* info = message.GetInfo();
    if (!info)
    {
        m_host->ControlDropped(L2tpDropReason::UNKNOWN_MESSAGE);
        return;
    }
    const L2tpResultCode outOfSequence{static_cast<uint16_t>(L2tpStopResult::FSM_ERROR), {}, {}};
    if (info->scope == L2tpMessageScope::SESSION)
    {
        if (m_state != L2tpTunnelState::ESTABLISHED)
        {
            // Section 5.1: the tunnel MUST be established before a call is initiated.
            Handle(L2tpTunnelEvent::INVALID_MESSAGE, outOfSequence);
            return;
        }
        std::optional<L2tpResultCode> refusal;
        Ptr<L2tpCall> call = CallOf(sessionId, message);
        if (message.Is(L2tpMessageType::ICRQ) || message.Is(L2tpMessageType::OCRQ))
        {
            refusal = call->GetLocalId() == 0
                          ? L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY,
                                               "no Session ID is free")
                          : m_host->JudgeCall(*this, message);
        }
        call->Receive(message, refusal);
        return;
    }
    Learn(message);
    const std::optional<L2tpResultCode> refusal = Judge(message);
    const L2tpResultCode code = refusal.value_or(outOfSequence);
    switch (info->type)
    {
    case L2tpMessageType::SCCRQ:
        Handle(refusal ? L2tpTunnelEvent::RECEIVE_SCCRQ_NOT_ACCEPTABLE
                       : L2tpTunnelEvent::RECEIVE_SCCRQ_ACCEPTABLE,
               code);
        break;
    case L2tpMessageType::SCCRP:
        Handle(refusal ? L2tpTunnelEvent::RECEIVE_SCCRP_NOT_ACCEPTABLE
                       : L2tpTunnelEvent::RECEIVE_SCCRP_ACCEPTABLE,
               code);
        break;
    case L2tpMessageType::SCCCN:
        Handle(refusal ? L2tpTunnelEvent::RECEIVE_SCCCN_NOT_ACCEPTABLE
                       : L2tpTunnelEvent::RECEIVE_SCCCN_ACCEPTABLE,
               code);
        break;
    case L2tpMessageType::STOPCCN:
        Handle(L2tpTunnelEvent::RECEIVE_STOPCCN,
               message.Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode{}));
        break;
    default:
        // HELLO: the channel's acknowledgement is the whole answer (section 6.5).
        break;
    }
}

std::optional<L2tpResultCode>
L2tpTunnel::Judge(const L2tpControlMessage& message)
{
    const bool starts = message.Is(L2tpMessageType::SCCRQ) || message.Is(L2tpMessageType::SCCRP);
    if (!starts && !message.Is(L2tpMessageType::SCCCN))
    {
        return std::nullopt;
    }
    if (const auto refusal = starts ? m_host->JudgeTunnel(*this, message) : std::nullopt)
    {
        return refusal;
    }
    if (starts && !m_identity.expectedHostName.empty() &&
        message.Get(L2tpAvps::HOST_NAME) != m_identity.expectedHostName)
    {
        return L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED);
    }
    // Section 5.1.1: "If the expected response and response received from a peer does not match,
    // establishment of the tunnel MUST be disallowed."
    return m_auth.Accepts(message, GetSecretOf(message))
               ? std::nullopt
               : std::optional(L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED));
}

bool
L2tpTunnel::IsAnsweredBy(const L2tpControlMessage& reply) const
{
    return m_auth.IsAnsweredBy(reply, GetSecretOf(reply));
}

Ptr<L2tpCall>
L2tpTunnel::CallOf(uint16_t sessionId, const L2tpControlMessage& message)
{
    const bool isRequest = message.Is(L2tpMessageType::ICRQ) || message.Is(L2tpMessageType::OCRQ);
    Ptr<L2tpCall> call = m_calls.Find(sessionId);
    if (!call && message.Is(L2tpMessageType::CDN))
    {
        // Section 4.4.4: sent before the peer knew our ID, and so identified by its own.
        const auto it =
            m_callsByPeerId.find(message.Get(L2tpAvps::ASSIGNED_SESSION_ID).value_or(0));
        call = it == m_callsByPeerId.end() ? nullptr : it->second;
    }
    if (!call)
    {
        // Nobody knows the call: one in the idle state does what its table says.
        call = CreateObject<L2tpCall>();
        const uint16_t id = isRequest ? m_calls.PickFree(m_host->GetIdStream()) : sessionId;
        call->Setup(this, RoleFor(message), id);
        if (isRequest && id != 0)
        {
            m_calls.Insert(id, call);
        }
    }
    return call;
}

L2tpCallRole
L2tpTunnel::RoleFor(const L2tpControlMessage& message) const
{
    const L2tpCallRole incoming = m_host->GetCallRole();
    switch (static_cast<L2tpMessageType>(message.GetType()))
    {
    case L2tpMessageType::ICRQ:
        return L2tpCallRole::LNS_INCOMING;
    case L2tpMessageType::OCRQ:
        return L2tpCallRole::LAC_OUTGOING;
    case L2tpMessageType::OCRP:
    case L2tpMessageType::OCCN:
        return IsL2tpCallAtLac(incoming) ? L2tpCallRole::LAC_OUTGOING : L2tpCallRole::LNS_OUTGOING;
    default:
        return incoming;
    }
}

void
L2tpTunnel::Learn(const L2tpControlMessage& message)
{
    LearnPeerId(message);
    if (message.Is(L2tpMessageType::SCCRQ) || message.Is(L2tpMessageType::SCCRP))
    {
        m_peerHostName = message.Get(L2tpAvps::HOST_NAME).value_or("");
        m_peerFraming = message.Get(L2tpAvps::FRAMING_CAPABILITIES).value_or(0);
        m_peerBearer = message.Get(L2tpAvps::BEARER_CAPABILITIES);
        // Section 4.4.3: a window of 4 if the AVP is absent.
        const uint16_t window = message.Get(L2tpAvps::RECEIVE_WINDOW_SIZE).value_or(4);
        m_channel->SetPeerWindow(window);
        if (window == 0)
        {
            m_host->ZeroWindowOffered(*this);
        }
    }
}

void
L2tpTunnel::LearnPeerId(const L2tpControlMessage& message)
{
    // Section 4.4.3: a StopCCN names the tunnel too, since it may come before an SCCRP.
    const bool tells = message.Is(L2tpMessageType::SCCRQ) || message.Is(L2tpMessageType::SCCRP) ||
                       message.Is(L2tpMessageType::STOPCCN);
    if (m_peerId == 0 && tells)
    {
        m_peerId = message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
    }
}

} // namespace ns3
