/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-report-objects.h"

#include "l2tp-report-network.h"

#include "ns3/application.h"
#include "ns3/net-device.h"
#include "ns3/pointer.h"
#include "ns3/string.h"

#include <unordered_map>

namespace ns3
{

namespace
{

constexpr std::size_t MAX_ENTRIES = 60; //!< of objects configured in different ways
constexpr std::size_t MAX_NAMES = 5;    //!< of nodes whose objects are configured alike

/// Calls a function with each attribute of an object that can be read, and the type it is of.
template <typename Function>
void
ForEachAttribute(const Object& object, Function function)
{
    for (TypeId type = object.GetInstanceTypeId();; type = type.GetParent())
    {
        for (std::size_t i = 0; i < type.GetAttributeN(); ++i)
        {
            const TypeId::AttributeInformation info = type.GetAttribute(i);
            if (info.flags & TypeId::ATTR_GET && info.accessor->HasGetter())
            {
                function(info);
            }
        }
        if (!type.HasParent() || type.GetParent() == type)
        {
            return;
        }
    }
}

/// Whether an object is of this module. @param type the name of its type @return true if so
bool
IsOurs(const std::string& type)
{
    for (const char* prefix : {"ns3::L2", "ns3::Pppo", "ns3::Radius"})
    {
        if (type.rfind(prefix, 0) == 0)
        {
            return true;
        }
    }
    // What ns-3 itself calls so is a header of its point-to-point links.
    return type.rfind("ns3::Ppp", 0) == 0 && type != "ns3::PppHeader";
}

/// Calls a function with each attribute of an object that tells how it is configured, and its
/// value.
template <typename Function>
void
ForEachSetting(const Object& object, Function function)
{
    ForEachAttribute(object, [&](const TypeId::AttributeInformation& info) {
        const std::string kind = info.checker->GetValueTypeName();
        const auto value = info.checker->Create();
        if (kind != "ns3::PointerValue" && kind != "ns3::CallbackValue" &&
            kind != "ns3::ObjectPtrContainerValue" && info.accessor->Get(&object, *value))
        {
            function(info, value->SerializeToString(info.checker));
        }
    });
}

/**
 * @brief Write an object's attributes.
 * @param object the object
 * @return JSON: of each its name, its value, whether that is not the type's own, and what it is
 */
std::string
AttributesToJson(const Object& object)
{
    std::string json;
    ForEachSetting(object, [&](const TypeId::AttributeInformation& info, const std::string& now) {
        const std::string usual = info.initialValue->SerializeToString(info.checker);
        json += (json.empty() ? "[" : ",[") + L2tpReportQuote(info.name) + "," +
                L2tpReportQuote(now) + "," + (now == usual ? "0" : "1") + "," +
                L2tpReportQuote(info.help) + "]";
    });
    return "[" + json + "]";
}

} // namespace

void
L2tpReportObjects::Visit(Ptr<Node> node, const Visitor& visitor)
{
    for (uint32_t i = 0; i < node->GetNApplications(); ++i)
    {
        Reach({node, node->GetApplication(i)}, visitor);
    }
    for (uint32_t i = 0; i < node->GetNDevices(); ++i)
    {
        Reach({node, node->GetDevice(i)}, visitor);
    }
}

void
L2tpReportObjects::Reach(const Found& found, const Visitor& visitor)
{
    const Object& object = *found.object;
    if (!m_seen.insert(&object).second)
    {
        return;
    }
    if (IsOurs(object.GetInstanceTypeId().GetName()))
    {
        m_objects.push_back(found);
    }
    visitor(found.node, found.object);
    for (auto part = object.GetAggregateIterator(); part.HasNext();)
    {
        const Ptr<const Object> other = part.Next();
        Reach({found.node, ConstCast<Object>(other)}, visitor);
    }
    ForEachAttribute(object, [&](const TypeId::AttributeInformation& info) {
        PointerValue pointer;
        if (info.checker->GetValueTypeName() == "ns3::PointerValue" &&
            info.accessor->Get(&object, pointer) && pointer.GetObject())
        {
            Reach({found.node, pointer.GetObject()}, visitor);
        }
    });
}

std::string
L2tpReportObjects::ToJson() const
{
    std::unordered_map<std::string, std::size_t> known; // by type and values: the entry
    std::vector<std::pair<Ptr<Object>, std::vector<Ptr<Node>>>> entries;
    for (const Found& found : m_objects)
    {
        std::string key = found.object->GetInstanceTypeId().GetName();
        ForEachSetting(*found.object, [&key](const auto& /* info */, const std::string& value) {
            key += '\n' + value;
        });
        const auto [place, isNew] = known.emplace(std::move(key), entries.size());
        if (isNew)
        {
            entries.push_back({found.object, {}});
        }
        auto& nodes = entries[place->second].second;
        if (nodes.empty() || nodes.back() != found.node)
        {
            nodes.push_back(found.node);
        }
    }
    std::string json;
    for (std::size_t i = 0; i < entries.size() && i < MAX_ENTRIES; ++i)
    {
        std::string names;
        const auto& nodes = entries[i].second;
        for (std::size_t j = 0; j < nodes.size() && j < MAX_NAMES; ++j)
        {
            names +=
                (names.empty() ? "" : ",") + L2tpReportQuote(L2tpReportNetwork::NameOf(nodes[j]));
        }
        const Object& object = *entries[i].first;
        json += (json.empty() ? "" : ",\n") + std::string("{\"type\":") +
                L2tpReportQuote(object.GetInstanceTypeId().GetName()) +
                ",\"attributes\":" + AttributesToJson(object) + ",\"nodes\":[" + names +
                "],\"count\":" + std::to_string(nodes.size()) + "}";
    }
    const std::size_t leftOut = entries.size() > MAX_ENTRIES ? entries.size() - MAX_ENTRIES : 0;
    return "\"config\":[" + json + "],\n\"config_left_out\":" + std::to_string(leftOut);
}

} // namespace ns3
