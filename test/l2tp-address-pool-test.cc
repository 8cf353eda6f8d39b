/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Which addresses an LNS assigns, and in what order.

#include "ns3/l2tp-address-pool.h"

#include <gtest/gtest.h>
#include <vector>

using namespace ns3;

namespace
{

class L2tpAddressPoolTest : public ::testing::Test
{
  protected:
    void SetUp() override
    {
        pool->SetNetwork("10.8.0.0", "255.255.255.248"); // hosts 1 to 6
    }

    /// Acquire addresses until there is none.
    std::vector<Ipv4Address> AcquireAll()
    {
        std::vector<Ipv4Address> all;
        for (auto one = pool->Acquire(); one != Ipv4Address::GetAny(); one = pool->Acquire())
        {
            all.push_back(one);
        }
        return all;
    }

    Ptr<L2tpAddressPool> pool{CreateObject<L2tpAddressPool>()}; //!< the pool
};

using L2tpAddressPoolDeathTest = L2tpAddressPoolTest;

} // namespace

TEST_F(L2tpAddressPoolTest, AssignsAllHostsButReservedOnesInRisingOrder)
{
    pool->Reserve("10.8.0.1");
    pool->Reserve("10.8.0.4");
    const std::vector<Ipv4Address> expected{"10.8.0.2", "10.8.0.3", "10.8.0.5", "10.8.0.6"};
    EXPECT_EQ(AcquireAll(), expected);
    EXPECT_EQ(pool->GetNAssigned(), 4U);
}

TEST_F(L2tpAddressPoolTest, AssignsTheAddressThatRestedLongest)
{
    AcquireAll();
    pool->Release("10.8.0.5");
    pool->Release("10.8.0.2");
    EXPECT_EQ(pool->GetNAssigned(), 4U);
    const std::vector<Ipv4Address> expected{"10.8.0.5", "10.8.0.2"};
    EXPECT_EQ(AcquireAll(), expected);
}

TEST_F(L2tpAddressPoolTest, PrefersAddressesNeverUsedToReturnedOnes)
{
    pool->Release(pool->Acquire());
    EXPECT_EQ(pool->Acquire(), Ipv4Address("10.8.0.2"));
}

TEST_F(L2tpAddressPoolTest, IgnoresWhatItDidNotAssign)
{
    pool->Release("10.8.0.3");
    pool->Release("192.0.2.1");
    pool->Release(Ipv4Address::GetAny());
    const Ipv4Address once = pool->Acquire();
    pool->Release(once);
    pool->Release(once);
    EXPECT_EQ(AcquireAll().size(), 6U);
}

TEST_F(L2tpAddressPoolTest, NeverAssignsAnAddressReservedAfterItCameBack)
{
    AcquireAll();
    pool->Release("10.8.0.2");
    pool->Release("10.8.0.3");
    pool->Reserve("10.8.0.2");
    pool->Reserve("10.8.0.4"); // assigned now, and not again
    pool->Release("10.8.0.4");
    EXPECT_EQ(AcquireAll(), std::vector<Ipv4Address>{"10.8.0.3"});
}

TEST_F(L2tpAddressPoolTest, HasNothingToAssignWithoutANetwork)
{
    EXPECT_EQ(CreateObject<L2tpAddressPool>()->Acquire(), Ipv4Address::GetAny());
}

TEST_F(L2tpAddressPoolTest, ReachesTheEndOfTheAddressSpace)
{
    pool->SetNetwork("255.255.255.252", "255.255.255.252");
    const std::vector<Ipv4Address> expected{"255.255.255.253", "255.255.255.254"};
    EXPECT_EQ(AcquireAll(), expected);
}

TEST_F(L2tpAddressPoolDeathTest, NamesWhatIsWrongWithANetwork)
{
    EXPECT_DEATH(pool->SetNetwork("10.8.0.0", "255.255.255.254"), "mask of at most 30 bits");
    pool->Acquire();
    EXPECT_DEATH(pool->SetNetwork("10.9.0.0", "255.255.255.0"), "while addresses are assigned");
}
