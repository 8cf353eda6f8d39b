/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DISCARD_EARLY_H
#define L2TP_DISCARD_EARLY_H

#include "l2tp-receive-queueing.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Discard messages that come before their turn, for the peer to send again.
 */
class L2tpDiscardEarly : public L2tpReceiveQueueing
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    bool Keeps(uint16_t ahead, std::size_t kept) const override;
    bool AnswersDiscarded() const override;

  private:
    bool m_answer; //!< attribute Answer
};

} // namespace ns3

#endif /* L2TP_DISCARD_EARLY_H */
