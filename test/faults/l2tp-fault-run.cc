/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fault-run.h"

#include "ns3/boolean.h"
#include "ns3/global-value.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <iterator>

namespace ns3
{

namespace
{

constexpr int64_t RUN_STREAM = 2;          //!< for what is drawn on the way
constexpr uint32_t LARGEST_FRAME = 1400;   //!< octets, so that nothing is fragmented
const Time LAST_DIAL = Seconds(20);        //!< nobody dials so shortly before all is compared
const Time NEXT_LOOK = Seconds(7);         //!< messages may wait for each other's timers
const Time LONGEST_QUARREL = Seconds(700); //!< by then all of them must be acknowledged
const Time LAST_WORD = Seconds(2);         //!< frames sent without faults arrive within this
const Time LAST_CALLS = Seconds(8);        //!< calls placed without faults are up within this
const Time LONGEST_END = Seconds(24 * 60); //!< by then nothing may be left to do

/// Whether checksums are filled and looked at.
bool
HasChecksums()
{
    BooleanValue value;
    GlobalValue::GetValueByName("ChecksumEnabled", value);
    return value.Get();
}

/// Fill checksums and look at them, or don't. @param are whether @return the same
bool
SetChecksums(bool are)
{
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(are));
    return are;
}

/// The plan of a seed. @param seed it @param without parts to leave out
L2tpFaultPlan
PlanOf(uint64_t seed, const L2tpFaultParts& without)
{
    // Damaged datagrams are dropped for their checksum.
    SetChecksums(true);
    RngSeedManager::SetSeed(1);
    RngSeedManager::SetRun(seed);
    L2tpFaultPlan plan = L2tpFaultPlan::Draw(seed);
    plan.LeaveOut(without);
    return plan;
}

} // namespace

L2tpFaultRun::L2tpFaultRun(uint64_t seed, const L2tpFaultParts& without)
    : m_seedBefore(RngSeedManager::GetSeed()),
      m_runBefore(RngSeedManager::GetRun()),
      m_checksumsBefore(HasChecksums()),
      m_plan(PlanOf(seed, without)),
      m_dice(RUN_STREAM),
      m_network(m_plan),
      m_oracle(m_network),
      m_hosts(m_network, [this](const std::string& text) { m_oracle.Fail(text); })
{
}

L2tpFaultRun::~L2tpFaultRun()
{
    Simulator::Destroy();
    RngSeedManager::SetSeed(m_seedBefore);
    RngSeedManager::SetRun(m_runBefore);
    SetChecksums(m_checksumsBefore);
}

void
L2tpFaultRun::DrawLadders(std::size_t rows)
{
    m_ladderRows = rows;
    for (const auto& link : m_network.links)
    {
        const auto& lac = m_network.ends[link.left];
        const auto& lns = m_network.ends[link.right];
        m_ladders.emplace_back(lac.endpoint, lac.name, lns.endpoint, lns.name);
    }
}

L2tpFaultResult
L2tpFaultRun::Execute()
{
    for (const auto& action : m_plan.actions)
    {
        Simulator::Schedule(action.time, &L2tpFaultRun::Act, this, action);
    }
    Simulator::Schedule(m_plan.heal, &L2tpFaultRun::Heal, this);
    const Time settled = m_plan.heal + m_plan.GetSettleTime();
    Simulator::Schedule(settled - LAST_DIAL, &L2tpFaultRun::GiveUp, this);
    Simulator::Schedule(settled, &L2tpFaultRun::Compare, this);
    Simulator::Schedule(settled + LONGEST_QUARREL + LONGEST_END, [this] {
        if (!Simulator::IsFinished())
        {
            m_oracle.Fail("events are left, though all is stopped");
            Simulator::Stop();
        }
    });
    Simulator::Run();
    m_oracle.CheckEnd();
    m_hosts.CheckEnd();
    for (const auto& call : m_placed)
    {
        if (call.cleared != 1 || call.established > 1)
        {
            m_oracle.Fail(call.name + " was told " + std::to_string(call.established) +
                          " times to be established, and " + std::to_string(call.cleared) +
                          " times to be cleared");
        }
    }
    for (const auto& end : m_network.ends)
    {
        if (end.dialer && (!end.dialer->isInOrder || !end.dialer->channels.empty()))
        {
            m_oracle.Fail(end.name + ": a line was not reserved once and released once");
        }
    }
    L2tpFaultResult result;
    result.seed = m_plan.seed;
    result.violations = m_oracle.violations;
    result.digest = m_oracle.digest;
    result.messages = m_oracle.messages;
    result.frames = m_oracle.frames;
    result.established = m_oracle.established;
    result.deaths = m_oracle.deaths;
    result.tunnelEvents = m_oracle.tunnelEvents;
    result.callEvents = m_oracle.callEvents;
    result.returned = m_hosts.returned;
    for (const auto& end : m_network.ends)
    {
        result.retransmitted += end.endpoint->GetStatistics().controlRetransmitted;
    }
    for (const auto& link : m_network.links)
    {
        for (const auto& faults : {link.fromLac, link.fromLns})
        {
            result.lost += faults->GetStatistics().lost;
            result.duplicated += faults->GetStatistics().duplicated;
            result.delayed += faults->GetStatistics().delayed;
            result.damaged += faults->GetStatistics().damaged;
        }
    }
    return result;
}

void
L2tpFaultRun::Act(const L2tpFaultAction& action)
{
    if (ActAsHost(action))
    {
        return;
    }
    const bool isCut =
        action.deed == L2tpFaultDeed::CUT || action.deed == L2tpFaultDeed::CUT_ONE_WAY;
    const auto& end = m_network.ends[isCut ? 0 : action.who];
    Ptr<L2tpEndpoint> box = m_network.ends[end.box].endpoint;
    switch (action.deed)
    {
    case L2tpFaultDeed::PLACE_CALL:
        PlaceCall(action.who, action.which);
        break;
    case L2tpFaultDeed::OPEN_TUNNEL:
        end.lns->OpenTunnel(
            m_network.GetLac(action.which % m_network.lacs, action.who - m_network.lacs));
        break;
    case L2tpFaultDeed::SEND_FRAMES:
    case L2tpFaultDeed::SWITCH:
    case L2tpFaultDeed::SEND_NEWS:
    case L2tpFaultDeed::CLOSE_CALL:
        ActOnCall(action);
        break;
    case L2tpFaultDeed::CLOSE_TUNNEL: {
        const auto tunnels = end.endpoint->GetTunnels();
        if (!tunnels.empty())
        {
            tunnels[action.which % tunnels.size()]->Close(
                L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
        }
        break;
    }
    case L2tpFaultDeed::STOP:
        box->Stop();
        Simulator::Schedule(action.duration, &L2tpEndpoint::Start, box);
        break;
    case L2tpFaultDeed::CRASH:
        m_oracle.Crashing(action.who);
        m_oracle.Crashing(end.box);
        box->Crash();
        Simulator::Schedule(action.duration, &L2tpEndpoint::Start, box);
        break;
    case L2tpFaultDeed::CUT:
    case L2tpFaultDeed::CUT_ONE_WAY: {
        const bool both = action.deed == L2tpFaultDeed::CUT;
        const bool there = both || action.which % 2 == 0;
        const bool back = both || !there;
        m_network.Cut(action.who, there, back, true);
        Simulator::Schedule(action.duration,
                            &L2tpFaultNetwork::Cut,
                            &m_network,
                            action.who,
                            there,
                            back,
                            false);
        break;
    }
    case L2tpFaultDeed::HANG_UP:
    case L2tpFaultDeed::RENEGOTIATE:
        break;
    }
}

bool
L2tpFaultRun::ActAsHost(const L2tpFaultAction& action)
{
    if (!m_plan.ppp)
    {
        return false;
    }
    const uint32_t host = (action.who + action.which) % m_network.hosts.size();
    switch (action.deed)
    {
    case L2tpFaultDeed::PLACE_CALL:
        m_hosts.Dial(host);
        return true;
    case L2tpFaultDeed::SEND_FRAMES:
        m_hosts.Send(host, action.howMany);
        return true;
    case L2tpFaultDeed::HANG_UP:
        m_hosts.HangUp(host);
        return true;
    case L2tpFaultDeed::RENEGOTIATE:
        m_hosts.Renegotiate(host);
        return true;
    default:
        return false;
    }
}

void
L2tpFaultRun::ActOnCall(const L2tpFaultAction& action)
{
    const auto calls = CallsOf(action.who);
    if (calls.empty())
    {
        return;
    }
    Ptr<L2tpCall> call = calls[action.which % calls.size()];
    switch (action.deed)
    {
    case L2tpFaultDeed::CLOSE_CALL:
        call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        break;
    case L2tpFaultDeed::SEND_NEWS:
        SendNews(call);
        break;
    case L2tpFaultDeed::SWITCH:
        call->GetSession()->SetSequencing(action.howMany % 2 == 0);
        break;
    default:
        for (uint32_t i = 0; i < action.howMany; ++i)
        {
            SendFrame(call->GetSession());
        }
        break;
    }
}

void
L2tpFaultRun::PlaceCall(uint32_t who, uint32_t which)
{
    const auto& end = m_network.ends[who];
    m_placed.push_back(
        {end.name + ", call placed at " + std::to_string(Simulator::Now().GetSeconds()) + " s"});
    Placed* placed = &m_placed.back();
    const auto established =
        Callback<void, Ptr<L2tpCall>>([placed, isLac = end.lac != nullptr](Ptr<L2tpCall> call) {
            ++placed->established;
            if (isLac)
            {
                L2tpFaultTerminator::TakeFrames(call->GetSession());
            }
        });
    const auto cleared =
        Callback<void, Ptr<L2tpCall>>([placed](Ptr<L2tpCall>) { ++placed->cleared; });
    const L2tpCallParameters parameters;
    const uint32_t lns = which % m_plan.lnses.size();
    const L2tpUdpAddress peer =
        end.lac ? m_network.GetLns(who, lns)
                : m_network.GetLac(which % m_network.lacs, who - m_network.lacs);
    Ptr<L2tpCall> call = end.lac ? end.lac->PlaceCall(peer, parameters, established, cleared)
                                 : end.lns->PlaceCall(peer, parameters, established, cleared);
    if (!call)
    {
        m_placed.pop_back();
    }
}

void
L2tpFaultRun::SendNews(Ptr<L2tpCall> call)
{
    // Each end sends what is its own; the other's does nothing there.
    L2tpCallErrors errors;
    errors.crcErrors = m_dice.Below(100);
    call->ReportErrors(errors);
    call->SetLinkInfo({m_dice.Below(4), m_dice.Below(4)});
}

void
L2tpFaultRun::SendFrame(Ptr<L2tpSession> session)
{
    std::vector<uint8_t> octets(m_dice.Below(m_dice.Chance(0.2) ? LARGEST_FRAME : 60));
    uint32_t noise = m_dice.Below(1 << 30);
    for (auto& octet : octets)
    {
        noise = noise * 1664525 + 1013904223;
        octet = noise >> 24;
    }
    session->Send(Create<Packet>(octets.data(), octets.size()));
}

std::vector<Ptr<L2tpCall>>
L2tpFaultRun::CallsOf(uint32_t end) const
{
    std::vector<Ptr<L2tpCall>> all;
    for (const auto& tunnel : m_network.ends[end].endpoint->GetTunnels())
    {
        const auto calls = tunnel->GetCalls();
        all.insert(all.end(), calls.begin(), calls.end());
    }
    return all;
}

void
L2tpFaultRun::Heal()
{
    m_network.Heal();
    for (const auto& end : m_network.ends)
    {
        m_network.ends[end.box].endpoint->Start();
    }
}

void
L2tpFaultRun::GiveUp()
{
    m_hosts.GiveUp();
}

void
L2tpFaultRun::Compare()
{
    if (!m_oracle.IsQuiet() && m_looks < LONGEST_QUARREL / NEXT_LOOK)
    {
        ++m_looks;
        Simulator::Schedule(NEXT_LOOK, &L2tpFaultRun::Compare, this);
        return;
    }
    if (!m_plan.ppp)
    {
        Simulator::Schedule(LAST_WORD, &L2tpFaultRun::PlaceLastCalls, this);
    }
    Simulator::Schedule(LAST_WORD + LAST_CALLS, &L2tpFaultRun::Finish, this);
    m_oracle.CheckAgreement();
    m_hosts.CheckAgreement();
    m_framesExpected = m_oracle.frames;
    for (uint32_t i = 0; !m_plan.ppp && i < m_network.ends.size(); ++i)
    {
        for (const auto& call : CallsOf(i))
        {
            SendFrame(call->GetSession());
            ++m_framesExpected;
        }
    }
}

void
L2tpFaultRun::PlaceLastCalls()
{
    constexpr uint32_t AT_ONCE = 3;
    const auto isPlain = [](const L2tpFaultEndpointPlan& end) {
        return end.settings.empty() && end.profile.empty() && !end.piggyback &&
               end.maxTunnels == 65535 && end.refuseRate == 0;
    };
    m_firstLast = m_placed.size();
    for (uint32_t i = 0; i < m_plan.lacs.size(); ++i)
    {
        for (uint32_t lns = 0; lns < m_plan.lnses.size(); ++lns)
        {
            const bool isFree = isPlain(m_plan.lacs[i]) && isPlain(m_plan.lnses[lns]);
            for (uint32_t call = 0; isFree && call < AT_ONCE; ++call)
            {
                PlaceCall(i, lns);
            }
        }
    }
}

void
L2tpFaultRun::Finish()
{
    for (auto placed = std::next(m_placed.begin(), m_firstLast);
         !m_plan.ppp && placed != m_placed.end();
         ++placed)
    {
        if (placed->established != 1 || placed->cleared != 0)
        {
            m_oracle.Fail(placed->name + " didn't come up, though nothing goes wrong");
        }
    }
    if (!m_plan.ppp && m_oracle.frames != m_framesExpected)
    {
        m_oracle.Fail(std::to_string(m_framesExpected) +
                      " frames should have come out of sessions, " +
                      std::to_string(m_oracle.frames) + " did");
    }
    m_hosts.Finish();
    const Time goodbye = m_plan.ppp ? LAST_DIAL : Time();
    for (const auto& end : m_network.ends)
    {
        Simulator::Schedule(goodbye + m_dice.Between(Seconds(0), Seconds(5)),
                            &L2tpEndpoint::Stop,
                            end.endpoint);
    }
}

void
L2tpFaultRun::Print(std::ostream& os) const
{
    m_plan.Print(os);
    for (const auto& ladder : m_ladders)
    {
        ladder.Print(os, m_ladderRows);
    }
    for (const auto& violation : m_oracle.violations)
    {
        os << "VIOLATED  " << violation << "\n";
    }
}

} // namespace ns3
