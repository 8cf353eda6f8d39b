/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-device.h"

#include "ppp-lcp.h"
#include "ppp-protocol.h"

#include "ns3/channel.h"
#include "ns3/mac48-address.h"
#include "ns3/mac64-address.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppDevice);

namespace
{
constexpr uint16_t ETHERTYPE_IPV4 = 0x0800; //!< how ns-3 says IPv4
constexpr uint16_t ETHERTYPE_IPV6 = 0x86dd; //!< how ns-3 says IPv6
} // namespace

TypeId
PppDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppDevice")
            .SetParent<NetDevice>()
            .SetGroupName("L2tp")
            .AddAttribute("Mtu",
                          "Own limit of the MTU in octets; the MTU is the peer's MRU if that is "
                          "less.",
                          UintegerValue(1500),
                          MakeUintegerAccessor(&PppDevice::m_mtu),
                          MakeUintegerChecker<uint16_t>(PppLcp::MIN_MRU))
            .AddTraceSource("MacTx",
                            "A packet came from the node to be sent.",
                            MakeTraceSourceAccessor(&PppDevice::m_macTx),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("MacTxDrop",
                            "A packet was dropped instead of sent.",
                            MakeTraceSourceAccessor(&PppDevice::m_macTxDrop),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("MacRx",
                            "A packet was received and goes to the node.",
                            MakeTraceSourceAccessor(&PppDevice::m_macRx),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("PhyRxDrop",
                            "A frame was received and dropped.",
                            MakeTraceSourceAccessor(&PppDevice::m_phyRxDrop),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("Sniffer",
                            "A frame passes, beginning with its PPP header; control frames too.",
                            MakeTraceSourceAccessor(&PppDevice::m_sniffer),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("PromiscSniffer",
                            "The same as Sniffer.",
                            MakeTraceSourceAccessor(&PppDevice::m_promiscSniffer),
                            "ns3::Packet::TracedCallback");
    return tid;
}

PppDevice::PppDevice()
    : m_address(Mac48Address::Allocate()),
      m_peerAddress(Mac48Address::GetBroadcast())
{
}

PppDevice::~PppDevice() = default;

void
PppDevice::DoDispose()
{
    m_node = nullptr;
    m_receive = NetDevice::ReceiveCallback();
    m_promiscReceive = PromiscReceiveCallback();
    NetDevice::DoDispose();
}

uint16_t
PppDevice::GetOwnMtu() const
{
    return m_mtu;
}

void
PppDevice::SetIdentifier(uint64_t identifier)
{
    uint8_t octets[sizeof(identifier)];
    for (std::size_t i = 0; i < sizeof(identifier); ++i)
    {
        octets[i] = static_cast<uint8_t>(identifier >> 8 * (sizeof(identifier) - 1 - i));
    }
    Mac64Address address;
    address.CopyFrom(octets);
    m_address = address;
}

void
PppDevice::TellLinkChange()
{
    m_linkChange();
}

void
PppDevice::PassUp(Ptr<Packet> packet, uint16_t protocol)
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
PppDevice::Sniff(Ptr<const Packet> frame)
{
    m_sniffer(frame);
    m_promiscSniffer(frame);
}

void
PppDevice::TraceDrop(PppDropReason reason, Ptr<const Packet> frame)
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

bool
PppDevice::Send(Ptr<Packet> packet, const Address& /* dest */, uint16_t protocolNumber)
{
    m_macTx(packet);
    if (packet->GetSize() > m_mtu ||
        (protocolNumber != ETHERTYPE_IPV4 && protocolNumber != ETHERTYPE_IPV6))
    {
        m_macTxDrop(packet);
        return false;
    }
    return Transmit(packet,
                    protocolNumber == ETHERTYPE_IPV4 ? ppp_protocol::IPV4 : ppp_protocol::IPV6);
}

void
PppDevice::SetIfIndex(const uint32_t index)
{
    m_ifIndex = index;
}

uint32_t
PppDevice::GetIfIndex() const
{
    return m_ifIndex;
}

Ptr<Channel>
PppDevice::GetChannel() const
{
    return nullptr; // the circuit is none of ns-3's channels
}

void
PppDevice::SetAddress(Address address)
{
    m_address = Mac48Address::ConvertFrom(address);
}

Address
PppDevice::GetAddress() const
{
    return m_address;
}

bool
PppDevice::SetMtu(const uint16_t mtu)
{
    if (mtu < PppLcp::MIN_MRU)
    {
        return false;
    }
    m_mtu = mtu;
    return true;
}

void
PppDevice::AddLinkChangeCallback(Callback<void> callback)
{
    m_linkChange.ConnectWithoutContext(callback);
}

bool
PppDevice::IsBroadcast() const
{
    return true; // to the one that there is
}

Address
PppDevice::GetBroadcast() const
{
    return m_peerAddress;
}

bool
PppDevice::IsMulticast() const
{
    return true; // to the one that there is
}

Address
PppDevice::GetMulticast(Ipv4Address multicastGroup) const
{
    return Mac48Address::GetMulticast(multicastGroup);
}

Address
PppDevice::GetMulticast(Ipv6Address addr) const
{
    return Mac48Address::GetMulticast(addr);
}

bool
PppDevice::IsBridge() const
{
    return false;
}

bool
PppDevice::SendFrom(Ptr<Packet> packet,
                    const Address& /* source */,
                    const Address& /* dest */,
                    uint16_t /* protocolNumber */)
{
    m_macTxDrop(packet);
    return false; // SupportsSendFrom() says so
}

Ptr<Node>
PppDevice::GetNode() const
{
    return m_node;
}

void
PppDevice::SetNode(Ptr<Node> node)
{
    m_node = node;
}

bool
PppDevice::NeedsArp() const
{
    return false;
}

void
PppDevice::SetReceiveCallback(NetDevice::ReceiveCallback callback)
{
    m_receive = callback;
}

void
PppDevice::SetPromiscReceiveCallback(PromiscReceiveCallback callback)
{
    m_promiscReceive = callback;
}

bool
PppDevice::SupportsSendFrom() const
{
    return false;
}

} // namespace ns3
