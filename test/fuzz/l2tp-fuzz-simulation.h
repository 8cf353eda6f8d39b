/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FUZZ_SIMULATION_H
#define L2TP_FUZZ_SIMULATION_H

#include "l2tp-fuzz-target.h"

#include "ns3/nstime.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <array>
#include <cstdint>

namespace ns3
{

/**
 * @brief A simulation that ends with the input it is for, and leaves nothing to the next: the same
 * input does the same in each process.
 *
 * What is simulated is a member behind it, or made and gone in its lifetime.
 */
class FuzzSimulation
{
  public:
    FuzzSimulation()
    {
        RngSeedManager::SetSeed(1);
        RngSeedManager::SetRun(1);
    }

    FuzzSimulation(const FuzzSimulation&) = delete;
    FuzzSimulation& operator=(const FuzzSimulation&) = delete;

    ~FuzzSimulation()
    {
        Simulator::Destroy();
    }

    /// Let time pass. @param octet of the input: how much
    static void Wait(uint8_t octet)
    {
        const std::array<Time, 8> STEPS{Seconds(0),
                                        MilliSeconds(1),
                                        MilliSeconds(20),
                                        MilliSeconds(200),
                                        Seconds(1),
                                        Seconds(3),
                                        Seconds(10),
                                        Seconds(61)};
        Run(STEPS[octet % STEPS.size()]);
    }

    /// Let time pass. @param time how much
    static void Run(Time time)
    {
        Simulator::Stop(time);
        Simulator::Run();
    }

    /// Run until nothing is left to do, which must not take longer than a day.
    static void RunOut()
    {
        bool isLate = false;
        Simulator::Schedule(Hours(24), [&isLate] {
            isLate = !Simulator::IsFinished();
            Simulator::Stop();
        });
        Simulator::Run();
        FuzzExpect(!isLate, "a simulation comes to its end");
    }
};

} // namespace ns3

#endif /* L2TP_FUZZ_SIMULATION_H */
