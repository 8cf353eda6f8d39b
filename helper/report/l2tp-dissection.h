/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DISSECTION_H
#define L2TP_DISSECTION_H

#include "ns3/l2tp-byte-view.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// A part of a packet: where it lies, what it is called, what it says.
struct L2tpField
{
    std::size_t offset{0}; //!< its first octet, from the packet's beginning
    std::size_t size{0};   //!< how many octets it has
    uint8_t depth{0};      //!< 0: a part of the packet; 1: a part of the one before with depth 0
    std::string name;      //!< its name in the RFC
    std::string value;     //!< what it says, in words; empty if its parts say it
    std::string
        reference; //!< the RFC and its section; empty if there is none, or for a part's part
};

/**
 * @ingroup l2tp
 *
 * @brief What a packet says, field by field and octet by octet, by the module's own parsers.
 *
 * The parts of depth 0 follow each other without a gap, and end where the packet does.
 */
struct L2tpDissection
{
    std::string name;              //!< the message's name, such as "ICRQ"
    std::string about;             //!< what tells it from others of its kind; may be empty
    std::vector<L2tpField> fields; //!< all parts, in their order; a part's parts behind it
};

/**
 * @brief Take an L2TP datagram apart (RFC 2661, sections 3.1 and 4.1).
 * @param octets the UDP payload; anything
 * @return what it says, as far as it can be read
 */
L2tpDissection DissectL2tp(L2tpByteView octets);

/**
 * @brief Take a frame of one of PPP's control protocols apart (RFC 1661, sections 2, 5 and 6).
 * @param octets the frame from its PPP header on; anything
 * @return what it says, as far as it can be read
 */
L2tpDissection DissectPpp(L2tpByteView octets);

/**
 * @brief Take a packet of PPPoE's Discovery stage apart (RFC 2516, sections 4 and 5).
 * @param octets the packet from its PPPoE header on; anything
 * @return what it says, as far as it can be read
 */
L2tpDissection DissectPppoe(L2tpByteView octets);

/**
 * @brief Take a RADIUS packet apart (RFC 2865, sections 3 and 5).
 * @param octets the UDP payload; anything
 * @return what it says, as far as it can be read
 */
L2tpDissection DissectRadius(L2tpByteView octets);

/**
 * @brief Adds the fields of a packet, one behind the other.
 */
class L2tpFieldWriter
{
  public:
    /// Begin at the packet's beginning. @param fields takes the fields
    explicit L2tpFieldWriter(std::vector<L2tpField>& fields);

    /**
     * @brief Add a part of the packet, behind the last one.
     * @param size how many octets it has
     * @param name its name
     * @param value what it says
     * @param reference the RFC and its section
     */
    void Add(std::size_t size,
             const std::string& name,
             const std::string& value = "",
             const std::string& reference = "");

    /**
     * @brief Add a part of the last part, behind its last one.
     * @param size how many octets it has
     * @param name its name
     * @param value what it says
     */
    void AddPart(std::size_t size, const std::string& name, const std::string& value);

    /// How far the parts reach. @return octets
    std::size_t GetEnd() const;

  private:
    std::vector<L2tpField>& m_fields; //!< the fields
    std::size_t m_end{0};             //!< of the last part
    std::size_t m_partEnd{0};         //!< of the last part's last part
};

} // namespace ns3

#endif /* L2TP_DISSECTION_H */
