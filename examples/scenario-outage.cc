/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-outage.h"

#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-message-catalog.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <iomanip>
#include <sstream>
#include <utility>

namespace ns3
{

namespace
{

constexpr int LABEL = 58;        //!< characters of what a row is about
constexpr int COLUMN = 10;       //!< characters of a LAC's column
const char* const NOTHING = "-"; //!< where a LAC has no such time

/// Write seconds. @param time the time @return with three digits behind the point
std::string
InSeconds(Time time)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(3) << time.GetSeconds();
    return text.str();
}

/// The median. @param times sorted, not none @return the middle one, or what is between two
Time
MedianOf(const std::vector<Time>& times)
{
    return (times[(times.size() - 1) / 2] + times[times.size() / 2]) / 2;
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
                         Ipv4Address inside,
                         Time at,
                         std::function<void(const std::string&)> note)
{
    m_name = name;
    m_lns = lns;
    m_inside = inside;
    m_begin = at;
    m_note = std::move(note);
    Simulator::Schedule(at, &L2tpScenarioOutage::Crash, this);
}

std::size_t
L2tpScenarioOutage::AddLac(const std::string& name, Ptr<L2tpLac> lac)
{
    m_lacs.push_back({name, this, {}});
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
    m_hosts.push_back({lac, this, Ipv4Address::GetAny(), false, {}, {}, {}});
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
    for (Host& host : m_hosts)
    {
        host.isAffected = host.peer == m_inside;
    }
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
    const bool isZlb = datagram->GetSize() == header.GetSerializedSize();
    if (isZlb || !lac->outage->IsToLns(*tunnel))
    {
        return;
    }
    Tunnel* known = Find(lac, tunnel);
    if (!known)
    {
        lac->tunnels.push_back({tunnel, {}, std::nullopt, std::nullopt});
        known = &lac->tunnels.back();
    }
    if (attempt == 1)
    {
        std::vector<uint8_t> octets(datagram->GetSize());
        datagram->CopyData(octets.data(), octets.size());
        L2tpControlMessage message;
        L2tpControlMessage::Parse(L2tpByteView(octets).Sub(header.GetSerializedSize()), message);
        known->pending.push_back({header.GetNs(), L2tpMessageName(message.GetType()), {}});
    }
    for (Message& message : known->pending)
    {
        if (message.ns == header.GetNs())
        {
            message.times.push_back(Simulator::Now());
        }
    }
}

void
L2tpScenarioOutage::Received(Lac* lac,
                             Ptr<const L2tpTunnel> tunnel,
                             const L2tpHeader& header,
                             Ptr<const Packet> /* datagram */,
                             L2tpReception /* reception */)
{
    Tunnel* known = Find(lac, tunnel);
    while (known && !known->pending.empty() &&
           static_cast<int16_t>(header.GetNr() - known->pending.front().ns) > 0)
    {
        known->pending.pop_front();
    }
}

void
L2tpScenarioOutage::TunnelChanged(Lac* lac,
                                  Ptr<const L2tpTunnel> tunnel,
                                  L2tpTunnelState /* old */,
                                  L2tpTunnelEvent event)
{
    Tunnel* known = Find(lac, tunnel);
    if (lac->outage->m_begun && known && event == L2tpTunnelEvent::PEER_DEAD)
    {
        known->lost = Simulator::Now();
        known->heard = tunnel->GetLastReceived();
        lac->outage->m_note(lac->name + " gives " + lac->outage->m_name + " up");
    }
}

L2tpScenarioOutage::Tunnel*
L2tpScenarioOutage::Find(Lac* lac, const Ptr<const L2tpTunnel>& tunnel)
{
    const auto it = std::find_if(lac->tunnels.begin(), lac->tunnels.end(), [&](const Tunnel& one) {
        return one.tunnel == tunnel;
    });
    return it == lac->tunnels.end() ? nullptr : &*it;
}

const L2tpScenarioOutage::Tunnel*
L2tpScenarioOutage::GetLost(const Lac& lac, std::size_t index) const
{
    const auto downs = Collect(&Host::down, index);
    const Tunnel* first = nullptr;
    for (const Tunnel& tunnel : lac.tunnels)
    {
        if (tunnel.lost && !downs.empty() && *tunnel.lost == downs.front())
        {
            return &tunnel;
        }
        if (tunnel.lost && (!first || *tunnel.lost < *first->lost))
        {
            first = &tunnel;
        }
    }
    return first;
}

void
L2tpScenarioOutage::Down(Host* host, const std::string& /* reason */)
{
    host->peer = Ipv4Address::GetAny();
    if (host->isAffected && !host->down)
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
L2tpScenarioOutage::Up(Host* host, Ipv4Address /* local */, Ipv4Address peer)
{
    host->peer = peer;
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

std::size_t
L2tpScenarioOutage::GetNAffected() const
{
    return std::count_if(m_hosts.begin(), m_hosts.end(), [](const Host& host) {
        return host.isAffected;
    });
}

bool
L2tpScenarioOutage::IsOver() const
{
    return m_begun && GetGaps().size() == GetNAffected();
}

L2tpScenarioOutage::Row
L2tpScenarioOutage::TimesOf(
    const std::string& label,
    const std::function<std::optional<Time>(const Lac&, std::size_t)>& time) const
{
    Row row{label, {}};
    for (const Lac& lac : m_lacs)
    {
        const auto value = time(lac, row.second.size());
        row.second.push_back(value ? InSeconds(*value) : NOTHING);
    }
    return row;
}

std::vector<L2tpScenarioOutage::Row>
L2tpScenarioOutage::DescribeLacs() const
{
    Row names{"what it did not acknowledge", {}};
    std::string waits;
    for (const Lac& lac : m_lacs)
    {
        const Tunnel* lost = GetLost(lac, names.second.size());
        const bool isKnown = lost && !lost->pending.empty();
        names.second.push_back(isKnown ? lost->pending.front().name : NOTHING);
        if (waits.empty() && isKnown)
        {
            // Its own timers, as they were seen to run.
            const auto& times = lost->pending.front().times;
            for (std::size_t i = 1; i <= times.size(); ++i)
            {
                const Time end = i < times.size() ? times[i] : *lost->lost;
                waits += (i > 1 ? " + " : "") + InFewDigits(end - times[i - 1]);
            }
        }
    }
    const bool areHellos =
        std::all_of(names.second.begin(), names.second.end(), [](const std::string& name) {
            return name == NOTHING ||
                   name == L2tpMessageName(static_cast<uint16_t>(L2tpMessageType::HELLO));
        });
    using Of = std::optional<Time> (*)(const Tunnel&);
    const auto row = [this](const std::string& label, Of time) {
        return TimesOf(label, [this, time](const Lac& lac, std::size_t index) {
            const Tunnel* lost = GetLost(lac, index);
            return lost ? time(*lost) : std::nullopt;
        });
    };
    std::vector<Row> rows{
        row("its last message arrived at", [](const Tunnel& tunnel) { return tunnel.heard; })};
    if (!areHellos)
    {
        rows.push_back(names);
    }
    rows.push_back(row(areHellos ? "HelloInterval: a HELLO goes out at" : "that goes out at",
                       [](const Tunnel& tunnel) {
                           return tunnel.pending.empty()
                                      ? std::nullopt
                                      : std::optional(tunnel.pending.front().times.front());
                       }));
    rows.push_back(row(waits + " s: the tunnel is given up at",
                       [](const Tunnel& tunnel) { return tunnel.lost; }));
    return rows;
}

std::vector<L2tpScenarioOutage::Row>
L2tpScenarioOutage::DescribeHosts() const
{
    const auto edge = [this](std::optional<Time> Host::*which, bool last) {
        return [this, which, last](const Lac& /* lac */, std::size_t at) {
            const auto times = Collect(which, at);
            return times.empty() ? std::nullopt
                                 : std::optional<Time>(last ? times.back() : times.front());
        };
    };
    // Subscribers may know by echoes before their LAC does, and dial while it still trusts the LNS.
    bool isEchoed = false;
    bool isTried = false;
    std::size_t index = 0;
    for (const Lac& lac : m_lacs)
    {
        const auto downs = Collect(&Host::down, index);
        const auto dials = Collect(&Host::redialled, index);
        const Tunnel* lost = GetLost(lac, index++);
        isEchoed |= !downs.empty() && (!lost || downs.front() < *lost->lost);
        isTried |= !dials.empty() && (!lost || dials.front() < *lost->lost);
    }
    return {
        TimesOf(isEchoed ? "LCP echo: the first subscriber knows at"
                         : "PADT: the first subscriber knows at",
                edge(&Host::down, false)),
        TimesOf("RedialDelay of each: the first one dials again at", edge(&Host::redialled, false)),
        TimesOf(isTried ? "AttemptTime in vain; then RADIUS, L2TP, PPP: it is up at"
                        : "PPPoE, LCP, RADIUS, L2TP, CHAP, IPCP: it is up at",
                edge(&Host::up, false)),
        TimesOf("and the last one at", edge(&Host::up, true)),
    };
}

void
L2tpScenarioOutage::Print(std::ostream& os) const
{
    const auto gaps = GetGaps();
    os << m_name << " vanishes at " << InFewDigits(m_begin) << " s with " << m_calls
       << " calls; of " << GetNAffected() << " subscribers " << gaps.size()
       << " are connected again\n";
    if (gaps.empty())
    {
        return;
    }
    auto rows = DescribeLacs();
    const auto more = DescribeHosts();
    rows.insert(rows.end(), more.begin(), more.end());
    std::ostringstream text;
    text << std::setw(LABEL) << "";
    for (const Lac& lac : m_lacs)
    {
        text << std::setw(COLUMN) << lac.name;
    }
    text << "\n";
    for (const auto& [label, words] : rows)
    {
        // Nobody has waited for the tunnel if all subscribers found out by themselves.
        if (std::all_of(words.begin(), words.end(), [](const auto& word) {
                return word == NOTHING;
            }))
        {
            continue;
        }
        text << "  " << std::left << std::setw(LABEL - 2) << label << std::right;
        for (const std::string& word : words)
        {
            text << std::setw(COLUMN) << word;
        }
        text << "\n";
    }
    text << "without a connection: first " << InSeconds(gaps.front()) << " s, median "
         << InSeconds(MedianOf(gaps)) << " s, last " << InSeconds(gaps.back()) << " s\n";
    os << text.str();
}

void
L2tpScenarioOutage::Summarise(L2tpRunSummary& summary) const
{
    const auto gaps = GetGaps();
    std::vector<std::pair<std::string, double>> values{
        {"begin_s", m_begin.GetSeconds()},
        {"calls", static_cast<double>(m_calls)},
        {"connected", static_cast<double>(GetNAffected())},
        {"recovered", static_cast<double>(gaps.size())},
    };
    if (!gaps.empty())
    {
        values.emplace_back("first_s", gaps.front().GetSeconds());
        values.emplace_back("median_s", MedianOf(gaps).GetSeconds());
        values.emplace_back("last_s", gaps.back().GetSeconds());
    }
    summary.Set("outage", values);
}

} // namespace ns3
