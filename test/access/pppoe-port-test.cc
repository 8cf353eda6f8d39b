/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Which devices PPPoE runs over (RFC 2516, section 4).

#include "pppoe-fixture.h"

#include "ns3/boolean.h"
#include "ns3/mac64-address.h"
#include "ns3/queue.h"

using namespace ns3;

namespace
{

using PppoePortTest = PppoeTest;

/// A device whose addresses have eight octets.
class LongAddressDevice : public SimpleNetDevice
{
  public:
    Address GetAddress() const override
    {
        return Mac64Address("00:00:00:00:00:00:00:01");
    }
};

} // namespace

TEST_F(PppoePortTest, ADeviceHasOnePort)
{
    EXPECT_EQ(PppoePort::Of(host.device), host.port);
    EXPECT_NE(PppoePort::Of(ac.device), host.port);
}

TEST_F(PppoePortTest, OnlyEthernetWillDo)
{
    const auto pointToPoint = CreateObject<SimpleNetDevice>();
    pointToPoint->SetAttribute("PointToPointMode", BooleanValue(true));
    host.node->AddDevice(pointToPoint);
    EXPECT_DEATH(PppoePort::Of(pointToPoint), "device 1 of node .* is no Ethernet: use one with");
    const auto other = CreateObject<LongAddressDevice>();
    host.node->AddDevice(other);
    EXPECT_DEATH(PppoePort::Of(other), "device 2 of node .* is no Ethernet: use one with");
}

TEST_F(PppoePortTest, ADeviceInUseIsKept)
{
    Connect();
    const auto other = CreateObject<SimpleNetDevice>();
    host.node->AddDevice(other);
    EXPECT_DEATH(host.client->SetDevice(other),
                 "PppoeClient: disconnect it before it gets another");
    EXPECT_DEATH(ac.ac->SetDevice(other), "PppoeConcentrator: stop it before it gets another");
    host.client->Disconnect();
    host.client->SetDevice(other);
    ac.ac->Stop();
    ac.ac->SetDevice(other);
}
