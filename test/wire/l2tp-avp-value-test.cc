/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "octets.h"

#include "ns3/l2tp-avp-value.h"

#include <gtest/gtest.h>
#include <string>

using namespace ns3;

namespace
{

/**
 * @brief Check a value and its octets in both directions.
 * @param value the value
 * @param hex the octets
 */
template <typename T>
void
ExpectBothWays(const T& value, const std::string& hex)
{
    std::vector<uint8_t> out = Octets("ee");
    AppendL2tpValue(value, out);
    EXPECT_EQ(Hex(out), "ee" + Hex(Octets(hex)));
    T read{};
    EXPECT_TRUE(ReadL2tpValue(Octets(hex), read)) << hex;
    EXPECT_TRUE(read == value) << hex;
}

/**
 * @brief Check which sizes of octets a type refuses, and that a refused value is left alone.
 * @param before any value of the type
 * @param isRight tells whether a size is right
 */
template <typename T, typename IsRight>
void
ExpectSizes(const T& before, IsRight isRight)
{
    for (std::size_t size = 0; size <= 40; ++size)
    {
        const std::vector<uint8_t> octets(size, 0x5a);
        T value = before;
        EXPECT_EQ(ReadL2tpValue(octets, value), isRight(size)) << size;
        if (!isRight(size))
        {
            EXPECT_TRUE(value == before) << size;
        }
    }
}

/**
 * @brief Make a test of one size.
 * @param only the size
 * @return a function that tells whether a size is the one
 */
auto
Exactly(std::size_t only)
{
    return [only](std::size_t size) { return size == only; };
}

} // namespace

// RFC 2661, section 6: "All data is sent in network order (high order octets first)".
TEST(L2tpAvpValue, Integers)
{
    ExpectBothWays(uint16_t(0x0102), "0102");
    ExpectBothWays(uint16_t(0xffff), "ffff");
    ExpectBothWays(uint32_t(0x01020304), "01020304");
    ExpectBothWays(uint32_t(0xfffefdfc), "fffefdfc");
    ExpectBothWays(uint64_t(0x0102030405060708), "0102030405060708");
    ExpectBothWays(uint64_t(0xfffefdfcfbfaf9f8), "fffefdfcfbfaf9f8");
    ExpectSizes(uint16_t(7), Exactly(2));
    ExpectSizes(uint32_t(7), Exactly(4));
    ExpectSizes(uint64_t(7), Exactly(8));
}

// RFC 2661, section 4.4.3: Host Name, Challenge and others are any octets, zero among them.
TEST(L2tpAvpValue, Strings)
{
    ExpectBothWays(std::string("lac.example"), "6c61632e6578616d706c65");
    ExpectBothWays(std::string("\0\xff\0", 3), "00ff00");
    ExpectBothWays(std::string(), "");
    ExpectBothWays(std::string(1017, 'x'), Hex(std::vector<uint8_t>(1017, 'x')));
}

// RFC 2661, section 4.4.4: "This AVP has no Attribute Value field".
TEST(L2tpAvpValue, Presence)
{
    ExpectBothWays(L2tpPresence{}, "");
    ExpectSizes(L2tpPresence{}, Exactly(0));
}

// RFC 2661, section 4.4.2: Result Code, Error Code (opt), Error Message (opt).
TEST(L2tpAvpValue, ResultCode)
{
    ExpectBothWays(L2tpResultCode{6, {}, {}}, "0006");
    ExpectBothWays(L2tpResultCode{2, 8, {}}, "0002 0008");
    ExpectBothWays(L2tpResultCode{2, 8, "AVP 77"}, "0002 0008 415650203737");
    ExpectBothWays(L2tpResultCode{5, 0x0100, {}}, "0005 0100");
    // Robustness case 9: a Result Code of 2 octets is good, half an Error Code is not.
    ExpectSizes(L2tpResultCode{1, 2, "kept"},
                [](std::size_t size) { return size == 2 || size >= 4; });
}

// RFC 2661, section 4.4.2: a message can't be present without an Error Code.
TEST(L2tpAvpValue, ResultCodeWithMessageButNoErrorCode)
{
    std::vector<uint8_t> out;
    AppendL2tpValue(L2tpResultCode{1, {}, "not sent"}, out);
    EXPECT_EQ(Hex(out), "0001");
}

// RFC 2661, section 4.4.4: Cause Code, Cause Msg, Advisory Msg.
TEST(L2tpAvpValue, Q931Cause)
{
    ExpectBothWays(L2tpQ931Cause{16, 0x45, ""}, "0010 45");
    ExpectBothWays(L2tpQ931Cause{0x0102, 0x4d, "gone"}, "0102 4d 676f6e65");
    // Robustness case 8: an advisory message as long as an AVP can hold.
    ExpectBothWays(L2tpQ931Cause{1, 2, std::string(1014, 'a')},
                   "0001 02" + Hex(std::vector<uint8_t>(1014, 'a')));
    ExpectSizes(L2tpQ931Cause{1, 2, "kept"}, [](std::size_t size) { return size >= 3; });
}

// RFC 2661, section 4.4.6: six counters behind two reserved octets.
// RFC 2661: 4.4.6-01, 6.0-01
TEST(L2tpAvpValue, CallErrors)
{
    ExpectBothWays(
        L2tpCallErrors{0x11121314, 0x21222324, 0x31323334, 0x41424344, 0x51525354, 0x61626364},
        "0000 11121314 21222324 31323334 41424344 51525354 61626364");
    ExpectSizes(L2tpCallErrors{1, 2, 3, 4, 5, 6}, Exactly(26));
}

// RFC 2661, section 4.4.6: Send ACCM, then Receive ACCM, behind two reserved octets.
// RFC 2661: 6.0-01
TEST(L2tpAvpValue, Accm)
{
    ExpectBothWays(L2tpAccm{0x000a0000, 0xfffffffe}, "0000 000a0000 fffffffe");
    ExpectBothWays(L2tpAccm{}, "0000 ffffffff ffffffff");
    ExpectSizes(L2tpAccm{1, 2}, Exactly(10));
}

// RFC 2661, section 4.4.6: reserved octets "MUST be 0" when sent; a reader does not look at them.
TEST(L2tpAvpValue, ReservedOctetsAreNotRead)
{
    L2tpAccm accm;
    EXPECT_TRUE(ReadL2tpValue(Octets("ffff 00000001 00000002"), accm));
    EXPECT_TRUE((accm == L2tpAccm{1, 2}));
    L2tpCallErrors errors;
    EXPECT_TRUE(ReadL2tpValue(Octets("ffff 00000001 00000002 00000003 00000004 00000005 00000006"),
                              errors));
    EXPECT_TRUE((errors == L2tpCallErrors{1, 2, 3, 4, 5, 6}));
}

// RFC 3145, section 2, figure 1.
TEST(L2tpAvpValue, DisconnectCause)
{
    ExpectBothWays(L2tpDisconnectCause{16, 0xc223, 1, "no"}, "0010 c223 01 6e6f");
    ExpectBothWays(L2tpDisconnectCause{0xfffe, 0, 0xff, ""}, "fffe 0000 ff");
    ExpectSizes(L2tpDisconnectCause{1, 2, 3, "4"}, [](std::size_t size) { return size >= 5; });
}
