/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TUNNEL_SWITCH_H
#define L2TP_TUNNEL_SWITCH_H

#include "l2tp-lac.h"
#include "l2tp-lns-balancer.h"
#include "l2tp-session-terminator.h"
#include "l2tp-switched-call.h"
#include "l2tp-tunnel-selector.h"

#include "ns3/traced-callback.h"

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace ns3
{

/// What a tunnel switch counts.
struct L2tpSwitchStatistics
{
    uint64_t arrived{0};       //!< calls that a previous hop has established
    uint64_t joined{0};        //!< of these, those that a next hop took
    uint64_t refused{0};       //!< those that nobody took
    uint64_t framesHeld{0};    //!< frames that waited for the onward call, and went on
    uint64_t framesDropped{0}; //!< frames that came before it, and were too many, or in vain
};

/**
 * @ingroup l2tp
 *
 * @brief An L2TP tunnel switch: it joins the calls of incoming tunnels with calls of outgoing ones,
 * so that tunnels are run over several hops (RFC 2661, section 2.0; RFC 3931, section 1.2:
 * "cross-connect").
 *
 * To the previous hop it is an LNS, to the next one a LAC. It is the Terminator of the node's
 * L2tpLns, which takes the calls, and places others through an L2tpLac of the same node, whose
 * LocalPort is another, since the LNS has 1701 (section 8.1). The Selector chooses the next hop by
 * what the ICRQ and ICCN tell. PPP passes as it is: nothing here knows of it.
 *
 * When one of the two calls is cleared, so is the other, for the same reason. LNS and LAC are one
 * box: the LAC is started with the LNS, and crashes with it.
 *
 * No call goes round in a circle. An ICRQ tells, by the AVP Hop Count, how many switches the call
 * has been through, and is refused beyond HopLimit; and no call goes to an address of the node.
 */
class L2tpTunnelSwitch : public L2tpSessionTerminator
{
  public:
    /// TracedCallback signature: what was chosen for a call.
    using ChoiceTracedCallback = void (*)(Ptr<const L2tpSwitchedCall> call,
                                          const L2tpTunnelChoice& choice);
    /// TracedCallback signature: a call has changed its state.
    using StateTracedCallback = void (*)(Ptr<const L2tpSwitchedCall> call,
                                         L2tpSwitchState before,
                                         L2tpSwitchState now);
    /// TracedCallback signature: a frame that came before the onward call goes on, or is dropped.
    using FrameTracedCallback = void (*)(Ptr<const L2tpSwitchedCall> call, Ptr<const Packet> frame);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpTunnelSwitch();
    ~L2tpTunnelSwitch() override;

    /// What places the onward calls. @return the LAC
    Ptr<L2tpLac> GetLac() const;

    /// What chooses the next hop. @return the selector
    Ptr<L2tpTunnelSelector> GetSelector() const;

    /// What chooses among several. @return the balancer
    Ptr<L2tpLnsBalancer> GetBalancer() const;

    /// The calls. @return those that aren't over, in the order of their arrival
    std::vector<Ptr<L2tpSwitchedCall>> GetCalls() const;

    /// How many calls aren't over. @return the number
    std::size_t GetNCalls() const;

    /// What was counted. @return the counters
    const L2tpSwitchStatistics& GetStatistics() const;

    void Start(Ptr<Node> node) override;
    std::optional<L2tpResultCode> Judge() const override;
    std::optional<L2tpResultCode> JudgeCall(const L2tpCallParameters& parameters) const override;
    void Expect(Ptr<L2tpLeg> leg) override;
    void Establish(Ptr<L2tpLeg> leg) override;
    void ClearAll() override;

    /**
     * @brief Assign fixed random variable stream numbers, to the LAC: the LNS has its own.
     * @param stream the first one to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream) override;

    /// @name For its calls
    /// @{
    /// The node. @return it
    Ptr<Node> GetNode() const;
    /// How many frames a call may hold. @return the attribute HoldFrames
    uint32_t GetHoldFrames() const;
    /// The selector has answered. @param call whose question @param choice the answer
    void CallChosen(L2tpSwitchedCall& call, const L2tpTunnelChoice& choice);
    /// A call has changed its state. @param call it @param before the state before
    void CallChanged(L2tpSwitchedCall& call, L2tpSwitchState before);
    /// Nobody takes a call.
    void CallRefused();
    /// A held frame goes on. @param call whose @param frame it
    void FramePassed(const L2tpSwitchedCall& call, Ptr<const Packet> frame);
    /// A frame is dropped. @param call whose @param frame it
    void FrameDropped(const L2tpSwitchedCall& call, Ptr<const Packet> frame);
    /// @}

  protected:
    void DoDispose() override;

  private:
    void LegEnded(L2tpLeg& leg, const L2tpLegEnd& why) override;

    /**
     * @brief Find the call of a leg.
     * @param leg the previous hop's call, expected and not over
     * @return the call
     */
    Ptr<L2tpSwitchedCall> Find(const L2tpLeg& leg) const;

    Ptr<L2tpLac> m_lac;                 //!< attribute Lac
    Ptr<L2tpTunnelSelector> m_selector; //!< attribute Selector
    Ptr<L2tpLnsBalancer> m_balancer;    //!< attribute Balancer
    uint16_t m_hopLimit;                //!< attribute HopLimit
    uint32_t m_holdFrames;              //!< attribute HoldFrames

    Ptr<Node> m_node;                                      //!< of the LNS
    uint64_t m_lastNumber{0};                              //!< how many calls there were
    std::map<uint64_t, Ptr<L2tpSwitchedCall>> m_calls;     //!< by arrival
    std::unordered_map<const L2tpLeg*, uint64_t> m_callOf; //!< each leg's
    L2tpSwitchStatistics m_statistics;                     //!< counters

    /// Choices.
    TracedCallback<Ptr<const L2tpSwitchedCall>, const L2tpTunnelChoice&> m_choiceTrace;
    /// States.
    TracedCallback<Ptr<const L2tpSwitchedCall>, L2tpSwitchState, L2tpSwitchState> m_stateTrace;
    /// Frames that were held.
    TracedCallback<Ptr<const L2tpSwitchedCall>, Ptr<const Packet>> m_heldTrace;
    /// Frames dropped.
    TracedCallback<Ptr<const L2tpSwitchedCall>, Ptr<const Packet>> m_dropTrace;
};

} // namespace ns3

#endif /* L2TP_TUNNEL_SWITCH_H */
