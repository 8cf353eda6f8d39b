/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A call is placed with one LNS after the other (RFC 2661, section 4.4.2; RFC 2868, section 3.8).

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-call-placement.h"
#include "ns3/pointer.h"
#include "ns3/uinteger.h"

#include <sstream>

using namespace ns3;

namespace
{

using Outcome = L2tpPlacementOutcome;

/// Lets an LNS refuse all calls.
class RefusingTerminator : public L2tpSessionTerminator
{
  public:
    void Start(Ptr<Node> /* node */) override
    {
    }

    std::optional<L2tpResultCode> Judge() const override
    {
        return m_refusal;
    }

    void Expect(Ptr<L2tpLeg> /* leg */) override
    {
        ADD_FAILURE() << "the call is refused";
    }

    void Establish(Ptr<L2tpLeg> /* leg */) override
    {
    }

    void ClearAll() override
    {
    }

    int64_t AssignStreams(int64_t /* stream */) override
    {
        return 0;
    }

    void LegEnded(L2tpLeg& /* leg */, const L2tpLegEnd& /* why */) override
    {
    }

    L2tpResultCode m_refusal; //!< why
};

/// A LAC on host 0 and LNSs on hosts 1 and 2; there is none on host 3.
class L2tpCallPlacementTest : public L2tpNetworkTest
{
  protected:
    /// Build it. @param nLns on how many hosts there are LNSs, from host 1 on
    void BuildLnss(uint32_t nLns = 2)
    {
        Build(4);
        vpn->SetAddressPool("10.8.0.0", "255.255.0.0");
        lac = L2tpLacHelper().Install(net->hosts.Get(0));
        lnsHelper.AddUser("alice", "wonderland");
        for (uint32_t i = 1; i <= nLns; ++i)
        {
            lnss.push_back(lnsHelper.Install(net->hosts.Get(i)));
        }
        for (const char* name : {"Attempt", "Outcome"})
        {
            const std::string trace = name;
            if (trace == "Attempt")
            {
                balancer->TraceConnectWithoutContext(
                    trace,
                    Callback<void, const L2tpTunnelPeer&, uint32_t>(
                        [this](const L2tpTunnelPeer& peer, uint32_t attempt) {
                            log += std::to_string(attempt) + ":" + NameOf(peer) + " ";
                        }));
                continue;
            }
            balancer->TraceConnectWithoutContext(
                trace,
                Callback<void, const L2tpTunnelPeer&, Outcome>(
                    [this](const L2tpTunnelPeer&, Outcome outcome) {
                        log += std::string(L2tpPlacementOutcomeName(outcome)) + "@" +
                               std::to_string(Simulator::Now().GetMilliSeconds()) + " ";
                    }));
        }
        RunUntil(Seconds(1));
    }

    /// "lns-N", N being the host's number. @param peer an LNS
    static std::string NameOf(const L2tpTunnelPeer& peer)
    {
        std::ostringstream words;
        words << peer.server;
        return "lns-" + words.str().substr(5, 1);
    }

    /// The LNS of a host. @param host its number @param preference its preference
    L2tpTunnelPeer PeerOf(uint32_t host, uint32_t preference = 0) const
    {
        L2tpTunnelPeer peer;
        peer.server = {L2tpIpAddress(net->GetHostAddress(host)), L2TP_UDP_PORT};
        peer.preference = preference;
        return peer;
    }

    /// Place a call. @param peers with whom @return the placement
    Ptr<L2tpCallPlacement> Place(const std::vector<L2tpTunnelPeer>& peers)
    {
        auto placement = CreateObject<L2tpCallPlacement>();
        placement->SetCallbacks(
            Callback<void, Ptr<L2tpCall>, const L2tpTunnelPeer&>(
                [this](Ptr<L2tpCall> which, const L2tpTunnelPeer& peer) {
                    EXPECT_TRUE(which->GetSession()->IsUp());
                    call = which;
                    log += "call:" + NameOf(peer) + " ";
                }),
            Callback<void, Ptr<L2tpCall>>(
                [this](Ptr<L2tpCall> which) { log += "over:" + which->GetClearReason() + " "; }),
            Callback<void, const L2tpResultCode&>([this](const L2tpResultCode& code) {
                log += "failed:" + code.Describe(L2tpMessageType::CDN) + " ";
            }));
        placement->Place(lac, balancer, peers, parameters);
        return placement;
    }

    L2tpLnsHelper lnsHelper;                                        //!< makes LNSs
    Ptr<L2tpLac> lac;                                               //!< on host 0
    std::vector<Ptr<L2tpLns>> lnss;                                 //!< on hosts 1, 2
    Ptr<L2tpLnsBalancer> balancer{CreateObject<L2tpLnsBalancer>()}; //!< chooses
    L2tpCallParameters parameters;                                  //!< what is told of calls
    Ptr<L2tpCall> call;                                             //!< established
    std::string log;                                                //!< what happened
};

} // namespace

TEST_F(L2tpCallPlacementTest, PlacesACallAndTellsOfItsEnd)
{
    BuildLnss();
    parameters.calledNumber = "2000";
    auto peer = PeerOf(1);
    peer.privateGroupId = "vpn-7";
    const auto placement = Place({peer});
    RunUntil(Seconds(2));
    EXPECT_EQ(log, "1:lns-1 established@1008 call:lns-1 ");
    EXPECT_EQ(balancer->GetNCalls(peer), 1U);
    ASSERT_EQ(lnss[0]->GetNCalls(), 1U);
    const auto told = lnss[0]->GetTunnels().at(0)->GetCalls().at(0)->GetParameters();
    EXPECT_EQ(told.calledNumber, "2000");
    EXPECT_EQ(told.privateGroupId, "vpn-7"); // RFC 2868, section 3.6; RFC 2661, section 4.4.5
    log.clear();
    lnss[0]->GetTunnels().at(0)->GetCalls().at(0)->Close(
        L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Seconds(3));
    EXPECT_EQ(log, "over:Receive CDN: 3 call disconnected for administrative reasons ");
    EXPECT_EQ(balancer->GetNCalls(peer), 0U);
    EXPECT_FALSE(balancer->IsBusiedOut(peer));
    EXPECT_EQ(placement->GetReferenceCount(), 1U); // nobody else keeps it
}

// An SCCRQ that nobody answers is given up after AttemptTime.
TEST_F(L2tpCallPlacementTest, GoesToTheNextLnsIfOneIsSilent)
{
    BuildLnss();
    Place({PeerOf(1, 2), PeerOf(3, 1)});
    RunUntil(Seconds(40));
    EXPECT_EQ(log, "1:lns-3 no-tunnel@11000 2:lns-1 established@11008 call:lns-1 ");
    EXPECT_TRUE(balancer->IsBusiedOut(PeerOf(3)));
    // The next call doesn't wait for it.
    log.clear();
    Place({PeerOf(1, 2), PeerOf(3, 1)});
    RunUntil(Seconds(41));
    EXPECT_EQ(log, "1:lns-1 established@40004 call:lns-1 ");
    // Until it may be there again.
    RunUntil(Seconds(72));
    log.clear();
    Place({PeerOf(1, 2), PeerOf(3, 1)});
    EXPECT_EQ(log, "1:lns-3 ");
}

// Section 5.8: or 31 s after the first, if there is no other LNS to try, or all the time is
// granted.
TEST_F(L2tpCallPlacementTest, GivesTheLastLnsAllTheTimeThereIs)
{
    BuildLnss();
    Place({PeerOf(3)});
    RunUntil(Seconds(60));
    EXPECT_EQ(log,
              "1:lns-3 no-tunnel@32000 failed:4/0 lack of appropriate facilities (temporary) "
              "(no tunnel) ");
    log.clear();
    balancer->SetAttribute("AttemptTime", TimeValue(Seconds(0)));
    balancer->SetAttribute("BusyOutTime", TimeValue(Seconds(0)));
    RunUntil(Seconds(100));
    Place({PeerOf(1, 2), PeerOf(3, 1)});
    RunUntil(Seconds(140));
    EXPECT_EQ(log, "1:lns-3 no-tunnel@131000 2:lns-1 established@131008 call:lns-1 ");
}

// An LNS that has a tunnel and doesn't answer an ICRQ in time isn't down.
TEST_F(L2tpCallPlacementTest, GoesToTheNextLnsIfACallTakesTooLong)
{
    BuildLnss();
    Place({PeerOf(1)});
    RunUntil(Seconds(2));
    net->access[1]->cut = true;
    log.clear();
    Place({PeerOf(1, 1), PeerOf(2, 2)});
    RunUntil(Seconds(14));
    EXPECT_EQ(log, "1:lns-1 try-another@12000 2:lns-2 established@12008 call:lns-2 ");
    EXPECT_FALSE(balancer->IsBusiedOut(PeerOf(1)));
}

// Section 4.4.2: StopCCN.
TEST_F(L2tpCallPlacementTest, GoesToTheNextLnsIfOneRefusesTheTunnel)
{
    lnsHelper.SetAttribute("MaxTunnels", UintegerValue(1));
    BuildLnss();
    // Somebody else has the only tunnel.
    auto other = L2tpLacHelper().Install(net->hosts.Get(3));
    RunUntil(Seconds(2));
    const auto ignore = Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {});
    other->PlaceCall(PeerOf(1).server, parameters, ignore, ignore);
    RunUntil(Seconds(2) + MilliSeconds(4)); // being set up
    Place({PeerOf(1, 1), PeerOf(2, 2)});
    RunUntil(Seconds(2) + MilliSeconds(11));
    EXPECT_EQ(log, "1:lns-1 no-tunnel@2008 2:lns-2 ");
    EXPECT_TRUE(balancer->IsBusiedOut(PeerOf(1)));
}

// Section 4.4.2: result 4, "lack of appropriate facilities being available (temporary condition)".
TEST_F(L2tpCallPlacementTest, GoesToTheNextLnsIfOneHasNoRoom)
{
    lnsHelper.SetAttribute("MaxSessions", UintegerValue(1));
    BuildLnss();
    for (int i = 0; i < 3; ++i)
    {
        Place({PeerOf(1, 1), PeerOf(2, 2)});
        RunUntil(Seconds(2 + i));
    }
    EXPECT_EQ(log,
              "1:lns-1 established@1008 call:lns-1 "
              "1:lns-1 try-another@2004 2:lns-2 established@2012 call:lns-2 "
              "1:lns-1 try-another@3004 2:lns-2 try-another@3008 "
              "failed:4/0 lack of appropriate facilities (temporary) (all sessions are taken) ");
    EXPECT_FALSE(balancer->IsBusiedOut(PeerOf(1)));
    EXPECT_EQ(balancer->GetCount(Outcome::TRY_ANOTHER), 3U);
}

// What any LNS would say of a call isn't asked of the next one; what is wrong with this LNS is.
// RFC 2661: 4.4.2-04
TEST_F(L2tpCallPlacementTest, TheResultCodeDecidesWhetherAnotherLnsIsTried)
{
    BuildLnss();
    const auto terminator = CreateObject<RefusingTerminator>();
    lnss[0]->SetAttribute("Terminator", PointerValue(terminator));
    lac->SetAttribute("KeepTunnel", BooleanValue(true));
    const auto error = [](L2tpErrorCode code) { return L2tpResultCode::GeneralError(code, ""); };
    const std::vector<std::pair<L2tpResultCode, bool>> rows{
        {L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER), false},
        {L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE), false},
        {L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY), true},
        {L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT), true},
        {L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION), false},
        {error(L2tpErrorCode::LENGTH), false},
        {error(L2tpErrorCode::NO_RESOURCES), true},
        {error(L2tpErrorCode::TRY_ANOTHER), true},
        {error(L2tpErrorCode::UNKNOWN_MANDATORY_AVP), false},
    };
    for (const auto& [code, another] : rows)
    {
        SCOPED_TRACE(code.Describe(L2tpMessageType::CDN));
        terminator->m_refusal = code;
        log.clear();
        Place({PeerOf(1, 1), PeerOf(2, 2)});
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_NE(log.find("1:lns-1 "), std::string::npos);
        EXPECT_EQ(log.find("2:lns-2 ") != std::string::npos, another) << log;
    }
}

// RFC 2661, section 7.4.1: "Bearer line drop", in wait-tunnel and later.
TEST_F(L2tpCallPlacementTest, IsWithdrawn)
{
    BuildLnss();
    const auto why = L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER);
    for (const Time& wait : {Time(0), MilliSeconds(2), MilliSeconds(6), MilliSeconds(500)})
    {
        log.clear();
        const auto placement = Place({PeerOf(1, 1), PeerOf(2, 2)});
        RunUntil(Simulator::Now() + wait);
        placement->Withdraw(why);
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(log.find("2:"), std::string::npos);
        EXPECT_EQ(log.find("failed"), std::string::npos);
        EXPECT_EQ(log.find("over"), std::string::npos);
        EXPECT_EQ(lac->GetNCalls() + lnss[0]->GetNCalls(), 0U);
        EXPECT_EQ(balancer->GetNCalls(PeerOf(1)), 0U);
        EXPECT_EQ(placement->GetReferenceCount(), 1U);
    }
    EXPECT_EQ(balancer->GetCount(Outcome::WITHDRAWN), 3U);
    EXPECT_EQ(balancer->GetCount(Outcome::ESTABLISHED), 1U);
}

TEST_F(L2tpCallPlacementTest, WithoutALacThatRunsItFails)
{
    BuildLnss();
    lac->Stop();
    Place({PeerOf(1, 1), PeerOf(2, 2)});
    EXPECT_EQ(log, "1:lns-1 no-room@1000 "); // told later
    RunUntil(Seconds(2));
    EXPECT_EQ(log,
              "1:lns-1 no-room@1000 2:lns-2 no-room@1000 "
              "failed:4/0 lack of appropriate facilities (temporary) (the LAC has no room) ");
    EXPECT_FALSE(balancer->IsBusiedOut(PeerOf(1)));
}

// An LNS that is lost while it has calls is busied out; a LAC that stops isn't the LNS's fault.
TEST_F(L2tpCallPlacementTest, AnLnsThatIsLostIsBusiedOut)
{
    BuildLnss();
    Place({PeerOf(1)});
    RunUntil(Seconds(2));
    lnss[0]->Stop();
    RunUntil(Seconds(3));
    EXPECT_TRUE(balancer->IsBusiedOut(PeerOf(1)));
    EXPECT_EQ(balancer->GetNCalls(PeerOf(1)), 0U);
    EXPECT_NE(log.find("over:"), std::string::npos);
    Place({PeerOf(2)});
    RunUntil(Seconds(4));
    lac->Stop();
    RunUntil(Seconds(5));
    EXPECT_FALSE(balancer->IsBusiedOut(PeerOf(2)));
    EXPECT_EQ(balancer->GetNCalls(PeerOf(2)), 0U);
}

// Calls that wait for the same tunnel all go to the next LNS.
TEST_F(L2tpCallPlacementTest, ManyCallsMoveTogether)
{
    BuildLnss();
    for (int i = 0; i < 10; ++i)
    {
        Place({PeerOf(3, 1), PeerOf(1, 2), PeerOf(2, 2)});
    }
    RunUntil(Seconds(40));
    EXPECT_EQ(balancer->GetCount(Outcome::NO_TUNNEL), 10U);
    EXPECT_EQ(balancer->GetCount(Outcome::ESTABLISHED), 10U);
    EXPECT_EQ(balancer->GetNCalls(PeerOf(1)), 5U);
    EXPECT_EQ(balancer->GetNCalls(PeerOf(2)), 5U);
    EXPECT_EQ(lnss[0]->GetNCalls(), 5U);
}
