/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-net-device.h"

#include "ppp-protocol.h"

#include "ns3/abort.h"
#include "ns3/channel.h"
#include "ns3/mac48-address.h"
#include "ns3/mac64-address.h"
#include "ns3/pointer.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppNetDevice);

namespace
{
constexpr uint16_t ETHERTYPE_IPV4 = 0x0800; //!< how ns-3 says IPv4
constexpr uint16_t ETHERTYPE_IPV6 = 0x86dd; //!< how ns-3 says IPv6
} // namespace

TypeId
PppNetDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppNetDevice")
            .SetParent<NetDevice>()
            .SetGroupName("L2tp")
            .AddConstructor<PppNetDevice>()
            .AddAttribute("Link",
                          "The PPP link that this device sends over.",
                          PointerValue(),
                          MakePointerAccessor(&PppNetDevice::SetLink, &PppNetDevice::GetLink),
                          MakePointerChecker<PppLink>())
            .AddAttribute("Mtu",
                          "Own limit of the MTU in octets; the MTU is the peer's MRU if that is "
                          "less.",
                          UintegerValue(1500),
                          MakeUintegerAccessor(&PppNetDevice::m_mtu),
                          MakeUintegerChecker<uint16_t>(PppLcp::MIN_MRU))
            .AddTraceSource("MacTx",
                            "A packet came from the node to be sent.",
                            MakeTraceSourceAccessor(&PppNetDevice::m_macTx),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("MacTxDrop",
                            "A packet was dropped instead of sent.",
                            MakeTraceSourceAccessor(&PppNetDevice::m_macTxDrop),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("MacRx",
                            "A packet was received and goes to the node.",
                            MakeTraceSourceAccessor(&PppNetDevice::m_macRx),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("PhyRxDrop",
                            "A frame was received and dropped.",
                            MakeTraceSourceAccessor(&PppNetDevice::m_phyRxDrop),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("Sniffer",
                            "A frame passes, beginning with its PPP header; control frames too.",
                            MakeTraceSourceAccessor(&PppNetDevice::m_sniffer),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("PromiscSniffer",
                            "The same as Sniffer.",
                            MakeTraceSourceAccessor(&PppNetDevice::m_promiscSniffer),
                            "ns3::Packet::TracedCallback");
    return tid;
}

PppNetDevice::PppNetDevice()
    : m_address(Mac48Address::Allocate()),
      m_peerAddress(Mac48Address::GetBroadcast())
{
}

void
PppNetDevice::DoDispose()
{
    if (m_link)
    {
        Detach();
        m_link->Dispose();
        m_link = nullptr;
    }
    m_node = nullptr;
    m_receive = NetDevice::ReceiveCallback();
    m_promiscReceive = PromiscReceiveCallback();
    NetDevice::DoDispose();
}

void
PppNetDevice::SetLink(Ptr<PppLink> link)
{
    if (m_link)
    {
        Detach();
    }
    m_link = link;
    if (m_link)
    {
        m_link->SetReceiveCallback(MakeCallback(&PppNetDevice::Receive, this));
        m_link->TraceConnectWithoutContext("NetworkUp",
                                           MakeCallback(&PppNetDevice::NetworkUp, this));
        m_link->TraceConnectWithoutContext("NetworkDown",
                                           MakeCallback(&PppNetDevice::NetworkDown, this));
        m_link->TraceConnectWithoutContext("Ipv6Up", MakeCallback(&PppNetDevice::Ipv6Up, this));
        m_link->TraceConnectWithoutContext("Ipv6Down",
                                           MakeCallback(&PppNetDevice::NetworkDown, this));
        m_link->TraceConnectWithoutContext("Tx", MakeCallback(&PppNetDevice::Sniff, this));
        m_link->TraceConnectWithoutContext("Rx", MakeCallback(&PppNetDevice::Sniff, this));
        m_link->TraceConnectWithoutContext("Drop", MakeCallback(&PppNetDevice::Dropped, this));
    }
}

void
PppNetDevice::Detach()
{
    m_link->SetReceiveCallback(PppLink::ReceiveCallback());
    m_link->TraceDisconnectWithoutContext("NetworkUp",
                                          MakeCallback(&PppNetDevice::NetworkUp, this));
    m_link->TraceDisconnectWithoutContext("NetworkDown",
                                          MakeCallback(&PppNetDevice::NetworkDown, this));
    m_link->TraceDisconnectWithoutContext("Ipv6Up", MakeCallback(&PppNetDevice::Ipv6Up, this));
    m_link->TraceDisconnectWithoutContext("Ipv6Down",
                                          MakeCallback(&PppNetDevice::NetworkDown, this));
    m_link->TraceDisconnectWithoutContext("Tx", MakeCallback(&PppNetDevice::Sniff, this));
    m_link->TraceDisconnectWithoutContext("Rx", MakeCallback(&PppNetDevice::Sniff, this));
    m_link->TraceDisconnectWithoutContext("Drop", MakeCallback(&PppNetDevice::Dropped, this));
}

Ptr<PppLink>
PppNetDevice::GetLink() const
{
    return m_link;
}

void
PppNetDevice::Receive(Ptr<Packet> packet, uint16_t protocol)
{
    const uint16_t type = protocol == ppp_protocol::IPV6 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4;
    m_macRx(packet);
    if (!m_promiscReceive.IsNull())
    {
        m_promiscReceive(this, packet, type, m_peerAddress, m_address, NetDevice::PACKET_HOST);
    }
    if (!m_receive.IsNull())
    {
        m_receive(this, packet, type, m_peerAddress);
    }
}

void
PppNetDevice::NetworkUp(Ipv4Address /* local */, Ipv4Address /* peer */)
{
    m_linkChange();
}

void
PppNetDevice::Ipv6Up(uint64_t local, uint64_t /* peer */)
{
    uint8_t octets[sizeof(local)];
    for (std::size_t i = 0; i < sizeof(local); ++i)
    {
        octets[i] = static_cast<uint8_t>(local >> 8 * (sizeof(local) - 1 - i));
    }
    Mac64Address identifier;
    identifier.CopyFrom(octets);
    m_address = identifier;
    m_linkChange();
}

void
PppNetDevice::NetworkDown(PppReason /* reason */)
{
    m_linkChange();
}

void
PppNetDevice::Sniff(Ptr<const Packet> frame)
{
    m_sniffer(frame);
    m_promiscSniffer(frame);
}

void
PppNetDevice::Dropped(PppDropReason reason, Ptr<const Packet> frame)
{
    if (reason >= PppDropReason::TX_NOT_OPENED)
    {
        m_macTxDrop(frame);
    }
    else
    {
        m_phyRxDrop(frame);
    }
}

void
PppNetDevice::SetIfIndex(const uint32_t index)
{
    m_ifIndex = index;
}

uint32_t
PppNetDevice::GetIfIndex() const
{
    return m_ifIndex;
}

Ptr<Channel>
PppNetDevice::GetChannel() const
{
    return nullptr; // the circuit is none of ns-3's channels
}

void
PppNetDevice::SetAddress(Address address)
{
    m_address = Mac48Address::ConvertFrom(address);
}

Address
PppNetDevice::GetAddress() const
{
    return m_address;
}

bool
PppNetDevice::SetMtu(const uint16_t mtu)
{
    if (mtu < PppLcp::MIN_MRU)
    {
        return false;
    }
    m_mtu = mtu;
    return true;
}

uint16_t
PppNetDevice::GetMtu() const
{
    return m_link ? std::min(m_mtu, m_link->GetMtu()) : m_mtu;
}

bool
PppNetDevice::IsLinkUp() const
{
    return m_link && (m_link->IsNetworkUp() || m_link->IsIpv6Up());
}

void
PppNetDevice::AddLinkChangeCallback(Callback<void> callback)
{
    m_linkChange.ConnectWithoutContext(callback);
}

bool
PppNetDevice::IsBroadcast() const
{
    return true; // to the one that there is
}

Address
PppNetDevice::GetBroadcast() const
{
    return m_peerAddress;
}

bool
PppNetDevice::IsMulticast() const
{
    return true; // to the one that there is
}

Address
PppNetDevice::GetMulticast(Ipv4Address multicastGroup) const
{
    return Mac48Address::GetMulticast(multicastGroup);
}

Address
PppNetDevice::GetMulticast(Ipv6Address addr) const
{
    return Mac48Address::GetMulticast(addr);
}

bool
PppNetDevice::IsBridge() const
{
    return false;
}

bool
PppNetDevice::IsPointToPoint() const
{
    return true;
}

bool
PppNetDevice::Send(Ptr<Packet> packet, const Address& /* dest */, uint16_t protocolNumber)
{
    NS_ABORT_MSG_IF(!m_link, "ns3::PppNetDevice: no link to send over: set attribute Link");
    m_macTx(packet);
    if (packet->GetSize() > m_mtu ||
        (protocolNumber != ETHERTYPE_IPV4 && protocolNumber != ETHERTYPE_IPV6))
    {
        m_macTxDrop(packet);
        return false;
    }
    return m_link->SendNetwork(packet,
                               protocolNumber == ETHERTYPE_IPV4 ? ppp_protocol::IPV4
                                                                : ppp_protocol::IPV6);
}

bool
PppNetDevice::SendFrom(Ptr<Packet> packet,
                       const Address& /* source */,
                       const Address& /* dest */,
                       uint16_t /* protocolNumber */)
{
    m_macTxDrop(packet);
    return false; // SupportsSendFrom() says so
}

Ptr<Node>
PppNetDevice::GetNode() const
{
    return m_node;
}

void
PppNetDevice::SetNode(Ptr<Node> node)
{
    m_node = node;
}

bool
PppNetDevice::NeedsArp() const
{
    return false;
}

void
PppNetDevice::SetReceiveCallback(NetDevice::ReceiveCallback callback)
{
    m_receive = callback;
}

void
PppNetDevice::SetPromiscReceiveCallback(PromiscReceiveCallback callback)
{
    m_promiscReceive = callback;
}

bool
PppNetDevice::SupportsSendFrom() const
{
    return false;
}

} // namespace ns3
