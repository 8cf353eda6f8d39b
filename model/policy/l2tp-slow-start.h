/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SLOW_START_H
#define L2TP_SLOW_START_H

#include "l2tp-congestion-window.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Slow start and congestion avoidance as in RFC 2661, Appendix A.
 */
class L2tpSlowStart : public L2tpCongestionWindow
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    void SetAdvertisedWindow(uint16_t size) override;
    void OnAcknowledgement() override;
    void OnRetransmission() override;
    uint16_t GetWindow() const override;
    uint16_t GetThreshold() const override;

  private:
    uint16_t m_advertised{4}; //!< the peer's window; 4 until it says otherwise (section 4.4.3)
    uint16_t m_window{1};     //!< CWND
    uint16_t m_threshold{4};  //!< SSTHRESH
    uint16_t m_newAcks{0};    //!< new ACKs since CWND grew, in congestion avoidance
    bool m_congested{false};  //!< whether SSTHRESH comes from congestion
};

} // namespace ns3

#endif /* L2TP_SLOW_START_H */
