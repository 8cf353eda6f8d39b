/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-frame-header.h"

#include "ppp-protocol.h"

#include <algorithm>
#include <array>
#include <iomanip>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppFrameHeader);

const char*
PppFrameErrorName(PppFrameError error)
{
    switch (error)
    {
    case PppFrameError::NONE:
        return "none";
    case PppFrameError::TRUNCATED:
        return "frame truncated";
    case PppFrameError::UNRECOGNIZED_CONTROL:
        return "unrecognized Control field";
    }
    return "unknown";
}

PppFrameHeader::PppFrameHeader(uint16_t protocol, bool addressControl, bool compressed)
    : m_protocol(protocol),
      m_addressControl(addressControl),
      m_compressed(compressed && protocol <= ppp_protocol::LARGEST_COMPRESSIBLE &&
                   (protocol & 1) == 1)
{
}

PppFrameError
PppFrameHeader::Parse(const uint8_t* data, std::size_t size, PppFrameHeader& header)
{
    PppFrameHeader read;
    std::size_t at = 0;
    // RFC 1662, section 3.2: protocol 00ff is reserved, so that 0xff always is the Address.
    read.m_addressControl = size > 0 && data[0] == ADDRESS;
    if (read.m_addressControl)
    {
        if (size < 2)
        {
            return PppFrameError::TRUNCATED;
        }
        if (data[1] != CONTROL)
        {
            return PppFrameError::UNRECOGNIZED_CONTROL;
        }
        at = 2;
    }
    if (at >= size)
    {
        return PppFrameError::TRUNCATED;
    }
    // RFC 1661, section 6.5: an odd octet is the last one of the field.
    read.m_compressed = (data[at] & 1) == 1;
    read.m_protocol = data[at];
    if (!read.m_compressed)
    {
        if (at + 1 >= size)
        {
            return PppFrameError::TRUNCATED;
        }
        read.m_protocol = static_cast<uint16_t>(data[at] << 8 | data[at + 1]);
    }
    header = read;
    return PppFrameError::NONE;
}

uint16_t
PppFrameHeader::GetProtocol() const
{
    return m_protocol;
}

bool
PppFrameHeader::HasAddressControl() const
{
    return m_addressControl;
}

bool
PppFrameHeader::IsCompressed() const
{
    return m_compressed;
}

PppFrameError
PppFrameHeader::GetError() const
{
    return m_error;
}

TypeId
PppFrameHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::PppFrameHeader")
                            .SetParent<Header>()
                            .SetGroupName("L2tp")
                            .AddConstructor<PppFrameHeader>();
    return tid;
}

TypeId
PppFrameHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

uint32_t
PppFrameHeader::GetSerializedSize() const
{
    return (m_addressControl ? 2 : 0) + (m_compressed ? 1 : 2);
}

void
PppFrameHeader::Serialize(Buffer::Iterator start) const
{
    std::array<uint8_t, MAX_SIZE> octets;
    std::size_t size = 0;
    if (m_addressControl)
    {
        octets[size++] = ADDRESS;
        octets[size++] = CONTROL;
    }
    if (!m_compressed)
    {
        octets[size++] = static_cast<uint8_t>(m_protocol >> 8);
    }
    octets[size++] = static_cast<uint8_t>(m_protocol);
    start.Write(octets.data(), size);
}

uint32_t
PppFrameHeader::Deserialize(Buffer::Iterator start)
{
    std::array<uint8_t, MAX_SIZE> octets{};
    const auto size = std::min<uint32_t>(start.GetRemainingSize(), MAX_SIZE);
    start.Read(octets.data(), size);
    PppFrameHeader read;
    const auto error = Parse(octets.data(), size, read);
    *this = read;
    m_error = error;
    return error == PppFrameError::NONE ? GetSerializedSize() : 0;
}

void
PppFrameHeader::Print(std::ostream& os) const
{
    if (m_error != PppFrameError::NONE)
    {
        os << "PPP (" << PppFrameErrorName(m_error) << ")";
        return;
    }
    const auto flags = os.flags();
    const auto fill = os.fill('0');
    os << "PPP " << PppProtocolName(m_protocol) << " (0x" << std::hex << std::setw(4) << m_protocol
       << ")";
    os.flags(flags);
    os.fill(fill);
}

} // namespace ns3
