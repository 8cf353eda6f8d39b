/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_SHARED_NET_DEVICE_H
#define PPP_SHARED_NET_DEVICE_H

#include "ppp-destinations.h"
#include "ppp-device.h"
#include "ppp-shared-line.h"

#include "ns3/l2-path-mtu.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Many PPP links as one interface of a node: for each packet the line is looked up that
 * leads to its destination.
 *
 * For IPv4 that is the longest prefix of the peers' addresses and of the networks behind them; for
 * IPv6 the peer's interface identifier if the destination is link-local, else its prefix of 64
 * bits. What is for several receivers, by broadcast or multicast, goes to all lines. What no line
 * leads to is dropped. The number of lines has no influence on what a packet costs, but for those
 * that go to all.
 *
 * It is up while a line is. Its traces tell packets and frames of all lines; those of each PppLink
 * only its own.
 */
class PppSharedNetDevice : public PppDevice, public L2PathMtu
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppSharedNetDevice();
    ~PppSharedNetDevice() override;

    /**
     * @brief The line that leads to a destination.
     * @param destination an address, neither broadcast nor multicast
     * @return the best match, without a line if there is none
     */
    PppDestinations::Match Find(Ipv4Address destination) const;

    /**
     * @brief The line that leads to a destination.
     * @param destination an address, not multicast
     * @return the line, or null if there is none
     */
    PppSharedLine* Find(Ipv6Address destination) const;

    /// How many lines carry IPv4 or IPv6. @return the number
    std::size_t GetNLines() const;

    /// How many packets no line led to. @return the number
    uint64_t GetNUnroutable() const;

    /// Time between unasked advertisements of each line's prefix. @return it
    Time GetAdvertisementInterval() const;

    /// The interface identifier of this end, on all lines: made of the device's own address (RFC
    /// 5072, section 4.1). @return it
    uint64_t GetIdentifier() const;

    /**
     * @brief Get the longest network-layer packet that some peer takes.
     * @return octets: the longest MRU, or the attribute Mtu if that is less or no line is up
     */
    uint16_t GetMtu() const override;
    uint16_t GetMtuTo(Ipv4Address destination) const override;
    bool IsLinkUp() const override;
    bool IsPointToPoint() const override;

  protected:
    void DoDispose() override;

  private:
    friend class PppSharedLine; // tells what it carries

    bool Transmit(Ptr<Packet> packet, uint16_t protocol) override;

    /// A line carries something. @param line it
    void Join(PppSharedLine& line);
    /// A line carries nothing more. @param line it
    void Leave(PppSharedLine& line);
    /**
     * @brief A line carries IPv4.
     * @param line it
     * @param local the address of this end
     * @param peer the peer's
     * @param routes networks behind it
     */
    void AddIpv4(PppSharedLine& line,
                 Ipv4Address local,
                 Ipv4Address peer,
                 const std::vector<PppUserRoute>& routes);
    /// Undo AddIpv4(). The parameters are the same.
    void RemoveIpv4(PppSharedLine& line,
                    Ipv4Address local,
                    Ipv4Address peer,
                    const std::vector<PppUserRoute>& routes);
    /// A line carries IPv6. @param line it @param identifier the peer's @param prefix routed to it
    void AddIpv6(PppSharedLine& line, uint64_t identifier, Ipv6Address prefix);
    /// Undo AddIpv6(). The parameters are the same.
    void RemoveIpv6(PppSharedLine& line, uint64_t identifier, Ipv6Address prefix);
    /// Send a packet to all lines. @param packet it @param protocol its PPP protocol @return false
    /// if it was dropped
    bool Replicate(Ptr<const Packet> packet, uint16_t protocol);

    /// Lines by a number of 64 bits: of several with the same one, the last one.
    using Lines = std::unordered_map<uint64_t, PppSharedLine*>;
    /// Remove a line from a table. @param lines the table @param key under what @param line it
    static void Remove(Lines& lines, uint64_t key, const PppSharedLine& line);

    uint64_t m_identifier{0};               //!< interface identifier of this end
    Time m_advertisementInterval;           //!< attribute AdvertisementInterval
    std::vector<PppSharedLine*> m_lines;    //!< those that carry something
    std::map<uint16_t, std::size_t> m_mtus; //!< how many of them have which MTU
    PppDestinations m_ipv4;                 //!< where IPv4 goes
    Lines m_byIdentifier;                   //!< where link-local IPv6 goes
    Lines m_byPrefix;                       //!< where other IPv6 goes
    uint64_t m_unroutable{0};               //!< packets that no line led to
};

} // namespace ns3

#endif /* PPP_SHARED_NET_DEVICE_H */
