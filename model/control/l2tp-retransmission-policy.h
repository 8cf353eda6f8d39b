/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RETRANSMISSION_POLICY_H
#define L2TP_RETRANSMISSION_POLICY_H

#include "ns3/nstime.h"
#include "ns3/object.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief When an unacknowledged control message is sent again, and when to give up.
 *
 * Each control channel has a policy object of its own, so that a policy may keep state.
 */
class L2tpRetransmissionPolicy : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief How long to wait for an acknowledgement.
     * @param retransmissions how often the message at the front was retransmitted already
     * @return the time from its last transmission to the next, or to giving up
     */
    virtual Time GetInterval(uint32_t retransmissions) const = 0;

    /**
     * @brief How often to retransmit before the peer is taken for dead.
     * @return the number of retransmissions, the first transmission not counted
     */
    virtual uint32_t GetMaxRetransmissions() const = 0;

    /**
     * @brief A full retransmission cycle: from a message's first transmission to giving up.
     *
     * RFC 2661, sections 5.7 and 5.8, keep a closed control connection's state for this long.
     * @return the sum of all intervals
     */
    Time GetFullCycle() const;
};

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

  protected:
    void NotifyConstructionCompleted() override;

  private:
    Time m_initialInterval;        //!< before the first retransmission
    Time m_maxInterval;            //!< the cap
    uint32_t m_maxRetransmissions; //!< before the peer is taken for dead
    bool m_allowShortCap;          //!< whether the cap may be under the RFC's 8 s
};

} // namespace ns3

#endif /* L2TP_RETRANSMISSION_POLICY_H */
