/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief Remote dial: an LNS has a LAC dial branches when there is traffic for them
 *
 *   server --- LNS - - lossy - - core --- LAC ~~~ telephone ~~~ branch-0 --- host-0
 *                                             ~~~ network   ~~~ branch-1 --- host-1
 *                                                               ...
 *
 * The server pings each branch's host, and sends it a file by TCP. Nobody has called the branch
 * yet: the first packet makes the LNS ask the LAC for a call (OCRQ), the LAC dials, joins line and
 * call, and PPP comes up between branch and LNS; packets wait at the LNS meanwhile (RFC 2661,
 * sections 2 and 7.5). Without traffic for --IdleTimeout the call is ended. In the middle of the
 * run the server pings again, and the branch is called again. With --Failure something keeps calls
 * from succeeding, and the LNS is told what.
 *
 * Expected output: the ladder of control messages between LAC and LNS, a table of what each end
 * sent and received, and what became of the calls. Files: summary.json; report.html; pcap files of
 * both ends of the way between LAC and LNS, of the lines, and of the PPP devices. The exit status
 * is 0 if all traffic arrived, or every call failed as --Failure says; and all state was released.
 */

#include "scenario-animation.h"
#include "scenario-control.h"
#include "scenario-ipv6.h"
#include "scenario-options.h"
#include "scenario-report.h"
#include "scenario-traffic.h"

#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-remote-dial-helper.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// What may keep calls from succeeding, and what a CDN says of it (RFC 2661, section 4.4.2).
struct Failure
{
    const char* name; //!< as --Failure takes it
    uint16_t result;  //!< Result Code
};

constexpr std::array<Failure, 9> FAILURES{{
    {"none", 0},
    {"wrong-password", 2}, // by the LNS, of PPP: a general error
    {"rejected", 3},
    {"no-line", 5},
    {"no-such-number", 6},
    {"no-carrier", 7},
    {"busy", 8},
    {"no-dial-tone", 9},
    {"no-answer", 10},
}};

/// A branch, and how far its traffic has come.
struct Branch
{
    Ptr<Node> router;          //!< the remote system
    Ptr<Node> host;            //!< a host behind it
    Ipv4Address address;       //!< the host's
    L2tpRemoteSite site;       //!< how it is reached
    L2tpScenarioTransfer file; //!< what the server sends to the host
    uint32_t replies[2]{};     //!< pings answered, in both rounds
};

/// The scenario.
class RemoteDial
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
    static constexpr uint32_t PINGS = 5;          //!< pings of a round
    static constexpr uint32_t MAX_BRANCHES = 200; //!< branches at most

    /// Stop the program if an option is out of range.
    void CheckOptions();
    /// Build the network from the LAC to the server.
    void BuildNetwork();
    /// Make the branches, and what is behind them.
    void BuildBranches();
    /// Put LAC, LNS and branches to work.
    void InstallApplications();
    /// Do what --Failure says.
    void Spoil();
    /// Let the server have something for the branches.
    void ScheduleTraffic();
    /// Watch what happens, and write pcap files.
    void Watch();
    /// Ping a branch's host. @param index which @param round the first or the second time
    void Ping(uint32_t index, uint32_t round);
    /// Send a branch's host a file. @param index which
    void SendFile(uint32_t index);
    /**
     * @brief A site has changed its state: note it in the ladder.
     * @param self the scenario
     * @param index which
     * @param before its old state
     * @param now its new state
     */
    static void StateChanged(RemoteDial* self,
                             uint32_t index,
                             L2tpDialState before,
                             L2tpDialState now);
    /**
     * @brief A line of the LAC dials.
     * @param self the scenario
     * @param call the call
     * @param line the line
     */
    static void LineDials(RemoteDial* self, Ptr<const L2tpCall> call, Ptr<L2SerialLine> line);
    /**
     * @brief A line of the LAC got no connection.
     * @param self the scenario
     * @param call the call
     * @param cause why
     */
    static void LineFailed(RemoteDial* self, Ptr<const L2tpCall> call, L2LineCause cause);
    /// The end of the run: no more calls.
    void HangUp();
    /// What the run has come to, in words.
    std::string GetOutcome() const;
    /// Print and write what the run has come to. @return the exit status
    int Report();

    L2tpScenarioOptions m_options;           //!< what every scenario takes
    L2tpScenarioControl m_control;           //!< how control messages are delivered
    uint32_t m_nBranches{2};                 //!< how many branches
    uint32_t m_nLines{0};                    //!< lines of the LAC; 0: one for each branch
    std::string m_failure{"none"};           //!< what goes wrong
    uint16_t m_expected{0};                  //!< what the CDNs say then
    Time m_idleTimeout{Seconds(20)};         //!< when calls are ended
    Time m_retryDelay{Seconds(30)};          //!< when they are tried again
    DataRate m_lineRate{"64kbps"};           //!< of lines
    uint64_t m_bytes{50000};                 //!< octets of each transfer
    L2tpScenarioIpv6 m_ipv6;                 //!< addresses and routes with --Ipv6
    Ptr<Node> m_lacNode;                     //!< the LAC's node
    Ptr<Node> m_core;                        //!< the core router
    Ptr<Node> m_lnsNode;                     //!< the LNS's node
    Ptr<Node> m_server;                      //!< the server
    NetDeviceContainer m_outerDevices;       //!< the LAC's and the LNS's outer links
    PointToPointHelper m_links;              //!< makes links
    L2tpRemoteDialHelper m_dial;             //!< makes LAC, LNS and sites
    Ptr<L2tpLac> m_lac;                      //!< the LAC
    Ptr<L2tpLns> m_lns;                      //!< the LNS
    std::deque<Branch> m_branches;           //!< the branches, in place
    L2tpScenarioAnimation m_animation;       //!< for NetAnim
    L2tpScenarioReport m_report;             //!< the page about it
    L2tpRunSummary m_summary{"remote-dial"}; //!< what the run comes to
    std::unique_ptr<L2tpLadder> m_ladder;    //!< of LAC and LNS
};

void
RemoteDial::CheckOptions()
{
    L2tpScenarioCheck<uint32_t>("Branches", m_nBranches, 1, MAX_BRANCHES);
    L2tpScenarioCheck<uint32_t>("Lines", m_nLines, 0, MAX_BRANCHES);
    L2tpScenarioCheck<uint64_t>("Bytes", m_bytes, 0, 1000000000);
    L2tpScenarioCheck("IdleTimeout", m_idleTimeout, Seconds(0), Hours(1));
    L2tpScenarioCheck("RetryDelay", m_retryDelay, Seconds(0), Hours(1));
    std::string names;
    bool found = false;
    for (const Failure& failure : FAILURES)
    {
        names += std::string(names.empty() ? "" : ", ") + failure.name;
        if (m_failure == failure.name)
        {
            found = true;
            m_expected = failure.result;
        }
    }
    NS_ABORT_MSG_IF(!found, "--Failure=" << m_failure << ": choose one of " << names);
    m_nLines = m_nLines == 0 ? m_nBranches : m_nLines;
}

void
RemoteDial::BuildNetwork()
{
    m_core = CreateObject<Node>();
    m_lacNode = CreateObject<Node>();
    m_lnsNode = CreateObject<Node>();
    m_server = CreateObject<Node>();
    Names::Add("lac", m_lacNode);
    Names::Add("core", m_core);
    Names::Add("lns", m_lnsNode);
    Names::Add("server", m_server);
    InternetStackHelper().Install(NodeContainer(m_lacNode, m_core, m_lnsNode, m_server));

    m_links.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
    m_links.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("200p"));
    m_links.SetChannelAttribute("Delay", TimeValue(m_options.delay));
    const NetDeviceContainer lossy = m_links.Install(m_core, m_lnsNode);
    lossy.Get(0)->SetAttribute("ReceiveErrorModel", PointerValue(m_options.MakeLoss(1)));
    lossy.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(m_options.MakeLoss(2)));
    m_links.SetChannelAttribute("Delay", StringValue("1ms"));
    const NetDeviceContainer backbone = m_links.Install(m_lacNode, m_core);
    Names::Add("lac/wan", backbone.Get(0));
    Names::Add("lns/wan", lossy.Get(1));
    m_outerDevices.Add(backbone.Get(0));
    m_outerDevices.Add(lossy.Get(1));
    Ipv4AddressHelper addresses("192.0.2.0", "255.255.255.252");
    for (const auto& link : {lossy, backbone})
    {
        if (m_options.ipv6)
        {
            m_ipv6.Assign(link);
            continue;
        }
        addresses.Assign(link);
        addresses.NewNetwork();
    }
    Ipv4AddressHelper("10.1.0.0", "255.255.255.0").Assign(m_links.Install(m_lnsNode, m_server));
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    m_ipv6.PopulateRoutingTables();
}

void
RemoteDial::BuildBranches()
{
    const auto routing = [](Ptr<Node> node) {
        return Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
            node->GetObject<Ipv4>()->GetRoutingProtocol());
    };
    // Where the branches are is nothing that global routing knows of.
    routing(m_server)->SetDefaultRoute("10.1.0.1", 1);
    Ipv4AddressHelper lan("192.168.0.0", "255.255.255.0");
    for (uint32_t i = 0; i < m_nBranches; ++i)
    {
        Branch& branch = m_branches.emplace_back();
        branch.router = CreateObject<Node>();
        branch.host = CreateObject<Node>();
        Names::Add("branch-" + std::to_string(i), branch.router);
        Names::Add("host-" + std::to_string(i), branch.host);
        InternetStackHelper().Install(NodeContainer(branch.router, branch.host));
        const auto interfaces = lan.Assign(m_links.Install(branch.router, branch.host));
        lan.NewNetwork();
        branch.address = interfaces.GetAddress(1);
        routing(branch.host)->SetDefaultRoute(interfaces.GetAddress(0), 1);
    }
}

void
RemoteDial::InstallApplications()
{
    m_control.ApplyTo(m_dial);
    m_dial.SetLacAttribute("HostName", StringValue("lac.example"));
    m_dial.SetLnsAttribute("HostName", StringValue("lns.example"));
    m_dial.SetLineAttribute("Synchronous", BooleanValue(true));
    m_dial.SetLineAttribute("BitRate", DataRateValue(m_lineRate));
    m_dial.SetLineAttribute("AnswerTimeout", StringValue("20s"));
    m_dial.SetTelephoneAttribute("SetupTime", StringValue("2s"));
    m_dial.SetSiteAttribute("IdleTimeout", TimeValue(m_idleTimeout));
    m_dial.SetSiteAttribute("RetryDelay", TimeValue(m_retryDelay));
    if (m_options.ipv6)
    {
        m_dial.UseIpv6();
    }
    m_lac = m_dial.InstallLac(m_lacNode, m_nLines);
    m_lns = m_dial.InstallLns(m_lnsNode);
    for (uint32_t i = 0; i < m_nBranches; ++i)
    {
        Branch& branch = m_branches[i];
        const std::string name = "branch-" + std::to_string(i);
        m_dial.SetCredentials(name, "wonderland");
        branch.site = m_dial.InstallSite(branch.router,
                                         std::to_string(5550000 + i),
                                         Ipv4Address(Ipv4Address("10.8.1.1").Get() + i));
        branch.site.site->AddNetwork(branch.address.CombineMask("255.255.255.0"), "255.255.255.0");
        Names::Add(name + "/line", branch.site.port);
        Names::Add(name + "/ppp", branch.site.system->GetDevice());
        Names::Add("lns/" + name, branch.site.site->GetDevice());
        m_summary.AddSite(name, branch.site.site);
    }
    m_dial.AssignStreams(100);
    m_summary.AddEndpoint("lns", m_lns);
    m_summary.AddEndpoint("lac", m_lac);
}

void
RemoteDial::Spoil()
{
    for (const auto& port : m_dial.GetLines())
    {
        port->GetLine()->SetInService(m_failure != "no-dial-tone");
    }
    for (Branch& branch : m_branches)
    {
        const Ptr<L2SerialLine> line = branch.site.port->GetLine();
        line->SetInService(m_failure != "busy");
        if (m_failure == "no-such-number")
        {
            branch.site.site->SetAttribute("CalledNumber", StringValue("5559999"));
        }
        else if (m_failure == "no-line")
        {
            branch.site.site->SetAttribute("MinimumBps", UintegerValue(2000000));
        }
        else if (m_failure == "no-carrier")
        {
            line->SetAttribute("Synchronous", BooleanValue(false));
        }
        else if (m_failure == "no-answer")
        {
            branch.site.system->SetStartTime(m_options.duration * 2);
        }
        else if (m_failure == "rejected")
        {
            branch.site.system->SetStopTime(MilliSeconds(1));
        }
        else if (m_failure == "wrong-password")
        {
            branch.site.system->SetAttribute("Password", StringValue("jabberwocky"));
        }
    }
}

void
RemoteDial::ScheduleTraffic()
{
    for (uint32_t i = 0; i < m_nBranches; ++i)
    {
        // One after the other, and all of them well before the second round.
        const Time start =
            Seconds(1) + std::min(MilliSeconds(500), m_options.duration / 10 / m_nBranches) * i;
        Simulator::Schedule(start, &RemoteDial::Ping, this, i, 0);
        Simulator::Schedule(start + Seconds(PINGS + 1), &RemoteDial::SendFile, this, i);
        Simulator::Schedule(start + m_options.duration / 2, &RemoteDial::Ping, this, i, 1);
        m_branches[i].file.Receive(m_branches[i].host, 40000, m_bytes, nullptr);
    }
}

void
RemoteDial::Ping(uint32_t index, uint32_t round)
{
    m_ladder->Note("the server has something for branch-" + std::to_string(index));
    L2tpScenarioPing(m_server,
                     m_branches[index].address,
                     PINGS,
                     Seconds(1),
                     [this, index, round](Time /* rtt */) { ++m_branches[index].replies[round]; });
}

void
RemoteDial::SendFile(uint32_t index)
{
    Branch& branch = m_branches[index];
    branch.file.Send(m_server, branch.address, branch.site.site->GetDevice()->GetMtu());
}

void
RemoteDial::Watch()
{
    m_ladder = std::make_unique<L2tpLadder>(m_lac, "LAC", m_lns, "LNS");
    for (uint32_t i = 0; i < m_nBranches; ++i)
    {
        m_branches[i].site.site->TraceConnectWithoutContext(
            "State",
            MakeBoundCallback(&RemoteDial::StateChanged, this, i));
    }
    m_dial.GetDialer()->TraceConnectWithoutContext("Dialled",
                                                   MakeBoundCallback(&RemoteDial::LineDials, this));
    m_dial.GetDialer()->TraceConnectWithoutContext(
        "Failed",
        MakeBoundCallback(&RemoteDial::LineFailed, this));
    NodeContainer hosts;
    NodeContainer routers;
    for (const Branch& branch : m_branches)
    {
        hosts.Add(branch.host);
        routers.Add(branch.router);
    }
    for (const NodeContainer& nodes : {hosts,
                                       routers,
                                       NodeContainer(m_lacNode),
                                       NodeContainer(m_core),
                                       NodeContainer(m_lnsNode),
                                       NodeContainer(m_server)})
    {
        m_animation.AddColumn(nodes);
    }
    m_animation.Begin(m_options, "remote-dial");
    if (m_options.pcap)
    {
        const std::string prefix = m_options.PathOf("remote-dial");
        m_links.EnablePcap(prefix, m_outerDevices);
        m_dial.EnablePcapAll(prefix);
    }
}

void
RemoteDial::StateChanged(RemoteDial* self,
                         uint32_t index,
                         L2tpDialState /* before */,
                         L2tpDialState now)
{
    if (Simulator::Now().IsStrictlyPositive())
    {
        self->m_ladder->Note("branch-" + std::to_string(index) + ": " + L2tpDialStateName(now));
    }
}

void
RemoteDial::LineDials(RemoteDial* self, Ptr<const L2tpCall> call, Ptr<L2SerialLine> /* line */)
{
    self->m_ladder->Note("the LAC dials " + call->GetParameters().calledNumber);
}

void
RemoteDial::LineFailed(RemoteDial* self, Ptr<const L2tpCall> call, L2LineCause cause)
{
    self->m_ladder->Note("line to " + call->GetParameters().calledNumber + ": " +
                         L2LineCauseName(cause));
}

void
RemoteDial::HangUp()
{
    m_ladder->Note("the end");
    for (const Branch& branch : m_branches)
    {
        branch.site.site->SetAttribute("OnDemand", BooleanValue(false));
        branch.site.site->HangUp();
    }
}

std::string
RemoteDial::GetOutcome() const
{
    std::size_t live = m_dial.GetDialer()->GetNLines() - m_dial.GetDialer()->GetNIdle();
    for (const Ptr<L2tpEndpoint>& endpoint : std::initializer_list<Ptr<L2tpEndpoint>>{m_lac, m_lns})
    {
        live += endpoint->GetNTunnelsHeld() + endpoint->GetNCalls();
    }
    if (live > 0)
    {
        return "state left behind";
    }
    for (const Branch& branch : m_branches)
    {
        const L2tpDialStatistics& calls = branch.site.site->GetStatistics();
        if (m_expected != 0)
        {
            if (calls.failed == 0 || calls.ups > 0 ||
                branch.site.site->GetLastCode().result != m_expected)
            {
                return "calls did not fail as expected";
            }
            continue;
        }
        // A few pings may be lost, and while PPP comes up they are gone before it is; both rounds
        // had a call, as many as came up tell.
        const bool isSilent = branch.replies[0] == 0 && branch.file.GetReceived() == 0;
        if (isSilent || (branch.replies[1] == 0 && calls.ups < 2))
        {
            return "pings unanswered";
        }
        if (!branch.file.IsDone())
        {
            return "transfer incomplete";
        }
    }
    return m_expected == 0 ? "complete" : "failed as expected";
}

int
RemoteDial::Report()
{
    L2tpDialStatistics all;
    double goodput = 0;
    uint64_t received = 0;
    uint32_t replies = 0;
    uint64_t dropped = 0;
    for (const Branch& branch : m_branches)
    {
        const L2tpDialStatistics& calls = branch.site.site->GetStatistics();
        all.calls += calls.calls;
        all.ups += calls.ups;
        all.failed += calls.failed;
        all.idle += calls.idle;
        received += branch.file.GetReceived();
        replies += branch.replies[0] + branch.replies[1];
        for (std::size_t reason = 0; reason < PPP_WAIT_DROP_REASONS; ++reason)
        {
            dropped += branch.site.site->GetDevice()->GetWaitDropCount(
                static_cast<PppWaitDropReason>(reason));
        }
        goodput += branch.file.GetGoodput();
    }
    const std::string outcome = GetOutcome();
    m_summary.SetGoodput(goodput);
    m_summary.Set("calls_asked", static_cast<double>(all.calls));
    m_summary.Set("calls_up", static_cast<double>(all.ups));
    m_summary.Set("calls_failed", static_cast<double>(all.failed));
    m_summary.Set("calls_idle", static_cast<double>(all.idle));
    m_summary.Set("last_result", m_branches[0].site.site->GetLastCode().result);
    m_summary.Set("packets_dropped_waiting", static_cast<double>(dropped));
    m_summary.Set("pings_answered", replies);
    m_summary.Set("transferred_bytes", static_cast<double>(received));
    m_summary.Set("outcome", outcome);
    m_summary.Write(m_options.PathOf("summary.json"));

    m_ladder->Print(std::cout);
    std::cout << "\n";
    m_summary.Print(std::cout);
    std::cout << "calls: " << all.calls << " asked for, " << all.ups << " up, " << all.failed
              << " failed, " << all.idle << " ended for want of traffic\n"
              << "pings answered: " << replies << " of " << 2 * PINGS * m_nBranches
              << "; packets dropped for want of a call: " << dropped << "\n"
              << "TCP: " << received << " octets, goodput " << goodput / 1e3 << " kbit/s\n"
              << "outcome: " << outcome << "\n";
    m_report.Write(m_options, m_summary);
    return outcome == "complete" || outcome == "failed as expected" ? 0 : 1;
}

int
RemoteDial::Run(int argc, char** argv)
{
    CommandLine cmd(__FILE__);
    cmd.Usage("Remote dial: an LNS has a LAC dial branches when there is traffic for them.");
    m_options.AddTo(cmd);
    m_animation.AddTo(cmd);
    m_report.AddTo(cmd);
    m_control.AddTo(cmd);
    cmd.AddValue("Branches", "how many branches there are", m_nBranches);
    cmd.AddValue("Lines", "how many lines the LAC has; 0: one for each branch", m_nLines);
    cmd.AddValue("Failure",
                 "what keeps calls from succeeding: none, busy, no-answer, no-such-number, "
                 "no-dial-tone, no-carrier, rejected, no-line or wrong-password",
                 m_failure);
    cmd.AddValue("IdleTimeout", "a call without traffic is ended after so long", m_idleTimeout);
    cmd.AddValue("RetryDelay", "time from a call that failed to the next one", m_retryDelay);
    cmd.AddValue("LineRate", "bit rate of lines", m_lineRate);
    cmd.AddValue("Bytes", "octets that the server sends to each branch by TCP", m_bytes);
    m_options.Parse(cmd, argc, argv);
    CheckOptions();

    BuildNetwork();
    BuildBranches();
    InstallApplications();
    Spoil();
    Watch();
    ScheduleTraffic();
    Simulator::Schedule(m_options.duration, &RemoteDial::HangUp, this);
    m_report.Begin("remote-dial", argc, argv);
    // Time for good-byes, for a dead peer to be noticed, and for state to linger: then all is over.
    Simulator::Stop(m_options.duration + Minutes(5));
    Simulator::Run();
    const int status = Report();
    Simulator::Destroy();
    return status;
}

} // namespace

int
main(int argc, char** argv)
{
    return RemoteDial().Run(argc, argv);
}
