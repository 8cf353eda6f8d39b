/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-auth-protocol.h"

#include "ppp-protocol.h"

namespace ns3
{

uint16_t
PppProtocolOf(PppAuthProtocol auth)
{
    return auth == PPP_AUTH_PAP ? ppp_protocol::PAP : ppp_protocol::CHAP;
}

Ptr<const AttributeChecker>
MakePppAuthProtocolChecker()
{
    return MakeEnumChecker(PPP_AUTH_NONE,
                           "None",
                           PPP_AUTH_PAP,
                           "Pap",
                           PPP_AUTH_CHAP,
                           "Chap",
                           PPP_AUTH_MSCHAP_V2,
                           "MsChapV2");
}

} // namespace ns3
