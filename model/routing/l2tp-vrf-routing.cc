/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-vrf-routing.h"

#include "l2tp-dont-fragment.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/log.h"
#include "ns3/output-stream-wrapper.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpVrfRouting");
NS_OBJECT_ENSURE_REGISTERED(L2tpVrfRouting);

namespace
{

constexpr std::size_t DEFAULT_TABLE = 0; //!< index of the default table

} // namespace

TypeId
L2tpVrfRouting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpVrfRouting")
            .SetParent<Ipv4ListRouting>()
            .SetGroupName("L2tp")
            .AddTraceSource("Drop",
                            "A packet would have left its table: its header, the packet, the "
                            "interface.",
                            MakeTraceSourceAccessor(&L2tpVrfRouting::m_dropTrace),
                            "ns3::L2tpVrfRouting::DropTracedCallback");
    return tid;
}

L2tpVrfRouting::L2tpVrfRouting()
    : m_tables(1)
{
}

L2tpVrfRouting::~L2tpVrfRouting() = default;

void
L2tpVrfRouting::DoDispose()
{
    for (Table& table : m_tables)
    {
        if (table.protocol)
        {
            table.protocol->Dispose();
            table.protocol = nullptr;
        }
    }
    m_dontFragment = nullptr;
    m_ip = nullptr;
    Ipv4ListRouting::DoDispose();
}

void
L2tpVrfRouting::DoInitialize()
{
    for (const Table& table : m_tables)
    {
        table.protocol->Initialize();
    }
    Ipv4ListRouting::DoInitialize();
}

L2tpVrfRouting::Handling::Handling(L2tpVrfRouting& routing, std::size_t table)
    : m_routing(routing),
      m_before(routing.m_handled)
{
    m_routing.m_handled = table;
}

L2tpVrfRouting::Handling::~Handling()
{
    m_routing.m_handled = m_before;
}

Ptr<L2tpVrfRouting>
L2tpVrfRouting::Install(Ptr<Node> node)
{
    const auto ipv4 = node->GetObject<Ipv4>();
    NS_ABORT_MSG_IF(!ipv4 || !ipv4->GetRoutingProtocol(),
                    "L2tpVrfRouting: node " << node->GetId()
                                            << " has no IPv4 routing: install an internet stack");
    if (const auto present = Find(*ipv4))
    {
        return present;
    }
    NS_ABORT_MSG_IF(!MakeL2StrongHost(*ipv4),
                    "L2tpVrfRouting: the IPv4 of node "
                        << node->GetId() << " can't be made a strong host: use Ipv4L3Protocol");
    auto routing = CreateObject<L2tpVrfRouting>();
    routing->m_tables[DEFAULT_TABLE].protocol = ipv4->GetRoutingProtocol();
    routing->m_dontFragment = DynamicCast<L2tpDontFragment>(ipv4->GetRoutingProtocol());
    ipv4->SetRoutingProtocol(routing);
    return routing;
}

Ptr<L2tpVrfRouting>
L2tpVrfRouting::Find(const Ipv4& ipv4)
{
    return DynamicCast<L2tpVrfRouting>(ipv4.GetRoutingProtocol());
}

Ptr<Ipv4StaticRouting>
L2tpVrfRouting::GetRoutesOf(const Ipv4& ipv4, uint32_t interface)
{
    const auto tables = Find(ipv4);
    const auto protocol =
        tables ? tables->m_tables[tables->TableOf(interface)].protocol : ipv4.GetRoutingProtocol();
    return Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(protocol);
}

void
L2tpVrfRouting::AddProtocolTo(const Ipv4& ipv4,
                              const std::string& table,
                              Ptr<Ipv4RoutingProtocol> protocol,
                              int16_t priority)
{
    const auto tables = Find(ipv4);
    NS_ABORT_MSG_IF(!table.empty() && (!tables || !tables->GetRoutes(table)),
                    "L2tpVrfRouting: there is no table '" << table << "': add it first");
    const auto list = DynamicCast<Ipv4ListRouting>(
        table.empty() ? ipv4.GetRoutingProtocol()
                      : tables->m_tables[tables->FindTable(table)].protocol);
    NS_ABORT_MSG_IF(!list,
                    "L2tpVrfRouting: the node has no Ipv4ListRouting that another protocol could "
                    "be added to: install its internet stack with one");
    list->AddRoutingProtocol(protocol, priority);
}

Ptr<Ipv4Route>
L2tpVrfRouting::FindDefaultRoute(const Ipv4& ipv4,
                                 Ptr<Packet> packet,
                                 const Ipv4Header& header,
                                 Ptr<NetDevice> device)
{
    Socket::SocketErrno error = Socket::ERROR_NOTERROR;
    const auto tables = Find(ipv4);
    return tables ? tables->RouteOutputBy(DEFAULT_TABLE, packet, header, device, error)
                  : ipv4.GetRoutingProtocol()->RouteOutput(packet, header, device, error);
}

std::size_t
L2tpVrfRouting::FindTable(const std::string& name) const
{
    const auto it = std::find_if(m_tables.begin(), m_tables.end(), [&](const Table& table) {
        return table.name == name;
    });
    return it - m_tables.begin();
}

Ptr<Ipv4StaticRouting>
L2tpVrfRouting::AddTable(const std::string& name)
{
    NS_ABORT_MSG_IF(name.empty(), "L2tpVrfRouting: a table needs a name: the default one is there");
    if (FindTable(name) == m_tables.size())
    {
        const auto list = CreateObject<Ipv4ListRouting>();
        list->AddRoutingProtocol(CreateObject<Ipv4StaticRouting>(), 0);
        list->SetIpv4(m_ip);
        m_tables.push_back({name, list, {}, {}});
        // That gave it the networks of all interfaces, and none is its own yet.
        for (uint32_t interface = 0; interface < m_ip->GetNInterfaces(); ++interface)
        {
            list->NotifyInterfaceDown(interface);
        }
    }
    return GetRoutes(name);
}

Ptr<Ipv4StaticRouting>
L2tpVrfRouting::GetRoutes(const std::string& name) const
{
    const std::size_t table = FindTable(name);
    return table == m_tables.size()
               ? nullptr
               : Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(m_tables[table].protocol);
}

std::size_t
L2tpVrfRouting::TableOf(uint32_t interface) const
{
    return interface < m_tableOf.size() ? m_tableOf[interface] : DEFAULT_TABLE;
}

const std::string&
L2tpVrfRouting::GetTable(uint32_t interface) const
{
    return m_tables[TableOf(interface)].name;
}

void
L2tpVrfRouting::SetTable(uint32_t interface, const std::string& name)
{
    const std::size_t table = FindTable(name);
    NS_ABORT_MSG_IF(table == m_tables.size(),
                    "L2tpVrfRouting: there is no table '" << name << "': add it first");
    NS_ABORT_MSG_IF(interface >= m_ip->GetNInterfaces(),
                    "L2tpVrfRouting: there is no interface " << interface);
    const std::size_t before = TableOf(interface);
    if (table == before)
    {
        return;
    }
    m_tables[before].protocol->NotifyInterfaceDown(interface);
    m_tableOf.resize(std::max<std::size_t>(m_tableOf.size(), interface + 1), DEFAULT_TABLE);
    m_tableOf[interface] = table;
    for (uint32_t i = 0; i < m_ip->GetNAddresses(interface); ++i)
    {
        const Ipv4InterfaceAddress address = m_ip->GetAddress(interface, i);
        Count(before, address, false);
        Count(table, address, true);
    }
    if (m_ip->IsUp(interface))
    {
        m_tables[table].protocol->NotifyInterfaceUp(interface);
    }
}

uint64_t
L2tpVrfRouting::GetNDropped() const
{
    return m_dropped;
}

void
L2tpVrfRouting::AddRoutingProtocol(Ptr<Ipv4RoutingProtocol> protocol, int16_t priority)
{
    const auto list = DynamicCast<Ipv4ListRouting>(m_tables[DEFAULT_TABLE].protocol);
    NS_ABORT_MSG_IF(!list,
                    "L2tpVrfRouting: the node had no Ipv4ListRouting that another protocol could "
                    "be added to: install its internet stack with one");
    list->AddRoutingProtocol(protocol, priority);
}

uint32_t
L2tpVrfRouting::GetNRoutingProtocols() const
{
    const auto list = DynamicCast<Ipv4ListRouting>(m_tables[DEFAULT_TABLE].protocol);
    return list ? list->GetNRoutingProtocols() : 1;
}

Ptr<Ipv4RoutingProtocol>
L2tpVrfRouting::GetRoutingProtocol(uint32_t index, int16_t& priority) const
{
    const auto list = DynamicCast<Ipv4ListRouting>(m_tables[DEFAULT_TABLE].protocol);
    if (list)
    {
        return list->GetRoutingProtocol(index, priority);
    }
    priority = 0;
    return m_tables[DEFAULT_TABLE].protocol;
}

bool
L2tpVrfRouting::IsWithin(std::size_t table,
                         Ptr<const NetDevice> device,
                         const Ipv4Header& header,
                         Ptr<const Packet> packet)
{
    const int32_t interface = m_ip->GetInterfaceForDevice(device);
    if (interface >= 0 && TableOf(interface) == table)
    {
        return true;
    }
    NS_LOG_LOGIC("no route within table '" << m_tables[table].name << "' to "
                                           << header.GetDestination());
    Drop(header, packet, interface);
    return false;
}

void
L2tpVrfRouting::Drop(const Ipv4Header& header, Ptr<const Packet> packet, uint32_t interface)
{
    ++m_dropped;
    m_dropTrace(header, packet, interface);
}

bool
L2tpVrfRouting::IsSourceImpossible(std::size_t table, Ipv4Address source, bool isAnswered) const
{
    if (source.IsBroadcast() || source.IsMulticast())
    {
        return true;
    }
    const auto holders = m_broadcasts.find(source.Get());
    return isAnswered && holders != m_broadcasts.end() &&
           holders->second.number > m_tables[table].broadcasts.count(source.Get());
}

std::size_t
L2tpVrfRouting::TableOfSource(Ipv4Address source) const
{
    const auto holders = m_addresses.find(source.Get());
    // A DHCP client's interface has 0.0.0.0, which says nothing.
    if (source == Ipv4Address::GetAny() || holders == m_addresses.end())
    {
        return m_handled;
    }
    if (holders->second.number == 1)
    {
        return holders->second.sum;
    }
    return m_tables[m_handled].addresses.count(source.Get()) ? m_handled : m_tables.size();
}

Ptr<Ipv4Route>
L2tpVrfRouting::RouteOutputBy(std::size_t table,
                              Ptr<Packet> packet,
                              const Ipv4Header& header,
                              Ptr<NetDevice> device,
                              Socket::SocketErrno& error)
{
    auto route = m_tables[table].protocol->RouteOutput(packet, header, device, error);
    if (route && !IsWithin(table, route->GetOutputDevice(), header, packet))
    {
        error = Socket::ERROR_NOROUTETOHOST;
        route = nullptr;
    }
    return route;
}

Ptr<Ipv4Route>
L2tpVrfRouting::RouteOutput(Ptr<Packet> packet,
                            const Ipv4Header& header,
                            Ptr<NetDevice> device,
                            Socket::SocketErrno& error)
{
    const int32_t bound = device ? m_ip->GetInterfaceForDevice(device) : -1;
    const std::size_t table = bound >= 0 ? TableOf(bound) : TableOfSource(header.GetSource());
    if (table == m_tables.size())
    {
        // By whichever table, it might be the data of another's customer.
        NS_LOG_LOGIC("several tables have source " << header.GetSource());
        error = Socket::ERROR_NOROUTETOHOST;
        return nullptr;
    }
    return RouteOutputBy(table, packet, header, device, error);
}

bool
L2tpVrfRouting::RouteInput(Ptr<const Packet> packet,
                           const Ipv4Header& header,
                           Ptr<const NetDevice> device,
                           RouteInputTypes::Unicast unicast,
                           RouteInputTypes::Multicast multicast,
                           RouteInputTypes::Local local,
                           RouteInputTypes::Error failed)
{
    const int32_t interface = m_ip->GetInterfaceForDevice(device);
    const std::size_t table = TableOf(interface);
    const Handling handling(*this, table);
    const Ipv4Address destination = header.GetDestination();
    // ns-3 knows this interface only, and any other one of the table may have the address.
    const bool isOurs = m_tables[table].addresses.count(destination.Get()) > 0;
    const bool isAnswered =
        isOurs || header.GetTtl() <= 1 || m_ip->IsDestinationAddress(destination, interface);
    if (IsSourceImpossible(table, header.GetSource(), isAnswered))
    {
        Drop(header, packet, interface);
        failed(packet, header, Socket::ERROR_NOROUTETOHOST);
        return true;
    }
    const auto deliver = [this, table, local, failed](Ptr<const Packet> received,
                                                      const Ipv4Header& receivedHeader,
                                                      uint32_t at) {
        const bool isFragment =
            receivedHeader.GetFragmentOffset() != 0 || !receivedHeader.IsLastFragment();
        if (isFragment && table != DEFAULT_TABLE)
        {
            Drop(receivedHeader, received, at);
            failed(received, receivedHeader, Socket::ERROR_NOROUTETOHOST);
            return;
        }
        local(received, receivedHeader, at);
    };
    if (isOurs)
    {
        deliver(packet, header, interface);
        return true;
    }
    // A protocol may keep the callbacks, and call them later.
    const auto forward = [this, table, unicast, failed](Ptr<Ipv4Route> route,
                                                        Ptr<const Packet> sent,
                                                        const Ipv4Header& sentHeader) {
        const Handling later(*this, table);
        if (IsWithin(table, route->GetOutputDevice(), sentHeader, sent))
        {
            // In the default table it was asked before.
            if (table == DEFAULT_TABLE || !m_dontFragment ||
                m_dontFragment->MayForward(*route, sentHeader, sent))
            {
                unicast(route, sent, sentHeader);
            }
        }
        else
        {
            failed(sent, sentHeader, Socket::ERROR_NOROUTETOHOST);
        }
    };
    const auto forwardToMany = [this, table, multicast](Ptr<Ipv4MulticastRoute> route,
                                                        Ptr<const Packet> sent,
                                                        const Ipv4Header& sentHeader) {
        const Handling later(*this, table);
        const auto outputs = route->GetOutputTtlMap();
        if (std::all_of(outputs.begin(), outputs.end(), [&](const auto& output) {
                return IsWithin(table, m_ip->GetNetDevice(output.first), sentHeader, sent);
            }))
        {
            multicast(route, sent, sentHeader);
        }
    };
    return m_tables[table].protocol->RouteInput(packet,
                                                header,
                                                device,
                                                UnicastForwardCallback(forward),
                                                MulticastForwardCallback(forwardToMany),
                                                LocalDeliverCallback(deliver),
                                                failed);
}

void
L2tpVrfRouting::NotifyInterfaceUp(uint32_t interface)
{
    m_tables[TableOf(interface)].protocol->NotifyInterfaceUp(interface);
}

void
L2tpVrfRouting::NotifyInterfaceDown(uint32_t interface)
{
    m_tables[TableOf(interface)].protocol->NotifyInterfaceDown(interface);
}

void
L2tpVrfRouting::Count(std::size_t table, const Ipv4InterfaceAddress& address, bool isThere)
{
    const auto count = [table, isThere](std::unordered_map<uint32_t, uint32_t>& counts,
                                        Index& index,
                                        Ipv4Address of) {
        uint32_t& number = counts[of.Get()];
        number += isThere ? 1 : -1;
        if (number == (isThere ? 1 : 0)) // the table has got it, or has lost it
        {
            Holders& holders = index[of.Get()];
            holders.number += isThere ? 1 : -1;
            holders.sum += isThere ? table : -table;
            if (holders.number == 0)
            {
                index.erase(of.Get());
            }
        }
        if (number == 0)
        {
            counts.erase(of.Get());
        }
    };
    count(m_tables[table].addresses, m_addresses, address.GetLocal());
    if (address.GetMask() != Ipv4Mask::GetOnes())
    {
        count(m_tables[table].broadcasts, m_broadcasts, address.GetBroadcast());
    }
}

void
L2tpVrfRouting::NotifyAddAddress(uint32_t interface, Ipv4InterfaceAddress address)
{
    const std::size_t table = TableOf(interface);
    Count(table, address, true);
    m_tables[table].protocol->NotifyAddAddress(interface, address);
}

void
L2tpVrfRouting::NotifyRemoveAddress(uint32_t interface, Ipv4InterfaceAddress address)
{
    const std::size_t table = TableOf(interface);
    Count(table, address, false);
    m_tables[table].protocol->NotifyRemoveAddress(interface, address);
}

void
L2tpVrfRouting::SetIpv4(Ptr<Ipv4> ipv4)
{
    // The protocol of the default table has got it when it was the node's own.
    m_ip = ipv4;
    for (uint32_t interface = 0; interface < m_ip->GetNInterfaces(); ++interface)
    {
        for (uint32_t i = 0; i < m_ip->GetNAddresses(interface); ++i)
        {
            Count(DEFAULT_TABLE, m_ip->GetAddress(interface, i), true);
        }
    }
}

void
L2tpVrfRouting::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    for (const Table& table : m_tables)
    {
        *stream->GetStream() << "Table '" << table.name << "'\n";
        table.protocol->PrintRoutingTable(stream, unit);
    }
}

} // namespace ns3
