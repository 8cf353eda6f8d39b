/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-copy-marking.h"

#include "l2tp-inner-ip.h"

#include "ns3/boolean.h"
#include "ns3/l2-ns3-version.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpCopyMarking);

namespace
{

constexpr uint8_t LARGEST_DSCP = 63; //!< six bits (RFC 2474, section 3)

/// A traffic class. @param dscp its first six bits @return it, Not-ECT
constexpr uint8_t
ClassOf(uint8_t dscp)
{
    return static_cast<uint8_t>(dscp << 2);
}

} // namespace

TypeId
L2tpCopyMarking::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpCopyMarking")
            .SetParent<L2tpMarking>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpCopyMarking>()
            .AddAttribute("DscpOut",
                          "Whether the DSCP of a packet that enters the tunnel is copied to the "
                          "outer header. If not, that has SessionDscp (RFC 2983, section 4).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpCopyMarking::m_dscpOut),
                          MakeBooleanChecker())
            .AddAttribute("DscpBack",
                          "Whether the DSCP of the outer header, as it arrives, is copied to the "
                          "packet that leaves the tunnel (RFC 2983, section 5). Leave it false if "
                          "the other end does not copy it out.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpCopyMarking::m_dscpBack),
                          MakeBooleanChecker())
            .AddAttribute("SessionDscp",
                          "The DSCP of data messages whose frame is no IP packet; of all, if "
                          "DscpOut is false. 0 to 63.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&L2tpCopyMarking::m_sessionDscp),
                          MakeUintegerChecker<uint8_t>(0, LARGEST_DSCP))
            .AddAttribute("ControlDscp",
                          "The DSCP of control messages. 0 to 63; 48 is for network control (RFC "
                          "2474, section 4.2.2.2).",
                          UintegerValue(0),
                          MakeUintegerAccessor(&L2tpCopyMarking::m_controlDscp),
                          MakeUintegerChecker<uint8_t>(0, LARGEST_DSCP))
            .AddAttribute("Ecn",
                          "Normal: the ECN field is copied out (RFC 6040, section 4.1), and what "
                          "arrives is put back by figure 4. Compatibility: outer headers are "
                          "Not-ECT, for a peer that does not put it back; what arrives is. None: "
                          "they are Not-ECT, and what arrives is ignored.",
                          EnumValue(L2TP_ECN_NORMAL),
                          MakeL2EnumAccessor<L2tpEcnMode>(&L2tpCopyMarking::m_ecn, 0),
                          MakeEnumChecker(L2TP_ECN_NORMAL,
                                          "Normal",
                                          L2TP_ECN_COMPATIBILITY,
                                          "Compatibility",
                                          L2TP_ECN_NONE,
                                          "None"));
    return tid;
}

uint8_t
L2tpCopyMarking::GetControlClass() const
{
    return ClassOf(m_controlDscp);
}

uint8_t
L2tpCopyMarking::GetDataClass(const Ptr<const Packet>& frame) const
{
    const L2tpInnerIp inner(frame);
    const uint8_t own = inner.GetTrafficClass();
    const bool copies = m_dscpOut && inner.IsThere();
    return L2tpWithEcn(copies ? own : ClassOf(m_sessionDscp),
                       L2tpEncapsulateEcn(L2tpEcnOf(own), m_ecn));
}

L2tpMarkingOutcome
L2tpCopyMarking::Receive(const Ptr<Packet>& frame, uint8_t outer) const
{
    L2tpMarkingOutcome result;
    L2tpInnerIp inner(frame);
    if (!inner.IsThere())
    {
        return result;
    }
    const L2tpEcn before = L2tpEcnOf(inner.GetTrafficClass());
    L2tpEcn now = before;
    if (m_ecn != L2TP_ECN_NONE)
    {
        const L2tpEcnOutcome& outcome = L2tpDecapsulateEcn(before, L2tpEcnOf(outer));
        result.isDropped = outcome.isDropped;
        result.use = outcome.use;
        now = outcome.outgoing;
    }
    if (!result.isDropped)
    {
        result.isCe = now == L2tpEcn::CE && before != L2tpEcn::CE;
        inner.SetTrafficClass(frame,
                              L2tpWithEcn(m_dscpBack ? outer : inner.GetTrafficClass(), now));
    }
    return result;
}

} // namespace ns3
