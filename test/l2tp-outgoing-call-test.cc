/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Outgoing calls from end to end (RFC 2661, sections 5.2.2, 6.9 to 6.11, 7.5.1 and 7.5.2).

#include "l2tp-test-dialer.h"
#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-lac-helper.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-lns-helper.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-net-device.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace ns3;

namespace
{

/// An LNS that asks the LAC on host 0 for calls.
class L2tpOutgoingCallTest : public L2tpNetworkTest
{
  protected:
    /// A call that the LNS places, and what it hears of it.
    struct Placed
    {
        Ptr<L2tpCall> call;      //!< the call
        uint32_t established{0}; //!< how often it was said to be established
        uint32_t cleared{0};     //!< how often it was said to be cleared
        Time establishedAt;      //!< when it was last said to be established
        Time clearedAt;          //!< when it was last said to be cleared
    };

    /// Put a LAC on host 0, an LNS where it belongs. @param withDialer whether the LAC has one
    void BuildEnds(bool withDialer = true)
    {
        Build();
        L2tpLacHelper lacHelper;
        lacHelper.SetAttribute("AcceptTunnels", BooleanValue(true));
        lac = lacHelper.Install(net->hosts.Get(0));
        lac->AssignStreams(100);
        dialer = CreateObject<L2tpTestDialer>();
        if (withDialer)
        {
            lac->SetDialer(dialer);
        }
        L2tpLnsHelper lnsHelper;
        lnsHelper.SetAddressPool("10.8.0.0", "255.255.255.0");
        lnsHelper.AddUser("alice", "wonderland");
        lns = lnsHelper.Install(net->lns);
        lns->AssignStreams(200);
        net->internet->watch = [this](const L2tpTestDatagram& datagram) {
            wire.push_back(datagram);
        };
        RunUntil(MilliSeconds(500));
    }

    /// What the tests ask for. @return the parameters
    static L2tpCallParameters Wanted()
    {
        L2tpCallParameters parameters;
        parameters.minimumBps = 9600;
        parameters.maximumBps = 128000;
        parameters.bearerType = L2tpBearer::DIGITAL | L2tpBearer::ANALOG;
        parameters.framingType = L2tpFraming::SYNCHRONOUS | L2tpFraming::ASYNCHRONOUS;
        parameters.calledNumber = "5551234";
        parameters.subAddress = "7";
        return parameters;
    }

    /// Let the LNS place a call. @param parameters what to ask for @return what it hears of it
    std::shared_ptr<Placed> Place(const L2tpCallParameters& parameters = Wanted())
    {
        auto placed = std::make_shared<Placed>();
        placed->call = lns->PlaceCall({net->GetHostAddress(0), L2TP_UDP_PORT},
                                      parameters,
                                      Callback<void, Ptr<L2tpCall>>([placed](Ptr<L2tpCall>) {
                                          ++placed->established;
                                          placed->establishedAt = Simulator::Now();
                                      }),
                                      Callback<void, Ptr<L2tpCall>>([placed](Ptr<L2tpCall>) {
                                          ++placed->cleared;
                                          placed->clearedAt = Simulator::Now();
                                      }));
        return placed;
    }

    /// Put the remote system on the line, which is host 0 itself, for the sake of its sockets.
    void PutPppOnTheLine()
    {
        auto link = CreateObject<PppLink>();
        link->SetAttribute("Username", StringValue("alice"));
        link->SetAttribute("Password", StringValue("wonderland"));
        link->AssignStreams(300);
        remote = CreateObject<PppNetDevice>();
        remote->SetLink(link);
        net->hosts.Get(0)->AddDevice(remote);
        auto config = CreateObject<PppIpv4Config>();
        config->SetAttribute("DefaultRoute", BooleanValue(true));
        config->Install(remote);
        dialer->onConnect = [this](Ptr<L2tpCall> call) {
            remote->GetLink()->SetCircuit(call->GetSession());
            remote->GetLink()->Open();
        };
    }

    /// Expect that traffic passes through the call, in a second.
    void ExpectTrafficOverTheLine()
    {
        ASSERT_TRUE(remote->GetLink()->IsNetworkUp());
        const Ipv4Address address = remote->GetLink()->GetIpcp()->GetLocalAddress();
        L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
        const uint32_t before = net->served[address];
        probe.Send();
        probe.Ping();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(net->served[address], before + 1);
        EXPECT_EQ(probe.echoed, 1U);
        EXPECT_EQ(probe.pinged, 1U);
    }

    /// Expect that nothing is left of tunnels and calls, once all lingering has ended.
    void ExpectNothingLeftInTheEnd()
    {
        RunOut();
        for (const Ptr<L2tpEndpoint>& end : {Ptr<L2tpEndpoint>(lac), Ptr<L2tpEndpoint>(lns)})
        {
            EXPECT_EQ(end->GetNTunnelsHeld(), 0U);
            EXPECT_EQ(end->GetNCalls(), 0U);
        }
        EXPECT_EQ(dialer->released.size(), dialer->reserved) << "once for each";
    }

    /// How often a type of message went over the internet. @param type which @return the number
    std::size_t Count(L2tpMessageType type) const
    {
        return std::count_if(wire.begin(), wire.end(), [type](const L2tpTestDatagram& datagram) {
            return datagram.Is(type);
        });
    }

    /// The last message of a type. @param type which @return it
    const L2tpControlMessage& Last(L2tpMessageType type) const
    {
        static const L2tpControlMessage NONE;
        const auto it =
            std::find_if(wire.rbegin(), wire.rend(), [type](const L2tpTestDatagram& datagram) {
                return datagram.Is(type);
            });
        EXPECT_NE(it, wire.rend()) << L2tpMessageName(static_cast<uint16_t>(type));
        return it == wire.rend() ? NONE : it->message;
    }

    /// The Result Code of the last CDN. @return the code
    L2tpResultCode CodeOfCdn() const
    {
        return Last(L2tpMessageType::CDN).Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode{});
    }

    Ptr<L2tpLac> lac;                   //!< on host 0
    Ptr<L2tpLns> lns;                   //!< on the LNS's node
    Ptr<L2tpTestDialer> dialer;         //!< the LAC's, if it has one
    Ptr<PppNetDevice> remote;           //!< the remote system
    std::vector<L2tpTestDatagram> wire; //!< what went over the internet
};

/// A test that loses the first messages of a type.
class L2tpOutgoingLossTest : public L2tpOutgoingCallTest,
                             public ::testing::WithParamInterface<L2tpMessageType>
{
};

} // namespace

// RFC 2661: 4.4.3-06, 7.5-01
TEST_F(L2tpOutgoingCallTest, OpensTheTunnelDialsAndPassesFramesBothWays)
{
    BuildEnds();
    PutPppOnTheLine();
    const auto placed = Place();
    ASSERT_TRUE(placed->call);
    RunUntil(Seconds(2));
    EXPECT_EQ(placed->established, 1U);
    EXPECT_EQ(placed->cleared, 0U);
    EXPECT_GT(placed->establishedAt, MilliSeconds(700)) << "not before the line is up";
    EXPECT_EQ(placed->call->GetRole(), L2tpCallRole::LNS_OUTGOING);
    ASSERT_EQ(dialer->connected.size(), 1U);
    EXPECT_EQ(dialer->connected[0]->GetRole(), L2tpCallRole::LAC_OUTGOING);
    // The session goes to the terminator, as that of an incoming call.
    const auto terminator = DynamicCast<L2tpInterfacePerSession>(lns->GetTerminator());
    ASSERT_TRUE(terminator->GetDevice(placed->call));
    EXPECT_EQ(terminator->GetDevice(placed->call)->GetLink()->GetPeerName(), "alice");
    ExpectTrafficOverTheLine();
    // The good-bye of PPP is the LNS's reason to clear the call (3 s later, RFC 1661, section 4.4).
    remote->GetLink()->Close();
    RunUntil(Seconds(8));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    ExpectNothingLeftInTheEnd();
    EXPECT_EQ(lns->GetStatistics().sessionsEstablished, 1U);
    EXPECT_EQ(lns->GetStatistics().sessionsCleared, 1U);
    EXPECT_EQ(lac->GetStatistics().sessionsEstablished, 1U);
    EXPECT_EQ(Count(L2tpMessageType::STOPCCN), 1U) << "from the end that opened the tunnel";
}

// Sections 6.9 to 6.11: every AVP, on the wire and at the other end.
// RFC 2661: 6.9-03
TEST_F(L2tpOutgoingCallTest, EveryAvpIsOnTheWire)
{
    BuildEnds();
    dialer->bearers = L2tpBearer::ANALOG;
    lac->SetDialer(dialer);
    dialer->channel = 0x00010017;
    dialer->line.txConnectSpeed = 56000;
    dialer->line.rxConnectSpeed = 33600;
    dialer->line.framingType = L2tpFraming::ASYNCHRONOUS;
    const auto placed = Place();
    RunUntil(Seconds(1));
    const auto& ocrq = Last(L2tpMessageType::OCRQ);
    EXPECT_EQ(ocrq.GetNAvps(), 9U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::ASSIGNED_SESSION_ID), placed->call->GetLocalId());
    EXPECT_EQ(ocrq.Get(L2tpAvps::CALL_SERIAL_NUMBER), 1U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::MINIMUM_BPS), 9600U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::MAXIMUM_BPS), 128000U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::BEARER_TYPE), L2tpBearer::ANALOG)
        << "section 4.4.4: only what the LAC advertised";
    EXPECT_EQ(ocrq.Get(L2tpAvps::FRAMING_TYPE), 3U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::CALLED_NUMBER), "5551234");
    EXPECT_EQ(ocrq.Get(L2tpAvps::SUB_ADDRESS), "7");
    const auto& ocrp = Last(L2tpMessageType::OCRP);
    EXPECT_EQ(ocrp.GetNAvps(), 3U);
    EXPECT_EQ(ocrp.Get(L2tpAvps::ASSIGNED_SESSION_ID), placed->call->GetPeerId());
    EXPECT_EQ(ocrp.Get(L2tpAvps::PHYSICAL_CHANNEL_ID), 0x00010017U);
    const auto& occn = Last(L2tpMessageType::OCCN);
    EXPECT_EQ(occn.GetNAvps(), 4U);
    EXPECT_EQ(occn.Get(L2tpAvps::TX_CONNECT_SPEED), 56000U);
    EXPECT_EQ(occn.Get(L2tpAvps::RX_CONNECT_SPEED), 33600U);
    EXPECT_EQ(occn.Get(L2tpAvps::FRAMING_TYPE), L2tpFraming::ASYNCHRONOUS);
    // What the LAC asked its dialer, and what the LNS has learnt.
    ASSERT_EQ(dialer->asked.size(), 1U);
    EXPECT_EQ(dialer->asked[0].calledNumber, "5551234");
    EXPECT_EQ(dialer->asked[0].minimumBps, 9600U);
    EXPECT_EQ(dialer->asked[0].maximumBps, 128000U);
    const L2tpCallParameters& learnt = placed->call->GetParameters();
    EXPECT_EQ(learnt.physicalChannelId, 0x00010017U);
    EXPECT_EQ(learnt.txConnectSpeed, 56000U);
    EXPECT_EQ(learnt.rxConnectSpeed, 33600U);
    EXPECT_EQ(learnt.framingType, L2tpFraming::ASYNCHRONOUS);
    EXPECT_EQ(learnt.calledNumber, "5551234");
}

// Section 4.4.2: each of the results that a bearer can have comes to the LNS as it is.
TEST_F(L2tpOutgoingCallTest, TellsWhyTheBearerFailed)
{
    for (const auto result : {L2tpCallResult::NO_CARRIER,
                              L2tpCallResult::BUSY,
                              L2tpCallResult::NO_DIAL_TONE,
                              L2tpCallResult::NOT_IN_TIME,
                              L2tpCallResult::NO_FRAMING})
    {
        for (const auto& dialTime : {Seconds(0), MilliSeconds(200)})
        {
            BuildEnds();
            dialer->failure = L2tpResultCode::Of(result);
            dialer->dialTime = dialTime;
            const auto placed = Place();
            RunUntil(Seconds(2));
            EXPECT_EQ(placed->established, 0U);
            EXPECT_EQ(placed->cleared, 1U);
            EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(result));
            EXPECT_EQ(placed->call->GetClearReason(),
                      "Receive CDN: " + L2tpResultCode::Of(result).Describe(L2tpMessageType::CDN));
            EXPECT_EQ(Count(L2tpMessageType::OCRP), 1U) << "before the CDN";
            ExpectNothingLeftInTheEnd();
            EXPECT_EQ(lns->GetStatistics().sessionsFailed, 1U);
            Clear();
            wire.clear();
        }
    }
}

// Section 7.5.1, wait-cs-answer: "a timer expires waiting for the call to complete".
TEST_F(L2tpOutgoingCallTest, NobodyAnswers)
{
    BuildEnds();
    lac->SetAttribute("SetupTimeout", TimeValue(Seconds(20)));
    lac->Stop();
    lac->Start();
    dialer->answers = false;
    const auto placed = Place();
    RunUntil(Seconds(20));
    EXPECT_EQ(placed->cleared, 0U);
    EXPECT_EQ(placed->call->GetState(), L2tpCallState::WAIT_CONNECT);
    RunUntil(Seconds(22));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::NOT_IN_TIME));
    // 6 ms there and back to open the tunnel and to send OCRQ, 6 ms for the CDN.
    EXPECT_EQ(placed->clearedAt, MilliSeconds(500) + Seconds(20) + 4 * MilliSeconds(6));
    // An answer that comes too late is for nobody.
    dialer->dialled.at(0)->BearerAnswered({64000});
    EXPECT_EQ(Count(L2tpMessageType::OCCN), 0U);
    ExpectNothingLeftInTheEnd();
}

// Section 4.4.2, result 5: a LAC that has no lines.
TEST_F(L2tpOutgoingCallTest, ALacWithoutDialerRefuses)
{
    BuildEnds(false);
    L2tpCallParameters parameters = Wanted();
    parameters.bearerType = 0; // any will do
    const auto placed = Place(parameters);
    RunUntil(Seconds(2));
    EXPECT_EQ(Count(L2tpMessageType::OCRQ), 1U);
    EXPECT_EQ(Count(L2tpMessageType::OCRP), 0U);
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT));
    ExpectNothingLeftInTheEnd();
}

// Section 4.4.4: a bearer that the LAC has not advertised must not be asked for.
TEST_F(L2tpOutgoingCallTest, AsksForNoBearerThatTheLacHasNot)
{
    BuildEnds();
    L2tpCallParameters parameters = Wanted();
    parameters.bearerType = L2tpBearer::ANALOG; // the dialer has digital lines only
    const auto placed = Place(parameters);
    RunUntil(Seconds(2));
    EXPECT_EQ(Count(L2tpMessageType::OCRQ), 0U);
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(placed->call->GetClearReason(),
              "Bearer line drop or local close request: 5 lack of appropriate facilities "
              "(permanent)");
    ExpectNothingLeftInTheEnd();
}

// The same in a tunnel that stands already: the call is cleared before PlaceCall() returns.
TEST_F(L2tpOutgoingCallTest, AsksForNoBearerThatTheLacHasNotInATunnelThatStands)
{
    BuildEnds();
    const auto good = Place();
    RunUntil(Seconds(2));
    L2tpCallParameters parameters = Wanted();
    parameters.bearerType = L2tpBearer::ANALOG;
    const auto bad = Place(parameters);
    ASSERT_TRUE(bad->call);
    EXPECT_EQ(bad->call->GetState(), L2tpCallState::IDLE);
    EXPECT_EQ(bad->cleared, 1U);
    RunUntil(Seconds(3));
    EXPECT_EQ(Count(L2tpMessageType::OCRQ), 1U);
    EXPECT_EQ(good->cleared, 0U);
    EXPECT_EQ(lns->GetNCalls(), 1U);
}

// Section 5.8: a LAC that does not answer is given up after 31 s.
TEST_F(L2tpOutgoingCallTest, TheLacIsNotThere)
{
    BuildEnds();
    net->internet->cut = true;
    const auto placed = Place();
    RunUntil(MilliSeconds(500) + Seconds(31) - NanoSeconds(1));
    EXPECT_EQ(placed->cleared, 0U);
    RunUntil(MilliSeconds(500) + Seconds(31) + NanoSeconds(1));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(lns->GetStatistics().tunnelsOpened.failed, 1U);
    EXPECT_EQ(lns->GetStatistics().callsPlaced.failed, 1U);
    ExpectNothingLeftInTheEnd();
}

// Section 7.5: "is this LNS allowed to dial an international call?"
// RFC 2661: 7.5-01
TEST_F(L2tpOutgoingCallTest, TheDialerMayRefuse)
{
    BuildEnds();
    dialer->refusal = L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION);
    const auto placed = Place();
    RunUntil(Seconds(2));
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(dialer->reserved, 0U);
    ExpectNothingLeftInTheEnd();
}

// Section 4.4.4: "lowest acceptable line speed", "highest acceptable line speed".
TEST_F(L2tpOutgoingCallTest, ALineOfAnotherSpeedWillNotDo)
{
    for (const uint32_t bps : {9599U, 9600U, 128000U, 128001U})
    {
        BuildEnds();
        dialer->line.txConnectSpeed = bps;
        const auto placed = Place();
        RunUntil(Seconds(2));
        const bool willDo = bps == 9600 || bps == 128000;
        EXPECT_EQ(placed->established, willDo ? 1U : 0U) << bps;
        if (!willDo)
        {
            EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY));
        }
        Clear();
        wire.clear();
    }
}

// Section 4.4.2, result 1.
// RFC 2661: 7.5.1-02
TEST_F(L2tpOutgoingCallTest, TheLineDrops)
{
    BuildEnds();
    PutPppOnTheLine();
    const auto placed = Place();
    RunUntil(Seconds(2));
    ASSERT_EQ(dialer->connected.size(), 1U);
    dialer->connected[0]->Close(L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    RunUntil(Seconds(3));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    EXPECT_FALSE(remote->GetLink()->IsNetworkUp());
    ExpectNothingLeftInTheEnd();
}

// Section 7.5.2: the LNS closes while it waits for the tunnel, for OCRP, and for OCCN.
// RFC 2661: 7.5.1-01
TEST_F(L2tpOutgoingCallTest, TheLnsChangesItsMind)
{
    // A message takes 6 ms: SCCRQ, SCCRP, then SCCCN with OCRQ, then OCRP.
    const std::vector<std::pair<Time, L2tpCallState>> moments{
        {MilliSeconds(5), L2tpCallState::WAIT_TUNNEL},
        {MilliSeconds(15), L2tpCallState::WAIT_REPLY},
        {MilliSeconds(100), L2tpCallState::WAIT_CONNECT}};
    for (const auto& moment : moments)
    {
        BuildEnds();
        // So that no StopCCN takes the place of the CDN.
        lns->SetAttribute("KeepTunnel", BooleanValue(true));
        const auto placed = Place();
        RunUntil(MilliSeconds(500) + moment.first);
        ASSERT_EQ(placed->call->GetState(), moment.second);
        placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        EXPECT_EQ(placed->cleared, 1U);
        RunUntil(Seconds(2));
        const bool isKnown = moment.second != L2tpCallState::WAIT_TUNNEL;
        EXPECT_EQ(Count(L2tpMessageType::CDN), isKnown ? 1U : 0U);
        EXPECT_EQ(Count(L2tpMessageType::OCRQ), isKnown ? 1U : 0U);
        EXPECT_EQ(lac->GetNCalls(), 0U);
        EXPECT_EQ(placed->established, 0U);
        EXPECT_EQ(dialer->connected.size(), 0U);
        EXPECT_EQ(lns->GetNTunnels(), 1U);
        lns->Stop();
        ExpectNothingLeftInTheEnd();
        Clear();
        wire.clear();
    }
}

// Both ways at once in one tunnel, each with the same Call Serial Number.
TEST_F(L2tpOutgoingCallTest, IncomingAndOutgoingCallsShareATunnel)
{
    BuildEnds();
    const auto out = Place();
    Ptr<L2tpCall> in;
    uint32_t inEstablished = 0;
    uint32_t inCleared = 0;
    RunUntil(MilliSeconds(600)); // the tunnel stands, the line is being dialled
    in = lac->PlaceCall({net->lnsAddress, L2TP_UDP_PORT},
                        L2tpCallParameters(),
                        Callback<void, Ptr<L2tpCall>>([&](Ptr<L2tpCall>) { ++inEstablished; }),
                        Callback<void, Ptr<L2tpCall>>([&](Ptr<L2tpCall>) { ++inCleared; }));
    RunUntil(Seconds(2));
    EXPECT_EQ(out->established, 1U);
    EXPECT_EQ(inEstablished, 1U);
    EXPECT_EQ(in->GetParameters().serialNumber, out->call->GetParameters().serialNumber);
    EXPECT_EQ(lac->GetNTunnels(), 1U);
    EXPECT_EQ(lns->GetNTunnels(), 1U);
    EXPECT_EQ(lac->GetNCalls(), 2U);
    EXPECT_EQ(lns->GetNCalls(), 2U);
    ASSERT_EQ(dialer->connected.size(), 1U);
    EXPECT_NE(dialer->connected[0], in);
    // Each ends by itself, and the tunnel with the last.
    out->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Seconds(3));
    EXPECT_EQ(inCleared, 0U);
    EXPECT_EQ(lac->GetNCalls(), 1U);
    EXPECT_EQ(lac->GetNTunnels(), 1U);
    in->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Seconds(4));
    EXPECT_EQ(inCleared, 1U);
    EXPECT_EQ(out->cleared, 1U);
    ExpectNothingLeftInTheEnd();
}

// An outgoing call goes into the tunnel that a client's LAC has opened.
TEST_F(L2tpOutgoingCallTest, SharesTheTunnelOfAVoluntaryClient)
{
    Build();
    Install();
    lac = Lac();
    lns = Lns();
    dialer = CreateObject<L2tpTestDialer>();
    lac->SetDialer(dialer);
    RunUntil(Seconds(1));
    const auto placed = Place();
    RunUntil(Seconds(2));
    EXPECT_EQ(placed->established, 1U);
    EXPECT_EQ(lns->GetNTunnels(), 1U);
    ExpectTraffic();
    Client()->HangUp();
    RunUntil(Seconds(3));
    EXPECT_EQ(lac->GetNTunnels(), 1U) << "there is a call left";
    placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    ExpectNothingLeftInTheEnd();
}

TEST_F(L2tpOutgoingCallTest, AnsweredAtOnce)
{
    BuildEnds();
    dialer->dialTime = Seconds(0);
    const auto placed = Place();
    RunUntil(Seconds(1));
    EXPECT_EQ(placed->established, 1U);
    std::vector<std::string> names;
    for (const auto& datagram : wire)
    {
        if (datagram.IsControl() && !datagram.IsZlb())
        {
            names.push_back(L2tpMessageName(datagram.message.GetType()));
        }
    }
    EXPECT_EQ(names, (std::vector<std::string>{"SCCRQ", "SCCRP", "SCCCN", "OCRQ", "OCRP", "OCCN"}));
}

// A LAC that refuses tunnels is no place to dial from.
TEST_F(L2tpOutgoingCallTest, ALacThatRefusesTunnels)
{
    BuildEnds(false);
    lac->SetAttribute("AcceptTunnels", BooleanValue(false));
    const auto placed = Place();
    RunUntil(Seconds(2));
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(placed->call->GetClearReason(),
              "Tunnel closed: Receive StopCCN: 4 requester is not authorized to establish a "
              "control channel");
    ExpectNothingLeftInTheEnd();
    // With a dialer it is one.
    lac->SetDialer(dialer);
    const auto second = Place();
    RunUntil(Simulator::Now() + Seconds(2));
    EXPECT_EQ(second->established, 1U);
}

TEST_F(L2tpOutgoingCallTest, PlacesNoCallWithoutRoomOrBeforeItRuns)
{
    BuildEnds();
    lns->GetTerminator()->SetAttribute("MaxSessions", UintegerValue(1));
    EXPECT_TRUE(Place()->call);
    EXPECT_FALSE(Place()->call) << "one is expected already";
    lns->Stop();
    EXPECT_FALSE(Place()->call);
}

TEST_F(L2tpOutgoingCallTest, SpeedsThatNoLineCanHave)
{
    ::testing::FLAGS_gtest_death_test_style = "threadsafe";
    L2tpCallParameters parameters;
    parameters.minimumBps = 2;
    parameters.maximumBps = 1;
    EXPECT_DEATH(
        {
            BuildEnds();
            Place(parameters);
        },
        "L2tpCallParameters::minimumBps 2 is above maximumBps 1");
}

// Either end loses all its state in the midst of a call.
TEST_F(L2tpOutgoingCallTest, EndsCrash)
{
    for (const bool lnsCrashes : {true, false})
    {
        for (const Time& at : {MilliSeconds(600), Seconds(2)})
        {
            BuildEnds();
            const auto placed = Place();
            RunUntil(at);
            if (lnsCrashes)
            {
                lns->Crash();
                EXPECT_EQ(placed->cleared, 1U);
            }
            else
            {
                lac->Crash();
                EXPECT_EQ(dialer->released.size(), 1U);
            }
            ExpectNothingLeftInTheEnd();
            EXPECT_EQ(placed->cleared, 1U);
            Clear();
            wire.clear();
        }
    }
}

// Section 6.14: the LNS tells what PPP has negotiated with the remote system on the line.
// RFC 2661: 6.14-01
TEST_F(L2tpOutgoingCallTest, ALineIsToldItsAccm)
{
    BuildEnds();
    std::vector<L2tpAccm> told;
    lac->TraceConnectWithoutContext(
        "LinkInfo",
        Callback<void, Ptr<const L2tpCall>, const L2tpAccm&>(
            [&told](Ptr<const L2tpCall>, const L2tpAccm& accm) { told.push_back(accm); }));
    // A remote system by hand, since ours never asks for an ACCM: RFC 1662, section 7.1.
    const auto frame = [](std::vector<uint8_t> octets) {
        octets.insert(octets.begin(), {0xff, 0x03, 0xc0, 0x21});
        return Create<Packet>(octets.data(), octets.size());
    };
    std::vector<uint8_t> request{1, 1, 0, 10, 2, 6, 0x00, 0x0a, 0x00, 0x00};
    Ptr<L2tpSession> line;
    dialer->onConnect = [&](Ptr<L2tpCall> call) {
        line = call->GetSession();
        line->Attach(L2Circuit::ReceiveCallback([&](Ptr<Packet> received) {
                         std::vector<uint8_t> octets(received->GetSize());
                         received->CopyData(octets.data(), octets.size());
                         if (octets.size() > 8 && octets[2] == 0xc0 && octets[4] == 1)
                         {
                             octets[4] = 2; // the LNS's Configure-Request: all of it is fine
                             line->Send(Create<Packet>(octets.data(), octets.size()));
                         }
                     }),
                     L2Circuit::StatusCallback());
        line->Send(frame(request));
    };
    const auto placed = Place();
    RunUntil(Seconds(2));
    const L2tpAccm first{0x000a0000, 0xffffffff};
    EXPECT_EQ(told, std::vector<L2tpAccm>{first});
    EXPECT_EQ(Last(L2tpMessageType::SLI).Get(L2tpAvps::ACCM), first);
    EXPECT_EQ(dialer->connected.at(0)->GetAccm(), first);
    // "These options can change at any time during the life of the call."
    request = {1, 2, 0, 10, 2, 6, 0, 0, 0, 0};
    line->Send(frame(request));
    RunUntil(Seconds(3));
    EXPECT_EQ(told, (std::vector<L2tpAccm>{first, {0, 0xffffffff}}));
    // The same once more is no news; without the option it is the default again.
    line->Send(frame({1, 3, 0, 10, 2, 6, 0, 0, 0, 0}));
    RunUntil(Seconds(4));
    EXPECT_EQ(told.size(), 2U);
    line->Send(frame({1, 4, 0, 4}));
    RunUntil(Seconds(5));
    EXPECT_EQ(told, (std::vector<L2tpAccm>{first, {0, 0xffffffff}, L2tpAccm{}}));
    EXPECT_EQ(lac->GetStatistics().linkInfosReceived, 3U);
    line->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
}

// Section 4.4.6: the default of the LAC is not worth a message.
TEST_F(L2tpOutgoingCallTest, NoSliForTheDefault)
{
    BuildEnds();
    PutPppOnTheLine();
    Place();
    RunUntil(Seconds(2));
    EXPECT_TRUE(remote->GetLink()->IsNetworkUp());
    EXPECT_EQ(Count(L2tpMessageType::SLI), 0U);
}

// Section 6.13: cumulative counters, and "not more than once every 60 seconds".
// RFC 2661: 6.13-01
TEST_F(L2tpOutgoingCallTest, TheLnsIsToldOfErrorsOnTheLine)
{
    BuildEnds();
    PutPppOnTheLine();
    std::vector<std::pair<Time, L2tpCallErrors>> told;
    lns->TraceConnectWithoutContext("WanErrors",
                                    Callback<void, Ptr<const L2tpCall>, const L2tpCallErrors&>(
                                        [&told](Ptr<const L2tpCall>, const L2tpCallErrors& errors) {
                                            told.emplace_back(Simulator::Now(), errors);
                                        }));
    const auto placed = Place();
    RunUntil(Seconds(2));
    Ptr<L2tpCall> call = dialer->connected.at(0);
    for (uint32_t second = 0; second < 10; ++second)
    {
        EXPECT_TRUE(call->ReportErrors({1 + second, 2, 3, 4, 5, 6}));
        RunUntil(Seconds(3 + second));
    }
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].second, (L2tpCallErrors{1, 2, 3, 4, 5, 6}));
    RunUntil(Seconds(200));
    ASSERT_EQ(told.size(), 2U) << "nothing new, no message";
    EXPECT_EQ(told[1].first - told[0].first, Seconds(60));
    EXPECT_EQ(told[1].second, (L2tpCallErrors{10, 2, 3, 4, 5, 6}));
    EXPECT_EQ(placed->call->GetCallErrors(), told[1].second);
    EXPECT_EQ(lns->GetStatistics().wanErrorsReceived, 2U);
    EXPECT_EQ(Count(L2tpMessageType::WEN), 2U);
}

// What is printed of a run with an outgoing call.
TEST_F(L2tpOutgoingCallTest, LadderAndSummary)
{
    BuildEnds();
    L2tpLadder ladder(lac, "LAC", lns, "LNS");
    L2tpRunSummary summary("test");
    summary.AddEndpoint("lac", lac);
    summary.AddEndpoint("lns", lns);
    const auto good = Place();
    RunUntil(Seconds(2));
    dialer->connected.at(0)->ReportErrors({1, 2, 3, 4, 5, 6});
    good->call->SetLinkInfo({0xa0000, 0xffffffff});
    // One that the LAC has not even begun.
    dialer->refusal = L2tpResultCode::Of(L2tpCallResult::BUSY);
    Place();
    RunUntil(Seconds(3));
    std::ostringstream text;
    ladder.Print(text);
    for (const char* words : {"OCRQ",
                              "  called 5551234",
                              "OCRP",
                              "OCCN",
                              "  64000 bit/s",
                              "  errors: CRC 1, framing 2, hardware 3, buffer 4, time-out 5, "
                              "alignment 6",
                              "  send ACCM 0xa0000, receive 0xffffffff"})
    {
        EXPECT_NE(text.str().find(words), std::string::npos) << words << "\n" << text.str();
    }
    const std::string path = ::testing::TempDir() + "l2tp-outgoing-call-summary.json";
    summary.Write(path);
    std::ifstream file(path);
    const auto read = nlohmann::json::parse(file);
    std::remove(path.c_str());
    EXPECT_EQ(read["tunnels"], nlohmann::json({{"established", 1}, {"failed", 0}, {"cleared", 0}}));
    EXPECT_EQ(read["sessions"], nlohmann::json({{"established", 1}, {"failed", 1}, {"cleared", 0}}))
        << "each once, also the one that the LAC refused";
    EXPECT_EQ(read["control"]["wen"], 1);
    EXPECT_EQ(read["control"]["sli"], 1);
}

TEST_P(L2tpOutgoingLossTest, IsRepairedByOneRetransmissionEach)
{
    // Retransmitted after 1 s, then 2 s later (section 5.8).
    for (uint32_t times = 1; times <= 2; ++times)
    {
        SCOPED_TRACE(times);
        BuildEnds();
        PutPppOnTheLine();
        uint32_t left = times;
        net->internet->lose = [&left](const L2tpTestDatagram& datagram) {
            return datagram.Is(GetParam()) && left > 0 && left-- > 0;
        };
        const auto placed = Place();
        RunUntil(Seconds(12));
        EXPECT_EQ(placed->established, 1U);
        EXPECT_EQ(dialer->dialled.size(), 1U) << "once";
        // Tunnel and request take 24 ms, dialling 200 ms. OCRP is repaired by the time of OCCN.
        const Time delay = Seconds(times == 1 ? 1 : 3);
        const Time least = MilliSeconds(500 + 200 + 24) + delay;
        const bool beside = GetParam() == L2tpMessageType::OCRP;
        EXPECT_GE(placed->establishedAt, least - (beside ? MilliSeconds(200) : Seconds(0)));
        EXPECT_LT(placed->establishedAt, least + MilliSeconds(100));
        ExpectTrafficOverTheLine();
        Clear();
        wire.clear();
    }
}

INSTANTIATE_TEST_SUITE_P(
    Messages,
    L2tpOutgoingLossTest,
    ::testing::Values(L2tpMessageType::OCRQ, L2tpMessageType::OCRP, L2tpMessageType::OCCN),
    [](const auto& type) { return L2tpMessageName(static_cast<uint16_t>(type.param)); });
