/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Two hosts and an Access Concentrator on CSMA, whose frames are padded as on a real Ethernet.
// Writes the capture that is named, for test_pppoe_csma.py, and says how far the hosts came.

#include "ppp/ppp-test-server.h"

#include "ns3/boolean.h"
#include "ns3/csma-helper.h"
#include "ns3/global-value.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2tp-pppoe-host.h"
#include "ns3/node-container.h"
#include "ns3/pointer.h"
#include "ns3/pppoe-concentrator.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"

#include <array>
#include <iostream>
#include <string>

using namespace ns3;

int
main(int argc, char* argv[])
{
    if (argc != 2)
    {
        std::cerr << "usage: " << argv[0] << " FILE.pcap\n";
        return 2;
    }
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    NodeContainer nodes(3); // the last one is the Access Concentrator
    InternetStackHelper().Install(nodes);
    CsmaHelper csma;
    csma.SetChannelAttribute("DataRate", StringValue("10Mbps"));
    const auto devices = csma.Install(nodes);
    csma.EnablePcap(argv[1], devices.Get(2), true, true);

    std::array<Ptr<L2tpPppoeHost>, 2> hosts;
    std::array<Ptr<PppoeClient>, 2> clients;
    std::array<PppTestServer, 2> servers{PppTestServer(nodes.Get(2), 20),
                                         PppTestServer(nodes.Get(2), 21)};
    auto concentrator = CreateObject<PppoeConcentrator>();
    concentrator->SetDevice(devices.Get(2));
    concentrator->SetAttribute("AcName", StringValue("bras"));
    concentrator->AssignStreams(1);
    concentrator->Start();
    std::size_t next = 0;
    concentrator->SetSessionCallback(
        Callback<void, Ptr<PppoeSession>, const std::string&, Mac48Address>(
            [&](Ptr<PppoeSession> session, const std::string&, Mac48Address) {
                servers.at(next++).Use(session);
            }));
    for (uint32_t i = 0; i < 2; ++i)
    {
        clients[i] = CreateObject<PppoeClient>();
        clients[i]->SetDevice(devices.Get(i));
        hosts[i] = CreateObject<L2tpPppoeHost>();
        hosts[i]->SetAttribute("Client", PointerValue(clients[i]));
        hosts[i]->SetAttribute("Username", StringValue(i == 0 ? "alice" : "bob"));
        hosts[i]->SetAttribute("Password", StringValue(i == 0 ? "wonderland" : "builder"));
        hosts[i]->AssignStreams(10 + 2 * i);
        nodes.Get(i)->AddApplication(hosts[i]);
    }

    auto server = Socket::CreateSocket(nodes.Get(2), UdpSocketFactory::GetTypeId());
    server->Bind(InetSocketAddress(Ipv4Address::GetAny(), 7));
    std::size_t received = 0;
    server->SetRecvCallback(Callback<void, Ptr<Socket>>([&received](Ptr<Socket> socket) {
        while (socket->Recv())
        {
            ++received;
        }
    }));
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    for (uint32_t i = 0; i < 2; ++i)
    {
        std::cout << hosts[i]->GetAddress() << " mtu " << hosts[i]->GetDevice()->GetLink()->GetMtu()
                  << "\n";
        auto socket = Socket::CreateSocket(nodes.Get(i), UdpSocketFactory::GetTypeId());
        socket->SendTo(Create<Packet>(1), 0, InetSocketAddress("10.9.0.1", 7));
        socket->SendTo(Create<Packet>(1464), 0, InetSocketAddress("10.9.0.1", 7));
    }
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    hosts[0]->HangUp();
    clients[1]->Disconnect();
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    std::cout << received << " datagrams, " << concentrator->GetSessions().size() << " sessions\n";
    Simulator::Destroy();
    return 0;
}
