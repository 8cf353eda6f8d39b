/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPPOE_PACKET_H
#define PPPOE_PACKET_H

#include "ns3/header.h"
#include "ns3/l2tp-byte-view.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

/// Numbers of RFC 2516 that are no rows of a table.
namespace pppoe
{
constexpr uint16_t ETHERTYPE_DISCOVERY = 0x8863; //!< of the Discovery stage (section 4)
constexpr uint16_t ETHERTYPE_SESSION = 0x8864;   //!< of the PPP Session stage (section 4)
constexpr uint16_t RESERVED_SESSION = 0xffff;    //!< the SESSION_ID not to be used (section 4)
constexpr std::size_t MAX_PADI = 1484;           //!< octets of the longest PADI (section 5.1)
constexpr std::size_t HEADER_SIZE = 6;           //!< octets of the PPPoE header (section 4)
constexpr std::size_t PROTOCOL_SIZE = 2;         //!< octets of the PPP Protocol-ID (section 7)
constexpr uint16_t MAX_PAYLOAD = 1492;           //!< the largest MRU by default (section 7)
} // namespace pppoe

/// The CODE field (RFC 2516, sections 5 and 6).
enum class PppoeCode : uint8_t
{
    SESSION = 0x00, //!< a PPP frame (section 6)
    PADO = 0x07,    //!< Active Discovery Offer (section 5.2)
    PADI = 0x09,    //!< Active Discovery Initiation (section 5.1)
    PADR = 0x19,    //!< Active Discovery Request (section 5.3)
    PADS = 0x65,    //!< Active Discovery Session-confirmation (section 5.4)
    PADT = 0xa7     //!< Active Discovery Terminate (section 5.5)
};

/**
 * @brief Name a code.
 * @param code the code
 * @return the RFC's short name, "unknown" for others
 */
const char* PppoeCodeName(PppoeCode code);

/// The TAG_TYPE field (RFC 2516, Appendix A; RFC 4638, section 4).
enum class PppoeTagType : uint16_t
{
    END_OF_LIST = 0x0000,        //!< no TAG follows
    SERVICE_NAME = 0x0101,       //!< the service wanted, offered or given
    AC_NAME = 0x0102,            //!< who the Access Concentrator is
    HOST_UNIQ = 0x0103,          //!< which request of a host an answer belongs to
    AC_COOKIE = 0x0104,          //!< proof that a host received the offer
    VENDOR_SPECIFIC = 0x0105,    //!< four octets of vendor, and anything
    RELAY_SESSION_ID = 0x0110,   //!< of an agent that relays
    PPP_MAX_PAYLOAD = 0x0120,    //!< the largest PPP payload (RFC 4638)
    SERVICE_NAME_ERROR = 0x0201, //!< the service is refused
    AC_SYSTEM_ERROR = 0x0202,    //!< the Access Concentrator can't
    GENERIC_ERROR = 0x0203       //!< any other error
};

/**
 * @brief Name a type of TAG.
 * @param type the type
 * @return the RFC's name, "unknown" for others
 */
const char* PppoeTagName(PppoeTagType type);

/// What is wrong with a packet.
enum class PppoeError : uint8_t
{
    NONE,          //!< nothing
    TRUNCATED,     //!< it ends within its header
    VERSION,       //!< VER or TYPE isn't 1 (section 4)
    LENGTH,        //!< LENGTH is more than there is (section 4)
    CODE,          //!< no CODE of the Discovery stage
    TAG_TRUNCATED, //!< a TAG ends beyond LENGTH (section 5)
    TAG_VALUE,     //!< a TAG_VALUE is too short, too long or has an illegal value (Appendix A)
    SESSION_ID,    //!< a SESSION_ID that the code doesn't allow (sections 5.1 to 5.5)
    TAG_COUNT      //!< a TAG is missing, or there are too many (sections 5.1 to 5.4)
};

/**
 * @brief Name an error.
 * @param error the error
 * @return words of lower-case letters, joined by hyphens
 */
const char* PppoeErrorName(PppoeError error);

/**
 * @ingroup l2tp
 *
 * @brief The header of all PPPoE packets (RFC 2516, section 4): VER and TYPE, which are 1, CODE,
 * SESSION_ID and LENGTH.
 */
class PppoeHeader : public Header
{
  public:
    /// A header of an empty session packet.
    PppoeHeader() = default;

    /**
     * @brief Make a header to send.
     * @param code the CODE
     * @param sessionId the SESSION_ID
     * @param length octets of the payload
     */
    PppoeHeader(PppoeCode code, uint16_t sessionId, uint16_t length);

    /**
     * @brief Read a header.
     * @param data the first octets of a packet
     * @param size how many
     * @param header set to what was read, if the result is NONE
     * @return NONE, TRUNCATED or VERSION; whether there is a payload of LENGTH is not looked at
     */
    static PppoeError Parse(const uint8_t* data, std::size_t size, PppoeHeader& header);

    /// The CODE field. @return any value
    PppoeCode GetCode() const;
    /// The SESSION_ID field. @return any value
    uint16_t GetSessionId() const;
    /// The LENGTH field. @return octets of the payload
    uint16_t GetLength() const;
    /// The outcome of the last Deserialize(). @return NONE, or what is wrong
    PppoeError GetError() const;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();
    TypeId GetInstanceTypeId() const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    uint32_t Deserialize(Buffer::Iterator start) override;
    void Print(std::ostream& os) const override;

  private:
    PppoeCode m_code{PppoeCode::SESSION}; //!< CODE
    uint16_t m_sessionId{0};              //!< SESSION_ID
    uint16_t m_length{0};                 //!< LENGTH
    PppoeError m_error{PppoeError::NONE}; //!< outcome of the last Deserialize()
};

/// A TAG (RFC 2516, section 5).
struct PppoeTag
{
    PppoeTagType type;          //!< TAG_TYPE, which may be any number
    std::vector<uint8_t> value; //!< TAG_VALUE
};

/**
 * @brief Compare two TAGs.
 * @param a a TAG
 * @param b another one
 * @return true if type and value are the same
 */
inline bool
operator==(const PppoeTag& a, const PppoeTag& b)
{
    return a.type == b.type && a.value == b.value;
}

/**
 * @ingroup l2tp
 *
 * @brief A packet of the Discovery stage (RFC 2516, section 5).
 *
 * Serialising a packet that was read gives the octets it was read from, without what lies behind
 * its LENGTH, as the padding of short Ethernet frames does.
 */
class PppoeDiscovery
{
  public:
    /// A PADI without TAGs.
    PppoeDiscovery() = default;

    /**
     * @brief Make a packet without TAGs.
     * @param code the CODE
     * @param sessionId the SESSION_ID
     */
    explicit PppoeDiscovery(PppoeCode code, uint16_t sessionId = 0);

    /**
     * @brief Read a packet.
     * @param octets the packet from its PPPoE header on; what is behind its LENGTH is ignored
     * @param packet set to what was read, if the result is NONE
     * @return NONE, or the first thing wrong with its form; see Check() for its content
     */
    static PppoeError Parse(L2tpByteView octets, PppoeDiscovery& packet);

    /**
     * @brief Look whether the packet has what its code demands, and nothing it forbids.
     * @return NONE, SESSION_ID or TAG_COUNT
     */
    PppoeError Check() const;

    /// The octets. @return the packet from its PPPoE header on
    std::vector<uint8_t> Serialize() const;

    /// How long it is. @return octets, with the PPPoE header
    std::size_t GetSize() const;

    /// The CODE. @return the code
    PppoeCode GetCode() const;
    /// The SESSION_ID. @return any value
    uint16_t GetSessionId() const;
    /// The TAGs in their order. @return all before End-Of-List
    const std::vector<PppoeTag>& GetTags() const;

    /**
     * @brief Add a TAG.
     * @param type its type
     * @param value its value
     */
    void Add(PppoeTagType type, std::vector<uint8_t> value);

    /**
     * @brief Add a TAG of text.
     * @param type its type
     * @param text its value
     */
    void Add(PppoeTagType type, const std::string& text);

    /**
     * @brief Add a PPP-Max-Payload TAG (RFC 4638, section 4).
     * @param octets the largest PPP payload
     */
    void AddMaxPayload(uint16_t octets);

    /**
     * @brief Add the TAGs of a type that another packet has.
     * @param other the other packet
     * @param type the type
     */
    void CopyTags(const PppoeDiscovery& other, PppoeTagType type);

    /**
     * @brief Find a TAG.
     * @param type its type
     * @return the first one, or null
     */
    const PppoeTag* Find(PppoeTagType type) const;

    /**
     * @brief Look for a TAG.
     * @param type its type
     * @param text its value
     * @return true if there is exactly this one
     */
    bool Has(PppoeTagType type, const std::string& text) const;

    /**
     * @brief Get the value of the first TAG of a type, as text.
     * @param type the type
     * @return its octets, none if there is no such TAG
     */
    std::string GetText(PppoeTagType type) const;

    /// PPP-Max-Payload. @return its value in octets, 0 if there is no such TAG
    uint16_t GetMaxPayload() const;

    /// The first TAG that tells of an error. @return the TAG, or null
    const PppoeTag* FindError() const;

  private:
    /// How many TAGs there are of a type. @param type the type @return the number
    std::size_t Count(PppoeTagType type) const;

    PppoeCode m_code{PppoeCode::PADI}; //!< CODE
    uint16_t m_sessionId{0};           //!< SESSION_ID
    std::vector<PppoeTag> m_tags;      //!< all before End-Of-List
    bool m_endOfList{false};           //!< whether there was an End-Of-List
    std::vector<uint8_t> m_rest;       //!< what is behind it, and means nothing
};

/// A row of the table of TAGs.
struct PppoeTagInfo
{
    PppoeTagType type; //!< TAG_TYPE
    const char* name;  //!< the RFC's name
    uint16_t minSize;  //!< fewest octets of the value
    uint16_t maxSize;  //!< most octets of the value
};

/// The TAGs of RFC 2516, Appendix A, and RFC 4638, section 4.
extern const std::array<PppoeTagInfo, 11> PPPOE_TAGS;

/// A row of the table of Discovery packets.
struct PppoeCodeInfo
{
    /// Which SESSION_ID a packet has.
    enum class SessionId : uint8_t
    {
        ZERO,    //!< 0
        GIVEN,   //!< that of a session
        BY_ERROR //!< 0 if there is an error TAG, else that of a session
    };

    PppoeCode code;       //!< CODE
    const char* name;     //!< the RFC's name
    SessionId sessionId;  //!< its SESSION_ID
    uint16_t minServices; //!< fewest Service-Name TAGs
    uint16_t maxServices; //!< most Service-Name TAGs
    uint16_t minNames;    //!< fewest AC-Name TAGs
    uint16_t maxNames;    //!< most AC-Name TAGs
    const char* section;  //!< where RFC 2516 has it
};

/// The packets of RFC 2516, section 5, in its order.
extern const std::array<PppoeCodeInfo, 5> PPPOE_CODES;

} // namespace ns3

#endif /* PPPOE_PACKET_H */
