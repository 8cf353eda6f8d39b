/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ACCESS_LEG_H
#define L2TP_ACCESS_LEG_H

#include "l2tp-leg.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A leg to a remote system that knows nothing of L2TP: what a LAC has on its other side (RFC
 * 2661, section 2.0).
 */
class L2tpAccessLeg : public L2tpLeg
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpAccessLeg();
    ~L2tpAccessLeg() override;

    /**
     * @brief Set what this end has been through with the remote system, for whoever ends PPP.
     * @param proxy LCP's requests and what the remote system told to prove who it is
     */
    void SetProxyState(const L2tpProxyState& proxy);

    /**
     * @brief Have the circuit end, as if somebody had pulled the plug: whoever has the leg is told.
     * Does nothing if it has ended.
     */
    virtual void HangUp() = 0;

    L2tpCallParameters GetParameters() const final;

  protected:
    void DoRelease(const L2tpLegEnd& why) final;

    /// What is known of the circuit itself. @return the parameters, without any proxy state
    virtual L2tpCallParameters DescribeCircuit() const = 0;

  private:
    L2tpProxyState m_proxy; //!< what this end has been through
};

} // namespace ns3

#endif /* L2TP_ACCESS_LEG_H */
