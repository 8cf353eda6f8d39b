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

// The graphs for the documentation are drawn from the tables.
TEST(L2tpCallMachineTest, Graphs)
{
    EXPECT_EQ(L2tpCallMachineDot(L2tpCallRole::LAC_INCOMING),
              ReadControlTestFile("l2tp-lac-incoming-states.dot"));
    EXPECT_EQ(L2tpCallMachineDot(L2tpCallRole::LNS_INCOMING),
              ReadControlTestFile("l2tp-lns-incoming-states.dot"));
}

// Names for traces and captions.
TEST(L2tpCallMachineTest, RoleNames)
{
    EXPECT_STREQ(L2tpCallRoleName(L2tpCallRole::LAC_INCOMING), "LAC incoming");
    EXPECT_STREQ(L2tpCallRoleName(L2tpCallRole::LNS_INCOMING), "LNS incoming");
}
