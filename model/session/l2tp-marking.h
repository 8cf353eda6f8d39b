/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_MARKING_H
#define L2TP_MARKING_H

#include "l2tp-ecn.h"

#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/// What a marking made of a frame that came out of a tunnel.
struct L2tpMarkingOutcome
{
    bool isDropped{false};            //!< whether to drop it (RFC 6040, section 4.2)
    bool isCe{false};                 //!< whether it says congestion experienced since the tunnel
    L2tpEcnUse use{L2tpEcnUse::USED}; //!< what is thought of its ECN fields
};

/**
 * @ingroup l2tp
 *
 * @brief What the outer IP headers of a tunnel have to do with those inside: DSCP and ECN, in the
 * octet that IPv6 calls traffic class, and IPv4 once called type of service.
 *
 * One object serves all tunnels and sessions of an endpoint, so it has no state of its own.
 */
class L2tpMarking : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /// The traffic class of datagrams with control messages. @return the octet
    virtual uint8_t GetControlClass() const = 0;

    /**
     * @brief The traffic class of the datagram that is to carry a frame.
     * @param frame the frame, as a session was given it: it begins with PPP's header
     * @return the octet
     */
    virtual uint8_t GetDataClass(const Ptr<const Packet>& frame) const = 0;

    /**
     * @brief Let a frame have of the outer header what it is to have.
     * @param frame the frame, as the session delivers it unless it is to be dropped
     * @param outer the traffic class of the datagram that carried it
     * @return what became of it
     */
    virtual L2tpMarkingOutcome Receive(const Ptr<Packet>& frame, uint8_t outer) const = 0;
};

} // namespace ns3

#endif /* L2TP_MARKING_H */
