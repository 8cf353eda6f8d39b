/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-lac.h"

#include "ns3/boolean.h"
#include "ns3/log.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpLac");
NS_OBJECT_ENSURE_REGISTERED(L2tpLac);

TypeId
L2tpLac::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpLac")
            .SetParent<L2tpEndpoint>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpLac>()
            .AddAttribute("ShareTunnel",
                          "Whether calls to the same LNS share a tunnel; if not, each has its own.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpLac::m_shareTunnel),
                          MakeBooleanChecker())
            .AddAttribute("AcceptTunnels",
                          "Whether a peer may open a tunnel to this LAC; if so, calls to that peer "
                          "share it. If not, it is refused with result 4.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpLac::m_acceptTunnels),
                          MakeBooleanChecker())
            .AddAttribute("KeepTunnel",
                          "Whether a tunnel stays open after its last call (RFC 2661, section 7.6, "
                          "leaves it to us). If not, it is closed with a StopCCN.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpLac::m_keepTunnel),
                          MakeBooleanChecker());
    return tid;
}

L2tpLac::L2tpLac() = default;
L2tpLac::~L2tpLac() = default;

void
L2tpLac::DoDispose()
{
    m_shared.clear();
    m_sharedAs.clear();
    m_watches.clear();
    L2tpEndpoint::DoDispose();
}

void
L2tpLac::DoCrash()
{
    m_shared.clear();
    m_sharedAs.clear();
    std::map<uint32_t, Watch> watches;
    watches.swap(m_watches);
    for (const auto& entry : watches)
    {
        entry.second.cleared(entry.second.call);
    }
}

Ptr<L2tpCall>
L2tpLac::PlaceCall(const L2tpUdpAddress& lns,
                   L2tpCallParameters parameters,
                   CallCallback established,
                   CallCallback cleared)
{
    if (!IsRunning())
    {
        return nullptr;
    }
    const auto shared = m_shared.find(lns);
    Ptr<L2tpTunnel> tunnel =
        shared == m_shared.end() ? MakeTunnel(lns, L2tpIpAddress()) : shared->second;
    if (!tunnel)
    {
        return nullptr;
    }
    if (m_shareTunnel)
    {
        Share(lns, tunnel);
    }
    // Section 4.4.4: progressively increasing values.
    parameters.serialNumber = ++m_lastSerialNumber;
    Ptr<L2tpCall> call = tunnel->MakeIncomingCall();
    if (!call)
    {
        return nullptr;
    }
    m_watches[parameters.serialNumber] = {call, established, cleared};
    call->Ring(parameters);
    return call;
}

L2tpCallRole
L2tpLac::GetCallRole() const
{
    return L2tpCallRole::LAC_INCOMING;
}

std::optional<L2tpResultCode>
L2tpLac::JudgeTunnel(const L2tpTunnel& tunnel, const L2tpControlMessage& message)
{
    if (message.Is(L2tpMessageType::SCCRQ) && !m_acceptTunnels)
    {
        return L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED);
    }
    return L2tpEndpoint::JudgeTunnel(tunnel, message);
}

std::optional<L2tpResultCode>
L2tpLac::JudgeCall(const L2tpTunnel& /* tunnel */, const L2tpControlMessage& /* message */)
{
    // An incoming call comes from a LAC; this end has nothing to put behind it.
    return L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT);
}

void
L2tpLac::TunnelChanged(L2tpTunnel& tunnel, L2tpTunnelState old, L2tpTunnelEvent event)
{
    if (tunnel.GetState() == L2tpTunnelState::ESTABLISHED && m_shareTunnel)
    {
        // One that the peer opened serves as well, if there is no other.
        Share(tunnel.GetPath()->GetPeer(), &tunnel);
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
L2tpLac::Share(const L2tpUdpAddress& lns, Ptr<L2tpTunnel> tunnel)
{
    if (m_shared.emplace(lns, tunnel).second)
    {
        m_sharedAs.emplace(PeekPointer(tunnel), lns);
    }
}

void
L2tpLac::CallEstablished(L2tpCall& call)
{
    const auto watch = m_watches.find(call.GetParameters().serialNumber);
    if (watch != m_watches.end())
    {
        watch->second.established(&call);
    }
}

void
L2tpLac::CallCleared(L2tpCall& call)
{
    const auto found = m_watches.find(call.GetParameters().serialNumber);
    if (found != m_watches.end())
    {
        const Watch watch = found->second;
        m_watches.erase(found);
        watch.cleared(&call);
    }
    L2tpTunnel* tunnel = call.GetTunnel();
    // None if whoever was told crashed the LAC.
    if (tunnel && !m_keepTunnel && tunnel->GetNCalls() == 0)
    {
        tunnel->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    }
}

} // namespace ns3
