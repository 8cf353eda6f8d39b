/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A voice stream and a TCP flow in one L2TP tunnel, across a congested link whose queue looks at
// DSCP and ECN of the headers that it sees: the outer ones. A line of JSON for each replication.

#include "scenario-options.h"
#include "scenario-tcp-flow.h"
#include "study-replications.h"

#include "ns3/boolean.h"
#include "ns3/command-line.h"
#include "ns3/config.h"
#include "ns3/data-rate.h"
#include "ns3/double.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-generator.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/l2tp-drop-reason.h"
#include "ns3/l2tp-session.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/on-off-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/queue-disc.h"
#include "ns3/red-queue-disc.h"
#include "ns3/seq-ts-header.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint16_t TCP_PORT = 5001;              //!< of the server
constexpr uint16_t VOICE_PORT = 5004;            //!< of the server
constexpr uint16_t CROSS_PORT = 9;               //!< of the gateway
constexpr uint16_t MRU = 1450;                   //!< in the tunnel
constexpr uint32_t HEADERS = 52;                 //!< octets of IP and TCP with timestamps
constexpr uint32_t VOICE_SIZE = 172;             //!< octets: 20 ms of G.711, and RTP's header
constexpr uint8_t EF = 0xb8;                     //!< type of service of DSCP 46 (RFC 3246)
constexpr int64_t TUNNEL_STREAM = 1000;          //!< the first of the tunnel's
constexpr int64_t QUEUE_STREAM = 100;            //!< the first of the queue's
constexpr int64_t STACK_STREAM = 200;            //!< the first of the internet stacks'
constexpr int64_t CROSS_STREAM = 1;              //!< the first of the cross traffic's
const Time VOICE_INTERVAL = MilliSeconds(20);    //!< between packets of voice
const char* const GATEWAY_ADDRESS = "192.0.2.2"; //!< the LNS's, on the bottleneck
const char* const SERVER_ADDRESS = "10.1.0.2";   //!< behind the LNS

/// What a point of the plan is.
struct MarkingConfig
{
    bool tunnel{true};                         //!< whether there is a tunnel
    std::string marking{"ns3::L2tpNoMarking"}; //!< attribute Marking of both ends
    bool ecn{false};                           //!< whether the TCP flow uses ECN
    double load{0.5};             //!< mean cross traffic, share of the bottleneck's rate
    DataRate rate{"5Mbps"};       //!< of the bottleneck
    Time delay{MilliSeconds(20)}; //!< of the bottleneck, one way
    Time duration{Seconds(20)};   //!< of both flows
};

/**
 * @brief One replication:
 *
 *   client --- router - - bottleneck - - gateway --- server
 *                |
 *              other (cross traffic to the gateway, best effort)
 *
 * The bottleneck's queue discipline towards the gateway has two bands, one after the other: what
 * bears EF, and all else. The second one is by RED, which marks what is ECN-capable and drops what
 * is not.
 */
class MarkingRun
{
  public:
    /// Build it. @param config what point it is
    explicit MarkingRun(const MarkingConfig& config);

    /// Run it. @return what came of it
    nlohmann::ordered_json Run();

  private:
    /// Make links, addresses and routes.
    void BuildNetwork();
    /// Put the queue discipline before the bottleneck.
    void BuildQueue();
    /// Let the other node send to the gateway.
    void BuildCross();
    /// Make the tunnel.
    void BuildTunnel();
    /// The way is open: begin, the first time.
    void Start();
    /// Send a packet of voice, and the next ones.
    void Speak();
    /// Packets of voice have arrived. @param socket where
    void Hear(Ptr<Socket> socket);

    MarkingConfig m_config;          //!< what point it is
    NodeContainer m_nodes;           //!< client, router, gateway, server, other
    NetDeviceContainer m_bottleneck; //!< the router's end, and the gateway's
    Ptr<QueueDisc> m_queue;          //!< before the bottleneck
    L2tpVoluntaryHelper m_vpn;       //!< makes the tunnel
    L2tpVpnContainer m_tunnels;      //!< it
    L2tpScenarioTcpFlow m_flow;      //!< from the client to the server
    Ptr<Socket> m_voice;             //!< sends voice
    Ptr<Socket> m_ear;               //!< takes it
    bool m_up{false};                //!< whether the way was open
    bool m_running{false};           //!< whether the flows run
    double m_goodput{0};             //!< bit/s that the server's application got meanwhile
    uint32_t m_spoken{0};            //!< packets of voice sent
    std::vector<double> m_delays;    //!< of those that arrived, in seconds
};

MarkingRun::MarkingRun(const MarkingConfig& config)
    : m_config(config)
{
    BuildNetwork();
    BuildQueue();
    BuildCross();
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(MRU - HEADERS));
    Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(1 << 20));
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(1 << 20));
    Config::SetDefault("ns3::TcpSocketBase::UseEcn", StringValue(m_config.ecn ? "On" : "Off"));
    m_flow.Listen(m_nodes.Get(3), TCP_PORT);
    m_ear = Socket::CreateSocket(m_nodes.Get(3), UdpSocketFactory::GetTypeId());
    m_ear->Bind(InetSocketAddress(Ipv4Address::GetAny(), VOICE_PORT));
    m_ear->SetRecvCallback(MakeCallback(&MarkingRun::Hear, this));
    if (m_config.tunnel)
    {
        BuildTunnel();
    }
    else
    {
        Simulator::Schedule(Seconds(1), &MarkingRun::Start, this);
    }
}

void
MarkingRun::BuildNetwork()
{
    m_nodes.Create(5);
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    internet.Install(m_nodes);
    internet.AssignStreams(m_nodes, STACK_STREAM);
    PointToPointHelper fast;
    fast.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
    fast.SetChannelAttribute("Delay", StringValue("1ms"));
    fast.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("10000p"));
    const NetDeviceContainer access = fast.Install(m_nodes.Get(0), m_nodes.Get(1));
    const NetDeviceContainer other = fast.Install(m_nodes.Get(4), m_nodes.Get(1));
    const NetDeviceContainer lan = fast.Install(m_nodes.Get(2), m_nodes.Get(3));
    PointToPointHelper slow;
    slow.SetDeviceAttribute("DataRate", DataRateValue(m_config.rate));
    slow.SetChannelAttribute("Delay", TimeValue(m_config.delay));
    // All that waits is to wait where it is put into order.
    slow.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("1p"));
    m_bottleneck = slow.Install(m_nodes.Get(1), m_nodes.Get(2));
    Ipv4AddressGenerator::Reset();
    Ipv4AddressHelper addresses("198.18.0.0", "255.255.255.0");
    addresses.Assign(access);
    addresses.SetBase("198.18.1.0", "255.255.255.0");
    addresses.Assign(other);
    addresses.SetBase("192.0.2.0", "255.255.255.252");
    addresses.Assign(m_bottleneck);
    addresses.SetBase("10.1.0.0", "255.255.255.0");
    addresses.Assign(lan);
    for (const auto& link : {access, other, lan, m_bottleneck})
    {
        TrafficControlHelper().Uninstall(link);
    }
    const char* const next[]{"198.18.0.2", GATEWAY_ADDRESS, "192.0.2.1", "10.1.0.1", "198.18.1.2"};
    for (uint32_t i = 0; i < m_nodes.GetN(); ++i)
    {
        const Ptr<Ipv4> ip = m_nodes.Get(i)->GetObject<Ipv4>();
        // Router and gateway are at the ends of the bottleneck; the others have one link.
        const bool isEnd = i == 1 || i == 2;
        const uint32_t by = isEnd ? ip->GetInterfaceForDevice(m_bottleneck.Get(i - 1)) : 1;
        Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ip->GetRoutingProtocol())
            ->SetDefaultRoute(next[i], by);
    }
}

void
MarkingRun::BuildQueue()
{
    TrafficControlHelper queue;
    // ns-3 gives EF the priority 4, and best effort 0, which its own map puts into one band.
    const uint16_t root = queue.SetRootQueueDisc("ns3::PrioQueueDisc",
                                                 "Priomap",
                                                 StringValue("1 1 1 1 0 1 0 0 1 1 1 1 1 1 1 1"));
    const auto classes = queue.AddQueueDiscClasses(root, 2, "ns3::QueueDiscClass");
    queue.AddChildQueueDisc(root, classes[0], "ns3::FifoQueueDisc", "MaxSize", StringValue("50p"));
    queue.AddChildQueueDisc(root,
                            classes[1],
                            "ns3::RedQueueDisc",
                            "UseEcn",
                            BooleanValue(true),
                            "MinTh",
                            DoubleValue(10),
                            "MaxTh",
                            DoubleValue(30),
                            "MaxSize",
                            StringValue("100p"),
                            "MeanPktSize",
                            UintegerValue(1000),
                            "LinkBandwidth",
                            DataRateValue(m_config.rate),
                            "LinkDelay",
                            TimeValue(m_config.delay));
    const QueueDiscContainer made = queue.Install(NetDeviceContainer(m_bottleneck.Get(0)));
    m_queue = made.Get(0)->GetQueueDiscClass(1)->GetQueueDisc();
    DynamicCast<RedQueueDisc>(m_queue)->AssignStreams(QUEUE_STREAM);
}

void
MarkingRun::BuildCross()
{
    if (m_config.load == 0)
    {
        return;
    }
    // Bursts at the link's own rate, half a second of them and of pauses together.
    OnOffHelper onOff("ns3::UdpSocketFactory", InetSocketAddress(GATEWAY_ADDRESS, CROSS_PORT));
    const auto exponential = [](double mean) {
        return StringValue("ns3::ExponentialRandomVariable[Mean=" + std::to_string(mean) + "]");
    };
    onOff.SetAttribute("DataRate", DataRateValue(m_config.rate));
    onOff.SetAttribute("PacketSize", UintegerValue(1000));
    onOff.SetAttribute("OnTime", exponential(0.5 * m_config.load));
    onOff.SetAttribute("OffTime", exponential(0.5 * (1 - m_config.load)));
    const ApplicationContainer sender = onOff.Install(m_nodes.Get(4));
    onOff.AssignStreams(NodeContainer(m_nodes.Get(4)), CROSS_STREAM);
    PacketSinkHelper("ns3::UdpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), CROSS_PORT))
        .Install(m_nodes.Get(2));
}

void
MarkingRun::BuildTunnel()
{
    m_vpn.SetAddressPool("10.8.0.0", "255.255.255.0");
    m_vpn.SetCredentials("alice", "wonderland");
    m_vpn.SetLnsAddress(Ipv4Address(GATEWAY_ADDRESS));
    m_vpn.SetLacAttribute("Marking", StringValue(m_config.marking));
    m_vpn.SetLnsAttribute("Marking", StringValue(m_config.marking));
    m_vpn.SetClientAttribute("Mru", UintegerValue(MRU));
    m_vpn.SetClientAttribute("Redial", BooleanValue(true));
    m_vpn.SetClientAttribute("DefaultRoute", BooleanValue(false));
    m_vpn.SetSessionAttribute("Mru", UintegerValue(MRU));
    m_vpn.AddPrefix("10.1.0.0", "255.255.255.0");
    m_tunnels = m_vpn.Install(m_nodes.Get(0), m_nodes.Get(2));
    L2tpVoluntaryHelper::AssignStreams(m_tunnels, TUNNEL_STREAM);
    m_tunnels.GetClient(0)->TraceConnectWithoutContext(
        "Up",
        Callback<void, Ipv4Address, Ipv4Address>([this](Ipv4Address, Ipv4Address) { Start(); }));
}

void
MarkingRun::Start()
{
    if (m_up)
    {
        return;
    }
    m_up = true;
    m_running = true;
    m_flow.Start(m_nodes.Get(0), SERVER_ADDRESS);
    m_voice = Socket::CreateSocket(m_nodes.Get(0), UdpSocketFactory::GetTypeId());
    m_voice->Connect(InetSocketAddress(SERVER_ADDRESS, VOICE_PORT));
    // After Connect(), which has it from the address.
    m_voice->SetIpTos(EF);
    Speak();
    Simulator::Schedule(m_config.duration, [this]() {
        m_running = false;
        m_flow.Stop();
        m_goodput = m_flow.GetReceived() * 8 / m_config.duration.GetSeconds();
        // What is on its way still arrives, so that it is not taken for lost.
        Simulator::Stop(Seconds(2));
    });
}

void
MarkingRun::Speak()
{
    if (!m_running)
    {
        return;
    }
    SeqTsHeader header;
    header.SetSeq(m_spoken++);
    auto packet = Create<Packet>(VOICE_SIZE - header.GetSerializedSize());
    packet->AddHeader(header);
    m_voice->Send(packet);
    Simulator::Schedule(VOICE_INTERVAL, &MarkingRun::Speak, this);
}

void
MarkingRun::Hear(Ptr<Socket> socket)
{
    while (Ptr<Packet> packet = socket->Recv())
    {
        SeqTsHeader header;
        packet->RemoveHeader(header);
        m_delays.push_back((Simulator::Now() - header.GetTs()).GetSeconds());
    }
}

nlohmann::ordered_json
MarkingRun::Run()
{
    // A tunnel may take a while to come up across a congested link.
    Simulator::Stop(m_config.duration + Minutes(10));
    Simulator::Run();
    double delay = 0;
    double jitter = 0;
    for (std::size_t i = 0; i < m_delays.size(); ++i)
    {
        delay += m_delays[i] / m_delays.size();
        if (i > 0)
        {
            jitter += std::abs(m_delays[i] - m_delays[i - 1]) / (m_delays.size() - 1);
        }
    }
    nlohmann::ordered_json json;
    json["up"] = m_up;
    json["voice_sent"] = m_spoken;
    json["voice_received"] = m_delays.size();
    json["voice_delay_s"] = delay;
    json["voice_jitter_s"] = jitter;
    json["tcp_goodput_bps"] = m_goodput;
    json["tcp_sent"] = m_flow.GetWatch().sent;
    json["tcp_again"] = m_flow.GetWatch().retransmitted;
    json["tcp_timeouts"] = m_flow.GetWatch().timeouts;
    const QueueDisc::Stats& queue = m_queue->GetStats();
    json["queue_drops"] = queue.nTotalDroppedPackets;
    json["queue_marks"] = queue.nTotalMarkedPackets;
    const auto data =
        m_config.tunnel ? *m_tunnels.GetLns()->GetDataStatistics() : L2tpDataStatistics();
    json["lns_ce"] = data.rxCe;
    json["lns_ce_dropped"] =
        data.dropped[static_cast<std::size_t>(L2tpDropReason::DATA_CE_NOT_ECT)];
    return json;
}

} // namespace

int
main(int argc, char** argv)
{
    MarkingConfig config;
    L2tpStudyReplications replications;
    CommandLine cmd(__FILE__);
    cmd.Usage("Voice and TCP across a congested link: a line of JSON for each replication.");
    cmd.AddValue("Tunnel", "whether they are in an L2TP tunnel", config.tunnel);
    cmd.AddValue("Marking", "attribute Marking of both ends of the tunnel", config.marking);
    cmd.AddValue("Ecn", "whether the TCP flow uses ECN", config.ecn);
    cmd.AddValue("Load", "mean cross traffic, as a share of the bottleneck's rate", config.load);
    cmd.AddValue("Rate", "of the bottleneck", config.rate);
    cmd.AddValue("Delay", "of the bottleneck, one way", config.delay);
    cmd.AddValue("Duration", "of both flows", config.duration);
    replications.AddTo(cmd);
    cmd.Parse(argc, argv);
    L2tpScenarioCheck("Load", config.load, 0.0, 0.95);
    L2tpScenarioCheck("Delay", config.delay, Seconds(0), Hours(1));
    L2tpScenarioCheck("Duration", config.duration, MilliSeconds(100), Days(365));
    L2tpScenarioCheck<uint64_t>("Rate", config.rate.GetBitRate(), 100000, 10000000000);
    replications.Run([&config]() {
        nlohmann::ordered_json json;
        {
            MarkingRun replication(config);
            json = replication.Run();
        }
        Simulator::Destroy();
        return json;
    });
    return 0;
}
