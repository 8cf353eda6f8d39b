/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RECEPTION_H
#define L2TP_RECEPTION_H

#include <cstdint>

namespace ns3
{

/// What a control channel makes of a datagram it receives.
enum class L2tpReception : uint8_t
{
    NEW,               //!< a message in order: delivered
    EARLY,             //!< a message ahead of its turn: kept until the gap is filled
    ZLB,               //!< an acknowledgement without a message
    DUPLICATE,         //!< a message seen before: acknowledged again, not delivered
    OUT_OF_WINDOW,     //!< a message ahead of the receive window: dropped
    DISCARDED,         //!< a message ahead of its turn that by choice isn't kept: dropped
    NO_ROOM,           //!< a message ahead of its turn that there is no room to keep: dropped
    ACKNOWLEDGES_MORE, //!< Nr acknowledges what was never sent: dropped
    CLOSED,            //!< a new message after the final one: acknowledged, not delivered
};

/**
 * @brief The name of a reception.
 * @param reception what was made of a datagram
 * @return a word of lower-case letters and hyphens
 */
const char* L2tpReceptionName(L2tpReception reception);

} // namespace ns3

#endif /* L2TP_RECEPTION_H */
