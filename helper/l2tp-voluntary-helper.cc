/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-voluntary-helper.h"

#include "l2tp-application-lookup.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/ipv4.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/pointer.h"
#include "ns3/string.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr int64_t STREAMS_PER_CLIENT = 2; //!< one of the LAC, one of the client's link

/**
 * @brief Write a pcap file for a device that an LNS has just made.
 * @param prefix what the file name begins with
 * @param device the device
 */
void
EnablePcapOf(std::string prefix, Ptr<PppNetDevice> device)
{
    PppTraceHelper().EnablePcap(prefix, device);
}

} // namespace

L2tpVoluntaryHelper::L2tpVoluntaryHelper()
    : m_lnsAddress(Ipv4Address::GetAny())
{
    m_clientFactory.SetTypeId(L2tpVoluntaryClient::GetTypeId());
}

void
L2tpVoluntaryHelper::SetAddressPool(Ipv4Address network, Ipv4Mask mask)
{
    m_lns.SetAddressPool(network, mask);
}

void
L2tpVoluntaryHelper::SetCredentials(const std::string& username, const std::string& password)
{
    m_clientFactory.Set("Username", StringValue(username));
    m_clientFactory.Set("Password", StringValue(password));
    m_lns.AddUser(username, password);
}

void
L2tpVoluntaryHelper::SetLnsAddress(Ipv4Address address)
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
L2tpVoluntaryHelper::SetEndpointAttribute(const std::string& name, const AttributeValue& value)
{
    SetLacAttribute(name, value);
    SetLnsAttribute(name, value);
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

L2tpVpnContainer
L2tpVoluntaryHelper::Install(const NodeContainer& clients, Ptr<Node> lns)
{
    Ipv4Address address = m_lnsAddress;
    if (address == Ipv4Address::GetAny())
    {
        Ptr<Ipv4> ipv4 = lns->GetObject<Ipv4>();
        NS_ABORT_MSG_IF(!ipv4 || ipv4->GetNInterfaces() < 2 || ipv4->GetNAddresses(1) == 0,
                        "L2tpVoluntaryHelper: the LNS on node "
                            << lns->GetId()
                            << " has no IPv4 address: assign one before Install(), or name the one "
                               "to dial with SetLnsAddress()");
        address = ipv4->GetAddress(1, 0).GetLocal();
    }
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
        client->SetAttribute("LnsAddress", Ipv4AddressValue(address));
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
        lns->GetTerminator()->TraceConnectWithoutContext("NewDevice",
                                                         MakeBoundCallback(&EnablePcapOf, prefix));
    }
}

} // namespace ns3
