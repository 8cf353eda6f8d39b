/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-report-data.h"

#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-protocol.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace ns3
{

namespace
{

constexpr std::size_t MAX_SPANS = 600;  //!< of time
constexpr std::size_t MAX_STREAMS = 40; //!< directions that are kept apart

} // namespace

uint64_t
L2tpReportData::KeyOf(const Packet& frame)
{
    // TCP sends a segment again as a copy, with the UID of the first: then IPv4's Identification
    // differs. Where there is none, UIDs have to do.
    constexpr std::size_t IDENTIFICATION = 4; // from the beginning of IPv4's header
    std::array<uint8_t, PppFrameHeader::MAX_SIZE + IDENTIFICATION + 2> octets{};
    const uint32_t size = frame.CopyData(octets.data(), octets.size());
    const uint64_t key = frame.GetUid() << 16;
    PppFrameHeader header;
    if (PppFrameHeader::Parse(octets.data(), size, header) != PppFrameError::NONE ||
        header.GetProtocol() != ppp_protocol::IPV4)
    {
        return key;
    }
    const std::size_t at = header.GetSerializedSize() + IDENTIFICATION;
    return key | octets[at] << 8 | octets[at + 1];
}

void
L2tpReportData::Coarsen()
{
    m_width *= 2;
    for (Stream& stream : m_streams)
    {
        std::vector<Span> spans((stream.spans.size() + 1) / 2);
        for (std::size_t i = 0; i < stream.spans.size(); ++i)
        {
            Span& sum = spans[i / 2];
            const Span& part = stream.spans[i];
            sum.sent += part.sent;
            sum.arrived += part.arrived;
            sum.received += part.received;
            sum.octets += part.octets;
            sum.reordered += part.reordered;
            sum.delay += part.delay;
            sum.maxDelay = std::max(sum.maxDelay, part.maxDelay);
        }
        stream.spans = std::move(spans);
    }
}

L2tpReportData::Span&
L2tpReportData::SpanOf(Stream& stream, int64_t time)
{
    while (static_cast<std::size_t>(time / m_width) >= MAX_SPANS)
    {
        Coarsen();
    }
    const auto index = static_cast<std::size_t>(time / m_width);
    if (index >= stream.spans.size())
    {
        stream.spans.resize(index + 1);
    }
    return stream.spans[index];
}

void
L2tpReportData::Sent(int32_t callEnd, const Packet& frame)
{
    if (static_cast<std::size_t>(callEnd) >= m_orders.size())
    {
        m_orders.resize(callEnd + 1);
    }
    Order& order = m_orders[callEnd];
    if (order.next == 1)
    {
        if (m_streams.size() < MAX_STREAMS)
        {
            m_streams.push_back(
                {m_streams.size() + 1 < MAX_STREAMS ? callEnd : L2tpReportTunnels::NONE, {}});
        }
        order.stream = static_cast<uint32_t>(m_streams.size() - 1);
    }
    const int64_t now = Simulator::Now().GetNanoSeconds();
    ++SpanOf(m_streams[order.stream], now).sent;
    m_flights[KeyOf(frame)] = {callEnd, order.next++, now};
}

void
L2tpReportData::Received(const Packet& frame)
{
    const auto known = m_flights.find(KeyOf(frame));
    if (known == m_flights.end())
    {
        return; // a duplicate
    }
    const Flight flight = known->second;
    m_flights.erase(known);
    Order& order = m_orders[flight.callEnd];
    Stream& stream = m_streams[order.stream];
    const int64_t now = Simulator::Now().GetNanoSeconds();
    SpanOf(stream, now);
    ++SpanOf(stream, flight.sent).arrived;
    Span& span = SpanOf(stream, now);
    ++span.received;
    span.octets += frame.GetSize();
    span.reordered += flight.number < order.latest ? 1 : 0;
    order.latest = std::max(order.latest, flight.number);
    span.delay += now - flight.sent;
    span.maxDelay = std::max(span.maxDelay, now - flight.sent);
}

std::string
L2tpReportData::ToJson(const L2tpReportTunnels& tunnels) const
{
    std::ostringstream json;
    json << "\"data\":{\"span_ns\":" << m_width << ",\"streams\":[";
    const char* comma = "";
    for (const Stream& stream : m_streams)
    {
        const bool isOne = stream.callEnd != L2tpReportTunnels::NONE;
        json << comma << "{\"from\":" << (isOne ? tunnels.NodeOf(stream.callEnd) : -1)
             << ",\"session\":" << tunnels.SessionOf(stream.callEnd) << ",\"spans\":[";
        comma = "";
        for (const Span& span : stream.spans)
        {
            json << comma << "[" << span.sent << "," << span.arrived << "," << span.received << ","
                 << span.octets << "," << span.reordered << "," << span.delay << ","
                 << span.maxDelay << "]";
            comma = ",";
        }
        json << "]}";
        comma = ",\n";
    }
    json << "]}";
    return json.str();
}

} // namespace ns3
