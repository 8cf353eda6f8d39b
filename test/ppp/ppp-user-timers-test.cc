/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How long a user may stay (RFC 2865, sections 5.27 and 5.28).

#include "ppp-test-link.h"

#include "ns3/ppp-protocol.h"

using namespace ns3;

namespace
{

/// A client, bob, at a server that knows how long he may stay.
class PppUserTimersTest : public PppLinkTest
{
  protected:
    /// Let bob in. @param session how long he may stay @param idle how long without a packet
    void Allow(Time session, Time idle)
    {
        PppUserProfile profile;
        profile.address = Ipv4Address("10.8.0.77");
        profile.sessionTimeout = session;
        profile.idleTimeout = idle;
        users->AddUser("bob", "builder", profile);
        Demand(PPP_AUTH_CHAP, "bob", "builder");
        OpenBoth();
        RunUntil(Seconds(1));
        ExpectUp();
        start = server->upTime; // but for what IPCP took
    }

    /// Expect that the server ended the link. @param reason why @param when at what time, but for
    /// what IPCP took
    void ExpectEnd(PppReason reason, Time when)
    {
        RunUntil(when + Seconds(1));
        EXPECT_EQ(server->finishes, 1);
        EXPECT_EQ(server->finishReason, reason);
        EXPECT_LT(Abs(server->downTime - when), MilliSeconds(100));
        EXPECT_EQ(server->link->GetReasonProtocol(), 0);
        EXPECT_EQ(client->downReason, PppReason::PEER_TERMINATED) << "it was told politely";
    }

    Time start; //!< when the network layer went up
};

} // namespace

TEST_F(PppUserTimersTest, SessionTimeout)
{
    Allow(Seconds(20), Seconds(0));
    RunUntil(Seconds(19));
    ExpectUp();
    ExpectEnd(PppReason::SESSION_TIMEOUT, start + Seconds(20));
}

// Nobody stays for longer by negotiating anew.
TEST_F(PppUserTimersTest, TheSessionGoesOnWhenPppNegotiatesAnew)
{
    Allow(Seconds(20), Seconds(0));
    RunUntil(Seconds(15));
    client->link->SetCircuit(nullptr);
    client->link->SetCircuit(client->circuit);
    client->link->Open();
    RunUntil(Seconds(16));
    ExpectUp();
    EXPECT_EQ(server->ups, 2);
    EXPECT_EQ(server->finishes, 0);
    ExpectEnd(PppReason::SESSION_TIMEOUT, start + Seconds(20));
}

// Another session has a time of its own.
TEST_F(PppUserTimersTest, ANewSessionBeginsAnew)
{
    Allow(Seconds(20), Seconds(0));
    RunUntil(Seconds(15));
    client->link->Close();
    RunUntil(Seconds(20)); // when the server has waited for a Restart interval
    EXPECT_EQ(server->finishes, 1);
    client->link->Open();
    server->link->Open();
    RunUntil(Seconds(39));
    ExpectUp();
    RunUntil(Seconds(42));
    EXPECT_EQ(server->finishReason, PppReason::SESSION_TIMEOUT);
}

TEST_F(PppUserTimersTest, IdleTimeout)
{
    Allow(Seconds(0), Seconds(20));
    ExpectEnd(PppReason::IDLE_TIMEOUT, start + Seconds(20));
}

// Packets of either direction count; control packets don't.
TEST_F(PppUserTimersTest, PacketsPutIdleTimeoutOff)
{
    server->link->GetLcp()->SetAttribute("EchoInterval", TimeValue(Seconds(3)));
    Allow(Seconds(0), Seconds(20));
    RunUntil(Seconds(15));
    EXPECT_TRUE(server->link->SendNetwork(Create<Packet>(100), ppp_protocol::IPV4));
    RunUntil(Seconds(30));
    EXPECT_TRUE(client->link->SendNetwork(Create<Packet>(100), ppp_protocol::IPV4));
    RunUntil(Seconds(49));
    ExpectUp();
    EXPECT_GT(server->circuit->Count(ppp_protocol::LCP, PppCode::ECHO_REQUEST), 10);
    ExpectEnd(PppReason::IDLE_TIMEOUT, Seconds(50));
}

// Whichever is over first.
TEST_F(PppUserTimersTest, BothTimeouts)
{
    Allow(Seconds(30), Seconds(20));
    RunUntil(Seconds(15));
    EXPECT_TRUE(client->link->SendNetwork(Create<Packet>(100), ppp_protocol::IPV4));
    ExpectEnd(PppReason::SESSION_TIMEOUT, start + Seconds(30));
}

TEST_F(PppUserTimersTest, NobodyIsToldWhoseLinkIsGone)
{
    Allow(Seconds(20), Seconds(20));
    server->circuit->Set(false);
    RunUntil(Seconds(60));
    EXPECT_EQ(server->finishes, 0);
    EXPECT_EQ(server->downReason, PppReason::LOWER_LAYER_DOWN);
}
