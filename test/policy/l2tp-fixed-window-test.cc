/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/l2tp-fixed-window.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>

using namespace ns3;

// Without a size: what the peer allows (RFC 2661, section 4.4.3: 4 until it says so), in spite of
// all that is lost.
TEST(L2tpFixedWindowTest, NoCongestionControl)
{
    const auto window = CreateObject<L2tpFixedWindow>();
    EXPECT_EQ(window->GetWindow(), 4);
    window->SetAdvertisedWindow(16);
    EXPECT_EQ(window->GetWindow(), 16);
    window->OnRetransmission();
    EXPECT_EQ(window->GetWindow(), 16);
    window->OnAcknowledgement();
    EXPECT_EQ(window->GetWindow(), 16);
    EXPECT_EQ(window->GetThreshold(), 16);
}

// With a size: no more than that, and no more than the peer allows.
TEST(L2tpFixedWindowTest, Size)
{
    const auto window = CreateObject<L2tpFixedWindow>();
    window->SetAttribute("Size", UintegerValue(3));
    window->SetAdvertisedWindow(16);
    EXPECT_EQ(window->GetWindow(), 3);
    window->SetAdvertisedWindow(2);
    EXPECT_EQ(window->GetWindow(), 2);
}
