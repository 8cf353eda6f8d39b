/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_PROXY_PPP_H
#define L2TP_PROXY_PPP_H

#include "ns3/l2tp-proxy-state.h"
#include "ns3/packet.h"
#include "ns3/ppp-adoption.h"
#include "ns3/ppp-link.h"
#include "ns3/ppp-user-table.h"
#include "ns3/ptr.h"

#include <optional>

namespace ns3
{

/**
 * @brief Tell what a LAC's link has come to with the remote system, for the ICCN (RFC 2661, section
 * 4.4.5).
 *
 * The Proxy Authen Type is CHAP or PAP if the remote system has told who it is so, and No
 * Authentication if it needn't. It is left out, so that the LNS authenticates by itself, if the
 * remote system has told nothing yet, or told it by MS-CHAP-V2, which has no type: the RFC's type 5
 * is version 1, and the authenticator of version 2 must prove that it knows the password. So it is
 * if its name is longer than an AVP, and a first Configure-Request that is longer is left out.
 * @param link the link, before its circuit is taken away from it
 * @return the proxy AVPs, none of them if LCP isn't Opened
 */
L2tpProxyState L2tpProxyStateOf(Ptr<const PppLink> link);

/**
 * @brief Tell how the remote system has proved to a LAC who it is.
 * @param proxy what the LAC told in its ICCN; any octets
 * @return the attempt. Nothing if the Proxy Authen Type is neither PAP nor CHAP, or lacks one of
 *         the AVPs that it must have
 */
std::optional<PppAuthAttempt> L2tpAuthAttemptOf(const L2tpProxyState& proxy);

/**
 * @brief Tell what an LNS's link goes on from.
 * @param proxy what a LAC told in its ICCN; any octets
 * @return what to give to PppLink::AdoptCircuit(). Nothing if one of the Configure-Requests that
 *         LCP needs is missing. Its attempt is that of L2tpAuthAttemptOf()
 */
std::optional<PppAdoption> L2tpAdoptionOf(const L2tpProxyState& proxy);

/**
 * @brief Tell whether a remote system has begun PPP anew since an LNS was told of it.
 * @param told what the LNS was told
 * @param now what the LAC has come to with the remote system now
 * @return true if the LNS can't go on from what it was told; false if that is nothing, or nothing
 * is known now, since LCP isn't Opened: then the remote system sends its request again by itself
 */
bool L2tpHasBegunAnew(const L2tpProxyState& told, const L2tpProxyState& now);

/**
 * @brief Make the Configure-Request by which a remote system begins PPP, for who is to negotiate
 * with it anew.
 * @param proxy what a LAC has come to with it, LCP being Opened
 * @return a PPP frame with the last request that was received
 */
Ptr<Packet> L2tpConfigureRequestOf(const L2tpProxyState& proxy);

} // namespace ns3

#endif /* L2TP_PROXY_PPP_H */
