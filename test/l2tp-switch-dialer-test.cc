/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Outgoing calls through tunnel switches (RFC 2661, sections 4.4.2, 6.9 to 6.12 and 7.5; RFC 3931,
// section 1.2).

#include "l2tp-remote-dial-fixture.h"

#include "ns3/l2tp-multihop-helper.h"
#include "ns3/l2tp-switch-dialer.h"
#include "ns3/l2tp-tunnel-switch.h"
#include "ns3/l2tp-tunnel-table.h"
#include "ns3/uinteger.h"

#include <set>

using namespace ns3;

namespace
{

constexpr uint16_t SWITCH_LAC_PORT = 1702; //!< of the switches' LACs

/// A tunnel switch for outgoing calls.
struct Switch
{
    Ptr<L2tpLns> lns;             //!< places the onward calls
    Ptr<L2tpLac> lac;             //!< is asked for calls
    Ptr<L2tpSwitchDialer> dialer; //!< between both
    Ptr<L2tpTunnelTable> table;   //!< where calls go
};

/// LNS - switches on hosts 1, 2, ..., the last one nearest to the LNS - LAC on host 0 - lines.
class L2tpSwitchDialerTest : public L2tpRemoteDialTest
{
  protected:
    /// Build all of it. @param nSwitches how many switches
    void BuildSwitches(uint32_t nSwitches)
    {
        nHosts = nSwitches + 1;
        BuildDial();
        for (const auto& channel : net->access)
        {
            channel->watch = [this](const L2tpTestDatagram& datagram) {
                if (datagram.Is(L2tpMessageType::OCRQ) && noted.insert(datagram.Identity()).second)
                {
                    ocrqs.push_back(datagram);
                }
            };
        }
        L2tpMultihopHelper hops;
        hops.SetLacAttribute("LocalPort", UintegerValue(SWITCH_LAC_PORT));
        for (uint32_t i = 0; i < nSwitches; ++i)
        {
            Switch made;
            made.table = CreateObject<L2tpTunnelTable>();
            made.lns = hops.InstallSwitch(net->hosts.Get(1 + i), CreateObject<L2tpTunnelTable>());
            made.lac = DynamicCast<L2tpTunnelSwitch>(made.lns->GetTerminator())->GetLac();
            made.lns->AssignStreams(700 + 10 * i);
            made.dialer = CreateObject<L2tpSwitchDialer>();
            made.dialer->SetAttribute("Lns", PointerValue(made.lns));
            made.dialer->SetAttribute("Selector", PointerValue(made.table));
            made.lac->SetDialer(made.dialer);
            made.table->AddCalledNumber("5551234", To(i));
            switches.push_back(made);
        }
        RunUntil(Simulator::Now() + MilliSeconds(100));
    }

    void TearDown() override
    {
        switches.clear();
        L2tpRemoteDialTest::TearDown();
    }

    /// Take all of it down, to build it anew.
    void ClearSwitches()
    {
        switches.clear();
        ocrqs.clear();
        noted.clear();
        ClearDial();
    }

    /// The way to what is behind a switch: the LAC, or the switch before. @param i the switch
    /// @return the choice
    L2tpTunnelChoice To(uint32_t i, uint32_t preference = 0) const
    {
        L2tpTunnelPeer peer;
        peer.server = {net->GetHostAddress(i), i == 0 ? L2TP_UDP_PORT : SWITCH_LAC_PORT};
        peer.preference = preference;
        return {L2tpTunnelChoice::Kind::TUNNEL, {peer}, ""};
    }

    /// Let the LNS ask the nearest switch for a call. @param number the number @return what it
    /// hears
    std::shared_ptr<Placed> PlaceThrough(const std::string& number = "5551234")
    {
        auto wanted = Wanted();
        wanted.calledNumber = number;
        auto placed = std::make_shared<Placed>();
        placed->call = lns->PlaceCall(
            {net->GetHostAddress(static_cast<uint32_t>(switches.size())), SWITCH_LAC_PORT},
            wanted,
            Callback<void, Ptr<L2tpCall>>([placed](Ptr<L2tpCall>) { ++placed->established; }),
            Callback<void, Ptr<L2tpCall>>([placed](Ptr<L2tpCall>) { ++placed->cleared; }));
        return placed;
    }

    /// Expect that nothing is left anywhere.
    void ExpectNothingLeftAtSwitches()
    {
        ExpectAllIdleInTheEnd();
        for (const auto& one : switches)
        {
            EXPECT_EQ(one.dialer->GetNCalls(), 0U);
            for (const auto& end : {Ptr<L2tpEndpoint>(one.lns), Ptr<L2tpEndpoint>(one.lac)})
            {
                EXPECT_EQ(end->GetNCalls(), 0U);
                EXPECT_EQ(end->GetNTunnelsHeld(), 0U);
            }
        }
    }

    std::vector<Switch> switches;         //!< that of host 1 is the first
    std::vector<L2tpTestDatagram> ocrqs;  //!< OCRQs, each once
    std::set<std::vector<uint8_t>> noted; //!< the same, to find them
};

} // namespace

// Through one switch and through two: OCRQ, OCRP and OCCN hop by hop, PPP from end to end; Hop
// Count and what else changes on the way.
// Section 4.4.3: what "the sender of a given message may accept outgoing call requests for".
// RFC 2661: 4.4.3-08
TEST_F(L2tpSwitchDialerTest, AdvertisesTheBearersThatItIsToldOf)
{
    for (const auto told : {std::optional<uint32_t>(), std::optional(L2tpBearer::ANALOG)})
    {
        BuildSwitches(1);
        if (told)
        {
            switches[0].dialer->SetAttribute("BearerCapabilities", UintegerValue(*told));
            switches[0].lac->SetDialer(switches[0].dialer);
        }
        std::optional<uint32_t> seen;
        net->access[1]->watch = [this, &seen](const L2tpTestDatagram& datagram) {
            if (datagram.Is(L2tpMessageType::SCCRP) &&
                datagram.from.address == net->GetHostAddress(1)) // and not what it hears itself
            {
                seen = datagram.message.Get(L2tpAvps::BEARER_CAPABILITIES);
            }
        };
        PlaceThrough();
        RunUntil(Seconds(8));
        EXPECT_EQ(seen, told.value_or(L2tpBearer::ANALOG | L2tpBearer::DIGITAL));
        ClearSwitches();
    }
}

TEST_F(L2tpSwitchDialerTest, ACallGoesThrough)
{
    for (const uint32_t nSwitches : {1, 2})
    {
        SCOPED_TRACE(nSwitches);
        BuildSwitches(nSwitches);
        const auto placed = PlaceThrough();
        RunUntil(Seconds(8));
        EXPECT_EQ(placed->established, 1U);
        ASSERT_TRUE(remotes[0]->system->IsUp());
        EXPECT_EQ(L2tpTestProbe::PingOnce(remotes[0]->node, net->serverAddress), 1U);
        ASSERT_EQ(ocrqs.size(), nSwitches + 1);
        for (uint32_t hop = 0; hop < ocrqs.size(); ++hop)
        {
            const auto count = ocrqs[hop].message.Get(L2tpAvps::HOP_COUNT);
            EXPECT_EQ(count, hop == 0 ? std::nullopt : std::optional<uint16_t>(hop));
            // Section 4.4.4: what was asked for is asked for on each hop.
            EXPECT_EQ(ocrqs[hop].message.Get(L2tpAvps::CALLED_NUMBER), "5551234");
            EXPECT_EQ(ocrqs[hop].message.Get(L2tpAvps::SUB_ADDRESS), "7");
            EXPECT_EQ(ocrqs[hop].message.Get(L2tpAvps::MINIMUM_BPS), 9600U);
            EXPECT_EQ(ocrqs[hop].message.Get(L2tpAvps::MAXIMUM_BPS), 128000U);
        }
        // What the LAC says of its line comes back to the LNS.
        EXPECT_EQ(placed->call->GetParameters().txConnectSpeed, 56000U);
        EXPECT_EQ(placed->call->GetParameters().framingType, L2tpFraming::ASYNCHRONOUS);
        EXPECT_EQ(lac->GetTunnels().at(0)->GetCalls().at(0)->GetParameters().hopCount, nSwitches);
        for (const auto& one : switches)
        {
            EXPECT_EQ(one.dialer->GetNCalls(), 1U);
        }
        // The remote system says good-bye, and everything is over.
        remotes[0]->system->HangUp();
        RunUntil(Seconds(15));
        EXPECT_EQ(placed->cleared, 1U);
        ExpectNothingLeftAtSwitches();
        ClearSwitches();
    }
}

// Section 4.4.2: "Call failed due to detection of a busy signal", through each switch to the LNS.
TEST_F(L2tpSwitchDialerTest, ABusyLinesCauseComesBack)
{
    for (const uint32_t nSwitches : {1, 2})
    {
        SCOPED_TRACE(nSwitches);
        BuildSwitches(nSwitches);
        // Somebody else is on the remote system's line.
        auto third = CreateObject<L2SerialNetDevice>();
        net->hosts.Get(0)->AddDevice(third);
        network->Attach(third, "7777777");
        third->GetLine()->SetIncomingCallback(
            Callback<void, Ptr<L2SerialLine>, const L2CallNumbers&>(
                [](Ptr<L2SerialLine> line, const L2CallNumbers&) { line->Answer(); }));
        RemoteLine()->Dial("7777777");
        RunUntil(Simulator::Now() + Seconds(3));
        const auto placed = PlaceThrough();
        RunUntil(Simulator::Now() + Seconds(10));
        EXPECT_EQ(placed->established, 0U);
        EXPECT_EQ(placed->cleared, 1U);
        EXPECT_EQ(placed->call->GetClearCode(), L2tpResultCode::Of(L2tpCallResult::BUSY));
        EXPECT_EQ(Count(L2tpMessageType::OCRP), 1U) << "it could be attempted";
        RemoteLine()->HangUp();
        ExpectNothingLeftAtSwitches();
        ClearSwitches();
    }
}

// The LNS hangs up, the LAC's line is cut, a switch in between crashes: it ends on all hops.
TEST_F(L2tpSwitchDialerTest, EndsOnAllHops)
{
    for (const std::string how : {"LNS", "line", "switch", "tunnel"})
    {
        SCOPED_TRACE(how);
        BuildSwitches(2);
        const auto placed = PlaceThrough();
        RunUntil(Seconds(8));
        ASSERT_TRUE(remotes[0]->system->IsUp());
        if (how == "LNS")
        {
            placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        }
        else if (how == "line")
        {
            pool[0]->Cut();
        }
        else if (how == "switch")
        {
            switches[0].lns->Crash(); // and its LAC with it
        }
        else
        {
            lac->GetTunnels().at(0)->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
        }
        RunUntil(Seconds(200));
        EXPECT_EQ(placed->cleared, 1U);
        if (how == "line")
        {
            EXPECT_EQ(placed->call->GetClearCode(),
                      L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
        }
        EXPECT_FALSE(remotes[0]->system->IsUp());
        ExpectNothingLeftAtSwitches();
        ClearSwitches();
    }
}

// The LNS has enough while the line is still being dialled: it is dialled no more.
TEST_F(L2tpSwitchDialerTest, ACallMayBeClearedBeforeItIsThere)
{
    BuildSwitches(2);
    const auto placed = PlaceThrough();
    RunUntil(Simulator::Now() + MilliSeconds(500));
    EXPECT_EQ(lac->GetNCalls(), 1U);
    placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Simulator::Now() + Seconds(5));
    EXPECT_EQ(lac->GetNCalls(), 0U);
    EXPECT_FALSE(remotes[0]->system->IsUp());
    ExpectNothingLeftAtSwitches();
}

// Whoever hears that both are joined may clear the call.
TEST_F(L2tpSwitchDialerTest, ACallMayBeClearedAsItIsJoined)
{
    BuildSwitches(1);
    uint32_t joined = 0;
    switches[0].dialer->TraceConnectWithoutContext(
        "Joined",
        Callback<void, Ptr<const L2tpCall>, Ptr<const L2tpCall>>(
            [&](Ptr<const L2tpCall>, Ptr<const L2tpCall>) {
                ++joined;
                switches[0].lac->GetTunnels().at(0)->GetCalls().at(0)->Close(
                    L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
            }));
    const auto placed = PlaceThrough();
    RunUntil(Seconds(20));
    EXPECT_EQ(joined, 1U);
    EXPECT_EQ(placed->cleared, 1U);
    ExpectNothingLeftAtSwitches();
}

// A LAC that isn't there, and one that lacks facilities: the next one is asked.
TEST_F(L2tpSwitchDialerTest, TheNextLacIsAsked)
{
    BuildSwitches(1);
    auto choice = To(0, 2);
    L2tpTunnelPeer absent;
    absent.server = {net->serverAddress, L2TP_UDP_PORT}; // nobody is there
    absent.preference = 1;
    choice.peers.push_back(absent);
    switches[0].table->AddCalledNumber("5551234", choice);
    const auto placed = PlaceThrough();
    RunUntil(Seconds(50));
    EXPECT_EQ(placed->established, 1U);
    EXPECT_TRUE(remotes[0]->system->IsUp());
    // Its only line is taken: no facilities, and no other LAC is left.
    choice.peers.pop_back();
    switches[0].table->AddCalledNumber("5551234", choice);
    const auto second = PlaceThrough();
    RunUntil(Seconds(60));
    EXPECT_EQ(second->established, 0U);
    EXPECT_EQ(second->call->GetClearCode().result,
              static_cast<uint16_t>(L2tpCallResult::NO_FACILITIES_TEMPORARY));
    placed->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Seconds(100));
    ExpectNothingLeftAtSwitches();
}

// Section 4.4.2, result 6: a number that leads nowhere, or to the switch itself.
TEST_F(L2tpSwitchDialerTest, ANumberThatLeadsNowhere)
{
    BuildSwitches(1);
    switches[0].table->AddCalledNumber("111", To(1)); // its own address
    for (const std::string number : {"999", "111"})
    {
        const auto placed = PlaceThrough(number);
        RunUntil(Simulator::Now() + Seconds(3));
        EXPECT_EQ(placed->cleared, 1U);
        EXPECT_EQ(placed->call->GetClearCode().result,
                  static_cast<uint16_t>(L2tpCallResult::INVALID_DESTINATION))
            << number;
    }
    EXPECT_EQ(switches[0].lns->GetStatistics().callsPlaced.failed, 0U);
    ExpectNothingLeftAtSwitches();
}

// Two switches that send a call to each other: Hop Count ends it.
TEST_F(L2tpSwitchDialerTest, ACircleEnds)
{
    BuildSwitches(2);
    switches[0].table->AddCalledNumber("5551234", To(2));
    const auto placed = PlaceThrough();
    RunUntil(Seconds(10));
    EXPECT_EQ(placed->established, 0U);
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(
        placed->call->GetClearCode(),
        L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE, "Hop Count 8 is at the limit"));
    EXPECT_EQ(ocrqs.size(), 9U);
    ExpectNothingLeftAtSwitches();
}

TEST_F(L2tpSwitchDialerTest, ABadConfigurationStopsAtOnce)
{
    auto bare = CreateObject<L2tpSwitchDialer>();
    EXPECT_DEATH(bare->Judge({}), "L2tpSwitchDialer::Lns is not set.*give it");
    bare->SetAttribute("Lns", PointerValue(CreateObject<L2tpLns>()));
    EXPECT_DEATH(bare->Judge({}), "L2tpSwitchDialer::Selector is not set.*give it");
}
