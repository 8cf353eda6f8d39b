/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-server-address.h"

#include "ns3/abort.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"

namespace ns3
{

Address
FindL2tpServerAddress(Ptr<const Node> lns, bool ipv6)
{
    Ptr<Ipv4> first = lns->GetObject<Ipv4>();
    if (!ipv6 && first && first->GetNInterfaces() > 1 && first->GetNAddresses(1) > 0)
    {
        return first->GetAddress(1, 0).GetLocal();
    }
    Ptr<Ipv6> second = lns->GetObject<Ipv6>();
    for (uint32_t interface = 1; ipv6 && second && interface < second->GetNInterfaces();
         ++interface)
    {
        for (uint32_t i = 0; i < second->GetNAddresses(interface); ++i)
        {
            const Ipv6InterfaceAddress address = second->GetAddress(interface, i);
            if (address.GetScope() == Ipv6InterfaceAddress::GLOBAL)
            {
                return address.GetAddress();
            }
        }
    }
    NS_ABORT_MSG("FindL2tpServerAddress: the LNS on node "
                 << lns->GetId() << " has no " << (ipv6 ? "global IPv6" : "IPv4")
                 << " address: assign one before the helper is told of it, or "
                    "name the one to dial with SetLnsAddress()");
    return Address();
}

} // namespace ns3
