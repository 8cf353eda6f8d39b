/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-policy-attribute.h"

#include "ns3/string.h"

#include <sstream>
#include <string>

namespace ns3
{

void
L2tpCheckRanges(const char* attribute, const ObjectFactory& factory)
{
    // "ns3::Class[Name=value|Name=value]": a factory tells its values in no other way.
    std::ostringstream text;
    text << factory;
    const std::string words = text.str();
    const auto open = words.find('[');
    if (open == std::string::npos)
    {
        return;
    }
    std::istringstream settings(words.substr(open + 1, words.rfind(']') - open - 1));
    for (std::string setting; std::getline(settings, setting, '|');)
    {
        const auto equals = setting.find('=');
        TypeId::AttributeInformation info;
        if (!factory.GetTypeId().LookupAttributeByName(setting.substr(0, equals), &info))
        {
            continue; // an empty list has no names
        }
        NS_ABORT_MSG_IF(!info.checker->CreateValidValue(StringValue(setting.substr(equals + 1))),
                        "L2tpEndpoint::" << attribute << " is '" << words << "', of which "
                                         << setting << " is out of range: give " << info.name
                                         << " a value of type "
                                         << info.checker->GetUnderlyingTypeInformation());
    }
}

} // namespace ns3
