/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-test-peer.h"

#include "ns3/icmpv4.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-raw-socket-factory.h"
#include "ns3/ipv6-header.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace ns3
{

void
L2tpTestDatagram::Read(Ptr<const Packet> payload)
{
    octets.resize(payload->GetSize());
    payload->CopyData(octets.data(), octets.size());
    payload->PeekHeader(header);
    if (IsControl())
    {
        L2tpControlMessage::Parse(
            L2tpByteView(octets).Sub(L2tpHeader::CONTROL_SIZE,
                                     header.GetLength() - L2tpHeader::CONTROL_SIZE),
            message);
    }
}

bool
L2tpTestDatagram::IsControl() const
{
    return header.GetError() == L2tpHeaderError::NONE && header.IsControl();
}

bool
L2tpTestDatagram::IsZlb() const
{
    return IsControl() && header.GetLength() == L2tpHeader::CONTROL_SIZE;
}

bool
L2tpTestDatagram::Is(L2tpMessageType type) const
{
    return IsControl() && message.Is(type);
}

std::vector<uint8_t>
L2tpTestDatagram::Identity() const
{
    std::vector<uint8_t> identity = octets;
    identity.at(10) = 0;
    identity.at(11) = 0;
    return identity;
}

void
L2tpTestChannel::Send(Ptr<Packet> packet,
                      uint16_t protocol,
                      Mac48Address to,
                      Mac48Address from,
                      Ptr<SimpleNetDevice> sender)
{
    bool lost = cut;
    Ptr<Packet> content = packet->Copy();
    ++packets;
    if (watchPacket)
    {
        watchPacket(packet);
    }
    L2tpTestDatagram datagram;
    if (Dissect(content, datagram) && (watch || lose))
    {
        datagram.time = Simulator::Now();
        datagram.Read(content);
        if (watch)
        {
            watch(datagram);
        }
        lost = lost || (lose && lose(datagram));
    }
    if (!lost)
    {
        SimpleChannel::Send(packet, protocol, to, from, sender);
    }
}

bool
L2tpTestChannel::Dissect(Ptr<Packet> packet, L2tpTestDatagram& datagram)
{
    uint8_t version = 0;
    packet->CopyData(&version, 1);
    bool isFragment = false;
    uint8_t protocol = 0;
    if (version >> 4 == 6)
    {
        Ipv6Header ip;
        packet->RemoveHeader(ip);
        datagram.from.address = ip.GetSource();
        datagram.to.address = ip.GetDestination();
        protocol = ip.GetNextHeader();
        isFragment = protocol == Ipv6Header::IPV6_EXT_FRAGMENTATION;
    }
    else
    {
        Ipv4Header ip;
        packet->RemoveHeader(ip);
        datagram.from.address = ip.GetSource();
        datagram.to.address = ip.GetDestination();
        protocol = ip.GetProtocol();
        isFragment = !ip.IsLastFragment() || ip.GetFragmentOffset() != 0;
    }
    fragments += isFragment ? 1 : 0;
    if (isFragment || protocol != UdpL4Protocol::PROT_NUMBER)
    {
        return false;
    }
    UdpHeader udp;
    packet->RemoveHeader(udp);
    datagram.from.port = udp.GetSourcePort();
    datagram.to.port = udp.GetDestinationPort();
    return true;
}

L2tpTestProbe::L2tpTestProbe(Ptr<Node> node, Ipv4Address server)
    : m_udp(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId())),
      m_icmp(Socket::CreateSocket(node, Ipv4RawSocketFactory::GetTypeId())),
      m_server(server)
{
    m_udp->Bind();
    m_udp->SetRecvCallback(ForEachPacket([this](Ptr<Packet> /* packet */, const Address& from) {
        ++echoed;
        replier = InetSocketAddress::ConvertFrom(from).GetIpv4();
    }));
    m_icmp->SetAttribute("Protocol", UintegerValue(1));
    m_icmp->Bind();
    m_icmp->SetRecvCallback(ForEachPacket([this](Ptr<Packet> packet, const Address& from) {
        Ipv4Header ip;
        Icmpv4Header icmp;
        packet->RemoveHeader(ip);
        packet->RemoveHeader(icmp);
        if (icmp.GetType() == Icmpv4Header::ICMPV4_ECHO_REPLY)
        {
            ++pinged;
            replier = InetSocketAddress::ConvertFrom(from).GetIpv4();
        }
    }));
}

L2tpTestProbe::~L2tpTestProbe()
{
    m_udp->SetRecvCallback(Callback<void, Ptr<Socket>>());
    m_icmp->SetRecvCallback(Callback<void, Ptr<Socket>>());
}

void
L2tpTestProbe::Send(uint32_t size)
{
    ++sent;
    m_udp->SendTo(Create<Packet>(size), 0, InetSocketAddress(m_server, L2TP_TEST_ECHO_PORT));
}

void
L2tpTestProbe::Ping(uint32_t size)
{
    Icmpv4Echo echo;
    echo.SetIdentifier(1);
    echo.SetSequenceNumber(++m_pings);
    echo.SetData(Create<Packet>(size));
    auto packet = Create<Packet>();
    packet->AddHeader(echo);
    Icmpv4Header header;
    header.SetType(Icmpv4Header::ICMPV4_ECHO);
    header.SetCode(0);
    if (Node::ChecksumEnabled())
    {
        header.EnableChecksum();
    }
    packet->AddHeader(header);
    m_icmp->SendTo(packet, 0, InetSocketAddress(m_server, 0));
}

uint32_t
L2tpTestProbe::PingOnce(Ptr<Node> node, Ipv4Address server)
{
    L2tpTestProbe probe(node, server);
    probe.Ping();
    Simulator::Stop(Seconds(2));
    Simulator::Run();
    return probe.pinged;
}

L2tpTestPeer::L2tpTestPeer(Ptr<Node> node, uint16_t port, const L2tpUdpAddress& to)
    : m_socket(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId())),
      m_to(to)
{
    m_socket->Bind(to.address.IsIpv6() ? Address(Inet6SocketAddress(port))
                                       : Address(InetSocketAddress(port)));
    m_socket->SetRecvCallback(ForEachPacket([this](Ptr<Packet> packet, const Address& from) {
        L2tpTestDatagram datagram;
        datagram.time = Simulator::Now();
        datagram.from = L2tpUdpAddress::Of(from, 0).value_or(L2tpUdpAddress());
        datagram.Read(packet);
        received.push_back(datagram);
        if (answer)
        {
            answer(datagram);
        }
    }));
}

L2tpTestPeer::~L2tpTestPeer()
{
    m_socket->SetRecvCallback(Callback<void, Ptr<Socket>>());
}

void
L2tpTestPeer::Send(const std::vector<uint8_t>& octets)
{
    m_socket->SendTo(Create<Packet>(octets.data(), octets.size()),
                     0,
                     m_to.address.IsIpv6()
                         ? Address(Inet6SocketAddress(m_to.address.GetIpv6(), m_to.port))
                         : Address(InetSocketAddress(m_to.address.GetIpv4(), m_to.port)));
}

void
L2tpTestPeer::Send(uint16_t tunnel,
                   uint16_t session,
                   uint16_t ns,
                   uint16_t nr,
                   const L2tpControlMessage& message)
{
    const std::vector<uint8_t>& body = message.GetBody();
    const L2tpHeader header = L2tpHeader::MakeControl(tunnel, session, ns, nr, body.size());
    std::vector<uint8_t> octets(header.GetSerializedSize());
    header.Write(octets.data());
    octets.insert(octets.end(), body.begin(), body.end());
    Send(octets);
}

void
L2tpTestPeer::SendData(uint16_t tunnel, uint16_t session, const std::vector<uint8_t>& frame)
{
    L2tpHeader header;
    header.SetTunnelId(tunnel);
    header.SetSessionId(session);
    SendData(header, frame);
}

void
L2tpTestPeer::SendData(const L2tpHeader& header, const std::vector<uint8_t>& frame)
{
    std::vector<uint8_t> octets(header.GetSerializedSize());
    header.Write(octets.data());
    octets.insert(octets.end(), frame.begin(), frame.end());
    Send(octets);
}

L2tpControlMessage
L2tpTestPeer::Start(L2tpMessageType type, uint16_t tunnel)
{
    L2tpControlMessage message(type);
    message.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION);
    message.Add(L2tpAvps::FRAMING_CAPABILITIES, uint32_t(3));
    message.Add(L2tpAvps::HOST_NAME, std::string("peer"));
    message.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, tunnel);
    return message;
}

std::size_t
L2tpTestPeer::Count(L2tpMessageType type) const
{
    return std::count_if(received.begin(), received.end(), [type](const auto& datagram) {
        return datagram.Is(type);
    });
}

const L2tpTestDatagram&
L2tpTestPeer::Last(L2tpMessageType type) const
{
    const auto last = std::find_if(received.rbegin(), received.rend(), [type](const auto& one) {
        return one.Is(type);
    });
    static const L2tpTestDatagram NONE;
    EXPECT_NE(last, received.rend()) << "no " << L2tpMessageName(static_cast<uint16_t>(type));
    return last == received.rend() ? NONE : *last;
}

} // namespace ns3
