/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TERMINATE_CAUSE_H
#define L2TP_TERMINATE_CAUSE_H

#include "ns3/l2tp-call.h"
#include "ns3/l2tp-result-code.h"
#include "ns3/ppp-reason.h"
#include "ns3/radius-accounting.h"

namespace ns3
{

/**
 * @brief What RADIUS is told of PPP's end (RFC 2866, section 5.10).
 * @param reason why PPP ended
 * @return the cause; NAS Request for what the RFC has no other word for
 */
RadiusTerminateCause L2tpTerminateCauseOfPpp(PppReason reason);

/**
 * @brief What RADIUS is told of a tunnel's end.
 * @param code what the StopCCN says; result 0 if there was none, as the peer is silent
 * @return the cause
 */
RadiusTerminateCause L2tpTerminateCauseOfTunnel(const L2tpResultCode& code);

/**
 * @brief What RADIUS is told of a call's end: what the CDN says of PPP, if that is why; else its
 * Result Code; else why the tunnel was cleared.
 * @param call a call that is being cleared, still in its tunnel
 * @param isReceived whether the peer has sent the CDN: it says from its side who ended PPP
 * @return the cause
 */
RadiusTerminateCause L2tpTerminateCauseOfCall(const L2tpCall& call, bool isReceived);

/**
 * @brief What RADIUS is told of something that never came to be.
 * @param cause why it ended, had it been there
 * @return the same, but Service Unavailable for those that only end what was there
 */
RadiusTerminateCause L2tpTerminateCauseOfRejection(RadiusTerminateCause cause);

} // namespace ns3

#endif /* L2TP_TERMINATE_CAUSE_H */
