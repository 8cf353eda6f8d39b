/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-firewall.h"

#include "ns3/simulator.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpFirewall);

TypeId
L2tpFirewall::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpFirewall")
            .SetParent<L2tpMiddlebox>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpFirewall>()
            .AddAttribute("StateTimeout",
                          "How long answers pass after the last datagram, in either direction.",
                          TimeValue(Seconds(30)),
                          MakeTimeAccessor(&L2tpFirewall::m_timeout),
                          MakeTimeChecker(NanoSeconds(1)));
    return tid;
}

L2tpFirewall::L2tpFirewall() = default;
L2tpFirewall::~L2tpFirewall() = default;

L2tpMiddlebox::Verdict
L2tpFirewall::JudgeOutgoing(Ptr<NetDevice> device, Flow& flow)
{
    m_states[{flow.source, flow.sourcePort, flow.destination, flow.destinationPort}] = {
        device,
        Simulator::Now()};
    return {GetOutside()};
}

L2tpMiddlebox::Verdict
L2tpFirewall::JudgeIncoming(Flow& flow)
{
    const auto found =
        m_states.find({flow.destination, flow.destinationPort, flow.source, flow.sourcePort});
    if (found == m_states.end())
    {
        return {nullptr, L2tpMiddleboxDrop::UNSOLICITED};
    }
    if (Simulator::Now() - found->second.last >= m_timeout)
    {
        m_states.erase(found);
        return {nullptr, L2tpMiddleboxDrop::UNSOLICITED};
    }
    found->second.last = Simulator::Now();
    return {found->second.device};
}

} // namespace ns3
