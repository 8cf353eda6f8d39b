/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/l2tp-message-catalog.h"

#include <gtest/gtest.h>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

// RFC 2661, section 3.2, transcribed: number, abbreviation, name; then what section 6 says that
// the message is about, and the subsection.
const char* const SECTION_3_2 = R"(
1 SCCRQ Start-Control-Connection-Request tunnel 6.1
2 SCCRP Start-Control-Connection-Reply tunnel 6.2
3 SCCCN Start-Control-Connection-Connected tunnel 6.3
4 StopCCN Stop-Control-Connection-Notification tunnel 6.4
6 HELLO Hello tunnel 6.5
7 OCRQ Outgoing-Call-Request session 6.9
8 OCRP Outgoing-Call-Reply session 6.10
9 OCCN Outgoing-Call-Connected session 6.11
10 ICRQ Incoming-Call-Request session 6.6
11 ICRP Incoming-Call-Reply session 6.7
12 ICCN Incoming-Call-Connected session 6.8
14 CDN Call-Disconnect-Notify session 6.12
15 WEN WAN-Error-Notify session 6.13
16 SLI Set-Link-Info session 6.14
)";

} // namespace

// RFC 2661, sections 3.2 and 6.
TEST(L2tpMessageCatalog, EveryRowIsThatOfSection32)
{
    std::istringstream table(SECTION_3_2);
    std::size_t rows = 0;
    int type = 0;
    std::string name;
    std::string fullName;
    std::string scope;
    std::string section;
    while (table >> type >> name >> fullName >> scope >> section)
    {
        SCOPED_TRACE(name);
        const L2tpMessageInfo* info = FindL2tpMessage(type);
        ASSERT_NE(info, nullptr);
        EXPECT_EQ(info, &L2TP_MESSAGES[rows]) << "the order of section 3.2";
        EXPECT_EQ(static_cast<int>(info->type), type);
        EXPECT_EQ(info->name, name);
        EXPECT_EQ(info->fullName, fullName);
        EXPECT_EQ(info->scope == L2tpMessageScope::TUNNEL, scope == "tunnel");
        EXPECT_EQ(info->section, section);
        EXPECT_EQ(L2tpMessageName(type), name);
        ++rows;
    }
    EXPECT_EQ(rows, 14u);
    EXPECT_EQ(L2TP_MESSAGES.size(), 14u);
}

// RFC 2661, section 3.2: 0, 5 and 13 are reserved; 17 and on are not defined there.
TEST(L2tpMessageCatalog, ReservedAndUnknownNumbers)
{
    for (const uint16_t type : {0, 5, 13, 17, 42, 0xffff})
    {
        EXPECT_EQ(FindL2tpMessage(type), nullptr) << type;
        EXPECT_EQ(L2tpMessageName(type), "message " + std::to_string(type));
    }
}
