/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A LAC that begins PPP with the remote system, and an LNS that goes on from there (RFC 2661,
// sections 4.4.5, 6.14 and 9.5).

#include "l2tp-test-network.h"
#include "ppp/ppp-test-link.h"

#include "ns3/boolean.h"
#include "ns3/l2-cross-connect.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-lac-helper.h"
#include "ns3/l2tp-lns-helper.h"
#include "ns3/l2tp-ppp-result.h"
#include "ns3/l2tp-proxy-ppp.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-net-device.h"

#include <algorithm>

using namespace ns3;

namespace
{

constexpr uint16_t LCP = ppp_protocol::LCP;
constexpr uint16_t IPCP = ppp_protocol::IPCP;
constexpr uint16_t PAP = ppp_protocol::PAP;
constexpr uint16_t CHAP = ppp_protocol::CHAP;

/// Tells that somebody has said who it is, and never judges.
class AskingTable : public PppUserTable
{
  public:
    void Authenticate(const PppAuthAttempt&, VerdictCallback) override
    {
        asked();
    }

    std::function<void()> asked; //!< told
};

/**
 * @brief A remote system on a line to the LAC, which begins PPP by itself.
 *
 * All of that is on host 0: the remote system for the sake of its sockets.
 */
class L2tpProxyPppTest : public L2tpNetworkTest
{
  protected:
    void SetUp() override
    {
        L2tpNetworkTest::SetUp();
        Build();
        net->internet->watch = [this](const L2tpTestDatagram& datagram) {
            wire.push_back(datagram);
        };
        lac = L2tpLacHelper().Install(net->hosts.Get(0));
        lac->AssignStreams(100);
        lnsHelper.SetAddressPool("10.8.0.0", "255.255.255.0");
        lnsHelper.AddUser("alice", "wonderland");
        MakeRemote();
        MakeLine();
    }

    void TearDown() override
    {
        cross->Disconnect();
        line->Dispose();
        remote->GetLink()->SetCircuit(nullptr);
        remoteEnd->Dispose();
        lineEnd->Dispose();
        L2tpNetworkTest::TearDown();
    }

    /// Make the remote system, a host that runs PPP.
    void MakeRemote()
    {
        auto link = CreateObject<PppLink>();
        link->SetAttribute("Username", StringValue("alice"));
        link->SetAttribute("Password", StringValue("wonderland"));
        link->AssignStreams(300);
        remote = CreateObject<PppNetDevice>();
        remote->SetLink(link);
        net->hosts.Get(0)->AddDevice(remote);
        auto config = CreateObject<PppIpv4Config>();
        config->SetAttribute("DefaultRoute", BooleanValue(true));
        config->Install(remote);
        remoteEnd->context = net->hosts.Get(0)->GetId();
        remoteEnd->other = PeekPointer(lineEnd);
        link->SetCircuit(remoteEnd);
    }

    /// Make the LAC's end of the line, with what runs LCP there.
    void MakeLine()
    {
        lineEnd->context = net->hosts.Get(0)->GetId();
        lineEnd->other = PeekPointer(remoteEnd);
        line->AssignStreams(301);
        line->GetLcp()->SetAttribute("Mru", UintegerValue(1450)); // what the LNS takes
        line->SetUserTable(asking);
        line->SetHandOverCallback(PppLink::HandOverCallback([this] { Place(); }));
        asking->asked = [this] { Place(); };
        line->SetCircuit(lineEnd);
    }

    /// Put the LNS on its node, and let the remote system begin. @param protocol how LAC and LNS
    /// ask who it is
    void Begin(PppAuthProtocol protocol)
    {
        lnsHelper.SetSessionAttribute("AuthProtocol", EnumValue(protocol));
        lns = lnsHelper.Install(net->lns);
        lns->AssignStreams(200);
        line->SetAttribute("AuthProtocol", EnumValue(protocol));
        Dial();
    }

    /// Let the remote system begin.
    void Dial()
    {
        line->Open();
        remote->GetLink()->Open();
        remoteEnd->Set(true);
        lineEnd->Set(true);
    }

    /// LCP has told enough: the LAC calls the LNS. Not at once, as its tunnel would begin to send.
    void Place()
    {
        Simulator::ScheduleWithContext(net->hosts.Get(0)->GetId(), Time(), [this] {
            L2tpCallParameters parameters;
            parameters.txConnectSpeed = 64000;
            parameters.proxy = L2tpProxyStateOf(line);
            if (spoil)
            {
                spoil(parameters.proxy);
            }
            told = parameters.proxy;
            call = lac->PlaceCall({net->lnsAddress, L2TP_UDP_PORT},
                                  parameters,
                                  Callback<void, Ptr<L2tpCall>>([this](Ptr<L2tpCall> up) {
                                      line->SetCircuit(nullptr);
                                      cross->Connect(lineEnd, up->GetSession());
                                  }),
                                  Callback<void, Ptr<L2tpCall>>([this](Ptr<L2tpCall>) {
                                      cross->Disconnect();
                                      lineEnd->Set(false);
                                      remoteEnd->Set(false);
                                  }));
        });
    }

    /// The LNS's device of the call.
    Ptr<PppLink> LnsLink() const
    {
        const auto terminator = DynamicCast<L2tpInterfacePerSession>(lns->GetTerminator());
        for (uint32_t i = 0; i < net->lns->GetNDevices(); ++i)
        {
            if (const auto device = DynamicCast<PppNetDevice>(net->lns->GetDevice(i)))
            {
                return device->GetLink();
            }
        }
        return nullptr;
    }

    /// Expect that the remote system is up, after so many negotiations of LCP and challenges by
    /// the LNS, and reaches the server.
    void ExpectUpAfter(int negotiations, int challenges)
    {
        ASSERT_TRUE(remote->GetLink()->IsNetworkUp());
        EXPECT_EQ(remoteEnd->Count(LCP, PppCode::CONFIGURE_REQUEST), negotiations);
        EXPECT_EQ(lineEnd->Count(LCP, PppCode::CONFIGURE_REQUEST), negotiations);
        EXPECT_EQ(LnsLink()->GetLcp()->IsAdopted(), negotiations == 1);
        EXPECT_EQ(lineEnd->Count(CHAP, uint8_t(1)), challenges) << "from LAC and LNS";
        const Ipv4Address address = remote->GetLink()->GetIpcp()->GetLocalAddress();
        L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
        probe.Send();
        probe.Ping();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(net->served[address], 1U);
        EXPECT_EQ(probe.echoed, 1U);
        EXPECT_EQ(probe.pinged, 1U);
    }

    /// The last message of a type that went over the internet. @param type which @return it
    L2tpControlMessage Last(L2tpMessageType type) const
    {
        const auto it =
            std::find_if(wire.rbegin(), wire.rend(), [type](const L2tpTestDatagram& datagram) {
                return datagram.Is(type);
            });
        EXPECT_NE(it, wire.rend()) << L2tpMessageName(static_cast<uint16_t>(type));
        return it == wire.rend() ? L2tpControlMessage() : it->message;
    }

    Ptr<L2tpLac> lac;                                              //!< on host 0
    L2tpLnsHelper lnsHelper;                                       //!< makes the LNS
    Ptr<L2tpLns> lns;                                              //!< on its node
    Ptr<PppNetDevice> remote;                                      //!< the remote system
    Ptr<PppTestCircuit> remoteEnd{CreateObject<PppTestCircuit>()}; //!< its end of the line
    Ptr<PppTestCircuit> lineEnd{CreateObject<PppTestCircuit>()};   //!< the LAC's end of the line
    Ptr<PppLink> line{CreateObject<PppLink>()};                    //!< the LAC's PPP
    Ptr<AskingTable> asking{CreateObject<AskingTable>()};          //!< of the LAC's PPP
    Ptr<L2CrossConnect> cross{CreateObject<L2CrossConnect>()};     //!< joins line and session
    Ptr<L2tpCall> call;                                            //!< at the LAC
    L2tpProxyState told;                                           //!< what it tells in the ICCN
    std::function<void(L2tpProxyState&)> spoil;                    //!< changes what is told
    std::vector<L2tpTestDatagram> wire;                            //!< what was on the internet
};

} // namespace

// RFC 2661: 4.4.5-05, 9.5-01
TEST_F(L2tpProxyPppTest, ChapIsGoneOnWith)
{
    Begin(PPP_AUTH_CHAP);
    RunUntil(Seconds(2));
    ExpectUpAfter(1, 1);
    const auto challenge = lineEnd->Last(CHAP, uint8_t(1)).packet;
    const auto response = remoteEnd->Last(CHAP, uint8_t(2)).packet;
    const auto iccn = Last(L2tpMessageType::ICCN);
    EXPECT_EQ(iccn.Get(L2tpAvps::PROXY_AUTHEN_TYPE), L2tpProxyAuthen::CHAP);
    EXPECT_EQ(iccn.Get(L2tpAvps::PROXY_AUTHEN_NAME), "alice");
    EXPECT_EQ(iccn.Get(L2tpAvps::PROXY_AUTHEN_ID), challenge.identifier);
    EXPECT_EQ(iccn.Get(L2tpAvps::PROXY_AUTHEN_CHALLENGE),
              std::string(challenge.data.begin() + 1, challenge.data.begin() + 17));
    EXPECT_EQ(iccn.Get(L2tpAvps::PROXY_AUTHEN_RESPONSE),
              std::string(response.data.begin() + 1, response.data.begin() + 17));
    const auto sent = lineEnd->Last(LCP, PppCode::CONFIGURE_REQUEST).packet.data;
    const auto received = remoteEnd->Last(LCP, PppCode::CONFIGURE_REQUEST).packet.data;
    EXPECT_EQ(iccn.Get(L2tpAvps::LAST_SENT_LCP_CONFREQ), std::string(sent.begin(), sent.end()));
    EXPECT_EQ(iccn.Get(L2tpAvps::LAST_RECEIVED_LCP_CONFREQ),
              std::string(received.begin(), received.end()));
    EXPECT_EQ(iccn.Get(L2tpAvps::INITIAL_RECEIVED_LCP_CONFREQ),
              std::string(received.begin(), received.end()));
    EXPECT_EQ(lineEnd->Last(CHAP, uint8_t(3)).packet.identifier, challenge.identifier);
    EXPECT_EQ(LnsLink()->GetPeerName(), "alice");
}

TEST_F(L2tpProxyPppTest, PapIsGoneOnWith)
{
    Begin(PPP_AUTH_PAP);
    RunUntil(Seconds(2));
    ExpectUpAfter(1, 0);
    const auto request = remoteEnd->Last(PAP, uint8_t(1)).packet;
    const auto iccn = Last(L2tpMessageType::ICCN);
    EXPECT_EQ(iccn.Get(L2tpAvps::PROXY_AUTHEN_TYPE), L2tpProxyAuthen::PAP);
    EXPECT_EQ(iccn.Get(L2tpAvps::PROXY_AUTHEN_NAME), "alice");
    EXPECT_EQ(iccn.Get(L2tpAvps::PROXY_AUTHEN_ID), request.identifier);
    EXPECT_EQ(iccn.Get(L2tpAvps::PROXY_AUTHEN_RESPONSE), "wonderland");
    EXPECT_FALSE(iccn.Get(L2tpAvps::PROXY_AUTHEN_CHALLENGE));
    EXPECT_EQ(lineEnd->Last(PAP, uint8_t(2)).packet.identifier, request.identifier);
}

TEST_F(L2tpProxyPppTest, NoAuthenticationIsGoneOnWith)
{
    Begin(PPP_AUTH_NONE);
    RunUntil(Seconds(4)); // the remote system repeats its first IPCP packet
    ExpectUpAfter(1, 0);
    const auto iccn = Last(L2tpMessageType::ICCN);
    EXPECT_EQ(iccn.Get(L2tpAvps::PROXY_AUTHEN_TYPE), L2tpProxyAuthen::NONE);
    EXPECT_FALSE(iccn.Get(L2tpAvps::PROXY_AUTHEN_NAME));
}

// There is no type for it: the LNS asks by itself, with LCP as it was.
TEST_F(L2tpProxyPppTest, MsChapV2IsAskedAgain)
{
    Begin(PPP_AUTH_MSCHAP_V2);
    RunUntil(Seconds(2));
    ExpectUpAfter(1, 2);
    EXPECT_FALSE(Last(L2tpMessageType::ICCN).Get(L2tpAvps::PROXY_AUTHEN_TYPE));
    EXPECT_TRUE(Last(L2tpMessageType::ICCN).Get(L2tpAvps::LAST_SENT_LCP_CONFREQ));
}

// "it MUST be able to be configured off, requiring a new round [of] PPP authentication initiated by
// the LNS (which may or may not include a new round of LCP negotiation)"
// RFC 2661: 9.5-02
TEST_F(L2tpProxyPppTest, ProxyAuthenticationCanBeSwitchedOff)
{
    lnsHelper.SetSessionAttribute("AcceptProxyAuthen", BooleanValue(false));
    Begin(PPP_AUTH_CHAP);
    RunUntil(Seconds(2));
    ExpectUpAfter(1, 2);
    EXPECT_EQ(LnsLink()->GetPeerName(), "alice");
}

// RFC 2661: 9.5-02
TEST_F(L2tpProxyPppTest, ProxyLcpCanBeSwitchedOff)
{
    lnsHelper.SetSessionAttribute("AcceptProxyLcp", BooleanValue(false));
    Begin(PPP_AUTH_CHAP);
    RunUntil(Seconds(2));
    ExpectUpAfter(2, 2);
    EXPECT_EQ(LnsLink()->GetPeerName(), "alice");
    EXPECT_EQ(Last(L2tpMessageType::ICCN).Get(L2tpAvps::PROXY_AUTHEN_NAME), "alice");
}

TEST_F(L2tpProxyPppTest, WhatTheLnsDoesNotTakeIsNegotiatedAnew)
{
    lnsHelper.SetSessionAttribute("Mru", UintegerValue(1400));
    Begin(PPP_AUTH_CHAP);
    RunUntil(Seconds(2));
    ExpectUpAfter(2, 2);
    EXPECT_EQ(remote->GetMtu(), 1400);
}

// RFC 1994, section 4.2, and what RFC 3145 has the CDN say.
TEST_F(L2tpProxyPppTest, AWrongPasswordIsRefusedByTheLns)
{
    remote->GetLink()->SetAttribute("Password", StringValue("looking-glass"));
    Begin(PPP_AUTH_CHAP);
    RunUntil(Seconds(10));
    EXPECT_FALSE(remote->GetLink()->IsNetworkUp());
    const auto challenge = lineEnd->Last(CHAP, uint8_t(1)).packet;
    EXPECT_EQ(lineEnd->Last(CHAP, uint8_t(4)).packet.identifier, challenge.identifier);
    EXPECT_EQ(lineEnd->Count(LCP, PppCode::TERMINATE_REQUEST), 1);
    EXPECT_EQ(lineEnd->Count(CHAP, uint8_t(1)), 1);
    EXPECT_EQ(lns->GetNCalls(), 0U);
    EXPECT_EQ(lac->GetNCalls(), 0U);
    EXPECT_EQ(Last(L2tpMessageType::CDN).Get(L2tpAvps::RESULT_CODE),
              L2tpResultOfPpp(PppReason::PEER_AUTH_FAILED));
    const auto cause = Last(L2tpMessageType::CDN).Get(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE);
    ASSERT_TRUE(cause);
    EXPECT_EQ(cause->code, 16);
    EXPECT_EQ(cause->protocol, CHAP);
}

// Section 6.14: the LNS tells the LAC the maps, also if it was not the one that negotiated them.
TEST_F(L2tpProxyPppTest, TheMapsAreToldToTheLac)
{
    spoil = [](L2tpProxyState& proxy) {
        *proxy.lastReceivedConfReq += std::string("\2\6\0\012\0\0", 6);
        *proxy.lastSentConfReq += std::string("\2\6\0\0\0\021", 6);
    };
    Begin(PPP_AUTH_CHAP);
    RunUntil(Seconds(2));
    ExpectUpAfter(1, 1);
    const L2tpAccm accm{0x000a0000, 0x00000011};
    EXPECT_EQ(Last(L2tpMessageType::SLI).Get(L2tpAvps::ACCM), accm);
    EXPECT_EQ(call->GetAccm(), accm);
}

// A device that had a proxied call has one that isn't, and the other way round.
TEST_F(L2tpProxyPppTest, EachCallOfADeviceIsItsOwn)
{
    Begin(PPP_AUTH_CHAP);
    for (int round = 0; round < 4; ++round)
    {
        const bool proxied = round % 2 == 0;
        spoil = [proxied](L2tpProxyState& proxy) { proxy = proxied ? proxy : L2tpProxyState(); };
        if (round > 0)
        {
            Dial();
        }
        RunUntil(Simulator::Now() + Seconds(2));
        ASSERT_TRUE(remote->GetLink()->IsNetworkUp()) << "round " << round;
        EXPECT_EQ(LnsLink()->GetLcp()->IsAdopted(), proxied) << "round " << round;
        call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
        RunUntil(Simulator::Now() + Seconds(2));
        line->SetCircuit(lineEnd);
    }
    EXPECT_EQ(net->lns->GetNDevices(), 1U + 2U + 1U) << "loopback, internet, server, PPP";
}

namespace
{

/// What a LAC must not tell, and what comes of it.
struct SpoiltProxy
{
    const char* name;                            //!< of the test
    int negotiations;                            //!< how many the remote system sees
    int challenges;                              //!< how many it has
    std::function<void(L2tpProxyState&)> change; //!< spoils it
};

const SpoiltProxy SPOILT[] = {
    {"NothingSent", 2, 2, [](auto& proxy) { proxy.lastSentConfReq.reset(); }},
    {"NothingReceived", 2, 2, [](auto& proxy) { proxy.lastReceivedConfReq.reset(); }},
    {"NothingReceivedFirst", 1, 1, [](auto& proxy) { proxy.initialReceivedConfReq.reset(); }},
    {"EmptySent", 2, 2, [](auto& proxy) { proxy.lastSentConfReq = ""; }},
    {"EmptyReceived", 1, 1, [](auto& proxy) { proxy.lastReceivedConfReq = ""; }},
    {"CutSent", 2, 2, [](auto& proxy) { proxy.lastSentConfReq->pop_back(); }},
    {"CutReceived", 2, 2, [](auto& proxy) { proxy.lastReceivedConfReq->pop_back(); }},
    {"LyingLength", 2, 2, [](auto& proxy) { proxy.lastReceivedConfReq->at(1) = '\xff'; }},
    {"LengthOf0", 2, 2, [](auto& proxy) { proxy.lastReceivedConfReq->at(1) = '\0'; }},
    {"LongSent", 2, 2, [](auto& proxy) { proxy.lastSentConfReq = std::string(1017, '\7'); }},
    {"AsPacket", 2, 2, [](auto& proxy) { proxy.lastSentConfReq->insert(0, "\1\1\0\17", 4); }},
    {"NoType",
     1,
     2,
     [](auto& proxy) {
         proxy.authenType.reset();
         proxy.authenName.reset();
     }},
    {"TypeNone", 1, 2, [](auto& proxy) { proxy.authenType = L2tpProxyAuthen::NONE; }},
    {"TypeUnknown", 1, 2, [](auto& proxy) { proxy.authenType = 0xffff; }},
    {"TypePap", 1, 2, [](auto& proxy) { proxy.authenType = L2tpProxyAuthen::PAP; }},
    {"TypeMsChapV1", 1, 2, [](auto& proxy) { proxy.authenType = L2tpProxyAuthen::MSCHAP_V1; }},
};

class L2tpProxySpoiltTest : public L2tpProxyPppTest,
                            public ::testing::WithParamInterface<SpoiltProxy>
{
};

INSTANTIATE_TEST_SUITE_P(Each, L2tpProxySpoiltTest, ::testing::ValuesIn(SPOILT), [](const auto& i) {
    return std::string(i.param.name);
});

} // namespace

// Whatever is missing or wrong, the LNS does by itself.
TEST_P(L2tpProxySpoiltTest, TheRemoteSystemComesUp)
{
    spoil = GetParam().change;
    Begin(PPP_AUTH_CHAP);
    RunUntil(Seconds(8));
    ExpectUpAfter(GetParam().negotiations, GetParam().challenges);
    EXPECT_EQ(LnsLink()->GetPeerName(), "alice");
}

// A wrong response is what the remote system has told, for all the LNS knows.
TEST_F(L2tpProxyPppTest, AnEmptyResponseOrAnotherChallengeIsAWrongOne)
{
    for (const bool empty : {true, false})
    {
        spoil = [empty](L2tpProxyState& proxy) {
            (empty ? proxy.authenResponse : proxy.authenChallenge) = empty ? "" : "x";
        };
        if (empty)
        {
            Begin(PPP_AUTH_CHAP);
        }
        else
        {
            line->SetCircuit(lineEnd);
            Dial();
        }
        RunUntil(Simulator::Now() + Seconds(10));
        EXPECT_FALSE(remote->GetLink()->IsNetworkUp());
        EXPECT_EQ(lineEnd->Count(CHAP, uint8_t(4)), empty ? 1 : 2);
        EXPECT_EQ(lns->GetNCalls(), 0U);
    }
}

// Section 4.4.5: what a LAC has nothing to tell of, it does not.
TEST_F(L2tpProxyPppTest, NothingIsToldBeforeLcpIsOpened)
{
    line->SetAttribute("AuthProtocol", EnumValue(PPP_AUTH_CHAP));
    L2tpControlMessage message(L2tpMessageType::ICCN);
    L2tpProxyStateOf(line).AddTo(message);
    EXPECT_EQ(message.GetNAvps(), L2tpControlMessage(L2tpMessageType::ICCN).GetNAvps());
    EXPECT_FALSE(L2tpAdoptionOf(L2tpProxyStateOf(line)));
    asking->asked = [] {};
    Dial();
    line->GetLcp()->TraceConnectWithoutContext(
        "Transition",
        Callback<void, PppState, PppEvent, PppState>([this](PppState, PppEvent, PppState now) {
            if (now == PppState::OPENED)
            {
                told = L2tpProxyStateOf(line); // the remote system has told nothing yet
            }
        }));
    RunUntil(Seconds(1));
    EXPECT_TRUE(told.lastSentConfReq);
    EXPECT_FALSE(told.authenType);
    EXPECT_FALSE(told.authenName);
    ASSERT_TRUE(L2tpAdoptionOf(told));
    EXPECT_FALSE(L2tpAdoptionOf(told)->attempt);
}

// PPP's packets may be longer than an AVP: a subscriber must not stop the LAC with them.
TEST_F(L2tpProxyPppTest, WhatDoesNotFitIntoAnAvpIsLeftOut)
{
    line->SetAttribute("AuthProtocol", EnumValue(PPP_AUTH_CHAP));
    asking->asked = [] {};
    line->Open();
    lineEnd->Set(true);
    std::vector<uint8_t> options;
    for (int count = 0; count < 100; ++count)
    {
        options.insert(options.end(), {200, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    }
    lineEnd->Inject(LCP, {1, 1, options});
    lineEnd->Inject(LCP, {1, 2, {}});
    const auto request = lineEnd->Last(LCP, PppCode::CONFIGURE_REQUEST).packet;
    lineEnd->Inject(LCP, {2, request.identifier, request.data});
    std::vector<uint8_t> response(17, 1);
    response[0] = 16;
    response.resize(17 + 1018, 'x');
    lineEnd->Inject(CHAP, {2, lineEnd->Last(CHAP, uint8_t(1)).packet.identifier, response});
    ASSERT_TRUE(line->GetPeerAttempt());
    EXPECT_EQ(line->GetPeerAttempt()->name.size(), 1018U);
    const auto proxy = L2tpProxyStateOf(line);
    EXPECT_FALSE(proxy.initialReceivedConfReq);
    EXPECT_EQ(proxy.lastReceivedConfReq, "");
    EXPECT_TRUE(proxy.lastSentConfReq);
    EXPECT_FALSE(proxy.authenType);
    EXPECT_FALSE(proxy.authenName);
    L2tpControlMessage message(L2tpMessageType::ICCN);
    proxy.AddTo(message);
    EXPECT_EQ(message.GetNAvps(), 1U + 2U) << "Message Type and both last requests";
}

// A remote system has begun anew if anything differs that LCP and the authentication depend on.
TEST(L2tpProxyPpp, ANewBeginningIsNoticed)
{
    L2tpProxyState told;
    told.initialReceivedConfReq = "a";
    told.lastSentConfReq = "b";
    told.lastReceivedConfReq = "c";
    told.authenId = 1;
    told.authenChallenge = "d";
    told.authenResponse = "e";
    EXPECT_FALSE(L2tpHasBegunAnew(told, told));
    EXPECT_FALSE(L2tpHasBegunAnew({}, told)) << "nothing was told";
    EXPECT_FALSE(L2tpHasBegunAnew(told, {})) << "LCP isn't Opened";
    auto now = told;
    now.initialReceivedConfReq = "z";
    EXPECT_FALSE(L2tpHasBegunAnew(told, now)) << "of no consequence";
    for (const auto member : {&L2tpProxyState::lastSentConfReq,
                              &L2tpProxyState::lastReceivedConfReq,
                              &L2tpProxyState::authenChallenge,
                              &L2tpProxyState::authenResponse})
    {
        now = told;
        now.*member = "z";
        EXPECT_TRUE(L2tpHasBegunAnew(told, now));
    }
    now = told;
    now.authenId = 2;
    EXPECT_TRUE(L2tpHasBegunAnew(told, now));
}

// RFC 1661, section 5.1: FF 03 C0 21, Code 1, and the options that were received.
TEST(L2tpProxyPpp, TheRequestThatWasReceivedIsMadeAgain)
{
    L2tpProxyState proxy;
    proxy.lastReceivedConfReq = std::string("\x05\x06\x01\x02\x03\x04", 6);
    const auto frame = L2tpConfigureRequestOf(proxy);
    std::vector<uint8_t> octets(frame->GetSize());
    frame->CopyData(octets.data(), octets.size());
    const std::vector<uint8_t> expected{0xff,
                                        0x03,
                                        0xc0,
                                        0x21,
                                        0x01,
                                        0x00,
                                        0x00,
                                        0x0a,
                                        0x05,
                                        0x06,
                                        0x01,
                                        0x02,
                                        0x03,
                                        0x04};
    EXPECT_EQ(octets, expected);
}
