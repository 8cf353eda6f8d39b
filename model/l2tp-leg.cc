/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-leg.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpLeg);

void
L2tpLegUser::LegLinkInfo(L2tpLeg& /* leg */, const L2tpAccm& /* accm */)
{
}

void
L2tpLegUser::LegErrors(L2tpLeg& /* leg */, const L2tpCallErrors& /* errors */)
{
}

TypeId
L2tpLeg::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpLeg").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

L2tpLeg::L2tpLeg() = default;
L2tpLeg::~L2tpLeg() = default;

void
L2tpLeg::DoDispose()
{
    m_user = nullptr;
    m_ended = true;
    Object::DoDispose();
}

void
L2tpLeg::SetUser(L2tpLegUser* user)
{
    m_user = user;
}

void
L2tpLeg::Release(const L2tpLegEnd& why)
{
    if (!m_ended)
    {
        m_ended = true;
        m_user = nullptr;
        DoRelease(why);
    }
}

bool
L2tpLeg::HasEnded() const
{
    return m_ended;
}

void
L2tpLeg::TellLinkInfo(const L2tpAccm& /* accm */)
{
}

void
L2tpLeg::TellErrors(const L2tpCallErrors& /* errors */)
{
}

void
L2tpLeg::End(const L2tpLegEnd& why)
{
    if (m_ended)
    {
        return;
    }
    m_ended = true;
    if (m_user)
    {
        // The user may let go of the leg.
        const Ptr<L2tpLeg> alive(this);
        m_user->LegEnded(*this, why);
    }
}

void
L2tpLeg::LinkInfoTold(const L2tpAccm& accm)
{
    if (m_user && !m_ended)
    {
        m_user->LegLinkInfo(*this, accm);
    }
}

void
L2tpLeg::ErrorsTold(const L2tpCallErrors& errors)
{
    if (m_user && !m_ended)
    {
        m_user->LegErrors(*this, errors);
    }
}

} // namespace ns3
