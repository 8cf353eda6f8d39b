/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef STUDY_REPLICATIONS_H
#define STUDY_REPLICATIONS_H

#include "ns3/command-line.h"

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>

namespace ns3
{

/**
 * @brief Replications each of which is a simulation and a run of ns-3's random streams of its own.
 */
class L2tpStudyReplications
{
  public:
    /// Add --RngRun and --Runs. @param cmd a command line
    void AddTo(CommandLine& cmd);

    /**
     * @brief Do them, and print a line of JSON for each.
     * @param replicate does one, from the building of the network to Simulator::Destroy(), and
     * returns what came of it
     */
    void Run(const std::function<nlohmann::ordered_json()>& replicate) const;

  private:
    uint64_t m_first{1}; //!< the run of the first one
    uint64_t m_runs{1};  //!< how many
};

} // namespace ns3

#endif /* STUDY_REPLICATIONS_H */
