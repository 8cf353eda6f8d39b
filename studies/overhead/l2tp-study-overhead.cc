/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What a tunnel adds to the octets on a link, and what becomes of packets that are too long for the
// path: a burst of datagrams, or a TCP flow. A line of JSON for each replication.

#include "overhead-layers.h"
#include "scenario-ipv6.h"
#include "scenario-options.h"
#include "scenario-tcp-flow.h"
#include "study-replications.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/command-line.h"
#include "ns3/config.h"
#include "ns3/data-rate.h"
#include "ns3/error-model.h"
#include "ns3/inet-socket-address.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-generator.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv6-address-generator.h"
#include "ns3/l2tp-dont-fragment.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/pointer.h"
#include "ns3/ppp-net-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-congestion-ops.h"
#include "ns3/tcp-socket-base.h"
#include "ns3/tcp-tx-buffer.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint16_t PORT = 5001;                //!< of the receiver
constexpr uint32_t TCP_HEADERS = 52;           //!< octets of IP, and TCP with timestamps
constexpr uint32_t TUNNEL_HEADERS = 38;        //!< octets of IPv4, UDP, L2TP and PPP
constexpr uint32_t BUFFER = 1 << 20;           //!< octets of the flow's socket buffers
constexpr int64_t LOSS_STREAM = 1;             //!< the first of the bottleneck's
constexpr int64_t STACK_STREAM = 100;          //!< the first of the internet stacks'
constexpr int64_t TUNNEL_STREAM = 1000;        //!< the first of the tunnel's
const char* const SERVER_ADDRESS = "10.3.0.2"; //!< the receiver's, behind the LNS
const char* const LNS_ADDRESS = "192.0.2.6";   //!< on the bottleneck

/// What a point of the plan is.
struct OverheadConfig
{
    bool tunnel{true};            //!< whether there is a tunnel
    bool ipv6{false};             //!< whether it runs over IPv6
    bool options{false};          //!< whether data messages bear Length, Ns, Nr and Offset Size
    uint16_t mru{1500};           //!< of PPP in the tunnel
    uint16_t pathMtu{1500};       //!< of the bottleneck
    uint32_t mss{1448};           //!< octets of a TCP segment
    bool innerDf{false};          //!< whether host and server set the Don't Fragment bit
    bool outerDf{false};          //!< whether the tunnel's ends do
    bool icmp{true};              //!< whether it is told that a packet is too long
    uint32_t payload{0};          //!< of the datagrams of a burst; 0 for a TCP flow
    uint32_t burst{200};          //!< datagrams in it
    double loss{0};               //!< probability that the bottleneck loses a packet, each way
    DataRate rate{"10Mbps"};      //!< of the bottleneck
    Time delay{MilliSeconds(10)}; //!< of the bottleneck, one way
    Time duration{Seconds(20)};   //!< of the TCP flow
};

/**
 * @brief NewReno that does path MTU discovery: what ns-3's TCP lacks.
 *
 * RFC 1191, section 6.4, has TCP send what was too long again at once, in smaller segments. Here it
 * is sent again when the retransmission timer expires.
 */
class PathMtuReno : public TcpNewReno
{
  public:
    void Init(Ptr<TcpSocketState> state) override
    {
        m_state = state;
    }

    /// The path has that MTU. @param socket whose congestion control this is @param mtu it
    void Learn(const TcpSocketBase& socket, uint16_t mtu)
    {
        m_state->m_segmentSize = std::min<uint32_t>(m_state->m_segmentSize, mtu - TCP_HEADERS);
        // What is sent again is cut by another variable.
        socket.GetTxBuffer()->SetSegmentSize(m_state->m_segmentSize);
    }

    /// The segments of now. @return octets of data
    uint32_t GetSegmentSize() const
    {
        return m_state->m_segmentSize;
    }

  private:
    Ptr<TcpSocketState> m_state; //!< the socket's
};

/**
 * @brief One replication:
 *
 *   host --- gateway (LAC) --- router - - bottleneck - - LNS --- server
 *
 * All MTUs are 1500 octets but the bottleneck's. What is counted are the frames that the router
 * sends on the bottleneck.
 */
class OverheadRun
{
  public:
    /// Build it. @param config what point it is
    explicit OverheadRun(const OverheadConfig& config);

    /// Run it. @return what came of it
    nlohmann::ordered_json Run();

  private:
    /// Make links, addresses and routes.
    void BuildNetwork();
    /// Make one link. @param left a node, by index @param right another @param helper makes it
    /// @param network its IPv4 network, of 30 bits @return both devices
    NetDeviceContainer Link(uint32_t left,
                            uint32_t right,
                            PointToPointHelper& helper,
                            const char* network);
    /// Let nodes set or honour the Don't Fragment bit.
    void BuildDontFragment();
    /// Have a node honour the bit. @param index the node's @param setBit whether it sets it as well
    /// @return what does that
    Ptr<L2tpDontFragment> Honour(uint32_t index, bool setBit);
    /// Make the tunnel.
    void BuildTunnel();
    /// The way is open: begin.
    void Start();
    /// Begin the TCP flow.
    void StartFlow();
    /// Send all datagrams.
    void SendBurst();
    /// Datagrams have arrived. @param socket where
    void Receive(Ptr<Socket> socket);
    /// The tunnel's path has that MTU. @param mtu it
    void LearnOuter(uint16_t mtu);

    OverheadConfig m_config;               //!< what point it is
    NodeContainer m_nodes;                 //!< host, gateway, router, LNS, server
    L2tpScenarioIpv6 m_ipv6;               //!< of all links
    std::vector<Ptr<ErrorModel>> m_losses; //!< of the bottleneck; none before the way is open
    Ptr<NetDevice> m_bottleneck;           //!< the router's end of it
    L2tpStudyLayers m_layers;              //!< what is on it
    std::vector<Ptr<L2tpDontFragment>> m_dontFragment; //!< of all nodes that have it
    L2tpVoluntaryHelper m_vpn;                         //!< makes the tunnel
    L2tpVpnContainer m_tunnels;                        //!< it
    L2tpScenarioTcpFlow m_flow;                        //!< from host to server
    Ptr<PathMtuReno> m_reno;                           //!< its congestion control
    Ptr<Socket> m_sink;                                //!< takes the burst
    bool m_up{false};                                  //!< whether the way was open
    uint64_t m_received{0};                            //!< octets of data that arrived
    uint32_t m_arrived{0};                             //!< datagrams that arrived
    Time m_firstArrival;                               //!< when the first one did
    Time m_lastArrival;                                //!< when the last one did
    uint32_t m_icmp{0};                                //!< how often the host was told of an MTU
};

OverheadRun::OverheadRun(const OverheadConfig& config)
    : m_config(config),
      m_layers(config.tunnel)
{
    BuildNetwork();
    BuildDontFragment();
    if (m_config.payload > 0)
    {
        m_sink = Socket::CreateSocket(m_nodes.Get(4), UdpSocketFactory::GetTypeId());
        m_sink->SetAttribute("RcvBufSize", UintegerValue(1 << 30));
        m_sink->Bind(InetSocketAddress(Ipv4Address::GetAny(), PORT));
        m_sink->SetRecvCallback(MakeCallback(&OverheadRun::Receive, this));
    }
    else
    {
        m_flow.Listen(m_nodes.Get(4), PORT);
    }
    if (m_config.tunnel)
    {
        BuildTunnel();
    }
    else
    {
        Simulator::Schedule(Seconds(1), &OverheadRun::Start, this);
    }
}

NetDeviceContainer
OverheadRun::Link(uint32_t left, uint32_t right, PointToPointHelper& helper, const char* network)
{
    const NetDeviceContainer link = helper.Install(m_nodes.Get(left), m_nodes.Get(right));
    Ipv4AddressHelper(network, "255.255.255.252").Assign(link);
    if (m_config.ipv6)
    {
        m_ipv6.Assign(link);
    }
    TrafficControlHelper().Uninstall(link);
    return link;
}

void
OverheadRun::BuildNetwork()
{
    m_nodes.Create(5);
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(m_config.ipv6);
    internet.Install(m_nodes);
    internet.AssignStreams(m_nodes, STACK_STREAM);
    Ipv4AddressGenerator::Reset();
    Ipv6AddressGenerator::Reset();
    PointToPointHelper fast;
    fast.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
    fast.SetChannelAttribute("Delay", StringValue("1ms"));
    // What waits is to wait before the bottleneck, and a burst all at once.
    fast.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("1000000p"));
    PointToPointHelper slow;
    slow.SetDeviceAttribute("DataRate", DataRateValue(m_config.rate));
    slow.SetDeviceAttribute("Mtu", UintegerValue(m_config.pathMtu));
    slow.SetChannelAttribute("Delay", TimeValue(m_config.delay));
    slow.SetQueue("ns3::DropTailQueue",
                  "MaxSize",
                  StringValue(m_config.payload > 0 ? "1000000p" : "100p"));
    Link(0, 1, fast, "10.2.0.0");
    Link(1, 2, fast, "192.0.2.0");
    const NetDeviceContainer bottleneck = Link(2, 3, slow, "192.0.2.4");
    Link(3, 4, fast, "10.3.0.0");
    for (uint32_t i = 0; i < 2; ++i)
    {
        auto errors = CreateObject<RateErrorModel>();
        errors->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
        errors->SetRate(m_config.loss);
        errors->AssignStreams(LOSS_STREAM + i);
        errors->Disable();
        m_losses.push_back(errors);
        bottleneck.Get(i)->SetAttribute("ReceiveErrorModel", PointerValue(errors));
    }
    m_bottleneck = bottleneck.Get(0);
    m_bottleneck->TraceConnectWithoutContext("PhyTxBegin",
                                             MakeCallback(&L2tpStudyLayers::Add, &m_layers));
    const auto route = [this](uint32_t from, const char* gateway, uint32_t interface) {
        const Ptr<Ipv4> ip = m_nodes.Get(from)->GetObject<Ipv4>();
        Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ip->GetRoutingProtocol())
            ->SetDefaultRoute(gateway, interface);
    };
    route(0, "10.2.0.2", 1);
    route(1, "192.0.2.2", 2);
    route(3, "192.0.2.5", 1);
    route(4, "10.3.0.1", 1);
    if (!m_config.tunnel)
    {
        route(2, LNS_ADDRESS, 2);
        const Ptr<Ipv4> ip = m_nodes.Get(2)->GetObject<Ipv4>();
        Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ip->GetRoutingProtocol())
            ->AddNetworkRouteTo("10.2.0.0", "255.255.255.252", "192.0.2.1", 1);
    }
    if (m_config.ipv6)
    {
        m_ipv6.PopulateRoutingTables();
    }
}

Ptr<L2tpDontFragment>
OverheadRun::Honour(uint32_t index, bool setBit)
{
    auto made = L2tpDontFragment::Install(m_nodes.Get(index));
    made->SetAttribute("SetBit", BooleanValue(setBit));
    made->SetAttribute("SendIcmp", BooleanValue(m_config.icmp));
    m_dontFragment.push_back(made);
    return made;
}

void
OverheadRun::BuildDontFragment()
{
    if (!m_config.innerDf && !m_config.outerDf)
    {
        return;
    }
    const auto host = Honour(0, m_config.innerDf);
    host->TraceConnectWithoutContext(
        "PathMtu",
        Callback<void, Ipv4Address, uint16_t>([this](Ipv4Address, uint16_t mtu) {
            ++m_icmp;
            if (m_reno)
            {
                m_reno->Learn(*DynamicCast<TcpSocketBase>(m_flow.GetSocket()), mtu);
            }
        }));
    const auto gateway = Honour(1, m_config.outerDf);
    gateway->TraceConnectWithoutContext(
        "PathMtu",
        Callback<void, Ipv4Address, uint16_t>(
            [this](Ipv4Address, uint16_t mtu) { LearnOuter(mtu); }));
    Honour(2, false);
    Honour(3, m_config.outerDf);
    Honour(4, m_config.innerDf);
}

void
OverheadRun::BuildTunnel()
{
    PppUserProfile profile;
    profile.routes = {{"10.2.0.0", "255.255.255.252"}};
    m_vpn.SetAddressPool("10.8.0.0", "255.255.255.0");
    m_vpn.SetCredentials("site", "wonderland", profile);
    if (m_config.ipv6)
    {
        m_vpn.UseIpv6();
    }
    m_vpn.SetEndpointAttribute("LengthInData", BooleanValue(m_config.options));
    m_vpn.SetEndpointAttribute("DataOffset", UintegerValue(m_config.options ? 2 : 0));
    m_vpn.SetLnsAttribute("Sequencing", BooleanValue(m_config.options));
    m_vpn.SetClientAttribute("Mru", UintegerValue(m_config.mru));
    m_vpn.SetClientAttribute("DefaultRoute", BooleanValue(false));
    m_vpn.SetClientAttribute("Redial", BooleanValue(true));
    m_vpn.SetSessionAttribute("Mru", UintegerValue(m_config.mru));
    m_vpn.AddPrefix("10.3.0.0", "255.255.255.252");
    m_tunnels = m_vpn.Install(m_nodes.Get(1), m_nodes.Get(3));
    L2tpVoluntaryHelper::AssignStreams(m_tunnels, TUNNEL_STREAM);
    m_tunnels.GetClient(0)->TraceConnectWithoutContext(
        "Up",
        Callback<void, Ipv4Address, Ipv4Address>([this](Ipv4Address, Ipv4Address) {
            // Both ends are ready by then, and sequence numbers are in use both ways.
            Simulator::Schedule(Seconds(1), &OverheadRun::Start, this);
        }));
}

void
OverheadRun::LearnOuter(uint16_t mtu)
{
    const Ptr<PppNetDevice> device = m_tunnels.GetDevice(0);
    device->SetMtu(std::min<uint16_t>(device->GetMtu(), mtu - TUNNEL_HEADERS));
}

void
OverheadRun::Start()
{
    if (m_up)
    {
        return;
    }
    m_up = true;
    m_layers.Clear();
    for (const auto& errors : m_losses)
    {
        errors->Enable();
    }
    if (m_config.payload > 0)
    {
        SendBurst();
    }
    else
    {
        StartFlow();
    }
}

void
OverheadRun::StartFlow()
{
    m_flow.Start(m_nodes.Get(0), SERVER_ADDRESS);
    m_reno = CreateObject<PathMtuReno>();
    DynamicCast<TcpSocketBase>(m_flow.GetSocket())->SetCongestionControlAlgorithm(m_reno);
    Simulator::Schedule(m_config.duration, [this]() {
        m_flow.Stop();
        m_received = m_flow.GetReceived();
        Simulator::Stop();
    });
}

void
OverheadRun::SendBurst()
{
    const auto socket = Socket::CreateSocket(m_nodes.Get(0), UdpSocketFactory::GetTypeId());
    socket->Connect(InetSocketAddress(SERVER_ADDRESS, PORT));
    for (uint32_t i = 0; i < m_config.burst; ++i)
    {
        socket->Send(Create<Packet>(m_config.payload));
    }
    // The bottleneck needs so long for all, with room for headers; and then some.
    const uint64_t octets = m_config.burst * (m_config.payload + 400ULL);
    Simulator::Stop(m_config.rate.CalculateBytesTxTime(1) * octets + 4 * m_config.delay +
                    Seconds(1));
}

void
OverheadRun::Receive(Ptr<Socket> socket)
{
    while (const Ptr<Packet> packet = socket->Recv())
    {
        if (m_arrived++ == 0)
        {
            m_firstArrival = Simulator::Now();
        }
        m_lastArrival = Simulator::Now();
        m_received += packet->GetSize();
    }
}

nlohmann::ordered_json
OverheadRun::Run()
{
    // For a tunnel that never comes up.
    Simulator::Stop(m_config.duration + Minutes(1));
    Simulator::Run();
    nlohmann::ordered_json json;
    json["up"] = m_up;
    json["received"] = m_received;
    json["layers"] = m_layers.Describe();
    uint64_t tooLong = 0;
    for (const auto& node : m_dontFragment)
    {
        tooLong += node->GetNDropped();
    }
    json["too_long"] = tooLong;
    json["icmp_to_host"] = m_icmp;
    if (m_config.tunnel)
    {
        json["interface_mtu"] = m_tunnels.GetDevice(0)->GetMtu();
    }
    if (m_config.payload > 0)
    {
        json["sent"] = m_config.burst;
        json["arrived"] = m_arrived;
        const double seconds = (m_lastArrival - m_firstArrival).GetSeconds();
        json["goodput_bps"] =
            m_arrived > 1 ? 8.0 * m_config.payload * (m_arrived - 1) / seconds : 0.0;
        return json;
    }
    json["goodput_bps"] = m_received * 8 / m_config.duration.GetSeconds();
    json["tcp_sent"] = m_flow.GetWatch().sent;
    json["tcp_again"] = m_flow.GetWatch().retransmitted;
    json["tcp_timeouts"] = m_flow.GetWatch().timeouts;
    json["longest_stall_s"] = m_flow.GetLongestStall().GetSeconds();
    json["segment_size"] = m_reno ? m_reno->GetSegmentSize() : m_config.mss;
    return json;
}

} // namespace

int
main(int argc, char** argv)
{
    OverheadConfig config;
    L2tpStudyReplications replications;
    CommandLine cmd(__FILE__);
    cmd.Usage("Datagrams or a TCP flow on a path with a small MTU: a line of JSON for each "
              "replication.");
    cmd.AddValue("Tunnel", "whether they are in an L2TP tunnel", config.tunnel);
    cmd.AddValue("Ipv6", "whether the tunnel runs over IPv6", config.ipv6);
    cmd.AddValue("Options",
                 "whether data messages have Length, Ns, Nr and two octets of offset padding",
                 config.options);
    cmd.AddValue("Mru", "of PPP in the tunnel, in octets", config.mru);
    cmd.AddValue("PathMtu", "MTU of the bottleneck, in octets", config.pathMtu);
    cmd.AddValue("Mss", "octets of data in a TCP segment", config.mss);
    cmd.AddValue("InnerDf", "whether host and server set Don't Fragment", config.innerDf);
    cmd.AddValue("OuterDf", "whether the tunnel's ends set Don't Fragment", config.outerDf);
    cmd.AddValue("Icmp", "whether senders are told that a packet was too long", config.icmp);
    cmd.AddValue("Payload", "octets of data in a datagram; 0: a TCP flow", config.payload);
    cmd.AddValue("Burst", "how many datagrams", config.burst);
    cmd.AddValue("Loss", "probability that the bottleneck loses a packet, each way", config.loss);
    cmd.AddValue("Rate", "of the bottleneck", config.rate);
    cmd.AddValue("Delay", "of the bottleneck, one way", config.delay);
    cmd.AddValue("Duration", "of the TCP flow", config.duration);
    replications.AddTo(cmd);
    cmd.Parse(argc, argv);
    L2tpScenarioCheck<uint16_t>("Mru", config.mru, 576, 1500);
    L2tpScenarioCheck<uint16_t>("PathMtu", config.pathMtu, config.ipv6 ? 1280 : 576, 1500);
    L2tpScenarioCheck<uint32_t>("Mss", config.mss, 500, 1500 - TCP_HEADERS);
    L2tpScenarioCheck<uint32_t>("Payload", config.payload, 0, 65000);
    L2tpScenarioCheck<uint32_t>("Burst", config.burst, 2, 1000000);
    L2tpScenarioCheck("Loss", config.loss, 0.0, 0.5);
    L2tpScenarioCheck<uint64_t>("Rate", config.rate.GetBitRate(), 100000, 1000000000);
    L2tpScenarioCheck("Delay", config.delay, Seconds(0), Seconds(10));
    L2tpScenarioCheck("Duration", config.duration, MilliSeconds(100), Days(365));
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(config.mss));
    Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(BUFFER));
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(BUFFER));
    replications.Run([&config]() {
        nlohmann::ordered_json json;
        {
            OverheadRun replication(config);
            json = replication.Run();
        }
        Simulator::Destroy();
        return json;
    });
    return 0;
}
