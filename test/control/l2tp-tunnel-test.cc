/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tunnel-fixture.h"

#include "ns3/log.h"

#include <iostream>
#include <sstream>

using namespace ns3;

namespace
{

/// The control connection beyond its table: what messages say, time, and faults.
class L2tpTunnelTest : public TunnelTest
{
  protected:
    /// Count what was sent. @param name the name @return how many first transmissions
    std::size_t Count(const std::string& name) const
    {
        const Texts sent = Sent();
        return std::count(sent.begin(), sent.end(), name);
    }

    /**
     * @brief Establish a new tunnel.
     * @param interval how long the peer may be silent
     * @param originates whether this end opens the tunnel
     */
    void EstablishWithHelloInterval(Time interval, bool originates)
    {
        NewTunnel();
        m_host->m_config.helloInterval = interval;
        if (originates)
        {
            Establish();
            return;
        }
        Receive(Start(Type::SCCRQ));
        Receive(L2tpControlMessage(Type::SCCCN));
        EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
    }

    /**
     * @brief Let a data message arrive.
     * @param sessionId of its header
     * @return whether the session is known
     */
    bool ReceiveData(uint16_t sessionId)
    {
        L2tpHeader header;
        header.SetTunnelId(LOCAL_ID);
        header.SetSessionId(sessionId);
        auto message = Create<Packet>(10);
        message->AddHeader(header);
        return m_tunnel->ReceiveData(header, message, 0);
    }
};

using State = L2tpTunnelState;

} // namespace

// Sections 6.1 and 6.2: the same AVPs in SCCRQ and SCCRP, with the configuration's values.
// RFC 2661: 4.4.3-06, 4.4.3-08, 4.4.3-19, 4.4.3-22, 5.3-02, 5.3-04
TEST_F(L2tpTunnelTest, StartMessagesSayWhatIsConfigured)
{
    for (const bool originates : {true, false})
    {
        NewTunnel();
        m_host->m_config.hostName = "lac.example";
        m_host->m_config.bearerCapabilities = L2tpBearer::ANALOG;
        m_host->m_config.channel.receiveWindowSize = 7;
        SetUpTunnel();
        if (originates)
        {
            m_tunnel->Open();
        }
        else
        {
            Receive(Start(Type::SCCRQ));
        }
        const auto& sent = Last(originates ? "SCCRQ" : "SCCRP");
        EXPECT_EQ(sent.message.Get(L2tpAvps::PROTOCOL_VERSION), 0x0100);
        EXPECT_EQ(sent.message.Get(L2tpAvps::FRAMING_CAPABILITIES), 3U);
        EXPECT_EQ(sent.message.Get(L2tpAvps::BEARER_CAPABILITIES), L2tpBearer::ANALOG);
        EXPECT_EQ(sent.message.Get(L2tpAvps::HOST_NAME), "lac.example");
        EXPECT_EQ(sent.message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID), LOCAL_ID);
        EXPECT_EQ(sent.message.Get(L2tpAvps::RECEIVE_WINDOW_SIZE), 7);
        // Section 3.1: 0 as long as the peer has assigned no ID.
        EXPECT_EQ(sent.header.GetTunnelId(), originates ? 0 : PEER_ID);
        EXPECT_EQ(sent.header.GetSessionId(), 0);
        EXPECT_EQ(sent.header.GetNs(), 0);
        EXPECT_EQ(sent.header.GetNr(), originates ? 0 : 1);
    }
}

// Section 5.1: what the peer says of itself is known from its first message on.
TEST_F(L2tpTunnelTest, LearnsFromTheStartMessage)
{
    Receive(Start(Type::SCCRQ));
    EXPECT_EQ(m_tunnel->GetPeerId(), PEER_ID);
    EXPECT_EQ(m_tunnel->GetPeerHostName(), "peer");
    EXPECT_EQ(m_tunnel->GetLocalId(), LOCAL_ID);
}

// Section 4.4.3: the peer's window binds from its SCCRQ or SCCRP on (case 19).
// RFC 2661: 4.4.3-25, 4.4.3-26, 5.8-11, 5.8-12
TEST_F(L2tpTunnelTest, ThePeersWindowBinds)
{
    for (const bool originates : {true, false})
    {
        for (const int window : {-1, 0, 1, 3, 65535})
        {
            NewTunnel();
            L2tpControlMessage start(originates ? Type::SCCRP : Type::SCCRQ);
            start.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION);
            start.Add(L2tpAvps::FRAMING_CAPABILITIES, uint32_t(3));
            start.Add(L2tpAvps::HOST_NAME, std::string("peer"));
            start.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, PEER_ID);
            if (window >= 0)
            {
                start.Add(L2tpAvps::RECEIVE_WINDOW_SIZE, uint16_t(window));
            }
            if (originates)
            {
                m_tunnel->Open();
                Receive(start);
            }
            else
            {
                Receive(start);
                Receive(L2tpControlMessage(Type::SCCCN));
            }
            for (int n = 0; n < 60; ++n)
            {
                Place();
            }
            for (int n = 0; n < 5; ++n)
            {
                Acknowledge();
            }
            // SCCRQ or SCCRP and the five acknowledgements open the congestion window to 7.
            const int expected = window < 0 ? 4 : std::clamp(window, 1, 7);
            EXPECT_EQ(m_tunnel->GetChannel()->GetInFlight(), expected) << window;
        }
    }
}

// Section 5.8: no acknowledgement is withheld because many messages wait for the peer's window.
// RFC 2661: 5.8-14
TEST_F(L2tpTunnelTest, AcknowledgesInTimeHoweverManyMessagesWait)
{
    Establish();
    for (int n = 0; n < 100; ++n)
    {
        Place(); // and the peer acknowledges none of them
    }
    ASSERT_GT(m_tunnel->GetChannel()->GetBacklog(), 2000U);
    const uint16_t nr = NrOfPeer() - m_tunnel->GetChannel()->GetInFlight();
    for (int n = 0; n < 12; ++n)
    {
        const L2tpControlMessage hello(Type::HELLO);
        const uint16_t ns = m_peerNs++;
        const auto header =
            L2tpHeader::MakeControl(LOCAL_ID, 0, ns, nr, L2tpByteView(hello.GetBody()).size());
        const auto reception = m_tunnel->GetChannel()->Classify(header, hello.GetBody());
        m_tunnel->ReceiveControl(header, hello.GetBody(), reception);
        const std::size_t before = SentSoFar();
        RunUntil(Simulator::Now() + MilliSeconds(50));
        ASSERT_EQ(SentSoFar(), before + 1) << n;
        EXPECT_EQ(m_host->m_sent.back().Name(), "ZLB");
        EXPECT_EQ(m_host->m_sent.back().header.GetNr(), ns + 1);
    }
}

// Section 4.4.3: until the peer has assigned an ID the Tunnel ID is 0, however often the SCCRQ is
// sent, and in the StopCCN that may follow it. That names the ID which the SCCRQ has assigned.
// RFC 2661: 4.4.3-22, 4.4.3-23, 5.3-04
TEST_F(L2tpTunnelTest, TunnelIdIsZeroUntilThePeerHasAssignedOne)
{
    m_tunnel->Open();
    Simulator::Run();
    EXPECT_EQ(SentSoFar(), 6U) << "the SCCRQ, and all of its retransmissions";
    for (const auto& sent : m_host->m_sent)
    {
        EXPECT_EQ(sent.header.GetTunnelId(), 0);
    }

    for (const bool inTime : {true, false})
    {
        NewTunnel();
        m_tunnel->Open();
        // A ZLB, which assigns nothing.
        Acknowledge();
        if (inTime)
        {
            m_tunnel->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
        }
        Simulator::Run();
        EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
        EXPECT_EQ(Sent(), Texts({"SCCRQ", "StopCCN"}));
        EXPECT_EQ(SentSoFar(), 1U + 6U);
        for (const auto& sent : m_host->m_sent)
        {
            EXPECT_EQ(sent.header.GetTunnelId(), 0);
            EXPECT_EQ(sent.message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID), LOCAL_ID);
        }
    }

    // Nor does a message that lacks the AVP assign one, or that hides it from this end; what
    // acknowledges or refuses it bears 0.
    L2tpControlMessage hidden = Start(Type::SCCRP);
    hidden.Hide("secret", [] { return uint8_t(7); });
    for (const auto role : {L2tpCallRole::LAC_INCOMING, L2tpCallRole::LNS_INCOMING})
    {
        for (const auto& reply : {L2tpControlMessage(Type::SCCRP), hidden})
        {
            NewTunnel();
            m_host->m_role = role;
            m_tunnel->Open();
            Receive(L2tpControlMessage(Type::HELLO));
            RunUntil(Simulator::Now() + MilliSeconds(50));
            EXPECT_EQ(m_host->m_sent.back().Name(), "ZLB");
            Receive(reply);
            Simulator::Run();
            EXPECT_EQ(Sent(), Texts({"SCCRQ", "StopCCN"}));
            for (const auto& sent : m_host->m_sent)
            {
                EXPECT_EQ(sent.header.GetTunnelId(), 0) << sent.Name();
            }
        }
    }
}

// Section 4.4.3: as many messages as this end's window says "before it must wait for an
// acknowledgment" are taken, even if they come the last one first.
// RFC 2661: 4.4.3-26
TEST_F(L2tpTunnelTest, TakesAsManyMessagesAsItsWindowSays)
{
    for (const bool originates : {true, false})
    {
        for (const uint16_t size : {1, 2, 4, 16, 100})
        {
            SCOPED_TRACE(size);
            NewTunnel();
            m_host->m_config.channel.receiveWindowSize = size;
            SetUpTunnel();
            if (originates)
            {
                Establish();
            }
            else
            {
                Receive(Start(Type::SCCRQ));
                Receive(L2tpControlMessage(Type::SCCCN));
            }
            const auto& start = Last(originates ? "SCCRQ" : "SCCRP").message;
            EXPECT_EQ(start.Get(L2tpAvps::RECEIVE_WINDOW_SIZE), size);
            m_host->m_delivered.clear();
            for (int n = size - 1; n >= 0; --n)
            {
                EXPECT_EQ(Take(0, m_peerNs + n, L2tpControlMessage(Type::HELLO).GetBody()),
                          n == 0 ? L2tpReception::NEW : L2tpReception::EARLY);
            }
            EXPECT_EQ(m_host->m_delivered.size(), size);
        }
    }
}

// Section 5.8: what is told as delivered is each message once, in order, whatever comes in.
TEST_F(L2tpTunnelTest, TellsOfEachMessageOnceAndInOrder)
{
    using Told = std::vector<uint16_t>;
    const auto receive = [this](const L2tpControlMessage& message, uint16_t ns) {
        m_peerNs = ns;
        Receive(message);
    };
    const L2tpControlMessage hello(Type::HELLO);
    receive(Start(Type::SCCRQ), 0);
    EXPECT_EQ(m_host->m_delivered, (Told{0}));
    receive(hello, 3);
    receive(hello, 2);
    receive(hello, 2);
    EXPECT_EQ(m_host->m_delivered, (Told{0})) << "Ns 1 is missing";
    receive(hello, 1);
    EXPECT_EQ(m_host->m_delivered, (Told{0, 1, 2, 3}));
    receive(hello, 3);
    receive(hello, 0);
    EXPECT_EQ(m_host->m_delivered, (Told{0, 1, 2, 3}));
    receive(StopCcn(), 4);
    receive(hello, 5);
    EXPECT_EQ(m_host->m_delivered, (Told{0, 1, 2, 3, 4})) << "nothing after the last message";
}

// Section 5.5: a HELLO after exactly the interval of silence, and not a tick before.
// RFC 2661: 6.5-02, 6.5-04, 6.5-05
TEST_F(L2tpTunnelTest, HelloAfterTheIntervalOfSilence)
{
    Establish();
    RunUntil(Seconds(20));
    Receive(L2tpControlMessage(Type::HELLO));
    RunToJustBefore(Seconds(80));
    EXPECT_EQ(Count("HELLO"), 0U);
    RunUntil(Seconds(80));
    EXPECT_EQ(Count("HELLO"), 1U);
    EXPECT_EQ(Last("HELLO").header.GetSessionId(), 0) << "section 6.5: for the whole tunnel";
    EXPECT_EQ(Last("HELLO").message.GetNAvps(), 1U);
}

// Section 6.5: "The Session ID in a HELLO message MUST be 0", also when there are sessions, and
// whenever it is sent.
// RFC 2661: 6.5-04
TEST_F(L2tpTunnelTest, AHelloIsAboutNoSession)
{
    Establish();
    const auto call = Place();
    Receive(Icrp(), call->GetLocalId());
    Acknowledge();
    RunUntil(Seconds(63));
    EXPECT_EQ(Last("HELLO").attempt, 3U);
    for (const auto& sent : m_host->m_sent)
    {
        EXPECT_TRUE(sent.Name() != "HELLO" || sent.header.GetSessionId() == 0);
    }
}

// Whoever sees the HELLO may dispose of the tunnel, which stays until its timer is done with it.
TEST_F(L2tpTunnelTest, MayBeDroppedByWhoSeesItsHello)
{
    Establish();
    bool stays = false;
    m_host->m_onSent = [&](const std::string& name) {
        if (name == "HELLO")
        {
            m_tunnel->Dispose();
            stays = m_tunnel->GetReferenceCount() > 1;
        }
    };
    RunUntil(Seconds(61));
    EXPECT_EQ(Count("HELLO"), 1U);
    EXPECT_TRUE(stays);
    EXPECT_EQ(m_tunnel->GetReferenceCount(), 1U);
    RunUntil(Seconds(300));
    EXPECT_EQ(Count("HELLO"), 1U);
}

// Section 5.5: "since the last data or control message was received on a tunnel".
// RFC 2661: 6.5-02
TEST_F(L2tpTunnelTest, DataIsASignOfLife)
{
    Establish();
    RunUntil(Seconds(59));
    EXPECT_FALSE(ReceiveData(1)) << "of an unknown session";
    RunToJustBefore(Seconds(119));
    EXPECT_EQ(Count("HELLO"), 0U);
    RunUntil(Seconds(119));
    EXPECT_EQ(Count("HELLO"), 1U);
}

// Section 5.5: what answers a HELLO is its acknowledgement; the next comes an interval later,
// however often: a peer that sends no HELLO of its own lives.
// RFC 2661: 6.5-01
TEST_F(L2tpTunnelTest, HelloAgainAfterEachIntervalOfSilence)
{
    Establish();
    for (int n = 1; n <= 20; ++n)
    {
        RunUntil(Seconds(60 * n));
        EXPECT_EQ(Count("HELLO"), std::size_t(n));
        Acknowledge();
    }
    EXPECT_EQ(m_tunnel->GetState(), State::ESTABLISHED);
}

// A HELLO that is not acknowledged yet is not joined by another (case 23).
// RFC 2661: 6.5-03
TEST_F(L2tpTunnelTest, HellosAreNotStacked)
{
    m_host->m_config.helloInterval = Seconds(5);
    Establish();
    RunUntil(Seconds(34));
    EXPECT_EQ(Count("HELLO"), 1U);
    EXPECT_EQ(m_tunnel->GetChannel()->GetQueueLength(), 1U);
    RunUntil(Seconds(36));
    EXPECT_EQ(m_tunnel->GetState(), State::IDLE) << "dead 31 s after the HELLO at 5 s";
    EXPECT_EQ(m_host->m_finished.size(), 1U);
}

// An interval of 0 is no keepalive, whichever end has opened the tunnel.
// RFC 2661: 6.5-01, 6.5-03
TEST_F(L2tpTunnelTest, NoHelloIfTheIntervalIsZero)
{
    for (const bool originates : {true, false})
    {
        EstablishWithHelloInterval(Seconds(0), originates);
        Simulator::Run();
        EXPECT_EQ(Count("HELLO"), 0U);
        EXPECT_EQ(m_tunnel->GetState(), State::ESTABLISHED);
    }
}

// Section 6.5: the time "SHOULD be configurable": to more than the default as well as to less,
// whichever end has opened the tunnel, for the first HELLO and for all others.
// RFC 2661: 6.5-03
TEST_F(L2tpTunnelTest, HellosKeepTheConfiguredInterval)
{
    for (const bool originates : {true, false})
    {
        for (const int seconds : {1, 20, 61, 3600})
        {
            SCOPED_TRACE(seconds);
            EstablishWithHelloInterval(Seconds(seconds), originates);
            for (std::size_t n = 0; n < 3; ++n)
            {
                const Time due = m_tunnel->GetLastReceived() + Seconds(seconds);
                RunToJustBefore(due);
                EXPECT_EQ(Count("HELLO"), n);
                RunUntil(due);
                EXPECT_EQ(Count("HELLO"), n + 1);
                Acknowledge();
            }
        }
    }
}

// The set-up time-out, exactly; for both ends of the tunnel.
TEST_F(L2tpTunnelTest, SetupTimeOut)
{
    for (const bool originates : {true, false})
    {
        NewTunnel();
        const Time start = Simulator::Now();
        if (originates)
        {
            m_tunnel->Open();
        }
        else
        {
            Receive(Start(Type::SCCRQ));
        }
        Acknowledge();
        RunToJustBefore(start + Seconds(60));
        EXPECT_NE(m_tunnel->GetState(), State::IDLE);
        EXPECT_EQ(Count("StopCCN"), 0U);
        RunUntil(start + Seconds(60));
        EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
        EXPECT_EQ(Count("StopCCN"), 1U);
        EXPECT_EQ(m_tunnel->GetClearReason(),
                  "Not in time: 1 general request to clear control connection");
    }
}

// Section 4.1: an unknown AVP with the M bit clears the tunnel, in any message about it (case 5).
// RFC 2661: 4.1-04, 4.4.2-05
TEST_F(L2tpTunnelTest, UnknownMandatoryAvpClearsTheTunnel)
{
    Receive(WithUnknownAvp(Start(Type::SCCRQ)));
    EXPECT_EQ(Sent(), Texts({"StopCCN"}));
    EXPECT_EQ(CodeOf("StopCCN"),
              L2tpResultCode::GeneralError(L2tpErrorCode::UNKNOWN_MANDATORY_AVP, "AVP 77"));
    EXPECT_EQ(Last("StopCCN").header.GetTunnelId(), PEER_ID) << "what is good in it is used";
    Acknowledge();
    Simulator::Run();
    EXPECT_EQ(m_host->m_finished.size(), 1U);
}

// Section 4.1: without the M bit it is ignored, and the next AVP is read (case 4).
// RFC 2661: 4.1-05, 4.1-06
TEST_F(L2tpTunnelTest, UnknownOptionalAvpIsIgnored)
{
    const auto with = [](const L2tpControlMessage& good) {
        L2tpControlMessage message(static_cast<Type>(good.GetType()));
        message = WithUnknownAvp(message, false);
        for (std::size_t n = 1; n < good.GetNAvps(); ++n)
        {
            message.AddRaw(good.GetAvp(n));
        }
        return message;
    };
    Receive(with(Start(Type::SCCRQ)));
    EXPECT_EQ(m_tunnel->GetState(), State::WAIT_CTL_CONN);
    EXPECT_EQ(Sent(), Texts({"SCCRP"}));
    EXPECT_EQ(m_tunnel->GetPeerHostName(), "peer");
    Receive(with(L2tpControlMessage(Type::SCCCN)));
    EXPECT_EQ(m_tunnel->GetState(), State::ESTABLISHED);
    Receive(with(L2tpControlMessage(Type::HELLO)));
    EXPECT_EQ(m_tunnel->GetState(), State::ESTABLISHED);
    Receive(with(StopCcn()));
    EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
    EXPECT_EQ(m_tunnel->GetClearReason(),
              "Receive StopCCN: 1 general request to clear control connection");
    EXPECT_EQ(m_host->m_ignored.size(), 4U);

    NewTunnel();
    m_tunnel->Open();
    Receive(with(Start(Type::SCCRP)));
    EXPECT_EQ(m_tunnel->GetState(), State::ESTABLISHED);
    EXPECT_EQ(Sent(), Texts({"SCCRQ", "SCCCN"}));
    EXPECT_EQ(m_host->m_ignored.size(), 1U);
}

// Section 7.1: a malformed AVP without the M bit is as if it were not there; with it, fatal.
// RFC 2661: 7.1-03, 7.1-04, 7.1-05, 7.1-06
TEST_F(L2tpTunnelTest, MalformedAvp)
{
    const std::vector<uint8_t> three{1, 2, 3};
    Receive(Start(Type::SCCRQ).AddRaw({0, 0, L2tpAvps::FIRMWARE_REVISION.type, three}));
    EXPECT_EQ(m_tunnel->GetState(), State::WAIT_CTL_CONN);
    EXPECT_EQ(m_host->m_ignored, Texts({"AVP 6: Firmware Revision"}));
    NewTunnel();
    Receive(Start(Type::SCCRQ)
                .AddRaw({L2tpAvp::FLAG_MANDATORY, 0, L2tpAvps::BEARER_CAPABILITIES.type, three}));
    EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
    EXPECT_EQ(CodeOf("StopCCN"),
              L2tpResultCode::GeneralError(L2tpErrorCode::LENGTH, "Bearer Capabilities"));
}

// Section 7.1: AVPs that can't be told from each other clear the tunnel (cases 1 to 3), whatever
// session the header names.
// RFC 2661: 7.1-01
TEST_F(L2tpTunnelTest, BodyThatCannotBeParsed)
{
    const std::vector<uint8_t> body{0x80, 0x08, 0, 0, 0, 0, 0, 6, 0x80, 0x05, 0, 0, 0, 1};
    for (const bool aboutSession : {false, true})
    {
        SCOPED_TRACE(aboutSession);
        NewTunnel();
        Establish();
        const auto call = Place();
        Acknowledge();
        Take(aboutSession ? call->GetLocalId() : 0, m_peerNs, body);
        EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
        EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
        EXPECT_EQ(CodeOf("StopCCN"),
                  L2tpResultCode::GeneralError(L2tpErrorCode::LENGTH,
                                               L2tpAvpErrorName(L2tpAvpError::TOO_SHORT)));
    }
}

// Section 4.4.1: an unknown message type, with and without the M bit (case 20).
// RFC 2661: 4.4.1-02, 7.1-01
TEST_F(L2tpTunnelTest, UnknownMessageType)
{
    const auto unknown = [](bool mandatory) {
        const std::vector<uint8_t> type{0, 99};
        L2tpControlMessage message;
        message.AddRaw({uint16_t(mandatory ? L2tpAvp::FLAG_MANDATORY : 0), 0, 0, type});
        return message;
    };
    Establish();
    Receive(unknown(false));
    EXPECT_EQ(m_tunnel->GetState(), State::ESTABLISHED);
    EXPECT_EQ(m_host->m_dropped, std::vector<L2tpDropReason>({L2tpDropReason::UNKNOWN_MESSAGE}));
    // Whatever session it is about, and whether there is a call or none.
    for (const bool withCall : {false, true})
    {
        for (const bool aboutSession : {false, true})
        {
            NewTunnel();
            Establish();
            const auto call = withCall ? Place() : nullptr;
            Acknowledge();
            const uint16_t session = call ? call->GetLocalId() : 1;
            Receive(unknown(true), aboutSession ? session : 0);
            EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
            EXPECT_EQ(CodeOf("StopCCN").error, uint16_t(L2tpErrorCode::OUT_OF_RANGE));
            EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
        }
    }
    // And before the tunnel stands.
    for (const bool originates : {true, false})
    {
        NewTunnel();
        if (originates)
        {
            m_tunnel->Open();
        }
        else
        {
            Receive(Start(Type::SCCRQ));
        }
        Receive(unknown(true));
        EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
        EXPECT_EQ(Sent().back(), "StopCCN");
    }
}

// Section 7.1: "a control message that is received in an improper sequence (e.g. an SCCCN sent in
// reply to an SCCRQ)", in each state of a tunnel.
// RFC 2661: 7.1-01
TEST_F(L2tpTunnelTest, MessageInAnImproperSequence)
{
    const L2tpControlMessage sccrq = Start(Type::SCCRQ);
    const L2tpControlMessage sccrp = Start(Type::SCCRP);
    const L2tpControlMessage scccn(Type::SCCCN);
    const std::vector<std::pair<State, std::vector<L2tpControlMessage>>> improper{
        {State::WAIT_CTL_REPLY, {scccn, sccrq, Icrq(), Ocrq(), Iccn(), Cdn()}},
        {State::WAIT_CTL_CONN, {sccrp, sccrq, Icrq(), Ocrq(), Iccn(), Cdn()}},
        {State::ESTABLISHED, {scccn, sccrq, sccrp}},
    };
    for (const auto& [state, messages] : improper)
    {
        for (const L2tpControlMessage& message : messages)
        {
            SCOPED_TRACE(std::string(L2tpTunnelStateName(state)) + ", " +
                         L2tpMessageName(message.GetType()));
            NewTunnel();
            if (state == State::WAIT_CTL_REPLY)
            {
                m_tunnel->Open();
            }
            else if (state == State::WAIT_CTL_CONN)
            {
                Receive(sccrq);
            }
            else
            {
                Establish();
            }
            const auto call = Place();
            Acknowledge();
            ASSERT_EQ(m_tunnel->GetState(), state);
            const std::size_t before = SentSoFar();
            Receive(message);
            EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
            EXPECT_EQ(call->GetState(), L2tpCallState::IDLE);
            EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
            EXPECT_EQ(Sent(before), Texts({"StopCCN"}));
            EXPECT_EQ(CodeOf("StopCCN"), L2tpResultCode::Of(L2tpStopResult::FSM_ERROR));
            EXPECT_NE(m_tunnel->GetClearReason(), "");
        }
    }
}

// Section 7.1: what is invalid or malformed "should be logged appropriately", whether or not it is
// about a session.
// RFC 2661: 7.1-01
TEST_F(L2tpTunnelTest, LogsWhatIsInvalidOrMalformed)
{
    const std::vector<uint8_t> unknownType{0, 99};
    L2tpControlMessage unknown;
    unknown.AddRaw({L2tpAvp::FLAG_MANDATORY, 0, 0, unknownType});
    const std::vector<uint8_t> truncated{0x80, 0x08, 0, 0, 0, 0, 0, 6, 0x80};
    const std::vector<std::pair<L2tpByteView, std::string>> faulty{
        {unknown.GetBody(), "unknown message type 99"},
        {truncated, L2tpAvpErrorName(L2tpAvpError::TRUNCATED)},
    };
    for (const auto& [body, words] : faulty)
    {
        for (const bool aboutSession : {false, true})
        {
            NewTunnel();
            Establish();
            const auto call = Place();
            Acknowledge();
            std::ostringstream log;
            std::streambuf* const before = std::clog.rdbuf(log.rdbuf());
            LogComponentEnable("L2tpTunnelDispatch", LOG_LEVEL_INFO);
            Take(aboutSession ? call->GetLocalId() : 0, m_peerNs, body);
            LogComponentDisable("L2tpTunnelDispatch", LOG_LEVEL_INFO);
            std::clog.rdbuf(before);
            EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
            EXPECT_NE(m_tunnel->GetClearReason().find(words), std::string::npos);
#ifdef NS3_LOG_ENABLE
            EXPECT_EQ(log.str().rfind("tunnel 10: faulty ", 0), 0U) << log.str();
            EXPECT_NE(log.str().find(words), std::string::npos) << log.str();
#endif
        }
    }
}

// Section 5.7: whatever is wrong with a StopCCN, the peer has let go of the tunnel (case 21).
// RFC 2661: 5.7-01
TEST_F(L2tpTunnelTest, StopCcnWithFaultsStillCloses)
{
    for (const L2tpControlMessage& stop :
         {L2tpControlMessage(Type::STOPCCN), WithUnknownAvp(StopCcn())})
    {
        NewTunnel();
        Establish();
        Receive(stop);
        EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
        EXPECT_EQ(Count("StopCCN"), 0U);
        EXPECT_EQ(m_host->m_sent.back().Name(), "ZLB");
    }
}

// Case 12 and section 5.8: what follows a StopCCN is acknowledged, and has no effect.
TEST_F(L2tpTunnelTest, NothingHappensAfterTheStopCcn)
{
    Establish();
    Receive(StopCcn());
    const std::size_t before = SentSoFar();
    EXPECT_EQ(Receive(Icrq()), L2tpReception::CLOSED);
    EXPECT_EQ(Receive(Start(Type::SCCRQ)), L2tpReception::CLOSED);
    EXPECT_EQ(Sent(before), Texts());
    EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
    EXPECT_EQ(m_tunnel->GetState(), State::IDLE);
}

// Section 7.2.1, idle: an answer to a message that belongs to no tunnel, with the peer's numbers.
TEST_F(L2tpTunnelTest, ReceiveWhileIdle)
{
    m_tunnel->ReceiveWhileIdle(L2tpHeader::MakeControl(99, 0, 7, 3, 10), Start(Type::SCCRP));
    EXPECT_EQ(Sent(), Texts({"StopCCN"}));
    EXPECT_EQ(Last("StopCCN").header.GetNs(), 3);
    EXPECT_EQ(Last("StopCCN").header.GetNr(), 8);
    EXPECT_EQ(Last("StopCCN").header.GetTunnelId(), PEER_ID);
    NewTunnel();
    m_tunnel->ReceiveWhileIdle(L2tpHeader::MakeControl(99, 0, 7, 3, 10),
                               L2tpControlMessage(Type::SCCCN));
    EXPECT_EQ(Sent(), Texts());
}
