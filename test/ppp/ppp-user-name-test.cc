/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/ppp-user-name.h"

#include <gtest/gtest.h>

using namespace ns3;

TEST(PppUserName, Domain)
{
    EXPECT_EQ(PppDomainOf("bob@isp.example"), "isp.example");
    EXPECT_EQ(PppDomainOf("bob@x@ISP.Example"), "isp.example");
    EXPECT_EQ(PppDomainOf("bob"), "");
    EXPECT_EQ(PppDomainOf("bob@"), "");
    EXPECT_EQ(PppDomainOf(""), "");
    EXPECT_EQ(PppDomainOf("isp/bob"), "");
    EXPECT_EQ(PppDomainOf("ISP/bob", "@", "/"), "isp");
    EXPECT_EQ(PppDomainOf("isp/bob@other", "@", "/"), "other");
    EXPECT_EQ(PppDomainOf("bob%isp", "@%"), "isp");
    EXPECT_EQ(PppDomainOf(std::string("\0@\xff\0", 4)), std::string("\xff\0", 2));
}

// Whatever the locale is: a name's octets are not of its encoding.
TEST(PppUserName, SmallLetters)
{
    EXPECT_EQ(PppSmallLettersOf("ABCXYZabc@[`{\xc4"), "abcxyzabc@[`{\xc4");
}
