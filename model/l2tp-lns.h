/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LNS_H
#define L2TP_LNS_H

#include "l2tp-call-leg.h"
#include "l2tp-caller.h"
#include "l2tp-session-terminator.h"

#include <unordered_map>
#include <unordered_set>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief An L2TP Network Server: it takes calls from LACs, asks LACs to place calls, and is the
 * other end of their PPP (RFC 2661, sections 1.2, 7.4.2 and 7.5.2).
 */
class L2tpLns : public L2tpCaller
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpLns();
    ~L2tpLns() override;

    /**
     * @brief Ask a LAC for an outgoing call, and open a tunnel if there is none to share.
     *
     * The session of the call goes to the terminator, as that of an incoming one. Of Bearer Type
     * and Framing Type only those bits are asked for that the LAC has advertised; a LAC that has
     * none of them makes the call fail.
     * @param lac the LAC's address and port
     * @param parameters what to ask for: minimumBps, maximumBps, bearerType, framingType,
     * calledNumber and subAddress; the LNS itself gives the Call Serial Number
     * @param established told when the call is established, its session up
     * @param cleared told when the call is cleared, once, whether it was established or not
     * @return the call, which may be cleared already if the LAC's tunnel stands; or null if the LNS
     * does not run, has no ID free, or its terminator has no room
     */
    Ptr<L2tpCall> PlaceCall(const L2tpUdpAddress& lac,
                            const L2tpCallParameters& parameters,
                            CallCallback established,
                            CallCallback cleared);

    /**
     * @brief Ask a LAC for an outgoing call, as PlaceCall() does, whose session isn't the
     * terminator's: whoever asks attaches to call->GetSession() once the call is established.
     * @param lac the LAC's address and port
     * @param parameters what to ask for
     * @param established told when the call is established, its session up
     * @param cleared told when the call is cleared, once, whether it was established or not
     * @return the call, which may be cleared already if the LAC's tunnel stands; or null if the LNS
     * does not run or has no ID free
     */
    Ptr<L2tpCall> PlaceOwnCall(const L2tpUdpAddress& lac,
                               const L2tpCallParameters& parameters,
                               CallCallback established,
                               CallCallback cleared);

    /// What is done with the sessions. @return the terminator
    Ptr<L2tpSessionTerminator> GetTerminator() const;

    /**
     * @brief The leg by which the terminator knows a call.
     * @param call a call
     * @return the leg, or null if the call is cleared, not this LNS's or not the terminator's
     */
    Ptr<L2tpCallLeg> GetLeg(Ptr<const L2tpCall> call) const;

    int64_t AssignStreams(int64_t stream) override;
    L2tpCallRole GetCallRole() const override;
    std::optional<L2tpResultCode> JudgeCall(const L2tpTunnel& tunnel,
                                            const L2tpControlMessage& message) override;
    void CallChanged(L2tpCall& call, L2tpCallState old, L2tpCallEvent event) override;
    void CallEstablished(L2tpCall& call) override;
    void CallCleared(L2tpCall& call) override;

  protected:
    void DoDispose() override;
    void DoStart() override;
    void DoPrepareCrash() override;

  private:
    /// Stop the program if no line can have the speeds. @param parameters what to ask for
    static void CheckSpeeds(const L2tpCallParameters& parameters);

    Ptr<L2tpSessionTerminator> m_terminator;                      //!< attribute Terminator
    std::unordered_map<const L2tpCall*, Ptr<L2tpCallLeg>> m_legs; //!< by call: the terminator's
    std::unordered_set<const L2tpCall*> m_ownCalls;               //!< those that aren't its
};

} // namespace ns3

#endif /* L2TP_LNS_H */
