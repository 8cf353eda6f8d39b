/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DOMAIN_FIXTURE_H
#define L2TP_DOMAIN_FIXTURE_H

#include "l2tp-test-network.h"
#include "simple-interfaces.h"

#include "ns3/boolean.h"
#include "ns3/icmpv4.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-lns-helper.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/string.h"
#include "ns3/udp-header.h"
#include "ns3/uinteger.h"

#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/// A network behind an LNS: one link with one server.
struct L2tpTestUplink
{
    Ptr<Node> server;             //!< has address .2
    Ptr<L2tpTestChannel> channel; //!< counts what passes
    Ptr<NetDevice> device;        //!< the LNS's, with address .1
};

/// The network of most tests, with hosts that dial as users of different domains.
class L2tpDomainTest : public L2tpNetworkTest
{
  protected:
    void SetUp() override
    {
        L2tpNetworkTest::SetUp();
        Build(3);
    }

    /// Join a server to the LNS. @param network of 24 bits @return the link
    L2tpTestUplink AddUplink(const char* network)
    {
        L2tpTestUplink uplink;
        uplink.server = CreateObject<Node>();
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(uplink.server);
        uplink.channel = net->Join(net->lns, uplink.server, network, MilliSeconds(1));
        uplink.device = net->lns->GetDevice(net->lns->GetNDevices() - 1);
        const Ipv4Address gateway(Ipv4Address(network).Get() + 1);
        L2tpTestNetwork::RoutingOf(uplink.server)->SetDefaultRoute(gateway, 1);
        return uplink;
    }

    /// Join a server to the LNS, in a domain. @param domain it @param network of 24 bits
    /// @return the link
    L2tpTestUplink AddUplink(const std::string& domain, const char* network)
    {
        const auto uplink = AddUplink(network);
        lns.AttachNetwork(domain, uplink.device);
        return uplink;
    }

    /// Let a user dial from the next host, in a second. @param name who
    void Dial(const std::string& name)
    {
        Ptr<L2tpLns> server = lns.Install(net->lns);
        server->AssignStreams(500);
        L2tpVoluntaryHelper voluntary;
        voluntary.SetLnsAddress(net->lnsAddress);
        voluntary.SetClientAttribute("Username", StringValue(name));
        voluntary.SetClientAttribute("Password", StringValue("secret"));
        voluntary.SetClientAttribute("DefaultRoute", BooleanValue(true));
        const auto host = net->hosts.Get(static_cast<uint32_t>(dialled.size()));
        dialled.push_back(voluntary.Install(NodeContainer(host), net->lns));
        L2tpVoluntaryHelper::AssignStreams(dialled.back(), 1000 * (1 + dialled.size()));
        dialled.back().Start(Seconds(1)); // from now on
    }

    /// A host's client. @param i which
    Ptr<L2tpVoluntaryClient> Dialler(std::size_t i) const
    {
        return dialled.at(i).GetClient(0);
    }

    /// The address that a client has. @param i which
    Ipv4Address AddressOf(std::size_t i) const
    {
        return dialled.at(i).GetClientAddress(0);
    }

    /// The LNS.
    Ptr<L2tpLns> Server() const
    {
        return DynamicCast<L2tpLns>(net->lns->GetApplication(0));
    }

    /// What the LNS does with its sessions.
    Ptr<L2tpInterfacePerSession> Terminator() const
    {
        return DynamicCast<L2tpInterfacePerSession>(Server()->GetTerminator());
    }

    /// The LNS's tables.
    Ptr<L2tpVrfRouting> Tables() const
    {
        return L2tpVrfRouting::Find(*net->lns->GetObject<Ipv4>());
    }

    /// Ping, and wait. @param from which host @param to whom @return how many replies came
    uint32_t Ping(std::size_t from, const char* to)
    {
        return L2tpTestProbe::PingOnce(net->hosts.Get(static_cast<uint32_t>(from)), to);
    }

    /// The LNS's end of a client's call. @param i which client
    Ptr<L2tpCall> CallOf(std::size_t i) const
    {
        const auto peer = net->GetHostAddress(static_cast<uint32_t>(i));
        for (const auto& tunnel : Server()->GetTunnels())
        {
            if (tunnel->GetPath()->GetPeer().address == peer)
            {
                return tunnel->GetCalls().at(0);
            }
        }
        return nullptr;
    }

    /**
     * @brief Send a UDP datagram in somebody else's name.
     * @param node who sends it
     * @param from in whose name @param to to whom
     * @param payload what @param port to which port
     */
    static void Spoof(Ptr<Node> node,
                      Ipv4Address from,
                      Ipv4Address to,
                      const std::vector<uint8_t>& payload,
                      uint16_t port = L2TP_UDP_PORT)
    {
        auto packet = Create<Packet>(payload.data(), payload.size());
        UdpHeader udp;
        udp.SetSourcePort(L2TP_UDP_PORT);
        udp.SetDestinationPort(port);
        packet->AddHeader(udp);
        Ipv4Header ip;
        ip.SetSource(from);
        ip.SetDestination(to);
        ip.SetProtocol(17);
        ip.SetTtl(64);
        ip.SetPayloadSize(packet->GetSize());
        // A socket would not send in another's name.
        const auto ipv4 = node->GetObject<Ipv4>();
        Socket::SocketErrno error = Socket::ERROR_NOTERROR;
        const auto route = ipv4->GetRoutingProtocol()->RouteOutput(packet, ip, nullptr, error);
        ASSERT_TRUE(route);
        ipv4->SendWithHeader(packet, ip, route);
    }

    /// Keep the CDNs that pass from now on.
    void WatchCdns()
    {
        net->internet->watch = [this](const L2tpTestDatagram& datagram) {
            if (datagram.Is(L2tpMessageType::CDN))
            {
                cdns.push_back(datagram);
            }
        };
    }

    /// Expect that the first CDN is the LNS's. @param result its result @param words and why
    /// @param cause code of RFC 3145
    void ExpectCdn(L2tpCallResult result, const char* words, uint16_t cause) const
    {
        ASSERT_FALSE(cdns.empty());
        EXPECT_EQ(cdns[0].from.address, net->lnsAddress);
        const auto code = cdns[0].message.Get(L2tpAvps::RESULT_CODE);
        const auto told = cdns[0].message.Get(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE);
        ASSERT_TRUE(code && told);
        EXPECT_EQ(code->result, static_cast<uint16_t>(result));
        EXPECT_EQ(code->message, words);
        EXPECT_EQ(told->code, cause);
    }

    std::vector<L2tpTestDatagram> cdns;    //!< those that WatchCdns() saw
    L2tpLnsHelper lns;                     //!< installs the LNS
    std::vector<L2tpVpnContainer> dialled; //!< what dials, a host each
};

} // namespace ns3

#endif /* L2TP_DOMAIN_FIXTURE_H */
