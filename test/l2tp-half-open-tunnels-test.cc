/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Floods of SCCRQs: what they cost is bounded, and whoever answers in time still gets in. (A
// million of them, and the memory that they take: ./l2tp check flood.)

#include "l2tp-scripted-peer.h"

#include "ns3/uinteger.h"

#include <list>
#include <memory>
#include <string>

using namespace ns3;

namespace
{

class L2tpHalfOpenTunnelsTest : public L2tpScriptedPeerTest
{
  protected:
    void TearDown() override
    {
        m_flood.clear();
        L2tpScriptedPeerTest::TearDown();
    }

    /// Have an LNS with a limit. @param maxHalfOpen the limit
    void Limit(uint32_t maxHalfOpen)
    {
        Build();
        vpn->SetLnsAttribute("MaxHalfOpen", UintegerValue(maxHalfOpen));
        TalkToLns();
    }

    /// Others begin to open tunnels. @param n how many @param version their Protocol Version
    void Flood(uint32_t n, uint16_t version = L2TP_PROTOCOL_VERSION)
    {
        for (uint32_t i = 0; i < n; ++i)
        {
            m_flood.push_back(MakePeer(2000 + m_flood.size()));
            L2tpControlMessage sccrq(L2tpMessageType::SCCRQ);
            sccrq.Add(L2tpAvps::PROTOCOL_VERSION, version);
            sccrq.Add(L2tpAvps::FRAMING_CAPABILITIES, uint32_t(3));
            sccrq.Add(L2tpAvps::HOST_NAME, std::string("flood"));
            sccrq.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(1 + i));
            m_flood.back()->Send(0, 0, 0, 0, sccrq);
        }
        Wait();
    }

    /// The peer begins to open a tunnel.
    void Begin()
    {
        Say(L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL));
        tunnelId = peer->Last(L2tpMessageType::SCCRP)
                       .message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID)
                       .value_or(0);
    }

    std::list<std::unique_ptr<L2tpTestPeer>> m_flood; //!< who floods
};

} // namespace

TEST_F(L2tpHalfOpenTunnelsTest, TheOldestGivesWayWithoutAWord)
{
    Limit(3);
    Begin();
    Flood(2);
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 3U);
    EXPECT_EQ(Lns()->GetStatistics().tunnelsFailed, 0U);
    Flood(1);
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 3U);
    EXPECT_EQ(Lns()->GetStatistics().tunnelsFailed, 1U);
    EXPECT_EQ(peer->Count(L2tpMessageType::STOPCCN), 0U) << "it may be nobody's address";
    // Who comes too late may begin again.
    Say(L2tpControlMessage(L2tpMessageType::SCCCN));
    EXPECT_EQ(Lns()->GetStatistics().tunnelsEstablished, 0U);
    tunnelId = ns = 0;
    peer = MakePeer(1702);
    Begin();
    Say(L2tpControlMessage(L2tpMessageType::SCCCN));
    EXPECT_EQ(Lns()->GetStatistics().tunnelsEstablished, 1U);
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 3U);
}

TEST_F(L2tpHalfOpenTunnelsTest, EstablishedOnesDoNotGiveWay)
{
    Limit(1);
    OpenCall();
    Flood(50);
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 2U);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    // A call more is no matter either.
    Call(PEER_SESSION + 1);
    EXPECT_EQ(Lns()->GetNCalls(), 2U);
    // And the tunnel lingers when it is closed, as long as it must (section 5.7).
    Say(StopCcn());
    Flood(50);
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 2U);
    RunUntil(Simulator::Now() + Seconds(60));
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U) << "those that flood are given up by their timers";
}

TEST_F(L2tpHalfOpenTunnelsTest, RefusedOnesThatLingerCountToo)
{
    Limit(2);
    Flood(20, 0x0200);
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 2U);
    EXPECT_EQ(m_flood.front()->Count(L2tpMessageType::STOPCCN), 1U) << "each was told why";
    EXPECT_EQ(m_flood.back()->Count(L2tpMessageType::STOPCCN), 1U);
    RunUntil(Simulator::Now() + Seconds(2));
    EXPECT_EQ(m_flood.front()->Count(L2tpMessageType::STOPCCN), 1U) << "and not again";
    EXPECT_EQ(m_flood.back()->Count(L2tpMessageType::STOPCCN), 2U);
}

// As long as its messages take no longer than the flood to fill the room.
TEST_F(L2tpHalfOpenTunnelsTest, ALegitimateLacGetsIn)
{
    Build(2);
    vpn->SetLnsAttribute("MaxHalfOpen", UintegerValue(100));
    tunnels = vpn->Install(NodeContainer(net->hosts.Get(1)), net->lns);
    tunnels.Start(Seconds(2));
    end = Lns();
    RunUntil(Seconds(1));
    for (int i = 0; i < 1000; ++i)
    {
        m_flood.push_back(MakePeer(2000 + i));
        Simulator::Schedule(MilliSeconds(2 * i), [flooding = m_flood.back().get(), i] {
            flooding->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 1 + i));
        });
    }
    RunUntil(Seconds(3));
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 101U);
    EXPECT_TRUE(Client(0)->IsUp());
    ExpectTraffic();
}
