/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// An LNS with many clients, and what its tunnels look like from outside.

#include "l2tp-test-network.h"

#include "ns3/l2tp-digest.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <set>

using namespace ns3;

namespace
{

class L2tpLnsTest : public L2tpNetworkTest
{
  protected:
    /**
     * @brief Digest every packet of a run on the internet link.
     * @param run number of the run
     * @return the digest
     */
    L2tpMd5Digest DigestOf(uint64_t run)
    {
        RngSeedManager::SetRun(run);
        Build(3);
        Install();
        L2tpMd5 md5;
        net->internet->watchPacket = [&md5](Ptr<const Packet> packet) {
            std::vector<uint8_t> octets(packet->GetSize());
            packet->CopyData(octets.data(), octets.size());
            const int64_t now = Simulator::Now().GetTimeStep();
            for (uint32_t shift = 0; shift < 64; shift += 8)
            {
                octets.push_back(static_cast<uint8_t>(now >> shift));
            }
            md5.Add(octets.data(), octets.size());
        };
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(77);
        net->internet->lose = [random](const L2tpTestDatagram&) {
            return random->GetValue() < 0.1;
        };
        RunUntil(Seconds(100));
        EXPECT_GT(net->internet->packets, 50U);
        Clear();
        return md5.Finish();
    }
};

} // namespace

TEST_F(L2tpLnsTest, ServesFiftyClientsAtOnce)
{
    constexpr uint32_t CLIENTS = 50;
    Build(CLIENTS);
    Install();
    tunnels.Stop(Seconds(10));
    RunUntil(Seconds(2));
    EXPECT_EQ(Lns()->GetNTunnels(), CLIENTS);
    EXPECT_EQ(Lns()->GetNCalls(), CLIENTS);
    std::set<Ipv4Address> addresses;
    std::vector<std::unique_ptr<L2tpTestProbe>> probes;
    for (uint32_t i = 0; i < CLIENTS; ++i)
    {
        addresses.insert(tunnels.GetClientAddress(i));
        probes.push_back(std::make_unique<L2tpTestProbe>(net->hosts.Get(i), net->serverAddress));
        probes.back()->Send();
        probes.back()->Ping();
    }
    EXPECT_EQ(addresses.size(), CLIENTS);
    EXPECT_EQ(addresses.count(Ipv4Address::GetAny()), 0U);
    RunUntil(Seconds(3));
    EXPECT_EQ(net->served.size(), CLIENTS);
    for (uint32_t i = 0; i < CLIENTS; ++i)
    {
        EXPECT_EQ(probes[i]->echoed, 1U) << "client " << i;
        EXPECT_EQ(probes[i]->pinged, 1U) << "client " << i;
        EXPECT_EQ(net->served[tunnels.GetClientAddress(i)], 1U) << "client " << i;
    }
    RunOut();
    ExpectNothingLeft();
    EXPECT_EQ(Lns()->GetStatistics().sessionsCleared, CLIENTS);
}

TEST_F(L2tpLnsTest, LetsClientsReachEachOther)
{
    Build(2);
    Install();
    RunUntil(Seconds(1));
    L2tpTestProbe probe(net->hosts.Get(0), tunnels.GetClientAddress(1));
    probe.Ping();
    RunUntil(Seconds(2));
    EXPECT_EQ(probe.pinged, 1U);
    EXPECT_EQ(probe.replier, tunnels.GetClientAddress(1));
}

// RFC 2661: 8.1-02
TEST_F(L2tpLnsTest, NeedsNoFragmentsByDefault)
{
    // 1450 octets and the headers of PPP, L2TP, UDP and IP are within an MTU of 1500.
    Build();
    Install();
    RunUntil(Seconds(1));
    EXPECT_EQ(Client()->GetDevice()->GetMtu(), 1450);
    L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
    probe.Send(1450 - 28);
    RunUntil(Seconds(2));
    EXPECT_EQ(probe.echoed, 1U);
    EXPECT_EQ(net->internet->fragments, 0U);
    // One octet more makes two fragments within the tunnel, and none outside.
    probe.Send(1450 - 28 + 1);
    RunUntil(Seconds(3));
    EXPECT_EQ(probe.echoed, 2U);
    EXPECT_EQ(net->internet->fragments, 0U);
}

TEST_F(L2tpLnsTest, FragmentsOutsideIfTheTunnelTakesWholePackets)
{
    Build();
    vpn->SetClientAttribute("Mru", UintegerValue(1500));
    vpn->SetSessionAttribute("Mru", UintegerValue(1500));
    Install();
    RunUntil(Seconds(1));
    EXPECT_EQ(Client()->GetDevice()->GetMtu(), 1500);
    L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
    probe.Send(1500 - 28);
    RunUntil(Seconds(2));
    EXPECT_EQ(probe.echoed, 1U);
    EXPECT_EQ(net->internet->fragments, 4U); // two there, two back
    EXPECT_EQ(Lns()->GetDataStatistics()->dropped, (std::array<uint64_t, L2TP_DROP_REASONS>{}));
}

TEST_F(L2tpLnsTest, SendsTheSameOctetsInEachRunOfTheSameNumber)
{
    const L2tpMd5Digest first = DigestOf(7);
    EXPECT_EQ(DigestOf(7), first);
    EXPECT_NE(DigestOf(8), first);
}
