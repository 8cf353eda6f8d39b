/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "circuit/fake-circuit.h"

#include "ns3/l2tp-leg-join.h"

#include <functional>
#include <gtest/gtest.h>
#include <string>

using namespace ns3;

namespace
{

using Side = L2CrossConnect::Side;

/// A leg whose far end is the test.
class FakeLeg : public L2tpLeg
{
  public:
    using L2tpLeg::End;
    using L2tpLeg::ErrorsTold;
    using L2tpLeg::LinkInfoTold;

    Ptr<L2Circuit> GetCircuit() const override
    {
        return m_circuit;
    }

    L2tpCallParameters GetParameters() const override
    {
        return {};
    }

    void TellLinkInfo(const L2tpAccm& accm) override
    {
        m_log += "accm=" + std::to_string(accm.send) + " ";
    }

    void TellErrors(const L2tpCallErrors& errors) override
    {
        m_log += "crc=" + std::to_string(errors.crcErrors) + " ";
    }

    void DoRelease(const L2tpLegEnd& why) override
    {
        m_log += "released=" + std::to_string(why.code.result) + " ";
        m_circuit->SetUp(false);
        if (m_then)
        {
            m_then();
        }
    }

    Ptr<FakeCircuit> m_circuit{CreateObject<FakeCircuit>()}; //!< its circuit
    std::string m_log;                                       //!< what it was told
    std::function<void()> m_then;                            //!< done when it is released
};

/// A reason. @param result its Result Code @return it
L2tpLegEnd
Why(L2tpCallResult result)
{
    return {L2tpResultCode::Of(result), {}};
}

/// Two legs, and what joins them.
class L2tpLegJoinTest : public ::testing::Test
{
  protected:
    /// Join the legs.
    void Join()
    {
        m_first->m_circuit->SetUp(true);
        m_second->m_circuit->SetUp(true);
        m_join->Join(m_first,
                     m_second,
                     Callback<void, Ptr<L2tpLegJoin>, const L2tpLegEnd&>(
                         [this](Ptr<L2tpLegJoin> /* join */, const L2tpLegEnd& why) {
                             m_log += "ended=" + std::to_string(why.code.result) + " ";
                         }));
    }

    Ptr<FakeLeg> m_first{CreateObject<FakeLeg>()};        //!< say, a line
    Ptr<FakeLeg> m_second{CreateObject<FakeLeg>()};       //!< say, a call
    Ptr<L2tpLegJoin> m_join{CreateObject<L2tpLegJoin>()}; //!< joins them
    std::string m_log;                                    //!< what was told of it
};

} // namespace

TEST_F(L2tpLegJoinTest, FramesPass)
{
    Join();
    auto frame = Create<Packet>(10);
    m_first->m_circuit->Deliver(frame);
    ASSERT_EQ(m_second->m_circuit->m_sent.size(), 1U);
    EXPECT_EQ(m_second->m_circuit->m_sent[0], frame);
    EXPECT_EQ(m_join->GetLeg(Side::FIRST), m_first);
    EXPECT_EQ(m_join->GetLeg(Side::SECOND), m_second);
    EXPECT_EQ(m_join->GetCrossConnect()->GetStatistics(Side::FIRST).frames, 1U);
}

// RFC 2661, section 5.6: the loss of one is the end of the other, and for the same reason.
TEST_F(L2tpLegJoinTest, TheEndOfOneIsTheEndOfTheOther)
{
    Join();
    m_second->End(Why(L2tpCallResult::ADMINISTRATIVE));
    EXPECT_EQ(m_first->m_log, "released=3 ");
    EXPECT_EQ(m_second->m_log, "");
    EXPECT_EQ(m_log, "ended=3 ");
    EXPECT_FALSE(m_join->GetLeg(Side::FIRST));
    m_first->m_circuit->SetUp(true);
    m_first->m_circuit->Deliver(Create<Packet>(10));
    EXPECT_TRUE(m_second->m_circuit->m_sent.empty());
}

TEST_F(L2tpLegJoinTest, ReleaseEndsBothAndTellsNobody)
{
    Join();
    m_join->Release(Why(L2tpCallResult::ADMINISTRATIVE));
    m_join->Release(Why(L2tpCallResult::BUSY));
    EXPECT_EQ(m_first->m_log, "released=3 ");
    EXPECT_EQ(m_second->m_log, "released=3 ");
    EXPECT_EQ(m_log, "");
    EXPECT_TRUE(m_first->HasEnded());
}

// A leg may take the other with it while it is being released.
TEST_F(L2tpLegJoinTest, LegsThatEndInOneAnotherEndOnce)
{
    Join();
    m_first->m_then = [this] { m_second->End(Why(L2tpCallResult::BUSY)); };
    m_second->End(Why(L2tpCallResult::ADMINISTRATIVE));
    EXPECT_EQ(m_log, "ended=3 ");
    EXPECT_EQ(m_first->m_log, "released=3 ");
    EXPECT_EQ(m_second->m_log, "");
}

TEST_F(L2tpLegJoinTest, ALegThatHasEndedAlreadyEndsTheOther)
{
    m_first->End(Why(L2tpCallResult::BUSY));
    Join();
    EXPECT_EQ(m_second->m_log, "released=1 ");
    EXPECT_EQ(m_log, "ended=1 ");
}

TEST_F(L2tpLegJoinTest, WhatOneFarEndTellsIsToldToTheOther)
{
    Join();
    L2tpAccm accm;
    accm.send = 7;
    m_second->LinkInfoTold(accm);
    L2tpCallErrors errors;
    errors.crcErrors = 3;
    m_first->ErrorsTold(errors);
    EXPECT_EQ(m_first->m_log, "accm=7 ");
    EXPECT_EQ(m_second->m_log, "crc=3 ");
    m_second->End(Why(L2tpCallResult::BUSY));
    m_first->ErrorsTold(errors);
    EXPECT_EQ(m_second->m_log, "crc=3 ");
}

TEST_F(L2tpLegJoinTest, DisposedOfItTellsNobody)
{
    Join();
    m_join->Dispose();
    m_second->End(Why(L2tpCallResult::BUSY));
    EXPECT_EQ(m_log, "");
    EXPECT_EQ(m_first->m_log, "");
}
