/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_OUTGOING_RESULT_CODE_ROWS_H
#define L2TP_TEST_OUTGOING_RESULT_CODE_ROWS_H

#include "l2tp-result-codes-fixture.h"

namespace ns3
{

inline const std::vector<L2tpResultCodeRow>&
L2tpResultCodesTest::OutgoingRows()
{
    using Test = L2tpResultCodesTest;
    using Type = L2tpMessageType;
    static const std::vector<L2tpResultCodeRow> ROWS{
        {"an outgoing call to a LAC without a Dialer",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "5 lack of appropriate facilities (permanent)",
         "4.4.2",
         [](Test& t) {
             t.TalkToDialer(false);
             t.AskForCall();
         }},
        {"the Dialer refuses an outgoing call",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "6 invalid destination",
         "7.5.1",
         [](Test& t) {
             t.TalkToDialer();
             t.dialer->refusal = L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION);
             t.AskForCall();
         }},
        {"the bearer fails: no carrier",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "7 no carrier detected",
         "7.5.1",
         [](Test& t) { t.FailToDial(L2tpCallResult::NO_CARRIER); }},
        {"the bearer fails: busy",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "8 busy signal detected",
         "7.5.1",
         [](Test& t) { t.FailToDial(L2tpCallResult::BUSY); }},
        {"the bearer fails: no dial tone",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "9 lack of a dial tone",
         "7.5.1",
         [](Test& t) { t.FailToDial(L2tpCallResult::NO_DIAL_TONE); }},
        {"the bearer fails: nobody answers",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "10 call was not established within the time allotted",
         "7.5.1",
         [](Test& t) { t.FailToDial(L2tpCallResult::NOT_IN_TIME); }},
        {"the bearer fails: no framing",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "11 connected but no appropriate framing was detected",
         "7.5.1",
         [](Test& t) { t.FailToDial(L2tpCallResult::NO_FRAMING); }},
        {"the bearer says nothing within SetupTimeout",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "10 call was not established within the time allotted",
         "7.5.1",
         [](Test& t) {
             t.TalkToDialer();
             t.dialer->answers = false;
             t.AskForCall();
             t.Acknowledge();
             RunUntil(Seconds(63));
         }},
        {"the line of an outgoing call drops",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "1 call disconnected due to loss of carrier",
         "7.5.1",
         [](Test& t) {
             t.TalkToDialer();
             t.AskForCall();
             t.Acknowledge(); // the OCCN, for which the CDN would wait
             t.dialer->connected.at(0)->Close(L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
             t.Wait();
         }},
        {"a line slower than Minimum BPS",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "4 lack of appropriate facilities (temporary)",
         "4.4.4",
         [](Test& t) {
             t.TalkToDialer();
             t.dialer->line.txConnectSpeed = 9599;
             t.AskForCall();
         }},
        {"a line faster than Maximum BPS",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "4 lack of appropriate facilities (temporary)",
         "4.4.4",
         [](Test& t) {
             t.TalkToDialer();
             t.dialer->line.txConnectSpeed = 64001;
             t.AskForCall();
         }},
        {"an OCRQ whose Minimum BPS is above its Maximum BPS",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "2/3 general error: field value out of range or reserved field non-zero (Minimum BPS is "
         "above Maximum BPS)",
         "4.4.4",
         [](Test& t) {
             t.TalkToDialer();
             t.AskForCall(Ocrq(64001));
         }},
        {"an OCRQ with a Bearer Type that was not advertised",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "2/3 general error: field value out of range or reserved field non-zero (Bearer Type is "
         "none of our Bearer Capabilities)",
         "4.4.4",
         [](Test& t) {
             t.TalkToDialer();
             t.AskForCall(Ocrq(9600, L2tpBearer::ANALOG));
         }},
        {"an OCRQ with a Framing Type that was not advertised",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "2/3 general error: field value out of range or reserved field non-zero (Framing Type is "
         "none of our Framing Capabilities)",
         "4.4.3",
         [](Test& t) {
             t.TalkToDialer();
             t.AskForCall(Ocrq(9600, 0, 4));
         }},
        {"one outgoing call more than MaxSessions",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "4/0 lack of appropriate facilities (temporary) (all sessions are taken)",
         "4.4.2",
         [](Test& t) {
             t.TalkToDialer();
             t.end->SetAttribute("MaxSessions", UintegerValue(1));
             t.AskForCall();
             t.Say(Ocrq(9600, 0, L2tpFraming::SYNCHRONOUS, 89));
         }},
        {"no Session ID is free",
         L2tpResultCodeEnd::LAC,
         Type::CDN,
         "4/0 lack of appropriate facilities (temporary) (no Session ID is free)",
         "4.4.2",
         [](Test& t) {
             t.lacs.SetAttribute("SetupTimeout", TimeValue(Seconds(0)));
             t.TalkToDialer();
             t.dialer->answers = false;
             uint16_t nr = t.Nr();
             for (uint32_t calls = 0; calls <= 65535; ++calls)
             {
                 t.peer->Send(t.tunnelId,
                              0,
                              t.ns++,
                              nr++,
                              Ocrq(9600, 0, L2tpFraming::SYNCHRONOUS, calls % 65535 + 1));
                 t.Wait();
             }
         }},
        {"an outgoing call is not established within SetupTimeout",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "10 call was not established within the time allotted",
         "4.4.2",
         [](Test& t) {
             t.vpn->SetLnsAttribute("KeepTunnel",
                                    BooleanValue(true)); // else a StopCCN comes instead
             t.BeAsked();
             RunUntil(Seconds(63));
         }},
        {"the LNS closes the outgoing call that it asked for",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "3 call disconnected for administrative reasons",
         "7.5.2",
         [](Test& t) {
             t.vpn->SetLnsAttribute("KeepTunnel", BooleanValue(true)); // as above
             t.BeAsked();
             t.placed->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
             t.Wait();
         }},
        {"an OCRQ, OCRP or OCCN out of sequence",
         L2tpResultCodeEnd::LNS,
         Type::CDN,
         "2/3 general error: field value out of range or reserved field non-zero (OCCN out of "
         "sequence)",
         "7.5.2",
         [](Test& t) {
             t.vpn->SetLnsAttribute("KeepTunnel", BooleanValue(true)); // as above
             t.BeAsked();
             L2tpControlMessage occn(Type::OCCN);
             occn.Add(L2tpAvps::TX_CONNECT_SPEED, uint32_t(64000));
             occn.Add(L2tpAvps::FRAMING_TYPE, uint32_t(L2tpFraming::SYNCHRONOUS));
             t.Say(occn, t.sessionId);
         }},
    };
    return ROWS;
}

} // namespace ns3

#endif /* L2TP_TEST_OUTGOING_RESULT_CODE_ROWS_H */
