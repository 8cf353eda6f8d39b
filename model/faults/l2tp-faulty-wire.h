/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FAULTY_WIRE_H
#define L2TP_FAULTY_WIRE_H

#include "l2tp-fault-model.h"

#include "ns3/address.h"
#include "ns3/net-device.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A box in a wire: a node between two links that hands each frame on from one to the other,
 * by two fault models, one each way.
 *
 * It stands where a network emulator stands in a laboratory. Both neighbours see one link, whose
 * captures differ at its ends by what went wrong between them:
 *
 * @verbatim
 *   LAC ===== box ===== LNS          10.0.0.1/30 .. 10.0.0.2/30
 * @endverbatim
 *
 * The box's node needs two devices and no internet stack; the devices may be of any kind that
 * hears all frames (point-to-point, CSMA, Simple), the same one on both sides. It learns no
 * addresses: whatever is heard on one side goes to the other.
 *
 * @code
 *   auto wire = CreateObject<L2tpFaultyWire>();
 *   wire->Join(left, right);                        // two devices of the box
 *   wire->SetFaults(there, back);                   // two L2tpFaultModels
 *   box->AggregateObject(wire);                     // so that Config::Set() reaches it
 * @endcode
 */
class L2tpFaultyWire : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpFaultyWire();
    ~L2tpFaultyWire() override;

    /**
     * @brief Join two devices. Once, and both on the same node, or the program stops.
     * @param left a device
     * @param right another
     */
    void Join(Ptr<NetDevice> left, Ptr<NetDevice> right);

    /**
     * @brief Set what goes wrong. Without, or with null, nothing does.
     * @param leftToRight with frames that come in on the left
     * @param rightToLeft with those that come in on the right; may be the same model
     */
    void SetFaults(Ptr<L2tpFaultModel> leftToRight, Ptr<L2tpFaultModel> rightToLeft);

    /**
     * @brief Assign fixed random variable stream numbers.
     * @param stream the first one to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Take a frame from a device.
     * @param device which one heard it
     * @param frame the frame, without its link layer header
     * @param protocol EtherType
     * @param from who sent it
     * @param to to whom
     * @param type whether the device thinks that it is meant
     */
    void Receive(Ptr<NetDevice> device,
                 Ptr<const Packet> frame,
                 uint16_t protocol,
                 const Address& from,
                 const Address& to,
                 NetDevice::PacketType type);

    /**
     * @brief Turn over a bit.
     * @param frame the frame
     * @param bit which one, from 0
     * @return the frame as it is then
     */
    static Ptr<Packet> Damage(Ptr<const Packet> frame, uint32_t bit);

    /**
     * @brief Put a frame on the other wire.
     * @param device by which device
     * @param frame the frame
     * @param from who sent it
     * @param to to whom
     * @param protocol EtherType
     */
    static void Forward(Ptr<NetDevice> device,
                        Ptr<Packet> frame,
                        const Address& from,
                        const Address& to,
                        uint16_t protocol);

    Ptr<NetDevice> m_left;             //!< one end
    Ptr<NetDevice> m_right;            //!< the other
    Ptr<L2tpFaultModel> m_leftToRight; //!< attribute LeftToRight
    Ptr<L2tpFaultModel> m_rightToLeft; //!< attribute RightToLeft
};

} // namespace ns3

#endif /* L2TP_FAULTY_WIRE_H */
