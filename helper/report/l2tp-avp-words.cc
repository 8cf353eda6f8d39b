/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-avp-words.h"

#include "ns3/l2tp-avp-visit.h"
#include "ns3/l2tp-message-catalog.h"

#include <cstdio>

namespace ns3
{

namespace
{

/**
 * @brief Words for the bits of a mask.
 * @param value the mask
 * @param low the name of bit 0
 * @param high the name of bit 1
 * @return for example "3 (synchronous, asynchronous)"
 */
std::string
Bits(uint64_t value, const char* low, const char* high)
{
    const std::string names = std::string(value & 1 ? low : "") + ((value & 3) == 3 ? ", " : "") +
                              (value & 2 ? high : "");
    return std::to_string(value) + " (" + (names.empty() ? "none" : names) + ")";
}

/**
 * @brief Words for a number, where it has a meaning that the RFC gives words.
 * @param info the AVP's row
 * @param value the number
 * @return the words
 */
std::string
NumberInWords(const L2tpAvpInfo& info, uint64_t value)
{
    if (info.vendor)
    {
        return std::to_string(value);
    }
    switch (info.type)
    {
    case L2tpAvps::MESSAGE_TYPE.type:
        return std::to_string(value) + " " + L2tpMessageName(static_cast<uint16_t>(value));
    case L2tpAvps::PROTOCOL_VERSION.type:
        return "version " + std::to_string(value >> 8) + ", revision " +
               std::to_string(value & 0xff);
    case L2tpAvps::FRAMING_CAPABILITIES.type:
    case L2tpAvps::FRAMING_TYPE.type:
        return Bits(value, "synchronous", "asynchronous");
    case L2tpAvps::BEARER_CAPABILITIES.type:
    case L2tpAvps::BEARER_TYPE.type:
        return Bits(value, "digital", "analog");
    default:
        return std::to_string(value);
    }
}

/// Makes words of the value of an AVP.
struct Teller
{
    const L2tpAvpInfo& info; //!< the AVP's row
    L2tpMessageType message; //!< the message it stands in

    /// Tell of a number. @param value the value @return words
    std::string operator()(uint64_t value, L2tpAvpFormat) const
    {
        return NumberInWords(info, value);
    }

    /// Tell of text or octets. @param value the value @param format which @return words
    std::string operator()(L2tpByteView value, L2tpAvpFormat format) const
    {
        return format == L2tpAvpFormat::TEXT ? "\"" + L2tpPrintable(value.ToString()) + "\""
                                             : L2tpHex(value);
    }

    /// Tell of an AVP without a value. @return words
    std::string operator()(L2tpPresence, L2tpAvpFormat) const
    {
        return "present";
    }

    /// Tell why something was cleared. @param value the value @return words
    std::string operator()(const L2tpResultCode& value, L2tpAvpFormat) const
    {
        return L2tpPrintable(value.Describe(message));
    }

    /// Tell of a line's cause. @param value the value @return words
    std::string operator()(const L2tpQ931Cause& value, L2tpAvpFormat) const
    {
        return "cause " + std::to_string(value.cause) + ", message " +
               std::to_string(value.message) +
               (value.advisory.empty() ? "" : " (" + L2tpPrintable(value.advisory) + ")");
    }

    /// Tell of the counters. @param value the value @return words
    std::string operator()(const L2tpCallErrors& value, L2tpAvpFormat) const
    {
        return "crc_errors " + std::to_string(value.crcErrors) + ", framing_errors " +
               std::to_string(value.framingErrors) + ", hardware_overruns " +
               std::to_string(value.hardwareOverruns) + ", buffer_overruns " +
               std::to_string(value.bufferOverruns) + ", timeout_errors " +
               std::to_string(value.timeoutErrors) + ", alignment_errors " +
               std::to_string(value.alignmentErrors);
    }

    /// Tell of the masks. @param value the value @return words
    std::string operator()(const L2tpAccm& value, L2tpAvpFormat) const
    {
        char words[40];
        std::snprintf(words, sizeof(words), "send %08x, receive %08x", value.send, value.receive);
        return words;
    }

    /// Tell of PPP's end. @param value the value @return words
    std::string operator()(const L2tpDisconnectCause& value, L2tpAvpFormat) const
    {
        return L2tpPrintable(value.Describe());
    }
};

} // namespace

std::string
L2tpHex(L2tpByteView octets)
{
    static constexpr char DIGITS[] = "0123456789abcdef";
    std::string text;
    text.reserve(2 * octets.size());
    for (const uint8_t octet : octets)
    {
        text += DIGITS[octet >> 4];
        text += DIGITS[octet & 15];
    }
    return text;
}

std::string
L2tpPrintable(std::string text)
{
    for (char& letter : text)
    {
        letter = letter < ' ' || letter > '~' ? '.' : letter;
    }
    return text;
}

std::optional<std::string>
L2tpAvpInWords(const L2tpControlMessage& message, std::size_t index)
{
    const L2tpAvp avp = message.GetAvp(index);
    const L2tpAvpInfo* info = FindL2tpAvp(avp.vendor, avp.type);
    const auto clear = message.GetClearValue(index);
    if (!info || !clear)
    {
        return std::nullopt;
    }
    return VisitL2tpValue<std::string>(
        info->format,
        *clear,
        Teller{*info, static_cast<L2tpMessageType>(message.GetType())});
}

std::string
L2tpAvpReference(const L2tpAvpInfo& info)
{
    return info.rfc ? "RFC " + std::to_string(info.rfc) + ", section " + info.section : "";
}

} // namespace ns3
