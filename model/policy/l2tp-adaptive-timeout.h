/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ADAPTIVE_TIMEOUT_H
#define L2TP_ADAPTIVE_TIMEOUT_H

#include "l2tp-retransmission-policy.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A time-out from the measured round-trip time, as TCP's (RFC 6298).
 *
 * The time-out is SRTT + max(G, 4 RTTVAR) (section 2), rounded up to MinTimeout. It doubles each
 * time that it runs out (5.5), and stays so until a round trip was measured again, which only a
 * message that was sent once can do (section 3, Karn's algorithm).
 *
 * Rule 5.7, for TCP's SYN, has no counterpart here.
 */
class L2tpAdaptiveTimeout : public L2tpRetransmissionPolicy
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    Time GetInterval(uint32_t retransmissions) const override;
    uint32_t GetMaxRetransmissions() const override;
    void OnAcknowledgement(uint32_t retransmissions, std::optional<Time> roundTrip) override;

    /// SRTT. @return the smoothed round-trip time; 0 before the first measurement
    Time GetSmoothedRoundTrip() const;

    /// RTTVAR. @return the round-trip time's variation
    Time GetVariation() const;

  private:
    Time m_initialTimeout;         //!< before anything was measured
    Time m_minTimeout;             //!< the least
    Time m_maxTimeout;             //!< the most
    Time m_granularity;            //!< G, the clock's
    uint32_t m_maxRetransmissions; //!< before the peer is taken for dead
    bool m_measured{false};        //!< whether SRTT and RTTVAR are known
    Time m_smoothed;               //!< SRTT
    Time m_variation;              //!< RTTVAR
    uint32_t m_backoffs{0};        //!< doublings that remain from messages acknowledged since
};

} // namespace ns3

#endif /* L2TP_ADAPTIVE_TIMEOUT_H */
