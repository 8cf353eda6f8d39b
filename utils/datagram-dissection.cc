/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "datagram-dissection.h"

#include "ns3/l2tp-message-catalog.h"

#include <boost/endian/conversion.hpp>
#include <cstdio>

using namespace ns3;
using nlohmann::ordered_json;

namespace
{

/**
 * @brief Octets as digits.
 * @param octets the octets
 * @return two hexadecimal digits for each
 */
std::string
Hex(L2tpByteView octets)
{
    std::string text;
    for (const uint8_t octet : octets)
    {
        char pair[3];
        std::snprintf(pair, sizeof(pair), "%02x", octet);
        text += pair;
    }
    return text;
}

/**
 * @brief Words for the bits of a mask.
 * @param value the mask
 * @param low the name of bit 0
 * @param high the name of bit 1
 * @return for example "3 (synchronous, asynchronous)"
 */
std::string
Bits(uint32_t value, const char* low, const char* high)
{
    const std::string names = std::string(value & 1 ? low : "") + ((value & 3) == 3 ? ", " : "") +
                              (value & 2 ? high : "");
    return std::to_string(value) + " (" + (names.empty() ? "none" : names) + ")";
}

/// The value of an AVP, for a program and for a person.
struct Reading
{
    ordered_json json; //!< a number, a string or an object; null if the value can't be read
    std::string words; //!< the same in words
};

/**
 * @brief Read a value of one type.
 * @tparam T the type
 * @param octets the value's octets
 * @param tell makes a Reading of a T
 * @return what the function made, or null if the octets are no T
 */
template <typename T, typename Tell>
Reading
ReadAs(L2tpByteView octets, Tell tell)
{
    T value{};
    return ReadL2tpValue(octets, value) ? tell(value) : Reading{nullptr, ""};
}

/**
 * @brief Words for a number, where it has a meaning that the RFC gives words.
 * @param type the AVP's Attribute Type
 * @param value the number
 * @return the words
 */
std::string
NumberInWords(uint16_t type, uint64_t value)
{
    switch (type)
    {
    case L2tpAvps::MESSAGE_TYPE.type:
        return std::to_string(value) + " " + L2tpMessageName(static_cast<uint16_t>(value));
    case L2tpAvps::PROTOCOL_VERSION.type:
        return "version " + std::to_string(value >> 8) + ", revision " +
               std::to_string(value & 0xff);
    case L2tpAvps::FRAMING_CAPABILITIES.type:
    case L2tpAvps::FRAMING_TYPE.type:
        return Bits(static_cast<uint32_t>(value), "synchronous", "asynchronous");
    case L2tpAvps::BEARER_CAPABILITIES.type:
    case L2tpAvps::BEARER_TYPE.type:
        return Bits(static_cast<uint32_t>(value), "digital", "analog");
    default:
        return std::to_string(value);
    }
}

/// Tell of a cause or counter. @param value the value @return the same for programs and people
Reading
Tell(const L2tpQ931Cause& value)
{
    return {{{"cause", value.cause}, {"message", value.message}, {"advisory", value.advisory}},
            "cause " + std::to_string(value.cause) + ", message " + std::to_string(value.message) +
                (value.advisory.empty() ? "" : " (" + value.advisory + ")")};
}

/// Tell of the counters. @param value the value @return the same for programs and people
Reading
Tell(const L2tpCallErrors& value)
{
    Reading reading{{{"crc_errors", value.crcErrors},
                     {"framing_errors", value.framingErrors},
                     {"hardware_overruns", value.hardwareOverruns},
                     {"buffer_overruns", value.bufferOverruns},
                     {"timeout_errors", value.timeoutErrors},
                     {"alignment_errors", value.alignmentErrors}},
                    ""};
    for (const auto& [name, count] : reading.json.items())
    {
        reading.words += (reading.words.empty() ? "" : ", ") + name + " " + count.dump();
    }
    return reading;
}

/// Tell of the masks. @param value the value @return the same for programs and people
Reading
Tell(const L2tpAccm& value)
{
    char words[40];
    std::snprintf(words, sizeof(words), "send %08x, receive %08x", value.send, value.receive);
    return {{{"send", value.send}, {"receive", value.receive}}, words};
}

/// Tell of PPP's end. @param value the value @return the same for programs and people
Reading
Tell(const L2tpDisconnectCause& value)
{
    return {{{"code", value.code},
             {"protocol", value.protocol},
             {"direction", value.direction},
             {"message", value.message},
             {"text", value.Describe()}},
            value.Describe()};
}

/**
 * @brief Tell why something was cleared.
 * @param value the value
 * @param message the message it stands in, which decides what the code means
 * @return the same for programs and people
 */
Reading
Tell(const L2tpResultCode& value, L2tpMessageType message)
{
    return {{{"result", value.result},
             {"error", value.error ? ordered_json(*value.error) : ordered_json(nullptr)},
             {"message", value.message},
             {"text", value.Describe(message)}},
            value.Describe(message)};
}

/**
 * @brief Read the value of an AVP that the catalogue has.
 * @param info the AVP's row
 * @param message the message it stands in
 * @param octets the value, in clear
 * @return what it says
 */
Reading
ReadValue(const L2tpAvpInfo& info, L2tpMessageType message, L2tpByteView octets)
{
    const auto number = [&info](auto value) {
        return Reading{value,
                       info.vendor ? std::to_string(value) : NumberInWords(info.type, value)};
    };
    const auto tell = [](const auto& value) { return Tell(value); };
    switch (info.format)
    {
    case L2tpAvpFormat::U16:
        return ReadAs<uint16_t>(octets, number);
    case L2tpAvpFormat::U32:
        return ReadAs<uint32_t>(octets, number);
    case L2tpAvpFormat::U64:
        return ReadAs<uint64_t>(octets, number);
    case L2tpAvpFormat::OCTETS:
        return {Hex(octets), Hex(octets)};
    case L2tpAvpFormat::TEXT:
        return {octets.ToString(), "\"" + octets.ToString() + "\""};
    case L2tpAvpFormat::EMPTY:
        return ReadAs<L2tpPresence>(octets, [](L2tpPresence) { return Reading{true, "present"}; });
    case L2tpAvpFormat::RESULT_CODE:
        return ReadAs<L2tpResultCode>(octets, [message](const L2tpResultCode& code) {
            return Tell(code, message);
        });
    case L2tpAvpFormat::Q931_CAUSE:
        return ReadAs<L2tpQ931Cause>(octets, tell);
    case L2tpAvpFormat::CALL_ERRORS:
        return ReadAs<L2tpCallErrors>(octets, tell);
    case L2tpAvpFormat::ACCM:
        return ReadAs<L2tpAccm>(octets, tell);
    case L2tpAvpFormat::DISCONNECT:
        return ReadAs<L2tpDisconnectCause>(octets, tell);
    }
    return {nullptr, ""};
}

/**
 * @brief Read the value of any AVP of a message.
 * @param message the message
 * @param index which AVP
 * @return what it says; null if it is unknown, malformed, or hidden and not revealed
 */
Reading
ReadAvp(const L2tpControlMessage& message, std::size_t index)
{
    const L2tpAvp avp = message.GetAvp(index);
    const L2tpAvpInfo* info = FindL2tpAvp(avp.vendor, avp.type);
    const auto clear = message.GetClearValue(index);
    return info && clear ? ReadValue(*info, static_cast<L2tpMessageType>(message.GetType()), *clear)
                         : Reading{nullptr, ""};
}

/**
 * @brief Make text fit for a terminal.
 * @param text any octets
 * @return the same with a dot for each that is not printable ASCII
 */
std::string
Printable(std::string text)
{
    for (char& letter : text)
    {
        letter = letter < ' ' || letter > '~' ? '.' : letter;
    }
    return text;
}

} // namespace

DatagramDissection::DatagramDissection(L2tpByteView octets, const std::string& secret)
    : m_octets(octets)
{
    const L2tpHeaderError error = L2tpHeader::Parse(octets, octets.size(), m_header);
    m_hasHeader = error == L2tpHeaderError::NONE;
    if (!m_hasHeader)
    {
        m_error = L2tpHeaderErrorName(error);
        return;
    }
    if (m_header.IsControl())
    {
        const L2tpAvpError avpError =
            L2tpControlMessage::Parse(octets.Sub(m_header.GetSerializedSize(), GetPayloadSize()),
                                      m_message);
        m_error = avpError == L2tpAvpError::NONE ? "" : L2tpAvpErrorName(avpError);
        m_message.Reveal(secret);
    }
}

const char*
DatagramDissection::GetKind() const
{
    if (m_octets.size() < 2)
    {
        return nullptr;
    }
    const bool control = boost::endian::load_big_u16(m_octets.data()) & L2tpHeader::FLAG_TYPE;
    if (!control)
    {
        return "data";
    }
    return m_hasHeader && GetPayloadSize() == 0 ? "zlb" : "control";
}

std::optional<std::string>
DatagramDissection::GetMessageName() const
{
    const uint16_t type = m_message.GetType();
    return type ? std::optional(L2tpMessageName(type)) : std::nullopt;
}

std::size_t
DatagramDissection::GetPayloadSize() const
{
    return m_header.GetPayloadSize(m_octets.size());
}

std::optional<std::string>
DatagramDissection::GetFault() const
{
    L2tpControlMessage message = m_message;
    for (std::size_t i = 0; i < message.GetNAvps(); ++i)
    {
        if (!message.GetClearValue(i))
        {
            return std::nullopt;
        }
    }
    const auto fault = message.GetNAvps() && m_error.empty() ? message.Check() : std::nullopt;
    if (!fault)
    {
        return std::nullopt;
    }
    return std::string(fault->clearsTunnel ? "clears the tunnel: " : "clears the session: ") +
           fault->code.Describe(fault->clearsTunnel ? L2tpMessageType::STOPCCN
                                                    : L2tpMessageType::CDN);
}

bool
DatagramDissection::RoundTrips() const
{
    if (!m_error.empty())
    {
        return false;
    }
    std::vector<uint8_t> written(m_header.GetSerializedSize());
    m_header.Write(written.data());
    L2tpByteView payload = m_octets.Sub(written.size(), GetPayloadSize());
    L2tpControlMessage again;
    if (m_header.IsControl())
    {
        for (std::size_t i = 0; i < m_message.GetNAvps(); ++i)
        {
            again.AddRaw(m_message.GetAvp(i));
        }
        payload = again.GetBody();
    }
    written.insert(written.end(), payload.begin(), payload.end());
    return written == std::vector<uint8_t>(m_octets.begin(), m_octets.end());
}

ordered_json
DatagramDissection::ToJson(uint32_t frame) const
{
    const auto ifAny = [](bool present, uint32_t value) {
        return present ? ordered_json(value) : ordered_json(nullptr);
    };
    const auto text = [](const std::optional<std::string>& words) {
        return words ? ordered_json(*words) : ordered_json(nullptr);
    };
    const auto has = [this](uint16_t flag) { return m_hasHeader && m_header.HasFlag(flag); };
    const char* kind = GetKind();
    ordered_json json;
    json["frame"] = frame;
    json["version"] = ifAny(m_octets.size() >= 2, m_octets.size() < 2 ? 0 : m_octets[1] & 15);
    json["kind"] = kind ? ordered_json(kind) : ordered_json(nullptr);
    json["message"] = text(GetMessageName());
    json["length"] = ifAny(has(L2tpHeader::FLAG_LENGTH), m_header.GetLength());
    json["tunnel_id"] = ifAny(m_hasHeader, m_header.GetTunnelId());
    json["session_id"] = ifAny(m_hasHeader, m_header.GetSessionId());
    json["ns"] = ifAny(has(L2tpHeader::FLAG_SEQUENCE), m_header.GetNs());
    json["nr"] = ifAny(has(L2tpHeader::FLAG_SEQUENCE), m_header.GetNr());
    json["offset"] = ifAny(has(L2tpHeader::FLAG_OFFSET), m_header.GetOffsetPad().size());
    json["priority"] = has(L2tpHeader::FLAG_PRIORITY);
    json["avps"] = ordered_json::array();
    for (std::size_t i = 0; i < m_message.GetNAvps(); ++i)
    {
        const L2tpAvp avp = m_message.GetAvp(i);
        json["avps"].push_back({{"vendor", avp.vendor},
                                {"type", avp.type},
                                {"name", L2tpAvpName(avp.vendor, avp.type)},
                                {"mandatory", avp.IsMandatory()},
                                {"hidden", avp.IsHidden()},
                                {"value_hex", Hex(avp.value)},
                                {"value", ReadAvp(m_message, i).json}});
    }
    json["payload_len"] = ifAny(m_hasHeader, m_hasHeader ? GetPayloadSize() : 0);
    json["error"] = m_error.empty() ? ordered_json(nullptr) : ordered_json(m_error);
    json["fault"] = text(GetFault());
    json["roundtrip"] = RoundTrips();
    return json;
}

void
DatagramDissection::Print(std::ostream& os) const
{
    const char* kind = GetKind();
    const L2tpMessageInfo* info = m_message.GetInfo();
    if (info)
    {
        os << info->name << ", " << info->fullName << " (RFC 2661, section " << info->section
           << ")\n";
    }
    else if (kind && std::string(kind) == "zlb")
    {
        os << "ZLB, an acknowledgement without a message (RFC 2661, section 5.8)\n";
    }
    else
    {
        os << GetMessageName().value_or(kind ? std::string(kind) + " message" : "no message")
           << "\n";
    }
    if (m_hasHeader)
    {
        PrintHeader(os);
    }
    for (std::size_t i = 0; i < m_message.GetNAvps(); ++i)
    {
        PrintAvp(i, os);
    }
    if (m_hasHeader && !m_header.IsControl())
    {
        constexpr std::size_t SHOWN = 24; // octets
        const L2tpByteView payload = m_octets.Sub(m_header.GetSerializedSize(), GetPayloadSize());
        os << "  payload (section 3.1): " << payload.size() << " octets, "
           << Hex(payload.Sub(0, SHOWN)) << (payload.size() > SHOWN ? "..." : "") << "\n";
    }
    if (!m_error.empty())
    {
        os << "  error: " << m_error;
        if (m_octets.size() >= 2 && (m_octets[1] & 15) == 3)
        {
            os << ": this is L2TPv3 (RFC 3931), and only L2TPv2 is read";
        }
        os << "\n  octets: " << Hex(m_octets) << "\n";
    }
    if (const auto fault = GetFault())
    {
        os << "  a receiver " << Printable(*fault) << "\n";
    }
    if (m_error.empty() && !RoundTrips())
    {
        os << "  " << m_octets.size() - m_header.GetLength()
           << " octets behind Length, which are not part of the message\n";
    }
}

void
DatagramDissection::PrintHeader(std::ostream& os) const
{
    os << "  header (section 3.1):";
    if (m_header.HasFlag(L2tpHeader::FLAG_LENGTH))
    {
        os << " Length " << m_header.GetLength() << ",";
    }
    os << " Tunnel ID " << m_header.GetTunnelId() << ", Session ID " << m_header.GetSessionId();
    if (m_header.HasFlag(L2tpHeader::FLAG_SEQUENCE))
    {
        os << ", Ns " << m_header.GetNs() << ", Nr " << m_header.GetNr();
    }
    if (m_header.HasFlag(L2tpHeader::FLAG_OFFSET))
    {
        os << ", Offset Size " << m_header.GetOffsetPad().size();
    }
    os << (m_header.HasFlag(L2tpHeader::FLAG_PRIORITY) ? ", priority" : "") << "\n";
}

void
DatagramDissection::PrintAvp(std::size_t index, std::ostream& os) const
{
    const L2tpAvp avp = m_message.GetAvp(index);
    const L2tpAvpInfo* info = FindL2tpAvp(avp.vendor, avp.type);
    os << "  " << (avp.IsMandatory() ? 'M' : '-') << (avp.IsHidden() ? 'H' : '-') << " "
       << L2tpAvpName(avp.vendor, avp.type);
    if (info && info->vendor != 0)
    {
        os << " (" << avp.vendor << "/" << avp.type << ")";
    }
    else if (info)
    {
        os << (info->rfc == 2661 ? " (" : " (RFC " + std::to_string(info->rfc) + ", section ")
           << info->section << ")";
    }
    const Reading reading = ReadAvp(m_message, index);
    os << ": ";
    if (!reading.json.is_null())
    {
        os << Printable(reading.words);
    }
    else if (!m_message.GetClearValue(index))
    {
        os << "hidden (4.3), " << Hex(avp.value);
    }
    else
    {
        os << (info ? "malformed, " : "") << avp.value.size() << " octets, " << Hex(avp.value);
    }
    os << "\n";
}
