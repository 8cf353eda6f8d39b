/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-tcp-flow.h"

#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/simulator.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/tcp-socket-factory.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint32_t WRITE = 64 * 1024; //!< octets given to a socket at once

} // namespace

void
L2tpScenarioTcpWatch::Watch(Ptr<Socket> socket)
{
    socket->TraceConnectWithoutContext("Tx", MakeCallback(&L2tpScenarioTcpWatch::Tx, this));
    socket->TraceConnectWithoutContext("RTO", MakeCallback(&L2tpScenarioTcpWatch::Rto, this));
    socket->TraceConnectWithoutContext("CongestionWindow",
                                       MakeCallback(&L2tpScenarioTcpWatch::Window, this));
}

void
L2tpScenarioTcpWatch::Tx(Ptr<const Packet> packet,
                         const TcpHeader& header,
                         Ptr<const TcpSocketBase>)
{
    const uint32_t size = packet->GetSize();
    if (size == 0)
    {
        return;
    }
    const SequenceNumber32 first = header.GetSequenceNumber();
    const SequenceNumber32 next = first + size;
    if (!m_started)
    {
        m_started = true;
        m_next = first;
    }
    const uint32_t fresh = next > m_next ? std::min<uint32_t>(next - m_next, size) : 0;
    sent += fresh;
    retransmitted += size - fresh;
    m_next = std::max(m_next, next);
}

void
L2tpScenarioTcpWatch::Rto(Time before, Time now)
{
    rto = now;
    // It doubles when it expires, and is measured anew otherwise.
    if (now == before + before)
    {
        ++timeouts;
    }
}

void
L2tpScenarioTcpWatch::Window(uint32_t, uint32_t now)
{
    window = now;
}

void
L2tpScenarioTcpFlow::Listen(Ptr<Node> receiver, uint16_t port)
{
    m_port = port;
    PacketSinkHelper sink("ns3::TcpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), port));
    m_sink = DynamicCast<PacketSink>(sink.Install(receiver).Get(0));
    m_sink->TraceConnectWithoutContext("Rx", MakeCallback(&L2tpScenarioTcpFlow::Arrived, this));
    receiver->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
        "LocalDeliver",
        MakeCallback(&L2tpScenarioTcpFlow::Delivered, this));
}

void
L2tpScenarioTcpFlow::Start(Ptr<Node> sender, Ipv4Address to)
{
    m_running = true;
    m_lastArrival = Simulator::Now();
    m_socket = Socket::CreateSocket(sender, TcpSocketFactory::GetTypeId());
    m_watch.Watch(m_socket);
    m_socket->SetConnectCallback(MakeCallback(&L2tpScenarioTcpFlow::Fill, this),
                                 Callback<void, Ptr<Socket>>());
    m_socket->SetSendCallback(Callback<void, Ptr<Socket>, uint32_t>(
        [this](Ptr<Socket> socket, uint32_t) { Fill(socket); }));
    m_socket->Connect(InetSocketAddress(to, m_port));
}

void
L2tpScenarioTcpFlow::Fill(Ptr<Socket> socket)
{
    while (m_running && socket->GetTxAvailable() > 0)
    {
        if (socket->Send(Create<Packet>(std::min(socket->GetTxAvailable(), WRITE))) <= 0)
        {
            break;
        }
    }
}

void
L2tpScenarioTcpFlow::Stop()
{
    m_longestStall = GetLongestStall();
    m_running = false;
}

void
L2tpScenarioTcpFlow::Arrived(Ptr<const Packet> /* packet */, const Address& /* from */)
{
    if (m_running)
    {
        m_longestStall = GetLongestStall();
        m_lastArrival = Simulator::Now();
    }
}

void
L2tpScenarioTcpFlow::Delivered(const Ipv4Header& header, Ptr<const Packet> packet, uint32_t)
{
    if (!m_running || header.GetProtocol() != TcpL4Protocol::PROT_NUMBER)
    {
        return;
    }
    TcpHeader tcp;
    packet->PeekHeader(tcp);
    const uint32_t size = packet->GetSize() - tcp.GetSerializedSize();
    const uint64_t first = PlaceOf(tcp.GetSequenceNumber());
    const auto segment = Octets::interval_type::right_open(first, first + size);
    const Octets again = m_delivered & segment;
    m_duplicates += again.size();
    m_delivered += segment;
}

uint64_t
L2tpScenarioTcpFlow::PlaceOf(SequenceNumber32 number)
{
    m_lastPlace += number - m_lastNumber;
    m_lastNumber = number;
    return m_lastPlace;
}

uint64_t
L2tpScenarioTcpFlow::GetReceived() const
{
    return m_sink->GetTotalRx();
}

uint64_t
L2tpScenarioTcpFlow::GetDuplicates() const
{
    return m_duplicates;
}

Time
L2tpScenarioTcpFlow::GetLongestStall() const
{
    return m_running ? std::max(m_longestStall, Simulator::Now() - m_lastArrival) : m_longestStall;
}

Ptr<Socket>
L2tpScenarioTcpFlow::GetSocket() const
{
    return m_socket;
}

const L2tpScenarioTcpWatch&
L2tpScenarioTcpFlow::GetWatch() const
{
    return m_watch;
}

} // namespace ns3
