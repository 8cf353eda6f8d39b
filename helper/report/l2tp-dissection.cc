/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-dissection.h"

#include "l2tp-avp-words.h"

#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"

#include <cstdio>

namespace ns3
{

namespace
{

constexpr const char* HEADER_SECTION = "RFC 2661, section 3.1";

/**
 * @brief Words for the first word of a header.
 * @param header the header
 * @return for example "control message, Length, Ns and Nr, version 2"
 */
std::string
FlagsInWords(const L2tpHeader& header)
{
    std::string words = header.IsControl() ? "T: control message" : "data message";
    words += header.HasFlag(L2tpHeader::FLAG_LENGTH) ? ", L: Length" : "";
    words += header.HasFlag(L2tpHeader::FLAG_SEQUENCE) ? ", S: Ns and Nr" : "";
    words += header.HasFlag(L2tpHeader::FLAG_OFFSET) ? ", O: Offset Size" : "";
    words += header.HasFlag(L2tpHeader::FLAG_PRIORITY) ? ", P: priority" : "";
    return words + ", Ver " + std::to_string(header.GetFlagWord() & L2tpHeader::VERSION_BITS);
}

/**
 * @brief Add the fields of a header.
 * @param header the header
 * @param writer takes them
 */
void
AddHeader(const L2tpHeader& header, L2tpFieldWriter& writer)
{
    writer.Add(2, "Flags and version", FlagsInWords(header), HEADER_SECTION);
    if (header.HasFlag(L2tpHeader::FLAG_LENGTH))
    {
        writer.Add(2, "Length", std::to_string(header.GetLength()), HEADER_SECTION);
    }
    writer.Add(2, "Tunnel ID", std::to_string(header.GetTunnelId()), HEADER_SECTION);
    writer.Add(2, "Session ID", std::to_string(header.GetSessionId()), HEADER_SECTION);
    if (header.HasFlag(L2tpHeader::FLAG_SEQUENCE))
    {
        const char* section =
            header.IsControl() ? "RFC 2661, section 5.8" : "RFC 2661, section 5.4";
        writer.Add(2, "Ns", std::to_string(header.GetNs()), section);
        writer.Add(2, "Nr", std::to_string(header.GetNr()), section);
    }
    if (header.HasFlag(L2tpHeader::FLAG_OFFSET))
    {
        const std::size_t pad = header.GetOffsetPad().size();
        writer.Add(2, "Offset Size", std::to_string(pad), HEADER_SECTION);
        if (pad > 0)
        {
            writer.Add(pad, "Offset pad", "", HEADER_SECTION);
        }
    }
}

/**
 * @brief Add an AVP and its parts.
 * @param message the message it stands in
 * @param index which AVP
 * @param writer takes them
 */
void
AddAvp(const L2tpControlMessage& message, std::size_t index, L2tpFieldWriter& writer)
{
    const L2tpAvp avp = message.GetAvp(index);
    const L2tpAvpInfo* info = FindL2tpAvp(avp.vendor, avp.type);
    const std::size_t size = L2tpAvp::HEADER_SIZE + avp.value.size();
    const auto words = L2tpAvpInWords(message, index);
    const std::string value = words            ? *words
                              : avp.IsHidden() ? "hidden (RFC 2661, section 4.3)"
                              : info           ? "malformed"
                                               : "unknown";
    writer.Add(size,
               L2tpAvpName(avp.vendor, avp.type),
               value,
               info ? L2tpAvpReference(*info) : "RFC 2661, section 4.1");
    std::string flags = avp.IsMandatory() ? "M: mandatory" : "not mandatory";
    flags += avp.IsHidden() ? ", H: hidden" : "";
    flags += avp.HasReservedBits() ? ", reserved bits set" : "";
    writer.AddPart(2, "M, H, Length", flags + ", " + std::to_string(size) + " octets");
    writer.AddPart(2, "Vendor ID", std::to_string(avp.vendor) + (avp.vendor ? "" : " (IETF)"));
    writer.AddPart(2, "Attribute Type", std::to_string(avp.type));
    if (!avp.value.empty())
    {
        writer.AddPart(avp.value.size(), "Attribute Value", value);
    }
}

/**
 * @brief Say what tells a message from others of its kind.
 * @param message the message
 * @return the AVPs that do, in words
 */
std::string
TellApart(const L2tpControlMessage& message)
{
    constexpr uint16_t KEYS[] = {L2tpAvps::ASSIGNED_TUNNEL_ID.type,
                                 L2tpAvps::ASSIGNED_SESSION_ID.type,
                                 L2tpAvps::RECEIVE_WINDOW_SIZE.type,
                                 L2tpAvps::CALLED_NUMBER.type,
                                 L2tpAvps::RESULT_CODE.type,
                                 L2tpAvps::PPP_DISCONNECT_CAUSE_CODE.type};
    std::string text;
    for (std::size_t i = 0; i < message.GetNAvps(); ++i)
    {
        const L2tpAvp avp = message.GetAvp(i);
        for (const uint16_t key : KEYS)
        {
            if (avp.vendor == 0 && avp.type == key)
            {
                text += (text.empty() ? "" : ", ") + L2tpAvpName(0, key) + " " +
                        L2tpAvpInWords(message, i).value_or("?");
            }
        }
    }
    return text;
}

} // namespace

L2tpFieldWriter::L2tpFieldWriter(std::vector<L2tpField>& fields)
    : m_fields(fields)
{
}

void
L2tpFieldWriter::Add(std::size_t size,
                     const std::string& name,
                     const std::string& value,
                     const std::string& reference)
{
    m_fields.push_back({m_end, size, 0, name, value, reference});
    m_partEnd = m_end;
    m_end += size;
}

void
L2tpFieldWriter::AddPart(std::size_t size, const std::string& name, const std::string& value)
{
    m_fields.push_back({m_partEnd, size, 1, name, value, ""});
    m_partEnd += size;
}

std::size_t
L2tpFieldWriter::GetEnd() const
{
    return m_end;
}

L2tpDissection
DissectL2tp(L2tpByteView octets)
{
    L2tpDissection dissection{"L2TP", "", {}};
    L2tpFieldWriter writer(dissection.fields);
    L2tpHeader header;
    const L2tpHeaderError error = L2tpHeader::Parse(octets, octets.size(), header);
    if (error != L2tpHeaderError::NONE)
    {
        dissection.about = L2tpHeaderErrorName(error);
        writer.Add(octets.size(), "no good header", dissection.about, HEADER_SECTION);
        return dissection;
    }
    AddHeader(header, writer);
    const std::size_t size = header.GetPayloadSize(octets.size());
    if (!header.IsControl())
    {
        dissection.name = "data";
        writer.Add(size, "Frame", std::to_string(size) + " octets", HEADER_SECTION);
    }
    else if (size == 0)
    {
        dissection.name = "ZLB";
    }
    else
    {
        L2tpControlMessage message;
        const auto avpError =
            L2tpControlMessage::Parse(octets.Sub(header.GetSerializedSize(), size), message);
        dissection.name = message.GetType() ? L2tpMessageName(message.GetType()) : "control";
        dissection.about = TellApart(message);
        for (std::size_t i = 0; i < message.GetNAvps(); ++i)
        {
            AddAvp(message, i, writer);
        }
        if (avpError != L2tpAvpError::NONE)
        {
            dissection.about = L2tpAvpErrorName(avpError);
            writer.Add(header.GetSerializedSize() + size - writer.GetEnd(),
                       "no good AVP",
                       dissection.about,
                       "RFC 2661, section 4.1");
        }
    }
    if (writer.GetEnd() < octets.size())
    {
        writer.Add(octets.size() - writer.GetEnd(), "behind Length", "no part of the message");
    }
    return dissection;
}

} // namespace ns3
