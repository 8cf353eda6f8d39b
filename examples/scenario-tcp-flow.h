/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_TCP_FLOW_H
#define SCENARIO_TCP_FLOW_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/packet-sink.h"
#include "ns3/sequence-number.h"
#include "ns3/socket.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-base.h"

#include <boost/icl/interval_set.hpp>
#include <cstdint>

namespace ns3
{

/**
 * @brief What a TCP socket does: what it sends, sends again, and how often its timer expires.
 */
class L2tpScenarioTcpWatch
{
  public:
    /// Watch a socket. @param socket it
    void Watch(Ptr<Socket> socket);

    uint64_t sent{0};          //!< octets of data sent for the first time
    uint64_t retransmitted{0}; //!< octets of data sent again
    uint32_t timeouts{0};      //!< expiries of the retransmission timer
    Time rto;                  //!< the timer's interval now
    uint32_t window{0};        //!< the congestion window now, in octets

  private:
    /// A segment goes out. @param packet its data @param header its header
    void Tx(Ptr<const Packet> packet, const TcpHeader& header, Ptr<const TcpSocketBase>);
    /// The interval changes. @param before it was that @param now it is this
    void Rto(Time before, Time now);
    /// The window changes. @param now it is this
    void Window(uint32_t, uint32_t now);

    bool m_started{false};   //!< whether there was data
    SequenceNumber32 m_next; //!< the first octet that was not yet sent
};

/**
 * @brief A TCP flow from one host to another that has always something to send, until it is
 * stopped. It must live as long as the run.
 */
class L2tpScenarioTcpFlow
{
  public:
    L2tpScenarioTcpFlow() = default;
    L2tpScenarioTcpFlow(const L2tpScenarioTcpFlow&) = delete;
    L2tpScenarioTcpFlow& operator=(const L2tpScenarioTcpFlow&) = delete;

    /// Let the receiver wait, by the TCP attributes of now. @param receiver its node @param port
    /// its TCP port
    void Listen(Ptr<Node> receiver, uint16_t port);
    /// Begin to send, by the TCP attributes of now. @param sender its node @param to the receiver's
    /// address
    void Start(Ptr<Node> sender, Ipv4Address to);
    /// Give the sender nothing more, and count nothing more but what GetReceived() tells.
    void Stop();

    /// Octets that the receiver's application has got. @return them
    uint64_t GetReceived() const;
    /// Octets that reached the receiver's TCP more than once. @return them
    uint64_t GetDuplicates() const;
    /// The longest time in which the receiver's application got nothing. @return it, up to now
    Time GetLongestStall() const;
    /// The sender's socket. @return it, null before Start()
    Ptr<Socket> GetSocket() const;
    /// What the sender's TCP does. @return it
    const L2tpScenarioTcpWatch& GetWatch() const;

  private:
    /// Octets of a flow, by their places: few ranges, as TCP fills holes before long.
    using Octets = boost::icl::interval_set<uint64_t>;

    /// Give the sender's socket all that it takes. @param socket it
    void Fill(Ptr<Socket> socket);
    /// The receiver has got something. @param packet it
    void Arrived(Ptr<const Packet> packet, const Address&);
    /// The receiver's TCP has got a segment. @param header of IP @param packet the segment
    void Delivered(const Ipv4Header& header, Ptr<const Packet> packet, uint32_t);
    /// The place of an octet in the flow. @param number of TCP @return the same without wrapping,
    /// from an origin of no meaning
    uint64_t PlaceOf(SequenceNumber32 number);

    uint16_t m_port{0};               //!< the receiver's
    Ptr<PacketSink> m_sink;           //!< takes what comes
    Ptr<Socket> m_socket;             //!< sends it
    L2tpScenarioTcpWatch m_watch;     //!< what it does
    bool m_running{false};            //!< whether it is to send
    Octets m_delivered;               //!< octets of data that the receiver's TCP got
    uint64_t m_duplicates{0};         //!< octets that it got more than once
    SequenceNumber32 m_lastNumber;    //!< the number that PlaceOf() was last asked for
    uint64_t m_lastPlace{1ULL << 32}; //!< and its place
    Time m_lastArrival;               //!< when the receiver's application last got something
    Time m_longestStall;              //!< the longest time in which it got nothing, until then
};

} // namespace ns3

#endif /* SCENARIO_TCP_FLOW_H */
