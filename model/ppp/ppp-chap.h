/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_CHAP_H
#define PPP_CHAP_H

#include "ppp-auth.h"

#include "ns3/l2tp-digest.h"

#include <optional>

namespace ns3
{

/// Values of CHAP's Code field (RFC 1994, section 4).
enum class PppChapCode : uint8_t
{
    CHALLENGE = 1, //!< section 4.1
    RESPONSE = 2,  //!< section 4.1
    SUCCESS = 3,   //!< section 4.2
    FAILURE = 4    //!< section 4.2
};

/**
 * @brief Compute CHAP's Response Value with MD5 (RFC 1994, section 4.1).
 * @param identifier the Identifier of the challenge
 * @param secret the secret
 * @param challenge the Challenge Value
 * @return the digest
 */
L2tpMd5Digest PppChapDigest(uint8_t identifier,
                            const std::string& secret,
                            const std::vector<uint8_t>& challenge);

/**
 * @ingroup l2tp
 *
 * @brief The Challenge Handshake Authentication Protocol, at the end that proves who it is
 * (RFC 1994).
 *
 * Answers every challenge, at any time. Repeats its response until there is a reply, as the Success
 * might be lost.
 */
class PppChapPeer : public PppAuth
{
  public:
    /**
     * @brief Constructor.
     * @param owner outlives this
     */
    explicit PppChapPeer(PppAuthOwner& owner);
    void Receive(const PppControlPacket& packet) override;

  protected:
    /**
     * @brief Compute the Response Value.
     * @param identifier the Identifier of the challenge
     * @param challenge the Challenge Value
     * @return the value; nothing if the challenge isn't one of this algorithm
     */
    virtual std::optional<std::vector<uint8_t>> Respond(uint8_t identifier,
                                                        const std::vector<uint8_t>& challenge);
    /**
     * @brief Tell whether a Success proves all that it has to.
     * @param message its Message field
     * @return true if it does
     */
    virtual bool IsProven(const std::string& message) const;
    /**
     * @brief Be told of a Failure.
     * @param message its Message field
     */
    virtual void Refused(const std::string& message);

  private:
    void Transmit() override;

    std::optional<PppControlPacket> m_response; //!< the response that has no reply yet
};

/**
 * @ingroup l2tp
 *
 * @brief The Challenge Handshake Authentication Protocol, at the end that wants to know
 * (RFC 1994).
 */
class PppChapAuthenticator : public PppAuthenticator
{
  public:
    /**
     * @brief Constructor.
     * @param owner outlives this
     */
    explicit PppChapAuthenticator(PppAuthOwner& owner);
    void Receive(const PppControlPacket& packet) override;

  protected:
    /**
     * @brief Constructor for an algorithm other than MD5.
     * @param owner outlives this
     * @param protocol what the user table is told
     */
    PppChapAuthenticator(PppAuthOwner& owner, PppAuthProtocol protocol);
    /**
     * @brief Tell whether a Response Value may be one of this algorithm, right or wrong.
     * @param value the value
     * @return false if the packet is to be dropped
     */
    virtual bool IsResponse(const std::vector<uint8_t>& value) const;
    /**
     * @brief Write the Message field of the reply.
     * @param verdict what the user table said
     * @return the field
     */
    virtual std::string WriteMessage(const PppAuthVerdict& verdict);

  private:
    void Transmit() override;
    void Resume(const PppAuthAttempt& attempt) override;
    void OnVerdict(const PppAuthVerdict& verdict) override;
    /// Reply to the response.
    void Reply();

    const PppAuthProtocol m_algorithm;       //!< what the user table is told
    uint8_t m_identifier;                    //!< of the last challenge
    std::vector<uint8_t> m_challenge;        //!< the last challenge
    std::optional<PppControlPacket> m_reply; //!< what the user table's verdict was told in
};

} // namespace ns3

#endif /* PPP_CHAP_H */
