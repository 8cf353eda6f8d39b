/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "wire/octets.h"

#include "ns3/l2tp-hmac.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3;

// RFC 2202, section 2: all test cases for HMAC-MD5.
TEST(L2tpHmac, Rfc2202TestCases)
{
    struct Row
    {
        std::string key;    //!< octets
        std::string data;   //!< octets
        const char* digest; //!< in hexadecimal digits
    };

    const auto counting = Octets("0102030405060708090a0b0c0d0e0f10111213141516171819");
    for (const auto& row :
         {Row{std::string(16, '\x0b'), "Hi There", "9294727a3638bb1c13f48ef8158bfc9d"},
          Row{"Jefe", "what do ya want for nothing?", "750c783e6ab0b503eaa86e310a5db738"},
          Row{std::string(16, '\xaa'), std::string(50, '\xdd'), "56be34521d144c88dbb8c733f0e8b3f6"},
          Row{std::string(counting.begin(), counting.end()),
              std::string(50, '\xcd'),
              "697eaf0aca3a3aea3a75164746ffaa79"},
          Row{std::string(16, '\x0c'), "Test With Truncation", "56461ef2342edc00f9bab995690efd4c"},
          Row{std::string(80, '\xaa'),
              "Test Using Larger Than Block-Size Key - Hash Key First",
              "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"},
          Row{std::string(80, '\xaa'),
              "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data",
              "6f630fad67cda0ee1fb1f562db3aa53e"}})
    {
        const std::vector<uint8_t> key(row.key.begin(), row.key.end());
        const std::vector<uint8_t> data(row.data.begin(), row.data.end());
        const auto digest = L2tpHmacMd5(key, data.data(), data.size());
        EXPECT_EQ(Hex({digest.data(), digest.size()}), row.digest) << row.data;
    }
}
