/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CAPTURED_DATAGRAMS_H
#define L2TP_CAPTURED_DATAGRAMS_H

namespace ns3
{

/// A real datagram between two xl2tpd 1.3.18 daemons, and what tshark reads in it.
struct CapturedDatagram
{
    const char* capture; //!< which exchange
    const char* frames;  //!< the frames of the capture that hold these very octets
    const char* hex;     //!< the UDP payload
    /**
     * tshark 4's reading, field names and values as tshark has them: a line for the header, then
     * a line for each AVP: "M" or "-" for the M bit, type/length, fields.
     */
    const char* reading;
};

// clang-format off
/// Every control datagram of the captures, ZLBs too, and three data datagrams.
inline constexpr CapturedDatagram CAPTURED_DATAGRAMS[] = {
    {"xl-basic", "1",
     "c802006c000000000000000080080000000000018008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c61632e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d800800000009311380080000000a0004",
     "length=108 tunnel=0 session=0 Ns=0 Nr=0\n"
     "M 0/8 message_type=1\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lac.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=12563\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-basic", "2",
     "c802006c311300000000000180080000000000028008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c6e732e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d8008000000091ba680080000000a0004",
     "length=108 tunnel=12563 session=0 Ns=0 Nr=1\n"
     "M 0/8 message_type=2\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lns.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=7078\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-basic", "3",
     "c80200141ba60000000100018008000000000003",
     "length=20 tunnel=7078 session=0 Ns=1 Nr=1\n"
     "M 0/8 message_type=3\n"},
    {"xl-basic", "4",
     "c802000c3113000000010002",
     "length=12 tunnel=12563 session=0 Ns=1 Nr=2\n"},
    {"xl-basic", "5",
     "c80200301ba6000000020001800800000000000a80080000000e8110800a0000000f00000001800a"
     "0000001200000000",
     "length=48 tunnel=7078 session=0 Ns=2 Nr=1\n"
     "M 0/8 message_type=10\n"
     "M 14/8 assigned_session_id=33040\n"
     "M 15/10 call_serial_number=1\n"
     "M 18/10 analog_bearer_type=0 digital_bearer_type=0\n"},
    {"xl-basic", "6",
     "c802001c3113811000010003800800000000000b80080000000e42df",
     "length=28 tunnel=12563 session=33040 Ns=1 Nr=3\n"
     "M 0/8 message_type=11\n"
     "M 14/8 assigned_session_id=17119\n"},
    {"xl-basic", "7",
     "c802000c3113000000020003",
     "length=12 tunnel=12563 session=0 Ns=2 Nr=3\n"},
    {"xl-basic", "8",
     "c80200321ba642df00030002800800000000000c800a0000001800000000800a0000001300000001"
     "000a0000002600000000",
     "length=50 tunnel=7078 session=17119 Ns=3 Nr=2\n"
     "M 0/8 message_type=12\n"
     "M 24/10 connect_speed=0\n"
     "M 19/10 async_framing_type=0 sync_framing_type=1\n"
     "- 38/10 rx_connect_speed=0\n"},
    {"xl-basic", "9",
     "c802000c3113811000020004",
     "length=12 tunnel=12563 session=33040 Ns=2 Nr=4\n"},
    {"xl-basic", "10",
     "c80200341ba600000004000280080000000000048008000000093113801800000001000100005365"
     "7276657220636c6f73696e67",
     "length=52 tunnel=7078 session=0 Ns=4 Nr=2\n"
     "M 0/8 message_type=4\n"
     "M 9/8 assigned_tunnel_id=12563\n"
     "M 1/24 result_code=1 error_code=0 error_message=Server closing\n"},
    {"xl-basic", "11",
     "c802000c3113000000020005",
     "length=12 tunnel=12563 session=0 Ns=2 Nr=5\n"},
    {"xl-challenge-badsecret", "1",
     "c8020082000000000000000080080000000000018008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c61632e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d800800000009ae5080080000000a000480160000000b90370e6dedf2"
     "bc177110f20b0f9759b2",
     "length=130 tunnel=0 session=0 Ns=0 Nr=0\n"
     "M 0/8 message_type=1\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lac.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=44624\n"
     "M 10/8 receive_window_size=4\n"
     "M 11/22 chap_challenge=90370e6dedf2bc177110f20b0f9759b2\n"},
    {"xl-challenge-badsecret", "2",
     "c8020098ae5000000000000180080000000000028008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c6e732e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d800800000009e2c280080000000a000480160000000d2346710b01cd"
     "1138e918070e98a0f71d80160000000bbb59f4a792de36741861dd5f2b2bc201",
     "length=152 tunnel=44624 session=0 Ns=0 Nr=1\n"
     "M 0/8 message_type=2\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lns.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=58050\n"
     "M 10/8 receive_window_size=4\n"
     "M 13/22 chap_challenge_response=2346710b01cd1138e918070e98a0f71d\n"
     "M 11/22 chap_challenge=bb59f4a792de36741861dd5f2b2bc201\n"},
    {"xl-challenge-badsecret", "3",
     "c802000ce2c2000000010001",
     "length=12 tunnel=58050 session=0 Ns=1 Nr=1\n"},
    {"xl-challenge-badsecret", "4",
     "c8020046e2c20000000100018008000000000004800800000009ae50802a0000000100020006496e"
     "76616c6964206368616c6c656e67652061757468656e7469636174696f6e",
     "length=70 tunnel=58050 session=0 Ns=1 Nr=1\n"
     "M 0/8 message_type=4\n"
     "M 9/8 assigned_tunnel_id=44624\n"
     "M 1/42 result_code=2 error_code=6 error_message=Invalid challenge authentication\n"},
    {"xl-challenge-badsecret", "5",
     "c802000cae50000000010002",
     "length=12 tunnel=44624 session=0 Ns=1 Nr=2\n"},
    {"xl-challenge-both", "1",
     "c8020082000000000000000080080000000000018008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c61632e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d800800000009a6fc80080000000a000480160000000b69fa88f5bf31"
     "8278141f879fb9df88b0",
     "length=130 tunnel=0 session=0 Ns=0 Nr=0\n"
     "M 0/8 message_type=1\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lac.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=42748\n"
     "M 10/8 receive_window_size=4\n"
     "M 11/22 chap_challenge=69fa88f5bf318278141f879fb9df88b0\n"},
    {"xl-challenge-both", "2",
     "c8020098a6fc00000000000180080000000000028008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c6e732e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d8008000000098e0c80080000000a000480160000000d892be029d918"
     "380141c7b66f78128b9080160000000b087121d2c7e5edff32ea1f4c213732a4",
     "length=152 tunnel=42748 session=0 Ns=0 Nr=1\n"
     "M 0/8 message_type=2\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lns.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=36364\n"
     "M 10/8 receive_window_size=4\n"
     "M 13/22 chap_challenge_response=892be029d918380141c7b66f78128b90\n"
     "M 11/22 chap_challenge=087121d2c7e5edff32ea1f4c213732a4\n"},
    {"xl-challenge-both", "3",
     "c802002a8e0c000000010001800800000000000380160000000d8eb67bc7b093867894a302e0ff70"
     "23d3",
     "length=42 tunnel=36364 session=0 Ns=1 Nr=1\n"
     "M 0/8 message_type=3\n"
     "M 13/22 chap_challenge_response=8eb67bc7b093867894a302e0ff7023d3\n"},
    {"xl-challenge-both", "4",
     "c802000ca6fc000000010002",
     "length=12 tunnel=42748 session=0 Ns=1 Nr=2\n"},
    {"xl-challenge-both", "5",
     "c80200308e0c000000020001800800000000000a80080000000e9f9a800a0000000f00000001800a"
     "0000001200000000",
     "length=48 tunnel=36364 session=0 Ns=2 Nr=1\n"
     "M 0/8 message_type=10\n"
     "M 14/8 assigned_session_id=40858\n"
     "M 15/10 call_serial_number=1\n"
     "M 18/10 analog_bearer_type=0 digital_bearer_type=0\n"},
    {"xl-challenge-both", "6",
     "c802001ca6fc9f9a00010003800800000000000b80080000000e4764",
     "length=28 tunnel=42748 session=40858 Ns=1 Nr=3\n"
     "M 0/8 message_type=11\n"
     "M 14/8 assigned_session_id=18276\n"},
    {"xl-challenge-both", "7",
     "c80200328e0c476400030002800800000000000c800a0000001800000000800a0000001300000001"
     "000a0000002600000000",
     "length=50 tunnel=36364 session=18276 Ns=3 Nr=2\n"
     "M 0/8 message_type=12\n"
     "M 24/10 connect_speed=0\n"
     "M 19/10 async_framing_type=0 sync_framing_type=1\n"
     "- 38/10 rx_connect_speed=0\n"},
    {"xl-challenge-both", "8",
     "c802000ca6fc000000020003",
     "length=12 tunnel=42748 session=0 Ns=2 Nr=3\n"},
    {"xl-challenge-both", "9",
     "c802000ca6fc9f9a00020004",
     "length=12 tunnel=42748 session=40858 Ns=2 Nr=4\n"},
    {"xl-challenge-both", "10",
     "c80200348e0c0000000400028008000000000004800800000009a6fc801800000001000100005365"
     "7276657220636c6f73696e67",
     "length=52 tunnel=36364 session=0 Ns=4 Nr=2\n"
     "M 0/8 message_type=4\n"
     "M 9/8 assigned_tunnel_id=42748\n"
     "M 1/24 result_code=1 error_code=0 error_message=Server closing\n"},
    {"xl-challenge-both", "11",
     "c802000ca6fc000000020005",
     "length=12 tunnel=42748 session=0 Ns=2 Nr=5\n"},
    {"xl-hello", "1",
     "c802006c000000000000000080080000000000018008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c61632e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d800800000009ceec80080000000a0004",
     "length=108 tunnel=0 session=0 Ns=0 Nr=0\n"
     "M 0/8 message_type=1\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lac.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=52972\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-hello", "2",
     "c802006cceec00000000000180080000000000028008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c6e732e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d800800000009220e80080000000a0004",
     "length=108 tunnel=52972 session=0 Ns=0 Nr=1\n"
     "M 0/8 message_type=2\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lns.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=8718\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-hello", "3",
     "c8020014220e0000000100018008000000000003",
     "length=20 tunnel=8718 session=0 Ns=1 Nr=1\n"
     "M 0/8 message_type=3\n"},
    {"xl-hello", "4",
     "c802000cceec000000010002",
     "length=12 tunnel=52972 session=0 Ns=1 Nr=2\n"},
    {"xl-hello", "5",
     "c8020030220e000000020001800800000000000a80080000000ee6de800a0000000f00000001800a"
     "0000001200000000",
     "length=48 tunnel=8718 session=0 Ns=2 Nr=1\n"
     "M 0/8 message_type=10\n"
     "M 14/8 assigned_session_id=59102\n"
     "M 15/10 call_serial_number=1\n"
     "M 18/10 analog_bearer_type=0 digital_bearer_type=0\n"},
    {"xl-hello", "6",
     "c802001cceece6de00010003800800000000000b80080000000eec31",
     "length=28 tunnel=52972 session=59102 Ns=1 Nr=3\n"
     "M 0/8 message_type=11\n"
     "M 14/8 assigned_session_id=60465\n"},
    {"xl-hello", "7",
     "c802000cceec000000020003",
     "length=12 tunnel=52972 session=0 Ns=2 Nr=3\n"},
    {"xl-hello", "8",
     "c8020032220eec3100030002800800000000000c800a0000001800000000800a0000001300000001"
     "000a0000002600000000",
     "length=50 tunnel=8718 session=60465 Ns=3 Nr=2\n"
     "M 0/8 message_type=12\n"
     "M 24/10 connect_speed=0\n"
     "M 19/10 async_framing_type=0 sync_framing_type=1\n"
     "- 38/10 rx_connect_speed=0\n"},
    {"xl-hello", "9",
     "c802000cceece6de00020004",
     "length=12 tunnel=52972 session=59102 Ns=2 Nr=4\n"},
    {"xl-hello", "10",
     "c8020014ceec0000000200048008000000000006",
     "length=20 tunnel=52972 session=0 Ns=2 Nr=4\n"
     "M 0/8 message_type=6\n"},
    {"xl-hello", "11",
     "c802000c220e000000040003",
     "length=12 tunnel=8718 session=0 Ns=4 Nr=3\n"},
    {"xl-hello", "12",
     "c8020014220e0000000400038008000000000006",
     "length=20 tunnel=8718 session=0 Ns=4 Nr=3\n"
     "M 0/8 message_type=6\n"},
    {"xl-hello", "13",
     "c802000cceec000000030005",
     "length=12 tunnel=52972 session=0 Ns=3 Nr=5\n"},
    {"xl-hello", "14",
     "c8020034220e0000000500038008000000000004800800000009ceec801800000001000100005365"
     "7276657220636c6f73696e67",
     "length=52 tunnel=8718 session=0 Ns=5 Nr=3\n"
     "M 0/8 message_type=4\n"
     "M 9/8 assigned_tunnel_id=52972\n"
     "M 1/24 result_code=1 error_code=0 error_message=Server closing\n"},
    {"xl-hello", "15",
     "c802000cceec000000030006",
     "length=12 tunnel=52972 session=0 Ns=3 Nr=6\n"},
    {"xl-lac-hangup", "1",
     "c802006c000000000000000080080000000000018008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c61632e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d800800000009601a80080000000a0004",
     "length=108 tunnel=0 session=0 Ns=0 Nr=0\n"
     "M 0/8 message_type=1\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lac.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=24602\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-lac-hangup", "2",
     "c802006c601a00000000000180080000000000028008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c6e732e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d800800000009cbe380080000000a0004",
     "length=108 tunnel=24602 session=0 Ns=0 Nr=1\n"
     "M 0/8 message_type=2\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lns.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=52195\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-lac-hangup", "3",
     "c8020014cbe30000000100018008000000000003",
     "length=20 tunnel=52195 session=0 Ns=1 Nr=1\n"
     "M 0/8 message_type=3\n"},
    {"xl-lac-hangup", "4",
     "c8020030cbe3000000020001800800000000000a80080000000e90a2800a0000000f00000001800a"
     "0000001200000000",
     "length=48 tunnel=52195 session=0 Ns=2 Nr=1\n"
     "M 0/8 message_type=10\n"
     "M 14/8 assigned_session_id=37026\n"
     "M 15/10 call_serial_number=1\n"
     "M 18/10 analog_bearer_type=0 digital_bearer_type=0\n"},
    {"xl-lac-hangup", "5",
     "c802000c601a000000010002",
     "length=12 tunnel=24602 session=0 Ns=1 Nr=2\n"},
    {"xl-lac-hangup", "6",
     "c802001c601a90a200010003800800000000000b80080000000e241b",
     "length=28 tunnel=24602 session=37026 Ns=1 Nr=3\n"
     "M 0/8 message_type=11\n"
     "M 14/8 assigned_session_id=9243\n"},
    {"xl-lac-hangup", "7",
     "c802000c601a000000020003",
     "length=12 tunnel=24602 session=0 Ns=2 Nr=3\n"},
    {"xl-lac-hangup", "8",
     "c8020032cbe3241b00030002800800000000000c800a0000001800000000800a0000001300000001"
     "000a0000002600000000",
     "length=50 tunnel=52195 session=9243 Ns=3 Nr=2\n"
     "M 0/8 message_type=12\n"
     "M 24/10 connect_speed=0\n"
     "M 19/10 async_framing_type=0 sync_framing_type=1\n"
     "- 38/10 rx_connect_speed=0\n"},
    {"xl-lac-hangup", "9",
     "c802000c601a90a200020004",
     "length=12 tunnel=24602 session=37026 Ns=2 Nr=4\n"},
    {"xl-lac-hangup", "10",
     "c802002ecbe3241b00040002800800000000000e80120000000100010000476f6f64627965218008"
     "0000000e90a2",
     "length=46 tunnel=52195 session=9243 Ns=4 Nr=2\n"
     "M 0/8 message_type=14\n"
     "M 1/18 result_code=1 error_code=0 error_message=Goodbye!\n"
     "M 14/8 assigned_session_id=37026\n"},
    {"xl-lac-hangup", "11",
     "c802000c601a90a200020005",
     "length=12 tunnel=24602 session=37026 Ns=2 Nr=5\n"},
    {"xl-lns-sigint", "1",
     "c802006c000000000000000080080000000000018008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c61632e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d8008000000090c8080080000000a0004",
     "length=108 tunnel=0 session=0 Ns=0 Nr=0\n"
     "M 0/8 message_type=1\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lac.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=3200\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-lns-sigint", "2",
     "c802006c0c8000000000000180080000000000028008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c6e732e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d800800000009c56280080000000a0004",
     "length=108 tunnel=3200 session=0 Ns=0 Nr=1\n"
     "M 0/8 message_type=2\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lns.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=50530\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-lns-sigint", "3",
     "c8020014c5620000000100018008000000000003",
     "length=20 tunnel=50530 session=0 Ns=1 Nr=1\n"
     "M 0/8 message_type=3\n"},
    {"xl-lns-sigint", "4",
     "c8020030c562000000020001800800000000000a80080000000e9ef2800a0000000f00000001800a"
     "0000001200000000",
     "length=48 tunnel=50530 session=0 Ns=2 Nr=1\n"
     "M 0/8 message_type=10\n"
     "M 14/8 assigned_session_id=40690\n"
     "M 15/10 call_serial_number=1\n"
     "M 18/10 analog_bearer_type=0 digital_bearer_type=0\n"},
    {"xl-lns-sigint", "5",
     "c802000c0c80000000010002",
     "length=12 tunnel=3200 session=0 Ns=1 Nr=2\n"},
    {"xl-lns-sigint", "6",
     "c802001c0c809ef200010003800800000000000b80080000000e1dbc",
     "length=28 tunnel=3200 session=40690 Ns=1 Nr=3\n"
     "M 0/8 message_type=11\n"
     "M 14/8 assigned_session_id=7612\n"},
    {"xl-lns-sigint", "7",
     "c802000c0c80000000020003",
     "length=12 tunnel=3200 session=0 Ns=2 Nr=3\n"},
    {"xl-lns-sigint", "8",
     "c8020032c5621dbc00030002800800000000000c800a0000001800000000800a0000001300000001"
     "000a0000002600000000",
     "length=50 tunnel=50530 session=7612 Ns=3 Nr=2\n"
     "M 0/8 message_type=12\n"
     "M 24/10 connect_speed=0\n"
     "M 19/10 async_framing_type=0 sync_framing_type=1\n"
     "- 38/10 rx_connect_speed=0\n"},
    {"xl-lns-sigint", "9",
     "c802000c0c809ef200020004",
     "length=12 tunnel=3200 session=40690 Ns=2 Nr=4\n"},
    {"xl-lns-sigint", "10",
     "c80200340c800000000200048008000000000004800800000009c562801800000001000100005365"
     "7276657220636c6f73696e67",
     "length=52 tunnel=3200 session=0 Ns=2 Nr=4\n"
     "M 0/8 message_type=4\n"
     "M 9/8 assigned_tunnel_id=50530\n"
     "M 1/24 result_code=1 error_code=0 error_message=Server closing\n"},
    {"xl-lns-sigint", "11",
     "c802000cc562000000040003",
     "length=12 tunnel=50530 session=0 Ns=4 Nr=3\n"},
    {"xl-sccrq-silent-peer", "1 2 3 4 5",
     "c802006c000000000000000080080000000000018008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c61632e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d8008000000090e1180080000000a0004",
     "length=108 tunnel=0 session=0 Ns=0 Nr=0\n"
     "M 0/8 message_type=1\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lac.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=3601\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-sccrq-silent-peer", "6 7 8 9 10",
     "c802002d000000000001000080080000000000048008000000090e11801100000001000100005469"
     "6d656f7574",
     "length=45 tunnel=0 session=0 Ns=1 Nr=0\n"
     "M 0/8 message_type=4\n"
     "M 9/8 assigned_tunnel_id=3601\n"
     "M 1/17 result_code=1 error_code=0 error_message=Timeout\n"},
    {"xl-xl-lwip-ppp", "1",
     "c802006c000000000000000080080000000000018008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c61632e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d8008000000099cbc80080000000a0004",
     "length=108 tunnel=0 session=0 Ns=0 Nr=0\n"
     "M 0/8 message_type=1\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lac.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=40124\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-xl-lwip-ppp", "2",
     "c802006c9cbc00000000000180080000000000028008000000020100800a0000000300000003800a"
     "000000040000000000080000000606908011000000076c6e732e6578616d706c6500130000000878"
     "656c6572616e63652e636f6d800800000009be2480080000000a0004",
     "length=108 tunnel=40124 session=0 Ns=0 Nr=1\n"
     "M 0/8 message_type=2\n"
     "M 2/8 protocol_version=1 protocol_revision=0\n"
     "M 3/10 async_framing_supported=1 sync_framing_supported=1\n"
     "M 4/10 analog_access_supported=0 digital_access_supported=0\n"
     "- 6/8 firmware_revision=1680\n"
     "M 7/17 host_name=lns.example\n"
     "- 8/19 vendor_name=xelerance.com\n"
     "M 9/8 assigned_tunnel_id=48676\n"
     "M 10/8 receive_window_size=4\n"},
    {"xl-xl-lwip-ppp", "3",
     "c8020014be240000000100018008000000000003",
     "length=20 tunnel=48676 session=0 Ns=1 Nr=1\n"
     "M 0/8 message_type=3\n"},
    {"xl-xl-lwip-ppp", "4",
     "c8020030be24000000020001800800000000000a80080000000e2407800a0000000f00000001800a"
     "0000001200000000",
     "length=48 tunnel=48676 session=0 Ns=2 Nr=1\n"
     "M 0/8 message_type=10\n"
     "M 14/8 assigned_session_id=9223\n"
     "M 15/10 call_serial_number=1\n"
     "M 18/10 analog_bearer_type=0 digital_bearer_type=0\n"},
    {"xl-xl-lwip-ppp", "5",
     "c802000c9cbc000000010002",
     "length=12 tunnel=40124 session=0 Ns=1 Nr=2\n"},
    {"xl-xl-lwip-ppp", "6",
     "c802001c9cbc240700010003800800000000000b80080000000e060e",
     "length=28 tunnel=40124 session=9223 Ns=1 Nr=3\n"
     "M 0/8 message_type=11\n"
     "M 14/8 assigned_session_id=1550\n"},
    {"xl-xl-lwip-ppp", "7",
     "c802000c9cbc000000020003",
     "length=12 tunnel=40124 session=0 Ns=2 Nr=3\n"},
    {"xl-xl-lwip-ppp", "8",
     "c8020032be24060e00030002800800000000000c800a0000001800000000800a0000001300000001"
     "000a0000002600000000",
     "length=50 tunnel=48676 session=1550 Ns=3 Nr=2\n"
     "M 0/8 message_type=12\n"
     "M 24/10 connect_speed=0\n"
     "M 19/10 async_framing_type=0 sync_framing_type=1\n"
     "- 38/10 rx_connect_speed=0\n"},
    {"xl-xl-lwip-ppp", "9",
     "c802000c9cbc240700020004",
     "length=12 tunnel=40124 session=9223 Ns=2 Nr=4\n"},
    {"xl-xl-lwip-ppp", "10",
     "0002be24060eff03c02101010014020600000000050686404f7c07020802",
     "tunnel=48676 session=1550\n"},
    {"xl-xl-lwip-ppp", "14",
     "0002be24060eff03c0210900000886404f7c",
     "tunnel=48676 session=1550\n"},
    {"xl-xl-lwip-ppp", "24",
     "0002be24060e214500003c00000000ff01a6f00a63000a0a6300010800574eafaf00010001020304"
     "05060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "tunnel=48676 session=1550\n"},
    {"xl-xl-lwip-ppp", "46",
     "c802002ebe2400000004000280080000000000048008000000099cbc80120000000100010000476f"
     "6f6462796521",
     "length=46 tunnel=48676 session=0 Ns=4 Nr=2\n"
     "M 0/8 message_type=4\n"
     "M 9/8 assigned_tunnel_id=40124\n"
     "M 1/18 result_code=1 error_code=0 error_message=Goodbye!\n"},
    {"xl-xl-lwip-ppp", "47",
     "c802000c9cbc000000020005",
     "length=12 tunnel=40124 session=0 Ns=2 Nr=5\n"},
};

// clang-format on

} // namespace ns3

#endif /* L2TP_CAPTURED_DATAGRAMS_H */
