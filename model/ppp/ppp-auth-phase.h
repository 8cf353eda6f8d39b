/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_AUTH_PHASE_H
#define PPP_AUTH_PHASE_H

#include "ppp-auth.h"

#include "ns3/callback.h"

#include <functional>
#include <memory>
#include <string>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The Authentication phase of a link (RFC 1661, section 3.5): up to two protocols, one for
 * each direction, that both must succeed.
 *
 * It stays active in the Network phase, as replies may have been lost (RFC 1334, section 2.2.1;
 * RFC 1994, section 4.1) and challenges may come again.
 */
class PppAuthPhase : private PppAuthOwner
{
  public:
    /// Sends a packet of a PPP protocol.
    using SendCallback = std::function<void(uint16_t, const PppControlPacket&)>;
    /// Counts and traces the packet just received as dropped.
    using DropCallback = std::function<void(PppDropReason)>;
    /// Called when both ends are satisfied, once.
    using DoneCallback = std::function<void()>;
    /// Called when one isn't.
    using FailCallback = std::function<void(PppReason)>;
    /// Gets an unpredictable number.
    using RandomCallback = std::function<uint32_t()>;

    /**
     * @brief Set the surroundings, before anything else.
     * @param send sends a packet
     * @param drop is told of dropped packets
     * @param done is told of success
     * @param fail is told of failure
     * @param random gets an unpredictable number
     */
    void SetCallbacks(SendCallback send,
                      DropCallback drop,
                      DoneCallback done,
                      FailCallback fail,
                      RandomCallback random);

    /**
     * @brief Begin.
     * @param settings names and secrets
     * @param peer how the peer proves who it is
     * @param local how this end does; both may be NONE, and then it is done at once
     * @param attempt what the peer has already told another system; it is judged in place of
     *        asking the peer, if it is by the protocol that the peer has agreed to. Null for none
     */
    void Start(const PppAuthSettings& settings,
               PppAuthProtocol peer,
               PppAuthProtocol local,
               const PppAuthAttempt* attempt);

    /// End, because the link does.
    void Stop();

    /**
     * @brief Handle a packet.
     * @param protocol PAP or CHAP
     * @param packet the packet
     */
    void Receive(uint16_t protocol, const PppControlPacket& packet);

    /**
     * @brief Get who the peer is.
     * @return the name that it proved to have, empty if it didn't or needn't
     */
    const std::string& GetPeerName() const;

    /**
     * @brief Get what the peer gets.
     * @return what the user table says; an empty one if the peer isn't asked who it is
     */
    const PppUserProfile& GetPeerProfile() const;

    /**
     * @brief Get what the peer told to prove who it is, whatever was thought of it.
     * @return the attempt, null if there is none
     */
    const PppAuthAttempt* GetPeerAttempt() const;

  private:
    void SendAuth(uint16_t protocol, const PppControlPacket& packet) override;
    void AuthDropped(PppDropReason reason) override;
    void PeerAuthenticated(const std::string& name, const PppUserProfile& profile) override;
    void LocalAuthenticated() override;
    void AuthFailed(PppReason reason) override;
    uint32_t GetRandom() override;
    const PppAuthSettings& GetSettings() const override;

    /// Tell of success if it is complete and news.
    void CheckDone();

    SendCallback m_send;                            //!< sends a packet
    DropCallback m_drop;                            //!< is told of dropped packets
    DoneCallback m_onDone;                          //!< is told of success
    FailCallback m_onFail;                          //!< is told of failure
    RandomCallback m_random;                        //!< gets an unpredictable number
    PppAuthSettings m_settings;                     //!< names and secrets
    PppAuthProtocol m_peerProtocol{PPP_AUTH_NONE};  //!< how the peer proves who it is
    PppAuthProtocol m_localProtocol{PPP_AUTH_NONE}; //!< how this end does
    std::unique_ptr<PppAuthenticator> m_peer;       //!< asks the peer
    std::unique_ptr<PppAuth> m_local;               //!< answers the peer
    std::unique_ptr<PppAuthenticator> m_pastPeer;   //!< stopped; kept as it may be the caller
    std::unique_ptr<PppAuth> m_pastLocal;           //!< stopped; kept as it may be the caller
    bool m_active{false};                           //!< between Start() and Stop()
    bool m_peerOk{false};                           //!< whether this end is satisfied
    bool m_localOk{false};                          //!< whether the peer is
    bool m_done{false};                             //!< whether success was told
    std::string m_peerName;                         //!< who the peer is
    PppUserProfile m_peerProfile;                   //!< what it gets
};

} // namespace ns3

#endif /* PPP_AUTH_PHASE_H */
