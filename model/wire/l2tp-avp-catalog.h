/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_AVP_CATALOG_H
#define L2TP_AVP_CATALOG_H

#include "l2tp-avp-value.h"
#include "l2tp-avp.h"
#include "l2tp-message-catalog.h"

#include <array>
#include <cstdint>
#include <string>

namespace ns3
{

/// A set of message types, a bit each.
using L2tpMessageSet = uint32_t;

/**
 * @brief A set of message types, from its members.
 * @param types the members
 * @return the set
 */
template <typename... Types>
constexpr L2tpMessageSet
L2tpMessagesOf(Types... types)
{
    return ((L2tpMessageSet(1) << static_cast<uint16_t>(types)) | ... | L2tpMessageSet(0));
}

/// A row of the AVP catalogue: all that an RFC fixes about one AVP.
struct L2tpAvpInfo
{
    uint16_t type;          //!< Attribute Type
    const char* name;       //!< the name, as in the RFC
    L2tpAvpFormat format;   //!< what the value holds
    uint16_t minSize;       //!< fewest octets of the (unhidden) value
    uint16_t maxSize;       //!< most octets of the (unhidden) value
    bool mandatory;         //!< the M bit that it is sent with
    bool hideable;          //!< whether H may be set
    L2tpMessageSet needed;  //!< the messages that MUST have it
    L2tpMessageSet allowed; //!< the messages that MAY have it, beside those that must
    const char* section;    //!< where the RFC defines it
    uint16_t rfc{2661};     //!< the RFC that defines it; 0 for none
    uint16_t vendor{0};     //!< Vendor ID, 0 for the IETF
};

/**
 * @brief The catalogue: every AVP of RFC 2661, section 4.4, and that of RFC 3145, by its number.
 *
 * A row whose name is null is a number that these RFCs leave out (20, and 40 to 45).
 */
extern const std::array<L2tpAvpInfo, 47> L2TP_AVPS;

/// The Vendor ID of this model's own AVPs: one for examples and documentation (RFC 5612).
inline constexpr uint16_t L2TP_EXAMPLE_VENDOR = 32473;

/**
 * @brief The catalogue of this model's own AVPs, which no RFC defines (RFC 2661, section 4.1).
 *
 * Other implementations ignore them, since their M bit is 0.
 */
extern const std::array<L2tpAvpInfo, 1> L2TP_VENDOR_AVPS;

/**
 * @brief Look an AVP up.
 * @param vendor its Vendor ID
 * @param type its Attribute Type
 * @return its row, or null if the catalogue has none
 */
const L2tpAvpInfo* FindL2tpAvp(uint16_t vendor, uint16_t type);

/**
 * @brief The name of an AVP.
 * @param vendor its Vendor ID
 * @param type its Attribute Type
 * @return the RFC's name, or "AVP 77" or "vendor 9 AVP 1" for others
 */
std::string L2tpAvpName(uint16_t vendor, uint16_t type);

/**
 * @brief The number of an AVP and its name, for messages to people (RFC 2661, section 4.4.2).
 * @param vendor its Vendor ID
 * @param type its Attribute Type
 * @return "AVP 36: Random Vector", or "AVP 77" or "vendor 9 AVP 1" if it has no name
 */
std::string L2tpAvpLabel(uint16_t vendor, uint16_t type);

/**
 * @brief The name of an AVP together with the type of its value, so that a wrong type does not
 * compile.
 * @tparam T the type of the value
 */
template <typename T>
struct L2tpAvpKey
{
    uint16_t type;      //!< Attribute Type
    uint16_t vendor{0}; //!< Vendor ID
};

/// The keys of all AVPs of the catalogues.
struct L2tpAvps
{
    static constexpr L2tpAvpKey<uint16_t> MESSAGE_TYPE{0};           //!< section 4.4.1
    static constexpr L2tpAvpKey<L2tpResultCode> RESULT_CODE{1};      //!< section 4.4.2
    static constexpr L2tpAvpKey<uint16_t> PROTOCOL_VERSION{2};       //!< Ver and Rev, 0x0100
    static constexpr L2tpAvpKey<uint32_t> FRAMING_CAPABILITIES{3};   //!< bits of L2tpFraming
    static constexpr L2tpAvpKey<uint32_t> BEARER_CAPABILITIES{4};    //!< bits of L2tpBearer
    static constexpr L2tpAvpKey<uint64_t> TIE_BREAKER{5};            //!< the lower value wins
    static constexpr L2tpAvpKey<uint16_t> FIRMWARE_REVISION{6};      //!< vendor-specific
    static constexpr L2tpAvpKey<std::string> HOST_NAME{7};           //!< at least 1 octet
    static constexpr L2tpAvpKey<std::string> VENDOR_NAME{8};         //!< human readable
    static constexpr L2tpAvpKey<uint16_t> ASSIGNED_TUNNEL_ID{9};     //!< not 0
    static constexpr L2tpAvpKey<uint16_t> RECEIVE_WINDOW_SIZE{10};   //!< messages; not 0
    static constexpr L2tpAvpKey<std::string> CHALLENGE{11};          //!< at least 1 octet
    static constexpr L2tpAvpKey<L2tpQ931Cause> Q931_CAUSE_CODE{12};  //!< why the line dropped
    static constexpr L2tpAvpKey<std::string> CHALLENGE_RESPONSE{13}; //!< 16 octets
    static constexpr L2tpAvpKey<uint16_t> ASSIGNED_SESSION_ID{14};   //!< not 0
    static constexpr L2tpAvpKey<uint32_t> CALL_SERIAL_NUMBER{15};    //!< for administrators
    static constexpr L2tpAvpKey<uint32_t> MINIMUM_BPS{16};           //!< bit/s
    static constexpr L2tpAvpKey<uint32_t> MAXIMUM_BPS{17};           //!< bit/s
    static constexpr L2tpAvpKey<uint32_t> BEARER_TYPE{18};           //!< bits of L2tpBearer
    static constexpr L2tpAvpKey<uint32_t> FRAMING_TYPE{19};          //!< bits of L2tpFraming
    static constexpr L2tpAvpKey<std::string> CALLED_NUMBER{21};      //!< ASCII
    static constexpr L2tpAvpKey<std::string> CALLING_NUMBER{22};     //!< ASCII
    static constexpr L2tpAvpKey<std::string> SUB_ADDRESS{23};        //!< ASCII
    static constexpr L2tpAvpKey<uint32_t> TX_CONNECT_SPEED{24};      //!< bit/s, LAC to remote
    static constexpr L2tpAvpKey<uint32_t> PHYSICAL_CHANNEL_ID{25};   //!< for logging only
    static constexpr L2tpAvpKey<std::string> INITIAL_RECEIVED_LCP_CONFREQ{26}; //!< options
    static constexpr L2tpAvpKey<std::string> LAST_SENT_LCP_CONFREQ{27};        //!< options
    static constexpr L2tpAvpKey<std::string> LAST_RECEIVED_LCP_CONFREQ{28};    //!< options
    static constexpr L2tpAvpKey<uint16_t> PROXY_AUTHEN_TYPE{29};               //!< section 4.4.5
    static constexpr L2tpAvpKey<std::string> PROXY_AUTHEN_NAME{30};            //!< section 4.4.5
    static constexpr L2tpAvpKey<std::string> PROXY_AUTHEN_CHALLENGE{31};       //!< section 4.4.5
    static constexpr L2tpAvpKey<uint16_t> PROXY_AUTHEN_ID{32};                 //!< 0 and the ID
    static constexpr L2tpAvpKey<std::string> PROXY_AUTHEN_RESPONSE{33};        //!< section 4.4.5
    static constexpr L2tpAvpKey<L2tpCallErrors> CALL_ERRORS{34};               //!< section 4.4.6
    static constexpr L2tpAvpKey<L2tpAccm> ACCM{35};                            //!< section 4.4.6
    static constexpr L2tpAvpKey<std::string> RANDOM_VECTOR{36};                //!< section 4.4.1
    static constexpr L2tpAvpKey<std::string> PRIVATE_GROUP_ID{37};             //!< a customer group
    static constexpr L2tpAvpKey<uint32_t> RX_CONNECT_SPEED{38};        //!< bit/s, remote to LAC
    static constexpr L2tpAvpKey<L2tpPresence> SEQUENCING_REQUIRED{39}; //!< no value
    static constexpr L2tpAvpKey<L2tpDisconnectCause> PPP_DISCONNECT_CAUSE_CODE{46}; //!< RFC 3145
    /// Tunnel switches that the call has been through
    static constexpr L2tpAvpKey<uint16_t> HOP_COUNT{1, L2TP_EXAMPLE_VENDOR};
};

/// Bits of Framing Capabilities and Framing Type (sections 4.4.3 and 4.4.4).
struct L2tpFraming
{
    static constexpr uint32_t SYNCHRONOUS = 1;  //!< S
    static constexpr uint32_t ASYNCHRONOUS = 2; //!< A
};

/// Bits of Bearer Capabilities and Bearer Type (sections 4.4.3 and 4.4.4).
struct L2tpBearer
{
    static constexpr uint32_t DIGITAL = 1; //!< D
    static constexpr uint32_t ANALOG = 2;  //!< A
};

/// The value of the Protocol Version AVP: Ver 1, Rev 0 (section 4.4.3).
inline constexpr uint16_t L2TP_PROTOCOL_VERSION = 0x0100;

} // namespace ns3

#endif /* L2TP_AVP_CATALOG_H */
