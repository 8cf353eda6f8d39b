/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The end of a call that goes through tunnel switches: whoever ends it, and whatever is lost,
// nothing is left at any hop (RFC 2661, sections 5.6 and 5.7).

#include "l2tp-multihop-fixture.h"

#include "ns3/nstime.h"

#include <functional>
#include <tuple>

using namespace ns3;

namespace
{

/// A test that ends a call in some way.
class L2tpSwitchedClearTest : public L2tpMultihopTest
{
};

/// One way to end a call, at one switch of some number of them.
class L2tpSwitchClearTest : public L2tpMultihopTest,
                            public ::testing::WithParamInterface<std::tuple<uint32_t, uint32_t>>
{
  protected:
    /// Do something at each switch of the row, in a run of its own, and expect that the whole call
    /// goes. @param clear what, to which switch
    void AtTheSwitch(const std::function<void(uint32_t)>& clear)
    {
        const auto [nSwitches, at] = GetParam();
        BringUp(nSwitches);
        clear(at);
        RunOut();
        ExpectNothingLeftAnywhere();
    }
};

/// 1, 2 and 4 switches, and each of them.
INSTANTIATE_TEST_SUITE_P(Rows,
                         L2tpSwitchClearTest,
                         ::testing::Values(std::make_tuple(1, 0),
                                           std::make_tuple(2, 0),
                                           std::make_tuple(2, 1),
                                           std::make_tuple(4, 0),
                                           std::make_tuple(4, 1),
                                           std::make_tuple(4, 2),
                                           std::make_tuple(4, 3)));

/// A test with 1, 2 and 4 switches.
class L2tpRowClearTest : public L2tpMultihopTest, public ::testing::WithParamInterface<uint32_t>
{
  protected:
    /// Expect one CDN on each hop, all of which say the same. @param words what
    void ExpectCdns(const std::string& words)
    {
        EXPECT_EQ(cdns, std::vector<std::string>(GetParam() + 1, words));
    }
};

INSTANTIATE_TEST_SUITE_P(Rows, L2tpRowClearTest, ::testing::Values(1, 2, 4));

const char* const ADMINISTRATIVE = "3 call disconnected for administrative reasons";

/// Why administrators clear calls.
L2tpResultCode
Administrative()
{
    return L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE);
}

} // namespace

// Section 5.6, and RFC 3145: the Result Code and the cause are those of the end that began.
TEST_P(L2tpRowClearTest, TheHostsEndGoesToTheLns)
{
    BringUp(GetParam());
    const auto last = LastCall();
    const L2tpDisconnectCause cause{16, 0xc021, 1, "no answer"};
    Client()->GetCall()->Close(Administrative(), cause);
    RunUntil(Simulator::Now() + Seconds(1));
    ExpectCdns(ADMINISTRATIVE);
    EXPECT_EQ(last->GetClearCode(), Administrative());
    ASSERT_EQ(last->GetDisconnectCauses().size(), 1U);
    EXPECT_EQ(last->GetDisconnectCauses()[0].Describe(), cause.Describe());
    RunOut();
    ExpectNothingLeftAnywhere();
}

TEST_P(L2tpRowClearTest, TheLnssEndGoesToTheHost)
{
    BringUp(GetParam());
    const auto first = Client()->GetCall();
    const L2tpDisconnectCause cause{16, 0xc021, 2, "no answer"};
    LastCall()->Close(L2tpResultCode::GeneralError(L2tpErrorCode::NO_RESOURCES, "out of memory"),
                      cause);
    RunUntil(Simulator::Now() + Seconds(1));
    ExpectCdns("2/4 general error: insufficient resources (out of memory)");
    ASSERT_EQ(first->GetDisconnectCauses().size(), 1U);
    EXPECT_EQ(first->GetDisconnectCauses()[0].Describe(), cause.Describe());
    RunOut();
    ExpectNothingLeftAnywhere();
}

// PPP's own end, which the switches don't know of.
TEST_P(L2tpRowClearTest, HangingUpReleasesEachHop)
{
    BringUp(GetParam());
    Client()->HangUp();
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(cdns.size(), GetParam() + 1);
    RunOut();
    ExpectNothingLeftAnywhere();
}

// Section 5.7: a StopCCN of either end clears the calls of its tunnel.
TEST_P(L2tpRowClearTest, TheLnssStopReleasesEachHop)
{
    BringUp(GetParam());
    Lns()->Stop();
    RunOut();
    ExpectNothingLeftAnywhere();
}

TEST_P(L2tpRowClearTest, TheHostsStopReleasesEachHop)
{
    BringUp(GetParam());
    Lac()->Stop();
    RunOut();
    ExpectNothingLeftAnywhere();
}

// Sections 5.5 and 5.8: an end that vanishes is noticed by its neighbour, 60 + 31 s later.
TEST_P(L2tpRowClearTest, TheLnssCrashReleasesEachHop)
{
    BringUp(GetParam());
    Lns()->Crash();
    RunUntil(Simulator::Now() + Seconds(200)); // kept on for a cycle (section 5.7)
    ExpectNothingLeftAnywhere();
    RunOut();
}

TEST_P(L2tpRowClearTest, TheHostsCrashReleasesEachHop)
{
    BringUp(GetParam());
    Lac()->Crash();
    RunUntil(Simulator::Now() + Seconds(200));
    ExpectNothingLeftAnywhere();
    RunOut();
}

// Section 5.6, at a switch: both ways from there.
TEST_P(L2tpSwitchClearTest, ItsIncomingCallIsClosed)
{
    AtTheSwitch([this](uint32_t i) { IncomingCall(i)->Close(Administrative()); });
    EXPECT_EQ(cdns, std::vector<std::string>(row.GetN() + 1, ADMINISTRATIVE));
}

TEST_P(L2tpSwitchClearTest, ItsOnwardCallIsClosed)
{
    AtTheSwitch([this](uint32_t i) { OnwardCall(i)->Close(Administrative()); });
    EXPECT_EQ(cdns, std::vector<std::string>(row.GetN() + 1, ADMINISTRATIVE));
}

TEST_P(L2tpSwitchClearTest, TheJoinIsReleased)
{
    AtTheSwitch([this](uint32_t i) {
        row.GetSwitch(i)->GetCalls().at(0)->Release({Administrative(), {}});
    });
    EXPECT_EQ(cdns, std::vector<std::string>(row.GetN() + 1, ADMINISTRATIVE));
}

// Section 5.7.
TEST_P(L2tpSwitchClearTest, ItsIncomingTunnelIsClosed)
{
    AtTheSwitch([this](uint32_t i) {
        row.GetLns(i)->GetTunnels().at(0)->Close(
            L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    });
}

TEST_P(L2tpSwitchClearTest, ItsOnwardTunnelIsClosed)
{
    AtTheSwitch([this](uint32_t i) {
        row.GetLac(i)->GetTunnels().at(0)->Close(
            L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    });
}

TEST_P(L2tpSwitchClearTest, ItsLnsIsStopped)
{
    AtTheSwitch([this](uint32_t i) { row.GetLns(i)->Stop(); });
}

TEST_P(L2tpSwitchClearTest, ItsLacIsStopped)
{
    AtTheSwitch([this](uint32_t i) { row.GetLac(i)->Stop(); });
}

// Section 5.5: both neighbours notice, and the far ends are told by CDNs.
TEST_P(L2tpSwitchClearTest, ItCrashesAndComesBack)
{
    const auto [nSwitches, at] = GetParam();
    BringUp(nSwitches);
    cdns.clear();
    row.GetLns(at)->Crash();
    EXPECT_EQ(row.GetSwitch(at)->GetNCalls(), 0U);
    EXPECT_FALSE(row.GetLac(at)->IsRunning());
    RunUntil(Simulator::Now() + Seconds(200));
    ExpectNothingLeftAnywhere();
    // One for each hop but its own two, about which nobody can be told.
    EXPECT_EQ(cdns.size(), nSwitches - 1);
    row.GetLns(at)->Start();
    EXPECT_TRUE(row.GetLac(at)->IsRunning());
    Client()->Dial();
    RunUntil(Simulator::Now() + Seconds(2));
    ExpectTraffic();
    Client()->HangUp();
    RunOut();
    ExpectNothingLeftAnywhere();
}

// A crash while the onward call is being placed: it is not placed after the restart.
TEST_F(L2tpSwitchedClearTest, ACrashForgetsCallsThatAreBeingPlaced)
{
    BuildRow(1);
    net->internet->cut = true;
    RunUntil(Seconds(3));
    ASSERT_EQ(row.GetSwitch(0)->GetNCalls(), 1U);
    row.GetLns(0)->Crash();
    row.GetLns(0)->Start();
    net->internet->cut = false;
    RunUntil(Seconds(10));
    EXPECT_EQ(row.GetSwitch(0)->GetNCalls(), 0U);
    EXPECT_EQ(row.GetLac(0)->GetNCalls(), 0U);
    EXPECT_EQ(Lns()->GetStatistics().datagramsReceived, 0U);
}

// Section 5.5: a link that is cut between two switches.
TEST_F(L2tpSwitchedClearTest, ACutLinkReleasesEachHop)
{
    BringUp(4);
    net->access[2]->cut = true; // of the second switch, which has two hops on it
    RunUntil(Simulator::Now() + Seconds(200));
    ExpectNothingLeftAnywhere();
    RunOut();
}
