/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "study-replications.h"

#include "ns3/rng-seed-manager.h"

#include <iostream>

namespace ns3
{

void
L2tpStudyReplications::AddTo(CommandLine& cmd)
{
    cmd.AddValue("RngRun",
                 "the run of the first replication; the others have the next ones",
                 m_first);
    cmd.AddValue("Runs", "how many replications", m_runs);
}

void
L2tpStudyReplications::Run(const std::function<nlohmann::ordered_json()>& replicate) const
{
    for (uint64_t run = m_first; run < m_first + m_runs; ++run)
    {
        RngSeedManager::SetRun(run);
        std::cout << replicate() << std::endl;
    }
}

} // namespace ns3
