/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What a LAC does with its tunnels and calls (RFC 2661, sections 5, 7.2.1, 7.4.1 and 8.1).

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/uinteger.h"

using namespace ns3;

namespace
{

/// A call placed by hand.
struct PlacedCall
{
    Ptr<L2tpCall> call;      //!< the call
    uint32_t established{0}; //!< how often it was said to be established
    uint32_t cleared{0};     //!< how often it was said to be cleared

    /// Place it. @param lac by whom @param lns to whom
    void Place(Ptr<L2tpLac> lac, Ipv4Address lns)
    {
        call =
            lac->PlaceCall({lns, L2TP_UDP_PORT},
                           L2tpCallParameters(),
                           Callback<void, Ptr<L2tpCall>>([this](Ptr<L2tpCall>) { ++established; }),
                           Callback<void, Ptr<L2tpCall>>([this](Ptr<L2tpCall>) { ++cleared; }));
    }
};

class L2tpLacTest : public L2tpNetworkTest
{
  protected:
    /// Build the network with two hosts, the first of them with a client that dials the second.
    void BuildDiallingHost1()
    {
        Build(2);
        vpn->SetLnsAddress(net->GetHostAddress(1));
        tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
        tunnels.Start(Seconds(1));
    }

    /// Count datagrams that were dropped for a reason. @param reason the reason
    uint64_t Dropped(L2tpDropReason reason) const
    {
        return Lac()->GetStatistics().controlDropped[static_cast<std::size_t>(reason)];
    }

    /// The LAC's only tunnel.
    Ptr<L2tpTunnel> Tunnel() const
    {
        EXPECT_EQ(Lac()->GetNTunnelsHeld(), 1U);
        return Lac()->GetTunnels().at(0);
    }
};

using L2tpLacDeathTest = L2tpLacTest;

} // namespace

TEST_F(L2tpLacTest, RefusesTheSccrqOfAnotherLac)
{
    // Two LACs that dial each other (section 4.4.2): StopCCN, Result Code 4.
    Build(2);
    vpn->SetLnsAddress(net->GetHostAddress(1));
    tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
    vpn->SetLnsAddress(net->GetHostAddress(0));
    const auto other = vpn->Install(NodeContainer(net->hosts.Get(1)), net->lns);
    RunUntil(Seconds(1));
    for (const auto& lac : {Lac(), other.GetLac(0)})
    {
        EXPECT_EQ(lac->GetNTunnels(), 0U);
        EXPECT_EQ(lac->GetStatistics().tunnelsEstablished, 0U);
        // Its own, refused, and the other's, which it refused.
        ASSERT_EQ(lac->GetNTunnelsHeld(), 2U);
        for (const auto& tunnel : lac->GetTunnels())
        {
            const bool own = tunnel->GetPeerHostName().empty();
            EXPECT_EQ(tunnel->GetClearReason(),
                      std::string(own ? "Receive StopCCN" : "Receive SCCRQ, not acceptable") +
                          ": 4 requester is not authorized to establish a control channel");
        }
    }
    RunOut();
    ExpectNothingLeft();
    EXPECT_EQ(other.GetLac(0)->GetNTunnelsHeld(), 0U);
}

// RFC 2661: 8.1-01
TEST_F(L2tpLacTest, FollowsAnSccrpFromAnotherPortAndNothingAfterIt)
{
    // Section 8.1: the reply may come from another port, which is static from then on.
    BuildDiallingHost1();
    const L2tpUdpAddress lac{net->GetHostAddress(0), L2TP_UDP_PORT};
    L2tpTestPeer listener(net->hosts.Get(1), L2TP_UDP_PORT, lac);
    L2tpTestPeer replier(net->hosts.Get(1), 4711, lac);
    RunUntil(Seconds(1) + MilliSeconds(100));
    const auto id =
        listener.Last(L2tpMessageType::SCCRQ).message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
    L2tpControlMessage stop(L2tpMessageType::STOPCCN);
    stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(77));
    stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    // What is no reply does not move the tunnel.
    replier.Send(id, 0, 0, 1, L2tpControlMessage(L2tpMessageType::HELLO));
    RunUntil(Seconds(1) + MilliSeconds(200));
    EXPECT_EQ(Dropped(L2tpDropReason::WRONG_SOURCE), 1U);

    replier.Send(id, 0, 0, 1, L2tpTestPeer::Start(L2tpMessageType::SCCRP, 77));
    RunUntil(Seconds(1) + MilliSeconds(300));
    EXPECT_EQ(Lac()->GetStatistics().tunnelsEstablished, 1U);
    EXPECT_EQ(replier.Count(L2tpMessageType::SCCCN), 1U);
    EXPECT_EQ(listener.Count(L2tpMessageType::SCCCN), 0U);

    listener.Send(id, 0, 1, 3, stop);
    listener.Send(id, 0, 0, 1, L2tpTestPeer::Start(L2tpMessageType::SCCRP, 78));
    RunUntil(Seconds(1) + MilliSeconds(400));
    EXPECT_EQ(Dropped(L2tpDropReason::WRONG_SOURCE), 3U);
    EXPECT_EQ(Lac()->GetNTunnels(), 1U);
    replier.Send(id, 0, 1, 3, stop);
    RunUntil(Seconds(2));
    EXPECT_EQ(Lac()->GetNTunnels(), 0U);
}

// Section 8.1: once both ports are established nothing moves the tunnel any more, not even what is
// an SCCRP, in its turn, from the port that the peer might have chosen.
// RFC 2661: 8.1-01
TEST_F(L2tpLacTest, AnEstablishedTunnelFollowsNobody)
{
    BuildDiallingHost1();
    const L2tpUdpAddress lac{net->GetHostAddress(0), L2TP_UDP_PORT};
    L2tpTestPeer peer(net->hosts.Get(1), L2TP_UDP_PORT, lac);
    L2tpTestPeer stranger(net->hosts.Get(1), 4711, lac);
    RunUntil(Seconds(1) + MilliSeconds(100));
    const auto id =
        peer.Last(L2tpMessageType::SCCRQ).message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
    peer.Send(id, 0, 0, 1, L2tpTestPeer::Start(L2tpMessageType::SCCRP, 77));
    RunUntil(Seconds(1) + MilliSeconds(200));
    ASSERT_EQ(Lac()->GetStatistics().tunnelsEstablished, 1U);
    L2tpControlMessage stop(L2tpMessageType::STOPCCN);
    stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(77));
    stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    uint64_t sent = 0;
    for (const uint16_t nr : {1, 2, 3})
    {
        for (const auto& message : {L2tpTestPeer::Start(L2tpMessageType::SCCRP, 77),
                                    L2tpControlMessage(L2tpMessageType::HELLO),
                                    L2tpControlMessage(),
                                    stop})
        {
            stranger.Send(id, 0, 1, nr, message);
            RunUntil(Simulator::Now() + MilliSeconds(20));
            EXPECT_EQ(Dropped(L2tpDropReason::WRONG_SOURCE), ++sent);
        }
    }
    EXPECT_TRUE(stranger.received.empty());
    EXPECT_EQ(Lac()->GetNTunnels(), 1U);
    // It goes on with whom it began, and from where.
    peer.received.clear();
    peer.Send(id, 0, 1, 2);
    RunUntil(Simulator::Now() + Seconds(4));
    EXPECT_GE(peer.Count(L2tpMessageType::ICRQ), 1U);
    for (const auto& datagram : peer.received)
    {
        EXPECT_EQ(datagram.from, lac);
    }
    EXPECT_TRUE(stranger.received.empty());
    EXPECT_EQ(Tunnel()->GetPath()->GetPeer().port, L2TP_UDP_PORT);
}

// Section 4.4.4: "progressively increasing values", as they are on the wire.
// RFC 2661: 4.4.4-06
TEST_F(L2tpLacTest, CallSerialNumbersIncrease)
{
    Build();
    std::vector<uint32_t> numbers;
    net->internet->watch = [&numbers](const L2tpTestDatagram& datagram) {
        if (datagram.Is(L2tpMessageType::ICRQ))
        {
            numbers.push_back(datagram.message.Get(L2tpAvps::CALL_SERIAL_NUMBER).value_or(0));
        }
    };
    Install();
    RunUntil(Seconds(1));
    std::vector<PlacedCall> calls(5);
    for (PlacedCall& placed : calls)
    {
        placed.Place(Lac(), net->lnsAddress);
        RunUntil(Simulator::Now() + MilliSeconds(100));
    }
    ASSERT_EQ(numbers.size(), 6U) << "the client's, and these";
    for (std::size_t n = 1; n < numbers.size(); ++n)
    {
        EXPECT_GT(numbers[n], numbers[n - 1]);
    }
}

// Section 7.2.1: "If the version is earlier and not supported, a StopCCN MUST be sent to the peer".
// RFC 2661: 7.2.1-02
TEST_F(L2tpLacTest, ClosesATunnelToAnEarlierVersion)
{
    BuildDiallingHost1();
    L2tpTestPeer peer(net->hosts.Get(1), L2TP_UDP_PORT, {net->GetHostAddress(0), L2TP_UDP_PORT});
    RunUntil(Seconds(1) + MilliSeconds(100));
    const auto id =
        peer.Last(L2tpMessageType::SCCRQ).message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
    L2tpControlMessage reply(L2tpMessageType::SCCRP);
    reply.Add(L2tpAvps::PROTOCOL_VERSION, uint16_t(0x0001)); // Ver 0, Rev 1
    reply.Add(L2tpAvps::FRAMING_CAPABILITIES, uint32_t(3));
    reply.Add(L2tpAvps::HOST_NAME, std::string("peer"));
    reply.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(77));
    peer.Send(id, 0, 0, 1, reply);
    RunUntil(Seconds(1) + MilliSeconds(200));
    const auto code = peer.Last(L2tpMessageType::STOPCCN).message.Get(L2tpAvps::RESULT_CODE);
    ASSERT_TRUE(code);
    EXPECT_EQ(code->result, static_cast<uint16_t>(L2tpStopResult::VERSION_NOT_SUPPORTED));
    EXPECT_EQ(peer.Count(L2tpMessageType::SCCCN), 0U);
    EXPECT_EQ(Lac()->GetNTunnels(), 0U);
}

// RFC 2661: 5.6-01
TEST_F(L2tpLacTest, SharesATunnelBetweenTheCallsToAnLns)
{
    Build();
    Install();
    const auto second = vpn->Install(net->hosts, net->lns);
    ASSERT_EQ(second.GetLac(0), Lac());
    ASSERT_EQ(second.GetLns(), Lns());
    RunUntil(Seconds(1));
    EXPECT_EQ(Lac()->GetNTunnels(), 1U);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    EXPECT_EQ(Tunnel()->GetNCalls(), 2U);
    EXPECT_NE(Client()->GetAddress(), second.GetClientAddress(0));
    EXPECT_NE(second.GetClientAddress(0), Ipv4Address::GetAny());
    // The tunnel stays until its last call is cleared.
    Client()->HangUp();
    RunUntil(Seconds(2));
    EXPECT_EQ(Lac()->GetNTunnels(), 1U);
    EXPECT_EQ(Lac()->GetNCalls(), 1U);
    second.GetClient(0)->HangUp();
    RunUntil(Seconds(3));
    EXPECT_EQ(Lac()->GetNTunnels(), 0U);
    RunOut();
    ExpectNothingLeft();
}

TEST_F(L2tpLacTest, HasATunnelForEachCallIfItDoesNotShare)
{
    Build();
    vpn->SetLacAttribute("ShareTunnel", BooleanValue(false));
    Install();
    const auto second = vpn->Install(net->hosts, net->lns);
    RunUntil(Seconds(1));
    EXPECT_EQ(Lac()->GetNTunnels(), 2U);
    EXPECT_EQ(Lns()->GetNTunnels(), 2U);
    EXPECT_TRUE(second.GetClient(0)->IsUp());
    // The default route is that of the client that was up last.
    L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
    probe.Send();
    RunUntil(Seconds(2));
    EXPECT_EQ(net->served[second.GetClientAddress(0)], 1U);
    EXPECT_EQ(probe.echoed, 1U);
    Client()->HangUp();
    RunUntil(Seconds(3));
    EXPECT_EQ(Lac()->GetNTunnels(), 1U);
    EXPECT_TRUE(second.GetClient(0)->IsUp());
}

TEST_F(L2tpLacTest, KeepsATunnelWithoutCallsIfToldSo)
{
    Build();
    vpn->SetLacAttribute("KeepTunnel", BooleanValue(true));
    Install();
    RunUntil(Seconds(1));
    Client()->HangUp();
    RunUntil(Seconds(2));
    EXPECT_EQ(Lac()->GetNCalls(), 0U);
    const uint16_t id = Tunnel()->GetLocalId();
    Client()->Dial();
    RunUntil(Seconds(3));
    EXPECT_EQ(Tunnel()->GetLocalId(), id);
    EXPECT_EQ(Lac()->GetStatistics().tunnelsEstablished, 1U);
    ExpectTraffic();
}

// Nobody needs to be told of a call, nor of its end by either end or by a crash.
TEST_F(L2tpLacTest, PlacesCallsForNobody)
{
    Build();
    Install();
    RunUntil(Seconds(1));
    const L2tpCaller::CallCallback nobody;
    const auto place = [&]() {
        const Ptr<L2tpCall> call = Lac()->PlaceCall({net->lnsAddress, L2TP_UDP_PORT},
                                                    L2tpCallParameters(),
                                                    nobody,
                                                    nobody);
        RunUntil(Simulator::Now() + MilliSeconds(200));
        return call;
    };
    const auto call = place();
    EXPECT_TRUE(call->GetSession()->IsUp());
    call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    EXPECT_TRUE(place()->GetSession()->IsUp());
    Lac()->Crash();
    EXPECT_EQ(Lac()->GetNCalls(), 0U);
}

// Section 4.4.5: no LAC sends a Proxy Authen Type without the AVPs that it needs.
// RFC 2661: 4.4.5-06, 4.4.5-08, 4.4.5-10, 4.4.5-11, 4.4.5-13
TEST_F(L2tpLacDeathTest, NamesTheProxyAvpThatIsMissing)
{
    Build();
    Install();
    RunUntil(Seconds(1));
    const L2tpProxyState whole{{}, {}, {}, 0, "alice", "challenge", 1, "response"};
    const auto place = [this](const L2tpProxyState& proxy) {
        L2tpCallParameters parameters;
        parameters.proxy = proxy;
        const L2tpCaller::CallCallback nobody;
        Lac()->PlaceCall({net->lnsAddress, L2TP_UDP_PORT}, parameters, nobody, nobody);
    };
    for (const uint16_t type : {1, 2, 3, 5})
    {
        SCOPED_TRACE(type);
        L2tpProxyState proxy = whole;
        proxy.authenType = type;
        place(proxy);
        proxy.authenName.reset();
        EXPECT_DEATH(place(proxy),
                     "L2tpCallParameters::proxy would make an ICCN without the AVP Proxy Authen "
                     "Name: give all that its authenType needs");
        proxy = whole;
        proxy.authenType = type;
        proxy.authenResponse.reset();
        EXPECT_DEATH(place(proxy), "ICCN without the AVP Proxy Authen Response");
        // Section 4.4.5: a password needs no challenge; one that PAP did not carry needs no ID.
        proxy = whole;
        proxy.authenType = type;
        proxy.authenChallenge.reset();
        if (type == 1 || type == 3)
        {
            place(proxy);
        }
        else
        {
            EXPECT_DEATH(place(proxy), "ICCN without the AVP Proxy Authen Challenge");
        }
        proxy = whole;
        proxy.authenType = type;
        proxy.authenId.reset();
        if (type == 1)
        {
            place(proxy);
        }
        else
        {
            EXPECT_DEATH(place(proxy), "ICCN without the AVP Proxy Authen ID");
        }
    }
    L2tpProxyState proxy = whole;
    proxy.authenId = 256;
    EXPECT_DEATH(place(proxy), "ICCN with a value that is too great for the AVP Proxy Authen ID");
}

// RFC 2661: 4.4.4-06, 7.2.1-03
TEST_F(L2tpLacTest, TellsOfEachCallOnce)
{
    Build();
    Install();
    PlacedCall early;
    early.Place(Lac(), net->lnsAddress);
    EXPECT_FALSE(early.call) << "before the LAC runs";
    RunUntil(Seconds(1));
    PlacedCall good;
    PlacedCall bad;
    good.Place(Lac(), net->lnsAddress);
    bad.Place(Lac(), "10.2.0.77");
    EXPECT_GT(bad.call->GetParameters().serialNumber, good.call->GetParameters().serialNumber);
    RunUntil(Seconds(2));
    EXPECT_EQ(good.established, 1U);
    EXPECT_EQ(good.cleared, 0U);
    // Section 5.8: sent at 0, 1, 3, 7, 15 and 23 s, and given up at 31 s.
    RunUntil(Seconds(32) - NanoSeconds(1));
    EXPECT_EQ(bad.cleared, 0U);
    RunUntil(Seconds(32) + NanoSeconds(1));
    EXPECT_EQ(bad.established, 0U);
    EXPECT_EQ(bad.cleared, 1U);
    EXPECT_EQ(Lac()->GetStatistics().controlRetransmitted, 5U);
    Lac()->Stop();
    EXPECT_EQ(good.cleared, 1U);
    RunUntil(Seconds(33));
    EXPECT_EQ(Lns()->GetNCalls(), 0U);
    EXPECT_EQ(Lns()->GetNTunnels(), 0U) << "told by a StopCCN";
}

TEST_F(L2tpLacTest, LimitsItsTunnels)
{
    Build();
    vpn->SetLacAttribute("MaxTunnels", UintegerValue(1));
    Install();
    RunUntil(Seconds(1));
    PlacedCall other;
    other.Place(Lac(), "10.2.0.77");
    EXPECT_FALSE(other.call);
    Client()->HangUp();
    RunUntil(Seconds(33)); // lingering tunnels count
    other.Place(Lac(), "10.2.0.77");
    EXPECT_TRUE(other.call);
}

TEST_F(L2tpLacTest, SharesANodeWithAnLnsOnAnotherPort)
{
    // The LNS's node dials an LNS on the server, while it has clients of its own.
    Build();
    Install();
    L2tpVoluntaryHelper upstream;
    upstream.SetAddressPool("10.9.0.0", "255.255.255.0");
    upstream.SetCredentials("lns", "queen");
    upstream.SetLnsAddress(net->serverAddress);
    upstream.SetLacAttribute("LocalPort", UintegerValue(0));
    upstream.AddPrefix("10.99.0.0", "255.255.0.0");
    const auto nested = upstream.Install(NodeContainer(net->lns), net->server);
    RunUntil(Seconds(1));
    EXPECT_EQ(nested.GetClientAddress(0), Ipv4Address("10.9.0.2"));
    EXPECT_NE(nested.GetLac(0)->GetPort(), Lns()->GetPort());
    ExpectTraffic();
}

TEST_F(L2tpLacTest, PlacesACallWhenItHearsThatTheTunnelIsCleared)
{
    Build();
    Install();
    RunUntil(Seconds(1));
    PlacedCall next;
    Lac()->TraceConnectWithoutContext(
        "TunnelState",
        Callback<void, Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent>(
            [&](Ptr<const L2tpTunnel> tunnel, L2tpTunnelState, L2tpTunnelEvent) {
                if (tunnel->GetState() == L2tpTunnelState::IDLE && !next.call)
                {
                    next.Place(Lac(), net->lnsAddress);
                }
            }));
    Client()->HangUp();
    RunUntil(Seconds(2));
    ASSERT_TRUE(next.call);
    EXPECT_EQ(next.established, 1U);
    EXPECT_EQ(Lac()->GetStatistics().tunnelsEstablished, 2U);
}
