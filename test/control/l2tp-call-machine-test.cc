/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "state-text.h"

#include "ns3/l2tp-call-machine.h"

using namespace ns3;

namespace
{

/**
 * @brief Look a transition of a role up.
 * @tparam ROLE the role
 * @param state the present state
 * @param event what happens
 * @return the row, or null
 */
template <L2tpCallRole ROLE>
const L2tpCallTransition*
Find(L2tpCallState state, L2tpCallEvent event)
{
    return FindL2tpCallTransition(ROLE, state, event);
}

/**
 * @brief Compare a role with its text table.
 * @tparam ROLE the role
 * @param file the text table
 */
template <L2tpCallRole ROLE>
void
ExpectAsIn(const std::string& file)
{
    ExpectStatesAsInText<L2tpCallState, L2tpCallEvent>(file,
                                                       L2tpCallStateName,
                                                       L2tpCallEventName,
                                                       L2tpCallActionName,
                                                       Find<ROLE>);
}

} // namespace

// Every state with every event of section 7.4.1, and of the sections that its table leaves out.
// RFC 2661: 6.12-01
TEST(L2tpCallMachineTest, LacIncomingAsInTheRfc)
{
    ExpectAsIn<L2tpCallRole::LAC_INCOMING>("l2tp-lac-incoming-states.txt");
}

// Every state with every event of section 7.4.2, and of the sections that its table leaves out.
// RFC 2661: 6.12-01
TEST(L2tpCallMachineTest, LnsIncomingAsInTheRfc)
{
    ExpectAsIn<L2tpCallRole::LNS_INCOMING>("l2tp-lns-incoming-states.txt");
}

// Every state with every event of section 7.5.1, and of the sections that its table leaves out.
// RFC 2661: 6.12-01, 7.5.1-01, 7.5.1-02
TEST(L2tpCallMachineTest, LacOutgoingAsInTheRfc)
{
    ExpectAsIn<L2tpCallRole::LAC_OUTGOING>("l2tp-lac-outgoing-states.txt");
}

// Every state with every event of section 7.5.2, and of the sections that its table leaves out.
// RFC 2661: 6.12-01
TEST(L2tpCallMachineTest, LnsOutgoingAsInTheRfc)
{
    ExpectAsIn<L2tpCallRole::LNS_OUTGOING>("l2tp-lns-outgoing-states.txt");
}

// The graphs for the documentation are drawn from the tables.
TEST(L2tpCallMachineTest, Graphs)
{
    EXPECT_EQ(L2tpCallMachineDot(L2tpCallRole::LAC_INCOMING),
              ReadSourceFile("test/control/l2tp-lac-incoming-states.dot"));
    EXPECT_EQ(L2tpCallMachineDot(L2tpCallRole::LNS_INCOMING),
              ReadSourceFile("test/control/l2tp-lns-incoming-states.dot"));
    EXPECT_EQ(L2tpCallMachineDot(L2tpCallRole::LAC_OUTGOING),
              ReadSourceFile("test/control/l2tp-lac-outgoing-states.dot"));
    EXPECT_EQ(L2tpCallMachineDot(L2tpCallRole::LNS_OUTGOING),
              ReadSourceFile("test/control/l2tp-lns-outgoing-states.dot"));
}

// Names for traces and captions.
TEST(L2tpCallMachineTest, RoleNames)
{
    EXPECT_STREQ(L2tpCallRoleName(L2tpCallRole::LAC_INCOMING), "LAC incoming");
    EXPECT_STREQ(L2tpCallRoleName(L2tpCallRole::LNS_INCOMING), "LNS incoming");
    EXPECT_STREQ(L2tpCallRoleName(L2tpCallRole::LAC_OUTGOING), "LAC outgoing");
    EXPECT_STREQ(L2tpCallRoleName(L2tpCallRole::LNS_OUTGOING), "LNS outgoing");
}

// Which end a role is of, and who asked for the call.
TEST(L2tpCallMachineTest, EndsAndDirections)
{
    EXPECT_TRUE(IsL2tpCallAtLac(L2tpCallRole::LAC_INCOMING));
    EXPECT_FALSE(IsL2tpCallAtLac(L2tpCallRole::LNS_INCOMING));
    EXPECT_TRUE(IsL2tpCallAtLac(L2tpCallRole::LAC_OUTGOING));
    EXPECT_FALSE(IsL2tpCallAtLac(L2tpCallRole::LNS_OUTGOING));
    EXPECT_FALSE(IsL2tpCallOutgoing(L2tpCallRole::LAC_INCOMING));
    EXPECT_FALSE(IsL2tpCallOutgoing(L2tpCallRole::LNS_INCOMING));
    EXPECT_TRUE(IsL2tpCallOutgoing(L2tpCallRole::LAC_OUTGOING));
    EXPECT_TRUE(IsL2tpCallOutgoing(L2tpCallRole::LNS_OUTGOING));
}
