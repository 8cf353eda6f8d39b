/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_KEEP_EARLY_H
#define L2TP_KEEP_EARLY_H

#include "l2tp-receive-queueing.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Keep messages that come before their turn.
 */
class L2tpKeepEarly : public L2tpReceiveQueueing
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
    uint16_t m_maxMessages; //!< attribute MaxMessages
};

} // namespace ns3

#endif /* L2TP_KEEP_EARLY_H */
