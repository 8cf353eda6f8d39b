/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/l2tp-terminate-cause.h"

#include <gtest/gtest.h>
#include <map>

using namespace ns3;

namespace
{

using Cause = RadiusTerminateCause;

} // namespace

// RFC 2866, section 5.10: each reason of PPP has its word; those without one are NAS Request.
TEST(L2tpTerminateCause, OfPpp)
{
    const std::map<PppReason, Cause> expected{
        {PppReason::NONE, Cause::NAS_REQUEST},
        {PppReason::LOWER_LAYER_UP, Cause::NAS_REQUEST},
        {PppReason::LOWER_LAYER_DOWN, Cause::LOST_CARRIER},
        {PppReason::LCP_OPENED, Cause::NAS_REQUEST},
        {PppReason::AUTHENTICATED, Cause::NAS_REQUEST},
        {PppReason::ADMINISTRATIVE, Cause::ADMIN_RESET},
        {PppReason::PEER_TERMINATED, Cause::USER_REQUEST},
        {PppReason::RENEGOTIATION, Cause::USER_REQUEST},
        {PppReason::NO_RESPONSE, Cause::LOST_CARRIER},
        {PppReason::NOT_CONVERGING, Cause::USER_ERROR},
        {PppReason::LOOPED_BACK, Cause::PORT_ERROR},
        {PppReason::ECHO_TIMEOUT, Cause::LOST_CARRIER},
        {PppReason::REJECTED_FATALLY, Cause::USER_ERROR},
        {PppReason::NETWORK_REJECTED, Cause::USER_ERROR},
        {PppReason::AUTH_REFUSED, Cause::USER_ERROR},
        {PppReason::AUTH_TIMEOUT, Cause::USER_ERROR},
        {PppReason::PEER_AUTH_FAILED, Cause::USER_ERROR},
        {PppReason::LOCAL_AUTH_FAILED, Cause::NAS_ERROR},
        {PppReason::NO_ADDRESS, Cause::SERVICE_UNAVAILABLE},
        {PppReason::SESSION_TIMEOUT, Cause::SESSION_TIMEOUT},
        {PppReason::IDLE_TIMEOUT, Cause::IDLE_TIMEOUT},
        {PppReason::REPLACED, Cause::NAS_REQUEST},
    };
    ASSERT_EQ(expected.size(), PPP_REASONS);
    for (const auto& [reason, cause] : expected)
    {
        EXPECT_EQ(L2tpTerminateCauseOfPpp(reason), cause) << PppReasonName(reason);
    }
}

// RFC 2661, section 4.4.2: the results of a StopCCN; a peer may say whatever it likes.
TEST(L2tpTerminateCause, OfTunnel)
{
    const std::map<uint16_t, Cause> expected{
        {0, Cause::LOST_SERVICE},
        {1, Cause::NAS_REQUEST},
        {2, Cause::NAS_ERROR},
        {3, Cause::SERVICE_UNAVAILABLE},
        {4, Cause::SERVICE_UNAVAILABLE},
        {5, Cause::SERVICE_UNAVAILABLE},
        {6, Cause::ADMIN_REBOOT},
        {7, Cause::NAS_ERROR},
        {8, Cause::NAS_ERROR},
        {65535, Cause::NAS_ERROR},
    };
    for (const auto& [result, cause] : expected)
    {
        L2tpResultCode code;
        code.result = result;
        EXPECT_EQ(L2tpTerminateCauseOfTunnel(code), cause) << result;
    }
}

// What never was there can't have been lost, nor ended for no error.
TEST(L2tpTerminateCause, OfRejection)
{
    EXPECT_EQ(L2tpTerminateCauseOfRejection(Cause::LOST_SERVICE), Cause::SERVICE_UNAVAILABLE);
    EXPECT_EQ(L2tpTerminateCauseOfRejection(Cause::NAS_REQUEST), Cause::SERVICE_UNAVAILABLE);
    EXPECT_EQ(L2tpTerminateCauseOfRejection(Cause::LOST_CARRIER), Cause::LOST_CARRIER);
    EXPECT_EQ(L2tpTerminateCauseOfRejection(Cause::NAS_ERROR), Cause::NAS_ERROR);
}
