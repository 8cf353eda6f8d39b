/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pppoe-concentrator.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/l2tp-hmac.h"
#include "ns3/log.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PppoeConcentrator");
NS_OBJECT_ENSURE_REGISTERED(PppoeConcentrator);

namespace
{

constexpr std::size_t SECRET_SIZE = 16;     //!< octets of the cookie's secret
constexpr uint32_t MAX_SESSION_ID = 0xfffe; //!< 0xffff is reserved (RFC 2516, section 4)

} // namespace

TypeId
PppoeConcentrator::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppoeConcentrator")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<PppoeConcentrator>()
            .AddAttribute(
                "AcName",
                "The AC-Name, which tells this Access Concentrator from all others; empty "
                "for the address of its device.",
                StringValue(""),
                MakeStringAccessor(&PppoeConcentrator::m_acName),
                MakeStringChecker())
            .AddAttribute("Services",
                          "The services offered, separated by commas. If empty none are told, and "
                          "none is refused (RFC 2516, section 9).",
                          StringValue(""),
                          MakeStringAccessor(&PppoeConcentrator::m_services),
                          MakeStringChecker())
            .AddAttribute("MaxSessions",
                          "How many sessions there may be.",
                          UintegerValue(65534),
                          MakeUintegerAccessor(&PppoeConcentrator::m_maxSessions),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("MaxSessionsPerHost",
                          "How many of them one address may have.",
                          UintegerValue(16),
                          MakeUintegerAccessor(&PppoeConcentrator::m_maxSessionsPerHost),
                          MakeUintegerChecker<uint32_t>(1, MAX_SESSION_ID / 2))
            .AddAttribute("MaxPayload",
                          "The longest PPP payload in octets to grant to hosts that ask for more "
                          "than 1492 (RFC 4638); the device's MTU less 8 is a limit, too.",
                          UintegerValue(pppoe::MAX_PAYLOAD),
                          MakeUintegerAccessor(&PppoeConcentrator::m_maxPayload),
                          MakeUintegerChecker<uint16_t>(pppoe::MAX_PAYLOAD))
            .AddAttribute("TerminateUnknown",
                          "Whether a frame of a session that isn't there is answered with a PADT, "
                          "so that hosts learn that the Access Concentrator was started anew.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&PppoeConcentrator::m_terminateUnknown),
                          MakeBooleanChecker())
            .AddTraceSource("Session",
                            "A session begins",
                            MakeTraceSourceAccessor(&PppoeConcentrator::m_sessionTrace),
                            "ns3::PppoeConcentrator::SessionTracedCallback")
            .AddTraceSource("Ended",
                            "A session has ended, with the reason",
                            MakeTraceSourceAccessor(&PppoeConcentrator::m_endedTrace),
                            "ns3::PppoeConcentrator::EndedTracedCallback");
    return tid;
}

PppoeConcentrator::PppoeConcentrator()
    : m_random(CreateObject<UniformRandomVariable>())
{
}

PppoeConcentrator::~PppoeConcentrator()
{
    Release();
}

void
PppoeConcentrator::DoDispose()
{
    Release();
    m_onSession = SessionCallback();
    Object::DoDispose();
}

void
PppoeConcentrator::Release()
{
    if (m_port && m_running)
    {
        m_port->SetConcentrator(PppoePort::DiscoveryCallback(),
                                PppoePort::UnknownSessionCallback());
    }
    for (const auto& session : GetSessions())
    {
        session->SetEndedCallback(PppoeSession::EndedCallback());
    }
    m_running = false;
    m_hosts.clear();
    m_sessions = 0;
    m_port = nullptr;
}

void
PppoeConcentrator::SetDevice(Ptr<NetDevice> device)
{
    NS_ABORT_MSG_IF(m_running, "ns3::PppoeConcentrator: stop it before it gets another device");
    m_port = PppoePort::Of(device);
}

void
PppoeConcentrator::SetSessionCallback(SessionCallback callback)
{
    m_onSession = callback;
}

void
PppoeConcentrator::Start()
{
    NS_ABORT_MSG_IF(!m_port,
                    "ns3::PppoeConcentrator: there is no device to serve at: give it one by "
                    "SetDevice()");
    if (m_running)
    {
        return;
    }
    std::ostringstream address;
    address << m_port->GetAddress();
    m_name = m_acName.empty() ? address.str() : m_acName;
    m_offered.clear();
    std::istringstream services(m_services);
    for (std::string service; std::getline(services, service, ',');)
    {
        m_offered.push_back(service);
    }
    m_secret.clear();
    for (std::size_t i = 0; i < SECRET_SIZE; ++i)
    {
        m_secret.push_back(static_cast<uint8_t>(m_random->GetInteger(0, UINT8_MAX)));
    }
    PppoeDiscovery padi(PppoeCode::PADI);
    padi.Add(PppoeTagType::SERVICE_NAME, "");
    NS_ABORT_MSG_IF(
        MakePado(padi, m_port->GetAddress()).GetSize() > pppoe::MAX_PADI,
        "ns3::PppoeConcentrator: an offer with attributes AcName and Services is longer "
        "than a packet: make them shorter");
    m_port->SetConcentrator(MakeCallback(&PppoeConcentrator::Receive, this),
                            MakeCallback(&PppoeConcentrator::UnknownSession, this));
    m_running = true;
}

void
PppoeConcentrator::Stop()
{
    if (!m_running)
    {
        return;
    }
    m_running = false;
    m_port->SetConcentrator(PppoePort::DiscoveryCallback(), PppoePort::UnknownSessionCallback());
    for (const auto& session : GetSessions())
    {
        session->Close();
    }
}

std::vector<Ptr<PppoeSession>>
PppoeConcentrator::GetSessions() const
{
    std::vector<Ptr<PppoeSession>> sessions;
    for (const auto& [address, host] : m_hosts)
    {
        for (const auto& [request, session] : host)
        {
            sessions.push_back(session);
        }
    }
    return sessions;
}

Ptr<PppoePort>
PppoeConcentrator::GetPort() const
{
    return m_port;
}

int64_t
PppoeConcentrator::AssignStreams(int64_t stream)
{
    m_random->SetStream(stream);
    return 1;
}

void
PppoeConcentrator::Receive(const PppoeDiscovery& read, Mac48Address from, Ptr<const Packet> packet)
{
    const Ptr<PppoeConcentrator> alive(this);
    if (read.GetCode() == PppoeCode::PADI)
    {
        Offer(read, from, packet);
    }
    else
    {
        Confirm(read, from, packet);
    }
}

void
PppoeConcentrator::Offer(const PppoeDiscovery& padi, Mac48Address from, Ptr<const Packet> packet)
{
    // Section 5.2: "If the Access Concentrator can not serve the PADI it MUST NOT respond".
    if (!Offers(padi.GetText(PppoeTagType::SERVICE_NAME)))
    {
        m_port->Drop(PppoeDropReason::NO_SUCH_SERVICE, packet);
    }
    else if (!HasRoom(from))
    {
        m_port->Drop(PppoeDropReason::LIMIT, packet);
    }
    else
    {
        m_port->Send(MakePado(padi, from), from);
    }
}

PppoeDiscovery
PppoeConcentrator::MakePado(const PppoeDiscovery& padi, Mac48Address to) const
{
    auto pado = MakeAnswer(PppoeCode::PADO, 0, padi);
    pado.Add(PppoeTagType::AC_NAME, m_name);
    for (const auto& service : m_offered)
    {
        if (service != padi.GetText(PppoeTagType::SERVICE_NAME))
        {
            pado.Add(PppoeTagType::SERVICE_NAME, service);
        }
    }
    pado.Add(PppoeTagType::AC_COOKIE, MakeCookie(to));
    return pado;
}

void
PppoeConcentrator::Confirm(const PppoeDiscovery& padr, Mac48Address from, Ptr<const Packet> packet)
{
    const auto* cookie = padr.Find(PppoeTagType::AC_COOKIE);
    if (!cookie || cookie->value != MakeCookie(from))
    {
        m_port->Drop(PppoeDropReason::BAD_COOKIE, packet);
        return;
    }
    const auto service = padr.GetText(PppoeTagType::SERVICE_NAME);
    const Request request{padr.GetText(PppoeTagType::HOST_UNIQ),
                          padr.GetText(PppoeTagType::RELAY_SESSION_ID),
                          service};
    const auto host = m_hosts.find(from);
    const auto known = host == m_hosts.end() ? Host::const_iterator() : host->second.find(request);
    if (host != m_hosts.end() && known != host->second.end())
    {
        SendPads(padr, known->second);
        return;
    }
    if (!Offers(service))
    {
        m_port->Drop(PppoeDropReason::NO_SUCH_SERVICE, packet);
        Refuse(padr, from, PppoeTagType::SERVICE_NAME_ERROR, "no such service");
        return;
    }
    if (!HasRoom(from))
    {
        m_port->Drop(PppoeDropReason::LIMIT, packet);
        Refuse(padr, from, PppoeTagType::AC_SYSTEM_ERROR, "too many sessions");
        return;
    }
    const auto session = m_port->AddSession(from,
                                            PickSessionId(from),
                                            service,
                                            m_port->GetMaxPayload(GetGrantedPayload(padr)));
    m_hosts[from][request] = session;
    ++m_sessions;
    session->SetEndedCallback(PppoeSession::EndedCallback(
        [this, request](Ptr<PppoeSession> which, PppoeEnd end) { Ended(request, which, end); }));
    SendPads(padr, session);
    session->Start();
    m_sessionTrace(session);
    const auto onSession = m_onSession;
    if (session->IsUp() && !onSession.IsNull())
    {
        onSession(session, service, from);
    }
}

void
PppoeConcentrator::Refuse(const PppoeDiscovery& padr,
                          Mac48Address from,
                          PppoeTagType error,
                          const std::string& words)
{
    auto pads = MakeAnswer(PppoeCode::PADS, 0, padr);
    pads.Add(error, words);
    m_port->Send(pads, from);
}

void
PppoeConcentrator::SendPads(const PppoeDiscovery& padr, Ptr<PppoeSession> session)
{
    auto pads = MakeAnswer(PppoeCode::PADS, session->GetSessionId(), padr);
    pads.Add(PppoeTagType::AC_NAME, m_name);
    m_port->Send(pads, session->GetPeer());
}

PppoeDiscovery
PppoeConcentrator::MakeAnswer(PppoeCode code,
                              uint16_t sessionId,
                              const PppoeDiscovery& request) const
{
    PppoeDiscovery answer(code, sessionId);
    answer.CopyTags(request, PppoeTagType::SERVICE_NAME);
    answer.CopyTags(request, PppoeTagType::HOST_UNIQ);
    answer.CopyTags(request, PppoeTagType::RELAY_SESSION_ID);
    if (const auto payload = GetGrantedPayload(request))
    {
        answer.AddMaxPayload(payload);
    }
    return answer;
}

uint16_t
PppoeConcentrator::GetGrantedPayload(const PppoeDiscovery& request) const
{
    const auto asked = request.GetMaxPayload();
    const auto able = std::min(m_maxPayload, m_port->GetMaxPayload(m_maxPayload));
    return asked > pppoe::MAX_PAYLOAD && able > pppoe::MAX_PAYLOAD ? asked : 0;
}

std::vector<uint8_t>
PppoeConcentrator::MakeCookie(Mac48Address host) const
{
    std::array<uint8_t, 6> address{};
    host.CopyTo(address.data());
    const auto digest = L2tpHmacMd5(m_secret, address.data(), address.size());
    return {digest.begin(), digest.end()};
}

bool
PppoeConcentrator::Offers(const std::string& service) const
{
    return m_offered.empty() || service.empty() ||
           std::find(m_offered.begin(), m_offered.end(), service) != m_offered.end();
}

bool
PppoeConcentrator::HasRoom(Mac48Address host) const
{
    const auto it = m_hosts.find(host);
    return m_sessions < m_maxSessions &&
           (it == m_hosts.end() || it->second.size() < m_maxSessionsPerHost);
}

uint16_t
PppoeConcentrator::PickSessionId(Mac48Address host)
{
    // From a random start, the first free one; MaxSessionsPerHost sees to it that there is one.
    uint32_t id = m_random->GetInteger(1, MAX_SESSION_ID);
    while (m_port->FindSession(host, static_cast<uint16_t>(id)))
    {
        id = id % MAX_SESSION_ID + 1;
    }
    return static_cast<uint16_t>(id);
}

void
PppoeConcentrator::Ended(Request request, Ptr<PppoeSession> session, PppoeEnd end)
{
    const Ptr<PppoeConcentrator> alive(this);
    const auto host = m_hosts.find(session->GetPeer());
    if (host != m_hosts.end() && host->second.erase(request) != 0)
    {
        --m_sessions;
        if (host->second.empty())
        {
            m_hosts.erase(host);
        }
    }
    m_endedTrace(session, end);
}

void
PppoeConcentrator::UnknownSession(Mac48Address from, uint16_t sessionId)
{
    if (m_terminateUnknown && sessionId != 0 && sessionId != pppoe::RESERVED_SESSION)
    {
        m_port->Send(PppoeDiscovery(PppoeCode::PADT, sessionId), from);
    }
}

} // namespace ns3
