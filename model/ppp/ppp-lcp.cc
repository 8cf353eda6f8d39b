/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-lcp.h"

#include "ppp-lcp-option.h"
#include "ppp-protocol.h"

#include "ns3/boolean.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <limits>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppLcp);

TypeId
PppLcp::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppLcp")
            .SetParent<PppControlProtocol>()
            .SetGroupName("L2tp")
            .AddConstructor<PppLcp>()
            .AddAttribute("Mru",
                          "Maximum-Receive-Unit of this end in octets; it is requested unless it "
                          "is the default of 1500 (RFC 1661, section 6.1).",
                          UintegerValue(lcp_option::DEFAULT_MRU),
                          MakeUintegerAccessor(&PppLcp::m_mru),
                          MakeUintegerChecker<uint16_t>(MIN_MRU))
            .AddAttribute("MagicNumber",
                          "Whether to request a Magic-Number, by which looped-back links are "
                          "noticed (RFC 1661, section 6.4).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&PppLcp::m_useMagic),
                          MakeBooleanChecker())
            .AddAttribute("ProtocolFieldCompression",
                          "Whether to request one-octet Protocol fields from the peer "
                          "(RFC 1661, section 6.5).",
                          BooleanValue(false),
                          MakeBooleanAccessor(&PppLcp::m_usePfc),
                          MakeBooleanChecker())
            .AddAttribute("AddressControlCompression",
                          "Whether to request frames without Address and Control fields from the "
                          "peer (RFC 1661, section 6.6).",
                          BooleanValue(false),
                          MakeBooleanAccessor(&PppLcp::m_useAcfc),
                          MakeBooleanChecker())
            .AddAttribute("AcceptPap",
                          "Whether this end proves who it is by PAP, which shows the password to "
                          "the peer (RFC 1334).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&PppLcp::m_acceptPap),
                          MakeBooleanChecker())
            .AddAttribute("AcceptChap",
                          "Whether this end proves who it is by CHAP with MD5 (RFC 1994).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&PppLcp::m_acceptChap),
                          MakeBooleanChecker())
            .AddAttribute("AcceptMsChapV2",
                          "Whether this end proves who it is by MS-CHAP-V2, if the peer proves "
                          "the same (RFC 2759).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&PppLcp::m_acceptMsChapV2),
                          MakeBooleanChecker())
            .AddAttribute("ChapFallback",
                          "Whether CHAP with MD5 will do for a peer that is asked for MS-CHAP-V2 "
                          "and naks it.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&PppLcp::m_chapFallback),
                          MakeBooleanChecker())
            .AddAttribute("PapFallback",
                          "Whether PAP will do for a peer that is asked for CHAP, with MD5 or "
                          "MS-CHAP-V2, and naks it.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&PppLcp::m_papFallback),
                          MakeBooleanChecker())
            .AddAttribute("LoopbackLimit",
                          "How many times in a row the peer may have this end's Magic-Number "
                          "before the link is taken for looped back (RFC 1661, section 6.4).",
                          UintegerValue(5),
                          MakeUintegerAccessor(&PppLcp::m_loopLimit),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("EchoInterval",
                          "Time between Echo-Requests that watch an opened link (RFC 1661, "
                          "section 5.8); zero sends none.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&PppLcp::m_echoInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("EchoFailures",
                          "How many Echo-Requests in a row have no reply when the peer is taken "
                          "for dead, one EchoInterval after the last of them.",
                          UintegerValue(3),
                          MakeUintegerAccessor(&PppLcp::m_echoFailures),
                          MakeUintegerChecker<uint32_t>(1))
            .AddTraceSource("Adoption",
                            "Another system's negotiation with the peer was adopted, or not: "
                            "what LCP thinks of it.",
                            MakeTraceSourceAccessor(&PppLcp::m_adoptionTrace),
                            "ns3::PppLcp::AdoptionTracedCallback");
    return tid;
}

PppLcp::PppLcp()
    : PppControlProtocol(ppp_protocol::LCP)
{
}

PppLcp::~PppLcp()
{
    m_echoTimer.Cancel();
}

void
PppLcp::DoDispose()
{
    m_echoTimer.Cancel();
    m_random = nullptr;
    PppControlProtocol::DoDispose();
}

void
PppLcp::SetRandomVariable(Ptr<UniformRandomVariable> random)
{
    m_random = random;
}

void
PppLcp::SetDemandedAuth(PppAuthProtocol protocol)
{
    m_demandedAuth = protocol;
}

void
PppLcp::SetAbleToAuthenticate(bool able)
{
    m_able = able;
}

void
PppLcp::SetCircuitLimits(uint16_t maxMru, bool addressControl)
{
    m_maxMru = maxMru;
    m_addressControl = addressControl;
}

PppAuthProtocol
PppLcp::GetPeerAuth() const
{
    return m_requestAuth;
}

PppAuthProtocol
PppLcp::GetLocalAuth() const
{
    return m_localAuth;
}

bool
PppLcp::IsProtocolCompressed() const
{
    return m_peerPfc;
}

bool
PppLcp::IsAddressCompressed() const
{
    return m_peerAcfc;
}

uint32_t
PppLcp::GetLocalMagic() const
{
    return m_magic;
}

uint32_t
PppLcp::GetPeerMagic() const
{
    return m_peerMagic;
}

uint32_t
PppLcp::GetPeerAccm() const
{
    return m_peerAccm;
}

uint32_t
PppLcp::GetLocalAccm() const
{
    return m_localAccm;
}

uint32_t
PppLcp::ChooseMagic()
{
    return m_random->GetInteger(1, std::numeric_limits<uint32_t>::max());
}

void
PppLcp::LayerUp()
{
    m_echoesPending = 0;
    m_echoRejected = false;
    if (m_echoInterval.IsStrictlyPositive())
    {
        m_echoTimer = Simulator::Schedule(m_echoInterval, &PppLcp::Keepalive, this);
    }
    PppControlProtocol::LayerUp();
}

void
PppLcp::LayerDown()
{
    m_echoTimer.Cancel();
    PppControlProtocol::LayerDown();
}

void
PppLcp::Keepalive()
{
    if (m_echoRejected)
    {
        return;
    }
    if (m_echoesPending >= m_echoFailures)
    {
        Fail(PppReason::ECHO_TIMEOUT);
        return;
    }
    ++m_echoesPending;
    m_echoTimer = Simulator::Schedule(m_echoInterval, &PppLcp::Keepalive, this);
    Send(PppCode::ECHO_REQUEST, NextIdentifier(), PppOption::Of32(0, m_magic).data);
}

bool
PppLcp::ReceiveExtra(const PppControlPacket& packet)
{
    const auto code = static_cast<PppCode>(packet.code);
    if (packet.code < static_cast<uint8_t>(PppCode::PROTOCOL_REJECT) ||
        packet.code > static_cast<uint8_t>(PppCode::DISCARD_REQUEST))
    {
        return false;
    }
    if (GetState() != PppState::OPENED)
    {
        Drop(PppDropReason::NOT_OPENED); // RFC 1661, sections 5.7 and 5.8
    }
    else if (code == PppCode::PROTOCOL_REJECT)
    {
        ReceiveProtocolReject(packet);
    }
    else if (CheckMagic(packet))
    {
        if (code == PppCode::ECHO_REPLY)
        {
            m_echoesPending = 0;
        }
        else if (code == PppCode::DISCARD_REQUEST)
        {
            Drop(PppDropReason::DISCARD_REQUEST);
        }
        Handle(PppEvent::RXR);
    }
    return true;
}

bool
PppLcp::CheckMagic(const PppControlPacket& packet)
{
    const PppOption field{0, packet.data};
    if (field.data.size() < sizeof(m_magic))
    {
        Drop(PppDropReason::CONTROL_MALFORMED);
        return false;
    }
    const auto magic = field.Get32();
    if (magic == m_peerMagic)
    {
        return true;
    }
    Drop(PppDropReason::BAD_MAGIC);
    if (magic != 0 && magic == m_magic)
    {
        Fail(PppReason::LOOPED_BACK);
    }
    return false;
}

void
PppLcp::SendEchoReply()
{
    const auto& request = GetReceived();
    if (static_cast<PppCode>(request.code) != PppCode::ECHO_REQUEST)
    {
        return; // RFC 1661, section 4.3: no reply to an Echo-Reply or Discard-Request
    }
    auto data = PppOption::Of32(0, m_magic).data;
    data.insert(data.end(), request.data.begin() + sizeof(m_magic), request.data.end());
    Send(PppCode::ECHO_REPLY, request.identifier, std::move(data));
}

void
PppLcp::ExtraCodeRejected(uint8_t code)
{
    m_echoRejected |= static_cast<PppCode>(code) == PppCode::ECHO_REQUEST;
}

void
PppLcp::ReceiveProtocolReject(const PppControlPacket& packet)
{
    const PppOption field{0, packet.data};
    if (field.data.size() < 2)
    {
        Drop(PppDropReason::CONTROL_MALFORMED);
        return;
    }
    const auto protocol = field.Get16();
    Handle(protocol == ppp_protocol::LCP ? PppEvent::RXJ_FATAL : PppEvent::RXJ_PERMITTED);
    if (protocol != ppp_protocol::LCP)
    {
        NotifyProtocolRejected(protocol);
    }
}

void
PppLcp::SendProtocolReject(uint16_t protocol, const std::vector<uint8_t>& information)
{
    if (GetState() != PppState::OPENED)
    {
        return;
    }
    auto data = PppOption::Of16(0, protocol).data;
    data.insert(data.end(), information.begin(), information.end());
    Send(PppCode::PROTOCOL_REJECT, NextIdentifier(), std::move(data));
}

} // namespace ns3
