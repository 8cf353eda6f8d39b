/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_NETWORK_H
#define L2TP_TEST_NETWORK_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"
#include "ns3/l2tp-udp-port.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/simple-channel.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"

#include <cstdint>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/// An L2TP datagram as a test sees it.
struct L2tpTestDatagram
{
    Time time;                   //!< when it was sent
    L2tpUdpAddress from;         //!< who sent it
    L2tpUdpAddress to;           //!< to whom
    std::vector<uint8_t> octets; //!< the UDP payload
    L2tpHeader header;           //!< its header; GetError() says whether it is one
    L2tpControlMessage message;  //!< its control message, if it is one

    /**
     * @brief Read a datagram.
     * @param payload the UDP payload
     */
    void Read(Ptr<const Packet> payload);
    /// Whether it is a control message, ZLBs included.
    bool IsControl() const;
    /// Whether it is a ZLB.
    bool IsZlb() const;
    /// Whether it is a control message of a type.
    bool Is(L2tpMessageType type) const;
    /// The octets with Nr set to 0: a message is the same whenever it is retransmitted.
    std::vector<uint8_t> Identity() const;
};

/// A link that can be watched, and that loses what a test wants.
class L2tpTestChannel : public SimpleChannel
{
  public:
    void Send(Ptr<Packet> packet,
              uint16_t protocol,
              Mac48Address to,
              Mac48Address from,
              Ptr<SimpleNetDevice> sender) override;

    bool cut{false};                                    //!< whether nothing passes
    std::function<void(Ptr<const Packet>)> watchPacket; //!< told of all IPv4 packets
    std::function<void(const L2tpTestDatagram&)> watch; //!< told of UDP datagrams in one piece
    std::function<bool(const L2tpTestDatagram&)> lose;  //!< whether to lose such a datagram
    uint64_t packets{0};                                //!< IPv4 packets sent, lost ones too
    uint64_t fragments{0};                              //!< those that are fragments
};

/// A socket that sends UDP datagrams or pings to the server and counts what comes back.
class L2tpTestProbe
{
  public:
    /**
     * @brief Make a probe.
     * @param node where
     * @param server whom to send to
     */
    L2tpTestProbe(Ptr<Node> node, Ipv4Address server);
    ~L2tpTestProbe();

    /// Send a UDP datagram to the echo port. @param size octets of its payload
    void Send(uint32_t size = 100);
    /// Send an ICMP echo request. @param size octets of its payload
    void Ping(uint32_t size = 56);

    uint32_t sent{0};    //!< UDP datagrams sent
    uint32_t echoed{0};  //!< UDP datagrams that came back
    uint32_t pinged{0};  //!< ICMP echo replies that came back
    Ipv4Address replier; //!< who sent the last reply

  private:
    Ptr<Socket> m_udp;    //!< for UDP
    Ptr<Socket> m_icmp;   //!< for ICMP
    Ipv4Address m_server; //!< whom to send to
    uint16_t m_pings{0};  //!< pings sent
};

/// Somebody who sends what he likes to an L2TP port.
class L2tpTestPeer
{
  public:
    /**
     * @brief Make a peer.
     * @param node where
     * @param port his UDP port
     * @param to whom he sends to
     */
    L2tpTestPeer(Ptr<Node> node, uint16_t port, const L2tpUdpAddress& to);
    ~L2tpTestPeer();

    /// Send octets. @param octets the UDP payload
    void Send(const std::vector<uint8_t>& octets);
    /**
     * @brief Send a control message.
     * @param tunnel Tunnel ID @param session Session ID @param ns Ns @param nr Nr
     * @param message the message; one that was never begun makes a ZLB
     */
    void Send(uint16_t tunnel,
              uint16_t session,
              uint16_t ns,
              uint16_t nr,
              const L2tpControlMessage& message = L2tpControlMessage());
    /// Send a data message. @param tunnel Tunnel ID @param session Session ID @param frame content
    void SendData(uint16_t tunnel, uint16_t session, const std::vector<uint8_t>& frame);

    /**
     * @brief Make an SCCRQ or SCCRP that is acceptable.
     * @param type which
     * @param tunnel Assigned Tunnel ID
     */
    static L2tpControlMessage Start(L2tpMessageType type, uint16_t tunnel);

    /// How many messages of a type came. @param type which
    std::size_t Count(L2tpMessageType type) const;
    /// The last message of a type that came; the test fails if there is none. @param type which
    const L2tpTestDatagram& Last(L2tpMessageType type) const;

    std::vector<L2tpTestDatagram> received;                //!< all that came
    std::function<void(const L2tpTestDatagram&)> answer{}; //!< told of each

  private:
    Ptr<Socket> m_socket; //!< his socket
    L2tpUdpAddress m_to;  //!< whom he sends to
};

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
 * datagrams to port 7.
 */
class L2tpTestNetwork
{
  public:
    /**
     * @brief Build the network.
     * @param nHosts how many hosts
     */
    explicit L2tpTestNetwork(uint32_t nHosts);
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
class L2tpNetworkTest : public ::testing::Test
{
  protected:
    void SetUp() override;
    void TearDown() override;

    /// Build the network, with a helper set up for it. @param nHosts how many hosts
    void Build(uint32_t nHosts = 1);
    /// Take the network down, to build another.
    void Clear();
    /// Put a client on each host, an LNS on the LNS.
    void Install();
    /// Run until a time. @param until when
    static void RunUntil(Time until);
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
