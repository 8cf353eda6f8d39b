/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-lac-helper.h"

#include "l2tp-application-lookup.h"

namespace ns3
{

L2tpLacHelper::L2tpLacHelper()
{
    m_factory.SetTypeId(L2tpLac::GetTypeId());
}

void
L2tpLacHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

Ptr<L2tpLac>
L2tpLacHelper::Install(Ptr<Node> node) const
{
    if (!IsL2tpNodeLocal(node))
    {
        return nullptr;
    }
    if (Ptr<L2tpLac> present = FindL2tpApplication<L2tpLac>(node))
    {
        return present;
    }
    Ptr<L2tpLac> lac = m_factory.Create<L2tpLac>();
    node->AddApplication(lac);
    return lac;
}

} // namespace ns3
