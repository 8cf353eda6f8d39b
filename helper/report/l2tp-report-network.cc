/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-report-network.h"

#include "ns3/channel.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/names.h"
#include "ns3/net-device.h"
#include "ns3/node-list.h"
#include "ns3/string.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace ns3
{

namespace
{

/**
 * @brief The value of an attribute, if there is such an attribute.
 * @param object whose
 * @param name the attribute's name
 * @return its value as text, empty if there is none
 */
std::string
AttributeOf(const Object& object, const std::string& name)
{
    TypeId::AttributeInformation info;
    StringValue value;
    if (!object.GetInstanceTypeId().LookupAttributeByName(name, &info) ||
        !object.GetAttributeFailSafe(name, value))
    {
        return "";
    }
    return value.Get();
}

/**
 * @brief What a node is addressed by.
 * @param node the node
 * @return its IP addresses but those of the host and of links, as JSON strings
 */
std::string
AddressesOf(const Node& node)
{
    std::string list;
    const auto add = [&list](const auto& address) {
        std::ostringstream text;
        text << address;
        list += (list.empty() ? "" : ",") + L2tpReportQuote(text.str());
    };
    if (const auto ipv4 = node.GetObject<Ipv4>())
    {
        for (uint32_t i = 0; i < ipv4->GetNInterfaces(); ++i)
        {
            for (uint32_t j = 0; j < ipv4->GetNAddresses(i); ++j)
            {
                const Ipv4Address address = ipv4->GetAddress(i, j).GetLocal();
                if (!address.IsLocalhost())
                {
                    add(address);
                }
            }
        }
    }
    if (const auto ipv6 = node.GetObject<Ipv6>())
    {
        for (uint32_t i = 0; i < ipv6->GetNInterfaces(); ++i)
        {
            for (uint32_t j = 0; j < ipv6->GetNAddresses(i); ++j)
            {
                const Ipv6Address address = ipv6->GetAddress(i, j).GetAddress();
                if (!address.IsLocalhost() && !address.IsLinkLocal())
                {
                    add(address);
                }
            }
        }
    }
    return list;
}

} // namespace

std::string
L2tpReportQuote(const std::string& text)
{
    const bool isPlain = std::all_of(text.begin(), text.end(), [](char letter) {
        return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\' && letter != '<';
    });
    if (isPlain)
    {
        return '"' + text + '"';
    }
    std::string quoted =
        nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    for (std::size_t at = 0; (at = quoted.find('<', at)) != std::string::npos;)
    {
        quoted.replace(at, 1, "\\u003c");
    }
    return quoted;
}

std::string
L2tpReportNetwork::NameOf(Ptr<const Node> node)
{
    const std::string name = Names::FindName(ConstCast<Node>(node));
    return name.empty() ? "node " + std::to_string(node->GetId()) : name;
}

int32_t
L2tpReportNetwork::Find(const L2tpIpAddress& address)
{
    const auto known = m_byAddress.find(address);
    if (known != m_byAddress.end())
    {
        return known->second;
    }
    int32_t found = NOBODY;
    for (auto node = NodeList::Begin(); node != NodeList::End() && found == NOBODY; ++node)
    {
        found = address.IsOn(*node) ? static_cast<int32_t>((*node)->GetId()) : NOBODY;
    }
    m_byAddress.emplace(address, found);
    return found;
}

int32_t
L2tpReportNetwork::Find(const Mac48Address& address)
{
    if (m_byMac.empty())
    {
        for (auto node = NodeList::Begin(); node != NodeList::End(); ++node)
        {
            for (uint32_t i = 0; i < (*node)->GetNDevices(); ++i)
            {
                const Address own = (*node)->GetDevice(i)->GetAddress();
                if (Mac48Address::IsMatchingType(own))
                {
                    m_byMac.emplace(Mac48Address::ConvertFrom(own),
                                    static_cast<int32_t>((*node)->GetId()));
                }
            }
        }
    }
    const auto found = m_byMac.find(address);
    return found == m_byMac.end() ? NOBODY : found->second;
}

std::string
L2tpReportNetwork::ToJson()
{
    std::string nodes;
    std::string links;
    std::set<Ptr<Channel>> seen;
    for (auto node = NodeList::Begin(); node != NodeList::End(); ++node)
    {
        nodes += (nodes.empty() ? "" : ",\n") + std::string("{\"id\":") +
                 std::to_string((*node)->GetId()) + ",\"name\":" + L2tpReportQuote(NameOf(*node)) +
                 ",\"addresses\":[" + AddressesOf(**node) + "]}";
        for (uint32_t i = 0; i < (*node)->GetNDevices(); ++i)
        {
            const Ptr<NetDevice> device = (*node)->GetDevice(i);
            const Ptr<Channel> channel = device->GetChannel();
            if (!channel || channel->GetNDevices() < 2 || !seen.insert(channel).second)
            {
                continue;
            }
            std::string ends;
            for (std::size_t end = 0; end < channel->GetNDevices(); ++end)
            {
                ends += (ends.empty() ? "" : ",") +
                        std::to_string(channel->GetDevice(end)->GetNode()->GetId());
            }
            std::string rate = AttributeOf(*device, "DataRate");
            rate = rate.empty() ? AttributeOf(*channel, "DataRate") : rate;
            std::string kind = channel->GetInstanceTypeId().GetName();
            kind = kind.substr(kind.rfind(':') + 1);
            links += (links.empty() ? "" : ",\n") + std::string("{\"kind\":") +
                     L2tpReportQuote(kind) + ",\"rate\":" + L2tpReportQuote(rate) +
                     ",\"delay\":" + L2tpReportQuote(AttributeOf(*channel, "Delay")) +
                     ",\"nodes\":[" + ends + "]}";
        }
    }
    return "\"nodes\":[" + nodes + "],\n\"links\":[" + links + "]";
}

} // namespace ns3
