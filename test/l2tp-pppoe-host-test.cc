/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A host that dials by PPPoE, and PPP over its sessions to a server at an Access Concentrator.

#include "access/pppoe-fixture.h"
#include "l2tp-test-peer.h"
#include "ppp/ppp-test-server.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-pppoe-host.h"

#include <memory>

using namespace ns3;

namespace
{

/// A host, alice, and an Access Concentrator that runs PPP itself, as 10.9.0.1.
class L2tpPppoeHostTest : public PppoeTest
{
  protected:
    L2tpPppoeHostTest()
    {
        for (auto node : {host.node, ac.node})
        {
            InternetStackHelper().Install(node);
        }
        server = std::make_unique<PppTestServer>(ac.node, 11);
        ac.onSession = [this](Ptr<PppoeSession> session) { server->Use(session); };
        remote->SetAttribute("Client", PointerValue(host.client));
        remote->SetAttribute("Username", StringValue("alice"));
        remote->SetAttribute("Password", StringValue("wonderland"));
        remote->AssignStreams(100);
        remote->TraceConnectWithoutContext(
            "Up",
            Callback<void, Ipv4Address, Ipv4Address>([this](Ipv4Address, Ipv4Address) { ++ups; }));
        remote->TraceConnectWithoutContext(
            "Down",
            Callback<void, const std::string&>([this](const std::string& reason) {
                downs += reason + "@" + std::to_string(Simulator::Now().GetMilliSeconds()) + " ";
            }));
        host.node->AddApplication(remote);
    }

    /// How often the host sent a packet of a CODE.
    std::size_t CountSent(PppoeCode code) const
    {
        return std::count_if(host.sent.begin(), host.sent.end(), [code](const auto& packet) {
            return packet.GetCode() == code;
        });
    }

    /// How many sessions there are at both ends.
    std::size_t CountSessions() const
    {
        return host.port->GetSessionCount() + ac.port->GetSessionCount();
    }

    Ptr<L2tpPppoeHost> remote{CreateObject<L2tpPppoeHost>()}; //!< runs on the host
    std::unique_ptr<PppTestServer> server;                    //!< at the Access Concentrator
    int ups{0};                                               //!< how often PPP was up
    std::string downs;                                        //!< "reason@milliseconds "
};

} // namespace

// RFC 2516, section 7: PPP over the session, with an MRU of 1492 at most.
TEST_F(L2tpPppoeHostTest, DialsAuthenticatesAndPings)
{
    RunUntil(Seconds(5));
    ASSERT_TRUE(remote->IsUp());
    EXPECT_EQ(ups, 1);
    EXPECT_EQ(downs, "");
    EXPECT_EQ(remote->GetAddress(), Ipv4Address("10.9.0.2"));
    EXPECT_EQ(server->link->GetPeerName(), "alice");
    EXPECT_EQ(remote->GetDevice()->GetLink()->GetMtu(), 1492);
    EXPECT_EQ(server->link->GetMtu(), 1492);
    EXPECT_EQ(L2tpTestProbe::PingOnce(host.node, "10.9.0.1"), 1U);
    EXPECT_EQ(CountSent(PppoeCode::PADI), 1U);
    remote->Dial(); // there is a session
    RunUntil(Seconds(10));
    EXPECT_EQ(CountSent(PppoeCode::PADI), 1U);
    EXPECT_EQ(ups, 1);
}

// Section 7: "The Maximum-Receive-Unit (MRU) option MUST NOT be negotiated to a larger size than
// 1492"; RFC 4638: unless both ends say so in discovery.
TEST_F(L2tpPppoeHostTest, ALargerMruNeedsALargerPayload)
{
    remote->SetAttribute("Mru", UintegerValue(1500));
    server->link->GetLcp()->SetAttribute("Mru", UintegerValue(1500));
    RunUntil(Seconds(5));
    ASSERT_TRUE(remote->IsUp());
    EXPECT_EQ(server->link->GetMtu(), 1492);
    remote->HangUp();
    RunUntil(Seconds(10));
    host.device->SetMtu(1508);
    ac.device->SetMtu(1508);
    host.client->SetAttribute("MaxPayload", UintegerValue(1500));
    ac.ac->SetAttribute("MaxPayload", UintegerValue(1500));
    remote->Dial();
    RunUntil(Seconds(15));
    ASSERT_TRUE(remote->IsUp());
    EXPECT_EQ(server->link->GetMtu(), 1500);
    EXPECT_EQ(remote->GetDevice()->GetLink()->GetMtu(), 1500);
}

// Section 7: "When LCP terminates, the Host and Access concentrator MUST stop using that PPPoE
// session"; section 5.5: a PADT says so.
TEST_F(L2tpPppoeHostTest, HangsUpPolitely)
{
    remote->SetAttribute("Redial", BooleanValue(true));
    RunUntil(Seconds(5));
    ASSERT_TRUE(remote->IsUp());
    std::string order;
    server->link->TraceConnectWithoutContext(
        "Finished",
        Callback<void, PppReason>([&order](PppReason) { order += "PPP "; }));
    ac.ac->TraceConnectWithoutContext(
        "Ended",
        Callback<void, Ptr<PppoeSession>, PppoeEnd>(
            [&order](Ptr<PppoeSession>, PppoeEnd end) { order += PppoeEndName(end); }));
    remote->HangUp();
    RunUntil(Seconds(60));
    EXPECT_EQ(order, "peer") << "the host's PADT comes before the server gives up waiting";
    EXPECT_EQ(downs, "PPP: administrative request@5010 ") << "one Terminate-Request, and its Ack";
    EXPECT_FALSE(remote->IsUp());
    EXPECT_FALSE(server->link->IsNetworkUp());
    EXPECT_EQ(CountSent(PppoeCode::PADT), 1U);
    EXPECT_EQ(CountSessions(), 0U);
    EXPECT_EQ(CountSent(PppoeCode::PADI), 1U) << "it does not dial again";
}

TEST_F(L2tpPppoeHostTest, StopsPolitely)
{
    remote->SetStopTime(Seconds(5));
    RunUntil(Seconds(10));
    EXPECT_EQ(ups, 1);
    EXPECT_EQ(remote->GetLastReason(), "PPP: administrative request");
    EXPECT_EQ(CountSessions(), 0U);
}

// Section 5.5: "Even normal PPP termination packets are not allowed to be sent" after a PADT;
// section 7: another PPP session begins with discovery.
TEST_F(L2tpPppoeHostTest, APadtFromTheAccessConcentratorTakesPppDown)
{
    remote->SetAttribute("Redial", BooleanValue(true));
    remote->SetAttribute("RedialDelay", TimeValue(Seconds(3)));
    RunUntil(Seconds(5));
    ASSERT_TRUE(remote->IsUp());
    const auto first = host.client->GetSession();
    ac.sessions.back()->Close();
    RunUntil(MilliSeconds(5006));
    EXPECT_FALSE(remote->IsUp());
    EXPECT_EQ(remote->GetDevice()->GetLink()->GetPhase(), PppPhase::DEAD);
    EXPECT_EQ(downs, "PPPoE: peer@5005 ");
    EXPECT_EQ(remote->GetLastReason(), "PPPoE: peer");
    RunUntil(MilliSeconds(8004));
    EXPECT_EQ(CountSent(PppoeCode::PADI), 1U);
    EXPECT_EQ(host.port->GetDropCount(PppoeDropReason::SESSION_DOWN), 0U);
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::UNKNOWN_SESSION), 0U);
    RunUntil(Seconds(15));
    EXPECT_EQ(CountSent(PppoeCode::PADI), 2U);
    ASSERT_TRUE(remote->IsUp());
    EXPECT_EQ(ups, 2);
    EXPECT_NE(host.client->GetSession(), first);
    EXPECT_EQ(L2tpTestProbe::PingOnce(host.node, "10.9.0.1"), 1U);
}

// The same from the other side: the client is told to disconnect.
TEST_F(L2tpPppoeHostTest, APadtFromTheHostTakesPppDown)
{
    RunUntil(Seconds(5));
    ASSERT_TRUE(remote->IsUp());
    host.client->Disconnect();
    EXPECT_FALSE(remote->IsUp());
    EXPECT_EQ(downs, "PPPoE: local@5000 ");
    EXPECT_TRUE(server->link->IsNetworkUp());
    RunUntil(MilliSeconds(5006));
    EXPECT_FALSE(server->link->IsNetworkUp());
    EXPECT_EQ(CountSessions(), 0U);
}

// Section 8: what isn't answered comes to nothing; the next try is the host's own affair.
TEST_F(L2tpPppoeHostTest, TriesAgainUntilThereIsAnAccessConcentrator)
{
    remote->SetAttribute("Redial", BooleanValue(true));
    remote->SetAttribute("RedialDelay", TimeValue(Seconds(2)));
    host.client->SetAttribute("MaxPadi", UintegerValue(1));
    ac.ac->Stop();
    RunUntil(Seconds(5));
    EXPECT_EQ(downs, "PPPoE: no-answer@1000 PPPoE: no-answer@4000 ");
    EXPECT_EQ(ups, 0);
    ac.ac->Start();
    RunUntil(Seconds(10));
    EXPECT_TRUE(remote->IsUp());
}

// RFC 1661, section 3.5: who can't prove who he is gets no network, and the session is ended.
TEST_F(L2tpPppoeHostTest, AWrongPasswordEndsTheSession)
{
    remote->SetAttribute("Password", StringValue("jabberwocky"));
    RunUntil(Seconds(60));
    EXPECT_EQ(ups, 0);
    EXPECT_EQ(remote->GetLastReason().substr(0, 4), "PPP:");
    EXPECT_EQ(CountSessions(), 0U);
    EXPECT_EQ(CountSent(PppoeCode::PADI), 1U);
}

TEST_F(L2tpPppoeHostTest, MayHangUpInEachPhaseOfTheSetUp)
{
    RunUntil(Seconds(5));
    for (int ms = 0; ms <= 100; ms += 2)
    {
        SCOPED_TRACE(ms);
        remote->HangUp();
        // Nobody takes a PADS that is on its way: the server's LCP gives up after ten tries.
        RunUntil(Simulator::Now() + Seconds(31));
        ASSERT_EQ(CountSessions(), 0U);
        ASSERT_EQ(host.client->GetState(), PppoeClientState::IDLE);
        ASSERT_FALSE(remote->IsUp());
        ASSERT_FALSE(server->link->IsNetworkUp());
        remote->Dial();
        RunUntil(Simulator::Now() + MilliSeconds(ms));
    }
}

using L2tpPppoeHostDeathTest = L2tpPppoeHostTest;

TEST_F(L2tpPppoeHostDeathTest, ABadConfigurationStopsAtOnce)
{
    const std::string words = "L2tpPppoeHost::Client must be a PppoeClient at a device of node "
                              "[0-9]+: set it, and give it one by SetDevice";
    auto other = CreateObject<L2tpPppoeHost>();
    host.node->AddApplication(other);
    EXPECT_DEATH(RunUntil(Seconds(1)), words);
    auto client = CreateObject<PppoeClient>();
    other->SetAttribute("Client", PointerValue(client));
    EXPECT_DEATH(RunUntil(Seconds(1)), words);
    client->SetDevice(ac.device);
    EXPECT_DEATH(RunUntil(Seconds(1)), words);
}
