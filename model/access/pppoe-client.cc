/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pppoe-client.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <array>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PppoeClient");
NS_OBJECT_ENSURE_REGISTERED(PppoeClient);

namespace
{

constexpr std::size_t HOST_UNIQ_SIZE = 8; //!< octets of Host-Uniq
constexpr std::size_t MAX_OFFERS = 64;    //!< how many are waited with, whoever makes them

/// What an error TAG means.
PppoeEnd
EndOf(PppoeTagType error)
{
    switch (error)
    {
    case PppoeTagType::SERVICE_NAME_ERROR:
        return PppoeEnd::SERVICE_NAME_ERROR;
    case PppoeTagType::AC_SYSTEM_ERROR:
        return PppoeEnd::AC_SYSTEM_ERROR;
    default:
        return PppoeEnd::GENERIC_ERROR;
    }
}

} // namespace

const char*
PppoeClientStateName(PppoeClientState state)
{
    static constexpr std::array<const char*, 4> NAMES{"Idle",
                                                      "Discovering",
                                                      "Requesting",
                                                      "Session"};
    const auto index = static_cast<std::size_t>(state);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

TypeId
PppoeClient::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppoeClient")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<PppoeClient>()
            .AddAttribute("ServiceName",
                          "The service to ask for; empty for any.",
                          StringValue(""),
                          MakeStringAccessor(&PppoeClient::m_serviceName),
                          MakeStringChecker())
            .AddAttribute("AcName",
                          "The AC-Name of the Access Concentrator whose offers are taken; empty "
                          "for any.",
                          StringValue(""),
                          MakeStringAccessor(&PppoeClient::m_wantedAc),
                          MakeStringChecker())
            .AddAttribute(
                "MaxPayload",
                "The longest PPP payload in octets to send and receive. More than 1492 is "
                "asked for by PPP-Max-Payload (RFC 4638), and needs a device whose MTU is "
                "8 octets more.",
                UintegerValue(pppoe::MAX_PAYLOAD),
                MakeUintegerAccessor(&PppoeClient::m_maxPayload),
                MakeUintegerChecker<uint16_t>(pppoe::MAX_PAYLOAD))
            .AddAttribute(
                "RetryInterval",
                "Time to wait for an answer to the first PADI or PADR; it is doubled each "
                "time that the packet is sent again (RFC 2516, section 8).",
                TimeValue(Seconds(1)),
                MakeTimeAccessor(&PppoeClient::m_retryInterval),
                MakeTimeChecker(MicroSeconds(1)))
            .AddAttribute("MaxRetryInterval",
                          "The longest time to wait for an answer.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&PppoeClient::m_maxRetryInterval),
                          MakeTimeChecker(MicroSeconds(1)))
            .AddAttribute("MaxPadi",
                          "How many PADIs to send before discovery comes to nothing; 0 for any "
                          "number.",
                          UintegerValue(5),
                          MakeUintegerAccessor(&PppoeClient::m_maxPadi),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("MaxPadr",
                          "How many PADRs to send before a PADI is sent again (RFC 2516, section "
                          "8).",
                          UintegerValue(3),
                          MakeUintegerAccessor(&PppoeClient::m_maxPadr),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("OfferWait",
                          "Time to wait for more offers when the first one has come; 0 takes that "
                          "one.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&PppoeClient::m_offerWait),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("State",
                            "What the client does has changed",
                            MakeTraceSourceAccessor(&PppoeClient::m_stateTrace),
                            "ns3::PppoeClient::StateTracedCallback")
            .AddTraceSource("Ended",
                            "A session has ended, or discovery came to nothing, with the reason",
                            MakeTraceSourceAccessor(&PppoeClient::m_endedTrace),
                            "ns3::PppoeClient::EndedTracedCallback");
    return tid;
}

PppoeClient::PppoeClient()
    : m_random(CreateObject<UniformRandomVariable>())
{
}

PppoeClient::~PppoeClient()
{
    Release();
}

void
PppoeClient::DoDispose()
{
    Release();
    m_onSession = SessionCallback();
    m_onEnded = EndedCallback();
    m_choose = ChooseCallback();
    Object::DoDispose();
}

void
PppoeClient::Release()
{
    m_timer.Cancel();
    if (m_port && m_state != PppoeClientState::IDLE)
    {
        m_port->SetClient(m_hostUniq, PppoePort::DiscoveryCallback());
    }
    if (m_session)
    {
        m_session->SetEndedCallback(PppoeSession::EndedCallback());
    }
    m_state = PppoeClientState::IDLE;
    m_session = nullptr;
    m_port = nullptr;
}

void
PppoeClient::SetDevice(Ptr<NetDevice> device)
{
    NS_ABORT_MSG_IF(m_state != PppoeClientState::IDLE,
                    "ns3::PppoeClient: disconnect it before it gets another device");
    m_port = PppoePort::Of(device);
}

void
PppoeClient::SetCallbacks(SessionCallback session, EndedCallback ended)
{
    m_onSession = session;
    m_onEnded = ended;
}

void
PppoeClient::SetChooseCallback(ChooseCallback choose)
{
    m_choose = choose;
}

void
PppoeClient::SetState(PppoeClientState state)
{
    const auto before = m_state;
    m_state = state;
    NS_LOG_INFO(PppoeClientStateName(before) << " -> " << PppoeClientStateName(state));
    m_stateTrace(before, state);
}

bool
PppoeClient::Connect()
{
    NS_ABORT_MSG_IF(
        !m_port,
        "ns3::PppoeClient: there is no device to look for Access Concentrators at: give "
        "it one by SetDevice()");
    if (m_state != PppoeClientState::IDLE)
    {
        return false;
    }
    NS_ABORT_MSG_IF(m_port->GetMaxPayload(m_maxPayload) < m_maxPayload,
                    "ns3::PppoeClient: attribute MaxPayload is "
                        << m_maxPayload << ", but the device's MTU is "
                        << m_port->GetDevice()->GetMtu()
                        << ": it must be 8 octets more, so set one or the other");
    // Section 5.1: one that no other request of this host has.
    m_hostUniq.clear();
    for (std::size_t i = 0; i < HOST_UNIQ_SIZE; ++i)
    {
        m_hostUniq += static_cast<char>(m_random->GetInteger(0, UINT8_MAX));
    }
    NS_ABORT_MSG_IF(MakeRequest(PppoeCode::PADI).GetSize() > pppoe::MAX_PADI,
                    "ns3::PppoeClient: attribute ServiceName is too long for a PADI (RFC 2516, "
                    "section 5.1): make it shorter");
    m_port->SetClient(m_hostUniq, MakeCallback(&PppoeClient::Receive, this));
    m_errorText.clear();
    m_padis = 0;
    Discover();
    return true;
}

void
PppoeClient::Discover()
{
    m_offers.clear();
    m_wait = m_retryInterval;
    SetState(PppoeClientState::DISCOVERING);
    if (m_state == PppoeClientState::DISCOVERING && m_timer.IsExpired())
    {
        SendPadi();
    }
}

PppoeDiscovery
PppoeClient::MakeRequest(PppoeCode code) const
{
    PppoeDiscovery request(code);
    request.Add(PppoeTagType::SERVICE_NAME, m_serviceName);
    request.Add(PppoeTagType::HOST_UNIQ, m_hostUniq);
    if (m_maxPayload > pppoe::MAX_PAYLOAD)
    {
        request.AddMaxPayload(m_maxPayload);
    }
    return request;
}

void
PppoeClient::Wait(void (PppoeClient::*then)())
{
    m_timer = Simulator::Schedule(m_wait, then, this);
    m_wait = std::min(m_wait + m_wait, std::max(m_maxRetryInterval, m_retryInterval));
}

void
PppoeClient::SendPadi()
{
    ++m_padis;
    Wait(&PppoeClient::NoOffer);
    m_port->Send(MakeRequest(PppoeCode::PADI), Mac48Address::GetBroadcast());
}

void
PppoeClient::NoOffer()
{
    if (m_maxPadi != 0 && m_padis >= m_maxPadi)
    {
        Finish(PppoeEnd::NO_ANSWER);
    }
    else
    {
        SendPadi();
    }
}

void
PppoeClient::Receive(const PppoeDiscovery& read, Mac48Address from, Ptr<const Packet> packet)
{
    const Ptr<PppoeClient> alive(this);
    if (m_state == PppoeClientState::DISCOVERING && read.GetCode() == PppoeCode::PADO)
    {
        ReceiveOffer(read, from, packet);
    }
    else if (m_state == PppoeClientState::REQUESTING && read.GetCode() == PppoeCode::PADS &&
             from == m_taken.address)
    {
        ReceiveConfirmation(read);
    }
    else
    {
        m_port->Drop(PppoeDropReason::STALE, packet);
    }
}

void
PppoeClient::ReceiveOffer(const PppoeDiscovery& pado, Mac48Address from, Ptr<const Packet> packet)
{
    const bool wanted = !pado.FindError() && pado.Has(PppoeTagType::SERVICE_NAME, m_serviceName) &&
                        (m_wantedAc.empty() || pado.Has(PppoeTagType::AC_NAME, m_wantedAc));
    if (!wanted)
    {
        m_port->Drop(PppoeDropReason::UNWANTED_OFFER, packet);
        return;
    }
    const bool again =
        std::any_of(m_offers.begin(), m_offers.end(), [from](const PppoeOffer& offer) {
            return offer.address == from;
        });
    if (again || m_offers.size() >= MAX_OFFERS)
    {
        m_port->Drop(again ? PppoeDropReason::STALE : PppoeDropReason::LIMIT, packet);
        return;
    }
    m_offers.push_back({from, pado});
    if (m_offers.size() == 1)
    {
        m_timer.Cancel();
        if (m_offerWait.IsZero())
        {
            Choose();
        }
        else
        {
            m_timer = Simulator::Schedule(m_offerWait, &PppoeClient::Choose, this);
        }
    }
}

void
PppoeClient::Choose()
{
    const Ptr<PppoeClient> alive(this);
    const auto offers = std::move(m_offers);
    m_offers.clear();
    const auto choose = m_choose;
    const std::size_t index = choose.IsNull() ? 0 : choose(offers);
    if (m_state != PppoeClientState::DISCOVERING)
    {
        return; // disconnected by who chooses
    }
    if (index >= offers.size())
    {
        Wait(&PppoeClient::NoOffer);
        return;
    }
    m_taken = offers[index];
    m_acName = m_taken.pado.GetText(PppoeTagType::AC_NAME);
    m_padrs = 0;
    m_wait = m_retryInterval;
    SetState(PppoeClientState::REQUESTING);
    if (m_state == PppoeClientState::REQUESTING && m_timer.IsExpired())
    {
        SendPadr();
    }
}

void
PppoeClient::SendPadr()
{
    ++m_padrs;
    auto padr = MakeRequest(PppoeCode::PADR);
    padr.CopyTags(m_taken.pado, PppoeTagType::AC_COOKIE);
    padr.CopyTags(m_taken.pado, PppoeTagType::RELAY_SESSION_ID);
    Wait(&PppoeClient::NoSession);
    m_port->Send(padr, m_taken.address);
}

void
PppoeClient::NoSession()
{
    if (m_padrs < m_maxPadr)
    {
        SendPadr();
    }
    else if (m_maxPadi != 0 && m_padis >= m_maxPadi)
    {
        Finish(PppoeEnd::NO_ANSWER);
    }
    else
    {
        Discover(); // section 8
    }
}

void
PppoeClient::ReceiveConfirmation(const PppoeDiscovery& pads)
{
    if (const auto* error = pads.FindError())
    {
        m_errorText.assign(error->value.begin(), error->value.end());
        Finish(EndOf(error->type));
        return;
    }
    const uint16_t granted = pads.GetMaxPayload() == m_maxPayload ? m_maxPayload : 0;
    m_session = m_port->AddSession(m_taken.address,
                                   pads.GetSessionId(),
                                   m_serviceName,
                                   m_port->GetMaxPayload(granted));
    if (!m_session)
    {
        Finish(PppoeEnd::SESSION_IN_USE);
        return;
    }
    m_timer.Cancel();
    m_session->SetEndedCallback(MakeCallback(&PppoeClient::SessionEnded, this));
    const auto session = m_session;
    session->Start();
    SetState(PppoeClientState::SESSION);
    const auto onSession = m_onSession;
    if (session->IsUp() && !onSession.IsNull())
    {
        onSession(session);
    }
}

void
PppoeClient::SessionEnded(Ptr<PppoeSession> /* session */, PppoeEnd end)
{
    Finish(end);
}

void
PppoeClient::Disconnect()
{
    if (m_session)
    {
        m_session->Close();
    }
    else if (m_state != PppoeClientState::IDLE)
    {
        Finish(PppoeEnd::LOCAL);
    }
}

void
PppoeClient::Finish(PppoeEnd end)
{
    const Ptr<PppoeClient> alive(this);
    m_timer.Cancel();
    m_session = nullptr;
    m_offers.clear();
    m_port->SetClient(m_hostUniq, PppoePort::DiscoveryCallback());
    SetState(PppoeClientState::IDLE);
    m_endedTrace(end);
    const auto onEnded = m_onEnded;
    if (!onEnded.IsNull())
    {
        onEnded(end);
    }
}

PppoeClientState
PppoeClient::GetState() const
{
    return m_state;
}

Ptr<PppoeSession>
PppoeClient::GetSession() const
{
    return m_session;
}

const std::string&
PppoeClient::GetAcName() const
{
    return m_acName;
}

const std::string&
PppoeClient::GetErrorText() const
{
    return m_errorText;
}

Ptr<PppoePort>
PppoeClient::GetPort() const
{
    return m_port;
}

int64_t
PppoeClient::AssignStreams(int64_t stream)
{
    m_random->SetStream(stream);
    return 1;
}

} // namespace ns3
