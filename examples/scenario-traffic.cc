/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-traffic.h"

#include "ns3/bulk-send-helper.h"
#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <utility>

namespace ns3
{

namespace
{

constexpr uint16_t TCP_OVERHEAD = 52;   //!< octets of IP, TCP and its timestamps
constexpr uint32_t VOICE_OCTETS = 172;  //!< of RTP (12) and 20 ms of G.711 (160)
constexpr uint32_t VOICE_INTERVAL = 20; //!< milliseconds between two packets

} // namespace

void
L2tpScenarioTransfer::Receive(Ptr<Node> receiver,
                              uint16_t port,
                              uint64_t bytes,
                              std::function<void()> done)
{
    m_port = port;
    m_bytes = bytes;
    m_done = std::move(done);
    PacketSinkHelper sinks("ns3::TcpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), port));
    m_sink = DynamicCast<PacketSink>(sinks.Install(receiver).Get(0));
    m_sink->TraceConnectWithoutContext("Rx",
                                       MakeBoundCallback(&L2tpScenarioTransfer::Arrived, this));
}

void
L2tpScenarioTransfer::Send(Ptr<Node> sender, Ipv4Address to, uint16_t mtu)
{
    m_begun = Simulator::Now();
    if (m_bytes == 0)
    {
        return; // BulkSend would never end
    }
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(mtu - TCP_OVERHEAD));
    BulkSendHelper helper("ns3::TcpSocketFactory", InetSocketAddress(to, m_port));
    helper.SetAttribute("MaxBytes", UintegerValue(m_bytes));
    helper.SetAttribute("SendSize", UintegerValue(64 * 1024));
    helper.Install(sender);
}

void
L2tpScenarioTransfer::Arrived(L2tpScenarioTransfer* self,
                              Ptr<const Packet> /* packet */,
                              const Address& /* from */)
{
    if (self->m_ended.IsZero() && self->GetReceived() >= self->m_bytes)
    {
        self->m_ended = Simulator::Now();
        if (self->m_done)
        {
            self->m_done();
        }
    }
}

bool
L2tpScenarioTransfer::IsDone() const
{
    return m_bytes == 0 || !m_ended.IsZero();
}

uint64_t
L2tpScenarioTransfer::GetReceived() const
{
    return m_sink ? m_sink->GetTotalRx() : 0;
}

double
L2tpScenarioTransfer::GetGoodput() const
{
    return m_ended.IsZero() ? 0 : m_bytes * 8 / (m_ended - m_begun).GetSeconds();
}

void
L2tpScenarioVoice::Talk(Ptr<Node> speaker,
                        Ptr<Node> listener,
                        Ipv4Address to,
                        uint16_t port,
                        Time duration)
{
    if (duration < MilliSeconds(VOICE_INTERVAL))
    {
        return; // no octets would be no limit
    }
    PacketSinkHelper sinks("ns3::UdpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), port));
    sinks.Install(listener).Get(0)->TraceConnectWithoutContext(
        "Rx",
        MakeBoundCallback(&L2tpScenarioVoice::Arrived, this));
    OnOffHelper helper("ns3::UdpSocketFactory", InetSocketAddress(to, port));
    helper.SetConstantRate(DataRate(VOICE_OCTETS * 8 * (1000 / VOICE_INTERVAL)), VOICE_OCTETS);
    helper.SetAttribute(
        "MaxBytes",
        UintegerValue(VOICE_OCTETS * (duration.GetMilliSeconds() / VOICE_INTERVAL)));
    helper.Install(speaker).Get(0)->TraceConnectWithoutContext(
        "Tx",
        MakeBoundCallback(&L2tpScenarioVoice::Sent, this));
}

void
L2tpScenarioVoice::Sent(L2tpScenarioVoice* self, Ptr<const Packet> /* packet */)
{
    ++self->m_sent;
}

void
L2tpScenarioVoice::Arrived(L2tpScenarioVoice* self,
                           Ptr<const Packet> /* packet */,
                           const Address& /* from */)
{
    ++self->m_received;
}

uint64_t
L2tpScenarioVoice::GetSent() const
{
    return m_sent;
}

uint64_t
L2tpScenarioVoice::GetReceived() const
{
    return m_received;
}

} // namespace ns3
