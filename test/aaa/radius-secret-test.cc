/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "aaa/radius-octets.h"

#include "ns3/l2tp-digest.h"
#include "ns3/radius-secret.h"

#include <gtest/gtest.h>
#include <string>

using namespace ns3;

namespace
{

// What is expected here was computed by Python's hashlib and hmac, written from the RFCs' formulas.

constexpr const char* SECRET = "xyzzy5461";

/// The Request Authenticator of all tests: 0 to 15.
RadiusAuthenticator
Asked()
{
    RadiusAuthenticator asked;
    for (std::size_t i = 0; i < asked.size(); ++i)
    {
        asked[i] = static_cast<uint8_t>(i);
    }
    return asked;
}

/// A password of so many letters: A to Z, and A again.
std::string
Password(std::size_t size)
{
    std::string password;
    for (std::size_t i = 0; i < size; ++i)
    {
        password += static_cast<char>('A' + i % 26);
    }
    return password;
}

/// Hide one attribute.
std::string
Hide(uint8_t type, const std::string& value, uint16_t salt = 0)
{
    RadiusAttributes clear;
    clear.Append(RadiusAttribute{type, {value.begin(), value.end()}});
    const auto hidden = HideRadiusAttributes(clear, SECRET, Asked(), salt);
    return hidden ? Hex(hidden->Find(type)->value) : "too long";
}

/// Reveal one attribute.
std::optional<std::string>
Reveal(uint8_t type, const std::string& hex, const std::string& secret = SECRET)
{
    RadiusAttributes hidden;
    hidden.Append(RadiusAttribute{type, Octets(hex)});
    const auto clear = RevealRadiusAttributes(hidden, secret, Asked());
    return clear ? clear->Get(RadiusKey<std::string>{type}) : std::nullopt;
}

/// The MD5 of octets, for those that are too many to be written down.
std::string
Md5(const std::string& hex)
{
    const auto octets = Octets(hex);
    const auto digest = L2tpMd5().Add(octets.data(), octets.size()).Finish();
    return Hex({digest.data(), digest.size()});
}

constexpr uint8_t USER = 2;    //!< User-Password
constexpr uint8_t TUNNEL = 69; //!< Tunnel-Password

} // namespace

// RFC 2865, section 5.2: passwords of 1 to 128 octets, in blocks of 16.
TEST(RadiusSecret, UserPassword)
{
    EXPECT_EQ(Hide(USER, Password(1)), "0101eae8ce164afc53c96a316a88996b");
    EXPECT_EQ(Hide(USER, Password(16)), "0143a9ac8b500db41a83217d27c6d63b");
    EXPECT_EQ(Hide(USER, Password(17)),
              "0143a9ac8b500db41a83217d27c6d63b1f5221b80633064161dd3e0d99c30f33");
    EXPECT_EQ(Md5(Hide(USER, Password(128))), "4e916f74f6c1407dd0485e40a6bf8189");
    EXPECT_EQ(Hide(USER, Password(129)), "too long");
    for (const std::size_t size : {0, 1, 15, 16, 17, 128})
    {
        const auto hidden = Hide(USER, Password(size));
        EXPECT_EQ(hidden.size(), 2 * (size <= 16 ? 16U : (size + 15) / 16 * 16)) << size;
        EXPECT_EQ(Reveal(USER, hidden), Password(size));
    }
    EXPECT_NE(Reveal(USER, Hide(USER, "secret"), "other"), "secret");
}

// RFC 2868, section 3.5: a length before the password, and a salt, whose first bit is set.
TEST(RadiusSecret, TunnelPassword)
{
    const auto tagged = [](std::size_t size) { return '\3' + Password(size); };
    EXPECT_EQ(Hide(TUNNEL, tagged(0), 0), "03800005c57a26e6d876f012b9a9ab2c41341a");
    EXPECT_EQ(Hide(TUNNEL, tagged(1), 1), "038001f0a716ae6ff1b2de4564258505da0f9a");
    EXPECT_EQ(Hide(TUNNEL, tagged(15), 0xabc), "038abc9b68e7d00eb305de51afe532aaff76f1");
    EXPECT_EQ(Hide(TUNNEL, tagged(16), 0xffff),
              "03ffff89a6b52b234b3977ec9e29c1b9df2a3571034e4417fb458f443679c4ed3bc7d7");
    EXPECT_EQ(Md5(Hide(TUNNEL, tagged(239), 0x1234).substr(6)), "a7480973f58e1876576fe04f2ede3181");
    EXPECT_EQ(Hide(TUNNEL, tagged(240)), "too long");
    for (const std::size_t size : {0, 1, 15, 16, 239})
    {
        EXPECT_EQ(Reveal(TUNNEL, Hide(TUNNEL, tagged(size), 77)), tagged(size));
    }
}

// RFC 2868, section 3.5: "The contents of each Salt field in a given Access-Accept packet MUST be
// unique"; and the first bit stays set when the number runs over.
TEST(RadiusSecret, SaltsAreUnique)
{
    RadiusAttributes clear;
    for (uint8_t tag = 1; tag <= 3; ++tag)
    {
        clear.Add(RadiusKeys::TUNNEL_PASSWORD, {tag, "same"});
    }
    const auto hidden = HideRadiusAttributes(clear, SECRET, Asked(), 0x7ffe);
    ASSERT_TRUE(hidden);
    const auto& all = hidden->GetAll();
    EXPECT_EQ(Hex(L2tpByteView(all[0].value).Sub(0, 3)), "01fffe");
    EXPECT_EQ(Hex(L2tpByteView(all[1].value).Sub(0, 3)), "02ffff");
    EXPECT_EQ(Hex(L2tpByteView(all[2].value).Sub(0, 3)), "038000");
    EXPECT_EQ(*RevealRadiusAttributes(*hidden, SECRET, Asked()), clear);
}

// What can't be a hidden Tunnel-Password; and a tag above 31 "SHOULD be ignored" (section 3.5).
TEST(RadiusSecret, BadTunnelPasswords)
{
    EXPECT_FALSE(Reveal(TUNNEL, "038000"));
    EXPECT_FALSE(Reveal(TUNNEL, "03800005c57a26e6d876f012b9a9ab2c4134"));
    EXPECT_FALSE(Reveal(TUNNEL, "03800005c57a26e6d876f012b9a9ab2c41341a00"));
    // The first octet is 05 ^ 05: a length of 0. One of 15 is the most, one of 16 is too much.
    EXPECT_EQ(Reveal(TUNNEL, "0380000ac57a26e6d876f012b9a9ab2c41341a")->size(), 16U);
    EXPECT_FALSE(Reveal(TUNNEL, "03800015c57a26e6d876f012b9a9ab2c41341a"));
    EXPECT_EQ(Reveal(TUNNEL, "20800005c57a26e6d876f012b9a9ab2c41341a"), std::string(1, '\0'));
}

// RFC 2869, section 5.14: HMAC-MD5 of an Access-Request, the attribute itself being zero.
TEST(RadiusSecret, MessageAuthenticatorOfRequest)
{
    RadiusPacket request;
    request.identifier = 7;
    request.authenticator = Asked();
    request.attributes.Append(RadiusAttribute{80, std::vector<uint8_t>(16)});
    request.attributes.Add(RadiusKeys::USER_NAME, "nemo");
    request.attributes.Add(RadiusKeys::NAS_IDENTIFIER, "lac");
    auto signedByLongKey = request;
    SignRadiusRequest(request, SECRET);
    EXPECT_EQ(Hex(request.Serialize()),
              "01070031000102030405060708090a0b0c0d0e0f50122826f900505ef7fbeea364e6f9328a12"
              "01066e656d6f20056c6163");
    EXPECT_EQ(IsRadiusMessageGenuine(request, Asked(), SECRET), true);
    EXPECT_EQ(IsRadiusMessageGenuine(request, Asked(), "other"), false);
    request.attributes.Set(RadiusKeys::USER_NAME, "nema");
    EXPECT_EQ(IsRadiusMessageGenuine(request, Asked(), SECRET), false);
    request.attributes.Remove(80);
    EXPECT_EQ(IsRadiusMessageGenuine(request, Asked(), SECRET), std::nullopt);
    // RFC 2104, section 2: of a key longer than a block, the digest is the key.
    SignRadiusRequest(signedByLongKey, std::string(80, 'k'));
    EXPECT_EQ(Hex(signedByLongKey.attributes.Find(80)->value), "9a560c4f32c043ccf7cb283b7eb759c1");
}

// RFC 2869, section 5.14: of a reply, with the Request Authenticator in the place of its own.
TEST(RadiusSecret, MessageAuthenticatorOfReply)
{
    RadiusPacket reply;
    reply.code = RadiusCode::ACCESS_ACCEPT;
    reply.identifier = 7;
    reply.attributes.Add(RadiusKeys::SERVICE_TYPE, RadiusServiceType::FRAMED);
    reply.attributes.Append(RadiusAttribute{80, std::vector<uint8_t>(16)});
    SignRadiusReply(reply, Asked(), SECRET);
    EXPECT_EQ(Hex(reply.Serialize()),
              "0207002c55ac11819a791bbc1cd12101e7aba8a0060600000002"
              "501209cc2cb0385a2fdab5bed0056e613df2");
    EXPECT_EQ(IsRadiusMessageGenuine(reply, Asked(), SECRET), true);
    EXPECT_EQ(IsRadiusMessageGenuine(reply, RadiusAuthenticator(), SECRET), false);
    EXPECT_TRUE(IsRadiusReplyGenuine(reply, Asked(), SECRET));
    EXPECT_FALSE(IsRadiusReplyGenuine(reply, RadiusAuthenticator(), SECRET));
}

// RFC 2866, section 3: both Authenticators of an exchange.
TEST(RadiusSecret, Accounting)
{
    RadiusPacket request;
    request.code = RadiusCode::ACCOUNTING_REQUEST;
    request.identifier = 9;
    request.authenticator = Asked(); // whatever is there before
    request.attributes.Add(RadiusKeys::ACCT_STATUS_TYPE, 1);
    request.attributes.Add(RadiusKeys::ACCT_SESSION_ID, "00000001");
    request.attributes.Add(RadiusKeys::NAS_IDENTIFIER, "lac");
    EXPECT_FALSE(IsRadiusRequestGenuine(request, SECRET));
    SignRadiusRequest(request, SECRET);
    EXPECT_EQ(Hex(request.Serialize()),
              "04090029e10f6c059d6375b897d77d336fe738a12806000000012c0a3030303030303031"
              "20056c6163");
    EXPECT_TRUE(IsRadiusRequestGenuine(request, SECRET));
    EXPECT_FALSE(IsRadiusRequestGenuine(request, "other"));
    RadiusPacket response;
    response.code = RadiusCode::ACCOUNTING_RESPONSE;
    response.identifier = 9;
    SignRadiusReply(response, request.authenticator, SECRET);
    EXPECT_EQ(Hex(response.Serialize()), "05090014248254caaf31a47de25f5b806b378a96");
}
