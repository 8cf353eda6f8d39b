/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-lac-helper.h"

#include "l2tp-application-lookup.h"

#include "ns3/abort.h"

#include <algorithm>

namespace ns3
{

L2tpLacHelper::L2tpLacHelper()
{
    m_factory.SetTypeId(L2tpLac::GetTypeId());
}

void
L2tpLacHelper::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_told = true;
    m_factory.Set(name, value);
}

Ptr<L2tpLac>
L2tpLacHelper::Install(Ptr<Node> node)
{
    if (!IsL2tpNodeLocal(node))
    {
        return nullptr;
    }
    if (Ptr<L2tpLac> present = FindL2tpApplication<L2tpLac>(node))
    {
        const bool isOurs =
            std::find(m_installed.begin(), m_installed.end(), present) != m_installed.end();
        NS_ABORT_MSG_IF(m_told && !isOurs,
                        "L2tpLacHelper: node "
                            << node->GetId()
                            << " has a LAC that this helper did not install, so that the "
                               "attributes set here would be of no effect: set them at the helper "
                               "that installs it");
        return present;
    }
    Ptr<L2tpLac> lac = m_factory.Create<L2tpLac>();
    node->AddApplication(lac);
    m_installed.push_back(lac);
    return lac;
}

} // namespace ns3
