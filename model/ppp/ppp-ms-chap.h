/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_MS_CHAP_H
#define PPP_MS_CHAP_H

#include "ppp-chap.h"

#include "ns3/ppp-ms-chap-crypto.h"

#include <optional>

namespace ns3
{

/// The Value field of a Response of MS-CHAP-V2 (RFC 2759, section 4).
struct PppMsChapResponse
{
    static constexpr std::size_t SIZE = 49; //!< octets of the field

    PppMsChapChallenge peerChallenge{}; //!< what the authenticator is challenged with
    PppNtResponse ntResponse{};         //!< proves that the password is known

    /**
     * @brief Write the field; what is reserved in it, and its flags, are zero.
     * @return its octets
     */
    std::vector<uint8_t> Serialize() const;

    /**
     * @brief Read the field; what is reserved in it, and its flags, are ignored.
     * @param value the octets
     * @return the response; nothing if there aren't 49 octets
     */
    static std::optional<PppMsChapResponse> Parse(const std::vector<uint8_t>& value);
};

/// The Message field of a Failure of MS-CHAP-V2 (RFC 2759, section 6).
struct PppMsChapFailure
{
    static constexpr uint32_t AUTHENTICATION_FAILURE = 691; //!< ERROR_AUTHENTICATION_FAILURE
    static constexpr uint32_t CHANGE_PASSWORD_VERSION = 3;  //!< "SHOULD always be 3"

    uint32_t error{AUTHENTICATION_FAILURE};    //!< E, any number
    bool retry{false};                         //!< R, whether the peer may try again
    PppMsChapChallenge challenge{};            //!< C, what it would have to respond to then
    uint32_t version{CHANGE_PASSWORD_VERSION}; //!< V, of the password changing protocol
    std::string message;                       //!< M, words for a human

    /**
     * @brief Write the field.
     * @return its text
     */
    std::string Serialize() const;

    /**
     * @brief Read the field.
     * @param text the text
     * @return what it says; nothing if a part is missing, or isn't as the RFC has it
     */
    static std::optional<PppMsChapFailure> Parse(const std::string& text);
};

/**
 * @brief Judge a response (RFC 2759, sections 8.1 and 8.7).
 * @param attempt what the peer said, by MS-CHAP-V2
 * @param secret the password of the user that the peer says it is
 * @return the authenticator response, for the Success packet; nothing if the response is wrong, or
 *         the lengths of response or challenge are
 */
std::optional<std::string> PppMsChapJudge(const PppAuthAttempt& attempt, const std::string& secret);

/**
 * @ingroup l2tp
 *
 * @brief MS-CHAP-V2 at the end that proves who it is, and has the authenticator prove that it knows
 * the password too (RFC 2759).
 *
 * A Failure ends it whether or not it would allow to try again, as the password stays the same; the
 * password is never changed.
 */
class PppMsChapPeer : public PppChapPeer
{
  public:
    using PppChapPeer::PppChapPeer;

  private:
    std::optional<std::vector<uint8_t>> Respond(uint8_t identifier,
                                                const std::vector<uint8_t>& challenge) override;
    bool IsProven(const std::string& message) const override;
    void Refused(const std::string& message) override;

    std::string m_expected; //!< the authenticator response that a Success must have
};

/**
 * @ingroup l2tp
 *
 * @brief MS-CHAP-V2 at the end that wants to know (RFC 2759).
 */
class PppMsChapAuthenticator : public PppChapAuthenticator
{
  public:
    /**
     * @brief Constructor.
     * @param owner outlives this
     */
    explicit PppMsChapAuthenticator(PppAuthOwner& owner);

  private:
    bool IsResponse(const std::vector<uint8_t>& value) const override;
    std::string WriteMessage(const PppAuthVerdict& verdict) override;
};

} // namespace ns3

#endif /* PPP_MS_CHAP_H */
