/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-control-protocol.h"

#include "ppp-protocol.h"

#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <utility>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PppControlProtocol");

NS_OBJECT_ENSURE_REGISTERED(PppControlProtocol);

namespace
{
constexpr uint16_t DEFAULT_MRU = 1500; //!< RFC 1661, section 6.1
} // namespace

TypeId
PppControlProtocol::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppControlProtocol")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddAttribute("RestartTimer",
                          "Time between retransmissions of a Configure-Request or "
                          "Terminate-Request (RFC 1661, section 4.6).",
                          TimeValue(Seconds(3)),
                          MakeTimeAccessor(&PppControlProtocol::m_restartTimer),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("MaxConfigure",
                          "Max-Configure: Configure-Requests sent without a valid reply before "
                          "the peer is given up (RFC 1661, section 4.6).",
                          UintegerValue(10),
                          MakeUintegerAccessor(&PppControlProtocol::m_maxConfigure),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("MaxTerminate",
                          "Max-Terminate: Terminate-Requests sent without a Terminate-Ack before "
                          "the peer is taken for gone (RFC 1661, section 4.6).",
                          UintegerValue(2),
                          MakeUintegerAccessor(&PppControlProtocol::m_maxTerminate),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("MaxFailure",
                          "Max-Failure: Configure-Naks sent without a Configure-Ack before they "
                          "turn into Configure-Rejects (RFC 1661, section 4.6). Twice as many "
                          "refusals by the peer in a row end the negotiation.",
                          UintegerValue(5),
                          MakeUintegerAccessor(&PppControlProtocol::m_maxFailure),
                          MakeUintegerChecker<uint32_t>(1))
            .AddTraceSource("Transition",
                            "A transition of the automaton: old state, event, new state.",
                            MakeTraceSourceAccessor(&PppControlProtocol::m_transitionTrace),
                            "ns3::PppControlProtocol::TransitionTracedCallback");
    return tid;
}

PppControlProtocol::PppControlProtocol(uint16_t protocol)
    : m_protocol(protocol),
      m_peerMru(DEFAULT_MRU)
{
    m_automaton.SetTransitionCallback([this](PppState before, PppEvent event, PppState now) {
        NotifyTransition(before, event, now);
    });
}

PppControlProtocol::~PppControlProtocol()
{
    m_timer.Cancel();
}

void
PppControlProtocol::DoDispose()
{
    m_timer.Cancel();
    m_owner = nullptr;
    m_steps.clear();
    Object::DoDispose();
}

void
PppControlProtocol::SetOwner(PppControlOwner* owner)
{
    m_owner = owner;
}

PppState
PppControlProtocol::GetState() const
{
    return m_automaton.GetState();
}

void
PppControlProtocol::Open()
{
    Enqueue([this] {
        Handle(PppEvent::OPEN);
        if (GetState() == PppState::STOPPED || GetState() == PppState::STOPPING)
        {
            Handle(PppEvent::DOWN);
            Handle(PppEvent::UP);
        }
        Replay();
    });
}

void
PppControlProtocol::Close()
{
    Enqueue([this] { Handle(PppEvent::CLOSE); });
}

void
PppControlProtocol::Up()
{
    Enqueue([this] {
        m_firstPeerOptions.reset();
        Handle(PppEvent::UP);
        Replay();
    });
}

void
PppControlProtocol::Down()
{
    Enqueue([this] { Handle(PppEvent::DOWN); });
}

void
PppControlProtocol::Receive(const PppControlPacket& packet)
{
    Enqueue([this, packet] {
        m_received = &packet;
        Process(packet);
        m_received = nullptr;
    });
}

void
PppControlProtocol::SetPeerMru(uint16_t mru)
{
    m_peerMru = mru;
}

uint16_t
PppControlProtocol::GetPeerMru() const
{
    return m_peerMru;
}

std::optional<std::vector<uint8_t>>
PppControlProtocol::GetFirstReceivedRequest() const
{
    if (!m_firstPeerOptions)
    {
        return std::nullopt;
    }
    return SerializePppOptions(*m_firstPeerOptions);
}

std::vector<uint8_t>
PppControlProtocol::GetLastReceivedRequest() const
{
    return SerializePppOptions(m_peerOptions);
}

std::vector<uint8_t>
PppControlProtocol::GetLastSentRequest() const
{
    return m_request.data;
}

std::optional<PppControlProtocol::Outcome>
PppControlProtocol::TakeOver()
{
    return std::nullopt;
}

bool
PppControlProtocol::IsRejectable(uint8_t /* type */) const
{
    return true;
}

bool
PppControlProtocol::ReceiveExtra(const PppControlPacket& /* packet */)
{
    return false;
}

void
PppControlProtocol::SendEchoReply()
{
}

void
PppControlProtocol::ExtraCodeRejected(uint8_t /* code */)
{
}

void
PppControlProtocol::LayerUp()
{
    m_owner->LayerUp(m_protocol);
}

void
PppControlProtocol::LayerDown()
{
    m_owner->LayerDown(m_protocol);
}

void
PppControlProtocol::Drop(PppDropReason reason)
{
    m_owner->ControlDropped(reason);
}

void
PppControlProtocol::Fail(PppReason reason)
{
    m_owner->LayerFailed(m_protocol, reason);
}

const PppControlPacket&
PppControlProtocol::GetReceived() const
{
    return *m_received;
}

void
PppControlProtocol::NotifyProtocolRejected(uint16_t protocol)
{
    m_owner->ProtocolRejected(protocol);
}

uint8_t
PppControlProtocol::NextIdentifier()
{
    return ++m_identifier;
}

void
PppControlProtocol::Enqueue(std::function<void()> step)
{
    m_steps.push_back(std::move(step));
    if (m_busy)
    {
        return;
    }
    const Ptr<PppControlProtocol> alive(this); // a callback may drop the last other reference
    m_busy = true;
    while (!m_steps.empty() && m_owner)
    {
        const auto next = std::move(m_steps.front());
        m_steps.erase(m_steps.begin());
        next();
    }
    m_busy = false;
}

void
PppControlProtocol::Handle(PppEvent event)
{
    const auto before = GetState();
    const auto& cell = m_automaton.Handle(event);
    if (!cell.legal)
    {
        NS_LOG_WARN(PppProtocolName(m_protocol) << ": illegal event " << PppEventName(event)
                                                << " in state " << PppStateName(before));
        return;
    }
    for (const auto action : cell.actions)
    {
        if (m_owner) // a callback may dispose of this
        {
            Take(action, before);
        }
    }
    if (!PppAutomaton::IsTimed(GetState()))
    {
        m_timer.Cancel();
    }
}

void
PppControlProtocol::NotifyTransition(PppState before, PppEvent event, PppState now)
{
    NS_LOG_INFO(PppProtocolName(m_protocol) << ": " << PppStateName(before) << " "
                                            << PppEventName(event) << " " << PppStateName(now));
    m_transitionTrace(before, event, now);
    m_owner->StateChanged(m_protocol, before, event, now);
}

void
PppControlProtocol::Take(PppAction action, PppState before)
{
    switch (action)
    {
    case PppAction::TLU:
        LayerUp();
        break;
    case PppAction::TLD:
        LayerDown();
        break;
    case PppAction::TLF:
        m_owner->LayerFinished(m_protocol);
        break;
    case PppAction::IRC: {
        const auto now = GetState();
        const bool terminating = now == PppState::CLOSING || now == PppState::STOPPING;
        m_restartCount = terminating ? m_maxTerminate : m_maxConfigure;
        break;
    }
    case PppAction::ZRC:
        m_restartCount = 0;
        StartTimer();
        break;
    case PppAction::SCR:
        SendConfigureRequest(before);
        break;
    case PppAction::SCA:
    case PppAction::SCN:
        SendConfigureReply();
        break;
    case PppAction::STR:
        m_restartCount -= m_restartCount > 0;
        StartTimer();
        Send(PppCode::TERMINATE_REQUEST, NextIdentifier(), {});
        break;
    case PppAction::STA:
        Send(PppCode::TERMINATE_ACK, m_received->identifier, {});
        break;
    case PppAction::SCJ:
        Send(PppCode::CODE_REJECT, NextIdentifier(), m_received->Serialize());
        break;
    case PppAction::SER:
        SendEchoReply();
        break;
    case PppAction::TLS: // the lower layer tells by itself when it is up
    case PppAction::NONE:
        break;
    }
}

void
PppControlProtocol::StartTimer()
{
    m_timer.Cancel();
    m_timer = Simulator::Schedule(m_restartTimer, &PppControlProtocol::Timeout, this);
}

void
PppControlProtocol::Timeout()
{
    Enqueue([this] { Handle(m_restartCount > 0 ? PppEvent::TO_POSITIVE : PppEvent::TO_NEGATIVE); });
}

void
PppControlProtocol::Send(PppCode code, uint8_t identifier, std::vector<uint8_t> data)
{
    if (m_replaying || !m_owner)
    {
        return;
    }
    data.resize(std::min(data.size(), m_peerMru - PppControlPacket::HEADER_SIZE));
    m_owner->SendControl(m_protocol,
                         PppControlPacket{static_cast<uint8_t>(code), identifier, std::move(data)});
}

} // namespace ns3
