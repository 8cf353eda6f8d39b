/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-attribute-catalog.h"

#include <algorithm>

namespace ns3
{

namespace
{

using Format = RadiusFormat;
using Hiding = RadiusHiding;

// Short names for the rows below.
constexpr auto N = RadiusCount::NONE;      //!< 0
constexpr auto M = RadiusCount::AT_MOST_1; //!< 0-1
constexpr auto A = RadiusCount::ANY;       //!< 0+
constexpr auto E = RadiusCount::EXACTLY_1; //!< 1

constexpr uint32_t MICROSOFT = 311; //!< Vendor-Id (RFC 2548, section 2)

/// The rows by Type, null where there is none.
using Index = std::array<const RadiusAttributeInfo*, 256>;

/// Sort the rows by Type. @return where each is
Index
MakeIndex()
{
    Index index{};
    for (const auto& row : RADIUS_ATTRIBUTES)
    {
        index[row.type] = &row;
    }
    return index;
}

} // namespace

// A row a line: type, name, format, sizes, tagged, hiding; how often in Access-Request,
// Access-Accept, Access-Reject, Access-Challenge and Accounting-Request; RFC and section.
// clang-format off
const std::array<RadiusAttributeInfo, RADIUS_ATTRIBUTE_COUNT> RADIUS_ATTRIBUTES{{
    {1, "User-Name", Format::TEXT, 1, 253, false, Hiding::NONE, M, M, N, N, M, 2865, "5.1"},
    {2, "User-Password", Format::OCTETS, 16, 128, false, Hiding::PASSWORD, M, N, N, N, N, 2865, "5.2"},
    {3, "CHAP-Password", Format::OCTETS, 17, 17, false, Hiding::NONE, M, N, N, N, N, 2865, "5.3"},
    {4, "NAS-IP-Address", Format::ADDRESS, 4, 4, false, Hiding::NONE, M, N, N, N, M, 2865, "5.4"},
    {5, "NAS-Port", Format::INTEGER, 4, 4, false, Hiding::NONE, M, N, N, N, M, 2865, "5.5"},
    {6, "Service-Type", Format::INTEGER, 4, 4, false, Hiding::NONE, M, M, N, N, M, 2865, "5.6"},
    {7, "Framed-Protocol", Format::INTEGER, 4, 4, false, Hiding::NONE, M, M, N, N, M, 2865, "5.7"},
    {8, "Framed-IP-Address", Format::ADDRESS, 4, 4, false, Hiding::NONE, M, M, N, N, M, 2865, "5.8"},
    {9, "Framed-IP-Netmask", Format::ADDRESS, 4, 4, false, Hiding::NONE, M, M, N, N, M, 2865, "5.9"},
    {10, "Framed-Routing", Format::INTEGER, 4, 4, false, Hiding::NONE, N, M, N, N, M, 2865, "5.10"},
    {11, "Filter-Id", Format::TEXT, 1, 253, false, Hiding::NONE, N, A, N, N, A, 2865, "5.11"},
    {12, "Framed-MTU", Format::INTEGER, 4, 4, false, Hiding::NONE, M, M, N, N, M, 2865, "5.12"},
    {13, "Framed-Compression", Format::INTEGER, 4, 4, false, Hiding::NONE, A, A, N, N, A, 2865, "5.13"},
    {14, "Login-IP-Host", Format::ADDRESS, 4, 4, false, Hiding::NONE, A, A, N, N, A, 2865, "5.14"},
    {15, "Login-Service", Format::INTEGER, 4, 4, false, Hiding::NONE, N, M, N, N, M, 2865, "5.15"},
    {16, "Login-TCP-Port", Format::INTEGER, 4, 4, false, Hiding::NONE, N, M, N, N, M, 2865, "5.16"},
    {18, "Reply-Message", Format::TEXT, 1, 253, false, Hiding::NONE, N, A, A, A, N, 2865, "5.18"},
    {19, "Callback-Number", Format::TEXT, 1, 253, false, Hiding::NONE, M, M, N, N, M, 2865, "5.19"},
    {20, "Callback-Id", Format::TEXT, 1, 253, false, Hiding::NONE, N, M, N, N, M, 2865, "5.20"},
    {22, "Framed-Route", Format::TEXT, 1, 253, false, Hiding::NONE, N, A, N, N, A, 2865, "5.22"},
    {23, "Framed-IPX-Network", Format::INTEGER, 4, 4, false, Hiding::NONE, N, M, N, N, M, 2865, "5.23"},
    {24, "State", Format::OCTETS, 1, 253, false, Hiding::NONE, M, M, N, M, N, 2865, "5.24"},
    {25, "Class", Format::OCTETS, 1, 253, false, Hiding::NONE, N, A, N, N, A, 2865, "5.25"},
    {26, "Vendor-Specific", Format::OCTETS, 5, 253, false, Hiding::NONE, A, A, N, A, A, 2865, "5.26"},
    {27, "Session-Timeout", Format::INTEGER, 4, 4, false, Hiding::NONE, N, M, N, M, M, 2865, "5.27"},
    {28, "Idle-Timeout", Format::INTEGER, 4, 4, false, Hiding::NONE, N, M, N, M, M, 2865, "5.28"},
    {29, "Termination-Action", Format::INTEGER, 4, 4, false, Hiding::NONE, N, M, N, N, M, 2865, "5.29"},
    {30, "Called-Station-Id", Format::TEXT, 1, 253, false, Hiding::NONE, M, N, N, N, M, 2865, "5.30"},
    {31, "Calling-Station-Id", Format::TEXT, 1, 253, false, Hiding::NONE, M, N, N, N, M, 2865, "5.31"},
    {32, "NAS-Identifier", Format::TEXT, 1, 253, false, Hiding::NONE, M, N, N, N, M, 2865, "5.32"},
    {33, "Proxy-State", Format::OCTETS, 1, 253, false, Hiding::NONE, A, A, A, A, A, 2865, "5.33"},
    {34, "Login-LAT-Service", Format::TEXT, 1, 253, false, Hiding::NONE, M, M, N, N, M, 2865, "5.34"},
    {35, "Login-LAT-Node", Format::TEXT, 1, 253, false, Hiding::NONE, M, M, N, N, M, 2865, "5.35"},
    {36, "Login-LAT-Group", Format::OCTETS, 32, 32, false, Hiding::NONE, M, M, N, N, M, 2865, "5.36"},
    {37, "Framed-AppleTalk-Link", Format::INTEGER, 4, 4, false, Hiding::NONE, N, M, N, N, M, 2865, "5.37"},
    {38, "Framed-AppleTalk-Network", Format::INTEGER, 4, 4, false, Hiding::NONE, N, A, N, N, M, 2865, "5.38"},
    {39, "Framed-AppleTalk-Zone", Format::TEXT, 1, 253, false, Hiding::NONE, N, M, N, N, M, 2865, "5.39"},
    {40, "Acct-Status-Type", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, E, 2866, "5.1"},
    {41, "Acct-Delay-Time", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2866, "5.2"},
    {42, "Acct-Input-Octets", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2866, "5.3"},
    {43, "Acct-Output-Octets", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2866, "5.4"},
    {44, "Acct-Session-Id", Format::TEXT, 1, 253, false, Hiding::NONE, M, N, N, N, E, 2866, "5.5"},
    {45, "Acct-Authentic", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2866, "5.6"},
    {46, "Acct-Session-Time", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2866, "5.7"},
    {47, "Acct-Input-Packets", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2866, "5.8"},
    {48, "Acct-Output-Packets", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2866, "5.9"},
    {49, "Acct-Terminate-Cause", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2866, "5.10"},
    {50, "Acct-Multi-Session-Id", Format::TEXT, 1, 253, false, Hiding::NONE, N, N, N, N, A, 2866, "5.11"},
    {51, "Acct-Link-Count", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, A, 2866, "5.12"},
    {52, "Acct-Input-Gigawords", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2869, "5.1"},
    {53, "Acct-Output-Gigawords", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2869, "5.2"},
    {55, "Event-Timestamp", Format::TIME, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2869, "5.3"},
    {60, "CHAP-Challenge", Format::OCTETS, 5, 253, false, Hiding::NONE, M, N, N, N, N, 2865, "5.40"},
    {61, "NAS-Port-Type", Format::INTEGER, 4, 4, false, Hiding::NONE, M, N, N, N, M, 2865, "5.41"},
    {62, "Port-Limit", Format::INTEGER, 4, 4, false, Hiding::NONE, M, M, N, N, M, 2865, "5.42"},
    {63, "Login-LAT-Port", Format::TEXT, 1, 253, false, Hiding::NONE, M, M, N, N, M, 2865, "5.43"},
    {64, "Tunnel-Type", Format::INTEGER, 4, 4, true, Hiding::NONE, A, A, N, N, M, 2868, "3.1"},
    {65, "Tunnel-Medium-Type", Format::INTEGER, 4, 4, true, Hiding::NONE, A, A, N, N, M, 2868, "3.2"},
    {66, "Tunnel-Client-Endpoint", Format::TEXT, 1, 253, true, Hiding::NONE, A, A, N, N, M, 2868, "3.3"},
    {67, "Tunnel-Server-Endpoint", Format::TEXT, 1, 253, true, Hiding::NONE, A, A, N, N, M, 2868, "3.4"},
    {68, "Acct-Tunnel-Connection", Format::TEXT, 1, 253, false, Hiding::NONE, N, N, N, N, M, 2867, "4.1"},
    {69, "Tunnel-Password", Format::OCTETS, 3, 253, true, Hiding::SALTED, N, A, N, N, N, 2868, "3.5"},
    {70, "ARAP-Password", Format::OCTETS, 16, 16, false, Hiding::NONE, M, N, N, N, N, 2869, "5.4"},
    {71, "ARAP-Features", Format::OCTETS, 14, 14, false, Hiding::NONE, N, M, N, M, N, 2869, "5.5"},
    {72, "ARAP-Zone-Access", Format::INTEGER, 4, 4, false, Hiding::NONE, N, M, N, N, N, 2869, "5.6"},
    {73, "ARAP-Security", Format::INTEGER, 4, 4, false, Hiding::NONE, M, N, N, M, N, 2869, "5.7"},
    {74, "ARAP-Security-Data", Format::OCTETS, 1, 253, false, Hiding::NONE, A, N, N, A, N, 2869, "5.8"},
    {75, "Password-Retry", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, M, N, N, 2869, "5.9"},
    {76, "Prompt", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, M, N, 2869, "5.10"},
    {77, "Connect-Info", Format::TEXT, 1, 253, false, Hiding::NONE, M, N, N, N, A, 2869, "5.11"},
    {78, "Configuration-Token", Format::OCTETS, 1, 253, false, Hiding::NONE, N, A, N, N, N, 2869, "5.12"},
    {79, "EAP-Message", Format::OCTETS, 1, 253, false, Hiding::NONE, A, A, A, A, N, 2869, "5.13"},
    {80, "Message-Authenticator", Format::OCTETS, 16, 16, false, Hiding::NONE, M, M, M, M, N, 2869, "5.14"},
    {81, "Tunnel-Private-Group-ID", Format::TEXT, 1, 253, true, Hiding::NONE, A, A, N, N, M, 2868, "3.6"},
    {82, "Tunnel-Assignment-ID", Format::TEXT, 1, 253, true, Hiding::NONE, N, A, N, N, M, 2868, "3.7"},
    {83, "Tunnel-Preference", Format::INTEGER, 4, 4, true, Hiding::NONE, A, A, N, N, N, 2868, "3.8"},
    {84, "ARAP-Challenge-Response", Format::OCTETS, 8, 8, false, Hiding::NONE, N, M, N, M, N, 2869, "5.15"},
    {85, "Acct-Interim-Interval", Format::INTEGER, 4, 4, false, Hiding::NONE, N, M, N, N, N, 2869, "5.16"},
    {86, "Acct-Tunnel-Packets-Lost", Format::INTEGER, 4, 4, false, Hiding::NONE, N, N, N, N, M, 2867, "4.2"},
    {87, "NAS-Port-Id", Format::TEXT, 1, 253, false, Hiding::NONE, M, N, N, N, M, 2869, "5.17"},
    {88, "Framed-Pool", Format::TEXT, 1, 253, false, Hiding::NONE, N, M, N, N, M, 2869, "5.18"},
    {90, "Tunnel-Client-Auth-ID", Format::TEXT, 1, 253, true, Hiding::NONE, A, A, N, N, M, 2868, "3.9"},
    {91, "Tunnel-Server-Auth-ID", Format::TEXT, 1, 253, true, Hiding::NONE, A, A, N, N, M, 2868, "3.10"},
    {95, "NAS-IPv6-Address", Format::IPV6_ADDRESS, 16, 16, false, Hiding::NONE, M, N, N, N, M, 3162, "2.1"},
    {96, "Framed-Interface-Id", Format::INTERFACE_ID, 8, 8, false, Hiding::NONE, M, M, N, N, M, 3162, "2.2"},
    {97, "Framed-IPv6-Prefix", Format::IPV6_PREFIX, 2, 18, false, Hiding::NONE, A, A, N, N, A, 3162, "2.3"},
    {98, "Login-IPv6-Host", Format::IPV6_ADDRESS, 16, 16, false, Hiding::NONE, A, A, N, N, A, 3162, "2.4"},
    {99, "Framed-IPv6-Route", Format::TEXT, 1, 253, false, Hiding::NONE, N, A, N, N, A, 3162, "2.5"},
    {100, "Framed-IPv6-Pool", Format::TEXT, 1, 253, false, Hiding::NONE, N, M, N, N, M, 3162, "2.6"},
    {123, "Delegated-IPv6-Prefix", Format::IPV6_PREFIX, 2, 18, false, Hiding::NONE, A, A, N, N, A, 4818, "3"},
}};

const std::array<RadiusVendorAttributeInfo, 5> RADIUS_VENDOR_ATTRIBUTES{{
    {MICROSOFT, 1, "MS-CHAP-Response", Format::OCTETS, 50, 50, 2548, "2.1.3"},
    {MICROSOFT, 2, "MS-CHAP-Error", Format::TEXT, 2, 247, 2548, "2.1.5"},
    {MICROSOFT, 11, "MS-CHAP-Challenge", Format::OCTETS, 1, 247, 2548, "2.1.2"},
    {MICROSOFT, 25, "MS-CHAP2-Response", Format::OCTETS, 50, 50, 2548, "2.3.2"},
    {MICROSOFT, 26, "MS-CHAP2-Success", Format::OCTETS, 43, 43, 2548, "2.3.3"},
}};

// clang-format on

const RadiusAttributeInfo*
FindRadiusAttribute(uint8_t type)
{
    static const Index INDEX = MakeIndex();
    return INDEX[type];
}

std::string
RadiusAttributeName(uint8_t type)
{
    const auto row = FindRadiusAttribute(type);
    return row ? row->name : "attribute " + std::to_string(type);
}

const RadiusVendorAttributeInfo*
FindRadiusVendorAttribute(uint32_t vendor, uint8_t type)
{
    const auto row =
        std::find_if(RADIUS_VENDOR_ATTRIBUTES.begin(),
                     RADIUS_VENDOR_ATTRIBUTES.end(),
                     [&](const auto& info) { return info.vendor == vendor && info.type == type; });
    return row == RADIUS_VENDOR_ATTRIBUTES.end() ? nullptr : &*row;
}

} // namespace ns3
