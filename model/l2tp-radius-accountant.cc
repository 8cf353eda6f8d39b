/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-radius-accountant.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpRadiusAccountant);

namespace
{

using K = RadiusKeys;
using Accountant = L2tpRadiusAccountant;

/// Note who is watched. @param all those that are @param one another one @return false if it is
/// watched already
template <typename T>
bool
Note(std::vector<Ptr<T>>& all, Ptr<T> one)
{
    const bool isNew = std::find(all.begin(), all.end(), one) == all.end();
    if (isNew)
    {
        all.push_back(one);
    }
    return isNew;
}

} // namespace

TypeId
L2tpRadiusAccountant::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpRadiusAccountant")
            .SetParent<Application>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpRadiusAccountant>()
            .AddAttribute("Accounting",
                          "What sends the records; needed.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpRadiusAccountant::m_accounting),
                          MakePointerChecker<RadiusAccounting>())
            .AddAttribute("Tunnels",
                          "Whether tunnels and the links in them are accounted, beside services "
                          "(RFC 2867).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpRadiusAccountant::m_withTunnels),
                          MakeBooleanChecker())
            .AddAttribute("InterimInterval",
                          "Time between interim records of each service (RFC 2869, section 2.1); "
                          "0 sends none.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&L2tpRadiusAccountant::m_interimInterval),
                          MakeTimeChecker(Seconds(0)));
    return tid;
}

L2tpRadiusAccountant::L2tpRadiusAccountant()
    : m_tunnels(std::make_unique<L2tpTunnelAccounts>(m_keeping)),
      m_services(std::make_unique<L2tpPppAccounts>(
          m_keeping,
          [this](const std::string& userName) { return Take(m_acceptedUser, userName); },
          [this](Ptr<const L2tpCall> call, const std::string& userName) {
              m_tunnels->Identify(call, userName);
          }))
{
}

L2tpRadiusAccountant::~L2tpRadiusAccountant() = default;

void
L2tpRadiusAccountant::DoDispose()
{
    for (const auto& endpoint : m_endpoints)
    {
        endpoint->TraceDisconnectWithoutContext("Running",
                                                MakeCallback(&Accountant::EndpointRuns, this));
        endpoint->TraceDisconnectWithoutContext("Crash",
                                                MakeCallback(&Accountant::EndpointCrashes, this));
    }
    for (const auto& server : m_servers)
    {
        server->TraceDisconnectWithoutContext("Choice",
                                              MakeCallback(&Accountant::AccessCallChosen, this));
        server->TraceDisconnectWithoutContext("State",
                                              MakeCallback(&Accountant::AccessCallChanged, this));
    }
    for (const auto& users : m_users)
    {
        users->TraceDisconnectWithoutContext("Answer",
                                             MakeCallback(&Accountant::UserAnswered, this));
    }
    for (const auto& selector : m_selectors)
    {
        selector->TraceDisconnectWithoutContext("Answer",
                                                MakeCallback(&Accountant::CallAnswered, this));
    }
    m_endpoints.clear();
    m_servers.clear();
    m_users.clear();
    m_selectors.clear();
    m_classesOfCalls.clear();
    m_services.reset();
    m_tunnels.reset();
    m_keeping.accounting = nullptr;
    m_accounting = nullptr;
    Application::DoDispose();
}

void
L2tpRadiusAccountant::CheckNode() const
{
    NS_ABORT_MSG_IF(!GetNode(),
                    "L2tpRadiusAccountant is no application of a node, which would keep it: add it "
                    "to the node whose users it is to account for, first");
}

void
L2tpRadiusAccountant::CheckLac(const L2tpAccessServer& server) const
{
    const Ptr<L2tpEndpoint> lac = server.GetLac();
    NS_ABORT_MSG_IF(server.GetSelector() &&
                        std::find(m_endpoints.begin(), m_endpoints.end(), lac) == m_endpoints.end(),
                    "L2tpAccessServer::Lac was not set when L2tpRadiusAccountant was told to watch "
                    "the server, so that nobody would tell the end of its calls: set it before "
                    "WatchAccessServer()");
}

void
L2tpRadiusAccountant::WatchEndpoint(Ptr<L2tpEndpoint> endpoint)
{
    CheckNode();
    if (Note(m_endpoints, endpoint))
    {
        // Before the accounts: what a crash ends is forgotten by then.
        endpoint->TraceConnectWithoutContext("Running",
                                             MakeCallback(&Accountant::EndpointRuns, this));
        endpoint->TraceConnectWithoutContext("Crash",
                                             MakeCallback(&Accountant::EndpointCrashes, this));
        m_tunnels->Watch(endpoint);
    }
}

void
L2tpRadiusAccountant::WatchLns(Ptr<L2tpLns> lns)
{
    WatchEndpoint(lns);
    if (const auto terminator = DynamicCast<L2tpPppTerminator>(lns->GetTerminator()))
    {
        WatchTerminator(terminator);
    }
}

void
L2tpRadiusAccountant::WatchAccessServer(Ptr<L2tpAccessServer> server)
{
    CheckNode();
    if (server->GetLac())
    {
        WatchEndpoint(server->GetLac());
    }
    CheckLac(*server);
    if (const auto terminator = DynamicCast<L2tpPppTerminator>(server->GetTerminator()))
    {
        WatchTerminator(terminator);
    }
    if (Note(m_servers, server))
    {
        server->TraceConnectWithoutContext("Choice",
                                           MakeCallback(&Accountant::AccessCallChosen, this));
        server->TraceConnectWithoutContext("State",
                                           MakeCallback(&Accountant::AccessCallChanged, this));
    }
}

void
L2tpRadiusAccountant::WatchTerminator(Ptr<L2tpPppTerminator> terminator)
{
    CheckNode();
    m_services->Watch(terminator);
}

void
L2tpRadiusAccountant::WatchUsers(Ptr<PppRadiusUserTable> users)
{
    CheckNode();
    if (Note(m_users, users))
    {
        users->TraceConnectWithoutContext("Answer", MakeCallback(&Accountant::UserAnswered, this));
    }
}

void
L2tpRadiusAccountant::WatchSelector(Ptr<L2tpRadiusSelector> selector)
{
    CheckNode();
    if (Note(m_selectors, selector))
    {
        selector->TraceConnectWithoutContext("Answer",
                                             MakeCallback(&Accountant::CallAnswered, this));
    }
}

void
L2tpRadiusAccountant::StartApplication()
{
    NS_ABORT_MSG_IF(!m_accounting,
                    "L2tpRadiusAccountant::Accounting is not set, so that nobody can be told: give "
                    "it a RadiusAccounting");
    for (const auto& server : m_servers)
    {
        CheckLac(*server);
    }
    m_started = true;
    if (!m_crashed)
    {
        Begin();
    }
}

void
L2tpRadiusAccountant::Begin()
{
    m_keeping.accounting = m_accounting;
    m_keeping.interimInterval = m_interimInterval;
    m_tunnels->SetTunnels(m_withTunnels);
    m_accounting->Announce(true);
}

void
L2tpRadiusAccountant::StopApplication()
{
    m_started = false;
    if (!m_keeping.accounting)
    {
        return; // the node is down
    }
    m_services->EndAll(RadiusTerminateCause::ADMIN_REBOOT);
    m_tunnels->EndAll(RadiusTerminateCause::ADMIN_REBOOT);
    m_keeping.accounting = nullptr;
    m_accounting->Announce(false);
}

void
L2tpRadiusAccountant::EndpointRuns(bool isRunning)
{
    if (isRunning && m_crashed)
    {
        m_crashed = false;
        if (m_started)
        {
            Begin();
        }
    }
}

void
L2tpRadiusAccountant::EndpointCrashes()
{
    if (m_crashed)
    {
        return; // another part of the same box
    }
    m_crashed = true;
    m_acceptedUser.reset();
    m_acceptedCall.reset();
    m_classesOfCalls.clear();
    m_services->Forget();
    m_tunnels->Forget();
    m_keeping.accounting = nullptr;
    if (m_accounting)
    {
        m_accounting->Reboot();
    }
}

void
L2tpRadiusAccountant::AccessCallChosen(Ptr<const L2tpAccessCall> call,
                                       const L2tpTunnelChoice& choice)
{
    const auto classes = Take(m_acceptedCall, KeyOf(call->GetQuery()));
    if (classes && choice.kind == L2tpTunnelChoice::Kind::TUNNEL)
    {
        m_classesOfCalls[call] = *classes;
    }
}

void
L2tpRadiusAccountant::AccessCallChanged(Ptr<const L2tpAccessCall> call,
                                        L2tpAccessState /* before */,
                                        L2tpAccessState now)
{
    if (now != L2tpAccessState::JOINED && now != L2tpAccessState::OVER)
    {
        return;
    }
    const auto known = m_classesOfCalls.extract(call);
    const auto l2tpCall = call->GetL2tpCall();
    // It may have been cleared in the very moment.
    if (now == L2tpAccessState::OVER || l2tpCall->GetState() != L2tpCallState::ESTABLISHED)
    {
        return;
    }
    auto info = L2tpDescribeCall(*l2tpCall);
    L2tpDescribePort(call->GetLeg()->GetParameters(), info);
    info.authentic = RadiusAuthentic::REMOTE; // the LNS is who has to be satisfied
    if (known)
    {
        info.classes = known.mapped();
    }
    m_tunnels->BeginService(l2tpCall, info);
}

void
L2tpRadiusAccountant::UserAnswered(const PppAuthAttempt& attempt, const RadiusResult& result)
{
    m_acceptedUser.reset();
    if (result.outcome == RadiusOutcome::ACCEPT)
    {
        m_acceptedUser = {attempt.name, Simulator::Now(), result.attributes.GetEach(K::CLASS)};
    }
}

void
L2tpRadiusAccountant::CallAnswered(const L2tpTunnelQuery& query, const RadiusResult& result)
{
    m_acceptedCall.reset();
    if (result.outcome == RadiusOutcome::ACCEPT)
    {
        m_acceptedCall = {KeyOf(query), Simulator::Now(), result.attributes.GetEach(K::CLASS)};
    }
}

std::optional<L2tpRadiusAccountant::Classes>
L2tpRadiusAccountant::Take(std::optional<Accepted>& last, const std::string& key)
{
    const auto taken = std::exchange(last, std::nullopt);
    const bool isIt = taken && taken->key == key && taken->when == Simulator::Now();
    return isIt ? std::optional(taken->classes) : std::nullopt;
}

std::string
L2tpRadiusAccountant::KeyOf(const L2tpTunnelQuery& query)
{
    const std::string separator(1, '\0');
    const std::string name = query.attempt ? query.attempt->name : "";
    return query.calledNumber + separator + query.callingNumber + separator + query.service +
           separator + name;
}

} // namespace ns3
