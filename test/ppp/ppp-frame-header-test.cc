/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/buffer.h"
#include "ns3/packet.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-protocol.h"

#include <gtest/gtest.h>
#include <sstream>
#include <vector>

using namespace ns3;

namespace
{

struct Vector
{
    std::vector<uint8_t> octets; //!< the header and nothing else
    uint16_t protocol;
    bool addressControl;
    bool compressed;
};

// The first two are frames 10 and 24 of captures/xl-xl-lwip-ppp.pcap (lwIP's PPP over xl2tpd).
const Vector VECTORS[] = {
    {{0xff, 0x03, 0xc0, 0x21}, ppp_protocol::LCP, true, false},
    {{0x21}, ppp_protocol::IPV4, false, true},
    {{0xff, 0x03, 0x00, 0x21}, ppp_protocol::IPV4, true, false},
    {{0xff, 0x03, 0x21}, ppp_protocol::IPV4, true, true},
    {{0x00, 0x21}, ppp_protocol::IPV4, false, false},
    {{0xc0, 0x21}, ppp_protocol::LCP, false, false},
    {{0xc2, 0x23}, ppp_protocol::CHAP, false, false},
    {{0x80, 0x22}, 0x8022, false, false},
};

} // namespace

// RFC 1661, sections 2, 6.5 and 6.6: every form of the header, read and written.
TEST(PppFrameHeader, ForeignBytesBothWays)
{
    for (const auto& vector : VECTORS)
    {
        auto packet = Create<Packet>(vector.octets.data(), vector.octets.size());
        packet->AddPaddingAtEnd(3);
        PppFrameHeader header;
        EXPECT_EQ(packet->RemoveHeader(header), vector.octets.size());
        EXPECT_EQ(packet->GetSize(), 3u);
        EXPECT_EQ(header.GetError(), PppFrameError::NONE);
        EXPECT_EQ(header.GetProtocol(), vector.protocol);
        EXPECT_EQ(header.HasAddressControl(), vector.addressControl);
        EXPECT_EQ(header.IsCompressed(), vector.compressed);

        auto written = Create<Packet>();
        written->AddHeader(
            PppFrameHeader(vector.protocol, vector.addressControl, vector.compressed));
        std::vector<uint8_t> octets(written->GetSize());
        written->CopyData(octets.data(), octets.size());
        EXPECT_EQ(octets, vector.octets);
    }
}

// RFC 1661, section 6.5: only values that fit into one octet, and end in a 1, are compressed.
TEST(PppFrameHeader, CompressesOnlyWhatCanBe)
{
    EXPECT_TRUE(PppFrameHeader(ppp_protocol::IPV6, false, true).IsCompressed());
    EXPECT_FALSE(PppFrameHeader(ppp_protocol::IPCP, false, true).IsCompressed());
    EXPECT_FALSE(PppFrameHeader(0x0022, false, true).IsCompressed());
}

TEST(PppFrameHeader, TruncationAtEveryLength)
{
    for (const auto& vector : VECTORS)
    {
        for (std::size_t size = 0; size < vector.octets.size(); ++size)
        {
            PppFrameHeader header;
            EXPECT_EQ(PppFrameHeader::Parse(vector.octets.data(), size, header),
                      PppFrameError::TRUNCATED);
            EXPECT_EQ(Create<Packet>(vector.octets.data(), size)->PeekHeader(header), 0u);
            EXPECT_EQ(header.GetError(), PppFrameError::TRUNCATED);
        }
    }
}

// RFC 1662, section 3.1: frames with unrecognized Control field values are silently discarded.
TEST(PppFrameHeader, UnrecognizedControl)
{
    const uint8_t octets[] = {0xff, 0x13, 0xc0, 0x21};
    PppFrameHeader header;
    EXPECT_EQ(PppFrameHeader::Parse(octets, sizeof(octets), header),
              PppFrameError::UNRECOGNIZED_CONTROL);
}

// ns-3's own PppHeader::Print asserts on LCP; this one prints whatever there is.
TEST(PppFrameHeader, PrintIsTotal)
{
    std::ostringstream os;
    for (uint32_t protocol = 0; protocol <= 0xffff; ++protocol)
    {
        PppFrameHeader(static_cast<uint16_t>(protocol), true, false).Print(os);
    }
    PppFrameHeader header;
    Create<Packet>()->PeekHeader(header);
    header.Print(os);
    std::ostringstream lcp;
    PppFrameHeader(ppp_protocol::LCP, true, false).Print(lcp);
    EXPECT_EQ(lcp.str(), "PPP LCP (0xc021)");
}
