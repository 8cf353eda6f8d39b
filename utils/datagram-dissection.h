/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef DATAGRAM_DISSECTION_H
#define DATAGRAM_DISSECTION_H

#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>

/**
 * @brief What an L2TP datagram says, by the module's own parsers, for programs and for people.
 */
class DatagramDissection
{
  public:
    /**
     * @brief Take a datagram apart.
     * @param octets the UDP payload; anything. It must live as long as this object
     * @param secret the secret that reveals hidden AVPs; empty if there is none
     */
    DatagramDissection(ns3::L2tpByteView octets, const std::string& secret);

    /**
     * @brief Tell all of it to a program.
     * @param frame the number of the frame, which comes first
     * @return an object with the fields that doc/l2tp.rst lists, in that order
     */
    nlohmann::ordered_json ToJson(uint32_t frame) const;

    /**
     * @brief Tell all of it to a person.
     * @param os where to; a line for each part, and a title first, to which something was printed
     */
    void Print(std::ostream& os) const;

  private:
    /// What the message is. @return "control", "data" or "zlb"; null if it can't be told
    const char* GetKind() const;

    /// The message's name. @return it; nothing if it has none
    std::optional<std::string> GetMessageName() const;

    /// Octets that follow the header. @return the number
    std::size_t GetPayloadSize() const;

    /// Judge the message as a receiver would. @return what the RFC asks it to do about a fault;
    /// nothing if there is none, or if what is hidden can't be judged
    std::optional<std::string> GetFault() const;

    /// Write what was parsed. @return true if that gives the very octets
    bool RoundTrips() const;

    /**
     * @brief Print the header's line.
     * @param os where to
     */
    void PrintHeader(std::ostream& os) const;

    /**
     * @brief Print the line of an AVP.
     * @param index which
     * @param os where to
     */
    void PrintAvp(std::size_t index, std::ostream& os) const;

    ns3::L2tpByteView m_octets;        //!< the datagram
    ns3::L2tpHeader m_header;          //!< its header, if m_hasHeader
    bool m_hasHeader{false};           //!< whether the header is good
    ns3::L2tpControlMessage m_message; //!< the AVPs of a control message, as many as are good
    std::string m_error;               //!< the reason code; empty if all could be parsed
};

#endif /* DATAGRAM_DISSECTION_H */
