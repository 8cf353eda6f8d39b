/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_MIDDLEBOX_H
#define L2TP_MIDDLEBOX_H

#include "ns3/address.h"
#include "ns3/ipv4-address.h"
#include "ns3/net-device.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/traced-callback.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

namespace ns3
{

/// Why a middlebox drops a packet.
enum class L2tpMiddleboxDrop : uint8_t
{
    NOT_UDP,     //!< it is no UDP datagram over IPv4 in one piece
    UNSOLICITED, //!< nobody inside has sent anything that it could be an answer to
    NO_PORT,     //!< all ports are taken
    COUNT        //!< how many reasons there are
};

/**
 * @brief The name of a reason.
 * @param reason why
 * @return a word of lower-case letters and hyphens
 */
const char* L2tpMiddleboxDropName(L2tpMiddleboxDrop reason);

/**
 * @ingroup l2tp
 *
 * @brief A box between hosts and the Internet that looks at UDP datagrams, and lets them pass or
 * not: what NATs and firewalls share.
 *
 * Its node has a device for each link to the inside and one for the outside, of a kind that hears
 * all frames (point-to-point, CSMA, Simple), the same one on both sides; and no internet stack.
 * Like L2tpFaultyWire it learns no addresses, and so takes point-to-point links inside, a host
 * each.
 *
 * Only UDP over IPv4 passes: neither other protocols, ICMP among them, nor fragments have ports.
 */
class L2tpMiddlebox : public Object
{
  public:
    /// TracedCallback signature: a packet that is dropped; why, and the packet with its IP header.
    using DropTracedCallback = void (*)(L2tpMiddleboxDrop reason, Ptr<const Packet> packet);

    /// What a datagram's headers say of who sends it to whom.
    struct Flow
    {
        Ipv4Address source;          //!< who sends
        uint16_t sourcePort{0};      //!< from which port
        Ipv4Address destination;     //!< to whom
        uint16_t destinationPort{0}; //!< to which port

        /// Whether two are the same. @param other another
        bool operator==(const Flow& other) const;
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpMiddlebox();
    ~L2tpMiddlebox() override;

    /**
     * @brief Add a link to the inside.
     * @param device a device of the box's node
     */
    void AddInside(Ptr<NetDevice> device);

    /**
     * @brief Set the link to the outside. Once, or the program stops.
     * @param device a device of the box's node
     */
    void SetOutside(Ptr<NetDevice> device);

    /// How many packets were dropped. @param reason why @return the number
    uint64_t GetNDropped(L2tpMiddleboxDrop reason) const;

  protected:
    /// What becomes of a datagram.
    struct Verdict
    {
        Ptr<NetDevice> device;                                    //!< where to; null: dropped
        L2tpMiddleboxDrop reason{L2tpMiddleboxDrop::UNSOLICITED}; //!< why, if it is
    };

    void DoDispose() override;

    /// The link to the outside. @return its device
    Ptr<NetDevice> GetOutside() const;

  private:
    /**
     * @brief Judge a datagram from the inside.
     * @param device where it came in
     * @param flow what it says; what is changed here is changed in the datagram
     * @return what becomes of it
     */
    virtual Verdict JudgeOutgoing(Ptr<NetDevice> device, Flow& flow) = 0;
    /**
     * @brief Judge a datagram from the outside.
     * @param flow what it says; what is changed here is changed in the datagram
     * @return what becomes of it
     */
    virtual Verdict JudgeIncoming(Flow& flow) = 0;

    /// Listen to a device. @param device one of the node's
    void Listen(Ptr<NetDevice> device);
    /**
     * @brief Take a packet from a device.
     * @param device which one heard it
     * @param packet the packet, with its IP header
     * @param protocol EtherType
     * @param from who sent it
     * @param to to whom
     * @param type whether the device thinks that it is meant
     */
    void Receive(Ptr<NetDevice> device,
                 Ptr<const Packet> packet,
                 uint16_t protocol,
                 const Address& from,
                 const Address& to,
                 NetDevice::PacketType type);
    /// Count and trace. @param reason why @param packet what
    void Drop(L2tpMiddleboxDrop reason, Ptr<const Packet> packet);

    Ptr<NetDevice> m_outside; //!< the link to the outside
    std::array<uint64_t, static_cast<std::size_t>(L2tpMiddleboxDrop::COUNT)>
        m_dropped{};                                                  //!< counts
    TracedCallback<L2tpMiddleboxDrop, Ptr<const Packet>> m_dropTrace; //!< packets dropped
};

} // namespace ns3

#endif /* L2TP_MIDDLEBOX_H */
