/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The attributes of an endpoint that say how data messages are made, and what becomes of those
// that come out of order (RFC 2661, sections 3.1 and 5.4).

#include "l2tp-endpoint.h"
#include "l2tp-policy-attribute.h"

#include "ns3/boolean.h"
#include "ns3/l2-ns3-version.h"
#include "ns3/l2tp-no-marking.h"
#include "ns3/uinteger.h"

namespace ns3
{

TypeId
L2tpEndpoint::AddDataAttributes(TypeId tid)
{
    return tid
        .AddAttribute("LengthInData",
                      "Whether data messages bear the optional Length field.",
                      BooleanValue(false),
                      MakeBooleanAccessor(&L2tpEndpoint::m_lengthInData),
                      MakeBooleanChecker())
        .AddAttribute("DataOffset",
                      "Octets of padding between the header of a data message and its payload, "
                      "beside 2 for their number. 0 leaves both out.",
                      UintegerValue(0),
                      MakeUintegerAccessor(&L2tpEndpoint::m_dataOffset),
                      MakeUintegerChecker<uint16_t>(0, 1024))
        .AddAttribute("DataPriority",
                      "Which data messages bear the Priority bit, and go first in queue discs that "
                      "look at packets' priorities: those with PPP's control protocols (RFC 2661, "
                      "section 3.1, names LCP echoes), all, or none.",
                      EnumValue(L2TP_PRIORITY_NONE),
                      MakeL2EnumAccessor<L2tpDataPriority>(&L2tpEndpoint::m_dataPriority, 0),
                      MakeEnumChecker(L2TP_PRIORITY_NONE,
                                      "None",
                                      L2TP_PRIORITY_PPP_CONTROL,
                                      "PppControl",
                                      L2TP_PRIORITY_ALL,
                                      "All"))
        .AddAttribute("Marking",
                      "What DSCP and ECN of outer IP headers have to do with those inside: a class "
                      "derived from L2tpMarking, with its attributes in brackets.",
                      ObjectFactoryValue(L2tpFactoryOf<L2tpNoMarking>()),
                      MakeObjectFactoryAccessor(&L2tpEndpoint::m_marking),
                      MakeObjectFactoryChecker())
        .AddAttribute("Sequencing",
                      "As an LNS: whether data messages bear sequence numbers from the first one "
                      "on (RFC 2661, section 5.4); the LAC does the same once it receives one. "
                      "L2tpSession::SetSequencing() changes it during a session.",
                      BooleanValue(false),
                      MakeBooleanAccessor(&L2tpEndpoint::m_sequencing),
                      MakeBooleanChecker())
        .AddAttribute("RequireSequencing",
                      "As a LAC: whether to send the Sequencing Required AVP, so that all data "
                      "messages of a session must bear sequence numbers, both ways.",
                      BooleanValue(false),
                      MakeBooleanAccessor(&L2tpEndpoint::m_requireSequencing),
                      MakeBooleanChecker())
        .AddAttribute("ReorderTimeout",
                      "How long a data message that came before its turn waits for those before "
                      "it. 0 delivers it at once, and those before it are dropped when they come.",
                      TimeValue(Seconds(0)),
                      MakeTimeAccessor(&L2tpEndpoint::m_reorderTimeout),
                      MakeTimeChecker(Seconds(0)))
        .AddAttribute("ReorderFrames",
                      "How many numbers before its turn a data message may come to wait, and so "
                      "how many can wait in a session. Of those before one that is further "
                      "ahead, the last so many are waited for.",
                      UintegerValue(64),
                      MakeUintegerAccessor(&L2tpEndpoint::m_reorderFrames),
                      MakeUintegerChecker<uint16_t>(1, 4096));
}

void
L2tpEndpoint::ApplyDataAttributes()
{
    m_config.requireSequencing = m_requireSequencing;
    m_config.session.lengthPresent = m_lengthInData;
    m_config.session.offset = m_dataOffset;
    m_config.session.priority = m_dataPriority;
    m_config.session.sequencing = m_sequencing;
    L2tpCheckPolicy<L2tpMarking>("Marking", m_marking);
    // None at all does the same for nothing.
    m_config.session.marking = m_marking.GetTypeId() == L2tpNoMarking::GetTypeId()
                                   ? nullptr
                                   : m_marking.Create<L2tpMarking>();
    m_config.session.order = {m_reorderTimeout, m_reorderFrames};
}

} // namespace ns3
