/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "wire/octets.h"

#include "ns3/l2tp-digest.h"

#include <gtest/gtest.h>
#include <string>

using namespace ns3;

namespace
{

std::string
Hex(const L2tpMd5Digest& digest)
{
    return ns3::Hex({digest.data(), digest.size()});
}

} // namespace

// RFC 1321, appendix A.5: the test suite's own results.
TEST(L2tpDigest, Rfc1321TestSuite)
{
    EXPECT_EQ(Hex(L2tpMd5().Finish()), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(Hex(L2tpMd5().Add(std::string("a")).Finish()), "0cc175b9c0f1b6a831c399e269772661");
    EXPECT_EQ(Hex(L2tpMd5().Add(std::string("abc")).Finish()), "900150983cd24fb0d6963f7d28e17f72");
    EXPECT_EQ(Hex(L2tpMd5().Add(std::string("message digest")).Finish()),
              "f96b697d7cb7938d525a2f31aaf161d0");
}

TEST(L2tpDigest, PiecesAreConcatenated)
{
    const uint8_t bc[] = {'b', 'c'};
    EXPECT_EQ(Hex(L2tpMd5().Add(uint8_t('a')).Add(bc, sizeof(bc)).Finish()),
              "900150983cd24fb0d6963f7d28e17f72");
}
