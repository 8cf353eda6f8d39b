/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TUNNEL_H
#define L2TP_TUNNEL_H

#include "l2tp-call.h"
#include "l2tp-control-channel.h"
#include "l2tp-id-table.h"
#include "l2tp-tunnel-auth.h"
#include "l2tp-tunnel-machine.h"

#include "ns3/event-id.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-drop-reason.h"
#include "ns3/l2tp-udp-path.h"
#include "ns3/nstime.h"
#include "ns3/object-factory.h"
#include "ns3/object.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/// How tunnels behave, all those of an endpoint. Its attributes of these names set it, but for the
/// capabilities, which have none: bearers are what a LAC's dialer has.
struct L2tpTunnelConfig
{
    std::string hostName{"ns-3"};       //!< Host Name AVP
    uint32_t framingCapabilities{3};    //!< Framing Capabilities AVP, L2tpFraming
    uint32_t bearerCapabilities{0};     //!< Bearer Capabilities AVP, L2tpBearer
    L2tpControlChannel::Config channel; //!< windows, linger, what is resent
    ObjectFactory retransmission;       //!< makes each channel's retransmission policy
    ObjectFactory congestion;           //!< makes each channel's congestion window
    ObjectFactory acknowledgement;      //!< makes each channel's acknowledgement policy
    ObjectFactory queueing;             //!< makes each channel's receive queueing
    bool advertiseWindow{true};         //!< whether to send a Receive Window Size AVP
    Time helloInterval{Seconds(60)};    //!< silence before a HELLO; 0: never
    Time setupTimeout{Seconds(60)};     //!< for tunnels and calls to be established; 0: any time
    std::string sharedSecret;           //!< for tunnel authentication; empty: none
    bool challengePeer{false};          //!< whether the peer must prove that it knows the secret
    bool hideAvps{false};               //!< whether to hide AVPs, with the secret
    bool tieBreaker{false};             //!< whether to send a Tie Breaker AVP
    bool requireSequencing{false};      //!< whether to send Sequencing Required, as a LAC
    L2tpSessionConfig session;          //!< how the sessions behave
};

/// What one tunnel has of its own, where the host has the same for all the others.
struct L2tpTunnelIdentity
{
    std::string hostName{};         //!< Host Name AVP; empty: the host's
    std::string secret{};           //!< empty: the host's, for the peer's Host Name
    std::string expectedHostName{}; //!< what the peer's Host Name must be; empty: anything
    std::string assignmentId{};     //!< what calls that share it have in common; not sent
};

/**
 * @ingroup l2tp
 *
 * @brief What a tunnel asks of and tells the endpoint that it belongs to.
 */
class L2tpTunnelHost
{
  public:
    virtual ~L2tpTunnelHost() = default;

    /// How to behave. @return the configuration, the same for all tunnels of the host
    virtual const L2tpTunnelConfig& GetTunnelConfig() const = 0;

    /**
     * @brief Which secret to share with a peer (RFC 2661, section 5.1.1: one for each LAC-LNS
     * pair).
     * @param hostName the peer's Host Name, empty if it is not known yet
     * @return the secret, empty for none
     */
    virtual const std::string& GetSecretFor(const std::string& hostName) const = 0;

    /// Which end of an incoming call the host is. @return the role of calls it knows nothing of
    virtual L2tpCallRole GetCallRole() const = 0;

    /// Where IDs come from. @return an integer stream from 1 to 65535
    virtual Ptr<RandomVariableStream> GetIdStream() const = 0;

    /// What counts data for the whole host. @return the counters
    virtual std::shared_ptr<L2tpDataStatistics> GetDataStatistics() const = 0;

    /// What the host has asked its peers. @return the challenges, of all tunnels
    virtual std::shared_ptr<L2tpChallenges> GetChallenges() const = 0;

    /**
     * @brief Decide whether to have a tunnel with a peer.
     * @param tunnel the tunnel
     * @param message its SCCRQ or SCCRP
     * @return why not, or nothing if it is welcome
     */
    virtual std::optional<L2tpResultCode> JudgeTunnel(const L2tpTunnel& tunnel,
                                                      const L2tpControlMessage& message) = 0;

    /**
     * @brief Decide whether to take a call.
     * @param tunnel its tunnel
     * @param message its ICRQ or OCRQ
     * @return why not, or nothing if it is welcome
     */
    virtual std::optional<L2tpResultCode> JudgeCall(const L2tpTunnel& tunnel,
                                                    const L2tpControlMessage& message) = 0;

    /// A tunnel has changed its state, or was refused while idle. @param tunnel it @param old
    /// before @param event why
    virtual void TunnelChanged(L2tpTunnel& tunnel, L2tpTunnelState old, L2tpTunnelEvent event) = 0;

    /// A call has changed its state. @param call it @param old before @param event why
    virtual void CallChanged(L2tpCall& call, L2tpCallState old, L2tpCallEvent event) = 0;

    /// A call is established, its session open. @param call the call
    virtual void CallEstablished(L2tpCall& call) = 0;

    /// A call is cleared, its session closed. @param call the call
    virtual void CallCleared(L2tpCall& call) = 0;

    /// An OCRQ was accepted, and the OCRP sent: open the bearer. @param call the call
    virtual void OpenBearer(L2tpCall& call) = 0;

    /// The LAC told of errors on the line. @param call the call, which has the counters
    virtual void WanErrorsReceived(L2tpCall& call) = 0;

    /// The LNS told what PPP has negotiated. @param call the call, which has the masks
    virtual void LinkInfoReceived(L2tpCall& call) = 0;

    /**
     * @brief A control message went out.
     * @param tunnel whose
     * @param header its header
     * @param packet the whole datagram
     * @param attempt 1 for its first transmission
     */
    virtual void ControlSent(const L2tpTunnel& tunnel,
                             const L2tpHeader& header,
                             Ptr<const Packet> packet,
                             uint32_t attempt) = 0;

    /**
     * @brief A control message is about to be handed to the tunnel, in order and once.
     * @param tunnel whose
     * @param ns Ns of its header
     * @param sessionId Session ID of its header
     * @param body what follows the header
     */
    virtual void ControlDelivered(const L2tpTunnel& tunnel,
                                  uint16_t ns,
                                  uint16_t sessionId,
                                  L2tpByteView body) = 0;

    /// A message was dropped after it had been received, or could not be sent. @param reason why
    virtual void ControlDropped(L2tpDropReason reason) = 0;

    /// The peer offers a window of 0 messages, which is taken as 1. @param tunnel the tunnel
    virtual void ZeroWindowOffered(const L2tpTunnel& tunnel) = 0;

    /**
     * @brief An AVP of a message that was taken is ignored (RFC 2661, sections 4.1, 4.2 and 7.1).
     * @param tunnel whose message
     * @param vendor the AVP's Vendor ID
     * @param type its Attribute Type
     */
    virtual void AvpIgnored(const L2tpTunnel& tunnel, uint16_t vendor, uint16_t type) = 0;

    /// A tunnel has no more to do: forget it. @param tunnel the tunnel
    virtual void TunnelFinished(L2tpTunnel& tunnel) = 0;
};

/**
 * @ingroup l2tp
 *
 * @brief A control connection and its calls (RFC 2661, sections 5.1, 5.5, 5.7 and 7.2).
 */
class L2tpTunnel : public Object, public L2tpControlChannelUser
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpTunnel();
    ~L2tpTunnel() override;

    /**
     * @brief Put the tunnel into its endpoint.
     * @param host the endpoint, which outlives the tunnel's time in it
     * @param localId own Tunnel ID
     * @param path the way to the peer
     */
    void Setup(L2tpTunnelHost* host, uint16_t localId, Ptr<L2tpUdpPath> path);

    /**
     * @brief Set what this tunnel has of its own; before Open().
     * @param identity names and secret
     */
    void SetIdentity(const L2tpTunnelIdentity& identity);

    /// What this tunnel has of its own. @return names and secret
    const L2tpTunnelIdentity& GetIdentity() const;

    /**
     * @brief Which secret a message is to be read with. An SCCRQ or SCCRP says who it is from.
     * @param message a message received
     * @return the secret, empty for none
     */
    const std::string& GetSecretOf(const L2tpControlMessage& message) const;

    /// Whether a reply comes from somebody who knows the secret, if the peer was challenged.
    /// @param reply an SCCRP or StopCCN, in clear @return true if it does, or the peer was not
    /// challenged
    bool IsAnsweredBy(const L2tpControlMessage& reply) const;

    /// Local Open request. Does nothing if the tunnel is being set up or established already, or
    /// was cleared: its channel is closed for good then.
    void Open();

    /**
     * @brief Admin Tunnel Close: clear the tunnel and all calls in it.
     * @param code what to tell the peer
     */
    void Close(const L2tpResultCode& code);

    /**
     * @brief Make room for a call to the LNS; its Ring() opens the tunnel if need be.
     * @return the call, in the idle state, or null if no Session ID is free or the tunnel was
     * cleared
     */
    Ptr<L2tpCall> MakeIncomingCall();

    /**
     * @brief Make room for a call by the LAC; its Request() opens the tunnel if need be.
     * @return the call, as MakeIncomingCall() returns it
     */
    Ptr<L2tpCall> MakeOutgoingCall();

    /// The endpoint crashes: clear the tunnel and all calls in it without a message, and dispose of
    /// it.
    void Crash();

    /**
     * @brief Too many peers have begun to open tunnels: silently discard this one, which isn't
     * established.
     */
    void GiveWay();

    /**
     * @brief The peer has sent an SCCRQ too, and its tunnel is to be the only one (section 4.4.3):
     * silently discard this one.
     */
    void LoseTie();

    /**
     * @brief Take a control datagram that is addressed to this tunnel.
     * @param header its header
     * @param body what follows the header
     * @param reception what the channel's Classify() has just said of it
     */
    void ReceiveControl(const L2tpHeader& header, L2tpByteView body, L2tpReception reception);

    /**
     * @brief Answer an SCCRP that belongs to no tunnel, or an SCCRQ that there is no room for: a
     * tunnel in the idle state does what the table says, once, and keeps no state.
     * @param header the header of the datagram
     * @param message the message
     */
    void ReceiveWhileIdle(const L2tpHeader& header, const L2tpControlMessage& message);

    /**
     * @brief Take a data message that is addressed to this tunnel.
     * @param header its header
     * @param message the message, header included
     * @param trafficClass of the datagram's IP header
     * @return false if no session has the Session ID
     */
    bool ReceiveData(const L2tpHeader& header, Ptr<Packet> message, uint8_t trafficClass);

    /// The state. @return where the tunnel is in its table
    L2tpTunnelState GetState() const;
    /// Own Tunnel ID. @return the ID
    uint16_t GetLocalId() const;
    /// The peer's Tunnel ID. @return the ID, 0 if not known yet
    uint16_t GetPeerId() const;
    /// The value of the Tie Breaker AVP that was sent. @return it, or nothing if none was
    std::optional<uint64_t> GetTieBreaker() const;
    /// The peer's Host Name. @return the name, empty if not known yet
    const std::string& GetPeerHostName() const;
    /// The peer's Framing Capabilities. @return bits of L2tpFraming, 0 if not known yet
    uint32_t GetPeerFramingCapabilities() const;
    /// The peer's Bearer Capabilities. @return bits of L2tpBearer; nothing if it sent none yet
    std::optional<uint32_t> GetPeerBearerCapabilities() const;
    /// Whether this end has opened the tunnel. @return true if it sent the SCCRQ
    bool IsOriginator() const;
    /// The way to the peer. @return the path, null once the tunnel is disposed
    Ptr<L2tpUdpPath> GetPath() const;
    /// The reliable channel. @return the channel
    Ptr<L2tpControlChannel> GetChannel() const;
    /// Why the tunnel was cleared, in words. @return empty as long as it was not
    const std::string& GetClearReason() const;
    /// Why the tunnel was cleared, as the StopCCN says it, sent or received. @return result 0 as
    /// long as it was not, and if there is none, as of a peer that is silent
    const L2tpResultCode& GetClearCode() const;
    /// The host. @return the endpoint that the tunnel belongs to; none once it is disposed
    L2tpTunnelHost& GetHost() const;

    /// A call, by own Session ID. @param id the ID @return the call, or null
    Ptr<L2tpCall> FindCall(uint16_t id) const;
    /// How many calls there are, in any state. @return the number
    std::size_t GetNCalls() const;
    /// When the peer was last heard, by a control or data message. @return the time
    Time GetLastReceived() const;
    /// All calls, by rising Session ID. @return the calls
    std::vector<Ptr<L2tpCall>> GetCalls() const;

    /// @name For the tunnel's calls
    /// @{

    /// A call wants the tunnel to be open. @param call the call, told by TunnelOpen()
    void AwaitOpen(Ptr<L2tpCall> call);
    /**
     * @brief Send a message about a call. If there is no room to keep it until it is acknowledged,
     * the tunnel is cleared.
     * @param peerSessionId for the header
     * @param message the message
     */
    void SendMessage(uint16_t peerSessionId, const L2tpControlMessage& message);
    /// The peer's Session ID of a call is known now. @param call the call
    void IndexByPeerId(Ptr<L2tpCall> call);
    /// A call is cleared. @param call the call
    void RemoveCall(L2tpCall& call);
    /// @}

    // The channel's user
    void Transmit(uint16_t sessionId,
                  uint16_t ns,
                  uint16_t nr,
                  L2tpByteView body,
                  uint32_t attempt) override;
    void Deliver(uint16_t sessionId, L2tpByteView body) override;
    void PeerIsDead() override;
    void Finished() override;

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Follow the table; the only place where the state changes.
     * @param event what happens
     * @param code why, for a StopCCN to be sent and for the record
     */
    void Handle(L2tpTunnelEvent event, const L2tpResultCode& code = {});

    /**
     * @brief Carry out an action of the table.
     * @param action which
     * @param code why, for a StopCCN
     */
    void Perform(L2tpTunnelAction action, const L2tpResultCode& code);

    /**
     * @brief Take a message that Check() found acceptable.
     * @param sessionId Session ID of its header
     * @param message the message
     */
    void Dispatch(uint16_t sessionId, const L2tpControlMessage& message);

    /**
     * @brief Take a message that Check() found fault with.
     * @param sessionId Session ID of its header
     * @param message the message
     * @param fault what is wrong with it
     */
    void DispatchInvalid(uint16_t sessionId,
                         const L2tpControlMessage& message,
                         const L2tpMessageFault& fault);

    /**
     * @brief Find the call that a message is about.
     * @param sessionId Session ID of its header
     * @param message the message
     * @return the call; one that is idle, and in no table, if there is none
     */
    Ptr<L2tpCall> CallOf(uint16_t sessionId, const L2tpControlMessage& message);

    /**
     * @brief Choose the table of a call that nobody knows.
     * @param message the message about it
     * @return the role whose table knows the message
     */
    L2tpCallRole RoleFor(const L2tpControlMessage& message) const;

    /// Make room for a call. @param role its role @return the call, or null
    Ptr<L2tpCall> MakeCall(L2tpCallRole role);

    /**
     * @brief Decide whether an SCCRQ, SCCRP or SCCCN is acceptable.
     * @param message the message
     * @return why not, or nothing if it is
     */
    std::optional<L2tpResultCode> Judge(const L2tpControlMessage& message);
    /// Which secret to use. @return it, empty for none
    const std::string& GetSecret() const;
    /// Note what an SCCRQ, SCCRP or StopCCN says. @param message the message
    void Learn(const L2tpControlMessage& message);
    /// Note the peer's Tunnel ID, if a message tells it. @param message the message
    void LearnPeerId(const L2tpControlMessage& message);
    /**
     * @brief Send an SCCRQ or SCCRP, which have nearly the same AVPs (sections 6.1 and 6.2).
     * @param type which
     */
    void SendStart(L2tpMessageType type);
    /// Send an SCCCN (section 6.3).
    void SendScccn();
    /// Send a StopCCN (section 6.4). @param code why
    void SendStopCcn(const L2tpResultCode& code);
    /// A message as it is sent: with its AVPs hidden, if that is wanted. @param message it @return
    /// it
    L2tpControlMessage Hidden(const L2tpControlMessage& message) const;
    /// What a Tie Breaker is drawn from. @return 64 bits that nobody can foresee
    uint64_t DrawTieBreaker() const;
    /// Clear the calls and stop the timer.
    void CleanUp();
    /// The timer has come: the set-up took too long, or the peer was silent.
    void Expire();
    /// Wait for silence, or for the set-up to take too long. @param delay how long
    void StartTimer(Time delay);

    L2tpTunnelHost* m_host{nullptr};                             //!< the endpoint
    Ptr<L2tpControlChannel> m_channel;                           //!< reliable delivery
    Ptr<L2tpUdpPath> m_path;                                     //!< the way to the peer
    L2tpTunnelState m_state{L2tpTunnelState::IDLE};              //!< where in the table
    bool m_cleared{false};                                       //!< whether it was cleared
    uint16_t m_localId{0};                                       //!< own Tunnel ID
    uint16_t m_peerId{0};                                        //!< the peer's Tunnel ID
    L2tpTunnelIdentity m_identity;                               //!< what it has of its own
    std::string m_peerHostName;                                  //!< the peer's Host Name
    uint32_t m_peerFraming{0};                                   //!< its Framing Capabilities
    std::optional<uint32_t> m_peerBearer;                        //!< its Bearer Capabilities
    bool m_originator{false};                                    //!< whether we sent an SCCRQ
    L2tpTunnelAuth m_auth;                                       //!< tunnel authentication
    std::optional<uint64_t> m_tieBreaker;                        //!< the Tie Breaker that was sent
    L2tpIdTable<L2tpCall> m_calls;                               //!< by own Session ID
    std::unordered_map<uint16_t, Ptr<L2tpCall>> m_callsByPeerId; //!< by the peer's Session ID
    std::vector<Ptr<L2tpCall>> m_waiting;                        //!< calls to be told tunnel-open
    Time m_lastReceived;                                         //!< when the peer was last heard
    EventId m_timer;                                             //!< set-up time or keepalive
    std::string m_clearReason;                                   //!< why it was cleared
    L2tpResultCode m_clearCode;                                  //!< the same as a code
};

} // namespace ns3

#endif /* L2TP_TUNNEL_H */
