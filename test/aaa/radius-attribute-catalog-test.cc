/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "aaa/radius-octets.h"
#include "ppp/tshark.h"

#include "ns3/radius-attribute-catalog.h"
#include "ns3/radius-packet.h"

#include <algorithm>
#include <cctype>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

/// RFC 2865, section 5.44: Request, Accept, Reject, Challenge, number, name.
constexpr const char* TABLE_2865 = R"(
0-1 0-1 0 0 1 User-Name
0-1 0 0 0 2 User-Password
0-1 0 0 0 3 CHAP-Password
0-1 0 0 0 4 NAS-IP-Address
0-1 0 0 0 5 NAS-Port
0-1 0-1 0 0 6 Service-Type
0-1 0-1 0 0 7 Framed-Protocol
0-1 0-1 0 0 8 Framed-IP-Address
0-1 0-1 0 0 9 Framed-IP-Netmask
0 0-1 0 0 10 Framed-Routing
0 0+ 0 0 11 Filter-Id
0-1 0-1 0 0 12 Framed-MTU
0+ 0+ 0 0 13 Framed-Compression
0+ 0+ 0 0 14 Login-IP-Host
0 0-1 0 0 15 Login-Service
0 0-1 0 0 16 Login-TCP-Port
0 0+ 0+ 0+ 18 Reply-Message
0-1 0-1 0 0 19 Callback-Number
0 0-1 0 0 20 Callback-Id
0 0+ 0 0 22 Framed-Route
0 0-1 0 0 23 Framed-IPX-Network
0-1 0-1 0 0-1 24 State
0 0+ 0 0 25 Class
0+ 0+ 0 0+ 26 Vendor-Specific
0 0-1 0 0-1 27 Session-Timeout
0 0-1 0 0-1 28 Idle-Timeout
0 0-1 0 0 29 Termination-Action
0-1 0 0 0 30 Called-Station-Id
0-1 0 0 0 31 Calling-Station-Id
0-1 0 0 0 32 NAS-Identifier
0+ 0+ 0+ 0+ 33 Proxy-State
0-1 0-1 0 0 34 Login-LAT-Service
0-1 0-1 0 0 35 Login-LAT-Node
0-1 0-1 0 0 36 Login-LAT-Group
0 0-1 0 0 37 Framed-AppleTalk-Link
0 0+ 0 0 38 Framed-AppleTalk-Network
0 0-1 0 0 39 Framed-AppleTalk-Zone
0-1 0 0 0 60 CHAP-Challenge
0-1 0 0 0 61 NAS-Port-Type
0-1 0-1 0 0 62 Port-Limit
0-1 0-1 0 0 63 Login-LAT-Port
)";

/// RFC 2866, section 5.13: Accounting-Request, name.
constexpr const char* TABLE_2866 = R"(
0-1 User-Name
0 User-Password
0 CHAP-Password
0-1 NAS-IP-Address
0-1 NAS-Port
0-1 Service-Type
0-1 Framed-Protocol
0-1 Framed-IP-Address
0-1 Framed-IP-Netmask
0-1 Framed-Routing
0+ Filter-Id
0-1 Framed-MTU
0+ Framed-Compression
0+ Login-IP-Host
0-1 Login-Service
0-1 Login-TCP-Port
0 Reply-Message
0-1 Callback-Number
0-1 Callback-Id
0+ Framed-Route
0-1 Framed-IPX-Network
0 State
0+ Class
0+ Vendor-Specific
0-1 Session-Timeout
0-1 Idle-Timeout
0-1 Termination-Action
0-1 Called-Station-Id
0-1 Calling-Station-Id
0-1 NAS-Identifier
0+ Proxy-State
0-1 Login-LAT-Service
0-1 Login-LAT-Node
0-1 Login-LAT-Group
0-1 Framed-AppleTalk-Link
0-1 Framed-AppleTalk-Network
0-1 Framed-AppleTalk-Zone
1 Acct-Status-Type
0-1 Acct-Delay-Time
0-1 Acct-Input-Octets
0-1 Acct-Output-Octets
1 Acct-Session-Id
0-1 Acct-Authentic
0-1 Acct-Session-Time
0-1 Acct-Input-Packets
0-1 Acct-Output-Packets
0-1 Acct-Terminate-Cause
0+ Acct-Multi-Session-Id
0+ Acct-Link-Count
0 CHAP-Challenge
0-1 NAS-Port-Type
0-1 Port-Limit
0-1 Login-LAT-Port
)";

/// RFC 2868, section 4: Request, Accept, Reject, Challenge, Acct-Request, number, name.
constexpr const char* TABLE_2868 = R"(
0+ 0+ 0 0 0-1 64 Tunnel-Type
0+ 0+ 0 0 0-1 65 Tunnel-Medium-Type
0+ 0+ 0 0 0-1 66 Tunnel-Client-Endpoint
0+ 0+ 0 0 0-1 67 Tunnel-Server-Endpoint
0 0+ 0 0 0 69 Tunnel-Password
0+ 0+ 0 0 0-1 81 Tunnel-Private-Group-ID
0 0+ 0 0 0-1 82 Tunnel-Assignment-ID
0+ 0+ 0 0 0 83 Tunnel-Preference
0+ 0+ 0 0 0-1 90 Tunnel-Client-Auth-ID
0+ 0+ 0 0 0-1 91 Tunnel-Server-Auth-ID
)";

/// RFC 2867, section 5: Accounting-Request, number, name.
constexpr const char* TABLE_2867 = R"(
0-1 64 Tunnel-Type
0-1 65 Tunnel-Medium-Type
0-1 66 Tunnel-Client-Endpoint
0-1 67 Tunnel-Server-Endpoint
0-1 68 Acct-Tunnel-Connection
0 69 Tunnel-Password
0-1 81 Tunnel-Private-Group-ID
0-1 82 Tunnel-Assignment-ID
0 83 Tunnel-Preference
0-1 86 Acct-Tunnel-Packets-Lost
)";

/// The RFC's words for a count.
std::string
WordsFor(RadiusCount count)
{
    static const std::map<RadiusCount, std::string> WORDS{{RadiusCount::NONE, "0"},
                                                          {RadiusCount::AT_MOST_1, "0-1"},
                                                          {RadiusCount::ANY, "0+"},
                                                          {RadiusCount::EXACTLY_1, "1"}};
    return WORDS.at(count);
}

/// A row, as RFC 2868 has them.
std::string
LineOf(const RadiusAttributeInfo& row, bool withAccounting)
{
    return WordsFor(row.request) + " " + WordsFor(row.accept) + " " + WordsFor(row.reject) + " " +
           WordsFor(row.challenge) + " " +
           (withAccounting ? WordsFor(row.accounting) + " " : std::string()) +
           std::to_string(row.type) + " " + row.name;
}

/// Find a row by its name.
const RadiusAttributeInfo*
FindByName(const std::string& name)
{
    for (const auto& row : RADIUS_ATTRIBUTES)
    {
        if (name == row.name)
        {
            return &row;
        }
    }
    return nullptr;
}

/// Call a function for each line of a table. Returns how many there are.
template <typename Function>
int
ForEachLine(const char* table, Function function)
{
    std::istringstream lines(table);
    int count = 0;
    for (std::string line; std::getline(lines, line);)
    {
        if (!line.empty())
        {
            ++count;
            function(line);
        }
    }
    return count;
}

/// Octets that are a legal value of an attribute, of its largest size that tshark can read.
std::vector<uint8_t>
ValueFor(const RadiusAttributeInfo& row)
{
    if (row.format == RadiusFormat::IPV6_PREFIX)
    {
        return {0, 16, 0xfd, 0};
    }
    if (row.type == 79)
    {
        return {3, 1, 0, 4}; // EAP's Success
    }
    if (row.type == RadiusKeys::VENDOR_SPECIFIC)
    {
        return {0, 0, 1, 55, 11, 3, 'x'}; // MS-CHAP-Challenge
    }
    std::vector<uint8_t> value(std::max<uint8_t>(row.minSize, row.tagged ? 4 : 1), 'x');
    if (row.tagged)
    {
        value[0] = 1;
    }
    if (row.hiding == RadiusHiding::SALTED)
    {
        value.resize(19, 'x');
    }
    return value;
}

/// A text in lower case, as tshark writes "Id" where the RFCs have "ID".
std::string
Lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return text;
}

} // namespace

// RFC 2865, section 5.44.
TEST(RadiusAttributeCatalog, Rfc2865Table)
{
    EXPECT_EQ(ForEachLine(TABLE_2865,
                          [](const std::string& line) {
                              const auto row = FindByName(line.substr(line.rfind(' ') + 1));
                              ASSERT_NE(row, nullptr) << line;
                              EXPECT_EQ(LineOf(*row, false), line);
                              EXPECT_EQ(row->rfc, 2865);
                          }),
              41);
}

// RFC 2866, section 5.13.
TEST(RadiusAttributeCatalog, Rfc2866Table)
{
    EXPECT_EQ(ForEachLine(TABLE_2866,
                          [](const std::string& line) {
                              const auto row = FindByName(line.substr(line.rfind(' ') + 1));
                              ASSERT_NE(row, nullptr) << line;
                              EXPECT_EQ(WordsFor(row->accounting) + " " + row->name, line);
                          }),
              53);
}

// RFC 2868, section 4, and RFC 2867, section 5.
TEST(RadiusAttributeCatalog, Rfc2867And2868Tables)
{
    EXPECT_EQ(ForEachLine(TABLE_2868,
                          [](const std::string& line) {
                              const auto row = FindByName(line.substr(line.rfind(' ') + 1));
                              ASSERT_NE(row, nullptr) << line;
                              EXPECT_EQ(LineOf(*row, true), line);
                              EXPECT_TRUE(row->tagged) << line;
                          }),
              10);
    EXPECT_EQ(ForEachLine(TABLE_2867,
                          [](const std::string& line) {
                              const auto row = FindByName(line.substr(line.rfind(' ') + 1));
                              ASSERT_NE(row, nullptr) << line;
                              EXPECT_EQ(WordsFor(row->accounting) + " " +
                                            std::to_string(row->type) + " " + row->name,
                                        line);
                          }),
              10);
}

TEST(RadiusAttributeCatalog, SortedAndFound)
{
    int last = 0;
    for (const auto& row : RADIUS_ATTRIBUTES)
    {
        EXPECT_GT(row.type, last);
        last = row.type;
        EXPECT_EQ(FindRadiusAttribute(row.type), &row);
        EXPECT_LE(row.minSize, row.maxSize) << row.name;
        EXPECT_LE(row.maxSize, RADIUS_MAX_VALUE) << row.name;
    }
    EXPECT_EQ(FindRadiusAttribute(17), nullptr); // "(unassigned)"
    EXPECT_EQ(RadiusAttributeName(17), "attribute 17");
    EXPECT_EQ(RadiusAttributeName(69), "Tunnel-Password");
}

// Each number has the name that tshark knows it by, and a legal value is no error to it.
TEST(RadiusAttributeCatalog, TsharkKnowsTheNames)
{
    if (!HasTshark())
    {
        GTEST_SKIP() << "no tshark";
    }
    std::vector<std::vector<uint8_t>> packets;
    for (const auto& row : RADIUS_ATTRIBUTES)
    {
        RadiusPacket packet;
        packet.code = RadiusCode::ACCESS_ACCEPT;
        packet.attributes.Append(RadiusAttribute{row.type, ValueFor(row)});
        packets.push_back(InUdp(packet.Serialize(), 1812, 3000));
    }
    std::string output;
    ASSERT_TRUE(AskTshark("radius-catalog.pcap", LINK_TYPE_RAW, packets, "-V", output));
    std::size_t at = output.find("Frame 1:");
    for (const auto& row : RADIUS_ATTRIBUTES)
    {
        const auto end = output.find("\nFrame ", at);
        const auto frame = output.substr(at, end - at);
        at = end + 1;
        const auto name = std::string("t=") + row.name + "(" + std::to_string(row.type) + ")";
        EXPECT_NE(Lower(frame).find(Lower(name)), std::string::npos) << name << "\n" << frame;
        EXPECT_EQ(frame.find("Malformed"), std::string::npos) << frame;
        EXPECT_EQ(frame.find("Expert Info"), std::string::npos) << frame;
        EXPECT_EQ(frame.find("Tag=0x01") != std::string::npos, row.tagged) << frame;
    }
}
