/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "overhead-layers.h"

#include "ns3/abort.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv6-extension-header.h"
#include "ns3/ipv6-header.h"
#include "ns3/l2tp-header.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-header.h"
#include "ns3/ppp-protocol.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"

namespace ns3
{

namespace
{

constexpr std::size_t MAX_L2TP = L2tpHeader::MAX_FIXED_SIZE + 16; //!< octets, with the padding
constexpr uint16_t LINK_IPV6 = 0x0057; //!< how a point-to-point link calls IPv6

} // namespace

L2tpStudyLayers::L2tpStudyLayers(bool tunnel)
    : m_tunnel(tunnel)
{
}

void
L2tpStudyLayers::Clear()
{
    *this = L2tpStudyLayers(m_tunnel);
}

void
L2tpStudyLayers::Add(Ptr<const Packet> frame)
{
    const Ptr<Packet> rest = frame->Copy();
    Octets octets;
    if (!Read(rest, octets))
    {
        m_control += frame->GetSize();
        return;
    }
    ++m_frames;
    m_octets.link += octets.link;
    m_octets.outerIp += octets.outerIp;
    m_octets.outerUdp += octets.outerUdp;
    m_octets.l2tp += octets.l2tp;
    m_octets.ppp += octets.ppp;
    m_octets.innerIp += octets.innerIp;
    m_octets.transport += octets.transport;
    m_octets.payload += rest->GetSize();
}

bool
L2tpStudyLayers::Read(Ptr<Packet> packet, Octets& octets) const
{
    PppHeader link;
    octets.link = packet->RemoveHeader(link);
    if (!m_tunnel)
    {
        ReadInner(packet, octets);
        return true;
    }
    switch (ReadOuterIp(packet, link.GetProtocol() == LINK_IPV6 ? 6 : 4, octets))
    {
    case Outer::UDP:
        break;
    case Outer::LATER_FRAGMENT:
        return true;
    case Outer::OTHER:
        return false;
    }
    // Of the whole datagram, of which this may be the first fragment (RFC 768).
    uint8_t udp[8];
    packet->CopyData(udp, sizeof(udp));
    const std::size_t datagramSize = ((udp[4] << 8) | udp[5]) - sizeof(udp);
    packet->RemoveAtStart(sizeof(udp));
    octets.outerUdp = sizeof(udp);
    uint8_t prefix[MAX_L2TP];
    const uint32_t size = packet->CopyData(prefix, sizeof(prefix));
    L2tpHeader l2tp;
    const auto error = L2tpHeader::Parse({prefix, size}, datagramSize, l2tp);
    NS_ABORT_MSG_IF(error != L2tpHeaderError::NONE, "the link bears no L2TP");
    if (l2tp.IsControl())
    {
        return false;
    }
    octets.l2tp = l2tp.GetSerializedSize();
    packet->RemoveAtStart(octets.l2tp);
    PppFrameHeader ppp;
    octets.ppp = packet->RemoveHeader(ppp);
    if (ppp.GetProtocol() != ppp_protocol::IPV4)
    {
        return false;
    }
    ReadInner(packet, octets);
    return true;
}

L2tpStudyLayers::Outer
L2tpStudyLayers::ReadOuterIp(Ptr<Packet> packet, int version, Octets& octets)
{
    uint8_t protocol = 0;
    uint16_t offset = 0;
    if (version == 4)
    {
        Ipv4Header ip;
        octets.outerIp = packet->RemoveHeader(ip);
        protocol = ip.GetProtocol();
        offset = ip.GetFragmentOffset();
    }
    else
    {
        Ipv6Header ip;
        octets.outerIp = packet->RemoveHeader(ip);
        protocol = ip.GetNextHeader();
    }
    if (protocol == Ipv6Header::IPV6_EXT_FRAGMENTATION)
    {
        Ipv6ExtensionFragmentHeader fragment;
        octets.outerIp += packet->RemoveHeader(fragment);
        protocol = fragment.GetNextHeader();
        offset = fragment.GetOffset();
    }
    if (protocol != UdpL4Protocol::PROT_NUMBER)
    {
        return Outer::OTHER;
    }
    return offset == 0 ? Outer::UDP : Outer::LATER_FRAGMENT;
}

void
L2tpStudyLayers::ReadInner(Ptr<Packet> packet, Octets& octets)
{
    Ipv4Header ip;
    octets.innerIp = packet->RemoveHeader(ip);
    if (ip.GetFragmentOffset() != 0)
    {
        return;
    }
    if (ip.GetProtocol() == TcpL4Protocol::PROT_NUMBER)
    {
        TcpHeader tcp;
        octets.transport = packet->RemoveHeader(tcp);
    }
    else
    {
        UdpHeader udp;
        octets.transport = packet->RemoveHeader(udp);
    }
}

nlohmann::ordered_json
L2tpStudyLayers::Describe() const
{
    nlohmann::ordered_json json;
    json["frames"] = m_frames;
    json["link"] = m_octets.link;
    json["outer_ip"] = m_octets.outerIp;
    json["outer_udp"] = m_octets.outerUdp;
    json["l2tp"] = m_octets.l2tp;
    json["ppp"] = m_octets.ppp;
    json["inner_ip"] = m_octets.innerIp;
    json["transport"] = m_octets.transport;
    json["payload"] = m_octets.payload;
    json["control"] = m_control;
    return json;
}

} // namespace ns3
