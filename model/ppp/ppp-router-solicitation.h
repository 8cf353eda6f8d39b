/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_ROUTER_SOLICITATION_H
#define PPP_ROUTER_SOLICITATION_H

#include "ns3/packet.h"
#include "ns3/ptr.h"

namespace ns3
{

/**
 * @brief Tell whether a packet is a Router Solicitation that a router must heed (RFC 4861, section
 * 6.1.1).
 * @param packet a packet that has come, beginning with its IP header, of any version
 * @return true if it is, and valid
 */
bool IsPppRouterSolicitation(Ptr<const Packet> packet);

} // namespace ns3

#endif /* PPP_ROUTER_SOLICITATION_H */
