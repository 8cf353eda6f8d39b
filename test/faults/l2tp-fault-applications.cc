/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fault-applications.h"

#include "ns3/simulator.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpFaultTerminator);

TypeId
L2tpFaultTerminator::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpFaultTerminator")
                            .SetParent<L2tpSessionTerminator>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpFaultTerminator>();
    return tid;
}

void
L2tpFaultTerminator::Refuse(double rate, int64_t stream)
{
    m_rate = rate;
    m_random = CreateObject<UniformRandomVariable>();
    m_random->SetStream(stream);
}

void
L2tpFaultTerminator::Start(Ptr<Node> /* node */)
{
}

std::optional<L2tpResultCode>
L2tpFaultTerminator::Judge() const
{
    return m_rate > 0 && m_random->GetValue() < m_rate
               ? std::optional(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY))
               : std::nullopt;
}

void
L2tpFaultTerminator::Expect(Ptr<L2tpLeg> /* leg */)
{
}

void
L2tpFaultTerminator::Establish(Ptr<L2tpLeg> leg)
{
    TakeFrames(leg->GetCircuit());
}

void
L2tpFaultTerminator::LegEnded(L2tpLeg& /* leg */, const L2tpLegEnd& /* why */)
{
}

void
L2tpFaultTerminator::ClearAll()
{
}

int64_t
L2tpFaultTerminator::AssignStreams(int64_t /* stream */)
{
    return 0;
}

void
L2tpFaultTerminator::TakeFrames(Ptr<L2Circuit> circuit)
{
    circuit->Attach(Callback<void, Ptr<Packet>>([](Ptr<Packet>) {}), L2Circuit::StatusCallback());
}

L2tpFaultDialer::L2tpFaultDialer(double refuseRate, int64_t stream)
    : m_refuseRate(refuseRate),
      m_dice(stream)
{
}

uint32_t
L2tpFaultDialer::GetBearerCapabilities() const
{
    return L2tpBearer::DIGITAL | L2tpBearer::ANALOG;
}

std::optional<L2tpResultCode>
L2tpFaultDialer::Judge(const L2tpCallParameters& /* parameters */) const
{
    return m_dice.Chance(m_refuseRate)
               ? std::optional(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY))
               : std::nullopt;
}

std::optional<uint32_t>
L2tpFaultDialer::Reserve(Ptr<const L2tpCall> call)
{
    isInOrder = channels.emplace(PeekPointer(call), channels.size()).second && isInOrder;
    return m_dice.Chance(0.5) ? std::optional(m_dice.Below(1000)) : std::nullopt;
}

void
L2tpFaultDialer::Dial(Ptr<L2tpCall> call)
{
    isInOrder = channels.count(PeekPointer(call)) == 1 && isInOrder;
    const Time after = m_dice.Chance(0.3) ? Time() : m_dice.Between(Seconds(0), Seconds(5));
    if (m_dice.Chance(0.1))
    {
        return;
    }
    const bool busy = m_dice.Chance(0.1);
    const auto answer = [call, busy] {
        if (busy)
        {
            call->BearerFailed(L2tpResultCode::Of(L2tpCallResult::BUSY));
        }
        else
        {
            call->BearerAnswered({64000});
        }
    };
    if (after.IsZero())
    {
        answer();
    }
    else
    {
        Simulator::Schedule(after, answer);
    }
}

void
L2tpFaultDialer::Connect(Ptr<L2tpCall> call)
{
    isInOrder = channels.count(PeekPointer(call)) == 1 && isInOrder;
    L2tpFaultTerminator::TakeFrames(call->GetSession());
}

void
L2tpFaultDialer::Release(Ptr<L2tpCall> call)
{
    isInOrder = channels.erase(PeekPointer(call)) == 1 && isInOrder;
}

void
L2tpFaultLns::OpenTunnel(const L2tpUdpAddress& lac)
{
    Ptr<L2tpTunnel> tunnel = IsRunning() ? MakeTunnel(lac, L2tpIpAddress()) : nullptr;
    if (tunnel)
    {
        tunnel->Open();
    }
}

} // namespace ns3
