/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPPOE_FIXTURE_H
#define PPPOE_FIXTURE_H

#include "simulation-test.h"

#include "ns3/error-model.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/pppoe-client.h"
#include "ns3/pppoe-concentrator.h"
#include "ns3/simple-channel.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// Loses the next packets of a PPPoE code.
class PppoeTestLoss : public ErrorModel
{
  public:
    std::map<PppoeCode, int> m_lose; //!< how many to lose

  private:
    bool DoCorrupt(Ptr<Packet> packet) override
    {
        uint8_t octets[2] = {};
        packet->CopyData(octets, sizeof(octets));
        return octets[0] == 0x11 && m_lose[static_cast<PppoeCode>(octets[1])]-- > 0;
    }

    void DoReset() override
    {
    }
};

/// A node on the Ethernet.
struct PppoeTestNode
{
    explicit PppoeTestNode(Ptr<SimpleChannel> channel)
    {
        device->SetAddress(Mac48Address::Allocate());
        device->SetMtu(1500);
        device->SetChannel(channel);
        device->SetAttribute("ReceiveErrorModel", PointerValue(loss));
        node->AddDevice(device);
        port = PppoePort::Of(device);
        port->TraceConnectWithoutContext(
            "DiscoveryTx",
            Callback<void, Ptr<const Packet>, Mac48Address>(
                [this](Ptr<const Packet> packet, Mac48Address to) { Note(packet, to); }));
    }

    /// Write "CODE@milliseconds ".
    void Note(Ptr<const Packet> packet, Mac48Address to)
    {
        sent.emplace_back();
        std::vector<uint8_t> octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        EXPECT_EQ(PppoeDiscovery::Parse(octets, sent.back()), PppoeError::NONE);
        EXPECT_EQ(sent.back().Check(), PppoeError::NONE);
        // Section 5.1: PADI to all, anything else to one.
        EXPECT_EQ(to == Mac48Address::GetBroadcast(), sent.back().GetCode() == PppoeCode::PADI);
        log += std::string(PppoeCodeName(sent.back().GetCode())) + "@" +
               std::to_string(Simulator::Now().GetMilliSeconds()) + " ";
    }

    /// The address.
    Mac48Address Address() const
    {
        return Mac48Address::ConvertFrom(device->GetAddress());
    }

    /// Send octets of either ETHER_TYPE as they are.
    void SendRaw(const std::vector<uint8_t>& octets, Mac48Address to, uint16_t etherType)
    {
        device->Send(Create<Packet>(octets.data(), octets.size()), to, etherType);
    }

    /// How many packets the port dropped for any reason.
    uint64_t Drops() const
    {
        uint64_t sum = 0;
        for (std::size_t i = 0; i < PPPOE_DROP_REASONS; ++i)
        {
            sum += port->GetDropCount(static_cast<PppoeDropReason>(i));
        }
        return sum;
    }

    Ptr<Node> node{CreateObject<Node>()};                         //!< the node
    Ptr<SimpleNetDevice> device{CreateObject<SimpleNetDevice>()}; //!< its device
    Ptr<PppoeTestLoss> loss{CreateObject<PppoeTestLoss>()};       //!< what it loses
    Ptr<PppoePort> port;                                          //!< its port
    std::string log;                                              //!< Discovery packets sent
    std::vector<PppoeDiscovery> sent;                             //!< and what they said
};

/// A node with a client.
struct PppoeTestHost : public PppoeTestNode
{
    PppoeTestHost(Ptr<SimpleChannel> channel, int64_t stream)
        : PppoeTestNode(channel)
    {
        client->SetDevice(device);
        client->AssignStreams(stream);
        client->SetCallbacks(Callback<void, Ptr<PppoeSession>>([this](Ptr<PppoeSession> session) {
                                 EXPECT_TRUE(session->IsUp());
                                 sessions.push_back(session);
                                 if (onSession)
                                 {
                                     onSession(session);
                                 }
                             }),
                             Callback<void, PppoeEnd>([this](PppoeEnd end) {
                                 EXPECT_EQ(client->GetState(), PppoeClientState::IDLE);
                                 ends += std::string(PppoeEndName(end)) + "@" +
                                         std::to_string(Simulator::Now().GetMilliSeconds()) + " ";
                             }));
    }

    Ptr<PppoeClient> client{CreateObject<PppoeClient>()}; //!< the client
    std::vector<Ptr<PppoeSession>> sessions;              //!< what it got
    std::string ends;                                     //!< how they ended
    std::function<void(Ptr<PppoeSession>)> onSession;     //!< done with each
};

/// A node with an Access Concentrator.
struct PppoeTestAc : public PppoeTestNode
{
    PppoeTestAc(Ptr<SimpleChannel> channel, int64_t stream, const std::string& name)
        : PppoeTestNode(channel)
    {
        ac->SetAttribute("AcName", StringValue(name));
        ac->SetDevice(device);
        ac->AssignStreams(stream);
        ac->SetSessionCallback(Callback<void, Ptr<PppoeSession>, const std::string&, Mac48Address>(
            [this](Ptr<PppoeSession> session, const std::string& service, Mac48Address host) {
                EXPECT_TRUE(session->IsUp());
                EXPECT_EQ(session->GetService(), service);
                EXPECT_EQ(session->GetPeer(), host);
                sessions.push_back(session);
                if (onSession)
                {
                    onSession(session);
                }
            }));
        ac->Start();
    }

    Ptr<PppoeConcentrator> ac{CreateObject<PppoeConcentrator>()}; //!< the Access Concentrator
    std::vector<Ptr<PppoeSession>> sessions;                      //!< what it gave
    std::function<void(Ptr<PppoeSession>)> onSession;             //!< done with each
};

/// A host and an Access Concentrator on an Ethernet, 5 ms from end to end.
class PppoeTest : public SimulationTest
{
  protected:
    PppoeTest()
    {
        channel->SetAttribute("Delay", TimeValue(MilliSeconds(5)));
    }

    /// Get a session; 20 ms later it is there.
    void Connect()
    {
        ASSERT_TRUE(host.client->Connect());
        RunUntil(Simulator::Now() + MilliSeconds(30));
        ASSERT_EQ(host.client->GetState(), PppoeClientState::SESSION);
        ASSERT_EQ(ac.ac->GetSessions().size(), 1U);
    }

    Ptr<SimpleChannel> channel{CreateObject<SimpleChannel>()}; //!< the Ethernet
    PppoeTestHost host{channel, 1};                            //!< the host
    PppoeTestAc ac{channel, 2, "ac-1"};                        //!< the Access Concentrator
};

} // namespace ns3

#endif /* PPPOE_FIXTURE_H */
