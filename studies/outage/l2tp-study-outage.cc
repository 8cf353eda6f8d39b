/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How long a LAC takes to notice that its LNS is gone, what that costs, and which outages a tunnel
// outlives: many replications, one after the other, in one simulation.

#include "study-dead-peer.h"

#include "ns3/abort.h"
#include "ns3/command-line.h"
#include "ns3/l2tp-profile.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <cstdint>
#include <iostream>
#include <map>
#include <string>

using namespace ns3;

namespace
{

const std::map<std::string, L2tpStudyLoad> LOADS{{"idle", L2tpStudyLoad::IDLE},
                                                 {"data", L2tpStudyLoad::DATA},
                                                 {"calls", L2tpStudyLoad::CALLS}};
const std::map<std::string, L2tpStudyFault> FAULTS{{"crash", L2tpStudyFault::CRASH},
                                                   {"cut", L2tpStudyFault::CUT}};

/// Find what an option's word stands for. @tparam T what @param option its name @param words the
/// words @param word the one that was given @return what it stands for
template <typename T>
T
Choose(const std::string& option, const std::map<std::string, T>& words, const std::string& word)
{
    std::string known;
    for (const auto& entry : words)
    {
        known += (known.empty() ? "" : ", ") + entry.first;
    }
    const auto found = words.find(word);
    NS_ABORT_MSG_IF(found == words.end(),
                    "--" << option << "=" << word << ": give one of " << known);
    return found->second;
}

} // namespace

int
main(int argc, char** argv)
{
    L2tpDeadPeerConfig config;
    std::string load = "idle";
    std::string fault = "cut";
    bool listProfiles = false;
    uint64_t run = 1;
    uint64_t runs = 1000;
    CommandLine cmd(__FILE__);
    cmd.Usage("A tunnel loses its LNS at a random moment.");
    cmd.AddValue("Delay", "of the link, one way", config.delay);
    cmd.AddValue("Profile", "how both ends behave, see the manual", config.profile);
    cmd.AddValue("Load", "what goes through the tunnel before: idle, data or calls", load);
    cmd.AddValue("Fault", "how the LNS is lost: crash or cut, of the link", fault);
    cmd.AddValue("Outage", "until the link is back; 0 for good", config.outage);
    cmd.AddValue("FrameInterval", "between two frames of data, each way", config.frameInterval);
    cmd.AddValue("CallInterval", "between two calls, in the mean", config.callInterval);
    cmd.AddValue("ListProfiles",
                 "name all profiles, a line each, and do nothing else",
                 listProfiles);
    cmd.AddValue("RngRun", "which sample", run);
    cmd.AddValue("Runs", "how many replications", runs);
    cmd.Parse(argc, argv);
    if (listProfiles)
    {
        for (const auto& profile : L2tpProfile::GetAll())
        {
            std::cout << profile.GetName() << "\n";
        }
        return 0;
    }
    config.load = Choose("Load", LOADS, load);
    config.fault = Choose("Fault", FAULTS, fault);
    const std::pair<const char*, Time> times[] = {{"FrameInterval", config.frameInterval},
                                                  {"CallInterval", config.callInterval}};
    for (const auto& time : times)
    {
        NS_ABORT_MSG_IF(!time.second.IsStrictlyPositive(),
                        "--" << time.first << "=" << time.second.As(Time::S)
                             << ": give more than 0");
    }
    NS_ABORT_MSG_IF(config.outage.IsStrictlyNegative(),
                    "--Outage=" << config.outage.As(Time::S) << ": give 0 or more");
    NS_ABORT_MSG_IF(config.outage.IsStrictlyPositive() && config.fault == L2tpStudyFault::CRASH,
                    "--Outage is of the link: give --Fault=cut with it");
    RngSeedManager::SetRun(run);
    L2tpDeadPeerRuns deadPeers(config);
    deadPeers.Run(runs);
    std::cout << deadPeers.Describe() << "\n";
    Simulator::Destroy();
    return 0;
}
