/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CALL_H
#define L2TP_CALL_H

#include "l2tp-call-machine.h"
#include "l2tp-proxy-state.h"

#include "ns3/event-id.h"
#include "ns3/l2tp-avp-catalog.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-result-code.h"
#include "ns3/l2tp-session.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

class L2tpTunnel;

/// What the ends tell each other about a call (RFC 2661, sections 4.4.4, 4.4.5 and 6.6 to 6.11).
struct L2tpCallParameters
{
    uint32_t serialNumber{0};                       //!< Call Serial Number, for administrators
    uint32_t txConnectSpeed{0};                     //!< bit/s from the LAC to the remote system
    std::optional<uint32_t> rxConnectSpeed;         //!< bit/s to the LAC, if it differs
    uint32_t framingType{L2tpFraming::SYNCHRONOUS}; //!< bits of L2tpFraming
    uint32_t bearerType{0};                         //!< bits of L2tpBearer; 0: no physical line
    std::string calledNumber;                       //!< not sent if empty
    std::string callingNumber;                      //!< not sent if empty
    std::string subAddress;                         //!< not sent if empty
    bool sequencingRequired{false};                 //!< all data is to be numbered (section 5.4)
    std::optional<uint32_t> physicalChannelId;      //!< of the LAC, for logging; in ICRQ, OCRP
    uint16_t hopCount{0}; //!< tunnel switches that it has been through; in ICRQ and OCRQ, if not 0
    std::optional<std::string> privateGroupId; //!< the customer group; in ICCN
    L2tpProxyState proxy;                      //!< what the LAC did before; in ICCN
    std::string userName;                      //!< who it is from, as this end knows; not sent
    uint32_t minimumBps{0};          //!< the lowest line speed that will do, bit/s; in OCRQ
    uint32_t maximumBps{0xffffffff}; //!< the highest line speed that will do, bit/s; in OCRQ
};

/// What came of opening a bearer: what the LAC tells in its OCCN (RFC 2661, section 6.11).
struct L2tpBearerLine
{
    uint32_t txConnectSpeed{0};                     //!< bit/s from the LAC to the remote system
    std::optional<uint32_t> rxConnectSpeed{};       //!< bit/s to the LAC, if it differs
    uint32_t framingType{L2tpFraming::SYNCHRONOUS}; //!< bits of L2tpFraming
};

/**
 * @ingroup l2tp
 *
 * @brief The control plane of one call (RFC 2661, sections 5.2, 6.6 to 6.14, 7.4
 * and 7.5).
 *
 * Follows the table of its role, row by row, and opens and closes the session that carries the
 * call's frames.
 */
class L2tpCall : public Object
{
  public:
    /// TracedCallback signature: the error counters that a WEN told.
    using WanErrorsTracedCallback = void (*)(const L2tpCallErrors& errors);
    /// TracedCallback signature: the masks that an SLI told.
    using LinkInfoTracedCallback = void (*)(const L2tpAccm& accm);

    /// Least time between two WENs (section 6.13).
    static constexpr int64_t WAN_ERRORS_INTERVAL_S = 60;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpCall();
    ~L2tpCall() override;

    /**
     * @brief Put the call into a tunnel.
     * @param tunnel the tunnel, which outlives the call's time in it
     * @param role the table to follow
     * @param localId own Session ID; 0 for a call that is only there to be refused
     */
    void Setup(L2tpTunnel* tunnel, L2tpCallRole role, uint16_t localId);

    /**
     * @brief Bearer ring, or ready to indicate an incoming connection (LAC).
     * @param parameters what to tell the LNS
     */
    void Ring(const L2tpCallParameters& parameters);

    /**
     * @brief Local open request: ask the LAC for an outgoing call (LNS).
     *
     * The LAC is asked only for bearers and framings that it has advertised (section 4.4.4): bits
     * of others are cleared. If none is left, or the LAC advertised no bearers at all, the call is
     * cleared when the tunnel is open, without a message.
     * @param parameters what to tell the LAC
     */
    void Request(const L2tpCallParameters& parameters);

    /**
     * @brief Bearer answer, framing detected (LAC, outgoing call). A line slower than the LNS's
     * Minimum BPS or faster than its Maximum BPS counts as a bearer failure.
     *
     * Does nothing unless the bearer is being opened.
     * @param line what to tell the LNS
     */
    void BearerAnswered(const L2tpBearerLine& line);

    /**
     * @brief Bearer failure (LAC, outgoing call). Does nothing unless the bearer is being opened.
     * @param code why, for the CDN: NO_CARRIER, BUSY, NO_DIAL_TONE, NOT_IN_TIME, NO_FRAMING, ...
     */
    void BearerFailed(const L2tpResultCode& code);

    /**
     * @brief Tell the LNS what errors there were on the line, by a WEN (LAC, section 6.13).
     *
     * It goes out at once, or when 60 s have passed since the last one, with the counters of then.
     * None goes out for counters that the LNS knows already.
     * @param errors the counters since the call was established
     * @return false if the call is not established, or this end is not the LAC
     */
    bool ReportErrors(const L2tpCallErrors& errors);

    /**
     * @brief Tell the LAC what was negotiated with the remote system, by an SLI (LNS, section
     * 6.14). None goes out for masks that the LAC has already; it begins with 0xffffffff for both.
     * @param accm the masks
     * @return false if the call is not established, or this end is not the LNS
     */
    bool SetLinkInfo(const L2tpAccm& accm);

    /**
     * @brief Local close request, or bearer line drop.
     * @param code what to tell the peer
     * @param cause what to tell of PPP besides (RFC 3145), if PPP's end is why
     */
    void Close(const L2tpResultCode& code, const std::optional<L2tpDisconnectCause>& cause = {});

    /// tunnel-open: the tunnel that the call waits for is established.
    void TunnelOpen();

    /// The tunnel was cleared, and the call with it.
    void TunnelClosed();

    /**
     * @brief Take a message about the call.
     * @param message a message with session scope that Check() found acceptable
     * @param refusal why an ICRQ or OCRQ is not acceptable by the endpoint's policy, or nothing
     */
    void Receive(const L2tpControlMessage& message, const std::optional<L2tpResultCode>& refusal);

    /**
     * @brief Take a message that Check() found fault with.
     * @param message the message
     * @param code what is wrong with it
     */
    void ReceiveInvalid(const L2tpControlMessage& message, const L2tpResultCode& code);

    /// The state. @return where the call is in its table
    L2tpCallState GetState() const;

    /// The role. @return the table that the call follows
    L2tpCallRole GetRole() const;

    /// Own Session ID. @return the ID
    uint16_t GetLocalId() const;

    /// The peer's Session ID. @return the ID, 0 if not known yet
    uint16_t GetPeerId() const;

    /// What the ends told each other. @return the parameters, sent or received
    const L2tpCallParameters& GetParameters() const;

    /**
     * @brief Set the Physical Channel ID that an OCRP or ICRQ tells; before it is sent.
     * @param id the number, for logging only
     */
    void SetPhysicalChannelId(uint32_t id);

    /// The line's errors. @return the counters of the last WEN, sent or received
    const L2tpCallErrors& GetCallErrors() const;

    /// The line's control character maps. @return the masks of the last SLI, sent or received
    const L2tpAccm& GetAccm() const;

    /**
     * @brief Read the parameters of an ICRQ.
     * @param icrq the message
     * @return what it tells
     */
    static L2tpCallParameters ReadIcrq(const L2tpControlMessage& icrq);

    /**
     * @brief Read the parameters of an OCRQ.
     * @param ocrq the message
     * @return what it asks for
     */
    static L2tpCallParameters ReadOcrq(const L2tpControlMessage& ocrq);

    /// The call's data plane. @return the session, an L2 circuit
    Ptr<L2tpSession> GetSession() const;

    /// The tunnel. @return it, or null once the call is cleared
    L2tpTunnel* GetTunnel() const;

    /// Why the call was cleared, in words. @return empty as long as it was not
    const std::string& GetClearReason() const;

    /// Why the call was cleared, as the CDN says it, sent or received. @return result 0 as long as
    /// it was not, and if the whole tunnel was
    const L2tpResultCode& GetClearCode() const;

    /// What the CDN that cleared the call says of PPP's end (RFC 3145). @return the causes, sent or
    /// received; none if it says nothing of it
    const std::vector<L2tpDisconnectCause>& GetDisconnectCauses() const;

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Follow the table; the only place where the state changes.
     * @param event what happens
     * @param code why, for a CDN to be sent and for the record
     */
    void Handle(L2tpCallEvent event, const L2tpResultCode& code = {});

    /**
     * @brief Carry out an action of the table.
     * @param action which
     * @param code why, for a CDN
     */
    void Perform(L2tpCallAction action, const L2tpResultCode& code);

    /// Send ICRQ (section 6.6).
    void SendIcrq();
    /// Send ICRP (section 6.7).
    void SendIcrp();
    /// Send ICCN (section 6.8).
    void SendIccn();
    /// Send CDN (section 6.12). @param code why
    void SendCdn(const L2tpResultCode& code);
    /// Send OCRQ (section 6.9).
    void SendOcrq();
    /// Send OCRP (section 6.10).
    void SendOcrp();
    /// Send OCCN (section 6.11).
    void SendOccn();
    /// Send WEN (section 6.13) with the newest counters, unless the LNS knows them.
    void SendWen();
    /**
     * @brief Add what ICCN and OCCN have in common.
     * @param message the message
     */
    void AddConnected(L2tpControlMessage& message);
    /**
     * @brief Decide whether a message that sets the call up is acceptable.
     * @param message the message
     * @return why not, or nothing if it is
     */
    std::optional<L2tpResultCode> Judge(const L2tpControlMessage& message) const;
    /**
     * @brief Decide whether an OCRQ asks for what this LAC has.
     * @param ocrq the message
     * @return why not, or nothing if it does
     */
    std::optional<L2tpResultCode> JudgeOcrq(const L2tpControlMessage& ocrq) const;
    /**
     * @brief Ask for no more than the LAC has advertised.
     * @return why there is nothing to ask for, or nothing if there is
     */
    std::optional<L2tpResultCode> FitToPeer();
    /// Take a WEN or SLI. @param message the message
    void ReceiveStatus(const L2tpControlMessage& message);
    /// Clear the call if it is not established in time.
    void StartSetupTimer();
    /// Add a Sequencing Required AVP, if there is to be one. @param message an ICCN or OCCN to send
    void AddSequencingRequired(L2tpControlMessage& message);
    /// Let frames pass.
    void OpenSession();
    /// Let no frames pass, and leave the tunnel.
    void CleanUp();

    /**
     * @brief Note what a message that sets the call up says.
     * @param message the message
     */
    void Learn(const L2tpControlMessage& message);
    /**
     * @brief Note what a message that sets an outgoing call up says.
     * @param message the message
     */
    void LearnOutgoing(const L2tpControlMessage& message);
    /**
     * @brief Note what an ICCN and an OCCN have in common.
     * @param message the message
     */
    void LearnConnected(const L2tpControlMessage& message);

    L2tpTunnel* m_tunnel{nullptr};                          //!< the tunnel
    L2tpCallRole m_role{L2tpCallRole::LAC_INCOMING};        //!< the table
    L2tpCallState m_state{L2tpCallState::IDLE};             //!< where in the table
    uint16_t m_localId{0};                                  //!< own Session ID
    uint16_t m_peerId{0};                                   //!< the peer's Session ID
    L2tpCallParameters m_parameters;                        //!< what the ends told each other
    Ptr<L2tpSession> m_session;                             //!< the data plane
    EventId m_setupTimer;                                   //!< the time allotted for the set-up
    std::string m_clearReason;                              //!< why it was cleared
    L2tpResultCode m_clearCode;                             //!< the same as a code
    std::vector<L2tpDisconnectCause> m_causes;              //!< what the CDN says of PPP's end
    L2tpCallErrors m_errors;                                //!< of the last WEN
    L2tpCallErrors m_newErrors;                             //!< to be told by the next WEN
    EventId m_wenTimer;                                     //!< until the next WEN may go out
    L2tpAccm m_accm;                                        //!< of the last SLI
    TracedCallback<const L2tpCallErrors&> m_wanErrorsTrace; //!< WENs received
    TracedCallback<const L2tpAccm&> m_linkInfoTrace;        //!< SLIs received
};

} // namespace ns3

#endif /* L2TP_CALL_H */
