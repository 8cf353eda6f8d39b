/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CALL_PLACEMENT_H
#define L2TP_CALL_PLACEMENT_H

#include "l2tp-lac.h"
#include "l2tp-lns-balancer.h"

#include "ns3/callback.h"
#include "ns3/event-id.h"

#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Places one call with one of several LNSs: with each in turn, until one takes it.
 *
 * The next LNS is tried if no tunnel could be opened to the present one; if that has no facilities
 * or resources (results 4 and 5, error 4), or says that another one is to be tried (error 7: RFC
 * 2661, section 4.4.2); and if it doesn't answer in the LAC's SetupTimeout, or in the
 * balancer's AttemptTime if there is another one (result 10).
 *
 * It keeps itself until its call has ended.
 */
class L2tpCallPlacement : public Object
{
  public:
    /// Told that the call is established, its session up; and with which LNS.
    using EstablishedCallback = Callback<void, Ptr<L2tpCall>, const L2tpTunnelPeer&>;
    /// Told that the established call has been cleared.
    using ClearedCallback = Callback<void, Ptr<L2tpCall>>;
    /// Told that nobody takes the call; and what the last LNS said of it.
    using FailedCallback = Callback<void, const L2tpResultCode&>;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpCallPlacement();
    ~L2tpCallPlacement() override;

    /**
     * @brief Set who is told what becomes of the call; nobody is once it is withdrawn.
     * @param established told if a call is established
     * @param cleared told once if that call is cleared
     * @param failed told once if there is none; not before Place() has returned
     */
    void SetCallbacks(EstablishedCallback established,
                      ClearedCallback cleared,
                      FailedCallback failed);

    /**
     * @brief Place the call, once.
     * @param lac the LAC
     * @param balancer chooses among the LNSs
     * @param peers the LNSs
     * @param parameters what to tell them
     */
    void Place(Ptr<L2tpLac> lac,
               Ptr<L2tpLnsBalancer> balancer,
               const std::vector<L2tpTunnelPeer>& peers,
               const L2tpCallParameters& parameters);

    /**
     * @brief The call isn't wanted any more: clear it, established or not. Nobody is told.
     * @param why for the CDN
     */
    void Withdraw(const L2tpResultCode& why);

  protected:
    void DoDispose() override;

  private:
    /// Try the next LNS, if there is one left.
    void TryNext();
    /// The LNS has had its time.
    void Expire();
    /// The call is established. @param call it
    void Established(Ptr<L2tpCall> call);
    /// The call is cleared, established or not. @param call it
    void Cleared(Ptr<L2tpCall> call);
    /**
     * @brief What a call's end means for an attempt.
     * @param call the call, which was never established
     * @return the outcome
     */
    L2tpPlacementOutcome OutcomeOf(const L2tpCall& call) const;
    /**
     * @brief The attempt was in vain.
     * @param outcome why
     * @param code why, for whoever wants the call placed
     */
    void Failed(L2tpPlacementOutcome outcome, const L2tpResultCode& code);

    Ptr<L2tpLac> m_lac;                  //!< the LAC
    Ptr<L2tpLnsBalancer> m_balancer;     //!< chooses
    std::vector<L2tpTunnelPeer> m_peers; //!< LNSs that are left
    L2tpCallParameters m_parameters;     //!< what to tell them
    L2tpTunnelPeer m_peer;               //!< the one that is tried, or has the call
    uint32_t m_attempt{0};               //!< how many were tried
    Ptr<L2tpCall> m_call;                //!< the call with it
    EventId m_timer;                     //!< the time that it has
    bool m_isEstablished{false};         //!< whether that is established
    bool m_withdrawn{false};             //!< whether it is wanted no more
    L2tpResultCode m_code;               //!< what the last LNS said
    EstablishedCallback m_onEstablished; //!< told of an established call
    ClearedCallback m_onCleared;         //!< told of its end
    FailedCallback m_onFailed;           //!< told that there is none
};

} // namespace ns3

#endif /* L2TP_CALL_PLACEMENT_H */
