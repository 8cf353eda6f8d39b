/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What RADIUS packets say.

#include "l2tp-avp-words.h"
#include "l2tp-dissection.h"

#include "ns3/radius-attribute-catalog.h"
#include "ns3/radius-packet.h"

#include <sstream>

namespace ns3
{

namespace
{

/**
 * @brief Say what a vendor's attribute is called.
 * @param value the value of the Vendor-Specific attribute
 * @return its name, and the octets
 */
std::string
VendorInWords(L2tpByteView value)
{
    constexpr std::size_t HEADER_SIZE = 6; // of Vendor-Id, Vendor-Type and Vendor-Length
    if (value.size() < HEADER_SIZE)
    {
        return "0x" + L2tpHex(value);
    }
    const auto vendor = RadiusCodec<uint32_t>::Read(value.Sub(0, 4)).value_or(0);
    const auto* info = FindRadiusVendorAttribute(vendor, value[4]);
    return (info ? std::string(info->name) : "vendor " + std::to_string(vendor)) + " 0x" +
           L2tpHex(value.Sub(HEADER_SIZE));
}

/**
 * @brief Say what an attribute means.
 * @param attribute the attribute
 * @return words
 */
std::string
AttributeInWords(const RadiusAttribute& attribute)
{
    const RadiusAttributeInfo* info = FindRadiusAttribute(attribute.type);
    L2tpByteView value(attribute.value);
    if (attribute.type == RadiusKeys::VENDOR_SPECIFIC)
    {
        return VendorInWords(value);
    }
    if (!info || info->hiding != RadiusHiding::NONE)
    {
        return (info ? "hidden, 0x" : "0x") + L2tpHex(value);
    }
    std::ostringstream words;
    if (info->tagged && info->format == RadiusFormat::TEXT && !value.empty() &&
        value[0] <= RADIUS_MAX_TAG)
    {
        words << "tag " << +value[0] << ": ";
        value = value.Sub(1);
    }
    switch (info->format)
    {
    case RadiusFormat::TEXT:
        words << '"' << L2tpPrintable(value.ToString()) << '"';
        return words.str();
    case RadiusFormat::INTEGER:
    case RadiusFormat::TIME:
        if (const auto number = RadiusCodec<uint32_t>::Read(value))
        {
            if (info->tagged)
            {
                words << "tag " << (*number >> 24) << ": " << (*number & 0xffffff);
                return words.str();
            }
            return std::to_string(*number);
        }
        break;
    case RadiusFormat::ADDRESS:
        if (const auto address = RadiusCodec<Ipv4Address>::Read(value))
        {
            words << *address;
            return words.str();
        }
        break;
    case RadiusFormat::IPV6_ADDRESS:
        if (const auto address = RadiusCodec<Ipv6Address>::Read(value))
        {
            words << *address;
            return words.str();
        }
        break;
    case RadiusFormat::OCTETS:
    case RadiusFormat::IPV6_PREFIX:
    case RadiusFormat::INTERFACE_ID:
        break;
    }
    return words.str() + "0x" + L2tpHex(value);
}

} // namespace

L2tpDissection
DissectRadius(L2tpByteView octets)
{
    L2tpDissection dissection{"RADIUS", "", {}};
    L2tpFieldWriter writer(dissection.fields);
    RadiusPacket packet;
    const RadiusError error = RadiusPacket::Parse(octets, packet);
    if (error != RadiusError::NONE)
    {
        dissection.about = RadiusErrorName(error);
        writer.Add(octets.size(), "no good packet", dissection.about, "RFC 2865, section 3");
        return dissection;
    }
    constexpr const char* REFERENCE = "RFC 2865, section 3";
    const RadiusCodeInfo* code = FindRadiusCode(packet.code);
    dissection.name = RadiusCodeName(packet.code);
    writer.Add(1,
               "Code",
               std::to_string(static_cast<int>(packet.code)) + " " + dissection.name,
               "RFC " + std::to_string(code->rfc) + ", section " + code->section);
    writer.Add(1, "Identifier", std::to_string(packet.identifier), REFERENCE);
    writer.Add(2, "Length", std::to_string(packet.GetSize()), REFERENCE);
    const L2tpByteView authenticator(packet.authenticator.data(), packet.authenticator.size());
    writer.Add(authenticator.size(), "Authenticator", "0x" + L2tpHex(authenticator), REFERENCE);
    for (const RadiusAttribute& attribute : packet.attributes.GetAll())
    {
        const RadiusAttributeInfo* info = FindRadiusAttribute(attribute.type);
        const std::string words = AttributeInWords(attribute);
        writer.Add(2 + attribute.value.size(),
                   RadiusAttributeName(attribute.type),
                   words,
                   info ? "RFC " + std::to_string(info->rfc) + ", section " + info->section
                        : "RFC 2865, section 5");
        writer.AddPart(1, "Type", std::to_string(attribute.type));
        writer.AddPart(1, "Length", std::to_string(2 + attribute.value.size()));
        if (!attribute.value.empty())
        {
            writer.AddPart(attribute.value.size(), "Value", words);
        }
        if (attribute.type == RadiusKeys::USER_NAME.type ||
            attribute.type == RadiusKeys::REPLY_MESSAGE.type)
        {
            dissection.about += (dissection.about.empty() ? "" : ", ") + words;
        }
    }
    if (writer.GetEnd() < octets.size())
    {
        writer.Add(octets.size() - writer.GetEnd(), "Padding", "", REFERENCE);
    }
    return dissection;
}

} // namespace ns3
