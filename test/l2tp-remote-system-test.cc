/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// PPP over a serial line between two nodes, without L2TP.

#include "l2tp-test-peer.h"
#include "ppp/ppp-test-server.h"
#include "ppp/tshark.h"
#include "simulation-test.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2-serial-net-device.h"
#include "ns3/l2tp-remote-system.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/ppp-trace-helper.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <cstdio>
#include <gtest/gtest.h>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;

namespace
{

/// A remote system, 1000, and a network access server, 2000, that has 10.9.0.1 and knows alice.
class RemoteSystemTest : public SimulationTest
{
  protected:
    RemoteSystemTest()
    {
        network->SetAttribute("SetupTime", TimeValue(Seconds(1)));
        network->SetAttribute("Delay", TimeValue(MilliSeconds(5)));
        for (auto node : {host, server})
        {
            InternetStackHelper().Install(node);
        }
        host->AddDevice(hostPort);
        server->AddDevice(serverPort);
        network->Attach(hostPort, "1000");
        network->Attach(serverPort, "2000");

        remote->SetAttribute("Line", PointerValue(hostPort->GetLine()));
        remote->SetAttribute("Number", StringValue("2000"));
        remote->SetAttribute("Username", StringValue("alice"));
        remote->SetAttribute("Password", StringValue("wonderland"));
        remote->AssignStreams(1);
        remote->TraceConnectWithoutContext(
            "Up",
            Callback<void, Ipv4Address, Ipv4Address>([this](Ipv4Address, Ipv4Address) { ++ups; }));
        host->AddApplication(remote);

        ppp = std::make_unique<PppTestServer>(server, 2);
        link = ppp->link;
        link->SetCircuit(serverPort->GetLine());
        link->Open();
        serverPort->GetLine()->SetAttribute("AutoAnswer", BooleanValue(true));
    }

    /// How many replies a ping of the server has.
    uint32_t Ping() const
    {
        return L2tpTestProbe::PingOnce(host, "10.9.0.1");
    }

    /// Keep a copy of what a trace source gives.
    static Callback<void, Ptr<const Packet>> Keep(std::vector<std::vector<uint8_t>>& into)
    {
        return Callback<void, Ptr<const Packet>>([&into](Ptr<const Packet> packet) {
            into.emplace_back(packet->GetSize());
            packet->CopyData(into.back().data(), into.back().size());
        });
    }

    Ptr<L2TelephoneNetwork> network{CreateObject<L2TelephoneNetwork>()};  //!< joins them
    Ptr<Node> host{CreateObject<Node>()};                                 //!< the remote system
    Ptr<Node> server{CreateObject<Node>()};                               //!< the server
    Ptr<L2SerialNetDevice> hostPort{CreateObject<L2SerialNetDevice>()};   //!< 1000
    Ptr<L2SerialNetDevice> serverPort{CreateObject<L2SerialNetDevice>()}; //!< 2000
    Ptr<L2tpRemoteSystem> remote{CreateObject<L2tpRemoteSystem>()};       //!< runs on the host
    std::unique_ptr<PppTestServer> ppp;                                   //!< of the server
    Ptr<PppLink> link;                                                    //!< and its link
    int ups{0};                                                           //!< how often PPP was up
};

} // namespace

// RFC 1661, section 3; RFC 1662: dialling, LCP, CHAP and IPCP, and then IPv4.
TEST_F(RemoteSystemTest, DialsAuthenticatesAndPings)
{
    for (const bool synchronous : {false, true})
    {
        hostPort->GetLine()->SetAttribute("Synchronous", BooleanValue(synchronous));
        serverPort->GetLine()->SetAttribute("Synchronous", BooleanValue(synchronous));
        if (synchronous)
        {
            remote->Dial();
        }
        RunUntil(Simulator::Now() + Seconds(10));
        ASSERT_TRUE(remote->IsUp());
        EXPECT_EQ(remote->GetAddress(), Ipv4Address("10.9.0.2"));
        EXPECT_EQ(link->GetPeerName(), "alice");
        EXPECT_EQ(Ping(), 1U);
        remote->HangUp();
        RunUntil(Simulator::Now() + Seconds(10));
        EXPECT_FALSE(remote->IsUp());
        EXPECT_TRUE(hostPort->GetLine()->IsFree());
        EXPECT_TRUE(serverPort->GetLine()->IsFree());
        EXPECT_EQ(hostPort->GetLine()->GetCallErrors(), L2tpCallErrors());
        EXPECT_EQ(serverPort->GetLine()->GetCallErrors(), L2tpCallErrors());
        link->Open(); // the host terminated it
    }
    EXPECT_EQ(ups, 2);
}

// RFC 1661, section 3.4: the Down event at both ends; redialling brings PPP back.
TEST_F(RemoteSystemTest, ALineThatIsCutTakesPppDownAtBothEnds)
{
    remote->SetAttribute("Redial", BooleanValue(true));
    remote->SetAttribute("RedialDelay", TimeValue(Seconds(3)));
    RunUntil(Seconds(10));
    ASSERT_TRUE(remote->IsUp());
    ASSERT_TRUE(ppp->device->IsLinkUp());
    serverPort->GetLine()->Cut();
    EXPECT_FALSE(ppp->device->IsLinkUp());
    RunUntil(Seconds(10) + MilliSeconds(6));
    EXPECT_FALSE(remote->IsUp());
    EXPECT_EQ(remote->GetLastReason(), "line: loss-of-carrier");
    EXPECT_EQ(link->GetPhase(), PppPhase::DEAD);
    RunUntil(Seconds(30));
    EXPECT_TRUE(remote->IsUp());
    EXPECT_EQ(ups, 2);
    EXPECT_EQ(Ping(), 1U);
}

TEST_F(RemoteSystemTest, TriesAgainWhileTheLineIsBusy)
{
    remote->SetAttribute("Redial", BooleanValue(true));
    serverPort->GetLine()->SetInService(false);
    RunUntil(Seconds(8));
    EXPECT_EQ(remote->GetLastReason(), "line: busy");
    serverPort->GetLine()->SetInService(true);
    RunUntil(Seconds(30));
    EXPECT_TRUE(remote->IsUp());
}

// RFC 1661, section 3.5: who can't prove who he is gets no network, and the line is hung up.
TEST_F(RemoteSystemTest, AWrongPasswordEndsTheCall)
{
    remote->SetAttribute("Password", StringValue("jabberwocky"));
    RunUntil(Seconds(60));
    EXPECT_EQ(ups, 0);
    EXPECT_EQ(remote->GetLastReason().substr(0, 4), "PPP:");
    EXPECT_TRUE(hostPort->GetLine()->IsFree());
    EXPECT_TRUE(serverPort->GetLine()->IsFree());
}

// RFC 2661, section 1.2: a remote system is "the initiator or recipient of a call".
TEST_F(RemoteSystemTest, IsCalled)
{
    remote->SetAttribute("Number", StringValue(""));
    Simulator::ScheduleWithContext(server->GetId(), Seconds(5), [this] {
        serverPort->GetLine()->Dial("1000");
    });
    RunUntil(Seconds(5));
    EXPECT_FALSE(remote->IsUp());
    RunUntil(Seconds(15));
    EXPECT_TRUE(remote->IsUp());
    EXPECT_EQ(Ping(), 1U);
}

TEST_F(RemoteSystemTest, StopsPolitely)
{
    remote->SetStopTime(Seconds(10));
    RunUntil(Seconds(20));
    EXPECT_EQ(ups, 1);
    EXPECT_EQ(remote->GetLastReason(), "PPP: administrative request");
    EXPECT_TRUE(serverPort->GetLine()->IsFree());
    serverPort->GetLine()->Dial("1000"); // nobody runs there
    RunUntil(Seconds(30));
    EXPECT_EQ(serverPort->GetLine()->GetLastCause(), L2LineCause::REJECTED);
}

// RFC 1662, section 4.5.2: from one IP stack to the other at ten bits an octet.
TEST_F(RemoteSystemTest, DatagramsTakeTheTimeOfTheirOctets)
{
    RunUntil(Seconds(10));
    auto receiver = Socket::CreateSocket(server, UdpSocketFactory::GetTypeId());
    receiver->Bind(InetSocketAddress(Ipv4Address::GetAny(), 7));
    Time arrival;
    receiver->SetRecvCallback(
        Callback<void, Ptr<Socket>>([&arrival](Ptr<Socket>) { arrival = Simulator::Now(); }));
    std::vector<std::vector<uint8_t>> octets;
    hostPort->GetLine()->TraceConnectWithoutContext("TxOctets", Keep(octets));
    auto sender = Socket::CreateSocket(host, UdpSocketFactory::GetTypeId());
    const Time start = Simulator::Now();
    sender->SendTo(Create<Packet>(968), 0, InetSocketAddress("10.9.0.1", 7));
    RunUntil(Seconds(12));
    ASSERT_EQ(octets.size(), 1U);
    // Of 1000 octets, 968 are zeros, each of them escaped by the default ACCM.
    EXPECT_GT(octets[0].size(), 1000U + 968U);
    EXPECT_EQ(arrival - start,
              DataRate("56kbps").CalculateBitsTxTime(octets[0].size() * 10) + MilliSeconds(5));
}

// Bytes on the line as Wireshark sees them: frames (link type PPP), with their FCS (PPP with HDLC
// framing, 50), and the raw octets of an asynchronous line.
TEST_F(RemoteSystemTest, TsharkReadsTheLine)
{
    if (!HasTshark())
    {
        GTEST_SKIP() << "there is no tshark to judge";
    }
    std::vector<std::vector<uint8_t>> frames;
    std::vector<std::vector<uint8_t>> octets;
    serverPort->TraceConnectWithoutContext("PromiscSniffer", Keep(frames));
    serverPort->GetLine()->TraceConnectWithoutContext("TxOctets", Keep(octets));
    serverPort->GetLine()->TraceConnectWithoutContext("RxOctets", Keep(octets));
    RunUntil(Seconds(10));
    EXPECT_EQ(Ping(), 1U);
    ASSERT_EQ(frames.size(), octets.size());
    for (auto& packet : octets)
    {
        if (packet.front() != ppp_hdlc::FLAG)
        {
            // The one it shares with the frame before, which Wireshark doesn't remember.
            packet.insert(packet.begin(), ppp_hdlc::FLAG);
        }
    }
    ASSERT_GE(frames.size(), 13U);

    const std::string name = ::testing::TempDir() + "l2tp-remote-system-test.pcap";
    const std::string fields = "-T fields -e ppp.protocol -e ppp.code";
    std::string plain;
    ASSERT_TRUE(AskTshark(name, 9, frames, fields, plain));
    EXPECT_NE(plain.find("0xc021\t1\n"), std::string::npos); // LCP Configure-Request
    EXPECT_NE(plain.find("0xc223\t"), std::string::npos);    // CHAP
    EXPECT_NE(plain.find("0x8021\t2\n"), std::string::npos); // IPCP Configure-Ack
    EXPECT_NE(plain.find("0x0021\t\n"), std::string::npos);  // IPv4

    const std::string raw =
        "-o 'uat:user_dlts:\"User 0 (DLT=147)\",\"ppp_raw_hdlc\",\"0\",\"\",\"0\",\"\"' "
        "-o ppp.fcs_type:16-Bit ";
    std::string read;
    ASSERT_TRUE(AskTshark(name, 147, octets, raw + fields, read));
    EXPECT_EQ(read, plain);
    const std::string bad =
        "-Y '_ws.malformed || _ws.expert.severity == error || !(ppp.fcs.status == Good)'";
    ASSERT_TRUE(AskTshark(name, 147, octets, raw + bad, read));
    EXPECT_EQ(read, "");

    for (auto& frame : frames)
    {
        AppendPppFcs16(frame);
    }
    ASSERT_TRUE(AskTshark(name, 50, frames, "-o ppp.fcs_type:16-Bit " + bad, read));
    EXPECT_EQ(read, "");
    ASSERT_TRUE(AskTshark(name, 50, frames, "-o ppp.fcs_type:16-Bit " + fields, read));
    EXPECT_EQ(read, plain);
}

// The same frames at the port as at the PPP device above it.
TEST_F(RemoteSystemTest, PcapFilesOfPortAndPppDevice)
{
    const std::string prefix = ::testing::TempDir() + "l2tp-remote-system-test-";
    PppTraceHelper helper;
    helper.EnablePcap(prefix + "line.pcap", hostPort, true, true);
    helper.EnablePcap(prefix + "ppp.pcap", remote->CreateDevice(), false, true);
    RunUntil(Seconds(10));
    Simulator::Destroy();
    remote = nullptr;
    hostPort = nullptr;                         // the last one to hold the files
    std::vector<std::multiset<uint32_t>> sizes; // in any order: PPP sends before the line does
    for (const auto& [name, linkType] :
         {std::make_pair("line.pcap", 50U), std::make_pair("ppp.pcap", 9U)})
    {
        PcapFile file;
        file.Open(prefix + name, std::ios::in);
        ASSERT_FALSE(file.Fail());
        EXPECT_EQ(file.GetDataLinkType(), linkType);
        sizes.emplace_back();
        for (;;)
        {
            uint8_t data[2000];
            uint32_t ignored = 0;
            uint32_t size = 0;
            file.Read(data, sizeof(data), ignored, ignored, ignored, ignored, size);
            if (file.Eof() || file.Fail())
            {
                break;
            }
            sizes.back().insert(size);
        }
        file.Close();
        std::remove((prefix + name).c_str());
    }
    EXPECT_EQ(sizes[0], sizes[1]);
    EXPECT_GE(sizes[0].size(), 13U); // LCP, CHAP and IPCP
}

TEST_F(RemoteSystemTest, ABadConfigurationStopsAtOnce)
{
    auto other = CreateObject<L2tpRemoteSystem>();
    host->AddApplication(other);
    EXPECT_DEATH(RunUntil(Seconds(1)), "L2tpRemoteSystem::Line is not set.*give it");
    other->SetAttribute("Line", PointerValue(CreateObject<L2SerialLine>()));
    EXPECT_DEATH(other->Dial(), "L2tpRemoteSystem::Number is not set.*give it");
}
