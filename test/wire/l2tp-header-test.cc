/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "captured-datagrams.h"
#include "octets.h"

#include "ns3/l2tp-header.h"
#include "ns3/packet.h"

#include <gtest/gtest.h>
#include <set>
#include <sstream>

using namespace ns3;

namespace
{

/// A header written by hand after figure 3.1, and what it says.
struct Example
{
    const char* hex; //!< a whole datagram: the header and four octets of payload, or a ZLB
    uint16_t length;
    uint16_t tunnelId;
    uint16_t sessionId;
    uint16_t ns;
    uint16_t nr;
    const char* offsetPad;
    std::size_t payload;
    const char* printed;
};

const Example EXAMPLES[] = {
    {"0002 1234 abcd 11223344", 0, 0x1234, 0xabcd, 0, 0, "", 4, "data tunnel=4660 session=43981"},
    {"4002 000c 1234 abcd 11223344",
     12,
     0x1234,
     0xabcd,
     0,
     0,
     "",
     4,
     "data tunnel=4660 session=43981 length=12"},
    {"0802 1234 abcd 0102 fffe 11223344",
     0,
     0x1234,
     0xabcd,
     0x0102,
     0xfffe,
     "",
     4,
     "data tunnel=4660 session=43981 Ns=258 Nr=65534"},
    {"0202 1234 abcd 0000 11223344",
     0,
     0x1234,
     0xabcd,
     0,
     0,
     "",
     4,
     "data tunnel=4660 session=43981 offset=0"},
    // "Actual data within the offset padding is undefined": not zero here.
    {"0202 1234 abcd 0003 a55aff 11223344",
     0,
     0x1234,
     0xabcd,
     0,
     0,
     "a55aff",
     4,
     "data tunnel=4660 session=43981 offset=3"},
    {"0102 1234 abcd 11223344",
     0,
     0x1234,
     0xabcd,
     0,
     0,
     "",
     4,
     "data tunnel=4660 session=43981 priority"},
    {"4b02 0014 1234 abcd 0102 fffe 0002 beef 11223344",
     20,
     0x1234,
     0xabcd,
     0x0102,
     0xfffe,
     "beef",
     4,
     "data tunnel=4660 session=43981 length=20 Ns=258 Nr=65534 offset=2 priority"},
    {"c802 000c 0001 0000 0007 0003",
     12,
     1,
     0,
     7,
     3,
     "",
     0,
     "control tunnel=1 session=0 length=12 Ns=7 Nr=3"},
    {"c802 0010 0001 0002 0007 0003 11223344",
     16,
     1,
     2,
     7,
     3,
     "",
     4,
     "control tunnel=1 session=2 length=16 Ns=7 Nr=3"},
};

/**
 * @brief Parse a whole datagram.
 * @param datagram the datagram
 * @param header receives the header
 * @return what is wrong
 */
L2tpHeaderError
Parse(const std::vector<uint8_t>& datagram, L2tpHeader& header)
{
    return L2tpHeader::Parse(datagram, datagram.size(), header);
}

/**
 * @brief Parse a datagram given in hexadecimal.
 * @param hex the datagram
 * @return what is wrong
 */
L2tpHeaderError
ErrorOf(const std::string& hex)
{
    L2tpHeader header;
    return Parse(Octets(hex), header);
}

/**
 * @brief Write a header into a buffer that is not zero before.
 * @param header the header
 * @return the octets in hexadecimal
 */
std::string
Written(const L2tpHeader& header)
{
    std::vector<uint8_t> out(header.GetSerializedSize(), 0xa5);
    header.Write(out.data());
    return Hex(out);
}

/**
 * @brief Put a datagram into a packet.
 * @param octets the datagram
 * @return the packet
 */
Ptr<Packet>
ToPacket(const std::vector<uint8_t>& octets)
{
    return Create<Packet>(octets.data(), octets.size());
}

/**
 * @brief Take the octets out of a packet.
 * @param packet the packet
 * @return its octets
 */
std::vector<uint8_t>
FromPacket(Ptr<const Packet> packet)
{
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), octets.size());
    return octets;
}

/**
 * @brief The header, without payload, that a flag word calls for; every field is distinct.
 * @param word the flag word
 * @return the octets
 */
std::vector<uint8_t>
HeaderFor(uint16_t word)
{
    std::vector<uint8_t> octets{uint8_t(word >> 8), uint8_t(word)};
    const auto append = [&octets](std::initializer_list<uint8_t> more) {
        octets.insert(octets.end(), more);
    };
    if (word & 0x4000)
    {
        append({0, 0});
    }
    append({0x11, 0x12, 0x21, 0x22});
    if (word & 0x0800)
    {
        append({0x31, 0x32, 0x41, 0x42});
    }
    if (word & 0x0200)
    {
        append({0, 3, 0x51, 0x52, 0x53});
    }
    if (word & 0x4000)
    {
        octets[3] = uint8_t(octets.size());
    }
    return octets;
}

} // namespace

// RFC 2661, section 3.1: each bit of figure 3.1 in its place, counted from the left.
TEST(L2tpHeader, Figure31BitPositions)
{
    const auto bit = [](int fromTheLeft) { return uint16_t(1u << (15 - fromTheLeft)); };
    EXPECT_EQ(L2tpHeader::FLAG_TYPE, bit(0));
    EXPECT_EQ(L2tpHeader::FLAG_LENGTH, bit(1));
    EXPECT_EQ(L2tpHeader::FLAG_SEQUENCE, bit(4));
    EXPECT_EQ(L2tpHeader::FLAG_OFFSET, bit(6));
    EXPECT_EQ(L2tpHeader::FLAG_PRIORITY, bit(7));
    EXPECT_EQ(L2tpHeader::RESERVED_BITS,
              bit(2) | bit(3) | bit(5) | bit(8) | bit(9) | bit(10) | bit(11));
    EXPECT_EQ(L2tpHeader::VERSION_BITS, bit(12) | bit(13) | bit(14) | bit(15));
}

// RFC 2661, section 3.1: octets to fields and fields to octets, by hand-written examples.
TEST(L2tpHeader, HandWrittenExamplesBothWays)
{
    for (const Example& example : EXAMPLES)
    {
        SCOPED_TRACE(example.hex);
        const std::vector<uint8_t> datagram = Octets(example.hex);
        L2tpHeader header;
        ASSERT_EQ(Parse(datagram, header), L2tpHeaderError::NONE);
        EXPECT_EQ(header.GetLength(), example.length);
        EXPECT_EQ(header.GetTunnelId(), example.tunnelId);
        EXPECT_EQ(header.GetSessionId(), example.sessionId);
        EXPECT_EQ(header.GetNs(), example.ns);
        EXPECT_EQ(header.GetNr(), example.nr);
        EXPECT_EQ(Hex(header.GetOffsetPad()), example.offsetPad);
        EXPECT_EQ(header.GetPayloadSize(datagram.size()), example.payload);
        EXPECT_EQ(header.GetSerializedSize(), datagram.size() - example.payload);
        EXPECT_EQ(Written(header), Hex({datagram.data(), datagram.size() - example.payload}));
        std::ostringstream printed;
        header.Print(printed);
        EXPECT_EQ(printed.str(), example.printed);
    }
}

// RFC 2661: 3.1-01, 3.1-02, 3.1-03, 3.1-04, 3.1-07, 3.1-08
TEST(L2tpHeader, SettersMakeTheExamples)
{
    L2tpHeader data;
    data.SetTunnelId(0x1234);
    data.SetSessionId(0xabcd);
    EXPECT_EQ(Written(data), "00021234abcd");
    data.SetPriority(true);
    EXPECT_EQ(Written(data), "01021234abcd");
    data.SetSequence(0x0102, 0xfffe);
    EXPECT_EQ(Written(data), "09021234abcd0102fffe");
    data.SetOffsetPad({0xbe, 0xef});
    EXPECT_EQ(Written(data), "0b021234abcd0102fffe0002beef");
    data.SetLength(20);
    EXPECT_EQ(Written(data), "4b0200141234abcd0102fffe0002beef");
    data.SetPriority(false);
    EXPECT_EQ(Written(data), "4a0200141234abcd0102fffe0002beef");

    // RFC 2661, section 3.1: L and S set in every control message; section 5.8: a ZLB is 12 octets.
    EXPECT_EQ(Written(L2tpHeader::MakeControl(1, 0, 7, 3, 0)), "c802000c0001000000070003");
    EXPECT_EQ(Written(L2tpHeader::MakeControl(1, 2, 7, 3, 0xff00)), "c802ff0c0001000200070003");
}

// RFC 2661, section 3.1: every combination of the 16 bits of the flag word.
// RFC 2661: 3.1-01, 3.1-02, 3.1-03, 3.1-04, 3.1-09, 7.1-02
TEST(L2tpHeader, EveryFlagWord)
{
    for (uint32_t word = 0; word <= 0xffff; ++word)
    {
        const std::vector<uint8_t> octets = HeaderFor(word);
        L2tpHeader header;
        const L2tpHeaderError error = Parse(octets, header);
        const bool control = word & 0x8000;
        if ((word & 0xf) != 2)
        {
            ASSERT_EQ(error, L2tpHeaderError::VERSION) << std::hex << word;
            continue;
        }
        if (control && ((word & 0x4800) != 0x4800 || (word & 0x0200)))
        {
            ASSERT_EQ(error, L2tpHeaderError::CONTROL_BITS) << std::hex << word;
            continue;
        }
        ASSERT_EQ(error, L2tpHeaderError::NONE) << std::hex << word;
        ASSERT_EQ(header.IsControl(), control);
        ASSERT_EQ(header.GetFlagWord(), word) << "reserved bits are kept";
        ASSERT_EQ(header.HasFlag(L2tpHeader::FLAG_PRIORITY), bool(word & 0x0100));
        ASSERT_EQ(header.HasFlag(L2tpHeader::FLAG_LENGTH | L2tpHeader::FLAG_SEQUENCE),
                  (word & 0x4800) == 0x4800);
        ASSERT_EQ(header.GetTunnelId(), 0x1112);
        ASSERT_EQ(header.GetSessionId(), 0x2122);
        ASSERT_EQ(header.GetLength(), word & 0x4000 ? octets.size() : 0);
        ASSERT_EQ(header.GetNs(), word & 0x0800 ? 0x3132 : 0);
        ASSERT_EQ(header.GetNr(), word & 0x0800 ? 0x4142 : 0);
        ASSERT_EQ(Hex(header.GetOffsetPad()), word & 0x0200 ? "515253" : "");
        ASSERT_EQ(header.GetPayloadSize(octets.size()), 0u);
        ASSERT_EQ(Written(header), Hex(octets));
    }
}

// RFC 2661, section 3.1: "Packets received with an unknown Ver field MUST be discarded".
// RFC 2661: 3.1-09
TEST(L2tpHeader, OtherVersionsAreRefused)
{
    EXPECT_EQ(ErrorOf("0001 1234 abcd 11223344"), L2tpHeaderError::VERSION) << "L2F";
    EXPECT_EQ(ErrorOf("c803 000c 00000001 0000 0000"), L2tpHeaderError::VERSION) << "L2TPv3";
}

// Robustness case 3: Length against the datagram.
TEST(L2tpHeader, LengthIsComparedWithTheDatagram)
{
    EXPECT_EQ(ErrorOf("c802 000c 0001 0000 0007 0003"), L2tpHeaderError::NONE);
    EXPECT_EQ(ErrorOf("c802 000d 0001 0000 0007 0003"), L2tpHeaderError::LENGTH);
    EXPECT_EQ(ErrorOf("c802 ffff 0001 0000 0007 0003"), L2tpHeaderError::LENGTH);
    for (const char* tooShort : {"0000", "0001", "0006", "0008", "000b"})
    {
        EXPECT_EQ(ErrorOf(std::string("c802 ") + tooShort + " 0001 0000 0007 0003 11223344"),
                  L2tpHeaderError::LENGTH)
            << tooShort;
    }
    EXPECT_EQ(ErrorOf("4002 0007 0001 0002 11223344"), L2tpHeaderError::LENGTH);
    EXPECT_EQ(ErrorOf("4002 0008 0001 0002 11223344"), L2tpHeaderError::NONE);
    EXPECT_EQ(ErrorOf("4002 000d 0001 0002 11223344"), L2tpHeaderError::LENGTH);
}

// Robustness case 3: octets behind Length are not part of the message.
TEST(L2tpHeader, OctetsBehindLengthAreNotPayload)
{
    const std::vector<uint8_t> datagram = Octets("c802 000e 0001 0000 0007 0003 1122 deadbeef");
    L2tpHeader header;
    ASSERT_EQ(Parse(datagram, header), L2tpHeaderError::NONE);
    EXPECT_EQ(header.GetPayloadSize(datagram.size()), 2u);
}

// Robustness case 10: Offset Size beyond the packet, or beyond Length.
TEST(L2tpHeader, OffsetIsComparedWithTheMessage)
{
    EXPECT_EQ(ErrorOf("0202 0001 0002 0004 11223344"), L2tpHeaderError::NONE);
    EXPECT_EQ(ErrorOf("0202 0001 0002 0005 11223344"), L2tpHeaderError::OFFSET);
    EXPECT_EQ(ErrorOf("0202 0001 0002 ffff 11223344"), L2tpHeaderError::OFFSET);
    EXPECT_EQ(ErrorOf("4202 000e 0001 0002 0004 11223344"), L2tpHeaderError::NONE);
    EXPECT_EQ(ErrorOf("4202 000d 0001 0002 0004 11223344"), L2tpHeaderError::OFFSET);
}

TEST(L2tpHeader, TruncationAtEveryLength)
{
    for (const Example& example : EXAMPLES)
    {
        SCOPED_TRACE(example.hex);
        const std::vector<uint8_t> whole = Octets(example.hex);
        const std::size_t headerSize = whole.size() - example.payload;
        for (std::size_t size = 0; size < whole.size(); ++size)
        {
            // A copy of its own, so that AddressSanitizer sees a read behind its end.
            const std::vector<uint8_t> cut(whole.begin(), whole.begin() + size);
            L2tpHeader header;
            const L2tpHeaderError error = Parse(cut, header);
            const bool hasLength = example.length != 0;
            EXPECT_EQ(error == L2tpHeaderError::NONE, size >= headerSize && !hasLength) << size;
            EXPECT_NE(error, L2tpHeaderError::VERSION);
            EXPECT_NE(error, L2tpHeaderError::CONTROL_BITS);

            L2tpHeader deserialized;
            EXPECT_EQ(ToPacket(cut)->PeekHeader(deserialized),
                      error == L2tpHeaderError::NONE ? headerSize : 0u);
            EXPECT_EQ(deserialized.GetError(), error);
        }
    }
}

// Only the prefix is at hand although the datagram is longer.
TEST(L2tpHeader, PrefixOfFourteenOctetsIsEnoughWithoutOffset)
{
    const std::vector<uint8_t> prefix = Octets("4802 05dc 1234 abcd 0102 0000 c021");
    L2tpHeader header;
    ASSERT_EQ(L2tpHeader::Parse(prefix, 1500, header), L2tpHeaderError::NONE);
    EXPECT_EQ(header.GetPayloadSize(1500), 1488u);

    const std::vector<uint8_t> offset = Octets("4a02 05dc 1234 abcd 0102 0000 0008");
    EXPECT_EQ(L2tpHeader::Parse(offset, 1500, header), L2tpHeaderError::TRUNCATED);
}

// Deserialize and Serialize through a packet give what Parse and Write give.
TEST(L2tpHeader, PacketsGiveTheSame)
{
    for (const Example& example : EXAMPLES)
    {
        SCOPED_TRACE(example.hex);
        const std::vector<uint8_t> datagram = Octets(example.hex);
        const Ptr<Packet> packet = ToPacket(datagram);
        L2tpHeader peeked;
        EXPECT_EQ(packet->PeekHeader(peeked), datagram.size() - example.payload);
        EXPECT_EQ(FromPacket(packet), datagram);

        L2tpHeader removed;
        packet->RemoveHeader(removed);
        EXPECT_EQ(removed.GetError(), L2tpHeaderError::NONE);
        EXPECT_EQ(packet->GetSize(), example.payload);
        L2tpHeader parsed;
        ASSERT_EQ(Parse(datagram, parsed), L2tpHeaderError::NONE);
        EXPECT_EQ(Written(removed), Written(parsed));

        packet->AddHeader(removed);
        EXPECT_EQ(FromPacket(packet), datagram);
    }
}

// What ns-3's HeaderSerializationTestCase asks of every header.
TEST(L2tpHeader, SerializedHeaderDeserializesAndSerializesAgain)
{
    for (const Example& example : EXAMPLES)
    {
        SCOPED_TRACE(example.hex);
        L2tpHeader header;
        ASSERT_EQ(Parse(Octets(example.hex), header), L2tpHeaderError::NONE);
        Buffer buffer;
        // The payload is there too, since Length counts it.
        buffer.AddAtStart(header.GetSerializedSize() + example.payload);
        header.Serialize(buffer.Begin());

        L2tpHeader other;
        ASSERT_EQ(other.Deserialize(buffer.Begin()), header.GetSerializedSize());
        Buffer otherBuffer;
        otherBuffer.AddAtStart(other.GetSerializedSize());
        other.Serialize(otherBuffer.Begin());
        std::vector<uint8_t> octets(header.GetSerializedSize());
        std::vector<uint8_t> otherOctets(other.GetSerializedSize());
        buffer.CopyData(octets.data(), octets.size());
        otherBuffer.CopyData(otherOctets.data(), otherOctets.size());
        EXPECT_EQ(Hex(octets), Hex(otherOctets));
    }
}

// A header object that is used again keeps nothing of what it held before.
TEST(L2tpHeader, ParsingIntoAUsedHeader)
{
    for (const Example& before : EXAMPLES)
    {
        for (const Example& example : EXAMPLES)
        {
            L2tpHeader header;
            ASSERT_EQ(Parse(Octets(before.hex), header), L2tpHeaderError::NONE);
            const std::vector<uint8_t> datagram = Octets(example.hex);
            ASSERT_EQ(Parse(datagram, header), L2tpHeaderError::NONE);
            EXPECT_EQ(Written(header), Hex({datagram.data(), datagram.size() - example.payload}));
            EXPECT_EQ(header.GetLength(), example.length);
            EXPECT_EQ(header.GetNs(), example.ns);
            EXPECT_EQ(header.GetNr(), example.nr);
        }
    }
}

// Packets may be printed whatever is in them, so Print() is total even after an error.
TEST(L2tpHeader, PrintAfterAnError)
{
    for (const char* hex : {"", "00", "ffff", "0202 0001 0002 ffff 11223344", "c802 0001 0000"})
    {
        L2tpHeader header;
        ToPacket(Octets(hex))->PeekHeader(header);
        EXPECT_NE(header.GetError(), L2tpHeaderError::NONE) << hex;
        std::ostringstream printed;
        header.Print(printed);
        EXPECT_FALSE(printed.str().empty());
    }
}

TEST(L2tpHeader, ErrorNamesDiffer)
{
    std::set<std::string> names;
    for (const L2tpHeaderError error : {L2tpHeaderError::NONE,
                                        L2tpHeaderError::TRUNCATED,
                                        L2tpHeaderError::VERSION,
                                        L2tpHeaderError::CONTROL_BITS,
                                        L2tpHeaderError::LENGTH,
                                        L2tpHeaderError::OFFSET})
    {
        names.insert(L2tpHeaderErrorName(error));
    }
    EXPECT_EQ(names.size(), 6u);
    EXPECT_EQ(names.count("unknown"), 0u);
}

// Every captured datagram, control and data, against tshark's reading of its header.
TEST(L2tpHeader, CapturedDatagramsReadAsTsharkReadsThem)
{
    for (const CapturedDatagram& captured : CAPTURED_DATAGRAMS)
    {
        SCOPED_TRACE(std::string(captured.capture) + " " + captured.frames);
        const std::vector<uint8_t> datagram = Octets(captured.hex);
        L2tpHeader header;
        ASSERT_EQ(Parse(datagram, header), L2tpHeaderError::NONE);
        std::ostringstream reading;
        if (header.HasFlag(L2tpHeader::FLAG_LENGTH))
        {
            reading << "length=" << header.GetLength() << " ";
        }
        reading << "tunnel=" << header.GetTunnelId() << " session=" << header.GetSessionId();
        if (header.HasFlag(L2tpHeader::FLAG_SEQUENCE))
        {
            reading << " Ns=" << header.GetNs() << " Nr=" << header.GetNr();
        }
        const std::string expected = captured.reading;
        EXPECT_EQ(reading.str(), expected.substr(0, expected.find('\n')));
        const std::size_t payload = header.GetPayloadSize(datagram.size());
        EXPECT_EQ(Written(header), Hex({datagram.data(), datagram.size() - payload}));
    }
}

// Regression: Length has 16 bits; a longer message went out with its size modulo 65,536.
TEST(L2tpHeaderDeathTest, TooLongAMessageStopsTheProgram)
{
    EXPECT_EQ(L2tpHeader::MakeControl(1, 0, 0, 0, 65535 - 12).GetLength(), 65535);
    EXPECT_DEATH(L2tpHeader::MakeControl(1, 0, 0, 0, 65535 - 11), "65536 octets");
}
