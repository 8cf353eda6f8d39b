/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_ROUTER_ADVERTISER_H
#define PPP_ROUTER_ADVERTISER_H

#include "ns3/event-id.h"
#include "ns3/ipv6-address.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <functional>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Tells one PPP peer of the prefix that is routed to it, unasked and when it solicits that
 * (RFC 4861, section 6.2).
 */
class PppRouterAdvertiser
{
  public:
    static constexpr uint8_t PREFIX_LENGTH = 64; //!< bits of the prefixes that are advertised
    static constexpr uint8_t HOP_LIMIT = 255;    //!< of advertisements (RFC 4861, section 6.1.2)

    /// Sends an ICMPv6 message to all nodes at the other end, with that hop limit.
    using Sender = std::function<void(Ptr<Packet> message)>;

    /**
     * @brief Make it.
     * @param send sends what it makes
     */
    explicit PppRouterAdvertiser(Sender send);
    /// Cancels what is to come.
    ~PppRouterAdvertiser();
    PppRouterAdvertiser(const PppRouterAdvertiser&) = delete;
    PppRouterAdvertiser& operator=(const PppRouterAdvertiser&) = delete;

    /**
     * @brief Advertise from now on; not within this call.
     * @param prefix the prefix of 64 bits
     * @param interval time between advertisements, after the first three
     * @param source the link-local address of this end
     */
    void Start(Ipv6Address prefix, Time interval, Ipv6Address source);

    /// Advertise no more.
    void Stop();

    /// A packet has come from the peer: it may solicit an advertisement. @param packet it
    void Received(Ptr<const Packet> packet);

    /**
     * @brief Fix the stream of the random variable (delays of solicited advertisements).
     * @param stream the stream to use
     */
    void SetStream(int64_t stream);

  private:
    /// Send a Router Advertisement, and again later.
    void Advertise();

    Sender m_send;                       //!< sends advertisements
    Ipv6Address m_prefix;                //!< what they tell
    Ipv6Address m_source;                //!< of this end
    Time m_interval;                     //!< between them
    uint32_t m_sent{0};                  //!< how many were sent since Start()
    EventId m_next;                      //!< the next one
    Time m_lastSent;                     //!< when the last one was; meaningful if there was one
    bool m_answering{false};             //!< whether the next one was solicited
    Ptr<UniformRandomVariable> m_random; //!< delays of solicited ones
};

} // namespace ns3

#endif /* PPP_ROUTER_ADVERTISER_H */
