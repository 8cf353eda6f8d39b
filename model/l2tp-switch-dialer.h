/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SWITCH_DIALER_H
#define L2TP_SWITCH_DIALER_H

#include "l2tp-call-leg.h"
#include "l2tp-dialer.h"
#include "l2tp-leg-join.h"
#include "l2tp-lns.h"
#include "l2tp-tunnel-selector.h"

#include "ns3/traced-callback.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Places outgoing calls onward: what a tunnel switch's LAC does with an OCRQ (RFC 2661,
 * sections 6.9 to 6.11 and 7.5).
 *
 * To the LNS that asks the switch is a LAC. Instead of dialling a line it asks, through the Lns of
 * its node, the next LAC for the call, which the Selector chooses by the number called; of several
 * ones those with the lowest preference first, the next if no tunnel could be opened or the last
 * one lacks facilities. The OCRP goes out at once; once the onward call is established the OCCN
 * follows, with what the next LAC says of its line, and the calls are joined. What a CDN says of a
 * call that fails, as of a busy line, goes back to who has asked.
 *
 * No call goes round in a circle: an OCRQ tells by the AVP Hop Count how many switches the call has
 * been through, and is refused beyond HopLimit; and no call goes to an address of the node.
 */
class L2tpSwitchDialer : public L2tpDialer
{
  public:
    /// TracedCallback signature: a call is joined with the one onward.
    using JoinedTracedCallback = void (*)(Ptr<const L2tpCall> call, Ptr<const L2tpCall> onward);
    /// TracedCallback signature: nobody takes a call; what the last one said of it.
    using FailedTracedCallback = void (*)(Ptr<const L2tpCall> call, const L2tpResultCode& code);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpSwitchDialer();
    ~L2tpSwitchDialer() override;

    /// How many calls there are, joined or not yet. @return the number
    std::size_t GetNCalls() const;

    uint32_t GetBearerCapabilities() const override;
    std::optional<L2tpResultCode> Judge(const L2tpCallParameters& parameters) const override;
    std::optional<uint32_t> Reserve(Ptr<const L2tpCall> call) override;
    void Dial(Ptr<L2tpCall> call) override;
    void Connect(Ptr<L2tpCall> call) override;
    void Release(Ptr<L2tpCall> call) override;

  protected:
    void DoDispose() override;

  private:
    /// A call, and what became of it onward.
    struct Entry
    {
        std::vector<L2tpTunnelPeer> peers; //!< LACs that are left to be asked
        uint32_t attempt{0};               //!< how many were
        Ptr<L2tpCall> onward;              //!< the call with the last one
        Ptr<L2tpCallLeg> leg;              //!< the call that was asked for, once it is joined
        Ptr<L2tpCallLeg> onwardLeg;        //!< the call onward, once it is joined
        Ptr<L2tpLegJoin> join;             //!< joins them
    };

    /// What became of a call is known only if it is still there. @param call it @return its entry,
    /// null if it is cleared
    Entry* Find(Ptr<L2tpCall> call);
    /// The selector has chosen. @param call for which call @param choice what
    void Chosen(Ptr<L2tpCall> call, const L2tpTunnelChoice& choice);
    /**
     * @brief Ask the next LAC.
     * @param call for which call
     * @param code what the last one said, for the call's CDN if there is no other
     */
    void TryNext(Ptr<L2tpCall> call, const L2tpResultCode& code);
    /// The call onward is established. @param call that which was asked for @param onward the one
    /// onward
    void Established(Ptr<L2tpCall> call, Ptr<L2tpCall> onward);
    /**
     * @brief The call onward is cleared.
     * @param call that which was asked for
     * @param attempt which of its onward calls it is
     * @param onward the one onward
     */
    void Cleared(Ptr<L2tpCall> call, uint32_t attempt, Ptr<L2tpCall> onward);
    /// Nobody takes the call. @param call it @param code why
    void Fail(Ptr<L2tpCall> call, const L2tpResultCode& code);

    Ptr<L2tpLns> m_lns;                 //!< attribute Lns
    Ptr<L2tpTunnelSelector> m_selector; //!< attribute Selector
    uint16_t m_hopLimit;                //!< attribute HopLimit
    uint32_t m_bearers;                 //!< attribute BearerCapabilities

    std::unordered_map<const L2tpCall*, Entry> m_calls; //!< all that are reserved
    TracedCallback<Ptr<const L2tpCall>, Ptr<const L2tpCall>> m_joinedTrace;   //!< joined
    TracedCallback<Ptr<const L2tpCall>, const L2tpResultCode&> m_failedTrace; //!< failed
};

} // namespace ns3

#endif /* L2TP_SWITCH_DIALER_H */
