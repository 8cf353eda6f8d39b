/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

/// @file
/// A UDP flow over one of four paths through the same nodes and links, to be measured from
/// outside: bench/run.py counts the instructions.
///
/// @verbatim
///   host ------------ router ------------ server
///        10.1.1.0/24         10.1.2.0/24
///
///   native   10.1.1.1 to 10.1.2.2
///   bare     10.8.0.2 to 10.8.0.1 between two VirtualNetDevices: each packet becomes the payload
///            of a UDP socket's datagram, with no protocol in between
///   l2tp     10.8.0.2 to 10.8.0.1 through PPP and L2TP, the server being the LNS
///   l2tp-sequenced   the same with sequence numbers on the data messages, both ways
/// @endverbatim
///
/// The program ends with status 1 unless all packets were delivered. ns-3's checksums are off
/// unless --ChecksumEnabled=true is given.

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/virtual-net-device-module.h"

#include <iostream>
#include <list>
#include <string>

using namespace ns3;

namespace
{

constexpr uint16_t FLOW_PORT = 9;   //!< the flow's destination port
constexpr uint16_t BARE_PORT = 667; //!< both ends' port of the bare tunnel

const Ipv4Address HOST_OUTER("10.1.1.1");     //!< the host's address on its link
const Ipv4Address SERVER_OUTER("10.1.2.2");   //!< the server's address on its link
const Ipv4Address TUNNEL_NETWORK("10.8.0.0"); //!< the addresses within a tunnel
const Ipv4Mask TUNNEL_MASK("255.255.255.0");  //!< their mask
const Ipv4Address TUNNEL_SERVER("10.8.0.1");  //!< the server's end of a tunnel
const Ipv4Address TUNNEL_HOST("10.8.0.2");    //!< the host's end of a tunnel
const Time FLOW_START = Seconds(5);           //!< when the first packet is sent
const Time FLOW_INTERVAL = MilliSeconds(1);   //!< time between two packets
const std::string LINK_RATE = "1Gbps";        //!< fast enough for queues to stay empty
const std::string LINK_DELAY = "1ms";         //!< of each of the two links

/**
 * One end of a tunnel without a protocol: a VirtualNetDevice whose packets a UDP socket sends, as
 * in ns-3's example virtual-net-device.
 */
class BareTunnelEnd
{
  public:
    /**
     * @brief Make an end.
     * @param node where
     * @param address this end's address within the tunnel
     * @param peer the address of the node at the other end, outside of the tunnel
     */
    BareTunnelEnd(Ptr<Node> node, Ipv4Address address, Ipv4Address peer)
        : m_peer(peer, BARE_PORT),
          m_socket(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId())),
          m_device(CreateObject<VirtualNetDevice>())
    {
        m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), BARE_PORT));
        m_socket->SetRecvCallback(MakeCallback(&BareTunnelEnd::Receive, this));
        m_device->SetAddress(Mac48Address::Allocate());
        m_device->SetSendCallback(MakeCallback(&BareTunnelEnd::Send, this));
        node->AddDevice(m_device);
        Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
        const uint32_t interface = ipv4->AddInterface(m_device);
        ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, TUNNEL_MASK));
        ipv4->SetUp(interface);
    }

  private:
    /**
     * @brief Send a packet to the other end.
     * @param packet the packet
     * @return true
     */
    bool Send(Ptr<Packet> packet,
              const Address& /* source */,
              const Address& /* destination */,
              uint16_t /* protocol */)
    {
        m_socket->SendTo(packet, 0, m_peer);
        return true;
    }

    /**
     * @brief Take a packet from the other end.
     * @param socket where it arrived
     */
    void Receive(Ptr<Socket> socket)
    {
        m_device->Receive(socket->Recv(),
                          Ipv4L3Protocol::PROT_NUMBER,
                          m_device->GetAddress(),
                          m_device->GetAddress(),
                          NetDevice::PACKET_HOST);
    }

    InetSocketAddress m_peer;       //!< the other end
    Ptr<Socket> m_socket;           //!< sends and receives
    Ptr<VirtualNetDevice> m_device; //!< the node's interface
};

/**
 * @brief Build an L2TP tunnel, with one PPP session.
 * @param host dials
 * @param server is the LNS
 * @param sequenced whether data messages have sequence numbers
 */
void
BuildL2tpTunnel(Ptr<Node> host, Ptr<Node> server, bool sequenced)
{
    L2tpVoluntaryHelper vpn;
    vpn.SetAddressPool(TUNNEL_NETWORK, TUNNEL_MASK);
    vpn.SetCredentials("alice", "wonderland");
    vpn.SetLnsAddress(SERVER_OUTER);
    vpn.SetLnsAttribute("Sequencing", BooleanValue(sequenced));
    const L2tpVpnContainer tunnels = vpn.Install(NodeContainer(host), server);
    L2tpVoluntaryHelper::AssignStreams(tunnels, 1);
}

} // namespace

int
main(int argc, char* argv[])
{
    std::string path = "l2tp";
    uint32_t packets = 1000;
    uint32_t size = 1000;
    CommandLine cmd(__FILE__);
    cmd.Usage("Send a UDP flow natively, through a bare tunnel or through L2TP.\n"
              "--ChecksumEnabled=true turns ns-3's checksums on.");
    cmd.AddValue("Path", "native, bare, l2tp or l2tp-sequenced", path);
    cmd.AddValue("Packets", "how many packets to send", packets);
    cmd.AddValue("Size", "octets of UDP payload of each", size);
    cmd.Parse(argc, argv);
    const bool isL2tp = path == "l2tp" || path == "l2tp-sequenced";
    if (path != "native" && path != "bare" && !isL2tp)
    {
        std::cerr << "--Path must be native, bare, l2tp or l2tp-sequenced" << std::endl;
        return 2;
    }

    NodeContainer nodes(3);
    Ptr<Node> host = nodes.Get(0);
    Ptr<Node> server = nodes.Get(2);
    InternetStackHelper().Install(nodes);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue(LINK_RATE));
    link.SetChannelAttribute("Delay", StringValue(LINK_DELAY));
    Ipv4AddressHelper("10.1.1.0", "255.255.255.0").Assign(link.Install(host, nodes.Get(1)));
    Ipv4AddressHelper("10.1.2.0", "255.255.255.0").Assign(link.Install(nodes.Get(1), server));
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();

    std::list<BareTunnelEnd> ends;
    if (path == "bare")
    {
        ends.emplace_back(host, TUNNEL_HOST, SERVER_OUTER);
        ends.emplace_back(server, TUNNEL_SERVER, HOST_OUTER);
    }
    else if (isL2tp)
    {
        BuildL2tpTunnel(host, server, path == "l2tp-sequenced");
    }

    const Ipv4Address destination = path == "native" ? SERVER_OUTER : TUNNEL_SERVER;
    UdpClientHelper client(destination, FLOW_PORT);
    client.SetAttribute("MaxPackets", UintegerValue(packets));
    client.SetAttribute("Interval", TimeValue(FLOW_INTERVAL));
    client.SetAttribute("PacketSize", UintegerValue(size));
    client.Install(host).Start(FLOW_START);
    PacketSinkHelper receiver("ns3::UdpSocketFactory",
                              InetSocketAddress(Ipv4Address::GetAny(), FLOW_PORT));
    Ptr<PacketSink> sink = DynamicCast<PacketSink>(receiver.Install(server).Get(0));

    Simulator::Stop(FLOW_START + packets * FLOW_INTERVAL + Seconds(1));
    Simulator::Run();
    const uint64_t delivered = sink->GetTotalRx() / size;
    Simulator::Destroy();

    std::cout << "path " << path << ", checksums " << (Node::ChecksumEnabled() ? "on" : "off")
              << ", payload " << size << ", sent " << packets << ", delivered " << delivered
              << std::endl;
    return delivered == packets ? 0 : 1;
}
