/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/l2tp-result-code.h"

#include <algorithm>
#include <cctype>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// A code: the RFC's sentence, and the shorter one that is shown to people.
struct Words
{
    const char* rfc;   //!< as RFC 2661, section 4.4.2, has it
    const char* shown; //!< as Describe() has it
};

const std::vector<Words> STOP_RESULTS = {
    {"Reserved", "reserved"},
    {"General request to clear control connection", "general request to clear control connection"},
    {"General error--Error Code indicates the problem", "general error"},
    {"Control channel already exists", "control channel already exists"},
    {"Requester is not authorized to establish a control channel",
     "requester is not authorized to establish a control channel"},
    {"The protocol version of the requester is not supported. Error Code indicates highest version "
     "supported",
     "protocol version not supported"},
    {"Requester is being shut down", "requester is being shut down"},
    {"Finite State Machine error", "finite state machine error"},
};

const std::vector<Words> CALL_RESULTS = {
    {"Reserved", "reserved"},
    {"Call disconnected due to loss of carrier", "call disconnected due to loss of carrier"},
    {"Call disconnected for the reason indicated in error code", "general error"},
    {"Call disconnected for administrative reasons",
     "call disconnected for administrative reasons"},
    {"Call failed due to lack of appropriate facilities being available (temporary condition)",
     "lack of appropriate facilities (temporary)"},
    {"Call failed due to lack of appropriate facilities being available (permanent condition)",
     "lack of appropriate facilities (permanent)"},
    {"Invalid destination", "invalid destination"},
    {"Call failed due to no carrier detected", "no carrier detected"},
    {"Call failed due to detection of a busy signal", "busy signal detected"},
    {"Call failed due to lack of a dial tone", "lack of a dial tone"},
    {"Call was not established within time allotted by LAC",
     "call was not established within the time allotted"},
    {"Call was connected but no appropriate framing was detected",
     "connected but no appropriate framing was detected"},
};

const std::vector<Words> ERRORS = {
    {"No general error", "no general error"},
    {"No control connection exists yet for this LAC-LNS pair", "no control connection exists yet"},
    {"Length is wrong", "length is wrong"},
    {"One of the field values was out of range or reserved field was non-zero",
     "field value out of range or reserved field non-zero"},
    {"Insufficient resources to handle this operation now", "insufficient resources"},
    {"The Session ID is invalid in this context", "session ID is invalid in this context"},
    {"A generic vendor-specific error occurred in the LAC", "vendor-specific error"},
    {"Try another. If LAC is aware of other possible LNS destinations, it should try one of them.",
     "try another"},
    {"Session or tunnel was shutdown due to receipt of an unknown AVP with the M-bit set",
     "unknown AVP with the M-bit set"},
};

/**
 * @brief How many words of one text are in another, capitals and punctuation apart.
 * @param text the one
 * @param other the other
 * @return the number
 */
std::size_t
WordsInCommon(const std::string& text, const std::string& other)
{
    const auto words = [](std::string from) {
        std::transform(from.begin(), from.end(), from.begin(), [](unsigned char c) {
            return std::isalnum(c) ? static_cast<char>(std::tolower(c)) : ' ';
        });
        std::istringstream stream(from);
        std::set<std::string> set;
        for (std::string word; stream >> word;)
        {
            set.insert(word);
        }
        return set;
    };
    const std::set<std::string> others = words(other);
    std::size_t common = 0;
    for (const std::string& word : words(text))
    {
        common += others.count(word);
    }
    return common;
}

/**
 * @brief Check that no sentence shown is nearer to another code's sentence in the RFC.
 * @param table the codes
 */
void
ExpectEachIsNearestToItsOwn(const std::vector<Words>& table)
{
    for (const Words& row : table)
    {
        for (const Words& other : table)
        {
            if (&other != &row)
            {
                EXPECT_GT(WordsInCommon(row.shown, row.rfc), WordsInCommon(row.shown, other.rfc))
                    << row.shown << " / " << other.rfc;
            }
        }
    }
}

} // namespace

// RFC 2661, section 4.4.2: Result Codes of StopCCN.
TEST(L2tpResultCode, WordsOfStopResults)
{
    for (uint16_t code = 0; code < STOP_RESULTS.size(); ++code)
    {
        EXPECT_EQ((L2tpResultCode{code, {}, {}}.Describe(L2tpMessageType::STOPCCN)),
                  std::to_string(code) + " " + STOP_RESULTS[code].shown);
    }
    EXPECT_EQ((L2tpResultCode{8, {}, {}}.Describe(L2tpMessageType::STOPCCN)),
              "8 not defined by RFC 2661");
    ExpectEachIsNearestToItsOwn(STOP_RESULTS);
}

// RFC 2661, section 4.4.2: Result Codes of CDN.
TEST(L2tpResultCode, WordsOfCallResults)
{
    for (uint16_t code = 0; code < CALL_RESULTS.size(); ++code)
    {
        EXPECT_EQ((L2tpResultCode{code, {}, {}}.Describe(L2tpMessageType::CDN)),
                  std::to_string(code) + " " + CALL_RESULTS[code].shown);
    }
    EXPECT_EQ((L2tpResultCode{12, {}, {}}.Describe(L2tpMessageType::CDN)),
              "12 not defined by RFC 2661");
    EXPECT_EQ((L2tpResultCode{0xffff, {}, {}}.Describe(L2tpMessageType::CDN)),
              "65535 not defined by RFC 2661");
    ExpectEachIsNearestToItsOwn(CALL_RESULTS);
}

// RFC 2661, section 4.4.2: General Error codes, the same in either message.
TEST(L2tpResultCode, WordsOfErrors)
{
    for (uint16_t code = 0; code < ERRORS.size(); ++code)
    {
        for (const L2tpMessageType type : {L2tpMessageType::STOPCCN, L2tpMessageType::CDN})
        {
            EXPECT_EQ((L2tpResultCode{2, code, {}}.Describe(type)),
                      "2/" + std::to_string(code) + " general error: " + ERRORS[code].shown);
        }
    }
    EXPECT_EQ((L2tpResultCode{2, 9, {}}.Describe(L2tpMessageType::CDN)),
              "2/9 general error: not defined by RFC 2661");
    ExpectEachIsNearestToItsOwn(ERRORS);
}

// Only "if an L2TP reply indicates in its Result Code that a general error occurred" is the Error
// Code a General Error; with result 5 of a StopCCN it is a version.
TEST(L2tpResultCode, ErrorCodeWithOtherResults)
{
    EXPECT_EQ((L2tpResultCode{5, 0x0100, {}}.Describe(L2tpMessageType::STOPCCN)),
              "5/256 protocol version not supported");
    EXPECT_EQ((L2tpResultCode{1, 0, "Goodbye!"}.Describe(L2tpMessageType::CDN)),
              "1/0 call disconnected due to loss of carrier (Goodbye!)");
}

TEST(L2tpResultCode, Makers)
{
    EXPECT_EQ(L2tpResultCode::Of(L2tpStopResult::SHUTTING_DOWN), (L2tpResultCode{6, {}, {}}));
    EXPECT_EQ(L2tpResultCode::Of(L2tpCallResult::NO_FRAMING), (L2tpResultCode{11, {}, {}}));
    const L2tpResultCode unknown =
        L2tpResultCode::GeneralError(L2tpErrorCode::UNKNOWN_MANDATORY_AVP, "AVP 77");
    EXPECT_EQ(unknown, (L2tpResultCode{2, 8, "AVP 77"}));
    EXPECT_EQ(unknown.Describe(L2tpMessageType::CDN),
              "2/8 general error: unknown AVP with the M-bit set (AVP 77)");
}

// RFC 2661, section 4.4.2: the numbers behind the names.
TEST(L2tpResultCode, NumbersOfTheEnumerations)
{
    const auto words = [](L2tpErrorCode error) { return ERRORS[static_cast<uint16_t>(error)].rfc; };
    EXPECT_EQ(WordsInCommon("length wrong", words(L2tpErrorCode::LENGTH)), 2u);
    EXPECT_EQ(WordsInCommon("out of range", words(L2tpErrorCode::OUT_OF_RANGE)), 3u);
    EXPECT_EQ(WordsInCommon("insufficient", words(L2tpErrorCode::NO_RESOURCES)), 1u);
    EXPECT_EQ(WordsInCommon("session id invalid", words(L2tpErrorCode::INVALID_SESSION_ID)), 3u);
    EXPECT_EQ(WordsInCommon("vendor", words(L2tpErrorCode::VENDOR_SPECIFIC)), 1u);
    EXPECT_EQ(WordsInCommon("try another", words(L2tpErrorCode::TRY_ANOTHER)), 2u);
    EXPECT_EQ(WordsInCommon("unknown avp", words(L2tpErrorCode::UNKNOWN_MANDATORY_AVP)), 2u);
    EXPECT_EQ(static_cast<int>(L2tpStopResult::ALREADY_EXISTS), 3);
    EXPECT_EQ(static_cast<int>(L2tpStopResult::NOT_AUTHORIZED), 4);
    EXPECT_EQ(static_cast<int>(L2tpStopResult::VERSION_NOT_SUPPORTED), 5);
    EXPECT_EQ(static_cast<int>(L2tpStopResult::FSM_ERROR), 7);
    EXPECT_EQ(static_cast<int>(L2tpCallResult::LOSS_OF_CARRIER), 1);
    EXPECT_EQ(static_cast<int>(L2tpCallResult::ADMINISTRATIVE), 3);
    EXPECT_EQ(static_cast<int>(L2tpCallResult::NO_FACILITIES_TEMPORARY), 4);
    EXPECT_EQ(static_cast<int>(L2tpCallResult::BUSY), 8);
    EXPECT_EQ(static_cast<int>(L2tpCallResult::NOT_IN_TIME), 10);
}
