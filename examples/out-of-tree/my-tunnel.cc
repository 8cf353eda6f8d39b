/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A host dials an LNS, and has its words echoed through the tunnel.

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/point-to-point-module.h"

using namespace ns3;

int
main()
{
    NodeContainer nodes(2);
    InternetStackHelper().Install(nodes);
    const NetDeviceContainer link = PointToPointHelper().Install(nodes);
    Ipv4AddressHelper("192.0.2.0", "255.255.255.0").Assign(link);

    L2tpVoluntaryHelper vpn;
    vpn.SetCredentials("alice", "wonderland");
    const L2tpVpnContainer tunnels = vpn.Install(nodes.Get(0), nodes.Get(1));
    L2tpLadder ladder(tunnels.GetLac(0), "host", tunnels.GetLns(), "LNS");

    UdpEchoServerHelper(7).Install(nodes.Get(1)).Start(Seconds(0));
    UdpEchoClientHelper echo(Ipv4Address("10.8.0.1"), 7); // the LNS's address inside
    ApplicationContainer client = echo.Install(nodes.Get(0));
    client.Start(Seconds(1));
    int echoes = 0;
    client.Get(0)->TraceConnectWithoutContext(
        "Rx",
        Callback<void, Ptr<const Packet>>([&echoes](Ptr<const Packet>) { ++echoes; }));

    tunnels.Stop(Seconds(5));
    Simulator::Run();
    ladder.Print(std::cout);
    std::cout << "echoes: " << echoes << std::endl;
    Simulator::Destroy();
}
