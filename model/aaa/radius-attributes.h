/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_ATTRIBUTES_H
#define RADIUS_ATTRIBUTES_H

#include "radius-attribute-catalog.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/l2tp-byte-view.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// Most octets of an attribute's value (RFC 2865, section 5: a Length of 255).
inline constexpr std::size_t RADIUS_MAX_VALUE = 253;

/// The largest tag; a larger first octet is part of a text (RFC 2868, section 3).
inline constexpr uint8_t RADIUS_MAX_TAG = 0x1f;

/// One attribute: what the wire has between two lengths.
struct RadiusAttribute
{
    uint8_t type{0};            //!< Type
    std::vector<uint8_t> value; //!< Value
};

/// Whether two attributes are the same. @param a one @param b another @return true if so
inline bool
operator==(const RadiusAttribute& a, const RadiusAttribute& b)
{
    return a.type == b.type && a.value == b.value;
}

/**
 * @brief A value with the tag that says to which of several tunnels it belongs (RFC 2868, section
 * 3).
 * @tparam T the type of the value; of an integer 24 bits are sent
 */
template <typename T>
struct RadiusTagged
{
    uint8_t tag{0}; //!< 1 to 31, or 0 for none
    T value{};      //!< the value
};

/**
 * @brief The number of an attribute together with the type of its value, so that a wrong type does
 * not compile.
 * @tparam T the type of the value
 */
template <typename T>
struct RadiusKey
{
    uint8_t type; //!< Type
};

/// The number of a vendor's attribute.
struct RadiusVendorKey
{
    uint32_t vendor; //!< Vendor-Id
    uint8_t type;    //!< Vendor-Type
};

/// The keys of the attributes that are used here; the catalogue knows more.
struct RadiusKeys
{
    using Text = RadiusKey<std::string>;                     //!< text, or any octets
    using Integer = RadiusKey<uint32_t>;                     //!< 32 bits
    using TaggedText = RadiusKey<RadiusTagged<std::string>>; //!< text of one of the tunnels
    using TaggedInteger = RadiusKey<RadiusTagged<uint32_t>>; //!< 24 bits of one of the tunnels

    static constexpr Text USER_NAME{1};                           //!< who it is about
    static constexpr Text USER_PASSWORD{2};                       //!< PAP's password
    static constexpr Text CHAP_PASSWORD{3};                       //!< CHAP's ident and response
    static constexpr RadiusKey<Ipv4Address> NAS_IP_ADDRESS{4};    //!< who asks
    static constexpr Integer NAS_PORT{5};                         //!< at which port
    static constexpr Integer SERVICE_TYPE{6};                     //!< RadiusServiceType
    static constexpr Integer FRAMED_PROTOCOL{7};                  //!< RADIUS_FRAMED_PPP
    static constexpr RadiusKey<Ipv4Address> FRAMED_IP_ADDRESS{8}; //!< the user's address
    static constexpr RadiusKey<Ipv4Address> FRAMED_IP_NETMASK{9}; //!< and mask
    static constexpr Text FILTER_ID{11};                          //!< the name of a filter
    static constexpr Integer FRAMED_MTU{12};                      //!< octets
    static constexpr Text REPLY_MESSAGE{18};                      //!< words for a human
    static constexpr Text FRAMED_ROUTE{22};                       //!< "192.168.1.0/24 0.0.0.0 1"
    static constexpr Text STATE{24};                              //!< to be sent back as it is
    static constexpr Text CLASS{25};                              //!< for the accounting server
    static constexpr Integer SESSION_TIMEOUT{27};                 //!< seconds
    static constexpr Integer IDLE_TIMEOUT{28};                    //!< seconds
    static constexpr Text CALLED_STATION_ID{30};                  //!< the number dialled
    static constexpr Text CALLING_STATION_ID{31};                 //!< who dialled it
    static constexpr Text NAS_IDENTIFIER{32};                     //!< who asks, by name
    static constexpr Text PROXY_STATE{33};                        //!< to be sent back as it is
    static constexpr Integer ACCT_STATUS_TYPE{40};                //!< RadiusAcctStatus
    static constexpr Integer ACCT_DELAY_TIME{41};                 //!< seconds
    static constexpr Integer ACCT_INPUT_OCTETS{42};               //!< from the user, modulo 2^32
    static constexpr Integer ACCT_OUTPUT_OCTETS{43};              //!< to the user, modulo 2^32
    static constexpr Text ACCT_SESSION_ID{44};                    //!< which session
    static constexpr Integer ACCT_AUTHENTIC{45};                  //!< RadiusAuthentic
    static constexpr Integer ACCT_SESSION_TIME{46};               //!< seconds
    static constexpr Integer ACCT_INPUT_PACKETS{47};              //!< from the user
    static constexpr Integer ACCT_OUTPUT_PACKETS{48};             //!< to the user
    static constexpr Integer ACCT_TERMINATE_CAUSE{49};            //!< RadiusTerminateCause
    static constexpr Text ACCT_MULTI_SESSION_ID{50};              //!< what links sessions
    static constexpr Integer ACCT_INPUT_GIGAWORDS{52};            //!< of ACCT_INPUT_OCTETS
    static constexpr Integer ACCT_OUTPUT_GIGAWORDS{53};           //!< of ACCT_OUTPUT_OCTETS
    static constexpr Integer EVENT_TIMESTAMP{55};                 //!< seconds since 1970
    static constexpr Text CHAP_CHALLENGE{60};                     //!< what CHAP's response is to
    static constexpr Integer NAS_PORT_TYPE{61};              //!< RADIUS_PORT_VIRTUAL and others
    static constexpr TaggedInteger TUNNEL_TYPE{64};          //!< RADIUS_TUNNEL_L2TP and others
    static constexpr TaggedInteger TUNNEL_MEDIUM_TYPE{65};   //!< RadiusMedium
    static constexpr TaggedText TUNNEL_CLIENT_ENDPOINT{66};  //!< the LAC's address
    static constexpr TaggedText TUNNEL_SERVER_ENDPOINT{67};  //!< the LNS's address
    static constexpr Text ACCT_TUNNEL_CONNECTION{68};        //!< Call Serial Number
    static constexpr TaggedText TUNNEL_PASSWORD{69};         //!< the tunnel's secret
    static constexpr Text MESSAGE_AUTHENTICATOR{80};         //!< HMAC-MD5
    static constexpr TaggedText TUNNEL_PRIVATE_GROUP_ID{81}; //!< the customer group
    static constexpr TaggedText TUNNEL_ASSIGNMENT_ID{82};    //!< which tunnel to share
    static constexpr TaggedInteger TUNNEL_PREFERENCE{83};    //!< lower ones are preferred
    static constexpr Integer ACCT_INTERIM_INTERVAL{85};      //!< seconds
    static constexpr Integer ACCT_TUNNEL_PACKETS_LOST{86};   //!< of a link
    static constexpr Text FRAMED_POOL{88};                   //!< the name of an address pool
    static constexpr TaggedText TUNNEL_CLIENT_AUTH_ID{90};   //!< the LAC's Host Name
    static constexpr TaggedText TUNNEL_SERVER_AUTH_ID{91};   //!< the LNS's Host Name
    static constexpr RadiusKey<Ipv6Address> NAS_IPV6_ADDRESS{95}; //!< who asks

    static constexpr uint8_t VENDOR_SPECIFIC = 26;               //!< see AddVendor()
    static constexpr RadiusVendorKey MS_CHAP_ERROR{311, 2};      //!< ident and Failure message
    static constexpr RadiusVendorKey MS_CHAP_CHALLENGE{311, 11}; //!< the authenticator's challenge
    static constexpr RadiusVendorKey MS_CHAP2_RESPONSE{311, 25}; //!< the peer's response
    static constexpr RadiusVendorKey MS_CHAP2_SUCCESS{311, 26};  //!< ident and the proof
};

/// Values of Service-Type (RFC 2865, section 5.6) that are used here.
struct RadiusServiceType
{
    static constexpr uint32_t FRAMED = 2;      //!< PPP
    static constexpr uint32_t OUTBOUND = 5;    //!< what may a domain have, without a password?
    static constexpr uint32_t CALL_CHECK = 10; //!< is this call to be answered?
};

/// Values of Tunnel-Medium-Type (RFC 2868, section 3.2) that are used here.
struct RadiusMedium
{
    static constexpr uint32_t IPV4 = 1; //!< IPv4
    static constexpr uint32_t IPV6 = 2; //!< IPv6
};

inline constexpr uint32_t RADIUS_FRAMED_PPP = 1; //!< Framed-Protocol (RFC 2865, section 5.7)
// NAS-Port-Type (RFC 2865, section 5.41)
inline constexpr uint32_t RADIUS_PORT_ASYNC = 0;     //!< a modem's line
inline constexpr uint32_t RADIUS_PORT_SYNC = 1;      //!< a synchronous line
inline constexpr uint32_t RADIUS_PORT_VIRTUAL = 5;   //!< no port of its own, as in a tunnel
inline constexpr uint32_t RADIUS_PORT_ETHERNET = 15; //!< Ethernet
inline constexpr uint32_t RADIUS_TUNNEL_L2TP = 3;    //!< Tunnel-Type (RFC 2868, section 3.1)

/**
 * @brief Turns the value of an attribute into octets, and back.
 * @tparam T the type of the value
 */
template <typename T>
struct RadiusCodec
{
    using Type = T; //!< the type of the value

    /// Write a value. @param value the value @return its octets
    static std::vector<uint8_t> Write(const T& value);
    /// Read a value. @param octets its octets @return the value; nothing if their number is wrong
    static std::optional<T> Read(L2tpByteView octets);
};

/**
 * @ingroup l2tp
 *
 * @brief The attributes of a packet, in their order (RFC 2865, section 5).
 *
 * The attributes of a RadiusPacket have their values as on the wire. What applications send and
 * receive is in the clear: see HideRadiusAttributes().
 */
class RadiusAttributes
{
  public:
    /// The attributes. @return all, in their order
    const std::vector<RadiusAttribute>& GetAll() const
    {
        return m_all;
    }

    /// Whether there is none. @return true if so
    bool IsEmpty() const
    {
        return m_all.empty();
    }

    /// How long they are. @return octets on the wire
    std::size_t GetSize() const;

    /**
     * @brief Append an attribute as it is.
     * @param attribute the attribute, with a value of at most RADIUS_MAX_VALUE octets
     */
    void Append(RadiusAttribute attribute);

    /**
     * @brief Append others.
     * @param others the others
     */
    void Append(const RadiusAttributes& others);

    /**
     * @brief Append an attribute.
     * @tparam T the type of its value
     * @param key which
     * @param value its value
     * @return false if no attribute can hold the value, and it is left out: it is longer than
     *         RADIUS_MAX_VALUE octets or empty ("omit the entire attribute instead")
     */
    template <typename T>
    bool Add(RadiusKey<T> key, const typename RadiusCodec<T>::Type& value)
    {
        return AddOctets(key.type, RadiusCodec<T>::Write(value));
    }

    /**
     * @brief Append an attribute in place of those of its type.
     * @tparam T the type of its value
     * @param key which
     * @param value its value
     * @return as Add() does
     */
    template <typename T>
    bool Set(RadiusKey<T> key, const typename RadiusCodec<T>::Type& value)
    {
        Remove(key.type);
        return Add(key, value);
    }

    /**
     * @brief Append a vendor's attribute (RFC 2865, section 5.26).
     * @param key which
     * @param value its value
     * @return false if no attribute can hold the value, and it is left out: it has more than 247
     *         octets
     */
    bool AddVendor(RadiusVendorKey key, L2tpByteView value);

    /// Remove the attributes of a type. @param type their Type
    void Remove(uint8_t type);

    /// How many there are of a type. @param type the Type @return the number
    std::size_t Count(uint8_t type) const;

    /**
     * @brief Find an attribute.
     * @param type its Type
     * @return the first one, or null
     */
    const RadiusAttribute* Find(uint8_t type) const;

    /**
     * @brief Get the value of an attribute.
     * @tparam T its type
     * @param key which
     * @return the first one's; nothing if there is none, or if it has a wrong size
     */
    template <typename T>
    std::optional<T> Get(RadiusKey<T> key) const
    {
        const auto found = Find(key.type);
        return found ? RadiusCodec<T>::Read(found->value) : std::nullopt;
    }

    /**
     * @brief Get the values of all attributes of a type.
     * @tparam T the type of the values
     * @param key which
     * @return the values in their order, without those of a wrong size
     */
    template <typename T>
    std::vector<T> GetEach(RadiusKey<T> key) const
    {
        std::vector<T> values;
        for (const auto& attribute : m_all)
        {
            if (attribute.type == key.type)
            {
                if (auto value = RadiusCodec<T>::Read(attribute.value))
                {
                    values.push_back(std::move(*value));
                }
            }
        }
        return values;
    }

    /**
     * @brief Get the value of a vendor's attribute, which may share a Vendor-Specific attribute
     * with others.
     * @param key which
     * @return the first one's value; nothing if there is none, or if it has a wrong size
     */
    std::optional<std::vector<uint8_t>> GetVendor(RadiusVendorKey key) const;

  private:
    /// Append an attribute. @param type its Type @param value its Value @return as Add() does
    bool AddOctets(uint8_t type, std::vector<uint8_t> value);

    std::vector<RadiusAttribute> m_all; //!< the attributes
};

/// Whether attributes are the same, in the same order. @param a some @param b others @return true
/// if so
inline bool
operator==(const RadiusAttributes& a, const RadiusAttributes& b)
{
    return a.GetAll() == b.GetAll();
}

} // namespace ns3

#endif /* RADIUS_ATTRIBUTES_H */
