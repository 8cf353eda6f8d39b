/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_TWO_NODES_H
#define L2TP_TEST_TWO_NODES_H

#include "simple-interfaces.h"
#include "simulation-test.h"

#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/ipv6-routing-table-entry.h"
#include "ns3/ipv6-static-routing-helper.h"
#include "ns3/ipv6.h"
#include "ns3/l2tp-udp-path.h"
#include "ns3/l2tp-udp-port.h"
#include "ns3/node.h"

#include <array>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief Two nodes, joined by two networks, with static routes. Both have IPv4 and IPv6; a test is
 * about one of them.
 *
 * @verbatim
 *      10.1.0.1 ---- 10.1.0.2            fd00:1::1 ---- fd00:1::2
 *   A                         B        A                         B
 *      10.2.0.1 ---- 10.2.0.2            fd00:2::1 ---- fd00:2::2
 * @endverbatim
 *
 * B has 10.9.0.2 and fd00:9::2, too, which are on no network.
 */
class TwoNodesTest : public SimulationTest
{
  protected:
    /// A datagram that a port took.
    struct Datagram
    {
        std::vector<uint8_t> octets; //!< its payload
        L2tpUdpAddress from;         //!< who sent it
        L2tpIpAddress to;            //!< to which address
    };

    /// Build them. @param version 4 or 6: which IP the test is about
    explicit TwoNodesTest(int version = 4)
        : m_version(version)
    {
        for (auto& node : m_nodes)
        {
            node = CreateObject<Node>();
            InternetStackHelper().Install(node);
            // Neither of these has to do with UDP, and both take their time.
            node->GetObject<Icmpv6L4Protocol>()->SetAttribute("DAD", BooleanValue(false));
            node->GetObject<Ipv6>()->SetAttribute("IpForward", BooleanValue(true));
        }
        for (const char* network : {"1", "2"})
        {
            auto channel = CreateObject<SimpleChannel>();
            AddInterface(m_nodes[0], channel, network, "1");
            AddInterface(m_nodes[1], channel, network, "2");
        }
        m_nodes[1]->GetObject<Ipv4>()->AddAddress(1, {"10.9.0.2", Ipv4Mask::GetOnes()});
        m_nodes[1]->GetObject<Ipv6>()->AddAddress(1, {"fd00:9::2", Ipv6Prefix(128)});
        RouteVia(1);
    }

    /// Choose by the IP version. @param ipv4 an IPv4 address @param ipv6 an IPv6 address
    L2tpIpAddress Of(const char* ipv4, const char* ipv6) const
    {
        return m_version == 6 ? L2tpIpAddress(Ipv6Address(ipv6)) : Ipv4Address(ipv4);
    }

    /**
     * @brief An address of a node.
     * @param network 1 or 2
     * @param node 0 for A, 1 for B
     * @return the address
     */
    L2tpIpAddress AddressIn(uint32_t network, uint32_t node) const
    {
        const std::string number = std::to_string(network);
        const std::string last = std::to_string(node + 1);
        return Of(("10." + number + ".0." + last).c_str(),
                  ("fd00:" + number + "::" + last).c_str());
    }

    /// B's address behind both networks. @return the address
    L2tpIpAddress PeerAddress() const
    {
        return Of("10.9.0.2", "fd00:9::2");
    }

    /// Any address. @return 0.0.0.0 or ::
    L2tpIpAddress Any() const
    {
        return Of("0.0.0.0", "::");
    }

    /// Let A's packets for PeerAddress() go over a network. @param interface 1 or 2
    void RouteVia(uint32_t interface)
    {
        const auto routing4 = Routing4();
        for (uint32_t n = routing4->GetNRoutes(); n-- > 0;)
        {
            if (routing4->GetRoute(n).GetDest() == Ipv4Address("10.9.0.2"))
            {
                routing4->RemoveRoute(n);
            }
        }
        const auto routing6 = Routing6();
        for (uint32_t n = routing6->GetNRoutes(); n-- > 0;)
        {
            if (routing6->GetRoute(n).GetDest() == Ipv6Address("fd00:9::2"))
            {
                routing6->RemoveRoute(n);
            }
        }
        routing4->AddHostRouteTo("10.9.0.2", interface == 1 ? "10.1.0.2" : "10.2.0.2", interface);
        routing6->AddHostRouteTo("fd00:9::2",
                                 interface == 1 ? "fd00:1::2" : "fd00:2::2",
                                 interface);
    }

    /// Let all of A's other packets go over the second network.
    void RouteTheRestVia2()
    {
        Routing4()->SetDefaultRoute("10.2.0.2", 2);
        Routing6()->SetDefaultRoute("fd00:2::2", 2);
    }

    /// A's IPv4 routes. @return the routing protocol
    Ptr<Ipv4StaticRouting> Routing4() const
    {
        return Ipv4StaticRoutingHelper().GetStaticRouting(m_nodes[0]->GetObject<Ipv4>());
    }

    /// A's IPv6 routes. @return the routing protocol
    Ptr<Ipv6StaticRouting> Routing6() const
    {
        return Ipv6StaticRoutingHelper().GetStaticRouting(m_nodes[0]->GetObject<Ipv6>());
    }

    /**
     * @brief Call a function for each packet of A's IP, with the interface that it leaves by.
     * @param function the function
     */
    template <typename Function>
    void WatchTx(Function function)
    {
        if (m_version == 6)
        {
            m_nodes[0]->GetObject<Ipv6L3Protocol>()->TraceConnectWithoutContext(
                "Tx",
                Callback<void, Ptr<const Packet>, Ptr<Ipv6>, uint32_t>(
                    [function](Ptr<const Packet>, Ptr<Ipv6>, uint32_t interface) {
                        function(interface);
                    }));
        }
        else
        {
            m_nodes[0]->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
                "Tx",
                Callback<void, Ptr<const Packet>, Ptr<Ipv4>, uint32_t>(
                    [function](Ptr<const Packet>, Ptr<Ipv4>, uint32_t interface) {
                        function(interface);
                    }));
        }
    }

    /**
     * @brief A callback that notes datagrams.
     * @param notes where to note them
     * @return the callback
     */
    static L2tpUdpPort::ReceiveCallback NoteIn(std::vector<Datagram>& notes)
    {
        return MakeBoundCallback(&TwoNodesTest::Note, &notes);
    }

    const int m_version;              //!< the IP that the test is about
    std::array<Ptr<Node>, 2> m_nodes; //!< A and B

  private:
    /**
     * @brief Join a node to a network.
     * @param node the node
     * @param channel the network
     * @param network its number
     * @param last the end of the node's address in it
     */
    static void AddInterface(Ptr<Node> node,
                             Ptr<SimpleChannel> channel,
                             const std::string& network,
                             const std::string& last)
    {
        const auto device = AddSimpleDevice(node, channel, UINT16_MAX);
        const std::string address4 = "10." + network + ".0." + last;
        const uint32_t interface = AddSimpleAddress(device, Ipv4Address(address4.c_str()));
        const auto ipv6 = node->GetObject<Ipv6>();
        const std::string address6 = "fd00:" + network + "::" + last;
        ASSERT_EQ(ipv6->AddInterface(device), interface);
        ipv6->SetUp(interface);
        ipv6->AddAddress(interface, {Ipv6Address(address6.c_str()), Ipv6Prefix(64)});
    }

    /**
     * @brief Note a datagram.
     * @param notes where
     * @param packet its payload
     * @param from who sent it
     * @param to to which address
     */
    static void Note(std::vector<Datagram>* notes,
                     Ptr<Packet> packet,
                     const L2tpUdpAddress& from,
                     const L2tpIpAddress& to)
    {
        std::vector<uint8_t> octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        notes->push_back({octets, from, to});
    }
};

/// A test with the two nodes, done with each IP version.
class TwoNodesTestOfBothIp : public TwoNodesTest, public ::testing::WithParamInterface<int>
{
  protected:
    TwoNodesTestOfBothIp()
        : TwoNodesTest(GetParam())
    {
    }
};

/// Name a parametrised test for its IP version. @param info its parameter @return the name
inline std::string
NameOfIp(const ::testing::TestParamInfo<int>& info)
{
    return "Ipv" + std::to_string(info.param);
}

} // namespace ns3

#endif /* L2TP_TEST_TWO_NODES_H */
