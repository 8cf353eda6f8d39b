/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief A RADIUS server and a client, driven by packets
 *
 * The input is what happens to a RADIUS server and to a client: requests and replies, signed and
 * not, what the client is asked for, and time that passes. Whatever it is, whoever asked is told
 * once what became of it.
 */

#include "l2tp-fuzz-input.h"
#include "l2tp-fuzz-simulation.h"
#include "l2tp-fuzz-target.h"
#include "l2tp-fuzz-wire.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/l2tp-radius-selector.h"
#include "ns3/pointer.h"
#include "ns3/ppp-radius-user-table.h"
#include "ns3/radius-directory.h"
#include "ns3/radius-secret.h"
#include "ns3/radius-server.h"
#include "ns3/radius-tunnel.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <array>

using namespace ns3;

namespace
{

const char* const SECRET = "xyzzy5461"; //!< shared by all

const Ipv4Address OWN("10.1.0.1"); //!< the node's address
const Ipv4Address PEER(
    "10.1.0.2"); //!< of the server of its client, and of the client of its server

/// A server and a client, and what is done to them.
class RadiusUnderTest
{
  public:
    RadiusUnderTest()
    {
        InternetStackHelper stack;
        Ipv4StaticRoutingHelper routing;
        stack.SetRoutingHelper(routing);
        stack.SetIpv6StackInstall(false);
        stack.Install(m_node);
        m_device = DynamicCast<SimpleNetDevice>(AddSimpleDevice(m_node, m_wire));
        AddSimpleAddress(m_device, OWN);
        m_wire->onDatagram = [this](const auto& payload, uint16_t from, uint16_t to) {
            Hear(payload, from, to);
        };

        m_client->SetNode(m_node);
        m_client->AssignStreams(1);
        m_client->SetAttribute("MaxPorts", UintegerValue(1));
        m_client->AddServer({PEER, RADIUS_PORT}, SECRET);
        m_client->AddServer({Ipv4Address("10.1.0.3"), RADIUS_PORT}, SECRET);
        m_client->AddAccountingServer({PEER, RADIUS_ACCOUNTING_PORT}, SECRET);
        m_users->SetAttribute("Client", PointerValue(m_client));
        m_selector->SetAttribute("Client", PointerValue(m_client));

        FillDirectory();
        m_server->AddClient(PEER, SECRET);
        m_server->AssignStreams(10);
        m_node->AddApplication(m_server);
        FuzzSimulation::Run(MilliSeconds(1));
    }

    RadiusUnderTest(const RadiusUnderTest&) = delete;
    RadiusUnderTest& operator=(const RadiusUnderTest&) = delete;

    ~RadiusUnderTest()
    {
        m_wire->onDatagram = nullptr;
        m_selector->Dispose();
        m_users->Dispose();
        m_client->Dispose();
        m_node->Dispose();
        m_wire->Dispose();
    }

    /// Do what comes next. @param input says what
    void Step(FuzzInput& input)
    {
        const uint8_t what = input.Octet();
        switch (what & 7)
        {
        case 0:
            FuzzSimulation::Wait(what >> 3);
            break;
        case 1:
        case 2:
            Ask(what >> 3, input);
            break;
        case 3:
        case 4:
            Reply(what >> 3, input);
            break;
        case 5: {
            const bool toClient = what & 8;
            const uint16_t number = what & 16 ? RADIUS_ACCOUNTING_PORT : RADIUS_PORT;
            Deliver(input.Counted(), toClient ? number : 2000, toClient ? m_clientPort : number);
            break;
        }
        default:
            Request(what >> 3, input);
        }
    }

    /// Let all that was asked come to its end. Nobody answers any more.
    void Finish()
    {
        FuzzSimulation::RunOut();
        FuzzExpect(m_asked == m_told, "who asked is told once");
        FuzzExpect(m_client->GetPending() == 0, "nothing waits for ever");
        FuzzExpect(m_server->GetRecords().size() <=
                       m_server->GetReplies(RadiusCode::ACCOUNTING_RESPONSE),
                   "what is recorded was acknowledged");
    }

  private:
    using OctetString = std::vector<uint8_t>;

    /// Let the server know somebody.
    void FillDirectory()
    {
        RadiusAttributes profile;
        profile.Add(RadiusKeys::FRAMED_IP_ADDRESS, Ipv4Address("10.8.0.2"));
        profile.Add(RadiusKeys::FRAMED_ROUTE, "192.168.1.0/24 0.0.0.0 1");
        m_server->GetDirectory()->AddUser("alice", "wonderland", profile);
        RadiusAttributes domain;
        RadiusTunnel tunnel;
        tunnel.tag = 1;
        tunnel.serverEndpoint = "10.1.0.9";
        tunnel.password = "s3cret";
        AddRadiusTunnel(tunnel, domain);
        m_server->GetDirectory()->AddDomain("example", domain);
        m_server->GetDirectory()->AddCalledNumber("5551234", domain);
    }

    /// Let a datagram come. @param octets it @param from its source's port @param to its port
    void Deliver(const OctetString& octets, uint16_t from, uint16_t to)
    {
        FuzzWire::Deliver(m_device, octets, PEER, from, OWN, to);
        FuzzSimulation::Run(MilliSeconds(0));
    }

    /// Something is sent. @param octets the datagram @param from its source's port @param to its
    /// port
    void Hear(const OctetString& octets, uint16_t from, uint16_t to)
    {
        RadiusPacket packet;
        FuzzExpect(RadiusPacket::Parse(octets, packet) == RadiusError::NONE,
                   "what is sent is good");
        if (to == RADIUS_PORT || to == RADIUS_ACCOUNTING_PORT)
        {
            m_request = packet;
            m_clientPort = from;
            m_serverPort = to;
        }
        else
        {
            FuzzExpect(packet.Check() == RadiusError::NONE, "a reply is good");
        }
    }

    /// How a user proves who it is. @param how by what @param input says who @return it
    static PppAuthAttempt Attempt(uint8_t how, FuzzInput& input)
    {
        PppAuthAttempt attempt;
        attempt.protocol = how & 1 ? PPP_AUTH_PAP : how & 2 ? PPP_AUTH_CHAP : PPP_AUTH_MSCHAP_V2;
        attempt.name = input.CountedText();
        attempt.password = input.CountedText();
        attempt.challenge = OctetString(16, 7);
        attempt.response = OctetString(attempt.protocol == PPP_AUTH_CHAP ? 16 : 49, 8);
        return attempt;
    }

    /// Ask the client something. @param what it @param input says the rest
    void Ask(uint8_t what, FuzzInput& input)
    {
        ++m_asked;
        if (what & 8)
        {
            RadiusAttributes attributes;
            attributes.Add(RadiusKeys::ACCT_STATUS_TYPE, 1);
            attributes.Add(RadiusKeys::ACCT_SESSION_ID, std::string("1"));
            attributes.Add(RadiusKeys::ACCT_DELAY_TIME, 0);
            m_client->Account(attributes, [this](const RadiusResult&) { ++m_told; });
        }
        else if (what & 4)
        {
            L2tpTunnelQuery query;
            query.calledNumber = input.CountedText();
            if (what & 16)
            {
                query.attempt = Attempt(what, input);
            }
            m_selector->Select(query, [this](const L2tpTunnelChoice& choice) {
                ++m_told;
                FuzzExpect(choice.peers.empty() == (choice.kind != L2tpTunnelChoice::Kind::TUNNEL),
                           "who is sent into a tunnel is told which");
            });
        }
        else
        {
            m_users->Authenticate(Attempt(what, input), [this](const PppAuthVerdict& verdict) {
                ++m_told;
                FuzzExpect(verdict.message.size() <= 255, "words fit a packet of PPP");
            });
        }
        FuzzSimulation::Run(MilliSeconds(0));
    }

    /// Attributes. @param input says which @return them, in the clear
    static RadiusAttributes Attributes(FuzzInput& input)
    {
        RadiusAttributes attributes;
        for (uint8_t n = input.Octet() % 8; n > 0; --n)
        {
            const uint8_t type = input.Octet();
            OctetString value = input.Counted();
            value.resize(std::min<std::size_t>(value.size(), RADIUS_MAX_VALUE));
            attributes.Append(RadiusAttribute{type, value});
        }
        return attributes;
    }

    /// Hide what is to be hidden, unless it can't be. @param clear attributes @param asked of the
    /// request @return them as they are sent
    static RadiusAttributes Hidden(const RadiusAttributes& clear, const RadiusAuthenticator& asked)
    {
        const auto& all = clear.GetAll();
        const bool isWritable = std::none_of(all.begin(), all.end(), [](const auto& attribute) {
            return attribute.value.empty(); // a Tunnel-Password has a tag
        });
        return isWritable ? HideRadiusAttributes(clear, SECRET, asked, 7).value_or(clear) : clear;
    }

    /// Put a Message-Authenticator in front, in place of others. @param attributes receive it
    static void AddMessageAuthenticator(RadiusAttributes& attributes)
    {
        RadiusAttributes signedOnes;
        signedOnes.Append(RadiusAttribute{RadiusKeys::MESSAGE_AUTHENTICATOR.type, OctetString(16)});
        attributes.Remove(RadiusKeys::MESSAGE_AUTHENTICATOR.type);
        signedOnes.Append(attributes);
        attributes = signedOnes;
    }

    /// Answer the client's last request. @param how how right @param input says the rest
    void Reply(uint8_t how, FuzzInput& input)
    {
        constexpr std::array<RadiusCode, 4> CODES{RadiusCode::ACCESS_ACCEPT,
                                                  RadiusCode::ACCESS_REJECT,
                                                  RadiusCode::ACCESS_CHALLENGE,
                                                  RadiusCode::ACCOUNTING_RESPONSE};
        RadiusPacket reply;
        reply.code = CODES[how & 3];
        reply.identifier = how & 4 ? input.Octet() : m_request.identifier;
        reply.attributes = Hidden(Attributes(input), m_request.authenticator);
        // An attribute of that type that is no Message-Authenticator can't be signed.
        AddMessageAuthenticator(reply.attributes);
        if (!(how & 8))
        {
            SignRadiusReply(reply, m_request.authenticator, SECRET);
        }
        Deliver(reply.Serialize(), how & 16 ? RADIUS_PORT : m_serverPort, m_clientPort);
    }

    /// Ask the server. @param how how right @param input says the rest
    void Request(uint8_t how, FuzzInput& input)
    {
        const bool isAccess = how & 1;
        RadiusPacket request;
        request.code = isAccess ? RadiusCode::ACCESS_REQUEST : RadiusCode::ACCOUNTING_REQUEST;
        request.identifier = input.Octet() & 3; // so that some come again
        request.authenticator.fill(isAccess ? input.Octet() & 3 : 0);
        RadiusAttributes clear = Attributes(input);
        if (how & 2)
        {
            clear.Add(RadiusKeys::NAS_IP_ADDRESS, PEER);
            clear.Add(isAccess ? RadiusKeys::USER_NAME : RadiusKeys::ACCT_SESSION_ID,
                      how & 16 ? std::string("bob@example") : std::string("alice"));
            isAccess ? clear.Add(RadiusKeys::USER_PASSWORD, std::string("wonderland"))
                     : clear.Add(RadiusKeys::ACCT_STATUS_TYPE, 1);
        }
        if (how & 16 && isAccess)
        {
            clear.Add(RadiusKeys::SERVICE_TYPE, RadiusServiceType::OUTBOUND);
        }
        request.attributes = Hidden(clear, request.authenticator);
        if (how & 4)
        {
            AddMessageAuthenticator(request.attributes);
        }
        else
        {
            request.attributes.Remove(RadiusKeys::MESSAGE_AUTHENTICATOR.type);
        }
        if (!(how & 8))
        {
            SignRadiusRequest(request, SECRET);
        }
        Deliver(request.Serialize(), 2000, isAccess ? RADIUS_PORT : RADIUS_ACCOUNTING_PORT);
    }

    Ptr<Node> m_node{CreateObject<Node>()};                                 //!< where both are
    Ptr<FuzzWire> m_wire{CreateObject<FuzzWire>()};                         //!< what it is on
    Ptr<SimpleNetDevice> m_device;                                          //!< by this
    Ptr<RadiusClient> m_client{CreateObject<RadiusClient>()};               //!< the client
    Ptr<RadiusServer> m_server{CreateObject<RadiusServer>()};               //!< the server
    Ptr<PppRadiusUserTable> m_users{CreateObject<PppRadiusUserTable>()};    //!< asks the client
    Ptr<L2tpRadiusSelector> m_selector{CreateObject<L2tpRadiusSelector>()}; //!< asks it, too
    RadiusPacket m_request;             //!< the client's last one
    uint16_t m_clientPort{0};           //!< where that came from
    uint16_t m_serverPort{RADIUS_PORT}; //!< where that went to
    uint32_t m_asked{0};                //!< what was asked
    uint32_t m_told{0};                 //!< what was answered
};

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const FuzzSimulation simulation;
    FuzzInput input(data, size);
    RadiusUnderTest radius;
    while (!input.IsAtEnd())
    {
        radius.Step(input);
    }
    radius.Finish();
    return 0;
}
