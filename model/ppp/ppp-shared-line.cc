/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-shared-line.h"

#include "ppp-protocol.h"
#include "ppp-shared-net-device.h"

#include "ns3/abort.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv6-header.h"
#include "ns3/node.h"

#include <algorithm>

namespace ns3
{

namespace
{
constexpr uint32_t FRAGMENT_UNIT = 8; //!< of which fragments' lengths are multiples, octets
} // namespace

PppSharedLine::PppSharedLine(Ptr<PppLink> link, Ptr<PppSharedNetDevice> device)
    : m_link(link),
      m_device(device)
{
    m_link->SetNetworkLayer(this);
}

PppSharedLine::~PppSharedLine()
{
    m_link->SetNetworkLayer(nullptr);
    if (m_ipv4)
    {
        Ipv4Down();
    }
    if (m_ipv6)
    {
        Ipv6Down();
    }
}

void
PppSharedLine::MoveTo(Ptr<PppSharedNetDevice> device)
{
    NS_ABORT_MSG_IF(m_ipv4 || m_ipv6,
                    "ns3::PppSharedLine: a line can't move to another device while IPv4 or IPv6 is "
                    "up: take its link down first");
    m_device = device;
}

Ptr<PppSharedNetDevice>
PppSharedLine::GetDevice() const
{
    return m_device;
}

void
PppSharedLine::SetIpv6Prefix(Ipv6Address prefix)
{
    m_prefix = prefix;
    m_advertiser = std::make_unique<PppRouterAdvertiser>(
        [this](Ptr<Packet> message) { SendAdvertisement(message); });
}

void
PppSharedLine::AssignStream(int64_t stream)
{
    if (m_advertiser)
    {
        m_advertiser->SetStream(stream);
    }
}

void
PppSharedLine::SetMtu(uint16_t mtu)
{
    m_limit = mtu;
    if (m_ipv4 || m_ipv6)
    {
        m_device->Leave(*this); // with the MTU that it had
        m_device->Join(*this);
    }
}

PppLink&
PppSharedLine::GetLink() const
{
    return *m_link;
}

Ipv4Address
PppSharedLine::GetLocalAddress() const
{
    return m_local;
}

void
PppSharedLine::Received(Ptr<Packet> packet, uint16_t protocol)
{
    if (protocol == ppp_protocol::IPV6 && m_advertiser)
    {
        m_advertiser->Received(packet);
    }
    m_device->PassUp(packet, protocol);
}

void
PppSharedLine::NetworkChanged()
{
    const bool ipv4 = m_link->IsNetworkUp();
    const bool ipv6 = m_link->IsIpv6Up();
    // Down comes first: what is left must not be of before.
    if (m_ipv4 && !ipv4)
    {
        Ipv4Down();
    }
    if (m_ipv6 && !ipv6)
    {
        Ipv6Down();
    }
    if (!m_ipv4 && ipv4)
    {
        Ipv4Up();
    }
    if (!m_ipv6 && ipv6)
    {
        Ipv6Up();
    }
    m_device->TellLinkChange();
}

void
PppSharedLine::FramePasses(Ptr<const Packet> frame)
{
    m_device->Sniff(frame);
}

void
PppSharedLine::FrameDropped(PppDropReason reason, Ptr<const Packet> frame)
{
    m_device->TraceDrop(reason, frame);
}

void
PppSharedLine::Ipv4Up()
{
    if (!m_ipv6)
    {
        m_device->Join(*this);
    }
    m_ipv4 = true;
    m_local = m_link->GetIpcp()->GetLocalAddress();
    m_peer = m_link->GetIpcp()->GetPeerAddress();
    m_routes = m_link->GetPeerProfile().routes;
    m_device->AddIpv4(*this, m_local, m_peer, m_routes);
}

void
PppSharedLine::Ipv4Down()
{
    m_ipv4 = false;
    m_device->RemoveIpv4(*this, m_local, m_peer, m_routes);
    m_routes = {};
    if (!m_ipv6)
    {
        m_device->Leave(*this);
    }
}

void
PppSharedLine::Ipv6Up()
{
    if (!m_ipv4)
    {
        m_device->Join(*this);
    }
    m_ipv6 = true;
    m_peerIdentifier = m_link->GetIpv6cp()->GetPeerIdentifier();
    m_device->AddIpv6(*this, m_peerIdentifier, m_prefix);
    if (m_advertiser)
    {
        m_advertiser->Start(m_prefix,
                            m_device->GetAdvertisementInterval(),
                            PppIpv6cp::LinkLocal(m_link->GetIpv6cp()->GetLocalIdentifier()));
    }
}

void
PppSharedLine::Ipv6Down()
{
    m_ipv6 = false;
    if (m_advertiser)
    {
        m_advertiser->Stop();
    }
    m_device->RemoveIpv6(*this, m_peerIdentifier, m_prefix);
    if (!m_ipv4)
    {
        m_device->Leave(*this);
    }
}

bool
PppSharedLine::Send(Ptr<Packet> packet, uint16_t protocol)
{
    if (packet->GetSize() <= m_mtu)
    {
        return m_link->SendNetwork(packet, protocol);
    }
    if (protocol == ppp_protocol::IPV4)
    {
        return SendInPieces(packet);
    }
    const auto icmpv6 = m_device->GetNode()->GetObject<Icmpv6L4Protocol>();
    Ipv6Header header;
    packet->PeekHeader(header);
    // RFC 4443, section 3.2. The link counts and traces the packet as too long.
    icmpv6->SendErrorTooBig(packet->Copy(), header.GetSource(), m_mtu);
    return m_link->SendNetwork(packet, protocol);
}

bool
PppSharedLine::SendInPieces(Ptr<Packet> packet)
{
    Ipv4Header header;
    packet->RemoveHeader(header);
    const uint32_t most = (m_mtu - header.GetSerializedSize()) / FRAGMENT_UNIT * FRAGMENT_UNIT;
    const uint32_t size = packet->GetSize();
    const bool isLast = header.IsLastFragment();
    const uint16_t begin = header.GetFragmentOffset();
    bool isSent = true;
    for (uint32_t at = 0; at < size; at += most)
    {
        // RFC 791, section 3.2, "An Example Fragmentation Procedure"
        const uint32_t length = std::min(most, size - at);
        Ipv4Header own = header;
        own.SetFragmentOffset(static_cast<uint16_t>(begin + at));
        own.SetPayloadSize(static_cast<uint16_t>(length));
        if (at + length < size || !isLast)
        {
            own.SetMoreFragments();
        }
        else
        {
            own.SetLastFragment();
        }
        if (Node::ChecksumEnabled())
        {
            own.EnableChecksum();
        }
        const auto piece = packet->CreateFragment(at, length);
        piece->AddHeader(own);
        isSent = m_link->SendNetwork(piece, ppp_protocol::IPV4) && isSent;
    }
    return isSent;
}

void
PppSharedLine::SendAdvertisement(Ptr<Packet> message)
{
    Ipv6Header header;
    header.SetSource(PppIpv6cp::LinkLocal(m_link->GetIpv6cp()->GetLocalIdentifier()));
    header.SetDestination(Ipv6Address::GetAllNodesMulticast());
    header.SetNextHeader(Icmpv6L4Protocol::PROT_NUMBER);
    header.SetPayloadLength(static_cast<uint16_t>(message->GetSize()));
    header.SetHopLimit(PppRouterAdvertiser::HOP_LIMIT);
    message->AddHeader(header);
    Send(message, ppp_protocol::IPV6);
}

} // namespace ns3
