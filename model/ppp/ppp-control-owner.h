/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_CONTROL_OWNER_H
#define PPP_CONTROL_OWNER_H

#include "ppp-automaton.h"
#include "ppp-control-packet.h"
#include "ppp-drop-reason.h"
#include "ppp-reason.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What a control protocol needs of the link it belongs to.
 */
class PppControlOwner
{
  public:
    /**
     * @brief Send a packet of a control protocol.
     * @param protocol the PPP protocol
     * @param packet the packet
     */
    virtual void SendControl(uint16_t protocol, const PppControlPacket& packet) = 0;

    /**
     * @brief Be told that the packet just received was dropped.
     * @param reason why
     */
    virtual void ControlDropped(PppDropReason reason) = 0;

    /**
     * @brief Be told of a transition, before its actions are taken.
     * @param protocol the PPP protocol
     * @param before the old state
     * @param event what happened
     * @param now the new state
     */
    virtual void StateChanged(uint16_t protocol, PppState before, PppEvent event, PppState now) = 0;

    /**
     * @brief This-Layer-Up (RFC 1661, section 4.4).
     * @param protocol the PPP protocol
     */
    virtual void LayerUp(uint16_t protocol) = 0;

    /**
     * @brief This-Layer-Down (RFC 1661, section 4.4).
     * @param protocol the PPP protocol
     */
    virtual void LayerDown(uint16_t protocol) = 0;

    /**
     * @brief This-Layer-Finished (RFC 1661, section 4.4).
     * @param protocol the PPP protocol
     */
    virtual void LayerFinished(uint16_t protocol) = 0;

    /**
     * @brief Be told that there is no sense in going on; the owner should close the link.
     * @param protocol the PPP protocol
     * @param reason why
     */
    virtual void LayerFailed(uint16_t protocol, PppReason reason) = 0;

    /**
     * @brief Be told that the peer doesn't know a protocol (RFC 1661, section 5.7).
     * @param protocol the rejected PPP protocol, not LCP
     */
    virtual void ProtocolRejected(uint16_t protocol) = 0;

  protected:
    ~PppControlOwner() = default;
};

} // namespace ns3

#endif /* PPP_CONTROL_OWNER_H */
