/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Two ends that open a tunnel to each other at once (RFC 2661, section 4.4.3, Tie Breaker).

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-lac-helper.h"

using namespace ns3;

namespace
{

/// Two LACs that take tunnels as well as they open them.
class L2tpTieBreakerTest : public L2tpNetworkTest
{
  protected:
    /**
     * @brief Let the two call each other in the same instant, and look a second later.
     * @param left whether the left one sends a Tie Breaker
     * @param right whether the right one does
     */
    void CallEachOther(bool left, bool right)
    {
        Build(2);
        for (int i = 0; i < 2; ++i)
        {
            L2tpLacHelper helper;
            helper.SetAttribute("AcceptTunnels", BooleanValue(true));
            helper.SetAttribute("KeepTunnel", BooleanValue(true));
            helper.SetAttribute("TieBreaker", BooleanValue(i == 0 ? left : right));
            lac[i] = helper.Install(net->hosts.Get(i));
            lac[i]->AssignStreams(10 * i);
            Simulator::ScheduleWithContext(net->hosts.Get(i)->GetId(),
                                           Seconds(1),
                                           &L2tpTieBreakerTest::Call,
                                           this,
                                           i);
        }
        RunUntil(Seconds(2));
    }

    /// Let one of the two call the other. @param i which
    void Call(int i)
    {
        const auto nobody = Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {});
        lac[i]->PlaceCall({net->GetHostAddress(1 - i), L2TP_UDP_PORT},
                          L2tpCallParameters(),
                          nobody,
                          nobody);
        own[i] = lac[i]->GetTunnels().at(0);
        tie[i] = own[i]->GetTieBreaker();
    }

    /**
     * @brief Expect one tunnel, which one of the two has opened.
     * @param winner which
     */
    void ExpectTunnelOf(int winner)
    {
        const int loser = 1 - winner;
        EXPECT_EQ(own[winner]->GetState(), L2tpTunnelState::ESTABLISHED);
        EXPECT_EQ(own[loser]->GetClearReason(), "Receive SCCRQ, lose tie-breaker");
        for (const auto& end : lac)
        {
            EXPECT_EQ(end->GetNTunnelsHeld(), 1U)
                << "the loser's is discarded, and does not linger";
            EXPECT_EQ(end->GetStatistics().tunnelsEstablished, 1U);
        }
        const auto lost = static_cast<std::size_t>(L2tpDropReason::TIE_LOST);
        EXPECT_EQ(lac[winner]->GetStatistics().controlDropped[lost], 1U) << "silently";
        EXPECT_EQ(lac[loser]->GetStatistics().controlDropped[lost], 0U);
    }

    Ptr<L2tpLac> lac[2];            //!< the two
    Ptr<L2tpTunnel> own[2];         //!< the tunnel that each opened
    std::optional<uint64_t> tie[2]; //!< the Tie Breaker that each sent
};

} // namespace

// "The lower value wins, and the loser MUST silently discard its tunnel."
// RFC 2661: 4.4.3-10, 4.4.3-11
TEST_F(L2tpTieBreakerTest, TheLowerValueWins)
{
    CallEachOther(true, true);
    ASSERT_TRUE(tie[0] && tie[1]);
    ExpectTunnelOf(*tie[0] < *tie[1] ? 0 : 1);
}

// "the initiator which included the Tie Breaker AVP wins"
// RFC 2661: 4.4.3-10
TEST_F(L2tpTieBreakerTest, WhoSendsOneWinsAgainstWhoDoesNot)
{
    for (const int winner : {0, 1})
    {
        CallEachOther(winner == 0, winner == 1);
        ExpectTunnelOf(winner);
        Clear();
    }
}

// "If neither side issues a tie breaker, then two separate tunnels are opened."
TEST_F(L2tpTieBreakerTest, WithoutAnyThereAreTwoTunnels)
{
    CallEachOther(false, false);
    for (int i = 0; i < 2; ++i)
    {
        EXPECT_EQ(own[i]->GetState(), L2tpTunnelState::ESTABLISHED);
        EXPECT_EQ(lac[i]->GetNTunnels(), 2U);
    }
}

// "In the case where a tie breaker is present on both sides, and the value is equal, both sides
// MUST discard their tunnels."
// RFC 2661: 4.4.3-12
TEST_F(L2tpTieBreakerTest, EqualValuesLoseBoth)
{
    Build(1);
    vpn->SetLacAttribute("AcceptTunnels", BooleanValue(true));
    vpn->SetLacAttribute("TieBreaker", BooleanValue(true));
    vpn->SetLnsAddress(net->serverAddress);
    tunnels = vpn->Install(net->hosts, net->lns);
    L2tpTestPeer peer(net->server, L2TP_UDP_PORT, {net->GetHostAddress(0), L2TP_UDP_PORT});
    peer.answer = [&](const L2tpTestDatagram& got) {
        const auto value = got.message.Get(L2tpAvps::TIE_BREAKER);
        if (got.Is(L2tpMessageType::SCCRQ) && value)
        {
            peer.Send(
                0,
                0,
                0,
                0,
                L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 7).Add(L2tpAvps::TIE_BREAKER, *value));
        }
    };
    RunUntil(Seconds(2));
    EXPECT_EQ(peer.Count(L2tpMessageType::SCCRQ), 1U);
    EXPECT_EQ(peer.received.size(), 1U) << "no word of it";
    EXPECT_EQ(Lac()->GetNTunnelsHeld(), 0U);
    EXPECT_EQ(Client()->GetCall(), nullptr);
}

// Section 4.4.3: the Tie Breaker is "an 8 octet value", and all of them count, without a sign.
// RFC 2661: 4.4.3-10, 4.4.3-11
TEST_F(L2tpTieBreakerTest, EveryOctetOfTheValueCounts)
{
    for (int bit = 0; bit < 64; bit += bit == 56 ? 7 : 8)
    {
        SCOPED_TRACE(bit);
        Build(1);
        vpn->SetLacAttribute("AcceptTunnels", BooleanValue(true));
        vpn->SetLacAttribute("TieBreaker", BooleanValue(true));
        vpn->SetLnsAddress(net->serverAddress);
        tunnels = vpn->Install(net->hosts, net->lns);
        L2tpTestPeer peer(net->server, L2TP_UDP_PORT, {net->GetHostAddress(0), L2TP_UDP_PORT});
        std::optional<bool> theyWin;
        peer.answer = [&](const L2tpTestDatagram& got) {
            const auto ours = got.message.Get(L2tpAvps::TIE_BREAKER);
            if (got.Is(L2tpMessageType::SCCRQ) && ours)
            {
                // Another value of this bit, and no other difference.
                const uint64_t theirs = *ours ^ uint64_t(1) << bit;
                theyWin = theirs < *ours;
                auto sccrq = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 7);
                peer.Send(0, 0, 0, 0, sccrq.Add(L2tpAvps::TIE_BREAKER, theirs));
            }
        };
        RunUntil(MilliSeconds(500));
        ASSERT_TRUE(theyWin);
        ASSERT_EQ(Lac()->GetTunnels().size(), 1U) << "one tunnel remains";
        EXPECT_EQ(Lac()->GetTunnels().at(0)->IsOriginator(), !*theyWin);
        EXPECT_EQ(peer.Count(L2tpMessageType::SCCRP), *theyWin ? 1U : 0U);
        EXPECT_EQ(peer.Count(L2tpMessageType::STOPCCN), 0U) << "silently";
        Clear();
    }
}

// Each tunnel that this end opens to the peer is in the tie, not only one of them.
// RFC 2661: 4.4.3-10, 4.4.3-11
TEST_F(L2tpTieBreakerTest, EachTunnelThatIsOpeningIsCompared)
{
    enum Value
    {
        LOWEST,
        BETWEEN,
        HIGHEST
    };

    for (const Value theirs : {LOWEST, BETWEEN, HIGHEST})
    {
        SCOPED_TRACE(theirs);
        Build(1);
        L2tpLacHelper helper;
        helper.SetAttribute("AcceptTunnels", BooleanValue(true));
        helper.SetAttribute("TieBreaker", BooleanValue(true));
        const Ptr<L2tpLac> end = helper.Install(net->hosts.Get(0));
        end->AssignStreams(0);
        // Two ports of the same peer, who answers neither.
        const uint16_t ports[] = {L2TP_UDP_PORT, 1702};
        const L2tpUdpAddress to{net->GetHostAddress(0), L2TP_UDP_PORT};
        L2tpTestPeer first(net->server, ports[0], to);
        L2tpTestPeer second(net->server, ports[1], to);
        RunUntil(Seconds(1));
        const auto nobody = Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {});
        for (const uint16_t port : ports)
        {
            end->PlaceCall({net->serverAddress, port}, L2tpCallParameters(), nobody, nobody);
        }
        RunUntil(Seconds(1) + MilliSeconds(100));
        auto opened = end->GetTunnels();
        ASSERT_EQ(opened.size(), 2U);
        ASSERT_TRUE(opened[0]->GetTieBreaker() && opened[1]->GetTieBreaker());
        if (*opened[0]->GetTieBreaker() > *opened[1]->GetTieBreaker())
        {
            std::swap(opened[0], opened[1]);
        }
        const uint64_t low = *opened[0]->GetTieBreaker();
        const uint64_t high = *opened[1]->GetTieBreaker();
        ASSERT_TRUE(low > 0 && low + 1 < high && high < UINT64_MAX);
        const uint64_t values[] = {low - 1, low + 1, high + 1};
        first.Send(0,
                   0,
                   0,
                   0,
                   L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 7)
                       .Add(L2tpAvps::TIE_BREAKER, values[theirs]));
        RunUntil(Seconds(1) + MilliSeconds(200));
        const char* lost = "Receive SCCRQ, lose tie-breaker";
        EXPECT_EQ(opened[0]->GetClearReason() == lost, theirs == LOWEST);
        EXPECT_EQ(opened[1]->GetClearReason() == lost, theirs != HIGHEST);
        EXPECT_EQ(first.Count(L2tpMessageType::SCCRP), theirs == LOWEST ? 1U : 0U);
        Clear();
    }
}
