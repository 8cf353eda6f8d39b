/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-call.h"

#include "l2tp-tunnel.h"

#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"

#include <array>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpCall");
NS_OBJECT_ENSURE_REGISTERED(L2tpCall);

namespace
{

/// A message that sets calls up, and the events that it makes.
struct SetupMessage
{
    L2tpMessageType type;        //!< the message
    bool outgoing;               //!< which way the calls go that it sets up
    L2tpCallEvent acceptable;    //!< if it is acceptable
    L2tpCallEvent notAcceptable; //!< if it is not
};

/// The messages that set calls up.
constexpr std::array<SetupMessage, 6> SETUP_MESSAGES{{
    {L2tpMessageType::ICRQ,
     false,
     L2tpCallEvent::RECEIVE_ICRQ_ACCEPTABLE,
     L2tpCallEvent::RECEIVE_ICRQ_NOT_ACCEPTABLE},
    {L2tpMessageType::ICRP,
     false,
     L2tpCallEvent::RECEIVE_ICRP_ACCEPTABLE,
     L2tpCallEvent::RECEIVE_ICRP_NOT_ACCEPTABLE},
    {L2tpMessageType::ICCN,
     false,
     L2tpCallEvent::RECEIVE_ICCN_ACCEPTABLE,
     L2tpCallEvent::RECEIVE_ICCN_NOT_ACCEPTABLE},
    {L2tpMessageType::OCRQ,
     true,
     L2tpCallEvent::RECEIVE_OCRQ_ACCEPTABLE,
     L2tpCallEvent::RECEIVE_OCRQ_NOT_ACCEPTABLE},
    {L2tpMessageType::OCRP,
     true,
     L2tpCallEvent::RECEIVE_OCRP_ACCEPTABLE,
     L2tpCallEvent::RECEIVE_OCRP_NOT_ACCEPTABLE},
    {L2tpMessageType::OCCN,
     true,
     L2tpCallEvent::RECEIVE_OCCN_ACCEPTABLE,
     L2tpCallEvent::RECEIVE_OCCN_NOT_ACCEPTABLE},
}};

/// Find a message that sets calls up. @param message it @return its row, null if it is another
const SetupMessage*
FindSetupMessage(const L2tpControlMessage& message)
{
    for (const SetupMessage& row : SETUP_MESSAGES)
    {
        if (message.Is(row.type))
        {
            return &row;
        }
    }
    return nullptr;
}

} // namespace

TypeId
L2tpCall::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpCall")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpCall>()
                            .AddTraceSource("WanErrors",
                                            "The LAC told of errors on the line, by a WEN",
                                            MakeTraceSourceAccessor(&L2tpCall::m_wanErrorsTrace),
                                            "ns3::L2tpCall::WanErrorsTracedCallback")
                            .AddTraceSource("LinkInfo",
                                            "The LNS told what PPP has negotiated, by an SLI",
                                            MakeTraceSourceAccessor(&L2tpCall::m_linkInfoTrace),
                                            "ns3::L2tpCall::LinkInfoTracedCallback");
    return tid;
}

L2tpCall::L2tpCall() = default;
L2tpCall::~L2tpCall() = default;

void
L2tpCall::DoDispose()
{
    m_setupTimer.Cancel();
    m_wenTimer.Cancel();
    m_tunnel = nullptr;
    m_session = nullptr;
    Object::DoDispose();
}

void
L2tpCall::Setup(L2tpTunnel* tunnel, L2tpCallRole role, uint16_t localId)
{
    NS_LOG_FUNCTION(this << tunnel->GetLocalId() << L2tpCallRoleName(role) << localId);
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
L2tpCall::Close(const L2tpResultCode& code, const std::optional<L2tpDisconnectCause>& cause)
{
    NS_LOG_FUNCTION(this << m_localId << code.Describe(L2tpMessageType::CDN));
    if (cause && m_tunnel)
    {
        m_causes = {*cause};
    }
    Handle(L2tpCallEvent::LOCAL_CLOSE, code);
}

void
L2tpCall::TunnelOpen()
{
    if (const auto fault = FitToPeer())
    {
        Handle(L2tpCallEvent::LOCAL_CLOSE, *fault);
        return;
    }
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
    const SetupMessage* setup = FindSetupMessage(message);
    if (setup && setup->outgoing != IsL2tpCallOutgoing(m_role))
    {
        // It sets calls up that go the other way: no table has a word of it.
        m_tunnel->GetHost().ControlDropped(L2tpDropReason::UNEXPECTED_MESSAGE);
    }
    else if (setup)
    {
        Learn(message);
        const std::optional<L2tpResultCode> fault = refusal ? refusal : Judge(message);
        const L2tpResultCode outOfSequence =
            L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                         L2tpMessageName(message.GetType()) + " out of sequence");
        Handle(fault ? setup->notAcceptable : setup->acceptable, fault.value_or(outOfSequence));
    }
    else if (message.Is(L2tpMessageType::CDN))
    {
        m_causes = message.GetAll(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE);
        Handle(L2tpCallEvent::RECEIVE_CDN,
               message.Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode{}));
    }
    else
    {
        ReceiveStatus(message);
    }
}

void
L2tpCall::ReceiveInvalid(const L2tpControlMessage& message, const L2tpResultCode& code)
{
    if (!m_tunnel)
    {
        return;
    }
    const SetupMessage* setup = FindSetupMessage(message);
    if (setup && setup->outgoing == IsL2tpCallOutgoing(m_role))
    {
        Learn(message);
        Handle(setup->notAcceptable, code);
    }
    else
    {
        // Whatever is wrong with a CDN, the peer has let go of the call.
        Handle(message.Is(L2tpMessageType::CDN) ? L2tpCallEvent::RECEIVE_CDN
                                                : L2tpCallEvent::INVALID_MESSAGE,
               code);
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
    NS_LOG_INFO("call " << m_localId << " " << L2tpCallStateName(old) << " -> "
                        << L2tpCallStateName(m_state) << ": " << L2tpCallEventName(event));
    // A call that is refused at once never leaves idle, and fails all the same.
    const bool changed = old != m_state || event == L2tpCallEvent::RECEIVE_ICRQ_NOT_ACCEPTABLE ||
                         event == L2tpCallEvent::RECEIVE_OCRQ_NOT_ACCEPTABLE;
    if (changed && m_state == L2tpCallState::IDLE)
    {
        m_clearCode = code;
        m_clearReason = L2tpCallEventName(event);
        m_clearReason += code.result ? ": " + code.Describe(L2tpMessageType::CDN) : "";
        for (const L2tpDisconnectCause& cause : m_causes)
        {
            m_clearReason += "; PPP: " + cause.Describe();
        }
        // Why the tunnel was closed says why the call was.
        m_clearReason +=
            event == L2tpCallEvent::TUNNEL_CLOSED ? ": " + m_tunnel->GetClearReason() : "";
    }
    L2tpTunnelHost& host = m_tunnel->GetHost();
    Ptr<L2tpTunnel> tunnel(m_tunnel);
    if (changed)
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
        OpenSession();
        // Unless the session's user has let go of the call.
        if (m_tunnel && m_state == row->next)
        {
            host.CallEstablished(*this);
        }
        return;
    }
    if (changed && m_state == L2tpCallState::IDLE)
    {
        if (old != m_state)
        {
            host.CallCleared(*this);
        }
        // Whoever keeps a call that is over, or was refused, may keep it longer than its tunnel is.
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
        break;
    case L2tpCallAction::SEND_OCRQ:
        SendOcrq();
        break;
    case L2tpCallAction::SEND_OCRP:
        StartSetupTimer();
        SendOcrp();
        break;
    case L2tpCallAction::SEND_OCCN:
        SendOccn();
        break;
    case L2tpCallAction::SEND_CDN:
        SendCdn(code);
        break;
    case L2tpCallAction::OPEN_BEARER:
        m_tunnel->GetHost().OpenBearer(*this);
        break;
    case L2tpCallAction::PREPARE_FOR_DATA:
        // Done for all roles when established is reached: only one table has a word for it.
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
    if (m_parameters.physicalChannelId)
    {
        message.Add(L2tpAvps::PHYSICAL_CHANNEL_ID, *m_parameters.physicalChannelId);
    }
    if (m_parameters.hopCount > 0)
    {
        message.Add(L2tpAvps::HOP_COUNT, m_parameters.hopCount);
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
    AddConnected(message);
    m_parameters.proxy.AddTo(message);
    if (m_parameters.privateGroupId)
    {
        message.Add(L2tpAvps::PRIVATE_GROUP_ID, *m_parameters.privateGroupId);
    }
    m_tunnel->SendMessage(m_peerId, message);
}

void
L2tpCall::AddConnected(L2tpControlMessage& message)
{
    message.Add(L2tpAvps::TX_CONNECT_SPEED, m_parameters.txConnectSpeed);
    message.Add(L2tpAvps::FRAMING_TYPE, m_parameters.framingType);
    if (m_parameters.rxConnectSpeed)
    {
        message.Add(L2tpAvps::RX_CONNECT_SPEED, *m_parameters.rxConnectSpeed);
    }
    AddSequencingRequired(message);
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
    for (const L2tpDisconnectCause& cause : m_causes)
    {
        message.Add(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE, cause);
    }
    m_tunnel->SendMessage(m_peerId, message);
}

std::optional<L2tpResultCode>
L2tpCall::Judge(const L2tpControlMessage& message) const
{
    // Section 4.4.3: a Framing Type that we did not advertise "will result in the call being
    // rejected".
    const uint32_t framing = message.Get(L2tpAvps::FRAMING_TYPE).value_or(0);
    if (framing & ~m_tunnel->GetHost().GetTunnelConfig().framingCapabilities)
    {
        return L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                            "Framing Type is none of our Framing Capabilities");
    }
    return message.Is(L2tpMessageType::OCRQ) ? JudgeOcrq(message) : std::nullopt;
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
                               : !IsL2tpCallAtLac(m_role)      ? L2tpSequencingMode::CONTROL
                                                               : L2tpSequencingMode::FOLLOW);
    session->Open(m_tunnel->GetPath(), m_tunnel->GetPeerId(), m_peerId);
}

void
L2tpCall::CleanUp()
{
    m_setupTimer.Cancel();
    m_wenTimer.Cancel();
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
    // Only from messages that come in sequence: another one is no news.
    if (IsL2tpCallOutgoing(m_role))
    {
        LearnOutgoing(message);
        return;
    }
    if (message.Is(L2tpMessageType::ICRQ) && m_state == L2tpCallState::IDLE)
    {
        m_parameters = ReadIcrq(message);
    }
    if (message.Is(L2tpMessageType::ICCN) && m_state == L2tpCallState::WAIT_CONNECT)
    {
        LearnConnected(message);
        m_parameters.proxy = L2tpProxyState::From(message);
        m_parameters.privateGroupId = message.Get(L2tpAvps::PRIVATE_GROUP_ID);
    }
}

L2tpCallParameters
L2tpCall::ReadIcrq(const L2tpControlMessage& icrq)
{
    L2tpCallParameters parameters;
    parameters.serialNumber = icrq.Get(L2tpAvps::CALL_SERIAL_NUMBER).value_or(0);
    parameters.bearerType = icrq.Get(L2tpAvps::BEARER_TYPE).value_or(0);
    parameters.callingNumber = icrq.Get(L2tpAvps::CALLING_NUMBER).value_or("");
    parameters.calledNumber = icrq.Get(L2tpAvps::CALLED_NUMBER).value_or("");
    parameters.subAddress = icrq.Get(L2tpAvps::SUB_ADDRESS).value_or("");
    parameters.physicalChannelId = icrq.Get(L2tpAvps::PHYSICAL_CHANNEL_ID);
    parameters.hopCount = icrq.Get(L2tpAvps::HOP_COUNT).value_or(0);
    return parameters;
}

void
L2tpCall::LearnConnected(const L2tpControlMessage& message)
{
    m_parameters.txConnectSpeed = message.Get(L2tpAvps::TX_CONNECT_SPEED).value_or(0);
    m_parameters.rxConnectSpeed = message.Get(L2tpAvps::RX_CONNECT_SPEED);
    m_parameters.framingType = message.Get(L2tpAvps::FRAMING_TYPE).value_or(0);
    m_parameters.sequencingRequired = message.Has(L2tpAvps::SEQUENCING_REQUIRED);
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

const L2tpResultCode&
L2tpCall::GetClearCode() const
{
    return m_clearCode;
}

const std::vector<L2tpDisconnectCause>&
L2tpCall::GetDisconnectCauses() const
{
    return m_causes;
}

const std::string&
L2tpCall::GetClearReason() const
{
    return m_clearReason;
}

} // namespace ns3
