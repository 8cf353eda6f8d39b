/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-frame-bytes.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Kind = L2tpFrameView::Kind;

/// An ICCN, as its header and its first AVP say. @return the datagram
std::vector<uint8_t>
Iccn()
{
    return L2tpFrameBytes::Message(12);
}

/// Data with offset padding that is longer than what is looked at. @return the datagram
std::vector<uint8_t>
PaddedData()
{
    std::vector<uint8_t> octets{0x02, 0x02, 0, 1, 0, 2, 0x02, 0x00};
    octets.resize(8 + 0x200 + 4);
    return octets;
}

} // namespace

// L2TP is found in IPv4 and IPv6, with any link header that ns-3 hands to error models.
TEST(L2tpFrameViewTest, EachLinkAndIpVersion)
{
    for (const auto link : {L2tpFrameBytes::IP, L2tpFrameBytes::PPP, L2tpFrameBytes::ETHERNET})
    {
        for (const bool ipv6 : {false, true})
        {
            const auto message = ViewL2tpFrame(L2tpFrameBytes::Frame(link, ipv6, Iccn()), 1701);
            EXPECT_EQ(message.kind, Kind::MESSAGE) << link << ipv6;
            EXPECT_EQ(message.messageType, 12) << link << ipv6;
            const auto zlb =
                ViewL2tpFrame(L2tpFrameBytes::Frame(link, ipv6, L2tpFrameBytes::Zlb()), 1701);
            EXPECT_EQ(zlb.kind, Kind::ZLB) << link << ipv6;
            const auto data =
                ViewL2tpFrame(L2tpFrameBytes::Frame(link, ipv6, L2tpFrameBytes::Data()), 1701);
            EXPECT_EQ(data.kind, Kind::DATA) << link << ipv6;
            const auto padded =
                ViewL2tpFrame(L2tpFrameBytes::Frame(link, ipv6, PaddedData()), 1701);
            EXPECT_EQ(padded.kind, Kind::DATA) << link << ipv6;
        }
    }
}

// Another port is another protocol.
TEST(L2tpFrameViewTest, OtherPorts)
{
    const auto frame = L2tpFrameBytes::Frame(L2tpFrameBytes::IP, false, Iccn());
    EXPECT_EQ(ViewL2tpFrame(frame, 1702).kind, Kind::OTHER);
    EXPECT_EQ(ViewL2tpFrame(frame, 40000).kind, Kind::MESSAGE) << "the other end's";
}

// Of a datagram in fragments the first one tells what it is.
TEST(L2tpFrameViewTest, Fragments)
{
    for (const bool ipv6 : {false, true})
    {
        const auto first = L2tpFrameBytes::Fragment(ipv6, 0, Iccn());
        EXPECT_EQ(ViewL2tpFrame(first, 1701).kind, Kind::MESSAGE) << ipv6;
        const auto second = L2tpFrameBytes::Fragment(ipv6, 8, Iccn());
        EXPECT_EQ(ViewL2tpFrame(second, 1701).kind, Kind::OTHER) << ipv6;
    }
}

// Whatever is cut off or turned over: no more than what is there is read.
TEST(L2tpFrameViewTest, DamagedFrames)
{
    for (const auto link : {L2tpFrameBytes::IP, L2tpFrameBytes::PPP, L2tpFrameBytes::ETHERNET})
    {
        for (const bool ipv6 : {false, true})
        {
            const auto frame = L2tpFrameBytes::Frame(link, ipv6, Iccn());
            for (uint32_t size = 0; size < frame->GetSize(); ++size)
            {
                const auto view = ViewL2tpFrame(frame->CreateFragment(0, size), 1701);
                EXPECT_EQ(view.messageType, 0) << size;
            }
            for (uint32_t at = 0; at < frame->GetSize(); ++at)
            {
                std::vector<uint8_t> octets(frame->GetSize());
                frame->CopyData(octets.data(), octets.size());
                octets[at] ^= 0xff;
                ViewL2tpFrame(Create<Packet>(octets.data(), octets.size()), 1701);
            }
        }
    }
}

// A control message whose first AVP is no Message Type has none.
TEST(L2tpFrameViewTest, AMessageWithoutAType)
{
    for (const uint32_t at : {15U, 17U}) // Vendor ID and Attribute Type
    {
        auto octets = Iccn();
        octets[at] = 9;
        const auto view =
            ViewL2tpFrame(L2tpFrameBytes::Frame(L2tpFrameBytes::IP, false, octets), 1701);
        EXPECT_EQ(view.kind, Kind::MESSAGE);
        EXPECT_EQ(view.messageType, 0);
    }
}
