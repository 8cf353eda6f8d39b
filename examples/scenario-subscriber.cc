/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-subscriber.h"

#include "scenario-options.h"

#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint64_t DOWNLOAD = 200000;      //!< octets
constexpr uint64_t UPLOAD = 50000;         //!< octets
constexpr uint32_t FIRST_PORT = 10000;     //!< of subscriber 0's traffic
constexpr uint32_t MAX_SUBSCRIBERS = 5000; //!< so that there are ports
constexpr uint32_t MAX_TRIES = 10;         //!< after which the ports are used again

} // namespace

std::vector<std::pair<std::string, double>>
L2tpScenarioTally::GetValues() const
{
    return {{"subscribers", subscribers},
            {"ups", ups},
            {"pings", pings},
            {"pings_answered", pingsAnswered},
            {"files", files},
            {"tcp_octets", tcpOctets},
            {"voice_sent", voiceSent},
            {"voice_received", voiceReceived}};
}

L2tpScenarioSubscriber::L2tpScenarioSubscriber(uint32_t index,
                                               Ptr<Node> node,
                                               L2tpScenarioHabit habit)
    : m_index(index),
      m_node(node),
      m_habit(habit)
{
    L2tpScenarioCheck<uint32_t>("Subscribers", index + 1, 1, MAX_SUBSCRIBERS);
}

Ptr<Node>
L2tpScenarioSubscriber::GetNode() const
{
    return m_node;
}

void
L2tpScenarioSubscriber::Begin(Ipv4Address local,
                              Ptr<Node> server,
                              Ipv4Address address,
                              uint16_t mtu,
                              Time talkTime)
{
    ++m_ups;
    const Time pingTime = Seconds(PINGS + 1);
    m_quiet = std::max(m_quiet, Simulator::Now() + pingTime);
    L2tpScenarioPing(m_node, address, PINGS, Seconds(1), [this](Time /* rtt */) { ++m_replies; });
    if (m_habit != L2tpScenarioHabit::TELEPHONE)
    {
        MoveFile(local, server, address, mtu);
    }
    else if (m_ups == 1)
    {
        const auto port = static_cast<uint16_t>(FIRST_PORT + m_index);
        m_talk.Talk(m_node, server, address, port, talkTime);
        m_listen.Talk(server, m_node, local, port, talkTime);
        m_quiet = std::max(m_quiet, Simulator::Now() + talkTime + Seconds(1));
    }
}

void
L2tpScenarioSubscriber::MoveFile(Ipv4Address local,
                                 Ptr<Node> server,
                                 Ipv4Address address,
                                 uint16_t mtu)
{
    if (!m_transfers.empty() && m_transfers.back().IsDone())
    {
        return;
    }
    // One that was interrupted begins anew, from a new address and with a port of its own.
    const auto port =
        static_cast<uint16_t>(FIRST_PORT + MAX_SUBSCRIBERS * ((m_ups - 1) % MAX_TRIES) + m_index);
    L2tpScenarioTransfer& transfer = m_transfers.emplace_back();
    if (m_habit == L2tpScenarioHabit::DOWNLOAD)
    {
        transfer.Receive(m_node, port, DOWNLOAD, nullptr);
        transfer.Send(server, local, mtu);
    }
    else
    {
        transfer.Receive(server, port, UPLOAD, nullptr);
        transfer.Send(m_node, address, mtu);
    }
}

bool
L2tpScenarioSubscriber::IsDone() const
{
    return m_ups > 0 && Simulator::Now() >= m_quiet &&
           (m_transfers.empty() || m_transfers.back().IsDone());
}

std::string
L2tpScenarioSubscriber::GetFault() const
{
    return m_ups == 0                                             ? "a subscriber did not come up"
           : m_replies == 0 && m_transfers.empty()                ? "pings unanswered"
           : !m_transfers.empty() && !m_transfers.back().IsDone() ? "transfer incomplete"
                                                                  : "";
}

void
L2tpScenarioSubscriber::AddTo(L2tpScenarioTally& tally) const
{
    ++tally.subscribers;
    tally.ups += m_ups;
    tally.pings += uint64_t{m_ups} * PINGS;
    tally.pingsAnswered += m_replies;
    for (const L2tpScenarioTransfer& transfer : m_transfers)
    {
        tally.files += transfer.IsDone() ? 1 : 0;
        tally.tcpOctets += transfer.GetReceived();
        tally.goodput += transfer.GetGoodput();
    }
    tally.voiceSent += m_talk.GetSent() + m_listen.GetSent();
    tally.voiceReceived += m_talk.GetReceived() + m_listen.GetReceived();
}

} // namespace ns3
