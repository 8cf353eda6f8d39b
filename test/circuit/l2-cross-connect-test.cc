/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "fake-circuit.h"

#include "ns3/l2-cross-connect.h"

#include <functional>
#include <gtest/gtest.h>
#include <string>

using namespace ns3;

namespace
{

using Side = L2CrossConnect::Side;

/// Two circuits, and somebody who joins them.
class L2CrossConnectTest : public ::testing::Test
{
  protected:
    L2CrossConnectTest()
    {
        m_joint->SetCallbacks(Callback<void>([this] {
                                  m_log += "up ";
                                  if (m_then)
                                  {
                                      m_then();
                                  }
                              }),
                              Callback<void, Side>([this](Side side) {
                                  m_log += side == Side::FIRST ? "first-down " : "second-down ";
                                  if (m_then)
                                  {
                                      m_then();
                                  }
                              }));
    }

    /// Join the circuits, and let them be up.
    void Join()
    {
        m_first->SetUp(true);
        m_second->SetUp(true);
        m_joint->Connect(m_first, m_second);
        m_log.clear();
    }

    Ptr<FakeCircuit> m_first{CreateObject<FakeCircuit>()};       //!< say, a line
    Ptr<FakeCircuit> m_second{CreateObject<FakeCircuit>()};      //!< say, a session
    Ptr<L2CrossConnect> m_joint{CreateObject<L2CrossConnect>()}; //!< joins them
    std::string m_log;                                           //!< what was told
    std::function<void()> m_then;                                //!< what whoever is told does
};

} // namespace

TEST_F(L2CrossConnectTest, PassesTheVeryPacketBothWays)
{
    Join();
    const auto there = Create<Packet>(100);
    const auto back = Create<Packet>(40);
    EXPECT_TRUE(m_first->Deliver(there));
    EXPECT_TRUE(m_second->Deliver(back));
    ASSERT_EQ(m_second->m_sent.size(), 1U);
    ASSERT_EQ(m_first->m_sent.size(), 1U);
    EXPECT_EQ(m_second->m_sent[0], there);
    EXPECT_EQ(m_first->m_sent[0], back);
}

TEST_F(L2CrossConnectTest, CountsEachDirection)
{
    Join();
    m_first->Deliver(Create<Packet>(100));
    m_first->Deliver(Create<Packet>(20));
    m_second->Deliver(Create<Packet>(7));
    EXPECT_EQ(m_joint->GetStatistics(Side::FIRST).frames, 2U);
    EXPECT_EQ(m_joint->GetStatistics(Side::FIRST).octets, 120U);
    EXPECT_EQ(m_joint->GetStatistics(Side::SECOND).frames, 1U);
    EXPECT_EQ(m_joint->GetStatistics(Side::SECOND).octets, 7U);
    EXPECT_EQ(m_joint->GetStatistics(Side::FIRST).dropped, 0U);
}

TEST_F(L2CrossConnectTest, IsUpWhenBothAre)
{
    m_joint->Connect(m_first, m_second);
    EXPECT_FALSE(m_joint->IsUp());
    m_second->SetUp(true);
    EXPECT_EQ(m_log, "");
    m_first->SetUp(true);
    EXPECT_TRUE(m_joint->IsUp());
    EXPECT_EQ(m_log, "up ");
}

TEST_F(L2CrossConnectTest, CircuitsThatAreUpAlreadyAreToldOnce)
{
    m_first->SetUp(true);
    m_second->SetUp(true);
    m_joint->Connect(m_first, m_second);
    EXPECT_EQ(m_log, "up ");
}

TEST_F(L2CrossConnectTest, TellsWhichWentDownFirstAndOnlyThat)
{
    Join();
    m_second->SetUp(false);
    m_first->SetUp(false);
    EXPECT_FALSE(m_joint->IsUp());
    EXPECT_EQ(m_log, "second-down ");
    m_first->SetUp(true);
    m_second->SetUp(true);
    EXPECT_EQ(m_log, "second-down up ");
}

TEST_F(L2CrossConnectTest, CountsWhatTheOtherCircuitDoesNotTake)
{
    Join();
    m_second->SetUp(false);
    int dropped = 0;
    m_joint->TraceConnectWithoutContext(
        "Drop",
        Callback<void, Side, Ptr<const Packet>>([&dropped](Side from, Ptr<const Packet> frame) {
            EXPECT_EQ(from, Side::FIRST);
            EXPECT_EQ(frame->GetSize(), 9U);
            ++dropped;
        }));
    m_first->Deliver(Create<Packet>(9));
    EXPECT_EQ(dropped, 1);
    EXPECT_EQ(m_joint->GetStatistics(Side::FIRST).dropped, 1U);
    EXPECT_EQ(m_joint->GetStatistics(Side::FIRST).frames, 0U);
}

TEST_F(L2CrossConnectTest, TracesFramesAndStatus)
{
    std::string log;
    m_joint->TraceConnectWithoutContext(
        "Forward",
        Callback<void, Side, Ptr<const Packet>>([&log](Side from, Ptr<const Packet> frame) {
            log += (from == Side::FIRST ? ">" : "<") + std::to_string(frame->GetSize()) + " ";
        }));
    m_joint->TraceConnectWithoutContext("Status", Callback<void, bool>([&log](bool up) {
                                            log += up ? "up " : "down ";
                                        }));
    Join();
    m_first->Deliver(Create<Packet>(5));
    m_second->Deliver(Create<Packet>(6));
    m_joint->Disconnect();
    EXPECT_EQ(log, "up >5 <6 down ");
}

TEST_F(L2CrossConnectTest, DisconnectIsToldToNobody)
{
    Join();
    m_joint->Disconnect();
    EXPECT_EQ(m_log, "");
    EXPECT_FALSE(m_first->Deliver(Create<Packet>(1)));
    EXPECT_FALSE(m_second->Deliver(Create<Packet>(1)));
    m_first->SetUp(false);
    EXPECT_EQ(m_log, "");
    EXPECT_EQ(m_joint->GetCircuit(Side::FIRST), nullptr);
}

TEST_F(L2CrossConnectTest, JoinsOtherCircuitsNext)
{
    Join();
    auto third = CreateObject<FakeCircuit>();
    third->SetUp(true);
    m_joint->Connect(m_first, third);
    EXPECT_EQ(m_log, "up ");
    m_first->Deliver(Create<Packet>(1));
    EXPECT_EQ(third->m_sent.size(), 1U);
    EXPECT_TRUE(m_second->m_sent.empty());
    EXPECT_FALSE(m_second->Deliver(Create<Packet>(1)));
}

// An LAC clears the call, and forgets all about it, when it hears that the line went down.
TEST_F(L2CrossConnectTest, MayBeDisposedOfWhenToldOfDown)
{
    Join();
    m_then = [this] {
        m_joint->Dispose();
        m_joint = nullptr;
        m_second->Dispose();
    };
    m_first->SetUp(false);
    EXPECT_EQ(m_log, "first-down ");
    EXPECT_FALSE(m_first->Deliver(Create<Packet>(1)));
}

TEST_F(L2CrossConnectTest, MayBeDisposedOfWhenToldOfUp)
{
    m_then = [this] {
        m_joint->Dispose();
        m_joint = nullptr;
    };
    m_first->SetUp(true);
    m_second->SetUp(true);
    m_joint->Connect(m_first, m_second);
    EXPECT_EQ(m_log, "up ");
    EXPECT_FALSE(m_first->Deliver(Create<Packet>(1)));
}

TEST_F(L2CrossConnectTest, MayBeLetGoOfWhileAFramePasses)
{
    Join();
    m_joint->TraceConnectWithoutContext(
        "Forward",
        Callback<void, Side, Ptr<const Packet>>([this](Side, Ptr<const Packet>) {
            m_joint->Dispose();
            m_joint = nullptr;
        }));
    EXPECT_TRUE(m_first->Deliver(Create<Packet>(1)));
    EXPECT_TRUE(m_second->m_sent.empty());
    EXPECT_FALSE(m_first->Deliver(Create<Packet>(1)));
}

TEST_F(L2CrossConnectTest, LettingGoOfItPartsTheCircuits)
{
    Join();
    m_joint = nullptr;
    EXPECT_FALSE(m_first->Deliver(Create<Packet>(1)));
    m_second->SetUp(false);
    EXPECT_EQ(m_log, "");
}

TEST_F(L2CrossConnectTest, ACircuitMayBeDisposedOfFirst)
{
    Join();
    m_second->Dispose();
    m_first->Deliver(Create<Packet>(1));
    EXPECT_EQ(m_joint->GetStatistics(Side::FIRST).dropped, 1U);
    m_joint->Dispose();
}

TEST_F(L2CrossConnectTest, RefusesToJoinACircuitToItself)
{
    EXPECT_DEATH(m_joint->Connect(m_first, m_first), "L2CrossConnect");
    EXPECT_DEATH(m_joint->Connect(m_first, nullptr), "L2CrossConnect");
}
