/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_MESSAGE_CATALOG_H
#define L2TP_MESSAGE_CATALOG_H

#include <array>
#include <cstdint>
#include <string>

namespace ns3
{

/// Control message types (RFC 2661, section 3.2).
enum class L2tpMessageType : uint16_t
{
    SCCRQ = 1,   //!< Start-Control-Connection-Request
    SCCRP = 2,   //!< Start-Control-Connection-Reply
    SCCCN = 3,   //!< Start-Control-Connection-Connected
    STOPCCN = 4, //!< Stop-Control-Connection-Notification
    HELLO = 6,   //!< Hello
    OCRQ = 7,    //!< Outgoing-Call-Request
    OCRP = 8,    //!< Outgoing-Call-Reply
    OCCN = 9,    //!< Outgoing-Call-Connected
    ICRQ = 10,   //!< Incoming-Call-Request
    ICRP = 11,   //!< Incoming-Call-Reply
    ICCN = 12,   //!< Incoming-Call-Connected
    CDN = 14,    //!< Call-Disconnect-Notify
    WEN = 15,    //!< WAN-Error-Notify
    SLI = 16,    //!< Set-Link-Info
};

/// What a message is about, and so what an unrecoverable error in it clears (section 4.1).
enum class L2tpMessageScope : uint8_t
{
    TUNNEL,  //!< the control connection and every session in it
    SESSION, //!< one call
};

/// A row of the message catalogue.
struct L2tpMessageInfo
{
    L2tpMessageType type;   //!< the value of the Message Type AVP
    const char* name;       //!< the abbreviation, as in the RFC
    const char* fullName;   //!< the name in full
    L2tpMessageScope scope; //!< what it is about
    const char* section;    //!< where RFC 2661 defines it
};

/// Every control message of RFC 2661, in the order of section 3.2.
inline constexpr std::array<L2tpMessageInfo, 14> L2TP_MESSAGES{{
    {L2tpMessageType::SCCRQ,
     "SCCRQ",
     "Start-Control-Connection-Request",
     L2tpMessageScope::TUNNEL,
     "6.1"},
    {L2tpMessageType::SCCRP,
     "SCCRP",
     "Start-Control-Connection-Reply",
     L2tpMessageScope::TUNNEL,
     "6.2"},
    {L2tpMessageType::SCCCN,
     "SCCCN",
     "Start-Control-Connection-Connected",
     L2tpMessageScope::TUNNEL,
     "6.3"},
    {L2tpMessageType::STOPCCN,
     "StopCCN",
     "Stop-Control-Connection-Notification",
     L2tpMessageScope::TUNNEL,
     "6.4"},
    {L2tpMessageType::HELLO, "HELLO", "Hello", L2tpMessageScope::TUNNEL, "6.5"},
    {L2tpMessageType::OCRQ, "OCRQ", "Outgoing-Call-Request", L2tpMessageScope::SESSION, "6.9"},
    {L2tpMessageType::OCRP, "OCRP", "Outgoing-Call-Reply", L2tpMessageScope::SESSION, "6.10"},
    {L2tpMessageType::OCCN, "OCCN", "Outgoing-Call-Connected", L2tpMessageScope::SESSION, "6.11"},
    {L2tpMessageType::ICRQ, "ICRQ", "Incoming-Call-Request", L2tpMessageScope::SESSION, "6.6"},
    {L2tpMessageType::ICRP, "ICRP", "Incoming-Call-Reply", L2tpMessageScope::SESSION, "6.7"},
    {L2tpMessageType::ICCN, "ICCN", "Incoming-Call-Connected", L2tpMessageScope::SESSION, "6.8"},
    {L2tpMessageType::CDN, "CDN", "Call-Disconnect-Notify", L2tpMessageScope::SESSION, "6.12"},
    {L2tpMessageType::WEN, "WEN", "WAN-Error-Notify", L2tpMessageScope::SESSION, "6.13"},
    {L2tpMessageType::SLI, "SLI", "Set-Link-Info", L2tpMessageScope::SESSION, "6.14"},
}};

/**
 * @brief Look a message type up.
 * @param type the value of a Message Type AVP
 * @return its row, or null if RFC 2661 defines no such message
 */
const L2tpMessageInfo* FindL2tpMessage(uint16_t type);

/**
 * @brief The abbreviation of a message.
 * @param type the value of a Message Type AVP
 * @return "SCCRQ" and so on, or "message 42" for one that RFC 2661 does not define
 */
std::string L2tpMessageName(uint16_t type);

} // namespace ns3

#endif /* L2TP_MESSAGE_CATALOG_H */
