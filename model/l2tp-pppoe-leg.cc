/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-pppoe-leg.h"

#include "ns3/l2tp-avp.h"

#include <algorithm>
#include <limits>
#include <sstream>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpPppoeLeg);

TypeId
L2tpPppoeLeg::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpPppoeLeg").SetParent<L2tpAccessLeg>().SetGroupName("L2tp");
    return tid;
}

L2tpPppoeLeg::L2tpPppoeLeg(Ptr<PppoeSession> session, DataRate speed)
    : m_session(session),
      m_speed(speed)
{
}

L2tpPppoeLeg::~L2tpPppoeLeg() = default;

Ptr<PppoeSession>
L2tpPppoeLeg::GetSession() const
{
    return m_session;
}

Ptr<L2Circuit>
L2tpPppoeLeg::GetCircuit() const
{
    return m_session;
}

L2tpCallParameters
L2tpPppoeLeg::DescribeCircuit() const
{
    std::ostringstream host;
    host << m_session->GetPeer();
    L2tpCallParameters parameters;
    // Section 4.4.4 has four octets for it.
    parameters.txConnectSpeed = static_cast<uint32_t>(
        std::min<uint64_t>(m_speed.GetBitRate(), std::numeric_limits<uint32_t>::max()));
    parameters.callingNumber = host.str();
    // The host may have asked for more than an AVP can carry.
    if (m_session->GetService().size() <= L2tpAvp::MAX_SIZE - L2tpAvp::HEADER_SIZE)
    {
        parameters.calledNumber = m_session->GetService();
    }
    return parameters;
}

void
L2tpPppoeLeg::HangUp()
{
    m_session->Close();
}

void
L2tpPppoeLeg::Ended()
{
    End({L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE), {}});
}

} // namespace ns3
