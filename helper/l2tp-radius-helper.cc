/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-radius-helper.h"

#include "l2tp-application-lookup.h"

#include "ns3/abort.h"
#include "ns3/ipv4.h"
#include "ns3/l2tp-udp-address.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

namespace
{

constexpr uint8_t MAX_TUNNELS = 31; //!< of a domain: as many as there are tags

/**
 * @brief The IPv4 addresses of a node, but for that of the loopback.
 * @param node the node
 * @return the addresses, by interface; the program stops if there is none
 */
std::vector<Ipv4Address>
AddressesOf(Ptr<const Node> node)
{
    std::vector<Ipv4Address> addresses;
    const auto ipv4 = node->GetObject<Ipv4>();
    for (uint32_t i = 1; ipv4 && i < ipv4->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; j < ipv4->GetNAddresses(i); ++j)
        {
            addresses.push_back(ipv4->GetAddress(i, j).GetLocal());
        }
    }
    NS_ABORT_MSG_IF(addresses.empty(),
                    "L2tpRadiusHelper: node " << node->GetId()
                                              << " has no IPv4 address: assign one before the "
                                                 "helper is told of the node");
    return addresses;
}

/**
 * @brief Read a port of a server.
 * @param server the server
 * @param name the attribute
 * @return the port
 */
uint16_t
PortOf(const RadiusServer& server, const std::string& name)
{
    UintegerValue port;
    server.GetAttribute(name, port);
    return static_cast<uint16_t>(port.Get());
}

} // namespace

L2tpRadiusHelper::L2tpRadiusHelper()
    : m_secret("l2tp"),
      m_directory(CreateObject<RadiusDirectory>())
{
    m_serverFactory.SetTypeId(RadiusServer::GetTypeId());
    m_clientFactory.SetTypeId(RadiusClient::GetTypeId());
    m_accountants.SetTypeId(L2tpRadiusAccountant::GetTypeId());
}

void
L2tpRadiusHelper::SetSecret(const std::string& secret)
{
    NS_ABORT_MSG_IF(!m_servers.empty() || !m_clients.empty(),
                    "L2tpRadiusHelper::SetSecret: servers or clients have another one already: "
                    "set it before any is installed");
    m_secret = secret;
}

void
L2tpRadiusHelper::SetServerAttribute(const std::string& name, const AttributeValue& value)
{
    m_serverFactory.Set(name, value);
}

void
L2tpRadiusHelper::SetAccountantAttribute(const std::string& name, const AttributeValue& value)
{
    m_accountants.Set(name, value);
}

void
L2tpRadiusHelper::SetClientAttribute(const std::string& name, const AttributeValue& value)
{
    m_clientFactory.Set(name, value);
}

void
L2tpRadiusHelper::Introduce(const Server& server, const Client& client) const
{
    if (client.client)
    {
        client.client->AddServer(server.access, m_secret);
        client.client->AddAccountingServer(server.accounting, m_secret);
    }
    if (server.server)
    {
        // From which of its addresses the client asks is a matter of routes.
        for (const auto& address : AddressesOf(client.node))
        {
            server.server->AddClient(address, m_secret);
        }
    }
}

Ptr<RadiusServer>
L2tpRadiusHelper::InstallServer(Ptr<Node> node)
{
    const Ipv4Address address = AddressesOf(node).front();
    const auto server = m_serverFactory.Create<RadiusServer>();
    Server entry{{address, PortOf(*server, "AccessPort")},
                 {address, PortOf(*server, "AccountingPort")},
                 nullptr};
    if (IsL2tpNodeLocal(node))
    {
        server->SetAttribute("Directory", PointerValue(m_directory));
        node->AddApplication(server);
        entry.server = server;
    }
    for (const auto& client : m_clients)
    {
        Introduce(entry, client);
    }
    m_servers.push_back(entry);
    return entry.server;
}

Ptr<RadiusClient>
L2tpRadiusHelper::InstallClient(Ptr<Node> nas)
{
    const auto present = std::find_if(m_clients.begin(),
                                      m_clients.end(),
                                      [&nas](const auto& entry) { return entry.node == nas; });
    if (present != m_clients.end())
    {
        return present->client;
    }
    AddressesOf(nas); // there must be one
    Client entry{nas, nullptr};
    if (IsL2tpNodeLocal(nas))
    {
        entry.client = m_clientFactory.Create<RadiusClient>();
        entry.client->SetNode(nas);
        Simulator::ScheduleDestroy(&RadiusClient::Dispose, entry.client);
    }
    for (const auto& server : m_servers)
    {
        Introduce(server, entry);
    }
    m_clients.push_back(entry);
    return entry.client;
}

Ptr<L2tpRadiusSelector>
L2tpRadiusHelper::MakeSelector(Ptr<Node> lac)
{
    const auto client = InstallClient(lac);
    return client ? CreateObjectWithAttributes<L2tpRadiusSelector>("Client", PointerValue(client))
                  : nullptr;
}

Ptr<PppRadiusUserTable>
L2tpRadiusHelper::MakeUserTable(Ptr<Node> lns)
{
    const auto client = InstallClient(lns);
    return client ? CreateObjectWithAttributes<PppRadiusUserTable>("Client", PointerValue(client))
                  : nullptr;
}

Ptr<L2tpRadiusAccountant>
L2tpRadiusHelper::InstallAccountant(Ptr<Node> nas)
{
    const auto client = InstallClient(nas);
    if (!client)
    {
        return nullptr;
    }
    const auto accountant = m_accountants.Create<L2tpRadiusAccountant>();
    accountant->SetAttribute(
        "Accounting",
        PointerValue(CreateObjectWithAttributes<RadiusAccounting>("Client", PointerValue(client))));
    nas->AddApplication(accountant);
    return accountant;
}

void
L2tpRadiusHelper::AddUser(const std::string& name,
                          const std::string& password,
                          const RadiusAttributes& attributes)
{
    m_directory->AddUser(name, password, attributes);
}

void
L2tpRadiusHelper::AddTunnel(const std::string& domain, const Address& lns, RadiusTunnel tunnel)
{
    const auto server = L2tpUdpAddress::Of(lns, L2TP_UDP_PORT);
    NS_ABORT_MSG_IF(!server,
                    "L2tpRadiusHelper::AddTunnel: "
                        << lns << " is no address of an LNS: give it an IPv4 or IPv6 address");
    auto& [count, attributes] = m_tunnels[domain];
    NS_ABORT_MSG_IF(count == MAX_TUNNELS,
                    "L2tpRadiusHelper::AddTunnel: "
                        << domain << " has " << uint32_t{MAX_TUNNELS}
                        << " tunnels, and there are no more tags (RFC 2868, section 3.1)");
    tunnel.tag = ++count;
    tunnel.preference = tunnel.preference > 0 ? tunnel.preference : count;
    std::ostringstream text;
    text << server->address;
    tunnel.serverEndpoint = text.str();
    NS_ABORT_MSG_IF(!AddRadiusTunnel(tunnel, attributes),
                    "L2tpRadiusHelper::AddTunnel: a text of a tunnel of "
                        << domain << " is too long for a RADIUS attribute: shorten it");
    m_directory->AddDomain(domain, attributes);
}

Ptr<RadiusDirectory>
L2tpRadiusHelper::GetDirectory() const
{
    return m_directory;
}

int64_t
L2tpRadiusHelper::AssignStreams(int64_t stream) const
{
    // One rank's streams are another's, too: each server and client has its own number.
    int64_t used = 0;
    for (const auto& entry : m_servers)
    {
        used += entry.server ? entry.server->AssignStreams(stream + used) : 1;
    }
    for (const auto& entry : m_clients)
    {
        used += entry.client ? entry.client->AssignStreams(stream + used) : 1;
    }
    return used;
}

} // namespace ns3
