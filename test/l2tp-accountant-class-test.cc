/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The Class of Access-Accepts in accounting records (RFC 2865, section 5.25).

#include "l2tp-accountant-fixture.h"

#include "ns3/radius-attribute-catalog.h"

#include <utility>

using namespace ns3;

namespace
{

class L2tpAccountantClassTest : public L2tpAccountantTest
{
};

} // namespace

// RFC 2865, section 5.25: "The client MUST NOT interpret the attribute locally", and sends the
// Class of the Access-Accept along, at either end; RFC 2866, section 5.6: authenticated by RADIUS.
TEST_F(L2tpAccountantClassTest, ClassComesFromTheAccessAccept)
{
    BuildAccountants();
    const auto add = [](const std::string& value, RadiusAttributes attributes) {
        attributes.Add(K::CLASS, value);
        return attributes;
    };
    RadiusTunnel tunnel;
    tunnel.serverEndpoint = "10.2.0.2";
    tunnel.assignmentId = "gold tunnel";
    RadiusAttributes toLns;
    AddRadiusTunnel(tunnel, toLns);
    radius->GetDirectory()->AddCalledNumber("2000", add("of the call", toLns));
    radius->GetDirectory()->AddUser("alice@isp.example", "wonderland", add("of alice", {}));
    const auto selector = CreateObject<L2tpRadiusSelector>();
    selector->SetAttribute("Client", PointerValue(atLac.client));
    server->SetAttribute("Selector", PointerValue(selector));
    const auto users = CreateObject<PppRadiusUserTable>();
    users->SetAttribute("Client", PointerValue(atLns.client));
    lnss[0]->GetTerminator()->SetAttribute("UserTable", PointerValue(users));
    atLac.accountant->WatchSelector(selector);
    atLns.accountant->WatchUsers(users);
    RunUntil(Seconds(10));
    ASSERT_TRUE(remotes[0].system->IsUp());
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    for (const auto status : {Status::START, Status::STOP})
    {
        const auto lacs = The(LacRecords(), status);
        const auto lnss = The(LnsRecords(), status);
        EXPECT_EQ(lacs.GetEach(K::CLASS), std::vector<std::string>{"of the call"});
        EXPECT_EQ(lnss.GetEach(K::CLASS), std::vector<std::string>{"of alice"});
        EXPECT_EQ(lnss.Get(K::ACCT_AUTHENTIC), 1U);
        // RFC 2868, section 3.7: it "SHOULD also be included in Accounting-Request packets".
        EXPECT_EQ(lacs.Get(K::TUNNEL_ASSIGNMENT_ID)->value, "gold tunnel");
        // By the number the LAC knows no name, and makes none up.
        EXPECT_FALSE(lacs.Find(K::USER_NAME.type));
    }
    // The LNS learns it, and its link's last record has it.
    EXPECT_FALSE(The(LnsRecords(), Status::TUNNEL_LINK_START).Find(K::USER_NAME.type));
    EXPECT_EQ(The(LnsRecords(), Status::TUNNEL_LINK_STOP).Get(K::USER_NAME), "alice@isp.example");
}

// RFC 2865, section 5.25: the Class is that of the Access-Accept that has begun the service. One
// that came when the caller had hung up belongs to no call.
TEST_F(L2tpAccountantClassTest, ClassOfALateAnswerIsNobodys)
{
    BuildAccountants();
    RadiusTunnel tunnel;
    tunnel.serverEndpoint = "10.2.0.2";
    RadiusAttributes toLns;
    AddRadiusTunnel(tunnel, toLns);
    toLns.Add(K::CLASS, "of the call");
    radius->GetDirectory()->AddCalledNumber("2000", toLns);
    const auto selector = CreateObject<L2tpRadiusSelector>();
    selector->SetAttribute("Client", PointerValue(atLac.client));
    server->SetAttribute("Selector", PointerValue(selector));
    atLac.accountant->WatchSelector(selector);
    int accepted = 0;
    selector->TraceConnectWithoutContext(
        "Answer",
        Callback<void, const L2tpTunnelQuery&, const RadiusResult&>(
            [&](const L2tpTunnelQuery&, const RadiusResult& result) {
                accepted += result.outcome == RadiusOutcome::ACCEPT;
            }));
    net->access[2]->cut = true; // that of the RADIUS server
    RunUntil(Seconds(2));
    EXPECT_EQ(server->GetNCalls(), 1U);
    lines[0]->GetLine()->Cut(); // PPP would take its time
    RunUntil(MilliSeconds(2500));
    EXPECT_EQ(server->GetNCalls(), 0U);
    net->access[2]->cut = false;
    RunUntil(Seconds(10));
    EXPECT_EQ(accepted, 1);
    // The same numbers, but now a table says where to.
    table->AddCalledNumber("2000", ToLns());
    server->SetAttribute("Selector", PointerValue(table));
    remotes[0].system->Dial();
    RunUntil(Seconds(25));
    ASSERT_TRUE(remotes[0].system->IsUp());
    EXPECT_FALSE(The(LacRecords(), Status::START).Find(K::CLASS.type));
}

// The same of a user: its Class lasts as long as its session, IPv4 negotiated anew or not, and no
// longer. RFC 2866, section 5.6: who is let in without RADIUS then is authenticated locally.
TEST_F(L2tpAccountantClassTest, ClassLastsAsLongAsTheSession)
{
    /// One of two tables.
    struct Switch : public PppUserTable
    {
        void Authenticate(const PppAuthAttempt& attempt, VerdictCallback done) override
        {
            now->Authenticate(attempt, std::move(done));
        }

        Ptr<PppUserTable> now; //!< which
    };

    BuildAccountants();
    RadiusAttributes attributes;
    attributes.Add(K::CLASS, "of alice");
    radius->GetDirectory()->AddUser("alice@isp.example", "wonderland", attributes);
    const auto users = CreateObject<PppRadiusUserTable>();
    users->SetAttribute("Client", PointerValue(atLns.client));
    atLns.accountant->WatchUsers(users);
    const auto either = CreateObject<Switch>();
    either->now = users;
    lnss[0]->GetTerminator()->SetAttribute("UserTable", PointerValue(either));
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(10));
    ASSERT_TRUE(remotes[0].system->IsUp());
    const auto ipcp = remotes[0].system->GetDevice()->GetLink()->GetIpcp();
    ipcp->Down();
    ipcp->Up();
    RunUntil(Seconds(15));
    ASSERT_TRUE(remotes[0].system->IsUp());
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    const auto local = CreateObject<PppLocalUserTable>();
    local->AddUser("alice@isp.example", "wonderland");
    either->now = local;
    remotes[0].system->Dial();
    RunUntil(Seconds(45));
    ASSERT_TRUE(remotes[0].system->IsUp());
    std::vector<std::string> starts;
    for (const auto& record : LnsRecords())
    {
        if (record.Get(K::ACCT_STATUS_TYPE) == static_cast<uint32_t>(Status::START))
        {
            starts.push_back(record.Get(K::CLASS).value_or("none") + " " +
                             std::to_string(record.Get(K::ACCT_AUTHENTIC).value_or(0)));
        }
    }
    EXPECT_EQ(starts, (std::vector<std::string>{"of alice 1", "of alice 1", "none 2"}));
}
