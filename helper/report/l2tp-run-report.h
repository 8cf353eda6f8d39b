/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RUN_REPORT_H
#define L2TP_RUN_REPORT_H

#include "l2tp-report-data.h"
#include "l2tp-report-messages.h"
#include "l2tp-report-network.h"
#include "l2tp-report-objects.h"
#include "l2tp-report-onion.h"
#include "l2tp-report-tunnels.h"

#include "ns3/l2tp-access-call.h"
#include "ns3/l2tp-endpoint.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/ppp-link.h"
#include "ns3/ppp-net-device.h"
#include "ns3/pppoe-port.h"
#include "ns3/radius-client.h"
#include "ns3/radius-server.h"

#include <cstdint>
#include <list>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A run as a page to look at: who sent what when, what it said octet by octet, and what
 * became of it.
 *
 * The page is one HTML file that needs nothing else. What is on it is heard from trace sources:
 * @code
 *   L2tpRunReport report("voluntary");
 *   report.Watch();                       // when all is installed
 *   Simulator::Run();
 *   report.Write("report.html", summary);
 * @endcode
 * It must live as long as the simulation does.
 */
class L2tpRunReport
{
  public:
    /// Begin. @param scenario its name, for the page's title
    explicit L2tpRunReport(const std::string& scenario);
    L2tpRunReport(const L2tpRunReport&) = delete;
    L2tpRunReport& operator=(const L2tpRunReport&) = delete;

    /**
     * @brief Say how the program was called, to say how to do the same again.
     * @param arguments all words behind its name
     */
    void SetArguments(const std::vector<std::string>& arguments);

    /**
     * @brief Limit what is kept of a long run; the page says what it leaves out.
     * @param messages how many messages: the first three quarters of them, and the last quarter
     * @param withOctets of how many messages the octets are kept, and what they say; the first ones
     */
    void SetLimits(std::size_t messages, std::size_t withOctets);

    /// Watch all nodes, with what is installed on them now or made later by that.
    void Watch();

    /**
     * @brief Write the page. A file that can't be written stops the program.
     * @param path the file
     * @param summary what the run has come to
     */
    void Write(const std::string& path, const L2tpRunSummary& summary);

  private:
    /// A PPP link, and what was seen of it.
    struct Link
    {
        int32_t node{0};                                       //!< the node of this end
        std::string device{};                                  //!< its device's name
        std::vector<std::pair<int64_t, std::string>> phases{}; //!< ns, and phase and reason
    };

    /// Watch an object. @param node its node @param object it
    void WatchObject(Ptr<Node> node, Ptr<Object> object);
    /// Watch an endpoint. @param node its node @param endpoint it
    void WatchEndpoint(int32_t node, Ptr<L2tpEndpoint> endpoint);
    /// Watch a PPP device and its link. @param device it
    void WatchPpp(Ptr<PppNetDevice> device);
    /// Watch a PPP link, once. @param node the node @param link it @param name for people
    void WatchLink(int32_t node, Ptr<PppLink> link, const std::string& name);
    /// Watch RADIUS. @param node the node @param client it
    void WatchRadius(int32_t node, Ptr<RadiusClient> client);
    /// Watch RADIUS. @param node the node @param server it
    void WatchRadius(int32_t node, Ptr<RadiusServer> server);
    /// Watch a circuit of an access server. @param node the node @param circuit it
    void WatchCircuit(int32_t node, Ptr<L2Circuit> circuit);

    /// The number of a tunnel's end. @param node its node @param tunnel it @return the number
    int32_t EndOf(int32_t node, Ptr<const L2tpTunnel> tunnel);

    // Listeners, each with the report and the node it listens at.
    static void ControlSent(L2tpRunReport* report,
                            int32_t node,
                            Ptr<const L2tpTunnel> tunnel,
                            const L2tpHeader& header,
                            Ptr<const Packet> datagram,
                            uint32_t attempt);
    static void ControlReceived(L2tpRunReport* report,
                                int32_t node,
                                Ptr<const L2tpTunnel> tunnel,
                                const L2tpHeader& header,
                                Ptr<const Packet> datagram,
                                L2tpReception reception);
    static void TunnelChanged(L2tpRunReport* report,
                              int32_t node,
                              Ptr<const L2tpTunnel> tunnel,
                              L2tpTunnelState before,
                              L2tpTunnelEvent event);
    static void CallChanged(L2tpRunReport* report,
                            int32_t node,
                            Ptr<const L2tpCall> call,
                            L2tpCallState before,
                            L2tpCallEvent event);
    static void DataSent(L2tpRunReport* report, int32_t callEnd, Ptr<const Packet> frame);
    static void DataReceived(L2tpRunReport* report, int32_t node, Ptr<const Packet> frame);
    static void PppSent(L2tpRunReport* report,
                        int32_t node,
                        const Object* link,
                        Ptr<const Packet> frame);
    static void FrameArrived(L2tpRunReport* report, int32_t node, Ptr<const Packet> frame);
    static void PhaseChanged(L2tpRunReport* report,
                             Link* link,
                             PppPhase before,
                             PppPhase now,
                             PppReason reason);
    static void NewDevice(L2tpRunReport* report, Ptr<PppDevice> device);
    static void NewLink(L2tpRunReport* report,
                        int32_t node,
                        Ptr<const L2tpLeg> leg,
                        Ptr<PppLink> link);
    static void AccessChanged(L2tpRunReport* report,
                              int32_t node,
                              Ptr<const L2tpAccessCall> call,
                              L2tpAccessState before,
                              L2tpAccessState now);
    static void DiscoverySent(L2tpRunReport* report,
                              int32_t node,
                              Ptr<const Packet> packet,
                              Mac48Address peer);
    static void DiscoveryReceived(L2tpRunReport* report,
                                  int32_t node,
                                  Ptr<const Packet> packet,
                                  Mac48Address peer);
    static void RadiusAsked(L2tpRunReport* report,
                            int32_t node,
                            const RadiusPacket& packet,
                            const L2tpUdpAddress& peer,
                            uint32_t attempt);
    static void RadiusAnswered(L2tpRunReport* report,
                               int32_t node,
                               const RadiusPacket& packet,
                               const L2tpUdpAddress& peer);
    static void RadiusArrived(L2tpRunReport* report,
                              int32_t node,
                              const RadiusPacket& packet,
                              const L2tpUdpAddress& peer);

    /// Write the PPP links. @return JSON, a member of an object: "ppp"
    std::string LinksToJson() const;

    std::string m_scenario;                           //!< its name
    std::vector<std::string> m_arguments;             //!< how the program was called
    L2tpReportNetwork m_network;                      //!< the nodes
    L2tpReportObjects m_objects;                      //!< what was found at them
    L2tpReportMessages m_messages;                    //!< the messages
    L2tpReportTunnels m_tunnels;                      //!< the tunnels
    L2tpReportData m_data;                            //!< the data messages
    L2tpReportOnion m_onion;                          //!< one packet
    std::list<Link> m_links;                          //!< PPP links, in place
    std::unordered_set<const Object*> m_watchedLinks; //!< those that are or were watched
    uint64_t m_linksLeftOut{0};                       //!< PPP links that aren't kept
    std::unordered_set<const Object*> m_accessCalls;  //!< whose circuits are watched
    std::unordered_set<const Object*> m_lines;        //!< lines of access servers
};

} // namespace ns3

#endif /* L2TP_RUN_REPORT_H */
