/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief An LNS or a LAC, driven by the messages of a peer
 *
 * The input is what happens to an LNS or a LAC: control and data messages of a peer, right and
 * wrong ones, its own users' doings, and time that passes. Whatever it is, the endpoint can be
 * stopped then, and has nothing left.
 */

#include "l2tp-fuzz-input.h"
#include "l2tp-fuzz-l2tp-peer.h"
#include "l2tp-fuzz-simulation.h"
#include "l2tp-fuzz-target.h"
#include "l2tp-fuzz-ways.h"
#include "l2tp-fuzz-wire.h"
#include "l2tp-test-dialer.h"

#include "ns3/boolean.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-lac-helper.h"
#include "ns3/l2tp-lns-helper.h"
#include "ns3/l2tp-voluntary-client.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <array>
#include <optional>

using namespace ns3;

namespace
{

const char* const SECRET = "s3cret"; //!< of the tunnels, if they have one

const Ipv4Address OWN("10.1.0.1");  //!< the endpoint's address
const Ipv4Address PEER("10.1.0.2"); //!< the peer's

/// An endpoint, and what is done to it.
class EndpointUnderTest
{
  public:
    /// Make it. @param input says how
    explicit EndpointUnderTest(FuzzInput& input)
        : m_how(input.Octet()),
          m_more(input.Octet()),
          m_ways(input.Octet()),
          m_peer(m_how & HAS_SECRET ? SECRET : "")
    {
        BuildNode();
        (m_how & IS_LAC) ? BuildLac() : BuildLns();
        m_end->SetAttribute("SharedSecret", StringValue(m_how & HAS_SECRET ? SECRET : ""));
        m_end->SetAttribute("ChallengePeer",
                            BooleanValue(m_how & HAS_SECRET && m_how & CHALLENGES));
        m_end->SetAttribute("HideAvps", BooleanValue(m_how & HAS_SECRET && m_more & 1));
        m_end->SetAttribute("TieBreaker", BooleanValue(m_more & 2));
        m_end->SetAttribute("Sequencing", BooleanValue(m_more & 4));
        m_end->SetAttribute("RequireSequencing", BooleanValue(m_more & 8));
        m_end->SetAttribute("HelloInterval", TimeValue(Seconds(m_more & 16 ? 20 : 60)));
        SetFuzzWays(*m_end, m_ways);
        m_end->SetAttribute("MaxTunnels", UintegerValue(3));
        m_end->SetAttribute("MaxSessions", UintegerValue(3));
        m_end->AssignStreams(1);
        m_wire->onDatagram = [this](const auto& payload, uint16_t from, uint16_t /* to */) {
            if (from == m_end->GetPort())
            {
                m_peer.Hear(payload);
            }
        };
        FuzzSimulation::Run(MilliSeconds(1));
    }

    EndpointUnderTest(const EndpointUnderTest&) = delete;
    EndpointUnderTest& operator=(const EndpointUnderTest&) = delete;

    ~EndpointUnderTest()
    {
        if (m_dialer)
        {
            m_dialer->dialled.clear();
            m_dialer->connected.clear();
            m_dialer->released.clear();
        }
        m_wire->onDatagram = nullptr;
        m_node->Dispose();
        m_wire->Dispose();
    }

    /// Do what comes next. @param input says what
    void Step(FuzzInput& input)
    {
        const uint8_t what = input.Octet();
        const uint8_t rest = what >> 3;
        switch (what & 7)
        {
        case 0:
            FuzzSimulation::Wait(rest);
            break;
        case 1:
            ActLocally(rest, input);
            break;
        case 2:
            Deliver(m_peer.SayRaw(input), rest);
            break;
        case 3:
        case 4:
            Deliver(m_peer.SayData(input), rest);
            break;
        default:
            Deliver(m_peer.SayControl(input), rest);
        }
    }

    /// Stop the endpoint. Nobody answers any more, and it finds out.
    void Finish()
    {
        if (m_client)
        {
            m_client->HangUp();
        }
        m_end->Stop();
        FuzzSimulation::RunOut();
        FuzzExpect(m_end->GetNTunnels() == 0, "a stopped endpoint has no tunnel");
        FuzzExpect(m_end->GetNTunnelsHeld() == 0, "a stopped endpoint keeps no tunnel");
        FuzzExpect(m_end->GetNCalls() == 0, "a stopped endpoint has no call");
        FuzzExpect(m_end->GetPort() == 0, "a stopped endpoint has no port");
        const L2tpEndpointStatistics& count = m_end->GetStatistics();
        FuzzExpect(Accounted() == count.datagramsReceived, "each datagram is counted once");
        FuzzExpect(m_watched == m_cleared, "who placed a call is told once that it is cleared");
        if (!m_crashed)
        {
            FuzzExpect(count.tunnelsEstablished == count.tunnelsCleared,
                       "tunnels that were established are cleared");
            FuzzExpect(count.sessionsEstablished == count.sessionsCleared,
                       "calls that were established are cleared");
        }
        if (m_client)
        {
            FuzzExpect(!m_client->IsUp() && !m_client->GetCall(), "who hung up has no call");
        }
    }

  private:
    /// How the endpoint is, by the input's first octet.
    enum How : uint8_t
    {
        IS_LAC = 1,     //!< whether it is a LAC
        HAS_SECRET = 2, //!< whether there is a secret
        CHALLENGES = 4, //!< whether it challenges its peers
        AUTH = 8 + 16,  //!< how it asks remote systems who they are
        IPV6 = 32,      //!< whether there is IPv6 inside
        DIALS = 64,     //!< LAC: whether a client dials; LNS: whether it adopts what LACs tell
        OPEN = 128      //!< LAC: whether it accepts tunnels, and dials out
    };

    /// Make the node.
    void BuildNode()
    {
        InternetStackHelper stack;
        Ipv4StaticRoutingHelper routing;
        stack.SetRoutingHelper(routing);
        stack.SetIpv6StackInstall(m_how & IPV6);
        stack.Install(m_node);
        if (m_how & IPV6)
        {
            m_node->GetObject<Icmpv6L4Protocol>()->SetAttribute("DAD", BooleanValue(false));
        }
        m_device = DynamicCast<SimpleNetDevice>(AddSimpleDevice(m_node, m_wire));
        AddSimpleAddress(m_device, OWN);
        routing.GetStaticRouting(m_node->GetObject<Ipv4>())->SetDefaultRoute(PEER, 1);
    }

    /// Install an LNS.
    void BuildLns()
    {
        constexpr std::array<const char*, 4> PROTOCOLS{"None", "Pap", "Chap", "MsChapV2"};
        L2tpLnsHelper helper;
        helper.SetAddressPool("10.8.0.0", "255.255.255.248");
        helper.AddUser(FuzzPppPeer::USER, FuzzPppPeer::PASSWORD);
        helper.SetSessionAttribute("AuthProtocol", StringValue(PROTOCOLS[(m_how & AUTH) >> 3]));
        helper.SetSessionAttribute("AcceptProxyLcp", BooleanValue(m_how & DIALS));
        helper.SetSessionAttribute("AcceptProxyAuthen", BooleanValue(m_how & DIALS));
        if (m_how & IPV6)
        {
            helper.SetSessionAttribute("Ipv6Pool", Ipv6AddressValue("fd00:8::"));
        }
        m_end = m_lns = helper.Install(m_node);
    }

    /// Install a LAC.
    void BuildLac()
    {
        m_end = m_lac = L2tpLacHelper().Install(m_node);
        m_lac->SetAttribute("AcceptTunnels", BooleanValue(m_how & OPEN));
        if (m_how & OPEN)
        {
            m_dialer = CreateObject<L2tpTestDialer>();
            m_dialer->dialTime = m_more & 32 ? Seconds(0) : MilliSeconds(20);
            if (m_more & 4)
            {
                m_dialer->failure = L2tpResultCode::Of(L2tpCallResult::BUSY);
            }
            m_lac->SetDialer(m_dialer);
        }
        if (m_how & DIALS)
        {
            m_client = CreateObject<L2tpVoluntaryClient>();
            m_client->SetAttribute("Lac", PointerValue(m_lac));
            m_client->SetAttribute("LnsAddress", AddressValue(PEER));
            m_client->SetAttribute("Username", StringValue(FuzzPppPeer::USER));
            m_client->SetAttribute("Password", StringValue(FuzzPppPeer::PASSWORD));
            m_client->SetAttribute("Redial", BooleanValue(m_more & 64));
            m_client->SetAttribute("Ipv6", BooleanValue(m_how & IPV6));
            m_client->AssignStreams(100);
            m_node->AddApplication(m_client);
            m_client->CreateDevice();
        }
    }

    /// Let a datagram come. @param datagram it @param how from where
    void Deliver(const std::vector<uint8_t>& datagram, uint8_t how)
    {
        if (!FuzzL2tpPeer::IsFitForIp(datagram))
        {
            return;
        }
        const uint16_t from = how % 8 == 7 ? 1702 : 1701;
        const Ipv4Address source = how % 8 == 6 ? Ipv4Address("10.1.0.3") : PEER;
        FuzzWire::Deliver(m_device, datagram, source, from, OWN, 1701, how & 8 ? 3 : 0);
        FuzzSimulation::Run(how & 16 ? MilliSeconds(1) : MilliSeconds(0));
    }

    /// What the endpoint's own users do. @param what it @param input says the rest
    void ActLocally(uint8_t what, FuzzInput& input)
    {
        switch (what % 8)
        {
        case 0:
            m_end->Stop();
            break;
        case 1:
            m_end->Start();
            break;
        case 2:
            m_end->Crash();
            m_crashed = true;
            break;
        case 3:
            PlaceCall(input);
            break;
        case 4:
            if (m_client)
            {
                what & 8 ? m_client->HangUp() : m_client->Dial();
            }
            break;
        case 5: // a packet for a remote system, or for the network behind the LNS
            FuzzWire::Deliver(m_device,
                              input.Counted(),
                              PEER,
                              7,
                              Ipv4Address(0x0a080000 + input.Octet() % 8),
                              7);
            FuzzSimulation::Run(MilliSeconds(0));
            break;
        default:
            ActOnCalls(what, input);
        }
    }

    /// Place a call. @param input says with what
    void PlaceCall(FuzzInput& input)
    {
        const auto cleared = Callback<void, Ptr<L2tpCall>>([this](Ptr<L2tpCall>) { ++m_cleared; });
        const L2tpUdpAddress peer{PEER, 1701};
        L2tpCallParameters parameters;
        Ptr<L2tpCall> call;
        if (m_lns)
        {
            parameters.maximumBps = 64000;
            parameters.bearerType = L2tpBearer::DIGITAL;
            parameters.calledNumber = input.CountedText();
            call = m_lns->PlaceCall(peer, parameters, {}, cleared);
        }
        else
        {
            parameters.txConnectSpeed = 64000;
            parameters.callingNumber = input.CountedText();
            parameters.sequencingRequired = m_more & 128;
            call = m_lac->PlaceCall(peer, parameters, {}, cleared);
        }
        // One that could not be placed is null, and nobody is told of it.
        m_watched += call ? 1 : 0;
    }

    /// Have calls do what only established ones can. @param what it @param input says the rest
    void ActOnCalls(uint8_t what, FuzzInput& input)
    {
        const auto tunnels = m_end->GetTunnels();
        if (tunnels.empty())
        {
            return;
        }
        const auto& tunnel = tunnels[input.Octet() % tunnels.size()];
        if (what & 8)
        {
            tunnel->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
            return;
        }
        for (const auto& call : tunnel->GetCalls())
        {
            if (what & 16)
            {
                call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
            }
            else if (m_lac)
            {
                call->ReportErrors({input.Octet(), 2, 3, 4, 5, 6});
            }
            else
            {
                call->SetLinkInfo({0, input.Octet()});
            }
        }
    }

    /// How many datagrams were accounted for. @return it
    uint64_t Accounted() const
    {
        const L2tpEndpointStatistics& control = m_end->GetStatistics();
        const auto data = m_end->GetDataStatistics();
        uint64_t count =
            control.controlReceived + control.zlbReceived + control.duplicates + data->rxPackets;
        for (std::size_t n = 0; n < static_cast<std::size_t>(L2tpDropReason::SEND_SESSION_DOWN);
             ++n)
        {
            // These two were counted as received before.
            if (n != static_cast<std::size_t>(L2tpDropReason::UNKNOWN_MESSAGE) &&
                n != static_cast<std::size_t>(L2tpDropReason::UNEXPECTED_MESSAGE))
            {
                count += control.controlDropped[n] + data->dropped[n];
            }
        }
        return count;
    }

    const uint8_t m_how;                            //!< of How
    const uint8_t m_more;                           //!< attributes of the endpoint
    const uint8_t m_ways;                           //!< more of them
    FuzzL2tpPeer m_peer;                            //!< whom it talks to
    Ptr<Node> m_node{CreateObject<Node>()};         //!< where it is
    Ptr<FuzzWire> m_wire{CreateObject<FuzzWire>()}; //!< what it is on
    Ptr<SimpleNetDevice> m_device;                  //!< by this
    Ptr<L2tpEndpoint> m_end;                        //!< it
    Ptr<L2tpLns> m_lns;                             //!< the same, if it is an LNS
    Ptr<L2tpLac> m_lac;                             //!< the same, if it is a LAC
    Ptr<L2tpTestDialer> m_dialer;                   //!< of the LAC, if it has one
    Ptr<L2tpVoluntaryClient> m_client;              //!< of the LAC, if it has one
    uint32_t m_watched{0};                          //!< calls that were placed
    uint32_t m_cleared{0};                          //!< calls that were cleared of those
    bool m_crashed{false};                          //!< whether it ever crashed
};

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const FuzzSimulation simulation;
    FuzzInput input(data, size);
    EndpointUnderTest endpoint(input);
    while (!input.IsAtEnd())
    {
        endpoint.Step(input);
    }
    endpoint.Finish();
    return 0;
}
