/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How hosts and Access Concentrators find each other (RFC 2516, sections 5, 8 and 9).

#include "pppoe-fixture.h"
#include "wire/octets.h"

#include "ns3/boolean.h"

#include <random>
#include <set>

using namespace ns3;

using PppoeDiscoveryTest = PppoeTest;

// Sections 5.1 to 5.4, and what each packet has.
TEST_F(PppoeDiscoveryTest, FourPacketsMakeASession)
{
    host.client->SetAttribute("ServiceName", StringValue("isp"));
    Connect();
    EXPECT_EQ(host.log, "PADI@0 PADR@10 ");
    EXPECT_EQ(ac.log, "PADO@5 PADS@15 ");
    const auto& padi = host.sent[0];
    const auto& padr = host.sent[1];
    const auto& pado = ac.sent[0];
    const auto& pads = ac.sent[1];
    ASSERT_NE(padi.Find(PppoeTagType::HOST_UNIQ), nullptr);
    for (const auto& packet : {padr, pado, pads})
    {
        EXPECT_EQ(packet.GetText(PppoeTagType::SERVICE_NAME), "isp");
        ASSERT_NE(packet.Find(PppoeTagType::HOST_UNIQ), nullptr);
        EXPECT_EQ(*packet.Find(PppoeTagType::HOST_UNIQ), *padi.Find(PppoeTagType::HOST_UNIQ));
    }
    EXPECT_EQ(pado.GetText(PppoeTagType::AC_NAME), "ac-1");
    ASSERT_NE(pado.Find(PppoeTagType::AC_COOKIE), nullptr);
    ASSERT_NE(padr.Find(PppoeTagType::AC_COOKIE), nullptr);
    EXPECT_EQ(*padr.Find(PppoeTagType::AC_COOKIE), *pado.Find(PppoeTagType::AC_COOKIE));
    const auto session = host.client->GetSession();
    EXPECT_EQ(session->GetSessionId(), pads.GetSessionId());
    EXPECT_EQ(session->GetPeer(), ac.Address());
    EXPECT_EQ(session->GetService(), "isp");
    EXPECT_EQ(host.client->GetAcName(), "ac-1");
    ASSERT_EQ(ac.sessions.size(), 1U);
    EXPECT_EQ(ac.sessions[0]->GetSessionId(), pads.GetSessionId());
    EXPECT_EQ(ac.sessions[0]->GetPeer(), host.Address());
    EXPECT_FALSE(host.client->Connect()); // it has one
    EXPECT_EQ(host.Drops() + ac.Drops(), 0U);
}

// Section 8: the waiting period is doubled, as often as one likes.
TEST_F(PppoeDiscoveryTest, PadiIsSentAgainAfterTwiceTheTime)
{
    ac.ac->Stop();
    host.client->Connect();
    RunUntil(Seconds(100));
    EXPECT_EQ(host.log, "PADI@0 PADI@1000 PADI@3000 PADI@7000 PADI@15000 ");
    EXPECT_EQ(host.ends, "no-answer@31000 ");
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::NOT_OURS), 5U);
    host.log.clear();
    host.client->SetAttribute("MaxPadi", UintegerValue(0));
    host.client->SetAttribute("MaxRetryInterval", TimeValue(Seconds(3)));
    host.client->Connect();
    RunUntil(Seconds(110));
    EXPECT_EQ(host.log, "PADI@100000 PADI@101000 PADI@103000 PADI@106000 PADI@109000 ");
    host.client->Disconnect();
    RunUntil(Seconds(120));
    EXPECT_EQ(host.ends, "no-answer@31000 local@110000 ");
}

// Section 8: each packet lost, one after the other.
TEST_F(PppoeDiscoveryTest, EachPacketMayBeLost)
{
    struct Row
    {
        PppoeCode lost;
        std::string host;
        std::string ac;
    };

    for (const auto& row :
         {Row{PppoeCode::PADI, "PADI@0 PADI@1000 PADR@1010 ", "PADO@1005 PADS@1015 "},
          Row{PppoeCode::PADO, "PADI@0 PADI@1000 PADR@1010 ", "PADO@5 PADO@1005 PADS@1015 "},
          Row{PppoeCode::PADR, "PADI@0 PADR@10 PADR@1010 ", "PADO@5 PADS@1015 "},
          Row{PppoeCode::PADS, "PADI@0 PADR@10 PADR@1010 ", "PADO@5 PADS@15 PADS@1015 "}})
    {
        auto ethernet = CreateObject<SimpleChannel>();
        ethernet->SetAttribute("Delay", TimeValue(MilliSeconds(5)));
        PppoeTestHost one(ethernet, 3);
        PppoeTestAc other(ethernet, 4, "ac");
        one.loss->m_lose[row.lost] = 1;
        other.loss->m_lose[row.lost] = 1;
        one.client->Connect();
        RunUntil(Seconds(5));
        EXPECT_EQ(one.client->GetState(), PppoeClientState::SESSION);
        EXPECT_EQ(one.log, row.host);
        EXPECT_EQ(other.log, row.ac);
        // Section 5.4: a PADR sent again is answered with the session that there is.
        EXPECT_EQ(other.sessions.size(), 1U);
        EXPECT_EQ(other.port->GetSessionCount(), 1U);
        EXPECT_EQ(one.client->GetSession()->GetSessionId(), other.sessions[0]->GetSessionId());
        Simulator::Destroy();
    }
}

// Section 8: "After a specified number of retries, the Host SHOULD then resend a PADI packet".
TEST_F(PppoeDiscoveryTest, WithoutPadsDiscoveryBeginsAnew)
{
    host.client->SetAttribute("MaxPadr", UintegerValue(2));
    ac.loss->m_lose[PppoeCode::PADR] = 3;
    host.client->Connect();
    RunUntil(Seconds(20));
    EXPECT_EQ(host.log, "PADI@0 PADR@10 PADR@1010 PADI@3010 PADR@3020 PADR@4020 ");
    EXPECT_EQ(host.client->GetState(), PppoeClientState::SESSION);
    EXPECT_EQ(host.ends, "");
}

// Section 5.3: "the Host looks through the PADO packets it receives and chooses one".
TEST_F(PppoeDiscoveryTest, ChoosesAmongOffers)
{
    PppoeTestAc second(channel, 5, "ac-2");
    host.client->SetAttribute("AcName", StringValue("ac-2"));
    host.client->Connect();
    RunUntil(Seconds(1));
    EXPECT_EQ(host.client->GetAcName(), "ac-2");
    EXPECT_EQ(host.port->GetDropCount(PppoeDropReason::UNWANTED_OFFER), 1U);
    host.client->Disconnect();
    EXPECT_EQ(host.ends, "local@1000 ");

    // By a callback, among all that come in time.
    host.client->SetAttribute("AcName", StringValue(""));
    host.client->SetAttribute("OfferWait", TimeValue(MilliSeconds(100)));
    std::size_t answer = 99;
    std::vector<std::string> names;
    host.client->SetChooseCallback(Callback<std::size_t, const std::vector<PppoeOffer>&>(
        [&](const std::vector<PppoeOffer>& offers) {
            for (const auto& offer : offers)
            {
                names.push_back(offer.pado.GetText(PppoeTagType::AC_NAME));
            }
            return answer;
        }));
    RunUntil(Seconds(2));
    host.log.clear();
    host.client->Connect();
    RunUntil(MilliSeconds(2500));
    EXPECT_EQ(names, (std::vector<std::string>{"ac-1", "ac-2"}));
    answer = 1;
    RunUntil(Seconds(10));
    EXPECT_EQ(host.log, "PADI@2000 PADI@4110 PADR@4220 "); // none would do the first time
    EXPECT_EQ(host.client->GetAcName(), "ac-2");
    EXPECT_EQ(second.sessions.size(), 2U);
    EXPECT_EQ(ac.sessions.size(), 0U);
}

// Sections 5.2 and 5.4, Appendix A: which services are offered, and which are refused how.
TEST_F(PppoeDiscoveryTest, Services)
{
    ac.ac->Stop();
    ac.ac->SetAttribute("Services", StringValue("gold,silver"));
    ac.ac->Start();
    Connect(); // any service
    const auto count = [](const PppoeDiscovery& packet) {
        return std::count_if(
            packet.GetTags().begin(),
            packet.GetTags().end(),
            [](const PppoeTag& tag) { return tag.type == PppoeTagType::SERVICE_NAME; });
    };
    EXPECT_EQ(count(ac.sent[0]), 3);
    EXPECT_TRUE(ac.sent[0].Has(PppoeTagType::SERVICE_NAME, ""));
    EXPECT_TRUE(ac.sent[0].Has(PppoeTagType::SERVICE_NAME, "gold"));
    EXPECT_TRUE(ac.sent[0].Has(PppoeTagType::SERVICE_NAME, "silver"));
    EXPECT_EQ(count(ac.sent[1]), 1);
    host.client->Disconnect();
    RunUntil(Seconds(1));

    // "If the Access Concentrator can not serve the PADI it MUST NOT respond with a PADO".
    ac.log.clear();
    host.client->SetAttribute("ServiceName", StringValue("bronze"));
    host.client->SetAttribute("MaxPadi", UintegerValue(1));
    host.client->Connect();
    RunUntil(Seconds(5));
    EXPECT_EQ(ac.log, "");
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::NO_SUCH_SERVICE), 1U);
    EXPECT_EQ(host.ends, "local@30 no-answer@2000 ");
}

// Section 5.4, Appendix A: a PADS with an error TAG ends discovery, and its words are kept.
TEST_F(PppoeDiscoveryTest, RefusalsSayWhy)
{
    ac.ac->SetAttribute("Services", StringValue("gold"));
    ac.ac->Stop();
    ac.ac->Start();
    // A PADR for what was never offered, with a good cookie.
    Connect();
    auto cookie = ac.sent[0].Find(PppoeTagType::AC_COOKIE)->value;
    PppoeDiscovery padr(PppoeCode::PADR);
    padr.Add(PppoeTagType::SERVICE_NAME, "bronze");
    padr.Add(PppoeTagType::AC_COOKIE, cookie);
    padr.Add(PppoeTagType::RELAY_SESSION_ID, "relay");
    host.port->Send(padr, ac.Address());
    RunUntil(Seconds(1));
    const auto& refusal = ac.sent.back();
    EXPECT_EQ(refusal.GetCode(), PppoeCode::PADS);
    EXPECT_EQ(refusal.GetSessionId(), 0);
    EXPECT_NE(refusal.Find(PppoeTagType::SERVICE_NAME_ERROR), nullptr);
    EXPECT_EQ(refusal.GetText(PppoeTagType::RELAY_SESSION_ID), "relay"); // Appendix A
    EXPECT_EQ(host.port->GetDropCount(PppoeDropReason::STALE), 1U);

    for (const auto& [type, end] :
         {std::make_pair(PppoeTagType::SERVICE_NAME_ERROR, PppoeEnd::SERVICE_NAME_ERROR),
          std::make_pair(PppoeTagType::AC_SYSTEM_ERROR, PppoeEnd::AC_SYSTEM_ERROR),
          std::make_pair(PppoeTagType::GENERIC_ERROR, PppoeEnd::GENERIC_ERROR)})
    {
        PppoeTestHost other(channel, 9);
        ac.loss->m_lose[PppoeCode::PADR] = 1;
        other.client->Connect();
        RunUntil(Simulator::Now() + MilliSeconds(12));
        ASSERT_EQ(other.client->GetState(), PppoeClientState::REQUESTING);
        PppoeDiscovery pads(PppoeCode::PADS);
        pads.CopyTags(other.sent[1], PppoeTagType::HOST_UNIQ);
        pads.Add(type, "go away");
        PppoeTestNode stranger(channel);
        stranger.port->Send(pads, other.Address()); // not the one who was asked
        RunUntil(Simulator::Now() + MilliSeconds(6));
        EXPECT_EQ(other.client->GetState(), PppoeClientState::REQUESTING);
        ac.port->Send(pads, other.Address());
        RunUntil(Simulator::Now() + MilliSeconds(6));
        EXPECT_EQ(other.client->GetState(), PppoeClientState::IDLE);
        EXPECT_EQ(other.ends.substr(0, other.ends.find('@')), PppoeEndName(end));
        EXPECT_EQ(other.client->GetErrorText(), "go away");
        EXPECT_EQ(other.port->GetDropCount(PppoeDropReason::STALE), 1U);
        other.client->Dispose();
    }
}

// Section 9: the cookie is the host's own, and the Access Concentrator keeps nothing for an offer.
TEST_F(PppoeDiscoveryTest, CookiesBelongToAnAddress)
{
    Connect();
    const auto padr = host.sent[1];
    PppoeTestNode thief(channel);
    thief.port->Send(padr, ac.Address());
    PppoeDiscovery bare(PppoeCode::PADR);
    bare.CopyTags(padr, PppoeTagType::SERVICE_NAME);
    host.port->Send(bare, ac.Address()); // no cookie
    RunUntil(Seconds(1));
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::BAD_COOKIE), 2U);
    EXPECT_EQ(ac.ac->GetSessions().size(), 1U);
    ac.ac->Stop();
    ac.ac->Start(); // another secret
    host.port->Send(padr, ac.Address());
    RunUntil(Seconds(2));
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::BAD_COOKIE), 3U);
    EXPECT_EQ(ac.ac->GetSessions().size(), 0U);
}

// Section 9: "limit concurrent sessions for that address".
TEST_F(PppoeDiscoveryTest, Limits)
{
    ac.ac->SetAttribute("MaxSessionsPerHost", UintegerValue(2));
    ac.ac->SetAttribute("MaxSessions", UintegerValue(3));
    Connect();
    auto request = [this](PppoeTestHost& from, const std::string& uniq) {
        PppoeDiscovery padr(PppoeCode::PADR);
        padr.CopyTags(from.sent[1], PppoeTagType::SERVICE_NAME);
        padr.CopyTags(from.sent[1], PppoeTagType::AC_COOKIE);
        padr.Add(PppoeTagType::HOST_UNIQ, uniq);
        from.port->Send(padr, ac.Address());
        RunUntil(Simulator::Now() + MilliSeconds(20));
    };
    request(host, "2");
    EXPECT_EQ(ac.ac->GetSessions().size(), 2U);
    request(host, "2"); // the same again
    EXPECT_EQ(ac.ac->GetSessions().size(), 2U);
    request(host, "3");
    EXPECT_EQ(ac.ac->GetSessions().size(), 2U);
    EXPECT_NE(ac.sent.back().Find(PppoeTagType::AC_SYSTEM_ERROR), nullptr);
    PppoeTestHost other(channel, 7);
    other.client->Connect();
    RunUntil(Seconds(1));
    EXPECT_EQ(other.client->GetState(), PppoeClientState::SESSION);
    request(other, "2");
    EXPECT_EQ(ac.ac->GetSessions().size(), 3U);
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::LIMIT), 2U);
    PppoeTestHost third(channel, 8);
    third.client->SetAttribute("MaxPadi", UintegerValue(1));
    third.client->Connect();
    RunUntil(Seconds(5));
    EXPECT_EQ(third.client->GetState(), PppoeClientState::IDLE); // no offer at all
    host.client->Disconnect();
    third.client->Connect();
    RunUntil(Seconds(10));
    EXPECT_EQ(third.client->GetState(), PppoeClientState::SESSION);
    other.client->Dispose();
    third.client->Dispose();
}

// Section 4: the SESSION_ID together with both addresses is unique.
TEST_F(PppoeDiscoveryTest, SessionIdsOfAHostAreUnique)
{
    ac.ac->SetAttribute("MaxSessionsPerHost", UintegerValue(2000));
    Connect();
    for (int n = 0; n < 1000; ++n)
    {
        PppoeDiscovery padr(PppoeCode::PADR);
        padr.CopyTags(host.sent[1], PppoeTagType::SERVICE_NAME);
        padr.CopyTags(host.sent[1], PppoeTagType::AC_COOKIE);
        padr.Add(PppoeTagType::HOST_UNIQ, std::to_string(n));
        host.port->Send(padr, ac.Address());
        RunUntil(Simulator::Now() + MicroSeconds(1)); // the device's queue is short
    }
    RunUntil(Seconds(1));
    std::set<uint16_t> ids;
    for (const auto& session : ac.ac->GetSessions())
    {
        EXPECT_NE(session->GetSessionId(), 0);
        EXPECT_NE(session->GetSessionId(), 0xffff);
        ids.insert(session->GetSessionId());
    }
    EXPECT_EQ(ids.size(), 1001U);
}

// Appendix A: a relay's TAG goes back and forth.
TEST_F(PppoeDiscoveryTest, RelaySessionIdComesBack)
{
    ac.loss->m_lose[PppoeCode::PADI] = 1;
    host.client->Connect();
    auto relayed = host.sent[0];
    relayed.Add(PppoeTagType::RELAY_SESSION_ID, "relay-7");
    // As a relay agent would.
    host.SendRaw(relayed.Serialize(), ac.Address(), pppoe::ETHERTYPE_DISCOVERY);
    RunUntil(MilliSeconds(500));
    EXPECT_EQ(host.client->GetState(), PppoeClientState::SESSION);
    EXPECT_EQ(ac.sent[0].GetText(PppoeTagType::RELAY_SESSION_ID), "relay-7");
    EXPECT_EQ(host.sent.back().GetCode(), PppoeCode::PADR);
    EXPECT_EQ(host.sent.back().GetText(PppoeTagType::RELAY_SESSION_ID), "relay-7");
    EXPECT_EQ(ac.sent[1].GetText(PppoeTagType::RELAY_SESSION_ID), "relay-7");
}

// Section 5.5: from either end; then the session is gone at both.
TEST_F(PppoeDiscoveryTest, PadtClearsBothEnds)
{
    Connect();
    const auto first = host.client->GetSession();
    host.client->Disconnect();
    EXPECT_FALSE(first->IsUp());
    RunUntil(Seconds(1));
    EXPECT_EQ(ac.sessions[0]->GetEnd(), PppoeEnd::PEER);
    EXPECT_EQ(host.port->GetSessionCount() + ac.port->GetSessionCount(), 0U);
    Connect();
    ac.sessions[1]->Close();
    ac.sessions[1]->Close(); // nothing more to do
    RunUntil(Seconds(2));
    EXPECT_EQ(host.ends, "local@30 peer@1035 ");
    EXPECT_EQ(host.port->GetSessionCount() + ac.port->GetSessionCount(), 0U);
    EXPECT_EQ(ac.ac->GetSessions().size(), 0U);
    EXPECT_EQ(ac.log, "PADO@5 PADS@15 PADO@1005 PADS@1015 PADT@1030 ");
    // Only the two ends of a session can end it.
    Connect();
    PppoeTestNode stranger(channel);
    stranger.port->Send(PppoeDiscovery(PppoeCode::PADT, ac.sessions[2]->GetSessionId()),
                        ac.Address());
    RunUntil(Seconds(3));
    EXPECT_TRUE(ac.sessions[2]->IsUp());
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::UNKNOWN_SESSION), 1U);
}

// An Access Concentrator that has forgotten its sessions says so when it is spoken to.
TEST_F(PppoeDiscoveryTest, AnAccessConcentratorIsStartedAnew)
{
    Connect();
    host.loss->m_lose[PppoeCode::PADT] = 1; // as if it had crashed
    ac.ac->Stop();
    ac.ac->Start();
    RunUntil(Seconds(1));
    ASSERT_EQ(host.client->GetState(), PppoeClientState::SESSION);
    const auto echo = Octets("c021 0901 0008 00000000");
    host.client->GetSession()->Send(Create<Packet>(echo.data(), echo.size()));
    RunUntil(Seconds(2));
    EXPECT_EQ(host.ends, "peer@1010 ");
    Connect();
    // Unless it isn't to.
    ac.ac->SetAttribute("TerminateUnknown", BooleanValue(false));
    host.loss->m_lose[PppoeCode::PADT] = 1;
    ac.ac->Stop();
    ac.ac->Start();
    host.client->GetSession()->Send(Create<Packet>(echo.data(), echo.size()));
    RunUntil(Seconds(3));
    EXPECT_EQ(host.client->GetState(), PppoeClientState::SESSION);
}

// Two clients of one address have two sessions, told apart by Host-Uniq and SESSION_ID.
TEST_F(PppoeDiscoveryTest, TwoClientsOfOneDevice)
{
    auto second = CreateObject<PppoeClient>();
    second->SetDevice(host.device);
    second->AssignStreams(20);
    host.client->Connect();
    second->Connect();
    RunUntil(Seconds(1));
    ASSERT_EQ(host.client->GetState(), PppoeClientState::SESSION);
    ASSERT_EQ(second->GetState(), PppoeClientState::SESSION);
    EXPECT_NE(host.client->GetSession()->GetSessionId(), second->GetSession()->GetSessionId());
    EXPECT_EQ(host.Drops(), 0U);
    second->Disconnect();
    RunUntil(Seconds(2));
    EXPECT_EQ(ac.ac->GetSessions().size(), 1U);
    EXPECT_EQ(host.client->GetState(), PppoeClientState::SESSION);
}

// Whatever the octets are, and whoever sends them: dropped with a reason, and nothing else happens.
TEST_F(PppoeDiscoveryTest, HostileOctets)
{
    Connect();
    PppoeTestNode stranger(channel);
    std::mt19937 random(1);
    const auto templates = std::vector<std::vector<uint8_t>>{host.sent[0].Serialize(),
                                                             host.sent[1].Serialize(),
                                                             ac.sent[0].Serialize(),
                                                             ac.sent[1].Serialize(),
                                                             Octets("1100 0001 0004 c0210101")};
    for (int n = 0; n < 5000; ++n)
    {
        auto octets = templates[random() % templates.size()];
        for (auto changes = random() % 4; changes > 0; --changes)
        {
            octets[random() % octets.size()] = static_cast<uint8_t>(random());
        }
        octets.resize(random() % 4 ? octets.size() : random() % (octets.size() + 1));
        stranger.SendRaw(octets,
                         random() % 2 ? ac.Address() : host.Address(),
                         random() % 2 ? pppoe::ETHERTYPE_DISCOVERY : pppoe::ETHERTYPE_SESSION);
        RunUntil(Simulator::Now() + MicroSeconds(1)); // the device's queue is short
    }
    RunUntil(Seconds(5));
    EXPECT_EQ(ac.ac->GetSessions().size(), 1U);
    EXPECT_TRUE(ac.sessions[0]->IsUp());
    EXPECT_EQ(host.client->GetState(), PppoeClientState::SESSION);
    EXPECT_GT(ac.Drops(), 1000U);
    EXPECT_GT(host.Drops(), 1000U);
    for (const auto reason : {PppoeDropReason::BAD_HEADER,
                              PppoeDropReason::BAD_CODE,
                              PppoeDropReason::BAD_TAG,
                              PppoeDropReason::BAD_CONTENT,
                              PppoeDropReason::UNKNOWN_SESSION})
    {
        EXPECT_GT(ac.port->GetDropCount(reason), 0U) << PppoeDropReasonName(reason);
    }
}

TEST_F(PppoeDiscoveryTest, ABadConfigurationStopsAtOnce)
{
    EXPECT_DEATH(CreateObject<PppoeClient>()->Connect(), "no device.*SetDevice");
    EXPECT_DEATH(CreateObject<PppoeConcentrator>()->Start(), "no device.*SetDevice");
    EXPECT_DEATH(PppoePort::Of(CreateObject<SimpleNetDevice>()), "no device of a node.*AddDevice");
    auto second = CreateObject<PppoeConcentrator>();
    second->SetDevice(ac.device);
    EXPECT_DEATH(second->Start(), "has one already.*another device");
    host.client->SetAttribute("ServiceName", StringValue(std::string(1480, 's')));
    EXPECT_DEATH(host.client->Connect(), "ServiceName is too long");
    host.client->SetAttribute("MaxPayload", UintegerValue(1500));
    EXPECT_DEATH(host.client->Connect(), "MaxPayload is 1500.*MTU is 1500.*8 octets more");
    ac.ac->Stop();
    ac.ac->SetAttribute("AcName", StringValue(std::string(1480, 's')));
    EXPECT_DEATH(ac.ac->Start(), "AcName and Services");
}

TEST(PppoeNamesTest, Names)
{
    EXPECT_STREQ(PppoeDropReasonName(PppoeDropReason::SEND_REFUSED), "send-refused");
    EXPECT_STREQ(PppoeDropReasonName(PppoeDropReason::COUNT), "unknown");
    EXPECT_STREQ(PppoeEndName(PppoeEnd::SESSION_IN_USE), "session-in-use");
    EXPECT_STREQ(PppoeEndName(static_cast<PppoeEnd>(99)), "unknown");
    EXPECT_STREQ(PppoeClientStateName(PppoeClientState::REQUESTING), "Requesting");
    EXPECT_STREQ(PppoeClientStateName(static_cast<PppoeClientState>(99)), "unknown");
}
