/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_NETWORK_H
#define L2TP_TEST_NETWORK_H

#include "l2tp-test-peer.h"
#include "simulation-test.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-static-routing.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief The network of most tests.
 *
 * @verbatim
 *   host 0 - 10.1.0.0/24 -+
 *   host 1 - 10.1.1.0/24 -+- router - 10.2.0.0/24 - LNS - 10.3.0.0/24 - server
 *   ...                   |    .1      "internet"    .2  .1          .2
 *     .2              .1 -+
 * @endverbatim
 *
 * A hop takes 1 ms, the internet 5 ms. Hosts and server have default routes; the server echoes UDP
 * datagrams to port 7. With IPv6 each has an IPv6 address for each IPv4 address, which Ipv6Of()
 * tells: fd00:1:0::2 is that of host 0.
 */
class L2tpTestNetwork
{
  public:
    /**
     * @brief Build the network.
     * @param nHosts how many hosts
     * @param ipv6 whether the nodes have IPv6 as well
     */
    explicit L2tpTestNetwork(uint32_t nHosts, bool ipv6 = false);
    ~L2tpTestNetwork();

    /**
     * @brief Join two nodes by a link.
     * @param left gets the address .1 @param right gets the address .2
     * @param network their network, of 24 bits
     * @param delay of the link
     * @return the link
     */
    Ptr<L2tpTestChannel> Join(Ptr<Node> left, Ptr<Node> right, const char* network, Time delay);

    /// A host's address. @param i which host
    Ipv4Address GetHostAddress(uint32_t i) const;
    /// The IPv6 address that goes with an IPv4 address. @param address it
    static Ipv6Address Ipv6Of(Ipv4Address address);
    /// The static IPv6 routes of a node. @param node it
    static Ptr<Ipv6StaticRouting> Routing6Of(Ptr<Node> node);
    /// The static routes of a node. @param node it
    static Ptr<Ipv4StaticRouting> RoutingOf(Ptr<Node> node);
    /// The static routes of a node in words. @param node it
    static std::string RoutesOf(Ptr<Node> node);

    NodeContainer hosts;                         //!< the hosts
    Ptr<Node> router;                            //!< the router
    Ptr<Node> lns;                               //!< the LNS
    Ptr<Node> server;                            //!< the server
    const Ipv4Address lnsAddress{"10.2.0.2"};    //!< of the LNS
    const Ipv4Address serverAddress{"10.3.0.2"}; //!< of the server
    Ptr<L2tpTestChannel> internet;               //!< between router and LNS
    std::vector<Ptr<L2tpTestChannel>> access;    //!< between hosts and router
    std::map<Ipv4Address, uint32_t> served;      //!< datagrams that the server saw, by source

  private:
    Ptr<Socket> m_echo; //!< the server's
};

/// A test with the network; it leaves nothing behind.
class L2tpNetworkTest : public SimulationTest
{
  protected:
    void SetUp() override;
    void TearDown() override;

    /// Build the network, with a helper set up for it. @param nHosts how many hosts @param version
    /// 4 or 6: over which IP tunnels are to run; with 6 the network has both
    void Build(uint32_t nHosts = 1, int version = 4);
    /// Take the network down, to build another.
    void Clear();
    /// Put a client on each host, an LNS on the LNS.
    void Install();
    /// Run until nothing is left to do; the test fails if that takes over an hour.
    static void RunOut();
    /// Expect that nothing is left of tunnels and calls at either end.
    void ExpectNothingLeft() const;
    /// Expect that traffic passes through a client's tunnel, in a second. @param i which client
    void ExpectTraffic(uint32_t i = 0);

    /// A client's LAC. @param i which client
    Ptr<L2tpLac> Lac(uint32_t i = 0) const;
    /// A client. @param i which
    Ptr<L2tpVoluntaryClient> Client(uint32_t i = 0) const;
    /// The LNS.
    Ptr<L2tpLns> Lns() const;

    std::unique_ptr<L2tpTestNetwork> net;     //!< the network
    std::unique_ptr<L2tpVoluntaryHelper> vpn; //!< installs tunnels
    L2tpVpnContainer tunnels;                 //!< what it installed

  private:
    uint32_t m_seed{0}; //!< of the random numbers before the test
    uint64_t m_run{0};  //!< of the random numbers before the test
};

} // namespace ns3

#endif /* L2TP_TEST_NETWORK_H */
