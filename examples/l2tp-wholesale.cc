/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief Wholesale: PPPoE subscribers of three ISPs behind two BRASes and three LNSs, by RADIUS
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
 * each one pings its ISP's server, and downloads, uploads or telephones. All ISPs use the same
 * addresses, and none reaches another. subscriber-1 is a business, and has a network behind it.
 * BRASes and LNSs tell RADIUS who has used what.
 *
 * With --Aggregated each LNS has one interface for all sessions of an ISP, in place of one for each
 * session; what comes of it is the same.
 *
 * With --LnsCrash lns-0 vanishes, and its subscribers find their way to the other LNS.
 *
 * Expected output: the ladder of subscriber-0's way in; what the outage came to, if there was one;
 * tables of what the BRASes and LNSs sent and received, and of the ISPs' subscribers. Files:
 * summary.json; report.html; pcap files of the BRASes' streets and outer links, of the LNSs' outer
 * links, of the RADIUS server, of the ISPs' servers, and of three subscribers' PPP. The exit status
 * is 0 if all that was begun was completed, and all state was released.
 */

#include "scenario-animation.h"
#include "scenario-carrier.h"
#include "scenario-options.h"
#include "scenario-outage.h"
#include "scenario-radius.h"
#include "scenario-report.h"
#include "scenario-subscriber.h"

#include "ns3/core-module.h"
#include "ns3/l2tp-compulsory-helper.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-radius-helper.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/l2tp-server-address.h"
#include "ns3/network-module.h"

#include <algorithm>
#include <array>
#include <deque>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint32_t BRASES = L2tpScenarioCarrier::BRASES; //!< broadband access servers
constexpr uint32_t ISPS = L2tpScenarioCarrier::ISPS;     //!< ISPs, and as many LNSs
constexpr uint32_t BUSINESS = 1;                         //!< the subscriber with a network behind
constexpr uint32_t STREET = 10;                          //!< subscribers of one Ethernet
constexpr uint16_t MRU = 1492; //!< what PPPoE leaves (RFC 2516, section 7)

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
    /// Let RADIUS know which tunnels lead to each ISP.
    void ConfigureRadius();
    /// Put the LNSs to work.
    void InstallLnss();
    /// Put the BRASes to work, and the subscribers, street by street.
    void InstallStreets();
    /// Give a subscriber a name, and let it in. @param index which @param host what dials
    void Subscribe(uint32_t index, Ptr<L2tpDialingHost> host);
    /// Watch what happens, and write pcap files.
    void Watch();
    /**
     * @brief A subscriber is up: begin its traffic.
     * @param self the scenario
     * @param index which subscriber
     * @param local its address
     * @param peer the LNS's
     */
    static void HostUp(Wholesale* self, uint32_t index, Ipv4Address local, Ipv4Address peer);
    /// Look every second whether all are done, and let them hang up.
    void HangUpIfDone();
    /// Let all subscribers hang up.
    void HangUp();
    /// What the run has come to, in words. @return them
    std::string GetOutcome() const;
    /// Let RADIUS know who uses what.
    void InstallAccountants();
    /// Put a network behind a subscriber. @param index which subscriber @return what the LNS is to
    /// be told of it
    RadiusAttributes AddOffice(uint32_t index);
    /// Write what the run has come to. @param outcome in words
    void Summarise(const std::string& outcome);
    /// Print and write what the run has come to. @return the exit status
    int Report();

    L2tpScenarioOptions m_options;                    //!< what every scenario takes
    uint32_t m_nSubscribers{200};                     //!< how many there are
    bool m_aggregated{false};                         //!< whether sessions share interfaces
    Time m_lnsCrash;                                  //!< when lns-0 vanishes; 0: never
    Time m_echoInterval;                              //!< of the subscribers' LCP; 0: none
    Time m_talkTime{Seconds(5)};                      //!< how long they telephone
    bool m_hungUp{false};                             //!< whether they were told to hang up
    Time m_firstUp;                                   //!< when subscriber-0 first came up
    L2tpScenarioCarrier m_carrier;                    //!< the network
    L2tpRadiusHelper m_radius;                        //!< makes RADIUS server and clients
    Ptr<RadiusServer> m_radiusServer;                 //!< the server
    L2tpCompulsoryHelper m_access;                    //!< makes subscribers and BRASes
    std::array<L2tpAccessContainer, BRASES> m_calls;  //!< the BRASes, each by its last street
    std::array<Ptr<L2tpLns>, ISPS> m_lnss;            //!< the LNSs
    std::deque<L2tpScenarioSubscriber> m_subscribers; //!< what subscribers do, in place
    std::vector<Ptr<L2tpDialingHost>> m_hosts;        //!< how they dial
    Ptr<UniformRandomVariable> m_random;              //!< when they do
    L2tpScenarioOffice m_office;                      //!< the network behind subscriber-1
    uint32_t m_officeReplies{0};                      //!< pings answered to it
    L2tpScenarioOutage m_outage;                      //!< lns-0's end
    L2tpScenarioAnimation m_animation;                //!< for NetAnim
    L2tpScenarioReport m_report;                      //!< the page about it
    L2tpRunSummary m_summary{"wholesale"};            //!< what the run comes to
    L2tpLadder m_ladder;                              //!< of bras-0, lns-0 and lns-1
};

/// The ISP of a subscriber. @param index which subscriber @return index of the ISP
uint32_t
IspOf(uint32_t index)
{
    return index % ISPS;
}

/// By what name a LAC opens tunnels for an ISP. @param isp the ISP @return Tunnel-Client-Auth-ID
std::string
LacNameFor(const L2tpScenarioIsp& isp)
{
    return "bras." + isp.domain;
}

/// The secret of an ISP's tunnels. @param isp the ISP @return Tunnel-Password
std::string
SecretOf(const L2tpScenarioIsp& isp)
{
    return "tunnels of " + isp.name;
}

void
Wholesale::ConfigureRadius()
{
    m_radius.SetSecret("between radius and its clients");
    m_radiusServer = m_radius.InstallServer(m_carrier.GetRadius());
    for (const L2tpScenarioUplink& uplink : m_carrier.GetUplinks())
    {
        const L2tpScenarioIsp& isp = m_carrier.GetIsp(uplink.isp);
        RadiusTunnel tunnel;
        tunnel.password = SecretOf(isp);
        tunnel.assignmentId = isp.name; // no tunnel has two ISPs' calls
        tunnel.clientAuthId = LacNameFor(isp);
        tunnel.serverAuthId = Names::FindName(m_carrier.GetLns(uplink.lns));
        m_radius.AddTunnel(isp.domain,
                           FindL2tpServerAddress(m_carrier.GetLns(uplink.lns), m_options.ipv6),
                           tunnel);
    }
}

void
Wholesale::InstallLnss()
{
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        const auto node = m_carrier.GetLns(i);
        const auto users = m_radius.MakeUserTable(node);
        L2tpScenarioNote(m_ladder, users);
        L2tpLnsHelper helper;
        if (m_aggregated)
        {
            helper.SetTerminator("ns3::L2tpAggregatedInterface");
        }
        helper.SetAttribute("HostName", StringValue(Names::FindName(node)));
        helper.SetAttribute("ChallengePeer", BooleanValue(true));
        helper.SetAttribute("SharedSecret", StringValue("of LACs that are not known"));
        helper.SetSessionAttribute("Mru", UintegerValue(MRU));
        helper.SetSessionAttribute("UserTable", PointerValue(users));
        // Who is of none of its ISPs must not get into the table of the core, by which tunnels run.
        helper.SetSessionAttribute("ServeOthers", BooleanValue(false));
        std::vector<L2tpScenarioUplink> uplinks;
        for (const L2tpScenarioUplink& uplink : m_carrier.GetUplinks())
        {
            if (uplink.lns == i)
            {
                uplinks.push_back(uplink);
                helper.AddDomain(m_carrier.GetIsp(uplink.isp).domain,
                                 uplink.pool,
                                 L2tpScenarioCarrier::MASK);
            }
        }
        m_lnss[i] = helper.Install(node);
        for (const L2tpScenarioUplink& uplink : uplinks)
        {
            const L2tpScenarioIsp& isp = m_carrier.GetIsp(uplink.isp);
            helper.AttachNetwork(isp.domain, uplink.device);
            helper.GetRoutes(isp.domain, node)
                ->AddHostRouteTo(isp.address,
                                 uplink.router,
                                 node->GetObject<Ipv4>()->GetInterfaceForDevice(uplink.device));
            m_lnss[i]->SetPeerSecret(LacNameFor(isp), SecretOf(isp));
        }
        const auto accountant = m_radius.InstallAccountant(node);
        accountant->WatchLns(m_lnss[i]);
        accountant->WatchUsers(users);
        m_summary.AddEndpoint(Names::FindName(node), m_lnss[i]);
    }
}

void
Wholesale::InstallStreets()
{
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
        selectors[i] = m_radius.MakeSelector(m_carrier.GetBras(i));
    }
    L2tpScenarioNote(m_ladder, selectors[0]);
    int64_t stream = 100;
    m_random = CreateObject<UniformRandomVariable>();
    m_random->SetStream(stream++);
    stream += m_radius.AssignStreams(stream);
    for (uint32_t first = 0; first < m_nSubscribers; first += STREET)
    {
        const uint32_t bras = first / STREET % BRASES;
        const uint32_t end = std::min(first + STREET, m_nSubscribers);
        NodeContainer nodes;
        for (uint32_t i = first; i < end; ++i)
        {
            const uint32_t habit = i / ISPS % static_cast<uint32_t>(L2tpScenarioHabit::COUNT);
            nodes.Add(L2tpScenarioCarrier::MakeNode("subscriber-" + std::to_string(i)));
            m_subscribers.emplace_back(i,
                                       nodes.Get(i - first),
                                       static_cast<L2tpScenarioHabit>(habit));
        }
        const NetDeviceContainer devices = m_carrier.AddStreet(bras, nodes, stream);
        NetDeviceContainer hosts;
        for (uint32_t i = 0; i < nodes.GetN(); ++i)
        {
            hosts.Add(devices.Get(i));
        }
        m_access.SetSelector(selectors[bras]);
        m_calls[bras] = m_access.InstallPppoe(hosts, devices.Get(nodes.GetN()));
        stream += m_calls[bras].AssignStreams(stream);
        for (uint32_t i = first; i < end; ++i)
        {
            Subscribe(i, m_calls[bras].GetHost(i - first));
        }
    }
    for (const auto& lns : m_lnss)
    {
        stream += lns->AssignStreams(stream);
    }
}

void
Wholesale::Subscribe(uint32_t index, Ptr<L2tpDialingHost> host)
{
    const std::string number = std::to_string(index);
    const std::string user = "user-" + number + "@" + m_carrier.GetIsp(IspOf(index)).domain;
    host->SetAttribute("Username", StringValue(user));
    host->SetAttribute("Password", StringValue("password-" + number));
    m_radius.AddUser(user,
                     "password-" + number,
                     index == BUSINESS ? AddOffice(index) : RadiusAttributes());
    // Not all at the same moment; and subscriber-0 before, so that the ladder shows it alone.
    host->SetStartTime(Seconds(index == 0 ? 1 : m_random->GetValue(2, 12)));
    host->SetAttribute("RedialDelay", TimeValue(Seconds(m_random->GetValue(1, 6))));
    host->TraceConnectWithoutContext("Up", MakeBoundCallback(&Wholesale::HostUp, this, index));
    m_summary.AddHost("subscriber-" + number, host);
    m_hosts.push_back(host);
}

RadiusAttributes
Wholesale::AddOffice(uint32_t index)
{
    m_office = m_carrier.AddOffice(m_subscribers[index].GetNode(), IspOf(index));
    RadiusAttributes attributes;
    attributes.Add(RadiusKeys::FRAMED_ROUTE, m_office.network + " 0.0.0.0 1");
    return attributes;
}

void
Wholesale::InstallAccountants()
{
    for (uint32_t i = 0; i < BRASES && m_calls[i].GetServer(); ++i)
    {
        m_radius.InstallAccountant(m_carrier.GetBras(i))->WatchAccessServer(m_calls[i].GetServer());
    }
}

void
Wholesale::Watch()
{
    if (!m_lnsCrash.IsZero())
    {
        const auto& uplinks = m_carrier.GetUplinks();
        const auto own = std::find_if(uplinks.begin(), uplinks.end(), [](const auto& uplink) {
            return uplink.isp == 0 && uplink.lns == 0;
        });
        const Ipv4Address inside(own->pool.Get() + 1); // the first host of the pool
        m_outage.Plan("lns-0", m_lnss[0], inside, m_lnsCrash, [this](const std::string& what) {
            m_ladder.Note(what);
        });
    }
    // A small run has one street, and one BRAS.
    for (uint32_t i = 0; i < BRASES && m_calls[i].GetServer(); ++i)
    {
        const std::string name = Names::FindName(m_carrier.GetBras(i));
        m_summary.AddEndpoint(name, m_calls[i].GetLac());
        m_outage.AddLac(name, m_calls[i].GetLac());
    }
    for (uint32_t i = 0; i < m_nSubscribers; ++i)
    {
        if (IspOf(i) == 0) // whose first choice lns-0 is
        {
            m_outage.AddHost(m_hosts[i], i / STREET % BRASES);
        }
    }
    L2tpScenarioNote(m_ladder, m_calls[0].GetServer());
    m_ladder.AddLifeline("bras-0", {m_calls[0].GetLac()});
    m_ladder.AddLifeline("lns-0", {m_lnss[0]});
    m_ladder.AddLifeline("lns-1", {m_lnss[1]});
    if (m_options.pcap)
    {
        const std::string prefix = m_options.PathOf("wholesale");
        m_carrier.EnablePcap(prefix);
        for (uint32_t i = 0; i < std::min(ISPS, m_nSubscribers); ++i)
        {
            Names::Add("subscriber-" + std::to_string(i) + "/ppp", m_hosts[i]->GetDevice());
            m_access.EnablePcap(prefix, m_hosts[i]->GetDevice());
        }
    }
    if (m_office.host)
    {
        m_animation.AddColumn(NodeContainer(m_office.host));
    }
    NodeContainer subscribers;
    for (const L2tpScenarioSubscriber& subscriber : m_subscribers)
    {
        subscribers.Add(subscriber.GetNode());
    }
    m_animation.AddColumn(subscribers);
    m_carrier.AddTo(m_animation);
    m_animation.Begin(m_options, "wholesale");
}

void
Wholesale::HostUp(Wholesale* self, uint32_t index, Ipv4Address local, Ipv4Address /* peer */)
{
    if (index == 0 && self->m_firstUp.IsZero())
    {
        self->m_firstUp = Simulator::Now();
    }
    if (index / STREET % BRASES == 0)
    {
        self->m_ladder.Note("subscriber-" + std::to_string(index) + " is up");
    }
    const L2tpScenarioIsp& isp = self->m_carrier.GetIsp(IspOf(index));
    self->m_subscribers[index].Begin(local, isp.server, isp.address, MRU, self->m_talkTime);
    if (index == BUSINESS)
    {
        L2tpScenarioPing(self->m_office.host,
                         isp.address,
                         L2tpScenarioSubscriber::PINGS,
                         Seconds(1),
                         [self](Time /* rtt */) { ++self->m_officeReplies; });
    }
}

void
Wholesale::HangUpIfDone()
{
    const bool areDone = std::all_of(m_subscribers.begin(),
                                     m_subscribers.end(),
                                     [](const auto& subscriber) { return subscriber.IsDone(); });
    if (areDone && (!m_outage.IsPlanned() || m_outage.IsOver()))
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
        for (const auto& host : m_hosts)
        {
            host->HangUp();
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
    for (uint32_t i = 0; i < BRASES && m_calls[i].GetServer(); ++i)
    {
        const auto lac = m_calls[i].GetLac();
        live += m_calls[i].GetServer()->GetNCalls() + lac->GetNCalls() + lac->GetNTunnelsHeld();
    }
    if (live > 0)
    {
        return "state left behind";
    }
    if (m_outage.IsPlanned() && !m_outage.IsOver())
    {
        return "a subscriber of lns-0 was not connected again";
    }
    if (m_office.host && m_officeReplies == 0)
    {
        return "pings of the office unanswered";
    }
    for (const L2tpScenarioSubscriber& subscriber : m_subscribers)
    {
        const std::string fault = subscriber.GetFault();
        if (!fault.empty())
        {
            return fault;
        }
    }
    return "complete";
}

void
Wholesale::Summarise(const std::string& outcome)
{
    L2tpAccessStatistics calls;
    for (uint32_t i = 0; i < BRASES && m_calls[i].GetServer(); ++i)
    {
        const L2tpAccessStatistics& part = m_calls[i].GetServer()->GetStatistics();
        calls.arrived += part.arrived;
        calls.joined += part.joined;
        calls.failed += part.failed;
    }
    std::array<L2tpScenarioTally, ISPS> tallies;
    for (uint32_t i = 0; i < m_nSubscribers; ++i)
    {
        m_subscribers[i].AddTo(tallies[IspOf(i)]);
    }
    std::ostringstream table;
    table << "ISP       subscribers  ups  pings  pings_answered  files  tcp_octets  voice_sent"
             "  voice_received\n";
    double goodput = 0;
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        const std::string& name = m_carrier.GetIsp(i).name;
        table << std::left << std::setw(8) << name << std::right;
        for (const auto& [key, value] : tallies[i].GetValues())
        {
            table << std::setw(static_cast<int>(key.size()) + 2) << static_cast<uint64_t>(value);
        }
        table << "\n";
        m_summary.Set(name, tallies[i].GetValues());
        goodput += tallies[i].goodput;
    }
    table << "\naccounts  starts  stops  octets_from  octets_to\n";
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        const std::string& name = m_carrier.GetIsp(i).name;
        // The BRASes account for the same sessions.
        const auto sums = L2tpScenarioAccounts(
            *m_radiusServer,
            m_carrier.GetIsp(i).domain,
            NodeContainer(m_carrier.GetLns(0), m_carrier.GetLns(1), m_carrier.GetLns(2)));
        table << std::left << std::setw(8) << name << std::right;
        for (const auto& [key, value] : sums)
        {
            table << std::setw(static_cast<int>(key.size()) + 2) << static_cast<uint64_t>(value);
        }
        table << "\n";
        m_summary.Set(name + "_accounts", sums);
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
    m_summary.Set("office_pings_answered", m_officeReplies);
    m_summary.Set("outcome", outcome);
    if (m_outage.IsPlanned())
    {
        m_outage.Summarise(m_summary);
    }
    m_summary.Write(m_options.PathOf("summary.json"));
    m_summary.Print(std::cout, ISPS);
    std::cout << "\n"
              << table.str() << "\ncalls: " << calls.arrived << " answered by the BRASes, "
              << calls.joined << " joined with an LNS, " << calls.failed
              << " failed\npings of the office answered: " << m_officeReplies
              << "\nRADIUS: " << accepts << " accepted, " << rejects << " rejected\n";
}

int
Wholesale::Report()
{
    const std::string outcome = GetOutcome();
    m_ladder.PrintBetween(std::cout, Time(), m_firstUp);
    std::cout << "\n";
    if (m_outage.IsPlanned())
    {
        m_ladder.PrintBetween(std::cout,
                              m_outage.GetBegin(),
                              m_outage.GetFirstRecovery().value_or(m_options.duration));
        std::cout << "\n";
        m_outage.Print(std::cout);
        std::cout << "\n";
    }
    Summarise(outcome);
    std::cout << "outcome: " << outcome << "\n";
    m_report.Write(m_options, m_summary);
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
    m_animation.AddTo(cmd);
    m_report.AddTo(cmd);
    cmd.AddValue("Subscribers", "how many subscribers there are, 1 to 5000", m_nSubscribers);
    cmd.AddValue(
        "Aggregated",
        "whether an LNS has one interface for all sessions of an ISP, and not one for each",
        m_aggregated);
    cmd.AddValue("LnsCrash",
                 "when lns-0 vanishes, a minute before --Duration at the latest; 0: never",
                 m_lnsCrash);
    cmd.AddValue("EchoInterval", "time between LCP's echoes; 0: there are none", m_echoInterval);
    cmd.AddValue("TalkTime", "how long a telephone call lasts", m_talkTime);
    m_options.Parse(cmd, argc, argv);
    L2tpScenarioCheck<uint32_t>("Subscribers", m_nSubscribers, 1, 5000);
    // Everybody is to find the other LNS before all hang up.
    L2tpScenarioCheck("LnsCrash",
                      m_lnsCrash,
                      Seconds(0),
                      std::max(Seconds(0), m_options.duration - Minutes(1)));
    L2tpScenarioCheck("EchoInterval", m_echoInterval, Seconds(0), Hours(1));
    L2tpScenarioCheck("TalkTime", m_talkTime, Seconds(0), Hours(1));

    m_carrier.Build(m_options);
    ConfigureRadius();
    InstallLnss();
    InstallStreets();
    InstallAccountants();
    Watch();
    Simulator::Schedule(Seconds(1), &Wholesale::HangUpIfDone, this);
    Simulator::Schedule(m_options.duration, &Wholesale::HangUp, this);
    m_report.Begin("wholesale", argc, argv);
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
