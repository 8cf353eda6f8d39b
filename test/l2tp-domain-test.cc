/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What users get of an LNS that serves several domains: addresses, networks behind them, time.

#include "l2tp-domain-fixture.h"

#include "ns3/output-stream-wrapper.h"
#include "ns3/pointer.h"

#include <sstream>
#include <string>

using namespace ns3;

namespace
{

using L2tpDomainDeathTest = L2tpDomainTest;

/// A profile. @param address the fixed address @return it
PppUserProfile
Fixed(const char* address)
{
    PppUserProfile profile;
    profile.address = Ipv4Address(address);
    return profile;
}

} // namespace

TEST_F(L2tpDomainTest, AddressesAreOfTheDomainsPool)
{
    lns.SetAddressPool("10.8.0.0", "255.255.255.0");
    lns.AddDomain("ISP-A.example", "10.20.0.0", "255.255.0.0"); // capitals make no difference
    lns.AddDomain("isp-b.example", "10.30.0.0", "255.255.0.0");
    lns.SetDomainAttribute("isp-a.example", "PrimaryDns", Ipv4AddressValue("10.20.0.53"));
    lns.AddUser("ann@isp-a.example", "secret");
    lns.AddUser("bob@Isp-B.Example", "secret");
    lns.AddUser("eve@nowhere.example", "secret");
    Dial("ann@isp-a.example");
    Dial("bob@Isp-B.Example");
    Dial("eve@nowhere.example");
    Dialler(0)->GetDevice()->GetLink()->GetIpcp()->SetAttribute("RequestDns", BooleanValue(true));
    RunUntil(Seconds(3));
    EXPECT_EQ(AddressOf(0), Ipv4Address("10.20.0.2"));
    EXPECT_EQ(AddressOf(1), Ipv4Address("10.30.0.2"));
    EXPECT_EQ(AddressOf(2), Ipv4Address("10.8.0.2"));
    const auto ipcpOf = [this](std::size_t i) {
        return Dialler(i)->GetDevice()->GetLink()->GetIpcp();
    };
    EXPECT_EQ(ipcpOf(0)->GetPeerAddress(), Ipv4Address("10.20.0.1"));
    EXPECT_EQ(ipcpOf(1)->GetPeerAddress(), Ipv4Address("10.30.0.1"));
    EXPECT_EQ(ipcpOf(2)->GetPeerAddress(), Ipv4Address("10.8.0.1"));
    EXPECT_EQ(ipcpOf(0)->GetReceivedPrimaryDns(), Ipv4Address("10.20.0.53"));
    EXPECT_EQ(Terminator()->GetDomain("isp-a.example")->GetPool()->GetNAssigned(), 1U);
    Dialler(0)->HangUp();
    RunUntil(Seconds(4));
    EXPECT_EQ(Terminator()->GetDomain("isp-a.example")->GetPool()->GetNAssigned(), 0U);
}

TEST_F(L2tpDomainTest, AProfileMayNameAnotherDomainAndOneOfItsPools)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    lns.AddDomain("isp-b.example", "10.30.0.0", "255.255.0.0");
    PppUserProfile profile;
    profile.domain = "isp-b.example";
    profile.pool = "gold";
    lns.AddUser("ann@isp-a.example", "secret", profile);
    profile.pool = "unknown"; // RFC 2869, section 5.18: then the attribute is ignored
    lns.AddUser("bob@isp-a.example", "secret", profile);
    profile.domain = "isp-c.example";
    lns.AddUser("eve@isp-a.example", "secret", profile);
    Dial("ann@isp-a.example");
    Dial("bob@isp-a.example");
    Dial("eve@isp-a.example");
    auto gold = CreateObject<L2tpAddressPool>();
    gold->SetNetwork("10.31.0.0", "255.255.255.0");
    Terminator()->GetDomain("isp-b.example")->AddPool("gold", gold);
    RunUntil(Seconds(3));
    EXPECT_EQ(AddressOf(0), Ipv4Address("10.31.0.1"));
    EXPECT_EQ(AddressOf(1), Ipv4Address("10.30.0.2"));
    EXPECT_EQ(AddressOf(2), Ipv4Address::GetAny()) << "a domain that is not here is none";
    EXPECT_EQ(gold->GetNAssigned(), 1U);
    Dialler(0)->HangUp();
    RunUntil(Seconds(4));
    EXPECT_EQ(gold->GetNAssigned(), 0U);
}

// Who is of no domain gets into the node's own table, by which tunnels run, unless that is
// forbidden.
TEST_F(L2tpDomainTest, UsersOfNoDomainNeedNotBeServed)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    lns.SetSessionAttribute("ServeOthers", BooleanValue(false));
    lns.AddUser("ann@isp-a.example", "secret");
    lns.AddUser("eve@isp-a.example.", "secret");
    lns.AddUser("eve", "secret");
    Dial("ann@isp-a.example");
    Dial("eve@isp-a.example.");
    Dial("eve");
    RunUntil(Seconds(3));
    EXPECT_EQ(AddressOf(0), Ipv4Address("10.20.0.2"));
    EXPECT_EQ(AddressOf(1), Ipv4Address::GetAny());
    EXPECT_EQ(AddressOf(2), Ipv4Address::GetAny());
    EXPECT_EQ(Server()->GetNCalls(), 1U);
    EXPECT_EQ(Terminator()->GetPool()->GetNAssigned(), 0U);
}

// What the table of a domain says of a user never leads out of it.
TEST_F(L2tpDomainTest, ADomainMayHaveAUserTableOfItsOwn)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    lns.AddDomain("isp-b.example", "10.30.0.0", "255.255.0.0");
    auto users = CreateObject<PppLocalUserTable>();
    PppUserProfile profile;
    profile.domain = "isp-b.example";
    users->AddUser("ann@isp-a.example", "secret", profile);
    lns.SetDomainAttribute("isp-a.example", "UserTable", PointerValue(users));
    lns.AddUser("bob@isp-a.example", "secret"); // nobody asks about him here
    lns.AddUser("eve@isp-b.example", "secret");
    Dial("ann@isp-a.example");
    Dial("bob@isp-a.example");
    Dial("eve@isp-b.example");
    RunUntil(Seconds(3));
    EXPECT_EQ(AddressOf(0), Ipv4Address("10.20.0.2"));
    EXPECT_EQ(AddressOf(1), Ipv4Address::GetAny());
    EXPECT_EQ(AddressOf(2), Ipv4Address("10.30.0.2"));
}

TEST_F(L2tpDomainTest, AFixedAddressIsKeptForItsUser)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    lns.AddUser("ann@isp-a.example", "secret");
    lns.AddUser("bob@isp-a.example", "secret", Fixed("10.20.0.2"));
    Dial("ann@isp-a.example");
    Dial("bob@isp-a.example");
    RunUntil(Seconds(3));
    EXPECT_EQ(AddressOf(0), Ipv4Address("10.20.0.3"));
    EXPECT_EQ(AddressOf(1), Ipv4Address("10.20.0.2"));
}

// Most often the session of before has died unnoticed: the LAC lost power.
TEST_F(L2tpDomainTest, AUserWithAFixedAddressWhoComesAgainReplacesItself)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    lns.AddUser("ann@isp-a.example", "secret", Fixed("10.20.0.9"));
    const auto uplink = AddUplink("isp-a.example", "172.16.0.0");
    Dial("ann@isp-a.example");
    RunUntil(Seconds(3));
    EXPECT_EQ(AddressOf(0), Ipv4Address("10.20.0.9"));
    net->access.at(0)->cut = true;
    Dial("ann@isp-a.example");
    RunUntil(Seconds(6));
    EXPECT_EQ(AddressOf(1), Ipv4Address("10.20.0.9"));
    EXPECT_EQ(Ping(1, "172.16.0.2"), 1U);
    net->access.at(0)->cut = false;
    RunUntil(Seconds(40));
    EXPECT_FALSE(Dialler(0)->IsUp());
    EXPECT_EQ(Ping(1, "172.16.0.2"), 1U) << "the end of the old session takes nothing along";
}

// RFC 2661, section 4.4.2: "Call disconnected for administrative reasons"; RFC 3145, section 3.1:
// 1, "Administrative disconnect".
TEST_F(L2tpDomainTest, TheReplacedSessionIsToldWhy)
{
    lns.AddUser("ann", "secret", Fixed("10.8.0.9"));
    Dial("ann");
    RunUntil(Seconds(3));
    WatchCdns();
    Dial("ann");
    RunUntil(Seconds(6));
    EXPECT_TRUE(Dialler(1)->IsUp());
    EXPECT_FALSE(Dialler(0)->IsUp());
    EXPECT_EQ(Server()->GetNCalls(), 1U);
    ExpectCdn(L2tpCallResult::ADMINISTRATIVE, "PPP: replaced by a newer session", 1);
}

TEST_F(L2tpDomainTest, AnAddressThatAnotherUserHasIsNotGiven)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    lns.AddDomain("isp-b.example", "10.20.0.0", "255.255.0.0");
    lns.AddUser("ann@isp-a.example", "secret", Fixed("10.20.0.9"));
    lns.AddUser("bob@isp-a.example", "secret", Fixed("10.20.0.9"));
    lns.AddUser("eve@isp-b.example", "secret", Fixed("10.20.0.9"));
    Dial("ann@isp-a.example");
    RunUntil(Seconds(3));
    WatchCdns();
    Dial("bob@isp-a.example");
    Dial("eve@isp-b.example");
    RunUntil(Seconds(6));
    EXPECT_EQ(AddressOf(0), Ipv4Address("10.20.0.9"));
    EXPECT_EQ(AddressOf(1), Ipv4Address::GetAny());
    ExpectCdn(L2tpCallResult::NO_FACILITIES_TEMPORARY, "PPP: no address", 20);
    EXPECT_EQ(AddressOf(2), Ipv4Address("10.20.0.9")) << "another domain, another address";
    Dialler(0)->HangUp();
    RunUntil(Seconds(8));
    Dialler(1)->Dial();
    RunUntil(Seconds(10));
    EXPECT_EQ(AddressOf(1), Ipv4Address("10.20.0.9"));
}

// RFC 2869, section 5.18: a user may have an address of another pool of the domain.
TEST_F(L2tpDomainTest, AFixedAddressIsKeptInAllPoolsOfTheDomain)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    PppUserProfile gold;
    gold.pool = "gold";
    lns.AddUser("ann@isp-a.example", "secret", gold);
    lns.AddUser("bob@isp-a.example", "secret", Fixed("10.31.0.1"));
    Dial("ann@isp-a.example");
    auto pool = CreateObject<L2tpAddressPool>();
    pool->SetNetwork("10.31.0.0", "255.255.255.0");
    Terminator()->GetDomain("isp-a.example")->AddPool("gold", pool);
    lns.AddUser("eve@isp-a.example", "secret", Fixed("10.31.0.2"));
    RunUntil(Seconds(3));
    EXPECT_EQ(AddressOf(0), Ipv4Address("10.31.0.3"));
    auto late = CreateObject<L2tpAddressPool>();
    late->SetNetwork("10.31.0.0", "255.255.255.0");
    Terminator()->GetDomain("isp-a.example")->AddPool("late", late);
    EXPECT_EQ(late->Acquire(), Ipv4Address("10.31.0.3")) << "it has been told of both";
}

// RFC 2865, section 5.8: the address that the server sends; the LNS's own is in use.
TEST_F(L2tpDomainTest, TheAddressOfTheLnsIsNobodys)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    lns.AddUser("ann@isp-a.example", "secret", Fixed("10.20.0.1"));
    lns.AddUser("bob", "secret", Fixed("10.8.0.1"));
    Dial("ann@isp-a.example");
    Dial("bob");
    WatchCdns();
    RunUntil(Seconds(5));
    EXPECT_EQ(AddressOf(0), Ipv4Address::GetAny());
    EXPECT_EQ(AddressOf(1), Ipv4Address::GetAny());
    ExpectCdn(L2tpCallResult::NO_FACILITIES_TEMPORARY, "PPP: no address", 20);
}

TEST_F(L2tpDomainTest, ANetworkOfADomainThatIsNotIsolatedIsOfTheNodesTable)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    lns.AddDomain("isp-b.example", "10.30.0.0", "255.255.0.0");
    lns.SetDomainAttribute("isp-a.example", "Isolated", BooleanValue(false));
    lns.AddUser("ann@isp-a.example", "secret");
    AddUplink("isp-a.example", "172.16.0.0");
    EXPECT_EQ(Tables(), nullptr);
    EXPECT_EQ(lns.GetRoutes("isp-a.example", net->lns), L2tpTestNetwork::RoutingOf(net->lns));
    AddUplink("isp-b.example", "172.17.0.0");
    AddUplink("isp-a.example", "172.18.0.0"); // the node has tables now
    EXPECT_EQ(lns.GetRoutes("isp-a.example", net->lns), L2tpTestNetwork::RoutingOf(net->lns));
    Dial("ann@isp-a.example");
    RunUntil(Seconds(3));
    EXPECT_EQ(Ping(0, "172.16.0.2"), 1U);
    EXPECT_EQ(Ping(0, "172.17.0.2"), 0U);
    EXPECT_EQ(Ping(0, "172.18.0.2"), 1U);
}

// Which has the lower number shows in what the node prints, and must not depend on hashes.
TEST_F(L2tpDomainTest, TablesAreMadeInTheOrderOfTheirNames)
{
    auto domains = CreateObject<L2tpDomainTable>();
    std::string expected;
    for (char letter = 'z'; letter >= 'a'; --letter)
    {
        auto domain = CreateObject<L2tpDomain>();
        domain->SetAttribute("Name", StringValue(std::string(1, letter)));
        domains->Add(domain);
        expected.insert(0, std::string("Table '") + letter + "'\n");
    }
    domains->Start(net->lns);
    std::ostringstream printed;
    Tables()->PrintRoutingTable(Create<OutputStreamWrapper>(&printed));
    std::istringstream lines(printed.str());
    std::string names;
    for (std::string line; std::getline(lines, line);)
    {
        if (line.rfind("Table '", 0) == 0 && line != "Table ''")
        {
            names += line + '\n';
        }
    }
    EXPECT_EQ(names, expected);
}

// RFC 2865, section 5.22: routing information for the network behind the user.
TEST_F(L2tpDomainTest, ANetworkBehindTheRemoteSystemIsReached)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    PppUserProfile profile;
    profile.routes.push_back({"192.168.7.0", "255.255.255.0"});
    lns.AddUser("ann@isp-a.example", "secret", profile);
    const auto uplink = AddUplink("isp-a.example", "172.16.0.0");
    auto inside = CreateObject<Node>();
    InternetStackHelper().Install(inside);
    net->Join(net->hosts.Get(0), inside, "192.168.7.0", MilliSeconds(1));
    L2tpTestNetwork::RoutingOf(inside)->SetDefaultRoute("192.168.7.1", 1);
    Dial("ann@isp-a.example");
    RunUntil(Seconds(3));
    EXPECT_EQ(L2tpTestProbe::PingOnce(uplink.server, "192.168.7.2"), 1U);
    EXPECT_EQ(L2tpTestProbe::PingOnce(inside, "172.16.0.2"), 1U);
    const auto routes = lns.GetRoutes("isp-a.example", net->lns);
    EXPECT_EQ(routes->GetNRoutes(), 3U); // uplink, user, network behind the user
    Dialler(0)->HangUp();
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(routes->GetNRoutes(), 1U);
    EXPECT_EQ(L2tpTestProbe::PingOnce(uplink.server, "192.168.7.2"), 0U);
}

// RFC 2865, section 5.27.
TEST_F(L2tpDomainTest, ASessionEndsWhenItsTimeIsOver)
{
    PppUserProfile profile;
    profile.sessionTimeout = Seconds(10);
    lns.AddUser("ann", "secret", profile);
    Dial("ann");
    RunUntil(Seconds(11));
    EXPECT_TRUE(Dialler(0)->IsUp());
    WatchCdns();
    RunUntil(Seconds(13));
    EXPECT_FALSE(Dialler(0)->IsUp());
    ExpectCdn(L2tpCallResult::ADMINISTRATIVE, "PPP: session timeout", 1);
}

// RFC 2865, section 5.28.
TEST_F(L2tpDomainTest, ASessionEndsWhenNothingPasses)
{
    PppUserProfile profile;
    profile.idleTimeout = Seconds(10);
    lns.AddUser("ann", "secret", profile);
    Dial("ann");
    RunUntil(Seconds(8));
    EXPECT_EQ(Ping(0, "10.3.0.2"), 1U);
    RunUntil(Seconds(17));
    EXPECT_TRUE(Dialler(0)->IsUp());
    WatchCdns();
    RunUntil(Seconds(20));
    EXPECT_FALSE(Dialler(0)->IsUp());
    ExpectCdn(L2tpCallResult::ADMINISTRATIVE, "PPP: idle timeout", 1);
}

// Whoever has lost its address can't give it back.
TEST_F(L2tpDomainTest, TheLastHolderHasTheAddress)
{
    auto domain = CreateObject<L2tpDomain>();
    const auto profile = Fixed("10.20.0.9");
    std::vector<std::size_t> evicted;
    const auto evict = [&](std::size_t holder) { evicted.push_back(holder); };
    EXPECT_EQ(domain->Assign(1, "ann", profile, evict), profile.address);
    EXPECT_EQ(domain->Assign(2, "ann", profile, evict), profile.address);
    EXPECT_EQ(evicted, (std::vector<std::size_t>{1}));
    domain->Release(1, profile.address);
    EXPECT_EQ(domain->Assign(3, "bob", profile, evict), Ipv4Address::GetAny());
    domain->Release(2, profile.address);
    EXPECT_EQ(domain->Assign(3, "bob", profile, evict), profile.address);
    EXPECT_EQ(evicted.size(), 1U);
}

TEST_F(L2tpDomainTest, WithoutAnyTableNobodyIsKnown)
{
    auto domains = CreateObject<L2tpDomainTable>();
    std::vector<PppAuthVerdict> verdicts;
    domains->Authenticate(PppAuthAttempt(), [&](const auto& v) { verdicts.push_back(v); });
    ASSERT_EQ(verdicts.size(), 1U);
    EXPECT_FALSE(verdicts[0].accepted);
}

TEST_F(L2tpDomainDeathTest, WrongConfiguration)
{
    EXPECT_DEATH(lns.AttachNetwork("isp-a.example", net->lns->GetDevice(1)),
                 "no domain isp-a.example: add it first");
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    EXPECT_DEATH(lns.AddDomain("ISP-A.example", "10.20.0.0", "255.255.0.0"), "add each once");
    auto device = CreateObject<SimpleNetDevice>();
    net->lns->AddDevice(device);
    EXPECT_DEATH(lns.AttachNetwork("isp-a.example", device), "no IPv4 address: assign one");
    lns.SetSessionAttribute("Ipv6Pool", Ipv6AddressValue("fd08::"));
    lns.Install(net->lns);
    EXPECT_DEATH(lns.AddDomain("isp-b.example", "10.20.0.0", "255.255.0.0"), "before installing");
    EXPECT_DEATH(RunUntil(Seconds(1)), "only IPv4 can be isolated: set it");
    auto domain = CreateObject<L2tpDomain>();
    EXPECT_DEATH(Terminator()->AddDomain(domain), "L2tpDomain::Name is empty: give");
    domain->SetAttribute("Name", StringValue("isp-a.example"));
    EXPECT_DEATH(Terminator()->AddDomain(domain), "Name isp-a.example is taken: two domains");
    EXPECT_DEATH(domain->AddPool("gold", nullptr), "pool gold is null: give it an address pool");
    EXPECT_DEATH(CreateObject<L2tpInterfacePerSession>()->AddDomain(
                     Terminator()->GetDomain("isp-a.example")),
                 "isp-a.example was added to another LNS already.*make an L2tpDomain for each LNS");
    L2tpLnsHelper other;
    other.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    other.GetRoutes("isp-a.example", net->lns);
    EXPECT_DEATH(other.SetDomainAttribute("isp-a.example", "Isolated", BooleanValue(false)),
                 "before attribute Isolated, which changes its table: set it before");
    PppUserProfile profile = Fixed("10.8.0.9");
    profile.domain = "isp-b.example";
    EXPECT_DEATH(lns.AddUser("ann", "secret", profile), "no domain isp-b.example");
}
