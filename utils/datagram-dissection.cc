/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "datagram-dissection.h"

#include "ns3/l2tp-avp-visit.h"
#include "ns3/l2tp-avp-words.h"
#include "ns3/l2tp-message-catalog.h"

#include <boost/endian/conversion.hpp>

using namespace ns3;
using nlohmann::ordered_json;

namespace
{

/// Makes JSON of the value of an AVP.
struct JsonMaker
{
    L2tpMessageType message; //!< the message it stands in

    /// Tell of a number. @param value the value @return it
    ordered_json operator()(uint64_t value, L2tpAvpFormat) const
    {
        return value;
    }

    /// Tell of text or octets. @param value the value @param format which @return a string
    ordered_json operator()(L2tpByteView value, L2tpAvpFormat format) const
    {
        return format == L2tpAvpFormat::TEXT ? value.ToString() : L2tpHex(value);
    }

    /// Tell of an AVP without a value. @return true
    ordered_json operator()(L2tpPresence, L2tpAvpFormat) const
    {
        return true;
    }

    /// Tell why something was cleared. @param value the value @return an object
    ordered_json operator()(const L2tpResultCode& value, L2tpAvpFormat) const
    {
        return {{"result", value.result},
                {"error", value.error ? ordered_json(*value.error) : ordered_json(nullptr)},
                {"message", value.message},
                {"text", value.Describe(message)}};
    }

    /// Tell of a line's cause. @param value the value @return an object
    ordered_json operator()(const L2tpQ931Cause& value, L2tpAvpFormat) const
    {
        return {{"cause", value.cause}, {"message", value.message}, {"advisory", value.advisory}};
    }

    /// Tell of the counters. @param value the value @return an object
    ordered_json operator()(const L2tpCallErrors& value, L2tpAvpFormat) const
    {
        return {{"crc_errors", value.crcErrors},
                {"framing_errors", value.framingErrors},
                {"hardware_overruns", value.hardwareOverruns},
                {"buffer_overruns", value.bufferOverruns},
                {"timeout_errors", value.timeoutErrors},
                {"alignment_errors", value.alignmentErrors}};
    }

    /// Tell of the masks. @param value the value @return an object
    ordered_json operator()(const L2tpAccm& value, L2tpAvpFormat) const
    {
        return {{"send", value.send}, {"receive", value.receive}};
    }

    /// Tell of PPP's end. @param value the value @return an object
    ordered_json operator()(const L2tpDisconnectCause& value, L2tpAvpFormat) const
    {
        return {{"code", value.code},
                {"protocol", value.protocol},
                {"direction", value.direction},
                {"message", value.message},
                {"text", value.Describe()}};
    }
};

/**
 * @brief Read the value of any AVP of a message.
 * @param message the message
 * @param index which AVP
 * @return a number, a string or an object; null if the AVP is unknown, malformed, or hidden and
 *         not revealed
 */
ordered_json
ReadAvp(const L2tpControlMessage& message, std::size_t index)
{
    const L2tpAvp avp = message.GetAvp(index);
    const L2tpAvpInfo* info = FindL2tpAvp(avp.vendor, avp.type);
    const auto clear = message.GetClearValue(index);
    if (!info || !clear)
    {
        return nullptr;
    }
    const JsonMaker maker{static_cast<L2tpMessageType>(message.GetType())};
    return VisitL2tpValue<ordered_json>(info->format, *clear, maker).value_or(nullptr);
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
                                {"value_hex", L2tpHex(avp.value)},
                                {"value", ReadAvp(m_message, i)}});
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
           << L2tpHex(payload.Sub(0, SHOWN)) << (payload.size() > SHOWN ? "..." : "") << "\n";
    }
    if (!m_error.empty())
    {
        os << "  error: " << m_error;
        if (m_octets.size() >= 2 && (m_octets[1] & 15) == 3)
        {
            os << ": this is L2TPv3 (RFC 3931), and only L2TPv2 is read";
        }
        os << "\n  octets: " << L2tpHex(m_octets) << "\n";
    }
    if (const auto fault = GetFault())
    {
        os << "  a receiver " << L2tpPrintable(*fault) << "\n";
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
    const auto words = L2tpAvpInWords(m_message, index);
    os << ": ";
    if (words)
    {
        os << *words;
    }
    else if (!m_message.GetClearValue(index))
    {
        os << "hidden (4.3), " << L2tpHex(avp.value);
    }
    else
    {
        os << (info ? "malformed, " : "") << avp.value.size() << " octets, " << L2tpHex(avp.value);
    }
    os << "\n";
}
