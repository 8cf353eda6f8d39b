/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-discard-early.h"

#include "ns3/boolean.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpDiscardEarly);

TypeId
L2tpDiscardEarly::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpDiscardEarly")
            .SetParent<L2tpReceiveQueueing>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpDiscardEarly>()
            .AddAttribute("Answer",
                          "Whether a ZLB tells the peer at once which message is the next one in "
                          "order.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpDiscardEarly::m_answer),
                          MakeBooleanChecker());
    return tid;
}

bool
L2tpDiscardEarly::Keeps(uint16_t /* ahead */, std::size_t /* kept */) const
{
    return false;
}

bool
L2tpDiscardEarly::AnswersDiscarded() const
{
    return m_answer;
}

} // namespace ns3
