/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_EXPONENTIAL_BACKOFF_H
#define L2TP_EXPONENTIAL_BACKOFF_H

#include "l2tp-retransmission-policy.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The policy of RFC 2661, section 5.8: an interval that doubles, up to a cap.
 *
 * With the defaults a message is sent at 0, 1, 3, 7, 15 and 23 s, and given up at 31 s.
 */
class L2tpExponentialBackoff : public L2tpRetransmissionPolicy
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    Time GetInterval(uint32_t retransmissions) const override;
    uint32_t GetMaxRetransmissions() const override;
    uint32_t GetMaxInitialRetransmissions() const override;

  protected:
    void NotifyConstructionCompleted() override;

  private:
    Time m_initialInterval;               //!< before the first retransmission
    Time m_maxInterval;                   //!< the cap
    uint32_t m_maxRetransmissions;        //!< before the peer is taken for dead
    uint32_t m_maxInitialRetransmissions; //!< the same, while nothing was heard of the peer
    bool m_allowShortCap;                 //!< whether the cap may be under the RFC's 8 s
};

} // namespace ns3

#endif /* L2TP_EXPONENTIAL_BACKOFF_H */
