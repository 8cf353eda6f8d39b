/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_MS_CHAP_CRYPTO_H
#define PPP_MS_CHAP_CRYPTO_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace ns3
{

// The routines of MS-CHAP-V2 (RFC 2759, section 8), by libgcrypt. They bear the RFC's names.

using PppMsChapChallenge = std::array<uint8_t, 16>; //!< a challenge of either end
using PppNtPasswordHash = std::array<uint8_t, 16>;  //!< an MD4 digest (RFC 1320)
using PppMsChapHash = std::array<uint8_t, 8>;       //!< what both challenges and the name make
using PppNtResponse = std::array<uint8_t, 24>;      //!< proves that the password is known
using PppDesRawKey = std::array<uint8_t, 7>;        //!< the 56 bits of a DES key
using PppDesKey = std::array<uint8_t, 8>;           //!< the same, with parity bits

/// What a Response and the reply to it are made of.
struct PppMsChapExchange
{
    PppMsChapChallenge authenticatorChallenge{}; //!< from the Challenge packet
    PppMsChapChallenge peerChallenge{};          //!< from the Response packet
    std::string userName;                        //!< the Name field; a domain may prefix it
};

/**
 * @brief Write octets as MS-CHAP-V2's messages do (sections 5 and 6).
 * @param octets the octets
 * @param size how many
 * @return two hexadecimal digits for each, A to F in upper case
 */
std::string PppMsChapHex(const uint8_t* octets, std::size_t size);

/**
 * @brief Hash a password: NtPasswordHash() (section 8.3), MD4 of its UTF-16, little end first.
 * @param password the password in UTF-8; octets that aren't stand for themselves
 * @return the hash
 */
PppNtPasswordHash PppMsChapPasswordHash(const std::string& password);

/**
 * @brief Hash a password's hash: HashNtPasswordHash() (section 8.4).
 * @param hash the hash
 * @return the hash of it
 */
PppNtPasswordHash PppMsChapHashPasswordHash(const PppNtPasswordHash& hash);

/**
 * @brief Hash both challenges and the name: ChallengeHash() (section 8.2).
 * @param exchange the challenges and the name, whose domain is left out
 * @return the hash
 */
PppMsChapHash PppMsChapChallengeHash(const PppMsChapExchange& exchange);

/**
 * @brief Insert parity bits into a DES key (sections 8.6 and 9.3).
 * @param raw 56 bits
 * @return 64 bits, of which each octet's last one makes its parity odd
 */
PppDesKey PppMsChapDesKey(const PppDesRawKey& raw);

/**
 * @brief Encrypt a hash of challenges with a password's hash: ChallengeResponse() (section 8.5).
 * @param challenge the hash of the challenges
 * @param hash the hash of the password
 * @return the NT-Response
 */
PppNtResponse PppMsChapChallengeResponse(const PppMsChapHash& challenge,
                                         const PppNtPasswordHash& hash);

/**
 * @brief Make the peer's proof: GenerateNTResponse() (section 8.1).
 * @param exchange the challenges and the name
 * @param password the password
 * @return the NT-Response
 */
PppNtResponse PppMsChapNtResponse(const PppMsChapExchange& exchange, const std::string& password);

/**
 * @brief Make the authenticator's proof: GenerateAuthenticatorResponse() (section 8.7).
 * @param exchange the challenges and the name
 * @param password the password
 * @param response the peer's NT-Response
 * @return "S=" and 40 hexadecimal digits, A to F in upper case
 */
std::string PppMsChapAuthenticatorResponse(const PppMsChapExchange& exchange,
                                           const std::string& password,
                                           const PppNtResponse& response);

} // namespace ns3

#endif /* PPP_MS_CHAP_CRYPTO_H */
