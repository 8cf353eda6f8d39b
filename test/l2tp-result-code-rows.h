/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_RESULT_CODE_ROWS_H
#define L2TP_TEST_RESULT_CODE_ROWS_H

#include "l2tp-scripted-peer.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-result-code.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <functional>
#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

class L2tpResultCodesTest;

/// Which end of the tunnel sends a code.
enum class L2tpResultCodeEnd
{
    LAC,
    LNS
};

/// An event that clears a tunnel or a call with a message.
struct L2tpResultCodeRow
{
    const char* event;     //!< what happens, in the words of the table
    L2tpResultCodeEnd end; //!< who says so, in the test
    L2tpMessageType type;  //!< by what, STOPCCN or CDN
    const char* code;      //!< the Result Code AVP in words, Error Message included
    const char* section;   //!< of RFC 2661
    std::function<void(L2tpResultCodesTest&)> provoke; //!< makes it happen
};

/// What tests are called by. @param row it @param stream where its event is printed
inline void
PrintTo(const L2tpResultCodeRow& row, std::ostream* stream)
{
    *stream << row.event;
}

class L2tpResultCodesTest : public L2tpScriptedPeerTest,
                            public ::testing::WithParamInterface<L2tpResultCodeRow>
{
  public:
    /// All rows, in the order of the tables.
    static const std::vector<L2tpResultCodeRow>& Rows();

  protected:
    /// Build the network, with all Result Codes noted that an end sends. @param from which
    void Watch(L2tpResultCodeEnd from)
    {
        Build(2);
        const auto channel = from == L2tpResultCodeEnd::LAC ? net->access[0] : net->internet;
        channel->watch = [this, from](const L2tpTestDatagram& datagram) {
            const Ipv4Address address =
                from == L2tpResultCodeEnd::LAC ? net->GetHostAddress(0) : net->lnsAddress;
            const auto code = datagram.message.Get(L2tpAvps::RESULT_CODE);
            if (datagram.from.address == address && code)
            {
                const auto type = static_cast<L2tpMessageType>(datagram.message.GetType());
                seen.emplace_back(type, code->Describe(type));
            }
        };
    }

    /// Say an SCCRQ with something more or less. @param message it
    void SayStart(const L2tpControlMessage& message)
    {
        TalkToLns();
        Say(message);
    }

    /// An SCCRQ with all AVPs that it needs but one. @param without the AVP that is left out
    static L2tpControlMessage StartWithout(uint16_t without)
    {
        L2tpControlMessage message;
        const auto complete = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL);
        for (std::size_t i = 0; i < complete.GetNAvps(); ++i)
        {
            if (complete.GetAvp(i).type != without)
            {
                message.AddRaw(complete.GetAvp(i));
            }
        }
        return message;
    }

    /// Add an AVP of any octets, with the M bit. @param message to what @param type its type
    /// @param value its value @param flags more flags
    static L2tpControlMessage With(L2tpControlMessage message,
                                   uint16_t type,
                                   const std::vector<uint8_t>& value,
                                   uint16_t flags = 0)
    {
        message.AddRaw({static_cast<uint16_t>(L2tpAvp::FLAG_MANDATORY | flags), 0, type, value});
        return message;
    }

    /// Let clients dial the LNS of the network, and a while pass. @param clients how many
    void Dial(uint32_t clients = 1)
    {
        NodeContainer hosts;
        for (uint32_t i = 0; i < clients; ++i)
        {
            hosts.Add(net->hosts.Get(i));
        }
        tunnels = vpn->Install(hosts, net->lns);
        L2tpVoluntaryHelper::AssignStreams(tunnels, 1000);
        RunUntil(Seconds(5));
    }

    std::vector<std::pair<L2tpMessageType, std::string>> seen; //!< Result Codes sent
};

inline const std::vector<L2tpResultCodeRow>&
L2tpResultCodesTest::Rows()
{
    using Test = L2tpResultCodesTest;
    using Type = L2tpMessageType;
    static const std::vector<L2tpResultCodeRow> ROWS{
        {"the endpoint is stopped",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "6 requester is being shut down",
         "4.4.2",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             t.end->Stop();
             t.Wait();
         }},
        {"the last call is cleared, and KeepTunnel is false",
         L2tpResultCodeEnd::LAC,
         Type::STOPCCN,
         "1 general request to clear control connection",
         "5.6",
         [](Test& t) {
             t.TalkToLac();
             t.AcceptTunnel();
             t.Client()->HangUp();
             t.Wait();
             t.Acknowledge();
         }},
        {"a tunnel is not established within SetupTimeout",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "1 general request to clear control connection",
         "4.4.2",
         [](Test& t) {
             t.TalkToLns();
             t.Say(L2tpTestPeer::Start(Type::SCCRQ, PEER_TUNNEL));
             t.tunnelId = t.end->GetTunnels().at(0)->GetLocalId();
             t.Acknowledge();
             RunUntil(Seconds(62));
         }},
        {"an SCCRQ, and AcceptTunnels is false",
         L2tpResultCodeEnd::LAC,
         Type::STOPCCN,
         "4 requester is not authorized to establish a control channel",
         "4.4.2",
         [](Test& t) {
             t.TalkToLac();
             t.peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(Type::SCCRQ, 78));
             t.Wait();
         }},
        {"a Challenge, and no SharedSecret",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "4 requester is not authorized to establish a control channel",
         "5.1.1",
         [](Test& t) {
             t.SayStart(L2tpTestPeer::Start(Type::SCCRQ, PEER_TUNNEL)
                            .Add(L2tpAvps::CHALLENGE, std::string(16, 'x')));
         }},
        {"a wrong Challenge Response, or none",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "4 requester is not authorized to establish a control channel",
         "5.1.1",
         [](Test& t) {
             t.vpn->SetLnsAttribute("SharedSecret", StringValue("secret"));
             t.vpn->SetLnsAttribute("ChallengePeer", BooleanValue(true));
             t.SayStart(L2tpTestPeer::Start(Type::SCCRQ, PEER_TUNNEL));
             t.tunnelId = t.end->GetTunnels().at(0)->GetLocalId();
             t.Say(L2tpControlMessage(Type::SCCCN));
         }},
        {"a Protocol Version other than 1",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "5/256 protocol version not supported",
         "4.4.2",
         [](Test& t) {
             t.SayStart(StartWithout(L2tpAvps::PROTOCOL_VERSION.type)
                            .Add(L2tpAvps::PROTOCOL_VERSION, uint16_t(0x0200)));
         }},
        {"one tunnel more than MaxTunnels",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "2/4 general error: insufficient resources (all tunnels are taken)",
         "4.4.2",
         [](Test& t) {
             t.vpn->SetLnsAttribute("MaxTunnels", UintegerValue(1));
             t.TalkToLns();
             t.OpenTunnel();
             t.peer->Send(0, 0, 0, 0, L2tpTestPeer::Start(Type::SCCRQ, 78));
             t.Wait();
         }},
        {"answers pile up beyond MaxBacklog",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "2/4 general error: insufficient resources (too many messages wait to be acknowledged)",
         "5.8",
         [](Test& t) {
             t.vpn->SetLnsAttribute("MaxBacklog", UintegerValue(4096));
             t.TalkToLns();
             t.OpenTunnel();
             const uint16_t nr = t.Nr();
             for (uint16_t id = 1; t.end->GetNTunnels() == 1 && id < 1000; ++id)
             {
                 t.peer->Send(t.tunnelId, 0, t.ns++, nr, Icrq(id));
                 t.Wait();
             }
             t.Acknowledge();
             t.Acknowledge();
         }},
        {"an SCCRP to a Tunnel ID that nobody has",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "7 finite state machine error",
         "7.2.1",
         [](Test& t) {
             t.TalkToLns();
             t.tunnelId = 4711;
             t.Say(L2tpTestPeer::Start(Type::SCCRP, PEER_TUNNEL));
         }},
        {"an SCCRQ, SCCRP or SCCCN out of sequence",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "7 finite state machine error",
         "7.2.1",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             t.Say(L2tpControlMessage(Type::SCCCN));
         }},
        {"a message about a call before the tunnel is established",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "7 finite state machine error",
         "5.1",
         [](Test& t) {
             t.SayStart(L2tpTestPeer::Start(Type::SCCRQ, PEER_TUNNEL));
             t.tunnelId = t.end->GetTunnels().at(0)->GetLocalId();
             t.Say(Icrq());
         }},
        {"AVPs that can't be told from each other",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "2/2 general error: length is wrong (avp-length-below-6)",
         "7.1",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             std::vector<uint8_t> octets(L2tpHeader::CONTROL_SIZE);
             L2tpHeader::MakeControl(t.tunnelId, 0, t.ns, t.Nr(), 14).Write(octets.data());
             for (const uint8_t octet : {0x80, 8, 0, 0, 0, 0, 0, 6, 0x80, 5, 0, 0, 0, 1})
             {
                 octets.push_back(octet);
             }
             t.peer->Send(octets);
             t.Wait();
         }},
        {"an AVP with the M bit of the wrong size, about the tunnel",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "2/2 general error: length is wrong (Framing Capabilities)",
         "7.1",
         [](Test& t) {
             t.SayStart(With(StartWithout(L2tpAvps::FRAMING_CAPABILITIES.type),
                             L2tpAvps::FRAMING_CAPABILITIES.type,
                             {0, 3}));
         }},
        {"an AVP with the M bit out of range, about the tunnel",
         L2tpResultCodeEnd::LAC,
         Type::STOPCCN,
         "2/3 general error: field value out of range or reserved field non-zero (Assigned Tunnel "
         "ID)",
         "7.1",
         [](Test& t) {
             t.TalkToLac();
             t.Say(L2tpTestPeer::Start(Type::SCCRP, 0));
         }},
        {"an AVP is missing, about the tunnel",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "2/3 general error: field value out of range or reserved field non-zero (SCCRQ without "
         "the AVP Host Name)",
         "7.1",
         [](Test& t) { t.SayStart(StartWithout(L2tpAvps::HOST_NAME.type)); }},
        {"an unknown message type with the M bit",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "2/3 general error: field value out of range or reserved field non-zero (unknown message "
         "type 99)",
         "4.4.1",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             t.Say(With(L2tpControlMessage(), 0, {0, 99}));
         }},
        {"no Message Type AVP comes first",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "2/3 general error: field value out of range or reserved field non-zero (no Message Type "
         "AVP comes first)",
         "4.4.1",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             t.Say(L2tpControlMessage().AddRaw(
                 {0, 0, L2tpAvps::HOST_NAME.type, std::vector<uint8_t>{'x'}}));
         }},
        {"an AVP with the M bit that is unknown or can't be revealed, about the tunnel",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "2/8 general error: unknown AVP with the M-bit set (AVP 77)",
         "4.1",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             t.Say(With(L2tpControlMessage(Type::HELLO), 77, {1}));
         }},
        {"the client hangs up before the call is established",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "3 call disconnected for administrative reasons",
         "4.4.2",
         [](Test& t) {
             t.TalkToLac();
             t.AcceptTunnel();
             t.Acknowledge(); // else the StopCCN that follows would come instead
             t.Client()->HangUp();
             t.Wait();
         }},
        {"a call is not established within SetupTimeout",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "10 call was not established within the time allotted",
         "4.4.2",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             t.Call();
             t.Acknowledge();
             RunUntil(Seconds(62));
         }},
        {"one call more than MaxSessions",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "4/0 lack of appropriate facilities (temporary) (all sessions are taken)",
         "4.4.2",
         [](Test& t) {
             t.vpn->SetLnsAttribute("MaxSessions", UintegerValue(1));
             t.TalkToLns();
             t.OpenTunnel();
             t.Call();
             t.Say(Icrq(89));
         }},
        {"one call more than MaxSessionsPerTunnel",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "4/0 lack of appropriate facilities (temporary) (all sessions of the tunnel are taken)",
         "4.4.2",
         [](Test& t) {
             t.vpn->SetLnsAttribute("MaxSessionsPerTunnel", UintegerValue(1));
             t.TalkToLns();
             t.OpenTunnel();
             t.Call();
             t.Say(Icrq(89));
         }},
        {"one session more than L2tpInterfacePerSession::MaxSessions",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "4/0 lack of appropriate facilities (temporary) (all interfaces are taken)",
         "4.4.2",
         [](Test& t) {
             t.vpn->SetSessionAttribute("MaxSessions", UintegerValue(1));
             t.TalkToLns();
             t.OpenTunnel();
             t.Call();
             t.Say(Icrq(89));
         }},
        {"the address pool is exhausted",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "4/0 lack of appropriate facilities (temporary) (PPP: no address)",
         "4.4.2",
         [](Test& t) {
             t.vpn->SetAddressPool("10.8.0.0", "255.255.255.252");
             t.Dial(2);
         }},
        {"an incoming call to a LAC",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "5 lack of appropriate facilities (permanent)",
         "4.4.2",
         [](Test& t) {
             t.TalkToLac();
             t.AcceptTunnel();
             t.Say(Icrq());
         }},
        {"an outgoing call to an LNS",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "5 lack of appropriate facilities (permanent)",
         "4.4.2",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             L2tpControlMessage ocrq(Type::OCRQ);
             ocrq.Add(L2tpAvps::ASSIGNED_SESSION_ID, PEER_SESSION);
             ocrq.Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(1));
             ocrq.Add(L2tpAvps::MINIMUM_BPS, uint32_t(9600));
             ocrq.Add(L2tpAvps::MAXIMUM_BPS, uint32_t(64000));
             ocrq.Add(L2tpAvps::BEARER_TYPE, uint32_t(0));
             ocrq.Add(L2tpAvps::FRAMING_TYPE, uint32_t(L2tpFraming::SYNCHRONOUS));
             ocrq.Add(L2tpAvps::CALLED_NUMBER, std::string("555"));
             t.Say(ocrq);
         }},
        {"an ICRQ, ICRP or ICCN out of sequence",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "2/3 general error: field value out of range or reserved field non-zero (ICCN out of "
         "sequence)",
         "7.4.2",
         [](Test& t) {
             t.TalkToLns();
             t.OpenCall();
             t.Say(Iccn(), t.sessionId);
         }},
        {"a Framing Type that was not advertised",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "2/3 general error: field value out of range or reserved field non-zero (Framing Type is "
         "none of our Framing Capabilities)",
         "4.4.3",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             t.Call();
             t.Say(Iccn(4), t.sessionId);
         }},
        {"an AVP with the M bit of the wrong size, about a call",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "2/2 general error: length is wrong (Bearer Type)",
         "7.1",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             t.Say(With(Icrq(), L2tpAvps::BEARER_TYPE.type, {0, 1}));
         }},
        {"an AVP is missing, about a call",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "2/3 general error: field value out of range or reserved field non-zero (ICRQ without "
         "the AVP Call Serial Number)",
         "7.1",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             t.Say(L2tpControlMessage(Type::ICRQ).Add(L2tpAvps::ASSIGNED_SESSION_ID, PEER_SESSION));
         }},
        {"an AVP with the M bit that is unknown or can't be revealed, about a call",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "2/8 general error: unknown AVP with the M-bit set (Calling Number)",
         "4.1",
         [](Test& t) {
             t.TalkToLns();
             t.OpenTunnel();
             t.Say(With(Icrq(),
                        L2tpAvps::CALLING_NUMBER.type,
                        std::vector<uint8_t>(16, 7),
                        L2tpAvp::FLAG_HIDDEN));
         }},
        {"the client hangs up, and PPP with it",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "3 call disconnected for administrative reasons",
         "4.4.2",
         [](Test& t) {
             t.Dial();
             t.Client()->HangUp();
             t.Wait();
         }},
        {"PPP ends otherwise: the remote system does not answer",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "2/6 general error: vendor-specific error (PPP: no response)",
         "4.4.2",
         [](Test& t) {
             t.TalkToLns();
             t.OpenCall();
             t.Acknowledge();
             RunUntil(Seconds(40));
         }},
        {"PPP ends otherwise: the remote system does not answer any more",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "2/6 general error: vendor-specific error (PPP: echo timeout)",
         "4.4.2",
         [](Test& t) {
             t.vpn->SetSessionAttribute("EchoInterval", TimeValue(Seconds(5)));
             t.Dial();
             t.net->access[0]->lose = [](const L2tpTestDatagram& one) { return !one.IsControl(); };
             RunUntil(Seconds(120));
         }},
        {"PPP ends otherwise: the password is wrong",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "2/6 general error: vendor-specific error (PPP: peer failed to authenticate)",
         "4.4.2",
         [](Test& t) {
             t.vpn->SetClientAttribute("Password", StringValue("wrong"));
             t.Dial();
         }},
    };
    return ROWS;
}

} // namespace ns3

#endif /* L2TP_TEST_RESULT_CODE_ROWS_H */
