/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_PPP_RESULT_H
#define L2TP_PPP_RESULT_H

#include "ns3/l2tp-result-code.h"
#include "ns3/ppp-reason.h"

namespace ns3
{

/**
 * @brief What to tell the L2TP peer when PPP has ended and the call goes with it.
 *
 * A wanted end is result 3 (administrative). For want of an address it is result 4 (lack of
 * appropriate facilities, temporary), as more of them may be free later. For anything else RFC 2661
 * has no result of its own: it is a general error 6, whose Error Message gives PPP's reason in
 * words (section 4.4.2).
 * @param reason why PPP ended
 * @return the value of the CDN's Result Code AVP
 */
L2tpResultCode L2tpResultOfPpp(PppReason reason);

} // namespace ns3

#endif /* L2TP_PPP_RESULT_H */
