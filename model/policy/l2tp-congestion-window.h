/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CONGESTION_WINDOW_H
#define L2TP_CONGESTION_WINDOW_H

#include "ns3/object.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief How many control messages may be unacknowledged at once, within the peer's window.
 */
class L2tpCongestionWindow : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Learn the peer's Receive Window Size, at the start or when its AVP arrives.
     * @param size messages, at least 1
     */
    virtual void SetAdvertisedWindow(uint16_t size) = 0;

    /// An acknowledgement of something new has arrived.
    virtual void OnAcknowledgement() = 0;

    /// A retransmission was triggered, which is the sign of congestion.
    virtual void OnRetransmission() = 0;

    /**
     * @brief The window.
     * @return messages, from 1 to the advertised window
     */
    virtual uint16_t GetWindow() const = 0;

    /**
     * @brief Where slow start ends.
     * @return messages
     */
    virtual uint16_t GetThreshold() const = 0;
};

} // namespace ns3

#endif /* L2TP_CONGESTION_WINDOW_H */
