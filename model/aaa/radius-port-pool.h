/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_PORT_POOL_H
#define RADIUS_PORT_POOL_H

#include "radius-packet.h"

#include "ns3/callback.h"
#include "ns3/l2tp-udp-path.h"
#include "ns3/l2tp-udp-port.h"
#include "ns3/node.h"
#include "ns3/ptr.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The source ports of a RADIUS client, and what was sent from them by Identifier.
 *
 * A port has 256 Identifiers; when all wait for replies another port is opened (RFC 2865, section
 * 2.5). An Identifier that is free again is taken last, so that late replies do not meet a new
 * request.
 */
class RadiusPortPool
{
  public:
    /// An Identifier of a port.
    struct Place
    {
        std::size_t port;   //!< which of the ports
        uint8_t identifier; //!< Identifier
    };

    /// A request that was sent.
    struct Sent
    {
        uint64_t request{0};                 //!< what it belongs to
        std::size_t server{0};               //!< the server it was sent to, as the client counts
        RadiusAuthenticator authenticator{}; //!< its Authenticator
        std::vector<uint8_t> octets;         //!< the datagram
    };

    /// Takes what arrives: the number of the port, the payload, who sent it.
    using ReceiveCallback = Callback<void, std::size_t, Ptr<Packet>, const L2tpUdpAddress&>;

    /**
     * @brief Constructor.
     * @param node the node, with an internet stack
     * @param maxPorts most ports to open
     * @param receive takes what arrives
     */
    RadiusPortPool(Ptr<Node> node, uint32_t maxPorts, ReceiveCallback receive);
    /// Closes the ports.
    ~RadiusPortPool();
    RadiusPortPool(const RadiusPortPool&) = delete;
    RadiusPortPool& operator=(const RadiusPortPool&) = delete;

    /**
     * @brief Take an Identifier.
     * @param sent what is sent with it
     * @return the place; nothing if all of all ports are taken
     */
    std::optional<Place> Take(Sent sent);

    /// What was sent. @param place a place that is taken @return it
    Sent& At(const Place& place);

    /// What was sent. @param port the port @param identifier the Identifier @return it, or null
    const Sent* Find(std::size_t port, uint8_t identifier) const;

    /// Give an Identifier back. @param place the place
    void Free(const Place& place);

    /**
     * @brief Send what is at a place.
     * @param place the place
     * @param server whom to send it to
     * @return false if there is no route
     */
    bool Send(const Place& place, const L2tpUdpAddress& server);

    /// How many ports are open. @return the number
    std::size_t GetPorts() const;

  private:
    /// A port with its Identifiers.
    struct Port
    {
        Ptr<L2tpUdpPort> udp;                             //!< the port
        std::map<L2tpUdpAddress, Ptr<L2tpUdpPath>> paths; //!< the ways to the servers
        std::array<std::optional<Sent>, 256> sent;        //!< what was sent, by Identifier
        std::size_t used{0};                              //!< how many Identifiers are taken
        uint8_t next{0};                                  //!< the next Identifier to try
    };

    /// Open another port. @return the port
    Port& Open();
    /**
     * @brief Take a datagram from a port.
     * @param pool whose port
     * @param port its number
     * @param packet the payload
     * @param from who sent it
     * @param to to which address
     */
    static void Receive(RadiusPortPool* pool,
                        std::size_t port,
                        Ptr<Packet> packet,
                        const L2tpUdpAddress& from,
                        const L2tpIpAddress& to);

    Ptr<Node> m_node;                           //!< the node
    const uint32_t m_maxPorts;                  //!< most ports to open
    ReceiveCallback m_receive;                  //!< takes what arrives
    std::vector<std::unique_ptr<Port>> m_ports; //!< the ports
};

} // namespace ns3

#endif /* RADIUS_PORT_POOL_H */
