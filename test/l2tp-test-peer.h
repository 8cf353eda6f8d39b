/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_PEER_H
#define L2TP_TEST_PEER_H

#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-address.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"
#include "ns3/l2tp-udp-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/simple-channel.h"
#include "ns3/socket.h"

#include <cstdint>
#include <functional>
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
    std::function<void(Ptr<const Packet>)> watchPacket; //!< told of all IP packets
    std::function<void(const L2tpTestDatagram&)> watch; //!< told of UDP datagrams in one piece
    std::function<bool(const L2tpTestDatagram&)> lose;  //!< whether to lose such a datagram
    uint64_t packets{0};                                //!< IP packets sent, lost ones too
    uint64_t fragments{0};                              //!< those that are fragments

  private:
    /**
     * @brief Take the headers off a packet, and count it.
     * @param packet the packet; what is left of a UDP datagram in one piece is its payload
     * @param datagram receives who sends it to whom
     * @return whether it is such a datagram
     */
    bool Dissect(Ptr<Packet> packet, L2tpTestDatagram& datagram);
};

/// The UDP port where the server echoes (RFC 862).
inline constexpr uint16_t L2TP_TEST_ECHO_PORT = 7;

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

    /// Ping a server, and wait two seconds. @param node where @param server whom
    /// @return how many replies came back
    static uint32_t PingOnce(Ptr<Node> node, Ipv4Address server);

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
    /// Send a data message. @param header its header @param frame content
    void SendData(const L2tpHeader& header, const std::vector<uint8_t>& frame);
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
 * @brief A callback that hands on each packet that a socket has, and who sent it.
 * @param function takes them: Ptr<Packet>, const Address&
 */
template <typename Function>
Callback<void, Ptr<Socket>>
ForEachPacket(Function function)
{
    return Callback<void, Ptr<Socket>>([function](Ptr<Socket> socket) {
        Address from;
        while (Ptr<Packet> packet = socket->RecvFrom(from))
        {
            function(packet, from);
        }
    });
}

} // namespace ns3

#endif /* L2TP_TEST_PEER_H */
