/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-keep-early.h"

#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpKeepEarly);

TypeId
L2tpKeepEarly::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpKeepEarly")
            .SetParent<L2tpReceiveQueueing>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpKeepEarly>()
            .AddAttribute("MaxMessages",
                          "How many messages are kept at most. The default leaves it to the "
                          "receive window, and to MaxBacklog.",
                          UintegerValue(65535),
                          MakeUintegerAccessor(&L2tpKeepEarly::m_maxMessages),
                          MakeUintegerChecker<uint16_t>());
    return tid;
}

bool
L2tpKeepEarly::Keeps(uint16_t /* ahead */, std::size_t kept) const
{
    return kept < m_maxMessages;
}

bool
L2tpKeepEarly::AnswersDiscarded() const
{
    return false;
}

} // namespace ns3
