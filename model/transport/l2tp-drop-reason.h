/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DROP_REASON_H
#define L2TP_DROP_REASON_H

#include "ns3/l2tp-header.h"

#include <cstddef>
#include <cstdint>

namespace ns3
{

/// Why a datagram or frame was dropped. Each drop has one reason, and is traced with it.
enum class L2tpDropReason : uint8_t
{
    HEADER_TRUNCATED,        //!< L2tpHeaderError::TRUNCATED
    HEADER_VERSION,          //!< L2tpHeaderError::VERSION
    HEADER_CONTROL_BITS,     //!< L2tpHeaderError::CONTROL_BITS
    HEADER_LENGTH,           //!< L2tpHeaderError::LENGTH
    HEADER_OFFSET,           //!< L2tpHeaderError::OFFSET
    UNKNOWN_TUNNEL,          //!< no tunnel has the Tunnel ID
    WRONG_SOURCE,            //!< not from the tunnel's peer (RFC 2661, section 8.1)
    ISOLATED_SOURCE,         //!< from a network that is isolated from those of tunnels
    MALFORMED_MESSAGE,       //!< a control message for no tunnel that can't be understood
    ACKNOWLEDGES_MORE,       //!< Nr acknowledges what was never sent
    OUT_OF_WINDOW,           //!< Ns is ahead of the receive window
    CONTROL_OUT_OF_ORDER,    //!< a message ahead of its turn that by choice isn't kept
    CONTROL_CLOSED,          //!< a new message on a control connection that is closed
    UNKNOWN_MESSAGE,         //!< an unknown message type without the M bit
    UNEXPECTED_MESSAGE,      //!< a message that nobody here waits for
    TIE_LOST,                //!< an SCCRQ whose tunnel loses against our own (section 4.4.3)
    NO_RESOURCES,            //!< a limit is reached: on tunnels, or on what is held for one
    UNKNOWN_SESSION,         //!< no session of the tunnel has the Session ID
    SESSION_NOT_ESTABLISHED, //!< data for a session that is not up (yet)
    NO_RECEIVER,             //!< data for a session whose circuit nobody is attached to
    DATA_OUT_OF_ORDER,       //!< data whose turn is over (section 5.4)
    DATA_DUPLICATE,          //!< data with the Ns of data that came before
    DATA_WITHOUT_SEQUENCE,   //!< data without Ns where Sequencing Required was sent (section 5.4)
    DATA_CE_NOT_ECT,   //!< congestion was experienced by a packet whose transport can't be told
                       //!< but by a loss (RFC 6040, section 4.2)
    SEND_SESSION_DOWN, //!< a frame to be sent into a session that is not up
    SEND_TOO_LONG,     //!< a frame that no UDP datagram can hold
    SEND_NO_ROUTE,     //!< there is no route to the peer
    SEND_RECURSION,    //!< the route to the peer leads into the session itself
    COUNT,             //!< how many reasons there are
};

/// How many reasons there are, as a size.
inline constexpr std::size_t L2TP_DROP_REASONS = static_cast<std::size_t>(L2tpDropReason::COUNT);

/**
 * @brief The name of a reason, as it stands in summary.json.
 * @param reason the reason
 * @return words of lower-case letters, joined by hyphens
 */
const char* L2tpDropReasonName(L2tpDropReason reason);

/**
 * @brief The reason for dropping a datagram whose header is bad.
 * @param error what is wrong with it, not NONE
 * @return the reason
 */
L2tpDropReason L2tpDropReasonOf(L2tpHeaderError error);

} // namespace ns3

#endif /* L2TP_DROP_REASON_H */
