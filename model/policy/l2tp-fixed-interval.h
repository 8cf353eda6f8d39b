/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FIXED_INTERVAL_H
#define L2TP_FIXED_INTERVAL_H

#include "l2tp-retransmission-policy.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief An interval that never grows.
 *
 * RFC 2661, section 5.8, demands an exponential backoff; some implementations do without, and a
 * study may want to see what becomes of that.
 */
class L2tpFixedInterval : public L2tpRetransmissionPolicy
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    Time GetInterval(uint32_t retransmissions) const override;
    uint32_t GetMaxRetransmissions() const override;

  private:
    Time m_interval;               //!< from each transmission to the next
    uint32_t m_maxRetransmissions; //!< before the peer is taken for dead
};

} // namespace ns3

#endif /* L2TP_FIXED_INTERVAL_H */
