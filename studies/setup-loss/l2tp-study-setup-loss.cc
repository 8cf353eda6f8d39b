/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How long a LAC and an LNS take to establish a tunnel and a session over a link that loses
// packets: many replications, one after the other, in one simulation.

#include "study-runs.h"

#include "ns3/abort.h"
#include "ns3/command-line.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-profile.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

using namespace ns3;

namespace
{

constexpr std::size_t ZLB = 4; //!< the index behind those of messages, of which none has this Ns

/// What all replications have come to.
struct Outcomes
{
    uint64_t runs{0};                        //!< replications
    uint64_t failed{0};                      //!< those in which an end gave up
    std::map<int64_t, uint64_t> times;       //!< how many took so many nanoseconds
    std::array<uint64_t, ZLB + 1> lacSent{}; //!< datagrams of the LAC, by Ns
    std::array<uint64_t, ZLB + 1> lnsSent{}; //!< datagrams of the LNS, by Ns
};

/**
 * @brief A tunnel and a session are set up, again and again.
 *
 * A replication is over when the LNS has the ICCN, so that both ends are established, or when
 * either end takes the other for dead.
 */
class SetupRuns : public L2tpStudyRuns
{
  public:
    /**
     * @brief Build the network.
     * @param loss probability that a packet is lost, each way
     * @param delay one way
     * @param profile both ends'
     * @param lockStep whether a message waits until the one before is acknowledged
     */
    SetupRuns(double loss, Time delay, const L2tpProfile& profile, bool lockStep);

    /// What the replications have come to. @return the counts
    const Outcomes& GetOutcomes() const;

  private:
    void Begin() override;
    /// Follow what an end does. @param endpoint it @param sent counts its datagrams
    void Follow(Ptr<L2tpEndpoint> endpoint, std::array<uint64_t, ZLB + 1>& sent);
    /// A replication is over. @param established whether both ends are
    void End(bool established);

    Outcomes m_outcomes; //!< what all have come to
};

SetupRuns::SetupRuns(double loss, Time delay, const L2tpProfile& profile, bool lockStep)
    : L2tpStudyRuns(delay, profile)
{
    L2tpStudyTunnel& tunnel = GetTunnel();
    tunnel.SetLoss(loss);
    if (lockStep)
    {
        tunnel.SetAttribute("CongestionWindow", StringValue("ns3::L2tpFixedWindow[Size=1]"));
    }
    // Only delivery is studied: nobody gives up but by its retransmissions, and nobody asks
    // whether the other one is still there.
    tunnel.SetAttribute("SetupTimeout", TimeValue(Seconds(0)));
    tunnel.SetAttribute("HelloInterval", TimeValue(Seconds(0)));
    Follow(tunnel.GetLac(), m_outcomes.lacSent);
    Follow(tunnel.GetLns(), m_outcomes.lnsSent);
    tunnel.GetLns()->TraceConnectWithoutContext(
        "CallState",
        Callback<void, Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent>(
            [this](Ptr<const L2tpCall> call, L2tpCallState, L2tpCallEvent) {
                if (call->GetState() == L2tpCallState::ESTABLISHED)
                {
                    End(true);
                }
            }));
}

void
SetupRuns::Follow(Ptr<L2tpEndpoint> endpoint, std::array<uint64_t, ZLB + 1>& sent)
{
    endpoint->TraceConnectWithoutContext(
        "TunnelState",
        Callback<void, Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent>(
            [this](Ptr<const L2tpTunnel> tunnel, L2tpTunnelState, L2tpTunnelEvent) {
                if (tunnel->GetState() == L2tpTunnelState::IDLE)
                {
                    End(false);
                }
            }));
    endpoint->TraceConnectWithoutContext(
        "ControlTx",
        Callback<void, Ptr<const L2tpTunnel>, const L2tpHeader&, Ptr<const Packet>, uint32_t>(
            [&sent](Ptr<const L2tpTunnel>,
                    const L2tpHeader& header,
                    Ptr<const Packet> datagram,
                    uint32_t) {
                const bool isZlb = datagram->GetSize() == header.GetSerializedSize();
                ++sent.at(isZlb ? ZLB : header.GetNs());
            }));
}

const Outcomes&
SetupRuns::GetOutcomes() const
{
    return m_outcomes;
}

void
SetupRuns::Begin()
{
    GetTunnel().PlaceCall();
}

void
SetupRuns::End(bool established)
{
    if (!Finish())
    {
        return;
    }
    ++m_outcomes.runs;
    if (established)
    {
        ++m_outcomes.times[(Simulator::Now() - GetStart()).GetNanoSeconds()];
    }
    else
    {
        ++m_outcomes.failed;
    }
}

} // namespace

int
main(int argc, char** argv)
{
    double loss = 0;
    Time delay = MilliSeconds(10);
    std::string profile = "rfc2661";
    bool lockStep = false;
    uint64_t run = 1;
    uint64_t runs = 1000;
    CommandLine cmd(__FILE__);
    cmd.Usage("Set-ups of a tunnel and a session over a link that loses packets.");
    cmd.AddValue("Loss", "probability that a packet is lost, each way", loss);
    cmd.AddValue("Delay", "of the link, one way", delay);
    cmd.AddValue("Profile", "how both ends behave, see the manual", profile);
    cmd.AddValue("LockStep",
                 "whether a message waits until the one before is acknowledged",
                 lockStep);
    cmd.AddValue("RngRun", "which sample", run);
    cmd.AddValue("Runs", "how many replications", runs);
    cmd.Parse(argc, argv);
    NS_ABORT_MSG_IF(!(loss >= 0 && loss < 1), "--Loss=" << loss << ": give 0 to less than 1");
    NS_ABORT_MSG_IF(delay.IsStrictlyNegative(), "--Delay is negative: give 0 or more");
    RngSeedManager::SetRun(run);
    SetupRuns setups(loss, delay, L2tpProfile::Get(profile), lockStep);
    setups.Run(runs);
    const Outcomes& outcomes = setups.GetOutcomes();
    nlohmann::ordered_json json = setups.GetTunnel().DescribePolicy();
    json["runs"] = outcomes.runs;
    json["failed"] = outcomes.failed;
    json["times_ns"] = outcomes.times;
    json["lac_sent"] = outcomes.lacSent;
    json["lns_sent"] = outcomes.lnsSent;
    std::cout << json << "\n";
    Simulator::Destroy();
    return 0;
}
