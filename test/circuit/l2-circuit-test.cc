/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "fake-circuit.h"

#include <gtest/gtest.h>
#include <memory>
#include <vector>

using namespace ns3;

namespace
{

/**
 * Note what a callback is given.
 * @param notes where to note it
 * @param item what was given
 */
template <typename T>
void
Note(std::vector<T>* notes, T item)
{
    notes->push_back(item);
}

/// A circuit and somebody who notes what it says.
class L2CircuitTest : public ::testing::Test
{
  protected:
    /// Attach callbacks that take notes.
    void Attach()
    {
        m_circuit->Attach(MakeBoundCallback(&Note<Ptr<Packet>>, &m_received),
                          MakeBoundCallback(&Note<bool>, &m_status));
    }

    /// Detach.
    void Detach()
    {
        m_circuit->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
    }

    Ptr<FakeCircuit> m_circuit{CreateObject<FakeCircuit>()}; //!< the circuit
    std::vector<Ptr<Packet>> m_received;                     //!< frames, as they came
    std::vector<bool> m_status;                              //!< status, as it changed
};

using Changes = std::vector<bool>;

} // namespace

TEST_F(L2CircuitTest, IsDownAtFirst)
{
    Attach();
    EXPECT_FALSE(m_circuit->IsUp());
    EXPECT_EQ(m_status, Changes());
}

TEST_F(L2CircuitTest, AttachWhenUpCallsStatusAtOnce)
{
    m_circuit->SetUp(true);
    EXPECT_EQ(m_status, Changes());
    Attach();
    EXPECT_EQ(m_status, Changes({true}));
}

TEST_F(L2CircuitTest, AttachWithoutStatusCallbackWhenUp)
{
    m_circuit->SetUp(true);
    m_circuit->Attach(MakeBoundCallback(&Note<Ptr<Packet>>, &m_received),
                      L2Circuit::StatusCallback());
    m_circuit->SetUp(false);
    EXPECT_TRUE(m_circuit->Deliver(Create<Packet>(1)));
    EXPECT_EQ(m_received.size(), 1U);
}

TEST_F(L2CircuitTest, SetUpTellsEachChangeOnce)
{
    Attach();
    m_circuit->SetUp(false);
    m_circuit->SetUp(true);
    m_circuit->SetUp(true);
    EXPECT_TRUE(m_circuit->IsUp());
    m_circuit->SetUp(false);
    m_circuit->SetUp(false);
    EXPECT_FALSE(m_circuit->IsUp());
    EXPECT_EQ(m_status, Changes({true, false}));
}

TEST_F(L2CircuitTest, DeliversTheVeryPacket)
{
    Attach();
    Ptr<Packet> frame = Create<Packet>(100);
    EXPECT_TRUE(m_circuit->Deliver(frame));
    ASSERT_EQ(m_received.size(), 1U);
    EXPECT_EQ(m_received[0], frame);
}

TEST_F(L2CircuitTest, DeliverWithoutUserIsALoss)
{
    EXPECT_FALSE(m_circuit->Deliver(Create<Packet>(1)));
}

TEST_F(L2CircuitTest, DetachedUserHearsNothing)
{
    Attach();
    m_circuit->SetUp(true);
    Detach();
    m_circuit->SetUp(false);
    EXPECT_FALSE(m_circuit->Deliver(Create<Packet>(1)));
    EXPECT_EQ(m_status, Changes({true}));
    EXPECT_TRUE(m_received.empty());
}

TEST_F(L2CircuitTest, TheLastToAttachIsTheUser)
{
    std::vector<Ptr<Packet>> first;
    m_circuit->Attach(MakeBoundCallback(&Note<Ptr<Packet>>, &first), L2Circuit::StatusCallback());
    Attach();
    EXPECT_TRUE(m_circuit->Deliver(Create<Packet>(1)));
    EXPECT_TRUE(first.empty());
    EXPECT_EQ(m_received.size(), 1U);
}

TEST_F(L2CircuitTest, DisposalDetaches)
{
    Attach();
    m_circuit->Dispose();
    m_circuit->SetUp(true);
    EXPECT_FALSE(m_circuit->Deliver(Create<Packet>(1)));
    EXPECT_EQ(m_status, Changes());
}

TEST_F(L2CircuitTest, IsDownWhenDisposedOf)
{
    Attach();
    m_circuit->SetUp(true);
    m_circuit->Dispose();
    EXPECT_FALSE(m_circuit->IsUp());
    EXPECT_EQ(m_status, Changes({true}));
}

// What the user's callback holds must live until the callback returns.
TEST_F(L2CircuitTest, TheUserMayDetachWhileItIsCalled)
{
    const auto held = std::make_shared<int>(7);
    m_circuit->Attach(Callback<void, Ptr<Packet>>([this, held](Ptr<Packet>) {
                          Detach();
                          EXPECT_GT(held.use_count(), 1);
                      }),
                      L2Circuit::StatusCallback());
    EXPECT_TRUE(m_circuit->Deliver(Create<Packet>(1)));
    EXPECT_EQ(held.use_count(), 1);
}
