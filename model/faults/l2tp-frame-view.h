/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FRAME_VIEW_H
#define L2TP_FRAME_VIEW_H

#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/// What a frame on a link carries, as somebody sees who reads it on its way.
struct L2tpFrameView
{
    /// What it is, as far as L2TP is concerned.
    enum class Kind : uint8_t
    {
        OTHER,   //!< no L2TP, or a fragment that is not the first
        DATA,    //!< a data message
        ZLB,     //!< an acknowledgement without a message
        MESSAGE, //!< a control message
    };

    Kind kind{Kind::OTHER};  //!< what it is
    uint16_t messageType{0}; //!< the value of a control message's Message Type AVP; 0: none
};

/**
 * @brief Look for L2TP in a frame: in UDP, in IPv4 or IPv6, alone or behind the header of PPP or
 * Ethernet.
 * @param frame the frame
 * @param port the UDP port that L2TP has at one end at least
 * @return what it is; octets that make no sense are OTHER
 */
L2tpFrameView ViewL2tpFrame(Ptr<const Packet> frame, uint16_t port);

} // namespace ns3

#endif /* L2TP_FRAME_VIEW_H */
