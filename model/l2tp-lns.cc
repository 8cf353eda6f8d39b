/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-lns.h"

#include "ns3/abort.h"
#include "ns3/pointer.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpLns);

TypeId
L2tpLns::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpLns")
            .SetParent<L2tpCaller>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpLns>()
            .AddAttribute("Terminator",
                          "What is done with the sessions: L2tpInterfacePerSession, or "
                          "L2tpAggregatedInterface for many.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpLns::m_terminator),
                          MakePointerChecker<L2tpSessionTerminator>());
    return tid;
}

L2tpLns::L2tpLns() = default;
L2tpLns::~L2tpLns() = default;

void
L2tpLns::DoDispose()
{
    L2tpCaller::DoDispose();
    m_legs.clear();
    m_ownCalls.clear();
    if (m_terminator)
    {
        m_terminator->Dispose();
        m_terminator = nullptr;
    }
}

void
L2tpLns::DoStart()
{
    NS_ABORT_MSG_IF(!m_terminator,
                    "L2tpLns::Terminator is not set, so that sessions would lead nowhere: give it "
                    "an L2tpInterfacePerSession or an L2tpAggregatedInterface");
    m_terminator->Start(GetNode());
}

void
L2tpLns::DoPrepareCrash()
{
    // Before the calls are cleared: a terminator that has other legs would tell of it there.
    m_legs.clear();
    m_ownCalls.clear();
    m_terminator->ClearAll();
}

Ptr<L2tpCall>
L2tpLns::PlaceCall(const L2tpUdpAddress& lac,
                   const L2tpCallParameters& parameters,
                   CallCallback established,
                   CallCallback cleared)
{
    CheckSpeeds(parameters);
    if (!IsRunning() || m_terminator->Judge())
    {
        return nullptr;
    }
    return Place({lac}, parameters, established, cleared);
}

Ptr<L2tpCall>
L2tpLns::PlaceOwnCall(const L2tpUdpAddress& lac,
                      const L2tpCallParameters& parameters,
                      CallCallback established,
                      CallCallback cleared)
{
    CheckSpeeds(parameters);
    const Ptr<L2tpCall> call = MakeCall({lac}, established, cleared);
    if (call)
    {
        m_ownCalls.insert(PeekPointer(call));
        Begin(call, parameters);
    }
    return call;
}

void
L2tpLns::CheckSpeeds(const L2tpCallParameters& parameters)
{
    NS_ABORT_MSG_IF(parameters.minimumBps > parameters.maximumBps,
                    "L2tpCallParameters::minimumBps "
                        << parameters.minimumBps << " is above maximumBps " << parameters.maximumBps
                        << ": no line can have such a speed");
}

Ptr<L2tpSessionTerminator>
L2tpLns::GetTerminator() const
{
    return m_terminator;
}

Ptr<L2tpCallLeg>
L2tpLns::GetLeg(Ptr<const L2tpCall> call) const
{
    const auto found = m_legs.find(PeekPointer(call));
    return found == m_legs.end() ? nullptr : found->second;
}

int64_t
L2tpLns::AssignStreams(int64_t stream)
{
    const int64_t used = L2tpEndpoint::AssignStreams(stream);
    return used + (m_terminator ? m_terminator->AssignStreams(stream + used) : 0);
}

L2tpCallRole
L2tpLns::GetCallRole() const
{
    return L2tpCallRole::LNS_INCOMING;
}

std::optional<L2tpResultCode>
L2tpLns::JudgeCall(const L2tpTunnel& tunnel, const L2tpControlMessage& message)
{
    if (message.Is(L2tpMessageType::OCRQ))
    {
        // An outgoing call is for a LAC; this end has no line to dial on.
        return L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT);
    }
    const auto refusal = L2tpEndpoint::JudgeCall(tunnel, message);
    return refusal ? refusal : m_terminator->JudgeCall(L2tpCall::ReadIcrq(message));
}

void
L2tpLns::CallChanged(L2tpCall& call, L2tpCallState old, L2tpCallEvent event)
{
    if (old == L2tpCallState::IDLE && call.GetState() != L2tpCallState::IDLE &&
        m_ownCalls.count(&call) == 0)
    {
        const auto leg = CreateObject<L2tpCallLeg>(&call);
        m_legs[&call] = leg;
        m_terminator->Expect(leg);
    }
    L2tpCaller::CallChanged(call, old, event);
}

void
L2tpLns::CallEstablished(L2tpCall& call)
{
    const auto leg = m_legs.find(&call);
    if (leg != m_legs.end())
    {
        m_terminator->Establish(leg->second);
    }
    L2tpCaller::CallEstablished(call);
}

void
L2tpLns::CallCleared(L2tpCall& call)
{
    m_ownCalls.erase(&call);
    const auto found = m_legs.find(&call);
    if (found != m_legs.end())
    {
        const Ptr<L2tpCallLeg> leg = found->second;
        m_legs.erase(found);
        leg->Cleared();
    }
    L2tpCaller::CallCleared(call);
}

} // namespace ns3
