/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_NETWORK_LAYER_H
#define PPP_NETWORK_LAYER_H

#include "ppp-drop-reason.h"

#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What is above a PppLink: it takes the packets of the network layers, and sees all frames.
 *
 * A link tells it before the trace sources that are about the same.
 */
class PppNetworkLayer
{
  public:
    virtual ~PppNetworkLayer() = default;

    /**
     * @brief A packet of a network layer that is up has come.
     * @param packet the packet, without PPP header
     * @param protocol its PPP protocol, IPv4 or IPv6
     */
    virtual void Received(Ptr<Packet> packet, uint16_t protocol) = 0;

    /// IPv4 or IPv6 has gone up or down; the link knows which.
    virtual void NetworkChanged() = 0;

    /// A frame goes to the circuit, or came from it. @param frame it, with its PPP header
    virtual void FramePasses(Ptr<const Packet> frame) = 0;

    /// A frame or packet is dropped. @param reason why @param frame it
    virtual void FrameDropped(PppDropReason reason, Ptr<const Packet> frame) = 0;
};

} // namespace ns3

#endif /* PPP_NETWORK_LAYER_H */
