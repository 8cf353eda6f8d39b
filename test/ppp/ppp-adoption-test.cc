/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A link that another system hands over to this one: what it tells, and how this one goes on
// (RFC 2661, section 4.4.5; what is negotiated is RFC 1661's).

#include "ppp-test-link.h"

#include <algorithm>
#include <memory>

using namespace ns3;

namespace
{

constexpr uint16_t LCP = ppp_protocol::LCP;
constexpr uint16_t IPCP = ppp_protocol::IPCP;
constexpr uint16_t PAP = ppp_protocol::PAP;
constexpr uint16_t CHAP = ppp_protocol::CHAP;

/// Keeps what it is asked, and never answers.
class SilentTable : public PppUserTable
{
  public:
    void Authenticate(const PppAuthAttempt& attempt, VerdictCallback) override
    {
        attempts.push_back(attempt);
    }

    std::vector<PppAuthAttempt> attempts; //!< what it was asked
};

/// The client's circuit ends at a concentrator first, then at the server.
class PppAdoptionTest : public PppLinkTest
{
  protected:
    void SetUp() override
    {
        PppLinkTest::SetUp();
        lac = std::make_unique<PppTestEnd>();
        Join(*lac);
        asked = CreateObject<SilentTable>();
        lac->link->SetUserTable(asked);
        lac->link->SetHandOverCallback(PppLink::HandOverCallback([this] { ++handOvers; }));
        server->link->GetLcp()->TraceConnectWithoutContext(
            "Adoption",
            Callback<void, PppAdoptionVerdict>(
                [this](PppAdoptionVerdict verdict) { verdicts.push_back(verdict); }));
    }

    void TearDown() override
    {
        lac.reset();
        asked = nullptr;
        PppLinkTest::TearDown();
    }

    /// Let the client's circuit end somewhere.
    void Join(PppTestEnd& end) const
    {
        client->circuit->other = PeekPointer(end.circuit);
        end.circuit->other = PeekPointer(client->circuit);
    }

    /// Concentrator and server demand that the client proves who it is.
    void DemandBoth(PppAuthProtocol protocol, const std::string& password = "wonderland")
    {
        Demand(protocol, "alice", password);
        lac->link->SetAttribute("AuthProtocol", EnumValue(protocol));
    }

    /// Let client and concentrator do their part, until a time.
    void Begin(Time until = Seconds(1))
    {
        client->link->Open();
        lac->link->Open();
        client->circuit->Set(true);
        lac->circuit->Set(true);
        RunUntil(until);
        ASSERT_EQ(lac->link->GetLcp()->GetState(), PppState::OPENED);
    }

    /// What the concentrator knows.
    PppAdoption Known() const
    {
        const auto lcp = lac->link->GetLcp();
        return {lcp->GetLastSentRequest(),
                lcp->GetLastReceivedRequest(),
                lac->link->GetPeerAttempt()};
    }

    /// Hand over to the server.
    void HandOver(const PppAdoption& adoption)
    {
        lac->link->SetCircuit(nullptr);
        Join(*server);
        server->circuit->Set(true);
        server->link->AdoptCircuit(server->circuit, adoption);
        server->link->Open();
    }

    /// The client is up, after so many negotiations of LCP.
    void ExpectUpAfter(int negotiations)
    {
        ExpectUp();
        EXPECT_EQ(client->local, Ipv4Address("10.8.0.2"));
        EXPECT_EQ(client->circuit->Count(LCP, PppCode::CONFIGURE_REQUEST), negotiations);
        EXPECT_EQ(lac->circuit->Count(LCP, PppCode::CONFIGURE_REQUEST), 1);
        EXPECT_EQ(server->circuit->Count(LCP, PppCode::CONFIGURE_REQUEST), negotiations - 1);
        EXPECT_EQ(server->link->GetLcp()->IsAdopted(), negotiations == 1);
        EXPECT_EQ(client->ups, 1);
    }

    std::unique_ptr<PppTestEnd> lac;          //!< who has the circuit first
    Ptr<SilentTable> asked;                   //!< of the concentrator
    int handOvers{0};                         //!< how often it was told to hand over
    std::vector<PppAdoptionVerdict> verdicts; //!< of the server's LCP
};

/// The same for each authentication protocol.
class PppAdoptionAuthTest : public PppAdoptionTest,
                            public ::testing::WithParamInterface<PppAuthProtocol>
{
};

INSTANTIATE_TEST_SUITE_P(
    EachProtocol,
    PppAdoptionAuthTest,
    ::testing::Values(PPP_AUTH_NONE, PPP_AUTH_PAP, PPP_AUTH_CHAP, PPP_AUTH_MSCHAP_V2));

/// The options of a request that the server could have sent, in octets.
std::vector<uint8_t>
Octets(const PppOptionList& options)
{
    return SerializePppOptions(options);
}

} // namespace

// "allowing PPP to continue without renegotiation of LCP": what the client sees is one link.
TEST_P(PppAdoptionAuthTest, TheClientNoticesNothing)
{
    DemandBoth(GetParam());
    Begin();
    const auto before = client->phases;
    HandOver(Known());
    // A client that needn't tell who it is has begun with IPCP already, and repeats itself.
    const bool asks = GetParam() != PPP_AUTH_NONE;
    RunUntil(Seconds(asks ? 2 : 4));
    ExpectUpAfter(1);
    EXPECT_EQ(verdicts, std::vector<PppAdoptionVerdict>{PppAdoptionVerdict::ADOPTED});
    EXPECT_EQ(client->phases, before + (asks ? "Network(authenticated) " : ""));
    EXPECT_EQ(server->phases,
              asks ? "Establish(administrative request) Authenticate(LCP opened) "
                     "Network(authenticated) "
                   : "Establish(administrative request) Network(LCP opened) ");
    EXPECT_EQ(server->link->GetPeerName(), asks ? "alice" : "");
    // The server asks nothing again, and says what it thinks with the identifier of the question.
    EXPECT_EQ(server->circuit->Count(CHAP, uint8_t(1)), 0);
    if (asks)
    {
        const uint16_t protocol = PppProtocolOf(GetParam());
        const auto told = client->circuit->Last(protocol, uint8_t(protocol == PAP ? 1 : 2));
        const auto reply = server->circuit->Last(protocol, uint8_t(protocol == PAP ? 2 : 3));
        EXPECT_EQ(reply.packet.identifier, told.packet.identifier);
    }
    EXPECT_TRUE(client->link->SendNetwork(Create<Packet>(1500), ppp_protocol::IPV4));
    EXPECT_TRUE(server->link->SendNetwork(Create<Packet>(1500), ppp_protocol::IPV4));
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(server->received.size(), 1U);
    EXPECT_EQ(client->received.size(), 1U);
}

// Section 4.4.5: without proxy authentication, "a restart of the authentication phase at the LNS".
TEST_P(PppAdoptionAuthTest, WithoutAnAttemptTheClientIsAskedAgain)
{
    DemandBoth(GetParam());
    Begin();
    auto adoption = Known();
    adoption.attempt.reset();
    HandOver(adoption);
    RunUntil(Seconds(10));
    ExpectUpAfter(1);
    EXPECT_EQ(server->link->GetPeerName(), GetParam() == PPP_AUTH_NONE ? "" : "alice");
}

// An attempt by another protocol than the one agreed upon is none.
TEST_P(PppAdoptionAuthTest, AnAttemptThatDoesNotFitIsNotJudged)
{
    DemandBoth(GetParam());
    Begin();
    auto adoption = Known();
    adoption.attempt = PppAuthAttempt{};
    adoption.attempt->protocol = GetParam() == PPP_AUTH_PAP ? PPP_AUTH_CHAP : PPP_AUTH_PAP;
    adoption.attempt->name = "bob";
    adoption.attempt->password = "builder";
    HandOver(adoption);
    RunUntil(Seconds(10));
    ExpectUpAfter(1);
    EXPECT_EQ(server->link->GetPeerName(), GetParam() == PPP_AUTH_NONE ? "" : "alice");
}

// RFC 1334, section 2.2.2; RFC 1994, section 4.2: the refusal has the identifier of what the client
// told the concentrator, then the link is terminated.
TEST_P(PppAdoptionAuthTest, AWrongPasswordIsRefusedByTheServer)
{
    if (GetParam() == PPP_AUTH_NONE)
    {
        return;
    }
    DemandBoth(GetParam(), "looking-glass");
    Begin();
    HandOver(Known());
    RunUntil(Seconds(60));
    const uint16_t protocol = PppProtocolOf(GetParam());
    const auto told = client->circuit->Last(protocol, uint8_t(protocol == PAP ? 1 : 2));
    const auto reply = server->circuit->Last(protocol, uint8_t(protocol == PAP ? 3 : 4));
    EXPECT_EQ(reply.packet.identifier, told.packet.identifier);
    EXPECT_EQ(client->ups, 0);
    EXPECT_EQ(client->finishReason, PppReason::LOCAL_AUTH_FAILED);
    EXPECT_EQ(server->finishReason, PppReason::PEER_AUTH_FAILED);
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::TERMINATE_REQUEST), 1);
    EXPECT_EQ(server->link->GetReasonProtocol(), protocol);
    EXPECT_EQ(server->link->GetPhase(), PppPhase::DEAD);
}

// While nobody has judged, a repeated response or request has no reply, and nobody is asked twice;
// taking the circuit away sends nothing.
TEST_P(PppAdoptionAuthTest, TheConcentratorWaitsInSilence)
{
    DemandBoth(GetParam());
    Begin();
    const auto sent = lac->circuit->sent.size();
    RunUntil(Seconds(11));
    const bool asks = GetParam() != PPP_AUTH_NONE;
    EXPECT_EQ(asked->attempts.size(), asks ? 1U : 0U);
    EXPECT_EQ(handOvers, asks ? 0 : 1);
    EXPECT_EQ(lac->circuit->sent.size(), sent) << "no reply, no IPCP";
    EXPECT_EQ(lac->phases,
              asks ? "Establish(lower layer up) Authenticate(LCP opened) "
                   : "Establish(lower layer up) ");
    HandOver(Known());
    EXPECT_EQ(lac->circuit->sent.size(), sent) << "no Terminate-Request";
    EXPECT_EQ(lac->finishes, 0);
    RunUntil(Seconds(20));
    ExpectUpAfter(1);
    EXPECT_EQ(server->link->GetPeerName(), asks ? "alice" : "");
}

// A concentrator may let the client in by itself before it hands over: the server does so again.
TEST_P(PppAdoptionAuthTest, TheConcentratorMayHaveAnsweredAlready)
{
    DemandBoth(GetParam());
    lac->link->SetUserTable(users);
    Begin();
    EXPECT_EQ(handOvers, 1);
    EXPECT_EQ(lac->circuit->Count(IPCP, PppCode::CONFIGURE_REQUEST), 0);
    HandOver(Known());
    RunUntil(Seconds(10));
    ExpectUpAfter(1);
    EXPECT_EQ(server->link->GetPeerName(), GetParam() == PPP_AUTH_NONE ? "" : "alice");
}

// RFC 1334, section 2.2.1: each request has another Identifier; the reply goes to the last one.
TEST_F(PppAdoptionTest, ARepeatedPapRequestIsWhatTheReplyIsFor)
{
    DemandBoth(PPP_AUTH_PAP);
    Begin(Seconds(5));
    ASSERT_EQ(client->circuit->Count(PAP, uint8_t(1)), 2);
    const auto last = client->circuit->Last(PAP, uint8_t(1)).packet.identifier;
    const auto adoption = Known();
    EXPECT_EQ(adoption.attempt->identifier, last);
    EXPECT_NE(asked->attempts.at(0).identifier, last);
    EXPECT_EQ(adoption.attempt->password, "wonderland");
    HandOver(adoption);
    RunUntil(Seconds(6));
    ExpectUpAfter(1);
}

// RFC 1994, section 4.1: "the Authenticator MUST send the same reply Code when duplicate Response
// packets are received", also if the first one came to another system.
TEST_F(PppAdoptionTest, ARepeatedChapResponseHasTheSameReply)
{
    DemandBoth(PPP_AUTH_CHAP);
    Begin();
    server->circuit->lose = LoseFirst(1, CHAP, uint8_t(3));
    HandOver(Known());
    RunUntil(Seconds(2));
    EXPECT_EQ(client->ups, 0);
    RunUntil(Seconds(5));
    ExpectUpAfter(1);
    EXPECT_EQ(server->circuit->Count(CHAP, uint8_t(3)), 2);
    const auto challenge = lac->circuit->Last(CHAP, uint8_t(1)).packet;
    EXPECT_EQ(server->circuit->Last(CHAP, uint8_t(3)).packet.identifier, challenge.identifier);
}

// RFC 1994, section 4.1: what comes later has another Identifier and another challenge.
TEST_F(PppAdoptionTest, TheServerChallengesLaterOn)
{
    DemandBoth(PPP_AUTH_CHAP);
    server->link->SetAttribute("ChapInterval", TimeValue(Seconds(5)));
    Begin();
    HandOver(Known());
    RunUntil(Seconds(8));
    ExpectUpAfter(1);
    const auto first = lac->circuit->Last(CHAP, uint8_t(1)).packet;
    const auto second = server->circuit->Last(CHAP, uint8_t(1)).packet;
    EXPECT_EQ(second.identifier, static_cast<uint8_t>(first.identifier + 1));
    EXPECT_NE(second.data, first.data);
    EXPECT_EQ(server->circuit->Count(CHAP, uint8_t(3)), 2);
}

// Section 4.4.5: the first request received, "the final CONFREQ sent to the client" and "the final
// CONFREQ received from the client to complete LCP negotiation", from the first option on.
TEST_F(PppAdoptionTest, TellsTheRequestsOfANegotiation)
{
    lac->link->GetLcp()->SetAttribute("Mru", UintegerValue(1400));
    client->link->GetLcp()->SetAttribute("Mru", UintegerValue(9000));
    EXPECT_FALSE(lac->link->GetLcp()->GetFirstReceivedRequest());

    class NarrowCircuit : public PppTestCircuit
    {
      public:
        uint16_t GetMaxPayload() const override
        {
            return 1492;
        }
    };

    auto narrow = CreateObject<NarrowCircuit>();
    lac->link->SetCircuit(narrow);
    lac->circuit = narrow;
    Join(*lac);
    Begin();
    std::vector<std::vector<uint8_t>> received;
    for (const auto& frame : client->circuit->sent)
    {
        if (frame.Is(LCP, PppCode::CONFIGURE_REQUEST))
        {
            received.push_back(frame.packet.data);
        }
    }
    ASSERT_EQ(received.size(), 2U);
    const auto lcp = lac->link->GetLcp();
    EXPECT_EQ(lcp->GetFirstReceivedRequest(), received.front());
    EXPECT_EQ(lcp->GetLastReceivedRequest(), received.back());
    EXPECT_EQ(lcp->GetLastSentRequest(),
              lac->circuit->Last(LCP, PppCode::CONFIGURE_REQUEST).packet.data);
    PppOptionList options;
    ASSERT_TRUE(ParsePppOptions(received.front().data(), received.front().size(), options));
    EXPECT_EQ(FindPppOption(options, 1)->Get16(), 9000);
    ASSERT_TRUE(ParsePppOptions(received.back().data(), received.back().size(), options));
    EXPECT_EQ(FindPppOption(options, 1)->Get16(), 1492);
    // The client begins anew: that is another negotiation.
    client->circuit->Set(false);
    client->circuit->Set(true);
    RunUntil(Seconds(2));
    EXPECT_EQ(lcp->GetState(), PppState::OPENED);
    EXPECT_EQ(
        FindPppOption(client->circuit->Last(LCP, PppCode::CONFIGURE_REQUEST).Options(), 1)->Get16(),
        1492);
    EXPECT_NE(lcp->GetFirstReceivedRequest(), received.front()) << "it has another magic number";
}

// RFC 1661, section 6: what both ends agreed to holds for the server as it did for the
// concentrator.
TEST_F(PppAdoptionTest, TheServerKeepsToTheOptions)
{
    for (auto* end : {client.get(), lac.get()})
    {
        end->link->GetLcp()->SetAttribute("ProtocolFieldCompression", BooleanValue(true));
        end->link->GetLcp()->SetAttribute("AddressControlCompression", BooleanValue(true));
    }
    client->link->GetLcp()->SetAttribute("Mru", UintegerValue(1234));
    lac->link->GetLcp()->SetAttribute("Mru", UintegerValue(1111));
    Begin();
    const auto magic = lac->link->GetLcp()->GetLocalMagic();
    auto adoption = Known();
    const auto accm = Octets({PppOption::Of32(2, 0x000a0000)});
    adoption.receivedRequest.insert(adoption.receivedRequest.end(), accm.begin(), accm.end());
    const auto mine = Octets({PppOption::Of32(2, 0x00000011)});
    adoption.sentRequest.insert(adoption.sentRequest.end(), mine.begin(), mine.end());
    HandOver(adoption);
    RunUntil(Seconds(4));
    ExpectUpAfter(1);
    const auto lcp = server->link->GetLcp();
    EXPECT_EQ(server->link->GetMtu(), 1234);
    EXPECT_EQ(client->link->GetMtu(), 1111);
    EXPECT_TRUE(lcp->IsProtocolCompressed());
    EXPECT_TRUE(lcp->IsAddressCompressed());
    EXPECT_EQ(lcp->GetPeerAccm(), 0x000a0000U);
    EXPECT_EQ(lcp->GetLocalAccm(), 0x00000011U);
    EXPECT_NE(magic, 0U);
    EXPECT_EQ(lcp->GetLocalMagic(), magic);
    EXPECT_EQ(lcp->GetPeerMagic(), client->link->GetLcp()->GetLocalMagic());
    // Section 5.8: the client takes the concentrator's number for the server's.
    server->circuit->Inject(LCP, {9, 77, PppOption::Of32(0, lcp->GetPeerMagic()).data});
    EXPECT_EQ(server->circuit->Last(LCP, PppCode::ECHO_REPLY).packet.data,
              PppOption::Of32(0, magic).data);
    EXPECT_TRUE(server->link->SendNetwork(Create<Packet>(100), ppp_protocol::IPV4));
    EXPECT_FALSE(server->circuit->sent.back().header.HasAddressControl());
    EXPECT_TRUE(server->circuit->sent.back().header.IsCompressed());
}

TEST_F(PppAdoptionTest, TheServerWatchesTheClientByEchoes)
{
    server->link->GetLcp()->SetAttribute("EchoInterval", TimeValue(Seconds(1)));
    Begin();
    HandOver(Known());
    RunUntil(MilliSeconds(4500));
    ExpectUpAfter(1);
    EXPECT_EQ(server->circuit->Count(LCP, PppCode::ECHO_REQUEST), 3);
    EXPECT_EQ(client->circuit->Count(LCP, PppCode::ECHO_REPLY), 3);
}

// RFC 1661, section 4.1: from Opened both ends may negotiate anew, which is the server's business.
TEST_F(PppAdoptionTest, TheClientMayNegotiateAnewLater)
{
    DemandBoth(PPP_AUTH_CHAP);
    Begin();
    HandOver(Known());
    RunUntil(Seconds(2));
    client->circuit->Set(false);
    client->circuit->Set(true);
    RunUntil(Seconds(10));
    ExpectUp();
    EXPECT_EQ(client->ups, 2);
    EXPECT_FALSE(server->link->GetLcp()->IsAdopted());
    EXPECT_EQ(server->circuit->Count(CHAP, uint8_t(1)), 1) << "the old one is void";
}

// Who has the circuit after that has nothing to go on from.
TEST_F(PppAdoptionTest, IsForgottenWithTheCircuit)
{
    Begin();
    const auto adoption = Known();
    server->link->AdoptCircuit(server->circuit, adoption);
    server->link->SetCircuit(nullptr);
    server->link->SetCircuit(server->circuit);
    lac->link->SetCircuit(nullptr);
    Join(*server);
    server->circuit->Set(true);
    server->link->Open();
    RunUntil(Seconds(10));
    EXPECT_TRUE(verdicts.empty());
    ExpectUpAfter(2);
    // Nor if the circuit was down in between: the client has begun anew.
    server->link->Close();
    client->link->Close();
    RunUntil(Seconds(20));
    server->link->AdoptCircuit(server->circuit, adoption);
    server->circuit->Set(false);
    server->circuit->Set(true);
    server->link->Open();
    client->link->Open();
    RunUntil(Seconds(30));
    EXPECT_TRUE(verdicts.empty());
    ExpectUp();
}

namespace
{

/// An adoption that LCP doesn't agree to.
struct Unwanted
{
    const char* name;           //!< of the test
    PppAdoptionVerdict verdict; //!< what LCP thinks of it
    std::vector<uint8_t> sent;  //!< in place of what was sent, if not empty
    /// In place of what was received, if not empty.
    std::vector<uint8_t> received{};
};

std::ostream&
operator<<(std::ostream& os, const Unwanted& unwanted)
{
    return os << unwanted.name;
}

using Verdict = PppAdoptionVerdict;

/// The server demands CHAP, takes 1450 octets and requests a magic number.
const Unwanted UNWANTED[] = {
    {"LengthOf0", Verdict::MALFORMED, {3, 0, 0xc2, 0x23, 5}},
    {"LengthOf1", Verdict::MALFORMED, {3, 1}},
    {"LengthBeyondTheEnd", Verdict::MALFORMED, {3, 6, 0xc2, 0x23, 5}},
    {"OneOctet", Verdict::MALFORMED, {3}},
    {"ReceivedLengthBeyondTheEnd", Verdict::MALFORMED, {}, {5, 6, 1, 2, 3}},
    {"ReceivedOneOctet", Verdict::MALFORMED, {}, {5}},
    {"Repeated", Verdict::MALFORMED, {1, 4, 5, 0xaa, 3, 5, 0xc2, 0x23, 5, 3, 5, 0xc2, 0x23, 5}},
    {"ReceivedRepeated", Verdict::MALFORMED, {}, {7, 2, 7, 2}},
    {"NoAuthentication", Verdict::AUTH_MISMATCH, {1, 4, 5, 0xaa}},
    {"Pap", Verdict::AUTH_MISMATCH, {1, 4, 5, 0xaa, 3, 4, 0xc0, 0x23}},
    {"MsChapV1", Verdict::AUTH_MISMATCH, {1, 4, 5, 0xaa, 3, 5, 0xc2, 0x23, 0x80}},
    {"MsChapV2", Verdict::AUTH_MISMATCH, {1, 4, 5, 0xaa, 3, 5, 0xc2, 0x23, 0x81}},
    {"EmptyAuthentication", Verdict::AUTH_MISMATCH, {1, 4, 5, 0xaa, 3, 2}},
    {"DefaultMru", Verdict::MRU_TOO_LARGE, {3, 5, 0xc2, 0x23, 5}},
    {"Mru", Verdict::MRU_TOO_LARGE, {1, 4, 0x05, 0xab, 3, 5, 0xc2, 0x23, 5}},
    {"MruOf67", Verdict::OPTION_UNWANTED, {1, 4, 0, 67, 3, 5, 0xc2, 0x23, 5}},
    {"MruOf3Octets", Verdict::OPTION_UNWANTED, {1, 5, 5, 0xaa, 0, 3, 5, 0xc2, 0x23, 5}},
    {"MagicOf0", Verdict::OPTION_UNWANTED, {1, 4, 5, 0xaa, 3, 5, 0xc2, 0x23, 5, 5, 6, 0, 0, 0, 0}},
    {"AccmOf3Octets",
     Verdict::OPTION_UNWANTED,
     {1, 4, 5, 0xaa, 3, 5, 0xc2, 0x23, 5, 2, 5, 0, 0, 0}},
    {"PfcWithData", Verdict::OPTION_UNWANTED, {1, 4, 5, 0xaa, 3, 5, 0xc2, 0x23, 5, 7, 3, 0}},
    {"AcfcWithData", Verdict::OPTION_UNWANTED, {1, 4, 5, 0xaa, 3, 5, 0xc2, 0x23, 5, 8, 3, 0}},
    {"Quality", Verdict::OPTION_UNWANTED, {1, 4, 5, 0xaa, 3, 5, 0xc2, 0x23, 5, 4, 4, 0xc0, 0x25}},
    {"Multilink", Verdict::OPTION_UNWANTED, {1, 4, 5, 0xaa, 3, 5, 0xc2, 0x23, 5, 17, 4, 5, 0xdc}},
    {"PeersMruOf67", Verdict::PEER_UNWANTED, {}, {1, 4, 0, 67}},
    {"PeersMruOf1Octet", Verdict::PEER_UNWANTED, {}, {1, 3, 5}},
    {"PeerAsksWhoTheServerIs", Verdict::PEER_UNWANTED, {}, {3, 5, 0xc2, 0x23, 5}},
    {"PeersMagicOf0", Verdict::PEER_UNWANTED, {}, {5, 6, 0, 0, 0, 0}},
    {"EqualMagic",
     Verdict::PEER_UNWANTED,
     {1, 4, 5, 0xaa, 3, 5, 0xc2, 0x23, 5, 5, 6, 1, 2, 3, 4},
     {5, 6, 1, 2, 3, 4}},
    {"PeersCallback", Verdict::PEER_UNWANTED, {}, {13, 3, 6}},
};

/// What LCP does with each.
class PppAdoptionUnwantedTest : public PppAdoptionTest,
                                public ::testing::WithParamInterface<Unwanted>
{
};

INSTANTIATE_TEST_SUITE_P(Each,
                         PppAdoptionUnwantedTest,
                         ::testing::ValuesIn(UNWANTED),
                         [](const auto& info) { return std::string(info.param.name); });

} // namespace

// Section 4.4.5: "the LNS policy may be to enter an additional round of LCP negotiation". A request
// takes the client back from Opened (RFC 1661, section 4.1: RCR+ is tld, scr, sca).
TEST_P(PppAdoptionUnwantedTest, IsNegotiatedAnew)
{
    DemandBoth(PPP_AUTH_CHAP);
    lac->link->GetLcp()->SetAttribute("Mru", UintegerValue(1450));
    server->link->GetLcp()->SetAttribute("Mru", UintegerValue(1450));
    Begin();
    auto adoption = Known();
    adoption.sentRequest = GetParam().sent.empty() ? adoption.sentRequest : GetParam().sent;
    adoption.receivedRequest =
        GetParam().received.empty() ? adoption.receivedRequest : GetParam().received;
    HandOver(adoption);
    RunUntil(Seconds(10));
    EXPECT_EQ(verdicts, std::vector<PppAdoptionVerdict>{GetParam().verdict});
    ExpectUpAfter(2);
    EXPECT_EQ(server->link->GetPeerName(), "alice");
    EXPECT_EQ(client->link->GetMtu(), 1450);
    EXPECT_EQ(server->link->GetLcp()->GetLocalAccm(), 0xffffffff);
}

// A protocol that this end would fall back to will do, as if it had negotiated.
TEST_F(PppAdoptionTest, AFallbackWillDo)
{
    DemandBoth(PPP_AUTH_PAP);
    server->link->SetAttribute("AuthProtocol", EnumValue(PPP_AUTH_CHAP));
    server->link->GetLcp()->SetAttribute("PapFallback", BooleanValue(true));
    Begin();
    HandOver(Known());
    RunUntil(Seconds(2));
    ExpectUpAfter(1);
    EXPECT_EQ(server->link->GetPeerName(), "alice");
}

// But not if this end doesn't ask at all: nobody would answer the client.
TEST_F(PppAdoptionTest, AClientThatWasAskedInVainBeginsAnew)
{
    DemandBoth(PPP_AUTH_PAP);
    server->link->SetAttribute("AuthProtocol", EnumValue(PPP_AUTH_NONE));
    server->link->GetLcp()->SetAttribute("PapFallback", BooleanValue(true));
    Begin();
    HandOver(Known());
    RunUntil(Seconds(10));
    EXPECT_EQ(verdicts, std::vector<PppAdoptionVerdict>{PppAdoptionVerdict::AUTH_MISMATCH});
    ExpectUpAfter(2);
}

// RFC 2516, section 7: no ACFC and no ACCM where frames have no Address and Control fields.
TEST_F(PppAdoptionTest, NoAddressControlOnSuchACircuit)
{
    class BareCircuit : public PppTestCircuit
    {
      public:
        bool HasAddressControl() const override
        {
            return false;
        }
    };

    for (const auto& option : {PppOption{8, {}}, PppOption::Of32(2, 0)})
    {
        PppTestEnd bare;
        bare.circuit = CreateObject<BareCircuit>();
        std::vector<PppAdoptionVerdict> found;
        bare.link->GetLcp()->TraceConnectWithoutContext(
            "Adoption",
            Callback<void, PppAdoptionVerdict>(
                [&found](PppAdoptionVerdict verdict) { found.push_back(verdict); }));
        bare.circuit->other = PeekPointer(client->circuit);
        bare.circuit->Set(true);
        bare.link->Open();
        bare.link->AdoptCircuit(bare.circuit, {Octets({option}), {}, {}});
        bare.link->AdoptCircuit(bare.circuit, {{}, Octets({option}), {}});
        bare.link->AdoptCircuit(bare.circuit, {{}, {}, {}});
        EXPECT_EQ(found,
                  (std::vector<PppAdoptionVerdict>{Verdict::OPTION_UNWANTED,
                                                   Verdict::PEER_UNWANTED,
                                                   Verdict::ADOPTED}));
    }
}

// Whatever octets a concentrator tells, the client comes up.
TEST_F(PppAdoptionTest, AnyOctetsEndInALink)
{
    auto random = CreateObject<UniformRandomVariable>();
    random->SetStream(4711);
    DemandBoth(PPP_AUTH_CHAP);
    Begin();
    const auto known = Known();
    const auto spoil = [&random](std::vector<uint8_t>& octets) {
        for (uint32_t count = random->GetInteger(1, 4); count > 0; --count)
        {
            const auto at = random->GetInteger(0, static_cast<uint32_t>(octets.size()));
            if (at == octets.size())
            {
                octets.push_back(static_cast<uint8_t>(random->GetInteger(0, 255)));
            }
            else if (random->GetInteger(0, 3) == 0)
            {
                octets.resize(at);
            }
            else
            {
                octets[at] = static_cast<uint8_t>(random->GetInteger(0, 255));
            }
        }
    };
    lac->link->SetCircuit(nullptr);
    Join(*server);
    server->circuit->Set(true);
    for (int run = 0; run < 300; ++run)
    {
        auto adoption = known;
        spoil(adoption.sentRequest);
        spoil(adoption.receivedRequest);
        spoil(adoption.attempt->challenge);
        spoil(adoption.attempt->response);
        adoption.attempt->identifier = static_cast<uint8_t>(random->GetInteger(0, 255));
        server->link->AdoptCircuit(server->circuit, adoption);
        server->link->Open();
        RunUntil(Simulator::Now() + Seconds(60));
        // Either LCP or the wrong response ended it; a new negotiation is fine.
        server->link->SetCircuit(nullptr);
        client->circuit->Set(false);
        client->circuit->Set(true);
        server->link->SetCircuit(server->circuit);
        server->link->Open();
        client->link->Open();
        RunUntil(Simulator::Now() + Seconds(60));
        ASSERT_TRUE(client->link->IsNetworkUp()) << "run " << run;
        ASSERT_TRUE(server->link->IsNetworkUp()) << "run " << run;
    }
    EXPECT_EQ(verdicts.size(), 300U);
}
