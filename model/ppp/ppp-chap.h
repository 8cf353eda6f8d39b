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
class PppChapAuthenticator : public PppAuth
{
  public:
    /**
     * @brief Constructor.
     * @param owner outlives this
     */
    explicit PppChapAuthenticator(PppAuthOwner& owner);
    void Receive(const PppControlPacket& packet) override;

  private:
    void Transmit() override;
    void OnVerdict(const PppAuthVerdict& verdict) override;
    /// Reply to the response.
    void Reply();

    uint8_t m_identifier;                    //!< of the last challenge
    std::vector<uint8_t> m_challenge;        //!< the last challenge
    bool m_asked{false};                     //!< whether the user table was asked
    std::string m_name;                      //!< who the peer says it is
    std::optional<PppAuthVerdict> m_verdict; //!< what the user table said
};

} // namespace ns3

#endif /* PPP_CHAP_H */
