/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_PPP_H
#define RADIUS_PPP_H

#include "radius-packet.h"

#include "ns3/ppp-user-table.h"

#include <optional>
#include <string>

namespace ns3
{

// How PPP's authentication goes into RADIUS, and comes out of it.

/**
 * @brief Write what a PPP peer says to prove who it is (RFC 2865, sections 2.2 and 5.1
 * to 5.3, 5.40; RFC 2548, sections 2.1.2 and 2.3.2).
 * @param attempt what it says
 * @param clear receives User-Name and its proof in the clear
 * @return false if that can't be written: a name or challenge is too long or empty, a response not
 * of the protocol's size, or there is no proof
 */
bool AddRadiusPppAttempt(const PppAuthAttempt& attempt, RadiusAttributes& clear);

/**
 * @brief Read what a PPP peer says to prove who it is.
 * @param clear the attributes of an Access-Request in the clear
 * @param asked its Authenticator, which is CHAP's challenge if there is no CHAP-Challenge
 * @return what it says; nothing if there is no proof
 */
std::optional<PppAuthAttempt> GetRadiusPppAttempt(const RadiusAttributes& clear,
                                                  const RadiusAuthenticator& asked);

/**
 * @brief Write what an attempt is answered with beside words: MS-CHAP2-Success with the server's
 * proof, or MS-CHAP-Error (RFC 2548, sections 2.3.3 and 2.1.5).
 * @param attempt the attempt
 * @param verdict what is thought of it
 * @param clear receives the attribute, if the attempt is of MS-CHAP-V2
 */
void AddRadiusPppVerdict(const PppAuthAttempt& attempt,
                         const PppAuthVerdict& verdict,
                         RadiusAttributes& clear);

/**
 * @brief Read what an attempt was accepted with.
 * @param attempt the attempt
 * @param clear the attributes of the Access-Accept in the clear
 * @return the verdict; one that accepts nothing if the service is not PPP (RFC 2865, section 1.1),
 * or the proof that MS-CHAP-V2 wants is missing
 */
PppAuthVerdict GetRadiusPppVerdict(const PppAuthAttempt& attempt, const RadiusAttributes& clear);

/**
 * @brief Read what a user gets: address, networks behind it, pool and time-outs (RFC 2865, sections
 * 5.8, 5.22, 5.27 and 5.28; RFC 2869, section 5.18).
 * @param clear the attributes of the Access-Accept in the clear; a Framed-Route that is none is
 * left out
 * @return the profile
 */
PppUserProfile GetRadiusUserProfile(const RadiusAttributes& clear);

/**
 * @brief The words of a reply for the peer's human: its Reply-Messages (RFC 2865, section 5.18).
 * @param clear its attributes
 * @return the words, at most 255 octets
 */
std::string GetRadiusReplyMessage(const RadiusAttributes& clear);

} // namespace ns3

#endif /* RADIUS_PPP_H */
