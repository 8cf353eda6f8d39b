/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_SHARED_LINE_H
#define PPP_SHARED_LINE_H

#include "ppp-link.h"
#include "ppp-network-layer.h"
#include "ppp-router-advertiser.h"
#include "ppp-user-profile.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ns3
{

class PppSharedNetDevice;

/**
 * @ingroup l2tp
 *
 * @brief One of the PPP links of a PppSharedNetDevice, and which destinations it leads to.
 *
 * While IPv4 is up these are the peer's address and the networks behind its user; while IPv6 is up
 * its link-local address, and the prefix that is advertised to it.
 */
class PppSharedLine : private PppNetworkLayer
{
  public:
    /**
     * @brief Make it.
     * @param link the link, which is down, and which nothing is above
     * @param device the device that its packets are of
     */
    PppSharedLine(Ptr<PppLink> link, Ptr<PppSharedNetDevice> device);
    /// Leaves the device, and the link.
    ~PppSharedLine() override;
    PppSharedLine(const PppSharedLine&) = delete;
    PppSharedLine& operator=(const PppSharedLine&) = delete;

    /**
     * @brief Be one of another device. Not while IPv4 or IPv6 is up.
     * @param device the device
     */
    void MoveTo(Ptr<PppSharedNetDevice> device);

    /// The device. @return it
    Ptr<PppSharedNetDevice> GetDevice() const;

    /**
     * @brief Route a prefix to the peer, and advertise it, when IPv6 is up.
     * @param prefix the prefix, of 64 bits
     */
    void SetIpv6Prefix(Ipv6Address prefix);

    /**
     * @brief Fix the stream of the random variable, if there is an IPv6 prefix.
     * @param stream the stream to use
     */
    void AssignStream(int64_t stream);

    /**
     * @brief Limit the packets to the peer, as the path to it may demand (RFC 1191).
     * @param mtu octets; has no effect if the peer's MRU is less
     */
    void SetMtu(uint16_t mtu);

    /// The link. @return it
    PppLink& GetLink() const;

    /// The address of this end. @return it; meaningful while IPv4 is up
    Ipv4Address GetLocalAddress() const;

    /**
     * @brief Send a packet. One that is longer than the peer takes is fragmented if it is IPv4's,
     * and refused to its sender if it is IPv6's.
     * @param packet the packet, which the line owns
     * @param protocol its PPP protocol
     * @return false if it was dropped
     */
    bool Send(Ptr<Packet> packet, uint16_t protocol);

  private:
    friend class PppSharedNetDevice; // keeps the lines that are up in a list

    void Received(Ptr<Packet> packet, uint16_t protocol) override;
    void NetworkChanged() override;
    void FramePasses(Ptr<const Packet> frame) override;
    void FrameDropped(PppDropReason reason, Ptr<const Packet> frame) override;

    /// IPv4 is up: lead to the peer and its networks.
    void Ipv4Up();
    /// Undo that.
    void Ipv4Down();
    /// IPv6 is up: lead to the peer and its prefix.
    void Ipv6Up();
    /// Undo that.
    void Ipv6Down();
    /// Send an IPv4 packet in pieces. @param packet it @return false if one was dropped
    bool SendInPieces(Ptr<Packet> packet);
    /// Send an advertisement. @param message of ICMPv6
    void SendAdvertisement(Ptr<Packet> message);

    Ptr<PppLink> m_link;                //!< the link
    Ptr<PppSharedNetDevice> m_device;   //!< the device
    std::size_t m_index{0};             //!< among the device's lines, while IPv4 or IPv6 is up
    uint16_t m_limit{UINT16_MAX};       //!< own limit of m_mtu, in octets
    uint16_t m_mtu{0};                  //!< octets of the longest packet, while IPv4 or IPv6 is up
    bool m_ipv4{false};                 //!< whether IPv4 is up
    bool m_ipv6{false};                 //!< whether IPv6 is up
    Ipv4Address m_local;                //!< own address, while IPv4 is up
    Ipv4Address m_peer;                 //!< the peer's, while IPv4 is up
    std::vector<PppUserRoute> m_routes; //!< networks behind the peer, while IPv4 is up
    uint64_t m_peerIdentifier{0};       //!< the peer's, while IPv6 is up
    Ipv6Address m_prefix{Ipv6Address::GetAny()};       //!< routed to the peer
    std::unique_ptr<PppRouterAdvertiser> m_advertiser; //!< tells it of the prefix
};

} // namespace ns3

#endif /* PPP_SHARED_LINE_H */
