/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LNS_HELPER_H
#define L2TP_LNS_HELPER_H

#include "ns3/ipv4-address.h"
#include "ns3/l2tp-address-pool.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-lns.h"
#include "ns3/node.h"
#include "ns3/object-factory.h"
#include "ns3/ppp-user-table.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Puts LNSs on nodes, each with an address pool and the users that it knows.
 *
 * What the user sets as an attribute stays: a Terminator, a UserTable, a Pool that has a network.
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
     * @param name the attribute, of L2tpInterfacePerSession
     * @param value its value
     */
    void SetSessionAttribute(const std::string& name, const AttributeValue& value);

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
    Ptr<L2tpInterfacePerSession> MakeTerminator();

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
    /// Give a terminator what it lacks: a pool, users. @param terminator it
    void SetUp(L2tpInterfacePerSession& terminator) const;

    ObjectFactory m_factory;                   //!< makes LNSs
    ObjectFactory m_terminatorFactory;         //!< makes what they do with sessions
    Ipv4Address m_network;                     //!< the pool's network
    Ipv4Mask m_mask;                           //!< the pool's mask
    Ptr<PppLocalUserTable> m_users;            //!< the users
    std::vector<Ipv4Address> m_reserved;       //!< users' fixed addresses
    std::vector<Ptr<L2tpAddressPool>> m_pools; //!< of the LNSs installed
    std::vector<Ptr<L2tpLns>> m_installed;     //!< the LNSs installed
    bool m_told{false};                        //!< whether anything was set
};

} // namespace ns3

#endif /* L2TP_LNS_HELPER_H */
