/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_INNER_IP_FRAMES_H
#define L2TP_TEST_INNER_IP_FRAMES_H

#include "ns3/ipv4-header.h"
#include "ns3/ipv6-header.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-protocol.h"
#include "ns3/udp-l4-protocol.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/// An IP packet of 100 octets and its header in a PPP frame.
/// @param version 4 or 6 @param trafficClass its own @param ppp PPP's header, if it isn't the usual
inline Ptr<Packet>
IpFrame(int version, uint8_t trafficClass, const PppFrameHeader* ppp = nullptr)
{
    auto frame = Create<Packet>(100);
    if (version == 4)
    {
        Ipv4Header ip;
        ip.SetTos(trafficClass);
        ip.SetSource("10.8.0.2");
        ip.SetDestination("10.3.0.2");
        ip.SetProtocol(UdpL4Protocol::PROT_NUMBER);
        ip.SetPayloadSize(100);
        ip.SetTtl(64);
        if (Node::ChecksumEnabled())
        {
            ip.EnableChecksum();
        }
        frame->AddHeader(ip);
    }
    else
    {
        Ipv6Header ip;
        ip.SetTrafficClass(trafficClass);
        ip.SetFlowLabel(0x54321);
        ip.SetSource("fd08::2");
        ip.SetDestination("fd00:3::2");
        ip.SetNextHeader(UdpL4Protocol::PROT_NUMBER);
        ip.SetPayloadLength(100);
        ip.SetHopLimit(64);
        frame->AddHeader(ip);
    }
    const uint16_t protocol = version == 4 ? ppp_protocol::IPV4 : ppp_protocol::IPV6;
    frame->AddHeader(ppp ? *ppp : PppFrameHeader(protocol, true, false));
    return frame;
}

/// The octets of a packet. @param packet it
inline std::vector<uint8_t>
OctetsOf(const Ptr<const Packet>& packet)
{
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), octets.size());
    return octets;
}

} // namespace ns3

#endif /* L2TP_TEST_INNER_IP_FRAMES_H */
