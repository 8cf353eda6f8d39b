/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CALL_H
#define L2TP_CALL_H

#include "l2tp-call-machine.h"

#include "ns3/event-id.h"
#include "ns3/l2tp-avp-catalog.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-result-code.h"
#include "ns3/l2tp-session.h"
#include "ns3/object.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

class L2tpTunnel;

/// What a LAC tells an LNS about a call (RFC 2661, sections 4.4.4, 6.6 and 6.8).
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
};

/**
 * @ingroup l2tp
 *
 * @brief The control plane of one call (RFC 2661, sections 5.2, 6.6 to 6.12 and 7.4).
 *
 * Follows the table of its role, row by row, and opens and closes the session that carries the
 * call's frames.
 */
class L2tpCall : public Object
{
  public:
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
     * @brief Local close request, or bearer line drop.
     * @param code what to tell the peer
     */
    void Close(const L2tpResultCode& code);

    /// tunnel-open: the tunnel that the call waits for is established.
    void TunnelOpen();

    /// The tunnel was cleared, and the call with it.
    void TunnelClosed();

    /**
     * @brief Take a message about the call.
     * @param message a message with session scope that Check() found acceptable
     * @param refusal why an ICRQ is not acceptable by the endpoint's policy, or nothing
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

    /// What the LAC told. @return the parameters, sent or received
    const L2tpCallParameters& GetParameters() const;

    /// The call's data plane. @return the session, an L2 circuit
    Ptr<L2tpSession> GetSession() const;

    /// The tunnel. @return it, or null once the call is cleared
    L2tpTunnel* GetTunnel() const;

    /// Why the call was cleared, in words. @return empty as long as it was not
    const std::string& GetClearReason() const;

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
    /// Answer an OCRQ (section 7.5.1, idle, not acceptable). @param code why
    void RefuseOutgoing(const L2tpResultCode& code);
    /**
     * @brief Decide whether an ICCN is acceptable.
     * @param iccn the message
     * @return why not, or nothing if it is
     */
    std::optional<L2tpResultCode> Judge(const L2tpControlMessage& iccn) const;
    /// Clear the call if it is not established in time.
    void StartSetupTimer();
    /// Add a Sequencing Required AVP, if there is to be one. @param message an ICCN or OCCN to send
    void AddSequencingRequired(L2tpControlMessage& message);
    /// Let frames pass.
    void OpenSession();
    /// Let no frames pass, and leave the tunnel.
    void CleanUp();

    /**
     * @brief Note what an ICRQ or ICCN says.
     * @param message the message
     */
    void Learn(const L2tpControlMessage& message);

    L2tpTunnel* m_tunnel{nullptr};                   //!< the tunnel
    L2tpCallRole m_role{L2tpCallRole::LAC_INCOMING}; //!< the table
    L2tpCallState m_state{L2tpCallState::IDLE};      //!< where in the table
    uint16_t m_localId{0};                           //!< own Session ID
    uint16_t m_peerId{0};                            //!< the peer's Session ID
    L2tpCallParameters m_parameters;                 //!< what the LAC told
    Ptr<L2tpSession> m_session;                      //!< the data plane
    EventId m_setupTimer;                            //!< the time allotted for the set-up
    std::string m_clearReason;                       //!< why it was cleared
};

} // namespace ns3

#endif /* L2TP_CALL_H */
