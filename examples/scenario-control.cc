/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-control.h"

#include "ns3/l2tp-profile.h"
#include "ns3/string.h"

namespace ns3
{

void
L2tpScenarioControl::AddTo(CommandLine& cmd)
{
    std::string names;
    for (const L2tpProfile& known : L2tpProfile::GetAll())
    {
        names += (names.empty() ? "" : ", ") + known.GetName();
    }
    cmd.AddValue("Profile", "whose habits LAC and LNS have: " + names, profile);
    cmd.AddValue("LacProfile", "whose habits the LAC has, instead", lacProfile);
    cmd.AddValue("LnsProfile", "whose habits the LNS has, instead", lnsProfile);
    cmd.AddValue("LockStep",
                 "whether a control message waits until the one before it is acknowledged",
                 lockStep);
}

void
L2tpScenarioControl::ApplyTo(L2tpEndsHelper& helper) const
{
    const std::string& lac = lacProfile.empty() ? profile : lacProfile;
    const std::string& lns = lnsProfile.empty() ? profile : lnsProfile;
    if (!lac.empty())
    {
        helper.SetLacProfile(lac);
    }
    if (!lns.empty())
    {
        helper.SetLnsProfile(lns);
    }
    if (lockStep)
    {
        helper.SetEndpointAttribute("CongestionWindow",
                                    StringValue("ns3::L2tpFixedWindow[Size=1]"));
    }
}

} // namespace ns3
