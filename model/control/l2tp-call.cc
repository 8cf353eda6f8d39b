/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-call.h"

#include "l2tp-tunnel.h"

#include "ns3/log.h"
#include "ns3/simulator.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpCall");
NS_OBJECT_ENSURE_REGISTERED(L2tpCall);

TypeId
L2tpCall::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpCall").SetParent<Object>().SetGroupName("L2tp").AddConstructor<L2tpCall>();
    return tid;
}

L2tpCall::L2tpCall() = default;
L2tpCall::~L2tpCall() = default;

void
L2tpCall::DoDispose()
{
    m_setupTimer.Cancel();
    m_tunnel = nullptr;
    m_session = nullptr;
    Object::DoDispose();
}

void
L2tpCall::Setup(L2tpTunnel* tunnel, L2tpCallRole role, uint16_t localId)
{
    m_tunnel = tunnel;
    m_role = role;
    m_localId = localId;
    m_session = CreateObject<L2tpSession>();
    m_session->Configure(tunnel->GetHost().GetTunnelConfig().session);
    m_session->SetEndpointStatistics(tunnel->GetHost().GetDataStatistics());
}

void
L2tpCall::Ring(const L2tpCallParameters& parameters)
{
    m_parameters = parameters;
    Handle(L2tpCallEvent::BEARER_RING);
}

void
L2tpCall::Close(const L2tpResultCode& code)
{
    Handle(L2tpCallEvent::LOCAL_CLOSE, code);
}

void
L2tpCall::TunnelOpen()
{
    Handle(L2tpCallEvent::TUNNEL_OPEN);
}

void
L2tpCall::TunnelClosed()
{
    Handle(L2tpCallEvent::TUNNEL_CLOSED);
}

void
L2tpCall::Receive(const L2tpControlMessage& message, const std::optional<L2tpResultCode>& refusal)
{
    if (!m_tunnel)
    {
        return;
    }
    Learn(message);
    const L2tpResultCode outOfSequence =
        L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                     L2tpMessageName(message.GetType()) + " out of sequence");
    switch (static_cast<L2tpMessageType>(message.GetType()))
    {
    case L2tpMessageType::ICRQ:
        Handle(refusal ? L2tpCallEvent::RECEIVE_ICRQ_NOT_ACCEPTABLE
                       : L2tpCallEvent::RECEIVE_ICRQ_ACCEPTABLE,
               refusal.value_or(outOfSequence));
        break;
    case L2tpMessageType::ICRP:
        Handle(L2tpCallEvent::RECEIVE_ICRP_ACCEPTABLE, outOfSequence);
        break;
    case L2tpMessageType::ICCN: {
        const std::optional<L2tpResultCode> fault = Judge(message);
        Handle(fault ? L2tpCallEvent::RECEIVE_ICCN_NOT_ACCEPTABLE
                     : L2tpCallEvent::RECEIVE_ICCN_ACCEPTABLE,
               fault.value_or(outOfSequence));
        break;
    }
    case L2tpMessageType::OCRQ:
        RefuseOutgoing(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT));
        break;
    case L2tpMessageType::CDN:
        Handle(L2tpCallEvent::RECEIVE_CDN,
               message.Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode{}));
        break;
    default:
        m_tunnel->GetHost().ControlDropped(L2tpDropReason::UNEXPECTED_MESSAGE);
        break;
    }
}

void
L2tpCall::ReceiveInvalid(const L2tpControlMessage& message, const L2tpResultCode& code)
{
    if (!m_tunnel)
    {
        return;
    }
    Learn(message);
    switch (static_cast<L2tpMessageType>(message.GetType()))
    {
    case L2tpMessageType::ICRQ:
        Handle(L2tpCallEvent::RECEIVE_ICRQ_NOT_ACCEPTABLE, code);
        break;
    case L2tpMessageType::ICRP:
        Handle(L2tpCallEvent::RECEIVE_ICRP_NOT_ACCEPTABLE, code);
        break;
    case L2tpMessageType::ICCN:
        Handle(L2tpCallEvent::RECEIVE_ICCN_NOT_ACCEPTABLE, code);
        break;
    case L2tpMessageType::OCRQ:
        RefuseOutgoing(code);
        break;
    case L2tpMessageType::CDN:
        // Whatever is wrong with it, the peer has let go of the call.
        Handle(L2tpCallEvent::RECEIVE_CDN, code);
        break;
    default:
        Handle(L2tpCallEvent::INVALID_MESSAGE, code);
        break;
    }
}

void
L2tpCall::Handle(L2tpCallEvent event, const L2tpResultCode& code)
{
    const L2tpCallTransition* row = FindL2tpCallTransition(m_role, m_state, event);
    if (!row || !m_tunnel)
    {
        NS_LOG_LOGIC(L2tpCallStateName(m_state)
                     << ": nothing to do for " << L2tpCallEventName(event));
        return;
    }
    // Actions may lead back here: the state is the new one by then, and this object stays.
    Ptr<L2tpCall> self(this);
    const L2tpCallState old = m_state;
    m_state = row->next;
    if (old != m_state && m_state == L2tpCallState::IDLE)
    {
        m_clearReason = L2tpCallEventName(event);
        m_clearReason += code.result ? ": " + code.Describe(L2tpMessageType::CDN) : "";
        // Why the tunnel was closed says why the call was.
        m_clearReason +=
            event == L2tpCallEvent::TUNNEL_CLOSED ? ": " + m_tunnel->GetClearReason() : "";
    }
    L2tpTunnelHost& host = m_tunnel->GetHost();
    Ptr<L2tpTunnel> tunnel(m_tunnel);
    if (old != m_state)
    {
        host.CallChanged(*this, old, event);
    }
    for (const L2tpCallAction action : row->actions)
    {
        if (!m_tunnel || m_state != row->next)
        {
            break;
        }
        Perform(action, code);
    }
    if (!m_tunnel || m_state != row->next)
    {
        // Somebody who was told closed the call, or made an end of the endpoint, and that is all
        // done by now.
        return;
    }
    if (old != m_state && m_state == L2tpCallState::ESTABLISHED)
    {
        m_setupTimer.Cancel();
        host.CallEstablished(*this);
    }
    if (old != m_state && m_state == L2tpCallState::IDLE)
    {
        host.CallCleared(*this);
        m_tunnel = nullptr;
    }
}

void
L2tpCall::Perform(L2tpCallAction action, const L2tpResultCode& code)
{
    switch (action)
    {
    case L2tpCallAction::NONE:
        break;
    case L2tpCallAction::OPEN_TUNNEL:
        StartSetupTimer();
        m_tunnel->AwaitOpen(this);
        break;
    case L2tpCallAction::SEND_ICRQ:
        SendIcrq();
        break;
    case L2tpCallAction::SEND_ICRP:
        StartSetupTimer();
        SendIcrp();
        break;
    case L2tpCallAction::SEND_ICCN:
        SendIccn();
        // Unless somebody who saw it go has closed the call.
        if (m_tunnel && m_state == L2tpCallState::ESTABLISHED)
        {
            OpenSession();
        }
        break;
    case L2tpCallAction::SEND_CDN:
        SendCdn(code);
        break;
    case L2tpCallAction::PREPARE_FOR_DATA:
        OpenSession();
        break;
    case L2tpCallAction::CLEAN_UP:
        CleanUp();
        break;
    }
}

void
L2tpCall::SendIcrq()
{
    L2tpControlMessage message(L2tpMessageType::ICRQ);
    message.Add(L2tpAvps::ASSIGNED_SESSION_ID, m_localId);
    message.Add(L2tpAvps::CALL_SERIAL_NUMBER, m_parameters.serialNumber);
    message.Add(L2tpAvps::BEARER_TYPE, m_parameters.bearerType);
    if (!m_parameters.callingNumber.empty())
    {
        message.Add(L2tpAvps::CALLING_NUMBER, m_parameters.callingNumber);
    }
    if (!m_parameters.calledNumber.empty())
    {
        message.Add(L2tpAvps::CALLED_NUMBER, m_parameters.calledNumber);
    }
    if (!m_parameters.subAddress.empty())
    {
        message.Add(L2tpAvps::SUB_ADDRESS, m_parameters.subAddress);
    }
    m_tunnel->SendMessage(m_peerId, message);
}

void
L2tpCall::SendIcrp()
{
    L2tpControlMessage message(L2tpMessageType::ICRP);
    message.Add(L2tpAvps::ASSIGNED_SESSION_ID, m_localId);
    m_tunnel->SendMessage(m_peerId, message);
}

void
L2tpCall::SendIccn()
{
    L2tpControlMessage message(L2tpMessageType::ICCN);
    message.Add(L2tpAvps::TX_CONNECT_SPEED, m_parameters.txConnectSpeed);
    message.Add(L2tpAvps::FRAMING_TYPE, m_parameters.framingType);
    if (m_parameters.rxConnectSpeed)
    {
        message.Add(L2tpAvps::RX_CONNECT_SPEED, *m_parameters.rxConnectSpeed);
    }
    AddSequencingRequired(message);
    m_tunnel->SendMessage(m_peerId, message);
}

void
L2tpCall::AddSequencingRequired(L2tpControlMessage& message)
{
    m_parameters.sequencingRequired =
        m_parameters.sequencingRequired || m_tunnel->GetHost().GetTunnelConfig().requireSequencing;
    if (m_parameters.sequencingRequired)
    {
        message.Add(L2tpAvps::SEQUENCING_REQUIRED, L2tpPresence{});
    }
}

void
L2tpCall::SendCdn(const L2tpResultCode& code)
{
    L2tpControlMessage message(L2tpMessageType::CDN);
    message.Add(L2tpAvps::RESULT_CODE, code);
    // A call refused for want of a Session ID has none to name; the AVP must not be 0.
    message.Add(L2tpAvps::ASSIGNED_SESSION_ID, m_localId ? m_localId : m_peerId);
    m_tunnel->SendMessage(m_peerId, message);
}

void
L2tpCall::RefuseOutgoing(const L2tpResultCode& code)
{
    // One that names a call we know is out of place, and one without an ID has none to answer to.
    if (m_state != L2tpCallState::IDLE || m_peerId == 0)
    {
        m_tunnel->GetHost().ControlDropped(L2tpDropReason::UNEXPECTED_MESSAGE);
        return;
    }
    SendCdn(code);
}

std::optional<L2tpResultCode>
L2tpCall::Judge(const L2tpControlMessage& iccn) const
{
    // Section 4.4.3: a Framing Type that we did not advertise "will result in the call being
    // rejected".
    const uint32_t framing = iccn.Get(L2tpAvps::FRAMING_TYPE).value_or(0);
    if (framing & ~m_tunnel->GetHost().GetTunnelConfig().framingCapabilities)
    {
        return L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                            "Framing Type is none of our Framing Capabilities");
    }
    return std::nullopt;
}

void
L2tpCall::StartSetupTimer()
{
    const Time timeout = m_tunnel->GetHost().GetTunnelConfig().setupTimeout;
    if (timeout.IsZero())
    {
        return;
    }
    m_setupTimer = Simulator::Schedule(timeout,
                                       &L2tpCall::Handle,
                                       this,
                                       L2tpCallEvent::NOT_IN_TIME,
                                       L2tpResultCode::Of(L2tpCallResult::NOT_IN_TIME));
}

void
L2tpCall::OpenSession()
{
    // The session's user may let go of the call.
    Ptr<L2tpSession> session = m_session;
    session->SetSequencingMode(m_parameters.sequencingRequired ? L2tpSequencingMode::ALWAYS
                               : IsLnsRole(m_role)             ? L2tpSequencingMode::CONTROL
                                                               : L2tpSequencingMode::FOLLOW);
    session->Open(m_tunnel->GetPath(), m_tunnel->GetPeerId(), m_peerId);
}

void
L2tpCall::CleanUp()
{
    m_setupTimer.Cancel();
    Ptr<L2tpSession> session = m_session;
    session->Close();
    if (m_tunnel)
    {
        m_tunnel->RemoveCall(*this);
    }
}

void
L2tpCall::Learn(const L2tpControlMessage& message)
{
    if (m_peerId == 0 && !message.Is(L2tpMessageType::CDN))
    {
        m_peerId = message.Get(L2tpAvps::ASSIGNED_SESSION_ID).value_or(0);
        if (m_peerId != 0)
        {
            m_tunnel->IndexByPeerId(this);
        }
    }
    // Only from the messages that set the call up: another one is out of sequence, and no news.
    if (message.Is(L2tpMessageType::ICRQ) && m_state == L2tpCallState::IDLE)
    {
        m_parameters.serialNumber = message.Get(L2tpAvps::CALL_SERIAL_NUMBER).value_or(0);
        m_parameters.bearerType = message.Get(L2tpAvps::BEARER_TYPE).value_or(0);
        m_parameters.callingNumber = message.Get(L2tpAvps::CALLING_NUMBER).value_or("");
        m_parameters.calledNumber = message.Get(L2tpAvps::CALLED_NUMBER).value_or("");
        m_parameters.subAddress = message.Get(L2tpAvps::SUB_ADDRESS).value_or("");
    }
    if (message.Is(L2tpMessageType::ICCN) && m_state == L2tpCallState::WAIT_CONNECT)
    {
        m_parameters.txConnectSpeed = message.Get(L2tpAvps::TX_CONNECT_SPEED).value_or(0);
        m_parameters.rxConnectSpeed = message.Get(L2tpAvps::RX_CONNECT_SPEED);
        m_parameters.framingType = message.Get(L2tpAvps::FRAMING_TYPE).value_or(0);
        m_parameters.sequencingRequired = message.Has(L2tpAvps::SEQUENCING_REQUIRED);
    }
}

L2tpCallState
L2tpCall::GetState() const
{
    return m_state;
}

L2tpCallRole
L2tpCall::GetRole() const
{
    return m_role;
}

uint16_t
L2tpCall::GetLocalId() const
{
    return m_localId;
}

uint16_t
L2tpCall::GetPeerId() const
{
    return m_peerId;
}

const L2tpCallParameters&
L2tpCall::GetParameters() const
{
    return m_parameters;
}

Ptr<L2tpSession>
L2tpCall::GetSession() const
{
    return m_session;
}

L2tpTunnel*
L2tpCall::GetTunnel() const
{
    return m_tunnel;
}

const std::string&
L2tpCall::GetClearReason() const
{
    return m_clearReason;
}

} // namespace ns3
