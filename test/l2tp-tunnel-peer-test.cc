/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Tunnels that have names and a secret of their own (RFC 2661, section 5.1.1; RFC 2868,
// sections 3.5 and 3.7 to 3.10).

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/string.h"

using namespace ns3;

namespace
{

/// A call, and what became of it.
struct Placed
{
    Ptr<L2tpCall> call;      //!< the call
    uint32_t established{0}; //!< how often it was said to be established
    uint32_t cleared{0};     //!< how often it was said to be cleared
};

/// A LAC whose calls go to peers of their own; its client and the LNS know a secret.
class L2tpTunnelPeerTest : public L2tpNetworkTest
{
  protected:
    void SetUp() override
    {
        L2tpNetworkTest::SetUp();
        Build();
        vpn->SetEndpointAttribute("SharedSecret", StringValue("usual"));
        vpn->SetEndpointAttribute("ChallengePeer", BooleanValue(true));
        vpn->SetLnsAttribute("HostName", StringValue("lns.example"));
        Install();
        RunUntil(Seconds(1));
        peer.server = {net->lnsAddress, L2TP_UDP_PORT};
    }

    /// Place a call, and let it come up or fail. @return what becomes of it
    std::shared_ptr<Placed> Place()
    {
        auto placed = std::make_shared<Placed>();
        placed->call = Lac()->PlaceCallTo(
            peer,
            {},
            Callback<void, Ptr<L2tpCall>>([placed](Ptr<L2tpCall>) { ++placed->established; }),
            Callback<void, Ptr<L2tpCall>>([placed](Ptr<L2tpCall>) { ++placed->cleared; }));
        RunUntil(Simulator::Now() + Seconds(1));
        return placed;
    }

    /// The LNS's end of a LAC's tunnel. @param call a call in it
    Ptr<L2tpTunnel> AtLns(const Ptr<L2tpCall>& call) const
    {
        for (const auto& tunnel : Lns()->GetTunnels())
        {
            if (tunnel->GetPeerId() == call->GetTunnel()->GetLocalId())
            {
                return tunnel;
            }
        }
        return nullptr;
    }

    L2tpTunnelPeer peer; //!< whom to call
};

} // namespace

TEST_F(L2tpTunnelPeerTest, AnEqualPeerSharesTheUsualTunnel)
{
    const auto placed = Place();
    EXPECT_EQ(placed->established, 1U);
    EXPECT_EQ(Lac()->GetNTunnels(), 1U);
}

// Section 5.1.1: "a single shared secret must exist between a LAC-LNS pair", and the Host Name
// tells the LNS which.
TEST_F(L2tpTunnelPeerTest, HasANameAndASecretOfItsOwn)
{
    Lns()->SetPeerSecret("wholesale.example", "special");
    peer.hostName = "wholesale.example";
    peer.secret = "special";
    peer.expectedHostName = "lns.example";
    const auto placed = Place();
    ASSERT_EQ(placed->established, 1U);
    EXPECT_EQ(Lac()->GetNTunnels(), 2U);
    ASSERT_TRUE(AtLns(placed->call));
    EXPECT_EQ(AtLns(placed->call)->GetPeerHostName(), "wholesale.example");
    const auto second = Place();
    EXPECT_EQ(second->call->GetTunnel(), placed->call->GetTunnel());
}

TEST_F(L2tpTunnelPeerTest, EachEndsSecretMustBeThatOfThePair)
{
    peer.hostName = "wholesale.example";
    peer.secret = "special";
    auto placed = Place();
    EXPECT_EQ(placed->established, 0U) << "the LNS knows the usual secret only";
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_NE(placed->call->GetClearReason().find("not authorized"), std::string::npos)
        << placed->call->GetClearReason();
    Lns()->SetPeerSecret("wholesale.example", "special");
    peer.secret = "guessed";
    placed = Place();
    EXPECT_EQ(placed->established, 0U);
    peer.secret = "";
    placed = Place();
    EXPECT_EQ(placed->established, 0U) << "that is the usual one";
    Lns()->SetPeerSecret("wholesale.example", "");
    placed = Place();
    EXPECT_EQ(placed->established, 1U) << "and now it is right";
}

// Section 4.3: hidden AVPs are hidden by the secret of the pair, from the SCCRQ on.
TEST_F(L2tpTunnelPeerTest, HidesAvpsByItsOwnSecret)
{
    Lac()->Stop();
    RunUntil(Seconds(40));
    for (const Ptr<L2tpEndpoint>& end : {Ptr<L2tpEndpoint>(Lac()), Ptr<L2tpEndpoint>(Lns())})
    {
        end->SetAttribute("HideAvps", BooleanValue(true));
        end->Stop();
        end->Start();
    }
    Lns()->SetPeerSecret("wholesale.example", "special");
    peer.hostName = "wholesale.example";
    peer.secret = "special";
    const auto placed = Place();
    EXPECT_EQ(placed->established, 1U) << placed->call->GetClearReason();
}

TEST_F(L2tpTunnelPeerTest, AnLnsOfAnotherNameIsNotWanted)
{
    peer.hostName = "wholesale.example";
    peer.expectedHostName = "lns.other";
    const auto placed = Place();
    EXPECT_EQ(placed->established, 0U);
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_EQ(Lac()->GetNTunnels(), 1U);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
}

// RFC 2868, section 3.7: sessions with different assignment IDs go into different tunnels.
TEST_F(L2tpTunnelPeerTest, AssignmentIdsKeepTunnelsApart)
{
    peer.assignmentId = "gold";
    const auto gold = Place();
    const auto alsoGold = Place();
    peer.assignmentId = "silver";
    const auto silver = Place();
    ASSERT_EQ(gold->established + alsoGold->established + silver->established, 3U);
    EXPECT_EQ(gold->call->GetTunnel(), alsoGold->call->GetTunnel());
    EXPECT_NE(gold->call->GetTunnel(), silver->call->GetTunnel());
    EXPECT_EQ(Lac()->GetNTunnels(), 3U);
    // A tunnel goes with its last call, and the next one has another.
    silver->call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(Lac()->GetNTunnels(), 2U);
    EXPECT_EQ(Place()->established, 1U);
}

// Section 4.4.5: the Private Group ID AVP of the ICCN.
TEST_F(L2tpTunnelPeerTest, TellsThePrivateGroupId)
{
    peer.privateGroupId = "blue";
    const auto placed = Place();
    ASSERT_EQ(placed->established, 1U);
    const auto calls = AtLns(placed->call)->GetCalls();
    EXPECT_EQ(calls.back()->GetParameters().privateGroupId.value_or("none"), "blue");
}
