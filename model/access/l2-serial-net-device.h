/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2_SERIAL_NET_DEVICE_H
#define L2_SERIAL_NET_DEVICE_H

#include "l2-serial-line.h"
#include "l2-telephone-network.h"

#include "ns3/address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/traced-callback.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The port of a node where an L2SerialLine ends.
 *
 * It makes the line part of the topology, and of what pcap and Config paths reach. It is no
 * interface for IP and sends no packets of the node: that is what a PppNetDevice over the line
 * does. Frames of its Sniffer traces begin with the PPP header: capture them with
 * PcapHelper::DLT_PPP.
 */
class L2SerialNetDevice : public NetDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2SerialNetDevice();
    ~L2SerialNetDevice() override;

    /// The line, which is made and disposed of with the device. @return the line
    Ptr<L2SerialLine> GetLine() const;

    /**
     * @brief Be attached; what L2TelephoneNetwork::Attach() does.
     * @param network the network
     */
    void SetNetwork(Ptr<L2TelephoneNetwork> network);

    void SetIfIndex(const uint32_t index) override;
    uint32_t GetIfIndex() const override;
    Ptr<Channel> GetChannel() const override;
    void SetAddress(Address address) override;
    Address GetAddress() const override;
    bool SetMtu(const uint16_t mtu) override;
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
     * @brief The line has changed its state.
     * @param before the state before
     * @param now the state now
     */
    void StateChanged(L2LineState before, L2LineState now);
    /**
     * @brief A frame passes the line.
     * @param frame the frame
     */
    void Sniff(Ptr<const Packet> frame);

    Ptr<L2SerialLine> m_line;                           //!< the line
    Ptr<L2TelephoneNetwork> m_network;                  //!< where it is attached
    Ptr<Node> m_node;                                   //!< the node
    uint32_t m_ifIndex{0};                              //!< index within the node
    uint16_t m_mtu{1500};                               //!< as ns-3 wants one
    Address m_address;                                  //!< a line has none; ns-3 wants one
    TracedCallback<> m_linkChange;                      //!< told of up and down
    TracedCallback<Ptr<const Packet>> m_macTxDrop;      //!< packets of the node
    TracedCallback<Ptr<const Packet>> m_sniffer;        //!< all frames
    TracedCallback<Ptr<const Packet>> m_promiscSniffer; //!< all frames
};

} // namespace ns3

#endif /* L2_SERIAL_NET_DEVICE_H */
