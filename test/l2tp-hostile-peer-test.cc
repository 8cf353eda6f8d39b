/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Somebody on the path, who sees all and sends what he likes under another's address, and what he
// can and can't do to a tunnel. RFC 2661, section 9, leaves those who are on the path to IPsec:
// what they get right is believed. doc/hostile-peers.rst has the whole table.

#include "l2tp-scripted-peer.h"

#include "ns3/boolean.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/simple-net-device.h"
#include "ns3/string.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"

#include <vector>

using namespace ns3;

namespace
{

/// A client, its LNS, and somebody at the client's link.
class L2tpOnPathTest : public L2tpNetworkTest
{
  protected:
    void TearDown() override
    {
        recorded.clear();
        L2tpNetworkTest::TearDown();
    }

    /// Let the client come up, and record all that it sends. @param auth whether both prove who
    /// they are @param numbered whether data bears sequence numbers
    void ComeUp(bool auth, bool numbered = false)
    {
        Build();
        vpn->SetLacAttribute("RequireSequencing", BooleanValue(numbered));
        if (auth)
        {
            vpn->SetEndpointAttribute("SharedSecret", StringValue("testsecret"));
            vpn->SetEndpointAttribute("ChallengePeer", BooleanValue(true));
        }
        Install();
        net->access[0]->watchPacket = [this](Ptr<const Packet> packet) {
            Ipv4Header ip;
            packet->PeekHeader(ip);
            if (ip.GetSource() == net->GetHostAddress(0))
            {
                recorded.push_back(packet->Copy());
            }
        };
        RunUntil(Seconds(5));
        ASSERT_TRUE(Client()->IsUp());
        ExpectTraffic();
        net->access[0]->watchPacket = nullptr;
        ASSERT_GT(recorded.size(), 10U);
    }

    /// Send a packet as if the client did. @param packet it, with its IP header
    void Inject(Ptr<Packet> packet)
    {
        Ptr<NetDevice> device = net->hosts.Get(0)->GetDevice(0);
        while (!DynamicCast<SimpleNetDevice>(device))
        {
            device = net->hosts.Get(0)->GetDevice(device->GetIfIndex() + 1);
        }
        device->Send(packet, device->GetBroadcast(), Ipv4L3Protocol::PROT_NUMBER);
    }

    /// Send all again that was recorded.
    void Replay()
    {
        for (const auto& packet : recorded)
        {
            Inject(packet->Copy());
        }
        RunUntil(Simulator::Now() + Seconds(1));
    }

    /// Forge a StopCCN of the client. @param ahead by how much its Ns is ahead of what is expected
    void ForgeStopCcn(uint16_t ahead)
    {
        const Ptr<L2tpTunnel> tunnel = Lns()->GetTunnels().at(0);
        L2tpControlMessage message(L2tpMessageType::STOPCCN);
        message.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, tunnel->GetPeerId());
        message.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
        const auto& body = message.GetBody();
        Ptr<Packet> packet = Create<Packet>(body.data(), body.size());
        packet->AddHeader(L2tpHeader::MakeControl(tunnel->GetLocalId(),
                                                  0,
                                                  tunnel->GetChannel()->GetNr() + ahead,
                                                  tunnel->GetChannel()->GetNs(),
                                                  body.size()));
        UdpHeader udp;
        udp.SetSourcePort(L2TP_UDP_PORT);
        udp.SetDestinationPort(L2TP_UDP_PORT);
        packet->AddHeader(udp);
        Ipv4Header ip;
        ip.SetSource(net->GetHostAddress(0));
        ip.SetDestination(net->lnsAddress);
        ip.SetProtocol(UdpL4Protocol::PROT_NUMBER);
        ip.SetTtl(64);
        ip.SetPayloadSize(packet->GetSize());
        packet->AddHeader(ip);
        Inject(packet);
        RunUntil(Simulator::Now() + Seconds(1));
    }

    /// How many control messages the LNS has dropped. @param reason for which reason
    uint64_t Dropped(L2tpDropReason reason) const
    {
        return Lns()->GetStatistics().controlDropped[static_cast<std::size_t>(reason)];
    }

    std::vector<Ptr<Packet>> recorded; //!< what the client sent
};

using L2tpHostilePeerTest = L2tpScriptedPeerTest;

} // namespace

// Section 5.8: control messages that come again are acknowledged, and nothing more. Data may come
// twice, as IP packets may.
TEST_F(L2tpOnPathTest, AReplayChangesNothing)
{
    ComeUp(false);
    const uint64_t received = Lns()->GetStatistics().controlReceived;
    Replay();
    EXPECT_EQ(Lns()->GetStatistics().controlReceived, received);
    EXPECT_GE(Lns()->GetStatistics().duplicates, 4U) << "SCCRQ, SCCCN, ICRQ, ICCN at the least";
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    EXPECT_TRUE(Client()->IsUp());
    ExpectTraffic();
}

// Section 5.4: with sequence numbers, data doesn't come out twice either.
TEST_F(L2tpOnPathTest, ReplayedDataIsDroppedWhereItIsNumbered)
{
    ComeUp(false, true);
    const auto late = static_cast<std::size_t>(L2tpDropReason::DATA_OUT_OF_ORDER);
    const auto again = static_cast<std::size_t>(L2tpDropReason::DATA_DUPLICATE);
    const auto counted = Lns()->GetDataStatistics();
    const uint64_t received = counted->rxPackets;
    ASSERT_EQ(counted->dropped[late] + counted->dropped[again], 0U);
    const uint32_t served = net->served[Client()->GetAddress()];
    Replay();
    EXPECT_EQ(counted->rxPackets, received);
    EXPECT_GT(counted->dropped[late] + counted->dropped[again], 0U);
    EXPECT_EQ(net->served[Client()->GetAddress()], served);
    ExpectTraffic();
}

// Once all is over a replay opens nothing that lasts: the rest of it is for a tunnel that is gone.
TEST_F(L2tpOnPathTest, AReplayAfterTheEndOpensNoTunnel)
{
    for (const bool auth : {false, true})
    {
        SCOPED_TRACE(auth);
        ComeUp(auth);
        Client()->HangUp();
        RunUntil(Simulator::Now() + Seconds(100));
        ASSERT_EQ(Lns()->GetNTunnelsHeld(), 0U);
        Replay();
        EXPECT_EQ(Lns()->GetNTunnelsHeld(), 1U) << "its SCCRQ is as good as any";
        EXPECT_EQ(Lns()->GetStatistics().tunnelsEstablished, 1U);
        EXPECT_EQ(Lns()->GetStatistics().sessionsEstablished, 1U);
        RunUntil(Simulator::Now() + Seconds(100));
        EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U);
        recorded.clear();
        Clear();
    }
}

// Section 9.3 and RFC 3193: who sees Tunnel ID, Ns and Nr can end the tunnel; who doesn't, can't.
TEST_F(L2tpOnPathTest, AForgedStopCcnMustHaveTheRightNumbers)
{
    ComeUp(true);
    ForgeStopCcn(40000);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U) << "a duplicate";
    ForgeStopCcn(100);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    EXPECT_EQ(Dropped(L2tpDropReason::OUT_OF_WINDOW), 1U);
    ExpectTraffic();
    ForgeStopCcn(1);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U) << "early: what is before it is waited for";
    ExpectTraffic();
    ForgeStopCcn(0);
    EXPECT_EQ(Lns()->GetNTunnels(), 0U) << "authentication is for the set-up only";
}

// Section 4.1: optional AVPs that are unknown are ignored, however many there are; they cost no
// more than their octets.
TEST_F(L2tpHostilePeerTest, AFloodOfAvpsIsIgnored)
{
    TalkToLns();
    auto sccrq = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL);
    constexpr uint16_t MANY = 200;
    for (uint16_t i = 0; i < MANY; ++i)
    {
        sccrq.AddRaw({0, 9999, i, {}});
    }
    Say(sccrq);
    EXPECT_EQ(peer->Count(L2tpMessageType::SCCRP), 1U);
    EXPECT_EQ(Lns()->GetStatistics().avpsIgnored, MANY);
}

// No section says what an AVP means that is there twice: the first one counts, for both ends alike.
TEST_F(L2tpHostilePeerTest, OfRepeatedAvpsTheFirstCounts)
{
    TalkToLns();
    auto sccrq = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL);
    sccrq.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(PEER_TUNNEL + 1));
    Say(sccrq);
    EXPECT_EQ(peer->Last(L2tpMessageType::SCCRP).header.GetTunnelId(), PEER_TUNNEL);
    EXPECT_EQ(Lns()->GetTunnels().at(0)->GetPeerId(), PEER_TUNNEL);
}
