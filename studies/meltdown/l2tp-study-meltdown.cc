/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The flows of the scenario `meltdown`, many times over: a line of JSON for each replication.

#include "meltdown-path.h"
#include "scenario-options.h"
#include "study-replications.h"

#include "ns3/command-line.h"
#include "ns3/simulator.h"

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

using namespace ns3;

namespace
{

/**
 * @brief What came of a flow, for people's tools.
 * @param result it
 * @return an object
 */
nlohmann::ordered_json
JsonOf(const L2tpMeltdownResult& result)
{
    nlohmann::ordered_json json;
    json["up"] = result.up;
    json["goodput_bps"] = result.goodput;
    json["inner_sent"] = result.innerSent;
    json["inner_again"] = result.innerRetransmitted;
    json["inner_timeouts"] = result.innerTimeouts;
    json["duplicates"] = result.duplicates;
    json["outer_sent"] = result.outerSent;
    json["outer_again"] = result.outerRetransmitted;
    json["outer_timeouts"] = result.outerTimeouts;
    json["backlog_mean"] = result.backlogMean;
    json["backlog_max"] = result.backlogMax;
    json["tunnel_drops"] = result.tunnelDrops;
    json["queue_mean"] = result.queueMean;
    json["ping_mean_s"] = result.GetMeanRtt().GetSeconds();
    json["ping_p95_s"] = result.GetRttQuantile(0.95).GetSeconds();
    json["pings"] = result.pings;
    json["pings_answered"] = result.rtts.size();
    json["stall_s"] = result.longestStall.GetSeconds();
    return json;
}

/**
 * @brief One replication: the three ways, in networks that do not touch each other.
 * @param config the network, the flow and the tunnel
 * @return an object, by way
 */
nlohmann::ordered_json
Replicate(const L2tpMeltdownConfig& config)
{
    uint32_t running = 0;
    std::vector<std::unique_ptr<L2tpMeltdownPath>> paths;
    for (const auto way : {L2tpMeltdownWay::PLAIN, L2tpMeltdownWay::L2TP, L2tpMeltdownWay::TCP})
    {
        ++running;
        paths.push_back(std::make_unique<L2tpMeltdownPath>(config, way, [&running]() {
            if (--running == 0)
            {
                Simulator::Stop();
            }
        }));
    }
    // A tunnel may take a while to come up, or never do.
    Simulator::Stop(config.duration + Minutes(10));
    Simulator::Run();
    nlohmann::ordered_json json;
    for (const auto& path : paths)
    {
        json[L2tpMeltdownWayName(path->GetWay())] = JsonOf(path->GetResult());
    }
    Simulator::Destroy();
    return json;
}

} // namespace

int
main(int argc, char** argv)
{
    L2tpMeltdownConfig config;
    L2tpStudyReplications replications;
    CommandLine cmd(__FILE__);
    cmd.Usage("The flows of the scenario meltdown: a line of JSON for each replication.");
    config.AddTo(cmd);
    config.losses.AddTo(cmd);
    cmd.AddValue("Loss", "probability that a packet is lost, each way", config.loss);
    cmd.AddValue("Delay", "of the bottleneck, one way", config.delay);
    cmd.AddValue("Duration", "of the flow", config.duration);
    replications.AddTo(cmd);
    cmd.Parse(argc, argv);
    config.Check();
    replications.Run([&config]() { return Replicate(config); });
    return 0;
}
