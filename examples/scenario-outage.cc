/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-outage.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <iomanip>
#include <sstream>
#include <utility>

namespace ns3
{

namespace
{

constexpr int LABEL = 58;  //!< characters of what a row is about
constexpr int COLUMN = 10; //!< characters of a LAC's column

/// Write seconds. @param time the time @return with three digits behind the point
std::string
InSeconds(Time time)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(3) << time.GetSeconds();
    return text.str();
}

/// Write seconds as briefly as they can be. @param time the time @return for example "8"
std::string
InFewDigits(Time time)
{
    std::ostringstream text;
    text << time.GetSeconds();
    return text.str();
}

} // namespace

void
L2tpScenarioOutage::Plan(const std::string& name,
                         Ptr<L2tpLns> lns,
                         Time at,
                         std::function<void(const std::string&)> note)
{
    m_name = name;
    m_lns = lns;
    m_begin = at;
    m_note = std::move(note);
    Simulator::Schedule(at, &L2tpScenarioOutage::Crash, this);
}

std::size_t
L2tpScenarioOutage::AddLac(const std::string& name, Ptr<L2tpLac> lac)
{
    m_lacs.push_back({name, this, nullptr, std::nullopt, {}, std::nullopt});
    Lac* watched = &m_lacs.back();
    lac->TraceConnectWithoutContext("ControlTx",
                                    MakeBoundCallback(&L2tpScenarioOutage::Sent, watched));
    lac->TraceConnectWithoutContext("ControlRx",
                                    MakeBoundCallback(&L2tpScenarioOutage::Received, watched));
    lac->TraceConnectWithoutContext("TunnelState",
                                    MakeBoundCallback(&L2tpScenarioOutage::TunnelChanged, watched));
    return m_lacs.size() - 1;
}

void
L2tpScenarioOutage::AddHost(Ptr<L2tpDialingHost> host, std::size_t lac)
{
    m_hosts.push_back({lac, this, std::nullopt, std::nullopt, std::nullopt});
    Host* watched = &m_hosts.back();
    host->TraceConnectWithoutContext("Down", MakeBoundCallback(&L2tpScenarioOutage::Down, watched));
    host->TraceConnectWithoutContext("Dialled",
                                     MakeBoundCallback(&L2tpScenarioOutage::Dialled, watched));
    host->TraceConnectWithoutContext("Up", MakeBoundCallback(&L2tpScenarioOutage::Up, watched));
}

void
L2tpScenarioOutage::Crash()
{
    m_begun = true;
    m_calls = m_lns->GetNCalls();
    m_note(m_name + " vanishes");
    m_lns->Crash();
}

bool
L2tpScenarioOutage::IsToLns(const L2tpTunnel& tunnel) const
{
    return m_lns && tunnel.GetPath()->GetPeer().address.IsOn(m_lns->GetNode());
}

void
L2tpScenarioOutage::Sent(Lac* lac,
                         Ptr<const L2tpTunnel> tunnel,
                         const L2tpHeader& header,
                         Ptr<const Packet> datagram,
                         uint32_t attempt)
{
    // The first message that the LNS can't acknowledge, and the same again and again.
    const bool isZlb = datagram->GetSize() == header.GetSerializedSize();
    if (lac->outage->m_begun && tunnel == lac->tunnel && !isZlb &&
        attempt == lac->probes.size() + 1)
    {
        if (lac->probes.empty())
        {
            lac->heard = tunnel->GetLastReceived();
        }
        lac->probes.push_back(Simulator::Now());
    }
}

void
L2tpScenarioOutage::Received(Lac* lac,
                             Ptr<const L2tpTunnel> tunnel,
                             const L2tpHeader& /* header */,
                             Ptr<const Packet> /* datagram */,
                             L2tpReception /* reception */)
{
    if (!lac->outage->m_begun && lac->outage->IsToLns(*tunnel))
    {
        lac->tunnel = tunnel;
    }
}

void
L2tpScenarioOutage::TunnelChanged(Lac* lac,
                                  Ptr<const L2tpTunnel> tunnel,
                                  L2tpTunnelState /* old */,
                                  L2tpTunnelEvent event)
{
    if (lac->outage->m_begun && tunnel == lac->tunnel && event == L2tpTunnelEvent::PEER_DEAD)
    {
        lac->lost = Simulator::Now();
        lac->outage->m_note(lac->name + " gives " + lac->outage->m_name + " up");
    }
}

void
L2tpScenarioOutage::Down(Host* host, const std::string& /* reason */)
{
    if (host->outage->m_begun && !host->down)
    {
        host->down = Simulator::Now();
    }
}

void
L2tpScenarioOutage::Dialled(Host* host)
{
    if (host->down && !host->redialled)
    {
        host->redialled = Simulator::Now();
    }
}

void
L2tpScenarioOutage::Up(Host* host, Ipv4Address /* local */, Ipv4Address /* peer */)
{
    if (host->redialled && !host->up)
    {
        host->up = Simulator::Now();
    }
}

bool
L2tpScenarioOutage::IsPlanned() const
{
    return m_lns != nullptr;
}

Time
L2tpScenarioOutage::GetBegin() const
{
    return m_begin;
}

std::vector<Time>
L2tpScenarioOutage::Collect(std::optional<Time> Host::*which, std::size_t lac) const
{
    std::vector<Time> times;
    for (const Host& host : m_hosts)
    {
        // Who was never connected again only hung up.
        if (host.lac == lac && host.up)
        {
            times.push_back((host.*which).value());
        }
    }
    std::sort(times.begin(), times.end());
    return times;
}

std::vector<Time>
L2tpScenarioOutage::GetGaps() const
{
    std::vector<Time> gaps;
    for (const Host& host : m_hosts)
    {
        if (host.up)
        {
            gaps.push_back(*host.up - m_begin);
        }
    }
    std::sort(gaps.begin(), gaps.end());
    return gaps;
}

std::optional<Time>
L2tpScenarioOutage::GetFirstRecovery() const
{
    const auto gaps = GetGaps();
    return gaps.empty() ? std::nullopt : std::optional<Time>(m_begin + gaps.front());
}

bool
L2tpScenarioOutage::IsOver() const
{
    return m_begun && GetGaps().size() >= m_calls;
}

void
L2tpScenarioOutage::Print(std::ostream& os) const
{
    const auto gaps = GetGaps();
    os << m_name << " vanishes at " << InFewDigits(m_begin) << " s with " << m_calls << " calls; "
       << gaps.size() << " subscribers are connected again\n";
    if (gaps.empty())
    {
        return;
    }
    // A LAC's own timers, as they were seen to run: those of the first one that was kept waiting.
    const auto waited = std::find_if(m_lacs.begin(), m_lacs.end(), [](const Lac& lac) {
        return lac.lost.has_value();
    });
    const Lac& first = waited == m_lacs.end() ? m_lacs.front() : *waited;
    const auto index = waited == m_lacs.end() ? 0 : std::distance(m_lacs.begin(), waited);
    std::string waits;
    for (std::size_t i = 1; i <= first.probes.size() && first.lost; ++i)
    {
        const Time end = i < first.probes.size() ? first.probes[i] : *first.lost;
        waits += (i > 1 ? " + " : "") + InFewDigits(end - first.probes[i - 1]);
    }
    const auto downs = Collect(&Host::down, index);
    const bool isEchoed = !first.lost || (!downs.empty() && downs.front() < *first.lost);
    using Value = std::function<std::optional<Time>(const Lac& lac, std::size_t index)>;
    const auto edge = [this](std::optional<Time> Host::*which, bool last) {
        return [this, which, last](const Lac& /* lac */, std::size_t at) {
            const auto times = Collect(which, at);
            return times.empty() ? std::nullopt
                                 : std::optional<Time>(last ? times.back() : times.front());
        };
    };
    const std::vector<std::pair<std::string, Value>> rows{
        {"its last message arrived at", [](const Lac& lac, auto) { return lac.heard; }},
        {"HelloInterval: a HELLO goes out at",
         [](const Lac& lac, auto) {
             return lac.probes.empty() ? std::nullopt : std::optional(lac.probes.front());
         }},
        {waits + " s: the tunnel is given up at", [](const Lac& lac, auto) { return lac.lost; }},
        {isEchoed ? "LCP echo: the first subscriber knows at"
                  : "PADT: the first subscriber knows at",
         edge(&Host::down, false)},
        {"RedialDelay of each: the first one dials again at", edge(&Host::redialled, false)},
        {"PPPoE, LCP, RADIUS, L2TP, CHAP, IPCP: it is up at", edge(&Host::up, false)},
        {"and the last one at", edge(&Host::up, true)},
    };
    std::ostringstream text;
    text << std::setw(LABEL) << "";
    for (const Lac& lac : m_lacs)
    {
        text << std::setw(COLUMN) << lac.name;
    }
    text << "\n";
    for (const auto& [label, value] : rows)
    {
        std::ostringstream row;
        std::size_t known = 0;
        std::size_t column = 0;
        for (const Lac& lac : m_lacs)
        {
            const auto time = value(lac, column++);
            known += time ? 1 : 0;
            row << std::setw(COLUMN) << (time ? InSeconds(*time) : "-");
        }
        // Nobody has waited for the tunnel if all subscribers found out by themselves.
        if (known > 0)
        {
            text << "  " << std::left << std::setw(LABEL - 2) << label << std::right << row.str()
                 << "\n";
        }
    }
    text << "without a connection: first " << InSeconds(gaps.front()) << " s, median "
         << InSeconds(gaps[gaps.size() / 2]) << " s, last " << InSeconds(gaps.back()) << " s\n";
    os << text.str();
}

void
L2tpScenarioOutage::Summarise(L2tpRunSummary& summary) const
{
    const auto gaps = GetGaps();
    std::vector<std::pair<std::string, double>> values{
        {"begin_s", m_begin.GetSeconds()},
        {"calls", static_cast<double>(m_calls)},
        {"recovered", static_cast<double>(gaps.size())},
    };
    if (!gaps.empty())
    {
        values.emplace_back("first_s", gaps.front().GetSeconds());
        values.emplace_back("median_s", gaps[gaps.size() / 2].GetSeconds());
        values.emplace_back("last_s", gaps.back().GetSeconds());
    }
    summary.Set("outage", values);
}

} // namespace ns3
