/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_IMMEDIATE_ACKNOWLEDGEMENT_H
#define L2TP_IMMEDIATE_ACKNOWLEDGEMENT_H

#include "l2tp-acknowledgement-policy.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A ZLB at once, unless an answer goes out at once.
 */
class L2tpImmediateAcknowledgement : public L2tpAcknowledgementPolicy
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

#endif /* L2TP_IMMEDIATE_ACKNOWLEDGEMENT_H */
