/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-call-leg.h"

#include "ns3/l2tp-session.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpCallLeg);

TypeId
L2tpCallLeg::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpCallLeg").SetParent<L2tpLeg>().SetGroupName("L2tp");
    return tid;
}

L2tpCallLeg::L2tpCallLeg(Ptr<L2tpCall> call)
    : m_call(call)
{
    m_call->TraceConnectWithoutContext("LinkInfo", MakeCallback(&L2tpCallLeg::LinkInfoTold, this));
    m_call->TraceConnectWithoutContext("WanErrors", MakeCallback(&L2tpCallLeg::ErrorsTold, this));
}

L2tpCallLeg::~L2tpCallLeg()
{
    Unhook();
}

void
L2tpCallLeg::DoDispose()
{
    Unhook();
    L2tpLeg::DoDispose();
}

void
L2tpCallLeg::Unhook()
{
    m_call->TraceDisconnectWithoutContext("LinkInfo",
                                          MakeCallback(&L2tpCallLeg::LinkInfoTold, this));
    m_call->TraceDisconnectWithoutContext("WanErrors",
                                          MakeCallback(&L2tpCallLeg::ErrorsTold, this));
}

Ptr<L2tpCall>
L2tpCallLeg::GetCall() const
{
    return m_call;
}

void
L2tpCallLeg::Cleared()
{
    L2tpLegEnd why;
    why.code = m_call->GetClearCode();
    if (why.code.result == 0)
    {
        why.code =
            L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY, "the tunnel was closed");
    }
    if (!m_call->GetDisconnectCauses().empty())
    {
        why.cause = m_call->GetDisconnectCauses().front();
    }
    End(why);
}

Ptr<L2Circuit>
L2tpCallLeg::GetCircuit() const
{
    return m_call->GetSession();
}

L2tpCallParameters
L2tpCallLeg::GetParameters() const
{
    return m_call->GetParameters();
}

void
L2tpCallLeg::TellLinkInfo(const L2tpAccm& accm)
{
    m_call->SetLinkInfo(accm);
}

void
L2tpCallLeg::TellErrors(const L2tpCallErrors& errors)
{
    m_call->ReportErrors(errors);
}

void
L2tpCallLeg::DoRelease(const L2tpLegEnd& why)
{
    m_call->Close(why.code, why.cause);
}

} // namespace ns3
