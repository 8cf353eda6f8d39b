/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LEG_JOIN_H
#define L2TP_LEG_JOIN_H

#include "l2tp-leg.h"

#include "ns3/callback.h"
#include "ns3/l2-cross-connect.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Joins two legs for their whole life: frames pass by a cross-connect, and with one leg the
 * other ends, for the same reason.
 *
 * So a LAC joins a remote system's line with the call to the LNS (RFC 2661, section 2.0), and a
 * tunnel switch one call with the next. What the far end of a leg tells of control characters or
 * errors is told to the other's (sections 6.13 and 6.14).
 */
class L2tpLegJoin : public Object, private L2tpLegUser
{
  public:
    /// Told that the legs have ended, and why; the join is of no more use.
    using EndedCallback = Callback<void, Ptr<L2tpLegJoin>, const L2tpLegEnd&>;
    /// TracedCallback signature: why the legs have ended.
    using EndedTracedCallback = void (*)(const L2tpLegEnd& why);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpLegJoin();
    ~L2tpLegJoin() override;

    /**
     * @brief Join two legs. One that has ended already ends the other.
     * @param first a leg
     * @param second another one
     * @param ended told of their end, unless Release() was it, perhaps before this returns; or null
     */
    void Join(Ptr<L2tpLeg> first, Ptr<L2tpLeg> second, EndedCallback ended);

    /// End both legs. @param why why
    void Release(const L2tpLegEnd& why);

    /// A leg. @param side which of the two @return it, null once the legs have ended
    Ptr<L2tpLeg> GetLeg(L2CrossConnect::Side side) const;

    /// What frames pass by. @return the cross-connect, with counters and traces
    Ptr<L2CrossConnect> GetCrossConnect() const;

  protected:
    void DoDispose() override;

  private:
    void LegEnded(L2tpLeg& leg, const L2tpLegEnd& why) override;
    void LegLinkInfo(L2tpLeg& leg, const L2tpAccm& accm) override;
    void LegErrors(L2tpLeg& leg, const L2tpCallErrors& errors) override;

    /// The other leg. @param leg one of the two @return the other one
    Ptr<L2tpLeg> Other(const L2tpLeg& leg) const;
    /// Let go of the legs.
    void Part();

    Ptr<L2CrossConnect> m_cross;                    //!< what frames pass by
    Ptr<L2tpLeg> m_first;                           //!< a leg
    Ptr<L2tpLeg> m_second;                          //!< another one
    EndedCallback m_onEnded;                        //!< told of their end
    TracedCallback<const L2tpLegEnd&> m_endedTrace; //!< their end
};

} // namespace ns3

#endif /* L2TP_LEG_JOIN_H */
