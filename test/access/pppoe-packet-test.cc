/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What PPPoE packets look like (RFC 2516, sections 4 and 5, Appendices A and B; RFC 4638).

#include "ppp/tshark.h"
#include "wire/octets.h"

#include "ns3/packet.h"
#include "ns3/pppoe-packet.h"

#include <gtest/gtest.h>
#include <random>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// Read octets that are good.
PppoeDiscovery
Read(const std::string& hex)
{
    PppoeDiscovery packet;
    EXPECT_EQ(PppoeDiscovery::Parse(Octets(hex), packet), PppoeError::NONE) << hex;
    return packet;
}

/// The form of octets.
PppoeError
ErrorOf(const std::string& hex)
{
    PppoeDiscovery packet;
    return PppoeDiscovery::Parse(Octets(hex), packet);
}

const char* const PADI = "11 09 0000 0004 0101 0000"; //!< Appendix B, behind ETHER_TYPE

/// Appendix B, behind ETHER_TYPE.
const char* const PADO = "11 07 0000 0020 0101 0000 0102 0018"
                         "476f2052 65644261 636b202d 20657368 73686573 686f6f74";

} // namespace

// RFC 2516, Appendix B, first figure.
TEST(PppoePacketTest, PadiOfAppendixB)
{
    PppoeDiscovery padi(PppoeCode::PADI);
    padi.Add(PppoeTagType::SERVICE_NAME, "");
    EXPECT_EQ(Hex(padi.Serialize()), Hex(Octets(PADI)));
    const auto read = Read(PADI);
    EXPECT_EQ(read.GetCode(), PppoeCode::PADI);
    EXPECT_EQ(read.GetSessionId(), 0);
    EXPECT_EQ(read.GetTags(), padi.GetTags());
    EXPECT_EQ(read.Check(), PppoeError::NONE);
}

// RFC 2516, Appendix B, second figure.
TEST(PppoePacketTest, PadoOfAppendixB)
{
    PppoeDiscovery pado(PppoeCode::PADO);
    pado.Add(PppoeTagType::SERVICE_NAME, "");
    pado.Add(PppoeTagType::AC_NAME, "Go RedBack - eshsheshoot");
    EXPECT_EQ(Hex(pado.Serialize()), Hex(Octets(PADO)));
    const auto read = Read(PADO);
    EXPECT_EQ(read.GetText(PppoeTagType::AC_NAME), "Go RedBack - eshsheshoot");
    EXPECT_EQ(read.Check(), PppoeError::NONE);
}

// RFC 2516, Appendix B, third figure.
TEST(PppoePacketTest, SessionPacketOfAppendixB)
{
    auto packet = Create<Packet>(Octets("c021").data(), 2);
    packet->AddHeader(PppoeHeader(PppoeCode::SESSION, 0x1234, 2));
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), octets.size());
    EXPECT_EQ(Hex(octets), "110012340002c021");
    PppoeHeader header;
    EXPECT_EQ(packet->RemoveHeader(header), 6U);
    EXPECT_EQ(header.GetError(), PppoeError::NONE);
    EXPECT_EQ(header.GetCode(), PppoeCode::SESSION);
    EXPECT_EQ(header.GetSessionId(), 0x1234);
    EXPECT_EQ(header.GetLength(), 2);
    std::ostringstream words;
    header.Print(words);
    EXPECT_EQ(words.str(), "PPPoE session session=4660 length=2");
}

// RFC 2516, section 4: VER and TYPE MUST be 1; LENGTH is the payload's.
TEST(PppoePacketTest, BadHeaders)
{
    for (const std::string part : {"", "11", "11 09 0000 00"})
    {
        EXPECT_EQ(ErrorOf(part), PppoeError::TRUNCATED) << part;
    }
    EXPECT_EQ(ErrorOf("21 09 0000 0004 0101 0000"), PppoeError::VERSION);
    EXPECT_EQ(ErrorOf("12 09 0000 0004 0101 0000"), PppoeError::VERSION);
    EXPECT_EQ(ErrorOf("11 09 0000 0005 0101 0000"), PppoeError::LENGTH);
    EXPECT_EQ(ErrorOf("11 00 0000 0004 0101 0000"), PppoeError::CODE); // not of this stage
    EXPECT_EQ(ErrorOf("11 08 0000 0004 0101 0000"), PppoeError::CODE);
}

// Short Ethernet frames are padded to 46 octets: what is behind LENGTH doesn't count.
TEST(PppoePacketTest, PaddingIsNoPartOfThePacket)
{
    const auto read = Read(std::string(PADI) + std::string(72, 'f'));
    EXPECT_EQ(read.GetTags().size(), 1U);
    EXPECT_EQ(Hex(read.Serialize()), Hex(Octets(PADI)));
}

// RFC 2516, section 5 and Appendix A; RFC 4638, section 4.
TEST(PppoePacketTest, Tags)
{
    EXPECT_EQ(ErrorOf("11 09 0000 0003 0101 00"), PppoeError::TAG_TRUNCATED);
    EXPECT_EQ(ErrorOf("11 09 0000 0005 0101 0002 61 62"), PppoeError::TAG_TRUNCATED);
    EXPECT_EQ(ErrorOf("11 09 0000 0005 0000 0001 00"), PppoeError::TAG_VALUE); // End-Of-List
    EXPECT_EQ(ErrorOf("11 09 0000 0007 0105 0003 000001"), PppoeError::TAG_VALUE);
    EXPECT_EQ(ErrorOf("11 09 0000 0008 0105 0004 01000001"), PppoeError::TAG_VALUE);
    EXPECT_EQ(ErrorOf("11 09 0000 0005 0120 0001 05"), PppoeError::TAG_VALUE);
    EXPECT_EQ(ErrorOf("11 09 0000 0007 0120 0003 0005dc"), PppoeError::TAG_VALUE);
    const auto read = Read("11 09 0000 0020 0101 0003 697370 0103 0002 0001 0120 0002 05dc"
                           "7777 0001 55 0105 0004 00000de9"
                           "ff");
    EXPECT_EQ(read.GetTags().size(), 5U);
    EXPECT_TRUE(read.Has(PppoeTagType::SERVICE_NAME, "isp"));
    EXPECT_FALSE(read.Has(PppoeTagType::SERVICE_NAME, ""));
    EXPECT_EQ(read.GetMaxPayload(), 1500);
    EXPECT_EQ(read.Check(), PppoeError::NONE); // the unknown TAG is ignored
    EXPECT_EQ(read.Find(PppoeTagType::AC_COOKIE), nullptr);
    EXPECT_EQ(read.FindError(), nullptr);
}

// RFC 2516, Appendix A: "there are no further TAGs in the list".
TEST(PppoePacketTest, NothingIsReadBehindEndOfList)
{
    const std::string hex = "11 09 0000 000b 0101 0000 0000 0000 0102 ff";
    const auto read = Read(hex);
    EXPECT_EQ(read.GetTags().size(), 1U);
    EXPECT_EQ(Hex(read.Serialize()), Hex(Octets(hex)));
}

// RFC 2516, sections 5.1 to 5.5: which SESSION_ID, Service-Name and AC-Name each code has.
TEST(PppoePacketTest, WhatEachCodeDemands)
{
    struct Row
    {
        PppoeCode code;
        uint16_t sessionId;
        int services;
        int names;
        PppoeTagType error; // END_OF_LIST: none
        PppoeError result;
    };

    const auto none = PppoeTagType::END_OF_LIST;
    const std::vector<Row> rows{
        {PppoeCode::PADI, 0, 1, 0, none, PppoeError::NONE},
        {PppoeCode::PADI, 1, 1, 0, none, PppoeError::SESSION_ID},
        {PppoeCode::PADI, 0, 0, 0, none, PppoeError::TAG_COUNT},
        {PppoeCode::PADI, 0, 2, 0, none, PppoeError::TAG_COUNT},
        {PppoeCode::PADO, 0, 1, 1, none, PppoeError::NONE},
        {PppoeCode::PADO, 0, 3, 1, none, PppoeError::NONE},
        {PppoeCode::PADO, 9, 1, 1, none, PppoeError::SESSION_ID},
        {PppoeCode::PADO, 0, 1, 0, none, PppoeError::TAG_COUNT},
        {PppoeCode::PADO, 0, 1, 2, none, PppoeError::TAG_COUNT},
        {PppoeCode::PADO, 0, 0, 1, none, PppoeError::TAG_COUNT},
        {PppoeCode::PADO, 0, 0, 0, PppoeTagType::GENERIC_ERROR, PppoeError::NONE},
        {PppoeCode::PADR, 0, 1, 0, none, PppoeError::NONE},
        {PppoeCode::PADR, 7, 1, 0, none, PppoeError::SESSION_ID},
        {PppoeCode::PADR, 0, 0, 0, none, PppoeError::TAG_COUNT},
        {PppoeCode::PADR, 0, 2, 0, none, PppoeError::TAG_COUNT},
        {PppoeCode::PADS, 7, 1, 0, none, PppoeError::NONE},
        {PppoeCode::PADS, 0xffff, 1, 0, none, PppoeError::SESSION_ID}, // section 4
        {PppoeCode::PADS, 0, 1, 0, none, PppoeError::SESSION_ID},
        {PppoeCode::PADS, 7, 0, 0, none, PppoeError::TAG_COUNT},
        {PppoeCode::PADS, 0, 0, 0, PppoeTagType::SERVICE_NAME_ERROR, PppoeError::NONE},
        {PppoeCode::PADS, 0, 1, 0, PppoeTagType::AC_SYSTEM_ERROR, PppoeError::NONE},
        {PppoeCode::PADS, 7, 1, 0, PppoeTagType::AC_SYSTEM_ERROR, PppoeError::SESSION_ID},
        {PppoeCode::PADT, 7, 0, 0, none, PppoeError::NONE},
        {PppoeCode::PADT, 0, 0, 0, none, PppoeError::SESSION_ID},
        {PppoeCode::PADT, 7, 0, 0, PppoeTagType::GENERIC_ERROR, PppoeError::NONE},
    };
    for (const auto& row : rows)
    {
        PppoeDiscovery packet(row.code, row.sessionId);
        for (int i = 0; i < row.services; ++i)
        {
            packet.Add(PppoeTagType::SERVICE_NAME, "s");
        }
        for (int i = 0; i < row.names; ++i)
        {
            packet.Add(PppoeTagType::AC_NAME, "n");
        }
        if (row.error != none)
        {
            packet.Add(row.error, "no");
        }
        EXPECT_EQ(packet.Check(), row.result) << Hex(packet.Serialize());
    }
}

TEST(PppoePacketTest, Names)
{
    EXPECT_STREQ(PppoeCodeName(PppoeCode::PADT), "PADT");
    EXPECT_STREQ(PppoeCodeName(static_cast<PppoeCode>(3)), "unknown");
    EXPECT_STREQ(PppoeTagName(PppoeTagType::HOST_UNIQ), "Host-Uniq");
    EXPECT_STREQ(PppoeTagName(static_cast<PppoeTagType>(3)), "unknown");
    EXPECT_STREQ(PppoeErrorName(PppoeError::TAG_COUNT), "tag-count");
    EXPECT_STREQ(PppoeErrorName(static_cast<PppoeError>(99)), "unknown");
}

// Every TAG in every packet, as Wireshark reads it.
TEST(PppoePacketTest, TsharkReadsWhatWeWrite)
{
    if (!HasTshark())
    {
        GTEST_SKIP() << "there is no tshark to judge";
    }
    std::vector<std::vector<uint8_t>> frames;
    std::string expected;
    for (const auto& info : PPPOE_CODES)
    {
        const uint16_t session = info.sessionId == PppoeCodeInfo::SessionId::ZERO ? 0 : 0x1234;
        PppoeDiscovery packet(info.code, session);
        packet.Add(PppoeTagType::SERVICE_NAME, "isp");
        packet.Add(PppoeTagType::AC_NAME, "ac-1");
        packet.Add(PppoeTagType::HOST_UNIQ, Octets("00ff"));
        packet.Add(PppoeTagType::AC_COOKIE, Octets("0badcafe"));
        packet.Add(PppoeTagType::RELAY_SESSION_ID, Octets("010203"));
        packet.AddMaxPayload(1500);
        packet.Add(PppoeTagType::SERVICE_NAME_ERROR, "no");
        packet.Add(PppoeTagType::AC_SYSTEM_ERROR, "full");
        packet.Add(PppoeTagType::GENERIC_ERROR, "oops");
        auto frame = Octets("020000000001 020000000002 8863");
        const auto octets = packet.Serialize();
        frame.insert(frame.end(), octets.begin(), octets.end());
        frames.push_back(frame);
        char line[120];
        std::snprintf(
            line,
            sizeof(line),
            "0x%02x\t0x%04x\t%d\tisp\tac-1\t00ff\t0badcafe\t010203\t05dc\tno\tfull\toops\n",
            static_cast<unsigned>(info.code),
            session,
            static_cast<int>(octets.size() - 6));
        expected += line;
    }
    const std::string name = ::testing::TempDir() + "l2tp-pppoe-packet-test.pcap";
    std::string output;
    ASSERT_TRUE(AskTshark(name,
                          1,
                          frames,
                          "-T fields -e pppoe.code -e pppoe.session_id -e pppoe.payload_length "
                          "-e pppoed.tags.service_name -e pppoed.tags.ac_name "
                          "-e pppoed.tags.host_uniq -e pppoed.tags.ac_cookie "
                          "-e pppoed.tags.relay_session_id -e pppoed.tags.max_payload "
                          "-e pppoed.tags.service_name_error -e pppoed.tags.ac_system_error "
                          "-e pppoed.tags.generic_error",
                          output));
    EXPECT_EQ(output, expected);
    ASSERT_TRUE(
        AskTshark(name, 1, frames, "-Y '_ws.malformed || _ws.expert.severity == error'", output));
    EXPECT_EQ(output, "");
}

// Random packets come back as they were; damaged and random octets give a value that serialises to
// the very octets, or an error.
TEST(PppoePacketTest, AnyOctets)
{
    std::mt19937 random(2516);
    const auto below = [&random](std::size_t limit) { return random() % limit; };
    int good = 0;
    int bad = 0;
    for (int n = 0; n < 100000; ++n)
    {
        PppoeDiscovery made(PPPOE_CODES[below(PPPOE_CODES.size())].code,
                            static_cast<uint16_t>(random()));
        for (auto tags = below(6); tags > 0; --tags)
        {
            auto type = PPPOE_TAGS[1 + below(PPPOE_TAGS.size() - 1)].type;
            if (below(8) == 0)
            {
                type = static_cast<PppoeTagType>(0x4000 + below(1000));
            }
            std::vector<uint8_t> value(below(20));
            for (auto& octet : value)
            {
                octet = static_cast<uint8_t>(random());
            }
            if (type == PppoeTagType::PPP_MAX_PAYLOAD)
            {
                value.resize(2);
            }
            else if (type == PppoeTagType::VENDOR_SPECIFIC)
            {
                value.resize(4 + value.size());
                value[0] = 0;
            }
            made.Add(type, value);
        }
        auto octets = made.Serialize();
        PppoeDiscovery read;
        ASSERT_EQ(PppoeDiscovery::Parse(octets, read), PppoeError::NONE);
        ASSERT_EQ(read.Serialize(), octets);
        ASSERT_EQ(read.GetTags(), made.GetTags());

        for (auto changes = 1 + below(4); changes > 0; --changes)
        {
            octets[below(octets.size())] = static_cast<uint8_t>(random());
        }
        octets.resize(below(8) ? octets.size() : below(octets.size() + 1));
        if (PppoeDiscovery::Parse(octets, read) == PppoeError::NONE)
        {
            const auto again = read.Serialize();
            ASSERT_LE(again.size(), octets.size());
            ASSERT_TRUE(std::equal(again.begin(), again.end(), octets.begin()));
            read.Check();
            ++good;
        }
        else
        {
            ++bad;
        }
    }
    EXPECT_GT(good, 10000);
    EXPECT_GT(bad, 10000);
}
