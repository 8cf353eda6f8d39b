/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/ppp-ms-chap-crypto.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/// Octets as hexadecimal digits.
template <typename OCTETS>
std::string
Hex(const OCTETS& octets)
{
    return PppMsChapHex(octets.data(), octets.size());
}

/// RFC 2759, section 9.2.
const PppMsChapExchange EXCHANGE{{0x5B,
                                  0x5D,
                                  0x7C,
                                  0x7D,
                                  0x7B,
                                  0x3F,
                                  0x2F,
                                  0x3E,
                                  0x3C,
                                  0x2C,
                                  0x60,
                                  0x21,
                                  0x32,
                                  0x26,
                                  0x26,
                                  0x28},
                                 {0x21,
                                  0x40,
                                  0x23,
                                  0x24,
                                  0x25,
                                  0x5E,
                                  0x26,
                                  0x2A,
                                  0x28,
                                  0x29,
                                  0x5F,
                                  0x2B,
                                  0x3A,
                                  0x33,
                                  0x7C,
                                  0x7E},
                                 "User"};

constexpr const char* PASSWORD = "clientPass"; //!< RFC 2759, section 9.2

} // namespace

// RFC 2759, section 9.2: every value of the example, and RFC 2759, sections 8.1 to 8.7.
TEST(PppMsChapCrypto, Rfc2759HashExample)
{
    const auto challenge = PppMsChapChallengeHash(EXCHANGE);
    EXPECT_EQ(Hex(challenge), "D02E4386BCE91226");
    const auto hash = PppMsChapPasswordHash(PASSWORD);
    EXPECT_EQ(Hex(hash), "44EBBA8D5312B8D611474411F56989AE");
    constexpr const char* RESPONSE = "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF";
    EXPECT_EQ(Hex(PppMsChapChallengeResponse(challenge, hash)), RESPONSE);
    const auto response = PppMsChapNtResponse(EXCHANGE, PASSWORD);
    EXPECT_EQ(Hex(response), RESPONSE);
    EXPECT_EQ(Hex(PppMsChapHashPasswordHash(hash)), "41C00C584BD2D91C4017A2A12FA59F3F");
    EXPECT_EQ(PppMsChapAuthenticatorResponse(EXCHANGE, PASSWORD, response),
              "S=407A5589115FD0D6209F510FE9C04566932CDA56");
}

// RFC 2759, section 9.3: DES keys of the password "MyPw".
TEST(PppMsChapCrypto, Rfc2759DesKeys)
{
    EXPECT_EQ(Hex(PppMsChapPasswordHash("MyPw")), "FC156AF7EDCD6C0EDDE3337D427F4EAC");
    EXPECT_EQ(Hex(PppMsChapDesKey({0xFC, 0x15, 0x6A, 0xF7, 0xED, 0xCD, 0x6C})), "FD0B5B5E7F6E34D9");
    EXPECT_EQ(Hex(PppMsChapDesKey({0x0E, 0xDD, 0xE3, 0x33, 0x7D, 0x42, 0x7F})), "0E6E796737EA08FE");
}

// RFC 2759, section 4: "the user name is used, without any associated Windows NT domain name".
TEST(PppMsChapCrypto, DomainIsLeftOut)
{
    auto exchange = EXCHANGE;
    exchange.userName = "BIGCO\\User";
    EXPECT_EQ(PppMsChapChallengeHash(exchange), PppMsChapChallengeHash(EXCHANGE));
    exchange.userName = "User\\BIGCO";
    EXPECT_NE(PppMsChapChallengeHash(exchange), PppMsChapChallengeHash(EXCHANGE));
}

// A hash that is all zeros makes three weak DES keys, 01 in each octet; what DES makes of zeros
// with it is in NIST's tables (SP 800-17, appendix B).
TEST(PppMsChapCrypto, WeakKeys)
{
    EXPECT_EQ(Hex(PppMsChapDesKey({})), "0101010101010101");
    EXPECT_EQ(Hex(PppMsChapChallengeResponse({}, {})),
              "8CA64DE9C1B123A78CA64DE9C1B123A78CA64DE9C1B123A7");
}

// RFC 2759, section 8.3: the password is Unicode. MD4 of nothing is in RFC 1320, appendix A.5; the
// others' UTF-16, little end first, was hashed by iconv and OpenSSL.
TEST(PppMsChapCrypto, PasswordsAreUnicode)
{
    EXPECT_EQ(Hex(PppMsChapPasswordHash("")), "31D6CFE0D16AE931B73C59D7E0C089C0");
    EXPECT_EQ(Hex(PppMsChapPasswordHash("\xc3\xa4\xe2\x82\xac\xf0\x9f\x94\x91")),
              "A9C76E9BC662C84B674669F22419AEF2");
}

// Octets that aren't UTF-8 (RFC 3629, section 3) stand for themselves: alone, cut short, overlong,
// or a surrogate.
TEST(PppMsChapCrypto, PasswordsThatAreNotUtf8)
{
    // "a" 00e4 "b", 00c3 at the end, 00c0 0080, and 00ed 00a0 0080
    EXPECT_EQ(Hex(PppMsChapPasswordHash("a\xe4"
                                        "b")),
              Hex(PppMsChapPasswordHash("a\xc3\xa4"
                                        "b")));
    EXPECT_EQ(PppMsChapPasswordHash("\xc3"), PppMsChapPasswordHash("\xc3\x83"));
    EXPECT_EQ(PppMsChapPasswordHash("\xc0\x80"), PppMsChapPasswordHash("\xc3\x80\xc2\x80"));
    EXPECT_EQ(PppMsChapPasswordHash("\xed\xa0\x80"),
              PppMsChapPasswordHash("\xc3\xad\xc2\xa0\xc2\x80"));
}
