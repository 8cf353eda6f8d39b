/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "aaa/radius-network.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <set>

using namespace ns3;

namespace
{

/// What a client does by itself.
class RadiusClientTest : public RadiusNetworkTest
{
  protected:
    /// Set how a request is sent again: after 1 s, 2 s; given up 4 s after the third.
    void UseShortTimes()
    {
        m_client->SetAttribute("InitialTimeout", TimeValue(Seconds(1)));
        m_client->SetAttribute("Backoff", DoubleValue(2));
        m_client->SetAttribute("MaxTries", UintegerValue(3));
        m_client->SetAttribute("DeadTime", TimeValue(Seconds(100)));
    }

    /// Ask now. Returns nothing; Note() tells the answer.
    void Ask()
    {
        m_client->Ask(Login("nemo", "arctangent"), Note());
    }

    /// How often a reason for a drop was counted.
    uint64_t Drops(RadiusDropReason reason) const
    {
        return m_client->GetDrops(reason);
    }
};

} // namespace

// RFC 2865, sections 2.5 and 4.1: for retransmissions Identifier, Authenticator, port and octets
// stay the same.
TEST_F(RadiusClientTest, Retransmission)
{
    UseShortTimes();
    UseServer();
    FakeServer server(m_nodes[1], RADIUS_PORT, nullptr);
    Ask();
    EXPECT_EQ(m_client->GetPending(), 1U);
    Simulator::Run();
    ASSERT_EQ(m_sent.size(), 3U);
    EXPECT_EQ(m_sent[0].time, Seconds(0));
    EXPECT_EQ(m_sent[1].time, Seconds(1));
    EXPECT_EQ(m_sent[2].time, Seconds(3));
    EXPECT_EQ(m_sent[2].tries, 3U);
    ASSERT_EQ(server.requests.size(), 3U);
    EXPECT_EQ(Hex(server.requests[0]), Hex(server.requests[2]));
    EXPECT_EQ(server.ports[0], server.ports[2]);
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::TIMEOUT);
    EXPECT_EQ(m_times[0], Seconds(7));
    EXPECT_EQ(m_client->GetPending(), 0U);
}

// An answer that comes one tick before the time is over is in time; with one that comes later the
// request has been sent again.
TEST_F(RadiusClientTest, ExactlyInTime)
{
    for (const auto& [delay, tries] :
         {std::pair(Seconds(1) - NanoSeconds(1), 1U), std::pair(Seconds(1) + NanoSeconds(1), 2U)})
    {
        auto client = CreateObject<RadiusClient>();
        client->SetNode(m_nodes[0]);
        client->SetAttribute("InitialTimeout", TimeValue(Seconds(1)));
        client->AddServer(At(RADIUS_PORT), RADIUS_TEST_SECRET);
        FakeServer server(m_nodes[1], RADIUS_PORT, nullptr);
        server.take = [&server, at = Simulator::Now() + delay](const RadiusPacket& request,
                                                               const L2tpUdpAddress& from) {
            if (server.requests.size() == 1)
            {
                Simulator::Schedule(at - Simulator::Now(), [&server, request, from] {
                    server.Send(Reply(RadiusCode::ACCESS_ACCEPT, request).Serialize(), from);
                });
            }
        };
        client->Ask(Login("nemo", "x"), Note());
        Simulator::Run();
        EXPECT_EQ(server.requests.size(), tries);
        EXPECT_EQ(m_results.back().outcome, RadiusOutcome::ACCEPT);
        server.port->Close();
        client->Dispose();
    }
}

// What the RFCs demand of a request: Message-Authenticator, and who asks.
TEST_F(RadiusClientTest, WhatIsAdded)
{
    UseServer();
    FakeServer access(m_nodes[1], RADIUS_PORT, nullptr);
    FakeServer accounting(m_nodes[1], RADIUS_ACCOUNTING_PORT, nullptr);
    m_client->SetAttribute("NasIdentifier", StringValue("lac-1"));
    Ask();
    m_client->Account(Start("1"), nullptr);
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    ASSERT_EQ(access.requests.size(), 1U);
    RadiusPacket request;
    ASSERT_EQ(RadiusPacket::Parse(access.requests[0], request), RadiusError::NONE);
    EXPECT_EQ(request.Check(), RadiusError::NONE);
    EXPECT_EQ(request.attributes.GetAll()[0].type, 80); // first, where it is of most use
    EXPECT_EQ(IsRadiusMessageGenuine(request, request.authenticator, RADIUS_TEST_SECRET), true);
    EXPECT_EQ(request.attributes.Get(RadiusKeys::NAS_IDENTIFIER), "lac-1");
    EXPECT_EQ(request.attributes.Get(RadiusKeys::NAS_IP_ADDRESS), Ipv4Address("10.1.0.1"));
    EXPECT_NE(request.attributes.Get(RadiusKeys::USER_PASSWORD), "arctangent");
    ASSERT_EQ(accounting.requests.size(), 1U);
    ASSERT_EQ(RadiusPacket::Parse(accounting.requests[0], request), RadiusError::NONE);
    EXPECT_EQ(request.Check(), RadiusError::NONE);
    EXPECT_TRUE(IsRadiusRequestGenuine(request, RADIUS_TEST_SECRET));
}

// RFC 3162: RADIUS over IPv6; a node without IPv4 tells its IPv6 address (section 2.1).
TEST_F(RadiusClientTest, OverIpv6)
{
    const auto server = InstallServer();
    server->AddClient(Ipv6Address("fd00:1::1"), RADIUS_TEST_SECRET);
    m_client->AddServer({Ipv6Address("fd00:1::2"), RADIUS_PORT}, RADIUS_TEST_SECRET);
    Ask();
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::REJECT); // it knows nobody

    InternetStackHelper stack;
    stack.SetIpv4StackInstall(false);
    auto node = CreateObject<Node>();
    stack.Install(node);
    auto device = CreateObject<SimpleNetDevice>();
    device->SetAddress(Mac48Address::Allocate());
    node->AddDevice(device);
    const auto ipv6 = node->GetObject<Ipv6>();
    const auto interface = ipv6->AddInterface(device);
    ipv6->SetUp(interface);
    ipv6->AddAddress(interface, {Ipv6Address("fd00:5::1"), Ipv6Prefix(64)});
    auto client = CreateObject<RadiusClient>();
    client->SetNode(node);
    client->AddServer({Ipv6Address("fd00:1::2"), RADIUS_PORT}, RADIUS_TEST_SECRET);
    RadiusPacket sent;
    client->TraceConnectWithoutContext(
        "Send",
        Callback<void, const RadiusPacket&, const L2tpUdpAddress&, uint32_t>(
            [&](const RadiusPacket& packet, const L2tpUdpAddress&, uint32_t) { sent = packet; }));
    client->Ask(Login("nemo", "x"), nullptr);
    EXPECT_EQ(sent.attributes.Get(RadiusKeys::NAS_IPV6_ADDRESS), Ipv6Address("fd00:5::1"));
    EXPECT_FALSE(sent.attributes.Find(RadiusKeys::NAS_IP_ADDRESS.type));
    EXPECT_EQ(sent.Check(), RadiusError::NONE);
    client->Dispose();
}

// RFC 2866, section 4.1: a new Acct-Delay-Time needs a new Identifier and Authenticator; an answer
// to an earlier one is as good.
TEST_F(RadiusClientTest, AcctDelayTime)
{
    UseShortTimes();
    UseServer();
    FakeServer server(m_nodes[1], RADIUS_ACCOUNTING_PORT, nullptr);
    server.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        if (server.requests.size() == 2)
        {
            RadiusPacket first;
            RadiusPacket::Parse(server.requests[0], first);
            EXPECT_NE(first.identifier, request.identifier);
            EXPECT_NE(first.authenticator, request.authenticator);
            EXPECT_EQ(first.attributes.Get(RadiusKeys::ACCT_DELAY_TIME), 0U);
            EXPECT_EQ(request.attributes.Get(RadiusKeys::ACCT_DELAY_TIME), 1U);
            EXPECT_TRUE(IsRadiusRequestGenuine(request, RADIUS_TEST_SECRET));
            server.Send(Reply(RadiusCode::ACCOUNTING_RESPONSE, first).Serialize(), from);
        }
    };
    m_client->Account(Start("1"), Note());
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::ACCOUNTED);
    EXPECT_EQ(server.requests.size(), 2U);
}

// RFC 2865, section 2: "An alternate server can be used ... after a number of tries to the primary
// server fail"; the first one is passed over for DeadTime, to the tick.
TEST_F(RadiusClientTest, FailOverAndDeadTime)
{
    UseShortTimes();
    m_client->AddServer(At(1111), RADIUS_TEST_SECRET);
    m_client->AddServer(At(2222), RADIUS_TEST_SECRET);
    std::vector<std::string> states;
    m_client->TraceConnectWithoutContext(
        "Server",
        Callback<void, const L2tpUdpAddress&, bool>([&](const L2tpUdpAddress& server, bool alive) {
            states.push_back(std::to_string(server.port) + (alive ? " alive" : " dead"));
        }));
    FakeServer first(m_nodes[1], 1111, nullptr);
    FakeServer second(m_nodes[1], 2222, nullptr);
    second.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        second.Send(Reply(RadiusCode::ACCESS_REJECT, request).Serialize(), from);
    };
    Ask(); // tries at 0, 1 and 3 s; at 7 s the first server is dead
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    EXPECT_EQ(first.requests.size(), 3U);
    ASSERT_EQ(second.requests.size(), 1U);
    EXPECT_NE(Hex(first.requests[0]), Hex(second.requests[0]));
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::REJECT);
    EXPECT_EQ(m_results[0].server, At(2222));
    EXPECT_EQ(states, std::vector<std::string>{"1111 dead"});
    EXPECT_FALSE(m_client->IsAlive(At(1111)));
    EXPECT_TRUE(m_client->IsAlive(At(2222)));

    first.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        first.Send(Reply(RadiusCode::ACCESS_ACCEPT, request).Serialize(), from);
    };
    Simulator::Schedule(Seconds(107) - NanoSeconds(1) - Simulator::Now(), [this] { Ask(); });
    Simulator::Schedule(Seconds(107) - Simulator::Now(), [this] { Ask(); });
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 3U);
    EXPECT_EQ(m_results[1].server, At(2222));
    EXPECT_EQ(m_results[2].server, At(1111));
    EXPECT_EQ(states, (std::vector<std::string>{"1111 dead", "1111 alive"}));
}

// If all servers are dead they are tried all the same.
TEST_F(RadiusClientTest, AllDead)
{
    UseShortTimes();
    m_client->AddServer(At(1111), RADIUS_TEST_SECRET);
    m_client->AddServer(At(2222), RADIUS_TEST_SECRET);
    Ask();
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_times[0], Seconds(14));
    EXPECT_FALSE(m_client->IsAlive(At(1111)) || m_client->IsAlive(At(2222)));
    m_sent.clear();
    Ask();
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 2U);
    EXPECT_EQ(m_results[1].outcome, RadiusOutcome::TIMEOUT);
    ASSERT_EQ(m_sent.size(), 6U);
    EXPECT_EQ(m_sent[0].server, At(1111));
    EXPECT_EQ(m_sent[5].server, At(2222));
}

// RFC 2865, section 2.5: 256 Identifiers a source port, and more ports for more.
TEST_F(RadiusClientTest, MoreThan256)
{
    UseServer();
    m_client->SetAttribute("MaxPorts", UintegerValue(2));
    m_client->SetAttribute("MaxTries", UintegerValue(1));
    FakeServer server(m_nodes[1], RADIUS_PORT, nullptr);
    std::set<std::pair<uint16_t, uint8_t>> places;
    server.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        EXPECT_TRUE(places.emplace(from.port, request.identifier).second);
    };
    const auto askOften = [this](int times) {
        for (int i = 1; i <= times; ++i)
        {
            // One after another, as a device's queue holds no more than a hundred.
            Simulator::Schedule(MicroSeconds(i), [this] { Ask(); });
        }
        Simulator::Stop(MilliSeconds(1));
        Simulator::Run();
    };
    askOften(256);
    EXPECT_EQ(m_client->GetPorts(), 1U);
    askOften(256);
    EXPECT_EQ(m_client->GetPorts(), 2U);
    askOften(1); // too many
    EXPECT_EQ(places.size(), 512U);
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::NOT_SENT);
    Simulator::Run(); // all others give up, and there is room again
    EXPECT_EQ(m_results.size(), 513U);
    server.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        server.Send(Reply(RadiusCode::ACCESS_ACCEPT, request).Serialize(), from);
    };
    Ask();
    Simulator::Run();
    EXPECT_EQ(m_results.back().outcome, RadiusOutcome::ACCEPT);
    EXPECT_EQ(m_client->GetPorts(), 2U);
}

// Each reply that isn't right is dropped for its own reason; the good one is taken after them all.
TEST_F(RadiusClientTest, WrongReplies)
{
    UseServer();
    std::vector<RadiusDropReason> drops;
    m_client->TraceConnectWithoutContext(
        "Drop",
        Callback<void, Ptr<const Packet>, const L2tpUdpAddress&, RadiusDropReason>(
            [&](Ptr<const Packet>, const L2tpUdpAddress&, RadiusDropReason reason) {
                drops.push_back(reason);
            }));
    FakeServer other(m_nodes[1], 9999, nullptr);
    FakeServer server(m_nodes[1], RADIUS_PORT, nullptr);
    server.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        const auto good = Reply(RadiusCode::ACCESS_ACCEPT, request);
        const auto send = [&](RadiusPacket reply, bool isSigned) {
            if (isSigned)
            {
                SignRadiusReply(reply, request.authenticator, RADIUS_TEST_SECRET);
            }
            server.Send(reply.Serialize(), from);
        };
        server.Send({2, 0, 0}, from);
        auto bad = good;
        bad.code = static_cast<RadiusCode>(12);
        send(bad, false);
        bad.code = RadiusCode::ACCESS_REQUEST;
        send(bad, false);
        bad = good;
        ++bad.identifier;
        send(bad, true);
        other.Send(good.Serialize(), from);
        server.Send(good.Serialize(), from, Ipv4Address("10.2.0.2"));
        bad = good;
        bad.code = RadiusCode::ACCOUNTING_RESPONSE;
        send(bad, true);
        bad = good;
        bad.authenticator[15] ^= 1;
        send(bad, false);
        bad = good;
        bad.attributes = {};
        send(bad, true); // without Message-Authenticator
        bad = good;
        bad.attributes.Add(RadiusKeys::SESSION_TIMEOUT, 1);
        bad.authenticator = good.authenticator;
        send(bad, false); // changed on the way
        bad = good;
        bad.attributes.Append(RadiusAttribute{27, {1, 2, 3}});
        send(bad, true); // a Session-Timeout of 3 octets
        bad = good;
        bad.attributes.Append(RadiusAttribute{69, {1, 0x80, 0, 7}});
        send(bad, true); // a Tunnel-Password that is no block
        EXPECT_TRUE(m_results.empty());
        send(good, false);
        send(good, false); // twice
    };
    Ask();
    Simulator::Run();
    using R = RadiusDropReason;
    const std::vector<RadiusDropReason> expected{R::TRUNCATED,
                                                 R::CODE,
                                                 R::UNEXPECTED_CODE,
                                                 R::NO_REQUEST,
                                                 R::WRONG_SOURCE,
                                                 R::WRONG_SOURCE,
                                                 R::UNEXPECTED_CODE,
                                                 R::AUTHENTICATOR,
                                                 R::MESSAGE_AUTHENTICATOR,
                                                 R::AUTHENTICATOR,
                                                 R::ATTRIBUTE_VALUE,
                                                 R::HIDDEN_VALUE,
                                                 R::NO_REQUEST};
    EXPECT_EQ(drops, expected);
    EXPECT_EQ(Drops(R::WRONG_SOURCE), 2U);
    EXPECT_EQ(Drops(R::NO_REQUEST), 2U);
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::ACCEPT);
    EXPECT_STREQ(RadiusDropReasonName(R::HIDDEN_VALUE), "hidden-value");
    EXPECT_STREQ(RadiusDropReasonName(R::COUNT), "unknown");
}

// Without MessageAuthenticator the exchange is that of RFC 2865 alone.
TEST_F(RadiusClientTest, WithoutMessageAuthenticator)
{
    UseServer();
    m_client->SetAttribute("MessageAuthenticator", BooleanValue(false));
    FakeServer server(m_nodes[1], RADIUS_PORT, nullptr);
    server.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        EXPECT_FALSE(request.attributes.Find(80));
        RadiusPacket reply;
        reply.code = RadiusCode::ACCESS_CHALLENGE;
        reply.identifier = request.identifier;
        reply.attributes.Add(RadiusKeys::STATE, "32769430");
        SignRadiusReply(reply, request.authenticator, RADIUS_TEST_SECRET);
        server.Send(reply.Serialize(), from);
    };
    Ask();
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::CHALLENGE);
    EXPECT_EQ(m_results[0].attributes.Get(RadiusKeys::STATE), "32769430");
    EXPECT_STREQ(RadiusOutcomeName(m_results[0].outcome), "challenge");
}

// What can't be sent is told later, not from within the call.
TEST_F(RadiusClientTest, NotSent)
{
    Ask(); // no server
    EXPECT_TRUE(m_results.empty());
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::NOT_SENT);
    UseServer();
    m_client->Ask(Login("nemo", std::string(129, 'x')), Note()); // section 5.2: 128 at most
    EXPECT_EQ(m_results.size(), 1U);
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 2U);
    EXPECT_EQ(m_results[1].outcome, RadiusOutcome::NOT_SENT);
    EXPECT_TRUE(m_sent.empty());
    RadiusAttributes tooMany = Login("nemo", "x");
    for (int i = 0; i < 17; ++i)
    {
        tooMany.Add(RadiusKeys::PROXY_STATE, std::string(253, 'x'));
    }
    m_client->Ask(tooMany, Note());
    Simulator::Run();
    EXPECT_EQ(m_results.back().outcome, RadiusOutcome::NOT_SENT);
    EXPECT_EQ(m_client->GetPending(), 0U);
}

// Without a route a request waits as one that is lost: there may be a route the next time.
TEST_F(RadiusClientTest, NoRoute)
{
    UseShortTimes();
    m_client->AddServer(At(RADIUS_PORT, "203.0.113.1"), RADIUS_TEST_SECRET);
    Ask();
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::TIMEOUT);
    EXPECT_EQ(Drops(RadiusDropReason::SEND_NO_ROUTE), 3U);
}

// Random Request Authenticators (RFC 2865, section 3), the same in each run.
TEST_F(RadiusClientTest, Authenticators)
{
    UseServer();
    Ask();
    Ask();
    ASSERT_EQ(m_sent.size(), 2U);
    EXPECT_NE(m_sent[0].packet.authenticator, m_sent[1].packet.authenticator);
    auto again = CreateObject<RadiusClient>();
    again->SetNode(m_nodes[0]);
    again->AssignStreams(7);
    again->AddServer(At(RADIUS_PORT), RADIUS_TEST_SECRET);
    RadiusAuthenticator authenticator{};
    again->TraceConnectWithoutContext(
        "Send",
        Callback<void, const RadiusPacket&, const L2tpUdpAddress&, uint32_t>(
            [&](const RadiusPacket& packet, const L2tpUdpAddress&, uint32_t) {
                authenticator = packet.authenticator;
            }));
    again->Ask(Login("nemo", "x"), nullptr);
    EXPECT_EQ(authenticator, m_sent[0].packet.authenticator);
    again->Dispose();
}

// Whoever has lost its memory waits for no answer, and takes none.
TEST_F(RadiusClientTest, Forget)
{
    UseServer();
    m_client->Ask(Login("nemo", "arctangent"), Note());
    m_client->Account(Start("1"), Note());
    EXPECT_EQ(m_client->GetPending(), 2U);
    m_client->Forget();
    EXPECT_EQ(m_client->GetPending(), 0U);
    InstallServer(); // which answers both
    Simulator::Run();
    EXPECT_TRUE(m_results.empty());
    EXPECT_EQ(m_client->GetDrops(RadiusDropReason::NO_REQUEST), 2U);
    m_client->Account(Start("2"), Note());
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::ACCOUNTED);
}

// The same from within each trace, as when whoever listens has the node crash: a request that is
// gone is neither sent, nor sent to another server (RFC 2865, section 2.5), nor answered.
TEST_F(RadiusClientTest, ForgetFromWithinATrace)
{
    UseShortTimes();
    m_client->AddServer(At(1111), RADIUS_TEST_SECRET);
    m_client->AddServer(At(2222), RADIUS_TEST_SECRET);
    FakeServer first(m_nodes[1], 1111, nullptr);
    FakeServer second(m_nodes[1], 2222, nullptr);
    std::string forgetAt;
    std::string seen;
    const auto tell = [&](const std::string& what) {
        seen += what + " ";
        if (what == forgetAt)
        {
            m_client->Forget();
        }
    };
    m_client->TraceConnectWithoutContext(
        "Send",
        Callback<void, const RadiusPacket&, const L2tpUdpAddress&, uint32_t>(
            [&](const RadiusPacket&, const L2tpUdpAddress&, uint32_t tries) {
                tell("send" + std::to_string(tries));
            }));
    m_client->TraceConnectWithoutContext(
        "Receive",
        Callback<void, const RadiusPacket&, const L2tpUdpAddress&>(
            [&](const RadiusPacket&, const L2tpUdpAddress&) { tell("receive"); }));
    m_client->TraceConnectWithoutContext(
        "Server",
        Callback<void, const L2tpUdpAddress&, bool>(
            [&](const L2tpUdpAddress&, bool alive) { tell(alive ? "alive" : "dead"); }));
    m_client->TraceConnectWithoutContext(
        "Drop",
        Callback<void, Ptr<const Packet>, const L2tpUdpAddress&, RadiusDropReason>(
            [&](Ptr<const Packet>, const L2tpUdpAddress&, RadiusDropReason) { tell("drop"); }));
    const auto expect = [&](const std::string& at, const std::string& events) {
        SCOPED_TRACE(at);
        forgetAt = at;
        seen.clear();
        Ask();
        Simulator::Run();
        EXPECT_EQ(seen, events);
        EXPECT_EQ(m_client->GetPending(), 0U);
        EXPECT_TRUE(m_results.empty());
    };
    expect("send1", "send1 ");
    expect("send2", "send1 send2 ");
    EXPECT_EQ(first.requests.size(), 1U); // of the second request
    expect("dead", "send1 send2 send3 dead ");
    EXPECT_TRUE(second.requests.empty());
    first.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        first.Send(Reply(RadiusCode::ACCESS_ACCEPT, request).Serialize(), from);
    };
    expect("receive", "send1 receive ");
    // An answer to the first one, when the server is dead already and the next one is asked.
    RadiusPacket request;
    L2tpUdpAddress client;
    first.take = [&](const RadiusPacket& packet, const L2tpUdpAddress& from) {
        request = packet;
        client = from;
    };
    second.take = [&](const RadiusPacket&, const L2tpUdpAddress&) {
        first.Send(Reply(RadiusCode::ACCESS_ACCEPT, request).Serialize(), client);
    };
    expect("alive", "send1 send2 send3 dead send1 alive ");
    // Nothing is lost by all this: the client does its work.
    forgetAt.clear();
    first.take = [&](const RadiusPacket& packet, const L2tpUdpAddress& from) {
        first.Send(Reply(RadiusCode::ACCESS_ACCEPT, packet).Serialize(), from);
    };
    Ask();
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::ACCEPT);
}

// And when a request can't be sent.
TEST_F(RadiusClientTest, ForgetWithoutARoute)
{
    m_client->AddServer(At(RADIUS_PORT, "203.0.113.1"), RADIUS_TEST_SECRET);
    m_client->TraceConnectWithoutContext(
        "Drop",
        Callback<void, Ptr<const Packet>, const L2tpUdpAddress&, RadiusDropReason>(
            [&](Ptr<const Packet>, const L2tpUdpAddress&, RadiusDropReason) {
                m_client->Forget();
            }));
    Ask();
    EXPECT_EQ(m_client->GetPending(), 0U);
    Simulator::Run();
    EXPECT_EQ(Drops(RadiusDropReason::SEND_NO_ROUTE), 1U);
    EXPECT_TRUE(m_results.empty());
}

// RFC 2865, section 2.5: 256 Identifiers a source port. Records that nobody acknowledges (RFC 2866,
// section 2) take none from those who want to get in.
TEST_F(RadiusClientTest, EachKindHasItsOwnIdentifiers)
{
    m_client->SetAttribute("MaxPorts", UintegerValue(1));
    UseServer();
    FakeServer access(m_nodes[1], RADIUS_PORT, nullptr);
    access.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        access.Send(Reply(RadiusCode::ACCESS_ACCEPT, request).Serialize(), from);
    };
    FakeServer accounting(m_nodes[1], RADIUS_ACCOUNTING_PORT, nullptr);
    for (int i = 1; i <= 257; ++i)
    {
        // One after another, as a device's queue holds no more than a hundred.
        Simulator::Schedule(MicroSeconds(i),
                            [this, i] { m_client->Account(Start(std::to_string(i)), Note()); });
    }
    Simulator::Stop(MilliSeconds(1));
    Simulator::Run();
    EXPECT_EQ(accounting.requests.size(), 256U);
    ASSERT_EQ(m_results.size(), 1U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::NOT_SENT);
    Ask();
    Simulator::Stop(MilliSeconds(1));
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 2U);
    EXPECT_EQ(m_results[1].outcome, RadiusOutcome::ACCEPT);
    EXPECT_EQ(m_client->GetPorts(), 2U);
    EXPECT_EQ(m_client->GetPending(), 256U);
}

TEST_F(RadiusClientTest, BadConfiguration)
{
    EXPECT_DEATH(m_client->AddServer(At(RADIUS_PORT), ""), "secret");
    EXPECT_DEATH(m_client->AddServer(At(0), "x"), "can't be the address of a server");
    auto nowhere = CreateObject<RadiusClient>();
    EXPECT_DEATH(nowhere->Ask(Login("a", "b"), nullptr), "SetNode");
    UseServer();
    Ask();
    EXPECT_DEATH(m_client->SetNode(m_nodes[1]), "it has sent requests from node .*make another");
}
