/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How links end and begin again, and what hostile frames do to them.

#include "ppp-test-link.h"

#include "ns3/random-variable-stream.h"

using namespace ns3;

namespace
{
constexpr uint16_t LCP = ppp_protocol::LCP;
constexpr uint16_t IPCP = ppp_protocol::IPCP;
} // namespace

// RFC 1661, section 3.7: the one that closes is finished at the Terminate-Ack; the other waits one
// Restart time.
TEST_F(PppLinkTest, CloseTerminatesBothEnds)
{
    OpenBoth();
    RunUntil(Seconds(1));
    client->link->Close();
    EXPECT_EQ(client->link->GetPhase(), PppPhase::TERMINATE);
    EXPECT_EQ(client->downReason, PppReason::ADMINISTRATIVE);
    RunUntil(Seconds(1) + MilliSeconds(21)); // one round trip
    EXPECT_EQ(client->finishReason, PppReason::ADMINISTRATIVE);
    EXPECT_EQ(client->phases,
              "Establish(lower layer up) Network(LCP opened) Terminate(administrative request) "
              "Dead(administrative request) ");
    EXPECT_EQ(server->downReason, PppReason::PEER_TERMINATED);
    const auto terminated = Seconds(1) + MilliSeconds(10);
    RunUntil(terminated + Seconds(3) - NanoSeconds(1));
    EXPECT_EQ(server->finishes, 0);
    RunUntil(terminated + Seconds(3));
    EXPECT_EQ(server->finishes, 1);
    EXPECT_EQ(server->finishReason, PppReason::PEER_TERMINATED);
    RunUntil(Seconds(100));
    EXPECT_EQ(client->finishes, 1);
    EXPECT_EQ(client->downs, 1);
    EXPECT_EQ(server->downs, 1);
}

TEST_F(PppLinkTest, BothCloseAtOnce)
{
    OpenBoth();
    RunUntil(Seconds(1));
    client->link->Close();
    server->link->Close();
    RunUntil(Seconds(10));
    EXPECT_EQ(client->finishReason, PppReason::ADMINISTRATIVE);
    EXPECT_EQ(server->finishReason, PppReason::ADMINISTRATIVE);
}

// RFC 1661, section 4.6: lost Terminate-Acks, and a second Terminate-Request.
TEST_F(PppLinkTest, TerminateAckLost)
{
    OpenBoth();
    RunUntil(Seconds(1));
    server->circuit->lose = LoseFirst(1, LCP, PppCode::TERMINATE_ACK);
    client->link->Close();
    RunUntil(Seconds(10));
    EXPECT_EQ(client->circuit->Count(LCP, PppCode::TERMINATE_REQUEST), 2);
    EXPECT_EQ(client->finishTime, Seconds(4) + MilliSeconds(20));
}

// RFC 1661, section 4.3: Open after Close negotiates anew over the same circuit.
TEST_F(PppLinkTest, OpensAgainOnTheSameCircuit)
{
    OpenBoth();
    RunUntil(Seconds(1));
    for (int round = 2; round < 5; ++round)
    {
        client->link->Close();
        RunUntil(Simulator::Now() + Seconds(10));
        EXPECT_EQ(client->link->GetPhase(), PppPhase::DEAD);
        EXPECT_EQ(server->link->GetPhase(), PppPhase::DEAD);
        client->link->Open();
        RunUntil(Simulator::Now() + Seconds(10));
        ExpectUp();
        EXPECT_EQ(client->ups, round);
    }
}

// RFC 1661, section 4.3, Open: option "r"; Open while the Terminate-Request is under way.
TEST_F(PppLinkTest, OpensWhileClosing)
{
    OpenBoth();
    RunUntil(Seconds(1));
    client->link->Close();
    client->link->Open();
    RunUntil(Seconds(20));
    ExpectUp();
}

TEST_F(PppLinkTest, OpensAgainOnANewCircuit)
{
    OpenBoth();
    RunUntil(Seconds(1));
    client->circuit->Set(false);
    server->circuit->Set(false);
    EXPECT_EQ(client->downReason, PppReason::LOWER_LAYER_DOWN);
    EXPECT_EQ(client->link->GetPhase(), PppPhase::DEAD);
    for (auto* end : {client.get(), server.get()})
    {
        end->circuit = CreateObject<PppTestCircuit>();
        end->link->SetCircuit(end->circuit);
    }
    client->circuit->other = PeekPointer(server->circuit);
    server->circuit->other = PeekPointer(client->circuit);
    client->circuit->Set(true);
    server->circuit->Set(true);
    RunUntil(Seconds(10));
    ExpectUp();
    // And taken away while up.
    client->link->SetCircuit(nullptr);
    EXPECT_EQ(client->link->GetPhase(), PppPhase::DEAD);
    EXPECT_FALSE(client->link->SendNetwork(Create<Packet>(1), ppp_protocol::IPV4));
    EXPECT_EQ(client->downs, 2);
}

// RFC 1661, section 4.3: a Configure-Request in Opened renegotiates at once; here one end lost its
// memory.
TEST_F(PppLinkTest, PeerThatRestartsIsRenegotiatedWith)
{
    OpenBoth();
    RunUntil(Seconds(1));
    client->circuit->Set(false);
    client->circuit->Set(true);
    RunUntil(Seconds(10));
    ExpectUp();
    EXPECT_EQ(server->downReason, PppReason::RENEGOTIATION);
    EXPECT_EQ(server->ups, 2);
    EXPECT_EQ(server->phases,
              "Establish(lower layer up) Network(LCP opened) Establish(renegotiation) "
              "Network(LCP opened) ");
}

// RFC 1661, section 3.7: that the peer closes IPCP is no reason to terminate the link.
TEST_F(PppLinkTest, PeerTerminatesIpcpOnly)
{
    OpenBoth();
    RunUntil(Seconds(1));
    server->circuit->Inject(IPCP, {5, 1, {}});
    EXPECT_EQ(server->downReason, PppReason::PEER_TERMINATED);
    EXPECT_EQ(server->circuit->Count(IPCP, PppCode::TERMINATE_ACK), 1);
    EXPECT_EQ(server->link->GetPhase(), PppPhase::NETWORK);
    RunUntil(Seconds(10));
    EXPECT_EQ(server->link->GetLcp()->GetState(), PppState::OPENED);
    EXPECT_EQ(server->finishes, 0);
}

// A circuit that delivers within Send() makes no trouble.
TEST_F(PppLinkTest, SynchronousCircuit)
{
    Demand(PPP_AUTH_CHAP, "alice", "wonderland");
    client->circuit->synchronous = true;
    server->circuit->synchronous = true;
    OpenBoth();
    RunUntil(Seconds(10));
    ExpectUp();
    client->link->Close();
    RunUntil(Seconds(20));
    EXPECT_EQ(client->finishes, 1);
    EXPECT_EQ(server->finishes, 1);
}

// A failure, delivered at once, ends the authentication in the midst of its own action.
TEST_F(PppLinkTest, SynchronousFailure)
{
    for (const auto protocol : {PPP_AUTH_PAP, PPP_AUTH_CHAP})
    {
        TearDown();
        SetUp();
        Demand(protocol, "alice", "looking-glass");
        client->circuit->synchronous = true;
        server->circuit->synchronous = true;
        OpenBoth();
        RunUntil(Seconds(20));
        EXPECT_EQ(server->ups, 0);
        EXPECT_EQ(server->finishes, 1);
    }
}

// Callbacks may do anything, such as close or take away the circuit.
TEST_F(PppLinkTest, CallbacksMayCloseTheLink)
{
    client->link->TraceConnectWithoutContext(
        "NetworkUp",
        Callback<void, Ipv4Address, Ipv4Address>(
            [this](Ipv4Address, Ipv4Address) { client->link->Close(); }));
    client->link->TraceConnectWithoutContext(
        "NetworkDown",
        Callback<void, PppReason>([this](PppReason) { client->link->SetCircuit(nullptr); }));
    OpenBoth();
    RunUntil(Seconds(20));
    EXPECT_EQ(client->link->GetPhase(), PppPhase::DEAD);
    EXPECT_FALSE(client->link->IsNetworkUp());
}

// And the owner of the circuit may be done with the link when it has finished.
TEST_F(PppLinkTest, CallbacksMayDisposeOfTheLink)
{
    for (auto* end : {client.get(), server.get()})
    {
        end->link->SetFinishedCallback(
            Callback<void, PppReason>([end](PppReason) { end->link->Dispose(); }));
    }
    Demand(PPP_AUTH_CHAP, "alice", "looking-glass");
    OpenBoth();
    RunUntil(Seconds(20));
    EXPECT_EQ(server->link->GetPhase(), PppPhase::DEAD);
    EXPECT_FALSE(server->link->GetCircuit());
    server->circuit->Inject({0xff, 0x03, 0xc0, 0x21, 1, 1, 0, 4}); // nobody is there
}

// A link that is let go without Dispose() leaves nothing behind that calls it.
TEST_F(PppLinkTest, LinkMayBeLetGo)
{
    auto circuit = CreateObject<PppTestCircuit>();
    circuit->other = PeekPointer(circuit);
    auto link = CreateObject<PppLink>();
    link->SetCircuit(circuit);
    link->Open();
    circuit->Set(true);
    link = nullptr;
    RunUntil(Seconds(20));
    EXPECT_EQ(circuit->sent.size(), 1u);
}

// Same seed, same bytes.
TEST_F(PppLinkTest, IsDeterministic)
{
    std::vector<std::vector<uint8_t>> first;
    for (int run = 0; run < 2; ++run)
    {
        TearDown();
        SetUp();
        Demand(PPP_AUTH_CHAP, "alice", "wonderland");
        OpenBoth();
        RunUntil(Seconds(5));
        std::vector<std::vector<uint8_t>> frames;
        for (const auto& frame : server->circuit->sent)
        {
            frames.push_back(frame.octets);
        }
        EXPECT_FALSE(frames.empty());
        if (run == 0)
        {
            first = frames;
        }
        EXPECT_EQ(frames, first);
    }
}

// RFC 1661, sections 4 to 6: random frames and mutations of real ones never break more than a
// restart of the negotiation mends.
TEST_F(PppLinkTest, HostileFramesDoNoLastingHarm)
{
    Demand(PPP_AUTH_CHAP, "alice", "wonderland");
    for (auto* end : {client.get(), server.get()})
    {
        end->link->GetLcp()->SetAttribute("EchoInterval", TimeValue(Seconds(1)));
    }
    OpenBoth();
    RunUntil(Seconds(5));
    ExpectUp();
    auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(99);
    const auto real = client->circuit->sent;
    const uint16_t protocols[] = {LCP, IPCP, ppp_protocol::PAP, ppp_protocol::CHAP, 0x0021, 0x8057};
    for (int i = 0; i < 10000; ++i)
    {
        auto octets = real[random->GetInteger(0, real.size() - 1)].octets;
        uint16_t protocol = protocols[random->GetInteger(0, 5)];
        if (random->GetInteger(0, 1) == 0)
        {
            protocol = LCP;
        }
        if (random->GetInteger(0, 2) == 0)
        {
            octets.resize(random->GetInteger(0, 40));
            for (auto& octet : octets)
            {
                octet = random->GetInteger(0, 255);
            }
        }
        for (uint32_t n = random->GetInteger(0, 3); n > 0 && !octets.empty(); --n)
        {
            octets[random->GetInteger(0, octets.size() - 1)] = random->GetInteger(0, 255);
        }
        if (random->GetInteger(0, 9) == 0)
        {
            octets.resize(random->GetInteger(0, octets.size()));
        }
        octets.insert(octets.begin(), {0xff, 0x03, uint8_t(protocol >> 8), uint8_t(protocol)});
        if (random->GetInteger(0, 9) == 0)
        {
            octets.resize(random->GetInteger(0, 4));
        }
        server->circuit->Inject(octets);
        RunUntil(Simulator::Now() + MilliSeconds(random->GetInteger(0, 50)));
        for (auto* end : {client.get(), server.get()})
        {
            if (end->link->GetPhase() == PppPhase::DEAD)
            {
                end->link->Open(); // as those who keep a link up do
            }
        }
    }
    EXPECT_GT(server->ups, 20);
    RunUntil(Simulator::Now() + Seconds(100));
    client->link->Open();
    server->link->Open();
    RunUntil(Simulator::Now() + Seconds(100));
    ExpectUp();
    EXPECT_EQ(server->link->GetPeerName(), "alice");
    uint64_t drops = 0;
    for (std::size_t reason = 0; reason < PPP_DROP_REASONS; ++reason)
    {
        drops += server->link->GetDropCount(static_cast<PppDropReason>(reason));
    }
    EXPECT_GT(drops, 1000u);
}
