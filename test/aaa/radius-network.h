/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TEST_RADIUS_NETWORK_H
#define TEST_RADIUS_NETWORK_H

#include "aaa/radius-octets.h"
#include "transport/two-nodes.h"

#include "ns3/radius-client.h"
#include "ns3/radius-secret.h"
#include "ns3/radius-server.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/// The secret that client and server share in tests.
inline constexpr const char* RADIUS_TEST_SECRET = "xyzzy5461";

/**
 * @brief A RADIUS client at 10.1.0.1, and a server at 10.1.0.2, or whatever a test puts there.
 */
class RadiusNetworkTest : public TwoNodesTest
{
  protected:
    RadiusNetworkTest()
        : m_client(CreateObject<RadiusClient>())
    {
        m_client->SetNode(m_nodes[0]);
        m_client->AssignStreams(7);
        m_client->TraceConnectWithoutContext(
            "Send",
            Callback<void, const RadiusPacket&, const L2tpUdpAddress&, uint32_t>(
                [this](const RadiusPacket& packet, const L2tpUdpAddress& server, uint32_t tries) {
                    m_sent.push_back({Simulator::Now(), packet, server, tries});
                }));
    }

    void TearDown() override
    {
        m_client->Dispose();
        TwoNodesTest::TearDown();
    }

    /// A request that the client has sent.
    struct Sent
    {
        Time time;             //!< when
        RadiusPacket packet;   //!< what
        L2tpUdpAddress server; //!< to whom
        uint32_t tries;        //!< the how-manieth time
    };

    /// The server's address. @param port its port @return it
    static L2tpUdpAddress At(uint16_t port, const char* address = "10.1.0.2")
    {
        return {Ipv4Address(address), port};
    }

    /// Install a server that knows the client. @return the server, which runs from the beginning
    Ptr<RadiusServer> InstallServer()
    {
        auto server = CreateObject<RadiusServer>();
        server->AddClient(Ipv4Address("10.1.0.1"), RADIUS_TEST_SECRET);
        server->AssignStreams(9);
        m_nodes[1]->AddApplication(server);
        server->Initialize();
        return server;
    }

    /// Let the client know the server for access and accounting.
    void UseServer()
    {
        m_client->AddServer(At(RADIUS_PORT), RADIUS_TEST_SECRET);
        m_client->AddAccountingServer(At(RADIUS_ACCOUNTING_PORT), RADIUS_TEST_SECRET);
    }

    /// A port of the server's node that does as a test says with each datagram.
    struct FakeServer
    {
        using Function = std::function<void(const RadiusPacket&, const L2tpUdpAddress&)>;

        /// Open it. @param node where @param number its port @param function takes each request
        FakeServer(Ptr<Node> node, uint16_t number, Function function)
            : port(CreateObject<L2tpUdpPort>()),
              take(function)
        {
            port->Open(node, number, MakeBoundCallback(&FakeServer::Receive, this));
        }

        /// Send octets. @param octets them @param to to whom @param from from which address
        void Send(const std::vector<uint8_t>& octets,
                  const L2tpUdpAddress& to,
                  const L2tpIpAddress& from = L2tpIpAddress())
        {
            Create<L2tpUdpPath>(port, from, to)->Send(Create<Packet>(octets.data(), octets.size()));
        }

        /// Take a datagram.
        static void Receive(FakeServer* self,
                            Ptr<Packet> packet,
                            const L2tpUdpAddress& from,
                            const L2tpIpAddress&)
        {
            std::vector<uint8_t> octets(packet->GetSize());
            packet->CopyData(octets.data(), octets.size());
            RadiusPacket request;
            EXPECT_EQ(RadiusPacket::Parse(octets, request), RadiusError::NONE);
            self->requests.push_back(octets);
            self->ports.push_back(from.port);
            if (self->take)
            {
                self->take(request, from);
            }
        }

        Ptr<L2tpUdpPort> port;                      //!< the port
        Function take;                              //!< takes each request
        std::vector<std::vector<uint8_t>> requests; //!< what has arrived
        std::vector<uint16_t> ports;                //!< from which ports
    };

    /// Make a good reply. @param code its Code @param request what it answers @return it
    static RadiusPacket Reply(RadiusCode code, const RadiusPacket& request)
    {
        RadiusPacket reply;
        reply.code = code;
        reply.identifier = request.identifier;
        if (code != RadiusCode::ACCOUNTING_RESPONSE)
        {
            reply.attributes.Append(RadiusAttribute{80, std::vector<uint8_t>(16)});
        }
        SignRadiusReply(reply, request.authenticator, RADIUS_TEST_SECRET);
        return reply;
    }

    /// What a user sends to get in. @param name its name @param password its password @return it
    static RadiusAttributes Login(const std::string& name, const std::string& password)
    {
        RadiusAttributes clear;
        clear.Add(RadiusKeys::USER_NAME, name);
        clear.Add(RadiusKeys::USER_PASSWORD, password);
        return clear;
    }

    /// An Accounting-Request. @param session Acct-Session-Id @return it
    static RadiusAttributes Start(const std::string& session)
    {
        RadiusAttributes attributes;
        attributes.Add(RadiusKeys::ACCT_STATUS_TYPE, 1);
        attributes.Add(RadiusKeys::ACCT_SESSION_ID, session);
        attributes.Add(RadiusKeys::ACCT_DELAY_TIME, 0);
        return attributes;
    }

    /// Note answers. @return what is to be called with one
    RadiusClient::ResultCallback Note()
    {
        return [this](const RadiusResult& result) {
            m_results.push_back(result);
            m_times.push_back(Simulator::Now());
        };
    }

    Ptr<RadiusClient> m_client;          //!< the client, on A
    std::vector<Sent> m_sent;            //!< what it has sent
    std::vector<RadiusResult> m_results; //!< the answers
    std::vector<Time> m_times;           //!< when they came
};

} // namespace ns3

#endif /* TEST_RADIUS_NETWORK_H */
