/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pppoe-packet.h"

#include "ns3/assert.h"

#include <algorithm>
#include <utility>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppoeHeader);

namespace
{

constexpr uint8_t VERSION_AND_TYPE = 0x11; //!< VER 1, TYPE 1 (section 4)
constexpr std::size_t TAG_HEADER = 4;      //!< octets of TAG_TYPE and TAG_LENGTH (section 5)
constexpr uint16_t ANY = 0xffff;           //!< no limit of size or number

/// Read 16 bits in network byte order.
uint16_t
Get16(const uint8_t* octets)
{
    return static_cast<uint16_t>(octets[0] << 8 | octets[1]);
}

/// Append 16 bits in network byte order.
void
Put16(std::vector<uint8_t>& octets, uint16_t value)
{
    octets.push_back(static_cast<uint8_t>(value >> 8));
    octets.push_back(static_cast<uint8_t>(value));
}

/// Find the row of a code; null if it is none of the Discovery stage.
const PppoeCodeInfo*
FindCode(PppoeCode code)
{
    for (const auto& info : PPPOE_CODES)
    {
        if (info.code == code)
        {
            return &info;
        }
    }
    return nullptr;
}

/// Find the row of a type of TAG; null if it is unknown.
const PppoeTagInfo*
FindTag(PppoeTagType type)
{
    for (const auto& info : PPPOE_TAGS)
    {
        if (info.type == type)
        {
            return &info;
        }
    }
    return nullptr;
}

/// Whether a TAG has a value that its type allows.
bool
IsGoodValue(PppoeTagType type, L2tpByteView value)
{
    const auto* info = FindTag(type);
    if (!info)
    {
        return true; // section 5: unknown ones are ignored
    }
    // Appendix A: "The high-order octet of the vendor id is 0".
    const bool vendor = type != PppoeTagType::VENDOR_SPECIFIC || value.empty() || value[0] == 0;
    return value.size() >= info->minSize && value.size() <= info->maxSize && vendor;
}

} // namespace

const std::array<PppoeTagInfo, 11> PPPOE_TAGS{{
    {PppoeTagType::END_OF_LIST, "End-Of-List", 0, 0},
    {PppoeTagType::SERVICE_NAME, "Service-Name", 0, ANY},
    {PppoeTagType::AC_NAME, "AC-Name", 0, ANY},
    {PppoeTagType::HOST_UNIQ, "Host-Uniq", 0, ANY},
    {PppoeTagType::AC_COOKIE, "AC-Cookie", 0, ANY},
    {PppoeTagType::VENDOR_SPECIFIC, "Vendor-Specific", 4, ANY},
    {PppoeTagType::RELAY_SESSION_ID, "Relay-Session-Id", 0, ANY},
    {PppoeTagType::PPP_MAX_PAYLOAD, "PPP-Max-Payload", 2, 2},
    {PppoeTagType::SERVICE_NAME_ERROR, "Service-Name-Error", 0, ANY},
    {PppoeTagType::AC_SYSTEM_ERROR, "AC-System-Error", 0, ANY},
    {PppoeTagType::GENERIC_ERROR, "Generic-Error", 0, ANY},
}};

const std::array<PppoeCodeInfo, 5> PPPOE_CODES{{
    {PppoeCode::PADI, "PADI", PppoeCodeInfo::SessionId::ZERO, 1, 1, 0, ANY, "5.1"},
    {PppoeCode::PADO, "PADO", PppoeCodeInfo::SessionId::ZERO, 1, ANY, 1, 1, "5.2"},
    {PppoeCode::PADR, "PADR", PppoeCodeInfo::SessionId::ZERO, 1, 1, 0, ANY, "5.3"},
    {PppoeCode::PADS, "PADS", PppoeCodeInfo::SessionId::BY_ERROR, 1, 1, 0, ANY, "5.4"},
    {PppoeCode::PADT, "PADT", PppoeCodeInfo::SessionId::GIVEN, 0, ANY, 0, ANY, "5.5"},
}};

const char*
PppoeCodeName(PppoeCode code)
{
    const auto* info = FindCode(code);
    return info ? info->name : code == PppoeCode::SESSION ? "session" : "unknown";
}

const char*
PppoeTagName(PppoeTagType type)
{
    const auto* info = FindTag(type);
    return info ? info->name : "unknown";
}

const char*
PppoeErrorName(PppoeError error)
{
    static constexpr std::array<const char*, 9> NAMES{"none",
                                                      "truncated",
                                                      "version",
                                                      "length",
                                                      "code",
                                                      "tag-truncated",
                                                      "tag-value",
                                                      "session-id",
                                                      "tag-count"};
    const auto index = static_cast<std::size_t>(error);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

PppoeHeader::PppoeHeader(PppoeCode code, uint16_t sessionId, uint16_t length)
    : m_code(code),
      m_sessionId(sessionId),
      m_length(length)
{
}

PppoeError
PppoeHeader::Parse(const uint8_t* data, std::size_t size, PppoeHeader& header)
{
    if (size < pppoe::HEADER_SIZE)
    {
        return PppoeError::TRUNCATED;
    }
    if (data[0] != VERSION_AND_TYPE)
    {
        return PppoeError::VERSION;
    }
    header = PppoeHeader(static_cast<PppoeCode>(data[1]), Get16(data + 2), Get16(data + 4));
    return PppoeError::NONE;
}

PppoeCode
PppoeHeader::GetCode() const
{
    return m_code;
}

uint16_t
PppoeHeader::GetSessionId() const
{
    return m_sessionId;
}

uint16_t
PppoeHeader::GetLength() const
{
    return m_length;
}

PppoeError
PppoeHeader::GetError() const
{
    return m_error;
}

TypeId
PppoeHeader::GetTypeId()
{
    static TypeId tid = TypeId("ns3::PppoeHeader")
                            .SetParent<Header>()
                            .SetGroupName("L2tp")
                            .AddConstructor<PppoeHeader>();
    return tid;
}

TypeId
PppoeHeader::GetInstanceTypeId() const
{
    return GetTypeId();
}

uint32_t
PppoeHeader::GetSerializedSize() const
{
    return pppoe::HEADER_SIZE;
}

void
PppoeHeader::Serialize(Buffer::Iterator start) const
{
    start.WriteU8(VERSION_AND_TYPE);
    start.WriteU8(static_cast<uint8_t>(m_code));
    start.WriteHtonU16(m_sessionId);
    start.WriteHtonU16(m_length);
}

uint32_t
PppoeHeader::Deserialize(Buffer::Iterator start)
{
    std::array<uint8_t, pppoe::HEADER_SIZE> octets{};
    const auto size = std::min<uint32_t>(start.GetRemainingSize(), octets.size());
    start.Read(octets.data(), size);
    PppoeHeader header;
    header.m_error = Parse(octets.data(), size, header);
    const auto error = header.m_error;
    *this = header;
    return error == PppoeError::NONE ? pppoe::HEADER_SIZE : 0;
}

void
PppoeHeader::Print(std::ostream& os) const
{
    os << "PPPoE " << PppoeCodeName(m_code) << " session=" << m_sessionId << " length=" << m_length;
}

PppoeDiscovery::PppoeDiscovery(PppoeCode code, uint16_t sessionId)
    : m_code(code),
      m_sessionId(sessionId)
{
}

PppoeError
PppoeDiscovery::Parse(L2tpByteView octets, PppoeDiscovery& packet)
{
    PppoeHeader header;
    const auto error = PppoeHeader::Parse(octets.data(), octets.size(), header);
    if (error != PppoeError::NONE)
    {
        return error;
    }
    if (header.GetLength() > octets.size() - pppoe::HEADER_SIZE)
    {
        return PppoeError::LENGTH;
    }
    if (!FindCode(header.GetCode()))
    {
        return PppoeError::CODE;
    }
    PppoeDiscovery read(header.GetCode(), header.GetSessionId());
    auto rest = octets.Sub(pppoe::HEADER_SIZE, header.GetLength());
    while (!rest.empty() && !read.m_endOfList)
    {
        if (rest.size() < TAG_HEADER)
        {
            return PppoeError::TAG_TRUNCATED;
        }
        const auto type = static_cast<PppoeTagType>(Get16(rest.data()));
        const std::size_t size = Get16(rest.data() + 2);
        if (size > rest.size() - TAG_HEADER)
        {
            return PppoeError::TAG_TRUNCATED;
        }
        const auto value = rest.Sub(TAG_HEADER, size);
        if (!IsGoodValue(type, value))
        {
            return PppoeError::TAG_VALUE;
        }
        if (type == PppoeTagType::END_OF_LIST)
        {
            read.m_endOfList = true;
        }
        else
        {
            read.m_tags.push_back({type, {value.begin(), value.end()}});
        }
        rest = rest.Sub(TAG_HEADER + size);
    }
    read.m_rest.assign(rest.begin(), rest.end());
    packet = std::move(read);
    return PppoeError::NONE;
}

PppoeError
PppoeDiscovery::Check() const
{
    const auto* info = FindCode(m_code);
    NS_ASSERT_MSG(info, "not a packet of the Discovery stage");
    const bool answer = m_code == PppoeCode::PADO || m_code == PppoeCode::PADS;
    const bool refused = answer && FindError();
    const bool given = info->sessionId == PppoeCodeInfo::SessionId::GIVEN ||
                       (info->sessionId == PppoeCodeInfo::SessionId::BY_ERROR && !refused);
    if ((m_sessionId != 0) != given || m_sessionId == pppoe::RESERVED_SESSION)
    {
        return PppoeError::SESSION_ID;
    }
    if (refused)
    {
        return PppoeError::NONE; // "and any number of other TAG types" (section 5.4)
    }
    const auto services = Count(PppoeTagType::SERVICE_NAME);
    const auto names = Count(PppoeTagType::AC_NAME);
    const bool good = services >= info->minServices && services <= info->maxServices &&
                      names >= info->minNames && names <= info->maxNames;
    return good ? PppoeError::NONE : PppoeError::TAG_COUNT;
}

std::vector<uint8_t>
PppoeDiscovery::Serialize() const
{
    std::vector<uint8_t> octets;
    octets.reserve(GetSize());
    octets.push_back(VERSION_AND_TYPE);
    octets.push_back(static_cast<uint8_t>(m_code));
    Put16(octets, m_sessionId);
    Put16(octets, static_cast<uint16_t>(GetSize() - pppoe::HEADER_SIZE));
    for (const auto& tag : m_tags)
    {
        Put16(octets, static_cast<uint16_t>(tag.type));
        Put16(octets, static_cast<uint16_t>(tag.value.size()));
        octets.insert(octets.end(), tag.value.begin(), tag.value.end());
    }
    if (m_endOfList)
    {
        octets.insert(octets.end(), TAG_HEADER, 0);
    }
    octets.insert(octets.end(), m_rest.begin(), m_rest.end());
    return octets;
}

std::size_t
PppoeDiscovery::GetSize() const
{
    std::size_t size = pppoe::HEADER_SIZE + (m_endOfList ? TAG_HEADER : 0) + m_rest.size();
    for (const auto& tag : m_tags)
    {
        size += TAG_HEADER + tag.value.size();
    }
    return size;
}

PppoeCode
PppoeDiscovery::GetCode() const
{
    return m_code;
}

uint16_t
PppoeDiscovery::GetSessionId() const
{
    return m_sessionId;
}

const std::vector<PppoeTag>&
PppoeDiscovery::GetTags() const
{
    return m_tags;
}

void
PppoeDiscovery::Add(PppoeTagType type, std::vector<uint8_t> value)
{
    m_tags.push_back({type, std::move(value)});
}

void
PppoeDiscovery::Add(PppoeTagType type, const std::string& text)
{
    m_tags.push_back({type, {text.begin(), text.end()}});
}

void
PppoeDiscovery::AddMaxPayload(uint16_t octets)
{
    std::vector<uint8_t> value;
    Put16(value, octets);
    Add(PppoeTagType::PPP_MAX_PAYLOAD, std::move(value));
}

void
PppoeDiscovery::CopyTags(const PppoeDiscovery& other, PppoeTagType type)
{
    for (const auto& tag : other.m_tags)
    {
        if (tag.type == type)
        {
            m_tags.push_back(tag);
        }
    }
}

const PppoeTag*
PppoeDiscovery::Find(PppoeTagType type) const
{
    const auto it = std::find_if(m_tags.begin(), m_tags.end(), [type](const PppoeTag& tag) {
        return tag.type == type;
    });
    return it == m_tags.end() ? nullptr : &*it;
}

bool
PppoeDiscovery::Has(PppoeTagType type, const std::string& text) const
{
    return std::find(m_tags.begin(), m_tags.end(), PppoeTag{type, {text.begin(), text.end()}}) !=
           m_tags.end();
}

std::string
PppoeDiscovery::GetText(PppoeTagType type) const
{
    const auto* tag = Find(type);
    return tag ? std::string(tag->value.begin(), tag->value.end()) : std::string();
}

uint16_t
PppoeDiscovery::GetMaxPayload() const
{
    const auto* tag = Find(PppoeTagType::PPP_MAX_PAYLOAD);
    return tag ? Get16(tag->value.data()) : 0;
}

const PppoeTag*
PppoeDiscovery::FindError() const
{
    for (const auto& tag : m_tags)
    {
        if (tag.type == PppoeTagType::SERVICE_NAME_ERROR ||
            tag.type == PppoeTagType::AC_SYSTEM_ERROR || tag.type == PppoeTagType::GENERIC_ERROR)
        {
            return &tag;
        }
    }
    return nullptr;
}

std::size_t
PppoeDiscovery::Count(PppoeTagType type) const
{
    return std::count_if(m_tags.begin(), m_tags.end(), [type](const PppoeTag& tag) {
        return tag.type == type;
    });
}

} // namespace ns3
