/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief Voluntary tunnelling: hosts dial an LNS themselves, over a lossy Internet
 *
 *   host-0 --- access-0 ---+
 *   host-1 --- access-1 ---+--- core - - lossy - - LNS --- server
 *   ...                    |
 *
 * Each host is its own LAC (RFC 2661, section 2). It opens a tunnel to the LNS, makes a call in it,
 * runs PPP with CHAP or what --Auth says, is assigned an address of 10.8.0.0/16, and from then on
 * sends all its traffic through the tunnel: pings to the server, and a TCP transfer of 10 MiB to
 * it. When all is done, or --Duration is over, the hosts hang up. With --Ipv6 the Internet up to
 * the LNS is IPv6, and what is in the tunnels stays IPv4.
 *
 * Expected output: the ladder of control messages between host-0 and the LNS, a table of what each
 * end sent and received, and what became of the transfers. Files: summary.json; report.html; pcap
 * files of the hosts' and the LNS's outer links, and of the PPP devices inside the tunnels. The
 * exit status is 0 if every transfer was completed, each host had an answer, and all state was
 * released.
 */

#include "scenario-animation.h"
#include "scenario-control.h"
#include "scenario-ipv6.h"
#include "scenario-options.h"
#include "scenario-report.h"
#include "scenario-traffic.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

#include <deque>
#include <iostream>
#include <map>

using namespace ns3;

namespace
{

/// A host, and how far its traffic has come.
struct Host
{
    Ptr<Node> node;                  //!< the host
    Ptr<L2tpVoluntaryClient> client; //!< its tunnel
    Ptr<Node> router;                //!< what joins it with the core
    L2tpScenarioTransfer file;       //!< what it sends to the server
    bool started{false};             //!< whether its traffic has begun
    uint32_t replies{0};             //!< pings answered
};

/// The scenario.
class Voluntary
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
    static constexpr uint32_t PINGS = 5; //!< pings that each host sends
    /// Hosts at most: each has two networks of 198.18.0.0/15, which is there for such a thing.
    static constexpr uint32_t MAX_CLIENTS = 16384;

    /// Stop the program if an option is out of range.
    void CheckOptions() const;
    /// Build the network of the picture above.
    void BuildNetwork();
    /**
     * @brief Give a link of the Internet addresses, of the IP version wanted.
     * @param link its devices
     * @param ipv4 what makes IPv4 addresses
     */
    void AssignOuter(const NetDeviceContainer& link, Ipv4AddressHelper& ipv4);
    /// Set what --Sequencing and --ReorderTimeout say about data messages.
    void ConfigureData();
    /// Set what --Auth says about how hosts prove who they are.
    void ConfigureAuth();
    /// Put hosts, LNS and server to work.
    void InstallApplications();
    /// Stop, crash or start the LNS when the options say so.
    void ScheduleLns();
    /**
     * @brief A tunnel is up: begin the host's traffic, the first time.
     * @param self the scenario
     * @param index which host
     * @param local its address
     * @param peer the LNS's
     */
    static void TunnelUp(Voluntary* self, uint32_t index, Ipv4Address local, Ipv4Address peer);
    /// Hang up once all traffic is done.
    void HangUpIfDone();
    /// Let all hosts hang up.
    void HangUp();
    /// Print and write what the run has come to. @return the exit status
    int Report();

    L2tpScenarioOptions m_options;         //!< what every scenario takes
    L2tpScenarioControl m_control;         //!< how control messages are delivered
    uint32_t m_clients{1};                 //!< how many hosts
    uint64_t m_bytes{10 * 1024 * 1024};    //!< octets of each transfer
    uint16_t m_mru{0};                     //!< both ends' MRU; 0: the helper's
    Time m_pingInterval{Seconds(1)};       //!< time between a host's pings
    std::string m_auth{"chap"};            //!< how hosts prove who they are
    std::string m_sequencing{"off"};       //!< who numbers data messages
    Time m_reorderTimeout;                 //!< how long early ones wait
    bool m_redial{false};                  //!< whether hosts dial again
    Time m_lnsStop;                        //!< when the LNS stops; 0: at the end
    Time m_lnsCrash;                       //!< when the LNS vanishes; 0: never
    Time m_lnsStart;                       //!< when it starts again; 0: never
    bool m_hungUp{false};                  //!< whether the hosts have been told to hang up
    L2tpScenarioIpv6 m_ipv6;               //!< addresses and routes with --Ipv6
    Ptr<Node> m_core;                      //!< the core router
    Ptr<Node> m_lns;                       //!< the LNS's node
    Ptr<Node> m_server;                    //!< the server
    Ipv4Address m_serverAddress;           //!< its address
    NetDeviceContainer m_outerDevices;     //!< hosts' and LNS's outer links
    PointToPointHelper m_links;            //!< makes links
    L2tpVoluntaryHelper m_vpn;             //!< makes tunnels
    L2tpVpnContainer m_tunnels;            //!< the tunnels
    std::deque<Host> m_hosts;              //!< the hosts, in place
    L2tpScenarioAnimation m_animation;     //!< for NetAnim
    L2tpRunSummary m_summary{"voluntary"}; //!< what the run comes to
    L2tpScenarioReport m_report;           //!< the page about it
    std::unique_ptr<L2tpLadder> m_ladder;  //!< host-0's messages
};

void
Voluntary::CheckOptions() const
{
    L2tpScenarioCheck<uint32_t>("Clients", m_clients, 1, MAX_CLIENTS);
    L2tpScenarioCheck<uint64_t>("Bytes", m_bytes, 0, 1000000000000); // 22 hours at 100 Mbit/s
    if (m_mru > 0)
    {
        L2tpScenarioCheck<uint16_t>("Mru", m_mru, 128, 65535);
    }
    L2tpScenarioCheck("PingInterval", m_pingInterval, MilliSeconds(1), Hours(1));
    L2tpScenarioCheck("ReorderTimeout", m_reorderTimeout, Seconds(0), Hours(1));
    L2tpScenarioCheck("LnsStop", m_lnsStop, Seconds(0), Days(365));
    L2tpScenarioCheck("LnsCrash", m_lnsCrash, Seconds(0), Days(365));
    L2tpScenarioCheck("LnsStart", m_lnsStart, Seconds(0), Days(365));
    NS_ABORT_MSG_IF(m_sequencing != "off" && m_sequencing != "lns" && m_sequencing != "required",
                    "--Sequencing=" << m_sequencing << ": choose off, lns or required");
}

void
Voluntary::AssignOuter(const NetDeviceContainer& link, Ipv4AddressHelper& ipv4)
{
    if (m_options.ipv6)
    {
        m_ipv6.Assign(link);
        return;
    }
    ipv4.Assign(link);
    ipv4.NewNetwork();
}

void
Voluntary::BuildNetwork()
{
    m_core = CreateObject<Node>();
    m_lns = CreateObject<Node>();
    m_server = CreateObject<Node>();
    Names::Add("core", m_core);
    Names::Add("lns", m_lns);
    Names::Add("server", m_server);
    InternetStackHelper internet;
    internet.Install(NodeContainer(m_core, m_lns, m_server));

    m_links.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
    m_links.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("200p"));
    Ipv4AddressHelper addresses("192.0.2.0", "255.255.255.252");

    m_links.SetChannelAttribute("Delay", TimeValue(m_options.delay));
    const NetDeviceContainer lossy = m_links.Install(m_core, m_lns);
    lossy.Get(0)->SetAttribute("ReceiveErrorModel", PointerValue(m_options.MakeLoss(1)));
    lossy.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(m_options.MakeLoss(2)));
    AssignOuter(lossy, addresses);
    Names::Add("lns/wan", lossy.Get(1));
    m_outerDevices.Add(lossy.Get(1));

    m_links.SetChannelAttribute("Delay", StringValue("1ms"));
    Ipv4AddressHelper lan("10.1.0.0", "255.255.255.0");
    m_serverAddress = lan.Assign(m_links.Install(m_lns, m_server)).GetAddress(1);

    Ipv4AddressHelper access("198.18.0.0", "255.255.255.252");
    for (uint32_t i = 0; i < m_clients; ++i)
    {
        Host& host = m_hosts.emplace_back();
        host.node = CreateObject<Node>();
        host.router = CreateObject<Node>();
        internet.Install(NodeContainer(host.node, host.router));
        const std::string name = "host-" + std::to_string(i);
        Names::Add(name, host.node);
        Names::Add("access-" + std::to_string(i), host.router);
        const NetDeviceContainer first = m_links.Install(host.node, host.router);
        AssignOuter(first, access);
        AssignOuter(m_links.Install(host.router, m_core), access);
        Names::Add(name + "/wan", first.Get(0));
        m_outerDevices.Add(first.Get(0));
    }
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    m_ipv6.PopulateRoutingTables();
    // What is behind the LNS in tunnels is nothing that global routing knows of.
    Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
        m_server->GetObject<Ipv4>()->GetRoutingProtocol())
        ->SetDefaultRoute("10.1.0.1", 1);
}

void
Voluntary::ConfigureData()
{
    m_vpn.SetLnsAttribute("Sequencing", BooleanValue(m_sequencing == "lns"));
    m_vpn.SetLacAttribute("RequireSequencing", BooleanValue(m_sequencing == "required"));
    m_vpn.SetEndpointAttribute("ReorderTimeout", TimeValue(m_reorderTimeout));
}

void
Voluntary::ConfigureAuth()
{
    const std::map<std::string, std::string> protocols{{"none", "None"},
                                                       {"pap", "Pap"},
                                                       {"chap", "Chap"},
                                                       {"mschapv2", "MsChapV2"}};
    const auto protocol = protocols.find(m_auth);
    NS_ABORT_MSG_IF(protocol == protocols.end(),
                    "--Auth=" << m_auth << ": choose none, pap, chap or mschapv2");
    m_vpn.SetSessionAttribute("AuthProtocol", StringValue(protocol->second));
}

void
Voluntary::InstallApplications()
{
    m_control.ApplyTo(m_vpn);
    m_vpn.SetAddressPool("10.8.0.0", "255.255.0.0");
    m_vpn.SetCredentials("alice", "wonderland");
    ConfigureAuth();
    if (m_options.ipv6)
    {
        m_vpn.UseIpv6();
    }
    if (m_mru > 0)
    {
        m_vpn.SetClientAttribute("Mru", UintegerValue(m_mru));
        m_vpn.SetSessionAttribute("Mru", UintegerValue(m_mru));
    }
    m_vpn.SetClientAttribute("Redial", BooleanValue(m_redial));
    m_vpn.SetLnsAttribute("HostName", StringValue("lns.example"));
    ConfigureData();
    NodeContainer hosts;
    for (const Host& host : m_hosts)
    {
        hosts.Add(host.node);
    }
    m_tunnels = m_vpn.Install(hosts, m_lns);
    L2tpVoluntaryHelper::AssignStreams(m_tunnels, 100);
    m_summary.AddEndpoint("lns", m_tunnels.GetLns());
    for (uint32_t i = 0; i < m_clients; ++i)
    {
        Host& host = m_hosts[i];
        const std::string name = "host-" + std::to_string(i);
        Names::Add(name + "/ppp", m_tunnels.GetDevice(i));
        m_tunnels.GetLac(i)->SetAttribute("HostName", StringValue(name + ".example"));
        m_summary.AddEndpoint(name, m_tunnels.GetLac(i));
        m_summary.AddClient(name, m_tunnels.GetClient(i));
        host.client = m_tunnels.GetClient(i);
        host.client->TraceConnectWithoutContext("Up",
                                                MakeBoundCallback(&Voluntary::TunnelUp, this, i));
        host.file.Receive(m_server, 40000 + i, m_bytes, [this]() { HangUpIfDone(); });
    }
    m_ladder = std::make_unique<L2tpLadder>(m_tunnels.GetLac(0),
                                            "host-0 (LAC)",
                                            m_tunnels.GetLns(),
                                            "LNS");
    m_ladder->WatchLink(m_tunnels.GetDevice(0)->GetLink());
    NodeContainer routers;
    for (const Host& host : m_hosts)
    {
        routers.Add(host.router);
    }
    for (const NodeContainer& nodes :
         {hosts, routers, NodeContainer(m_core), NodeContainer(m_lns), NodeContainer(m_server)})
    {
        m_animation.AddColumn(nodes);
    }
    m_animation.Begin(m_options, "voluntary");
    if (m_options.pcap)
    {
        const std::string prefix = m_options.PathOf("voluntary");
        m_links.EnablePcap(prefix, m_outerDevices);
        m_vpn.EnablePcapAll(prefix);
    }
}

void
Voluntary::ScheduleLns()
{
    Ptr<L2tpLns> lns = m_tunnels.GetLns();
    if (!m_lnsStop.IsZero())
    {
        Simulator::Schedule(m_lnsStop, &L2tpLns::Stop, lns);
    }
    if (!m_lnsCrash.IsZero())
    {
        Simulator::Schedule(m_lnsCrash, &L2tpLns::Crash, lns);
    }
    if (!m_lnsStart.IsZero())
    {
        Simulator::Schedule(m_lnsStart, &L2tpLns::Start, lns);
    }
}

void
Voluntary::TunnelUp(Voluntary* self,
                    uint32_t index,
                    Ipv4Address /* local */,
                    Ipv4Address /* peer */)
{
    Host& host = self->m_hosts[index];
    if (host.started)
    {
        return;
    }
    host.started = true;
    L2tpScenarioPing(host.node,
                     self->m_serverAddress,
                     PINGS,
                     self->m_pingInterval,
                     [self, index](Time /* rtt */) {
                         ++self->m_hosts[index].replies;
                         self->HangUpIfDone();
                     });
    host.file.Send(host.node, self->m_serverAddress, host.client->GetDevice()->GetMtu());
}

void
Voluntary::HangUpIfDone()
{
    for (const Host& host : m_hosts)
    {
        if (host.replies < PINGS || !host.file.IsDone())
        {
            return;
        }
    }
    Simulator::Schedule(Seconds(1), &Voluntary::HangUp, this);
}

void
Voluntary::HangUp()
{
    if (m_hungUp)
    {
        return;
    }
    m_hungUp = true;
    m_ladder->Note("the hosts hang up");
    for (const Host& host : m_hosts)
    {
        host.client->HangUp();
    }
}

int
Voluntary::Report()
{
    uint64_t received = 0;
    uint32_t completed = 0;
    uint32_t answered = 0;
    double goodput = 0;
    for (const Host& host : m_hosts)
    {
        received += host.file.GetReceived();
        // A few pings may all be lost, or fall into the time in which the LNS is not up yet.
        answered += host.replies > 0 || host.file.GetReceived() > 0 ? 1 : 0;
        completed += host.file.IsDone() ? 1 : 0;
        goodput += host.file.GetGoodput();
    }
    std::size_t live = m_tunnels.GetLns()->GetNTunnelsHeld() + m_tunnels.GetLns()->GetNCalls();
    for (uint32_t i = 0; i < m_clients; ++i)
    {
        live += m_tunnels.GetLac(i)->GetNTunnelsHeld() + m_tunnels.GetLac(i)->GetNCalls();
    }
    std::string outcome = "complete";
    if (live > 0)
    {
        outcome = "state left behind";
    }
    else if (!m_summary.GetSetupTime())
    {
        outcome = "no tunnel came up";
    }
    else if (answered < m_clients)
    {
        outcome = "pings unanswered";
    }
    else if (completed < m_clients)
    {
        outcome = "transfer incomplete";
    }
    m_summary.SetGoodput(goodput);
    m_summary.Set("transferred_bytes", static_cast<double>(received));
    m_summary.Set("outcome", outcome);
    m_summary.Write(m_options.PathOf("summary.json"));

    m_ladder->Print(std::cout);
    std::cout << "\n";
    m_summary.Print(std::cout);
    uint32_t replies = 0;
    for (const Host& host : m_hosts)
    {
        replies += host.replies;
    }
    std::cout << "pings answered: " << replies << " of " << PINGS * m_clients
              << "\nTCP transfers completed: " << completed << " of " << m_clients << ", "
              << received << " octets, goodput " << goodput / 1e6 << " Mbit/s\n"
              << "outcome: " << outcome << "\n";
    m_report.Write(m_options, m_summary);
    return outcome == "complete" ? 0 : 1;
}

int
Voluntary::Run(int argc, char** argv)
{
    CommandLine cmd(__FILE__);
    cmd.Usage("Voluntary tunnelling: hosts dial an LNS themselves, over a lossy Internet.");
    m_options.AddTo(cmd);
    m_animation.AddTo(cmd);
    m_report.AddTo(cmd);
    m_control.AddTo(cmd);
    cmd.AddValue("Clients", "how many hosts dial", m_clients);
    cmd.AddValue("Bytes", "octets that each host sends to the server by TCP", m_bytes);
    cmd.AddValue(
        "Mru",
        "MRU of both ends; 1500 makes the outer packets fragments; 0: 1450, 1430 over IPv6",
        m_mru);
    cmd.AddValue("Auth", "how hosts prove who they are: none, pap, chap or mschapv2", m_auth);
    cmd.AddValue("Sequencing",
                 "sequence numbers on data: off, lns (the LNS begins with them, hosts follow), or "
                 "required (by the hosts, both ways)",
                 m_sequencing);
    cmd.AddValue("ReorderTimeout",
                 "how long data messages that came early wait for those before them; 0: not at all",
                 m_reorderTimeout);
    cmd.AddValue("PingInterval", "time between the pings of a host", m_pingInterval);
    cmd.AddValue("Redial", "whether hosts dial again when their call ends", m_redial);
    cmd.AddValue("LnsStop", "when the LNS stops, with a StopCCN; 0: not before the end", m_lnsStop);
    cmd.AddValue("LnsCrash", "when the LNS vanishes without a word; 0: never", m_lnsCrash);
    cmd.AddValue("LnsStart", "when the LNS starts again; 0: never", m_lnsStart);
    m_options.Parse(cmd, argc, argv);
    CheckOptions();

    BuildNetwork();
    InstallApplications();
    m_report.Begin("voluntary", argc, argv);
    ScheduleLns();
    Simulator::Schedule(m_options.duration, &Voluntary::HangUp, this);
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
    return Voluntary().Run(argc, argv);
}
