/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FIXED_WINDOW_H
#define L2TP_FIXED_WINDOW_H

#include "l2tp-congestion-window.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A window that doesn't change, whatever is lost.
 *
 * Without a Size only the peer's window counts: that is no congestion control at all. With a Size
 * of 1 messages go in lock step, as in RFC 2661, Appendix B.1: each waits until the one before it
 * is acknowledged.
 */
class L2tpFixedWindow : public L2tpCongestionWindow
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
    uint16_t m_size;          //!< attribute Size
    uint16_t m_advertised{4}; //!< the peer's window; 4 until it says otherwise (section 4.4.3)
};

} // namespace ns3

#endif /* L2TP_FIXED_WINDOW_H */
