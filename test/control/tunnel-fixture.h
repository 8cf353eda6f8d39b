/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_TUNNEL_FIXTURE_H
#define L2TP_TEST_TUNNEL_FIXTURE_H

#include "channel-fixture.h"
#include "l2tp-acceptable-ocrq.h"

#include "ns3/double.h"
#include "ns3/l2tp-tunnel.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/// An endpoint of one tunnel, that does what the test says and notes what it is told.
class FakeTunnelHost : public L2tpTunnelHost
{
  public:
    /// A control message that was sent.
    struct Sent
    {
        Time at;                    //!< when
        L2tpHeader header;          //!< its header
        L2tpControlMessage message; //!< its AVPs; none if it is a ZLB
        uint32_t attempt;           //!< 1 for the first transmission

        /// What it is called. @return "SCCRQ" and so on, or "ZLB"
        std::string Name() const
        {
            return message.GetNAvps() == 0 ? "ZLB" : L2tpMessageName(message.GetType());
        }
    };

    FakeTunnelHost()
    {
        m_config.retransmission.SetTypeId("ns3::L2tpExponentialBackoff");
        m_config.congestion.SetTypeId("ns3::L2tpSlowStart");
        m_config.acknowledgement.SetTypeId("ns3::L2tpDelayedAcknowledgement");
        m_config.queueing.SetTypeId("ns3::L2tpKeepEarly");
        m_ids->SetAttribute("Min", DoubleValue(1));
        m_ids->SetAttribute("Max", DoubleValue(65535));
        m_ids->SetStream(1);
    }

    const std::string& GetSecretFor(const std::string& /* hostName */) const override
    {
        return m_config.sharedSecret;
    }

    const L2tpTunnelConfig& GetTunnelConfig() const override
    {
        return m_config;
    }

    L2tpCallRole GetCallRole() const override
    {
        return m_role;
    }

    Ptr<RandomVariableStream> GetIdStream() const override
    {
        return m_ids;
    }

    std::shared_ptr<L2tpDataStatistics> GetDataStatistics() const override
    {
        return m_data;
    }

    std::shared_ptr<L2tpChallenges> GetChallenges() const override
    {
        return m_challenges;
    }

    std::optional<L2tpResultCode> JudgeTunnel(const L2tpTunnel&, const L2tpControlMessage&) override
    {
        return m_tunnelRefusal;
    }

    std::optional<L2tpResultCode> JudgeCall(const L2tpTunnel&, const L2tpControlMessage&) override
    {
        return m_callRefusal;
    }

    void TunnelChanged(L2tpTunnel& tunnel, L2tpTunnelState old, L2tpTunnelEvent event) override
    {
        m_log.push_back(std::string("tunnel ") + L2tpTunnelStateName(old) + " -> " +
                        L2tpTunnelStateName(tunnel.GetState()) + ": " + L2tpTunnelEventName(event));
        if (m_onTunnelChanged)
        {
            m_onTunnelChanged(tunnel);
        }
    }

    void CallChanged(L2tpCall& call, L2tpCallState old, L2tpCallEvent event) override
    {
        m_log.push_back(std::string("call ") + L2tpCallStateName(old) + " -> " +
                        L2tpCallStateName(call.GetState()) + ": " + L2tpCallEventName(event));
        if (m_onCallChanged)
        {
            m_onCallChanged(call);
        }
    }

    void CallEstablished(L2tpCall& call) override
    {
        m_established.push_back(&call);
    }

    void CallCleared(L2tpCall& call) override
    {
        m_cleared.push_back(&call);
        if (m_onCallCleared)
        {
            m_onCallCleared(call);
        }
    }

    void OpenBearer(L2tpCall& call) override
    {
        m_dialled.push_back(&call);
        if (m_onOpenBearer)
        {
            m_onOpenBearer(call);
        }
    }

    void WanErrorsReceived(L2tpCall& call) override
    {
        m_wanErrors.push_back(call.GetCallErrors());
    }

    void LinkInfoReceived(L2tpCall& call) override
    {
        m_linkInfos.push_back(call.GetAccm());
    }

    void ControlSent(const L2tpTunnel&,
                     const L2tpHeader& header,
                     Ptr<const Packet> packet,
                     uint32_t attempt) override
    {
        std::vector<uint8_t> octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        Sent sent{Simulator::Now(), header, {}, attempt};
        const L2tpByteView body = L2tpByteView(octets).Sub(header.GetSerializedSize());
        EXPECT_EQ(L2tpControlMessage::Parse(body, sent.message), L2tpAvpError::NONE);
        if (!body.empty())
        {
            sent.message.Reveal(m_config.sharedSecret);
            // What is sent is never at fault, and has nothing that a receiver would ignore.
            const auto fault = sent.message.Check();
            EXPECT_FALSE(fault) << sent.Name() << ": " << fault->code.message;
            EXPECT_EQ(sent.message.GetIgnored(), 0U) << sent.Name();
            // Sections 4.4.2 and 4.4.3: for people to read, in UTF-8; ASCII is.
            const auto code = sent.message.Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode{});
            for (const char letter :
                 code.message + sent.message.Get(L2tpAvps::VENDOR_NAME).value_or(""))
            {
                EXPECT_TRUE(letter >= ' ' && letter <= '~') << sent.Name();
            }
        }
        m_sent.push_back(sent);
        if (m_onSent)
        {
            m_onSent(m_sent.back().Name());
        }
    }

    void ControlDelivered(const L2tpTunnel&, uint16_t ns, uint16_t, L2tpByteView) override
    {
        m_delivered.push_back(ns);
    }

    void ControlDropped(L2tpDropReason reason) override
    {
        // The path of these tests leads nowhere; what was sent is noted by ControlSent().
        if (reason != L2tpDropReason::SEND_NO_ROUTE)
        {
            m_dropped.push_back(reason);
        }
    }

    void AvpIgnored(const L2tpTunnel&, uint16_t vendor, uint16_t type) override
    {
        m_ignored.push_back(L2tpAvpLabel(vendor, type));
    }

    void ZeroWindowOffered(const L2tpTunnel&) override
    {
        ++m_zeroWindows;
    }

    void TunnelFinished(L2tpTunnel&) override
    {
        m_finished.push_back(Simulator::Now());
    }

    L2tpTunnelConfig m_config;                          //!< how to behave
    L2tpCallRole m_role{L2tpCallRole::LNS_INCOMING};    //!< of calls it knows nothing of
    std::optional<L2tpResultCode> m_tunnelRefusal;      //!< why not to have the tunnel
    std::optional<L2tpResultCode> m_callRefusal;        //!< why not to take the call
    std::vector<std::string> m_log;                     //!< changes of state
    std::vector<Ptr<L2tpCall>> m_established;           //!< calls established
    std::vector<Ptr<L2tpCall>> m_cleared;               //!< calls cleared
    std::vector<Ptr<L2tpCall>> m_dialled;               //!< calls whose bearers were to be opened
    std::vector<L2tpCallErrors> m_wanErrors;            //!< what WENs told
    std::vector<L2tpAccm> m_linkInfos;                  //!< what SLIs told
    std::vector<Sent> m_sent;                           //!< messages sent
    std::vector<uint16_t> m_delivered;                  //!< Ns of the messages delivered
    std::vector<L2tpDropReason> m_dropped;              //!< why messages were dropped
    std::vector<Time> m_finished;                       //!< when the tunnel had finished
    uint32_t m_zeroWindows{0};                          //!< windows of 0 that were offered
    std::vector<std::string> m_ignored;                 //!< AVPs that were ignored
    std::function<void(L2tpTunnel&)> m_onTunnelChanged; //!< what a change causes
    std::function<void(L2tpCall&)> m_onCallChanged;     //!< what a change causes
    std::function<void(L2tpCall&)> m_onCallCleared;     //!< what a clearing causes
    std::function<void(L2tpCall&)> m_onOpenBearer;      //!< how the bearer answers
    std::function<void(const std::string&)> m_onSent;   //!< what a message of a name causes
    Ptr<UniformRandomVariable> m_ids{CreateObject<UniformRandomVariable>()}; //!< IDs
    std::shared_ptr<L2tpDataStatistics> m_data{
        std::make_shared<L2tpDataStatistics>()}; //!< counts data
    std::shared_ptr<L2tpChallenges> m_challenges{
        std::make_shared<L2tpChallenges>()}; //!< what was asked
};

/// A tunnel whose peer is the test.
class TunnelTest : public ChannelTest
{
  protected:
    using Type = L2tpMessageType;
    using Texts = std::vector<std::string>;

    static constexpr uint16_t LOCAL_ID = 10;      //!< the tunnel's own ID
    static constexpr uint16_t PEER_ID = 20;       //!< the ID that the peer assigns
    static constexpr uint16_t PEER_SESSION = 200; //!< the Session ID that the peer assigns

    TunnelTest()
    {
        NewTunnel();
    }

    ~TunnelTest() override
    {
        m_tunnel->Dispose();
    }

    /// Begin with a new host and a new tunnel.
    void NewTunnel()
    {
        if (m_tunnel)
        {
            m_tunnel->Dispose();
        }
        m_host = std::make_unique<FakeTunnelHost>();
        SetUpTunnel();
    }

    /// Put a new tunnel into the host as it is.
    void SetUpTunnel()
    {
        m_tunnel = CreateObject<L2tpTunnel>();
        m_tunnel->Setup(m_host.get(),
                        LOCAL_ID,
                        Create<L2tpUdpPath>(CreateObject<L2tpUdpPort>(),
                                            Ipv4Address::GetAny(),
                                            L2tpUdpAddress{Ipv4Address("10.0.0.2"), 1701}));
        m_peerNs = 0;
    }

    /// @name Messages of the peer, with the AVPs that they must have
    /// @{
    static L2tpControlMessage Start(Type type)
    {
        L2tpControlMessage message(type);
        message.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION);
        message.Add(L2tpAvps::FRAMING_CAPABILITIES, uint32_t(3));
        message.Add(L2tpAvps::BEARER_CAPABILITIES, uint32_t(3));
        message.Add(L2tpAvps::HOST_NAME, std::string("peer"));
        message.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, PEER_ID);
        message.Add(L2tpAvps::RECEIVE_WINDOW_SIZE, uint16_t(16));
        return message;
    }

    static L2tpControlMessage StopCcn(const L2tpResultCode& code = {1, {}, {}})
    {
        L2tpControlMessage message(Type::STOPCCN);
        message.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, PEER_ID);
        message.Add(L2tpAvps::RESULT_CODE, code);
        return message;
    }

    static L2tpControlMessage Icrq(uint16_t id = PEER_SESSION)
    {
        L2tpControlMessage message = Assign(Type::ICRQ, id);
        message.Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(7));
        return message;
    }

    static L2tpControlMessage Icrp(uint16_t id = PEER_SESSION)
    {
        return Assign(Type::ICRP, id);
    }

    static L2tpControlMessage Iccn()
    {
        return Connect(Type::ICCN);
    }

    static L2tpControlMessage Ocrq(uint16_t id = PEER_SESSION)
    {
        return AcceptableOcrq(id);
    }

    static L2tpControlMessage Ocrp(uint16_t id = PEER_SESSION)
    {
        return Assign(Type::OCRP, id);
    }

    static L2tpControlMessage Occn()
    {
        return Connect(Type::OCCN);
    }

    /// A message that assigns a Session ID. @param type which @param id it @return the message
    static L2tpControlMessage Assign(Type type, uint16_t id)
    {
        L2tpControlMessage message(type);
        message.Add(L2tpAvps::ASSIGNED_SESSION_ID, id);
        return message;
    }

    /// A message that says that a call is connected. @param type which @return the message
    static L2tpControlMessage Connect(Type type)
    {
        L2tpControlMessage message(type);
        message.Add(L2tpAvps::TX_CONNECT_SPEED, uint32_t(64000));
        message.Add(L2tpAvps::FRAMING_TYPE, uint32_t(L2tpFraming::SYNCHRONOUS));
        return message;
    }

    static L2tpControlMessage Cdn(uint16_t id = PEER_SESSION)
    {
        L2tpControlMessage message(Type::CDN);
        message.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
        message.Add(L2tpAvps::ASSIGNED_SESSION_ID, id);
        return message;
    }

    /// Add an AVP that nobody knows. @param message to what @param mandatory its M bit
    /// @return the message
    static L2tpControlMessage WithUnknownAvp(L2tpControlMessage message, bool mandatory = true)
    {
        const std::vector<uint8_t> value{1, 2};
        message.AddRaw({uint16_t(mandatory ? L2tpAvp::FLAG_MANDATORY : 0), 0, 77, value});
        return message;
    }

    /// @}

    /**
     * @brief Let a message of the peer arrive, which acknowledges all that was sent.
     * @param message the message
     * @param sessionId for its header
     * @return what the channel made of it
     */
    L2tpReception Receive(const L2tpControlMessage& message, uint16_t sessionId = 0)
    {
        return Take(sessionId, m_peerNs++, message.GetBody());
    }

    /// Let a ZLB of the peer arrive, which acknowledges all that was sent.
    void Acknowledge()
    {
        Take(0, m_peerNs, {});
    }

    /// Let the tunnel take a message, or a ZLB. @param sessionId Session ID @param ns Ns
    /// @param body what follows the header @return what the channel made of it
    L2tpReception Take(uint16_t sessionId, uint16_t ns, L2tpByteView body)
    {
        const auto header =
            L2tpHeader::MakeControl(LOCAL_ID, sessionId, ns, NrOfPeer(), body.size());
        const L2tpReception reception = m_tunnel->GetChannel()->Classify(header, body);
        m_tunnel->ReceiveControl(header, body, reception);
        return reception;
    }

    /// The Ns that the peer expects next. @return one more than the last that was sent
    uint16_t NrOfPeer() const
    {
        uint16_t nr = 0;
        for (const auto& sent : m_host->m_sent)
        {
            nr = sent.Name() == "ZLB" ? nr : std::max<uint16_t>(nr, sent.header.GetNs() + 1);
        }
        return nr;
    }

    /**
     * @brief What was sent, the first transmissions only and no ZLB.
     * @param from what to leave out, as SentSoFar() counted it
     * @return the names
     */
    Texts Sent(std::size_t from = 0) const
    {
        Texts names;
        for (std::size_t n = from; n < m_host->m_sent.size(); ++n)
        {
            const auto& sent = m_host->m_sent[n];
            if (sent.attempt == 1 && sent.Name() != "ZLB")
            {
                names.push_back(sent.Name());
            }
        }
        return names;
    }

    /// How much was sent. @return the number of datagrams
    std::size_t SentSoFar() const
    {
        return m_host->m_sent.size();
    }

    /**
     * @brief The last message of a type that was sent.
     * @param name its name
     * @return it
     */
    const FakeTunnelHost::Sent& Last(const std::string& name) const
    {
        const auto it = std::find_if(m_host->m_sent.rbegin(),
                                     m_host->m_sent.rend(),
                                     [&](const auto& sent) { return sent.Name() == name; });
        EXPECT_NE(it, m_host->m_sent.rend()) << "no " << name << " was sent";
        static const FakeTunnelHost::Sent NONE{};
        return it == m_host->m_sent.rend() ? NONE : *it;
    }

    /// The Result Code of the last message of a type. @param name its name @return the code
    L2tpResultCode CodeOf(const std::string& name) const
    {
        return Last(name).message.Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode{});
    }

    /// Establish the tunnel as its originator.
    void Establish()
    {
        m_tunnel->Open();
        L2tpControlMessage reply = Start(Type::SCCRP);
        if (const auto challenge = Last("SCCRQ").message.Get(L2tpAvps::CHALLENGE))
        {
            reply.Add(
                L2tpAvps::CHALLENGE_RESPONSE,
                L2tpTunnelAuth::Respond(Type::SCCRP, m_host->m_config.sharedSecret, *challenge));
        }
        Receive(reply);
        Acknowledge();
        ASSERT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
    }

    /// Place a call. @return the call
    Ptr<L2tpCall> Place()
    {
        L2tpCallParameters parameters;
        parameters.serialNumber = 5;
        Ptr<L2tpCall> call = m_tunnel->MakeIncomingCall();
        if (call)
        {
            call->Ring(parameters);
        }
        return call;
    }

    /// Ask the peer for an outgoing call. @return the call
    Ptr<L2tpCall> PlaceOutgoing()
    {
        L2tpCallParameters parameters;
        parameters.serialNumber = 5;
        Ptr<L2tpCall> call = m_tunnel->MakeOutgoingCall();
        if (call)
        {
            call->Request(parameters);
        }
        return call;
    }

    /// Make a new tunnel with an established call. @param role of the call @return the call
    Ptr<L2tpCall> Established(L2tpCallRole role)
    {
        NewTunnel();
        m_host->m_config.helloInterval = Seconds(0);
        m_host->m_role =
            IsL2tpCallAtLac(role) ? L2tpCallRole::LAC_INCOMING : L2tpCallRole::LNS_INCOMING;
        Establish();
        Ptr<L2tpCall> call;
        switch (role)
        {
        case L2tpCallRole::LAC_INCOMING:
            call = Place();
            Receive(Icrp(), call->GetLocalId());
            break;
        case L2tpCallRole::LNS_INCOMING:
            Receive(Icrq());
            call = m_tunnel->GetCalls().at(0);
            Receive(Iccn(), call->GetLocalId());
            break;
        case L2tpCallRole::LAC_OUTGOING:
            Receive(Ocrq());
            call = m_tunnel->GetCalls().at(0);
            call->BearerAnswered({64000});
            break;
        case L2tpCallRole::LNS_OUTGOING:
            call = PlaceOutgoing();
            Receive(Ocrp(), call->GetLocalId());
            Receive(Occn(), call->GetLocalId());
            break;
        case L2tpCallRole::COUNT:
            break;
        }
        Acknowledge();
        EXPECT_EQ(call->GetState(), L2tpCallState::ESTABLISHED);
        return call;
    }

    static constexpr L2tpCallRole ROLES[]{L2tpCallRole::LAC_INCOMING,
                                          L2tpCallRole::LNS_INCOMING,
                                          L2tpCallRole::LAC_OUTGOING,
                                          L2tpCallRole::LNS_OUTGOING}; //!< all there are

    std::unique_ptr<FakeTunnelHost> m_host; //!< the endpoint
    Ptr<L2tpTunnel> m_tunnel;               //!< the tunnel
    uint16_t m_peerNs{0};                   //!< Ns of the peer's next message
};

} // namespace ns3

#endif /* L2TP_TEST_TUNNEL_FIXTURE_H */
