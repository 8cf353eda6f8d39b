/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "meltdown-path.h"

#include "scenario-options.h"

#include "ns3/boolean.h"
#include "ns3/command-line.h"
#include "ns3/config.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-generator.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/object-factory.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/pointer.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ns3
{

namespace
{

constexpr uint16_t FLOW_PORT = 5001;    //!< the server's
constexpr uint16_t TUNNEL_PORT = 1194;  //!< the gateway's, for the TCP tunnel
constexpr uint16_t MRU = 1450;          //!< in both tunnels
constexpr uint32_t HEADERS = 52;        //!< octets of IP and TCP with timestamps
constexpr int64_t LOSS_STREAM = 1;      //!< the first of two; the same for all ways, so that the
                                        //!< n-th packet has the same fate
constexpr int64_t TUNNEL_STREAM = 1000; //!< the first of the tunnels'
const Time SAMPLE_INTERVAL = MilliSeconds(100);            //!< between looks at the queues
const char* const SERVER_NETWORK = "10.1.0.0";             //!< behind the gateway
const char* const SERVER_ADDRESS = "10.1.0.2";             //!< the server's
const char* const GATEWAY_ADDRESS = "192.0.2.2";           //!< the gateway's, on the bottleneck
const char* const PPP_ADDRESSES[]{"10.8.0.2", "10.8.0.1"}; //!< inside the TCP tunnel

/// A route for all. @param node whose @param next where to @param interface by which
void
SetDefaultRoute(Ptr<Node> node, const char* next, uint32_t interface)
{
    Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(node->GetObject<Ipv4>()->GetRoutingProtocol())
        ->SetDefaultRoute(next, interface);
}

} // namespace

const char*
L2tpMeltdownWayName(L2tpMeltdownWay way)
{
    return way == L2tpMeltdownWay::PLAIN ? "plain" : way == L2tpMeltdownWay::L2TP ? "l2tp" : "tcp";
}

void
L2tpMeltdownConfig::AddTo(CommandLine& cmd)
{
    cmd.AddValue("Rate", "of the bottleneck", rate);
    cmd.AddValue("Queue", "packets in the queue before the bottleneck", queue);
    cmd.AddValue("Buffer", "octets of the end hosts' send and receive buffers", buffer);
    cmd.AddValue("TunnelBuffer",
                 "octets of the TCP tunnel's send and receive buffers",
                 tunnelBuffer);
    cmd.AddValue("TunnelQueue",
                 "frames that wait for room in the TCP tunnel's send buffer",
                 tunnelQueue);
    cmd.AddValue("Tcp", "the end hosts' congestion control: NewReno, Cubic ...", tcp);
    cmd.AddValue("TunnelTcp", "the TCP tunnel's congestion control", tunnelTcp);
    cmd.AddValue("MinRto", "the least time-out of the end hosts' TCP", minRto);
    cmd.AddValue("TunnelMinRto", "the least time-out of the TCP tunnel's", tunnelMinRto);
}

void
L2tpMeltdownConfig::Check() const
{
    L2tpScenarioCheck("Loss", loss, 0.0, 1.0);
    losses.Check();
    L2tpScenarioCheck("Delay", delay, Seconds(0), Hours(1));
    L2tpScenarioCheck("Duration", duration, MilliSeconds(1), Days(365));
    L2tpScenarioCheck<uint64_t>("Rate", rate.GetBitRate(), 1000, 10000000000);
    L2tpScenarioCheck<uint32_t>("Queue", queue, 1, 1000000);
    L2tpScenarioCheck<uint32_t>("Buffer", buffer, 2000, 1 << 30);
    L2tpScenarioCheck<uint32_t>("TunnelBuffer", tunnelBuffer, 2000, 1 << 30);
    L2tpScenarioCheck<uint32_t>("TunnelQueue", tunnelQueue, 0, 1000000);
    L2tpScenarioCheck("MinRto", minRto, MilliSeconds(1), Minutes(1));
    L2tpScenarioCheck("TunnelMinRto", tunnelMinRto, MilliSeconds(1), Minutes(1));
    for (const auto& [option, name] : {std::pair("Tcp", tcp), {"TunnelTcp", tunnelTcp}})
    {
        // By an object, since ns-3.37 has type IDs of congestion controls that name another parent.
        TypeId type;
        const bool isThere = TypeId::LookupByNameFailSafe("ns3::Tcp" + name, &type) &&
                             type.HasConstructor() &&
                             DynamicCast<TcpCongestionOps>(ObjectFactory(type.GetName()).Create());
        NS_ABORT_MSG_IF(!isThere,
                        "--" << option << "=" << name
                             << ": choose a congestion control of ns-3 without its Tcp, such as "
                                "NewReno, LinuxReno or Cubic");
    }
}

Time
L2tpMeltdownResult::GetMeanRtt() const
{
    const Time sum = std::accumulate(rtts.begin(), rtts.end(), Time());
    return rtts.empty() ? Time() : sum / static_cast<int64_t>(rtts.size());
}

Time
L2tpMeltdownResult::GetRttQuantile(double share) const
{
    if (rtts.empty())
    {
        return Time();
    }
    std::vector<Time> sorted(rtts);
    std::sort(sorted.begin(), sorted.end());
    return sorted[static_cast<std::size_t>(share * (sorted.size() - 1))];
}

L2tpMeltdownPath::L2tpMeltdownPath(const L2tpMeltdownConfig& config,
                                   L2tpMeltdownWay way,
                                   std::function<void()> finished)
    : m_config(config),
      m_way(way),
      m_finished(std::move(finished))
{
    BuildNetwork();
    switch (m_way)
    {
    case L2tpMeltdownWay::PLAIN:
        Simulator::ScheduleNow(&L2tpMeltdownPath::Start, this);
        break;
    case L2tpMeltdownWay::L2TP:
        BuildL2tp();
        break;
    case L2tpMeltdownWay::TCP:
        BuildTcp();
        break;
    }
}

void
L2tpMeltdownPath::BuildNetwork()
{
    m_nodes.Create(4);
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    internet.Install(m_nodes);

    PointToPointHelper fast;
    fast.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
    fast.SetChannelAttribute("Delay", StringValue("1ms"));
    fast.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("10000p"));
    const NetDeviceContainer access = fast.Install(m_nodes.Get(0), m_nodes.Get(1));
    m_wan = access.Get(0);
    PointToPointHelper slow;
    slow.SetDeviceAttribute("DataRate", DataRateValue(m_config.rate));
    slow.SetChannelAttribute("Delay", TimeValue(m_config.delay));
    slow.SetQueue("ns3::DropTailQueue",
                  "MaxSize",
                  StringValue(std::to_string(m_config.queue) + "p"));
    m_bottleneck = slow.Install(m_nodes.Get(1), m_nodes.Get(2));
    for (uint32_t i = 0; i < 2; ++i)
    {
        m_bottleneck.Get(i)->SetAttribute(
            "ReceiveErrorModel",
            PointerValue(m_config.losses.Make(m_config.loss, LOSS_STREAM + i)));
    }
    const NetDeviceContainer lan = fast.Install(m_nodes.Get(2), m_nodes.Get(3));

    // Another way has the same addresses, in a network of its own.
    Ipv4AddressGenerator::Reset();
    Ipv4AddressHelper addresses("198.18.0.0", "255.255.255.252");
    addresses.Assign(access);
    addresses.SetBase("192.0.2.0", "255.255.255.252");
    addresses.Assign(m_bottleneck);
    addresses.SetBase(SERVER_NETWORK, "255.255.255.0");
    addresses.Assign(lan);
    // The queue of the bottleneck is the device's; ns-3 puts another one before it by default.
    for (const auto& link : {access, m_bottleneck, lan})
    {
        TrafficControlHelper().Uninstall(link);
    }
    SetDefaultRoute(m_nodes.Get(0), "198.18.0.2", 1);
    SetDefaultRoute(m_nodes.Get(1), GATEWAY_ADDRESS, 2);
    SetDefaultRoute(m_nodes.Get(2), "192.0.2.1", 1);
    SetDefaultRoute(m_nodes.Get(3), "10.1.0.1", 1);
    for (uint32_t i = 0; i < 4; ++i)
    {
        UseCongestionControl(m_nodes.Get(i), m_config.tcp);
    }

    // What follows is for the sockets of the flow; those of the TCP tunnel have their own.
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(MRU - HEADERS));
    Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(m_config.buffer));
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(m_config.buffer));
    Config::SetDefault("ns3::TcpSocketBase::MinRto", TimeValue(m_config.minRto));
    m_flow.Listen(m_nodes.Get(3), FLOW_PORT);
}

void
L2tpMeltdownPath::UseCongestionControl(Ptr<Node> node, const std::string& name)
{
    node->GetObject<TcpL4Protocol>()->SetAttribute(
        "SocketType",
        TypeIdValue(TypeId::LookupByName("ns3::Tcp" + name)));
}

void
L2tpMeltdownPath::BuildL2tp()
{
    m_vpn.SetAddressPool("10.8.0.0", "255.255.255.0");
    m_vpn.SetCredentials("alice", "wonderland");
    m_vpn.SetLnsAddress(Ipv4Address(GATEWAY_ADDRESS));
    m_vpn.SetClientAttribute("Mru", UintegerValue(MRU));
    m_vpn.SetClientAttribute("Redial", BooleanValue(true));
    m_vpn.SetClientAttribute("DefaultRoute", BooleanValue(false));
    m_vpn.SetSessionAttribute("Mru", UintegerValue(MRU));
    m_vpn.AddPrefix(SERVER_NETWORK, "255.255.255.0");
    m_tunnels = m_vpn.Install(m_nodes.Get(0), m_nodes.Get(2));
    L2tpVoluntaryHelper::AssignStreams(m_tunnels, TUNNEL_STREAM);
    m_tunnels.GetClient(0)->TraceConnectWithoutContext(
        "Up",
        Callback<void, Ipv4Address, Ipv4Address>([this](Ipv4Address, Ipv4Address) { Start(); }));
}

void
L2tpMeltdownPath::BuildTcp()
{
    UseCongestionControl(m_nodes.Get(0), m_config.tunnelTcp);
    UseCongestionControl(m_nodes.Get(2), m_config.tunnelTcp);
    for (uint32_t i = 0; i < 2; ++i)
    {
        m_circuits[i] = CreateObject<L2TcpCircuit>();
        m_circuits[i]->SetAttribute("QueueSize", UintegerValue(m_config.tunnelQueue));
        m_circuits[i]->SetSocketAttribute("SegmentSize", UintegerValue(1500 - HEADERS));
        m_circuits[i]->SetSocketAttribute("SndBufSize", UintegerValue(m_config.tunnelBuffer));
        m_circuits[i]->SetSocketAttribute("RcvBufSize", UintegerValue(m_config.tunnelBuffer));
        m_circuits[i]->SetSocketAttribute("MinRto", TimeValue(m_config.tunnelMinRto));
        MakePpp(i);
    }
    m_circuits[1]->Listen(m_nodes.Get(2), InetSocketAddress(Ipv4Address::GetAny(), TUNNEL_PORT));
    m_circuits[0]->Connect(m_nodes.Get(0), InetSocketAddress(GATEWAY_ADDRESS, TUNNEL_PORT));
    UseCongestionControl(m_nodes.Get(0), m_config.tcp);
}

void
L2tpMeltdownPath::MakePpp(uint32_t index)
{
    auto link = CreateObject<PppLink>();
    link->GetLcp()->SetAttribute("Mru", UintegerValue(MRU));
    link->GetIpcp()->SetAttribute("LocalAddress", Ipv4AddressValue(PPP_ADDRESSES[index]));
    link->AssignStreams(TUNNEL_STREAM + index);
    m_ppp[index] = CreateObject<PppNetDevice>();
    m_ppp[index]->SetLink(link);
    m_nodes.Get(2 * index)->AddDevice(m_ppp[index]);
    CreateObject<PppIpv4Config>()->Install(m_ppp[index]);
    if (index == 0)
    {
        link->TraceConnectWithoutContext(
            "NetworkUp",
            Callback<void, Ipv4Address, Ipv4Address>([this](Ipv4Address, Ipv4Address) {
                // Once the interface has its address.
                Simulator::ScheduleNow(&L2tpMeltdownPath::UseTcpTunnel, this);
            }));
    }
    link->SetCircuit(m_circuits[index]);
    link->Open();
}

void
L2tpMeltdownPath::UseTcpTunnel()
{
    // IPCP goes down and up again if the peer repeats a request that was only late (RFC 1661,
    // section 4.1), as it may be here: then this comes again.
    if (!m_ppp[0]->GetLink()->IsNetworkUp())
    {
        return;
    }
    Ptr<Ipv4> ipv4 = m_nodes.Get(0)->GetObject<Ipv4>();
    Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ipv4->GetRoutingProtocol())
        ->AddNetworkRouteTo(SERVER_NETWORK, "255.255.255.0", ipv4->GetInterfaceForDevice(m_ppp[0]));
    Start();
}

void
L2tpMeltdownPath::Start()
{
    if (m_result.up)
    {
        return;
    }
    m_result.up = true;
    m_running = true;
    if (m_circuits[0])
    {
        m_outer.Watch(m_circuits[0]->GetSocket());
    }
    Ptr<Node> client = m_nodes.Get(0);
    m_flow.Start(client, SERVER_ADDRESS);
    m_result.pings = m_config.duration.GetInteger() / m_config.pingInterval.GetInteger();
    L2tpScenarioPing(client,
                     SERVER_ADDRESS,
                     m_result.pings,
                     m_config.pingInterval,
                     [this](Time rtt) {
                         if (m_running)
                         {
                             m_result.rtts.push_back(rtt);
                         }
                     });
    Sample();
    Simulator::Schedule(m_config.duration, &L2tpMeltdownPath::Finish, this);
}

void
L2tpMeltdownPath::Sample()
{
    if (!m_running)
    {
        return;
    }
    const auto device = DynamicCast<PointToPointNetDevice>(m_bottleneck.Get(0));
    ++m_samples;
    m_result.queueMean += (device->GetQueue()->GetNPackets() - m_result.queueMean) / m_samples;
    m_result.backlogMean += (GetBacklog() - m_result.backlogMean) / m_samples;
    m_result.backlogMax = std::max(m_result.backlogMax, GetBacklog());
    Simulator::Schedule(SAMPLE_INTERVAL, &L2tpMeltdownPath::Sample, this);
}

void
L2tpMeltdownPath::Finish()
{
    m_running = false;
    m_flow.Stop();
    m_result.goodput = m_flow.GetReceived() * 8 / m_config.duration.GetSeconds();
    m_result.duplicates = m_flow.GetDuplicates();
    m_result.innerSent = GetInner().sent;
    m_result.innerRetransmitted = GetInner().retransmitted;
    m_result.innerTimeouts = GetInner().timeouts;
    m_result.outerSent = m_outer.sent;
    m_result.outerRetransmitted = m_outer.retransmitted;
    m_result.outerTimeouts = m_outer.timeouts;
    m_result.longestStall = m_flow.GetLongestStall();
    if (m_circuits[0])
    {
        const auto reason = static_cast<std::size_t>(L2TcpDropReason::QUEUE_FULL);
        m_result.tunnelDrops = m_circuits[0]->GetStatistics().dropped[reason];
    }
    m_finished();
}

void
L2tpMeltdownPath::HangUp()
{
    if (m_way == L2tpMeltdownWay::L2TP)
    {
        m_tunnels.GetClient(0)->HangUp();
    }
    else if (m_way == L2tpMeltdownWay::TCP)
    {
        m_circuits[0]->Close();
    }
}

void
L2tpMeltdownPath::EnablePcap(const std::string& prefix)
{
    PointToPointHelper().EnablePcap(prefix + "-wan.pcap", m_wan, false, true);
    if (m_way == L2tpMeltdownWay::L2TP)
    {
        m_vpn.EnablePcap(prefix + "-ppp.pcap", m_tunnels.GetDevice(0), false, true);
    }
    else if (m_way == L2tpMeltdownWay::TCP)
    {
        m_vpn.EnablePcap(prefix + "-ppp.pcap", m_ppp[0], false, true);
    }
}

const L2tpMeltdownResult&
L2tpMeltdownPath::GetResult() const
{
    return m_result;
}

L2tpMeltdownWay
L2tpMeltdownPath::GetWay() const
{
    return m_way;
}

const L2tpVpnContainer&
L2tpMeltdownPath::GetTunnels() const
{
    return m_tunnels;
}

uint64_t
L2tpMeltdownPath::GetReceived() const
{
    return m_flow.GetReceived();
}

uint32_t
L2tpMeltdownPath::GetBacklog() const
{
    return m_circuits[0] ? m_circuits[0]->GetBacklog() : 0;
}

const L2tpScenarioTcpWatch&
L2tpMeltdownPath::GetInner() const
{
    return m_flow.GetWatch();
}

const L2tpScenarioTcpWatch&
L2tpMeltdownPath::GetOuter() const
{
    return m_outer;
}

} // namespace ns3
