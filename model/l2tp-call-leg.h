/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CALL_LEG_H
#define L2TP_CALL_LEG_H

#include "l2tp-leg.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A leg that is an L2TP call: its session is the circuit (RFC 2661, section 5.2).
 *
 * SLIs and WENs of the peer are told to the user, and what the user tells goes out as one, if this
 * end of the call may send it: an LNS sends SLIs, a LAC WENs (sections 6.13 and 6.14).
 */
class L2tpCallLeg : public L2tpLeg
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Make a leg of a call. Whoever is told of the call's end calls Cleared().
     * @param call a call that is not cleared
     */
    explicit L2tpCallLeg(Ptr<L2tpCall> call);
    ~L2tpCallLeg() override;

    /// The call. @return it
    Ptr<L2tpCall> GetCall() const;

    /// The call is cleared, whoever did it.
    void Cleared();

    Ptr<L2Circuit> GetCircuit() const override;
    L2tpCallParameters GetParameters() const override;
    void TellLinkInfo(const L2tpAccm& accm) override;
    void TellErrors(const L2tpCallErrors& errors) override;

  protected:
    void DoDispose() override;
    void DoRelease(const L2tpLegEnd& why) override;

  private:
    /// Hear no more of the call's traces.
    void Unhook();

    Ptr<L2tpCall> m_call; //!< the call
};

} // namespace ns3

#endif /* L2TP_CALL_LEG_H */
