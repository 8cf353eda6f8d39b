/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_NET_DEVICE_H
#define PPP_NET_DEVICE_H

#include "ppp-device.h"
#include "ppp-link.h"
#include "ppp-network-layer.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A PppLink as an interface of a node.
 *
 * It is up while one of the link's network layers is; its callbacks of changes are called when any
 * of them goes up or down. While IPv6 is up the address of the device is the interface identifier,
 * as ns-3 makes IPv6 addresses of it.
 */
class PppNetDevice : public PppDevice, private PppNetworkLayer
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppNetDevice();
    ~PppNetDevice() override;

    /**
     * @brief Set the link; once, before the node uses the device. The device disposes of it.
     * @param link the link
     */
    void SetLink(Ptr<PppLink> link);

    /**
     * @brief Get the link.
     * @return the link, or null
     */
    Ptr<PppLink> GetLink() const;

    /**
     * @brief Get the longest network-layer packet.
     * @return octets: the peer's MRU, or the attribute Mtu if that is less
     */
    uint16_t GetMtu() const override;
    bool IsLinkUp() const override;
    bool IsPointToPoint() const override;
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

  protected:
    void DoDispose() override;

  private:
    bool Transmit(Ptr<Packet> packet, uint16_t protocol) override;
    void Received(Ptr<Packet> packet, uint16_t protocol) override;
    void NetworkChanged() override;
    void FramePasses(Ptr<const Packet> frame) override;
    void FrameDropped(PppDropReason reason, Ptr<const Packet> frame) override;

    Ptr<PppLink> m_link; //!< the link
};

} // namespace ns3

#endif /* PPP_NET_DEVICE_H */
