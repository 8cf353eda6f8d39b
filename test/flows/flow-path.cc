/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The same flows between a host and a server, inside a tunnel or outside, as ns-3's flow monitor
// sees them; for test_flow_monitor.py, which compares.
//
//   host ---- Ethernet ---- router ---- WAN ---- gateway ---- LAN ---- server
//          1 ms, no time           10 ms, Rate          1 ms, 10 Mbit/s
//
// The LAN is where packets queue. A voluntary tunnel is between host and gateway; with a compulsory
// one the host dials the router by PPPoE, which has a tunnel to the gateway. Host, gateway and
// server have the monitor's probes: those nodes that see the flows as they are inside a tunnel.

#include "ns3/bulk-send-helper.h"
#include "ns3/command-line.h"
#include "ns3/error-model.h"
#include "ns3/flow-monitor-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/l2tp-compulsory-helper.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/simple-channel.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <array>
#include <cstdint>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

constexpr uint16_t DISCARD_PORT = 9; //!< UDP datagrams go here
constexpr uint16_t UP_PORT = 5001;   //!< of the server, for a stream from the host
constexpr uint16_t DOWN_PORT = 5002; //!< of the host, for a stream from the server
const Time START = Seconds(10);      //!< of the flows; a tunnel is up by then
const Ipv4Address SERVER("10.1.3.2");

/// What is asked for on the command line.
struct Options
{
    std::string way{"plain"};        //!< plain, voluntary or compulsory
    std::string rate{"1000000Gbps"}; //!< of the WAN; by default a packet takes no time at all
    std::string lose;                //!< which of the large frames up the WAN loses
    std::string xml;                 //!< the file for what the monitor says
    uint16_t mtu{1500};              //!< of the WAN
    bool all{false};                 //!< whether the router has a probe, too
    bool tcp{false};                 //!< whether there are streams beside the datagrams
};

/// Loses frames with what flows carry, by their numbers: those are the same in a tunnel as outside.
class LossByNumber : public ErrorModel
{
  public:
    /// What is no longer than this is of a control protocol, or acknowledges a stream.
    static constexpr uint32_t SMALL = 500;

    /// Lose frames. @param numbers theirs, from 0, with commas in between
    explicit LossByNumber(const std::string& numbers)
    {
        std::istringstream words(numbers);
        for (std::string word; std::getline(words, word, ',');)
        {
            m_lose.insert(std::stoul(word));
        }
    }

  private:
    bool DoCorrupt(Ptr<Packet> frame) override
    {
        return frame->GetSize() > SMALL && m_lose.count(m_seen++) > 0;
    }

    void DoReset() override
    {
        m_seen = 0;
    }

    std::set<uint32_t> m_lose; //!< which
    uint32_t m_seen{0};        //!< how many large frames there were
};

/// Join two nodes by an Ethernet. @return their devices
NetDeviceContainer
MakeEthernet(Ptr<Node> left, Ptr<Node> right)
{
    auto channel = CreateObject<SimpleChannel>();
    channel->SetAttribute("Delay", TimeValue(MilliSeconds(1)));
    NetDeviceContainer devices;
    for (const auto& node : {left, right})
    {
        auto device = CreateObject<SimpleNetDevice>();
        device->SetAddress(Mac48Address::Allocate());
        device->SetMtu(1500);
        device->SetChannel(channel);
        node->AddDevice(device);
        devices.Add(device);
    }
    return devices;
}

/// Send datagrams. @param socket by which @param to whom @param count how many
void
SendDatagrams(Ptr<Socket> socket, Address to, uint32_t count)
{
    // Not of one size, nor at one distance: else there is no jitter to compare.
    const uint32_t size = 700 + 300 * (count % 2);
    socket->SendTo(Create<Packet>(size), 0, to);
    if (count > 1)
    {
        Simulator::Schedule(MilliSeconds(2 + count % 3), &SendDatagrams, socket, to, count - 1);
    }
}

/// Send a stream. @param from whom @param to whom @param address of the receiver
void
SendStream(Ptr<Node> from, Ptr<Node> to, const InetSocketAddress& address)
{
    PacketSinkHelper sink("ns3::TcpSocketFactory",
                          InetSocketAddress(Ipv4Address::GetAny(), address.GetPort()));
    sink.Install(to);
    BulkSendHelper source("ns3::TcpSocketFactory", address);
    source.SetAttribute("MaxBytes", UintegerValue(300000));
    source.Install(from).Start(Seconds(0));
}

/// The path, and who sends over it.
class FlowPath
{
  public:
    /// Build it. @param options what it is like
    explicit FlowPath(const Options& options)
        : m_options(options)
    {
        m_nodes.Create(4);
        InternetStackHelper().Install(m_nodes);
        const std::array<NetDeviceContainer, 3> links{
            MakeEthernet(m_nodes.Get(0), m_nodes.Get(1)),
            MakeLink(1, options.rate, options.mtu, MilliSeconds(10)),
            MakeLink(2, "10Mbps", 1500, MilliSeconds(1))};
        for (std::size_t i = 0; i < links.size(); ++i)
        {
            const std::string network = "10.1." + std::to_string(i + 1) + ".0";
            Ipv4AddressHelper(network.c_str(), "255.255.255.0").Assign(links[i]);
        }
        Ipv4GlobalRoutingHelper::PopulateRoutingTables();
        m_host = Ipv4Address("10.1.1.1");
        links[1].Get(1)->SetAttribute("ReceiveErrorModel",
                                      PointerValue(CreateObject<LossByNumber>(options.lose)));
        if (options.way == "voluntary")
        {
            L2tpVoluntaryHelper helper;
            helper.SetAddressPool("10.8.0.0", "255.255.255.0");
            helper.SetCredentials("alice", "wonderland");
            // Over the WAN; and the helper's default, which leaves room for the tunnel's headers.
            helper.SetLnsAddress(Ipv4Address("10.1.2.2"));
            m_tunnels = helper.Install(m_nodes.Get(0), m_nodes.Get(2));
        }
        else if (options.way == "compulsory")
        {
            L2tpCompulsoryHelper helper;
            helper.SetAddressPool("10.8.0.0", "255.255.255.0");
            helper.SetCredentials("alice@isp.example", "wonderland");
            helper.AddDomain("isp.example", m_nodes.Get(2));
            m_calls = helper.InstallPppoe(links[0].Get(0), links[0].Get(1));
            m_calls.Start(Seconds(1));
        }
        // Or they would answer with ICMP errors.
        PacketSinkHelper("ns3::UdpSocketFactory",
                         InetSocketAddress(Ipv4Address::GetAny(), DISCARD_PORT))
            .Install(NodeContainer(m_nodes.Get(0), m_nodes.Get(3)));
        Simulator::Schedule(START - Seconds(1), &FlowPath::WarmUp, this);
        Simulator::Schedule(START, &FlowPath::Begin, this);
    }

    /// Run, and write down what the flow monitor says.
    void Run()
    {
        FlowMonitorHelper helper;
        helper.SetMonitorAttribute("StartTime", TimeValue(START - MilliSeconds(1)));
        NodeContainer inside(m_nodes.Get(0), m_nodes.Get(2), m_nodes.Get(3));
        const auto monitor = helper.Install(m_options.all ? m_nodes : inside);
        Simulator::Stop(START + Seconds(20));
        Simulator::Run();
        monitor->CheckForLostPackets(Seconds(5));
        monitor->SerializeToXmlFile(m_options.xml, true, false);
    }

  private:
    /// Join a node and the next by a link. @return their devices
    NetDeviceContainer MakeLink(uint32_t left, const std::string& rate, uint16_t mtu, Time delay)
    {
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue(rate));
        link.SetDeviceAttribute("Mtu", UintegerValue(mtu));
        link.SetChannelAttribute("Delay", TimeValue(delay));
        return link.Install(m_nodes.Get(left), m_nodes.Get(left + 1));
    }

    /// Send datagrams. @param from whom @param to whom @param count how many
    void Send(uint32_t from, Ipv4Address to, uint32_t count)
    {
        auto socket = Socket::CreateSocket(m_nodes.Get(from), UdpSocketFactory::GetTypeId());
        SendDatagrams(socket, InetSocketAddress(to, DISCARD_PORT), count);
    }

    /// Send a datagram each way, so that both ends of the Ethernet know each other's addresses.
    void WarmUp()
    {
        if (m_tunnels.GetN() > 0)
        {
            m_host = m_tunnels.GetClientAddress(0);
        }
        else if (m_calls.GetN() > 0)
        {
            m_host = m_calls.GetHostAddress(0);
        }
        Send(0, SERVER, 1);
        Send(3, m_host, 1);
    }

    /// Begin with the flows.
    void Begin()
    {
        Send(0, SERVER, 1000);
        if (m_options.tcp)
        {
            SendStream(m_nodes.Get(0), m_nodes.Get(3), InetSocketAddress(SERVER, UP_PORT));
            SendStream(m_nodes.Get(3), m_nodes.Get(0), InetSocketAddress(m_host, DOWN_PORT));
        }
    }

    const Options m_options;     //!< what it is like
    NodeContainer m_nodes;       //!< host, router, gateway, server
    L2tpVpnContainer m_tunnels;  //!< the voluntary tunnel
    L2tpAccessContainer m_calls; //!< the call that has a compulsory one
    Ipv4Address m_host;          //!< where the host is reached, in the tunnel if there is one
};

} // namespace

int
main(int argc, char* argv[])
{
    Options options;
    CommandLine cmd(__FILE__);
    cmd.AddValue("Way", "plain, voluntary or compulsory", options.way);
    cmd.AddValue("Rate", "of the WAN", options.rate);
    cmd.AddValue("Mtu", "of the WAN", options.mtu);
    cmd.AddValue("Lose", "numbers of the large frames up that the WAN loses", options.lose);
    cmd.AddValue("All", "a probe on the router as well", options.all);
    cmd.AddValue("Tcp", "streams beside the datagrams", options.tcp);
    cmd.AddValue("Xml", "the file for what the flow monitor says", options.xml);
    cmd.Parse(argc, argv);
    FlowPath(options).Run();
    Simulator::Destroy();
    return 0;
}
