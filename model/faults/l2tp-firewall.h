/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FIREWALL_H
#define L2TP_FIREWALL_H

#include "l2tp-middlebox.h"

#include "ns3/nstime.h"

#include <map>
#include <tuple>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A stateful firewall: from the outside passes only what answers to something from the
 * inside, address and port alike.
 *
 * An LNS behind it can't be called, and an SCCRP from another port than the SCCRQ went to, as RFC
 * 2661, section 8.1, allows it, doesn't come through. Whoever says nothing for StateTimeout can't
 * be reached any more: a reason for HELLO.
 */
class L2tpFirewall : public L2tpMiddlebox
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpFirewall();
    ~L2tpFirewall() override;

  private:
    /// Who inside talks to whom outside: address and port of each.
    using Pair = std::tuple<Ipv4Address, uint16_t, Ipv4Address, uint16_t>;

    /// What is known of them.
    struct State
    {
        Ptr<NetDevice> device; //!< where the one inside is
        Time last;             //!< when something passed last, either way
    };

    Verdict JudgeOutgoing(Ptr<NetDevice> device, Flow& flow) override;
    Verdict JudgeIncoming(Flow& flow) override;

    Time m_timeout;                 //!< attribute StateTimeout
    std::map<Pair, State> m_states; //!< who talks to whom
};

} // namespace ns3

#endif /* L2TP_FIREWALL_H */
