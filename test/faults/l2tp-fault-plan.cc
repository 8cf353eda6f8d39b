/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fault-plan.h"

#include "ns3/l2tp-profile.h"
#include "ns3/l2tp-retransmission-policy.h"
#include "ns3/object-factory.h"
#include "ns3/rng-seed-manager.h"

#include <algorithm>
#include <array>
#include <sstream>

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

/// Draw further attributes. @param dice chooses @param plan the endpoint's
void
DrawSettings(L2tpFaultDice& dice, L2tpFaultEndpointPlan& plan)
{
    const auto set = [&dice, &plan](double rate, const char* name, uint32_t least, uint32_t most) {
        if (dice.Chance(rate))
        {
            plan.settings.emplace_back(name, std::to_string(least + dice.Below(most - least + 1)));
        }
    };
    set(0.1, "MaxSessions", 1, 5);
    set(0.1, "MaxSessionsPerTunnel", 1, 3);
    set(0.2, "DataOffset", 1, 40);
    set(0.2, "ReorderFrames", 1, 8);
    set(0.1, "MaxBacklog", 4096, 8192);
    if (dice.Chance(0.2))
    {
        plan.settings.emplace_back("DataPriority", dice.Chance(0.5) ? "All" : "PppControl");
    }
    if (dice.Chance(0.2))
    {
        plan.settings.emplace_back("Marking", "ns3::L2tpCopyMarking");
    }
    if (dice.Chance(0.04))
    {
        plan.settings.emplace_back("RetransmissionPolicy",
                                   "ns3::L2tpAdaptiveTimeout[MaxTimeout=8s|MaxRetransmissions=3]");
    }
    if (plan.receiveWindowSize == 4 && dice.Chance(0.5))
    {
        plan.settings.emplace_back("AdvertiseWindow", "false");
    }
    if (dice.Chance(0.02))
    {
        plan.helloInterval = MilliSeconds(200);
    }
}

/// Draw what an endpoint has to do with PPP. @param dice chooses @param plan gets it @param isLac
/// whether it is a LAC
void
DrawPpp(L2tpFaultDice& dice, L2tpFaultEndpointPlan& plan, bool isLac)
{
    const auto set = [&dice, &plan](const char* name) {
        plan.pppSettings.emplace_back(name, dice.Chance(0.5) ? "true" : "false");
    };
    if (isLac)
    {
        plan.access = static_cast<L2tpFaultAccess>(dice.Below(5));
        plan.hosts = plan.access == L2tpFaultAccess::VOLUNTARY ? 1 : 1 + dice.Below(4);
        plan.lineErrorRate = dice.Chance(0.5) ? dice.Between(0.0, 0.1) : 0;
        plan.asksNames = dice.Chance(0.5);
        set("SendProxy");
    }
    else
    {
        plan.pppSettings.emplace_back(
            "AuthProtocol",
            OneOf(dice, std::array<const char*, 4>{"None", "Pap", "Chap", "MsChapV2"}));
        set("AcceptProxyLcp");
        set("AcceptProxyAuthen");
    }
}

/// Draw a profile. @param dice chooses @return its name
std::string
DrawProfile(L2tpFaultDice& dice)
{
    const auto& all = L2tpProfile::GetAll();
    return all[dice.Below(all.size())].GetName();
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
    plan.corruptRate = dice.Chance(0.3) ? dice.Between(0.0, 0.2) : 0;
    return plan;
}

/// Draw all endpoints. @param dice chooses @param plan gets them
void
DrawEnds(L2tpFaultDice& dice, L2tpFaultPlan& plan)
{
    const uint32_t lacs = 1 + dice.Below(dice.Chance(0.2) ? 5 : 3);
    const uint32_t lnses = 1 + dice.Below(dice.Chance(0.2) ? 3 : 2);
    const bool profiles = dice.Chance(0.15);
    for (uint32_t i = 0; i < lacs + lnses; ++i)
    {
        auto& list = i < lacs ? plan.lacs : plan.lnses;
        list.push_back(DrawEndpoint(dice, !plan.secret.empty()));
        L2tpFaultEndpointPlan& end = list.back();
        end.name = (i < lacs ? "LAC " : "LNS ") + std::to_string(list.size());
        DrawPolicies(dice, end);
        DrawSettings(dice, end);
        // A LAC would gather tunnels that it never uses again.
        end.keepTunnel = end.keepTunnel && (end.shareTunnel || i >= lacs);
        end.profile = profiles && dice.Chance(0.6) ? DrawProfile(dice) : "";
        if (plan.ppp)
        {
            DrawPpp(dice, end, i < lacs);
        }
    }
}

/// Draw what goes wrong on all links. @param dice chooses @param plan gets it
void
DrawLinks(L2tpFaultDice& dice, L2tpFaultPlan& plan)
{
    // No frame may outlive the state that recognises it as an old one, which is kept for a full
    // retransmission cycle: three of the shortest intervals at least (RFC 2661, section 5.8).
    const Time longest = plan.initialInterval;
    const auto add = [&dice, &plan, longest](const std::string& left, const std::string& right) {
        for (const auto& [from, to] : {std::pair(left, right), std::pair(right, left)})
        {
            plan.links.push_back(DrawLink(dice, longest));
            plan.links.back().name = from;
            plan.links.back().name += " to " + to;
        }
    };
    for (const auto& lac : plan.lacs)
    {
        for (const auto& lns : plan.lnses)
        {
            add(lac.name, lns.name);
        }
    }
    for (const auto& lac : plan.lacs)
    {
        for (uint32_t i = 1; plan.HasSwitch(lac) && i <= lac.hosts; ++i)
        {
            add(lac.name + "." + std::to_string(i), lac.name);
        }
    }
}

/// Draw who does something. @param dice chooses @param plan the rest @param action what is done
uint32_t
DrawActor(L2tpFaultDice& dice, const L2tpFaultPlan& plan, const L2tpFaultAction& action)
{
    const uint32_t lacs = plan.lacs.size();
    const uint32_t lnses = plan.lnses.size();
    switch (action.deed)
    {
    case L2tpFaultDeed::CUT:
    case L2tpFaultDeed::CUT_ONE_WAY:
        return dice.Below(plan.links.size() / 2);
    case L2tpFaultDeed::OPEN_TUNNEL:
        return lacs + dice.Below(lnses);
    case L2tpFaultDeed::PLACE_CALL:
        // Half of the calls are placed by LACs at the least.
        return dice.Below(dice.Chance(0.5) ? lacs : lacs + lnses);
    default:
        return dice.Below(lacs + lnses);
    }
}

/// Draw what is done, and when. @param dice chooses @param plan gets it
void
DrawActions(L2tpFaultDice& dice, L2tpFaultPlan& plan)
{
    static constexpr std::array<L2tpFaultDeed, 17> DEEDS{L2tpFaultDeed::SEND_FRAMES,
                                                         L2tpFaultDeed::SEND_FRAMES,
                                                         L2tpFaultDeed::SEND_FRAMES,
                                                         L2tpFaultDeed::SEND_FRAMES,
                                                         L2tpFaultDeed::SEND_FRAMES,
                                                         L2tpFaultDeed::CLOSE_CALL,
                                                         L2tpFaultDeed::CLOSE_CALL,
                                                         L2tpFaultDeed::CLOSE_CALL,
                                                         L2tpFaultDeed::HANG_UP,
                                                         L2tpFaultDeed::RENEGOTIATE,
                                                         L2tpFaultDeed::SEND_NEWS,
                                                         L2tpFaultDeed::SWITCH,
                                                         L2tpFaultDeed::CLOSE_TUNNEL,
                                                         L2tpFaultDeed::STOP,
                                                         L2tpFaultDeed::CRASH,
                                                         L2tpFaultDeed::CUT,
                                                         L2tpFaultDeed::CUT_ONE_WAY};
    const uint32_t calls = 1 + dice.Below(dice.Chance(0.1) ? 50 : 12);
    const uint32_t opens = dice.Chance(0.4) ? 1 + dice.Below(4) : 0;
    const uint32_t others = dice.Below(40);
    for (uint32_t i = 0; i < calls + opens + others; ++i)
    {
        L2tpFaultAction action;
        action.deed = i < calls           ? L2tpFaultDeed::PLACE_CALL
                      : i < calls + opens ? L2tpFaultDeed::OPEN_TUNNEL
                                          : OneOf(dice, DEEDS);
        action.time = dice.Between(Seconds(0), plan.heal);
        action.who = DrawActor(dice, plan, action);
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
}

/// How long an endpoint with certain settings goes on with a message. @param settings they
/// @return the time, 0 if they don't say it
Time
FullCycleOf(const L2tpFaultEndpointPlan::Settings& settings)
{
    for (const auto& [attribute, value] : settings)
    {
        if (attribute == "RetransmissionPolicy")
        {
            ObjectFactory factory;
            std::istringstream(value) >> factory;
            return factory.Create<L2tpRetransmissionPolicy>()->GetFullCycle();
        }
    }
    return Time();
}

/// Whether IDs may come again soon. @param plan of a network @return true if each end remembers
/// what had an ID for as long as the others may speak of it: it doesn't crash, and has their timers
bool
MayHaveFewIds(const L2tpFaultPlan& plan)
{
    for (const auto* list : {&plan.lacs, &plan.lnses})
    {
        for (const auto& end : *list)
        {
            if (!end.profile.empty() || !FullCycleOf(end.settings).IsZero())
            {
                return false;
            }
        }
    }
    return std::none_of(plan.actions.begin(), plan.actions.end(), [](const auto& action) {
        return action.deed == L2tpFaultDeed::CRASH;
    });
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

L2tpFaultPlan
L2tpFaultPlan::Draw(uint64_t seed)
{
    const uint64_t runBefore = RngSeedManager::GetRun();
    const uint32_t seedBefore = RngSeedManager::GetSeed();
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(seed);
    L2tpFaultDice dice(PLAN_STREAM);
    RngSeedManager::SetSeed(seedBefore);
    RngSeedManager::SetRun(runBefore);
    L2tpFaultPlan plan;
    plan.seed = seed;
    plan.ppp = dice.Chance(0.3);
    plan.poolSize = OneOf(dice, std::array<uint32_t, 4>{254, 254, 6, 2});
    plan.secret = dice.Chance(0.4) ? "wonderland" : "";
    DrawEnds(dice, plan);
    plan.initialInterval = OneOf(dice, std::array<Time, 3>{Seconds(0.5), Seconds(1), Seconds(2)});
    plan.maxInterval = OneOf(dice, std::array<Time, 3>{Seconds(2), Seconds(4), Seconds(8)});
    plan.maxRetransmissions = 2 + dice.Below(5);
    plan.setupTimeout = dice.Between(Seconds(3), Seconds(60));
    plan.linkDelay = dice.Between(MilliSeconds(1), MilliSeconds(200));
    DrawLinks(dice, plan);
    plan.heal = dice.Between(Seconds(5), Seconds(60));
    DrawActions(dice, plan);
    plan.fewIds = MayHaveFewIds(plan) && dice.Chance(0.3);
    return plan;
}

Time
L2tpFaultPlan::GetSettleTime() const
{
    // An end that is not yet established may take its time; then comes a HELLO into silence, which
    // is given up after a cycle, as is the StopCCN of whoever gave up before.
    Time hello;
    Time cycle = maxInterval * (maxRetransmissions + 1);
    for (const auto* list : {&lacs, &lnses})
    {
        for (const auto& end : *list)
        {
            hello = Max(hello, end.helloInterval);
            cycle = Max(cycle, FullCycleOf(end.settings));
            if (!end.profile.empty())
            {
                cycle = Max(cycle, FullCycleOf(L2tpProfile::Get(end.profile).GetSettings()));
            }
        }
    }
    return setupTimeout + hello + cycle + cycle + Seconds(ppp ? 100 : 5);
}

bool
L2tpFaultPlan::HasSwitch(const L2tpFaultEndpointPlan& lac) const
{
    return ppp && lac.access == L2tpFaultAccess::SWITCH;
}

uint32_t
L2tpFaultPlan::CountParts() const
{
    return actions.size() + links.size() + lacs.size() + lnses.size();
}

void
L2tpFaultPlan::LeaveOut(const L2tpFaultParts& parts)
{
    const uint32_t firstLink = actions.size();
    const uint32_t firstEnd = firstLink + links.size();
    for (auto part = parts.rbegin(); part != parts.rend(); ++part)
    {
        if (*part < firstLink)
        {
            actions.erase(actions.begin() + *part);
        }
        else if (*part < firstEnd)
        {
            auto& link = links[*part - firstLink];
            const std::string linkName = link.name;
            link = L2tpFaultLinkPlan();
            link.name = linkName;
        }
        else if (*part < firstEnd + lacs.size() + lnses.size())
        {
            const uint32_t i = *part - firstEnd;
            auto& end = i < lacs.size() ? lacs[i] : lnses[i - lacs.size()];
            L2tpFaultEndpointPlan plain;
            plain.name = end.name;
            plain.access = end.access;
            plain.hosts = end.hosts;
            plain.helloInterval = end.helloInterval;
            plain.acceptTunnels = end.acceptTunnels;
            plain.dials = end.dials;
            end = plain;
        }
    }
}

} // namespace ns3
