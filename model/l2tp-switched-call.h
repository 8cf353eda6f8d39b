/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SWITCHED_CALL_H
#define L2TP_SWITCHED_CALL_H

#include "l2tp-call-leg.h"
#include "l2tp-call-placement.h"
#include "l2tp-leg-join.h"
#include "l2tp-tunnel-selector.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace ns3
{

class L2tpTunnelSwitch;

/// How far a switched call is.
enum class L2tpSwitchState : uint8_t
{
    EXPECTED,  //!< the previous hop's ICRQ is accepted, its ICCN not there yet
    SELECTING, //!< the selector is asked where it goes
    PLACING,   //!< the next hop is asked to take it
    JOINED,    //!< frames pass
    OVER       //!< both calls are cleared
};

/**
 * @brief Name a state.
 * @param state the state
 * @return a word of lower-case letters
 */
const char* L2tpSwitchStateName(L2tpSwitchState state);

/**
 * @ingroup l2tp
 *
 * @brief One call at a tunnel switch: that of the previous hop, and the one with the next hop that
 * goes on with it.
 *
 * The onward call is placed when the previous hop's ICCN has come, since its own ICCN is to tell
 * the same. Frames that come before it is established are held, as many as HoldFrames of
 * L2tpTunnelSwitch says.
 */
class L2tpSwitchedCall : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpSwitchedCall();
    ~L2tpSwitchedCall() override;

    /// How far it is. @return the state
    L2tpSwitchState GetState() const;

    /// The previous hop's call. @return its leg
    Ptr<L2tpLeg> GetLeg() const;

    /// The call with the next hop. @return it, null before it is established
    Ptr<L2tpCall> GetOnwardCall() const;

    /// The next hop. @return it, of no meaning before the onward call is established
    const L2tpTunnelPeer& GetPeer() const;

    /// What frames pass by. @return the join, null before the onward call is established
    Ptr<L2tpLegJoin> GetJoin() const;

    /// Why it is over. @return the code; result 0 as long as it isn't
    const L2tpResultCode& GetEnd() const;

    /// Clear both calls, as far as they are there. Does nothing if they are cleared. @param why why
    void Release(const L2tpLegEnd& why);

    /// @name For the switch
    /// @{
    /**
     * @brief The previous hop's call is accepted.
     * @param host the switch, which outlives this or disposes of it
     * @param leg the call
     */
    void Expect(L2tpTunnelSwitch* host, Ptr<L2tpLeg> leg);
    /// The previous hop's call is established.
    void Begin();
    /// The previous hop's call has ended, before it was joined with another. @param why why
    void LegEnded(const L2tpLegEnd& why);
    /// All is lost, without a word to anybody: let go of both calls.
    void Part();
    /// Once the onward call is lost as well: don't place another.
    void Forget();
    /// @}

  protected:
    void DoDispose() override;

  private:
    /// Change the state. @param state the new one
    void SetState(L2tpSwitchState state);
    /// Take the selector's answer. @param choice it
    void Chosen(const L2tpTunnelChoice& choice);
    /// Place the onward call. @param peers the possible next hops
    void Place(std::vector<L2tpTunnelPeer> peers);
    /// What to tell the next hop. @return the parameters
    L2tpCallParameters OnwardParameters() const;
    /// The onward call is established. @param call it @param peer the next hop
    void Established(Ptr<L2tpCall> call, const L2tpTunnelPeer& peer);
    /// The onward call is cleared. @param call it
    void Cleared(Ptr<L2tpCall> call);
    /// Nobody takes the call: clear the previous hop's. @param code why
    void Refuse(const L2tpResultCode& code);
    /// Keep a frame for the next hop. @param frame it
    void Hold(Ptr<Packet> frame);
    /// Be the user of neither call any more.
    void LetGo();
    /// It is over. @param why why
    void Over(const L2tpResultCode& why);

    L2tpTunnelSwitch* m_host{nullptr};                  //!< the switch
    L2tpSwitchState m_state{L2tpSwitchState::EXPECTED}; //!< how far it is
    Ptr<L2tpLeg> m_leg;                                 //!< the previous hop's call
    Ptr<L2tpCallPlacement> m_placement;                 //!< finds the next hop
    Ptr<L2tpCallLeg> m_onward;                          //!< the call with it
    L2tpTunnelPeer m_peer;                              //!< the next hop
    Ptr<L2tpLegJoin> m_join;                            //!< joins the two
    std::deque<Ptr<Packet>> m_held;                     //!< frames for the next hop
    L2tpResultCode m_end;                               //!< why it is over
};

} // namespace ns3

#endif /* L2TP_SWITCHED_CALL_H */
