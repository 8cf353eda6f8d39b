/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Two hosts and an Access Concentrator on CSMA, whose frames are padded as on a real Ethernet.
// Writes the capture that is named, for test_pppoe_csma.py, and says how far the hosts came.

#include "ns3/boolean.h"
#include "ns3/csma-helper.h"
#include "ns3/enum.h"
#include "ns3/global-value.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/node-container.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-net-device.h"
#include "ns3/ppp-user-table.h"
#include "ns3/pppoe-client.h"
#include "ns3/pppoe-concentrator.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"

#include <array>
#include <iostream>
#include <string>

using namespace ns3;

namespace
{

/// PPP at one end of a session.
struct End
{
    void Install(Ptr<Node> node, int64_t stream)
    {
        device->SetLink(link);
        node->AddDevice(device);
        CreateObject<PppIpv4Config>()->Install(device);
        link->AssignStreams(stream);
    }

    void Use(Ptr<PppoeSession> session)
    {
        link->SetFinishedCallback(
            Callback<void, PppReason>([session](PppReason) { session->Close(); }));
        link->SetCircuit(session);
        link->Open();
    }

    Ptr<PppLink> link{CreateObject<PppLink>()};             //!< PPP
    Ptr<PppNetDevice> device{CreateObject<PppNetDevice>()}; //!< its device
};

} // namespace

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

    auto users = CreateObject<PppLocalUserTable>();
    users->AddUser("alice", "wonderland", Ipv4Address("10.9.0.2"));
    users->AddUser("bob", "builder", Ipv4Address("10.9.0.3"));
    std::array<End, 2> near;
    std::array<End, 2> far;
    std::array<Ptr<PppoeClient>, 2> clients;
    auto concentrator = CreateObject<PppoeConcentrator>();
    concentrator->SetDevice(devices.Get(2));
    concentrator->SetAttribute("AcName", StringValue("bras"));
    concentrator->AssignStreams(1);
    concentrator->Start();
    std::size_t next = 0;
    concentrator->SetSessionCallback(
        Callback<void, Ptr<PppoeSession>, const std::string&, Mac48Address>(
            [&](Ptr<PppoeSession> session, const std::string&, Mac48Address) {
                far.at(next++).Use(session);
            }));
    for (uint32_t i = 0; i < 2; ++i)
    {
        near[i].Install(nodes.Get(i), 10 + i);
        near[i].link->SetAttribute("Username", StringValue(i == 0 ? "alice" : "bob"));
        near[i].link->SetAttribute("Password", StringValue(i == 0 ? "wonderland" : "builder"));
        far[i].Install(nodes.Get(2), 20 + i);
        far[i].link->SetUserTable(users);
        far[i].link->SetAttribute("AuthProtocol", EnumValue(PPP_AUTH_CHAP));
        far[i].link->GetIpcp()->SetAttribute("LocalAddress", Ipv4AddressValue("10.9.0.1"));
        clients[i] = CreateObject<PppoeClient>();
        clients[i]->SetDevice(devices.Get(i));
        clients[i]->AssignStreams(30 + i);
        auto* end = &near[i];
        clients[i]->SetCallbacks(
            Callback<void, Ptr<PppoeSession>>([end](Ptr<PppoeSession> s) { end->Use(s); }),
            PppoeClient::EndedCallback());
        clients[i]->Connect();
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
        std::cout << near[i].link->GetIpcp()->GetLocalAddress() << " mtu " << near[i].link->GetMtu()
                  << "\n";
        auto socket = Socket::CreateSocket(nodes.Get(i), UdpSocketFactory::GetTypeId());
        socket->SendTo(Create<Packet>(1), 0, InetSocketAddress("10.9.0.1", 7));
        socket->SendTo(Create<Packet>(1464), 0, InetSocketAddress("10.9.0.1", 7));
    }
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    near[0].link->Close();
    clients[1]->Disconnect();
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    std::cout << received << " datagrams, " << concentrator->GetSessions().size() << " sessions\n";
    Simulator::Destroy();
    return 0;
}
