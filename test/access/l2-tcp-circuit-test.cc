/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "simple-interfaces.h"
#include "simulation-test.h"

#include "ns3/error-model.h"
#include "ns3/flow-id-tag.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2-tcp-circuit.h"
#include "ns3/pointer.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"

#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint16_t PORT = 1194; //!< where the server listens

/// Text as a frame.
Ptr<Packet>
Frame(const std::string& text)
{
    return Create<Packet>(reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

/// The octets of a packet as text.
std::string
Text(const Ptr<const Packet>& packet)
{
    std::string text(packet->GetSize(), '\0');
    packet->CopyData(reinterpret_cast<uint8_t*>(text.data()), text.size());
    return text;
}

/// An end, and what came out of it.
struct End
{
    /// Attach to it.
    End()
    {
        circuit->Attach(Callback<void, Ptr<Packet>>([this](Ptr<Packet> frame) {
                            frames.push_back(Text(frame));
                            if (onFrame)
                            {
                                onFrame();
                            }
                        }),
                        Callback<void, bool>([this](bool up) { status += up ? '+' : '-'; }));
        circuit->TraceConnectWithoutContext(
            "Drop",
            Callback<void, L2TcpDropReason, Ptr<const Packet>>(
                [this](L2TcpDropReason reason, Ptr<const Packet> frame) {
                    drops.push_back(std::string(L2TcpDropReasonName(reason)) + ":" +
                                    std::to_string(frame->GetSize()));
                }));
    }

    /// How many frames were dropped for a reason. @param reason which
    uint64_t Dropped(L2TcpDropReason reason) const
    {
        return circuit->GetStatistics().dropped[static_cast<std::size_t>(reason)];
    }

    Ptr<L2TcpCircuit> circuit{CreateObject<L2TcpCircuit>()}; //!< it
    std::vector<std::string> frames;                         //!< frames received
    std::vector<std::string> drops;                          //!< frames dropped
    std::string status;                                      //!< + for up, - for down
    std::function<void()> onFrame;                           //!< done with each frame
};

} // namespace

/// A client at 10.1.1.1 and a server at 10.1.1.2, 10 ms apart.
class L2TcpCircuitTest : public SimulationTest
{
  protected:
    L2TcpCircuitTest()
    {
        auto channel = CreateObject<SimpleChannel>();
        channel->SetAttribute("Delay", TimeValue(MilliSeconds(10)));
        InternetStackHelper internet;
        for (uint32_t i = 0; i < 2; ++i)
        {
            nodes[i] = CreateObject<Node>();
            internet.Install(nodes[i]);
            devices[i] = AddSimpleDevice(nodes[i], channel);
            AddSimpleAddress(devices[i], Ipv4Address(Ipv4Address("10.1.1.1").Get() + i));
        }
    }

    ~L2TcpCircuitTest() override
    {
        client.circuit->Dispose();
        server.circuit->Dispose();
    }

    /// Where the server listens.
    static InetSocketAddress ServerAddress()
    {
        return {Ipv4Address("10.1.1.2"), PORT};
    }

    /// Listen and connect; both ends are up after that.
    void Connect()
    {
        server.circuit->Listen(nodes[1], InetSocketAddress(Ipv4Address::GetAny(), PORT));
        client.circuit->Connect(nodes[0], ServerAddress());
        RunUntil(Simulator::Now() + MilliSeconds(100));
        ASSERT_TRUE(client.circuit->IsUp());
        ASSERT_TRUE(server.circuit->IsUp());
    }

    /// Let a plain TCP socket connect to the server. @return it
    Ptr<Socket> ConnectPlainly()
    {
        server.circuit->Listen(nodes[1], InetSocketAddress(Ipv4Address::GetAny(), PORT));
        Ptr<Socket> socket = Socket::CreateSocket(nodes[0], TcpSocketFactory::GetTypeId());
        socket->Connect(ServerAddress());
        RunUntil(Simulator::Now() + MilliSeconds(100));
        EXPECT_EQ(server.status, "+");
        return socket;
    }

    Ptr<Node> nodes[2];        //!< the client's and the server's
    Ptr<NetDevice> devices[2]; //!< their devices
    End client;                //!< connects
    End server;                //!< listens
};

// TCP sends octets, whose tags go with them; it has no packets, so there are no tags of those.
TEST_F(L2TcpCircuitTest, KeepsTagsOfBytesAndNoneOfPackets)
{
    Connect();
    std::vector<std::string> tags;
    server.circuit->TraceConnectWithoutContext(
        "Rx",
        Callback<void, Ptr<const Packet>>([&tags](Ptr<const Packet> frame) {
            FlowIdTag tag;
            EXPECT_FALSE(frame->PeekPacketTag(tag));
            for (auto bytes = frame->GetByteTagIterator(); bytes.HasNext();)
            {
                const auto item = bytes.Next();
                item.GetTag(tag);
                tags.push_back(std::to_string(tag.GetFlowId()) + ":" +
                               std::to_string(item.GetEnd() - item.GetStart()));
            }
        }));
    for (uint32_t i = 1; i <= 2; ++i)
    {
        const auto frame = Frame("frame");
        frame->AddPacketTag(FlowIdTag(i));
        frame->AddByteTag(FlowIdTag(i));
        client.circuit->Send(frame);
    }
    RunUntil(Simulator::Now() + MilliSeconds(100));
    EXPECT_EQ(tags, (std::vector<std::string>{"1:5", "2:5"}));
}

TEST_F(L2TcpCircuitTest, CarriesFramesBothWays)
{
    Connect();
    EXPECT_EQ(client.status, "+");
    EXPECT_EQ(server.status, "+");
    EXPECT_TRUE(client.circuit->Send(Frame("one")));
    EXPECT_TRUE(client.circuit->Send(Frame("two")));
    EXPECT_TRUE(server.circuit->Send(Frame("three")));
    RunUntil(Seconds(1));
    EXPECT_EQ(server.frames, (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(client.frames, (std::vector<std::string>{"three"}));
    EXPECT_EQ(client.circuit->GetStatistics().txFrames, 2U);
    EXPECT_EQ(client.circuit->GetStatistics().txOctets, 6U);
    EXPECT_EQ(server.circuit->GetStatistics().rxFrames, 2U);
    EXPECT_EQ(server.circuit->GetStatistics().rxOctets, 6U);
}

TEST_F(L2TcpCircuitTest, LengthOfTwoOctetsStandsBeforeEachFrame)
{
    Ptr<Socket> peer = ConnectPlainly();
    server.circuit->Send(Frame(std::string(258, 'x')));
    server.circuit->Send(Frame("y"));
    RunUntil(Seconds(1));
    std::string stream;
    while (Ptr<Packet> octets = peer->Recv())
    {
        stream += Text(octets);
    }
    EXPECT_EQ(stream, std::string("\1\2", 2) + std::string(258, 'x') + std::string("\0\1y", 3));
}

TEST_F(L2TcpCircuitTest, FramesMayBeCutAnywhere)
{
    Ptr<Socket> peer = ConnectPlainly();
    const std::string stream = std::string("\0\3abc\0\1d", 8);
    for (const char octet : stream)
    {
        peer->Send(Frame(std::string(1, octet)));
        RunUntil(Simulator::Now() + MilliSeconds(50));
    }
    EXPECT_EQ(server.frames, (std::vector<std::string>{"abc", "d"}));
    peer->Send(Frame(stream + stream));
    RunUntil(Simulator::Now() + MilliSeconds(50));
    EXPECT_EQ(server.frames.size(), 6U);
}

TEST_F(L2TcpCircuitTest, FrameWithoutOctetsIsNone)
{
    Ptr<Socket> peer = ConnectPlainly();
    peer->Send(Frame(std::string("\0\0\0\1a", 5)));
    RunUntil(Seconds(1));
    EXPECT_EQ(server.frames, (std::vector<std::string>{"a"}));
    EXPECT_EQ(server.drops, (std::vector<std::string>{"empty:0"}));
    EXPECT_FALSE(server.circuit->Send(Create<Packet>()));
    EXPECT_EQ(server.Dropped(L2TcpDropReason::EMPTY), 2U);
}

TEST_F(L2TcpCircuitTest, NothingIsSentWithoutConnection)
{
    EXPECT_FALSE(client.circuit->Send(Frame("one")));
    client.circuit->Connect(nodes[0], ServerAddress());
    EXPECT_FALSE(client.circuit->Send(Frame("one")));
    EXPECT_EQ(client.Dropped(L2TcpDropReason::NOT_CONNECTED), 2U);
    RunUntil(Minutes(10)); // nobody listens
    EXPECT_FALSE(client.circuit->IsUp());
    EXPECT_EQ(client.status, "");
}

TEST_F(L2TcpCircuitTest, LongestFrame)
{
    Connect();
    EXPECT_TRUE(client.circuit->Send(Create<Packet>(65535)));
    EXPECT_FALSE(client.circuit->Send(Create<Packet>(65536)));
    RunUntil(Seconds(5));
    ASSERT_EQ(server.frames.size(), 1U);
    EXPECT_EQ(server.frames[0].size(), 65535U);
    EXPECT_EQ(client.drops, (std::vector<std::string>{"too-long:65536"}));
}

TEST_F(L2TcpCircuitTest, FrameMustFitIntoTheSendBuffer)
{
    client.circuit->SetSocketAttribute("SndBufSize", UintegerValue(1000));
    Connect();
    EXPECT_FALSE(client.circuit->Send(Create<Packet>(999)));
    EXPECT_EQ(client.Dropped(L2TcpDropReason::TOO_LONG), 1U);
    EXPECT_TRUE(client.circuit->Send(Create<Packet>(998)));
    RunUntil(Seconds(1));
    EXPECT_EQ(server.frames.size(), 1U);
}

TEST_F(L2TcpCircuitTest, QueueTakesWhatTheBufferDoesNot)
{
    client.circuit->SetAttribute("QueueSize", UintegerValue(3));
    client.circuit->SetSocketAttribute("SndBufSize", UintegerValue(1000));
    Connect();
    for (char name = 'a'; name < 'h'; ++name)
    {
        client.circuit->Send(Frame(std::string(498, name)));
    }
    EXPECT_EQ(client.circuit->GetBacklog(), 2500U) << "two in the buffer, three in the queue";
    EXPECT_EQ(client.drops, (std::vector<std::string>{"queue-full:498", "queue-full:498"}));
    RunUntil(Seconds(5));
    EXPECT_EQ(client.circuit->GetBacklog(), 0U);
    std::string order;
    for (const auto& frame : server.frames)
    {
        EXPECT_EQ(frame, std::string(498, frame[0]));
        order += frame[0];
    }
    EXPECT_EQ(order, "abcde");
}

TEST_F(L2TcpCircuitTest, FrameThatWaitsIsNotOvertaken)
{
    client.circuit->SetSocketAttribute("SndBufSize", UintegerValue(1000));
    Connect();
    for (const std::size_t size : {900, 400, 50})
    {
        EXPECT_TRUE(client.circuit->Send(Create<Packet>(size)));
    }
    RunUntil(Seconds(5));
    ASSERT_EQ(server.frames.size(), 3U);
    EXPECT_EQ(server.frames[1].size(), 400U);
    EXPECT_EQ(server.frames[2].size(), 50U) << "though there was room for it before";
}

TEST_F(L2TcpCircuitTest, FramesAreNotLostByLossBelow)
{
    Connect();
    auto loss = CreateObject<RateErrorModel>();
    loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    loss->SetRate(0.1);
    loss->AssignStreams(1);
    devices[1]->SetAttribute("ReceiveErrorModel", PointerValue(loss));
    for (uint32_t i = 0; i < 100; ++i)
    {
        client.circuit->Send(Frame(std::to_string(i) + std::string(1000, ' ')));
    }
    RunUntil(Minutes(5));
    ASSERT_EQ(server.frames.size(), 100U);
    for (uint32_t i = 0; i < 100; ++i)
    {
        EXPECT_EQ(std::stoul(server.frames[i]), i);
    }
}

TEST_F(L2TcpCircuitTest, OneConnectionAtATime)
{
    Connect();
    Ptr<Socket> other = Socket::CreateSocket(nodes[0], TcpSocketFactory::GetTypeId());
    other->Connect(ServerAddress());
    RunUntil(Seconds(1));
    other->Send(Frame(std::string("\0\1a", 3)));
    client.circuit->Send(Frame("b"));
    RunUntil(Seconds(2));
    EXPECT_EQ(server.frames, (std::vector<std::string>{"b"}));
    EXPECT_EQ(server.status, "+");
}

TEST_F(L2TcpCircuitTest, DownWhenThePeerCloses)
{
    server.circuit->SetSocketAttribute("SndBufSize", UintegerValue(1000));
    Connect();
    Ptr<Socket> socket = server.circuit->GetSocket();
    EXPECT_TRUE(socket);
    server.circuit->Send(Create<Packet>(900));
    server.circuit->Send(Create<Packet>(901));
    EXPECT_EQ(server.circuit->GetBacklog(), 1805U);
    client.circuit->Close();
    EXPECT_EQ(client.status, "+-");
    RunUntil(Simulator::Now() + MilliSeconds(15));
    EXPECT_EQ(server.status, "+-");
    EXPECT_EQ(server.drops, (std::vector<std::string>{"closed:901"}));
    EXPECT_EQ(server.circuit->GetBacklog(), 0U);
    EXPECT_FALSE(server.circuit->GetSocket());
    EXPECT_FALSE(server.circuit->Send(Frame("x")));

    // It listens still.
    client.circuit->Connect(nodes[0], ServerAddress());
    RunUntil(Seconds(10));
    EXPECT_EQ(server.status, "+-+");
    client.circuit->Send(Frame("again"));
    RunUntil(Seconds(11));
    EXPECT_EQ(server.frames, (std::vector<std::string>{"again"}));
}

TEST_F(L2TcpCircuitTest, NothingIsLeftOfAStreamThatEnded)
{
    Ptr<Socket> peer = ConnectPlainly();
    peer->Send(Frame(std::string("\0\5ab", 4)));
    peer->Close();
    RunUntil(Seconds(1));
    EXPECT_EQ(server.status, "+-");
    client.circuit->Connect(nodes[0], ServerAddress());
    RunUntil(Seconds(2));
    client.circuit->Send(Frame("new"));
    RunUntil(Seconds(3));
    EXPECT_EQ(server.frames, (std::vector<std::string>{"new"}));
}

TEST_F(L2TcpCircuitTest, ListensNoMoreOnceClosed)
{
    Connect();
    server.circuit->Close();
    RunUntil(Seconds(1));
    EXPECT_EQ(client.status, "+-");
    client.circuit->Connect(nodes[0], ServerAddress());
    RunUntil(Minutes(10));
    EXPECT_EQ(client.status, "+-");
    EXPECT_EQ(server.status, "+-");
}

TEST_F(L2TcpCircuitTest, MayBeClosedByWhomAFrameIsGivenTo)
{
    Ptr<Socket> peer = ConnectPlainly();
    server.onFrame = [this] { server.circuit->Close(); };
    peer->Send(Frame(std::string("\0\1a\0\1b", 6)));
    RunUntil(Seconds(1));
    EXPECT_EQ(server.frames, (std::vector<std::string>{"a"}));
    EXPECT_EQ(server.status, "+-");
}

TEST_F(L2TcpCircuitTest, NobodyIsAttached)
{
    Connect();
    server.circuit->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
    client.circuit->Send(Frame("lost"));
    RunUntil(Seconds(1));
    EXPECT_EQ(server.drops, (std::vector<std::string>{"no-receiver:4"}));
    EXPECT_EQ(server.circuit->GetStatistics().rxFrames, 0U);
}

TEST_F(L2TcpCircuitTest, TracesTellOfFramesOnly)
{
    std::vector<std::string> sent;
    std::vector<std::string> received;
    client.circuit->TraceConnectWithoutContext(
        "Tx",
        Callback<void, Ptr<const Packet>>(
            [&](Ptr<const Packet> frame) { sent.push_back(Text(frame)); }));
    server.circuit->TraceConnectWithoutContext(
        "Rx",
        Callback<void, Ptr<const Packet>>(
            [&](Ptr<const Packet> frame) { received.push_back(Text(frame)); }));
    Connect();
    client.circuit->Send(Frame("a"));
    RunUntil(Seconds(1));
    EXPECT_EQ(sent, (std::vector<std::string>{"a"}));
    EXPECT_EQ(received, sent);
}

// A connection that can't be tried is one that failed: another may be tried, and succeed.
TEST_F(L2TcpCircuitTest, NoRoute)
{
    for (int i = 0; i < 2; ++i)
    {
        client.circuit->Connect(nodes[0], InetSocketAddress(Ipv4Address("192.0.2.9"), PORT));
        RunUntil(Simulator::Now() + MilliSeconds(100));
        EXPECT_FALSE(client.circuit->IsUp());
    }
    Connect();
    EXPECT_EQ(client.status, "+");
}

// Whoever hears that no frame waits any more finds the circuit down.
TEST_F(L2TcpCircuitTest, WhatWaitsIsForgottenOnceItIsDown)
{
    Connect();
    const std::string large(60000, 'x');
    while (client.circuit->GetStatistics().dropped[0] == 0 && client.drops.empty())
    {
        client.circuit->Send(Frame(large));
    }
    std::vector<bool> up;
    client.circuit->TraceConnectWithoutContext(
        "Queued",
        Callback<void, uint32_t, uint32_t>([&](uint32_t /* before */, uint32_t now) {
            up.push_back(client.circuit->IsUp());
            EXPECT_EQ(now, 0U);
            EXPECT_FALSE(client.circuit->Send(Frame("more")));
        }));
    client.circuit->Close();
    EXPECT_EQ(up, std::vector<bool>({false}));
}

TEST_F(L2TcpCircuitTest, ABadConfigurationStopsAtOnce)
{
    const InetSocketAddress any(Ipv4Address::GetAny(), PORT);
    EXPECT_DEATH(client.circuit->Listen(CreateObject<Node>(), any),
                 "has no TCP: install an internet stack");
    server.circuit->Listen(nodes[1], any);
    EXPECT_DEATH(server.circuit->Listen(nodes[1], any), "it is in use; Close.. it before");
    EXPECT_DEATH(client.circuit->Listen(nodes[1], any),
                 "the port to listen at is taken on node "
                 ".*: choose another");
}
