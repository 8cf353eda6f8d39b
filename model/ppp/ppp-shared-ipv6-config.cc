/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-shared-ipv6-config.h"

#include "ppp-ipv6-interface.h"
#include "ppp-shared-net-device.h"

#include "ns3/ipv6-interface.h"
#include "ns3/node.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppSharedIpv6Config);

TypeId
PppSharedIpv6Config::GetTypeId()
{
    static TypeId tid = TypeId("ns3::PppSharedIpv6Config")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<PppSharedIpv6Config>();
    return tid;
}

PppSharedIpv6Config::PppSharedIpv6Config() = default;
PppSharedIpv6Config::~PppSharedIpv6Config() = default;

void
PppSharedIpv6Config::DoDispose()
{
    m_device = nullptr;
    Object::DoDispose();
}

void
PppSharedIpv6Config::Install(Ptr<PppSharedNetDevice> device, Ipv6Address prefix, uint8_t length)
{
    m_interface = AddPppIpv6Interface(device);
    m_device = PeekPointer(device);
    m_device->AggregateObject(this);
    m_prefix = prefix;
    m_length = length;
}

void
PppSharedIpv6Config::LineUp()
{
    if (++m_lines > 1)
    {
        return;
    }
    const auto ipv6 = m_device->GetNode()->GetObject<Ipv6L3Protocol>();
    SetUpPppIpv6Interface(*ipv6, m_interface, true);
    ipv6->GetInterface(m_interface)
        ->SetState(PppIpv6cp::LinkLocal(m_device->GetIdentifier()),
                   Ipv6InterfaceAddress::PREFERRED);
    GetPppIpv6Routes(*ipv6)->AddNetworkRouteTo(m_prefix, Ipv6Prefix(m_length), m_interface);
}

void
PppSharedIpv6Config::LineDown()
{
    if (!m_device || --m_lines > 0)
    {
        return;
    }
    const auto ipv6 = m_device->GetNode()->GetObject<Ipv6L3Protocol>();
    if (ipv6 && m_interface < ipv6->GetNInterfaces())
    {
        ipv6->SetDown(m_interface); // with all static routes through it
    }
}

} // namespace ns3
