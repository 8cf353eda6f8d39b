/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_LOSS_H
#define SCENARIO_LOSS_H

#include "ns3/command-line.h"
#include "ns3/error-model.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <string>

namespace ns3
{

/**
 * @brief The options about what is lost on the lossy link of a scenario, and when. They hold for
 * both directions, each of which has an error model of its own.
 */
struct L2tpScenarioLoss
{
    double burst{0};       //!< --LossBurst: packets in a burst, in the mean; 0: each for itself
    std::string of{"all"}; //!< --LossOf: what --Loss is about
    std::string outages;   //!< --Outages: when nothing arrives
    std::string lose;      //!< --Lose: which messages are lost by name and number

    /**
     * @brief Add the options to a command line.
     * @param cmd the command line
     */
    void AddTo(CommandLine& cmd);

    /// Stop the program if an option is out of range.
    void Check() const;

    /**
     * @brief Make an error model for one direction.
     * @param rate the part of what --LossOf says that is lost, 0 to 1
     * @param stream number of its random variable stream
     * @return the error model, for a device's ReceiveErrorModel
     */
    Ptr<ErrorModel> Make(double rate, int64_t stream) const;

  private:
    /// Make what loses at random. @param rate as for Make() @param stream too @return the model
    Ptr<ErrorModel> MakeRandom(double rate, int64_t stream) const;
};

} // namespace ns3

#endif /* SCENARIO_LOSS_H */
