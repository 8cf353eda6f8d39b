/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-client.h"

#include "radius-secret.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("RadiusClient");

NS_OBJECT_ENSURE_REGISTERED(RadiusClient);

namespace
{

using K = RadiusKeys;

/// The first address of a node that others can reach. @param ip its IPv4 @return it, or 0.0.0.0
Ipv4Address
FirstAddress(Ptr<Ipv4> ip)
{
    for (uint32_t interface = 1; ip && interface < ip->GetNInterfaces(); ++interface)
    {
        if (ip->GetNAddresses(interface) > 0)
        {
            return ip->GetAddress(interface, 0).GetLocal();
        }
    }
    return Ipv4Address::GetAny();
}

/// The first address of a node that others can reach. @param ip its IPv6 @return it, or ::
Ipv6Address
FirstAddress(Ptr<Ipv6> ip)
{
    for (uint32_t interface = 1; ip && interface < ip->GetNInterfaces(); ++interface)
    {
        for (uint32_t n = 0; n < ip->GetNAddresses(interface); ++n)
        {
            const auto address = ip->GetAddress(interface, n).GetAddress();
            if (!address.IsLinkLocal())
            {
                return address;
            }
        }
    }
    return Ipv6Address::GetAny();
}

} // namespace

const char*
RadiusOutcomeName(RadiusOutcome outcome)
{
    static constexpr std::array<const char*, 6> NAMES{"accept",
                                                      "reject",
                                                      "challenge",
                                                      "accounted",
                                                      "timeout",
                                                      "not-sent"};
    const auto index = static_cast<std::size_t>(outcome);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

TypeId
RadiusClient::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::RadiusClient")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<RadiusClient>()
            .AddAttribute("InitialTimeout",
                          "How long to wait for an answer to a request before it is sent again.",
                          TimeValue(Seconds(2)),
                          MakeTimeAccessor(&RadiusClient::m_initialTimeout),
                          MakeTimeChecker(MicroSeconds(1)))
            .AddAttribute("Backoff",
                          "By what the wait is multiplied each time that a request is sent again.",
                          DoubleValue(2.0),
                          MakeDoubleAccessor(&RadiusClient::m_backoff),
                          MakeDoubleChecker<double>(1.0, 10.0))
            .AddAttribute("MaxTries",
                          "How often a request is sent to a server before it is taken for dead.",
                          UintegerValue(3),
                          MakeUintegerAccessor(&RadiusClient::m_maxTries),
                          MakeUintegerChecker<uint32_t>(1, 100))
            .AddAttribute("DeadTime",
                          "How long a server that has not answered is passed over; 0 for not at "
                          "all.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&RadiusClient::m_deadTime),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("MaxPorts",
                          "Most source ports for Access-Requests, and as many again for "
                          "Accounting-Requests; each has 256 requests waiting at most (RFC 2865, "
                          "section 2.5).",
                          UintegerValue(16),
                          MakeUintegerAccessor(&RadiusClient::m_maxPorts),
                          MakeUintegerChecker<uint32_t>(1, 1024))
            .AddAttribute("MessageAuthenticator",
                          "Sign Access-Requests by Message-Authenticator, and take no answer to "
                          "them without one (RFC 2869, section 5.14).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&RadiusClient::m_messageAuthenticator),
                          MakeBooleanChecker())
            .AddAttribute("NasIdentifier",
                          "NAS-Identifier: a name by which servers know this node; empty for none "
                          "(RFC 2865, section 5.32).",
                          StringValue(""),
                          MakeStringAccessor(&RadiusClient::m_nasIdentifier),
                          MakeStringChecker())
            .AddAttribute("NasIpAddress",
                          "NAS-IP-Address: an address of this node; 0.0.0.0 for its first one, if "
                          "it has any (RFC 2865, section 5.4).",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&RadiusClient::m_nasIpAddress),
                          MakeIpv4AddressChecker())
            .AddTraceSource("Send",
                            "A request is sent; the packet, the server, and the how-manieth time.",
                            MakeTraceSourceAccessor(&RadiusClient::m_sendTrace),
                            "ns3::RadiusClient::SendTracedCallback")
            .AddTraceSource("Receive",
                            "A reply is taken; the packet, and the server.",
                            MakeTraceSourceAccessor(&RadiusClient::m_receiveTrace),
                            "ns3::RadiusClient::ReceiveTracedCallback")
            .AddTraceSource("Drop",
                            "A datagram is dropped or can't be sent; the datagram, its peer, and "
                            "why.",
                            MakeTraceSourceAccessor(&RadiusClient::m_dropTrace),
                            "ns3::RadiusClient::DropTracedCallback")
            .AddTraceSource("Server",
                            "A server is taken for dead, or is alive again.",
                            MakeTraceSourceAccessor(&RadiusClient::m_serverTrace),
                            "ns3::RadiusClient::ServerTracedCallback");
    return tid;
}

RadiusClient::RadiusClient()
    : m_random(CreateObject<UniformRandomVariable>())
{
}

RadiusClient::~RadiusClient() = default;

void
RadiusClient::DoDispose()
{
    for (auto& [id, request] : m_pending)
    {
        request.timer.Cancel();
    }
    m_pending.clear();
    m_accessPorts.reset();
    m_accountingPorts.reset();
    m_node = nullptr;
    Object::DoDispose();
}

void
RadiusClient::SetNode(Ptr<Node> node)
{
    NS_ABORT_MSG_IF(m_accessPorts || m_accountingPorts,
                    "RadiusClient::SetNode: it has sent requests from node "
                        << m_node->GetId() << ": make another client for another node");
    m_node = node;
}

Ptr<Node>
RadiusClient::GetNode() const
{
    return m_node;
}

void
RadiusClient::AddServer(const L2tpUdpAddress& server, const std::string& secret)
{
    Add(server, secret, RadiusCode::ACCESS_REQUEST);
}

void
RadiusClient::AddAccountingServer(const L2tpUdpAddress& server, const std::string& secret)
{
    Add(server, secret, RadiusCode::ACCOUNTING_REQUEST);
}

void
RadiusClient::Add(const L2tpUdpAddress& server, const std::string& secret, RadiusCode code)
{
    NS_ABORT_MSG_IF(secret.empty(),
                    "RadiusClient: the secret shared with "
                        << server << " is empty, so that anybody could answer: give both ends one "
                        << "(RFC 2865, section 3)");
    NS_ABORT_MSG_IF(!server.address.IsUnicast() || server.port == 0,
                    "RadiusClient: " << server << " can't be the address of a server");
    m_servers.push_back({server, secret, code, false, Time()});
}

void
RadiusClient::Ask(const RadiusAttributes& clear, ResultCallback done)
{
    Begin(RadiusCode::ACCESS_REQUEST, clear, std::move(done));
}

void
RadiusClient::Account(const RadiusAttributes& attributes, ResultCallback done)
{
    Begin(RadiusCode::ACCOUNTING_REQUEST, attributes, std::move(done));
}

void
RadiusClient::Forget()
{
    for (auto& [id, request] : m_pending)
    {
        request.timer.Cancel();
        for (const auto& place : request.places)
        {
            PortsOf(request.code)->Free(place);
        }
    }
    m_pending.clear();
    for (auto& server : m_servers)
    {
        server.dead = false;
    }
}

void
RadiusClient::Begin(RadiusCode code, const RadiusAttributes& clear, ResultCallback done)
{
    NS_ABORT_MSG_IF(!m_node, "RadiusClient: SetNode() says where it runs; call that first");
    if (auto& ports = PortsOf(code); !ports)
    {
        ports = std::make_unique<RadiusPortPool>(
            m_node,
            m_maxPorts,
            RadiusPortPool::ReceiveCallback(
                [this, code](std::size_t port, Ptr<Packet> packet, const L2tpUdpAddress& from) {
                    Receive(code, port, packet, from);
                }));
    }
    const auto id = ++m_last;
    auto& request = m_pending[id];
    request.code = code;
    request.clear = clear;
    request.done = std::move(done);
    request.begun = Simulator::Now();
    request.asked.resize(m_servers.size());
    AddNas(request.clear);
    if (!TryNextServer(id))
    {
        NS_LOG_WARN(RadiusCodeName(code) << ": no server is known");
        request.timer = Simulator::ScheduleNow(&RadiusClient::Finish, this, id, RadiusResult());
    }
}

bool
RadiusClient::TryNextServer(uint64_t id)
{
    auto& request = m_pending.at(id);
    const auto find = [&] {
        for (std::size_t i = 0; i < request.asked.size(); ++i)
        {
            const auto& server = m_servers[i];
            if (server.code == request.code && !request.asked[i] &&
                (request.desperate || IsAlive(server)))
            {
                return i;
            }
        }
        return request.asked.size();
    };
    auto next = find();
    const bool isFirst =
        std::find(request.asked.begin(), request.asked.end(), true) == request.asked.end();
    if (next == request.asked.size() && isFirst)
    {
        request.desperate = true;
        next = find();
    }
    if (next == request.asked.size())
    {
        return false;
    }
    request.asked[next] = true;
    request.server = next;
    request.tries = 0;
    request.timeout = m_initialTimeout;
    Transmit(id);
    return true;
}

std::unique_ptr<RadiusPortPool>&
RadiusClient::PortsOf(RadiusCode code)
{
    return code == RadiusCode::ACCESS_REQUEST ? m_accessPorts : m_accountingPorts;
}

void
RadiusClient::Transmit(uint64_t id)
{
    auto& request = m_pending.at(id);
    auto& ports = *PortsOf(request.code);
    const auto base = request.clear.Get(K::ACCT_DELAY_TIME);
    const auto waited = (Simulator::Now() - request.begun).GetSeconds();
    const auto delay = base ? *base + static_cast<uint32_t>(waited) : 0;
    if (request.tries == 0 || delay != request.delay)
    {
        request.delay = delay;
        RadiusPacket packet;
        const auto place = Write(request, packet)
                               ? ports.Take({id, request.server, packet.authenticator, {}})
                               : std::nullopt;
        if (!place)
        {
            NS_LOG_WARN(RadiusCodeName(request.code) << " is too long, or all Identifiers wait");
            request.timer = Simulator::ScheduleNow(&RadiusClient::Finish, this, id, RadiusResult());
            return;
        }
        request.places.push_back(*place);
        packet.identifier = place->identifier;
        SignRadiusRequest(packet, m_servers[request.server].secret);
        auto& sent = ports.At(*place);
        sent.authenticator = packet.authenticator;
        sent.octets = packet.Serialize();
    }
    ++request.tries;
    // Copies: whoever is told of what happens here may have all requests forgotten.
    const auto server = m_servers[request.server].address;
    const auto place = request.places.back();
    const auto octets = ports.At(place).octets;
    RadiusPacket packet;
    RadiusPacket::Parse(octets, packet);
    m_sendTrace(packet, server, request.tries);
    if (!IsPending(id))
    {
        return;
    }
    NS_LOG_INFO(RadiusCodeName(packet.code)
                << " " << +packet.identifier << " to " << server << ", try " << request.tries);
    request.timer = Simulator::Schedule(request.timeout, &RadiusClient::Expired, this, id);
    if (!ports.Send(place, server))
    {
        Drop(Create<Packet>(octets.data(), octets.size()), server, RadiusDropReason::SEND_NO_ROUTE);
    }
}

bool
RadiusClient::Write(const Pending& request, RadiusPacket& packet)
{
    packet.code = request.code;
    const bool isAccess = request.code == RadiusCode::ACCESS_REQUEST;
    RadiusAttributes clear;
    if (isAccess)
    {
        for (auto& octet : packet.authenticator)
        {
            octet = static_cast<uint8_t>(m_random->GetInteger(0, 255));
        }
        if (m_messageAuthenticator)
        {
            clear.Add(K::MESSAGE_AUTHENTICATOR, std::string(packet.authenticator.size(), '\0'));
        }
    }
    clear.Append(request.clear);
    if (clear.Find(K::ACCT_DELAY_TIME.type))
    {
        clear.Set(K::ACCT_DELAY_TIME, request.delay);
    }
    const auto hidden = HideRadiusAttributes(clear,
                                             m_servers[request.server].secret,
                                             packet.authenticator,
                                             0); // no request has a Tunnel-Password
    if (!hidden)
    {
        return false;
    }
    packet.attributes = *hidden;
    return packet.GetSize() <= FindRadiusCode(packet.code)->maxSize;
}

void
RadiusClient::AddNas(RadiusAttributes& attributes) const
{
    if (!attributes.Find(K::NAS_IDENTIFIER.type))
    {
        attributes.Add(K::NAS_IDENTIFIER, m_nasIdentifier);
    }
    const auto address =
        m_nasIpAddress.IsAny() ? FirstAddress(m_node->GetObject<Ipv4>()) : m_nasIpAddress;
    if (!address.IsAny() && !attributes.Find(K::NAS_IP_ADDRESS.type))
    {
        attributes.Add(K::NAS_IP_ADDRESS, address);
    }
    const auto address6 = FirstAddress(m_node->GetObject<Ipv6>());
    if (address.IsAny() && !address6.IsAny() && !attributes.Find(K::NAS_IPV6_ADDRESS.type))
    {
        attributes.Add(K::NAS_IPV6_ADDRESS, address6);
    }
}

void
RadiusClient::Expired(uint64_t id)
{
    auto& request = m_pending.at(id);
    if (request.tries < m_maxTries)
    {
        request.timeout =
            Time::FromDouble(request.timeout.GetDouble() * m_backoff, Time::GetResolution());
        Transmit(id);
        return;
    }
    auto& server = m_servers[request.server];
    if (m_deadTime.IsStrictlyPositive())
    {
        server.deadUntil = Simulator::Now() + m_deadTime;
        if (!std::exchange(server.dead, true))
        {
            NS_LOG_WARN(server.address << " does not answer");
            m_serverTrace(L2tpUdpAddress(server.address), false);
        }
    }
    if (IsPending(id) && !TryNextServer(id))
    {
        RadiusResult result;
        result.outcome = RadiusOutcome::TIMEOUT;
        Finish(id, result);
    }
}

void
RadiusClient::Finish(uint64_t id, const RadiusResult& result)
{
    auto node = m_pending.extract(id);
    if (!node)
    {
        return; // forgotten
    }
    auto& request = node.mapped();
    request.timer.Cancel();
    for (const auto& place : request.places)
    {
        PortsOf(request.code)->Free(place);
    }
    NS_LOG_INFO(RadiusCodeName(request.code) << ": " << RadiusOutcomeName(result.outcome));
    if (request.done)
    {
        request.done(result);
    }
}

void
RadiusClient::Drop(Ptr<const Packet> packet, const L2tpUdpAddress& peer, RadiusDropReason reason)
{
    NS_LOG_INFO("dropped, " << RadiusDropReasonName(reason) << ": peer " << peer);
    ++m_drops[static_cast<std::size_t>(reason)];
    m_dropTrace(packet, peer, reason);
}

bool
RadiusClient::IsAlive(const Server& server)
{
    return !server.dead || Simulator::Now() >= server.deadUntil;
}

bool
RadiusClient::IsAlive(const L2tpUdpAddress& server) const
{
    return std::any_of(m_servers.begin(), m_servers.end(), [&](const Server& known) {
        return known.address == server && IsAlive(known);
    });
}

bool
RadiusClient::IsPending(uint64_t id) const
{
    return m_pending.count(id) > 0;
}

std::size_t
RadiusClient::GetPending() const
{
    return m_pending.size();
}

std::size_t
RadiusClient::GetPorts() const
{
    return (m_accessPorts ? m_accessPorts->GetPorts() : 0) +
           (m_accountingPorts ? m_accountingPorts->GetPorts() : 0);
}

uint64_t
RadiusClient::GetDrops(RadiusDropReason reason) const
{
    return m_drops[static_cast<std::size_t>(reason)];
}

int64_t
RadiusClient::AssignStreams(int64_t stream)
{
    m_random->SetStream(stream);
    return 1;
}

} // namespace ns3
