/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-run-summary.h"

#include "ns3/abort.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <fstream>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>

namespace ns3
{

namespace
{

using Json = nlohmann::ordered_json;

/**
 * @brief Drops by the names of their reasons, those that occurred.
 * @param dropped counts by L2tpDropReason
 * @return an object
 */
Json
DropsOf(const std::array<uint64_t, L2TP_DROP_REASONS>& dropped)
{
    Json drops = Json::object();
    for (std::size_t reason = 0; reason < dropped.size(); ++reason)
    {
        if (dropped[reason] > 0)
        {
            drops[L2tpDropReasonName(static_cast<L2tpDropReason>(reason))] = dropped[reason];
        }
    }
    return drops;
}

/**
 * @brief Add the counters of an object to those of another, name by name.
 * @param sum what to add to
 * @param part what to add
 */
void
AddTo(Json& sum, const Json& part)
{
    for (const auto& item : part.items())
    {
        if (item.value().is_object())
        {
            if (!sum.contains(item.key()))
            {
                sum[item.key()] = Json::object();
            }
            AddTo(sum[item.key()], item.value());
        }
        else
        {
            sum[item.key()] = sum.value(item.key(), uint64_t(0)) + item.value().get<uint64_t>();
        }
    }
}

/**
 * @brief What became of tunnels or calls, in the shape of summary.json.
 * @param outcomes the counters
 * @return an object
 */
Json
OutcomesOf(const L2tpOutcomes& outcomes)
{
    return {{"established", outcomes.established},
            {"failed", outcomes.failed},
            {"cleared", outcomes.cleared}};
}

/**
 * @brief What was counted, in the shape of summary.json.
 * @param s an endpoint's counters
 * @param d its sessions' counters
 * @return an object of objects
 */
Json
CountersOf(const L2tpEndpointStatistics& s, const L2tpDataStatistics& d)
{
    Json counters;
    counters["tunnels"] = OutcomesOf({s.tunnelsEstablished, s.tunnelsFailed, s.tunnelsCleared});
    counters["sessions"] = OutcomesOf({s.sessionsEstablished, s.sessionsFailed, s.sessionsCleared});
    counters["control"] = {{"sent", s.controlSent},
                           {"retransmitted", s.controlRetransmitted},
                           {"zlb", s.zlbSent},
                           {"received", s.controlReceived},
                           {"duplicates", s.duplicates},
                           {"zero_windows", s.zeroWindows},
                           {"ignored_avps", s.avpsIgnored},
                           {"wen", s.wanErrorsReceived},
                           {"sli", s.linkInfosReceived},
                           {"dropped", DropsOf(s.controlDropped)}};
    counters["data"] = {{"tx_packets", d.txPackets},
                        {"rx_packets", d.rxPackets},
                        {"rx_lost", d.rxLost},
                        {"rx_reordered", d.rxReordered},
                        {"rx_restarts", d.rxRestarts},
                        {"rx_priority", d.rxPriority},
                        {"rx_ce", d.rxCe},
                        {"rx_unused_ecn", d.rxUnusedEcn},
                        {"dropped", DropsOf(d.dropped)}};
    return counters;
}

/**
 * @brief What an endpoint counted, in the shape of summary.json.
 * @param endpoint the endpoint
 * @return an object of objects
 */
Json
CountersOf(const L2tpEndpoint& endpoint)
{
    return CountersOf(endpoint.GetStatistics(), *endpoint.GetDataStatistics());
}

} // namespace

L2tpRunSummary::L2tpRunSummary(const std::string& scenario)
    : m_scenario(scenario)
{
}

void
L2tpRunSummary::AddEndpoint(const std::string& name, Ptr<L2tpEndpoint> endpoint)
{
    m_endpoints.emplace_back(name, endpoint);
}

void
L2tpRunSummary::AddClient(const std::string& name, Ptr<L2tpVoluntaryClient> client)
{
    client->TraceConnectWithoutContext(
        "Dial",
        MakeBoundCallback(&L2tpRunSummary::Dialled, Watch(name, client)));
}

void
L2tpRunSummary::AddHost(const std::string& name, Ptr<L2tpDialingHost> host)
{
    host->TraceConnectWithoutContext(
        "Dialled",
        MakeBoundCallback(&L2tpRunSummary::HostDialled, Watch(name, host)));
}

L2tpRunSummary::Client*
L2tpRunSummary::Watch(const std::string& name, Ptr<L2tpDialingHost> client)
{
    m_clients.emplace_back();
    Client* watched = &m_clients.back();
    watched->name = name;
    watched->client = client;
    client->TraceConnectWithoutContext("Up", MakeBoundCallback(&L2tpRunSummary::Up, watched));
    client->TraceConnectWithoutContext("Down", MakeBoundCallback(&L2tpRunSummary::Down, watched));
    return watched;
}

void
L2tpRunSummary::AddSite(const std::string& name, Ptr<L2tpDialOnDemand> site)
{
    m_clients.emplace_back();
    Client* watched = &m_clients.back();
    watched->name = name;
    watched->site = site;
    site->TraceConnectWithoutContext("Dial", MakeBoundCallback(&L2tpRunSummary::Dialled, watched));
    site->TraceConnectWithoutContext("Up", MakeBoundCallback(&L2tpRunSummary::SiteUp, watched));
    site->TraceConnectWithoutContext("Down", MakeBoundCallback(&L2tpRunSummary::Down, watched));
}

uint64_t
L2tpRunSummary::GetNDials(const Client& client)
{
    if (client.site)
    {
        return client.site->GetStatistics().calls;
    }
    const auto voluntary = DynamicCast<L2tpVoluntaryClient>(client.client);
    return voluntary ? voluntary->GetNDials() : client.dials;
}

std::string
L2tpRunSummary::GetLastReason(const Client& client)
{
    return client.site ? client.site->GetLastReason() : client.client->GetLastReason();
}

void
L2tpRunSummary::SiteUp(Client* client, Ipv4Address local, Ipv4Address remote)
{
    Up(client, remote, local);
}

void
L2tpRunSummary::HostDialled(Client* client)
{
    client->firstDial = client->firstDial.value_or(Simulator::Now());
    ++client->dials;
}

void
L2tpRunSummary::Dialled(Client* client, Ptr<const L2tpCall> /* call */)
{
    client->firstDial = client->firstDial.value_or(Simulator::Now());
    client->isUp = false;
}

void
L2tpRunSummary::Up(Client* client, Ipv4Address local, Ipv4Address /* peer */)
{
    client->firstUp = client->firstUp.value_or(Simulator::Now());
    client->isUp = true;
    client->address = local;
    ++client->ups;
}

void
L2tpRunSummary::Down(Client* client, const std::string& /* reason */)
{
    // A dial that the LAC refuses at once ends without a call, so that nothing else tells of it.
    client->failures += client->isUp ? 0 : 1;
    client->isUp = false;
}

void
L2tpRunSummary::Set(const std::string& key, double value)
{
    m_numbers.emplace_back(key, value);
}

void
L2tpRunSummary::Set(const std::string& key, const std::string& value)
{
    m_texts.emplace_back(key, value);
}

void
L2tpRunSummary::Set(const std::string& key,
                    const std::vector<std::pair<std::string, double>>& values)
{
    m_objects.emplace_back(key, values);
}

void
L2tpRunSummary::SetGoodput(double bps)
{
    m_goodput = bps;
}

std::optional<Time>
L2tpRunSummary::GetSetupTime() const
{
    Time sum;
    int64_t count = 0;
    for (const Client& client : m_clients)
    {
        if (client.firstUp && client.firstDial)
        {
            sum += *client.firstUp - *client.firstDial;
            ++count;
        }
    }
    return count > 0 ? std::optional<Time>(sum / count) : std::nullopt;
}

void
L2tpRunSummary::Print(std::ostream& os, std::size_t maxClients) const
{
    os << std::left << std::setw(14) << "endpoint" << std::right << std::setw(9) << "tunnels"
       << std::setw(10) << "sessions" << std::setw(9) << "sent" << std::setw(11) << "retrans."
       << std::setw(7) << "ZLB" << std::setw(12) << "duplicates" << std::setw(10) << "data tx"
       << std::setw(10) << "data rx"
       << "\n";
    for (const auto& endpoint : m_endpoints)
    {
        const Json c = CountersOf(*endpoint.second);
        os << std::left << std::setw(14) << endpoint.first << std::right << std::setw(9)
           << c["tunnels"]["established"].get<uint64_t>() << std::setw(10)
           << c["sessions"]["established"].get<uint64_t>() << std::setw(9)
           << c["control"]["sent"].get<uint64_t>() << std::setw(11)
           << c["control"]["retransmitted"].get<uint64_t>() << std::setw(7)
           << c["control"]["zlb"].get<uint64_t>() << std::setw(12)
           << c["control"]["duplicates"].get<uint64_t>() << std::setw(10)
           << c["data"]["tx_packets"].get<uint64_t>() << std::setw(10)
           << c["data"]["rx_packets"].get<uint64_t>() << "\n";
    }
    std::size_t shown = 0;
    for (const Client& client : m_clients)
    {
        if (++shown > maxClients)
        {
            os << "\n... and " << m_clients.size() - maxClients << " more";
            break;
        }
        os << "\n" << client.name << ": ";
        if (client.firstUp && client.firstDial)
        {
            os << "address " << client.address << ", up after "
               << (*client.firstUp - *client.firstDial).GetMicroSeconds() / 1e3 << " ms";
        }
        else
        {
            os << "never came up";
        }
        if (!GetLastReason(client).empty())
        {
            os << "; ended: " << GetLastReason(client);
        }
    }
    os << "\n";
}

std::string
L2tpRunSummary::ToJson() const
{
    Json summary;
    summary["scenario"] = m_scenario;
    summary["ns3_version"] = L2TP_NS3_VERSION;
    summary["rng_run"] = RngSeedManager::GetRun();
    // Zeros, so that the counters are there without an endpoint to count.
    Json all = CountersOf(L2tpEndpointStatistics(), L2tpDataStatistics());
    Json opened = OutcomesOf({});
    Json placed = OutcomesOf({});
    Json endpoints = Json::array();
    for (const auto& endpoint : m_endpoints)
    {
        const Json counters = CountersOf(*endpoint.second);
        const bool isLac = DynamicCast<L2tpLac>(endpoint.second) != nullptr;
        AddTo(all, counters);
        AddTo(opened, OutcomesOf(endpoint.second->GetStatistics().tunnelsOpened));
        AddTo(placed, OutcomesOf(endpoint.second->GetStatistics().callsPlaced));
        Json entry = {{"name", endpoint.first}, {"role", isLac ? "LAC" : "LNS"}};
        entry.update(counters);
        entry["tunnels"]["live"] = endpoint.second->GetNTunnelsHeld();
        entry["sessions"]["live"] = endpoint.second->GetNCalls();
        endpoints.push_back(entry);
    }
    summary["tunnels"] = opened;
    summary["sessions"] = placed;
    uint64_t up = 0;
    uint64_t failed = 0;
    Json clients = Json::array();
    for (const Client& client : m_clients)
    {
        up += client.ups;
        failed += client.failures;
        Json entry = {{"name", client.name},
                      {"dials", GetNDials(client)},
                      {"up", client.ups},
                      {"failed", client.failures},
                      {"last_reason", GetLastReason(client)}};
        if (client.firstUp && client.firstDial)
        {
            std::ostringstream address;
            address << client.address;
            entry["address"] = address.str();
            entry["setup_time_s"] = (*client.firstUp - *client.firstDial).GetSeconds();
        }
        clients.push_back(entry);
    }
    summary["ppp"] = {{"up", up}, {"failed", failed}};
    summary["control"] = all["control"];
    summary["data"] = all["data"];
    const auto setup = GetSetupTime();
    summary["setup_time_s"] = setup ? Json(setup->GetSeconds()) : Json(nullptr);
    summary["goodput_bps"] = m_goodput;
    for (const auto& number : m_numbers)
    {
        summary[number.first] = number.second;
    }
    for (const auto& text : m_texts)
    {
        summary[text.first] = text.second;
    }
    for (const auto& [key, values] : m_objects)
    {
        summary[key] = Json::object();
        for (const auto& [name, value] : values)
        {
            summary[key][name] = value;
        }
    }
    summary["clients"] = clients;
    summary["endpoints"] = endpoints;
    return summary.dump(2);
}

void
L2tpRunSummary::Write(const std::string& path) const
{
    std::ofstream file(path);
    file << ToJson() << "\n";
    NS_ABORT_MSG_IF(!file, "The summary " << path << " can't be written: check the folder");
}

} // namespace ns3
