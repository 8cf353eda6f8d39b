/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_FRAME_HEADER_H
#define PPP_FRAME_HEADER_H

#include "ns3/header.h"

#include <cstddef>
#include <cstdint>
#include <ostream>

namespace ns3
{

/// Why the header of a frame could not be read.
enum class PppFrameError : uint8_t
{
    NONE,                //!< it was read
    TRUNCATED,           //!< the frame ends within its header
    UNRECOGNIZED_CONTROL //!< Address without the Control value 03 (RFC 1662, section 3.1)
};

/**
 * @brief Name an error of the frame header.
 * @param error the error
 * @return its name
 */
const char* PppFrameErrorName(PppFrameError error);

/**
 * @ingroup l2tp
 *
 * @brief What a PPP frame begins with: Address and Control fields (unless compressed away), then
 * the Protocol field in two octets or, compressed, in one (RFC 1661, sections 2, 6.5 and 6.6;
 * RFC 1662, section 3.1).
 *
 * Both compressions are understood whether negotiated or not. Serialising a header that was read
 * gives the very octets it was read from.
 */
class PppFrameHeader : public Header
{
  public:
    static constexpr std::size_t MAX_SIZE = 4; //!< octets of the longest header

    /// An uncompressed header of protocol 0.
    PppFrameHeader() = default;

    /**
     * @brief Make a header to send.
     * @param protocol the value of the Protocol field
     * @param addressControl whether to send Address and Control (false: compressed away, ACFC)
     * @param compressed whether to send one octet of Protocol (PFC); ignored if the value needs two
     */
    PppFrameHeader(uint16_t protocol, bool addressControl, bool compressed);

    /**
     * @brief Read a header from the first octets of a frame.
     * @param data the octets of the frame, or its first MAX_SIZE octets
     * @param size how many there are
     * @param header set to what was read, if the result is NONE
     * @return NONE, or what is wrong
     */
    static PppFrameError Parse(const uint8_t* data, std::size_t size, PppFrameHeader& header);

    /**
     * @brief Get the protocol.
     * @return the value of the Protocol field, which may be any number: what doesn't comply with
     *         the rules is an unrecognized protocol (RFC 1661, section 2)
     */
    uint16_t GetProtocol() const;

    /**
     * @brief Tell whether Address and Control fields are present.
     * @return true if they are
     */
    bool HasAddressControl() const;

    /**
     * @brief Tell whether the Protocol field has one octet.
     * @return true if it has
     */
    bool IsCompressed() const;

    /**
     * @brief Get the outcome of the last Deserialize().
     * @return NONE, or what is wrong; then nothing was consumed
     */
    PppFrameError GetError() const;

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
    static constexpr uint8_t ADDRESS = 0xff; //!< All-Stations (RFC 1662, section 3.1)
    static constexpr uint8_t CONTROL = 0x03; //!< Unnumbered Information (RFC 1662, section 3.1)

    uint16_t m_protocol{0};                     //!< value of the Protocol field
    bool m_addressControl{true};                //!< whether Address and Control are present
    bool m_compressed{false};                   //!< whether the Protocol field has one octet
    PppFrameError m_error{PppFrameError::NONE}; //!< outcome of the last Deserialize()
};

} // namespace ns3

#endif /* PPP_FRAME_HEADER_H */
