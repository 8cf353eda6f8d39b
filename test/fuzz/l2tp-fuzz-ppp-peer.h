/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FUZZ_PPP_PEER_H
#define L2TP_FUZZ_PPP_PEER_H

#include "l2tp-fuzz-input.h"

#include "ns3/ppp-control-packet.h"
#include "ns3/ppp-frame-header.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief The other end of a PPP link under test: it says what the input has it say, and knows
 * enough of PPP to say what fits, so that the link gets as far as it can.
 */
class FuzzPppPeer
{
  public:
    static constexpr const char* USER = "alice";          //!< who the peer may be
    static constexpr const char* PASSWORD = "wonderland"; //!< the user's

    /// The link sends a frame. @param frame from its PPP header on
    void Hear(const std::vector<uint8_t>& frame);

    /// Say something. @param input what @return a frame
    std::vector<uint8_t> Say(FuzzInput& input);

    /**
     * @brief Tell whether a frame may be given to a link on which ns-3's own IP is, which does not
     * stand any octets: an echo request of ICMP that ends in its header stops it, for one.
     * @param frame from its PPP header on
     * @return false if it has an IP packet, other than those that this peer makes
     */
    static bool IsFitForIp(const std::vector<uint8_t>& frame);

  private:
    using OctetString = std::vector<uint8_t>;

    /// What can be said, by the input's octet.
    enum Kind : uint8_t
    {
        RAW,          //!< a frame as it is in the input
        PACKET,       //!< a control packet of any code
        ACKNOWLEDGE,  //!< the Configure-Ack of the link's last request
        REFUSE,       //!< a Configure-Nak or -Reject of it
        REQUEST,      //!< a Configure-Request that is common
        AUTHENTICATE, //!< what proves who this end is, or what is thought of the link
        ECHO,         //!< LCP's codes from 5 on
        DATAGRAM,     //!< an IP packet
        KINDS         //!< how many there are
    };

    /// A frame. @param protocol its protocol @param packet what is in it @return it
    static OctetString Frame(uint16_t protocol, const PppControlPacket& packet);
    /// A control protocol, by the input. @param input says which @return it
    static uint16_t Protocol(FuzzInput& input);
    /// What the link said last in a protocol. @param protocol it @return it
    PppControlPacket& Last(uint16_t protocol);

    /// A Configure-Nak or -Reject. @param input says of what @return the frame
    OctetString Refuse(FuzzInput& input);
    /// A Configure-Request. @param input says of what @return the frame
    OctetString Request(FuzzInput& input);
    /// Something of PAP or CHAP. @param input says what @return the frame
    OctetString Authenticate(FuzzInput& input);
    /// A packet of CHAP that answers the link's last challenge. @param ms whether by MS-CHAP-V2
    /// @return the frame
    OctetString Respond(bool ms);
    /// Something of LCP but Configure packets. @param input says what @return the frame
    OctetString Echo(FuzzInput& input);
    /// A UDP datagram in IP, or a Router Solicitation. @param input says which @return the frame
    static OctetString Datagram(FuzzInput& input);

    std::map<uint16_t, PppControlPacket> m_requests; //!< by protocol: the link's last request
    PppControlPacket m_challenge;                    //!< CHAP's last one
    uint8_t m_identifier{0};                         //!< of the last request of this end
};

} // namespace ns3

#endif /* L2TP_FUZZ_PPP_PEER_H */
