/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What packets say, field by field: bytes from RFCs, from tshark's readings, and cut short.

#include "ns3/l2tp-dissection.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// Octets from digits. @param digits pairs of hexadecimal digits, blanks between them @return them
std::vector<uint8_t>
Octets(const std::string& digits)
{
    std::string pairs;
    std::copy_if(digits.begin(), digits.end(), std::back_inserter(pairs), [](char letter) {
        return letter != ' ';
    });
    std::vector<uint8_t> octets;
    for (std::size_t at = 0; at < pairs.size(); at += 2)
    {
        octets.push_back(static_cast<uint8_t>(std::stoul(pairs.substr(at, 2), nullptr, 16)));
    }
    return octets;
}

/// Look for a field. @param dissection where @param name its name @return it, or an empty one
L2tpField
Find(const L2tpDissection& dissection, const std::string& name)
{
    const auto found = std::find_if(dissection.fields.begin(),
                                    dissection.fields.end(),
                                    [&name](const L2tpField& field) { return field.name == name; });
    return found == dissection.fields.end() ? L2tpField() : *found;
}

/// Where the parts of a packet end. @param dissection it @return octets; -1 if there is a gap
long
EndOf(const L2tpDissection& dissection)
{
    std::size_t end = 0;
    std::size_t partEnd = 0;
    for (const L2tpField& field : dissection.fields)
    {
        std::size_t& expected = field.depth == 0 ? end : partEnd;
        partEnd = field.depth == 0 ? field.offset : partEnd;
        if (field.offset != expected)
        {
            return -1;
        }
        expected += field.size;
        if (partEnd > end)
        {
            return -1;
        }
    }
    return static_cast<long>(end);
}

/// The packet of RFC 2865, section 7.1: nemo telnets to host 192.168.1.16 at port 3.
constexpr const char* ACCESS_REQUEST =
    "01 00 00 38 0f 40 3f 94 73 97 80 57 bd 83 d5 cb 98 f4 22 7a 01 06 6e 65 6d 6f 02 12 0d be 70 "
    "8d "
    "93 d4 13 ce 31 96 e4 3f 78 2a 0a ee 04 06 c0 a8 01 10 05 06 00 00 00 03";
/// A CDN with Assigned Session ID 9 and Result Code 3.
constexpr const char* CDN =
    "c802 0024 0001 0007 0002 0003 8008 0000 0000 000e 8008 0000 000e 0009 8008 0000 0001 0003";
/// An LCP Configure-Request: MRU 1450, CHAP with MD5, a Magic-Number.
constexpr const char* CONFIGURE_REQUEST =
    "ff03 c021 01 07 0013 01 04 05aa 03 05 c223 05 05 06 12345678";
/// A PAP Authenticate-Request of "alice" with the password "secret".
constexpr const char* PAP = "c023 01 02 0011 05 616c696365 06 736563726574";
/// A PADO of the Access Concentrator "lac1", for any service.
constexpr const char* PADO = "11 07 0000 000c 0101 0000 0102 0004 6c616331";

} // namespace

// RFC 2661, sections 3.1, 4.1 and 4.4.
TEST(L2tpDissectionTest, L2tp)
{
    const auto octets = Octets(CDN);
    const auto cdn = DissectL2tp(octets);
    EXPECT_EQ(cdn.name, "CDN");
    EXPECT_EQ(EndOf(cdn), 36);
    EXPECT_EQ(Find(cdn, "Session ID").value, "7");
    EXPECT_EQ(Find(cdn, "Session ID").offset, 6U);
    const auto id = Find(cdn, "Assigned Session ID");
    EXPECT_EQ(id.offset, 20U);
    EXPECT_EQ(id.size, 8U);
    EXPECT_EQ(id.value, "9");
    EXPECT_EQ(id.reference, "RFC 2661, section 4.4.4");
    EXPECT_EQ(Find(cdn, "Result Code").value, "3 call disconnected for administrative reasons");
    EXPECT_EQ(Find(cdn, "Attribute Type").value, "0") << "a part of the Message Type";
}

// RFC 2661, section 5.8
TEST(L2tpDissectionTest, Zlb)
{
    const auto octets = Octets("c802000c 0001 0000 0002 0003");
    EXPECT_EQ(DissectL2tp(octets).name, "ZLB");
    EXPECT_EQ(EndOf(DissectL2tp(octets)), 12);
}

// RFC 1661: 5.1, 6.1, 6.2 and 6.4
TEST(L2tpDissectionTest, Lcp)
{
    const auto octets = Octets(CONFIGURE_REQUEST);
    const auto request = DissectPpp(octets);
    EXPECT_EQ(request.name, "LCP Configure-Request");
    EXPECT_EQ(EndOf(request), static_cast<long>(octets.size()));
    EXPECT_EQ(Find(request, "Identifier").value, "7");
    EXPECT_EQ(Find(request, "Maximum-Receive-Unit").value, "1450 octets");
    EXPECT_EQ(Find(request, "Authentication-Protocol").value, "CHAP with MD5");
    EXPECT_EQ(Find(request, "Magic-Number").value, "0x12345678");
    EXPECT_EQ(Find(request, "Magic-Number").reference, "RFC 1661, section 6.4");
}

// RFC 1334, section 2.2.1
TEST(L2tpDissectionTest, PapPasswordIsThereToRead)
{
    const auto octets = Octets(PAP);
    const auto request = DissectPpp(octets);
    EXPECT_EQ(request.name, "PAP Authenticate-Request");
    EXPECT_EQ(request.about, "\"alice\"");
    EXPECT_EQ(Find(request, "Password").value, "\"secret\", in the clear");
    EXPECT_EQ(EndOf(request), static_cast<long>(octets.size()));
}

// RFC 1994, sections 4.1 and 4.2
TEST(L2tpDissectionTest, Chap)
{
    const auto octets = Octets("c223 01 05 000c 03 a1b2c3 6c6e7331");
    const auto challenge = DissectPpp(octets);
    EXPECT_EQ(challenge.name, "CHAP Challenge");
    EXPECT_EQ(Find(challenge, "Value").value, "a1b2c3");
    EXPECT_EQ(Find(challenge, "Name").value, "\"lns1\"");
    const auto success = Octets("c223 03 05 0006 4f4b");
    EXPECT_EQ(Find(DissectPpp(success), "Message").value, "\"OK\"");
}

// RFC 2516: 5.2
TEST(L2tpDissectionTest, Pppoe)
{
    const auto octets = Octets(PADO);
    const auto offer = DissectPppoe(octets);
    EXPECT_EQ(offer.name, "PADO");
    EXPECT_EQ(Find(offer, "Service-Name").size, 4U);
    EXPECT_EQ(Find(offer, "AC-Name").value, "\"lac1\"");
    EXPECT_EQ(Find(offer, "AC-Name").reference, "RFC 2516, Appendix A");
}

// RFC 2865: 7.1
TEST(L2tpDissectionTest, Radius)
{
    const auto octets = Octets(ACCESS_REQUEST);
    const auto request = DissectRadius(octets);
    EXPECT_EQ(request.name, "Access-Request");
    EXPECT_EQ(EndOf(request), 56);
    EXPECT_EQ(Find(request, "User-Name").value, "\"nemo\"");
    EXPECT_EQ(Find(request, "NAS-IP-Address").value, "192.168.1.16");
    EXPECT_EQ(Find(request, "NAS-Port").value, "3");
    EXPECT_EQ(Find(request, "NAS-Port").reference, "RFC 2865, section 5.5");
    EXPECT_EQ(Find(request, "User-Password").value, "hidden, 0x0dbe708d93d413ce3196e43f782a0aee");
}

// Whatever is cut off or behind: all octets belong to a field, and none to two.
TEST(L2tpDissectionTest, FieldsHaveAllOctetsOnce)
{
    const std::pair<const char*, L2tpDissection (*)(L2tpByteView)> packets[] = {
        {CDN, &DissectL2tp},
        {CONFIGURE_REQUEST, &DissectPpp},
        {PAP, &DissectPpp},
        {PADO, &DissectPppoe},
        {ACCESS_REQUEST, &DissectRadius}};
    for (const auto& [digits, dissect] : packets)
    {
        auto octets = Octets(digits);
        octets.push_back(0);
        for (std::size_t size = 0; size <= octets.size(); ++size)
        {
            // A copy of its own, so that a sanitizer sees what is read beyond the end.
            const std::vector<uint8_t> cut(octets.begin(), octets.begin() + size);
            EXPECT_EQ(EndOf(dissect(cut)), static_cast<long>(size)) << digits;
        }
    }
}
