/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-frame-view.h"

#include "ns3/l2tp-byte-view.h"
#include "ns3/l2tp-header.h"

#include <array>
#include <boost/endian/conversion.hpp>
#include <cstddef>

namespace ns3
{

namespace
{

using boost::endian::load_big_u16;

constexpr uint8_t UDP = 17;           //!< protocol number
constexpr uint8_t IPV6_FRAGMENT = 44; //!< next header
constexpr std::size_t UDP_SIZE = 8;   //!< octets of the header
constexpr std::size_t IPV4_SIZE = 20; //!< octets of the shortest header
constexpr std::size_t IPV6_SIZE = 40; //!< octets of the header
constexpr std::size_t FRAG_SIZE = 8;  //!< octets of IPv6's fragment header
constexpr std::size_t DATA_SIZE = 6;  //!< octets of the shortest data header

/// The longest link header, IPv4 header and UDP header, a control header and the Message Type AVP.
constexpr std::size_t LOOKED_AT = 14 + 60 + UDP_SIZE + L2tpHeader::CONTROL_SIZE + 8;

/**
 * @brief Find the UDP header of an IP packet.
 * @param packet the beginning of what may be an IP packet
 * @return what is behind the IP header; empty if it is no UDP, or not the first fragment
 */
L2tpByteView
UdpOf(L2tpByteView packet)
{
    if (packet.size() >= IPV4_SIZE && packet[0] >> 4 == 4)
    {
        const std::size_t size = (packet[0] & 0x0f) * 4U;
        const bool first = (load_big_u16(&packet.data()[6]) & 0x1fff) == 0;
        return packet[9] == UDP && first && size >= IPV4_SIZE ? packet.Sub(size) : L2tpByteView();
    }
    if (packet.size() >= IPV6_SIZE && packet[0] >> 4 == 6)
    {
        const L2tpByteView rest = packet.Sub(IPV6_SIZE);
        if (packet[6] == IPV6_FRAGMENT && rest.size() >= FRAG_SIZE && rest[0] == UDP)
        {
            const bool first = load_big_u16(&rest.data()[2]) >> 3 == 0;
            return first ? rest.Sub(FRAG_SIZE) : L2tpByteView();
        }
        return packet[6] == UDP ? rest : L2tpByteView();
    }
    return {};
}

/**
 * @brief Find the UDP header of a frame.
 * @param frame its beginning
 * @return the datagram; empty if there is none
 */
L2tpByteView
FindUdp(L2tpByteView frame)
{
    if (frame.size() >= 2)
    {
        const uint16_t protocol = load_big_u16(frame.data());
        if (protocol == 0x0021 || protocol == 0x0057)
        {
            return UdpOf(frame.Sub(2));
        }
    }
    if (frame.size() >= 14)
    {
        const uint16_t etherType = load_big_u16(&frame.data()[12]);
        const L2tpByteView packet = frame.Sub(14);
        const bool isIp = !packet.empty() && ((etherType == 0x0800 && packet[0] >> 4 == 4) ||
                                              (etherType == 0x86dd && packet[0] >> 4 == 6));
        if (isIp)
        {
            return UdpOf(packet);
        }
    }
    return UdpOf(frame);
}

} // namespace

L2tpFrameView
ViewL2tpFrame(Ptr<const Packet> frame, uint16_t port)
{
    L2tpFrameView view;
    std::array<uint8_t, LOOKED_AT> octets;
    const std::size_t seen = frame->CopyData(octets.data(), octets.size());
    const L2tpByteView udp = FindUdp({octets.data(), seen});
    if (udp.size() < UDP_SIZE ||
        (load_big_u16(udp.data()) != port && load_big_u16(&udp.data()[2]) != port))
    {
        return view;
    }
    const L2tpByteView datagram = udp.Sub(UDP_SIZE);
    // Of data messages no more than the first octets: offset padding may be longer than what is
    // here.
    if (datagram.size() >= DATA_SIZE && !(datagram[0] & 0x80) && (datagram[1] & 0x0f) == 2)
    {
        view.kind = L2tpFrameView::Kind::DATA;
        return view;
    }
    const std::size_t size = load_big_u16(&udp.data()[4]);
    L2tpHeader header;
    if (size < UDP_SIZE ||
        L2tpHeader::Parse(datagram, size - UDP_SIZE, header) != L2tpHeaderError::NONE)
    {
        return view;
    }
    const L2tpByteView body = datagram.Sub(L2tpHeader::CONTROL_SIZE);
    view.kind = header.GetLength() > L2tpHeader::CONTROL_SIZE ? L2tpFrameView::Kind::MESSAGE
                                                              : L2tpFrameView::Kind::ZLB;
    // Section 4.4.1: the Message Type is the first AVP, and is never hidden.
    if (view.kind == L2tpFrameView::Kind::MESSAGE && body.size() >= 8 &&
        load_big_u16(&body.data()[2]) == 0 && load_big_u16(&body.data()[4]) == 0)
    {
        view.messageType = load_big_u16(&body.data()[6]);
    }
    return view;
}

} // namespace ns3
