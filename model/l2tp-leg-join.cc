/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-leg-join.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpLegJoin);

TypeId
L2tpLegJoin::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpLegJoin")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpLegJoin>()
                            .AddTraceSource("Ended",
                                            "The legs have ended, and why",
                                            MakeTraceSourceAccessor(&L2tpLegJoin::m_endedTrace),
                                            "ns3::L2tpLegJoin::EndedTracedCallback");
    return tid;
}

L2tpLegJoin::L2tpLegJoin()
    : m_cross(CreateObject<L2CrossConnect>())
{
}

L2tpLegJoin::~L2tpLegJoin() = default;

void
L2tpLegJoin::DoDispose()
{
    Part();
    m_onEnded = EndedCallback();
    m_cross->Dispose();
    Object::DoDispose();
}

void
L2tpLegJoin::Join(Ptr<L2tpLeg> first, Ptr<L2tpLeg> second, EndedCallback ended)
{
    m_first = first;
    m_second = second;
    m_onEnded = ended;
    m_first->SetUser(this);
    m_second->SetUser(this);
    for (const auto& leg : {first, second})
    {
        if (leg->HasEnded())
        {
            LegEnded(*leg, {L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER), {}});
            return;
        }
    }
    m_cross->Connect(m_first->GetCircuit(), m_second->GetCircuit());
}

void
L2tpLegJoin::Release(const L2tpLegEnd& why)
{
    const Ptr<L2tpLeg> first = m_first;
    const Ptr<L2tpLeg> second = m_second;
    Part();
    if (first)
    {
        m_endedTrace(why);
        first->Release(why);
        second->Release(why);
    }
}

Ptr<L2tpLeg>
L2tpLegJoin::GetLeg(L2CrossConnect::Side side) const
{
    return side == L2CrossConnect::Side::FIRST ? m_first : m_second;
}

Ptr<L2CrossConnect>
L2tpLegJoin::GetCrossConnect() const
{
    return m_cross;
}

Ptr<L2tpLeg>
L2tpLegJoin::Other(const L2tpLeg& leg) const
{
    return PeekPointer(m_first) == &leg ? m_second : m_first;
}

void
L2tpLegJoin::Part()
{
    for (const auto& leg : {m_first, m_second})
    {
        if (leg)
        {
            leg->SetUser(nullptr);
        }
    }
    m_first = nullptr;
    m_second = nullptr;
    m_cross->Disconnect();
}

void
L2tpLegJoin::LegEnded(L2tpLeg& leg, const L2tpLegEnd& why)
{
    const Ptr<L2tpLegJoin> alive(this);
    const Ptr<L2tpLeg> other = Other(leg);
    Part();
    m_endedTrace(why);
    other->Release(why);
    if (!m_onEnded.IsNull())
    {
        m_onEnded(this, why);
    }
}

void
L2tpLegJoin::LegLinkInfo(L2tpLeg& leg, const L2tpAccm& accm)
{
    Other(leg)->TellLinkInfo(accm);
}

void
L2tpLegJoin::LegErrors(L2tpLeg& leg, const L2tpCallErrors& errors)
{
    Other(leg)->TellErrors(errors);
}

} // namespace ns3
