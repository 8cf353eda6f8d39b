/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_AVP_VALUE_H
#define L2TP_AVP_VALUE_H

#include "l2tp-byte-view.h"
#include "l2tp-disconnect-cause.h"
#include "l2tp-result-code.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// What the value of an AVP holds; each format is one C++ type.
enum class L2tpAvpFormat : uint8_t
{
    U16,         //!< uint16_t
    U32,         //!< uint32_t
    U64,         //!< uint64_t
    OCTETS,      //!< std::string of any octets
    TEXT,        //!< std::string to be read by people
    EMPTY,       //!< L2tpPresence: no value at all
    RESULT_CODE, //!< L2tpResultCode
    Q931_CAUSE,  //!< L2tpQ931Cause
    CALL_ERRORS, //!< L2tpCallErrors
    ACCM,        //!< L2tpAccm
    DISCONNECT,  //!< L2tpDisconnectCause
};

/// The value of an AVP that says all by being present (Sequencing Required).
struct L2tpPresence
{
    bool operator==(const L2tpPresence&) const
    {
        return true;
    }
};

/// The value of the Q.931 Cause Code AVP (RFC 2661, section 4.4.4).
struct L2tpQ931Cause
{
    uint16_t cause{0};    //!< Cause Code, in ITU encoding
    uint8_t message{0};   //!< Cause Msg, in ITU encoding
    std::string advisory; //!< Advisory Message, ASCII, may be empty

    bool operator==(const L2tpQ931Cause& other) const
    {
        return cause == other.cause && message == other.message && advisory == other.advisory;
    }
};

/// The value of the Call Errors AVP: counters since the call began (RFC 2661, section 4.4.6).
struct L2tpCallErrors
{
    uint32_t crcErrors{0};        //!< PPP frames with CRC errors
    uint32_t framingErrors{0};    //!< improperly framed PPP packets
    uint32_t hardwareOverruns{0}; //!< receive buffer overruns
    uint32_t bufferOverruns{0};   //!< buffer overruns
    uint32_t timeoutErrors{0};    //!< time-outs
    uint32_t alignmentErrors{0};  //!< alignment errors

    bool operator==(const L2tpCallErrors& other) const
    {
        return crcErrors == other.crcErrors && framingErrors == other.framingErrors &&
               hardwareOverruns == other.hardwareOverruns &&
               bufferOverruns == other.bufferOverruns && timeoutErrors == other.timeoutErrors &&
               alignmentErrors == other.alignmentErrors;
    }
};

/// The value of the ACCM AVP: the masks that the LNS negotiated (RFC 2661, section 4.4.6).
struct L2tpAccm
{
    uint32_t send{0xffffffff};    //!< for what the LAC sends on the line
    uint32_t receive{0xffffffff}; //!< for what the LAC receives from the line

    bool operator==(const L2tpAccm& other) const
    {
        return send == other.send && receive == other.receive;
    }
};

/// @name Values to octets: each appends the value in network order
/// @{
void AppendL2tpValue(uint16_t value, std::vector<uint8_t>& out);                   //!< 2 octets
void AppendL2tpValue(uint32_t value, std::vector<uint8_t>& out);                   //!< 4 octets
void AppendL2tpValue(uint64_t value, std::vector<uint8_t>& out);                   //!< 8 octets
void AppendL2tpValue(const std::string& value, std::vector<uint8_t>& out);         //!< as they are
void AppendL2tpValue(const L2tpPresence& value, std::vector<uint8_t>& out);        //!< nothing
void AppendL2tpValue(const L2tpResultCode& value, std::vector<uint8_t>& out);      //!< 2, 4 or more
void AppendL2tpValue(const L2tpQ931Cause& value, std::vector<uint8_t>& out);       //!< 3 or more
void AppendL2tpValue(const L2tpCallErrors& value, std::vector<uint8_t>& out);      //!< 26 octets
void AppendL2tpValue(const L2tpAccm& value, std::vector<uint8_t>& out);            //!< 10 octets
void AppendL2tpValue(const L2tpDisconnectCause& value, std::vector<uint8_t>& out); //!< 5 or more
/// @}

/// @name Octets to values: each returns false, with the value untouched, if the size is wrong
/// @{
bool ReadL2tpValue(L2tpByteView octets, uint16_t& value);            //!< exactly 2 octets
bool ReadL2tpValue(L2tpByteView octets, uint32_t& value);            //!< exactly 4 octets
bool ReadL2tpValue(L2tpByteView octets, uint64_t& value);            //!< exactly 8 octets
bool ReadL2tpValue(L2tpByteView octets, std::string& value);         //!< any size
bool ReadL2tpValue(L2tpByteView octets, L2tpPresence& value);        //!< no octets
bool ReadL2tpValue(L2tpByteView octets, L2tpResultCode& value);      //!< 2, or at least 4 octets
bool ReadL2tpValue(L2tpByteView octets, L2tpQ931Cause& value);       //!< at least 3 octets
bool ReadL2tpValue(L2tpByteView octets, L2tpCallErrors& value);      //!< exactly 26 octets
bool ReadL2tpValue(L2tpByteView octets, L2tpAccm& value);            //!< exactly 10 octets
bool ReadL2tpValue(L2tpByteView octets, L2tpDisconnectCause& value); //!< at least 5 octets
/// @}

} // namespace ns3

#endif /* L2TP_AVP_VALUE_H */
