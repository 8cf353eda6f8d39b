/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_IPV6_INTERFACE_H
#define PPP_IPV6_INTERFACE_H

#include "ns3/ipv6-l3-protocol.h"
#include "ns3/ipv6-static-routing.h"
#include "ns3/net-device.h"

#include <cstdint>

namespace ns3
{

/**
 * @brief Give a device of PPP to its node's IPv6. As this adds an interface, it must not be called
 * while the node hands a packet to its protocols.
 * @param device the device, which is on a node that has IPv6
 * @return the node's interface for it
 */
uint32_t AddPppIpv6Interface(Ptr<NetDevice> device);

/**
 * @brief Bring an interface up with the link-local address that its device's address makes, without
 * Duplicate Address Detection, which the negotiation makes needless (RFC 5072, section 5).
 * @param ipv6 the node's IPv6
 * @param interface the interface
 * @param isRouter whether it forwards, and heeds no advertisements
 */
void SetUpPppIpv6Interface(Ipv6L3Protocol& ipv6, uint32_t interface, bool isRouter);

/**
 * @brief The node's static routes; stops the program if it has none.
 * @param ipv6 the node's IPv6
 * @return them
 */
Ptr<Ipv6StaticRouting> GetPppIpv6Routes(const Ipv6L3Protocol& ipv6);

} // namespace ns3

#endif /* PPP_IPV6_INTERFACE_H */
