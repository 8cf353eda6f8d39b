/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RECEIVE_QUEUEING_H
#define L2TP_RECEIVE_QUEUEING_H

#include "ns3/object.h"

#include <cstddef>
#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What becomes of control messages that come before their turn: they "may be queued for
 * in-order delivery [...], or they may be discarded requiring a retransmission by the peer" (RFC
 * 2661, section 5.8).
 *
 * Those beyond the receive window, or the octets of MaxBacklog, are discarded whatever it says.
 */
class L2tpReceiveQueueing : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Whether to keep a message until its turn.
     * @param ahead how many messages are missing before it, those that are kept counted as well
     * @param kept how many are kept already
     * @return false if it is discarded
     */
    virtual bool Keeps(uint16_t ahead, std::size_t kept) const = 0;

    /**
     * @brief Whether the peer is told at once, by a ZLB, which message is the next one in order
     * when one is discarded.
     * @return true if it is
     */
    virtual bool AnswersDiscarded() const = 0;
};

} // namespace ns3

#endif /* L2TP_RECEIVE_QUEUEING_H */
