/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "aaa/radius-network.h"

#include "ns3/pointer.h"
#include "ns3/radius-accounting.h"
#include "ns3/uinteger.h"

#include <set>

using namespace ns3;

namespace
{

using K = RadiusKeys;
using Cause = RadiusTerminateCause;

/// The accounts of a NAS, kept by a server.
class RadiusAccountingTest : public RadiusNetworkTest
{
  protected:
    RadiusAccountingTest()
        : m_accounting(CreateObject<RadiusAccounting>()),
          m_server(InstallServer())
    {
        UseServer();
        m_accounting->SetAttribute("Client", PointerValue(m_client));
    }

    void TearDown() override
    {
        m_accounting->Dispose();
        RadiusNetworkTest::TearDown();
    }

    /// Of whom and what an account is, with all that may be told.
    static RadiusAccountInfo Info()
    {
        RadiusAccountInfo info;
        info.userName = "alice@isp.example";
        info.nasPort = 7;
        info.address = Ipv4Address("10.8.0.7");
        info.calledNumber = "5551000";
        info.callingNumber = "5552000";
        info.classes = {"gold", "blue"};
        info.tunnelConnection = "4711";
        RadiusTunnel tunnel;
        tunnel.clientEndpoint = "10.1.0.1";
        tunnel.serverEndpoint = "10.3.0.1";
        tunnel.password = "secret";
        info.tunnel = tunnel;
        return info;
    }

    /// The attributes of a record. @param index which @return them
    const RadiusAttributes& Record(std::size_t index) const
    {
        return m_server->GetRecords().at(index).attributes;
    }

    /// The Acct-Status-Types of all records. @return them
    std::vector<uint32_t> Statuses() const
    {
        std::vector<uint32_t> statuses;
        for (const auto& record : m_server->GetRecords())
        {
            statuses.push_back(*record.attributes.Get(K::ACCT_STATUS_TYPE));
        }
        return statuses;
    }

    /// Call a function at a time. @param seconds the time @param function it
    template <typename Function>
    static void At(double seconds, Function function)
    {
        Simulator::Schedule(Seconds(seconds), function);
    }

    Ptr<RadiusAccounting> m_accounting; //!< the accounts
    Ptr<RadiusServer> m_server;         //!< who keeps them
};

} // namespace

// RFC 2866, sections 2 and 5: a service from Start to Stop, with an interim record.
TEST_F(RadiusAccountingTest, Service)
{
    std::string id;
    At(10, [&] { id = m_accounting->Begin(RadiusAccount::SERVICE, Info()); });
    At(20, [&] { m_accounting->Update(id, {100, 200, 3, 4, 0}); });
    At(70.9, [&] {
        EXPECT_EQ(m_accounting->GetOpen(), 1U);
        m_accounting->End(id, {0x300000005, 7, 8, 9, 0}, Cause::LOST_CARRIER);
        EXPECT_EQ(m_accounting->GetOpen(), 0U);
    });
    Simulator::Run();
    EXPECT_EQ(Statuses(), (std::vector<uint32_t>{1, 3, 2}));
    const auto& start = Record(0);
    EXPECT_EQ(start.Get(K::ACCT_SESSION_ID), "00000000");
    EXPECT_EQ(start.Get(K::USER_NAME), "alice@isp.example");
    EXPECT_EQ(start.Get(K::NAS_PORT), 7U);
    EXPECT_EQ(start.Get(K::FRAMED_IP_ADDRESS), Ipv4Address("10.8.0.7"));
    EXPECT_EQ(start.Get(K::CALLED_STATION_ID), "5551000");
    EXPECT_EQ(start.Get(K::CALLING_STATION_ID), "5552000");
    EXPECT_EQ(start.GetEach(K::CLASS), (std::vector<std::string>{"gold", "blue"}));
    EXPECT_EQ(start.Get(K::EVENT_TIMESTAMP), 10U);
    EXPECT_EQ(start.Get(K::ACCT_DELAY_TIME), 0U);
    EXPECT_EQ(start.Get(K::NAS_IP_ADDRESS), Ipv4Address("10.1.0.1"));
    EXPECT_EQ(start.Get(K::TUNNEL_SERVER_ENDPOINT)->value, "10.3.0.1");
    EXPECT_EQ(start.Get(K::ACCT_TUNNEL_CONNECTION), "4711");
    EXPECT_FALSE(start.Find(K::ACCT_TERMINATE_CAUSE.type));
    EXPECT_FALSE(start.Find(K::ACCT_INPUT_OCTETS.type));
    const auto& interim = Record(1);
    EXPECT_EQ(interim.Get(K::ACCT_SESSION_TIME), 10U);
    EXPECT_EQ(interim.Get(K::ACCT_INPUT_OCTETS), 100U);
    EXPECT_EQ(interim.Get(K::ACCT_OUTPUT_OCTETS), 200U);
    EXPECT_EQ(interim.Get(K::ACCT_INPUT_PACKETS), 3U);
    EXPECT_EQ(interim.Get(K::ACCT_OUTPUT_PACKETS), 4U);
    EXPECT_FALSE(interim.Find(K::ACCT_INPUT_GIGAWORDS.type));
    EXPECT_FALSE(interim.Find(K::ACCT_TUNNEL_PACKETS_LOST.type));
    const auto& stop = Record(2);
    EXPECT_EQ(stop.Get(K::ACCT_SESSION_ID), start.Get(K::ACCT_SESSION_ID));
    EXPECT_EQ(stop.Get(K::ACCT_SESSION_TIME), 60U);
    EXPECT_EQ(stop.Get(K::ACCT_INPUT_OCTETS), 5U);
    EXPECT_EQ(stop.Get(K::ACCT_INPUT_GIGAWORDS), 3U); // RFC 2869, section 5.1
    EXPECT_FALSE(stop.Find(K::ACCT_OUTPUT_GIGAWORDS.type));
    EXPECT_EQ(stop.Get(K::ACCT_TERMINATE_CAUSE), 2U);
}

// RFC 2867, sections 3.1 to 3.6: what each record SHOULD include.
TEST_F(RadiusAccountingTest, Tunnels)
{
    auto info = Info();
    info.multiSessionId = "00000000";
    const auto tunnel = m_accounting->Begin(RadiusAccount::TUNNEL, info);
    const auto link = m_accounting->Begin(RadiusAccount::TUNNEL_LINK, info);
    m_accounting->End(link, {1, 2, 3, 4, 5}, Cause::USER_REQUEST);
    m_accounting->End(tunnel, {1, 2, 3, 4, 5}, Cause::IDLE_TIMEOUT);
    m_accounting->Reject(RadiusAccount::TUNNEL, info, Cause::SERVICE_UNAVAILABLE);
    m_accounting->Reject(RadiusAccount::TUNNEL_LINK, info, Cause::NAS_ERROR);
    Simulator::Run();
    EXPECT_EQ(Statuses(), (std::vector<uint32_t>{9, 12, 13, 10, 11, 14}));
    const std::set<uint8_t> begin{1, 4, 41, 55, 64, 65, 66, 67, 68};
    std::set<uint8_t> end = begin;
    end.insert({42, 43, 44, 46, 47, 48, 49, 50, 86});
    std::set<uint8_t> reject = begin;
    reject.insert(49);
    std::vector<std::set<uint8_t>> needed{begin, begin, end, end, reject, reject};
    needed[1].insert(5);       // NAS-Port
    needed[2].insert({5, 61}); // and NAS-Port-Type
    for (std::size_t i = 0; i < needed.size(); ++i)
    {
        for (const auto type : needed[i])
        {
            EXPECT_TRUE(Record(i).Find(type)) << i << " " << RadiusAttributeName(type);
        }
    }
    EXPECT_EQ(Record(2).Get(K::ACCT_TUNNEL_PACKETS_LOST), 5U);
    EXPECT_EQ(Record(2).Get(K::ACCT_MULTI_SESSION_ID), "00000000");
    EXPECT_EQ(Record(4).Get(K::ACCT_TERMINATE_CAUSE), 15U);
    std::set<std::string> ids;
    for (const auto& record : m_server->GetRecords())
    {
        ids.insert(*record.attributes.Get(K::ACCT_SESSION_ID));
    }
    EXPECT_EQ(ids.size(), 4U);
}

// RFC 2866, section 5.1: Accounting-On and Accounting-Off; section 5.5: the number of boots.
TEST_F(RadiusAccountingTest, OnAndOff)
{
    m_accounting->SetAttribute("Boots", UintegerValue(0xab));
    m_accounting->Announce(true);
    m_accounting->Announce(false);
    Simulator::Run();
    EXPECT_EQ(Statuses(), (std::vector<uint32_t>{7, 8}));
    EXPECT_EQ(Record(1).Get(K::ACCT_SESSION_ID), "AB000001");
}

// RFC 2866, section 2: "the client continue attempting to send the Accounting-Request packet until
// it receives an acknowledgement", here until it is too old; Acct-Delay-Time says how old it is.
TEST_F(RadiusAccountingTest, UntilItIsAcknowledged)
{
    std::vector<bool> outcomes;
    m_accounting->TraceConnectWithoutContext(
        "Record",
        Callback<void, const RadiusAttributes&, bool>(
            [&](const RadiusAttributes&, bool acknowledged) { outcomes.push_back(acknowledged); }));
    m_server->Dispose();
    m_client->SetAttribute("InitialTimeout", TimeValue(Seconds(2))); // 14 s for three tries
    m_accounting->SetAttribute("GiveUpAfter", TimeValue(Seconds(100)));
    m_accounting->Begin(RadiusAccount::SERVICE, Info());
    auto server = CreateObject<RadiusServer>();
    server->AddClient(Ipv4Address("10.1.0.1"), RADIUS_TEST_SECRET);
    server->SetStartTime(Seconds(50));
    m_nodes[1]->AddApplication(server);
    Simulator::Run();
    ASSERT_EQ(server->GetRecords().size(), 1U);
    const auto& record = server->GetRecords()[0];
    EXPECT_EQ(record.attributes.Get(K::EVENT_TIMESTAMP), 0U);
    EXPECT_EQ(record.time, Seconds(56)); // the fifth round's first try
    EXPECT_EQ(record.attributes.Get(K::ACCT_DELAY_TIME), 56U);
    EXPECT_EQ(outcomes, std::vector<bool>{true});
    EXPECT_EQ(m_accounting->GetLost(), 0U);
}

// To the tick: a round that ends when the record is as old as GiveUpAfter was the last one.
TEST_F(RadiusAccountingTest, GivenUp)
{
    m_server->Dispose();
    m_client->SetAttribute("InitialTimeout", TimeValue(Seconds(2)));
    for (const auto& [giveUpAfter, tries] :
         {std::pair(Seconds(28), 6U), std::pair(Seconds(28) + NanoSeconds(1), 9U)})
    {
        m_sent.clear();
        const auto lost = m_accounting->GetLost();
        m_accounting->SetAttribute("GiveUpAfter", TimeValue(giveUpAfter));
        m_accounting->Begin(RadiusAccount::SERVICE, Info());
        Simulator::Run();
        EXPECT_EQ(m_sent.size(), tries);
        EXPECT_EQ(m_accounting->GetLost(), lost + 1);
    }
}

// More may be known of a user later on: a tunnel's link, whose User-Name PPP tells.
TEST_F(RadiusAccountingTest, MoreIsKnownLater)
{
    RadiusAccountInfo info;
    const auto id = m_accounting->Begin(RadiusAccount::TUNNEL_LINK, info);
    info = m_accounting->GetInfo(id);
    EXPECT_EQ(info.userName, "");
    info.userName = "alice";
    info.authentic = RadiusAuthentic::RADIUS;
    m_accounting->SetInfo(id, info);
    m_accounting->End(id, {}, Cause::USER_REQUEST);
    Simulator::Run();
    EXPECT_FALSE(Record(0).Find(K::USER_NAME.type));
    EXPECT_EQ(Record(1).Get(K::USER_NAME), "alice");
    EXPECT_EQ(Record(1).Get(K::ACCT_AUTHENTIC), 1U);
}

// RFC 2866, section 5.5: the first two digits count the boots, the others begin with 0 again.
TEST_F(RadiusAccountingTest, Reboot)
{
    m_accounting->Begin(RadiusAccount::SERVICE, Info());
    Simulator::Run();
    const auto id = m_accounting->Begin(RadiusAccount::SERVICE, Info());
    m_accounting->Reboot();
    EXPECT_EQ(m_accounting->GetOpen(), 0U);
    EXPECT_EQ(m_client->GetPending(), 0U);
    EXPECT_DEATH(m_accounting->End(id, {}, Cause::USER_REQUEST), "no account");
    m_accounting->Announce(true);
    Simulator::Run();
    EXPECT_EQ(Statuses().front(), 1U);
    EXPECT_EQ(Statuses().back(), 7U);
    EXPECT_EQ(m_server->GetRecords().back().attributes.Get(K::ACCT_SESSION_ID), "01000000");
    EXPECT_EQ(m_accounting->GetLost(), 0U);
}

TEST_F(RadiusAccountingTest, BadConfiguration)
{
    EXPECT_DEATH(m_accounting->End("1", {}, Cause::USER_REQUEST), "no account 1");
    const auto id = m_accounting->Begin(RadiusAccount::TUNNEL, Info());
    EXPECT_DEATH(m_accounting->Update(id, {}), "no service");
    EXPECT_DEATH(m_accounting->Reject(RadiusAccount::SERVICE, {}, Cause::USER_REQUEST), "refused");
    auto accounting = CreateObject<RadiusAccounting>();
    EXPECT_DEATH(accounting->Announce(true), "RadiusAccounting::Client");
}
