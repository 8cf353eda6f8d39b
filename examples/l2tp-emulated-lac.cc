/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief In real time: a simulated LAC that dials a real LNS, across a simulated Internet
 *
 *   LAC - - lossy - - [gateway] Linux interface --- real LNS
 *
 * The simulated gateway is attached to the Linux interface --Interface. The LAC, 192.0.2.2, dials
 * the real LNS, xl2tpd for one, at the address --Peer, which needs a route to 192.0.2.0/30 through
 * the gateway; doc/emulation.rst tells how to set that up with network namespaces. Between them
 * lies a simulated link with --Delay and --Loss. There are --Calls calls in one tunnel, each with
 * PPP as user alice, whose password is wonderland. Once PPP is up it pings the LNS's end of it.
 *
 * The run ends after --Duration, or when it is interrupted (Ctrl-C, SIGTERM): the LAC clears its
 * tunnel then. Expected output: the ladder of control messages, and what the LAC sent. Files:
 * summary.json, and pcap files of the interface and of the LAC's link. The exit status is 0 if
 * a tunnel was established.
 */

#include "emulated-endpoint.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-lac-helper.h"
#include "ns3/l2tp-voluntary-client.h"
#include "ns3/network-module.h"

#include <vector>

using namespace ns3;

int
main(int argc, char** argv)
{
    L2tpEmulatedEndpoint emulated("emulated-lac", "real LNS", "lac");
    uint32_t calls = 1;
    bool redial = false;
    CommandLine cmd(__FILE__);
    emulated.AddTo(cmd);
    cmd.AddValue("Calls", "how many calls to place, all in one tunnel", calls);
    cmd.AddValue("Redial", "whether to dial again when a call ends", redial);
    emulated.Begin(cmd, argc, argv);
    L2tpScenarioCheck<uint32_t>("Calls", calls, 1, 1000);

    auto node = CreateObject<Node>();
    Names::Add("lac", node);
    InternetStackHelper().Install(node);
    emulated.Build(node);

    L2tpLacHelper helper;
    emulated.ApplyBy([&helper](const std::string& name, const AttributeValue& value) {
        helper.SetAttribute(name, value);
    });
    const Ptr<L2tpLac> lac = helper.Install(node);
    int64_t stream = 100;
    stream += lac->AssignStreams(stream);
    emulated.Watch(lac);
    std::vector<Ptr<L2tpVoluntaryClient>> clients;
    for (uint32_t i = 0; i < calls; ++i)
    {
        auto client = CreateObject<L2tpVoluntaryClient>();
        client->SetAttribute("Lac", PointerValue(lac));
        client->SetAttribute("LnsAddress", AddressValue(emulated.GetPeer()));
        client->SetAttribute("Username", StringValue("alice"));
        client->SetAttribute("Password", StringValue("wonderland"));
        client->SetAttribute("DefaultRoute", BooleanValue(false));
        client->SetAttribute("Redial", BooleanValue(redial));
        node->AddApplication(client);
        emulated.WatchPpp(client->CreateDevice(), node);
        stream += client->AssignStreams(stream);
        clients.push_back(client);
    }

    emulated.Run([&clients, lac]() {
        for (const auto& client : clients)
        {
            client->HangUp();
        }
        lac->Stop();
    });
    const int status = emulated.Report();
    Simulator::Destroy();
    return status;
}
