/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A host that tunnels of its own will, from the first SCCRQ to the last linger.

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/pointer.h"
#include "ns3/string.h"

using namespace ns3;

namespace
{

class L2tpVoluntaryClientTest : public L2tpNetworkTest
{
  protected:
    void SetUp() override
    {
        L2tpNetworkTest::SetUp();
        Build();
        routes = L2tpTestNetwork::RoutesOf(net->hosts.Get(0));
    }

    std::string routes; //!< the host's routes before there was a tunnel
};

} // namespace

TEST_F(L2tpVoluntaryClientTest, GoesUpCarriesTrafficAndLeavesNothing)
{
    // Sections 5.1 to 5.7: tunnel, session, data, CDN, StopCCN.
    Install();
    std::vector<std::string> messages;
    Time last;
    net->internet->watch = [&](const L2tpTestDatagram& datagram) {
        if (datagram.IsControl() && !datagram.IsZlb())
        {
            messages.push_back(L2tpMessageName(datagram.message.GetType()));
            last = datagram.time;
        }
    };
    Ipv4Address up;
    Ipv4Address peer;
    Client()->TraceConnectWithoutContext(
        "Up",
        Callback<void, Ipv4Address, Ipv4Address>([&](Ipv4Address local, Ipv4Address remote) {
            up = local;
            peer = remote;
        }));
    tunnels.Start(Seconds(1));
    tunnels.Stop(Seconds(10));
    RunUntil(Seconds(2));
    EXPECT_EQ(up, Ipv4Address("10.8.0.2"));
    EXPECT_EQ(peer, Ipv4Address("10.8.0.1"));
    EXPECT_EQ(Client()->GetDevice()->GetLink()->GetPeerName(), "");
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    ExpectTraffic();
    const std::vector<std::string> setUp{"SCCRQ", "SCCRP", "SCCCN", "ICRQ", "ICRP", "ICCN"};
    EXPECT_EQ(messages, setUp);
    messages.clear();

    RunUntil(Seconds(11));
    const std::vector<std::string> clearing{"CDN", "StopCCN"};
    EXPECT_EQ(messages, clearing);
    EXPECT_EQ(Lns()->GetNTunnels(), 0U);
    // Section 5.7: state is kept for a full retransmission cycle after the StopCCN came.
    const Time gone = last + MilliSeconds(5) + Seconds(31);
    RunUntil(gone - NanoSeconds(1));
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 1U);
    RunUntil(gone + NanoSeconds(1));
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 0U);
    Simulator::Run();
    EXPECT_TRUE(Simulator::IsFinished());
    ExpectNothingLeft();
    EXPECT_EQ(L2tpTestNetwork::RoutesOf(net->hosts.Get(0)), routes);
    EXPECT_EQ(Lac()->GetStatistics().tunnelsEstablished, 1U);
    EXPECT_EQ(Lac()->GetStatistics().tunnelsCleared, 1U);
    EXPECT_EQ(Lns()->GetStatistics().sessionsCleared, 1U);
    EXPECT_EQ(Lns()->GetStatistics().controlRetransmitted, 0U);
}
