/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief Compulsory tunnelling: hosts dial an access server, which tunnels their calls to an LNS
 *
 *   host-0 --- line or PPPoE ---+
 *   host-1 --- line or PPPoE ---+--- access server (LAC) --- core - - lossy - - LNS --- server
 *   ...                         |
 *
 * The hosts know nothing of L2TP: they dial, run PPP as alice@isp.example, and are assigned an
 * address (RFC 2661, section 1.2: "remote systems"). The access server answers, runs LCP, asks who
 * calls, finds the LNS of the domain, and joins the line with a call to it; what it has been
 * through with the host it tells the LNS. Then hosts ping the server, and send it a file by TCP.
 * With
 * --Direct PPP ends at the access server, and there is no L2TP: nothing else of the set-up changes,
 * and the hosts can't tell.
 *
 * Expected output: the ladder of control messages between access server and LNS, what became of
 * each call, a table of what each end sent and received. Files: summary.json; report.html; pcap
 * files of host-0's line or Ethernet, of both ends of the way between access server and LNS, and of
 * the PPP devices. The exit status is 0 if every transfer was completed, each host had an answer,
 * and all state was released.
 */

#include "scenario-animation.h"
#include "scenario-control.h"
#include "scenario-ipv6.h"
#include "scenario-options.h"
#include "scenario-report.h"
#include "scenario-traffic.h"

#include "ns3/core-module.h"
#include "ns3/csma-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-compulsory-helper.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

#include <deque>
#include <iostream>
#include <memory>
#include <string>

using namespace ns3;

namespace
{

/// A host, and how far its traffic has come.
struct Host
{
    Ptr<Node> node;            //!< the host
    L2tpScenarioTransfer file; //!< what it sends to the server
    bool started{false};       //!< whether it was up
    uint32_t replies{0};       //!< pings answered
};

/// The scenario.
class Compulsory
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
    static constexpr uint32_t PINGS = 5;          //!< pings that each host sends
    static constexpr uint32_t MAX_CLIENTS = 1000; //!< hosts at most

    /// Stop the program if an option is out of range.
    void CheckOptions();
    /// Build the network from the access server to the server.
    void BuildNetwork();
    /// Say where the hosts' calls go: this is all that knows of L2TP.
    void ConfigureTunnels();
    /// Make the hosts, and the lines or the Ethernet to the access server.
    void InstallHosts();
    /// Let hosts and server do something as soon as they can.
    void InstallTraffic();
    /// Watch what happens, and write pcap files.
    void Watch();
    /**
     * @brief A host is up: begin its traffic, the first time.
     * @param self the scenario
     * @param index which host
     * @param local its address
     * @param peer the other end's
     */
    static void HostUp(Compulsory* self, uint32_t index, Ipv4Address local, Ipv4Address peer);
    /// Begin a host's transfer. @param index which host
    void SendFile(uint32_t index);
    /**
     * @brief A call has come on at the access server: note it in the ladder.
     * @param self the scenario
     * @param call the call
     * @param before its old state
     * @param now its new state
     */
    static void CallChanged(Compulsory* self,
                            Ptr<const L2tpAccessCall> call,
                            L2tpAccessState before,
                            L2tpAccessState now);
    /// Hang up once all traffic is done.
    void HangUpIfDone();
    /// Let all hosts hang up.
    void HangUp();
    /// What the run has come to, in words.
    std::string GetOutcome() const;
    /// Print and write what the run has come to. @return the exit status
    int Report();

    L2tpScenarioOptions m_options;          //!< what every scenario takes
    L2tpScenarioControl m_control;          //!< how control messages are delivered
    uint32_t m_clients{2};                  //!< how many hosts
    std::string m_access{"line"};           //!< how hosts reach the access server
    std::string m_auth{"chap"};             //!< how they prove who they are
    bool m_direct{false};                   //!< whether PPP ends at the access server
    bool m_proxy{true};                     //!< whether the LNS is told of LCP and authentication
    DataRate m_lineRate{"56kbps"};          //!< of lines
    bool m_synchronous{false};              //!< whether lines are
    uint64_t m_bytes{0};                    //!< octets of each transfer; 0: by m_access
    bool m_hungUp{false};                   //!< whether the hosts have been told to hang up
    L2tpScenarioIpv6 m_ipv6;                //!< addresses and routes with --Ipv6
    Ptr<Node> m_accessNode;                 //!< the access server's node
    Ptr<Node> m_core;                       //!< the core router
    Ptr<Node> m_lns;                        //!< the LNS's node
    Ptr<Node> m_server;                     //!< the server
    Ipv4Address m_serverAddress;            //!< its address
    NetDeviceContainer m_outerDevices;      //!< the access server's and the LNS's outer links
    PointToPointHelper m_links;             //!< makes links
    CsmaHelper m_ethernet;                  //!< makes the Ethernet of PPPoE
    L2tpCompulsoryHelper m_helper;          //!< makes hosts, access server and LNS
    L2tpAccessContainer m_calls;            //!< what it made
    std::deque<Host> m_hosts;               //!< the hosts, in place
    L2tpScenarioAnimation m_animation;      //!< for NetAnim
    L2tpScenarioReport m_report;            //!< the page about it
    L2tpRunSummary m_summary{"compulsory"}; //!< what the run comes to
    std::unique_ptr<L2tpLadder> m_ladder;   //!< of access server and LNS
};

void
Compulsory::CheckOptions()
{
    L2tpScenarioCheck<uint32_t>("Clients", m_clients, 1, MAX_CLIENTS);
    L2tpScenarioCheck<uint64_t>("Bytes", m_bytes, 0, 1000000000000);
    NS_ABORT_MSG_IF(m_access != "line" && m_access != "pppoe",
                    "--Access=" << m_access << ": choose line or pppoe");
    NS_ABORT_MSG_IF(m_auth != "chap" && m_auth != "pap",
                    "--Auth=" << m_auth << ": choose pap or chap");
    if (m_bytes == 0)
    {
        m_bytes = m_access == "line" ? 50000 : 5 * 1024 * 1024;
    }
}

void
Compulsory::BuildNetwork()
{
    m_accessNode = CreateObject<Node>();
    m_core = CreateObject<Node>();
    m_lns = CreateObject<Node>();
    m_server = CreateObject<Node>();
    Names::Add("access", m_accessNode);
    Names::Add("core", m_core);
    Names::Add("lns", m_lns);
    Names::Add("server", m_server);
    InternetStackHelper internet;
    internet.Install(NodeContainer(m_accessNode, m_core, m_lns, m_server));

    m_links.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
    m_links.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("200p"));
    m_links.SetChannelAttribute("Delay", TimeValue(m_options.delay));
    const NetDeviceContainer lossy = m_links.Install(m_core, m_lns);
    lossy.Get(0)->SetAttribute("ReceiveErrorModel", PointerValue(m_options.MakeLoss(1)));
    lossy.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(m_options.MakeLoss(2)));
    m_links.SetChannelAttribute("Delay", StringValue("1ms"));
    const NetDeviceContainer backbone = m_links.Install(m_accessNode, m_core);
    Names::Add("access/wan", backbone.Get(0));
    Names::Add("lns/wan", lossy.Get(1));
    m_outerDevices.Add(backbone.Get(0));
    m_outerDevices.Add(lossy.Get(1));
    Ipv4AddressHelper addresses("192.0.2.0", "255.255.255.252");
    for (const auto& link : {lossy, backbone})
    {
        if (m_options.ipv6)
        {
            m_ipv6.Assign(link);
        }
        if (!m_options.ipv6 || m_direct)
        {
            addresses.Assign(link);
            addresses.NewNetwork();
        }
    }
    Ipv4AddressHelper lan("10.1.0.0", "255.255.255.0");
    m_serverAddress = lan.Assign(m_links.Install(m_lns, m_server)).GetAddress(1);
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    m_ipv6.PopulateRoutingTables();
    // Where the hosts' addresses are is nothing that global routing knows of.
    const auto routing = [](Ptr<Node> node) {
        return Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
            node->GetObject<Ipv4>()->GetRoutingProtocol());
    };
    routing(m_server)->SetDefaultRoute("10.1.0.1", 1);
    if (m_direct)
    {
        routing(m_lns)->AddNetworkRouteTo("10.8.0.0", "255.255.0.0", "192.0.2.1", 1);
        routing(m_core)->AddNetworkRouteTo("10.8.0.0", "255.255.0.0", "192.0.2.5", 2);
    }
}

void
Compulsory::ConfigureTunnels()
{
    m_control.ApplyTo(m_helper);
    m_helper.SetAddressPool("10.8.0.0", "255.255.0.0");
    m_helper.SetSessionAttribute("AuthProtocol", StringValue(m_auth == "pap" ? "Pap" : "Chap"));
    m_helper.SetAccessAttribute("AuthProtocol", StringValue(m_auth == "pap" ? "Pap" : "Chap"));
    m_helper.SetAccessAttribute("SendProxy", BooleanValue(m_proxy));
    m_helper.SetLacAttribute("HostName", StringValue("lac.example"));
    m_helper.SetLnsAttribute("HostName", StringValue("lns.isp.example"));
    if (m_options.ipv6)
    {
        m_helper.UseIpv6();
    }
    if (!m_direct)
    {
        m_helper.AddDomain("isp.example", m_lns);
    }
}

void
Compulsory::InstallHosts()
{
    NodeContainer nodes;
    for (uint32_t i = 0; i < m_clients; ++i)
    {
        Host& host = m_hosts.emplace_back();
        host.node = CreateObject<Node>();
        Names::Add("host-" + std::to_string(i), host.node);
        nodes.Add(host.node);
    }
    InternetStackHelper().Install(nodes);
    m_helper.SetCredentials("alice@isp.example", "wonderland");
    if (m_access == "line")
    {
        m_helper.SetLineAttribute("BitRate", DataRateValue(m_lineRate));
        m_helper.SetLineAttribute("Synchronous", BooleanValue(m_synchronous));
        m_helper.SetTelephoneAttribute("SetupTime", StringValue("2s"));
        m_calls = m_helper.InstallDialUp(nodes, m_accessNode);
    }
    else
    {
        m_ethernet.SetChannelAttribute("DataRate", StringValue("100Mbps"));
        m_ethernet.SetChannelAttribute("Delay", StringValue("100us"));
        NodeContainer all(nodes, NodeContainer(m_accessNode));
        const NetDeviceContainer devices = m_ethernet.Install(all);
        NetDeviceContainer hostDevices;
        for (uint32_t i = 0; i < m_clients; ++i)
        {
            hostDevices.Add(devices.Get(i));
        }
        m_calls = m_helper.InstallPppoe(hostDevices, devices.Get(m_clients));
    }
    m_calls.AssignStreams(100);
}

void
Compulsory::InstallTraffic()
{
    for (uint32_t i = 0; i < m_clients; ++i)
    {
        Host& host = m_hosts[i];
        const std::string name = "host-" + std::to_string(i);
        Names::Add(name + "/ppp", m_calls.GetPppDevice(i));
        Names::Add(name + "/access", m_calls.GetHostDevice(i));
        m_summary.AddHost(name, m_calls.GetHost(i));
        m_calls.GetHost(i)->TraceConnectWithoutContext(
            "Up",
            MakeBoundCallback(&Compulsory::HostUp, this, i));
        host.file.Receive(m_server, 40000 + i, m_bytes, [this]() { HangUpIfDone(); });
    }
}

void
Compulsory::Watch()
{
    m_calls.GetServer()->TraceConnectWithoutContext(
        "State",
        MakeBoundCallback(&Compulsory::CallChanged, this));
    if (!m_direct)
    {
        m_summary.AddEndpoint("lns", m_calls.GetLns(0));
        m_summary.AddEndpoint("access", m_calls.GetLac());
        m_ladder = std::make_unique<L2tpLadder>(m_calls.GetLac(),
                                                "access server (LAC)",
                                                m_calls.GetLns(0),
                                                "LNS");
    }
    NodeContainer hosts;
    for (const Host& host : m_hosts)
    {
        hosts.Add(host.node);
    }
    for (const NodeContainer& nodes : {hosts,
                                       NodeContainer(m_accessNode),
                                       NodeContainer(m_core),
                                       NodeContainer(m_lns),
                                       NodeContainer(m_server)})
    {
        m_animation.AddColumn(nodes);
    }
    m_animation.Begin(m_options, "compulsory");
    if (m_options.pcap)
    {
        const std::string prefix = m_options.PathOf("compulsory");
        m_links.EnablePcap(prefix, m_outerDevices);
        m_helper.EnablePcapAll(prefix);
        if (m_access == "pppoe")
        {
            m_ethernet.EnablePcap(prefix, NetDeviceContainer(m_calls.GetHostDevice(0)), true);
        }
    }
}

void
Compulsory::HostUp(Compulsory* self,
                   uint32_t index,
                   Ipv4Address /* local */,
                   Ipv4Address /* peer */)
{
    Host& host = self->m_hosts[index];
    if (self->m_ladder)
    {
        self->m_ladder->Note("host-" + std::to_string(index) + " is up");
    }
    if (host.started)
    {
        return;
    }
    host.started = true;
    L2tpScenarioPing(host.node,
                     self->m_serverAddress,
                     PINGS,
                     Seconds(1),
                     [self, index](Time /* rtt */) { ++self->m_hosts[index].replies; });
    // The file comes after the pings, which would wait behind it.
    Simulator::Schedule(Seconds(PINGS + 1), &Compulsory::SendFile, self, index);
}

void
Compulsory::SendFile(uint32_t index)
{
    m_hosts[index].file.Send(m_hosts[index].node,
                             m_serverAddress,
                             m_calls.GetPppDevice(index)->GetMtu());
}

void
Compulsory::CallChanged(Compulsory* self,
                        Ptr<const L2tpAccessCall> call,
                        L2tpAccessState /* before */,
                        L2tpAccessState now)
{
    if (self->m_ladder)
    {
        const auto& attempt = call->GetQuery().attempt;
        self->m_ladder->Note(
            "call of " + call->GetQuery().callingNumber + ": " + L2tpAccessStateName(now) +
            (attempt && now == L2tpAccessState::PLACING ? ", " + attempt->name : ""));
    }
}

void
Compulsory::HangUpIfDone()
{
    for (const Host& host : m_hosts)
    {
        if (!host.file.IsDone())
        {
            return;
        }
    }
    Simulator::Schedule(Seconds(1), &Compulsory::HangUp, this);
}

void
Compulsory::HangUp()
{
    if (m_hungUp)
    {
        return;
    }
    m_hungUp = true;
    if (m_ladder)
    {
        m_ladder->Note("the hosts hang up");
    }
    for (uint32_t i = 0; i < m_clients; ++i)
    {
        m_calls.GetHost(i)->HangUp();
    }
}

std::string
Compulsory::GetOutcome() const
{
    std::size_t live = m_calls.GetServer()->GetNCalls();
    if (!m_direct)
    {
        for (const Ptr<L2tpEndpoint>& endpoint :
             std::initializer_list<Ptr<L2tpEndpoint>>{m_calls.GetLac(), m_calls.GetLns(0)})
        {
            live += endpoint->GetNTunnelsHeld() + endpoint->GetNCalls();
        }
    }
    if (live > 0)
    {
        return "state left behind";
    }
    for (const Host& host : m_hosts)
    {
        if (!host.started)
        {
            return "a host did not come up";
        }
        // A few pings may all be lost, or fall into the time in which the LNS is not up yet.
        if (host.replies == 0 && host.file.GetReceived() == 0)
        {
            return "pings unanswered";
        }
        if (!host.file.IsDone())
        {
            return "transfer incomplete";
        }
    }
    return "complete";
}

int
Compulsory::Report()
{
    const std::string outcome = GetOutcome();
    uint64_t received = 0;
    uint32_t completed = 0;
    uint32_t replies = 0;
    double goodput = 0;
    for (const Host& host : m_hosts)
    {
        received += host.file.GetReceived();
        replies += host.replies;
        completed += host.file.IsDone() ? 1 : 0;
        goodput += host.file.GetGoodput();
    }
    const L2tpAccessStatistics& calls = m_calls.GetServer()->GetStatistics();
    m_summary.SetGoodput(goodput);
    m_summary.Set("transferred_bytes", static_cast<double>(received));
    m_summary.Set("calls_arrived", static_cast<double>(calls.arrived));
    m_summary.Set("calls_joined", static_cast<double>(calls.joined));
    m_summary.Set("calls_local", static_cast<double>(calls.local));
    m_summary.Set("calls_failed", static_cast<double>(calls.failed));
    m_summary.Set("access", m_access);
    m_summary.Set("outcome", outcome);
    m_summary.Write(m_options.PathOf("summary.json"));

    if (m_ladder)
    {
        m_ladder->Print(std::cout);
        std::cout << "\n";
    }
    m_summary.Print(std::cout);
    std::cout << "calls: " << calls.arrived << " answered, " << calls.joined
              << " joined with the LNS, " << calls.local << " ended here, " << calls.failed
              << " failed\npings answered: " << replies << " of " << PINGS * m_clients
              << "\nTCP transfers completed: " << completed << " of " << m_clients << ", "
              << received << " octets, goodput " << goodput / 1e6 << " Mbit/s\n"
              << "outcome: " << outcome << "\n";
    m_report.Write(m_options, m_summary);
    return outcome == "complete" ? 0 : 1;
}

int
Compulsory::Run(int argc, char** argv)
{
    CommandLine cmd(__FILE__);
    cmd.Usage("Compulsory tunnelling: hosts dial an access server, which tunnels their calls to an "
              "LNS.");
    m_options.AddTo(cmd);
    m_animation.AddTo(cmd);
    m_report.AddTo(cmd);
    m_control.AddTo(cmd);
    cmd.AddValue("Clients", "how many hosts dial", m_clients);
    cmd.AddValue("Access", "how: line (a telephone line each) or pppoe (one Ethernet)", m_access);
    cmd.AddValue("Auth", "how hosts prove who they are: pap or chap", m_auth);
    cmd.AddValue("Direct", "whether PPP ends at the access server, without L2TP", m_direct);
    cmd.AddValue("Proxy",
                 "whether the LNS is told of LCP and authentication, instead of beginning anew",
                 m_proxy);
    cmd.AddValue("LineRate", "bit rate of lines", m_lineRate);
    cmd.AddValue("Synchronous", "whether lines are synchronous, as ISDN's", m_synchronous);
    cmd.AddValue("Bytes",
                 "octets that each host sends to the server by TCP; 0: 50000 by line, 5 MiB by "
                 "PPPoE",
                 m_bytes);
    m_options.Parse(cmd, argc, argv);
    CheckOptions();

    BuildNetwork();
    ConfigureTunnels();
    InstallHosts();
    InstallTraffic();
    Watch();
    Simulator::Schedule(m_options.duration, &Compulsory::HangUp, this);
    m_report.Begin("compulsory", argc, argv);
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
    return Compulsory().Run(argc, argv);
}
