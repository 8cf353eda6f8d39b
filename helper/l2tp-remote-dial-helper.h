/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REMOTE_DIAL_HELPER_H
#define L2TP_REMOTE_DIAL_HELPER_H

#include "l2tp-ends-helper.h"
#include "l2tp-lac-helper.h"
#include "l2tp-lns-helper.h"
#include "ppp-trace-helper.h"

#include "ns3/ipv4-address.h"
#include "ns3/l2-serial-net-device.h"
#include "ns3/l2-telephone-network.h"
#include "ns3/l2tp-dial-on-demand.h"
#include "ns3/l2tp-line-dialer.h"
#include "ns3/l2tp-remote-system.h"
#include "ns3/object-factory.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// A remote site that L2tpRemoteDialHelper made; what another rank of a distributed simulation has
/// of it is null.
struct L2tpRemoteSite
{
    Ptr<L2tpDialOnDemand> site;   //!< at the LNS: has the site dialled
    Ptr<L2tpRemoteSystem> system; //!< at the site: is called
    Ptr<L2SerialNetDevice> port;  //!< where its line ends
};

/**
 * @ingroup l2tp
 *
 * @brief Remote dial: an LNS that has a LAC dial remote sites when there is traffic for them, all
 * on one telephone network (RFC 2661, sections 2 and 7.5).
 *
 * @code
 *   L2tpRemoteDialHelper dial;
 *   dial.InstallLac(lac, 30);                              // with 30 lines
 *   dial.InstallLns(lns);
 *   dial.SetCredentials("branch", "wonderland");
 *   L2tpRemoteSite site = dial.InstallSite(branch, "5551234", "10.8.1.1");
 *   site.site->AddNetwork("192.168.1.0", "255.255.255.0"); // behind it
 * @endcode
 *
 * In a distributed simulation the LNS may be on another rank than the LAC; the sites are on the
 * LAC's, since a line leads from node to node without packets.
 */
class L2tpRemoteDialHelper : public L2tpEndsHelper, public PppTraceHelper
{
  public:
    L2tpRemoteDialHelper();

    void SetLacAttribute(const std::string& name, const AttributeValue& value) override;
    void SetLnsAttribute(const std::string& name, const AttributeValue& value) override;
    /// Set an attribute of L2tpDialOnDemand. @param name the attribute @param value its value
    void SetSiteAttribute(const std::string& name, const AttributeValue& value);
    /// Set an attribute of L2tpRemoteSystem. @param name the attribute @param value its value
    void SetRemoteAttribute(const std::string& name, const AttributeValue& value);
    /// Set an attribute of L2SerialLine, at both ends. @param name it @param value its value
    void SetLineAttribute(const std::string& name, const AttributeValue& value);
    /// Set an attribute of L2TelephoneNetwork. @param name it @param value its value
    void SetTelephoneAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Set by what name and secret the sites to come say who they are, and let them in.
     * @param username the name, which the site's remote system must prove to have
     * @param password PAP's password and CHAP's secret
     */
    void SetCredentials(const std::string& username, const std::string& password);

    /// Let the tunnel run over IPv6, and set MRUs so that packets still fit into 1500 octets.
    void UseIpv6();

    /**
     * @brief Put the LAC on a node, with lines to dial on; once, before any site.
     * @param node the node, which has an address
     * @param nLines how many lines
     * @param number the number that they share
     * @return the LAC, null if another rank has it
     */
    Ptr<L2tpLac> InstallLac(Ptr<Node> node, uint32_t nLines, const std::string& number = "2000");

    /**
     * @brief Put the LNS on a node, or find the one that is there; before any site.
     * @param node the node
     * @return the LNS, null if another rank has it
     */
    Ptr<L2tpLns> InstallLns(Ptr<Node> node);

    /**
     * @brief Put a site's remote system on a node, and have the LNS dial it.
     * @param remote the node
     * @param number the number of its line
     * @param address the address that it is assigned
     * @return the site
     */
    L2tpRemoteSite InstallSite(Ptr<Node> remote, const std::string& number, Ipv4Address address);

    /// What the LAC dials on. @return the dialer, null before InstallLac() and on other ranks
    Ptr<L2tpLineDialer> GetDialer() const;

    /// The ports of the LAC's lines. @return them, in the order of the physical channels
    const std::vector<Ptr<L2SerialNetDevice>>& GetLines() const;

    /**
     * @brief Assign fixed random variable stream numbers, to all that was installed; the same on
     * each rank.
     * @param stream the first one to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

  private:
    /// Make a line. @param node where; it is left out on other ranks @param number its number
    /// @return its port
    Ptr<L2SerialNetDevice> MakeLine(Ptr<Node> node, const std::string& number);

    L2tpLacHelper m_lacHelper;     //!< makes the LAC
    L2tpLnsHelper m_lnsHelper;     //!< makes the LNS
    ObjectFactory m_siteFactory;   //!< makes sites
    ObjectFactory m_remoteFactory; //!< makes remote systems
    /// Of lines: names and values.
    std::vector<std::pair<std::string, Ptr<AttributeValue>>> m_lineAttributes;
    std::string m_username;                      //!< of sites to come
    std::string m_password;                      //!< of sites to come
    bool m_ipv6{false};                          //!< whether the tunnel is over IPv6
    Ptr<L2TelephoneNetwork> m_phones;            //!< joins lines
    Ptr<Node> m_lacNode;                         //!< the LAC's node
    Ptr<Node> m_lnsNode;                         //!< the LNS's node
    Ptr<L2tpLineDialer> m_dialer;                //!< the LAC's
    std::vector<Ptr<L2SerialNetDevice>> m_lines; //!< the LAC's
    // Where another rank has it, what follows is something that takes as many streams.
    Ptr<L2tpLac> m_lac;                              //!< the LAC
    Ptr<L2tpLns> m_lns;                              //!< the LNS
    std::vector<Ptr<L2SerialNetDevice>> m_lacsLines; //!< the LAC's lines
    std::vector<L2tpRemoteSite> m_sites;             //!< all sites
};

} // namespace ns3

#endif /* L2TP_REMOTE_DIAL_HELPER_H */
