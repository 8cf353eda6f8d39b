/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "aaa/radius-network.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-radius-selector.h"
#include "ns3/pointer.h"
#include "ns3/radius-tunnel.h"
#include "ns3/string.h"

using namespace ns3;

namespace
{

using K = RadiusKeys;
using Kind = L2tpTunnelChoice::Kind;

/// A LAC's tunnels, known to a server.
class L2tpRadiusSelectorTest : public RadiusNetworkTest
{
  protected:
    L2tpRadiusSelectorTest()
        : m_selector(CreateObject<L2tpRadiusSelector>()),
          m_server(InstallServer())
    {
        UseServer();
        m_selector->SetAttribute("Client", PointerValue(m_client));
    }

    void TearDown() override
    {
        m_selector->Dispose();
        RadiusNetworkTest::TearDown();
    }

    /// Attributes of tunnels to servers, tags and preferences counted from 1. @param servers their
    /// addresses @return them
    static RadiusAttributes Toward(const std::vector<std::string>& servers)
    {
        RadiusAttributes clear;
        for (std::size_t i = 0; i < servers.size(); ++i)
        {
            RadiusTunnel tunnel;
            tunnel.tag = static_cast<uint8_t>(i + 1);
            tunnel.preference = static_cast<uint32_t>(i + 1);
            tunnel.serverEndpoint = servers[i];
            AddRadiusTunnel(tunnel, clear);
        }
        return clear;
    }

    /// Choose. @param query what is known of the call @return the choice
    L2tpTunnelChoice Select(const L2tpTunnelQuery& query)
    {
        std::vector<L2tpTunnelChoice> choices;
        m_selector->Select(query, [&](const auto& choice) { choices.push_back(choice); });
        Simulator::Run();
        EXPECT_EQ(choices.size(), 1U);
        return choices.empty() ? L2tpTunnelChoice() : choices[0];
    }

    /// A call to a number. @param number it @return the query
    static L2tpTunnelQuery To(const std::string& number)
    {
        L2tpTunnelQuery query;
        query.calledNumber = number;
        query.callingNumber = "5552000";
        return query;
    }

    /// A call of somebody. @param name who @param password what it says to prove it @return the
    /// query
    static L2tpTunnelQuery From(const std::string& name, const std::string& password = "x")
    {
        auto query = To("5551000");
        PppAuthAttempt attempt;
        attempt.protocol = PPP_AUTH_PAP;
        attempt.name = name;
        attempt.password = password;
        query.attempt = attempt;
        return query;
    }

    Ptr<L2tpRadiusSelector> m_selector; //!< the selector
    Ptr<RadiusServer> m_server;         //!< who is asked
};

} // namespace

// RFC 2809, section 4.1.2.2: by the called number, before anybody has said who it is.
TEST_F(L2tpRadiusSelectorTest, ByNumber)
{
    m_server->GetDirectory()->AddCalledNumber("5551000", Toward({"10.3.0.1", "10.3.0.2"}));
    const auto choice = Select(To("5551000"));
    EXPECT_EQ(choice.kind, Kind::TUNNEL);
    ASSERT_EQ(choice.peers.size(), 2U);
    EXPECT_EQ(choice.peers[0].server, (L2tpUdpAddress{Ipv4Address("10.3.0.1"), L2TP_UDP_PORT}));
    EXPECT_EQ(choice.peers[0].preference, 1U);
    EXPECT_EQ(choice.peers[1].preference, 2U);
    ASSERT_EQ(m_sent.size(), 1U);
    const auto& request = m_sent[0].packet;
    EXPECT_EQ(request.Check(), RadiusError::NONE);
    EXPECT_EQ(request.attributes.Get(K::USER_NAME), "5551000");
    EXPECT_EQ(request.attributes.Get(K::CALLED_STATION_ID), "5551000");
    EXPECT_EQ(request.attributes.Get(K::CALLING_STATION_ID), "5552000");
    EXPECT_EQ(request.attributes.Get(K::SERVICE_TYPE), RadiusServiceType::CALL_CHECK);
    EXPECT_EQ(request.attributes.Get(K::TUNNEL_TYPE)->value, RADIUS_TUNNEL_L2TP);
    EXPECT_EQ(Select(To("5551001")).kind, Kind::ASK_NAME); // not known: the name may help
    EXPECT_EQ(Select(To("")).kind, Kind::ASK_NAME);
    EXPECT_EQ(m_sent.size(), 2U); // the last one could not be asked
}

// RFC 2809, section 4.1.2.3: by the domain, without a proof.
TEST_F(L2tpRadiusSelectorTest, ByDomain)
{
    m_selector->SetAttribute("ByNumber", BooleanValue(false));
    m_server->GetDirectory()->AddDomain("isp.example", Toward({"10.3.0.1"}));
    EXPECT_EQ(Select(To("5551000")).kind, Kind::ASK_NAME);
    EXPECT_TRUE(m_sent.empty());
    EXPECT_EQ(Select(From("alice@isp.example", "whatever")).kind, Kind::TUNNEL);
    EXPECT_EQ(m_sent[0].packet.attributes.Get(K::SERVICE_TYPE), RadiusServiceType::OUTBOUND);
    const auto choice = Select(From("alice@other.example"));
    EXPECT_EQ(choice.kind, Kind::REFUSE);
    EXPECT_EQ(choice.message, "unknown number or domain");
}

// RFC 2809, sections 3.1, 4.1.1 and 4.2: by the user, who proves to be it; each to its own tunnel.
TEST_F(L2tpRadiusSelectorTest, ByUser)
{
    m_selector->SetAttribute("ByName", StringValue("User"));
    const auto directory = m_server->GetDirectory();
    directory->AddUser("janet@bigco.example", "j", Toward({"10.3.0.1"}));
    directory->AddUser("fred@bigco.example", "f", Toward({"10.3.0.2"}));
    directory->AddUser("local", "l");
    EXPECT_EQ(Select(From("janet@bigco.example", "j")).peers.at(0).server.address,
              L2tpIpAddress(Ipv4Address("10.3.0.1")));
    EXPECT_EQ(Select(From("fred@bigco.example", "f")).peers.at(0).server.address,
              L2tpIpAddress(Ipv4Address("10.3.0.2")));
    EXPECT_EQ(Select(From("fred@bigco.example", "j")).kind, Kind::REFUSE);
    EXPECT_EQ(Select(From("local", "l")).kind, Kind::LOCAL); // no tunnel at all
    EXPECT_EQ(Select(From("", "l")).kind, Kind::REFUSE);     // no name
}

// RFC 2868: all that opens a tunnel is told.
TEST_F(L2tpRadiusSelectorTest, AllOfATunnel)
{
    RadiusAttributes clear;
    RadiusTunnel tunnel;
    tunnel.serverEndpoint = "fd00:3::1";
    tunnel.password = "tunnel secret";
    tunnel.privateGroupId = "blue";
    tunnel.assignmentId = "gold";
    tunnel.preference = 9;
    tunnel.clientAuthId = "lac";
    tunnel.serverAuthId = "lns";
    AddRadiusTunnel(tunnel, clear);
    m_server->GetDirectory()->AddCalledNumber("5551000", clear);
    const auto choice = Select(To("5551000"));
    ASSERT_EQ(choice.peers.size(), 1U);
    EXPECT_EQ(choice.peers[0].server.address, L2tpIpAddress(Ipv6Address("fd00:3::1")));
    EXPECT_EQ(choice.peers[0].secret, "tunnel secret");
    EXPECT_EQ(choice.peers[0].privateGroupId, "blue");
    EXPECT_EQ(choice.peers[0].assignmentId, "gold");
    EXPECT_EQ(choice.peers[0].preference, 9U);
    EXPECT_EQ(choice.peers[0].hostName, "lac");
    EXPECT_EQ(choice.peers[0].expectedHostName, "lns");
}

// RFC 2868, section 3.1: with "only unknown or unsupported Tunnel-Types, the tunnel initiator MUST
// behave as though an Access-Reject had been received instead".
TEST_F(L2tpRadiusSelectorTest, TunnelsThatCannotBeOpened)
{
    auto clear = Toward({"10.3.0.1", "lns.isp.example"});
    clear.Remove(K::TUNNEL_TYPE.type);
    clear.Add(K::TUNNEL_TYPE, {1, 1}); // PPTP
    clear.Add(K::TUNNEL_TYPE, {2, RADIUS_TUNNEL_L2TP});
    m_server->GetDirectory()->AddCalledNumber("1", clear);
    EXPECT_EQ(Select(To("1")).kind, Kind::REFUSE);
    AddRadiusTunnel({3, RADIUS_TUNNEL_L2TP, 0, "", "10.3.0.3"}, clear);
    m_server->GetDirectory()->AddCalledNumber("2", clear);
    const auto choice = Select(To("2"));
    EXPECT_EQ(choice.kind, Kind::TUNNEL);
    EXPECT_EQ(choice.peers.size(), 1U);
}

// Without an answer the call is refused.
TEST_F(L2tpRadiusSelectorTest, Silence)
{
    std::vector<RadiusOutcome> answers;
    m_selector->TraceConnectWithoutContext(
        "Answer",
        Callback<void, const L2tpTunnelQuery&, const RadiusResult&>(
            [&](const L2tpTunnelQuery&, const RadiusResult& result) {
                answers.push_back(result.outcome);
            }));
    m_server->Dispose();
    const auto choice = Select(To("5551000"));
    EXPECT_EQ(choice.kind, Kind::REFUSE);
    EXPECT_EQ(choice.message, "RADIUS: timeout");
    EXPECT_EQ(answers, std::vector<RadiusOutcome>{RadiusOutcome::TIMEOUT});
}

// If nobody is asked for the name, an unknown number is the end.
TEST_F(L2tpRadiusSelectorTest, NumberAlone)
{
    m_selector->SetAttribute("ByName", StringValue("Not"));
    EXPECT_EQ(Select(To("5551001")).kind, Kind::REFUSE);
    EXPECT_EQ(Select(From("alice@isp.example")).kind, Kind::REFUSE);
    auto selector = CreateObject<L2tpRadiusSelector>();
    EXPECT_DEATH(selector->Select(To("1"), nullptr), "L2tpRadiusSelector::Client");
}
