/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-lns-balancer.h"

#include "ns3/enum.h"
#include "ns3/l2-ns3-version.h"
#include "ns3/log.h"
#include "ns3/simulator.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpLnsBalancer");
NS_OBJECT_ENSURE_REGISTERED(L2tpLnsBalancer);

const char*
L2tpPlacementOutcomeName(L2tpPlacementOutcome outcome)
{
    static constexpr std::array<const char*, L2TP_PLACEMENT_OUTCOMES> NAMES{"established",
                                                                            "no-tunnel",
                                                                            "try-another",
                                                                            "refused",
                                                                            "no-room",
                                                                            "withdrawn"};
    const auto index = static_cast<std::size_t>(outcome);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

TypeId
L2tpLnsBalancer::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpLnsBalancer")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpLnsBalancer>()
            .AddAttribute(
                "LoadSharing",
                "How calls are spread over LNSs of the same preference.",
                EnumValue(L2TP_ROUND_ROBIN),
                MakeL2EnumAccessor<L2tpLoadSharing>(&L2tpLnsBalancer::m_sharing, 0),
                MakeEnumChecker(L2TP_ROUND_ROBIN, "RoundRobin", L2TP_LEAST_CALLS, "LeastCalls"))
            .AddAttribute("BusyOutTime",
                          "How long an LNS to which no tunnel could be opened, or whose tunnel was "
                          "lost, is tried only if no other is left.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&L2tpLnsBalancer::m_busyOutTime),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "AttemptTime",
                "How long to wait for an LNS to take a call while there is another one to "
                "try; 0: as long as the LAC does. A remote system that waits for the "
                "answer of an LNS gives up after some 30 s; a LAC does after 31 s (RFC "
                "2661, section 5.8).",
                TimeValue(Seconds(10)),
                MakeTimeAccessor(&L2tpLnsBalancer::m_attemptTime),
                MakeTimeChecker(Seconds(0)))
            .AddTraceSource("Attempt",
                            "An LNS is tried for a call",
                            MakeTraceSourceAccessor(&L2tpLnsBalancer::m_attemptTrace),
                            "ns3::L2tpLnsBalancer::AttemptTracedCallback")
            .AddTraceSource("Outcome",
                            "What became of that",
                            MakeTraceSourceAccessor(&L2tpLnsBalancer::m_outcomeTrace),
                            "ns3::L2tpLnsBalancer::OutcomeTracedCallback")
            .AddTraceSource("BusyOut",
                            "An LNS is busied out, and until when",
                            MakeTraceSourceAccessor(&L2tpLnsBalancer::m_busyOutTrace),
                            "ns3::L2tpLnsBalancer::BusyOutTracedCallback");
    return tid;
}

L2tpLnsBalancer::L2tpLnsBalancer() = default;
L2tpLnsBalancer::~L2tpLnsBalancer() = default;

L2tpLnsBalancer::Key
L2tpLnsBalancer::KeyOf(const L2tpTunnelPeer& peer)
{
    return {peer.server, peer.hostName, peer.assignmentId};
}

L2tpLnsBalancer::Record
L2tpLnsBalancer::Find(const L2tpTunnelPeer& peer) const
{
    const auto it = m_records.find(KeyOf(peer));
    return it == m_records.end() ? Record() : it->second;
}

std::size_t
L2tpLnsBalancer::Choose(const std::vector<L2tpTunnelPeer>& peers) const
{
    using Rank = std::tuple<bool, uint32_t, uint32_t, uint64_t>;
    std::size_t best = 0;
    Rank bestRank;
    for (std::size_t i = 0; i < peers.size(); ++i)
    {
        const Record record = Find(peers[i]);
        const Rank rank{Simulator::Now() < record.busyUntil,
                        peers[i].preference,
                        m_sharing == L2TP_LEAST_CALLS ? record.calls : 0,
                        record.lastChosen};
        if (i == 0 || rank < bestRank)
        {
            best = i;
            bestRank = rank;
        }
    }
    return best;
}

Time
L2tpLnsBalancer::GetAttemptTime() const
{
    return m_attemptTime;
}

bool
L2tpLnsBalancer::IsBusiedOut(const L2tpTunnelPeer& peer) const
{
    return Simulator::Now() < Find(peer).busyUntil;
}

uint32_t
L2tpLnsBalancer::GetNCalls(const L2tpTunnelPeer& peer) const
{
    return Find(peer).calls;
}

uint64_t
L2tpLnsBalancer::GetCount(L2tpPlacementOutcome outcome) const
{
    return m_count.at(static_cast<std::size_t>(outcome));
}

void
L2tpLnsBalancer::Attempted(const L2tpTunnelPeer& peer, uint32_t attempt)
{
    Record& record = m_records[KeyOf(peer)];
    record.lastChosen = ++m_attempts;
    ++record.calls;
    NS_LOG_INFO("attempt " << attempt << ": " << peer.server);
    m_attemptTrace(peer, attempt);
}

void
L2tpLnsBalancer::Settled(const L2tpTunnelPeer& peer, L2tpPlacementOutcome outcome)
{
    NS_LOG_INFO(peer.server << ": " << L2tpPlacementOutcomeName(outcome));
    ++m_count[static_cast<std::size_t>(outcome)];
    Record& record = m_records[KeyOf(peer)];
    if (outcome == L2tpPlacementOutcome::ESTABLISHED)
    {
        record.busyUntil = Time(0);
    }
    else
    {
        --record.calls;
    }
    m_outcomeTrace(peer, outcome);
    if (outcome == L2tpPlacementOutcome::NO_TUNNEL)
    {
        BusyOut(peer);
    }
}

void
L2tpLnsBalancer::Cleared(const L2tpTunnelPeer& peer, bool tunnelLost)
{
    --m_records[KeyOf(peer)].calls;
    if (tunnelLost)
    {
        BusyOut(peer);
    }
}

void
L2tpLnsBalancer::BusyOut(const L2tpTunnelPeer& peer)
{
    Time& until = m_records[KeyOf(peer)].busyUntil;
    const bool isNew = until <= Simulator::Now();
    until = Simulator::Now() + m_busyOutTime;
    if (isNew)
    {
        NS_LOG_INFO(peer.server << " is busied out until " << until.As(Time::S));
        m_busyOutTrace(peer, until);
    }
}

} // namespace ns3
