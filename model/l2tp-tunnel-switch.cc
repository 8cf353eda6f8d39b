/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-tunnel-switch.h"

#include "ns3/abort.h"
#include "ns3/pointer.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpTunnelSwitch);

TypeId
L2tpTunnelSwitch::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpTunnelSwitch")
            .SetParent<L2tpSessionTerminator>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpTunnelSwitch>()
            .AddAttribute("Lac",
                          "What places the onward calls: an L2tpLac of the same node, with a "
                          "LocalPort of its own, 0 for one.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpTunnelSwitch::m_lac),
                          MakePointerChecker<L2tpLac>())
            .AddAttribute("Selector",
                          "What chooses the next hop, L2tpTunnelTable for one.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpTunnelSwitch::m_selector),
                          MakePointerChecker<L2tpTunnelSelector>())
            .AddAttribute("Balancer",
                          "What chooses among several next hops, and knows which one is down.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpTunnelSwitch::m_balancer),
                          MakePointerChecker<L2tpLnsBalancer>())
            .AddAttribute("HopLimit",
                          "Through how many tunnel switches a call may go, this one included; one "
                          "that has been through as many is refused with result 2, error 3.",
                          UintegerValue(8),
                          MakeUintegerAccessor(&L2tpTunnelSwitch::m_hopLimit),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("HoldFrames",
                          "How many frames of a call are kept until its onward call is "
                          "established; further ones are dropped.",
                          UintegerValue(8),
                          MakeUintegerAccessor(&L2tpTunnelSwitch::m_holdFrames),
                          MakeUintegerChecker<uint32_t>())
            .AddTraceSource("Choice",
                            "The selector has said where a call goes",
                            MakeTraceSourceAccessor(&L2tpTunnelSwitch::m_choiceTrace),
                            "ns3::L2tpTunnelSwitch::ChoiceTracedCallback")
            .AddTraceSource("CallState",
                            "A call has changed its state",
                            MakeTraceSourceAccessor(&L2tpTunnelSwitch::m_stateTrace),
                            "ns3::L2tpTunnelSwitch::StateTracedCallback")
            .AddTraceSource("FrameHeld",
                            "A frame that came before the onward call goes on",
                            MakeTraceSourceAccessor(&L2tpTunnelSwitch::m_heldTrace),
                            "ns3::L2tpTunnelSwitch::FrameTracedCallback")
            .AddTraceSource("FrameDrop",
                            "A frame that came before the onward call was dropped",
                            MakeTraceSourceAccessor(&L2tpTunnelSwitch::m_dropTrace),
                            "ns3::L2tpTunnelSwitch::FrameTracedCallback");
    return tid;
}

L2tpTunnelSwitch::L2tpTunnelSwitch()
    : m_balancer(CreateObject<L2tpLnsBalancer>())
{
}

L2tpTunnelSwitch::~L2tpTunnelSwitch() = default;

void
L2tpTunnelSwitch::DoDispose()
{
    const auto calls = GetCalls();
    m_calls.clear();
    m_callOf.clear();
    for (const auto& call : calls)
    {
        call->Dispose();
    }
    m_lac = nullptr;
    m_selector = nullptr;
    m_balancer = nullptr;
    m_node = nullptr;
    L2tpSessionTerminator::DoDispose();
}

Ptr<L2tpLac>
L2tpTunnelSwitch::GetLac() const
{
    return m_lac;
}

Ptr<L2tpTunnelSelector>
L2tpTunnelSwitch::GetSelector() const
{
    return m_selector;
}

Ptr<L2tpLnsBalancer>
L2tpTunnelSwitch::GetBalancer() const
{
    return m_balancer;
}

std::vector<Ptr<L2tpSwitchedCall>>
L2tpTunnelSwitch::GetCalls() const
{
    std::vector<Ptr<L2tpSwitchedCall>> calls;
    for (const auto& entry : m_calls)
    {
        calls.push_back(entry.second);
    }
    return calls;
}

std::size_t
L2tpTunnelSwitch::GetNCalls() const
{
    return m_calls.size();
}

const L2tpSwitchStatistics&
L2tpTunnelSwitch::GetStatistics() const
{
    return m_statistics;
}

void
L2tpTunnelSwitch::Start(Ptr<Node> node)
{
    NS_ABORT_MSG_IF(!m_lac || m_lac->GetNode() != node,
                    "L2tpTunnelSwitch::Lac is "
                        << (m_lac ? "that of another node" : "not set")
                        << ", so that calls could not go on: give it an L2tpLac of node "
                        << node->GetId());
    NS_ABORT_MSG_IF(!m_selector,
                    "L2tpTunnelSwitch::Selector is not set, so that calls would lead nowhere: give "
                    "it an L2tpTunnelTable");
    m_node = node;
    m_lac->Start();
}

std::optional<L2tpResultCode>
L2tpTunnelSwitch::Judge() const
{
    return m_lac->IsRunning()
               ? std::nullopt
               : std::optional(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY,
                                                  "no onward calls are placed"));
}

std::optional<L2tpResultCode>
L2tpTunnelSwitch::JudgeCall(const L2tpCallParameters& parameters) const
{
    if (parameters.hopCount >= m_hopLimit)
    {
        return L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                            "Hop Count " + std::to_string(parameters.hopCount) +
                                                " is at the limit");
    }
    return Judge();
}

void
L2tpTunnelSwitch::Expect(Ptr<L2tpLeg> leg)
{
    auto call = CreateObject<L2tpSwitchedCall>();
    const uint64_t number = ++m_lastNumber;
    m_calls[number] = call;
    m_callOf[PeekPointer(leg)] = number;
    leg->SetUser(this);
    call->Expect(this, leg);
}

void
L2tpTunnelSwitch::Establish(Ptr<L2tpLeg> leg)
{
    ++m_statistics.arrived;
    Find(*leg)->Begin();
}

void
L2tpTunnelSwitch::LegEnded(L2tpLeg& leg, const L2tpLegEnd& why)
{
    Find(leg)->LegEnded(why);
}

Ptr<L2tpSwitchedCall>
L2tpTunnelSwitch::Find(const L2tpLeg& leg) const
{
    return m_calls.at(m_callOf.at(&leg));
}

void
L2tpTunnelSwitch::ClearAll()
{
    const auto calls = GetCalls();
    for (const auto& call : calls)
    {
        call->Part();
    }
    if (m_lac)
    {
        m_lac->Crash();
    }
    for (const auto& call : calls)
    {
        call->Forget();
    }
}

int64_t
L2tpTunnelSwitch::AssignStreams(int64_t stream)
{
    return m_lac ? m_lac->AssignStreams(stream) : 0;
}

Ptr<Node>
L2tpTunnelSwitch::GetNode() const
{
    return m_node;
}

uint32_t
L2tpTunnelSwitch::GetHoldFrames() const
{
    return m_holdFrames;
}

void
L2tpTunnelSwitch::CallChosen(L2tpSwitchedCall& call, const L2tpTunnelChoice& choice)
{
    m_choiceTrace(&call, choice);
}

void
L2tpTunnelSwitch::CallChanged(L2tpSwitchedCall& call, L2tpSwitchState before)
{
    const L2tpSwitchState now = call.GetState();
    if (now == L2tpSwitchState::JOINED)
    {
        ++m_statistics.joined;
    }
    if (now == L2tpSwitchState::OVER)
    {
        const auto found = m_callOf.find(PeekPointer(call.GetLeg()));
        m_calls.erase(found->second);
        m_callOf.erase(found);
    }
    m_stateTrace(&call, before, now);
}

void
L2tpTunnelSwitch::CallRefused()
{
    ++m_statistics.refused;
}

void
L2tpTunnelSwitch::FramePassed(const L2tpSwitchedCall& call, Ptr<const Packet> frame)
{
    ++m_statistics.framesHeld;
    m_heldTrace(&call, frame);
}

void
L2tpTunnelSwitch::FrameDropped(const L2tpSwitchedCall& call, Ptr<const Packet> frame)
{
    ++m_statistics.framesDropped;
    m_dropTrace(&call, frame);
}

} // namespace ns3
