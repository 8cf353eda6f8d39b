/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Compulsory tunnels for incoming calls (RFC 2661, sections 1.0, 2.0, 4.4.4, 4.4.5, 5.2, 5.6, 7.4;
// RFC 2809, section 4.1.2).

#include "l2tp-access-fixture.h"

#include "ns3/enum.h"
#include "ns3/error-model.h"
#include "ns3/ppp-hdlc-framing.h"

#include <algorithm>
#include <cstddef>
#include <memory>

using namespace ns3;

namespace
{

using Kind = L2tpTunnelChoice::Kind;
using State = L2tpAccessState;

/// Answers when the test wants it.
class SlowSelector : public L2tpTunnelSelector
{
  public:
    void Select(const L2tpTunnelQuery& query, ChoiceCallback done) override
    {
        m_queries.push_back(query);
        m_done.push_back(done);
    }

    std::vector<L2tpTunnelQuery> m_queries; //!< what was asked
    std::vector<ChoiceCallback> m_done;     //!< who waits
};

class L2tpAccessServerTest : public L2tpAccessTest
{
  protected:
    /// Expect that traffic passes between a remote system and the server. @param i which
    void ExpectTraffic(uint32_t i = 0)
    {
        ASSERT_TRUE(remotes[i].system->IsUp());
        const Ipv4Address address = remotes[i].system->GetAddress();
        L2tpTestProbe probe(remotes[i].node, net->serverAddress);
        const uint32_t before = net->served[address];
        probe.Send();
        probe.Ping();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(net->served[address], before + 1);
        EXPECT_EQ(probe.echoed, 1U);
        EXPECT_EQ(probe.pinged, 1U);
    }

    /// Count PPP control frames that a remote system receives. @param i which @param protocol the
    /// PPP protocol @param code the code @return the count, which goes on
    std::shared_ptr<int> CountReceived(uint32_t i, uint16_t protocol, uint8_t code)
    {
        auto count = std::make_shared<int>(0);
        remotes[i].port->GetLine()->TraceConnectWithoutContext(
            "Rx",
            Callback<void, Ptr<const Packet>>([count, protocol, code](Ptr<const Packet> frame) {
                uint8_t octets[5] = {};
                frame->CopyData(octets, sizeof(octets));
                *count += octets[2] == protocol >> 8 && octets[3] == (protocol & 0xff) &&
                          octets[4] == code;
            }));
        return count;
    }
};

} // namespace

// RFC 2809, section 4.1.2.2: by the number called, before PPP. Section 4.4.4: what an ICRQ and an
// ICCN tell of the call.
TEST_F(L2tpAccessServerTest, ACalledNumberLeadsToItsLns)
{
    BuildAccess();
    table->AddCalledNumber("2000", ToLns());
    RunUntil(Seconds(10));
    EXPECT_EQ(states, "placing joined ");
    const auto told = ToldToLns();
    EXPECT_EQ(told.calledNumber, "2000");
    EXPECT_EQ(told.callingNumber, "1000");
    EXPECT_EQ(told.txConnectSpeed, 56000U);
    EXPECT_EQ(told.framingType, L2tpFraming::ASYNCHRONOUS);
    EXPECT_EQ(told.bearerType, L2tpBearer::ANALOG);
    EXPECT_EQ(told.physicalChannelId, 0U);
    EXPECT_FALSE(told.proxy.lastSentConfReq);
    EXPECT_FALSE(told.proxy.authenType);
    EXPECT_EQ(remotes[0].system->GetAddress(), Ipv4Address("10.8.0.2"));
    ExpectTraffic();
    ASSERT_EQ(server->GetNCalls(), 1U);
    const auto call = server->GetCalls()[0];
    EXPECT_EQ(call->GetState(), State::JOINED);
    EXPECT_EQ(call->GetPeer().server.address, L2tpIpAddress(net->lnsAddress));
    EXPECT_EQ(call->GetL2tpCall()->GetState(), L2tpCallState::ESTABLISHED);
    EXPECT_EQ(server->GetStatistics().asked, 0U);
    EXPECT_EQ(server->GetStatistics().joined, 1U);
}

// RFC 2809, section 4.1.2.3: by the name. RFC 2661, section 4.4.5: the LNS goes on where the LAC
// was.
TEST_F(L2tpAccessServerTest, ADomainLeadsToItsLns)
{
    for (const auto protocol : {PPP_AUTH_CHAP, PPP_AUTH_PAP})
    {
        SCOPED_TRACE(static_cast<int>(protocol));
        lnsHelper.SetSessionAttribute("AuthProtocol", EnumValue(protocol));
        BuildAccess();
        server->SetAttribute("AuthProtocol", EnumValue(protocol));
        table->AddDomain("isp.example", ToLns());
        const auto challenges = CountReceived(0, 0xc223, 1);
        const auto requests = CountReceived(0, 0xc021, 1);
        RunUntil(Seconds(10));
        EXPECT_EQ(states, "asking selecting placing joined ");
        const auto proxy = ToldToLns().proxy;
        EXPECT_TRUE(proxy.initialReceivedConfReq);
        EXPECT_TRUE(proxy.lastReceivedConfReq);
        EXPECT_TRUE(proxy.lastSentConfReq);
        EXPECT_EQ(proxy.authenName, "alice@isp.example");
        const bool chap = protocol == PPP_AUTH_CHAP;
        EXPECT_EQ(proxy.authenType, chap ? L2tpProxyAuthen::CHAP : L2tpProxyAuthen::PAP);
        EXPECT_EQ(proxy.authenChallenge.has_value(), chap);
        EXPECT_EQ(proxy.authenResponse == "wonderland", !chap);
        // The remote system has seen one LCP and one authentication only.
        EXPECT_EQ(*challenges, chap ? 1 : 0);
        EXPECT_EQ(*requests, 1);
        ExpectTraffic();
        EXPECT_EQ(server->GetStatistics().asked, 1U);
        Renew();
    }
}

// The same, but the LNS is told nothing, and does it all over again.
TEST_F(L2tpAccessServerTest, WithoutProxyTheLnsBeginsAnew)
{
    BuildAccess();
    server->SetAttribute("SendProxy", BooleanValue(false));
    table->AddDomain("isp.example", ToLns());
    const auto challenges = CountReceived(0, 0xc223, 1);
    RunUntil(Seconds(15));
    EXPECT_FALSE(ToldToLns().proxy.authenType);
    EXPECT_FALSE(ToldToLns().proxy.lastSentConfReq);
    EXPECT_EQ(*challenges, 2);
    ExpectTraffic();
}

// A name that nobody knows isn't let in; the remote system is told so in words.
TEST_F(L2tpAccessServerTest, AnUnknownDomainIsRefused)
{
    BuildAccess();
    table->AddDomain("other.example", ToLns());
    table->SetDefault({Kind::REFUSE, {}, "no such provider"});
    const auto failures = CountReceived(0, 0xc223, 4);
    RunUntil(Seconds(20));
    EXPECT_EQ(states, "asking selecting closing over ");
    EXPECT_EQ(*failures, 1);
    EXPECT_EQ(remotes[0].reasons.size(), 1U);
    ExpectIdle();
    EXPECT_EQ(server->GetStatistics().failed, 1U);
    EXPECT_EQ(lac->GetStatistics().tunnelsOpened.established, 0U);
}

TEST_F(L2tpAccessServerTest, AnUnknownNumberIsHungUp)
{
    BuildAccess();
    table->AddCalledNumber("2001", ToLns());
    RunUntil(Seconds(20));
    EXPECT_EQ(states, "over ");
    EXPECT_EQ(remotes[0].reasons, std::vector<std::string>{"line: remote-hang-up"});
    ExpectIdle();
}

// Some calls go to an LNS, others end here, by whatever decides. The remote system can't tell.
TEST_F(L2tpAccessServerTest, CallsMayEndHere)
{
    for (const bool asked : {false, true})
    {
        SCOPED_TRACE(asked);
        BuildAccess();
        server->SetAttribute("Terminator", PointerValue(MakeTerminator()));
        const L2tpTunnelChoice local{Kind::LOCAL, {}, ""};
        if (asked)
        {
            table->AddDomain("isp.example", local);
        }
        else
        {
            table->AddCalledNumber("2000", local);
        }
        const auto challenges = CountReceived(0, 0xc223, 1);
        RunUntil(Seconds(10));
        EXPECT_EQ(states, asked ? "asking selecting local " : "local ");
        EXPECT_EQ(remotes[0].system->GetAddress(), Ipv4Address("10.9.0.2"));
        EXPECT_EQ(*challenges, 1);
        EXPECT_EQ(server->GetStatistics().local, 1U);
        remotes[0].system->HangUp();
        RunUntil(Seconds(20));
        ExpectIdle();
        Renew();
    }
}

// Without Selector and Lac it is a plain PPP server.
TEST_F(L2tpAccessServerTest, NeedsNoL2tp)
{
    withL2tp = false;
    BuildAccess(2);
    const auto terminator = MakeTerminator();
    server->SetAttribute("Terminator", PointerValue(terminator));
    RunUntil(Seconds(10));
    for (const auto& remote : remotes)
    {
        EXPECT_TRUE(remote.system->IsUp());
    }
    EXPECT_EQ(server->GetStatistics().local, 2U);
    EXPECT_EQ(lac->GetStatistics().tunnelsOpened.established, 0U);
    remotes[0].port->GetLine()->Cut();
    remotes[1].system->HangUp();
    RunUntil(Seconds(20));
    ExpectIdle();
    // The line serves again.
    remotes[0].system->Dial();
    RunUntil(Seconds(30));
    EXPECT_TRUE(remotes[0].system->IsUp());
    EXPECT_FALSE(terminator->Judge());
}

// Section 7.4.1: "Bearer line drop" in every state.
TEST_F(L2tpAccessServerTest, ALineThatDropsClearsTheCall)
{
    // Dialled at 0; connected at 1.010 s; LCP, CHAP; the ICRQ goes out 12 ms after the SCCRQ.
    struct Row
    {
        const char* state; //!< when to drop the line
        int waits;         //!< how often to wait a millisecond then
    };

    for (const auto& row : {Row{"asking", 0},
                            Row{"asking", 30},
                            Row{"placing", 0},
                            Row{"placing", 10},
                            Row{"placing", 16},
                            Row{"joined", 0},
                            Row{"joined", 5000}})
    {
        SCOPED_TRACE(std::string(row.state) + std::to_string(row.waits));
        BuildAccess();
        table->AddDomain("isp.example", ToLns());
        while (states.find(row.state) == std::string::npos && Simulator::Now() < Seconds(20))
        {
            RunUntil(Simulator::Now() + MicroSeconds(100));
        }
        ASSERT_NE(states.find(row.state), std::string::npos);
        RunUntil(Simulator::Now() + MilliSeconds(row.waits) + NanoSeconds(1));
        lines[0]->GetLine()->Cut();
        EXPECT_EQ(server->GetNCalls(), 0U);
        EXPECT_EQ(states.substr(states.size() - 5), "over ");
        RunUntil(Simulator::Now() + Seconds(1));
        ExpectIdle();
        EXPECT_EQ(last->GetEnd(), L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
        const auto& counted = lnss[0]->GetStatistics();
        EXPECT_EQ(counted.sessionsEstablished, counted.sessionsCleared);
        Renew();
    }
}

// Section 4.4.2, result 1: what the LNS hears of it.
TEST_F(L2tpAccessServerTest, TheLnsHearsThatTheCarrierWasLost)
{
    BuildAccess();
    table->AddCalledNumber("2000", ToLns());
    RunUntil(Seconds(10));
    const auto call = lnss[0]->GetTunnels().at(0)->GetCalls().at(0);
    remotes[0].port->GetLine()->HangUp();
    RunUntil(Seconds(11));
    EXPECT_EQ(call->GetClearCode(), L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    ExpectIdle();
}

// Section 7.4.1, established, "Receive CDN": "The LAC cleans up, disconnecting the call."
TEST_F(L2tpAccessServerTest, ACdnHangsTheLineUp)
{
    BuildAccess();
    table->AddCalledNumber("2000", ToLns());
    RunUntil(Seconds(10));
    lnss[0]->GetTunnels().at(0)->GetCalls().at(0)->Close(
        L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Seconds(11));
    EXPECT_EQ(remotes[0].reasons, std::vector<std::string>{"line: remote-hang-up"});
    EXPECT_EQ(last->GetEnd(), L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    ExpectIdle();
}

// PPP's end is between the remote system and the LNS: by a Terminate-Request and a CDN (RFC 3145).
TEST_F(L2tpAccessServerTest, ARemoteSystemThatSaysGoodByeEndsItAll)
{
    BuildAccess();
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(10));
    remotes[0].system->HangUp();
    RunUntil(Seconds(20));
    EXPECT_EQ(remotes[0].reasons, std::vector<std::string>{"PPP: administrative request"});
    ExpectIdle();
}

// The tunnel's end is the end of its calls.
TEST_F(L2tpAccessServerTest, AnLnsThatStopsHangsTheLineUp)
{
    BuildAccess();
    table->AddCalledNumber("2000", ToLns());
    RunUntil(Seconds(10));
    lnss[0]->Stop();
    RunUntil(Seconds(11));
    EXPECT_EQ(remotes[0].reasons, std::vector<std::string>{"line: remote-hang-up"});
    EXPECT_TRUE(server->GetBalancer()->IsBusiedOut(PeerAt(net->lnsAddress)));
    ExpectIdle();
}

// Fail-over while the remote system waits for the answer to its Response.
TEST_F(L2tpAccessServerTest, ASilentLnsDoesNotStopTheRemoteSystem)
{
    BuildAccess();
    table->AddDomain(
        "isp.example",
        {Kind::TUNNEL, {PeerAt(net->GetHostAddress(2), 1), PeerAt(net->GetHostAddress(1), 2)}, ""});
    RunUntil(Seconds(40));
    EXPECT_EQ(states, "asking selecting placing joined ");
    EXPECT_EQ(last->GetPeer().server.address, L2tpIpAddress(net->GetHostAddress(1)));
    EXPECT_TRUE(remotes[0].system->IsUp());
    EXPECT_EQ(lnss[1]->GetNCalls(), 1U);
}

// A remote system that begins PPP anew while its call is being placed: the LNS is told of what was
// before, and must not go on from there (RFC 2661, section 4.4.5: it may negotiate anew).
TEST_F(L2tpAccessServerTest, ARemoteSystemThatBeginsAnewMeanwhileComesUpSoon)
{
    for (const bool proxy : {true, false})
    {
        for (const auto protocol : {PPP_AUTH_CHAP, PPP_AUTH_PAP})
        {
            SCOPED_TRACE(std::to_string(proxy) + " " + std::to_string(protocol));
            lnsHelper.SetSessionAttribute("AuthProtocol", EnumValue(protocol));
            BuildAccess();
            server->SetAttribute("AuthProtocol", EnumValue(protocol));
            server->SetAttribute("SendProxy", BooleanValue(proxy));
            // A silent one before it, so that there is time.
            table->AddDomain("isp.example",
                             {Kind::TUNNEL,
                              {PeerAt(net->GetHostAddress(2), 1), PeerAt(net->lnsAddress, 2)},
                              ""});
            RunUntil(Seconds(4));
            ASSERT_EQ(states, "asking selecting placing ");
            const auto link = remotes[0].system->GetDevice()->GetLink();
            const auto circuit = link->GetCircuit();
            link->SetCircuit(nullptr); // as after a crash: without a word
            link->SetCircuit(circuit);
            RunUntil(Seconds(6));
            ASSERT_EQ(states, "asking selecting placing ");
            EXPECT_EQ(link->GetPhase(), PppPhase::AUTHENTICATE);
            while (last->GetState() == State::PLACING)
            {
                RunUntil(Simulator::Now() + MilliSeconds(100));
            }
            ASSERT_EQ(last->GetState(), State::JOINED);
            RunUntil(Simulator::Now() + Seconds(4));
            ExpectTraffic();
            EXPECT_TRUE(remotes[0].reasons.empty());
            Renew();
        }
    }
}

TEST_F(L2tpAccessServerTest, WithoutAnyLnsItHangsUp)
{
    BuildAccess();
    // A LAC refuses tunnels with a StopCCN.
    L2tpLacHelper().Install(net->hosts.Get(2));
    table->AddDomain("isp.example", {Kind::TUNNEL, {PeerAt(net->GetHostAddress(2))}, ""});
    RunUntil(Seconds(60));
    EXPECT_EQ(states, "asking selecting placing closing over ");
    EXPECT_EQ(remotes[0].reasons.size(), 1U);
    EXPECT_EQ(last->GetEnd().result,
              static_cast<uint16_t>(L2tpCallResult::NO_FACILITIES_TEMPORARY));
    ExpectIdle();
}

// Section 4.4.2, result 10: "not established within time allotted by LAC".
TEST_F(L2tpAccessServerTest, ASetupTakesOnlySoLong)
{
    for (const bool asked : {false, true})
    {
        SCOPED_TRACE(asked);
        BuildAccess();
        server->SetAttribute("SetupTimeout", TimeValue(Seconds(20)));
        const L2tpTunnelChoice nowhere{Kind::TUNNEL, {PeerAt(net->GetHostAddress(2))}, ""};
        if (asked)
        {
            table->AddDomain("isp.example", nowhere);
        }
        else
        {
            table->AddCalledNumber("2000", nowhere);
        }
        RunUntil(Seconds(21));
        EXPECT_EQ(server->GetNCalls(), 1U);
        RunUntil(Seconds(21) + MilliSeconds(200));
        EXPECT_EQ(server->GetNCalls(), 0U);
        EXPECT_EQ(last->GetEnd(), L2tpResultCode::Of(L2tpCallResult::NOT_IN_TIME));
        RunUntil(Seconds(40));
        ExpectIdle();
        Renew();
    }
}

// Sections 6.13 and 6.14: errors go to the LNS, masks come from it.
TEST_F(L2tpAccessServerTest, WenAndSliPassTheLac)
{
    BuildAccess();
    table->AddCalledNumber("2000", ToLns());
    const auto damage = CreateObject<ReceiveListErrorModel>();
    damage->SetList({12});
    lines[0]->GetLine()->SetAttribute("ReceiveErrorModel", PointerValue(damage));
    RunUntil(Seconds(10));
    EXPECT_TRUE(lnss[0]->GetTunnels().at(0)->GetCalls().at(0)->SetLinkInfo({0, 0xffffffff}));
    RunUntil(Seconds(11));
    EXPECT_EQ(lac->GetStatistics().linkInfosReceived, 1U);
    std::size_t frames = 0;
    std::ptrdiff_t escapes = 0;
    lines[0]->GetLine()->TraceConnectWithoutContext(
        "TxOctets",
        Callback<void, Ptr<const Packet>>([&](Ptr<const Packet> packet) {
            std::vector<uint8_t> octets(packet->GetSize());
            packet->CopyData(octets.data(), octets.size());
            escapes += std::count(octets.begin(), octets.end(), ppp_hdlc::ESCAPE);
            ++frames;
        }));
    for (int i = 0; i < 10; ++i)
    {
        L2tpTestProbe(remotes[0].node, net->serverAddress).Send();
        RunUntil(Simulator::Now() + MilliSeconds(100));
    }
    EXPECT_EQ(lnss[0]->GetStatistics().wanErrorsReceived, 1U);
    const auto call = lnss[0]->GetTunnels().at(0)->GetCalls().at(0);
    EXPECT_EQ(call->GetCallErrors(), lines[0]->GetLine()->GetCallErrors());
    EXPECT_FALSE(call->GetCallErrors() == L2tpCallErrors());
    // Zeros need no escape any more towards the remote system.
    EXPECT_GE(frames, 8U);
    EXPECT_LT(escapes, 10);
}

// What passes the LAC is what came from the line, to the octet.
TEST_F(L2tpAccessServerTest, FramesAreTheSameOnBothSides)
{
    BuildAccess();
    table->AddCalledNumber("2000", ToLns());
    std::vector<std::vector<uint8_t>> line;
    std::vector<std::vector<uint8_t>> session;
    const auto keep = [](auto& into) {
        return Callback<void, Ptr<const Packet>>([&into](Ptr<const Packet> frame) {
            into.emplace_back(frame->GetSize());
            frame->CopyData(into.back().data(), into.back().size());
        });
    };
    lnss[0]->GetTerminator()->TraceConnectWithoutContext(
        "Session",
        Callback<void, Ptr<const L2tpLeg>, Ptr<PppNetDevice>>(
            [&](Ptr<const L2tpLeg>, Ptr<PppNetDevice> device) {
                device->GetLink()->TraceConnectWithoutContext("Rx", keep(session));
            }));
    lines[0]->GetLine()->TraceConnectWithoutContext("Rx", keep(line));
    RunUntil(Seconds(10));
    ExpectTraffic();
    ASSERT_GE(session.size(), 8U);
    // The first Configure-Request came before the LNS was there: it was kept for it.
    EXPECT_EQ(session, line);
}

// The selector may take its time; what it says when nobody waits any more changes nothing.
TEST_F(L2tpAccessServerTest, AnAnswerMayComeLate)
{
    BuildAccess();
    const auto slow = CreateObject<SlowSelector>();
    server->SetAttribute("Selector", PointerValue(slow));
    RunUntil(Seconds(3));
    ASSERT_EQ(slow->m_queries.size(), 1U);
    EXPECT_EQ(slow->m_queries[0].calledNumber, "2000");
    EXPECT_EQ(slow->m_queries[0].callingNumber, "1000");
    EXPECT_FALSE(slow->m_queries[0].attempt);
    slow->m_done[0]({Kind::ASK_NAME, {}, ""});
    RunUntil(Seconds(9));
    ASSERT_EQ(slow->m_queries.size(), 2U);
    ASSERT_TRUE(slow->m_queries[1].attempt);
    EXPECT_EQ(slow->m_queries[1].attempt->name, "alice@isp.example");
    EXPECT_EQ(slow->m_queries[1].attempt->protocol, PPP_AUTH_CHAP);
    slow->m_done[0]({Kind::REFUSE, {}, ""}); // the first one again
    RunUntil(Seconds(10));
    EXPECT_EQ(server->GetNCalls(), 1U);
    slow->m_done[1](ToLns());
    RunUntil(Seconds(15));
    EXPECT_TRUE(remotes[0].system->IsUp());
    lines[0]->GetLine()->Cut();
    slow->m_done[1](ToLns());
    RunUntil(Seconds(20));
    ExpectIdle();
}

// A selector that wants more than the name gets no more.
TEST_F(L2tpAccessServerTest, TheNameIsAskedForOnce)
{
    BuildAccess();
    const auto slow = CreateObject<SlowSelector>();
    server->SetAttribute("Selector", PointerValue(slow));
    RunUntil(Seconds(3));
    slow->m_done[0]({Kind::ASK_NAME, {}, ""});
    RunUntil(Seconds(9));
    slow->m_done[1]({Kind::ASK_NAME, {}, ""});
    RunUntil(Seconds(20));
    EXPECT_EQ(states, "asking selecting closing over ");
    ExpectIdle();
}

// A terminator that isn't there, or has no room.
TEST_F(L2tpAccessServerTest, WithoutRoomACallIsHungUp)
{
    BuildAccess(2);
    table->SetDefault({Kind::LOCAL, {}, ""});
    RunUntil(Seconds(5));
    EXPECT_EQ(server->GetStatistics().failed, 2U);
    const auto terminator = MakeTerminator();
    terminator->SetAttribute("MaxSessions", UintegerValue(1));
    terminator->Start(accessNode);
    server->SetAttribute("Terminator", PointerValue(terminator));
    for (const auto& remote : remotes)
    {
        remote.system->Dial();
    }
    RunUntil(Seconds(15));
    EXPECT_EQ(server->GetStatistics().local, 1U);
    EXPECT_EQ(server->GetStatistics().failed, 3U);
    EXPECT_EQ(last->GetEnd().result,
              static_cast<uint16_t>(L2tpCallResult::NO_FACILITIES_TEMPORARY));
}

TEST_F(L2tpAccessServerTest, MoreCallsThanItMayHaveFindItBusy)
{
    BuildAccess(3);
    server->SetAttribute("MaxCalls", UintegerValue(2));
    table->AddCalledNumber("2000", ToLns());
    RunUntil(Seconds(10));
    EXPECT_EQ(server->GetNCalls(), 2U);
    EXPECT_EQ(remotes[2].reasons, std::vector<std::string>{"line: busy"});
}

// It stops, and starts again.
TEST_F(L2tpAccessServerTest, AServerThatStopsHangsUp)
{
    BuildAccess(2);
    table->AddCalledNumber("2000", ToLns());
    server->SetStopTime(Seconds(10));
    RunUntil(Seconds(9));
    EXPECT_EQ(server->GetNCalls(), 2U);
    RunUntil(Seconds(12));
    ExpectIdle();
    EXPECT_EQ(last->GetEnd(), L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    remotes[0].system->Dial();
    RunUntil(Seconds(20));
    EXPECT_EQ(remotes[0].reasons.back(), "line: rejected");
}

// Calls of one number share a tunnel, and take turns at LNSs of equal preference.
TEST_F(L2tpAccessServerTest, CallsAreSpreadOverLnss)
{
    BuildAccess(6);
    table->AddDomain("isp.example",
                     {Kind::TUNNEL, {PeerAt(net->lnsAddress), PeerAt(net->GetHostAddress(1))}, ""});
    RunUntil(Seconds(15));
    EXPECT_EQ(server->GetStatistics().joined, 6U);
    for (const auto& lns : lnss)
    {
        EXPECT_EQ(lns->GetNCalls(), 3U);
        EXPECT_EQ(lns->GetNTunnels(), 1U);
    }
    for (const auto& remote : remotes)
    {
        EXPECT_TRUE(remote.system->IsUp());
        remote.system->HangUp();
    }
    RunUntil(Seconds(30));
    ExpectIdle();
    EXPECT_EQ(lac->GetNTunnels(), 0U);
    // The lines serve again, with what asks for names.
    for (const auto& remote : remotes)
    {
        remote.system->Dial();
    }
    RunUntil(Seconds(45));
    EXPECT_EQ(server->GetStatistics().joined, 12U);
}

TEST_F(L2tpAccessServerTest, ABadConfigurationStopsAtOnce)
{
    BuildAccess();
    server->SetAttribute("AuthProtocol", EnumValue(PPP_AUTH_NONE));
    EXPECT_DEATH(RunUntil(Seconds(1)), "AuthProtocol is None.*choose Pap, Chap or MsChapV2");
    Renew();
    withL2tp = false;
    BuildAccess();
    EXPECT_DEATH(RunUntil(Seconds(1)), "neither a Selector nor a Terminator.*give it");
    server->SetAttribute("Selector", PointerValue(table));
    EXPECT_DEATH(RunUntil(Seconds(1)), "L2tpAccessServer::Lac is not set.*give it");
}
