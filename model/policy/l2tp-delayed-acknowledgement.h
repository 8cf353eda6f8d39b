/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DELAYED_ACKNOWLEDGEMENT_H
#define L2TP_DELAYED_ACKNOWLEDGEMENT_H

#include "l2tp-acknowledgement-policy.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A ZLB after a time, unless a message goes out before, which bears the acknowledgement.
 */
class L2tpDelayedAcknowledgement : public L2tpAcknowledgementPolicy
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    Time GetDelay(uint32_t waiting) const override;

  private:
    Time m_delay; //!< attribute Delay
};

} // namespace ns3

#endif /* L2TP_DELAYED_ACKNOWLEDGEMENT_H */
