/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief In real time: a simulated LNS that real LACs dial, behind a simulated Internet
 *
 *   real LAC --- Linux interface [gateway] - - lossy - - LNS --- server
 *
 * The simulated gateway is attached to the Linux interface --Interface. Real LACs, xl2tpd for
 * one, reach the LNS, 192.0.2.2, by a route through it; doc/emulation.rst tells how to set that up
 * with network namespaces. Between them lies a simulated link with --Delay and --Loss. The user is
 * alice, her password is wonderland. Once PPP is up the server pings the user.
 *
 * The run ends after --Duration, or when it is interrupted (Ctrl-C, SIGTERM): the LNS clears its
 * tunnels then. Expected output: the ladder of control messages, and what the LNS sent. Files:
 * summary.json, and pcap files of the interface and of the LNS's link. The exit status is 0 if
 * a tunnel was established.
 */

#include "emulated-endpoint.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-lns-helper.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

using namespace ns3;

int
main(int argc, char** argv)
{
    L2tpEmulatedEndpoint emulated("emulated-lns", "real LAC", "lns");
    std::string auth("Chap");
    bool sequencing = false;
    CommandLine cmd(__FILE__);
    emulated.AddTo(cmd);
    cmd.AddValue("Auth", "how users prove who they are: None, Pap, Chap or MsChapV2", auth);
    cmd.AddValue("Sequencing", "whether data messages bear sequence numbers", sequencing);
    emulated.Begin(cmd, argc, argv);

    NodeContainer nodes(2);
    Names::Add("lns", nodes.Get(0));
    Names::Add("server", nodes.Get(1));
    InternetStackHelper().Install(nodes);
    emulated.Build(nodes.Get(0));
    PointToPointHelper lan;
    lan.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
    lan.SetChannelAttribute("Delay", StringValue("1ms"));
    Ipv4AddressHelper("10.1.0.0", "255.255.255.0").Assign(lan.Install(nodes));
    Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
        nodes.Get(1)->GetObject<Ipv4>()->GetRoutingProtocol())
        ->SetDefaultRoute("10.1.0.1", 1);

    L2tpLnsHelper helper;
    emulated.ApplyBy([&helper](const std::string& name, const AttributeValue& value) {
        helper.SetAttribute(name, value);
    });
    helper.SetAttribute("Sequencing", BooleanValue(sequencing));
    helper.SetSessionAttribute("AuthProtocol", StringValue(auth));
    helper.SetAddressPool("10.8.0.0", "255.255.0.0");
    helper.AddUser("alice", "wonderland");
    const Ptr<L2tpLns> lns = helper.Install(nodes.Get(0));
    lns->AssignStreams(100);
    emulated.Watch(lns);
    PointerValue terminator;
    lns->GetAttribute("Terminator", terminator);
    terminator.Get<L2tpInterfacePerSession>()->TraceConnectWithoutContext(
        "Session",
        Callback<void, Ptr<const L2tpLeg>, Ptr<PppNetDevice>>(
            [&](Ptr<const L2tpLeg>, Ptr<PppNetDevice> device) {
                emulated.WatchPpp(device, nodes.Get(1));
            }));

    emulated.Run([lns]() { lns->Stop(); });
    const int status = emulated.Report();
    Simulator::Destroy();
    return status;
}
