/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_TEST_LINK_H
#define PPP_TEST_LINK_H

#include "simulation-test.h"

#include "ns3/boolean.h"
#include "ns3/l2-circuit.h"
#include "ns3/ppp-control-packet.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-link.h"
#include "ns3/ppp-option.h"
#include "ns3/ppp-protocol.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace ns3
{

/// A frame as a test sees it.
struct PppTestFrame
{
    Time time;                   //!< when it was sent
    uint16_t protocol{0};        //!< the PPP protocol
    PppFrameHeader header;       //!< its header
    std::vector<uint8_t> octets; //!< the Information field
    PppControlPacket packet;     //!< the packet in it, if it is one

    /// Whether it is a packet of an LCP-like protocol with this code.
    bool Is(uint16_t wanted, PppCode code) const
    {
        return protocol == wanted && packet.code == static_cast<uint8_t>(code);
    }

    /// Whether it is a packet of PAP or CHAP with this code.
    bool Is(uint16_t wanted, uint8_t code) const
    {
        return protocol == wanted && packet.code == code;
    }

    /// The options of a Configure packet.
    PppOptionList Options() const
    {
        PppOptionList options;
        EXPECT_TRUE(ParsePppOptions(packet.data.data(), packet.data.size(), options));
        return options;
    }
};

/// One end of a pipe between two links under test.
class PppTestCircuit : public L2Circuit
{
  public:
    bool Send(Ptr<Packet> packet) override
    {
        if (!IsUp())
        {
            return false;
        }
        PppTestFrame frame;
        frame.time = Simulator::Now();
        const auto size = packet->PeekHeader(frame.header);
        frame.protocol = frame.header.GetProtocol();
        frame.octets.resize(packet->GetSize());
        packet->CopyData(frame.octets.data(), frame.octets.size());
        frame.octets.erase(frame.octets.begin(), frame.octets.begin() + size);
        PppControlPacket::Parse(frame.octets.data(), frame.octets.size(), frame.packet);
        sent.push_back(frame);
        if (lose && lose(frame))
        {
            return true;
        }
        if (synchronous)
        {
            other->Arrive(packet);
        }
        else
        {
            Simulator::ScheduleWithContext(other->context,
                                           delay,
                                           &PppTestCircuit::Arrive,
                                           other,
                                           packet);
        }
        return true;
    }

    void Arrive(Ptr<Packet> packet)
    {
        if (IsUp())
        {
            Deliver(packet);
        }
    }

    /// Let raw octets arrive at this end's user.
    void Inject(const std::vector<uint8_t>& octets)
    {
        Arrive(Create<Packet>(octets.data(), octets.size()));
    }

    /// Let a control packet arrive at this end's user.
    void Inject(uint16_t protocol, const PppControlPacket& packet)
    {
        const auto octets = packet.Serialize();
        auto frame = Create<Packet>(octets.data(), octets.size());
        frame->AddHeader(PppFrameHeader(protocol, true, false));
        Arrive(frame);
    }

    /// Change the status.
    void Set(bool up)
    {
        SetUp(up);
    }

    /// How many frames of this kind were sent.
    template <typename CODE>
    int Count(uint16_t protocol, CODE code) const
    {
        int count = 0;
        for (const auto& frame : sent)
        {
            count += frame.Is(protocol, code);
        }
        return count;
    }

    /// The last frame of this kind that was sent.
    template <typename CODE>
    PppTestFrame Last(uint16_t protocol, CODE code) const
    {
        for (auto frame = sent.rbegin(); frame != sent.rend(); ++frame)
        {
            if (frame->Is(protocol, code))
            {
                return *frame;
            }
        }
        ADD_FAILURE() << "no such frame was sent";
        return {};
    }

    uint32_t context{Simulator::NO_CONTEXT};       //!< the node whose events arrivals are
    PppTestCircuit* other{nullptr};                //!< the other end, or this one: looped back
    Time delay{MilliSeconds(10)};                  //!< one way
    bool synchronous{false};                       //!< deliver within Send()
    std::function<bool(const PppTestFrame&)> lose; //!< which frames get lost
    std::vector<PppTestFrame> sent;                //!< all frames sent from this end
};

/// Loses the first frames of a kind, so that tests read as "drop the 1st Configure-Ack".
template <typename CODE>
std::function<bool(const PppTestFrame&)>
LoseFirst(int count, uint16_t protocol, CODE code)
{
    return [count, protocol, code](const PppTestFrame& frame) mutable {
        return frame.Is(protocol, code) && count-- > 0;
    };
}

/// A link with what happened to it.
struct PppTestEnd : public PppNetworkLayer
{
    PppTestEnd()
    {
        link->AssignStreams(nextStream++);
        link->TraceConnectWithoutContext("Phase",
                                         Callback<void, PppPhase, PppPhase, PppReason>(
                                             [this](PppPhase, PppPhase now, PppReason reason) {
                                                 phases += std::string(PppPhaseName(now)) + "(" +
                                                           PppReasonName(reason) + ") ";
                                             }));
        link->TraceConnectWithoutContext(
            "NetworkUp",
            Callback<void, Ipv4Address, Ipv4Address>([this](Ipv4Address l, Ipv4Address p) {
                ++ups;
                upTime = Simulator::Now();
                local = l;
                peer = p;
            }));
        link->TraceConnectWithoutContext("NetworkDown",
                                         Callback<void, PppReason>([this](PppReason reason) {
                                             ++downs;
                                             downTime = Simulator::Now();
                                             downReason = reason;
                                         }));
        link->SetFinishedCallback(Callback<void, PppReason>([this](PppReason reason) {
            ++finishes;
            finishTime = Simulator::Now();
            finishReason = reason;
        }));
        link->SetNetworkLayer(this);
        link->SetCircuit(circuit);
    }

    ~PppTestEnd() override
    {
        link->Dispose();
        circuit->Dispose();
    }

    void Received(Ptr<Packet> packet, uint16_t /* protocol */) override
    {
        received.push_back(packet->GetSize());
    }

    void NetworkChanged() override
    {
    }

    void FramePasses(Ptr<const Packet> /* frame */) override
    {
    }

    void FrameDropped(PppDropReason /* reason */, Ptr<const Packet> /* frame */) override
    {
    }

    static inline int64_t nextStream{1};                         //!< one for each end
    Ptr<PppTestCircuit> circuit{CreateObject<PppTestCircuit>()}; //!< its end of the pipe
    Ptr<PppLink> link{CreateObject<PppLink>()};                  //!< the link
    std::string phases;                                          //!< "Phase(reason) "...
    int ups{0};                                                  //!< how often network up
    int downs{0};                                                //!< how often network down
    int finishes{0};                                             //!< how often finished
    Time upTime;                                                 //!< of the last network up
    Time downTime;                                               //!< of the last network down
    Time finishTime;                                             //!< of the last finish
    Ipv4Address local{Ipv4Address::GetAny()};                    //!< at the last network up
    Ipv4Address peer{Ipv4Address::GetAny()};                     //!< at the last network up
    PppReason downReason{PppReason::NONE};                       //!< of the last network down
    PppReason finishReason{PppReason::NONE};                     //!< of the last finish
    std::vector<uint32_t> received;                              //!< sizes of packets received
};

/// Two links back to back: a client that asks for its address, a server that has 10.8.0.1.
class PppLinkTest : public SimulationTest
{
  protected:
    void SetUp() override
    {
        PppTestEnd::nextStream = 1;
        client = std::make_unique<PppTestEnd>();
        server = std::make_unique<PppTestEnd>();
        client->circuit->other = PeekPointer(server->circuit);
        server->circuit->other = PeekPointer(client->circuit);
        server->link->GetIpcp()->SetAttribute("LocalAddress", Ipv4AddressValue("10.8.0.1"));
        server->link->GetIpcp()->SetAttribute("PeerAddress", Ipv4AddressValue("10.8.0.2"));
        users = CreateObject<PppLocalUserTable>();
        users->AddUser("alice", "wonderland");
        users->AddUser("bob", "builder", Ipv4Address("10.8.0.77"));
        server->link->SetUserTable(users);
    }

    void TearDown() override
    {
        client.reset();
        server.reset();
        users = nullptr;
        SimulationTest::TearDown();
    }

    /// The server demands that the client proves who it is; the client knows how.
    void Demand(PppAuthProtocol protocol, const std::string& user, const std::string& password)
    {
        server->link->SetAttribute("AuthProtocol", EnumValue(protocol));
        client->link->SetAttribute("Username", StringValue(user));
        client->link->SetAttribute("Password", StringValue(password));
    }

    /// Open both links over the circuit.
    void OpenBoth()
    {
        client->link->Open();
        server->link->Open();
        client->circuit->Set(true);
        server->circuit->Set(true);
    }

    /// Both links are up with the usual addresses.
    void ExpectUp()
    {
        EXPECT_EQ(client->link->GetPhase(), PppPhase::NETWORK);
        EXPECT_EQ(server->link->GetPhase(), PppPhase::NETWORK);
        EXPECT_TRUE(client->link->IsNetworkUp());
        EXPECT_TRUE(server->link->IsNetworkUp());
        EXPECT_EQ(client->local, server->peer);
        EXPECT_EQ(server->local, client->peer);
    }

    std::unique_ptr<PppTestEnd> client; //!< asks for an address
    std::unique_ptr<PppTestEnd> server; //!< has 10.8.0.1, assigns 10.8.0.2
    Ptr<PppLocalUserTable> users;       //!< of the server
};

} // namespace ns3

#endif /* PPP_TEST_LINK_H */
