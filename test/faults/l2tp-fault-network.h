/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FAULT_NETWORK_H
#define L2TP_FAULT_NETWORK_H

#include "l2tp-fault-applications.h"
#include "l2tp-fault-plan.h"

#include "ns3/error-model.h"
#include "ns3/ipv4-address.h"
#include "ns3/l2-telephone-network.h"
#include "ns3/l2tp-access-server.h"
#include "ns3/l2tp-dial-on-demand.h"
#include "ns3/l2tp-dialer.h"
#include "ns3/l2tp-dialing-host.h"
#include "ns3/l2tp-fault-model.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-lac.h"
#include "ns3/l2tp-line-dialer.h"
#include "ns3/l2tp-lns.h"
#include "ns3/l2tp-tunnel-switch.h"
#include "ns3/node.h"
#include "ns3/pppoe-concentrator.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/// The name of all hosts' user, of the domain "isp".
inline constexpr const char* L2TP_FAULT_USER = "alice@isp";

/**
 * @brief The network of a plan: a link from each LAC to each LNS, with a faulty wire in it.
 *
 * Link l, between LAC a and LNS b, has number a * lnses + b and the network 10.1.l.0/24, in which
 * the LAC is .1 and the LNS .2. With PPP there are hosts behind the LACs. Those of a tunnel switch
 * are LACs themselves; their links to it come after the others.
 */
class L2tpFaultNetwork
{
  public:
    /// An endpoint, and what belongs to it.
    struct End
    {
        std::string name;            //!< for people
        Ptr<Node> node;              //!< its node
        Ptr<L2tpEndpoint> endpoint;  //!< the endpoint
        Ptr<L2tpFaultLac> lac;       //!< the same, if it is a LAC
        Ptr<L2tpFaultLns> lns;       //!< the same, if it is an LNS
        Ptr<L2tpFaultDialer> dialer; //!< who takes outgoing calls there, without PPP
        uint32_t box{0};             //!< the end that stops and crashes with it: its switch's LNS
        bool isLax{false};           //!< whether its timers or windows are unlike its peers'
    };

    /// A host that runs PPP with an LNS.
    struct Host
    {
        std::string name;           //!< for people
        Ptr<Node> node;             //!< its node
        Ptr<L2tpDialingHost> app;   //!< runs PPP
        Ptr<L2tpDialOnDemand> site; //!< has it dialled, or null if it dials
        uint32_t lac{0};            //!< which LAC it is behind
    };

    /// A link: its ends, and its faults, one model each way.
    struct Link
    {
        uint32_t left;               //!< the end that is the LAC
        uint32_t right;              //!< the end that is the LNS
        Ptr<L2tpFaultModel> fromLac; //!< from LAC to LNS
        Ptr<L2tpFaultModel> fromLns; //!< from LNS to LAC
    };

    /// Build it. @param plan what of
    explicit L2tpFaultNetwork(const L2tpFaultPlan& plan);

    /// Where a LAC reaches an LNS. @param lac which LAC @param lns which LNS
    L2tpUdpAddress GetLns(uint32_t lac, uint32_t lns) const;
    /// Where an LNS reaches a LAC. @param lac which LAC @param lns which LNS
    L2tpUdpAddress GetLac(uint32_t lac, uint32_t lns) const;
    /// Where hosts reach an LNS within PPP. @param lns which LNS
    static Ipv4Address GetServer(uint32_t lns);
    /// Cut a link, or mend it. @param link which @param fromLac that way @param fromLns that way
    /// @param cut whether
    void Cut(uint32_t link, bool fromLac, bool fromLns, bool cut);
    /// Let nothing go wrong any more.
    void Heal();

    std::vector<End> ends;   //!< LACs first, then LNSs, then those of switches and their hosts
    std::vector<Link> links; //!< all links
    std::vector<Host> hosts; //!< all hosts
    uint32_t lacs;           //!< how many of the ends are LACs
    uint32_t lnses;          //!< how many are LNSs

    std::vector<Ptr<L2tpInterfacePerSession>> terminators; //!< what LNSs do with PPP
    std::vector<Ptr<L2tpAccessServer>> servers;            //!< access servers
    std::vector<Ptr<L2tpTunnelSwitch>> switches;           //!< tunnel switches
    std::vector<Ptr<L2tpLineDialer>> dialers;              //!< who dials sites
    std::vector<Ptr<L2SerialLine>> lines;                  //!< all telephone lines
    std::vector<Ptr<PppoeConcentrator>> concentrators;     //!< those of PPPoE

  private:
    /// Make a LAC, and what takes its outgoing calls without PPP. @param i which end
    void MakeLac(uint32_t i);
    /// Make an LNS, and what it does with sessions. @param i which end
    void MakeLns(uint32_t i);
    /// Add an end. @param how what is special about it @param node where @param i which end, which
    /// gives it its streams
    void Complete(End& end, const L2tpFaultEndpointPlan& how, uint32_t i);
    /// The right end of a link. @param link which @return its address, with L2TP's port
    static L2tpUdpAddress GetRight(uint32_t link);
    /// Make a link with faults. @param left the end that gets the address .1 @param right that of
    /// .2
    void MakeLink(uint32_t left, uint32_t right);
    /// Put hosts behind a LAC. @param i which LAC
    void MakeHosts(uint32_t i);
    /// Make a node with an Internet stack. @return it
    static Ptr<Node> MakeNode();
    /// Make an application that dials from the LAC's own node. @param host where @param lac by
    /// which LAC @param server which LNS or switch
    void MakeVoluntary(Host& host, Ptr<L2tpLac> lac, const L2tpUdpAddress& server);
    /// Add a host. @param host it @param app runs PPP there
    void Add(Host& host, Ptr<L2tpDialingHost> app);
    /// Make the access server of a LAC. @param i which LAC @return it
    Ptr<L2tpAccessServer> MakeServer(uint32_t i);
    /// Make a line. @param node where @param number its number @param errors of what it receives
    Ptr<L2SerialLine> MakeLine(Ptr<Node> node, const std::string& number, double errors);
    /// Hosts that dial in. @param i which LAC
    void MakeDialUp(uint32_t i);
    /// Hosts that use PPPoE. @param i which LAC
    void MakePppoe(uint32_t i);
    /// Hosts that reach a tunnel switch. @param i which LAC
    void MakeSwitch(uint32_t i);
    /// Sites that are dialled. @param i which LAC
    void MakeSites(uint32_t i);
    /// Frames that are damaged on lines and Ethernets. @param rate of them @return the model
    Ptr<ErrorModel> MakeNoise(double rate);

    const L2tpFaultPlan& m_plan;           //!< what it is made of
    Ptr<L2TelephoneNetwork> m_phones;      //!< joins lines
    std::vector<Ptr<ErrorModel>> m_noises; //!< all of lines and Ethernets
};

} // namespace ns3

#endif /* L2TP_FAULT_NETWORK_H */
