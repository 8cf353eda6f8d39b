/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-net-device.h"

#include "ns3/abort.h"
#include "ns3/pointer.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppNetDevice);

TypeId
PppNetDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppNetDevice")
            .SetParent<PppDevice>()
            .SetGroupName("L2tp")
            .AddConstructor<PppNetDevice>()
            .AddAttribute("Link",
                          "The PPP link that this device sends over.",
                          PointerValue(),
                          MakePointerAccessor(&PppNetDevice::SetLink, &PppNetDevice::GetLink),
                          MakePointerChecker<PppLink>());
    return tid;
}

PppNetDevice::PppNetDevice() = default;

PppNetDevice::~PppNetDevice()
{
    if (m_link)
    {
        m_link->SetNetworkLayer(nullptr);
    }
}

void
PppNetDevice::DoDispose()
{
    if (m_link)
    {
        m_link->SetNetworkLayer(nullptr);
        m_link->Dispose();
        m_link = nullptr;
    }
    PppDevice::DoDispose();
}

void
PppNetDevice::SetLink(Ptr<PppLink> link)
{
    if (m_link)
    {
        m_link->SetNetworkLayer(nullptr);
    }
    m_link = link;
    if (m_link)
    {
        m_link->SetNetworkLayer(this);
    }
}

Ptr<PppLink>
PppNetDevice::GetLink() const
{
    return m_link;
}

void
PppNetDevice::Received(Ptr<Packet> packet, uint16_t protocol)
{
    PassUp(packet, protocol);
}

void
PppNetDevice::NetworkChanged()
{
    if (m_link->IsIpv6Up())
    {
        SetIdentifier(m_link->GetIpv6cp()->GetLocalIdentifier());
    }
    TellLinkChange();
}

void
PppNetDevice::FramePasses(Ptr<const Packet> frame)
{
    Sniff(frame);
}

void
PppNetDevice::FrameDropped(PppDropReason reason, Ptr<const Packet> frame)
{
    TraceDrop(reason, frame);
}

uint16_t
PppNetDevice::GetMtu() const
{
    return m_link ? std::min(GetOwnMtu(), m_link->GetMtu()) : GetOwnMtu();
}

bool
PppNetDevice::IsLinkUp() const
{
    return m_link && (m_link->IsNetworkUp() || m_link->IsIpv6Up());
}

bool
PppNetDevice::IsPointToPoint() const
{
    return true;
}

bool
PppNetDevice::Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber)
{
    NS_ABORT_MSG_IF(!m_link, "ns3::PppNetDevice: no link to send over: set attribute Link");
    return PppDevice::Send(packet, dest, protocolNumber);
}

bool
PppNetDevice::Transmit(Ptr<Packet> packet, uint16_t protocol)
{
    return m_link->SendNetwork(packet, protocol);
}

} // namespace ns3
