/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A LAC with a profile and a peer that does not answer, for test_profiles.py:
//
//   --Case=unreachable  the LNS can't be reached from the start: the SCCRQ is repeated
//   --Case=cut          the tunnel stands, the link is cut, and the LAC stops: the StopCCN is
//   repeated
//
// Writes the capture DIR/PROFILE-CASE.pcap, and says when the tunnel's state was released, in
// seconds from the first transmission. With --List=true it writes all profiles as JSON instead.

#include "ns3/boolean.h"
#include "ns3/command-line.h"
#include "ns3/global-value.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/l2tp-outage-error-model.h"
#include "ns3/l2tp-profile.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/node-container.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

using namespace ns3;

namespace
{

/// When the link of the case "cut" is cut: the tunnel stands by then, and all is acknowledged.
const Time CUT = Seconds(5);

/// How precisely the release is told.
const Time STEP = MilliSeconds(10);

/// Write all profiles as JSON.
void
List()
{
    nlohmann::json all = nlohmann::json::array();
    for (const L2tpProfile& profile : L2tpProfile::GetAll())
    {
        nlohmann::json settings;
        for (const auto& setting : profile.GetSettings())
        {
            settings[setting.first] = setting.second;
        }
        all.push_back(
            {{"name", profile.GetName()}, {"source", profile.GetSource()}, {"settings", settings}});
    }
    std::cout << all.dump(2) << "\n";
}

/// Tell once the LAC has no tunnel any more. @param lac the LAC @param start when it began to send
void
Watch(Ptr<L2tpLac> lac, Time start)
{
    if (lac->GetNTunnelsHeld() > 0)
    {
        Simulator::Schedule(STEP, &Watch, lac, start);
        return;
    }
    std::cout << "released after " << (Simulator::Now() - start).GetSeconds() << " s\n";
    Simulator::Stop();
}

} // namespace

int
main(int argc, char* argv[])
{
    std::string profile = "rfc2661";
    std::string what = "unreachable";
    std::string out = ".";
    bool list = false;
    CommandLine cmd(__FILE__);
    cmd.AddValue("Profile", "the LAC's profile", profile);
    cmd.AddValue("Case", "unreachable or cut", what);
    cmd.AddValue("Out", "folder for the capture", out);
    cmd.AddValue("List", "whether to write all profiles instead", list);
    cmd.Parse(argc, argv);
    if (list)
    {
        List();
        return 0;
    }
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    NodeContainer nodes(2);
    InternetStackHelper().Install(nodes);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
    link.SetChannelAttribute("Delay", StringValue("1ms"));
    const NetDeviceContainer devices = link.Install(nodes);
    Ipv4AddressHelper("192.0.2.0", "255.255.255.0").Assign(devices);
    auto outage = CreateObject<L2tpOutageErrorModel>();
    const bool cut = what == "cut";
    outage->AddOutage(cut ? CUT : Seconds(0), Hours(10));
    devices.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(outage));
    L2tpVoluntaryHelper vpn;
    vpn.SetCredentials("alice", "wonderland");
    vpn.SetLacProfile(profile);
    const L2tpVpnContainer tunnels = vpn.Install(nodes.Get(0), nodes.Get(1));
    Ptr<L2tpLac> lac = tunnels.GetLac(0);
    link.EnablePcap(out + "/" + profile + "-" + what + ".pcap", devices.Get(0), false, true);
    const Time start = cut ? CUT : Seconds(0);
    if (cut)
    {
        Simulator::Schedule(CUT, &L2tpLac::Stop, lac);
    }
    Simulator::Schedule(start + NanoSeconds(1), &Watch, lac, start);
    Simulator::Stop(Hours(1));
    Simulator::Run();
    Simulator::Destroy();
    return 0;
}
