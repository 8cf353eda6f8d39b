/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_CONTROL_PROTOCOL_H
#define PPP_CONTROL_PROTOCOL_H

#include "ppp-automaton.h"
#include "ppp-control-owner.h"
#include "ppp-control-packet.h"
#include "ppp-option.h"

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/traced-callback.h"

#include <functional>
#include <optional>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What LCP and every NCP have in common: the automaton with its timer and counters, and the
 * packets with codes 1 to 7 (RFC 1661, sections 4 and 5).
 *
 * A derived class says which options it requests and what it thinks of the peer's.
 *
 * Whatever happens while actions are being taken waits until they are done, so that callbacks may
 * call anything.
 */
class PppControlProtocol : public Object
{
  public:
    /// Signature of the Transition trace: old state, event, new state.
    typedef void (*TransitionTracedCallback)(PppState before, PppEvent event, PppState now);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /// Cancels the timer.
    ~PppControlProtocol() override;

    /**
     * @brief Set the link this protocol belongs to; before anything else.
     * @param owner the link, which outlives this or is set to null
     */
    void SetOwner(PppControlOwner* owner);

    /**
     * @brief Get the automaton's state.
     * @return the state
     */
    PppState GetState() const;

    /// Administrative Open. From Stopped or Stopping the negotiation begins anew (RFC 1661, section
    /// 4.3, Open event, implementation option "r").
    void Open();
    /// Administrative Close.
    void Close();
    /// The lower layer is up.
    void Up();
    /// The lower layer is down.
    void Down();

    /**
     * @brief Handle a packet from the peer, however ill-formed its data.
     * @param packet the packet
     */
    void Receive(const PppControlPacket& packet);

    /**
     * @brief Set the longest packet that the peer takes.
     * @param mru the peer's MRU in octets
     */
    void SetPeerMru(uint16_t mru);

    /**
     * @brief Get the longest packet that the peer takes.
     * @return the peer's MRU in octets, 1500 by default
     */
    uint16_t GetPeerMru() const;

    /**
     * @brief Get the options of the first Configure-Request of the present negotiation that the
     * peer sent.
     * @return its octets from the first option on; nothing if the peer sent none
     */
    std::optional<std::vector<uint8_t>> GetFirstReceivedRequest() const;

    /**
     * @brief Get the options of the last Configure-Request that the peer sent.
     * @return its octets from the first option on; in Opened those that hold for the peer
     */
    std::vector<uint8_t> GetLastReceivedRequest() const;

    /**
     * @brief Get the options of the last Configure-Request that was sent to the peer.
     * @return its octets from the first option on; in Opened those that hold for this end
     */
    std::vector<uint8_t> GetLastSentRequest() const;

  protected:
    /// What to answer to an option.
    enum class Verdict : uint8_t
    {
        ACK,   //!< agreed
        NAK,   //!< another value is wanted
        REJECT //!< this option isn't wanted at all
    };

    /// An answer to an option, and for NAK the wanted one.
    struct Judgement
    {
        Verdict verdict;         //!< the answer
        PppOption wanted{0, {}}; //!< what would be acknowledged, for NAK
    };

    /**
     * @brief Constructor.
     * @param protocol the PPP protocol of the packets
     */
    explicit PppControlProtocol(uint16_t protocol);
    void DoDispose() override;

    /// What a negotiation has come to.
    struct Outcome
    {
        PppOptionList sent;     //!< the options that the peer acknowledged
        PppOptionList received; //!< the options of the peer that were acknowledged
    };

    /// Begin a negotiation: forget what the last one led to.
    virtual void ResetNegotiation() = 0;

    /**
     * @brief A negotiation has begun: tell whether it is over already, since another system has
     * been through it with the peer. Then no packet is sent, and the layer goes up at once.
     * @return what it has come to; nothing, as always with most protocols, to negotiate
     */
    virtual std::optional<Outcome> TakeOver();

    /**
     * @brief Get what to request of the peer now.
     * @return the options
     */
    virtual PppOptionList GetRequest() = 0;

    /**
     * @brief The peer naks an option (which may not have been in the request).
     * @param option the option with the value the peer wants
     */
    virtual void OptionNaked(const PppOption& option) = 0;

    /**
     * @brief The peer rejects an option of the request, which must not be requested again.
     * @param option the option as it was in the request
     */
    virtual void OptionRejected(const PppOption& option) = 0;

    /**
     * @brief The peer acknowledges the request.
     * @param request its options
     */
    virtual void RequestAcked(const PppOptionList& request) = 0;

    /**
     * @brief Judge an option of the peer's request.
     * @param option the option
     * @return what to answer
     */
    virtual Judgement JudgeOption(const PppOption& option) = 0;

    /**
     * @brief Get options missing in the peer's request, to be appended to a Configure-Nak.
     * @param request the options that the peer requests
     * @return the wanted options
     */
    virtual PppOptionList GetMissing(const PppOptionList& request) const = 0;

    /**
     * @brief Tell whether naks of an option may turn into rejects when there are too many.
     * @param type the option's type
     * @return true for most
     */
    virtual bool IsRejectable(uint8_t type) const;

    /**
     * @brief The peer's request is being acknowledged and now holds.
     * @param options its options; those absent have their defaults
     */
    virtual void PeerConfigured(const PppOptionList& options) = 0;

    /**
     * @brief Handle a packet with a code above 7.
     * @param packet the packet
     * @return false if the code is unknown
     */
    virtual bool ReceiveExtra(const PppControlPacket& packet);

    /// Answer the packet being handled by an Echo-Reply, if it is an Echo-Request (LCP only).
    virtual void SendEchoReply();

    /**
     * @brief The peer doesn't know a code above 7.
     * @param code the code
     */
    virtual void ExtraCodeRejected(uint8_t code);
    /// The layer goes up; tells the owner.
    virtual void LayerUp();
    /// The layer goes down; tells the owner.
    virtual void LayerDown();

    /**
     * @brief Let the automaton handle an event.
     * @param event the event
     */
    void Handle(PppEvent event);

    /**
     * @brief Send a packet with data truncated to the peer's MRU.
     * @param code the code
     * @param identifier the identifier
     * @param data the data
     */
    void Send(PppCode code, uint8_t identifier, std::vector<uint8_t> data);

    /**
     * @brief Get an identifier not used in the last 255 packets.
     * @return the identifier
     */
    uint8_t NextIdentifier();

    /**
     * @brief Count and trace the packet being handled as dropped.
     * @param reason why
     */
    void Drop(PppDropReason reason);

    /**
     * @brief Tell the owner that going on makes no sense.
     * @param reason why
     */
    void Fail(PppReason reason);

    /**
     * @brief Tell the owner that the peer doesn't know a protocol.
     * @param protocol the PPP protocol
     */
    void NotifyProtocolRejected(uint16_t protocol);

    /**
     * @brief Get the packet being handled.
     * @return the packet; only while one is being handled
     */
    const PppControlPacket& GetReceived() const;

  private:
    /**
     * @brief Do something now or, if something is being done, after that.
     * @param step what to do
     */
    void Enqueue(std::function<void()> step);
    /**
     * @brief Handle a packet.
     * @param packet the packet
     */
    void Process(const PppControlPacket& packet);
    /// Handle a Configure-Request.
    void ProcessRequest();
    /// Handle a Configure-Ack, -Nak or -Reject.
    void ProcessReply();
    /// Handle a Code-Reject.
    void ProcessCodeReject();
    /**
     * @brief Judge a request and prepare the reply.
     * @param options the peer's options
     * @return true if it is to be acknowledged
     */
    bool Judge(const PppOptionList& options);
    /**
     * @brief Check that rejected options were requested, in this order.
     * @param rejected the rejected options
     * @return true if they were
     */
    bool IsSubsetOfRequest(const PppOptionList& rejected) const;
    /**
     * @brief Take an action of the automaton.
     * @param action the action
     * @param before the state before the transition
     */
    void Take(PppAction action, PppState before);
    /**
     * @brief Set what to request of the peer.
     * @param options the options of the next Configure-Request
     */
    void SetRequest(PppOptionList options);
    /**
     * @brief Send a Configure-Request, a new one or a retransmission.
     * @param before the state before the transition
     */
    void SendConfigureRequest(PppState before);
    /// Send the prepared reply to a Configure-Request.
    void SendConfigureReply();
    /// If the negotiation that has just begun is over already, tell the automaton how it went.
    void Replay();
    /// (Re)start the Restart timer.
    void StartTimer();
    /// The Restart timer expired.
    void Timeout();
    /**
     * @brief Pass a transition on.
     * @param before the old state
     * @param event what happened
     * @param now the new state
     */
    void NotifyTransition(PppState before, PppEvent event, PppState now);

    const uint16_t m_protocol;         //!< the PPP protocol of the packets
    PppControlOwner* m_owner{nullptr}; //!< the link
    PppAutomaton m_automaton;          //!< the automaton
    Time m_restartTimer;               //!< time between retransmissions
    uint32_t m_maxConfigure;           //!< Configure-Requests before giving up
    uint32_t m_maxTerminate;           //!< Terminate-Requests before giving up
    uint32_t m_maxFailure;             //!< Configure-Naks before rejecting
    EventId m_timer;                   //!< the Restart timer
    uint32_t m_restartCount{0};        //!< the Restart counter
    uint32_t m_naksSent{0};            //!< Configure-Naks sent without a Configure-Ack
    uint32_t m_refusals{0};            //!< Configure-Naks and -Rejects received in a row
    uint16_t m_peerMru;                //!< octets that the peer takes
    uint8_t m_identifier{0};           //!< the identifier used last
    bool m_busy{false};                //!< whether something is being done
    bool m_requestPending{false};      //!< whether the last request has had no reply
    PppControlPacket m_request;        //!< the last Configure-Request
    PppOptionList m_requestOptions;    //!< its options
    PppControlPacket m_reply;          //!< the reply to the Configure-Request being handled
    PppOptionList m_peerOptions;       //!< the options of that Configure-Request
    std::optional<PppOptionList> m_firstPeerOptions; //!< of the first one in this negotiation
    bool m_replaying{false}; //!< whether what happens has already happened: no packet is sent
    const PppControlPacket* m_received{nullptr}; //!< the packet being handled
    std::vector<std::function<void()>> m_steps;  //!< what is to be done
    /// Fired at each transition.
    TracedCallback<PppState, PppEvent, PppState> m_transitionTrace;
};

} // namespace ns3

#endif /* PPP_CONTROL_PROTOCOL_H */
