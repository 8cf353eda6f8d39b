/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A device that is there before its link is; test/l2tp-dial-on-demand-test.cc has one with a link.

#include "simulation-test.h"

#include "ns3/ipv4-l3-protocol.h"
#include "ns3/node.h"
#include "ns3/ppp-on-demand-net-device.h"

#include <string>

using namespace ns3;

namespace
{

/// A device whose link is down.
class PppOnDemandNetDeviceTest : public SimulationTest
{
  protected:
    PppOnDemandNetDeviceTest()
    {
        device->SetLink(CreateObject<PppLink>());
        node->AddDevice(device);
        device->TraceConnectWithoutContext(
            "WaitDrop",
            Callback<void, PppWaitDropReason, Ptr<const Packet>>(
                [this](PppWaitDropReason reason, Ptr<const Packet>) {
                    log += std::string(PppWaitDropReasonName(reason)) + " ";
                }));
    }

    ~PppOnDemandNetDeviceTest() override
    {
        node->Dispose();
    }

    /// Send a packet. @param protocol as ns-3 calls it @return whether it was taken
    bool Send(uint16_t protocol = Ipv4L3Protocol::PROT_NUMBER) const
    {
        return device->Send(Create<Packet>(100), device->GetBroadcast(), protocol);
    }

    Ptr<Node> node{CreateObject<Node>()};                                   //!< its node
    Ptr<PppOnDemandNetDevice> device{CreateObject<PppOnDemandNetDevice>()}; //!< the device
    std::string log;                                                        //!< what was dropped
};

} // namespace

TEST_F(PppOnDemandNetDeviceTest, PacketsWaitIfSomebodyWantsThemTo)
{
    EXPECT_FALSE(Send()) << "nobody brings the link up";
    int asked = 0;
    bool wanted = false;
    device->SetWantedCallback(Callback<bool>([&asked, &wanted] {
        ++asked;
        return wanted;
    }));
    EXPECT_FALSE(Send());
    wanted = true;
    EXPECT_TRUE(Send());
    EXPECT_TRUE(Send());
    EXPECT_EQ(asked, 3);
    EXPECT_EQ(device->GetNWaiting(), 2U);
    device->SendWaiting();
    EXPECT_EQ(device->GetNWaiting(), 2U) << "there is still no link";
    device->DropWaiting();
    EXPECT_EQ(device->GetNWaiting(), 0U);
    EXPECT_EQ(log, "unwanted unwanted no-link no-link ");
    EXPECT_EQ(device->GetWaitDropCount(PppWaitDropReason::UNWANTED), 2U);
    EXPECT_EQ(device->GetWaitDropCount(PppWaitDropReason::NO_LINK), 2U);
    EXPECT_EQ(device->GetWaitDropCount(PppWaitDropReason::QUEUE_FULL), 0U);
}

// Thirty-two, if nothing else is said.
TEST_F(PppOnDemandNetDeviceTest, TheQueueHasABound)
{
    device->SetWantedCallback(Callback<bool>([] { return true; }));
    for (int i = 0; i < 32; ++i)
    {
        EXPECT_TRUE(Send());
    }
    EXPECT_FALSE(Send());
    EXPECT_EQ(log, "queue-full ");
}

// Only IPv4 is worth a call.
TEST_F(PppOnDemandNetDeviceTest, OtherProtocolsDoNotWait)
{
    int asked = 0;
    device->SetWantedCallback(Callback<bool>([&asked] {
        ++asked;
        return true;
    }));
    uint32_t dropped = 0;
    device->TraceConnectWithoutContext(
        "MacTxDrop",
        Callback<void, Ptr<const Packet>>([&dropped](Ptr<const Packet>) { ++dropped; }));
    EXPECT_FALSE(Send(0x86dd));
    EXPECT_FALSE(Send(0x0806));
    EXPECT_EQ(asked, 0);
    EXPECT_EQ(dropped, 2U);
    EXPECT_EQ(device->GetNWaiting(), 0U);
}
