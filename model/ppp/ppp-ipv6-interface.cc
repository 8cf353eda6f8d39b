/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-ipv6-interface.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/ipv6-routing-helper.h"
#include "ns3/node.h"

namespace ns3
{

uint32_t
AddPppIpv6Interface(Ptr<NetDevice> device)
{
    const auto node = device->GetNode();
    NS_ABORT_MSG_IF(!node, "PPP with IPv6: the device has no node: add it to one first");
    const auto ipv6 = node->GetObject<Ipv6L3Protocol>();
    NS_ABORT_MSG_IF(!ipv6,
                    "PPP with IPv6: node " << node->GetId()
                                           << " has no IPv6: install an internet stack with it");
    const auto interface = ipv6->GetInterfaceForDevice(device);
    return interface == -1 ? ipv6->AddInterface(device) : interface;
}

void
SetUpPppIpv6Interface(Ipv6L3Protocol& ipv6, uint32_t interface, bool isRouter)
{
    const auto icmpv6 = ipv6.GetIcmpv6();
    BooleanValue detect;
    // RFC 5072, section 5: DupAddrDetectTransmits of the link-local address should be zero. ns-3
    // has one switch for all addresses of a node, and looks at it when an address is added.
    icmpv6->GetAttribute("DAD", detect);
    icmpv6->SetAttribute("DAD", BooleanValue(false));
    ipv6.SetUp(interface);
    icmpv6->SetAttribute("DAD", detect);
    ipv6.SetForwarding(interface, isRouter); // only a host heeds advertisements
}

Ptr<Ipv6StaticRouting>
GetPppIpv6Routes(const Ipv6L3Protocol& ipv6)
{
    const auto routing =
        Ipv6RoutingHelper::GetRouting<Ipv6StaticRouting>(ipv6.GetRoutingProtocol());
    NS_ABORT_MSG_IF(!routing,
                    "PPP with IPv6: the node has no Ipv6StaticRouting: add one to its list of "
                    "routing protocols");
    return routing;
}

} // namespace ns3
