/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief A retransmission policy of one's own, in one file: SCCRQs at 0, 1, 2, 4, 7, 12 and 20 s
 */
#include "scenario-options.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/point-to-point-module.h"

using namespace ns3;

/// Waits 1, 1, 2, 3, 5, 8 and 13 s.
struct Fibonacci : public L2tpRetransmissionPolicy
{
    static TypeId GetTypeId()
    {
        static TypeId tid =
            TypeId("Fibonacci").SetParent<L2tpRetransmissionPolicy>().AddConstructor<Fibonacci>();
        return tid;
    }

    Time GetInterval(uint32_t n) const override
    {
        return n < 2 ? Seconds(1) : GetInterval(n - 1) + GetInterval(n - 2);
    }

    uint32_t GetMaxRetransmissions() const override
    {
        return 6;
    }
};

int
main(int argc, char** argv)
{
    L2tpScenarioOptions options;
    options.loss = 1;
    CommandLine cmd(__FILE__);
    options.AddTo(cmd);
    options.Parse(cmd, argc, argv);
    NodeContainer nodes(2);
    InternetStackHelper().Install(nodes);
    const NetDeviceContainer devices = PointToPointHelper().Install(nodes);
    devices.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(options.MakeLoss(1)));
    Ipv4AddressHelper("192.0.2.0", "255.255.255.0").Assign(devices);
    L2tpVoluntaryHelper vpn;
    vpn.SetLacAttribute("RetransmissionPolicy", StringValue(Fibonacci::GetTypeId().GetName()));
    const L2tpVpnContainer tunnels = vpn.Install(nodes.Get(0), nodes.Get(1));
    L2tpLadder ladder(tunnels.GetLac(0), "host", tunnels.GetLns(), "LNS");
    tunnels.Stop(options.duration);
    Simulator::Run();
    ladder.Print(std::cout);
    Simulator::Destroy();
}
