/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "aaa/radius-octets.h"

#include "ns3/l2tp-digest.h"
#include "ns3/radius-packet.h"
#include "ns3/radius-secret.h"

#include <gtest/gtest.h>
#include <random>
#include <string>

using namespace ns3;

namespace
{

// The examples of RFC 2865, section 7; their secret is the one of the RFC's author's errata and of
// every implementation's tests: the sums below come out right with no other.
constexpr const char* SECRET = "xyzzy5461";

constexpr const char* NEMO_REQUEST = "01 00 00 38 0f 40 3f 94 73 97 80 57 bd 83 d5 cb"
                                     "98 f4 22 7a 01 06 6e 65 6d 6f 02 12 0d be 70 8d"
                                     "93 d4 13 ce 31 96 e4 3f 78 2a 0a ee 04 06 c0 a8"
                                     "01 10 05 06 00 00 00 03";
constexpr const char* NEMO_ACCEPT = "02 00 00 26 86 fe 22 0e 76 24 ba 2a 10 05 f6 bf"
                                    "9b 55 e0 b2 06 06 00 00 00 01 0f 06 00 00 00 00"
                                    "0e 06 c0 a8 01 03";
constexpr const char* FLOPSY_REQUEST = "01 01 00 47 2a ee 86 f0 8d 0d 55 96 9c a5 97 8e"
                                       "0d 33 67 a2 01 08 66 6c 6f 70 73 79 03 13 16 e9"
                                       "75 57 c3 16 18 58 95 f2 93 ff 63 44 07 72 75 04"
                                       "06 c0 a8 01 10 05 06 00 00 00 14 06 06 00 00 00"
                                       "02 07 06 00 00 00 01";
constexpr const char* FLOPSY_ACCEPT = "02 01 00 38 15 ef bc 7d ab 26 cf a3 dc 34 d9 c0"
                                      "3c 86 01 a4 06 06 00 00 00 02 07 06 00 00 00 01"
                                      "08 06 ff ff ff fe 0a 06 00 00 00 02 0d 06 00 00"
                                      "00 01 0c 06 00 00 05 dc";
constexpr const char* MOPSY_REQUEST = "01 02 00 39 f3 a4 7a 1f 6a 6d 76 71 0b 94 7a b9"
                                      "30 41 a0 39 01 07 6d 6f 70 73 79 02 12 33 65 75"
                                      "73 77 82 89 b5 70 88 5e 15 08 48 25 c5 04 06 c0"
                                      "a8 01 10 05 06 00 00 00 07";
constexpr const char* MOPSY_CHALLENGE = "0b 02 00 4e 36 f3 c8 76 4a e8 c7 11 57 40 3c 0c"
                                        "71 ff 9c 45 12 30 43 68 61 6c 6c 65 6e 67 65 20"
                                        "33 32 37 36 39 34 33 30 2e 20 20 45 6e 74 65 72"
                                        "20 72 65 73 70 6f 6e 73 65 20 61 74 20 70 72 6f"
                                        "6d 70 74 2e 18 0a 33 32 37 36 39 34 33 30";
constexpr const char* MOPSY_RESPONSE = "01 03 00 43 b1 22 55 6d 42 8a 13 d0 d6 25 38 07"
                                       "c4 57 ec f0 01 07 6d 6f 70 73 79 02 12 69 2c 1f"
                                       "20 5f c0 81 b9 19 b9 51 95 f5 61 a5 81 04 06 c0"
                                       "a8 01 10 05 06 00 00 00 07 18 10 33 32 37 36 39"
                                       "34 33 30";
constexpr const char* MOPSY_REJECT = "03 03 00 14 a4 2f 4f ca 45 91 6c 4e 09 c8 34 0f"
                                     "9e 74 6a a0";

/// Parse a packet that has to be good.
RadiusPacket
Parse(const std::string& hex)
{
    RadiusPacket packet;
    const auto octets = Octets(hex);
    EXPECT_EQ(RadiusPacket::Parse(octets, packet), RadiusError::NONE) << hex;
    EXPECT_EQ(Hex(packet.Serialize()), Hex(octets));
    return packet;
}

/// Parse a packet that is cut or bent.
RadiusError
ErrorOf(const std::string& hex)
{
    RadiusPacket packet;
    return RadiusPacket::Parse(Octets(hex), packet);
}

/// Sign a request by a given Authenticator, and a reply to it; look that both come out the same.
void
ExpectSignedAs(const std::string& requestHex, const std::string& replyHex)
{
    const auto request = Parse(requestHex);
    auto reply = Parse(replyHex);
    EXPECT_TRUE(IsRadiusReplyGenuine(reply, request.authenticator, SECRET));
    EXPECT_FALSE(IsRadiusReplyGenuine(reply, request.authenticator, "xyzzy5462"));
    reply.authenticator = {};
    SignRadiusReply(reply, request.authenticator, SECRET);
    EXPECT_EQ(Hex(reply.Serialize()), Hex(Octets(replyHex)));
}

/// Octets of a header and attributes.
std::string
Header(const std::string& code, const std::string& length)
{
    return code + " 05 " + length + " 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f ";
}

} // namespace

// RFC 2865, section 7.1: telnet to a host.
TEST(RadiusPacket, Rfc2865Section7_1)
{
    ExpectSignedAs(NEMO_REQUEST, NEMO_ACCEPT);
    // Build the very request.
    RadiusPacket request;
    request.authenticator = Parse(NEMO_REQUEST).authenticator;
    RadiusAttributes clear;
    EXPECT_TRUE(clear.Add(RadiusKeys::USER_NAME, "nemo"));
    EXPECT_TRUE(clear.Add(RadiusKeys::USER_PASSWORD, "arctangent"));
    EXPECT_TRUE(clear.Add(RadiusKeys::NAS_IP_ADDRESS, Ipv4Address("192.168.1.16")));
    EXPECT_TRUE(clear.Add(RadiusKeys::NAS_PORT, 3));
    request.attributes = *HideRadiusAttributes(clear, SECRET, request.authenticator, 0);
    SignRadiusRequest(request, SECRET);
    EXPECT_EQ(Hex(request.Serialize()), Hex(Octets(NEMO_REQUEST)));
    EXPECT_EQ(request.Check(), RadiusError::NONE);
    EXPECT_EQ(*RevealRadiusAttributes(request.attributes, SECRET, request.authenticator), clear);
    const auto accept = Parse(NEMO_ACCEPT);
    EXPECT_EQ(accept.code, RadiusCode::ACCESS_ACCEPT);
    EXPECT_EQ(accept.attributes.Get(RadiusKeys::SERVICE_TYPE), 1U);
    EXPECT_EQ(accept.attributes.Get(RadiusKey<Ipv4Address>{14}), Ipv4Address("192.168.1.3"));
}

// RFC 2865, section 7.2: a framed user by CHAP, the challenge being the Request Authenticator.
TEST(RadiusPacket, Rfc2865Section7_2)
{
    ExpectSignedAs(FLOPSY_REQUEST, FLOPSY_ACCEPT);
    const auto request = Parse(FLOPSY_REQUEST);
    EXPECT_EQ(request.Check(), RadiusError::NONE);
    const auto chap = request.attributes.Get(RadiusKeys::CHAP_PASSWORD);
    ASSERT_TRUE(chap);
    ASSERT_EQ(chap->size(), 17U);
    const auto digest = L2tpMd5()
                            .Add(static_cast<uint8_t>(chap->front()))
                            .Add("arctangent")
                            .Add(request.authenticator.data(), request.authenticator.size())
                            .Finish();
    EXPECT_EQ(chap->substr(1), std::string(digest.begin(), digest.end()));
    const auto accept = Parse(FLOPSY_ACCEPT);
    EXPECT_EQ(accept.attributes.Get(RadiusKeys::FRAMED_IP_ADDRESS), Ipv4Address("255.255.255.254"));
    EXPECT_EQ(accept.attributes.Get(RadiusKeys::FRAMED_MTU), 1500U);
}

// RFC 2865, section 7.3: a challenge, and a wrong response to it.
TEST(RadiusPacket, Rfc2865Section7_3)
{
    ExpectSignedAs(MOPSY_REQUEST, MOPSY_CHALLENGE);
    const auto passwordIn = [](const char* hex) {
        const auto packet = Parse(hex);
        return RevealRadiusAttributes(packet.attributes, SECRET, packet.authenticator)
            ->Get(RadiusKeys::USER_PASSWORD);
    };
    EXPECT_EQ(passwordIn(MOPSY_REQUEST), "challenge");
    EXPECT_EQ(Parse(MOPSY_CHALLENGE).attributes.Get(RadiusKeys::REPLY_MESSAGE),
              "Challenge 32769430.  Enter response at prompt.");
    EXPECT_EQ(Parse(MOPSY_CHALLENGE).attributes.Get(RadiusKeys::STATE), "32769430");
    // The last request's State has a Length of 16, but 10 octets are there: an erratum.
    EXPECT_EQ(ErrorOf(MOPSY_RESPONSE), RadiusError::ATTRIBUTE_LENGTH);
    std::string mended = MOPSY_RESPONSE;
    mended.replace(mended.find("18 10"), 5, "18 0a");
    EXPECT_EQ(Parse(mended).attributes.Get(RadiusKeys::STATE), "32769430");
    EXPECT_EQ(passwordIn(mended.c_str()), "99101462");
    ExpectSignedAs(mended, MOPSY_REJECT);
}

// RFC 2865, section 3: Length is 20 to 4096, and no longer than the datagram; what is behind it is
// padding.
TEST(RadiusPacket, Length)
{
    EXPECT_EQ(ErrorOf(""), RadiusError::TRUNCATED);
    EXPECT_EQ(ErrorOf("01 05 00 14 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e"),
              RadiusError::TRUNCATED);
    EXPECT_EQ(ErrorOf(Header("01", "00 14")), RadiusError::NONE);
    EXPECT_EQ(ErrorOf(Header("01", "00 13")), RadiusError::LENGTH);
    EXPECT_EQ(ErrorOf(Header("01", "00 15")), RadiusError::TRUNCATED);
    RadiusPacket packet;
    const auto padded = Octets(Header("01", "00 14") + "01 ff ff");
    EXPECT_EQ(RadiusPacket::Parse(padded, packet), RadiusError::NONE);
    EXPECT_TRUE(packet.attributes.IsEmpty());
    EXPECT_EQ(packet.Serialize().size(), 20U);
    // 4096 octets: 16 attributes of 254, and one of 12.
    packet.attributes = {};
    for (int i = 0; i < 16; ++i)
    {
        packet.attributes.Append(RadiusAttribute{25, std::vector<uint8_t>(252, 1)});
    }
    packet.attributes.Append(RadiusAttribute{25, std::vector<uint8_t>(10, 1)});
    ASSERT_EQ(packet.GetSize(), 4096U);
    EXPECT_EQ(RadiusPacket::Parse(packet.Serialize(), packet), RadiusError::NONE);
    packet.code = RadiusCode::ACCOUNTING_REQUEST; // RFC 2866, section 3: 4095
    EXPECT_EQ(RadiusPacket::Parse(packet.Serialize(), packet), RadiusError::LENGTH);
}

TEST(RadiusPacket, LongerThan4096)
{
    RadiusPacket packet;
    for (int i = 0; i < 17; ++i)
    {
        packet.attributes.Append(RadiusAttribute{25, std::vector<uint8_t>(238 + i / 16, 1)});
    }
    ASSERT_EQ(packet.GetSize(), 4101U);
    EXPECT_EQ(RadiusPacket::Parse(packet.Serialize(), packet), RadiusError::LENGTH);
}

// RFC 2865, section 3: "a packet ... with an invalid Code field ... is silently discarded"; its
// Identifier can be told all the same.
TEST(RadiusPacket, Code)
{
    for (int code = 0; code < 256; ++code)
    {
        RadiusPacket packet;
        packet.code = static_cast<RadiusCode>(code);
        const bool isKnown = (code >= 1 && code <= 5) || code == 11;
        EXPECT_EQ(RadiusPacket::Parse(packet.Serialize(), packet),
                  isKnown ? RadiusError::NONE : RadiusError::CODE)
            << code;
        EXPECT_EQ(FindRadiusCode(packet.code) != nullptr, isKnown);
    }
    EXPECT_STREQ(RadiusCodeName(RadiusCode::ACCESS_CHALLENGE), "Access-Challenge");
    EXPECT_STREQ(RadiusCodeName(static_cast<RadiusCode>(12)), "unknown");
}

// RFC 2865, section 5: an attribute's Length includes Type and Length.
TEST(RadiusPacket, AttributeLength)
{
    EXPECT_EQ(ErrorOf(Header("01", "00 15") + "01"), RadiusError::ATTRIBUTE_LENGTH);
    EXPECT_EQ(ErrorOf(Header("01", "00 16") + "01 00"), RadiusError::ATTRIBUTE_LENGTH);
    EXPECT_EQ(ErrorOf(Header("01", "00 16") + "01 01"), RadiusError::ATTRIBUTE_LENGTH);
    EXPECT_EQ(ErrorOf(Header("01", "00 16") + "01 02"), RadiusError::NONE);
    EXPECT_EQ(ErrorOf(Header("01", "00 16") + "01 03"), RadiusError::ATTRIBUTE_LENGTH);
    // Behind the packet's Length there may be anything, but it is no value of the attribute.
    EXPECT_EQ(ErrorOf(Header("01", "00 16") + "01 03 61"), RadiusError::ATTRIBUTE_LENGTH);
    // What is before the error is read.
    RadiusPacket packet;
    EXPECT_EQ(RadiusPacket::Parse(Octets(Header("01", "00 19") + "01 03 61 01 01"), packet),
              RadiusError::ATTRIBUTE_LENGTH);
    EXPECT_EQ(packet.identifier, 5);
    EXPECT_EQ(packet.attributes.Get(RadiusKeys::USER_NAME), "a");
}

// Each attribute of a fixed size is wrong by one octet less and one more.
TEST(RadiusPacket, AttributeValue)
{
    for (const auto& row : RADIUS_ATTRIBUTES)
    {
        const auto errorWith = [&](std::size_t size) {
            RadiusPacket packet;
            packet.code = RadiusCode::ACCOUNTING_RESPONSE; // nothing else is looked at
            packet.attributes.Append(RadiusAttribute{row.type, std::vector<uint8_t>(size)});
            return packet.Check();
        };
        EXPECT_EQ(errorWith(row.minSize), RadiusError::NONE) << row.name;
        EXPECT_EQ(errorWith(row.maxSize), RadiusError::NONE) << row.name;
        EXPECT_EQ(errorWith(row.minSize - 1), RadiusError::ATTRIBUTE_VALUE) << row.name;
        if (row.maxSize < RADIUS_MAX_VALUE)
        {
            EXPECT_EQ(errorWith(row.maxSize + 1), RadiusError::ATTRIBUTE_VALUE) << row.name;
        }
    }
    RadiusPacket packet;
    packet.code = RadiusCode::ACCOUNTING_RESPONSE;
    packet.attributes.Append(RadiusAttribute{2, std::vector<uint8_t>(17)}); // no multiple of 16
    EXPECT_EQ(packet.Check(), RadiusError::ATTRIBUTE_VALUE);
}

// RFC 2865, section 5.44 and its notes; RFC 2866, section 5.13; RFC 3162, section 2.1.
TEST(RadiusPacket, AttributeCount)
{
    RadiusPacket good;
    good.attributes.Add(RadiusKeys::NAS_IDENTIFIER, "lac");
    good.attributes.Append(RadiusAttribute{2, std::vector<uint8_t>(16)});
    EXPECT_EQ(good.Check(), RadiusError::NONE);

    auto packet = good;
    packet.attributes.Add(RadiusKeys::NAS_IDENTIFIER, "lac"); // 0-1
    EXPECT_EQ(packet.Check(), RadiusError::ATTRIBUTE_COUNT);
    packet = good;
    packet.attributes.Add(RadiusKeys::CLASS, "x"); // 0
    EXPECT_EQ(packet.Check(), RadiusError::ATTRIBUTE_COUNT);
    packet = good;
    packet.attributes.Append(RadiusAttribute{3, std::vector<uint8_t>(17)}); // "MUST NOT ... both"
    EXPECT_EQ(packet.Check(), RadiusError::ATTRIBUTE_COUNT);
    packet = good;
    packet.attributes.Remove(2);
    EXPECT_EQ(packet.Check(), RadiusError::ATTRIBUTE_MISSING);
    packet.attributes.Add(RadiusKeys::STATE, "x");
    EXPECT_EQ(packet.Check(), RadiusError::NONE);
    packet.attributes.Remove(RadiusKeys::STATE.type);
    EXPECT_TRUE(packet.attributes.AddVendor(RadiusKeys::MS_CHAP2_RESPONSE,
                                            std::vector<uint8_t>(50))); // another kind of proof
    EXPECT_EQ(packet.Check(), RadiusError::NONE);
    packet.attributes.Remove(RadiusKeys::NAS_IDENTIFIER.type);
    EXPECT_EQ(packet.Check(), RadiusError::ATTRIBUTE_MISSING);
    packet.attributes.Add(RadiusKeys::NAS_IPV6_ADDRESS, Ipv6Address("fd00::1"));
    EXPECT_EQ(packet.Check(), RadiusError::NONE);

    RadiusPacket accounting;
    accounting.code = RadiusCode::ACCOUNTING_REQUEST;
    accounting.attributes.Add(RadiusKeys::NAS_IP_ADDRESS, Ipv4Address("10.0.0.1"));
    accounting.attributes.Add(RadiusKeys::ACCT_SESSION_ID, "1");
    EXPECT_EQ(accounting.Check(), RadiusError::ATTRIBUTE_MISSING);
    accounting.attributes.Add(RadiusKeys::ACCT_STATUS_TYPE, 1);
    EXPECT_EQ(accounting.Check(), RadiusError::NONE);
    accounting.attributes.Add(RadiusKeys::ACCT_STATUS_TYPE, 1);
    EXPECT_EQ(accounting.Check(), RadiusError::ATTRIBUTE_COUNT);
}

// Whatever the octets are: nothing is read beyond them, and what could be parsed serialises to
// them.
TEST(RadiusPacket, HostileOctets)
{
    std::mt19937 random(2865);
    const char* const good[] = {NEMO_REQUEST, NEMO_ACCEPT, FLOPSY_REQUEST, MOPSY_CHALLENGE};
    int parsed = 0;
    for (int round = 0; round < 20000; ++round)
    {
        auto octets = Octets(good[round % 4]);
        const int changes = 1 + random() % 4;
        for (int change = 0; change < changes; ++change)
        {
            octets[random() % octets.size()] = static_cast<uint8_t>(random());
        }
        octets.resize(random() % 2 ? octets.size() : random() % (octets.size() + 1));
        octets.shrink_to_fit(); // so that a sanitizer sees a step too far
        RadiusPacket packet;
        if (RadiusPacket::Parse(octets, packet) != RadiusError::NONE)
        {
            continue;
        }
        ++parsed;
        const auto written = packet.Serialize();
        ASSERT_LE(written.size(), octets.size());
        octets.resize(written.size());
        ASSERT_EQ(Hex(written), Hex(octets));
        const bool isGood = packet.Check() == RadiusError::NONE;
        const auto clear = RevealRadiusAttributes(packet.attributes, SECRET, packet.authenticator);
        EXPECT_TRUE(clear || !isGood || packet.attributes.Find(69));
        packet.attributes.GetVendor(RadiusKeys::MS_CHAP2_SUCCESS);
        IsRadiusMessageGenuine(packet, packet.authenticator, SECRET);
    }
    EXPECT_GT(parsed, 1000);
}

TEST(RadiusPacket, ErrorNames)
{
    EXPECT_STREQ(RadiusErrorName(RadiusError::ATTRIBUTE_MISSING), "attribute-missing");
    EXPECT_STREQ(RadiusErrorName(static_cast<RadiusError>(99)), "unknown");
}
