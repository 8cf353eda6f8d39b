/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RADIUS_HELPER_H
#define L2TP_RADIUS_HELPER_H

#include "ns3/address.h"
#include "ns3/l2tp-radius-accountant.h"
#include "ns3/l2tp-radius-selector.h"
#include "ns3/node.h"
#include "ns3/object-factory.h"
#include "ns3/ppp-radius-user-table.h"
#include "ns3/radius-client.h"
#include "ns3/radius-server.h"

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
 * @brief RADIUS for LACs and LNSs: servers, what they know, and who asks them.
 *
 * @code
 *   L2tpRadiusHelper radius;
 *   radius.InstallServer(server);                             // first one, then its fall-backs
 *   radius.AddUser("alice@isp.example", "wonderland");
 *   radius.AddTunnel("isp.example", lnsAddress, tunnel);      // the best one first
 *   radius.AddTunnel("isp.example", otherLnsAddress, tunnel);
 *   access.SetSelector(radius.MakeSelector(lac));             // L2tpCompulsoryHelper
 *   lns.SetSessionAttribute("UserTable", PointerValue(radius.MakeUserTable(lnsNode)));
 *   radius.InstallAccountant(lnsNode)->WatchLns(lns.Install(lnsNode));
 * @endcode
 *
 * All servers of a helper know the same. Nodes must have their addresses before the helper is told
 * of them.
 */
class L2tpRadiusHelper
{
  public:
    L2tpRadiusHelper();

    /**
     * @brief Set the secret that servers and clients share; before there are any.
     * @param secret the secret, not empty
     */
    void SetSecret(const std::string& secret);

    /// Set an attribute of the servers to come. @param name it, of RadiusServer @param value its
    /// value
    void SetServerAttribute(const std::string& name, const AttributeValue& value);
    /// Set an attribute of the accountants to come. @param name it, of L2tpRadiusAccountant @param
    /// value its value
    void SetAccountantAttribute(const std::string& name, const AttributeValue& value);
    /// Set an attribute of the clients to come. @param name it, of RadiusClient @param value its
    /// value
    void SetClientAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Put a server for access and accounting on a node. Clients ask the servers in the order
     * of installing.
     * @param node the node
     * @return the server; null if another rank of a distributed simulation has the node
     */
    Ptr<RadiusServer> InstallServer(Ptr<Node> node);

    /**
     * @brief Make a client, which asks all servers, or find the one that this helper has made for
     * the node.
     * @param nas the LAC's or LNS's node
     * @return the client; null if another rank of a distributed simulation has the node
     */
    Ptr<RadiusClient> InstallClient(Ptr<Node> nas);

    /**
     * @brief Make what has the servers choose tunnels.
     * @param lac the LAC's node
     * @return it, for L2tpCompulsoryHelper::SetSelector() or an attribute Selector; null if another
     * rank of a distributed simulation has the node
     */
    Ptr<L2tpRadiusSelector> MakeSelector(Ptr<Node> lac);

    /**
     * @brief Make what has the servers judge users.
     * @param lns the LNS's node
     * @return it, for an attribute UserTable; null if another rank of a distributed simulation has
     * the node
     */
    Ptr<PppRadiusUserTable> MakeUserTable(Ptr<Node> lns);

    /**
     * @brief Put on a node what tells the servers who uses what.
     * @param nas the LAC's or LNS's node
     * @return it, to be told what to watch; null if another rank of a distributed simulation has
     * the node
     */
    Ptr<L2tpRadiusAccountant> InstallAccountant(Ptr<Node> nas);

    /**
     * @brief Let a user in.
     * @param name the User-Name, with its domain if it has one
     * @param password PAP's and MS-CHAP-V2's password, and CHAP's secret
     * @param attributes what the LNS is told of it, in the clear
     */
    void AddUser(const std::string& name,
                 const std::string& password,
                 const RadiusAttributes& attributes = RadiusAttributes());

    /**
     * @brief Send users of a domain to an LNS, or to one more.
     * @param domain the domain
     * @param lns the LNS's address, of whatever port: RADIUS has none
     * @param tunnel the rest. Its tag is set, by the number of the domain's tunnels; so is a
     * preference of 0, so that those added first are preferred
     */
    void AddTunnel(const std::string& domain, const Address& lns, RadiusTunnel tunnel);

    /// What the servers know. @return it, the same for all
    Ptr<RadiusDirectory> GetDirectory() const;

    /**
     * @brief Assign fixed random variable stream numbers to all servers and clients.
     * @param stream the first one to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream) const;

  private:
    /// A server.
    struct Server
    {
        L2tpUdpAddress access;     //!< where it is asked
        L2tpUdpAddress accounting; //!< where it is told
        Ptr<RadiusServer> server;  //!< it, null if another rank has it
    };

    /// A client.
    struct Client
    {
        Ptr<Node> node;           //!< its node
        Ptr<RadiusClient> client; //!< it, null if another rank has it
    };

    /// Let a server and a client know each other. @param server the server @param client the client
    void Introduce(const Server& server, const Client& client) const;

    std::string m_secret;             //!< of servers and clients
    ObjectFactory m_serverFactory;    //!< makes servers
    ObjectFactory m_clientFactory;    //!< makes clients
    ObjectFactory m_accountants;      //!< makes accountants
    Ptr<RadiusDirectory> m_directory; //!< what the servers know
    std::vector<Server> m_servers;    //!< in the order of installing
    std::vector<Client> m_clients;    //!< in the order of installing
    /// What AddTunnel() was told of each domain: the number of tunnels, and their attributes.
    std::map<std::string, std::pair<uint8_t, RadiusAttributes>> m_tunnels;
};

} // namespace ns3

#endif /* L2TP_RADIUS_HELPER_H */
