/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief TCP meltdown: one TCP flow untunnelled, through L2TP, and through a tunnel over TCP
 *
 *   client --- router - - bottleneck - - gateway --- server      (three times, with equal links)
 *
 * A client sends to a server by TCP for --Duration, and pings it beside that, in three networks
 * that do not touch each other: untunnelled; in PPP in L2TP over UDP; and in the same PPP in a TCP
 * connection, as VPNs over TCP do it, each frame with its length before it (L2TcpCircuit). In the
 * third, two TCPs see one loss: the tunnel's repairs it, and the client's, which waits meanwhile,
 * may take it for a loss of its own and send again what the tunnel has not lost.
 *
 * Expected output: a table of what each way came to: goodput, what the client's TCP and the
 * tunnel's sent again, how long pings took, and what waited where. Files: summary.json;
 * meltdown.csv, with a line for each way and second; pcap files of the client's outer link and of
 * PPP. The exit status is 0 if each way was open and moved something.
 */

#include "meltdown-path.h"
#include "scenario-options.h"

#include "ns3/core-module.h"
#include "ns3/l2tp-run-summary.h"

#include <array>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <memory>

using namespace ns3;

namespace
{

/// The scenario.
class Meltdown
{
  public:
    /**
     * @brief Run it.
     * @param argc as in main()
     * @param argv as in main()
     * @return the exit status
     */
    int Run(int argc, char** argv);

  private:
    /// A flow's time is over: end all once all are.
    void Finished();
    /// Write a line for each way.
    void WriteLines();
    /// Print and write what the run has come to. @return the exit status
    int Report();

    L2tpScenarioOptions m_options;                          //!< what every scenario takes
    L2tpMeltdownConfig m_config;                            //!< the network, flow and tunnel
    std::vector<std::unique_ptr<L2tpMeltdownPath>> m_paths; //!< the three ways
    std::array<uint64_t, 3> m_received{};                   //!< what each had got a second ago
    std::ofstream m_lines;                                  //!< meltdown.csv
    uint32_t m_running{0};                                  //!< flows whose time is not over
    L2tpRunSummary m_summary{"meltdown"};                   //!< what the run comes to
};

void
Meltdown::Finished()
{
    if (--m_running > 0)
    {
        return;
    }
    for (const auto& path : m_paths)
    {
        path->HangUp();
    }
    // Time for good-byes.
    Simulator::Stop(Minutes(1));
}

void
Meltdown::WriteLines()
{
    for (std::size_t i = 0; i < m_paths.size(); ++i)
    {
        const auto& path = *m_paths[i];
        const uint64_t received = path.GetReceived();
        m_lines << Simulator::Now().GetSeconds() << ',' << L2tpMeltdownWayName(path.GetWay()) << ','
                << (received - m_received[i]) * 8 << ',' << path.GetInner().window << ','
                << path.GetInner().rto.GetSeconds() << ',' << path.GetInner().timeouts << ','
                << path.GetOuter().window << ',' << path.GetOuter().rto.GetSeconds() << ','
                << path.GetOuter().timeouts << ',' << path.GetBacklog() << '\n';
        m_received[i] = received;
    }
    if (m_running > 0)
    {
        Simulator::Schedule(Seconds(1), &Meltdown::WriteLines, this);
    }
}

int
Meltdown::Report()
{
    m_summary.Print(std::cout);
    std::cout << "way    goodput Mbit/s  inner sent again  time-outs  outer sent again  time-outs  "
                 "ping ms mean   95 %  answered  tunnel KiB  longest stall s\n"
              << std::fixed;
    std::string outcome = "complete";
    for (const auto& path : m_paths)
    {
        const L2tpMeltdownResult& result = path->GetResult();
        const std::string name = L2tpMeltdownWayName(path->GetWay());
        const double p95 = result.GetRttQuantile(0.95).GetSeconds();
        std::cout << std::left << std::setw(5) << name << std::right << std::setprecision(3)
                  << std::setw(16) << result.goodput / 1e6 << std::setprecision(0) << std::setw(18)
                  << result.innerRetransmitted << std::setw(11) << result.innerTimeouts
                  << std::setw(18) << result.outerRetransmitted << std::setw(11)
                  << result.outerTimeouts << std::setw(14)
                  << result.GetMeanRtt().GetSeconds() * 1000 << std::setw(7) << p95 * 1000
                  << std::setw(6) << result.rtts.size() << "/" << result.pings << std::setw(9)
                  << result.backlogMean / 1024 << std::setprecision(1) << std::setw(17)
                  << result.longestStall.GetSeconds() << "\n";
        m_summary.Set(name + "_goodput_bps", result.goodput);
        m_summary.Set(name + "_inner_retransmitted_bytes", result.innerRetransmitted);
        m_summary.Set(name + "_inner_timeouts", result.innerTimeouts);
        m_summary.Set(name + "_duplicate_bytes", result.duplicates);
        m_summary.Set(name + "_outer_retransmitted_bytes", result.outerRetransmitted);
        m_summary.Set(name + "_outer_timeouts", result.outerTimeouts);
        m_summary.Set(name + "_ping_mean_s", result.GetMeanRtt().GetSeconds());
        m_summary.Set(name + "_ping_p95_s", p95);
        m_summary.Set(name + "_pings_answered", result.rtts.size());
        m_summary.Set(name + "_tunnel_backlog_bytes", result.backlogMean);
        m_summary.Set(name + "_bottleneck_queue_packets", result.queueMean);
        m_summary.Set(name + "_longest_stall_s", result.longestStall.GetSeconds());
        if (!result.up)
        {
            outcome = name + " did not come up";
        }
        else if (result.goodput == 0)
        {
            outcome = name + " moved nothing";
        }
        if (path->GetWay() == L2tpMeltdownWay::L2TP)
        {
            m_summary.SetGoodput(result.goodput);
        }
    }
    m_summary.Set("outcome", outcome);
    m_summary.Write(m_options.PathOf("summary.json"));
    std::cout << "outcome: " << outcome << "\n";
    return outcome == "complete" ? 0 : 1;
}

int
Meltdown::Run(int argc, char** argv)
{
    CommandLine cmd(__FILE__);
    cmd.Usage(
        "TCP meltdown: one TCP flow untunnelled, through L2TP, and through a tunnel over TCP.");
    m_options.loss = m_config.loss;
    m_options.delay = m_config.delay;
    m_options.duration = m_config.duration;
    m_options.AddTo(cmd);
    m_config.AddTo(cmd);
    m_options.Parse(cmd, argc, argv);
    NS_ABORT_MSG_IF(m_options.ipv6, "--Ipv6: this scenario is about IPv4 only");
    m_config.loss = m_options.loss;
    m_config.losses = m_options.lossModel;
    m_config.delay = m_options.delay;
    m_config.duration = m_options.duration;
    m_config.Check();

    for (const auto way : {L2tpMeltdownWay::PLAIN, L2tpMeltdownWay::L2TP, L2tpMeltdownWay::TCP})
    {
        ++m_running;
        m_paths.push_back(
            std::make_unique<L2tpMeltdownPath>(m_config, way, [this]() { Finished(); }));
        if (m_options.pcap)
        {
            m_paths.back()->EnablePcap(
                m_options.PathOf(std::string("meltdown-") + L2tpMeltdownWayName(way)));
        }
    }
    const L2tpVpnContainer& tunnels = m_paths[1]->GetTunnels();
    m_summary.AddEndpoint("lns", tunnels.GetLns());
    m_summary.AddEndpoint("client", tunnels.GetLac(0));
    m_summary.AddClient("client", tunnels.GetClient(0));
    m_lines.open(m_options.PathOf("meltdown.csv"));
    m_lines << "time_s,way,goodput_bps,inner_window_bytes,inner_rto_s,inner_timeouts,"
               "outer_window_bytes,outer_rto_s,outer_timeouts,tunnel_backlog_bytes\n";
    Simulator::Schedule(Seconds(1), &Meltdown::WriteLines, this);
    // A tunnel may take a while to come up, or never do.
    Simulator::Stop(m_options.duration + Minutes(10));
    Simulator::Run();
    const int status = Report();
    Simulator::Destroy();
    return status;
}

} // namespace

int
main(int argc, char** argv)
{
    return Meltdown().Run(argc, argv);
}
