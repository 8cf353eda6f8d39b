/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_PPPOE_LEG_H
#define L2TP_PPPOE_LEG_H

#include "l2tp-access-leg.h"

#include "ns3/data-rate.h"
#include "ns3/pppoe-session.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A leg that is a PPPoE session, at the Access Concentrator.
 *
 * The host's address stands for the calling number, the Service-Name for the called one, unless it
 * is longer than an AVP can be; there is no bearer that RFC 2661 knows of. It ends with result 3
 * (administrative) when the host sends a PADT, since that is asked for, not lost (section 4.4.2);
 * and by a PADT of its own (RFC 2516, section 5.5) when it is released.
 */
class L2tpPppoeLeg : public L2tpAccessLeg
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Make a leg of a session. Whoever is told of the session's end calls Ended().
     * @param session a session that is up
     * @param speed what to tell of its speed, which nobody can know
     */
    L2tpPppoeLeg(Ptr<PppoeSession> session, DataRate speed);
    ~L2tpPppoeLeg() override;

    /// The session. @return it
    Ptr<PppoeSession> GetSession() const;

    /// The session has ended, whoever did it.
    void Ended();

    void HangUp() override;
    Ptr<L2Circuit> GetCircuit() const override;

  protected:
    L2tpCallParameters DescribeCircuit() const override;

  private:
    Ptr<PppoeSession> m_session; //!< the session
    DataRate m_speed;            //!< what to tell of its speed
};

} // namespace ns3

#endif /* L2TP_PPPOE_LEG_H */
