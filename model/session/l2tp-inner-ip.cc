/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-inner-ip.h"

#include "ns3/header.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv6-header.h"
#include "ns3/node.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-protocol.h"

#include <array>
#include <cstddef>
#include <ostream>

namespace ns3
{

namespace
{

constexpr std::size_t IPV4_SIZE = 20;     //!< octets of IPv4's shortest header
constexpr std::size_t MAX_IPV4_SIZE = 60; //!< of its longest
constexpr std::size_t IPV6_SIZE = 40;     //!< octets of IPv6's
constexpr std::size_t CHECKSUM = 10;      //!< octets before IPv4's checksum
constexpr std::size_t FIRST_FIELDS = 2;   //!< octets up to the end of the traffic class

/// A big-endian number of 16 bits. @param octets where @return it
uint16_t
Get16(const uint8_t* octets)
{
    return static_cast<uint16_t>(octets[0] << 8 | octets[1]);
}

/// Change an IPv4 checksum as the first two octets of its header change (RFC 1624, equation 3).
/// @param checksum it @param before those octets @param now they then @return the new one
uint16_t
UpdateChecksum(uint16_t checksum, uint16_t before, uint16_t now)
{
    uint32_t sum = static_cast<uint16_t>(~checksum);
    sum += static_cast<uint16_t>(~before);
    sum += now;
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<uint16_t>(~sum);
}

/**
 * @brief An IP header as it is, octet by octet: ns-3's own would lose IPv4's options, and make
 * wrong checksums good. To packets' metadata it is ns-3's own.
 */
class IpOctets : public Header
{
  public:
    /// Make it. @param version 4 or 6
    explicit IpOctets(uint8_t version)
        : m_version(version)
    {
    }

    /// Replace the traffic class. @param trafficClass the octet
    void SetTrafficClass(uint8_t trafficClass)
    {
        const uint16_t before = Get16(m_octets.data());
        if (m_version == 6)
        {
            m_octets[0] = static_cast<uint8_t>(6 << 4 | trafficClass >> 4);
            m_octets[1] = static_cast<uint8_t>(trafficClass << 4 | (m_octets[1] & 0x0f));
            return;
        }
        m_octets[1] = trafficClass;
        if (Node::ChecksumEnabled())
        {
            const uint16_t sum =
                UpdateChecksum(Get16(&m_octets[CHECKSUM]), before, Get16(m_octets.data()));
            m_octets[CHECKSUM] = static_cast<uint8_t>(sum >> 8);
            m_octets[CHECKSUM + 1] = static_cast<uint8_t>(sum);
        }
    }

    TypeId GetInstanceTypeId() const override
    {
        return m_version == 6 ? Ipv6Header::GetTypeId() : Ipv4Header::GetTypeId();
    }

    uint32_t GetSerializedSize() const override
    {
        return m_size;
    }

    void Serialize(Buffer::Iterator start) const override
    {
        start.Write(m_octets.data(), m_size);
    }

    uint32_t Deserialize(Buffer::Iterator start) override
    {
        const std::size_t said = std::size_t(start.PeekU8() & 0x0f) * 4;
        const bool isGood = said >= IPV4_SIZE && said <= start.GetRemainingSize();
        m_size = m_version == 6 ? IPV6_SIZE : isGood ? said : IPV4_SIZE;
        start.Read(m_octets.data(), m_size);
        return m_size;
    }

    void Print(std::ostream& os) const override
    {
        os << m_size << " octets of IPv" << +m_version;
    }

  private:
    uint8_t m_version;                             //!< 4 or 6
    uint32_t m_size{0};                            //!< octets
    std::array<uint8_t, MAX_IPV4_SIZE> m_octets{}; //!< they
};

} // namespace

L2tpInnerIp::L2tpInnerIp(const Ptr<const Packet>& frame)
{
    uint8_t octets[PppFrameHeader::MAX_SIZE + FIRST_FIELDS];
    PppFrameHeader header;
    if (PppFrameHeader::Parse(octets, frame->CopyData(octets, sizeof(octets)), header) !=
        PppFrameError::NONE)
    {
        return;
    }
    const uint32_t at = header.GetSerializedSize();
    const uint32_t size = frame->GetSize() - at;
    const uint8_t* ip = octets + at;
    if (header.GetProtocol() == ppp_protocol::IPV4 && size >= IPV4_SIZE && ip[0] >> 4 == 4)
    {
        m_version = 4;
        m_trafficClass = ip[1];
    }
    else if (header.GetProtocol() == ppp_protocol::IPV6 && size >= IPV6_SIZE && ip[0] >> 4 == 6)
    {
        m_version = 6;
        m_trafficClass = Get16(ip) >> 4 & 0xff;
    }
}

void
L2tpInnerIp::SetTrafficClass(const Ptr<Packet>& frame, uint8_t trafficClass)
{
    if (m_version == 0 || trafficClass == m_trafficClass)
    {
        return;
    }
    m_trafficClass = trafficClass;
    PppFrameHeader ppp;
    frame->RemoveHeader(ppp);
    IpOctets ip(m_version);
    frame->RemoveHeader(ip);
    ip.SetTrafficClass(trafficClass);
    frame->AddHeader(ip);
    frame->AddHeader(ppp);
}

} // namespace ns3
