/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-compulsory-helper.h"

#include "l2tp-application-lookup.h"
#include "l2tp-server-address.h"

#include "ns3/abort.h"
#include "ns3/l2-serial-net-device.h"
#include "ns3/l2tp-pppoe-host.h"
#include "ns3/l2tp-remote-system.h"
#include "ns3/pointer.h"
#include "ns3/pppoe-client.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint32_t FIRST_NUMBER = 100000; //!< of the hosts that dial

/// So that PPP (4 octets), L2TP (up to 12), UDP (8) and IPv6 (40) fit 1500 octets as well.
constexpr uint16_t MRU_OVER_IPV6 = 1430;

} // namespace

L2tpCompulsoryHelper::L2tpCompulsoryHelper()
    : m_phones(CreateObject<L2TelephoneNetwork>()),
      m_table(CreateObject<L2tpTunnelTable>())
{
    m_serverFactory.SetTypeId(L2tpAccessServer::GetTypeId());
    m_remoteFactory.SetTypeId(L2tpRemoteSystem::GetTypeId());
    m_pppoeFactory.SetTypeId(L2tpPppoeHost::GetTypeId());
}

void
L2tpCompulsoryHelper::SetAddressPool(Ipv4Address network, Ipv4Mask mask)
{
    m_lns.SetAddressPool(network, mask);
}

L2tpLnsHelper&
L2tpCompulsoryHelper::GetLnsHelper()
{
    return m_lns;
}

void
L2tpCompulsoryHelper::SetCredentials(const std::string& username, const std::string& password)
{
    SetHostAttribute("Username", StringValue(username));
    SetHostAttribute("Password", StringValue(password));
    m_lns.AddUser(username, password);
}

void
L2tpCompulsoryHelper::UseIpv6()
{
    m_ipv6 = true;
    SetHostAttribute("Mru", UintegerValue(MRU_OVER_IPV6));
    SetAccessAttribute("Mru", UintegerValue(MRU_OVER_IPV6));
    SetSessionAttribute("Mru", UintegerValue(MRU_OVER_IPV6));
}

Address
L2tpCompulsoryHelper::InstallLns(Ptr<Node> lns)
{
    const auto server = m_lns.Install(lns);
    const auto isIt = [&lns](const auto& known) { return known.first == lns; };
    if (std::none_of(m_allLnss.begin(), m_allLnss.end(), isIt))
    {
        m_allLnss.emplace_back(lns, server ? server : m_lns.MakeStandIn());
        if (server)
        {
            m_lnss.push_back(server);
        }
    }
    return FindL2tpServerAddress(lns, m_ipv6);
}

const L2tpTunnelChoice&
L2tpCompulsoryHelper::AddPeer(L2tpTunnelChoice& choice, const Address& lns, uint32_t preference)
{
    if (!m_selector)
    {
        NS_ABORT_MSG_UNLESS(m_servers.empty() && m_standIns.empty(),
                            "L2tpCompulsoryHelper: an access server was installed that ends all "
                            "calls itself, since there was no rule: add the first rule before, or "
                            "install it with another helper");
        m_selector = m_table;
    }
    const auto server = L2tpUdpAddress::Of(lns, L2TP_UDP_PORT);
    NS_ABORT_MSG_IF(!server,
                    "L2tpCompulsoryHelper: " << lns
                                             << " is no address of an LNS: give it an IPv4 or IPv6 "
                                                "address, with or without a port");
    L2tpTunnelPeer peer;
    peer.server = *server;
    peer.preference = preference;
    choice.kind = L2tpTunnelChoice::Kind::TUNNEL;
    choice.peers.push_back(peer);
    return choice;
}

void
L2tpCompulsoryHelper::AddDomain(const std::string& domain, const Address& lns, uint32_t preference)
{
    m_table->AddDomain(domain, AddPeer(m_domains[domain], lns, preference));
}

void
L2tpCompulsoryHelper::AddDomain(const std::string& domain, Ptr<Node> lns, uint32_t preference)
{
    AddDomain(domain, InstallLns(lns), preference);
}

void
L2tpCompulsoryHelper::AddCalledNumber(const std::string& number,
                                      const Address& lns,
                                      uint32_t preference)
{
    m_table->AddCalledNumber(number, AddPeer(m_calledNumbers[number], lns, preference));
}

void
L2tpCompulsoryHelper::AddCalledNumber(const std::string& number, Ptr<Node> lns, uint32_t preference)
{
    AddCalledNumber(number, InstallLns(lns), preference);
}

void
L2tpCompulsoryHelper::AddService(const std::string& service,
                                 const Address& lns,
                                 uint32_t preference)
{
    m_table->AddService(service, AddPeer(m_services[service], lns, preference));
}

void
L2tpCompulsoryHelper::AddService(const std::string& service, Ptr<Node> lns, uint32_t preference)
{
    AddService(service, InstallLns(lns), preference);
}

void
L2tpCompulsoryHelper::EndOthersHere()
{
    m_othersHere = true;
    m_table->SetDefault({L2tpTunnelChoice::Kind::LOCAL, {}, ""});
}

void
L2tpCompulsoryHelper::SetSelector(Ptr<L2tpTunnelSelector> selector)
{
    m_selector = selector;
}

void
L2tpCompulsoryHelper::SetLacAttribute(const std::string& name, const AttributeValue& value)
{
    m_lac.SetAttribute(name, value);
}

void
L2tpCompulsoryHelper::SetLnsAttribute(const std::string& name, const AttributeValue& value)
{
    m_lns.SetAttribute(name, value);
}

void
L2tpCompulsoryHelper::SetAccessAttribute(const std::string& name, const AttributeValue& value)
{
    m_serverFactory.Set(name, value);
}

void
L2tpCompulsoryHelper::SetSessionAttribute(const std::string& name, const AttributeValue& value)
{
    m_lns.SetSessionAttribute(name, value);
}

void
L2tpCompulsoryHelper::SetHostAttribute(const std::string& name, const AttributeValue& value)
{
    m_remoteFactory.Set(name, value);
    m_pppoeFactory.Set(name, value);
}

void
L2tpCompulsoryHelper::SetLineAttribute(const std::string& name, const AttributeValue& value)
{
    m_lineAttributes.emplace_back(name, value.Copy());
}

void
L2tpCompulsoryHelper::SetTelephoneAttribute(const std::string& name, const AttributeValue& value)
{
    m_phones->SetAttribute(name, value);
}

Ptr<L2tpLac>
L2tpCompulsoryHelper::InstallLac(Ptr<Node> node)
{
    const auto lac = m_lac.Install(node);
    return lac ? lac : CreateObject<L2tpLac>();
}

Ptr<L2tpAccessServer>
L2tpCompulsoryHelper::InstallServer(Ptr<Node> node)
{
    const auto standIn = m_standIns.find(node);
    if (standIn != m_standIns.end())
    {
        return standIn->second;
    }
    if (const auto present = FindL2tpApplication<L2tpAccessServer>(node))
    {
        NS_ABORT_MSG_IF(std::find(m_servers.begin(), m_servers.end(), present) == m_servers.end(),
                        "L2tpCompulsoryHelper: node "
                            << node->GetId()
                            << " has an access server that this helper did not install, so that "
                               "its rules and attributes would be of no effect: install all of "
                               "the node's lines with one helper");
        return present;
    }
    const auto server = m_serverFactory.Create<L2tpAccessServer>();
    if (m_selector)
    {
        server->SetAttribute("Selector", PointerValue(m_selector));
        server->SetAttribute("Lac", PointerValue(InstallLac(node)));
    }
    if (!m_selector || m_othersHere)
    {
        server->SetAttribute("Terminator", PointerValue(m_lns.MakeTerminator()));
    }
    if (IsL2tpNodeLocal(node))
    {
        node->AddApplication(server);
        m_servers.push_back(server);
    }
    else
    {
        m_standIns[node] = server;
    }
    return server;
}

Ptr<L2SerialNetDevice>
L2tpCompulsoryHelper::MakeLine(Ptr<Node> node, const std::string& number)
{
    const auto port = CreateObject<L2SerialNetDevice>();
    for (const auto& [name, value] : m_lineAttributes)
    {
        port->GetLine()->SetAttribute(name, *value);
    }
    if (IsL2tpNodeLocal(node))
    {
        node->AddDevice(port);
        m_phones->Attach(port, number);
    }
    return port;
}

void
L2tpCompulsoryHelper::CheckRank(Ptr<Node> host, Ptr<Node> access)
{
    NS_ABORT_MSG_IF(host->GetSystemId() != access->GetSystemId(),
                    "L2tpCompulsoryHelper: node "
                        << host->GetId() << " has system ID " << host->GetSystemId()
                        << ", and its access server, node " << access->GetId() << ", has "
                        << access->GetSystemId()
                        << ", but nothing leads from one to the other but a line or an Ethernet: "
                           "give both the same system ID");
}

void
L2tpCompulsoryHelper::Complete(L2tpAccessContainer& calls,
                               Ptr<L2tpAccessServer> server,
                               Ptr<Node> access) const
{
    calls.SetServer(IsL2tpNodeLocal(access) ? server : nullptr, m_lnss);
    calls.AddStreams(server);
    if (server->GetLac())
    {
        calls.AddStreams(server->GetLac());
    }
    for (const auto& [node, lns] : m_allLnss)
    {
        calls.AddStreams(lns);
    }
}

L2tpAccessContainer
L2tpCompulsoryHelper::InstallDialUp(const NodeContainer& hosts,
                                    Ptr<Node> access,
                                    const std::string& number)
{
    L2tpAccessContainer calls;
    const bool isLocal = IsL2tpNodeLocal(access);
    const auto server = InstallServer(access);
    for (auto it = hosts.Begin(); it != hosts.End(); ++it)
    {
        CheckRank(*it, access);
        const auto port = MakeLine(*it, std::to_string(FIRST_NUMBER + m_numbers++));
        const auto answering = MakeLine(access, number);
        server->AddLine(answering->GetLine());
        const auto host = m_remoteFactory.Create<L2tpRemoteSystem>();
        if (isLocal)
        {
            host->SetAttribute("Line", PointerValue(port->GetLine()));
            host->SetAttribute("Number", StringValue(number));
            (*it)->AddApplication(host);
            host->CreateDevice();
            calls.Add(host, port, answering);
        }
        calls.AddStreams(host);
        calls.AddLineStreams(port->GetLine());
    }
    Complete(calls, server, access);
    return calls;
}

L2tpAccessContainer
L2tpCompulsoryHelper::InstallPppoe(const NetDeviceContainer& hosts,
                                   Ptr<NetDevice> access,
                                   const std::string& service)
{
    NS_ABORT_MSG_UNLESS(m_pppoeDevices.insert(access).second,
                        "L2tpCompulsoryHelper::InstallPppoe() was called twice for device "
                            << access->GetIfIndex() << " of node " << access->GetNode()->GetId()
                            << ": install all of its hosts at once, and another service on "
                               "another device");
    L2tpAccessContainer calls;
    const bool isLocal = IsL2tpNodeLocal(access->GetNode());
    const auto server = InstallServer(access->GetNode());
    const auto concentrator = CreateObject<PppoeConcentrator>();
    concentrator->SetAttribute("Services", StringValue(service));
    server->AddConcentrator(concentrator);
    if (isLocal)
    {
        concentrator->SetDevice(access);
    }
    for (auto it = hosts.Begin(); it != hosts.End(); ++it)
    {
        CheckRank((*it)->GetNode(), access->GetNode());
        const auto client = CreateObject<PppoeClient>();
        client->SetAttribute("ServiceName", StringValue(service));
        const auto host = m_pppoeFactory.Create<L2tpPppoeHost>();
        host->SetAttribute("Client", PointerValue(client));
        if (isLocal)
        {
            client->SetDevice(*it);
            (*it)->GetNode()->AddApplication(host);
            host->CreateDevice();
            calls.Add(host, *it, access);
        }
        calls.AddStreams(host);
    }
    Complete(calls, server, access->GetNode());
    return calls;
}

void
L2tpCompulsoryHelper::EnablePcapAll(const std::string& prefix, bool promiscuous)
{
    PppTraceHelper::EnablePcapAll(prefix, promiscuous);
    for (const auto& lns : m_lnss)
    {
        EnablePcapOfSessions(prefix, lns->GetTerminator());
    }
    for (const auto& server : m_servers)
    {
        EnablePcapOfSessions(prefix, server->GetTerminator());
    }
}

} // namespace ns3
