/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/l2tp-slow-start.h"

#include <gtest/gtest.h>
#include <vector>

using namespace ns3;

namespace
{

/// Each sentence of RFC 2661, Appendix A.
class L2tpSlowStartTest : public ::testing::Test
{
  protected:
    /**
     * @brief Let acknowledgements come.
     * @param count how many
     * @return the window after each
     */
    std::vector<int> Acknowledge(int count)
    {
        std::vector<int> windows;
        for (int n = 0; n < count; ++n)
        {
            m_window->OnAcknowledgement();
            windows.push_back(m_window->GetWindow());
        }
        return windows;
    }

    Ptr<L2tpSlowStart> m_window{CreateObject<L2tpSlowStart>()}; //!< the window
};

using Windows = std::vector<int>;

} // namespace

// "CWND is initialized to one packet, and SSTHRESH is initialized to the advertised window". Until
// it is known, that is 4 (section 4.4.3).
// RFC 2661: 5.8-13, A-01
TEST_F(L2tpSlowStartTest, Start)
{
    EXPECT_EQ(m_window->GetWindow(), 1);
    EXPECT_EQ(m_window->GetThreshold(), 4);
    m_window->SetAdvertisedWindow(16);
    EXPECT_EQ(m_window->GetWindow(), 1);
    EXPECT_EQ(m_window->GetThreshold(), 16);
}

// "the congestion window is incremented from one to two. During slow start, CWND is increased by
// one packet each time an ACK is received."
// RFC 2661: 5.8-13, A-01
TEST_F(L2tpSlowStartTest, SlowStartGrowsByOneForEachAcknowledgement)
{
    m_window->SetAdvertisedWindow(6);
    EXPECT_EQ(Acknowledge(5), Windows({2, 3, 4, 5, 6}));
}

// "CWND is never allowed to exceed the size of the advertised window".
// RFC 2661: 5.8-13, A-01
TEST_F(L2tpSlowStartTest, NeverBeyondTheAdvertisedWindow)
{
    m_window->SetAdvertisedWindow(3);
    EXPECT_EQ(Acknowledge(20).back(), 3);
    m_window->SetAdvertisedWindow(2);
    EXPECT_EQ(m_window->GetWindow(), 2);
    m_window->SetAdvertisedWindow(1);
    EXPECT_EQ(m_window->GetWindow(), 1);
    EXPECT_EQ(Acknowledge(20).back(), 1);
}

// "one half of the CWND is saved in SSTHRESH, and CWND is set to one".
// RFC 2661: 5.8-13, A-01
TEST_F(L2tpSlowStartTest, CongestionHalves)
{
    m_window->SetAdvertisedWindow(16);
    Acknowledge(9);
    EXPECT_EQ(m_window->GetWindow(), 10);
    m_window->OnRetransmission();
    EXPECT_EQ(m_window->GetThreshold(), 5);
    EXPECT_EQ(m_window->GetWindow(), 1);
}

// "The sender then reenters the slow start phase", "When the value of CWND reaches SSTHRESH, the
// slow start phase ends", and "CWND is increased by one packet after CWND new ACKs".
// RFC 2661: 5.8-13, A-01
TEST_F(L2tpSlowStartTest, CongestionAvoidanceGrowsByOneForEachWindow)
{
    m_window->SetAdvertisedWindow(16);
    Acknowledge(7);
    m_window->OnRetransmission(); // 8 to 1, threshold 4
    EXPECT_EQ(Acknowledge(3), Windows({2, 3, 4}));
    EXPECT_EQ(Acknowledge(4), Windows({4, 4, 4, 5}));
    EXPECT_EQ(Acknowledge(5), Windows({5, 5, 5, 5, 6}));
    EXPECT_EQ(Acknowledge(6), Windows({6, 6, 6, 6, 6, 7}));
    EXPECT_EQ(m_window->GetThreshold(), 4);
}

// A part of a window's acknowledgements does not count after congestion.
TEST_F(L2tpSlowStartTest, CongestionForgetsTheAcknowledgementsCounted)
{
    m_window->SetAdvertisedWindow(16);
    Acknowledge(3);
    m_window->OnRetransmission(); // threshold 2
    EXPECT_EQ(Acknowledge(2), Windows({2, 2}));
    m_window->OnRetransmission(); // threshold 1
    EXPECT_EQ(Acknowledge(1), Windows({2})) << "the window is 1, and one ACK is a whole window";
    EXPECT_EQ(Acknowledge(2), Windows({2, 3}));
}

// The window never becomes 0, however long the congestion.
TEST_F(L2tpSlowStartTest, RepeatedCongestionLeavesOne)
{
    for (int n = 0; n < 5; ++n)
    {
        m_window->OnRetransmission();
        EXPECT_EQ(m_window->GetWindow(), 1);
        EXPECT_EQ(m_window->GetThreshold(), 1);
    }
}

// A Receive Window Size that is learnt after congestion does not undo it.
// RFC 2661: 5.8-13, A-01
TEST_F(L2tpSlowStartTest, ALaterWindowDoesNotRaiseTheThreshold)
{
    m_window->SetAdvertisedWindow(16);
    Acknowledge(9);
    m_window->OnRetransmission();
    m_window->SetAdvertisedWindow(32);
    EXPECT_EQ(m_window->GetThreshold(), 5);
    m_window->SetAdvertisedWindow(3);
    EXPECT_EQ(m_window->GetThreshold(), 3);
}

// The widest window there can be (case 19).
TEST_F(L2tpSlowStartTest, TheWidestWindowDoesNotOverflow)
{
    m_window->SetAdvertisedWindow(65535);
    EXPECT_EQ(Acknowledge(70000).back(), 65535);
    m_window->OnRetransmission();
    EXPECT_EQ(m_window->GetThreshold(), 32767);
}
