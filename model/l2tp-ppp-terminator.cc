/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-ppp-terminator.h"

#include "l2tp-ppp-result.h"
#include "l2tp-proxy-ppp.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/ipv6.h"
#include "ns3/log.h"
#include "ns3/pointer.h"
#include "ns3/ppp-reason.h"
#include "ns3/ppp-router-advertiser.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpPppTerminator");
NS_OBJECT_ENSURE_REGISTERED(L2tpPppTerminator);

TypeId
L2tpPppTerminator::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpPppTerminator")
            .SetParent<L2tpSessionTerminator>()
            .SetGroupName("L2tp")
            .AddAttribute("LocalAddress",
                          "The address of the LNS on all its PPP links; the pool never assigns it.",
                          Ipv4AddressValue(Ipv4Address("10.8.0.1")),
                          MakeIpv4AddressAccessor(&L2tpPppTerminator::m_localAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute(
                "AuthProtocol",
                "How a remote system must prove who it is.",
                EnumValue(PPP_AUTH_CHAP),
                MakeL2EnumAccessor<PppAuthProtocol>(&L2tpPppTerminator::m_authProtocol, 0),
                MakePppAuthProtocolChecker())
            .AddAttribute("UserTable",
                          "Who the users are; needed unless AuthProtocol is None.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpPppTerminator::m_users),
                          MakePointerChecker<PppUserTable>())
            .AddAttribute("Mru",
                          "The longest packet in octets that the LNS takes from a PPP link. 1450 "
                          "leaves room for L2TP, UDP and IP in a 1500-octet MTU.",
                          UintegerValue(1450),
                          MakeUintegerAccessor(&L2tpPppTerminator::m_mru),
                          MakeUintegerChecker<uint16_t>(128))
            .AddAttribute("AcceptProxyLcp",
                          "Whether to take over what the LAC has negotiated with the remote "
                          "system, if it agrees with AuthProtocol, Mru and the rest; else LCP is "
                          "negotiated anew (RFC 2661, section 4.4.5).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpPppTerminator::m_acceptProxyLcp),
                          MakeBooleanChecker())
            .AddAttribute("AcceptProxyAuthen",
                          "Whether to judge what the remote system has told the LAC to prove who "
                          "it is, if proxy LCP is taken over; else the remote system is asked "
                          "again (RFC 2661, section 9.5).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpPppTerminator::m_acceptProxyAuthen),
                          MakeBooleanChecker())
            .AddAttribute("EchoInterval",
                          "Time between LCP Echo-Requests to each remote system; 0 sends none.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&L2tpPppTerminator::m_echoInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Ipv6Pool",
                          "The prefix that has the prefixes of 64 bits of the sessions, one each; "
                          "\"::\" carries no IPv6 (RFC 5072). The LNS's node forwards IPv6 then.",
                          Ipv6AddressValue(Ipv6Address::GetAny()),
                          MakeIpv6AddressAccessor(&L2tpPppTerminator::m_ipv6Pool),
                          MakeIpv6AddressChecker())
            .AddAttribute("Ipv6PoolLength",
                          "How many bits Ipv6Pool has; those between it and 64 number the "
                          "sessions.",
                          UintegerValue(48),
                          MakeUintegerAccessor(&L2tpPppTerminator::m_ipv6PoolLength),
                          MakeUintegerChecker<uint8_t>(32, 64))
            .AddAttribute("PrimaryDns",
                          "The DNS server to offer to remote systems; 0.0.0.0 offers none.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&L2tpPppTerminator::m_primaryDns),
                          MakeIpv4AddressChecker())
            .AddAttribute(
                "ServeOthers",
                "Whether users of no domain that was added get an address, and are in the "
                "table of the node's own, by which the tunnels run; if not, they get none, "
                "and their calls are cleared.",
                BooleanValue(true),
                MakeBooleanAccessor(&L2tpPppTerminator::m_serveOthers),
                MakeBooleanChecker())
            .AddAttribute("MaxSessions",
                          "How many sessions there may be at once; one more is refused with a CDN "
                          "of result 4.",
                          UintegerValue(65535),
                          MakeUintegerAccessor(&L2tpPppTerminator::m_maxSessions),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("Pool",
                          "The addresses to assign.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpPppTerminator::m_pool),
                          MakePointerChecker<L2tpAddressPool>())
            .AddTraceSource("NewDevice",
                            "A device was made and added to the node",
                            MakeTraceSourceAccessor(&L2tpPppTerminator::m_newDeviceTrace),
                            "ns3::L2tpPppTerminator::DeviceTracedCallback")
            .AddTraceSource("Link",
                            "A session got its PPP link; PPP is about to begin",
                            MakeTraceSourceAccessor(&L2tpPppTerminator::m_linkTrace),
                            "ns3::L2tpPppTerminator::LinkTracedCallback");
    return tid;
}

L2tpPppTerminator::L2tpPppTerminator()
    : m_pool(CreateObject<L2tpAddressPool>()),
      m_domains(CreateObject<L2tpDomainTable>())
{
}

L2tpPppTerminator::~L2tpPppTerminator() = default;

void
L2tpPppTerminator::DoDispose()
{
    for (const Port& port : m_ports)
    {
        if (port.leg)
        {
            port.leg->SetUser(nullptr);
        }
    }
    m_places.clear();
    m_ports.clear();
    m_free.clear();
    m_users = nullptr;
    m_pool = nullptr;
    m_domains->Dispose();
    m_node = nullptr;
    L2tpSessionTerminator::DoDispose();
}

Ptr<L2tpAddressPool>
L2tpPppTerminator::GetPool() const
{
    return m_pool;
}

void
L2tpPppTerminator::AddDomain(Ptr<L2tpDomain> domain)
{
    m_domains->Add(domain);
}

void
L2tpPppTerminator::Reserve(const std::string& user, const PppUserProfile& profile)
{
    const auto domain = m_domains->FindFor(user, profile);
    NS_ABORT_MSG_IF(!domain,
                    "L2tpPppTerminator: there is no domain " << profile.domain << " for user "
                                                             << user << ": add it first");
    domain->Reserve(profile.address);
    if (domain == m_domains->GetDefault())
    {
        m_pool->Reserve(profile.address); // which becomes the domain's when all starts
    }
}

Ptr<L2tpDomain>
L2tpPppTerminator::GetDomain(const std::string& name) const
{
    return m_domains->Find(name);
}

std::size_t
L2tpPppTerminator::FindPort(const L2tpLeg& leg) const
{
    const auto it = m_places.find(&leg);
    return it == m_places.end() ? NO_PORT : it->second.port;
}

Ptr<PppLink>
L2tpPppTerminator::GetLink(Ptr<const L2tpLeg> leg) const
{
    const std::size_t port = FindPort(*leg);
    return port == NO_PORT ? nullptr : m_ports[port].link;
}

Ptr<PppLink>
L2tpPppTerminator::GetLinkOf(std::size_t port) const
{
    return m_ports[port].link;
}

Ptr<Node>
L2tpPppTerminator::GetNode() const
{
    return m_node;
}

const L2tpDomainTable&
L2tpPppTerminator::GetDomains() const
{
    return *m_domains;
}

void
L2tpPppTerminator::TellNewDevice(Ptr<PppDevice> device)
{
    m_newDeviceTrace(device);
}

void
L2tpPppTerminator::Start(Ptr<Node> node)
{
    // As the user calls it, whatever it is derived from.
    const std::string who = GetInstanceTypeId().GetName().substr(std::string("ns3::").size());
    NS_ABORT_MSG_IF(m_authProtocol != PPP_AUTH_NONE && !m_users,
                    who << "::UserTable is not set, so that nobody can pass "
                           "AuthProtocol: give it a table, or set AuthProtocol to None");
    NS_ABORT_MSG_IF(m_ipv6Pool.CombinePrefix(Ipv6Prefix(m_ipv6PoolLength)) != m_ipv6Pool,
                    who << "::Ipv6Pool " << m_ipv6Pool << " has more bits than Ipv6PoolLength "
                        << +m_ipv6PoolLength << ": set those to 0, or the length to more");
    NS_ABORT_MSG_IF(m_ipv6Pool.IsDocumentation(),
                    who << "::Ipv6Pool " << m_ipv6Pool
                        << " is for documentation, and ns-3 does not forward its packets: take "
                           "another prefix, such as fd08::");
    NS_ABORT_MSG_IF(HasIpv6() && m_maxSessions > 1ULL << (64 - m_ipv6PoolLength),
                    who << "::Ipv6PoolLength leaves fewer prefixes of 64 bits than "
                           "there may be sessions: set it to less, or MaxSessions");
    NS_ABORT_MSG_IF(HasIpv6() && m_domains->HasIsolated(),
                    who << "::Ipv6Pool is set, but only IPv4 can be isolated: set "
                           "it to \"::\", or L2tpDomain::Isolated of all domains to false");
    m_node = node;
    if (HasIpv6())
    {
        const auto ipv6 = node->GetObject<Ipv6>();
        NS_ABORT_MSG_IF(!ipv6,
                        who << "::Ipv6Pool is set, but the LNS's node has no IPv6: "
                               "install an internet stack with it");
        ipv6->SetAttribute("IpForward", BooleanValue(true));
    }
    const auto others = m_domains->GetDefault();
    others->SetAttribute("LocalAddress", Ipv4AddressValue(m_localAddress));
    others->SetAttribute("PrimaryDns", Ipv4AddressValue(m_primaryDns));
    others->SetAttribute("Pool", PointerValue(m_pool));
    others->SetAttribute("UserTable", PointerValue(m_users));
    CheckPools(who);
    m_domains->Start(node);
    DoStart();
}

void
L2tpPppTerminator::CheckPools(const std::string& who) const
{
    if (HasIpv6())
    {
        return; // a session may do without IPv4
    }
    NS_ABORT_MSG_IF(m_authProtocol == PPP_AUTH_NONE && m_serveOthers && !m_pool->HasNetwork(),
                    who << "::Pool is empty, so that nobody can get an address: "
                           "give it addresses by L2tpAddressPool::SetNetwork()");
    const auto user = m_authProtocol == PPP_AUTH_NONE
                          ? std::string()
                          : m_domains->FindUserWithoutAddress(m_serveOthers);
    NS_ABORT_MSG_IF(!user.empty(),
                    who << ": user " << user
                        << " has no address, and the pool that one would come from is empty: give "
                           "the pool addresses by L2tpAddressPool::SetNetwork(), or the user one");
}

std::optional<L2tpResultCode>
L2tpPppTerminator::Judge() const
{
    if (m_places.size() >= m_maxSessions)
    {
        return L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY,
                                  "all interfaces are taken");
    }
    return std::nullopt;
}

std::size_t
L2tpPppTerminator::MakePort()
{
    const std::size_t index = m_ports.size();
    auto link = CreateObject<PppLink>();
    link->SetAttribute("AuthProtocol", EnumValue(m_authProtocol));
    link->SetUserTable(m_domains);
    link->GetLcp()->SetAttribute("Mru", UintegerValue(m_mru));
    link->GetLcp()->SetAttribute("EchoInterval", TimeValue(m_echoInterval));
    link->GetIpcp()->SetAttribute("KeepLocalAddress", BooleanValue(true));
    link->SetAddressProvider(PppLink::AddressProvider(
        [this, index](const std::string& user, const PppUserProfile& profile) {
            return Admit(index, user, profile);
        }));
    link->SetFinishedCallback(PppLink::FinishedCallback(
        [this, index](PppReason reason) { LinkFinished(index, reason); }));
    link->TraceConnectWithoutContext(
        "Phase",
        Callback<void, PppPhase, PppPhase, PppReason>(
            [this, index](PppPhase before, PppPhase now, PppReason /* reason */) {
                PhaseChanged(index, before, now);
            }));
    link->SetAttribute("Ipv6", BooleanValue(HasIpv6()));
    m_ports.emplace_back();
    m_ports.back().link = link;
    AddPort(index, link);
    if (m_firstStream >= 0)
    {
        AssignStream(index);
    }
    return index;
}

void
L2tpPppTerminator::AssignStream(std::size_t port)
{
    const int64_t stream = m_firstStream + static_cast<int64_t>(port);
    m_ports[port].link->AssignStreams(stream);
    PortStreamAssigned(port, stream);
}

bool
L2tpPppTerminator::HasIpv6() const
{
    return m_ipv6Pool != Ipv6Address::GetAny();
}

Ipv6Address
L2tpPppTerminator::GetIpv6Pool() const
{
    return m_ipv6Pool;
}

uint8_t
L2tpPppTerminator::GetIpv6PoolLength() const
{
    return m_ipv6PoolLength;
}

Ipv6Address
L2tpPppTerminator::GetIpv6Prefix(std::size_t port) const
{
    uint8_t octets[16];
    m_ipv6Pool.GetBytes(octets);
    // The number's octets end where the prefix does.
    for (std::size_t at = PppRouterAdvertiser::PREFIX_LENGTH / 8; at-- > 0; port >>= 8)
    {
        octets[at] |= static_cast<uint8_t>(port);
    }
    return Ipv6Address(octets).CombinePrefix(Ipv6Prefix(PppRouterAdvertiser::PREFIX_LENGTH));
}

void
L2tpPppTerminator::Expect(Ptr<L2tpLeg> leg)
{
    leg->SetUser(this);
    if (m_free.empty())
    {
        m_places[PeekPointer(leg)].port = NO_PORT;
        // Not now, while the node hands a packet to its protocols: a new interface changes the
        // lists of handlers that ns-3 is just walking through.
        Simulator::ScheduleNow(&L2tpPppTerminator::MakePortFor, this, leg);
        return;
    }
    const std::size_t port = m_free.back();
    m_free.pop_back();
    m_ports[port].leg = leg;
    m_places[PeekPointer(leg)].port = port;
}

void
L2tpPppTerminator::MakePortFor(Ptr<L2tpLeg> leg)
{
    if (m_places.find(PeekPointer(leg)) == m_places.end())
    {
        return; // ended in the same instant
    }
    const std::size_t port = MakePort();
    m_ports[port].leg = leg;
    Place& place = m_places.at(PeekPointer(leg));
    place.port = port;
    if (place.established)
    {
        Attach(port);
    }
}

void
L2tpPppTerminator::Establish(Ptr<L2tpLeg> leg)
{
    // The first frame may be right behind the ICCN: its link is there, unless the whole set-up
    // took no time at all.
    Place& place = m_places.at(PeekPointer(leg));
    place.established = true;
    if (place.port != NO_PORT)
    {
        Attach(place.port);
    }
}

std::optional<PppAdoption>
L2tpPppTerminator::FindAdoption(const L2tpLeg& leg) const
{
    if (!m_acceptProxyLcp)
    {
        return std::nullopt;
    }
    auto adoption = L2tpAdoptionOf(leg.GetParameters().proxy);
    if (adoption && !m_acceptProxyAuthen)
    {
        adoption->attempt.reset();
    }
    return adoption;
}

void
L2tpPppTerminator::Attach(std::size_t port)
{
    Ptr<L2tpLeg> leg = m_ports[port].leg;
    Ptr<PppLink> link = m_ports[port].link;
    m_linkTrace(leg, link);
    PortUsed(port, leg);
    if (const auto adoption = FindAdoption(*leg))
    {
        link->AdoptCircuit(leg->GetCircuit(), *adoption);
    }
    else
    {
        link->SetCircuit(leg->GetCircuit());
    }
    link->Open();
}

void
L2tpPppTerminator::LegEnded(L2tpLeg& leg, const L2tpLegEnd& /* why */)
{
    Forget(leg);
}

void
L2tpPppTerminator::Forget(L2tpLeg& leg)
{
    const auto it = m_places.find(&leg);
    if (it == m_places.end())
    {
        return;
    }
    const std::size_t port = it->second.port;
    m_places.erase(it);
    if (port != NO_PORT)
    {
        Free(port);
    }
}

void
L2tpPppTerminator::ClearAll()
{
    for (std::size_t index = 0; index < m_ports.size(); ++index)
    {
        if (m_ports[index].leg)
        {
            m_ports[index].leg->SetUser(nullptr);
            Free(index);
        }
    }
    m_places.clear();
}

void
L2tpPppTerminator::Free(std::size_t port)
{
    Port& freed = m_ports[port];
    freed.leg = nullptr;
    freed.link->SetCircuit(nullptr);
    LeaveDomain(port);
    m_free.push_back(port);
}

Ipv4Address
L2tpPppTerminator::Admit(std::size_t port, const std::string& user, const PppUserProfile& profile)
{
    Port& admitted = m_ports[port];
    auto domain = m_domains->FindFor(user, profile);
    if (domain == m_domains->GetDefault() && !m_serveOthers)
    {
        domain = nullptr;
    }
    const bool hasAddress = admitted.address != Ipv4Address::GetAny();
    const bool isFixed = profile.address != Ipv4Address::GetAny();
    // PPP may negotiate anew within a session: the remote system keeps what it has.
    if (!hasAddress || domain != admitted.domain || user != admitted.user ||
        (isFixed && profile.address != admitted.address))
    {
        LeaveDomain(port);
        if (!domain)
        {
            NS_LOG_WARN("there is no domain for '" << user << "' " << profile.domain);
            return Ipv4Address::GetAny();
        }
        admitted.domain = domain;
        admitted.user = user;
        admitted.address =
            domain->Assign(port, user, profile, [this](std::size_t other) { Evict(other); });
    }
    const auto ipcp = admitted.link->GetIpcp();
    ipcp->SetAttribute("LocalAddress", Ipv4AddressValue(domain->GetLocalAddress()));
    ipcp->SetAttribute("PrimaryDns", Ipv4AddressValue(domain->GetPrimaryDns()));
    PortAdmitted(port, *domain);
    NS_LOG_LOGIC("address " << admitted.address << " for '" << user << "'");
    return admitted.address;
}

void
L2tpPppTerminator::LeaveDomain(std::size_t port)
{
    Port& left = m_ports[port];
    if (left.domain)
    {
        left.domain->Release(port, left.address);
    }
    left.domain = nullptr;
    left.user.clear();
    left.address = Ipv4Address::GetAny();
}

void
L2tpPppTerminator::Evict(std::size_t port)
{
    m_ports[port].address = Ipv4Address::GetAny();
    m_ports[port].link->Close(PppReason::REPLACED);
}

void
L2tpPppTerminator::PhaseChanged(std::size_t port, PppPhase before, PppPhase now)
{
    const bool isOpened = now == PppPhase::AUTHENTICATE || now == PppPhase::NETWORK;
    if (before != PppPhase::ESTABLISH || !isOpened || !m_ports[port].leg)
    {
        return;
    }
    const auto lcp = m_ports[port].link->GetLcp();
    m_ports[port].leg->TellLinkInfo(L2tpAccm{lcp->GetPeerAccm(), lcp->GetLocalAccm()});
}

void
L2tpPppTerminator::LinkFinished(std::size_t port, PppReason reason)
{
    NS_LOG_LOGIC("PPP ended: " << PppReasonName(reason));
    const Ptr<L2tpLeg> leg = m_ports[port].leg;
    if (leg)
    {
        const uint16_t protocol = m_ports[port].link->GetReasonProtocol();
        leg->Release({L2tpResultOfPpp(reason), L2tpDisconnectCauseOfPpp(reason, protocol)});
        Forget(*leg);
    }
}

int64_t
L2tpPppTerminator::AssignStreams(int64_t stream)
{
    m_firstStream = stream;
    for (std::size_t port = 0; port < m_ports.size(); ++port)
    {
        AssignStream(port);
    }
    return m_maxSessions;
}

} // namespace ns3
