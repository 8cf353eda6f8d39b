/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-access-call.h"

#include "l2tp-ppp-result.h"
#include "l2tp-proxy-ppp.h"

#include "ns3/log.h"
#include "ns3/simulator.h"

#include <array>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpAccessCall");
NS_OBJECT_ENSURE_REGISTERED(L2tpAccessCall);

const char*
L2tpAccessStateName(L2tpAccessState state)
{
    static constexpr std::array<const char*, 7>
        NAMES{"selecting", "asking", "placing", "joined", "local", "closing", "over"};
    const auto index = static_cast<std::size_t>(state);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

TypeId
L2tpAccessCall::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpAccessCall")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpAccessCall>();
    return tid;
}

L2tpAccessCall::L2tpAccessCall() = default;
L2tpAccessCall::~L2tpAccessCall() = default;

void
L2tpAccessCall::DoDispose()
{
    m_timer.Cancel();
    if (m_leg && m_state != L2tpAccessState::LOCAL && m_state != L2tpAccessState::JOINED)
    {
        m_leg->SetUser(nullptr);
        m_leg->GetCircuit()->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
    }
    m_state = L2tpAccessState::OVER;
    for (const Ptr<Object>& part :
         std::initializer_list<Ptr<Object>>{m_placement, m_join, m_callLeg})
    {
        if (part)
        {
            part->Dispose();
        }
    }
    m_host = nullptr;
    m_leg = nullptr;
    m_asker = nullptr;
    m_placement = nullptr;
    m_callLeg = nullptr;
    m_join = nullptr;
    m_held = nullptr;
    Object::DoDispose();
}

L2tpAccessState
L2tpAccessCall::GetState() const
{
    return m_state;
}

Ptr<L2tpAccessLeg>
L2tpAccessCall::GetLeg() const
{
    return m_leg;
}

const L2tpTunnelQuery&
L2tpAccessCall::GetQuery() const
{
    return m_query;
}

Ptr<L2tpCall>
L2tpAccessCall::GetL2tpCall() const
{
    return m_callLeg ? m_callLeg->GetCall() : nullptr;
}

const L2tpTunnelPeer&
L2tpAccessCall::GetPeer() const
{
    return m_peer;
}

Ptr<L2tpLegJoin>
L2tpAccessCall::GetJoin() const
{
    return m_join;
}

const L2tpResultCode&
L2tpAccessCall::GetEnd() const
{
    return m_end;
}

void
L2tpAccessCall::SetState(L2tpAccessState state)
{
    const auto before = m_state;
    m_state = state;
    const bool isWaiting = state == L2tpAccessState::SELECTING ||
                           state == L2tpAccessState::ASKING || state == L2tpAccessState::PLACING;
    if (!isWaiting)
    {
        m_timer.Cancel();
    }
    NS_LOG_INFO(L2tpAccessStateName(before) << " -> " << L2tpAccessStateName(state));
    m_host->CallChanged(*this, before);
}

void
L2tpAccessCall::Begin(L2tpAccessHost* host, Ptr<L2tpAccessLeg> leg, const L2tpTunnelQuery& query)
{
    m_host = host;
    m_leg = leg;
    m_query = query;
    m_leg->SetUser(this);
    m_leg->GetCircuit()->Attach(MakeCallback(&L2tpAccessCall::Hold, this),
                                L2Circuit::StatusCallback());
    const Time timeout = m_host->GetSetupTimeout();
    if (!timeout.IsZero())
    {
        m_timer = Simulator::Schedule(timeout, &L2tpAccessCall::Expire, this);
    }
    if (m_host->GetSelector())
    {
        Select();
    }
    else
    {
        EndPppHere();
    }
}

void
L2tpAccessCall::Select()
{
    const Ptr<L2tpAccessCall> self(this);
    const uint32_t selection = ++m_selection;
    m_host->GetSelector()->Select(m_query, [self, selection](const L2tpTunnelChoice& choice) {
        // It may be too late: the call is over, or the remote system has said another name since.
        if (self->m_state == L2tpAccessState::SELECTING && self->m_selection == selection)
        {
            self->Chosen(choice);
        }
    });
}

void
L2tpAccessCall::Chosen(const L2tpTunnelChoice& choice)
{
    m_host->CallChosen(*this, choice);
    switch (choice.kind)
    {
    case L2tpTunnelChoice::Kind::TUNNEL:
        PlaceCall(choice.peers);
        break;
    case L2tpTunnelChoice::Kind::LOCAL:
        EndPppHere();
        break;
    case L2tpTunnelChoice::Kind::ASK_NAME:
        AskName();
        break;
    case L2tpTunnelChoice::Kind::REFUSE:
        Refuse(choice.message);
        break;
    }
}

void
L2tpAccessCall::AskName()
{
    if (m_asked)
    {
        Refuse(""); // it is known, and more isn't to be had
        return;
    }
    m_asked = true;
    m_asker = m_host->BorrowAsker();
    m_held = nullptr;
    SetState(L2tpAccessState::ASKING);
    const Ptr<L2tpAccessCall> self(this);
    m_asker->Ask(
        m_leg->GetCircuit(),
        [self](const PppAuthAttempt& attempt) { self->Named(attempt); },
        [self](PppReason reason, uint16_t protocol) { self->PppFinished(reason, protocol); });
}

void
L2tpAccessCall::Named(const PppAuthAttempt& attempt)
{
    if (m_state == L2tpAccessState::ASKING || m_state == L2tpAccessState::SELECTING)
    {
        m_query.attempt = attempt;
        SetState(L2tpAccessState::SELECTING);
        Select();
    }
    else if (m_state == L2tpAccessState::CLOSING)
    {
        m_asker->Close(); // PPP has begun anew since it was refused
    }
}

void
L2tpAccessCall::PppFinished(PppReason reason, uint16_t protocol)
{
    if (m_end.result == 0)
    {
        m_end = L2tpResultOfPpp(reason);
    }
    StopAsking();
    if (m_placement)
    {
        m_placement->Withdraw(m_end);
    }
    m_leg->Release({m_end, L2tpDisconnectCauseOfPpp(reason, protocol)});
}

void
L2tpAccessCall::StopAsking()
{
    if (m_asker)
    {
        const auto asker = m_asker;
        m_asker = nullptr;
        asker->LetGo();
        m_host->ReturnAsker(asker);
    }
}

void
L2tpAccessCall::PlaceCall(const std::vector<L2tpTunnelPeer>& peers)
{
    if (m_asker && m_host->SendsProxy())
    {
        m_leg->SetProxyState(m_asker->GetProxyState());
    }
    SetState(L2tpAccessState::PLACING);
    m_placement = CreateObject<L2tpCallPlacement>();
    const Ptr<L2tpAccessCall> self(this);
    m_placement->SetCallbacks(MakeCallback(&L2tpAccessCall::Established, self),
                              MakeCallback(&L2tpAccessCall::Cleared, self),
                              MakeCallback(&L2tpAccessCall::NotPlaced, self));
    auto parameters = m_leg->GetParameters();
    parameters.userName = m_query.attempt ? m_query.attempt->name : "";
    m_placement->Place(m_host->GetLac(), m_host->GetBalancer(), peers, parameters);
}

void
L2tpAccessCall::Established(Ptr<L2tpCall> call, const L2tpTunnelPeer& peer)
{
    const auto now = m_asker ? m_asker->GetProxyState() : L2tpProxyState();
    StopAsking();
    m_peer = peer;
    m_callLeg = CreateObject<L2tpCallLeg>(call);
    m_join = CreateObject<L2tpLegJoin>();
    m_join->Join(m_leg,
                 m_callLeg,
                 L2tpLegJoin::EndedCallback(
                     [this](Ptr<L2tpLegJoin>, const L2tpLegEnd& why) { m_end = why.code; }));
    if (m_held)
    {
        call->GetSession()->Send(m_held);
        m_held = nullptr;
    }
    if (L2tpHasBegunAnew(m_leg->GetParameters().proxy, now))
    {
        // The LNS believes what it was told: let it know by what PPP begins anew with.
        call->GetSession()->Send(L2tpConfigureRequestOf(now));
    }
    SetState(L2tpAccessState::JOINED);
}

void
L2tpAccessCall::Cleared(Ptr<L2tpCall> /* call */)
{
    m_callLeg->Cleared();
}

void
L2tpAccessCall::NotPlaced(const L2tpResultCode& code)
{
    m_placement = nullptr;
    Close(code);
}

void
L2tpAccessCall::EndPppHere()
{
    const auto terminator = m_host->GetTerminator();
    const auto refusal = terminator ? terminator->Judge()
                                    : L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT,
                                                         "there is nothing to end PPP");
    if (refusal)
    {
        Close(*refusal);
        return;
    }
    if (m_asker)
    {
        m_leg->SetProxyState(m_asker->GetProxyState());
        StopAsking();
    }
    m_held = nullptr;
    m_leg->GetCircuit()->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
    SetState(L2tpAccessState::LOCAL);
    terminator->Expect(m_leg);
    terminator->Establish(m_leg);
}

void
L2tpAccessCall::Refuse(const std::string& message)
{
    m_end = L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE);
    if (!m_asker)
    {
        m_leg->Release({m_end, {}});
        return;
    }
    SetState(L2tpAccessState::CLOSING);
    m_asker->Refuse(message);
}

void
L2tpAccessCall::Close(const L2tpResultCode& code)
{
    m_end = code;
    if (!m_asker)
    {
        m_leg->Release({m_end, {}});
        return;
    }
    SetState(L2tpAccessState::CLOSING);
    m_asker->Close();
}

void
L2tpAccessCall::Expire()
{
    const Ptr<L2tpAccessCall> self(this);
    const auto code = L2tpResultCode::Of(L2tpCallResult::NOT_IN_TIME);
    if (m_placement)
    {
        m_placement->Withdraw(code);
        m_placement = nullptr;
    }
    Close(code);
}

void
L2tpAccessCall::Hold(Ptr<Packet> frame)
{
    m_held = frame;
}

void
L2tpAccessCall::LegEnded(L2tpLeg& /* leg */, const L2tpLegEnd& why)
{
    m_end = why.code;
    if (m_placement)
    {
        m_placement->Withdraw(why.code);
    }
}

void
L2tpAccessCall::Over()
{
    const Ptr<L2tpAccessCall> self(this);
    StopAsking();
    m_leg->GetCircuit()->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
    if (m_state != L2tpAccessState::OVER)
    {
        SetState(L2tpAccessState::OVER);
    }
}

} // namespace ns3
