/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The traffic class of the IP packet in a PPP frame.

#include "inner-ip-frames.h"
#include "wire/octets.h"

#include "ns3/boolean.h"
#include "ns3/flow-id-tag.h"
#include "ns3/global-value.h"
#include "ns3/l2tp-inner-ip.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// A frame of octets. @param hex they
Ptr<Packet>
Frame(const std::string& hex)
{
    const auto octets = Octets(hex);
    return Create<Packet>(octets.data(), octets.size());
}

class L2tpInnerIpTest : public ::testing::Test
{
  protected:
    void TearDown() override
    {
        GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    }
};

} // namespace

// RFC 1661, sections 6.5 and 6.6: Protocol, Address and Control may be compressed.
TEST_F(L2tpInnerIpTest, IsFoundBehindEachKindOfPppHeader)
{
    for (const int version : {4, 6})
    {
        const uint16_t protocol = version == 4 ? ppp_protocol::IPV4 : ppp_protocol::IPV6;
        for (const bool addressControl : {false, true})
        {
            for (const bool compressed : {false, true})
            {
                SCOPED_TRACE(std::to_string(version) + (addressControl ? " ff03" : "") +
                             (compressed ? " compressed" : ""));
                const PppFrameHeader ppp(protocol, addressControl, compressed);
                const auto frame = IpFrame(version, 0xb9, &ppp);
                L2tpInnerIp inner(frame);
                EXPECT_TRUE(inner.IsThere());
                EXPECT_EQ(inner.GetTrafficClass(), 0xb9);
                inner.SetTrafficClass(frame, 0x5e);
                EXPECT_EQ(inner.GetTrafficClass(), 0x5e);
                EXPECT_EQ(OctetsOf(frame), OctetsOf(IpFrame(version, 0x5e, &ppp)));
            }
        }
    }
}

TEST_F(L2tpInnerIpTest, IsNotThere)
{
    const std::string ipv4 = "4500001400000000401100000a0800020a030002";
    EXPECT_TRUE(L2tpInnerIp(Frame("ff030021" + ipv4)).IsThere());
    EXPECT_FALSE(L2tpInnerIp(Frame("")).IsThere());
    EXPECT_FALSE(L2tpInnerIp(Frame("ff03")).IsThere());
    EXPECT_FALSE(L2tpInnerIp(Frame("ff030021")).IsThere());
    EXPECT_FALSE(L2tpInnerIp(Frame("ff0300214500")).IsThere());
    EXPECT_FALSE(L2tpInnerIp(Frame("ff030021" + ipv4.substr(2))).IsThere()) << "too short";
    EXPECT_FALSE(L2tpInnerIp(Frame("ff040021" + ipv4)).IsThere()) << "no PPP";
    EXPECT_FALSE(L2tpInnerIp(Frame("ff03c021" + ipv4)).IsThere()) << "LCP";
    EXPECT_FALSE(L2tpInnerIp(Frame("ff0300fd" + ipv4)).IsThere()) << "compressed data";
    EXPECT_FALSE(L2tpInnerIp(Frame("ff030057" + ipv4 + ipv4)).IsThere()) << "not version 6";
    EXPECT_FALSE(L2tpInnerIp(Frame("ff0300216" + ipv4.substr(1))).IsThere()) << "not version 4";
    const auto lcp = Frame("ff03c02109010008");
    L2tpInnerIp(lcp).SetTrafficClass(lcp, 0xb8);
    EXPECT_EQ(OctetsOf(lcp), Octets("ff03c02109010008"));
}

// RFC 1624: the checksum changes with the header, for any octet before and after.
TEST_F(L2tpInnerIpTest, ChecksumFollows)
{
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    for (uint32_t before = 0; before < 256; before += 3)
    {
        for (uint32_t now = 0; now < 256; ++now)
        {
            const auto frame = IpFrame(4, static_cast<uint8_t>(before));
            L2tpInnerIp(frame).SetTrafficClass(frame, static_cast<uint8_t>(now));
            ASSERT_EQ(OctetsOf(frame), OctetsOf(IpFrame(4, static_cast<uint8_t>(now))))
                << before << " " << now;
        }
    }
}

TEST_F(L2tpInnerIpTest, WrongChecksumStaysWrong)
{
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    auto octets = OctetsOf(IpFrame(4, 0));
    octets[4 + 10] ^= 0x10;
    auto wanted = OctetsOf(IpFrame(4, 3));
    const auto frame = Create<Packet>(octets.data(), octets.size());
    L2tpInnerIp(frame).SetTrafficClass(frame, 3);
    auto packet = frame->Copy();
    packet->RemoveAtStart(4);
    Ipv4Header ip;
    ip.EnableChecksum();
    packet->RemoveHeader(ip);
    EXPECT_FALSE(ip.IsChecksumOk());
    EXPECT_EQ(ip.GetTos(), 3);
}

// ns-3's own header has no options (RFC 791, section 3.1), and lengths from the network may lie.
TEST_F(L2tpInnerIpTest, NothingElseChanges)
{
    const std::string after = "00001c12342000401100000a0800020a030002";
    for (const std::string first : {"45", "46", "4f", "40", "41"})
    {
        SCOPED_TRACE(first);
        const auto frame = Frame("21" + first + "00" + after + "94040000abcdef01");
        L2tpInnerIp(frame).SetTrafficClass(frame, 0x2e);
        EXPECT_EQ(OctetsOf(frame), Octets("21" + first + "2e" + after + "94040000abcdef01"));
    }
}

// What follows packets by tags, finds them on; and ns-3 finds the headers where they were.
TEST_F(L2tpInnerIpTest, PacketStaysTheSame)
{
    for (const int version : {4, 6})
    {
        SCOPED_TRACE(version);
        auto frame = IpFrame(version, 0);
        frame->AddPacketTag(FlowIdTag(7));
        frame->AddByteTag(FlowIdTag(8));
        const uint64_t uid = frame->GetUid();
        L2tpInnerIp(frame).SetTrafficClass(frame, 1);
        EXPECT_EQ(frame->GetUid(), uid);
        FlowIdTag tag;
        EXPECT_TRUE(frame->PeekPacketTag(tag));
        EXPECT_EQ(tag.GetFlowId(), 7U);
        PppFrameHeader ppp;
        Ipv4Header ipv4;
        Ipv6Header ipv6;
        frame->RemoveHeader(ppp);
        frame->RemoveHeader(version == 4 ? static_cast<Header&>(ipv4) : ipv6);
        ASSERT_TRUE(frame->FindFirstMatchingByteTag(tag));
        EXPECT_EQ(tag.GetFlowId(), 8U);
        EXPECT_EQ(frame->GetSize(), 100U);
    }
}
