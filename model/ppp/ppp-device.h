/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_DEVICE_H
#define PPP_DEVICE_H

#include "ppp-drop-reason.h"

#include "ns3/address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/traced-callback.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What an interface of a node has to be that sends over PPP: over one link (PppNetDevice),
 * or over many (PppSharedNetDevice).
 *
 * Its packets are IPv4's and IPv6's; it has no link-layer addresses, and resolves none. Frames of
 * its Sniffer traces begin with the PPP header, control frames included: capture them with
 * PcapHelper::DLT_PPP.
 */
class PppDevice : public NetDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppDevice();
    ~PppDevice() override;

    void SetIfIndex(const uint32_t index) override;
    uint32_t GetIfIndex() const override;
    Ptr<Channel> GetChannel() const override;
    void SetAddress(Address address) override;
    Address GetAddress() const override;
    bool SetMtu(const uint16_t mtu) override;
    void AddLinkChangeCallback(Callback<void> callback) override;
    bool IsBroadcast() const override;
    Address GetBroadcast() const override;
    bool IsMulticast() const override;
    Address GetMulticast(Ipv4Address multicastGroup) const override;
    Address GetMulticast(Ipv6Address addr) const override;
    bool IsBridge() const override;
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

    /**
     * @brief Send a packet that isn't longer than the attribute Mtu.
     * @param packet the packet, which the device owns
     * @param protocol its PPP protocol, IPv4 or IPv6
     * @return false if it was dropped, and traced
     */
    virtual bool Transmit(Ptr<Packet> packet, uint16_t protocol) = 0;

    /// Own limit of the MTU. @return octets, the attribute Mtu
    uint16_t GetOwnMtu() const;

    /**
     * @brief Take the address that ns-3 makes a link-local address of.
     * @param identifier an interface identifier (RFC 5072, section 4.1)
     */
    void SetIdentifier(uint64_t identifier);

    /// Tell who asked for it that a network layer has gone up or down.
    void TellLinkChange();

    /// Count as received, and hand a packet to the node. @param packet it @param protocol its PPP
    /// protocol
    void PassUp(Ptr<Packet> packet, uint16_t protocol);

    /// Trace a frame that passes. @param frame it
    void Sniff(Ptr<const Packet> frame);

    /// Trace a frame or packet that was dropped. @param reason why @param frame it
    void TraceDrop(PppDropReason reason, Ptr<const Packet> frame);

  private:
    Ptr<Node> m_node;                                   //!< the node
    uint32_t m_ifIndex{0};                              //!< index within the node
    uint16_t m_mtu;                                     //!< own limit of the MTU in octets
    Address m_address;                                  //!< PPP has none; ns-3 wants one
    Address m_peerAddress;                              //!< whoever is at the other end
    NetDevice::ReceiveCallback m_receive;               //!< the node
    PromiscReceiveCallback m_promiscReceive;            //!< the node, promiscuously
    TracedCallback<> m_linkChange;                      //!< told of up and down
    TracedCallback<Ptr<const Packet>> m_macTx;          //!< packets from the node
    TracedCallback<Ptr<const Packet>> m_macTxDrop;      //!< those that were dropped
    TracedCallback<Ptr<const Packet>> m_macRx;          //!< packets to the node
    TracedCallback<Ptr<const Packet>> m_phyRxDrop;      //!< frames from circuits that were dropped
    TracedCallback<Ptr<const Packet>> m_sniffer;        //!< all frames
    TracedCallback<Ptr<const Packet>> m_promiscSniffer; //!< all frames
};

} // namespace ns3

#endif /* PPP_DEVICE_H */
