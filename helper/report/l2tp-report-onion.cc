/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-report-onion.h"

#include "l2tp-report-network.h"

#include "ns3/channel.h"
#include "ns3/ethernet-header.h"
#include "ns3/icmpv4.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv6-header.h"
#include "ns3/l2-serial-net-device.h"
#include "ns3/l2tp-header.h"
#include "ns3/l2tp-udp-address.h"
#include "ns3/node.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-protocol.h"
#include "ns3/pppoe-packet.h"
#include "ns3/simulator.h"
#include "ns3/tcp-header.h"
#include "ns3/udp-header.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace ns3
{

namespace
{

constexpr uint32_t MANY = 500;       //!< octets from which on a packet shows what layers cost
constexpr uint32_t ETHERNET_FCS = 4; //!< octets behind a frame
constexpr uint8_t PROTOCOL_ICMP = 1; //!< of IPv4
constexpr uint8_t PROTOCOL_TCP = 6;  //!< of IPv4 and IPv6
constexpr uint8_t PROTOCOL_UDP = 17; //!< of IPv4 and IPv6
constexpr uint16_t ETHERTYPE_IPV4 = 0x0800;
constexpr uint16_t ETHERTYPE_IPV6 = 0x86dd;

/// Takes a packet on a link apart, from outside.
class Peeler
{
  public:
    /// Begin. @param packet the packet
    explicit Peeler(Ptr<const Packet> packet)
        : m_rest(packet->Copy())
    {
    }

    /// Peel what an Ethernet device sends.
    void Ethernet()
    {
        EthernetHeader header(false);
        const uint32_t size = m_rest->RemoveHeader(header);
        m_rest->RemoveAtEnd(std::min(ETHERNET_FCS, m_rest->GetSize()));
        std::ostringstream what;
        what << header.GetSource() << " to " << header.GetDestination();
        Add("Ethernet", size + ETHERNET_FCS, what.str(), "IEEE 802.3");
        switch (header.GetLengthType())
        {
        case pppoe::ETHERTYPE_SESSION:
            Pppoe();
            break;
        case ETHERTYPE_IPV4:
            Ipv4();
            break;
        case ETHERTYPE_IPV6:
            Ipv6();
            break;
        default:
            break;
        }
        Finish();
    }

    /// Peel what a device sends that puts PPP's Protocol field before a packet, and no more.
    void PointToPoint()
    {
        Ppp("PPP of the link");
        Finish();
    }

    /// Peel a frame that a line sends. @param onLine octets on the line, FCS and escapes included
    void Line(uint32_t onLine)
    {
        const uint32_t framing = onLine > m_rest->GetSize() ? onLine - m_rest->GetSize() : 0;
        if (framing > 0)
        {
            Add("HDLC-like framing", framing, "flags, FCS, escapes", "RFC 1662, section 3.1");
        }
        Ppp("PPP");
        Finish();
    }

    /// The layers. @return a JSON array
    std::string ToJson() const
    {
        return "[" + m_json + "]";
    }

  private:
    /// Peel PPPoE.
    void Pppoe()
    {
        PppoeHeader header;
        const uint32_t size = m_rest->RemoveHeader(header);
        if (m_rest->GetSize() > header.GetLength()) // Ethernet's padding
        {
            m_rest->RemoveAtEnd(m_rest->GetSize() - header.GetLength());
        }
        Add("PPPoE",
            size,
            "SESSION_ID " + std::to_string(header.GetSessionId()),
            "RFC 2516, section 4");
        Ppp("PPP");
    }

    /// Peel PPP. @param name what to call it
    void Ppp(const std::string& name)
    {
        PppFrameHeader header;
        const uint32_t size = m_rest->RemoveHeader(header);
        if (header.GetError() != PppFrameError::NONE)
        {
            return;
        }
        Add(name, size, PppProtocolName(header.GetProtocol()), "RFC 1661, section 2");
        if (header.GetProtocol() == ppp_protocol::IPV4)
        {
            Ipv4();
        }
        else if (header.GetProtocol() == ppp_protocol::IPV6)
        {
            Ipv6();
        }
    }

    /// Peel IPv4.
    void Ipv4()
    {
        Ipv4Header header;
        const uint32_t size = m_rest->RemoveHeader(header);
        std::ostringstream what;
        what << header.GetSource() << " to " << header.GetDestination() << ", TTL "
             << +header.GetTtl();
        Add("IPv4", size, what.str(), "RFC 791, section 3.1");
        if (header.GetFragmentOffset() == 0 && header.IsLastFragment())
        {
            Transport(header.GetProtocol());
        }
        else
        {
            m_what = "a fragment; others follow";
        }
    }

    /// Peel IPv6.
    void Ipv6()
    {
        Ipv6Header header;
        const uint32_t size = m_rest->RemoveHeader(header);
        std::ostringstream what;
        what << header.GetSource() << " to " << header.GetDestination();
        Add("IPv6", size, what.str(), "RFC 8200, section 3");
        Transport(header.GetNextHeader());
    }

    /// Peel what IP carries. @param protocol its number
    void Transport(uint8_t protocol)
    {
        if (protocol == PROTOCOL_TCP)
        {
            TcpHeader header;
            const uint32_t size = m_rest->RemoveHeader(header);
            Ports("TCP", size, header.GetSourcePort(), header.GetDestinationPort(), "RFC 9293");
        }
        else if (protocol == PROTOCOL_ICMP)
        {
            Icmpv4Header header;
            const uint32_t size = m_rest->RemoveHeader(header);
            Add("ICMP", size, "type " + std::to_string(header.GetType()), "RFC 792");
        }
        else if (protocol == PROTOCOL_UDP)
        {
            UdpHeader header;
            const uint32_t size = m_rest->RemoveHeader(header);
            Ports("UDP", size, header.GetSourcePort(), header.GetDestinationPort(), "RFC 768");
            if (header.GetSourcePort() == L2TP_UDP_PORT ||
                header.GetDestinationPort() == L2TP_UDP_PORT)
            {
                L2tp();
            }
        }
    }

    /// Peel L2TP.
    void L2tp()
    {
        L2tpHeader header;
        const uint32_t size = m_rest->RemoveHeader(header);
        if (header.GetError() != L2tpHeaderError::NONE || header.IsControl())
        {
            return;
        }
        Add("L2TP",
            size,
            "Tunnel ID " + std::to_string(header.GetTunnelId()) + ", Session ID " +
                std::to_string(header.GetSessionId()),
            "RFC 2661, section 3.1");
        Ppp("PPP");
    }

    /// Add a layer with ports.
    /// @param name its name @param size its octets @param from the source port @param to the
    /// destination port @param reference where it is defined
    void Ports(const std::string& name,
               uint32_t size,
               uint16_t from,
               uint16_t to,
               const std::string& reference)
    {
        Add(name, size, "port " + std::to_string(from) + " to " + std::to_string(to), reference);
    }

    /// What is left is the user's.
    void Finish()
    {
        Add("data", m_rest->GetSize(), m_what, "");
    }

    /// Add a layer.
    /// @param name its name @param size its octets @param what what it says @param reference where
    /// it is defined
    void Add(const std::string& name,
             uint32_t size,
             const std::string& what,
             const std::string& reference)
    {
        m_json += (m_json.empty() ? "[" : ",[") + L2tpReportQuote(name) + "," +
                  std::to_string(size) + "," + L2tpReportQuote(what) + "," +
                  L2tpReportQuote(reference) + "]";
    }

    Ptr<Packet> m_rest;                        //!< what isn't peeled yet
    const char* m_what{"what the user sends"}; //!< what it is in the end
    std::string m_json;                        //!< the layers
};

} // namespace

void
L2tpReportOnion::WatchDevice(Ptr<NetDevice> device)
{
    // Not as a Ptr: a device that its own trace refers to would never go, nor close its captures.
    NetDevice* whose = PeekPointer(device);
    const auto onLink = MakeBoundCallback(&L2tpReportOnion::OnLink, this, whose);
    if (const auto serial = DynamicCast<L2SerialNetDevice>(device))
    {
        serial->GetLine()->TraceConnectWithoutContext("Tx", onLink);
        serial->GetLine()->TraceConnectWithoutContext(
            "TxOctets",
            MakeBoundCallback(&L2tpReportOnion::OnLine, this, whose));
        return;
    }
    device->TraceConnectWithoutContext("PhyTxBegin", onLink);
}

void
L2tpReportOnion::WatchPpp(Ptr<NetDevice> device)
{
    const uint32_t node = device->GetNode()->GetId();
    device->TraceConnectWithoutContext("MacTx",
                                       MakeBoundCallback(&L2tpReportOnion::Begins, this, node));
    device->TraceConnectWithoutContext("MacRx",
                                       MakeBoundCallback(&L2tpReportOnion::Ends, this, node));
}

bool
L2tpReportOnion::IsReached(const Hop& hop, uint32_t node)
{
    const Ptr<Channel> channel = hop.device->GetChannel();
    for (std::size_t i = 0; channel && i < channel->GetNDevices(); ++i)
    {
        const Ptr<NetDevice> other = channel->GetDevice(i);
        if (other != hop.device && other->GetNode()->GetId() == node)
        {
            return node != hop.device->GetNode()->GetId();
        }
    }
    return false;
}

void
L2tpReportOnion::Begins(L2tpReportOnion* self, uint32_t node, Ptr<const Packet> packet)
{
    const uint32_t size = packet->GetSize();
    const Time now = Simulator::Now();
    const bool isBetter = size >= MANY && self->m_size < MANY;
    const bool isLost =
        !self->m_complete && size >= self->m_size && now > self->m_begun + Seconds(1);
    if (self->m_hasPacket && !isLost && !isBetter)
    {
        return;
    }
    self->m_hasPacket = true;
    self->m_uid = packet->GetUid();
    self->m_size = size;
    self->m_from = node;
    self->m_begun = now;
    self->m_complete = false;
    self->m_hops.clear();
}

void
L2tpReportOnion::Ends(L2tpReportOnion* self, uint32_t node, Ptr<const Packet> packet)
{
    if (self->m_hasPacket && !self->m_complete && packet->GetUid() == self->m_uid)
    {
        self->m_complete = true;
        self->m_to = node;
    }
}

void
L2tpReportOnion::OnLink(L2tpReportOnion* self, NetDevice* device, Ptr<const Packet> packet)
{
    if (!self->m_hasPacket || packet->GetUid() != self->m_uid)
    {
        return;
    }
    // TCP sends a segment again as a copy with the same UID: only what goes on is the packet.
    const uint32_t node = device->GetNode()->GetId();
    if (self->m_hops.empty() ? node != self->m_from : !IsReached(self->m_hops.back(), node))
    {
        return;
    }
    self->m_hops.push_back({Simulator::Now(), device, packet->Copy(), packet->GetSize()});
}

void
L2tpReportOnion::OnLine(L2tpReportOnion* self, NetDevice* device, Ptr<const Packet> octets)
{
    if (!self->m_hops.empty() && self->m_hops.back().device == device &&
        octets->GetUid() == self->m_uid)
    {
        self->m_hops.back().octets = octets->GetSize();
    }
}

std::string
L2tpReportOnion::ToJson() const
{
    if (!m_hasPacket || m_hops.empty())
    {
        return "\"onion\":null";
    }
    std::string hops;
    for (std::size_t i = 0; i < m_hops.size(); ++i)
    {
        const Hop& hop = m_hops[i];
        Peeler peeler(hop.packet);
        const std::string type = hop.device->GetInstanceTypeId().GetName();
        if (type == "ns3::CsmaNetDevice")
        {
            peeler.Ethernet();
        }
        else if (DynamicCast<L2SerialNetDevice>(hop.device))
        {
            peeler.Line(hop.octets);
        }
        else
        {
            peeler.PointToPoint();
        }
        std::set<uint32_t> on;
        const Ptr<Channel> channel = hop.device->GetChannel();
        const bool isLine = DynamicCast<L2SerialNetDevice>(hop.device) != nullptr;
        for (std::size_t j = 0; channel && j < channel->GetNDevices(); ++j)
        {
            // Of a telephone network only the one that is called hears it.
            const Ptr<Node> node = channel->GetDevice(j)->GetNode();
            if (!isLine || i + 1 == m_hops.size() || m_hops[i + 1].device->GetNode() == node)
            {
                on.insert(node->GetId());
            }
        }
        on.erase(hop.device->GetNode()->GetId());
        std::string others;
        for (const uint32_t other : on)
        {
            others += (others.empty() ? "" : ",") + std::to_string(other);
        }
        hops += (hops.empty() ? "" : ",\n") + std::string("{\"t\":") +
                std::to_string(hop.sent.GetNanoSeconds()) +
                ",\"from\":" + std::to_string(hop.device->GetNode()->GetId()) + ",\"on\":[" +
                others + "],\"octets\":" + std::to_string(hop.octets) +
                ",\"layers\":" + peeler.ToJson() + "}";
    }
    return "\"onion\":{\"from\":" + std::to_string(m_from) +
           ",\"to\":" + (m_complete ? std::to_string(m_to) : "null") +
           ",\"octets\":" + std::to_string(m_size) + ",\"hops\":[" + hops + "]}";
}

} // namespace ns3
