/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_TWO_NODES_H
#define L2TP_TEST_TWO_NODES_H

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-routing-table-entry.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/l2tp-udp-port.h"
#include "ns3/node.h"
#include "ns3/simple-channel.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"

#include <array>
#include <gtest/gtest.h>
#include <vector>

namespace ns3
{

/**
 * @brief Two nodes, joined by two networks, with static routes.
 *
 * @verbatim
 *      10.1.0.1 ---- 10.1.0.2
 *   A                         B  (10.9.0.2, on no network)
 *      10.2.0.1 ---- 10.2.0.2
 * @endverbatim
 */
class TwoNodesTest : public ::testing::Test
{
  protected:
    /// A datagram that a port took.
    struct Datagram
    {
        std::vector<uint8_t> octets; //!< its payload
        L2tpUdpAddress from;         //!< who sent it
        Ipv4Address to;              //!< to which address
    };

    TwoNodesTest()
    {
        InternetStackHelper internet;
        internet.SetIpv6StackInstall(false);
        for (auto& node : m_nodes)
        {
            node = CreateObject<Node>();
            internet.Install(node);
        }
        for (const char* network : {"10.1.0.", "10.2.0."})
        {
            auto channel = CreateObject<SimpleChannel>();
            AddInterface(m_nodes[0], channel, std::string(network) + "1");
            AddInterface(m_nodes[1], channel, std::string(network) + "2");
        }
        m_nodes[1]->GetObject<Ipv4>()->AddAddress(1, {PeerAddress(), Ipv4Mask::GetOnes()});
        RouteVia(1);
    }

    void TearDown() override
    {
        Simulator::Destroy();
    }

    /// B's address behind both networks. @return the address
    static Ipv4Address PeerAddress()
    {
        return Ipv4Address("10.9.0.2");
    }

    /// Let A's packets for PeerAddress() go over a network. @param interface 1 or 2
    void RouteVia(uint32_t interface)
    {
        const auto routing = Routing();
        for (uint32_t n = routing->GetNRoutes(); n-- > 0;)
        {
            if (routing->GetRoute(n).GetDest() == PeerAddress())
            {
                routing->RemoveRoute(n);
            }
        }
        routing->AddHostRouteTo(PeerAddress(),
                                Ipv4Address(interface == 1 ? "10.1.0.2" : "10.2.0.2"),
                                interface);
    }

    /// A's routes. @return the routing protocol
    Ptr<Ipv4StaticRouting> Routing() const
    {
        return Ipv4StaticRoutingHelper().GetStaticRouting(m_nodes[0]->GetObject<Ipv4>());
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

    std::array<Ptr<Node>, 2> m_nodes; //!< A and B

  private:
    /**
     * @brief Join a node to a network.
     * @param node the node
     * @param channel the network
     * @param address the node's address in it
     */
    static void AddInterface(Ptr<Node> node, Ptr<SimpleChannel> channel, const std::string& address)
    {
        auto device = CreateObject<SimpleNetDevice>();
        device->SetAddress(Mac48Address::Allocate());
        device->SetChannel(channel);
        node->AddDevice(device);
        const auto ipv4 = node->GetObject<Ipv4>();
        const uint32_t interface = ipv4->AddInterface(device);
        ipv4->AddAddress(interface, {Ipv4Address(address.c_str()), Ipv4Mask("255.255.255.0")});
        ipv4->SetUp(interface);
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
                     Ipv4Address to)
    {
        std::vector<uint8_t> octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        notes->push_back({octets, from, to});
    }
};

} // namespace ns3

#endif /* L2TP_TEST_TWO_NODES_H */
