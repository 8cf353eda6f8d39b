/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-report-tunnels.h"

#include "l2tp-report-network.h"

#include "ns3/l2tp-call-machine.h"
#include "ns3/l2tp-control-channel.h"
#include "ns3/l2tp-tunnel-machine.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace ns3
{

namespace
{

constexpr std::size_t MAX_ENDS = 2000;   //!< tunnels' ends that are kept
constexpr std::size_t MAX_CALLS = 4000;  //!< calls' ends that are kept
constexpr std::size_t MAX_CHANNELS = 16; //!< control channels that are watched
constexpr std::size_t MAX_VALUES = 4000; //!< of one thing over time

/// The present time. @return in ns
int64_t
NowNs()
{
    return Simulator::Now().GetNanoSeconds();
}

/**
 * @brief Write states.
 * @param states times and names
 * @return JSON
 */
std::string
StatesToJson(const std::vector<std::pair<int64_t, std::string>>& states)
{
    std::string json;
    for (const auto& [time, name] : states)
    {
        json +=
            (json.empty() ? "[" : ",[") + std::to_string(time) + "," + L2tpReportQuote(name) + "]";
    }
    return "[" + json + "]";
}

} // namespace

void
L2tpReportTunnels::Series::Add(double value)
{
    if (values.size() >= MAX_VALUES)
    {
        for (std::size_t i = 1; 2 * i < values.size(); ++i)
        {
            values[i] = values[2 * i];
        }
        values.resize(values.size() / 2);
        isThinned = true;
    }
    values.emplace_back(NowNs(), value);
}

void
L2tpReportTunnels::NumberChanged(Series* series, uint16_t /* before */, uint16_t now)
{
    series->Add(now);
}

void
L2tpReportTunnels::TimeChanged(Series* series, Time /* before */, Time now)
{
    series->Add(now.GetSeconds());
}

int32_t
L2tpReportTunnels::EndOf(Ptr<const L2tpTunnel> tunnel, int32_t node, int32_t peer)
{
    const auto known = m_endOf.find(PeekPointer(tunnel));
    if (known != m_endOf.end())
    {
        return known->second.first;
    }
    if (m_ends.size() >= MAX_ENDS)
    {
        ++m_endsLeftOut;
        return NONE;
    }
    const auto index = static_cast<int32_t>(m_ends.size());
    TunnelEnd& end = m_ends.emplace_back();
    m_endOf.emplace(PeekPointer(tunnel), std::make_pair(index, tunnel));
    end.node = node;
    end.peer = peer;
    end.localId = tunnel->GetLocalId();
    end.begun = NowNs();
    if (m_channels.size() < MAX_CHANNELS)
    {
        m_channels.emplace_back().end = index;
        Watch(end, *tunnel);
    }
    return index;
}

void
L2tpReportTunnels::Watch(TunnelEnd& end, const L2tpTunnel& tunnel)
{
    Channel& channel = m_channels.back();
    end.channel = &channel;
    const Ptr<L2tpControlChannel> control = tunnel.GetChannel();
    for (const char* name : {"Ns", "Nr", "InFlight", "CongestionWindow", "SlowStartThreshold"})
    {
        channel.series.push_back({name});
        control->TraceConnectWithoutContext(
            name,
            MakeBoundCallback(&L2tpReportTunnels::NumberChanged, &channel.series.back()));
    }
    channel.series.push_back({"RetransmissionInterval"});
    control->TraceConnectWithoutContext(
        "RetransmissionInterval",
        MakeBoundCallback(&L2tpReportTunnels::TimeChanged, &channel.series.back()));
}

void
L2tpReportTunnels::Changed(int32_t end, const L2tpTunnel& tunnel)
{
    if (end == NONE)
    {
        return;
    }
    TunnelEnd& entry = m_ends[end];
    entry.peerId = tunnel.GetPeerId() ? tunnel.GetPeerId() : entry.peerId;
    entry.opens = entry.opens || tunnel.IsOriginator();
    entry.states.emplace_back(NowNs(), L2tpTunnelStateName(tunnel.GetState()));
    entry.reason = tunnel.GetClearReason();
}

void
L2tpReportTunnels::SentAgain(int32_t end, uint16_t ns)
{
    if (end != NONE && m_ends[end].channel)
    {
        m_ends[end].channel->again.Add(ns);
    }
}

int32_t
L2tpReportTunnels::CallChanged(int32_t tunnelEnd, const L2tpCall& call)
{
    if (tunnelEnd == NONE)
    {
        return NONE;
    }
    auto& sameId = m_ends[tunnelEnd].calls[call.GetLocalId()];
    const char* idle = L2tpCallStateName(L2tpCallState::IDLE);
    if (sameId.empty() || m_calls[sameId.back()].states.back().second == idle)
    {
        if (m_calls.size() >= MAX_CALLS)
        {
            ++m_callsLeftOut;
            return NONE;
        }
        sameId.push_back(static_cast<int32_t>(m_calls.size()));
        CallEnd& entry = m_calls.emplace_back();
        entry.tunnelEnd = tunnelEnd;
        entry.localId = call.GetLocalId();
        entry.begun = NowNs();
    }
    CallEnd& entry = m_calls[sameId.back()];
    entry.peerId = call.GetPeerId() ? call.GetPeerId() : entry.peerId;
    entry.states.emplace_back(NowNs(), L2tpCallStateName(call.GetState()));
    entry.reason = call.GetClearReason();
    return sameId.back();
}

uint16_t
L2tpReportTunnels::SessionIdOf(int32_t callEnd) const
{
    return m_calls[callEnd].localId;
}

int32_t
L2tpReportTunnels::TunnelEndOf(int32_t callEnd) const
{
    return m_calls[callEnd].tunnelEnd;
}

int32_t
L2tpReportTunnels::NodeOf(int32_t callEnd) const
{
    return m_ends[m_calls[callEnd].tunnelEnd].node;
}

void
L2tpReportTunnels::Join()
{
    JoinTunnels();
    JoinCalls();
}

void
L2tpReportTunnels::JoinTunnels()
{
    // Who has which IDs; the same ID may be used again, much later.
    std::unordered_map<uint64_t, std::vector<int32_t>> byId;
    const auto key = [](int32_t node, uint16_t id) {
        return static_cast<uint64_t>(node) << 16 | id;
    };
    for (std::size_t i = 0; i < m_ends.size(); ++i)
    {
        byId[key(m_ends[i].node, m_ends[i].localId)].push_back(static_cast<int32_t>(i));
    }
    m_tunnels.clear();
    for (std::size_t i = 0; i < m_ends.size(); ++i)
    {
        m_ends[i].tunnel = NONE;
    }
    for (std::size_t i = 0; i < m_ends.size(); ++i)
    {
        TunnelEnd& end = m_ends[i];
        if (end.tunnel != NONE)
        {
            continue;
        }
        int32_t other = NONE;
        const auto candidates = byId.find(key(end.peer, end.peerId));
        if (end.peerId && candidates != byId.end())
        {
            for (const int32_t candidate : candidates->second)
            {
                const TunnelEnd& there = m_ends[candidate];
                const bool fits = there.tunnel == NONE && there.peer == end.node &&
                                  (there.peerId == 0 || there.peerId == end.localId);
                if (fits && (other == NONE || std::llabs(there.begun - end.begun) <
                                                  std::llabs(m_ends[other].begun - end.begun)))
                {
                    other = candidate;
                }
            }
        }
        end.tunnel = static_cast<int32_t>(m_tunnels.size());
        if (other != NONE)
        {
            m_ends[other].tunnel = end.tunnel;
        }
        m_tunnels.emplace_back(static_cast<int32_t>(i), other);
    }
}

int32_t
L2tpReportTunnels::OtherEnd(int32_t end) const
{
    const auto& ends = m_tunnels[m_ends[end].tunnel];
    return ends.first == end ? ends.second : ends.first;
}

int32_t
L2tpReportTunnels::FindCall(int32_t tunnelEnd, uint16_t id, int64_t at) const
{
    if (tunnelEnd == NONE || id == 0)
    {
        return NONE;
    }
    const auto found = m_ends[tunnelEnd].calls.find(id);
    if (found == m_ends[tunnelEnd].calls.end())
    {
        return NONE;
    }
    int32_t call = found->second.front();
    for (const int32_t later : found->second)
    {
        call = m_calls[later].begun <= at ? later : call;
    }
    return call;
}

void
L2tpReportTunnels::JoinCalls()
{
    m_sessions.clear();
    for (CallEnd& call : m_calls)
    {
        call.session = NONE;
    }
    for (std::size_t i = 0; i < m_calls.size(); ++i)
    {
        CallEnd& call = m_calls[i];
        if (call.session != NONE)
        {
            continue;
        }
        int32_t other = FindCall(OtherEnd(call.tunnelEnd), call.peerId, call.states.back().first);
        if (other != NONE && (m_calls[other].session != NONE ||
                              (m_calls[other].peerId && m_calls[other].peerId != call.localId)))
        {
            other = NONE;
        }
        call.session = static_cast<int32_t>(m_sessions.size());
        if (other != NONE)
        {
            m_calls[other].session = call.session;
        }
        m_sessions.emplace_back(static_cast<int32_t>(i), other);
    }
}

L2tpReportMessages::Place
L2tpReportTunnels::FindPlace(const L2tpReportMessage& message) const
{
    L2tpReportMessages::Place place;
    if (message.tunnelEnd == NONE)
    {
        return place;
    }
    place.tunnel = m_ends[message.tunnelEnd].tunnel;
    const int64_t at = message.sent.GetNanoSeconds();
    int32_t call = FindCall(message.tunnelEnd, message.sessionOfSender, at);
    if (call == NONE)
    {
        call = FindCall(OtherEnd(message.tunnelEnd), message.sessionOfPeer, at);
    }
    place.session = call == NONE ? NONE : m_calls[call].session;
    return place;
}

int32_t
L2tpReportTunnels::SessionOf(int32_t callEnd) const
{
    return callEnd == NONE ? NONE : m_calls[callEnd].session;
}

std::string
L2tpReportTunnels::ToJson() const
{
    const auto tunnelEnd = [this](int32_t index) -> std::string {
        if (index == NONE)
        {
            return "null";
        }
        const TunnelEnd& end = m_ends[index];
        return "{\"node\":" + std::to_string(end.node) + ",\"peer\":" + std::to_string(end.peer) +
               ",\"id\":" + std::to_string(end.localId) +
               ",\"opens\":" + (end.opens ? "true" : "false") +
               ",\"states\":" + StatesToJson(end.states) +
               ",\"reason\":" + L2tpReportQuote(end.reason) + "}";
    };
    const auto callEnd = [this](int32_t index) -> std::string {
        if (index == NONE)
        {
            return "null";
        }
        const CallEnd& end = m_calls[index];
        return "{\"node\":" + std::to_string(m_ends[end.tunnelEnd].node) +
               ",\"id\":" + std::to_string(end.localId) +
               ",\"states\":" + StatesToJson(end.states) +
               ",\"reason\":" + L2tpReportQuote(end.reason) + "}";
    };
    std::string tunnels;
    for (const auto& [first, second] : m_tunnels)
    {
        tunnels += (tunnels.empty() ? "" : ",\n") + std::string("{\"ends\":[") + tunnelEnd(first) +
                   "," + tunnelEnd(second) + "]}";
    }
    std::string sessions;
    for (const auto& [first, second] : m_sessions)
    {
        sessions += (sessions.empty() ? "" : ",\n") + std::string("{\"tunnel\":") +
                    std::to_string(m_ends[m_calls[first].tunnelEnd].tunnel) + ",\"ends\":[" +
                    callEnd(first) + "," + callEnd(second) + "]}";
    }
    return "\"tunnels\":[" + tunnels + "],\n\"sessions\":[" + sessions +
           "],\n\"tunnel_ends_left_out\":" + std::to_string(m_endsLeftOut) +
           ",\n\"session_ends_left_out\":" + std::to_string(m_callsLeftOut);
}

std::string
L2tpReportTunnels::ChannelsToJson() const
{
    std::ostringstream json;
    json.precision(9);
    const char* comma = "";
    for (const Channel& channel : m_channels)
    {
        json << comma << "{\"tunnel\":" << m_ends[channel.end].tunnel
             << ",\"node\":" << m_ends[channel.end].node << ",\"series\":{";
        comma = "";
        const auto add = [&json, &comma](const Series& series) {
            json << comma << '"' << series.name
                 << "\":{\"thinned\":" << (series.isThinned ? "true" : "false") << ",\"t\":[";
            comma = "";
            for (const auto& [time, value] : series.values)
            {
                json << comma << time;
                comma = ",";
            }
            json << "],\"v\":[";
            comma = "";
            for (const auto& [time, value] : series.values)
            {
                json << comma << value;
                comma = ",";
            }
            json << "]}";
            comma = ",";
        };
        for (const Series& series : channel.series)
        {
            add(series);
        }
        add(channel.again);
        json << "}}";
        comma = ",\n";
    }
    return "\"channels\":[" + json.str() + "]";
}

} // namespace ns3
