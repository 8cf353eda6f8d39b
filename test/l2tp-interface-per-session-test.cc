/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What the LNS does with its sessions: addresses, devices, limits.

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-ppp-result.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <set>

using namespace ns3;

namespace
{

class L2tpInterfacePerSessionTest : public L2tpNetworkTest
{
  protected:
    /// What the LNS does with its sessions.
    Ptr<L2tpInterfacePerSession> Terminator() const
    {
        return DynamicCast<L2tpInterfacePerSession>(Lns()->GetTerminator());
    }

    /// How many clients are up.
    uint32_t CountUp() const
    {
        uint32_t up = 0;
        for (uint32_t i = 0; i < tunnels.GetN(); ++i)
        {
            up += Client(i)->IsUp() ? 1 : 0;
        }
        return up;
    }

    /// The only reason for which the clients that are not up are not.
    std::string ReasonOfOthers() const
    {
        std::set<std::string> reasons;
        for (uint32_t i = 0; i < tunnels.GetN(); ++i)
        {
            if (!Client(i)->IsUp())
            {
                reasons.insert(Client(i)->GetLastReason());
            }
        }
        EXPECT_EQ(reasons.size(), 1U);
        return reasons.empty() ? "" : *reasons.begin();
    }

    /// Let a client that is up hang up, and one that is not dial.
    void Exchange()
    {
        for (uint32_t i = 0; i < tunnels.GetN(); ++i)
        {
            if (Client(i)->IsUp())
            {
                Client(i)->HangUp();
                break;
            }
        }
        RunUntil(Simulator::Now() + Seconds(1));
        for (uint32_t i = tunnels.GetN(); i-- > 0;)
        {
            if (!Client(i)->IsUp())
            {
                Client(i)->Dial();
                RunUntil(Simulator::Now() + Seconds(1));
                EXPECT_TRUE(Client(i)->IsUp()) << Client(i)->GetLastReason();
                ExpectTraffic(i);
                return;
            }
        }
    }
};

using L2tpInterfacePerSessionDeathTest = L2tpInterfacePerSessionTest;

} // namespace

TEST_F(L2tpInterfacePerSessionTest, RefusesMoreThanMaxSessionsWhoAllCallAtOnce)
{
    // Section 4.4.2: CDN with Result Code 4, and words, which need an Error Code.
    Build(5);
    vpn->SetSessionAttribute("MaxSessions", UintegerValue(3));
    Install();
    RunUntil(Seconds(2));
    EXPECT_EQ(CountUp(), 3U);
    EXPECT_EQ(Lns()->GetNCalls(), 3U);
    EXPECT_EQ(ReasonOfOthers(),
              "Receive CDN: 4/0 lack of appropriate facilities (temporary) (all interfaces are "
              "taken)");
    Exchange();
    EXPECT_EQ(CountUp(), 3U);
}

TEST_F(L2tpInterfacePerSessionTest, ClearsTheCallOfWhomItHasNoAddressFor)
{
    Build(4);
    vpn->SetAddressPool("10.8.0.0", "255.255.255.252"); // the LNS and one more
    Install();
    RunUntil(Seconds(2));
    EXPECT_EQ(CountUp(), 1U);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    EXPECT_NE(ReasonOfOthers(), "");
    EXPECT_EQ(Terminator()->GetPool()->GetNAssigned(), 1U);
    Exchange();
    EXPECT_EQ(Terminator()->GetPool()->GetNAssigned(), 1U);
}

TEST_F(L2tpInterfacePerSessionTest, UsesItsDevicesAgain)
{
    Build(3);
    Install();
    uint32_t made = 0;
    Terminator()->TraceConnectWithoutContext(
        "NewDevice",
        Callback<void, Ptr<PppDevice>>([&](Ptr<PppDevice>) { ++made; }));
    for (uint32_t round = 0; round < 4; ++round)
    {
        RunUntil(Simulator::Now() + Seconds(1));
        for (uint32_t i = 0; i < 3; ++i)
        {
            ExpectTraffic(i);
            Client(i)->HangUp();
        }
        RunUntil(Simulator::Now() + Seconds(1));
        for (uint32_t i = 0; i < 3; ++i)
        {
            Client(i)->Dial();
        }
    }
    EXPECT_EQ(made, 3U);
    EXPECT_EQ(net->lns->GetNDevices(), 1U + 2U + 3U); // loopback, internet, server, PPP
}

TEST_F(L2tpInterfacePerSessionTest, TellsTheDeviceOfEachCall)
{
    Build();
    Install();
    std::vector<std::pair<Ptr<const L2tpLeg>, Ptr<PppNetDevice>>> sessions;
    Terminator()->TraceConnectWithoutContext(
        "Session",
        Callback<void, Ptr<const L2tpLeg>, Ptr<PppNetDevice>>(
            [&](Ptr<const L2tpLeg> leg, Ptr<PppNetDevice> device) {
                sessions.emplace_back(leg, device);
            }));
    RunUntil(Seconds(1));
    ASSERT_EQ(sessions.size(), 1U);
    EXPECT_EQ(Terminator()->GetDevice(sessions[0].first), sessions[0].second);
    EXPECT_EQ(sessions[0].second->GetLink()->GetPeerName(), "alice");
    EXPECT_FALSE(Lns()->GetLeg(Client()->GetCall())); // that is the LAC's end
    Client()->HangUp();
    RunUntil(Seconds(2));
    EXPECT_FALSE(Terminator()->GetDevice(sessions[0].first));
    EXPECT_FALSE(sessions[0].second->IsLinkUp());
    EXPECT_EQ(Terminator()->GetPool()->GetNAssigned(), 0U);
}

// Section 6.12: "The peer MUST clean up any resources"; no word of PPP's has come before the CDN.
// RFC 2661: 6.12-01
TEST_F(L2tpInterfacePerSessionTest, CleansUpAfterACdn)
{
    Build();
    Install();
    RunUntil(Seconds(1));
    ASSERT_EQ(Lns()->GetNCalls(), 1U);
    const auto call = Lns()->GetTunnels().at(0)->GetCalls().at(0);
    const auto leg = Lns()->GetLeg(call);
    const auto device = Terminator()->GetDevice(leg);
    ASSERT_TRUE(device && device->IsLinkUp());
    Client()->GetCall()->Close(L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    RunUntil(Seconds(2));
    EXPECT_FALSE(Lns()->GetLeg(call));
    EXPECT_FALSE(Terminator()->GetDevice(leg));
    EXPECT_FALSE(device->IsLinkUp());
    EXPECT_EQ(Terminator()->GetPool()->GetNAssigned(), 0U);
}

TEST_F(L2tpInterfacePerSessionTest, GivesAUserTheAddressThatIsFixed)
{
    L2tpLnsHelper lns;
    Build();
    lns.AddUser("alice", "wonderland", "10.8.7.7");
    lns.Install(net->lns);
    vpn = std::make_unique<L2tpVoluntaryHelper>();
    vpn->SetLnsAddress(net->lnsAddress);
    vpn->SetClientAttribute("Username", StringValue("alice"));
    vpn->SetClientAttribute("Password", StringValue("wonderland"));
    Install();
    RunUntil(Seconds(1));
    EXPECT_EQ(Client()->GetAddress(), Ipv4Address("10.8.7.7"));
    EXPECT_EQ(Terminator()->GetPool()->GetNAssigned(), 0U);
    ExpectTraffic();
}

TEST_F(L2tpInterfacePerSessionTest, AsksForWhatAuthProtocolSays)
{
    for (const char* protocol : {"None", "Pap", "Chap"})
    {
        SCOPED_TRACE(protocol);
        Build();
        vpn->SetSessionAttribute("AuthProtocol", StringValue(protocol));
        Install();
        RunUntil(Seconds(1));
        ExpectTraffic();
        Clear();
    }
}

// Section 4.4.2: with General Error Code 6 "additional information about the error SHOULD be
// included in the Error Message field".
//
// RFC 2661: 4.4.2-06
TEST_F(L2tpInterfacePerSessionTest, SaysWhyPppFailed)
{
    const L2tpResultCode code = L2tpResultOfPpp(PppReason::PEER_AUTH_FAILED);
    EXPECT_EQ(code.error, static_cast<uint16_t>(L2tpErrorCode::VENDOR_SPECIFIC));
    EXPECT_EQ(code.message, std::string("PPP: ") + PppReasonName(PppReason::PEER_AUTH_FAILED));
}

TEST_F(L2tpInterfacePerSessionDeathTest, NamesTheAttributeThatIsMissing)
{
    Build();
    auto lns = CreateObject<L2tpLns>();
    net->lns->AddApplication(lns);
    EXPECT_DEATH(RunUntil(Seconds(1)), "L2tpLns::Terminator is not set.*give it");
    lns->SetAttribute("Terminator", PointerValue(CreateObject<L2tpInterfacePerSession>()));
    EXPECT_DEATH(RunUntil(Seconds(1)), "L2tpInterfacePerSession::UserTable is not set.*give it");
}

TEST_F(L2tpInterfacePerSessionDeathTest, AnEmptyPoolStopsWhoeverNeedsIt)
{
    Build();
    auto terminator = CreateObject<L2tpInterfacePerSession>();
    auto users = CreateObject<PppLocalUserTable>();
    terminator->SetAttribute("UserTable", PointerValue(users));
    users->AddUser("alice", "wonderland", Ipv4Address("10.8.0.2"));
    terminator->Start(net->lns); // she needs none
    users->AddUser("bob", "builder");
    EXPECT_DEATH(terminator->Start(net->lns), "user bob has no address, and the pool.*is empty");
    terminator->SetAttribute("ServeOthers", BooleanValue(false));
    terminator->Start(net->lns); // he gets none anyhow
    terminator->SetAttribute("ServeOthers", BooleanValue(true));
    terminator->SetAttribute("AuthProtocol", EnumValue(PPP_AUTH_NONE));
    EXPECT_DEATH(terminator->Start(net->lns), "Pool is empty, so that nobody can get an address");
    terminator->GetPool()->SetNetwork("10.8.0.0", "255.255.255.0");
    terminator->Start(net->lns);
}

TEST_F(L2tpInterfacePerSessionDeathTest, AnEmptyPoolOfADomain)
{
    Build();
    auto terminator = CreateObject<L2tpInterfacePerSession>();
    auto users = CreateObject<PppLocalUserTable>();
    terminator->SetAttribute("UserTable", PointerValue(users));
    auto domain = CreateObject<L2tpDomain>();
    domain->SetAttribute("Name", StringValue("isp.example"));
    terminator->AddDomain(domain);
    auto gold = CreateObject<L2tpAddressPool>();
    gold->SetNetwork("10.31.0.0", "255.255.255.0");
    domain->AddPool("gold", gold);
    PppUserProfile profile;
    profile.pool = "gold";
    users->AddUser("ann@isp.example", "secret", profile);
    terminator->Start(net->lns);
    users->AddUser("bob@isp.example", "secret");
    EXPECT_DEATH(terminator->Start(net->lns), "user bob@isp.example has no address");
}
