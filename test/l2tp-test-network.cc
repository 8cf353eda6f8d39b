/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-test-network.h"

#include "ns3/icmpv4.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-raw-socket-factory.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simple-net-device.h"
#include "ns3/udp-header.h"
#include "ns3/udp-socket-factory.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

namespace
{

constexpr uint16_t ECHO_PORT = 7; //!< where the server echoes

/// A callback that calls a function for each packet that a socket has.
template <typename Function>
Callback<void, Ptr<Socket>>
ForEachPacket(Function function)
{
    return Callback<void, Ptr<Socket>>([function](Ptr<Socket> socket) {
        Address from;
        while (Ptr<Packet> packet = socket->RecvFrom(from))
        {
            function(packet, InetSocketAddress::ConvertFrom(from));
        }
    });
}

/// A callback that does nothing, so that a socket that outlives its owner does no harm.
Callback<void, Ptr<Socket>>
Deaf()
{
    return MakeNullCallback<void, Ptr<Socket>>();
}

} // namespace

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
    Ipv4Header ip;
    content->RemoveHeader(ip);
    ++packets;
    if (watchPacket)
    {
        watchPacket(packet);
    }
    if (!ip.IsLastFragment() || ip.GetFragmentOffset() != 0)
    {
        ++fragments;
    }
    else if (ip.GetProtocol() == 17 && (watch || lose))
    {
        UdpHeader udp;
        content->RemoveHeader(udp);
        L2tpTestDatagram datagram;
        datagram.time = Simulator::Now();
        datagram.from = {ip.GetSource(), udp.GetSourcePort()};
        datagram.to = {ip.GetDestination(), udp.GetDestinationPort()};
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

L2tpTestProbe::L2tpTestProbe(Ptr<Node> node, Ipv4Address server)
    : m_udp(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId())),
      m_icmp(Socket::CreateSocket(node, Ipv4RawSocketFactory::GetTypeId())),
      m_server(server)
{
    m_udp->Bind();
    m_udp->SetRecvCallback(
        ForEachPacket([this](Ptr<Packet> /* packet */, const InetSocketAddress& from) {
            ++echoed;
            replier = from.GetIpv4();
        }));
    m_icmp->SetAttribute("Protocol", UintegerValue(1));
    m_icmp->Bind();
    m_icmp->SetRecvCallback(
        ForEachPacket([this](Ptr<Packet> packet, const InetSocketAddress& from) {
            Ipv4Header ip;
            Icmpv4Header icmp;
            packet->RemoveHeader(ip);
            packet->RemoveHeader(icmp);
            if (icmp.GetType() == Icmpv4Header::ICMPV4_ECHO_REPLY)
            {
                ++pinged;
                replier = from.GetIpv4();
            }
        }));
}

L2tpTestProbe::~L2tpTestProbe()
{
    m_udp->SetRecvCallback(Deaf());
    m_icmp->SetRecvCallback(Deaf());
}

void
L2tpTestProbe::Send(uint32_t size)
{
    ++sent;
    m_udp->SendTo(Create<Packet>(size), 0, InetSocketAddress(m_server, ECHO_PORT));
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
    packet->AddHeader(header);
    m_icmp->SendTo(packet, 0, InetSocketAddress(m_server, 0));
}

L2tpTestPeer::L2tpTestPeer(Ptr<Node> node, uint16_t port, const L2tpUdpAddress& to)
    : m_socket(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId())),
      m_to(to)
{
    m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
    m_socket->SetRecvCallback(
        ForEachPacket([this](Ptr<Packet> packet, const InetSocketAddress& from) {
            L2tpTestDatagram datagram;
            datagram.time = Simulator::Now();
            datagram.from = {from.GetIpv4(), from.GetPort()};
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
    m_socket->SetRecvCallback(Deaf());
}

void
L2tpTestPeer::Send(const std::vector<uint8_t>& octets)
{
    m_socket->SendTo(Create<Packet>(octets.data(), octets.size()),
                     0,
                     InetSocketAddress(m_to.address, m_to.port));
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

L2tpTestNetwork::L2tpTestNetwork(uint32_t nHosts)
    : router(CreateObject<Node>()),
      lns(CreateObject<Node>()),
      server(CreateObject<Node>())
{
    hosts.Create(nHosts);
    const NodeContainer all(hosts, NodeContainer(router, lns, server));
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(all);
    internet = Join(router, lns, "10.2.0.0", MilliSeconds(5));
    Join(lns, server, "10.3.0.0", MilliSeconds(1));
    RoutingOf(router)->AddNetworkRouteTo("10.0.0.0", "255.0.0.0", lnsAddress, 1);
    RoutingOf(lns)->SetDefaultRoute("10.2.0.1", 1);
    RoutingOf(server)->SetDefaultRoute("10.3.0.1", 1);
    for (uint32_t i = 0; i < nHosts; ++i)
    {
        const std::string network = "10.1." + std::to_string(i) + ".";
        access.push_back(Join(router, hosts.Get(i), (network + "0").c_str(), MilliSeconds(1)));
        RoutingOf(hosts.Get(i))->SetDefaultRoute((network + "1").c_str(), 1);
    }
    m_echo = Socket::CreateSocket(server, UdpSocketFactory::GetTypeId());
    m_echo->Bind(InetSocketAddress(Ipv4Address::GetAny(), ECHO_PORT));
    m_echo->SetRecvCallback(
        ForEachPacket([this](Ptr<Packet> packet, const InetSocketAddress& from) {
            ++served[from.GetIpv4()];
            m_echo->SendTo(packet, 0, from);
        }));
}

L2tpTestNetwork::~L2tpTestNetwork()
{
    m_echo->SetRecvCallback(Deaf());
}

Ptr<L2tpTestChannel>
L2tpTestNetwork::Join(Ptr<Node> left, Ptr<Node> right, const char* network, Time delay)
{
    auto channel = CreateObject<L2tpTestChannel>();
    channel->SetAttribute("Delay", TimeValue(delay));
    uint32_t address = Ipv4Address(network).Get();
    for (const auto& node : {left, right})
    {
        auto device = CreateObject<SimpleNetDevice>();
        device->SetAttribute("PointToPointMode", BooleanValue(true));
        device->SetAddress(Mac48Address::Allocate());
        device->SetMtu(1500);
        device->SetChannel(channel);
        node->AddDevice(device);
        Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
        const uint32_t interface = ipv4->AddInterface(device);
        ipv4->AddAddress(interface, {Ipv4Address(++address), Ipv4Mask("/24")});
        ipv4->SetUp(interface);
    }
    return channel;
}

Ipv4Address
L2tpTestNetwork::GetHostAddress(uint32_t i) const
{
    return hosts.Get(i)->GetObject<Ipv4>()->GetAddress(1, 0).GetLocal();
}

Ptr<Ipv4StaticRouting>
L2tpTestNetwork::RoutingOf(Ptr<Node> node)
{
    return Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
        node->GetObject<Ipv4>()->GetRoutingProtocol());
}

std::string
L2tpTestNetwork::RoutesOf(Ptr<Node> node)
{
    std::ostringstream words;
    const auto routing = RoutingOf(node);
    for (uint32_t i = 0; i < routing->GetNRoutes(); ++i)
    {
        words << routing->GetRoute(i) << "\n";
    }
    return words.str();
}

void
L2tpNetworkTest::SetUp()
{
    m_seed = RngSeedManager::GetSeed();
    m_run = RngSeedManager::GetRun();
}

void
L2tpNetworkTest::TearDown()
{
    Clear();
    RngSeedManager::SetSeed(m_seed);
    RngSeedManager::SetRun(m_run);
}

void
L2tpNetworkTest::Build(uint32_t nHosts)
{
    net = std::make_unique<L2tpTestNetwork>(nHosts);
    vpn = std::make_unique<L2tpVoluntaryHelper>();
    vpn->SetAddressPool("10.8.0.0", "255.255.255.0");
    vpn->SetCredentials("alice", "wonderland");
    vpn->SetLnsAddress(net->lnsAddress);
}

void
L2tpNetworkTest::Clear()
{
    tunnels = L2tpVpnContainer();
    vpn.reset();
    net.reset();
    Simulator::Destroy();
}

void
L2tpNetworkTest::Install()
{
    tunnels = vpn->Install(net->hosts, net->lns);
    L2tpVoluntaryHelper::AssignStreams(tunnels, 1000);
}

void
L2tpNetworkTest::RunUntil(Time until)
{
    Simulator::Stop(until - Simulator::Now());
    Simulator::Run();
}

void
L2tpNetworkTest::RunOut()
{
    Simulator::Schedule(Seconds(3600), [] {
        EXPECT_TRUE(Simulator::IsFinished()) << "events are left";
        Simulator::Stop();
    });
    Simulator::Run();
}

void
L2tpNetworkTest::ExpectNothingLeft() const
{
    for (uint32_t i = 0; i < tunnels.GetN(); ++i)
    {
        EXPECT_EQ(Lac(i)->GetNTunnels(), 0U) << "client " << i;
        EXPECT_EQ(Lac(i)->GetNTunnelsHeld(), 0U) << "client " << i;
        EXPECT_EQ(Lac(i)->GetNCalls(), 0U) << "client " << i;
        EXPECT_FALSE(Client(i)->IsUp()) << "client " << i;
        EXPECT_FALSE(Client(i)->GetCall()) << "client " << i;
    }
    EXPECT_EQ(Lns()->GetNTunnels(), 0U);
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U);
    EXPECT_EQ(Lns()->GetNCalls(), 0U);
}

void
L2tpNetworkTest::ExpectTraffic(uint32_t i)
{
    const Ipv4Address address = Client(i)->GetAddress();
    ASSERT_NE(address, Ipv4Address::GetAny()) << Client(i)->GetLastReason();
    L2tpTestProbe probe(Client(i)->GetNode(), net->serverAddress);
    const uint32_t before = net->served[address];
    probe.Send();
    probe.Ping();
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(net->served[address], before + 1) << "client " << i;
    EXPECT_EQ(probe.echoed, 1U) << "client " << i;
    EXPECT_EQ(probe.pinged, 1U) << "client " << i;
}

Ptr<L2tpLac>
L2tpNetworkTest::Lac(uint32_t i) const
{
    return tunnels.GetLac(i);
}

Ptr<L2tpVoluntaryClient>
L2tpNetworkTest::Client(uint32_t i) const
{
    return tunnels.GetClient(i);
}

Ptr<L2tpLns>
L2tpNetworkTest::Lns() const
{
    return tunnels.GetLns();
}

} // namespace ns3
