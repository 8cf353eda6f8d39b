/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_PPP_RESULT_H
#define L2TP_PPP_RESULT_H

#include "ns3/l2tp-disconnect-cause.h"
#include "ns3/l2tp-result-code.h"
#include "ns3/ppp-reason.h"

namespace ns3
{

/**
 * @brief What to tell the L2TP peer when PPP has ended and the call goes with it.
 *
 * A wanted end is result 3 (administrative), in words if the LNS wants it because of who the user
 * is. For want of an address it is result 4 (lack of
 * appropriate facilities, temporary), as more of them may be free later. For anything else RFC 2661
 * has no result of its own: it is a general error 6, whose Error Message gives PPP's reason in
 * words (section 4.4.2).
 * @param reason why PPP ended
 * @return the value of the CDN's Result Code AVP
 */
L2tpResultCode L2tpResultOfPpp(PppReason reason);

/**
 * @brief The same for the PPP Disconnect Cause Code AVP (RFC 3145, section 3), which goes beside
 * the Result Code and replaces nothing.
 * @param reason why PPP ended
 * @param protocol the PPP protocol that the reason is about; see PppLink::GetReasonProtocol()
 * @return the AVP's value; code 0 for a reason that the RFC has no code for
 */
L2tpDisconnectCause L2tpDisconnectCauseOfPpp(PppReason reason, uint16_t protocol);

} // namespace ns3

#endif /* L2TP_PPP_RESULT_H */
