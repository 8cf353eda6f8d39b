/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// An LNS with one interface for all its sessions.

#include "l2tp-domain-fixture.h"

#include "ns3/l2tp-aggregated-interface.h"
#include "ns3/l2tp-dont-fragment.h"

#include <algorithm>
#include <functional>
#include <set>

using namespace ns3;

namespace
{

/// The type of the terminator.
const std::string AGGREGATED = "ns3::L2tpAggregatedInterface";

/// What an LNS does with its sessions. @param lns it @return the terminator
Ptr<L2tpAggregatedInterface>
TerminatorOf(Ptr<L2tpLns> lns)
{
    return DynamicCast<L2tpAggregatedInterface>(lns->GetTerminator());
}

/// Voluntary tunnels to such an LNS.
class L2tpAggregatedInterfaceTest : public L2tpNetworkTest
{
  protected:
    /// Build the network, clients and LNS. @param nHosts how many clients
    void Begin(uint32_t nHosts)
    {
        Build(nHosts);
        vpn->SetTerminator(AGGREGATED);
        Install();
    }

    /// The device of all sessions.
    Ptr<PppSharedNetDevice> Device() const
    {
        return TerminatorOf(Lns())->GetDevice();
    }

    /// All that passes the internet in the first seconds, in octets. @param terminator its type
    std::vector<std::vector<uint8_t>> Record(const std::string& terminator)
    {
        Build(3);
        vpn->SetTerminator(terminator);
        Install();
        std::vector<std::vector<uint8_t>> octets;
        net->internet->watch = [&octets](const L2tpTestDatagram& datagram) {
            octets.push_back(datagram.octets);
        };
        RunUntil(Seconds(3));
        for (uint32_t i = 0; i < 3; ++i)
        {
            ExpectTraffic(i);
        }
        Client(1)->HangUp();
        RunUntil(Seconds(10));
        Clear();
        return octets;
    }
};

/// Users of domains at such an LNS.
class L2tpAggregatedDomainTest : public L2tpDomainTest
{
  protected:
    void SetUp() override
    {
        L2tpDomainTest::SetUp();
        lns.SetTerminator(AGGREGATED);
    }
};

using L2tpAggregatedInterfaceDeathTest = L2tpAggregatedInterfaceTest;
using L2tpAggregatedDomainDeathTest = L2tpAggregatedDomainTest;

} // namespace

TEST_F(L2tpAggregatedInterfaceTest, OneDeviceHasAllSessions)
{
    Begin(3);
    const uint32_t before = net->lns->GetNDevices();
    RunUntil(Seconds(2));
    EXPECT_EQ(net->lns->GetNDevices(), before + 1);
    EXPECT_EQ(Device()->GetNLines(), 3U);
    for (uint32_t i = 0; i < 3; ++i)
    {
        ExpectTraffic(i);
    }
    EXPECT_EQ(Device()->GetNUnroutable(), 0U);
}

// Nobody outside of the LNS can tell which it has: every octet is the same.
TEST_F(L2tpAggregatedInterfaceTest, SendsWhatAnInterfacePerSessionSends)
{
    const auto expected = Record("ns3::L2tpInterfacePerSession");
    EXPECT_GT(expected.size(), 50U);
    EXPECT_EQ(Record(AGGREGATED), expected);
}

TEST_F(L2tpAggregatedInterfaceTest, SessionsReachEachOther)
{
    Begin(2);
    RunUntil(Seconds(2));
    EXPECT_EQ(L2tpTestProbe::PingOnce(net->hosts.Get(0), Client(1)->GetAddress()), 1U);
    EXPECT_EQ(L2tpTestProbe::PingOnce(net->hosts.Get(0), "10.8.0.1"), 1U);
}

// What a session had is gone with it, the LNS's address with the last one; and it comes again.
TEST_F(L2tpAggregatedInterfaceTest, GoesAndComesWithItsSessions)
{
    Begin(2);
    const auto ipv4 = net->lns->GetObject<Ipv4>();
    RunUntil(Seconds(2));
    const auto interface = ipv4->GetInterfaceForDevice(Device());
    const Ipv4Address first = Client(0)->GetAddress();
    for (int round = 0; round < 2; ++round)
    {
        EXPECT_EQ(ipv4->GetNAddresses(interface), 1U);
        EXPECT_TRUE(Device()->IsLinkUp());
        Client(0)->HangUp();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(Device()->GetNLines(), 1U);
        EXPECT_EQ(Device()->Find(first).line, nullptr);
        EXPECT_EQ(L2tpTestProbe::PingOnce(net->server, first), 0U);
        ExpectTraffic(1);
        Client(1)->HangUp();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_FALSE(Device()->IsLinkUp());
        EXPECT_FALSE(ipv4->IsUp(interface));
        EXPECT_EQ(ipv4->GetNAddresses(interface), 0U);
        Client(0)->Dial();
        Client(1)->Dial();
        RunUntil(Simulator::Now() + Seconds(1));
        ExpectTraffic(0);
        ExpectTraffic(1);
    }
}

// The LNS stops, and starts again on the same node.
TEST_F(L2tpAggregatedInterfaceTest, SurvivesACrash)
{
    Begin(2);
    RunUntil(Seconds(2));
    const uint32_t devices = net->lns->GetNDevices();
    Lns()->Crash();
    RunUntil(Seconds(3));
    EXPECT_EQ(Device()->GetNLines(), 0U);
    Lns()->Start();
    for (uint32_t i = 0; i < 2; ++i)
    {
        Client(i)->HangUp();
    }
    RunUntil(Seconds(200));
    for (uint32_t i = 0; i < 2; ++i)
    {
        Client(i)->Dial();
    }
    RunUntil(Simulator::Now() + Seconds(3));
    ExpectTraffic(0);
    ExpectTraffic(1);
    EXPECT_EQ(net->lns->GetNDevices(), devices);
}

// Each session's own traces and counters are at its link, those of all at the device.
TEST_F(L2tpAggregatedInterfaceTest, TracesTellSessionsApart)
{
    Build(2);
    vpn->SetTerminator(AGGREGATED);
    Install();
    std::map<Ptr<PppLink>, uint32_t> ofLinks;
    uint32_t ofDevice = 0;
    uint32_t devices = 0;
    const auto terminator = TerminatorOf(Lns());
    terminator->TraceConnectWithoutContext(
        "NewDevice",
        Callback<void, Ptr<PppDevice>>([&](Ptr<PppDevice> device) {
            ++devices;
            device->TraceConnectWithoutContext(
                "Sniffer",
                Callback<void, Ptr<const Packet>>([&](Ptr<const Packet>) { ++ofDevice; }));
        }));
    terminator->TraceConnectWithoutContext(
        "Link",
        Callback<void, Ptr<const L2tpLeg>, Ptr<PppLink>>(
            [&](Ptr<const L2tpLeg> leg, Ptr<PppLink> link) {
                EXPECT_EQ(terminator->GetLink(leg), link);
                EXPECT_EQ(&terminator->GetLine(leg)->GetLink(), PeekPointer(link));
                EXPECT_EQ(terminator->GetLine(leg)->GetDevice(), terminator->GetDevice());
                ofLinks[link] = 0;
                for (const char* source : {"Tx", "Rx"})
                {
                    link->TraceConnectWithoutContext(
                        source,
                        Callback<void, Ptr<const Packet>>(
                            [&ofLinks, link](Ptr<const Packet>) { ++ofLinks[link]; }));
                }
            }));
    RunUntil(Seconds(2));
    EXPECT_EQ(devices, 1U);
    ASSERT_EQ(ofLinks.size(), 2U);
    const uint32_t first = ofLinks.begin()->second;
    const uint32_t second = ofLinks.rbegin()->second;
    EXPECT_EQ(ofDevice, first + second);
    ExpectTraffic(0);
    EXPECT_EQ(ofDevice, first + second + 4); // a datagram and a ping, there and back
    EXPECT_TRUE(ofLinks.begin()->second == first || ofLinks.rbegin()->second == second);
}

// What is for all goes to all.
TEST_F(L2tpAggregatedInterfaceTest, BroadcastAndMulticastAreReplicated)
{
    Begin(3);
    RunUntil(Seconds(2));
    for (const char* destination : {"255.255.255.255", "224.0.0.5"})
    {
        std::multiset<uint32_t> got;
        for (uint32_t i = 0; i < 3; ++i)
        {
            Client(i)->GetDevice()->TraceConnectWithoutContext(
                "MacRx",
                Callback<void, Ptr<const Packet>>([&got, i](Ptr<const Packet>) { got.insert(i); }));
        }
        auto packet = Create<Packet>(10);
        Ipv4Header header;
        header.SetSource("10.8.0.1");
        header.SetDestination(destination);
        header.SetProtocol(253); // for experiments
        header.SetPayloadSize(10);
        packet->AddHeader(header);
        EXPECT_TRUE(Device()->Send(packet, Device()->GetBroadcast(), 0x0800));
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(std::set<uint32_t>(got.begin(), got.end()), (std::set<uint32_t>{0, 1, 2}));
        Clear();
        Begin(3);
        RunUntil(Seconds(2));
    }
}

// A packet that nobody has the destination of is counted, and nothing else.
TEST_F(L2tpAggregatedInterfaceTest, DropsWhatIsForNobody)
{
    Begin(1);
    RunUntil(Seconds(2));
    auto packet = Create<Packet>(10);
    Ipv4Header header;
    header.SetDestination("10.8.0.77");
    header.SetPayloadSize(10);
    packet->AddHeader(header);
    EXPECT_FALSE(Device()->Send(packet, Device()->GetBroadcast(), 0x0800));
    EXPECT_FALSE(Device()->Send(Create<Packet>(), Device()->GetBroadcast(), 0x0800));
    EXPECT_FALSE(Device()->Send(Create<Packet>(), Device()->GetBroadcast(), 0x86dd));
    EXPECT_EQ(Device()->GetNUnroutable(), 3U);
}

// Each remote system gets packets as long as it takes, and no longer ones.
TEST_F(L2tpAggregatedInterfaceTest, EachSessionHasItsOwnMtu)
{
    Build(2);
    vpn->SetTerminator(AGGREGATED);
    vpn->SetClientAttribute("Mru", UintegerValue(600));
    const auto small = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
    vpn->SetClientAttribute("Mru", UintegerValue(1400));
    const auto large = vpn->Install(NodeContainer(net->hosts.Get(1)), net->lns);
    RunUntil(Seconds(2));
    const auto device = TerminatorOf(small.GetLns())->GetDevice();
    EXPECT_EQ(device->GetMtu(), 1400U);
    EXPECT_EQ(device->GetMtuTo(small.GetClient(0)->GetAddress()), 600U);
    EXPECT_EQ(device->GetMtuTo(large.GetClient(0)->GetAddress()), 1400U);
    for (const auto& [client, pieces] :
         {std::pair(small.GetClient(0), 3U), std::pair(large.GetClient(0), 1U)})
    {
        uint32_t got = 0;
        std::size_t longest = 0;
        const auto count = [&](Ptr<const Packet> packet) {
            ++got;
            longest = std::max<std::size_t>(longest, packet->GetSize());
        };
        const Callback<void, Ptr<const Packet>> sink(count);
        client->GetDevice()->TraceConnectWithoutContext("MacRx", sink);
        L2tpTestProbe probe(client->GetNode(), net->serverAddress);
        probe.Send(1300);
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(probe.echoed, 1U) << "it was put together again";
        client->GetDevice()->TraceDisconnectWithoutContext("MacRx", sink);
        EXPECT_EQ(got, pieces); // RFC 791, section 3.2: 576 + 576 + 156 octets of data
        EXPECT_LE(longest, pieces == 1 ? 1400U : 600U);
    }
}

// The path to one LAC may take less than PPP's ends (doc/path-mtu.rst); a new session begins anew.
TEST_F(L2tpAggregatedInterfaceTest, ASessionMayBeLimited)
{
    Begin(2);
    RunUntil(Seconds(2));
    const auto terminator = TerminatorOf(Lns());
    const auto* line = Device()->Find(Client(0)->GetAddress()).line;
    for (const auto& tunnel : Lns()->GetTunnels())
    {
        const auto leg = Lns()->GetLeg(tunnel->GetCalls().at(0));
        if (terminator->GetLine(leg) == line)
        {
            terminator->GetLine(leg)->SetMtu(700);
        }
    }
    const uint16_t full = Device()->GetMtu();
    EXPECT_GT(full, 700U);
    EXPECT_EQ(Device()->GetMtuTo(Client(0)->GetAddress()), 700U);
    EXPECT_EQ(Device()->GetMtuTo(Client(1)->GetAddress()), full);
    Client(1)->HangUp();
    RunUntil(Seconds(3));
    EXPECT_EQ(Device()->GetMtu(), 700U);
    Client(0)->HangUp();
    RunUntil(Seconds(4));
    Client(0)->Dial();
    RunUntil(Seconds(5));
    EXPECT_EQ(Device()->GetMtuTo(Client(0)->GetAddress()), full);
}

// RFC 1191, section 4: what must not be fragmented is refused with the MTU of the session.
TEST_F(L2tpAggregatedInterfaceTest, DontFragmentKnowsTheMtuOfASession)
{
    Build(2);
    const auto router = L2tpDontFragment::Install(net->lns);
    const auto host = L2tpDontFragment::Install(net->server);
    uint16_t told = 0;
    host->TraceConnectWithoutContext(
        "PathMtu",
        Callback<void, Ipv4Address, uint16_t>([&](Ipv4Address, uint16_t mtu) { told = mtu; }));
    vpn->SetTerminator(AGGREGATED);
    vpn->SetClientAttribute("Mru", UintegerValue(600));
    tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
    vpn->SetClientAttribute("Mru", UintegerValue(1400));
    const auto large = vpn->Install(NodeContainer(net->hosts.Get(1)), net->lns);
    RunUntil(Seconds(2));
    L2tpTestProbe toLarge(net->server, large.GetClient(0)->GetAddress());
    toLarge.Send(1300);
    RunUntil(Seconds(3));
    EXPECT_EQ(router->GetNDropped(), 0U);
    L2tpTestProbe toSmall(net->server, Client()->GetAddress());
    toSmall.Send(1300);
    RunUntil(Seconds(4));
    EXPECT_EQ(router->GetNDropped(), 1U);
    EXPECT_EQ(told, 600U);
}

// RFC 2865, sections 5.8 and 5.22: fixed addresses, networks behind users, in their domains only;
// both domains have the same addresses.
TEST_F(L2tpAggregatedDomainTest, DomainsWithTheSameAddressesAreIsolated)
{
    std::vector<L2tpTestUplink> uplinks;
    for (const char* domain : {"isp-a.example", "isp-b.example"})
    {
        lns.AddDomain(domain, "10.20.0.0", "255.255.0.0");
        PppUserProfile profile;
        profile.address = Ipv4Address("10.99.0.9"); // not of the pool
        profile.routes.push_back({"192.168.7.0", "255.255.255.0"});
        lns.AddUser(std::string("ann@") + domain, "secret", profile);
        uplinks.push_back(AddUplink(domain, "172.16.0.0"));
    }
    Dial("ann@isp-a.example");
    Dial("ann@isp-b.example");
    RunUntil(Seconds(3));
    const auto terminator = TerminatorOf(Server());
    EXPECT_EQ(terminator->GetDevice("isp-a.example")->GetNLines(), 1U);
    EXPECT_EQ(terminator->GetDevice("isp-b.example")->GetNLines(), 1U);
    EXPECT_EQ(terminator->GetDevice()->GetNLines(), 0U);
    EXPECT_EQ(terminator->GetDevice("isp-c.example"), nullptr);
    for (std::size_t i = 0; i < 2; ++i)
    {
        EXPECT_EQ(AddressOf(i), Ipv4Address("10.99.0.9"));
        const uint64_t mine = net->access.at(i)->packets;
        const uint64_t others = net->access.at(1 - i)->packets;
        EXPECT_EQ(Ping(i, "172.16.0.2"), 1U);
        EXPECT_EQ(L2tpTestProbe::PingOnce(uplinks[i].server, "10.99.0.9"), 1U);
        L2tpTestProbe::PingOnce(uplinks[i].server, "192.168.7.77"); // to the user, no further
        EXPECT_GE(net->access.at(i)->packets, mine + 5);
        EXPECT_EQ(net->access.at(1 - i)->packets, others);
    }
    EXPECT_EQ(L2tpTestProbe::PingOnce(net->server, "10.99.0.9"), 0U);
}

// As if all routes were in one table: the longest prefix, whoever has it; then the least metric.
TEST_F(L2tpAggregatedDomainTest, StaticRoutesOfTheNodeCountAsWell)
{
    const auto uplink = AddUplink("172.16.0.0");
    const auto routes = L2tpTestNetwork::RoutingOf(net->lns);
    const auto out = net->lns->GetObject<Ipv4>()->GetInterfaceForDevice(uplink.device);
    PppUserProfile profile;
    profile.routes.push_back({"192.168.0.0", "255.255.0.0", 2});
    profile.routes.push_back({"192.169.0.0", "255.255.0.0", 2});
    lns.AddUser("ann", "secret", profile);
    routes->AddNetworkRouteTo("192.168.7.0", "255.255.255.0", "172.16.0.2", out);
    routes->AddNetworkRouteTo("192.0.0.0", "255.0.0.0", "172.16.0.2", out);
    routes->AddNetworkRouteTo("192.169.0.0", "255.255.0.0", "172.16.0.2", out, 1);
    Dial("ann");
    RunUntil(Seconds(3));
    const auto ipv4 = net->lns->GetObject<Ipv4>();
    const auto leadsTo = [&](const char* destination) {
        Ipv4Header header;
        header.SetDestination(Ipv4Address(destination));
        Socket::SocketErrno error;
        const auto route = ipv4->GetRoutingProtocol()->RouteOutput(nullptr, header, nullptr, error);
        return route ? route->GetOutputDevice() : nullptr;
    };
    const Ptr<NetDevice> device = TerminatorOf(Server())->GetDevice();
    EXPECT_EQ(leadsTo("192.168.3.1"), device);
    EXPECT_EQ(leadsTo("192.168.7.1"), uplink.device);
    EXPECT_EQ(leadsTo("192.1.0.1"), uplink.device);
    EXPECT_EQ(leadsTo("192.169.0.1"), uplink.device);
    EXPECT_EQ(leadsTo("10.8.0.2"), device);
}

TEST_F(L2tpAggregatedDomainTest, UsersOfNoDomainAreServedBesideThem)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    lns.AddDomain("open.example", "10.30.0.0", "255.255.0.0");
    lns.SetDomainAttribute("open.example", "Isolated", BooleanValue(false));
    for (const char* user : {"ann@isp-a.example", "bob@open.example", "eve"})
    {
        lns.AddUser(user, "secret");
        Dial(user);
    }
    RunUntil(Seconds(3));
    EXPECT_EQ(Ping(0, "10.3.0.2"), 0U);
    EXPECT_EQ(Ping(1, "10.3.0.2"), 1U);
    EXPECT_EQ(Ping(2, "10.3.0.2"), 1U);
    EXPECT_EQ(Ping(1, "10.30.0.1"), 1U); // the LNS's addresses on its links
    EXPECT_EQ(Ping(2, "10.8.0.1"), 1U);
    EXPECT_EQ(Ping(0, "10.8.0.1"), 0U);
}

TEST_F(L2tpAggregatedDomainDeathTest, ADomainComesTooLate)
{
    lns.AddDomain("isp-a.example", "10.20.0.0", "255.255.0.0");
    lns.AddUser("ann@late.example", "secret");
    Dial("eve");
    RunUntil(Seconds(1));
    auto late = CreateObject<L2tpDomain>();
    late->SetAttribute("Name", StringValue("late.example"));
    TerminatorOf(Server())->AddDomain(late);
    Dial("ann@late.example");
    EXPECT_DEATH(RunUntil(Seconds(3)), "domain late.example was added after .*: add it before");
}

TEST_F(L2tpAggregatedInterfaceDeathTest, SetTerminatorNamesWhatThereIs)
{
    Build(1);
    EXPECT_DEATH(vpn->SetTerminator("ns3::L2tpLns"), "say ns3::L2tpInterfacePerSession or ");
    EXPECT_DEATH(vpn->SetTerminator("ns3::Nothing"), "ns3::Nothing is no L2tpPppTerminator");
    vpn->SetTerminator(AGGREGATED);
    vpn->SetSessionAttribute("Ipv6Pool", Ipv6AddressValue("2001:db8::"));
    Install();
    EXPECT_DEATH(RunUntil(Seconds(1)), "L2tpAggregatedInterface::Ipv6Pool .* documentation");
}
