/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_VRF_ROUTING_H
#define L2TP_VRF_ROUTING_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/l2-ns3-version.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/traced-callback.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

class L2tpDontFragment;

/**
 * @ingroup l2tp
 *
 * @brief Several IPv4 routing tables of one node, isolated from each other: what routers call VRFs
 * (virtual routing and forwarding), and ns-3 does not have.
 *
 * Each interface belongs to one table. A packet is looked up in the table of the interface that it
 * came in by, and leaves only by an interface of the same table; it is for the node itself only if
 * an interface of that table has the address. So addresses may overlap.
 *
 * The default table, whose name is empty, is the routing protocol that the node had before, with
 * whatever it finds; interfaces belong to it unless SetTable() says otherwise. The others have
 * static routes.
 *
 * What the node itself sends goes by the table of the device that the sender is bound to; else by
 * the table that has the source address, if just one has; else by that of the packet that is just
 * handled, which the new one is then the answer to; else by the default table. If several tables
 * have the source address, but not the one that it would go by, there is no route.
 *
 * A packet whose source is a broadcast or multicast address is dropped (RFC 1122, section 3.2.1.3),
 * and one that would be answered although its source is the broadcast address of a network of
 * another table: ns-3 would send the answer there. So is a fragment for the node itself, unless it
 * is of the default table: ns-3 would put it together with those of other tables, and answer by the
 * default one when the rest does not come (RFC 1122, section 3.3.2).
 *
 * The node becomes a strong host (RFC 1122, section 3.3.4.2), since ns-3 would deliver packets
 * across tables otherwise.
 */
class L2tpVrfRouting : public Ipv4ListRouting
{
  public:
    /// The types of the callbacks that RouteInput() has in this ns-3.
    using RouteInputTypes = L2RouteInputOf<decltype(&Ipv4RoutingProtocol::RouteInput)>;

    /// TracedCallback signature: a packet that would have left its table; its header, the packet,
    /// and the interface that it would have left by, or came in by if its source is impossible or
    /// it is a fragment for the node.
    using DropTracedCallback = void (*)(const Ipv4Header& header,
                                        Ptr<const Packet> packet,
                                        uint32_t interface);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpVrfRouting();
    ~L2tpVrfRouting() override;

    /**
     * @brief Put it on a node, over the routing protocol that is there, or find it.
     * @param node the node, with an IPv4 internet stack
     * @return it
     */
    static Ptr<L2tpVrfRouting> Install(Ptr<Node> node);

    /**
     * @brief Find it.
     * @param ipv4 a node's IPv4
     * @return it, or null if the node has but one table
     */
    static Ptr<L2tpVrfRouting> Find(const Ipv4& ipv4);

    /**
     * @brief The static routes that packets which come in by an interface are looked up in.
     * @param ipv4 a node's IPv4, with L2tpVrfRouting or not
     * @param interface the interface
     * @return the routes, or null if the node has none
     */
    static Ptr<Ipv4StaticRouting> GetRoutesOf(const Ipv4& ipv4, uint32_t interface);

    /**
     * @brief Find a route in the default table, for what must not follow the packet that is just
     * handled: a tunnel that it goes into.
     * @param ipv4 a node's IPv4, with L2tpVrfRouting or not
     * @param packet what is to be sent
     * @param header its header
     * @param device the device that the route must lead to, null for any
     * @return the route, or null
     */
    static Ptr<Ipv4Route> FindDefaultRoute(const Ipv4& ipv4,
                                           Ptr<Packet> packet,
                                           const Ipv4Header& header,
                                           Ptr<NetDevice> device);

    /**
     * @brief Add a protocol that finds routes beside the static ones.
     * @param ipv4 a node's IPv4, with L2tpVrfRouting or not
     * @param table the table that it is for, which exists; empty for the node's own
     * @param protocol it
     * @param priority its place: one with more is asked before
     */
    static void AddProtocolTo(const Ipv4& ipv4,
                              const std::string& table,
                              Ptr<Ipv4RoutingProtocol> protocol,
                              int16_t priority);

    /**
     * @brief Make a table, or find it.
     * @param name its name, not empty
     * @return its routes
     */
    Ptr<Ipv4StaticRouting> AddTable(const std::string& name);

    /**
     * @brief Find the routes of a table.
     * @param name its name; empty for the default table
     * @return its static routes, or null if it has none or does not exist
     */
    Ptr<Ipv4StaticRouting> GetRoutes(const std::string& name) const;

    /**
     * @brief Move an interface to a table. The routes through it go, and those to its own networks
     * are in the new table.
     * @param interface the interface
     * @param name the table, which exists; empty for the default table
     */
    void SetTable(uint32_t interface, const std::string& name);

    /// The table of an interface. @param interface it @return the name, empty for the default table
    const std::string& GetTable(uint32_t interface) const;

    /// How many packets would have left their tables. @return the number
    uint64_t GetNDropped() const;

    // What is of Ipv4ListRouting is that of the default table.
    void AddRoutingProtocol(Ptr<Ipv4RoutingProtocol> protocol, int16_t priority) override;
    uint32_t GetNRoutingProtocols() const override;
    Ptr<Ipv4RoutingProtocol> GetRoutingProtocol(uint32_t index, int16_t& priority) const override;

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
    void DoInitialize() override;

  private:
    /// A table.
    struct Table
    {
        std::string name;                  //!< its name
        Ptr<Ipv4RoutingProtocol> protocol; //!< what finds routes
        /// Addresses of its interfaces, and how many have each.
        std::unordered_map<uint32_t, uint32_t> addresses;
        /// The same for broadcast addresses of its networks.
        std::unordered_map<uint32_t, uint32_t> broadcasts;
    };

    /// Which tables have an address.
    struct Holders
    {
        std::size_t number{0}; //!< how many
        std::size_t sum{0};    //!< the sum of their indexes: of just one, its index
    };

    /// Addresses, and which tables have each, so that a look-up need not go through all tables.
    using Index = std::unordered_map<uint32_t, Holders>;

    /// While it lives, a packet of a table is handled.
    class Handling
    {
      public:
        /// Begin. @param routing whose table @param table the table
        Handling(L2tpVrfRouting& routing, std::size_t table);
        /// End.
        ~Handling();
        Handling(const Handling&) = delete;
        Handling& operator=(const Handling&) = delete;

      private:
        L2tpVrfRouting& m_routing;  //!< whose table
        const std::size_t m_before; //!< the table of the packet that this one is inside of
    };

    /// The table of an interface. @param interface it @return its index
    std::size_t TableOf(uint32_t interface) const;
    /// Find a table. @param name its name @return its index, or how many there are
    std::size_t FindTable(const std::string& name) const;
    /// The table for what the node itself sends. @param source the source address @return its
    /// index, or how many there are if several tables may be meant
    std::size_t TableOfSource(Ipv4Address source) const;
    /// Find a route in a table. See RouteOutput(). @param table index of the table
    Ptr<Ipv4Route> RouteOutputBy(std::size_t table,
                                 Ptr<Packet> packet,
                                 const Ipv4Header& header,
                                 Ptr<NetDevice> device,
                                 Socket::SocketErrno& error);
    /**
     * @brief Whether a device belongs to a table; if not, count and trace the packet.
     * @param table index of the table
     * @param device the device that a route leads to
     * @param header the packet's header
     * @param packet the packet
     * @return true if it does
     */
    bool IsWithin(std::size_t table,
                  Ptr<const NetDevice> device,
                  const Ipv4Header& header,
                  Ptr<const Packet> packet);
    /// Count and trace a packet that would have left its table. @param header its header
    /// @param packet it @param interface which interface is why
    void Drop(const Ipv4Header& header, Ptr<const Packet> packet, uint32_t interface);
    /// Whether an answer to a packet would leave its table. @param table index of the table
    /// @param source the packet's source @param isAnswered whether there may be an answer of the
    /// node @return true if so
    bool IsSourceImpossible(std::size_t table, Ipv4Address source, bool isAnswered) const;
    /// Learn or forget that a table has an address. @param table index @param address it
    /// @param isThere whether an interface has got it, or has lost it
    void Count(std::size_t table, const Ipv4InterfaceAddress& address, bool isThere);

    Ptr<Ipv4> m_ip;                       //!< the node's IPv4
    std::vector<Table> m_tables;          //!< the tables, the default one first
    std::vector<std::size_t> m_tableOf;   //!< of interfaces; the default one for those behind
    Index m_addresses;                    //!< addresses of all tables
    Index m_broadcasts;                   //!< broadcast addresses of all tables' networks
    std::size_t m_handled{0};             //!< the table of the packet that is just handled
    Ptr<L2tpDontFragment> m_dontFragment; //!< what honours Don't Fragment, null if nothing does
    uint64_t m_dropped{0};                //!< packets without a route within their table
    TracedCallback<const Ipv4Header&, Ptr<const Packet>, uint32_t> m_dropTrace; //!< the same
};

} // namespace ns3

#endif /* L2TP_VRF_ROUTING_H */
