/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_HEADER_H
#define L2TP_HEADER_H

#include "l2tp-byte-view.h"

#include "ns3/header.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/// What can be wrong with an L2TP message header (RFC 2661, section 3.1).
enum class L2tpHeaderError : uint8_t
{
    NONE,         //!< nothing: the header is good
    TRUNCATED,    //!< the datagram ends within the header
    VERSION,      //!< Ver is not 2 (1 is L2F)
    CONTROL_BITS, //!< a control message without L or S, or with O
    LENGTH,       //!< Length is longer than the datagram or shorter than the header
    OFFSET,       //!< the offset padding runs beyond the message
};

/**
 * @brief The name of a header error.
 * @param error the error
 * @return a word of lower-case letters and hyphens
 */
const char* L2tpHeaderErrorName(L2tpHeaderError error);

/**
 * @ingroup l2tp
 *
 * @brief The L2TPv2 message header that control and data messages share (RFC 2661, section 3.1).
 *
 * @verbatim
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |T|L|x|x|S|x|O|P|x|x|x|x|  Ver  |          Length (opt)         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Tunnel ID           |           Session ID          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |             Ns (opt)          |             Nr (opt)          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      Offset Size (opt)        |    Offset pad... (opt)
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * @endverbatim
 *
 * Reserved (x) bits and the offset padding are kept as received, so that a header serialises to
 * the octets it was parsed from; both are 0 in a header made here.
 */
class L2tpHeader : public Header
{
  public:
    static constexpr uint16_t FLAG_TYPE = 0x8000;     //!< T: set for a control message
    static constexpr uint16_t FLAG_LENGTH = 0x4000;   //!< L: Length is present
    static constexpr uint16_t FLAG_SEQUENCE = 0x0800; //!< S: Ns and Nr are present
    static constexpr uint16_t FLAG_OFFSET = 0x0200;   //!< O: Offset Size is present
    static constexpr uint16_t FLAG_PRIORITY = 0x0100; //!< P: prefer in queues, data only
    static constexpr uint16_t RESERVED_BITS = 0x34f0; //!< x: sent as 0, ignored when received
    static constexpr uint16_t VERSION_BITS = 0x000f;  //!< Ver
    static constexpr uint16_t VERSION = 2;            //!< the version of RFC 2661
    static constexpr std::size_t CONTROL_SIZE = 12;   //!< octets of every control header
    static constexpr std::size_t MAX_FIXED_SIZE = 14; //!< most octets, offset padding left out

    /// A data header without options: 6 octets.
    L2tpHeader() = default;

    /**
     * @brief Make the header of a control message: T, L and S set.
     * @param tunnelId the receiver's Tunnel ID, 0 if it has assigned none yet
     * @param sessionId the receiver's Session ID, 0 for messages about the tunnel
     * @param ns the message's sequence number
     * @param nr the sequence number expected next
     * @param bodySize octets of AVPs that follow, 0 for a ZLB; at most 65,523, else the program
     * stops
     * @return the header
     */
    static L2tpHeader MakeControl(uint16_t tunnelId,
                                  uint16_t sessionId,
                                  uint16_t ns,
                                  uint16_t nr,
                                  std::size_t bodySize);

    /**
     * @brief Parse the header at the start of a datagram.
     *
     * @param prefix the datagram, or its first MAX_FIXED_SIZE octets if O is not set
     * @param datagramSize octets of the whole datagram
     * @param header receives the header if there is no error
     * @return what is wrong, or NONE
     */
    static L2tpHeaderError Parse(L2tpByteView prefix, std::size_t datagramSize, L2tpHeader& header);

    /**
     * @brief Write the header.
     * @param out room for GetSerializedSize() octets
     */
    void Write(uint8_t* out) const;

    /**
     * @brief The octets that follow the header, by the Length field where it is present.
     * @param datagramSize octets of the whole datagram
     * @return octets of payload; octets behind Length are not part of the message
     */
    std::size_t GetPayloadSize(std::size_t datagramSize) const;

    /**
     * @brief Tell control from data.
     * @return true if T is set
     */
    bool IsControl() const;

    /**
     * @brief Test flags.
     * @param flags one of the FLAG_ constants, or several of them
     * @return true if all are set
     */
    bool HasFlag(uint16_t flags) const;

    /**
     * @brief The whole first word: flags, reserved bits and version.
     * @return the word in host order
     */
    uint16_t GetFlagWord() const;

    /// Set or clear P. @param priority whether to set it
    void SetPriority(bool priority);

    /// Set L and Length. @param messageSize octets of the whole message, this header included
    void SetLength(uint16_t messageSize);

    /// The Length field. @return octets, 0 if L is not set
    uint16_t GetLength() const;

    /// Set the Tunnel ID. @param id the receiver's ID
    void SetTunnelId(uint16_t id);

    /// The Tunnel ID. @return the receiver's ID
    uint16_t GetTunnelId() const;

    /// Set the Session ID. @param id the receiver's ID
    void SetSessionId(uint16_t id);

    /// The Session ID. @return the receiver's ID
    uint16_t GetSessionId() const;

    /**
     * @brief Set S, Ns and Nr.
     * @param ns the sequence number of this message
     * @param nr the one expected next; reserved in data messages
     */
    void SetSequence(uint16_t ns, uint16_t nr);

    /// The sequence number. @return Ns, 0 if S is not set
    uint16_t GetNs() const;

    /// The sequence number expected next. @return Nr, 0 if S is not set
    uint16_t GetNr() const;

    /**
     * @brief Set O, and padding between header and payload.
     * @param pad the padding octets, possibly none; their number is the Offset Size
     */
    void SetOffsetPad(std::vector<uint8_t> pad);

    /// The offset padding. @return the octets, none if O is not set
    const std::vector<uint8_t>& GetOffsetPad() const;

    /**
     * @brief What Deserialize() found.
     * @return NONE, or why the header is not to be used
     */
    L2tpHeaderError GetError() const;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();
    TypeId GetInstanceTypeId() const override;
    void Print(std::ostream& os) const override;
    uint32_t GetSerializedSize() const override;
    void Serialize(Buffer::Iterator start) const override;
    /**
     * @brief Read the header from a packet; total, whatever the octets are.
     * @param start the packet's start
     * @return octets consumed, 0 with GetError() set if there is no good header
     */
    uint32_t Deserialize(Buffer::Iterator start) override;

  private:
    uint16_t m_flagWord{VERSION};                   //!< flags, reserved bits and version
    uint16_t m_length{0};                           //!< Length
    uint16_t m_tunnelId{0};                         //!< Tunnel ID
    uint16_t m_sessionId{0};                        //!< Session ID
    uint16_t m_ns{0};                               //!< Ns
    uint16_t m_nr{0};                               //!< Nr
    std::vector<uint8_t> m_offsetPad;               //!< octets between header and payload
    L2tpHeaderError m_error{L2tpHeaderError::NONE}; //!< what Deserialize() found
};

} // namespace ns3

#endif /* L2TP_HEADER_H */
