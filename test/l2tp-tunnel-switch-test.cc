/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Tunnel switches in a row: what passes, what is changed on the way, and what is refused (RFC 2661,
// section 2.0; sections 4.4.4 and 4.4.5 for the AVPs).

#include "l2tp-multihop-fixture.h"

#include "ns3/boolean.h"
#include "ns3/random-variable-stream.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

using namespace ns3;

namespace
{

using Kind = L2tpTunnelChoice::Kind;

/// Nobody is to be told.
const Callback<void, Ptr<L2tpCall>> NOBODY = // NOLINT(cert-err58-cpp)
    Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {});

/// A test with some number of switches.
class L2tpTunnelSwitchTest : public L2tpMultihopTest
{
  protected:
    /// Note the frames of data messages on a link, by who sends them. @param channel the link
    /// @param lowerAddress of its two ends, the one towards the host @param up receives those of it
    /// @param down receives those of the other end
    static void WatchFrames(L2tpTestChannel& channel,
                            Ipv4Address lowerAddress,
                            std::vector<std::vector<uint8_t>>& up,
                            std::vector<std::vector<uint8_t>>& down)
    {
        const auto before = channel.watch;
        channel.watch = [before, lowerAddress, &up, &down](const L2tpTestDatagram& datagram) {
            before(datagram);
            if (!datagram.IsControl())
            {
                auto& frames = datagram.from.address == L2tpIpAddress(lowerAddress) ? up : down;
                frames.emplace_back(datagram.octets.begin() + datagram.header.GetSerializedSize(),
                                    datagram.octets.end());
            }
        };
    }

    /// A peer. @param address its address
    static L2tpTunnelPeer PeerAt(Ipv4Address address)
    {
        L2tpTunnelPeer peer;
        peer.server = {L2tpIpAddress(address), L2TP_UDP_PORT};
        return peer;
    }

    /// Install one switch, on host 1, that has one answer. @param choice the answer
    void BuildOne(const L2tpTunnelChoice& choice)
    {
        BuildNodes(1);
        auto table = CreateObject<L2tpTunnelTable>();
        table->SetDefault(choice);
        InstallTable(1, table);
        InstallCaller(net->GetHostAddress(1));
    }

    /// Install a switch with a table. @param host on which host @param table its table
    void InstallTable(uint32_t host, Ptr<L2tpTunnelSelector> table)
    {
        row.Add(hops.InstallSwitch(net->hosts.Get(host), table), net->GetHostAddress(host));
        Watch(row.GetSwitch(row.GetN() - 1));
        L2tpMultihopHelper::AssignStreams(row, 2000);
    }

    /// Expect that the client's call is cleared by a CDN. @param words what that says
    void ExpectRefused(const std::string& words)
    {
        RunUntil(Seconds(100));
        EXPECT_FALSE(Client()->IsUp());
        EXPECT_NE(Client()->GetLastReason().find(words), std::string::npos)
            << Client()->GetLastReason();
        RunOut();
        ExpectNothingLeftAnywhere();
    }
};

/// The same with 1, 2 and 4 switches.
class L2tpRowOfSwitchesTest : public L2tpTunnelSwitchTest,
                              public ::testing::WithParamInterface<uint32_t>
{
};

INSTANTIATE_TEST_SUITE_P(Rows, L2tpRowOfSwitchesTest, ::testing::Values(1, 2, 4));

} // namespace

TEST_P(L2tpRowOfSwitchesTest, ACallComesUpAndFramesPassAsTheyAre)
{
    BuildRow(GetParam());
    std::vector<std::vector<uint8_t>> upFirst;
    std::vector<std::vector<uint8_t>> downFirst;
    std::vector<std::vector<uint8_t>> upLast;
    std::vector<std::vector<uint8_t>> downLast;
    WatchFrames(*net->access[0], net->GetHostAddress(0), upFirst, downFirst);
    WatchFrames(*net->internet, net->GetHostAddress(GetParam()), upLast, downLast);
    RunUntil(Seconds(2));
    ASSERT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
    L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
    for (const uint32_t size : {1U, 100U, 1400U})
    {
        probe.Send(size);
        probe.Ping(size);
    }
    RunUntil(Seconds(3));
    EXPECT_EQ(probe.echoed, 3U);
    EXPECT_EQ(probe.pinged, 3U);
    // PPP's own frames, three datagrams, three pings.
    EXPECT_GT(upFirst.size(), 10U);
    EXPECT_GT(downFirst.size(), 10U);
    EXPECT_EQ(upFirst, upLast);
    EXPECT_EQ(downFirst, downLast);
    for (uint32_t i = 0; i < row.GetN(); ++i)
    {
        SCOPED_TRACE(i);
        ASSERT_EQ(row.GetSwitch(i)->GetNCalls(), 1U);
        const auto call = row.GetSwitch(i)->GetCalls().at(0);
        EXPECT_EQ(call->GetState(), L2tpSwitchState::JOINED);
        EXPECT_EQ(call->GetOnwardCall(), OnwardCall(i));
        const auto cross = call->GetJoin()->GetCrossConnect();
        const L2tpSwitchStatistics& counted = row.GetSwitch(i)->GetStatistics();
        EXPECT_EQ(cross->GetStatistics(L2CrossConnect::Side::FIRST).frames + counted.framesHeld,
                  upFirst.size());
        EXPECT_EQ(cross->GetStatistics(L2CrossConnect::Side::SECOND).frames, downFirst.size());
        EXPECT_EQ(counted.framesDropped, 0U);
        EXPECT_EQ(counted.arrived, 1U);
        EXPECT_EQ(counted.joined, 1U);
    }
    Client()->HangUp();
    RunOut();
    ExpectNothingLeftAnywhere();
}

// Section 5.8: each control channel repairs what its own hop loses, and data is lost at most once.
TEST_P(L2tpRowOfSwitchesTest, LossOfAFifthOnOneHopIsSurvived)
{
    for (uint32_t run = 1; run <= 5; ++run)
    {
        SCOPED_TRACE(run);
        BuildRow(GetParam());
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(run);
        auto& lossy = run % 2 == 0 ? net->internet : net->access[0];
        lossy->lose = [random](const L2tpTestDatagram&) { return random->GetValue() < 0.2; };
        tunnels.GetClient(0)->SetAttribute("Redial", BooleanValue(true));
        RunUntil(Seconds(120));
        ASSERT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
        L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
        for (uint32_t i = 0; i < 100; ++i)
        {
            probe.Send();
            RunUntil(Simulator::Now() + MilliSeconds(100));
        }
        // 64 % are expected to come back; 45 to 80 would be exceeded once in 10,000 times.
        EXPECT_GE(probe.echoed, 45U);
        EXPECT_LE(probe.echoed, 80U);
        EXPECT_EQ(row.GetSwitch(0)->GetNCalls(), 1U);
        Client()->HangUp();
        RunOut();
        ExpectNothingLeftAnywhere();
        Clear();
        row = L2tpSwitchContainer();
    }
}

// Sections 4.4.4 and 4.4.5: what the ICRQ and ICCN of each hop tell.
TEST_P(L2tpRowOfSwitchesTest, WhatIsToldOfACallGoesOnOrIsChanged)
{
    BuildNodes(GetParam());
    InstallRow();
    vpn->Install(NodeContainer(), net->lns);
    const auto lns = L2tpLnsHelper().Install(net->lns);
    L2tpCallParameters told;
    told.txConnectSpeed = 56000;
    told.rxConnectSpeed = 33600;
    told.framingType = L2tpFraming::ASYNCHRONOUS;
    told.bearerType = L2tpBearer::ANALOG;
    told.calledNumber = "2000";
    told.callingNumber = "3001";
    told.subAddress = "7";
    told.sequencingRequired = true;
    told.physicalChannelId = 99;
    told.privateGroupId = "vpn-7";
    told.proxy.initialReceivedConfReq = "\x01\x04\x05\xdc";
    told.proxy.lastSentConfReq = "\x01\x04\x05\xd0";
    told.proxy.lastReceivedConfReq = "\x01\x04\x05\xdb";
    told.proxy.authenType = L2tpProxyAuthen::PAP;
    told.proxy.authenName = "alice";
    told.proxy.authenId = 5;
    told.proxy.authenResponse = "wonderland";
    auto lac = L2tpLacHelper().Install(net->hosts.Get(0));
    RunUntil(Seconds(1));
    // Serial numbers differ from hop to hop if others have had calls before.
    const L2tpUdpAddress first{L2tpIpAddress(net->GetHostAddress(1)), L2TP_UDP_PORT};
    lac->PlaceCall(first, {}, NOBODY, NOBODY)
        ->Close(L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    lac->PlaceCall(first, told, NOBODY, NOBODY);
    RunUntil(Seconds(1) + MilliSeconds(200));
    ASSERT_EQ(lns->GetNCalls(), 1U);
    const L2tpCallParameters heard = lns->GetTunnels().at(0)->GetCalls().at(0)->GetParameters();
    // Passed.
    EXPECT_EQ(heard.txConnectSpeed, told.txConnectSpeed);
    EXPECT_EQ(heard.rxConnectSpeed, told.rxConnectSpeed);
    EXPECT_EQ(heard.framingType, told.framingType);
    EXPECT_EQ(heard.bearerType, told.bearerType);
    EXPECT_EQ(heard.calledNumber, told.calledNumber);
    EXPECT_EQ(heard.callingNumber, told.callingNumber);
    EXPECT_EQ(heard.subAddress, told.subAddress);
    EXPECT_EQ(heard.sequencingRequired, told.sequencingRequired);
    EXPECT_EQ(heard.privateGroupId, told.privateGroupId);
    EXPECT_EQ(heard.proxy.initialReceivedConfReq, told.proxy.initialReceivedConfReq);
    EXPECT_EQ(heard.proxy.lastSentConfReq, told.proxy.lastSentConfReq);
    EXPECT_EQ(heard.proxy.lastReceivedConfReq, told.proxy.lastReceivedConfReq);
    EXPECT_EQ(heard.proxy.authenType, told.proxy.authenType);
    EXPECT_EQ(heard.proxy.authenName, told.proxy.authenName);
    EXPECT_EQ(heard.proxy.authenId, told.proxy.authenId);
    EXPECT_EQ(heard.proxy.authenResponse, told.proxy.authenResponse);
    // Changed.
    EXPECT_EQ(heard.hopCount, GetParam());
    EXPECT_EQ(heard.serialNumber, 1U) << "the last switch's first call";
    EXPECT_EQ(heard.physicalChannelId, IncomingCall(row.GetN() - 1)->GetLocalId());
    // On the wire: no hop count from the LAC, then 1, 2, ... without the M bit (section 4.1).
    ASSERT_EQ(icrqs.size(), GetParam() + 1U);
    for (std::size_t hop = 0; hop < icrqs.size(); ++hop)
    {
        SCOPED_TRACE(hop);
        const auto count = icrqs[hop].message.Get(L2tpAvps::HOP_COUNT);
        EXPECT_EQ(count.value_or(0), hop);
        EXPECT_EQ(count.has_value(), hop > 0);
        EXPECT_EQ(icrqs[hop].message.Get(L2tpAvps::CALL_SERIAL_NUMBER), hop == 0 ? 2U : 1U);
    }
}

// RFC 2868, section 3.6: a group that goes with the choice is told instead.
TEST_F(L2tpTunnelSwitchTest, AChoiceMayHaveAPrivateGroupOfItsOwn)
{
    BuildNodes(1);
    auto peer = PeerAt(net->lnsAddress);
    peer.privateGroupId = "vpn-8";
    auto table = CreateObject<L2tpTunnelTable>();
    table->AddCalledNumber("2000", {Kind::TUNNEL, {peer}, ""});
    InstallTable(1, table);
    InstallCaller(net->GetHostAddress(1));
    RunUntil(Seconds(1)); // the client, who calls no number, is refused
    L2tpCallParameters told;
    told.calledNumber = "2000";
    told.privateGroupId = "vpn-7";
    Lac()->PlaceCall({L2tpIpAddress(net->GetHostAddress(1)), L2TP_UDP_PORT}, told, NOBODY, NOBODY);
    RunUntil(Seconds(2));
    ASSERT_EQ(Lns()->GetNCalls(), 1U);
    EXPECT_EQ(LastCall()->GetParameters().privateGroupId, "vpn-8");
}

// Section 4.4.5: the domain of the Proxy Authen Name.
TEST_F(L2tpTunnelSwitchTest, TheProxyAuthenNameChooses)
{
    BuildNodes(1);
    auto table = CreateObject<L2tpTunnelTable>();
    table->AddDomain("isp.example", {Kind::TUNNEL, {PeerAt(net->lnsAddress)}, ""});
    InstallTable(1, table);
    InstallCaller(net->GetHostAddress(1));
    RunUntil(Seconds(1));
    EXPECT_EQ(cdns,
              std::vector<std::string>{
                  "5/0 lack of appropriate facilities (permanent) (no proxy authentication "
                  "tells whose call it is)"});
    L2tpCallParameters told;
    told.proxy.authenType = L2tpProxyAuthen::PAP;
    told.proxy.authenId = 1;
    told.proxy.authenResponse = "secret";
    for (const auto& [name, nCalls] :
         {std::make_pair("bob@isp.example", 1U), std::make_pair("bob@other.example", 1U)})
    {
        told.proxy.authenName = name;
        Lac()->PlaceCall({L2tpIpAddress(net->GetHostAddress(1)), L2TP_UDP_PORT},
                         told,
                         NOBODY,
                         NOBODY);
        RunUntil(Simulator::Now() + MilliSeconds(200));
        EXPECT_EQ(Lns()->GetStatistics().sessionsEstablished, nCalls) << name;
    }
}

// Section 5.1.1 and 4.3: each hop has a secret of its own, and hides with it; also Hop Count.
TEST_F(L2tpTunnelSwitchTest, HopsHaveSecretsOfTheirOwn)
{
    BuildNodes(2);
    hops.SetEndpointAttribute("HideAvps", BooleanValue(true));
    hops.SetEndpointAttribute("ChallengePeer", BooleanValue(true));
    hops.SetLnsAttribute("SharedSecret", StringValue("between-one-and-two"));
    hops.SetLacAttribute("SharedSecret", StringValue("between-one-and-two"));
    InstallRow();
    row.GetLns(0)->SetAttribute("SharedSecret", StringValue("host-to-one"));
    row.GetLac(1)->SetAttribute("SharedSecret", StringValue("two-to-lns"));
    vpn->SetEndpointAttribute("HideAvps", BooleanValue(true));
    vpn->SetLacAttribute("SharedSecret", StringValue("host-to-one"));
    vpn->SetLnsAttribute("SharedSecret", StringValue("two-to-lns"));
    InstallCaller(row.GetAddress(0));
    RunUntil(Seconds(2));
    ExpectTraffic();
    EXPECT_EQ(LastCall()->GetParameters().hopCount, 2U);
    ASSERT_EQ(icrqs.size(), 3U);
    EXPECT_FALSE(icrqs[2].message.Get(L2tpAvps::HOP_COUNT)) << "in clear";
    EXPECT_EQ(Lns()->GetStatistics().avpsIgnored, 0U);
}

// A remote system begins with LCP as soon as its LAC says that the call is established.
TEST_F(L2tpTunnelSwitchTest, FramesAreHeldUntilTheOnwardCallIsThere)
{
    for (const uint32_t room : {0U, 1U, 8U})
    {
        SCOPED_TRACE(room);
        BuildNodes(1);
        hops.SetSwitchAttribute("HoldFrames", UintegerValue(room));
        InstallRow();
        InstallCaller(row.GetAddress(0));
        uint32_t dropped = 0;
        row.GetSwitch(0)->TraceConnectWithoutContext(
            "FrameDrop",
            Callback<void, Ptr<const L2tpSwitchedCall>, Ptr<const Packet>>(
                [&dropped](Ptr<const L2tpSwitchedCall>, Ptr<const Packet>) { ++dropped; }));
        RunUntil(Seconds(2));
        // One Configure-Request; if it is dropped, the next one comes after 3 s (RFC 1661, 4.6).
        const L2tpSwitchStatistics& counted = row.GetSwitch(0)->GetStatistics();
        EXPECT_EQ(counted.framesHeld, room > 0 ? 1U : 0U);
        EXPECT_EQ(counted.framesDropped, room > 0 ? 0U : 1U);
        EXPECT_EQ(counted.framesDropped, dropped);
        RunUntil(Seconds(5));
        EXPECT_TRUE(Client()->IsUp());
        Clear();
        row = L2tpSwitchContainer();
    }
}

// Sections 6.13 and 6.14.
TEST_F(L2tpTunnelSwitchTest, WensAndSlisGoFromEndToEnd)
{
    BringUp(2);
    const L2tpCallErrors errors{1, 2, 3, 4, 5, 6};
    const L2tpAccm accm{0x000a0000, 0xff};
    EXPECT_TRUE(Client()->GetCall()->ReportErrors(errors));
    EXPECT_TRUE(LastCall()->SetLinkInfo(accm));
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(LastCall()->GetCallErrors(), errors);
    EXPECT_EQ(Client()->GetCall()->GetAccm(), accm);
}

// Section 4.4.2: what the selector says.
TEST_F(L2tpTunnelSwitchTest, ACallThatNobodyWantsIsRefused)
{
    BuildOne({Kind::REFUSE, {}, "not this one"});
    ExpectRefused("3/0 call disconnected for administrative reasons (not this one)");
    EXPECT_EQ(row.GetSwitch(0)->GetStatistics().refused, 1U);
}

TEST_F(L2tpTunnelSwitchTest, ACallThatNobodyWantsIsRefusedWithoutWords)
{
    BuildOne({Kind::REFUSE, {}, ""});
    ExpectRefused("Receive CDN: 3 call disconnected for administrative reasons");
}

TEST_F(L2tpTunnelSwitchTest, NoPppEndsAtASwitch)
{
    BuildOne({Kind::LOCAL, {}, ""});
    ExpectRefused("5/0 lack of appropriate facilities (permanent) (a tunnel switch doesn't end "
                  "PPP)");
}

// Section 5.8: the next hop is silent for 31 s.
TEST_F(L2tpTunnelSwitchTest, ACallWhoseNextHopIsSilentIsRefused)
{
    BuildOne({Kind::TUNNEL, {PeerAt("10.2.0.77")}, ""});
    RunUntil(Seconds(1));
    // A remote system with more patience than our clients have.
    const auto call = Lac()->PlaceCall({L2tpIpAddress(net->GetHostAddress(1)), L2TP_UDP_PORT},
                                       {},
                                       NOBODY,
                                       NOBODY);
    RunUntil(Seconds(100));
    EXPECT_EQ(call->GetClearCode().Describe(L2tpMessageType::CDN),
              "4/0 lack of appropriate facilities (temporary) (no tunnel)");
    RunOut();
    ExpectNothingLeftAnywhere();
}

// A caller that hangs up meanwhile.
TEST_F(L2tpTunnelSwitchTest, ACallThatIsClearedWhileItIsPlacedIsWithdrawn)
{
    BuildOne({Kind::TUNNEL, {PeerAt("10.2.0.77")}, ""});
    RunUntil(Seconds(5));
    ASSERT_EQ(row.GetSwitch(0)->GetNCalls(), 1U);
    EXPECT_EQ(row.GetSwitch(0)->GetCalls().at(0)->GetState(), L2tpSwitchState::PLACING);
    EXPECT_EQ(row.GetLac(0)->GetNCalls(), 1U);
    Client()->GetCall()->Close(L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    RunUntil(Seconds(6));
    EXPECT_EQ(row.GetSwitch(0)->GetNCalls(), 0U);
    EXPECT_EQ(row.GetLac(0)->GetNCalls(), 0U);
    RunOut();
    ExpectNothingLeftAnywhere();
}

// The next hop's words go back to the caller (section 4.4.2).
TEST_F(L2tpTunnelSwitchTest, TheLnssRefusalIsTheCallers)
{
    BuildNodes(2, 1);
    vpn->SetLnsAttribute("MaxSessions", UintegerValue(1));
    const auto first = vpn->Install(NodeContainer(net->hosts.Get(3)), net->lns);
    RunUntil(Seconds(1));
    InstallRow();
    InstallCaller(row.GetAddress(0));
    RunUntil(Seconds(3));
    const std::string full = "4/0 lack of appropriate facilities (temporary) (all sessions are "
                             "taken)";
    EXPECT_EQ(cdns, std::vector<std::string>(3, full));
    EXPECT_NE(Client()->GetLastReason().find(full), std::string::npos);
    first.GetClient(0)->HangUp();
    RunOut();
    ExpectNothingLeftAnywhere();
}

// "no loop can form": a switch is no next hop of its own.
TEST_F(L2tpTunnelSwitchTest, ASwitchRefusesToSwitchToItself)
{
    for (const char* own : {"10.1.1.2", "127.0.0.1"})
    {
        SCOPED_TRACE(own);
        BuildOne({Kind::TUNNEL, {PeerAt(own)}, ""});
        ExpectRefused("6/0 invalid destination (the tunnel would lead to the switch itself)");
        EXPECT_EQ(icrqs.size(), 1U);
        Clear();
        row = L2tpSwitchContainer();
    }
}

TEST_F(L2tpTunnelSwitchTest, ASwitchPassesOverItselfAmongOthers)
{
    BuildNodes(1);
    auto itself = PeerAt(net->GetHostAddress(1));
    auto other = PeerAt(net->lnsAddress);
    other.preference = 1;
    auto table = CreateObject<L2tpTunnelTable>();
    table->SetDefault({Kind::TUNNEL, {itself, other}, ""});
    InstallTable(1, table);
    InstallCaller(net->GetHostAddress(1));
    RunUntil(Seconds(2));
    ExpectTraffic();
}

TEST_F(L2tpTunnelSwitchTest, TwoSwitchesThatChooseEachOtherEndInARefusal)
{
    BuildNodes(2);
    for (uint32_t host : {1, 2})
    {
        auto table = CreateObject<L2tpTunnelTable>();
        table->SetDefault({Kind::TUNNEL, {PeerAt(net->GetHostAddress(3 - host))}, ""});
        InstallTable(host, table);
    }
    InstallCaller(net->GetHostAddress(1));
    ExpectRefused(
        "2/3 general error: field value out of range or reserved field non-zero (Hop Count 8 is "
        "at the limit)");
    // The caller's, and one of each of the eight times that a switch passed it on.
    ASSERT_EQ(icrqs.size(), 9U);
    EXPECT_EQ(icrqs.back().message.Get(L2tpAvps::HOP_COUNT), 8);
    EXPECT_EQ(cdns.size(), 9U);
}

TEST_F(L2tpTunnelSwitchTest, AsManySwitchesAsTheLimitSays)
{
    for (const uint32_t limit : {2U, 3U})
    {
        SCOPED_TRACE(limit);
        BuildNodes(3);
        hops.SetSwitchAttribute("HopLimit", UintegerValue(limit));
        InstallRow();
        InstallCaller(row.GetAddress(0));
        RunUntil(Seconds(2));
        EXPECT_EQ(Client()->IsUp(), limit == 3);
        EXPECT_EQ(cdns.empty(), limit == 3);
        Clear();
        row = L2tpSwitchContainer();
    }
}

// Calls of several callers are told apart, whichever way they come; those with the same next hop
// share a tunnel (section 5.2).
TEST_F(L2tpTunnelSwitchTest, VoluntaryAndSwitchedTunnelsToTheSameLns)
{
    BuildNodes(2, 2);
    InstallRow();
    InstallCaller(row.GetAddress(0));
    const auto second = vpn->Install(NodeContainer(net->hosts.Get(4)), net->lns);
    vpn->SetLnsAddress(net->lnsAddress);
    const auto direct = vpn->Install(NodeContainer(net->hosts.Get(3)), net->lns);
    RunUntil(Seconds(2));
    EXPECT_EQ(Lns()->GetNCalls(), 3U);
    EXPECT_EQ(Lns()->GetNTunnels(), 2U);
    EXPECT_EQ(row.GetSwitch(1)->GetNCalls(), 2U);
    EXPECT_EQ(row.GetLac(1)->GetNTunnels(), 1U);
    ExpectTraffic();
    EXPECT_TRUE(second.GetClient(0)->IsUp());
    EXPECT_EQ(L2tpTestProbe::PingOnce(net->hosts.Get(3), net->serverAddress), 1U);
    Client()->HangUp();
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(row.GetSwitch(1)->GetNCalls(), 1U);
    EXPECT_TRUE(second.GetClient(0)->IsUp()) << "the other call goes on";
    second.GetClient(0)->HangUp();
    direct.GetClient(0)->HangUp();
    RunOut();
    ExpectNothingLeftAnywhere();
}
