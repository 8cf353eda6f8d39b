/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fault-plan.h"

#include "ns3/rng-seed-manager.h"

#include <algorithm>
#include <array>

namespace ns3
{

namespace
{

constexpr int64_t PLAN_STREAM = 1; //!< where plans come from

/// One of several values. @param dice chooses @param values the values
template <typename T, std::size_t N>
T
OneOf(L2tpFaultDice& dice, const std::array<T, N>& values)
{
    return values[dice.Below(N)];
}

/// Draw an endpoint. @param dice chooses @param secret whether there is one
L2tpFaultEndpointPlan
DrawEndpoint(L2tpFaultDice& dice, bool secret)
{
    L2tpFaultEndpointPlan plan;
    plan.receiveWindowSize = OneOf(dice, std::array<uint16_t, 5>{1, 2, 4, 8, 16});
    plan.ackDelay = MilliSeconds(OneOf(dice, std::array<uint32_t, 4>{0, 20, 50, 300}));
    plan.helloInterval = dice.Between(Seconds(2), Seconds(20));
    plan.challengePeer = secret && dice.Chance(0.5);
    plan.hideAvps = secret && dice.Chance(0.5);
    plan.tieBreaker = dice.Chance(0.3);
    plan.lengthInData = dice.Chance(0.3);
    plan.sequencing = dice.Chance(0.4);
    plan.requireSequencing = dice.Chance(0.4);
    plan.reorderTimeout = dice.Chance(0.5) ? dice.Between(Seconds(0), Seconds(1)) : Seconds(0);
    plan.shareTunnel = dice.Chance(0.7);
    plan.keepTunnel = dice.Chance(0.4);
    plan.acceptTunnels = dice.Chance(0.6);
    plan.dials = dice.Chance(0.6);
    plan.anyPort = dice.Chance(0.2);
    plan.maxTunnels = dice.Chance(0.1) ? 1 + dice.Below(4) : 65535;
    plan.refuseRate = dice.Chance(0.3) ? 0.2 : 0;
    return plan;
}

/// Draw how an endpoint delivers control messages. @param dice chooses @param plan the endpoint's
void
DrawPolicies(L2tpFaultDice& dice, L2tpFaultEndpointPlan& plan)
{
    plan.piggyback = dice.Chance(0.1);
    plan.congestion = OneOf(dice,
                            std::array<const char*, 4>{"ns3::L2tpSlowStart",
                                                       "ns3::L2tpFixedWindow",
                                                       "ns3::L2tpFixedWindow[Size=1]",
                                                       "ns3::L2tpFixedWindow[Size=3]"});
    plan.queueing = OneOf(dice,
                          std::array<const char*, 4>{"ns3::L2tpKeepEarly",
                                                     "ns3::L2tpKeepEarly[MaxMessages=2]",
                                                     "ns3::L2tpDiscardEarly",
                                                     "ns3::L2tpDiscardEarly[Answer=true]"});
    plan.resend = OneOf(dice, std::array<const char*, 3>{"All", "Front", "Each"});
}

/// Draw what goes wrong one way. @param dice chooses @param longest delay of a frame
L2tpFaultLinkPlan
DrawLink(L2tpFaultDice& dice, Time longest)
{
    L2tpFaultLinkPlan plan;
    plan.burst = dice.Chance(0.3) ? 2 + dice.Below(6) : 1;
    plan.lossRate = dice.Chance(0.8) ? dice.Between(0.0, plan.burst > 1 ? 0.1 : 0.4) : 0;
    plan.duplicateRate = dice.Chance(0.6) ? dice.Between(0.0, 0.5) : 0;
    plan.duplicateDelay = dice.Between(Seconds(0), longest);
    plan.delayRate = dice.Chance(0.6) ? dice.Between(0.0, 0.5) : 0;
    plan.delay = dice.Between(Seconds(0), longest);
    return plan;
}

} // namespace

L2tpFaultDice::L2tpFaultDice(int64_t stream)
    : m_random(CreateObject<UniformRandomVariable>())
{
    m_random->SetStream(stream);
}

uint32_t
L2tpFaultDice::Below(uint32_t n)
{
    return m_random->GetInteger(0, n - 1);
}

double
L2tpFaultDice::Between(double low, double high)
{
    return m_random->GetValue(low, high);
}

Time
L2tpFaultDice::Between(Time low, Time high)
{
    return Seconds(Between(low.GetSeconds(), high.GetSeconds()));
}

bool
L2tpFaultDice::Chance(double rate)
{
    return m_random->GetValue(0, 1) < rate;
}

const char*
L2tpFaultDeedName(L2tpFaultDeed deed)
{
    switch (deed)
    {
    case L2tpFaultDeed::PLACE_CALL:
        return "places a call";
    case L2tpFaultDeed::OPEN_TUNNEL:
        return "opens a tunnel";
    case L2tpFaultDeed::SEND_FRAMES:
        return "sends frames";
    case L2tpFaultDeed::SWITCH:
        return "switches numbered data";
    case L2tpFaultDeed::SEND_NEWS:
        return "sends news of a call";
    case L2tpFaultDeed::CLOSE_CALL:
        return "closes a call";
    case L2tpFaultDeed::CLOSE_TUNNEL:
        return "closes a tunnel";
    case L2tpFaultDeed::STOP:
        return "is stopped";
    case L2tpFaultDeed::CRASH:
        return "crashes";
    case L2tpFaultDeed::CUT:
        return "is cut";
    }
    return "unknown";
}

L2tpFaultPlan
L2tpFaultPlan::Draw(uint64_t seed)
{
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(seed);
    L2tpFaultDice dice(PLAN_STREAM);
    L2tpFaultPlan plan;
    plan.seed = seed;
    plan.ppp = dice.Chance(0.1);
    plan.secret = dice.Chance(0.4) ? "wonderland" : "";
    const uint32_t lacs = 1 + dice.Below(3);
    const uint32_t lnses = 1 + dice.Below(2);
    for (uint32_t i = 0; i < lacs + lnses; ++i)
    {
        auto& list = i < lacs ? plan.lacs : plan.lnses;
        list.push_back(DrawEndpoint(dice, !plan.secret.empty()));
        list.back().name = (i < lacs ? "LAC " : "LNS ") + std::to_string(list.size());
    }
    plan.initialInterval = OneOf(dice, std::array<Time, 3>{Seconds(0.5), Seconds(1), Seconds(2)});
    plan.maxInterval = OneOf(dice, std::array<Time, 3>{Seconds(2), Seconds(4), Seconds(8)});
    plan.maxRetransmissions = 2 + dice.Below(5);
    plan.setupTimeout = dice.Between(Seconds(3), Seconds(60));
    plan.linkDelay = dice.Between(MilliSeconds(1), MilliSeconds(200));
    // No frame may outlive the state that recognises it as an old one, which is kept for a full
    // retransmission cycle: three of the shortest intervals at least (RFC 2661, section 5.8).
    const Time longest = plan.initialInterval;
    for (uint32_t i = 0; i < 2 * lacs * lnses; ++i)
    {
        plan.links.push_back(DrawLink(dice, longest));
    }
    plan.heal = dice.Between(Seconds(5), Seconds(60));
    const uint32_t calls = 1 + dice.Below(12);
    const uint32_t opens = dice.Chance(0.4) ? 1 + dice.Below(4) : 0;
    const uint32_t others = dice.Below(40);
    for (uint32_t i = 0; i < calls + opens + others; ++i)
    {
        static constexpr std::array<L2tpFaultDeed, 14> DEEDS{L2tpFaultDeed::SEND_FRAMES,
                                                             L2tpFaultDeed::SEND_FRAMES,
                                                             L2tpFaultDeed::SEND_FRAMES,
                                                             L2tpFaultDeed::SEND_FRAMES,
                                                             L2tpFaultDeed::SEND_FRAMES,
                                                             L2tpFaultDeed::CLOSE_CALL,
                                                             L2tpFaultDeed::CLOSE_CALL,
                                                             L2tpFaultDeed::CLOSE_CALL,
                                                             L2tpFaultDeed::SEND_NEWS,
                                                             L2tpFaultDeed::SWITCH,
                                                             L2tpFaultDeed::CLOSE_TUNNEL,
                                                             L2tpFaultDeed::STOP,
                                                             L2tpFaultDeed::CRASH,
                                                             L2tpFaultDeed::CUT};
        L2tpFaultAction action;
        action.deed = i < calls           ? L2tpFaultDeed::PLACE_CALL
                      : i < calls + opens ? L2tpFaultDeed::OPEN_TUNNEL
                                          : OneOf(dice, DEEDS);
        const bool isCut = action.deed == L2tpFaultDeed::CUT;
        const uint32_t ends = isCut ? lacs * lnses : lacs + lnses;
        action.time = dice.Between(Seconds(0), plan.heal);
        // Half of the calls are placed by LACs at the least.
        const bool byLac = i < calls && dice.Chance(0.5);
        action.who = action.deed == L2tpFaultDeed::OPEN_TUNNEL ? lacs + dice.Below(lnses)
                                                               : dice.Below(byLac ? lacs : ends);
        if (i > 0 && dice.Chance(0.2))
        {
            // At once with another, or shortly after: while that one's messages are underway.
            action.time = plan.actions.back().time + plan.linkDelay * dice.Below(3);
        }
        action.which = dice.Below(100);
        action.howMany = 1 + dice.Below(10);
        action.duration = dice.Between(Seconds(0), Seconds(20));
        plan.actions.push_back(action);
    }
    std::stable_sort(plan.actions.begin(), plan.actions.end(), [](const auto& a, const auto& b) {
        return a.time < b.time;
    });
    for (auto* list : {&plan.lacs, &plan.lnses})
    {
        for (auto& end : *list)
        {
            DrawPolicies(dice, end);
        }
    }
    return plan;
}

Time
L2tpFaultPlan::GetSettleTime() const
{
    // An end that is not yet established may take its time; then comes a HELLO into silence, which
    // is given up after a cycle, as is the StopCCN of whoever gave up before.
    Time hello;
    for (const auto* list : {&lacs, &lnses})
    {
        for (const auto& end : *list)
        {
            hello = Max(hello, end.helloInterval);
        }
    }
    const Time cycle = maxInterval * (maxRetransmissions + 1);
    return setupTimeout + hello + cycle + cycle + Seconds(ppp ? 100 : 5);
}

void
L2tpFaultPlan::Print(std::ostream& os) const
{
    os << "Seed " << seed << ": " << lacs.size() << " LAC, " << lnses.size() << " LNS, "
       << (ppp ? "PPP" : "plain frames") << (secret.empty() ? "" : ", a shared secret")
       << "; retransmission after " << initialInterval.As(Time::S) << " to "
       << maxInterval.As(Time::S) << ", " << maxRetransmissions << " times; set-up within "
       << setupTimeout.As(Time::S) << "; link delay " << linkDelay.As(Time::S) << "; faults until "
       << heal.As(Time::S) << "\n";
    for (const auto* list : {&lacs, &lnses})
    {
        for (const auto& end : *list)
        {
            os << "  " << end.name << ": window " << end.receiveWindowSize
               << ", acknowledgement after " << end.ackDelay.As(Time::S) << ", HELLO "
               << end.helloInterval.As(Time::S) << (end.piggyback ? ", no ZLBs" : "") << ", "
               << end.congestion << ", " << end.queueing << ", resends " << end.resend
               << (end.challengePeer ? ", challenges" : "") << (end.hideAvps ? ", hides" : "")
               << (end.tieBreaker ? ", tie breaker" : "") << (end.lengthInData ? ", Length" : "")
               << (end.sequencing ? ", numbers data" : "")
               << (end.requireSequencing ? ", requires numbers" : "") << ", ReorderTimeout "
               << end.reorderTimeout.As(Time::S) << (end.shareTunnel ? "" : ", a tunnel a call")
               << (end.keepTunnel ? ", keeps tunnels" : "")
               << (end.acceptTunnels ? ", accepts tunnels" : "") << (end.dials ? ", dials" : "")
               << (end.anyPort ? ", any port" : "")
               << (end.maxTunnels < 65535 ? ", few tunnels" : "")
               << (end.refuseRate > 0 ? ", refuses calls" : "") << "\n";
        }
    }
    for (std::size_t i = 0; i < links.size(); ++i)
    {
        const L2tpFaultLinkPlan& link = links[i];
        const std::size_t lac = i / 2 / lnses.size();
        const std::size_t lns = i / 2 % lnses.size();
        os << "  " << (i % 2 == 0 ? lacs[lac].name : lnses[lns].name) << " to "
           << (i % 2 == 0 ? lnses[lns].name : lacs[lac].name) << ": loss " << link.lossRate
           << ", bursts of " << link.burst << "; duplicates " << link.duplicateRate << " within "
           << link.duplicateDelay.As(Time::S) << "; delayed " << link.delayRate << " by up to "
           << link.delay.As(Time::S) << "\n";
    }
    for (const auto& action : actions)
    {
        const bool isCut = action.deed == L2tpFaultDeed::CUT;
        const std::string who = isCut ? "link " + std::to_string(action.who + 1)
                                : action.who < lacs.size() ? lacs[action.who].name
                                                           : lnses[action.who - lacs.size()].name;
        os << "  " << action.time.As(Time::S) << ": " << who << " "
           << L2tpFaultDeedName(action.deed) << " (" << action.which << ", " << action.howMany
           << ", " << action.duration.As(Time::S) << ")\n";
    }
}

} // namespace ns3
