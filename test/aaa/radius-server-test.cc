/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "aaa/radius-network.h"
#include "ppp/tshark.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-digest.h"
#include "ns3/ppp-ms-chap.h"
#include "ns3/radius-ppp.h"
#include "ns3/udp-header.h"

#include <random>

using namespace ns3;

namespace
{

using K = RadiusKeys;

/// A server with its client, or with datagrams from nobody.
class RadiusServerTest : public RadiusNetworkTest
{
  protected:
    RadiusServerTest()
        : m_server(InstallServer())
    {
        UseServer();
        RadiusAttributes clear;
        clear.Add(K::SERVICE_TYPE, RadiusServiceType::FRAMED);
        clear.Add(K::FRAMED_IP_ADDRESS, Ipv4Address("10.8.0.7"));
        clear.Add(K::FRAMED_ROUTE, "192.168.7.0/24 0.0.0.0 1");
        m_server->GetDirectory()->AddUser("nemo", "arctangent", clear);
    }

    /// Ask, and wait for the answer. @param clear the request @return the answer
    RadiusResult Ask(const RadiusAttributes& clear)
    {
        m_client->Ask(clear, Note());
        Simulator::Run();
        return m_results.empty() ? RadiusResult() : m_results.back();
    }

    /// Account, and wait for the answer. @param attributes the request @return what became of it
    RadiusOutcome Account(const RadiusAttributes& attributes)
    {
        m_client->Account(attributes, Note());
        Simulator::Run();
        return m_results.back().outcome;
    }

    /// A good Access-Request of the client's. @return it, signed
    RadiusPacket Request() const
    {
        RadiusPacket request;
        request.identifier = 5;
        request.authenticator[0] = 99;
        RadiusAttributes clear = Login("nemo", "arctangent");
        clear.Add(K::NAS_IDENTIFIER, "lac");
        clear.Add(K::MESSAGE_AUTHENTICATOR, std::string(16, '\0'));
        request.attributes =
            *HideRadiusAttributes(clear, RADIUS_TEST_SECRET, request.authenticator, 0);
        SignRadiusRequest(request, RADIUS_TEST_SECRET);
        return request;
    }

    /// Send datagrams to the server from a port of the client's node. @param datagrams
    /// them @param port to which port @param from from which address @return what comes back
    std::vector<std::vector<uint8_t>> Exchange(const std::vector<std::vector<uint8_t>>& datagrams,
                                               uint16_t port = RADIUS_PORT,
                                               const char* from = "10.1.0.1")
    {
        FakeServer source(m_nodes[0], 0, nullptr);
        Time at; // one after another, as a device's queue holds no more than a hundred
        for (const auto& octets : datagrams)
        {
            Simulator::Schedule(at += MicroSeconds(1), [&source, &octets, port, from] {
                source.Send(octets, At(port), Ipv4Address(from));
            });
        }
        Simulator::Run();
        source.port->Close();
        return source.requests;
    }

    /// What an exchange of one datagram brings back. @param packet what is sent @return the reply,
    /// or an Access-Request if there was none
    RadiusPacket ReplyTo(const RadiusPacket& packet, uint16_t port = RADIUS_PORT)
    {
        RadiusPacket reply;
        const auto replies = Exchange({packet.Serialize()}, port);
        if (!replies.empty())
        {
            RadiusPacket::Parse(replies[0], reply);
        }
        return reply;
    }

    /// How often a reason for a drop was counted.
    uint64_t Drops(RadiusDropReason reason) const
    {
        return m_server->GetDrops(reason);
    }

    Ptr<RadiusServer> m_server; //!< the server, on B
};

} // namespace

// RFC 2865, section 2: a user's name and password, and what the user is given.
TEST_F(RadiusServerTest, Pap)
{
    auto result = Ask(Login("nemo", "arctangent"));
    EXPECT_EQ(result.outcome, RadiusOutcome::ACCEPT);
    EXPECT_EQ(result.attributes.Get(K::FRAMED_IP_ADDRESS), Ipv4Address("10.8.0.7"));
    EXPECT_EQ(result.attributes.Get(K::FRAMED_ROUTE), "192.168.7.0/24 0.0.0.0 1");
    EXPECT_TRUE(result.attributes.Find(80)); // signed, as the request was
    result = Ask(Login("nemo", "arctangen"));
    EXPECT_EQ(result.outcome, RadiusOutcome::REJECT);
    EXPECT_FALSE(result.attributes.Find(K::FRAMED_IP_ADDRESS.type));
    EXPECT_EQ(Ask(Login("nema", "arctangent")).outcome, RadiusOutcome::REJECT);
    EXPECT_EQ(m_server->GetReplies(RadiusCode::ACCESS_ACCEPT), 1U);
    EXPECT_EQ(m_server->GetReplies(RadiusCode::ACCESS_REJECT), 2U);
    EXPECT_EQ(m_server->GetReplies(RadiusCode::ACCESS_CHALLENGE), 0U);
}

// RFC 2865, section 5.3: CHAP's challenge is CHAP-Challenge, or the Request Authenticator if there
// is none.
TEST_F(RadiusServerTest, Chap)
{
    auto request = Request();
    request.attributes.Remove(2);
    request.attributes.Remove(80);
    const auto respond = [&](const std::string& challenge) {
        const auto digest = L2tpMd5().Add(uint8_t(22)).Add("arctangent").Add(challenge).Finish();
        return "\x16" + std::string(digest.begin(), digest.end());
    };
    const auto& asked = request.authenticator;
    request.attributes.Add(K::CHAP_PASSWORD, respond(std::string(asked.begin(), asked.end())));
    EXPECT_EQ(ReplyTo(request).code, RadiusCode::ACCESS_ACCEPT);
    request.attributes.Add(K::CHAP_CHALLENGE, "12345");
    EXPECT_EQ(ReplyTo(request).code, RadiusCode::ACCESS_REJECT);
    request.attributes.Set(K::CHAP_PASSWORD, respond("12345"));
    EXPECT_EQ(ReplyTo(request).code, RadiusCode::ACCESS_ACCEPT);
}

// RFC 2548, sections 2.1.2, 2.3.2, 2.3.3 and 2.1.5, with the numbers of RFC 2759, section 9.2: user
// "User" with "clientPass".
TEST_F(RadiusServerTest, MsChapV2)
{
    m_server->GetDirectory()->AddUser("User", "clientPass");
    RadiusAttributes clear;
    clear.Add(K::USER_NAME, "User");
    clear.AddVendor(K::MS_CHAP_CHALLENGE, Octets("5B5D7C7D7B3F2F3E3C2C602132262628"));
    clear.AddVendor(K::MS_CHAP2_RESPONSE,
                    Octets("2a 00"                            // Ident, Flags
                           "21402324255E262A28295F2B3A337C7E" // Peer-Challenge
                           "0000000000000000"                 // Reserved
                           "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF"));
    auto result = Ask(clear);
    EXPECT_EQ(result.outcome, RadiusOutcome::ACCEPT);
    const auto success = result.attributes.GetVendor(K::MS_CHAP2_SUCCESS);
    ASSERT_TRUE(success);
    EXPECT_EQ(L2tpByteView(*success).ToString(), "*S=407A5589115FD0D6209F510FE9C04566932CDA56");
    clear.Set(K::USER_NAME, "user");
    m_server->GetDirectory()->AddUser("user", "clientPass");
    result = Ask(clear);
    EXPECT_EQ(result.outcome, RadiusOutcome::REJECT);
    const auto failure = result.attributes.GetVendor(K::MS_CHAP_ERROR);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->front(), 0x2a);
    EXPECT_TRUE(PppMsChapFailure::Parse(L2tpByteView(*failure).Sub(1).ToString()));
}

// RFC 2865, section 2: "A request from a client for which the RADIUS server does not have a shared
// secret MUST be silently discarded".
TEST_F(RadiusServerTest, UnknownClient)
{
    EXPECT_TRUE(Exchange({Request().Serialize()}, RADIUS_PORT, "10.2.0.1").empty());
    EXPECT_EQ(Drops(RadiusDropReason::UNKNOWN_CLIENT), 1U);
}

// A wrong secret shows in the Authenticator of accounting, and in Message-Authenticator.
TEST_F(RadiusServerTest, WrongSecret)
{
    m_server->AddClient(Ipv4Address("10.1.0.1"), "another");
    EXPECT_EQ(Ask(Login("nemo", "arctangent")).outcome, RadiusOutcome::TIMEOUT);
    EXPECT_EQ(Drops(RadiusDropReason::MESSAGE_AUTHENTICATOR), 3U);
    EXPECT_EQ(Account(Start("1")), RadiusOutcome::TIMEOUT);
    EXPECT_EQ(Drops(RadiusDropReason::AUTHENTICATOR), 3U);
    EXPECT_TRUE(m_server->GetRecords().empty());
    // Without Message-Authenticator the password comes out wrong, and nothing else can be told; the
    // client does not trust the answer.
    m_client->SetAttribute("MessageAuthenticator", BooleanValue(false));
    EXPECT_EQ(Ask(Login("nemo", "arctangent")).outcome, RadiusOutcome::TIMEOUT);
    EXPECT_GT(m_server->GetReplies(RadiusCode::ACCESS_REJECT), 0U);
    EXPECT_GT(m_client->GetDrops(RadiusDropReason::AUTHENTICATOR), 0U);
}

TEST_F(RadiusServerTest, RequireMessageAuthenticator)
{
    m_client->SetAttribute("MessageAuthenticator", BooleanValue(false));
    EXPECT_EQ(Ask(Login("nemo", "arctangent")).outcome, RadiusOutcome::ACCEPT);
    m_server->SetAttribute("RequireMessageAuthenticator", BooleanValue(true));
    EXPECT_EQ(Ask(Login("nemo", "arctangent")).outcome, RadiusOutcome::TIMEOUT);
    EXPECT_EQ(Drops(RadiusDropReason::MESSAGE_AUTHENTICATOR), 3U);
}

// RFC 2865, section 5: "If an Attribute is received in an Access-Request but with an invalid
// Length, an Access-Reject SHOULD be transmitted"; so with what must not be there.
TEST_F(RadiusServerTest, MalformedAccessRequests)
{
    auto request = Request();
    request.attributes.Remove(80);
    EXPECT_EQ(ReplyTo(request).code, RadiusCode::ACCESS_ACCEPT);
    for (const auto& bad : {RadiusAttribute{5, {1, 2, 3}}, // a NAS-Port of 3 octets
                            RadiusAttribute{1, {'x'}},     // a second User-Name
                            RadiusAttribute{18, {'x'}}})   // a Reply-Message
    {
        auto malformed = request;
        ++request.identifier;
        malformed.identifier = request.identifier;
        malformed.attributes.Append(bad);
        const auto reply = ReplyTo(malformed);
        EXPECT_EQ(reply.code, RadiusCode::ACCESS_REJECT);
        EXPECT_EQ(reply.identifier, malformed.identifier);
        EXPECT_TRUE(IsRadiusReplyGenuine(reply, malformed.authenticator, RADIUS_TEST_SECRET));
    }
    auto octets = Request().Serialize();
    octets[1] = 77;
    octets.push_back(1); // an attribute without Length
    ++octets[3];
    const auto replies = Exchange({octets});
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_EQ(replies[0][0], 3);
}

// RFC 2866, sections 4.1 and 5: what can't be recorded, or has an invalid length, has no reply.
TEST_F(RadiusServerTest, MalformedAccountingRequests)
{
    const auto send = [&](const RadiusAttributes& attributes) {
        RadiusPacket request;
        request.code = RadiusCode::ACCOUNTING_REQUEST;
        request.attributes = attributes;
        SignRadiusRequest(request, RADIUS_TEST_SECRET);
        return ReplyTo(request, RADIUS_ACCOUNTING_PORT).code;
    };
    auto attributes = Start("1");
    EXPECT_EQ(send(attributes), RadiusCode::ACCESS_REQUEST); // nobody says who asks
    EXPECT_EQ(Drops(RadiusDropReason::ATTRIBUTE_MISSING), 1U);
    attributes.Add(K::NAS_IDENTIFIER, "lac");
    auto bad = attributes;
    bad.Append(RadiusAttribute{46, {1}});
    EXPECT_EQ(send(bad), RadiusCode::ACCESS_REQUEST);
    EXPECT_EQ(Drops(RadiusDropReason::ATTRIBUTE_VALUE), 1U);
    bad = attributes;
    bad.Add(K::STATE, "x");
    EXPECT_EQ(send(bad), RadiusCode::ACCESS_REQUEST);
    EXPECT_EQ(Drops(RadiusDropReason::ATTRIBUTE_COUNT), 1U);
    EXPECT_EQ(send(attributes), RadiusCode::ACCOUNTING_RESPONSE);
    EXPECT_EQ(m_server->GetRecords().size(), 1U);
}

// A port takes requests of its own kind only.
TEST_F(RadiusServerTest, UnexpectedCodes)
{
    EXPECT_TRUE(Exchange({Request().Serialize()}, RADIUS_ACCOUNTING_PORT).empty());
    EXPECT_EQ(Drops(RadiusDropReason::UNEXPECTED_CODE), 1U);
    auto packet = Request();
    packet.code = RadiusCode::ACCESS_ACCEPT;
    EXPECT_TRUE(Exchange({packet.Serialize()}).empty());
    EXPECT_EQ(Drops(RadiusDropReason::UNEXPECTED_CODE), 2U);
    packet.code = static_cast<RadiusCode>(12);
    EXPECT_TRUE(Exchange({packet.Serialize(), {}, {1}}).empty());
    EXPECT_EQ(Drops(RadiusDropReason::CODE), 1U);
    EXPECT_EQ(Drops(RadiusDropReason::TRUNCATED), 2U);
}

// RFC 2865, section 3: a duplicate has the same source, Identifier and, as a new request has
// another one, Authenticator; within DuplicateWindow, to the tick, the same reply is sent again.
TEST_F(RadiusServerTest, Duplicates)
{
    m_server->SetAttribute("DuplicateWindow", TimeValue(Seconds(5)));
    int taken = 0;
    m_server->TraceConnectWithoutContext(
        "Receive",
        Callback<void, const RadiusPacket&, const L2tpUdpAddress&>(
            [&](const RadiusPacket&, const L2tpUdpAddress&) { ++taken; }));
    RadiusAttributes clear;
    clear.Add(K::TUNNEL_PASSWORD, {1, "salted"}); // another salt each time it is hidden
    m_server->GetDirectory()->AddUser("nemo", "arctangent", clear);
    FakeServer source(m_nodes[0], 4000, nullptr);
    FakeServer other(m_nodes[0], 4001, nullptr);
    const auto octets = Request().Serialize();
    const auto send = [&](FakeServer& from) { from.Send(octets, At(RADIUS_PORT)); };
    const auto last = Seconds(5) - NanoSeconds(1);
    Simulator::Schedule(Seconds(0), [&] { send(source); });
    Simulator::Schedule(last, [&] { send(source); });
    Simulator::Schedule(last, [&] { send(other); }); // from another port: not the same
    Simulator::Schedule(Seconds(5), [&] { send(source); });
    Simulator::Run();
    ASSERT_EQ(source.requests.size(), 3U);
    EXPECT_EQ(Hex(source.requests[0]), Hex(source.requests[1]));
    EXPECT_NE(Hex(source.requests[0]), Hex(source.requests[2]));
    EXPECT_EQ(m_server->GetDuplicates(), 1U);
    EXPECT_EQ(taken, 3);
    // The same Identifier with another Authenticator is a new request.
    auto request = Request();
    request.authenticator[0] = 98;
    SignRadiusRequest(request, RADIUS_TEST_SECRET);
    source.Send(request.Serialize(), At(RADIUS_PORT));
    Simulator::Run();
    EXPECT_EQ(m_server->GetDuplicates(), 1U);
    EXPECT_EQ(taken, 4);
}

// RFC 2865, section 2: Proxy-States "MUST be copied unmodified and in order into the response".
TEST_F(RadiusServerTest, ProxyState)
{
    auto clear = Login("nemo", "arctangent");
    clear.Add(K::PROXY_STATE, "first");
    clear.Add(K::PROXY_STATE, "second");
    const std::vector<std::string> states{"first", "second"};
    EXPECT_EQ(Ask(clear).attributes.GetEach(K::PROXY_STATE), states);
    auto attributes = Start("1");
    attributes.Add(K::PROXY_STATE, "first");
    EXPECT_EQ(Account(attributes), RadiusOutcome::ACCOUNTED);
    EXPECT_EQ(m_results.back().attributes.GetEach(K::PROXY_STATE),
              std::vector<std::string>{"first"});
    // There is no room for them all beside the answer.
    auto tooMany = Request();
    for (int i = 0; i < 15; ++i)
    {
        tooMany.attributes.Add(K::PROXY_STATE, std::string(253, 'x'));
    }
    tooMany.attributes.Add(K::PROXY_STATE, std::string(4096 - tooMany.GetSize() - 2, 'x'));
    SignRadiusRequest(tooMany, RADIUS_TEST_SECRET);
    ASSERT_EQ(tooMany.GetSize(), 4096U);
    EXPECT_TRUE(Exchange({tooMany.Serialize()}).empty());
    EXPECT_EQ(Drops(RadiusDropReason::SEND_TOO_LONG), 1U);
}

// RFC 2809, sections 4.1.2.2 and 4.1.2.3: by called number and by domain, without a proof; RFC
// 2865, section 5.6: Call-Check, Outbound.
TEST_F(RadiusServerTest, TunnelsWithoutAProof)
{
    const auto directory = m_server->GetDirectory();
    const auto toward = [](const std::string& server) {
        RadiusAttributes clear;
        RadiusTunnel tunnel;
        tunnel.tag = 1;
        tunnel.serverEndpoint = server;
        tunnel.password = "tunnel secret";
        EXPECT_TRUE(AddRadiusTunnel(tunnel, clear));
        return clear;
    };
    directory->AddCalledNumber("5551000", toward("10.3.0.1"));
    directory->AddDomain("Isp.example", toward("10.3.0.2"));
    const auto ask = [&](uint32_t service, const std::string& name, const std::string& called) {
        auto clear = Login(name, "dummy");
        clear.Add(K::SERVICE_TYPE, service);
        clear.Add(K::CALLED_STATION_ID, called);
        const auto result = Ask(clear);
        const auto tunnels = GetRadiusTunnels(result.attributes);
        EXPECT_EQ(tunnels.empty(), result.outcome == RadiusOutcome::REJECT);
        EXPECT_TRUE(tunnels.empty() || tunnels[0].password == "tunnel secret");
        return tunnels.empty() ? "" : tunnels[0].serverEndpoint;
    };
    constexpr auto check = RadiusServiceType::CALL_CHECK;
    constexpr auto outbound = RadiusServiceType::OUTBOUND;
    EXPECT_EQ(ask(check, "5551000", "5551000"), "10.3.0.1");
    EXPECT_EQ(ask(check, "5551001", "5551001"), "");
    EXPECT_EQ(ask(check, "a@isp.example", ""), "");
    EXPECT_EQ(ask(outbound, "a@isp.example", ""), "10.3.0.2");
    EXPECT_EQ(ask(outbound, "a@b@ISP.EXAMPLE", ""), "10.3.0.2");
    EXPECT_EQ(ask(outbound, "a@isp.example", "5551000"), "10.3.0.1");
    EXPECT_EQ(ask(outbound, "a@other.example", ""), "");
    EXPECT_EQ(ask(outbound, "nemo", ""), "");
    // A framed user needs a proof, whatever the domain.
    EXPECT_EQ(ask(RadiusServiceType::FRAMED, "a@isp.example", "5551000"), "");
}

// A user has from its domain what it has not of its own, and tunnels from one of both.
TEST_F(RadiusServerTest, Domains)
{
    const auto directory = m_server->GetDirectory();
    RadiusAttributes domain;
    domain.Add(K::FRAMED_POOL, "isp");
    domain.Add(K::SESSION_TIMEOUT, 3600);
    domain.Add(K::TUNNEL_SERVER_ENDPOINT, {1, "10.3.0.1"});
    domain.Add(K::TUNNEL_SERVER_ENDPOINT, {2, "10.3.0.2"});
    directory->AddDomain("isp.example", domain);
    RadiusAttributes own;
    own.Add(K::SESSION_TIMEOUT, 60);
    directory->AddUser("a@isp.example", "a", own);
    own.Add(K::TUNNEL_SERVER_ENDPOINT, {1, "10.3.0.9"});
    directory->AddUser("b@isp.example", "b", own);
    auto result = Ask(Login("a@isp.example", "a"));
    EXPECT_EQ(result.attributes.GetEach(K::SESSION_TIMEOUT), std::vector<uint32_t>{60});
    EXPECT_EQ(result.attributes.Get(K::FRAMED_POOL), "isp");
    EXPECT_EQ(GetRadiusTunnels(result.attributes).size(), 2U);
    result = Ask(Login("b@isp.example", "b"));
    ASSERT_EQ(GetRadiusTunnels(result.attributes).size(), 1U);
    EXPECT_EQ(GetRadiusTunnels(result.attributes)[0].serverEndpoint, "10.3.0.9");
}

// RFC 2868, section 5: "if the corresponding Access-Request packet did not contain a verified
// instance of the Signature Attribute, the Access-Accept packet SHOULD NOT contain ...
// Tunnel-Password".
TEST_F(RadiusServerTest, TunnelPasswordOnlyIfSigned)
{
    RadiusAttributes clear;
    clear.Add(K::TUNNEL_SERVER_ENDPOINT, {1, "10.3.0.1"});
    clear.Add(K::TUNNEL_PASSWORD, {1, "x"});
    m_server->GetDirectory()->AddUser("nemo", "arctangent", clear);
    EXPECT_TRUE(Ask(Login("nemo", "arctangent")).attributes.Find(69));
    m_client->SetAttribute("MessageAuthenticator", BooleanValue(false));
    const auto result = Ask(Login("nemo", "arctangent"));
    EXPECT_EQ(result.outcome, RadiusOutcome::ACCEPT);
    EXPECT_TRUE(result.attributes.Find(67));
    EXPECT_FALSE(result.attributes.Find(69));
}

// RFC 2866, section 2: the server records, and acknowledges; once, though a record comes again
// later with another Acct-Delay-Time.
TEST_F(RadiusServerTest, Accounting)
{
    std::vector<uint32_t> traced;
    m_server->TraceConnectWithoutContext(
        "Record",
        Callback<void, const RadiusRecord&>([&](const RadiusRecord& record) {
            traced.push_back(*record.attributes.Get(K::ACCT_STATUS_TYPE));
        }));
    EXPECT_EQ(Account(Start("1")), RadiusOutcome::ACCOUNTED);
    auto again = Start("1");
    again.Set(K::ACCT_DELAY_TIME, 7);
    EXPECT_EQ(Account(again), RadiusOutcome::ACCOUNTED);
    EXPECT_EQ(Account(Start("2")), RadiusOutcome::ACCOUNTED);
    auto stop = Start("1");
    stop.Set(K::ACCT_STATUS_TYPE, 2);
    EXPECT_EQ(Account(stop), RadiusOutcome::ACCOUNTED);
    ASSERT_EQ(m_server->GetRecords().size(), 3U);
    EXPECT_EQ(m_server->GetDuplicates(), 1U);
    EXPECT_EQ(traced, (std::vector<uint32_t>{1, 1, 2}));
    EXPECT_EQ(m_server->GetRecords()[0].client, L2tpIpAddress(Ipv4Address("10.1.0.1")));
    EXPECT_EQ(m_server->GetRecords()[1].attributes.Get(K::ACCT_SESSION_ID), "2");
}

// A server can stop, and another one take its ports; meanwhile there is none.
TEST_F(RadiusServerTest, StopAndStart)
{
    m_server->Dispose();
    const auto install = [this](Time start, Time stop) {
        auto server = CreateObject<RadiusServer>();
        server->AddClient(Ipv4Address("10.1.0.1"), RADIUS_TEST_SECRET);
        server->SetStartTime(start);
        server->SetStopTime(stop);
        m_nodes[1]->AddApplication(server);
        return server;
    };
    const auto first = install(Seconds(0), Seconds(1));
    const auto second = install(Seconds(2), Seconds(100));
    for (const double at : {0.5, 1.5})
    {
        Simulator::Schedule(Seconds(at),
                            [this] { m_client->Ask(Login("nemo", "arctangent"), Note()); });
    }
    Simulator::Stop(Seconds(20));
    Simulator::Run();
    ASSERT_EQ(m_results.size(), 2U);
    EXPECT_EQ(m_results[0].outcome, RadiusOutcome::REJECT); // they know nobody
    EXPECT_LT(m_times[0], Seconds(1));
    EXPECT_EQ(m_results[1].outcome, RadiusOutcome::REJECT);
    EXPECT_GT(m_times[1], Seconds(2));
    EXPECT_EQ(first->GetReplies(RadiusCode::ACCESS_REJECT), 1U);
    EXPECT_EQ(second->GetReplies(RadiusCode::ACCESS_REJECT), 1U);
}

// Whatever comes in, at both ends: nothing crashes, and good requests are answered afterwards.
TEST_F(RadiusServerTest, HostileOctets)
{
    std::mt19937 random(2866);
    auto accounting = RadiusPacket();
    accounting.code = RadiusCode::ACCOUNTING_REQUEST;
    accounting.attributes = Start("1");
    accounting.attributes.Add(K::NAS_IDENTIFIER, "lac");
    SignRadiusRequest(accounting, RADIUS_TEST_SECRET);
    std::vector<std::vector<uint8_t>> hostile;
    for (int round = 0; round < 3000; ++round)
    {
        auto packet = Request();
        packet.attributes.Remove(round % 3 ? 80 : 0); // else nothing passes
        auto octets = round % 5 ? packet.Serialize() : accounting.Serialize();
        for (uint32_t change = 0; change <= random() % 4; ++change)
        {
            octets[random() % octets.size()] = static_cast<uint8_t>(random());
        }
        octets.resize(random() % 4 ? octets.size() : random() % (octets.size() + 1));
        hostile.push_back(octets);
    }
    const auto replies = Exchange(hostile);
    EXPECT_GT(replies.size(), 100U);
    Exchange(hostile, RADIUS_ACCOUNTING_PORT);
    // The client's port takes them, too.
    FakeServer server(m_nodes[1], 1111, nullptr);
    auto client = CreateObject<RadiusClient>();
    client->SetNode(m_nodes[0]);
    client->AddServer(At(1111), RADIUS_TEST_SECRET);
    server.take = [&](const RadiusPacket& request, const L2tpUdpAddress& from) {
        for (std::size_t i = 0; i < 99; ++i)
        {
            auto octets = replies[(99 * server.requests.size() + i) % replies.size()];
            octets[1] = request.identifier;
            server.Send(octets, from);
        }
    };
    client->Ask(Login("nemo", "x"), Note());
    Simulator::Run();
    EXPECT_EQ(m_results.back().outcome, RadiusOutcome::TIMEOUT);
    EXPECT_GT(client->GetDrops(RadiusDropReason::AUTHENTICATOR), 100U);
    EXPECT_EQ(Ask(Login("nemo", "arctangent")).outcome, RadiusOutcome::ACCEPT);
    client->Dispose();
}

// tshark reads the exchanges, finds nothing wrong, checks both Authenticators and reveals the
// password.
TEST_F(RadiusServerTest, TsharkReadsTheExchange)
{
    if (!HasTshark())
    {
        GTEST_SKIP() << "no tshark";
    }
    std::vector<std::vector<uint8_t>> packets;
    const auto note = [&packets](bool isRequest, uint16_t port) {
        return Callback<void, const RadiusPacket&, const L2tpUdpAddress&>(
            [&packets, isRequest, port](const RadiusPacket& packet, const L2tpUdpAddress& peer) {
                const bool isAccess = packet.code != RadiusCode::ACCOUNTING_REQUEST &&
                                      packet.code != RadiusCode::ACCOUNTING_RESPONSE;
                const auto server = isAccess ? port : RADIUS_ACCOUNTING_PORT;
                packets.push_back(InUdp(packet.Serialize(),
                                        isRequest ? peer.port : server,
                                        isRequest ? server : peer.port,
                                        !isRequest));
            });
    };
    m_server->TraceConnectWithoutContext("Receive", note(true, RADIUS_PORT));
    m_server->TraceConnectWithoutContext("Send", note(false, RADIUS_PORT));
    RadiusAttributes clear;
    clear.Add(K::FRAMED_IP_ADDRESS, Ipv4Address("10.8.0.7"));
    clear.Add(K::SESSION_TIMEOUT, 3600);
    for (uint8_t tag = 1; tag <= 2; ++tag)
    {
        RadiusTunnel tunnel;
        tunnel.tag = tag;
        tunnel.serverEndpoint = "10.3.0." + std::to_string(tag);
        tunnel.password = "tunnel secret";
        tunnel.assignmentId = "gold";
        tunnel.preference = tag;
        tunnel.clientAuthId = "lac";
        tunnel.serverAuthId = "lns";
        AddRadiusTunnel(tunnel, clear);
    }
    m_server->GetDirectory()->AddUser("nemo", "arctangent", clear);
    Ask(Login("nemo", "arctangent"));
    Ask(Login("nemo", "wrong"));
    Account(Start("1"));
    ASSERT_EQ(packets.size(), 6U);
    std::string output;
    ASSERT_TRUE(AskTshark("radius-exchange.pcap",
                          LINK_TYPE_RAW,
                          packets,
                          "-V -o radius.validate_authenticator:TRUE -o radius.shared_secret:" +
                              std::string(RADIUS_TEST_SECRET),
                          output));
    EXPECT_EQ(output.find("Malformed"), std::string::npos) << output;
    EXPECT_EQ(output.find("Expert Info"), std::string::npos) << output;
    EXPECT_NE(output.find("val=Decrypted: arctangent\n"), std::string::npos) << output;
    EXPECT_NE(output.find("val=Decrypted: wrong\n"), std::string::npos) << output;
    EXPECT_NE(output.find("Tag=0x02 val=10.3.0.2"), std::string::npos) << output;
    EXPECT_EQ(output.find("incorrect"), std::string::npos) << output;
    std::size_t correct = 0;
    for (auto at = output.find("[correct]"); at != std::string::npos;
         at = output.find("[correct]", at + 1))
    {
        ++correct;
    }
    EXPECT_EQ(correct, 3U) << output; // of each reply
    EXPECT_NE(output.find("Tag=0x02 val=L2TP(3)"), std::string::npos) << output;
}

TEST_F(RadiusServerTest, BadConfiguration)
{
    EXPECT_DEATH(m_server->AddClient(Ipv4Address("10.1.0.1"), ""), "secret");
    RadiusAttributes clear;
    clear.Add(K::USER_PASSWORD, "x");
    EXPECT_DEATH(m_server->GetDirectory()->AddUser("a", "b", clear), "attribute-count");
    RadiusAttributes tooLong;
    tooLong.Add(K::TUNNEL_PASSWORD, {1, std::string(240, 'x')});
    EXPECT_DEATH(m_server->GetDirectory()->AddDomain("a", tooLong), "too long");
    RadiusAttributes tooMany;
    for (int i = 0; i < 13; ++i)
    {
        tooMany.Add(K::FRAMED_ROUTE, std::string(253, 'x'));
    }
    EXPECT_DEATH(m_server->GetDirectory()->AddCalledNumber("1", tooMany), "too many");
    auto second = CreateObject<RadiusServer>();
    m_nodes[1]->AddApplication(second);
    EXPECT_DEATH(Simulator::Run(), "AccessPort.*taken");
}
