/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TUNNEL_PEER_H
#define L2TP_TUNNEL_PEER_H

#include "ns3/l2tp-udp-address.h"

#include <cstdint>
#include <string>

namespace ns3
{

/// An LNS that a call may go to, and how to open a tunnel to it (RFC 2868, sections 3.3 to 3.10).
struct L2tpTunnelPeer
{
    L2tpUdpAddress server;          //!< Tunnel-Server-Endpoint
    uint32_t preference{0};         //!< Tunnel-Preference: lower ones are tried first
    std::string secret{};           //!< Tunnel-Password; empty: the LAC's SharedSecret
    std::string hostName{};         //!< Tunnel-Client-Auth-ID; empty: the LAC's HostName
    std::string expectedHostName{}; //!< Tunnel-Server-Auth-ID: the LNS's Host Name; empty: any
    std::string assignmentId{};     //!< Tunnel-Assignment-ID: calls share a tunnel if it is equal
    std::string privateGroupId{};   //!< Tunnel-Private-Group-ID, for the ICCN; empty: not sent
};

} // namespace ns3

#endif /* L2TP_TUNNEL_PEER_H */
