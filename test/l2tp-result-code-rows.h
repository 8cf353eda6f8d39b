/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_RESULT_CODE_ROWS_H
#define L2TP_TEST_RESULT_CODE_ROWS_H

#include "l2tp-result-codes-fixture.h"

namespace ns3
{

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
        {"an SCCRQ, AcceptTunnels is false, and there is no Dialer",
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
             t.BeChallenged();
             t.tunnelId = t.end->GetTunnels().at(0)->GetLocalId();
             t.Say(L2tpControlMessage(Type::SCCCN));
         }},
        {"the LNS's own Challenge, by another tunnel",
         L2tpResultCodeEnd::LNS,
         Type::STOPCCN,
         "4 requester is not authorized to establish a control channel",
         "5.1.1",
         [](Test& t) {
             t.BeChallenged();
             const auto own = t.peer->Last(Type::SCCRP).message.Get(L2tpAvps::CHALLENGE);
             auto again = L2tpTestPeer::Start(Type::SCCRQ, PEER_TUNNEL + 1);
             t.peer->Send(0, 0, 0, 0, again.Add(L2tpAvps::CHALLENGE, own.value_or("")));
             t.Wait();
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
             t.Say(Ocrq());
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
         "2/8 general error: unknown AVP with the M-bit set (AVP 22: Calling Number)",
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
