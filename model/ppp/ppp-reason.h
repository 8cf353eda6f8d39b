/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_REASON_H
#define PPP_REASON_H

#include <cstddef>
#include <cstdint>

namespace ns3
{

/// Why a PPP link changed its phase, or its network layer went up or down.
enum class PppReason : uint8_t
{
    NONE,              //!< no reason yet
    LOWER_LAYER_UP,    //!< the circuit went up
    LOWER_LAYER_DOWN,  //!< the circuit went down or was taken away
    LCP_OPENED,        //!< LCP reached Opened
    AUTHENTICATED,     //!< both ends are satisfied with who the other is
    ADMINISTRATIVE,    //!< Open() or Close() was called
    PEER_TERMINATED,   //!< the peer sent a Terminate-Request
    RENEGOTIATION,     //!< a Configure packet or an unelicited Terminate-Ack when Opened
    NO_RESPONSE,       //!< Max-Configure Configure-Requests without a response
    NOT_CONVERGING,    //!< the peer refuses every request
    LOOPED_BACK,       //!< the Magic-Number says that the peer is this end itself
    ECHO_TIMEOUT,      //!< the peer doesn't answer Echo-Requests any more
    REJECTED_FATALLY,  //!< the peer rejected a code or protocol that nothing works without
    NETWORK_REJECTED,  //!< the peer rejected the network-layer protocol
    AUTH_REFUSED,      //!< the peer doesn't agree to authenticate itself
    AUTH_TIMEOUT,      //!< the peer doesn't answer in the Authentication phase
    PEER_AUTH_FAILED,  //!< the peer didn't prove to be who it says
    LOCAL_AUTH_FAILED, //!< the peer didn't accept this end's name and secret
    NO_ADDRESS,        //!< no IPv4 address for this end or for the peer
    SESSION_TIMEOUT,   //!< the peer's user has been there for as long as it may
    IDLE_TIMEOUT,      //!< no packet passed for as long as the peer's user may be idle
    REPLACED           //!< the peer's user came again, and has its address there
};

/// How many reasons there are.
constexpr std::size_t PPP_REASONS = 22;

/**
 * @brief Name a reason.
 * @param reason the reason
 * @return its name in words
 */
const char* PppReasonName(PppReason reason);

} // namespace ns3

#endif /* PPP_REASON_H */
