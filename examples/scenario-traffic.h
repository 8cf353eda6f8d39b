/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_TRAFFIC_H
#define SCENARIO_TRAFFIC_H

#include "ns3/address.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/packet-sink.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <functional>

namespace ns3
{

/**
 * @brief A file that one host sends to another by TCP, and how far it has come. It must live as
 * long as the run.
 */
class L2tpScenarioTransfer
{
  public:
    L2tpScenarioTransfer() = default;
    L2tpScenarioTransfer(const L2tpScenarioTransfer&) = delete;
    L2tpScenarioTransfer& operator=(const L2tpScenarioTransfer&) = delete;

    /**
     * @brief Let the receiver wait for the file.
     * @param receiver its node
     * @param port its TCP port
     * @param bytes the octets of the file
     * @param done called when they are there; may be null
     */
    void Receive(Ptr<Node> receiver, uint16_t port, uint64_t bytes, std::function<void()> done);

    /**
     * @brief Send the file, in the biggest segments that need no fragmentation. A file of no octets
     * is not sent.
     * @param sender the node of the sender
     * @param to the receiver's address
     * @param mtu of the way between them, in octets
     */
    void Send(Ptr<Node> sender, Ipv4Address to, uint16_t mtu);

    /// Whether all of it has arrived. @return true if so; at once if it has no octets
    bool IsDone() const;
    /// What has arrived. @return octets
    uint64_t GetReceived() const;
    /// How fast it was. @return bit/s from the beginning to the end, 0 if that isn't reached
    double GetGoodput() const;

  private:
    /// A part has arrived. @param self the file @param packet the part @param from its sender
    static void Arrived(L2tpScenarioTransfer* self, Ptr<const Packet> packet, const Address& from);

    Ptr<PacketSink> m_sink;       //!< where it arrives
    uint16_t m_port{0};           //!< the TCP port
    uint64_t m_bytes{0};          //!< octets of the file
    std::function<void()> m_done; //!< called at the end
    Time m_begun;                 //!< when it was sent
    Time m_ended;                 //!< when all of it was there
};

/**
 * @brief A voice in one direction: packets of the same size at the same distance, by UDP; 50 of 172
 * octets a second, as RTP with G.711 has them. It must live as long as the run.
 */
class L2tpScenarioVoice
{
  public:
    L2tpScenarioVoice() = default;
    L2tpScenarioVoice(const L2tpScenarioVoice&) = delete;
    L2tpScenarioVoice& operator=(const L2tpScenarioVoice&) = delete;

    /**
     * @brief Begin to talk.
     * @param speaker the node that sends
     * @param listener the node that receives
     * @param to the listener's address
     * @param port the listener's UDP port
     * @param duration how long to talk
     */
    void Talk(Ptr<Node> speaker, Ptr<Node> listener, Ipv4Address to, uint16_t port, Time duration);

    /// What was sent. @return packets
    uint64_t GetSent() const;
    /// What has arrived. @return packets
    uint64_t GetReceived() const;

  private:
    /// A packet is sent. @param self the voice @param packet it
    static void Sent(L2tpScenarioVoice* self, Ptr<const Packet> packet);
    /// A packet has arrived. @param self the voice @param packet it @param from its sender
    static void Arrived(L2tpScenarioVoice* self, Ptr<const Packet> packet, const Address& from);

    uint64_t m_sent{0};     //!< packets sent
    uint64_t m_received{0}; //!< packets that arrived
};

} // namespace ns3

#endif /* SCENARIO_TRAFFIC_H */
