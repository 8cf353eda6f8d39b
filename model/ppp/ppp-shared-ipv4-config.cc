/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-shared-ipv4-config.h"

#include "ppp-shared-net-device.h"
#include "ppp-shared-routing.h"

#include "ns3/abort.h"
#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv4.h"
#include "ns3/l2tp-vrf-routing.h"
#include "ns3/node.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppSharedIpv4Config);

TypeId
PppSharedIpv4Config::GetTypeId()
{
    static TypeId tid = TypeId("ns3::PppSharedIpv4Config")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<PppSharedIpv4Config>();
    return tid;
}

PppSharedIpv4Config::PppSharedIpv4Config() = default;
PppSharedIpv4Config::~PppSharedIpv4Config() = default;

void
PppSharedIpv4Config::DoDispose()
{
    m_device = nullptr;
    m_locals.clear();
    Object::DoDispose();
}

void
PppSharedIpv4Config::Install(Ptr<PppSharedNetDevice> device, const std::string& table)
{
    const auto node = device->GetNode();
    NS_ABORT_MSG_IF(!node, "ns3::PppSharedIpv4Config: the device has no node: add it to one first");
    const auto ipv4 = node->GetObject<Ipv4>();
    NS_ABORT_MSG_IF(!ipv4,
                    "ns3::PppSharedIpv4Config: node " << node->GetId()
                                                      << " has no IPv4: install an internet stack");
    m_interface = ipv4->AddInterface(device);
    if (const auto tables = L2tpVrfRouting::Find(*ipv4))
    {
        tables->SetTable(m_interface, table);
    }
    m_device = PeekPointer(device);
    m_device->AggregateObject(this);
    L2tpVrfRouting::AddProtocolTo(*ipv4,
                                  table,
                                  CreateObject<PppSharedRouting>(m_device),
                                  PppSharedRouting::PRIORITY);
}

void
PppSharedIpv4Config::LineUp(Ipv4Address local)
{
    if (++m_locals[local] > 1)
    {
        return;
    }
    const auto ipv4 = m_device->GetNode()->GetObject<Ipv4>();
    // Before SetUp(), so that ns-3 adds no network route for the address.
    ipv4->AddAddress(m_interface, Ipv4InterfaceAddress(local, Ipv4Mask::GetOnes()));
    ipv4->SetUp(m_interface);
}

void
PppSharedIpv4Config::LineDown(Ipv4Address local)
{
    const auto found = m_locals.find(local);
    if (found == m_locals.end() || --found->second > 0)
    {
        return;
    }
    m_locals.erase(found);
    const auto ipv4 = m_device->GetNode()->GetObject<Ipv4>();
    if (!ipv4 || m_interface >= ipv4->GetNInterfaces())
    {
        return; // the node is being disposed of
    }
    if (m_locals.empty())
    {
        ipv4->SetDown(m_interface);
    }
    ipv4->RemoveAddress(m_interface, local);
}

} // namespace ns3
