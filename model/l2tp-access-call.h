/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ACCESS_CALL_H
#define L2TP_ACCESS_CALL_H

#include "l2tp-access-leg.h"
#include "l2tp-call-leg.h"
#include "l2tp-call-placement.h"
#include "l2tp-leg-join.h"
#include "l2tp-name-asker.h"
#include "l2tp-session-terminator.h"
#include "l2tp-tunnel-selector.h"

#include "ns3/callback.h"
#include "ns3/event-id.h"
#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{

class L2tpAccessCall;

/// How far a call from a remote system has come at an access server.
enum class L2tpAccessState : uint8_t
{
    SELECTING, //!< the selector has been asked what becomes of it
    ASKING,    //!< LCP runs, and the remote system is asked who it is
    PLACING,   //!< an LNS is sought that takes it
    JOINED,    //!< joined with a call to an LNS
    LOCAL,     //!< PPP ends here
    CLOSING,   //!< nobody wants it: PPP says good-bye
    OVER       //!< the circuit has ended
};

/**
 * @brief Name a state.
 * @param state the state
 * @return its name in small letters
 */
const char* L2tpAccessStateName(L2tpAccessState state);

/**
 * @ingroup l2tp
 *
 * @brief What a call needs of its access server. It outlives the calls.
 */
class L2tpAccessHost
{
  public:
    virtual ~L2tpAccessHost() = default;

    /// What chooses where calls go. @return the selector; null if all PPP ends here
    virtual Ptr<L2tpTunnelSelector> GetSelector() const = 0;
    /// What places calls. @return the LAC, null if there is no tunnelling
    virtual Ptr<L2tpLac> GetLac() const = 0;
    /// What chooses among LNSs. @return the balancer
    virtual Ptr<L2tpLnsBalancer> GetBalancer() const = 0;
    /// What ends PPP here. @return the terminator, null if nothing does
    virtual Ptr<L2tpSessionTerminator> GetTerminator() const = 0;
    /// Whether LNSs are told of LCP and authentication. @return true if they are
    virtual bool SendsProxy() const = 0;
    /// How long a call may take to be joined, or be local. @return the time
    virtual Time GetSetupTimeout() const = 0;
    /// Lend what asks a remote system for its name. @return it, given back by ReturnAsker()
    virtual Ptr<L2tpNameAsker> BorrowAsker() = 0;
    /// Take back what was lent. @param asker it
    virtual void ReturnAsker(Ptr<L2tpNameAsker> asker) = 0;

    /**
     * @brief A selector has chosen.
     * @param call for which call
     * @param choice what
     */
    virtual void CallChosen(L2tpAccessCall& call, const L2tpTunnelChoice& choice) = 0;
    /// A call has changed its state. @param call the call @param before the state before
    virtual void CallChanged(L2tpAccessCall& call, L2tpAccessState before) = 0;
};

/**
 * @ingroup l2tp
 *
 * @brief A call from a remote system at an access server, from when its circuit is up until that
 * has ended (RFC 2661, section 7.4.1; RFC 2809, section 4.1.2).
 *
 * Until the call is joined, or LCP runs, the last frame that arrives is kept for who is to have the
 * circuit; those before it are lost, which PPP is made for: it sends each request again.
 */
class L2tpAccessCall : public Object, private L2tpLegUser
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpAccessCall();
    ~L2tpAccessCall() override;

    /**
     * @brief Begin.
     * @param host the access server
     * @param leg the remote system's leg, which is there
     * @param query what the selector is to know of it
     */
    void Begin(L2tpAccessHost* host, Ptr<L2tpAccessLeg> leg, const L2tpTunnelQuery& query);

    /// The circuit has ended, and the leg with it.
    void Over();

    /// How far it has come. @return the state
    L2tpAccessState GetState() const;
    /// The remote system's leg. @return it
    Ptr<L2tpAccessLeg> GetLeg() const;
    /// What is known of the call. @return it, with what the remote system says of its name
    const L2tpTunnelQuery& GetQuery() const;
    /// The call to an LNS. @return it, null unless JOINED
    Ptr<L2tpCall> GetL2tpCall() const;
    /// Which LNS has it. @return it; meaningful if JOINED
    const L2tpTunnelPeer& GetPeer() const;
    /// What joins them. @return the join, null unless JOINED
    Ptr<L2tpLegJoin> GetJoin() const;
    /// Why it is closed. @return the code; result 0 as long as it isn't known
    const L2tpResultCode& GetEnd() const;

  protected:
    void DoDispose() override;

  private:
    void LegEnded(L2tpLeg& leg, const L2tpLegEnd& why) override;

    /// Change the state. @param state the new one
    void SetState(L2tpAccessState state);
    /// Ask the selector.
    void Select();
    /// The selector has chosen. @param choice what becomes of the call
    void Chosen(const L2tpTunnelChoice& choice);
    /// Run LCP, and ask who the remote system is.
    void AskName();
    /// The remote system says who it is. @param attempt what it says
    void Named(const PppAuthAttempt& attempt);
    /// PPP has come to its end. @param reason why @param protocol which protocol that is about
    void PppFinished(PppReason reason, uint16_t protocol);
    /// Find an LNS. @param peers those to try
    void PlaceCall(const std::vector<L2tpTunnelPeer>& peers);
    /// An LNS has the call. @param call the call @param peer the LNS
    void Established(Ptr<L2tpCall> call, const L2tpTunnelPeer& peer);
    /// The call to the LNS is cleared. @param call the call
    void Cleared(Ptr<L2tpCall> call);
    /// No LNS takes the call. @param code what the last one said
    void NotPlaced(const L2tpResultCode& code);
    /// End PPP here.
    void EndPppHere();
    /// Nobody wants the call. @param message words for the remote system's human
    void Refuse(const std::string& message);
    /// The call has to end for want of something: PPP says good-bye first. @param code why
    void Close(const L2tpResultCode& code);
    /// The time for the set-up is over.
    void Expire();
    /// PPP goes on with somebody else, or is over.
    void StopAsking();
    /// Keep a frame. @param frame the frame
    void Hold(Ptr<Packet> frame);

    L2tpAccessHost* m_host{nullptr};                     //!< the access server
    Ptr<L2tpAccessLeg> m_leg;                            //!< the remote system's leg
    L2tpTunnelQuery m_query;                             //!< what the selector knows
    L2tpAccessState m_state{L2tpAccessState::SELECTING}; //!< how far it has come
    bool m_asked{false};                                 //!< whether the name was asked for
    uint32_t m_selection{0};                             //!< how often the selector was asked
    EventId m_timer;                                     //!< the time for the set-up
    Ptr<L2tpNameAsker> m_asker;                          //!< borrowed while PPP runs here
    Ptr<L2tpCallPlacement> m_placement;                  //!< looks for an LNS
    Ptr<L2tpCallLeg> m_callLeg;                          //!< the call to the LNS
    L2tpTunnelPeer m_peer;                               //!< the LNS
    Ptr<L2tpLegJoin> m_join;                             //!< joins both
    Ptr<Packet> m_held;                                  //!< the last frame that nobody took
    L2tpResultCode m_end;                                //!< why it is closed
};

} // namespace ns3

#endif /* L2TP_ACCESS_CALL_H */
