/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/l2tp-ppp-result.h"
#include "ns3/ppp-protocol.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/// A reason that PPP ended for, and what RFC 3145, section 3, has for it.
struct Case
{
    PppReason reason;      //!< the reason
    uint16_t protocol;     //!< the protocol it is about
    uint16_t code;         //!< Disconnect Code
    uint16_t sentProtocol; //!< Control Protocol Number
    uint8_t direction;     //!< Direction
};

constexpr uint16_t LCP = 0xc021;
constexpr uint16_t PAP = 0xc023;
constexpr uint16_t CHAP = 0xc223;
constexpr uint16_t IPCP = 0x8021;

// Section 3.1: the Control Protocol Number "MUST be set to 0"; 3.2: "MUST be set to C021
// hexadecimal"; 3.3: "MUST correspond to [...] the authentication protocol in use"; 3.4: "SHOULD
// correspond to the PPP Network Control Protocol number in use".
const Case CASES[] = {
    {PppReason::NONE, 0, 0, 0, 0},
    {PppReason::LOWER_LAYER_DOWN, LCP, 0, 0, 0},
    {PppReason::ADMINISTRATIVE, 0, 3, 0, 2},
    {PppReason::ADMINISTRATIVE, LCP, 3, 0, 2},
    {PppReason::PEER_TERMINATED, LCP, 3, 0, 1},
    {PppReason::NO_RESPONSE, LCP, 5, LCP, 0},
    {PppReason::NO_RESPONSE, IPCP, 17, IPCP, 0},
    {PppReason::NOT_CONVERGING, LCP, 0, 0, 0},
    {PppReason::NOT_CONVERGING, IPCP, 19, IPCP, 1},
    {PppReason::LOOPED_BACK, LCP, 7, LCP, 0},
    {PppReason::ECHO_TIMEOUT, LCP, 8, LCP, 0},
    {PppReason::REJECTED_FATALLY, LCP, 0, 0, 0},
    {PppReason::REJECTED_FATALLY, IPCP, 18, IPCP, 0},
    {PppReason::NETWORK_REJECTED, IPCP, 18, IPCP, 0},
    {PppReason::AUTH_REFUSED, PAP, 15, PAP, 1},
    {PppReason::AUTH_REFUSED, CHAP, 15, CHAP, 1},
    {PppReason::AUTH_TIMEOUT, PAP, 13, PAP, 0},
    {PppReason::PEER_AUTH_FAILED, CHAP, 16, CHAP, 1},
    {PppReason::LOCAL_AUTH_FAILED, PAP, 16, PAP, 2},
    {PppReason::NO_ADDRESS, IPCP, 20, IPCP, 0},
    {PppReason::SESSION_TIMEOUT, 0, 1, 0, 0},
    {PppReason::IDLE_TIMEOUT, 0, 1, 0, 0},
    {PppReason::REPLACED, 0, 1, 0, 0},
};

} // namespace

// RFC 3145, section 3.
TEST(L2tpPppResult, DisconnectCauseOfEachReason)
{
    for (const Case& row : CASES)
    {
        SCOPED_TRACE(PppReasonName(row.reason));
        const L2tpDisconnectCause cause = L2tpDisconnectCauseOfPpp(row.reason, row.protocol);
        EXPECT_EQ(cause.code, row.code);
        EXPECT_EQ(cause.protocol, row.sentProtocol);
        EXPECT_EQ(cause.direction, row.direction);
        EXPECT_EQ(cause.message, PppReasonName(row.reason));
        // What is said can be read in the RFC: a code, and a direction that it gives a meaning.
        const L2tpDisconnectCodeInfo& info = L2TP_DISCONNECT_CODES.at(cause.code);
        EXPECT_TRUE(cause.direction != 1 || info.atPeer);
        EXPECT_TRUE(cause.direction != 2 || info.atLocal);
    }
}

// RFC 2661, section 4.4.2: a wanted end is administrative, want of an address a temporary lack of
// facilities, any other a general error in words.
// RFC 2661: 4.4.2-06
TEST(L2tpPppResult, ResultOfEachReason)
{
    for (const Case& row : CASES)
    {
        SCOPED_TRACE(PppReasonName(row.reason));
        const std::string words = std::string("PPP: ") + PppReasonName(row.reason);
        L2tpResultCode expected =
            L2tpResultCode::GeneralError(L2tpErrorCode::VENDOR_SPECIFIC, words);
        if (row.reason == PppReason::ADMINISTRATIVE || row.reason == PppReason::PEER_TERMINATED)
        {
            expected = L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE);
        }
        if (row.reason == PppReason::NO_ADDRESS)
        {
            expected = L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY, words);
        }
        if (row.reason == PppReason::SESSION_TIMEOUT || row.reason == PppReason::IDLE_TIMEOUT ||
            row.reason == PppReason::REPLACED)
        {
            expected = L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE, words);
        }
        EXPECT_EQ(L2tpResultOfPpp(row.reason), expected);
    }
}
