/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What an endpoint does when it has no room: for calls, addresses and messages. (MaxTunnels:
// l2tp-endpoint-test.cc.) RFC 2661, sections 4.4.2 and 5.8.

#include "l2tp-scripted-peer.h"

#include "ns3/uinteger.h"

using namespace ns3;

namespace
{

class L2tpLimitsTest : public L2tpScriptedPeerTest
{
  protected:
    /// Let the LNS start anew with another value. @param name the attribute @param value its value
    void Limit(const char* name, uint32_t value)
    {
        Lns()->Stop();
        Lns()->SetAttribute(name, UintegerValue(value));
        Lns()->Start();
    }

    /// Ask for a call. @param id its ID at the peer @return whether it is accepted
    bool Asks(uint16_t id)
    {
        const std::size_t before = peer->Count(L2tpMessageType::ICRP);
        Say(Icrq(id));
        return peer->Count(L2tpMessageType::ICRP) > before;
    }

    /// Expect that the last CDN refuses a call. @param id its ID at the peer @param why in words
    void ExpectRefusal(uint16_t id, const std::string& why)
    {
        EXPECT_EQ(peer->Last(L2tpMessageType::CDN).header.GetSessionId(), id);
        EXPECT_EQ(peer->Last(L2tpMessageType::CDN).header.GetNr(), ns) << "acknowledges the ICRQ";
        EXPECT_EQ(CodeOf(L2tpMessageType::CDN),
                  L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY, why));
    }
};

using L2tpLimitsDeathTest = L2tpLimitsTest;

} // namespace

// Section 4.4.2: "Call failed due to lack of appropriate facilities being available (temporary
// condition)". Error codes are "not specific to any particular L2TP request". Section 5.8: what
// can't be honoured is acknowledged all the same, and answered with an error.
// RFC 2661: 5.8-14
TEST_F(L2tpLimitsTest, OneCallMoreThanMaxSessionsPerTunnel)
{
    TalkToLns();
    Limit("MaxSessionsPerTunnel", 2);
    OpenTunnel();
    EXPECT_TRUE(Asks(88));
    EXPECT_TRUE(Asks(89));
    EXPECT_FALSE(Asks(90));
    ExpectRefusal(90, "all sessions of the tunnel are taken");
    EXPECT_EQ(Lns()->GetNCalls(), 2U);
    EXPECT_EQ(Lns()->GetTunnels().at(0)->GetNCalls(), 2U);
    EXPECT_EQ(Lns()->GetStatistics().sessionsFailed, 1U) << "a refused call has failed";
    // It is temporary: there is room again when a call is cleared.
    L2tpControlMessage cdn(L2tpMessageType::CDN);
    cdn.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    cdn.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(88));
    Say(cdn);
    EXPECT_TRUE(Asks(91));
}

// RFC 2661: 5.8-14
TEST_F(L2tpLimitsTest, OneCallMoreThanMaxSessionsInAllTunnels)
{
    TalkToLns();
    Limit("MaxSessions", 1);
    OpenTunnel();
    EXPECT_TRUE(Asks(88));
    peer = MakePeer(1702);
    tunnelId = ns = 0;
    Say(L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL));
    tunnelId =
        peer->Last(L2tpMessageType::SCCRP).message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
    Say(L2tpControlMessage(L2tpMessageType::SCCCN));
    EXPECT_EQ(Lns()->GetNTunnels(), 2U);
    EXPECT_FALSE(Asks(88));
    ExpectRefusal(88, "all sessions are taken");
    EXPECT_EQ(Lns()->GetNTunnels(), 2U) << "the tunnel has done nothing wrong";
}

TEST_F(L2tpLimitsTest, ALacPlacesNoMoreCallsThanItMay)
{
    for (const char* name : {"MaxSessions", "MaxSessionsPerTunnel"})
    {
        SCOPED_TRACE(name);
        Build();
        vpn->SetLacAttribute(name, UintegerValue(1));
        Install();
        const auto second = vpn->Install(net->hosts, net->lns);
        RunUntil(Seconds(2));
        EXPECT_EQ(Lac()->GetNCalls(), 1U);
        EXPECT_EQ(second.GetClient(0)->GetLastReason(),
                  "the LAC does not run or has no room for a call");
        ExpectTraffic();
        Clear();
    }
}

// The pool may have addresses again later, and another LNS may have them now.
TEST_F(L2tpLimitsTest, AnExhaustedAddressPoolIsALackOfFacilities)
{
    Build(2);
    vpn->SetAddressPool("10.8.0.0", "255.255.255.252"); // the LNS and one more
    std::vector<L2tpResultCode> codes;
    net->internet->watch = [&](const L2tpTestDatagram& datagram) {
        if (datagram.Is(L2tpMessageType::CDN))
        {
            codes.push_back(datagram.message.Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode()));
        }
    };
    Install();
    RunUntil(Seconds(5));
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    ASSERT_FALSE(codes.empty());
    EXPECT_EQ(codes.front(),
              L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY, "PPP: no address"));
}

// Section 5.8: messages out of order "may be discarded requiring a retransmission by the peer".
TEST_F(L2tpLimitsTest, EarlyMessagesBeyondMaxBacklogAreDroppedAndComeAgain)
{
    TalkToLns();
    Limit("MaxBacklog", 4096);
    OpenTunnel();
    const auto longIcrq = [](uint16_t id) {
        return Icrq(id).Add(L2tpAvps::CALLED_NUMBER, std::string(1000, '1'));
    };
    const uint16_t first = ns;
    for (uint16_t n = 1; n <= 5; ++n)
    {
        peer->Send(tunnelId, 0, first + n, Nr(), longIcrq(100 + n));
    }
    Wait();
    EXPECT_EQ(Dropped(L2tpDropReason::NO_RESOURCES), 2U);
    const Ptr<L2tpTunnel> tunnel = Lns()->GetTunnels().at(0);
    EXPECT_GT(tunnel->GetChannel()->GetBacklog(), 3000U);
    EXPECT_LE(tunnel->GetChannel()->GetBacklog(), 4096U);
    // The gap is filled, and what was dropped is sent again.
    peer->Send(tunnelId, 0, first, Nr(), longIcrq(100));
    Wait();
    EXPECT_EQ(Lns()->GetNCalls(), 4U);
    ns = first + 4;
    Say(longIcrq(104));
    Say(longIcrq(105));
    EXPECT_EQ(Lns()->GetNCalls(), 6U);
    EXPECT_EQ(tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
    Acknowledge();
    EXPECT_EQ(tunnel->GetChannel()->GetBacklog(), 0U);
}

// Section 5.8: "A peer MUST NOT withhold acknowledgment of messages as a technique for flow
// controlling": what can be done about answers that pile up is to end the tunnel.
// RFC 2661: 5.8-14
TEST_F(L2tpLimitsTest, APeerThatAcknowledgesNothingIsCutOffAtMaxBacklog)
{
    TalkToLns();
    Limit("MaxBacklog", 4096);
    OpenTunnel();
    const Ptr<L2tpTunnel> tunnel = Lns()->GetTunnels().at(0);
    std::size_t most = 0;
    const uint16_t nr = Nr();
    uint16_t asked = 0;
    while (tunnel->GetState() == L2tpTunnelState::ESTABLISHED && asked < 1000)
    {
        ++asked;
        peer->Send(tunnelId, 0, ns++, nr, Icrq(asked));
        RunUntil(Simulator::Now() + MilliSeconds(10));
        most = std::max(most, tunnel->GetChannel()->GetBacklog());
    }
    EXPECT_GT(asked, 100U);
    EXPECT_LT(asked, 1000U);
    EXPECT_LE(most, 4096U + 100U) << "the StopCCN comes on top";
    EXPECT_EQ(Dropped(L2tpDropReason::NO_RESOURCES), 1U);
    EXPECT_EQ(Lns()->GetNCalls(), 0U);
    EXPECT_EQ(tunnel->GetClearReason(),
              "Admin Tunnel Close: 2/4 general error: insufficient resources (too many messages "
              "wait to be acknowledged)");
    // It is told, once it acknowledges what it has been sent.
    peer->Send(tunnelId, 0, ns, Nr());
    RunUntil(Simulator::Now() + Seconds(10));
    EXPECT_EQ(CodeOf(L2tpMessageType::STOPCCN).error, uint16_t(L2tpErrorCode::NO_RESOURCES));
}

// What one tunnel keeps is no other's concern.
TEST_F(L2tpLimitsTest, BacklogIsGivenBack)
{
    TalkToLns();
    OpenTunnel();
    const Ptr<L2tpControlChannel> channel = Lns()->GetTunnels().at(0)->GetChannel();
    for (uint16_t n = 1; n <= 5; ++n)
    {
        peer->Send(tunnelId, 0, ns + n, Nr(), Icrq(100 + n));
    }
    Wait();
    EXPECT_GT(channel->GetBacklog(), 0U);
    Say(StopCcn());
    EXPECT_EQ(channel->GetBacklog(), 0U);
}

// Section 5.8: "A value of 0 for the Receive Window Size AVP is invalid."
TEST_F(L2tpLimitsDeathTest, AReceiveWindowOfZeroIsNoConfiguration)
{
    TalkToLns();
    EXPECT_DEATH(Limit("ReceiveWindowSize", 0),
                 "L2tpEndpoint::ReceiveWindowSize is 0, .*section 5.8.*give it 1 or more");
}
