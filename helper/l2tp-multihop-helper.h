/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_MULTIHOP_HELPER_H
#define L2TP_MULTIHOP_HELPER_H

#include "l2tp-ends-helper.h"
#include "l2tp-switch-container.h"

#include "ns3/address.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Multihop tunnelling: tunnel switches in a row between LACs and an LNS (RFC 2661, section
 * 1.1).
 *
 * @code
 *   L2tpMultihopHelper hops;
 *   L2tpSwitchContainer row = hops.Install(switches, lns);  // nodes that have addresses
 *   L2tpVoluntaryHelper vpn;                                // or another that makes LACs
 *   vpn.SetCredentials("alice", "wonderland");
 *   vpn.SetLnsAddress(row.GetAddress(0));                   // dial the first switch
 *   vpn.Install(clients, lns);
 *   hops.EnablePcapAll("multihop");
 * @endcode
 *
 * Neither LACs nor LNS know of the switches.
 */
class L2tpMultihopHelper : public L2tpEndsHelper
{
  public:
    L2tpMultihopHelper();

    /// Let the tunnels between switches, and from the last one to the LNS, run over IPv6.
    void UseIpv6();

    /**
     * @brief Set the LNS's address, if it is not the first one of its first interface.
     * @param address the address that the last switch dials, an Ipv4Address or Ipv6Address; an
     *        invalid one, as made by Address(), for the first one of the LNS
     */
    void SetLnsAddress(const Address& address);

    void SetLacAttribute(const std::string& name, const AttributeValue& value) override;
    void SetLnsAttribute(const std::string& name, const AttributeValue& value) override;
    /// Set an attribute of L2tpTunnelSwitch. @param name the attribute @param value its value
    void SetSwitchAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Put switches on nodes in a row: all calls go from each to the next, and from the last
     * one to an LNS.
     * @param switches the nodes, without LNSs so far; each is dialled at the first address of its
     *        first interface
     * @param lns the LNS's node, to which this adds nothing
     * @return the switches
     */
    L2tpSwitchContainer Install(const NodeContainer& switches, Ptr<Node> lns);

    /**
     * @brief Put a switch on a node.
     * @param node the node, without an LNS so far
     * @param selector chooses the next hop of each call, not null
     * @return the switch's LNS, whose terminator is the switch; null if another rank of a
     * distributed simulation has the node
     */
    Ptr<L2tpLns> InstallSwitch(Ptr<Node> node, Ptr<L2tpTunnelSelector> selector);

    /**
     * @brief Assign fixed random variable stream numbers, the same whichever rank has which switch.
     * @param switches what Install() made
     * @param stream the first one to use
     * @return how many were used
     */
    static int64_t AssignStreams(const L2tpSwitchContainer& switches, int64_t stream);

    /**
     * @brief Write a pcap file for each switch installed so far, with the PPP frames of all calls
     * that it passes on: PREFIX-NODE-switched.pcap, where NODE is the node's name or number.
     * @param prefix what the file names begin with
     */
    void EnablePcapAll(const std::string& prefix);

  private:
    ObjectFactory m_lacFactory;        //!< makes LACs
    ObjectFactory m_lnsFactory;        //!< makes LNSs
    ObjectFactory m_switchFactory;     //!< makes what the LNSs do with sessions
    bool m_ipv6{false};                //!< whether UseIpv6() was called
    Address m_lnsAddress;              //!< the address that the last switch dials
    std::vector<Ptr<L2tpLns>> m_lnses; //!< those of all switches on this rank
};

} // namespace ns3

#endif /* L2TP_MULTIHOP_HELPER_H */
