/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Which event clears a tunnel or call with which code: each is made to happen, the code is read off
// the wire, and the tables of doc/result-codes.rst are compared with what is tested here.

#include "l2tp-outgoing-result-code-rows.h"
#include "l2tp-result-code-rows.h"
#include "source-file.h"

#include "ns3/l2tp-ppp-result.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

/// How a row stands in the document. @param row it
std::string
LineOf(const L2tpResultCodeRow& row)
{
    return std::string("   \"") + row.event + "\", \"" +
           (row.end == L2tpResultCodeEnd::LAC ? "LAC" : "LNS") + "\", \"" + row.code + "\", \"" +
           row.section + "\"";
}

/// The rows of a table of the document. @param title what its directive says
std::vector<std::string>
DocumentedRows(const std::string& title)
{
    std::istringstream file(ReadSourceFile("doc/result-codes.rst"));
    std::vector<std::string> rows;
    std::string line;
    while (std::getline(file, line) && line != ".. csv-table:: " + title)
    {
    }
    // The options, an empty line, and then the rows up to the next empty line.
    while (std::getline(file, line) && !line.empty())
    {
    }
    while (std::getline(file, line) && !line.empty())
    {
        rows.push_back(line);
    }
    return rows;
}

/// Why PPP ends for good; the other reasons are those of a change of phase.
const std::vector<PppReason> PPP_ENDS{PppReason::LOWER_LAYER_DOWN,
                                      PppReason::ADMINISTRATIVE,
                                      PppReason::PEER_TERMINATED,
                                      PppReason::NO_RESPONSE,
                                      PppReason::NOT_CONVERGING,
                                      PppReason::LOOPED_BACK,
                                      PppReason::ECHO_TIMEOUT,
                                      PppReason::REJECTED_FATALLY,
                                      PppReason::NETWORK_REJECTED,
                                      PppReason::AUTH_REFUSED,
                                      PppReason::AUTH_TIMEOUT,
                                      PppReason::PEER_AUTH_FAILED,
                                      PppReason::LOCAL_AUTH_FAILED,
                                      PppReason::NO_ADDRESS,
                                      PppReason::SESSION_TIMEOUT,
                                      PppReason::IDLE_TIMEOUT,
                                      PppReason::REPLACED};

} // namespace

// RFC 2661: 4.4.2-01, 4.4.2-05, 4.4.2-06
TEST_P(L2tpResultCodesTest, IsWhatGoesOverTheWire)
{
    const L2tpResultCodeRow& row = GetParam();
    Watch(row.end);
    row.provoke(*this);
    const auto first = std::find_if(seen.begin(), seen.end(), [&row](const auto& one) {
        return one.first == row.type;
    });
    ASSERT_NE(first, seen.end());
    EXPECT_EQ(first->second, row.code);
}

INSTANTIATE_TEST_SUITE_P(Rows,
                         L2tpResultCodesTest,
                         ::testing::ValuesIn(L2tpResultCodesTest::AllRows()),
                         [](const auto& row) { return "Row" + std::to_string(row.index); });

TEST(L2tpResultCodesDocument, HasTheTestedEvents)
{
    for (const auto type : {L2tpMessageType::STOPCCN, L2tpMessageType::CDN})
    {
        std::vector<std::string> lines;
        for (const L2tpResultCodeRow& row : L2tpResultCodesTest::AllRows())
        {
            if (row.type == type)
            {
                lines.push_back(LineOf(row));
            }
        }
        EXPECT_EQ(DocumentedRows(L2tpMessageName(static_cast<uint16_t>(type))), lines);
    }
}

TEST(L2tpResultCodesDocument, HasThePppCauses)
{
    std::vector<std::string> lines;
    lines.reserve(PPP_ENDS.size());
    for (const PppReason reason : PPP_ENDS)
    {
        lines.push_back(std::string("   \"") + PppReasonName(reason) + "\", \"" +
                        L2tpResultOfPpp(reason).Describe(L2tpMessageType::CDN) + "\"");
    }
    EXPECT_EQ(DocumentedRows("PPP causes"), lines);
}

// Each code of section 4.4.2 is in one of the tables: those that are sent, and those that are not.
TEST(L2tpResultCodesDocument, LeavesNoCodeOut)
{
    std::multiset<std::string> codes;
    const auto note = [&codes](L2tpMessageType type, const std::string& words) {
        // "2/8 general error: ..." is result 2 and error 8; only there is it an error.
        const std::string number = words.substr(0, words.find(' '));
        const auto slash = number.find('/');
        codes.insert(L2tpMessageName(static_cast<uint16_t>(type)) + " " + number.substr(0, slash));
        if (number.rfind("2/", 0) == 0 || number.find("/0") != std::string::npos)
        {
            codes.insert("error " + number.substr(slash + 1));
        }
    };
    for (const L2tpResultCodeRow& row : L2tpResultCodesTest::AllRows())
    {
        note(row.type, row.code);
    }
    for (const std::string& line : DocumentedRows("Not sent"))
    {
        const std::string code = line.substr(4, line.find('"', 4) - 4);
        EXPECT_EQ(codes.count(code), 0U) << code << " is sent";
        codes.insert(code);
    }
    for (int result = 1; result <= 7; ++result)
    {
        EXPECT_GE(codes.count("StopCCN " + std::to_string(result)), 1U) << result;
    }
    for (int result = 1; result <= 11; ++result)
    {
        EXPECT_GE(codes.count("CDN " + std::to_string(result)), 1U) << result;
    }
    for (int error = 0; error <= 8; ++error)
    {
        EXPECT_GE(codes.count("error " + std::to_string(error)), 1U) << error;
    }
}
