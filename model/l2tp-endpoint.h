/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ENDPOINT_H
#define L2TP_ENDPOINT_H

#include "ns3/application.h"
#include "ns3/l2tp-call.h"
#include "ns3/l2tp-control-channel.h"
#include "ns3/l2tp-drop-reason.h"
#include "ns3/l2tp-half-open-tunnels.h"
#include "ns3/l2tp-id-table.h"
#include "ns3/l2tp-session.h"
#include "ns3/l2tp-tunnel.h"
#include "ns3/l2tp-udp-path.h"
#include "ns3/l2tp-udp-port.h"
#include "ns3/object-factory.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ns3
{

/// What became of tunnels or calls.
struct L2tpOutcomes
{
    uint64_t established{0}; //!< those that reached established
    uint64_t failed{0};      //!< those cleared before that
    uint64_t cleared{0};     //!< established ones that were cleared

    /// Add further ones. @param more their counters @return the sum
    L2tpOutcomes& operator+=(const L2tpOutcomes& more)
    {
        established += more.established;
        failed += more.failed;
        cleared += more.cleared;
        return *this;
    }
};

/// What an endpoint counts, over all tunnels it ever had.
struct L2tpEndpointStatistics
{
    uint64_t tunnelsEstablished{0};   //!< tunnels that reached established
    uint64_t tunnelsFailed{0};        //!< tunnels cleared before that, or refused
    uint64_t tunnelsCleared{0};       //!< established tunnels that were cleared
    uint64_t sessionsEstablished{0};  //!< calls that reached established
    uint64_t sessionsFailed{0};       //!< calls cleared before that, or refused
    uint64_t sessionsCleared{0};      //!< established calls that were cleared
    uint64_t controlSent{0};          //!< control messages, retransmissions and ZLBs left out
    uint64_t controlRetransmitted{0}; //!< retransmissions
    uint64_t zlbSent{0};              //!< ZLBs sent
    uint64_t controlReceived{0};      //!< control messages in order or early, ZLBs left out
    uint64_t zlbReceived{0};          //!< ZLBs received
    uint64_t duplicates{0};           //!< control messages received again
    uint64_t avpsIgnored{0};          //!< AVPs that are unknown or malformed, and need not be known
    uint64_t zeroWindows{0};          //!< windows of 0 that peers offered, taken as 1
    std::array<uint64_t, L2TP_DROP_REASONS> controlDropped{}; //!< by L2tpDropReason
    uint64_t datagramsReceived{0};                            //!< all that came in by the UDP port
    L2tpOutcomes tunnelsOpened;                               //!< of the tunnels, those opened here
    L2tpOutcomes callsPlaced;                                 //!< of the calls, those placed here
    uint64_t wanErrorsReceived{0};                            //!< WENs that told an LNS of errors
    uint64_t linkInfosReceived{0};                            //!< SLIs that told a LAC of masks
};

/**
 * @ingroup l2tp
 *
 * @brief An application that draws random numbers.
 *
 * Application itself declares AssignStreams() only since ns-3.42. What is declared here can be
 * overridden, and be marked so, with each ns-3; with later ones, that overrides both.
 */
class L2tpStreamUser
{
  public:
    virtual ~L2tpStreamUser() = default;

    /**
     * @brief Assign fixed random variable stream numbers.
     * @param stream the first one to use
     * @return how many were used
     */
    virtual int64_t AssignStreams(int64_t stream) = 0;
};

/**
 * @ingroup l2tp
 *
 * @brief What a LAC and an LNS share: the UDP port, the tunnels, and the demultiplexing of what
 * comes in (RFC 2661, sections 3.1, 5 and 8.1).
 *
 * A derived application decides policy: whom to accept, and what to do with the sessions.
 */
class L2tpEndpoint : public Application, public L2tpTunnelHost, public L2tpStreamUser
{
  public:
    /// TracedCallback signature: a control datagram sent; attempt is 1 for a first transmission.
    using ControlTxTracedCallback = void (*)(Ptr<const L2tpTunnel> tunnel,
                                             const L2tpHeader& header,
                                             Ptr<const Packet> datagram,
                                             uint32_t attempt);
    /// TracedCallback signature: a control datagram received, and what the channel made of it.
    using ControlRxTracedCallback = void (*)(Ptr<const L2tpTunnel> tunnel,
                                             const L2tpHeader& header,
                                             Ptr<const Packet> datagram,
                                             L2tpReception reception);
    /// TracedCallback signature: a control message is delivered to its tunnel, in order and once.
    using ControlDeliverTracedCallback = void (*)(Ptr<const L2tpTunnel> tunnel,
                                                  uint16_t ns,
                                                  uint16_t sessionId,
                                                  L2tpByteView body);
    /// TracedCallback signature: a datagram (null if only its message) was dropped, and why.
    using DropTracedCallback = void (*)(L2tpDropReason reason, Ptr<const Packet> datagram);
    /// TracedCallback signature: a tunnel changed its state, or was refused while idle.
    using TunnelStateTracedCallback = void (*)(Ptr<const L2tpTunnel> tunnel,
                                               L2tpTunnelState old,
                                               L2tpTunnelEvent event);
    /// TracedCallback signature: a call changed its state, or was refused while idle.
    using CallStateTracedCallback = void (*)(Ptr<const L2tpCall> call,
                                             L2tpCallState old,
                                             L2tpCallEvent event);

    /// TracedCallback signature: the endpoint begins to take part, or does so no more.
    using RunningTracedCallback = void (*)(bool isRunning);
    /// TracedCallback signature: something that needs no words happens.
    using EventTracedCallback = void (*)();
    /// TracedCallback signature: the line's errors that the LAC told of.
    using WanErrorsTracedCallback = void (*)(Ptr<const L2tpCall> call,
                                             const L2tpCallErrors& errors);
    /// TracedCallback signature: the line's control character maps that the LNS told of.
    using LinkInfoTracedCallback = void (*)(Ptr<const L2tpCall> call, const L2tpAccm& accm);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpEndpoint();
    ~L2tpEndpoint() override;

    /// Begin to take part; what the start time of the application does. It may be stopped again.
    void Start();

    /**
     * @brief Clear all tunnels with a StopCCN, and take part no more.
     *
     * The UDP port stays open until the last control connection has lingered to its end. May be
     * started again, also before that.
     */
    void Stop();

    /**
     * @brief Lose all state at once and without a word, as in a power failure: what comes to the
     * UDP port is not answered, not by ICMP either.
     *
     * May be started again; the peers find out by their timers. Stop() gives the port back.
     */
    void Crash();

    /// Whether the endpoint takes part. @return true between Start() and Stop() or Crash()
    bool IsRunning() const;

    int64_t AssignStreams(int64_t stream) override;

    /**
     * @brief Share a secret with one peer, instead of SharedSecret. It is for tunnels to come.
     * @param hostName the peer's Host Name, as it is in its SCCRQ or SCCRP
     * @param secret the secret; empty forgets it
     */
    void SetPeerSecret(const std::string& hostName, const std::string& secret);

    /// Tunnels that are set up or established, lingering ones left out. @return the number
    std::size_t GetNTunnels() const;
    /// Tunnels whose state is kept, lingering ones included. @return the number
    std::size_t GetNTunnelsHeld() const;
    /// Calls in any state but idle. @return the number
    std::size_t GetNCalls() const;
    /// All tunnels whose state is kept, by rising Tunnel ID. @return the tunnels
    std::vector<Ptr<L2tpTunnel>> GetTunnels() const;
    /// What was counted. @return the counters
    const L2tpEndpointStatistics& GetStatistics() const;
    /// The UDP port in use. @return its number, 0 if closed
    uint16_t GetPort() const;

    // The tunnels' host
    const L2tpTunnelConfig& GetTunnelConfig() const override;
    const std::string& GetSecretFor(const std::string& hostName) const override;
    Ptr<RandomVariableStream> GetIdStream() const override;
    std::shared_ptr<L2tpDataStatistics> GetDataStatistics() const override;
    std::shared_ptr<L2tpChallenges> GetChallenges() const override;
    std::optional<L2tpResultCode> JudgeTunnel(const L2tpTunnel& tunnel,
                                              const L2tpControlMessage& message) override;
    std::optional<L2tpResultCode> JudgeCall(const L2tpTunnel& tunnel,
                                            const L2tpControlMessage& message) override;
    void TunnelChanged(L2tpTunnel& tunnel, L2tpTunnelState old, L2tpTunnelEvent event) override;
    void CallChanged(L2tpCall& call, L2tpCallState old, L2tpCallEvent event) override;
    void OpenBearer(L2tpCall& call) override;
    void WanErrorsReceived(L2tpCall& call) override;
    void LinkInfoReceived(L2tpCall& call) override;
    void ControlSent(const L2tpTunnel& tunnel,
                     const L2tpHeader& header,
                     Ptr<const Packet> packet,
                     uint32_t attempt) override;
    void ControlDelivered(const L2tpTunnel& tunnel,
                          uint16_t ns,
                          uint16_t sessionId,
                          L2tpByteView body) override;
    void ControlDropped(L2tpDropReason reason) override;
    void ZeroWindowOffered(const L2tpTunnel& tunnel) override;
    void AvpIgnored(const L2tpTunnel& tunnel, uint16_t vendor, uint16_t type) override;
    void TunnelFinished(L2tpTunnel& tunnel) override;

  protected:
    void DoDispose() override;

    /**
     * @brief Make a tunnel to a peer; it is opened by its first call, or by Open().
     * @param peer the peer's address and port
     * @param local own address, or none for the one that the route gives
     * @return the tunnel, or null if no Tunnel ID is free or the limit is reached
     */
    Ptr<L2tpTunnel> MakeTunnel(const L2tpUdpAddress& peer, const L2tpIpAddress& local);

    /**
     * @brief Set what bearers this end has for outgoing calls; tunnels to come tell the peer.
     * @param bearers bits of L2tpBearer
     */
    void SetBearerCapabilities(uint32_t bearers);

    /**
     * @brief Decide whether there may be another call (MaxSessions, MaxSessionsPerTunnel).
     * @param others how many other calls its tunnel has
     * @return why not, or nothing if there may
     */
    std::optional<L2tpResultCode> JudgeRoom(std::size_t others) const;

    /// The endpoint has started.
    virtual void DoStart();
    /// The endpoint is about to stop: all tunnels are still there.
    virtual void DoStop();
    /// All state is about to be lost, and still there.
    virtual void DoPrepareCrash();
    /// All state is gone, without a word to anybody.
    virtual void DoCrash();

  private:
    /// What tells the tunnels apart whose peer does not know their ID yet.
    using PeerKey = std::pair<L2tpUdpAddress, uint16_t>;

    /**
     * @brief Add the attributes about control channels.
     * @param tid the type that gets them
     * @return the same
     */
    static TypeId AddControlAttributes(TypeId tid);

    /// Let tunnels see the attributes about control channels.
    void ApplyControlAttributes();

    /**
     * @brief Add the attributes about data messages.
     * @param tid the type that gets them
     * @return the same
     */
    static TypeId AddDataAttributes(TypeId tid);

    /// Let tunnels see the attributes about data messages.
    void ApplyDataAttributes();

    void StartApplication() override;
    void StopApplication() override;

    /**
     * @brief Take a datagram.
     * @param datagram the L2TP message, header included
     * @param from who sent it
     * @param to to which local address
     */
    void Receive(Ptr<Packet> datagram, const L2tpUdpAddress& from, const L2tpIpAddress& to);

    /// Drop a datagram from a network that is isolated from those of tunnels: a subscriber's.
    /// @param datagram the datagram
    void RefuseStranger(Ptr<Packet> datagram);

    /**
     * @brief Take a control message.
     * @param header its header
     * @param datagram the message, header included
     * @param from who sent it
     * @param to to which local address
     */
    void ReceiveControl(const L2tpHeader& header,
                        Ptr<Packet> datagram,
                        const L2tpUdpAddress& from,
                        const L2tpIpAddress& to);

    /**
     * @brief Find the tunnel of a control message whose Tunnel ID is 0, by the peer's own ID, and
     * make one for an SCCRQ.
     * @param header its header
     * @param body what follows the header
     * @param from who sent it
     * @param to to which local address
     * @param reason receives why there is none
     * @return the tunnel, or null
     */
    Ptr<L2tpTunnel> TunnelOfUnnumbered(const L2tpHeader& header,
                                       L2tpByteView body,
                                       const L2tpUdpAddress& from,
                                       const L2tpIpAddress& to,
                                       L2tpDropReason& reason);

    /**
     * @brief Find the tunnel of a StopCCN whose Tunnel ID is 0 and whose Assigned Tunnel ID is
     * hidden. It doesn't name the peer, so that its secret may be that of any tunnel with it.
     * @param body what follows its header
     * @param from who sent it
     * @return the tunnel, or null
     */
    Ptr<L2tpTunnel> TunnelOfHiddenStopCcn(L2tpByteView body, const L2tpUdpAddress& from);

    /**
     * @brief Follow a peer that answers an SCCRQ from another address or port (section 8.1).
     * @param tunnel the tunnel that a message is addressed to
     * @param header the message's header
     * @param body what follows it
     * @param from who sent it
     * @return true if it is the reply that the tunnel waits for
     */
    bool FollowsReply(L2tpTunnel& tunnel,
                      const L2tpHeader& header,
                      L2tpByteView body,
                      const L2tpUdpAddress& from);

    /**
     * @brief Settle which tunnel there is to be when both ends open one at once (section 4.4.3).
     *
     * Own tunnels that lose are discarded.
     * @param message the peer's SCCRQ
     * @param peer the peer
     * @return false if the peer's tunnel loses
     */
    bool SettleTie(const L2tpControlMessage& message, const L2tpIpAddress& peer);

    /**
     * @brief Answer a control message that there is no tunnel for (section 7.2.1, idle), and keep
     * no state of it.
     * @param header its header
     * @param body what follows the header
     * @param from who sent it
     * @param to to which local address
     * @param reason why there is no tunnel
     */
    void AnswerWhileIdle(const L2tpHeader& header,
                         L2tpByteView body,
                         const L2tpUdpAddress& from,
                         const L2tpIpAddress& to,
                         L2tpDropReason reason);

    /**
     * @brief The Tunnel ID of this end in a StopCCN that refuses an SCCRQ there is no room for: the
     * same for each time the SCCRQ is repeated, though nothing is remembered of it, unless a tunnel
     * has taken it.
     * @param peer who sent the SCCRQ
     * @param peerId the ID that it assigned
     * @return the ID, unpredictable for others (section 9.1); 0 if all are taken
     */
    uint16_t IdOfRefused(const L2tpUdpAddress& peer, uint16_t peerId);

    /**
     * @brief Count and trace a dropped control message or a datagram that is neither.
     * @param reason why
     * @param datagram what, or null
     */
    void DropControl(L2tpDropReason reason, Ptr<const Packet> datagram);

    /**
     * @brief Count and trace a dropped data message that no session was found for.
     * @param reason why
     * @param datagram what
     */
    void DropData(L2tpDropReason reason, Ptr<const Packet> datagram);

    /// Close the port once nothing needs it.
    void ClosePortIfUnused();

    std::string m_hostName;                                     //!< attribute HostName
    uint16_t m_receiveWindowSize;                               //!< attribute ReceiveWindowSize
    bool m_advertiseWindow;                                     //!< attribute AdvertiseWindow
    uint16_t m_peerWindow;                                      //!< attribute PeerWindow
    Time m_lingerTime;                                          //!< attribute LingerTime
    ObjectFactory m_retransmissionPolicy;                       //!< attribute RetransmissionPolicy
    ObjectFactory m_congestionWindow;                           //!< attribute CongestionWindow
    ObjectFactory m_acknowledgement;                            //!< attribute AcknowledgementPolicy
    ObjectFactory m_receiveQueueing;                            //!< attribute ReceiveQueueing
    L2tpResend m_resend;                                        //!< attribute Resend
    Time m_helloInterval;                                       //!< attribute HelloInterval
    Time m_setupTimeout;                                        //!< attribute SetupTimeout
    std::string m_sharedSecret;                                 //!< attribute SharedSecret
    std::unordered_map<std::string, std::string> m_peerSecrets; //!< by the peer's Host Name
    bool m_challengePeer;                                       //!< attribute ChallengePeer
    bool m_hideAvps;                                            //!< attribute HideAvps
    bool m_tieBreaker;                                          //!< attribute TieBreaker
    bool m_lengthInData;                                        //!< attribute LengthInData
    uint16_t m_dataOffset;                                      //!< attribute DataOffset
    L2tpDataPriority m_dataPriority;                            //!< attribute DataPriority
    bool m_sequencing;                                          //!< attribute Sequencing
    bool m_requireSequencing;                                   //!< attribute RequireSequencing
    ObjectFactory m_marking;                                    //!< attribute Marking
    Time m_reorderTimeout;                                      //!< attribute ReorderTimeout
    uint16_t m_reorderFrames;                                   //!< attribute ReorderFrames
    L2tpTunnelConfig m_config;                              //!< the attributes, as tunnels see them
    uint16_t m_localPort;                                   //!< the port wanted, 0 for any
    uint32_t m_maxTunnels;                                  //!< how many tunnels there may be
    uint32_t m_maxHalfOpen;                                 //!< of these, how many half open
    uint32_t m_maxSessions;                                 //!< how many calls there may be
    uint32_t m_maxSessionsPerTunnel;                        //!< how many in one tunnel
    uint32_t m_maxBacklog;                                  //!< attribute MaxBacklog
    bool m_running{false};                                  //!< between Start() and Stop()
    Ptr<L2tpUdpPort> m_port;                                //!< the UDP port
    Ptr<UniformRandomVariable> m_ids;                       //!< where IDs come from
    std::optional<uint32_t> m_refusalSalt;                  //!< of the IDs of refused tunnels
    L2tpIdTable<L2tpTunnel> m_tunnels;                      //!< by own Tunnel ID
    std::map<PeerKey, Ptr<L2tpTunnel>> m_byPeer;            //!< tunnels that the peer opened
    L2tpHalfOpenTunnels m_halfOpen;                         //!< of these, those not established
    std::set<std::pair<L2tpIpAddress, uint16_t>> m_opening; //!< own SCCRQs without a reply
    std::size_t m_active{0};                                //!< tunnels that are not idle
    std::size_t m_calls{0};                                 //!< calls that are not idle
    L2tpEndpointStatistics m_statistics;                    //!< what is counted
    std::shared_ptr<L2tpDataStatistics> m_data;             //!< what sessions count
    std::shared_ptr<L2tpChallenges> m_challenges;           //!< what peers were asked
    TracedCallback<Ptr<const L2tpTunnel>, const L2tpHeader&, Ptr<const Packet>, uint32_t>
        m_controlTxTrace; //!< control datagrams sent
    TracedCallback<Ptr<const L2tpTunnel>, const L2tpHeader&, Ptr<const Packet>, L2tpReception>
        m_controlRxTrace; //!< control datagrams received
    TracedCallback<Ptr<const L2tpTunnel>, uint16_t, uint16_t, L2tpByteView>
        m_controlDeliverTrace; //!< control messages delivered
    TracedCallback<L2tpDropReason, Ptr<const Packet>> m_controlDropTrace; //!< control dropped
    TracedCallback<L2tpDropReason, Ptr<const Packet>> m_dataDropTrace;    //!< data dropped
    TracedCallback<Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent>
        m_tunnelTrace; //!< tunnels' states
    TracedCallback<Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent>
        m_callTrace;                                                             //!< calls' states
    TracedCallback<bool> m_runningTrace;                                         //!< start and stop
    TracedCallback<> m_crashTrace;                                               //!< crashes
    TracedCallback<Ptr<const L2tpCall>, const L2tpCallErrors&> m_wanErrorsTrace; //!< WENs received
    TracedCallback<Ptr<const L2tpCall>, const L2tpAccm&> m_linkInfoTrace;        //!< SLIs received
};

} // namespace ns3

#endif /* L2TP_ENDPOINT_H */
