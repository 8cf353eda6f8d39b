/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_DROP_REASON_H
#define PPP_DROP_REASON_H

#include <cstddef>
#include <cstdint>

namespace ns3
{

/// Why a PPP link dropped a frame or packet.
enum class PppDropReason : uint8_t
{
    FRAME_TRUNCATED,    //!< received: the frame ends within its header
    FRAME_CONTROL,      //!< received: unrecognized Control field (RFC 1662, section 3.1)
    UNKNOWN_PROTOCOL,   //!< received: answered by a Protocol-Reject (RFC 1661, section 5.7)
    WRONG_PHASE,        //!< received: not for this phase (RFC 1661, sections 3.4 to 3.7)
    NETWORK_NOT_OPENED, //!< received: its NCP isn't Opened (RFC 1661, section 3.6)
    CONTROL_MALFORMED,  //!< received: invalid Length (RFC 1661, section 5)
    OPTIONS_MALFORMED,  //!< received: invalid option Length (RFC 1661, section 6)
    STALE_IDENTIFIER,   //!< received: no such request is outstanding (RFC 1661, section 5)
    OPTIONS_MISMATCH,   //!< received: options not as requested (RFC 1661, sections 5.2, 5.4)
    NOT_OPENED,         //!< received: only valid in Opened (RFC 1661, sections 5.7 to 5.9)
    BAD_MAGIC,          //!< received: another's Magic-Number (RFC 1661, section 6.4)
    AUTH_MALFORMED,     //!< received: PAP or CHAP fields beyond the packet's end
    AUTH_UNEXPECTED,    //!< received: PAP or CHAP packet that nobody waits for
    DISCARD_REQUEST,    //!< received: meant to be dropped (RFC 1661, section 5.9)
    NO_RECEIVER,        //!< received: nobody takes network-layer packets
    TX_NOT_OPENED,      //!< to send: the network layer isn't up
    TX_TOO_LONG,        //!< to send: longer than the peer's MRU
    TX_REFUSED          //!< to send: the circuit doesn't take it
};

/// How many drop reasons there are.
constexpr std::size_t PPP_DROP_REASONS = 18;

/**
 * @brief Name a drop reason.
 * @param reason the reason
 * @return its name in words
 */
const char* PppDropReasonName(PppDropReason reason);

} // namespace ns3

#endif /* PPP_DROP_REASON_H */
