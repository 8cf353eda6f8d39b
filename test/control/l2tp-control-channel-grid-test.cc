/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "channel-fixture.h"

#include <random>
#include <tuple>

using namespace ns3;

namespace
{

/// What a network does to datagrams, each of which has its own luck.
struct Network
{
    /**
     * @brief Carry a datagram, or not, or twice.
     * @param datagram the datagram
     * @param to where it goes
     */
    void Carry(const ChannelDatagram& datagram, ChannelUser& to)
    {
        const int copies = Chance(loss) ? 0 : Chance(duplication) ? 2 : 1;
        for (int copy = 0; copy < copies; ++copy)
        {
            // Up to three times the usual delay, so that messages overtake each other.
            const Time extra = Chance(reordering) ? MilliSeconds(1 + random() % 40) : Time();
            DoAt(Simulator::Now() + MilliSeconds(20) + extra, [&to, datagram] {
                to.Receive(datagram.ns, datagram.nr, datagram.body, datagram.sessionId);
            });
        }
    }

    /**
     * @brief Throw the dice.
     * @param percent how likely
     * @return true that often
     */
    bool Chance(uint32_t percent)
    {
        return random() % 100 < percent;
    }

    uint32_t loss;        //!< per cent
    uint32_t duplication; //!< per cent
    uint32_t reordering;  //!< per cent
    std::mt19937 random;  //!< the dice, the same on every machine
};

/**
 * @brief Tell whether a list is the beginning of what was sent.
 * @param delivered the list
 * @param count how many were sent
 * @return false if something is missing in between, repeated or out of order
 */
bool
IsBeginning(const std::vector<std::string>& delivered, std::size_t count)
{
    bool good = delivered.size() <= count;
    for (std::size_t n = 0; n < delivered.size(); ++n)
    {
        good = good && delivered[n] == std::to_string(n);
    }
    return good;
}

/// Loss, duplication and reordering, in per cent.
using Mishaps = std::tuple<uint32_t, uint32_t, uint32_t>;

/// The promise of RFC 2661, section 5.8: in order and once, or the peer is dead.
class L2tpControlChannelGridTest : public ChannelTest, public ::testing::WithParamInterface<Mishaps>
{
};

} // namespace

TEST_P(L2tpControlChannelGridTest, InOrderAndOnceOrDead)
{
    const std::size_t count = 12;
    const auto [loss, duplication, reordering] = GetParam();
    for (uint32_t seed = 1; seed <= 200; ++seed)
    {
        Network network{loss, duplication, reordering, std::mt19937(seed)};
        L2tpControlChannel::Config config;
        config.receiveWindowSize = 1 + seed % 8;
        ChannelUser one("one", config);
        ChannelUser other("other", config);
        one.m_onTransmit = [&](const ChannelDatagram& d) { network.Carry(d, other); };
        other.m_onTransmit = [&](const ChannelDatagram& d) { network.Carry(d, one); };
        for (ChannelUser* user : {&one, &other})
        {
            user->m_channel->SetPeerWindow(config.receiveWindowSize);
            for (std::size_t n = 0; n < count; ++n)
            {
                user->Send(std::to_string(n));
            }
        }
        Simulator::Run(); // to the end: nothing may keep itself alive
        for (const auto& [from, to] : {std::pair(&one, &other), std::pair(&other, &one)})
        {
            ASSERT_TRUE(IsBeginning(to->m_delivered, count)) << "seed " << seed;
            const bool dead = !one.m_dead.empty() || !other.m_dead.empty();
            ASSERT_TRUE(to->m_delivered.size() == count || dead) << "seed " << seed;
            ASSERT_TRUE(from->m_channel->GetQueueLength() == 0 || dead) << "seed " << seed;
            ASSERT_LE(from->m_dead.size(), 1U);
        }
        if (loss == 0)
        {
            ASSERT_TRUE(one.m_dead.empty() && other.m_dead.empty());
            ASSERT_EQ(one.m_channel->GetStatistics().retransmitted, 0U) << "seed " << seed;
        }
        Simulator::Destroy();
    }
}

INSTANTIATE_TEST_SUITE_P(Grid,
                         L2tpControlChannelGridTest,
                         ::testing::Combine(::testing::Values(0, 10, 20, 30, 40, 50, 60),
                                            ::testing::Values(0, 20),
                                            ::testing::Values(0, 50)));
