/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_SHARED_ROUTING_H
#define PPP_SHARED_ROUTING_H

#include "ppp-destinations.h"

#include "ns3/ipv4-routing-protocol.h"
#include "ns3/l2-ns3-version.h"

#include <cstdint>

namespace ns3
{

class PppSharedNetDevice;

/**
 * @ingroup l2tp
 *
 * @brief Routes what the lines of a PppSharedNetDevice lead to, in an Ipv4ListRouting before the
 * static routes.
 *
 * It is as if the static routes had one for each peer and for each network behind one: the longest
 * prefix of all is used, and of several the least metric. Of what is before them in the list, or is
 * no Ipv4StaticRouting, it knows nothing.
 */
class PppSharedRouting : public Ipv4RoutingProtocol
{
  public:
    /// The types of the callbacks that RouteInput() has in this ns-3.
    using RouteInputTypes = L2RouteInputOf<decltype(&Ipv4RoutingProtocol::RouteInput)>;

    /// Place in the list: before the static routes, which ns-3's helpers give 0.
    static constexpr int16_t PRIORITY = 1;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /// Make it. @param device whose lines
    explicit PppSharedRouting(PppSharedNetDevice* device);
    ~PppSharedRouting() override;

    Ptr<Ipv4Route> RouteOutput(Ptr<Packet> packet,
                               const Ipv4Header& header,
                               Ptr<NetDevice> device,
                               Socket::SocketErrno& error) override;
    bool RouteInput(Ptr<const Packet> packet,
                    const Ipv4Header& header,
                    Ptr<const NetDevice> device,
                    RouteInputTypes::Unicast unicast,
                    RouteInputTypes::Multicast multicast,
                    RouteInputTypes::Local local,
                    RouteInputTypes::Error failed) override;
    void NotifyInterfaceUp(uint32_t interface) override;
    void NotifyInterfaceDown(uint32_t interface) override;
    void NotifyAddAddress(uint32_t interface, Ipv4InterfaceAddress address) override;
    void NotifyRemoveAddress(uint32_t interface, Ipv4InterfaceAddress address) override;
    void SetIpv4(Ptr<Ipv4> ipv4) override;
    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream,
                           Time::Unit unit = Time::S) const override;

  protected:
    void DoDispose() override;

  private:
    /// Find a route. @param destination where to @return it, or null
    Ptr<Ipv4Route> FindRoute(Ipv4Address destination) const;
    /// Whether a static route is better than what was found. @param destination where to @param
    /// match what was found @return true if so
    bool HasBetterStatic(Ipv4Address destination, const PppDestinations::Match& match) const;

    PppSharedNetDevice* m_device; //!< whose lines; null once this is disposed of
    Ptr<Ipv4> m_ip;               //!< the node's IPv4
};

} // namespace ns3

#endif /* PPP_SHARED_ROUTING_H */
