/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "all-avp-keys.h"
#include "control-message-verdict.h"

#include "ns3/l2tp-avp-hiding.h"
#include "ns3/l2tp-control-message.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

using namespace ns3;

namespace
{

using Type = L2tpMessageType;

/**
 * @brief Good octets for an AVP.
 * @param info its row
 * @return four octets, or as near to four as the RFC allows
 */
std::vector<uint8_t>
GoodValue(const L2tpAvpInfo& info)
{
    const auto size = std::clamp<std::size_t>(4, info.minSize, info.maxSize);
    std::vector<uint8_t> value(size, 1);
    if (info.type == L2tpAvps::PROXY_AUTHEN_ID.type)
    {
        value[0] = 0; // section 4.4.5: it MUST be
    }
    return value;
}

/**
 * @brief Append an AVP of the catalogue with a good value.
 * @param message the message
 * @param type Attribute Type
 */
void
AddGood(L2tpControlMessage& message, uint16_t type)
{
    const L2tpAvpInfo& info = L2TP_AVPS[type];
    message.AddRaw(
        {uint16_t(info.mandatory ? L2tpAvp::FLAG_MANDATORY : 0), 0, type, GoodValue(info)});
}

/**
 * @brief A message with the AVPs that it must have.
 * @param type which message
 * @param without an AVP to leave out, or -1
 * @return the message
 */
L2tpControlMessage
Needed(Type type, int without = -1)
{
    L2tpControlMessage message(type);
    for (const L2tpAvpInfo& info : L2TP_AVPS)
    {
        const bool needed = info.name && (info.needed >> static_cast<uint16_t>(type) & 1);
        if (needed && info.type != 0 && info.type != without)
        {
            AddGood(message, info.type);
        }
    }
    return message;
}

/**
 * @brief The verdict on a message with one more AVP.
 * @param type which message
 * @param avp what is appended to it
 * @param ignored how many AVPs are to be ignored
 * @return see Verdict()
 */
std::string
VerdictWith(Type type, const L2tpAvp& avp, std::size_t ignored)
{
    L2tpControlMessage message = Needed(type);
    message.AddRaw(avp);
    const std::string verdict = Verdict(message);
    if (verdict == "good")
    {
        EXPECT_EQ(message.GetIgnored(), ignored);
    }
    return verdict;
}

} // namespace

// RFC 2661, section 6: each message with the AVPs that it MUST have, and with all that it MAY have.
// RFC 2661: 6.1-02, 6.2-02, 6.3-02, 6.6-02, 6.8-02, 6.9-03, 6.10-02, 6.11-02, 6.12-03
TEST(L2tpControlMessage, EveryMessageWithItsAvpsIsGood)
{
    for (const L2tpMessageInfo& info : L2TP_MESSAGES)
    {
        SCOPED_TRACE(info.name);
        L2tpControlMessage message = Needed(info.type);
        EXPECT_EQ(Verdict(message), "good");
        EXPECT_EQ(message.GetIgnored(), 0u);
        EXPECT_TRUE(message.Is(info.type));
        EXPECT_EQ(message.GetInfo(), &info);

        std::size_t allowed = 0;
        for (const L2tpAvpInfo& avp : L2TP_AVPS)
        {
            if (avp.name && (avp.allowed >> static_cast<uint16_t>(info.type) & 1))
            {
                AddGood(message, avp.type);
                ++allowed;
            }
        }
        EXPECT_GE(allowed, 1u) << "Random Vector at least";
        EXPECT_EQ(Verdict(message), "good");
        EXPECT_EQ(message.GetIgnored(), 0u);
        VisitAllAvpKeys([&message](const auto& key) {
            if (message.Has(key))
            {
                EXPECT_TRUE(message.Get(key).has_value()) << key.type;
            }
        });
    }
}

// RFC 2661, sections 6 and 7.1: "a message that is missing a required AVP".
// RFC 2661: 4.4.2-05, 6.1-01, 6.2-01, 6.4-01, 6.6-01, 6.7-01, 6.8-01, 6.9-02, 6.10-01, 6.11-01,
//   6.12-02, 6.13-02, 6.14-02
TEST(L2tpControlMessage, EachRequiredAvpIsRequired)
{
    std::size_t cases = 0;
    for (const L2tpMessageInfo& info : L2TP_MESSAGES)
    {
        const std::string scope = static_cast<int>(info.type) <= 6 ? "tunnel" : "session";
        for (const L2tpAvpInfo& avp : L2TP_AVPS)
        {
            if (!avp.name || avp.type == 0 || !(avp.needed >> static_cast<uint16_t>(info.type) & 1))
            {
                continue;
            }
            L2tpControlMessage message = Needed(info.type, avp.type);
            EXPECT_EQ(Verdict(message),
                      scope + " 2/3 " + info.name + " without the AVP " + avp.name);
            ++cases;
        }
    }
    // Section 6's lists, Message Type left out: 4+4+0+2+0+2+1+2+7+1+2+2+1+1.
    EXPECT_EQ(cases, 29u);
}

// Robustness case 5; RFC 2661, sections 4.1 and 4.2.
// RFC 2661: 4.1-03, 4.1-04, 4.1-05, 4.4.2-05
TEST(L2tpControlMessage, UnknownAvp)
{
    const std::vector<uint8_t> value = Octets("0001");
    const uint16_t m = L2tpAvp::FLAG_MANDATORY;
    EXPECT_EQ(VerdictWith(Type::SCCRQ, {m, 0, 77, value}, 0), "tunnel 2/8 AVP 77");
    EXPECT_EQ(VerdictWith(Type::ICRQ, {m, 0, 77, value}, 0), "session 2/8 AVP 77");
    EXPECT_EQ(VerdictWith(Type::SCCRQ, {m, 0, 20, value}, 0), "tunnel 2/8 AVP 20");
    EXPECT_EQ(VerdictWith(Type::SCCRQ, {0, 0, 77, value}, 1), "good");
    EXPECT_EQ(VerdictWith(Type::ICRQ, {0, 0, 77, value}, 1), "good");
    EXPECT_EQ(VerdictWith(Type::ICRQ, {0, 0, 20, value}, 1), "good");
}

// The same in every message, for everything that makes an AVP unrecognized: its number, its vendor,
// a reserved bit, and the H bit where it can't be undone.
// RFC 2661: 4.1-02, 4.1-03, 4.1-04, 4.1-05
TEST(L2tpControlMessage, UnrecognizedAvpInEveryMessage)
{
    const std::vector<uint8_t> value = Octets("0001");
    const L2tpAvp unrecognized[] = {
        {0, 0, 20, value},
        {0, 0, 40, value},
        {0, 0, 0xffff, value},
        {0, 9, 0, value},
        {0, 0xffff, 36, value},
        {0x2000, 0, 36, value},
        {0x0400, 0, 36, value},
        {L2tpAvp::FLAG_HIDDEN, 0, 36, value},
        {L2tpAvp::FLAG_HIDDEN, 0, 22, value},
    };
    for (const L2tpMessageInfo& info : L2TP_MESSAGES)
    {
        const std::string scope = static_cast<int>(info.type) <= 6 ? "tunnel" : "session";
        for (L2tpAvp avp : unrecognized)
        {
            SCOPED_TRACE(std::string(info.name) + " " + L2tpAvpLabel(avp.vendor, avp.type));
            EXPECT_EQ(VerdictWith(info.type, avp, 1), "good");
            avp.flags |= L2tpAvp::FLAG_MANDATORY;
            EXPECT_EQ(VerdictWith(info.type, avp, 0),
                      scope + " 2/8 " + L2tpAvpLabel(avp.vendor, avp.type));
        }
    }
}

// Robustness case 4: an unknown optional AVP followed by a good one.
// RFC 2661: 4.1-05, 4.1-06
TEST(L2tpControlMessage, UnknownOptionalAvpThenAGoodOne)
{
    L2tpControlMessage message =
        Parsed("8008 0000 0000 000b  000b 0000 0063 ffffffffff  8008 0000 000e 0011");
    EXPECT_EQ(Verdict(message), "good");
    EXPECT_EQ(message.GetIgnored(), 1u);
    EXPECT_EQ(message.Get(L2tpAvps::ASSIGNED_SESSION_ID), 17);
}

// Robustness case 6: a vendor's AVP numbered below 40 is not the RFC's.
// RFC 2661: 4.1-03, 4.1-04, 4.1-05, 4.1-06
TEST(L2tpControlMessage, VendorAvpNumberedAsAnRfcOne)
{
    const std::vector<uint8_t> value = Octets("0002");
    const uint16_t m = L2tpAvp::FLAG_MANDATORY;
    EXPECT_EQ(VerdictWith(Type::SCCRQ, {m, 3561, 2, value}, 0), "tunnel 2/8 vendor 3561 AVP 2");
    EXPECT_EQ(VerdictWith(Type::ICRP, {m, 9, 14, value}, 0), "session 2/8 vendor 9 AVP 14");
    EXPECT_EQ(VerdictWith(Type::SCCRQ, {0, 3561, 2, value}, 1), "good");

    // It stands before the RFC's AVP of that number, and is neither taken for it nor in its way.
    L2tpControlMessage message(Type::ICRP);
    message.AddRaw({0, 9, 14, value}).Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(17));
    EXPECT_EQ(message.Get(L2tpAvps::ASSIGNED_SESSION_ID), 17);
    EXPECT_EQ(Verdict(message), "good");
    EXPECT_EQ(message.Get(L2tpAvps::ASSIGNED_SESSION_ID), 17);

    L2tpControlMessage missing(Type::ICRP);
    missing.AddRaw({0, 9, 14, value});
    EXPECT_EQ(Verdict(missing), "session 2/3 ICRP without the AVP Assigned Session ID");
}

// RFC 2661, section 4.1: "An AVP received with a reserved bit set to 1 MUST be treated as an
// unrecognized AVP".
// RFC 2661: 4.1-02, 4.1-06
TEST(L2tpControlMessage, ReservedBitsMakeAnAvpUnrecognized)
{
    const std::vector<uint8_t> value = Octets("0011");
    for (const uint16_t bit : {0x2000, 0x1000, 0x0800, 0x0400})
    {
        L2tpControlMessage mandatory(Type::ICRP);
        mandatory.AddRaw({uint16_t(0x8000 | bit), 0, 14, value});
        EXPECT_EQ(Verdict(mandatory), "session 2/8 AVP 14: Assigned Session ID");

        L2tpControlMessage optional(Type::ICRP);
        optional.AddRaw({bit, 0, 14, value}).Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(18));
        EXPECT_EQ(Verdict(optional), "good");
        EXPECT_EQ(optional.GetIgnored(), 1u);
        EXPECT_EQ(optional.Get(L2tpAvps::ASSIGNED_SESSION_ID), 18);

        // No less so if it is hidden, and can be revealed.
        const auto hidden = HideL2tpValue(14, value, "secret", value, {});
        L2tpControlMessage revealed(Type::ICRP);
        revealed.Add(L2tpAvps::RANDOM_VECTOR, std::string(value.begin(), value.end()))
            .AddRaw({uint16_t(0xc000 | bit), 0, 14, hidden});
        revealed.Reveal("secret");
        EXPECT_EQ(Verdict(revealed), "session 2/8 AVP 14: Assigned Session ID");
    }
}

// RFC 2661, section 4.3: the H bit needs a shared secret; without one the AVP is not recognized.
// RFC 2661: 4.3-01
TEST(L2tpControlMessage, HiddenAvpWithoutASecret)
{
    const std::vector<uint8_t> value = Octets("0123456789abcdef");
    const uint16_t m = L2tpAvp::FLAG_MANDATORY;
    const uint16_t h = L2tpAvp::FLAG_HIDDEN;
    EXPECT_EQ(VerdictWith(Type::OCRP, {uint16_t(m | h), 0, 25, value}, 0),
              "session 2/8 AVP 25: Physical Channel ID");
    EXPECT_EQ(VerdictWith(Type::OCRP, {h, 0, 25, value}, 1), "good");

    // It is not read as if it were in the clear, even before Check().
    L2tpControlMessage message(Type::OCRP);
    message.AddRaw({h, 0, 25, Octets("00000001")});
    EXPECT_FALSE(message.Get(L2tpAvps::PHYSICAL_CHANNEL_ID));
    EXPECT_FALSE(message.Has(L2tpAvps::PHYSICAL_CHANNEL_ID));
}

// Robustness case 9; RFC 2661, section 7.1: a malformed AVP, for every size that is wrong.
// RFC 2661: 4.4.2-05, 4.4.3-16, 7.1-03, 7.1-04, 7.1-05, 7.1-06
TEST(L2tpControlMessage, WrongSizes)
{
    for (const L2tpMessageInfo& info : L2TP_MESSAGES)
    {
        const std::string scope = static_cast<int>(info.type) <= 6 ? "tunnel" : "session";
        for (const L2tpAvpInfo& avp : L2TP_AVPS)
        {
            const bool calledFor =
                (avp.needed | avp.allowed) >> static_cast<uint16_t>(info.type) & 1;
            if (!avp.name || avp.type == 0 || !calledFor)
            {
                continue;
            }
            for (std::size_t size = 0; size <= 30; ++size)
            {
                const bool wrong = size < avp.minSize || size > avp.maxSize ||
                                   (avp.type == L2tpAvps::RESULT_CODE.type && size == 3);
                if (!wrong)
                {
                    continue;
                }
                SCOPED_TRACE(std::string(info.name) + " " + avp.name + " " + std::to_string(size));
                const std::vector<uint8_t> value(size, 1);
                L2tpControlMessage mandatory = Needed(info.type, avp.type);
                mandatory.AddRaw({L2tpAvp::FLAG_MANDATORY, 0, avp.type, value});
                EXPECT_EQ(Verdict(mandatory), scope + " 2/2 " + avp.name);

                // Not mandatory: as if it were absent, so that a good one behind it counts.
                L2tpControlMessage optional = Needed(info.type, avp.type);
                optional.AddRaw({0, 0, avp.type, value});
                AddGood(optional, avp.type);
                EXPECT_EQ(Verdict(optional), "good");
                EXPECT_EQ(optional.GetIgnored(), 1u);
            }
        }
    }
}

// RFC 2661, section 4.4.5: which AVPs MUST be present with which Proxy Authen Type.
// RFC 2661: 4.4.5-06, 4.4.5-08, 4.4.5-11, 4.4.5-13
TEST(L2tpControlMessage, ProxyAuthenTypesNeedTheirAvps)
{
    const uint16_t name = L2tpAvps::PROXY_AUTHEN_NAME.type;
    const uint16_t challenge = L2tpAvps::PROXY_AUTHEN_CHALLENGE.type;
    const uint16_t id = L2tpAvps::PROXY_AUTHEN_ID.type;
    const uint16_t response = L2tpAvps::PROXY_AUTHEN_RESPONSE.type;
    const std::vector<std::vector<uint16_t>> needs{
        {},                              // 0: Reserved
        {name, response},                // 1: Textual username/password exchange
        {name, challenge, id, response}, // 2: PPP CHAP
        {name, id, response},            // 3: PPP PAP
        {},                              // 4: No Authentication
        {name, challenge, id, response}, // 5: Microsoft CHAP Version 1
        {},                              // 6: nobody knows
    };
    for (uint16_t type = 0; type < needs.size(); ++type)
    {
        const auto iccn = [&](uint16_t without) {
            L2tpControlMessage message = Needed(Type::ICCN);
            message.Add(L2tpAvps::PROXY_AUTHEN_TYPE, type);
            for (const uint16_t avp : needs[type])
            {
                if (avp != without)
                {
                    AddGood(message, avp);
                }
            }
            return message;
        };
        L2tpControlMessage whole = iccn(0);
        EXPECT_EQ(Verdict(whole), "good") << type;
        for (const uint16_t avp : needs[type])
        {
            L2tpControlMessage lacking = iccn(avp);
            EXPECT_EQ(Verdict(lacking),
                      std::string("session 2/3 ICCN without the AVP ") + L2TP_AVPS[avp].name)
                << type;
        }
    }
}

// RFC 2661, section 4.4.5: of the Proxy Authen ID "the most significant octet MUST be 0".
// RFC 2661: 4.4.5-10, 7.1-03
TEST(L2tpControlMessage, ProxyAuthenIdIsOneOctet)
{
    L2tpControlMessage message = Needed(Type::ICCN);
    message.Add(L2tpAvps::PROXY_AUTHEN_ID, uint16_t(0x0100));
    EXPECT_EQ(Verdict(message), "good");
    EXPECT_FALSE(message.Has(L2tpAvps::PROXY_AUTHEN_ID)) << "ignored: the M bit is not set";
    L2tpControlMessage good = Needed(Type::ICCN);
    good.Add(L2tpAvps::PROXY_AUTHEN_ID, uint16_t(0x00ff));
    EXPECT_EQ(Verdict(good), "good");
    EXPECT_EQ(good.Get(L2tpAvps::PROXY_AUTHEN_ID), 255U);
}

// RFC 2661, section 7.1: its own example, an Rx Connect Speed of 2 octets.
// RFC 2661: 7.1-04, 7.1-08
TEST(L2tpControlMessage, RxConnectSpeedOfTwoOctetsIsIgnored)
{
    for (const Type type : {Type::ICCN, Type::OCCN})
    {
        L2tpControlMessage message = Needed(type);
        message.AddRaw({0, 0, 38, Octets("2580")});
        EXPECT_EQ(Verdict(message), "good");
        EXPECT_EQ(message.GetIgnored(), 1u);
        EXPECT_FALSE(message.Get(L2tpAvps::RX_CONNECT_SPEED));
        EXPECT_FALSE(message.Has(L2tpAvps::RX_CONNECT_SPEED));
    }
}

// A malformed AVP that is not mandatory is as good as absent, also where it is needed.
TEST(L2tpControlMessage, MalformedOptionalAvpThatIsNeeded)
{
    L2tpControlMessage message = Needed(Type::ICRQ, 15);
    message.AddRaw({0, 0, 15, Octets("0001")});
    EXPECT_EQ(Verdict(message), "session 2/3 ICRQ without the AVP Call Serial Number");
}

// Robustness case 9: Windows 2000 sends a Result Code of 2 octets only.
TEST(L2tpControlMessage, ResultCodeOfTwoOctets)
{
    L2tpControlMessage message =
        Parsed("8008 0000 0000 0004  8008 0000 0009 0001  8008 0000 0001 0006");
    EXPECT_EQ(Verdict(message), "good");
    EXPECT_TRUE((message.Get(L2tpAvps::RESULT_CODE) == L2tpResultCode{6, {}, {}}));
}

// Robustness case 8: the longest numbers and advisory text that an AVP can hold.
TEST(L2tpControlMessage, LongestTexts)
{
    const std::string longest(1017, '7');
    L2tpControlMessage icrq = Needed(Type::ICRQ);
    icrq.Add(L2tpAvps::CALLED_NUMBER, longest).Add(L2tpAvps::CALLING_NUMBER, longest);
    EXPECT_EQ(Verdict(icrq), "good");
    EXPECT_EQ(icrq.Get(L2tpAvps::CALLING_NUMBER), longest);

    L2tpControlMessage cdn = Needed(Type::CDN);
    cdn.Add(L2tpAvps::Q931_CAUSE_CODE, L2tpQ931Cause{16, 0x45, std::string(1014, 'a')});
    EXPECT_EQ(Verdict(cdn), "good");
    EXPECT_EQ(cdn.Get(L2tpAvps::Q931_CAUSE_CODE)->advisory.size(), 1014u);
}

// RFC 2661, sections 4.4.3 and 4.4.4: assigned IDs are "a 2 octet non-zero unsigned integer".
// RFC 2661: 5.3-01
TEST(L2tpControlMessage, ZeroAssignedIds)
{
    const std::vector<uint8_t> zero = Octets("0000");
    for (const L2tpMessageInfo& info : L2TP_MESSAGES)
    {
        for (const uint16_t id : {9, 14})
        {
            if (L2TP_AVPS[id].needed >> static_cast<uint16_t>(info.type) & 1)
            {
                L2tpControlMessage message = Needed(info.type, id);
                message.AddRaw({L2tpAvp::FLAG_MANDATORY, 0, id, zero});
                EXPECT_EQ(Verdict(message),
                          std::string(id == 9 ? "tunnel" : "session") + " 2/3 " +
                              L2TP_AVPS[id].name);
            }
        }
    }
    L2tpControlMessage optional = Needed(Type::ICRP, 14);
    optional.AddRaw({0, 0, 14, zero});
    EXPECT_EQ(Verdict(optional), "session 2/3 ICRP without the AVP Assigned Session ID");
}

// Robustness case 19; RFC 2661, section 4.4.3, puts no bounds on the Receive Window Size.
TEST(L2tpControlMessage, ReceiveWindowSizeOfAnyValue)
{
    for (const uint16_t size : {0, 1, 4, 0xffff})
    {
        L2tpControlMessage message = Needed(Type::SCCRQ);
        message.Add(L2tpAvps::RECEIVE_WINDOW_SIZE, size);
        EXPECT_EQ(Verdict(message), "good");
        EXPECT_EQ(message.Get(L2tpAvps::RECEIVE_WINDOW_SIZE), size);
    }
    L2tpControlMessage absent = Needed(Type::SCCRQ);
    EXPECT_FALSE(absent.Get(L2tpAvps::RECEIVE_WINDOW_SIZE));
}

// The RFC says nothing of an AVP that comes twice: the first counts, the rest are ignored.
TEST(L2tpControlMessage, RepeatedAvps)
{
    L2tpControlMessage message(Type::ICRP);
    message.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(17))
        .Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(18))
        .Add(L2tpAvps::MESSAGE_TYPE, uint16_t(14))
        .Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(19));
    EXPECT_EQ(Verdict(message), "good");
    EXPECT_EQ(message.GetIgnored(), 3u);
    EXPECT_EQ(message.Get(L2tpAvps::ASSIGNED_SESSION_ID), 17);
    EXPECT_TRUE(message.Is(Type::ICRP));
}

// RFC 3145, section 3.4: "multiple copies of this AVP MAY be given to indicate failure reasons for
// each NCP".
TEST(L2tpControlMessage, PppDisconnectCauseCodeMayBeRepeated)
{
    const L2tpDisconnectCause first{17, 0x8021, 0, "no answer"};
    const L2tpDisconnectCause second{18, 0x8057, 0, ""};
    const std::vector<uint8_t> tooShort{0, 1, 0, 0};
    L2tpControlMessage message = Needed(Type::CDN);
    message.Add(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE, first)
        .AddRaw({0, 0, 46, tooShort})
        .Add(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE, second);
    EXPECT_EQ(Verdict(message), "good");
    EXPECT_EQ(message.GetIgnored(), 1u) << "the one that is too short";
    EXPECT_EQ(message.GetAll(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE),
              (std::vector<L2tpDisconnectCause>{first, second}));
    EXPECT_EQ(message.Get(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE), first);
    EXPECT_TRUE(message.GetAll(L2tpAvps::Q931_CAUSE_CODE).empty());
}

// A known AVP in a message that does not call for it is ignored, whatever its M bit.
TEST(L2tpControlMessage, AvpsThatTheMessageDoesNotCallFor)
{
    std::size_t cases = 0;
    for (const L2tpMessageInfo& info : L2TP_MESSAGES)
    {
        for (const L2tpAvpInfo& avp : L2TP_AVPS)
        {
            const bool calledFor =
                (avp.needed | avp.allowed) >> static_cast<uint16_t>(info.type) & 1;
            if (!avp.name || calledFor)
            {
                continue;
            }
            L2tpControlMessage message = Needed(info.type);
            AddGood(message, avp.type);
            EXPECT_EQ(Verdict(message), "good") << info.name << " " << avp.name;
            EXPECT_EQ(message.GetIgnored(), 1u);
            VisitAllAvpKeys(
                [&](const auto& key) { EXPECT_FALSE(key.type == avp.type && message.Has(key)); });
            ++cases;
        }
    }
    EXPECT_GT(cases, 400u);
}

// RFC 2661, section 4.4.1: "The Message Type AVP MUST be the first AVP in a message".
// RFC 2661: 4.1-02, 4.4.1-01, 4.4.1-04, 6.3-01, 6.5-05
TEST(L2tpControlMessage, MessageTypeThatIsNotFirst)
{
    for (const char* hex : {"8008 0000 000e 0011  8008 0000 0000 000b",
                            "8008 0009 0000 000b  8008 0000 0000 000b",
                            "800a 0000 0000 0000000b",
                            "8007 0000 0000 0b",
                            "8006 0000 0000",
                            "800a 0000 0024 01020304  8008 0000 0000 000b",
                            "c008 0000 0000 000b",
                            "a008 0000 0000 000b",
                            "9008 0000 0000 000b",
                            "8808 0000 0000 000b",
                            "8408 0000 0000 000b"})
    {
        L2tpControlMessage message = Parsed(hex);
        EXPECT_EQ(message.GetType(), 0) << hex;
        EXPECT_EQ(message.GetInfo(), nullptr);
        EXPECT_EQ(Verdict(message), "tunnel 2/3 no Message Type AVP comes first") << hex;
    }
}

// Robustness case 20; RFC 2661, section 4.4.1: an unknown message type.
// RFC 2661: 4.4.1-02
TEST(L2tpControlMessage, UnknownMessageType)
{
    for (const char* type : {"0005", "000d", "0011", "ffff"})
    {
        const std::string number = std::to_string(std::stoul(type, nullptr, 16));
        L2tpControlMessage mandatory = Parsed(std::string("8008 0000 0000 ") + type);
        EXPECT_EQ(Verdict(mandatory), "tunnel 2/3 unknown message type " + number);
        EXPECT_EQ(mandatory.GetInfo(), nullptr);

        L2tpControlMessage optional =
            Parsed(std::string("0008 0000 0000 ") + type + " 8008 0000 004d 0001");
        EXPECT_EQ(Verdict(optional), "good") << "may be ignored as a whole";
        EXPECT_EQ(optional.GetInfo(), nullptr);
    }
}
