/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-report-messages.h"

#include "l2tp-avp-words.h"
#include "l2tp-dissection.h"
#include "l2tp-report-network.h"

#include "ns3/l2tp-avp.h"
#include "ns3/l2tp-header.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/pppoe-packet.h"
#include "ns3/simulator.h"

#include <boost/container_hash/hash.hpp>
#include <tuple>

namespace ns3
{

namespace
{

/// How long after a message an equal one is its retransmission.
const Time SAME = Seconds(60);

/// Takes a packet of one of the protocols apart.
using Dissector = L2tpDissection (*)(L2tpByteView octets);

/// The dissectors, by L2tpReportProtocol.
constexpr Dissector DISSECTORS[] = {&DissectL2tp, &DissectPpp, &DissectPppoe, &DissectRadius};
/// The protocols' names, by L2tpReportProtocol.
constexpr const char* NAMES[] = {"L2TP", "PPP", "PPPoE", "RADIUS"};

/**
 * @brief Tell kinds of messages apart.
 * @param protocol whose message it is
 * @param octets the message
 * @return a number that messages of the same kind, of the same protocol, have
 */
uint32_t
KindNumber(L2tpReportProtocol protocol, L2tpByteView octets)
{
    constexpr uint32_t UNREADABLE = 0xffffffff;
    switch (protocol)
    {
    case L2tpReportProtocol::L2TP: {
        L2tpHeader header;
        if (L2tpHeader::Parse(octets, octets.size(), header) != L2tpHeaderError::NONE)
        {
            return UNREADABLE;
        }
        L2tpByteView body = octets.Sub(header.GetSerializedSize());
        L2tpAvp avp;
        if (body.empty())
        {
            return 0; // a ZLB
        }
        return ParseL2tpAvp(body, avp) == L2tpAvpError::NONE && avp.value.size() == 2
                   ? avp.value[0] << 8 | avp.value[1]
                   : UNREADABLE;
    }
    case L2tpReportProtocol::PPP: {
        PppFrameHeader header;
        if (PppFrameHeader::Parse(octets.data(), octets.size(), header) != PppFrameError::NONE)
        {
            return UNREADABLE;
        }
        const L2tpByteView packet = octets.Sub(header.GetSerializedSize());
        return static_cast<uint32_t>(header.GetProtocol()) << 8 | (packet.empty() ? 0 : packet[0]);
    }
    case L2tpReportProtocol::PPPOE: {
        PppoeHeader header;
        return PppoeHeader::Parse(octets.data(), octets.size(), header) == PppoeError::NONE
                   ? static_cast<uint32_t>(header.GetCode())
                   : UNREADABLE;
    }
    case L2tpReportProtocol::RADIUS:
        break;
    }
    return octets.empty() ? UNREADABLE : octets[0];
}

/**
 * @brief A number for several.
 * @param parts the numbers
 * @return the same for the same numbers
 */
template <typename... Parts>
uint64_t
KeyOf(Parts... parts)
{
    return boost::hash<std::tuple<Parts...>>()(std::make_tuple(parts...));
}

/// Texts, each of them once.
class Strings
{
  public:
    /// Add a text. @param text the text @return its index
    std::size_t Add(const std::string& text)
    {
        const auto [found, isNew] = m_indices.emplace(text, m_indices.size());
        if (isNew)
        {
            m_json += (m_json.empty() ? "" : ",") + L2tpReportQuote(text);
        }
        return found->second;
    }

    /// Write them. @return a JSON array
    std::string ToJson() const
    {
        return "[" + m_json + "]";
    }

  private:
    std::unordered_map<std::string, std::size_t> m_indices; //!< by text
    std::string m_json;                                     //!< the array
};

/**
 * @brief Write the octets and fields of a message.
 * @param message it
 * @param strings takes the texts
 * @return JSON
 */
std::string
PacketToJson(const L2tpReportMessage& message, Strings& strings)
{
    const auto dissection = DISSECTORS[static_cast<std::size_t>(message.protocol)](message.octets);
    std::string json = "[\"" + L2tpHex(message.octets) + "\"," +
                       std::to_string(strings.Add(dissection.about)) + ",[";
    bool isFirst = true;
    for (const L2tpField& field : dissection.fields)
    {
        json += (isFirst ? "" : ",") + std::to_string(field.offset) + "," +
                std::to_string(field.size) + "," + std::to_string(field.depth) + "," +
                std::to_string(strings.Add(field.name)) + "," +
                std::to_string(strings.Add(field.value)) + "," +
                std::to_string(strings.Add(field.reference));
        isFirst = false;
    }
    return json + "]]";
}

} // namespace

void
L2tpReportMessages::SetLimits(std::size_t messages, std::size_t withOctets)
{
    m_limit = messages;
    m_octetLimit = withOctets;
}

L2tpReportMessage*
L2tpReportMessages::Find(uint64_t number)
{
    if (number < m_first.size())
    {
        return &m_first[number];
    }
    const uint64_t begin = m_count - m_last.size();
    return number >= begin ? &m_last[number - begin] : nullptr;
}

uint32_t
L2tpReportMessages::KindOf(const L2tpReportMessage& message)
{
    const auto protocol = static_cast<uint64_t>(message.protocol);
    const uint64_t key = protocol << 32 | KindNumber(message.protocol, message.octets);
    const auto [found, isNew] = m_kindsByKey.emplace(key, m_kinds.size());
    if (isNew)
    {
        m_kinds.push_back({message.protocol, DISSECTORS[protocol](message.octets).name});
    }
    return found->second;
}

void
L2tpReportMessages::FindOriginal(L2tpReportMessage& message)
{
    const bool isL2tp = message.protocol == L2tpReportProtocol::L2TP;
    if (isL2tp && message.octets.size() <= L2tpHeader::CONTROL_SIZE)
    {
        return; // a ZLB: none is sent again
    }
    // Of L2TP only Nr may differ; of the others a retransmission is the same.
    const uint64_t content =
        isL2tp ? KeyOf(message.tunnelEnd, message.ns)
               : KeyOf(static_cast<int>(message.protocol),
                       message.from,
                       message.link,
                       boost::hash_range(message.octets.begin(), message.octets.end()));
    const auto known = m_originals.find(content);
    if (known != m_originals.end() && (!isL2tp || message.attempt > 1))
    {
        const L2tpReportMessage* original = Find(known->second);
        const bool isRecent = isL2tp || (original && message.sent - original->sent < SAME);
        if (isRecent)
        {
            message.original = static_cast<int64_t>(known->second);
            if (original && message.attempt == 1)
            {
                message.attempt = 2;
            }
            return;
        }
    }
    m_originals[content] = m_count;
}

void
L2tpReportMessages::Sent(L2tpReportMessage message, uint64_t key)
{
    message.kind = KindOf(message);
    FindOriginal(message);
    Kind& kind = m_kinds[message.kind];
    ++kind.sent;
    kind.again += message.attempt > 1 ? 1 : 0;
    m_flights[key] = {m_count++, message.kind, false};
    if (m_withOctets < m_octetLimit)
    {
        ++m_withOctets;
    }
    else
    {
        message.octets = {};
    }
    const std::size_t atFirst = m_limit - m_limit / 4;
    if (m_first.size() < atFirst)
    {
        m_first.push_back(std::move(message));
        return;
    }
    m_last.push_back(std::move(message));
    if (m_last.size() > m_limit - atFirst)
    {
        m_last.pop_front();
    }
}

bool
L2tpReportMessages::Knows(uint64_t key) const
{
    return m_flights.count(key) > 0;
}

bool
L2tpReportMessages::Arrived(uint64_t key, int32_t at, bool isDuplicate)
{
    const auto known = m_flights.find(key);
    if (known == m_flights.end())
    {
        return false;
    }
    Flight& flight = known->second;
    m_kinds[flight.kind].arrived += flight.arrived ? 0 : 1;
    m_kinds[flight.kind].duplicates += isDuplicate ? 1 : 0;
    if (L2tpReportMessage* message = Find(flight.number); message && !flight.arrived)
    {
        message->arrived = true;
        message->received = Simulator::Now();
        message->isDuplicate = isDuplicate;
        message->to = at;
        m_peers[PeerKey(*message)] = at;
    }
    flight.arrived = true;
    return true;
}

bool
L2tpReportMessages::GoesThrough(uint64_t key, int32_t tunnelEnd, uint16_t sessionOfSender)
{
    const auto known = m_flights.find(key);
    if (known == m_flights.end())
    {
        return false;
    }
    Flight& flight = known->second;
    m_kinds[flight.kind].arrived -= flight.arrived ? 1 : 0;
    flight.arrived = false;
    if (L2tpReportMessage* message = Find(flight.number))
    {
        message->arrived = false;
        message->to = L2tpReportMessage::NONE;
        if (message->tunnelEnd == L2tpReportMessage::NONE)
        {
            message->tunnelEnd = tunnelEnd;
            message->sessionOfSender = sessionOfSender;
        }
    }
    return true;
}

uint64_t
L2tpReportMessages::PeerKey(const L2tpReportMessage& message)
{
    return KeyOf(static_cast<int>(message.protocol),
                 message.from,
                 message.link,
                 message.tunnelEnd,
                 message.sessionOfSender);
}

int32_t
L2tpReportMessages::ReceiverOf(const L2tpReportMessage& message) const
{
    if (message.to != L2tpReportMessage::NONE)
    {
        return message.to;
    }
    const auto peer = m_peers.find(PeerKey(message));
    return peer == m_peers.end() ? L2tpReportMessage::NONE : peer->second;
}

std::string
L2tpReportMessages::ToJson(const PlaceFinder& findPlace) const
{
    Strings strings;
    std::string kinds;
    for (const Kind& kind : m_kinds)
    {
        kinds += (kinds.empty() ? "" : ",\n") + std::string("{\"protocol\":\"") +
                 NAMES[static_cast<std::size_t>(kind.protocol)] +
                 "\",\"name\":" + L2tpReportQuote(kind.name) +
                 ",\"sent\":" + std::to_string(kind.sent) +
                 ",\"again\":" + std::to_string(kind.again) +
                 ",\"arrived\":" + std::to_string(kind.arrived) +
                 ",\"duplicates\":" + std::to_string(kind.duplicates) + "}";
    }
    std::string rows;
    std::string packets;
    std::size_t nPackets = 0;
    const auto add = [&](uint64_t number, const L2tpReportMessage& message) {
        int64_t packet = L2tpReportMessage::NONE;
        if (!message.octets.empty())
        {
            packets += (packets.empty() ? "" : ",\n") + PacketToJson(message, strings);
            packet = static_cast<int64_t>(nPackets++);
        }
        const Place place = findPlace(message);
        rows += rows.empty() ? "[" : ",\n[";
        for (const int64_t value :
             {static_cast<int64_t>(number),
              message.sent.GetNanoSeconds(),
              message.arrived ? message.received.GetNanoSeconds() : int64_t{-1},
              static_cast<int64_t>(message.from),
              static_cast<int64_t>(ReceiverOf(message)),
              static_cast<int64_t>(message.kind),
              static_cast<int64_t>(message.attempt),
              message.original,
              static_cast<int64_t>(place.tunnel),
              static_cast<int64_t>(place.session),
              static_cast<int64_t>(message.ns),
              static_cast<int64_t>(message.nr),
              static_cast<int64_t>(message.isDuplicate)})
        {
            rows += std::to_string(value) + ",";
        }
        rows += std::to_string(packet) + "]";
    };
    for (std::size_t i = 0; i < m_first.size(); ++i)
    {
        add(i, m_first[i]);
    }
    const uint64_t beforeLast = m_count - m_last.size();
    for (std::size_t i = 0; i < m_last.size(); ++i)
    {
        add(beforeLast + i, m_last[i]);
    }
    return "\"kinds\":[" + kinds + "],\n\"messages\":[" + rows + "],\n\"packets\":[" + packets +
           "],\n\"strings\":" + strings.ToJson() +
           ",\n\"left_out\":{\"messages\":" + std::to_string(beforeLast - m_first.size()) +
           ",\"after\":" + std::to_string(m_first.size()) + "}";
}

} // namespace ns3
