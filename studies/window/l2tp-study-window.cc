/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Many calls in one tunnel: how long it takes until all sessions are established, by the windows.

#include "study-runs.h"

#include "ns3/abort.h"
#include "ns3/command-line.h"
#include "ns3/l2tp-profile.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <cstdint>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// What is in the way of the calls.
struct Config
{
    uint32_t sessions{1000};              //!< calls that the LAC places at once
    uint16_t window{4};                   //!< Receive Window Size of both ends
    std::string congestion{"slow-start"}; //!< how many messages may be unacknowledged
    double loss{0};                       //!< probability that a packet is lost, each way
    Time rtt{MilliSeconds(20)};           //!< there and back
    bool immediate{false};                //!< whether all is acknowledged at once
    std::string profile{"rfc2661"};       //!< how both ends behave else
};

/**
 * @brief A LAC places many calls at the same moment, which need a tunnel; again and again.
 *
 * A replication is over when the LNS has the ICCN of the last call, or when the tunnel ends.
 */
class WindowRuns : public L2tpStudyRuns
{
  public:
    /// Build the network. @param config what is in the way
    explicit WindowRuns(const Config& config);

    /// Nanoseconds of each replication that succeeded. @return from the first SCCRQ on
    const std::vector<int64_t>& GetTimes() const;
    /// Control datagrams of both ends. @return how many, all replications together
    uint64_t GetDatagrams() const;
    /// Those of them that were sent before. @return how many, all replications together
    uint64_t GetRetransmissions() const;

  private:
    void Begin() override;
    /// Follow what an end does. @param endpoint it
    void Follow(Ptr<L2tpEndpoint> endpoint);

    uint32_t m_sessions;           //!< calls to be placed
    uint32_t m_established{0};     //!< calls that are established at the LNS
    std::vector<int64_t> m_times;  //!< one of each replication that succeeded
    uint64_t m_datagrams{0};       //!< sent
    uint64_t m_retransmissions{0}; //!< sent again
};

WindowRuns::WindowRuns(const Config& config)
    : L2tpStudyRuns(config.rtt / 2, L2tpProfile::Get(config.profile)),
      m_sessions(config.sessions)
{
    L2tpStudyTunnel& tunnel = GetTunnel();
    tunnel.SetLoss(config.loss);
    tunnel.SetAttribute("ReceiveWindowSize", UintegerValue(config.window));
    tunnel.SetAttribute("CongestionWindow",
                        StringValue(config.congestion == "slow-start" ? "ns3::L2tpSlowStart"
                                                                      : "ns3::L2tpFixedWindow"));
    if (config.immediate)
    {
        tunnel.SetAttribute("AcknowledgementPolicy",
                            StringValue("ns3::L2tpImmediateAcknowledgement"));
    }
    // Only delivery is studied: nobody gives up but by its retransmissions.
    tunnel.SetAttribute("SetupTimeout", TimeValue(Seconds(0)));
    tunnel.SetAttribute("HelloInterval", TimeValue(Seconds(0)));
    Follow(tunnel.GetLac());
    Follow(tunnel.GetLns());
    tunnel.GetLns()->TraceConnectWithoutContext(
        "CallState",
        Callback<void, Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent>(
            [this](Ptr<const L2tpCall> call, L2tpCallState before, L2tpCallEvent) {
                const bool isNew = call->GetState() == L2tpCallState::ESTABLISHED &&
                                   before != L2tpCallState::ESTABLISHED;
                if (isNew && ++m_established == m_sessions && Finish())
                {
                    m_times.push_back((Simulator::Now() - GetStart()).GetNanoSeconds());
                }
            }));
}

void
WindowRuns::Follow(Ptr<L2tpEndpoint> endpoint)
{
    endpoint->TraceConnectWithoutContext(
        "TunnelState",
        Callback<void, Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent>(
            [this](Ptr<const L2tpTunnel> tunnel, L2tpTunnelState, L2tpTunnelEvent) {
                if (tunnel->GetState() == L2tpTunnelState::IDLE)
                {
                    Finish();
                }
            }));
    endpoint->TraceConnectWithoutContext(
        "ControlTx",
        Callback<void, Ptr<const L2tpTunnel>, const L2tpHeader&, Ptr<const Packet>, uint32_t>(
            [this](Ptr<const L2tpTunnel>, const L2tpHeader&, Ptr<const Packet>, uint32_t attempt) {
                ++m_datagrams;
                m_retransmissions += attempt > 1;
            }));
}

const std::vector<int64_t>&
WindowRuns::GetTimes() const
{
    return m_times;
}

uint64_t
WindowRuns::GetDatagrams() const
{
    return m_datagrams;
}

uint64_t
WindowRuns::GetRetransmissions() const
{
    return m_retransmissions;
}

void
WindowRuns::Begin()
{
    m_established = 0;
    for (uint32_t n = 0; n < m_sessions; ++n)
    {
        NS_ABORT_MSG_IF(!GetTunnel().PlaceCall(), "the LAC has no room for call " << n + 1);
    }
}

} // namespace

int
main(int argc, char** argv)
{
    Config config;
    uint64_t run = 1;
    uint64_t runs = 1;
    CommandLine cmd(__FILE__);
    cmd.Usage("Many calls in one tunnel.");
    cmd.AddValue("Sessions", "calls that the LAC places at once, 1 to 60000", config.sessions);
    cmd.AddValue("Window", "Receive Window Size of both ends, from 1", config.window);
    cmd.AddValue("Congestion", "slow-start, or none", config.congestion);
    cmd.AddValue("Loss", "probability that a packet is lost, each way", config.loss);
    cmd.AddValue("Rtt", "of the link, there and back", config.rtt);
    cmd.AddValue("Immediate",
                 "whether all is acknowledged at once, whatever the profile says",
                 config.immediate);
    cmd.AddValue("Profile", "how both ends behave else, see the manual", config.profile);
    cmd.AddValue("RngRun", "which sample", run);
    cmd.AddValue("Runs", "how many replications", runs);
    cmd.Parse(argc, argv);
    NS_ABORT_MSG_IF(config.sessions < 1 || config.sessions > 60000,
                    "--Sessions=" << config.sessions << ": give 1 to 60000");
    NS_ABORT_MSG_IF(config.window < 1, "--Window=" << config.window << ": give 1 or more");
    NS_ABORT_MSG_IF(config.congestion != "slow-start" && config.congestion != "none",
                    "--Congestion=" << config.congestion << ": give slow-start or none");
    NS_ABORT_MSG_IF(!(config.loss >= 0 && config.loss < 1),
                    "--Loss=" << config.loss << ": give 0 to less than 1");
    RngSeedManager::SetRun(run);
    WindowRuns many(config);
    many.Run(runs);
    nlohmann::ordered_json json = many.GetTunnel().DescribePolicy();
    json["runs"] = runs;
    json["failed"] = runs - many.GetTimes().size();
    json["times_ns"] = many.GetTimes();
    json["datagrams"] = many.GetDatagrams();
    json["retransmissions"] = many.GetRetransmissions();
    std::cout << json << "\n";
    Simulator::Destroy();
    return 0;
}
