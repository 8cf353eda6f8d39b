/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2-serial-net-device.h"

#include "ns3/mac48-address.h"
#include "ns3/pointer.h"
#include "ns3/trace-source-accessor.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2SerialNetDevice);

TypeId
L2SerialNetDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2SerialNetDevice")
            .SetParent<NetDevice>()
            .SetGroupName("L2tp")
            .AddConstructor<L2SerialNetDevice>()
            .AddAttribute("Line",
                          "The serial line.",
                          TypeId::ATTR_GET,
                          PointerValue(),
                          MakePointerAccessor(&L2SerialNetDevice::GetLine),
                          MakePointerChecker<L2SerialLine>())
            .AddTraceSource("MacTxDrop",
                            "A packet of the node was dropped: only frames of PPP are sent.",
                            MakeTraceSourceAccessor(&L2SerialNetDevice::m_macTxDrop),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("Sniffer",
                            "A frame passes, beginning with its PPP header.",
                            MakeTraceSourceAccessor(&L2SerialNetDevice::m_sniffer),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("PromiscSniffer",
                            "The same as Sniffer.",
                            MakeTraceSourceAccessor(&L2SerialNetDevice::m_promiscSniffer),
                            "ns3::Packet::TracedCallback");
    return tid;
}

L2SerialNetDevice::L2SerialNetDevice()
    : m_line(CreateObject<L2SerialLine>()),
      m_address(Mac48Address::Allocate())
{
    m_line->TraceConnectWithoutContext("State",
                                       MakeCallback(&L2SerialNetDevice::StateChanged, this));
    m_line->TraceConnectWithoutContext("Tx", MakeCallback(&L2SerialNetDevice::Sniff, this));
    m_line->TraceConnectWithoutContext("Rx", MakeCallback(&L2SerialNetDevice::Sniff, this));
}

L2SerialNetDevice::~L2SerialNetDevice() = default;

void
L2SerialNetDevice::DoDispose()
{
    m_line->TraceDisconnectWithoutContext("State",
                                          MakeCallback(&L2SerialNetDevice::StateChanged, this));
    m_line->TraceDisconnectWithoutContext("Tx", MakeCallback(&L2SerialNetDevice::Sniff, this));
    m_line->TraceDisconnectWithoutContext("Rx", MakeCallback(&L2SerialNetDevice::Sniff, this));
    m_line->Dispose();
    m_network = nullptr;
    m_node = nullptr;
    NetDevice::DoDispose();
}

Ptr<L2SerialLine>
L2SerialNetDevice::GetLine() const
{
    return m_line;
}

void
L2SerialNetDevice::SetNetwork(Ptr<L2TelephoneNetwork> network)
{
    m_network = network;
}

void
L2SerialNetDevice::StateChanged(L2LineState before, L2LineState now)
{
    if ((before == L2LineState::CONNECTED) != (now == L2LineState::CONNECTED))
    {
        m_linkChange();
    }
}

void
L2SerialNetDevice::Sniff(Ptr<const Packet> frame)
{
    m_sniffer(frame);
    m_promiscSniffer(frame);
}

void
L2SerialNetDevice::SetIfIndex(const uint32_t index)
{
    m_ifIndex = index;
}

uint32_t
L2SerialNetDevice::GetIfIndex() const
{
    return m_ifIndex;
}

Ptr<Channel>
L2SerialNetDevice::GetChannel() const
{
    return m_network;
}

void
L2SerialNetDevice::SetAddress(Address address)
{
    m_address = Mac48Address::ConvertFrom(address);
}

Address
L2SerialNetDevice::GetAddress() const
{
    return m_address;
}

bool
L2SerialNetDevice::SetMtu(const uint16_t mtu)
{
    m_mtu = mtu;
    return true;
}

uint16_t
L2SerialNetDevice::GetMtu() const
{
    return m_mtu;
}

bool
L2SerialNetDevice::IsLinkUp() const
{
    return m_line->GetState() == L2LineState::CONNECTED;
}

void
L2SerialNetDevice::AddLinkChangeCallback(Callback<void> callback)
{
    m_linkChange.ConnectWithoutContext(callback);
}

bool
L2SerialNetDevice::IsBroadcast() const
{
    return false;
}

Address
L2SerialNetDevice::GetBroadcast() const
{
    return Mac48Address::GetBroadcast();
}

bool
L2SerialNetDevice::IsMulticast() const
{
    return false;
}

Address
L2SerialNetDevice::GetMulticast(Ipv4Address multicastGroup) const
{
    return Mac48Address::GetMulticast(multicastGroup);
}

Address
L2SerialNetDevice::GetMulticast(Ipv6Address addr) const
{
    return Mac48Address::GetMulticast(addr);
}

bool
L2SerialNetDevice::IsBridge() const
{
    return false;
}

bool
L2SerialNetDevice::IsPointToPoint() const
{
    return true;
}

bool
L2SerialNetDevice::Send(Ptr<Packet> packet,
                        const Address& /* dest */,
                        uint16_t /* protocolNumber */)
{
    m_macTxDrop(packet);
    return false;
}

bool
L2SerialNetDevice::SendFrom(Ptr<Packet> packet,
                            const Address& /* source */,
                            const Address& /* dest */,
                            uint16_t /* protocolNumber */)
{
    m_macTxDrop(packet);
    return false;
}

Ptr<Node>
L2SerialNetDevice::GetNode() const
{
    return m_node;
}

void
L2SerialNetDevice::SetNode(Ptr<Node> node)
{
    m_node = node;
}

bool
L2SerialNetDevice::NeedsArp() const
{
    return false;
}

void
L2SerialNetDevice::SetReceiveCallback(NetDevice::ReceiveCallback /* callback */)
{
    // Frames go to whoever is attached to the line, not to the node.
}

void
L2SerialNetDevice::SetPromiscReceiveCallback(PromiscReceiveCallback /* callback */)
{
    // As above.
}

bool
L2SerialNetDevice::SupportsSendFrom() const
{
    return false;
}

} // namespace ns3
