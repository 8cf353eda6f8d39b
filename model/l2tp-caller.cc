/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-caller.h"

#include "l2tp-route-outlook.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/log.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpCaller");
NS_OBJECT_ENSURE_REGISTERED(L2tpCaller);

namespace
{

/// Tell of a call. @param told whom, null for nobody @param call the call
void
Tell(const L2tpCaller::CallCallback& told, const Ptr<L2tpCall>& call)
{
    if (!told.IsNull())
    {
        told(call);
    }
}

} // namespace

TypeId
L2tpCaller::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpCaller")
            .SetParent<L2tpEndpoint>()
            .SetGroupName("L2tp")
            .AddAttribute(
                "ShareTunnel",
                "Whether calls to the same peer share a tunnel; if not, each has its own.",
                BooleanValue(true),
                MakeBooleanAccessor(&L2tpCaller::m_shareTunnel),
                MakeBooleanChecker())
            .AddAttribute("KeepTunnel",
                          "Whether a tunnel that this end has opened stays open after its last "
                          "call (RFC 2661, section 7.6, leaves it to us). If not, it is closed "
                          "with a StopCCN; as is, in any case, one that no other call can share.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpCaller::m_keepTunnel),
                          MakeBooleanChecker())
            .AddAttribute("RequireRoute",
                          "Whether the program stops when a call is placed to a peer that there "
                          "is no route to, as long as this end has never got a tunnel, if nothing "
                          "but the scenario itself can add routes: none of the node's routing "
                          "protocols finds any, and its interfaces are up and have addresses. If "
                          "not, messages are dropped as send-no-route until there is one.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpCaller::m_requireRoute),
                          MakeBooleanChecker());
    return tid;
}

L2tpCaller::L2tpCaller() = default;
L2tpCaller::~L2tpCaller() = default;

void
L2tpCaller::DoDispose()
{
    m_shared.clear();
    m_sharedAs.clear();
    m_watchers.clear();
    L2tpEndpoint::DoDispose();
}

void
L2tpCaller::DoCrash()
{
    m_shared.clear();
    m_sharedAs.clear();
    // In the order of placing, so that each run does the same.
    std::map<uint64_t, Watcher> watchers;
    for (const auto& entry : m_watchers)
    {
        watchers.emplace(entry.second.number, entry.second);
    }
    m_watchers.clear();
    for (const auto& entry : watchers)
    {
        Tell(entry.second.cleared, entry.second.call);
    }
}

Ptr<L2tpCall>
L2tpCaller::Place(const L2tpTunnelPeer& peer,
                  const L2tpCallParameters& parameters,
                  CallCallback established,
                  CallCallback cleared)
{
    const Ptr<L2tpCall> call = MakeCall(peer, established, cleared);
    if (call)
    {
        Begin(call, parameters);
    }
    return call;
}

Ptr<L2tpCall>
L2tpCaller::MakeCall(const L2tpTunnelPeer& peer, CallCallback established, CallCallback cleared)
{
    NS_LOG_FUNCTION(this << peer.server << peer.hostName << peer.assignmentId);
    if (!IsRunning() || JudgeRoom(0))
    {
        return nullptr;
    }
    const ShareKey key{peer.server, peer.hostName, peer.assignmentId};
    const auto shared = m_shareTunnel ? m_shared.find(key) : m_shared.end();
    Ptr<L2tpTunnel> tunnel = shared == m_shared.end() ? nullptr : shared->second;
    if (!tunnel)
    {
        tunnel = MakeTunnel(peer.server, L2tpIpAddress());
        if (tunnel)
        {
            tunnel->SetIdentity(
                {peer.hostName, peer.secret, peer.expectedHostName, peer.assignmentId});
            const auto& address = peer.server.address;
            NS_ABORT_MSG_IF(m_requireRoute && GetStatistics().tunnelsOpened.established == 0 &&
                                !MayL2tpRouteAppear(GetNode(), address.IsIpv6()) &&
                                !tunnel->GetPath()->HasRoute(),
                            GetInstanceTypeId().GetName()
                                << ": node " << GetNode()->GetId() << " has no route to " << address
                                << ", to which it places a call: add one, say by "
                                   "Ipv4GlobalRoutingHelper::PopulateRoutingTables(), or set "
                                   "attribute RequireRoute to false if one comes later");
        }
    }
    if (!tunnel || JudgeRoom(tunnel->GetNCalls()))
    {
        return nullptr;
    }
    if (m_shareTunnel)
    {
        Share(key, tunnel);
    }
    const bool isLac = IsL2tpCallAtLac(GetCallRole());
    Ptr<L2tpCall> call = isLac ? tunnel->MakeIncomingCall() : tunnel->MakeOutgoingCall();
    if (call)
    {
        Watch(call, established, cleared);
    }
    return call;
}

void
L2tpCaller::Begin(Ptr<L2tpCall> call, L2tpCallParameters parameters)
{
    // Section 4.4.4: progressively increasing values.
    parameters.serialNumber = ++m_lastSerialNumber;
    if (IsL2tpCallAtLac(call->GetRole()))
    {
        call->Ring(parameters);
    }
    else
    {
        call->Request(parameters);
    }
}

void
L2tpCaller::Watch(Ptr<L2tpCall> call, CallCallback established, CallCallback cleared)
{
    m_watchers[PeekPointer(call)] = {call, m_watched++, established, cleared};
}

void
L2tpCaller::TunnelChanged(L2tpTunnel& tunnel, L2tpTunnelState old, L2tpTunnelEvent event)
{
    if (tunnel.GetState() == L2tpTunnelState::ESTABLISHED && m_shareTunnel)
    {
        // One that the peer opened serves as well, if there is no other.
        const auto known = m_sharedAs.find(&tunnel);
        ShareKey key = known == m_sharedAs.end() ? ShareKey() : known->second;
        key.peer = tunnel.GetPath()->GetPeer();
        Share(key, &tunnel);
    }
    if (tunnel.GetState() == L2tpTunnelState::IDLE)
    {
        const auto keys = m_sharedAs.equal_range(&tunnel);
        for (auto it = keys.first; it != keys.second; ++it)
        {
            m_shared.erase(it->second);
        }
        m_sharedAs.erase(keys.first, keys.second);
    }
    // Whoever is told may place a call, and must not get into a tunnel that is cleared.
    L2tpEndpoint::TunnelChanged(tunnel, old, event);
}

void
L2tpCaller::Share(const ShareKey& key, Ptr<L2tpTunnel> tunnel)
{
    if (m_shared.emplace(key, tunnel).second)
    {
        m_sharedAs.emplace(PeekPointer(tunnel), key);
    }
}

void
L2tpCaller::CallEstablished(L2tpCall& call)
{
    const auto found = m_watchers.find(&call);
    if (found != m_watchers.end())
    {
        // A copy: who is told may clear the call.
        const CallCallback established = found->second.established;
        Tell(established, &call);
    }
}

void
L2tpCaller::CallCleared(L2tpCall& call)
{
    const auto found = m_watchers.find(&call);
    if (found != m_watchers.end())
    {
        const Watcher watcher = found->second;
        m_watchers.erase(found);
        Tell(watcher.cleared, &call);
    }
    L2tpTunnel* tunnel = call.GetTunnel();
    // None if whoever was told crashed the endpoint.
    const bool isKept = m_keepTunnel && m_shareTunnel;
    if (tunnel && !isKept && tunnel->IsOriginator() && tunnel->GetNCalls() == 0)
    {
        tunnel->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    }
}

} // namespace ns3
