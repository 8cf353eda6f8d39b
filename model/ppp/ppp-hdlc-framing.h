/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_HDLC_FRAMING_H
#define PPP_HDLC_FRAMING_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/// The octets and sizes of HDLC-like framing (RFC 1662).
namespace ppp_hdlc
{
constexpr uint8_t FLAG = 0x7e;                //!< Flag Sequence (section 4.1)
constexpr uint8_t ESCAPE = 0x7d;              //!< Control Escape (section 4.2)
constexpr uint8_t TOGGLE = 0x20;              //!< what an escaped octet is xor'ed with
constexpr std::size_t FCS_SIZE = 2;           //!< octets of the FCS-16 (section 3.1)
constexpr std::size_t MIN_FRAME = 4;          //!< of a frame with its FCS (section 4.3)
constexpr uint32_t DEFAULT_ACCM = 0xffffffff; //!< of asynchronous links (section 7.1)
} // namespace ppp_hdlc

/**
 * @brief Compute the FCS-16 (RFC 1662, section 3.1 and Appendix C.2).
 * @param octets the frame: Address, Control, Protocol, Information and Padding
 * @param size how many octets
 * @return the FCS, which is sent with its least significant octet first
 */
uint16_t PppFcs16(const uint8_t* octets, std::size_t size);

/**
 * @brief Add the FCS-16 to the end of a frame.
 * @param frame the frame, without an FCS
 */
void AppendPppFcs16(std::vector<uint8_t>& frame);

/**
 * @brief Compare a frame with the FCS-16 at its end.
 * @param octets the frame, FCS included
 * @param size how many octets, MIN_FRAME at least
 * @return true if the FCS is right
 */
bool CheckPppFcs16(const uint8_t* octets, std::size_t size);

/**
 * @ingroup l2tp
 *
 * @brief Puts frames into octet-stuffed HDLC-like framing (RFC 1662, section 4).
 */
class PppHdlcEncoder
{
  public:
    /// Escapes all control characters, until it is told otherwise (section 7.1).
    PppHdlcEncoder();

    /**
     * @brief Set the sending ACCM.
     * @param accm bit n is set if octet n is to be escaped (section 7.1)
     */
    void SetAccm(uint32_t accm);

    /**
     * @brief Get the sending ACCM.
     * @return the octets below 0x20 that are escaped, as bits
     */
    uint32_t GetAccm() const;

    /**
     * @brief Escape one more octet, known to be intercepted on the way (section 7.1); for good.
     * @param octet 0x40 or higher, and not 0x5e: the others turn into octets that are special
     * @return false if it can't be escaped
     */
    bool AddEscape(uint8_t octet);

    /**
     * @brief Encode a frame.
     *
     * LCP's packets of codes 1 to 7 are encoded as if no ACCM had been negotiated (RFC 1661,
     * section 5).
     * @param frame the frame from its PPP header on, without an FCS
     * @param size how many octets
     * @param opening whether to begin with a Flag Sequence; the one that closed the frame before
     *        will do if that was sent just now (section 4.4.2)
     * @param out where to append the octets, of which the last one is the closing Flag Sequence
     */
    void Encode(const uint8_t* frame,
                std::size_t size,
                bool opening,
                std::vector<uint8_t>& out) const;

  private:
    uint32_t m_accm{ppp_hdlc::DEFAULT_ACCM}; //!< octets below 0x20 to escape
    std::array<bool, 256> m_escaped{};       //!< other octets to escape
};

/// What became of the octets up to this one.
enum class PppHdlcResult : uint8_t
{
    NONE,      //!< nothing yet, or an empty frame
    FRAME,     //!< a good frame
    BAD_FCS,   //!< a frame whose FCS is wrong
    TOO_SHORT, //!< a frame of less than four octets (section 4.3)
    ABORTED,   //!< a frame that ends with a Control Escape and a Flag Sequence (section 4.3)
    TOO_LONG,  //!< more octets than the receiver holds
    BAD_OCTET  //!< octet-framing is violated: there is no stop bit (section 4.3)
};

/**
 * @ingroup l2tp
 *
 * @brief Finds frames in a stream of octets (RFC 1662, section 4).
 *
 * Octets before the first Flag Sequence, and after something went wrong, are skipped. Whatever
 * comes, no more than the size given is held, and the next Flag Sequence begins a frame.
 */
class PppHdlcDecoder
{
  public:
    /**
     * @brief Make a decoder.
     * @param maxFrame the longest frame to take, in octets from the PPP header on, without the FCS
     */
    explicit PppHdlcDecoder(std::size_t maxFrame);

    /**
     * @brief Set the receiving ACCM.
     * @param accm bit n is set if octet n is removed, as it can only have been put in on the way
     */
    void SetAccm(uint32_t accm);

    /**
     * @brief Get the receiving ACCM.
     * @return the octets below 0x20 that are removed, as bits
     */
    uint32_t GetAccm() const;

    /**
     * @brief Take an octet.
     * @param octet the octet
     * @return what it completed; if FRAME, then GetFrame() is valid until the next octet
     */
    PppHdlcResult Push(uint8_t octet);

    /**
     * @brief Take an octet that has no stop bit, whatever it would have been.
     * @return BAD_OCTET, or NONE if there was no frame to spoil
     */
    PppHdlcResult PushViolation();

    /// Forget what was received: wait for a Flag Sequence.
    void Reset();

    /// The frame, if there is one. @return its octets, from the PPP header on, without the FCS
    const std::vector<uint8_t>& GetFrame() const;

  private:
    /**
     * @brief End the frame at a Flag Sequence.
     * @return what it is
     */
    PppHdlcResult Close();

    std::size_t m_limit;                     //!< octets to hold, FCS included
    uint32_t m_accm{ppp_hdlc::DEFAULT_ACCM}; //!< octets below 0x20 to remove
    std::vector<uint8_t> m_frame;            //!< octets of the frame so far
    bool m_hunting{true};                    //!< whether a Flag Sequence must come first
    bool m_escaped{false};                   //!< whether the last octet was a Control Escape
    bool m_complete{false};                  //!< whether m_frame was handed out
};

} // namespace ns3

#endif /* PPP_HDLC_FRAMING_H */
