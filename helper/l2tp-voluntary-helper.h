/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_VOLUNTARY_HELPER_H
#define L2TP_VOLUNTARY_HELPER_H

#include "l2tp-ends-helper.h"
#include "l2tp-lac-helper.h"
#include "l2tp-lns-helper.h"
#include "l2tp-vpn-container.h"
#include "ppp-trace-helper.h"

#include "ns3/address.h"
#include "ns3/ipv4-address.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"
#include "ns3/ppp-user-profile.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Voluntary tunnelling: hosts that build tunnels of their own to an LNS (RFC 2661, section
 * 2).
 *
 * @code
 *   L2tpVoluntaryHelper vpn;
 *   vpn.SetAddressPool("10.8.0.0", "255.255.255.0");
 *   vpn.SetCredentials("alice", "wonderland");
 *   L2tpVpnContainer tunnels = vpn.Install(clients, lns); // any nodes that IP joins
 *   vpn.EnablePcapAll("voluntary");
 * @endcode
 */
class L2tpVoluntaryHelper : public L2tpEndsHelper, public PppTraceHelper
{
  public:
    L2tpVoluntaryHelper();

    /**
     * @brief Set the addresses that the LNS assigns.
     * @param network the network; its first host is the LNS
     * @param mask its mask
     */
    void SetAddressPool(Ipv4Address network, Ipv4Mask mask);

    /**
     * @brief Set by what name and secret the clients to come authenticate themselves.
     * @param username the name
     * @param password PAP's password and CHAP's secret
     * @param profile what the LNS gives them: networks behind them that it is to reach, say
     */
    void SetCredentials(const std::string& username,
                        const std::string& password,
                        const PppUserProfile& profile = PppUserProfile());

    /**
     * @brief Let the tunnels run over IPv6. What is inside them stays the same.
     *
     * Also sets both ends' Mru to 1430 octets, since the longer header leaves less room in a
     * 1500-octet MTU; set another one after that.
     */
    void UseIpv6();

    /**
     * @brief Carry IPv6 inside the tunnels, beside IPv4, whatever they run over. Each client has a
     * prefix of 64 bits, which the LNS advertises to it along with a default route.
     * @param pool the prefix that has them
     * @param length how many bits it has
     */
    void EnableIpv6Inside(Ipv6Address pool, uint8_t length = 48);

    /**
     * @brief Set the LNS's address, if it is not the first one of its first interface.
     * @param address the address to dial
     */
    void SetLnsAddress(Ipv4Address address);

    /**
     * @brief Set the LNS's address over either IP version, whatever UseIpv6() says.
     * @param address as attribute LnsAddress of L2tpVoluntaryClient takes it; an invalid one, as
     *        made by Address(), for the first one of the LNS
     */
    void SetLnsAddress(const Address& address);

    /**
     * @brief Send only some traffic through the tunnels, instead of all.
     * @param network a network to be reached through the tunnel
     * @param mask its mask
     */
    void AddPrefix(Ipv4Address network, Ipv4Mask mask);

    void SetLacAttribute(const std::string& name, const AttributeValue& value) override;
    void SetLnsAttribute(const std::string& name, const AttributeValue& value) override;
    /// Set an attribute of L2tpVoluntaryClient. @param name the attribute @param value its value
    void SetClientAttribute(const std::string& name, const AttributeValue& value);
    /// Set an attribute of L2tpPppTerminator. @param name it @param value its value
    void SetSessionAttribute(const std::string& name, const AttributeValue& value);
    /// Set how the LNS joins sessions to its node. @param typeId as L2tpLnsHelper::SetTerminator()
    /// takes it
    void SetTerminator(const std::string& typeId);

    /**
     * @brief Put a client on each node, and an LNS where they dial.
     *
     * A node that has a LAC already gets one more client, whose call shares that LAC; so several
     * sessions of one host share a tunnel.
     * @param clients the hosts
     * @param lns the LNS's node
     * @return the tunnels
     */
    L2tpVpnContainer Install(const NodeContainer& clients, Ptr<Node> lns);

    /**
     * @brief Assign fixed random variable stream numbers.
     *
     * In a distributed simulation, clients and LNS have the same numbers whichever rank they are
     * on: those on other ranks take theirs as well.
     * @param tunnels what Install() made
     * @param stream the first one to use
     * @return how many were used
     */
    static int64_t AssignStreams(const L2tpVpnContainer& tunnels, int64_t stream);

    /**
     * @brief Write a pcap file for each PPP device, those that the LNS makes later as well.
     * @param prefix what the file names begin with
     * @param promiscuous of no consequence on a link with two ends
     */
    void EnablePcapAll(const std::string& prefix, bool promiscuous = false);

  private:
    L2tpLacHelper m_lac;                                      //!< makes LACs
    L2tpLnsHelper m_lns;                                      //!< makes LNSs
    ObjectFactory m_clientFactory;                            //!< makes clients
    std::vector<std::pair<Ipv4Address, Ipv4Mask>> m_prefixes; //!< what goes into the tunnels
    bool m_ipv6{false};                                       //!< whether UseIpv6() was called
    Address m_lnsAddress;                                     //!< the address to dial
    std::vector<Ptr<L2tpLns>> m_lnses;                        //!< all LNSs that were made
};

} // namespace ns3

#endif /* L2TP_VOLUNTARY_HELPER_H */
