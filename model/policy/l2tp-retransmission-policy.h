/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RETRANSMISSION_POLICY_H
#define L2TP_RETRANSMISSION_POLICY_H

#include "ns3/nstime.h"
#include "ns3/object.h"

#include <cstdint>
#include <optional>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief When an unacknowledged control message is sent again, and when to give up.
 *
 * Each control channel has a policy object of its own, so that a policy may keep state. A scenario
 * can have a policy of its own by deriving from this class (examples/l2tp-own-policy.cc).
 */
class L2tpRetransmissionPolicy : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief How long to wait for an acknowledgement.
     * @param retransmissions how often the message at the front was retransmitted already
     * @return the time from its last transmission to the next, or to giving up
     */
    virtual Time GetInterval(uint32_t retransmissions) const = 0;

    /**
     * @brief How often to retransmit before the peer is taken for dead.
     * @return the number of retransmissions, the first transmission not counted
     */
    virtual uint32_t GetMaxRetransmissions() const = 0;

    /**
     * @brief How often to retransmit the first message as long as nothing at all was heard of the
     * peer, which may not be there.
     * @return the number; by default the same as for any other message
     */
    virtual uint32_t GetMaxInitialRetransmissions() const;

    /**
     * @brief Messages were acknowledged. By default a policy doesn't care.
     * @param retransmissions how often the timer ran out since the last acknowledgement
     * @param roundTrip how long it took, if the messages were sent only once (Karn's algorithm:
     *        of others nobody knows which transmission is acknowledged)
     */
    virtual void OnAcknowledgement(uint32_t retransmissions, std::optional<Time> roundTrip);

    /**
     * @brief A full retransmission cycle: from a message's first transmission to giving up.
     *
     * RFC 2661, sections 5.7 and 5.8, keep a closed control connection's state for this long.
     * @return the sum of all intervals
     */
    Time GetFullCycle() const;
};

} // namespace ns3

#endif /* L2TP_RETRANSMISSION_POLICY_H */
