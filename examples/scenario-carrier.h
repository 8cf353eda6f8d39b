/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_CARRIER_H
#define SCENARIO_CARRIER_H

#include "scenario-animation.h"
#include "scenario-ipv6.h"
#include "scenario-options.h"

#include "ns3/csma-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/point-to-point-helper.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// A retail ISP: whose subscribers they are.
struct L2tpScenarioIsp
{
    std::string name;    //!< its name
    std::string domain;  //!< what its subscribers' names end in
    Ptr<Node> router;    //!< leads to its LNSs
    Ptr<Node> server;    //!< what its subscribers use
    Ipv4Address address; //!< the server's
};

/// A link between an LNS and an ISP's router.
struct L2tpScenarioUplink
{
    uint32_t isp;          //!< index of the ISP
    uint32_t lns;          //!< index of the LNS
    Ptr<NetDevice> device; //!< the LNS's end
    Ipv4Address router;    //!< the address of the other end
    Ipv4Address pool;      //!< the network that this LNS's subscribers of this ISP are in
};

/// A network behind a subscriber: that of a business, which the subscriber is the router of.
struct L2tpScenarioOffice
{
    Ptr<Node> host;      //!< a host of it
    std::string network; //!< "192.168.7.0/24"
};

/**
 * @brief The network of a wholesaler, and what the ISPs have behind it: BRASes and their streets, a
 * core router, a RADIUS server, an LNS for each ISP, which is there for the next ISP as well, and
 * each ISP's router and server. It knows nothing of L2TP.
 *
 * The ISPs know nothing of each other: all have the same addresses.
 */
class L2tpScenarioCarrier
{
  public:
    static constexpr uint32_t BRASES = 2;              //!< broadband access servers
    static constexpr uint32_t ISPS = 3;                //!< ISPs, and as many LNSs
    static constexpr const char* MASK = "255.255.0.0"; //!< of the pools

    /// Build all of it but the streets. @param options the options
    void Build(const L2tpScenarioOptions& options);

    /**
     * @brief Put a network behind a subscriber of an ISP, whose router sends what is for it to the
     * ISP's own LNS.
     * @param subscriber the subscriber
     * @param isp index of the ISP
     * @return the network
     */
    L2tpScenarioOffice AddOffice(Ptr<Node> subscriber, uint32_t isp);

    /**
     * @brief Join hosts by an Ethernet with a BRAS.
     * @param bras index of the BRAS
     * @param hosts the hosts
     * @param stream the first random variable stream to use; receives the next one
     * @return their devices, and the BRAS's as the last one
     */
    NetDeviceContainer AddStreet(uint32_t bras, const NodeContainer& hosts, int64_t& stream);

    /// A BRAS. @param i its index @return its node
    Ptr<Node> GetBras(uint32_t i) const;
    /// The RADIUS server's node. @return it
    Ptr<Node> GetRadius() const;
    /// An LNS. @param i its index @return its node
    Ptr<Node> GetLns(uint32_t i) const;
    /// An ISP. @param i its index @return it
    const L2tpScenarioIsp& GetIsp(uint32_t i) const;
    /// The links to ISPs' routers; of each ISP the one from its own LNS first. @return them
    const std::vector<L2tpScenarioUplink>& GetUplinks() const;

    /// Place all nodes but the hosts of streets. @param animation where
    void AddTo(L2tpScenarioAnimation& animation) const;

    /**
     * @brief Capture the outer links of BRASes, LNSs and RADIUS server, the servers' links, and, in
     * a file for each BRAS, all of its streets.
     * @param prefix what the file names begin with
     */
    void EnablePcap(const std::string& prefix);

    /// Make a node with an internet stack. @param name its name @return it
    static Ptr<Node> MakeNode(const std::string& name);
    /// The static routes of a node. @param node the node @return them
    static Ptr<Ipv4StaticRouting> RoutesOf(Ptr<Node> node);

  private:
    /// Give a device an address, which may be somebody else's in another ISP's network. @param
    /// device it @param address the address @param mask its mask @return the interface
    static uint32_t Give(Ptr<NetDevice> device, const char* address, const char* mask);
    /// Join a node with the core router. @param node it, which has a name
    void JoinCore(Ptr<Node> node);
    /// Build what is behind the LNSs. @param i index of the ISP
    void BuildIsp(uint32_t i);

    bool m_ipv6{false};                               //!< whether the core has IPv6 as well
    PointToPointHelper m_links;                       //!< makes links
    CsmaHelper m_ethernet;                            //!< makes streets
    Ipv4AddressHelper m_coreAddresses;                //!< of the core
    L2tpScenarioIpv6 m_coreAddresses6;                //!< the same
    std::array<Ptr<Node>, BRASES> m_brases;           //!< the BRASes
    Ptr<Node> m_core;                                 //!< the core router
    Ptr<Node> m_radius;                               //!< the RADIUS server's node
    std::array<Ptr<Node>, ISPS> m_lnss;               //!< the LNSs
    std::array<L2tpScenarioIsp, ISPS> m_isps;         //!< the ISPs
    std::vector<L2tpScenarioUplink> m_uplinks;        //!< between them
    std::array<NetDeviceContainer, BRASES> m_streets; //!< the BRASes' ends of streets
    NetDeviceContainer m_captured;                    //!< links to capture
};

} // namespace ns3

#endif /* SCENARIO_CARRIER_H */
