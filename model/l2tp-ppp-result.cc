/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-ppp-result.h"

#include <string>

namespace ns3
{

L2tpResultCode
L2tpResultOfPpp(PppReason reason)
{
    if (reason == PppReason::ADMINISTRATIVE || reason == PppReason::PEER_TERMINATED)
    {
        return L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE);
    }
    if (reason == PppReason::NO_ADDRESS)
    {
        return L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY,
                                  std::string("PPP: ") + PppReasonName(reason));
    }
    return L2tpResultCode::GeneralError(L2tpErrorCode::VENDOR_SPECIFIC,
                                        std::string("PPP: ") + PppReasonName(reason));
}

} // namespace ns3
