/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_COMPULSORY_HELPER_H
#define L2TP_COMPULSORY_HELPER_H

#include "l2tp-access-container.h"
#include "l2tp-ends-helper.h"
#include "l2tp-lac-helper.h"
#include "l2tp-lns-helper.h"
#include "ppp-trace-helper.h"

#include "ns3/address.h"
#include "ns3/ipv4-address.h"
#include "ns3/l2-telephone-network.h"
#include "ns3/l2tp-tunnel-table.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Compulsory tunnelling: hosts that dial an access server, which brings their calls to LNSs;
 * they know nothing of L2TP (RFC 2661, sections 1.2 and 2.0).
 *
 * @code
 *   L2tpCompulsoryHelper access;
 *   access.SetAddressPool("10.8.0.0", "255.255.0.0");
 *   access.SetCredentials("alice@isp.example", "wonderland");
 *   access.AddDomain("isp.example", lns);                            // where her calls go
 *   L2tpAccessContainer calls = access.InstallDialUp(hosts, server); // or InstallPppoe()
 *   access.EnablePcapAll("compulsory");
 * @endcode
 *
 * Without any rule that leads to an LNS all PPP ends at the access server, and there is no L2TP.
 */
class L2tpCompulsoryHelper : public L2tpEndsHelper, public PppTraceHelper
{
  public:
    L2tpCompulsoryHelper();

    /**
     * @brief Set the addresses that LNSs to come, or access servers to come, assign.
     * @param network the network; its first host is the LNS
     * @param mask its mask
     */
    void SetAddressPool(Ipv4Address network, Ipv4Mask mask);

    /**
     * @brief What installs the LNSs, for what only they need: domains that are isolated from each
     * other, and their users (L2tpLnsHelper::AddDomain()). AddDomain() here says where calls go.
     * @return the helper
     */
    L2tpLnsHelper& GetLnsHelper();

    /**
     * @brief Set by what name and secret the hosts to come say who they are, and let them in.
     * @param username the name, with the domain if that decides where calls go
     * @param password PAP's password and CHAP's secret
     */
    void SetCredentials(const std::string& username, const std::string& password);

    /// Let the tunnels run over IPv6, and set all MRUs so that packets still fit into 1500 octets.
    void UseIpv6();

    /**
     * @brief Send calls of users of a domain to an LNS; of several ones to the one with the lowest
     * preference that takes it.
     *
     * The LNS is installed, with what was set until now. Rules come before the access servers that
     * are to have them: one that was installed without any ends all calls itself.
     * @param domain the domain
     * @param lns the LNS's node, which has an address
     * @param preference lower ones are tried first; equal ones share the load
     */
    void AddDomain(const std::string& domain, Ptr<Node> lns, uint32_t preference = 0);

    /**
     * @brief Send calls to a number to an LNS, without asking who calls.
     * @param number the number, as InstallDialUp() takes it
     * @param lns the LNS's node, which has an address
     * @param preference lower ones are tried first; equal ones share the load
     */
    void AddCalledNumber(const std::string& number, Ptr<Node> lns, uint32_t preference = 0);

    /**
     * @brief Send PPPoE sessions of a service to an LNS, without asking whose they are.
     * @param service the Service-Name, as InstallPppoe() takes it
     * @param lns the LNS's node, which has an address
     * @param preference lower ones are tried first; equal ones share the load
     */
    void AddService(const std::string& service, Ptr<Node> lns, uint32_t preference = 0);

    /// @name The same for an LNS that something else installs, by its address
    /// @{
    /**
     * @brief Send calls of users of a domain to an LNS.
     * @param domain the domain
     * @param lns the LNS's address, and its port unless that is 1701
     * @param preference lower ones are tried first; equal ones share the load
     */
    void AddDomain(const std::string& domain, const Address& lns, uint32_t preference = 0);
    /**
     * @brief Send calls to a number to an LNS.
     * @param number the number
     * @param lns the LNS's address, and its port unless that is 1701
     * @param preference lower ones are tried first; equal ones share the load
     */
    void AddCalledNumber(const std::string& number, const Address& lns, uint32_t preference = 0);
    /**
     * @brief Send PPPoE sessions of a service to an LNS.
     * @param service the Service-Name
     * @param lns the LNS's address, and its port unless that is 1701
     * @param preference lower ones are tried first; equal ones share the load
     */
    void AddService(const std::string& service, const Address& lns, uint32_t preference = 0);
    /// @}

    /// End the PPP of calls that no rule leads to an LNS at the access server, instead of refusing
    /// them.
    void EndOthersHere();

    /**
     * @brief Let something else choose, in place of rules.
     * @param selector what
     */
    void SetSelector(Ptr<L2tpTunnelSelector> selector);

    void SetLacAttribute(const std::string& name, const AttributeValue& value) override;
    void SetLnsAttribute(const std::string& name, const AttributeValue& value) override;
    /// Set an attribute of L2tpAccessServer. @param name the attribute @param value its value
    void SetAccessAttribute(const std::string& name, const AttributeValue& value);
    /// Set an attribute of L2tpPppTerminator. @param name it @param value its value
    void SetSessionAttribute(const std::string& name, const AttributeValue& value);
    /// Set an attribute of L2tpRemoteSystem and L2tpPppoeHost. @param name it @param value its
    /// value
    void SetHostAttribute(const std::string& name, const AttributeValue& value);
    /// Set an attribute of L2SerialLine, at both ends. @param name it @param value its value
    void SetLineAttribute(const std::string& name, const AttributeValue& value);
    /// Set an attribute of L2TelephoneNetwork. @param name it @param value its value
    void SetTelephoneAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Let hosts dial an access server by telephone. There is a line for each at the access
     * server, all of the same number.
     * @param hosts the hosts' nodes
     * @param access the access server's node; it may have been an access server before. If another
     * rank of a distributed simulation has it, then the hosts, too, and nothing is installed here:
     * a line leads from node to node without packets.
     * @param number the number
     * @return the hosts and the access server
     */
    L2tpAccessContainer InstallDialUp(const NodeContainer& hosts,
                                      Ptr<Node> access,
                                      const std::string& number = "2000");

    /**
     * @brief Let hosts dial an access server by PPPoE, over Ethernet-like devices that are there.
     * @param hosts the hosts' devices
     * @param access the access server's device, of the same Ethernet; nothing is installed here if
     * another rank of a distributed simulation has it
     * @param service the Service-Name that they ask for; empty for any
     * @return the hosts and the access server
     */
    L2tpAccessContainer InstallPppoe(const NetDeviceContainer& hosts,
                                     Ptr<NetDevice> access,
                                     const std::string& service = "");

    /**
     * @brief Write a pcap file for each PPP device and serial line, and for the PPP devices that
     * LNSs and access servers make later.
     * @param prefix what the file names begin with
     * @param promiscuous of no consequence on a link with two ends
     */
    void EnablePcapAll(const std::string& prefix, bool promiscuous = false);

  private:
    /// Put an LNS on a node. @param lns the node @return its address
    Address InstallLns(Ptr<Node> lns);
    /**
     * @brief Let a rule lead to an LNS.
     * @param choice the rule
     * @param lns the LNS's address
     * @param preference its preference
     * @return the rule
     */
    const L2tpTunnelChoice& AddPeer(L2tpTunnelChoice& choice,
                                    const Address& lns,
                                    uint32_t preference);
    /// Put an access server on a node, or find the one that is there. @param node it @return it; of
    /// a node of another rank something that takes as many streams
    Ptr<L2tpAccessServer> InstallServer(Ptr<Node> node);
    /// Make a LAC. @param node where @return it; of a node of another rank as above
    Ptr<L2tpLac> InstallLac(Ptr<Node> node);
    /// Make a line. @param node where; it is left out on other ranks @param number its number
    /// @return its port
    Ptr<L2SerialNetDevice> MakeLine(Ptr<Node> node, const std::string& number);
    /// Stop the program if a host is on another rank than its access server. @param host the host
    /// @param access the access server
    static void CheckRank(Ptr<Node> host, Ptr<Node> access);
    /**
     * @brief Fill in what there is beside the hosts.
     * @param calls the container
     * @param server the access server
     * @param access its node
     */
    void Complete(L2tpAccessContainer& calls, Ptr<L2tpAccessServer> server, Ptr<Node> access) const;

    L2tpLacHelper m_lac;           //!< makes LACs
    L2tpLnsHelper m_lns;           //!< makes LNSs
    ObjectFactory m_serverFactory; //!< makes access servers
    ObjectFactory m_remoteFactory; //!< makes hosts with a line
    ObjectFactory m_pppoeFactory;  //!< makes hosts with PPPoE
    /// Of lines: names and values.
    std::vector<std::pair<std::string, Ptr<AttributeValue>>> m_lineAttributes;
    Ptr<L2TelephoneNetwork> m_phones;                        //!< joins lines
    uint32_t m_numbers{0};                                   //!< hosts that have a number
    bool m_ipv6{false};                                      //!< whether tunnels are over IPv6
    Ptr<L2tpTunnelTable> m_table;                            //!< the rules
    std::map<std::string, L2tpTunnelChoice> m_domains;       //!< those for domains
    std::map<std::string, L2tpTunnelChoice> m_calledNumbers; //!< those for numbers
    std::map<std::string, L2tpTunnelChoice> m_services;      //!< those for services
    Ptr<L2tpTunnelSelector> m_selector;                      //!< what chooses, null: nothing does
    bool m_othersHere{false};                                //!< whether PPP may end here
    std::vector<Ptr<L2tpLns>> m_lnss;                        //!< all LNSs of this rank
    std::vector<Ptr<L2tpAccessServer>> m_servers;            //!< all access servers of this rank
    /// All LNSs by node, in the order of the rules; of other ranks' something as many streams.
    std::vector<std::pair<Ptr<Node>, Ptr<L2tpLns>>> m_allLnss;
    /// Of access servers on other ranks, by node: something that takes as many streams.
    std::map<Ptr<Node>, Ptr<L2tpAccessServer>> m_standIns;
    std::set<Ptr<NetDevice>> m_pppoeDevices; //!< those of access servers that serve PPPoE
};

} // namespace ns3

#endif /* L2TP_COMPULSORY_HELPER_H */
