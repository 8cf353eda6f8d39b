/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2_TCP_CIRCUIT_H
#define L2_TCP_CIRCUIT_H

#include "ns3/address.h"
#include "ns3/attribute.h"
#include "ns3/l2-circuit.h"
#include "ns3/node.h"
#include "ns3/ptr.h"
#include "ns3/socket.h"
#include "ns3/traced-callback.h"
#include "ns3/traced-value.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// Why a circuit over TCP dropped a frame.
enum class L2TcpDropReason : uint8_t
{
    NOT_CONNECTED, //!< a frame to be sent while there is no connection
    EMPTY,         //!< a frame without an octet, to be sent or received
    TOO_LONG,      //!< longer than a length of two octets tells, or than the socket's send buffer
    QUEUE_FULL,    //!< a frame to be sent while too many others wait for room in the send buffer
    CLOSED,        //!< still in the queue when the connection ended
    NO_RECEIVER,   //!< nobody is attached to the circuit
    COUNT          //!< how many reasons there are
};

/// How many reasons there are, as a size.
inline constexpr std::size_t L2_TCP_DROP_REASONS = static_cast<std::size_t>(L2TcpDropReason::COUNT);

/**
 * @brief Name a reason.
 * @param reason the reason
 * @return words of lower-case letters, joined by hyphens
 */
const char* L2TcpDropReasonName(L2TcpDropReason reason);

/// What a circuit over TCP counts.
struct L2TcpStatistics
{
    uint64_t txFrames{0};                                //!< frames given to the socket
    uint64_t txOctets{0};                                //!< octets of them, without the lengths
    uint64_t rxFrames{0};                                //!< frames delivered
    uint64_t rxOctets{0};                                //!< octets of them, without the lengths
    std::array<uint64_t, L2_TCP_DROP_REASONS> dropped{}; //!< by L2TcpDropReason
};

/**
 * @ingroup l2tp
 *
 * @brief One end of a TCP connection that carries layer-2 frames: a model of VPNs over TCP, to
 * compare L2TP with. It is no part of L2TP.
 *
 * In the stream each frame has its length before it, in two octets, the more significant one first,
 * as in OpenVPN's TCP mode and as DNS has it (RFC 1035, section 4.2.2). Nothing else is there: no
 * handshake, no cipher. Frames are neither lost nor reordered between the ends.
 *
 * A frame for which the socket's send buffer has no room waits in a queue, as frames wait in a
 * tunnel interface's queue while a VPN daemon is blocked in write(); if the queue is full, the
 * frame is dropped. So TCP's back pressure ends here, and the senders inside learn of it by delay
 * first, and by loss then.
 *
 * One end listens and takes one connection at a time; the other connects. The circuit is up while
 * the connection is established.
 */
class L2TcpCircuit : public L2Circuit
{
  public:
    /// TracedCallback signature: a frame that goes into or came out of the stream.
    using FrameTracedCallback = void (*)(Ptr<const Packet> frame);
    /// TracedCallback signature: a frame that was dropped, and why.
    using DropTracedCallback = void (*)(L2TcpDropReason reason, Ptr<const Packet> frame);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2TcpCircuit();
    ~L2TcpCircuit() override;

    /**
     * @brief Set an attribute of the TCP socket, such as SegmentSize, SndBufSize or RcvBufSize;
     * before Listen() or Connect(). The others are TcpSocket's and TcpSocketBase's defaults.
     * @param name the attribute
     * @param value its value
     */
    void SetSocketAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Wait for the other end to connect.
     * @param node the node of this end
     * @param local the address and port to listen at, an InetSocketAddress or Inet6SocketAddress
     */
    void Listen(Ptr<Node> node, const Address& local);

    /**
     * @brief Connect to the other end. If that fails the circuit stays down.
     * @param node the node of this end
     * @param remote the other end's address and port
     */
    void Connect(Ptr<Node> node, const Address& remote);

    /// End the connection, and listen no more. What is in the send buffer is still sent.
    void Close();

    bool Send(Ptr<Packet> frame) override;

    /**
     * @brief Get the connection's socket, for its trace sources.
     * @return the socket, or null if there is no connection
     */
    Ptr<Socket> GetSocket() const;

    /**
     * @brief Get what waits at this end: frames in the queue, and what is in the send buffer, sent
     * and not acknowledged included.
     * @return octets, of the stream
     */
    uint32_t GetBacklog() const;

    /// What was counted. @return the counters
    const L2TcpStatistics& GetStatistics() const;

  protected:
    void DoDispose() override;

  private:
    /// Make a socket. @param node where @return it
    Ptr<Socket> MakeSocket(Ptr<Node> node) const;
    /// Use a connected socket. @param socket it
    void Use(Ptr<Socket> socket);
    /// Forget a socket: it calls nobody any more. @param socket it, or null
    static void Detach(const Ptr<Socket>& socket);

    /// Connect() has succeeded. @param socket its socket
    void Connected(Ptr<Socket> socket);
    /// Whether a peer may connect. @param socket the listening one @param from who @return so
    bool MayAccept(Ptr<Socket> socket, const Address& from);
    /// A peer has connected. @param socket the new socket @param from who
    void Accepted(Ptr<Socket> socket, const Address& from);
    /// The connection has ended, or Connect() has failed. @param socket its socket
    void Ended(Ptr<Socket> socket);
    /// The send buffer has room. @param socket whose @param room octets
    void HasRoom(Ptr<Socket> socket, uint32_t room);
    /// Octets have come. @param socket where
    void HasOctets(Ptr<Socket> socket);

    /// Put a frame into the stream, which has room. @param frame it
    void Write(const Ptr<Packet>& frame);
    /// Deliver the frames that are complete.
    void Parse();
    /// End the connection on this side, and drop what waits.
    void Reset();
    /// Count and trace a drop. @param reason why @param frame what
    void Drop(L2TcpDropReason reason, Ptr<const Packet> frame);

    uint32_t m_maxQueue; //!< attribute QueueSize
    std::vector<std::pair<std::string, Ptr<AttributeValue>>> m_socketAttributes; //!< of sockets
    Ptr<Socket> m_listener;                      //!< waits for a peer, or null
    Ptr<Socket> m_socket;                        //!< the connection, or the attempt at one, or null
    uint32_t m_bufferSize{0};                    //!< octets of the socket's send buffer
    std::deque<Ptr<Packet>> m_queue;             //!< frames that wait for room
    uint32_t m_queueOctets{0};                   //!< octets of them, with their lengths
    Ptr<Packet> m_stream;                        //!< what has come and is no complete frame yet
    L2TcpStatistics m_statistics;                //!< what is counted
    TracedValue<uint32_t> m_queued{0};           //!< frames in the queue
    TracedCallback<Ptr<const Packet>> m_txTrace; //!< frames given to the socket
    TracedCallback<Ptr<const Packet>> m_rxTrace; //!< frames delivered
    TracedCallback<L2TcpDropReason, Ptr<const Packet>> m_dropTrace; //!< frames dropped
};

} // namespace ns3

#endif /* L2_TCP_CIRCUIT_H */
