/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The attributes of an endpoint that say how its control channels behave (RFC 2661, section 5.8 and
// Appendix A), most of them by policies.

#include "l2tp-endpoint.h"
#include "l2tp-policy-attribute.h"

#include "ns3/boolean.h"
#include "ns3/l2-ns3-version.h"
#include "ns3/l2tp-delayed-acknowledgement.h"
#include "ns3/l2tp-exponential-backoff.h"
#include "ns3/l2tp-keep-early.h"
#include "ns3/l2tp-slow-start.h"
#include "ns3/uinteger.h"

namespace ns3
{

TypeId
L2tpEndpoint::AddControlAttributes(TypeId tid)
{
    return tid
        .AddAttribute("ReceiveWindowSize",
                      "The Receive Window Size AVP: how many control messages the peer may send "
                      "before it must wait for an acknowledgement, and how many of them are "
                      "kept when they come before their turn. At least 1.",
                      UintegerValue(16),
                      MakeUintegerAccessor(&L2tpEndpoint::m_receiveWindowSize),
                      MakeUintegerChecker<uint16_t>())
        .AddAttribute("AdvertiseWindow",
                      "Whether to send the Receive Window Size AVP. A peer that is sent none "
                      "takes it for 4 (RFC 2661, section 4.4.3): set ReceiveWindowSize to that.",
                      BooleanValue(true),
                      MakeBooleanAccessor(&L2tpEndpoint::m_advertiseWindow),
                      MakeBooleanChecker())
        .AddAttribute("PeerWindow",
                      "What is taken for the peer's Receive Window Size whatever it says, as "
                      "some do against RFC 2661, section 5.8. 0 takes what it says.",
                      UintegerValue(0),
                      MakeUintegerAccessor(&L2tpEndpoint::m_peerWindow),
                      MakeUintegerChecker<uint16_t>(0, 32767))
        .AddAttribute("AcknowledgementPolicy",
                      "When received control messages are acknowledged by a ZLB: a class "
                      "derived from L2tpAcknowledgementPolicy, with its attributes in brackets.",
                      ObjectFactoryValue(L2tpFactoryOf<L2tpDelayedAcknowledgement>()),
                      MakeObjectFactoryAccessor(&L2tpEndpoint::m_acknowledgement),
                      MakeObjectFactoryChecker())
        .AddAttribute("LingerTime",
                      "How long the state of a cleared tunnel is kept after the last message, "
                      "to acknowledge what the peer repeats. 0 means a full retransmission "
                      "cycle, which RFC 2661, section 5.8, asks for.",
                      TimeValue(Seconds(0)),
                      MakeTimeAccessor(&L2tpEndpoint::m_lingerTime),
                      MakeTimeChecker(Seconds(0)))
        .AddAttribute("RetransmissionPolicy",
                      "When control messages are retransmitted: a class derived from "
                      "L2tpRetransmissionPolicy, with its attributes in brackets.",
                      ObjectFactoryValue(L2tpFactoryOf<L2tpExponentialBackoff>()),
                      MakeObjectFactoryAccessor(&L2tpEndpoint::m_retransmissionPolicy),
                      MakeObjectFactoryChecker())
        .AddAttribute("Resend",
                      "What is sent again once a message was not acknowledged in time: All from "
                      "it on, as far as the windows allow; the one at the Front alone; or Each "
                      "message by a timer of its own.",
                      EnumValue(L2TP_RESEND_ALL),
                      MakeL2EnumAccessor<L2tpResend>(&L2tpEndpoint::m_resend, 0),
                      MakeEnumChecker(L2TP_RESEND_ALL,
                                      "All",
                                      L2TP_RESEND_FRONT,
                                      "Front",
                                      L2TP_RESEND_EACH,
                                      "Each"))
        .AddAttribute("CongestionWindow",
                      "How many control messages may be unacknowledged: a class derived from "
                      "L2tpCongestionWindow, with its attributes in brackets.",
                      ObjectFactoryValue(L2tpFactoryOf<L2tpSlowStart>()),
                      MakeObjectFactoryAccessor(&L2tpEndpoint::m_congestionWindow),
                      MakeObjectFactoryChecker())
        .AddAttribute("ReceiveQueueing",
                      "What becomes of control messages that come before their turn: a class "
                      "derived from L2tpReceiveQueueing, with its attributes in brackets.",
                      ObjectFactoryValue(L2tpFactoryOf<L2tpKeepEarly>()),
                      MakeObjectFactoryAccessor(&L2tpEndpoint::m_receiveQueueing),
                      MakeObjectFactoryChecker())
        .AddAttribute("MaxBacklog",
                      "How many octets of control messages are kept at most for each tunnel: "
                      "those to be sent or acknowledged, and those that came before their "
                      "turn. Of the latter, one too many is dropped, for the peer to send "
                      "again; if it is one of the former, the tunnel is cleared with result 2, "
                      "error 4.",
                      UintegerValue(L2tpControlChannel::Config().maxBacklog),
                      MakeUintegerAccessor(&L2tpEndpoint::m_maxBacklog),
                      MakeUintegerChecker<uint32_t>(4096));
}

void
L2tpEndpoint::ApplyControlAttributes()
{
    NS_ABORT_MSG_IF(m_receiveWindowSize == 0,
                    "L2tpEndpoint::ReceiveWindowSize is 0, which RFC 2661, section 5.8, calls "
                    "invalid: give it 1 or more");
    L2tpCheckPolicy<L2tpRetransmissionPolicy>("RetransmissionPolicy", m_retransmissionPolicy);
    L2tpCheckPolicy<L2tpCongestionWindow>("CongestionWindow", m_congestionWindow);
    L2tpCheckPolicy<L2tpAcknowledgementPolicy>("AcknowledgementPolicy", m_acknowledgement);
    L2tpCheckPolicy<L2tpReceiveQueueing>("ReceiveQueueing", m_receiveQueueing);
    m_config.channel.receiveWindowSize = m_receiveWindowSize;
    m_config.channel.peerWindow = m_peerWindow;
    m_config.channel.lingerTime = m_lingerTime;
    m_config.channel.maxBacklog = m_maxBacklog;
    m_config.channel.resend = m_resend;
    m_config.advertiseWindow = m_advertiseWindow;
    m_config.retransmission = m_retransmissionPolicy;
    m_config.congestion = m_congestionWindow;
    m_config.acknowledgement = m_acknowledgement;
    m_config.queueing = m_receiveQueueing;
}

} // namespace ns3
