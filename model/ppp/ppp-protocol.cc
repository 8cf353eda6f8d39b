/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-protocol.h"

namespace ns3
{

const char*
PppProtocolName(uint16_t protocol)
{
    switch (protocol)
    {
    case ppp_protocol::IPV4:
        return "IPv4";
    case ppp_protocol::IPV6:
        return "IPv6";
    case ppp_protocol::IPCP:
        return "IPCP";
    case ppp_protocol::IPV6CP:
        return "IPV6CP";
    case ppp_protocol::CCP:
        return "CCP";
    case ppp_protocol::LCP:
        return "LCP";
    case ppp_protocol::PAP:
        return "PAP";
    case ppp_protocol::LQR:
        return "LQR";
    case ppp_protocol::CHAP:
        return "CHAP";
    default:
        return "unknown";
    }
}

} // namespace ns3
