/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_PIGGYBACK_ACKNOWLEDGEMENT_H
#define L2TP_PIGGYBACK_ACKNOWLEDGEMENT_H

#include "l2tp-acknowledgement-policy.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief No ZLB for a message that came for the first time: its acknowledgement waits for a message
 * to ride on, for ever if none goes out. What the peer then repeats is answered by a ZLB.
 */
class L2tpPiggybackAcknowledgement : public L2tpAcknowledgementPolicy
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    Time GetDelay(uint32_t waiting) const override;
};

} // namespace ns3

#endif /* L2TP_PIGGYBACK_ACKNOWLEDGEMENT_H */
