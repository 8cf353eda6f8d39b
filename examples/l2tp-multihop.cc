/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief Multihop tunnelling: a call goes through tunnel switches in a row, one hop of them lossy
 *
 *   host (LAC) === switch-0 === switch-1 === ... - - lossy - - === LNS --- server
 *
 * The host dials switch-0, which is an LNS to it, and a LAC to switch-1: it joins the host's call
 * with one that it places there. So does each switch, and the last one dials the LNS, where PPP
 * ends. Each hop has a tunnel of its own, and knows its neighbours only. The host is assigned an
 * address of 10.8.0.0/16, pings the server, and sends it a file by TCP, all of it through the
 * tunnels. When all is done, or --Duration is over, one of those on the way ends the call
 * (--Clear), and every hop is released.
 *
 * Expected output: the ladder of control messages on all hops, a table of the hops, a table of what
 * each end sent and received, and what became of the transfer. Files: summary.json; report.html;
 * pcap files of both ends of each hop's link, of the host's PPP device and the LNS's, and of the
 * frames that each switch passes on. The exit status is 0 if the transfer was completed (without
 * one, if a ping was answered), and all state was released.
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
#include "ns3/l2tp-multihop-helper.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// A hop: the tunnel between two neighbours, and the IDs that its call had.
struct Hop
{
    std::string name;      //!< both ends
    Ptr<L2tpLac> lac;      //!< the end that calls
    Ptr<L2tpLns> lns;      //!< the end that is called
    std::string tunnelId;  //!< both ends' Tunnel IDs
    std::string sessionId; //!< both ends' Session IDs
    uint16_t hopCount{0};  //!< what the ICRQ told
};

/// The scenario.
class Multihop
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
    static constexpr uint32_t MAX_HOPS = 8;  //!< switches at most: HopLimit's default
    static constexpr uint16_t PORT = 40000;  //!< of the transfer, TCP
    static constexpr uint32_t NOBODY = 9999; //!< no switch

    /// Stop the program if an option is out of range, and find out who ends the call.
    void CheckOptions();
    /// Build the network of the picture above.
    void BuildNetwork();
    /**
     * @brief Join two nodes by a link of the Internet.
     * @param left a node
     * @param right the next one
     * @param addresses where IPv4 addresses come from
     * @param lossy whether it is the lossy one
     */
    void Join(Ptr<Node> left, Ptr<Node> right, Ipv4AddressHelper& addresses, bool lossy);
    /// Put host, switches, LNS and server to work.
    void InstallApplications();
    /// Have all of it watched.
    void Watch();
    /**
     * @brief The host has an address: begin its traffic.
     * @param self the scenario
     * @param local its address
     * @param peer the LNS's
     */
    static void TunnelUp(Multihop* self, Ipv4Address local, Ipv4Address peer);
    /// Note the IDs that the call has on each hop.
    void NoteHops();
    /// End the call once all traffic is done.
    void ClearIfDone();
    /// End the call, where --Clear says.
    void Clear();
    /// What is left of tunnels and calls. @return how many
    std::size_t CountLive() const;
    /// Print the table of hops.
    void PrintHops() const;
    /// Print and write what the run has come to. @return the exit status
    int Report();

    L2tpScenarioOptions m_options;        //!< what every scenario takes
    L2tpScenarioControl m_control;        //!< how control messages are delivered
    uint32_t m_hops{2};                   //!< how many switches
    uint32_t m_lossyHop{NOBODY};          //!< which hop is lossy, from 0
    uint64_t m_bytes{1024 * 1024};        //!< octets of the transfer
    uint32_t m_pings{5};                  //!< pings that the host sends
    std::string m_clear{"host"};          //!< who ends the call
    uint32_t m_clearSwitch{NOBODY};       //!< which switch does, if one does
    bool m_crash{false};                  //!< whether it vanishes instead
    L2tpScenarioIpv6 m_ipv6;              //!< addresses and routes with --Ipv6
    std::vector<Ptr<Node>> m_row;         //!< host, switches, LNS
    Ptr<Node> m_server;                   //!< the server
    Ipv4Address m_serverAddress;          //!< its address
    NetDeviceContainer m_outerDevices;    //!< both ends of each hop
    PointToPointHelper m_links;           //!< makes links
    L2tpMultihopHelper m_helper;          //!< makes switches
    L2tpVoluntaryHelper m_vpn;            //!< makes host and LNS
    L2tpSwitchContainer m_switches;       //!< the switches
    L2tpVpnContainer m_tunnels;           //!< host and LNS
    std::vector<Hop> m_allHops;           //!< from the host's on
    L2tpScenarioTransfer m_file;          //!< what the host sends to the server
    Time m_start;                         //!< when traffic began; 0: it has not
    Time m_pingTime;                      //!< after which no reply is waited for
    uint32_t m_replies{0};                //!< pings answered
    bool m_cleared{false};                //!< whether the call has been told to end
    L2tpRunSummary m_summary{"multihop"}; //!< what the run comes to
    L2tpLadder m_ladder;                  //!< all hops' messages
    L2tpScenarioAnimation m_animation;    //!< for NetAnim
    L2tpScenarioReport m_report;          //!< the page about it
};

void
Multihop::CheckOptions()
{
    L2tpScenarioCheck<uint32_t>("Hops", m_hops, 1, MAX_HOPS);
    m_lossyHop = m_lossyHop == NOBODY ? m_hops : m_lossyHop;
    L2tpScenarioCheck<uint32_t>("LossyHop", m_lossyHop, 0, m_hops);
    L2tpScenarioCheck<uint64_t>("Bytes", m_bytes, 1, 1000000000000);
    L2tpScenarioCheck<uint32_t>("Pings", m_pings, 1, 1000000);
    for (uint32_t i = 0; i < m_hops; ++i)
    {
        const bool crash = m_clear == "crash-" + std::to_string(i);
        if (crash || m_clear == "switch-" + std::to_string(i))
        {
            m_clearSwitch = i;
            m_crash = crash;
        }
    }
    NS_ABORT_MSG_IF(m_clearSwitch == NOBODY && m_clear != "host" && m_clear != "lac" &&
                        m_clear != "lns",
                    "--Clear=" << m_clear
                               << ": choose host, lac, lns, or switch-N or crash-N, where N is 0 "
                                  "to "
                               << m_hops - 1);
}

void
Multihop::Join(Ptr<Node> left, Ptr<Node> right, Ipv4AddressHelper& addresses, bool lossy)
{
    const NetDeviceContainer link = m_links.Install(left, right);
    for (uint32_t end = 0; lossy && end < link.GetN(); ++end)
    {
        link.Get(end)->SetAttribute("ReceiveErrorModel", PointerValue(m_options.MakeLoss(1 + end)));
    }
    if (m_options.ipv6)
    {
        m_ipv6.Assign(link);
    }
    else
    {
        addresses.Assign(link);
        addresses.NewNetwork();
    }
    Names::Add(Names::FindName(left) + "/out", link.Get(0));
    Names::Add(Names::FindName(right) + "/in", link.Get(1));
    m_outerDevices.Add(link);
}

void
Multihop::BuildNetwork()
{
    for (uint32_t i = 0; i < m_hops + 2; ++i)
    {
        m_row.push_back(CreateObject<Node>());
        Names::Add(i == 0            ? "host"
                   : i == m_hops + 1 ? "lns"
                                     : "switch-" + std::to_string(i - 1),
                   m_row.back());
    }
    m_server = CreateObject<Node>();
    Names::Add("server", m_server);
    InternetStackHelper internet;
    for (const auto& node : m_row)
    {
        internet.Install(node);
    }
    internet.Install(m_server);
    m_links.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
    m_links.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("200p"));
    m_links.SetChannelAttribute("Delay", TimeValue(m_options.delay));
    Ipv4AddressHelper addresses("192.0.2.0", "255.255.255.252");
    for (uint32_t i = 0; i + 1 < m_row.size(); ++i)
    {
        Join(m_row[i], m_row[i + 1], addresses, i == m_lossyHop);
    }
    m_links.SetChannelAttribute("Delay", StringValue("1ms"));
    Ipv4AddressHelper lan("10.1.0.0", "255.255.255.0");
    m_serverAddress = lan.Assign(m_links.Install(m_row.back(), m_server)).GetAddress(1);
    // No other routes: each has to do with its neighbours, and the host reaches switch-0 only.
    Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
        m_server->GetObject<Ipv4>()->GetRoutingProtocol())
        ->SetDefaultRoute("10.1.0.1", 1);
}

void
Multihop::InstallApplications()
{
    NodeContainer switches;
    for (uint32_t i = 0; i < m_hops; ++i)
    {
        switches.Add(m_row[1 + i]);
    }
    m_control.ApplyTo(m_vpn);
    m_control.ApplyTo(m_helper);
    m_vpn.SetAddressPool("10.8.0.0", "255.255.0.0");
    m_vpn.SetCredentials("alice", "wonderland");
    if (m_options.ipv6)
    {
        m_helper.UseIpv6();
        m_vpn.UseIpv6();
    }
    m_switches = m_helper.Install(switches, m_row.back());
    m_vpn.SetLnsAddress(m_switches.GetAddress(0));
    m_vpn.SetLnsAttribute("HostName", StringValue("lns.example"));
    m_vpn.SetLacAttribute("HostName", StringValue("host.example"));
    m_tunnels = m_vpn.Install(NodeContainer(m_row.front()), m_row.back());
    L2tpVoluntaryHelper::AssignStreams(m_tunnels, 100);
    L2tpMultihopHelper::AssignStreams(m_switches, 200);
    Names::Add("host/ppp", m_tunnels.GetDevice(0));
    Ptr<L2tpLac> lac = m_tunnels.GetLac(0);
    std::string left = "host";
    for (uint32_t i = 0; i < m_hops; ++i)
    {
        const std::string name = "switch-" + std::to_string(i);
        const auto hostName = StringValue(name + ".example");
        m_switches.GetLns(i)->SetAttribute("HostName", hostName);
        m_switches.GetLac(i)->SetAttribute("HostName", hostName);
        m_allHops.push_back({left + " > " + name, lac, m_switches.GetLns(i), "", ""});
        lac = m_switches.GetLac(i);
        left = name;
    }
    m_allHops.push_back({left + " > lns", lac, m_tunnels.GetLns(), "", ""});
    m_file.Receive(m_server, PORT, m_bytes, [this]() { ClearIfDone(); });
}

void
Multihop::Watch()
{
    m_summary.AddEndpoint("host", m_tunnels.GetLac(0));
    m_ladder.AddLifeline("host", {m_tunnels.GetLac(0)});
    for (uint32_t i = 0; i < m_hops; ++i)
    {
        const std::string name = "switch-" + std::to_string(i);
        m_summary.AddEndpoint(name + "-lns", m_switches.GetLns(i));
        m_summary.AddEndpoint(name + "-lac", m_switches.GetLac(i));
        m_ladder.AddLifeline(name, {m_switches.GetLns(i), m_switches.GetLac(i)});
    }
    m_summary.AddEndpoint("lns", m_tunnels.GetLns());
    m_ladder.AddLifeline("lns", {m_tunnels.GetLns()});
    m_summary.AddClient("host", m_tunnels.GetClient(0));
    m_ladder.WatchLink(m_tunnels.GetDevice(0)->GetLink());
    m_tunnels.GetClient(0)->TraceConnectWithoutContext(
        "Up",
        MakeBoundCallback(&Multihop::TunnelUp, this));
    for (const auto& node : m_row)
    {
        m_animation.AddColumn(NodeContainer(node));
    }
    m_animation.AddColumn(NodeContainer(m_server));
    m_animation.Begin(m_options, "multihop");
    if (m_options.pcap)
    {
        const std::string prefix = m_options.PathOf("multihop");
        m_links.EnablePcap(prefix, m_outerDevices);
        m_vpn.EnablePcapAll(prefix);
        m_helper.EnablePcapAll(prefix);
    }
}

void
Multihop::TunnelUp(Multihop* self, Ipv4Address /* local */, Ipv4Address /* peer */)
{
    if (!self->m_start.IsZero())
    {
        return;
    }
    self->m_start = Simulator::Now();
    self->NoteHops();
    L2tpScenarioPing(self->m_row.front(),
                     self->m_serverAddress,
                     self->m_pings,
                     Seconds(1),
                     [self](Time /* rtt */) {
                         ++self->m_replies;
                         self->ClearIfDone();
                     });
    self->m_pingTime = Seconds(self->m_pings + 1);
    Simulator::Schedule(self->m_pingTime, &Multihop::ClearIfDone, self);
    self->m_file.Send(self->m_row.front(),
                      self->m_serverAddress,
                      self->m_tunnels.GetDevice(0)->GetMtu());
}

void
Multihop::NoteHops()
{
    for (Hop& hop : m_allHops)
    {
        const Ptr<L2tpTunnel> tunnel = hop.lac->GetTunnels().back();
        const Ptr<L2tpCall> call = tunnel->GetCalls().back();
        hop.tunnelId =
            std::to_string(tunnel->GetLocalId()) + "/" + std::to_string(tunnel->GetPeerId());
        hop.sessionId =
            std::to_string(call->GetLocalId()) + "/" + std::to_string(call->GetPeerId());
        hop.hopCount = call->GetParameters().hopCount;
    }
}

void
Multihop::ClearIfDone()
{
    // A ping that was lost is not waited for.
    if (m_file.IsDone() && (m_replies >= m_pings || Simulator::Now() >= m_start + m_pingTime))
    {
        Simulator::Schedule(Seconds(1), &Multihop::Clear, this);
    }
}

void
Multihop::Clear()
{
    if (m_cleared)
    {
        return;
    }
    m_cleared = true;
    m_ladder.Note("--Clear=" + m_clear);
    const auto why = L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE);
    const auto client = m_tunnels.GetClient(0);
    // A call that isn't up has not come as far as that.
    if (!client->IsUp() || m_clear == "host")
    {
        client->HangUp();
    }
    else if (m_clear == "lac")
    {
        client->GetCall()->Close(why);
    }
    else if (m_clear == "lns")
    {
        for (const auto& call : m_tunnels.GetLns()->GetTunnels().back()->GetCalls())
        {
            call->Close(why);
        }
    }
    else if (m_crash)
    {
        m_switches.GetLns(m_clearSwitch)->Crash();
    }
    else
    {
        for (const auto& call : m_switches.GetSwitch(m_clearSwitch)->GetCalls())
        {
            call->Release({why, {}});
        }
    }
}

std::size_t
Multihop::CountLive() const
{
    std::size_t live = 0;
    for (const Hop& hop : m_allHops)
    {
        live += hop.lac->GetNTunnelsHeld() + hop.lac->GetNCalls();
        live += hop.lns->GetNTunnelsHeld() + hop.lns->GetNCalls();
    }
    for (uint32_t i = 0; i < m_hops; ++i)
    {
        live += m_switches.GetSwitch(i)->GetNCalls();
    }
    return live;
}

void
Multihop::PrintHops() const
{
    std::ostringstream text;
    text << std::left << std::setw(23) << "hop" << std::setw(13) << "Tunnel IDs" << std::setw(13)
         << "Session IDs" << std::right << std::setw(9) << "Hop Count" << std::setw(9) << "control"
         << std::setw(9) << "again" << std::setw(9) << "up" << std::setw(9) << "lost"
         << std::setw(9) << "down" << std::setw(9) << "lost"
         << "\n";
    for (const Hop& hop : m_allHops)
    {
        const L2tpEndpointStatistics& left = hop.lac->GetStatistics();
        const L2tpEndpointStatistics& right = hop.lns->GetStatistics();
        const auto up = hop.lac->GetDataStatistics();
        const auto down = hop.lns->GetDataStatistics();
        text << std::left << std::setw(23) << hop.name << std::setw(13) << hop.tunnelId
             << std::setw(13) << hop.sessionId << std::right << std::setw(9)
             << (hop.hopCount ? std::to_string(hop.hopCount) : "-") << std::setw(9)
             << left.controlSent + right.controlSent << std::setw(9)
             << left.controlRetransmitted + right.controlRetransmitted << std::setw(9)
             << up->txPackets << std::setw(9) << up->txPackets - down->rxPackets << std::setw(9)
             << down->txPackets << std::setw(9) << down->txPackets - up->rxPackets << "\n";
    }
    std::cout << text.str();
}

int
Multihop::Report()
{
    const uint64_t received = m_file.GetReceived();
    const double goodput = m_file.GetGoodput();
    uint64_t held = 0;
    uint64_t dropped = 0;
    for (uint32_t i = 0; i < m_hops; ++i)
    {
        held += m_switches.GetSwitch(i)->GetStatistics().framesHeld;
        dropped += m_switches.GetSwitch(i)->GetStatistics().framesDropped;
    }
    // A few pings may all be lost, or fall into the time in which the LNS is not up yet.
    const bool isSilent = m_replies == 0 && received == 0;
    const std::string outcome = CountLive() > 0    ? "state left behind"
                                : m_start.IsZero() ? "no call came up"
                                : isSilent         ? "pings unanswered"
                                : !m_file.IsDone() ? "transfer incomplete"
                                                   : "complete";
    m_summary.SetGoodput(goodput);
    m_summary.Set("hops", m_hops);
    m_summary.Set("clear", m_clear);
    m_summary.Set("frames_held", static_cast<double>(held));
    m_summary.Set("frames_dropped_before_onward_call", static_cast<double>(dropped));
    m_summary.Set("transferred_bytes", static_cast<double>(received));
    m_summary.Set("outcome", outcome);
    m_summary.Write(m_options.PathOf("summary.json"));

    m_ladder.Print(std::cout, 100);
    std::cout << "\n";
    PrintHops();
    std::cout << "\n";
    m_summary.Print(std::cout);
    std::cout << "frames that waited at switches for the onward call: " << held << ", dropped "
              << dropped << "\npings answered: " << m_replies << " of " << m_pings
              << "\nTCP transfers completed: " << (m_file.IsDone() ? 1 : 0) << " of 1, " << received
              << " octets, goodput " << goodput / 1e6 << " Mbit/s\n"
              << "outcome: " << outcome << "\n";
    m_report.Write(m_options, m_summary);
    return outcome == "complete" ? 0 : 1;
}

int
Multihop::Run(int argc, char** argv)
{
    CommandLine cmd(__FILE__);
    cmd.Usage("Multihop tunnelling: a call goes through tunnel switches in a row, one hop of them "
              "lossy.");
    m_options.AddTo(cmd);
    m_animation.AddTo(cmd);
    m_report.AddTo(cmd);
    m_control.AddTo(cmd);
    cmd.AddValue("Hops", "how many tunnel switches there are in a row, 1 to 8", m_hops);
    cmd.AddValue("LossyHop",
                 "which hop --Loss is about: 0 is the host's; the last one if it isn't given",
                 m_lossyHop);
    cmd.AddValue("Pings", "how often the host pings the server, a second apart", m_pings);
    cmd.AddValue("Bytes", "octets that the host sends to the server by TCP", m_bytes);
    cmd.AddValue(
        "Clear",
        "who ends the call: host (PPP says good-bye), lac (the host's LAC), lns, switch-N, "
        "or crash-N, where switch N vanishes",
        m_clear);
    m_options.Parse(cmd, argc, argv);
    CheckOptions();

    BuildNetwork();
    InstallApplications();
    Watch();
    Simulator::Schedule(m_options.duration, &Multihop::Clear, this);
    m_report.Begin("multihop", argc, argv);
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
    return Multihop().Run(argc, argv);
}
