/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "capture-reader.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/pcap-file.h"

#include <algorithm>
#include <boost/endian/conversion.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

using boost::endian::load_big_u16;
using boost::endian::load_big_u32;
using ns3::L2tpByteView;

namespace
{

constexpr uint16_t L2TP_PORT = 1701;
constexpr std::size_t FILE_HEADER_SIZE = 24;   //!< what a pcap file begins with
constexpr std::size_t RECORD_HEADER_SIZE = 16; //!< what is before each frame

/// Link types of captures, as in tcpdump.org's registry.
enum LinkType : uint32_t
{
    ETHERNET = 1,
    PPP = 9,
    RAW_IP = 101,
    LINUX_COOKED = 113,
    RAW_IPV4 = 228,
    RAW_IPV6 = 229,
    LINUX_COOKED_2 = 276,
};

/// Protocol numbers of IP and of IPv6's extension headers.
enum IpProtocol : uint8_t
{
    HOP_BY_HOP = 0,
    UDP = 17,
    ROUTING = 43,
    FRAGMENT = 44,
    DESTINATION = 60,
};

/**
 * @brief What follows some octets.
 * @param octets the octets
 * @param size how many to skip
 * @return the rest, empty if there are not as many
 */
L2tpByteView
After(L2tpByteView octets, std::size_t size)
{
    return octets.size() < size ? L2tpByteView() : octets.Sub(size);
}

/**
 * @brief What follows the link-layer header of a frame whose type field has its place.
 * @param frame the frame
 * @param typeAt where the 2 octets of the type are
 * @param size octets of the header
 * @return the IP packet, or nothing
 */
L2tpByteView
AfterEtherType(L2tpByteView frame, std::size_t typeAt, std::size_t size)
{
    while (frame.size() >= size)
    {
        const uint16_t type = load_big_u16(frame.data() + typeAt);
        if (type == 0x8100 || type == 0x88a8) // a VLAN tag, or two
        {
            typeAt = size + 2;
            size += 4;
            continue;
        }
        return type == 0x0800 || type == 0x86dd ? frame.Sub(size) : L2tpByteView();
    }
    return {};
}

/**
 * @brief What follows the header of a PPP frame.
 * @param frame the frame, with Address and Control fields or without
 * @return the IP packet, or nothing
 */
L2tpByteView
AfterPpp(L2tpByteView frame)
{
    if (frame.size() >= 2 && frame[0] == 0xff && frame[1] == 0x03)
    {
        frame = frame.Sub(2);
    }
    if (!frame.empty() && (frame[0] == 0x21 || frame[0] == 0x57)) // a compressed Protocol field
    {
        return frame.Sub(1);
    }
    const uint16_t protocol = frame.size() < 2 ? 0 : load_big_u16(frame.data());
    return protocol == 0x0021 || protocol == 0x0057 ? frame.Sub(2) : L2tpByteView();
}

/**
 * @brief An IPv4 address in text.
 * @param at its first octet
 * @return the text
 */
std::string
Ipv4Text(const uint8_t* at)
{
    std::ostringstream text;
    text << ns3::Ipv4Address::Deserialize(at);
    return text.str();
}

/**
 * @brief An IPv6 address in text.
 * @param at its first octet
 * @return the text, in brackets
 */
std::string
Ipv6Text(const uint8_t* at)
{
    std::ostringstream text;
    text << "[" << ns3::Ipv6Address::Deserialize(at) << "]";
    return text.str();
}

} // namespace

bool
CaptureReader::Read(const std::string& path)
{
    uint8_t magic[4]{};
    std::ifstream(path, std::ios::binary).read(reinterpret_cast<char*>(magic), sizeof(magic));
    if (load_big_u32(magic) == 0x0a0d0d0a)
    {
        m_problem = path +
                    " is of the pcapng format: make a pcap of it, as with `editcap -F pcap " +
                    path + " OUT.pcap`";
        return false;
    }
    ns3::PcapFile file;
    file.Open(path, std::ios::in);
    if (file.Fail())
    {
        m_problem = path + " is not a capture of the pcap format";
        return false;
    }
    const uint32_t linkType = file.GetDataLinkType() & 0xffff; // above are other fields
    const auto known = {ETHERNET, PPP, RAW_IP, LINUX_COOKED, RAW_IPV4, RAW_IPV6, LINUX_COOKED_2};
    if (std::find(known.begin(), known.end(), linkType) == known.end())
    {
        m_problem = path + " has link type " + std::to_string(linkType) +
                    ", which is not read here; Ethernet, Linux cooked, raw IP and PPP are";
        return false;
    }
    std::vector<uint8_t> frame(262144); // the longest that tcpdump writes
    std::size_t left = std::filesystem::file_size(path) - FILE_HEADER_SIZE;
    for (m_frame = 1; left > 0; ++m_frame)
    {
        uint32_t seconds = 0;
        uint32_t fraction = 0;
        uint32_t included = 0;
        uint32_t original = 0;
        uint32_t read = 0;
        file.Read(frame.data(), frame.size(), seconds, fraction, included, original, read);
        if (file.Fail() || file.Eof() || included > frame.size())
        {
            m_problem = path + " is cut short after frame " + std::to_string(m_frame - 1) +
                        ", or damaged there";
            return false;
        }
        left -= RECORD_HEADER_SIZE + included;
        ReadFrame(linkType, {frame.data(), read});
    }
    return true;
}

void
CaptureReader::ReadFrame(uint32_t linkType, L2tpByteView frame)
{
    switch (linkType)
    {
    case ETHERNET:
        ReadIp(AfterEtherType(frame, 12, 14));
        break;
    case LINUX_COOKED:
        ReadIp(AfterEtherType(frame, 14, 16));
        break;
    case LINUX_COOKED_2:
        ReadIp(AfterEtherType(frame, 0, 20));
        break;
    case PPP:
        ReadIp(AfterPpp(frame));
        break;
    default:
        ReadIp(frame);
    }
}

void
CaptureReader::ReadIp(L2tpByteView packet)
{
    const int version = packet.empty() ? 0 : packet[0] >> 4;
    if (version == 6 && packet.size() >= 40)
    {
        ReadIpv6(packet);
        return;
    }
    const std::size_t header = version == 4 ? (packet[0] & 15) * 4 : 0;
    if (header < 20 || packet.size() < 20 || packet[9] != UDP) // RFC 791, section 3.1: 5 words
    {
        return;
    }
    if (load_big_u16(packet.data() + 6) & 0x3fff) // More Fragments, or an offset
    {
        ++m_fragments;
        return;
    }
    // Ethernet pads short frames: the packet ends where it says. A total length of 0 is left by
    // network cards that segment packets themselves.
    const uint16_t size = load_big_u16(packet.data() + 2);
    const L2tpByteView whole = size ? packet.Sub(0, size) : packet;
    const std::string from = Ipv4Text(packet.data() + 12);
    ReadUdp(from, Ipv4Text(packet.data() + 16), After(whole, header));
}

void
CaptureReader::ReadIpv6(L2tpByteView packet)
{
    uint8_t next = packet[6];
    L2tpByteView rest = packet.Sub(40);
    while (next == HOP_BY_HOP || next == ROUTING || next == DESTINATION)
    {
        if (rest.size() < 8)
        {
            return;
        }
        next = rest[0];
        rest = After(rest, 8 * (rest[1] + 1));
    }
    if (next == FRAGMENT)
    {
        m_fragments += !rest.empty() && rest[0] == UDP;
        return;
    }
    if (next == UDP)
    {
        ReadUdp(Ipv6Text(packet.data() + 8), Ipv6Text(packet.data() + 24), rest);
    }
}

void
CaptureReader::ReadUdp(const std::string& from, const std::string& to, L2tpByteView udp)
{
    if (udp.size() < 8)
    {
        m_cut += !udp.empty();
        return;
    }
    const uint16_t ports[] = {load_big_u16(udp.data()), load_big_u16(udp.data() + 2)};
    const std::string sender = from + ":" + std::to_string(ports[0]);
    const std::string receiver = to + ":" + std::to_string(ports[1]);
    if (ports[0] == L2TP_PORT || ports[1] == L2TP_PORT)
    {
        m_ports.insert(sender);
        m_ports.insert(receiver);
    }
    else if (!m_ports.count(sender) && !m_ports.count(receiver))
    {
        return;
    }
    const std::size_t size = load_big_u16(udp.data() + 4);
    if (size < 8 || size > udp.size())
    {
        ++m_cut;
        return;
    }
    const L2tpByteView payload = udp.Sub(8, size - 8);
    m_datagrams.push_back({m_frame, sender, receiver, {payload.begin(), payload.end()}});
}

const std::string&
CaptureReader::GetProblem() const
{
    return m_problem;
}

const std::vector<CapturedDatagram>&
CaptureReader::GetDatagrams() const
{
    return m_datagrams;
}

uint32_t
CaptureReader::GetFragments() const
{
    return m_fragments;
}

uint32_t
CaptureReader::GetCut() const
{
    return m_cut;
}
