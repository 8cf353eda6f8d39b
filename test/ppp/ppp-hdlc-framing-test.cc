/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tshark.h"
#include "wire/octets.h"

#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-hdlc-framing.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

using Bytes = std::vector<uint8_t>;

constexpr std::size_t MAX_FRAME = 1600; //!< what the decoders here hold

/// The table of RFC 1662, Appendix C.1, by the program that stands there.
std::array<uint16_t, 256>
FcsTable()
{
    std::array<uint16_t, 256> table{};
    for (unsigned b = 0; b < 256; ++b)
    {
        unsigned v = b;
        for (int i = 8; i--;)
        {
            v = (v & 1) != 0 ? (v >> 1) ^ 0x8408 : v >> 1;
        }
        table[b] = static_cast<uint16_t>(v);
    }
    return table;
}

/// pppfcs16() of RFC 1662, Appendix C.2, from PPPINITFCS16 on.
uint16_t
RfcFcs(const Bytes& octets)
{
    static const auto TABLE = FcsTable();
    uint16_t fcs = 0xffff;
    for (const uint8_t octet : octets)
    {
        fcs = (fcs >> 8) ^ TABLE[(fcs ^ octet) & 0xff];
    }
    return fcs;
}

/// What an encoder makes of a frame, in hexadecimal.
std::string
Encoded(const PppHdlcEncoder& encoder, const std::string& frame, bool opening = true)
{
    const Bytes octets = Octets(frame);
    Bytes out;
    encoder.Encode(octets.data(), octets.size(), opening, out);
    return Hex(out);
}

/// An encoder that escapes no control characters.
PppHdlcEncoder
ClearEncoder()
{
    PppHdlcEncoder encoder;
    encoder.SetAccm(0);
    return encoder;
}

/// What a decoder makes of octets, "frame(HEX) bad-fcs "...
std::string
Decoded(PppHdlcDecoder& decoder, const Bytes& octets)
{
    static const std::array<const char*, 7>
        NAMES{"none", "frame", "bad-fcs", "too-short", "aborted", "too-long", "bad-octet"};
    std::string log;
    for (const uint8_t octet : octets)
    {
        const auto result = decoder.Push(octet);
        if (result == PppHdlcResult::FRAME)
        {
            log += "frame(" + Hex(decoder.GetFrame()) + ") ";
        }
        else if (result != PppHdlcResult::NONE)
        {
            log += std::string(NAMES.at(static_cast<std::size_t>(result))) + " ";
        }
    }
    return log;
}

/// A decoder that removes these octets.
PppHdlcDecoder
Decoder(uint32_t accm, std::size_t maxFrame = MAX_FRAME)
{
    PppHdlcDecoder decoder(maxFrame);
    decoder.SetAccm(accm);
    return decoder;
}

/// The same, of hexadecimal digits and by a decoder of its own.
std::string
Decoded(const std::string& hex, uint32_t accm = 0)
{
    auto decoder = Decoder(accm);
    return Decoded(decoder, Octets(hex));
}

} // namespace

// RFC 1662, Appendix C.2: the values at the corners of the printed table.
TEST(PppHdlcFcs, TheReferenceIsTheRfcs)
{
    const auto table = FcsTable();
    EXPECT_EQ(table[0], 0x0000);
    EXPECT_EQ(table[1], 0x1189);
    EXPECT_EQ(table[7], 0x74bf);
    EXPECT_EQ(table[128], 0x8408);
    EXPECT_EQ(table[248], 0x7bc7);
    EXPECT_EQ(table[255], 0x0f78);
}

// RFC 1662, Appendix C.2: "tryfcs16", the complement when sending, 0xf0b8 when receiving.
TEST(PppHdlcFcs, IsTheOneOfAppendixC)
{
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 600; ++size)
    {
        Bytes frame(size);
        std::generate(frame.begin(), frame.end(), [&random] { return random(); });
        ASSERT_EQ(PppFcs16(frame.data(), frame.size()), RfcFcs(frame) ^ 0xffff);
        AppendPppFcs16(frame);
        ASSERT_EQ(RfcFcs(frame), 0xf0b8);
        ASSERT_TRUE(CheckPppFcs16(frame.data(), frame.size()));
        frame[random() % frame.size()] ^= 1 << random() % 8;
        ASSERT_FALSE(CheckPppFcs16(frame.data(), frame.size()));
    }
}

// The check value by which catalogues of CRCs know this one (ITU-T X.25, ISO/IEC 3309).
TEST(PppHdlcFcs, CheckValue)
{
    const std::string digits = "123456789";
    EXPECT_EQ(PppFcs16(reinterpret_cast<const uint8_t*>(digits.data()), digits.size()), 0x906e);
}

// RFC 1662, section 4.2: "A few examples may make this more clear."
TEST(PppHdlcEncoder, EscapesAsTheExamplesDo)
{
    PppHdlcEncoder encoder;
    EXPECT_EQ(Encoded(encoder, "7e").substr(0, 6), "7e7d5e"); // Flag Sequence
    EXPECT_EQ(Encoded(encoder, "7d").substr(0, 6), "7e7d5d"); // Control Escape
    EXPECT_EQ(Encoded(encoder, "03").substr(0, 6), "7e7d23"); // ETX
    EXPECT_EQ(Encoded(encoder, "11").substr(0, 6), "7e7d31"); // XON
    EXPECT_EQ(Encoded(encoder, "13").substr(0, 6), "7e7d33"); // XOFF
    EXPECT_EQ(Encoded(encoder, "91").substr(0, 4), "7e91");
    EXPECT_TRUE(encoder.AddEscape(0x91));
    EXPECT_TRUE(encoder.AddEscape(0x93));
    EXPECT_EQ(Encoded(encoder, "91").substr(0, 6), "7e7db1"); // XON with parity set
    EXPECT_EQ(Encoded(encoder, "93").substr(0, 6), "7e7db3"); // XOFF with parity set
}

// RFC 1662, Appendix B: what valid PPP LCP frames begin with.
TEST(PppHdlcEncoder, BeginsAsAppendixBSays)
{
    const std::string request = "ff03c02101010004";
    PppHdlcEncoder encoder;
    EXPECT_EQ(Encoded(encoder, request).substr(0, 12), "7eff7d23c021");
    EXPECT_TRUE(encoder.AddEscape(0xff));
    EXPECT_EQ(Encoded(encoder, request).substr(0, 14), "7e7ddf7d23c021");
    // An IPv4 packet, the map being empty: Control stands in the clear.
    EXPECT_EQ(Encoded(ClearEncoder(), "ff03002145").substr(0, 12), "7eff03002145");
}

// RFC 1662, section 7.1: "If the bit is cleared to zero, then that octet need not be mapped."
TEST(PppHdlcEncoder, HonoursEachBitOfTheAccm)
{
    for (uint8_t octet = 0; octet < 0x20; ++octet)
    {
        PppHdlcEncoder encoder;
        encoder.SetAccm(1U << octet);
        Bytes out;
        Bytes all(256);
        for (std::size_t i = 0; i < all.size(); ++i)
        {
            all[i] = static_cast<uint8_t>(i);
        }
        encoder.Encode(all.data(), all.size(), true, out);
        Bytes expected{0x7e};
        AppendPppFcs16(all);
        for (const uint8_t plain : all)
        {
            if (plain == octet || plain == 0x7d || plain == 0x7e)
            {
                expected.push_back(0x7d);
                expected.push_back(plain ^ 0x20);
            }
            else
            {
                expected.push_back(plain);
            }
        }
        expected.push_back(0x7e);
        EXPECT_EQ(Hex(out), Hex(expected));
    }
}

// RFC 1661, section 5: LCP's codes 1 to 7 are sent as if no options had been negotiated.
TEST(PppHdlcEncoder, SendsLcpWithTheDefaultAccm)
{
    const auto encoder = ClearEncoder();
    const auto escapes = [&encoder](const std::string& frame) {
        return Encoded(encoder, frame).substr(0, 6) == "7eff7d"; // Control, 03, is escaped
    };
    for (int code = 1; code <= 12; ++code)
    {
        const Bytes octet{static_cast<uint8_t>(code)};
        EXPECT_EQ(escapes("ff03c021" + Hex(octet) + "010004"), code <= 7) << code;
    }
    EXPECT_FALSE(escapes("ff03802101010004")); // IPCP
    EXPECT_FALSE(escapes("ff03c021"));         // no code at all
}

// RFC 1662, section 7.1: the transmitter MAY escape 0x40 to 0xff, except 0x5e.
TEST(PppHdlcEncoder, RefusesToEscapeWhatWouldBecomeSpecial)
{
    PppHdlcEncoder encoder;
    for (int octet = 0; octet < 256; ++octet)
    {
        EXPECT_EQ(encoder.AddEscape(static_cast<uint8_t>(octet)), octet >= 0x40 && octet != 0x5e);
    }
    // Whatever is escaped, no control character and no second flag shows up.
    Bytes all(256);
    for (std::size_t i = 0; i < all.size(); ++i)
    {
        all[i] = static_cast<uint8_t>(i);
    }
    Bytes out;
    encoder.Encode(all.data(), all.size(), true, out);
    EXPECT_EQ(std::count(out.begin(), out.end(), 0x7e), 2);
    EXPECT_EQ(std::count_if(out.begin(), out.end(), [](uint8_t o) { return o < 0x20; }), 0);
    PppHdlcDecoder decoder(MAX_FRAME);
    EXPECT_EQ(Decoded(decoder, out), "frame(" + Hex(all) + ") ");
}

// RFC 1662, section 4.4.2: "a Flag Sequence may serve as both a frame end and a frame begin".
TEST(PppHdlcEncoder, LeavesOutTheOpeningFlagWhenToldTo)
{
    const auto encoder = ClearEncoder();
    const std::string frame = "ff0300214500";
    EXPECT_EQ(Encoded(encoder, frame, true), "7e" + Encoded(encoder, frame, false));
    EXPECT_EQ(Decoded(Encoded(encoder, frame, true) + Encoded(encoder, frame, false)),
              "frame(" + frame + ") frame(" + frame + ") ");
}

// RFC 1662, section 3.1: two Flag Sequences in a row are an empty frame, silently discarded.
TEST(PppHdlcDecoder, EmptyFramesAreNothing)
{
    EXPECT_EQ(Decoded("7e7e7e7e"), "");
}

// RFC 1662, section 4.3: shorter than four octets, FCS included.
TEST(PppHdlcDecoder, ShortFramesAreNoFcsErrors)
{
    EXPECT_EQ(Decoded("7e ff 7e"), "too-short ");
    EXPECT_EQ(Decoded("7e ff0300 7e"), "too-short ");
    EXPECT_EQ(Decoded("7e ff030021 7e"), "bad-fcs ");
}

// RFC 1662, sections 4.2 and 4.3: Control Escape and then the Flag Sequence.
TEST(PppHdlcDecoder, AbortedFramesAreNoFcsErrors)
{
    EXPECT_EQ(Decoded("7e ff030021450000 7d 7e"), "aborted ");
    EXPECT_EQ(Decoded("7e 7d 7e"), "aborted ");
    const std::string good = Encoded(ClearEncoder(), "ff03002145");
    EXPECT_EQ(Decoded("7e ff03 7d " + good), "aborted frame(ff03002145) ");
}

// RFC 1662, section 4.2: removed if flagged in the receiving ACCM, before unescaping and the FCS.
TEST(PppHdlcDecoder, RemovesWhatIsInTheReceivingAccm)
{
    PppHdlcEncoder encoder;
    const std::string frame = "ff03002145001103";
    std::string noisy;
    const std::string clean = Encoded(encoder, frame);
    for (std::size_t at = 0; at < clean.size(); at += 2)
    {
        noisy += "11" + clean.substr(at, 2) + "13"; // also between Control Escape and its octet
    }
    EXPECT_EQ(PppHdlcDecoder(MAX_FRAME).GetAccm(), 0xffffffff); // section 7.1
    EXPECT_EQ(Decoded(noisy, 0xffffffff), "frame(" + frame + ") ");
    EXPECT_EQ(Decoded(noisy, 1U << 0x11 | 1U << 0x13), "frame(" + frame + ") ");
    EXPECT_EQ(Decoded(noisy, 1U << 0x11), "bad-fcs "); // XOFF isn't removed
    EXPECT_EQ(Decoded(Encoded(ClearEncoder(), frame), 1U << 0x03), "bad-fcs "); // sent in the clear
}

// RFC 1662, section 4.2: "Receiving implementations MUST correctly process all Control Escape
// sequences", of octets that nobody would have to escape too.
TEST(PppHdlcDecoder, UnescapesEverything)
{
    Bytes frame(256);
    for (std::size_t i = 0; i < frame.size(); ++i)
    {
        frame[i] = static_cast<uint8_t>(i);
    }
    Bytes plain = frame;
    AppendPppFcs16(plain);
    Bytes octets{0x7e};
    for (const uint8_t octet : plain)
    {
        // What would become a flag stays as it is, and the control characters that others become
        // are not in this receiver's map.
        if (octet != 0x5e)
        {
            octets.push_back(0x7d);
        }
        octets.push_back(octet != 0x5e ? octet ^ 0x20 : octet);
    }
    octets.push_back(0x7e);
    auto decoder = Decoder(0);
    EXPECT_EQ(Decoded(decoder, octets), "frame(" + Hex(frame) + ") ");
}

// RFC 1662, section 4.1: nothing is in a frame before the first Flag Sequence.
TEST(PppHdlcDecoder, SkipsWhatComesBeforeTheFirstFlag)
{
    EXPECT_EQ(Decoded("434f4e4e454354 7d" + Encoded(ClearEncoder(), "ff03002145")),
              "frame(ff03002145) ");
}

// RFC 1662, section 4.3: a "0" stop bit is no FCS error; the next Flag Sequence begins anew.
TEST(PppHdlcDecoder, AViolationOfOctetFramingSpoilsTheFrame)
{
    const Bytes good = Octets(Encoded(ClearEncoder(), "ff03002145"));
    auto decoder = Decoder(0);
    EXPECT_EQ(decoder.PushViolation(), PppHdlcResult::NONE); // no frame yet
    EXPECT_EQ(Decoded(decoder, Octets("7eff03")), "");
    EXPECT_EQ(decoder.PushViolation(), PppHdlcResult::BAD_OCTET);
    EXPECT_EQ(decoder.PushViolation(), PppHdlcResult::NONE); // the same frame
    EXPECT_EQ(Decoded(decoder, Octets("0021")), "");
    EXPECT_EQ(Decoded(decoder, good), "frame(ff03002145) ");
}

// Exactly as long as the receiver holds, and one octet more.
TEST(PppHdlcDecoder, HoldsWhatItSaysAndNoMore)
{
    const auto encoder = ClearEncoder();
    const Bytes frame = Octets("ff0300214500");
    Bytes octets;
    encoder.Encode(frame.data(), frame.size(), true, octets);
    auto exact = Decoder(0, frame.size());
    EXPECT_EQ(Decoded(exact, octets), "frame(ff0300214500) ");
    auto less = Decoder(0, frame.size() - 1);
    EXPECT_EQ(Decoded(less, octets), "too-long ");
    // It takes the next one that fits.
    EXPECT_EQ(Decoded(less, Octets(Encoded(encoder, "ff03002145", false))), "frame(ff03002145) ");

    EXPECT_EQ(Decoded(less, Bytes(1000000, 0x55)), "too-long ");
    EXPECT_LE(less.GetFrame().capacity(), 64U); // of a million octets without a flag
    less.Reset();
    EXPECT_EQ(Decoded(less, octets), "too-long ");
}

// Any frame with any map comes back as it was, alone or one behind the other.
TEST(PppHdlcProperty, WhatIsEncodedComesBack)
{
    std::mt19937 random(2);
    PppHdlcEncoder encoder;
    PppHdlcDecoder decoder(MAX_FRAME);
    Bytes octets;
    for (int round = 0; round < 5000; ++round)
    {
        // The sender may escape more than the receiver asks for, and not less.
        const uint32_t accm = random();
        decoder.SetAccm(accm);
        encoder.SetAccm(accm | random());
        Bytes frame(2 + random() % 200);
        std::generate(frame.begin(), frame.end(), [&random] { return random(); });
        octets.clear();
        encoder.Encode(frame.data(), frame.size(), round == 0 || random() % 2 == 0, octets);
        ASSERT_EQ(Decoded(decoder, octets), "frame(" + Hex(frame) + ") ");
    }
}

// Whatever comes: the memory is bounded, and after the next flag a good frame is understood.
TEST(PppHdlcProperty, AnyOctetsAreSurvived)
{
    std::mt19937 random(3);
    PppHdlcDecoder decoder(300);
    const Bytes good = Octets(Encoded(ClearEncoder(), "ff0300214500"));
    for (int round = 0; round < 5000; ++round)
    {
        decoder.SetAccm(random() % 2 == 0 ? 0 : random());
        const auto size = random() % 800;
        for (std::size_t i = 0; i < size; ++i)
        {
            switch (random() % 12)
            {
            case 0:
                decoder.Push(0x7e);
                break;
            case 1:
                decoder.Push(0x7d);
                break;
            case 2:
                decoder.PushViolation();
                break;
            default:
                decoder.Push(random());
            }
            ASSERT_LE(decoder.GetFrame().size(), 302U);
        }
        decoder.SetAccm(0);
        const std::string log = Decoded(decoder, good);
        const std::string end = "frame(ff0300214500) ";
        ASSERT_GE(log.size(), end.size());
        ASSERT_EQ(log.substr(log.size() - end.size()), end);
    }
}

// RFC 1662, section 3.1: whichever bit is damaged, flags included, no wrong frame comes out.
TEST(PppHdlcProperty, NoDamagedBitPassesAsAGoodFrame)
{
    const Bytes frame = Octets("ff030021450000547d7e11130001");
    Bytes clean;
    ClearEncoder().Encode(frame.data(), frame.size(), true, clean);
    for (std::size_t bit = 0; bit < clean.size() * 8; ++bit)
    {
        Bytes octets = clean;
        octets[bit / 8] ^= 1 << bit % 8;
        auto decoder = Decoder(0);
        EXPECT_EQ(Decoded(decoder, octets).find("frame("), std::string::npos) << bit;
        // A flag that follows ends whatever is left.
        EXPECT_NE(Decoded(decoder, Octets("7e")).substr(0, 6), "frame(") << bit;
    }
}

// A foreign decoder: Wireshark's, which removes flags and escapes, and checks the FCS.
TEST(PppHdlcProperty, TsharkReadsWhatIsEncoded)
{
    if (!HasTshark())
    {
        GTEST_SKIP() << "there is no tshark to judge";
    }
    std::mt19937 random(4);
    PppHdlcEncoder encoder;
    std::vector<Bytes> packets;
    std::string expected;
    for (int round = 0; round < 200; ++round)
    {
        encoder.SetAccm(random());
        // An LCP Echo-Request, which says how long it is; the data may be anything.
        Bytes frame = Octets("ff03 c021 09");
        const std::size_t size = 8 + random() % 100;
        frame.push_back(static_cast<uint8_t>(round));
        frame.push_back(0);
        frame.push_back(static_cast<uint8_t>(size));
        while (frame.size() < 4 + size)
        {
            frame.push_back(static_cast<uint8_t>(random()));
        }
        packets.emplace_back();
        encoder.Encode(frame.data(), frame.size(), true, packets.back());
        const Bytes data(frame.begin() + 12, frame.end());
        expected += std::to_string(round) + " " + std::to_string(size) + " 1 " + Hex(data) + "\n";
    }
    std::string read;
    ASSERT_TRUE(AskTshark(::testing::TempDir() + "ppp-hdlc-framing-test.pcap",
                          147, // the first of those that users may assign
                          packets,
                          "-o 'uat:user_dlts:\"User 0 (DLT=147)\",\"ppp_raw_hdlc\",\"0\",\"\","
                          "\"0\",\"\"' -o ppp.fcs_type:16-Bit -T fields -E separator=/s "
                          "-e ppp.identifier -e ppp.length -e ppp.fcs.status -e lcp.data",
                          read));
    EXPECT_EQ(read, expected);
}
