/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-call-placement.h"

#include "ns3/simulator.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpCallPlacement);

TypeId
L2tpCallPlacement::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpCallPlacement")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpCallPlacement>();
    return tid;
}

L2tpCallPlacement::L2tpCallPlacement() = default;
L2tpCallPlacement::~L2tpCallPlacement() = default;

void
L2tpCallPlacement::DoDispose()
{
    m_timer.Cancel();
    m_withdrawn = true;
    m_onEstablished = EstablishedCallback();
    m_onCleared = ClearedCallback();
    m_onFailed = FailedCallback();
    m_call = nullptr;
    m_lac = nullptr;
    m_balancer = nullptr;
    Object::DoDispose();
}

void
L2tpCallPlacement::SetCallbacks(EstablishedCallback established,
                                ClearedCallback cleared,
                                FailedCallback failed)
{
    m_onEstablished = established;
    m_onCleared = cleared;
    m_onFailed = failed;
}

void
L2tpCallPlacement::Place(Ptr<L2tpLac> lac,
                         Ptr<L2tpLnsBalancer> balancer,
                         const std::vector<L2tpTunnelPeer>& peers,
                         const L2tpCallParameters& parameters)
{
    m_lac = lac;
    m_balancer = balancer;
    m_peers = peers;
    m_parameters = parameters;
    TryNext();
}

void
L2tpCallPlacement::TryNext()
{
    if (m_withdrawn)
    {
        return;
    }
    if (m_peers.empty())
    {
        const auto onFailed = m_onFailed;
        SetCallbacks(EstablishedCallback(), ClearedCallback(), FailedCallback());
        if (!onFailed.IsNull())
        {
            onFailed(m_code);
        }
        return;
    }
    const auto next = m_peers.begin() + static_cast<std::ptrdiff_t>(m_balancer->Choose(m_peers));
    m_peer = *next;
    m_peers.erase(next);
    const uint32_t attempt = ++m_attempt;
    m_balancer->Attempted(m_peer, attempt);
    const Ptr<L2tpCallPlacement> self(this);
    const auto call = m_lac->PlaceCallTo(m_peer,
                                         m_parameters,
                                         MakeCallback(&L2tpCallPlacement::Established, self),
                                         MakeCallback(&L2tpCallPlacement::Cleared, self));
    if (!call)
    {
        Failed(L2tpPlacementOutcome::NO_ROOM,
               L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY, "the LAC has no room"));
    }
    else if (call->GetState() != L2tpCallState::IDLE)
    {
        m_call = call; // not one that was cleared at once
        if (!m_balancer->GetAttemptTime().IsZero() && !m_peers.empty())
        {
            m_timer =
                Simulator::Schedule(m_balancer->GetAttemptTime(), &L2tpCallPlacement::Expire, this);
        }
    }
}

void
L2tpCallPlacement::Expire()
{
    const auto call = m_call;
    call->Close(L2tpResultCode::Of(L2tpCallResult::NOT_IN_TIME));
}

void
L2tpCallPlacement::Established(Ptr<L2tpCall> call)
{
    m_timer.Cancel();
    m_isEstablished = true;
    m_balancer->Settled(m_peer, L2tpPlacementOutcome::ESTABLISHED);
    if (!m_onEstablished.IsNull())
    {
        m_onEstablished(call, m_peer);
    }
}

L2tpPlacementOutcome
L2tpCallPlacement::OutcomeOf(const L2tpCall& call) const
{
    const L2tpResultCode& code = call.GetClearCode();
    const L2tpTunnel* tunnel = call.GetTunnel();
    if (!m_lac->IsRunning())
    {
        return L2tpPlacementOutcome::NO_ROOM;
    }
    // A call may be given up at the same moment as the tunnel that it waits for, and before that.
    if (code.result == 0 || (tunnel && tunnel->GetState() != L2tpTunnelState::ESTABLISHED))
    {
        return L2tpPlacementOutcome::NO_TUNNEL;
    }
    switch (static_cast<L2tpCallResult>(code.result))
    {
    case L2tpCallResult::NO_FACILITIES_TEMPORARY:
    case L2tpCallResult::NO_FACILITIES_PERMANENT:
    case L2tpCallResult::NOT_IN_TIME:
        return L2tpPlacementOutcome::TRY_ANOTHER;
    case L2tpCallResult::GENERAL_ERROR: {
        const auto error = static_cast<L2tpErrorCode>(code.error.value_or(0));
        return error == L2tpErrorCode::TRY_ANOTHER || error == L2tpErrorCode::NO_RESOURCES
                   ? L2tpPlacementOutcome::TRY_ANOTHER
                   : L2tpPlacementOutcome::REFUSED;
    }
    default:
        return L2tpPlacementOutcome::REFUSED;
    }
}

void
L2tpCallPlacement::Cleared(Ptr<L2tpCall> call)
{
    m_timer.Cancel();
    m_call = nullptr;
    if (!m_balancer)
    {
        return; // disposed of
    }
    if (m_isEstablished)
    {
        m_isEstablished = false;
        m_balancer->Cleared(m_peer, call->GetClearCode().result == 0 && m_lac->IsRunning());
        const auto onCleared = m_onCleared;
        SetCallbacks(EstablishedCallback(), ClearedCallback(), FailedCallback());
        if (!onCleared.IsNull())
        {
            onCleared(call);
        }
        return;
    }
    Failed(m_withdrawn ? L2tpPlacementOutcome::WITHDRAWN : OutcomeOf(*call), call->GetClearCode());
}

void
L2tpCallPlacement::Failed(L2tpPlacementOutcome outcome, const L2tpResultCode& code)
{
    m_code = code;
    if (outcome == L2tpPlacementOutcome::NO_TUNNEL)
    {
        m_code = L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY, "no tunnel");
    }
    m_balancer->Settled(m_peer, outcome);
    if (outcome == L2tpPlacementOutcome::REFUSED)
    {
        m_peers.clear();
    }
    // Not now: the LAC is still busy with clearing the call, and whoever wants it placed may not
    // know of this object yet.
    Simulator::ScheduleNow(&L2tpCallPlacement::TryNext, Ptr<L2tpCallPlacement>(this));
}

void
L2tpCallPlacement::Withdraw(const L2tpResultCode& why)
{
    m_withdrawn = true;
    SetCallbacks(EstablishedCallback(), ClearedCallback(), FailedCallback());
    const auto call = m_call;
    if (call)
    {
        call->Close(why);
    }
}

} // namespace ns3
