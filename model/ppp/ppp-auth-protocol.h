/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_AUTH_PROTOCOL_H
#define PPP_AUTH_PROTOCOL_H

#include "ns3/l2-ns3-version.h"

#include <cstdint>

namespace ns3
{

/// How an end of a link proves who it is. Unscoped, as EnumValue of ns-3.40 and earlier needs it.
enum PppAuthProtocol
{
    PPP_AUTH_NONE,      //!< it need not
    PPP_AUTH_PAP,       //!< by its password in clear (RFC 1334)
    PPP_AUTH_CHAP,      //!< by the MD5 digest of a challenge and its secret (RFC 1994)
    PPP_AUTH_MSCHAP_V2, //!< by MS-CHAP-V2, which proves it of both ends (RFC 2759)
};

/**
 * @brief Get the PPP protocol that carries an authentication protocol.
 * @param auth the authentication protocol, not NONE
 * @return PAP or CHAP
 */
uint16_t PppProtocolOf(PppAuthProtocol auth);

/**
 * @brief Make the checker of an attribute that is a PppAuthProtocol.
 * @return a checker of "None", "Pap", "Chap" and "MsChapV2"
 */
Ptr<const AttributeChecker> MakePppAuthProtocolChecker();

} // namespace ns3

#endif /* PPP_AUTH_PROTOCOL_H */
