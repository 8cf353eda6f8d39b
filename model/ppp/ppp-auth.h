/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_AUTH_H
#define PPP_AUTH_H

#include "ppp-control-packet.h"
#include "ppp-drop-reason.h"
#include "ppp-reason.h"
#include "ppp-user-table.h"

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace ns3
{

/// What authentication protocols are told.
struct PppAuthSettings
{
    std::string localName;       //!< this end's name when it asks who the peer is
    std::string userName;        //!< this end's name when it is asked
    std::string password;        //!< and its secret
    Time retryInterval;          //!< time between retransmissions
    uint32_t maxTries{0};        //!< transmissions before giving up
    Time chapInterval;           //!< time between challenges later on; 0: none
    Ptr<PppUserTable> userTable; //!< judges the peer
};

/**
 * @ingroup l2tp
 *
 * @brief What an authentication protocol needs of its surroundings.
 */
class PppAuthOwner
{
  public:
    /**
     * @brief Send a packet.
     * @param protocol the PPP protocol
     * @param packet the packet
     */
    virtual void SendAuth(uint16_t protocol, const PppControlPacket& packet) = 0;
    /**
     * @brief Be told that the packet just received was dropped.
     * @param reason why
     */
    virtual void AuthDropped(PppDropReason reason) = 0;
    /**
     * @brief The peer proved who it is.
     * @param name its name
     * @param profile what it gets
     */
    virtual void PeerAuthenticated(const std::string& name, const PppUserProfile& profile) = 0;
    /// This end was accepted by the peer.
    virtual void LocalAuthenticated() = 0;
    /**
     * @brief One of both failed.
     * @param reason why
     */
    virtual void AuthFailed(PppReason reason) = 0;
    /**
     * @brief Get an unpredictable number.
     * @return any 32-bit number
     */
    virtual uint32_t GetRandom() = 0;
    /**
     * @brief Get the settings.
     * @return the settings
     */
    virtual const PppAuthSettings& GetSettings() const = 0;

  protected:
    ~PppAuthOwner() = default;
};

/**
 * @ingroup l2tp
 *
 * @brief One role of an authentication protocol, with its retry timer.
 */
class PppAuth
{
  public:
    /**
     * @brief Constructor.
     * @param owner outlives this
     * @param protocol the PPP protocol of the packets
     */
    PppAuth(PppAuthOwner& owner, uint16_t protocol);
    /// Cancels the timer.
    virtual ~PppAuth();
    PppAuth(const PppAuth&) = delete;
    PppAuth& operator=(const PppAuth&) = delete;

    /// Begin, with all tries ahead.
    void Start();

    /// End for good: no timer does anything any more.
    virtual void Stop();

    /**
     * @brief Handle a packet of the protocol that is for this role.
     * @param packet the packet
     */
    virtual void Receive(const PppControlPacket& packet) = 0;

  protected:
    /// Send, or send again, what moves the protocol on; called at each try.
    virtual void Transmit() = 0;
    /// Stop trying: the reply is there.
    void StopTimer();
    /**
     * @brief Begin again later.
     * @param delay how much later
     */
    void StartLater(Time delay);
    /**
     * @brief Send a packet.
     * @param code the code
     * @param identifier the identifier
     * @param data the data
     */
    void Send(uint8_t code, uint8_t identifier, std::vector<uint8_t> data);
    /**
     * @brief Get unpredictable octets.
     * @param size how many
     * @return any octets
     */
    std::vector<uint8_t> GetRandomOctets(std::size_t size);

    PppAuthOwner& m_owner; //!< the surroundings

  private:
    /// Transmit, or give up.
    void Try();

    const uint16_t m_protocol; //!< the PPP protocol of the packets
    uint32_t m_tries{0};       //!< transmissions so far
    EventId m_timer;           //!< time of the next try
};

/**
 * @ingroup l2tp
 *
 * @brief The role of the end that wants to know who the other is: it asks the user table.
 */
class PppAuthenticator : public PppAuth
{
  public:
    /**
     * @brief Constructor.
     * @param owner outlives this
     * @param protocol the PPP protocol of the packets
     */
    PppAuthenticator(PppAuthOwner& owner, uint16_t protocol);

    /**
     * @brief Begin, in place of Start(), with what the peer has already told another system.
     * @param attempt what it told, by this protocol; it is judged, and the peer has the reply
     */
    void Adopt(const PppAuthAttempt& attempt);

    /// End for good: no timer and no verdict does anything any more.
    void Stop() override;

    /**
     * @brief Get what the peer told.
     * @return the attempt that the user table was asked about, with the identifier that a reply
     *         must have now; null if there is none
     */
    const PppAuthAttempt* GetAttempt() const;

  protected:
    /**
     * @brief Go on from where another system was.
     * @param attempt what it has come to
     */
    virtual void Resume(const PppAuthAttempt& attempt);
    /**
     * @brief Ask the user table.
     * @param attempt what the peer says; OnVerdict() is called at once or later
     */
    void Judge(const PppAuthAttempt& attempt);
    /**
     * @brief Take the user table's verdict.
     * @param verdict the verdict
     */
    virtual void OnVerdict(const PppAuthVerdict& verdict) = 0;

    std::optional<PppAuthAttempt> m_attempt; //!< what the user table was asked about

  private:
    std::shared_ptr<bool> m_alive; //!< verdicts that come when this is gone go nowhere
};

} // namespace ns3

#endif /* PPP_AUTH_H */
