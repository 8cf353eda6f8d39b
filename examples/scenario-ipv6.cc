/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-ipv6.h"

#include "ns3/channel.h"
#include "ns3/ipv6-address-helper.h"
#include "ns3/ipv6-static-routing-helper.h"
#include "ns3/ipv6.h"
#include "ns3/node.h"

#include <deque>
#include <map>
#include <set>
#include <sstream>
#include <utility>

namespace ns3
{

namespace
{

/**
 * @brief The global address of a device.
 * @param device the device
 * @return the address with its prefix, :: if it has none
 */
Ipv6InterfaceAddress
GlobalAddressOf(Ptr<NetDevice> device)
{
    Ptr<Ipv6> ipv6 = device->GetNode()->GetObject<Ipv6>();
    const int32_t interface = ipv6 ? ipv6->GetInterfaceForDevice(device) : -1;
    for (uint32_t i = 0; interface >= 0 && i < ipv6->GetNAddresses(interface); ++i)
    {
        const Ipv6InterfaceAddress address = ipv6->GetAddress(interface, i);
        if (address.GetScope() == Ipv6InterfaceAddress::GLOBAL)
        {
            return address;
        }
    }
    return Ipv6InterfaceAddress();
}

/**
 * @brief Find the first hops from a node to all others, by breadth-first search.
 * @param root the node
 * @return for each other node that is reached, the root's device and the next hop's
 */
std::map<Ptr<Node>, std::pair<Ptr<NetDevice>, Ptr<NetDevice>>>
FirstHops(Ptr<Node> root)
{
    std::map<Ptr<Node>, std::pair<Ptr<NetDevice>, Ptr<NetDevice>>> hops{{root, {}}};
    std::deque<Ptr<Node>> waiting{root};
    for (; !waiting.empty(); waiting.pop_front())
    {
        Ptr<Node> node = waiting.front();
        for (uint32_t i = 0; i < node->GetNDevices(); ++i)
        {
            Ptr<NetDevice> device = node->GetDevice(i);
            Ptr<Channel> channel = device->GetChannel();
            const bool leads = channel && !GlobalAddressOf(device).GetAddress().IsAny();
            for (std::size_t j = 0; leads && j < channel->GetNDevices(); ++j)
            {
                Ptr<NetDevice> other = channel->GetDevice(j);
                const auto hop = node == root ? std::make_pair(device, other) : hops[node];
                if (hops.emplace(other->GetNode(), hop).second)
                {
                    waiting.push_back(other->GetNode());
                }
            }
        }
    }
    hops.erase(root);
    return hops;
}

} // namespace

void
L2tpScenarioIpv6::Assign(const NetDeviceContainer& link)
{
    std::ostringstream network;
    network << "2001:2:0:" << std::hex << ++m_networks << "::";
    const Ipv6InterfaceContainer interfaces =
        Ipv6AddressHelper(network.str().c_str(), Ipv6Prefix(64)).Assign(link);
    for (uint32_t i = 0; i < interfaces.GetN(); ++i)
    {
        interfaces.Get(i).first->SetForwarding(interfaces.GetInterfaceIndex(i), true);
    }
    m_ends.Add(link);
}

void
L2tpScenarioIpv6::PopulateRoutingTables() const
{
    std::map<Ptr<Node>, decltype(FirstHops(nullptr))> hops;
    for (auto from = m_ends.Begin(); from != m_ends.End(); ++from)
    {
        Ptr<Node> node = (*from)->GetNode();
        if (hops.count(node) > 0)
        {
            continue;
        }
        hops[node] = FirstHops(node);
        Ptr<Ipv6> ipv6 = node->GetObject<Ipv6>();
        Ptr<Ipv6StaticRouting> routing = Ipv6StaticRoutingHelper().GetStaticRouting(ipv6);
        std::set<Ipv6Address> known;
        for (uint32_t i = 0; i < node->GetNDevices(); ++i)
        {
            const Ipv6InterfaceAddress own = GlobalAddressOf(node->GetDevice(i));
            known.insert(own.GetAddress().CombinePrefix(own.GetPrefix()));
        }
        for (auto to = m_ends.Begin(); to != m_ends.End(); ++to)
        {
            const Ipv6InterfaceAddress there = GlobalAddressOf(*to);
            const Ipv6Address network = there.GetAddress().CombinePrefix(there.GetPrefix());
            const auto hop = hops[node].find((*to)->GetNode());
            if (hop != hops[node].end() && known.insert(network).second)
            {
                routing->AddNetworkRouteTo(network,
                                           there.GetPrefix(),
                                           GlobalAddressOf(hop->second.second).GetAddress(),
                                           ipv6->GetInterfaceForDevice(hop->second.first));
            }
        }
    }
}

} // namespace ns3
