/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_AVP_HIDING_H
#define L2TP_AVP_HIDING_H

#include "l2tp-byte-view.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief Hide the value of an AVP (RFC 2661, section 4.3).
 *
 * @param type Attribute Type of the AVP
 * @param value the value, at most 65535 octets
 * @param secret the secret that both ends share
 * @param randomVector value of the Random Vector AVP that precedes it in the message
 * @param padding octets to append, so that the length says less; their content does not matter
 * @return the Attribute Value field of the hidden AVP
 */
std::vector<uint8_t> HideL2tpValue(uint16_t type,
                                   L2tpByteView value,
                                   const std::string& secret,
                                   L2tpByteView randomVector,
                                   L2tpByteView padding);

/**
 * @brief Find the value of a hidden AVP (RFC 2661, section 4.3).
 *
 * @param type Attribute Type of the AVP
 * @param hidden its Attribute Value field
 * @param secret the secret that both ends share
 * @param randomVector value of the Random Vector AVP most closely preceding it in the message
 * @return the value; nothing if the length inside can't be right, as with another secret
 */
std::optional<std::vector<uint8_t>> RevealL2tpValue(uint16_t type,
                                                    L2tpByteView hidden,
                                                    const std::string& secret,
                                                    L2tpByteView randomVector);

} // namespace ns3

#endif /* L2TP_AVP_HIDING_H */
