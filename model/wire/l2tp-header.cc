/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-header.h"

#include "ns3/abort.h"

#include <algorithm>
#include <boost/endian/conversion.hpp>

namespace ns3
{

using boost::endian::load_big_u16;
using boost::endian::store_big_u16;

NS_OBJECT_ENSURE_REGISTERED(L2tpHeader);

const char*
L2tpHeaderErrorName(L2tpHeaderError error)
{
    switch (error)
    {
    case L2tpHeaderError::NONE:
        return "none";
    case L2tpHeaderError::TRUNCATED:
        return "header-truncated";
    case L2tpHeaderError::VERSION:
        return "header-version";
    case L2tpHeaderError::CONTROL_BITS:
        return "header-control-bits";
    case L2tpHeaderError::LENGTH:
        return "header-length";
    case L2tpHeaderError::OFFSET:
        return "header-offset";
    }
    return "unknown";
}

TypeId
L2tpHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpHeader")
                            .SetParent<Header>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpHeader>();
    return tid;
}

TypeId
L2tpHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

L2tpHeader
L2tpHeader::MakeControl(uint16_t tunnelId,
                        uint16_t sessionId,
                        uint16_t ns,
                        uint16_t nr,
                        std::size_t bodySize)
{
    const std::size_t size = CONTROL_SIZE + bodySize;
    NS_ABORT_MSG_IF(size > UINT16_MAX,
                    "A control message has " << size << " octets; its Length can say at most "
                                             << UINT16_MAX
                                             << " (RFC 2661, section 3.1): leave AVPs out");
    L2tpHeader header;
    header.m_flagWord |= FLAG_TYPE;
    header.SetLength(static_cast<uint16_t>(size));
    header.m_tunnelId = tunnelId;
    header.m_sessionId = sessionId;
    header.SetSequence(ns, nr);
    return header;
}

L2tpHeaderError
L2tpHeader::Parse(L2tpByteView prefix, std::size_t datagramSize, L2tpHeader& header)
{
    if (prefix.size() < 2)
    {
        return L2tpHeaderError::TRUNCATED;
    }
    const uint8_t* at = prefix.data();
    const uint16_t word = load_big_u16(at);
    if ((word & VERSION_BITS) != VERSION)
    {
        return L2tpHeaderError::VERSION;
    }
    const bool control = word & FLAG_TYPE;
    if (control &&
        ((word & (FLAG_LENGTH | FLAG_SEQUENCE | FLAG_OFFSET)) != (FLAG_LENGTH | FLAG_SEQUENCE)))
    {
        return L2tpHeaderError::CONTROL_BITS;
    }
    std::size_t size = 6 + (word & FLAG_LENGTH ? 2 : 0) + (word & FLAG_SEQUENCE ? 4 : 0) +
                       (word & FLAG_OFFSET ? 2 : 0);
    if (prefix.size() < size)
    {
        return L2tpHeaderError::TRUNCATED;
    }
    at += 2;
    header.m_flagWord = word;
    header.m_length = 0;
    std::size_t messageSize = datagramSize;
    if (word & FLAG_LENGTH)
    {
        header.m_length = load_big_u16(at);
        at += 2;
        if (header.m_length > datagramSize || header.m_length < size)
        {
            return L2tpHeaderError::LENGTH;
        }
        messageSize = header.m_length;
    }
    header.m_tunnelId = load_big_u16(at);
    header.m_sessionId = load_big_u16(at + 2);
    at += 4;
    header.m_ns = 0;
    header.m_nr = 0;
    if (word & FLAG_SEQUENCE)
    {
        header.m_ns = load_big_u16(at);
        header.m_nr = load_big_u16(at + 2);
        at += 4;
    }
    header.m_offsetPad.clear();
    if (word & FLAG_OFFSET)
    {
        const uint16_t offset = load_big_u16(at);
        at += 2;
        if (size + offset > messageSize)
        {
            return L2tpHeaderError::OFFSET;
        }
        if (size + offset > prefix.size())
        {
            return L2tpHeaderError::TRUNCATED;
        }
        header.m_offsetPad.assign(at, at + offset);
    }
    return L2tpHeaderError::NONE;
}

void
L2tpHeader::Write(uint8_t* out) const
{
    store_big_u16(out, m_flagWord);
    out += 2;
    if (m_flagWord & FLAG_LENGTH)
    {
        store_big_u16(out, m_length);
        out += 2;
    }
    store_big_u16(out, m_tunnelId);
    store_big_u16(out + 2, m_sessionId);
    out += 4;
    if (m_flagWord & FLAG_SEQUENCE)
    {
        store_big_u16(out, m_ns);
        store_big_u16(out + 2, m_nr);
        out += 4;
    }
    if (m_flagWord & FLAG_OFFSET)
    {
        store_big_u16(out, static_cast<uint16_t>(m_offsetPad.size()));
        std::copy(m_offsetPad.begin(), m_offsetPad.end(), out + 2);
    }
}

std::size_t
L2tpHeader::GetPayloadSize(std::size_t datagramSize) const
{
    return (m_flagWord & FLAG_LENGTH ? m_length : datagramSize) - GetSerializedSize();
}

bool
L2tpHeader::IsControl() const
{
    return m_flagWord & FLAG_TYPE;
}

bool
L2tpHeader::HasFlag(uint16_t flags) const
{
    return (m_flagWord & flags) == flags;
}

uint16_t
L2tpHeader::GetFlagWord() const
{
    return m_flagWord;
}

void
L2tpHeader::SetPriority(bool priority)
{
    m_flagWord = priority ? m_flagWord | FLAG_PRIORITY : m_flagWord & ~FLAG_PRIORITY;
}

void
L2tpHeader::SetLength(uint16_t messageSize)
{
    m_flagWord |= FLAG_LENGTH;
    m_length = messageSize;
}

uint16_t
L2tpHeader::GetLength() const
{
    return m_length;
}

void
L2tpHeader::SetTunnelId(uint16_t id)
{
    m_tunnelId = id;
}

uint16_t
L2tpHeader::GetTunnelId() const
{
    return m_tunnelId;
}

void
L2tpHeader::SetSessionId(uint16_t id)
{
    m_sessionId = id;
}

uint16_t
L2tpHeader::GetSessionId() const
{
    return m_sessionId;
}

void
L2tpHeader::SetSequence(uint16_t ns, uint16_t nr)
{
    m_flagWord |= FLAG_SEQUENCE;
    m_ns = ns;
    m_nr = nr;
}

uint16_t
L2tpHeader::GetNs() const
{
    return m_ns;
}

uint16_t
L2tpHeader::GetNr() const
{
    return m_nr;
}

void
L2tpHeader::SetOffsetPad(std::vector<uint8_t> pad)
{
    m_flagWord |= FLAG_OFFSET;
    m_offsetPad = std::move(pad);
}

const std::vector<uint8_t>&
L2tpHeader::GetOffsetPad() const
{
    return m_offsetPad;
}

L2tpHeaderError
L2tpHeader::GetError() const
{
    return m_error;
}

void
L2tpHeader::Print(std::ostream& os) const
{
    os << (IsControl() ? "control" : "data") << " tunnel=" << m_tunnelId
       << " session=" << m_sessionId;
    if (m_flagWord & FLAG_LENGTH)
    {
        os << " length=" << m_length;
    }
    if (m_flagWord & FLAG_SEQUENCE)
    {
        os << " Ns=" << m_ns << " Nr=" << m_nr;
    }
    if (m_flagWord & FLAG_OFFSET)
    {
        os << " offset=" << m_offsetPad.size();
    }
    if (m_flagWord & FLAG_PRIORITY)
    {
        os << " priority";
    }
}

uint32_t
L2tpHeader::GetSerializedSize() const
{
    return 6 + (m_flagWord & FLAG_LENGTH ? 2 : 0) + (m_flagWord & FLAG_SEQUENCE ? 4 : 0) +
           (m_flagWord & FLAG_OFFSET ? 2 + m_offsetPad.size() : 0);
}

void
L2tpHeader::Serialize(Buffer::Iterator start) const
{
    if (m_offsetPad.empty())
    {
        uint8_t octets[MAX_FIXED_SIZE];
        Write(octets);
        start.Write(octets, GetSerializedSize());
        return;
    }
    std::vector<uint8_t> octets(GetSerializedSize());
    Write(octets.data());
    start.Write(octets.data(), octets.size());
}

uint32_t
L2tpHeader::Deserialize(Buffer::Iterator start)
{
    const uint32_t available = start.GetRemainingSize();
    uint8_t octets[MAX_FIXED_SIZE];
    const uint32_t size = std::min<uint32_t>(available, MAX_FIXED_SIZE);
    Buffer::Iterator fixed = start;
    fixed.Read(octets, size);
    if (size >= 2 && (load_big_u16(octets) & FLAG_OFFSET))
    {
        std::vector<uint8_t> all(available);
        start.Read(all.data(), available);
        m_error = Parse(all, available, *this);
    }
    else
    {
        m_error = Parse({octets, size}, available, *this);
    }
    return m_error == L2tpHeaderError::NONE ? GetSerializedSize() : 0;
}

} // namespace ns3
