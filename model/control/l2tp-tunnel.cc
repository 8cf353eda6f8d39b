/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-tunnel.h"

#include "ns3/log.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpTunnel");
NS_OBJECT_ENSURE_REGISTERED(L2tpTunnel);

TypeId
L2tpTunnel::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpTunnel")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpTunnel>();
    return tid;
}

L2tpTunnel::L2tpTunnel() = default;
L2tpTunnel::~L2tpTunnel() = default;

void
L2tpTunnel::DoDispose()
{
    m_timer.Cancel();
    if (m_channel)
    {
        m_channel->Dispose();
    }
    for (const auto& call : m_calls.GetAll())
    {
        call->Dispose();
    }
    m_calls = {};
    m_callsByPeerId.clear();
    m_waiting.clear();
    m_path = nullptr;
    m_host = nullptr;
    m_state = L2tpTunnelState::IDLE;
    m_cleared = true;
    Object::DoDispose();
}

void
L2tpTunnel::Setup(L2tpTunnelHost* host, uint16_t localId, Ptr<L2tpUdpPath> path)
{
    NS_LOG_FUNCTION(this << localId << path->GetPeer().address << path->GetPeer().port);
    m_host = host;
    m_localId = localId;
    m_path = path;
    m_auth.SetUp(host->GetChallenges());
    const L2tpTunnelConfig& config = host->GetTunnelConfig();
    m_channel = CreateObject<L2tpControlChannel>();
    m_channel->Setup(this,
                     config.channel,
                     {config.retransmission.Create<L2tpRetransmissionPolicy>(),
                      config.congestion.Create<L2tpCongestionWindow>(),
                      config.acknowledgement.Create<L2tpAcknowledgementPolicy>(),
                      config.queueing.Create<L2tpReceiveQueueing>()});
}

void
L2tpTunnel::Open()
{
    if (!m_cleared)
    {
        m_originator = m_originator || m_state == L2tpTunnelState::IDLE;
        Handle(L2tpTunnelEvent::LOCAL_OPEN_REQUEST);
    }
}

void
L2tpTunnel::Close(const L2tpResultCode& code)
{
    NS_LOG_FUNCTION(this << m_localId << code.Describe(L2tpMessageType::STOPCCN));
    Handle(L2tpTunnelEvent::ADMIN_TUNNEL_CLOSE, code);
}

Ptr<L2tpCall>
L2tpTunnel::MakeIncomingCall()
{
    return MakeCall(L2tpCallRole::LAC_INCOMING);
}

Ptr<L2tpCall>
L2tpTunnel::MakeOutgoingCall()
{
    return MakeCall(L2tpCallRole::LNS_OUTGOING);
}

Ptr<L2tpCall>
L2tpTunnel::MakeCall(L2tpCallRole role)
{
    const uint16_t id = m_cleared ? 0 : m_calls.PickFree(m_host->GetIdStream());
    if (id == 0)
    {
        return nullptr;
    }
    auto call = CreateObject<L2tpCall>();
    call->Setup(this, role, id);
    m_calls.Insert(id, call);
    return call;
}

void
L2tpTunnel::LoseTie()
{
    Handle(L2tpTunnelEvent::RECEIVE_SCCRQ_LOSE_TIE);
}

void
L2tpTunnel::GiveWay()
{
    if (m_state == L2tpTunnelState::IDLE && m_host)
    {
        // It was refused or cleared, and only lingers.
        m_host->TunnelFinished(*this);
        return;
    }
    Handle(L2tpTunnelEvent::CROWDED_OUT);
}

void
L2tpTunnel::ReceiveControl(const L2tpHeader& header, L2tpByteView body, L2tpReception reception)
{
    if (!m_host)
    {
        return;
    }
    m_lastReceived = Simulator::Now();
    if (reception == L2tpReception::CLOSED && m_peerId == 0)
    {
        // An SCCRP that crosses our StopCCN: nothing is delivered any more, but what we repeat
        // and acknowledge from now on can bear the peer's ID.
        L2tpControlMessage message;
        L2tpControlMessage::Parse(body, message);
        message.Reveal(GetSecretOf(message));
        message.Check();
        LearnPeerId(message);
    }
    m_channel->Receive(header, body, reception);
}

void
L2tpTunnel::ReceiveWhileIdle(const L2tpHeader& header, const L2tpControlMessage& message)
{
    NS_LOG_FUNCTION(this << L2tpMessageName(message.GetType()));
    if (!m_host)
    {
        return;
    }
    // The peer's Nr is what it expects of us, whatever we may have sent in a former life.
    m_channel->SetInitialSequence(header.GetNr(), header.GetNs() + 1);
    Dispatch(header.GetSessionId(), message);
}

bool
L2tpTunnel::ReceiveData(const L2tpHeader& header, Ptr<Packet> message, uint8_t trafficClass)
{
    m_lastReceived = Simulator::Now();
    // None once the tunnel is disposed.
    Ptr<L2tpCall> call = m_calls.Find(header.GetSessionId());
    if (!call)
    {
        return false;
    }
    call->GetSession()->Receive(header, message, trafficClass);
    return true;
}

void
L2tpTunnel::Transmit(uint16_t sessionId,
                     uint16_t ns,
                     uint16_t nr,
                     L2tpByteView body,
                     uint32_t attempt)
{
    if (!m_host)
    {
        return;
    }
    const L2tpHeader header = L2tpHeader::MakeControl(m_peerId, sessionId, ns, nr, body.size());
    // A new Packet each time, so that every datagram has a UID of its own in traces.
    Ptr<Packet> packet = Create<Packet>(body.data(), body.size());
    packet->AddHeader(header);
    // Control messages are rare: let each follow the routing as it is now.
    m_path->Refresh();
    m_host->ControlSent(*this, header, packet, attempt);
    // Who was told may have made an end of the endpoint.
    if (!m_host)
    {
        return;
    }
    const auto& marking = m_host->GetTunnelConfig().session.marking;
    if (!m_path->Send(packet, marking ? marking->GetControlClass() : 0))
    {
        m_host->ControlDropped(L2tpDropReason::SEND_NO_ROUTE);
    }
}

void
L2tpTunnel::Handle(L2tpTunnelEvent event, const L2tpResultCode& code)
{
    const L2tpTunnelTransition* row = FindL2tpTunnelTransition(m_state, event);
    if (!row || !m_host)
    {
        NS_LOG_LOGIC(L2tpTunnelStateName(m_state)
                     << ": nothing to do for " << L2tpTunnelEventName(event));
        return;
    }
    // Actions may lead back here: the state is the new one by then, and this object stays.
    Ptr<L2tpTunnel> self(this);
    const L2tpTunnelState old = m_state;
    m_state = row->next;
    m_cleared = m_cleared || m_state == L2tpTunnelState::IDLE;
    NS_LOG_INFO("tunnel " << m_localId << " " << L2tpTunnelStateName(old) << " -> "
                          << L2tpTunnelStateName(m_state) << ": " << L2tpTunnelEventName(event));
    // A tunnel that is refused at once never leaves idle, and fails all the same.
    const bool changed = old != m_state || event == L2tpTunnelEvent::RECEIVE_SCCRQ_NOT_ACCEPTABLE ||
                         event == L2tpTunnelEvent::INVALID_MESSAGE;
    if (changed && m_state == L2tpTunnelState::IDLE)
    {
        m_clearCode = code;
        m_clearReason = std::string(L2tpTunnelEventName(event)) +
                        (code.result ? ": " + code.Describe(L2tpMessageType::STOPCCN) : "");
    }
    if (changed)
    {
        m_host->TunnelChanged(*this, old, event);
    }
    for (const L2tpTunnelAction action : row->actions)
    {
        if (m_host && m_state == row->next)
        {
            Perform(action, code);
        }
    }
    if (!m_host || m_state != row->next)
    {
        // Somebody who was told closed the tunnel, or made an end of the endpoint, and that is all
        // done by now.
        return;
    }
    if (old != m_state && m_state == L2tpTunnelState::ESTABLISHED)
    {
        StartTimer(m_host->GetTunnelConfig().helloInterval);
    }
    // What keeps the state after the clean-up (sections 5.7 and 5.8): the channel, if the peer has
    // still to be told or may repeat itself; nothing, if it is gone.
    if (event == L2tpTunnelEvent::RECEIVE_STOPCCN)
    {
        m_channel->Linger();
    }
    if (event == L2tpTunnelEvent::PEER_DEAD || event == L2tpTunnelEvent::CROWDED_OUT)
    {
        m_host->TunnelFinished(*this);
    }
}

void
L2tpTunnel::Perform(L2tpTunnelAction action, const L2tpResultCode& code)
{
    switch (action)
    {
    case L2tpTunnelAction::NONE:
        break;
    case L2tpTunnelAction::SEND_SCCRQ:
        SendStart(L2tpMessageType::SCCRQ);
        break;
    case L2tpTunnelAction::SEND_SCCRP:
        SendStart(L2tpMessageType::SCCRP);
        break;
    case L2tpTunnelAction::SEND_SCCCN:
        SendScccn();
        break;
    case L2tpTunnelAction::SEND_STOPCCN:
        SendStopCcn(code);
        break;
    case L2tpTunnelAction::SEND_TUNNEL_OPEN: {
        std::vector<Ptr<L2tpCall>> waiting;
        waiting.swap(m_waiting);
        // Those that are disposed with the tunnel meanwhile do nothing.
        for (const auto& call : waiting)
        {
            call->TunnelOpen();
        }
        break;
    }
    case L2tpTunnelAction::CLEAN_UP:
        CleanUp();
        break;
    case L2tpTunnelAction::REQUEUE_SCCRQ:
        // The endpoint gives the SCCRQ to a new tunnel, which is in the idle state; this one is
        // discarded silently (section 4.4.3).
        m_host->TunnelFinished(*this);
        break;
    }
}

void
L2tpTunnel::AwaitOpen(Ptr<L2tpCall> call)
{
    m_waiting.push_back(call);
    Open();
}

void
L2tpTunnel::IndexByPeerId(Ptr<L2tpCall> call)
{
    // A call that is only there to answer one message has no entry to be found by.
    if (m_calls.Find(call->GetLocalId()) == call)
    {
        m_callsByPeerId[call->GetPeerId()] = call;
    }
}

void
L2tpTunnel::RemoveCall(L2tpCall& call)
{
    const auto it = m_callsByPeerId.find(call.GetPeerId());
    if (it != m_callsByPeerId.end() && it->second == &call)
    {
        m_callsByPeerId.erase(it);
    }
    if (m_calls.Find(call.GetLocalId()) == &call)
    {
        // Until it gets the CDN, which takes a cycle at the most, the peer may speak of the call,
        // and that takes another cycle at the most to arrive. It must not meet a new call.
        m_calls.Retire(call.GetLocalId(), m_cleared ? Time() : 2 * m_channel->GetFullCycle());
    }
}

void
L2tpTunnel::CleanUp()
{
    // Not only cancelled: until its time comes, a flood's would fill the list of events.
    Simulator::Remove(m_timer);
    m_waiting.clear();
    // Section 5.7: all sessions are cleared with the tunnel, without a message for each.
    for (const auto& call : m_calls.GetAll())
    {
        call->TunnelClosed();
    }
}

void
L2tpTunnel::Crash()
{
    Ptr<L2tpTunnel> self(this);
    Handle(L2tpTunnelEvent::LOCAL_CRASH);
    if (m_clearReason.empty())
    {
        // It was never opened, but a call may be in it already.
        m_clearReason = L2tpTunnelEventName(L2tpTunnelEvent::LOCAL_CRASH);
    }
    // If somebody was being told of the tunnel's end, or of a call's, the rest of that is not done.
    CleanUp();
    for (const auto& call : m_calls.GetAll())
    {
        call->GetSession()->Close();
    }
    Dispose();
}

void
L2tpTunnel::PeerIsDead()
{
    if (!m_host)
    {
        return;
    }
    if (m_state == L2tpTunnelState::IDLE)
    {
        // Not even the StopCCN was acknowledged.
        m_host->TunnelFinished(*this);
        return;
    }
    Handle(L2tpTunnelEvent::PEER_DEAD);
}

void
L2tpTunnel::Finished()
{
    if (m_host)
    {
        m_host->TunnelFinished(*this);
    }
}

void
L2tpTunnel::StartTimer(Time delay)
{
    m_timer.Cancel();
    if (!delay.IsZero())
    {
        m_timer = Simulator::Schedule(delay, &L2tpTunnel::Expire, this);
    }
}

void
L2tpTunnel::Expire()
{
    if (!m_host)
    {
        return;
    }
    // Whoever sees the HELLO may drop the tunnel: then there is nothing left to time.
    const Ptr<L2tpTunnel> self(this);
    if (m_state != L2tpTunnelState::ESTABLISHED)
    {
        Handle(L2tpTunnelEvent::NOT_IN_TIME, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
        return;
    }
    // Section 6.5: a HELLO after a time without any message from the peer. Messages do not push
    // the timer; it looks when it comes how long the silence has lasted.
    const Time interval = m_host->GetTunnelConfig().helloInterval;
    const Time silence = Simulator::Now() - m_lastReceived;
    if (silence < interval)
    {
        StartTimer(interval - silence);
        return;
    }
    // A message that waits for its acknowledgement probes the peer as well as a HELLO.
    if (m_channel->GetQueueLength() == 0)
    {
        NS_LOG_LOGIC("tunnel " << m_localId << ": silent for " << silence.As(Time::S) << ", HELLO");
        SendMessage(0, L2tpControlMessage(L2tpMessageType::HELLO));
    }
    if (m_state == L2tpTunnelState::ESTABLISHED)
    {
        StartTimer(interval);
    }
}

L2tpTunnelState
L2tpTunnel::GetState() const
{
    return m_state;
}

uint16_t
L2tpTunnel::GetLocalId() const
{
    return m_localId;
}

uint16_t
L2tpTunnel::GetPeerId() const
{
    return m_peerId;
}

std::optional<uint64_t>
L2tpTunnel::GetTieBreaker() const
{
    return m_tieBreaker;
}

const std::string&
L2tpTunnel::GetPeerHostName() const
{
    return m_peerHostName;
}

uint32_t
L2tpTunnel::GetPeerFramingCapabilities() const
{
    return m_peerFraming;
}

std::optional<uint32_t>
L2tpTunnel::GetPeerBearerCapabilities() const
{
    return m_peerBearer;
}

bool
L2tpTunnel::IsOriginator() const
{
    return m_originator;
}

Ptr<L2tpUdpPath>
L2tpTunnel::GetPath() const
{
    return m_path;
}

Ptr<L2tpControlChannel>
L2tpTunnel::GetChannel() const
{
    return m_channel;
}

const std::string&
L2tpTunnel::GetClearReason() const
{
    return m_clearReason;
}

const L2tpResultCode&
L2tpTunnel::GetClearCode() const
{
    return m_clearCode;
}

const L2tpTunnelIdentity&
L2tpTunnel::GetIdentity() const
{
    return m_identity;
}

L2tpTunnelHost&
L2tpTunnel::GetHost() const
{
    return *m_host;
}

Ptr<L2tpCall>
L2tpTunnel::FindCall(uint16_t id) const
{
    return m_calls.Find(id);
}

Time
L2tpTunnel::GetLastReceived() const
{
    return m_lastReceived;
}

std::size_t
L2tpTunnel::GetNCalls() const
{
    return m_calls.GetSize();
}

std::vector<Ptr<L2tpCall>>
L2tpTunnel::GetCalls() const
{
    return m_calls.GetAll();
}

} // namespace ns3
