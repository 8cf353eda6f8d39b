/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ACKNOWLEDGEMENT_POLICY_H
#define L2TP_ACKNOWLEDGEMENT_POLICY_H

#include "ns3/nstime.h"
#include "ns3/object.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief When a received control message is acknowledged by a ZLB, if no message goes out that
 * would bear the acknowledgement as well (RFC 2661, section 5.8).
 *
 * It decides about messages that came in order. What comes again is acknowledged at once whatever
 * it says, since the peer's timer has run out already.
 */
class L2tpAcknowledgementPolicy : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief How long an acknowledgement waits for a message to ride on.
     * @param waiting how many messages wait for their acknowledgement, the newest included
     * @return the time from now, 0 for a ZLB as soon as the newest message is dealt with, and
     *         Time::Max() for never. One ZLB acknowledges all, at the earliest time of any.
     */
    virtual Time GetDelay(uint32_t waiting) const = 0;
};

} // namespace ns3

#endif /* L2TP_ACKNOWLEDGEMENT_POLICY_H */
