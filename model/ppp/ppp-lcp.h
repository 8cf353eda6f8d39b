/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_LCP_H
#define PPP_LCP_H

#include "ppp-adoption.h"
#include "ppp-auth-protocol.h"
#include "ppp-control-protocol.h"

#include "ns3/random-variable-stream.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The Link Control Protocol (RFC 1661, sections 5 and 6).
 *
 * Requests MRU, Magic-Number, Authentication-Protocol and both compressions as configured; agrees
 * to these and to the Async-Control-Character-Map (RFC 1662, section 7.1), which means nothing on
 * a circuit of whole frames, and is only told; rejects all else.
 */
class PppLcp : public PppControlProtocol
{
  public:
    /// Signature of the Adoption trace: what LCP thinks of it.
    typedef void (*AdoptionTracedCallback)(PppAdoptionVerdict verdict);

    /// Smallest MRU agreed to: every IPv4 module forwards 68 octets unfragmented (RFC 791).
    static constexpr uint16_t MIN_MRU = 68;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppLcp();
    ~PppLcp() override;

    /**
     * @brief Set the source of Magic-Numbers; before Open().
     * @param random the random variable
     */
    void SetRandomVariable(Ptr<UniformRandomVariable> random);

    /**
     * @brief Set how the peer must prove who it is.
     * @param protocol the protocol demanded
     */
    void SetDemandedAuth(PppAuthProtocol protocol);

    /**
     * @brief Set whether this end has a name and a secret to prove who it is.
     * @param able false if a peer that demands it is to be refused
     */
    void SetAbleToAuthenticate(bool able);

    /**
     * @brief Set what the circuit allows; before Up().
     * @param maxMru the largest MRU, this end's and the peer's
     * @param addressControl false if ACFC and ACCM must be neither requested nor agreed to
     *        (RFC 2516, section 7)
     */
    void SetCircuitLimits(uint16_t maxMru, bool addressControl);

    /**
     * @brief Have the next negotiation over before it begins, if its outcome is acceptable: another
     * system has been through it with the peer.
     *
     * It is if this end could have requested what the other system did, and would have acknowledged
     * what the peer requested. Else this end negotiates with the peer, which is used to that: a
     * Configure-Request takes it back from Opened (RFC 1661, section 4.1).
     * @param adoption what it has come to; before Open() or Up(). Nothing to negotiate
     */
    void SetAdoption(std::optional<PppAdoption> adoption);

    /**
     * @brief Tell whether the last negotiation was another system's.
     * @return true if it was adopted; meaningful in Opened
     */
    bool IsAdopted() const;

    /**
     * @brief Get how the peer agreed to prove who it is.
     * @return the protocol; meaningful in Opened
     */
    PppAuthProtocol GetPeerAuth() const;

    /**
     * @brief Get how this end agreed to prove who it is.
     * @return the protocol; meaningful in Opened
     */
    PppAuthProtocol GetLocalAuth() const;

    /**
     * @brief Tell whether the peer takes one-octet Protocol fields.
     * @return true if the peer requested PFC; meaningful in Opened
     */
    bool IsProtocolCompressed() const;

    /**
     * @brief Tell whether the peer takes frames without Address and Control fields.
     * @return true if the peer requested ACFC; meaningful in Opened
     */
    bool IsAddressCompressed() const;

    /**
     * @brief Get this end's Magic-Number.
     * @return the number, 0 if none is used
     */
    uint32_t GetLocalMagic() const;

    /**
     * @brief Get the peer's Magic-Number.
     * @return the number, 0 if it requested none
     */
    uint32_t GetPeerMagic() const;

    /**
     * @brief Get the control characters that the peer wants mapped in what it receives (RFC 1662,
     * section 7.1). They matter to whoever puts its frames on an asynchronous line.
     * @return a bit for each character; all, the default, if it requested none
     */
    uint32_t GetPeerAccm() const;

    /**
     * @brief Get the control characters that the peer must map in what this end receives.
     * @return a bit for each character; all, unless an adopted negotiation has come to others
     */
    uint32_t GetLocalAccm() const;

    /**
     * @brief Report a packet of an unknown protocol (RFC 1661, section 5.7); in Opened only.
     * @param protocol the value of the Protocol field
     * @param information the octets of the Information field
     */
    void SendProtocolReject(uint16_t protocol, const std::vector<uint8_t>& information);

  protected:
    void DoDispose() override;

  private:
    void ResetNegotiation() override;
    std::optional<Outcome> TakeOver() override;
    PppOptionList GetRequest() override;
    void OptionNaked(const PppOption& option) override;
    void OptionRejected(const PppOption& option) override;
    void RequestAcked(const PppOptionList& request) override;
    Judgement JudgeOption(const PppOption& option) override;
    PppOptionList GetMissing(const PppOptionList& request) const override;
    bool IsRejectable(uint8_t type) const override;
    void PeerConfigured(const PppOptionList& options) override;
    bool ReceiveExtra(const PppControlPacket& packet) override;
    void SendEchoReply() override;
    void ExtraCodeRejected(uint8_t code) override;
    void LayerUp() override;
    void LayerDown() override;

    /**
     * @brief Judge an adoption, and take over what this end is bound to by it.
     * @param adoption the adoption
     * @param outcome set to its options, if they can be read
     * @return what to think of it
     */
    PppAdoptionVerdict JudgeAdoption(const PppAdoption& adoption, Outcome& outcome);
    /**
     * @brief Judge the options that another system requested, and take them over.
     * @param options the options
     * @return what to think of them
     */
    PppAdoptionVerdict TakeOverRequest(const PppOptionList& options);
    /**
     * @brief Judge a Magic-Number option.
     * @param option the option
     * @return what to answer
     */
    Judgement JudgeMagic(const PppOption& option);
    /**
     * @brief Read an Authentication-Protocol option.
     * @param option the option
     * @return the protocol, NONE if it isn't known
     */
    static PppAuthProtocol ReadAuth(const PppOption& option);
    /**
     * @brief Judge an Authentication-Protocol option.
     * @param option the option
     * @return what to answer
     */
    Judgement JudgeAuth(const PppOption& option) const;
    /**
     * @brief Tell whether this end would prove who it is by a protocol.
     * @param protocol the protocol
     * @return false also for NONE
     */
    bool Accepts(PppAuthProtocol protocol) const;
    /**
     * @brief Tell whether the peer's suggestion for what it naked will do.
     * @param suggested how the peer would prove who it is
     * @return true if it is what to request from now on
     */
    bool IsFallback(PppAuthProtocol suggested) const;
    /// Count a sign of a looped-back link, and give up when there are too many.
    void SuspectLoop();
    /**
     * @brief Choose a Magic-Number.
     * @return a number that isn't 0
     */
    uint32_t ChooseMagic();
    /**
     * @brief Look at the Magic-Number field of a packet that has one.
     * @param packet the packet
     * @return false if the packet was dropped
     */
    bool CheckMagic(const PppControlPacket& packet);
    /**
     * @brief Handle a Protocol-Reject.
     * @param packet the packet
     */
    void ReceiveProtocolReject(const PppControlPacket& packet);
    /// Send an Echo-Request, or find that too many had no reply.
    void Keepalive();

    Ptr<UniformRandomVariable> m_random;           //!< chooses Magic-Numbers
    PppAuthProtocol m_demandedAuth{PPP_AUTH_NONE}; //!< what the peer must do, as configured
    bool m_able{false};                            //!< whether there is a name and a secret
    uint16_t m_mru;                                //!< this end's MRU, as configured
    uint16_t m_maxMru{UINT16_MAX};                 //!< the largest MRU on this circuit
    bool m_addressControl{true};                   //!< whether ACFC and ACCM have a meaning
    bool m_useMagic;                               //!< whether to request a Magic-Number
    bool m_usePfc;                                 //!< whether to request PFC
    bool m_useAcfc;                                //!< whether to request ACFC
    bool m_acceptPap;                              //!< whether to prove oneself by PAP
    bool m_acceptChap;                             //!< whether to prove oneself by CHAP
    bool m_acceptMsChapV2;                         //!< whether to do so by MS-CHAP-V2
    bool m_papFallback;                            //!< whether PAP will do if CHAP is naked
    bool m_chapFallback;                           //!< whether CHAP will do for MS-CHAP-V2
    uint32_t m_loopLimit;                          //!< equal Magic-Numbers before giving up
    Time m_echoInterval;                           //!< between Echo-Requests; 0: none
    uint32_t m_echoFailures;                       //!< Echo-Requests without reply, at most

    uint16_t m_requestMru{0};                     //!< MRU to request
    uint32_t m_magic{0};                          //!< this end's Magic-Number, 0: none
    uint32_t m_nakedMagic{0};                     //!< suggested in the last Configure-Nak
    uint32_t m_loops{0};                          //!< signs of a looped-back link
    bool m_requestPfc{false};                     //!< whether PFC is still requested
    bool m_requestAcfc{false};                    //!< whether ACFC is still requested
    PppAuthProtocol m_requestAuth{PPP_AUTH_NONE}; //!< what is requested of the peer

    uint32_t m_localAccm{0xffffffff}; //!< characters that the peer maps

    std::optional<PppAdoption> m_adoption; //!< for the next negotiation
    bool m_adopted{false};                 //!< whether the present one was adopted

    uint32_t m_peerMagic{0};                    //!< the peer's Magic-Number, 0: none
    uint32_t m_peerAccm{0xffffffff};            //!< characters to be mapped for the peer
    bool m_peerPfc{false};                      //!< whether the peer takes PFC
    bool m_peerAcfc{false};                     //!< whether the peer takes ACFC
    PppAuthProtocol m_localAuth{PPP_AUTH_NONE}; //!< what the peer requests of this end

    TracedCallback<PppAdoptionVerdict> m_adoptionTrace; //!< fired for each adoption

    EventId m_echoTimer;         //!< time of the next Echo-Request
    uint32_t m_echoesPending{0}; //!< Echo-Requests without a reply
    bool m_echoRejected{false};  //!< whether the peer doesn't know echoes
};

} // namespace ns3

#endif /* PPP_LCP_H */
