/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_USER_TIMERS_H
#define PPP_USER_TIMERS_H

#include "ppp-reason.h"

#include "ns3/callback.h"
#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"

#include <functional>
#include <optional>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief How long a user may stay: in all, and without a packet (RFC 2865, sections 5.27 and 5.28).
 */
class PppUserTimers
{
  public:
    /// Told that the user's time is over, and which.
    using ExpiredCallback = std::function<void(PppReason)>;

    PppUserTimers() = default;
    /// Cancels the timers.
    ~PppUserTimers();
    PppUserTimers(const PppUserTimers&) = delete;
    PppUserTimers& operator=(const PppUserTimers&) = delete;

    /// Set who is told. @param expired told once that time is over
    void SetExpiredCallback(ExpiredCallback expired);

    /**
     * @brief The user is served from now on. If it was already, as PPP has negotiated anew, its
     * time goes on.
     * @param session how long it may stay, 0 for ever
     * @param idle how long it may stay without a packet, 0 for ever
     */
    void Start(Time session, Time idle);

    /// The user has gone.
    void Stop();

    /// A packet of the user passes.
    void Touch()
    {
        if (m_idle.IsStrictlyPositive())
        {
            m_lastPacket = Simulator::Now();
        }
    }

  private:
    /// End the user's time if there was no packet, else look again when that could be.
    void CheckIdle();
    /// The user's time is over. @param reason which
    void Expire(PppReason reason);

    ExpiredCallback m_expired;   //!< told that time is over
    std::optional<Time> m_since; //!< since when the user is served
    Time m_idle;                 //!< how long it may be without a packet
    Time m_lastPacket;           //!< when the last one passed
    EventId m_sessionEnd;        //!< when it has stayed long enough
    EventId m_idleCheck;         //!< when it may have been idle too long
};

} // namespace ns3

#endif /* PPP_USER_TIMERS_H */
