/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-server.h"

#include "radius-secret.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/l2tp-udp-path.h"
#include "ns3/log.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <tuple>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("RadiusServer");

NS_OBJECT_ENSURE_REGISTERED(RadiusServer);

namespace
{

using K = RadiusKeys;

} // namespace

bool
RadiusServer::Origin::operator<(const Origin& other) const
{
    return std::tie(client, local, port, identifier) <
           std::tie(other.client, other.local, other.port, other.identifier);
}

TypeId
RadiusServer::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::RadiusServer")
            .SetParent<Application>()
            .SetGroupName("L2tp")
            .AddConstructor<RadiusServer>()
            .AddAttribute("AccessPort",
                          "The UDP port for Access-Requests.",
                          UintegerValue(RADIUS_PORT),
                          MakeUintegerAccessor(&RadiusServer::m_accessPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("AccountingPort",
                          "The UDP port for Accounting-Requests.",
                          UintegerValue(RADIUS_ACCOUNTING_PORT),
                          MakeUintegerAccessor(&RadiusServer::m_accountingPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("DuplicateWindow",
                          "How long a reply is kept, to be sent again to a request that comes "
                          "again.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&RadiusServer::m_duplicateWindow),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("RequireMessageAuthenticator",
                          "Drop Access-Requests that have no Message-Authenticator (RFC 2869, "
                          "section 5.14).",
                          BooleanValue(false),
                          MakeBooleanAccessor(&RadiusServer::m_requireMessageAuthenticator),
                          MakeBooleanChecker())
            .AddAttribute("Directory",
                          "What is known of users, domains and numbers; servers may share one.",
                          PointerValue(),
                          MakePointerAccessor(&RadiusServer::m_directory),
                          MakePointerChecker<RadiusDirectory>())
            .AddTraceSource("Receive",
                            "A request is taken; the packet, and the client.",
                            MakeTraceSourceAccessor(&RadiusServer::m_receiveTrace),
                            "ns3::RadiusServer::PacketTracedCallback")
            .AddTraceSource("Send",
                            "A reply is sent; the packet, and the client.",
                            MakeTraceSourceAccessor(&RadiusServer::m_sendTrace),
                            "ns3::RadiusServer::PacketTracedCallback")
            .AddTraceSource("Record",
                            "An Accounting-Request is recorded.",
                            MakeTraceSourceAccessor(&RadiusServer::m_recordTrace),
                            "ns3::RadiusServer::RecordTracedCallback")
            .AddTraceSource("Drop",
                            "A datagram is dropped or can't be sent; the datagram, its peer, and "
                            "why.",
                            MakeTraceSourceAccessor(&RadiusServer::m_dropTrace),
                            "ns3::RadiusServer::DropTracedCallback");
    return tid;
}

RadiusServer::RadiusServer()
    : m_random(CreateObject<UniformRandomVariable>())
{
}

RadiusServer::~RadiusServer() = default;

void
RadiusServer::DoDispose()
{
    StopApplication();
    m_directory = nullptr;
    Application::DoDispose();
}

void
RadiusServer::AddClient(const L2tpIpAddress& address, const std::string& secret)
{
    NS_ABORT_MSG_IF(secret.empty(),
                    "RadiusServer: the secret shared with "
                        << address << " is empty, so that anybody could ask: give both ends one "
                        << "(RFC 2865, section 3)");
    m_clients[address] = secret;
}

Ptr<RadiusDirectory>
RadiusServer::GetDirectory()
{
    if (!m_directory)
    {
        m_directory = CreateObject<RadiusDirectory>();
    }
    return m_directory;
}

void
RadiusServer::StartApplication()
{
    if (!m_access)
    {
        m_access = Open(m_accessPort, "AccessPort");
        m_accounting = Open(m_accountingPort, "AccountingPort");
    }
}

void
RadiusServer::StopApplication()
{
    for (auto port : {&m_access, &m_accounting})
    {
        if (*port)
        {
            (*port)->Dispose();
            *port = nullptr;
        }
    }
    m_replies.clear();
    m_forget.clear();
}

Ptr<L2tpUdpPort>
RadiusServer::Open(uint16_t number, const char* attribute)
{
    auto port = CreateObject<L2tpUdpPort>();
    const auto receive =
        number == m_accessPort ? &RadiusServer::ReceiveAccess : &RadiusServer::ReceiveAccounting;
    NS_ABORT_MSG_IF(!port->Open(GetNode(), number, MakeCallback(receive, this)),
                    "RadiusServer::" << attribute << ": UDP port " << number << " of node "
                                     << GetNode()->GetId() << " is taken by somebody else");
    return port;
}

void
RadiusServer::ReceiveAccess(Ptr<Packet> packet, const L2tpUdpAddress& from, const L2tpIpAddress& to)
{
    Receive(RadiusCode::ACCESS_REQUEST, m_access, packet, from, to);
}

void
RadiusServer::ReceiveAccounting(Ptr<Packet> packet,
                                const L2tpUdpAddress& from,
                                const L2tpIpAddress& to)
{
    Receive(RadiusCode::ACCOUNTING_REQUEST, m_accounting, packet, from, to);
}

void
RadiusServer::Receive(RadiusCode code,
                      Ptr<L2tpUdpPort> port,
                      Ptr<Packet> packet,
                      const L2tpUdpAddress& from,
                      const L2tpIpAddress& to)
{
    const auto client = m_clients.find(from.address);
    if (client == m_clients.end())
    {
        Drop(packet, from, RadiusDropReason::UNKNOWN_CLIENT);
        return;
    }
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), octets.size());
    RadiusPacket request;
    auto error = RadiusPacket::Parse(octets, request);
    if (error == RadiusError::NONE)
    {
        error = request.code == code ? request.Check() : RadiusError::CODE;
    }
    const auto& secret = client->second;
    if (const auto reason = Judge(request, error, secret))
    {
        Drop(packet, from, *reason);
        return;
    }
    Forget();
    const Origin origin{from, to, port->GetPort(), request.identifier};
    const auto known = m_replies.find(origin);
    if (known != m_replies.end() && known->second.asked == request.authenticator)
    {
        NS_LOG_INFO("identifier " << +request.identifier << " of " << from << " came again");
        ++m_duplicates;
        Send(known->second.packet, port, from, to);
        return;
    }
    m_receiveTrace(request, from);
    RadiusPacket reply;
    if (code == RadiusCode::ACCESS_REQUEST)
    {
        reply = Answer(request, error == RadiusError::NONE, secret);
    }
    else
    {
        Record(request, from.address);
        reply.code = RadiusCode::ACCOUNTING_RESPONSE;
    }
    // "They MUST be copied unmodified and in order" (RFC 2865, section 2).
    for (const auto& state : request.attributes.GetEach(K::PROXY_STATE))
    {
        reply.attributes.Add(K::PROXY_STATE, state);
    }
    reply.identifier = request.identifier;
    if (reply.GetSize() > FindRadiusCode(reply.code)->maxSize)
    {
        Drop(packet, from, RadiusDropReason::SEND_TOO_LONG);
        return;
    }
    SignRadiusReply(reply, request.authenticator, secret);
    const auto until = Simulator::Now() + m_duplicateWindow;
    m_replies[origin] = {request.authenticator, reply, until};
    m_forget.emplace_back(until, origin);
    Send(reply, port, from, to);
}

std::optional<RadiusDropReason>
RadiusServer::Judge(const RadiusPacket& request, RadiusError error, const std::string& secret) const
{
    const bool isFormless = error == RadiusError::TRUNCATED || error == RadiusError::LENGTH;
    if (isFormless || (error == RadiusError::CODE && !FindRadiusCode(request.code)))
    {
        return RadiusDropReasonOf(error);
    }
    if (error == RadiusError::CODE)
    {
        return RadiusDropReason::UNEXPECTED_CODE;
    }
    if (request.code == RadiusCode::ACCOUNTING_REQUEST)
    {
        // What can't be recorded is not acknowledged (RFC 2866, sections 4.1 and 5).
        if (error != RadiusError::NONE)
        {
            return RadiusDropReasonOf(error);
        }
        return IsRadiusRequestGenuine(request, secret)
                   ? std::nullopt
                   : std::make_optional(RadiusDropReason::AUTHENTICATOR);
    }
    // An Access-Request that can't be read to its end can't be verified either.
    const auto isGenuine = error == RadiusError::ATTRIBUTE_LENGTH
                               ? std::nullopt
                               : IsRadiusMessageGenuine(request, request.authenticator, secret);
    return isGenuine.value_or(!m_requireMessageAuthenticator)
               ? std::nullopt
               : std::make_optional(RadiusDropReason::MESSAGE_AUTHENTICATOR);
}

RadiusPacket
RadiusServer::Answer(const RadiusPacket& request, bool isGood, const std::string& secret)
{
    RadiusAnswer answer;
    const auto& asked = request.authenticator;
    const auto clear =
        isGood ? RevealRadiusAttributes(request.attributes, secret, asked) : std::nullopt;
    if (clear)
    {
        answer = GetDirectory()->Judge(*clear, asked);
    }
    else
    {
        // "If any value of the received Attributes is not acceptable" (RFC 2865, section 4.3).
        answer.attributes.Add(K::REPLY_MESSAGE, "malformed request");
    }
    RadiusPacket reply;
    reply.code = answer.accepted ? RadiusCode::ACCESS_ACCEPT : RadiusCode::ACCESS_REJECT;
    RadiusAttributes attributes;
    if (isGood && request.attributes.Find(K::MESSAGE_AUTHENTICATOR.type))
    {
        attributes.Add(K::MESSAGE_AUTHENTICATOR, std::string(asked.size(), '\0'));
    }
    else
    {
        answer.attributes.Remove(K::TUNNEL_PASSWORD.type);
    }
    attributes.Append(answer.attributes);
    const auto salt = static_cast<uint16_t>(m_random->GetInteger(0, UINT16_MAX));
    // The directory holds nothing that can't be hidden.
    reply.attributes = HideRadiusAttributes(attributes, secret, asked, salt).value();
    return reply;
}

void
RadiusServer::Record(const RadiusPacket& request, const L2tpIpAddress& client)
{
    RadiusPacket key;
    key.code = request.code;
    key.attributes = request.attributes;
    key.attributes.Remove(K::ACCT_DELAY_TIME.type);
    if (!m_known.emplace(client, key.Serialize()).second)
    {
        NS_LOG_INFO("a record of " << client << " came again, delayed");
        ++m_duplicates;
        return;
    }
    m_records.push_back({Simulator::Now(), client, request.attributes});
    m_recordTrace(m_records.back());
}

void
RadiusServer::Send(const RadiusPacket& reply,
                   Ptr<L2tpUdpPort> port,
                   const L2tpUdpAddress& to,
                   const L2tpIpAddress& from)
{
    const auto octets = reply.Serialize();
    auto packet = Create<Packet>(octets.data(), octets.size());
    NS_LOG_INFO(RadiusCodeName(reply.code) << " " << +reply.identifier << " to " << to);
    ++m_sent[reply.code];
    m_sendTrace(reply, to);
    if (!Create<L2tpUdpPath>(port, from, to)->Send(packet->Copy()))
    {
        Drop(packet, to, RadiusDropReason::SEND_NO_ROUTE);
    }
}

void
RadiusServer::Forget()
{
    while (!m_forget.empty() && m_forget.front().first <= Simulator::Now())
    {
        const auto it = m_replies.find(m_forget.front().second);
        if (it != m_replies.end() && it->second.until <= Simulator::Now())
        {
            m_replies.erase(it); // and not a later one in its place
        }
        m_forget.pop_front();
    }
}

void
RadiusServer::Drop(Ptr<const Packet> packet, const L2tpUdpAddress& peer, RadiusDropReason reason)
{
    NS_LOG_INFO("dropped, " << RadiusDropReasonName(reason) << ": peer " << peer);
    ++m_drops[static_cast<std::size_t>(reason)];
    m_dropTrace(packet, peer, reason);
}

const std::vector<RadiusRecord>&
RadiusServer::GetRecords() const
{
    return m_records;
}

uint64_t
RadiusServer::GetReplies(RadiusCode code) const
{
    const auto it = m_sent.find(code);
    return it == m_sent.end() ? 0 : it->second;
}

uint64_t
RadiusServer::GetDuplicates() const
{
    return m_duplicates;
}

uint64_t
RadiusServer::GetDrops(RadiusDropReason reason) const
{
    return m_drops[static_cast<std::size_t>(reason)];
}

int64_t
RadiusServer::AssignStreams(int64_t stream)
{
    m_random->SetStream(stream);
    return 1;
}

} // namespace ns3
