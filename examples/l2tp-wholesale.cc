/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief Wholesale: PPPoE subscribers of three ISPs behind two BRASes and three LNSes, by RADIUS
 *
 *   subscriber-0 --+                                 +-- lns-0 --+-- red-router ----- red-server
 *   ...            +-- bras-0 --+                    |           |
 *   subscriber-9 --+            |                    |           |
 *                               +------- core - - - -+-- lns-1 --+-- green-router --- green-server
 *   subscriber-10 -+            |         |          |           |
 *   ...            +-- bras-1 --+         |          |           |
 *   subscriber-19 -+                    radius       +-- lns-2 --+-- blue-router ---- blue-server
 *   ... (a street each)
 *
 * One company has the streets, the BRASes and the LNSs; three retail ISPs have the subscribers. A
 * subscriber logs in as user-0@red.example by PPPoE. The BRAS asks RADIUS by the domain where the
 * call goes, and is told two tunnels: one to the ISP's own LNS, one to another that is there for it
 * as well (RFC 2868; RFC 2809, section 4.1.2.3). The LNS asks RADIUS who the subscriber is. Then
 * each one pings its ISP's server, and downloads, uploads or telephones.
 *
 * With --LnsCrash lns-0 vanishes, and its subscribers find their way to the other LNS.
 *
 * Expected output: the ladder of subscriber-0's way in; what the outage came to, if there was one;
 * tables of what the BRASes and LNSs sent and received, and of the ISPs' subscribers. Files:
 * summary.json; pcap files of the BRASes' streets and outer links, of the LNSs' outer links, of the
 * RADIUS server, of the ISPs' servers, and of three subscribers' PPP. The exit status is 0 if all
 * that was begun was completed, and all state was released.
 */

#include "scenario-animation.h"
#include "scenario-ipv6.h"
#include "scenario-options.h"
#include "scenario-outage.h"
#include "scenario-traffic.h"

#include "ns3/core-module.h"
#include "ns3/csma-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-compulsory-helper.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-radius-helper.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/l2tp-server-address.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

#include <algorithm>
#include <array>
#include <iomanip>
#include <iostream>
#include <list>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint32_t BRASES = 2;              //!< broadband access servers
constexpr uint32_t ISPS = 3;                //!< retail ISPs, and as many LNSs
constexpr uint32_t STREET = 10;             //!< subscribers of one Ethernet
constexpr uint32_t PINGS = 5;               //!< pings of each subscriber, whenever it comes up
constexpr uint64_t DOWNLOAD = 200000;       //!< octets
constexpr uint64_t UPLOAD = 50000;          //!< octets
constexpr uint16_t MRU = 1492;              //!< what PPPoE leaves (RFC 2516, section 7)
constexpr uint16_t CORE_MTU = 1600;         //!< room for that in L2TP, without fragments
constexpr uint16_t PORT = 10000;            //!< of subscriber-0's traffic
constexpr uint32_t MAX_SUBSCRIBERS = 5000;  //!< so that there are ports

/// What a subscriber does beside pinging.
enum class Habit
{
    DOWNLOAD,
    UPLOAD,
    TELEPHONE,
    COUNT
};

/// A subscriber, and how far its traffic has come.
struct Subscriber
{
    Ptr<Node> node;                            //!< its node
    Ptr<L2tpDialingHost> host;                 //!< what dials
    uint32_t bras{0};                          //!< which BRAS answers
    uint32_t isp{0};                           //!< which ISP it is of
    Habit habit{Habit::DOWNLOAD};              //!< what it does
    uint32_t ups{0};                           //!< how often it came up
    Time lastUp;                               //!< when it did last
    uint32_t replies{0};                       //!< pings answered
    std::list<L2tpScenarioTransfer> transfers; //!< its files, the last one being the present
    L2tpScenarioVoice talk;                    //!< what it says
    L2tpScenarioVoice listen;                  //!< what it hears
};

/// A retail ISP.
struct Isp
{
    std::string name;     //!< its name
    std::string domain;   //!< its subscribers' domain
    Ptr<Node> router;     //!< leads to its LNSs
    Ptr<Node> server;     //!< what its subscribers use
    Ipv4Address address;  //!< the server's
};

/// The scenario.
class Wholesale
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
    /// Make all nodes but the subscribers.
    void MakeNodes();
    /// Join two nodes of the core. @param left one @param right the other, whose end gets a name
    void JoinCore(Ptr<Node> left, Ptr<Node> right);
    /// Build the core: from the BRASes to the LNSs and the RADIUS server.
    void BuildCore();
    /// Build what is behind the LNSs.
    void BuildIsps();
    /// Say who may come in, and which tunnels lead where.
    void ConfigureRadius();
    /// Put the LNSs to work.
    void InstallLnss();
    /// Make the streets, and put subscribers and BRASes to work.
    void InstallSubscribers();
    /// Watch what happens, and write pcap files.
    void Watch();
    /// Write a capture of all streets of a BRAS. @param bras its index
    void CaptureStreets(uint32_t bras);
    /**
     * @brief A subscriber is up: begin its traffic.
     * @param self the scenario
     * @param index which subscriber
     * @param local its address
     * @param peer the LNS's
     */
    static void HostUp(Wholesale* self, uint32_t index, Ipv4Address local, Ipv4Address peer);
    /// Move a subscriber's file, or begin again. @param index which @param local its address
    void MoveFile(uint32_t index, Ipv4Address local);
    /**
     * @brief A call has come on at a BRAS: note it in the ladder.
     * @param self the scenario
     * @param call the call
     * @param before its old state
     * @param now its new state
     */
    static void CallChanged(Wholesale* self,
                            Ptr<const L2tpAccessCall> call,
                            L2tpAccessState before,
                            L2tpAccessState now);
    /// RADIUS has chosen tunnels: note it. @param self the scenario @param query for whom @param
    /// result what it said
    static void TunnelsChosen(Wholesale* self,
                              const L2tpTunnelQuery& query,
                              const RadiusResult& result);
    /// RADIUS has judged a subscriber: note it. @param self the scenario @param attempt whom @param
    /// result what it said
    static void UserJudged(Wholesale* self,
                           const PppAuthAttempt& attempt,
                           const RadiusResult& result);
    /// Whether a subscriber has done all that it wanted. @param subscriber who @return true if so
    static bool IsDone(const Subscriber& subscriber);
    /// Look every second whether all are done, and let them hang up.
    void HangUpIfDone();
    /// Let all subscribers hang up.
    void HangUp();
    /// What the run has come to, in words. @return them
    std::string GetOutcome() const;
    /// Count what the subscribers of an ISP did; print and write it. @param isp its index @param
    /// table receives a line
    void ReportIsp(uint32_t isp, std::ostream& table);
    /// Print and write what the run has come to. @return the exit status
    int Report();

    L2tpScenarioOptions m_options;                       //!< what every scenario takes
    uint32_t m_subscribers{200};                         //!< how many there are
    Time m_lnsCrash;                                     //!< when lns-0 vanishes; 0: never
    Time m_echoInterval;                                 //!< of the subscribers' LCP; 0: none
    Time m_talkTime{Seconds(5)};                         //!< how long a telephone call lasts
    bool m_hungUp{false};                                //!< whether subscribers were told to
    Time m_firstUp;                                      //!< when subscriber-0 first came up
    L2tpScenarioIpv6 m_ipv6;                             //!< addresses and routes with --Ipv6
    std::array<Ptr<Node>, BRASES> m_brases;              //!< the BRASes' nodes
    Ptr<Node> m_core;                                    //!< the core router
    Ptr<Node> m_radiusNode;                              //!< the RADIUS server's node
    std::array<Ptr<Node>, ISPS> m_lnsNodes;              //!< the LNSs' nodes
    std::array<Ptr<L2tpLns>, ISPS> m_lnss;               //!< the LNSs
    std::array<Isp, ISPS> m_isps;                        //!< the ISPs
    Ipv4AddressHelper m_coreAddresses{"192.0.2.0", "255.255.255.252"}; //!< of the core
    NetDeviceContainer m_captured;                       //!< links to write pcap files of
    std::array<NetDeviceContainer, BRASES> m_streets;    //!< the BRASes' Ethernets
    PointToPointHelper m_links;                          //!< makes links
    CsmaHelper m_ethernet;                               //!< makes streets
    L2tpRadiusHelper m_radius;                           //!< makes RADIUS servers and clients
    Ptr<RadiusServer> m_radiusServer;                    //!< the server
    L2tpCompulsoryHelper m_access;                       //!< makes subscribers and BRASes
    std::array<L2tpAccessContainer, BRASES> m_calls;     //!< the BRASes, each by its last street
    std::list<Subscriber> m_all;                         //!< the subscribers, in place
    std::vector<Subscriber*> m_byIndex;                  //!< the same
    L2tpScenarioOutage m_outage;                         //!< lns-0's end
    L2tpScenarioAnimation m_animation;                   //!< for NetAnim
    L2tpRunSummary m_summary{"wholesale"};               //!< what the run comes to
    L2tpLadder m_ladder;                                 //!< of bras-0, lns-0 and lns-1
};

/// Make a node with a name. @param name the name @return the node
Ptr<Node>
MakeNode(const std::string& name)
{
    const auto node = CreateObject<Node>();
    Names::Add(name, node);
    InternetStackHelper().Install(node);
    return node;
}

/// The static routes of a node. @param node the node @return them
Ptr<Ipv4StaticRouting>
RoutesOf(Ptr<Node> node)
{
    return Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
        node->GetObject<Ipv4>()->GetRoutingProtocol());
}

void
Wholesale::MakeNodes()
{
    for (uint32_t i = 0; i < BRASES; ++i)
    {
        m_brases[i] = MakeNode("bras-" + std::to_string(i));
    }
    m_core = MakeNode("core");
    m_radiusNode = MakeNode("radius");
    const std::array<std::string, ISPS> names{"red", "green", "blue"};
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        m_lnsNodes[i] = MakeNode("lns-" + std::to_string(i));
        m_isps[i].name = names[i];
        m_isps[i].domain = names[i] + ".example";
        m_isps[i].router = MakeNode(names[i] + "-router");
        m_isps[i].server = MakeNode(names[i] + "-server");
    }
}

void
Wholesale::JoinCore(Ptr<Node> left, Ptr<Node> right)
{
    const NetDeviceContainer link = m_links.Install(left, right);
    link.Get(0)->SetMtu(CORE_MTU);
    link.Get(1)->SetMtu(CORE_MTU);
    m_coreAddresses.Assign(link);
    m_coreAddresses.NewNetwork();
    if (m_options.ipv6)
    {
        m_ipv6.Assign(link);
    }
    Names::Add(Names::FindName(right) + "/wan", link.Get(1));
    m_captured.Add(link.Get(1));
}

void
Wholesale::BuildCore()
{
    m_links.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
    m_links.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("1000p"));
    m_links.SetChannelAttribute("Delay", StringValue("1ms"));
    for (const auto& bras : m_brases)
    {
        JoinCore(m_core, bras);
    }
    JoinCore(m_core, m_radiusNode);
    m_links.SetChannelAttribute("Delay", TimeValue(m_options.delay));
    int64_t stream = 1;
    for (const auto& lns : m_lnsNodes)
    {
        JoinCore(m_core, lns);
        const auto device = DynamicCast<PointToPointNetDevice>(lns->GetDevice(1));
        const auto channel = device->GetChannel();
        for (const auto i : {0, 1})
        {
            channel->GetDevice(i)->SetAttribute("ReceiveErrorModel",
                                                PointerValue(m_options.MakeLoss(stream++)));
        }
    }
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    m_ipv6.PopulateRoutingTables();
}

void
Wholesale::BuildIsps()
{
    // Nobody in the core knows of what is behind the LNSs: these routes are the ISPs' own.
    m_links.SetChannelAttribute("Delay", StringValue("1ms"));
    Ipv4AddressHelper addresses("172.16.0.0", "255.255.255.252");
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        Isp& isp = m_isps[i];
        const std::string lan = "10." + std::to_string(i + 1) + ".0.0";
        const NetDeviceContainer ends = m_links.Install(isp.router, isp.server);
        isp.address = Ipv4AddressHelper(lan.c_str(), "255.255.255.0").Assign(ends).GetAddress(1);
        RoutesOf(isp.server)->SetDefaultRoute(Ipv4Address(isp.address.Get() - 1), 1);
        Names::Add(isp.name + "-server/lan", ends.Get(1));
        m_captured.Add(ends.Get(1));
        for (const uint32_t lns : {i, (i + 1) % ISPS})
        {
            const NetDeviceContainer link = m_links.Install(m_lnsNodes[lns], isp.router);
            const Ipv4InterfaceContainer interfaces = addresses.Assign(link);
            addresses.NewNetwork();
            RoutesOf(m_lnsNodes[lns])
                ->AddNetworkRouteTo(Ipv4Address(lan.c_str()),
                                    "255.255.255.0",
                                    interfaces.GetAddress(1),
                                    interfaces.Get(0).second);
            const std::string pool = "10." + std::to_string(8 + lns) + ".0.0";
            RoutesOf(isp.router)
                ->AddNetworkRouteTo(Ipv4Address(pool.c_str()),
                                    "255.255.0.0",
                                    interfaces.GetAddress(0),
                                    interfaces.Get(1).second);
        }
    }
}

void
Wholesale::ConfigureRadius()
{
    m_radius.SetSecret("between radius and its clients");
    m_radiusServer = m_radius.InstallServer(m_radiusNode);
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        RadiusTunnel tunnel;
        tunnel.password = "tunnels of " + m_isps[i].name;
        tunnel.assignmentId = m_isps[i].name; // no tunnel has two ISPs' calls
        tunnel.clientAuthId = "bras." + m_isps[i].domain;
        for (const uint32_t lns : {i, (i + 1) % ISPS})
        {
            tunnel.serverAuthId = Names::FindName(m_lnsNodes[lns]);
            m_radius.AddTunnel(m_isps[i].domain,
                               FindL2tpServerAddress(m_lnsNodes[lns], m_options.ipv6),
                               tunnel);
        }
    }
}

void
Wholesale::InstallLnss()
{
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        const auto users = m_radius.MakeUserTable(m_lnsNodes[i]);
        users->TraceConnectWithoutContext("Answer",
                                          MakeBoundCallback(&Wholesale::UserJudged, this));
        L2tpLnsHelper helper;
        const std::string pool = "10." + std::to_string(8 + i) + ".0.0";
        helper.SetAddressPool(Ipv4Address(pool.c_str()), "255.255.0.0");
        helper.SetAttribute("HostName", StringValue("lns-" + std::to_string(i)));
        helper.SetAttribute("ChallengePeer", BooleanValue(true));
        helper.SetAttribute("SharedSecret", StringValue("of LACs that are not known"));
        helper.SetSessionAttribute("Mru", UintegerValue(MRU));
        helper.SetSessionAttribute("UserTable", PointerValue(users));
        m_lnss[i] = helper.Install(m_lnsNodes[i]);
        for (const uint32_t isp : {i, (i + ISPS - 1) % ISPS})
        {
            m_lnss[i]->SetPeerSecret("bras." + m_isps[isp].domain,
                                     "tunnels of " + m_isps[isp].name);
        }
        m_summary.AddEndpoint(Names::FindName(m_lnsNodes[i]), m_lnss[i]);
    }
}

void
Wholesale::InstallSubscribers()
{
    m_ethernet.SetChannelAttribute("DataRate", StringValue("100Mbps"));
    m_ethernet.SetChannelAttribute("Delay", StringValue("5us"));
    m_access.SetLacAttribute("ChallengePeer", BooleanValue(true));
    m_access.SetLacAttribute("SharedSecret", StringValue("of LNSs that RADIUS does not know"));
    m_access.SetLacAttribute("HelloInterval", StringValue("10s"));
    m_access.SetAccessAttribute("Mru", UintegerValue(MRU));
    m_access.SetHostAttribute("Mru", UintegerValue(MRU));
    m_access.SetHostAttribute("Redial", BooleanValue(true));
    m_access.SetHostAttribute("EchoInterval", TimeValue(m_echoInterval));
    std::array<Ptr<L2tpRadiusSelector>, BRASES> selectors;
    for (uint32_t i = 0; i < BRASES; ++i)
    {
        selectors[i] = m_radius.MakeSelector(m_brases[i]);
        selectors[i]->TraceConnectWithoutContext(
            "Answer",
            MakeBoundCallback(&Wholesale::TunnelsChosen, this));
    }
    auto random = CreateObject<UniformRandomVariable>();
    int64_t stream = 100;
    random->SetStream(stream++);
    stream += m_radius.AssignStreams(stream);
    for (uint32_t first = 0; first < m_subscribers; first += STREET)
    {
        const uint32_t bras = first / STREET % BRASES;
        const uint32_t count = std::min(STREET, m_subscribers - first);
        NodeContainer nodes;
        for (uint32_t i = first; i < first + count; ++i)
        {
            m_all.emplace_back();
            m_byIndex.push_back(&m_all.back());
            m_all.back().node = MakeNode("subscriber-" + std::to_string(i));
            nodes.Add(m_all.back().node);
        }
        NetDeviceContainer devices = m_ethernet.Install(NodeContainer(nodes, m_brases[bras]));
        stream += m_ethernet.AssignStreams(devices, stream);
        const Ptr<NetDevice> served = devices.Get(count);
        m_streets[bras].Add(served);
        NetDeviceContainer hosts;
        for (uint32_t i = 0; i < count; ++i)
        {
            hosts.Add(devices.Get(i));
        }
        m_access.SetSelector(selectors[bras]);
        const L2tpAccessContainer calls = m_access.InstallPppoe(hosts, served);
        stream += calls.AssignStreams(stream);
        m_calls[bras] = calls;
        for (uint32_t i = first; i < first + count; ++i)
        {
            Subscriber& subscriber = *m_byIndex[i];
            subscriber.host = calls.GetHost(i - first);
            subscriber.bras = bras;
            subscriber.isp = i % ISPS;
            subscriber.habit = static_cast<Habit>(i / ISPS % static_cast<uint32_t>(Habit::COUNT));
            const std::string user =
                "user-" + std::to_string(i) + "@" + m_isps[subscriber.isp].domain;
            const std::string password = "password-" + std::to_string(i);
            subscriber.host->SetAttribute("Username", StringValue(user));
            subscriber.host->SetAttribute("Password", StringValue(password));
            m_radius.AddUser(user, password);
            // Nobody does anything at the same moment as everybody else; subscriber-0 is first, so
            // that the ladder shows it alone.
            subscriber.host->SetStartTime(Seconds(i == 0 ? 1 : random->GetValue(2, 12)));
            subscriber.host->SetAttribute("RedialDelay",
                                          TimeValue(Seconds(random->GetValue(1, 6))));
            subscriber.host->TraceConnectWithoutContext(
                "Up",
                MakeBoundCallback(&Wholesale::HostUp, this, i));
            m_summary.AddHost("subscriber-" + std::to_string(i), subscriber.host);
        }
    }
    for (const auto& lns : m_lnss)
    {
        stream += lns->AssignStreams(stream);
    }
}

void
Wholesale::CaptureStreets(uint32_t bras)
{
    PcapHelper pcap;
    const auto file = pcap.CreateFile(
        m_options.PathOf("wholesale-bras-" + std::to_string(bras) + "-streets.pcap"),
        std::ios::out,
        PcapHelper::DLT_EN10MB);
    for (uint32_t i = 0; i < m_streets[bras].GetN(); ++i)
    {
        pcap.HookDefaultSink<CsmaNetDevice>(
            DynamicCast<CsmaNetDevice>(m_streets[bras].Get(i)),
            "PromiscSniffer",
            file);
    }
}

void
Wholesale::Watch()
{
    std::array<std::size_t, BRASES> lacs{};
    if (!m_lnsCrash.IsZero())
    {
        m_outage.Plan("lns-0", m_lnss[0], m_lnsCrash, [this]() {
            m_ladder.Note("lns-0 vanishes");
        });
    }
    for (uint32_t i = 0; i < BRASES; ++i)
    {
        if (m_calls[i].GetN() == 0)
        {
            continue; // a small run has one street
        }
        const std::string name = Names::FindName(m_brases[i]);
        m_summary.AddEndpoint(name, m_calls[i].GetLac());
        lacs[i] = m_outage.AddLac(name, m_calls[i].GetLac());
    }
    for (const Subscriber& subscriber : m_all)
    {
        m_outage.AddHost(subscriber.host, lacs[subscriber.bras]);
    }
    m_calls[0].GetServer()->TraceConnectWithoutContext(
        "State",
        MakeBoundCallback(&Wholesale::CallChanged, this));
    m_ladder.AddLifeline("bras-0", {m_calls[0].GetLac()});
    m_ladder.AddLifeline("lns-0", {m_lnss[0]});
    m_ladder.AddLifeline("lns-1", {m_lnss[1]});
    if (m_options.pcap)
    {
        const std::string prefix = m_options.PathOf("wholesale");
        m_links.EnablePcap(prefix, m_captured);
        for (uint32_t i = 0; i < BRASES; ++i)
        {
            CaptureStreets(i);
        }
        for (uint32_t i = 0; i < std::min(ISPS, m_subscribers); ++i)
        {
            const auto device = m_byIndex[i]->host->GetDevice();
            Names::Add("subscriber-" + std::to_string(i) + "/ppp", device);
            m_access.EnablePcap(prefix, device);
        }
    }
    NodeContainer subscribers;
    for (const Subscriber& subscriber : m_all)
    {
        subscribers.Add(subscriber.node);
    }
    m_animation.AddColumn(subscribers);
    m_animation.AddColumn(NodeContainer(m_brases[0], m_brases[1]));
    m_animation.AddColumn(NodeContainer(m_core, m_radiusNode));
    m_animation.AddColumn(NodeContainer(m_lnsNodes[0], m_lnsNodes[1], m_lnsNodes[2]));
    m_animation.AddColumn(NodeContainer(m_isps[0].router, m_isps[1].router, m_isps[2].router));
    m_animation.AddColumn(NodeContainer(m_isps[0].server, m_isps[1].server, m_isps[2].server));
    m_animation.Begin(m_options, "wholesale");
}

void
Wholesale::HostUp(Wholesale* self, uint32_t index, Ipv4Address local, Ipv4Address /* peer */)
{
    Subscriber& subscriber = *self->m_byIndex[index];
    const Isp& isp = self->m_isps[subscriber.isp];
    if (subscriber.bras == 0)
    {
        self->m_ladder.Note("subscriber-" + std::to_string(index) + " is up");
    }
    if (index == 0 && subscriber.ups == 0)
    {
        self->m_firstUp = Simulator::Now();
    }
    ++subscriber.ups;
    subscriber.lastUp = Simulator::Now();
    L2tpScenarioPing(subscriber.node,
                     isp.address,
                     PINGS,
                     Seconds(1),
                     [&subscriber](Time /* rtt */) { ++subscriber.replies; });
    if (subscriber.habit != Habit::TELEPHONE)
    {
        self->MoveFile(index, local);
    }
    else if (subscriber.ups == 1)
    {
        const auto port = static_cast<uint16_t>(PORT + index);
        subscriber.talk.Talk(subscriber.node, isp.server, isp.address, port, self->m_talkTime);
        subscriber.listen.Talk(isp.server, subscriber.node, local, port, self->m_talkTime);
    }
}

void
Wholesale::MoveFile(uint32_t index, Ipv4Address local)
{
    Subscriber& subscriber = *m_byIndex[index];
    const Isp& isp = m_isps[subscriber.isp];
    if (!subscriber.transfers.empty() && subscriber.transfers.back().IsDone())
    {
        return;
    }
    // One that was interrupted begins anew, from a new address and with a port of its own.
    const auto port = static_cast<uint16_t>(PORT + MAX_SUBSCRIBERS * (subscriber.ups - 1) + index);
    L2tpScenarioTransfer& transfer = subscriber.transfers.emplace_back();
    if (subscriber.habit == Habit::DOWNLOAD)
    {
        transfer.Receive(subscriber.node, port, DOWNLOAD, nullptr);
        transfer.Send(isp.server, local, MRU);
    }
    else
    {
        transfer.Receive(isp.server, port, UPLOAD, nullptr);
        transfer.Send(subscriber.node, isp.address, MRU);
    }
}

void
Wholesale::CallChanged(Wholesale* self,
                       Ptr<const L2tpAccessCall> call,
                       L2tpAccessState /* before */,
                       L2tpAccessState now)
{
    const auto& attempt = call->GetQuery().attempt;
    self->m_ladder.Note("bras-0: call of " + (attempt ? attempt->name : "somebody") + ": " +
                        L2tpAccessStateName(now));
}

void
Wholesale::TunnelsChosen(Wholesale* self,
                         const L2tpTunnelQuery& query,
                         const RadiusResult& result)
{
    std::string text;
    for (const RadiusTunnel& tunnel : GetRadiusTunnels(result.attributes))
    {
        text += (text.empty() ? ": " : ", then ") + tunnel.serverEndpoint;
    }
    self->m_ladder.Note("RADIUS on the domain of " + query.attempt->name + text);
}

void
Wholesale::UserJudged(Wholesale* self, const PppAuthAttempt& attempt, const RadiusResult& result)
{
    self->m_ladder.Note("RADIUS on " + attempt.name + ": " + RadiusOutcomeName(result.outcome));
}

bool
Wholesale::IsDone(const Subscriber& subscriber)
{
    return subscriber.host->IsUp() && Simulator::Now() >= subscriber.lastUp + Seconds(PINGS + 1) &&
           (subscriber.transfers.empty() || subscriber.transfers.back().IsDone());
}

void
Wholesale::HangUpIfDone()
{
    if (std::all_of(m_all.begin(), m_all.end(), &Wholesale::IsDone) &&
        (!m_outage.IsPlanned() || m_outage.IsOver()))
    {
        HangUp();
        return;
    }
    Simulator::Schedule(Seconds(1), &Wholesale::HangUpIfDone, this);
}

void
Wholesale::HangUp()
{
    if (!m_hungUp)
    {
        m_hungUp = true;
        for (const Subscriber& subscriber : m_all)
        {
            subscriber.host->HangUp();
        }
    }
}

std::string
Wholesale::GetOutcome() const
{
    std::size_t live = 0;
    for (const auto& lns : m_lnss)
    {
        live += lns->GetNTunnelsHeld() + lns->GetNCalls();
    }
    for (const auto& calls : m_calls)
    {
        live += calls.GetN() == 0 ? 0
                                  : calls.GetServer()->GetNCalls() + calls.GetLac()->GetNCalls() +
                                        calls.GetLac()->GetNTunnelsHeld();
    }
    if (live > 0)
    {
        return "state left behind";
    }
    if (m_outage.IsPlanned() && !m_outage.IsOver())
    {
        return "a subscriber of lns-0 was not connected again";
    }
    for (const Subscriber& subscriber : m_all)
    {
        if (subscriber.ups == 0)
        {
            return "a subscriber did not come up";
        }
        if (subscriber.replies == 0)
        {
            return "pings unanswered";
        }
        if (!subscriber.transfers.empty() && !subscriber.transfers.back().IsDone())
        {
            return "transfer incomplete";
        }
    }
    return "complete";
}

void
Wholesale::ReportIsp(uint32_t isp, std::ostream& table)
{
    double subscribers = 0;
    double ups = 0;
    double pings = 0;
    double replies = 0;
    double files = 0;
    double octets = 0;
    double sent = 0;
    double received = 0;
    for (const Subscriber& subscriber : m_all)
    {
        if (subscriber.isp != isp)
        {
            continue;
        }
        ++subscribers;
        ups += subscriber.ups;
        pings += subscriber.ups * PINGS;
        replies += subscriber.replies;
        for (const L2tpScenarioTransfer& transfer : subscriber.transfers)
        {
            files += transfer.IsDone() ? 1 : 0;
            octets += static_cast<double>(transfer.GetReceived());
        }
        sent += static_cast<double>(subscriber.talk.GetSent() + subscriber.listen.GetSent());
        received +=
            static_cast<double>(subscriber.talk.GetReceived() + subscriber.listen.GetReceived());
    }
    const std::vector<std::pair<std::string, double>> values{{"subscribers", subscribers},
                                                             {"ups", ups},
                                                             {"pings", pings},
                                                             {"pings_answered", replies},
                                                             {"files", files},
                                                             {"tcp_octets", octets},
                                                             {"voice_sent", sent},
                                                             {"voice_received", received}};
    table << std::left << std::setw(8) << m_isps[isp].name << std::right;
    for (const auto& [name, value] : values)
    {
        table << std::setw(static_cast<int>(name.size()) + 2) << static_cast<uint64_t>(value);
    }
    table << "\n";
    m_summary.Set(m_isps[isp].name, values);
}

int
Wholesale::Report()
{
    const std::string outcome = GetOutcome();
    L2tpAccessStatistics calls;
    for (const auto& part : m_calls)
    {
        if (part.GetN() > 0)
        {
            calls.arrived += part.GetServer()->GetStatistics().arrived;
            calls.joined += part.GetServer()->GetStatistics().joined;
            calls.failed += part.GetServer()->GetStatistics().failed;
        }
    }
    double goodput = 0;
    for (const Subscriber& subscriber : m_all)
    {
        for (const L2tpScenarioTransfer& transfer : subscriber.transfers)
        {
            goodput += transfer.GetGoodput();
        }
    }
    std::ostringstream table;
    table << "ISP       subscribers  ups  pings  pings_answered  files  tcp_octets  voice_sent"
             "  voice_received\n";
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        ReportIsp(i, table);
    }
    const auto accepts = m_radiusServer->GetReplies(RadiusCode::ACCESS_ACCEPT);
    const auto rejects = m_radiusServer->GetReplies(RadiusCode::ACCESS_REJECT);
    m_summary.SetGoodput(goodput);
    m_summary.Set("calls_arrived", static_cast<double>(calls.arrived));
    m_summary.Set("calls_joined", static_cast<double>(calls.joined));
    m_summary.Set("calls_failed", static_cast<double>(calls.failed));
    m_summary.Set("radius",
                  {{"access_accepts", static_cast<double>(accepts)},
                   {"access_rejects", static_cast<double>(rejects)},
                   {"duplicates", static_cast<double>(m_radiusServer->GetDuplicates())}});
    m_summary.Set("outcome", outcome);

    const Time up = m_all.front().ups > 0 ? m_firstUp : m_options.duration;
    m_ladder.PrintBetween(std::cout, Time(), up);
    std::cout << "\n";
    if (m_outage.IsPlanned())
    {
        m_outage.Summarise(m_summary);
        m_ladder.PrintBetween(std::cout,
                              m_outage.GetBegin(),
                              m_outage.GetFirstRecovery().value_or(m_options.duration));
        std::cout << "\n";
        m_outage.Print(std::cout);
        std::cout << "\n";
    }
    m_summary.Write(m_options.PathOf("summary.json"));
    m_summary.Print(std::cout, ISPS);
    std::cout << "\n"
              << table.str() << "\ncalls: " << calls.arrived << " answered by the BRASes, "
              << calls.joined << " joined with an LNS, " << calls.failed
              << " failed\nRADIUS: " << accepts << " accepted, " << rejects
              << " rejected\noutcome: " << outcome << "\n";
    return outcome == "complete" ? 0 : 1;
}

int
Wholesale::Run(int argc, char** argv)
{
    CommandLine cmd(__FILE__);
    cmd.Usage("Wholesale: PPPoE subscribers of three ISPs behind two BRASes and three LNSs, by "
              "RADIUS.");
    m_options.loss = 0;
    m_options.AddTo(cmd);
    cmd.AddValue("Subscribers", "how many subscribers there are", m_subscribers);
    cmd.AddValue("LnsCrash", "when lns-0 vanishes without a word; 0: never", m_lnsCrash);
    cmd.AddValue("EchoInterval",
                 "time between LCP's echoes, by which subscribers notice that; 0: they send none",
                 m_echoInterval);
    cmd.AddValue("TalkTime", "how long a telephone call lasts", m_talkTime);
    m_options.Parse(cmd, argc, argv);
    L2tpScenarioCheck<uint32_t>("Subscribers", m_subscribers, 1, MAX_SUBSCRIBERS);
    L2tpScenarioCheck("LnsCrash", m_lnsCrash, Seconds(0), m_options.duration);
    L2tpScenarioCheck("EchoInterval", m_echoInterval, Seconds(0), Hours(1));
    L2tpScenarioCheck("TalkTime", m_talkTime, Seconds(0), Hours(1));

    MakeNodes();
    BuildCore();
    BuildIsps();
    ConfigureRadius();
    InstallLnss();
    InstallSubscribers();
    Watch();
    Simulator::Schedule(Seconds(1), &Wholesale::HangUpIfDone, this);
    Simulator::Schedule(m_options.duration, &Wholesale::HangUp, this);
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
    return Wholesale().Run(argc, argv);
}
