/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief In real time: a simulated BRAS that real PPPoE clients dial, and its calls' LNS
 *
 *   real PPPoE client --- Linux interface [BRAS] - - lossy - - LNS --- server
 *
 * The simulated BRAS is an access concentrator on the Linux interface --Interface, and a LAC: it
 * carries the calls of users of isp.example to the LNS, across a simulated link with --Delay and
 * --Loss. The user is alice@isp.example, her password is wonderland. Once PPP is up the server
 * pings her. doc/emulation.rst tells how to set the interface up.
 *
 * The run ends after --Duration, or when it is interrupted (Ctrl-C, SIGTERM): both ends clear their
 * tunnels then. Expected output: the ladder of control messages, and what both ends sent. Files:
 * summary.json, and pcap files of the interface and of the LNS's link. The exit status is 0 if
 * PPP came up.
 */

#include "scenario-interface.h"
#include "scenario-options.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-compulsory-helper.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

#include <iostream>
#include <string>

using namespace ns3;

namespace
{

constexpr uint32_t PINGS = 3;   //!< to each user
constexpr int64_t STREAM = 100; //!< the first random stream of L2TP, PPP and PPPoE

} // namespace

int
main(int argc, char** argv)
{
    L2tpScenarioOptions options;
    options.loss = 0;
    L2tpScenarioInterface interface;
    CommandLine cmd(__FILE__);
    options.AddTo(cmd);
    interface.AddTo(cmd);
    options.Parse(cmd, argc, argv);
    NS_ABORT_MSG_IF(options.ipv6, "--Ipv6: the tunnel is over IPv4 only");
    interface.Begin();

    NodeContainer nodes(3);
    Names::Add("bras", nodes.Get(0));
    Names::Add("lns", nodes.Get(1));
    Names::Add("server", nodes.Get(2));
    InternetStackHelper().Install(nodes);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
    link.SetChannelAttribute("Delay", TimeValue(options.delay));
    const NetDeviceContainer internet = link.Install(nodes.Get(0), nodes.Get(1));
    Ipv4AddressHelper("192.0.2.0", "255.255.255.252").Assign(internet);
    for (uint32_t i = 0; i < internet.GetN(); ++i)
    {
        internet.Get(i)->SetAttribute("ReceiveErrorModel", PointerValue(options.MakeLoss(i + 1)));
    }
    link.SetChannelAttribute("Delay", StringValue("1ms"));
    Ipv4AddressHelper("10.1.0.0", "255.255.255.0").Assign(link.Install(nodes.Get(1), nodes.Get(2)));
    Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
        nodes.Get(2)->GetObject<Ipv4>()->GetRoutingProtocol())
        ->SetDefaultRoute("10.1.0.1", 1);

    L2tpCompulsoryHelper access;
    access.SetAddressPool("10.8.0.0", "255.255.0.0");
    access.GetLnsHelper().AddUser("alice@isp.example", "wonderland");
    access.AddDomain("isp.example", nodes.Get(1));
    const L2tpAccessContainer calls =
        access.InstallPppoe(NetDeviceContainer(), interface.AddDevice(nodes.Get(0)));
    calls.AssignStreams(STREAM);
    const Ptr<L2tpLns> lns = calls.GetLns(0);
    const Ptr<L2tpLac> lac = calls.GetLac();
    if (options.pcap)
    {
        interface.EnablePcap(options.PathOf("emulated-bras-interface.pcap"));
        link.EnablePcap(options.PathOf("emulated-bras-endpoint.pcap"), internet.Get(1), true, true);
    }

    L2tpLadder ladder(lac, "BRAS (LAC)", lns, "LNS");
    L2tpRunSummary summary("emulated-bras");
    summary.AddEndpoint("bras", lac);
    summary.AddEndpoint("lns", lns);
    uint32_t ups = 0;
    uint32_t answers = 0;
    const auto up = [&](Ipv4Address, Ipv4Address peer) {
        ++ups;
        // The user's end has to learn that it is up as well.
        Simulator::Schedule(Seconds(1), [&nodes, &answers, peer]() {
            L2tpScenarioPing(nodes.Get(2), peer, PINGS, MilliSeconds(500), [&answers](Time) {
                ++answers;
            });
        });
    };
    lns->GetTerminator()->TraceConnectWithoutContext(
        "Session",
        Callback<void, Ptr<const L2tpLeg>, Ptr<PppNetDevice>>(
            [&ladder, &up](Ptr<const L2tpLeg>, Ptr<PppNetDevice> device) {
                ladder.WatchLink(device->GetLink());
                device->GetLink()->TraceConnectWithoutContext(
                    "NetworkUp",
                    Callback<void, Ipv4Address, Ipv4Address>(up));
            }));

    L2tpScenarioInterface::Run(options.duration, [&]() {
        ladder.Note("both ends end");
        calls.GetServer()->SetStopTime(Simulator::Now());
        lac->Stop();
        lns->Stop();
    });
    summary.Set("established",
                {{"tunnels", static_cast<double>(lns->GetStatistics().tunnelsEstablished)},
                 {"sessions", static_cast<double>(lns->GetStatistics().sessionsEstablished)},
                 {"ppp", static_cast<double>(ups)}});
    summary.Set("pings_answered", answers);
    summary.Set("left_behind", static_cast<double>(lns->GetNTunnels() + lns->GetNCalls()));
    summary.Write(options.PathOf("summary.json"));
    ladder.Print(std::cout);
    std::cout << "\n";
    summary.Print(std::cout);
    std::cout << "PPP came up " << ups << " times; pings answered: " << answers << " of "
              << PINGS * ups << "\n";
    Simulator::Destroy();
    return ups > 0 ? 0 : 1;
}
