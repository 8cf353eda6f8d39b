/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What PPP's control frames and PPPoE's Discovery packets say.

#include "l2tp-avp-words.h"
#include "l2tp-dissection.h"

#include "ns3/ppp-control-packet.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-lcp-option.h"
#include "ns3/ppp-option.h"
#include "ns3/ppp-protocol.h"
#include "ns3/pppoe-packet.h"

#include <algorithm>
#include <cstdio>

namespace ns3
{

namespace
{

/// A row of the table of options.
struct OptionInfo
{
    uint16_t protocol;     //!< of which PPP protocol
    uint8_t type;          //!< its Type
    const char* name;      //!< its name in the RFC
    const char* reference; //!< where
};

/// The options that this model knows of.
constexpr OptionInfo OPTIONS[] = {
    {ppp_protocol::LCP, lcp_option::MRU, "Maximum-Receive-Unit", "RFC 1661, section 6.1"},
    {ppp_protocol::LCP, lcp_option::ACCM, "Async-Control-Character-Map", "RFC 1662, section 7.1"},
    {ppp_protocol::LCP, lcp_option::AUTH, "Authentication-Protocol", "RFC 1661, section 6.2"},
    {ppp_protocol::LCP, lcp_option::QUALITY, "Quality-Protocol", "RFC 1661, section 6.3"},
    {ppp_protocol::LCP, lcp_option::MAGIC, "Magic-Number", "RFC 1661, section 6.4"},
    {ppp_protocol::LCP, lcp_option::PFC, "Protocol-Field-Compression", "RFC 1661, section 6.5"},
    {ppp_protocol::LCP,
     lcp_option::ACFC,
     "Address-and-Control-Field-Compression",
     "RFC 1661, section 6.6"},
    {ppp_protocol::IPCP, 2, "IP-Compression-Protocol", "RFC 1332, section 3.2"},
    {ppp_protocol::IPCP, 3, "IP-Address", "RFC 1332, section 3.3"},
    {ppp_protocol::IPCP, 129, "Primary DNS Server Address", "RFC 1877, section 1.1"},
    {ppp_protocol::IPCP, 131, "Secondary DNS Server Address", "RFC 1877, section 1.3"},
    {ppp_protocol::IPV6CP, 1, "Interface-Identifier", "RFC 5072, section 4.1"},
};

/**
 * @brief Say what an option is about.
 * @param protocol of which PPP protocol
 * @param option the option
 * @return words
 */
std::string
OptionInWords(uint16_t protocol, const PppOption& option)
{
    char text[24];
    if (protocol == ppp_protocol::IPCP && option.data.size() == 4)
    {
        std::snprintf(text,
                      sizeof(text),
                      "%d.%d.%d.%d",
                      option.data[0],
                      option.data[1],
                      option.data[2],
                      option.data[3]);
        return text;
    }
    if (protocol == ppp_protocol::LCP && option.type == lcp_option::MRU)
    {
        return std::to_string(option.Get16()) + " octets";
    }
    if (protocol == ppp_protocol::LCP && option.type == lcp_option::AUTH)
    {
        const uint16_t method = option.Get16();
        std::string words = PppProtocolName(method);
        if (method == ppp_protocol::CHAP && option.data.size() > 2)
        {
            words += option.data[2] == lcp_option::CHAP_MD5     ? " with MD5"
                     : option.data[2] == lcp_option::CHAP_MS_V2 ? " of Microsoft, version 2"
                                                                : " by another algorithm";
        }
        return words;
    }
    return option.data.empty() ? "wanted" : "0x" + L2tpHex(option.data);
}

/**
 * @brief Name a code.
 * @param protocol the PPP protocol
 * @param code the value of the Code field
 * @return its name in the RFC
 */
std::string
CodeName(uint16_t protocol, uint8_t code)
{
    static constexpr const char* PAP[] = {"Authenticate-Request",
                                          "Authenticate-Ack",
                                          "Authenticate-Nak"};
    static constexpr const char* CHAP[] = {"Challenge", "Response", "Success", "Failure"};
    if (protocol == ppp_protocol::PAP)
    {
        return code >= 1 && code <= 3 ? PAP[code - 1] : "unknown";
    }
    if (protocol == ppp_protocol::CHAP)
    {
        return code >= 1 && code <= 4 ? CHAP[code - 1] : "unknown";
    }
    return PppCodeName(code);
}

/// The RFC of a protocol's packets. @param protocol it @return the RFC and its section
const char*
PacketReference(uint16_t protocol)
{
    return protocol == ppp_protocol::PAP    ? "RFC 1334, section 2.2"
           : protocol == ppp_protocol::CHAP ? "RFC 1994, section 4"
                                            : "RFC 1661, section 5";
}

/**
 * @brief Add the options of a Configure packet.
 * @param protocol the PPP protocol
 * @param options the options
 * @param writer takes the fields
 * @return the options in words
 */
std::string
AddOptions(uint16_t protocol, const PppOptionList& options, L2tpFieldWriter& writer)
{
    std::string about;
    for (const PppOption& option : options)
    {
        const auto* info =
            std::find_if(std::begin(OPTIONS), std::end(OPTIONS), [&](const OptionInfo& row) {
                return row.protocol == protocol && row.type == option.type;
            });
        const bool known = info != std::end(OPTIONS);
        const std::string name = known ? info->name : "Option " + std::to_string(option.type);
        const std::string words = OptionInWords(protocol, option);
        writer.Add(2 + option.data.size(),
                   name,
                   words,
                   known ? info->reference : "RFC 1661, section 6");
        writer.AddPart(1, "Type", std::to_string(option.type));
        writer.AddPart(1, "Length", std::to_string(2 + option.data.size()));
        if (!option.data.empty())
        {
            writer.AddPart(option.data.size(), "Data", words);
        }
        about += (about.empty() ? "" : ", ") + name + " " + words;
    }
    return about;
}

/**
 * @brief Add the data of a packet that has a value with its size, and a name or message.
 * @param protocol PAP or CHAP
 * @param packet the packet
 * @param writer takes the fields
 * @return the name or message
 */
std::string
AddAuthentication(uint16_t protocol, const PppControlPacket& packet, L2tpFieldWriter& writer)
{
    const char* reference = PacketReference(protocol);
    const L2tpByteView data(packet.data);
    const bool isPap = protocol == ppp_protocol::PAP;
    const bool hasValue = isPap || packet.code <= 2;
    const auto text = [](L2tpByteView octets) {
        return "\"" + L2tpPrintable(octets.ToString()) + "\"";
    };
    if (!hasValue || data.empty() || data.size() < 1U + data[0])
    {
        writer.Add(data.size(), hasValue ? "malformed" : "Message", text(data), reference);
        return text(data);
    }
    const L2tpByteView first = data.Sub(1, data[0]);
    const L2tpByteView rest = data.Sub(1 + first.size());
    const bool isRequest = isPap && packet.code == 1;
    writer.Add(1,
               isRequest ? "Peer-ID Length"
               : isPap   ? "Msg-Length"
                         : "Value-Size",
               std::to_string(first.size()),
               reference);
    const std::string firstWords = isPap ? text(first) : L2tpHex(first);
    writer.Add(first.size(),
               isRequest ? "Peer-ID"
               : isPap   ? "Message"
                         : "Value",
               firstWords,
               reference);
    if (isRequest && !rest.empty() && rest.size() == 1U + rest[0])
    {
        writer.Add(1, "Passwd-Length", std::to_string(rest[0]), reference);
        writer.Add(rest[0], "Password", text(rest.Sub(1)) + ", in the clear", reference);
        return text(first);
    }
    if (!rest.empty())
    {
        writer.Add(rest.size(), "Name", text(rest), reference);
    }
    return isPap ? firstWords : text(rest);
}

} // namespace

L2tpDissection
DissectPpp(L2tpByteView octets)
{
    L2tpDissection dissection{"PPP", "", {}};
    L2tpFieldWriter writer(dissection.fields);
    PppFrameHeader header;
    const auto error = PppFrameHeader::Parse(octets.data(), octets.size(), header);
    if (error != PppFrameError::NONE)
    {
        dissection.about = PppFrameErrorName(error);
        writer.Add(octets.size(), "no good header", dissection.about, "RFC 1661, section 2");
        return dissection;
    }
    const uint16_t protocol = header.GetProtocol();
    if (header.HasAddressControl())
    {
        writer.Add(2, "Address and Control", "All-Stations, UI", "RFC 1662, section 3.1");
    }
    writer.Add(header.IsCompressed() ? 1 : 2,
               "Protocol",
               PppProtocolName(protocol),
               "RFC 1661, section 2");
    PppControlPacket packet;
    const L2tpByteView inside = octets.Sub(writer.GetEnd());
    const auto problem = PppControlPacket::Parse(inside.data(), inside.size(), packet);
    dissection.name = PppProtocolName(protocol);
    if (problem != PppControlError::NONE)
    {
        dissection.about = PppControlErrorName(problem);
        writer.Add(inside.size(), "no good packet", dissection.about, PacketReference(protocol));
        return dissection;
    }
    const std::string code = CodeName(protocol, packet.code);
    dissection.name += " " + code;
    const char* reference = PacketReference(protocol);
    writer.Add(1, "Code", std::to_string(packet.code) + " " + code, reference);
    writer.Add(1, "Identifier", std::to_string(packet.identifier), reference);
    writer.Add(2,
               "Length",
               std::to_string(PppControlPacket::HEADER_SIZE + packet.data.size()),
               reference);
    PppOptionList options;
    if (protocol == ppp_protocol::PAP || protocol == ppp_protocol::CHAP)
    {
        dissection.about = AddAuthentication(protocol, packet, writer);
    }
    else if (packet.code >= static_cast<uint8_t>(PppCode::CONFIGURE_REQUEST) &&
             packet.code <= static_cast<uint8_t>(PppCode::CONFIGURE_REJECT) &&
             ParsePppOptions(packet.data.data(), packet.data.size(), options))
    {
        dissection.about = AddOptions(protocol, options, writer);
    }
    else if (!packet.data.empty())
    {
        writer.Add(packet.data.size(), "Data", "0x" + L2tpHex(packet.data), reference);
    }
    if (writer.GetEnd() < octets.size())
    {
        writer.Add(octets.size() - writer.GetEnd(), "Padding", "", "RFC 1661, section 2");
    }
    return dissection;
}

L2tpDissection
DissectPppoe(L2tpByteView octets)
{
    constexpr const char* REFERENCE = "RFC 2516, section 4";
    L2tpDissection dissection{"PPPoE", "", {}};
    L2tpFieldWriter writer(dissection.fields);
    PppoeHeader header;
    PppoeDiscovery packet;
    const auto error = PppoeHeader::Parse(octets.data(), octets.size(), header);
    const auto problem = PppoeDiscovery::Parse(octets, packet);
    if (error != PppoeError::NONE || problem != PppoeError::NONE)
    {
        dissection.about = PppoeErrorName(error != PppoeError::NONE ? error : problem);
        writer.Add(octets.size(), "no good packet", dissection.about, REFERENCE);
        return dissection;
    }
    dissection.name = PppoeCodeName(header.GetCode());
    writer.Add(1, "VER and TYPE", "1 and 1", REFERENCE);
    writer.Add(1, "CODE", dissection.name, REFERENCE);
    writer.Add(2, "SESSION_ID", std::to_string(header.GetSessionId()), REFERENCE);
    writer.Add(2, "LENGTH", std::to_string(header.GetLength()), REFERENCE);
    if (header.GetSessionId())
    {
        dissection.about = "SESSION_ID " + std::to_string(header.GetSessionId());
    }
    for (const PppoeTag& tag : packet.GetTags())
    {
        const bool isText = tag.type == PppoeTagType::SERVICE_NAME ||
                            tag.type == PppoeTagType::AC_NAME ||
                            tag.type >= PppoeTagType::SERVICE_NAME_ERROR;
        const std::string octetsOf(tag.value.begin(), tag.value.end());
        const std::string value =
            isText ? "\"" + L2tpPrintable(octetsOf) + "\"" : "0x" + L2tpHex(tag.value);
        const char* reference = tag.type == PppoeTagType::PPP_MAX_PAYLOAD ? "RFC 4638, section 4"
                                                                          : "RFC 2516, Appendix A";
        writer.Add(4 + tag.value.size(), PppoeTagName(tag.type), value, reference);
        writer.AddPart(2, "TAG_TYPE", PppoeTagName(tag.type));
        writer.AddPart(2, "TAG_LENGTH", std::to_string(tag.value.size()));
        if (!tag.value.empty())
        {
            writer.AddPart(tag.value.size(), "TAG_VALUE", value);
        }
    }
    if (writer.GetEnd() < octets.size())
    {
        writer.Add(octets.size() - writer.GetEnd(), "End-Of-List or padding", "", REFERENCE);
    }
    return dissection;
}

} // namespace ns3
