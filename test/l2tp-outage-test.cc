/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Ends that stop, vanish and come back, and networks that change (RFC 2661, sections 5.5, 5.7 and
// 5.8).

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/ipv4-routing-table-entry.h"

using namespace ns3;

namespace
{

class L2tpOutageTest : public L2tpNetworkTest
{
  protected:
    /// Build the network, with a client that is told when its tunnel goes down.
    void BuildAndInstall(bool redial)
    {
        Build();
        vpn->SetClientAttribute("Redial", BooleanValue(redial));
        Install();
        downs.clear();
        Client()->TraceConnectWithoutContext(
            "Down",
            Callback<void, const std::string&>(
                [this](const std::string&) { downs.push_back(Simulator::Now()); }));
        net->internet->watch = [this](const L2tpTestDatagram& datagram) {
            last[datagram.from.address] = datagram.time;
        };
    }

    /// Whether both ends agree on one tunnel with one call, or on none.
    bool AreConsistent() const
    {
        const std::size_t one = Client()->IsUp() ? 1 : 0;
        return Lac()->GetNTunnels() == one && Lns()->GetNTunnels() == one &&
               Lac()->GetNCalls() == one && Lns()->GetNCalls() == one;
    }

    std::vector<Time> downs;            //!< when the client went down
    std::map<L2tpIpAddress, Time> last; //!< when each end last sent something over the internet
};

/// A test with an end that crashes: the LNS if true, else the LAC.
class L2tpCrashTest : public L2tpOutageTest, public ::testing::WithParamInterface<bool>
{
  protected:
    /// The end that crashes.
    Ptr<L2tpEndpoint> Victim() const
    {
        return GetParam() ? Ptr<L2tpEndpoint>(Lns()) : Ptr<L2tpEndpoint>(Lac());
    }
};

} // namespace

TEST_F(L2tpOutageTest, ComesBackWhenTheLnsWasStoppedAndStarted)
{
    BuildAndInstall(true);
    RunUntil(Seconds(10));
    const uint16_t before = Lac()->GetTunnels().at(0)->GetLocalId();
    Lns()->Stop();
    RunUntil(Seconds(10) + MilliSeconds(10));
    // Section 5.7: the StopCCN clears all there is, at once.
    ASSERT_EQ(downs.size(), 1U);
    EXPECT_EQ(downs[0], Seconds(10) + MilliSeconds(6));
    EXPECT_EQ(Client()->GetLastReason(),
              "Tunnel closed: Receive StopCCN: 6 requester is being shut down");
    EXPECT_EQ(Lac()->GetTunnels().at(0)->GetClearReason(),
              "Receive StopCCN: 6 requester is being shut down");
    EXPECT_TRUE(AreConsistent());
    RunUntil(Seconds(20));
    EXPECT_FALSE(Client()->IsUp());
    Lns()->Start();
    RunUntil(Seconds(60));
    EXPECT_TRUE(AreConsistent());
    ExpectTraffic();
    EXPECT_NE(Lac()->GetTunnels().at(0)->GetLocalId(), before);
    EXPECT_EQ(Lac()->GetTunnels().at(0)->GetState(), L2tpTunnelState::ESTABLISHED);
}

TEST_F(L2tpOutageTest, NoticesByHelloThatTheLnsVanished)
{
    // Robustness case 27. Section 6.5: a HELLO after 60 s of silence, given up after 31 s.
    BuildAndInstall(false);
    RunUntil(Seconds(10));
    ExpectTraffic();
    Lns()->Crash();
    const Time noticed = last[net->lnsAddress] + MilliSeconds(6) + Seconds(60 + 31);
    RunOut();
    ASSERT_EQ(downs.size(), 1U);
    EXPECT_EQ(downs[0], noticed);
    ExpectNothingLeft();
}

TEST_F(L2tpOutageTest, AnEndThatVanishedDoesNotAnswerByIcmp)
{
    for (const int version : {4, 6})
    {
        SCOPED_TRACE(version);
        Build(1, version);
        Install();
        RunUntil(Seconds(10));
        uint32_t packets = 0;
        net->internet->watchPacket = [&packets, version](Ptr<const Packet> packet) {
            uint8_t octets[7];
            packet->CopyData(octets, sizeof(octets));
            packets += octets[0] >> 4 == version && octets[6] != 58; // ICMPv6 finds neighbours, too
        };
        Lns()->Crash();
        EXPECT_EQ(Lns()->GetPort(), 0);
        RunUntil(Seconds(120));
        EXPECT_EQ(packets, 6U); // the HELLO, and five times again
        EXPECT_EQ(Lac()->GetNTunnels(), 0U);
        // Somebody else has the port only once it is given back.
        const auto another = CreateObject<L2tpUdpPort>();
        EXPECT_FALSE(another->Open(net->lns, L2TP_UDP_PORT, L2tpUdpPort::ReceiveCallback()));
        Lns()->Stop();
        EXPECT_TRUE(another->Open(net->lns, L2TP_UDP_PORT, L2tpUdpPort::ReceiveCallback()));
        another->Close();
        Lns()->Start();
        EXPECT_EQ(Lns()->GetPort(), L2TP_UDP_PORT);
        Client()->Dial();
        RunUntil(Seconds(130));
        ExpectTraffic();
        Clear();
    }
}

TEST_F(L2tpOutageTest, NoticesByHelloThatTheLacVanished)
{
    BuildAndInstall(false);
    RunUntil(Seconds(10));
    ExpectTraffic();
    Lac()->Crash();
    EXPECT_FALSE(Client()->IsUp());
    EXPECT_EQ(Client()->GetLastReason(), "Tunnel closed: Crash");
    EXPECT_EQ(Lac()->GetStatistics().tunnelsCleared, 1U);
    EXPECT_EQ(Lac()->GetStatistics().sessionsCleared, 1U);
    EXPECT_EQ(Lac()->GetNTunnels(), 0U);
    EXPECT_EQ(Lac()->GetNCalls(), 0U);
    const Time noticed = last[net->GetHostAddress(0)] + MilliSeconds(5) + Seconds(60 + 31);
    RunUntil(noticed - NanoSeconds(1));
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    RunUntil(noticed + NanoSeconds(1));
    ExpectNothingLeft();
}

TEST_P(L2tpCrashTest, IsOvercomeInEachPhaseOfTheSetUp)
{
    for (uint32_t ms = 5; ms <= 1000; ms += 10)
    {
        SCOPED_TRACE(ms);
        BuildAndInstall(true);
        RunUntil(MilliSeconds(ms));
        Victim()->Crash();
        EXPECT_EQ(Victim()->GetNTunnelsHeld(), 0U);
        EXPECT_EQ(Victim()->GetNCalls(), 0U);
        EXPECT_EQ(Victim()->GetPort(), 0);
        RunUntil(MilliSeconds(ms) + Seconds(1));
        Victim()->Start();
        // The peer may need 91 s to notice, and the client dials again after 5 s.
        RunUntil(Seconds(150));
        EXPECT_TRUE(AreConsistent());
        EXPECT_EQ(Lns()->GetNTunnelsHeld(), 1U);
        EXPECT_EQ(Lac()->GetNTunnelsHeld(), 1U);
        ExpectTraffic();
        Clear();
    }
}

TEST_P(L2tpCrashTest, IsOvercomeInTheInstantOfEachChangeOfState)
{
    // When the call's state has changed, and what follows from that has not happened yet.
    for (uint32_t change = 1; change <= 3; ++change)
    {
        SCOPED_TRACE(change);
        BuildAndInstall(true);
        uint32_t changes = 0;
        Victim()->TraceConnectWithoutContext(
            "CallState",
            Callback<void, Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent>(
                [&](Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent) {
                    if (++changes == change)
                    {
                        Simulator::ScheduleNow(&L2tpEndpoint::Crash, Victim());
                        Simulator::Schedule(Seconds(1), &L2tpEndpoint::Start, Victim());
                    }
                }));
        RunUntil(Seconds(150));
        EXPECT_TRUE(AreConsistent());
        ExpectTraffic();
        Clear();
    }
}

TEST_P(L2tpCrashTest, MayHappenInWhateverIsTold)
{
    // The endpoint crashes at the n-th thing that it tells of, in its own call of who listens.
    enum class Told
    {
        TUNNEL,
        CALL,
        SENT,
        DELIVERED
    };
    for (const Told told : {Told::TUNNEL, Told::CALL, Told::SENT, Told::DELIVERED})
    {
        bool crashed = true;
        for (uint32_t which = 1; crashed; ++which)
        {
            SCOPED_TRACE(std::to_string(static_cast<int>(told)) + ", " + std::to_string(which));
            BuildAndInstall(false);
            const Ptr<L2tpEndpoint> victim = Victim();
            crashed = false;
            uint32_t count = 0;
            Ptr<L2tpTunnel> kept;
            const std::function<void()> tell = [&] {
                if (++count == which)
                {
                    crashed = true;
                    kept = victim->GetNTunnelsHeld() > 0 ? victim->GetTunnels().at(0) : nullptr;
                    victim->Crash();
                }
            };
            victim->TraceConnectWithoutContext(
                "TunnelState",
                Callback<void, Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent>(
                    [&](Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent) {
                        if (told == Told::TUNNEL)
                        {
                            tell();
                        }
                    }));
            victim->TraceConnectWithoutContext(
                "CallState",
                Callback<void, Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent>(
                    [&](Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent) {
                        if (told == Told::CALL)
                        {
                            tell();
                        }
                    }));
            victim->TraceConnectWithoutContext(
                "ControlDeliver",
                Callback<void, Ptr<const L2tpTunnel>, uint16_t, uint16_t, L2tpByteView>(
                    [&](Ptr<const L2tpTunnel>, uint16_t, uint16_t, L2tpByteView) {
                        if (told == Told::DELIVERED)
                        {
                            tell();
                        }
                    }));
            victim->TraceConnectWithoutContext(
                "ControlTx",
                Callback<void,
                         Ptr<const L2tpTunnel>,
                         const L2tpHeader&,
                         Ptr<const Packet>,
                         uint32_t>(
                    [&](Ptr<const L2tpTunnel>, const L2tpHeader&, Ptr<const Packet>, uint32_t) {
                        if (told == Told::SENT)
                        {
                            tell();
                        }
                    }));
            // Set up, a HELLO, and closed from this end.
            Simulator::Schedule(Seconds(90), &L2tpEndpoint::Stop, victim);
            RunUntil(Seconds(250));
            EXPECT_EQ(victim->GetNTunnels(), 0U);
            EXPECT_EQ(victim->GetNTunnelsHeld(), 0U);
            EXPECT_EQ(victim->GetNCalls(), 0U);
            EXPECT_EQ(victim->GetPort(), 0);
            const L2tpEndpointStatistics& books = victim->GetStatistics();
            EXPECT_EQ(books.tunnelsEstablished, books.tunnelsCleared);
            EXPECT_EQ(books.sessionsEstablished, books.sessionsCleared);
            if (kept)
            {
                kept->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
                kept->Open();
                EXPECT_EQ(kept->GetState(), L2tpTunnelState::IDLE);
                EXPECT_NE(kept->GetClearReason(), "");
                EXPECT_FALSE(kept->MakeIncomingCall());
            }
            Clear();
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Ends, L2tpCrashTest, ::testing::Bool(), [](const auto& end) {
    return end.param ? "Lns" : "Lac";
});

TEST_F(L2tpOutageTest, FollowsAChangeOfRoutesWithinASecond)
{
    BuildAndInstall(false);
    auto backup = net->Join(net->router, net->lns, "10.4.0.0", MilliSeconds(5));
    RunUntil(Seconds(5));
    L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
    for (uint32_t i = 0; i < 300; ++i)
    {
        Simulator::Schedule(MilliSeconds(10 * i), [&probe] { probe.Send(); });
    }
    RunUntil(Seconds(6));
    EXPECT_EQ(backup->packets, 0U);
    auto lns = L2tpTestNetwork::RoutingOf(net->lns);
    for (uint32_t i = 0; i < lns->GetNRoutes(); ++i)
    {
        if (lns->GetRoute(i).IsDefault())
        {
            lns->RemoveRoute(i);
            break;
        }
    }
    lns->SetDefaultRoute("10.4.0.1", 3);
    L2tpTestNetwork::RoutingOf(net->router)->AddHostRouteTo(net->lnsAddress, "10.4.0.2", 3);
    RunUntil(Seconds(7));
    const uint64_t packets = net->internet->packets;
    RunUntil(Seconds(9));
    EXPECT_EQ(net->internet->packets, packets);
    EXPECT_GT(backup->packets, 0U);
    EXPECT_EQ(probe.echoed, probe.sent);
}

TEST_F(L2tpOutageTest, SurvivesAnInterfaceThatWasDownForSomeSeconds)
{
    BuildAndInstall(false);
    RunUntil(Seconds(5));
    Ptr<Ipv4> lns = net->lns->GetObject<Ipv4>();
    lns->SetDown(1);
    RunUntil(Seconds(10));
    lns->SetUp(1);
    L2tpTestNetwork::RoutingOf(net->lns)->SetDefaultRoute("10.2.0.1", 1);
    RunUntil(Seconds(11));
    ExpectTraffic();
    EXPECT_TRUE(downs.empty());
    EXPECT_EQ(Client()->GetNDials(), 1U);
}

TEST_F(L2tpOutageTest, FollowsTheApplicationsStartAndStopTimes)
{
    Build();
    Install();
    Lns()->SetStartTime(Seconds(3));
    Lns()->SetStopTime(Seconds(20));
    tunnels.Start(Seconds(1));
    RunUntil(Seconds(2));
    EXPECT_FALSE(Lns()->IsRunning());
    EXPECT_EQ(Lns()->GetPort(), 0);
    // Section 5.8: the SCCRQ of 1 s is repeated after 1, 2 and 4 s: at 4 s somebody listens.
    RunUntil(Seconds(5));
    EXPECT_TRUE(Client()->IsUp());
    EXPECT_EQ(Lac()->GetStatistics().controlRetransmitted, 2U);
    RunUntil(Seconds(21));
    EXPECT_FALSE(Lns()->IsRunning());
    EXPECT_FALSE(Client()->IsUp());
    RunOut();
    ExpectNothingLeft();
    EXPECT_EQ(Lns()->GetPort(), 0);
}
