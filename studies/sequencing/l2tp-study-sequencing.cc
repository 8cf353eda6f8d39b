/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A TCP flow and a stream of small UDP packets in a tunnel whose path reorders packets: a line of
// JSON for each replication.

#include "scenario-tcp-flow.h"
#include "study-replications.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/command-line.h"
#include "ns3/config.h"
#include "ns3/data-rate.h"
#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-generator.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/l2tp-call.h"
#include "ns3/l2tp-drop-reason.h"
#include "ns3/l2tp-fault-model.h"
#include "ns3/l2tp-faulty-wire.h"
#include "ns3/l2tp-session.h"
#include "ns3/l2tp-tunnel.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/node-container.h"
#include "ns3/pointer.h"
#include "ns3/queue-size.h"
#include "ns3/queue.h"
#include "ns3/seq-ts-header.h"
#include "ns3/simple-channel.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-client-server-helper.h"
#include "ns3/udp-server.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

using namespace ns3;

namespace
{

constexpr uint16_t MRU = 1450;                 //!< of PPP
constexpr uint32_t HEADERS = 52;               //!< octets of IP and TCP with timestamps
constexpr uint16_t FLOW_PORT = 5001;           //!< of the TCP flow
constexpr uint16_t STREAM_PORT = 5002;         //!< of the UDP stream
constexpr uint32_t STREAM_PACKETS = 50;        //!< a second
constexpr uint32_t STREAM_SIZE = 172;          //!< octets: 20 ms of G.711, and RTP
constexpr const char* LNS_INSIDE = "10.8.0.1"; //!< the LNS's address in the tunnel
constexpr int64_t FAULT_STREAM = 1;            //!< of the path
constexpr int64_t TUNNEL_STREAM = 1000;        //!< of the tunnel

/// The path and the tunnel.
struct PathConfig
{
    DataRate rate{"5Mbps"};          //!< of the path
    Time delay{MilliSeconds(25)};    //!< of the path, one way
    uint32_t queue{50};              //!< packets before it
    double loss{0};                  //!< probability that a packet is lost, each way
    double share{0.01};              //!< probability that a packet is held back, each way
    Time extra{MilliSeconds(20)};    //!< how long it is
    bool sequencing{false};          //!< whether data messages have sequence numbers
    Time reorderTimeout{Seconds(0)}; //!< how long one that came too early waits
    Time duration{Seconds(20)};      //!< of flow and stream
};

/// What the receiver of the UDP stream sees.
struct Stream
{
    uint64_t received{0};   //!< packets
    uint64_t disordered{0}; //!< packets behind one with a higher number
    uint32_t highest{0};    //!< number
    double delays{0};       //!< sum, in seconds
    double changes{0};      //!< sum of the differences of successive delays, in seconds
    double before{0};       //!< delay of the packet before

    /// A packet arrives. @param packet it
    void Receive(Ptr<const Packet> packet)
    {
        SeqTsHeader header;
        packet->PeekHeader(header);
        const double delay = (Simulator::Now() - header.GetTs()).GetSeconds();
        disordered += header.GetSeq() < highest;
        highest = std::max(highest, header.GetSeq());
        if (received++ > 0)
        {
            changes += std::abs(delay - before);
        }
        before = delay;
        delays += delay;
    }
};

/// Put a link between two nodes. @param config its rate and queue @param delay one way @param left
/// a node @param right another @return both devices
NetDeviceContainer
Link(const PathConfig& config, Time delay, Ptr<Node> left, Ptr<Node> right)
{
    auto channel = CreateObject<SimpleChannel>();
    channel->SetAttribute("Delay", TimeValue(delay));
    NetDeviceContainer devices;
    for (const auto& node : {left, right})
    {
        auto device = CreateObject<SimpleNetDevice>();
        device->SetAttribute("DataRate", DataRateValue(config.rate));
        device->GetQueue()->SetMaxSize(QueueSize(QueueSizeUnit::PACKETS, config.queue));
        device->SetAddress(Mac48Address::Allocate());
        device->SetChannel(channel);
        node->AddDevice(device);
        devices.Add(device);
    }
    return devices;
}

/// What goes wrong one way. @param config how much @param stream of random numbers @return the
/// model, which is not in effect yet
Ptr<L2tpFaultModel>
Faults(const PathConfig& config, int64_t stream)
{
    auto loss = CreateObject<RateErrorModel>();
    loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    loss->SetRate(config.loss);
    auto faults = CreateObject<L2tpFaultModel>();
    faults->SetAttribute("Enabled", BooleanValue(false));
    faults->SetAttribute("Loss", PointerValue(loss));
    faults->SetAttribute("DelayRate", DoubleValue(config.share));
    faults->SetAttribute("Delay",
                         StringValue("ns3::ConstantRandomVariable[Constant=" +
                                     std::to_string(config.extra.GetSeconds()) + "]"));
    faults->AssignStreams(stream);
    return faults;
}

/// One replication. @param config the path and the tunnel @return what came of it
nlohmann::ordered_json
Replicate(const PathConfig& config)
{
    // A host, a box in the wire that does what is wrong, and the LNS.
    NodeContainer nodes(3);
    InternetStackHelper().Install(NodeContainer(nodes.Get(0), nodes.Get(2)));
    // The box's other link is as fast as can be, so that there is one queue.
    PathConfig fast = config;
    fast.rate = DataRate("10Gbps");
    fast.queue = 100000;
    const NetDeviceContainer left = Link(config, config.delay, nodes.Get(0), nodes.Get(1));
    const NetDeviceContainer right = Link(fast, Seconds(0), nodes.Get(1), nodes.Get(2));
    const Ptr<L2tpFaultModel> faults[] = {Faults(config, FAULT_STREAM),
                                          Faults(config, FAULT_STREAM + 10)};
    auto wire = CreateObject<L2tpFaultyWire>();
    wire->Join(left.Get(1), right.Get(0));
    wire->SetFaults(faults[0], faults[1]);
    nodes.Get(1)->AggregateObject(wire);
    Ipv4AddressGenerator::Reset();
    Ipv4AddressHelper addresses("192.0.2.0", "255.255.255.0");
    addresses.Assign(NetDeviceContainer(left.Get(0), right.Get(1)));

    L2tpVoluntaryHelper vpn;
    vpn.SetAddressPool("10.8.0.0", "255.255.255.0");
    vpn.SetCredentials("alice", "wonderland");
    vpn.SetClientAttribute("Mru", UintegerValue(MRU));
    vpn.SetSessionAttribute("Mru", UintegerValue(MRU));
    vpn.SetLnsAttribute("Sequencing", BooleanValue(config.sequencing));
    vpn.SetEndpointAttribute("ReorderTimeout", TimeValue(config.reorderTimeout));
    const L2tpVpnContainer tunnels = vpn.Install(nodes.Get(0), nodes.Get(2));
    L2tpVoluntaryHelper::AssignStreams(tunnels, TUNNEL_STREAM);

    L2tpScenarioTcpFlow flow;
    flow.Listen(nodes.Get(2), FLOW_PORT);
    UdpServerHelper(STREAM_PORT).Install(nodes.Get(2)).Start(Seconds(0));
    Stream stream;
    uint64_t late = 0; // data messages that the LNS drops since their turn is over
    nodes.Get(2)
        ->GetApplication(nodes.Get(2)->GetNApplications() - 1)
        ->TraceConnectWithoutContext(
            "Rx",
            Callback<void, Ptr<const Packet>>(
                [&stream](Ptr<const Packet> packet) { stream.Receive(packet); }));
    const uint32_t packets = STREAM_PACKETS * config.duration.GetSeconds();
    UdpClientHelper sender(Ipv4Address(LNS_INSIDE), STREAM_PORT);
    sender.SetAttribute("Interval", TimeValue(Seconds(1) / STREAM_PACKETS));
    sender.SetAttribute("PacketSize", UintegerValue(STREAM_SIZE));
    sender.SetAttribute("MaxPackets", UintegerValue(packets));
    // The tunnel is up after some ten one-way delays.
    const Time begin = config.delay * 40 + Seconds(1);
    sender.Install(nodes.Get(0)).Start(begin);
    Simulator::Schedule(begin, [&]() {
        NS_ABORT_MSG_IF(tunnels.GetClientAddress(0) == Ipv4Address(), "the tunnel is not up");
        for (const auto& model : faults)
        {
            model->SetAttribute("Enabled", BooleanValue(true));
        }
        tunnels.GetLns()
            ->GetTunnels()
            .front()
            ->GetCalls()
            .front()
            ->GetSession()
            ->TraceConnectWithoutContext("Drop",
                                         Callback<void, L2tpDropReason, Ptr<const Packet>>(
                                             [&late](L2tpDropReason reason, Ptr<const Packet>) {
                                                 late +=
                                                     reason == L2tpDropReason::DATA_OUT_OF_ORDER;
                                             }));
        flow.Start(nodes.Get(0), Ipv4Address(LNS_INSIDE));
    });
    Simulator::Schedule(begin + config.duration, [&flow]() { flow.Stop(); });
    nlohmann::ordered_json json;
    Simulator::Schedule(begin + config.duration, [&]() {
        json["goodput_bps"] = flow.GetReceived() * 8 / config.duration.GetSeconds();
    });
    // The last packets of the stream arrive.
    Simulator::Stop(begin + config.duration + config.extra + config.reorderTimeout + Seconds(2));
    Simulator::Run();
    json["tcp_sent"] = flow.GetWatch().sent;
    json["tcp_again"] = flow.GetWatch().retransmitted;
    json["tcp_timeouts"] = flow.GetWatch().timeouts;
    json["tcp_duplicates"] = flow.GetDuplicates();
    json["udp_sent"] = packets;
    json["udp_received"] = stream.received;
    json["udp_disordered"] = stream.disordered;
    json["udp_delay_s"] = stream.received ? stream.delays / stream.received : 0;
    json["udp_jitter_s"] = stream.received > 1 ? stream.changes / (stream.received - 1) : 0;
    json["late_dropped"] = late;
    Simulator::Destroy();
    return json;
}

} // namespace

int
main(int argc, char** argv)
{
    PathConfig config;
    L2tpStudyReplications replications;
    CommandLine cmd(__FILE__);
    cmd.Usage("Flows in a tunnel whose path reorders: a line of JSON for each replication.");
    cmd.AddValue("Rate", "of the path", config.rate);
    cmd.AddValue("Delay", "of the path, one way", config.delay);
    cmd.AddValue("Queue", "packets in the queue before it", config.queue);
    cmd.AddValue("Loss", "probability that a packet is lost, each way", config.loss);
    cmd.AddValue("Share", "probability that a packet is held back, each way", config.share);
    cmd.AddValue("Extra", "how long it is", config.extra);
    cmd.AddValue("Sequencing", "whether data messages have sequence numbers", config.sequencing);
    cmd.AddValue("ReorderTimeout",
                 "how long a message that came too early waits; 0: what comes late is dropped",
                 config.reorderTimeout);
    cmd.AddValue("Duration", "of flow and stream", config.duration);
    replications.AddTo(cmd);
    cmd.Parse(argc, argv);
    NS_ABORT_MSG_IF(!(config.loss >= 0 && config.loss < 1),
                    "--Loss=" << config.loss << ": give 0 to less than 1");
    NS_ABORT_MSG_IF(!(config.share >= 0 && config.share <= 1),
                    "--Share=" << config.share << ": give 0 to 1");
    NS_ABORT_MSG_IF(config.extra.IsStrictlyNegative(), "--Extra is negative: give 0 or more");
    NS_ABORT_MSG_IF(config.queue < 1, "--Queue=" << config.queue << ": give 1 or more");
    NS_ABORT_MSG_IF(!config.sequencing && !config.reorderTimeout.IsZero(),
                    "--ReorderTimeout is of use with --Sequencing=true only");
    // The flow's, as the tunnel's MRU allows.
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(MRU - HEADERS));
    Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(1 << 20));
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(1 << 20));
    replications.Run([&config]() { return Replicate(config); });
    return 0;
}
