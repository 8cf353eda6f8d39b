/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "octets.h"

#include "ns3/l2tp-avp.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

using namespace ns3;

namespace
{

/**
 * @brief Parse the AVP at the start of some octets, all of which must be left alone if it is bad.
 * @param hex the octets
 * @return what is wrong
 */
L2tpAvpError
ErrorOf(const std::string& hex)
{
    const std::vector<uint8_t> octets = Octets(hex);
    L2tpByteView rest(octets);
    L2tpAvp avp;
    const L2tpAvpError error = ParseL2tpAvp(rest, avp);
    if (error != L2tpAvpError::NONE)
    {
        EXPECT_EQ(rest.data(), octets.data());
        EXPECT_EQ(rest.size(), octets.size());
    }
    return error;
}

} // namespace

// RFC 2661, section 4.1: each field of the figure in its place, both ways.
TEST(L2tpAvp, FieldsBothWays)
{
    const std::vector<uint8_t> octets = Octets("800a 0102 0304 a1a2a3a4");
    L2tpByteView rest(octets);
    L2tpAvp avp;
    ASSERT_EQ(ParseL2tpAvp(rest, avp), L2tpAvpError::NONE);
    EXPECT_TRUE(avp.IsMandatory());
    EXPECT_FALSE(avp.IsHidden());
    EXPECT_FALSE(avp.HasReservedBits());
    EXPECT_EQ(avp.vendor, 0x0102);
    EXPECT_EQ(avp.type, 0x0304);
    EXPECT_EQ(Hex(avp.value), "a1a2a3a4");
    EXPECT_TRUE(rest.empty());

    std::vector<uint8_t> body = Octets("ee");
    AppendL2tpAvp(avp, body);
    EXPECT_EQ(Hex(body), "ee" + Hex(octets));
}

// RFC 2661, section 4.1: M, H and the four reserved bits, in every combination.
TEST(L2tpAvp, EveryCombinationOfTheSixBits)
{
    for (uint16_t bits = 0; bits < 64; ++bits)
    {
        const auto first = uint8_t(bits << 2);
        const std::vector<uint8_t> octets{first, 7, 0, 0, 0, 8, 0x78};
        L2tpByteView rest(octets);
        L2tpAvp avp;
        ASSERT_EQ(ParseL2tpAvp(rest, avp), L2tpAvpError::NONE);
        EXPECT_EQ(avp.flags, bits << 10);
        EXPECT_EQ(avp.IsMandatory(), bool(bits & 0x20));
        EXPECT_EQ(avp.IsHidden(), bool(bits & 0x10));
        EXPECT_EQ(avp.HasReservedBits(), bool(bits & 0x0f));
        std::vector<uint8_t> body;
        AppendL2tpAvp(avp, body);
        EXPECT_EQ(Hex(body), Hex(octets)) << "reserved bits are kept";
    }
}

// Robustness cases 1 and 2: Length 0 to 5. RFC 2661, section 4.1: "The minimum Length is 6".
TEST(L2tpAvp, LengthBelowSixIsAnError)
{
    for (const char* word : {"8000", "8001", "8002", "8003", "8004", "8005", "0000", "7c05"})
    {
        EXPECT_EQ(ErrorOf(word + std::string(" 0000 0001 0001 0000")), L2tpAvpError::TOO_SHORT)
            << word;
    }
}

// RFC 2661, section 4.1: "If the length is 6, then the Attribute Value field is absent".
TEST(L2tpAvp, LengthSixHasNoValue)
{
    const std::vector<uint8_t> octets = Octets("8006 0000 0027");
    L2tpByteView rest(octets);
    L2tpAvp avp;
    ASSERT_EQ(ParseL2tpAvp(rest, avp), L2tpAvpError::NONE);
    EXPECT_EQ(avp.type, 39);
    EXPECT_TRUE(avp.value.empty());
    EXPECT_TRUE(rest.empty());
    std::vector<uint8_t> body;
    AppendL2tpAvp(avp, body);
    EXPECT_EQ(Hex(body), "800600000027");
}

// Robustness case 3: an AVP longer than the message.
TEST(L2tpAvp, OverrunIsAnError)
{
    EXPECT_EQ(ErrorOf("8008 0000 0009 00"), L2tpAvpError::OVERRUN);
    EXPECT_EQ(ErrorOf("8009 0000 0009 0001"), L2tpAvpError::OVERRUN);
    EXPECT_EQ(ErrorOf("83ff 0000 0009 0001"), L2tpAvpError::OVERRUN);
}

TEST(L2tpAvp, TruncationAtEveryLength)
{
    const std::vector<uint8_t> whole = Octets("800a 0000 0003 00000003");
    for (std::size_t size = 0; size < whole.size(); ++size)
    {
        EXPECT_EQ(ErrorOf(Hex({whole.data(), size})),
                  size < 6 ? L2tpAvpError::TRUNCATED : L2tpAvpError::OVERRUN)
            << size;
    }
}

// RFC 2661, section 4.1: Length has 10 bits, so an AVP has at most 1023 octets.
TEST(L2tpAvp, LongestAvp)
{
    std::vector<uint8_t> octets = Octets("83ff 0000 0007");
    octets.resize(1023, 0x61);
    octets.push_back(0xee);
    L2tpByteView rest(octets);
    L2tpAvp avp;
    ASSERT_EQ(ParseL2tpAvp(rest, avp), L2tpAvpError::NONE);
    EXPECT_EQ(avp.value.size(), 1017u);
    EXPECT_EQ(rest.size(), 1u);
    std::vector<uint8_t> body;
    AppendL2tpAvp(avp, body);
    octets.pop_back();
    EXPECT_EQ(Hex(body), Hex(octets));
}

TEST(L2tpAvpDeathTest, TooLongAValueStopsTheProgram)
{
    const std::vector<uint8_t> value(1018, 0x61);
    std::vector<uint8_t> body;
    EXPECT_DEATH(AppendL2tpAvp({0, 0, 7, value}, body), "AVP 7 has 1018 octets");
}

// Robustness case 4: what follows an unknown AVP is found.
TEST(L2tpAvp, SeveralInARow)
{
    const std::vector<uint8_t> octets = Octets(
        "8008 0000 0000 0006  0009 0de9 0002 112233  8006 0000 0027  800a 0000 000f 00000005");
    L2tpByteView rest(octets);
    std::vector<L2tpAvp> avps;
    while (!rest.empty())
    {
        L2tpAvp avp;
        ASSERT_EQ(ParseL2tpAvp(rest, avp), L2tpAvpError::NONE);
        avps.push_back(avp);
    }
    ASSERT_EQ(avps.size(), 4u);
    EXPECT_EQ(avps[1].vendor, 0x0de9);
    EXPECT_EQ(avps[1].type, 2);
    EXPECT_FALSE(avps[1].IsMandatory());
    EXPECT_EQ(Hex(avps[1].value), "112233");
    EXPECT_EQ(avps[3].type, 15);
    EXPECT_EQ(Hex(avps[3].value), "00000005");

    // The values are views of the octets, none is a copy.
    EXPECT_EQ(avps[0].value.data(), octets.data() + 6);
    EXPECT_EQ(avps[1].value.data(), octets.data() + 8 + 6);
    EXPECT_EQ(avps[2].value.data(), octets.data() + 8 + 9 + 6);
    EXPECT_EQ(avps[3].value.data(), octets.data() + 8 + 9 + 6 + 6);

    std::vector<uint8_t> body;
    for (const L2tpAvp& avp : avps)
    {
        AppendL2tpAvp(avp, body);
    }
    EXPECT_EQ(Hex(body), Hex(octets));
}

// The first error ends the reading: an AVP before it has been given, none behind it is guessed.
TEST(L2tpAvp, GoodThenBad)
{
    const std::vector<uint8_t> octets = Octets("8008 0000 0000 0006  8003 0000 0009 0001");
    L2tpByteView rest(octets);
    L2tpAvp avp;
    ASSERT_EQ(ParseL2tpAvp(rest, avp), L2tpAvpError::NONE);
    EXPECT_EQ(ParseL2tpAvp(rest, avp), L2tpAvpError::TOO_SHORT);
    EXPECT_EQ(rest.size(), 8u);
}

TEST(L2tpAvp, ErrorNamesDiffer)
{
    std::set<std::string> names;
    for (const L2tpAvpError error : {L2tpAvpError::NONE,
                                     L2tpAvpError::TRUNCATED,
                                     L2tpAvpError::TOO_SHORT,
                                     L2tpAvpError::OVERRUN})
    {
        names.insert(L2tpAvpErrorName(error));
    }
    EXPECT_EQ(names.size(), 4u);
    EXPECT_EQ(names.count("unknown"), 0u);
}

TEST(L2tpByteView, SubStaysWithinTheView)
{
    const std::vector<uint8_t> octets = Octets("00010203");
    const L2tpByteView view(octets);
    EXPECT_EQ(Hex(view.Sub(1, 2)), "0102");
    EXPECT_EQ(Hex(view.Sub(1)), "010203");
    EXPECT_EQ(Hex(view.Sub(3, 9)), "03");
    EXPECT_TRUE(view.Sub(4).empty());
    EXPECT_TRUE(L2tpByteView().Sub(0).empty());
    EXPECT_EQ(L2tpByteView().ToString(), "");
    EXPECT_EQ(view.ToString(), std::string("\0\1\2\3", 4));
}
