/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LNS_HELPER_H
#define L2TP_LNS_HELPER_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/l2tp-address-pool.h"
#include "ns3/l2tp-domain.h"
#include "ns3/l2tp-lns.h"
#include "ns3/l2tp-ppp-terminator.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/object-factory.h"
#include "ns3/ppp-user-profile.h"
#include "ns3/ppp-user-table.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Puts LNSs on nodes, each with an address pool and the users that it knows.
 *
 * What the user sets as an attribute stays: a Terminator, a UserTable, a Pool that has a network.
 *
 * An LNS may serve several domains, such as Internet service providers, each with its own users and
 * addresses, and isolated from the others:
 *
 * @code
 *   L2tpLnsHelper lns;
 *   lns.AddDomain("isp-a.example", "10.8.0.0", "255.255.0.0");
 *   lns.AddDomain("isp-b.example", "10.8.0.0", "255.255.0.0"); // the same addresses
 *   lns.AddUser("ann@isp-a.example", "secret");
 *   lns.AttachNetwork("isp-a.example", devices.Get(0)); // its servers, of whatever addresses
 *   lns.AttachNetwork("isp-b.example", devices.Get(1));
 *   lns.Install(node);
 * @endcode
 */
class L2tpLnsHelper
{
  public:
    L2tpLnsHelper();

    /**
     * @brief Set an attribute of the LNSs to come.
     * @param name the attribute, of L2tpLns
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Set an attribute of what the LNSs do with sessions.
     * @param name the attribute, of L2tpPppTerminator or what SetTerminator() says
     * @param value its value
     */
    void SetSessionAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Set how the LNSs to come join sessions to their nodes.
     * @param typeId "ns3::L2tpInterfacePerSession", a device for each, which is the default; or
     * "ns3::L2tpAggregatedInterface", one device for very many; or another L2tpPppTerminator
     */
    void SetTerminator(const std::string& typeId);

    /**
     * @brief Set the addresses to assign. The first host is the LNS's own.
     * @param network the network; 10.8.0.0 by default
     * @param mask its mask; 255.255.0.0 by default
     */
    void SetAddressPool(Ipv4Address network, Ipv4Mask mask);

    /**
     * @brief Let a user in, at all LNSs of this helper, those installed already as well.
     * @param name the user's name
     * @param secret PAP's password and CHAP's secret
     * @param address the user's fixed address, 0.0.0.0 for one of the pool
     */
    void AddUser(const std::string& name,
                 const std::string& secret,
                 Ipv4Address address = Ipv4Address::GetAny());

    /**
     * @brief Let a user in, with networks behind it or whatever else it gets.
     * @param name the user's name
     * @param secret PAP's password and CHAP's secret
     * @param profile what the user gets
     */
    void AddUser(const std::string& name, const std::string& secret, const PppUserProfile& profile);

    /**
     * @brief Serve a domain: users whose names end in "@" and its name get addresses of its pool,
     * and reach nothing but it. Its addresses may be those of other domains as well. To be called
     * before Install().
     * @param domain the name
     * @param network the pool's network, whose first host is the LNS's own
     * @param mask its mask
     */
    void AddDomain(const std::string& domain, Ipv4Address network, Ipv4Mask mask);

    /**
     * @brief Set an attribute of a domain, before Install().
     * @param domain the domain, added before
     * @param name the attribute, of L2tpDomain
     * @param value its value
     */
    void SetDomainAttribute(const std::string& domain,
                            const std::string& name,
                            const AttributeValue& value);

    /**
     * @brief Put the network behind a device of an LNS into a domain: it is reached by the domain's
     * users, and by nobody else. If the domain isn't isolated, it is of the node's own table.
     * @param domain the domain, added before
     * @param device the device, which has an IPv4 address
     */
    void AttachNetwork(const std::string& domain, Ptr<NetDevice> device);

    /**
     * @brief The static routes of a domain, for networks that are farther away: the node's own if
     * the domain isn't isolated.
     * @param domain the domain, added before
     * @param lns the LNS's node
     * @return the routes
     */
    Ptr<Ipv4StaticRouting> GetRoutes(const std::string& domain, Ptr<Node> lns);

    /**
     * @brief Put an LNS on a node, or find the one that is there.
     *
     * It is an error to find one that another helper has installed if this one was told anything
     * of the LNS: it would be of no effect.
     * @param node the node
     * @return the LNS; null if another rank of a distributed simulation has the node
     */
    Ptr<L2tpLns> Install(Ptr<Node> node);

    /**
     * @brief Make what an LNS of this helper would do with sessions, for whoever ends PPP without
     * L2TP.
     * @return it, with the pool, the users and the attributes set here
     */
    Ptr<L2tpPppTerminator> MakeTerminator();

    /**
     * @brief Make an LNS that is on no node, in place of one that another rank has: it takes as
     * many random variable streams.
     * @return it
     */
    Ptr<L2tpLns> MakeStandIn() const;

    /**
     * @brief How many random variable streams an LNS takes, on whichever rank it is.
     * @return the number
     */
    int64_t GetNStreams() const;

  private:
    /// Make an LNS, on no node yet. @return the LNS
    Ptr<L2tpLns> Make() const;

    /// What the LNSs serve of a domain.
    struct Domain
    {
        Ipv4Address network;   //!< the pool's network
        Ipv4Mask mask;         //!< the pool's mask
        ObjectFactory factory; //!< makes the domain
        bool isRouted{false};  //!< whether its table is in use on an LNS already
    };

    /// Find a domain, or stop the program. @param name its name @return it
    Domain& GetDomain(const std::string& name);
    /// The routing table of a domain. @param domain what it is @return its name, empty for the
    /// node's own
    static std::string TableOf(const Domain& domain);
    /// Make a domain. @param domain what it is @return it
    static Ptr<L2tpDomain> MakeDomain(const Domain& domain);
    /// Give a terminator what it lacks: a pool, users, domains. @param terminator it
    void SetUp(L2tpPppTerminator& terminator) const;

    ObjectFactory m_factory;                 //!< makes LNSs
    ObjectFactory m_terminatorFactory;       //!< makes what they do with sessions
    Ipv4Address m_network;                   //!< the pool's network
    Ipv4Mask m_mask;                         //!< the pool's mask
    Ptr<PppLocalUserTable> m_users;          //!< the users
    std::map<std::string, Domain> m_domains; //!< the domains
    /// Users that have a fixed address, and what else they get.
    std::vector<std::pair<std::string, PppUserProfile>> m_fixed;
    std::vector<Ptr<L2tpPppTerminator>> m_terminators; //!< of the LNSs installed
    std::vector<Ptr<L2tpLns>> m_installed;             //!< the LNSs installed
    bool m_told{false};                                //!< whether anything was set
};

} // namespace ns3

#endif /* L2TP_LNS_HELPER_H */
