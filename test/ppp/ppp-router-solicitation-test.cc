/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/ppp-router-solicitation.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <vector>

using namespace ns3;

namespace
{

using Octets = std::vector<uint8_t>;

// Checksums are computed by the formula of RFC 4443, section 2.3, elsewhere.
// clang-format off

/// From fe80::1 to ff02::2, without an option.
const Octets PLAIN{
    0x60, 0x00, 0x00, 0x00, 0x00, 0x08, 0x3a, 0xff, 0xfe, 0x80, 0, 0, 0, 0, 0, 0,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0xff, 0x02, 0, 0, 0, 0, 0, 0,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x85, 0x00, 0x7d, 0x36, 0, 0, 0, 0};

/// The same with a Source Link-Layer Address option.
const Octets WITH_OPTION{
    0x60, 0x00, 0x00, 0x00, 0x00, 0x10, 0x3a, 0xff, 0xfe, 0x80, 0, 0, 0, 0, 0, 0,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0xff, 0x02, 0, 0, 0, 0, 0, 0,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x85, 0x00, 0x7a, 0x2c, 0, 0, 0, 0,
    0x01, 0x01, 0x02, 0x00, 0x00, 0x00, 0x00, 0x01};

/// From ::, as a host has no address yet.
const Octets ANONYMOUS{
    0x60, 0x00, 0x00, 0x00, 0x00, 0x08, 0x3a, 0xff, 0x00, 0x00, 0, 0, 0, 0, 0, 0,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0x02, 0, 0, 0, 0, 0, 0,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x85, 0x00, 0x7b, 0xb8, 0, 0, 0, 0};

// clang-format on

/// Judge octets. @param octets them @return whether they are a solicitation to heed
bool
Judge(const Octets& octets)
{
    return IsPppRouterSolicitation(Create<Packet>(octets.data(), octets.size()));
}

/// Change octets. @param octets them @param at which one @param value what it is to be, and what is
/// to be taken off the checksum instead, so that it stays right @return the changed ones
Octets
With(Octets octets, std::size_t at, uint8_t value)
{
    const int shift = at % 2 ? 0 : 8;
    int sum = octets[42] << 8 | octets[43];
    sum -= (value - octets[at]) * (1 << shift);
    sum = (sum % 0xffff + 0xffff) % 0xffff;
    octets[42] = static_cast<uint8_t>(sum >> 8);
    octets[43] = static_cast<uint8_t>(sum);
    octets[at] = value;
    return octets;
}

} // namespace

TEST(PppRouterSolicitation, AValidOneIsHeeded)
{
    EXPECT_TRUE(Judge(PLAIN));
    EXPECT_TRUE(Judge(WITH_OPTION));
    EXPECT_TRUE(Judge(ANONYMOUS));
    auto padded = PLAIN; // whatever is behind it
    padded.push_back(7);
    EXPECT_TRUE(Judge(padded));
}

// RFC 4861, section 6.1.1: each rule, the checksum being right but for its own.
TEST(PppRouterSolicitation, AnInvalidOneIsDiscarded)
{
    auto far = PLAIN;
    far[7] = 254; // it has been forwarded; the hop limit is not in the checksum
    EXPECT_FALSE(Judge(far));
    auto wrong = PLAIN;
    ++wrong[43]; // checksum
    EXPECT_FALSE(Judge(wrong));
    EXPECT_TRUE(Judge(With(PLAIN, 47, 9)));         // reserved: "MUST be ignored by the receiver"
    EXPECT_FALSE(Judge(With(PLAIN, 41, 1)));        // ICMP Code
    EXPECT_FALSE(Judge(With(PLAIN, 40, 134)));      // an advertisement
    EXPECT_FALSE(Judge(With(WITH_OPTION, 49, 0)));  // an option of no length
    EXPECT_FALSE(Judge(With(WITH_OPTION, 49, 2)));  // and of too much
    EXPECT_TRUE(Judge(With(WITH_OPTION, 48, 200))); // one that nobody knows is ignored
    auto shorter = PLAIN;
    shorter[5] = 7; // "ICMP length (derived from the IP length) is 8 or more octets"
    EXPECT_FALSE(Judge(shorter));
    auto other = PLAIN;
    other[6] = 17; // UDP
    EXPECT_FALSE(Judge(other));
    auto ipv4 = PLAIN;
    ipv4[0] = 0x45;
    EXPECT_FALSE(Judge(ipv4));
}

// "If the IP source address is the unspecified address, there is no source link-layer address
// option in the message."
TEST(PppRouterSolicitation, NobodyHasNoLinkLayerAddress)
{
    auto octets = WITH_OPTION;
    octets = With(octets, 8, 0);
    octets = With(octets, 9, 0);
    octets = With(octets, 23, 0);
    EXPECT_FALSE(Judge(octets));
    EXPECT_TRUE(Judge(With(octets, 48, 200)));
}

// Whatever is cut off, nothing is read behind the end.
TEST(PppRouterSolicitation, TruncatedAtEachLength)
{
    for (std::size_t size = 0; size < WITH_OPTION.size(); ++size)
    {
        EXPECT_FALSE(Judge(Octets(WITH_OPTION.begin(), WITH_OPTION.begin() + size))) << size;
    }
}
