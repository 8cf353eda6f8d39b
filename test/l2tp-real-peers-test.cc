/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Peculiarities of real peers that an endpoint puts up with, each in a test of its own, and a list
// of which tests cover the cases that have broken real implementations.

#include "l2tp-scripted-peer.h"

#include "ns3/uinteger.h"

#include <set>
#include <string>

using namespace ns3;

namespace
{

/// LCP Configure-Request without options, with Address and Control octets.
const std::vector<uint8_t> LCP_REQUEST{0xff, 0x03, 0xc0, 0x21, 1, 1, 0, 4};
/// What it is answered by.
const std::vector<uint8_t> LCP_ACK{0xc0, 0x21, 2, 1, 0, 4};

class L2tpRealPeersTest : public L2tpScriptedPeerTest
{
  protected:
    /**
     * @brief Make the octets of a control message.
     * @param header its header
     * @param message it
     */
    static std::vector<uint8_t> OctetsOf(const L2tpHeader& header,
                                         const L2tpControlMessage& message = L2tpControlMessage())
    {
        std::vector<uint8_t> octets(header.GetSerializedSize());
        header.Write(octets.data());
        octets.insert(octets.end(), message.GetBody().begin(), message.GetBody().end());
        return octets;
    }

    /**
     * @brief Make the octets of a data message for the call, by hand.
     * @param flags the first two octets
     * @param fields what is between the IDs and the frame
     * @param length whether the Length is there, which the flags must say as well
     */
    std::vector<uint8_t> Data(uint16_t flags,
                              const std::vector<uint8_t>& fields = {},
                              bool length = false) const
    {
        std::vector<uint8_t> octets;
        const auto put = [&octets](uint16_t value) {
            octets.push_back(static_cast<uint8_t>(value >> 8));
            octets.push_back(static_cast<uint8_t>(value));
        };
        put(flags);
        if (length)
        {
            put(static_cast<uint16_t>(8 + fields.size() + LCP_REQUEST.size()));
        }
        put(tunnelId);
        put(sessionId);
        octets.insert(octets.end(), fields.begin(), fields.end());
        octets.insert(octets.end(), LCP_REQUEST.begin(), LCP_REQUEST.end());
        return octets;
    }

    /// Expect that PPP answers a data message. @param octets the message
    void ExpectAnswer(const std::vector<uint8_t>& octets)
    {
        peer->received.clear();
        const uint64_t before = end->GetDataStatistics()->rxPackets;
        peer->Send(octets);
        Wait();
        EXPECT_EQ(end->GetDataStatistics()->rxPackets, before + 1);
        EXPECT_TRUE(Heard(LCP_ACK));
    }
};

} // namespace

// Section 3.1: the Length is optional in data messages. Linux never sends one.
TEST_F(L2tpRealPeersTest, DataWithAndWithoutLength)
{
    TalkToLns();
    OpenCall();
    ExpectAnswer(Data(0x0002));
    ExpectAnswer(Data(0x4002, {}, true));
}

// Section 3.1: xl2tpd and freeRtr set the O bit, with an Offset Size of 0 too. Padding is
// undefined, of any length, also one that is longer than what is looked at first.
TEST_F(L2tpRealPeersTest, DataWithOffset)
{
    TalkToLns();
    OpenCall();
    ExpectAnswer(Data(0x0202, {0, 0}));
    for (const uint8_t size : {1, 4, 5, 6, 7, 8, 9, 100, 255})
    {
        SCOPED_TRACE(+size);
        std::vector<uint8_t> padded{0, size};
        padded.resize(2 + size, 0xa5);
        ExpectAnswer(Data(0x0202, padded));
        ExpectAnswer(Data(0x4202, padded, true));
    }
}

// Section 3.1: "All reserved bits MUST be set to 0 on outgoing messages and ignored on incoming
// messages."
// RFC 2661: 3.1-02
TEST_F(L2tpRealPeersTest, ReservedBitsInTheHeader)
{
    TalkToLns();
    constexpr uint16_t RESERVED = 0x34f0;
    auto sccrq = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL);
    auto octets = OctetsOf(L2tpHeader::MakeControl(0, 0, ns++, 0, sccrq.GetBody().size()), sccrq);
    octets[0] |= RESERVED >> 8;
    octets[1] |= RESERVED & 0xff;
    peer->Send(octets);
    Wait();
    EXPECT_EQ(peer->Count(L2tpMessageType::SCCRP), 1U);
    tunnelId = Lns()->GetTunnels().at(0)->GetLocalId();
    Say(L2tpControlMessage(L2tpMessageType::SCCCN));
    Call();
    Say(Iccn(), sessionId);
    ExpectAnswer(Data(0x0002 | RESERVED));
}

// Section 3.1: "In data messages, Nr is reserved and [...] MUST be ignored upon receipt." Some fill
// it in as in control messages.
// RFC 2661: 3.1-10
TEST_F(L2tpRealPeersTest, NrInDataMessages)
{
    TalkToLns();
    OpenCall();
    uint8_t ns = 0;
    for (const uint16_t nr : {0x0000, 0x0001, 0x0100, 0x7fff, 0x8000, 0xffff})
    {
        SCOPED_TRACE(nr);
        ExpectAnswer(Data(0x0802, {0, ns++, uint8_t(nr >> 8), uint8_t(nr)}));
    }
}

// Only the Message Type has its place (section 4.4.1: it "MUST be the first AVP").
TEST_F(L2tpRealPeersTest, AvpsInAnotherOrder)
{
    TalkToLns();
    L2tpControlMessage sccrq(L2tpMessageType::SCCRQ);
    sccrq.Add(L2tpAvps::RECEIVE_WINDOW_SIZE, uint16_t(8));
    sccrq.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, PEER_TUNNEL);
    sccrq.Add(L2tpAvps::HOST_NAME, std::string("backwards"));
    sccrq.Add(L2tpAvps::FRAMING_CAPABILITIES, uint32_t(1));
    sccrq.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION);
    Say(sccrq);
    const Ptr<L2tpTunnel> tunnel = Lns()->GetTunnels().at(0);
    EXPECT_EQ(tunnel->GetPeerHostName(), "backwards");
    EXPECT_EQ(tunnel->GetPeerId(), PEER_TUNNEL);
    tunnelId = tunnel->GetLocalId();
    Say(L2tpControlMessage(L2tpMessageType::SCCCN));
    L2tpControlMessage icrq(L2tpMessageType::ICRQ);
    icrq.Add(L2tpAvps::CALLING_NUMBER, std::string("555"));
    icrq.Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(9));
    icrq.Add(L2tpAvps::ASSIGNED_SESSION_ID, PEER_SESSION);
    Say(icrq);
    sessionId = tunnel->GetCalls().at(0)->GetLocalId();
    L2tpControlMessage iccn(L2tpMessageType::ICCN);
    iccn.Add(L2tpAvps::FRAMING_TYPE, uint32_t(1));
    iccn.Add(L2tpAvps::TX_CONNECT_SPEED, uint32_t(64000));
    Say(iccn, sessionId);
    EXPECT_EQ(Lns()->GetStatistics().sessionsEstablished, 1U);
}

// Windows sets the M bit on AVPs that the RFC has it clear for: what is known is taken either way.
TEST_F(L2tpRealPeersTest, MandatoryBitsThatTheRfcHasClear)
{
    TalkToLns();
    OpenTunnel();
    const std::vector<uint8_t> channel{0, 0, 0, 1};
    Say(Icrq().AddRaw({L2tpAvp::FLAG_MANDATORY, 0, L2tpAvps::PHYSICAL_CHANNEL_ID.type, channel}));
    EXPECT_EQ(peer->Count(L2tpMessageType::ICRP), 1U);
}

// Section 5.8: acknowledgements may take all the retransmissions to come. openl2tp waits 500 ms
// with each.
TEST_F(L2tpRealPeersTest, AcknowledgementsThatComeLate)
{
    TalkToLns();
    OpenTunnel();
    peer->Send(tunnelId, 0, ns++, Nr(), Icrq());
    RunUntil(Simulator::Now() + Seconds(20));
    EXPECT_EQ(peer->Count(L2tpMessageType::ICRP), 5U) << "after 0, 1, 3, 7 and 15 s";
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
    Acknowledge();
    RunUntil(Simulator::Now() + Seconds(20));
    EXPECT_EQ(peer->Count(L2tpMessageType::ICRP), 5U);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
}

// Section 5.5: a HELLO may come at any time in an established tunnel.
TEST_F(L2tpRealPeersTest, HelloRightBehindTheScccn)
{
    TalkToLns();
    Say(L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL));
    tunnelId = Lns()->GetTunnels().at(0)->GetLocalId();
    peer->Send(tunnelId, 0, ns++, 1, L2tpControlMessage(L2tpMessageType::SCCCN));
    peer->Send(tunnelId, 0, ns++, 1, L2tpControlMessage(L2tpMessageType::HELLO));
    Wait();
    EXPECT_EQ(peer->received.back().header.GetNr(), 3);
    EXPECT_TRUE(peer->received.back().IsZlb());
    Call();
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
}

// A peer that draws a new Tie Breaker for each retransmission sends the same SCCRQ all the same: it
// has the same Assigned Tunnel ID and Ns (sections 4.4.3 and 5.8).
TEST_F(L2tpRealPeersTest, RepeatedSccrqWithAFreshTieBreaker)
{
    TalkToLns();
    for (uint64_t value = 1; value <= 3; ++value)
    {
        auto sccrq = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL);
        sccrq.Add(L2tpAvps::TIE_BREAKER, value);
        peer->Send(0, 0, 0, 0, sccrq);
        Wait();
    }
    EXPECT_EQ(Lns()->GetNTunnelsHeld(), 1U);
    EXPECT_EQ(Lns()->GetStatistics().duplicates, 2U);
    EXPECT_EQ(Dropped(L2tpDropReason::TIE_LOST), 0U);
}

// Section 5.3: the Session ID of an SCCRQ "MUST be sent as 0"; one that is not means nothing.
TEST_F(L2tpRealPeersTest, SessionIdsInMessagesAboutTheTunnel)
{
    TalkToLns();
    Say(L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL), 4711);
    EXPECT_EQ(peer->Last(L2tpMessageType::SCCRP).header.GetSessionId(), 0);
    tunnelId = Lns()->GetTunnels().at(0)->GetLocalId();
    Say(L2tpControlMessage(L2tpMessageType::SCCCN), 4711);
    Say(L2tpControlMessage(L2tpMessageType::HELLO), 4711);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    Say(StopCcn(), 4711);
    EXPECT_EQ(Lns()->GetNTunnels(), 0U);
    EXPECT_EQ(peer->Count(L2tpMessageType::STOPCCN), 0U);
}

// A ZLB acknowledges for the whole tunnel, whatever its Session ID.
TEST_F(L2tpRealPeersTest, ZlbWithASessionId)
{
    TalkToLns();
    OpenTunnel();
    Call();
    const Ptr<L2tpControlChannel> channel = Lns()->GetTunnels().at(0)->GetChannel();
    EXPECT_EQ(channel->GetInFlight(), 1);
    peer->Send(tunnelId, sessionId, ns, Nr());
    peer->Send(tunnelId, 999, ns, Nr());
    Wait();
    EXPECT_EQ(channel->GetInFlight(), 0);
    EXPECT_EQ(Lns()->GetStatistics().zlbReceived, 2U);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
}

// Section 5.8: the Nr of a retransmission "MUST be updated"; who repeats the datagram as it was
// acknowledges nothing new, and is acknowledged again.
TEST_F(L2tpRealPeersTest, RetransmissionsWithTheOldNr)
{
    TalkToLns();
    OpenTunnel();
    peer->Send(tunnelId, 0, ns, 1, Icrq());
    Wait();
    Acknowledge();
    const std::size_t before = peer->received.size();
    for (const uint16_t nr : {1, 0})
    {
        peer->Send(tunnelId, 0, ns, nr, Icrq());
        Wait();
    }
    EXPECT_EQ(Lns()->GetStatistics().duplicates, 2U);
    ASSERT_EQ(peer->received.size(), before + 2);
    EXPECT_TRUE(peer->received.back().IsZlb());
    EXPECT_EQ(peer->received.back().header.GetNr(), ns + 1);
    EXPECT_EQ(Lns()->GetNCalls(), 1U);
}

// Section 4.4.3: xl2tpd, go-l2tp and npppd ignore the Receive Window Size. What is in order is
// taken however many come at once; what is too early is dropped, counted, and comes again.
TEST_F(L2tpRealPeersTest, MoreMessagesThanTheWindowAllows)
{
    Build();
    vpn->SetLnsAttribute("ReceiveWindowSize", UintegerValue(4));
    TalkToLns();
    OpenTunnel();
    for (uint16_t n = 0; n < 20; ++n)
    {
        peer->Send(tunnelId, 0, ns++, Nr(), Icrq(100 + n));
    }
    Wait();
    EXPECT_EQ(Lns()->GetNCalls(), 20U);
    const uint16_t missing = ns++;
    for (uint16_t n = 0; n < 10; ++n)
    {
        peer->Send(tunnelId, 0, ns++, Nr(), Icrq(200 + n));
    }
    Wait();
    EXPECT_EQ(Dropped(L2tpDropReason::OUT_OF_WINDOW), 7U);
    EXPECT_EQ(Lns()->GetNCalls(), 20U);
    ns = missing;
    for (uint16_t n = 0; n < 11; ++n)
    {
        Say(Icrq(199 + n));
    }
    EXPECT_EQ(Lns()->GetNCalls(), 31U);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
}

// Section 5.8: "A value of 0 for the Receive Window Size AVP is invalid." With less than 1 nothing
// would ever be sent.
TEST_F(L2tpRealPeersTest, AWindowOfZeroIsTakenAsOne)
{
    TalkToLns();
    auto sccrq = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL);
    sccrq.Add(L2tpAvps::RECEIVE_WINDOW_SIZE, uint16_t(0));
    Say(sccrq);
    EXPECT_EQ(Lns()->GetStatistics().zeroWindows, 1U);
    tunnelId = Lns()->GetTunnels().at(0)->GetLocalId();
    Say(L2tpControlMessage(L2tpMessageType::SCCCN));
    // Two calls: the second answer waits for the first to be acknowledged.
    const uint16_t nr = Nr();
    peer->Send(tunnelId, 0, ns++, nr, Icrq(88));
    peer->Send(tunnelId, 0, ns++, nr, Icrq(89));
    Wait();
    EXPECT_EQ(peer->Count(L2tpMessageType::ICRP), 1U);
    Acknowledge();
    EXPECT_EQ(peer->Count(L2tpMessageType::ICRP), 2U);
}

// Section 8.1: the initiator "picks an available source UDP port (which may or may not be 1701)".
TEST_F(L2tpRealPeersTest, ALacOnAnEphemeralPort)
{
    TalkToLns(54321);
    OpenCall();
    ExpectAnswer(Data(0x0002));
    EXPECT_EQ(Lns()->GetTunnels().at(0)->GetPath()->GetPeer().port, 54321);
}

// RFC 1661, section 6.6: LCP packets are always sent with Address and Control. A peer that leaves
// them out from the first packet on is understood all the same.
TEST_F(L2tpRealPeersTest, PppWithoutAddressAndControl)
{
    TalkToLns();
    OpenCall();
    peer->SendData(tunnelId, sessionId, {0xc0, 0x21, 1, 1, 0, 4});
    Wait();
    EXPECT_TRUE(Heard(LCP_ACK));
}

// RFC 2661, section 4.4.2: Windows 2000 sends a Result Code of 2 octets only. (Case 9.)
TEST_F(L2tpRealPeersTest, ResultCodesWithoutAnErrorCode)
{
    TalkToLns();
    OpenTunnel();
    Call();
    L2tpControlMessage cdn(L2tpMessageType::CDN);
    const std::vector<uint8_t> code{0, 3};
    cdn.AddRaw({L2tpAvp::FLAG_MANDATORY, 0, L2tpAvps::RESULT_CODE.type, code});
    cdn.Add(L2tpAvps::ASSIGNED_SESSION_ID, PEER_SESSION);
    Say(cdn, sessionId);
    EXPECT_EQ(Lns()->GetNCalls(), 0U);
    EXPECT_EQ(peer->Count(L2tpMessageType::STOPCCN), 0U);
}

// Section 4.4.4: a CDN may bear Session ID 0. A StopCCN whose Assigned Tunnel ID is not the one
// that set the tunnel up is meant for the tunnel that it is addressed to. (Case 21.)
TEST_F(L2tpRealPeersTest, GoodByesThatQuoteTheWrongId)
{
    TalkToLns();
    OpenTunnel();
    Call();
    L2tpControlMessage cdn(L2tpMessageType::CDN);
    cdn.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
    cdn.Add(L2tpAvps::ASSIGNED_SESSION_ID, PEER_SESSION);
    Say(cdn, 0);
    EXPECT_EQ(Lns()->GetNCalls(), 0U);
    L2tpControlMessage stop(L2tpMessageType::STOPCCN);
    stop.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, tunnelId);
    stop.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    Say(stop);
    EXPECT_EQ(Lns()->GetNTunnels(), 0U);
    EXPECT_EQ(peer->received.back().header.GetTunnelId(), PEER_TUNNEL);
}

// Section 5.5: a peer that never acknowledges a HELLO (Android 9 and 10) is given up after a full
// cycle, but not while it sends anything, so that no HELLO is sent. (Case 23.)
TEST_F(L2tpRealPeersTest, APeerThatIgnoresHello)
{
    TalkToLns();
    OpenTunnel();
    for (uint32_t n = 0; n < 10; ++n)
    {
        RunUntil(Simulator::Now() + Seconds(59));
        Acknowledge();
    }
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    EXPECT_EQ(peer->Count(L2tpMessageType::HELLO), 0U);
    const Time silent = Simulator::Now();
    RunUntil(silent + Seconds(90));
    EXPECT_GT(peer->Count(L2tpMessageType::HELLO), 0U);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
    RunUntil(silent + Seconds(92));
    EXPECT_EQ(Lns()->GetNTunnels(), 0U);
}

// Section 3.1: a Length that is no length of a control message. (Case 3.)
// RFC 2661: 7.1-02
TEST_F(L2tpRealPeersTest, ALengthThatCannotBe)
{
    TalkToLns();
    OpenTunnel();
    const L2tpControlMessage hello(L2tpMessageType::HELLO);
    auto octets =
        OctetsOf(L2tpHeader::MakeControl(tunnelId, 0, ns, Nr(), hello.GetBody().size()), hello);
    uint64_t sent = 0;
    for (uint16_t length = 0; length < 100; ++length)
    {
        if (length == L2tpHeader::CONTROL_SIZE || length == octets.size())
        {
            continue; // a ZLB with octets behind it, and the message as it is
        }
        octets[2] = static_cast<uint8_t>(length >> 8);
        octets[3] = static_cast<uint8_t>(length);
        if (length < L2tpHeader::CONTROL_SIZE || length > octets.size())
        {
            peer->Send(octets);
            ++sent;
        }
    }
    Wait();
    EXPECT_EQ(Dropped(L2tpDropReason::HEADER_LENGTH), sent);
    EXPECT_EQ(Lns()->GetNTunnels(), 1U);
}

namespace
{

/// A case that has broken real implementations, and the tests that show that it breaks nothing
/// here.
struct RobustnessCase
{
    int number;                     //!< as test comments quote it
    const char* what;               //!< what a peer does
    std::vector<const char*> tests; //!< what covers it; empty for what is not modelled yet
};

const std::vector<RobustnessCase> CASES{
    {1, "AVP Length 0", {"L2tpAvp.LengthBelowSixIsAnError"}},
    {2,
     "AVP Length 1 to 5",
     {"L2tpAvp.LengthBelowSixIsAnError", "L2tpTunnelTest.BodyThatCannotBeParsed"}},
    {3,
     "AVP longer than the message; header Length against the datagram",
     {"L2tpAvp.OverrunIsAnError",
      "L2tpHeader.LengthIsComparedWithTheDatagram",
      "L2tpHeader.OctetsBehindLengthAreNotPayload",
      "L2tpRealPeersTest.ALengthThatCannotBe"}},
    {4,
     "unknown optional AVP, then a good one",
     {"L2tpControlMessage.UnknownOptionalAvpThenAGoodOne",
      "L2tpTunnelTest.UnknownOptionalAvpIsIgnored"}},
    {5,
     "unknown mandatory AVP in an SCCRQ and an ICRQ",
     {"L2tpTunnelTest.UnknownMandatoryAvpClearsTheTunnel",
      "L2tpCallTest.UnknownMandatoryAvpClearsTheCall"}},
    {6,
     "a vendor's AVP numbered as one of the RFC",
     {"L2tpControlMessage.VendorAvpNumberedAsAnRfcOne"}},
    {7,
     "hidden AVP with the wrong secret, a false length, or no Random Vector",
     {"L2tpAvpHiding.WithoutTheRightSecret",
      "L2tpAvpHiding.LengthsThatCannotBe",
      "L2tpAvpHiding.BeforeTheRandomVectorNothingIsRevealed"}},
    {8, "the longest numbers and texts", {"L2tpControlMessage.LongestTexts"}},
    {9,
     "AVPs of the wrong size; Result Code of 2 octets",
     {"L2tpControlMessage.WrongSizes",
      "L2tpControlMessage.ResultCodeOfTwoOctets",
      "L2tpRealPeersTest.ResultCodesWithoutAnErrorCode"}},
    {10, "Offset Size beyond the packet", {"L2tpHeader.OffsetIsComparedWithTheMessage"}},
    {11,
     "data before ICCN, after CDN, for nobody",
     {"L2tpEndpointTest.CountsDataForSessionsThatAreNotUp"}},
    {12,
     "the right IDs from the wrong place",
     {"L2tpEndpointTest.DropsWhatComesFromTheWrongPlace"}},
    {13,
     "Nr of messages never sent; Ns from 65535 to 0",
     {"L2tpControlChannelTest.AnNrThatAcknowledgesMoreThanWasSentIsRefused",
      "L2tpControlChannelTest.SequenceNumbersWrap"}},
    {14,
     "a ZLB, then a message with its Ns",
     {"L2tpControlChannelTest.AZlbThenAMessageWithTheSameNs"}},
    {15,
     "a duplicate, which must be acknowledged; the last ZLB lost",
     {"L2tpControlChannelTest.ADuplicateIsAcknowledgedAtOnceAndNotDelivered",
      "L2tpControlChannelCloseTest.ALostZlbIsMadeGoodDuringTheLinger"}},
    {16,
     "an early message; a gap that is filled, or never",
     {"L2tpControlChannelTest.EarlyMessagesWaitForTheGapToBeFilled",
      "L2tpControlChannelTest.AGapThatIsNeverFilledIsNeverSkipped"}},
    {17,
     "an SCCRQ twice; a lost SCCRP",
     {"L2tpEndpointTest.MakesOneTunnelOfARepeatedSccrq",
      "L2tpRealPeersTest.RepeatedSccrqWithAFreshTieBreaker"}},
    {18,
     "ICRQ before SCCCN, or after a wrong Challenge Response",
     {"L2tpCallTest.IcrqBeforeScccnClearsTheTunnel",
      "L2tpTunnelAuthTest.TheRecipientJudgesTheAnswer"}},
    {19,
     "Receive Window Size 0, 1, 65535 or absent",
     {"L2tpControlMessage.ReceiveWindowSizeOfAnyValue",
      "L2tpControlChannelTimerTest.AnAbsentWindowIsFourAndZeroIsOne",
      "L2tpRealPeersTest.AWindowOfZeroIsTakenAsOne",
      "L2tpRealPeersTest.MoreMessagesThanTheWindowAllows"}},
    {20,
     "SLI, WEN, unknown message types",
     {"L2tpTunnelTest.UnknownMessageType", "L2tpControlMessage.UnknownMessageType"}},
    {21,
     "CDN with Session ID 0; good-byes that quote the wrong ID",
     {"L2tpCallTest.CdnWithSessionIdZeroFindsTheCallByThePeersId",
      "L2tpRealPeersTest.GoodByesThatQuoteTheWrongId"}},
    {22,
     "SCCRQs of both ends: a Tie Breaker of one, a lower one, equal ones",
     {"L2tpTieBreakerTest.WhoSendsOneWinsAgainstWhoDoesNot",
      "L2tpTieBreakerTest.TheLowerValueWins",
      "L2tpTieBreakerTest.EqualValuesLoseBoth"}},
    {23,
     "a peer that ignores HELLO; HELLO under load",
     {"L2tpRealPeersTest.APeerThatIgnoresHello"}},
    // Of the two halves, the translator itself is not modelled yet.
    {24,
     "two clients behind one address; a port that changes in the SCCRP",
     {"L2tpMiddleboxTest.TwoClientsBehindOneNat",
      "L2tpMiddleboxTest.AFirewallStopsASccrpFromAnotherPort",
      "L2tpLacTest.FollowsAnSccrpFromAnotherPortAndNothingAfterIt",
      "L2tpDataPlaneTest.DataGoesWhereTheSccrpCameFrom"}},
    {25,
     "an LNS that negotiates LCP anew after proxy LCP; the ID of a proxied challenge",
     {"L2tpProxyPppTest.ProxyLcpCanBeSwitchedOff", "L2tpProxyPppTest.ChapIsGoneOnWith"}},
    {26,
     "sequence numbers in data, switched on by the LNS in mid-session",
     {"L2tpDataPlaneTest.LnsSwitchesSequencingDuringTheSession",
      "L2tpDataPlaneTest.LacFollowsAnLnsLikeLinux"}},
    {27,
     "a server that restarts",
     {"L2tpOutageTest.ComesBackWhenTheLnsWasStoppedAndStarted",
      "L2tpOutageTest.NoticesByHelloThatTheLnsVanished"}},
};

} // namespace

// A test that is renamed or removed is missed here.
TEST(L2tpRobustnessCases, AreEachCoveredByATestThatIsThere)
{
    std::set<std::string> tests;
    const auto* all = ::testing::UnitTest::GetInstance();
    for (int s = 0; s < all->total_test_suite_count(); ++s)
    {
        const auto* suite = all->GetTestSuite(s);
        for (int t = 0; t < suite->total_test_count(); ++t)
        {
            tests.insert(std::string(suite->name()) + "." + suite->GetTestInfo(t)->name());
        }
    }
    for (std::size_t n = 0; n < CASES.size(); ++n)
    {
        EXPECT_EQ(CASES[n].number, static_cast<int>(n) + 1);
        for (const char* test : CASES[n].tests)
        {
            EXPECT_EQ(tests.count(test), 1U) << "case " << CASES[n].number << ": " << test;
        }
    }
    EXPECT_EQ(CASES.size(), 27U);
}
