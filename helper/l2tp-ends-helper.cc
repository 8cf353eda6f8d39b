/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-ends-helper.h"

#include "ns3/l2tp-profile.h"

namespace ns3
{

void
L2tpEndsHelper::SetEndpointAttribute(const std::string& name, const AttributeValue& value)
{
    SetLacAttribute(name, value);
    SetLnsAttribute(name, value);
}

void
L2tpEndsHelper::SetLacProfile(const std::string& profile)
{
    L2tpProfile::Get(profile).ApplyBy([this](const std::string& name, const AttributeValue& value) {
        SetLacAttribute(name, value);
    });
}

void
L2tpEndsHelper::SetLnsProfile(const std::string& profile)
{
    L2tpProfile::Get(profile).ApplyBy([this](const std::string& name, const AttributeValue& value) {
        SetLnsAttribute(name, value);
    });
}

void
L2tpEndsHelper::SetProfile(const std::string& profile)
{
    SetLacProfile(profile);
    SetLnsProfile(profile);
}

} // namespace ns3
