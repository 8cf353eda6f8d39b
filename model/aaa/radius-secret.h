/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_SECRET_H
#define RADIUS_SECRET_H

#include "radius-packet.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

// What client and server do with the secret that they share: they prove who sent a packet, and hide
// some attributes.

/// Most octets of a User-Password (RFC 2865, section 5.2).
inline constexpr std::size_t RADIUS_MAX_PASSWORD = 128;

/// Most octets of a Tunnel-Password: 15 blocks, in which a length comes first (RFC 2868, 3.5).
inline constexpr std::size_t RADIUS_MAX_TUNNEL_PASSWORD = 239;

/**
 * @brief Sign a request that is complete but for that.
 *
 * The Authenticator of an Access-Request is any random number, drawn before; that of an
 * Accounting-Request is a digest (RFC 2866, section 3). A Message-Authenticator attribute, which
 * must have 16 octets if there is one, is filled in (RFC 2869, section 5.14).
 * @param request the request
 * @param secret the secret
 */
void SignRadiusRequest(RadiusPacket& request, const std::string& secret);

/**
 * @brief Sign a reply that is complete but for that: its Response Authenticator (RFC 2865, section
 * 3; RFC 2866, section 3), and its Message-Authenticator if it has one.
 * @param reply the reply
 * @param asked the Authenticator of the request
 * @param secret the secret
 */
void SignRadiusReply(RadiusPacket& reply,
                     const RadiusAuthenticator& asked,
                     const std::string& secret);

/**
 * @brief Whether the Authenticator of a request is right. An Access-Request's always is, as it is
 * random.
 * @param request the request
 * @param secret the secret
 * @return false if somebody without the secret sent it
 */
bool IsRadiusRequestGenuine(const RadiusPacket& request, const std::string& secret);

/**
 * @brief Whether the Response Authenticator of a reply is right.
 * @param reply the reply
 * @param asked the Authenticator of the request
 * @param secret the secret
 * @return false if somebody without the secret sent it, or to another request
 */
bool IsRadiusReplyGenuine(const RadiusPacket& reply,
                          const RadiusAuthenticator& asked,
                          const std::string& secret);

/**
 * @brief Whether a packet's Message-Authenticator is right.
 * @param packet a request, or the reply to it
 * @param asked the Authenticator of the request
 * @param secret the secret
 * @return false if it is wrong; nothing if there is none
 */
std::optional<bool> IsRadiusMessageGenuine(const RadiusPacket& packet,
                                           const RadiusAuthenticator& asked,
                                           const std::string& secret);

/**
 * @brief Hide the attributes whose values must not be read: User-Password (RFC 2865, section 5.2)
 * and Tunnel-Password (RFC 2868, section 3.5).
 * @param clear the attributes in the clear: a User-Password is the password, a Tunnel-Password a
 * tag and the password
 * @param secret the secret
 * @param asked the Authenticator of the request
 * @param salt any number: where the salts begin, one for each Tunnel-Password
 * @return the attributes as the wire has them; nothing if a password is too long to be hidden
 */
std::optional<RadiusAttributes> HideRadiusAttributes(const RadiusAttributes& clear,
                                                     const std::string& secret,
                                                     const RadiusAuthenticator& asked,
                                                     uint16_t salt);

/**
 * @brief Find what HideRadiusAttributes() has hidden.
 * @param hidden the attributes as the wire has them
 * @param secret the secret
 * @param asked the Authenticator of the request
 * @return the attributes in the clear; nothing if one can't be found, as with another secret. Of a
 *         User-Password that can't be told.
 */
std::optional<RadiusAttributes> RevealRadiusAttributes(const RadiusAttributes& hidden,
                                                       const std::string& secret,
                                                       const RadiusAuthenticator& asked);

} // namespace ns3

#endif /* RADIUS_SECRET_H */
