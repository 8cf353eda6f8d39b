/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What a call does only when it is an outgoing one (RFC 2661, sections 6.9 to 6.11 and 7.5).

#include "l2tp-call.h"
#include "l2tp-tunnel.h"

namespace ns3
{

namespace
{

/**
 * @brief Leave out what the LAC has not advertised.
 * @param wanted bits of a Bearer Type or Framing Type; receives those that remain
 * @param advertised bits of the Capabilities
 * @return false if some were wanted, and none remains
 */
bool
Fit(uint32_t& wanted, uint32_t advertised)
{
    const bool any = wanted != 0;
    wanted &= advertised;
    return !any || wanted != 0;
}

} // namespace

void
L2tpCall::Request(const L2tpCallParameters& parameters)
{
    m_parameters = parameters;
    Handle(L2tpCallEvent::LOCAL_OPEN);
}

void
L2tpCall::BearerAnswered(const L2tpBearerLine& line)
{
    if (m_state != L2tpCallState::WAIT_CS_ANSWER)
    {
        return;
    }
    // Section 4.4.4: "the lowest" and "the highest acceptable line speed for this call".
    if (line.txConnectSpeed < m_parameters.minimumBps ||
        line.txConnectSpeed > m_parameters.maximumBps)
    {
        Handle(L2tpCallEvent::BEARER_FAILURE,
               L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY));
        return;
    }
    m_parameters.txConnectSpeed = line.txConnectSpeed;
    m_parameters.rxConnectSpeed = line.rxConnectSpeed;
    m_parameters.framingType = line.framingType;
    Handle(L2tpCallEvent::BEARER_ANSWER);
}

void
L2tpCall::BearerFailed(const L2tpResultCode& code)
{
    Handle(L2tpCallEvent::BEARER_FAILURE, code);
}

void
L2tpCall::SendOcrq()
{
    L2tpControlMessage message(L2tpMessageType::OCRQ);
    message.Add(L2tpAvps::ASSIGNED_SESSION_ID, m_localId);
    message.Add(L2tpAvps::CALL_SERIAL_NUMBER, m_parameters.serialNumber);
    message.Add(L2tpAvps::MINIMUM_BPS, m_parameters.minimumBps);
    message.Add(L2tpAvps::MAXIMUM_BPS, m_parameters.maximumBps);
    message.Add(L2tpAvps::BEARER_TYPE, m_parameters.bearerType);
    message.Add(L2tpAvps::FRAMING_TYPE, m_parameters.framingType);
    message.Add(L2tpAvps::CALLED_NUMBER, m_parameters.calledNumber);
    if (!m_parameters.subAddress.empty())
    {
        message.Add(L2tpAvps::SUB_ADDRESS, m_parameters.subAddress);
    }
    if (m_parameters.hopCount > 0)
    {
        message.Add(L2tpAvps::HOP_COUNT, m_parameters.hopCount);
    }
    m_tunnel->SendMessage(m_peerId, message);
}

void
L2tpCall::SendOcrp()
{
    L2tpControlMessage message(L2tpMessageType::OCRP);
    message.Add(L2tpAvps::ASSIGNED_SESSION_ID, m_localId);
    if (m_parameters.physicalChannelId)
    {
        message.Add(L2tpAvps::PHYSICAL_CHANNEL_ID, *m_parameters.physicalChannelId);
    }
    m_tunnel->SendMessage(m_peerId, message);
}

void
L2tpCall::SendOccn()
{
    L2tpControlMessage message(L2tpMessageType::OCCN);
    AddConnected(message);
    m_tunnel->SendMessage(m_peerId, message);
}

std::optional<L2tpResultCode>
L2tpCall::JudgeOcrq(const L2tpControlMessage& ocrq) const
{
    // Section 4.4.4: bits of the Bearer Type "MUST only be set by the LNS" if we advertised them.
    const uint32_t bearer = ocrq.Get(L2tpAvps::BEARER_TYPE).value_or(0);
    if (bearer & ~m_tunnel->GetHost().GetTunnelConfig().bearerCapabilities)
    {
        return L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                            "Bearer Type is none of our Bearer Capabilities");
    }
    if (ocrq.Get(L2tpAvps::MINIMUM_BPS).value_or(0) > ocrq.Get(L2tpAvps::MAXIMUM_BPS).value_or(0))
    {
        return L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                            "Minimum BPS is above Maximum BPS");
    }
    return std::nullopt;
}

std::optional<L2tpResultCode>
L2tpCall::FitToPeer()
{
    if (!m_tunnel)
    {
        return std::nullopt;
    }
    const uint32_t framings = m_tunnel->GetPeerFramingCapabilities();
    if (m_role != L2tpCallRole::LNS_OUTGOING)
    {
        // Section 4.4.3: no incoming call either with a Framing Type that was not advertised.
        return m_parameters.framingType & ~framings
                   ? std::optional(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT))
                   : std::nullopt;
    }
    // Section 6.9: the LNS "MUST have received a Bearer Capabilities AVP"; section 4.4.4: bits of
    // both types "MUST only be set by the LNS for an OCRQ if" the LAC advertised them.
    const std::optional<uint32_t> bearers = m_tunnel->GetPeerBearerCapabilities();
    if (!bearers || !Fit(m_parameters.bearerType, *bearers) ||
        !Fit(m_parameters.framingType, framings))
    {
        return L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT);
    }
    return std::nullopt;
}

void
L2tpCall::LearnOutgoing(const L2tpControlMessage& message)
{
    if (message.Is(L2tpMessageType::OCRQ) && m_state == L2tpCallState::IDLE)
    {
        m_parameters = ReadOcrq(message);
    }
    if (message.Is(L2tpMessageType::OCRP) && m_state == L2tpCallState::WAIT_REPLY)
    {
        m_parameters.physicalChannelId = message.Get(L2tpAvps::PHYSICAL_CHANNEL_ID);
    }
    if (message.Is(L2tpMessageType::OCCN) && m_state == L2tpCallState::WAIT_CONNECT)
    {
        LearnConnected(message);
    }
}

L2tpCallParameters
L2tpCall::ReadOcrq(const L2tpControlMessage& ocrq)
{
    L2tpCallParameters parameters;
    parameters.serialNumber = ocrq.Get(L2tpAvps::CALL_SERIAL_NUMBER).value_or(0);
    parameters.minimumBps = ocrq.Get(L2tpAvps::MINIMUM_BPS).value_or(0);
    parameters.maximumBps = ocrq.Get(L2tpAvps::MAXIMUM_BPS).value_or(0);
    parameters.bearerType = ocrq.Get(L2tpAvps::BEARER_TYPE).value_or(0);
    parameters.framingType = ocrq.Get(L2tpAvps::FRAMING_TYPE).value_or(0);
    parameters.calledNumber = ocrq.Get(L2tpAvps::CALLED_NUMBER).value_or("");
    parameters.subAddress = ocrq.Get(L2tpAvps::SUB_ADDRESS).value_or("");
    parameters.hopCount = ocrq.Get(L2tpAvps::HOP_COUNT).value_or(0);
    return parameters;
}

} // namespace ns3
