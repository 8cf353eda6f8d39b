/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How accounts end, and what is refused (RFC 2866, sections 5.1 and 5.10; RFC 2867, sections 3.3
// and 3.6).

#include "l2tp-accountant-fixture.h"

using namespace ns3;

namespace
{

using Kinds32 = std::vector<uint32_t>;

class L2tpAccountantEndsTest : public L2tpAccountantTest
{
  protected:
    /// Have the remote system connected by way of its domain.
    void Connect()
    {
        BuildAccountants();
        table->AddDomain("isp.example", ToLns());
        RunUntil(Seconds(10));
        ASSERT_TRUE(remotes[0].system->IsUp());
    }

    /// Expect why the three accounts of both ends have ended. @param lacs at the LAC @param lnss
    /// the service at the LNS @param link link at the LNS
    void ExpectCauses(Cause lacs, Cause lnss, Cause link) const
    {
        EXPECT_EQ(CauseOf(The(LacRecords(), Status::STOP)), lacs);
        EXPECT_EQ(CauseOf(The(LacRecords(), Status::TUNNEL_LINK_STOP)), lacs);
        EXPECT_EQ(CauseOf(The(LnsRecords(), Status::STOP)), lnss);
        EXPECT_EQ(CauseOf(The(LnsRecords(), Status::TUNNEL_LINK_STOP)), link);
    }

    /// Close each tunnel as it comes to a state, before an accountant is told. @param endpoint
    /// whose
    /// @param state which state
    static void CloseAt(Ptr<L2tpEndpoint> endpoint, L2tpTunnelState state)
    {
        const auto whose = PeekPointer(endpoint); // not kept by its own trace
        endpoint->TraceConnectWithoutContext(
            "TunnelState",
            Callback<void, Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent>(
                [whose, state](Ptr<const L2tpTunnel> tunnel, L2tpTunnelState, L2tpTunnelEvent) {
                    for (const auto& one : whose->GetTunnels())
                    {
                        if (PeekPointer(one) == PeekPointer(tunnel) && one->GetState() == state)
                        {
                            one->Close(L2tpResultCode::Of(L2tpStopResult::SHUTTING_DOWN));
                        }
                    }
                }));
    }

    /// The LNS's only call. @return it
    Ptr<L2tpCall> LnsCall() const
    {
        return lnss[0]->GetTunnels().at(0)->GetCalls().at(0);
    }

    /// The LNS's PPP. @return its only device
    Ptr<PppNetDevice> LnsDevice() const
    {
        const auto terminator = DynamicCast<L2tpInterfacePerSession>(lnss[0]->GetTerminator());
        return terminator->GetDevice(lnss[0]->GetLeg(LnsCall()));
    }
};

} // namespace

// "User requested termination of service, for example with LCP Terminate": the LAC knows it by the
// PPP Disconnect Cause Code of the CDN (RFC 3145, section 3.1).
TEST_F(L2tpAccountantEndsTest, TheUserTerminatesPpp)
{
    Connect();
    const auto link = remotes[0].system->GetDevice()->GetLink();
    link->SetFinishedCallback(PppLink::FinishedCallback()); // the line is left to the other end
    link->Close();
    RunUntil(Seconds(30));
    ExpectCauses(Cause::USER_REQUEST, Cause::USER_REQUEST, Cause::USER_REQUEST);
}

// One who hangs up right after that is quicker than the LNS, whose PPP waits for a Terminate-Ack
// that may have been lost (RFC 1661, section 3.7): the LAC knows of the line alone.
TEST_F(L2tpAccountantEndsTest, TheUserSaysGoodByeAndHangsUp)
{
    Connect();
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    ExpectCauses(Cause::LOST_CARRIER, Cause::USER_REQUEST, Cause::LOST_CARRIER);
}

// "DCD was dropped on the port": the LNS knows it by result 1.
TEST_F(L2tpAccountantEndsTest, TheLineIsCut)
{
    Connect();
    lines[0]->GetLine()->Cut();
    RunUntil(Seconds(30));
    ExpectCauses(Cause::LOST_CARRIER, Cause::LOST_CARRIER, Cause::LOST_CARRIER);
}

// "Administrator reset the port or session": PPP is closed at the LNS.
TEST_F(L2tpAccountantEndsTest, TheLnsClosesPpp)
{
    Connect();
    LnsDevice()->GetLink()->Close();
    RunUntil(Seconds(30));
    ExpectCauses(Cause::ADMIN_RESET, Cause::ADMIN_RESET, Cause::ADMIN_RESET);
}

// The same, but the call is cleared without a word of PPP.
TEST_F(L2tpAccountantEndsTest, TheLnsClearsTheCall)
{
    Connect();
    LnsCall()->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    RunUntil(Seconds(30));
    ExpectCauses(Cause::ADMIN_RESET, Cause::ADMIN_RESET, Cause::ADMIN_RESET);
}

// "Administrator is ending service on the NAS": the LNS stops, and says so (StopCCN, result 6).
TEST_F(L2tpAccountantEndsTest, TheLnsStops)
{
    Connect();
    lnss[0]->Stop();
    RunUntil(Seconds(30));
    ExpectCauses(Cause::ADMIN_REBOOT, Cause::ADMIN_REBOOT, Cause::ADMIN_REBOOT);
    EXPECT_EQ(CauseOf(The(LacRecords(), Status::TUNNEL_STOP)), Cause::ADMIN_REBOOT);
    EXPECT_EQ(CauseOf(The(LnsRecords(), Status::TUNNEL_STOP)), Cause::ADMIN_REBOOT);
    // Links end before their tunnel.
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 9, 12, 1, 2, 13, 10}));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12, 1, 13, 10, 2}));
    EXPECT_EQ(atLac.accounting->GetOpen(), 0U);
    EXPECT_EQ(atLns.accounting->GetOpen(), 0U);
}

// "Service can no longer be provided": nothing passes between LAC and LNS any more. The records
// wait for the network, too, and are told when it is there again (RFC 2866, section 2).
TEST_F(L2tpAccountantEndsTest, TheTunnelIsLost)
{
    Connect();
    net->internet->cut = true;
    RunUntil(Seconds(160));
    EXPECT_EQ(lac->GetNTunnels(), 0U);
    EXPECT_EQ(lnss[0]->GetNTunnels(), 0U);
    // The RADIUS server is on the LAC's side.
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 9, 12, 1, 2, 13, 10}));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12, 1}));
    net->internet->cut = false;
    RunUntil(Seconds(400));
    EXPECT_EQ(LnsRecords().size(), 7U);
    ExpectCauses(Cause::LOST_SERVICE, Cause::LOST_SERVICE, Cause::LOST_SERVICE);
    EXPECT_EQ(CauseOf(The(LacRecords(), Status::TUNNEL_STOP)), Cause::LOST_SERVICE);
    EXPECT_EQ(CauseOf(The(LnsRecords(), Status::TUNNEL_STOP)), Cause::LOST_SERVICE);
    const auto stop = The(LnsRecords(), Status::STOP);
    EXPECT_LT(stop.Get(K::EVENT_TIMESTAMP), 160U);
    EXPECT_GT(stop.Get(K::ACCT_DELAY_TIME), 0U);
}

// RFC 2866, section 5.1: a NAS that crashes tells nothing; when it is there again, Accounting-On
// says so. Section 5.5: its Acct-Session-Ids are of another boot. The LAC tells what it has seen.
TEST_F(L2tpAccountantEndsTest, TheLnsCrashes)
{
    Connect();
    atLns.accountant->SetAttribute("InterimInterval", TimeValue(Seconds(60)));
    lnss[0]->Crash();
    EXPECT_EQ(atLns.accounting->GetOpen(), 0U);
    RunUntil(Seconds(200));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12, 1}));
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 9, 12, 1, 2, 13, 10}));
    EXPECT_EQ(CauseOf(The(LacRecords(), Status::STOP)), Cause::LOST_SERVICE);
    lnss[0]->Start();
    remotes[0].system->Dial();
    RunUntil(Seconds(215));
    ASSERT_TRUE(remotes[0].system->IsUp());
    const auto records = LnsRecords();
    EXPECT_EQ(Kinds(records), (Kinds32{7, 9, 12, 1, 7, 9, 12, 1}));
    EXPECT_EQ(records[3].Get(K::ACCT_SESSION_ID)->substr(0, 2), "00");
    EXPECT_EQ(records[4].Get(K::ACCT_SESSION_ID), "01000000");
    EXPECT_EQ(records[7].Get(K::ACCT_SESSION_ID)->substr(0, 2), "01");
}

// A record on its way, or one that waits for its acknowledgement, is lost with the NAS.
TEST_F(L2tpAccountantEndsTest, ACrashForgetsWhatNobodyHasAcknowledged)
{
    Connect();
    net->access[2]->cut = true; // that of the RADIUS server
    LnsDevice()->GetLink()->Close();
    RunUntil(Seconds(11));
    EXPECT_GT(atLns.client->GetPending(), 0U);
    lnss[0]->Crash();
    EXPECT_EQ(atLns.client->GetPending(), 0U);
    net->access[2]->cut = false;
    RunUntil(Seconds(400));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12, 1}));
    EXPECT_EQ(atLns.accounting->GetLost(), 0U);
}

// RFC 2867, section 3.6: a link that is refused in a tunnel that is there.
TEST_F(L2tpAccountantEndsTest, ARefusedCallIsTold)
{
    lnsHelper.SetSessionAttribute("MaxSessions", UintegerValue(1));
    BuildAccountants(2);
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(30));
    EXPECT_EQ(server->GetStatistics().joined, 1U);
    for (const auto& records : {LacRecords(), LnsRecords()})
    {
        const auto reject = The(records, Status::TUNNEL_LINK_REJECT);
        EXPECT_EQ(CauseOf(reject), Cause::SERVICE_UNAVAILABLE);
        for (const auto type : {4, 41, 49, 55, 64, 65, 66, 67, 68})
        {
            EXPECT_EQ(reject.Count(static_cast<uint8_t>(type)), 1U) << type;
        }
        EXPECT_EQ(reject.Get(K::ACCT_TUNNEL_CONNECTION), "2");
        EXPECT_EQ(reject.Get(K::ACCT_MULTI_SESSION_ID),
                  The(records, Status::TUNNEL_START).Get(K::ACCT_SESSION_ID));
    }
    // The LAC knows who it was.
    EXPECT_EQ(The(LacRecords(), Status::TUNNEL_LINK_REJECT).Get(K::USER_NAME), "alice@isp.example");
}

// RFC 2867, section 3.3: a tunnel that is refused; its calls never were links.
TEST_F(L2tpAccountantEndsTest, ARefusedTunnelIsTold)
{
    BuildAccountants();
    lnss[0]->SetAttribute("SharedSecret", StringValue("one"));
    lac->SetAttribute("SharedSecret", StringValue("another"));
    lac->SetAttribute("ChallengePeer", BooleanValue(true));
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(30));
    EXPECT_EQ(server->GetStatistics().failed, 1U);
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 11}));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 11}));
    for (const auto& records : {LacRecords(), LnsRecords()})
    {
        const auto reject = The(records, Status::TUNNEL_REJECT);
        EXPECT_EQ(CauseOf(reject), Cause::SERVICE_UNAVAILABLE);
        for (const auto type : {1, 4, 41, 49, 55, 64, 65, 66, 67, 68})
        {
            EXPECT_EQ(reject.Count(static_cast<uint8_t>(type)), 1U) << type;
        }
        EXPECT_EQ(reject.Get(K::TUNNEL_CLIENT_ENDPOINT)->value, "10.1.0.2");
    }
}

// The same of an LNS that isn't there.
TEST_F(L2tpAccountantEndsTest, ASilentLnsIsToldOf)
{
    BuildAccountants();
    lnss[0]->Stop();
    lnss[0]->SetStartTime(Seconds(1000));
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(100));
    const auto reject = The(LacRecords(), Status::TUNNEL_REJECT);
    EXPECT_EQ(CauseOf(reject), Cause::SERVICE_UNAVAILABLE);
    EXPECT_EQ(reject.Get(K::TUNNEL_SERVER_ENDPOINT)->value, "10.2.0.2");
}

// RFC 2867, section 3.3: Tunnel-Reject marks "the rejection of the establishment of a tunnel". One
// that was established before anybody accounted was not rejected, and has no records.
TEST_F(L2tpAccountantEndsTest, WhatWasEstablishedBeforeIsNoReject)
{
    BuildAccountants();
    atLac.accountant->SetStartTime(Seconds(11));
    atLns.accountant->SetStartTime(Seconds(11));
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(12));
    ASSERT_TRUE(remotes[0].system->IsUp());
    remotes[0].system->HangUp();
    RunUntil(Seconds(60));
    EXPECT_EQ(lac->GetStatistics().tunnelsCleared, 1U);
    EXPECT_EQ(lnss[0]->GetStatistics().tunnelsCleared, 1U);
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7}));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7}));
}

// The same if somebody closes it who is told before the accountant that it is established.
TEST_F(L2tpAccountantEndsTest, WhatIsClosedAsItIsEstablishedIsNoReject)
{
    BuildAccess();
    CloseAt(lac, L2tpTunnelState::ESTABLISHED);
    radius = CreateObject<RadiusServer>();
    net->hosts.Get(2)->AddApplication(radius);
    atLac = MakeNas(accessNode, net->GetHostAddress(0));
    atLac.accountant->WatchAccessServer(server);
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(30));
    EXPECT_EQ(lac->GetStatistics().tunnelsEstablished, 1U);
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7}));
}

// Before it is established that is a rejection, which is told of once.
TEST_F(L2tpAccountantEndsTest, WhatIsClosedAtOnceIsRejectedOnce)
{
    BuildAccess();
    CloseAt(lnss[0], L2tpTunnelState::WAIT_CTL_CONN);
    radius = CreateObject<RadiusServer>();
    net->hosts.Get(2)->AddApplication(radius);
    atLns = MakeNas(net->lns, net->lnsAddress);
    atLns.accountant->WatchLns(lnss[0]);
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(30));
    EXPECT_EQ(lnss[0]->GetStatistics().tunnelsFailed, 1U);
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 11}));
}

// A tunnel's account has what all its links have carried, and outlives each of them.
TEST_F(L2tpAccountantEndsTest, ATunnelHasTheSumOfItsLinks)
{
    BuildAccountants(2);
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(15));
    for (auto& remote : remotes)
    {
        ASSERT_TRUE(remote.system->IsUp());
        L2tpTestProbe(remote.node, net->serverAddress).Send(300);
        RunUntil(Simulator::Now() + Seconds(2));
        remote.system->HangUp();
        RunUntil(Simulator::Now() + Seconds(5));
    }
    RunUntil(Seconds(60));
    for (const auto& records : {LacRecords(), LnsRecords()})
    {
        EXPECT_EQ(records.size(), 11U);
        for (const auto key : {K::ACCT_INPUT_OCTETS,
                               K::ACCT_OUTPUT_OCTETS,
                               K::ACCT_INPUT_PACKETS,
                               K::ACCT_OUTPUT_PACKETS})
        {
            uint32_t sum = 0;
            for (const auto& record : records)
            {
                const auto isLink = record.Get(K::ACCT_STATUS_TYPE) ==
                                    static_cast<uint32_t>(Status::TUNNEL_LINK_STOP);
                sum += isLink ? record.Get(key).value_or(0) : 0;
            }
            EXPECT_GT(sum, 0U);
            EXPECT_EQ(The(records, Status::TUNNEL_STOP).Get(key), sum);
        }
    }
}

// "Administrator is ending service on the NAS": when the accountant stops, what is open is closed,
// and Accounting-Off is last; what happens later is nobody's account. It may start again.
TEST_F(L2tpAccountantEndsTest, TheAccountantStops)
{
    BuildAccountants();
    atLac.accountant->SetStopTime(Seconds(20));
    atLns.accountant->SetStopTime(Seconds(20));
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(25));
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 9, 12, 1, 2, 13, 10, 8}));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12, 1, 2, 13, 10, 8}));
    ExpectCauses(Cause::ADMIN_REBOOT, Cause::ADMIN_REBOOT, Cause::ADMIN_REBOOT);
    remotes[0].system->HangUp();
    RunUntil(Seconds(40));
    ExpectIdle();
    EXPECT_EQ(LacRecords().size(), 8U);
    EXPECT_EQ(LnsRecords().size(), 8U);
}

// PPP that is negotiated anew within a session ends one service, and begins another.
TEST_F(L2tpAccountantEndsTest, ANewNegotiationIsANewService)
{
    Connect();
    const auto link = remotes[0].system->GetDevice()->GetLink();
    const auto circuit = link->GetCircuit();
    link->SetCircuit(nullptr); // without a word: the LNS sees a new Configure-Request
    link->SetCircuit(circuit);
    RunUntil(Seconds(20));
    ASSERT_TRUE(remotes[0].system->IsUp());
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12, 1, 2, 1}));
    EXPECT_EQ(CauseOf(The(LnsRecords(), Status::STOP)), Cause::USER_REQUEST);
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 9, 12, 1})); // the same call
}
