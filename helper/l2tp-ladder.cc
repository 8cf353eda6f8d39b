/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-ladder.h"

#include "ns3/ipv4.h"
#include "ns3/ppp-reason.h"
#include "ns3/simulator.h"

#include <iomanip>
#include <sstream>

namespace ns3
{

namespace
{

constexpr std::size_t WIDTH = 44; //!< characters between the two lifelines

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
    : m_leftNode(left->GetNode()),
      m_rightNode(right->GetNode()),
      m_leftName(leftName),
      m_rightName(rightName)
{
    for (const bool isLeft : {true, false})
    {
        Ptr<L2tpEndpoint> endpoint = isLeft ? left : right;
        endpoint->TraceConnectWithoutContext("ControlTx",
                                             MakeBoundCallback(&L2tpLadder::Sent, this, isLeft));
        endpoint->TraceConnectWithoutContext("ControlRx",
                                             MakeBoundCallback(&L2tpLadder::Received, this));
    }
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

bool
L2tpLadder::LeadsAcross(Ptr<const L2tpTunnel> tunnel, bool fromLeft) const
{
    Ptr<Ipv4> other = (fromLeft ? m_rightNode : m_leftNode)->GetObject<Ipv4>();
    return other->GetInterfaceForAddress(tunnel->GetPath()->GetPeer().address) != -1;
}

void
L2tpLadder::Sent(L2tpLadder* ladder,
                 bool fromLeft,
                 Ptr<const L2tpTunnel> tunnel,
                 const L2tpHeader& header,
                 Ptr<const Packet> datagram,
                 uint32_t attempt)
{
    if (!ladder->LeadsAcross(tunnel, fromLeft))
    {
        return;
    }
    Row row;
    row.sent = Simulator::Now();
    row.fromLeft = fromLeft;
    row.attempt = attempt;
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
    ladder->m_pending[datagram->GetUid()] = ladder->m_rows.size();
    ladder->m_rows.push_back(row);
}

void
L2tpLadder::Received(L2tpLadder* ladder,
                     Ptr<const L2tpTunnel> /* tunnel */,
                     const L2tpHeader& /* header */,
                     Ptr<const Packet> datagram,
                     L2tpReception reception)
{
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

void
L2tpLadder::Print(std::ostream& os, std::size_t maxRows) const
{
    // Not to the stream itself, whose format is the caller's.
    std::ostringstream text;
    const std::size_t gap = WIDTH + 2 > m_leftName.size() + m_rightName.size()
                                ? WIDTH + 2 - m_leftName.size() - m_rightName.size()
                                : 1;
    text << "    time/s  " << m_leftName << std::string(gap, ' ') << m_rightName << "\n";
    std::size_t shown = 0;
    for (const Row& row : m_rows)
    {
        if (++shown > maxRows)
        {
            text << "            ... and " << m_rows.size() - maxRows << " more\n";
            break;
        }
        text << std::setw(10) << std::fixed << std::setprecision(6) << row.sent.GetSeconds()
             << "  ";
        if (row.isNote)
        {
            text << "|" << std::string(WIDTH, ' ') << "|  " << row.what << "\n";
            continue;
        }
        // A message that got lost breaks off in the middle.
        const std::size_t length = row.arrived ? WIDTH : WIDTH / 2;
        const std::string label = "-- " + row.name + " ";
        std::string line =
            label + std::string(length - label.size() - 1, '-') + (row.arrived ? '>' : 'X');
        if (!row.fromLeft)
        {
            const std::string back = " " + row.name + " --";
            line = (row.arrived ? '<' : 'X') + std::string(length - back.size() - 1, '-') + back;
        }
        const std::string rest(WIDTH - length, ' ');
        text << "|" << (row.fromLeft ? line + rest : rest + line) << "|  Ns " << row.ns << " Nr "
             << row.nr << row.what;
        if (row.attempt > 1)
        {
            text << "  (retransmission " << row.attempt - 1 << ")";
        }
        text << (row.arrived ? row.isDuplicate ? "  (duplicate)" : "" : "  (lost)") << "\n";
    }
    os << text.str();
}

} // namespace ns3
