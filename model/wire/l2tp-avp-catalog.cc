/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-avp-catalog.h"

#include <algorithm>

namespace ns3
{

namespace
{

using Type = L2tpMessageType;
using Format = L2tpAvpFormat;

constexpr L2tpMessageSet NO_MESSAGE = 0;      //!< no message at all
constexpr L2tpMessageSet EVERY = ~NO_MESSAGE; //!< every message, known or not

/**
 * @brief A short name for the rows below.
 * @param types the members of the set
 * @return the set
 */
template <typename... Types>
constexpr L2tpMessageSet
Messages(Types... types)
{
    return L2tpMessagesOf(types...);
}

/**
 * @brief The number of an AVP, in words.
 * @param vendor its Vendor ID
 * @param type its Attribute Type
 * @return "AVP 77" or "vendor 9 AVP 1"
 */
std::string
NumberOf(uint16_t vendor, uint16_t type)
{
    const std::string number = "AVP " + std::to_string(type);
    return vendor ? "vendor " + std::to_string(vendor) + " " + number : number;
}

} // namespace

// A row a line, so that it can be laid beside the page of the RFC.
// clang-format off
const std::array<L2tpAvpInfo, 47> L2TP_AVPS{{
    {0, "Message Type", Format::U16, 2, 2, true, false, EVERY, NO_MESSAGE, "4.4.1"},
    {1, "Result Code", Format::RESULT_CODE, 2, 1017, true, false, Messages(Type::CDN, Type::STOPCCN), NO_MESSAGE, "4.4.2"},
    {2, "Protocol Version", Format::U16, 2, 2, true, false, Messages(Type::SCCRP, Type::SCCRQ), NO_MESSAGE, "4.4.3"},
    {3, "Framing Capabilities", Format::U32, 4, 4, true, true, Messages(Type::SCCRP, Type::SCCRQ), NO_MESSAGE, "4.4.3"},
    {4, "Bearer Capabilities", Format::U32, 4, 4, true, true, NO_MESSAGE, Messages(Type::SCCRP, Type::SCCRQ), "4.4.3"},
    {5, "Tie Breaker", Format::U64, 8, 8, false, false, NO_MESSAGE, Messages(Type::SCCRQ), "4.4.3"},
    {6, "Firmware Revision", Format::U16, 2, 2, false, true, NO_MESSAGE, Messages(Type::SCCRP, Type::SCCRQ), "4.4.3"},
    {7, "Host Name", Format::TEXT, 1, 1017, true, false, Messages(Type::SCCRP, Type::SCCRQ), NO_MESSAGE, "4.4.3"},
    {8, "Vendor Name", Format::TEXT, 0, 1017, false, true, NO_MESSAGE, Messages(Type::SCCRP, Type::SCCRQ), "4.4.3"},
    {9, "Assigned Tunnel ID", Format::U16, 2, 2, true, true, Messages(Type::SCCRP, Type::SCCRQ, Type::STOPCCN), NO_MESSAGE, "4.4.3"},
    {10, "Receive Window Size", Format::U16, 2, 2, true, false, NO_MESSAGE, Messages(Type::SCCRQ, Type::SCCRP), "4.4.3"},
    {11, "Challenge", Format::OCTETS, 1, 1017, true, true, NO_MESSAGE, Messages(Type::SCCRP, Type::SCCRQ), "4.4.3"},
    {12, "Q.931 Cause Code", Format::Q931_CAUSE, 3, 1017, true, false, NO_MESSAGE, Messages(Type::CDN), "4.4.4"},
    {13, "Challenge Response", Format::OCTETS, 16, 16, true, true, NO_MESSAGE, Messages(Type::SCCCN, Type::SCCRP), "4.4.3"},
    {14, "Assigned Session ID", Format::U16, 2, 2, true, true, Messages(Type::CDN, Type::ICRP, Type::ICRQ, Type::OCRP, Type::OCRQ), NO_MESSAGE, "4.4.4"},
    {15, "Call Serial Number", Format::U32, 4, 4, true, true, Messages(Type::ICRQ, Type::OCRQ), NO_MESSAGE, "4.4.4"},
    {16, "Minimum BPS", Format::U32, 4, 4, true, true, Messages(Type::OCRQ), NO_MESSAGE, "4.4.4"},
    {17, "Maximum BPS", Format::U32, 4, 4, true, true, Messages(Type::OCRQ), NO_MESSAGE, "4.4.4"},
    {18, "Bearer Type", Format::U32, 4, 4, true, true, Messages(Type::OCRQ), Messages(Type::ICRQ), "4.4.4"},
    {19, "Framing Type", Format::U32, 4, 4, true, true, Messages(Type::ICCN, Type::OCCN, Type::OCRQ), NO_MESSAGE, "4.4.4"},
    {20, nullptr, Format::OCTETS, 0, 1017, false, false, NO_MESSAGE, NO_MESSAGE, ""},
    {21, "Called Number", Format::TEXT, 0, 1017, true, true, Messages(Type::OCRQ), Messages(Type::ICRQ), "4.4.4"},
    {22, "Calling Number", Format::TEXT, 0, 1017, true, true, NO_MESSAGE, Messages(Type::ICRQ), "4.4.4"},
    {23, "Sub-Address", Format::TEXT, 0, 1017, true, true, NO_MESSAGE, Messages(Type::ICRQ, Type::OCRQ), "4.4.4"},
    {24, "(Tx) Connect Speed", Format::U32, 4, 4, true, true, Messages(Type::ICCN, Type::OCCN), NO_MESSAGE, "4.4.4"},
    {25, "Physical Channel ID", Format::U32, 4, 4, false, true, NO_MESSAGE, Messages(Type::ICRQ, Type::OCRP), "4.4.4"},
    {26, "Initial Received LCP CONFREQ", Format::OCTETS, 0, 1017, false, true, NO_MESSAGE, Messages(Type::ICCN), "4.4.5"},
    {27, "Last Sent LCP CONFREQ", Format::OCTETS, 0, 1017, false, true, NO_MESSAGE, Messages(Type::ICCN), "4.4.5"},
    {28, "Last Received LCP CONFREQ", Format::OCTETS, 0, 1017, false, true, NO_MESSAGE, Messages(Type::ICCN), "4.4.5"},
    {29, "Proxy Authen Type", Format::U16, 2, 2, false, true, NO_MESSAGE, Messages(Type::ICCN), "4.4.5"},
    {30, "Proxy Authen Name", Format::TEXT, 0, 1017, false, true, NO_MESSAGE, Messages(Type::ICCN), "4.4.5"},
    {31, "Proxy Authen Challenge", Format::OCTETS, 1, 1017, false, true, NO_MESSAGE, Messages(Type::ICCN), "4.4.5"},
    {32, "Proxy Authen ID", Format::U16, 2, 2, false, true, NO_MESSAGE, Messages(Type::ICCN), "4.4.5"},
    {33, "Proxy Authen Response", Format::OCTETS, 0, 1017, false, true, NO_MESSAGE, Messages(Type::ICCN), "4.4.5"},
    {34, "Call Errors", Format::CALL_ERRORS, 26, 26, true, true, Messages(Type::WEN), NO_MESSAGE, "4.4.6"},
    {35, "ACCM", Format::ACCM, 10, 10, true, true, Messages(Type::SLI), NO_MESSAGE, "4.4.6"},
    {36, "Random Vector", Format::OCTETS, 0, 1017, true, false, NO_MESSAGE, EVERY, "4.4.1"},
    {37, "Private Group ID", Format::TEXT, 0, 1017, false, true, NO_MESSAGE, Messages(Type::ICCN), "4.4.4"},
    {38, "Rx Connect Speed", Format::U32, 4, 4, false, true, NO_MESSAGE, Messages(Type::ICCN, Type::OCCN), "4.4.4"},
    {39, "Sequencing Required", Format::EMPTY, 0, 0, true, false, NO_MESSAGE, Messages(Type::ICCN, Type::OCCN), "4.4.4"},
    {40, nullptr, Format::OCTETS, 0, 1017, false, false, NO_MESSAGE, NO_MESSAGE, ""},
    {41, nullptr, Format::OCTETS, 0, 1017, false, false, NO_MESSAGE, NO_MESSAGE, ""},
    {42, nullptr, Format::OCTETS, 0, 1017, false, false, NO_MESSAGE, NO_MESSAGE, ""},
    {43, nullptr, Format::OCTETS, 0, 1017, false, false, NO_MESSAGE, NO_MESSAGE, ""},
    {44, nullptr, Format::OCTETS, 0, 1017, false, false, NO_MESSAGE, NO_MESSAGE, ""},
    {45, nullptr, Format::OCTETS, 0, 1017, false, false, NO_MESSAGE, NO_MESSAGE, ""},
    {46, "PPP Disconnect Cause Code", Format::DISCONNECT, 5, 1017, false, true, NO_MESSAGE, Messages(Type::CDN), "2", 3145},
}};

const std::array<L2tpAvpInfo, 1> L2TP_VENDOR_AVPS{{
    {1, "Hop Count", Format::U16, 2, 2, false, true, NO_MESSAGE, Messages(Type::ICRQ, Type::OCRQ), "", 0, L2TP_EXAMPLE_VENDOR},
}};

// clang-format on

const L2tpAvpInfo*
FindL2tpAvp(uint16_t vendor, uint16_t type)
{
    if (vendor != 0)
    {
        const auto row =
            std::find_if(L2TP_VENDOR_AVPS.begin(), L2TP_VENDOR_AVPS.end(), [&](const auto& info) {
                return info.vendor == vendor && info.type == type;
            });
        return row == L2TP_VENDOR_AVPS.end() ? nullptr : &*row;
    }
    if (type >= L2TP_AVPS.size() || !L2TP_AVPS[type].name)
    {
        return nullptr;
    }
    return &L2TP_AVPS[type];
}

std::string
L2tpAvpName(uint16_t vendor, uint16_t type)
{
    if (const L2tpAvpInfo* row = FindL2tpAvp(vendor, type))
    {
        return row->name;
    }
    return NumberOf(vendor, type);
}

std::string
L2tpAvpLabel(uint16_t vendor, uint16_t type)
{
    const L2tpAvpInfo* row = FindL2tpAvp(vendor, type);
    const std::string number = NumberOf(vendor, type);
    return row ? number + ": " + row->name : number;
}

} // namespace ns3
