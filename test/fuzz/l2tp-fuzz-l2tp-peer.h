/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FUZZ_L2TP_PEER_H
#define L2TP_FUZZ_L2TP_PEER_H

#include "l2tp-fuzz-input.h"
#include "l2tp-fuzz-ppp-peer.h"

#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief The peer of an L2TP endpoint under test: it says what the input has it say, by default
 * what would be right to say next, with what is to be wrong about it.
 *
 * It has two tunnels with two calls each, opened by either side.
 */
class FuzzL2tpPeer
{
  public:
    /// Make it. @param secret the tunnels' secret; empty if there is none
    explicit FuzzL2tpPeer(std::string secret)
        : m_secret(std::move(secret))
    {
    }

    /// The endpoint sends a datagram. @param datagram the UDP payload
    void Hear(const std::vector<uint8_t>& datagram);

    /// A control message. @param input says which @return the UDP payload
    std::vector<uint8_t> SayControl(FuzzInput& input);
    /// A data message. @param input says which @return the UDP payload
    std::vector<uint8_t> SayData(FuzzInput& input);
    /// Octets of the input, with IDs that fit if it wants that. @param input says which
    /// @return the UDP payload
    std::vector<uint8_t> SayRaw(FuzzInput& input) const;

    /// Whether a datagram may be given to an endpoint: see FuzzPppPeer::IsFitForIp().
    /// @param datagram the UDP payload @return false for data with another IP packet
    static bool IsFitForIp(const std::vector<uint8_t>& datagram);

  private:
    using OctetString = std::vector<uint8_t>;

    /// A call, as far as the peer knows.
    struct Call
    {
        uint16_t remote{0}; //!< the endpoint's Session ID, 0 if it is not known
        uint16_t ns{0};     //!< of the next data message that bears one
        FuzzPppPeer ppp;    //!< who is at this end of it
    };

    /// A tunnel, as far as the peer knows.
    struct Tunnel
    {
        uint16_t remote{0};        //!< the endpoint's Tunnel ID, 0 if it is not known
        uint16_t ns{0};            //!< of the next control message
        uint16_t nr{0};            //!< of the endpoint's next control message
        std::string challenge;     //!< of the endpoint
        std::array<Call, 2> calls; //!< in it
        uint8_t begun{0};          //!< calls that the endpoint began
    };

    /// What may be wrong with a control message, by the input; without, it is right.
    enum Fault : uint8_t
    {
        SEQUENCE = 0x04,   //!< Ns and Nr are other ones
        TUNNEL_ID = 0x08,  //!< the Tunnel ID is another one
        SESSION_ID = 0x10, //!< the Session ID is another one
        EXTRA_AVPS = 0x20, //!< there are more AVPs
        HIDDEN = 0x40,     //!< no fault: what can be hidden is
        OPTIONAL = 0x80    //!< no fault: there are AVPs that need not be
    };

    /// The ID of one of the peer's tunnels. @param index which @return it
    static uint16_t TunnelId(std::size_t index);
    /// The ID of one of the peer's calls. @param tunnel its tunnel @param index which @return it
    static uint16_t SessionId(std::size_t tunnel, std::size_t index);

    /**
     * @brief Take a control message of the endpoint.
     * @param header its header
     * @param message it
     */
    void HearControl(const L2tpHeader& header, const L2tpControlMessage& message);

    /**
     * @brief Make the message that would be right.
     * @param info which
     * @param optional which AVPs that need not be there are
     * @param tunnel the index of the tunnel
     * @param call the index of the call
     * @return the message
     */
    L2tpControlMessage Make(const L2tpMessageInfo& info,
                            uint8_t optional,
                            std::size_t tunnel,
                            std::size_t call);

    /// Append AVPs. @param input says which @param message receives them
    static void AddExtras(FuzzInput& input, L2tpControlMessage& message);

    std::string m_secret;            //!< the tunnels'
    std::array<Tunnel, 2> m_tunnels; //!< what it has
    uint8_t m_random{0};             //!< what hides AVPs
};

} // namespace ns3

#endif /* L2TP_FUZZ_L2TP_PEER_H */
