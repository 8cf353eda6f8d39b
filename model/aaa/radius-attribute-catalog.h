/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_ATTRIBUTE_CATALOG_H
#define RADIUS_ATTRIBUTE_CATALOG_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace ns3
{

/// What an attribute's value holds (RFC 2865, section 5; RFC 3162, section 2).
enum class RadiusFormat : uint8_t
{
    TEXT,         //!< octets for people to read
    OCTETS,       //!< any octets
    INTEGER,      //!< 32 bits; 24 of them if there is a tag
    TIME,         //!< seconds since the beginning of 1970
    ADDRESS,      //!< an IPv4 address
    IPV6_ADDRESS, //!< an IPv6 address
    IPV6_PREFIX,  //!< a zero, the prefix length in bits, and as much of the prefix as is needed
    INTERFACE_ID  //!< the lower half of an IPv6 address
};

/// How an attribute's value is hidden on the wire.
enum class RadiusHiding : uint8_t
{
    NONE,     //!< not at all
    PASSWORD, //!< by the Request Authenticator (RFC 2865, section 5.2)
    SALTED    //!< by the Request Authenticator and a salt (RFC 2868, section 3.5)
};

/// How often an attribute may be in a packet (RFC 2865, section 5.44).
enum class RadiusCount : uint8_t
{
    NONE,      //!< 0: it must not be there
    AT_MOST_1, //!< 0-1
    ANY,       //!< 0+
    EXACTLY_1  //!< 1: it must be there
};

/// A row of the catalogue: all that an RFC fixes about one attribute.
struct RadiusAttributeInfo
{
    uint8_t type;           //!< Type
    const char* name;       //!< the name, as in the RFC
    RadiusFormat format;    //!< what the value holds
    uint8_t minSize;        //!< fewest octets of the value on the wire, with the tag
    uint8_t maxSize;        //!< most octets of the value on the wire, with the tag
    bool tagged;            //!< whether the value begins with a tag (RFC 2868, section 3)
    RadiusHiding hiding;    //!< how the value is hidden
    RadiusCount request;    //!< in Access-Request
    RadiusCount accept;     //!< in Access-Accept
    RadiusCount reject;     //!< in Access-Reject
    RadiusCount challenge;  //!< in Access-Challenge
    RadiusCount accounting; //!< in Accounting-Request
    uint16_t rfc;           //!< the RFC that defines it
    const char* section;    //!< where
};

/// A row of the catalogue of a vendor's attributes.
struct RadiusVendorAttributeInfo
{
    uint32_t vendor;     //!< Vendor-Id
    uint8_t type;        //!< Vendor-Type
    const char* name;    //!< the name, as in the RFC
    RadiusFormat format; //!< what the value holds
    uint8_t minSize;     //!< fewest octets of the value
    uint8_t maxSize;     //!< most octets of the value
    uint16_t rfc;        //!< the RFC that defines it
    const char* section; //!< where
};

/// How many attributes the catalogue has.
inline constexpr std::size_t RADIUS_ATTRIBUTE_COUNT = 90;

/// The catalogue: the attributes of RFC 2865 to 2869, 3162 and 4818, sorted by number.
extern const std::array<RadiusAttributeInfo, RADIUS_ATTRIBUTE_COUNT> RADIUS_ATTRIBUTES;

/// The catalogue of the vendor attributes that PPP needs (RFC 2548).
extern const std::array<RadiusVendorAttributeInfo, 5> RADIUS_VENDOR_ATTRIBUTES;

/**
 * @brief Look an attribute up.
 * @param type its Type
 * @return its row, or null if the catalogue has none
 */
const RadiusAttributeInfo* FindRadiusAttribute(uint8_t type);

/**
 * @brief The name of an attribute.
 * @param type its Type
 * @return the RFC's name, or "attribute 200"
 */
std::string RadiusAttributeName(uint8_t type);

/**
 * @brief Look a vendor's attribute up.
 * @param vendor the Vendor-Id
 * @param type its Vendor-Type
 * @return its row, or null if the catalogue has none
 */
const RadiusVendorAttributeInfo* FindRadiusVendorAttribute(uint32_t vendor, uint8_t type);

} // namespace ns3

#endif /* RADIUS_ATTRIBUTE_CATALOG_H */
