/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-remote-dial-helper.h"

#include "l2tp-application-lookup.h"
#include "l2tp-server-address.h"

#include "ns3/abort.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{

L2tpRemoteDialHelper::L2tpRemoteDialHelper()
    : m_phones(CreateObject<L2TelephoneNetwork>())
{
    m_siteFactory.SetTypeId(L2tpDialOnDemand::GetTypeId());
    m_remoteFactory.SetTypeId(L2tpRemoteSystem::GetTypeId());
}

void
L2tpRemoteDialHelper::SetLacAttribute(const std::string& name, const AttributeValue& value)
{
    m_lacHelper.SetAttribute(name, value);
}

void
L2tpRemoteDialHelper::SetLnsAttribute(const std::string& name, const AttributeValue& value)
{
    m_lnsHelper.SetAttribute(name, value);
}

void
L2tpRemoteDialHelper::SetSiteAttribute(const std::string& name, const AttributeValue& value)
{
    m_siteFactory.Set(name, value);
}

void
L2tpRemoteDialHelper::SetRemoteAttribute(const std::string& name, const AttributeValue& value)
{
    m_remoteFactory.Set(name, value);
}

void
L2tpRemoteDialHelper::SetLineAttribute(const std::string& name, const AttributeValue& value)
{
    m_lineAttributes.emplace_back(name, value.Copy());
}

void
L2tpRemoteDialHelper::SetTelephoneAttribute(const std::string& name, const AttributeValue& value)
{
    m_phones->SetAttribute(name, value);
}

void
L2tpRemoteDialHelper::SetCredentials(const std::string& username, const std::string& password)
{
    m_username = username;
    m_password = password;
}

void
L2tpRemoteDialHelper::UseIpv6()
{
    m_ipv6 = true;
    SetSiteAttribute("Mru", UintegerValue(1430));
}

Ptr<L2SerialNetDevice>
L2tpRemoteDialHelper::MakeLine(Ptr<Node> node, const std::string& number)
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

Ptr<L2tpLac>
L2tpRemoteDialHelper::InstallLac(Ptr<Node> node, uint32_t nLines, const std::string& number)
{
    NS_ABORT_MSG_IF(m_lac,
                    "L2tpRemoteDialHelper::InstallLac() was called twice: use another helper for "
                    "another LAC");
    m_lacNode = node;
    for (uint32_t i = 0; i < nLines; ++i)
    {
        m_lacsLines.push_back(MakeLine(node, number));
    }
    if (!IsL2tpNodeLocal(node))
    {
        m_lac = CreateObject<L2tpLac>();
        return nullptr;
    }
    m_lac = m_lacHelper.Install(node);
    NS_ABORT_MSG_IF(m_lac->GetDialer(),
                    "L2tpRemoteDialHelper: the LAC of node "
                        << node->GetId()
                        << " has a dialer already, which would lose its lines: install all of the "
                           "LAC's lines with one helper");
    m_lines = m_lacsLines;
    m_dialer = CreateObject<L2tpLineDialer>();
    for (const auto& line : m_lines)
    {
        m_dialer->AddLine(line->GetLine());
    }
    m_lac->SetDialer(m_dialer);
    return m_lac;
}

Ptr<L2tpLns>
L2tpRemoteDialHelper::InstallLns(Ptr<Node> node)
{
    NS_ABORT_MSG_IF(m_lns,
                    "L2tpRemoteDialHelper::InstallLns() was called twice: use another helper for "
                    "another LNS");
    m_lnsNode = node;
    const auto lns = m_lnsHelper.Install(node);
    m_lns = lns ? lns : m_lnsHelper.MakeStandIn();
    return lns;
}

L2tpRemoteSite
L2tpRemoteDialHelper::InstallSite(Ptr<Node> remote, const std::string& number, Ipv4Address address)
{
    NS_ABORT_MSG_IF(!m_lac || !m_lns,
                    "L2tpRemoteDialHelper::InstallSite() needs a LAC and an LNS: call InstallLac() "
                    "and InstallLns() before");
    NS_ABORT_MSG_IF(remote->GetSystemId() != m_lacNode->GetSystemId(),
                    "L2tpRemoteDialHelper: node "
                        << remote->GetId() << " has system ID " << remote->GetSystemId()
                        << ", and the LAC that dials it " << m_lacNode->GetSystemId()
                        << ", but nothing leads from one to the other but a line: give both the "
                           "same system ID");
    m_lnsHelper.AddUser(m_username, m_password, address);
    L2tpRemoteSite all;
    L2tpRemoteSite local;
    all.port = MakeLine(remote, number);
    all.system = m_remoteFactory.Create<L2tpRemoteSystem>();
    if (IsL2tpNodeLocal(remote))
    {
        all.system->SetAttribute("Line", PointerValue(all.port->GetLine()));
        all.system->SetAttribute("Username", StringValue(m_username));
        all.system->SetAttribute("Password", StringValue(m_password));
        remote->AddApplication(all.system);
        all.system->CreateDevice();
        local.port = all.port;
        local.system = all.system;
    }
    all.site = m_siteFactory.Create<L2tpDialOnDemand>();
    if (IsL2tpNodeLocal(m_lnsNode))
    {
        all.site->SetAttribute("Lns", PointerValue(m_lns));
        AddressValue lac;
        all.site->GetAttribute("LacAddress", lac);
        if (lac.Get().IsInvalid()) // SetSiteAttribute() may have named a switch to ask
        {
            lac.Set(FindL2tpServerAddress(m_lacNode, m_ipv6));
            all.site->SetAttribute("LacAddress", lac);
        }
        all.site->SetAttribute("CalledNumber", StringValue(number));
        all.site->SetAttribute("RemoteAddress", Ipv4AddressValue(address));
        all.site->SetAttribute("RemoteName", StringValue(m_username));
        m_lnsNode->AddApplication(all.site);
        all.site->CreateDevice();
        local.site = all.site;
    }
    m_sites.push_back(all);
    return local;
}

Ptr<L2tpLineDialer>
L2tpRemoteDialHelper::GetDialer() const
{
    return m_dialer;
}

const std::vector<Ptr<L2SerialNetDevice>>&
L2tpRemoteDialHelper::GetLines() const
{
    return m_lines;
}

int64_t
L2tpRemoteDialHelper::AssignStreams(int64_t stream)
{
    int64_t next = stream;
    next += m_lac ? m_lac->AssignStreams(next) : 0;
    next += m_lns ? m_lns->AssignStreams(next) : 0;
    for (const auto& line : m_lacsLines)
    {
        next += line->GetLine()->AssignStreams(next);
    }
    for (const L2tpRemoteSite& made : m_sites)
    {
        next += made.port->GetLine()->AssignStreams(next);
        next += made.system->AssignStreams(next);
        next += made.site->AssignStreams(next);
    }
    return next - stream;
}

} // namespace ns3
