/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-switched-call.h"

#include "l2tp-proxy-ppp.h"
#include "l2tp-tunnel-switch.h"

#include "ns3/log.h"

#include <algorithm>
#include <array>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpSwitchedCall");
NS_OBJECT_ENSURE_REGISTERED(L2tpSwitchedCall);

const char*
L2tpSwitchStateName(L2tpSwitchState state)
{
    static constexpr std::array<const char*, 5> NAMES{"expected",
                                                      "selecting",
                                                      "placing",
                                                      "joined",
                                                      "over"};
    const auto index = static_cast<std::size_t>(state);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

TypeId
L2tpSwitchedCall::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpSwitchedCall")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpSwitchedCall>();
    return tid;
}

L2tpSwitchedCall::L2tpSwitchedCall() = default;
L2tpSwitchedCall::~L2tpSwitchedCall() = default;

void
L2tpSwitchedCall::DoDispose()
{
    if (m_state != L2tpSwitchState::OVER)
    {
        LetGo();
        m_state = L2tpSwitchState::OVER;
    }
    for (const Ptr<Object>& part :
         std::initializer_list<Ptr<Object>>{m_placement, m_join, m_onward})
    {
        if (part)
        {
            part->Dispose();
        }
    }
    m_host = nullptr;
    m_leg = nullptr;
    m_placement = nullptr;
    m_join = nullptr;
    m_onward = nullptr;
    m_held.clear();
    Object::DoDispose();
}

L2tpSwitchState
L2tpSwitchedCall::GetState() const
{
    return m_state;
}

Ptr<L2tpLeg>
L2tpSwitchedCall::GetLeg() const
{
    return m_leg;
}

Ptr<L2tpCall>
L2tpSwitchedCall::GetOnwardCall() const
{
    return m_onward ? m_onward->GetCall() : nullptr;
}

const L2tpTunnelPeer&
L2tpSwitchedCall::GetPeer() const
{
    return m_peer;
}

Ptr<L2tpLegJoin>
L2tpSwitchedCall::GetJoin() const
{
    return m_join;
}

const L2tpResultCode&
L2tpSwitchedCall::GetEnd() const
{
    return m_end;
}

void
L2tpSwitchedCall::SetState(L2tpSwitchState state)
{
    const auto before = m_state;
    m_state = state;
    NS_LOG_INFO(L2tpSwitchStateName(before) << " -> " << L2tpSwitchStateName(state));
    m_host->CallChanged(*this, before);
}

void
L2tpSwitchedCall::Expect(L2tpTunnelSwitch* host, Ptr<L2tpLeg> leg)
{
    m_host = host;
    m_leg = leg;
}

void
L2tpSwitchedCall::Begin()
{
    m_leg->GetCircuit()->Attach(MakeCallback(&L2tpSwitchedCall::Hold, this),
                                L2Circuit::StatusCallback());
    SetState(L2tpSwitchState::SELECTING);
    const L2tpCallParameters told = m_leg->GetParameters();
    L2tpTunnelQuery query;
    query.calledNumber = told.calledNumber;
    query.callingNumber = told.callingNumber;
    query.attempt = L2tpAuthAttemptOf(told.proxy);
    const Ptr<L2tpSwitchedCall> self(this);
    m_host->GetSelector()->Select(query, [self](const L2tpTunnelChoice& choice) {
        // It may be too late: the previous hop has cleared the call.
        if (self->m_state == L2tpSwitchState::SELECTING)
        {
            self->Chosen(choice);
        }
    });
}

void
L2tpSwitchedCall::Chosen(const L2tpTunnelChoice& choice)
{
    m_host->CallChosen(*this, choice);
    switch (choice.kind)
    {
    case L2tpTunnelChoice::Kind::TUNNEL:
        Place(choice.peers);
        break;
    case L2tpTunnelChoice::Kind::LOCAL:
        Refuse(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT,
                                  "a tunnel switch doesn't end PPP"));
        break;
    case L2tpTunnelChoice::Kind::ASK_NAME:
        Refuse(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT,
                                  "no proxy authentication tells whose call it is"));
        break;
    case L2tpTunnelChoice::Kind::REFUSE:
        Refuse(choice.message.empty()
                   ? L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE)
                   : L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE, choice.message));
        break;
    }
}

void
L2tpSwitchedCall::Place(std::vector<L2tpTunnelPeer> peers)
{
    const auto isOwn = [this](const L2tpTunnelPeer& peer) {
        return peer.server.address.IsOn(m_host->GetNode());
    };
    peers.erase(std::remove_if(peers.begin(), peers.end(), isOwn), peers.end());
    if (peers.empty())
    {
        Refuse(L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION,
                                  "the tunnel would lead to the switch itself"));
        return;
    }
    SetState(L2tpSwitchState::PLACING);
    m_placement = CreateObject<L2tpCallPlacement>();
    const Ptr<L2tpSwitchedCall> self(this);
    m_placement->SetCallbacks(MakeCallback(&L2tpSwitchedCall::Established, self),
                              MakeCallback(&L2tpSwitchedCall::Cleared, self),
                              MakeCallback(&L2tpSwitchedCall::Refuse, self));
    m_placement->Place(m_host->GetLac(), m_host->GetBalancer(), peers, OnwardParameters());
}

L2tpCallParameters
L2tpSwitchedCall::OnwardParameters() const
{
    L2tpCallParameters parameters = m_leg->GetParameters();
    ++parameters.hopCount;
    // What the previous hop has for a physical channel is of no meaning to the next one. What
    // finds this call in this switch's logs is.
    const auto call = DynamicCast<L2tpCallLeg>(m_leg);
    parameters.physicalChannelId =
        call ? std::optional<uint32_t>(call->GetCall()->GetLocalId()) : std::nullopt;
    return parameters;
}

void
L2tpSwitchedCall::Established(Ptr<L2tpCall> call, const L2tpTunnelPeer& peer)
{
    m_peer = peer;
    m_onward = CreateObject<L2tpCallLeg>(call);
    m_join = CreateObject<L2tpLegJoin>();
    m_join->Join(m_leg,
                 m_onward,
                 L2tpLegJoin::EndedCallback(
                     [this](Ptr<L2tpLegJoin>, const L2tpLegEnd& why) { Over(why.code); }));
    for (const auto& frame : m_held)
    {
        m_host->FramePassed(*this, frame);
        m_onward->GetCircuit()->Send(frame);
    }
    m_held.clear();
    SetState(L2tpSwitchState::JOINED);
}

void
L2tpSwitchedCall::Cleared(Ptr<L2tpCall> /* call */)
{
    m_onward->Cleared();
}

void
L2tpSwitchedCall::Refuse(const L2tpResultCode& code)
{
    m_host->CallRefused();
    Release({code, {}});
}

void
L2tpSwitchedCall::Release(const L2tpLegEnd& why)
{
    if (m_state == L2tpSwitchState::OVER)
    {
        return;
    }
    const Ptr<L2tpSwitchedCall> self(this);
    const Ptr<L2tpLeg> leg = m_leg;
    const Ptr<L2tpLeg> onward = m_onward;
    LetGo();
    Over(why.code);
    leg->Release(why);
    if (onward)
    {
        onward->Release(why);
    }
    Forget();
}

void
L2tpSwitchedCall::LegEnded(const L2tpLegEnd& why)
{
    LetGo();
    Over(why.code);
    Forget();
}

void
L2tpSwitchedCall::Hold(Ptr<Packet> frame)
{
    if (m_held.size() < m_host->GetHoldFrames())
    {
        m_held.push_back(frame);
    }
    else
    {
        m_host->FrameDropped(*this, frame);
    }
}

void
L2tpSwitchedCall::LetGo()
{
    if (m_join)
    {
        m_join->Dispose();
        return;
    }
    m_leg->SetUser(nullptr);
    // None if the call was disposed of.
    if (const auto circuit = m_leg->GetCircuit())
    {
        circuit->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
    }
}

void
L2tpSwitchedCall::Over(const L2tpResultCode& why)
{
    const Ptr<L2tpSwitchedCall> self(this);
    m_end = why;
    for (const auto& frame : m_held)
    {
        m_host->FrameDropped(*this, frame);
    }
    m_held.clear();
    SetState(L2tpSwitchState::OVER);
}

void
L2tpSwitchedCall::Part()
{
    LetGo();
    Over(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY, "the switch has crashed"));
}

void
L2tpSwitchedCall::Forget()
{
    if (m_placement)
    {
        m_placement->Withdraw(m_end);
    }
}

} // namespace ns3
