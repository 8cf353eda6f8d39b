/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-voluntary-helper.h"

#include "l2tp-application-lookup.h"
#include "l2tp-server-address.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr int64_t STREAMS_PER_CLIENT = 2; //!< one of the LAC, one of the client's link

/// So that PPP (4 octets), L2TP (up to 12), UDP (8) and IPv6 (40) fit 1500 octets as well.
constexpr uint16_t MRU_OVER_IPV6 = 1430;

} // namespace

L2tpVoluntaryHelper::L2tpVoluntaryHelper()
{
    m_clientFactory.SetTypeId(L2tpVoluntaryClient::GetTypeId());
}

void
L2tpVoluntaryHelper::SetAddressPool(Ipv4Address network, Ipv4Mask mask)
{
    m_lns.SetAddressPool(network, mask);
}

void
L2tpVoluntaryHelper::SetCredentials(const std::string& username,
                                    const std::string& password,
                                    const PppUserProfile& profile)
{
    m_clientFactory.Set("Username", StringValue(username));
    m_clientFactory.Set("Password", StringValue(password));
    m_lns.AddUser(username, password, profile);
}

void
L2tpVoluntaryHelper::UseIpv6()
{
    m_ipv6 = true;
    SetClientAttribute("Mru", UintegerValue(MRU_OVER_IPV6));
    SetSessionAttribute("Mru", UintegerValue(MRU_OVER_IPV6));
}

void
L2tpVoluntaryHelper::EnableIpv6Inside(Ipv6Address pool, uint8_t length)
{
    SetClientAttribute("Ipv6", BooleanValue(true));
    SetSessionAttribute("Ipv6Pool", Ipv6AddressValue(pool));
    SetSessionAttribute("Ipv6PoolLength", UintegerValue(length));
}

void
L2tpVoluntaryHelper::SetLnsAddress(Ipv4Address address)
{
    SetLnsAddress(address == Ipv4Address::GetAny() ? Address() : Address(address));
}

void
L2tpVoluntaryHelper::SetLnsAddress(const Address& address)
{
    m_lnsAddress = address;
}

void
L2tpVoluntaryHelper::AddPrefix(Ipv4Address network, Ipv4Mask mask)
{
    m_prefixes.emplace_back(network, mask);
    m_clientFactory.Set("DefaultRoute", BooleanValue(false));
}

void
L2tpVoluntaryHelper::SetLacAttribute(const std::string& name, const AttributeValue& value)
{
    m_lac.SetAttribute(name, value);
}

void
L2tpVoluntaryHelper::SetLnsAttribute(const std::string& name, const AttributeValue& value)
{
    m_lns.SetAttribute(name, value);
}

void
L2tpVoluntaryHelper::SetClientAttribute(const std::string& name, const AttributeValue& value)
{
    m_clientFactory.Set(name, value);
}

void
L2tpVoluntaryHelper::SetSessionAttribute(const std::string& name, const AttributeValue& value)
{
    m_lns.SetSessionAttribute(name, value);
}

void
L2tpVoluntaryHelper::SetTerminator(const std::string& typeId)
{
    m_lns.SetTerminator(typeId);
}

L2tpVpnContainer
L2tpVoluntaryHelper::Install(const NodeContainer& clients, Ptr<Node> lns)
{
    const Address address =
        m_lnsAddress.IsInvalid() ? FindL2tpServerAddress(lns, m_ipv6) : m_lnsAddress;
    L2tpVpnContainer tunnels;
    Ptr<L2tpLns> server = m_lns.Install(lns);
    tunnels.SetLns(server);
    if (!server)
    {
        tunnels.SetRemoteLns(m_lns.GetNStreams());
    }
    else if (std::find(m_lnses.begin(), m_lnses.end(), server) == m_lnses.end())
    {
        m_lnses.push_back(server);
    }
    for (auto it = clients.Begin(); it != clients.End(); ++it)
    {
        Ptr<L2tpLac> lac = m_lac.Install(*it);
        if (!lac)
        {
            tunnels.AddRemote();
            continue;
        }
        Ptr<L2tpVoluntaryClient> client = m_clientFactory.Create<L2tpVoluntaryClient>();
        client->SetAttribute("Lac", PointerValue(lac));
        client->SetAttribute("LnsAddress", AddressValue(address));
        for (const auto& prefix : m_prefixes)
        {
            client->AddPrefix(prefix.first, prefix.second);
        }
        (*it)->AddApplication(client);
        client->CreateDevice();
        tunnels.Add(client, lac);
    }
    return tunnels;
}

int64_t
L2tpVoluntaryHelper::AssignStreams(const L2tpVpnContainer& tunnels, int64_t stream)
{
    for (uint32_t i = 0; i < tunnels.GetN(); ++i)
    {
        const int64_t place = stream + tunnels.GetPlace(i) * STREAMS_PER_CLIENT;
        int64_t used = tunnels.GetLac(i)->AssignStreams(place);
        used += tunnels.GetClient(i)->AssignStreams(place + used);
        NS_ABORT_MSG_IF(used != STREAMS_PER_CLIENT,
                        "L2tpVoluntaryHelper: a client and its LAC take "
                            << used << " streams instead of " << STREAMS_PER_CLIENT);
    }
    int64_t used = tunnels.GetNPlaces() * STREAMS_PER_CLIENT;
    if (tunnels.GetLns())
    {
        used += tunnels.GetLns()->AssignStreams(stream + used);
    }
    return used + tunnels.GetRemoteLnsStreams();
}

void
L2tpVoluntaryHelper::EnablePcapAll(const std::string& prefix, bool promiscuous)
{
    PppTraceHelper::EnablePcapAll(prefix, promiscuous);
    for (const auto& lns : m_lnses)
    {
        EnablePcapOfSessions(prefix, lns->GetTerminator());
    }
}

} // namespace ns3
