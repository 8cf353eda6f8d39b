/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "state-text.h"

#include "ns3/l2tp-tunnel-machine.h"

using namespace ns3;

// Every state with every event of section 7.2.1, and of the sections that its table leaves out.
// RFC 2661: 7.1-01, 7.2.1-03, 7.2.1-04
TEST(L2tpTunnelMachineTest, EveryStateAndEventAsInTheRfc)
{
    ExpectStatesAsInText<L2tpTunnelState, L2tpTunnelEvent>("l2tp-tunnel-states.txt",
                                                           L2tpTunnelStateName,
                                                           L2tpTunnelEventName,
                                                           L2tpTunnelActionName,
                                                           FindL2tpTunnelTransition);
}

// The rows stand in the RFC's order, the additions behind them.
TEST(L2tpTunnelMachineTest, TheRowsOfTheRfcComeFirst)
{
    bool added = false;
    for (std::size_t n = 0; n < GetNL2tpTunnelTransitions(); ++n)
    {
        const std::string section = GetL2tpTunnelTransitions()[n].section;
        EXPECT_FALSE(added && section == "7.2.1") << "row " << n;
        added = added || section != "7.2.1";
    }
}

// The graph for the documentation is drawn from the table.
TEST(L2tpTunnelMachineTest, Graph)
{
    EXPECT_EQ(L2tpTunnelMachineDot(), ReadSourceFile("test/control/l2tp-tunnel-states.dot"));
}
