/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Remote sites that an LNS has dialled when there is traffic for them (RFC 2661, sections 2, 4.4.2,
// 5.2.2, 6.9 to 6.12, 7.5.1 and 7.5.2).

#include "l2tp-remote-dial-fixture.h"
#include "simple-interfaces.h"

#include "ns3/address.h"
#include "ns3/drop-tail-queue.h"
#include "ns3/inet-socket-address.h"
#include "ns3/l2tp-dial-on-demand.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/simple-channel.h"
#include "ns3/udp-socket-factory.h"

#include <functional>
#include <string>

using namespace ns3;

namespace
{

/// The fixture, with sites at the LNS.
class L2tpDialOnDemandTest : public L2tpRemoteDialTest
{
  protected:
    /// Build all of it, with a site for each remote system. @param nSites how many
    void BuildSites(uint32_t nSites = 1)
    {
        BuildDial(nSites);
        for (uint32_t i = 1; i < nSites; ++i)
        {
            AddRemote("555567" + std::to_string(i));
        }
        for (uint32_t i = 0; i < nSites; ++i)
        {
            AddSite(RemoteLine(i)->GetNumber(), SiteAddress(i));
        }
    }

    /// The address of a remote system. @param i which @return the address
    static Ipv4Address SiteAddress(uint32_t i)
    {
        return Ipv4Address(Ipv4Address("10.9.0.2").Get() + i);
    }

    /// Make a site, which starts within 500 ms. @param number to dial @param address its own
    void AddSite(const std::string& number, Ipv4Address address)
    {
        auto site = CreateObject<L2tpDialOnDemand>();
        site->SetAttribute("Lns", PointerValue(lns));
        site->SetAttribute("LacAddress", AddressValue(net->GetHostAddress(0)));
        site->SetAttribute("CalledNumber", StringValue(number));
        site->SetAttribute("RemoteAddress", Ipv4AddressValue(address));
        site->SetAttribute("IdleTimeout", TimeValue(Seconds(20)));
        site->SetAttribute("RetryDelay", TimeValue(Seconds(10)));
        site->AssignStreams(static_cast<int64_t>(500 + sites.size()));
        net->lns->AddApplication(site);
        const std::size_t index = sites.size();
        site->TraceConnectWithoutContext(
            "State",
            Callback<void, L2tpDialState, L2tpDialState>(
                [this, index](L2tpDialState, L2tpDialState now) {
                    states += std::string(sites.size() > 1 ? std::to_string(index) : "") +
                              L2tpDialStateName(now) + " ";
                    stateAt = Simulator::Now();
                }));
        sites.push_back(site);
    }

    /// Send datagrams from the server to an address. @param to the address @param count how many
    void Send(Ipv4Address to, uint32_t count = 1)
    {
        if (!sender)
        {
            sender = Socket::CreateSocket(net->server, UdpSocketFactory::GetTypeId());
        }
        for (uint32_t i = 0; i < count; ++i)
        {
            sender->SendTo(Create<Packet>(100), 0, InetSocketAddress(to, 9));
        }
    }

    /// Send a datagram from the LNS's node, which is at the device at once. @param to where to
    void SendFromLns(Ipv4Address to) const
    {
        const auto socket = Socket::CreateSocket(net->lns, UdpSocketFactory::GetTypeId());
        socket->SendTo(Create<Packet>(100), 0, InetSocketAddress(to, 9));
    }

    /// Count the datagrams that a node gets. @param node it
    void Listen(Ptr<Node> node)
    {
        auto receiver = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        receiver->Bind(InetSocketAddress(Ipv4Address::GetAny(), 9));
        receiver->SetRecvCallback(Callback<void, Ptr<Socket>>([this](Ptr<Socket> socket) {
            while (socket->Recv())
            {
                ++arrived;
                arrivedAt = Simulator::Now();
            }
        }));
        receivers.push_back(receiver);
    }

    /// Take all of it down, to build it anew.
    void ClearSites()
    {
        sender = nullptr;
        receivers.clear();
        sites.clear();
        states.clear();
        arrived = 0;
        ClearDial();
    }

    void TearDown() override
    {
        ClearSites();
        L2tpRemoteDialTest::TearDown();
    }

    /// How many packets the device dropped before there was a link. @param reason why
    uint64_t Dropped(PppWaitDropReason reason) const
    {
        return sites[0]->GetDevice()->GetWaitDropCount(reason);
    }

    std::vector<Ptr<L2tpDialOnDemand>> sites; //!< at the LNS
    std::string states;                       //!< what they went through
    Time stateAt;                             //!< when the last change was
    Ptr<Socket> sender;                       //!< the server's
    std::vector<Ptr<Socket>> receivers;       //!< of remote systems
    uint32_t arrived{0};                      //!< datagrams that came
    Time arrivedAt;                           //!< the last of them
};

} // namespace

// Sections 2 and 7.5.2: traffic for an absent network makes the LNS ask for a call, and gets there.
TEST_F(L2tpDialOnDemandTest, TheFirstPacketPlacesTheCallAndArrives)
{
    BuildSites();
    sites[0]->SetAttribute("SubAddress", StringValue("42"));
    sites[0]->SetAttribute("MinimumBps", UintegerValue(9600));
    sites[0]->SetAttribute("MaximumBps", UintegerValue(64000));
    Listen(remotes[0]->node);
    RunUntil(Seconds(1));
    EXPECT_EQ(states, "idle ");
    EXPECT_EQ(wire.size(), 0U) << "no traffic, no tunnel";
    Send(SiteAddress(0));
    RunUntil(Seconds(1) + MilliSeconds(100));
    EXPECT_EQ(states, "idle dialling ");
    EXPECT_EQ(sites[0]->GetDevice()->GetNWaiting(), 1U);
    const auto& ocrq = Last(L2tpMessageType::OCRQ);
    EXPECT_EQ(ocrq.Get(L2tpAvps::CALLED_NUMBER), "5551234");
    EXPECT_EQ(ocrq.Get(L2tpAvps::SUB_ADDRESS), "42");
    EXPECT_EQ(ocrq.Get(L2tpAvps::MINIMUM_BPS), 9600U);
    EXPECT_EQ(ocrq.Get(L2tpAvps::MAXIMUM_BPS), 64000U);
    RunUntil(Seconds(5));
    EXPECT_EQ(states, "idle dialling up ");
    EXPECT_EQ(arrived, 1U);
    EXPECT_EQ(RemoteLine()->GetCallNumbers().subAddress, "42");
    EXPECT_EQ(remotes[0]->system->GetAddress(), SiteAddress(0));
    EXPECT_EQ(sites[0]->GetDevice()->GetLink()->GetPeerName(), "alice");
    // Back again, and more.
    EXPECT_EQ(L2tpTestProbe::PingOnce(remotes[0]->node, net->serverAddress), 1U);
    EXPECT_EQ(L2tpTestProbe::PingOnce(net->server, SiteAddress(0)), 1U);
    EXPECT_EQ(sites[0]->GetStatistics().calls, 1U);
    EXPECT_EQ(sites[0]->GetStatistics().ups, 1U);
    // The terminator has nothing to do with it.
    const auto terminator = DynamicCast<L2tpInterfacePerSession>(lns->GetTerminator());
    EXPECT_EQ(terminator->GetPool()->GetNAssigned(), 0U);
}

// By request, and without traffic.
TEST_F(L2tpDialOnDemandTest, DialsAndHangsUpByRequest)
{
    BuildSites();
    sites[0]->SetAttribute("OnDemand", BooleanValue(false));
    RunUntil(Seconds(1));
    Send(SiteAddress(0));
    RunUntil(Seconds(2));
    EXPECT_EQ(states, "idle ");
    EXPECT_EQ(Dropped(PppWaitDropReason::UNWANTED), 1U);
    sites[0]->Dial();
    sites[0]->Dial();
    RunUntil(Seconds(5));
    EXPECT_TRUE(sites[0]->IsUp());
    EXPECT_EQ(L2tpTestProbe::PingOnce(net->server, SiteAddress(0)), 1U);
    sites[0]->HangUp();
    sites[0]->HangUp();
    RunUntil(Seconds(10));
    EXPECT_EQ(states, "idle dialling up hanging-up idle ");
    EXPECT_EQ(sites[0]->GetLastReason(), "requested");
    EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    EXPECT_EQ(sites[0]->GetStatistics().calls, 1U);
    EXPECT_EQ(sites[0]->GetStatistics().failed, 0U);
    ExpectAllIdleInTheEnd();
}

// A call that isn't wanted any more before it is there, at each stage of its set-up, is no failure.
TEST_F(L2tpDialOnDemandTest, HangsUpWhileItDials)
{
    // The tunnel, the line, LCP.
    for (const Time& after : {MilliSeconds(1), MilliSeconds(500), MilliSeconds(1060)})
    {
        BuildSites();
        RunUntil(Seconds(1));
        Send(SiteAddress(0));
        RunUntil(Seconds(1) + MilliSeconds(2) + after);
        ASSERT_EQ(sites[0]->GetState(), L2tpDialState::DIALLING);
        sites[0]->HangUp();
        EXPECT_EQ(Dropped(PppWaitDropReason::NO_LINK), 1U);
        RunUntil(Seconds(20));
        EXPECT_EQ(sites[0]->GetState(), L2tpDialState::IDLE);
        EXPECT_EQ(sites[0]->GetStatistics().failed, 0U);
        EXPECT_EQ(sites[0]->GetStatistics().ups, 0U);
        ExpectAllIdleInTheEnd();
        ClearSites();
    }
}

// Exactly at IdleTimeout after the last packet, whichever way that went; not one tick earlier.
TEST_F(L2tpDialOnDemandTest, EndsTheCallWhenThereIsNoTraffic)
{
    for (const bool fromRemote : {false, true})
    {
        BuildSites();
        sites[0]->SetAttribute("EchoInterval", TimeValue(Seconds(3)));
        Time last;
        RunUntil(Seconds(1));
        sites[0]->Dial();
        RunUntil(Seconds(10));
        ASSERT_TRUE(sites[0]->IsUp());
        // Echo-Requests pass, and count for nothing (RFC 1661, section 5.8).
        uint32_t frames = 0;
        sites[0]->GetDevice()->TraceConnectWithoutContext(
            "Sniffer",
            Callback<void, Ptr<const Packet>>([&frames](Ptr<const Packet>) { ++frames; }));
        const auto note = Callback<void, Ptr<const Packet>>(
            [&last](Ptr<const Packet>) { last = Simulator::Now(); });
        sites[0]->GetDevice()->TraceConnectWithoutContext("MacTx", note);
        sites[0]->GetDevice()->TraceConnectWithoutContext("MacRx", note);
        Ptr<Socket> remote;
        if (fromRemote)
        {
            remote = Socket::CreateSocket(remotes[0]->node, UdpSocketFactory::GetTypeId());
            remote->SendTo(Create<Packet>(10), 0, InetSocketAddress(net->serverAddress, 9));
        }
        else
        {
            Listen(remotes[0]->node);
            Send(SiteAddress(0));
        }
        RunUntil(Seconds(11));
        ASSERT_GT(last, Seconds(10));
        const Time traffic = last;
        RunUntil(traffic + Seconds(20) - TimeStep(1));
        EXPECT_EQ(sites[0]->GetState(), L2tpDialState::UP);
        RunUntil(traffic + Seconds(20) + TimeStep(1));
        EXPECT_EQ(sites[0]->GetState(), L2tpDialState::HANGING_UP);
        EXPECT_EQ(stateAt, traffic + Seconds(20));
        EXPECT_GT(frames, 12U);
        RunUntil(traffic + Seconds(30));
        EXPECT_EQ(sites[0]->GetState(), L2tpDialState::IDLE);
        EXPECT_EQ(sites[0]->GetLastReason(), "no traffic");
        EXPECT_EQ(sites[0]->GetStatistics().idle, 1U);
        EXPECT_EQ(CodeOfCdn(), L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        ExpectAllIdleInTheEnd();
        remote = nullptr;
        ClearSites();
    }
}

// A packet one tick before the time is over keeps the call for another such time.
TEST_F(L2tpDialOnDemandTest, APacketInTimeKeepsTheCall)
{
    BuildSites();
    Listen(remotes[0]->node);
    RunUntil(Seconds(1));
    sites[0]->Dial();
    RunUntil(Seconds(5));
    const Time up = stateAt;
    Simulator::Schedule(up + Seconds(20) - TimeStep(1) - Simulator::Now(),
                        [this] { SendFromLns(SiteAddress(0)); });
    RunUntil(up + Seconds(40) - TimeStep(2));
    EXPECT_EQ(sites[0]->GetState(), L2tpDialState::UP);
    RunUntil(up + Seconds(40));
    EXPECT_EQ(sites[0]->GetState(), L2tpDialState::HANGING_UP);
    EXPECT_EQ(stateAt, up + Seconds(40) - TimeStep(1));
}

// What comes while the call is ended waits for the next one.
TEST_F(L2tpDialOnDemandTest, PacketsThatComeWhileItHangsUpMakeANewCall)
{
    BuildSites();
    Listen(remotes[0]->node);
    RunUntil(Seconds(1));
    sites[0]->Dial();
    RunUntil(Seconds(5));
    sites[0]->HangUp();
    Send(SiteAddress(0));
    RunUntil(Seconds(15));
    EXPECT_EQ(states, "idle dialling up hanging-up idle dialling up ");
    EXPECT_EQ(arrived, 1U);
}

// The queue is bounded; what doesn't fit is counted and traced, the rest keeps its order.
TEST_F(L2tpDialOnDemandTest, TheQueueIsBounded)
{
    BuildSites();
    sites[0]->CreateDevice()->SetAttribute(
        "WaitQueue",
        PointerValue(
            CreateObjectWithAttributes<DropTailQueue<Packet>>("MaxSize",
                                                              QueueSizeValue(QueueSize("3p")))));
    std::vector<uint64_t> waiting;
    std::vector<uint64_t> sent;
    uint32_t drops = 0;
    const auto device = sites[0]->GetDevice();
    device->TraceConnectWithoutContext(
        "Wait",
        Callback<void, Ptr<const Packet>>(
            [&waiting](Ptr<const Packet> packet) { waiting.push_back(packet->GetUid()); }));
    device->TraceConnectWithoutContext(
        "MacTx",
        Callback<void, Ptr<const Packet>>(
            [&sent](Ptr<const Packet> packet) { sent.push_back(packet->GetUid()); }));
    device->TraceConnectWithoutContext("WaitDrop",
                                       Callback<void, PppWaitDropReason, Ptr<const Packet>>(
                                           [&drops](PppWaitDropReason reason, Ptr<const Packet>) {
                                               EXPECT_STREQ(PppWaitDropReasonName(reason),
                                                            "queue-full");
                                               ++drops;
                                           }));
    Listen(remotes[0]->node);
    RunUntil(Seconds(1));
    Send(SiteAddress(0), 5);
    RunUntil(Seconds(6));
    EXPECT_EQ(arrived, 3U);
    EXPECT_EQ(waiting.size(), 3U);
    EXPECT_EQ(sent, waiting);
    EXPECT_EQ(drops, 2U);
    EXPECT_EQ(Dropped(PppWaitDropReason::QUEUE_FULL), 2U);
}

// Section 4.4.2: each result is on record; the site isn't called again for RetryDelay, to the tick.
TEST_F(L2tpDialOnDemandTest, ACallThatFailsHoldsOff)
{
    BuildSites();
    RemoteLine()->SetInService(false);
    RunUntil(Seconds(1));
    Send(SiteAddress(0), 2);
    RunUntil(Seconds(3));
    EXPECT_EQ(states, "idle dialling hold-off ");
    EXPECT_EQ(sites[0]->GetLastCode(), L2tpResultCode::Of(L2tpCallResult::BUSY));
    EXPECT_NE(sites[0]->GetLastReason().find("busy"), std::string::npos);
    EXPECT_EQ(Dropped(PppWaitDropReason::NO_LINK), 2U);
    EXPECT_EQ(sites[0]->GetDevice()->GetNWaiting(), 0U);
    const Time failed = stateAt;
    const auto send = [this] { SendFromLns(SiteAddress(0)); };
    Simulator::Schedule(failed + Seconds(10) - TimeStep(1) - Simulator::Now(), send);
    RunUntil(failed + Seconds(10));
    EXPECT_EQ(sites[0]->GetStatistics().calls, 1U);
    EXPECT_EQ(Dropped(PppWaitDropReason::UNWANTED), 1U);
    EXPECT_EQ(states, "idle dialling hold-off idle ");
    Simulator::Schedule(TimeStep(1), send);
    RunUntil(failed + Seconds(11));
    EXPECT_EQ(sites[0]->GetStatistics().calls, 2U);
    RunUntil(failed + Seconds(13));
    EXPECT_EQ(sites[0]->GetStatistics().failed, 2U);
    // By request it is called at once.
    RemoteLine()->SetInService(true);
    EXPECT_EQ(sites[0]->GetState(), L2tpDialState::HOLD_OFF);
    sites[0]->Dial();
    RunUntil(failed + Seconds(16));
    EXPECT_TRUE(sites[0]->IsUp());
    EXPECT_EQ(sites[0]->GetStatistics().calls, 3U);
}

// A hold-off that is no longer wanted.
TEST_F(L2tpDialOnDemandTest, AHangUpEndsTheHoldOff)
{
    BuildSites();
    lac->SetDialer(nullptr);
    RunUntil(Seconds(1));
    Send(SiteAddress(0));
    RunUntil(Seconds(2));
    EXPECT_EQ(sites[0]->GetState(), L2tpDialState::HOLD_OFF);
    EXPECT_EQ(sites[0]->GetLastCode().result, 5U) << "a LAC that can't dial";
    sites[0]->HangUp();
    EXPECT_EQ(sites[0]->GetState(), L2tpDialState::IDLE);
    lac->SetDialer(lines);
    RunUntil(Seconds(3));
    Send(SiteAddress(0));
    RunUntil(Seconds(8));
    EXPECT_TRUE(sites[0]->IsUp());
}

// An LNS that doesn't run places no calls.
TEST_F(L2tpDialOnDemandTest, WithoutTheLnsCallsFail)
{
    BuildSites();
    RunUntil(Seconds(1));
    lns->Stop();
    RunUntil(Seconds(2));
    Send(SiteAddress(0));
    RunUntil(Seconds(3));
    EXPECT_EQ(states, "idle dialling hold-off ");
    EXPECT_EQ(sites[0]->GetLastCode().result, 0U);
    EXPECT_NE(sites[0]->GetLastReason().find("LNS"), std::string::npos);
    lns->Start();
    sites[0]->Dial();
    RunUntil(Seconds(6));
    EXPECT_TRUE(sites[0]->IsUp());
    lns->Crash();
    EXPECT_EQ(sites[0]->GetState(), L2tpDialState::IDLE);
    EXPECT_FALSE(sites[0]->IsUp());
}

// Section 4.4.2, result 1: the line drops; the next packet makes a new call at once.
TEST_F(L2tpDialOnDemandTest, ALineThatDropsIsDialledAgain)
{
    BuildSites();
    Listen(remotes[0]->node);
    RunUntil(Seconds(1));
    Send(SiteAddress(0));
    RunUntil(Seconds(5));
    pool[0]->Cut();
    RunUntil(Seconds(6));
    EXPECT_EQ(states, "idle dialling up idle ");
    EXPECT_EQ(sites[0]->GetLastCode(), L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    EXPECT_EQ(sites[0]->GetStatistics().failed, 0U);
    Send(SiteAddress(0));
    RunUntil(Seconds(10));
    EXPECT_EQ(states, "idle dialling up idle dialling up ");
    EXPECT_EQ(arrived, 2U);
}

// A remote system that can't prove who it is, or is somebody else, gets none of the site's traffic.
TEST_F(L2tpDialOnDemandTest, TheRemoteSystemMustBeTheSites)
{
    for (const bool wrongPassword : {true, false})
    {
        BuildSites();
        Listen(remotes[0]->node);
        if (wrongPassword)
        {
            remotes[0]->system->GetDevice()->GetLink()->SetAttribute("Password",
                                                                     StringValue("jabberwocky"));
        }
        else
        {
            sites[0]->SetAttribute("RemoteName", StringValue("queen"));
        }
        RunUntil(Seconds(1));
        Send(SiteAddress(0));
        RunUntil(Seconds(10));
        EXPECT_EQ(sites[0]->GetStatistics().failed, 1U);
        EXPECT_EQ(sites[0]->GetStatistics().ups, 0U);
        EXPECT_EQ(arrived, 0U);
        EXPECT_EQ(sites[0]->GetLastCode().result, wrongPassword ? 2U : 4U);
        ClearSites();
    }
}

// A network behind the remote system is reached, and reaches the LNS's, but does not dial.
TEST_F(L2tpDialOnDemandTest, ANetworkBehindTheRemoteSystemBothWays)
{
    BuildSites();
    sites[0]->AddNetwork("192.168.7.0", "255.255.255.0");
    auto behind = CreateObject<Node>();
    InternetStackHelper().Install(behind);
    auto lan = CreateObject<SimpleChannel>();
    AddSimpleAddress(AddSimpleDevice(remotes[0]->node, lan), "192.168.7.1");
    const uint32_t interface = AddSimpleAddress(AddSimpleDevice(behind, lan), "192.168.7.2");
    L2tpTestNetwork::RoutingOf(behind)->SetDefaultRoute("192.168.7.1", interface);
    Listen(behind);
    RunUntil(Seconds(1));
    auto socket = Socket::CreateSocket(behind, UdpSocketFactory::GetTypeId());
    socket->SendTo(Create<Packet>(10), 0, InetSocketAddress(net->serverAddress, 7));
    RunUntil(Seconds(2));
    EXPECT_EQ(states, "idle ") << "it is the LNS that dials";
    Send("192.168.7.2");
    RunUntil(Seconds(6));
    EXPECT_EQ(arrived, 1U);
    socket->SendTo(Create<Packet>(10), 0, InetSocketAddress(net->serverAddress, 7));
    RunUntil(Seconds(7));
    EXPECT_EQ(net->served["192.168.7.2"], 1U);
    // A network that is added later is routed to as well.
    sites[0]->AddNetwork("192.168.8.0", "255.255.255.0");
    EXPECT_EQ(L2tpTestProbe::PingOnce(net->server, "192.168.7.2"), 1U);
    EXPECT_NE(L2tpTestNetwork::RoutesOf(net->lns).find("192.168.8.0"), std::string::npos);
}

// Each site has its call, its line, its queue.
TEST_F(L2tpDialOnDemandTest, TwoSitesAtOnce)
{
    BuildSites(2);
    Listen(remotes[1]->node);
    RunUntil(Seconds(1));
    Send(SiteAddress(1), 2);
    RunUntil(Seconds(5));
    EXPECT_FALSE(sites[0]->IsUp());
    EXPECT_TRUE(sites[1]->IsUp());
    EXPECT_EQ(arrived, 2U);
    EXPECT_EQ(RemoteLine(0)->GetState(), L2LineState::IDLE);
    Send(SiteAddress(0));
    RunUntil(Seconds(10));
    EXPECT_TRUE(sites[0]->IsUp());
    EXPECT_EQ(arrived, 2U);
    EXPECT_EQ(remotes[0]->system->GetAddress(), SiteAddress(0));
    EXPECT_EQ(remotes[1]->system->GetAddress(), SiteAddress(1));
    EXPECT_EQ(Count(L2tpMessageType::SCCRQ), 1U) << "they share a tunnel";
    sites[1]->HangUp();
    RunUntil(Seconds(15));
    EXPECT_TRUE(sites[0]->IsUp());
    EXPECT_EQ(L2tpTestProbe::PingOnce(net->server, SiteAddress(0)), 1U);
    sites[0]->HangUp();
    ExpectAllIdleInTheEnd();
}

// Incoming calls still go to the terminator, from the same LAC and at the same time.
TEST_F(L2tpDialOnDemandTest, IncomingCallsAreTheTerminators)
{
    BuildSites();
    RunUntil(Seconds(1));
    Send(SiteAddress(0));
    RunUntil(Seconds(5));
    Ptr<L2tpCall> incoming = lac->PlaceCall({net->lnsAddress, L2TP_UDP_PORT},
                                            L2tpCallParameters(),
                                            Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {}),
                                            Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {}));
    const auto placed = Place(); // no line is left
    auto terminator = DynamicCast<L2tpInterfacePerSession>(lns->GetTerminator());
    uint32_t begun = 0;
    terminator->TraceConnectWithoutContext(
        "Session",
        Callback<void, Ptr<const L2tpLeg>, Ptr<PppNetDevice>>(
            [&begun](Ptr<const L2tpLeg>, Ptr<PppNetDevice>) { ++begun; }));
    RunUntil(Seconds(6));
    EXPECT_EQ(begun, 1U);
    EXPECT_EQ(incoming->GetState(), L2tpCallState::ESTABLISHED);
    EXPECT_EQ(placed->cleared, 1U);
    EXPECT_TRUE(sites[0]->IsUp());
}

// Stopping is polite, and drops what waits.
TEST_F(L2tpDialOnDemandTest, StopsAtAnyTime)
{
    for (const Time& stop : {MilliSeconds(1500), Seconds(5)})
    {
        BuildSites();
        sites[0]->SetStopTime(stop);
        RunUntil(Seconds(1));
        Send(SiteAddress(0));
        RunUntil(stop + Seconds(10));
        EXPECT_EQ(sites[0]->GetState(), L2tpDialState::STOPPED);
        EXPECT_EQ(sites[0]->GetLastReason(), "the application has stopped");
        Send(SiteAddress(0));
        ExpectAllIdleInTheEnd();
        EXPECT_EQ(Dropped(PppWaitDropReason::UNWANTED), 1U);
        EXPECT_EQ(sites[0]->GetStatistics().calls, 1U);
        ClearSites();
    }
}

TEST_F(L2tpDialOnDemandTest, ABadConfigurationStopsAtOnce)
{
    BuildSites();
    const auto expectDeath =
        [this](const char* attribute, const AttributeValue& value, const char* words) {
            EXPECT_DEATH(
                {
                    sites[0]->SetAttribute(attribute, value);
                    RunUntil(Seconds(1));
                },
                words);
        };
    EXPECT_DEATH(
        {
            net->lns->AddApplication(CreateObject<L2tpDialOnDemand>());
            RunUntil(Seconds(1));
        },
        "L2tpDialOnDemand::Lns must be.*set it");
    expectDeath("LacAddress", AddressValue(), "L2tpDialOnDemand::LacAddress is not set: give it");
    expectDeath("CalledNumber", StringValue(""), "L2tpDialOnDemand::CalledNumber is not set: give");
    expectDeath("RemoteAddress",
                Ipv4AddressValue(Ipv4Address::GetAny()),
                "L2tpDialOnDemand::RemoteAddress is 0.0.0.0: set it");
    sites[0]->SetAttribute("MaximumBps", UintegerValue(9600));
    expectDeath("MinimumBps", UintegerValue(9601), "MinimumBps is 9601, above MaximumBps, 9600");
    sites[0]->SetAttribute("RemoteName", StringValue("alice"));
    expectDeath("AuthProtocol", EnumValue(PPP_AUTH_NONE), "RemoteName is 'alice' and AuthProtocol");
}

TEST_F(L2tpDialOnDemandTest, NobodyPassesWithoutAUserTable)
{
    BuildSites();
    lns->SetAttribute("Terminator", PointerValue(CreateObject<L2tpInterfacePerSession>()));
    EXPECT_DEATH(RunUntil(Seconds(1)), "L2tpDialOnDemand::UserTable is not set.*give it a table");
    sites[0]->SetAttribute("AuthProtocol", EnumValue(PPP_AUTH_NONE));
    RunUntil(Seconds(1));
    sites[0]->Dial();
    RunUntil(Seconds(5));
    EXPECT_TRUE(sites[0]->IsUp());
}
