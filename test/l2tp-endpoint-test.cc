/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What the UDP port of an LNS makes of what comes in, message by message (RFC 2661, sections 3.1,
// 5 and 8.1). The peer is scripted.

#include "l2tp-allowed-sccrqs.h"
#include "l2tp-scripted-peer.h"
#include "unpredictable-ids.h"

#include "ns3/boolean.h"
#include "ns3/inet-socket-address.h"
#include "ns3/l2tp-avp-hiding.h"
#include "ns3/log.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <iostream>
#include <set>
#include <sstream>

using namespace ns3;

namespace
{

class L2tpEndpointTest : public L2tpScriptedPeerTest
{
  protected:
    void SetUp() override
    {
        L2tpScriptedPeerTest::SetUp();
        TalkToLns();
    }
};

using L2tpEndpointDeathTest = L2tpEndpointTest;

} // namespace

// RFC 2661: 5.8-01, 8.2-01
TEST_F(L2tpEndpointTest, MakesOneTunnelOfARepeatedSccrq)
{
    // Robustness case 17; the SCCRP is lost, or only slow.
    const auto sccrq = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 77);
    peer->Send(0, 0, 0, 0, sccrq);
    peer->Send(0, 0, 0, 0, sccrq);
    Wait();
    peer->Send(0, 0, 0, 0, sccrq);
    Wait();
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    EXPECT_EQ(Lns()->GetStatistics().duplicates, 2U);
    // Section 5.8: a duplicate MUST be acknowledged.
    EXPECT_EQ(std::count_if(peer->received.begin(),
                            peer->received.end(),
                            [](const L2tpTestDatagram& datagram) {
                                return datagram.IsZlb() && datagram.header.GetNr() == 1;
                            }),
              2);
    // The SCCRP is retransmitted, though: it was not acknowledged.
    RunUntil(Seconds(3));
    EXPECT_EQ(peer->Count(L2tpMessageType::SCCRP), 2U);
    // Another Tunnel ID is another tunnel.
    peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 78));
    Wait();
    EXPECT_EQ(Lns()->GetNTunnels(), 2U);
}

TEST_F(L2tpEndpointTest, KeepsNoStateForAnSccrqThatAcknowledgesSomething)
{
    peer->Send(0, 0, 0, 1, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 77));
    peer->Send(0, 0, 3, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 78));
    Wait();
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U);
    EXPECT_EQ(Dropped(L2tpDropReason::ACKNOWLEDGES_MORE), 1U);
    EXPECT_EQ(Dropped(L2tpDropReason::OUT_OF_WINDOW), 1U);
}

TEST_F(L2tpEndpointTest, ForgetsThePeersTunnelIdWithTheTunnel)
{
    // An Assigned Tunnel ID that is to be ignored, since it bears a reserved bit (section 4.1).
    L2tpControlMessage sccrq(L2tpMessageType::SCCRQ);
    const std::vector<uint8_t> id{0, 77};
    sccrq.AddRaw({0x0400, 0, L2tpAvps::ASSIGNED_TUNNEL_ID.type, id});
    for (uint32_t i = 0; i < 3; ++i)
    {
        peer->Send(0, 0, 0, 0, sccrq);
        RunUntil(Simulator::Now() + Seconds(60));
        EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U);
    }
}

// RFC 2661: 5.3-01
TEST_F(L2tpEndpointTest, AnswersASccrqBeyondMaxTunnels)
{
    Lns()->SetAttribute("MaxTunnels", UintegerValue(1));
    const uint16_t tunnel = OpenTunnel();
    // Section 4.4.2: Result Code 2, Error Code 4; and no state is kept to say so.
    for (uint32_t repeated = 1; repeated <= 2; ++repeated)
    {
        peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 78));
        Wait();
        EXPECT_EQ(peer->Count(L2tpMessageType::STOPCCN), repeated);
        EXPECT_EQ(Dropped(L2tpDropReason::NO_RESOURCES), repeated);
    }
    const L2tpTestDatagram& stop = peer->Last(L2tpMessageType::STOPCCN);
    EXPECT_EQ(stop.header.GetTunnelId(), 78);
    EXPECT_EQ(stop.header.GetNr(), 1);
    const auto code = stop.message.Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode());
    EXPECT_EQ(code.result, static_cast<uint16_t>(L2tpStopResult::GENERAL_ERROR));
    EXPECT_EQ(code.error, static_cast<uint16_t>(L2tpErrorCode::NO_RESOURCES));
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 1U);
    // There is room again once the tunnel is closed and has lingered.
    L2tpControlMessage bye(L2tpMessageType::STOPCCN);
    bye.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(77));
    bye.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    peer->Send(tunnel, 0, 2, 1, bye);
    RunUntil(Simulator::Now() + Seconds(32));
    peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 79));
    Wait();
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
}

// Section 4.4.3: "the same as the Assigned Tunnel ID AVP first sent to the receiving peer", though
// nothing is remembered of it.
// RFC 2661: 4.4.3-23, 9.1-02
TEST_F(L2tpEndpointTest, RefusesEachTunnelWithOneId)
{
    constexpr uint16_t COUNT = 50;
    Lns()->SetAttribute("MaxTunnels", UintegerValue(1));
    const uint16_t tunnel = OpenTunnel();
    const auto other = MakePeer(1702);
    std::vector<uint16_t> ids;
    for (int round = 0; round < 2; ++round)
    {
        for (uint16_t n = 0; n < COUNT; ++n)
        {
            for (L2tpTestPeer* sender : {peer.get(), other.get()})
            {
                sender->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 100 + n));
                Wait();
                const auto& stop = sender->Last(L2tpMessageType::STOPCCN);
                ASSERT_EQ(stop.header.GetTunnelId(), 100 + n);
                ids.push_back(stop.message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0));
                EXPECT_NE(ids.back(), 0);
                EXPECT_NE(ids.back(), tunnel);
            }
        }
    }
    const auto half = ids.begin() + ids.size() / 2;
    EXPECT_TRUE(std::equal(ids.begin(), half, half, ids.end()));
    ExpectUnpredictable({ids.begin(), half});
    EXPECT_GT(std::set<uint16_t>(ids.begin(), half).size(), COUNT * 2 - 5) << "hardly two alike";
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 1U);
}

// Section 9.1: what is known of a peer does not tell them.
// RFC 2661: 9.1-02
TEST_F(L2tpEndpointTest, RefusesTheSameTunnelsWithOtherIdsElsewhere)
{
    std::vector<uint16_t> ids[2];
    for (auto& some : ids)
    {
        Lns()->SetAttribute("MaxTunnels", UintegerValue(1));
        Lns()->AssignStreams(&some == ids ? 1000 : 2000);
        OpenTunnel();
        for (uint16_t n = 0; n < 50; ++n)
        {
            peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 100 + n));
            Wait();
            some.push_back(peer->Last(L2tpMessageType::STOPCCN)
                               .message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID)
                               .value_or(0));
        }
        if (&some == ids)
        {
            peer.reset();
            end = nullptr;
            ns = 0;
            tunnelId = 0;
            Clear();
            TalkToLns();
        }
    }
    std::size_t alike = 0;
    for (std::size_t n = 0; n < ids[0].size(); ++n)
    {
        alike += ids[0][n] == ids[1][n];
    }
    EXPECT_LT(alike, 5U);
}

// RFC 2661: 8.1-01
TEST_F(L2tpEndpointTest, DropsWhatComesFromTheWrongPlace)
{
    // Robustness case 12: the IDs are right, the port or the address is not (section 8.1).
    const uint16_t tunnel = OpenTunnel();
    const uint16_t session = Call();
    L2tpControlMessage stop(L2tpMessageType::STOPCCN);
    stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(77));
    stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    const L2tpUdpAddress lns{net->lnsAddress, L2TP_UDP_PORT};
    auto otherPort = MakePeer(1702);
    auto otherAddress = std::make_unique<L2tpTestPeer>(net->router, 1701, lns);
    for (const auto& stranger : {otherPort.get(), otherAddress.get()})
    {
        stranger->Send(tunnel, 0, 3, 2, stop);
        stranger->SendData(tunnel, session, {0xff, 0x03, 0xc0, 0x21});
        Wait();
        EXPECT_TRUE(stranger->received.empty());
    }
    EXPECT_EQ(Dropped(L2tpDropReason::WRONG_SOURCE), 2U);
    EXPECT_EQ(DataDropped(L2tpDropReason::WRONG_SOURCE), 2U);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
}

// Section 8.1: "Once the source and destination ports and addresses are established, they MUST
// remain static for the life of the tunnel": those of who opens it with its SCCRQ already.
// RFC 2661: 8.1-01
TEST_F(L2tpEndpointTest, NothingMovesATunnelToAnotherPort)
{
    for (const bool established : {false, true})
    {
        SCOPED_TRACE(established);
        peer->received.clear();
        ns = 0;
        tunnelId = 0;
        const uint16_t id = established ? 78 : 77;
        Say(L2tpTestPeer::Start(L2tpMessageType::SCCRQ, id));
        tunnelId = peer->Last(L2tpMessageType::SCCRP)
                       .message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID)
                       .value_or(0);
        if (established)
        {
            Say(L2tpControlMessage(L2tpMessageType::SCCCN));
        }
        const auto before = Dropped(L2tpDropReason::WRONG_SOURCE);
        auto stranger = MakePeer(4711);
        L2tpControlMessage stop(L2tpMessageType::STOPCCN);
        stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, id);
        stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
        uint64_t sent = 0;
        for (const uint16_t nr : {0, 1})
        {
            for (const auto& message : {L2tpControlMessage(L2tpMessageType::SCCCN),
                                        L2tpTestPeer::Start(L2tpMessageType::SCCRP, id),
                                        L2tpControlMessage(L2tpMessageType::HELLO),
                                        L2tpControlMessage(),
                                        stop})
            {
                stranger->Send(tunnelId, 0, ns, nr, message);
                Wait();
                EXPECT_EQ(Dropped(L2tpDropReason::WRONG_SOURCE), before + ++sent);
            }
        }
        EXPECT_TRUE(stranger->received.empty());
        const auto state =
            established ? L2tpTunnelState::ESTABLISHED : L2tpTunnelState::WAIT_CTL_CONN;
        for (const auto& tunnel : Lns()->GetTunnels())
        {
            EXPECT_TRUE(tunnel->GetLocalId() != tunnelId || tunnel->GetState() == state);
        }
        // And it goes on where it is.
        peer->received.clear();
        Say(L2tpControlMessage(established ? L2tpMessageType::HELLO : L2tpMessageType::SCCCN));
        ASSERT_FALSE(peer->received.empty());
        EXPECT_EQ(peer->received.back().header.GetNr(), ns);
        EXPECT_TRUE(stranger->received.empty());
    }
}

// RFC 2661: 5.0-02
TEST_F(L2tpEndpointTest, CountsDataForSessionsThatAreNotUp)
{
    // Section 5.3, and robustness case 11: data before the ICCN, after the CDN, and for nobody.
    const uint16_t tunnel = OpenTunnel();
    const uint16_t session = Call();
    peer->SendData(tunnel, session, {0xff, 0x03, 0xc0, 0x21});
    Wait();
    EXPECT_EQ(DataDropped(L2tpDropReason::SESSION_NOT_ESTABLISHED), 1U);
    L2tpControlMessage cdn(L2tpMessageType::CDN);
    cdn.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    cdn.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(88));
    peer->Send(tunnel, session, 3, 2, cdn);
    peer->SendData(tunnel, session, {0xff, 0x03, 0xc0, 0x21});
    peer->SendData(tunnel, session ^ 1, {0xff, 0x03, 0xc0, 0x21});
    peer->SendData(tunnel ^ 1, session, {0xff, 0x03, 0xc0, 0x21});
    Wait();
    EXPECT_EQ(DataDropped(L2tpDropReason::UNKNOWN_SESSION), 2U);
    EXPECT_EQ(DataDropped(L2tpDropReason::UNKNOWN_TUNNEL), 1U);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    EXPECT_EQ(Lns()->GetNCalls(), 0U);
}

TEST_F(L2tpEndpointTest, SilentlyDropsDataWithIdZero)
{
    // Section 5.3: 0 "is special", and names no tunnel and no session.
    const uint16_t tunnel = OpenTunnel();
    const uint16_t session = Call();
    const std::size_t before = peer->received.size();
    peer->SendData(0, session, {0xff, 0x03, 0xc0, 0x21});
    peer->SendData(0, 0, {0xff, 0x03, 0xc0, 0x21});
    peer->SendData(tunnel, 0, {0xff, 0x03, 0xc0, 0x21});
    Wait();
    EXPECT_EQ(DataDropped(L2tpDropReason::UNKNOWN_TUNNEL), 2U);
    EXPECT_EQ(DataDropped(L2tpDropReason::UNKNOWN_SESSION), 1U);
    EXPECT_EQ(peer->received.size(), before);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
}

// RFC 2661: 3.1-09, 8.1-06
TEST_F(L2tpEndpointTest, SilentlyDropsOtherVersions)
{
    // Section 3.1: Ver 1 is L2F, "packets received with an unknown Ver field MUST be discarded".
    peer->Send({0xc8, 0x01, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0});
    peer->Send({0xc8, 0x03, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0});
    peer->Send({0x00, 0x01, 0, 0, 0, 0});
    peer->Send({0xc8});
    peer->Send(std::vector<uint8_t>{});
    Wait();
    EXPECT_EQ(Dropped(L2tpDropReason::HEADER_VERSION), 3U);
    EXPECT_EQ(Dropped(L2tpDropReason::HEADER_TRUNCATED), 2U);
    EXPECT_EQ(Lns()->GetStatistics().datagramsReceived, 5U);
    EXPECT_TRUE(peer->received.empty());
}

TEST_F(L2tpEndpointTest, RefusesAnotherProtocolVersion)
{
    // Section 4.4.2: Result Code 5, whose Error Code is the highest version supported.
    L2tpControlMessage sccrq(L2tpMessageType::SCCRQ);
    sccrq.Add(L2tpAvps::PROTOCOL_VERSION, uint16_t(0x0200));
    sccrq.Add(L2tpAvps::FRAMING_CAPABILITIES, uint32_t(3));
    sccrq.Add(L2tpAvps::HOST_NAME, std::string("peer"));
    sccrq.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(77));
    peer->Send(0, 0, 0, 0, sccrq);
    Wait();
    const auto code = peer->Last(L2tpMessageType::STOPCCN).message.Get(L2tpAvps::RESULT_CODE);
    ASSERT_TRUE(code);
    EXPECT_EQ(code->result, static_cast<uint16_t>(L2tpStopResult::VERSION_NOT_SUPPORTED));
    EXPECT_EQ(code->error, 0x0100);
}

// Section 5.7: the port stays open for what is repeated, until a full retransmission cycle is over.
// RFC 2661: 5.7-01
TEST_F(L2tpEndpointTest, AcceptsNobodyOnceItIsStopped)
{
    OpenTunnel();
    Lns()->Stop();
    peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 78));
    Wait();
    EXPECT_EQ(Dropped(L2tpDropReason::CONTROL_CLOSED), 1U);
    EXPECT_EQ(Lns()->GetPort(), 1701); // the StopCCN is not acknowledged yet
    const auto code = peer->Last(L2tpMessageType::STOPCCN).message.Get(L2tpAvps::RESULT_CODE);
    EXPECT_EQ(code.value_or(L2tpResultCode()), L2tpResultCode::Of(L2tpStopResult::SHUTTING_DOWN));
    // It may start again while the old tunnel lingers.
    Lns()->Start();
    peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 78));
    Wait();
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 2U);
    Lns()->Stop();
    RunOut();
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U);
    EXPECT_EQ(Lns()->GetPort(), 0);
}

// Section 4.4.3: the Assigned Tunnel ID of a StopCCN lets the tunnel be found "even if a StopCCN is
// sent before an Assigned Tunnel ID AVP is received"; section 5.3: its header's Tunnel ID is 0.
// RFC 2661: 4.4.3-21, 4.4.3-23, 5.3-04
TEST_F(L2tpEndpointTest, FindsTheTunnelOfAStopCcnByThePeersId)
{
    peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 77));
    peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 78));
    Wait();
    EXPECT_EQ(Lns()->GetNTunnels(), 2U);
    L2tpControlMessage stop(L2tpMessageType::STOPCCN);
    stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(78));
    stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    peer->Send(0, 0, 1, 0, stop);
    Wait();
    ASSERT_EQ(Lns()->GetNTunnels(), 1U);
    for (const auto& tunnel : Lns()->GetTunnels())
    {
        EXPECT_EQ(tunnel->GetState() == L2tpTunnelState::IDLE, tunnel->GetPeerId() == 78);
    }
    EXPECT_EQ(peer->received.back().header.GetTunnelId(), 78);
    EXPECT_EQ(peer->received.back().header.GetNr(), 2) << "the StopCCN is acknowledged";
}

// Section 4.3: the Assigned Tunnel ID of such a StopCCN may be hidden, with the secret of the pair,
// though nothing else in the message tells which pair it is.
// RFC 2661: 4.4.3-23, 5.3-04
TEST_F(L2tpEndpointTest, FindsTheTunnelOfAHiddenStopCcnByThePeersSecret)
{
    const auto random = []() { return uint8_t(7); };
    for (const std::string secret : {"special", "guessed"})
    {
        SCOPED_TRACE(secret);
        auto start = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 77);
        Lns()->SetPeerSecret(start.Get(L2tpAvps::HOST_NAME).value_or(""), "special");
        start.Hide("special", random);
        peer->Send(0, 0, 0, 0, start);
        Wait();
        ASSERT_EQ(Lns()->GetNTunnels(), 1U);
        L2tpControlMessage stop(L2tpMessageType::STOPCCN);
        stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(77));
        stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
        stop.Hide(secret, random);
        peer->Send(0, 0, 1, 0, stop);
        Wait();
        EXPECT_EQ(Lns()->GetNTunnels(), secret == "guessed" ? 1U : 0U);
        RunUntil(Simulator::Now() + Seconds(100)); // until the tunnel has lingered
    }
}

// Section 4.4.3: an LNS that is no LAC "should therefore set the A and D bits of this AVP to 0, or
// should not send the AVP at all".
//
// RFC 2661: 4.4.3-07
TEST_F(L2tpEndpointTest, AnLnsHasNoBearers)
{
    OpenTunnel();
    const auto& reply = peer->Last(L2tpMessageType::SCCRP).message;
    EXPECT_EQ(reply.Get(L2tpAvps::BEARER_CAPABILITIES).value_or(0), 0U);
}

// Section 9.1: IDs "SHOULD be selected in an unpredictable manner rather than sequentially".
// RFC 2661: 9.1-02
TEST_F(L2tpEndpointTest, AssignsIdsUnpredictably)
{
    constexpr uint16_t COUNT = 50;
    const uint16_t tunnel = OpenTunnel();
    for (uint16_t n = 0; n < COUNT; ++n)
    {
        peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 100 + n));
        L2tpControlMessage icrq(L2tpMessageType::ICRQ);
        icrq.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(n + 1));
        icrq.Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(n));
        peer->Send(tunnel, 0, n + 2, n + 1, icrq);
        Wait();
    }
    std::vector<uint16_t> ids[2]; // of tunnels, and of sessions
    for (const L2tpTestDatagram& got : peer->received)
    {
        const auto own = got.message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID);
        const auto call = got.message.Get(L2tpAvps::ASSIGNED_SESSION_ID);
        if (got.Is(L2tpMessageType::SCCRP) || got.Is(L2tpMessageType::ICRP))
        {
            ids[call ? 1 : 0].push_back(own.value_or(0) + call.value_or(0));
        }
    }
    for (auto& kind : ids)
    {
        ASSERT_GE(kind.size(), COUNT);
        ExpectUnpredictable(kind);
    }
}

// Section 4.1: a Random Vector with a reserved bit, before the Assigned Session ID that is hidden.
// RFC 2661: 4.1-02, 4.3-05
TEST_F(L2tpEndpointTest, AnswersAnIcrqWithAnUnrecognizedVector)
{
    Lns()->Stop();
    Lns()->SetAttribute("SharedSecret", StringValue("secret"));
    Lns()->Start();
    OpenTunnel();
    const std::vector<uint8_t> vector(16, 'A');
    const std::vector<uint8_t> unrecognized(16, 'B');
    const std::vector<uint8_t> id{0, PEER_SESSION};
    const auto hidden = HideL2tpValue(14, id, "secret", vector, {});
    L2tpControlMessage icrq(L2tpMessageType::ICRQ);
    icrq.AddRaw({L2tpAvp::FLAG_MANDATORY, 0, L2tpAvps::RANDOM_VECTOR.type, vector})
        .AddRaw({0x0400, 0, L2tpAvps::RANDOM_VECTOR.type, unrecognized})
        .AddRaw({L2tpAvp::FLAG_MANDATORY | L2tpAvp::FLAG_HIDDEN, 0, 14, hidden})
        .Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(1));
    Say(icrq);
    ASSERT_EQ(peer->Count(L2tpMessageType::ICRP), 1U);
    EXPECT_EQ(peer->Last(L2tpMessageType::ICRP).header.GetSessionId(), PEER_SESSION);
}

// Section 4.1, from the first datagram on: an AVP that nobody knows, in each message of the peer's.
// RFC 2661: 4.1-03, 4.1-04, 4.1-05, 4.1-06
TEST_F(L2tpEndpointTest, UnknownAvpInEveryMessage)
{
    const std::vector<uint8_t> value{1, 2, 3};
    const auto with = [&value](L2tpControlMessage message, uint16_t flags) {
        return message.AddRaw({flags, 0, 77, value});
    };
    const L2tpResultCode unknown =
        L2tpResultCode::GeneralError(L2tpErrorCode::UNKNOWN_MANDATORY_AVP, "AVP 77");
    constexpr uint16_t OPTIONAL = 0;
    constexpr uint16_t MANDATORY = L2tpAvp::FLAG_MANDATORY;
    const auto sccrq = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL);
    peer->Send(0, 0, 0, 0, with(L2tpTestPeer::Start(L2tpMessageType::SCCRQ, 76), MANDATORY));
    Wait();
    EXPECT_EQ(CodeOf(L2tpMessageType::STOPCCN), unknown);
    EXPECT_EQ(Lns()->GetNTunnels(), 0U);
    peer->received.clear();

    Say(with(sccrq, OPTIONAL));
    ASSERT_EQ(Lns()->GetNTunnels(), 1U);
    tunnelId =
        peer->Last(L2tpMessageType::SCCRP).message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
    Say(with(L2tpControlMessage(L2tpMessageType::SCCCN), OPTIONAL));
    Say(with(Icrq(), OPTIONAL));
    sessionId =
        peer->Last(L2tpMessageType::ICRP).message.Get(L2tpAvps::ASSIGNED_SESSION_ID).value_or(0);
    Say(with(Iccn(), OPTIONAL), sessionId);
    EXPECT_EQ(Lns()->GetStatistics().sessionsEstablished, 1U);
    Say(with(L2tpControlMessage(L2tpMessageType::HELLO), OPTIONAL));
    L2tpControlMessage wen(L2tpMessageType::WEN);
    wen.Add(L2tpAvps::CALL_ERRORS, L2tpCallErrors{1, 2, 3, 4, 5, 6});
    Say(with(wen, OPTIONAL), sessionId);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    std::vector<Ptr<L2tpCall>> calls;
    for (const auto& tunnel : Lns()->GetTunnels())
    {
        // The one that was refused lingers, without a call.
        const auto more = tunnel->GetCalls();
        calls.insert(calls.end(), more.begin(), more.end());
    }
    ASSERT_EQ(calls.size(), 1U);
    EXPECT_EQ(calls[0]->GetCallErrors(), (L2tpCallErrors{1, 2, 3, 4, 5, 6}));

    Say(with(wen, MANDATORY), sessionId);
    EXPECT_EQ(CodeOf(L2tpMessageType::CDN), unknown);
    EXPECT_EQ(Lns()->GetNCalls(), 0U);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U) << "the session only";
    Call(89);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    Say(with(L2tpControlMessage(L2tpMessageType::HELLO), MANDATORY));
    EXPECT_EQ(CodeOf(L2tpMessageType::STOPCCN), unknown);
    EXPECT_EQ(Lns()->GetNTunnels(), 0U);
    EXPECT_EQ(Lns()->GetNCalls(), 0U) << "and all sessions within";
}

// Section 6.1, from the first datagram on: with each AVP that an SCCRQ may have, with all of them
// and with none, both ends take it.
// RFC 2661: 6.1-02
TEST_F(L2tpEndpointTest, TakesWhateverAnSccrqMayHave)
{
    for (const bool toLac : {false, true})
    {
        SCOPED_TRACE(toLac);
        peer.reset();
        end = nullptr;
        Clear();
        Build(3);
        vpn->SetLacAttribute("AcceptTunnels", BooleanValue(true));
        vpn->SetLacAttribute("SharedSecret", StringValue("secret"));
        vpn->SetLnsAttribute("SharedSecret", StringValue("secret"));
        if (toLac)
        {
            TalkToLac();
            // Not he whom it dials itself, which might make a tie.
            const L2tpUdpAddress lac{net->GetHostAddress(0), L2TP_UDP_PORT};
            peer = std::make_unique<L2tpTestPeer>(net->hosts.Get(2), L2TP_UDP_PORT, lac);
        }
        else
        {
            TalkToLns();
        }
        for (const L2tpControlMessage& sccrq : AllowedSccrqs(100))
        {
            const auto id = sccrq.Get(L2tpAvps::ASSIGNED_TUNNEL_ID);
            SCOPED_TRACE(*id);
            peer->Send(0, 0, 0, 0, sccrq);
            RunUntil(Simulator::Now() + MilliSeconds(30));
            EXPECT_EQ(peer->Last(L2tpMessageType::SCCRP).header.GetTunnelId(), id);
        }
        EXPECT_EQ(end->GetStatistics().avpsIgnored, 0U);
    }
}

// Section 7.1: a malformed AVP that is ignored is "logged" as a local error.
// RFC 2661: 7.1-08
TEST_F(L2tpEndpointTest, LogsThatItIgnoresAMalformedAvp)
{
    OpenTunnel();
    Call();
    std::ostringstream log;
    std::streambuf* const before = std::clog.rdbuf(log.rdbuf());
    LogComponentEnable("L2tpEndpointEvents", LOG_LEVEL_WARN);
    const std::vector<uint8_t> two{1, 2};
    Say(Iccn().AddRaw({0, 0, L2tpAvps::RX_CONNECT_SPEED.type, two}), sessionId);
    LogComponentDisable("L2tpEndpointEvents", LOG_LEVEL_WARN);
    std::clog.rdbuf(before);
    EXPECT_EQ(Lns()->GetStatistics().sessionsEstablished, 1U);
    EXPECT_EQ(Lns()->GetStatistics().avpsIgnored, 1U);
#ifdef NS3_LOG_ENABLE
    EXPECT_EQ(log.str(),
              "tunnel " + std::to_string(tunnelId) + ": ignores AVP 38: Rx Connect Speed\n");
#endif
}

TEST_F(L2tpEndpointTest, LetsASetUpTakeAnyTime)
{
    Lns()->Stop();
    Lns()->SetAttribute("SetupTimeout", TimeValue(Seconds(0)));
    Lns()->Start();
    OpenTunnel();
    Call();
    // The peer acknowledges, and says no more.
    peer->Send(Lns()->GetTunnels().at(0)->GetLocalId(), 0, 3, 2);
    RunUntil(Seconds(61));
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
}

// RFC 2661: 4.3-01, 4.4.3-16, 5.1.1-03, 9.1-01
TEST_F(L2tpEndpointDeathTest, NamesTheAttributeThatIsWrong)
{
    Lns()->Stop();
    auto other = Socket::CreateSocket(net->lns, UdpSocketFactory::GetTypeId());
    other->Bind(InetSocketAddress(Ipv4Address::GetAny(), 1701));
    EXPECT_DEATH(Lns()->Start(), "L2tpEndpoint::LocalPort 1701 is taken on node .*choose another");
    Lns()->SetAttribute("HostName", StringValue(""));
    EXPECT_DEATH(Lns()->Start(), "L2tpEndpoint::HostName has 0 octets: give it 1 to 1017");
    Lns()->SetAttribute("HostName", StringValue("lns"));
    Lns()->SetAttribute("HideAvps", BooleanValue(true));
    Lns()->SetPeerSecret("somebody", "secret"); // which is no secret with anybody else
    EXPECT_DEATH(Lns()->Start(), "L2tpEndpoint::HideAvps is set and SharedSecret is empty");
    Lns()->SetAttribute("HideAvps", BooleanValue(false));
    Lns()->SetAttribute("ChallengePeer", BooleanValue(true));
    EXPECT_DEATH(Lns()->Start(), "L2tpEndpoint::ChallengePeer is set and SharedSecret is empty");
}
