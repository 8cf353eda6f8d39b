/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "simple-interfaces.h"
#include "simulation-test.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/output-stream-wrapper.h"

#include <gtest/gtest.h>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

/// A router with three interfaces, and hosts that watch what it sends.
class L2tpVrfRoutingTest : public SimulationTest
{
  protected:
    L2tpVrfRoutingTest()
    {
        InternetStackHelper().Install(router);
        ipv4 = router->GetObject<Ipv4>();
        for (const char* address : {"10.1.0.1", "10.2.0.1", "10.3.0.1"})
        {
            devices.push_back(AddSimpleDevice(router, CreateObject<SimpleChannel>()));
            AddSimpleAddress(devices.back(), address);
        }
    }

    /// Install tables: interface 1 is of the default one, 2 and 3 are of "a" and "b".
    void InstallTables()
    {
        tables = L2tpVrfRouting::Install(router);
        for (const auto& [name, interface] : {std::make_pair("a", 2U), std::make_pair("b", 3U)})
        {
            tables->AddTable(name);
            tables->SetTable(interface, name);
        }
        tables->TraceConnectWithoutContext(
            "Drop",
            Callback<void, const Ipv4Header&, Ptr<const Packet>, uint32_t>(
                [this](const Ipv4Header&, Ptr<const Packet>, uint32_t interface) {
                    dropped.push_back(interface);
                }));
    }

    /// The address of the next hop of what the router itself would send. @param to where to
    /// @param from from which address @param device bound to this @return the device's number, or
    /// -1 if there is no route
    int32_t Output(const char* to, const char* from = "0.0.0.0", Ptr<NetDevice> device = nullptr)
    {
        Ipv4Header header;
        header.SetDestination(to);
        header.SetSource(from);
        Socket::SocketErrno error = Socket::ERROR_NOTERROR;
        const auto route =
            ipv4->GetRoutingProtocol()->RouteOutput(Create<Packet>(), header, device, error);
        EXPECT_EQ(error, route ? Socket::ERROR_NOTERROR : Socket::ERROR_NOROUTETOHOST);
        return route ? ipv4->GetInterfaceForDevice(route->GetOutputDevice()) : -1;
    }

    /**
     * @brief Let a packet come in.
     * @param interface where
     * @param to where to
     * @param from where from
     * @param ttl its TTL
     * @return what becomes of it: the interface that it leaves by, 0 if it is for the router, -1 if
     *         it is dropped
     */
    int32_t Input(uint32_t interface,
                  const char* to,
                  const char* from = "192.0.2.1",
                  uint8_t ttl = 64)
    {
        Ipv4Header header;
        header.SetSource(from);
        header.SetDestination(to);
        header.SetTtl(ttl);
        return Input(interface, header);
    }

    /// Let a packet come in. @param interface where @param header its header @return what becomes
    /// of it: see above
    int32_t Input(uint32_t interface, const Ipv4Header& header)
    {
        int32_t outcome = -1;
        const auto unicast = Ipv4RoutingProtocol::UnicastForwardCallback(
            [&](Ptr<Ipv4Route> route, Ptr<const Packet>, const Ipv4Header&) {
                outcome = ipv4->GetInterfaceForDevice(route->GetOutputDevice());
                inner = Output("192.0.2.1", source); // an ICMP error, say
            });
        const auto multicast = Ipv4RoutingProtocol::MulticastForwardCallback(
            [&](Ptr<Ipv4MulticastRoute> route, Ptr<const Packet>, const Ipv4Header&) {
                outcome = static_cast<int32_t>(route->GetOutputTtlMap().begin()->first);
            });
        const auto local = Ipv4RoutingProtocol::LocalDeliverCallback(
            [&](Ptr<const Packet>, const Ipv4Header&, uint32_t at) {
                outcome = at == interface ? 0 : -1;
                inner = Output("192.0.2.1", source);
            });
        const auto failed = Ipv4RoutingProtocol::ErrorCallback(
            [&](Ptr<const Packet>, const Ipv4Header&, Socket::SocketErrno) { ++errors; });
        inner = -1;
        ipv4->GetRoutingProtocol()->RouteInput(Create<Packet>(),
                                               header,
                                               ipv4->GetNetDevice(interface),
                                               unicast,
                                               multicast,
                                               local,
                                               failed);
        return outcome;
    }

    Ptr<Node> router{CreateObject<Node>()}; //!< the router
    Ptr<Ipv4> ipv4;                         //!< its IPv4
    std::vector<Ptr<NetDevice>> devices;    //!< those of interfaces 1 to 3
    Ptr<L2tpVrfRouting> tables;             //!< its tables
    std::vector<uint32_t> dropped;          //!< interfaces of the trace Drop
    uint32_t errors{0};                     //!< calls of the error callback
    int32_t inner{-1};                      //!< what Output() said while a packet was handled
    const char* source{"0.0.0.0"};          //!< and from which address
};

using L2tpVrfRoutingDeathTest = L2tpVrfRoutingTest;

} // namespace

TEST_F(L2tpVrfRoutingTest, TheRoutingThatWasThereIsTheDefaultTable)
{
    const auto before =
        Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ipv4->GetRoutingProtocol());
    before->SetDefaultRoute("10.1.0.2", 1);
    EXPECT_EQ(L2tpVrfRouting::Find(*ipv4), nullptr);
    EXPECT_EQ(L2tpVrfRouting::GetRoutesOf(*ipv4, 2), before);
    InstallTables();
    EXPECT_EQ(L2tpVrfRouting::Install(router), tables);
    EXPECT_EQ(L2tpVrfRouting::Find(*ipv4), tables);
    // By all the ways that ns-3 has to it.
    EXPECT_EQ(Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ipv4->GetRoutingProtocol()), before);
    EXPECT_EQ(Ipv4StaticRoutingHelper().GetStaticRouting(ipv4), before);
    EXPECT_EQ(tables->GetRoutes(""), before);
    EXPECT_EQ(L2tpVrfRouting::GetRoutesOf(*ipv4, 1), before);
    EXPECT_EQ(L2tpVrfRouting::GetRoutesOf(*ipv4, 2), tables->GetRoutes("a"));
    EXPECT_EQ(tables->GetRoutes("c"), nullptr);
    EXPECT_EQ(tables->GetNRoutingProtocols(), 2U); // static and global
    tables->AddRoutingProtocol(CreateObject<Ipv4StaticRouting>(), -20);
    EXPECT_EQ(tables->GetNRoutingProtocols(), 3U);
    EXPECT_EQ(Output("198.51.100.1"), 1);
}

TEST_F(L2tpVrfRoutingTest, ANodeMayHaveOneProtocolOnly)
{
    auto other = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
    stack.Install(other);
    const auto routing = other->GetObject<Ipv4>()->GetRoutingProtocol();
    tables = L2tpVrfRouting::Install(other);
    int16_t priority = 1;
    EXPECT_EQ(tables->GetNRoutingProtocols(), 1U);
    EXPECT_EQ(tables->GetRoutingProtocol(0, priority), routing);
    EXPECT_EQ(priority, 0);
    EXPECT_DEATH(tables->AddRoutingProtocol(CreateObject<Ipv4StaticRouting>(), 0),
                 "no Ipv4ListRouting that another protocol could be added to: install");
}

TEST_F(L2tpVrfRoutingTest, AnInterfaceTakesTheRoutesToItsNetworksAlong)
{
    const auto node = Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ipv4->GetRoutingProtocol());
    node->AddNetworkRouteTo("192.168.0.0", "255.255.0.0", 2);
    EXPECT_EQ(node->GetNRoutes(), 5U); // loopback and three networks
    InstallTables();
    EXPECT_EQ(tables->GetTable(1), "");
    EXPECT_EQ(tables->GetTable(2), "a");
    EXPECT_EQ(node->GetNRoutes(), 2U);
    EXPECT_EQ(tables->GetRoutes("a")->GetNRoutes(), 1U);
    EXPECT_EQ(tables->GetRoutes("a")->GetRoute(0).GetDestNetwork(), Ipv4Address("10.2.0.0"));
    // What comes later is told to this table only.
    ipv4->AddAddress(2, {"10.4.0.1", "255.255.255.0"});
    EXPECT_EQ(tables->GetRoutes("a")->GetNRoutes(), 2U);
    ipv4->SetDown(2);
    EXPECT_EQ(tables->GetRoutes("a")->GetNRoutes(), 0U);
    tables->SetTable(2, "b");
    EXPECT_EQ(tables->GetRoutes("b")->GetNRoutes(), 1U) << "it is down";
    ipv4->SetUp(2);
    EXPECT_EQ(tables->GetRoutes("b")->GetNRoutes(), 3U);
    tables->SetTable(2, "");
    EXPECT_EQ(tables->GetRoutes("b")->GetNRoutes(), 1U);
    EXPECT_EQ(node->GetNRoutes(), 4U);
    ipv4->RemoveAddress(2, Ipv4Address("10.4.0.1"));
    EXPECT_EQ(node->GetNRoutes(), 3U);
}

TEST_F(L2tpVrfRoutingTest, PacketsStayWithinTheirTable)
{
    InstallTables();
    EXPECT_EQ(Input(2, "10.2.0.9"), 2);
    EXPECT_EQ(Input(2, "10.3.0.9"), -1);
    EXPECT_EQ(Input(2, "10.1.0.9"), -1);
    EXPECT_EQ(Input(1, "10.2.0.9"), -1);
    // Not even by a route that somebody has put there.
    tables->GetRoutes("a")->AddNetworkRouteTo("10.3.0.0", "255.255.255.0", 3);
    EXPECT_EQ(Input(2, "10.3.0.9"), -1);
    EXPECT_EQ(Output("10.3.0.9", "10.2.0.1"), -1);
    EXPECT_EQ(tables->GetNDropped(), 2U);
    EXPECT_EQ(dropped, (std::vector<uint32_t>{3, 3}));
    EXPECT_EQ(errors, 1U);
    tables->GetRoutes("a")->SetDefaultRoute("10.2.0.2", 2);
    EXPECT_EQ(Input(2, "10.1.0.9"), 2);
    EXPECT_EQ(Input(3, "198.51.100.1"), -1);
}

// RFC 1122, section 3.3.4.2: a strong host; within a table all interfaces count as one.
TEST_F(L2tpVrfRoutingTest, APacketIsForTheNodeByAnAddressOfItsTable)
{
    EXPECT_EQ(Input(2, "10.3.0.1"), 0) << "as ns-3 does";
    InstallTables();
    EXPECT_EQ(Input(2, "10.2.0.1"), 0);
    EXPECT_EQ(Input(2, "10.3.0.1"), -1);
    EXPECT_EQ(Input(2, "10.1.0.1"), -1);
    EXPECT_EQ(Input(1, "10.3.0.1"), -1);
    tables->SetTable(3, "a");
    EXPECT_EQ(Input(2, "10.3.0.1"), 0);
    EXPECT_EQ(Input(3, "10.2.0.1"), 0);
    ipv4->RemoveAddress(3, Ipv4Address("10.3.0.1"));
    EXPECT_EQ(Input(2, "10.3.0.1"), -1);
    for (const uint32_t interface : {1U, 2U})
    {
        EXPECT_EQ(Input(interface, "255.255.255.255"), 0);
        EXPECT_EQ(Input(interface, "224.0.0.9"), 0);
        EXPECT_EQ(Input(interface, interface == 1 ? "10.1.0.255" : "10.2.0.255"), 0);
    }
}

// RFC 1122, section 3.2.1.3: no source is a broadcast or multicast address. ns-3 would answer by
// any interface that has the network, or all of them.
TEST_F(L2tpVrfRoutingTest, WhatWouldBeAnsweredIntoAnotherTableIsDropped)
{
    InstallTables();
    for (const char* source : {"255.255.255.255", "224.0.0.1", "10.3.0.255"})
    {
        EXPECT_EQ(Input(2, "10.2.0.1", source), -1) << source;
        EXPECT_EQ(Input(2, "10.2.0.255", source), -1) << source;
        EXPECT_EQ(Input(2, "10.2.0.9", source, 1), -1) << source;
    }
    EXPECT_EQ(tables->GetNDropped(), 9U);
    EXPECT_EQ(dropped.back(), 2U);
    EXPECT_EQ(Input(2, "10.2.0.9", "10.3.0.255"), 2) << "nobody but the destination answers";
    tables->SetTable(3, "a");
    EXPECT_EQ(Input(2, "10.2.0.1", "10.3.0.255"), 0) << "it is of the same table now";
}

TEST_F(L2tpVrfRoutingTest, MulticastStaysWithinItsTable)
{
    InstallTables();
    ipv4->AddAddress(1, {"10.9.0.1", "255.255.255.0"});
    tables->GetRoutes("a")->AddMulticastRoute("192.0.2.1", "239.0.0.1", 2, {2});
    tables->GetRoutes("a")->AddMulticastRoute("192.0.2.1", "239.0.0.2", 2, {2, 3});
    EXPECT_EQ(Input(2, "239.0.0.1"), 2);
    EXPECT_EQ(Input(2, "239.0.0.2"), 0) << "it is delivered to the node, and forwarded nowhere";
    EXPECT_EQ(dropped, (std::vector<uint32_t>{3}));
}

TEST_F(L2tpVrfRoutingTest, WhatTheNodeSendsGoesByDeviceOrSource)
{
    InstallTables();
    for (const auto& [name, interface] :
         {std::make_pair("", 1U), std::make_pair("a", 2U), std::make_pair("b", 3U)})
    {
        const std::string gateway = "10." + std::to_string(interface) + ".0.2";
        tables->GetRoutes(name)->SetDefaultRoute(gateway.c_str(), interface);
    }
    EXPECT_EQ(Output("198.51.100.1"), 1);
    EXPECT_EQ(Output("198.51.100.1", "0.0.0.0", devices[1]), 2);
    EXPECT_EQ(Output("198.51.100.1", "0.0.0.0", devices[2]), 3);
    EXPECT_EQ(Output("198.51.100.1", "10.2.0.1"), 2);
    EXPECT_EQ(Output("198.51.100.1", "10.3.0.1"), 3);
    EXPECT_EQ(Output("198.51.100.1", "10.9.0.1"), 1) << "nobody has this address";
    // Answers go where the question came from, whether it was for the node or only passed.
    EXPECT_EQ(Input(2, "10.2.0.1"), 0);
    EXPECT_EQ(inner, 2);
    EXPECT_EQ(Input(3, "203.0.113.1"), 3);
    EXPECT_EQ(inner, 3);
    EXPECT_EQ(Output("198.51.100.1"), 1) << "and then it is over";
    // If two tables have an address, it says nothing, and what has it stays out of a third one.
    ipv4->AddAddress(3, {"10.2.0.1", "255.255.255.0"});
    EXPECT_EQ(Output("198.51.100.1", "10.2.0.1"), -1);
    EXPECT_EQ(Output("198.51.100.1", "10.2.0.1", devices[1]), 2);
    source = "10.2.0.1";
    EXPECT_EQ(Input(2, "10.2.0.1"), 0);
    EXPECT_EQ(inner, 2);
    EXPECT_EQ(Input(3, "10.2.0.1"), 0);
    EXPECT_EQ(inner, 3);
    EXPECT_EQ(Input(1, "10.1.0.1"), 0);
    EXPECT_EQ(inner, -1);
    Ipv4Header header;
    header.SetSource("10.2.0.1");
    header.SetDestination("198.51.100.1");
    const auto route = L2tpVrfRouting::FindDefaultRoute(*ipv4, Create<Packet>(), header, nullptr);
    ASSERT_TRUE(route);
    EXPECT_EQ(route->GetOutputDevice(), devices[0]);
}

// Which tables have an address follows what interfaces have, lose, and take along.
TEST_F(L2tpVrfRoutingTest, AnAddressIsOfTheTablesWhoseInterfacesHaveIt)
{
    InstallTables();
    tables->GetRoutes("")->SetDefaultRoute("10.1.0.2", 1);
    for (const char* name : {"a", "b"})
    {
        const uint32_t interface = *name == 'a' ? 2 : 3;
        tables->GetRoutes(name)->SetDefaultRoute("10.9.0.2", interface);
        ipv4->AddAddress(interface, {"10.9.0.1", "255.255.255.0"});
    }
    EXPECT_EQ(Output("198.51.100.1", "10.9.0.1"), -1);
    tables->SetTable(3, "a");
    EXPECT_EQ(Output("198.51.100.1", "10.9.0.1"), 2) << "one table has it twice";
    ipv4->RemoveAddress(2, Ipv4Address("10.9.0.1"));
    EXPECT_EQ(Input(2, "10.9.0.1"), 0) << "interface 3 has it still";
    tables->GetRoutes("b")->SetDefaultRoute("10.9.0.2", 3);
    tables->SetTable(3, "b");
    EXPECT_EQ(Output("198.51.100.1", "10.9.0.1"), 3);
    EXPECT_EQ(Input(2, "10.2.0.1", "10.9.0.255"), -1) << "a broadcast address of b";
    ipv4->RemoveAddress(3, Ipv4Address("10.9.0.1"));
    EXPECT_EQ(Output("198.51.100.1", "10.9.0.1"), 1) << "it says nothing any more";
    EXPECT_EQ(Input(2, "10.2.0.1", "10.9.0.255"), 0);
}

// RFC 1122, section 3.3.2: who puts fragments together and lacks some sends Time Exceeded. ns-3
// does so when nothing is handled, and knows no tables when it puts together.
TEST_F(L2tpVrfRoutingTest, FragmentsForTheNodeAreOfTheDefaultTableOnly)
{
    InstallTables();
    tables->GetRoutes("a")->AddMulticastRoute("192.0.2.1", "239.0.0.1", 2, {2});
    Ipv4Header first;
    first.SetSource("192.0.2.1");
    first.SetTtl(64);
    Ipv4Header last = first;
    first.SetMoreFragments();
    last.SetLastFragment();
    last.SetFragmentOffset(1480);
    for (Ipv4Header& fragment : std::vector<Ipv4Header>{first, last})
    {
        dropped.clear();
        errors = 0;
        for (const char* to : {"10.2.0.1", "10.2.0.255", "255.255.255.255", "224.0.0.9"})
        {
            fragment.SetDestination(to);
            EXPECT_EQ(Input(2, fragment), -1) << to;
        }
        EXPECT_EQ(dropped, (std::vector<uint32_t>{2, 2, 2, 2}));
        EXPECT_EQ(errors, 4U);
        fragment.SetDestination("10.1.0.1");
        EXPECT_EQ(Input(1, fragment), 0);
        fragment.SetDestination("10.2.0.9");
        EXPECT_EQ(Input(2, fragment), 2) << "what passes is not put together";
        fragment.SetDestination("239.0.0.1");
        EXPECT_EQ(Input(2, fragment), 2) << "nor what goes to many";
    }
    EXPECT_EQ(tables->GetNDropped(), 8U + 2U); // and the node's own copies of the multicast
}

TEST_F(L2tpVrfRoutingTest, AllTablesArePrinted)
{
    InstallTables();
    std::ostringstream words;
    tables->PrintRoutingTable(Create<OutputStreamWrapper>(&words));
    EXPECT_NE(words.str().find("Table 'a'\n"), std::string::npos);
    EXPECT_NE(words.str().find("10.2.0.0"), std::string::npos);
}

TEST_F(L2tpVrfRoutingDeathTest, WrongConfiguration)
{
    EXPECT_DEATH(L2tpVrfRouting::Install(CreateObject<Node>()), "has no IPv4 routing: install");
    InstallTables();
    EXPECT_DEATH(tables->AddTable(""), "a table needs a name");
    EXPECT_DEATH(tables->SetTable(1, "c"), "there is no table 'c': add it first");
    EXPECT_DEATH(tables->SetTable(9, "a"), "there is no interface 9");
    const auto more = CreateObject<Ipv4StaticRouting>();
    EXPECT_DEATH(L2tpVrfRouting::AddProtocolTo(*ipv4, "c", more, 0), "there is no table 'c'");
    auto other = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
    stack.Install(other);
    EXPECT_DEATH(L2tpVrfRouting::AddProtocolTo(*other->GetObject<Ipv4>(), "", more, 0),
                 "the node has no Ipv4ListRouting that another protocol could be added to");
}
