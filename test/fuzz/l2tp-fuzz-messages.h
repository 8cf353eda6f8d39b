/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FUZZ_MESSAGES_H
#define L2TP_FUZZ_MESSAGES_H

#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/**
 * @brief A value that an AVP may have.
 * @param info the AVP's row of the catalogue
 * @return the least that is legal, and not only zeros
 */
std::vector<uint8_t> FuzzAvpValue(const L2tpAvpInfo& info);

/**
 * @brief A control message with the AVPs that it must have, by the catalogue.
 * @param info the message's row of the catalogue
 * @param optional which of those that it may have are there, too: bit n has every eighth one from
 * the nth on
 * @return the message
 */
L2tpControlMessage FuzzMessage(const L2tpMessageInfo& info, uint8_t optional);

/**
 * @brief Put another value in place of one that a message has.
 * @tparam T the type of the value
 * @param message the message
 * @param key the AVP; nothing happens if the message has none
 * @param value the value
 */
template <typename T>
void
FuzzReplace(L2tpControlMessage& message, const L2tpAvpKey<T>& key, const T& value)
{
    L2tpControlMessage replaced;
    for (std::size_t i = 0; i < message.GetNAvps(); ++i)
    {
        const L2tpAvp avp = message.GetAvp(i);
        if (avp.type == key.type && avp.vendor == key.vendor)
        {
            replaced.Add(key, value);
        }
        else
        {
            replaced.AddRaw(avp);
        }
    }
    message = replaced;
}

/**
 * @brief A datagram.
 * @param header the header
 * @param payload what follows
 * @return the octets
 */
std::vector<uint8_t> FuzzDatagram(const L2tpHeader& header, const std::vector<uint8_t>& payload);

} // namespace ns3

#endif /* L2TP_FUZZ_MESSAGES_H */
