/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tunnel-fixture.h"

using namespace ns3;

namespace
{

/// What once went wrong with tunnels and calls, each test named for it.
class L2tpControlRegressionTest : public TunnelTest
{
};

} // namespace

// Section 4.4.3: the Assigned Tunnel ID of a StopCCN lets the peer "identify the appropriate
// tunnel even if a StopCCN is sent before" an SCCRP. Its ZLB went to Tunnel ID 0.
TEST_F(L2tpControlRegressionTest, RefusalIsAcknowledgedToTunnelZero)
{
    m_tunnel->Open();
    Receive(StopCcn(L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED)));
    EXPECT_EQ(m_host->m_sent.back().Name(), "ZLB");
    EXPECT_EQ(m_host->m_sent.back().header.GetTunnelId(), PEER_ID);
    EXPECT_EQ(m_tunnel->GetPeerId(), PEER_ID);
}

// The ID of a StopCCN does not replace one that is known.
TEST_F(L2tpControlRegressionTest, StopCcnDoesNotRenameThePeer)
{
    Establish();
    L2tpControlMessage stop(Type::STOPCCN);
    stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(PEER_ID + 1));
    stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    Receive(stop);
    EXPECT_EQ(m_host->m_sent.back().header.GetTunnelId(), PEER_ID);
}

// A cleared tunnel is idle again, but its channel is closed: a call placed in it waited for ever.
TEST_F(L2tpControlRegressionTest, CallPlacedInAClearedTunnel)
{
    Establish();
    Place();
    Acknowledge();
    Ptr<L2tpCall> again;
    m_host->m_onCallCleared = [&](L2tpCall&) { again = Place(); };
    Receive(StopCcn());
    EXPECT_FALSE(again);
    EXPECT_FALSE(Place());
    m_tunnel->Open();
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::IDLE);
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
    Simulator::Run();
    EXPECT_EQ(m_host->m_finished.size(), 1U);
}

// Section 5.1 (case 18): a faulty ICRQ before SCCCN was answered by a CDN, as if the tunnel stood.
TEST_F(L2tpControlRegressionTest, FaultyIcrqBeforeScccn)
{
    Receive(Start(Type::SCCRQ));
    Receive(WithUnknownAvp(Icrq()));
    EXPECT_EQ(Sent(), Texts({"SCCRP", "StopCCN"}));
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::IDLE);
}

// Messages for calls that do not exist were filed under the ID they named, for ever, and a CDN
// without a Session ID then missed the call that has that ID.
TEST_F(L2tpControlRegressionTest, UnknownCallTakesTheIdOfAnother)
{
    for (const auto& message :
         {Icrp(), L2tpControlMessage(Type::OCRP).Add(L2tpAvps::ASSIGNED_SESSION_ID, PEER_SESSION)})
    {
        NewTunnel();
        Establish();
        Receive(Icrq());
        const auto call = m_tunnel->GetCalls().at(0);
        Receive(message, 999 == call->GetLocalId() ? 998 : 999);
        Receive(Cdn(), 0);
        EXPECT_EQ(call->GetState(), L2tpCallState::IDLE);
        EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
    }
}
