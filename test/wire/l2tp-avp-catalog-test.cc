/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "all-avp-keys.h"
#include "section-4-4.h"

#include "ns3/l2tp-avp-catalog.h"
#include "ns3/l2tp-avp-hiding.h"
#include "ns3/l2tp-control-message.h"

#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

// RFC 2661, sections 6.1 to 6.14, transcribed: what MUST and what MAY be present in each message.
// Random Vector is in none of these lists, only under "All Messages" in section 4.4.1.
const char* const SECTION_6 = R"(
SCCRQ   | must | Message Type, Protocol Version, Host Name, Framing Capabilities, Assigned Tunnel ID
SCCRQ   | may  | Bearer Capabilities, Receive Window Size, Challenge, Tie Breaker
SCCRQ   | may  | Firmware Revision, Vendor Name
SCCRP   | must | Message Type, Protocol Version, Framing Capabilities, Host Name, Assigned Tunnel ID
SCCRP   | may  | Bearer Capabilities, Firmware Revision, Vendor Name, Receive Window Size
SCCRP   | may  | Challenge, Challenge Response
SCCCN   | must | Message Type
SCCCN   | may  | Challenge Response
StopCCN | must | Message Type, Assigned Tunnel ID, Result Code
HELLO   | must | Message Type
ICRQ    | must | Message Type, Assigned Session ID, Call Serial Number
ICRQ    | may  | Bearer Type, Physical Channel ID, Calling Number, Called Number, Sub-Address
ICRP    | must | Message Type, Assigned Session ID
ICCN    | must | Message Type, (Tx) Connect Speed, Framing Type
ICCN    | may  | Initial Received LCP CONFREQ, Last Sent LCP CONFREQ, Last Received LCP CONFREQ
ICCN    | may  | Proxy Authen Type, Proxy Authen Name, Proxy Authen Challenge, Proxy Authen ID
ICCN    | may  | Proxy Authen Response, Private Group ID, Rx Connect Speed, Sequencing Required
OCRQ    | must | Message Type, Assigned Session ID, Call Serial Number, Minimum BPS, Maximum BPS
OCRQ    | must | Bearer Type, Framing Type, Called Number
OCRQ    | may  | Sub-Address
OCRP    | must | Message Type, Assigned Session ID
OCRP    | may  | Physical Channel ID
OCCN    | must | Message Type, (Tx) Connect Speed, Framing Type
OCCN    | may  | Rx Connect Speed, Sequencing Required
CDN     | must | Message Type, Result Code, Assigned Session ID
CDN     | may  | Q.931 Cause Code
WEN     | must | Message Type, Call Errors
SLI     | must | Message Type, ACCM
)";

/// The messages' names by their numbers (section 3.2); no name where the RFC has no message.
const char* const MESSAGES[] = {"",
                                "SCCRQ",
                                "SCCRP",
                                "SCCCN",
                                "StopCCN",
                                "",
                                "HELLO",
                                "OCRQ",
                                "OCRP",
                                "OCCN",
                                "ICRQ",
                                "ICRP",
                                "ICCN",
                                "",
                                "CDN",
                                "WEN",
                                "SLI"};

using Names = std::set<std::string>;

/// All messages that the RFC defines. @return their names
Names
AllMessages()
{
    Names names(std::begin(MESSAGES), std::end(MESSAGES));
    names.erase("");
    return names;
}

/**
 * @brief Messages by name.
 * @param set a set of message types
 * @return the names of those that the RFC defines
 */
Names
NamesOf(L2tpMessageSet set)
{
    Names names;
    for (std::size_t type = 0; type < std::size(MESSAGES); ++type)
    {
        if (set >> type & 1)
        {
            names.insert(MESSAGES[type]);
        }
    }
    names.erase("");
    return names;
}

/**
 * @brief Section 6 turned round: the messages that each AVP is in.
 * @param mustOrMay which lists
 * @return messages by the AVP's name
 */
std::map<std::string, Names>
MessagesBySection6(const std::string& mustOrMay)
{
    std::map<std::string, Names> messages;
    for (const auto& row : RowsOf(SECTION_6))
    {
        for (const std::string& avp : SplitLine(row[2], ','))
        {
            if (row[1] == mustOrMay)
            {
                messages[avp].insert(row[0]);
            }
        }
    }
    return messages;
}

/**
 * @brief Add an AVP with some value of its type.
 * @tparam T the type of the value
 * @param key which AVP
 * @param message what to add to
 */
template <typename T>
void
AddSome(const L2tpAvpKey<T>& key, L2tpControlMessage& message)
{
    message.Add(key, T{});
}

} // namespace

// RFC 2661, section 4.4.
// RFC 2661: 4.4.1-05, 4.4.3-16
TEST(L2tpAvpCatalog, EveryRowIsThatOfSection44)
{
    std::set<int> listed;
    for (const auto& row : RowsOf(SECTION_4_4))
    {
        SCOPED_TRACE(row[1]);
        ASSERT_EQ(row.size(), 7u);
        const int type = std::stoi(row[0]);
        EXPECT_TRUE(listed.insert(type).second);
        const L2tpAvpInfo* info = FindL2tpAvp(0, type);
        ASSERT_NE(info, nullptr);
        EXPECT_EQ(info->type, type);
        EXPECT_EQ(info->name, row[1]);
        EXPECT_EQ(6 + info->minSize, std::stoi(row[2]));
        EXPECT_EQ(6 + info->maxSize, row[2].back() == '+' ? 1023 : std::stoi(row[2]));
        EXPECT_EQ(info->mandatory, row[3] == "1");
        EXPECT_EQ(info->hideable, row[4] == "yes");
        EXPECT_EQ(info->section, row[5]);
        EXPECT_EQ(info->rfc, 2661);
        const std::vector<std::string> messages = SplitLine(row[6], ' ');
        EXPECT_EQ(NamesOf(info->needed | info->allowed),
                  row[6] == "*" ? AllMessages() : Names(messages.begin(), messages.end()));
        EXPECT_EQ(info->needed & info->allowed, 0u);
    }
    // 39 AVPs; number 20 is left out.
    EXPECT_EQ(listed.size(), 39u);
    EXPECT_EQ(listed.count(20), 0u);
    EXPECT_EQ(*listed.rbegin(), 39);
}

// RFC 3145, section 2: valid "in the L2TP Call-Disconnect-Notify (CDN) message only", "MUST NOT be
// marked Mandatory", "MAY be 1 if the attribute is hidden"; the entire attribute "MUST be at least
// 11" octets.
TEST(L2tpAvpCatalog, PppDisconnectCauseCodeIsThatOfRfc3145)
{
    const L2tpAvpInfo* info = FindL2tpAvp(0, 46);
    ASSERT_NE(info, nullptr);
    EXPECT_STREQ(info->name, "PPP Disconnect Cause Code");
    EXPECT_EQ(info->rfc, 3145);
    EXPECT_STREQ(info->section, "2");
    EXPECT_FALSE(info->mandatory);
    EXPECT_TRUE(info->hideable);
    EXPECT_EQ(6 + info->minSize, 11);
    EXPECT_EQ(6 + info->maxSize, 1023);
    EXPECT_EQ(NamesOf(info->needed), Names());
    EXPECT_EQ(NamesOf(info->allowed), Names({"CDN"}));
    EXPECT_EQ(L2tpAvpName(0, 46), "PPP Disconnect Cause Code");
    // Section 4: a draft used Vendor ID 43; implementations MAY accept it, and this one does not.
    EXPECT_EQ(FindL2tpAvp(43, 46), nullptr);
    for (uint16_t type = 40; type < 46; ++type)
    {
        EXPECT_EQ(FindL2tpAvp(0, type), nullptr) << type;
    }
}

// RFC 2661, sections 6.1 to 6.14.
// RFC 2661: 6.1-01, 6.2-01, 6.3-01, 6.4-01, 6.5-05, 6.6-01, 6.7-01, 6.8-01, 6.9-02, 6.10-01,
//   6.11-01, 6.12-02, 6.13-02, 6.14-02, 6.1-02, 6.2-02, 6.3-02, 6.6-02, 6.8-02, 6.9-03, 6.10-02,
//   6.11-02, 6.12-03
TEST(L2tpAvpCatalog, NeededAndAllowedAreThoseOfSection6)
{
    auto must = MessagesBySection6("must");
    auto may = MessagesBySection6("may");
    may["Random Vector"] = AllMessages();
    for (const L2tpAvpInfo& info : L2TP_AVPS)
    {
        if (info.name && info.rfc == 2661)
        {
            EXPECT_EQ(NamesOf(info.needed), must[info.name]) << info.name;
            EXPECT_EQ(NamesOf(info.allowed), may[info.name]) << info.name;
        }
    }
}

// The RFC agrees with itself: the messages of section 4.4 are those of section 6, for every AVP
// but Random Vector.
TEST(L2tpAvpCatalog, Section44AgreesWithSection6)
{
    auto must = MessagesBySection6("must");
    auto may = MessagesBySection6("may");
    std::set<std::string> inSection44;
    for (const auto& row : RowsOf(SECTION_4_4))
    {
        inSection44.insert(row[1]);
        Names messages = must[row[1]];
        messages.insert(may[row[1]].begin(), may[row[1]].end());
        if (row[6] == "*")
        {
            EXPECT_EQ(messages, row[1] == "Random Vector" ? Names() : AllMessages());
            continue;
        }
        const std::vector<std::string> listed = SplitLine(row[6], ' ');
        EXPECT_EQ(messages, Names(listed.begin(), listed.end())) << row[1];
    }
    for (const auto& lists : {must, may})
    {
        for (const auto& [avp, messages] : lists)
        {
            EXPECT_EQ(inSection44.count(avp), 1u) << avp;
        }
    }
}

// RFC 2661, section 4.4: the figures' formats, as far as their sizes tell.
TEST(L2tpAvpCatalog, FormatsFitTheSizes)
{
    for (const L2tpAvpInfo& info : L2TP_AVPS)
    {
        SCOPED_TRACE(info.type);
        const auto size = [&info](uint16_t least, uint16_t most) {
            return info.minSize == least && info.maxSize == most;
        };
        switch (info.format)
        {
        case L2tpAvpFormat::U16:
            EXPECT_TRUE(size(2, 2));
            break;
        case L2tpAvpFormat::U32:
            EXPECT_TRUE(size(4, 4));
            break;
        case L2tpAvpFormat::U64:
            EXPECT_TRUE(size(8, 8));
            break;
        case L2tpAvpFormat::EMPTY:
            EXPECT_TRUE(size(0, 0));
            break;
        case L2tpAvpFormat::RESULT_CODE:
            EXPECT_TRUE(size(2, 1017));
            break;
        case L2tpAvpFormat::Q931_CAUSE:
            EXPECT_TRUE(size(3, 1017));
            break;
        case L2tpAvpFormat::CALL_ERRORS:
            EXPECT_TRUE(size(26, 26));
            break;
        case L2tpAvpFormat::ACCM:
            EXPECT_TRUE(size(10, 10));
            break;
        case L2tpAvpFormat::DISCONNECT:
            EXPECT_TRUE(size(5, 1017));
            break;
        case L2tpAvpFormat::OCTETS:
        case L2tpAvpFormat::TEXT:
            EXPECT_TRUE(size(0, 1017) || size(1, 1017) || size(16, 16));
            break;
        }
    }
}

// Robustness case 6: a vendor's AVP is never looked up among the RFC's, whatever its number.
TEST(L2tpAvpCatalog, NamesAndLookUp)
{
    EXPECT_EQ(FindL2tpAvp(0, 20), nullptr);
    EXPECT_EQ(FindL2tpAvp(0, 40), nullptr);
    EXPECT_EQ(FindL2tpAvp(0, 0xffff), nullptr);
    for (uint16_t type = 0; type < 50; ++type)
    {
        EXPECT_EQ(FindL2tpAvp(3561, type), nullptr);
    }
    EXPECT_EQ(L2tpAvpName(0, 12), "Q.931 Cause Code");
    EXPECT_EQ(L2tpAvpName(0, 20), "AVP 20");
    EXPECT_EQ(L2tpAvpName(0, 77), "AVP 77");
    EXPECT_EQ(L2tpAvpName(9, 1), "vendor 9 AVP 1");
    EXPECT_EQ(L2tpAvpLabel(0, 12), "AVP 12: Q.931 Cause Code");
    EXPECT_EQ(L2tpAvpLabel(0, 20), "AVP 20");
    EXPECT_EQ(L2tpAvpLabel(9, 12), "vendor 9 AVP 12");
}

// RFC 2661, section 4.1: a vendor's AVPs have numbers of their own. These are our own ones, with
// the number that RFC 5612 has for documentation; section 4.1 again: M is 0, so that who doesn't
// know them ignores them.
TEST(L2tpAvpCatalog, VendorAvpsAreOptional)
{
    for (const L2tpAvpInfo& info : L2TP_VENDOR_AVPS)
    {
        EXPECT_EQ(info.vendor, 32473) << info.name;
        EXPECT_FALSE(info.mandatory) << info.name;
        EXPECT_EQ(info.needed, 0U) << info.name;
        EXPECT_EQ(info.rfc, 0) << info.name;
        EXPECT_EQ(FindL2tpAvp(info.vendor, info.type), &info);
    }
    EXPECT_EQ(FindL2tpAvp(32473, 0), nullptr);
    EXPECT_EQ(FindL2tpAvp(32473, 2), nullptr);
    EXPECT_EQ(L2tpAvpName(32473, 1), "Hop Count");
    EXPECT_EQ(L2tpAvpLabel(32473, 1), "vendor 32473 AVP 1: Hop Count");
}

TEST(L2tpAvpCatalog, HopCountIsReadAndWritten)
{
    L2tpControlMessage icrq(L2tpMessageType::ICRQ);
    icrq.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(7));
    icrq.Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(1));
    EXPECT_FALSE(icrq.Has(L2tpAvps::HOP_COUNT));
    icrq.Add(L2tpAvps::HOP_COUNT, uint16_t(3));
    const std::vector<uint8_t> octets{0x00, 0x08, 0x7e, 0xd9, 0x00, 0x01, 0x00, 0x03};
    ASSERT_GE(icrq.GetBody().size(), octets.size());
    EXPECT_EQ(std::vector<uint8_t>(icrq.GetBody().end() - 8, icrq.GetBody().end()), octets);
    EXPECT_FALSE(icrq.Check());
    EXPECT_EQ(icrq.GetIgnored(), 0U);
    EXPECT_EQ(icrq.Get(L2tpAvps::HOP_COUNT), 3);
    EXPECT_FALSE(icrq.Has(L2tpAvps::RESULT_CODE)) << "the IETF's number 1";
    // A second one is ignored, as is one in another message or of another length.
    icrq.Add(L2tpAvps::HOP_COUNT, uint16_t(4));
    EXPECT_FALSE(icrq.Check());
    EXPECT_EQ(icrq.GetIgnored(), 1U);
    EXPECT_EQ(icrq.GetAll(L2tpAvps::HOP_COUNT), std::vector<uint16_t>{3});
    L2tpControlMessage hello(L2tpMessageType::HELLO);
    hello.Add(L2tpAvps::HOP_COUNT, uint16_t(3));
    hello.AddRaw({0, 32473, 1, octets});
    EXPECT_FALSE(hello.Check());
    EXPECT_EQ(hello.GetIgnored(), 2U);
    // It may be hidden (section 4.3).
    L2tpControlMessage hidden(L2tpMessageType::ICRQ);
    hidden.Add(L2tpAvps::HOP_COUNT, uint16_t(3));
    hidden.Hide("secret", [] { return uint8_t(1); });
    EXPECT_TRUE(hidden.GetAvp(2).IsHidden());
    EXPECT_FALSE(hidden.Has(L2tpAvps::HOP_COUNT));
    hidden.Reveal("secret");
    EXPECT_EQ(hidden.Get(L2tpAvps::HOP_COUNT), 3);
}

// RFC 2661, sections 4.4.3 and 4.4.4: the bits of the masks, and Ver 1, Rev 0.
TEST(L2tpAvpCatalog, BitsAndVersion)
{
    EXPECT_EQ(L2tpFraming::SYNCHRONOUS, 1u);
    EXPECT_EQ(L2tpFraming::ASYNCHRONOUS, 2u);
    EXPECT_EQ(L2tpBearer::DIGITAL, 1u);
    EXPECT_EQ(L2tpBearer::ANALOG, 2u);
    EXPECT_EQ(L2TP_PROTOCOL_VERSION, 0x0100);
}

// RFC 2661, section 4.4: the M bit of each AVP as it is sent; section 4.1: no other bit is set.
// RFC 2661: 4.1-01, 4.4.1-03, 4.4.1-07, 4.4.2-03, 4.4.3-02, 4.4.3-04, 4.4.3-09, 4.4.3-14, 4.4.3-15,
//   4.4.3-18, 4.4.3-20, 4.4.3-24, 4.4.3-28, 4.4.3-29, 4.4.3-31, 4.4.4-02, 4.4.4-05, 4.4.4-07,
//   4.4.4-08, 4.4.4-09, 4.4.4-11, 4.4.4-14, 4.4.4-15, 4.4.4-16, 4.4.4-17, 4.4.4-18, 4.4.4-20,
//   4.4.4-21, 4.4.4-25, 4.4.4-28, 4.4.5-01, 4.4.5-02, 4.4.5-03, 4.4.5-04, 4.4.5-07, 4.4.5-09,
//   4.4.5-12, 4.4.5-15, 4.4.6-02, 4.4.6-07
TEST(L2tpAvpCatalog, EveryAvpIsSentWithTheBitsOfSection44)
{
    for (const auto& row : RowsOf(SECTION_4_4))
    {
        L2tpControlMessage message(L2tpMessageType::HELLO);
        VisitAllAvpKeys([&](const auto& key) {
            if (key.type == std::stoi(row[0]))
            {
                AddSome(key, message);
            }
        });
        const std::size_t at = message.GetAvp(0).value.size() + L2tpAvp::HEADER_SIZE;
        ASSERT_GE(message.GetBody().size(), at + L2tpAvp::HEADER_SIZE) << row[1];
        EXPECT_EQ(message.GetBody()[at] & 0xfc, row[3] == "1" ? 0x80 : 0) << row[1];
    }
    for (const L2tpMessageInfo& info : L2TP_MESSAGES)
    {
        EXPECT_EQ(L2tpControlMessage(info.type).GetBody()[0] & 0xfc, 0x80) << info.name;
    }
}

// RFC 2661, section 4.4: what may be hidden is, behind a Random Vector; the rest is not, and is not
// recognized if the peer hides it.
// RFC 2661: 4.3-01, 4.4.1-05, 4.4.1-06, 4.4.1-04, 4.4.1-08, 4.4.2-02, 4.4.3-01, 4.4.3-13, 4.4.3-17,
//   4.4.3-27, 4.4.4-01, 4.4.4-02, 4.4.4-19, 4.4.4-24, 4.4.4-27, 4.4.5-14,
//   4.4.6-06
TEST(L2tpAvpCatalog, OnlyWhatMayBeHiddenIs)
{
    const std::vector<uint8_t> vector(16, 7);
    for (const auto& row : RowsOf(SECTION_4_4))
    {
        SCOPED_TRACE(row[1]);
        const auto type = static_cast<uint16_t>(std::stoi(row[0]));
        const L2tpAvpInfo& info = L2TP_AVPS.at(type);
        std::vector<uint8_t> value(info.minSize, 1);
        if (type == L2tpAvps::PROXY_AUTHEN_ID.type)
        {
            value[0] = 0; // section 4.4.5: it MUST be
        }
        const bool mayBeHidden = row[4] == "yes";
        L2tpControlMessage sent(L2tpMessageType::HELLO);
        sent.AddRaw({L2tpAvp::FLAG_MANDATORY, 0, type, value});
        sent.Hide("secret", [] { return uint8_t(1); });
        ASSERT_EQ(sent.GetNAvps(), 3U);
        EXPECT_FALSE(sent.GetAvp(0).IsHidden());
        EXPECT_EQ(sent.GetAvp(1).type, L2tpAvps::RANDOM_VECTOR.type);
        EXPECT_EQ(sent.GetAvp(1).flags, L2tpAvp::FLAG_MANDATORY);
        EXPECT_GE(sent.GetAvp(1).value.size(), 16U) << "which is recommended";
        EXPECT_EQ(sent.GetAvp(2).IsHidden(), mayBeHidden);
        EXPECT_TRUE(sent.GetAvp(2).IsMandatory()) << "as before";

        const auto hidden = HideL2tpValue(type, value, "secret", vector, {});
        for (const L2tpMessageInfo& message : L2TP_MESSAGES)
        {
            SCOPED_TRACE(message.name);
            L2tpControlMessage received(message.type);
            received.AddRaw({L2tpAvp::FLAG_MANDATORY, 0, L2tpAvps::RANDOM_VECTOR.type, vector});
            received.AddRaw({L2tpAvp::FLAG_MANDATORY | L2tpAvp::FLAG_HIDDEN, 0, type, hidden});
            received.Reveal("secret");
            // The message may lack other AVPs, too.
            const auto fault = received.Check();
            const auto error = fault ? fault->code.error : std::nullopt;
            EXPECT_EQ(error != uint16_t(L2tpErrorCode::UNKNOWN_MANDATORY_AVP), mayBeHidden);

            // Without the M bit it is ignored, as is one that the message does not call for.
            L2tpControlMessage optional(message.type);
            optional.AddRaw({L2tpAvp::FLAG_MANDATORY, 0, L2tpAvps::RANDOM_VECTOR.type, vector});
            optional.AddRaw({L2tpAvp::FLAG_HIDDEN, 0, type, hidden});
            optional.Reveal("secret");
            optional.Check();
            const bool isCalledFor =
                (info.needed | info.allowed) >> static_cast<uint16_t>(message.type) & 1;
            EXPECT_EQ(optional.IsIgnored(2), !mayBeHidden || !isCalledFor);
        }
    }
}

// RFC 2661, section 4.4.2: names stand in Error Messages, which are UTF-8; ASCII is.
// RFC 2661: 4.4.2-01
TEST(L2tpAvpCatalog, NamesAreAscii)
{
    for (const L2tpAvpInfo& info : L2TP_AVPS)
    {
        for (const char letter : L2tpAvpName(0, info.type))
        {
            EXPECT_TRUE(letter >= ' ' && letter <= '~') << info.type;
        }
    }
}
