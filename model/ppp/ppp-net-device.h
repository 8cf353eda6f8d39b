/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_NET_DEVICE_H
#define PPP_NET_DEVICE_H

#include "ppp-link.h"

#include "ns3/address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/traced-callback.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A PppLink as an interface of a node.
 *
 * It is up while one of the link's network layers is; its callbacks of changes are called when any
 * of them goes up or down. While IPv6 is up the address of the device is the interface identifier,
 * as ns-3 makes IPv6 addresses of it. Frames of its Sniffer traces begin with the PPP header,
 * control frames included: capture them with PcapHelper::DLT_PPP.
 */
class PppNetDevice : public NetDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppNetDevice();

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

    void SetIfIndex(const uint32_t index) override;
    uint32_t GetIfIndex() const override;
    Ptr<Channel> GetChannel() const override;
    void SetAddress(Address address) override;
    Address GetAddress() const override;
    bool SetMtu(const uint16_t mtu) override;
    /**
     * @brief Get the longest network-layer packet.
     * @return octets: the peer's MRU, or the attribute Mtu if that is less
     */
    uint16_t GetMtu() const override;
    bool IsLinkUp() const override;
    void AddLinkChangeCallback(Callback<void> callback) override;
    bool IsBroadcast() const override;
    Address GetBroadcast() const override;
    bool IsMulticast() const override;
    Address GetMulticast(Ipv4Address multicastGroup) const override;
    Address GetMulticast(Ipv6Address addr) const override;
    bool IsBridge() const override;
    bool IsPointToPoint() const override;
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;
    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& dest,
                  uint16_t protocolNumber) override;
    Ptr<Node> GetNode() const override;
    void SetNode(Ptr<Node> node) override;
    bool NeedsArp() const override;
    void SetReceiveCallback(NetDevice::ReceiveCallback callback) override;
    void SetPromiscReceiveCallback(PromiscReceiveCallback callback) override;
    bool SupportsSendFrom() const override;

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Hand a packet to the node.
     * @param packet the packet
     * @param protocol its PPP protocol
     */
    void Receive(Ptr<Packet> packet, uint16_t protocol);
    /**
     * @brief The link carries IPv4.
     * @param local this end's address
     * @param peer the peer's address
     */
    void NetworkUp(Ipv4Address local, Ipv4Address peer);
    /**
     * @brief The link carries IPv6.
     * @param local this end's interface identifier
     * @param peer the peer's interface identifier
     */
    void Ipv6Up(uint64_t local, uint64_t peer);
    /**
     * @brief One of the link's network layers is down.
     * @param reason why
     */
    void NetworkDown(PppReason reason);
    /**
     * @brief A frame passes the link.
     * @param frame the frame
     */
    void Sniff(Ptr<const Packet> frame);
    /**
     * @brief The link dropped a frame.
     * @param reason why
     * @param frame the frame
     */
    void Dropped(PppDropReason reason, Ptr<const Packet> frame);
    /// Detach from the link.
    void Detach();

    Ptr<PppLink> m_link;                           //!< the link
    Ptr<Node> m_node;                              //!< the node
    uint32_t m_ifIndex{0};                         //!< index within the node
    uint16_t m_mtu;                                //!< own limit of the MTU in octets
    Address m_address;                             //!< PPP has none; ns-3 wants one
    Address m_peerAddress;                         //!< whoever is at the other end
    NetDevice::ReceiveCallback m_receive;          //!< the node
    PromiscReceiveCallback m_promiscReceive;       //!< the node, promiscuously
    TracedCallback<> m_linkChange;                 //!< told of up and down
    TracedCallback<Ptr<const Packet>> m_macTx;     //!< packets from the node
    TracedCallback<Ptr<const Packet>> m_macTxDrop; //!< those that were dropped
    TracedCallback<Ptr<const Packet>> m_macRx;     //!< packets to the node
    TracedCallback<Ptr<const Packet>> m_phyRxDrop; //!< frames from the circuit that were dropped
    TracedCallback<Ptr<const Packet>> m_sniffer;   //!< all frames
    TracedCallback<Ptr<const Packet>> m_promiscSniffer; //!< all frames
};

} // namespace ns3

#endif /* PPP_NET_DEVICE_H */
