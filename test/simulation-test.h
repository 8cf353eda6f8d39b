/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SIMULATION_TEST_H
#define L2TP_SIMULATION_TEST_H

#include "ns3/nstime.h"
#include "ns3/simulator.h"

#include <gtest/gtest.h>

namespace ns3
{

/// A test with a simulator that it leaves as it found it.
class SimulationTest : public ::testing::Test
{
  protected:
    void TearDown() override
    {
        Simulator::Destroy();
    }

    /// Run until a time of the simulation. @param time when
    static void RunUntil(Time time)
    {
        Simulator::Stop(time - Simulator::Now());
        Simulator::Run();
    }
};

} // namespace ns3

#endif /* L2TP_SIMULATION_TEST_H */
