/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief The smallest scenario: one host, one LNS, one tunnel, five pings
 *
 *   host --- router --- LNS --- server
 *
 * Expected output: the address that the LNS assigned, and five answers with a round-trip time of
 * about 12 ms. Files: quickstart-*.pcap, the PPP inside the tunnel, in the folder --Out.
 */

#include "scenario-animation.h"
#include "scenario-ipv6.h"
#include "scenario-options.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

#include <iostream>
#include <string>
#include <vector>

using namespace ns3;

int
main(int argc, char** argv)
{
    L2tpScenarioOptions options;
    options.loss = 0;
    options.delay = MilliSeconds(2);
    options.duration = Seconds(10);
    CommandLine cmd(__FILE__);
    options.AddTo(cmd);
    L2tpScenarioAnimation animation;
    animation.AddTo(cmd);
    options.Parse(cmd, argc, argv);

    // Any ns-3 topology: here a chain of host, router, LNS and server.
    NodeContainer nodes(4);
    InternetStackHelper().Install(nodes);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
    link.SetChannelAttribute("Delay", TimeValue(options.delay));
    Ipv4AddressHelper addresses("192.0.2.0", "255.255.255.252");
    L2tpScenarioIpv6 ipv6;
    for (uint32_t i = 0; i < 3; ++i)
    {
        const NetDeviceContainer devices = link.Install(nodes.Get(i), nodes.Get(i + 1));
        devices.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(options.MakeLoss(i + 1)));
        addresses.Assign(devices);
        addresses.NewNetwork();
        ipv6.Assign(devices);
    }
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    ipv6.PopulateRoutingTables();
    const Ipv4Address server("192.0.2.10");
    Ptr<Ipv4> serverIp = nodes.Get(3)->GetObject<Ipv4>();
    Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(serverIp->GetRoutingProtocol())
        ->SetDefaultRoute("192.0.2.9", 1);

    const std::vector<std::string> names{"host", "router", "lns", "server"};
    for (uint32_t i = 0; i < nodes.GetN(); ++i)
    {
        Names::Add(names[i], nodes.Get(i));
        animation.AddColumn(NodeContainer(nodes.Get(i)));
    }
    animation.Begin(options, "quickstart");

    // README: begin
    L2tpVoluntaryHelper vpn;
    vpn.SetAddressPool("10.8.0.0", "255.255.255.0");
    vpn.SetCredentials("alice", "wonderland"); // CHAP
    vpn.SetLacAttribute("ReceiveWindowSize", UintegerValue(8));
    if (options.ipv6)
    {
        vpn.UseIpv6();
    }
    L2tpVpnContainer tunnels = vpn.Install(nodes.Get(0), nodes.Get(2));
    if (options.pcap)
    {
        vpn.EnablePcapAll(options.PathOf("quickstart"));
    }
    tunnels.Stop(options.duration);

    Simulator::Schedule(Seconds(1), [&]() {
        std::cout << "assigned: " << tunnels.GetClientAddress(0) << "\n";
        L2tpScenarioPing(nodes.Get(0), server, 5, Seconds(1), [](Time rtt) {
            std::cout << "answer after " << rtt.As(Time::MS) << "\n";
        });
    });
    Simulator::Run();
    // README: end
    const bool released = tunnels.GetLns()->GetNTunnelsHeld() == 0;
    Simulator::Destroy();
    return released ? 0 : 1;
}
