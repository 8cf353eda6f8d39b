/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_LINK_H
#define PPP_LINK_H

#include "ppp-adoption.h"
#include "ppp-auth-phase.h"
#include "ppp-control-owner.h"
#include "ppp-frame-header.h"
#include "ppp-ipcp.h"
#include "ppp-ipv6cp.h"
#include "ppp-lcp.h"
#include "ppp-network-layer.h"
#include "ppp-user-timers.h"

#include "ns3/l2-circuit.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace ns3
{

/// The phases of a link (RFC 1661, section 3.2).
enum class PppPhase : uint8_t
{
    DEAD,         //!< nothing to talk over, or nothing to say (section 3.3)
    ESTABLISH,    //!< LCP negotiates (section 3.4)
    AUTHENTICATE, //!< the ends prove who they are (section 3.5)
    NETWORK,      //!< NCPs negotiate, datagrams pass (section 3.6)
    TERMINATE     //!< LCP ends the link (section 3.7)
};

/**
 * @brief Name a phase.
 * @param phase the phase
 * @return its name
 */
const char* PppPhaseName(PppPhase phase);

/**
 * @ingroup l2tp
 *
 * @brief One end of a PPP link over an L2Circuit (RFC 1661): LCP, authentication, IPCP and, if
 * wanted, IPV6CP.
 *
 * IPv4 and IPv6 go up and down each by itself. The link ends when none of those that are wanted can
 * be any more.
 *
 * Give it a circuit, and Open() it. When it has finished it may be opened again, over the same
 * circuit or another one.
 */
class PppLink : public Object, private PppControlOwner
{
  public:
    /// Told that the link needs its circuit no longer, and why.
    using FinishedCallback = std::function<void(PppReason)>;
    /// Told that this end has done its part, and another system is to go on with the peer.
    using HandOverCallback = std::function<void()>;
    /// Finds the peer's address, given its proven name and what its user gets; answers 0.0.0.0 if
    /// there is none. IPCP has not begun, so that its attributes may still be set.
    using AddressProvider =
        std::function<Ipv4Address(const std::string& user, const PppUserProfile& profile)>;

    /// Signature of the Phase trace: old phase, new phase, reason.
    typedef void (*PhaseTracedCallback)(PppPhase before, PppPhase now, PppReason reason);
    /// Signature of the NetworkUp trace: local address, the peer's address.
    typedef void (*NetworkUpTracedCallback)(Ipv4Address local, Ipv4Address peer);
    /// Signature of the Ipv6Up trace: interface identifiers of this end and of the peer.
    typedef void (*Ipv6UpTracedCallback)(uint64_t local, uint64_t peer);
    /// Signature of the NetworkDown, Ipv6Down and Finished traces: reason.
    typedef void (*ReasonTracedCallback)(PppReason reason);
    /// Signature of the Drop trace: reason, frame.
    typedef void (*DropTracedCallback)(PppDropReason reason, Ptr<const Packet> frame);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppLink();
    ~PppLink() override;

    /**
     * @brief Set the circuit, or take it away. The link follows the circuit's status from here on.
     * Taking it away sends nothing: who gets the circuit may go on with the peer.
     * @param circuit one end of a circuit, or null
     */
    void SetCircuit(Ptr<L2Circuit> circuit);

    /**
     * @brief Set the circuit, over which another system has begun PPP with the peer, and go on from
     * there: LCP is Opened without a packet, what the peer told to prove who it is is judged, and
     * the peer has the reply.
     *
     * If LCP doesn't agree to what was negotiated (PppLcp::SetAdoption()), it negotiates anew; if
     * the peer has told nothing yet, or not by the protocol agreed upon, it is asked. IsAdopted()
     * of LCP and its trace Adoption tell.
     * @param circuit one end of a circuit
     * @param adoption what the other system has come to with the peer
     */
    void AdoptCircuit(Ptr<L2Circuit> circuit, const PppAdoption& adoption);

    /**
     * @brief Get the circuit.
     * @return the circuit, or null
     */
    Ptr<L2Circuit> GetCircuit() const;

    /// Be available: negotiate as soon as the circuit is up.
    void Open();

    /**
     * @brief Terminate the link politely; it stays closed until Open().
     * @param reason why
     */
    void Close(PppReason reason = PppReason::ADMINISTRATIVE);

    /**
     * @brief Send a network-layer packet.
     * @param packet the packet, to which the frame's header is added; the link owns it
     * @param protocol its PPP protocol, IPv4 or IPv6
     * @return false if it was dropped: this network layer isn't up, the packet is longer than
     *         GetMtu(), or the circuit doesn't take it
     */
    bool SendNetwork(Ptr<Packet> packet, uint16_t protocol);

    /**
     * @brief Set what is above the link.
     * @param layer takes the packets that arrive; outlives the link, or takes itself away; null for
     * none
     */
    void SetNetworkLayer(PppNetworkLayer* layer);

    /**
     * @brief Set who is told that the link has finished, so that the circuit may be cleared.
     * @param callback told of it, or null
     */
    void SetFinishedCallback(FinishedCallback callback);

    /**
     * @brief Set who finds the peer's address; it is asked when the Network phase begins.
     * @param provider finds it; null leaves it to the user table and IPCP's PeerAddress
     */
    void SetAddressProvider(AddressProvider provider);

    /**
     * @brief Set who takes the peer over from here when the Network phase would begin: another
     * system, such as an L2TP network server. The phase doesn't begin then; this end goes on to
     * answer LCP and repeated authentication packets, until its circuit is taken away.
     * @param callback told to hand over; null to begin the phase
     */
    void SetHandOverCallback(HandOverCallback callback);

    /**
     * @brief Set who knows the users that may be peers.
     * @param users the table, needed if AuthProtocol isn't None
     */
    void SetUserTable(Ptr<PppUserTable> users);

    /**
     * @brief Get the phase.
     * @return the phase
     */
    PppPhase GetPhase() const;

    /**
     * @brief Tell whether IPv4 packets pass.
     * @return true if IPCP is Opened
     */
    bool IsNetworkUp() const;

    /**
     * @brief Tell whether IPv6 packets pass.
     * @return true if IPV6CP is Opened
     */
    bool IsIpv6Up() const;

    /**
     * @brief Get who the peer is.
     * @return the name that the peer proved to have; empty if it didn't or needn't
     */
    std::string GetPeerName() const;

    /**
     * @brief Get what the peer gets, by the user table.
     * @return the profile; an empty one if the peer isn't asked who it is
     */
    const PppUserProfile& GetPeerProfile() const;

    /**
     * @brief Get what the peer told to prove who it is, whatever was thought of it.
     * @return the attempt that the user table was asked about; nothing if there is none
     */
    std::optional<PppAuthAttempt> GetPeerAttempt() const;

    /**
     * @brief Get the longest network-layer packet to send.
     * @return the peer's MRU in octets
     */
    uint16_t GetMtu() const;

    /**
     * @brief Get LCP.
     * @return the protocol, for its attributes and state
     */
    Ptr<PppLcp> GetLcp() const;

    /**
     * @brief Get IPCP.
     * @return the protocol, for its attributes and state
     */
    Ptr<PppIpcp> GetIpcp() const;

    /**
     * @brief Get IPV6CP.
     * @return the protocol, for its attributes and state; it runs if the attribute Ipv6 is true,
     * and is made when it is first asked for
     */
    Ptr<PppIpv6cp> GetIpv6cp() const;

    /**
     * @brief Get which protocol the reason of the link's end is about.
     * @return the PPP protocol: LCP, PAP, CHAP, IPCP or IPV6CP; 0 if the end was Close()d from
     * outside. Meaningful when the Finished callback is called, and until the link is opened again
     */
    uint16_t GetReasonProtocol() const;

    /**
     * @brief Get how many frames or packets were dropped for a reason.
     * @param reason the reason
     * @return how many
     */
    uint64_t GetDropCount(PppDropReason reason) const;

    /**
     * @brief Fix the stream of the random variable (magic numbers, challenges, identifiers).
     * @param stream the first stream to use
     * @return how many streams are used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /// A network layer, and the protocol that opens it.
    struct Layer
    {
        PppControlProtocol* ncp{nullptr};  //!< the protocol
        bool wanted{false};                //!< whether it runs, and has not failed
        bool up{false};                    //!< whether its packets pass
        PppReason reason{PppReason::NONE}; //!< why it alone is going down
        PppFrameHeader header;             //!< what its packets are sent with

        /// The protocol's lower layer is down: it is silent.
        void Down();
    };

    void SendControl(uint16_t protocol, const PppControlPacket& packet) override;
    void ControlDropped(PppDropReason reason) override;
    void StateChanged(uint16_t protocol, PppState before, PppEvent event, PppState now) override;
    void LayerUp(uint16_t protocol) override;
    void LayerDown(uint16_t protocol) override;
    void LayerFinished(uint16_t protocol) override;
    void LayerFailed(uint16_t protocol, PppReason reason) override;
    void ProtocolRejected(uint16_t protocol) override;

    /**
     * @brief Terminate the link politely.
     * @param reason why
     * @param protocol the PPP protocol that the reason is about, 0 for none
     */
    void CloseFor(PppReason reason, uint16_t protocol);
    /**
     * @brief One of the ends did not prove who it is.
     * @param reason why
     */
    void AuthFailed(PppReason reason);
    /**
     * @brief Follow the circuit's status.
     * @param up whether it is up
     */
    void CircuitChanged(bool up);
    /**
     * @brief Handle a frame from the circuit.
     * @param frame the frame
     */
    void Receive(Ptr<Packet> frame);
    /**
     * @brief Handle a frame of a protocol other than those of the network layers.
     * @param frame the frame, beginning with its header
     * @param protocol its protocol
     * @param headerSize octets of its header
     */
    void ReceiveControl(Ptr<Packet> frame, uint16_t protocol, uint32_t headerSize);
    /**
     * @brief Set what to go on from in the next negotiation.
     * @param adoption what another system has come to, or nothing
     */
    void SetAdoption(const std::optional<PppAdoption>& adoption);
    /**
     * @brief Find the network layer that a protocol belongs to.
     * @param protocol a PPP protocol
     * @return that of IPv6 for its packets and those of IPV6CP, else that of IPv4
     */
    Layer& LayerOf(uint16_t protocol);
    /**
     * @brief A network layer can't be: do without, if another one is left.
     * @param layer which
     * @param reason why
     * @param protocol the PPP protocol that the reason is about
     * @return false if none is left; then the link is terminated
     */
    bool LayerLost(Layer& layer, PppReason reason, uint16_t protocol);
    /// LCP is Opened: begin to authenticate.
    void StartAuth();
    /// The peer and this end know who the other is: begin the Network phase.
    void StartNetwork();
    /**
     * @brief Find the address that the peer must have.
     * @param address set to it, 0.0.0.0 if IPCP's configuration decides
     * @return false if there is none for it
     */
    bool FindPeerAddress(Ipv4Address& address) const;
    /**
     * @brief Change the phase.
     * @param phase the new phase
     * @param reason why
     */
    void SetPhase(PppPhase phase, PppReason reason);
    /// Make IPV6CP, which few links need.
    void MakeIpv6cp();
    /// A frame passes: tell what is above. @param frame it
    void Passes(Ptr<const Packet> frame);
    /// IPv4 or IPv6 has gone up or down: tell what is above.
    void TellNetworkChange();
    /**
     * @brief Count and trace a dropped frame.
     * @param reason why
     * @param frame the frame
     */
    void Drop(PppDropReason reason, Ptr<const Packet> frame);
    /**
     * @brief Get an unpredictable number.
     * @return any 32-bit number
     */
    uint32_t GetRandom();

    Ptr<L2Circuit> m_circuit;                //!< where frames come from and go
    bool m_circuitUp{false};                 //!< whether LCP was told that it is up
    Ptr<PppLcp> m_lcp;                       //!< LCP
    Ptr<PppIpcp> m_ipcp;                     //!< IPCP
    Ptr<PppIpv6cp> m_ipv6cp;                 //!< IPV6CP, null as long as nobody needs it
    bool m_wantIpv6;                         //!< whether IPV6CP is to run
    Layer m_ipv4;                            //!< what passes by IPCP
    Layer m_ipv6;                            //!< what passes by IPV6CP
    PppAuthPhase m_auth;                     //!< PAP and CHAP
    PppUserTimers m_userTimers;              //!< how long the peer may stay
    std::string m_localName;                 //!< this end's name when it asks who the peer is
    std::string m_userName;                  //!< this end's name when it is asked
    std::string m_password;                  //!< and its secret
    Time m_authInterval;                     //!< time between tries to authenticate
    uint32_t m_authTries;                    //!< how many tries
    Time m_chapInterval;                     //!< time between challenges later on
    Ptr<PppUserTable> m_userTable;           //!< knows the users
    PppAuthProtocol m_demandedAuth;          //!< how the peer must prove who it is
    Ptr<UniformRandomVariable> m_random;     //!< all randomness
    PppPhase m_phase{PppPhase::DEAD};        //!< the phase
    PppReason m_reason{PppReason::NONE};     //!< why the link is going down
    uint16_t m_reasonProtocol{0};            //!< the protocol that this is about, 0: none
    Ptr<const Packet> m_frame;               //!< the frame being handled
    PppNetworkLayer* m_network{nullptr};     //!< what is above the link
    FinishedCallback m_onFinished;           //!< told of the end
    AddressProvider m_addressProvider;       //!< finds the peer's address
    HandOverCallback m_onHandOver;           //!< takes the peer over
    std::optional<PppAuthAttempt> m_attempt; //!< what the peer told another system
    std::array<uint64_t, PPP_DROP_REASONS> m_drops{}; //!< dropped frames by reason

    TracedCallback<PppPhase, PppPhase, PppReason> m_phaseTrace;   //!< phase changes
    TracedCallback<Ipv4Address, Ipv4Address> m_networkUpTrace;    //!< network up
    TracedCallback<PppReason> m_networkDownTrace;                 //!< network down
    TracedCallback<uint64_t, uint64_t> m_ipv6UpTrace;             //!< IPv6 up
    TracedCallback<PppReason> m_ipv6DownTrace;                    //!< IPv6 down
    TracedCallback<PppReason> m_finishedTrace;                    //!< link finished
    TracedCallback<Ptr<const Packet>> m_txTrace;                  //!< every frame sent
    TracedCallback<Ptr<const Packet>> m_rxTrace;                  //!< every frame received
    TracedCallback<Ptr<const Packet>> m_controlTxTrace;           //!< control frames sent
    TracedCallback<Ptr<const Packet>> m_controlRxTrace;           //!< control frames received
    TracedCallback<PppDropReason, Ptr<const Packet>> m_dropTrace; //!< dropped frames
};

} // namespace ns3

#endif /* PPP_LINK_H */
