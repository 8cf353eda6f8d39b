/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-ladder.h"

#include "ns3/ppp-reason.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace ns3
{

namespace
{

constexpr std::size_t WIDTH = 44;       //!< characters between two lifelines, if there are two
constexpr std::size_t LEAST_WIDTH = 18; //!< characters between two of many

/// What stands above the times.
constexpr const char* HEAD = "    time/s  ";

// What terminals take for colours (ECMA-48, section 8.3.117).
constexpr const char* PLAIN = "\033[0m";   //!< no colour any more
constexpr const char* RED = "\033[31m";    //!< of what is lost
constexpr const char* GREEN = "\033[32m";  //!< of notes
constexpr const char* YELLOW = "\033[33m"; //!< of what is sent again, or received again
constexpr const char* CYAN = "\033[36m";   //!< of all other messages

/**
 * @brief The AVPs that tell one message of a kind from another, in words.
 * @param message the message
 * @return for example "Assigned Tunnel ID 4711"
 */
std::string
DescribeKeyAvps(const L2tpControlMessage& message)
{
    std::ostringstream text;
    if (const auto id = message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID))
    {
        text << "  Assigned Tunnel ID " << *id;
    }
    if (const auto id = message.Get(L2tpAvps::ASSIGNED_SESSION_ID))
    {
        text << "  Assigned Session ID " << *id;
    }
    if (const auto window = message.Get(L2tpAvps::RECEIVE_WINDOW_SIZE))
    {
        text << "  window " << *window;
    }
    if (const auto number = message.Get(L2tpAvps::CALLED_NUMBER))
    {
        text << "  called " << *number;
    }
    if (const auto hops = message.Get(L2tpAvps::HOP_COUNT))
    {
        text << "  Hop Count " << *hops;
    }
    if (const auto speed = message.Is(L2tpMessageType::OCCN)
                               ? message.Get(L2tpAvps::TX_CONNECT_SPEED)
                               : std::nullopt)
    {
        text << "  " << *speed << " bit/s";
    }
    if (const auto errors = message.Get(L2tpAvps::CALL_ERRORS))
    {
        text << "  errors: CRC " << errors->crcErrors << ", framing " << errors->framingErrors
             << ", hardware " << errors->hardwareOverruns << ", buffer " << errors->bufferOverruns
             << ", time-out " << errors->timeoutErrors << ", alignment " << errors->alignmentErrors;
    }
    if (const auto accm = message.Get(L2tpAvps::ACCM))
    {
        text << "  send ACCM 0x" << std::hex << accm->send << ", receive 0x" << accm->receive;
    }
    if (const auto code = message.Get(L2tpAvps::RESULT_CODE))
    {
        text << "  Result " << code->Describe(static_cast<L2tpMessageType>(message.GetType()));
    }
    for (const auto& cause : message.GetAll(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE))
    {
        text << "  PPP cause " << cause.Describe();
    }
    return text.str();
}

} // namespace

L2tpLadder::L2tpLadder(Ptr<L2tpEndpoint> left,
                       const std::string& leftName,
                       Ptr<L2tpEndpoint> right,
                       const std::string& rightName)
{
    AddLifeline(leftName, {left});
    AddLifeline(rightName, {right});
}

void
L2tpLadder::AddLifeline(const std::string& name, const std::vector<Ptr<L2tpEndpoint>>& endpoints)
{
    const std::size_t index = m_lifelines.size();
    m_lifelines.push_back({name, endpoints.front()->GetNode()});
    for (const auto& endpoint : endpoints)
    {
        endpoint->TraceConnectWithoutContext("ControlTx",
                                             MakeBoundCallback(&L2tpLadder::Sent, this, index));
        endpoint->TraceConnectWithoutContext("ControlRx",
                                             MakeBoundCallback(&L2tpLadder::Received, this, index));
    }
}

void
L2tpLadder::AddOutsiders(const std::string& name)
{
    m_lifelines.push_back({name, nullptr});
}

void
L2tpLadder::WatchLink(Ptr<PppLink> link)
{
    link->TraceConnectWithoutContext("Phase", MakeBoundCallback(&L2tpLadder::PhaseChanged, this));
    link->TraceConnectWithoutContext("NetworkUp", MakeBoundCallback(&L2tpLadder::NetworkUp, this));
}

void
L2tpLadder::Note(const std::string& text)
{
    Row row;
    row.sent = Simulator::Now();
    row.isNote = true;
    row.what = text;
    m_rows.push_back(row);
}

void
L2tpLadder::Sent(L2tpLadder* ladder,
                 std::size_t from,
                 Ptr<const L2tpTunnel> tunnel,
                 const L2tpHeader& header,
                 Ptr<const Packet> datagram,
                 uint32_t attempt)
{
    const std::size_t to = ladder->FindLifeline(tunnel->GetPath()->GetPeer().address);
    if (to == ladder->m_lifelines.size())
    {
        return;
    }
    Row row = Describe(from, to, header, datagram);
    row.attempt = attempt;
    row.arrived = !ladder->m_lifelines[to].node;
    if (!row.arrived)
    {
        ladder->m_pending[datagram->GetUid()] = ladder->m_rows.size();
    }
    ladder->m_rows.push_back(row);
}

void
L2tpLadder::Received(L2tpLadder* ladder,
                     std::size_t at,
                     Ptr<const L2tpTunnel> tunnel,
                     const L2tpHeader& header,
                     Ptr<const Packet> datagram,
                     L2tpReception reception)
{
    const std::size_t from = ladder->FindLifeline(tunnel->GetPath()->GetPeer().address);
    if (from < ladder->m_lifelines.size() && !ladder->m_lifelines[from].node)
    {
        Row row = Describe(from, at, header, datagram);
        row.arrived = true;
        row.isDuplicate = reception == L2tpReception::DUPLICATE;
        ladder->m_rows.push_back(row);
        return;
    }
    const auto pending = ladder->m_pending.find(datagram->GetUid());
    if (pending == ladder->m_pending.end())
    {
        return;
    }
    Row& row = ladder->m_rows[pending->second];
    row.arrived = true;
    row.isDuplicate = reception == L2tpReception::DUPLICATE;
    ladder->m_pending.erase(pending);
}

std::size_t
L2tpLadder::FindLifeline(const L2tpIpAddress& peer) const
{
    const auto has = [&peer](const Lifeline& lifeline) {
        return lifeline.node && peer.IsOn(lifeline.node);
    };
    auto found = std::find_if(m_lifelines.begin(), m_lifelines.end(), has);
    if (found == m_lifelines.end())
    {
        found = std::find_if(m_lifelines.begin(), m_lifelines.end(), [](const Lifeline& lifeline) {
            return !lifeline.node;
        });
    }
    return static_cast<std::size_t>(found - m_lifelines.begin());
}

L2tpLadder::Row
L2tpLadder::Describe(std::size_t from,
                     std::size_t to,
                     const L2tpHeader& header,
                     Ptr<const Packet> datagram)
{
    Row row;
    row.sent = Simulator::Now();
    row.from = from;
    row.to = to;
    row.ns = header.GetNs();
    row.nr = header.GetNr();
    std::vector<uint8_t> octets(datagram->GetSize());
    datagram->CopyData(octets.data(), octets.size());
    const L2tpByteView body = L2tpByteView(octets).Sub(header.GetSerializedSize());
    L2tpControlMessage message;
    row.name = "ZLB";
    if (!body.empty() && L2tpControlMessage::Parse(body, message) == L2tpAvpError::NONE)
    {
        row.name = L2tpMessageName(message.GetType());
        row.what = DescribeKeyAvps(message);
    }
    return row;
}

void
L2tpLadder::PhaseChanged(L2tpLadder* ladder, PppPhase /* before */, PppPhase now, PppReason reason)
{
    ladder->Note(std::string("PPP: ") + PppPhaseName(now) + " (" + PppReasonName(reason) + ")");
}

void
L2tpLadder::NetworkUp(L2tpLadder* ladder, Ipv4Address local, Ipv4Address peer)
{
    std::ostringstream text;
    text << "PPP: network up, " << local << " to " << peer;
    ladder->Note(text.str());
}

std::string
L2tpLadder::Head(std::size_t width) const
{
    std::string text;
    for (std::size_t i = 0; i < m_lifelines.size(); ++i)
    {
        // The first one begins at its line, the last one ends there, and the others are centred.
        const std::string& name = m_lifelines[i].name;
        const bool isLast = i > 0 && i + 1 == m_lifelines.size();
        const std::size_t line = i * (width + 1);
        const std::size_t before = i == 0 ? 0 : isLast ? name.size() - 1 : name.size() / 2;
        const std::size_t begin = line > before ? line - before : 0;
        text += std::string(begin > text.size() ? begin - text.size() : i > 0 ? 1 : 0, ' ') + name;
    }
    return text;
}

std::string
L2tpLadder::Rung(const Row& row, std::size_t width, bool colours) const
{
    std::string text;
    for (std::size_t i = 0; i < m_lifelines.size(); ++i)
    {
        text += (i > 0 ? std::string(width, ' ') : "") + "|";
    }
    if (row.isNote)
    {
        return text;
    }
    const bool toRight = row.from < row.to;
    const std::size_t left = std::min(row.from, row.to) * (width + 1) + 1;
    const std::size_t right = std::max(row.from, row.to) * (width + 1);
    const std::string label = toRight ? "-- " + row.name + " " : " " + row.name + " --";
    // A message that got lost breaks off in the middle.
    const std::size_t whole = right - left;
    const std::size_t length = row.arrived ? whole : std::max(whole / 2, label.size() + 2);
    const std::string shaft(length - label.size() - 1, '-');
    const std::string arrow = toRight ? label + shaft + (row.arrived ? '>' : 'X')
                                      : (row.arrived ? '<' : 'X') + shaft + label;
    return text.replace(toRight ? left : right - length,
                        length,
                        colours ? ColourOf(row) + arrow + PLAIN : arrow);
}

std::size_t
L2tpLadder::GetWidth() const
{
    const std::size_t gaps = std::max<std::size_t>(m_lifelines.size(), 2) - 1;
    return std::max(WIDTH / gaps, LEAST_WIDTH);
}

std::string
L2tpLadder::ColourOf(const Row& row)
{
    return row.isNote                           ? GREEN
           : !row.arrived                       ? RED
           : row.attempt > 1 || row.isDuplicate ? YELLOW
                                                : CYAN;
}

std::string
L2tpLadder::Line(const Row& row, bool colours) const
{
    std::ostringstream text;
    text << std::setw(10) << std::fixed << std::setprecision(6) << row.sent.GetSeconds() << "  "
         << Rung(row, GetWidth(), colours) << "  ";
    if (row.isNote)
    {
        text << (colours ? ColourOf(row) + row.what + PLAIN : row.what) << "\n";
        return text.str();
    }
    text << "Ns " << row.ns << " Nr " << row.nr << row.what;
    std::string fate =
        row.attempt > 1 ? "  (retransmission " + std::to_string(row.attempt - 1) + ")" : "";
    fate += row.arrived ? row.isDuplicate ? "  (duplicate)" : "" : "  (lost)";
    text << (colours && !fate.empty() ? ColourOf(row) + fate + PLAIN : fate) << "\n";
    return text.str();
}

void
L2tpLadder::Print(std::ostream& os, std::size_t maxRows) const
{
    std::string text = std::string(HEAD) + Head(GetWidth()) + "\n";
    const bool colours = L2tpWantsColours(os);
    std::size_t shown = 0;
    for (const Row& row : m_rows)
    {
        if (++shown > maxRows)
        {
            text += "            ... and " + std::to_string(m_rows.size() - maxRows) + " more\n";
            break;
        }
        text += Line(row, colours);
    }
    os << text;
}

void
L2tpLadder::PrintBetween(std::ostream& os, Time from, Time until) const
{
    std::string text = std::string(HEAD) + Head(GetWidth()) + "\n";
    const bool colours = L2tpWantsColours(os);
    for (const Row& row : m_rows)
    {
        text += row.sent >= from && row.sent <= until ? Line(row, colours) : "";
    }
    os << text;
}

bool
L2tpWantsColours(const std::ostream& os)
{
    const char* terminal = std::getenv("TERM");
    return &os == &std::cout && isatty(STDOUT_FILENO) && terminal &&
           std::string(terminal) != "dumb" && !std::getenv("NO_COLOR");
}

} // namespace ns3
