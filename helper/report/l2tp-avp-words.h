/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_AVP_WORDS_H
#define L2TP_AVP_WORDS_H

#include "ns3/l2tp-byte-view.h"
#include "ns3/l2tp-control-message.h"

#include <cstddef>
#include <optional>
#include <string>

namespace ns3
{

/// Octets as digits. @param octets the octets @return two hexadecimal digits for each
std::string L2tpHex(L2tpByteView octets);

/**
 * @brief Make text fit for people to read.
 * @param text any octets
 * @return the same with a dot for each that is not printable ASCII
 */
std::string L2tpPrintable(std::string text);

/**
 * @brief Say what the value of an AVP means (RFC 2661, section 4.4).
 * @param message the message, whose type decides what a Result Code means
 * @param index which AVP, in the message's order
 * @return words of printable ASCII; nothing if the AVP is unknown, malformed, or hidden and not
 *         revealed
 */
std::optional<std::string> L2tpAvpInWords(const L2tpControlMessage& message, std::size_t index);

/**
 * @brief Name where an AVP is defined.
 * @param info its row of the catalogue
 * @return for example "RFC 2661, section 4.4.3"; empty if no RFC defines it
 */
std::string L2tpAvpReference(const L2tpAvpInfo& info);

} // namespace ns3

#endif /* L2TP_AVP_WORDS_H */
