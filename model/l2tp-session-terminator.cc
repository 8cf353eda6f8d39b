/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-session-terminator.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpSessionTerminator);

TypeId
L2tpSessionTerminator::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpSessionTerminator").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

std::optional<L2tpResultCode>
L2tpSessionTerminator::JudgeCall(const L2tpCallParameters& /* parameters */) const
{
    return Judge();
}

} // namespace ns3
