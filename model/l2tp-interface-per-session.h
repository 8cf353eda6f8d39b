/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_INTERFACE_PER_SESSION_H
#define L2TP_INTERFACE_PER_SESSION_H

#include "l2tp-ppp-terminator.h"

#include "ns3/ppp-net-device.h"

#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Gives each session a PppNetDevice of its own, as teaching and small set-ups want it.
 *
 * ns-3 can't take a device away from a node again. So a device whose session is cleared waits for
 * the next session: there are as many as there ever were sessions at once. What a packet costs
 * grows with their number; L2tpAggregatedInterface is for an LNS of many sessions.
 */
class L2tpInterfacePerSession : public L2tpPppTerminator
{
  public:
    /// TracedCallback signature: a leg, and the device that ends its PPP.
    using SessionTracedCallback = void (*)(Ptr<const L2tpLeg> leg, Ptr<PppNetDevice> device);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpInterfacePerSession();
    ~L2tpInterfacePerSession() override;

    /**
     * @brief The device that ends a leg's PPP.
     * @param leg a leg that is there
     * @return the device, or null if the leg has none
     */
    Ptr<PppNetDevice> GetDevice(Ptr<const L2tpLeg> leg) const;

    uint32_t GetPortNumber(Ptr<const L2tpLeg> leg) const override;

  protected:
    void DoDispose() override;

  private:
    void DoStart() override;
    void AddPort(std::size_t port, Ptr<PppLink> link) override;
    void PortUsed(std::size_t port, Ptr<const L2tpLeg> leg) override;
    void PortAdmitted(std::size_t port, const L2tpDomain& domain) override;
    void PortStreamAssigned(std::size_t port, int64_t stream) override;

    std::vector<Ptr<PppNetDevice>> m_devices;                             //!< by number
    TracedCallback<Ptr<const L2tpLeg>, Ptr<PppNetDevice>> m_sessionTrace; //!< legs attached
};

} // namespace ns3

#endif /* L2TP_INTERFACE_PER_SESSION_H */
